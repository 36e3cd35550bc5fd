"""The texts of a career in one language, with the place and the dates of each: what the rules read."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from cvgen.advice.vocabulary import load_vocabulary
from cvgen.diagnostics import Location
from cvgen.model.dates import DateRange
from cvgen.model.entry import Entry, HighlightBody, list_positions
from cvgen.model.inline import RichText, Text
from cvgen.model.refs import ProfilePath
from cvgen.model.sections import Occupies, SectionRow, find_span, row_of
from cvgen.select.entry_items import name_entry
from cvgen.select.language import format_dates, load_words
from cvgen.sources.career import Career


@dataclass(frozen=True, slots=True)
class Printed:
    """The lines on which a bullet is printed, and the page, from 1, on which it begins."""

    lines: tuple[str, ...]
    page: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its place. ``printed`` is None for a text that was not found on a page."""

    text: str
    location: Location | None = None
    path: ProfilePath = ()
    printed: Printed | None = None


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry, or one of several positions of an entry."""

    name: str
    """``Halyard Payments, Lead engineer``."""
    row: SectionRow
    """The kind of its section; for a position, that of the entry around it."""
    span: DateRange | None
    bullets: tuple[Passage, ...]
    texts: tuple[Passage, ...]
    """Every text of the entry except its bullets."""
    location: Location | None
    dates_at: Location | None
    """Where its dates are written."""
    dates: str = ""
    """How they are printed, if the variant has no style of its own for them."""
    role: Passage | None = None
    """The title of a job or the degree of a school."""
    is_head: bool = False
    """Whether it is the head of several positions, which have the dates."""

    @property
    def has_ended(self) -> bool:
        """Whether it is over: it has an end that is not "present"."""
        return bool(self.span and (self.span.end or self.span.start) and not self.span.is_open)

    @property
    def occupies(self) -> Occupies:
        """How it counts when gaps between jobs are looked for."""
        return self.row.occupies


@dataclass(frozen=True, slots=True)
class CvText:
    """The texts of one career in one language, which the rules judge together."""

    language: str
    is_main: bool
    """Whether this is the profile's first language: what holds in all languages is judged once, in this one."""
    entries: tuple[EntryText, ...]
    summaries: tuple[Passage, ...]
    today: tuple[int, int]
    """Year and month, for entries without an end."""

    @property
    def bullets(self) -> Iterator[tuple[EntryText, Passage]]:
        """Each bullet with its entry, in order."""
        return ((entry, bullet) for entry in self.entries for bullet in entry.bullets)


@dataclass(frozen=True, slots=True)
class Choice:
    """The part of a career to read: the paths that a variant shows, None for all; its language; what is printed."""

    shown: Container[ProfilePath] | None = None
    language: str | None = None
    printed: Callable[[ProfilePath], Printed | None] = lambda path: None


def read_cv_texts(career: Career, choice: Choice, today: tuple[int, int]) -> list[CvText]:
    """The texts of ``career`` in its main language, then in every other language that has both texts and rules.

    Hidden parts are left out.
    """
    languages = [choice.language] if choice.language else _choose_languages(career)
    return [_CareerReader(career, choice, language).read(today) for language in languages]


def _choose_languages(career: Career) -> list[str]:
    """The main language, and one spelling of each other that the rules know: ``en`` or ``en-GB``, not both."""
    main = career.profile.language
    spellings = {main.split("-")[0]: main}
    for language in _list_languages(career):
        if load_vocabulary(language):
            spellings.setdefault(language.split("-")[0], language)
    return list(spellings.values())


def _list_languages(career: Career) -> Iterator[str]:
    """The languages of all texts."""
    basics = career.profile.all_basics.values()
    texts = [one.summary for one in basics if one.summary]
    texts += [bullet.text for entry in _list_entries(career) for bullet in _flatten(entry.highlights)]
    return (language for text in texts for language, _ in text.wordings if language)


def _list_entries(career: Career) -> Iterator[Entry]:
    for section in career.profile.entry_sections:
        for entry in career.profile.entries(section):
            yield entry
            yield from list_positions(entry)


def _flatten(highlights: Iterable[HighlightBody]) -> Iterator[HighlightBody]:
    for one in highlights:
        yield one
        yield from _flatten(one.highlights)


_ROLES = ("position", "study_type", "area")
"""The fields of an entry that are the title of a job, or a degree and its subject."""
_MOST_CHARACTERS = 2_000
"""How many characters of a text are judged; no bullet or summary of a CV is longer."""


def _on_one_line(wording: RichText) -> str:
    return " ".join(str(wording)[:_MOST_CHARACTERS].split())


@dataclass(frozen=True, slots=True)
class _CareerReader:
    """Reads one language of a career."""

    career: Career
    choice: Choice
    language: str

    @property
    def is_main(self) -> bool:
        return self.language == (self.choice.language or self.career.profile.language)

    def read(self, today: tuple[int, int]) -> CvText:
        entries = tuple(
            read
            for section in self.career.profile.entry_sections
            for index, entry in enumerate(self.career.profile.entries(section))
            for read in self._read_entry(entry, self.career.profile.path_of(section, index))
        )
        return CvText(self.language, self.is_main, entries, tuple(self._read_summaries()), today)

    def _say(self, text: Text | None) -> RichText | None:
        """The wording in this language, None if there is none; one for all languages is in the main language."""
        if text is None:
            return None
        spoken = dict(text.wordings)
        short = self.language.split("-")[0]
        keys = (self.language, *(key for key in spoken if key.split("-")[0] == short), *([""] if self.is_main else []))
        return next((spoken[key] for key in keys if spoken.get(key)), None)

    def _is_shown(self, path: ProfilePath) -> bool:
        return self.choice.shown is None or path in self.choice.shown

    def _read_summaries(self) -> Iterator[Passage]:
        for path, basics in self.career.profile.all_basics.items():
            if wording := self._say(basics.summary):
                yield Passage(_on_one_line(wording), wording.location, (*path, "summary"))

    def _read_entry(self, entry: Entry, path: ProfilePath) -> Iterator[EntryText]:
        if entry.hidden or not self._is_shown(path):
            return
        row, positions = row_of(entry), list_positions(entry)
        yield replace(self._entry_text(entry, path, row, name_entry(entry)), is_head=bool(positions))
        for index, position in enumerate(positions):
            own = (*path, "positions", index)
            if not position.hidden and self._is_shown(own):
                yield self._entry_text(position, own, row, f"{name_entry(entry)}, {name_entry(position)}")

    def _entry_text(self, entry: Entry, path: ProfilePath, row: SectionRow, name: str) -> EntryText:
        places = self.career.places
        role = self._say(getattr(entry, "position", None)) if row_of(entry) is row else None
        span = find_span(entry)
        texts = tuple(
            Passage(_on_one_line(wording), wording.location)
            for field in type(entry).model_fields
            if field not in ("highlights", "positions", "short")
            for wording in self._walk(getattr(entry, field))
        )
        date_field = next((field for field in ("start", "date", "end") if getattr(entry, field)), "")
        return EntryText(
            f"{name}, {role}" if role else name,
            row,
            span,
            tuple(self._read_bullets(entry.highlights, path)),
            texts,
            places.value(path),
            places.value((*path, date_field) if date_field else path),
            format_dates(span, self.language, load_words(self.language)),
            self._read_role(entry),
        )

    def _read_role(self, entry: Entry) -> Passage | None:
        said = [wording for field in _ROLES if (wording := self._say(getattr(entry, field, None)))]
        return Passage(", ".join(map(_on_one_line, said)), said[0].location) if said else None

    def _walk(self, value: object) -> Iterator[RichText]:
        """Every wording in ``value``."""
        if isinstance(value, Text):
            if wording := self._say(value):
                yield wording
        elif isinstance(value, tuple):
            for one in value:
                yield from self._walk(one)
        elif isinstance(value, BaseModel):
            for field in type(value).model_fields:
                yield from self._walk(getattr(value, field))

    def _read_bullets(self, highlights: Iterable[HighlightBody], above: ProfilePath) -> Iterator[Passage]:
        for index, bullet in enumerate(highlights):
            path = (*above, "highlights", index)
            if bullet.hidden or not self._is_shown(path):
                continue
            if wording := self._say(bullet.text):
                yield Passage(_on_one_line(wording), wording.location, path, self.choice.printed(path))
            yield from self._read_bullets(bullet.highlights, path)
