"""biblatex data annotations: the marks of each author in a list.

Grammar (biblatex manual 3.18, §3.7 "Data Annotations"): ``spec := [item[:part]]=value[,value]``, specs separated
by ``;``, items counted from 1, a value in double quotes is a literal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cvgen.diagnostics import Location, Problem, did_you_mean, notice
from cvgen.model.marks import Mark, find_mark, nearest_mark, squeeze_keyword

_SPEC = re.compile(r"\s*(?P<index>\d{1,6})\s*(?::\s*[\w-]+\s*)?=\s*(?P<values>.*?)\s*", re.DOTALL)
_NEXT_SPEC = re.compile(r'"|(?P<mark>;)|(?P<gap>(?<=[\w"])(?<!\s)\s+(?=\d+\s*(?::\s*[\w-]+\s*)?=))')
_NEXT_VALUE = re.compile(r'"|(?P<mark>,)')
_HINT = "write for example {1=equal; 2=self,equal,lead}"
_PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Annotation:
    """The values that one specification gives to the author at ``index`` (from 1)."""

    index: int
    values: tuple[str, ...]
    place: Location


def parse_annotations(
    source: str, count: int, place_of: Callable[[str], Location], *, role: str = "author", truncated: bool = False
) -> tuple[list[Annotation], list[Problem]]:
    """Read a ``FIELD+an`` value for ``count`` people, each a ``role``; each mistake is an error at its place."""
    annotations: list[Annotation] = []
    problems: list[Problem] = []
    for part in _split_unquoted(_NEXT_SPEC, source):
        if not part.strip():
            continue
        match, place = _SPEC.fullmatch(part), place_of(part.strip())
        values = tuple(v.strip() for v in _split_unquoted(_NEXT_VALUE, match["values"]) if v.strip()) if match else ()
        glued = next((value for value in values if re.match(r"\d+\s*(?::\s*[\w-]+\s*)?=", value)), None)
        if not match or not values:
            problems.append(Problem(f"the annotation {part.strip()!r} cannot be read", place, _HINT))
        elif not 1 <= int(match["index"]) <= count:
            problems.append(_beyond_list(part.strip(), int(match["index"]), count, place, role, truncated=truncated))
        elif glued:
            hint = f"write a semicolon before it: ; {glued}"
            problems.append(Problem(f"{glued!r} begins another author", place_of(glued), hint))
        else:
            annotations.append(Annotation(int(match["index"]), values, place))
    return annotations, problems


def _split_unquoted(separator: re.Pattern[str], source: str) -> Iterator[str]:
    """The parts of ``source`` between the groups of ``separator``; a ``mark`` separates only outside double quotes.

    As many quotes as follow a mark decide whether it is outside, so that a quote without a partner counts as text.
    """
    left, start = source.count('"'), 0
    for found in separator.finditer(source):
        if found[0] == '"':
            left -= 1
        elif found.lastgroup == "gap" or left % 2 == 0:
            yield source[start : found.start()]
            start = found.end()
    yield source[start:]


def _beyond_list(spec: str, index: int, count: int, place: Location, role: str, *, truncated: bool) -> Problem:
    """The Problem of ``spec``, which marks a person whom the list does not have."""
    numbers = "1" if count == 1 else f"a number from 1 to {count}"
    if index == 0:
        return Problem(f"{spec!r} marks {role} 0, but the first {role} is number 1", place, f"write {numbers}")
    there = f"{count} {role}{'' if count == 1 else 's'}{' before ' + repr('and others') if truncated else ''}"
    hint = f"write {numbers}, or add the missing {role}" if count else f"add the missing {role}"
    return Problem(f"{spec!r} marks {role} {index}, but the entry has {there}", place, hint)


class MarkWords:
    """Reads words of annotations and ``role`` fields as marks, and remembers those that it does not know.

    ``mapped`` is the profile's setting ``annotations`` (None: the word is ignored), ``typed`` its setting ``marks``.
    """

    def __init__(self, mapped: Mapping[str, Mark | None] | None = None, typed: Mapping[str, Mark] | None = None):
        self._mapped = {squeeze_keyword(word): mark for word, mark in (mapped or {}).items()}
        self._typed = dict(typed or {})
        self._unknown: dict[str, list[_Use]] = {}

    def read(self, word: str, key: str, place: Location) -> Mark | None:
        """The mark that ``word`` in the entry ``key`` means; None if it means none."""
        squeezed = squeeze_keyword(word)
        if squeezed in self._mapped:
            return self._mapped[squeezed]
        if mark := find_mark(word) or self._typed.get(word.strip().strip('"')):
            return mark
        self._unknown.setdefault(squeezed, []).append(_Use(word.strip().strip('"'), key, place))
        return None

    def list_unknown(self) -> list[Problem]:
        """One notice for each unknown word, with how often and where it occurs."""
        return [_describe(uses) for uses in self._unknown.values()]


@dataclass(frozen=True, slots=True)
class _Use:
    word: str
    key: str
    place: Location


def _describe(uses: list[_Use]) -> Problem:
    first = uses[0]
    if squeeze_keyword(first.word) in ("first", "firstauthor"):
        message = f"{first.key}: {first.word!r} is not a mark and is ignored"
        hint = "delete it: the list shows who is first; mark co-first authors as equal"
    else:
        message = f"{first.key}: {first.word!r} is not a known mark and is ignored"
        hint = _suggest(first.word)
    if len(uses) > 1:
        message += f" ({len(uses)} times: {_list_places(uses)})"
    return notice(message, first.place, hint)


def _list_places(uses: Iterable[_Use]) -> str:
    places = list(dict.fromkeys(f"{use.key}, line {use.place.line}" for use in uses))
    return "; ".join(places[:_PLACES_SHOWN]) + ("; …" if len(places) > _PLACES_SHOWN else "")


def _suggest(word: str) -> str:
    near = nearest_mark(word)
    name = word if re.fullmatch(r"\w[\w -]*", word) else json.dumps(word, ensure_ascii=False)
    known = did_you_mean(near) + " Or" if near else f"write one of: {', '.join(Mark)}; or"
    return f"{known}, to ignore the word: bibliography: {{annotations: {{{name}: ignore}}}}"
