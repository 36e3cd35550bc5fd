"""Reports text that the edge of the paper cuts off."""

from __future__ import annotations

from collections.abc import Iterable

from cvgen.diagnostics import Location, Problem, warn
from cvgen.model.document import Document
from cvgen.model.texts import find_texts

_SLACK = 1.0
"""How far in pt a text may extend beyond the paper: the box of a slanted letter is a little too wide."""
_LONGEST = 60


def report_cut(beyond: Iterable[tuple[int, float, str]], document: Document) -> tuple[Problem, ...]:
    """A warning for each text that extends beyond the paper; the same text is reported once for a page.

    ``beyond`` has for each text its page (from 1), how far in pt it extends beyond the paper, and its words.
    """
    found = ((page, " ".join(text.split())) for page, length, text in beyond if length > _SLACK)
    return tuple(_report(page, text, document) for page, text in dict.fromkeys(found) if text)


def _report(page: int, text: str, document: Document) -> Problem:
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return warn(
        f"the edge of page {page} cuts off the text {shown!r}",
        _find_place(text, document),
        "shorten it, or choose a theme or options that leave it more room",
        kind="the edge of the paper cuts off a text",
    )


def _find_place(text: str, document: Document) -> Location | None:
    """The place of the first text in the profile that contains ``text``; None if there is none."""
    packed = "".join(text.split()).casefold()
    return next((t.location for t in find_texts(document) if packed in "".join(str(t).split()).casefold()), None)
