"""The value of a BibTeX field: its parts between ``#``, its macros, and fields that it swallowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from cvgen.diagnostics import Location, Problem, suggest, warn

MAX_MACRO = 20_000
"""The most characters that a macro may expand to; macros of macros multiply."""
MAX_JOINED = 200_000
"""The most characters that the parts of one field may add up to."""
MONTH = re.compile(
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\.?"
)
_SIGNS = re.compile(r'(?<!\\)[{}"#=]')
_NAME_AT_END = re.compile(r"(?<![\w+:-])([A-Za-z][\w+:-]*)\s*$")
_NAME_LENGTH = 200
_NAME = re.compile(r"[\w:.+/-]+")
_FEW_MACROS = 3
"""Up to this many undefined macros are reported one by one."""

TakeProblem = Callable[[Problem], None]
"""A function that takes each Problem as it is found."""


@dataclass(frozen=True, slots=True)
class Macro:
    """The text of an ``@string``, with the macros in it resolved, and its place."""

    value: str
    location: Location


@dataclass
class Macros:
    """The macros of all files read so far; ``own`` are those that the file being read defines."""

    known: dict[str, Macro] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    _missing: dict[str, dict[Location, Problem]] = field(default_factory=dict)
    _typed: dict[str, str] = field(default_factory=dict)

    def begin_file(self) -> None:
        """Forget what only the file read before defined or lacked."""
        self.own.clear()
        self._missing.clear()
        self._typed.clear()

    def report_missing(self) -> Iterator[Problem]:
        """A Problem for each use of an undefined macro; they share one kind where many macros are undefined."""
        count, hint = len(self._missing), "is a file of @string missing?"
        kind = f"{count} macros are not defined; their names are printed" if count > _FEW_MACROS else ""
        for word, places in self._missing.items():
            hint = hint if kind else self._hint_for(self._typed[word])
            for problem in places.values():
                yield replace(problem, kind=kind or problem.kind, hint=hint)

    def define(self, name: str, raw: str, place: Location, report: TakeProblem) -> None:
        """Read ``@string{name = raw}``. The first definition in a file counts; a second is reported.

        Another file may define the same name again, which is reported where the two differ.
        """
        word = name.casefold()
        first = self.known.get(word)
        if first and word in self.own:
            message = f"the macro {name!r} is defined twice (first at {first.location}); the first definition is used"
            kind = "a macro is defined twice; the first definition is used"
            report(warn(message, place, "keep one of the two", kind=kind, entry=name))
            return
        macro = Macro(self.resolve(raw, place, report, limit=MAX_MACRO), place)
        if first and first.value != macro.value:
            message = (
                f"the macro {name!r} has another meaning in {first.location}; here it means {_short(macro.value)!r}"
            )
            kind = "a macro has another meaning in another file; each file uses its own"
            report(warn(message, place, "give one of the two another name", kind=kind, entry=name))
        self.known[word] = macro
        self.own.add(word)

    def resolve(
        self,
        raw: str,
        place: Location,
        report: TakeProblem,
        *,
        limit: int = MAX_JOINED,
        is_word: bool = False,
        key: str = "",
    ) -> str:
        """The text of ``raw``: its parts without delimiters, macros resolved; at most ``limit`` characters."""
        if is_plain(raw):
            return raw[1:-1]
        reported: set[Problem] = set()
        parts: list[str] = []
        room = limit
        for part in split_parts(raw):
            text, problem = self._resolve_part(part.strip(), place, is_word=is_word, key=key)
            if problem and problem not in reported:
                reported.add(problem)
                report(problem)
            if len(text) > room and part.strip()[:1] not in ('"', "{"):
                message = f"the macros add up to more than {limit:,} characters; the rest is left out"
                hint = "write the text itself, without macros that hold macros"
                report(warn(message, place, hint, kind=message, entry=key))
                break
            parts.append(text)
            room -= len(text)
        return "".join(parts)

    def _resolve_part(self, part: str, place: Location, *, is_word: bool, key: str) -> tuple[str, Problem | None]:
        if part[:1] in ('"', "{") and len(part) >= 2:
            end = _find_close(part)
            if end == len(part) - 1:
                return part[1:-1], None
            message = "two parts of a value are not joined by #; both are read"
            return part[1:end] + part[end:].strip(' "{}'), warn(
                message, place, "join them with #, or write one pair of braces", kind=message, entry=key
            )
        if part.isdigit() or not part:
            return part, None
        if macro := self.known.get(part.casefold()):
            return macro.value, None
        if is_word or MONTH.fullmatch(part.casefold()):
            return part, None  # a strange month is reported with the date, a key that is missing with the reference
        shown = _short(part)
        if not _NAME.fullmatch(part):
            message, hint = f"the value {shown!r} has no braces", f"write {{{shown.strip('“”„')}}}"
            return part, warn(message, place, hint, kind="a value has no braces", entry=key)
        message = f"the macro {shown!r} is not defined; its name is printed"
        problem = warn(message, place, kind=message, entry=key)
        self._missing.setdefault(part.casefold(), {})[place] = problem
        self._typed.setdefault(part.casefold(), part)
        return part, None

    def _hint_for(self, part: str) -> str:
        shown = _short(part)
        define = f"write {{{shown}}} if it is a text, or define it: @string{{{shown} = {{…}}}}"
        return suggest(part[:_NAME_LENGTH], self.known, otherwise=define)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _find_close(part: str) -> int:
    """The offset at which the brace or quote that opens ``part`` is closed; its last character if it never is."""
    if part[-1] == {"{": "}", '"': '"'}[part[0]] and not re.search(r'["{}]', part[1:-1]):
        return len(part) - 1
    depth = 0
    for found in _SIGNS.finditer(part):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == ("}" if part[0] == "{" else '"') and found.start():
            return found.start()
    return len(part) - 1


def is_plain(raw: str) -> bool:
    """Whether a value is one text in braces or quotes, without macros, ``#`` or other text."""
    if "#" in raw or raw[:1] + raw[-1:] not in ("{}", '""'):
        return False
    inner = raw[1:-1]
    closing = inner.find("}")
    is_one = closing < 0 or -1 < inner.find("{") < closing
    return is_one and (raw[0] == "{" or '"' not in inner or "{" in inner)


def find_outside(raw: str, sign: str) -> Iterator[int]:
    """The offsets of ``sign`` in ``raw``, outside braces and quotes."""
    depth, quoted = 0, False
    for found in _SIGNS.finditer(raw):
        character = found[0]
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth:
            continue
        if character == '"':
            quoted = not quoted
        elif character == sign and not quoted:
            yield found.start()


def split_parts(raw: str) -> Iterator[str]:
    """The parts of ``raw`` between ``#`` signs outside braces and quotes."""
    start = 0
    for sign in find_outside(raw, "#"):
        yield raw[start:sign]
        start = sign + 1
    yield raw[start:]


def find_swallowed(raw: str) -> list[tuple[int, int, str]]:
    """The fields inside the value ``raw`` because a comma is missing: where name and value begin, and the name."""
    if "=" not in raw:
        return []
    found, lead = [], len(raw) - len(raw.lstrip())
    for sign in find_outside(raw, "="):
        start = max(0, sign - _NAME_LENGTH)
        if (match := _NAME_AT_END.search(raw, start, sign)) and match.start() > lead:
            found.append((match.start(), sign + 1, match[1]))
    return found
