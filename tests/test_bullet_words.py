"""What the words of a bullet say about its strength, in eleven languages."""

from __future__ import annotations

import json

import pytest

from cvgen.model.language_files import LanguageFile, find_file, known_languages, list_languages_with
from cvgen.model.signs import WEAK, Sign
from cvgen.select.bullet_words import find_signs

WEAK_BULLETS = {
    "ar": ["شاركت في الاجتماعات الأسبوعية", "مسؤول عن مهام متنوعة", "والمساعدة في الأرشفة عند الحاجة"],
    "de": ["Teilnahme an Teambesprechungen", "Zuständig für diverse Aufgaben", "An Messen teilgenommen."],
    "en": ["Took part in weekly meetings", "I also helped with events", "Responsible for various tasks."],
    "es": ["Participé en reuniones semanales", "Responsable de diversas tareas", "Apoyo al equipo en el día a día"],
    "fr": ["Participation aux réunions", "J’ai aidé mes collègues", "Chargée de tâches diverses"],
    "he": ["השתתפתי בישיבות צוות", "אחראי על משימות שונות", "עזרה לצוות לפי הצורך"],
    "ja": ["毎週の会議に参加。", "様々な業務を担当した", "書類整理の補助"],
    "ko": ["주간 회의 참석", "각종 업무 지원", "다양한 업무를 수행"],
    "pt": ["Participei em reuniões semanais", "Responsável por tarefas diversas", "Apoio à equipa no dia a dia"],
    "ru": ["Участвовал в совещаниях", "Отвечал за различные задачи", "Помощь коллегам при необходимости"],
    "zh": ["参加部门每周例会", "协助同事完成各项工作", "负责日常文档的整理"],
}
STRONG_BULLETS = {
    "ar": ("خفضت التكاليف بنسبة ١٥٪ وأسست فريقا", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "de": ("Ausschuss um 12 % gesenkt und ein Team aufgebaut", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "en": ("Led twelve nurses and cut falls by a third", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "es": ("Dirigí un equipo de 8 personas y reduje los costes", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "fr": ("Dirigé une équipe de 8 personnes, délais réduits de moitié", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "he": ("ניהלתי צוות של 8 עובדים, שיפור של 20%", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "ja": ("5名のチームを率い、工数を30%削減", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "ko": ("팀을 이끌어 비용을 20% 절감", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "pt": ("Liderei uma equipa de 8 pessoas e reduzi custos", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "ru": ("Руководил командой из 8 человек, сократил расходы", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
    "zh": ("带领 7 人团队，成本降低 20%", {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE}),
}


def signs(text: str, language: str) -> set[Sign]:
    return {found.sign for found in find_signs(text, language)}


@pytest.mark.parametrize("language", WEAK_BULLETS)
def test_weak_bullets_are_known_in_each_language(language: str) -> None:
    for text in WEAK_BULLETS[language]:
        found = signs(text, language)
        assert found & WEAK, text
        assert not found & {Sign.NUMBER, Sign.OUTCOME}, text


@pytest.mark.parametrize("language", STRONG_BULLETS)
def test_strong_bullets_are_known_in_each_language(language: str) -> None:
    text, expected = STRONG_BULLETS[language]
    assert signs(text, language) == expected


def test_each_language_of_documents_has_a_vocabulary_with_all_keys() -> None:
    files = {name: find_file(name, LanguageFile.BULLETS) for name in list_languages_with(LanguageFile.BULLETS)}
    assert set(STRONG_BULLETS) == set(files) <= set(known_languages())
    keys = {name: list(json.loads(file.read_text("utf-8"))) for name, file in files.items()}
    assert len({tuple(one) for one in keys.values()}) == 1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Cut the bill by 29 % in 2022", ["29"]),
        ("Audited to ISO 9001, IEC 62366-1 and WCAG 2.2", []),
        ("Trained staff through their Level 3 award", []),
        ("Programmed S7-1500 and SAP S/4HANA with Python 3", []),
        ("Saved £48,000 with 22 suppliers", ["48,000", "22"]),
        ("Raised $2M for 5 sites since 2019", ["2", "5"]),
        ("将延迟从 4.2 ms 降到 0.6 ms", ["4.2", "0.6"]),
        ("累计装车62万台", ["62"]),
    ],
)
def test_years_and_numbers_of_names_are_no_quantities(text: str, numbers: list[str]) -> None:
    language = "zh" if not text.isascii() and "£" not in text else "en"
    assert [found.words for found in find_signs(text, language) if found.sign is Sign.NUMBER] == numbers


def test_a_sign_has_its_words_and_their_place() -> None:
    text = "I also took part in meetings"
    found = {one.sign: one for one in find_signs(text, "en")}
    assert found[Sign.WEAK_OPENING].words == "took part"
    assert text[found[Sign.WEAK_WORDS].start :] == "meetings"


@pytest.mark.parametrize(
    "text", ["Fitted LED lights", "Wrote to developers and designers", "Kept theatres running", "Half-timbered house"]
)
def test_words_that_only_look_like_signs(text: str) -> None:
    assert not signs(text, "en") & {Sign.OUTCOME, Sign.SCOPE, Sign.WEAK_OPENING}


def test_a_language_without_vocabulary_has_numbers() -> None:
    assert signs("Gestito 12 cantieri", "it") == {Sign.NUMBER}
