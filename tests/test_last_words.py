"""A paragraph does not end with one short word on a line of its own; read back from the PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf import read_pages
from rendering import backend_name, render_pdf, shipped_themes

from cvgen.pipeline.request import Request

LENGTHS = range(30, 56)
"""The letters before the last words: from half a line to well over one in most themes."""
ENGINES = [pytest.param("weasyprint"), pytest.param("xelatex", marks=pytest.mark.tex)]


def bullets() -> list[str]:
    """Bullets that differ by two letters each, so that some break just before the last word."""
    return [f"{'ab ' * (length * 2 // 3)}{'c' * (length * 2 % 3 + 1)} and found new clients." for length in LENGTHS]


@pytest.mark.parametrize("theme", ["classic", "modern", "alta"])
@pytest.mark.parametrize("engine", ENGINES)
def test_no_short_word_is_alone_on_the_last_line(theme: str, engine: str, tmp_path: Path) -> None:
    assert backend_name(engine) in shipped_themes()[theme].backends
    profile = tmp_path / "profile.yaml"
    listed = "".join(f"      - {text}\n" for text in bullets())
    profile.write_text(
        "basics: {name: Wei Lin}\nwork:\n  - {name: Quay, position: Baker, start: 2020, end: 2021}\n"
        f"  - name: Harbour\n    position: Cook\n    start: 2018\n    end: 2019\n    highlights:\n{listed}",
        "utf-8",
    )
    pdf = render_pdf(Request(profile, None, theme, engine), tmp_path).pdf
    lines = [line.strip() for page in read_pages(pdf) for line in page.text.splitlines()]
    ends = [line for line in lines if line.endswith("clients.")]
    assert len(ends) == len(LENGTHS)
    assert "clients." not in ends
    assert "new clients." in ends, "no bullet breaks there: the test would pass without the rule"
    assert "\u00a0" not in "".join(lines)
