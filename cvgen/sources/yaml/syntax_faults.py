"""Finds as many faults in the syntax of a file as one run can: each fault is set aside, and the rest is read again."""

from __future__ import annotations

import re
from typing import Any

import yaml

from cvgen.diagnostics import Location, Problem
from cvgen.model.late_pattern import late_pattern
from cvgen.sources.yaml.syntax_errors import SyntaxFault, explain_syntax

_MAX_FAULTS = 30
"""More faults mean that the file is no profile."""
_BEGIN = late_pattern(r"\s*(?:- +)?[\w\"'{[][^:]*[:\uff1a]")
"""The first line of a file in YAML."""
_KEY = late_pattern(r"(?P<head>\s*(?:- +)*)(?P<key>[\w-]+)\s*[:\uff1a\ufe55](?P<value>.*)")
_ITEM = late_pattern(r"(?P<head>\s*(?:- +)+)\S")
_TOP = late_pattern(r"[^\s#\-\]}]")
_TABS = late_pattern(r" *\t\s*(?=[^\s#])")


def find_syntax_problems(text: str, file: str, loader: Any) -> list[Problem]:
    """A Problem for each fault found in ``text``, in the order of the lines; [] if it is YAML."""
    finder = _FaultFinder(text)
    first = next((line for line in finder.lines if line.strip() and line.lstrip()[0] not in "#%-"), "")
    most = _MAX_FAULTS if _BEGIN.match(first) else 1  # a file in another format has one fault
    while len(finder.faults) < most:
        rest = "\n".join(finder.lines)
        try:
            yaml.compose(rest, Loader=loader)
        except yaml.YAMLError as error:
            if finder.take(explain_syntax(error, rest, loader)):
                continue
        break
    faults = sorted(finder.faults, key=lambda fault: (fault.line or 0, fault.column or 0))
    return [_report(fault, file) for fault in faults]


def _report(fault: SyntaxFault, file: str) -> Problem:
    line = None if fault.line is None else fault.line + 1
    column = None if fault.column is None else fault.column + 1
    message = f"not YAML: {fault.message}"
    return Problem(message, Location(file, line, column), fault.hint, kind=message if fault.value_line is None else "")


class _FaultFinder:
    """Collects faults, and replaces what they are in by blank lines or a harmless value."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.faults: list[SyntaxFault] = []
        self._typed = list(self.lines)
        self._changed: set[int] = set()

    def take(self, fault: SyntaxFault) -> bool:
        """Set ``fault`` aside; returns False if the rest cannot be read on.

        A fault in a line that was changed already follows from an earlier one: it is not counted.
        """
        if fault.line is None or fault.line >= len(self.lines):
            self.faults += [] if self.faults else [fault]
            return False
        is_new = fault.line not in self._changed and all(fault.line != other.line for other in self.faults)
        if is_new:
            self.faults.append(fault)
        if not is_new or fault.value_line is None or not self._replace_value(fault.value_line):
            start, end = self._find_block(fault.line) if not is_new else self._find_unit(fault.line)
            if not any(line.strip() for line in self.lines[start:end]):
                return False
            self._blank(range(start, end), fault)
        return True

    def _replace_value(self, number: int) -> bool:
        """Put a word in place of the value on a line, or return False; what hangs below the value goes with it."""
        line = self.lines[number]
        found = _KEY.match(line) or _ITEM.match(line)
        if number in self._changed:
            return False
        self._changed.add(number)
        if not found:
            self.lines[number] = ""
            return True
        parts = found.groupdict()
        column = len(parts["head"]) if parts.get("key") else len(parts["head"].rstrip()) - 1
        below = self._list_below(number, column)
        key = f"{parts['key']}:" if parts.get("key") else ""
        if key and not parts["value"].strip() and below:
            self.lines[number] = f"{parts['head']}{key}"
        else:
            self.lines[number] = f"{parts['head']}{key}{' ' * bool(key)}x"
            for other in below:
                self.lines[other] = ""
            self._changed.update(below)
        return True

    def _list_below(self, number: int, column: int) -> list[int]:
        """The lines after ``number`` that start to the right of ``column``, or with a closing bracket."""
        below: list[int] = []
        for other in range(number + 1, len(self.lines)):
            text = self.lines[other].lstrip()
            if text and _indentation(self.lines[other]) <= column and text[0] not in "]}":
                break
            below.append(other)
        return below

    def _find_block(self, number: int) -> tuple[int, int]:
        """The first line of the part of the file around ``number``, a key that is not indented, and the end."""
        start = next((n for n in range(number, -1, -1) if _TOP.match(self._typed[n])), 0)
        after = range(max(start, number) + 1, len(self.lines))
        return start, next((n for n in after if _TOP.match(self._typed[n])), len(self.lines))

    def _find_unit(self, number: int) -> tuple[int, int]:
        """The entry with the line ``number`` in it, if the block is a list; else the block."""
        start, end = self._find_block(number)
        heads = [n for n in range(start + 1, end) if self.lines[n].lstrip().startswith("- ")]
        if not heads or heads[0] > number or not re.search(r":\s*(#.*)?$", self.lines[start]):
            return start, end
        column = _indentation(self.lines[heads[0]])
        first = next((n for n in range(start + 1, end) if self.lines[n].strip()), heads[0])
        if first != heads[0] or _indentation(self.lines[number]) < column:
            return start, end
        entries = [n for n in heads if _indentation(self.lines[n]) == column]
        return max(n for n in entries if n <= number), min((n for n in entries if n > number), default=end)

    def _blank(self, numbers: range, fault: SyntaxFault) -> None:
        """Make lines blank; other lines in them that are indented with tabs are faults too."""
        for number in numbers:
            tabs = _TABS.match(self.lines[number])
            if tabs and "tab" in fault.message and number != fault.line:
                self.faults.append(SyntaxFault(number, self.lines[number].index("\t"), fault.message, fault.hint))
            self.lines[number] = ""
        self._changed.update(numbers)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
