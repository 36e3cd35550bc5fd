"""What the examination reads: who is who in a list of papers, what follows what, and what is only unusual."""

from __future__ import annotations

import atexit
import io
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from rendering import theme_cells
from test_examine import Mutant, edit, make, write_theme

from cvgen.backends.backend import Job
from cvgen.examine import Finding, examine_pdf
from cvgen.model.texts import find_texts

MARKS = '{% if author.marks %}<sup class="marks">{{ author.marks }}</sup>{% endif %}'
ALL_MARKS = '<sup class="marks">{{ item.authors | map(attribute="marks") | join("") }}</sup>'
AUTHORS = "{% for author in item.authors %}{% if author.after_gap %}"
OTHERS = "{% if item.truncated %}{{ signs.space }}{{ words.others }}{% endif %}"
SECTIONS = "{% for section in doc.sections %}"
BIB = """\
@article{one, author = {Kemp, Nora and Long, Ada and Keller, Jonas}, author+an = {1=equal; 2=equal, corresponding},
  title = {Errors that name their cure}, journal = {Journal of Builds}, year = {2023}}
@article{two, author = {Moreau, Zoe and Kemp, Nora and others}, author+an = {2=lead}, title = {Types for weather},
  journal = {Journal of Types}, year = {2023}}
@inproceedings{three, author = {Keller, Jonas and Kemp, Nora}, title = {Remembering what did not change},
  booktitle = {Build Systems}, year = {2021}}
"""
PROFILE = """\
basics: {name: Nora Kemp, email: nora@example.org, label: Engineer}
bibliography: {files: [papers.bib]}
work:
  - {name: Halyard, position: Principal engineer, start: 2020, end: present, highlights: [Ran the build., Wrote.]}
  - {name: Quayside, position: Trainee, start: 2018, end: 2019, highlights: [Drew the maps.]}
education: [{institution: Fjord University, study_type: MSc, start: 2012, end: 2017}]
skills: [{name: Languages, keywords: [Rust, Go]}, {name: Tools, keywords: [Bazel]}]
variants:
  v: {sections: [work, education, publications: {group_by: year, roles: true}, skills]}
"""
MUTANTS = [
    Mutant(
        "sections-backwards",
        "order",
        (1,),
        "",
        edit("document.html.j2", SECTIONS, SECTIONS.replace(" %}", " | reverse %}")),
    ),
    Mutant(
        "sections-by-name",
        "order",
        (1,),
        "",
        edit("document.html.j2", SECTIONS, SECTIONS.replace(" %}", " | sort(attribute='name') %}")),
    ),
    Mutant(
        "entries-backwards",
        "order",
        (1,),
        "",
        edit(
            "section.html.j2",
            "{% for item in section.items %}\n{% include",
            "{% for item in section.items | reverse %}\n{% include",
        ),
    ),
    Mutant(
        "group-of-another-year",
        "order",
        (1,),
        "",
        edit("section.html.j2", "{{ group.heading }}</h3>", "{{ section.groups[-loop.index].title }}</h3>"),
    ),
    Mutant(
        "mark-of-the-author-before",
        "authors",
        (1,),
        "",
        edit(
            "parts.html.j2",
            MARKS,
            "{% set other = item.authors[-1] if loop.first else loop.previtem %}"
            + MARKS.replace("author.marks", "other.marks"),
        ),
    ),
    Mutant(
        "every-mark-at-each-author",
        "authors",
        (1,),
        "",
        edit("parts.html.j2", MARKS, ALL_MARKS),
    ),
    Mutant(
        "marks-at-the-end",
        "authors",
        (1,),
        "",
        edit(
            "parts.html.j2",
            MARKS,
            "{% if loop.last %}" + ALL_MARKS + "{% endif %}",
        ),
    ),
    Mutant(
        "authors-backwards",
        "authors",
        (1,),
        "",
        edit("parts.html.j2", AUTHORS, AUTHORS.replace("item.authors", "item.authors | reverse")),
    ),
    Mutant("others-lost", "text", (1,), "", edit("parts.html.j2", OTHERS, "")),
    Mutant(
        "years-lost",
        "text",
        (None,),
        "",
        edit("parts.html.j2", "{{ item.year }}", ""),
        also=frozenset({"order"}),
    ),
    Mutant(
        "dates-twice",
        "repeated",
        (1,),
        "",
        edit(
            "details.html.j2",
            "{% if item.details or item.metrics %}",
            "<p>{{ item.dates }}</p>{% if item.details or item.metrics %}",
        ),
    ),
    Mutant(
        "python-in-the-text",
        "markup",
        (1,),
        "",
        edit("entry.html.j2", "{{ parts.linked(item) }}", "{{ parts.linked(item) }} {{ item.ref and none }}"),
    ),
    Mutant("bullets-in-one-line", "lines", (1,), ".bullets li { display: inline; }"),
    # what is as it should be
    Mutant(
        "marks-in-brackets",
        "",
        (),
        "",
        edit("parts.html.j2", MARKS, MARKS.replace("{{ author.marks }}", "({{ author.marks }})")),
    ),
    Mutant(
        "family-first",
        "",
        (),
        "",
        edit(
            "parts.html.j2",
            "{% else %}{{ author.name }}{% endif %}{% endmacro %}",
            "{% else %}{{ author.family }} {{ author.initials }}{% endif %}{% endmacro %}",
        ),
    ),
    Mutant("capitals", "", (), "h1, h2, .label { text-transform: uppercase; }"),
    Mutant(
        "numbered-titles",
        "",
        (),
        'body { counter-reset: s; } h2::before { counter-increment: s; content: counter(s) ". "; }',
    ),
    Mutant("titles-with-colons", "", (), 'h2::after { content: ":"; }'),
    Mutant("legend-with-colons", "", (), ".legend .marks::after { content: ':'; }"),
]


@lru_cache(maxsize=1)
def folder() -> Path:
    made_here = Path(tempfile.mkdtemp(prefix="cvgen-examine-text-"))
    atexit.register(shutil.rmtree, made_here, ignore_errors=True)
    (made_here / "profile.yaml").write_text(PROFILE, "utf-8")
    (made_here / "papers.bib").write_text(BIB, "utf-8")
    for mutant in MUTANTS:
        write_theme(mutant, made_here / "themes")
    return made_here


@lru_cache(maxsize=40)
def made_here(theme: str) -> tuple[Job, bytes]:
    return make(folder() / "profile.yaml", theme, variant="v")


def told(found: tuple[Finding, ...]) -> set[str]:
    return {finding.check for finding in found}


def test_the_profile_is_clean() -> None:
    for theme in ("classic", "casual", "compact", "modern"):
        job, pdf = made_here(theme)
        assert examine_pdf(pdf, job, None) == ()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant(mutant: Mutant) -> None:
    job, pdf = made_here(mutant.name)
    found = examine_pdf(pdf, job, None)
    assert told(found) == ({mutant.caught_by, *mutant.also} if mutant.caught_by else set()), found
    if mutant.caught_by:
        assert {finding.page for finding in found if finding.check == mutant.caught_by} & set(mutant.pages)
        assert all(finding.problem.hint for finding in found)


def test_what_both_readers_say_is_told_once() -> None:
    job, pdf = made_here("mark-of-the-author-before")
    messages = [finding.problem.message for finding in examine_pdf(pdf, job, None)]
    assert len(messages) == len(set(messages))
    assert "Nora Kemp has no mark in 'Errors that name their cure', and should have *" in messages
    assert not any("reads it" in message for message in messages)


@pytest.mark.parametrize(
    ("css", "check", "text"),
    [
        pytest.param(".sub { color: white; }", "visible", "Principal engineer", id="white"),
        pytest.param(".bullets li { font-size: 3pt; }", "size", "Ran the build.", id="small"),
        pytest.param(
            ".bullets li { margin-left: 160mm; white-space: nowrap; }", "margins", "Ran the build.", id="margin"
        ),
        pytest.param(".entry { margin-top: -0.8em; }", "overlap", "Wrote.", id="overlap"),
    ],
)
def test_what_is_found_on_a_page_is_told_at_its_line(tmp_path: Path, css: str, check: str, text: str) -> None:
    shutil.copytree(folder(), tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("themes"))
    write_theme(Mutant("mine", check, (1,), css), tmp_path / "themes")
    job, pdf = make(tmp_path / "profile.yaml", "mine", variant="v")
    place = next(finding for finding in examine_pdf(pdf, job, None) if finding.check == check).problem.location
    assert place is not None
    assert place.line is not None
    assert place.column is not None
    line = (tmp_path / "profile.yaml").read_text("utf-8").splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith(text)


# --- readers that the examination does not use itself


def read_by_poppler(pdf: bytes) -> str:
    ran = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return ran.stdout.decode("utf-8")


def read_by_pypdf(pdf: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("read", [read_by_poppler, read_by_pypdf])
@pytest.mark.parametrize("theme", [cell.values[0] for cell in theme_cells("weasyprint")])
def test_other_readers_find_every_word_whole(read: Callable[[bytes], str], theme: str) -> None:
    """tests/test_standards.py has the PDFs of LaTeX."""
    job, pdf = made_here(theme)
    words = set(re.findall(r"\w+", unicodedata.normalize("NFKC", read(pdf)).casefold()))
    typed = " ".join(str(text) for text in find_texts(job.document)).casefold()
    assert set(re.findall(r"\w+", typed)) - words == set()


# --- unusual and right

UNUSUAL = {
    "names-the-next-employer": "work: [{name: Google, position: Engineer, start: 2020, end: present, summary: Was at "
    "Acme.}, {name: Acme, position: Engineer, start: 2018, end: 2020}]",
    "formerly": "work: [{name: Google, position: 'Engineer, formerly Acme', start: 2020}, {name: Acme, start: 2018}]",
    "prize-of-a-prize": "awards: [{title: Prize, awarder: Society for Prize}, {title: Prize, awarder: City}]",
    "prize-for-a-role": "awards: [{title: Prize for teaching, awarder: University of the Coast}]\n"
    "teaching: [{course: Physics, role: teaching, institution: University of the Coast}]",
    "keyword-before-its-entry": "skills: [{name: Python, keywords: [Go]}, {name: Go}]",
    "skill-within-a-keyword": "skills: [{name: Backend, keywords: [Go, AI tools]}, {name: AI}]",
    "position-begins-with-a-title": "work: [{name: Acme, position: Skills trainer}]\nskills: [{name: Rust}]",
    "position-is-a-title": "work: [{name: Acme, position: Projects, start: 2020}]\nprojects: [{name: sluice}]",
    "power": "basics: {name: Nora Kemp, summary: It runs in $n^2$ steps and $O(n^2)$ space.}",
    "water": "work: [{name: Acme, position: Chemist, start: 2020, highlights: [H$_2$O and CO$_2$ in 3 towns.]}]",
    "only-a-one": "sections: {a: {title: Patents granted, text: '1'}}",
    "extension": 'basics: {name: Nora Kemp, phone: "+49 30 123456 ext. 42"}',
    "zero-in-brackets": 'basics: {name: Nora Kemp, phone: "+49 (0) 30 / 12 34-56"}',
    "en-dashes": 'basics: {name: Nora Kemp, phone: "+1 555–123–4567"}',
    "letters": 'basics: {name: Nora Kemp, phone: "+1-800-FLOWERS"}',
    "apostrophe-in-mail": "basics: {name: Nora Kemp, email: conor.o'neill@example.org}",
    "port": "basics: {name: Nora Kemp, url: 'https://example.org:8080/x'}",
    "brackets-in-an-address": "basics: {name: Nora Kemp, url: 'https://example.org/X_(Y)'}",
    "one-letter": "basics: {name: Nora Kemp, summary: x}",
    "half-time": "work: [{name: A, position: ½ time, start: 2020}, {name: B, start: 2019, end: 2020}]",
    "long-name": "basics: {name: Maria Fernanda Alejandra de la Santísima Trinidad Rodríguez y von Hohenstein}",
    "long-title": "sections: {a: {title: A title of a section that goes on and on and says nearly everything that the "
    "section has to say, text: Yes.}}",
    "two-hyphens": "work: [{name: Aix\u2011en\u2011Provence, position: Well-known, start: 2020}]",
    "same-jobs": "work: [{name: A, position: Dev, start: 2020, end: 2021}, "
    "{name: A, position: Dev, start: 2020, end: 2021}]",
    "skill-named-as-the-employer": "volunteer: [{organization: River University, position: Dev, date: 2020}]\n"
    "skills: [{name: Rust, keywords: [C]}, {name: River University, keywords: [Go]}]",
    "typed-none": "work: [{name: None, position: True or False, start: 2020}]",
}


@pytest.mark.parametrize("theme", ["classic", "modern", "casual"])
@pytest.mark.parametrize("career", UNUSUAL)
def test_what_is_unusual_is_clean(tmp_path: Path, career: str, theme: str) -> None:
    basics = "interests: [{name: Sailing}]\n" + ("" if "basics" in UNUSUAL[career] else "basics: {name: Nora Kemp}\n")
    (tmp_path / "profile.yaml").write_text(basics + UNUSUAL[career] + "\n", "utf-8")
    job, pdf = make(tmp_path / "profile.yaml", theme)
    assert examine_pdf(pdf, job, None) == ()


@pytest.mark.tex
@pytest.mark.parametrize("theme", ["classic", "modern"])
def test_short_lines_and_page_numbers_are_clean_through_latex(tmp_path: Path, theme: str) -> None:
    jobs = "".join(
        f"  - {{name: Acme {n}, position: Dev, start: {1950 + n}, summary: Text of job {n} goes here.}}\n"
        for n in range(50)
    )
    (tmp_path / "profile.yaml").write_text(f"basics: {{name: Nora Kemp}}\nwork:\n{jobs}", "utf-8")
    job, pdf = make(tmp_path / "profile.yaml", theme, "xelatex")
    assert examine_pdf(pdf, job, None) == ()
