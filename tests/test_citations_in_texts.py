"""``[@key]`` in a text: the number of a paper or a short name, linked to the paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cvgen.cli.main import cli

BIB = """\
@article{one, author = {Kern, Ada}, title = {On theories}, journal = {J. Test}, year = 2021}
@article{two, author = {Kern, Ada and Long, Bo and Ross, Cy}, title = {The norm}, journal = {J. Test}, year = 2022}
@inproceedings{talk, author = {Kern, Ada and Long, Bo}, title = {Talk}, booktitle = {Conf.}, year = 2022}
"""
LISTS = "{where: type == 'article', numbered: {prefix: J}}"


def _render(folder: Path, text: str, kind: str = "txt") -> tuple[Result, str]:
    (folder / "papers.bib").write_text(BIB, "utf-8")
    profile = folder / "profile.yaml"
    profile.write_text(
        f"basics: {{name: Ada Kern, summary: '{text}'}}\nbibliography: {{files: [papers.bib]}}\n"
        f"variants: {{v: {{sections: [summary, publications: {LISTS}]}}}}\n",
        "utf-8",
    )
    output = folder / f"cv.{kind}"
    result = CliRunner().invoke(cli, ["render", str(profile), "-v", "v", "-f", kind, "-o", str(output)])
    return result, output.read_text("utf-8") if output.exists() else ""


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("Wrote [@one].", "Wrote [J2].", id="number"),
        pytest.param("Wrote [@two; @one].", "Wrote [J1], [J2].", id="several"),
        pytest.param("Gave [@talk].", "Gave (Kern and Long 2022).", id="in-no-list"),
        pytest.param("See [@two; @talk].", "See (Kern et al. 2022; Kern and Long 2022).", id="one-of-both"),
        pytest.param(r"Typed \[@one].", "Typed [@one].", id="escaped"),
        pytest.param("Find [@ada](https://example.org/a).", "@ada (example.org/a)", id="the-words-of-a-link"),
        pytest.param("Mail f[@] and [a@b].", "Mail f[@] and [a@b].", id="no-key"),
    ],
)
def test_a_citation_is_a_number_or_a_name(tmp_path: Path, text: str, printed: str) -> None:
    result, page = _render(tmp_path, text)
    assert result.exit_code == 0, result.output
    assert printed in " ".join(page.split())
    assert ("in no list of the document, so its short name has no link" in result.output) == ("@talk" in text)


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    result, _ = _render(tmp_path, "Wrote [@tow].")
    assert result.exit_code == 2
    assert "no publication has the key 'tow'" in result.output
    assert "did you mean 'two'?" in result.output


def test_the_number_is_a_link_to_the_paper(tmp_path: Path) -> None:
    _, page = _render(tmp_path, "Wrote [@one].", "html")
    assert '<a href="#paper-one">[J2]</a>' in page
    assert '<div id="paper-one"' in page
    _, source = _render(tmp_path, "Wrote [@one].", "tex")
    assert r"\hyperlink{paper-one}" in source
    assert "anchor=paper-one" in source
