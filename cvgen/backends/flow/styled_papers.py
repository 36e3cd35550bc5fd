"""Papers in a citation style as nodes: the same template that HTML and LaTeX use, without markup."""

from __future__ import annotations

from collections.abc import Iterable

from cvgen.backends.backend import Job
from cvgen.backends.cache import Cache
from cvgen.backends.citations import text
from cvgen.backends.style_citer import StyleCiter
from cvgen.backends.templates import ThemeEnvironment
from cvgen.model.inline import RichText
from cvgen.model.shown_paper import PublicationItem
from cvgen.themes.styles import STYLES


class _Written(str):
    """What a template writes of ``text``; Jinja keeps it as it is, since ``str`` of it is itself."""

    text: RichText

    def __new__(cls, value: object) -> _Written:
        written = text(value)
        made = super().__new__(cls, str(written))
        made.text = written
        return made

    def __str__(self) -> str:
        return self


def _join(pieces: Iterable[object]) -> _Written:
    """The pieces of a template in a row: nodes, and the characters between expressions."""
    return _Written(text(*(piece.text if isinstance(piece, _Written) else str(piece) for piece in pieces)))


class NodeCiter:
    """Prints the papers of a job in its citation styles, as nodes."""

    def __init__(self, job: Job, cache: Cache) -> None:
        environment = ThemeEnvironment(job.theme, STYLES, _Written, cache, autoescape=False)
        environment.concat = _join  # type: ignore[method-assign]
        self._cite = StyleCiter(environment, job)

    def __call__(self, paper: PublicationItem, style: str) -> RichText:
        """``paper`` in ``style``; raises InputError for a fault of the style."""
        written = self._cite(paper, style)
        return written.text if isinstance(written, _Written) else text(str(written))
