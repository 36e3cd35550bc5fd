"""What a document's flow is made of: a head, then blocks in reading order, whose texts are nodes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cvgen.model.inline import RichText
from cvgen.model.printed import CountTable

_NOTHING = RichText()


class BlockKind(StrEnum):
    """The kind of a block; ``FlowBlock`` says which of its fields each kind uses."""

    HEADING = "heading"
    """The title of a section: text."""
    GROUP = "group"
    """The title of a group of papers: text."""
    ENTRY = "entry"
    """The head of an entry: text, sub, aside, dates."""
    POSITION = "position"
    """The head of one of several positions: text, aside, dates."""
    DATED = "dated"
    """A sentence with its date: text, sub, aside, dates."""
    LINE = "line"
    """A label and what belongs to it, such as skills: text, sub, dates."""
    TEXT = "text"
    """A paragraph: text."""
    NOTE = "note"
    """A line below the head of an entry: text."""
    LEGEND = "legend"
    """What the marks of authors mean: text."""
    BULLET = "bullet"
    """A bullet or a numbered item: text, depth, mark."""
    PAPER = "paper"
    """A publication: lines, mark, depth."""
    TABLE = "table"
    """Papers counted by role: table."""


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """One paragraph, or the few lines of a head or a paper."""

    kind: BlockKind
    text: RichText = _NOTHING
    sub: RichText = _NOTHING
    aside: RichText = _NOTHING
    dates: str = ""
    lines: tuple[RichText, ...] = ()
    depth: int = 0
    """How deep it is inside other bullets or below an entry; 0 at the margin."""
    mark: str = ""
    """The number before an item or a paper."""
    logo: str = ""
    """A picture before the text, by its name in the profile."""
    table: CountTable | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document; ``contacts`` are in the order in which they are printed."""

    name: RichText
    native_name: RichText
    label: RichText
    contacts: tuple[RichText, ...]
