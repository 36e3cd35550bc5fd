"""Lists every wording in a profile and its bibliography with its place, and the texts that a document prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from cvgen.diagnostics import Location
from cvgen.model.document import Bullet, Document, Item, Part, PublicationItem, Section
from cvgen.model.entries import Entry, HighlightBody, Selectable
from cvgen.model.inline import Text
from cvgen.model.profile import Profile
from cvgen.model.publication import Publication
from cvgen.model.sections import row_of
from cvgen.select.entry_items import name_entry
from cvgen.select.twins import drop_hidden
from cvgen.sources.career import Career


@dataclass(frozen=True, slots=True)
class Mention:
    """One wording in a profile or its bibliography."""

    text: str
    location: Location | None
    entry: str
    """The title of the entry that contains it; empty outside entries."""
    tags: tuple[str, ...] = ()
    """The tags that decide whether it is shown."""
    is_keyword: bool = False
    """Whether it is a term by itself: a skill, a keyword, a language or a topic."""
    is_part: bool = False
    """Whether it belongs to an entry, a bullet or a paper, to which priorities apply."""
    bullet: Location | None = None
    """The place of the bullet, if this is a wording of one."""


def list_mentions(career: Career) -> list[Mention]:
    """Every wording of the profile in the order of the sections, then those of the papers; none of hidden parts."""
    papers = drop_hidden(career.publications, merges=career.profile.bibliography.merge_twins)
    return [*_profile_mentions(career.profile), *(m for p in papers for m in _paper_mentions(p))]


def _profile_mentions(profile: Profile) -> Iterator[Mention]:
    for basics in profile.all_basics.values():
        for value in (basics.label, basics.summary, basics.location):
            yield from _walk(value, Mention("", None, ""))
    for name in profile.entry_sections:
        if custom := profile.sections.get(name):
            yield from _walk((custom.title, custom.text, custom.highlights), Mention("", None, str(custom.title)))
        for entry in profile.entries(name):
            if not entry.hidden:
                yield from _entry_mentions(entry)


def _entry_mentions(entry: Entry) -> Iterator[Mention]:
    row = row_of(entry)
    start = Mention("", None, name_entry(entry), entry.tags, is_part=row.has_priority)
    terms = row.terms.split()
    for field in type(entry).model_fields:
        yield from _walk(getattr(entry, field), replace(start, is_keyword=field in terms))


def _paper_mentions(paper: Publication) -> Iterator[Mention]:
    start = Mention("", paper.location, str(paper.title), is_part=True)
    for text in (paper.title, paper.venue, paper.venue_short, paper.rank):
        yield replace(start, text=str(text))
    for text in (paper.topic, *paper.keywords):
        yield replace(start, text=text, is_keyword=True)
    yield from _walk((paper.title_short, paper.note, paper.award, paper.highlights), start)


def _walk(value: Any, around: Mention) -> Iterator[Mention]:
    """Each wording of each Text in ``value``, with the other fields taken from ``around``."""
    if isinstance(value, Text):
        for _, wording in value.wordings:
            yield replace(around, text=str(wording), location=wording.location or around.location)
    elif isinstance(value, tuple):
        for one in value:
            yield from _walk(one, around)
    elif isinstance(value, BaseModel) and not getattr(value, "hidden", False):
        if isinstance(value, Selectable):
            around = replace(around, tags=value.tags or around.tags)
        if isinstance(value, HighlightBody):
            around = replace(around, bullet=value.text.wordings[0][1].location)
        for field in type(value).model_fields:
            yield from _walk(getattr(value, field), around)


def list_keywords(mention: Mention) -> list[str]:
    """The keywords in ``mention``: its whole text if it is one."""
    return [mention.text] if mention.is_keyword else []


def printed_texts(document: Document) -> list[str]:
    """The texts that ``document`` prints, without the names of people, since no posting asks for a co-author."""
    texts = [document.label, *(contact.text for contact in document.contacts)]
    texts += [text for part in document.walk() for text in _texts_of(part)]
    return [printed for text in texts if (printed := str(text))]


def _texts_of(part: Part) -> list[Any]:
    match part.shown:
        case Section() as section:
            return [section.title, section.text, section.counts, *(group.title for group in section.groups),
                    *(row.label for row in (section.table.rows if section.table else ()))]  # fmt: skip
        case Item() as item:
            return [item.heading, item.subheading, item.aside, *item.notes, *item.details, item.summary]
        case PublicationItem() as paper:
            return [paper.title, paper.lead, paper.venue, paper.venue_short, paper.details, paper.rank, paper.status,
                    paper.topic, paper.note, paper.award, paper.role]  # fmt: skip
        case Bullet(text=text):
            return [text]
    return []
