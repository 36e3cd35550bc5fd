"""Lays out the head of a document: contacts in rows of about the same width, long names and titles in even lines.

Templates of both backends call these functions, so that HTML and LaTeX break the head at the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from cvgen.backends.text_width import MM_PER_PT, load_widths, measure_width
from cvgen.model.document import Document
from cvgen.model.inline import RichText
from cvgen.model.printed import Contact
from cvgen.themes.contract import LINKS
from cvgen.themes.options import Font, OptionValue

CONTACT_SIZE = 0.96
"""The size of contacts, in sizes of the text."""
_SPARE = 0.985
"""The share of a line that is filled at most, since kerning is not measured."""
_ICON = 1.2
"""The width of an icon and of the gap after it, in sizes of the text."""
_SCALES = (1, 0.9, 0.8, 0.7)
"""The sizes of a long name, as shares of the theme's."""
_LONELY = 0.6
"""A part that fills less than this share of a line should not be alone on it."""


def head_functions(document: Document, options: Mapping[str, OptionValue]) -> dict[str, Any]:
    """The functions for templates, by name, and the ``contact_size``."""
    for option in options.values():
        if isinstance(option, Font) and option.generic != "monospace":
            load_widths(option)
    layout = _HeadLayout(document.words["colon"], options.get(LINKS) == "addresses")
    return {
        "name_scale": _scale_name,
        "contact_text": layout.say,
        "contact_rows": layout.break_contacts,
        "contact_column": layout.measure_column,
        "contact_size": CONTACT_SIZE,
        "head_lines": _break_lines,
        "text_width": lambda text, font, size, cut="regular": measure_width(str(text), font, size, cut),
    }


@dataclass(frozen=True, slots=True)
class _HeadLayout:
    """Lays out the contacts of one document; widths are in mm, sizes in pt."""

    colon: str
    in_full: bool
    """Whether contacts are printed with the addresses that they link to, and so without icons."""

    def say(self, contact: Contact, icons: bool) -> str:
        """The text of ``contact``."""
        return say_contact(contact, self.colon, icons=icons, in_full=self.in_full)

    def break_contacts(
        self, contacts: Sequence[Contact], room: float, font: Font, size: float, gap: float, icons: bool
    ) -> tuple[tuple[Contact, ...], ...]:
        """``contacts`` in rows of at most ``room``, with a gap of so many sizes of the text between two."""
        widths = [self._measure(contact, font, size, icons) for contact in contacts]
        ends = break_evenly(widths, gap * size * MM_PER_PT, room)
        return tuple(tuple(contacts[start:end]) for start, end in pairwise(ends))

    def measure_column(self, contacts: Sequence[Contact], font: Font, size: float, icons: bool) -> float:
        """The width of the widest of ``contacts``."""
        return max((self._measure(contact, font, size, icons) for contact in contacts), default=0.0)

    def _measure(self, contact: Contact, font: Font, size: float, icons: bool) -> float:
        text = measure_width(self.say(contact, icons), font, size)
        return text + (_ICON * size * MM_PER_PT if icons and not self.in_full else 0)


def _break_lines(text: RichText, room: float, font: Font, size: float, cut: str = "regular") -> tuple[RichText, ...]:
    """``text`` in lines of at most ``room`` mm, which end between words."""
    return break_text(text, room, lambda words: measure_width(words, font, size, cut))


def _scale_name(name: RichText, room: float, font: Font, size: float) -> float:
    """How much smaller than ``size`` pt the name is, to fit on two lines of ``room`` mm: 1, or less for a long one."""
    for scale in _SCALES:
        lines = _break_lines(name, room, font, size * scale, "bold")
        widest = max(measure_width(str(line).rstrip(), font, size * scale, "bold") for line in lines)
        if len(lines) <= 2 and widest <= room * _SPARE:
            return scale
    return _SCALES[-1]


def say_contact(contact: Contact, colon: str, *, icons: bool, in_full: bool) -> str:
    """The text of ``contact``: its handle beside an icon, or ``in_full`` with the address that it links to."""
    if in_full and not contact.pieces and contact.url.startswith("http") and contact.kind != "url":
        address = contact.url.removeprefix("https://").removeprefix("http://").removeprefix("www.")
        return f"{contact.label}{colon}{address}" if contact.label else f"{contact.text} ({address})"
    return contact.short or contact.text if icons and not contact.pieces else contact.text


def break_text(text: RichText, room: float, measure: Callable[[str], float]) -> tuple[RichText, ...]:
    """``text`` in as few lines as its words need in ``room``, about equally long; one line where a word is too long."""
    words = str(text).split(" ")
    widths = [measure(word) for word in words]
    if max(widths) > room * _SPARE:
        return (text,)
    ends = break_evenly(widths, measure(" "), room)
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    lines, rest, done = [], text, 0
    for end in ends[1:-1]:
        line, rest = rest.cut(starts[end] - done)
        lines.append(line)
        done = starts[end]
    return (*lines, rest)


def break_evenly(widths: Sequence[float], gap: float, room: float) -> list[int]:
    """The indexes at which rows of parts begin, and at the end their number: ``[0, 3, 6]`` for two rows of three.

    There are as few rows as fit in ``room``, as equally wide as can be, and no short part is alone if it can be helped.
    A part that is wider than ``room`` has a row of its own.
    """
    count, room = len(widths), room * _SPARE
    best: list[tuple[int, float, list[int]]] = [(0, 0.0, [0])]
    for end in range(1, count + 1):
        found = []
        for start in range(end):
            width = sum(widths[start:end]) + gap * (end - start - 1)
            if width > room and end - start > 1:
                continue
            rows, cost, ends = best[start]
            lonely = end - start == 1 < count and width < _LONELY * room
            found.append((rows + 1, cost + (width / room) ** 2 + lonely, [*ends, end]))
        best.append(min(found, key=lambda one: one[:2]))
    return best[count][2]
