"""``make scale``: how time and memory grow with papers, pages, people and variants. Prints tables, asserts nothing."""

from __future__ import annotations

import math
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path

from measured import Cost, measure

CVGEN = str(Path(sys.executable).parent / "cvgen")
PAPER = """@article{{k{number}, author = {{Lin, Wei and M{{\\"u}}ller, Ada and Smith, Bob}}, year = {{{year}}},
  title = {{{{E}}fficient models for sparse graphs, part {number}}}, journal = {{Journal of Studies}},
  volume = {{{number}}}, pages = {{{number}--{last}}}, doi = {{10.1000/x.{number}}}}}
"""
JOB = """- {{name: Laboratory {number}, position: Lead, start: {year}, end: {year}, location: Bern, highlights: [
  Designed and built the pipeline that {number} teams use every day to train and to compare their models,
  Cut the cost of serving by a third and the time of a release from days to minutes]}}
"""
HEAD = "basics: {name: Wei Lin, email: wei@example.org}\n"


def write_papers(folder: Path, count: int) -> list[str]:
    """A profile with ``count`` papers."""
    papers = (PAPER.format(number=n, last=n + 9, year=1990 + n % 36) for n in range(1, count + 1))
    (folder / "papers.bib").write_text("".join(papers), "utf-8")
    (folder / "cv.yaml").write_text(f"{HEAD}bibliography: {{files: [papers.bib]}}\n", "utf-8")
    return ["cv.yaml"]


def write_jobs(folder: Path, pages: int) -> list[str]:
    """A profile whose jobs fill about ``pages`` pages."""
    jobs = "".join(JOB.format(number=n, year=2026 - n % 40) for n in range(10 * pages))
    (folder / "cv.yaml").write_text(f"{HEAD}work:\n{jobs}", "utf-8")
    return ["cv.yaml"]


def write_people(folder: Path, count: int) -> list[str]:
    """``count`` profiles of one job each."""
    for n in range(count):
        place = folder / "people" / f"p{n}.yaml"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"basics: {{name: Person {n}}}\nwork:\n{JOB.format(number=n, year=2020)}", "utf-8")
    return ["people"]


def write_variants(folder: Path, count: int) -> list[str]:
    """A profile of one page with ``count`` variants."""
    write_jobs(folder, 1)
    variants = "".join(f"  v{n}: {{sections: [work]}}\n" for n in range(count))
    with (folder / "cv.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"variants:\n{variants}")
    return ["cv.yaml"]


RENDER = ["render", "-q", "-o", "cv.pdf"]
GROWTHS: dict[str, tuple[Callable[[Path, int], list[str]], list[str], tuple[int, ...]]] = {
    "papers": (write_papers, [*RENDER, "--timeout", "3600", "--memory", "4"], (1, 10, 100, 1_000, 10_000)),
    "papers read": (write_papers, ["publications", "-q"], (1, 10, 100, 1_000, 10_000)),
    "pages": (write_jobs, RENDER, (1, 2, 5, 15, 60)),
    "people": (write_people, ["batch", "-q", "--jobs", "1", "-f", "txt", "-o", "out"], (1, 10, 100, 500, 2_000)),
    "variants": (write_variants, ["render", "-q", "--all", "-o", "out"], (1, 2, 5, 10, 20)),
}
"""What grows → how it is written, the command, and the sizes."""


def main() -> None:
    """Measure what was asked for and print it."""
    parser = ArgumentParser()
    parser.add_argument("--only", choices=[*GROWTHS, "fit"], help="one of the tables")
    parser.add_argument("--most", type=int, default=10**6, help="no size above this one")
    asked = parser.parse_args()
    for name in GROWTHS if asked.only is None else {asked.only} & GROWTHS.keys():
        _print_growth(name, asked.most)
    if asked.only in (None, "fit"):
        _print_fit()


def _print_growth(name: str, most: int) -> None:
    write, command, sizes = GROWTHS[name]
    sizes = tuple(size for size in sizes if size <= most)
    print(f"{name:>12} {'CPU, s':>9} {'per one, ms':>12} {'MB':>6}", flush=True)
    costs: list[Cost] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            first, *more = command
            cost = measure([CVGEN, first, *write(Path(place), size), *more], Path(place))
        costs.append(cost)
        print(f"{size:12} {cost.seconds:9.2f} {1000 * cost.seconds / size:12.1f} {cost.memory:6.0f}", flush=True)
    times, memories = [cost.seconds for cost in costs], [cost.memory for cost in costs]
    print(
        f"    exponent {find_exponent(sizes, times):9.2f} {'':12} {find_exponent(sizes, memories):6.2f}\n", flush=True
    )


def find_exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """The power of the size with which the cost above that of the smallest grew in the last step; 1 is linear."""
    if len(sizes) < 3 or min(costs[-2:]) <= costs[0]:
        return 0.0
    last, before = costs[-1] - costs[0], costs[-2] - costs[0]
    return math.log(last / before) / math.log((sizes[-1] - sizes[0]) / (sizes[-2] - sizes[0]))


def _print_fit() -> None:
    """500 papers on four pages, beside one render of them all."""
    with tempfile.TemporaryDirectory() as place:
        command = [CVGEN, "render", *write_papers(Path(place), 500), "-q", "-o", "cv.pdf"]
        whole = measure(command, Path(place))
        fitted = measure([*command, "--pages", "4"], Path(place))
    print(
        f"500 papers: {whole.seconds:.2f} s; on 4 pages {fitted.seconds:.2f} s, {fitted.seconds / whole.seconds:.1f} ×"
    )


if __name__ == "__main__":
    main()
