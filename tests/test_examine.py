"""The examination of a PDF: what is whole is clean, and each way to break a theme is caught by the check for it."""

from __future__ import annotations

import atexit
import io
import re
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from rendering import FIXTURES, warm_backend

from cvgen.backends.backend import Job
from cvgen.examine import examine_pdf
from cvgen.examine.checks.links import is_allowed
from cvgen.examine.checks.table_of_checks import OPENS
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request
from cvgen.themes.theme import shipped_folder


@dataclass(frozen=True)
class Mutant:
    """A theme of a person that extends a shipped one and breaks something.

    ``css`` follows the theme's own styles; ``edits`` replaces in templates, by file, one text by another.
    """

    name: str
    caught_by: str
    pages: tuple[int | None, ...]
    """The pages on which it is found; any of them will do."""
    css: str = ""
    edits: tuple[tuple[str, str, str], ...] = ()
    extends: str = "classic"
    also: frozenset[str] = frozenset()
    """Other checks that find it too."""


def edit(file: str, old: str, new: str) -> tuple[tuple[str, str, str], ...]:
    return ((file, old, new),)


SECTIONS = '{% for section in doc.sections %}\n{% include "section.html.j2" %}'
NO_DATES = edit("entry.html.j2", '<div class="when">{{ item.dates }}</div></div>', "</div>")
MUTANTS = [
    Mutant("margin-too-wide", "margins", (1,), "@page { margin: 16mm 30mm; }"),
    Mutant("pushed-off-the-page", "margins", (2,), ".sub { margin-inline-start: 150mm; white-space: nowrap; }"),
    Mutant("colour-of-the-paper", "visible", (1,), ".sub { color: white; }", also=frozenset({"contrast"})),
    Mutant("too-pale", "contrast", (1,), ".sub { color: #ccc; }"),
    Mutant("cut-off", "visible", (1,), ".native { display: inline-block; width: 3mm; overflow: hidden; }"),
    Mutant(
        "section-left-out",
        "text",
        (2, 3),
        "",
        edit(
            "document.html.j2",
            SECTIONS,
            '{% for section in doc.sections if section.name != "skills" %}\n{% include "section.html.j2" %}',
        ),
    ),
    Mutant("dates-dropped", "text", (1,), "", NO_DATES, also=frozenset({"order"})),
    Mutant("capitalized", "text", (1,), ".text p { text-transform: capitalize; }"),
    Mutant(
        "titles-as-pictures",
        "text",
        (1,),
        "",
        edit(
            "section.html.j2",
            '<h2>{% include "heading.html.j2" %}</h2>',
            '<h2>{{ icon("github", options.accent) }}</h2>',
        ),
        also=frozenset({"lines", "tags"}),
    ),
    Mutant("letters-apart", "words", (1,), ".bullets li { letter-spacing: 0.25em; }"),
    Mutant(
        "columns-reversed",
        "order",
        (1,),
        "",
        edit(
            "document.html.j2",
            "<main>\n{% for section in columns.beside %}",
            "<main>\n{% for section in columns.side %}",
        )
        + edit(
            "document.html.j2",
            "<aside>\n{% for section in columns.side %}",
            "<aside>\n{% for section in columns.beside %}",
        ),
        "modern",
    ),
    Mutant(
        "section-twice",
        "repeated",
        (2, 3),
        "",
        edit(
            "document.html.j2", "</main>", '{% set section = doc.sections[-4] %}{% include "section.html.j2" %}</main>'
        ),
    ),
    Mutant("ligature-characters", "glyphs", (1,), '.what::before { content: "\\fb01"; }'),
    Mutant(
        "raw-template",
        "markup",
        (1,),
        "",
        edit(
            "entry.html.j2",
            "{{ parts.linked(item) }}",
            "{{ parts.linked(item) }}{% raw %} {{ item.aside }}{% endraw %}",
        ),
    ),
    Mutant("position-over-text", "overlap", (1,), ".label { position: absolute; top: 62mm; left: 0; }"),
    Mutant("negative-margin", "overlap", (1,), ".entry { margin-top: -0.8em; }"),
    Mutant(
        "page-number-over-text", "overlap", (2, 3), "@page { @bottom-center { margin-top: -150mm; height: 20mm; } }"
    ),
    Mutant(
        "area-too-narrow",
        "column",
        (1,),
        ".label { background: #e8eef5; width: 60mm; margin: 0 auto; white-space: nowrap; }",
    ),
    Mutant("heading-alone", "headings", (1,), "h2 { break-after: page; }"),
    Mutant(
        "empty-page", "empty", (4,), 'main::after { content: ""; display: block; break-before: page; height: 1cm; }'
    ),
    Mutant("label-runs-into-contact", "contacts", (1,), '.email::before { content: "Mail"; }'),
    Mutant("word-runs-into-date", "dates", (1,), '.when::before { content: "in"; }'),
    Mutant("line-before-the-name", "lines", (1,), 'header::before { content: "Curriculum vitae"; display: block; }'),
    Mutant(
        "strange-link",
        "links",
        (1,),
        "",
        edit("name.html.j2", "{{ parts.even(doc.name", '<a href="sms:5550100">{{ parts.even(doc.name')
        + edit("name.html.j2", '"bold") }}', '"bold") }}</a>'),
    ),
    Mutant(
        "links-lost",
        "links",
        (None,),
        "",
        edit("parts.html.j2", '<a class="titled" href="{{ item.url }}">{{ item.heading }}', "<a>{{ item.heading }}"),
    ),
    Mutant("no-title", "metadata", (None,), "", edit("document.html.j2", "<title>{{ doc.name | string }}</title>", "")),
]


def write_theme(mutant: Mutant, folder: Path) -> None:
    """Write the theme ``mutant`` into ``folder``."""
    html = folder / mutant.name / "html"
    html.mkdir(parents=True)
    (folder / mutant.name / "theme.yaml").write_text(f"extends: {mutant.extends}\n", "utf-8")
    style = f'{{% include "{mutant.extends}:style.css.j2" %}}\n{mutant.css}\n'
    (html / "style.css.j2").write_text(style, "utf-8")
    for file, old, new in mutant.edits:
        places = (html / file, *(shipped_folder() / name / "html" / file for name in (mutant.extends, "base")))
        text = next(place for place in places if place.is_file()).read_text("utf-8")
        assert old in text, f"{file} has changed"
        (html / file).write_text(text.replace(old, new), "utf-8")


@lru_cache(maxsize=1)
def folder() -> Path:
    """A folder with the profile of all fields, and beside it the themes of all mutants."""
    made = Path(tempfile.mkdtemp(prefix="cvgen-examine-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    shutil.copytree(FIXTURES / "matrix", made, dirs_exist_ok=True)
    for mutant in MUTANTS:
        write_theme(mutant, made / "themes")
    return made


def make(profile: Path, theme: str, engine: str = "weasyprint", variant: str | None = None) -> tuple[Job, bytes]:
    backend = warm_backend(engine)
    job = prepare(Request(profile, variant, theme, engine), backend).make_job()
    return job, backend.compile(job).pdf


@lru_cache(maxsize=40)
def made(theme: str) -> tuple[Job, bytes]:
    """The profile of all fields in ``theme``; a page and a half of it, and many kinds of entries."""
    return make(folder() / "profile.yaml", theme, variant="full")


# --- what is whole


@pytest.mark.parametrize(
    ("profile", "theme"),
    [
        ("huang/profile", "ats"),
        ("lu/profile", "ats"),
        ("budget/student", "ats"),
        ("budget/engineer", "modern"),
        ("budget/professor", "classic"),
    ],
)
def test_real_careers_are_clean(profile: str, theme: str) -> None:
    """In themes that tests/test_pages.py does not have; tests/test_matrix.py has Hebrew through LuaLaTeX."""
    job, pdf = make(FIXTURES / f"{profile}.yaml", theme)
    assert examine_pdf(pdf, job, None) == ()


@pytest.mark.parametrize("language", ["ar", "he", "ja", "ko", "ru", "zh"])
def test_other_scripts_are_clean(tmp_path: Path, language: str) -> None:
    text = (FIXTURES / "matrix/scripts.yaml").read_text("utf-8") + f"language: {language}\n"
    (tmp_path / "profile.yaml").write_text(text, "utf-8")
    for theme in ("classic", "modern"):
        job, pdf = make(tmp_path / "profile.yaml", theme)
        assert examine_pdf(pdf, job, None) == ()


def test_justified_and_hyphenated_text_is_clean() -> None:
    backend = warm_backend("weasyprint")
    request = Request(FIXTURES / "huang/profile.yaml", None, "classic", options={"text_align": "justified"})
    job = prepare(request, backend).make_job()
    assert examine_pdf(backend.compile(job).pdf, job, None) == ()


def test_several_threads_may_examine_at_once() -> None:
    job, pdf = made("classic")
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: examine_pdf(pdf, job, None), range(8))) == {()}


# --- what is broken: themes


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_theme_is_caught_by_the_check_for_it(mutant: Mutant) -> None:
    job, pdf = made(mutant.name)
    found = examine_pdf(pdf, job, None)
    assert {finding.check for finding in found} == {mutant.caught_by, *mutant.also}
    hits = [finding for finding in found if finding.check == mutant.caught_by]
    assert {finding.page for finding in hits} & set(mutant.pages)
    assert all(finding.problem.hint for finding in hits)


def test_a_missing_text_is_found_at_its_line() -> None:
    job, pdf = made("section-left-out")
    found = examine_pdf(pdf, job, None)
    lines = (folder() / "profile.yaml").read_text("utf-8").splitlines()
    (place,) = {finding.problem.location for finding in found if finding.problem.message.endswith("'Rust'")}
    assert place is not None
    assert place.line is not None
    assert place.column is not None
    assert lines[place.line - 1][place.column - 1 :].startswith("Rust")


# --- what is broken: files


def resaved(pdf: bytes) -> bytes:
    """``pdf`` with its objects in plain text."""
    document = pypdfium2.PdfDocument(pdf)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def patched(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Puts ``new`` in the place of each ``old`` of the same length, so that the file's table still holds."""
    assert len(old) == len(new)

    def patch(pdf: bytes) -> bytes:
        plain = resaved(pdf)
        assert old in plain
        return plain.replace(old, new)

    return patch


def unprefixed(pdf: bytes) -> bytes:
    return re.sub(rb"/([A-Z]{6})[+]", rb"/\1-", resaved(pdf))


FILES = [
    pytest.param(unprefixed, {"fonts"}, id="font-as-a-whole"),
    pytest.param(patched(b"/FontFile", b"/FontFilX"), {"fonts", "text"}, id="font-not-embedded"),
    pytest.param(patched(b"/Marked true", b"/Marked null"), {"tags"}, id="not-tagged"),
    pytest.param(patched(b"/StructTreeRoot", b"/StructTreeRoox"), {"tags"}, id="no-structure"),
    pytest.param(patched(b"/Author", b"/Arthur"), {"metadata"}, id="no-author"),
    pytest.param(patched(b"/Lang", b"/Long"), {"metadata"}, id="no-language"),
    pytest.param(patched(b"/S/URI", b"/S/Lau"), {"links"}, id="link-without-action"),
    pytest.param(patched(b"(mailto:", b"(mailta:"), {"links"}, id="unknown-scheme"),
    pytest.param(lambda pdf: pdf[: len(pdf) // 3], {OPENS}, id="cut-off"),
    pytest.param(lambda pdf: b"", {OPENS}, id="empty"),
]


@pytest.mark.parametrize(("change", "checks"), FILES)
def test_a_broken_file_is_caught(change: Callable[[bytes], bytes], checks: set[str]) -> None:
    job, pdf = made("classic")
    assert {finding.check for finding in examine_pdf(change(pdf), job, None)} == checks


def build(*objects: bytes) -> bytes:
    """A PDF of these objects, of which the first is the catalog."""
    text, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(text)
    text += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return text + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def page_with(font: bytes, content: bytes, *more: bytes, catalog: bytes = b"") -> bytes:
    return build(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        font,
        *more,
    )


TEXT = b"BT /F 12 Tf 60 700 Td %s Tj ET"
DRAWN = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65/LastChar 65/Widths[9]" \
    b"/Encoding<</Differences[65/A]>>/CharProcs<</A 6 0 R>>/Resources<<>>>>"  # fmt: skip
SQUARE = b"<</Length 24>>\nstream\n9 0 0 0 9 9 d1 0 0 9 9 re f\nendstream"
BY_GLYPH = b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+X/Encoding/Identity-H/DescendantFonts[<</Type/Font" \
    b"/Subtype/CIDFontType2/BaseFont/AAAAAA+X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>]>>"  # fmt: skip
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TURNED = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"


def means(code: bytes) -> bytes:
    """A table by which the letter A is copied as ``code``."""
    table = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <%s> endbfchar" % code
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(table), table)


SCRIPT = b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>"


@pytest.mark.parametrize(
    ("pdf", "check", "words"),
    [
        pytest.param(page_with(DRAWN, TEXT % b"(A)", SQUARE), "fonts", "Type 3", id="type-3"),
        pytest.param(page_with(HELVETICA, TEXT % b"(A)"), "fonts", "not embedded", id="not-embedded"),
        pytest.param(page_with(BY_GLYPH, TEXT % b"<0000>"), "glyphs", "boxes", id="missing-glyph"),
        pytest.param(page_with(BY_GLYPH, TEXT % b"<0007>"), "glyphs", "cannot be copied", id="unmapped-glyph"),
        pytest.param(page_with(TURNED, TEXT % b"(A)", means(b"202E")), "glyphs", "U+202E", id="turns-the-order"),
        pytest.param(page_with(TURNED, TEXT % b"(A)", means(b"200B")), "glyphs", "U+200B", id="no-width"),
        pytest.param(page_with(TURNED, TEXT % b"(A)", means(b"E000")), "glyphs", "U+E000", id="private"),
        pytest.param(page_with(TURNED, TEXT % b"(A)", means(b"DB40DC41")), "glyphs", "U+E0041", id="tag"),
        pytest.param(page_with(HELVETICA, b"", catalog=SCRIPT), "links", "JavaScript", id="script"),
        pytest.param(page_with(HELVETICA, b""), "empty", "empty", id="empty-page"),
    ],
)
def test_a_foreign_file_is_caught(pdf: bytes, check: str, words: str) -> None:
    job, _ = made("classic")
    assert [f for f in examine_pdf(pdf, job, None) if f.check == check and words in f.problem.message]


def test_too_many_pages_are_caught() -> None:
    job, pdf = made("classic")
    (finding,) = examine_pdf(pdf, job, 2)
    assert (finding.check, finding.page) == ("budget", 3)
    assert examine_pdf(pdf, job, 3) == ()


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://localhost/x", True),
        ("mailto:nora@example.org", True),
        ("mailto:nora@example.org?subject=CV", True),
        ("tel:+4712345678", True),
        ("https:///nothing", False),
        ("https://example", False),
        ("https://exa mple.org", False),
        ("http://[::1", False),
        ("mailto:nora", False),
        ("tel:nora", False),
        ("javascript:alert(1)", False),
        ("file:///etc/hosts", False),
        ("data:text/html,x", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_which_links_are_allowed(url: str, allowed: bool) -> None:
    assert is_allowed(url) is allowed
