"""The examination of what the eye meets: more ways to break a theme's pages, and what is whole though unusual."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from pathlib import Path

import pypdfium2
import pytest
from rendering import FIXTURES
from test_examine import FILES, Mutant, edit, make, write_theme
from test_examine import MUTANTS as CHIEF_MUTANTS
from test_examine_text import MUTANTS as TEXT_MUTANTS

from cvgen.backends.backend import Job
from cvgen.examine import Finding, examine_pdf
from cvgen.examine.checks.table_of_checks import CHECKS

LATEX = "xelatex"
JOBS = "basics: {name: Nora Kemp}\nwork:\n" + "".join(
    f"  - {{name: Acme {number}, position: Dev, summary: Text of job {number} goes here.}}\n" for number in range(50)
)
SHORT = "basics: {name: Nora Kemp}\nskills: [{name: Rust}]\n"


@dataclass(frozen=True)
class Whole:
    """A theme that is unusual, and not broken."""

    name: str
    css: str = ""
    extends: str = "classic"


WHOLE = [
    Whole("name-below", "@page { @bottom-left { content: 'Nora Kemp'; } }"),
    Whole("page-of", "@page { @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages); } }"),
    Whole("bracketed", "@page { @bottom-center { content: '[' counter(page) ']'; } }"),
    Whole("head-line", "@page { @top-left { content: 'Curriculum vitae'; } @top-right { content: counter(page); } }"),
    Whole("named-font", "h1 { font-family: 'DejaVu Sans', sans-serif; }"),
    Whole("symbols", ".where::before { content: '\\25B8 '; font-family: Symbola; }"),
    Whole("code-on-grey", "code { background: #eee; border: 1px solid #999; padding: 0 2px; }"),
    Whole("bleed", "@page { bleed: 3mm; marks: crop; }"),
]


@dataclass(frozen=True)
class Broken(Mutant):
    """A broken theme, and the profile that shows it; ``tex`` follows the theme's own LaTeX."""

    tex: str = ""
    profile: str = "profile"

    @property
    def engine(self) -> str:
        return LATEX if self.tex else "weasyprint"


def linked(url: str) -> tuple[tuple[str, str, str], ...]:
    """The edits that make the name a link to ``url``."""
    name = "{{ parts.even(doc.name"
    return edit("name.html.j2", name, f'<a href="{url}">{name}') + edit("name.html.j2", '"bold") }}', '"bold") }}</a>')


HEADING = '<h2>{% include "heading.html.j2" %}</h2>'
MUTANTS = [
    Broken("letter-for-a4", "paper", (1,), "@page { size: letter; }"),
    Broken("first-page-a5", "paper", (1,), "@page:first { size: 160mm 297mm; }"),
    Broken("landscape", "paper", (2,), "@page { size: A4 landscape; }"),
    Broken("tiny-bullets", "size", (1,), ".bullets li { font-size: 3pt; }"),
    Broken("tiny-papers", "size", (1, 2), ".pub { font-size: 4pt; }"),
    Broken("tiny-marks", "size", (1, 2), "sup.marks { font-size: 0.3em; }"),
    Broken("tiny-tex", "size", (1,), tex=r"\renewcommand\cvsub[1]{{\fontsize{3}{4}\selectfont#1}}"),
    Broken("scaled-tex", "size", (1,), tex=r"\renewcommand\cvsub[1]{\scalebox{0.4}{#1}}"),
    Broken("mirrored", "turned", (1,), ".label { transform: scaleX(-1); }"),
    Broken("upside-down", "turned", (1,), ".label { transform: rotate(180deg); }"),
    Broken("sloping", "turned", (1,), ".label { transform: rotate(3deg); }"),
    Broken("mirrored-tex", "turned", (1,), tex=r"\renewcommand\cvsub[1]{\reflectbox{#1}}"),
    Broken("white-marks", "contrast", (1, 2), "sup.marks { color: white; }", also=frozenset({"visible"})),
    Broken(
        "white-letter",
        "contrast",
        (1,),
        edits=edit(
            "line.html.j2",
            '<span class="what">{{ parts.linked(item) }}',
            '<span class="what">Ru<span style="color: white">s</span>t',
        ),
        profile="short",
    ),
    Broken(
        "picture-over-text",
        "overlap",
        (1,),
        ".photo { position: absolute; top: 46mm; left: 0; width: 60mm; opacity: 0.5; }",
    ),
    Broken("photo-stretched", "photo", (1,), ".photo { width: 24mm; height: 20mm; }", profile="portrait"),
    Broken("photo-off", "photo", (1,), ".photo { margin-inline-end: -65mm; }", profile="portrait"),
    Broken("photo-too-wide", "photo", (1,), ".photo { width: 200mm; float: none; }", profile="portrait"),
    Broken("margins-too-narrow", "margins", (1, 2), "@page { margin: 5mm 18mm; }"),
    Broken("struck-through", "overlap", (1,), ".bullets { text-decoration: line-through; }"),
    Broken("struck-tex", "overlap", (1,), tex=r"\renewcommand\cvsub[1]{\rlap{\rule[0.2em]{4cm}{0.5pt}}\textit{#1}}"),
    Broken(
        "white-box",
        "visible",
        (1, 2),
        "header::after { content: ''; position: absolute; left: 0; top: 93mm; width: 100%; height: 1.6mm;"
        " background: white; }",
    ),
    Broken("page-for-each-section", "empty", (2,), "section { break-before: page; }"),
    Broken("page-for-the-head", "empty", (1,), "header { break-after: page; }"),
    Broken(
        "white-rule-tex",
        "visible",
        (1,),
        tex=r"\renewcommand\cvsub[1]{\leavevmode\setbox0\hbox{#1}\copy0\llap{\color{white}\rule{0.5\wd0}{0.3em}}}",
    ),
    Broken("cut-in-half", "visible", (1,), ".label { height: 0.5em; margin-bottom: 0.8em; overflow: hidden; }"),
    Broken("unasked-link", "links", (1,), edits=linked("https://example.org/made-with")),
    Broken("relative-link", "links", (1,), edits=linked("cv.html")),
    Broken(
        "contacts-swapped",
        "links",
        (1,),
        edits=edit(
            "parts.html.j2", "contact_link(contact, color) }}", "contact_link(contact, color, list[-loop.index].url) }}"
        )
        + edit(
            "parts.html.j2", "contact_link(contact, color=options.accent) %}", "contact_link(contact, color, url) %}"
        )
        + edit("parts.html.j2", '<a href="{{ contact.url }}"{% if options', '<a href="{{ url }}"{% if options'),
    ),
    Broken(
        "paper-links-swapped",
        "links",
        (1, 2),
        edits=edit(
            "parts.html.j2", '· <a class="link" href="{{ link.url }}"', '· <a href="{{ item.links[-loop.index].url }}"'
        ),
    ),
    Broken("font-not-found", "fonts", (1,), "h1 { font-family: 'Gotham Pro'; }"),
    Broken("font-of-tex", "fonts", (1,), tex=r"\renewcommand\cvsub[1]{{\usefont{T1}{ptm}{m}{n}#1}}"),
    Broken("font-by-default", "fonts", (1,), tex=r"\renewcommand\cvsub[1]{{\fontfamily{lmr}\selectfont#1}}"),
    Broken("font-of-icons", "fonts", (1,), ".phone::before { font-family: Symbola; content: '\\260E '; }"),
    Broken(
        "titles-untagged",
        "tags",
        (None,),
        "section .title { font-size: 1.2em; font-weight: bold; break-after: avoid; }",
        edits=edit(
            "section.html.j2",
            '<h2>{% include "heading.html.j2" %}</h2>',
            '<div class="title">{{ section.title }}</div>',
        ),
    ),
    Broken(
        "bullets-untagged",
        "tags",
        (None,),
        edits=edit(
            "parts.html.j2",
            '<ul class="bullets{% if list | length > 1 and list[0].text | string | length < 80 %} brief{% endif %}">',
            "<div>",
        )
        + edit("parts.html.j2", "</ul>", "</div>")
        + edit("parts.html.j2", "<li{{ at(bullet) }}>", "<div{{ at(bullet) }}>• ")
        + edit("parts.html.j2", "</li>", "</div>"),
    ),
]

NO_ROOM = Broken("no-room", "", (), "@page { size: 30mm 60mm; margin: 1mm; } @page :first { size: 30mm 60mm; }")


@lru_cache(maxsize=1)
def folder() -> Path:
    """A folder with the profiles, and beside them the themes of this file."""
    made = Path(tempfile.mkdtemp(prefix="cvgen-examine-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    shutil.copytree(FIXTURES / "matrix", made, dirs_exist_ok=True)
    (made / "jobs.yaml").write_text(JOBS, "utf-8")
    (made / "short.yaml").write_text(SHORT, "utf-8")
    for theme in WHOLE:
        write_theme(Mutant(theme.name, "", (), theme.css, extends=theme.extends), made / "themes")
    (made / "portrait.yaml").write_text(SHORT.replace("Kemp", "Kemp, image: portrait.png"), "utf-8")
    for mutant in (*MUTANTS, NO_ROOM):
        write_theme(mutant, made / "themes")
        if mutant.tex:
            style = made / "themes" / mutant.name / "latex/style.tex.j2"
            style.parent.mkdir()
            style.write_text(f'<% include "{mutant.extends}:style.tex.j2" %>\n{mutant.tex}\n', "utf-8")
    return made


@lru_cache(maxsize=40)
def made(theme: str, profile: str = "profile", engine: str = "weasyprint") -> tuple[Job, bytes]:
    return make(folder() / f"{profile}.yaml", theme, engine, "full" if profile == "profile" else None)


@lru_cache(maxsize=len(MUTANTS))
def examined(mutant: Broken) -> tuple[Finding, ...]:
    job, pdf = made(mutant.name, mutant.profile, mutant.engine)
    return examine_pdf(pdf, job, None)


# --- what is whole


@pytest.mark.parametrize(
    ("theme", "profile"),
    [
        *(pytest.param(theme, "profile", id=f"{theme.name}-profile") for theme in WHOLE),
        *(pytest.param(theme, name, id=f"{theme.name}-{name}") for theme, name in zip(WHOLE, cycle(["jobs", "short"]))),
    ],
)
def test_an_unusual_theme_is_clean(theme: Whole, profile: str) -> None:
    """Each with the profile of all fields, and with one of the two that fill more pages or less than one."""
    job, pdf = made(theme.name, profile)
    assert examine_pdf(pdf, job, None) == ()


@pytest.mark.tex
def test_page_numbers_through_latex_are_clean() -> None:
    job, pdf = made("classic", "jobs", LATEX)
    assert examine_pdf(pdf, job, None) == ()


# --- what is broken


@pytest.mark.parametrize(
    "mutant",
    [pytest.param(one, id=one.name, marks=[pytest.mark.tex] if one.tex else []) for one in MUTANTS],
)
def test_a_broken_page_is_caught_by_the_check_for_it(mutant: Broken) -> None:
    found = examined(mutant)
    assert {finding.check for finding in found} == {mutant.caught_by, *mutant.also}
    hits = [finding for finding in found if finding.check == mutant.caught_by]
    assert {finding.page for finding in hits} & set(mutant.pages)
    assert all(finding.problem.hint for finding in hits)


def test_no_check_is_idle() -> None:
    """For each check there is something that it alone catches; each of these is examined by a test of its own."""
    broken = [*CHIEF_MUTANTS, *TEXT_MUTANTS, *MUTANTS]
    alone = [{mutant.caught_by} for mutant in broken if not mutant.also] + [case.values[1] for case in FILES]
    elsewhere = {
        "budget",  # test_too_many_pages_are_caught
        "punctuation",  # test_stray_punctuation_is_found
        "separators",  # test_a_small_fault_is_found
        "parsed",  # tests/test_parsed_structure.py
    }
    caught = {check for checks in alone if isinstance(checks, set) and len(checks) == 1 for check in checks}
    assert set(CHECKS) - elsewhere <= caught


def test_what_is_wrong_everywhere_is_told_shortly() -> None:
    job, pdf = made("no-room")
    found = examine_pdf(pdf, job, None)
    checks = {finding.check for finding in found}
    assert len(found) <= 60 * len(checks)
    for check in checks:
        more = [
            finding for finding in found if finding.check == check and "more of this kind" in finding.problem.message
        ]
        assert len(more) <= 1
        for page in {finding.page for finding in found} - {None}:
            assert sum((finding.check, finding.page) == (check, page) for finding in found) <= 5


def test_a_page_on_its_side_is_caught() -> None:
    job, pdf = made("name-below")
    document = pypdfium2.PdfDocument(pdf)
    document[1].set_rotation(90)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    found = {(finding.check, finding.page) for finding in examine_pdf(buffer.getvalue(), job, None)}
    assert ("paper", 2) in found
    assert not {"margins", "visible", "contrast", "turned"} & {check for check, _ in found}


def test_a_page_whose_corner_is_not_at_zero_is_read_as_before() -> None:
    """Printers move pages on a larger sheet; the links, which are not part of what is painted, stay here."""
    mutant = next(mutant for mutant in MUTANTS if mutant.name == "struck-through")
    job, pdf = made(mutant.name)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        left, bottom, right, top = page.get_mediabox()
        for set_box in (page.set_mediabox, page.set_trimbox, page.set_bleedbox):
            set_box(left + 100, bottom + 40, right + 100, top + 40)
        for thing in page.get_objects(max_depth=1):
            thing.transform(pypdfium2.PdfMatrix().translate(100, 40))
        page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    found = examine_pdf(buffer.getvalue(), job, None)
    assert [finding for finding in found if finding.check != "links"] == list(examined(mutant))
