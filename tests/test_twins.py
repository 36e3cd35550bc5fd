"""A preprint and the published paper it became: recognised, shown once, and never confused with another paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import about, line_of, run_cvgen, valid_career, write_career

from cvgen.diagnostics import Problem, Severity
from cvgen.model.publication import Credit, Role
from cvgen.select.document import find_credits, select_document
from cvgen.select.variant import resolve_variant

TITLE = "A study of slow clouds"


def _entry(key: str, more: str, *, title: str = TITLE, authors: str = "Lin, Wei and Long, Ada", type_: str = "") -> str:
    return f"@{type_ or 'article'}{{{key}, title = {{{title}}}, author = {{{authors}}}, {more}}}\n"


def _draft(more: str = "eprint = {2301.00001}, eprinttype = {arxiv}", **changed: str) -> str:
    return _entry("draft", f"{more}, year = 2023", type_="misc", **changed)


def _paper(more: str = "", **changed: str) -> str:
    return _entry("paper", f"journal = {{Journal of Clouds}}, {more or 'volume = 1'}, year = 2024", **changed)


def _read(folder: Path, bib: str, settings: str = "") -> tuple[dict[str, Credit], list[Problem]]:
    career = valid_career(folder, bib, settings=settings)
    credits, problems = find_credits(career)
    return {credit.publication.key: credit for credit in credits}, problems


TWINS = [
    pytest.param(_draft(), _paper(), id="title-and-first-author"),
    pytest.param(
        _draft("eprint = {2301.00001}, doi = {10.1/ABC}", title="Another name altogether"),
        _paper("doi = {https://doi.org/10.1/abc}"),
        id="doi",
    ),
    pytest.param(
        _draft(title="Another name altogether"),
        _paper("eprint = {2301.00001v3}, eprinttype = {arxiv}"),
        id="eprint-whatever-the-version",
    ),
    pytest.param(
        _draft("journal = {arXiv preprint arXiv:2301.00001}", title="Another name altogether"),
        _paper("eprint = {2301.00001}"),
        id="eprint-in-the-journal",
    ),
    pytest.param(_draft(title="{A} Study of {\\emph{Slow}} Clouds!"), _paper(), id="title-marked-up"),
    pytest.param(_draft(title="A study of slow-clouds"), _paper(title="A Study: of Slow Clouds"), id="punctuation"),
    pytest.param(
        _draft(authors=r"M{\"u}ller, Eva and Lin, Wei"),
        _paper(authors="Müller, E. and Lin, Wei"),
        id="first-author-spelled-in-two-ways",
    ),
    pytest.param(_draft("pubstate = {submitted}, howpublished = {Desk}"), _paper(), id="submitted"),
    pytest.param(
        _entry("draft", "note = {x}, year = 2023", type_="unpublished"),
        _paper("pubstate = {forthcoming}"),
        id="unpublished-and-forthcoming",
    ),
]


@pytest.mark.parametrize("order", [1, -1], ids=["draft-first", "paper-first"])
@pytest.mark.parametrize(("draft", "paper"), TWINS)
def test_twins_are_shown_once(tmp_path: Path, draft: str, paper: str, order: int) -> None:
    bib = "".join([draft, paper][::order])
    credits, problems = _read(tmp_path, bib)
    assert list(credits) == ["paper"]
    (told,) = about(problems, "'draft' is the preprint of 'paper'")
    assert told.severity is Severity.NOTICE
    assert "shown once" in told.message
    assert "merge_twins: false" in (told.hint or "")
    assert str(told.location) == f"{tmp_path / 'papers.bib'}:{line_of(bib, '{draft,')}:1"


NO_TWINS = [
    pytest.param(_draft(), _paper(title="A study of fast clouds"), id="another-title"),
    pytest.param(_draft(), _paper(title=f"{TITLE} II"), id="part-two"),
    pytest.param(_draft(authors="Long, Ada and Lin, Wei"), _paper(), id="another-first-author"),
    pytest.param(_draft(title="Editorial"), _paper(title="Editorial"), id="a-title-that-many-have"),
    pytest.param(_entry("draft", "journal = {Letters}, year = 2023"), _paper(), id="both-published"),
    pytest.param(_draft(), _paper("eprint = {2301.00002}", title="Something else here"), id="another-eprint"),
    pytest.param(_draft(), _draft().replace("{draft,", "{paper,").replace("00001", "00002"), id="both-preprints"),
    pytest.param(
        _draft(title="Solar 研究一", authors="Lin, Wei"),
        _paper(title="Solar 研究二", authors="Lin, Wei"),
        id="ideographs",
    ),
]


@pytest.mark.parametrize(("draft", "paper"), NO_TWINS)
def test_what_may_be_another_paper_is_kept(tmp_path: Path, draft: str, paper: str) -> None:
    credits, problems = _read(tmp_path, draft + paper)
    assert sorted(credits) == ["draft", "paper"]
    assert not about(problems, "is the preprint of")


def test_ideographs_make_a_title_of_their_own_length(tmp_path: Path) -> None:
    """Ten ideographs say as much as a line of letters."""
    title = "面向遥感图像的多模态检索"
    credits, _ = _read(tmp_path, _draft(title=title) + _paper(title=title))
    assert list(credits) == ["paper"]


def test_the_link_of_the_preprint_is_kept(tmp_path: Path) -> None:
    credits, _ = _read(tmp_path, _draft() + _paper("doi = {10.1/abc}, url = {https://j.org/1}"))
    links = {link.label: link.url for link in credits["paper"].publication.links}
    assert links == {
        "doi": "https://doi.org/10.1/abc",
        "link": "https://j.org/1",
        "arxiv": "https://arxiv.org/abs/2301.00001",
    }
    assert credits["paper"].publication.eprint == "2301.00001"


def test_the_address_of_a_preprint_elsewhere_is_kept_under_a_label_of_its_own(tmp_path: Path) -> None:
    draft = _draft("journal = {bioRxiv}, url = {https://biorxiv.org/1}")
    credits, _ = _read(tmp_path, draft + _paper("url = {https://j.org/1}"))
    links = {link.label: link.url for link in credits["paper"].publication.links}
    assert links == {"link": "https://j.org/1", "preprint": "https://biorxiv.org/1"}


def test_links_of_the_published_paper_win(tmp_path: Path) -> None:
    draft = _draft("eprint = {2301.00001}, code = {https://old.org}")
    credits, _ = _read(tmp_path, draft + _paper("code = {https://new.org}"))
    links = {link.label: link.url for link in credits["paper"].publication.links}
    assert links == {"code": "https://new.org", "arxiv": "https://arxiv.org/abs/2301.00001"}


def test_all_drafts_of_a_paper_go_into_it(tmp_path: Path) -> None:
    other = _draft("howpublished = {Desk}, pubstate = {submitted}").replace("{draft,", "{second,")
    credits, problems = _read(tmp_path, _draft() + other + _paper())
    assert list(credits) == ["paper"]
    assert len(about(problems, "is the preprint of 'paper'")) == 2


def test_twins_are_both_shown_where_asked_for(tmp_path: Path) -> None:
    credits, problems = _read(tmp_path, _draft() + _paper(), "merge_twins: false")
    assert sorted(credits) == ["draft", "paper"]
    assert not problems


def test_the_roles_are_those_of_the_published_entry(tmp_path: Path) -> None:
    draft = _draft("eprint = {2301.00001}, author+an = {1=equal; 2=equal,lead}")
    paper = _paper("author+an = {1=corresponding}")
    credits, _ = _read(tmp_path, draft + paper)
    assert credits["paper"].roles == {Role.FIRST, Role.CORRESPONDING}


def test_venue_year_and_status_are_those_of_the_published_entry(tmp_path: Path) -> None:
    credits, _ = _read(tmp_path, _draft() + _paper())
    publication = credits["paper"].publication
    assert (str(publication.venue), publication.year, publication.status) == ("Journal of Clouds", 2024, "published")


@pytest.mark.parametrize("setting", ["exclude", "pin"])
def test_the_key_of_a_merged_preprint_is_still_known(tmp_path: Path, setting: str) -> None:
    rest = f"variants: {{v: {{sections: [publications: {{{setting}: [draft]}}]}}}}"
    career = valid_career(tmp_path, _draft() + _paper(), rest)
    (section,) = select_document(career, resolve_variant(career, "v")).document.sections
    assert [item.key for group in section.groups for item in group.items] == ["paper"]


def test_the_command_tells_of_twins_and_lists_one(tmp_path: Path) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, _draft() + _paper()), "--strict")
    assert ran.code == 0, ran.err
    assert ran.out.rstrip().endswith("\n1 publication")
    assert "notice: 'draft' is the preprint of 'paper'" in ran.err
