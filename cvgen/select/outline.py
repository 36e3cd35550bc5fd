"""A document as a tree of what its reader sees: each part with its texts, and those below it; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cvgen.model.document import Bullet, Contact, Document, Item, PublicationItem, Ref, Section, ShownAuthor
from cvgen.model.inline import RichText
from cvgen.select.parts import PartKind, label_of

Texts = dict[str, str]
"""Field → what is printed there, without structure; fields that say nothing are not in it."""


ELSEWHERE = "\n"
"""Stands between the texts of one field where a part stands in several places; no text has it."""


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """An entry, paper or bullet. ``path`` is that in the profile, the same in every document."""

    kind: PartKind
    path: Ref
    label: str
    texts: Texts
    below: dict[Ref, OutlineNode] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Branch:
    """A section: its title and what else stands at its head, and the parts in it by their paths."""

    name: str
    title: str
    texts: Texts
    parts: dict[Ref, OutlineNode]


def outline_head(document: Document) -> Texts:
    """What stands above all sections; contacts by their kind."""
    texts: dict[str, RichText | str] = {
        "name": document.name,
        "native name": document.native_name,
        "label": document.label,
    }
    return {**_say(texts), **_contacts(document.contacts)}


def outline_sections(document: Document) -> tuple[Branch, ...]:
    """The sections of ``document`` in its order."""
    return tuple(_branch(section) for section in document.sections)


def merge_parts(branches: Iterable[Branch]) -> dict[Ref, OutlineNode]:
    """All entries, papers and bullets right below ``branches``; what stands in several has the texts of all places."""
    merged: dict[Ref, OutlineNode] = {}
    for branch in branches:
        for path, node in branch.parts.items():
            merged[path] = _merge(merged[path], node) if path in merged else node
    return merged


def _merge(first: OutlineNode, second: OutlineNode) -> OutlineNode:
    texts = dict(first.texts)
    for name, text in second.texts.items():
        known = texts[name].split(ELSEWHERE) if name in texts else []
        texts[name] = ELSEWHERE.join(sorted({*known, text}))  # which place comes first does not matter
    below = dict(first.below)
    for path, node in second.below.items():
        below[path] = _merge(below[path], node) if path in below else node
    return OutlineNode(first.kind, first.path, first.label, texts, below)


def _branch(section: Section) -> Branch:
    texts: dict[str, RichText | str] = {
        "title": section.title,
        "text": section.text,
        "counts": section.counts,
        "groups": ", ".join(group.title for group in section.groups),
    }
    nodes = [
        *_bullets(section.bullets),
        *map(_entry, section.items),
        *(_paper(paper) for group in section.groups for paper in group.items),
    ]
    return Branch(section.name, str(section.title), _say(texts), {node.path: node for node in nodes})


def _entry(item: Item) -> OutlineNode:
    texts: dict[str, RichText | str] = {
        "heading": item.heading,
        "subheading": item.subheading,
        "aside": item.aside,
        "dates": item.dates,
        "summary": item.summary,
        "details": ", ".join(map(str, item.details)),
        "notes": "; ".join(map(str, item.notes)),
    }
    label = label_of(item.heading, item.subheading)
    return OutlineNode(
        PartKind.ENTRY, item.ref[1:], label, {**_say(texts), **_contacts(item.contacts)}, _below(item.bullets)
    )


def _paper(paper: PublicationItem) -> OutlineNode:
    texts: dict[str, RichText | str] = {
        "title": paper.title,
        "authors": _authors(paper.authors),
        "venue": paper.venue,
        "year": paper.year,
        "details": paper.details,
        "status": paper.status,
        "role": paper.role,
        "award": paper.award,
        "note": paper.note,
        "rank": paper.rank,
        "metrics": ", ".join(paper.metrics),
        "links": ", ".join(link.label for link in paper.links),
    }
    return OutlineNode(PartKind.PAPER, paper.ref[1:], label_of(paper.title), _say(texts), _below(paper.bullets))


def _authors(authors: tuple[ShownAuthor, ...]) -> str:
    return ", ".join(("… " if author.after_gap else "") + author.name + author.marks for author in authors)


def _bullets(bullets: tuple[Bullet, ...]) -> list[OutlineNode]:
    return [
        OutlineNode(PartKind.BULLET, bullet.ref[1:], label_of(bullet.text), texts, _below(bullet.bullets))
        for bullet in bullets
        for texts in [_say({"text": bullet.text})]
    ]


def _below(bullets: tuple[Bullet, ...]) -> dict[Ref, OutlineNode]:
    return {node.path: node for node in _bullets(bullets)}


def _contacts(contacts: tuple[Contact, ...]) -> Texts:
    return {contact.kind: contact.text for contact in contacts}


def _say(texts: dict[str, RichText | str]) -> Texts:
    """Those that say something, on one line each."""
    said = {name: " ".join(str(text).split()) for name, text in texts.items()}
    return {name: text for name, text in said.items() if text}
