"""Imports an ORCID record as JSON, as downloaded from the public API, version 3.0 or 2.1.

The parts of a record: https://info.orcid.org/documentation/integration-guide/orcid-record/. What ORCID itself notes
about each part (who added it and when, its number, who may see it) is no part of a CV, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cvgen.convert.accounts import add_account
from cvgen.convert.field_table import Field, carry
from cvgen.convert.foreign_values import plain_block, plain_line, read_date, read_emails, read_end, read_url
from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.orcid_papers import WORK_KINDS, keep_versions, read_work
from cvgen.convert.orcid_record import (
    ADMINISTRATIVE,
    as_dict,
    as_list,
    list_parts,
    list_summaries,
    list_versions,
    read_item,
    simplify,
)
from cvgen.convert.own_sections import free_name
from cvgen.convert.profile_draft import Carried, DraftMapping, ProfileDraft, list_texts

_DATES = (Field("start date", "start", read_date), Field("end date", "end", read_end))


def _affiliation(organization: str, role: str, *more: Field) -> tuple[Field, ...]:
    return (
        Field("organization name", organization, plain_line),
        Field("role title", role, plain_line),
        Field("location", "location", plain_line),
        Field("url", "url", read_url),
        *_DATES,
        *more,
    )


_DEPARTMENT = Field("department name", "department", plain_line)
_OWN_DEPARTMENT = Field("department name", "summary", plain_line)
AFFILIATIONS: Mapping[str, tuple[str, str, tuple[Field, ...]]] = {
    "employments": ("work", "", _affiliation("name", "position", _DEPARTMENT)),
    "educations": ("education", "", _affiliation("institution", "study_type", _DEPARTMENT)),
    "qualifications": ("education", "", _affiliation("institution", "study_type", _DEPARTMENT)),
    "invited-positions": ("work", "Invited positions", _affiliation("name", "position", _DEPARTMENT)),
    "distinctions": ("awards", "", _affiliation("awarder", "title", _OWN_DEPARTMENT)),
    "memberships": ("service", "", _affiliation("organization", "role", _OWN_DEPARTMENT)),
    "services": ("service", "", _affiliation("organization", "role", _OWN_DEPARTMENT)),
}
"""Part of a record → the section of ours, its title if it is one of the person's own, and the table."""
FUNDING = (
    Field("title title", "title", plain_line),
    Field("organization name", "funder", plain_line),
    Field("type", "role", plain_line),
    Field("url", "url", read_url),
    *_DATES,
)


def recognise(source: ImportedFile) -> bool:
    """Whether ``source`` is a record of ORCID."""
    tree = source.tree if source.is_json else None
    return isinstance(tree, dict) and "orcid-identifier" in tree and ("person" in tree or "activities-summary" in tree)


def read(source: ImportedFile) -> ProfileDraft:
    """The draft of a profile from a record of ORCID."""
    record = source.mapping
    draft, profile = ProfileDraft(texts=list(_texts(record))), DraftMapping()
    draft.profile = profile
    identifier = as_dict(record.get("orcid-identifier"))
    _read_person(draft, as_dict(record.get("person")), str(identifier.get("path") or ""))
    activities = as_dict(record.get("activities-summary"))
    for name, value in activities.items():
        if name in AFFILIATIONS:
            _read_affiliations(profile, name, value)
        elif name == "fundings":
            _read_fundings(profile, value)
        elif name == "peer-reviews":
            _read_reviews(profile, value)
        elif name == "works":
            draft.papers = [
                read_work(group, f"works[{number}]") for number, group in enumerate(list_versions(value)) if group
            ]
        elif name not in ADMINISTRATIVE:
            profile.keep_leftover(name, simplify(value))
    return draft


def _texts(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a record that belongs to a CV, with its place; kinds of works are those of entries."""
    for name in ("orcid-identifier", "person", "activities-summary"):
        for place, text in list_texts(simplify(record.get(name)), name):
            if not (place.endswith(".type") and text.casefold().replace("_", "-") in WORK_KINDS):
                yield place, text


def _read_person(draft: ProfileDraft, person: dict[str, Any], orcid: str) -> None:
    basics = draft.profile["basics"] = DraftMapping()
    aliases = _read_names(basics, person)
    bibliography = DraftMapping({"aliases": aliases} if aliases else {})
    if text := plain_block(as_dict(simplify(person.get("biography"))).get("content"), "person.biography"):
        basics["summary"] = text
    _read_contacts(basics, person)
    if orcid:
        bibliography["orcid"] = orcid
        add_account(basics, {"network": "orcid", "username": orcid}, "orcid-identifier")
    _read_accounts(basics, person)
    keywords = [str(one.get("content", "")) for one in list_parts(person, "keywords", "keyword")]
    if words := [word for keyword in keywords if (word := plain_line(keyword, "person.keywords"))]:
        draft.profile["interests"] = [DraftMapping({"name": "Research", "keywords": words})]
    if bibliography:
        draft.profile["bibliography"] = bibliography


def _read_names(basics: DraftMapping, person: dict[str, Any]) -> list[str]:
    """The other names of the person, once ``basics`` has the one that is shown."""
    name = as_dict(simplify(person.get("name")))
    full = " ".join(str(name[key]) for key in ("given-names", "family-name") if name.get(key))
    shown = plain_line(str(name.get("credit-name") or full), "person.name")
    if shown:
        basics["name"] = shown
    others = [str(one["content"]) for one in list_parts(person, "other-names", "other-name") if one.get("content")]
    return [one for one in dict.fromkeys([full, *others]) if one and one != shown]


def _read_contacts(basics: DraftMapping, person: dict[str, Any]) -> None:
    emails = [read_emails(one.get("email"), "person.emails") for one in list_parts(person, "emails", "email")]
    if found := [email for email in emails if email]:
        basics["email"] = found[0] if len(found) == 1 else found
    for one in list_parts(person, "addresses", "address")[:1]:
        basics["location"] = {"country_code": Carried(str(one.get("country")), "person.addresses")}
    for one in list_parts(person, "addresses", "address")[1:]:
        basics.keep_leftover("person.addresses", one)


def _read_accounts(basics: DraftMapping, person: dict[str, Any]) -> None:
    for one in list_parts(person, "researcher-urls", "researcher-url"):
        add_account(basics, {"network": one.get("url-name"), "url": one.get("url")}, "person.researcher-urls")
    for one in list_parts(person, "external-identifiers", "external-identifier"):
        account = {"network": one.get("external-id-type"), "url": one.get("external-id-url")}
        add_account(basics, account, "person.external-identifiers")
        basics.keep_leftover("person.external-identifiers", one.get("external-id-value"))


def _read_affiliations(profile: DraftMapping, name: str, value: object) -> None:
    section, title, table = AFFILIATIONS[name]
    parts = [carry(read_item(one), table, f"{name}[{number}]") for number, one in enumerate(list_summaries(value))]
    if section == "awards":
        for part in parts:
            if "start" in part and "end" not in part:
                part["date"] = part.pop("start")
    if title and parts:
        sections = profile.setdefault("sections", DraftMapping())
        sections[free_name(title, sections)] = DraftMapping({"title": title, "like": section, "entries": parts})
    elif parts:
        profile[section] = [*profile.get(section, []), *parts]


def _read_fundings(profile: DraftMapping, value: object) -> None:
    for number, versions in enumerate(list_versions(value)):
        for one in versions[:1]:
            part = carry(read_item(one), FUNDING, f"fundings[{number}]")
            profile["grants"] = [*profile.get("grants", []), part]
        keep_versions(profile["grants"][-1] if versions else profile, versions, f"fundings[{number}]")


def _read_reviews(profile: DraftMapping, value: object) -> None:
    """Reviews as service: one entry for each role and organization, with the years."""
    found: dict[tuple[str, str], DraftMapping] = {}
    for number, outer in enumerate(as_list(as_dict(value).get("group"))):
        for group in [as_dict(one) for one in as_list(as_dict(outer).get("peer-review-group"))] or [as_dict(outer)]:
            for one in as_list(group.get("peer-review-summary")):
                _add_review(found, read_item(one), f"peer-reviews[{number}]")
    if found:
        profile["service"] = [*profile.get("service", []), *found.values()]


def _add_review(found: dict[tuple[str, str], DraftMapping], item: dict[str, Any], where: str) -> None:
    role, place = (str(item.pop(key, "") or "") for key in ("reviewer role", "convening organization name"))
    part = found.setdefault((role, place), DraftMapping(where=where))
    part["role"] = Carried(role or "reviewer", where)
    if place:
        part["organization"] = plain_line(place, where)
    date = str(item.pop("completion date", "") or "")
    if date:
        years = [*str(part.get("date", "")).split(", "), date]
        part["date"] = Carried(", ".join(dict.fromkeys(filter(None, years))), where)
    part.keep_leftover(where, item)
