"""Reads the errors in TeX's log. Sources: the TeXbook, chapters 20 and 27; ``texdoc web2c`` for the file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_MISSING_CHARACTER = re.compile(r"Missing character: There is no (?P<character>.) ", re.DOTALL)
_BANNER = re.compile(r"^This is (?P<name>\w+), Version (?P<version>.*?)(?:\s+\((?:preload|format=)|\s*$)", re.MULTILINE)
_ERROR = re.compile(r"^(?:(?P<file>[^\s:][^\n:]*):(?P<line>\d+):|!) (?P<message>.*)$")
_LINE = re.compile(r"^(?:l\.(?P<line>\d+) |<\*> )(?P<read>.*)$")
_STOPS = ("Emergency stop", "==> Fatal error")
"""What TeX says after the error that made it stop."""
_REASON = re.compile(r"^\*\*\* \((?:job aborted, )?(?P<reason>.*)\)$", re.MULTILINE)
_IS_ERROR = re.compile(r"Error|[A-Z].*[.:?)\]]$|[A-Z]\w+ ")
_RUNAWAY = re.compile(r"^Runaway (?:argument|definition|preamble|text)\?$")
_MOST_CONTEXT = 60
"""The most lines after a message that say where TeX was."""


@dataclass(frozen=True, slots=True)
class TexError:
    """One error: TeX's ``message``, and the ``file`` and ``line`` that TeX read then (empty and None if unknown).

    ``contexts`` are what TeX was in, the innermost first: a label such as ``\\cvwhat #1`` or ``<argument>``, and the
    text read there. ``read`` is the part of the line that was read, ``runaway`` the start of an argument that has no
    end, ``opened`` the names of files that were read before, the last one first.
    """

    message: str
    file: str = ""
    line: int | None = None
    contexts: tuple[tuple[str, str], ...] = ()
    read: str = ""
    runaway: str = ""
    opened: tuple[str, ...] = ()


def find_tools(log: str) -> dict[str, str]:
    """The engine and its version, from the first line of ``log``."""
    found = _BANNER.search(log)
    return {found["name"]: found["version"].strip()} if found else {}


def find_missing_characters(log: str) -> list[str]:
    """The characters that no font had, each once."""
    return list(dict.fromkeys(found["character"] for found in _MISSING_CHARACTER.finditer(log)))


def find_error(log: str) -> TexError | None:
    """The first error in ``log``, which is the one that made TeX stop; None if there is none.

    "Emergency stop" is what TeX does about an error, so it counts only where nothing else is said.
    """
    errors = list(_read_errors(log))
    real = next((error for error in errors if not error.message.startswith(_STOPS)), None)
    if real or not errors:
        return real
    stop = errors[0]
    found = _REASON.search(log)
    reason = found["reason"] if found else "Emergency stop"
    if stop.read.startswith("cv.tex"):  # TeX waits for more, and this is where it reads from
        reason = r"the document ends without \end{document}"
    return TexError(reason, stop.file, stop.line, stop.contexts, stop.read, opened=stop.opened)


def find_last_line(log: str) -> TexError | None:
    """The place that TeX had reached when it was ended; TeX writes it to its log as an error."""
    return next((error for error in _read_errors(log) if error.message.startswith("Interruption")), None)


def _read_errors(log: str) -> Iterator[TexError]:
    lines = log.split("\n")
    for index, text in enumerate(lines):
        found = _ERROR.match(text)
        if found and (found["file"] is None or _IS_ERROR.search(found["message"])):
            yield _read_error(found, lines, index)


def _read_error(found: re.Match[str], lines: list[str], index: int) -> TexError:
    after = lines[index + 1 : index + 1 + _MOST_CONTEXT]
    end = next((number for number, text in enumerate(after) if _LINE.match(text)), None)
    message = found["message"].strip()
    if message.startswith("Package ") or not message.endswith("."):
        message = _continue(message, after)
    line, read = (int(found["line"]) if found["line"] else None), ""
    if end is not None and (at := _LINE.match(after[end])):
        line = int(at["line"]) if at["line"] else line
        read = at["read"]
    file = (found["file"] or "").removeprefix("./")
    contexts = tuple(_read_contexts(after[: end or 0]))
    return TexError(
        message.rstrip("."), file, line, contexts, read, _find_runaway(lines, index), _list_opened(lines[:index])
    )


def _continue(message: str, after: list[str]) -> str:
    """A message with its further lines, which start with the package's name in brackets."""
    name = re.match(r"(?:Package|Class) (\S+) Error", message)
    for text in after:
        start = f"({name[1]})" if name else ""
        if not start or not text.startswith(start):
            break
        message += " " + text.removeprefix(start).strip()
    return message


def _read_contexts(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of lines: what was read, after its label, and below it, further to the right, what was not."""
    for text, below in pairwise(lines):
        if not below.startswith(" " * max(1, len(text) - 1)) or not text.strip() or text.startswith(" "):
            continue
        label, arrow, read = text.partition("->")
        if text.startswith("<") and not (arrow and label.startswith("<") and label.endswith(">")):
            label, _, read = text.partition("> ")
            label += ">"
        elif not arrow:
            continue
        yield label.strip(), read


def _find_runaway(lines: list[str], index: int) -> str:
    """The start of the argument that TeX ran away with, which it prints before the message."""
    for before in range(max(0, index - 4), index):
        if _RUNAWAY.match(lines[before]):
            return lines[before + 1]
    return ""


def _list_opened(lines: list[str]) -> tuple[str, ...]:
    """The names of the files that TeX opened, the last one first."""
    return tuple(
        reversed(re.findall(r"\((?:\./|/)[^\s()]*?([^\s()/]+)\.(?:sty|cls|tex|def|cfg|clo|ltx)\b", "\n".join(lines)))
    )
