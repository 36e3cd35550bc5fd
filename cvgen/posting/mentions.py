"""Lists every wording in a profile and its bibliography with its place, and the texts that a document prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from cvgen.diagnostics import Location
from cvgen.model.bullet import Bullet
from cvgen.model.document import Document
from cvgen.model.entry import Entry, HighlightBody, Selectable
from cvgen.model.inline import Text
from cvgen.model.part import Part
from cvgen.model.printed import Item, Section
from cvgen.model.profile import Profile
from cvgen.model.publication import Publication
from cvgen.model.refs import PAPERS, ProfilePath
from cvgen.model.sections import row_of
from cvgen.model.shown_paper import PublicationItem
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
    path: ProfilePath = ()
    """The path of the entry, position, bullet or paper that it belongs to; that of a section of one's own; or ()."""
    language: str = ""
    """The language that it is a wording for; empty for all."""
    is_short: bool = False
    """Whether it is a short wording."""
    tag_sets: tuple[tuple[str, ...], ...] = ()
    """For each part around it that has tags, those tags: a variant shows it only with one tag of each."""


def list_mentions(career: Career) -> list[Mention]:
    """Every wording of the profile in the order of the sections, then those of the papers; none of hidden parts."""
    papers = drop_hidden(career.publications, merges=career.profile.bibliography.merge_twins)
    return [*_profile_mentions(career.profile), *(m for p in papers for m in _paper_mentions(p))]


def _profile_mentions(profile: Profile) -> Iterator[Mention]:
    for basics in profile.all_basics.values():
        yield from _walk((basics.label, basics.location), Mention("", None, ""))
        yield from _walk(basics.summary, Mention("", None, "", path=("sections", "summary")))
    for name in profile.entry_sections:
        if custom := profile.sections.get(name):
            around = Mention("", None, str(custom.title), path=("sections", name))
            yield from _walk((custom.title, custom.text), around)
            yield from _walk(custom.highlights, around, "highlights")
        for index, entry in enumerate(profile.entries(name)):
            if not entry.hidden:
                yield from _entry_mentions(entry, profile.path_of(name, index))


def _entry_mentions(entry: Entry, path: ProfilePath) -> Iterator[Mention]:
    row = row_of(entry)
    start = Mention("", None, name_entry(entry), entry.tags, is_part=row.has_priority, path=path)
    start = replace(start, tag_sets=(entry.tags,) if entry.tags else ())
    terms = row.terms.split()
    for field in type(entry).model_fields:
        yield from _walk(getattr(entry, field), replace(start, is_keyword=field in terms), field)


def _paper_mentions(paper: Publication) -> Iterator[Mention]:
    start = Mention("", paper.location, str(paper.title), is_part=True, path=(PAPERS, paper.key))
    for text in (paper.title, paper.venue, paper.venue_short, paper.rank):
        yield replace(start, text=str(text))
    for text in (paper.topic, *paper.keywords):
        yield replace(start, text=text, is_keyword=True)
    yield from _walk(paper.title_short, replace(start, is_short=True))
    yield from _walk((paper.note, paper.award), start)
    yield from _walk(paper.highlights, start, "highlights")


def _walk(value: object, around: Mention, field: str = "") -> Iterator[Mention]:
    """Each wording of each Text in ``value``, the ``field`` of a part; the other facts come from ``around``."""
    if isinstance(value, Text):
        around = replace(around, is_short=around.is_short or field == "short")
        for language, wording in value.wordings:
            place = wording.location or around.location
            yield replace(around, text=str(wording), location=place, language=language)
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            is_part = isinstance(one, Selectable)
            yield from _walk(one, replace(around, path=(*around.path, field, index)) if is_part else around)
    elif isinstance(value, BaseModel) and not getattr(value, "hidden", False):
        if isinstance(value, Selectable):
            sets = (*around.tag_sets, value.tags) if value.tags else around.tag_sets
            around = replace(around, tags=value.tags or around.tags, tag_sets=sets)
        if isinstance(value, HighlightBody):
            around = replace(around, bullet=value.text.wordings[0][1].location)
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), around, name)


def list_keywords(mention: Mention) -> list[str]:
    """The keywords in ``mention``: its whole text if it is one."""
    return [mention.text] if mention.is_keyword else []


def texts_of_head(document: Document) -> list[str]:
    """The texts of the head of ``document``, without the name."""
    texts = [document.label, *(contact.text for contact in document.contacts)]
    return [printed for text in texts if (printed := str(text))]


def texts_of_part(part: Part) -> list[str]:
    """The texts that a document prints of ``part`` without the parts inside it.

    The names of people are left out, since no posting asks for a co-author.
    """
    return [printed for text in _list_texts(part) if (printed := str(text))]


def _list_texts(part: Part) -> list[Any]:
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
