"""Every rule, by the name that its findings carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cvgen.advice.cv_text import CvText
from cvgen.advice.remark import Remark
from cvgen.advice.rules.claims import mark_claims
from cvgen.advice.rules.parsed_words import mark_unknown_words
from cvgen.advice.rules.periods import mark_periods
from cvgen.advice.rules.printed_bullets import mark_lonely_words, mark_long_bullets
from cvgen.advice.rules.tense import mark_tenses
from cvgen.advice.rules.unexplained_abbreviations import mark_abbreviations
from cvgen.advice.rules.wording import mark_first_person, mark_missing_results, mark_openings, mark_repeated_verbs
from cvgen.model.language_files import LanguageFile, list_languages_with

ALL_LANGUAGES = frozenset(list_languages_with(LanguageFile.REVIEW))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it does, what several findings of it have in common, and the languages in which it judges.

    ``summary`` follows a number of texts: ``3 bullets`` + ``have no number and no result``. In other languages the rule
    says nothing. ``reads_page`` is whether it needs the printed page, ``names_quote`` whether its messages contain the
    text that is marked, ``is_hint`` whether what it marks may be as it should be, so that nothing has to be done.
    """

    mark: Callable[[CvText], Iterator[Remark]]
    summary: str
    languages: frozenset[str] = ALL_LANGUAGES
    reads_page: bool = False
    names_quote: bool = False
    is_hint: bool = False

    def judges(self, language: str) -> bool:
        """Whether the rule judges texts in ``language``."""
        return language.split("-")[0] in self.languages


RULES: Mapping[str, Rule] = {
    "dates": Rule(mark_periods, "have a date that overlaps or leaves a gap"),
    "opening": Rule(mark_openings, "begin by saying that you were there, not what you did"),
    "outcome": Rule(mark_missing_results, "have no number and no result", names_quote=True),
    "tense": Rule(mark_tenses, "have a verb in a different form from the rest of the entry",
                  ALL_LANGUAGES - {"ar", "he", "zh"}),
    "person": Rule(mark_first_person, "have a pronoun of the first person"),
    "abbreviation": Rule(mark_abbreviations, "have an abbreviation that is never spelled out"),
    "verb": Rule(mark_repeated_verbs, "have a verb that is used too often", ALL_LANGUAGES - {"ja", "ko"},
                 names_quote=True),
    "claim": Rule(mark_claims, "claim something that nothing else shows", names_quote=True),
    "parser": Rule(mark_unknown_words, "are not known to résumé parsers", frozenset({"en"}), names_quote=True,
                   is_hint=True),
    "length": Rule(mark_long_bullets, "take more than three lines on the page", reads_page=True),
    "last-line": Rule(mark_lonely_words, "have only a word or two on their last line", reads_page=True),
}  # fmt: skip
"""In the order in which an entry's findings are printed."""
