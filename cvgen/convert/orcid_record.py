"""The shape of an ORCID record: values in mappings, groups of versions, and what ORCID itself notes about each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

ADMINISTRATIVE = frozenset(
    {
        "put-code", "created-date", "last-modified-date", "source", "visibility", "path", "display-index", "history",
        "external-id-normalized", "external-id-normalized-error", "external-id-relationship", "preferences",
        "disambiguated-organization", "primary", "verified", "contributor-attributes", "host",
    }
)  # fmt: skip
"""Keys of what ORCID notes about a part of a record."""

_PLACE = ("organization address city", "organization address region", "organization address country")


def simplify(value: object) -> object:
    """``value`` without what ORCID notes itself: ``{"value": x}`` is x, a mapping with a year is a date."""
    if isinstance(value, list):
        return [simplify(one) for one in value if one is not None]
    if not isinstance(value, dict):
        return value
    kept = {key: simplify(one) for key, one in value.items() if key not in ADMINISTRATIVE and one is not None}
    if set(kept) <= {"year", "month", "day"} and kept.get("year"):
        return "-".join(str(kept[part]) for part in ("year", "month", "day") if kept.get(part))
    return kept["value"] if set(kept) == {"value"} else kept


def flatten(value: Mapping[str, object], before: str = "") -> dict[str, Any]:
    """Nested mappings as one, with keys such as ``organization address city``."""
    flat: dict[str, Any] = {}
    for key, one in value.items():
        name = f"{before} {key}".strip()
        flat |= flatten(one, name) if isinstance(one, dict) else {name: one}
    return flat


def read_item(value: object) -> dict[str, Any]:
    """One part of a record as a flat mapping, with the place of its organization as ``location``."""
    flat = {key.replace("-", " "): one for key, one in flatten(as_dict(simplify(value))).items()}
    places = [str(flat.pop(key)) for key in _PLACE if flat.get(key)]
    return flat | ({"location": ", ".join(dict.fromkeys(places))} if places else {})


def as_dict(value: object) -> dict[str, Any]:
    """``value``, or an empty mapping where a record has something else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """``value``, or an empty list where a record has something else."""
    return value if isinstance(value, list) else []


def list_parts(person: dict[str, Any], group: str, name: str) -> list[dict[str, Any]]:
    """The parts ``name`` of a person in the part ``group``."""
    return [as_dict(simplify(one)) for one in as_list(as_dict(person.get(group)).get(name))]


def list_summaries(value: object) -> Iterator[dict[str, Any]]:
    """The summaries in a part of a record: in groups since version 3.0, in a list before."""
    for key, groups in as_dict(value).items():
        if key == "affiliation-group":
            for group in as_list(groups):
                for wrapped in as_list(as_dict(group).get("summaries")):
                    yield from (as_dict(one) for one in as_dict(wrapped).values())
        elif key.endswith("-summary"):
            yield from (as_dict(one) for one in as_list(groups))


def list_versions(value: object) -> Iterator[list[dict[str, Any]]]:
    """The versions of each work or grant, the preferred one first."""
    for group in as_list(as_dict(value).get("group")):
        for key, versions in as_dict(group).items():
            if key.endswith("-summary"):
                yield sorted(map(as_dict, as_list(versions)), key=_read_rank, reverse=True)


def _read_rank(version: dict[str, Any]) -> int:
    """The rank of a version of a work; the person prefers the one with the highest."""
    rank = str(version.get("display-index"))
    return int(rank) if rank.isdecimal() and len(rank) < 10 else 0
