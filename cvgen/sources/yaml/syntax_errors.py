"""Why a file is not valid YAML: libyaml says where it gave up, this module what is wrong, where, and what to write.

libyaml has no error codes, so its messages are searched for their fixed words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from cvgen.model.late_pattern import late_pattern

Fix = tuple[int, int, str, str]
"""A line and a column, both counted from 0; what is wrong there, and the hint."""
_Look = Callable[["_ParserFailure"], "Fix | None"]
_KEY = late_pattern(r"(?P<head>\s*(?:- +)*)(?P<key>[\w-]+)\s*:(?=\s|$)\s*(?P<value>.*)")
_TIGHT_KEY = late_pattern(r"(?P<head>\s*(?:- +)*)(?P<key>\w+):(?P<value>[^\s/:].*)")
_WIDE_KEY = late_pattern(r"(?P<head>\s*(?:- +)*)(?P<key>\w+)\s*(?P<colon>[\uff1a\ufe55])")
_STRANGE_SPACE = late_pattern(r"[ \t]*(?P<space>[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000])")
_VALUE = late_pattern(r"\s*(?:- +)*(?:[\w-]+:\s+)?(?P<value>[\"'\[{])")
_QUOTED_KEY = late_pattern(r"\s*(?:- +)*(?P<quote>[\"'])[^\"']*(?P=quote)\s*:")
_SWALLOWED = late_pattern(r"[:,\[{]\s+(?P<sign>#)(?=[^\s#])")


@dataclass(frozen=True, slots=True)
class _ParserFailure:
    """The place where libyaml gave up (``line``, ``column``), and the start of the value it was reading (``start``)."""

    text: str
    what: str
    context: str
    line: int
    column: int
    start: tuple[int, int]
    lines: list[str]

    def line_text(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    @property
    def before(self) -> int:
        """The number of the nearest line above that is not blank."""
        return next((n for n in range(self.line - 1, -1, -1) if self.line_text(n).strip()), 0)


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """What is wrong with the syntax, and where; ``line`` and ``column`` count from 0, and are None where unknown."""

    line: int | None
    column: int | None
    message: str
    hint: str
    value_line: int | None = None
    """The line of the value that is wrong; None if the lines themselves do not fit together."""


def explain_syntax(error: yaml.YAMLError, text: str, loader: object) -> SyntaxFault:
    """The SyntaxFault that ``error`` comes from, at the place to correct."""
    failure = _read_error(error, text)
    if failure is None:
        position = getattr(error, "position", None)
        number = text.count("\n", 0, position) if isinstance(position, int) else None
        return SyntaxFault(number, None, "this line has a control character", "delete it", number)
    of_lines: tuple[_Look, ...] = (_look_for_tab, _look_for_strange_space)
    of_values: tuple[_Look, ...] = (
        _look_for_escape,
        _look_for_comment,
        _look_for_first_sign,
        _look_for_tail,
        _look_for_open_bracket,
    )
    if fix := next((fix for look in of_lines if (fix := look(failure))), None):
        return SyntaxFault(*fix)
    if fix := _look_for_key_without_space(failure) or _look_for_open_quote(failure, loader):
        return SyntaxFault(*fix, fix[0])
    if fix := next((fix for look in of_values if (fix := look(failure))), None):
        in_brackets = "flow" in failure.context
        return SyntaxFault(*fix, min(fix[0], failure.start[0]) if in_brackets else fix[0])
    if fix := _look_for_indentation(failure) or _look_for_place_of_key(failure) or _look_for_column(failure):
        return SyntaxFault(*fix)
    if fix := _look_for_colon(failure) or _look_for_line_without_key(failure):
        return SyntaxFault(*fix, fix[0])
    context = f" {failure.context}" if failure.context else ""
    hint = "check the indentation of this line against the lines around it; text with ': ' needs quotes"
    message = f"this cannot be read (libyaml{context}: {failure.what})"
    return SyntaxFault(failure.line, failure.column, message, hint)


def _read_error(error: yaml.YAMLError, text: str) -> _ParserFailure | None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return None
    start = getattr(error, "context_mark", None) or mark
    what = getattr(error, "problem", None) or "cannot be read"
    context = getattr(error, "context", None) or ""
    return _ParserFailure(text, what, context, mark.line, mark.column, (start.line, start.column), text.splitlines())


def _look_for_tab(failure: _ParserFailure) -> Fix | None:
    line = failure.line_text(failure.line)
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        return failure.line, failure.column, "this line is indented with a tab", "indent with spaces, never with tabs"
    if line[failure.column : failure.column + 1] == "\t":
        return failure.line, failure.column, "there is a tab here", "write a space in its place"
    return None


def _look_for_strange_space(failure: _ParserFailure) -> Fix | None:
    for number in (failure.line, failure.before):
        if found := _STRANGE_SPACE.match(failure.line_text(number)):
            name = f"U+{ord(found['space']):04X}"
            message = f"this line is indented with the character {name}"
            return number, found.start("space"), message, "indent with plain spaces"
    return None


def _look_for_key_without_space(failure: _ParserFailure) -> Fix | None:
    """``position:Engineer``, or with the wide colon of Chinese and Japanese keyboards."""
    if "expected ':'" not in failure.what and "mapping values" not in failure.what:
        return None
    for number in (failure.start[0], failure.line, failure.before):
        line = failure.line_text(number)
        if found := _WIDE_KEY.match(line):
            hint = f"write an ordinary colon and a space: '{found['key']}: …'"
            return number, found.start("colon"), f"this is the wide colon, U+{ord(found['colon']):04X}", hint
        if found := _TIGHT_KEY.match(line):
            hint = f"write a space after the colon: '{found['key']}: {found['value'].strip()}'"
            return number, found.start("key"), "there is no space after the colon", hint
    return None


def _look_for_open_quote(failure: _ParserFailure, loader: Any) -> Fix | None:
    """A quote that is not closed, so that its text runs on over whole lines up to the next quote."""
    if "quoted scalar" in failure.context and "end of stream" in failure.what:
        return _open_quote(failure, *failure.start)
    try:
        for token in yaml.scan(failure.text, Loader=loader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                swallowed = failure.lines[token.start_mark.line + 1 : token.end_mark.line + 1]
                if any(_KEY.match(line) for line in swallowed):
                    return _open_quote(failure, token.start_mark.line, token.start_mark.column)
    except yaml.YAMLError:
        return None
    return None


def _open_quote(failure: _ParserFailure, line: int, column: int) -> Fix:
    quote = failure.line_text(line)[column : column + 1]
    return line, column, "the quote that opens here is not closed", f"write {quote} at the end of the text"


def _look_for_escape(failure: _ParserFailure) -> Fix | None:
    if "escape" not in failure.what and "hexdecimal" not in failure.what:
        return None
    before, sign, _ = failure.line_text(failure.line)[: failure.column + 2].rpartition("\\")
    column = len(before) if sign else failure.column
    message = "in double quotes, \\ starts an escape, and YAML does not know this one"
    return failure.line, column, message, "use single quotes, or write \\\\"


def _look_for_comment(failure: _ParserFailure) -> Fix | None:
    """``{accent: #7a1f3d}``: the rest of the line, closing bracket included, is a comment."""
    if "flow" not in failure.context:
        return None
    for number in range(min(failure.start[0], failure.before), failure.line + 1):
        line = failure.line_text(number)
        found = _SWALLOWED.search(line)
        if found and re.search(r"[\[{]", line[: found.end()]):
            message = "this # starts a comment, so the bracket before it is not closed"
            return number, found.start("sign"), message, "put the value in quotes"
    return None


def _look_for_first_sign(failure: _ParserFailure) -> Fix | None:
    if "alias" in failure.context or "anchor" in failure.context:
        return _wrong_start(failure, *failure.start)
    if "alias" in failure.what or "anchor" in failure.what:
        return _wrong_start(failure, failure.line, failure.column)
    if "cannot start any token" in failure.what or any(sign in failure.what for sign in "%@`"):
        return _wrong_start(failure, failure.line, failure.column)
    if "block sequence entries" in failure.what:
        message = "a value cannot start with '-' here"
        hint = "put the value in quotes; a list begins on the line below its key"
        return failure.line, failure.column, message, hint
    return None


def _wrong_start(failure: _ParserFailure, line: int, column: int) -> Fix:
    sign = failure.line_text(line)[column : column + 1]
    return line, column, f"a value cannot start with {sign}", "put the value in quotes"


def _look_for_tail(failure: _ParserFailure) -> Fix | None:
    """``"Best" paper`` and ``[link](address) text``: the value ends where its bracket or quote closes."""
    found = _VALUE.match(failure.line_text(failure.line))
    if "did not find expected" not in failure.what or not found or found.start("value") >= failure.column:
        return None
    sign = found["value"]
    if _QUOTED_KEY.match(failure.line_text(failure.line)):
        return None
    if sign in "[{":
        if "flow" in failure.context:
            return None
        hint = f"text that starts with {sign} must be in quotes"
        return failure.line, found.start("value"), "the text goes on after its closing bracket", hint
    other, double = ("single", '\\"') if sign == '"' else ("double", "''")
    hint = f"put all of it in {other} quotes, or write {double} inside"
    return failure.line, found.start("value"), "the text goes on after its closing quote", hint


def _look_for_open_bracket(failure: _ParserFailure) -> Fix | None:
    if "flow" not in failure.context:
        return None
    if failure.start[0] < failure.line:
        sign = "}" if failure.line_text(failure.start[0])[failure.start[1] :].startswith("{") else "]"
        hint = f"write {sign} at its end, and put values with , : {{ }} [ ] in quotes"
        return (*failure.start, "the bracket that opens here is not closed", hint)
    hint = "write a comma before this, or put the value in quotes"
    return failure.line, failure.column, "a comma or a closing bracket is missing before this", hint


def _look_for_indentation(failure: _ParserFailure) -> Fix | None:
    """Two lines of one mapping that do not start in the same column."""
    here, above = _KEY.match(failure.line_text(failure.line)), _KEY.match(failure.line_text(failure.before))
    if not here or not above or here.start("key") == above.start("key"):
        return None
    if "mapping values" in failure.what and (not above["value"] or here.start("key") < above.start("key")):
        return None
    above_line = f"line {failure.before + 1}"
    message = f"this line starts in column {here.start('key') + 1}, but {above_line} in column {above.start('key') + 1}"
    return failure.line, here.start("key"), message, f"start it in the same column as {above_line}"


def _look_for_column(failure: _ParserFailure) -> Fix | None:
    """A line that begins between the columns of the lines around it."""
    if "did not find expected key" not in failure.what and "expected '-' indicator" not in failure.what:
        return None
    what = "list" if "'-'" in failure.what else "mapping"
    first, column = failure.start
    if failure.column == column:
        return None
    if what == "mapping" and (fix := _look_for_lost_dash(failure)):
        return fix
    message = (
        f"this line starts in column {failure.column + 1}, but the {what} of line {first + 1} in column {column + 1}"
    )
    return (
        failure.line,
        failure.column,
        message,
        "start it in the same column, or deeper if it belongs to the line above",
    )


def _look_for_lost_dash(failure: _ParserFailure) -> Fix | None:
    """The first entry of a list, without the dash that the entry at the failure has."""
    here = re.match(r"( *)- \S", failure.line_text(failure.line))
    if not here:
        return None
    depth = len(here[1])
    above = next(
        (n for n in range(failure.line - 1, -1, -1) if re.match(rf" {{0,{depth}}}[^\s#-]", failure.line_text(n))), -1
    )
    first = next((n for n in range(above + 1, failure.line) if failure.line_text(n).strip()), above)
    if not re.fullmatch(r" *[\w-]+: *", failure.line_text(above)) or not re.match(
        rf" {{{depth + 2}}}\w", failure.line_text(first)
    ):
        return None
    message = f"this entry of the list has no dash, unlike that of line {failure.line + 1}"
    return first, depth + 2, message, f"write '- {failure.line_text(first).strip()}'"


def _look_for_line_without_key(failure: _ParserFailure) -> Fix | None:
    if "could not find expected ':'" not in failure.what:
        return None
    hint = "write key: value; if it belongs to the text above, indent it deeper than the key of that text"
    return (*failure.start, "this line has no key", hint)


def _look_for_colon(failure: _ParserFailure) -> Fix | None:
    if not _has_colon_before(failure):
        return None
    hint = "a value with ': ' in it must be in quotes"
    return failure.line, failure.column, "the value has ': ' in it", hint


def _look_for_place_of_key(failure: _ParserFailure) -> Fix | None:
    if "mapping values are not allowed" not in failure.what or _has_colon_before(failure):
        return None
    hint = "check the indentation; if it is part of a text with ': ' in it, put the text in quotes"
    return failure.line, failure.column, "there cannot be a key here", hint


def _has_colon_before(failure: _ParserFailure) -> bool:
    is_key = "mapping values are not allowed" in failure.what
    return is_key and bool(re.search(r":\s", failure.line_text(failure.line)[: failure.column]))
