"""Languages: fixed words, dates, plurals, and texts that are not written in the document's language."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen, write_career
from rendering import read_document

from cvgen.model.date_parser import parse_dates
from cvgen.model.language_files import SETTINGS, TYPED, find_file, known_languages
from cvgen.model.shown_paper import PublicationItem
from cvgen.select.language import find_locale, format_dates, is_form, load_words

WORDS = {name: json.loads(find_file(name).read_text("utf-8")) for name in known_languages()}
LANGUAGES = tuple(name for name, words in WORDS.items() if "inherits" not in words)
"""The languages with a whole file; the others change some words of the one that they inherit from."""
PLURALS = ("_zero", "_one", "_two", "_few", "_many")
SAME_AS_ENGLISH = {"page", "others", "semicolon", "comma", "colon", "list_comma", "list_and", "sentence_start",
                   "count_venues", "direction", "date_style", "range", "range_open", "range_within", "year",
                   "first_day", "quarter", "date_drop", "brackets", "author_count", "link_doi", "link_arxiv",
                   "link_github",
                   "link_pubmed", "link_pmc", "link_hal", "link_jstor", "link_hdl",
                   "link_pdf", "ordinal", "code", "logo", "cv_file",
                   "letter_date", "letter_addressee", "letter_addressee_organization", "letter_signature",
                   "column_total", "column_status", "column_editor", "quotes", "cite_in", "cite_volume",
                   "cite_issue", "cite_page", "cite_pages", "cite_article", "cite_no_year"}  # fmt: skip
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
    base = {key for key in english if not is_form(key, english)}
    assert base <= set(words)
    assert {key for key in words if not is_form(key, words)} - {"also"} == base
    for key in base:
        allowed = _fields(english[key]) | ({"n"} if key == "ordinal" else set())
        if key == "letter_salutation":  # French and Japanese letters do not name the reader here
            assert _fields(words[key]) <= allowed
            continue
        assert _fields(words[key]) - {"th"} == allowed - {"th"}, key
    assert len(words["ordinals"].split(",")) == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_of_words_have_one_order(language: str) -> None:
    order = [
        [key for key in WORDS[name] if not is_form(key, WORDS[name]) and key != "also"] for name in (language, "en")
    ]
    assert order[0] == order[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    known = {f"_{form}" for form in find_locale(language).plural_form.rules}
    used = {form for key in WORDS[language] for form in PLURALS if key.endswith(form)}
    assert used <= known
    nouns = {key.removesuffix("_one") for key in WORDS[language] if key.endswith("_one")}
    assert {f"{noun}{form}" for noun in nouns for form in used} <= set(WORDS[language])


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_hardly_a_word_is_english(language: str) -> None:
    same = {
        key
        for key, word in WORDS[language].items()
        if word == WORDS["en"].get(key) and key not in SAME_AS_ENGLISH | SETTINGS and not key.startswith(TYPED)
    }
    cognates = {
        "it": 12,
        "nl": 22,
        "de": 15,
        "fr": 12,
        "es": 6,
        "pt": 4,
        "ru": 0,
        "zh": 0,
        "ja": 0,
        "ko": 0,
        "ar": 0,
        "he": 0,
        "zh-Hant": 0,
        "uk": 0,
        "fa": 0,
        "hi": 0,
    }
    assert len(same) <= cognates.get(language, 24), same


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
        ("pt", "Experiência profissional", "set. 2023 – presente", "2019 – primavera de 2021",
         "Coprimeiro autor (segundo) e autor correspondente"),
        ("ru", "Опыт работы", "сент. 2023 — настоящее время", "2019 — весна 2021",
         "Первый автор наравне с соавторами (второй) и автор для переписки"),
        ("zh", "工作经历", "2023年9月至今", "2019年～2021年春", "共同第一作者（排名第二）、通讯作者"),
        ("ja", "職歴", "2023年9月～現在", "2019年～2021年春", "共同筆頭著者（二番目）、責任著者"),
        ("ko", "경력", "2023년 9월 ~ 현재", "2019년 ~ 2021년 봄", "공동 제1저자(두 번째), 교신저자"),
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
    ("language", "dates"),
    [
        ("en", ["Mar – Jun 2023", "since 2015", "until 2019", "expected May 2026", "Q3 2024", "fall semester 2023"]),
        ("de", ["März–Juni 2023", "seit 2015", "bis 2019", "voraussichtlich Mai 2026", "Q3 2024",
                "Herbstsemester 2023"]),
        ("fr", ["mars–juin 2023", "depuis 2015", "jusqu’en 2019", "mai 2026 (prévu)", "T3 2024",
                "semestre d’automne 2023"]),
        ("es", ["mar–jun 2023", "desde 2015", "hasta 2019", "may 2026 (previsto)", "T3 2024",
                "semestre de otoño de 2023"]),
        ("pt", ["mar. – jun. 2023", "desde 2015", "até 2019", "mai. 2026 (previsto)", "T3 2024",
                "semestre de outono de 2023"]),
        ("ru", ["март — июнь 2023", "2015 — настоящее время", "по 2019", "май 2026 (ожидается)",
                "3-й кв. 2024", "осенний семестр 2023"]),
        ("zh", ["2023年3月～6月", "2015年起", "至2019年", "2026年5月（预计）", "2024年第3季度", "2023年秋季学期"]),
        ("ja", ["2023年3月～6月", "2015年から", "2019年まで", "2026年5月（予定）", "2024年第3四半期", "2023年秋学期"]),
        ("ko", ["2023년 3월 ~ 6월", "2015년부터", "2019년까지", "2026년 5월 (예정)", "2024년 3분기",
                "2023년 가을 학기"]),
        ("ar", ["مارس – يونيو 2023", "منذ 2015", "حتى 2019", "مايو 2026 (متوقع)", "الربع الثالث 2024",
                "الفصل الدراسي الخريفي 2023"]),
        ("he", ["מרץ–יוני 2023", "מאז 2015", "עד 2019", "מאי 2026 (צפוי)", "רבעון 3 2024", "סמסטר סתיו 2023"]),
    ],
)  # fmt: skip
def test_dates_in_each_language(language: str, dates: list[str]) -> None:
    typed = ["2023-03 to 2023-06", "since 2015", "until 2019", "expected 2026-05", "Q3 2024", "fall semester 2023"]
    assert [format_dates(parse_dates(text), language, load_words(language)) for text in typed] == dates


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", {1: "1 paper:", 2: "2 papers:", 5: "5 papers:", 21: "21 papers:"}),
        ("fr", {1: "1 article\u00a0:", 2: "2 articles\u00a0:"}),
        ("ru", {1: "1 работа:", 2: "2 работы:", 5: "5 работ:", 21: "21 работа:"}),
        ("ar", {1: "بحث واحد:", 2: "بحثان:", 5: "5 أبحاث:", 11: "11 بحثًا:", 100: "100 بحث:"}),
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


# --- kinds, editors and editions

WORKS = """\
@book{clouds, editor = {Lin, Wei and Ruiz, Ana}, title = {Clouds}, publisher = {Example Press}, year = 2023}
@incollection{fog, author = {Lin, Wei and Kemp, Tom}, editor = {Ruiz, Ana and Park, Jin}, title = {Fog},
  booktitle = {Weather}, edition = 2, chapter = 3, pages = {10--20}, year = 2022}
@patent{gauge, author = {Lin, Wei}, title = {Rain Gauge}, number = {EX 123}, year = 2021}
@mastersthesis{hail, author = {Lin, Wei}, title = {Hail}, school = {Example University}, year = 2020}
"""
LIST = "variants: {v: {sections: [{publications: {roles: true, counts: true}}]}}"


def read_works(folder: Path, language: str, bib: str = WORKS) -> tuple[str, dict[str, PublicationItem]]:
    """The sentence of counts and the items by key."""
    section = read_document(write_career(folder, bib, f"language: {language}\n{LIST}"), "v").sections[0]
    return section.counts, {item.key: item for group in section.groups for item in group.items}


@pytest.mark.parametrize(
    ("language", "counts", "labels", "note", "role", "details"),
    [
        ("en", "1 book chapter, 1 edited volume, 1 thesis, 1 patent: 3 first or co-first, 1 as editor",
         "Edited volume/Book chapter/Patent/Master’s thesis", "(Eds.)", "Editor",
         "2nd ed., edited by Ana Ruiz and Jin Park, ch. 3, 10–20"),
        ("de", "1 Buchkapitel, 1 Herausgeberschaft, 1 Qualifikationsarbeit, 1 Patent: "
         "3 in (geteilter) Erstautorschaft, 1 in Herausgeberschaft",
         "Sammelband/Buchkapitel/Patent/Masterarbeit", "(Hrsg.)", "Herausgeberschaft",
         "2. Aufl., hrsg. von Ana Ruiz und Jin Park, Kap. 3, 10–20"),
        ("fr", "1 chapitre d’ouvrage, 1 direction d’ouvrage ou de numéro, 1 thèse ou mémoire, 1 brevet\u00a0: "
         "3 comme premier ou co-premier auteur, 1 en direction d’ouvrage",
         "Ouvrage collectif/Chapitre d’ouvrage/Brevet/Mémoire de master", "(dir.)", "Direction de l’ouvrage",
         "2e éd., dir. par Ana Ruiz et Jin Park, chap. 3, 10–20"),
        ("es", "1 capítulo de libro, 1 obra editada, 1 tesis o trabajo de fin de estudios, 1 patente: "
         "3 como primer o coprimer autor, 1 como responsable de la edición",
         "Obra colectiva/Capítulo de libro/Patente/Trabajo de fin de máster", "(eds.)", "Edición de la obra",
         "2.ª ed., edición de Ana Ruiz y Jin Park, cap. 3, 10–20"),
        ("pt", "1 capítulo de livro, 1 obra organizada, 1 tese ou dissertação, 1 patente: "
         "3 como primeiro ou coprimeiro autor, 1 como responsável pela organização",
         "Obra coletiva/Capítulo de livro/Patente/Dissertação de mestrado", "(orgs.)", "Organização da obra",
         "2.ª ed., organização de Ana Ruiz e Jin Park, cap. 3, 10–20"),
        ("ru", "1 глава в книге, 1 сборник или спецвыпуск, 1 квалификационная работа, 1 патент: "
         "первый автор, в том числе наравне с соавторами: 3, редактор: 1",
         "Сборник/Глава в книге/Патент/Магистерская диссертация", "(ред.)", "Редактор",
         "2-е изд., ред.: Ana Ruiz и Jin Park, гл. 3, 10–20"),
        ("zh", "1篇图书章节，1部主编文集或专刊，1篇学位论文，1项专利：第一或共同第一作者3篇，主编1部",
         "文集/图书章节/专利/硕士学位论文", "（主编）", "主编", "第2版，Ana Ruiz、Jin Park主编，第3章，10–20"),
        ("ja", "分担執筆1編、編書・特集号1冊、学位論文1編、特許1件：筆頭・共同筆頭著者3編、編者1件",
         "編書/分担執筆/特許/修士論文", "（編）", "編者", "第2版、Ana Ruiz、Jin Park編、第3章、10–20"),
        ("ko", "단행본 챕터 1편, 편저·특집호 1권, 학위논문 1편, 특허 1건: 제1·공동 제1저자 3편, 편집자 1건",
         "편저/단행본 챕터/특허/석사학위논문", "(편)", "편집자", "제2판, Ana Ruiz, Jin Park 편, 제3장, 10–20"),
        ("ar", "فصل واحد في كتاب، عمل محرر واحد، رسالة جامعية واحدة، براءة اختراع واحدة: "
         "مؤلف أول أو أول مشارك: 3، محرر: 1",
         "كتاب محرر/فصل في كتاب/براءة اختراع/رسالة ماجستير", "(تحرير)", "محرر",
         "الطبعة 2، تحرير Ana Ruiz وJin Park، الفصل 3، 10–20"),
        ("he", "פרק אחד בספר, קובץ ערוך אחד, עבודת גמר אחת, פטנט אחד: "
         "3 כמחבר ראשון או ראשון משותף, 1 בעריכתי",
         "קובץ ערוך/פרק בספר/פטנט/עבודת גמר לתואר שני", "(עורכים)", "עריכה",
         "מהדורה 2, בעריכת Ana Ruiz וJin Park, פרק 3, 10–20"),
    ],
)  # fmt: skip
def test_works_in_each_language(
    tmp_path: Path, language: str, counts: str, labels: str, note: str, role: str, details: str
) -> None:
    said, items = read_works(tmp_path, language)
    assert said == counts
    assert "/".join(items[key].kind_label for key in ("clouds", "fog", "gauge", "hail")) == labels
    assert (items["clouds"].people_note, items["clouds"].role) == (note, role)
    assert str(items["fog"].details) == details


@pytest.mark.parametrize(
    ("language", "count"),
    [("ru", {2: "2 патента", 5: "5 патентов", 21: "21 патент"}), ("he", {2: "2 פטנטים"}), ("de", {2: "2 Patente"}),
     ("ar", {2: "براءتا اختراع", 5: "5 براءات اختراع"}), ("fr", {2: "2 brevets"}), ("ja", {2: "特許2件"})],
)  # fmt: skip
def test_each_kind_has_its_plurals(tmp_path: Path, language: str, count: dict[int, str]) -> None:
    for number, said in count.items():
        bib = "".join(f"@patent{{p{n}, author = {{Lin, Wei}}, title = {{Gauge {n}}}}}\n" for n in range(number))
        assert read_works(tmp_path, language, bib)[0].startswith(said)


def test_a_poster_is_counted_as_no_talk(tmp_path: Path) -> None:
    poster = "@misc{p, author = {Lin, Wei}, title = {Rain}, type = {Poster}, howpublished = {Example City}}"
    assert read_works(tmp_path, "en", poster)[0] == "1 presentation: 1 first or co-first"


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [("fr", "2e éd.", "2e éd."), ("fr", "Deuxième", "Deuxième éd."), ("es", "ed. revisada", "ed. revisada"),
     ("es", "2.ª", "2.ª ed."), ("pt", "2ª ed.", "2ª ed."), ("de", "2. Aufl.", "2. Aufl."), ("ru", "2-е", "2-е изд."),
     ("zh", "修订", "修订版"), ("zh", "第2版", "第2版"), ("en", "Revised", "Revised ed.")],
)  # fmt: skip
def test_an_edition_says_its_word_once(tmp_path: Path, language: str, typed: str, printed: str) -> None:
    book = f"@book{{b, author = {{Lin, Wei}}, title = {{Rain}}, edition = {{{typed}}}, year = 2020}}"
    assert read_works(tmp_path, language, book)[1]["b"].edition == printed


@pytest.mark.parametrize(("language", "printed"), [("en", "2nd edn"), ("es", "2.ª ed."), ("pt", "2.ª ed.")])
def test_a_style_shortens_english_words_only(tmp_path: Path, language: str, printed: str) -> None:
    book = "@book{b, author = {Lin, Wei}, title = {Rain}, edition = 2, publisher = {Example Press}, year = 2020}"
    style = "variants: {v: {sections: [{publications: {style: nature}}]}}"
    profile = write_career(tmp_path, book, f"language: {language}\n{style}")
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    assert f"{printed} " in (tmp_path / "cv.html").read_text("utf-8")


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
