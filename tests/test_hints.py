"""What is wrong and what to write instead are two things: a typed value with "; " in it never tears them apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import Told, read_told, run_cvgen, write_career

BIB = "@article{lin2024, title = {T}, author = {Lin, Wei}, journal = {J}, year = 2024}\n"


def render(folder: Path, rest: str = "", *arguments: str, bib: str = BIB, settings: str = "", basics: str = "") -> Told:
    """The only problem that a render of such files prints."""
    profile = write_career(folder, bib, rest, settings=settings, basics=basics)
    ran = run_cvgen("render", profile, "-o", folder / "cv.html", "--format", "html", *arguments)
    (told,) = read_told(ran.err)
    return told


@pytest.mark.parametrize(
    ("setting", "message", "hint"),
    [
        ("accent=a; b", "option 'accent': 'a; b' is not a colour", "write a colour such as #1f3a5f, in quotes"),
        ("size=a; b", "option 'size': 'a; b' is not a number", "write for example 10pt"),
        ("paper=a; b", "option 'paper': 'a; b' is not one of its choices", "write one of: a4, letter"),
        ("body_font=a; b", "option 'body_font': 'a; b' is not a font family", "write one of: "),
    ],
)
def test_option_on_the_command_line(tmp_path: Path, setting: str, message: str, hint: str) -> None:
    told = render(tmp_path, "", "--set", setting)
    assert told.message == message
    assert told.hint.startswith(hint)


BASICS = "name: Wei Lin\n"
DATE_HINT = "write 2024, 2024-05, 2024-05-03, spring 2024 or present"
IN_PROFILE = [
    pytest.param({"rest": "variants: {full: {options: {accent: 'a; b'}}}"},
                 "option 'accent': 'a; b' is not a colour", "write a colour such as #1f3a5f, in quotes", id="option"),
    pytest.param({"rest": "awards: [{title: T, date: 'May; June'}]"},
                 "'May; June' is not a date", DATE_HINT, id="date"),
    pytest.param({"rest": "work: [{name: N, start: 'May; June'}]"},
                 "'May; June' is not a date", DATE_HINT, id="start"),
    pytest.param({"basics": BASICS + "url: 'example.org; home'"},
                 "'example.org; home' is not a link", "write it in full, with https://", id="url"),
    pytest.param({"basics": BASICS + "url: 'https://example.org/a; b'"},
                 "'https://example.org/a; b' has a space in it", "write %20", id="url-with-a-space"),
    pytest.param({"basics": BASICS + "email: 'a; b'"},
                 "'a; b' is not an e-mail address", "write name@example.org", id="email"),
    pytest.param({"basics": BASICS + "profiles: [{network: github, username: 'https://a; b'}]"},
                 "'https://a; b' is an address", "write url: in place of username:", id="username"),
    pytest.param({"basics": BASICS + "summary: 'a $\\foo; b$'"},
                 "the formula's command \\foo is not known", "write its character instead", id="formula"),
    pytest.param({"settings": "marks: {'*': 'zz; qq'}"},
                 "'zz; qq' is not a mark", "write one of: advisor, ", id="mark"),
    pytest.param({"settings": "annotations: {word: 'zz; qq'}"},
                 "'zz; qq' is neither a mark nor 'ignore'", "write one of: advisor, ", id="annotation"),
    pytest.param({"settings": "entries: {lin2024: {citations: '4; 5'}}"},
                 "'4; 5' is not a count of citations", "write for example 412 (Google Scholar, 2026-02)", id="count"),
    pytest.param({"settings": "orcid: '0000; 0002'"},
                 "'0000; 0002' is not an ORCID iD, which has 16 digits, the last one computed from the others",
                 "copy it from your page at orcid.org", id="orcid"),
    pytest.param({"rest": "variants: {full: {priorities: {'; ': 1}}}"},
                 "'; ' has no letter and no digit, so no text mentions it", "write a word of your texts", id="term"),
    pytest.param({"rest": "sections: {x: {title: X, like: 'zz; qq', entries: []}}"},
                 "no section has entries like 'zz; qq'", "write one of: awards, ", id="like"),
    pytest.param({"rest": "sections: {x: {title: X, like: awards, entries: [{title: T, date: 'May; June'}]}}"},
                 "'May; June' is not a date", DATE_HINT, id="date-in-a-custom-section"),
    pytest.param({"rest": "variants: {full: {sections: [{publications: {where: \"status == 'zz; qq'\"}}]}}"},
                 "in the query \"status == 'zz; qq'\", 'zz; qq' is not a status",
                 "write one of: forthcoming, ", id="query"),
    pytest.param({"bib": BIB.replace("year = 2024", "year = 2024, citations = {4; 5}")},
                 "lin2024: '4; 5' is not a count of citations", "write for example 412 (Google Scholar, 2026-02)",
                 id="count-in-bibtex"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "message", "hint"), IN_PROFILE)
def test_value_in_a_file(tmp_path: Path, files: dict[str, str], message: str, hint: str) -> None:
    told = render(tmp_path, **files)
    assert told.message == message
    assert told.hint.startswith(hint)


def test_default_in_a_theme(tmp_path: Path) -> None:
    (tmp_path / "themes" / "mine").mkdir(parents=True)
    manifest = "extends: classic\noptions:\n  accent: 'a; b'\n"
    (tmp_path / "themes" / "mine" / "theme.yaml").write_text(manifest, "utf-8")
    told = render(tmp_path, "", "--theme", "mine")
    assert told.place.endswith("theme.yaml:3:11")
    assert told.message == "default of option 'accent': 'a; b' is not a colour"
    assert told.hint == "write a colour such as #1f3a5f, in quotes"


@pytest.mark.parametrize("more", ["", ", with: [awards]"], ids=["alone", "merged-with-another"])
def test_a_section_with_errors_is_reported_once(tmp_path: Path, more: str) -> None:
    rest = (
        "awards: [{title: Prize}]\n"
        "sections: {talks_given: {title: Talks, entries: [{title: T, dat: 2024}], colour: red}}\n"
        f"variants: {{full: {{sections: [talks_given: {{sort: file{more}}}]}}}}\n"
    )
    ran = run_cvgen("render", write_career(tmp_path, BIB, rest), "-f", "html")
    told = read_told(ran.err)
    assert ran.code == 2
    assert sorted(one.message for one in told) == ["unknown key 'colour'", "unknown key 'dat'"]


def test_every_step_adds_to_one_report(tmp_path: Path) -> None:
    rest = (
        "basics2: {}\n"
        "variants:\n"
        "  full:\n"
        "    theme: clasic\n"
        "    tags: [x]\n"
        "    sections:\n"
        "      - publications: {where: frist, group_by: yaer}\n"
        "      - awrds\n"
        "      - work: {sort: newset}\n"
    )
    profile = write_career(tmp_path, BIB, rest, basics="name: Wei Lin\nprofiles: [{network: gihub, username: w}]")
    ran = run_cvgen("render", profile, "-f", "html")
    hints = {one.message: one.hint for one in read_told(ran.err)}
    assert ran.code == 2
    assert hints == {
        "unknown key 'basics2'": "did you mean 'basics'?",
        "there is no theme 'clasic'": "did you mean 'classic'?",
        "the query 'frist' uses the unknown name 'frist'": "did you mean 'first'?",
        "unknown value 'yaer' for group_by": "did you mean 'year'?",
        "there is no section 'awrds'": "did you mean 'awards'?",
        "entries cannot be sorted by 'newset'": "did you mean 'newest'?",
        "'gihub' is not a known network": "did you mean 'github'?",
    }


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("Co_Frist", "did you mean 'co-first'?"),
        ("zzz", "write one of: co-first, co-senior, contributor, core, "),
    ],
)
def test_hint_names_the_nearest_word_or_lists_all(tmp_path: Path, word: str, hint: str) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, BIB), "--role", word)
    (told,) = read_told(ran.err)
    assert told.message == f"there is no role {word!r}"
    assert told.hint.startswith(hint)


def test_problems_of_the_posting_and_of_the_profile_are_reported_together(tmp_path: Path) -> None:
    profile = write_career(tmp_path, BIB, "wrok: []")
    ran = run_cvgen("match", profile, tmp_path / "posting.txt")
    assert ran.code == 2
    assert {one.message for one in read_told(ran.err)} == {
        f"there is no posting '{tmp_path}/posting.txt'",
        "unknown key 'wrok'",
    }


def test_a_group_of_publications_without_a_query_is_an_error(tmp_path: Path) -> None:
    rest = "variants: {full: {sections: [publications: {group_by: [{title: Papers, where: ''}]}]}}"
    told = render(tmp_path, rest)
    assert told.message == "'where' is empty in item 1 of group_by of item 1 of variants.full.sections"
