"""What a person asks for: the profile, and the choices for one render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cvgen.backends.engines import DEFAULT_ENGINE, PDF, find_engine, has_pages
from cvgen.diagnostics import InputError, Problem, suggest
from cvgen.model.dates import PartialDate
from cvgen.model.publication import Role


@dataclass(frozen=True, slots=True)
class Request:
    """The person's choices for a render; None leaves the choice to the profile."""

    profile: Path
    variant: str | None = None
    theme: str | None = None
    engine: str = DEFAULT_ENGINE
    format: str = PDF
    output: Path | BinaryIO | None = None
    """The file to write, or an open stream; a folder that exists is the same as ``folder``."""
    folder: Path | None = None
    """The folder for a file whose name the profile gives; None for the profile's folder."""
    roles: frozenset[Role] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None
    untrusted: bool = False
    """Whether nothing outside the profile's folder may be read, and no theme but those of cvgen be used."""
    keep_tex: Path | None = field(default=None, kw_only=True)
    """The folder in which the source and the log of the engine's last run are kept, also of a failed one."""
    letter: str | None = None
    """The letter to render in place of the variant that it goes with."""
    today: PartialDate | None = None
    """The date of a letter that has none."""
    is_public: bool = False
    """Whether everyone will be able to read it: it then has no phone and no street, unless the theme says so."""
    language: str | None = None
    """The language in place of the variant's."""
    with_biblatex: bool = False
    """Whether biblatex prints the lists of publications of a LaTeX source."""
    is_one_of_many: bool = False
    """Whether other documents go to the same folder: a source with files beside it then has a folder of its own."""

    @property
    def is_web_page(self) -> bool:
        """Whether the document is read in a browser."""
        return not has_pages(self.format) and find_engine(self.engine).in_browser


def read_roles(words: tuple[str, ...]) -> frozenset[Role]:
    """Roles as typed on the command line (``co-first`` or ``co_first``); raises InputError for an unknown one."""
    roles: set[Role] = set()
    for word in words:
        try:
            roles.add(Role(word.casefold().replace("-", "_")))
        except ValueError:
            known = [role.value.replace("_", "-") for role in Role]
            raise InputError([Problem(f"there is no role {word!r}", None, suggest(word, known))]) from None
    return frozenset(roles)
