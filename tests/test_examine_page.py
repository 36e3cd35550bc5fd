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
from test_examine import Mutant, edit, examined, make, write_theme

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


@dataclass(frozen=True)
class Broken(Mutant):
    """A broken theme, and the profile that shows it; ``tex`` follows the theme's own LaTeX."""

    tex: str = ""
    profile: str = "profile"

    @property
    def engine(self) -> str:
        return LATEX if self.tex else "weasyprint"


MUTANTS = [
    Broken("letter-for-a4", "paper", (1,), "@page { size: letter; }"),
    Broken("first-page-a5", "paper", (1,), "@page:first { size: 160mm 297mm; }"),
    Broken("landscape", "paper", (2,), "@page { size: A4 landscape; }"),
    Broken("tiny-bullets", "size", (1,), ".bullets li { font-size: 3pt; }"),
    Broken("tiny-papers", "size", (1, 2), ".pub { font-size: 4pt; }"),
    Broken("tiny-marks", "size", (1, 2), "sup.marks { font-size: 0.3em; }"),
    Broken("tiny-tex", "size", (1,), tex=r"\renewcommand\cvsub[1]{{\fontsize{3}{4}\selectfont#1}}"),
    Broken("scaled-tex", "size", (1,), tex=r"\renewcommand\cvsub[1]{\scalebox{0.4}{#1}}"),
    Broken("mirrored", "turned", (1,), ".label { transform: scaleX(-1); }"),
    Broken("upside-down", "turned", (1,), ".label { transform: rotate(180deg); }"),
    Broken("sloping", "turned", (1,), ".label { transform: rotate(3deg); }"),
    Broken("mirrored-tex", "turned", (1,), tex=r"\renewcommand\cvsub[1]{\reflectbox{#1}}"),
    Broken("white-marks", "contrast", (1, 2), "sup.marks { color: white; }", also=frozenset({"visible"})),
    Broken(
        "white-letter",
        "contrast",
        (1,),
        edits=edit(
            "line.html.j2",
            '<span class="what">{{ parts.linked(item) }}',
            '<span class="what">Ru<span style="color: white">s</span>t',
        ),
        also=frozenset({"visible", "words"}),
        profile="short",
    ),
    Broken(
        "picture-over-text",
        "overlap",
        (1,),
        ".photo { position: absolute; top: 46mm; left: 0; width: 60mm; opacity: 0.5; }",
    ),
    Broken("photo-stretched", "photo", (1,), ".photo { width: 24mm; height: 20mm; }", profile="portrait"),
    Broken("photo-off", "photo", (1,), ".photo { margin-right: -35mm; }", profile="portrait"),
    Broken("struck-through", "overlap", (1,), ".bullets { text-decoration: line-through; }"),
    Broken("struck-tex", "overlap", (1,), tex=r"\renewcommand\cvsub[1]{\rlap{\rule[0.2em]{4cm}{0.5pt}}\textit{#1}}"),
    Broken(
        "white-box",
        "visible",
        (1, 2),
        "header::after { content: ''; position: absolute; left: 0; top: 91mm; width: 100%; height: 1.6mm;"
        " background: white; }",
    ),
]


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
    (made / "portrait.yaml").write_text(SHORT.replace("Kemp", "Kemp, image: portrait.png"), "utf-8")
    for mutant in MUTANTS:
        write_theme(mutant, made / "themes")
        if mutant.tex:
            style = made / "themes" / mutant.name / "latex/style.tex.j2"
            style.parent.mkdir()
            style.write_text(f'<% include "{mutant.extends}:style.tex.j2" %>\n{mutant.tex}\n', "utf-8")
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


# --- what is broken


@pytest.mark.parametrize(
    "mutant",
    [pytest.param(one, id=one.name, marks=[pytest.mark.tex] if one.tex else []) for one in MUTANTS],
)
def test_a_broken_page_is_caught_by_the_check_for_it(mutant: Broken) -> None:
    job, pdf = made(mutant.name, mutant.profile, mutant.engine)
    found = examined(job, pdf)
    assert {finding.check for finding in found} == {mutant.caught_by, *mutant.also}
    hits = [finding for finding in found if finding.check == mutant.caught_by]
    assert {finding.page for finding in hits} & set(mutant.pages)
    assert all(finding.problem.hint for finding in hits)
    if not mutant.also:
        assert examined(job, pdf, without=mutant.caught_by) == ()
