"""The examination can be believed: right pages of unusual texts are clean, and small faults are found."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest
from helpers import read_told, run_cvgen
from test_examine import Mutant, edit, make, write_theme

from cvgen.examine import Finding, examine_pdf
from cvgen.examine.checks.links import dials

EMOJI = ("👩‍🔬", "🏳️‍🌈", "👍🏽", "👨‍👩‍👧‍👦", "1️⃣", "#️⃣", "❤️", "☎️", "🇳🇴", "🇩🇪🇫🇷", "🚀", "☕︎", "👩🏿‍💻", "🏴‍☠️", "©️", "™️")
COMPOSED = "basics: {name: Nora Kemp 👩‍🔬, label: Engineer 🇳🇴}\nwork:\n" + "".join(
    f"  - name: 'Firm {sign}'\n    position: '{sign} Lead'\n    date: {2000 + number}\n"
    f"    highlights: ['Ran {sign} on.', '{sign}']\n"
    for number, sign in enumerate(EMOJI)
)
COMPOSED += "skills:\n" + "".join(
    f"  - {{name: 'Tool {sign}', keywords: ['{sign}', 'Go {sign}']}}\n" for sign in EMOJI[:6]
)
COMPOSED += "sections: {fun: {title: Fun 👩‍🔬 and 🏳️‍🌈, text: I ❤️ maps 🗺️ and 👩‍🔬.}}\n"
EQUAL = """\
basics: {name: Nora Kemp, label: Projects}
work:
  - {name: Projects, position: Skills, start: 2020, end: present, summary: Work on Projects. Skills matter,
     highlights: [Projects, Education, I like Skills.]}
  - {name: Education, position: Talks, location: Languages, start: 2019, end: 2020}
education: [{institution: Education, study_type: MSc, area: Skills, start: 2012, end: 2017}]
projects: [{name: Work, summary: Projects}, {name: Experience, role: Education}]
skills: [{name: Languages, keywords: [Rust, Experience]}, {name: Skills, keywords: [Projects]}]
languages: [{language: English, fluency: native}]
sections:
  one: {title: Talks, entries: [{title: Talks}, {title: Second}]}
  two: {title: Talks, entries: [{title: Third}]}
  three: {title: Experience, text: "Experience\\n\\nOf much Education"}
  four: {title: Education, highlights: [Education, Talks]}
"""
_WORDS = re.findall(r"\w+", "the harbour pilots and weather stations of the northern coast measure the tides each day")
RUNNING = "basics: {name: Nora Kemp}\nskills: [{name: Rust}]\neducation: [{institution: Fjord}]\nwork:\n" + "".join(
    f"  - name: Acme {count}\n    position: Lead of {count} {' '.join(_WORDS[: count % 8])}\n"
    f"    date: {1990 + count}\n    summary: {' '.join((_WORDS * 2)[:count])} Education\n"
    f"    highlights: [{' '.join((_WORDS * 2)[: count + 1])} Skills]\n"
    for count in range(8, 30)
)
RIGHT = {"composed": COMPOSED, "equal": EQUAL, "running": RUNNING}


@pytest.mark.parametrize("theme", ["ats", "casual", "compact", "modern"])
@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_right_page_is_clean(tmp_path: Path, name: str, theme: str) -> None:
    (tmp_path / "profile.yaml").write_text(RIGHT[name], "utf-8")
    job, pdf = make(tmp_path / "profile.yaml", theme)
    assert examine_pdf(pdf, job, None) == ()


@pytest.mark.parametrize("theme", ["ats", "classic"])
@pytest.mark.parametrize("name", ["Noor van den Berg-Haddad", "Tomasz Okoro-Lindqvist", "Żaneta Brzęczyszczykiewicz"])
def test_a_long_name_may_be_in_papers_too(tmp_path: Path, name: str, theme: str) -> None:
    book = "@book{{{}, {}, title = {{On {}}}, year = 2021, publisher = {{Quay}}}}\n"
    people = (f"author = {{{name}}}", f"author = {{Long, Ada}}, editor = {{{name}}}", f"translator = {{{name}}}")
    papers = "".join(book.format(key, one, key) for key, one in zip("abc", people, strict=True))
    (tmp_path / "papers.bib").write_text(papers, "utf-8")
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics: {{name: {name}}}\nbibliography: {{files: [papers.bib]}}\n", "utf-8")
    job, pdf = make(profile, theme)
    assert examine_pdf(pdf, job, None) == ()


@pytest.mark.tex
@pytest.mark.parametrize(("name", "theme"), [("composed", "classic"), ("equal", "modern"), ("running", "compact")])
def test_a_right_page_is_clean_through_xelatex(tmp_path: Path, name: str, theme: str) -> None:
    (tmp_path / "profile.yaml").write_text(RIGHT[name], "utf-8")
    job, pdf = make(tmp_path / "profile.yaml", theme, "xelatex")
    assert examine_pdf(pdf, job, None) == ()


FAULTS_BIB = """\
@article{one, author = {Kemp, Nora and Long, Ada and Keller, Jonas}, author+an = {1=equal; 2=equal},
  title = {Errors that name their cure}, journal = {Journal of Builds}, year = {2023}}
"""
FAULTS = """\
basics: {name: Nora Kemp, email: nora@example.org, phone: +47 22 33 44 55, url: https://kemp.example.org}
bibliography: {files: [papers.bib]}
work:
  - {name: Halyard, position: Principal engineer, start: 2020, end: present, url: https://halyard.example.com,
     mentor: Jane Long, highlights: [Ran the build., Wrote it., Led six.]}
  - {name: Quayside, position: Trainee, start: 2018, end: 2019}
  - {name: Larboard, position: Intern, start: 2016, end: 2017}
education: [{institution: Fjord University, study_type: MSc, start: 2012, end: 2015, advisor: Jane Long}]
talks:
  - {title: Fast tides, event: WeatherCon, date: 2021, highlights: [The best talk.]}
  - {title: Slow tides, date: 2019}
skills: [{name: Languages, keywords: [Rust, Go, C]}, {name: Tools, keywords: [Bazel]}]
"""
DATES = '<div class="when">{{ item.dates }}</div></div>\n{% if item.sub'
LINK = '<a href="{{ contact.url }}"'
PRINTED = "{{ contact_text(contact, options.icons) }}"
ADDRESS = " ({{ address(item.url) }})"
BULLET = "<li{{ at(bullet) }}>"
COMMA = "{% if not loop.last %}{{ signs.name_comma }}{% endif %}"


def dated(dates: str) -> tuple[tuple[str, str, str], ...]:
    """The edit that prints ``dates``, an expression, in the place of an entry's dates."""
    return edit("entry.html.j2", DATES, DATES.replace("item.dates", dates))


SWAPPED = "{'2018 – 2019': '2016 – 2017', '2016 – 2017': '2018 – 2019'}.get(item.dates, item.dates)"
MOVED = "{'2018 – 2019': '2018 – 2019, 2016 – 2017', '2016 – 2017': ''}.get(item.dates, item.dates)"
MUTANTS = [
    Mutant(
        "short-bullet-twice",
        "repeated",
        (1,),
        edits=edit("parts.html.j2", BULLET, "{% if loop.index == 2 %}<li>{{ bullet.text }}</li>{% endif %}" + BULLET),
    ),
    Mutant(
        "no-comma-between-authors",
        "separators",
        (1,),
        edits=edit("parts.html.j2", COMMA, COMMA.replace("signs.name_comma", "' '")),
    ),
    Mutant(
        "no-comma-between-keywords",
        "separators",
        (1,),
        edits=edit(
            "parts.html.j2", "{{ detail }}{% if not loop.last %}{{ words.list_comma }}", "{{ detail }}{% if 1 %} "
        ),
    ),
    Mutant(
        "no-colon",
        "separators",
        (1,),
        edits=edit("line.html.j2", "{% if item.subheading %} – {% else %}{{ words.colon }}{% endif %}", " "),
    ),
    Mutant("dates-swapped", "order", (1,), edits=dated(SWAPPED)),
    Mutant("date-at-the-entry-before", "order", (1,), edits=dated(MOVED)),
    Mutant(
        "another-number-printed",
        "links",
        (1,),
        edits=edit("parts.html.j2", PRINTED, PRINTED.replace(" }}", " | replace('55', '56') }}")),
        also=frozenset({"text", "contacts"}),
    ),
    Mutant(
        "another-address-printed",
        "links",
        (1,),
        edits=edit("parts.html.j2", ADDRESS, ADDRESS.replace("item.url", "item.url | replace('example', 'sample')")),
        extends="ats",
    ),
    Mutant("address-not-printed", "links", (None,), edits=edit("parts.html.j2", ADDRESS, ""), extends="ats"),
    Mutant(
        "label-runs-into-value",
        "words",
        (1,),
        edits=edit("details.html.j2", ">{{ note }}<", ">{{ note | string | replace(': ', ':') }}<"),
    ),
    Mutant(
        "head-of-a-talk-alone",
        "headings",
        (1, 2, 3),
        ".dated .body > .bullets { break-before: page; }",
        extends="timeline",
        also=frozenset({"empty"}),
    ),
]


@lru_cache(maxsize=1)
def folder() -> Path:
    """A folder with the profile of all these faults, and beside it their themes."""
    made = Path(tempfile.mkdtemp(prefix="cvgen-examine-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    (made / "papers.bib").write_text(FAULTS_BIB, "utf-8")
    (made / "profile.yaml").write_text(FAULTS, "utf-8")
    for mutant in MUTANTS:
        write_theme(mutant, made / "themes")
    return made


def examine(theme: str) -> tuple[Finding, ...]:
    """What is found in the profile of the faults in ``theme``."""
    job, pdf = make(folder() / "profile.yaml", theme)
    return examine_pdf(pdf, job, None)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_small_fault_is_found(mutant: Mutant) -> None:
    found = examine(mutant.name)
    assert {finding.check for finding in found} - mutant.also == {mutant.caught_by}
    hits = [finding for finding in found if finding.check == mutant.caught_by]
    assert {finding.page for finding in hits} & set(mutant.pages)
    assert all(finding.problem.hint for finding in hits)


def test_the_profile_of_the_faults_is_clean_without_them() -> None:
    for theme in ("classic", "ats", "timeline"):
        assert examine(theme) == ()


@pytest.mark.parametrize(
    ("url", "text", "good"),
    [
        ("tel:+4722334455", "+47 22 33 44 55", True),
        ("tel:+4722334455", "0047 22 33 44 55", True),
        ("tel:+4722334455", "22 33 44 55", True),
        ("tel:+442079460018", "+44 (0)20 7946 0018", True),
        ("tel:+442079460018", "020 7946 0018", True),
        ("tel:+4930123456;ext=42", "+49 30 123456 ext. 42", True),
        ("tel:+4930123456;ext=42", "+49 30 123456 x42", True),
        ("tel:+4722334455", "Call me", True),
        ("tel:+4722334456", "+47 22 33 44 55", False),
        ("tel:+472233445", "+47 22 33 44 55", False),
        ("tel:+493012345642", "+49 30 123456 ext. 42", False),
        ("tel:+4930123456;ext=43", "+49 30 123456 ext. 42", False),
        ("tel:+4402079460018", "+44 (0)20 7946 0018", False),
        ("tel:22334455", "+47 22 33 44 55", False),
    ],
)
def test_a_link_dials_the_number_that_is_printed(url: str, text: str, good: bool) -> None:
    assert dials(url, text) is good


# --- text that the paper cuts off is told when it is rendered


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_text_beyond_the_paper_is_told_at_its_line(tmp_path: Path, engine: str) -> None:
    (tmp_path / "profile.yaml").write_text(
        "basics: {name: Nora Kemp}\nwork:\n  - name: Halyard\n    position: Rigger\n"
    )
    theme = tmp_path / "themes/cut"
    css = '{% include "classic:style.css.j2" %}\n.sub { text-indent: 190mm; white-space: nowrap; }'
    tex = '<% include "classic:style.tex.j2" %>\n\\renewcommand\\cvsub[1]{\\hbox to 0pt{\\hskip190mm#1\\hss}}'
    styles = {"html/style.css.j2": css, "latex/style.tex.j2": tex}
    for name, style in styles.items():
        (theme / name).parent.mkdir(parents=True)
        (theme / name).write_text(style + "\n")
    (theme / "theme.yaml").write_text("extends: classic\n")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-t", "cut", "-e", engine, "-o", tmp_path / "cv.pdf")
    (told,) = read_told(ran.err)
    assert (ran.code, told.severity) == (0, "warning")
    assert told.place.endswith("profile.yaml:4:15")
    assert "the edge of page 1 cuts off the text 'Rigger'" in told.message
    assert told.hint
    whole = run_cvgen("render", tmp_path / "profile.yaml", "-t", "classic", "-e", engine, "-o", tmp_path / "cv.pdf")
    assert (whole.code, whole.err) == (0, "")


# --- no head is alone

ALONE = "basics: {name: Nora Kemp}\n" + "".join(
    f"{section}:\n" + "".join(f"  - {{{fields.format(n)}, highlights: [Told of number {n}.]}}\n" for n in range(45))
    for section, fields in {"talks": "title: Tides {}, date: 2001", "skills": "name: Skill {}, level: good"}.items()
)


@pytest.mark.tex
@pytest.mark.parametrize("theme", ["classic", "timeline"])
def test_no_head_in_a_list_is_alone_at_the_foot(tmp_path: Path, theme: str) -> None:
    (tmp_path / "profile.yaml").write_text(ALONE, "utf-8")
    for engine in ("weasyprint", "xelatex"):
        job, pdf = make(tmp_path / "profile.yaml", theme, engine)
        assert examine_pdf(pdf, job, None) == ()
