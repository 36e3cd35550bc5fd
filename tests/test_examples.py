"""Every example with every theme through every engine passes ``cvgen check``, as its user would run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from helpers import run_cvgen

from cvgen.themes.theme import find_theme, list_themes

EXAMPLES = sorted(path.parent.name for path in (Path(__file__).parents[1] / "examples").glob("*/profile.yaml"))
FOLDER = Path(__file__).parents[1] / "examples"
BACKENDS = {"weasyprint": "html", "xelatex": "latex", "lualatex": "latex"}


CELLS = [
    pytest.param(example, engine, id=f"{example}-{engine}", marks=[] if engine == "weasyprint" else [pytest.mark.tex])
    for example in EXAMPLES
    for engine in BACKENDS
    # The others pass too, in five minutes: the backend is the same, and a fit may take six runs of LuaLaTeX
    if engine != "lualatex" or example == "repository"
]


@pytest.mark.parametrize(("example", "engine"), CELLS)
def test_an_example_passes(example: str, engine: str) -> None:
    profile = FOLDER / example / "profile.yaml"
    ran = run_cvgen("check", profile, "--all-themes", "-e", engine, "--format", "json")
    cells = json.loads(ran.out)["cells"]
    errors = [
        (cell["variant"], cell["theme"], finding["message"])
        for cell in cells
        for finding in cell["findings"]
        if finding["severity"] != "notice"
    ]
    assert (ran.code, errors) == (0, [])
    themes = [name for name in list_themes() if BACKENDS[engine] in find_theme(name, [], None).backends]
    variants = yaml.safe_load(profile.read_text("utf-8"))["variants"]
    assert {(cell["variant"], cell["theme"]) for cell in cells} == {(v, theme) for v in variants for theme in themes}


def test_there_are_examples() -> None:
    assert {"engineer", "researcher", "repository"} <= set(EXAMPLES)
