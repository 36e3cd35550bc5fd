"""Explains what Jinja2 says of a template that it cannot read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError

from cvgen.diagnostics import Mistake, did_you_mean, nearest

_TAGS = ("block", "call", "elif", "else", "endblock", "endcall", "endfilter", "endfor", "endif", "endmacro", "endset",
         "endwith", "extends", "filter", "for", "from", "if", "import", "include", "macro", "set", "with")  # fmt: skip
_NOT_CLOSED = r"Unexpected end of template\. .*needs to be closed is '(\w+)'"
"""Jinja2's message at the end of a template, with the name of the tag."""
_ASTRAY = r"(?i)unexpected (?:char|'|end of template)|expected token|[Mm]issing end of comment"
"""What Jinja2 says where it reads text as a part of a tag."""
_Match = re.Match[str]


def explain_syntax(error: TemplateSyntaxError, environment: Environment) -> Mistake:
    """What is wrong, and what to write, for an ``error`` of Jinja2 about the syntax."""
    message = error.message or ""
    if opened := _find_open_tag(error, environment):
        return Mistake(f"template: a tag begins with {opened.begin} and has no {opened.end}", opened.hint)
    for pattern, explain in _MESSAGES:
        if found := re.search(pattern, message):
            said, hint = explain(found, environment)
            return Mistake(f"template: {said}", hint)
    return Mistake(f"template: {message}", "correct what is between the signs of this tag")


@dataclass(frozen=True, slots=True)
class _OpenTag:
    """A tag that begins in ``line`` and is not closed before the next one begins."""

    begin: str
    end: str
    line: int
    text: str
    """What follows its begin, up to the next tag."""

    @property
    def hint(self) -> str:
        """What to write: the whole tag, if the first half of its end shows how far it goes."""
        inside, sign, _ = self.text.partition(self.end[-1])
        may_compare = self.end == "%>" and sign == ">"
        if sign and not may_compare and "\n" not in inside:
            return f"write {self.begin} {inside.strip()} {self.end}"
        return f"write {self.end} where it ends"


def _find_open_tag(error: TemplateSyntaxError, environment: Environment) -> _OpenTag | None:
    """The first tag that is not closed, if Jinja2 may have been led astray by it."""
    if not re.search(_ASTRAY, error.message or ""):
        return None
    source = error.source or ""
    ends = {
        environment.variable_start_string: environment.variable_end_string,
        environment.block_start_string: environment.block_end_string,
        environment.comment_start_string: environment.comment_end_string,
    }
    begins = re.compile("|".join(map(re.escape, ends)))
    at = 0
    while found := begins.search(source, at):
        end, following = source.find(ends[found[0]], found.end()), begins.search(source, found.end())
        stop = following.start() if following else len(source)
        is_remark = found[0] == environment.comment_start_string
        if end < 0 or (end > stop and not is_remark):
            text = source[found.end() : stop]
            return _OpenTag(found[0], ends[found[0]], source.count("\n", 0, found.start()) + 1, text)
        at = end + len(ends[found[0]])
    return None


def find_open_line(error: TemplateSyntaxError, environment: Environment) -> int:
    """The line of the tag that is not closed, if that is the ``error``; else the line that Jinja2 names.

    Jinja2 names the line where the template ends.
    """
    if opened_tag := _find_open_tag(error, environment):
        return opened_tag.line
    found = re.search(_NOT_CLOSED, error.message or "")
    if not found:
        return error.lineno
    opened = []
    for line, words in _list_tags(error.source or "", environment):
        if words[:1] == [found[1]] and not (words[0] == "set" and "=" in words):
            opened.append(line)
        elif words[:1] == [f"end{found[1]}"] and opened:
            opened.pop()
    return opened[-1] if opened else error.lineno


def _list_tags(source: str, environment: Environment) -> Iterator[tuple[int, list[str]]]:
    """The line of each tag, and its words and operators."""
    words: list[str] = []
    for line, kind, text in environment.lex(source):
        if kind == "block_begin":
            words = []
        elif kind == "block_end":
            yield line, words
        elif kind in ("name", "operator"):
            words.append(text)


def _tag(name: str, environment: Environment) -> str:
    return f"{environment.block_start_string} {name} {environment.block_end_string}"


def _say_open(found: _Match, environment: Environment) -> tuple[str, str]:
    return f"{found[1]!r} is not closed", f"write {_tag(f'end{found[1]}', environment)} after it"


def _say_unmatched(found: _Match, environment: Environment) -> tuple[str, str]:
    if found[2]:
        return (
            f"{found[1]!r} is not expected here",
            f"write {_tag(f'end{found[2]}', environment)} before it, or delete it",
        )
    return f"{found[1]!r} closes nothing", "delete it, or write the tag that it closes"


def _say_tag(found: _Match, environment: Environment) -> tuple[str, str]:
    near = nearest(found[1], [*_TAGS, *environment.globals])
    hint = did_you_mean(near) if near in _TAGS else f"correct the tag: {', '.join(_TAGS)}"
    return f"unknown tag {found[1]!r}", hint


def _say_filter(found: _Match, environment: Environment) -> tuple[str, str]:
    known = environment.filters if found[1] == "filter" else environment.tests
    near = nearest(found[2], known)
    return f"No {found[1]} named {found[2]!r}", did_you_mean(near) if near else "correct the name, or leave it out"


def _say_end(found: _Match, environment: Environment) -> tuple[str, str]:
    start, end = environment.variable_start_string, environment.variable_end_string
    return (
        "the template ends inside a tag",
        f"correct the line where it begins: {start} … {end} or {_tag('…', environment)}",
    )


def _say_extra(found: _Match, environment: Environment) -> tuple[str, str]:
    end = environment.variable_end_string if found[1] == "print statement" else environment.block_end_string
    hint = "write == to compare" if found[2] == "=" else f"write {end} before it, or delete it"
    return f"{found[2]!r} is not expected here", hint


_MESSAGES: tuple[tuple[str, Callable[[_Match, Environment], tuple[str, str]]], ...] = (
    (_NOT_CLOSED, _say_open),
    (r"unknown tag '(end\w+|else|elif)'\.(?:.*needs to be closed is '(\w+)')?", _say_unmatched),
    (r"unknown tag '(\w+)'", _say_tag),
    (r"No (filter|test) named '(\w+)'", _say_filter),
    (r"unexpected 'end of template'|unexpected end of template", _say_end),
    (r"unexpected '.+', expected '(.+)'", lambda found, _: (found.string, f"write {found[1]} before it")),
    (r"expected token 'end of (print statement|statement block)', got '(.+)'", _say_extra),
    (r"expected token '(.+)', got", lambda found, _: (f"expected a {found[1]}", "write what belongs there")),
    (r"unexpected char '(.+)'", lambda found, _: (found.string, "delete it, or put it between quotes")),
    (r"(?i)missing end of (comment|raw)", _say_end),
)
"""What Jinja2 says, as a pattern, and how to say it."""
