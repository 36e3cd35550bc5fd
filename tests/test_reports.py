"""Reports that can be read: problems of one kind are one line, and no report is longer than a screen."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen, write_career

from cvgen.cli.main import cli

ENTRY = "@inproceedings{k%d, author = {Lin, Wei}, title = {T%d}, booktitle = {C}, year = 2024, %s}\n"


def _papers(count: int, field: str) -> str:
    return "".join(ENTRY % (number, number, field) for number in range(1, count + 1))


def test_one_kind_in_many_entries_is_one_line_with_the_first_three_places(tmp_path: Path) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, _papers(5, "_venue = {ICML}")))
    (told,) = read_told(ran.err)
    places = ", ".join(f"k{number} at {tmp_path}/papers.bib:{number}:85" for number in (1, 2, 3))
    assert (told.place, told.severity) == ("", "notice")
    assert told.message == f"the field '_venue' is not read (5 times: {places} and 2 more)"
    assert len(ran.err.splitlines()) == 1


def test_the_hint_of_a_group_is_printed_once(tmp_path: Path) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, _papers(4, "pdf = {paper.pdf}")))
    (told,) = read_told(ran.err)
    assert "the field 'pdf' does not have a link and is left out (4 times" in told.message
    assert "https://" in told.hint


def test_a_group_has_the_hints_that_differ(tmp_path: Path) -> None:
    entry = "@article{k%d, author = {%s, Wei}, title = {T}, journal = {J}, year = 2024}\n"
    profile = write_career(tmp_path, "".join(entry % (number, f"Lin{number}") for number in range(5)))
    (told,) = read_told(run_cvgen("publications", profile).err)
    assert "(5 times: k0 at" in told.message
    hints = told.hint.splitlines()
    assert [hint.partition(": ")[0] for hint in hints] == ["k0", "k1", "k2", "…"]
    assert all(f'--add-alias "Wei Lin{number}"' in hint for number, hint in enumerate(hints[:3]))


def test_an_owner_behind_the_others_is_not_said_to_be_another_name(tmp_path: Path) -> None:
    entry = "@article{%s, author = {Roe, Ann and %s}, title = {%s}, journal = {J}, year = 2024}\n"
    papers = "".join(entry % (key, author, key) for key, author in (("a", "others"), ("b", "Kim, Bo")))
    (told,) = read_told(run_cvgen("publications", write_career(tmp_path, papers)).err)
    cut, whole = told.hint.splitlines()
    claim = "bibliography: {entries: {a: {roles: [member]}}}"
    assert cut == f"a: if you are behind 'and others', complete the list, or write in the profile: {claim}"
    assert whole.startswith("b: if one of them is you, add that name to the aliases")
    (told,) = read_told(run_cvgen("publications", write_career(tmp_path, entry % ("2024", "others", "T"))).err)
    assert told.hint.endswith('entries: {"2024": {roles: [member]}}}')
    profile = write_career(tmp_path, papers, settings="entries: {a: {roles: [member]}}")
    assert "a:" not in run_cvgen("publications", profile).err


def test_a_single_problem_is_printed_with_its_line(tmp_path: Path) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, _papers(1, "pdf = {paper.pdf}")))
    assert ran.err.startswith(f"{tmp_path}/papers.bib:1:85: warning: k1: 'paper.pdf' is not a link and is left out\n")
    assert "    1 | " in ran.err


def test_two_kinds_are_not_one_group(tmp_path: Path) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, _papers(2, "_venue = {I}, _track = {J}")))
    assert [told.message[:27] for told in read_told(ran.err)] == [
        "the field '_venue' is not r",
        "the field '_track' is not r",
    ]


def test_a_long_report_ends_after_thirty_lines_and_names_the_option(tmp_path: Path) -> None:
    fields = ", ".join(f"_own{number} = {{x}}" for number in range(40))
    profile = write_career(tmp_path, _papers(2, fields + ", pdf = {a.pdf}"))
    lines = run_cvgen("publications", profile).err.splitlines()
    assert len(lines) == 30
    assert lines[0].startswith("warning: the field 'pdf'"), "warnings stand before notices"
    assert lines[-1] == "… 26 more notices; --all-problems shows them"
    every = read_told(run_cvgen("publications", profile, "--all-problems").err)
    assert len(every) == 82
    assert all(told.place for told in every)


@pytest.mark.parametrize("command", ["publications", "render", "check", "match", "variants", "diff"])
def test_every_command_that_prints_problems_can_print_all(command: str) -> None:
    found = cli.commands[command]
    if isinstance(found, click.Group):  # without another word, 'publications' is 'publications list'
        found = found.commands["list"]
    assert "--all-problems" in {option for parameter in found.params for option in parameter.opts}


def test_render_prints_groups_too(tmp_path: Path) -> None:
    profile = write_career(tmp_path, _papers(3, "_venue = {I}"))
    command: tuple[str | Path, ...] = ("render", profile, "-f", "html", *INSTALLED_FONTS)
    assert "the field '_venue' is not read (3 times" in run_cvgen(*command).err
    assert run_cvgen(*command, "--all-problems").err.count("'_venue' is not read") == 3


def test_check_groups_what_people_read_and_nothing_that_programs_read(tmp_path: Path) -> None:
    profile = write_career(tmp_path, _papers(3, "_venue = {I}"))
    assert run_cvgen("check", profile).out.count("'_venue' is not read") == 1
    assert run_cvgen("check", profile, "--all-problems").out.count("'_venue' is not read") == 3
    findings = json.loads(run_cvgen("check", profile, "--format", "json").out)["profile"]
    assert sum("'_venue' is not read" in finding["message"] for finding in findings) == 3


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param("annote = {x}, file = {:x:pdf}, mendeley-tags = {x}, arxivId = {2401.00001}", id="mendeley"),
        pytest.param("groups = {x}, owner = {x}, timestamp = {x}, __markedentry = {x}, comment-me = {x}", id="jabref"),
        pytest.param("bdsk-url-1 = {https://x.org}, date-added = {x}, date-modified = {x}, read = {1}", id="bibdesk"),
        pytest.param("adsurl = {https://x.org}, adsnote = {x}, biburl = {https://x.org}, bibsource = {x}", id="ads"),
        pytest.param("acmid = {1}, numpages = {2}, issue_date = {x}, location = {x}, articleno = {3}", id="acm"),
        pytest.param("unique-id = {x}, times-cited = {1}, usage-count-since-2013 = {1}, eissn = {1}", id="wos"),
        pytest.param("altmetric = {x}, dimensions = {x}, google_scholar_id = {x}, preview = {x.png}", id="al-folio"),
        pytest.param("optnote = {x}, OPTpages = {}, author+an:affiliation = {1=x}", id="emacs"),
    ],
)  # fmt: skip
def test_an_ordinary_export_gives_no_noise(tmp_path: Path, fields: str) -> None:
    assert run_cvgen("publications", write_career(tmp_path, _papers(1, fields))).err == ""
