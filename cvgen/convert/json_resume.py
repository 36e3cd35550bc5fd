"""Imports JSON Resume, 1.0.0 and 1.2, with the keys of earlier versions (https://jsonresume.org/schema)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cvgen.convert.accounts import add_account
from cvgen.convert.field_table import Field, carry, carry_all, plain_key, take_section
from cvgen.convert.foreign_values import (
    block,
    bullets,
    line,
    read_date,
    read_emails,
    read_end,
    read_phones,
    read_url,
    read_urls,
    read_word,
    terms,
)
from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.misc_paper import UNTITLED, make_misc_paper
from cvgen.convert.own_sections import add_section
from cvgen.convert.photo import add_photo
from cvgen.convert.profile_draft import Paper, ProfileDraft, list_texts

_DATES = (Field("startDate", "start", read_date), Field("endDate", "end", read_end), Field("date", "date", read_date))
_TEXTS = (Field("summary|description", "summary", block), Field("highlights", "highlights", bullets))
_URL = Field("url|website", "url", read_url)
BASICS = (
    Field("name", "name"),
    Field("label|headline", "label"),
    Field("email", "email", read_emails),
    Field("phone", "phone", read_phones),
    Field("url|website", "url", read_urls),
    Field("birthday|birthDate|dateOfBirth", "birth_date", read_date),
    Field("nationality", "nationality"),
    Field("pronouns", "pronouns"),
    Field("summary", "summary", block),
)
LOCATION = (
    Field("address", "address"),
    Field("postalCode", "postal_code", read_word),
    Field("city", "city"),
    Field("region|state", "region"),
    Field("countryCode|country", "country_code", read_word),
)
SECTIONS: Mapping[str, tuple[str, str, tuple[Field, ...]]] = {
    "work": (
        "work|experience",
        "name",
        (Field("name|company", "name"), Field("description", "description"), Field("position", "position"),
         Field("location", "location"), _URL, *_DATES, Field("summary", "summary", block),
         Field("highlights", "highlights", bullets)),
    ),
    "volunteer": (
        "volunteer",
        "organization",
        (Field("organization", "organization"), Field("position", "position"), Field("location", "location"), _URL,
         *_DATES, *_TEXTS),
    ),
    "education": (
        "education",
        "institution",
        (Field("institution", "institution"), Field("area", "area"), Field("studyType|degree", "study_type"),
         Field("score|gpa", "score"), Field("courses", "courses", bullets), Field("location", "location"), _URL,
         *_DATES, *_TEXTS),
    ),
    "awards": (
        "awards",
        "title",
        (Field("title", "title"), Field("awarder", "awarder"), _URL, Field("date", "date", read_date), *_TEXTS),
    ),
    "certificates": (
        "certificates|certifications",
        "name",
        (Field("name", "name"), Field("issuer", "issuer"), _URL, Field("date", "date", read_date), *_TEXTS),
    ),
    "skills": (
        "skills",
        "name",
        (Field("name", "name"), Field("level", "level"), Field("keywords", "keywords", terms),
         Field("summary", "summary", block)),
    ),
    "languages": (
        "languages",
        "language",
        (Field("language|name", "language"), Field("fluency|level", "fluency"), Field("summary", "summary", block)),
    ),
    "interests": (
        "interests|hobbies",
        "name",
        (Field("name", "name"), Field("keywords", "keywords", terms), Field("summary", "summary", block)),
    ),
    "projects": (
        "projects",
        "name",
        (Field("name", "name"), Field("type", "type"), Field("roles|role", "role"), Field("entity", "entity"),
         Field("keywords", "keywords", terms), _URL, *_DATES, Field("description|summary", "summary", block),
         Field("highlights", "highlights", bullets)),
    ),
    "referees": (
        "references",
        "name",
        (Field("name", "name"), Field("reference|summary", "summary", block), Field("position", "position"),
         Field("company|organization", "institution"),
         Field("relationship|relation", "relation"), Field("email", "email", read_emails),
         Field("phone", "phone", read_phones), _URL),
    ),
}  # fmt: skip
"""Section of ours → the keys of JSON Resume's, the field of an item that is a text alone, and the table."""
PUBLICATION = (
    Field("name|title", "title"),
    Field("publisher|journal", "publisher"),
    Field("releaseDate|date", "date", read_date),
    Field("url|website", "url", read_url),
    Field("authors|author", "authors", lambda value, where: split_people(value)),
    Field("doi", "doi", read_word),
    Field("summary", "summary", block),
)
_MARKS = ("basics", "work", "education", "volunteer", "skills", "awards", "publications", "references", "interests")


def recognise(source: ImportedFile) -> bool:
    """Whether ``source`` is a JSON Resume: its top has ``basics``, or two of its sections."""
    tree = source.tree
    if not isinstance(tree, dict):
        return False
    sections = [name for name in _MARKS if name in tree]
    return ("basics" in sections and isinstance(tree["basics"], dict)) or len(sections) > 2


def read(source: ImportedFile) -> ProfileDraft:
    """The draft of a profile from a JSON Resume."""
    draft = read_resume(dict(source.mapping), source)
    draft.texts = list(list_texts(source.mapping, ""))
    return draft


def read_resume(tree: dict[str, Any], source: ImportedFile) -> ProfileDraft:
    """The draft of a profile from a resume with the keys of JSON Resume, which are taken out of ``tree``."""
    draft = ProfileDraft()
    read_basics(draft, tree.pop("basics", None) or {}, source)
    for name, (keys, heading, table) in SECTIONS.items():
        for key in [key for key in tree if plain_key(key) in keys.split("|")]:
            if parts := carry_all(tree.pop(key), table, key, heading):
                draft.profile[name] = [*draft.profile.get(name, []), *parts]
    for number, item in enumerate(take_section(tree.pop("publications", None))):
        draft.papers.append(read_paper(item, f"publications[{number}]"))
    for key, value in tree.items():
        if key in ("$schema", "meta", "schemaVersion") or not add_section(draft.profile, str(key), value):
            draft.profile.keep_leftover(str(key), value)
    return draft


def read_basics(draft: ProfileDraft, basics: object, source: ImportedFile) -> None:
    """Read who the person is, with accounts, place and photo."""
    if not isinstance(basics, dict):
        draft.profile.keep_leftover("basics", basics)
        basics = {}
    known = {key: value for key, value in basics.items() if key not in ("location", "profiles", "image", "picture")}
    part = draft.profile["basics"] = carry(known, BASICS, "basics")
    place = basics.get("location")
    if isinstance(place, dict):
        part["location"] = carry(place, LOCATION, "basics.location")
        part.leftovers += part["location"].leftovers
        part["location"].leftovers = []
    elif place:
        part["location"] = line(place, "basics.location")
    if not part.get("location"):
        part.pop("location", None)
    for number, account in enumerate(take_section(basics.get("profiles"))):
        add_account(part, account, f"basics.profiles[{number}]")
    for key in ("image", "picture"):
        if basics.get(key):
            add_photo(draft, part, basics[key], f"basics.{key}", source)


def split_people(value: object) -> list[str] | None:
    """Names in a list, or in one text, separated by commas, semicolons or ``and``."""
    if isinstance(value, str):
        separator = (
            r"\s*;\s*|\s+and\s+"
            if re.search(r";|\sand\s", value) and "," not in value
            else r"\s*[,;]\s*(?:and\s+)?|\s+and\s+"
        )
        value = re.split(separator, value)
    if isinstance(value, list) and all(isinstance(one, dict) and isinstance(one.get("name"), str) for one in value):
        value = [one["name"] if len(one) == 1 else None for one in value]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    return [one.strip() for one in value if one.strip()] or None


def read_paper(item: object, where: str) -> Paper:
    """A publication; JSON Resume itself has no authors, which some people add."""
    part = carry(item if isinstance(item, dict) else {"name": item}, PUBLICATION, where)
    return make_misc_paper(part, str(part.get("publisher") or part.get("url") or UNTITLED))
