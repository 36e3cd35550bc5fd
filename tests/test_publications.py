"""Publication lists: every setting of one, what is printed with a paper, and the command that explains it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers import FIXTURES, about, line_of, read_papers, read_told, run_cvgen, valid_career, write_career
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rendering import read_document

from cvgen.diagnostics import InputError, Location, Problem, Severity
from cvgen.model.inline import rich
from cvgen.model.marks import Mark
from cvgen.model.printed import Section
from cvgen.model.publication import Author, Credit, Publication, Role
from cvgen.model.shown_paper import PublicationItem
from cvgen.select.authors import AuthorLimit, mark_symbols, show_authors
from cvgen.select.build_document import Selection, select_document
from cvgen.select.cut import Cut, cut_document
from cvgen.select.language import load_words
from cvgen.select.variant import resolve_variant

BIB = """\
@article{old, title = {Zed}, author = {Lin, Wei and Long, Ada}, journal = {Beta}, year = 2020, citations = {30}}
@inproceedings{conf, title = {alpha}, author = {Long, Ada and Lin, Wei and Ross, Bob}, booktitle = {Conf.},
  author+an = {2=lead}, abbr = {ICML 2024}, topic = {Vision}, year = 2024, month = mar, citations = {1,200+}}
@misc{pre, title = {Mid}, author = {Lin, Wei}, eprint = {2301.00001}, eprinttype = {arxiv}, year = 2024, month = may}
@article{sup, title = {Clay}, author = {Ames, Eve and Long, Ada and Lin, Wei}, author+an = {1=student},
  journal = {alto}, topic = {Clay}, year = 2022, citations = {30}}
@article{mid, title = {Mud}, author = {Long, Ada and Lin, Wei and Ross, Bob}, journal = {Zeta}, year = 2021}
@unpublished{wip, title = {beta}, author = {Lin, Wei and others}, pubstate = {inpreparation}, topic = {Vision}}
"""


def _select(folder: Path, lists: str, bib: str = BIB, *, settings: str = "", more: str = "") -> Selection:
    """What a variant of these ``lists`` shows; they are what stands below ``publications:``."""
    sections = ", ".join(f"{{publications: {one}}}" for one in lists.split(" | "))
    career = valid_career(folder, bib, f"variants: {{v: {{{more}sections: [{sections}]}}}}", settings=settings)
    return select_document(career, resolve_variant(career, "v"))


def _section(folder: Path, settings: str, bib: str = BIB, *, profile: str = "", more: str = "") -> Section:
    (section,) = _select(folder, settings, bib, settings=profile, more=more).document.sections
    return section


def _items(section: Section) -> list[PublicationItem]:
    return [item for group in section.groups for item in group.items]


def _keys(section: Section) -> str:
    return " ".join(item.key for item in _items(section))


def _groups(section: Section) -> list[tuple[str, str]]:
    return [(group.title, " ".join(item.key for item in group.items)) for group in section.groups]


def _problems(folder: Path, lists: str, bib: str = BIB) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        _select(folder, lists, bib)
    return [problem for problem in caught.value.problems if problem.is_error]


def _item(folder: Path, entry: str, settings: str = "{}", *, profile: str = "", more: str = "") -> PublicationItem:
    """The only paper of a list."""
    (item,) = _items(_section(folder, settings, entry, profile=profile, more=more))
    return item


# --- Which papers, in which order ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "keys"),
    [
        pytest.param("{}", "wip pre conf sup mid old", id="newest-undated-before"),
        pytest.param("{sort: newest}", "wip pre conf sup mid old", id="newest"),
        pytest.param("{sort: oldest}", "old mid sup conf pre wip", id="oldest"),
        pytest.param("{sort: title}", "conf wip sup pre mid old", id="title-whatever-the-case"),
        pytest.param("{sort: venue}", "sup pre old conf mid wip", id="venue-short-name-first-none-last"),
        pytest.param("{sort: citations}", "conf old sup pre mid wip", id="citations-in-file-order-where-equal"),
        pytest.param("{sort: file}", "old conf pre sup mid wip", id="file"),
        pytest.param("{sort: -file}", "wip mid sup pre conf old", id="file-turned-round"),
        pytest.param("{sort: [newest]}", "wip pre conf sup mid old", id="one-in-a-list"),
        pytest.param("{sort: [citations, -title]}", "conf old sup mid pre wip", id="several"),
        pytest.param("{limit: 2}", "wip pre", id="limit"),
        pytest.param("{limit: 2, pin: [old]}", "wip old", id="pinned-is-within-the-limit-and-keeps-its-place"),
        pytest.param("{limit: 1, pin: [old, mid]}", "mid", id="more-pinned-than-the-limit"),
        pytest.param("{where: lead, pin: [old]}", "conf old", id="pinned-whatever-the-query"),
        pytest.param("{where: lead, limit: 1, pin: [old]}", "old", id="pinned-before-the-query"),
        pytest.param("{exclude: [wip, pre]}", "conf sup mid old", id="exclude"),
        pytest.param("{where: first, exclude: [wip]}", "pre old", id="exclude-and-where"),
        pytest.param("{where: citations >= 30}", "conf sup old", id="where-citations"),
        pytest.param("{where: \"rank == 'CCF A'\"}", "old", id="where-rank"),
        pytest.param("{where: supervised}", "sup", id="where-supervised"),
    ],
)
def test_a_list_chooses_and_orders_its_papers(tmp_path: Path, settings: str, keys: str) -> None:
    assert _keys(_section(tmp_path, settings, profile="entries: {old: {rank: CCF A}}")) == keys


def test_a_variant_leaves_out_what_it_excludes_by_tag(tmp_path: Path) -> None:
    tagged = "entries: {old: {tags: [x]}, mid: {tags: [x, y]}}"
    section = _section(tmp_path, "{}", profile=tagged, more="exclude_tags: [x], ")
    assert _keys(section) == "wip pre conf sup"


def test_a_variant_that_chooses_tags_keeps_papers_that_have_none(tmp_path: Path) -> None:
    section = _section(tmp_path, "{tags: [y]}", profile="entries: {mid: {tags: [x, y]}}")
    assert _keys(section) == "mid"


@pytest.mark.parametrize(
    ("settings", "at", "message", "cure"),
    [
        pytest.param("{sort: citation}", "citation", "'citation'", "did you mean 'citations'?", id="sort"),
        pytest.param("{sort: zzz}", "zzz", "'zzz'", "author, citations, file", id="sort-all"),
        pytest.param("{sort: [-year, venu]}", "venu", "'venu'", "did you mean 'venue'?", id="sort-several"),
        pytest.param("{numbered: {prefix: '[J'}}", "'[J'", "'[J'", "write up to 4 letters", id="prefix"),
        pytest.param(
            "{numbered: {count: reverse}}",
            "{count: reverse}",
            "'reverse'",
            "did you mean 'reversed'?",
            id="count-of-numbers",
        ),
        pytest.param("{group_by: rolle}", "rolle", "'rolle'", "did you mean 'role'?", id="group"),
        pytest.param("{group_by: zzz}", "zzz", "'zzz'", "role, status, topic, type, venue, year", id="group-all"),
        pytest.param("{numbered: reverse}", "reverse", "'reverse'", "did you mean 'reversed'?", id="numbered"),
        pytest.param("{exclude: [old, prre]}", "prre", "'prre'", "did you mean 'pre'?", id="exclude"),
        pytest.param("{pin: [zzzzz]}", "zzzzz", "'zzzzz'", "a key of your BibTeX files", id="pin"),
        pytest.param("{group_by: [{title: A, where: frist}]}", "frist", "'frist'", "did you mean 'first'?", id="query"),
        pytest.param("{where: frist}", "frist", "'frist'", "did you mean 'first'?", id="where"),
    ],
)
def test_an_unknown_word_is_an_error_at_its_place(
    tmp_path: Path, settings: str, at: str, message: str, cure: str
) -> None:
    (problem,) = _problems(tmp_path, settings)
    assert message in problem.message
    assert cure in (problem.hint or "")
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    line = line_of(text, "variants:")
    column = text.splitlines()[line - 1].index(at) + 1
    assert str(problem.location) == f"{tmp_path / 'profile.yaml'}:{line}:{column}"


def test_all_unknown_words_of_all_lists_are_told_in_one_run(tmp_path: Path) -> None:
    lists = "{sort: a, group_by: b, numbered: c, pin: [d], exclude: [e], where: f} | {group_by: [{title: T, where: g}]}"
    problems = _problems(tmp_path, lists)
    assert [len(about(problems, repr(word))) for word in "abcdefg"] == [1] * 7


@pytest.mark.parametrize("settings", ["{exclude: [old]}", "{pin: [old]}"])
def test_a_key_is_known_also_where_a_role_is_asked_for(tmp_path: Path, settings: str) -> None:
    """``--role lead`` leaves ``old`` out; that is no reason to call it unknown."""
    career = valid_career(tmp_path, BIB, f"variants: {{v: {{sections: [publications: {settings}]}}}}")
    selection = select_document(career, resolve_variant(career, "v"), frozenset({Role.LEAD}))
    assert [_keys(section) for section in selection.document.sections] == ["conf"]


# --- Groups ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "groups"),
    [
        pytest.param(
            "{group_by: year}",
            [("Undated", "wip"), ("2024", "pre conf"), ("2022", "sup"), ("2021", "mid"), ("2020", "old")],
            id="year",
        ),
        pytest.param(
            "{group_by: status}",
            [("Published", "conf sup mid old"), ("Preprint", "pre"), ("In preparation", "wip")],
            id="status",
        ),
        pytest.param(
            "{group_by: topic}", [("Vision", "wip conf"), ("Clay", "sup"), ("Other", "pre mid old")], id="topic"
        ),
        pytest.param(
            "{group_by: kind, sort: file}",
            [("Journal articles", "old sup mid"), ("Conference papers", "conf"), ("Preprints", "pre"),
             ("Manuscripts", "wip")],
            id="kind",
        ),
        pytest.param(
            "{group_by: venue, sort: file, exclude: [pre]}",
            [("Beta", "old"), ("ICML 2024", "conf"), ("alto", "sup"), ("Zeta", "mid"), ("Other", "wip")],
            id="venue",
        ),
        pytest.param(
            "{group_by: role}",
            [("First, co-first or first student author", "wip pre old"), ("Corresponding author or project leader",
             "conf"), ("Senior author", "sup"), ("Co-author", "mid")],
            id="role",
        ),
        pytest.param(
            "{group_by: [{title: Led, where: lead}, {title: Mine, where: first}, {title: New, where: year == 2024}]}",
            [("Led", "conf"), ("Mine", "wip pre old")],
            id="named-first-answer-counts-empty-groups-are-not-shown",
        ),
        pytest.param(
            "{group_by: [{title: Mine, where: first}, {title: Rest, where: 'true'}], limit: 3}",
            [("Mine", "wip pre"), ("Rest", "conf")],
            id="named-after-the-limit",
        ),
    ],
)  # fmt: skip
def test_a_list_is_grouped(tmp_path: Path, settings: str, groups: list[tuple[str, str]]) -> None:
    assert _groups(_section(tmp_path, settings)) == groups


def test_papers_that_answer_no_query_are_in_no_group_and_told(tmp_path: Path) -> None:
    selection = _select(tmp_path, "{group_by: [{title: Led, where: lead}]}")
    (told,) = about(selection.problems, "in no list")
    assert told.severity is Severity.NOTICE
    assert told.message == "5 of 6 papers are in no list of the variant 'v': old, pre, sup, mid, wip"


@pytest.mark.parametrize(("language", "title"), [("en", "Led"), ("zh", "主持")])
def test_the_title_of_a_group_speaks_the_documents_language(tmp_path: Path, language: str, title: str) -> None:
    settings = "{group_by: [{title: {en: Led, zh: 主持}, where: lead}]}"
    assert _groups(_section(tmp_path, settings, more=f"language: {language}, ")) == [(title, "conf")]


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        pytest.param("{}", None, id="all-are-shown"),
        pytest.param("{where: first} | {where: not first}", None, id="all-are-shown-in-two-lists"),
        pytest.param("{where: first} | {where: lead}", "2 of 6 papers are in no list of the variant 'v': sup, mid",
                     id="some-in-none"),
        pytest.param("{limit: 5}", "1 of 6 papers is in no list of the variant 'v': old", id="beyond-the-limit"),
    ],
)  # fmt: skip
def test_papers_in_no_list_are_told(tmp_path: Path, lists: str, told: str | None) -> None:
    hidden = about(_select(tmp_path, lists).problems, "in no list")
    assert [problem.message for problem in hidden] == ([told] if told else [])


def test_a_variant_without_lists_hides_nothing(tmp_path: Path) -> None:
    career = valid_career(tmp_path, BIB, "work: [{name: A}]\nvariants: {v: {sections: [work]}}")
    assert not about(select_document(career, resolve_variant(career, "v")).problems, "in no list")


@pytest.mark.parametrize(
    ("settings", "topics"),
    [
        pytest.param("{where: topic}", ["Vision", "Vision", "Clay"], id="no-groups"),
        pytest.param("{group_by: topic}", [""] * 6, id="by-topic"),
        pytest.param("{group_by: year, where: topic}", ["Vision", "Vision", "Clay"], id="by-year"),
        pytest.param(
            "{where: topic, group_by: [{title: vision, where: topic == 'Vision'}, {title: Rest, where: 'true'}]}",
            ["", "", "Clay"],
            id="named-after-a-topic",
        ),
    ],
)
@pytest.mark.parametrize("theme", ["classic", "homepage"])
def test_a_topic_that_the_heading_says_is_not_repeated(
    tmp_path: Path, settings: str, topics: list[str], theme: str
) -> None:
    rest = f"variants: {{v: {{theme: {theme}, sections: [{{publications: {settings}}}]}}}}"
    profile = write_career(tmp_path, BIB, rest)
    fonts = ("--set", "body_font=Serif", "--set", "heading_font=Serif", "--set", "code_font=Mono")
    made = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", *fonts)
    assert made.code == 0, made.err
    page = (tmp_path / "cv.html").read_text("utf-8")
    assert re.findall(r'<span class="topic">(.*?)</span>', page) == [topic for topic in topics if topic]


# --- Numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lists", "numbers"),
    [
        pytest.param("{where: first} | {where: not first}", [[None] * 3, [None] * 3], id="none"),
        pytest.param("{where: first, numbered: false}", [[None] * 3], id="false"),
        pytest.param("{where: first, numbered: true} | {where: not first, numbered: true}", [[1, 2, 3], [1, 2, 3]],
                     id="per-list"),
        pytest.param("{where: first, numbered: true} | {where: not first, numbered: continued}",
                     [[1, 2, 3], [4, 5, 6]], id="continued"),
        pytest.param("{where: first, numbered: continued} | {where: lead} | {where: supervised, numbered: continued}",
                     [[1, 2, 3], [None], [4]], id="continued-over-a-list-without-numbers"),
        pytest.param("{where: first, numbered: reversed}", [[3, 2, 1]], id="reversed"),
        pytest.param("{group_by: year, numbered: reversed}", [[6, 5, 4, 3, 2, 1]], id="reversed-over-groups"),
        pytest.param("{numbered: reversed, limit: 2}", [[2, 1]], id="reversed-after-the-limit"),
        pytest.param("{where: first, numbered: true} | {where: lead, numbered: true}"
                     " | {where: key == 'mid', numbered: continued}", [[1, 2, 3], [1], [2]],
                     id="continued-from-the-list-before-and-no-other"),
        pytest.param("{where: first, numbered: true} | {where: lead, numbered: continued} | {numbered: true, limit: 2}"
                     " | {where: supervised, numbered: continued}", [[1, 2, 3], [4], [1, 2], [3]], id="begun-again"),
        pytest.param("{where: first, numbered: reversed} | {where: lead, numbered: continued}"
                     " | {where: supervised, numbered: continued}", [[5, 4, 3], [2], [1]], id="reversed-over-lists"),
        pytest.param("{where: first, numbered: reversed} | {where: lead, numbered: reversed}", [[3, 2, 1], [1]],
                     id="reversed-twice"),
        pytest.param("{where: first, numbered: reversed} | {where: lead} | {where: key == 'mid', numbered: continued}"
                     " | {where: lead, numbered: true}", [[4, 3, 2], [None], [1], [1]], id="reversed-over-a-gap"),
        pytest.param("{where: first, group_by: year, numbered: reversed} | {where: lead, numbered: continued}",
                     [[4, 3, 2], [1]], id="reversed-over-groups-and-lists"),
        pytest.param("{where: first, numbered: true} | {where: year == 1900, numbered: true}"
                     " | {where: lead, numbered: continued}", [[1, 2, 3], [4]], id="continued-over-an-empty-list"),
        pytest.param("{where: first, numbered: reversed} | {where: year == 1900, numbered: continued}"
                     " | {where: lead, numbered: continued}", [[4, 3, 2], [1]], id="reversed-over-an-empty-list"),
        pytest.param("{where: year == 1900, numbered: reversed} | {where: first, numbered: continued}", [[3, 2, 1]],
                     id="reversed-though-the-first-list-is-empty"),
        pytest.param("{where: first, numbered: continued} | {where: lead, numbered: continued}", [[1, 2, 3], [4]],
                     id="continued-with-no-list-before"),
    ],
)  # fmt: skip
def test_papers_are_numbered(tmp_path: Path, lists: str, numbers: list[list[int | None]]) -> None:
    sections = _select(tmp_path, lists).document.sections
    assert [[item.number for item in _items(section)] for section in sections] == numbers


def test_numbers_have_the_prefix_of_their_list(tmp_path: Path) -> None:
    lists = "{where: first, numbered: {prefix: J}} | {where: lead, numbered: {prefix: C, count: continued}}"
    sections = _select(tmp_path, lists).document.sections
    labels = [[item.number_label for item in _items(section)] for section in sections]
    assert labels == [["[J1]", "[J2]", "[J3]"], ["[C4]"]]


def test_groups_say_how_many_papers_they_show(tmp_path: Path) -> None:
    section = _section(tmp_path, "{group_by: year, group_counts: true}")
    assert [group.heading for group in section.groups] == [f"{g.title} ({len(g.items)})" for g in section.groups]


@pytest.mark.parametrize(
    ("hidden", "numbers"),
    [
        pytest.param(["one"], [[4, 3], [2, 1]], id="a-paper"),
        pytest.param(["one", "two", "three"], [[2, 1]], id="a-list"),
        pytest.param(["three", "five"], [[3, 2], [1]], id="both-lists"),
    ],
)
def test_what_is_left_out_has_no_number(tmp_path: Path, hidden: list[str], numbers: list[list[int]]) -> None:
    bib = "".join(
        f"@article{{{key}, author = {{Lin, Wei}}, title = {{{key}}}, journal = {{J}}, year = {year}}}\n"
        for key, year in (("one", 2023), ("two", 2022), ("three", 2021), ("four", 2011), ("five", 2010))
    )
    lists = "{where: year > 2015, numbered: reversed} | {where: year < 2015, numbered: continued}"
    draft = _select(tmp_path, lists, bib).draft
    refs = {item.key: item.ref for section in draft.whole.sections for item in _items(section)}
    cut = cut_document(draft, Cut(hidden=frozenset(refs[key] for key in hidden)))
    shown = [[item.number for item in _items(section)] for section in cut.sections]
    assert shown == numbers


# --- Counts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "language", "counts"),
    [
        pytest.param("{}", "en", "", id="not-asked-for"),
        pytest.param("{counts: true}", "en", "6 papers: 3 first or co-first, 1 as project lead, 1 senior, "
                     "1 with a student of mine first", id="en"),
        pytest.param("{counts: true, where: lead}", "en", "1 paper: 1 as project lead", id="en-one"),
        pytest.param("{counts: true, where: middle and not lead}", "en", "1 paper", id="en-nothing-to-name"),
        pytest.param("{counts: true, where: lead, count_venues: [ICML]}", "en", "1 paper: 1 as project lead; 1 ICML",
                     id="en-venues"),
        pytest.param("{counts: true, where: lead, count_venues: [NeurIPS, icml]}", "en",
                     "1 paper: 1 as project lead; 1 NeurIPS/icml", id="en-venues-whatever-the-case"),
        pytest.param("{counts: true, where: lead, count_venues: [ICM]}", "en", "1 paper: 1 as project lead",
                     id="en-part-of-a-venue-is-another"),
        pytest.param("{counts: true, where: first}", "zh", "共3篇论文：第一或共同第一作者3篇", id="zh"),
        pytest.param("{counts: true, where: lead, count_venues: [ICML]}", "zh", "共1篇论文：项目负责人1篇；ICML 1篇",
                     id="zh-venues"),
        pytest.param("{counts: true, where: first}", "de", "3 Arbeiten: 3 in (geteilter) Erstautorschaft", id="de"),
        pytest.param("{counts: true, where: lead, count_venues: [ICML]}", "de",
                     "1 Arbeit: 1 unter eigener Projektleitung; 1 ICML", id="de-one"),
    ],
)  # fmt: skip
def test_a_list_says_how_many_papers_in_which_role(tmp_path: Path, settings: str, language: str, counts: str) -> None:
    assert _section(tmp_path, settings, more=f"language: {language}, ").counts == counts


def test_a_co_first_paper_is_counted_once(tmp_path: Path) -> None:
    bib = "@article{a, title={T}, author={Lin, Wei and B, B and C, C}, author+an={1=equal,corr; 2=equal}, year=2020}"
    assert _section(tmp_path, "{counts: true}", bib).counts == "1 paper: 1 first or co-first, 1 corresponding"


# --- Shortened author lists ------------------------------------------------------------------------------------------

WORDS = load_words("en")


def _credit(count: int, owner: int | None, equal: set[int] | None = None, *, truncated: bool = False) -> Credit:
    """A paper of ``A1 … An`` in which the authors ``equal`` are marked so."""
    marks = frozenset({Mark.EQUAL})
    authors = tuple(Author(f"A{n}", marks=marks if n in (equal or ()) else frozenset()) for n in range(1, count + 1))
    paper = Publication("k", "article", rich("T"), authors, Location("x.bib"), truncated=truncated)
    return Credit(paper, owner)


def _say(credit: Credit, limit: int | None) -> str:
    """The printed list; the owner in brackets, their place behind."""
    shown = show_authors(credit, mark_symbols({}), AuthorLimit(limit), WORDS)
    return " ".join(
        f"{'… ' if a.after_gap else ''}{f'[{a.name}]' if a.is_owner else a.name}{a.marks}{a.position}" for a in shown
    )


@pytest.mark.parametrize(
    ("count", "owner", "limit", "equal", "said"),
    [
        pytest.param(4, 2, None, "", "A1 [A2] A3 A4", id="no-limit"),
        pytest.param(4, 2, 4, "", "A1 [A2] A3 A4", id="at-the-limit"),
        pytest.param(9, 2, 4, "", "A1 [A2] A3 … A9", id="first-few-and-last"),
        pytest.param(9, 9, 4, "", "A1 A2 A3 … [A9]", id="owner-last-needs-no-place"),
        pytest.param(9, 7, 4, "", "A1 A2 A3 … [A7](7th) A8 A9", id="gap-of-one-is-filled"),
        pytest.param(12, 7, 4, "", "A1 A2 A3 … [A7](7th) … A12", id="owner-between-gaps"),
        pytest.param(12, 5, 4, "", "A1 A2 A3 A4 [A5] … A12", id="owner-after-a-gap-of-one"),
        pytest.param(5, 1, 4, "", "[A1] A2 A3 A4 A5", id="one-above-the-limit-is-whole"),
        pytest.param(30, 21, 3, "", "A1 A2 … [A21](21st) … A30", id="21st"),
        pytest.param(30, 12, 3, "", "A1 A2 … [A12](12th) … A30", id="12th"),
        pytest.param(30, 22, 3, "", "A1 A2 … [A22](22nd) … A30", id="22nd"),
        pytest.param(12, None, 3, "", "A1 A2 … A12", id="owner-not-listed"),
        pytest.param(12, 5, 3, "12345", "A1* A2* A3* A4* [A5]* … A12", id="run-at-the-start-with-owner"),
        pytest.param(12, 9, 3, "1234", "A1* A2* A3* A4* … [A9](9th) … A12", id="run-at-the-start-without-owner"),
        pytest.param(12, 7, 3, "678", "A1 A2 … A6* [A7]*(7th) A8* … A12", id="run-of-the-owner-says-the-place"),
        pytest.param(12, 6, 3, "678", "A1 A2 … [A6]*(6th) A7* A8* … A12", id="owner-first-in-their-run"),
        pytest.param(12, 1, 3, "BC", "[A1] A2 … A11* A12*", id="run-at-the-end-is-whole"),
        pytest.param(12, 1, 4, "345", "[A1] A2 A3* A4* A5* … A12", id="run-that-the-limit-would-cut-is-whole"),
        pytest.param(12, 7, 1, "", "A1 … [A7](7th)", id="limit-1"),
        pytest.param(12, 7, 2, "", "A1 A2 … [A7](7th)", id="limit-2"),
        pytest.param(12, 1, 1, "", "[A1]", id="limit-1-owner-first"),
    ],
)
def test_a_long_author_list_is_shortened(
    count: int, owner: int | None, limit: int | None, equal: str, said: str
) -> None:
    marked = {int(digit, 16) for digit in equal}
    assert _say(_credit(count, owner, marked), limit) == said


@pytest.mark.parametrize(
    ("count", "owner", "said"),
    [
        pytest.param(9, 2, "A1 [A2] A3", id="owner-among-the-first"),
        pytest.param(9, 5, "A1 A2 A3 A4 [A5]", id="gap-of-one"),
        pytest.param(9, 7, "A1 A2 A3 … [A7](7th)", id="owner-after-a-gap"),
        pytest.param(9, 9, "A1 A2 A3 … [A9](9th)", id="the-last-named-is-not-the-last"),
    ],
)
def test_a_truncated_list_is_shortened(count: int, owner: int, said: str) -> None:
    assert _say(_credit(count, owner, truncated=True), 3) == said


PEOPLE = " and ".join(f"F{n}, G" for n in range(1, 189))


@pytest.mark.parametrize(
    ("settings", "language", "count"),
    [
        pytest.param("{max_authors: 5}", "en", "(189 authors)", id="en"),
        pytest.param("{max_authors: 5}", "zh", "（共189位作者）", id="zh"),
        pytest.param("{max_authors: 5}", "de", "(189 Autoren)", id="de"),
        pytest.param("{max_authors: 300}", "en", "", id="whole"),
        pytest.param("{}", "en", "", id="no-limit"),
    ],
)
def test_a_shortened_list_says_how_long_it_is(tmp_path: Path, settings: str, language: str, count: str) -> None:
    bib = f"@article{{a, title = {{T}}, author = {{{PEOPLE} and Lin, Wei}}, year = 2020}}"
    assert _item(tmp_path, bib, settings, more=f"language: {language}, ").author_count == count


def test_a_truncated_list_does_not_say_how_long_it_is(tmp_path: Path) -> None:
    """``Lin, …, et al. (188 authors)`` would be wrong: there are more."""
    bib = f"@article{{a, title = {{T}}, author = {{Lin, Wei and {PEOPLE} and others}}, year = 2020}}"
    item = _item(tmp_path, bib, "{max_authors: 5}")
    assert item.truncated
    assert item.author_count == ""


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(data=st.data())
def test_shortening_hides_no_owner_and_breaks_no_run(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 40), "count")
    owner = data.draw(st.none() | st.integers(1, count), "owner")
    limit = data.draw(st.integers(1, 45), "limit")
    equal = data.draw(st.sets(st.integers(1, count)), "equal")
    truncated = data.draw(st.booleans(), "truncated")
    shown = show_authors(_credit(count, owner, equal, truncated=truncated), mark_symbols({}), AuthorLimit(limit), WORDS)
    positions = [int(author.name.removeprefix("A")) for author in shown]
    assert positions == sorted(set(positions))
    assert positions[0] == 1
    assert [a.is_owner for a in shown] == [position == owner for position in positions]
    assert owner is None or owner in positions
    for touched in filter(None, (1, owner)):
        run = {touched} if touched in equal else set()
        for step in (-1, 1):
            at = touched
            while touched in equal and (at := at + step) in equal:
                run.add(at)
        assert run <= set(positions)
    gaps = [b != a + 1 for a, b in zip([0, *positions], positions, strict=False)]
    assert [author.after_gap for author in shown] == gaps
    assert all(not author.position or author.is_owner for author in shown)
    if count <= limit:
        assert len(shown) == count


# --- Marks and legend ------------------------------------------------------------------------------------------------


def test_marks_and_their_legend(tmp_path: Path) -> None:
    bib = (
        "@article{a, title={T}, author={Lin, Wei and B, B and C, C}, year=2020,\n"
        "  author+an={1=equal,lead; 2=equal,student; 3=corr,core,advisor,senior}}"
    )
    section = _section(tmp_path, "{}", bib)
    assert [author.marks for author in _items(section)[0].authors] == ["*‡", "*§", "†◊"]
    assert [(line.mark, line.meaning) for line in section.legend] == [
        ("*", "equal contribution"),
        ("†", "corresponding author"),
        ("‡", "project leader"),
        ("◊", "core contributor"),
        ("§", "student"),
    ]
    assert _section(tmp_path, "{legend: false}", bib).legend == ()


def test_a_mark_that_shortening_leaves_out_is_not_in_the_legend(tmp_path: Path) -> None:
    bib = f"@article{{a, title={{T}}, author={{Lin, Wei and {PEOPLE}}}, author+an={{1=lead; 50=student}}, year=2020}}"
    section = _section(tmp_path, "{max_authors: 5}", bib)
    assert [line.mark for line in section.legend] == ["‡"]


# --- What is printed with a paper ------------------------------------------------------------------------------------

PAPER = "@article{{a, title = {{T}}, author = {{Lin, Wei}}, journal = {{J}}, year = 2020{more}}}\n"


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        pytest.param("412", "en", "412 citations", id="number"),
        pytest.param("400+", "en", "400+ citations", id="at-least"),
        pytest.param("400+ (Google Scholar, 2026-02)", "en", "400+ citations (Google Scholar, Feb 2026)", id="whole"),
        pytest.param("1", "en", "1 citation", id="one"),
        pytest.param("1200", "en", "1,200 citations", id="thousand"),
        pytest.param("1,200", "en", "1,200 citations", id="thousand-as-typed"),
        pytest.param("12 (2026)", "en", "12 citations (2026)", id="year"),
        pytest.param("12 (Scopus)", "en", "12 citations (Scopus)", id="source"),
        pytest.param("1200 (Scopus, 2026-02)", "de", "1.200 Zitationen (Scopus, Feb. 2026)", id="de"),
        pytest.param("400+ (Scopus, 2026-02)", "zh", "被引400+次（Scopus，2026年2月）", id="zh"),
    ],
)
@pytest.mark.parametrize("where", ["bib", "profile"])
def test_citations_are_said(tmp_path: Path, value: str, language: str, said: str, where: str) -> None:
    bib = PAPER.format(more=f", citations = {{{value}}}" if where == "bib" else "")
    overlay = f'entries: {{a: {{citations: "{value}"}}}}' if where == "profile" else ""
    assert _item(tmp_path, bib, profile=overlay, more=f"language: {language}, ").metrics == (said,)


def test_a_count_need_not_be_quoted(tmp_path: Path) -> None:
    item = _item(tmp_path, PAPER.format(more=""), profile="entries: {a: {citations: 412, stars: 3000}}")
    assert item.metrics == ("412 citations", "3,000 stars")


@pytest.mark.parametrize("value", ["many", "about 400", "-3", "4.5"])
def test_what_is_no_count_is_told_at_its_place(tmp_path: Path, value: str) -> None:
    bib = PAPER.format(more=f",\n  citations = {{{value}}}")
    (told,) = about(read_papers(tmp_path, bib).problems, value, "citations")
    assert told.severity is Severity.WARNING
    assert told.location
    assert told.location.line == 2
    settings = f"entries:\n  a:\n    citations: {value}"
    reading = read_papers(tmp_path, PAPER.format(more=""), settings=settings)
    (told,) = about(reading.problems, value)
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    assert told.is_error
    assert told.location
    assert told.location.line == line_of(text, "citations:")


FIELDS = [
    ("topic", "topic = {Clay}", "topic: Vision", "Clay", "Vision"),
    ("note", "note = {A \\emph{note}}", "note: Another **note**", "A note", "Another note"),
    ("award", "award = {Best Paper}", "award: Runner-up", "Best Paper", "Runner-up"),
    ("venue_short", "abbr = {ICML}", "venue_short: NeurIPS", "ICML", "NeurIPS"),
    ("rank", "rank = {CCF A}", "rank: CORE A*", "CCF A", "CORE A*"),
    ("image", "preview = {a.png}", "image: b.png", "a.png", "b.png"),
]


@pytest.mark.parametrize(("name", "bib", "overlay", "plain", "overlaid"), [pytest.param(*f, id=f[0]) for f in FIELDS])
def test_a_fact_stands_in_the_entry_or_in_the_profile_and_the_profile_wins(
    tmp_path: Path, name: str, bib: str, overlay: str, plain: str, overlaid: str
) -> None:
    bare, full = PAPER.format(more=""), PAPER.format(more=f", {bib}")
    shutil.copy(FIXTURES / "matrix/portrait.png", tmp_path / "b.png")
    profile = f"entries: {{a: {{{overlay}}}}}"

    def said(entry: str, settings: str) -> str:
        return str(getattr(_item(tmp_path, entry, profile=settings), name))

    assert said(bare, "") == ""
    assert said(full, "") == plain
    assert said(bare, profile) == said(full, profile) == overlaid


def test_links_highlights_tags_and_roles_of_the_profile(tmp_path: Path) -> None:
    overlay = (
        "entries:\n  a:\n    links: {code: https://c.org, press: https://p.org, doi: https://doi.org/10.2/y}\n"
        "    highlights: [One, {text: Two, short: 2}]\n    tags: [best]\n    roles: [lead]\n"
    )
    bib = PAPER.format(more=", doi = {10.1/x}, pdf = {https://a.org/x.pdf}")
    item = _item(tmp_path, bib, "{tags: [best], where: lead}", profile=overlay, more="short: true, ")
    assert [(link.label, link.url) for link in item.links] == [
        ("DOI", "https://doi.org/10.2/y"),
        ("PDF", "https://a.org/x.pdf"),
        ("Code", "https://c.org"),
        ("press", "https://p.org"),
    ]
    assert [str(bullet.text) for bullet in item.bullets] == ["One", "2"]


@pytest.mark.parametrize(("short", "title"), [("true", "Short"), ("false", "T")])
def test_a_short_title_is_printed_where_short_wordings_are(tmp_path: Path, short: str, title: str) -> None:
    overlay = "entries: {a: {title_short: Short}}"
    item = _item(tmp_path, PAPER.format(more=""), profile=overlay, more=f"short: {short}, ")
    assert str(item.title) == title


def test_texts_of_the_profile_speak_the_documents_language(tmp_path: Path) -> None:
    overlay = "entries: {a: {note: {en: Oral, zh: 口头报告}, award: {en: Best, zh: 最佳}}}"
    item = _item(tmp_path, PAPER.format(more=""), profile=overlay, more="language: zh, ")
    assert (str(item.note), str(item.award)) == ("口头报告", "最佳")


def test_a_fact_of_an_unknown_key_is_an_error_at_its_place(tmp_path: Path) -> None:
    reading = read_papers(tmp_path, BIB, settings="entries:\n  olld: {note: x}\n  old: {nota: x}")
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    (told,) = about(reading.problems, "'olld'")
    assert (told.is_error, told.hint) == (True, "did you mean 'old'?")
    assert str(told.location) == f"{tmp_path / 'profile.yaml'}:{line_of(text, 'olld')}:5"
    (told,) = about(reading.problems, "'nota'")
    assert told.hint == "did you mean 'note'?"


# --- The command -----------------------------------------------------------------------------------------------------

EXPLAINED = """\
@article{one,
  title = {Clouds}, journal = {Sky}, year = 2024,
  author = {Long, Ada and Lin*, W. and Ross$^{9}$, Bob},
  author+an = {1=equal; 2=corr},
}
@misc{two, title = {Rain}, author = {Lin, Wei}, eprint = {2301.00001}, year = 2023}
@article{three, title = {Fog}, author = {Brown, Zoe and Other, Ann}, author+an = {2=self}, year = 2022,
  role = {Project Leader}}
@article{four, title = {Ice}, author = {Brown, Zoe}, year = 2021, pubstate = {submitted}}
@article{five, title = {Dew}, author = {Brown, Zoe and W. L.}, author+an:orcid = {2="0000-0002-1825-0097"},
  year = 2020}
"""
EXPLAINED_SETTINGS = (
    'aliases: [W. Lin]\norcid: 0000-0002-1825-0097\nmarks: {"*": equal}\nentries: {two: {roles: [lead]}}'
)
WHY = {
    "one": [
        "you are 'W. Lin' at 2 of 3: the spelling is your name or an alias",
        "author 1 Ada Long: equal (annotation, line 4)",
        "author 2 W. Lin: corresponding (annotation, line 4), equal (typed into the name)",
        "author 3 Bob Ross: '9' not explained",
        "you are number 2 of 2 in the run of equal authors",
        "kind article: @article",
        "status published: nothing says otherwise",
    ],
    "two": [
        "you are 'Wei Lin' at 1 of 1: the spelling is your name or an alias",
        "author 1 Wei Lin: lead (role field or profile)",
        "kind preprint: @misc",
        "status preprint: its venue is 'arXiv:2301.00001'",
    ],
    "three": [
        "you are 'Ann Other' at 2 of 2: marked 'self'",
        "author 2 Ann Other: lead (role field or profile), self (annotation, line 7)",
        "kind article: @article",
        "status published: nothing says otherwise",
    ],
    "four": [
        "you are not among its authors or editors: no spelling of yours, no self mark, no ORCID of yours",
        "kind article: @article",
        "status submitted: pubstate, line 9",
    ],
    "five": [
        "you are 'W. L.' at 2 of 2: by ORCID",
        "kind article: @article",
        "status published: nothing says otherwise",
    ],
}


@pytest.mark.parametrize("key", WHY)
def test_the_command_explains_each_row(tmp_path: Path, key: str) -> None:
    profile = write_career(tmp_path, EXPLAINED, settings=EXPLAINED_SETTINGS)
    ran = run_cvgen("publications", profile, "--explain", "--json", "-q")
    assert (ran.code, ran.err) == (0, "")
    (row,) = [row for row in json.loads(ran.out) if row["key"] == key]
    assert row["why"] == WHY[key]


def test_the_reasons_stand_below_each_row_where_asked_for(tmp_path: Path) -> None:
    profile = write_career(tmp_path, EXPLAINED, settings=EXPLAINED_SETTINGS)
    told = run_cvgen("publications", profile, "--explain").out
    assert all(told.count(f"· {reason}\n") >= 1 for reasons in WHY.values() for reason in reasons)
    assert "·" not in run_cvgen("publications", profile).out
    assert "why" not in json.loads(run_cvgen("publications", profile, "--json").out)[0]


@pytest.mark.parametrize(
    ("authors", "message"),
    [
        pytest.param("Brown, Zoe", "is not among its authors", id="owner-not-found"),
        pytest.param("Lin*, Wei", "is not explained", id="mark-not-explained"),
    ],
)
def test_strict_makes_a_doubt_an_error(tmp_path: Path, authors: str, message: str) -> None:
    profile = write_career(tmp_path, f"@article{{a, title = {{T}}, author = {{{authors}}}, year = 2020}}\n")
    lax, strict = run_cvgen("publications", profile), run_cvgen("publications", profile, "--strict")
    assert (lax.code, [one.severity for one in read_told(lax.err)]) == (0, ["warning"])
    assert (strict.code, [one.severity for one in read_told(strict.err)]) == (2, ["error"])
    assert message in strict.err
    assert strict.out == ""


def test_strict_has_nothing_against_what_is_clear(tmp_path: Path) -> None:
    assert run_cvgen("publications", write_career(tmp_path, BIB), "--strict").code == 0


# --- Aliases ---------------------------------------------------------------------------------------------------------

ALIAS = "Lin, W. Z."
ALIASES = [
    ("flow-list", "bibliography:\n  files: [papers.bib]\n  aliases: [W. L., Wei L]  # mine\n",
     "bibliography:\n  files: [papers.bib]\n  aliases: [W. L., Wei L, \"Lin, W. Z.\"]  # mine\n"),
    ("flow-list-of-quoted", "bibliography:\n  files: [papers.bib]\n  aliases: [\"Lin, W.\", 'L, W.']\n",
     "bibliography:\n  files: [papers.bib]\n  aliases: [\"Lin, W.\", 'L, W.', \"Lin, W. Z.\"]\n"),
    ("empty-flow-list", "bibliography:\n  files: [papers.bib]\n  aliases: []\n",
     'bibliography:\n  files: [papers.bib]\n  aliases: ["Lin, W. Z."]\n'),
    ("flow-list-over-lines", "bibliography:\n  aliases: [\n    W. L.,\n    Wei L\n  ]\n  files: [papers.bib]\n", None),
    ("flow-list-with-comma-at-the-end", "bibliography:\n  aliases: [W. L., ]\n  files: [papers.bib]\n", None),
    ("flow-list-with-a-bracket-in-a-name", "bibliography:\n  aliases: [W. L., \"W [L]\"]\n  files: [papers.bib]\n",
     None),
    ("block-list", "bibliography:\n  aliases:\n    # as in print\n    - W. L.\n    - Wei L  # old\n\n"
     "  files: [papers.bib]\n",
     "bibliography:\n  aliases:\n    # as in print\n    - W. L.\n    - Wei L  # old\n    - \"Lin, W. Z.\"\n\n"
     "  files: [papers.bib]\n"),
    ("block-list-not-indented", "bibliography:\n  aliases:\n  - W. L.\n  files:\n  - papers.bib\n",
     "bibliography:\n  aliases:\n  - W. L.\n  - \"Lin, W. Z.\"\n  files:\n  - papers.bib\n"),
    ("block-list-at-the-end", "bibliography:\n  files: [papers.bib]\n  aliases:\n    - W. L.", None),
    ("no-aliases", "bibliography:\n  # where they are\n  files: [papers.bib]  # one\nlanguage: en\n",
     "bibliography:\n  # where they are\n  aliases: [\"Lin, W. Z.\"]\n  files: [papers.bib]  # one\nlanguage: en\n"),
    ("flow-mapping", "bibliography: {files: [papers.bib]}  # all\n",
     'bibliography: {aliases: ["Lin, W. Z."], files: [papers.bib]}  # all\n'),
    ("flow-mapping-with-aliases", "bibliography: {files: [papers.bib], aliases: [W. L.]}\n",
     'bibliography: {files: [papers.bib], aliases: [W. L., "Lin, W. Z."]}\n'),
    ("aliases-left-empty", "bibliography:\n  files: [papers.bib]\n  aliases:\n", None),
    ("wide-letters-before", "bibliography: {aliases: [林薇, 𝒲 L], files: [papers.bib]}\n",
     'bibliography: {aliases: [林薇, 𝒲 L, "Lin, W. Z."], files: [papers.bib]}\n'),
]  # fmt: skip
HEAD = "# My career\nbasics: {name: Wei Lin}  # me\n"
ALIAS_BIB = f"@article{{a, title = {{T}}, author = {{Brown, Zoe and {ALIAS}}}, year = 2020}}\n"


def _with_profile(folder: Path, text: bytes) -> Path:
    (folder / "papers.bib").write_text(ALIAS_BIB, "utf-8")
    path = folder / "profile.yaml"
    path.write_bytes(text)
    return path


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("before", "after"), [pytest.param(*row, id=name) for name, *row in ALIASES])
def test_an_alias_is_added_and_nothing_else_changes(tmp_path: Path, before: str, after: str | None, ends: str) -> None:
    """``after`` None: however it is written; every line there was is still there."""
    profile = _with_profile(tmp_path, (HEAD + before).replace("\n", ends).encode())
    assert "is not among its authors" in run_cvgen("publications", profile).err
    ran = run_cvgen("publications", profile, "--add-alias", ALIAS, "--json")
    assert (ran.code, ran.err) == (0, f"added {ALIAS!r} to the aliases in {profile}\n")
    assert [(row["position"], row["rule"]) for row in json.loads(ran.out)] == [(2, "name")]
    text = profile.read_bytes().decode()
    if after is not None:
        assert text == (HEAD + after).replace("\n", ends)
    assert text.startswith(HEAD.replace("\n", ends))
    assert text.count("\n") == text.count(ends), "all lines end as they did"


def test_the_hint_of_a_missing_owner_is_a_command_that_works(tmp_path: Path) -> None:
    profile = _with_profile(tmp_path, f"{HEAD}bibliography: {{files: [papers.bib]}}\n".encode())
    (told,) = read_told(run_cvgen("publications", profile).err)
    command = shlex.split(told.hint.partition("aliases: ")[2])
    assert command == ["cvgen", "publications", str(profile), "--add-alias", "W. Z. Lin"]
    assert run_cvgen(*command[1:], "--add-alias", "Lin Weizhi", "--strict").code == 0
    assert '["W. Z. Lin", "Lin Weizhi"]' in profile.read_text("utf-8")


def test_a_shell_reads_that_command_as_it_is_meant(tmp_path: Path) -> None:
    folder = tmp_path / "my papers"
    folder.mkdir()
    profile = folder / "profile.yaml"
    profile.write_text("basics: {name: Weizhi Lin}\nbibliography: {files: [papers.bib]}\n", "utf-8")
    entry = r"@article{a, author = {Lin`id`, Weizhi}, title = {One}, journal = {J}, year = 2024}"
    (folder / "papers.bib").write_text(entry, "utf-8")
    hints = [told.hint for told in read_told(run_cvgen("publications", profile).err)]
    (command,) = [hint.partition("aliases: ")[2] for hint in hints if "--add-alias" in hint]
    said = subprocess.run(["sh", "-c", f"printf '%s\\n' {command}"], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["cvgen", "publications", str(profile), "--add-alias", "Weizhi Lin`id`"]


def test_an_alias_that_is_there_changes_nothing(tmp_path: Path) -> None:
    text = f'{HEAD}bibliography: {{files: [papers.bib], aliases: ["{ALIAS}"]}}\n'.encode()
    profile = _with_profile(tmp_path, text)
    assert run_cvgen("publications", profile, "--add-alias", ALIAS).code == 0
    assert profile.read_bytes() == text


def test_a_byte_order_mark_is_kept(tmp_path: Path) -> None:
    profile = _with_profile(tmp_path, f"\ufeff{HEAD}bibliography: {{files: [papers.bib]}}\n".encode())
    assert run_cvgen("publications", profile, "--add-alias", ALIAS).code == 0
    assert profile.read_bytes().startswith("\ufeff#".encode())


@pytest.mark.parametrize("spelling", ['Lin "W", X', "Lin: #1", "林薇", "Łin\\W", "O'Lin"])
def test_any_spelling_can_be_added(tmp_path: Path, spelling: str) -> None:
    profile = _with_profile(tmp_path, f"{HEAD}bibliography:\n  files: [papers.bib]\n".encode())
    assert run_cvgen("publications", profile, "--add-alias", spelling).code == 0
    before = profile.read_bytes()
    assert run_cvgen("publications", profile, "--add-alias", spelling).code == 0
    assert profile.read_bytes() == before, "it was there"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEAD, id="no-bibliography"),
        pytest.param(f"{HEAD}bibliography:\n", id="bibliography-left-empty"),
        pytest.param(f"{HEAD}bibliography: {{files: [papers.bib], aliases: W. L.}}\n", id="aliases-no-list"),
        pytest.param(f"{HEAD}bibliography: [papers.bib\n", id="no-yaml"),
    ],
)
def test_where_an_alias_cannot_be_added_nothing_is_written(tmp_path: Path, text: str) -> None:
    profile = _with_profile(tmp_path, text.encode())
    ran = run_cvgen("publications", profile, "--add-alias", ALIAS)
    assert ran.code == 2
    assert [one for one in read_told(ran.err) if one.severity == "error" and one.place]
    assert profile.read_text("utf-8") == text


ALPHABETS = {
    "de": ("Zahl Äbte Acker", "Äbte Acker Zahl"),
    "ru": ("Жук Ёлка Еда Дом", "Дом Еда Ёлка Жук"),
    "fr": ("zèle effet éden", "éden effet zèle"),
}


@pytest.mark.parametrize("language", ALPHABETS)
def test_texts_are_sorted_as_the_language_does(tmp_path: Path, language: str) -> None:
    typed, wanted = ALPHABETS[language]
    bib = "".join(f"@article{{p{n}, author = {{Lin, Wei}}, title = {{{title}}}, year = 2020}}\n"
                  for n, title in enumerate(typed.split()))  # fmt: skip
    profile = write_career(
        tmp_path, bib, f"language: {language}\nvariants: {{v: {{sections: [{{publications: {{sort: title}}}}]}}}}"
    )
    items = [item for group in read_document(profile, "v").sections[0].groups for item in group.items]
    assert [str(item.title) for item in items] == wanted.split()


def test_chinese_is_sorted_by_pinyin_or_a_notice_says_that_it_is_not(tmp_path: Path) -> None:
    bib = "".join(
        f"@article{{p{n}, author = {{Lin, Wei}}, title = {{{title}}}, year = 2020}}\n"
        for n, title in enumerate("中啊波")
    )
    profile = write_career(tmp_path, bib, "language: zh\nvariants: {v: {sections: [{publications: {sort: title}}]}}")
    ran = run_cvgen("render", profile, "-f", "txt", "-o", tmp_path / "cv.txt")
    text = (tmp_path / "cv.txt").read_text("utf-8")
    is_sorted = text.index("啊") < text.index("波") < text.index("中")
    assert ran.code == 0
    assert is_sorted != ("without PyICU" in ran.err)
