"""The survey counts what it must: on a folder whose entries, losses and differences are known."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import oracles
import pytest
import survey
from survey import Survey, limit, survey_file

GOOD = """
@article{lin2024, author = {Lin, Wei and van der Berg, Jan}, title = {On {Graphs} \\& $k$-cuts}, year = 2024}
@inproceedings{long2023, author = {Ada Long and others}, title = {Trees}, year = {2023}, crossref = {proc}}
@proceedings{proc, title = {Proceedings of Trees}, year = {2023}, editor = {Ross, Bob}}
"""
BROKEN = """
@article{kept, author = {Lin, Wei}, title = {Kept}, year = 2020}
@comment{@article{ignored, title = {Ignored}}}
@article{open, author = {Lin, Wei}, title = {Open, year = 2021}
"""
CSL = [
    {"id": "a", "type": "article-journal", "title": "One <i>thing</i>", "author": [{"family": "Lin", "given": "Wei"}]},
    {"id": "b", "type": "book", "title": "Two", "issued": {"date-parts": [[2019, 2]]}},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "good.bib").write_text(GOOD, "utf-8")
    (tmp_path / "broken.bib").write_text(BROKEN, "utf-8")
    (tmp_path / "items.json").write_text(json.dumps(CSL), "utf-8")
    (tmp_path / "package.json").write_text('{"name": "no bibliography"}', "utf-8")
    (tmp_path / "empty.bib").write_text("", "utf-8")
    return tmp_path


def survey_text(folder: Path, text: str, name: str = "papers.bib") -> Survey:
    (folder / name).write_text(text, "utf-8")
    return survey_file(folder / name, name, 20)


def kinds(found: Survey) -> list[tuple[str, str]]:
    return [(finding.kind, finding.key) for finding in found.findings]


def run_survey(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, survey.__file__, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_folder_is_read_and_counted(folder: Path, tmp_path: Path) -> None:
    ran = run_survey(folder, "--jobs", "1", "--json", tmp_path / "found.out")
    assert ran.returncode == 0, ran.stderr
    table = {line[:24].strip(): line[24:].strip() for line in ran.stdout.splitlines()}
    assert table["files"] == "5 (2 BibTeX, 1 CSL, 2 neither)"
    assert table["entries"].startswith("7 (")
    assert [table[row] for row in ("unaccounted for", "tracebacks", "timeouts")] == ["0", "0", "0"]
    assert table["differing years"] == "0 bibtexparser, 0 json, 0 pybtex"
    written: dict[str, Any] = json.loads((tmp_path / "found.out").read_text("utf-8"))
    assert [problem["line"] for problem in written["problems"] if "cannot be read" in problem["message"]] == [4]


def test_every_difference_is_printed_on_request(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('[{"id": "a", "type": "book", "title": "\\\\macro x"}]', "utf-8")
    ran = run_survey(tmp_path, "--details", "--jobs", "1")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("markup: one.json: a\n    ours   \\macro x\n")


def test_no_folder_is_a_usage_error(tmp_path: Path) -> None:
    ran = run_survey(tmp_path / "none")
    assert ran.returncode == 2
    assert "there is no folder" in ran.stderr


def test_an_entry_nobody_tells_of_is_unaccounted_for() -> None:
    heads = oracles.scan_bibtex("@article{one,\n title = {x}}\n\n@book{two,\n title = {y}}\n@xdata{three, year = 1}\n")
    assert [(head.key, head.line, head.end) for head in heads] == [("one", 1, 4), ("two", 4, 6), ("three", 6, 8)]
    found = Survey()
    survey.account(heads, {}, [], frozenset({"two"}), "papers.bib", found)
    assert kinds(found) == [("unaccounted", "one")]
    assert found.parents == 2


def test_a_difference_is_listed_with_both_readings(folder: Path) -> None:
    theirs = oracles.Facts("lin2024", "On Graphs & k-cut", ("Lin", "van der Berg"), 2023)
    read = survey_text(folder, GOOD)
    assert kinds(read) == []
    assert read.compared == {"pybtex": read.kept, "bibtexparser": read.kept}
    ours, _ = survey.read_ours(folder / "papers.bib")
    found = list(survey.compare(ours["lin2024"], theirs, "papers.bib", "pybtex"))
    assert [(finding.kind, finding.ours, finding.theirs) for finding in found] == [
        ("title", "On Graphs & k-cuts", "On Graphs & k-cut"),
        ("year", "2024", "2023"),
    ]


def test_markup_left_in_a_title_is_found(folder: Path) -> None:
    found = survey_text(folder, '[{"id": "a", "type": "book", "title": "The \\\\macro of {x}"}]', "one.json")
    assert kinds(found) == [("markup", "a")]


def test_a_reader_that_hangs_or_fails_is_one_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def hang(text: str) -> dict[str, oracles.Facts]:
        while True:
            pass

    def fail(path: Path) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(oracles, "read_pybtex", hang)
    monkeypatch.setattr(survey, "read_ours", fail)
    (tmp_path / "a.bib").write_text(GOOD, "utf-8")
    found = survey_file(tmp_path / "a.bib", "a.bib", 0.2)
    assert kinds(found) == [("oracle fails", ""), ("traceback", "")]
    assert "ZeroDivisionError" in found.findings[1].ours


def test_the_limit_ends_with_its_block() -> None:
    with limit(0.05):
        pass
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("On $k$-cuts", "on K–Cuts"),
        ("“Graphs”", "``Graphs''"),
        ("Müller", "Mu\u0308ller"),
        ("A  B", "a\u00a0b"),
        ("One <i>thing</i>", "One thing"),
    ],
)
def test_fair_differences_are_none(ours: str, theirs: str) -> None:
    assert oracles.same_text(ours) == oracles.same_text(theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"), [("Éva", "Eva"), ("Łukasz", "ukasz"), ("cuts", "cut"), ("1.5", "15"), ("a & b", "a b")]
)
def test_real_differences_are_seen(ours: str, theirs: str) -> None:
    assert oracles.same_text(ours) != oracles.same_text(theirs)


@pytest.mark.parametrize(
    ("text", "is_csl"),
    [
        (json.dumps(CSL), True),
        (json.dumps({"items": CSL}), True),
        (json.dumps(CSL[0]), True),
        ('[{"id": "a", "container-title": "X" "type": "book"}]', True),
        ('{"name": "x", "type": "module"}', False),
        ('{"items": [{"itemType": "thesis", "title": "Zotero\'s own", "type": "PhD"}]}', False),
        ("[1, 2]", False),
        ("not json", False),
    ],
)
def test_csl_is_told_from_other_json(text: str, is_csl: bool) -> None:
    assert oracles.is_csl(text) is is_csl
