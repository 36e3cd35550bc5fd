"""Finds the phone numbers in a text, and the address that dials each (RFC 3966)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cvgen.model.printed import Piece
from cvgen.select.language import find_locale

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_BETWEEN = re.compile(r"\s+/\s+|\s*[,;|\n]\s*")
"""What people write between two numbers. A slash without spaces may be inside of a number."""
_ANY_REGION = "DE"
"""A region whose numbers may have any length: it finds where a number is if no country is known."""
_SHORTEST = 6
"""The digits of a number without its country; fewer beside a slash are an area's code."""


def find_phones(text: str, region: str) -> tuple[Piece, ...]:
    """``text`` in pieces, each number with its address; the pieces together are ``text``.

    ``region`` is the country (ISO 3166) of numbers that do not name theirs; empty if it is not known, in which case
    such a number is dialled as it is typed.
    """
    pieces: list[Piece] = []
    end = 0
    for start, stop, url in _numbers(text, region.upper()):
        pieces += [Piece(text[end:start])] if start > end else []
        pieces.append(Piece(text[start:stop], url))
        end = stop
    return (*pieces, Piece(text[end:])) if end < len(text) else tuple(pieces)


def _numbers(text: str, region: str) -> Iterator[tuple[int, int, str]]:
    """Each number: where it starts and ends in ``text``, and its address."""
    for start, stop in _parts(text, region):
        found = list(_match(text[start:stop], region)) or list(_read_letters(text[start:stop], region))
        yield from ((start + first, start + last, url) for first, last, url in found)


def _parts(text: str, region: str) -> Iterator[tuple[int, int]]:
    """The parts of ``text`` that may each have a number; all of it if a part alone is too short for one."""
    ends = [0, *(edge for between in _BETWEEN.finditer(text) for edge in between.span()), len(text)]
    parts = list(zip(ends[::2], ends[1::2], strict=True))
    if any(0 < _count_digits(text[start:stop], region) < _SHORTEST for start, stop in parts):
        parts = [(0, len(text))]
    yield from parts


def _count_digits(text: str, region: str) -> int:
    """The digits of the number in ``text`` without those of its country; 0 if ``text`` has no digits."""
    import phonenumbers

    digits = len(re.findall(r"\d", text))
    try:
        return len(str(phonenumbers.parse(text, region or _ANY_REGION).national_number)) if digits else 0
    except phonenumbers.NumberParseException:
        return digits


def _match(text: str, region: str) -> Iterator[tuple[int, int, str]]:
    import phonenumbers

    for match in phonenumbers.PhoneNumberMatcher(text, region or _ANY_REGION, phonenumbers.Leniency.POSSIBLE):
        if len(str(match.number.national_number)) >= _SHORTEST - 1:
            yield match.start, match.end, _address(match.number, match.raw_string, region)


def _read_letters(text: str, region: str) -> Iterator[tuple[int, int, str]]:
    """A number with letters in place of digits, such as 1-800-FLOWERS, if it is all of ``text``."""
    import phonenumbers

    if not re.match(r"[+(\d]", text) or not (region or text.startswith("+")):
        return
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return
    if phonenumbers.is_possible_number(number):
        yield 0, len(text), _address(number, text, region)


def _address(number: PhoneNumber, typed: str, region: str) -> str:
    """The address that dials ``number``: with its country, if this is known, and its extension."""
    from phonenumbers import CountryCodeSource, PhoneNumberFormat, format_number, normalize_digits_only, parse

    source = parse(typed, region or _ANY_REGION, keep_raw_input=True).country_code_source
    if region or source != CountryCodeSource.FROM_DEFAULT_COUNTRY:
        return str(format_number(number, PhoneNumberFormat.RFC3966))
    digits, extension = normalize_digits_only(typed), number.extension or ""
    return f"tel:{digits.removesuffix(extension)}" + (f";ext={extension}" if extension else "")


_SHORT_NAMES = {"usa": "US", "uk": "GB", "hong kong": "HK", "macau": "MO", "korea": "KR"}
"""Names of countries in English that are not CLDR's."""


def find_region(country_code: str, places: Iterable[tuple[str, str]]) -> str:
    """The country (ISO 3166) of a person's numbers: ``country_code``, or the one that ends a place; else empty.

    ``places`` are texts such as ``Lyon, France``, each after its language.
    """
    if country_code:
        return country_code
    for language, place in places:
        named = place.rpartition(",")[2].strip().casefold()
        for locale in (find_locale(language), find_locale("en")):
            countries = ((code, name) for code, name in locale.territories.items() if code.isalpha())
            if code := next((code for code, name in countries if name.casefold() == named), ""):
                return str(code)
        if named in _SHORT_NAMES:
            return _SHORT_NAMES[named]
    return ""
