"""What a variant shows of a career: which sections, which entries of them, in which order and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import about, line_of, read_papers, valid_career

from cvgen.diagnostics import InputError, Problem
from cvgen.model.document import Document
from cvgen.model.printed import Section
from cvgen.select.build_document import select_document
from cvgen.select.variant import ResolvedVariant, resolve_variant

BIB = """\
@article{old, title = {Zed}, author = {Lin, Wei and Long, Ada}, journal = {J}, year = 2020}
@inproceedings{new, title = {Alpha}, author = {Long, Ada and Lin, Wei and Ross, Bob}, author+an = {2=lead},
  booktitle = {Conf.}, abbr = {ICML}, topic = {Vision}, year = 2024, month = mar, keywords = {a, b}}
@misc{pre, title = {Mid}, author = {Lin, Wei}, eprint = {2301.00001}, eprinttype = {arxiv}, year = 2024, month = may}
@unpublished{wip, title = {beta}, author = {Lin, Wei and others}, pubstate = {inpreparation}, topic = {Vision}}
"""
WORK = """\
work:
  - {name: A, start: 2020, end: 2021, tags: [x], priority: 1}
  - name: B
    start: 2022
    end: present
    tags: [y]
    highlights: [{text: Long, short: Short}, {text: Tagged, tags: [x], highlights: [Below]}]
  - {name: C, date: 2019, pin: true}
  - {name: D, date: 2018, tags: [x, y], priority: 5}
awards:
  - {title: V, date: 2017}
  - {title: W, date: 2023}
"""


def _resolve(folder: Path, rest: str, name: str | None = None) -> ResolvedVariant:
    return resolve_variant(valid_career(folder, BIB, rest), name)


def _document(folder: Path, rest: str, name: str | None = None, *, settings: str = "", basics: str = "") -> Document:
    career = valid_career(folder, BIB, rest, settings=settings, basics=basics)
    return select_document(career, resolve_variant(career, name)).document


def _section(folder: Path, section: str, rest: str = WORK, *, settings: str = "", more: str = "") -> Section:
    """The only section of a variant; ``more`` are the variant's other settings."""
    variant = f"variants: {{v: {{{more}sections: [{section}]}}}}"
    (found,) = _document(folder, f"{rest}{variant}", "v", settings=settings).sections
    return found


def _headings(section: Section) -> str:
    return " ".join(str(item.heading) for item in section.items)


def _keys(section: Section) -> str:
    return " ".join(item.key for group in section.groups for item in group.items)


def _problem(folder: Path, section: str, rest: str = WORK) -> tuple[Problem, str]:
    """The only error of a variant with this section, and the text of the profile."""
    career = valid_career(folder, BIB, f"{rest}variants:\n  v:\n    sections:\n      - {section}\n")
    with pytest.raises(InputError) as caught:
        select_document(career, resolve_variant(career, "v"))
    (problem,) = [problem for problem in caught.value.problems if problem.is_error]
    return problem, (folder / "profile.yaml").read_text("utf-8")


# --- Variants --------------------------------------------------------------------------------------------------------

FAMILY = """\
variants:
  base: {theme: modern, language: zh, tags: [x], exclude_tags: [z], short: true, pages: 2, sections: [work],
         options: {density: tight, accent: red}}
  child: {extends: base, tags: [y], options: {accent: blue}}
  grandchild: {extends: child, language: en, short: false, sections: [awards, work]}
"""


def test_a_variant_has_what_it_extends(tmp_path: Path) -> None:
    child = _resolve(tmp_path, WORK + FAMILY, "child")
    assert (child.name, child.theme, child.language, child.short, child.pages) == ("child", "modern", "zh", True, 2)
    assert child.exclude_tags == {"z"}
    assert [section.spec.section for section in child.sections] == ["work"]


def test_a_variants_own_settings_come_first(tmp_path: Path) -> None:
    child = _resolve(tmp_path, WORK + FAMILY, "child")
    assert child.tags == frozenset({"y"})
    assert child.options == {"density": "tight", "accent": "blue"}


def test_extending_goes_on_over_several_steps(tmp_path: Path) -> None:
    last = _resolve(tmp_path, WORK + FAMILY, "grandchild")
    assert (last.theme, last.language, last.short, last.pages) == ("modern", "en", False, 2)
    assert (last.tags, last.options["density"]) == (frozenset({"y"}), "tight")
    assert [section.spec.section for section in last.sections] == ["awards", "work"]


@pytest.mark.parametrize(
    ("variants", "says"),
    [
        pytest.param("  v: {extends: v}", "the variant 'v' extends itself", id="itself"),
        pytest.param("  v: {extends: w}\n  w: {extends: v}", "in a circle: v → w → v", id="each-other"),
        pytest.param(
            "  v: {extends: w}\n  w: {extends: x}\n  x: {extends: w}", "in a circle: w → x → w", id="a-ring-further-up"
        ),
    ],
)
def test_a_ring_of_extends_is_an_error(tmp_path: Path, variants: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        _resolve(tmp_path, f"variants:\n{variants}", "v")
    (problem,) = caught.value.problems
    assert says in problem.message
    assert problem.location
    lines = (tmp_path / "profile.yaml").read_text("utf-8").splitlines()
    assert "extends" in lines[(problem.location.line or 0) - 1]


def test_extending_an_unknown_variant_is_an_error_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        _resolve(tmp_path, "variants:\n  v: {extends: ful}\n  full: {}", "v")
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == ("there is no variant 'ful' to extend", "did you mean 'full'?")
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    assert str(problem.location) == f"{tmp_path / 'profile.yaml'}:{line_of(text, '  v: ')}:16"


def test_an_unknown_variant_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        _resolve(tmp_path, "variants: {full: {}}", "ful")
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == ("there is no variant 'ful' in the profile", "did you mean 'full'?")


@pytest.mark.parametrize(
    ("variants", "name"),
    [
        pytest.param("variants: {a: {}, default: {}}", "default", id="default-by-name"),
        pytest.param("variants: {b: {}, a: {}}", "b", id="else-the-first"),
        pytest.param("", "default", id="else-one-that-shows-all"),
    ],
)
def test_without_a_name_a_variant_is_chosen(tmp_path: Path, variants: str, name: str) -> None:
    assert _resolve(tmp_path, variants).name == name


def test_without_variants_everything_is_shown(tmp_path: Path) -> None:
    rest = f"{WORK}sections:\n  own: {{title: Own, text: Words}}\n"
    document = _document(tmp_path, rest, basics="name: Wei Lin\nsummary: Hello")
    assert [section.name for section in document.sections] == ["summary", "work", "publications", "awards", "own"]
    assert _keys(document.sections[2]) == "wip pre new old"


def test_sections_come_in_the_order_asked_for_and_empty_ones_not_at_all(tmp_path: Path) -> None:
    rest = f"{WORK}variants: {{v: {{sections: [awards, talks, publications, summary, work, awards]}}}}"
    names = [section.name for section in _document(tmp_path, rest, "v").sections]
    assert names == ["awards", "publications", "work", "awards"]


@pytest.mark.parametrize(
    ("section", "cure"),
    [
        pytest.param("publication", "did you mean 'publications'?", id="misspelt"),
        pytest.param("zzz", "awards", id="unknown"),
        pytest.param("work: {with: [award]}", "did you mean 'awards'?", id="merged"),
    ],
)
def test_an_unknown_section_is_an_error_at_its_place(tmp_path: Path, section: str, cure: str) -> None:
    problem, text = _problem(tmp_path, section)
    assert "there is no section" in problem.message
    assert cure in (problem.hint or "")
    assert problem.location
    assert problem.location.line == line_of(text, f"- {section}")


def test_all_wrong_sections_are_told_in_one_run(tmp_path: Path) -> None:
    career = valid_career(tmp_path, BIB, "variants: {v: {sections: [nope, publications: {where: frist}, neither]}}")
    with pytest.raises(InputError) as caught:
        select_document(career, resolve_variant(career, "v"))
    assert [bool(about(caught.value.problems, word)) for word in ("'nope'", "'frist'", "'neither'")] == [True] * 3


# --- Entries ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        pytest.param("", "A B C D", id="no-tags-show-all"),
        pytest.param("tags: [x], ", "A C D", id="one-tag-and-what-has-none"),
        pytest.param("tags: [y], ", "B C D", id="another-tag"),
        pytest.param("tags: [x, y], ", "A B C D", id="either-tag"),
        pytest.param("tags: [], ", "C", id="no-tag-at-all"),
        pytest.param("exclude_tags: [x], ", "B C", id="excluded"),
        pytest.param("tags: [x], exclude_tags: [y], ", "A C", id="excluded-is-stronger"),
    ],
)
def test_tags_of_a_variant_choose_entries(tmp_path: Path, settings: str, shown: str) -> None:
    assert _headings(_section(tmp_path, "work", more=settings)) == shown


@pytest.mark.parametrize(
    ("settings", "bullets"),
    [
        pytest.param("", ["Long", "Tagged"], id="all"),
        pytest.param("tags: [y], ", ["Long"], id="tag-of-the-entry-only"),
        pytest.param("tags: [x, y], ", ["Long", "Tagged"], id="tag-of-the-bullet"),
        pytest.param("exclude_tags: [x], ", ["Long"], id="excluded"),
        pytest.param("short: true, ", ["Short", "Tagged"], id="short-where-there-is-one"),
    ],
)
def test_tags_and_short_wordings_choose_bullets(tmp_path: Path, settings: str, bullets: list[str]) -> None:
    section = _section(tmp_path, "work", more=settings)
    (b,) = [item for item in section.items if str(item.heading) == "B"]
    assert [str(bullet.text) for bullet in b.bullets] == bullets


def test_bullets_below_bullets_are_shown(tmp_path: Path) -> None:
    bullets = _section(tmp_path, "work").items[1].bullets
    assert [[str(below.text) for below in bullet.bullets] for bullet in bullets] == [[], ["Below"]]


def test_a_short_wording_stands_for_the_summary_of_an_entry(tmp_path: Path) -> None:
    rest = "work: [{name: A, summary: Long, short: Short}]\nnews: [{text: Long, short: Short}]\n"
    section = _section(tmp_path, "work", rest, more="short: true, ")
    assert str(section.items[0].summary) == "Short"
    assert _headings(_section(tmp_path, "news", rest, more="short: true, ")) == "Short"
    assert _headings(_section(tmp_path, "news", rest)) == "Long"


@pytest.mark.parametrize(
    ("section", "shown"),
    [
        pytest.param("work", "A B C D", id="file-order"),
        pytest.param("work: {sort: file}", "A B C D", id="file-order-by-name"),
        pytest.param("work: {sort: newest}", "B A C D", id="newest-with-the-present-first"),
        pytest.param("work: {sort: oldest}", "D C A B", id="oldest"),
        pytest.param("work: {limit: 1}", "C", id="pinned-before-priority"),
        pytest.param("work: {limit: 2}", "C D", id="then-the-highest-priority"),
        pytest.param("work: {limit: 3}", "A C D", id="in-the-order-of-the-list"),
        pytest.param("work: {limit: 9}", "A B C D", id="limit-beyond-the-list"),
        pytest.param("work: {limit: 2, sort: oldest}", "D C", id="limit-and-sort"),
        pytest.param("work: {tags: [x]}", "A D", id="tags-of-a-section-want-the-tag"),
        pytest.param("work: {exclude_tags: [x]}", "B C", id="excluded-tags"),
        pytest.param("work: {where: present}", "B", id="where-present"),
        pytest.param("work: {where: year and year > 2018}", "A C", id="where-year"),
        pytest.param("work: {where: start_year >= 2020}", "A B", id="where-start-year"),
        pytest.param("work: {where: priority > 0 or pin}", "A C D", id="where-priority-or-pin"),
        pytest.param("work: {where: \"'y' in tags and title != 'D'\"}", "B", id="where-tags-and-title"),
        pytest.param("work: {where: present, limit: 1}", "B", id="limit-after-where"),
        pytest.param("work: {with: [awards]}", "B W A C D V", id="merged-newest-first"),
        pytest.param("work: {with: [awards], sort: oldest}", "V D C A W B", id="merged-oldest-first"),
        pytest.param("work: {with: [awards], sort: file}", "A B C D V W", id="merged-as-typed"),
        pytest.param("awards: {with: [work], limit: 2}", "C D", id="merged-and-limited"),
        pytest.param("awards", "V W", id="another-section"),
    ],
)
def test_a_section_chooses_and_orders_its_entries(tmp_path: Path, section: str, shown: str) -> None:
    assert _headings(_section(tmp_path, section)) == shown


def test_entries_of_equal_weight_are_kept_from_the_top(tmp_path: Path) -> None:
    rest = "work: [{name: A}, {name: B}, {name: C}]\n"
    assert _headings(_section(tmp_path, "work: {limit: 2}", rest)) == "A B"


def test_a_section_nothing_of_which_is_chosen_is_not_shown(tmp_path: Path) -> None:
    rest = (
        f"{WORK}variants: {{v: {{sections: [work: {{where: year == 1900}}, publications: {{where: sole and lead}}]}}}}"
    )
    assert _document(tmp_path, rest, "v").sections == ()


@pytest.mark.parametrize(
    ("section", "message", "cure"),
    [
        pytest.param("work: {where: yeer == 2020}", "unknown name 'yeer'", "did you mean 'year'?", id="name"),
        pytest.param("work: {where: first}", "unknown name 'first'", "", id="a-role-of-papers"),
        pytest.param("work: {where: year >}", "ends too early", "write a value", id="syntax"),
        pytest.param("work: {where: year > 2019}", "cannot be evaluated", "test them first", id="empty-value"),
        pytest.param("work: {sort: newst}", "'newst'", "did you mean 'newest'?", id="order"),
        pytest.param("publications: {where: frist}", "unknown name 'frist'", "did you mean 'first'?", id="role"),
        pytest.param("publications: {where: 1/0}", "cannot be evaluated", "", id="arithmetic"),
        pytest.param("publications: {where: year >= 2023}", "cannot be evaluated", "test them first", id="no-year"),
        pytest.param('publications: {where: "().__class__"}', ".__class__ is not known", "after a dot", id="sandbox"),
        pytest.param('publications: {where: "title.__class__"}', ".__class__ is not known", "", id="sandbox-attribute"),
        pytest.param("publications: {where: range(9)}", "range(…) is not known", "", id="function"),
        pytest.param('publications: {where: "first }} {{ 1"}', "has a } too many", "", id="template"),
        pytest.param("publications: {sort: newst}", "'newst'", "did you mean 'newest'?", id="order-of-papers"),
        pytest.param("publications: {group_by: yaer}", "'yaer'", "did you mean 'year'?", id="group"),
    ],
)
def test_what_a_section_cannot_do_is_an_error_at_its_place(
    tmp_path: Path, section: str, message: str, cure: str
) -> None:
    problem, text = _problem(tmp_path, section)
    assert message in problem.message
    assert cure in (problem.hint or "")
    line = line_of(text, f"- {section}")
    column = text.splitlines()[line - 1].index(section.split(": ", 2)[2]) + 1
    assert str(problem.location) == f"{tmp_path / 'profile.yaml'}:{line}:{column}"


# --- Publications ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "shown"),
    [
        pytest.param("publications", "wip pre new old", id="newest-first-undated-before"),
        pytest.param("publications: {sort: oldest}", "old new pre wip", id="oldest"),
        pytest.param("publications: {sort: title}", "new wip pre old", id="title-without-case"),
        pytest.param("publications: {sort: file}", "old new pre wip", id="file"),
        pytest.param("publications: {limit: 2}", "wip pre", id="limit"),
        pytest.param("publications: {limit: 1, where: published}", "new", id="limit-after-where"),
        pytest.param("publications: {where: first}", "wip pre old", id="role"),
        pytest.param("publications: {where: lead and not first}", "new", id="roles"),
        pytest.param("publications: {where: sole}", "pre", id="sole"),
        pytest.param("publications: {where: \"status == 'inpreparation'\"}", "wip", id="status"),
        pytest.param("publications: {where: preprint}", "pre", id="preprint"),
        pytest.param("publications: {where: published}", "new old", id="published"),
        pytest.param("publications: {where: year and year > 2020}", "pre new", id="year"),
        pytest.param("publications: {where: position == 2 and author_count == 3}", "new", id="position"),
        pytest.param("publications: {where: \"'b' in keywords\"}", "new", id="keywords"),
        pytest.param("publications: {where: \"'arxiv' in links\"}", "pre", id="links"),
        pytest.param("publications: {where: \"venue_short == 'ICML'\"}", "new", id="venue"),
        pytest.param("publications: {where: \"type == 'misc' or key == 'old'\"}", "pre old", id="type-and-key"),
        pytest.param("publications: {where: award}", "old", id="award-of-the-profile"),
        pytest.param("publications: {tags: [best]}", "pre old", id="tags"),
        pytest.param("publications: {exclude_tags: [best]}", "wip new", id="excluded-tags"),
    ],
)
def test_a_list_chooses_and_orders_its_papers(tmp_path: Path, section: str, shown: str) -> None:
    settings = "entries: {old: {tags: [best], award: Prize}, pre: {tags: [best]}}"
    assert _keys(_section(tmp_path, section, settings=settings)) == shown


def test_a_variant_leaves_out_papers_with_a_tag_it_excludes(tmp_path: Path) -> None:
    section = _section(tmp_path, "publications", settings="entries: {old: {tags: [z]}}", more="exclude_tags: [z], ")
    assert _keys(section) == "wip pre new"


@pytest.mark.parametrize(
    ("group_by", "groups"),
    [
        pytest.param("year", [("Undated", "wip"), ("2024", "pre new"), ("2020", "old")], id="year"),
        pytest.param("status", [("Published", "new old"), ("Preprint", "pre"), ("In preparation", "wip")], id="status"),
        pytest.param("topic", [("Vision", "wip new"), ("Other", "pre old")], id="topic-others-last"),
        pytest.param(
            "venue",
            [("arXiv:2301.00001", "pre"), ("ICML", "new"), ("J", "old"), ("Other", "wip")],
            id="venue-short-name-first",
        ),
    ],
)
def test_papers_are_grouped(tmp_path: Path, group_by: str, groups: list[tuple[str, str]]) -> None:
    section = _section(tmp_path, f"publications: {{group_by: {group_by}}}")
    assert [(group.title, " ".join(item.key for item in group.items)) for group in section.groups] == groups


def test_a_list_without_groups_has_one_without_a_title(tmp_path: Path) -> None:
    assert [group.title for group in _section(tmp_path, "publications").groups] == [""]


def test_group_titles_speak_the_documents_language(tmp_path: Path) -> None:
    section = _section(tmp_path, "publications: {group_by: status}", more="language: zh, ")
    assert [group.title for group in section.groups] == ["已发表", "预印本", "撰写中"]


def test_numbers_go_on_over_the_groups_of_a_list(tmp_path: Path) -> None:
    section = _section(tmp_path, "publications: {group_by: status, numbered: true}")
    numbers = {item.key: item.number for group in section.groups for item in group.items}
    assert numbers == {"new": 1, "old": 2, "pre": 3, "wip": 4}


def test_numbers_are_given_only_where_asked_for(tmp_path: Path) -> None:
    section = _section(tmp_path, "publications")
    assert {item.number for group in section.groups for item in group.items} == {None}


def test_several_lists_with_queries_of_their_own_stand_in_one_document(tmp_path: Path) -> None:
    lists = "publications: {title: Mine, where: first}, publications: {title: Led, where: lead, numbered: true}"
    first, led = lists.split("}, ")
    sections = _document(tmp_path, f"variants: {{v: {{sections: [{first}}}, {led}]}}}}", "v").sections
    assert [(str(section.title), _keys(section)) for section in sections] == [("Mine", "wip pre old"), ("Led", "new")]


def test_a_legend_can_be_left_out(tmp_path: Path) -> None:
    assert [line.mark for line in _section(tmp_path, "publications").legend] == ["‡"]
    assert _section(tmp_path, "publications: {legend: false}").legend == ()


def test_a_status_is_said_unless_it_is_published(tmp_path: Path) -> None:
    section = _section(tmp_path, "publications")
    said = {item.key: item.status for group in section.groups for item in group.items}
    assert said == {"wip": "In preparation", "pre": "Preprint", "new": "", "old": ""}


# --- Languages -------------------------------------------------------------------------------------------------------

SPOKEN = """\
work:
  - {name: {en: Bank, zh: 银行}, position: {de: Kassierer}, location: Hong Kong, start: 2020, end: present}
"""


@pytest.mark.parametrize(
    ("language", "title", "name", "dates"),
    [
        pytest.param("en", "Experience", "Bank", "2020 – present", id="en"),
        pytest.param("zh", "工作经历", "银行", "2020年至今", id="zh"),
        pytest.param("zh-Hans", "工作经历", "银行", "2020年至今", id="a-region-speaks-its-language"),
        pytest.param("de", "Berufserfahrung", "Bank", "2020 – heute", id="the-first-wording-where-one-is-missing"),
    ],
)
def test_a_document_speaks_its_language(tmp_path: Path, language: str, title: str, name: str, dates: str) -> None:
    section = _section(tmp_path, "work", SPOKEN, more=f"language: {language}, ")
    (item,) = section.items
    assert (str(section.title), str(item.heading), item.dates) == (title, name, dates)
    assert (str(item.subheading), str(item.aside)) == ("Kassierer", "Hong Kong")


def test_the_language_of_the_profile_holds_where_a_variant_has_none(tmp_path: Path) -> None:
    rest = f"language: zh\n{SPOKEN}variants: {{v: {{}}, en: {{language: en}}}}"
    assert _document(tmp_path, rest, "v").language == "zh"
    assert _document(tmp_path, rest, "en").language == "en"


def test_a_language_without_words_falls_back_to_english_and_says_so(tmp_path: Path) -> None:
    career = valid_career(tmp_path, BIB, f"{SPOKEN}variants: {{v: {{language: tlh, sections: [work]}}}}")
    selection = select_document(career, resolve_variant(career, "v"))
    assert [str(section.title) for section in selection.document.sections] == ["Experience"]
    problem = selection.problems[0]
    assert "'tlh'" in problem.message
    assert not problem.is_error


def test_titles_and_texts_of_a_variant_may_be_given_by_language(tmp_path: Path) -> None:
    titled = "work: {title: {en: Jobs, zh: 职业}}"
    assert str(_section(tmp_path, titled).title) == "Jobs"
    assert str(_section(tmp_path, titled, more="language: zh, ").title) == "职业"


@pytest.mark.parametrize(("language", "name", "native"), [("en", "Wei Lin", "林薇"), ("zh", "林薇", "Wei Lin")])
def test_the_name_is_said_in_both_scripts(tmp_path: Path, language: str, name: str, native: str) -> None:
    basics = "name: {en: Wei Lin, zh: 林薇}\nnative_name: {en: 林薇, zh: Wei Lin}"
    document = _document(tmp_path, f"variants: {{v: {{language: {language}}}}}", "v", basics=basics)
    assert (str(document.name), str(document.native_name)) == (name, native)


def test_a_native_name_is_not_said_twice(tmp_path: Path) -> None:
    document = _document(tmp_path, "", basics="name: {en: Wei Lin, zh: 林薇}\nnative_name: 林薇\n")
    assert str(document.native_name) == "林薇"
    rest = "variants: {v: {language: zh}}"
    document = _document(tmp_path, rest, "v", basics="name: {en: Wei Lin, zh: 林薇}\nnative_name: 林薇\n")
    assert not document.native_name


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("zh", "ltr"), ("ar", "rtl"), ("he-IL", "rtl")])
def test_the_direction_is_that_of_the_language(tmp_path: Path, language: str, direction: str) -> None:
    assert _document(tmp_path, f"variants: {{v: {{language: {language}}}}}", "v").direction == direction


# --- Custom sections -------------------------------------------------------------------------------------------------

CUSTOM = """\
sections:
  plans:
    title: {en: Plans, zh: 计划}
    text: What **I** want
    highlights: [One, {text: Two, tags: [x]}]
  patents:
    title: Patents
    entries:
      - {title: P1, subtitle: Sole inventor, location: US, date: 2020, tags: [x]}
      - {title: P2, date: 2022, priority: 3}
  stays:
    title: Stays
    like: work
    entries: [{name: Lab, position: Guest, start: 2021, end: 2022}]
  prizes:
    title: Prizes
    like: awards
    entries: [{title: Z, awarder: Y, date: 2019}]
"""


def test_a_custom_section_has_text_and_bullets(tmp_path: Path) -> None:
    section = _section(tmp_path, "plans", CUSTOM)
    assert (str(section.title), section.shape, str(section.text)) == ("Plans", "text", "What I want")
    assert [str(bullet.text) for bullet in section.bullets] == ["One", "Two"]


def test_tags_choose_bullets_of_a_custom_section(tmp_path: Path) -> None:
    section = _section(tmp_path, "plans", CUSTOM, more="exclude_tags: [x], ")
    assert [str(bullet.text) for bullet in section.bullets] == ["One"]


@pytest.mark.parametrize(
    ("section", "shape", "shown"),
    [
        pytest.param("patents", "entries", "P1 P2", id="entries-of-no-kind"),
        pytest.param("patents: {sort: newest}", "entries", "P2 P1", id="sorted"),
        pytest.param("patents: {limit: 1}", "entries", "P2", id="limited"),
        pytest.param("patents: {where: year > 2020}", "entries", "P2", id="queried"),
        pytest.param("stays", "entries", "Lab", id="like-work"),
        pytest.param("prizes", "dated", "Z", id="like-awards"),
        pytest.param("stays: {with: [patents]}", "entries", "P2 Lab P1", id="merged"),
    ],
)
def test_a_custom_section_has_entries(tmp_path: Path, section: str, shape: str, shown: str) -> None:
    found = _section(tmp_path, section, CUSTOM)
    assert (found.shape, _headings(found)) == (shape, shown)


def test_an_entry_of_a_custom_section_is_whole(tmp_path: Path) -> None:
    item = _section(tmp_path, "patents", CUSTOM).items[0]
    assert (str(item.subheading), str(item.aside), item.dates) == ("Sole inventor", "US", "2020")


def test_the_title_of_a_custom_section_speaks_the_documents_language(tmp_path: Path) -> None:
    assert str(_section(tmp_path, "plans", CUSTOM, more="language: zh, ").title) == "计划"


def test_a_title_of_the_variant_is_stronger_than_the_sections_own(tmp_path: Path) -> None:
    assert str(_section(tmp_path, "patents: {title: Inventions}", CUSTOM).title) == "Inventions"


@pytest.mark.parametrize(
    ("wrong", "right", "message", "cure"),
    [
        pytest.param(
            "subtitel: Sole", "subtitle: Sole", "unknown key 'subtitel'", "did you mean 'subtitle'?", id="key"
        ),
        pytest.param(
            "like: award", "like: awards", "no section has entries like 'award'", "did you mean 'awards'?", id="kind"
        ),
        pytest.param("date: soon", "date: 2022", "'soon' is not a date", "write 2024", id="date"),
    ],
)
def test_a_mistake_in_a_custom_section_is_an_error_at_its_line(
    tmp_path: Path, wrong: str, right: str, message: str, cure: str
) -> None:
    reading = read_papers(tmp_path, BIB, CUSTOM.replace(right, wrong))
    (problem,) = [problem for problem in reading.problems if problem.is_error]
    assert message in problem.message
    assert cure in (problem.hint or "")
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    assert problem.location
    assert problem.location.line == line_of(text, wrong)
