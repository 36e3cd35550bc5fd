"""biblatex data annotations: who is marked as what in an author list.

Grammar (biblatex manual 3.18, §3.7 "Data Annotations"): ``spec := [item[:part]]=value[,value]``, specs separated
by ``;``, items counted from 1, a value in double quotes is a literal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from cvgen.diagnostics import Location, Problem, did_you_mean
from cvgen.model.publication import MARK_ALIASES, Mark

_SPEC = re.compile(r"\s*(?P<index>\d{1,6})\s*(?::\s*[\w-]+\s*)?=\s*(?P<values>.*?)\s*", re.DOTALL)
_NEXT_SPEC = re.compile(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)|(?<=[\w\"])\s+(?=\d+\s*(?::\s*[\w-]+\s*)?=)")
_NEXT_VALUE = re.compile(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
_HINT = "write for example {1=equal; 2=self,equal,lead}"


@dataclass(frozen=True, slots=True)
class Annotation:
    """The values that one specification gives to the author at ``index`` (from 1)."""

    index: int
    values: tuple[str, ...]


def parse_annotations(
    source: str, count: int, place_of: Callable[[str], Location], *, truncated: bool = False
) -> tuple[list[Annotation], list[Problem]]:
    """Read a ``FIELD+an`` value for a list of ``count`` names; each mistake is an error at its place."""
    annotations: list[Annotation] = []
    problems: list[Problem] = []
    for part in _NEXT_SPEC.split(source):
        if not part.strip():
            continue
        match, place = _SPEC.fullmatch(part), place_of(part.strip())
        values = tuple(v.strip() for v in _NEXT_VALUE.split(match["values"]) if v.strip()) if match else ()
        if not match or not values:
            problems.append(Problem(f"the annotation {part.strip()!r} does not parse", place, _HINT))
        elif not 1 <= int(match["index"]) <= count:
            more = " before 'and others'" if truncated else ""
            message = f"the annotation {part.strip()!r} names author {match['index']}, but the list has {count}{more}"
            problems.append(Problem(message, place, "count the authors from 1"))
        else:
            annotations.append(Annotation(int(match["index"]), values))
    return annotations, problems


def read_mark(word: str, place: Location) -> Mark | Problem:
    """The mark that ``word`` stands for, or the Problem that it stands for none."""
    mark = MARK_ALIASES.get(word.strip().strip('"').casefold())
    if mark:
        return mark
    if re.match(r"\d+\s*=", word):
        return Problem(f"{word!r} begins another author", place, f"write a semicolon before it: ; {word}")
    if word.strip().casefold() in ("first", "first author"):
        told = f"{word!r} is no role that is marked"
        return Problem(told, place, "take it away: who is first is read off the list, and co-first authors are equal")
    hint = (
        did_you_mean(word, [mark.value for mark in Mark])
        or did_you_mean(word, MARK_ALIASES)
        or "known here: " + ", ".join(Mark)
    )
    return Problem(f"{word!r} is no role of an author", place, hint)
