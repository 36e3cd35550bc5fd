"""Budgets on real pages: three invented careers, three themes, one and two pages, read back from the PDFs."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pdf import Page, read_pages, squeeze
from rendering import FIXTURES, list_variations, shipped_themes, warm_backend
from summed_pages import value_parts

from cvgen.backends.backend import Layout
from cvgen.fit.fit import STEP
from cvgen.model.document import Document
from cvgen.model.refs import Ref
from cvgen.model.texts import find_texts
from cvgen.pipeline.fitting import Fitting, fit_document
from cvgen.pipeline.prepare import Prepared, prepare
from cvgen.pipeline.report import RenderReport, make_report
from cvgen.pipeline.request import Request
from cvgen.select.cut import Cut, cut_document
from cvgen.themes.options import NumberSpec

BUDGET = FIXTURES / "budget"
PEOPLE = {"student": "page", "engineer": "short", "professor": "all"}
"""Each profile, and its variant that selects all."""
PT_PER_MM = 72 / 25.4
PAIRS = (("student", "modern"), ("engineer", "classic"), ("professor", "compact"))
"""Each person in another theme."""
CELLS = [(person, theme, pages) for person, theme in PAIRS for pages in (1, 2)]


@dataclass(frozen=True)
class Fit:
    """A fitted document: what was prepared, what was chosen, and what a reader finds in the PDF."""

    prepared: Prepared
    fitting: Fitting
    report: RenderReport
    pdf: bytes
    pages: list[Page]

    @property
    def everything_is_shown(self) -> bool:
        return not self.fitting.fitted.cut.hidden


@lru_cache(maxsize=64)
def fit(person: str, theme: str, pages: int, engine: str = "weasyprint") -> Fit:
    backend = warm_backend(engine)
    request = Request(BUDGET / f"{person}.yaml", PEOPLE[person], theme, engine, pages=pages)
    prepared = prepare(request, backend)
    fitting = fit_document(prepared, backend)
    report = make_report(prepared, fitting, fitting.fitted.layout)
    pdf = backend.compile(fitting.job).pdf
    return Fit(prepared, fitting, report, pdf, read_pages(pdf))


@pytest.fixture(params=CELLS, ids=lambda cell: "-".join(map(str, cell)))
def cell(request: pytest.FixtureRequest) -> tuple[str, str, int]:
    found: tuple[str, str, int] = request.param
    return found


FULL = 0.845
"""cvgen fills a page to 0.85, counted to the foot of a line; letters end a little above it."""


def fullness(result: Fit) -> float:
    """How far down the last page its lowest text is, measured on the PDF alone; the page's number does not count."""
    page = result.pages[-1]
    margin = float(str(result.fitting.job.options["margin_vertical"])) * PT_PER_MM
    lowest = min(c.box.bottom for c in page.chars if c.text.strip() and c.box.bottom > margin - 4)
    return (page.height - margin - lowest) / (page.height - 2 * margin)


def test_the_budget_is_met_and_the_last_page_is_full(cell: tuple[str, str, int]) -> None:
    result = fit(*cell)
    assert len(result.pages) <= cell[2]
    if not result.everything_is_shown:
        assert len(result.pages) == cell[2]
        assert fullness(result) >= FULL
    elif fullness(result) < FULL:  # the profile has no more to say: it stands as airy as the theme allows
        assert result.fitting.fitted.density == -1


def test_no_size_leaves_its_range(cell: tuple[str, str, int]) -> None:
    result = fit(*cell)
    for name, spec in result.prepared.theme.options.items():
        if isinstance(spec, NumberSpec):
            assert spec.min <= float(str(result.fitting.job.options[name])) <= spec.max, name
    assert float(str(result.fitting.job.options["size"])) >= 9
    assert float(str(result.fitting.job.options["density"])) == pytest.approx(result.fitting.fitted.density, abs=1e-3)


def test_shown_and_left_out_are_all_there_is(cell: tuple[str, str, int]) -> None:
    report = fit(*cell).report
    rows = [row for name in ("shown", "shortened", "left_out") for row in report.as_dict()[name]]
    assert len(rows) == len({row["path"] for row in rows})
    parts = {row["path"] for row in rows if row["kind"] != "section"}
    assert parts == everything(cell[0])
    assert all(row.why for row in report.left_out)


@lru_cache(maxsize=4)
def everything(person: str) -> set[str]:
    """Every part of the profile, counted without cvgen's own listing: from the files' own words and keys."""
    import yaml

    profile = yaml.safe_load((BUDGET / f"{person}.yaml").read_text("utf-8"))
    found: set[str] = set()

    def add_bullets(owner: object, path: str) -> None:
        for index, bullet in enumerate(owner.get("highlights", []) if isinstance(owner, dict) else []):
            found.add(f"{path}.highlights.{index}")
            add_bullets(bullet, f"{path}.highlights.{index}")

    for name, entries in profile.items():
        if isinstance(entries, list):
            for index, entry in enumerate(entries):
                found.add(f"{name}.{index}")
                add_bullets(entry, f"{name}.{index}")
    for name, section in profile.get("sections", {}).items():
        add_bullets(section, f"sections.{name}")
        for index, entry in enumerate(section.get("entries", [])):
            found.add(f"sections.{name}.entries.{index}")
            add_bullets(entry, f"sections.{name}.entries.{index}")
    for key, overlay in profile.get("bibliography", {}).get("entries", {}).items():
        add_bullets(overlay, f"publications.{key}")
    for file in profile.get("bibliography", {}).get("files", []):
        for line in (BUDGET / file).read_text("utf-8").splitlines():
            if line.startswith("@") and not line.lower().startswith(("@string", "@comment", "@preamble")):
                found.add(f"publications.{line.partition('{')[2].rstrip(', ')}")
    return found


def test_what_is_left_out_is_not_printed_and_all_else_is(cell: tuple[str, str, int]) -> None:
    result = fit(*cell)
    printed = squeeze("\n".join(page.text for page in result.pages)).casefold()
    cut = result.fitting.fitted.cut
    kept = _texts(cut_document(result.prepared.draft, cut))
    missing = [text for text in kept.values() if squeeze(text).casefold() not in printed]
    assert missing == []
    for ref, text in _texts(result.prepared.draft.whole).items():
        if ref in cut.hidden and text not in kept.values() and len(text) > 40:
            assert squeeze(text).casefold() not in printed, text


def _texts(document: Document) -> dict[tuple[str | int, ...], str]:
    """The chief text of each entry, paper and bullet."""
    found: dict[tuple[str | int, ...], str] = {}
    for section in document.sections:
        for item in section.items:
            found[item.ref] = str(item.heading)
            found |= {bullet.ref: str(bullet.text) for bullet in item.bullets}
        for paper in (paper for group in section.groups for paper in group.items):
            found[paper.ref] = str(paper.title)
    return found


@pytest.mark.parametrize(("person", "theme"), PAIRS)
def test_more_pages_never_show_less(person: str, theme: str) -> None:
    shown = []
    for pages in (1, 2):
        result = fit(person, theme, pages)
        cut = result.fitting.fitted.cut
        refs = {part.ref for part in result.prepared.draft.parts}
        shown.append((refs - cut.hidden, refs - cut.hidden - cut.shortened))
    for (fewer, fewer_long), (more, more_long) in pairwise(shown):
        assert fewer <= more
        assert fewer_long <= more_long


def test_the_same_input_gives_the_same_bytes() -> None:
    first = fit("engineer", "classic", 1)
    backend = warm_backend("weasyprint")
    again = prepare(first.prepared.request, backend)
    assert backend.compile(fit_document(again, backend).job).pdf == first.pdf


@pytest.mark.tex
@pytest.mark.parametrize("person", ["engineer", "student"])
def test_through_latex_within_six_compilations(person: str) -> None:
    result = fit(person, "classic", 1, "xelatex")
    assert len(result.pages) == 1
    assert result.fitting.fitted.layouts <= 6
    assert fullness(result) >= FULL


def test_every_theme_says_where_each_part_stands() -> None:
    backend = warm_backend("weasyprint")
    paper = Layout((), 700.0, 210 * PT_PER_MM, 297 * PT_PER_MM)
    for theme in sorted(set(shipped_themes()) - list_variations()):
        prepared = prepare(Request(FIXTURES / "matrix" / "profile.yaml", theme=theme), backend)
        job = prepared.make_job()
        boxes = backend.measure_long(job, paper).boxes
        assert [part.ref for part in job.document.walk() if part.ref not in boxes] == [], theme


def test_a_theme_that_does_not_say_so_is_fitted_all_the_same(tmp_path: Path) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    (folder / "profile.yaml").write_text((BUDGET / "engineer.yaml").read_text("utf-8"), "utf-8")
    theme = folder / "themes" / "mine" / "html"
    theme.mkdir(parents=True)
    (theme.parent / "theme.yaml").write_text("extends: classic\n", "utf-8")
    entry = '<div class="entry"><h3>{{ item.heading }}</h3>{% include "details.html.j2" %}</div>'
    (theme / "entry.html.j2").write_text(entry, "utf-8")
    backend = warm_backend("weasyprint")
    prepared = prepare(Request(folder / "profile.yaml", "short", "mine", pages=1), backend)
    fitting = fit_document(prepared, backend)
    pdf = backend.compile(fitting.job)
    assert pdf.pages == 1
    assert backend.measure(fitting.job).fill >= 0.85


# --- again


@pytest.mark.parametrize(("person", "theme"), [pair for pair in PAIRS if pair[0] != "professor"])
def test_a_fit_of_what_a_fit_has_left_is_the_same(person: str, theme: str, tmp_path: Path) -> None:
    first = fit(person, theme, 1)
    assert not first.everything_is_shown
    profile = tmp_path / f"{person}.yaml"
    profile.write_text(without(person, {row["path"] for row in first.report.as_dict()["left_out"]}), "utf-8")
    backend = warm_backend("weasyprint")
    prepared = prepare(Request(profile, PEOPLE[person], theme, pages=1), backend)
    again = fit_document(prepared, backend)
    assert [part.label for part in prepared.draft.parts if part.ref in again.fitted.cut.hidden] == []
    assert backend.compile(again.job).pages == len(first.pages)
    # Wordings may be longer, and lines then closer: what is gone for good no longer holds them back.
    wordings = list(zip(_printed(first), _printed(again), strict=True))
    for before, after in wordings:
        assert len(after) >= len(before), (before, after)
    closer = again.fitted.density - first.fitting.fitted.density
    assert abs(closer) <= STEP + 0.001 or (closer > 0 and any(after != before for before, after in wordings))


def _printed(fitted: Fit | Fitting) -> list[str]:
    job = fitted.fitting.job if isinstance(fitted, Fit) else fitted.job
    return [" ".join(str(text).split()) for text in find_texts(job.document)]


def without(person: str, paths: set[str]) -> str:
    """The profile without the parts at ``paths``."""
    import yaml

    profile = yaml.safe_load((BUDGET / f"{person}.yaml").read_text("utf-8"))

    def keep(owner: object, path: str) -> None:
        if isinstance(owner, dict) and "highlights" in owner:
            bullets = list(enumerate(owner["highlights"]))
            for index, bullet in bullets:
                keep(bullet, f"{path}.highlights.{index}")
            owner["highlights"] = [one for index, one in bullets if f"{path}.highlights.{index}" not in paths]

    for name, entries in profile.items():
        if isinstance(entries, list):
            for index, entry in enumerate(entries):
                keep(entry, f"{name}.{index}")
            profile[name] = [entry for index, entry in enumerate(entries) if f"{name}.{index}" not in paths]
    # Blocks are written anew in quotes, in which a newline would be a paragraph
    text: str = yaml.safe_dump(_in_lines(profile), allow_unicode=True, sort_keys=False)
    return text


def _in_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_lines(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_in_lines(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value


# --- against every choice there is


WORDS = ("ledger", "build", "import", "stream", "replay", "shard", "index", "queue", "audit", "release", "cluster")


def random_career(seed: int) -> str:
    """Three sections with ten entries of a few to a dozen lines: more than one page, whatever is done."""
    draw = Random(seed)

    def entry(name: str, key: str, number: int) -> str:
        text = " ".join(draw.choice(WORDS) for _ in range(draw.randint(50, 190)))
        priority = draw.choice([-1, 0, 0, 1, 2])
        return (
            f"  - {{{key}: {name} {number}, date: {draw.randint(2008, 2025)}, priority: {priority}, summary: {text}}}\n"
        )

    sections = [("projects", "name", 4), ("volunteer", "organization", 3), ("teaching", "course", 3)]
    listed = "".join(f"{name}:\n" + "".join(entry(name, key, n) for n in range(count)) for name, key, count in sections)
    return f"basics: {{name: Nora Kemp}}\n{listed}"


@pytest.mark.parametrize("seed", range(3))
def test_no_choice_that_fits_real_pages_loses_much_less(seed: int, tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(random_career(seed), "utf-8")
    backend = warm_backend("weasyprint")
    theme = ("classic", "compact", "ats")[seed % 3]
    prepared = prepare(Request(tmp_path / "profile.yaml", theme=theme, pages=1), backend)
    fitting = fit_document(prepared, backend)
    hidden = fitting.fitted.cut.hidden
    assert hidden, "the career fits: nothing is tried"
    values = value_parts(prepared.draft.parts)
    entries = [part for part in prepared.draft.parts if part.kind == "entry"]
    sections = {part.ref: [entry.ref for entry in entries if entry.parent == part.ref] for part in prepared.draft.parts}

    def close(gone: frozenset[Ref]) -> frozenset[Ref]:
        """With the sections of which nothing is left."""
        return gone | {ref for ref, inside in sections.items() if inside and gone.issuperset(inside)}

    masks = product((False, True), repeat=len(entries))
    choices = [close(frozenset(entry.ref for entry, out in zip(entries, mask, strict=True) if out)) for mask in masks]
    better = sorted((gone for gone in choices if _lost(values, gone) * 1.05 < _lost(values, hidden)), key=len)
    too_much: list[frozenset[Ref]] = []
    for gone in better[::-1]:
        if not any(gone <= other for other in too_much):  # who shows more than what did not fit does not fit either
            assert backend.measure(prepared.make_cut_job(Cut(gone), 1)).pages > 1, gone
            too_much.append(gone)


def _lost(values: Mapping[Ref, float], gone: frozenset[Ref]) -> float:
    return sum(values[ref] for ref in gone)
