"""Makes a JSON Resume of what a document shows: the document chooses, the profile gives the values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cvgen.backends.backend import Facts, Job
from cvgen.backends.json_resume.resume_texts import say
from cvgen.convert.field_table import Field
from cvgen.convert.json_resume import BASICS, LOCATION, SECTIONS
from cvgen.diagnostics import Problem, notice
from cvgen.model.basics import Basics, PlaceBody
from cvgen.model.bullet import Bullet
from cvgen.model.dates import DateRange, PartialDate
from cvgen.model.entry import Entry, Position
from cvgen.model.inline import RichText, Text
from cvgen.model.networks import find_network
from cvgen.model.printed import Item, Section
from cvgen.model.refs import find_path
from cvgen.model.shown_paper import PublicationItem
from cvgen.themes.contract import PRIVATE_CONTACTS

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
VERSION = "v1.0.0"
_LISTS = frozenset({"courses", "keywords", "roles"})
"""The keys whose values are lists of texts."""
_BY_SHOWN = frozenset({"summary", "highlights", "keywords"})
"""The fields that the document has in the wording that is shown."""
_COMMON = frozenset({"date", "start", "end", "url", "summary", "highlights", "publications", "positions", "short",
                     "tags", "priority", "pin", "hidden"})  # fmt: skip
"""The fields of entries that are exported by other means than the table, or say only what is shown."""
_TITLES = ("position", "study_type")
"""The fields that a position's title fills."""
_NAMES = {name: keys.partition("|")[0] for name, (keys, _, _) in SECTIONS.items()}
"""Section of ours → its name in JSON Resume."""


@dataclass(slots=True)
class Resume:
    """A resume that is being made, and what it cannot hold."""

    job: Job
    facts: Facts
    content: dict[str, Any] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    """What it has no place for."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A notice of all that it has no place for."""
        return (notice(f"JSON Resume has no place for {', '.join(self.lost)}"),) if self.lost else ()

    @property
    def _language(self) -> str:
        return self.job.document.language

    def fill(self) -> None:
        """Put everything that the document shows into ``content``."""
        self.content = {"$schema": SCHEMA, "basics": self._make_basics()}
        for section in self.job.document.sections:
            self._add_section(section)
        order = [*_NAMES.values(), "publications"]
        sections = {name: self.content[name] for name in order if self.content.get(name)}
        self.content = {
            "$schema": SCHEMA, "basics": self.content["basics"], **sections, "meta": {"version": VERSION}
        }  # fmt: skip

    def _report(self, what: str) -> None:
        self.lost.append(what)

    # --- basics

    def _make_basics(self) -> dict[str, Any]:
        basics = self.facts.basics
        shows_summary = any(section.name == "summary" for section in self.job.document.sections)
        made = dict(self._take(basics, [row for row in BASICS if row.target != "summary"]))
        if self.job.options.get(PRIVATE_CONTACTS) is False:
            made.pop("phone", None)
        for key in ("email", "url"):  # one of each: the schema asks for an address
            listed = made.get(key, "").split(", ") if made.get(key) else []
            if len(listed) > 1:
                made[key] = listed[0]
                self._report(f"more than one {key}: {', '.join(listed[1:])}")
        if basics.birth_date:
            made["birthday"] = basics.birth_date.iso
        if shows_summary and basics.summary:
            summary = next((one.text for one in self.job.document.sections if one.name == "summary"), RichText())
            made["summary"] = say(summary) or say(basics.summary.wording(self._language))
        if self.job.document.image:
            made["image"] = self.job.document.image
        made["location"] = self._make_location(basics)
        made["profiles"] = list(self._list_profiles(basics))
        for name in ("native_name", "visa", "contacts"):
            if getattr(basics, name):
                self._report(f"'{name}'")
        order = ("name", "label", "image", "email", "phone", "url", "summary", "location", "profiles")
        return {key: made[key] for key in (*order, *made) if made.get(key)}

    def _make_location(self, basics: Basics) -> dict[str, str]:
        place = basics.location
        if not isinstance(place, PlaceBody):
            return {}
        made = dict(self._take(place, LOCATION))
        if place.text and not made:
            made["city"] = say(place.text.wording(self._language))
        if self.job.options.get(PRIVATE_CONTACTS) is False:
            made.pop("address", None)
        return made

    def _list_profiles(self, basics: Basics) -> Iterator[dict[str, str]]:
        for account in basics.profiles:
            known = find_network(account.network)
            made = {
                "network": known.label if known else account.network,
                "username": account.handle,
                "url": account.address,
            }
            yield {key: value for key, value in made.items() if value}

    # --- sections

    def _add_section(self, section: Section) -> None:
        for group in section.groups:
            for paper in group.items:
                self._add("publications", self._make_paper(paper))
        lost: list[Item] = []
        for item in section.items:
            name = self._find_section(item)
            if name not in SECTIONS:
                lost.append(item)
                continue
            for paper in item.papers:
                self._add("publications", self._make_paper(paper))
            for made in self._list_entries(name, item):
                self._add(_NAMES[name], made)
        if lost or ((section.text or section.bullets) and section.name not in ("summary", *SECTIONS)):
            count = f" ({len(lost)} {'entry' if len(lost) == 1 else 'entries'})" if lost else ""
            self._report(f"the section {str(section.title)!r}{count}")

    def _add(self, name: str, made: dict[str, Any]) -> None:
        if made not in self.content.setdefault(name, []):
            self.content[name].append(made)

    def _find_section(self, item: Item) -> str:
        """The name of the built-in section whose fields ``item`` has."""
        name, *rest = find_path(item.ref)
        if name == "sections":
            return self.facts.profile.sections[str(rest[0])].like
        return str(name)

    def _find_entry(self, item: Item) -> Any:
        found: Any = self.facts.profile
        for step in find_path(item.ref):
            found = getattr(found, step) if isinstance(step, str) and hasattr(found, step) else found[step]
        return found

    def _list_entries(self, name: str, item: Item) -> Iterator[dict[str, Any]]:
        """The entry, or one for each position held there."""
        entry: Entry = self._find_entry(item)
        table = SECTIONS[name][2]
        self._report_lost_fields(entry, table, item)
        if not item.positions:
            yield self._make_entry(entry, item, table)
            return
        whole = self._make_entry(entry, item, table)
        for position in item.positions:
            held: Position = self._find_entry(position)
            own = self._make_entry(held, position, table)
            kept = {key: value for key, value in whole.items() if key not in ("startDate", "endDate", "date")}
            title = {_name_key(row): say(position.heading) for row in table if row.target in _TITLES}
            yield {**kept, **title, **own}

    def _make_entry(self, entry: Entry, item: Item, table: Iterable[Field]) -> dict[str, Any]:
        rows = [row for row in table if row.target not in ("start", "end", "date", *_BY_SHOWN)]
        made = {**dict(self._take(entry, rows)), **self._take_dates(table, entry.dates, item)}
        shown = {
            "summary": say(item.summary),
            "highlights": [_say_bullet(bullet) for bullet in item.bullets],
            "keywords": [say(detail) for detail in item.details] if hasattr(entry, "keywords") else [],
        }
        for row in table:
            if shown.get(row.target):
                made[_name_key(row)] = shown.pop(row.target)
        return _order(made, table)

    def _report_lost_fields(self, entry: Entry, table: Iterable[Field], item: Item) -> None:
        known = _COMMON | {row.target for row in table}
        for name in type(entry).model_fields:
            if name not in known and getattr(entry, name):
                self._report(f"'{name}' of {str(item.heading)!r}")

    def _take_dates(self, table: Iterable[Field], dates: DateRange | None, item: Item) -> dict[str, str]:
        if dates is None:
            return {}
        if dates.listed or any(_is_named(date) for date in (dates.start, dates.end)):
            self._report(f"the exact date {item.dates!r}")
        if not any(row.target == "start" for row in table):
            last = dates.end or dates.start
            made = {"date": last.iso if last else ""}
        else:
            made = {"startDate": _say_date(dates.start), "endDate": _say_date(dates.end)}
        return {key: value for key, value in made.items() if value}

    def _take(self, part: object, table: Iterable[Field]) -> Iterator[tuple[str, Any]]:
        """The values of ``part`` that ``table`` names, under the first key of each row."""
        for row in table:
            value = getattr(part, row.target, None)
            if value in (None, (), ""):
                continue
            key = _name_key(row)
            if isinstance(value, Text):
                text = say(value.wording(self._language))
                yield key, text.split(", ") if key in _LISTS else text
            elif isinstance(value, tuple):
                listed = [say(one.wording(self._language)) if isinstance(one, Text) else str(one) for one in value]
                yield key, listed if key in _LISTS else ", ".join(listed)
            elif not isinstance(value, PartialDate):
                yield key, str(value)

    # --- publications

    def _make_paper(self, paper: PublicationItem) -> dict[str, Any]:
        """A publication: the schema's fields, and the authors and the DOI, which an import reads too."""
        publication = self.facts.publications[paper.key]
        texts = [*map(_say_bullet, paper.bullets), paper.role]
        made = {
            "name": say(paper.title),
            "publisher": say(paper.venue),
            "releaseDate": publication.date.iso if publication.date else "",
            "url": paper.title_url or paper.url or (f"https://doi.org/{paper.doi}" if paper.doi else ""),
            "summary": "\n\n".join(filter(None, texts)),
            "authors": [author.name for author in paper.authors],
            "doi": paper.doi,
        }
        return {key: value for key, value in made.items() if value}


def _name_key(row: Field) -> str:
    """The key of JSON Resume that ``row`` reads first."""
    return row.keys.partition("|")[0]


def _order(made: Mapping[str, object], table: Iterable[Field]) -> dict[str, Any]:
    """``made`` in the order of the table."""
    keys = [*(_name_key(row) for row in table), *made]
    return {key: made[key] for key in dict.fromkeys(keys) if key in made}


def _say_bullet(bullet: Bullet) -> str:
    """A bullet, with those below it on lines of their own, as an import reads them."""
    return "\n".join([say(bullet.text), *(f"- {_say_bullet(lower)}" for lower in bullet.bullets)])


def _say_date(date: PartialDate | None) -> str:
    return "" if date is None or date.is_present else date.iso


def _is_named(date: PartialDate | None) -> bool:
    """Whether ``date`` says more, or less, than ISO 8601 can: a season, a term, an expected date."""
    return date is not None and bool(date.period or date.spans_years or date.is_expected)


def make_resume(job: Job, facts: Facts) -> Resume:
    """The resume of ``job``."""
    resume = Resume(job, facts)
    resume.fill()
    return resume
