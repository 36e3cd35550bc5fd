"""Runs hostile cases against the real command, and prints what they did by class.

    make hostile [CLASS="queries yaml"] [CASE=queries/doubling] [SEED=1] [COUNT=600] [JOBS=2]

A case is a person's or a stranger's files and one command. It runs in a sandbox with secrets beside it, a variable in
its environment, a listener on this machine and a watch on all files. The exit code is 1 if one case did what it may
not, and each is listed with how to run it alone; its sandbox then stays in out/hostile.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from hostile.case import Case
from hostile.classes import list_cases
from hostile.run import COLUMNS, Outcome, Place


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 if every number but that of the cases is zero."""
    wish = _parse(arguments)
    cases = choose(list_cases(wish.seed), wish.classes, wish.case, wish.count, wish.seed)
    if not cases:
        print("there is no such case", file=sys.stderr)
        return 2
    started = time.monotonic()
    wish.folder.mkdir(parents=True, exist_ok=True)
    outcomes = run_all(cases, wish.folder, wish.jobs, wish.seed, alone=bool(wish.case))
    print(format_table(outcomes))
    print(f"{len(outcomes)} cases in {time.monotonic() - started:.0f} s")
    failed = [outcome for outcome in outcomes if outcome.findings]
    for outcome in failed:
        print(f"\n{outcome.case.id}  ({outcome.seconds:.1f} s, {outcome.megabytes} MB)")
        for finding in outcome.findings[:10]:
            print(f"    {finding.column}: {finding.text}")
        print(f"    alone: make hostile CASE={outcome.case.id!r} SEED={wish.seed}")
    return 1 if failed else 0


def choose(cases: Sequence[Case], groups: Sequence[str], one: str, count: int | None, seed: int) -> list[Case]:
    """The cases asked for; with ``count``, that many, evenly from all classes."""
    wanted = [case for case in cases if (not groups or case.group in groups) and (not one or case.id == one)]
    if count is None or count >= len(wanted):
        return wanted
    # A step through the list takes the same share of each class, because the classes follow each other.
    step = len(wanted) / count
    offset = (seed * 7) % max(1, int(step))
    return [wanted[min(int(number * step) + offset, len(wanted) - 1)] for number in range(count)]


def run_all(cases: Sequence[Case], folder: Path, jobs: int, seed: int, *, alone: bool = False) -> list[Outcome]:
    """Run ``cases``, ``jobs`` at a time; sandboxes of cases that failed are kept in ``folder``."""
    free: SimpleQueue[Place] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="hostile-", ignore_cleanup_errors=True) as scratch:
        for number in range(jobs):
            place = Place(Path(scratch) / str(number), seed)
            if any("lua" in case.id for case in cases):
                place.warm_up()
            free.put(place)

        def run(case: Case) -> Outcome:
            place = free.get()
            try:
                outcome = place.run(case)
                if outcome.findings or alone:
                    _keep_box(place.folder / "box", folder / case.id.replace("/", "-").replace(" ", "-"), outcome)
            finally:
                free.put(place)
            mark = "".join(f" {finding.column.upper()}" for finding in outcome.findings)
            print(f"{case.id}: {outcome.code}, {outcome.seconds:.1f} s, {outcome.megabytes} MB{mark}", flush=True)
            if alone:
                print(outcome.output)
            return outcome

        with ThreadPoolExecutor(jobs) as pool:
            outcomes = list(pool.map(run, cases))
        while not free.empty():
            free.get().close()
    return outcomes


def _keep_box(box: Path, target: Path, outcome: Outcome) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (target / "printed.txt").write_text(outcome.output, "utf-8")
    for path in box.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 22:
            copy = target / path.relative_to(box)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def format_table(outcomes: Sequence[Outcome]) -> str:
    """The number of cases of each class, and of those in which each kind of thing happened."""
    groups = list(dict.fromkeys(outcome.case.group for outcome in outcomes))
    rows = [(group, [outcome for outcome in outcomes if outcome.case.group == group]) for group in groups]
    lines = [_format_row("class", "cases", *COLUMNS)]
    for name, of_group in (*rows, ("all", list(outcomes))):
        counts = Counter(column for outcome in of_group for column in {f.column for f in outcome.findings})
        lines.append(_format_row(name, len(of_group), *(counts[column] for column in COLUMNS)))
    return "\n".join(["", *lines, ""])


def _format_row(name: str, *cells: object) -> str:
    return name.ljust(20) + "".join(
        str(cell).rjust(max(7, len(str(head)) + 2)) for cell, head in zip(cells, ("cases", *COLUMNS), strict=True)
    )


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make hostile")
    parser.add_argument("--classes", nargs="*", default=[])
    parser.add_argument("--case", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--folder", type=Path, default=Path("out/hostile"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
