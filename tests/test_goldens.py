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
EXAMPLE = Path(__file__).parents[1] / "examples" / "homepage" / "profile.yaml"
CELLS = theme_cells("weasyprint", "xelatex", variations=True)
EXAMPLES = [
    pytest.param("full-classic", "weasyprint", id="full-weasyprint"),
    pytest.param("full-classic", "xelatex", id="full-xelatex", marks=pytest.mark.tex),
    pytest.param("web-homepage", "weasyprint", id="web-weasyprint"),
    pytest.param("engineer-modern", "weasyprint", id="engineer-weasyprint"),
    pytest.param("engineer-modern", "xelatex", id="engineer-xelatex", marks=pytest.mark.tex),
]
"""Variants of the example with a home page, each with its own theme."""


def run_check(profile: Path, engine: str, *arguments: str) -> dict[str, list[dict[str, Any]]]:
    """What ``cvgen check`` finds in each document, by its variant and theme."""
    ran = run_cvgen("check", profile, "-e", engine, "--baseline", GOLDENS, "--format", "json", *arguments)
    return {f"{cell['variant']}-{cell['theme']}": cell["findings"] for cell in json.loads(ran.out)["cells"]}


@lru_cache(maxsize=2)
def checked(engine: str) -> dict[str, list[dict[str, Any]]]:
    """The findings in all documents, made in two runs; without TeX, those of HTML are still compared."""
    variants = [
        word for cell in EXAMPLES if cell.values[1] == engine for word in ("-v", str(cell.values[0]).split("-")[0])
    ]
    return {
        **run_check(GOLDENS / "profile.yaml", engine, "--all-themes"),
        **run_check(EXAMPLE, engine, *variants),
    }


ALL = [*(pytest.param(f"golden-{c.values[0]}", c.values[1], id=c.id, marks=c.marks) for c in CELLS), *EXAMPLES]


@pytest.mark.parametrize(("document", "engine"), ALL)
def test_nothing_has_changed(document: str, engine: str) -> None:
    errors = [finding["message"] for finding in checked(engine)[document] if finding["severity"] == "error"]
    assert errors == []


@pytest.mark.parametrize(("document", "engine"), ALL)
def test_no_pixel_has_changed(document: str, engine: str) -> None:
    for finding in checked(engine)[document]:
        if finding["severity"] == "notice":
            pytest.skip(finding["message"])
    assert checked(engine)[document] == []


def test_every_document_has_a_picture_and_no_other_has() -> None:
    kept = {path.parent.name for path in GOLDENS.glob("*/boxes.json")}
    assert kept == {"-".join(str(value) for value in cell.values) for cell in ALL}
    assert kept == {path.parent.name for path in GOLDENS.glob("*/page-1.png")}
