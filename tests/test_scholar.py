"""Bibliographies as Google Scholar exports them: what its fields mean, and what it leaves for the person to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import run_cvgen, valid_career, write_career

from cvgen.model.publication import Publication


def _bib(fields: str, type_: str = "article", *, key: str = "k", title: str = "On clouds") -> str:
    author = "" if "author =" in fields else "author = {Lin, Wei and Long, Ada}, "
    year = "" if "year =" in fields else ", year = 2024"
    return f"@{type_}{{{key}, title = {{{title}}}, {author}{fields}{year}}}\n"


def _read(folder: Path, bib: str, settings: str = "") -> Publication:
    (publication,) = valid_career(folder, bib, settings=settings).publications
    return publication


def _print(folder: Path, bib: str, style: str = "full", form: str = "md", language: str = "en") -> str:
    """What a document prints, on one line."""
    rest = f"variants: {{v: {{language: {language}, sections: [publications: {{style: {style}}}]}}}}"
    ran = run_cvgen("render", write_career(folder, bib, rest), "-f", form, "-o", folder / f"cv.{form}")
    assert ran.code == 0, ran.err
    return " ".join((folder / f"cv.{form}").read_text("utf-8").split())


# --- Servers for preprints -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "venue", "pages"),
    [
        ("journal = {arXiv e-prints}, pages = {arXiv--2403}", "arXiv", ""),
        ("journal = {arXiv e-prints}, pages = {arXiv:2403.01234}", "arXiv:2403.01234", ""),
        ("journal = {arXiv e-prints}, pages = {arXiv--2403}, url = {https://arxiv.org/abs/2403.01234}",
         "arXiv:2403.01234", ""),
        ("journal = {ArXiv}, volume = {abs/2403.01234}", "arXiv:2403.01234", ""),
        ("journal = {arXiv preprint arXiv:2403.01234}", "arXiv:2403.01234", ""),
        ("journaltitle = {arXiv preprint arXiv:2403.01234}", "arXiv:2403.01234", ""),
        ("booktitle = {arXiv preprint arXiv:2403.01234}", "arXiv:2403.01234", ""),
        ("booktitle = {Proceedings of CL, arXiv:2403.01234}", "Proceedings of CL, arXiv:2403.01234", ""),
        ("journal = {arXiv preprint hep-th/9901001}", "arXiv:hep-th/9901001", ""),
        ("journal = {arXiv preprint 2403.01234v2}", "arXiv:2403.01234", ""),
        ("journal = {arXiv (Cornell University)}", "arXiv", ""),
        ("journal = {arXiv:2403.01234 [cs.CV]}", "arXiv:2403.01234", ""),
        ("journal = {CoRR}, volume = {abs/2403.01234}", "arXiv:2403.01234", ""),
        ("journal = {CoRR}", "CoRR", ""),
        ("journal = {bioRxiv}, pages = {2024--02}", "bioRxiv", ""),
        ("journal = {biorxiv : the preprint server for biology}, pages = {bioRxiv--2024}", "bioRxiv", ""),
        ("journal = {medRxiv : the preprint server for health sciences}", "medRxiv", ""),
        ("journal = {SSRN Electronic Journal}", "SSRN Electronic Journal", ""),
        ("journal = {Available at SSRN 1234567}", "Available at SSRN 1234567", ""),
        ("journal = {Research Square}, pages = {rs--3}", "Research Square", ""),
        ("journal = {Research Square}, pages = {1--12}", "Research Square", "1–12"),
        ("journal = {Journal of arXiv Studies}, pages = {12}", "Journal of arXiv Studies", "12"),
        ("journal = {Nature}, pages = {arXiv--2403}", "Nature", ""),
    ],
)  # fmt: skip
def test_a_server_is_named_as_it_calls_itself_and_has_no_pages(
    tmp_path: Path, fields: str, venue: str, pages: str
) -> None:
    publication = _read(tmp_path, _bib(fields))
    assert (str(publication.venue), publication.pages) == (venue, pages)


@pytest.mark.parametrize("style", ["full", "compact", "ieee", "apa", "acm", "nature", "gbt7714"])
@pytest.mark.parametrize(
    "fields",
    [
        "journal = {arXiv preprint arXiv:2403.01234}",
        "journal = {arXiv preprint arXiv:2403.01234}, eprint = {2403.01234}, url = {https://arxiv.org/abs/2403.01234}",
        "journal = {CoRR}, volume = {abs/2403.01234}",
    ],
)
def test_arxiv_is_named_once_in_a_line(tmp_path: Path, fields: str, style: str) -> None:
    words = _print(tmp_path, _bib(fields), style)
    bare = words.replace("https://arxiv.org", "").replace("http://arxiv.org", "")
    assert (bare.count("arXiv") + bare.count("CoRR")) <= 1, words
    assert "2403.01234" in words


def test_a_venue_that_is_linked_is_not_linked_again(tmp_path: Path) -> None:
    bib = _bib("journal = {arXiv preprint arXiv:2403.01234}, code = {https://c.org/x}")
    facts = "[arXiv:2403.01234](https://arxiv.org/abs/2403.01234)*, 2024 · Preprint · [Code](https://c.org/x)"
    assert facts in _print(tmp_path, bib)
    assert "arXiv:2403.01234, 2024 · Preprint · arXiv: arxiv.org/abs/2403.01234" in _print(tmp_path, bib, form="txt")


@pytest.mark.parametrize("style", ["full", "apa", "ieee", "nature"])
def test_the_start_of_an_arxiv_number_is_no_page(tmp_path: Path, style: str) -> None:
    words = _print(tmp_path, _bib("journal = {arXiv e-prints}, pages = {arXiv--2403}"), style)
    assert "2403" not in words
    assert "e-prints" not in words
    assert "arXiv" in words
