"""Completes the entries of a draft: positions held in one place, missing headings, ranges typed as one date."""

from __future__ import annotations

import re
from typing import Any

from cvgen.convert.foreign_values import split_description
from cvgen.convert.profile_draft import DraftMapping
from cvgen.diagnostics import BadValueError
from cvgen.model.date_parser import parse_dates, parse_end, parse_start
from cvgen.model.entry import EntryWithPositions
from cvgen.model.sections import LIKE, SECTIONS, SectionRow

_OF_PLACE = ("url", "department", "logo")
"""The fields that belong to the employer, not to a position there."""


def repair_entries(profile: DraftMapping) -> None:
    """Complete the entries of every section, in place."""
    for name, row in SECTIONS.items():
        if row.entry and profile.get(name):
            profile[name] = _tidy_entries(profile[name], row)
    for section in profile.get("sections", {}).values():
        if section.get("entries"):
            section["entries"] = _tidy_entries(section["entries"], LIKE[section.get("like", "entry")])


def _tidy_entries(entries: list[DraftMapping], row: SectionRow) -> list[DraftMapping]:
    for entry in entries:
        _tidy_dates(entry)
        _tidy_bullets(entry)
        _complete_heading(entry, row)
    subheading = row.fields.subheading.split()[:1]
    if row.entry and issubclass(row.entry, EntryWithPositions) and subheading == ["position"]:
        return _group_positions(entries, row.fields.heading)
    return entries


def _tidy_dates(entry: DraftMapping) -> None:
    """Turn into ``date``: a range typed in one field, an end without a start, and an end that is the start."""
    start, end = entry.get("start"), entry.get("end")
    if start and not end and not _reads(parse_start, start) and _reads(parse_dates, start):
        entry["date"] = entry.pop("start")
    elif end and not start:
        if _reads(parse_end, end) and not re.match(r"(?i)until|present|now|current", end):
            entry.setdefault("date", end)
            if entry["date"] == end:
                del entry["end"]
    elif start and start == end:
        entry["date"] = entry.pop("start")
        del entry["end"]


def _tidy_bullets(entry: DraftMapping) -> None:
    """Turn a summary that has only bullets into highlights, which can be chosen one by one."""
    summary = entry.get("summary")
    if summary and not entry.get("highlights"):
        prose, highlights = split_description(summary)
        if not prose:
            del entry["summary"]
            entry["highlights"] = highlights


def _reads(parse: Any, text: str) -> bool:
    try:
        parse(text)
    except BadValueError:
        return False
    return True


def _complete_heading(entry: DraftMapping, row: SectionRow) -> None:
    """Move another text to the heading of an entry that lacks it."""
    fields = row.fields
    if entry.get(fields.heading) or not entry:
        return
    for name in (*fields.subheading.split(), *fields.aside.split(), "summary", "url", *fields.details.split()):
        if value := entry.pop(name, None):
            entry[fields.heading] = value if isinstance(value, str) else value.pop(0)
            if not isinstance(value, str) and value:
                entry[name] = value
            return
    if entry.get("highlights"):
        entry[fields.heading] = entry["highlights"].pop(0)


def _group_positions(entries: list[DraftMapping], heading: str) -> list[DraftMapping]:
    """``entries`` in which neighbours at the same place become one entry with positions."""
    groups: list[list[DraftMapping]] = []
    for entry in entries:
        if groups and _are_one_place(groups[-1][-1], entry, heading):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return [_join(group, heading) if len(group) > 1 else group[0] for group in groups]


def _are_one_place(first: DraftMapping, second: DraftMapping, heading: str) -> bool:
    same = all(first.get(key) == second.get(key) or key not in first or key not in second for key in _OF_PLACE)
    complete = all(part.get("position") and (part.get("start") or part.get("date")) for part in (first, second))
    return same and complete and first.get(heading) == second.get(heading) and "positions" not in {*first, *second}


def _join(group: list[DraftMapping], heading: str) -> DraftMapping:
    place = DraftMapping({heading: group[0][heading]}, group[0].where)
    places = {part.get("location") for part in group}
    for key in (*_OF_PLACE, *(["location"] if len(places) == 1 else [])):
        if value := next((part[key] for part in group if key in part), None):
            place[key] = value
    place["positions"] = []
    for part in group:
        position = DraftMapping({key: value for key, value in part.items() if key not in place}, part.where)
        position.leftovers = part.leftovers
        place["positions"].append(position)
    return place
