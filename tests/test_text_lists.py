"""Lists inside texts: read where a text has lines of its own, printed by every engine, and reported in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, about, run_cvgen
from pdf import words
from rendering import ENGINES, read_document, render_pdf

from cvgen.model.inline import ItemList, RichText
from cvgen.pipeline.request import Request
from cvgen.sources.career import CareerReading, read_career
from cvgen.sources.inline.markdown import parse_markdown


def _outline(text: RichText) -> list[object]:
    """Each paragraph as its words, each list as a list; a numbered list begins with its first number."""
    return [_items(part.nodes[0]) if isinstance(part.nodes[0], ItemList) else str(part) for part in text.paragraphs]


def _items(node: object) -> list[object]:
    assert isinstance(node, ItemList)
    start: list[object] = [] if node.start is None else [node.start]
    return start + [inner for item in node.items for inner in _outline(RichText(item.children)) if inner is not None]


@pytest.mark.parametrize(
    ("typed", "outline"),
    [
        pytest.param("What I do:\n- one\n- two", ["What I do:", ["one", "two"]], id="after-a-line"),
        pytest.param("* one\n* two\n\nEnd", [["one", "two"], "End"], id="stars-and-an-end"),
        pytest.param("1. one\n2. two", [[1, "one", "two"]], id="numbers"),
        pytest.param("7) one\n8) two", [[7, "one", "two"]], id="numbers-from-seven"),
        pytest.param("- one\n  - in\n  - side\n- two", [["one", ["in", "side"], "two"]], id="nested"),
        pytest.param("- one\n  goes on\n- two", [["one goes on", "two"]], id="an-item-of-two-lines"),
        pytest.param("- one\n\n- two", [["one", "two"]], id="blank-lines-between"),
        pytest.param("- one\n\n  more\n- two", [["one\nmore", "two"]], id="an-item-of-two-paragraphs"),
        pytest.param("A\n- **b** and `- c`", ["A", ["b and - c"]], id="one-item-with-markup"),
        pytest.param("- not a bullet", ["- not a bullet"], id="one-line"),
        pytest.param("A\n\\- not a bullet", ["A - not a bullet"], id="escaped"),
        pytest.param("From May to\n12. June", ["From May to 12. June"], id="a-date-at-the-start-of-a-line"),
        pytest.param("It was\n2020. Then", ["It was 2020. Then"], id="a-year-at-the-start-of-a-line"),
        pytest.param("It costs\n-5 or\n*nothing* at all", ["It costs -5 or nothing at all"], id="no-space-no-list"),
    ],
)
def test_a_text_block_has_the_lists_of_its_lines(typed: str, outline: list[object]) -> None:
    assert _outline(parse_markdown(typed, is_block=True)) == outline


def _read(folder: Path, text: str) -> CareerReading:
    profile = folder / "profile.yaml"
    profile.write_text(text, "utf-8")
    return read_career(profile)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("|\n    I do:\n    - one\n    - two", id="literal"),
        pytest.param(">\n    I do:\n    - one\n    - two", id="folded"),
        pytest.param("I do:\n    - one\n    - two".replace("do:", "do"), id="plain"),
        pytest.param('"I do:\n    - one\n    - two"', id="quoted"),
        pytest.param('"I do:\\n- one\\n- two"', id="escaped"),
        pytest.param("{en: 'I do:\n    - one\n    - two'}", id="by-language"),
    ],
)
def test_every_way_of_writing_a_text_in_yaml_keeps_its_list(tmp_path: Path, typed: str) -> None:
    reading = _read(tmp_path, f"basics:\n  name: Rosa\n  summary: {typed}\n")
    assert reading.career, reading.problems
    assert not reading.problems
    (section,) = read_document(tmp_path / "profile.yaml").sections
    assert _outline(section.text)[1:] == [["one", "two"]]


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("work: [{name: X, date: 2020, highlights: ['A\n    - b\n    - c']}]", id="highlight"),
        pytest.param("work:\n  - name: X\n    date: 2020\n    highlights:\n      - A\n          - b\n", id="continued"),
        pytest.param("work:\n  - name: X\n    date: 2020\n    position: |\n      A\n      - b\n", id="position"),
        pytest.param("news:\n  - date: 2020\n    text: |\n      A\n      1. b\n      2. c\n", id="news"),
    ],
)
def test_a_list_in_a_text_of_one_line_is_a_warning_that_names_highlights(tmp_path: Path, rest: str) -> None:
    reading = _read(tmp_path, f"basics: {{name: Rosa}}\n{rest}\n")
    assert reading.career
    (problem,) = reading.problems
    assert (problem.severity.value, "highlights" in (problem.hint or "")) == ("warning", True)


def test_prose_that_looks_a_little_like_a_list_is_no_warning(tmp_path: Path) -> None:
    reading = _read(
        tmp_path, "basics: {name: Rosa}\nnews:\n  - {date: 2020, text: '- x'}\n  - text: to the\n      12. June\n"
    )
    assert not reading.problems


PROFILE = """
basics:
  name: Rosa Lindqvist
  summary: |
    What I do:
    - first thing
    - second *thing*
      - inner thing

    Then I do:
    1. early things
    2. late things
work:
  - name: Halyard
    date: 2020
    summary: |
      Rebuilt:
      - the loader
      - the cache
awards: [{title: Prize, date: 2021, summary: "For:\\n- work\\n- play"}]
skills: [{name: Tools, summary: "Mostly:\\n- saws\\n- planes"}]
referees: [{name: Ann Bo, summary: "Says:\\n- good\\n- better"}]
"""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("theme", ["classic", "timeline"])
def test_lists_are_printed_with_their_marks(tmp_path: Path, theme: str, engine: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    read = words(render_pdf(Request(profile, None, theme, engine), tmp_path).pages)
    assert "What I do: • first thing • second thing – inner thing" in read
    assert re.search(r"Then I do: 1\. early things 2\. late things", read)
    for items in ("Rebuilt: • the loader • the cache", "For: • work • play", "Mostly: • saws • planes"):
        assert items in read
    assert "Says: • good • better" in read


@pytest.mark.parametrize("engine", ENGINES)
def test_check_finds_nothing_wrong_with_lists(tmp_path: Path, engine: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    checked = run_cvgen("check", profile, "-e", engine)
    assert checked.code == 0, checked.out


def test_the_page_for_a_browser_has_real_lists(tmp_path: Path) -> None:
    profile, page = tmp_path / "profile.yaml", tmp_path / "cv.html"
    profile.write_text(PROFILE, "utf-8")
    ran = run_cvgen("render", profile, "-f", "html", "-o", page, *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    html = page.read_text("utf-8")
    assert '<li>second <em>thing</em><ul class="bullets"><li>inner thing</li></ul></li>' in html
    assert '<ol class="bullets"><li data-mark="1.">early things</li>' in html


def test_match_finds_words_in_lists_and_joins_no_two_items(tmp_path: Path) -> None:
    profile, posting = tmp_path / "profile.yaml", tmp_path / "posting.txt"
    profile.write_text(
        "basics:\n  name: Rosa\n  summary: |\n    I know:\n    - Machine\n    - Learning\n    - Kubernetes\n", "utf-8"
    )
    posting.write_text("You know Kubernetes and machine learning.\n", "utf-8")
    out = run_cvgen("match", profile, posting, "--no-fit").out
    printed, _, absent = out.partition("not in the profile:")
    assert "+ Kubernetes" in printed
    assert absent.split("\n")[1].strip() == "machine learning"


def test_diff_reads_a_list_as_text(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    work = 'work: [{name: X, date: 2020, summary: "A\\n- b\\n- c", short: "A\\n- b"}]'
    variants = "variants: {long: {}, brief: {short: true}}"
    profile.write_text(f"basics: {{name: Rosa}}\n{work}\n{variants}\n", "utf-8")
    assert "A b c" in run_cvgen("diff", profile, "long", "brief").out


def test_a_picture_in_a_text_is_reported_and_printed_as_typed(tmp_path: Path) -> None:
    typed = "![my photo](https://example.org/me.png)"
    reading = _read(tmp_path, f"basics:\n  name: Rosa\n  summary: 'Me: {typed}, and `![code](a.png)`'\n")
    (problem,) = about(reading.problems, "picture", typed)
    assert "image" in (problem.hint or "")
    (section,) = read_document(tmp_path / "profile.yaml").sections
    assert typed in str(section.text)
