"""Rendering for tests: one warm backend per engine, one PDF per question."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from click.testing import CliRunner
from pdf import Page, read_pages

from cvgen.backends.backend import Backend, Job
from cvgen.backends.engines import open_backend
from cvgen.backends.host import Host, describe_host, select_environ
from cvgen.backends.latex.lua_caches import TEXMF_VAR
from cvgen.backends.programs import LocalRunner
from cvgen.cli.main import cli
from cvgen.model.document import Document
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.render import RenderResult, render_prepared
from cvgen.pipeline.request import Request
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
    job: Job

    @cached_property
    def pages(self) -> list[Page]:
        return read_pages(self.pdf)

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)


def _host(cache: Path) -> Host:
    runner = LocalRunner(os.environ["PATH"])
    return Host(runner, cache, epoch=1700000000, timeout=180, environ=select_environ(os.environ))


RUN_ONCE = {"page_numbers": "false"}
"""Options of a document that TeX compiles once, since no page says how many there are."""
SHARED = "CVGEN_TESTS_SHARED"
"""The environment variable with the folder that the processes of one run of the tests share (conftest.py)."""


@dataclass(frozen=True)
class FilledCache:
    """A cache that ``cvgen doctor`` filled for LuaLaTeX, and what it said before and after, by subject."""

    folder: Path
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class RunnerWithout(LocalRunner):
    """This machine without some of its programs."""

    def __init__(self, *missing: str) -> None:
        super().__init__(os.environ["PATH"])
        self._missing = missing

    def find(self, name: str) -> str | None:
        return None if name in self._missing else super().find(name)


@cache
def fill_lualatex_cache() -> FilledCache:
    """Filled once in a run of the tests, by the process that comes first: it takes 15 s of processor time."""
    shared = Path(os.environ.get(SHARED) or _temporary_folder("shared"))
    said, folder = shared / "doctor.json", shared / "cache"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            host = replace(describe_host(os.environ), cache=folder, runner=RunnerWithout("xelatex"))
            runs = [CliRunner().invoke(cli, ["doctor", "--json", *arguments], obj=host).stdout
                    for arguments in (["--no-warm"], ["-e", "lualatex"])]  # fmt: skip
            said.write_text(json.dumps([{part["subject"]: part for part in json.loads(run)} for run in runs]), "utf-8")
    return FilledCache(folder, *json.loads(said.read_text("utf-8")))


def copy_lualatex_cache(cache: Path) -> None:
    """Copy the filled cache to ``cache``, a folder of its own for a test."""
    shutil.copytree(fill_lualatex_cache().folder / TEXMF_VAR, cache / TEXMF_VAR)


def _temporary_folder(name: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"cvgen-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@lru_cache(maxsize=4)
def warm_backend(engine: str) -> Backend:
    """The one backend of this test process for ``engine``."""
    # New for each run of the tests: what was kept could hide a change. A font that LuaLaTeX has not read yet takes
    # up to 10 s of processor time, so all processes share what one of them has read.
    cache = fill_lualatex_cache().folder if engine == "lualatex" else _temporary_folder("cache")
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
    return Rendered(outcome, output.read_bytes(), prepared.make_job())


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
