"""The settings of the bibliographies: how marks are read, and facts that the files lack."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from cvgen.diagnostics import BadValueError, did_you_mean, one_of
from cvgen.model.base import (
    Count,
    Frozen,
    LinkUrl,
    LocalText,
    Url,
    Word,
    Words,
)
from cvgen.model.entry import Highlight
from cvgen.model.marks import MARK_ALIASES, Mark, find_mark, nearest_mark


def _suggest_mark(typed: str, *others: str) -> str:
    """The hint for a word that is neither a mark nor one of ``others``."""
    near = nearest_mark(typed, *others)
    return did_you_mean(near) if near else one_of([*Mark, *others])


def _read_mark(value: object) -> Mark:
    if isinstance(value, Mark):
        return value
    mark = find_mark(str(value))
    if not mark:
        raise BadValueError(f"{value!r} is not a mark", _suggest_mark(str(value)))
    return mark


MarkWord = Annotated[Mark, BeforeValidator(_read_mark), WithJsonSchema({"enum": sorted(MARK_ALIASES)})]

IGNORE = "ignore"
"""The word of ``annotations`` for a keyword without a meaning."""


def _read_annotation(value: object) -> Mark | None:
    if value is None or str(value).casefold().strip() == IGNORE:
        return None
    if mark := find_mark(str(value)):
        return mark
    raise BadValueError(f"{value!r} is neither a mark nor {IGNORE!r}", _suggest_mark(str(value), IGNORE))


AnnotationWord = Annotated[
    Mark | None, BeforeValidator(_read_annotation), WithJsonSchema({"enum": [IGNORE, *sorted(MARK_ALIASES)]})
]
"""The mark that a word of an annotation means; None if the word is ignored."""


class Overlay(Frozen):
    """Facts that a publication's entry in the BibTeX file lacks."""

    topic: Word | None = None
    note: LocalText | None = None
    award: LocalText | None = None
    venue_short: Word | None = None
    title_short: LocalText | None = None
    rank: Word | None = None
    citations: Count | None = None
    stars: Count | None = None
    image: Word | None = Field(
        default=None, description="A picture beside the paper on web pages: a PNG, JPEG, WebP, GIF or SVG file"
    )
    badge: Word | None = Field(
        default=None, description="A short text on the picture, such as CVPR 2025; printed beside the award without one"
    )
    tags: Words = ()
    links: dict[str, LinkUrl] = Field(default_factory=dict)
    highlights: tuple[Highlight, ...] = ()
    roles: tuple[MarkWord, ...] = ()
    priority: int = 0
    pin: bool = False
    selected: bool = Field(
        default=False,
        description="true: a representative paper, for queries, for full pages, and highlighted on web pages",
    )
    hidden: bool = Field(default=False, description="true: keep the paper in the files and show it nowhere")


class Bibliography(Frozen):
    """The BibTeX files, and how to read the owner and the marks in them."""

    files: Words = ()
    aliases: Words = ()
    orcid: Word | None = None
    merge_twins: bool = True
    shared: bool = Field(
        default=False,
        description="true: the files are those of a group; only papers in which the owner is named are read",
    )
    marks: dict[str, MarkWord] = Field(default_factory=dict)
    annotations: dict[str, AnnotationWord] = Field(default_factory=dict)
    people: dict[str, Url] = Field(
        default_factory=dict, description="Name → home page: links the person's name in lists of authors"
    )
    entries: dict[str, Overlay] = Field(default_factory=dict)
