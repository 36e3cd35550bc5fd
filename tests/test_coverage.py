"""``match`` on the page that is printed: each term stands where it says, or it says why not; suggestions work."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from careers import CAREERS, squeeze
from helpers import FIXTURES, line_of, read_told, run_cvgen

import cvgen.pipeline.match as matching
from cvgen.pipeline.request import Request
from cvgen.posting.posting import Posting
from cvgen.posting.posting_term import PostingTerm
from cvgen.posting.posting_terms import find_posting_terms
from cvgen.posting.profile_words import ProfileWords
from cvgen.sources.limits import TooSlowError

EXAMPLES = Path(__file__).parents[1] / "examples"
PROFILE = """\
basics: {name: Wei Lin, label: Engineer}
work:
  - name: Halyard
    position: Engineer
    start: 2020
    end: present
    highlights:
      - Kept the ledger consistent with Raft.
      - {text: Moved all services to Kubernetes., tags: [platform]}
      - {text: Ran Terraform for everybody., tags: [secret]}
      - text: Wrote the parser in OCaml and proved it.
        short: Wrote the parser.
      - {en: Taught new colleagues., de: Leitete Schulungen in Arbeitssicherheit.}
  - {name: Quayside, position: Trainee, start: 2012, end: 2014, highlights: [Wrote firmware in Forth.]}
projects:
  - {name: sluice, date: 2021, summary: A fuzzer for Erlang.}
awards: [{title: Prize for Prolog, date: 2019}, {title: Prize for Lisp, date: 2015}]
variants:
  base:
    tags: [general]
    exclude_tags: [secret]
    short: true
    sections: [work: {where: "start_year > 2015"}, awards: {limit: 1}]
"""
ASKED = "Compiler engineer\n\nYou must have:\n" + "".join(
    f"- Experience with {name}\n"
    for name in ("Raft", "Kubernetes", "Terraform", "OCaml", "Forth", "Erlang", "Prolog", "Lisp", "COBOL")
)


def write(folder: Path, profile: str = PROFILE, posting: str = ASKED) -> tuple[Path, Path]:
    (folder / "profile.yaml").write_text(profile, "utf-8")
    (folder / "job.txt").write_text(posting, "utf-8")
    return folder / "profile.yaml", folder / "job.txt"


def match(profile: Path, posting: Path, *options: str) -> Any:
    ran = run_cvgen("match", profile, posting, "--format", "json", "-q", *options)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def list_variants(profile: Path) -> Any:
    return json.loads(run_cvgen("variants", profile, "--json").out)


def settings(profile: Path, variant: str) -> Any:
    return next(row for row in list_variants(profile) if row["name"] == variant)


def read_pdf(path: Path) -> list[str]:
    """The squeezed text of each page."""
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return [squeeze(page.get_textpage().get_text_range()) for page in document]


# --- the written variant


def test_it_holds_the_tags_and_wordings_that_its_terms_need(tmp_path: Path) -> None:
    profile, posting = write(tmp_path)
    told = match(profile, posting, "--write", "compilers", "--no-fit")
    row = settings(profile, "compilers")
    assert (row["extends"], row["pages"], row["short"]) == ("base", 1, False)
    assert row["tags"] == ["general", "platform"]
    assert row["exclude_tags"] == ["secret"]
    assert row["priorities"] == told["priorities"]
    assert set(told["priorities"]) == {"Raft", "Kubernetes", "OCaml", "Prolog"}
    why = {one["term"]: (one["places"][0]["causes"], one["places"][0]["cure"]) for one in told["unusable"]}
    assert {term: causes for term, (causes, _) in why.items()} == {
        "Terraform": ["exclude_tags"], "Forth": ["where"], "Erlang": ["section"], "Lisp": ["limit"],
    }  # fmt: skip
    assert all(cure for _, cure in why.values())
    assert why["Erlang"][1] == "add 'projects' to the 'sections' of the variant"
    assert "COBOL" in {one["term"] for one in told["missing"]}


def test_a_must_have_that_only_the_skills_show_gets_its_bullet(tmp_path: Path) -> None:
    text = PROFILE.replace("projects:", "skills: [{name: Tools, keywords: [Kubernetes]}]\nprojects:")
    profile, posting = write(tmp_path, text.replace("awards: {limit: 1}]", "skills, awards: {limit: 1}]"))
    assert "Kubernetes" in {one["term"] for one in match(profile, posting, "--no-fit")["found"]}
    match(profile, posting, "--write", "compilers", "--no-fit")
    assert settings(profile, "compilers")["tags"] == ["general", "platform"]


def test_a_posting_in_another_language_of_the_profile(tmp_path: Path) -> None:
    asked = (
        "Werkstattleiter\n\nIhr Profil:\n- Erfahrung mit Arbeitssicherheit und mit Menschen\n- Sie sind sorgfältig\n"
    )
    profile, posting = write(tmp_path, PROFILE.replace("general", "general, secret"), asked)
    told = match(profile, posting, "--write", "werkstatt", "--no-fit")
    assert settings(profile, "werkstatt")["language"] == "de"
    assert "Arbeitssicherheit" in {one["term"] for one in told["found"]}


def test_it_inherits_no_other_postings_priorities(tmp_path: Path) -> None:
    profile, posting = write(tmp_path)
    match(profile, posting, "--write", "first", "--no-fit")
    other = tmp_path / "other.txt"
    other.write_text("Storage engineer\n\n- Raft in production, and nothing more than that\n", "utf-8")
    for name, base in (("second", "base"), ("third", "first")):
        match(profile, other, "-v", base, "--write", name, "--no-fit")
        row = settings(profile, name)
        assert (row["extends"], row["priorities"]) == (base, {"Raft": 2})
    assert set(settings(profile, "first")["priorities"]) == {"Raft", "Kubernetes", "OCaml", "Prolog"}


@pytest.mark.parametrize("variants", ["", "variants:\n", "variants: {}\n"], ids=["none", "empty", "braces"])
def test_it_never_becomes_the_default(tmp_path: Path, variants: str) -> None:
    profile, posting = write(tmp_path, PROFILE.partition("variants:")[0] + variants)
    match(profile, posting, "--write", "compilers", "--no-fit")
    assert [(row["name"], row["is_default"]) for row in list_variants(profile)] == [
        ("default", True),
        ("compilers", False),
    ]
    assert settings(profile, "default")["pages"] is None
    assert match(profile, posting, "--no-fit")["variant"] == "default"
    assert settings(profile, "compilers")["extends"] == "default"


@pytest.mark.parametrize(
    "title", ["A # of: [things]", "  *Cook*  \u0085 \u2028 {x}", "厨师 " * 60], ids=["yaml", "odd", "long"]
)
def test_its_comment_names_the_posting(tmp_path: Path, title: str) -> None:
    profile, posting = write(tmp_path, posting=ASKED.replace("Compiler engineer", title))
    match(profile, posting, "--write", "x", "--no-fit")
    (line,) = [line for line in profile.read_text("utf-8").split("\n") if "written by cvgen match" in line]
    assert line.lstrip().startswith("# for '")
    assert run_cvgen("variants", profile).code == 0


# --- the page

CASES = {
    "career-en": (CAREERS / "chef" / "profile.yaml", CAREERS / "chef" / "1-school-meals.txt", ()),
    "career-zh": (CAREERS / "firmware" / "profile.yaml", CAREERS / "firmware" / "1-bms.txt", ("-t", "compact")),
    "papers": (EXAMPLES / "researcher" / "profile.yaml", FIXTURES / "postings" / "postdoc.md", ("-v", "short")),
}


@pytest.mark.parametrize("case", CASES)
def test_every_suggested_term_is_printed_or_it_says_why_not(tmp_path: Path, case: str) -> None:
    source, posting, options = CASES[case]
    shutil.copytree(source.parent, tmp_path, dirs_exist_ok=True)
    profile, theme = tmp_path / "profile.yaml", [*options[options.index("-t") :]] if "-t" in options else []
    told = match(profile, posting, "--write", "tailored", *options)
    assert told["written"]
    assert told["fitted"]
    assert told["priorities"]
    rendered = run_cvgen("render", profile, "-v", "tailored", "-o", tmp_path / "cv.pdf", "-q", *theme)
    assert rendered.code == 0, rendered.err
    pages = read_pdf(tmp_path / "cv.pdf")
    assert len(pages) == told["pages"] <= told["pages_allowed"]
    printed = {one["term"]: one["where"] for one in told["found"]}
    dropped = {one["term"]: one["places"] for one in told["hidden"]}
    spellings = {spelling for one in (*told["found"], *told["hidden"]) for spelling in one["spellings"]}
    assert set(told["priorities"]) <= spellings
    for places in printed.values():
        for place in places:
            assert squeeze(place["text"])[:20] in pages[place["page"] - 1]
    for places in dropped.values():
        assert all(place["why"] and place["cure"] and place["line"] for place in places)


def test_what_the_pages_leave_out_is_dropped_with_its_line(tmp_path: Path) -> None:
    kept = "".join(map(KEPT.format, [*FILLER, "Raft"]))
    text = PROFILE.replace("      - Kept the ledger consistent with Raft.\n", kept)
    profile, posting = write(tmp_path, text)
    everything = match(profile, posting, "--no-fit")
    assert "Raft" in {one["term"] for one in everything["found"]}
    told = match(profile, posting, "--pages", "1", "-t", "classic")
    (raft,) = [one for one in told["hidden"] if one["term"] == "Raft"]
    assert raft["places"][0]["line"] == line_of(text, "Kept the Raft")
    assert raft["places"][0]["causes"] == ["pages"]
    assert "allow one page more" in raft["places"][0]["cure"]
    assert raft["places"][0]["displaced_by"][0]["label"] in raft["places"][0]["cure"]
    assert "Raft" in {one["term"] for one in match(profile, posting, "--pages", "1", "--write", "x")["found"]}


KEPT = "      - Kept the {} of the harbour in order, for years, every day, for every ship and its crew.\n"
COLOURS = ("red", "blue", "old", "new", "far", "wide", "tall")
FILLER = [f"{colour} {thing}" for colour in COLOURS for thing in
          ("boat", "rope", "lamp", "gate", "map", "crane", "bell", "net", "pier", "lock", "oar")]  # fmt: skip


def test_what_cannot_be_compared_is_left_to_the_person(tmp_path: Path) -> None:
    asked = "•\n\nWerkstattleiter\n\nIhr Profil:\n- Mindestens 45 Jahre Berufserfahrung\n- Erfahrung mit Schweißen\n"
    profile, posting = write(tmp_path, posting=asked)
    lines = run_cvgen("match", profile, posting, "--no-fit").out.splitlines()
    assert lines[0].endswith("posting: Werkstattleiter (de)")
    assert lines[1].startswith("The posting is in German, and the variant in English. cvgen finds names that")
    assert "ahre" in lines[lines.index("  ? not clear from the profile; check these yourself:") + 1]
    assert lines[lines.index("  ? not in the profile:") + 1].strip() == "Schweißen"


# --- several postings


def test_a_table_of_several_postings(tmp_path: Path) -> None:
    profile, posting = write(tmp_path, PROFILE + "  all: {}\n")
    other = tmp_path / "other.txt"
    other.write_text("Storage engineer\n\n- Raft in production, and nothing more than that\n", "utf-8")
    ran = run_cvgen("match", profile, posting, other, "--no-fit")
    assert ran.code == 0
    _, names, first, second = ran.out.splitlines()
    assert names.split() == ["posting", "base", "all"]
    assert (first.split()[0], second.split()[0]) == (str(posting), str(other))
    assert "* 8/9" in first
    told = json.loads(run_cvgen("match", profile, posting, other, "--no-fit", "--json").out)
    assert [one["best"] for one in told["postings"]] == ["all", "base"]
    assert told["cells"][0]["must"]["absent"] == ["COBOL"]


def test_a_posting_that_takes_too_long_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile, posting = write(tmp_path, PROFILE + "  all: {}\n")
    slow = tmp_path / "slow.txt"
    slow.write_text("Storage engineer\n\n- Raft in production, and nothing more than that\n", "utf-8")

    def find(cut: Posting, vocabulary: ProfileWords) -> list[PostingTerm]:
        if "nothing more" in cut.text and vocabulary:
            raise TooSlowError(8)
        return find_posting_terms(cut, vocabulary)

    monkeypatch.setattr(matching, "find_posting_terms", find)
    table = matching.match_postings(Request(profile), [slow, posting], None)
    assert [one.file for one in table.postings] == [str(posting)]
    assert {(one.file, variant) for one, variant in table.cells} == {(str(posting), "base"), (str(posting), "all")}
    assert [(one.is_error, one.location and one.location.file) for one in table.problems] == [(True, str(slow))]


def test_one_broken_posting_of_several(tmp_path: Path) -> None:
    profile, posting = write(tmp_path)
    ran = run_cvgen("match", profile, posting, tmp_path / "none.txt", "--no-fit")
    assert ran.code == 2
    assert str(posting) in ran.out
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    assert "there is no posting" in told.message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(["--write", "x"], "--write takes one posting", id="write"),
        pytest.param(["-"], "give - alone", id="stdin"),
    ],
)
def test_what_several_postings_do_not_go_with(tmp_path: Path, options: list[str], message: str) -> None:
    profile, posting = write(tmp_path)
    ran = run_cvgen("match", profile, posting, posting, *options)
    assert (ran.code, message in ran.err) == (2, True)


def test_years_are_shown_by_a_job(tmp_path: Path) -> None:
    text = """
basics: {name: Ines Falk, summary: A dental nurse in Leeds.}
education: [{institution: Leeds City College, area: Dental nurse, start: 2018, end: 2019}]
work: [{name: Kirkgate, position: Dental nurse, start: 2020, end: 2024}]
"""
    profile, posting = write(
        tmp_path, text, "Dental nurse\n\nRequirements:\n- At least 2 years of experience in a practice\n"
    )
    lines = run_cvgen("match", profile, posting, "--no-fit").out.splitlines()
    (years,) = [line for line in lines if line.startswith("  + 2 years")]
    assert "Kirkgate" in years
