"""The fields of a CV: those that a Document prints, and those that a parser says it found.

A parser's answer is JSON in this form; every key may be left out:

    {"name": "", "email": "", "phone": "", "urls": [""], "skills": [""],
     "jobs": [{"company": "", "title": "", "date": "", "bullets": [""]}],
     "schools": [{"school": "", "degree": "", "date": "", "bullets": [""]}],
     "projects": [{"name": "", "date": "", "bullets": [""]}]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cvgen.model.bullet import Bullet
from cvgen.model.document import Document
from cvgen.model.printed import Item

LISTS: Mapping[str, tuple[str, ...]] = {
    "jobs": ("company", "title", "date"),
    "schools": ("school", "degree", "date"),
    "projects": ("name", "date"),
}
"""The lists of an answer, each with the texts of an entry; entries have bullets too."""
_SECTIONS = {"work": "jobs", "education": "schools", "projects": "projects"}


@dataclass(frozen=True, slots=True)
class Field:
    """A text that a parser should find, and under which name: ``jobs.title``."""

    name: str
    text: str


def list_fields(document: Document) -> list[Field]:
    """What ``document`` says, in its order."""
    return [
        Field("name", str(document.name)),
        *(
            Field(kind, contact.text)
            for kind in ("email", "phone")
            for contact in document.contacts
            if contact.kind == kind
        ),
        *_list_entries(document),
    ]


def _list_entries(document: Document) -> Iterator[Field]:
    for section in document.sections:
        kind = _SECTIONS.get(section.name)
        for item in section.items:
            if section.name == "skills":
                yield from (Field("skills", str(text)) for text in item.details)
            elif kind:
                for head, part in _positions(item):
                    yield from _list_entry(kind, head, part)


def _positions(item: Item) -> Iterator[tuple[str, Item]]:
    """An entry as one job, or each of its positions as one."""
    if item.positions:
        yield from ((str(item.heading), position) for position in item.positions)
    else:
        yield str(item.heading), item


def _list_entry(kind: str, head: str, item: Item) -> Iterator[Field]:
    title = str(item.subheading) if head == str(item.heading) else str(item.heading)
    texts = (head, title, item.dates) if len(LISTS[kind]) == 3 else (head, item.dates)
    for name, text in zip(LISTS[kind], texts, strict=True):
        if text:
            yield Field(f"{kind}.{name}", text)
    yield from (Field(f"{kind}.bullets", text) for text in _list_bullets(item.bullets))


def _list_bullets(bullets: tuple[Bullet, ...]) -> Iterator[str]:
    for bullet in bullets:
        yield str(bullet.text)
        yield from _list_bullets(bullet.bullets)


def read_answer(answer: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of a parser's ``answer``."""
    for name in ("name", "email", "phone"):
        if answer.get(name):
            yield Field(name, str(answer[name]))
    yield from (Field("skills", str(text)) for text in answer.get("skills") or ())
    for kind, names in LISTS.items():
        for entry in answer.get(kind) or ():
            yield from (Field(f"{kind}.{name}", str(entry[name])) for name in names if entry.get(name))
            yield from (Field(f"{kind}.bullets", str(text)) for text in entry.get("bullets") or ())
