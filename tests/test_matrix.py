"""Every theme through both backends with four profiles: all there, in place, readable."""

from __future__ import annotations

import atexit
import ctypes
import re
import shutil
import subprocess
import tempfile
from functools import lru_cache
from itertools import cycle, product
from pathlib import Path

import pypdfium2
import pytest
from helpers import run_cvgen
from pdf import FOOT, Box, Page, is_foot, list_lines, squeeze
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDFText_GetFillColor
from rendering import (
    FIXTURES,
    RUN_ONCE,
    Rendered,
    list_variations,
    read_document,
    render_pdf,
    shipped_themes,
    theme_cells,
)

from cvgen.examine import examine_pdf
from cvgen.model.document import Document
from cvgen.model.printed import Item, Section
from cvgen.model.texts import find_texts
from cvgen.pipeline.request import Request
from cvgen.themes.options import ChoiceSpec, NumberSpec, SwitchSpec
from cvgen.themes.theme import Theme, read_options

MATRIX = FIXTURES / "matrix"
PT_PER_MM = 72 / 25.4
THEMES = shipped_themes()
PROFILES = ("minimal", "full", "long", "scripts")
LONG_TEX_THEMES = ("alta", "casual", "classic", "modern", "timeline")
"""The two templates of an entry, in base and in timeline, with and without a side bar; the others differ in styles."""
CELLS = [pytest.param(cell.values, id=cell.id, marks=cell.marks) for cell in theme_cells("weasyprint", "xelatex")]
PAGES = [
    pytest.param((name, *cell.values), id=f"{name}-{cell.id}", marks=cell.marks)
    for name, cell in (
        *product(PROFILES, theme_cells("weasyprint")),
        *(("full", cell) for cell in theme_cells("xelatex")),
        *(("long", cell) for cell in theme_cells("xelatex") if cell.values[0] in LONG_TEX_THEMES),
        *product(("minimal", "scripts"), [cell for cell in theme_cells("xelatex") if cell.values[0] == "modern"]),
        *(("full", cell) for cell in theme_cells("weasyprint", variations=True) if cell.values[0] in list_variations()),
    )
]
"""Each profile in each theme; through XeLaTeX the full one in each, the others in some; variations of a theme once."""
RTL = re.compile("[\u0590-\u08ff]")
LONG_BIB = "\n".join(
    f"@article{{p{n}, author = {{Kemp, Nora and Author{n}, A.}}, title = {{Paper number {n} on builds that explain "
    f"themselves}}, journal = {{Journal of Tests}}, volume = {{{n}}}, year = {{{1990 + n % 30}}}}}"
    for n in range(1, 47)
)
LONG = "basics: {name: Nora Kemp}\nbibliography: {files: [long.bib]}\nwork:\n" + "".join(
    f"  - name: Company number {n}\n    position: Engineer of rank {n}\n    location: Oslo\n    start: {1990 + n}\n"
    f"    end: {1991 + n}\n    highlights:\n"
    + "".join(
        f"      - In year {n} step {k} took a while, so that this sentence needs another line on most of the paper.\n"
        for k in range(5)
    )
    for n in range(12)
)


@lru_cache(maxsize=1)
def folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="cvgen-matrix-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@lru_cache(maxsize=8)
def profile(name: str) -> Path:
    if name == "minimal":
        (folder() / "minimal.yaml").write_text("basics: {name: Nora Kemp}\nskills: [{name: Rust}]\n", "utf-8")
    elif name == "portrait":
        shutil.copy(MATRIX / "portrait.png", folder())
        career = "basics: {name: Nora Kemp, image: portrait.png}\nskills: [{name: Rust, keywords: [a, b]}]\n"
        (folder() / "portrait.yaml").write_text(career, "utf-8")
    elif name == "long":
        (folder() / "long.bib").write_text(LONG_BIB, "utf-8")
        (folder() / "long.yaml").write_text(LONG, "utf-8")
    else:
        return MATRIX / ("profile.yaml" if name == "full" else f"{name}.yaml")
    return folder() / f"{name}.yaml"


@lru_cache(maxsize=200)
def rendered(theme: str, engine: str, name: str, settings: tuple[tuple[str, str], ...] = ()) -> Rendered:
    target = Path(tempfile.mkdtemp(dir=folder()))
    return render_pdf(Request(profile(name), None, theme, engine, options=dict(settings)), target)


@lru_cache(maxsize=8)
def document(name: str) -> Document:
    return read_document(profile(name))


@pytest.fixture(params=PAGES)
def page_of(request: pytest.FixtureRequest) -> tuple[str, str, str]:
    name, theme, engine = request.param
    return name, theme, engine


@pytest.fixture
def name(page_of: tuple[str, str, str]) -> str:
    return page_of[0]


@pytest.fixture
def cell(page_of: tuple[str, str, str]) -> Rendered:
    name, theme, engine = page_of
    return rendered(theme, engine, name)


def body(page: Page) -> str:
    """The page's text without its foot."""
    return re.sub(FOOT, "", page.text)


def whole(rendering: Rendered) -> str:
    return squeeze("\n".join(body(page) for page in rendering.pages))


def lines_from_below(page: Page) -> list[str]:
    """The page's lines as the eye meets them, the lowest first, without the foot of the page."""
    boxes = [box for box in page.rects if box.text.strip() and not is_foot(box.text)]
    found: list[tuple[float, str]] = []
    for box in sorted(boxes, key=lambda box: (round(box.bottom / 4), box.left)):
        if found and abs(found[-1][0] - box.bottom) < 4:
            found[-1] = (found[-1][0], found[-1][1] + " " + box.text.strip())
        else:
            found.append((box.bottom, box.text.strip()))
    return [text for _, text in found]


# --- the matrix


def test_pages(cell: Rendered, name: str) -> None:
    least, most = {"minimal": (1, 1), "full": (2, 6), "long": (3, 11), "scripts": (1, 1)}[name]
    assert least <= len(cell.pages) <= most
    assert all(body(page).strip() for page in cell.pages), "an empty page"


def test_an_examination_finds_nothing(cell: Rendered) -> None:
    assert examine_pdf(cell.pdf, cell.job, None) == ()


OTHER_OPTIONS = {
    "icons-and-dates-left": (("icons", "true"), ("date_position", "left"), ("page_numbers", "false")),
    "letter-and-dates-below": (("paper", "letter"), ("date_position", "below")),
}
OTHER_CELLS = [
    *zip(cycle(OTHER_OPTIONS), theme_cells("weasyprint")),
    *zip(cycle(list(OTHER_OPTIONS)[::-1]), theme_cells("xelatex")[::3]),
]
"""All themes through WeasyPrint, and every third one through LaTeX."""


@pytest.mark.parametrize(
    ("options", "theme", "engine"),
    [pytest.param(name, *cell.values, id=f"{name}-{cell.id}", marks=cell.marks) for name, cell in OTHER_CELLS],
)
def test_an_examination_finds_nothing_with_other_options(options: str, theme: str, engine: str) -> None:
    found = rendered(theme, engine, "full", OTHER_OPTIONS[options])
    findings = examine_pdf(found.pdf, found.job, None)
    if theme == "ats":  # dates in a column and icons take away what this theme does for parsers
        assert {finding.check for finding in findings} <= {"parsed"}
    else:
        assert findings == ()


def test_nothing_leaves_its_margins(cell: Rendered) -> None:
    theme = THEMES[cell.outcome.theme]
    margin = float(str(read_options(theme, {}, {})["margin"])) * PT_PER_MM - 3
    for number, page in enumerate(cell.pages, 1):
        for char in page.chars:
            if not char.text.isspace() and char.box.right > char.box.left:
                assert margin <= char.box.left <= char.box.right <= page.width - margin, (number, char)
                assert 12 < char.box.bottom < char.box.top < page.height - 12, (number, char)


def test_no_texts_overlap(cell: Rendered) -> None:
    for page in cell.pages:
        boxes = [box for box in page.rects if box.text.strip()]
        for index, box in enumerate(boxes):
            for other in boxes[index + 1 :]:
                assert box.overlap(other) < 0.35, (box, other)


def test_every_character_can_be_read_and_copied(cell: Rendered) -> None:
    text = "".join(page.text for page in cell.pages)
    assert not set(text) & set("\ufffd\ufffe\uffff\u00ad\x00"), "missing glyphs or soft hyphens"
    assert not re.search("[\ufb00-\ufb06]", text), "ligatures"


def test_fonts_are_embedded(cell: Rendered) -> None:
    listed = subprocess.run(
        ["pdffonts", cell.outcome.output], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert "Type 3" not in line
        assert re.search(r"\s(yes)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line), line


def test_every_text_is_there(cell: Rendered, name: str) -> None:
    text = whole(cell)
    folded = text.casefold()
    missing = []
    for part in find_texts(cell.job.document):  # with what the theme adds, such as printed addresses
        typed = str(part)
        if RTL.search(typed):
            # a line from right to left may come out of a PDF in the order of the paper: its words must be there
            missing += [
                w for w in typed.split() if squeeze(w.strip("().،,")) not in text and squeeze(w)[::-1] not in text
            ]
        elif squeeze(typed) not in text and squeeze(typed).casefold() not in folded:
            missing.append(typed)
    assert missing == []


def test_dates_and_contacts_are_there(cell: Rendered, name: str) -> None:
    text = whole(cell)
    shown = document(name)
    wanted = [item.dates for section in shown.sections for item in section.items if item.dates]
    wanted += [
        contact.text.split(": ")[-1]
        for contact in cell.job.document.contacts
        if contact.kind in ("email", "phone", "github")
    ]
    assert [one for one in wanted if squeeze(one) not in text] == []


def test_reading_order_is_that_of_the_document(cell: Rendered, name: str) -> None:
    if name == "scripts":
        pytest.skip("see test_every_text_is_there")
    text = whole(cell).casefold()
    for section in document(name).sections:
        place = text.index(squeeze(str(section.title)).casefold())
        for wanted in _headings(section):
            found = text.find(squeeze(wanted).casefold(), place)
            assert found >= 0, (str(section.title), wanted)
            place = found


def _headings(section: Section) -> list[str]:
    items = [text for item in section.items for text in (str(item.heading), *(str(b.text) for b in item.bullets))]
    return items + [str(item.title) for group in section.groups for item in group.items]


def test_no_heading_and_no_head_of_an_entry_ends_a_page(cell: Rendered, name: str) -> None:
    shown = document(name)
    heads = {squeeze(str(section.title)).casefold() for section in shown.sections}
    heads |= {squeeze(group.title).casefold() for section in shown.sections for group in section.groups if group.title}
    heads |= {squeeze(section.counts).casefold() for section in shown.sections if section.counts}
    heads |= {squeeze("".join(f"{e.mark}{e.meaning}" for e in section.legend)) for section in shown.sections}
    heads |= {_head(item) for section in shown.sections for item in section.items if item.bullets}
    for number, page in enumerate(cell.pages[:-1], 1):
        lowest = squeeze(lines_from_below(page)[0]).casefold()
        assert lowest not in heads, f"page {number} ends in {lowest!r}"


def _head(item: Item) -> str:
    return squeeze(f"{item.heading}{item.dates}").casefold()


def test_page_numbers_start_on_page_two_and_are_drawn_before_the_text(cell: Rendered) -> None:
    count = len(cell.pages)
    is_html = cell.outcome.output is not None and cell.outcome.output.stem.endswith("weasyprint")
    is_first = is_html or "modern" not in {name for name, _ in cell.job.theme.folders}
    # Through LaTeX the white below the columns of modern covers what is drawn before it
    begins = r"\A" if is_first else "^"
    numbered = [
        bool(re.search(rf"(?m){begins}\S.* · {n}/{count}\s*$", page.text)) for n, page in enumerate(cell.pages, 1)
    ]
    assert numbered == [False] + [cell.job.options["page_numbers"]] * (count - 1)


@pytest.mark.parametrize("name", ["full", "portrait"])
@pytest.mark.parametrize("cell", CELLS)
def test_the_photo_stands_on_the_page_clear_of_the_text(cell: tuple[str, str], name: str) -> None:
    theme, engine = cell
    if theme == "ats":
        pytest.skip("prints no photo")
    result = rendered(theme, engine, name)
    with pypdfium2.PdfDocument(result.pdf) as pdf:
        images = [o.get_bounds() for o in pdf[0].get_objects(filter=[FPDF_PAGEOBJ_IMAGE])]
    (photo,) = [Box(*bounds) for bounds in images if bounds[2] - bounds[0] > 15 * PT_PER_MM]
    page = result.pages[0]
    assert 10 * PT_PER_MM < photo.left < photo.right < page.width - 10 * PT_PER_MM
    assert photo.top < page.height - 5 * PT_PER_MM
    assert [box.text for box in page.rects if box.text.strip() and box.overlap(photo)] == []
    if name == "portrait":
        title = next(box for box in page.rects if re.match("s?kills", box.text.casefold()))  # small capitals are a box
        assert title.top < photo.bottom, "the first section stands below the photo"


@pytest.mark.parametrize("cell", CELLS)
def test_dates_stand_where_the_theme_wants_them(cell: tuple[str, str]) -> None:
    theme, engine = cell
    page = rendered(theme, engine, "full").pages[0]
    head, date = (next(box for box in page.rects if text in box.text) for text in ("Halyard Compilers", "Aug 2020"))
    match read_options(THEMES[theme], {}, {})["date_position"]:
        case "right":
            assert abs(head.bottom - date.bottom) < 4
            ends = [box.right for box in page.rects if re.search(r"(present|2016|2020)\s*$", box.text)]
            assert max(ends) - min(ends) < 1.5, "dates end at one edge"
        case "left":
            assert abs(head.bottom - date.bottom) < 4
            assert date.right < head.left
        case _:
            assert 10 < head.bottom - date.bottom < 40
            assert abs(head.left - date.left) < 1.5


# --- columns


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_text_stays_in_its_column(engine: str) -> None:
    casual = rendered("casual", engine, "long").pages[1]
    edge = next(box.left for box in casual.rects if box.text.startswith("Company number"))
    for box in casual.rects:
        if box.text.strip() and not is_foot(box.text):
            assert box.left >= edge - 1 or box.right <= edge - 3 * PT_PER_MM, box
    modern = rendered("modern", engine, "scripts").pages[0]
    side = modern.width - 12 * PT_PER_MM - 0.27 * 186 * PT_PER_MM
    for box in modern.rects:
        if box.text.strip() and box.top < modern.height - 60 * PT_PER_MM:
            assert box.right <= side - 3 or box.left >= side - 3, box


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_referees_stand_side_by_side(engine: str) -> None:
    page = rendered("classic", engine, "full").pages[-1]
    names = ("Professor, Fjord", "Head, Halyard")
    first, second = (next(box for box in page.rects if name in box.text) for name in names)
    assert abs(first.top - second.top) < 2
    assert second.left > page.width / 2 - 10


# --- sizes and colours


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("density", ["-1", "-0.5", "0", "0.5", "1"])
def test_density_keeps_every_number_in_its_range(name: str, density: str) -> None:
    theme = THEMES[name]
    values = read_options(theme, {"density": density}, {})
    for option, spec in theme.options.items():
        if isinstance(spec, NumberSpec):
            assert spec.min <= float(str(values[option])) <= spec.max, option
    assert float(str(values["size"])) >= 9


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_density_moves_sizes_and_spaces_together(engine: str) -> None:
    pages = [len(rendered("classic", engine, "long", (("density", value),)).pages) for value in ("-1", "0", "1")]
    assert pages[0] > pages[1] > pages[2]


def test_density_starts_from_what_the_person_set() -> None:
    theme = THEMES["classic"]
    assert read_options(theme, {"size": "11", "density": "0"}, {})["size"] == 11
    assert read_options(theme, {"size": "11", "density": "0.5"}, {})["size"] == 10
    assert read_options(theme, {"size": "9", "density": "1"}, {})["size"] == 9
    assert read_options(theme, {"size": "12", "density": "-1"}, {})["size"] == 12


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2, success criterion 1.4.3."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [name for name, theme in THEMES.items() if "html" in theme.backends])
def test_colours_can_be_read(theme: str) -> None:
    printed = printed_colours(rendered(theme, "weasyprint", "full").pdf)
    accent = str(read_options(THEMES[theme], {}, {})["accent"])
    assert accent in {colour for pair in printed for colour in pair}
    assert len(printed) > 1
    assert {pair: text for pair, text in printed.items() if contrast(*pair) < 4.5} == {}


def printed_colours(pdf: bytes) -> dict[tuple[str, str], str]:
    """Each colour of a text and the colour of the paper around it, with a text of that kind."""
    found: dict[tuple[str, str], str] = {}
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            picture = page.render(scale=2).to_pil().convert("RGB")
            text = page.get_textpage()
            for place in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(place)
                words = text.get_text_bounded(left, bottom, right, top)
                index = text.get_index((left + min(right, left + 6)) / 2, (bottom + top) / 2, 3, 3)
                if index is not None and words.strip():
                    high = page.get_height()
                    edges = (left - 1, high - top - 1, right + 1, high - bottom + 1)
                    around = picture.crop(tuple(round(2 * edge) for edge in edges))
                    _, ground = max(around.getcolors(around.width * around.height))
                    found.setdefault((_ink(text, index), "#{:02x}{:02x}{:02x}".format(*ground)), words)
            text.close()
    return found


def _ink(text: pypdfium2.PdfTextPage, index: int) -> str:
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    FPDFText_GetFillColor(text, index, red, green, blue, opacity)
    assert opacity.value == 255
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"


# --- every option


def _settings(theme: Theme) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for option, spec in theme.options.items():
        match spec:
            case NumberSpec(min=low, max=high):
                found += [(option, f"{low:g}"), (option, f"{high:g}")]
            case ChoiceSpec(choices=choices):
                found += [(option, choice) for choice in choices]
            case SwitchSpec():
                found += [(option, "true"), (option, "false")]
    return found


def _combinations(theme: Theme) -> list[tuple[tuple[str, str], ...]]:
    """Settings of all options at once, in which each value of each option occurs; but see test_justified_text."""
    by_option: dict[str, list[str]] = {}
    for option, value in _settings(theme):
        if (option, value) != ("text_align", "justified"):
            by_option.setdefault(option, []).append(value)
    count = max(len(values) for values in by_option.values())
    return [tuple((option, values[n % len(values)]) for option, values in by_option.items()) for n in range(count)]


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
@pytest.mark.parametrize("settings", _combinations(THEMES["classic"]))
def test_every_setting_renders_and_shows_all(settings: tuple[tuple[str, str], ...], engine: str) -> None:
    result = rendered("classic", engine, "full", settings)
    assert result.outcome.problems == ()
    text = whole(result).casefold()
    assert [str(t) for t in find_texts(result.job.document) if squeeze(str(t)).casefold() not in text] == []


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_justified_text(engine: str) -> None:
    """Copied words are whole, or broken by a hyphen at a line's end."""
    result = rendered("classic", engine, "full", (("text_align", "justified"),))
    text = "\n".join(page.text for page in result.pages)
    assert "\u00ad" not in text
    joined = squeeze(re.sub("[-\u2010\x02\ufffe]\r?\n", "", text))
    assert squeeze("by remembering what did not change between two builds, file by file.") in joined


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_icons_are_no_text(engine: str) -> None:
    plain, icons = (
        rendered("classic", engine, "full", (("icons", value),)).pages[0].text for value in ("false", "true")
    )
    assert set(icons) <= set(plain)
    assert "nora-kemp-example" in icons
    assert "GitHub: nora-kemp-example" not in icons


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_small_capitals_are_whole_words(engine: str) -> None:
    """Through HTML they are capitals in the text too, which parsers know as a heading."""
    text = whole(rendered("classic", engine, "full"))
    found, other = ("Researchstatement", "RESEARCHSTATEMENT")[:: -1 if engine == "weasyprint" else 1]
    assert found in text
    assert other not in text


# --- right to left


RUNS = """\
referees: [{name: תום, phone: "+972 54 765 4321"}]
bibliography: {files: [papers.bib]}
variants: {v: {sections: [summary, work, skills, awards, referees, runs, {publications: {numbered: true}}]}}
sections:
  runs:
    title: א
    highlights: ["הרצאה ב-NeurIPS (2023) ובכנס (ICLR).",
      "תקציב של €1,200,000 ועוד", "ראו כרך 12(4), 101–118 לפרטים"]
    like: skills
    entries: [{name: ב, keywords: [Node.js (Express), F#, .NET, C++]}]
"""
STAND = ["+00500000000", "+972547654321", ".NET", "C++", "NeurIPS|2023|", "|ICLR|", "€1,200,000", "12|4|,101–118",
         "Node.js|Express|", "F#", "2/2"]  # fmt: skip
"""What stands from left to right on the page, without spaces."""


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("lualatex", marks=pytest.mark.tex)])
@pytest.mark.parametrize("language", ["ar", "he"])
def test_document_from_right_to_left(tmp_path: Path, engine: str, language: str) -> None:
    career = profile("scripts").read_text("utf-8") + f"language: {language}\n" + RUNS
    (tmp_path / "profile.yaml").write_text(career, "utf-8")
    papers = (f"@misc{{p{n}, author = {{{{לילה חדד}}}}, title = {{מאמר {n}}}, year = 2020}}\n" for n in range(14))
    (tmp_path / "papers.bib").write_text("".join(papers), "utf-8")
    result = render_pdf(Request(tmp_path / "profile.yaml", "v", "classic", engine), tmp_path)
    if language == "he":
        assert examine_pdf(result.pdf, result.job, None) == ()
    page = result.pages[0]
    middle = page.width / 2
    rect = {squeeze(box.text): box for box in page.rects}
    year = next(box for text, box in rect.items() if "2022" in text)
    assert year.right < middle, "dates stand at the end of the line, which is the left one"
    bullet = next(char for char in page.chars if char.text == "•")
    assert bullet.box.left > page.width - 30 * PT_PER_MM, "bullets hang at the right"
    lines = [line for one in result.pages for line in list_lines(one)]
    assert [run for run in STAND if not any(run in line for line in lines)] == []
    assert any(line.endswith("|12|") for line in lines), "the numbers of papers"


@pytest.mark.tex
def test_hebrew_beside_a_side_bar_is_clean_through_lualatex(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(profile("scripts").read_text("utf-8") + "language: he\n", "utf-8")
    result = render_pdf(Request(tmp_path / "profile.yaml", None, "modern", "lualatex", options=RUN_ONCE), tmp_path)
    assert examine_pdf(result.pdf, result.job, None) == ()


@pytest.mark.parametrize(
    ("theme", "engine"),
    [
        *((theme, "weasyprint") for theme in ("classic", "modern", "casual", "timeline")),
        *(pytest.param(theme, "lualatex", marks=pytest.mark.tex) for theme in ("modern", "casual", "timeline")),
    ],
)
def test_what_stands_at_an_end_of_the_line_changes_sides(tmp_path: Path, theme: str, engine: str) -> None:
    shutil.copy(MATRIX / "portrait.png", tmp_path)
    (tmp_path / "profile.yaml").write_text(
        "language: ar\nbasics: {name: ليلى حداد, image: portrait.png}\n"
        "work:\n  - {name: مختبر, start: 2019, end: 2022, highlights: [كتبت C++ و 11٬000 سطر]}\n",
        "utf-8",
    )
    result = render_pdf(Request(tmp_path / "profile.yaml", None, theme, engine, options=RUN_ONCE), tmp_path)
    with pypdfium2.PdfDocument(result.pdf) as pdf:
        images = [o.get_bounds() for o in pdf[0].get_objects(filter=[FPDF_PAGEOBJ_IMAGE])]
    page = result.pages[0]
    assert max(right for _, _, right, _ in images) < page.width / 2, "the photo stands at the left"
    place = {
        text: next(c.box for c in page.chars if c.text == text) for text in ("م", "•–"[theme == "casual"], "C", "+")
    }
    assert place["م"].left > page.width / 2
    assert place["C"].left < place["+"].left, "C++ keeps its signs at its end"
    if theme == "casual":
        year = next(char.box for char in page.chars if char.text == "9")
        assert year.left > place["م"].right, "dates stand before the text"


def test_xelatex_says_that_it_does_not_set_right_to_left(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("language: ar\nbasics: {name: ليلى}\n", "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-e", "xelatex")
    assert ran.code == 1
    assert "-e lualatex" in ran.err


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_chinese_lines_do_not_begin_with_closing_marks(tmp_path: Path, engine: str) -> None:
    for margin in ("24", "35") if engine == "xelatex" else ("24", "27", "31", "35"):
        career = profile("scripts").read_text("utf-8") + "language: zh\n"
        (tmp_path / "profile.yaml").write_text(career, "utf-8")
        request = Request(tmp_path / "profile.yaml", None, "ats", engine, options={**RUN_ONCE, "margin": margin})
        lines = render_pdf(request, tmp_path).pages[0].text.splitlines()
        assert not [line for line in lines if line[:1] in "，。、：；）”！？"], margin
        assert not [line for line in lines if line.rstrip()[-1:] in "（“"], margin


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_chinese_lines_break_between_words_in_latin_letters_never_within(tmp_path: Path, engine: str) -> None:
    skills = "language: zh\nbasics: {name: 林薇}\nskills:\n" + "".join(
        f"  - {{name: 编程{'语' * n}, keywords: [Python, C++, CUDA, C++, Triton, C++, Rust]}}\n" for n in range(12)
    )
    (tmp_path / "profile.yaml").write_text(skills, "utf-8")
    request = Request(tmp_path / "profile.yaml", None, "modern", engine, options=RUN_ONCE)
    page = render_pdf(request, tmp_path).pages[0]
    chars = [char for char in page.chars if char.text.strip()]
    words = list(re.finditer(r"C\+\+|编程语*|[A-Z][a-z]+", "".join(char.text for char in chars)))
    assert len(words) > 60
    for word in words:
        heights = [char.box.bottom for char in chars[word.start() : word.end()]]
        assert max(heights) - min(heights) < 8, word[0]


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_a_date_of_two_lines_pushes_nothing_down(tmp_path: Path, engine: str) -> None:
    (tmp_path / "profile.yaml").write_text(
        "language: zh\nbasics: {name: 林薇}\neducation:\n  - institution: 东湖理工大学\n    study_type: 博士\n"
        "    summary: 绩点\n    start: 2018-10\n    end: 2022-12\n",
        "utf-8",
    )
    request = Request(tmp_path / "profile.yaml", None, "casual", engine, options=RUN_ONCE)
    page = render_pdf(request, tmp_path).pages[0]
    rows = {word: next(char.box for char in page.chars if char.text == word) for word in "湖士点"}
    end = next(char.box for char in page.chars if char.text == "～" and char.box.left < 150)
    assert abs(rows["湖"].bottom - end.bottom) < 8, "the date breaks after its sign"
    assert abs((rows["湖"].bottom - rows["士"].bottom) - (rows["士"].bottom - rows["点"].bottom)) < 3


@pytest.mark.parametrize("name", ["classic", "compact", "casual", "timeline", "ats"])
def test_an_entry_without_more_holds_no_other_entry(tmp_path: Path, name: str) -> None:
    """A head stays with what follows in its entry; where nothing follows, a page may end after it."""
    entries = "".join(f"  - {{institution: School {n}, study_type: MA}}\n" for n in range(60))
    (tmp_path / "profile.yaml").write_text(f"basics: {{name: Nora Kemp}}\neducation:\n{entries}", "utf-8")
    page = render_pdf(Request(tmp_path / "profile.yaml", None, name, "weasyprint"), tmp_path).pages[0]
    assert min(box.bottom for box in page.rects if box.text.strip()) < 100


# --- a person's own


MANIFEST = """\
description: Two greens
extends: compact
options:
  accent: "#1f5a3a"
  heading_style: rule
  size: "10"
  tint:
    type: color
    default: "#eef5f0"
    description: Behind the head of an entry
"""
ENTRY = {
    "html": '<div class="entry" style="background: {{ options.tint }}">Station: {{ item.heading }}</div>\n',
    "latex": "Station: \\cvwhat{<< item.heading >>}\\par\n",
}


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_a_new_theme_of_ten_lines_and_one_template(tmp_path: Path, engine: str) -> None:
    assert len(MANIFEST.splitlines()) <= 10
    backend, suffix = ("html", "html") if engine == "weasyprint" else ("latex", "tex")
    theme = tmp_path / "themes/greens"
    (theme / backend).mkdir(parents=True)
    (theme / "theme.yaml").write_text(MANIFEST, "utf-8")
    (theme / backend / f"entry.{suffix}.j2").write_text(ENTRY[backend], "utf-8")
    (tmp_path / "profile.yaml").write_text(
        profile("minimal").read_text() + "work: [{name: Lab, date: 2024}]\n", "utf-8"
    )
    result = render_pdf(Request(tmp_path / "profile.yaml", None, "greens", engine, options=RUN_ONCE), tmp_path)
    assert "Station: Lab" in result.text
