"""The check ``parsed``: each cause for which parsers miss fields is found, and alone, in a theme that has it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from rendering import FIXTURES
from test_examine import Mutant, edit, make, write_theme

from cvgen.examine import examine_pdf
from cvgen.examine.parser.text_lines import measure_gap

PROFILE = FIXTURES / "parsers" / "clinic.yaml"
BULLET = "{{ bullet.text }}{% if bullet.bullets %}"
FIRST = (
    '<div class="head"><div class="what">{{ parts.linked(item) }}</div><div class="when">{{ item.dates }}</div></div>'
)
SECOND = '<div class="head"><div class="sub">{{ item.subheading }}</div><div class="where">{{ item.aside }}</div></div>'
LATE = SECOND.replace("where", "when").replace("aside", "dates") + '<div class="late">{{ item.aside }}</div>'
CAUSES = {
    "not in capitals": Mutant("plain-titles", "parsed", (1,), "h2 { text-transform: none; }"),
    "so close that readers join": Mutant("close-name", "parsed", (1,), "h1 { margin-bottom: 0; }"),
    "user name without its address": Mutant(
        "handles",
        "parsed",
        (1,),
        edits=edit("parts.html.j2", "{{ contact_text(contact, options.icons) }}", "{{ contact.text }}"),
        also=frozenset({"links"}),
    ),
    "as a bullet": Mutant("squares", "parsed", (1,), 'ul.bullets > li::before { content: "■"; }'),
    "changes its style": Mutant(
        "two-styles",
        "parsed",
        (1,),
        edits=edit(
            "parts.html.j2",
            BULLET,
            "{{ bullet.text.cut(4)[0] }}<b>{{ bullet.text.cut(4)[1] }}</b>" + BULLET.removeprefix("{{ bullet.text }}"),
        ),
    ),
    "begins too close": Mutant("close-entries", "parsed", (1,), ".section-entries > .entry { margin-top: 2pt; }"),
    "has other text close": Mutant(
        "close-dates",
        "parsed",
        (1,),
        ".head, .head > * { display: inline; } .keep { display: block; } .head + .head { display: block; }"
        " .head > :last-child { padding-inline-start: 0.4em; }",
    ),
    "is drawn after the line below": Mutant(
        "late-places",
        "parsed",
        (1,),
        ".late { margin-top: -2.6em; height: 2.6em; text-align: end; }",
        edits=edit("entry.html.j2", FIRST, '<div class="head"><div class="what">{{ parts.linked(item) }}</div></div>')
        + edit("entry.html.j2", SECOND, LATE),
        also=frozenset({"overlap"}),
    ),
}


@cache
def themes() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cvgen-parsed-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "profile.yaml").write_text(PROFILE.read_text("utf-8"), "utf-8")
    for mutant in CAUSES.values():
        write_theme(replace(mutant, extends="ats"), folder / "themes")
    return folder


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_is_found_alone(cause: str) -> None:
    mutant = CAUSES[cause]
    job, pdf = make(themes() / "profile.yaml", mutant.name)
    found = examine_pdf(pdf, job, None)
    assert {finding.check for finding in found} == {"parsed", *mutant.also}
    hits = [finding.problem for finding in found if finding.check == "parsed"]
    assert all(cause in problem.message or "more of this kind" in problem.message for problem in hits)
    assert all(problem.hint for problem in hits)


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
@pytest.mark.parametrize("name", ["clinic", "platform", "operations"])
def test_the_theme_itself_has_none(name: str, engine: str) -> None:
    job, pdf = make(PROFILE.with_name(f"{name}.yaml"), "ats", engine)
    assert examine_pdf(pdf, job, None) == ()


@pytest.mark.parametrize(
    ("above", "below", "gap"), [(20.5, 10.0, 11), (20.4, 10.0, 10), (19.3, 10.0, 9), (21.5, 10.0, 12)]
)
def test_half_a_point_is_rounded_up_as_parsers_in_javascript_do(above: float, below: float, gap: int) -> None:
    """A gap of 10.5 pt among those of 10.6 pt is one of them, or entries of two lines look too close."""
    assert measure_gap(above, 10.0) == gap
