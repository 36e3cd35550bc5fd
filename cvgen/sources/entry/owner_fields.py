"""Reads the fields in which owners describe their own papers: topic, rank, picture, counts, roles and choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypedDict

from cvgen.diagnostics import BadValueError, Location
from cvgen.model.inline import Text
from cvgen.model.marks import Mark
from cvgen.model.metric import Metric, parse_metric
from cvgen.sources.entry.annotations import MarkWords
from cvgen.sources.entry.entry_reader import EntryReader

_READ_OFF_LISTS = frozenset({"first", "second", "third", "sole", "editor", "translator"})
_ROLE_NOISE = re.compile(r"\b(?:author|shared)\b", re.IGNORECASE)


class OwnerFields(TypedDict):
    """Values of a Publication that no citation prints."""

    topic: str
    award: Text | None
    rank: str
    metrics: tuple[Metric, ...]
    image: str
    badge: str
    keywords: tuple[str, ...]
    selected: bool
    hidden: bool
    owner_marks: frozenset[Mark]
    owner_marks_location: Location | None


def read_owner_fields(reader: EntryReader, words: MarkWords) -> OwnerFields:
    """What the owner says about the paper; ``words`` reads the words of roles."""
    roles = reader.entry.get("role", "roles")
    return OwnerFields(
        topic=reader.plain("topic"),
        award=reader.text("award_name", "award"),
        rank=reader.plain("rank", "venue_rank", "ccf"),
        metrics=tuple(_read_metrics(reader)),
        image=reader.plain("preview", "image"),
        badge=reader.plain("badge"),
        keywords=tuple(w.strip() for w in re.split(r"[,;]", reader.plain("keywords")) if w.strip()),
        selected=_is_true(reader.plain("selected")),
        hidden=_is_true(reader.plain("hidden")),
        owner_marks=_read_owner_marks(reader, words),
        owner_marks_location=roles.location if roles else None,
    )


def _is_true(word: str) -> bool:
    return word.casefold() in ("true", "yes", "1")


def _read_owner_marks(reader: EntryReader, words: MarkWords) -> frozenset[Mark]:
    """The marks of the ``role`` field; words such as ``first`` are ignored, since the lists show who is first."""
    field = reader.entry.get("role", "roles")
    marks: set[Mark] = set()
    for word in re.split(r"[;,]", field.value) if field else ():
        bare = " ".join(_ROLE_NOISE.sub("", word).strip(" {}\n\t-").split())
        if field is None or not bare or bare.casefold() in _READ_OFF_LISTS:
            continue
        if mark := words.read(bare, reader.entry.key, field.place_of(bare)):
            marks.add(mark)
    return frozenset(marks)


def _read_metrics(reader: EntryReader) -> Iterator[Metric]:
    for kind in ("citations", "stars"):
        if field := reader.entry.get(kind):
            try:
                yield parse_metric(kind, field.value)
            except BadValueError as error:
                mistake = error.mistake
                reader.warn(mistake.message, field.location, mistake.hint, f"a count of {kind} cannot be read")
