"""Opening the backend that runs an engine. Imports come late: what is slow to start, starts first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvgen.backends.backend import Backend
    from cvgen.backends.host import Host

ENGINES = ("weasyprint", "xelatex", "lualatex")


def backend_of(engine: str) -> str:
    """The name of the backend that ``engine`` belongs to, as themes have it."""
    return "html" if engine == "weasyprint" else "latex"


def open_backend(engine: str, host: Host, *, compiles: bool = True) -> Backend:
    """The backend that runs ``engine``; close it after use. With ``compiles`` False it writes sources only."""
    if engine == "weasyprint":
        from cvgen.backends.html.process import Worker

        worker = Worker(host.timeout) if compiles else None
        from cvgen.backends.html.backend import HtmlBackend

        return HtmlBackend(worker, host.cache, host.path)
    from cvgen.backends.latex.backend import LatexBackend

    return LatexBackend(host, engine, lambda: open_backend("weasyprint", host))
