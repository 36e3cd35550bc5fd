"""Arranges the sections of a document whose theme has a side bar: beside it, in it, and as wide as the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from cvgen.model.document import Document
from cvgen.model.inline import RichText
from cvgen.model.printed import Item, Section
from cvgen.model.refs import Ref
from cvgen.themes.contract import SIDEBAR, SIDEBAR_SHORT, WIDE
from cvgen.themes.options import OptionValue

_LOW = 0.7
"""An entry that begins lower on the last page of the side bar (0 to 1) and is cut there goes on the next page whole."""


class PageRange(NamedTuple):
    """The first and the last page of a part, and how far down the first one it begins (0 to 1)."""

    first: int
    last: int
    top: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The sections ``beside`` the side bar, those in it, and those ``below`` both, which are as wide as the page.

    A section that goes on after the last page of the side bar is in ``beside`` and, without its title, in ``below``.
    """

    beside: tuple[Section, ...]
    side: tuple[Section, ...]
    below: tuple[Section, ...]
    tinted: int = 0
    """The number of pages on which the side bar goes on to the foot of the page; 0 if that is not known."""
    breaks_at: int = 0
    """The page after which the sections ``below`` begin, since the side bar ends there; 0 if they follow anywhere."""


def arrange_columns(document: Document, options: Mapping[str, OptionValue]) -> Columns | None:
    """The columns of ``document``; None if the theme has no side bar or the document no section for it."""
    names, wide = options.get(SIDEBAR), options.get(WIDE)
    if not isinstance(names, tuple):
        return None
    side = tuple(section for section in document.sections if section.name in names)
    career = tuple(section for section in document.sections if section.name not in names)
    ends = [index for index, section in enumerate(career) if isinstance(wide, tuple) and section.name in wide]
    end = ends[0] if ends else len(career)
    return Columns(career[:end], side, career[end:]) if side else None


def settle_sidebar(document: Document, options: Mapping[str, OptionValue]) -> Mapping[str, OptionValue]:
    """``options`` whose side bar, if there is one, also has the sections that are there while they are short."""
    side, short = options.get(SIDEBAR), options.get(SIDEBAR_SHORT)
    if not isinstance(side, tuple) or not isinstance(short, tuple) or not side:
        return options
    listed = (section for section in document.sections if section.name in short and section.name not in side)
    more = (section.name for section in listed if not any(map(_is_long, section.items)))
    return {**options, SIDEBAR: (*side, *more)}


def _is_long(item: Item) -> bool:
    return bool(item.bullets or item.papers or item.positions)


def end_columns(columns: Columns, spans: Mapping[Ref, PageRange], *, may_cut: bool = True) -> Columns:
    """``columns`` that end with the side bar: what begins on a page after it has the width of the page.

    ``spans`` say where the parts of ``columns`` are on its pages. Without ``may_cut``, sections stay whole.
    """
    pages = max((spans[section.ref].last for section in columns.side if section.ref in spans), default=1)
    if (cut := _find_cut(columns.beside, spans, pages)) is not None:
        index, place = cut
        before, after = _cut_section(columns.beside[index], place) if place and may_cut else (None, None)
        kept = index + 1 if before is None and place else index
        beside = (*columns.beside[:kept], *((before,) if before else ()))
        below = (*((after,) if after else ()), *columns.beside[index + 1 if place else index :], *columns.below)
        return Columns(beside, columns.side, below, pages, pages)
    ends = max([pages, *(spans[section.ref].last for section in columns.beside if section.ref in spans)])
    follows = bool(columns.below) and spans.get(columns.below[0].ref, PageRange(1, 1, 0)).first <= ends
    return replace(columns, tinted=ends - 1 if follows else ends)


class _ItemPlace(NamedTuple):
    """The place of an item in a section: the number of its group, if there are groups, and its own."""

    group: int
    item: int


def _find_cut(
    sections: tuple[Section, ...], spans: Mapping[Ref, PageRange], pages: int
) -> tuple[int, _ItemPlace | None] | None:
    """The first section, and the place in it, from which on everything is after page ``pages``; None if nothing is."""
    units = [(index, place, spans[ref]) for index, place, ref in _list_units(sections) if ref in spans]
    late = next((number for number, (_, _, span) in enumerate(units) if span.first > pages), None)
    if late is None:
        return None
    is_torn = late > 1 and units[late - 1][2].last > pages and units[late - 1][2].top > _LOW
    index, place, _ = units[late - 1 if is_torn else late]
    return (index, place) if (index, place) != units[0][:2] else None


def _list_units(sections: tuple[Section, ...]) -> Iterator[tuple[int, _ItemPlace | None, Ref]]:
    """The places where the columns may end: before a section (None), or before a later item of one."""
    for index, section in enumerate(sections):
        groups = [[item.ref for item in group.items] for group in section.groups]
        groups = groups or [[item.ref for item in section.items]]
        refs = [(_ItemPlace(at, number), ref) for at, group in enumerate(groups) for number, ref in enumerate(group)]
        # A section is where its first item is: with a text before it, it begins earlier and stays beside the bar
        yield index, None, section.ref
        yield from ((index, place, ref) for place, ref in refs[1:])


def _cut_section(section: Section, place: _ItemPlace) -> tuple[Section, Section]:
    """``section`` before ``place``, and the rest of it, which has no title."""
    rest = replace(section, title=RichText(), text=RichText(), bullets=(), counts="", table=None, legend=())
    if not section.groups:
        return replace(section, items=section.items[: place.item]), replace(rest, items=section.items[place.item :])
    group = section.groups[place.group]
    before, after = group.items[: place.item], group.items[place.item :]
    first = (*section.groups[: place.group], *((replace(group, items=before),) if before else ()))
    title = "" if before else group.title
    last = (replace(group, title=title, items=after), *section.groups[place.group + 1 :])
    return replace(section, groups=first), replace(rest, groups=last)
