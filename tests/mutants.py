"""How many small wrong changes do the tests notice? "make mutants" changes one thing at a time and runs the tests.

    make mutants [SEED=1] [COUNT=200] [PACKAGE="select fit"] [JOBS=2]

A fixed seed picks the same changes again, evenly over the packages. Each is made in a copy of the tree and tested with
the tests that reach it, the fastest first, until one fails. What the tests reach and what became of each change is
kept in out/mutants, so that a second run takes up where the first one ended. tests/mutation/equivalent.txt lists
changes that change nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

from mutation.changes import Change, find_changes, matters
from mutation.runs import Copy, Result, Store, tree_digest

ROOT = Path(__file__).parents[1]
PACKAGES = ("select", "fit", "sources", "backends", "examine", "pipeline")
EQUIVALENT = Path(__file__).parent / "mutation" / "equivalent.txt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 whatever the score is, because a score is no failure."""
    wish = _parse(arguments)
    store = Store(wish.folder)
    copies = [Copy(ROOT, wish.folder / f"copy{number}") for number in range(wish.jobs)]
    root = copies[0].root
    tree = tree_digest(root)
    reach = store.reach(copies[0], wish.marks, known_only=wish.known)
    chosen = {package: choose(root, package, wish.seed, share) for package, share in _shares(wish)}
    changes = [change for of_package in chosen.values() for change in of_package]
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def test(change: Change) -> Result:
        last = store.result(change)
        if last and last.tree == tree:
            return last
        copy = free.get()
        try:
            return copy.test(change, reach.tests_of(change), last.by if last else "", wish.budget, tree)
        finally:
            free.put(copy)

    results: dict[str, Result] = {}
    with ThreadPoolExecutor(wish.jobs) as pool:
        for number, (change, result) in enumerate(zip(changes, pool.map(test, changes), strict=True), start=1):
            results[change.id] = result
            store.keep(change, result)
            outcome = f"noticed by {result.by}" if result.noticed else "NOT NOTICED"
            print(f"{number}/{len(changes)} {change.id}: {outcome}", flush=True)
    _print_scores(chosen, results, root)
    return 0


def choose(root: Path, package: str, seed: int, count: int) -> list[Change]:
    """``count`` changes of ``package``, at most one of each place; the same ones for as long as their code stays."""

    def draw(change: Change) -> str:
        return hashlib.sha256(f"{seed}:{change.id}".encode()).hexdigest()

    equivalent = read_equivalents(EQUIVALENT)
    places: dict[tuple[str, str], Change] = {}
    sources = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "cvgen" / package).rglob("*.py")
    }
    for file, source in sorted(sources.items()):
        for change in find_changes(file, source):
            best = places.get((file, change.place))
            if change.id not in equivalent and (best is None or draw(change) < draw(best)):
                places[file, change.place] = change
    drawn = (change for change in sorted(places.values(), key=draw) if matters(change, sources[change.file]))
    return list(islice(drawn, count))


def read_equivalents(path: Path) -> dict[str, str]:
    """The reason for each change that changes nothing."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    names, reasons = lines[::2], lines[1::2]
    assert all(reason.startswith("    ") for reason in reasons), "a name, then its reason in the indented line below"
    return dict(zip(names, (reason.strip() for reason in reasons), strict=True))


def _shares(wish: argparse.Namespace) -> list[tuple[str, int]]:
    whole, rest = divmod(wish.count, len(wish.packages))
    return [(package, whole + (number < rest)) for number, package in enumerate(wish.packages)]


def _print_scores(chosen: dict[str, list[Change]], results: dict[str, Result], root: Path) -> None:
    survivors = [c for changes in chosen.values() for c in changes if not results[c.id].noticed]
    if survivors:
        print("\nNot noticed:")
    for change in survivors:
        result = results[change.id]
        line = (root / change.file).read_bytes()[: change.start].count(b"\n") + 1
        print(
            f"  {change.file}:{line}: {change.id.partition(':')[2]}\n      {result.ran} of {result.reached} tests ran"
        )
    print(f"\n{'package':<12}{'changes':>9}{'noticed':>9}{'survived':>10}{'score':>8}")
    for package, changes in [*chosen.items(), ("all", [c for each in chosen.values() for c in each])]:
        noticed = sum(results[change.id].noticed for change in changes)
        score = f"{100 * noticed / len(changes):.0f} %" if changes else "-"
        print(f"{package:<12}{len(changes):>9}{noticed:>9}{len(changes) - noticed:>10}{score:>8}")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200, help="changes in all")
    parser.add_argument("--packages", nargs="+", default=PACKAGES, metavar="PACKAGE")
    parser.add_argument("--jobs", type=int, default=2, choices=(1, 2), help="changes tested at a time")
    parser.add_argument("--budget", type=float, default=120.0, help="seconds of tests for one change, at most")
    parser.add_argument("--known", action="store_true", help="only tests of which it is known what they reach")
    parser.add_argument("--marks", default="not browser", help="which tests, as pytest's -m")
    parser.add_argument("--folder", type=Path, default=ROOT / "out" / "mutants", help="where results are kept")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
