"""``make verapdf``: prints which standards the PDFs of each theme and engine conform to, as veraPDF sees it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rendering import FIXTURES, RUN_ONCE, Rendered, backend_name, render_pdf, shipped_themes
from verapdf import list_broken_rules

from cvgen.pipeline.request import Request

HOMEPAGE = Path(__file__).parents[1] / "examples" / "homepage" / "profile.yaml"
RESEARCHER = Path(__file__).parents[1] / "examples" / "researcher" / "profile.yaml"
MATRIX = FIXTURES / "matrix"
GOLDEN = Path(__file__).parent / "goldens" / "profile.yaml"
ENGINES = ("weasyprint", "xelatex", "lualatex", "pdflatex")
NAMES = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a", "2b": "PDF/A-2b"}
"""By veraPDF's names."""
IN_TESTS = {"lualatex": frozenset({"timeline"}), "pdflatex": frozenset({"classic"})}
"""The tests print these through LuaLaTeX, one with drawn dots, and pdfLaTeX. All others have the
same templates for these engines, and go through XeLaTeX. ``make verapdf`` looks at all of them."""


@dataclass(frozen=True)
class Sample:
    """A document to render, and the standards that its PDF must conform to."""

    profile: Path
    variant: str | None
    standards: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()
    """Empty for all themes."""
    in_tests: frozenset[str] = frozenset()
    """The themes in which the tests print it; empty for all."""


ARCHIVAL = {"archival": "true"}
WITH_ICONS = {**ARCHIVAL, "icons": "true"}
SAMPLES = {
    "weasyprint": (
        # A photo, logos, icons, a table, lists in texts, links inside formulas and bold words
        Sample(HOMEPAGE, "full", ("ua1", "2a"), WITH_ICONS),
        # Every kind of entry, and the drawn levels of skills
        Sample(MATRIX / "profile.yaml", None, ("ua1",), {"levels": "dots", "icons": "true"},
               in_tests=frozenset({"classic", "modern", "timeline"})),
        Sample(MATRIX / "scripts.yaml", None, ("ua1", "2a"), ARCHIVAL, frozenset({"classic"})),
        Sample(RESEARCHER, None, ("ua1", "2a"), ARCHIVAL, frozenset({"homepage"})),
    ),
    "xelatex": (
        Sample(HOMEPAGE, "full", ("2b",), {}, frozenset({"classic"})),
        Sample(MATRIX / "scripts.yaml", None, ("2b",), {}, frozenset({"timeline"})),
        Sample(GOLDEN, "golden", ("2b",), RUN_ONCE),
    ),
    "lualatex": (Sample(GOLDEN, "golden", ("2b",), RUN_ONCE),),
    "pdflatex": (Sample(GOLDEN, "golden", ("2b",), RUN_ONCE),),
}  # fmt: skip


def cells(*, all_of_them: bool = False) -> Iterator[tuple[str, str]]:
    """Each theme with each engine that prints it; through some engines a few themes only, if not ``all_of_them``."""
    for name, theme in shipped_themes().items():
        for engine in ENGINES:
            if backend_name(engine) not in theme.backends:
                continue
            if all_of_them or name in IN_TESTS.get(engine, {name}):
                yield name, engine


@cache
def print_samples(theme: str, engine: str, *, all_of_them: bool = False) -> tuple[tuple[Sample, Rendered], ...]:
    """The samples of one cell with their PDFs."""
    samples = [
        sample
        for sample in SAMPLES[engine]
        if theme in (sample.themes or {theme}) and (all_of_them or theme in (sample.in_tests or {theme}))
    ]
    with tempfile.TemporaryDirectory() as folder:
        return tuple(
            (one, render_pdf(Request(one.profile, one.variant, theme, engine, options=dict(one.options)), Path(folder)))
            for one in samples
        )


@cache
def measure(*, all_of_them: bool = False) -> dict[tuple[str, str], dict[str, list[str]]]:
    """By theme and engine: the rules broken of each standard. An empty list means that the PDFs conform."""
    jobs = []
    with tempfile.TemporaryDirectory() as folder:
        for theme, engine in cells(all_of_them=all_of_them):
            for number, (sample, rendered) in enumerate(print_samples(theme, engine, all_of_them=all_of_them)):
                path = Path(folder) / f"{theme}-{engine}-{number}.pdf"
                path.write_bytes(rendered.pdf)
                jobs += [(theme, engine, path, standard) for standard in sample.standards]
        answers = list_broken_rules((path, standard) for *_, path, standard in jobs)
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (theme, engine, path, standard), rules in zip(jobs, answers, strict=True):
        of_cell = found.setdefault((theme, engine), {}).setdefault(standard, [])
        of_cell += [f"{path.name}: {rule}" for rule in rules]
    return found


def table_rows(measured: Mapping[tuple[str, str], Mapping[str, list[str]]]) -> list[list[str]]:
    """A row for each theme: its name, and the standards that its PDFs conform to by each engine."""
    rows = []
    for theme in shipped_themes():
        row = [theme]
        for engine in ENGINES:
            kept = [NAMES[standard] for standard, rules in measured.get((theme, engine), {}).items() if not rules]
            row.append(", ".join(kept) or ("–" if (theme, engine) not in measured else "none"))
        rows.append(row)
    return rows


def main() -> None:
    """Print the table, and below it each rule that is broken."""
    measured = measure(all_of_them=True)
    for row in [["theme", *ENGINES], *table_rows(measured)]:
        print("".join(f"{cell:22}" for cell in row))
    for (theme, engine), standards in measured.items():
        for standard, rules in standards.items():
            for rule in rules:
                print(f"{theme} {engine} {NAMES[standard]}: {rule}")


if __name__ == "__main__":
    main()
