"""Imports LinkedIn's data export: the ZIP of CSV files, or the folder it was unpacked to.

The columns are those of exports of 2019 to 2026, in English: LinkedIn writes them so in every language.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from cvgen.convert.accounts import add_account
from cvgen.convert.field_table import Field, carry
from cvgen.convert.foreign_values import (
    clean,
    plain_block,
    plain_line,
    plain_terms,
    read_date,
    read_emails,
    read_end,
    read_phones,
    read_url,
    split_description,
)
from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.misc_paper import make_misc_paper
from cvgen.convert.profile_draft import Carried, DraftMapping, ProfileDraft, list_texts
from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.csv_file import parse_csv

_DATES = (Field("Started On|Start Date", "start", read_date), Field("Finished On|End Date", "end", read_end))
_LINE, _TEXT = plain_line, plain_block
PROFILE = (
    Field("Headline", "label", _LINE),
    Field("Summary", "summary", _TEXT),
    Field("Geo Location", "location", _LINE),
    Field("Birth Date", "birth_date", read_date),
)
SECTIONS: tuple[tuple[str, str, tuple[Field, ...]], ...] = (
    (
        "Positions.csv", "work",
        (Field("Company Name", "name", _LINE), Field("Title", "position", _LINE), Field("Location", "location", _LINE),
         Field("Company URL|Url", "url", read_url), *_DATES, Field("Description", "summary", _TEXT)),
    ),
    (
        "Education.csv", "education",
        (Field("School Name", "institution", _LINE), Field("Degree Name", "study_type", _LINE),
         Field("Field Of Study", "area", _LINE), Field("Grade", "score", _LINE), *_DATES,
         Field("Notes|Activities", "summary", _TEXT)),
    ),
    (
        "Volunteering.csv|Volunteer Experience.csv|Volunteering Experience.csv", "volunteer",
        (Field("Company Name|Organization", "organization", _LINE), Field("Role", "position", _LINE), *_DATES,
         Field("Cause|Description", "summary", _TEXT)),
    ),
    (
        "Projects.csv", "projects",
        (Field("Title|Name", "name", _LINE), Field("Url", "url", read_url), *_DATES,
         Field("Description", "summary", _TEXT)),
    ),
    (
        "Honors.csv|Honors_Awards.csv", "awards",
        (Field("Title|Name", "title", _LINE), Field("Issuer", "awarder", _LINE),
         Field("Issued On|Date", "date", read_date), Field("Description", "summary", _TEXT)),
    ),
    (
        "Certifications.csv", "certificates",
        (Field("Name", "name", _LINE), Field("Authority", "issuer", _LINE), Field("Url", "url", read_url),
         Field("Started On", "date", read_date), Field("License Number", "summary", _LINE)),
    ),
    (
        "Languages.csv", "languages",
        (Field("Name", "language", _LINE), Field("Proficiency", "fluency", _LINE)),
    ),
    (
        "Recommendations_Received.csv|Recommendations Received.csv", "referees",
        (Field("Job Title", "position", _LINE), Field("Company", "institution", _LINE),
         Field("Text", "summary", _TEXT)),
    ),
)  # fmt: skip
"""Files of the export, the section of ours that they fill, and the table of their columns."""
OWN: tuple[tuple[str, str, tuple[Field, ...]], ...] = (
    (
        "Courses.csv", "Courses",
        (Field("Name", "title", _LINE), Field("Number", "subtitle", _LINE)),
    ),
    (
        "Patents.csv", "Patents",
        (Field("Title|Name", "title", _LINE),
         Field("Patent or Application Number|Number|Patent Number", "subtitle", _LINE),
         Field("Url", "url", read_url), Field("Issued On|Filed On|Date", "date", read_date),
         Field("Description", "summary", _TEXT)),
    ),
    (
        "Organizations.csv", "Organizations",
        (Field("Name", "title", _LINE), Field("Position|Title", "subtitle", _LINE), *_DATES,
         Field("Description", "summary", _TEXT)),
    ),
    (
        "Test Scores.csv|TestScores.csv|Test_Scores.csv", "Test scores",
        (Field("Name", "title", _LINE), Field("Score", "subtitle", _LINE), Field("Date|Test Date", "date", read_date),
         Field("Description", "summary", _TEXT)),
    ),
)  # fmt: skip
"""The same for sections of the person's own, with their titles."""
PUBLICATION = (
    Field("Name|Title", "title", _LINE),
    Field("Publisher", "publisher", _LINE),
    Field("Published On|Date", "date", read_date),
    Field("Url", "url", read_url),
    Field("Authors", "authors", plain_terms),
    Field("Description", "summary", _TEXT),
)
_SKILLS = "Skills"
_LABEL = r"\b[A-Z_]+:(?=https?://)"
"""The kind of a web site, before its address: ``PERSONAL:https://…``."""
_CAUSES = "Causes You Care About.csv|Causes_You_Care_About.csv"


def recognise(source: ImportedFile) -> bool:
    """Whether ``source`` is an export of LinkedIn: a ZIP or a folder with one of its main files."""
    return source.is_export and any(
        source.export.has(name) for name in ("Profile.csv", "Positions.csv", "Education.csv")
    )


def read(source: ImportedFile) -> ProfileDraft:
    """The draft of a profile from an export; files about other people and about the use of the site are left alone."""
    if not source.is_export:
        hint = "give the ZIP that LinkedIn sent, or its folder"
        raise InputError([Problem("this is not a data export of LinkedIn", Location(str(source.path)), hint)])
    draft, reader = ProfileDraft(), _ExportReader(source)
    _read_basics(draft, reader)
    for names, section, table in SECTIONS:
        parts = [_entry(row, table, place, section) for row, place in reader.rows(names)]
        if parts:
            draft.profile[section] = parts
    _read_skills(draft.profile, reader)
    for names, title, table in OWN:
        if parts := [_described(carry(row, table, place)) for row, place in reader.rows(names)]:
            sections = draft.profile.setdefault("sections", DraftMapping())
            sections[title.casefold().replace(" ", "_")] = DraftMapping({"title": title, "entries": parts})
    draft.papers = [make_misc_paper(carry(row, PUBLICATION, place)) for row, place in reader.rows("Publications.csv")]
    draft.texts = reader.texts
    if left := reader.unread:
        draft.notes.append(f"These files of the export are not part of a CV, and were not read: {', '.join(left)}.")
    return draft


class _ExportReader:
    """Gives the rows of each file once."""

    def __init__(self, source: ImportedFile) -> None:
        self._export = source.export
        self._done: set[str] = set()
        self.texts: list[tuple[str, str]] = []
        """Every text of the rows read, with its place."""

    def rows(self, names: str) -> list[tuple[dict[str, str], str]]:
        """The rows of the files ``names``, separated by ``|``, each with its place: ``Skills.csv row 2``."""
        found = []
        for name in names.split("|"):
            if self._export.has(name):
                self._done.add(name.casefold())
                table = parse_csv(self._export.read(name), self._export.place(name))
                found += [(row, f"{name} row {number}") for number, row in enumerate(table, start=1)]
        cells = [pair for row, place in found for pair in list_texts(row, place)]
        self.texts += [(place, re.sub(_LABEL, "", text)) for place, text in cells if not _is_about(place)]
        return found

    @property
    def unread(self) -> list[str]:
        """The names of all other files, without folders; files that macOS adds are left out."""
        names = [PurePosixPath(name.replace("\\", "/")).name for name in self._export.names]
        return sorted(name for name in names if name.casefold() not in self._done and not name.startswith("."))


def _is_about(place: str) -> bool:
    """Whether the cell says only how LinkedIn uses an address or a number."""
    return place.startswith(("Email", "Phone")) and place.endswith((".Confirmed", ".Primary", ".Updated On", ".Type"))


def _read_basics(draft: ProfileDraft, reader: _ExportReader) -> None:
    basics = draft.profile["basics"] = DraftMapping()
    for row, place in reader.rows("Profile.csv")[:1]:
        row = dict(row)
        names = [clean(row.pop(key, "")) for key in ("First Name", "Last Name")]
        handles, sites, address = (row.pop(key, "") for key in ("Twitter Handles", "Websites", "Address"))
        carried = carry(row, PROFILE, place)
        basics.update(carried)
        basics.leftovers += carried.leftovers
        if name := plain_line(" ".join(filter(None, names)), place):
            basics["name"] = name
        for handle in re.findall(r"[^\[\],\s]+", handles):
            add_account(basics, {"network": "twitter", "username": handle}, f"{place}.Twitter Handles")
        for label, url in re.findall(r"(?:\[?([A-Z_ ]+):)?(https?://[^\],\s]+|www\.[^\],\s]+)", sites):
            _add_site(basics, label, url, f"{place}.Websites")
        if address:
            basics.keep_leftover(f"{place}.Address", address)
    for row, place in reader.rows("Profile Summary.csv"):
        for text in row.values():
            read = plain_block(text, place)
            if read and "summary" not in basics:
                basics["summary"] = read
            elif read != basics.get("summary"):
                basics.keep_leftover(place, text)
    if len(basics.get("url", [])) == 1:
        (basics["url"],) = basics["url"]
    _read_contacts(basics, reader)


def _add_site(basics: DraftMapping, label: str, url: str, where: str) -> None:
    """A web site: an account if its network is known, else an address."""
    account = DraftMapping()
    add_account(account, url, where)
    if account.get("profiles", [{}])[0].get("username"):
        basics.setdefault("profiles", []).extend(account["profiles"])
    else:
        basics["url"] = [*basics.get("url", []), read_url(url, where)]
    if label and label not in ("PERSONAL", "OTHER", "COMPANY", "PORTFOLIO", "BLOG"):
        basics.keep_leftover(where, label)


def _read_contacts(basics: DraftMapping, reader: _ExportReader) -> None:
    """The confirmed e-mail addresses, the primary one first, and phone numbers."""
    rows = reader.rows("Email Addresses.csv")
    rows.sort(key=lambda row: row[0].get("Primary", "").casefold() not in ("yes", "true"))
    emails = [read_emails(row.get("Email Address", ""), place) for row, place in rows]
    phones = [
        read_phones(" ".join(filter(None, (row.get("Extension", ""), row.get("Number", "")))), place)
        for row, place in reader.rows("PhoneNumbers.csv|Phone Numbers.csv")
    ]
    for key, found in (("email", emails), ("phone", phones)):
        if values := list(dict.fromkeys(filter(None, found))):
            basics[key] = values[0] if len(values) == 1 else values


def _entry(row: dict[str, str], table: tuple[Field, ...], place: str, section: str) -> DraftMapping:
    row = dict(row)
    person = [clean(row.pop(key, "")) for key in ("First Name", "Last Name")] if section == "referees" else []
    part = _described(carry(row, table, place))
    if any(person):
        part["name"] = Carried(" ".join(filter(None, person)), place)
    return part


def _described(part: DraftMapping) -> DraftMapping:
    """``part`` with the bullets of its description as highlights."""
    if text := part.pop("summary", None):
        summary, highlights = split_description(text)
        if summary:
            part["summary"] = summary
        if highlights:
            part["highlights"] = highlights
    return part


def _read_skills(profile: DraftMapping, reader: _ExportReader) -> None:
    """All skills in one line, since LinkedIn has no groups; causes are interests."""
    for names, section, heading in (("Skills.csv", "skills", _SKILLS), (_CAUSES, "interests", "Causes")):
        found = [
            read for row, place in reader.rows(names) for text in row.values() if (read := plain_line(text, place))
        ]
        if words := list(dict.fromkeys(found)):
            profile[section] = [DraftMapping({"name": heading, "keywords": words})]
