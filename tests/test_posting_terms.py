"""What a posting asks for: requirements by their headings and sentences, their kinds, abbreviations, languages."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from cvgen.pipeline.match import PostingMatch, match_posting
from cvgen.pipeline.request import Request
from cvgen.posting.abbreviation_pairs import find_pairs
from cvgen.posting.coverage import TermFinder, TermStatus
from cvgen.posting.posting import cut_posting
from cvgen.posting.posting_term import Importance, PostingTerm
from cvgen.posting.posting_terms import find_posting_terms
from cvgen.posting.profile_words import ProfileWords
from cvgen.posting.term_kinds import TermKind
from cvgen.sources.posting_file import read_posting_stream


def read_terms(text: str, profile: str = "", language: str = "en") -> list[PostingTerm]:
    return find_posting_terms(cut_posting(text, language), ProfileWords([], [profile], language))


def names_of(terms: list[PostingTerm], importance: Importance) -> set[str]:
    return {term.name for term in terms if term.importance is importance}


NURSE = """\
Senior Staff Nurse
Harbour Hospital, Leeds

We are a friendly hospital with 4,000 employees.

Main duties
- Lead a shift and take part in audit

Person Specification
Essential: current NMC registration; two years of critical care; Immediate Life Support (ILS); mentoring of students.
Desirable: experience of ECMO; a teaching qualification.

We offer a pension, a nursery and free parking. The post is subject to an enhanced DBS check.
"""


def test_labels_in_paragraphs_say_must_and_nice() -> None:
    terms = read_terms(NURSE)
    assert names_of(terms, Importance.MUST) == {
        "NMC registration", "two years", "critical care", "Immediate Life Support", "mentoring of students",
        "enhanced DBS check",
    }  # fmt: skip
    assert names_of(terms, Importance.NICE) == {"ECMO", "teaching qualification"}
    kinds = {term.name: term.kind for term in terms}
    assert kinds["NMC registration"] is TermKind.LICENCE
    assert kinds["two years"] is TermKind.YEARS
    assert kinds["enhanced DBS check"] is TermKind.CLEARANCE
    assert kinds["teaching qualification"] is TermKind.DEGREE


@pytest.mark.parametrize(
    ("language", "text", "must", "nice"),
    [
        ("de", "Ihr Profil:\n- Kenntnisse in Kostenrechnung, SQL wünschenswert\n- Idealerweise Erfahrung mit DATEV",
         {"Kostenrechnung"}, {"SQL", "DATEV"}),
        ("fr", "Votre profil :\n- Maîtrise du droit du travail\n- Un WMS serait un plus\n- Permis B",
         {"droit du travail", "Permis B"}, {"WMS"}),
        ("es", "Requisitos:\n- Dominio de SQL\nSe valorará:\n- Conocimientos de Python",
         {"SQL"}, {"Python"}),
        ("pt", "Requisitos\n- Conhecimentos de AutoCAD\nDesejável\n- Certificação PMP",
         {"AutoCAD"}, {"Certificação PMP"}),
        ("ru", "Требования:\n- Знание МСФО и РСБУ\nБудет плюсом:\n- Сертификат ACCA",
         {"МСФО", "РСБУ"}, {"Сертификат ACCA"}),
        ("zh", "任职要求：\n1. 熟悉 CAN FD、UDS 等协议\n加分项：\n- 有电机控制经验者优先",
         {"CAN FD", "UDS", "协议"}, {"电机控制"}),
        ("ja", "応募資格（必須）\n- Javaでの開発経験3年以上\n\n歓迎\n- 機械学習の知識",
         {"Java", "3年以上"}, {"機械学習"}),
        ("ko", "자격요건\n- Python과 SQL에 능숙하신 분\n\n우대사항\n- 머신러닝 경험", {"Python", "SQL"}, {"머신러닝"}),
        ("ar", "المتطلبات\n- خبرة في Java و Spring Boot\n\nيفضل\n- خبرة في Kubernetes", {"Java", "Spring Boot"},
         {"Kubernetes"}),
        ("he", "דרישות\n- היכרות עם Kubernetes\n\nיתרון\n- ניסיון ב Docker", {"Kubernetes"}, {"Docker"}),
    ],
)  # fmt: skip
def test_must_and_nice_in_every_language(language: str, text: str, must: set[str], nice: set[str]) -> None:
    posting = cut_posting(text + "\n", language)
    assert posting.language == language
    terms = find_posting_terms(posting, ProfileWords([], [], language))
    assert names_of(terms, Importance.MUST) == must
    assert names_of(terms, Importance.NICE) == nice


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("knowledge of BS 5839", "BS 5839"),
        ("SAP S/4HANA experience", "SAP S/4HANA"),
        ("CompTIA Security+", "CompTIA Security+"),
        ("permit-to-work routines", "permit-to-work routines"),
        ("a recent First Aid at Work certificate", "First Aid at Work certificate"),
        ("solid understanding of TCP/IP", "TCP/IP"),
        ("ISO 20022", "ISO 20022"),
        ("SOC 2", "SOC 2"),
        ("Protocol Buffers", "Protocol Buffers"),
        ("event-driven architecture", "event-driven architecture"),
        ("message queues", "message queues"),
        ("demand generation", "demand generation"),
        ("conversion", "conversion"),
        ("mentoring", "mentoring"),
        ("payments", "payments"),
        ("B2B", "B2B"),
        ("an A level in maths", "A level"),
        ("maths at A level", "A level"),
        ("CANopen or CAN", "CAN"),
    ],
)
def test_terms_keep_their_words_and_numbers(text: str, name: str) -> None:
    assert name in {term.name for term in read_terms(f"Requirements\n- {text}\n")}


@pytest.mark.parametrize(
    "text",
    [
        "About us\nWe love Python and Kubernetes.\n\nRequirements\n- Java",
        "Requirements\n- Java\n\nBenefits\n- Python lessons, Kubernetes mugs",
        "Requirements\n- Java\n\nSimilar jobs\n- Python and Kubernetes engineer",
        "Requirements\n- Java\n\nTo apply, send your Python and Kubernetes code.",
        "Requirements\n- Java\n- Salary of £60,000 a year",
    ],
)
def test_what_is_no_requirement(text: str) -> None:
    assert {term.name for term in read_terms(text + "\n")} == {"Java"}


PAGE = """<html><head><script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": ["JobPosting"], "title": "Baker",
 "hiringOrganization": {"@type": "Organization", "name": "Crumb & Sons"},
 "jobLocation": [{"@type": "Place", "address": {"addressLocality": "Truro", "addressRegion": "Cornwall"}}],
 "description": "&lt;p&gt;%s&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Sourdough&lt;/li&gt;&lt;/ul&gt;"}]}
</script></head><body><h1>Baker</h1><p>Sign in</p><div class="jobs-similar"><p>Butcher: HACCP</p></div></body></html>"""


def test_a_page_with_a_job_posting_gives_that() -> None:
    text = read_page(PAGE % ("We bake through the night. " * 15))
    assert text.startswith("Baker\n\nCompany: Crumb & Sons\nLocation: Truro, Cornwall\n")
    assert "- Sourdough" in text
    assert "Sign in" not in text


def test_a_summary_in_a_job_posting_gives_the_page_without_what_is_similar() -> None:
    text = read_page((PAGE % "Short.").replace("Sign in", "We bake through the night. " * 15))
    assert "We bake" in text
    assert "HACCP" not in text
    assert "Sourdough" not in text


def test_sections_and_terms_with_names_of_a_page_are_lines_of_their_own() -> None:
    page = PAGE % ("We bake through the night. " * 15)
    text = read_page(page.replace('"title":', '"skills": [{"@type": "DefinedTerm", "name": "Laminating"}], "title":'))
    assert "Laminating" in text.splitlines() or "- Laminating" in text.splitlines()
    bare = read_page("<body><h1>Baker</h1><section>Sourdough</section><section>Laminating</section></body>")
    assert {"Sourdough", "Laminating"} <= set(bare.splitlines())


def read_page(page: str) -> str:
    return read_posting_stream(BytesIO(page.encode()), "job.html")


PROFILE = """\
basics: {name: Wei Lin, summary: I manage Advanced Life Support courses.}
synonyms: {usability tests: [user trials]}
work:
  - {name: Halyard, position: Nurse, start: 2019-01, end: present, highlights: [Ran user trials., Kept the accounting.]}
education: [{institution: Elm, study_type: MSc, area: Nursing, end: 2018}]
languages: [{language: German, fluency: B1}, {language: English, fluency: native}]
"""


def match(tmp_path: Path, text: str, profile: str = PROFILE, today: date | None = date(2026, 1, 1)) -> PostingMatch:
    (tmp_path / "profile.yaml").write_text(profile, "utf-8")
    (tmp_path / "job.txt").write_text(text, "utf-8")
    return match_posting(Request(tmp_path / "profile.yaml"), tmp_path / "job.txt", None, today=today)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("5+ years of nursing in a hospital", True),
        ("at least nine years on a ward", False),
        ("a Bachelor's degree", True),
        ("a Master's degree", True),
        ("a PhD", False),
        ("English (C1)", True),
        ("German at B1", True),
        ("German at C1", False),
        ("German at B1 level", True),
        ("German at C1 level", False),
        ("German at B1 level or better", True),
        ("experience with usability tests", True),
        ("Advanced Life Support (ALS)", True),
    ],
)
def test_levels_and_other_names(tmp_path: Path, asked: str, found: bool) -> None:
    result = match(tmp_path, f"Requirements\n- {asked}\n- and one more thing to read\n")
    first = next(one for one in result.terms if one.term.kind is not TermKind.SKILL or found)
    assert (first.status is TermStatus.PRINTED) is found, first.term
    assert "B1 level" not in [one.term.name for one in result.terms]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("a Master's degree", False),
        ("a Bachelor's degree", True),
        ("a university degree", True),
        ("Bachelor oder Master", True),
        ("Masterabschluss", False),
        ("Bachelorabschluss", True),
        ("Laurea magistrale", False),
    ],
)
def test_a_bachelor_is_not_the_master_that_is_asked_for(tmp_path: Path, asked: str, found: bool) -> None:
    result = match(tmp_path, f"Requirements\n- {asked}\n- patience\n", PROFILE.replace("MSc", "BSc"))
    shown = [one.status is TermStatus.PRINTED for one in result.terms if one.term.kind is TermKind.DEGREE]
    assert any(shown) is found, result.terms


YEARS_PROFILE = """\
basics: {name: Nora Kemp}
work:
  - {name: Elm, position: Engineer, start: 2020-01, end: 2024-12, highlights: [Wrote the router in Go.]}
  - {name: Ash, position: Developer, start: 2014-01, end: 2019-12, highlights: [Kept the build in Java.]}
skills: [{name: Languages, keywords: [Go, Java, Rust]}]
"""


@pytest.mark.parametrize(
    ("asked", "note"),
    [
        pytest.param("5+ years of Go", "", id="as-long"),
        pytest.param("6 years of hands-on experience with Go", "the jobs that mention Go: 5 years", id="shorter"),
        pytest.param("11 years of experience in Java or Go", "", id="any-of-two"),
        pytest.param("12 years of experience in Java or Go", "the jobs that mention Java or Go: 11 years", id="two"),
        pytest.param("8 years of experience with Rust", "", id="no-job-mentions-it"),
        pytest.param("at least 12 years", "your jobs: 11 years", id="all-jobs"),
        pytest.param("between 11 and 15 years", "", id="a-range-in-words"),
        pytest.param("12 to 15 years", "your jobs: 11 years", id="another-range"),
    ],
)
def test_years_count_in_the_jobs_that_mention_their_subject(tmp_path: Path, asked: str, note: str) -> None:
    result = match(tmp_path, f"Requirements\n- {asked}\n- and one more thing to read\n", YEARS_PROFILE)
    (years,) = [one for one in result.terms if one.term.kind is TermKind.YEARS]
    assert (years.term.note, years.status) == (note, TermStatus.ABSENT if note else TermStatus.PRINTED)


def test_a_keyword_after_in_is_no_town(tmp_path: Path) -> None:
    profile = YEARS_PROFILE.replace("[Go, Java, Rust]", "[Power BI, Go]")
    text = "What you will do\n- Build dashboards in Power BI\n- Meet people in Munich\n"
    assert [one.term.name for one in match(tmp_path, text, profile).terms] == ["Power BI"]


def test_a_job_without_an_end_goes_on(tmp_path: Path) -> None:
    profile = YEARS_PROFILE.replace("start: 2020-01, end: 2024-12", "positions: [{position: Lead, start: 2000-01}]")
    profile = profile.replace("position: Engineer, ", "").replace("start: 2014-01, end: 2019-12", "start: 2001-01")
    result = match(tmp_path, "Requirements\n- 20 years of Go\n- 21 years of Java\n- 90 years\n", profile)
    notes = {one.term.name: one.term.note for one in result.terms if one.term.kind is TermKind.YEARS}
    assert (notes["20 years"], notes["21 years"]) == ("", "")
    assert float(notes["90 years"].removeprefix("your jobs: ").removesuffix(" years")) > 25


@pytest.mark.parametrize("asked", ["12 years of development", "Design and development of routers"])
def test_development_alone_is_no_term(tmp_path: Path, asked: str) -> None:
    profile = YEARS_PROFILE.replace("Kept the build", "Led the development")
    result = match(tmp_path, f"Requirements\n- {asked}\n- and one more thing to read\n", profile)
    assert "development" not in {one.term.name for one in result.terms}
    assert result.suggested is None or "development" not in result.suggested.priorities
    notes = [one.term.note for one in result.terms if one.term.kind is TermKind.YEARS]
    assert notes in ([], ["your jobs: 11 years"])


def test_a_posting_in_another_language(tmp_path: Path) -> None:
    result = match(
        tmp_path, "Ihr Profil:\n- Kenntnisse in Rechnungswesen\n- Englischkenntnisse und ein Staplerschein\n"
    )
    status = {one.term.name: one.status for one in result.terms}
    assert status == {
        "Rechnungswesen": TermStatus.PRINTED, "Englischkenntnisse": TermStatus.PRINTED,
        "Staplerschein": TermStatus.ABSENT,
    }  # fmt: skip
    assert result.suggested.priorities.keys() >= {"accounting"}


def test_a_term_and_its_part_are_named_once() -> None:
    terms = read_terms("Requirements\n- food safety\n- Level 3 food safety\n", "I know food safety.")
    assert [term.name for term in terms] == ["food safety"]


@pytest.mark.parametrize(
    ("asked", "typed"),
    [
        ("CPR", "Cardiopulmonary resuscitation"),
        ("Advanced Life Support", "ALS"),
        ("CRM", "customer relationship management"),
        ("DSGVO", "GDPR"),
        ("B2B", "business to business"),
    ],
)
def test_common_abbreviations_are_known(asked: str, typed: str, tmp_path: Path) -> None:
    profile = f"basics: {{name: Ana}}\nskills: [{{name: '{typed}'}}]\n"
    result = match(tmp_path, f"Senior colleague\n\nRequirements\n- {asked}\n", profile)
    assert [one.status for one in result.terms] == [TermStatus.PRINTED]


@pytest.mark.parametrize(
    "typed",
    [
        "Diplôme d'État d'aide-soignant (DEAS)",
        "Diplôme d’État de conseiller (DEC)",
        "Operatore dell'Area Sanitaria (OAS)",
        "École Supérieure des Âges (ESA)",
    ],
)
def test_accents_and_elided_words_are_not_in_abbreviations(typed: str) -> None:
    long, short = typed.rstrip(")").split(" (")
    assert list(find_pairs(f"Nous cherchons : {typed}.")) == [(short, long)]


@pytest.mark.parametrize(
    "typed", ["Pratique de l'anglais appréciée", "Bonne pratique de l'anglais", "Usage de l’anglais"]
)
def test_a_language_is_found_behind_what_one_does_with_it(typed: str, tmp_path: Path) -> None:
    profile = "language: fr\nbasics: {name: Ana}\nlanguages: [{language: Anglais, fluency: B1}]\n"
    result = match(tmp_path, f"Infirmier (H/F)\n\nProfil recherché :\n- {typed}\n", profile)
    assert [(one.term.kind, one.status) for one in result.terms] == [(TermKind.LANGUAGE, TermStatus.PRINTED)]


@pytest.mark.parametrize(("short", "is_known"), [("SAP", True), ("Sap", False)])
def test_only_capitals_abbreviate(short: str, is_known: bool) -> None:
    (term,) = read_terms(f"Requirements\n- Sales and Procurement ({short})\n", "I know Sales and Procurement.")[:1]
    assert (short in term.spellings) is is_known


def test_a_small_word_is_no_abbreviation(tmp_path: Path) -> None:
    profile = PROFILE.replace("I manage Advanced Life Support courses.", "Mehr als zehn Kurse.") + "language: de\n"
    result = match(tmp_path, "Ihr Profil:\n- Advanced Life Support (ALS)\n- Freude an der Arbeit\n", profile)
    assert [one.status for one in result.terms if "ALS" in one.term.spellings] == [TermStatus.ABSENT]


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("Zorble Data Mesh (ZDM) since 2015", "ZDM"),
        ("ZDM, that is, Zorble Data Mesh", "ZDM"),
        ("Zorble Data Mesh", "Zorble Data Mesh"),
    ],
)
def test_a_term_is_found_by_its_name_if_a_text_has_it_under_two(text: str, spelling: str) -> None:
    term = PostingTerm("ZDM", 1, Importance.MUST, ("zdm",), 0, others=("Zorble Data Mesh",))
    assert TermFinder([term], "en").find(text) == {"ZDM": spelling}
