"""Runs the table of rules on the texts of a career."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cvgen.advice.cv_text import CvText
from cvgen.advice.rules.table_of_rules import RULES, Rule
from cvgen.diagnostics import Problem, Severity, notice, warn
from cvgen.examine.finding import Finding


@dataclass(frozen=True, slots=True)
class ReviewFinding(Finding):
    """A Finding of a rule, which ``check`` names, with the text that it marks; empty if it marks no single text.

    ``words`` are those of the text that the finding is about; empty for its first words.
    """

    quote: str = ""
    words: str = ""
    is_quoted: bool = False
    """Whether the message contains ``quote``."""

    @property
    def is_hint(self) -> bool:
        """Whether it only informs, so that nothing has to be done."""
        return self.problem.severity is Severity.NOTICE


def review_texts(cvs: Iterable[CvText], rules: Mapping[str, Rule] = RULES) -> tuple[ReviewFinding, ...]:
    """What the ``rules`` mark in each language of a career, in the order of the file."""
    found = [finding for cv in cvs for finding in _review_language(cv, rules)]
    return tuple(sorted(dict.fromkeys(found), key=_place))


def _review_language(cv: CvText, rules: Mapping[str, Rule]) -> Iterator[ReviewFinding]:
    for name, rule in rules.items():
        if rule.judges(cv.language):
            for remark in rule.mark(cv):
                say = notice if rule.is_hint else warn
                problem = say(remark.message, remark.location, remark.hint, kind=rule.summary, entry=remark.entry)
                yield ReviewFinding(name, problem, remark.page, remark.quote, remark.words, rule.names_quote)


def _place(finding: ReviewFinding) -> tuple[int, int]:
    problem: Problem = finding.problem
    place = problem.location
    return (place.line or 0, place.column or 0) if place else (0, 0)
