"""Reads the sections of a RenderCV file: each becomes the section of ours that its entries and its title fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cvgen.convert.field_table import Field, carry, plain_key, take_section
from cvgen.convert.foreign_values import (
    block,
    bullets,
    line,
    read_date,
    read_end,
    read_url,
    read_word,
    terms,
)
from cvgen.convert.own_sections import free_name, in_words
from cvgen.convert.profile_draft import Carried, DraftMapping, Paper, ProfileDraft
from cvgen.model.sections import SECTIONS

_COMMON = (
    Field("date", "date", read_date),
    Field("start_date", "start", read_date),
    Field("end_date", "end", read_end),
    Field("url|link|website", "url", read_url),
    Field("summary", "summary", block),
    Field("highlights", "highlights", bullets),
)

PUBLICATION = (
    Field("title", "title"),
    Field("authors", "authors", terms),
    Field("journal", "journal"),
    Field("doi", "doi", read_word),
    Field("url", "url", read_url),
    Field("date", "date", read_date),
    Field("summary", "summary", block),
)


@dataclass(frozen=True, slots=True)
class EntryKind:
    """A kind of entry, known by ``keys``; ``section`` is the one of ours that holds such entries.

    ``titles`` says which other section of ours holds them if the title has one of these words. Elsewhere they are in a
    section of the person's own, like ``own``.
    """

    keys: tuple[str, ...]
    section: str
    own: str
    table: tuple[Field, ...]
    titles: Mapping[str, str]


KINDS = (
    EntryKind(
        ("company",), "work", "work",
        (Field("company", "name"), Field("position", "position"), Field("location", "location"), *_COMMON),
        {"volunteer": "volunteer", "experience": "work", "work": "work", "employment": "work", "career": "work"},
    ),
    EntryKind(
        ("institution",), "education", "education",
        (Field("institution", "institution"), Field("area", "area"), Field("degree|study_type", "study_type"),
         Field("grade|gpa|score", "score"), Field("courses|coursework", "courses", terms),
         Field("location", "location"), *_COMMON),
        {"education": "education", "academic": "education"},
    ),
    EntryKind(
        ("label", "details"), "", "skills",
        (Field("label|name", "name"), Field("details", "keywords", terms)),
        {"skill": "skills", "technolog": "skills", "language": "languages", "interest": "interests",
         "hobb": "interests"},
    ),
    EntryKind(
        ("name",), "", "entry",
        (Field("name", "title"), Field("location", "location"), *_COMMON),
        {"project": "projects", "certif": "certificates", "award": "awards", "honor": "awards", "honour": "awards"},
    ),
)  # fmt: skip
"""The kinds of entries except texts and publications, in the order in which they are tried."""

_RENAMED = {
    "volunteer": {"name": "organization"},
    "languages": {"name": "language", "keywords": "fluency"},
    "projects": {"title": "name"},
    "certificates": {"title": "name"},
}

_SUMMARY = frozenset({"summary", "profile", "about", "aboutme", "objective", "professionalsummary", "careerobjective"})

_BULLETS = ("bullet", "number", "reversed_number")


class SectionReader:
    """Reads the sections one by one; ``shown`` lists them with their titles as a variant does."""

    def __init__(self, draft: ProfileDraft) -> None:
        self.draft, self.profile = draft, draft.profile
        self.shown: list[Any] = []

    def read(self, title: str, entries: object) -> None:
        """Read the section ``title``."""
        place = f"cv.sections.{title}"
        items = take_section(entries)
        first = next((item for item in items if isinstance(item, dict)), {})
        texts = [self._text_of(item) for item in items]
        if items and all(text is not None for text in texts):
            self._add_texts(title, texts, items, place)
        elif "title" in first and "authors" in first:
            self._add_papers(title, items, place)
        elif kind := next((kind for kind in KINDS if set(kind.keys) <= set(first)), None):
            self._add_entries(title, kind, items, place)
        elif items:
            self._add_entries(title, KINDS[-1], items, place)

    @staticmethod
    def _text_of(item: object) -> str | None:
        """The text of an entry that has nothing else."""
        if isinstance(item, str):
            return item
        found = [item[key] for key in _BULLETS if key in item] if isinstance(item, dict) and len(item) == 1 else []
        return found[0] if found and isinstance(found[0], str) else None

    def _add_texts(self, title: str, texts: Sequence[str | None], items: list[Any], place: str) -> None:
        is_prose = all(isinstance(item, str) for item in items)
        if is_prose and plain_key(title) in _SUMMARY and "summary" not in self.profile["basics"]:
            self.profile["basics"]["summary"] = block(list(texts), place)
            self._show("summary", title)
            return
        section = self._own_section(title, "")
        section["text" if is_prose else "highlights"] = (block if is_prose else bullets)(list(texts), place)

    def _add_papers(self, title: str, items: list[Any], place: str) -> None:
        """Add publications; a section with its own title selects them by a keyword, which is that title."""
        is_usual = plain_key(title) in ("publications", "publication", "")
        for number, item in enumerate(items):
            where = f"{place}[{number}]"
            if isinstance(item, dict):
                self.draft.papers.append(read_paper(item, where))
                self.draft.papers[-1].keywords += [] if is_usual else [plain_key(title)[:40]]
            else:
                self.profile.keep_leftover(where, item)
        where_ = f"'{plain_key(title)[:40]}' in keywords"
        self.shown.append("publications" if is_usual else {"publications": {"title": in_words(title), "where": where_}})

    def _add_entries(self, title: str, kind: EntryKind, items: list[Any], place: str) -> None:
        name = next((name for word, name in kind.titles.items() if word in plain_key(title)), kind.section)
        parts = [self._entry(kind, name, item, f"{place}[{number}]") for number, item in enumerate(items)]
        if name and name not in self.profile:
            self.profile[name] = [part for part in parts if part or part.leftovers]
            self._show(name, title)
        else:
            section = self._own_section(title, name or kind.own)
            section["entries"] = [part for part in parts if part or part.leftovers]

    def _entry(self, kind: EntryKind, name: str, item: object, where: str) -> DraftMapping:
        if not isinstance(item, dict):
            text = line(item, where) if isinstance(item, str) else None
            part = DraftMapping({kind.table[0].target: text} if text else {}, where)
            if not text:
                part.keep_leftover(where, item)
        else:
            part = carry(item, kind.table, where)
        for old, new in _RENAMED.get(name, {}).items():
            if old in part:
                value = part.pop(old)
                part[new] = Carried(", ".join(value), where) if isinstance(value, list) and new == "fluency" else value
        _split_link(part, kind, name)
        return part

    def _own_section(self, title: str, like: str) -> DraftMapping:
        sections = self.profile.setdefault("sections", DraftMapping())
        key = free_name(title, sections)
        section = sections[key] = DraftMapping({"title": Carried(in_words(title), title)}, title)
        if like and like != "entry":
            section["like"] = like
        self.shown.append(key)
        return section

    def _show(self, name: str, title: str) -> None:
        same = plain_key(title) == plain_key(name)
        self.shown.append(name if same else {name: {"title": in_words(title)}})


def _split_link(part: DraftMapping, kind: EntryKind, name: str) -> None:
    """Make ``[Name](https://…)`` a name with an address."""
    heading = SECTIONS[name].fields.heading if name else kind.table[0].target
    found = re.fullmatch(r"\[([^\[\]]+)\]\((https?://[^()\s]+)\)", str(part.get(heading, "")))
    if found and "url" not in part:
        part[heading], part["url"] = (Carried(text, part[heading].where) for text in found.groups())


def read_paper(item: dict[str, Any], where: str) -> Paper:
    """A publication, whose owner is in italics or bold among the authors."""
    part = carry(item, PUBLICATION, where)
    fields = {name: str(part[name]) for name in ("title", "date", "doi", "url") if part.get(name)}
    fields.setdefault("title", "Untitled")
    kind = "misc"
    if part.get("journal"):
        kind, fields["journaltitle"] = "article", str(part["journal"])
    paper = Paper(kind, fields, leftovers=part.leftovers)
    for number, typed in enumerate(part.get("authors", []), start=1):
        name = re.sub(r"\s*\([^()]*\)\s*$", "", typed)
        if name != typed:
            paper.keep_leftover(f"{where}.authors[{number - 1}]", typed)
        if re.fullmatch(r"[.\s…]+|(?i:others|et al\.?)", name):
            if number == len(part["authors"]):
                paper.authors.append("others")
            else:
                paper.keep_leftover(f"{where}.authors[{number - 1}]", typed)
            continue
        if re.search(r"\*", name) and paper.owner is None:
            paper.owner = len(paper.authors) + 1
        paper.authors.append(name.replace("*", "").strip())
    if part.get("summary"):
        paper.summary.append(str(part["summary"]))
    return paper
