"""A document with every entry, position and paper changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from cvgen.model.document import Document
from cvgen.model.printed import Group, Item, Section
from cvgen.model.shown_paper import PublicationItem


def _keep_item(item: Item) -> Item:
    return item


@dataclass(frozen=True, slots=True)
class PartChange:
    """What becomes of each paper, and of each entry and position, whose own papers and positions are changed before."""

    of_paper: Callable[[PublicationItem], PublicationItem]
    of_item: Callable[[Item], Item] = _keep_item


def change_parts(document: Document, change: PartChange) -> Document:
    """``document`` with ``change`` made in all its entries, positions and papers, also those below entries."""
    return replace(document, sections=tuple(map(partial(_change_section, change), document.sections)))


def _change_section(change: PartChange, section: Section) -> Section:
    items = map(partial(_change_item, change), section.items)
    groups = map(partial(_change_group, change), section.groups)
    return replace(section, items=tuple(items), groups=tuple(groups))


def _change_item(change: PartChange, item: Item) -> Item:
    papers, positions = map(change.of_paper, item.papers), map(partial(_change_item, change), item.positions)
    return change.of_item(replace(item, papers=tuple(papers), positions=tuple(positions)))


def _change_group(change: PartChange, group: Group) -> Group:
    return replace(group, items=tuple(map(change.of_paper, group.items)))
