"""Turns the entries of a profile into the items that a theme prints: the same few fields for every kind of entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from cvgen.model.bullet import Bullet
from cvgen.model.dates import DateRange
from cvgen.model.entry import Entry, HighlightBody, PersonBody, Position, Selectable
from cvgen.model.inline import Inline, Link, Plain, RichText, Text
from cvgen.model.ledger import Cause, Reason
from cvgen.model.metric import parse_metric
from cvgen.model.printed import Contact, Item
from cvgen.model.refs import Ref
from cvgen.model.sections import find_span, row_of
from cvgen.select.contacts import mail_contact, phone_contact
from cvgen.select.language import format_dates
from cvgen.select.metric_words import say_metric
from cvgen.select.skill_levels import read_level
from cvgen.select.text_form import AS_TYPED, TextForm

HIDDEN = Reason(Cause.HIDDEN, "hidden in every variant")

_CONTACTS: Mapping[str, Callable[[str], Contact]] = {"email": mail_contact, "phone": phone_contact}
"""How the text of each field of contacts becomes a contact."""


@dataclass(frozen=True, slots=True)
class WordingChoice:
    """The language and fixed words of a document, and the tags that it selects by."""

    language: str
    words: Mapping[str, str]
    tags: frozenset[str] | None = None
    exclude_tags: frozenset[str] = frozenset()
    find_page: Callable[[str], str] = lambda name: ""
    """The home page of the person with a name, empty if it is not known."""
    form: TextForm = AS_TYPED

    def say(self, text: Text | None) -> RichText:
        """``text`` in this language; empty if there is no text."""
        return self.form.print_text(text.wording(self.language)) if text else RichText()

    def say_name(self, name: Text | None) -> RichText:
        """The name of a person, a place or an organization in this language; empty if there is none."""
        return self.form.print_name(name.wording(self.language)) if name else RichText()

    def find_objection(self, part: Selectable) -> Reason | None:
        """The Reason that ``part`` is hidden, or that the variant's tags drop it; None if it is shown.

        Parts without tags are shown in every variant, and a variant without tags shows all parts.
        """
        if part.hidden:
            return HIDDEN
        own = set(part.tags)
        if reason := self.find_banned(own):
            return reason
        if own and self.tags is not None and not own & self.tags:
            return Reason(Cause.TAGS, f"tagged {', '.join(sorted(own))}, which the variant does not ask for")
        return None

    def find_banned(self, tags: Set[str]) -> Reason | None:
        """The Reason that the variant drops a part with ``tags``, if it excludes one of them; else None."""
        if banned := sorted(tags & self.exclude_tags):
            return Reason(Cause.EXCLUDE_TAGS, f"tagged {', '.join(banned)}, which the variant excludes")
        return None

    def bullets(self, highlights: Iterable[HighlightBody], ref: Ref) -> tuple[Bullet, ...]:
        """The bullets that are shown, with those below them; ``ref`` is the ref of the part around them."""
        return tuple(
            Bullet(self.say(h.text), self.bullets(h.highlights, own), own)
            for index, h in enumerate(highlights)
            if not self.find_objection(h)
            for own in [(*ref, "highlights", index)]
        )


def join_rich(parts: Iterable[RichText], separator: str) -> RichText:
    """The parts that are not empty, with ``separator`` between them."""
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


def build_item(entry: Entry, choice: WordingChoice, ref: Ref, positions: Iterable[tuple[int, Position]] = ()) -> Item:
    """The item that shows ``entry`` with these of its ``positions``, each with its index in the profile."""
    fields = row_of(entry).fields
    heading, subheading = _find_head(entry)

    def say(name: str) -> RichText:
        is_name = name in fields.names.split()
        return (choice.say_name if is_name else choice.say)(getattr(entry, name))

    def joined(names: str) -> RichText:
        return join_rich((say(name) for name in names.split()), choice.words["comma"])

    level = say(fields.level) if fields.level else RichText()
    steps = read_level(str(level), fields.level_steps)
    return Item(
        heading=joined(heading),
        subheading=joined(subheading),
        aside=joined(fields.aside),
        details=tuple(choice.say(text) for name in fields.details.split() for text in getattr(entry, name)),
        notes=tuple(note for name in fields.notes.split() if (note := _note(name, getattr(entry, name), choice))),
        contacts=tuple(_CONTACTS[name](text) for name in fields.contacts.split() for text in getattr(entry, name)),
        metrics=tuple(_metric(name, text, choice) for name in fields.metrics.split() if (text := getattr(entry, name))),
        logo=(getattr(entry, fields.logo) if fields.logo else None) or "",
        dates=format_dates(find_span(entry), choice.language, choice.words),
        url=entry.url or "",
        level=level,
        level_filled=steps.filled,
        level_total=steps.total,
        summary=choice.say(entry.summary),
        bullets=choice.bullets(entry.highlights, ref),
        positions=tuple(build_item(position, choice, (*ref, "positions", index)) for index, position in positions),
        ref=ref,
    )


def _find_head(entry: Entry) -> tuple[str, str]:
    """The fields of the heading and of the subheading: without the usual heading, the next field takes its place."""
    fields = row_of(entry).fields
    if getattr(entry, fields.heading):
        return fields.heading, fields.subheading
    heading, _, subheading = fields.subheading.partition(" ")
    return heading, subheading


def name_entry(entry: Entry) -> str:
    """The subject of ``entry``, as plain text in the first language that it has."""
    heading: Text = getattr(entry, _find_head(entry)[0])
    return str(heading.wording(""))


def describe_entry(entry: Entry) -> dict[str, Any]:
    """The names that a query over entries may use, with their values."""
    dates = find_span(entry) or DateRange()
    last, first = dates.end or dates.start, dates.start or dates.end
    return {
        "title": name_entry(entry),
        "tags": entry.tags,
        "priority": entry.priority,
        "pin": entry.pin,
        "year": last.last_year if last else None,
        "start_year": first.year if first else None,
        "present": dates.is_open,
    }


def _note(name: str, value: Text | tuple[Text | PersonBody, ...] | None, choice: WordingChoice) -> RichText:
    """A text as it is; people or a list after their label."""
    if not isinstance(value, tuple):
        return choice.say(value)
    said = [_person(one, choice) if isinstance(one, PersonBody) else choice.say(one) for one in value]
    label = f"{name}s" if len(value) > 1 and isinstance(value[0], PersonBody) else name
    return _labelled(label, join_rich(said, choice.words["list_comma"]), choice)


def _labelled(label: str, value: RichText, choice: WordingChoice) -> RichText:
    return join_rich((RichText((Plain(choice.words[label]),)), value), choice.words["colon"]) if value else value


def _person(person: PersonBody, choice: WordingChoice) -> RichText:
    name = person.name.wording(choice.language)
    url = person.url or choice.find_page(str(name))
    return choice.form.print_name(RichText((Link(url, name.nodes),), name.location) if url else name)


def _metric(kind: str, text: str, choice: WordingChoice) -> str:
    return say_metric(parse_metric(kind, text), choice.language, choice.words)
