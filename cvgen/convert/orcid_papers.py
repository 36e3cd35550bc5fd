"""Reads the works of an ORCID record, each with its versions, to publications."""

from __future__ import annotations

from typing import Any

from cvgen.convert.field_table import Field, carry
from cvgen.convert.foreign_values import plain_block, plain_line, read_date, read_url, read_word
from cvgen.convert.orcid_record import as_dict, as_list, flatten, read_item, simplify
from cvgen.convert.profile_draft import DraftMapping, Paper

WORK = (
    Field("title title", "title", plain_line),
    Field("title subtitle", "subtitle", plain_line),
    Field("journal title", "journal", plain_line),
    Field("publication date", "date", read_date),
    Field("type", "type", read_word),
    Field("url", "url", read_url),
    Field("short description", "summary", plain_block),
)

WORK_KINDS = {
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


def keep_versions(part: DraftMapping | Paper, versions: list[dict[str, Any]], where: str) -> None:
    """Keep what other versions of a work say otherwise as leftovers."""
    known = {str(text) for text in flatten(as_dict(simplify(versions[0]))).values()} if versions else set()
    for version, one in enumerate(versions[1:], start=2):
        other = {key: text for key, text in flatten(as_dict(simplify(one))).items() if str(text) not in known}
        part.keep_leftover(f"{where} version {version}", other)


def read_work(versions: list[dict[str, Any]], where: str) -> Paper:
    """A publication from the ``versions`` of a work, the preferred one first."""
    item = read_item(versions[0])
    people = [as_dict(one) for one in as_list(item.pop("contributors contributor", None))]
    ids = [as_dict(one) for one in as_list(item.pop("external ids external id", None))]
    part = carry(item, WORK, where)
    kind = WORK_KINDS.get(str(part.get("type", "")).casefold().replace("_", "-"), "misc")
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
    keep_versions(paper, versions, where)
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
