"""The interface of backends, and the types that they take and return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from cvgen.backends.columns import Columns
from cvgen.diagnostics import Location, Problem
from cvgen.model.basics import Basics
from cvgen.model.biblatex_source import BiblatexSource
from cvgen.model.document import Document
from cvgen.model.profile import Profile
from cvgen.model.publication import Publication
from cvgen.model.refs import Ref
from cvgen.model.texts import find_leaves, find_texts
from cvgen.sources.picture.prepared_picture import PreparedPicture
from cvgen.themes.options import OptionValue
from cvgen.themes.theme import Theme


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document was made from, for formats that hold its values apart: a start date, not ``2019 – 2023``."""

    basics: Basics
    """Who the person is, with the changes of the variant."""
    profile: Profile
    publications: Mapping[str, Publication]
    """By their keys."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to render with one theme."""

    document: Document
    theme: Theme
    options: Mapping[str, OptionValue]
    folder: Path
    """The profile's folder."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Facts about the document's sources to store in it, by names in lower case such as ``variant``."""
    files_digest: str = ""
    """One digest of all files that a backend reads itself: templates, fonts, icons and pictures.

    A backend may use its caches only for jobs with the same digest.
    """
    pictures: Mapping[str, PreparedPicture] = field(default_factory=dict)
    """The pictures that may be shown, by their names in the profile."""
    facts: Facts | None = None
    bibtex: Mapping[str, str] = field(default_factory=dict)
    """The BibTeX entries that a web page offers, by the keys of the papers."""
    biblatex: BiblatexSource | None = None
    """The bibliography of a LaTeX source whose publications biblatex prints."""
    address: str = ""
    """The address of the folder in which a web page will be, ending in ``/``; empty if it is not known."""
    photo_url: str = ""
    """The address of the photo, for programs that show a card of the page; empty if it has none."""

    @property
    def image(self) -> PreparedPicture | None:
        """The photo."""
        return self.pictures.get(self.document.image)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A PDF in memory."""

    pdf: bytes
    pages: int
    problems: tuple[Problem, ...] = ()
    tools: Mapping[str, str] = field(default_factory=dict)
    """The programs that decide where each glyph goes, with their versions."""


Asset = Path | bytes
"""A file to copy, or the content of one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document in an engine's own format: the content of its file, text or bytes, and the files it needs."""

    content: str | bytes
    assets: tuple[tuple[str, Asset], ...] = ()
    """Relative name → what belongs there."""
    installed: tuple[Path, ...] = ()
    """Installed files that the engine reads where they are."""
    problems: tuple[Problem, ...] = ()
    """What the format cannot hold."""
    from_theme: frozenset[str] = frozenset()
    """The names of the assets that a theme brings which does not come with cvgen; they replace no other file."""

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.content if isinstance(self.content, bytes) else self.content.encode()


@dataclass(frozen=True, slots=True)
class KeptRun:
    """What an engine was given in its last run, and what it said: its ``log``, a file with this ``ending``."""

    source: Source
    ending: str
    log: str


@runtime_checkable
class KeepsRun(Protocol):
    """An engine that still has its last run, also a failed one."""

    @property
    def last_run(self) -> KeptRun | None:
        """The last run; None before the first."""
        ...


@dataclass(frozen=True, slots=True)
class Box:
    """The place of a part on a long page: edges in pt from the page's left and top edge."""

    left: float
    top: float
    right: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


FULL_PAGE = 50
"""About the number of lines on a full page."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a job fills its pages. Lengths are in pt.

    ``ends`` is the end of each page's text, measured down from the top margin; ``room`` is the height available.
    """

    ends: tuple[float, ...]
    room: float
    width: float
    height: float
    """The height of the paper."""
    boxes: Mapping[Ref, Box] = field(default_factory=dict)
    """The place of each part; only on a long page."""
    last_lines: int = FULL_PAGE
    """The number of lines on the last page."""
    columns: Columns | None = None
    """How the sections are arranged, if the theme has a side bar."""

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.ends)

    @property
    def fill(self) -> float:
        """How full the last page is, from 0 to 1."""
        return self.ends[-1] / self.room


class SourceWriter(Protocol):
    """Turns jobs into sources; close it after use."""

    def write_source(self, job: Job) -> Source:
        """The document in the engine's format; raises InputError for a fault in the theme."""
        ...

    @property
    def today(self) -> tuple[int, int] | None:
        """The year and the month now; None if another time is to be printed in place of it."""
        ...

    def has_font(self, family: str) -> bool:
        """Whether the machine has a font of this family."""
        ...

    def close(self) -> None:
        """End all programs that were started."""
        ...


@runtime_checkable
class Measurer(Protocol):
    """Says how jobs fill pages, so that a document can be fitted to a number of them."""

    @property
    def most_layouts(self) -> int:
        """The number of layouts that a fit may use."""
        ...

    def measure(self, job: Job) -> Layout:
        """How ``job`` fills its pages; raises InputError for a fault in the theme, RenderError for a failed run."""
        ...

    def measure_long(self, job: Job, paper: Layout) -> Layout:
        """``job`` on one page as wide as its paper and as long as needed, with the boxes of all parts.

        ``room`` is the height available on a normal page.
        """
        ...


@runtime_checkable
class Backend(SourceWriter, Measurer, Protocol):
    """Turns jobs into PDFs too; it may keep a program running until it is closed."""

    def compile(self, job: Job) -> Compiled:
        """The PDF; raises InputError for a fault in the theme, RenderError for a failed run.

        The job that was measured last is not laid out again.
        """
        ...


def find_strings(value: object) -> str:
    """Every character that ``value`` could print."""
    return "".join(str(leaf) for leaf in find_leaves(value))


def missing_glyph(character: str, document: Document) -> Problem:
    """The Problem that no font has ``character``, at the first text that contains it."""
    place: Location | None = next((text.location for text in find_texts(document) if character in str(text)), None)
    hint = _font_hint(ord(character))
    return Problem(f"no font here has {character!r} (U+{ord(character):04X})", place, hint)


def _font_hint(code: int) -> str:
    if 0x2E80 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7AF or 0x20000 <= code <= 0x3FFFF:
        return "install a font that has it, on Debian: apt install fonts-noto-cjk"
    if 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF:
        return "install a font that has it, on Debian: apt install fonts-symbola"
    return "install a font that has it, or write it in another way"
