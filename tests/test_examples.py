"""Every example passes ``cvgen check``, as its user would run it: with every theme, and through every engine."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path

import pytest
import yaml
from helpers import run_cvgen
from rendering import list_variations, other_themes, shipped_themes

EXAMPLES = sorted(path.parent.name for path in (Path(__file__).parents[1] / "examples").glob("*/profile.yaml"))
FOLDER = Path(__file__).parents[1] / "examples"
BACKENDS = {"weasyprint": "html", "xelatex": "latex", "lualatex": "latex"}


def themes_of(engine: str) -> list[str]:
    return [name for name, theme in shipped_themes().items() if BACKENDS[engine] in theme.backends]


def variants_of(example: str) -> list[str]:
    return list(yaml.safe_load((FOLDER / example / "profile.yaml").read_text("utf-8"))["variants"])


VARIANTS = [(example, variant) for example in EXAMPLES for variant in variants_of(example)]


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


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_passes_with_every_theme(example: str) -> None:
    themes = [theme for theme in themes_of("weasyprint") if theme not in list_variations()]
    expected = {(variant, theme) for variant in variants_of(example) for theme in themes}
    assert passing_cells(example, *other_themes()) == expected


@pytest.mark.parametrize(("theme", "pair"), list(zip(sorted(list_variations()), VARIANTS[::3], strict=False)))
def test_an_example_passes_with_a_variation_of_a_theme(theme: str, pair: tuple[str, str]) -> None:
    example, variant = pair
    assert passing_cells(example, "-v", variant, "-t", theme) == {(variant, theme)}


# All pairs of variants and themes (of variations one each) run through WeasyPrint; more runs through LaTeX in
# tests/test_matrix.py.
THROUGH_LATEX = [
    *((*pair, theme, "xelatex") for pair, theme in zip(VARIANTS, cycle(themes_of("xelatex")))),
    ("repository", "short", "modern", "lualatex"),
    ("repository", "long", "classic", "lualatex"),
]


@pytest.mark.tex
@pytest.mark.parametrize(("example", "variant", "theme", "engine"), THROUGH_LATEX)
def test_an_example_passes_through_latex(example: str, variant: str, theme: str, engine: str) -> None:
    """Each variant with one theme."""
    assert passing_cells(example, "-e", engine, "-v", variant, "-t", theme) == {(variant, theme)}


def test_every_theme_is_among_them() -> None:
    assert {theme for _, _, theme, _ in THROUGH_LATEX} == set(themes_of("xelatex"))


def test_there_are_examples() -> None:
    assert {"engineer", "homepage", "researcher", "repository"} <= set(EXAMPLES)
