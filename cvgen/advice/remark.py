"""What a rule says about a text."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Remark:
    """What an adviser would point out: a message, its place, and a hint on how to improve the text.

    ``quote`` is the text that is marked, ``entry`` the entry with it, if there is one; ``page`` counts from 1, for
    what is seen on the printed page.
    """

    message: str
    hint: str
    location: Location | None
    quote: str = ""
    entry: str = ""
    page: int | None = None
    words: str = ""
    """The words of ``quote`` that the remark is about; empty for its first words."""
