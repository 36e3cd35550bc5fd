"""Finds in a bullet the words that show its strength: numbers, outcomes, scope, weak openings and weak words; pure.

The words are data: ``bullets.json`` in the folder of each language. In a phrase, ``*`` after letters matches any ending
of a word (``reduc*``), and ``*`` alone up to three words (``from * to``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cvgen.model.language_files import LanguageFile, find_file
from cvgen.model.late_pattern import late_pattern
from cvgen.model.signs import FoundSign, Sign
from cvgen.select.tokens import IDEOGRAPHIC

_NUMBER = late_pattern(r"\d+(?:[.,'’\u00a0\u202f]\d+)*")
_YEAR = late_pattern(r"(?:19|20)\d\d")
_PERCENT_OR_MONEY = late_pattern(r"[\s\u00a0\u202f]?[%‰٪％€$£¥₽₩+×]")
_MONEY_BEFORE = late_pattern(r"[€$£¥₽₩][\s\u00a0\u202f]?$")
_UNIT = late_pattern(r"(?![a-f]\b)[A-Za-zµ°]{1,3}\b")
_NAME_BEFORE = late_pattern(r"(?:[^\W\d_]|[^\W\d_][-/.]|\d[-/.:])$")
"""The number is a part of a word: S7, S7-1500, SAP R/3, 3.11."""
_ALL_CAPITALS_BEFORE = late_pattern(r"(?<!\w)[A-Z&]{2,}[\s\u00a0-]$")
_CAPITAL_BEFORE = late_pattern(r"(?<=[\w,;:)] )[A-Z][a-z]+ $")
"""A name inside a sentence, such as Level 3."""
_AROUND = 60
"""The characters beside a number that say what it is."""
_NOUNS_HAVE_CAPITALS = frozenset({"de"})
_CLAUSE_ENDS = "[.,;:!?。、；，．।…)]"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The compiled phrases of one language."""

    opening: re.Pattern[str] | None
    anywhere: dict[Sign, re.Pattern[str]]


def find_signs(text: str, language: str) -> tuple[FoundSign, ...]:
    """The signs in ``text``, a bullet in plain text; the strong ones first, then the weak ones, each in order.

    Numbers are found in every language, words in those that have the file ``bullets``.
    """
    short = language.split("-")[0]
    patterns = _load_patterns(short)
    lower = _to_lower(text)
    numbers = [FoundSign(Sign.NUMBER, words, start) for words, start in _find_numbers(text, short)]
    found = [
        FoundSign(sign, words, match.start())
        for sign, pattern in patterns.anywhere.items()
        for match in pattern.finditer(lower)
        if not _is_abbreviation(words := text[match.start() : match.end()])
    ]
    opening = patterns.opening.match(lower) if patterns.opening else None
    if opening:
        found.append(FoundSign(Sign.WEAK_OPENING, text[opening.start(1) : opening.end(1)], opening.start(1)))
    order = list(Sign)
    return tuple(sorted([*numbers, *found], key=lambda one: (order.index(one.sign), one.start)))


def _find_numbers(text: str, language: str) -> Iterator[tuple[str, int]]:
    """The quantities in digits, without years and the numbers of names."""
    for match in _NUMBER.finditer(text):
        before, after = text[max(0, match.start() - _AROUND) : match.start()], text[match.end() : match.end() + _AROUND]
        is_measured = bool(_PERCENT_OR_MONEY.match(after) or _MONEY_BEFORE.search(before))
        if is_measured or not _is_part_of_name(match[0], before, after, language):
            yield match[0], match.start()


def _is_part_of_name(number: str, before: str, after: str, language: str) -> bool:
    is_joined = after[:1].isascii() and after[:1].isalpha() and not _UNIT.match(after)
    if is_joined or _YEAR.fullmatch(number) or (_NAME_BEFORE.search(before) and not _follows_ideograph(before)):
        return True
    if _ALL_CAPITALS_BEFORE.search(before):
        return True
    return language not in _NOUNS_HAVE_CAPITALS and bool(_CAPITAL_BEFORE.search(before))


def _to_lower(text: str) -> str:
    """``text`` in lower case, with every character at its place."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _is_abbreviation(words: str) -> bool:
    """Whether it is LED, and not led."""
    return words.isascii() and words.isalpha() and words.isupper() and len(words) <= 4


def _follows_ideograph(before: str) -> bool:
    return bool(re.search(f"[{IDEOGRAPHIC}]$", before))


@lru_cache(maxsize=16)
def _load_patterns(language: str) -> _Patterns:
    """The patterns of a language; none for a language without a file."""
    file = find_file(language, LanguageFile.BULLETS)
    if not file.is_file():
        return _Patterns(None, {})
    words: dict[str, list[str]] = json.loads(file.read_text("utf-8").lower())
    prefix = f"(?:{'|'.join(map(re.escape, words['prefixes']))})?" if words["prefixes"] else ""
    lead_in = f"(?:(?:{_any_of(words['lead_ins'])})[\\s,]*)*" if words["lead_ins"] else ""
    opening = f"\\W*{lead_in}({_any_of(words['weak_openings'], prefix)})"
    anywhere = {
        Sign.NUMBER: _any_of(words["numbers"], prefix),
        Sign.OUTCOME: _any_of(words["outcomes"], prefix),
        Sign.SCOPE: _any_of(words["scope"], prefix),
        Sign.WEAK_WORDS: _any_of(words["weak_words"], prefix),
    }
    if words["weak_endings"]:
        anywhere[Sign.WEAK_OPENING] = f"(?:{_any_of(words['weak_endings'])})(?=\\s*(?:{_CLAUSE_ENDS}|$))"
    return _Patterns(
        late_pattern(opening),
        {sign: late_pattern(pattern) for sign, pattern in anywhere.items()},
    )


def _any_of(phrases: Iterable[str], prefix: str = "") -> str:
    """A pattern for any of ``phrases``, perhaps after ``prefix``; the longest is tried first."""
    listed = sorted(phrases, key=len, reverse=True)
    joined = [_write_joined(phrase) for phrase in listed if re.match(f"[{IDEOGRAPHIC}]", phrase)]
    spaced = [_write_spaced(phrase) for phrase in listed if not re.match(f"[{IDEOGRAPHIC}]", phrase)]
    if spaced:
        joined.append(rf"(?<!\w){prefix}(?:{'|'.join(spaced)})(?!\w)")
    return "|".join(joined)


def _write_joined(phrase: str) -> str:
    """The pattern of a phrase whose words are not separated by spaces, or have endings."""
    return r"\s*".join(".{1,12}?" if word == "*" else re.escape(word) for word in phrase.split())


def _write_spaced(phrase: str) -> str:
    return r"\s+".join(r"\S+(?:\s+\S+){0,2}?" if word == "*" else _write_word(word) for word in phrase.split())


def _write_word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
