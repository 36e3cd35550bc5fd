"""Fonts of a theme that cannot be used are told at their line in its list of fonts, by every engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from helpers import read_told, run_cvgen
from PIL import Image

WHOLE = next((Path(__file__).parents[1] / "themes" / "fonts").rglob("*-Regular.otf"))
LISTING = "Mine:\n  generic: serif\n  files:\n    regular: good.otf\n    bold: bad.otf\n"
ENGINES = ("weasyprint", "xelatex", "lualatex")


@cache
def changed(change: Callable[[TTFont], None]) -> bytes:
    target = BytesIO()
    with TTFont(WHOLE) as font:
        change(font)
        font.save(target)
    return target.getvalue()


def as_woff2(font: TTFont) -> None:
    font.flavor = "woff2"


def without_characters(font: TTFont) -> None:
    del font["cmap"]


def variable() -> bytes:
    """A font of one square glyph whose weight varies."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupGlyf({".notdef": Glyph(), "A": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Mine", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    target = BytesIO()
    builder.save(target)
    return target.getvalue()


def write_theme(folder: Path, font: bytes) -> Path:
    theme = folder / "themes" / "mine"
    (theme / "fonts").mkdir(parents=True)
    (theme / "theme.yaml").write_text("description: mine\nextends: classic\noptions: {body_font: Mine}\n")
    (theme / "fonts" / "fonts.yaml").write_text(LISTING)
    shutil.copy(WHOLE, theme / "fonts" / "good.otf")
    (theme / "fonts" / "bad.otf").write_bytes(font)
    profile = folder / "profile.yaml"
    profile.write_text("basics: {name: Ana Lopes}\n")
    return profile


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda: b"no font at all" * 9, "is broken", id="garbage"),
        pytest.param(lambda: b"", "is broken", id="empty"),
        pytest.param(lambda: WHOLE.read_bytes()[:90], "is broken", id="head"),
        pytest.param(lambda: WHOLE.read_bytes()[: WHOLE.stat().st_size // 2], "is broken", id="half"),
        pytest.param(lambda: changed(without_characters), "no table 'cmap'", id="no-characters"),
        pytest.param(lambda: changed(as_woff2)[:5000], "is broken", id="half-a-woff2"),
    ],
)
def test_a_broken_font_is_told_at_its_line(tmp_path: Path, make: Callable[[], bytes], says: str) -> None:
    profile = write_theme(tmp_path, make())
    for engine in ENGINES:
        ran = run_cvgen("render", profile, "-t", "mine", "-e", engine)
        (one,) = read_told(ran.err)
        assert (ran.code, one.place) == (2, f"{tmp_path}/themes/mine/fonts/fonts.yaml:5:11")
        assert "the font 'Mine': 'bad.otf'" in one.message
        assert says in one.message
        assert one.hint


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda: changed(as_woff2), "is a WOFF2 file, which LaTeX cannot read", id="woff2"),
        pytest.param(variable, "is a variable font, of which LaTeX prints one weight only", id="variable"),
    ],
)
def test_a_font_that_latex_cannot_use_is_told(tmp_path: Path, make: Callable[[], bytes], says: str) -> None:
    profile = write_theme(tmp_path, make())
    ran = run_cvgen("render", profile, "-t", "mine", "-f", "tex")
    (one,) = read_told(ran.err)
    assert (ran.code, one.place) == (2, f"{tmp_path}/themes/mine/fonts/fonts.yaml:5:11")
    assert says in one.message
    ran = run_cvgen("render", profile, "-t", "mine")
    assert (ran.code, read_told(ran.err)) == (0, [])


@pytest.mark.parametrize("missing", ["gone.otf", "folder"])
def test_a_font_that_is_not_there_is_told(tmp_path: Path, missing: str) -> None:
    profile = write_theme(tmp_path, b"")
    fonts = tmp_path / "themes" / "mine" / "fonts"
    (fonts / "folder").mkdir()
    (fonts / "fonts.yaml").write_text(LISTING.replace("bad.otf", missing))
    ran = run_cvgen("render", profile, "-t", "mine")
    (one,) = read_told(ran.err)
    assert (ran.code, one.place) == (2, f"{fonts}/fonts.yaml")
    assert "the file for 'bold' is not in this folder" in one.message


@pytest.mark.parametrize(
    ("css", "says"),
    [
        ("@font-face { font-family: X; src: url(FOLDER/fonts/bad.otf) } h1 { font-family: X }", "cannot be loaded"),
        ("body { background: url(FOLDER/half.png) }", "half.png' is broken"),
        ("body { background: url(FOLDER/cut.svg) }", "cut.svg"),
    ],
)
def test_a_broken_file_that_a_themes_page_names_is_an_error(tmp_path: Path, css: str, says: str) -> None:
    profile = write_theme(tmp_path, b"no font")
    theme = tmp_path / "themes" / "mine"
    (theme / "theme.yaml").write_text("description: mine\nextends: classic\n")
    Image.effect_noise((50, 50), 90).save(theme / "half.png")
    (theme / "half.png").write_bytes((theme / "half.png").read_bytes()[:900])
    (theme / "cut.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'><rect")
    (theme / "html").mkdir()
    style = css.replace("FOLDER", theme.as_uri())
    (theme / "html" / "section.html.j2").write_text(f"<style>{style}</style>")
    profile.write_text("basics: {name: Ana Lopes}\nwork: [{name: Acme}]\n")
    ran = run_cvgen("render", profile, "-t", "mine")
    (one,) = read_told(ran.err)
    assert (ran.code, one.severity) == (1, "error")
    assert says in one.message
