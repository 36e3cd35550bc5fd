"""The words that the rules look for, by language: data, the file ``review`` of each language.

In a phrase, ``*`` at the start or the end of a word means any letters. Words of scripts without spaces are found
anywhere in a text. All are found in capitals or not, except ``first_person``: ``US`` is not ``us``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from cvgen.model.language_files import LanguageFile, find_file
from cvgen.select.tokens import IDEOGRAPHIC

_ABBREVIATIONS = resources.files("cvgen.advice") / "abbreviations.json"
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that people claim in a summary, and the words of bullets that show it."""

    said: re.Pattern[str]
    shown_by: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language. A pattern without words matches nothing."""

    first_person: re.Pattern[str]
    """Pronouns of the first person."""
    not_first_person: re.Pattern[str]
    """What looks like one: Phase I."""
    duty_openings: re.Pattern[str]
    """Weak openings that stay weak if numbers follow; at the start of a text."""
    lead_ins: frozenset[str]
    """Words before the verb that begins a bullet."""
    repeated: str
    """What is counted to find verbs that come too often: ``first word``, ``last word``, … or nothing."""
    function_words: frozenset[str]
    verbs_at: str
    """Where bullets have their verb: at the ``start`` or the ``end``; empty if its form says nothing."""
    not_verbs: frozenset[str]
    """Words that have the form of a verb, and are none."""
    noun_after: frozenset[str]
    """Words that make the one before a noun: ``support for``."""
    forms: Mapping[str, re.Pattern[str]]
    """The name of a form, such as ``past`` → the words that have it."""
    result_clauses: re.Pattern[str]
    """How a sentence goes on to what came of it: ``, which ended …``, ``; …``, ``without …``."""
    side_jobs: re.Pattern[str]
    """Words that explain why two jobs overlap."""
    breaks: re.Pattern[str]
    """Words for time without a job."""
    years: re.Pattern[str] | None
    """``15 years``, with the number in the group 1 or 2."""
    numbers: Mapping[str, int]
    claims: tuple[Claim, ...]


@lru_cache(maxsize=16)
def load_vocabulary(language: str) -> Vocabulary | None:
    """The words of ``language``; None if there is no file for it."""
    file = find_file(language.split("-")[0], LanguageFile.REVIEW)
    if not file.is_file():
        return None
    words: dict[str, Any] = json.loads(file.read_text("utf-8"))
    prefix = f"(?:{'|'.join(words['prefixes'])})?" if words["prefixes"] else ""

    def phrases(name: str, before: str = "") -> re.Pattern[str]:
        return any_of(words[name], before or prefix)

    return Vocabulary(
        first_person=any_of(words["first_person"], flags=re.NOFLAG),
        not_first_person=re.compile("|".join(words["not_first_person"])) if words["not_first_person"] else _NEVER,
        duty_openings=phrases("duty_openings"),
        lead_ins=frozenset(words["lead_ins"]),
        repeated=words["repeated"],
        function_words=frozenset(words["function_words"]),
        verbs_at=words["verbs_at"],
        not_verbs=frozenset(words["not_verbs"]),
        noun_after=frozenset(words["noun_after"]),
        forms={name: re.compile(_whole(forms), re.IGNORECASE) for name, forms in words["forms"].items()},
        result_clauses=re.compile("|".join(words["result_clauses"]), re.IGNORECASE),
        side_jobs=phrases("side_jobs"),
        breaks=phrases("breaks"),
        years=_years(words["years"], words["numbers"]),
        numbers=words["numbers"],
        claims=tuple(Claim(any_of(one["claim"], prefix), any_of(one["shown_by"], prefix)) for one in words["claims"]),
    )


def load_known_abbreviations() -> frozenset[str]:
    """Abbreviations that nobody has to spell out, and products that are written in capitals."""
    return _load_abbreviations()["known"] | _load_abbreviations()["products"]


def load_plain_abbreviations() -> frozenset[str]:
    """Abbreviations that name no skill, such as EU and B2B."""
    return _load_abbreviations()["no_skills"]


@lru_cache(maxsize=1)
def _load_abbreviations() -> Mapping[str, frozenset[str]]:
    lists: dict[str, list[str]] = json.loads(_ABBREVIATIONS.read_text("utf-8"))
    return {kind: frozenset(names) for kind, names in lists.items()}


def any_of(phrases: Iterable[str], prefix: str = "", flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern for any of ``phrases``, the longest first, perhaps with ``prefix`` before it."""
    listed = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(_phrase(one, prefix) for one in listed), flags) if listed else _NEVER


def _phrase(phrase: str, prefix: str) -> str:
    words = r"\s+".join(_word(word) for word in phrase.split())
    if re.match(f"[{IDEOGRAPHIC}]", phrase):
        return words if not re.match("[\uac00-\ud7af]", phrase) else rf"(?<!\w){words}"
    ends = "" if phrase.endswith(("'", "’")) else r"(?!\w)"
    return rf"(?<!\w){prefix}{words}{ends}"


def _word(word: str) -> str:
    before, after = r"\w*" if word.startswith("*") else "", r"\w*" if word.endswith("*") else ""
    return f"{before}{re.escape(word.strip('*'))}{after}"


def _whole(words: Iterable[str]) -> str:
    """A pattern for a whole word out of ``words``."""
    return f"(?:{'|'.join(map(_word, words))})"


def _years(nouns: list[str], numbers: Mapping[str, int]) -> re.Pattern[str] | None:
    """A number of years; there may be a word between the two (``12 good years``) in scripts with spaces."""
    if not nouns:
        return None
    written = "|".join(map(re.escape, sorted(numbers, key=len, reverse=True)))
    noun = "|".join(r"\s*".join(map(re.escape, one.split())) for one in sorted(nouns, key=len, reverse=True))
    if re.match(f"[{IDEOGRAPHIC}]", nouns[0]):
        return re.compile(rf"(?<![\d.,])(\d{{1,2}})\s*(?:{noun})|(?<![{written}百千第])({written})\s*(?:{noun})")
    between = r"\+?[\s-]+(?:[^\W\d]+\s+)?"
    return re.compile(rf"(?<![\w.,])(?:(\d{{1,2}})|({written})){between}(?:{noun})(?!\w)", re.IGNORECASE)
