"""What is selected, at the edges of single rules that no other test held."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import about, line_of, read_told, run_cvgen, valid_career, write_career

from cvgen.diagnostics import Problem
from cvgen.model.document import Document
from cvgen.model.kinds import Kind
from cvgen.select.build_document import find_credits, select_document
from cvgen.select.compare import Change, FieldTexts, compare_documents
from cvgen.select.term_search import TermMatcher
from cvgen.select.variant import resolve_variant

PAPER = "@article{one, title = {A study of slow clouds}, author = {Lin, Wei}, year = 2024, journal = {J. Clouds}}\n"


def select(folder: Path, rest: str, bib: str = PAPER, variant: str | None = None) -> tuple[Document, list[Problem]]:
    career = valid_career(folder, bib, rest)
    selected = select_document(career, resolve_variant(career, variant))
    return selected.document, list(selected.problems)


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("ar", "نظام", "النظام"),
        ("ca", "sistema", "sistemes"),
        ("cs", "robot", "roboty"),
        ("da", "maskine", "maskinerne"),
        ("de", "Maschine", "Maschinen"),
        ("el", "σύστημα", "συστήματα"),
        ("es", "sistema", "sistemas"),
        ("fi", "verkko", "verkossa"),
        ("fr", "réseau", "réseaux"),
        ("hu", "rendszer", "rendszerek"),
        ("id", "jaringan", "jaringannya"),
        ("it", "sistema", "sistemi"),
        ("lt", "sistema", "sistemos"),
        ("nb", "maskin", "maskinene"),
        ("nl", "machine", "machines"),
        ("no", "maskin", "maskinene"),
        ("pl", "algorytm", "algorytmów"),
        ("ro", "algoritm", "algoritmi"),
        ("tr", "ağ", "ağlar"),
        ("pt", "rede", "redes"),
        ("ru", "система", "системы"),
        ("sr", "систем", "системи"),
        ("sv", "maskin", "maskinerna"),
    ],
)
def test_a_term_is_found_in_another_inflection_of_its_language(language: str, term: str, text: str) -> None:
    assert TermMatcher([term], language).count(text) == {term: 1}
    assert not TermMatcher([term], "zh").count(text)


@pytest.mark.parametrize(("bib", "is_told"), [(PAPER, True), ("", False)])
def test_a_query_that_finds_nothing_is_noticed_where_there_are_papers(tmp_path: Path, bib: str, is_told: bool) -> None:
    lists = "[skills, {section: publications, where: year == 1900}]"
    rest = f"skills: [{{name: Rust}}]\nvariants: {{default: {{sections: {lists}}}}}"
    document, problems = select(tmp_path, rest, bib)
    assert [section.name for section in document.sections] == ["skills"]
    assert bool(about(problems, "no paper matches the query 'year == 1900'")) is is_told


@pytest.mark.parametrize(
    ("topic", "printed"), [("Clouds", ""), ("CLOUDS", ""), ("Rain", "Rain")], ids=["same", "in-capitals", "another"]
)
def test_a_topic_that_the_heading_says_is_not_repeated(tmp_path: Path, topic: str, printed: str) -> None:
    group = "{title: Clouds, where: year == 2024}"
    rest = f"variants: {{default: {{sections: [publications: {{group_by: [{group}]}}]}}}}"
    document, _ = select(tmp_path, rest, PAPER.replace("year =", f"topic = {{{topic}}}, year ="))
    (item,) = document.sections[0].groups[0].items
    assert item.topic == printed


@pytest.mark.parametrize(("variant", "count"), [("short", 1), ("long", 0)])
def test_a_misspelt_tag_is_told_where_its_variant_is_shown(tmp_path: Path, variant: str, count: int) -> None:
    rest = "skills: [{name: Rust, tags: [industry]}, {name: Go}]\nvariants: {short: {tags: [industri]}, long: {}}"
    ran = run_cvgen(
        "render", write_career(tmp_path, PAPER, rest), "-v", variant, "-f", "tex", "-o", tmp_path / "cv.tex"
    )
    assert [told.message for told in read_told(ran.err)].count("nothing has the tag 'industri'") == count


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        pytest.param("Slow clouds go", ["paper", "draft"], id="twelve-letters-are-too-few"),
        pytest.param("Slow clouds go on", ["paper"], id="fourteen-are-enough"),
        pytest.param("Slow clouds go?O", ["paper"], id="thirteen-are-enough"),
    ],
)
def test_a_subtitle_may_be_missing_from_one_version(tmp_path: Path, title: str, keys: list[str]) -> None:
    head = "author = {Lin, Wei and Long, Ada}, eprint = {2301.00001}, eprinttype = {arxiv}"
    bib = (
        f"@article{{paper, title = {{{title}: a study}}, {head}, year = 2024, journal = {{J}}}}\n"
        f"@article{{draft, title = {{{title}}}, {head}, year = 2024, journal = {{J}}}}\n"
    )
    document, _ = select(tmp_path, "", bib)
    shown = [item.key for section in document.sections for group in section.groups for item in group.items]
    assert sorted(shown) == sorted(keys)


@pytest.mark.parametrize(
    ("typed", "is_owner"),
    [
        ("王小明", True),
        ("王 小明", True),
        ("王, 小明", True),
        ("小明王", False),
        ("小明, 王", False),
        ("王小民", False),
    ],
)
def test_an_ideographic_name_is_the_owners_in_its_order_only(tmp_path: Path, typed: str, is_owner: bool) -> None:
    bib = PAPER.replace("Lin, Wei", f"{{{typed}}} and Long, Ada")
    credits, _ = find_credits(valid_career(tmp_path, bib, basics="name: 王小明"))
    assert [credit.position for credit in credits] == [1 if is_owner else None]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("phdthesis", Kind.DOCTORAL_THESIS),
        ("PhD thesis", Kind.DOCTORAL_THESIS),
        ("Doctoral dissertation", Kind.DOCTORAL_THESIS),
        ("mathesis", Kind.MASTER_THESIS),
        ("Master's thesis", Kind.MASTER_THESIS),
        ("Thesis of another kind", Kind.THESIS),
    ],
)
def test_the_type_of_an_entry_names_its_kind(tmp_path: Path, typed: str, kind: Kind) -> None:
    bib = f"@thesis{{one, title = {{A}}, author = {{Lin, Wei}}, year = 2024, type = {{{typed}}}, school = {{S}}}}\n"
    (paper,) = valid_career(tmp_path, bib).publications
    assert paper.kind is kind


# --- Where a variant says it ------------------------------------------------------------------------------------------

EXTENDED = """variants:
  base:
    theme: clasic
    language: xx
    file: "{nam}.pdf"
  child:
    extends: base
  far:
    extends: child
"""


@pytest.mark.parametrize("variant", ["base", "child", "far"])
def test_a_setting_is_reported_where_it_is_written(tmp_path: Path, variant: str) -> None:
    profile = write_career(tmp_path, PAPER, EXTENDED)

    def places(text: str, *arguments: str) -> list[str]:
        ran = run_cvgen("render", profile, "-v", variant, "-f", "tex", *arguments)
        assert not list(tmp_path.glob("*.pdf"))
        return [told.place.partition("profile.yaml:")[2] for told in read_told(ran.err) if text in told.message]

    source = profile.read_text("utf-8")

    def place(words: str) -> str:
        line = line_of(source, words)
        return f"{line}:{source.splitlines()[line - 1].index(': ') + 3}"

    assert places("clasic") == [place("theme:")]
    assert places("no fixed words", "-t", "classic", "-o", str(tmp_path / "cv.tex")) == [place("language:")]
    assert places("placeholder", "-t", "classic") == [place("file:")]


def test_the_language_of_the_profile_is_reported_where_no_variant_has_one(tmp_path: Path) -> None:
    profile = write_career(tmp_path, PAPER, "language: xx\nvariants: {v: {theme: classic}}")
    ran = run_cvgen("render", profile, "-v", "v", "-f", "tex", "-o", tmp_path / "cv.tex")
    (place,) = [told.place for told in read_told(ran.err) if "no fixed words" in told.message]
    assert f"profile.yaml:{line_of(profile.read_text('utf-8'), 'language: xx')}:" in place


# --- Papers in no list ------------------------------------------------------------------------------------------------


def _bib(*keys: str) -> str:
    names = ("cloud", "river", "stone", "forest", "desert", "glacier", "volcano", "harbour")
    return "".join(
        PAPER.replace("{one,", f"{{{key},").replace("A study of slow clouds", f"On the {name} of a far place")
        for key, name in zip(keys, names, strict=False)
    )


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        pytest.param("a b c d e f", "5 of 6 papers are in no list of the variant 'v': b, c, d, e, f", id="five"),
        pytest.param("a b c d e f g", "6 of 7 papers are in no list of the variant 'v': b, c, d, e, f …", id="six"),
        pytest.param("a b", "1 of 2 papers is in no list of the variant 'v': b", id="one"),
        pytest.param("a", "", id="none"),
    ],
)
def test_at_most_five_papers_in_no_list_are_named(tmp_path: Path, keys: str, named: str) -> None:
    rest = "variants: {v: {sections: [{section: publications, where: key == 'a'}]}}"
    _, problems = select(tmp_path, rest, _bib(*keys.split()))
    assert [problem.message for problem in about(problems, "in no list")] == [named] * bool(named)


def test_papers_are_in_no_list_only_where_a_variant_has_lists(tmp_path: Path) -> None:
    rest = "skills: [{name: Rust}]\nvariants: {v: {sections: [skills]}}"
    assert not about(select(tmp_path, rest, _bib("a", "b"))[1], "in no list")


def test_a_preprint_shown_with_its_paper_is_in_a_list(tmp_path: Path) -> None:
    head = "title = {A study of slow clouds}, author = {Lin, Wei}"
    bib = f"@misc{{draft, {head}, year = 2023, eprint = {{2301.00001}}, eprinttype = {{arxiv}}}}\n{_bib('a', 'b')}"
    bib = bib.replace("On the cloud of a far place", "A study of slow clouds")
    rest = "variants: {v: {sections: [{section: publications, where: key == 'a'}]}}"
    (problem,) = about(select(tmp_path, rest, bib)[1], "in no list")
    assert problem.message == "1 of 2 papers is in no list of the variant 'v': b"


# --- Two documents side by side ---------------------------------------------------------------------------------------


def test_a_head_and_a_section_that_differ(tmp_path: Path) -> None:
    variants = "variants: {a: {sections: [skills]}, b: {sections: [awards, skills]}}"
    rest = f"skills: [{{name: Rust}}]\nawards: [{{title: A cup}}]\n{variants}"
    (tmp_path / "other").mkdir()
    a, _ = select(tmp_path, rest, variant="a")
    career = valid_career(tmp_path / "other", PAPER, rest, basics="name: Wei Lin\nlabel: Painter")
    b = select_document(career, resolve_variant(career, "b")).document
    head, section, entry = compare_documents(a, b)
    assert (head.kind, head.path, head.change) == ("head", (), Change.WORDING)
    assert head.texts == (FieldTexts("label", None, "Painter"),)
    assert (section.kind, section.label, section.change) == ("section", "Honors and awards", Change.ONLY_B)
    assert (entry.kind, entry.path, entry.section, entry.change) == (
        "entry",
        ("awards", 0),
        "Honors and awards",
        Change.ONLY_B,
    )
    assert compare_documents(a, a) == ()
    assert [difference.change for difference in compare_documents(b, a)] == [
        Change.WORDING,
        Change.ONLY_A,
        Change.ONLY_A,
    ]
