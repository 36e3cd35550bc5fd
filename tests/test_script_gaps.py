"""The gap between ideographs and letters or digits: space on the page, and no character in the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from helpers import INSTALLED_FONTS, run_cvgen
from pdf import squeeze
from rendering import ENGINES, render_pdf

from cvgen.backends.script_gaps import space_scripts
from cvgen.model.inline import Inlines, Plain, Span, plain_text
from cvgen.pipeline.request import Request
from cvgen.select.language import load_words
from cvgen.sources.inline.markdown import parse_markdown


def _show(nodes: Inlines) -> str:
    """The text with ``|`` at each gap."""
    shown = ""
    for node in nodes:
        if isinstance(node, Plain):
            shown += node.text
        elif isinstance(node, Span):
            shown += plain_text(node.children) + "|"
        else:
            shown += _show(getattr(node, "children", ())) or plain_text((node,))
    return shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("使用AI研究", "使用|AI|研究"),
        ("在2024年", "在|2024|年"),
        ("使用 AI 研究", "使用 AI 研究"),
        ("使用**AI**研究", "使用|AI|研究"),
        ("见[GitHub](https://example.org)上", "见|GitHub|上"),
        ("AI，研究（AI）", "AI，研究（AI）"),
        ("C++代码", "C++代码"),
        ("カタカナLaTeXかな", "カタカナ|LaTeX|かな"),
        ("한국어AI", "한국어AI"),
        ("Только AI", "Только AI"),
    ],
)
def test_a_gap_is_where_the_script_changes(typed: str, shown: str) -> None:
    text = parse_markdown(typed)
    assert _show(space_scripts(text).nodes) == shown
    assert str(space_scripts(text)) == str(text)


def test_gaps_in_a_list_are_at_their_places() -> None:
    text = parse_markdown("我做\n- 列表item一\n- 第2个", is_block=True)
    assert _show(space_scripts(text).nodes) == "我做列表|item|一第|2|个"


PROFILE = """
language: zh
basics:
  name: 林薇
  summary: 使用AI研究与Python语言。
"""


def write_square_font(path: Path, letters: str) -> None:
    """A font whose letters are all the same square, as wide as its advance."""
    names = {ord(letter): f"u{ord(letter):04X}" for letter in sorted(set(letters))}
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (1000, 700), (1000, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], square))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular", "psName": "Square"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    builder.save(path)


def in_squares(profile: Path) -> dict[str, str]:
    """Options that print ``profile`` in squares: LuaLaTeX takes 40 s of processor time for the installed fonts."""
    fonts = profile.parent / "themes" / "classic" / "fonts"
    fonts.mkdir(parents=True)
    write_square_font(fonts / "square.ttf", PROFILE + "".join(load_words("zh").values()) + "·/0123456789")
    cuts = ", ".join(f"{cut}: square.ttf" for cut in ("regular", "italic", "bold", "bold_italic"))
    (fonts / "fonts.yaml").write_text(f"Square: {{generic: serif, files: {{{cuts}}}}}\n", "utf-8")
    return dict.fromkeys(("body_font", "heading_font", "code_font"), "Square")


@pytest.mark.parametrize("engine", [*ENGINES, pytest.param("lualatex", marks=pytest.mark.tex)])
def test_the_gap_is_a_quarter_em_and_no_character(tmp_path: Path, engine: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    options = {"size": "10", **(in_squares(profile) if engine == "lualatex" else {})}
    (page,) = render_pdf(Request(profile, None, "classic", engine, options=options), tmp_path).pages
    assert "使用AI研究与Python语言。" in squeeze(page.text)
    gaps = {
        left.text + right.text: right.box.left - left.box.right
        for left, right in pairwise([char for char in page.chars if char.text.strip()])
        if left.text + right.text in ("用A", "I研", "与P", "n语")
    }
    assert len(gaps) == 4
    assert all(2 <= gap <= 4 for gap in gaps.values()), gaps  # 2.5 pt, and the sides of the two glyphs


def test_a_browser_adds_no_second_gap(tmp_path: Path) -> None:
    profile, page = tmp_path / "profile.yaml", tmp_path / "cv.html"
    profile.write_text(PROFILE, "utf-8")
    ran = run_cvgen("render", profile, "-f", "html", "-o", page, *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    html = page.read_text("utf-8")
    assert '使<span class="gap">用</span>A<span class="gap">I</span>研究' in html
    assert "text-autospace: no-autospace" in html
