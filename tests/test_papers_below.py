"""Entries that point at publications: the papers are printed below them, and are then in a list of the document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import read_told, run_cvgen, write_career
from pdf import read_pages, squeeze, words
from rendering import other_themes, read_document

from cvgen.model.part import PartKind

BIB = """
@inproceedings{sight, author = {Zeng, Yu and Lin, Wei and Fang, Zhen}, author+an = {1=equal; 2=equal,lead},
  title = {Sight and search}, booktitle = {Conference on Examples}, year = 2026, eprint = {2602.02185}, ids = {vision}}
@article{clouds, author = {Lin, Wei and Long, Ada}, title = {Clouds and their names}, journal = {Journal of Tests},
  year = 2024}
@misc{early, author = {Lin, Wei and Long, Ada}, title = {Clouds and their names}, eprint = {2401.00001}, year = 2023}
@article{rain, author = {Kemp, Nora and Lin, Wei}, title = {Why rain?}, journal = {Journal of Tests}, year = 2023}
"""
REST = """
competitions:
  - {name: Great challenge, result: 1st, date: 2025-07, publications: [sight]}
work:
  - {name: Example Labs, position: Intern, start: 2022, end: 2023, highlights: [Built it.], publications: [clouds]}
talks: [{title: A talk, publications: [rain]}]
projects: [{name: A project, publications: [rain, rain, clouds]}]
news: [{text: Accepted., date: 2026, publications: [sight]}]
"""


def entries_variant(rest: str = "") -> str:
    return f"{REST}variants:\n  default: {{sections: [competitions, work, talks, projects, news{rest}]}}\n"


def test_papers_are_printed_below_their_entries_with_marks_and_a_legend(tmp_path: Path) -> None:
    profile = write_career(tmp_path, BIB, entries_variant())
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf")
    assert ran.code == 0, ran.err
    text = words(read_pages((tmp_path / "out.pdf").read_bytes()))
    competitions = text.split("COMPETITIONS")[1].split("EXPERIENCE")[0]
    assert "* equal contribution" in competitions
    assert competitions.index("Great challenge") < competitions.index("Sight and search")
    assert squeeze("Yu Zeng*, Wei Lin*‡, Zhen Fang") in squeeze(competitions)
    jobs = text.split("EXPERIENCE")[1].split("TALKS")[0]
    assert jobs.index("Built it.") < jobs.index("Clouds and their names")
    assert text.count("Why rain?") == 2, "in the talk, and once in the project that names it twice"


def test_a_paper_below_an_entry_is_in_no_list_no_longer(tmp_path: Path) -> None:
    lists = ", {publications: {where: key == 'nothing'}}"
    profile = write_career(tmp_path, BIB, entries_variant(lists))
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf")
    assert "are in no list" not in ran.err
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf", "--report", "json")
    left_out = {part["path"] for part in json.loads(ran.out)["left_out"]}
    assert left_out == {"publications.early"}, "merged with the paper that it became"


def test_the_style_is_that_of_the_first_list_unless_the_section_has_its_own(tmp_path: Path) -> None:
    lists = ", {publications: {style: ieee}}, {publications: {title: More, style: apa}}"
    profile = write_career(tmp_path, BIB, entries_variant(lists).replace("work,", "work: {style: full},"))
    profile.write_text(profile.read_text("utf-8").replace("work: {style: full},", "{work: {style: full}},"), "utf-8")
    document = read_document(profile)
    assert [(section.name, section.style) for section in document.sections[:3]] == [
        ("competitions", "ieee"),
        ("work", "full"),
        ("talks", "ieee"),
    ]
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf")
    assert ran.code == 0, ran.err
    text = words(read_pages((tmp_path / "out.pdf").read_bytes()))
    assert "N. Kemp and W. Lin, “Why rain?”" in text.split("TALKS")[1].split("PROJECTS")[0]


def test_numbers_of_a_list_do_not_change(tmp_path: Path) -> None:
    document = read_document(write_career(tmp_path, BIB, entries_variant(", {publications: {numbered: reversed}}")))
    *entries, papers = document.sections
    assert [paper.number for group in papers.groups for paper in group.items] == [3, 2, 1]
    assert all(paper.number is None for section in entries for item in section.items for paper in item.papers)


@pytest.mark.parametrize("key", ["vision", "early"])
def test_another_key_of_the_same_paper_finds_it(tmp_path: Path, key: str) -> None:
    document = read_document(write_career(tmp_path, BIB, f"awards: [{{title: A prize, publications: [{key}]}}]\n"))
    (paper,) = [part for part in document.walk() if part.kind is PartKind.PAPER and part.depth == 2]
    assert paper.path == ("publications", {"vision": "sight", "early": "clouds"}[key])


@pytest.mark.parametrize(
    ("rest", "place", "hint"),
    [
        pytest.param("work: [{name: A, publications: [sihgt]}]", "6:33", "did you mean 'sight'?", id="misspelt"),
        pytest.param(
            "sections:\n  mine: {title: Mine, entries: [{title: A, publications: [sight, zzz]}]}",
            "7:66",
            "write a key of your BibTeX files",
            id="own-section",
        ),
    ],
)
def test_an_unknown_key_is_an_error_at_its_place(tmp_path: Path, rest: str, place: str, hint: str) -> None:
    profile = write_career(tmp_path, BIB, rest)
    old = tmp_path / "out.pdf"
    old.write_bytes(b"old")
    ran = run_cvgen("render", profile, "-o", old)
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    assert (ran.code, old.read_bytes()) == (2, b"old")
    assert told.place.endswith(f"profile.yaml:{place}")
    assert told.message.startswith("no publication has the key ")
    assert told.hint == hint


def test_settings_of_lists_are_for_sections_whose_entries_have_papers(tmp_path: Path) -> None:
    sections = "[{work: {legend: false, roles: true}}, {awards: {legend: false}}]"
    rest = f"{REST}awards: [{{title: A prize}}]\nvariants: {{default: {{sections: {sections}}}}}\n"
    ran = run_cvgen("render", write_career(tmp_path, BIB, rest), "-o", tmp_path / "out.pdf")
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    assert told.message == "'legend' has no effect in the section 'awards'"


def test_excluded_tags_and_roles_leave_a_paper_out(tmp_path: Path) -> None:
    settings = "entries: {sight: {tags: [secret]}}"
    variant = entries_variant().replace("{sections", "{exclude_tags: [secret], sections")
    profile = write_career(tmp_path, BIB, variant, settings=settings)
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf", "--role", "first")
    assert ran.code == 0, ran.err
    text = words(read_pages((tmp_path / "out.pdf").read_bytes()))
    assert ("Sight" in text, "Clouds" in text, "rain" in text) == (False, True, False)
    assert "equal contribution" not in text


def test_a_page_limit_may_leave_a_paper_out_and_keeps_its_entry(tmp_path: Path) -> None:
    bib = "\n".join(
        f"@article{{p{n}, author = {{Lin, Wei}}, title = {{Paper number {n}}}, journal = {{J}}, year = {1990 + n}}}"
        for n in range(30)
    )
    keys = ", ".join(f"p{n}" for n in range(30))
    rest = f"work: [{{name: Example Labs, start: 2022, publications: [{keys}]}}]\n"
    profile = write_career(tmp_path, bib, f"{rest}variants: {{default: {{sections: [work], pages: 1}}}}\n")
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf", "--report", "json")
    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    assert {part["kind"] for part in report["left_out"]} == {"paper"}
    shown = sum(part["kind"] == "paper" for part in report["shown"])
    (page,) = read_pages((tmp_path / "out.pdf").read_bytes())
    assert "Example Labs" in page.text
    assert page.text.count("Paper number") == shown > 5


def test_positions_point_at_papers_too(tmp_path: Path) -> None:
    rest = (
        "work: [{name: Labs, positions: [{position: Head, start: 2022, publications: [vision]},"
        " {position: Intern, date: 2020, publications: [rain], highlights: [Made tea.]}]}]\n"
    )
    profile = write_career(tmp_path, BIB, rest)
    ran = run_cvgen("check", profile, "-t", "classic", "-t", "timeline", "-t", "compact")
    assert ran.code == 0, ran.out
    (labs,) = read_document(profile).sections[0].items
    assert [[paper.key for paper in position.papers] for position in labs.positions] == [["sight"], ["rain"]]
    profile.write_text(profile.read_text("utf-8").replace("[rain]", "[raim]"), "utf-8")
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf")
    assert (ran.code, "no publication has the key 'raim'" in ran.err) == (2, True)


def test_diff_says_what_is_below_an_entry(tmp_path: Path) -> None:
    variants = "variants:\n  a: {sections: [work, awards]}\n  b: {sections: [work, awards], exclude_tags: [no]}\n"
    rest = "work: [{name: Labs, publications: [sight]}]\nawards: [{title: Prize, publications: [rain]}]\n"
    settings = "entries: {sight: {tags: ['no']}, rain: {tags: ['no']}}"
    profile = write_career(tmp_path, BIB, rest + variants, settings=settings)
    ran = run_cvgen("diff", profile, "a", "b")
    lines = [line.split("  papers.bib")[0].strip() for line in ran.out.splitlines() if line.strip()]
    assert lines[-7:-1] == [
        "Experience",
        "Labs",
        "− Sight and search, Conference on Examples, 2026",
        "Honors and awards",
        "Prize",
        "− Why rain?, Journal of Tests, 2023",
    ], ran.out


def test_every_theme_passes_the_check(tmp_path: Path) -> None:
    lists = ", {publications: {style: ieee}}"
    profile = write_career(tmp_path, BIB, entries_variant() + f"  cited: {{sections: [work, competitions{lists}]}}\n")
    ran = run_cvgen("check", profile, *other_themes())
    assert ran.code == 0, ran.out


@pytest.mark.tex
def test_every_theme_passes_the_check_through_latex(tmp_path: Path) -> None:
    profile = write_career(tmp_path, BIB, entries_variant(", publications"))
    ran = run_cvgen("check", profile, *other_themes("xelatex"), "-e", "xelatex")
    assert ran.code == 0, ran.out
