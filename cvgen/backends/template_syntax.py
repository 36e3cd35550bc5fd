"""Explains what Jinja2 says of a template that it cannot read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jinja2 import Environment, TemplateSyntaxError

from cvgen.diagnostics import Mistake, did_you_mean, nearest

_TAGS = ("block", "call", "elif", "else", "endblock", "endcall", "endfilter", "endfor", "endif", "endmacro", "endset",
         "endwith", "extends", "filter", "for", "from", "if", "import", "include", "macro", "set", "with")  # fmt: skip
_NOT_CLOSED = r"Unexpected end of template\. .*needs to be closed is '(\w+)'"
"""Jinja2's message at the end of a template, with the name of the tag."""
_Match = re.Match[str]


def explain_syntax(message: str, environment: Environment) -> Mistake:
    """What is wrong, and what to write, for a ``message`` of Jinja2 about the syntax."""
    for pattern, explain in _MESSAGES:
        if found := re.search(pattern, message):
            said, hint = explain(found, environment)
            return Mistake(f"template: {said}", hint)
    return Mistake(f"template: {message}", "correct the template")


def find_open_line(error: TemplateSyntaxError, environment: Environment) -> int:
    """The line of the tag that is not closed, if that is the ``error``; else the line that Jinja2 names.

    Jinja2 names the line where the template ends.
    """
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


_MESSAGES: tuple[tuple[str, Callable[[_Match, Environment], tuple[str, str]]], ...] = (
    (_NOT_CLOSED, _say_open),
    (r"unknown tag '(end\w+|else|elif)'\.(?:.*needs to be closed is '(\w+)')?", _say_unmatched),
    (r"unknown tag '(\w+)'", _say_tag),
    (r"No (filter|test) named '(\w+)'", _say_filter),
    (r"unexpected 'end of template'|unexpected end of template", _say_end),
    (r"(?i)missing end of (comment|raw)", _say_end),
)
"""What Jinja2 says, as a pattern, and how to say it."""
