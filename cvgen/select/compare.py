"""Compares two documents as their readers see them: two documents → differences; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cvgen.diagnostics import Location
from cvgen.model.document import Document
from cvgen.model.part import Part
from cvgen.model.refs import ProfilePath
from cvgen.select.align import align_outline
from cvgen.select.outline import ELSEWHERE, Outline, Texts, outline_document


class Change(StrEnum):
    """The kind of a difference: only one document has the part, the wording differs, or the order of sections does."""

    ONLY_A = "only_a"
    ONLY_B = "only_b"
    WORDING = "wording"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class FieldTexts:
    """The texts that the two documents print in one field of a part; None for a document that prints nothing."""

    field: str
    a: str | None
    b: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs between the documents A and B.

    ``kind`` is head, document, section, entry, position, paper or bullet; ``section`` is the title above it, that of A
    if both have the section. ``within`` are the labels of the entry, the position and the bullets around it, and
    ``around`` their paths. ``texts`` are all of its fields if only one document has it, else those that differ.
    ``location`` is its place in the person's files.
    """

    kind: str
    path: ProfilePath
    section: str
    label: str
    within: tuple[str, ...]
    change: Change
    texts: tuple[FieldTexts, ...]
    location: Location | None = None
    around: tuple[ProfilePath, ...] = ()


HEAD = "head"
DOCUMENT = "document"
SECTION = "section"


def compare_documents(a: Document, b: Document) -> tuple[Difference, ...]:
    """All differences in the order of ``a``, then the sections that only ``b`` has; none if both read the same.

    Two parts are the same if they have the same path in the profile, whatever section they are in.
    """
    return tuple(_Comparer(outline_document(a), outline_document(b)).find())


def compare_states(a: Document, b: Document) -> tuple[tuple[Difference, ...], Mapping[ProfilePath, ProfilePath]]:
    """The differences between documents of two states of a profile, and the path in ``b`` by the path of a difference.

    Parts that are known by their place in a list are the same if they have most of their texts in common.
    """
    first = outline_document(a)
    second, paths = align_outline(first, outline_document(b))
    return tuple(_Comparer(first, second).find()), paths


class _Comparer:
    def __init__(self, a: Outline, b: Outline) -> None:
        self.a, self.b = a, b
        self.pairs = _pair_sections(a, b)
        self.seen: set[ProfilePath] = set()

    def find(self) -> Iterator[Difference]:
        if texts := _differing(self.a.head, self.b.head):
            yield Difference(HEAD, (), "", "", (), Change.WORDING, texts)
        yield from self._order()
        for index, section in enumerate(self.a.sections):
            other = self.b.sections[self.pairs[index]] if index in self.pairs else None
            yield from self._section(section, section, other)
        for index, section in enumerate(self.b.sections):
            if index not in self.pairs.values():
                yield from self._section(section, None, section)

    def _order(self) -> Iterator[Difference]:
        """One difference if the sections that both have are in another order."""
        places = [self.pairs[index] for index in sorted(self.pairs)]
        if places != sorted(places):
            titles_a = " · ".join(_title(self.a, self.a.sections[index]) for index in sorted(self.pairs))
            titles_b = " · ".join(_title(self.b, self.b.sections[index]) for index in sorted(places))
            texts = (FieldTexts("sections", titles_a, titles_b),)
            yield Difference(DOCUMENT, (), "", "the sections are in another order", (), Change.ORDER, texts)

    def _section(self, section: Part, a: Part | None, b: Part | None) -> Iterator[Difference]:
        title = _title(self.a, a) if a else _title(self.b, section)
        if texts := _differing(_texts(self.a, a), _texts(self.b, b)):
            yield Difference(SECTION, (section.section,), title, title, (), _change(a, b), texts)
        for path in dict.fromkeys([*_inside(self.a, a), *_inside(self.b, b)]):
            yield from self._part(path, title, {})

    def _part(self, path: ProfilePath, section: str, within: Mapping[ProfilePath, str]) -> Iterator[Difference]:
        """The difference in one part, if any, and those in all parts below it, unless they have been compared.

        At least one document has the part. ``within`` are the parts around it with their labels.
        """
        if path in self.seen:
            return
        self.seen.add(path)
        a, b = self.a.parts.get(path), self.b.parts.get(path)
        part = a or self.b.parts[path]
        if texts := _differing(self.a.texts.get(path, {}), self.b.texts.get(path, {})):
            labels, around = tuple(within.values()), tuple(within)
            change = _change(a, b)
            yield Difference(part.kind.value, path, section, part.label, labels, change, texts, None, around)
        below = {*self.a.inside.get(path, ()), *self.b.inside.get(path, ())}
        # positions and bullets in the order of the profile, then papers
        for inner in sorted(below, key=lambda inner: (isinstance(inner[-1], str), inner[-2:])):
            yield from self._part(inner, section, {**within, path: part.label})


def _title(outline: Outline, section: Part) -> str:
    return outline.texts[section.ref].get("title", "")


def _texts(outline: Outline, section: Part | None) -> Texts:
    return outline.texts[section.ref] if section else {}


def _inside(outline: Outline, section: Part | None) -> dict[ProfilePath, None]:
    return outline.inside.get(section.ref, {}) if section else {}


def _change(a: object | None, b: object | None) -> Change:
    return Change.ONLY_B if a is None else Change.ONLY_A if b is None else Change.WORDING


def _differing(a: Texts, b: Texts) -> tuple[FieldTexts, ...]:
    names = [name for name in dict.fromkeys([*a, *b]) if a.get(name) != b.get(name)]
    return tuple(FieldTexts(name, _on_one_line(a.get(name)), _on_one_line(b.get(name))) for name in names)


def _on_one_line(text: str | None) -> str | None:
    return text.replace(ELSEWHERE, " / ") if text else None


def _pair_sections(a: Outline, b: Outline) -> dict[int, int]:
    """Place in ``a`` → place in ``b``, for sections that a reader sees as the same.

    These are sections of one name with the same title or a common part. Of several lists of papers, those with the
    same title are paired first, then those with most papers in common.
    """
    scores = {
        (i, j): (
            _title(a, one) == _title(b, other),
            len(_inside(a, one).keys() & _inside(b, other).keys()) + _same_text(_texts(a, one), _texts(b, other)),
        )
        for i, one in enumerate(a.sections)
        for j, other in enumerate(b.sections)
        if one.section == other.section
    }
    pairs: dict[int, int] = {}
    for i, j in sorted(scores, key=lambda pair: (scores[pair], -pair[0], -pair[1]), reverse=True):
        if any(scores[i, j]) and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _same_text(one: Texts, other: Texts) -> int:
    """1 if both print the section's own text, of which the profile has only one."""
    return int("text" in one and "text" in other)
