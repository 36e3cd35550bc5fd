"""Converts the values of CSL-JSON to those of a BibTeX file: texts, names and dates.

Names and dates: https://github.com/citation-style-language/schema, csl-data.json. Text is written as LaTeX with every
special character escaped.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

_SPECIALS = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
             "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"}  # fmt: skip
_TAGS = {"i": "emph", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript", "sc": "textsc"}
_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc)>|<(/?)span[^>]*>")
_ESCAPE = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u(?P<lost>[dD][89a-fA-F]\w\w|00[01]\w)|\\u007[fF]|\\.")
_SPACES = frozenset({r"\u0009", r"\u000a", r"\u000d"})
_PLAIN_NAME = re.compile(r"[^\W\d_][^\s,;&={}\"]*")
_JOINING = re.compile(r"\b(?:and|others|et|al)\b", re.IGNORECASE)
_RAISED_WORD = re.compile(r"<sup>([^\W\d_]{2,})</sup>")
"""Raised letters in a name that are a word of it, not a mark."""
_SEASONS = {"1": "21", "2": "22", "3": "23", "4": "24"}
"""The seasons of CSL from spring to winter, and the month numbers for them in ISO 8601-2."""


def escape_latex(text: str) -> str:
    """``text`` as LaTeX that reads back the same; CSL's few HTML tags become commands."""
    out, end = "", 0
    for match in _TAG.finditer(text):
        out += _escape(text[end : match.start()])
        closing = bool(match[1] or match[3])
        out += "}" if closing else f"\\{_TAGS[match[2]]}{{" if match[2] else "{"
        end = match.end()
    return out + _escape(text[end:])


def _escape(text: str) -> str:
    return "".join(_SPECIALS.get(character, character) for character in text)


def replace_lost(text: str) -> tuple[str, list[int]]:
    """The JSON ``text`` with U+FFFD in place of control characters and halves of characters, and where it was changed.

    No character moves.
    """
    places: list[int] = []

    def replace(found: re.Match[str]) -> str:
        escape = found[0].casefold()
        if escape in (r"\b", r"\f"):
            return r"\n"
        if (found["lost"] or escape == r"\u007f") and escape not in _SPACES:
            places.append(found.start())
            return r"\ufffd"
        return found[0]

    return (_ESCAPE.sub(replace, text), places) if "\\" in text else (text, places)


def is_text(value: object) -> bool:
    """Whether ``value`` is a text or a number, or a list of such."""
    if isinstance(value, list):
        return all(not isinstance(one, list) and is_text(one) for one in value)
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def write_name(name: Mapping[str, object]) -> str:
    """A CSL name in biber's syntax, so that a comma or ``and`` inside it does not split it.

    A plain name is ``Family, Given``; the name of an institution is in braces. Empty for a name without letters.
    """
    if literal := _part(name, "literal"):
        kept = literal if literal.endswith("</sup>") else _TAG.sub("", literal)  # raised at the end: a mark
        return f"{{{escape_latex(kept)}}}"
    given, family, suffix = (_part(name, part) for part in ("given", "family", "suffix"))
    prefix = " ".join(filter(None, (_part(name, "dropping-particle"), _part(name, "non-dropping-particle"))))
    if not family:
        family, given = given, ""
    if not prefix and not suffix and _is_plain(family) and all(map(_is_plain, given.split())):
        return ", ".join(escape_latex(words) for words in (family, given) if words)
    parts = {"family": family, "given": given, "prefix": prefix, "suffix": suffix}
    return ", ".join(f"{part}={{{escape_latex(words)}}}" for part, words in parts.items() if words)


def _part(name: Mapping[str, object], part: str) -> str:
    """One part of a name without its braces, which keep capitals in other programs."""
    value = name.get(part)
    return (
        _RAISED_WORD.sub(r"\1", re.sub(r"[{}]", "", str(value))).strip()
        if is_text(value) and not isinstance(value, list)
        else ""
    )


def _is_plain(word: str) -> bool:
    return bool(_PLAIN_NAME.fullmatch(word)) and not _JOINING.search(word)


def read_date_parts(date: object) -> str | None:
    """A CSL date as biblatex writes it: ``2024-05``, ``2024-21`` for a spring, ``2023/2024`` for a range.

    Empty for an empty date; None for what is not a date.
    """
    if isinstance(date, (str, int)) and not isinstance(date, bool):
        return str(date)
    if not isinstance(date, dict):
        return None
    days = date.get("date-parts") or []
    if not isinstance(days, list):
        return None
    if days and not isinstance(days[0], list):  # [2024, 5] for [[2024, 5]]
        days = [days]
    written = [_write_day(day) for day in days[:2]]
    if None in written:
        return None
    first, *last = filter(None, written) if any(written) else [""]
    if not first:
        said = date.get("raw") or date.get("literal") or ""
        return str(said) if is_text(said) and not isinstance(said, list) else None
    season = str(date.get("season", ""))
    if season and "-" not in first[1:]:
        return f"{first}-{_SEASONS[season]}" if season in _SEASONS else f"{season} {first}"
    circa = "c. " if date.get("circa") else ""
    return circa + "/".join([first, *last])


def _write_day(day: object) -> str | None:
    """The known parts of year, month and day, up to the first that is empty or zero; None for what is not a date."""
    if not isinstance(day, list):
        return None
    numbers: list[int] = []
    for part in day[:3]:
        word = str(part if part is not None else "").strip().removesuffix(".0")
        if not re.fullmatch(r"-?[0-9]{1,4}|", word):
            return None
        if not word or (numbers and int(word) == 0):
            break
        numbers.append(int(word))
    if not numbers:
        return ""
    year = f"{'-' if numbers[0] < 0 else ''}{abs(numbers[0]):04d}"
    return "-".join([year, *(f"{abs(number):02d}" for number in numbers[1:])])
