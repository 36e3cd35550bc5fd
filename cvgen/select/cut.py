"""Leaving parts out of a document and choosing wordings: (draft, Cut) → Document; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count, takewhile

from cvgen.model.document import Bullet, Document, Group, Item, Legend, PublicationItem, Ref, Section
from cvgen.model.inline import RichText
from cvgen.model.sections import Shape
from cvgen.select.language import format_count

_NOTHING = RichText()


@dataclass(frozen=True, slots=True)
class Cut:
    """The parts that are not shown, and those shown in their short wording."""

    hidden: frozenset[Ref] = frozenset()
    shortened: frozenset[Ref] = frozenset()


def list_short(draft: Document) -> tuple[Ref, ...]:
    """The refs of all parts of ``draft`` that have a short wording, in order."""
    return tuple(_short_refs(draft))


def shorten_all(draft: Document) -> Cut:
    """The Cut that leaves nothing out and takes every short wording."""
    return Cut(shortened=frozenset(list_short(draft)))


def cut_document(draft: Document, cut: Cut) -> Document:
    """``draft`` with one wording of everything and without the hidden parts, numbered as its lists ask.

    A section in which nothing is left is left out; a legend explains only marks that are still printed.
    """
    return replace(draft, sections=_number(drop_empty(_cut_section(section, cut, draft) for section in draft.sections)))


def drop_empty(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Those of ``sections`` that have something in them.

    A list numbered in reverse that is dropped leaves its numbering to the list that continues it.
    """
    kept: list[Section] = []
    is_reversed = False
    for section in sections:
        if is_reversed and section.numbering == "continued":
            section = replace(section, numbering="reversed")
        is_empty = not (section.items or section.groups or section.bullets or section.text)
        is_reversed = is_empty and (section.numbering == "reversed" or (is_reversed and not section.numbering))
        if not is_empty:
            kept.append(section)
    return tuple(kept)


def _cut_section(section: Section, cut: Cut, draft: Document) -> Section:
    if section.ref in cut.hidden:
        return replace(section, text=_NOTHING, items=(), groups=(), bullets=())
    items = tuple(_cut_item(item, cut) for item in section.items if item.ref not in cut.hidden)
    groups = tuple(kept for group in section.groups if (kept := _cut_group(group, cut)).items)
    bullets = _cut_bullets(section.bullets, cut)
    all_papers, papers = (sum(len(group.items) for group in each) for each in (section.groups, groups))
    counts = section.counts
    if counts and papers < all_papers:
        shown = draft.words["count_shown"].format(n=format_count(papers, draft.language))
        counts = f"{counts}{draft.words['semicolon']}{shown}"
    legend = _cut_legend(section.legend, groups)
    shape = section.shape if items or groups else Shape.TEXT
    return replace(section, items=items, groups=groups, bullets=bullets, counts=counts, legend=legend, shape=shape)


def _cut_item(item: Item, cut: Cut) -> Item:
    short = item.ref in cut.shortened
    return replace(
        item,
        heading=item.short_heading if short and item.short_heading else item.heading,
        summary=item.short if short and item.short else item.summary,
        bullets=_cut_bullets(item.bullets, cut),
        short=_NOTHING,
        short_heading=_NOTHING,
    )


def _cut_group(group: Group, cut: Cut) -> Group:
    return replace(group, items=tuple(_cut_paper(paper, cut) for paper in group.items if paper.ref not in cut.hidden))


def _cut_paper(paper: PublicationItem, cut: Cut) -> PublicationItem:
    title = paper.short_title if paper.ref in cut.shortened and paper.short_title else paper.title
    return replace(paper, title=title, bullets=_cut_bullets(paper.bullets, cut), short_title=_NOTHING)


def _cut_bullets(bullets: tuple[Bullet, ...], cut: Cut) -> tuple[Bullet, ...]:
    return tuple(
        replace(
            bullet,
            text=bullet.short if bullet.ref in cut.shortened and bullet.short else bullet.text,
            bullets=_cut_bullets(bullet.bullets, cut),
            short=_NOTHING,
        )
        for bullet in bullets
        if bullet.ref not in cut.hidden
    )


def _cut_legend(legend: tuple[Legend, ...], groups: tuple[Group, ...]) -> tuple[Legend, ...]:
    printed = "".join(author.marks for group in groups for paper in group.items for author in paper.authors)
    return tuple(entry for entry in legend if entry.mark in printed)


def _number(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The numbers of every list: its own, or where it says ``continued`` those that the list before left over.

    Lists without numbers take none, so that a list may be continued after them.
    """
    numbered: list[Section] = []
    numbers: Iterator[int] | None = None
    for index, section in enumerate(sections):
        if section.numbering and (numbers is None or section.numbering != "continued"):
            numbers = _start_numbers(sections[index:])
        if section.numbering and numbers is not None:
            section = replace(section, groups=tuple(_number_group(group, numbers) for group in section.groups))
        numbered.append(section)
    return tuple(numbered)


def _start_numbers(sections: tuple[Section, ...]) -> Iterator[int]:
    """Numbers for the first of ``sections`` and for the lists that continue it: up from 1, or down to 1."""
    first, *others = (section for section in sections if section.numbering)
    if first.numbering != "reversed":
        return count(1)
    lists = [first, *takewhile(lambda section: section.numbering == "continued", others)]
    return iter(range(sum(len(group.items) for section in lists for group in section.groups), 0, -1))


def _number_group(group: Group, numbers: Iterator[int]) -> Group:
    return replace(group, items=tuple(replace(paper, number=next(numbers)) for paper in group.items))


def _short_refs(draft: Document) -> Iterator[Ref]:
    for section in draft.sections:
        yield from _short_bullets(section.bullets)
        for item in section.items:
            if item.short or item.short_heading:
                yield item.ref
            yield from _short_bullets(item.bullets)
        for paper in (paper for group in section.groups for paper in group.items):
            if paper.short_title:
                yield paper.ref
            yield from _short_bullets(paper.bullets)


def _short_bullets(bullets: tuple[Bullet, ...]) -> Iterator[Ref]:
    for bullet in bullets:
        if bullet.short:
            yield bullet.ref
        yield from _short_bullets(bullet.bullets)
