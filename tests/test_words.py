"""The fixed words of each language as they are printed, the words of a person's own, and dates by country."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen

PROFILE = """\
language: {language}
{settings}
basics: {{name: Wei Lin, summary: I do.{basics}}}
bibliography: {{files: [papers.bib]}}
work: [{{name: Lab, start: 2018-03, end: 2020-06}}, {{name: Start, start: 2017-03, end: 2017-06}},
       {{name: Year, start: 2015, end: 2016}}, {{name: Day, date: 2014-12-01}},
       {{name: Now, start: 2021-01, end: heute}}]
education: [{{institution: School, date: 2012, advisor: Ada Long}}]
awards: [{{title: Prize}}]
projects: [{{name: Tool, stars: 1}}]
languages: [{{language: X}}]
interests: [{{name: Y}}]
talks: [{{title: Z, date: 2020}}]
service: [{{role: R, date: 2020}}]
teaching: [{{course: C, date: 2020}}]
grants: [{{title: G, date: 2020}}]
referees: [{{name: Tom Kemp}}]
variants: {{v: {{sections: [summary, work, education, awards, projects, languages, interests, talks, service, teaching,
  grants, referees, {{publications: {{roles: true, counts: true, count_venues: [CE], max_authors: 4}}}}]}}}}
"""
PAPERS = """\
@article{last, author = {Kemp, Tom and B, C and Lin, Wei}, author+an = {1=student}, title = {T1}, journal = {J},
  year = 2020, citations = {1}}
@article{third, author = {A, B and C, D and Lin, Wei and E, F}, title = {T2}, journal = {J}, year = 2020,
  shortjournal = {CE}}
@article{equal, author = {A, B and Lin, Wei}, author+an = {1=equal; 2=equal}, title = {T3}, journal = {J}, year = 2020}
@article{ends, author = {A, B and Lin, Wei and C, D}, author+an = {2=equal; 3=equal}, title = {T4}, journal = {J},
  year = 2020}
@article{many, author = {A, A and B, B and C, C and D, D and E, E and F, F and G, G and H, H and I, I and J, J and K, K
  and L, L and Lin, Wei and N, N}, title = {T5}, journal = {J}, year = 2020}
"""


def say(folder: Path, language: str, settings: str = "", basics: str = "") -> str:
    """The plain text of a CV that has all kinds of words, on one line."""
    (folder / "profile.yaml").write_text(PROFILE.format(language=language, settings=settings, basics=basics), "utf-8")
    (folder / "papers.bib").write_text(PAPERS, "utf-8")
    ran = run_cvgen("render", folder / "profile.yaml", "-f", "txt", "-o", folder / "cv.txt")
    assert ran.code == 0, ran.err
    return " ".join((folder / "cv.txt").read_text("utf-8").replace("\u200f", "").replace("\u200e", "").split())


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", ["HONORS AND AWARDS", "REFERENCES", "Last author and supervisor of the first author", "Third author"]),
        ("en-GB", ["HONOURS AND AWARDS", "REFEREES", "Supervisor: Ada Long", "Mar 2018 – Jun 2020"]),
        ("de", ["1 Zitation", "1 Stern", "1 mit betreuten Studierenden in Erstautorschaft", "Jan. 2021 – heute"]),
        ("es", ["SERVICIO ACADÉMICO", "Director/a de tesis: Ada Long", "Tercer autor", "13.er autor"]),
        ("fr", ["1er déc. 2014", "mars–juin 2017"]),
        ("pt", ["PRÉMIOS", "mar. 2018 – jun. 2020", "mar. – jun. 2017", "1 dez. 2014", "SERVIÇO ACADÉMICO"]),
        ("pt-BR", ["PRÊMIOS", "SERVIÇO ACADÊMICO", "mar. 2018 – jun. 2020", "EXPERIÊNCIA PROFISSIONAL"]),
        ("ru", ["Первый автор наравне с соавторами (второй)", "март 2018 — июнь 2020", "март — июнь 2017"]),
        ("zh", ["项目经历", "学术报告", "兴趣爱好", "科研项目", "语言能力", "教学经历", "共同末位作者", "同等贡献",
                "2018年3月～2020年6月", "2017年3月～6月", "2015年～2016年", "2021年1月至今", "第三作者", "CE 1篇"]),
        ("zh-TW", ["專案經歷", "研究計畫", "2018年3月～2020年6月", "2017年3月～6月"]),
        ("zh-HK", ["專案經歷"]),
        ("zh-Hans-CN", ["项目经历"]),
        ("ja", ["CE 1編", "2018年3月～2020年6月"]),
        ("ko", ["13번째 저자", "세 번째 저자", "어학", "논문 5편", "2018년 3월 ~ 2020년 6월", "2017년 3월 ~ 6월"]),
        ("ar", ["5 أبحاث", "استشهاد واحد", "المؤلف الأخير والإشراف على المؤلف الأول"]),
        ("he", ["תמצית", "5 מאמרים"]),
        ("pl", ["DOŚWIADCZENIE ZAWODOWE", "5 publikacji", "1 cytowanie", "mar 2018 – cze 2020", "Trzeci autor",
                "13. autor"]),
        ("cs", ["PRACOVNÍ ZKUŠENOSTI", "5 publikací", "03/2018 – 06/2020", "01/2021 – dosud", "Třetí autor"]),
        ("uk", ["ДОСВІД РОБОТИ", "5 праць", "1 цитування", "бер. 2018 – черв. 2020", "Третій автор"]),
        ("ca", ["EXPERIÈNCIA PROFESSIONAL", "5 articles", "març del 2018 – juny del 2020", "13è autor"]),
        ("tr", ["İŞ DENEYİMİ", "5 yayın", "1 atıf", "Mar 2018 – Haz 2020", "Üçüncü yazar"]),
        ("sv", ["ARBETSLIVSERFARENHET", "5 artiklar", "1 citering", "jan. 2021 – nu", "13:e författare"]),
        ("da", ["ERHVERVSERFARING", "5 artikler", "1 citation", "mar. 2018 – jun. 2020", "Tredje forfatter"]),
        ("nb", ["ARBEIDSERFARING", "5 artikler", "1 sitering", "mars 2018 – juni 2020", "Tredje forfatter"]),
        ("vi", ["KINH NGHIỆM LÀM VIỆC", "5 bài báo", "03/2018 – 06/2020", "Tác giả thứ ba"]),
        ("id", ["PENGALAMAN KERJA", "5 makalah", "Mar 2018 – Jun 2020", "Penulis ketiga", "Penulis ke-13"]),
        ("fa", ["سوابق شغلی", "5 مقاله", "مارس 2018 تا ژوئن 2020", "ژانویه 2021 تاکنون", "نویسندهٔ سوم"]),
        ("ro", ["EXPERIENȚĂ PROFESIONALĂ", "5 articole", "1 citare", "mar. 2018 – iun. 2020", "Al treilea autor",
                "Al 13-lea autor"]),
        ("hi", ["कार्य अनुभव", "5 शोध-पत्र", "मार्च 2018 – जून 2020", "तृतीय लेखक"]),
    ],
)  # fmt: skip
def test_each_language_says_it_as_its_readers_do(tmp_path: Path, language: str, printed: list[str]) -> None:
    text = say(tmp_path, language)
    assert [words for words in printed if words not in text] == []
    assert "г." not in text


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("es", ["Tercera autora", "Coprimera autora (segunda)", "13.ª autora"]),
        ("pt", ["Terceira autora", "Coprimeira autora (segunda)"]),
        ("pt-BR", ["Terceira autora"]),
        ("fr", ["Troisième autrice", "Co-première autrice (deuxième)"]),
        ("ar", ["المؤلفة الثالثة"]),
        ("he", ["מחברת שלישית"]),
        ("en", ["Third author"]),
        ("ro", ["A treia autoare", "A 13-a autoare"]),
        ("pl", ["Trzecia autorka", "Równorzędna pierwsza autorka (druga)"]),
        ("cs", ["Třetí autorka"]),
        ("uk", ["Третя авторка"]),
        ("ca", ["Tercera autora", "13è autora"]),
    ],
)
def test_words_have_the_form_that_a_person_asks_for(tmp_path: Path, language: str, printed: list[str]) -> None:
    text = say(tmp_path, language, basics=", gender: feminine")
    assert [words for words in printed if words not in text] == []


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("numeric", ["03/2018 – 06/2020", "03/2017 – 06/2017", "2015 – 2016", "01.12.2014"]),
        ("iso", ["2018-03 – 2020-06", "2014-12-01"]),
        ("dotted", ["2018.03 – 2020.06", "2014.12.01"]),
        ("text", ["März 2018 – Juni 2020"]),
    ],
)
def test_dates_in_the_style_that_is_asked_for(tmp_path: Path, style: str, printed: list[str]) -> None:
    text = say(tmp_path, "de", f"date_style: {style}")
    assert [dates for dates in printed if dates not in text] == []


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("de", "Ähre Apfel Öl Ort Zoo"),
        ("sv", "Apa Zoo Åska Ära Öl"),
        ("da", "Abe Zoo Æble Øl Ål"),
        ("cs", "Cena Čas Hora Chata Ikona"),
        ("pl", "Lato Łan Mapa Zima Źrebak Żaba"),
        ("tr", "Halı Isı İnci Jale Oda Ön"),
        ("uk", "Вода Їжак Йод"),
        ("ru", "Еда Ёлка Жук"),
        ("fa", "باد پا جام"),
        ("fr", "École Élan Étude Œuvre Zoo"),
    ],
)
def test_titles_are_in_the_order_of_the_alphabet(tmp_path: Path, language: str, titles: str) -> None:
    variants = "{v: {sections: [{publications: {sort: title}}]}}"
    profile = f"language: {language}\nbasics: {{name: A}}\nbibliography: {{files: [p.bib]}}\nvariants: {variants}\n"
    (tmp_path / "profile.yaml").write_text(profile, "utf-8")
    papers = (f"@misc{{p{n}, title = {{{title}}}, author = {{A}}}}\n" for n, title in enumerate(titles.split()[::-1]))
    (tmp_path / "p.bib").write_text("".join(papers), "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "txt", "-o", tmp_path / "cv.txt")
    assert ran.code == 0, ran.err
    lines = (tmp_path / "cv.txt").read_text("utf-8").split()
    assert [line for line in lines if line in titles.split()] == titles.split()


@pytest.mark.parametrize(("language", "printed"), [("ja", "2018/03～2020/06"), ("sv", "2018-03 – 2020-06")])
def test_months_in_numbers_where_the_year_comes_first(tmp_path: Path, language: str, printed: str) -> None:
    assert printed in say(tmp_path, language, "date_style: numeric")


def test_a_person_replaces_words(tmp_path: Path) -> None:
    own = "words: {present: jetzt, section_service: Gremien, metric_stars: {de: '{n} Sternchen', fr: '{n} astres'}}"
    text = say(tmp_path, "de", own)
    assert "Jan. 2021 – jetzt" in text
    assert "GREMIEN" in text
    assert "1 Sternchen" in text
    assert "1 Stern " not in text


def test_words_without_a_language_are_those_of_their_place(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(
        "words: {present: now, awards: Prizes}\nbasics: {name: A}\nwork: [{name: B, start: 2020}]\n"
        "awards: [{title: C}]\nvariants:\n  a: {}\n  b: {language: de, words: {present: jetzt}}\n"
        "  c: {extends: a, words: {awards: Medals}}\n",
        "utf-8",
    )
    shown = {}
    for variant in "abc":
        path = tmp_path / "cv.txt"
        run_cvgen("render", tmp_path / "profile.yaml", "-v", variant, "-f", "txt", "-o", path)
        shown[variant] = path.read_text("utf-8")
    assert "2020 – now" in shown["a"]
    assert "PRIZES" in shown["a"]
    assert "2020 – jetzt" in shown["b"]
    assert "AUSZEICHNUNGEN" in shown["b"]
    assert "MEDALS" in shown["c"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("words: {presnt: now}", ["2:9: error: there is no word 'presnt' to replace", "present"]),
        ("words: {code: xx}", ["there is no word 'code' to replace"]),
        ("words: {range: '{start} on'}", ["range: '{start} on' leaves out {end}", "{start} – {end}"]),
        ("words: {range: '{start} – {stop}'}", ["{stop} is not a field of this word", "{end}"]),
        ("words: {present: '{now}'}", ["{now} is not a field of this word", "without braces"]),
        ("words: {present: 'now {'}", ["has a brace without its partner"]),
        ("words: {since: '{date:>9}'}", ["is not a field of this word"]),
        ("words: {present: [a, b]}", ["should be a word"]),
        ("words: {since: a, until: b}", ["since:", "until:"]),
        ("date_style: german", ["'german' is not a style of dates", "numeric"]),
    ],
)
def test_a_word_that_cannot_be_is_told(tmp_path: Path, settings: str, told: list[str]) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(f"basics: {{name: A}}\n{settings}\nwork: [{{name: B, start: 2020}}]\n", "utf-8")
    ran = run_cvgen("render", path, "-f", "txt")
    assert ran.code == 2
    assert [words for words in told if words not in ran.err] == []


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("it", "{start: settembre 2019, end: oggi}", "set 2019 – oggi"),
        ("nl", "{start: maart 2019, end: heden}", "mrt 2019 – heden"),
        ("nl", "{date: sinds 2015}", "sinds 2015"),
        ("de", "{start: März 2019, end: heute}", "März 2019 – heute"),
        ("zh-TW", "{date: 2019年5月至今}", "2019年5月至今"),
        ("pl", "{start: styczeń 2019, end: obecnie}", "sty 2019 – obecnie"),
        ("cs", "{date: od 2015}", "od 2015"),
        ("uk", "{start: березень 2019, end: дотепер}", "бер. 2019 – дотепер"),
        ("sv", "{start: maj 2019, end: nu}", "maj 2019 – nu"),
        ("da", "{date: siden marts 2019}", "siden mar. 2019"),
        ("nb", "{start: oktober 2019, end: nå}", "okt. 2019 – nå"),
        ("tr", "{start: ağustos 2019, end: günümüz}", "Ağu 2019 – günümüz"),
        ("vi", "{start: 3/2019, end: nay}", "03/2019 – nay"),
        ("id", "{start: mei 2019, end: sekarang}", "Mei 2019 – sekarang"),
        ("ca", "{start: juny 2019, end: actualitat}", "juny del 2019 – actualitat"),
        ("fa", "{start: مارس 2019, end: تاکنون}", "مارس 2019 تاکنون"),
        ("hi", "{start: मार्च 2019, end: वर्तमान}", "मार्च 2019 – वर्तमान"),
    ],
)
def test_dates_may_be_typed_in_the_language_of_the_document(
    tmp_path: Path, language: str, typed: str, printed: str
) -> None:
    (tmp_path / "profile.yaml").write_text(
        f"language: {language}\nbasics: {{name: A}}\nwork: [{{name: B, {typed[1:-1]}}}]\n", "utf-8"
    )
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "txt", "-o", tmp_path / "cv.txt")
    assert ran.code == 0, ran.err
    assert printed in (tmp_path / "cv.txt").read_text("utf-8")


def test_a_gender_that_no_language_has_is_told(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("basics: {name: A, gender: f}\n", "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "txt")
    assert ran.code == 2
    assert "write feminine or masculine" in ran.err


def test_a_language_without_words_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text("language: xx-YY\nbasics: {name: A}\nwork: [{name: B, start: 2020}]\n", "utf-8")
    ran = run_cvgen("render", path, "-f", "txt", "-o", tmp_path / "cv.txt")
    assert ran.code == 0
    assert [told.place.rpartition("yaml:")[2] for told in read_told(ran.err) if "fixed words" in told.message] == [
        "1:11"
    ]
    assert "2020 – present" in (tmp_path / "cv.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("vi", "K|inh nghiệm làm việc|"),
        ("cs", "P|racovní zkušenosti|"),
        ("pl", "D|oświadczenie zawodowe|"),
        ("ru", "О|пыт работы|"),
        ("tr", "İ|Ş DENEYİMİ|"),
        ("ro", "E|xperiență profesională|"),
    ],
)
def test_all_small_letters_of_a_heading_are_small_capitals(tmp_path: Path, language: str, heading: str) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(f"language: {language}\nbasics: {{name: A}}\nwork: [{{name: B}}]\n", "utf-8")
    ran = run_cvgen("render", path, "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    (title,) = re.findall("<h2>(.*?)</h2>", (tmp_path / "cv.html").read_text("utf-8"))
    assert re.sub("<[^>]*>", "|", title) == heading
