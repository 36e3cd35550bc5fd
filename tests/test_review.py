"""``cvgen review``: each rule on a text with the fault and on one that nearly has it, in its languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import Ran, line_of, run_cvgen

from cvgen.advice.rules.table_of_rules import ALL_LANGUAGES, RULES
from cvgen.model.language_files import known_languages

ROOT = Path(__file__).parents[1]
GOOD = "Cut the bill by 29 % within 2 years."


def write(folder: Path, profile: dict[str, Any], **more: Any) -> Path:
    content = {"basics": {"name": "Wei Lin"}, **profile, **more}
    path = folder / "profile.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    return path


def job(*bullets: str, start: str = "2018-01", end: str = "2025-12", **fields: Any) -> dict[str, Any]:
    dates = {"start": start, **({"end": end} if end else {})}
    return {"name": "Halyard", "position": "Engineer", **dates, **fields, "highlights": list(bullets)}


JANUARY_2026 = "1767225600"
AUGUST_2020 = "1596240000"


def run_review(profile: Path, *arguments: str, now: str = JANUARY_2026) -> Ran:
    """Run the command at a fixed time, without looking at the page unless that is asked for."""
    page = [] if "--page" in arguments else ["--no-page"]
    return run_cvgen("review", profile, *page, *arguments, env={"SOURCE_DATE_EPOCH": now})


def review(profile: Path, *arguments: str, now: str = JANUARY_2026) -> list[dict[str, Any]]:
    """The findings."""
    ran = run_review(profile, "--format", "json", *arguments, now=now)
    assert ran.code in (0, 1), ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["findings"]
    assert ran.code == any(finding["severity"] == "warning" for finding in found)
    return found


def marks(folder: Path, rule: str, *bullets: str, language: str = "en", **fields: Any) -> list[str]:
    """The texts of one job that ``rule`` marks."""
    profile = write(folder, {"language": language, "work": [job(*bullets, **fields)]})
    return [finding["text"] for finding in review(profile, "--only", rule)]


# --- opening

WEAK = {
    "ar": "شاركت في الاجتماعات الأسبوعية",
    "de": "Teilnahme an den wöchentlichen Besprechungen.",
    "en": "Took part in weekly meetings.",
    "es": "Participé en las reuniones semanales.",
    "fr": "Participation aux réunions hebdomadaires.",
    "he": "השתתפתי בישיבות צוות",
    "ja": "毎週の会議に参加。",
    "ko": "주간 회의 참석",
    "pt": "Participei nas reuniões semanais.",
    "ru": "Участвовал в совещаниях отдела.",
    "zh": "参加部门每周例会。",
}
STRONG = {
    "ar": "خفضت التكاليف بنسبة 15٪ خلال عامين",
    "de": "Ausschuss der Linie 4 um 12 % gesenkt.",
    "en": "Cut falls on two wards by a third.",
    "es": "Reduje los costes un 12 % en dos años.",
    "fr": "Réduit les délais de 12 % en deux ans.",
    "he": "הפחתתי את העלויות ב-20% בתוך שנתיים",
    "ja": "工数を30%削減。",
    "ko": "비용을 20% 절감",
    "pt": "Reduzi os custos em 12 % em dois anos.",
    "ru": "Сократил расходы на 12 % за два года.",
    "zh": "将成本降低 20%。",
}
PLAIN = {
    "ar": "كتبت دليل المستخدم للعملاء",
    "de": "Preislisten für Ersatzteile gepflegt.",
    "en": "Wrote the wine list.",
    "es": "Escribí el manual de la cocina.",
    "fr": "Rédigé le manuel de la cuisine.",
    "he": "כתבתי את המדריך למשתמש",
    "ja": "社内マニュアルを執筆。",
    "ko": "사내 안내서 작성",
    "pt": "Escrevi o manual da cozinha.",
    "ru": "Написал руководство по кухне.",
    "zh": "撰写厨房手册。",
}
"""Neither a weak opening nor a number nor a result."""


@pytest.mark.parametrize("language", WEAK)
def test_weak_openings_in_every_language(tmp_path: Path, language: str) -> None:
    bullets = (WEAK[language], STRONG[language], PLAIN[language])
    assert marks(tmp_path, "opening", *bullets, language=language) == [WEAK[language]]


@pytest.mark.parametrize("language", PLAIN)
def test_bullets_without_a_result_in_every_language(tmp_path: Path, language: str) -> None:
    """A weak opening is told once, by its own rule."""
    bullets = (WEAK[language], STRONG[language], PLAIN[language])
    assert marks(tmp_path, "outcome", *bullets, language=language) == [PLAIN[language]]


def test_each_language_of_documents_has_cases() -> None:
    assert set(WEAK) == set(STRONG) == set(PLAIN) == ALL_LANGUAGES <= set(known_languages())


def test_a_duty_stays_weak_beside_numbers_and_a_plain_verb_does_not(tmp_path: Path) -> None:
    duty, plain = "Responsible for a budget of £2M.", "Kept the yard of 40 lorries running."
    assert marks(tmp_path, "opening", duty, plain) == [duty]


def test_assisting_is_work_if_it_is_counted(tmp_path: Path) -> None:
    plain, counted = "Assisted the dentists.", "Assisted two dentists at 25 appointments a day."
    assert marks(tmp_path, "opening", plain, counted) == [plain]


@pytest.mark.parametrize(
    "bullet",
    [
        "Passed every audit.",
        "Built the consent register with the legal team, in time for the deadline.",
        "Moved the records to Procore; any sheet is found within a minute.",
        "Won the contract for the north.",
        "Wrote the guide, so that the night shift needs no help.",
        "Wrote 40 pages.",
        "Ran twelve evenings.",
        "Rebuilt the model of attribution, which ended a long quarrel.",
        "Automated the builds, shortening every day of the team.",
        "Moved the ledger to services without downtime.",
        "Wrote a tool for support; the night shift lives by it.",
    ],
)
def test_a_number_or_a_result_is_enough(tmp_path: Path, bullet: str) -> None:
    assert marks(tmp_path, "outcome", bullet) == []


RESULTS = {
    "ar": "كتبت دليل العملاء مما أسعدهم",
    "de": "Verträge mit Netzbetreibern geprüft, wodurch die Kosten klar wurden.",
    "es": "Escribí el manual de la cocina, lo que alegró a todos.",
    "fr": "Rédigé le manuel de la cuisine, ce qui a plu à tous.",
    "he": "כתבתי את המדריך ללא תקלות",
    "ja": "社内マニュアルを執筆し、教育時間の短縮に寄与。",
    "ko": "사내 안내서 작성으로 교육에 기여",
    "pt": "Escrevi o manual da cozinha, o que agradou a todos.",
    "ru": "Написал руководство по кухне, благодаря чему стало тихо.",
    "zh": "撰写厨房手册，使培训更轻松。",
}


@pytest.mark.parametrize("language", RESULTS)
def test_a_clause_may_tell_the_result(tmp_path: Path, language: str) -> None:
    assert marks(tmp_path, "outcome", RESULTS[language], PLAIN[language], language=language) == [PLAIN[language]]


def test_nobody_expects_results_of_leave_or_of_a_degree(tmp_path: Path) -> None:
    leave = {"name": "Family", "position": "Parental leave", "start": "2020", "highlights": ["Cared for a child."]}
    degree = {"institution": "Leeds", "start": "2010", "end": "2013", "highlights": ["Thesis on tides."]}
    assert review(write(tmp_path, {"work": [leave], "education": [degree]}), "--only", "outcome") == []


# --- tense

TENSES = {
    "de": ("Leitete ein Team von acht.", "Führte zwei Audits.", "Leitet die Prüfungen."),
    "en": ("Led a team of eight.", "Wrote two books.", "Manage the budget."),
    "es": ("Dirigí un equipo.", "Diseñé dos puentes.", "Gestiono el presupuesto."),
    "fr": ("A dirigé une équipe.", "A rédigé deux guides.", "Gère le budget."),
    "ja": ("新しい店舗を開店しました。", "予算を管理しました。", "売上を改善した。"),
    "ko": ("팀을 이끌었습니다.", "예산을 관리했습니다.", "비용을 절감했다."),
    "pt": ("Liderei uma equipa.", "Criei dois cursos.", "Coordeno o orçamento."),
    "ru": ("Руководил отделом.", "Разработал две системы.", "Управляю бюджетом."),
}
"""Two bullets of one form, and one of another."""


@pytest.mark.parametrize("language", TENSES)
def test_another_tense_in_a_job_that_has_ended(tmp_path: Path, language: str) -> None:
    *same, other = TENSES[language]
    assert marks(tmp_path, "tense", *same, other, language=language) == [other]
    assert marks(tmp_path, "tense", *same, language=language) == []


@pytest.mark.parametrize("language", sorted(set(WEAK) - set(TENSES)))
def test_tense_is_silent_where_it_cannot_judge(tmp_path: Path, language: str) -> None:
    assert not RULES["tense"].judges(language)
    assert marks(tmp_path, "tense", *TENSES["en"], language=language) == []


def test_what_goes_on_may_mix_past_and_present_but_not_the_ing_form(tmp_path: Path) -> None:
    bullets = ("Led a team of eight.", "Wrote two books.", "Manage the budget.", "Managing the shop.")
    assert marks(tmp_path, "tense", *bullets, start="2020", end="present") == ["Managing the shop."]


def test_a_job_that_is_over_and_told_in_the_present_is_marked_once(tmp_path: Path) -> None:
    bullets = ("Lead a team of eight.", "Manage the budget.")
    assert marks(tmp_path, "tense", *bullets) == [bullets[0]]
    assert marks(tmp_path, "tense", *bullets, end="present") == []


@pytest.mark.parametrize(
    "bullet", ["Support for 40 users.", "Engineering of 3 lines.", "Set up a bakery.", "Head of eight.", "Speed up."]
)
def test_a_noun_or_an_unclear_verb_has_no_tense(tmp_path: Path, bullet: str) -> None:
    assert marks(tmp_path, "tense", "Led a team.", "Wrote a book.", bullet) == []


# --- person

PRONOUNS = {
    "ar": "أنا كتبت الدليل",
    "de": "Berichte, die ich kürzer gemacht habe.",
    "en": "Won with a service that I designed.",
    "es": "Escribí con mi equipo el manual.",
    "fr": "Rédigé le guide avec mes collègues.",
    "he": "כתבתי עם הצוות שלי",
    "ja": "私が書いたマニュアルを公開。",
    "ko": "제가 작성한 안내서 배포",
    "pt": "Escrevi o manual com a minha equipa.",
    "ru": "Написал с моей командой руководство.",
    "zh": "我撰写了手册。",
}
LOOKALIKES = {
    "de": ["ICH Q2 angewandt."],
    "en": ["Ran a Phase I trial.", "Moved US sites and I/O boards.", 'Wrote "My first river", a book.', "Sold MY Ltd."],
    "fr": ["Diplômé d'un MA de Lyon."],
    "ko": ["나타나는 문제 해결", "문제가 줄어듦"],
    "zh": ["编写自我检查程序。"],
}


@pytest.mark.parametrize("language", PRONOUNS)
def test_the_first_person_among_bullets_without_it(tmp_path: Path, language: str) -> None:
    others = [STRONG[language], PLAIN[language], *LOOKALIKES.get(language, [])]
    assert marks(tmp_path, "person", PRONOUNS[language], *others, language=language) == [PRONOUNS[language]]


def test_somebody_who_always_says_i_is_left_alone(tmp_path: Path) -> None:
    assert marks(tmp_path, "person", "I led eight people.", "I wrote two books.", "Sold tea.") == []


# --- dates


def periods(folder: Path, *entries: dict[str, Any], **sections: Any) -> list[str]:
    """What the rule says in August 2020."""
    profile = write(folder, {"work": list(entries)}, **sections)
    return [finding["message"] for finding in review(profile, "--only", "dates", now=AUGUST_2020)]


def test_two_jobs_at_once(tmp_path: Path) -> None:
    first, second = job(start="2015-01", end="2018-12", name="Fjord"), job(start="2018-01", end="2020-06")
    assert periods(tmp_path, second, first) == ["this overlaps with Fjord, Engineer by 1 year"]
    handed_over = job(start="2018-11", end="2020-06")
    assert periods(tmp_path, handed_over, first) == []
    years = job(start="2018", end="2020-06")
    assert periods(tmp_path, years, first) == [], "the two may have met in December"
    assert periods(tmp_path, {**second, "position": "Engineer, part-time"}, first) == []


def test_a_job_beside_a_degree_or_a_board_is_no_overlap(tmp_path: Path) -> None:
    degree = {"institution": "Leeds", "start": "2017-09", "end": "2019-06"}
    board = {"organization": "Alumni", "start": "2016-01", "end": "2020-01"}
    found = periods(tmp_path, job(start="2017-01", end="2020-01"), education=[degree], volunteer=[board])
    assert found == []


def test_a_gap_between_jobs_and_after_a_degree(tmp_path: Path) -> None:
    degree = {"institution": "Leeds", "start": "2010", "end": "2013-06"}
    first, second = job(start="2014-04", end="2015-12"), job(start="2018-01", end="present")
    found = periods(tmp_path, second, first, education=[degree])
    assert found == [
        "there is a gap of 2 years before this entry (2016-01 to 2017-12)",
        "there is a gap of 9 months before this entry (2013-07 to 2014-03)",
    ]


def test_the_time_since_the_last_job(tmp_path: Path) -> None:
    (found,) = periods(tmp_path, job(end="2019-12"), job(start="2015-01", end="2017-12", name="Fjord"))
    assert found == "there is nothing in the 7 months since this entry ended"
    course = {"institution": "Leeds", "start": "2020-01", "end": "2020-06"}
    assert periods(tmp_path, job(end="2019-12"), education=[course]) == []
    assert periods(tmp_path, job(end="2020-01")) == []
    assert periods(tmp_path, job(end="2019")) == periods(tmp_path, job(end="2019-12")), "the best is assumed"
    assert periods(tmp_path, education=[{**course, "end": "2020-01"}]) == [], "no job has ended"


@pytest.mark.parametrize("start", ["2016-06", "2016", "2015-12"])
def test_half_a_year_or_an_unknown_month_is_no_gap(tmp_path: Path, start: str) -> None:
    assert periods(tmp_path, job(start="2014-01", end="2015-12"), job(start=start, end="present")) == []


def test_positions_and_a_break_fill_time(tmp_path: Path) -> None:
    positions = [
        {"position": "Junior", "start": "2010-01", "end": "2012-06"},
        {"position": "Senior", "start": "2012-07", "end": "2014-12"},
    ]
    firm = {"name": "Fjord", "positions": positions}
    leave = {"title": "Breaks", "entries": [{"title": "Travel", "start": "2015-01", "end": "2016-12"}]}
    assert periods(tmp_path, job(start="2017-01", end="present"), firm, sections={"breaks": leave}) == []


def test_a_gap_before_an_entry_with_positions_has_its_line(tmp_path: Path) -> None:
    firm = {"name": "Fjord", "positions": [{"position": "Engineer", "start": "2018", "end": "2025-12"}]}
    profile = write(tmp_path, {"work": [firm, job(start="2010", end="2014")]})
    (gap,) = review(profile, "--only", "dates")
    assert gap["line"] == line_of(profile.read_text("utf-8"), "name: Fjord")


def test_dates_are_marked_once_in_a_profile_of_two_languages(tmp_path: Path) -> None:
    texts = {"en": "Cut costs by 12 %.", "zh": "将成本降低 12%。"}
    first = job(start="2010-01", end="2012-01")
    second = {**job(start="2014-01"), "highlights": [{"text": texts}]}
    assert len(periods(tmp_path, second, first)) == 1


# --- abbreviations


def test_an_abbreviation_is_marked_where_it_comes_first(tmp_path: Path) -> None:
    assert marks(tmp_path, "abbreviation", GOOD, "Won AEO status.", "Kept AEO status.") == ["Won AEO status."]


@pytest.mark.parametrize(
    "bullet",
    [
        "Taught Advanced Life Support (ALS) to 40 nurses.",
        "Taught ALS (advanced life support) to 40 nurses.",
        "Wrote 40 pages in HTML for the NHS.",
        "Audited to BS 7671, ICH Q2 and IEC 62304.",
        "Measured with ICP-MS and SAP R/3.",
        "Opened rights to aid (RSA, APL, AAH) for 90 people.",
        "LED ALL SHIFTS AND CUT WASTE.",
        "Calculated grids in PSS SINCAL.",
        "Drew 40 processes in XYZ Designer.",
        "Coded 90 interviews in MAXQDA.",
    ],
)
def test_what_needs_no_spelling_out(tmp_path: Path, bullet: str) -> None:
    assert marks(tmp_path, "abbreviation", bullet) == []


def test_several_abbreviations_of_one_bullet_are_one_finding(tmp_path: Path) -> None:
    profile = write(tmp_path, {"work": [job("Competent in CRRT and ECMO.", "Cut CLABSI from 3 to 1.")]})
    first, second = review(profile, "--only", "abbreviation")
    assert (first["words"], second["words"]) == ("CRRT, ECMO", "CLABSI")
    assert first["message"] == "'CRRT' and 'ECMO' are never spelled out"
    assert "CRRT, ECMO: Competent in" in run_review(profile, "--only", "abbreviation").out


def test_terms_of_the_skills_and_explanations_elsewhere_count(tmp_path: Path) -> None:
    skills = [{"name": "Safety", "keywords": ["COSHH"]}]
    bullets = job("Kept the COSHH file.", "Wrote RAMS.", "Wrote method statements (RAMS) for 11 sites.")
    assert review(write(tmp_path, {"work": [bullets], "skills": skills}), "--only", "abbreviation") == []


@pytest.mark.parametrize(
    ("language", "bullet"), [("zh", "完成 HILS 测试台的搭建。"), ("ru", "Внедрил СЭД в 4 отделах.")]
)
def test_abbreviations_in_other_scripts(tmp_path: Path, language: str, bullet: str) -> None:
    assert marks(tmp_path, "abbreviation", bullet, language=language) == [bullet]


# --- the same verb

REPEATED = {
    "ar": ["كتبت دليلا", "خفضت التكاليف"],
    "de": ["Berichte erstellt.", "Team geleitet."],
    "en": ["Wrote a guide.", "Led a team."],
    "es": ["Diseñé un puente.", "Dirigí un equipo."],
    "fr": ["A rédigé un guide.", "A dirigé une équipe."],
    "he": ["כתבתי מדריך", "ניהלתי צוות"],
    "pt": ["Criei um curso.", "Liderei uma equipa."],
    "ru": ["Разработал систему.", "Руководил отделом."],
    "zh": ["编写手册。", "设计电源板。"],
}


@pytest.mark.parametrize("language", REPEATED)
def test_a_verb_in_five_bullets(tmp_path: Path, language: str) -> None:
    often, once = REPEATED[language]
    assert len(marks(tmp_path, "verb", *[often] * 5, once, language=language)) == 1
    assert marks(tmp_path, "verb", *[often] * 4, once, language=language) == []


def test_nouns_are_no_verbs_that_repeat(tmp_path: Path) -> None:
    assert marks(tmp_path, "verb", *["Budgets of £2M."] * 5) == []
    assert marks(tmp_path, "verb", *["The team of two."] * 5) == []


# --- claims in the summary

SUMMARIES = {
    "ar": ("خبرة 40 سنة في المطاعم", "خبرة 5 سنوات في المطاعم"),
    "de": ("Köchin mit 40 Jahren Erfahrung.", "Köchin mit fünf Jahren Erfahrung."),
    "en": ("Chef with forty years in kitchens.", "Chef with 5 years in kitchens."),
    "es": ("Cocinera con 40 años de experiencia.", "Cocinera con cinco años de experiencia."),
    "fr": ("Cuisinière, 40 ans de pratique.", "Cuisinière, cinq ans de pratique."),
    "he": ("טבחית עם 40 שנים של ניסיון", "טבחית עם 5 שנות ניסיון"),
    "ja": ("料理人として40年の経験。", "料理人として5年の経験、2018年から。"),
    "ko": ("40년 경력의 요리사.", "5년 경력의 요리사."),
    "pt": ("Cozinheira com 40 anos de experiência.", "Cozinheira com cinco anos de experiência."),
    "ru": ("Повар, 40 лет опыта.", "Повар, пять лет опыта."),
    "zh": ("四十年餐饮经验。", "五年餐饮经验，2018年起独立负责。"),
}


@pytest.mark.parametrize("language", SUMMARIES)
def test_years_beyond_the_dates(tmp_path: Path, language: str) -> None:
    for summary, expected in zip(SUMMARIES[language], (1, 0), strict=True):
        profile = write(tmp_path, {"language": language, "work": [job(STRONG[language])]})
        content = yaml.safe_load(profile.read_text("utf-8"))
        content["basics"]["summary"] = summary
        assert len(review(write(tmp_path, content), "--only", "claim")) == expected, summary


STRENGTHS = {
    "ar": ("أمتلك مهارات قيادية", "أدرت فريقا من 8 موظفين"),
    "de": ("Führungsstarke Köchin.", "Team von acht geleitet."),
    "en": ("A natural leader.", "Headed a brigade of 8."),
    "es": ("Liderazgo y calma.", "Dirigí un equipo de 8."),
    "fr": ("Un vrai leadership.", "Encadré une équipe de 8."),
    "he": ("בעלת כושר מנהיגות", "ניהלתי צוות של 8 עובדים"),
    "ja": ("リーダーシップがあります。", "8名のチームを率い、工数を30%削減。"),
    "ko": ("리더십이 있습니다.", "8명의 팀을 이끌어 비용 절감"),
    "pt": ("Liderança e calma.", "Liderei uma equipa de 8."),
    "ru": ("Лидерские качества.", "Руководил отделом из 8 человек."),
    "zh": ("具有领导力。", "带领 8 人团队。"),
}


@pytest.mark.parametrize("language", STRENGTHS)
def test_a_strength_that_no_bullet_shows(tmp_path: Path, language: str) -> None:
    summary, shown = STRENGTHS[language]
    basics = {"name": "Wei Lin", "summary": summary}
    for bullets, expected in ((["X 12 %."], 1), (["X 12 %.", shown], 0)):
        entry = {"name": "Halyard", "start": "2018", "highlights": bullets}
        profile = write(tmp_path, {"basics": basics, "language": language, "work": [entry]})
        assert len(review(profile, "--only", "claim")) == expected, bullets


def test_a_name_that_only_the_summary_has(tmp_path: Path) -> None:
    basics = {"name": "Wei Lin", "summary": "I build B2B systems on PostgreSQL, Kubernetes and AWS."}
    profile = write(tmp_path, {"basics": basics, "work": [job("Ran 4 TB in PostgreSQL.")], "skills": [{"name": "aws"}]})
    assert review(profile, "--only", "claim") == []
    profile = write(tmp_path, {"basics": basics, "work": [job("Ran 4 TB in a database.")]})
    assert [finding["text"] for finding in review(profile, "--only", "claim")] == ["PostgreSQL", "AWS"]


# --- hints on what parsers do not know


@pytest.mark.parametrize(
    ("title", "better"),
    [
        ("charge nurse", "Charge Nurse"),
        ("Senior software engineer", "Senior Software Engineer"),
        ("HEAD OF NURSES", "Head of Nurses"),
        ("ceo", "CEO"),
        ("head of e-commerce, online and shop", "Head of e-commerce, online and shop"),
        ("Registered Nurse", ""),
        ("Barista", ""),
    ],
)
def test_a_title_in_small_letters_is_a_hint(tmp_path: Path, title: str, better: str) -> None:
    """A title without any word for a job stays: no other spelling of it would be known."""
    profile = write(tmp_path, {"work": [job(GOOD, position=title)]})
    found = review(profile, "--only", "parser")
    assert [(one["text"], one["severity"]) for one in found] == ([(title, "notice")] if better else [])
    assert all(one["hint"].endswith(f"words: {better!r}") for one in found)


@pytest.mark.parametrize(
    ("degree", "hint"),
    [
        ({"study_type": "bachelor of science"}, "'Bachelor of Science'"),
        ({"study_type": "Diplom", "area": "Physics"}, "if it is one of these degrees, say so"),
        ({"study_type": "Licence (Bachelor)"}, ""),
        ({"study_type": "M.Sc."}, ""),
        ({"study_type": "MPhil"}, ""),
        ({"area": "Master of Arts"}, ""),
        ({}, ""),
    ],
)
def test_a_degree_without_a_known_word_is_a_hint(tmp_path: Path, degree: dict[str, str], hint: str) -> None:
    profile = write(tmp_path, {"education": [{"institution": "Mile College", **degree, "end": "2020"}]})
    found = review(profile, "--only", "parser")
    assert [one["text"] for one in found] == ([", ".join(degree.values())] if hint else [])
    assert all(hint in one["hint"] for one in found)


@pytest.mark.parametrize(
    ("dates", "hint"),
    [
        ({"start": "Q1 2019", "end": "2021"}, "write months"),
        ({"start": "2019", "end": "2020/21"}, "write months"),
        ({"date": "Michaelmas term 2022"}, "write months"),
        ({"date": "until 2019"}, "as in 2012 – 2015"),
        ({"date": ["2019", "2021"]}, "an entry for each date"),
        ({"start": "2019"}, ""),
        ({"date": "Summer 2020"}, ""),
        ({"start": "2022", "end": "expected 2027"}, ""),
        ({"start": "2020-03-05", "end": "05/2024"}, ""),
    ],
)
def test_a_date_in_an_unknown_form_is_a_hint(tmp_path: Path, dates: dict[str, Any], hint: str) -> None:
    entry = {"name": "Halyard", "position": "Engineer", **dates, "highlights": [GOOD]}
    found = review(write(tmp_path, {"work": [entry]}), "--only", "parser")
    assert len(found) == bool(hint)
    assert all(hint in one["hint"] for one in found)


def test_titles_of_positions_are_read_and_those_of_volunteers_and_other_languages_are_not(tmp_path: Path) -> None:
    positions = [{"position": "shift lead", "start": "2020"}, {"position": "Nurse", "start": "2018", "end": "2020"}]
    volunteer = [{"organization": "Red Cross", "position": "driver", "start": "2019"}]
    profile = {"work": [{"name": "Mile Clinic", "positions": positions}], "volunteer": volunteer}
    assert [one["text"] for one in review(write(tmp_path, profile), "--only", "parser")] == ["shift lead"]
    assert review(write(tmp_path, {**profile, "language": "de"}), "--only", "parser") == []
