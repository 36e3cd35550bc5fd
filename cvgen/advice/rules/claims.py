"""The rule about claims in the summary that nothing else in the CV shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.advice.cv_text import CvText, EntryText, Passage
from cvgen.advice.remark import Remark
from cvgen.advice.vocabulary import Vocabulary, load_plain_abbreviations, load_vocabulary
from cvgen.examine.finding import shorten
from cvgen.model.sections import OWN, Occupies

_NAME = re.compile(r"(?<![\w.])(?:[A-Za-z]*[a-z][A-Z]\w*|[A-Z]{2,}\d*s?|[A-Za-z]+[+#]+|[A-Za-z]+\d+\w*)(?!\w|\.\w)")
"""A name that its letters give away: PostgreSQL, AWS, C++, K8s."""
_MOST_NAMES = 50
"""The most names of a summary that are looked up; real summaries have a handful."""
_TOLERANCE = 1
"""How many years people round up."""


def mark_claims(cv: CvText) -> Iterator[Remark]:
    """Years of experience beyond the dates, strengths that no bullet shows, and names that only the summary has."""
    vocabulary = load_vocabulary(cv.language)
    texts = [text.text for entry in cv.entries for text in (*entry.bullets, *entry.texts)]
    if not texts:
        return
    for summary in cv.summaries:
        if vocabulary:
            yield from _mark_years(cv, summary, vocabulary)
            yield from _mark_strengths(summary, texts, vocabulary)
        yield from _mark_names(summary, texts)


def _mark_years(cv: CvText, summary: Passage, vocabulary: Vocabulary) -> Iterator[Remark]:
    first = _find_first_year(cv)
    if first is None or vocabulary.years is None:
        return
    shown = cv.today[0] - first + _TOLERANCE
    for match in vocabulary.years.finditer(summary.text):
        digits, word = match.groups()
        if (int(digits) if digits else vocabulary.numbers[word.casefold()]) > shown:
            yield Remark(
                f"the summary says {shorten(match[0])}, but the first job or project begins in {first}",
                "correct the number, or add what came before",
                summary.location,
                match[0],
            )


def _find_first_year(cv: CvText) -> int | None:
    """The year in which the first job, project or volunteer work began; None without dates."""
    spans = [entry.span for entry in cv.entries if entry.span and _is_experience(entry)]
    years = [date.year for span in spans if (date := span.start or span.end) and date.year]
    return min(years, default=None)


def _is_experience(entry: EntryText) -> bool:
    """Whether the entry lasts for a time and is not a degree."""
    return entry.row is OWN or (entry.row.is_ongoing and entry.occupies is not Occupies.YEARS)


def _mark_strengths(summary: Passage, texts: list[str], vocabulary: Vocabulary) -> Iterator[Remark]:
    for claim in vocabulary.claims:
        said = claim.said.search(summary.text)
        if said and not any(claim.shown_by.search(text) for text in texts):
            yield Remark(
                f"the summary claims {shorten(said[0])}, but no bullet shows it",
                "add a bullet that shows it, or leave the claim out",
                summary.location,
                said[0],
            )


def _mark_names(summary: Passage, texts: list[str]) -> Iterator[Remark]:
    rest = "\n".join(texts).casefold()
    for name in list(dict.fromkeys(_NAME.findall(summary.text)))[:_MOST_NAMES]:
        if name not in load_plain_abbreviations() and name.casefold().removesuffix("s") not in rest:
            yield Remark(
                f"the summary names {name!r}, but nothing else in the CV mentions it",
                "say in a bullet what you did with it, or add it to the skills",
                summary.location,
                name,
            )
