"""Carries a section that the format does not know to a section of the person's own."""

from __future__ import annotations

import re
from typing import Any

from cvgen.convert.field_table import Field, carry
from cvgen.convert.foreign_values import block, bullets, line, read_date, read_end, read_url
from cvgen.convert.profile_draft import Carried, DraftMapping
from cvgen.model.sections import SECTIONS

ENTRY = (
    Field("title|name|position|role|course|degree|event", "title"),
    Field("subtitle|organization|company|institution|issuer|awarder|publisher|entity|journal|employer", "subtitle"),
    Field("location|place|city", "location"),
    Field("date|releaseDate|year", "date", read_date),
    Field("startDate|start", "start", read_date),
    Field("endDate|end", "end", read_end),
    Field("url|website|link", "url", read_url),
    Field("summary|description|text|details", "summary", block),
    Field("highlights|bullets|items", "highlights", bullets),
)


def add_section(profile: DraftMapping, title: str, value: object) -> bool:
    """Add ``value``, the source's section ``title``, as one of the person's own; False if it cannot be a section.

    A text is the section's text, a list of texts are its bullets, a list of mappings its entries.
    """
    section = DraftMapping(where=title)
    section["title"] = Carried(in_words(title), title)
    if isinstance(value, str) and (text := block(value, title)):
        section["text"] = text
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        section["highlights"] = bullets(value, title)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        _add_entries(section, value, title)
    if len(section) < 2 or not any(section.get(key) for key in ("text", "highlights", "entries")):
        return False
    sections = profile.setdefault("sections", {})
    sections[free_name(title, sections)] = section
    return True


def _add_entries(section: DraftMapping, items: list[Any], where: str) -> None:
    section["entries"] = []
    for number, item in enumerate(items):
        place = f"{where}[{number}]"
        if isinstance(item, dict):
            entry = carry(item, ENTRY, place)
            if entry:
                section["entries"].append(entry)
            else:
                section.leftovers += entry.leftovers
        elif text := line(item, place):
            section["entries"].append(DraftMapping({"title": text}, place))
        else:
            section.keep_leftover(place, item)


def free_name(title: str, taken: dict[str, Any]) -> str:
    """The key of a section with this title, which no other section has."""
    stem = re.sub(r"[\W_]+", "_", title).strip("_").casefold()[:40] or "section"
    name, number = stem, 1
    while name in taken or name in SECTIONS:
        number += 1
        name = f"{stem}_{number}"
    return name


def in_words(title: str) -> str:
    """``selectedTalks`` and ``selected_talks`` as a heading: Selected talks."""
    if " " in title or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", title):
        return title
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", title).split()
    words = [word if word.isupper() and len(word) > 1 else word.lower() for word in words]
    text = " ".join(words)
    return text[:1].upper() + text[1:]
