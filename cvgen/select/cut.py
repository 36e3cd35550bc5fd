"""Leaves parts out of a draft and chooses wordings: (Draft, Cut) → Document; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, takewhile
from typing import Any, TypeVar

from cvgen.model.bullet import Bullet
from cvgen.model.document import Document
from cvgen.model.draft import Draft
from cvgen.model.inline import RichText
from cvgen.model.printed import Group, Item, Legend, Section, list_papers
from cvgen.model.refs import Ref
from cvgen.model.sections import Shape
from cvgen.model.shown_paper import PublicationItem
from cvgen.select.language import format_count

T = TypeVar("T", Item, PublicationItem, Bullet)


@dataclass(frozen=True, slots=True)
class Cut:
    """The parts that are not shown, and those shown in their short wording."""

    hidden: frozenset[Ref] = frozenset()
    shortened: frozenset[Ref] = frozenset()


def shorten_all(draft: Draft) -> Cut:
    """The Cut that leaves nothing out and takes every short wording."""
    return Cut(shortened=frozenset(draft.short))


def cut_document(draft: Draft, cut: Cut) -> Document:
    """The Document that shows ``draft`` with one wording of each text and without the hidden parts.

    A section that becomes empty is left out. A legend explains only marks that are still printed.
    """
    cutter = _DraftCutter(draft, cut)
    return replace(draft.whole, sections=finish_sections(map(cutter.cut_section, draft.whole.sections)))


def finish_sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The ``sections`` that are not empty, with numbers for their papers as each list is set."""
    return _number(_drop_empty_keep_numbering(sections))


def _drop_empty_keep_numbering(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Those of ``sections`` that have something in them.

    If a list numbered in reverse is dropped, the list that continues it takes over its numbering.
    """
    kept: list[Section] = []
    is_reversed = False
    for section in sections:
        if is_reversed and section.numbering == "continued":
            section = replace(section, numbering="reversed")
        counted = section.only_counts and (section.counts or section.table)
        is_empty = not (section.items or section.groups or section.bullets or section.text or counted)
        is_reversed = is_empty and (section.numbering == "reversed" or (is_reversed and not section.numbering))
        if not is_empty:
            kept.append(section)
    return tuple(kept)


class _DraftCutter:
    """Cuts the sections of one draft."""

    def __init__(self, draft: Draft, cut: Cut) -> None:
        self.draft, self.hidden, self.shortened = draft, cut.hidden, cut.shortened

    def cut_section(self, section: Section) -> Section:
        if section.ref in self.hidden:
            return replace(section, text=RichText(), items=(), groups=(), bullets=(), counts="", table=None)
        items = tuple(map(self._cut_part, self._list_kept(section.items)))
        groups = tuple(kept for group in section.groups if (kept := self._cut_group(group)).items)
        return replace(
            section,
            items=items,
            groups=groups,
            bullets=self._cut_bullets(section.bullets),
            counts=self._say_counts(section, groups),
            legend=_cut_legend(section.legend, (*groups, *(Group("", papers) for papers in list_papers(items)))),
            shape=section.shape if items or groups else Shape.TEXT,
        )

    def _cut_part(self, part: T) -> T:
        """An entry, position, paper or bullet in the chosen wording, with the parts of it that are kept."""
        wording: Mapping[str, Any] = self.draft.short.get(part.ref, {}) if part.ref in self.shortened else {}
        if isinstance(part, Item):
            wording = {
                **wording,
                "positions": tuple(map(self._cut_part, self._list_kept(part.positions))),
                "papers": tuple(map(self._cut_part, self._list_kept(part.papers))),
            }
        return replace(part, bullets=self._cut_bullets(part.bullets), **wording)

    def _cut_bullets(self, bullets: tuple[Bullet, ...]) -> tuple[Bullet, ...]:
        return tuple(map(self._cut_part, self._list_kept(bullets)))

    def _list_kept(self, parts: Iterable[T]) -> Iterator[T]:
        return (part for part in parts if part.ref not in self.hidden)

    def _cut_group(self, group: Group) -> Group:
        return replace(group, items=tuple(map(self._cut_part, self._list_kept(group.items))))

    def _say_counts(self, section: Section, groups: tuple[Group, ...]) -> str:
        """The sentence of counts; if papers are left out, it also says how many are shown."""
        words, language = self.draft.whole.words, self.draft.whole.language
        before, after = (sum(len(group.items) for group in each) for each in (section.groups, groups))
        if not section.counts or after == before:
            return section.counts
        return f"{section.counts}{words['semicolon']}{words['count_shown'].format(n=format_count(after, language))}"


def _cut_legend(legend: tuple[Legend, ...], groups: tuple[Group, ...]) -> tuple[Legend, ...]:
    printed = "".join(author.marks for group in groups for paper in group.items for author in paper.authors)
    return tuple(entry for entry in legend if entry.mark in printed)


def _number(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Number every list from its own start or, with ``continued``, on from the list before it.

    Lists without numbers in between do not matter.
    """
    numbered: list[Section] = []
    numbers: Iterator[int] | None = None
    for index, section in enumerate(sections):
        if section.numbering and (numbers is None or section.numbering != "continued"):
            numbers = _start_numbers(sections[index:])
        if section.numbering and numbers is not None:
            prefix = section.number_prefix
            section = replace(section, groups=tuple(_number_group(group, numbers, prefix) for group in section.groups))
        if section.group_counts:
            section = replace(section, groups=tuple(map(_count_group, section.groups)))
        numbered.append(section)
    return tuple(numbered)


def _start_numbers(sections: tuple[Section, ...]) -> Iterator[int]:
    """The numbers for the first of ``sections`` and the lists that continue it: up from 1, or down to 1."""
    first, *others = (section for section in sections if section.numbering)
    if first.numbering != "reversed":
        return count(1)
    lists = [first, *takewhile(lambda section: section.numbering == "continued", others)]
    return iter(range(sum(len(group.items) for section in lists for group in section.groups), 0, -1))


def _number_group(group: Group, numbers: Iterator[int], prefix: str) -> Group:
    papers = (replace(paper, number=next(numbers), number_prefix=prefix) for paper in group.items)
    return replace(group, items=tuple(papers))


def _count_group(group: Group) -> Group:
    """``group`` with the number of the papers that it shows after its title."""
    return replace(group, count=len(group.items))
