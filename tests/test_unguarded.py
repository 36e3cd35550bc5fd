"""Behaviour at the edges of single rules, found unguarded by changing the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers import run_cvgen, valid_career

from cvgen.model.inline import Bold, Inline, Italic, Plain
from cvgen.model.marks import Mark
from cvgen.select.build_document import find_credits
from cvgen.sources.entry.names import parse_names
from cvgen.sources.inline.markdown import parse_markdown

# --- Markdown between two scripts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "nodes"),
    [
        pytest.param("word**中文**x", (Plain("word"), Bold((Plain("中文"),)), Plain("x")), id="latin-around-cjk"),
        pytest.param("word**中文**", (Plain("word"), Bold((Plain("中文"),))), id="latin-before-cjk"),
        pytest.param("**中文**word", (Bold((Plain("中文"),)), Plain("word")), id="latin-after-cjk"),
        pytest.param("中文**word**中文", (Plain("中文"), Bold((Plain("word"),)), Plain("中文")), id="cjk-around-latin"),
        pytest.param("한국*word*어", (Plain("한국"), Italic((Plain("word"),)), Plain("어")), id="hangul-around-latin"),
        pytest.param("word*，中文*x", (Plain("word*，中文*x"),), id="a-stop-after-a-letter-opens-nothing"),
        pytest.param("x*(a)*", (Plain("x*(a)*"),), id="a-bracket-after-a-letter-opens-nothing"),
        pytest.param("中*(a)*文", (Plain("中"), Italic((Plain("(a)"),)), Plain("文")), id="a-bracket-among-ideographs"),
        pytest.param("in*word s*", (Plain("in*word s*"),), id="opens-nothing-inside-a-latin-word"),
        pytest.param("*in wo*rd", (Plain("*in wo*rd"),), id="closes-nothing-inside-a-latin-word"),
        pytest.param("in*word*s", (Plain("in*word*s"),), id="inside-a-latin-word"),
    ],
)
def test_emphasis_opens_and_closes_between_scripts(typed: str, nodes: tuple[Inline, ...]) -> None:
    assert parse_markdown(typed).nodes == nodes


# --- Letters of other alphabets in lists that are not joined by "and" ------------------------------------------------

_MARKS = {"*": Mark.EQUAL}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"Kr\o yer", "Krøyer"),
        (r"Kr{\o}yer", "Krøyer"),
        (r"{\L}uczak", "Łuczak"),
        (r"\L uczak", "Łuczak"),
        (r"Gau\ss", "Gauß"),
        (r"\AA berg", "Åberg"),
        (r"J\ae ger", "Jæger"),
        (r"\DJ or{\dj}e", "Đorđe"),
        (r"Ben{\'\i}tez", "Benítez"),
    ],
)
@pytest.mark.parametrize("joined", ["{}, Ann and Lin*, Wei", "Lin*, Wei and {}, Ann", "{}, Ann; Lin*, Wei"])
def test_letters_beside_a_marked_name_are_read(typed: str, read: str, joined: str) -> None:
    listed = parse_names(joined.format(typed), _MARKS, lambda message, hint, kind="": None)
    assert {author.name for author in listed.authors} == {f"Ann {read}", "Wei Lin"}
    marked = [author.name for author in listed.authors if Mark.EQUAL in author.marks]
    assert marked == ["Wei Lin"]


@pytest.mark.parametrize("typed", [r"Kr\o yer", "Kr{\\o}yer", r"Kr\o{}yer"])
def test_the_space_after_a_letters_command_does_not_make_one_name_two(typed: str) -> None:
    listed = parse_names(f"{typed}, Ann Mary and Wei Lin*", _MARKS, lambda message, hint, kind="": None)
    assert [author.name for author in listed.authors] == ["Ann Mary Krøyer", "Wei Lin"]


# --- Links of a preprint that is shown with its paper ----------------------------------------------------------------


def _links(folder: Path, draft: str, paper: str) -> dict[str, str]:
    head = "title = {A study of slow clouds}, author = {Lin, Wei and Long, Ada}"
    bib = f"@misc{{draft, {head}, year = 2023, {draft}}}\n@article{{paper, {head}, year = 2024, {paper}}}\n"
    credits, _ = find_credits(valid_career(folder, bib))
    (credit,) = credits
    return {link.label: link.url for link in credit.publication.links}


@pytest.mark.parametrize(
    ("draft", "paper", "links"),
    [
        pytest.param(
            "journal = {bioRxiv}, url = {https://biorxiv.org/1}",
            "journal = {J. Clouds}",
            {"preprint": "https://biorxiv.org/1"},
            id="an-address-alone",
        ),
        pytest.param(
            "eprint = {2301.00001}, eprinttype = {arxiv}, url = {https://lab.org/draft}",
            "journal = {J. Clouds}",
            {"link": "https://lab.org/draft", "arxiv": "https://arxiv.org/abs/2301.00001"},
            id="an-address-beside-arxiv",
        ),
        pytest.param(
            "eprint = {2301.00001}, eprinttype = {arxiv}, url = {https://lab.org/draft}",
            "journal = {J. Clouds}, url = {https://j.org/1}",
            {
                "link": "https://j.org/1",
                "preprint": "https://lab.org/draft",
                "arxiv": "https://arxiv.org/abs/2301.00001",
            },
            id="two-addresses",
        ),
        pytest.param(
            "journal = {bioRxiv}, url = {https://J.org/1}",
            "journal = {J. Clouds}, url = {https://j.org/1}",
            {"link": "https://j.org/1"},
            id="the-same-address-twice",
        ),
    ],
)
def test_each_address_of_a_merged_preprint_has_a_label_of_its_own(
    tmp_path: Path, draft: str, paper: str, links: dict[str, str]
) -> None:
    assert _links(tmp_path, draft, paper) == links


# --- How far a word may move from where a baseline has it ------------------------------------------------------------

_PT = 25.4 / 72  # in mm
_PROFILE = "basics: {name: Nora Kemp}\nwork:\n  - {name: Firm, position: Engineer, start: 2020, end: 2021}\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A baseline with the top margin at 15 mm."""
    folder = tmp_path_factory.mktemp("baseline")
    (folder / "profile.yaml").write_text(_PROFILE, "utf-8")
    assert _check(folder, 0.0, "--update")[0] == 0
    return folder


def _check(folder: Path, moved: float, *more: str) -> tuple[int, list[str]]:
    """The exit code and messages for a page whose text is ``moved`` pt lower."""
    options = f"variants: {{default: {{options: {{margin_vertical: {15 + moved * _PT:.4f}}}}}}}\n"
    (folder / "profile.yaml").write_text(_PROFILE + options, "utf-8")
    ran = run_cvgen("check", folder / "profile.yaml", "--baseline", folder / "base", "--format", "json", *more)
    findings: list[dict[str, Any]] = json.loads(ran.out)["cells"][0]["findings"]
    return ran.code, [finding["message"] for finding in findings]


@pytest.mark.parametrize("moved", [0.5, 1.0])
def test_with_the_same_programs_the_least_move_is_found(kept: Path, moved: float) -> None:
    code, messages = _check(kept, moved)
    assert code == 1
    assert [" words have moved, from 'Nora' on" in message for message in messages] == [True]


@pytest.mark.parametrize(("moved", "code"), [(0.0, 0), (0.5, 0), (1.0, 1)])
def test_with_other_programs_a_word_may_move_by_less_than_a_point(kept: Path, moved: float, code: int) -> None:
    boxes = kept / "base" / "default-classic-weasyprint" / "boxes.json"
    before = boxes.read_text("utf-8")
    told = json.loads(before)
    boxes.write_text(json.dumps({**told, "tools": {**told["tools"], "pdfium": "1.0"}}), "utf-8")
    try:
        found, messages = _check(kept, moved)
    finally:
        boxes.write_text(before, "utf-8")
    assert found == code
    assert "made with pdfium 1.0; only words and their places" in messages[0]
    assert [" words have moved, from 'Nora' on" in message for message in messages[1:]] == [True] * code
