"""The documents that ``make parsers`` renders, and their PDFs: ours, and those of other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rendering import FIXTURES, read_document, render_pdf, shipped_themes
from rivals import PARSED_RIVALS

from cvgen.backends.backend import Job
from cvgen.model.document import Document
from cvgen.pipeline.request import Request

_CAREERS = FIXTURES / "careers"
DOCUMENTS = {
    "platform": (FIXTURES / "parsers" / "platform.yaml", None),
    "operations": (FIXTURES / "parsers" / "operations.yaml", None),
    "clinic": (FIXTURES / "parsers" / "clinic.yaml", None),
    "engineer": (Path(__file__).parents[2] / "examples" / "engineer" / "profile.yaml", "full"),
    "electrician": (_CAREERS / "electrician" / "profile.yaml", None),
    "logistics": (_CAREERS / "logistics" / "profile.yaml", None),
}
"""Each with its variant; all are in English, and of invented people."""
LATEX_THEMES = ("ats", "classic", "compact", "modern", "banking")


@dataclass(frozen=True, slots=True)
class Sample:
    """A PDF, whose it is, and which document it shows; ``job`` if it is ours."""

    maker: str
    document: str
    pdf: Path
    job: Job | None = None


def list_makers(themes: Sequence[str], engines: Sequence[str]) -> list[tuple[str, str]]:
    """The themes and engines to render with: all themes through WeasyPrint, a few through LaTeX."""
    return [
        (theme, engine)
        for engine in engines
        for theme in (themes or (sorted(_printed()) if engine == "weasyprint" else LATEX_THEMES))
    ]


def _printed() -> list[str]:
    return [name for name, theme in shipped_themes().items() if "latex" in theme.backends]


def render_ours(makers: Sequence[tuple[str, str]], documents: Sequence[str], folder: Path) -> Iterator[Sample]:
    """Each document in each theme."""
    for theme, engine in makers:
        place = folder / f"{theme}-{engine}"
        for name in documents:
            (place / name).mkdir(parents=True, exist_ok=True)
            profile, variant = DOCUMENTS[name]
            made = render_pdf(Request(profile, variant, theme, engine), place / name)
            assert made.outcome.output is not None
            yield Sample(f"{theme} {engine}", name, Path(made.outcome.output), made.job)


def render_rivals(documents: Sequence[str], folder: Path, templates: Path) -> Iterator[Sample]:
    """Each document by each other program that is here; what was made before is kept.

    ``templates`` is the folder of other people's templates.
    """
    for rival in PARSED_RIVALS:
        for name in documents:
            pdf = folder / f"{rival.name}-{name}.pdf"
            if not pdf.exists():
                work = folder / "work" / f"{rival.name}-{name}"
                work.mkdir(parents=True, exist_ok=True)
                made = rival.make(document_of(name), work, templates)
                if made is None:
                    continue
                made.replace(pdf)
            yield Sample(rival.name, name, pdf)


@cache
def document_of(name: str) -> Document:
    """What the document named ``name`` says."""
    return read_document(*DOCUMENTS[name])
