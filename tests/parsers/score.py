"""Compares what a parser or a reader found with what the document says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.fields import Field, read_answer


@dataclass(frozen=True, slots=True)
class Score:
    """How many fields were found alone, with other text glued to them, and not at all."""

    exact: int
    glued: int
    missed: tuple[Field, ...]
    jobs: int
    """The jobs that are an entry of their own in the answer."""
    jobs_asked: int

    @property
    def asked(self) -> int:
        """All fields."""
        return self.exact + self.glued + len(self.missed)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.exact + other.exact,
            self.glued + other.glued,
            self.missed + other.missed,
            self.jobs + other.jobs,
            self.jobs_asked + other.jobs_asked,
        )


NOTHING = Score(0, 0, (), 0, 0)


def even(text: str) -> str:
    """``text`` with plain spaces and quotes, as it is compared; a missing space stays a difference."""
    text = re.sub(r"[\s\u00a0\u2009\u202f]+", " ", text).replace("’", "'")
    return text.strip(" ,;|·•■–-").casefold()


def score_answer(wanted: Sequence[Field], answer: Mapping[str, Any]) -> Score:
    """How much of ``wanted`` a parser's ``answer`` has, each text under its own name."""
    found: dict[str, list[str]] = {}
    for field in read_answer(answer):
        found.setdefault(field.name, []).append(even(field.text))
    exact, glued, missed = 0, 0, []
    for field in wanted:
        text, texts = _plain(field), [_plain(Field(field.name, text)) for text in found.get(field.name, ())]
        if text in texts:
            exact += 1
        elif any(_has_words(one, text) for one in texts):
            glued += 1
        else:
            missed.append(field)
    companies = [even(field.text) for field in wanted if field.name == "jobs.company"]
    return Score(exact, glued, tuple(missed), _count_separate(companies, answer.get("jobs") or ()), len(companies))


def _plain(field: Field) -> str:
    """The text that is compared; a parser may leave out the code of the country."""
    return re.sub(r"\D", "", field.text)[-10:] if field.name == "phone" else even(field.text)


def _has_words(text: str, words: str) -> bool:
    """Whether ``words`` are in ``text``, and not a part of longer words."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _count_separate(companies: Iterable[str], jobs: Iterable[Mapping[str, Any]]) -> int:
    """The companies, each counted once for each job there, of which an entry of the answer names one and no other."""
    left = list(companies)
    for job in jobs:
        named = [company for company in set(left) if _has_words(even(str(job.get("company") or "")), company)]
        if len(named) == 1:
            left.remove(named[0])
    return len(list(companies)) - len(left)


def score_text(wanted: Sequence[Field], text: str) -> Score:
    """How many of ``wanted`` are in a reader's ``text`` word for word, over line ends; none counts as glued."""
    whole = even(re.sub(r"[-\u2010]\n(?=\w)", "-", text))
    missed = tuple(field for field in wanted if not _has_words(whole, even(field.text)))
    return Score(len(wanted) - len(missed), 0, missed, 0, 0)
