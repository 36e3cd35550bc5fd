"""Everything that a variant selects, before it is cut to fit one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cvgen.model.document import Document
from cvgen.model.inline import RichText
from cvgen.model.part import Part
from cvgen.model.refs import Ref


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that a variant selects, in both wordings, with the person's settings for each part.

    ``whole`` shows all of it in the long wordings. ``parts`` are its parts in order, each with its pin, priority, tags
    and place. ``short`` maps the ref of a part to those of its fields that have a short wording, with that wording.

    A Draft is not a Document: ``cut_document`` makes a Document of it.
    """

    whole: Document
    parts: tuple[Part, ...] = ()
    short: Mapping[Ref, Mapping[str, RichText]] = field(default_factory=dict)
