"""What backends measure and choose, at the edges of single rules that no other test held."""

from __future__ import annotations

import os
import re

import pytest
from rendering import render_fixture, warm_backend

from cvgen.api import describe_host
from cvgen.backends.latex.font_setup import font_setup
from cvgen.backends.latex.glyphs import find_fallback
from cvgen.backends.latex.measured_pdf import measure_pdf
from cvgen.themes.theme import shipped_folder

PT_PER_MM = 72 / 25.4


def test_a_finished_pdf_is_as_full_as_its_layout_says() -> None:
    """The fit through LaTeX measures the PDF, the fit through HTML the boxes: both must mean the same."""
    rendered = render_fixture("lu", "classic", "weasyprint")
    margin = float(str(rendered.job.options["margin_vertical"])) * PT_PER_MM
    measured = measure_pdf(rendered.pdf, margin)
    layout = warm_backend("weasyprint").measure(rendered.job)
    assert measured.pages == layout.pages > 1
    assert measured.room == pytest.approx(layout.room, abs=0.1)
    assert (measured.width, measured.height) == pytest.approx((rendered.pages[0].width, rendered.pages[0].height))
    # The box of a line is a little higher than its letters
    assert measured.ends == pytest.approx(layout.ends, abs=8)


@pytest.mark.parametrize(
    ("char", "language", "serif", "sans", "script"),
    [
        ("✈", "en", "Symbola", "Symbola", []),
        ("中", "zh", "Noto Serif CJK SC", "Noto Sans CJK SC", []),
        ("中", "ja", "Noto Serif CJK JP", "Noto Sans CJK JP", []),
        ("ع", "ar", "Noto Naskh Arabic", "Noto Sans Arabic", ["Arabic"]),
        ("ש", "he", "Noto Serif Hebrew", "Noto Sans Hebrew", ["Hebrew"]),
    ],
)
def test_a_character_is_printed_in_the_font_made_for_it(
    char: str, language: str, serif: str, sans: str, script: list[str]
) -> None:
    """Many installed fonts have it; the one of the right style and region is taken, and set as its script needs."""
    host = describe_host(os.environ)
    own = next(shipped_folder().glob("fonts/*/*Serif*-Regular.otf"))
    for generic, family in (("serif", serif), ("sans-serif", sans)):
        fallback = find_fallback(f"a {char}", [own], generic, language, host)
        ((font, chars),) = fallback.fonts
        assert (font.family, "".join(chars), fallback.missing) == (family, char, ())
        assert re.findall(r"Script=(\w+)", font_setup({}, fallback)) == script
