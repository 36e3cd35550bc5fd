"""A document as its reader sees it: the texts of each part, and which parts are inside which; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cvgen.model.bullet import Bullet
from cvgen.model.document import Document
from cvgen.model.inline import RichText
from cvgen.model.part import Part, PartKind
from cvgen.model.printed import Contact, CountTable, Item, Section
from cvgen.model.refs import ProfilePath, Ref, find_path
from cvgen.model.shown_paper import PublicationItem, ShownAuthor

Texts = dict[str, str]
"""Field → its printed text, without structure; empty fields are left out."""

ELSEWHERE = "\n"
"""Separates the texts of one field if a part is in several sections; no text contains it."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a document. Sections are known by their ref, all other parts by their path in the profile.

    A part in several sections has the texts of all its places. ``inside`` maps a part to those directly below it.
    """

    head: Texts
    """The texts printed above all sections; contacts by their kind."""
    sections: list[Part] = field(default_factory=list)
    parts: dict[ProfilePath, Part] = field(default_factory=dict)
    texts: dict[Ref | ProfilePath, Texts] = field(default_factory=dict)
    inside: dict[Ref | ProfilePath, dict[ProfilePath, None]] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        """Add ``part``; those around it are known already."""
        if part.kind is PartKind.SECTION:
            self.sections.append(part)
            self.texts[part.ref] = _list_texts(part)
            return
        self.parts.setdefault(part.path, part)
        self.texts[part.path] = _merge_texts(self.texts.get(part.path, {}), _list_texts(part))
        around = part.parent if part.depth == 1 else find_path(part.parent)
        self.inside.setdefault(around, {})[part.path] = None


def outline_document(document: Document) -> Outline:
    """The outline of ``document``, in its order."""
    head: dict[str, RichText | str] = {
        "name": document.name,
        "native name": document.native_name,
        "label": document.label,
        "photo": document.image,
    }
    outline = Outline({**_on_one_line(head), **_contacts(document.contacts)})
    for part in document.walk():
        outline.add(part)
    return outline


def _merge_texts(first: Texts, second: Texts) -> Texts:
    texts = dict(first)
    for name, text in second.items():
        known = texts[name].split(ELSEWHERE) if name in texts else []
        texts[name] = ELSEWHERE.join(sorted({*known, text}))  # which place comes first does not matter
    return texts


def _list_texts(part: Part) -> Texts:
    match part.shown:
        case Section() as section:
            return _on_one_line(_section(section))
        case Item() as item:
            return {**_on_one_line(_entry(item)), **_contacts(item.contacts)}
        case PublicationItem() as paper:
            return _on_one_line(_paper(paper))
        case Bullet(text=text):
            return _on_one_line({"text": text})
    return {}


def _section(section: Section) -> dict[str, RichText | str]:
    return {
        "title": section.title,
        "text": section.text,
        "counts": section.counts,
        "table": "; ".join(_rows(section.table)) if section.table else "",
        "groups": ", ".join(group.title for group in section.groups),
    }


def _rows(table: CountTable) -> Iterator[str]:
    """``Topic, Papers, First``, then the numbers of each row in the same way."""
    yield ", ".join((table.head, *table.columns))
    for row in (*table.rows, table.total):
        yield ", ".join((row.label, *row.counts))


def _entry(item: Item) -> dict[str, RichText | str]:
    return {
        "heading": item.heading,
        "subheading": item.subheading,
        "aside": item.aside,
        "dates": item.dates,
        "summary": item.summary,
        "details": ", ".join(map(str, item.details)),
        "notes": "; ".join(map(str, item.notes)),
    }


def _paper(paper: PublicationItem) -> dict[str, RichText | str]:
    return {
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


def _authors(authors: tuple[ShownAuthor, ...]) -> str:
    return ", ".join(("… " if author.after_gap else "") + author.name + author.marks for author in authors)


def _contacts(contacts: tuple[Contact, ...]) -> Texts:
    texts: Texts = {}
    for contact in contacts:
        texts[contact.kind] = "; ".join(filter(None, (texts.get(contact.kind), contact.text)))
    return texts


def _on_one_line(texts: dict[str, RichText | str]) -> Texts:
    """The texts that are not empty, each on one line."""
    lines = {name: " ".join(str(text).split()) for name, text in texts.items()}
    return {name: line for name, line in lines.items() if line}
