"""Inline text as a tree of nodes, parsed once by a source and written once by a backend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import bidirectional

from cvgen.diagnostics import Location
from cvgen.model.joined_letters import find_cut
from cvgen.model.letter_case import capitalize_all, has_dotted_capitals

_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}

_ALPHABETS = (("a", "z"), ("ß", "ſ"), ("ơ", "ư"), ("ș", "ț"), ("ά", "ώ"), ("а", "ґ"), ("ạ", "ỹ"))
"""The first and the last letter of the alphabets whose small letters fonts draw as small capitals."""
_LOWER = "".join(char for a, z in _ALPHABETS for char in map(chr, range(ord(a), ord(z) + 1)) if char.islower())
_SMALL = re.compile(f"([{_LOWER}][{_LOWER} ]*)")
CITED = "cited"
"""The part of a Span that names publications of the profile: each of its children is a key."""
SINGLE_QUOTES = str.maketrans("“”„", "‘’‚")
"""Double quotation marks and the single ones that are written within a quotation."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Characters that are printed exactly as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Characters in a monospaced font."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break typed by the author; ``paragraph`` is true for a blank line."""

    paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Bold:
    """Strong words."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Italic:
    """Emphasised words."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Sup:
    """Raised characters."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Sub:
    """Lowered characters."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open ``url`` (http, https, mailto or tel)."""

    url: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Math:
    """A formula: its TeX ``source`` as typed, and the same as nodes that any backend can print."""

    source: str
    children: tuple[Inline, ...]
    lost: tuple[str, ...] = ()
    """The commands whose meaning the nodes lack, such as mathcal, whose letter is printed as an italic one."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words with a role in a citation (``owner``, ``title``, ``marks``, ``link``), a letter before a ``gap``, or
    letters that are printed as ``small`` capitals."""

    part: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list: words, and at its end perhaps a list inside it."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list in a text: bullets, or items numbered from ``start``. Its ``children`` are its items."""

    children: tuple[Inline, ...]
    start: int | None = None

    @property
    def items(self) -> tuple[ListItem, ...]:
        """The items in order."""
        return tuple(child for child in self.children if isinstance(child, ListItem))

    @property
    def marks(self) -> tuple[str, ...]:
        """The number of each item, such as ``3.``; empty for bullets."""
        return tuple("" if self.start is None else f"{self.start + at}." for at in range(len(self.children)))


Inline = Plain | Code | Break | Bold | Italic | Sup | Sub | Link | Math | Span | ItemList | ListItem
Inlines = tuple[Inline, ...]


def plain_text(nodes: Inlines) -> str:
    """The characters a reader sees, without any structure."""
    return "".join(_plain(node) for node in nodes)


def _plain(node: Inline) -> str:
    match node:
        case Plain(text) | Code(text):
            return text
        case Break():
            return "\n"
        case ItemList():
            return "\n\n" + "\n\n".join(plain_text(item.children).strip() for item in node.items) + "\n\n"
        case _:
            return plain_text(node.children)


def list_links(nodes: Inlines) -> Iterator[Link]:
    """Every link in ``nodes``, also those inside other nodes."""
    for node in nodes:
        if isinstance(node, Link):
            yield node
        yield from list_links(getattr(node, "children", ()))


def list_formulas(nodes: Iterable[Inline]) -> Iterator[Math]:
    """Every formula in ``nodes``, also those inside other nodes."""
    for node in nodes:
        if isinstance(node, Math):
            yield node
        else:
            yield from list_formulas(node.items if isinstance(node, ItemList) else getattr(node, "children", ()))


@dataclass(frozen=True, slots=True)
class RichText:
    """Inline nodes and the place in a file that they came from. Empty text is false."""

    nodes: Inlines = ()
    """The parts of the text: words, emphasis, links, formulas."""
    location: Location | None = None
    """The place in a file that it came from."""
    language: str = ""
    """The language of the wording, if it is not the one that was asked for."""

    def __bool__(self) -> bool:
        return bool(self.nodes)

    def __str__(self) -> str:
        return plain_text(self.nodes).strip("\n")

    @property
    def paragraphs(self) -> tuple[RichText, ...]:
        """The text cut at its paragraph breaks; a list is a part of its own."""
        return tuple(RichText(tuple(part), self.location, self.language) for part in _split(self.nodes))

    @property
    def is_list(self) -> bool:
        """Whether this paragraph is a list."""
        return len(self.nodes) == 1 and isinstance(self.nodes[0], ItemList)

    @property
    def pieces(self) -> tuple[RichText, ...]:
        """The paragraphs and the items of lists, in reading order: between two of them a list may print its mark."""
        return tuple(RichText(part, self.location, self.language) for part in _cut(self.nodes))

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl`` by the first character that has a direction (UAX 9, P2 and P3); empty if none has."""
        kinds = (bidirectional(character) for character in str(self))
        return next((_DIRECTIONS[kind] for kind in kinds if kind in _DIRECTIONS), "")

    def upper(self, language: str = "") -> RichText:
        """The text in the capitals of ``language``; code and formulas stay as they are."""
        return RichText(_capitalize(self.nodes, language), self.location, self.language)

    def mark_small(self, language: str = "") -> RichText:
        """The text with a Span ``small`` around each run of lower-case letters, for small capitals made of capitals."""
        return RichText(_mark_small(self.nodes, language), self.location, self.language)

    def cut(self, at: int) -> tuple[RichText, RichText]:
        """The first ``at`` characters and the rest; joined letters, code and formulas stay whole."""
        first, rest = _cut_at(self.nodes, at)
        return RichText(first, self.location, self.language), RichText(rest, self.location, self.language)


def _cut_at(nodes: Inlines, at: int) -> tuple[Inlines, Inlines]:
    first: list[Inline] = []
    for index, node in enumerate(nodes):
        if at <= 0:
            return tuple(first), nodes[index:]
        length = len(_plain(node))
        if length <= at or isinstance(node, (Code, Break, Math, ItemList)):
            first.append(node)
        elif isinstance(node, Plain):
            end = find_cut(node.text, at)
            halves = Plain(node.text[:end]), Plain(node.text[end:])
            return (*first, halves[0]), (*(half for half in halves[1:] if half.text), *nodes[index + 1 :])
        else:
            left, right = _cut_at(node.children, at)
            ending = (replace(node, children=right),) if right else ()
            return (*first, replace(node, children=left)), (*ending, *nodes[index + 1 :])
        at -= length
    return tuple(first), ()


def _capitalize(nodes: Inlines, language: str) -> Inlines:
    return tuple(
        Plain(capitalize_all(node.text, language))
        if isinstance(node, Plain)
        else node
        if isinstance(node, (Code, Break, Math))
        else replace(node, children=_capitalize(node.children, language))
        for node in nodes
    )


def _fit_case(run: str, language: str) -> str:
    """``run`` as typed, or in capitals in a language whose capitals the styles do not know."""
    return capitalize_all(run, language) if has_dotted_capitals(language) else run


def _mark_small(nodes: Inlines, language: str) -> Inlines:
    marked: list[Inline] = []
    for node in nodes:
        if isinstance(node, Plain):
            for index, run in enumerate(_SMALL.split(node.text)):
                if run:
                    marked.append(Span("small", (Plain(_fit_case(run, language)),)) if index % 2 else Plain(run))
        elif isinstance(node, (Code, Break, Math)):
            marked.append(node)
        else:
            marked.append(replace(node, children=_mark_small(node.children, language)))
    return tuple(marked)


def _split(nodes: Inlines) -> Iterator[list[Inline]]:
    part: list[Inline] = []
    for node in nodes:
        ends = isinstance(node, ItemList) or (isinstance(node, Break) and node.paragraph)
        if ends and part:
            yield part
            part = []
        if isinstance(node, ItemList):
            yield [node]
        elif not ends:
            part.append(node)
    if part:
        yield part


def _cut(nodes: Inlines) -> Iterator[Inlines]:
    for part in _split(nodes):
        if isinstance(part[0], ItemList):
            for item in part[0].items:
                yield from _cut(item.children)
        else:
            yield tuple(part)


def rich(text: str, location: Location | None = None) -> RichText:
    """``text`` as RichText without any structure; empty text gives empty RichText."""
    return RichText((Plain(text),) if text else (), location)


def drop_links(text: RichText) -> RichText:
    """``text`` with the words of its links, without their addresses."""
    return replace(text, nodes=_drop_links(text.nodes))


def _drop_links(nodes: Inlines) -> Inlines:
    plain: list[Inline] = []
    for node in nodes:
        if isinstance(node, Link):
            plain += _drop_links(node.children)
        elif isinstance(node, (Plain, Code, Break)):
            plain.append(node)
        else:
            plain.append(replace(node, children=_drop_links(node.children)))
    return tuple(plain)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one field: one wording for all languages (key ""), or one per language."""

    wordings: tuple[tuple[str, RichText], ...]

    def wording(self, language: str) -> RichText:
        """The wording for ``language``, else for all languages, else the first one, marked with its own language.

        ``zh`` and ``zh-Hans`` can replace each other.
        """
        spoken = dict(self.wordings)
        base = language.split("-")[0]
        for key in (language, base, "", *(key for key in spoken if key.split("-")[0] == base)):
            if key in spoken:
                return spoken[key]
        written, text = self.wordings[0]
        return replace(text, language=written)

    def __str__(self) -> str:
        return str(self.wordings[0][1])
