"""Parts with ``hidden: true``: they stay in the files, and no command shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import run_cvgen, valid_career

from cvgen.model.document import Document
from cvgen.select.build_document import Selection, select_document
from cvgen.select.variant import resolve_variant

BIB = """
@article{clouds, author={Lin, Wei}, title={How clouds carry rain to the sea}, journal={J. Sky}, year=2021}
@misc{draft, author={Lin, Wei}, title={How clouds carry rain to the sea}, eprint={2001.00001}, archiveprefix={arXiv},
  year=2020}
@article{wind, author={Lin, Wei}, title={Wind}, journal={J. Sky}, year=2022}
"""
PROFILE = """
work:
  - {name: Acme, date: 2020, hidden: true, pin: true, highlights: [Wrote Fortran]}
  - name: Beta
    date: 2021
    highlights:
      - Wrote Rust
      - {text: Wrote Cobol, hidden: true, highlights: [Read Ada]}
  - name: Gamma
    positions:
      - {position: Boss, start: 2012, end: 2014, hidden: true, highlights: [Led]}
      - {position: Clerk, start: 2010, end: 2012}
projects:
  - {name: tidetable, date: 2019, hidden: true}
"""


def _select(folder: Path, settings: str = "", bib: str = BIB) -> Selection:
    career = valid_career(folder, bib, PROFILE, settings=settings)
    return select_document(career, resolve_variant(career, None))


def _keys(document: Document) -> list[str]:
    return [paper.key for section in document.sections for group in section.groups for paper in group.items]


def test_hidden_entries_and_bullets_are_not_in_the_document(tmp_path: Path) -> None:
    selection = _select(tmp_path)
    assert [str(part.label) for part in selection.document.walk() if part.section == "work"][1:] == [
        "Beta",
        "Wrote Rust",
        "Gamma",
        "Clerk",
    ]
    assert all(section.name != "projects" for section in selection.document.sections)
    reasons = {decision.part.label: decision.reasons[0] for decision in selection.ledger.dropped}
    assert {label: reason.cause for label, reason in reasons.items()} == {
        "Acme": "hidden",
        "Wrote Fortran": "hidden",
        "Wrote Cobol": "hidden",
        "Read Ada": "hidden",
        "Boss": "hidden",
        "Led": "hidden",
        "tidetable": "hidden",
        "How clouds carry rain to the sea": "twin",
    }
    profile = (tmp_path / "profile.yaml").read_text("utf-8").splitlines()
    place = reasons["Wrote Cobol"].location
    assert place
    assert place.line
    assert place.column
    assert profile[place.line - 1][place.column - 1 :].startswith("true, highlights: [Read Ada]")


@pytest.mark.parametrize(
    ("settings", "bib"),
    [
        pytest.param("entries: {clouds: {hidden: true}}", BIB, id="in-the-profile"),
        pytest.param("", BIB.replace("@article{clouds,", "@article{clouds, hidden={true},"), id="in-the-bib-file"),
    ],
)
def test_a_hidden_paper_and_its_preprint_are_in_no_list_and_no_count(tmp_path: Path, settings: str, bib: str) -> None:
    selection = _select(tmp_path, settings, bib)
    assert _keys(selection.document) == ["wind"]
    assert not selection.problems
    dropped = {
        decision.part.path: decision for decision in selection.ledger.dropped if "publications" in decision.part.path
    }
    assert {path[1]: decision.reasons[0].cause for path, decision in dropped.items()} == {
        "clouds": "hidden",
        "draft": "hidden",
    }


def test_a_hidden_preprint_does_not_hide_its_paper(tmp_path: Path) -> None:
    selection = _select(tmp_path, "entries: {draft: {hidden: true}}")
    assert sorted(_keys(selection.document)) == ["clouds", "wind"]
    paper = next(p for s in selection.document.sections for g in s.groups for p in g.items if p.key == "clouds")
    assert not paper.links


def test_papers_in_hidden_proceedings_are_shown(tmp_path: Path) -> None:
    bib = """
    @proceedings{proc, editor={Lin, Wei}, title={Proceedings of Sky}, year=2021, hidden={true}}
    @inproceedings{paper, author={Lin, Wei}, title={Rain}, crossref={proc}}
    """
    assert _keys(_select(tmp_path, bib=bib).document) == ["paper"]


def test_a_hidden_key_in_a_variant_is_known_and_stays_hidden(tmp_path: Path) -> None:
    rest = PROFILE + "variants: {v: {sections: [{publications: {pin: [clouds], counts: true}}]}}\n"
    career = valid_career(tmp_path, BIB, rest, settings="entries: {clouds: {hidden: true}}")
    selection = select_document(career, resolve_variant(career, None))
    (section,) = selection.document.sections
    assert section.counts == "1 paper: 1 first or co-first"
    assert not selection.problems


def test_no_command_tells_of_hidden_parts(tmp_path: Path) -> None:
    valid_career(tmp_path, BIB, PROFILE, settings="entries: {clouds: {hidden: true}}")
    profile, posting = tmp_path / "profile.yaml", tmp_path / "posting.txt"
    posting.write_text("We need Cobol, Fortran, Ada, Rust and tidetable.\n", "utf-8")
    listed = run_cvgen("publications", profile, "--json")
    assert [row["key"] for row in json.loads(listed.out)] == ["wind"]
    match = run_cvgen("match", profile, posting, "--json")
    assert json.loads(match.out)["hidden"] == []
    checked = run_cvgen("check", profile, "-e", "weasyprint")
    assert (checked.code, "shown in no variant" in checked.out, "pinned" in checked.out) == (0, False, False), checked


def test_the_report_explains_what_is_hidden(tmp_path: Path) -> None:
    valid_career(tmp_path, BIB, PROFILE)
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-o", tmp_path / "cv.pdf", "--report")
    assert "left out: hidden in every variant" in ran.out
    assert "Acme" in ran.out
