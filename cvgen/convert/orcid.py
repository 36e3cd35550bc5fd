"""Imports an ORCID record as JSON, as downloaded from the public API, version 3.0 or 2.1.

The parts of a record: https://info.orcid.org/documentation/integration-guide/orcid-record/. What ORCID itself notes
about each part (who added it and when, its number, who may see it) is no part of a CV, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cvgen.convert.accounts import add_account
from cvgen.convert.field_table import Field, carry
from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.own_sections import free_name
from cvgen.convert.profile_draft import Carried, DraftMapping, Paper, ProfileDraft, list_texts
from cvgen.convert.values import plain_block, plain_line, read_date, read_emails, read_end, read_url, read_word

ADMINISTRATIVE = frozenset(
    {
        "put-code", "created-date", "last-modified-date", "source", "visibility", "path", "display-index", "history",
        "external-id-normalized", "external-id-normalized-error", "external-id-relationship", "preferences",
        "disambiguated-organization", "primary", "verified", "contributor-attributes", "host",
    }
)  # fmt: skip
"""Keys of what ORCID notes about a part of a record."""
_PLACE = ("organization address city", "organization address region", "organization address country")
_DATES = (Field("start date", "start", read_date), Field("end date", "end", read_end))
_LINE = plain_line


def _affiliation(organization: str, role: str, *more: Field) -> tuple[Field, ...]:
    return (
        Field("organization name", organization, _LINE),
        Field("role title", role, _LINE),
        Field("location", "location", _LINE),
        Field("url", "url", read_url),
        *_DATES,
        *more,
    )


_DEPARTMENT = Field("department name", "department", _LINE)
_OWN_DEPARTMENT = Field("department name", "summary", _LINE)
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
    Field("title title", "title", _LINE),
    Field("organization name", "funder", _LINE),
    Field("type", "role", _LINE),
    Field("url", "url", read_url),
    *_DATES,
)
WORK = (
    Field("title title", "title", _LINE),
    Field("title subtitle", "subtitle", _LINE),
    Field("journal title", "journal", _LINE),
    Field("publication date", "date", read_date),
    Field("type", "type", read_word),
    Field("url", "url", read_url),
    Field("short description", "summary", plain_block),
)
_KINDS = {
    "journal-article": "article", "conference-paper": "inproceedings", "book": "book", "book-chapter": "incollection",
    "edited-book": "collection", "dissertation": "thesis", "dissertation-thesis": "thesis", "report": "report",
    "data-set": "dataset", "software": "software", "patent": "patent", "preprint": "online", "website": "online",
}  # fmt: skip
_VENUES = {
    "article": "journaltitle",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "report": "institution",
}
_IDS = {"doi": "doi", "isbn": "isbn", "issn": "issn", "arxiv": "eprint", "pmid": "pmid", "pmc": "pmcid"}


def recognise(source: ImportedFile) -> bool:
    """Whether ``source`` is a record of ORCID."""
    tree = source.tree if source.is_json else None
    return isinstance(tree, dict) and "orcid-identifier" in tree and ("person" in tree or "activities-summary" in tree)


def read(source: ImportedFile) -> ProfileDraft:
    """The draft of a profile from a record of ORCID."""
    record = source.mapping
    draft, profile = ProfileDraft(texts=list(_texts(record))), DraftMapping()
    draft.profile = profile
    identifier = _dict(record.get("orcid-identifier"))
    _read_person(draft, _dict(record.get("person")), str(identifier.get("path") or ""))
    activities = _dict(record.get("activities-summary"))
    for name, value in activities.items():
        if name in AFFILIATIONS:
            _read_affiliations(profile, name, value)
        elif name == "fundings":
            _read_fundings(profile, value)
        elif name == "peer-reviews":
            _read_reviews(profile, value)
        elif name == "works":
            draft.papers = [
                _read_work(group, f"works[{number}]") for number, group in enumerate(_groups(value)) if group
            ]
        elif name not in ADMINISTRATIVE:
            profile.keep_leftover(name, simplify(value))
    return draft


def _texts(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a record that belongs to a CV, with its place; kinds of works are those of entries."""
    for name in ("orcid-identifier", "person", "activities-summary"):
        for place, text in list_texts(simplify(record.get(name)), name):
            if not (place.endswith(".type") and text.casefold().replace("_", "-") in _KINDS):
                yield place, text


def simplify(value: Any) -> Any:
    """``value`` without what ORCID notes itself: ``{"value": x}`` is x, a mapping with a year is a date."""
    if isinstance(value, list):
        return [simplify(one) for one in value if one is not None]
    if not isinstance(value, dict):
        return value
    kept = {key: simplify(one) for key, one in value.items() if key not in ADMINISTRATIVE and one is not None}
    if set(kept) <= {"year", "month", "day"} and kept.get("year"):
        return "-".join(str(kept[part]) for part in ("year", "month", "day") if kept.get(part))
    return kept["value"] if set(kept) == {"value"} else kept


def _flat(value: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested mappings as one, with keys such as ``organization address city``."""
    flat: dict[str, Any] = {}
    for key, one in value.items():
        name = f"{before} {key}".strip()
        flat |= _flat(one, name) if isinstance(one, dict) else {name: one}
    return flat


def _item(value: Any) -> dict[str, Any]:
    """One part of a record as a flat mapping, with the place of its organization as ``location``."""
    flat = {key.replace("-", " "): one for key, one in _flat(_dict(simplify(value))).items()}
    places = [str(flat.pop(key)) for key in _PLACE if flat.get(key)]
    return flat | ({"location": ", ".join(dict.fromkeys(places))} if places else {})


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _read_person(draft: ProfileDraft, person: dict[str, Any], orcid: str) -> None:
    basics = draft.profile["basics"] = DraftMapping()
    name = _dict(simplify(person.get("name")))
    full = " ".join(str(name[key]) for key in ("given-names", "family-name") if name.get(key))
    shown = plain_line(str(name.get("credit-name") or full), "person.name")
    if shown:
        basics["name"] = shown
    others = [str(one["content"]) for one in _parts(person, "other-names", "other-name") if one.get("content")]
    aliases = [one for one in dict.fromkeys([full, *others]) if one and one != shown]
    bibliography = draft.profile["bibliography"] = DraftMapping({"aliases": aliases} if aliases else {})
    if text := plain_block(_dict(simplify(person.get("biography"))).get("content"), "person.biography"):
        basics["summary"] = text
    emails = [read_emails(one.get("email"), "person.emails") for one in _parts(person, "emails", "email")]
    if found := [email for email in emails if email]:
        basics["email"] = found[0] if len(found) == 1 else found
    for one in _parts(person, "addresses", "address")[:1]:
        basics["location"] = {"country_code": Carried(str(one.get("country")), "person.addresses")}
    for one in _parts(person, "addresses", "address")[1:]:
        basics.keep_leftover("person.addresses", one)
    if orcid:
        bibliography["orcid"] = orcid
        add_account(basics, {"network": "orcid", "username": orcid}, "orcid-identifier")
    for one in _parts(person, "researcher-urls", "researcher-url"):
        add_account(basics, {"network": one.get("url-name"), "url": one.get("url")}, "person.researcher-urls")
    for one in _parts(person, "external-identifiers", "external-identifier"):
        account = {"network": one.get("external-id-type"), "url": one.get("external-id-url")}
        add_account(basics, account, "person.external-identifiers")
        basics.keep_leftover("person.external-identifiers", one.get("external-id-value"))
    words = [plain_line(str(one["content"]), "person.keywords") for one in _parts(person, "keywords", "keyword")]
    if words:
        draft.profile["interests"] = [DraftMapping({"name": "Research", "keywords": [word for word in words if word]})]
    if not bibliography:
        del draft.profile["bibliography"]


def _parts(person: dict[str, Any], group: str, name: str) -> list[dict[str, Any]]:
    return [_dict(simplify(one)) for one in _list(_dict(person.get(group)).get(name))]


def _summaries(value: Any) -> Iterator[dict[str, Any]]:
    """The summaries in a part of a record: in groups since version 3.0, in a list before."""
    for key, groups in _dict(value).items():
        if key == "affiliation-group":
            for group in _list(groups):
                for wrapped in _list(_dict(group).get("summaries")):
                    yield from (_dict(one) for one in _dict(wrapped).values())
        elif key.endswith("-summary"):
            yield from (_dict(one) for one in _list(groups))


def _read_affiliations(profile: DraftMapping, name: str, value: Any) -> None:
    section, title, table = AFFILIATIONS[name]
    parts = [carry(_item(one), table, f"{name}[{number}]") for number, one in enumerate(_summaries(value))]
    if section == "awards":
        for part in parts:
            if "start" in part and "end" not in part:
                part["date"] = part.pop("start")
    if title and parts:
        sections = profile.setdefault("sections", DraftMapping())
        sections[free_name(title, sections)] = DraftMapping({"title": title, "like": section, "entries": parts})
    elif parts:
        profile[section] = [*profile.get(section, []), *parts]


def _groups(value: Any) -> Iterator[list[dict[str, Any]]]:
    """The versions of each work or grant, the preferred one first."""
    for group in _list(_dict(value).get("group")):
        for key, versions in _dict(group).items():
            if key.endswith("-summary"):
                yield sorted(map(_dict, _list(versions)), key=lambda one: -int(str(one.get("display-index") or 0)))


def _read_fundings(profile: DraftMapping, value: Any) -> None:
    for number, versions in enumerate(_groups(value)):
        for one in versions[:1]:
            part = carry(_item(one), FUNDING, f"fundings[{number}]")
            profile["grants"] = [*profile.get("grants", []), part]
        _remark_versions(profile["grants"][-1] if versions else profile, versions, f"fundings[{number}]")


def _remark_versions(part: DraftMapping | Paper, versions: list[dict[str, Any]], where: str) -> None:
    """Remark what other versions of a work say otherwise."""
    known = {str(text) for text in _flat(_dict(simplify(versions[0]))).values()} if versions else set()
    for version, one in enumerate(versions[1:], start=2):
        other = {key: text for key, text in _flat(_dict(simplify(one))).items() if str(text) not in known}
        part.keep_leftover(f"{where} version {version}", other)


def _read_reviews(profile: DraftMapping, value: Any) -> None:
    """Reviews as service: one entry for each role and organization, with the years."""
    found: dict[tuple[str, str], DraftMapping] = {}
    for number, outer in enumerate(_list(_dict(value).get("group"))):
        for group in [_dict(one) for one in _list(_dict(outer).get("peer-review-group"))] or [_dict(outer)]:
            for one in _list(group.get("peer-review-summary")):
                _add_review(found, _item(one), f"peer-reviews[{number}]")
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


def _read_work(versions: list[dict[str, Any]], where: str) -> Paper:
    item = _item(versions[0])
    people = [_dict(one) for one in _list(item.pop("contributors contributor", None))]
    ids = [_dict(one) for one in _list(item.pop("external ids external id", None))]
    part = carry(item, WORK, where)
    kind = _KINDS.get(str(part.get("type", "")).casefold().replace("_", "-"), "misc")
    title = ": ".join(str(part[key]) for key in ("title", "subtitle") if part.get(key)) or "Untitled"
    fields = {"title": title, **{key: str(part[key]) for key in ("date", "url") if part.get(key)}}
    if part.get("journal"):
        fields[_VENUES.get(kind, "howpublished")] = str(part["journal"])
    if part.get("type") and kind == "misc":
        fields["type"] = str(part["type"]).replace("-", " ")
    paper = Paper(kind, fields, leftovers=part.leftovers)
    paper.authors = [str(one["credit-name"]) for one in people if one.get("credit-name")]
    if part.get("summary"):
        paper.summary.append(str(part["summary"]))
    for one in ids:
        _add_identifier(paper, one, where)
    _remark_versions(paper, versions, where)
    return paper


def _add_identifier(paper: Paper, one: dict[str, Any], where: str) -> None:
    name, value = str(one.get("external-id-type", "")).casefold(), str(one.get("external-id-value") or "")
    field = _IDS.get(name, "")
    if field and field not in paper.fields and value:
        paper.fields[field] = value
        if field == "eprint":
            paper.fields["eprinttype"] = "arxiv"
    elif value:
        paper.keep_leftover(f"{where} {name}", value)
    if (url := one.get("external-id-url")) and "url" not in paper.fields and field != "doi":
        paper.fields["url"] = str(url)
    elif url and field != "doi" and url != paper.fields.get("url"):
        paper.keep_leftover(f"{where} {name} url", url)
