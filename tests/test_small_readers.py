"""Small functions whose mistakes no document shows at once: pictures without metadata, TeX of CSL, boxes of words."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from cvgen.examine.checks.links import _is_backwards
from cvgen.examine.checks.visibility import _stands_for_glyphs
from cvgen.examine.parser.cv_head import note_contacts
from cvgen.examine.parser.parsed_cv import ParsedContacts
from cvgen.examine.readers.pdfium_chars import Char, PrintedWord
from cvgen.examine.readers.pdfium_text import PageLink
from cvgen.sources.bibtex.csl_values import escape_latex
from cvgen.sources.picture.strip_metadata import strip_metadata


def test_a_picture_keeps_its_transparent_colour() -> None:
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([255, 0, 0, 0, 255, 0])
    picture.putpixel((0, 0), 1)
    data = BytesIO()
    picture.save(data, "PNG", transparency=0)
    stripped = strip_metadata(data.getvalue())
    assert stripped
    read = Image.open(BytesIO(stripped)).convert("RGBA")
    assert [read.getpixel((0, 0)), read.getpixel((1, 1))] == [(0, 255, 0, 255), (255, 0, 0, 0)]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("On <i>E. coli</i>", r"On \emph{E. coli}"),
        ("H<sub>2</sub>O <b>&</b>", r"H\textsubscript{2}O \textbf{\&}"),
        ('a <span class="nocase">DNA</span> test', "a {DNA} test"),
    ],
)
def test_tags_of_csl_are_commands_of_tex(typed: str, written: str) -> None:
    assert escape_latex(typed) == written


@pytest.mark.parametrize(("widths", "found"), [((5.0, 5.0), True), ((5.0, 6.0), False), ((5.0,), False)])
def test_characters_of_one_size_stand_for_glyphs(widths: tuple[float, ...], found: bool) -> None:
    chars = tuple(
        Char("a", 10.0 * at, 0.0, 10.0 * at + width, 8.0, (0, 0, 0), 10.0, True, 0, False)
        for at, width in enumerate(widths)
    )
    assert _stands_for_glyphs(PrintedWord(chars, 0, len(chars))) is found


@pytest.mark.parametrize(
    ("address", "found"), [("example.org/me", True), ("org.example/me", True), ("example.org/you", False)]
)
def test_an_address_has_the_words_of_its_link(address: str, found: bool) -> None:
    link = PageLink("uri", "example.org/me", (0.0, 0.0, 1.0, 1.0))
    assert _is_backwards(link, address) is found


@pytest.mark.parametrize(
    ("phone", "found"), [("", []), ("+1 415 555 0143", []), ("(415) 555-0143", []), ("+44 20 7946 0018", ["phone"])]
)
def test_only_a_number_that_is_there_can_have_a_foreign_form(phone: str, found: list[str]) -> None:
    contacts = ParsedContacts(name="Rosa", email="rosa@example.org", phone=phone)
    assert [remark.cause for remark in note_contacts(contacts, [], [])] == found
