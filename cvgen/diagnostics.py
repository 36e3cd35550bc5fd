"""What is wrong, where, and what to write instead: the lowest layer, which all others import."""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate


class Severity(StrEnum):
    """How much a Problem matters: an error ends the run, a warning and a notice do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a person's file; ``line`` and ``column`` count from 1 and are None where unknown."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``message`` says what, ``hint`` what to write or do instead.

    ``kind`` is a sentence that all Problems of one kind share, such as ``the field '_venue' is not read``; reports
    group by it. ``entry`` is the key of the entry that the Problem is in. Both may be empty.
    """

    message: str
    location: Location | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR
    kind: str = ""
    entry: str = ""

    @property
    def is_error(self) -> bool:
        """Whether this Problem ends the run."""
        return self.severity is Severity.ERROR

    def as_error(self) -> Problem:
        """The same Problem, ending the run."""
        return replace(self, severity=Severity.ERROR)


def warn(
    message: str, location: Location | None = None, hint: str | None = None, *, kind: str = "", entry: str = ""
) -> Problem:
    """A Problem that is printed and does not end the run."""
    return Problem(message, location, hint, Severity.WARNING, kind, entry)


def notice(
    message: str, location: Location | None = None, hint: str | None = None, *, kind: str = "", entry: str = ""
) -> Problem:
    """A Problem that informs, and asks for nothing."""
    return Problem(message, location, hint, Severity.NOTICE, kind, entry)


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one severity and kind, in their given order; never empty."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """The first Problem of the group."""
        return self.problems[0]

    @property
    def message(self) -> str:
        """What is wrong: the message of a single Problem, else the kind, how often, and the first three places."""
        if len(self.problems) == 1:
            return self.first.message
        places = [_say_place(problem) for problem in self.problems[:MAX_PLACES]]
        more = len(self.problems) - len(places)
        shown = ", ".join(place for place in places if place)
        return f"{self.first.kind} ({len(self.problems)} times: {shown}{f' and {more} more' if more else ''})"

    @property
    def hint(self) -> str | None:
        """The hint that all share, else the first three that differ."""
        return "; ".join(self.hints) or None

    @property
    def hints(self) -> tuple[str, ...]:
        """The hint that all share, else the first three that differ, each with the entries that it is for."""
        entries: dict[str, list[str]] = {}
        for problem in self.problems:
            if problem.hint:
                entries.setdefault(problem.hint, []).append(problem.entry)
        if len(entries) < 2:
            return tuple(entries)
        shown = [_name_entries(found) + hint for hint, found in list(entries.items())[:MAX_PLACES]]
        return (*shown, "…") if len(entries) > MAX_PLACES else tuple(shown)


MAX_PLACES = 3
"""The most places that a group names."""
MAX_LINES = 30
"""The most lines of problems in a report for people, unless ``--all-problems`` is given."""


def _name_entries(entries: Iterable[str]) -> str:
    """The first of ``entries`` before a hint; empty if their names are not known."""
    names = list(filter(None, dict.fromkeys(entries)))
    more = f" and {len(names) - MAX_PLACES} more" if len(names) > MAX_PLACES else ""
    return f"{', '.join(names[:MAX_PLACES])}{more}: " if names else ""


def _say_place(problem: Problem) -> str:
    place = str(problem.location or "")
    return f"{problem.entry} at {place}" if problem.entry and place else problem.entry or place


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """``problems`` grouped by severity and kind, in the order of each group's first; one without a kind is alone."""
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        groups.setdefault((problem.severity, problem.kind) if problem.kind else number, []).append(problem)
    return [ProblemGroup(tuple(group)) for group in groups.values()]


def limit_lines(
    groups: Sequence[ProblemGroup], lines_of: Callable[[ProblemGroup], Sequence[str]]
) -> tuple[list[Sequence[str]], Sequence[ProblemGroup]]:
    """The lines of the first groups, up to ``MAX_LINES`` but at least one group; and the groups left over.

    If groups are left over, one line is kept free to say so.
    """
    blocks = [lines_of(group) for group in groups[: MAX_LINES + 1]]
    if sum(map(len, blocks)) <= MAX_LINES:
        return blocks, ()
    shown = max(1, bisect_right(list(accumulate(map(len, blocks))), MAX_LINES - 1))
    return blocks[:shown], groups[shown:]


def say_left(left: Sequence[Problem]) -> str:
    """A line that says how many problems of each severity are not shown, and how to see them."""
    counts = Counter(problem.severity for problem in left)
    named = [f"{counts[kind]} more {kind.value}{'s' * (counts[kind] > 1)}" for kind in Severity if counts[kind]]
    return f"… {' and '.join(', '.join(named).rsplit(', ', 1))}; --all-problems shows them"


def say_circle(noun: str, names: Sequence[str]) -> str:
    """That each of ``names`` extends the next, and the last is the first again."""
    if len(names) == 2:
        return f"the {noun} {names[0]!r} extends itself"
    return f"the {noun}s extend each other in a circle: {' → '.join(names)}"


class CvgenError(Exception):
    """The base of all errors that cvgen raises on purpose; carries every Problem of the run."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(f"{p.location or ''} {p.message}".strip() for p in self.problems))


class InputError(CvgenError):
    """The person's files or options cannot be used as they are."""

    exit_code = 2


class RenderError(CvgenError):
    """The input is valid, but the PDF could not be made."""


class FetchError(CvgenError):
    """A public service could not be asked, or did not answer with what was asked for."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a value, and what to write instead, before its place in a file is known."""

    message: str
    hint: str | None = None


class BadValueError(ValueError):
    """A value that cannot be read; carries the Mistake.

    ``has_subject`` is False for a message that continues the name of the part that has the value (``should be text``);
    ``field`` is the key in that part where the Mistake is, empty for the part itself. ``missing`` are the keys of
    which the part needs one.
    """

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        *,
        has_subject: bool = True,
        field: str = "",
        missing: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.mistake = Mistake(message, hint)
        self.has_subject = has_subject
        self.field = field
        self.missing = missing


class Problems:
    """Collects what the steps of a run find, so that the run stops once and reports everything."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found = list(found)
        self._has_failed = False

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    @property
    def has_errors(self) -> bool:
        """Whether a step failed, or a Problem is an error."""
        return self._has_failed or any(problem.is_error for problem in self._found)

    def add(self, problem: Problem) -> None:
        """Add one Problem."""
        self._found.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several Problems."""
        self._found += problems

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Run the steps of a ``with`` block, up to the first InputError, whose Problems are added.

        A name that the block assigns is safe to use after ``stop_if_errors``.
        """
        try:
            yield
        except InputError as error:
            self._has_failed = True
            self.extend(error.problems)

    def stop_if_errors(self) -> None:
        """Raise InputError with every Problem once, if there is an error among them."""
        if self.has_errors:
            raise InputError(dict.fromkeys(self._found))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The word of ``known`` that ``word`` most likely is a misspelling of; None if none is similar."""
    folded = {name.casefold().replace("-", "_"): name for name in known}
    found = difflib.get_close_matches(word.casefold().replace("-", "_"), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def suggest(word: str, known: Collection[str], otherwise: str | None = None) -> str:
    """A hint for ``word``, which is not in ``known``: the nearest; else ``otherwise``, or all that are known."""
    near = nearest(word, known)
    return did_you_mean(near) if near else otherwise or one_of(known)


def did_you_mean(word: str) -> str:
    """The hint that offers one word."""
    return f"did you mean {str(word)!r}?"


def one_of(known: Iterable[str]) -> str:
    """The hint that lists every word that can be written."""
    return "write one of: " + ", ".join(sorted(known))
