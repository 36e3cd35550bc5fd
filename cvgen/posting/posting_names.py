"""Finds the names in a posting, and among them those of the company, of people and of places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from cvgen.posting.posting import Posting
from cvgen.posting.posting_zones import Zone
from cvgen.select.language import find_locale
from cvgen.select.term_search import Keys, runs_from

_UNUSUAL = re.compile(r".*[a-z].*[A-Z].*|.*[A-Za-z].*\d.*|\d+[A-Z]+.*|.*[+#&.].*|[A-Z]{2,6}s?")
"""Spellings that only names have: gRPC, S3, C++, AWS."""
_AND = frozenset({"and", "or", "und", "oder", "y", "o", "e", "ou", "et", "и", "или"})
_BEFORE_PLACES = frozenset({"in", "near", "from", "of", "the", "à", "en", "em", "de", "aus", "bei", "der", "в", "by"})
_SUM = re.compile(r"[£$€¥]\s?\d[\d.,]{0,20}\s?[A-Za-z]{0,10}|\d[\d.,]{0,20}\s?(?:[£$€¥]|Mio)")
_TOWN_BEFORE = frozenset({"in", "near", "à", "en", "em", "over"})
_SHORT = 2
_LONGEST_NAME = 6
_IS = frozenset({"is", "are", "builds", "ist", "est", "es", "é"})


def find_names(posting: Posting) -> frozenset[str]:
    """The keys of the words that are names: by their spelling, or by a capital where only names have one."""
    names, lower, shouted = set(), set(), _shouted_lines(posting)
    for index, token in enumerate(posting.tokens):
        if token.text.islower() and not _UNUSUAL.fullmatch(token.text):
            lower.add(token.key)
        elif _looks_like_name(posting, index, shouted):
            names.add(token.key)
    return frozenset(names - lower)


def _looks_like_name(posting: Posting, index: int, shouted: frozenset[int]) -> bool:
    token, line, span = posting.tokens[index], posting.lines[index], posting.spans[index]
    if posting.words.ends_term(token) or line.kind == "label" or not any(map(str.isalpha, token.text)):
        return False
    is_shouted = len(token.text) > 1 and token.text.isupper()
    if _UNUSUAL.fullmatch(token.text):
        return not (is_shouted and line.start in shouted)
    # German capitalizes every noun, and English headings capitalize many words.
    if is_shouted or not token.text[:1].isupper() or posting.language == "de" or line.kind == "heading":
        return False
    if posting.words.is_plain(token):
        return False
    if span.is_item:
        return not token.begins or _is_in_list(posting, index)
    return not token.begins and not _may_be_place(posting, index)


def _may_be_place(posting: Posting, index: int) -> bool:
    """Whether the word before it is "in" or similar, but not part of "proficiency in"."""
    if not posting.tokens[index].joined or posting.tokens[index - 1].text.casefold() not in _BEFORE_PLACES:
        return False
    return index < 2 or posting.tokens[index - 2].text.casefold() not in posting.words.skill_before


def _is_in_list(posting: Posting, index: int) -> bool:
    """Whether a comma, an "and" or the end of the line follows the word."""
    after = posting.tokens[index + 1] if index + 1 < len(posting.tokens) else None
    return after is None or not after.joined or after.text in _AND


def _shouted_lines(posting: Posting) -> frozenset[int]:
    """The starts of lines with two or more words that are all in capitals."""
    words: dict[int, list[str]] = {}
    for token, line in zip(posting.tokens, posting.lines, strict=True):
        words.setdefault(line.start, []).append(token.text)
    return frozenset(start for start, texts in words.items() if len(texts) > 1 and all(t.isupper() for t in texts))


def find_masked(posting: Posting, is_known: Callable[[Keys], bool], is_term: Callable[[Keys], bool]) -> frozenset[int]:
    """The tokens that name the company, a person or a place, and so are not terms.

    What ``is_known`` (from the profile, or as a common name) is not a company; what
    ``is_term`` is not a place.
    """
    return frozenset(
        (
            *_company(posting, is_known),
            *_people(posting),
            *_places(posting),
            *_header(posting, is_known),
            *_towns(posting, is_known, is_term),
            *_named_after_towns(posting),
            *_sums(posting),
        )
    )


def is_degree_word(posting: Posting, index: int) -> bool:
    """Whether the token is a word for a degree, after which a subject follows."""
    folded = posting.tokens[index].text.casefold()
    return bool({folded, folded.removesuffix("'s"), folded.removesuffix("s")} & posting.words.kinds["degree"])


_OF_TOWNS = frozenset(
    {"university", "college", "universität", "université", "universidad", "universidade", "state", "city", "county"}
)


def _named_after_towns(posting: Posting) -> Iterator[int]:
    """The name in "University of Lannerdale" and "state of Minnesota"."""
    for index, token in enumerate(posting.tokens[2:], 2):
        before, of = posting.tokens[index - 2], posting.tokens[index - 1]
        is_joined = token.joined and of.joined and of.text in ("of", "de", "do", "da")
        if is_joined and token.text[:1].isupper() and before.text.casefold() in _OF_TOWNS:
            yield index


def _sums(posting: Posting) -> Iterator[int]:
    """Sums of money."""
    for match in _SUM.finditer(posting.text):
        yield from posting.find_tokens(match.start(), match.end())


def _towns(posting: Posting, is_known: Callable[[Keys], bool], is_term: Callable[[Keys], bool]) -> Iterator[int]:
    """Single names after "in" or "near": "a hospital group in Munich", but not "proficiency in Python"."""
    if posting.language not in ("en", "fr", "es", "pt"):
        return
    for index, token in enumerate(posting.tokens):
        is_name = index and token.text.istitle() and len(token.text) > _SHORT and not is_term((token.key,))
        if index > 1 and is_degree_word(posting, index - 2):
            continue
        is_asked = posting.spans[index].zone in (Zone.MUST, Zone.NICE)
        longer = [keys for keys in runs_from(posting.tokens, index, _SHORT) if keys[1:]]
        if is_name and any((is_asked and is_known(keys)) or is_term(keys) for keys in longer):
            continue  # "in Mechanical Engineering", "in Power BI"
        if is_name and posting.tokens[index - 1].text.casefold() in _TOWN_BEFORE and _may_be_place(posting, index):
            yield index


def _header(posting: Posting, is_known: Callable[[Keys], bool]) -> Iterator[int]:
    """Every occurrence of the names in the header (employer, town), unless the name can be something else."""
    if posting.language == "de":
        return
    above = {
        token.key
        for token, span in zip(posting.tokens, posting.spans, strict=True)
        if span.zone is Zone.SKIP and span.is_header and token.text[:1].isupper() and not is_known((token.key,))
    }
    for index, token in enumerate(posting.tokens):
        if token.key in above and token.text[:1].isupper():
            yield index


def _company(posting: Posting, is_known: Callable[[Keys], bool]) -> Iterator[int]:
    """The tokens of the employer's name, which is recognized by "at Acme", "About Acme" or "Acme is …"."""
    tokens = posting.tokens
    found: set[Keys] = set()
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text.casefold() if index and token.joined else ""
        length = _capitals_from(posting, index)
        after = tokens[index + length].text if index + length < len(tokens) else ""
        if not length or posting.spans[index].zone in (Zone.MUST, Zone.NICE) or posting.spans[index].is_item:
            continue
        if before in posting.words.company_before or (token.begins and after in _IS):
            found.add(tuple(t.key for t in tokens[index : index + length]))
    for index, token in enumerate(tokens):
        for keys in runs_from(tokens, index, _LONGEST_NAME) if token.text[:1].isupper() else ():
            if keys in found and not is_known(keys):
                yield from range(index, index + len(keys))


def _capitals_from(posting: Posting, index: int) -> int:
    """How many consecutive words from ``index`` on begin with a capital."""
    length = 0
    for token in posting.tokens[index : index + _LONGEST_NAME]:
        if not token.text[:1].isupper() or (length and not token.joined):
            break
        length += 1
    return length


def _people(posting: Posting) -> Iterator[int]:
    for index, token in enumerate(posting.tokens):
        if token.text.istitle() and token.text.casefold() in posting.words.titles:  # not MS Excel
            yield from range(index, index + 1 + _capitals_from(posting, index + 1))


def _places(posting: Posting) -> Iterator[int]:
    """Countries, and the word before one: ``Lisbon, Portugal``."""
    countries = _countries(posting.language)
    for index, token in enumerate(posting.tokens):
        for keys in countries.get(token.text.casefold(), ()):
            run = posting.tokens[index : index + len(keys)]
            if tuple(t.text.casefold() for t in run) == keys and token.text[:1].isupper():
                yield from range(index, index + len(keys))
                if index and posting.gap(index).startswith(", "):
                    yield index - 1


@lru_cache(maxsize=2)
def _countries(language: str) -> dict[str, list[Keys]]:
    """The names of all countries in ``language`` and in English, by their first word."""
    names = {name for code in (language, "en") for name in find_locale(code).territories.values()}
    by_first: dict[str, list[Keys]] = {}
    for name in names:
        if keys := tuple(name.casefold().split()):
            by_first.setdefault(keys[0], []).append(keys)
    return by_first
