"""Eleven languages: fixed words, dates, plurals, and texts that are not written in the document's language."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
from helpers import read_told, run_cvgen
from rendering import read_document

from cvgen.select.language import WORDS_FOLDER, known_languages

LANGUAGES = ("ar", "de", "en", "es", "fr", "he", "ja", "ko", "pt", "ru", "zh")
WORDS = {name: json.loads((WORDS_FOLDER / f"{name}.json").read_text("utf-8")) for name in LANGUAGES}
PLURALS = ("_zero", "_one", "_two", "_few", "_many")
SAME_AS_ENGLISH = {"page", "others", "semicolon", "comma", "colon", "list_comma", "list_and", "sentence_start",
                   "count_venues", "author_count", "link_doi", "link_arxiv", "link_github",
                   "link_pubmed", "link_pmc", "link_hal", "link_jstor", "link_hdl",
                   "link_pdf", "ordinal"}  # fmt: skip
CAREER = """\
language: {language}
basics: {{name: Wei Lin}}
bibliography: {{files: [papers.bib]}}
work:
  - {{name: Lab, start: 2023-09, end: present}}
  - {{name: Earlier, start: 2019, end: spring 2021}}
variants:
  v: {{sections: [work, {{publications: {{roles: true, counts: true}}}}]}}
"""
PAPER = """\
@article{{p{n}, author = {{A, B and Lin, Wei and C, D}}, author+an = {{1=equal; 2=equal,self,corresponding}},
  title = {{T{n}}}, journal = {{J}}, year = {{2024}}, citations = {{{n}}}}}
"""


def show(folder: Path, language: str, papers: int = 1):  # type: ignore[no-untyped-def]
    (folder / "profile.yaml").write_text(CAREER.format(language=language), "utf-8")
    (folder / "papers.bib").write_text("".join(PAPER.format(n=n) for n in range(1, papers + 1)), "utf-8")
    return read_document(folder / "profile.yaml", "v")


def test_the_eleven_languages_are_there() -> None:
    assert set(LANGUAGES) <= set(known_languages())


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_with_its_places(language: str) -> None:
    words, english = WORDS[language], WORDS["en"]
    base = {key for key in english if not key.endswith(PLURALS)}
    assert base <= set(words)
    assert {key for key in words if not key.endswith(PLURALS)} == base
    for key in base:
        allowed = _fields(english[key]) | ({"n"} if key == "ordinal" else set())
        assert _fields(words[key]) - {"th"} == allowed - {"th"}, key
    assert len(words["ordinals"].split(",")) == 10


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_hardly_a_word_is_english(language: str) -> None:
    same = {key for key, word in WORDS[language].items() if word == WORDS["en"].get(key)} - SAME_AS_ENGLISH
    cognates = {"de": 12, "fr": 12, "es": 6, "pt": 4, "ru": 0, "zh": 0, "ja": 0, "ko": 0, "ar": 0, "he": 0}
    assert len(same) <= cognates[language], same


@pytest.mark.parametrize(
    ("language", "title", "dates", "earlier", "role"),
    [
        ("en", "Experience", "Sep 2023 – present", "2019 – spring 2021",
         "Co-first author (second) and corresponding author"),
        ("de", "Berufserfahrung", "Sept. 2023 – heute", "2019 – Frühjahr 2021",
         "Geteilte Erstautorschaft (zweite) und Korrespondenzautorschaft"),
        ("fr", "Expérience professionnelle", "sept. 2023 – aujourd’hui", "2019 – printemps 2021",
         "Co-premier auteur (deuxième) et auteur correspondant"),
        ("es", "Experiencia profesional", "sept 2023 – actualidad", "2019 – primavera de 2021",
         "Coprimer autor (segundo) y autor de correspondencia"),
        ("pt", "Experiência profissional", "set. de 2023 – presente", "2019 – primavera de 2021",
         "Coprimeiro autor (segundo) e autor correspondente"),
        ("ru", "Опыт работы", "сент. 2023\u202fг. – настоящее время", "2019 – весна 2021",
         "Один из первых авторов (второй) и автор для переписки"),
        ("zh", "工作经历", "2023年9月 – 至今", "2019 – 2021年春", "共同第一作者（排名第二）、通讯作者"),
        ("ja", "職歴", "2023年9月 – 現在", "2019 – 2021年春", "共同筆頭著者（二番目）・責任著者"),
        ("ko", "경력", "2023년 9월 – 현재", "2019 – 2021년 봄", "공동 제1저자(두 번째), 교신저자"),
        ("ar", "الخبرة المهنية", "سبتمبر 2023 – حتى الآن", "2019 – ربيع 2021",
         "مؤلف أول مشارك (الثاني) والمؤلف المراسل"),
        ("he", "ניסיון תעסוקתי", "ספט׳ 2023 – היום", "2019 – אביב 2021", "מחבר ראשון משותף (שני) ומחבר מכותב"),
    ],
)  # fmt: skip
def test_a_career_in_each_language(
    tmp_path: Path, language: str, title: str, dates: str, earlier: str, role: str
) -> None:
    document = show(tmp_path, language)
    work, papers = document.sections
    assert str(work.title) == title
    assert [item.dates.replace("\u200f", "").replace("\u200e", "") for item in work.items] == [dates, earlier]
    assert papers.groups[0].items[0].role == role
    assert {entry.meaning for entry in papers.legend} == {
        WORDS[language]["mark_equal"],
        WORDS[language]["mark_corresponding"],
    }
    assert document.direction == ("rtl" if language in ("ar", "he") else "ltr")


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", {1: "1 paper:", 2: "2 papers:", 5: "5 papers:", 21: "21 papers:"}),
        ("fr", {1: "1 article\u00a0:", 2: "2 articles\u00a0:"}),
        ("ru", {1: "1 работа:", 2: "2 работы:", 5: "5 работ:", 21: "21 работа:"}),
        ("ar", {1: "بحث واحد:", 2: "بحثان:", 5: "عدد الأبحاث: 5:"}),
        ("he", {1: "מאמר אחד:", 2: "2 מאמרים:"}),
        ("zh", {1: "共1篇论文：", 5: "共5篇论文："}),
    ],
)
def test_numbers_take_the_plural_of_the_language(tmp_path: Path, language: str, heads: dict[int, str]) -> None:
    for number, head in heads.items():
        assert show(tmp_path, language, number).sections[1].counts.startswith(head)


def test_one_citation_is_not_many(tmp_path: Path) -> None:
    metrics = [item.metrics[0] for item in show(tmp_path, "es", 2).sections[1].groups[0].items]
    assert sorted(metrics) == ["1 cita", "2 citas"]


# --- texts by language

SPOKEN = """\
basics: {name: {en: Wei Lin, zh: 林薇}, label: {en: Engineer}, summary: Plain for all.}
work:
  - name: {en: Example Labs, zh: 示例实验室}
    position: {zh-Hans: 工程师}
    date: 2024
    highlights: [{en: Built it.}]
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        pytest.param("en", [("4:25", "'zh-Hans'")], id="en"),
        pytest.param("zh", [("1:51", "'en'"), ("6:23", "'en'")], id="zh"),
        pytest.param("zh-Hant", [("1:51", "'en'"), ("6:23", "'en'")], id="region"),
    ],
)
def test_a_text_that_is_missing_is_told_where_it_stands(
    tmp_path: Path, language: str, told: list[tuple[str, str]]
) -> None:
    (tmp_path / "profile.yaml").write_text(f"{SPOKEN}language: {language}\n", "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex")
    warnings = [t for t in read_told(ran.err) if t.severity == "warning"]
    assert ran.code == 0
    assert [(t.place.removeprefix(f"{tmp_path}/profile.yaml:"), language) for t in warnings] == [
        (place, language) for place, _ in told
    ]
    assert all(printed in t.message for t, (_, printed) in zip(warnings, told, strict=True))


def test_many_missing_texts_are_told_in_a_few_lines(tmp_path: Path) -> None:
    bullets = "".join(f"      - {{en: Bullet {n}}}\n" for n in range(30))
    career = f"language: fr\nbasics: {{name: A}}\nwork:\n  - name: B\n    date: 2024\n    highlights:\n{bullets}"
    (tmp_path / "profile.yaml").write_text(career, "utf-8")
    warnings = read_told(run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex").err)
    assert len(warnings) == 6
    assert "25 more texts are not written in 'fr': lines 12, 13" in warnings[0].message
