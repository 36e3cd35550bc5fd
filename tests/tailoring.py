"""``make tailoring``: compares ``cvgen match`` and the pages after ``match --write`` with hand-made lists.

The people and lists are in ``fixtures/careers``. Prints a table, asserts nothing. ``--details`` names each miss.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from careers import HALVES, TERM_LISTS, Line, Person, Posting, is_named, is_printed, read_people, squeeze
from helpers import Ran, run_cvgen

THEMES = ("classic", "modern", "compact", "ats")
_VARIANT = "tailored"
_COLUMNS = ("must", "nice", "both", "task", "right", "plain keep", "keep", "plain filler", "filler", "instead")
_WIDTH = 13


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total``."""

    hits: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.hits + other.hits, self.total + other.total)

    def __str__(self) -> str:
        return f"{self.hits}/{self.total} {self.hits / self.total:4.0%}" if self.total else "–"


@dataclass(frozen=True, slots=True)
class Matched:
    """What ``cvgen match`` names in one posting, beside the lists."""

    named: tuple[str, ...]
    missed: dict[str, tuple[Line, ...]]
    """The terms of each list that it does not name."""
    wrong: tuple[str, ...]
    """What it names that the list ``not`` has."""
    unlisted: tuple[str, ...]
    """What it names that no list has."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What one page prints, beside the lists of one posting."""

    dropped: tuple[Line, ...]
    filler: tuple[Line, ...]


@dataclass(slots=True)
class Row:
    """The counts of one person, or of several."""

    name: str
    shares: dict[str, Share] = field(default_factory=lambda: dict.fromkeys(_COLUMNS, Share()))

    def add(self, column: str, share: Share) -> None:
        self.shares[column] += share

    def __str__(self) -> str:
        return f"{self.name:<14}" + "".join(f"{self.shares[name]!s:>{_WIDTH}}" for name in _COLUMNS)


def match_terms(profile: Path, posting: Posting) -> Matched:
    """Run ``match`` on the posting and compare the terms that it names with the lists."""
    described = json.loads(_run("match", profile, posting.path, "--json", "--no-fit", "-q").out)
    places = ("found", "hidden", "missing")
    terms = [term for place in places for term in described[place]]
    named = tuple(dict.fromkeys(name for term in terms for name in (term["term"], *term["instead"])))
    real = [line for name in ("must", "nice", "task") for line in posting.terms[name]]
    false = [term for term in named if not any(is_named(line, term) for line in real)]
    wrong = tuple(term for term in false if any(is_named(line, term) for line in posting.terms["not"]))
    missed = {
        name: tuple(line for line in posting.terms[name] if not any(is_named(line, term) for term in named))
        for name in TERM_LISTS
    }
    return Matched(named, missed, wrong, tuple(term for term in false if term not in wrong))


def write_variant(person: Person, posting: Posting, folder: Path) -> Path:
    """A copy of the profile with the variant that ``match --write`` adds; the copy alone if it adds none."""
    copy = folder / f"{person.name}-{posting.name}.yaml"
    shutil.copy(person.profile, copy)
    ran = run_cvgen("match", copy, posting.path, "--write", _VARIANT, "--no-fit", "-q")
    if ran.code:
        print(f"{person.name} {posting.name}: match --write adds no variant: {ran.err.strip()}", file=sys.stderr)
    return copy


def print_text(profile: Path, theme: str, pages: int | None, variant: str | None = None) -> str:
    """The squeezed text of the PDF that ``cvgen render`` makes."""
    output = profile.with_suffix(".pdf")
    limit = ["--pages", str(pages)] if pages else []
    chosen = ["-v", variant] if variant else []
    _run("render", profile, "-t", theme, *limit, *chosen, "-o", output, "-q")
    with pypdfium2.PdfDocument(output.read_bytes()) as document:
        return squeeze("".join(page.get_textpage().get_text_range() for page in document))


def compare_page(posting: Posting, page: str) -> Printed:
    """Which must-keeps the page lacks and which filler it has."""
    return Printed(
        tuple(line for line in posting.keep if not is_printed(line, page)),
        tuple(line for line in posting.filler if is_printed(line, page)),
    )


def measure_person(person: Person, themes: Sequence[str], folder: Path, details: bool) -> dict[str, Row]:
    """Theme → the person's row, over all postings."""
    own = folder / f"{person.name}.yaml"
    shutil.copy(person.profile, own)
    _warn_of_unseen(person, own, themes)
    plain = {theme: print_text(own, theme, pages=1) for theme in themes}
    rows = {theme: Row(person.name) for theme in themes}
    for posting in person.postings:
        matched = match_terms(own, posting)
        if details:
            _print_terms(person, posting, matched)
        profile = write_variant(person, posting, folder)
        variant = _VARIANT if profile.read_bytes() != person.profile.read_bytes() else None
        for theme, row in rows.items():
            printed = compare_page(posting, print_text(profile, theme, 1, variant))
            _count_terms(row, posting, matched)
            _count_page(row, "plain ", posting, compare_page(posting, plain[theme]))
            _count_page(row, "", posting, printed)
            if details:
                _print_page(theme, printed)
    return rows


def _warn_of_unseen(person: Person, profile: Path, themes: Sequence[str]) -> None:
    """A listed text that not even the page with everything prints can only be a mistake in a list, or a loss."""
    for theme in themes:
        page = print_text(profile, theme, pages=None)
        lines = {line for posting in person.postings for line in (*posting.keep, *posting.filler)}
        for line in sorted(lines, key=lambda one: one.name):
            if not is_printed(line, page):
                print(f"{person.name}: {theme} never prints: {line.name}", file=sys.stderr)


def _count_terms(row: Row, posting: Posting, matched: Matched) -> None:
    for name in ("must", "nice", "task"):
        total = len(posting.terms[name])
        share = Share(total - len(matched.missed[name]), total)
        row.add(name, share)
        if name != "task":
            row.add("both", share)
    false = len(matched.wrong) + len(matched.unlisted)
    row.add("right", Share(len(matched.named) - false, len(matched.named)))


def _count_page(row: Row, prefix: str, posting: Posting, printed: Printed) -> None:
    row.add(f"{prefix}keep", Share(len(posting.keep) - len(printed.dropped), len(posting.keep)))
    row.add(f"{prefix}filler", Share(len(printed.filler), len(posting.filler)))
    if not prefix:
        row.add("instead", Share(min(len(printed.dropped), len(printed.filler)), len(printed.filler)))


def _run(*arguments: str | Path) -> Ran:
    ran = run_cvgen(*arguments)
    if ran.code:
        raise SystemExit(f"cvgen {' '.join(map(str, arguments))}\n{ran.out}{ran.err}")
    return ran


def _print_terms(person: Person, posting: Posting, matched: Matched) -> None:
    print(f"{person.name} {posting.name}: {len(matched.named)} terms named")
    for name in ("must", "nice", "task"):
        _print_list(f"{name} missed", (line.name for line in matched.missed[name]))
    _print_list("named, in not", matched.wrong)
    _print_list("named, in no list", matched.unlisted)


def _print_page(theme: str, printed: Printed) -> None:
    _print_list(f"{theme}: keep dropped", (line.name for line in printed.dropped))
    _print_list(f"{theme}: filler printed", (line.name for line in printed.filler))


def _print_list(title: str, names: Iterable[str]) -> None:
    joined = " | ".join(names)
    if joined:
        print(f"  {title}: {joined}")


def print_table(theme: str, people: Sequence[Person], rows: Sequence[Row]) -> None:
    """A row per person, then the sum of each half."""
    print(f"\nOne page, theme {theme}\n{'':<14}" + "".join(f"{name:>{_WIDTH}}" for name in _COLUMNS))
    for row in rows:
        print(row)
    for half in HALVES:
        chosen = [row for person, row in zip(people, rows, strict=True) if person.half == half]
        if chosen:
            total = Row(f"= {half}")
            for row in chosen:
                for column in _COLUMNS:
                    total.add(column, row.shares[column])
            print(total)


_LEGEND = """
must, nice, task   terms of these lists that match names; both = must and nice (goal 90 %)
right              of what match names, terms of these lists (goal 80 %)
plain …            one page without the posting; the others: after match --write
keep, filler       must-keeps printed (goal 92 %); filler printed
instead            filler that is printed while a must-keep is not"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="make tailoring", description=__doc__)
    parser.add_argument("--half", choices=HALVES, help="only the people of this half")
    parser.add_argument("--person", help="only this person")
    parser.add_argument("--theme", nargs="+", choices=THEMES, default=["classic"])
    parser.add_argument("--details", action="store_true", help="name each miss")
    asked = parser.parse_args()
    people = read_people(asked.half, asked.person)
    if not people:
        parser.error("there is no such person in this half")
    with tempfile.TemporaryDirectory(prefix="cvgen-tailoring-") as folder:
        measured = [measure_person(person, asked.theme, Path(folder), asked.details) for person in people]
    for theme in asked.theme:
        print_table(theme, people, [rows[theme] for rows in measured])
    print(_LEGEND)


if __name__ == "__main__":
    main()
