"""Entries of a profile to the items a theme prints: the same few fields for every kind of entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from cvgen.model import entries as kinds
from cvgen.model.dates import DateRange
from cvgen.model.document import Bullet, Contact, Item, Ref
from cvgen.model.entries import Entry, HighlightBody, PersonBody, Selectable
from cvgen.model.inline import Inline, Link, Plain, RichText, Text
from cvgen.model.ledger import Cause, Reason
from cvgen.select.language import format_dates


@dataclass(frozen=True, slots=True)
class Voice:
    """How this document speaks: its language and words, and which tags count."""

    language: str
    words: Mapping[str, str]
    tags: frozenset[str] | None = None
    exclude_tags: frozenset[str] = frozenset()

    def say(self, text: Text | None) -> RichText:
        """``text`` in this language; nothing for nothing."""
        return text.wording(self.language) if text else RichText()

    def join(self, *texts: Text | None) -> RichText:
        """The texts that say something, with this language's comma between them."""
        return join_rich((self.say(text) for text in texts), self.words["comma"])

    def find_objection(self, part: Selectable) -> Reason | None:
        """Why the variant's tags drop ``part``; None where they do not: an untagged part is always shown."""
        own = set(part.tags)
        if reason := self.find_banned(own):
            return reason
        if own and self.tags is not None and not own & self.tags:
            return Reason(Cause.TAGS, f"tagged {', '.join(sorted(own))}, which the variant does not ask for")
        return None

    def find_banned(self, tags: Set[str]) -> Reason | None:
        """Why the variant drops what has ``tags``: for those that it excludes; None where it excludes none of them."""
        if banned := sorted(tags & self.exclude_tags):
            return Reason(Cause.EXCLUDE_TAGS, f"tagged {', '.join(banned)}, which the variant excludes")
        return None

    def bullets(self, highlights: Iterable[HighlightBody], ref: Ref) -> tuple[Bullet, ...]:
        """The bullets shown here, with those below them; ``ref`` is that of the part around them."""
        return tuple(
            Bullet(self.say(h.text), self.bullets(h.highlights, own), own)
            for index, h in enumerate(highlights)
            if not self.find_objection(h)
            for own in [(*ref, "highlights", index)]
        )


def join_rich(parts: Iterable[RichText], separator: str) -> RichText:
    """The parts that say something, with ``separator`` between them."""
    nodes: list[Inline] = []
    location, language = None, ""
    for part in parts:
        if not part:
            continue
        if nodes:
            nodes.append(Plain(separator))
        nodes += part.nodes
        location = location or part.location
        language = language or part.language
    return RichText(tuple(nodes), location, language)


def build_item(entry: Entry, voice: Voice, ref: Ref) -> Item:
    """The item that shows ``entry``."""
    return replace(
        _BUILDERS[type(entry)](entry, voice),
        dates=format_dates(entry.dates, voice.language, voice.words),
        url=entry.url or "",
        summary=voice.say(entry.summary),
        bullets=voice.bullets(entry.highlights, ref),
        ref=ref,
    )


def name_entry(entry: Entry) -> str:
    """What ``entry`` is about, as plain text in the first language it was written in."""
    item = _BUILDERS[type(entry)](entry, Voice("", _NO_WORDS))
    return str(item.heading)


def describe_entry(entry: Entry) -> dict[str, Any]:
    """What a query over entries may ask."""
    dates = entry.dates or DateRange()
    last, first = dates.end or dates.start, dates.start or dates.end
    return {
        "title": name_entry(entry),
        "tags": entry.tags,
        "priority": entry.priority,
        "pin": entry.pin,
        "year": last.year if last else None,
        "start_year": first.year if first else None,
        "present": bool(last and last.is_present),
    }


def _labelled(label: str, value: RichText, voice: Voice) -> RichText:
    return join_rich((RichText((Plain(voice.words[label]),)), value), voice.words["colon"]) if value else value


def _person(label: str, person: PersonBody | None, voice: Voice) -> RichText:
    if person is None:
        return RichText()
    name = voice.say(person.name)
    if person.url:
        name = RichText((Link(person.url, name.nodes),), name.location)
    return _labelled(label, name, voice)


def _notes(*notes: RichText) -> tuple[RichText, ...]:
    return tuple(note for note in notes if note)


def _work(entry: kinds.Work, voice: Voice) -> Item:
    return Item(
        heading=voice.say(entry.name),
        subheading=voice.join(entry.position, entry.department),
        aside=voice.say(entry.location),
        notes=_notes(_person("mentor", entry.mentor, voice), _person("advisor", entry.advisor, voice)),
    )


def _education(entry: kinds.Education, voice: Voice) -> Item:
    courses = join_rich((voice.say(course) for course in entry.courses), voice.words["list_comma"])
    return Item(
        heading=voice.say(entry.institution),
        subheading=voice.join(entry.study_type, entry.area, entry.department),
        aside=voice.say(entry.location),
        notes=_notes(
            voice.say(entry.score),
            _person("advisor", entry.advisor, voice),
            _labelled("courses", courses, voice),
        ),
    )


def _fields(heading: str, sub: str = "", aside: str = "", details: str = "") -> Callable[[Any, Voice], Item]:
    """A builder for entries whose fields go straight to an item's; several names are joined by commas."""

    def build(entry: Any, voice: Voice) -> Item:
        def joined(names: str) -> RichText:
            return voice.join(*(getattr(entry, name) for name in names.split()))

        listed = tuple(voice.say(text) for text in getattr(entry, details)) if details else ()
        return Item(heading=joined(heading), subheading=joined(sub), aside=joined(aside), details=listed)

    return build


def _news(entry: kinds.News, voice: Voice) -> Item:
    return Item(heading=voice.say(entry.text))


def _referee(entry: kinds.Referee, voice: Voice) -> Item:
    contacts = []
    if entry.email:
        contacts.append(Contact("email", entry.email, f"mailto:{entry.email}"))
    if entry.phone:
        contacts.append(Contact("phone", entry.phone))
    item = _fields("name", "position institution", "relation")(entry, voice)
    return replace(item, contacts=tuple(contacts))


_BUILDERS: Mapping[type[Entry], Callable[[Any, Voice], Item]] = {
    kinds.GenericEntry: _fields("title", "subtitle", "location"),
    kinds.Work: _work,
    kinds.Education: _education,
    kinds.Volunteer: _fields("organization", "position", "location"),
    kinds.Project: _fields("name", "role entity", "", "keywords"),
    kinds.Award: _fields("title", "awarder"),
    kinds.Certificate: _fields("name", "issuer"),
    kinds.Skill: _fields("name", "level", "", "keywords"),
    kinds.Language: _fields("language", "fluency"),
    kinds.Interest: _fields("name", "", "", "keywords"),
    kinds.News: _news,
    kinds.Talk: _fields("title", "event", "location"),
    kinds.Service: _fields("role", "organization", "", "keywords"),
    kinds.Teaching: _fields("course", "role institution", "location"),
    kinds.Competition: _fields("name", "result"),
    kinds.Grant: _fields("title", "funder amount role"),
    kinds.Referee: _referee,
}

SHAPES = {
    "skills": "lines",
    "languages": "lines",
    "interests": "lines",
    "service": "lines",
    "awards": "dated",
    "certificates": "dated",
    "news": "dated",
    "competitions": "dated",
    "grants": "dated",
    "talks": "dated",
    "referees": "cards",
}
"""How a section's entries are laid out; all others are ``entries``."""


class _NoWords(dict[str, str]):
    """Stands in where no fixed words are printed."""

    def __missing__(self, key: str) -> str:
        return ""


_NO_WORDS: Mapping[str, str] = _NoWords()
