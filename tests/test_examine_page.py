"""The examination of what the eye meets: more ways to break a theme's pages, and what is whole though unusual."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from rendering import FIXTURES
from test_examine import Mutant, make, write_theme

from cvgen.backends.base import Job
from cvgen.examine import examine_pdf

LATEX = "xelatex"
JOBS = "basics: {name: Nora Kemp}\nwork:\n" + "".join(
    f"  - {{name: Acme {number}, position: Dev, summary: Text of job {number} goes here.}}\n" for number in range(50)
)
SHORT = "basics: {name: Nora Kemp}\nskills: [{name: Rust}]\n"


@dataclass(frozen=True)
class Whole:
    """A theme that is unusual, and not broken."""

    name: str
    css: str = ""
    extends: str = "classic"


WHOLE = [
    Whole("name-below", "@page { @bottom-left { content: 'Nora Kemp'; } }"),
    Whole("page-of", "@page { @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages); } }"),
    Whole("bracketed", "@page { @bottom-center { content: '[' counter(page) ']'; } }"),
    Whole("head-line", "@page { @top-left { content: 'Curriculum vitae'; } @top-right { content: counter(page); } }"),
    Whole("bleed", "@page { bleed: 3mm; marks: crop; }"),
]
MUTANTS: list[Mutant] = []


@lru_cache(maxsize=1)
def folder() -> Path:
    """A folder with the profiles, and beside them the themes of this file."""
    made = Path(tempfile.mkdtemp(prefix="cvgen-examine-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    shutil.copytree(FIXTURES / "matrix", made, dirs_exist_ok=True)
    (made / "jobs.yaml").write_text(JOBS, "utf-8")
    (made / "short.yaml").write_text(SHORT, "utf-8")
    for theme in WHOLE:
        write_theme(Mutant(theme.name, "", (), theme.css, extends=theme.extends), made / "themes")
    for mutant in MUTANTS:
        write_theme(mutant, made / "themes")
    return made


@lru_cache(maxsize=40)
def made(theme: str, profile: str = "profile", engine: str = "weasyprint") -> tuple[Job, bytes]:
    return make(folder() / f"{profile}.yaml", theme, engine, "full" if profile == "profile" else None)


# --- what is whole


@pytest.mark.parametrize("profile", ["profile", "jobs", "short"])
@pytest.mark.parametrize("theme", WHOLE, ids=lambda theme: theme.name)
def test_an_unusual_theme_is_clean(theme: Whole, profile: str) -> None:
    job, pdf = made(theme.name, profile)
    assert examine_pdf(pdf, job, None) == ()


@pytest.mark.tex
def test_page_numbers_through_latex_are_clean() -> None:
    job, pdf = made("classic", "jobs", LATEX)
    assert examine_pdf(pdf, job, None) == ()
