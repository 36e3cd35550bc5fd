"""A profile that is being made from another tool's file, with the leftovers that it cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text of the source that no field holds: where it was, and why it is not imported, if there is a reason."""

    where: str
    text: str
    reason: str = ""


class Carried(str):
    """A text of the draft with its place in the source, which is needed if the profile cannot hold the text."""

    where: str

    def __new__(cls, text: str, where: str) -> Carried:
        """``text``, found at ``where``."""
        made = super().__new__(cls, text)
        made.where = where
        return made


class DraftMapping(dict[str, Any]):
    """A mapping of the draft: ``basics``, an entry, an account. Its leftovers become comments above it."""

    def __init__(self, items: Mapping[str, object] | None = None, where: str = "") -> None:
        super().__init__(items or {})
        self.where = where
        self.leftovers: list[Leftover] = []

    def keep_leftover(self, where: str, value: object, reason: str = "") -> None:
        """Keep every text of ``value``, which was at ``where`` in the source, because no field holds it."""
        self.leftovers += [Leftover(place, text, reason) for place, text in list_texts(value, where)]


@dataclass(slots=True)
class Paper:
    """A publication for papers.bib; texts are plain, people as ``Given Family`` or ``Family, Given``.

    ``owner`` is the number of the owner among ``authors``, from 1, if the source says so.
    """

    kind: str
    fields: dict[str, str]
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    owner: int | None = None
    summary: list[str] = field(default_factory=list)
    """Texts to be printed below it, which the profile holds."""
    leftovers: list[Leftover] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)

    def keep_leftover(self, where: str, value: object, reason: str = "") -> None:
        """Keep every text of ``value``, which was at ``where``, because no field holds it."""
        self.leftovers += [Leftover(place, text, reason) for place, text in list_texts(value, where)]


@dataclass(slots=True)
class ProfileDraft:
    """All that was read from the source: the profile, its publications and pictures."""

    profile: DraftMapping = field(default_factory=DraftMapping)
    papers: list[Paper] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The name of each picture's file beside the profile, and its content."""
    bibliography: tuple[str, bytes] | None = None
    """The name and content of a bibliography that is copied unchanged."""
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Every text of the source that belongs to a CV, with its place, to verify that none is lost."""
    notes: list[str] = field(default_factory=list)
    """What a person should know before they use the profile: sentences."""


def list_texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every text in ``value``, which is at ``where``, with its place: ``work[0].website``."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from list_texts(one, f"{where}.{key}" if where else str(key))
    elif isinstance(value, (list, tuple)):
        for number, one in enumerate(value):
            yield from list_texts(one, f"{where}[{number}]")
    elif value is not None and str(value).strip():
        yield getattr(value, "where", where), str(value)
