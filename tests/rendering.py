"""Rendering for tests: one warm backend per engine, one PDF per question."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from pdf import Page, read_pages

from cvgen.backends.backend import Backend, Job
from cvgen.backends.engines import open_backend
from cvgen.backends.host import Host, select_environ
from cvgen.backends.programs import LocalRunner
from cvgen.model.document import Document
from cvgen.pipeline.prepare import Request, prepare
from cvgen.pipeline.render import RenderResult, render_prepared
from cvgen.select.build_document import select_document
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import read_career
from cvgen.themes.theme import Theme, find_theme, list_themes

FIXTURES = Path(__file__).parent / "fixtures"
THEMES = ("classic", "modern")
ENGINES = (
    pytest.param("weasyprint", id="html"),
    pytest.param("xelatex", id="xelatex", marks=pytest.mark.tex),
)
BOTH_THEMES_AND_BACKENDS = [
    pytest.param((theme, engine.values[0]), id=f"{theme}-{engine.id}", marks=engine.marks)
    for theme in THEMES
    for engine in ENGINES
]


def backend_name(engine: str) -> str:
    """The backend of ``engine`` as manifests name it."""
    return "html" if engine == "weasyprint" else "latex"


@cache
def shipped_themes() -> Mapping[str, Theme]:
    """Every shipped theme by name; the manifests are read once in this test process."""
    return {name: find_theme(name, [], None) for name in sorted(list_themes())}


@cache
def list_variations() -> frozenset[str]:
    """The themes that are another shipped theme with other styles: what only templates decide is tested in that one."""
    return frozenset(name for name, theme in shipped_themes().items() if len(theme.folders) > 2)


def other_themes(engine: str = "weasyprint") -> list[str]:
    """Options of ``cvgen check`` for all themes that ``engine`` prints, but variations."""
    names = [
        name
        for name, theme in shipped_themes().items()
        if backend_name(engine) in theme.backends and name not in list_variations()
    ]
    return [word for name in names for word in ("-t", name)]


def theme_cells(*engines: str, variations: bool = False) -> list[ParameterSet]:
    """Every shipped theme with each of ``engines`` that it can be printed by, as two parameters."""
    return [
        pytest.param(name, engine, id=f"{name}-{engine}", marks=[] if engine == "weasyprint" else [pytest.mark.tex])
        for name, theme in shipped_themes().items()
        for engine in engines
        if backend_name(engine) in theme.backends and (variations or name not in list_variations())
    ]


@dataclass(frozen=True)
class Rendered:
    """A PDF as written, and what a reader finds in it."""

    outcome: RenderResult
    pdf: bytes
    pages: list[Page]
    job: Job

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)


def _host(cache: Path) -> Host:
    runner = LocalRunner(os.environ["PATH"])
    return Host(runner, cache, epoch=1700000000, timeout=180, environ=select_environ(os.environ))


@lru_cache(maxsize=4)
def warm_backend(engine: str) -> Backend:
    """The one backend of this test process for ``engine``."""
    cache = Path(tempfile.mkdtemp(prefix="cvgen-cache-"))  # new each time: what was kept could hide a change
    atexit.register(shutil.rmtree, cache, ignore_errors=True)
    backend = open_backend(engine, _host(cache))
    atexit.register(backend.close)
    return backend


def render_pdf(request: Request, folder: Path) -> Rendered:
    """Render into ``folder`` with the warm backend."""
    output = folder / f"{request.variant or 'cv'}-{request.theme or 'theme'}-{request.engine}.pdf"
    asked = Request(
        request.profile,
        request.variant,
        request.theme,
        request.engine,
        output=output,
        roles=request.roles,
        options=request.options,
    )
    backend = warm_backend(request.engine)
    prepared = prepare(asked, backend)
    outcome = render_prepared(prepared, backend)
    data = output.read_bytes()
    return Rendered(outcome, data, read_pages(data), prepared.make_job())


@lru_cache(maxsize=32)
def render_fixture(name: str, theme: str, engine: str, variant: str | None = None) -> Rendered:
    """A fixture's PDF, made once in this test process."""
    folder = Path(tempfile.mkdtemp(prefix="cvgen-test-"))
    return render_pdf(Request(FIXTURES / name / "profile.yaml", variant, theme, engine), folder)


def read_document(profile: Path, variant: str | None = None) -> Document:
    """The Document that a render of ``profile`` shows."""
    reading = read_career(profile)
    assert reading.career is not None, reading.problems
    return select_document(reading.career, resolve_variant(reading.career, variant)).document
