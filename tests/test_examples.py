"""Every example passes ``cvgen check``, as its user would run it: with every theme, and through every engine."""

from __future__ import annotations

import json
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
    expected = {(variant, theme) for variant in variants_of(example) for theme in themes_of("weasyprint")}
    assert passing_cells(example, "--all-themes") == expected


@pytest.mark.tex
@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize(
    ("example", "engine"),
    [
        *((example, "xelatex") for example in EXAMPLES),
        # The others pass too; the backend is the same, and a fit may take six runs of LuaLaTeX.
        ("repository", "lualatex"),
    ],
)
def test_an_example_passes_through_latex(example: str, engine: str, half: int) -> None:
    """Every second variant with every second theme, and the others with the others: each variant, and each theme."""
    variants, themes = variants_of(example)[half::2], themes_of(engine)[half::2]
    options = [part for variant in variants for part in ("-v", variant)]
    options += [part for theme in themes for part in ("-t", theme)]
    expected = {(variant, theme) for variant in variants for theme in themes}
    assert passing_cells(example, "-e", engine, *options) == expected


def test_there_are_examples() -> None:
    assert {"engineer", "researcher", "repository"} <= set(EXAMPLES)
