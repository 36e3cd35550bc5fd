"""The pictures and words in ``goldens/``: each theme through each backend looks as it did when somebody looked at it.

``make goldens`` keeps new ones. Pictures are compared where the programs are those that made them; words and their
places always.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from helpers import run_cvgen
from rendering import theme_cells

GOLDENS = Path(__file__).parent / "goldens"
CELLS = theme_cells("weasyprint", "xelatex")


@lru_cache(maxsize=2)
def checked(engine: str) -> dict[str, list[dict[str, Any]]]:
    """What ``cvgen check`` finds in each theme, all made in one run; without TeX, those of HTML are still compared."""
    arguments: list[str | Path] = ["--all-themes", "-e", engine, "--baseline", GOLDENS, "--format", "json"]
    told = json.loads(run_cvgen("check", GOLDENS / "profile.yaml", *arguments).out)
    return {cell["theme"]: cell["findings"] for cell in told["cells"]}


@pytest.mark.parametrize(("theme", "engine"), CELLS)
def test_nothing_has_changed(theme: str, engine: str) -> None:
    errors = [finding["message"] for finding in checked(engine)[theme] if finding["severity"] == "error"]
    assert errors == []


@pytest.mark.parametrize(("theme", "engine"), CELLS)
def test_no_pixel_has_changed(theme: str, engine: str) -> None:
    for finding in checked(engine)[theme]:
        if finding["severity"] == "notice":
            pytest.skip(finding["message"])
    assert checked(engine)[theme] == []


def test_every_cell_has_a_picture_and_no_other_has() -> None:
    kept = {path.parent.name for path in GOLDENS.glob("*/boxes.json")}
    assert kept == {f"golden-{theme}-{engine}" for theme, engine in (cell.values for cell in CELLS)}
    assert kept == {path.parent.name for path in GOLDENS.glob("*/page-1.png")}
