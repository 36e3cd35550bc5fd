"""Every example passes ``cvgen check``, as its user would run it: every variant, every theme, and every engine."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path

import pytest
import yaml
from helpers import run_cvgen
from rendering import shipped_themes

EXAMPLES = sorted(path.parent.name for path in (Path(__file__).parents[1] / "examples").glob("*/profile.yaml"))
FOLDER = Path(__file__).parents[1] / "examples"
BACKENDS = {"weasyprint": "html", "xelatex": "latex", "lualatex": "latex"}


def themes_of(engine: str) -> list[str]:
    return [name for name, theme in shipped_themes().items() if BACKENDS[engine] in theme.backends]


def variants_of(example: str) -> list[str]:
    return list(yaml.safe_load((FOLDER / example / "profile.yaml").read_text("utf-8"))["variants"])


LARGE = {("engineer", "full"), ("researcher", "full")}
"""These take longer than all others together, and have the parts that the other variants of the example show."""
VARIANTS = [(name, variant) for name in EXAMPLES for variant in variants_of(name) if (name, variant) not in LARGE]
THEMES = themes_of("weasyprint")


def passing_cells(example: str, *options: str) -> set[tuple[str, str]]:
    """Every variant and theme that ``cvgen check`` looked at and found nothing wrong with."""
    ran = run_cvgen("check", FOLDER / example / "profile.yaml", *options, "--format", "json")
    cells = json.loads(ran.out)["cells"]
    errors = [
        (cell["variant"], cell["theme"], finding["message"])
        for cell in cells
        for finding in cell["findings"]
        if finding["severity"] != "notice"
    ]
    assert (ran.code, errors) == (0, [])
    return {(cell["variant"], cell["theme"]) for cell in cells}


# Each variant with one theme, and each theme with some variant; one through XeLaTeX and one through LuaLaTeX too, as
# tests/test_matrix.py and tests/test_goldens.py have large documents in every theme through XeLaTeX.
CELLS = [
    *(
        (*pair, theme, "weasyprint")
        for pair, theme, _ in zip(cycle(VARIANTS), cycle(THEMES), range(max(len(VARIANTS), len(THEMES))))
    ),
    ("repository", "short", "harvard", "xelatex"),
    ("repository", "short", "modern", "lualatex"),
]


@pytest.mark.parametrize(
    ("example", "variant", "theme", "engine"),
    [pytest.param(*cell, marks=[] if cell[3] == "weasyprint" else [pytest.mark.tex]) for cell in CELLS],
)
def test_an_example_passes(example: str, variant: str, theme: str, engine: str) -> None:
    """The variant and the letters that go with it."""
    passing = passing_cells(example, "-e", engine, "-v", variant, "-t", theme)
    assert {pair for pair in passing if not pair[0].startswith("letter ")} == {(variant, theme)}


def test_every_theme_is_among_them() -> None:
    assert {theme for _, _, theme, engine in CELLS if engine == "weasyprint"} == set(THEMES)


def test_there_are_examples() -> None:
    assert {"engineer", "homepage", "researcher", "repository"} <= set(EXAMPLES)
