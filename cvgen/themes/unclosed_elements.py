"""Finds HTML elements of a theme's templates that are not closed: a page then looks wrong from there on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from cvgen.diagnostics import Location, Problem, warn
from cvgen.themes.own_templates import read_own_templates
from cvgen.themes.theme import Theme

_HTML = "html"
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements without an end tag (https://html.spec.whatwg.org/#void-elements)."""
_OPTIONAL = frozenset({"html", "head", "body", "p", "li", "dt", "dd", "option", "thead", "tbody", "tfoot", "tr", "td",
                       "th"})  # fmt: skip
"""Elements whose end tag may be left out (https://html.spec.whatwg.org/#optional-tags)."""
_LONGEST = 20_000
"""The most characters of a template that is looked at: some of a stranger's would take very long."""
_BRANCHES = ("elif", "else")
_WITH_BODY = ("if", "for", "macro", "call", "filter", "block", "with", "autoescape")


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that begins, or an end tag alone, at ``line``; ``order`` counts them."""

    name: str
    line: int
    order: int


@dataclass(frozen=True, slots=True)
class _Body:
    """A body of Jinja's tags: the elements open ``before`` it, and at the end of each branch that has ended."""

    before: tuple[_Element, ...]
    ends: list[tuple[_Element, ...]] = field(default_factory=list)
    is_chosen: bool = False
    """Whether one of the branches is always taken."""


def find_unclosed_elements(theme: Theme) -> list[Problem]:
    """A warning for each element that is not closed, and each end tag that closes nothing.

    Templates that come with cvgen are not looked at. An element may begin in one template and end in another, and
    begin in one branch and end in another one.
    """
    read = [(path, found) for path, text in read_own_templates(theme, _HTML) if (found := _read(text))]
    opened = {one.name for _, tags in read for one in tags.unclosed()}
    closed = {one.name for _, tags in read for one in tags.stray()}
    return [problem for path, tags in read for problem in _list_problems(path, tags, opened & closed)]


def _list_problems(path: Path, tags: _TagReader, across: Iterable[str]) -> Iterator[Problem]:
    for one in tags.unclosed():
        if one.name not in across:
            place = Location(str(path), one.line)
            yield warn(f"<{one.name}> is not closed", place, f"write </{one.name}> where it ends")
    for one in tags.stray():
        if one.name not in across:
            hint = f"delete it, or write <{one.name}> where it begins"
            yield warn(f"</{one.name}> closes nothing", Location(str(path), one.line), hint)


class _TagReader(HTMLParser):
    """Follows the elements of a template through its branches."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.open: tuple[_Element, ...] = ()
        self.left: list[_Element] = []
        """Elements inside of one that ended."""
        self.ended: list[_Element] = []
        """End tags of what is not open: some may end what a branch opened."""
        self.maybe: list[_Element] = []
        """Elements that a branch opened and did not close."""
        self.halfway: list[_Element] = []
        """Elements that some branches close, and others do not."""

    def unclosed(self) -> list[_Element]:
        """The elements that have no end tag and need one, in the order of their lines."""
        ended = {one.name for one in self.ended}
        maybe = (one for one in self.maybe if one.name not in ended)
        found = [one for one in (*self.left, *self.open, *maybe) if one.name not in _OPTIONAL]
        return sorted(dict.fromkeys(found), key=lambda one: one.order)

    def stray(self) -> list[_Element]:
        """The end tags that close nothing."""
        maybe = {one.name for one in (*self.maybe, *self.halfway)}
        return [one for one in self.ended if one.name not in maybe]

    def join(self, before: tuple[_Element, ...], ends: Iterable[tuple[_Element, ...]]) -> None:
        """Go on after branches with different ``ends``: open is what all of them leave open."""
        ends = list(ends)
        shared = 0
        for ones in zip(*ends, strict=False):
            if len({one.name for one in ones}) > 1:
                break
            shared += 1
        for one in (one for end in ends for one in end[shared:]):
            is_older = any(one is other for other in before)
            (self.halfway if is_older else self.maybe).append(one)
        self.open = ends[0][:shared]

    def _count(self) -> int:
        self.number += 1
        return self.number

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Open ``tag``."""
        if tag not in _VOID:
            self.open = (*self.open, _Element(tag, self.getpos()[0], self._count()))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Nothing is open after ``<path/>``."""

    def handle_endtag(self, tag: str) -> None:
        """Close the last ``tag``, and what is open inside it."""
        names = [one.name for one in self.open]
        if tag in names:
            at = len(names) - 1 - names[::-1].index(tag)
            self.left += self.open[at + 1 :]
            self.open = self.open[:at]
        elif tag not in _VOID | _OPTIONAL:
            self.ended.append(_Element(tag, self.getpos()[0], self._count()))


def _read(text: str) -> _TagReader | None:
    """The elements of the template ``text``; None for one that is very long or cannot be read."""
    if len(text) > _LONGEST:
        return None
    from jinja2 import Environment, TemplateSyntaxError

    reader, bodies = _TagReader(), list[_Body]()
    environment, words = Environment(autoescape=True), list[str]()
    try:
        for line, kind, token in environment.lex(text):
            if kind == "data":
                if not reader.rawdata:
                    reader.lineno = line
                reader.feed(token)
            elif kind == "block_begin":
                words = []
            elif kind == "name":
                words.append(token)
            elif kind == "block_end":
                _follow(words[0] if words else "", reader, bodies)
    except TemplateSyntaxError:
        return None
    return reader


def _follow(tag: str, reader: _TagReader, bodies: list[_Body]) -> None:
    """Go on after a tag of Jinja."""
    if tag in _WITH_BODY:
        bodies.append(_Body(reader.open))
    elif tag in _BRANCHES and bodies:
        body = bodies.pop()
        bodies.append(_Body(body.before, [*body.ends, reader.open], is_chosen=tag == "else"))
        reader.open = body.before
    elif tag.startswith("end") and tag.removeprefix("end") in _WITH_BODY and bodies:
        body = bodies.pop()
        reader.join(body.before, [*body.ends, reader.open, *([] if body.is_chosen else [body.before])])
