"""Postings in running text: requirements inside sentences, without headings or lists, in four languages."""

from __future__ import annotations

import pytest
from careers import Line, is_named

from cvgen.posting.posting import cut_posting
from cvgen.posting.posting_term import Importance
from cvgen.posting.posting_terms import find_posting_terms
from cvgen.posting.profile_words import ProfileWords

FRENCH = """\
Assistant de service social (H/F)
Centre hospitalier des Trois-Rivières – Vallerange

Le service social du centre hospitalier accompagne chaque année 3 000 patients et leurs familles.

Titulaire du diplôme d'État d'assistant de service social, vous avez une première expérience en milieu hospitalier et
vous connaissez bien les dispositifs de protection juridique des majeurs ainsi que l'allocation personnalisée
d'autonomie. Le droit des étrangers n'a pas de secret pour vous. La pratique du logiciel Easily est demandée. Le permis
B est indispensable. Une formation à l'entretien motivationnel ou la pratique de la langue des signes serait un vrai
plus, et une expérience de la précarité sera appréciée.

Nous offrons un CDI, 25 jours de congés et une crèche. Adressez votre candidature avant le 3 mai.
"""
GERMAN = """\
Teamleitung Wareneingang (m/w/d)
Nordkai Logistik GmbH, Wilhelmsfelde

Wir sind ein Familienunternehmen mit 250 Beschäftigten und lagern Ersatzteile für die Landtechnik.

Sie haben eine abgeschlossene Ausbildung zur Fachkraft für Lagerlogistik und bringen Erfahrung in der Personalführung
mit. Mit einem Lagerverwaltungssystem wie SAP EWM kennen Sie sich aus, und der Umgang mit MS Excel ist Ihnen vertraut.
Außerdem besitzen Sie einen Staplerschein. Wer zu uns passt, kann Schichtpläne erstellen und beherrscht die
Inventurplanung. Von Vorteil sind Erfahrungen mit Kaizen; Polnisch ist ein Plus.

Wir bieten 30 Tage Urlaub und ein Jobrad.
"""
SPANISH = """\
Auxiliar de enfermería geriátrica
Residencia Los Olmos, Villafranca del Río

Buscamos a una persona con al menos dos años de experiencia en geriatría. Es imprescindible saber manejar grúas, y
conocer los protocolos de prevención de úlceras por presión. Debes tener conocimientos de demencias, así como soltura
con el programa ResiPlus. También pedimos carné de manipulador de alimentos. Se valorará haber trabajado en cuidados
paliativos y tener nociones de catalán.
"""
PORTUGUESE = """\
Técnico de manutenção elétrica
Moinhos do Vouga

Procuramos alguém com curso técnico de eletromecânica e pelo menos três anos de experiência em manutenção industrial.
Deves saber programar autómatos Siemens e interpretar esquemas elétricos. Precisas de carta de condução. Conhecimentos
de pneumática serão valorizados, e o inglês técnico é uma mais-valia.
"""
CASES = {
    "fr": (
        FRENCH,
        "diplôme d'État d'assistant de service social; milieu hospitalier; protection juridique des majeurs; "
        "allocation personnalisée d'autonomie; droit des étrangers; Easily; permis B",
        "entretien motivationnel; langue des signes; précarité",
    ),
    "de": (
        GERMAN,
        "Fachkraft für Lagerlogistik; Personalführung; Lagerverwaltungssystem; SAP EWM; MS Excel; Staplerschein; "
        "Schichtpläne; Inventurplanung",
        "Kaizen; Polnisch",
    ),
    "es": (
        SPANISH,
        "dos años; geriatría; grúas; prevención de úlceras por presión; demencias; ResiPlus; manipulador de alimentos",
        "cuidados paliativos; catalán",
    ),
    "pt": (
        PORTUGUESE,
        "eletromecânica; três anos; manutenção industrial; autómatos; esquemas elétricos; carta de condução",
        "pneumática; inglês",
    ),
}


@pytest.mark.parametrize("language", CASES)
def test_requirements_inside_sentences_are_found(language: str) -> None:
    text, must, nice = CASES[language]
    terms = find_posting_terms(cut_posting(text, language), ProfileWords([], [""], language))
    listed = {Importance.MUST: must, Importance.NICE: nice}
    named = {importance: [term.name for term in terms if term.importance is importance] for importance in listed}
    lines = {importance: [Line((one,)) for one in texts.split("; ")] for importance, texts in listed.items()}
    for importance, expected in lines.items():
        missed = [line.name for line in expected if not any(is_named(line, name) for name in named[importance])]
        assert missed == [], importance
    every = [line for expected in lines.values() for line in expected]
    others = [name for names in named.values() for name in names if not any(is_named(line, name) for line in every)]
    assert len(others) <= 1, others


def test_a_paragraph_about_the_employer_asks_for_nothing() -> None:
    text = "Cook\n\nHarbour Inn is an old house. It won a star for game dishes. We need someone with a fish knife.\n"
    terms = find_posting_terms(cut_posting(text, "en"), ProfileWords([], [""], "en"))
    assert [term.name for term in terms if term.is_required] == ["fish knife"]


def test_a_capital_abbreviation_is_no_title_before_a_name() -> None:
    text = "Buchhalter\n\nIhr Profil\n- MS Excel\n- Frau Weber kennen\n"
    terms = find_posting_terms(cut_posting(text, "de"), ProfileWords([], [""], "de"))
    assert [term.name for term in terms] == ["MS Excel"]


def test_a_verb_alone_is_no_term_and_a_permission_is_named_whole() -> None:
    text = "Cook\n\nYou need\n- train and coach new staff\n- first aid\n\nYou must have the right to work in the UK.\n"
    terms = find_posting_terms(cut_posting(text, "en"), ProfileWords([], [""], "en"))
    assert {term.name for term in terms} == {"coach new staff", "first aid", "right to work in the UK"}
