"""What is selected, at the edges of single rules that no other test held."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import about, read_told, run_cvgen, valid_career, write_career

from cvgen.diagnostics import Problem
from cvgen.model.document import Document
from cvgen.model.kinds import Kind
from cvgen.select.build_document import find_credits, select_document
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
        "render", write_career(tmp_path, PAPER, rest), "-v", variant, "-f", "html", "-o", tmp_path / "cv.html"
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
