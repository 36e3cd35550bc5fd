"""``make precision``: how many findings of ``cvgen review`` on the careers an adviser agrees with.

The decisions are in ``fixtures/careers/*/review.yaml``, made by reading each finding. Prints a table, asserts nothing;
``--details`` names each finding that is wrong or not decided, and each filler that is not marked.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from careers import CAREERS, HALVES, squeeze
from helpers import run_cvgen

_NOW = "1793491200"
"""November 2026, when the careers were written."""
RIGHT, WRONG, UNDECIDED = "right", "wrong", "not decided"


@dataclass(slots=True)
class Reviewed:
    """The findings on one person, or on several: (rule, decision) → how many; and the filler that was marked."""

    name: str
    half: str
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    filler: int = 0
    marked: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, decision: str) -> int:
        return sum(number for (_, made), number in self.counts.items() if made == decision)

    @property
    def precision(self) -> float:
        decided = self.count(RIGHT) + self.count(WRONG)
        return self.count(RIGHT) / decided if decided else 1.0

    def add(self, other: Reviewed) -> None:
        self.counts += other.counts
        self.filler += other.filler
        self.marked += other.marked


def review_profile(profile: Path) -> list[dict[str, Any]]:
    """The findings that do not depend on a printed page, without hints, which ask for nothing."""
    found: list[dict[str, Any]] = json.loads(
        run_cvgen("review", profile, "--no-page", "--format", "json", env={"SOURCE_DATE_EPOCH": _NOW}).out
    )["findings"]
    return [finding for finding in found if finding["severity"] == "warning"]


def measure_person(folder: Path) -> Reviewed:
    """Compare the findings on one person with the decisions."""
    person = yaml.safe_load((folder / "person.yaml").read_text("utf-8"))
    decisions = yaml.safe_load((folder / "review.yaml").read_text("utf-8"))
    made = {next(iter(one.items())): name for name in (RIGHT, WRONG) for one in decisions.get(name, ())}
    reviewed = Reviewed(folder.name, person["half"])
    findings = review_profile(folder / "profile.yaml")
    for finding in findings:
        decision = made.get((finding["rule"], finding["text"]), UNDECIDED)
        reviewed.counts[finding["rule"], decision] += 1
        if decision != RIGHT:
            reviewed.notes.append(f"{decision}: {finding['rule']}: {finding['text'] or finding['message']}")
    texts = [squeeze(finding["text"]) for finding in findings if finding["rule"] in ("opening", "outcome")]
    missed = [line for line in person["filler"] if not any(squeeze(line) in text for text in texts)]
    reviewed.filler, reviewed.marked = len(person["filler"]), len(person["filler"]) - len(missed)
    reviewed.notes += [f"filler not marked: {line}" for line in missed]
    return reviewed


def measure_all() -> list[Reviewed]:
    """Everybody, in the order of their names."""
    return [measure_person(file.parent) for file in sorted(CAREERS.glob("*/review.yaml"))]


def sum_half(people: list[Reviewed], half: str) -> Reviewed:
    """The people of one half together."""
    total = Reviewed(f"= {half}", half)
    for person in people:
        if person.half == half:
            total.add(person)
    return total


def _print_row(row: Reviewed) -> None:
    numbers = (row.count(RIGHT), row.count(WRONG), row.count(UNDECIDED))
    shown = "".join(f"{number:>13}" for number in numbers)
    print(f"{row.name:<14}{shown}{row.precision:>12.0%}{f'{row.marked}/{row.filler}':>14}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make precision", description=__doc__)
    parser.add_argument("--details", action="store_true", help="name what is wrong, not decided, or not marked")
    details = parser.parse_args().details
    people = measure_all()
    print(f"{'':<14}{RIGHT:>13}{WRONG:>13}{UNDECIDED:>13}{'precision':>12}{'filler':>14}")
    for person in people:
        _print_row(person)
        for note in person.notes if details else ():
            print(f"    {note}")
    totals = [sum_half(people, half) for half in HALVES]
    for total in totals:
        _print_row(total)
    rules = sorted({rule for total in totals for rule, _ in total.counts})
    for rule in rules:
        shares = [f"{total.name} {total.counts[rule, RIGHT]}/{sum(total.counts[rule, made] for made in (RIGHT, WRONG))}"
                  for total in totals]  # fmt: skip
        print(f"  {rule:<14}" + "   ".join(shares))
    print("\nprecision  findings that an adviser agrees with, of those decided (goal 85 %)")
    print("filler     bullets of the lists of filler that 'opening' or 'outcome' marks")


if __name__ == "__main__":
    main()
