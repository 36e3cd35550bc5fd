"""Every theme conforms to the standards that the manual promises, through each engine, and its tags are right."""

from __future__ import annotations

import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, cast

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NullObject
from rendering import Rendered, render_pdf, shipped_themes
from standards import ENGINES, GOLDEN, HOMEPAGE, NAMES, cells, measure, print_samples, table_rows
from verapdf import list_broken_rules

from cvgen.model.texts import find_texts
from cvgen.pipeline.request import Request

LINE = 8
"""Less than the height of a line, in pt."""
ROOT = Path(__file__).parents[1]
README, PAGE = (path.read_text("utf-8") for path in (ROOT / "README.md", ROOT / "docs" / "formats.md"))


# --- what veraPDF says


@pytest.mark.tex
@pytest.mark.java
@pytest.mark.parametrize(("theme", "engine"), list(cells()))
def test_no_rule_is_broken(theme: str, engine: str) -> None:
    measured = measure()[theme, engine]
    assert set(measured) == ({"ua1", "2a"} if engine == "weasyprint" else {"2b"})
    assert [f"{NAMES[standard]} {rule}" for standard, rules in measured.items() for rule in rules] == []


@pytest.mark.tex
@pytest.mark.java
def test_the_manual_says_what_is_measured() -> None:
    printed = _read_table(PAGE, "theme")
    assert len(ENGINES) == 4
    rows = table_rows(measure())
    for said, row in zip(printed, rows, strict=True):
        for column, engine in enumerate(ENGINES[2:], start=3):
            if (said[0], engine) not in measure():  # make verapdf looks at these: they conform as through XeLaTeX
                row[column] = row[2]
        assert said == row


def test_readme_says_what_the_manual_says_of_each_theme() -> None:
    (row,) = _read_table(README, "by veraPDF, in CI")
    printed = [cells for cells in _read_table(PAGE, "theme") if "–" not in cells]
    assert row[0] == f"each of the {len(printed)} themes for print"
    assert [cells[1:] for cells in printed] == [row[1:]] * len(printed)


def _read_table(page: str, first: str) -> list[list[str]]:
    """The cells of the table with a column for each engine, whose ``first`` column has this name."""
    head = re.escape(f"| {first} | WeasyPrint | XeLaTeX | LuaLaTeX | pdfLaTeX |")
    found = re.search(rf"{head}\n\|[-|]+\|\n((?:\|.*\|\n)+)", page)
    assert found
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in found[1].splitlines()]


@pytest.mark.java
def test_verapdf_finds_what_is_broken(tmp_path: Path) -> None:
    """A PDF that is not made for archives breaks their rules, and only theirs."""
    path = tmp_path / "PDF-A.pdf"
    path.write_bytes(drawn(HOMEPAGE, "classic", "full").pdf)
    accessible, archival = list_broken_rules([(path, "ua1"), (path, "2a")])
    assert accessible == []
    rules = " ".join(archival)
    assert "6.6.4-1" in rules, "the metadata do not name PDF/A"
    assert "6.2.4.3-2" in rules, "the colours have no profile"


# --- what a screen reader is told


def drawn(profile: Path, theme: str, variant: str | None, **options: str) -> Rendered:
    with tempfile.TemporaryDirectory() as folder:
        return render_pdf(Request(profile, variant, theme, options=options), Path(folder))


def find_print(theme: str, engine: str, profile: Path) -> Rendered:
    """The PDF of one sample, which veraPDF looks at too."""
    (found,) = [rendered for sample, rendered in print_samples(theme, engine) if sample.profile == profile]
    return found


class Box(NamedTuple):
    """Where something is on its page, in pt from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def _text_of(thing: Any, text_page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(thing.raw, text_page.raw, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFTextObj_GetText(thing.raw, text_page.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


class Tags:
    """The structure tree of a PDF, in reading order."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        reader = PdfReader(BytesIO(pdf))
        self.pages: Any = reader.pages
        self.numbers = {page.indirect_reference.idnum: number for number, page in enumerate(cast(Any, reader.pages))}
        self.catalog = cast(Any, reader.trailer["/Root"])
        self.all = list(self._walk(self.catalog["/StructTreeRoot"]["/K"], ()))

    def named(self, *tags: str) -> list[tuple[Any, tuple[str, ...]]]:
        """The elements with one of these tags, each with the tags around it."""
        return [(element, around) for element, around in self.all if element.get("/S") in tags]

    def links(self) -> list[Any]:
        """The link annotations of all pages."""
        annotations = [one.get_object() for page in self.pages for one in page.get("/Annots", [])]
        return [one for one in annotations if one["/Subtype"] == "/Link"]

    def marks(self) -> list[tuple[int, int]]:
        """The index of the page and the number of each piece of content, in reading order."""
        return [mark for element, _ in self.all for mark in self._own_marks(element)]

    def marks_in(self, element: Any) -> list[tuple[int, int]]:
        """The same for the content of one element."""
        return [mark for below, _ in self._walk(element, ()) for mark in self._own_marks(below)]

    def _own_marks(self, element: Any) -> list[tuple[int, int]]:
        kids = element["/K"] if isinstance(element.get("/K"), ArrayObject) else [element.get("/K")]
        return [(self.numbers[element.raw_get("/Pg").idnum], int(kid)) for kid in kids if isinstance(kid, int)]

    def texts(self) -> dict[tuple[int, int], str]:
        """The text of each piece of content."""
        found: dict[tuple[int, int], str] = {}
        with pypdfium2.PdfDocument(self.pdf) as document:
            for number, page in enumerate(document):
                text_page = page.get_textpage()
                for thing in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5):
                    mark = (number, pdfium.FPDFPageObj_GetMarkedContentID(thing.raw))
                    found[mark] = found.get(mark, "") + _text_of(thing, text_page)
                text_page.close()
        return found

    def boxes(self) -> dict[tuple[int, int], tuple[int, Box]]:
        """The page and the box of each piece of content."""
        found: dict[tuple[int, int], tuple[int, Box]] = {}
        with pypdfium2.PdfDocument(self.pdf) as document:
            for number, page in enumerate(document):
                for thing in page.get_objects(max_depth=5):
                    mark = (number, pdfium.FPDFPageObj_GetMarkedContentID(thing.raw))
                    found.setdefault(mark, (number, Box(*thing.get_bounds())))
        return found

    def _walk(self, kid: Any, around: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
        kid = kid.get_object()
        if isinstance(kid, ArrayObject):
            for one in kid:
                yield from self._walk(one, around)
        elif isinstance(kid, DictionaryObject):
            yield kid, around
            if "/K" in kid:
                yield from self._walk(kid["/K"], (*around, kid.get("/S", "")))


@pytest.fixture(scope="module", params=sorted(shipped_themes()))
def tags(request: pytest.FixtureRequest) -> Tags:
    return Tags(find_print(request.param, "weasyprint", HOMEPAGE).pdf)


def test_the_title_and_the_language_are_there(tags: Tags) -> None:
    assert tags.catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 (pypdf's own boolean)
    assert (tags.catalog["/Lang"], tags.catalog["/MarkInfo"]["/Marked"].value) == ("en", True)


LOGOS = {"Limmat Robotics Institute", "Harbour Autonomy", "Fjord University", "Lost Robot Challenge"}


def test_pictures_are_described_and_icons_are_not_there(tags: Tags, request: pytest.FixtureRequest) -> None:
    figures = [str(element.get("/Alt")) for element, _ in tags.named("/Figure")]
    photo = [] if "[ats]" in request.node.name else ["Noor Haddad"]  # the theme for parsers prints none
    assert sorted(figures) == sorted([*photo, *(f"Logo: {name}" for name in LOGOS)])


def test_the_photo_is_read_first_or_after_the_name(tags: Tags, request: pytest.FixtureRequest) -> None:
    """Not among the contacts."""
    read = ["photo" if element.get("/Alt") == "Noor Haddad" else element.get("/S") for element, _ in tags.all]
    head = [one for one in read[: read.index("/H2")] if one in ("photo", "/H1", "/P", "/Link", "/L")]
    assert head.count("/Link") > 4
    if "[ats]" not in request.node.name:
        assert head.index("photo") < head.index("/P")


def test_what_is_drawn_is_in_the_tree_or_an_artifact(tags: Tags, request: pytest.FixtureRequest) -> None:
    known = {element.indirect_reference.idnum for element, _ in tags.all}
    numbers = tags.catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for number, page in enumerate(tags.pages):
        marks = {int(mark) for mark in re.findall(rb"/MCID (\d+)", page.get_contents().get_data())}
        elements = dict(enumerate(numbers[2 * number + 1]))
        hidden = {mark for mark, element in elements.items() if isinstance(element, NullObject)}
        assert marks == set(elements) - hidden
        assert {element.idnum for mark, element in elements.items() if mark in marks} <= known
        assert hidden or number == 0 or "[ats]" in request.node.name, "the page's number is read aloud"


def test_tags_are_read_from_above_and_from_the_left(tags: Tags) -> None:
    """What is read next is below what was read before, or at its right: a date, or the next column."""
    boxes = tags.boxes()
    read = [boxes[mark] for mark in tags.marks() if mark in boxes]
    assert len(read) > 100
    for (page, before), (next_page, after) in pairwise(read):
        is_below, is_beside = after.top < before.top + LINE, after.left > before.right - 2
        assert next_page > page or is_below or is_beside, (page, before, after)
    assert [page for page, _ in read] == sorted(page for page, _ in read)


def test_headings_have_no_gaps_and_none_is_inside_another(tags: Tags) -> None:
    headings = tags.named("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
    levels = [int(element["/S"][2:]) for element, _ in headings]
    assert [around for _, around in headings if any(tag.startswith("/H") for tag in around)] == []
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_are_in_links_and_say_where_they_lead(tags: Tags) -> None:
    pointers = [
        (element["/Obj"].get_object(), around) for element, around in tags.all if element.get("/Type") == "/OBJR"
    ]
    links = tags.links()
    assert links
    assert len(pointers) == len(links)
    assert all(around[-1] == "/Link" and "/Link" not in around[:-1] for _, around in pointers)
    assert all(link["/Contents"] == link["/A"]["/URI"] for link in links if "/A" in link)


def test_links_have_a_text(tags: Tags) -> None:
    texts = tags.texts()
    shown = [
        "".join(texts.get(mark, "") for mark in tags.marks_in(element)).strip() for element, _ in tags.named("/Link")
    ]
    assert "noor.haddad@example.org" in shown
    assert all(shown)


def test_lists_hold_items_with_their_marks(tags: Tags) -> None:
    items = tags.named("/LI")
    assert items
    assert all(around[-1] == "/L" for _, around in items)
    assert all(around[-1] == "/LI" for _, around in tags.named("/Lbl", "/LBody"))
    assert tags.named("/Lbl")


def test_cells_of_the_table_have_heads(tags: Tags) -> None:
    heads = {element["/ID"]: element["/A"]["/Scope"] for element, _ in tags.named("/TH")}
    cells_ = tags.named("/TD")
    assert cells_
    for element, _ in cells_:
        assert [heads[name] for name in element["/A"]["/Headers"]] == ["/Row", "/Column"]


def test_a_picture_is_where_its_tag_says(tags: Tags) -> None:
    """The box is in points from the lower left corner of an A4 page."""
    for element, _ in tags.named("/Figure"):
        left, bottom, right, top = (float(edge) for edge in element["/A"]["/BBox"])
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842
    photos = [element for element, _ in tags.named("/Figure") if element["/Alt"] == "Noor Haddad"]
    assert all(float(photo["/A"]["/BBox"][1]) > 600 for photo in photos), "the photo is in the upper part of the page"


FOREIGN = """\
basics: {name: Nora Kemp, label: {de: Ingenieurin, fr: Ingénieure}}
language: de
work:
  - {name: {fr: Atelier du Port}, position: {fr: Directrice}, start: 2020, highlights: [{de: Eins}, {fr: Deux}]}
skills:
  - {name: {fr: Métiers}, keywords: [{fr: soudure}, {de: Holz}]}
awards:
  - {title: {fr: Prix}, awarder: {fr: Ville}, date: 2020}
interests:
  - {name: {de: Segeln}, summary: {fr: Je navigue.}}
"""


@pytest.mark.parametrize("theme", sorted(shipped_themes()))
def test_a_text_in_another_language_is_marked(tmp_path: Path, theme: str) -> None:
    (tmp_path / "cv.yaml").write_text(FOREIGN, "utf-8")
    tagged = Tags(drawn(tmp_path / "cv.yaml", theme, None).pdf)
    foreign = [element for element, _ in tagged.all if "/Lang" in element]
    texts = tagged.texts()
    assert {str(element["/Lang"]) for element in foreign} == {"fr"}
    shown = {"".join(texts[mark] for mark in tagged.marks_in(element)).strip().casefold() for element in foreign}
    assert shown == {
        "atelier du port", "directrice", "deux", "métiers", "soudure", "prix", "ville", "je navigue."
    }  # fmt: skip
    assert tagged.catalog["/Lang"] == "de"


def test_a_link_that_goes_on_in_a_second_line_is_two_and_each_is_tagged(tmp_path: Path) -> None:
    words = " ".join(["**bold** and `code` and $x^2$"] * 12)
    text = f'basics: {{name: Nora Kemp, summary: "[{words}](https://example.org/long)"}}\n'
    (tmp_path / "cv.yaml").write_text(text, "utf-8")
    tagged = Tags(drawn(tmp_path / "cv.yaml", "classic", None).pdf)
    links = tagged.links()
    assert len(links) == len({tuple(link["/Rect"]) for link in links}) > 1
    assert len([1 for element, _ in tagged.all if element.get("/Type") == "/OBJR"]) == len(links)


# --- what other readers find


LATEX_CELLS = [
    pytest.param(*cell, id="-".join(cell), marks=pytest.mark.tex) for cell in cells() if cell[1] != "weasyprint"
]


def read_by_poppler(pdf: bytes) -> str:
    ran = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return ran.stdout.decode("utf-8")


def read_by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("read", [read_by_poppler, read_by_pypdf])
@pytest.mark.parametrize(("theme", "engine"), LATEX_CELLS)
def test_other_readers_find_every_word_whole(read: Callable[[bytes], str], theme: str, engine: str) -> None:
    """Readers that the examination does not use itself; tests/test_examine_text.py has the PDFs of WeasyPrint."""
    golden = find_print(theme, engine, GOLDEN)
    words = set(re.findall(r"\w+", unicodedata.normalize("NFKC", read(golden.pdf)).casefold()))
    typed = " ".join(str(text) for text in find_texts(golden.job.document)).casefold()
    assert set(re.findall(r"\w+", typed)) - words == set()


# --- what archives are told


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_the_metadata_agree(engine: str, tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text("basics: {name: 'Åsa <Löw> & Søn', label: 'R&D \"lead\"'}\n", "utf-8")
    request = Request(tmp_path / "cv.yaml", None, "classic", engine, options={"archival": "true"})
    reader = PdfReader(BytesIO(render_pdf(request, tmp_path).pdf))
    packet, info = reader.xmp_metadata, reader.metadata
    assert packet is not None
    assert info is not None
    assert packet.dc_title == {"x-default": info.title} == {"x-default": "Åsa <Löw> & Søn"}
    assert packet.dc_creator == [info.author]
    assert packet.dc_description == {"x-default": info.subject}
    assert packet.xmp_creator_tool == info.creator


def test_archival_pdfs_are_the_same_to_the_byte_and_look_the_same() -> None:
    plain = drawn(GOLDEN, "modern", "golden")
    first, second = (drawn(GOLDEN, "modern", "golden", archival="true") for _ in range(2))
    assert first.pdf == second.pdf != plain.pdf
    assert [page.text for page in first.pages] == [page.text for page in plain.pages]
