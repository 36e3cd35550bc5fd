"""What the reader of one document sees that the reader of another does not: two documents → differences; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cvgen.model.document import Document, Ref
from cvgen.select.outline import ELSEWHERE, Branch, OutlineNode, Texts, merge_parts, outline_head, outline_sections


class Change(StrEnum):
    """How a part differs: only one document has it, both word it in their own way, or sections change places."""

    ONLY_A = "only_a"
    ONLY_B = "only_b"
    WORDING = "wording"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class FieldTexts:
    """What the two documents print in one field of a part, None where one prints nothing."""

    field: str
    a: str | None
    b: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that a reader of A and a reader of B do not see alike.

    ``kind`` is head, document, section, entry, paper or bullet; ``section`` the title above it, as A has it where both
    have the section; ``within`` are the labels of the entry and the bullets that it stands in. ``texts`` are all of its
    fields where one document alone has it, else those that differ.
    """

    kind: str
    path: Ref
    section: str
    label: str
    within: tuple[str, ...]
    change: Change
    texts: tuple[FieldTexts, ...]


HEAD = "head"
DOCUMENT = "document"
SECTION = "section"


def compare_documents(a: Document, b: Document) -> tuple[Difference, ...]:
    """All differences in the order of ``a``, then the sections that only ``b`` has; none where both read the same.

    A part is the same where its path in the profile is: the section and the place that it stands at do not matter.
    """
    return tuple(_Comparison(a, b).find())


class _Comparison:
    def __init__(self, a: Document, b: Document) -> None:
        self.heads = outline_head(a), outline_head(b)
        self.sections_a, self.sections_b = outline_sections(a), outline_sections(b)
        self.parts_a, self.parts_b = merge_parts(self.sections_a), merge_parts(self.sections_b)
        self.pairs = _pair_sections(self.sections_a, self.sections_b)
        self.told: set[Ref] = set()

    def find(self) -> Iterator[Difference]:
        if texts := _differing(*self.heads):
            yield Difference(HEAD, (), "", "", (), Change.WORDING, texts)
        yield from self._order()
        for index, branch in enumerate(self.sections_a):
            other = self.sections_b[self.pairs[index]] if index in self.pairs else None
            yield from self._section(branch.title, branch, other)
        for index, branch in enumerate(self.sections_b):
            if index not in self.pairs.values():
                yield from self._section(branch.title, None, branch)

    def _order(self) -> Iterator[Difference]:
        """One difference where sections that both have follow each other differently."""
        places = [self.pairs[index] for index in sorted(self.pairs)]
        if places != sorted(places):
            titles_a = " · ".join(self.sections_a[index].title for index in sorted(self.pairs))
            titles_b = " · ".join(self.sections_b[index].title for index in sorted(places))
            texts = (FieldTexts("sections", titles_a, titles_b),)
            yield Difference(DOCUMENT, (), "", "the sections stand in another order", (), Change.ORDER, texts)

    def _section(self, title: str, a: Branch | None, b: Branch | None) -> Iterator[Difference]:
        name = a.name if a else b.name if b else ""
        if texts := _differing(a.texts if a else {}, b.texts if b else {}):
            yield Difference(SECTION, (name,), title, title, (), _change(a, b), texts)
        for path in dict.fromkeys([*(a.parts if a else ()), *(b.parts if b else ())]):
            if path not in self.told:
                self.told.add(path)
                yield from _compare(self.parts_a.get(path), self.parts_b.get(path), title, ())


def _compare(
    a: OutlineNode | None, b: OutlineNode | None, section: str, within: tuple[str, ...]
) -> Iterator[Difference]:
    """The difference of one part, if any, and those of all below it; at least one of the two is there."""
    node = a or b
    if node is None:
        return
    if texts := _differing(a.texts if a else {}, b.texts if b else {}):
        yield Difference(node.kind.value, node.path, section, node.label, within, _change(a, b), texts)
    below_a, below_b = a.below if a else {}, b.below if b else {}
    for path in sorted({*below_a, *below_b}, key=lambda path: path[-1]):
        yield from _compare(below_a.get(path), below_b.get(path), section, (*within, node.label))


def _change(a: object | None, b: object | None) -> Change:
    return Change.ONLY_B if a is None else Change.ONLY_A if b is None else Change.WORDING


def _differing(a: Texts, b: Texts) -> tuple[FieldTexts, ...]:
    names = [name for name in dict.fromkeys([*a, *b]) if a.get(name) != b.get(name)]
    return tuple(FieldTexts(name, _on_one_line(a.get(name)), _on_one_line(b.get(name))) for name in names)


def _on_one_line(text: str | None) -> str | None:
    return text.replace(ELSEWHERE, " / ") if text else None


def _pair_sections(a: tuple[Branch, ...], b: tuple[Branch, ...]) -> dict[int, int]:
    """Place in ``a`` → place in ``b`` of what is one section to a reader.

    Those of one name are, where they have the title or something of what is in them in common; of several lists of
    papers the ones that share the title go first, then those that share most.
    """
    scores = {
        (i, j): (one.title == other.title, len(one.parts.keys() & other.parts.keys()) + _same_text(one, other))
        for i, one in enumerate(a)
        for j, other in enumerate(b)
        if one.name == other.name
    }
    pairs: dict[int, int] = {}
    for i, j in sorted(scores, key=lambda pair: (scores[pair], -pair[0], -pair[1]), reverse=True):
        if any(scores[i, j]) and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _same_text(one: Branch, other: Branch) -> int:
    """1 where both print the section's own text, of which there is one in the profile."""
    return int("text" in one.texts and "text" in other.texts)
