"""The second half of ``make bench``: cvgen beside RenderCV, TeX alone and itself, as ratios of processor time.

Each pair of commands runs in turns, several times; the lowest time of each counts. Nothing is asserted.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import EXAMPLE, _make_bibliography
from measured import Cost, least, measure
from rivals import write_rendercv
from scale import write_papers

from cvgen.backends.backend import SourceWriter
from cvgen.backends.engines import open_source_writer
from cvgen.backends.host import describe_host
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

CVGEN = str(Path(sys.executable).parent / "cvgen")
ENGINEER = EXAMPLE.parents[1] / "engineer" / "profile.yaml"
_WARM = """
import os, sys
from contextlib import closing
from pathlib import Path
from cvgen.backends.engines import open_backend
from cvgen.backends.host import describe_host
from dataclasses import replace
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request
from cvgen.pipeline.render import render_prepared
pages = int(sys.argv[3]) or None
with closing(open_backend("weasyprint", describe_host(os.environ))) as backend:
    for _ in range(int(sys.argv[2])):
        prepared = prepare(Request(Path(sys.argv[1]), "full", output=Path("warm.pdf"), pages=pages), backend)
        if pages is None:  # the profile has a number too
            prepared = replace(prepared, variant=replace(prepared.variant, pages=None))
        render_prepared(prepared, backend)
"""
_TIMES = 6
"""The renders of a warm process beyond the first two."""

Row = tuple[str, str, Cost, Cost]
"""What is compared, the goal, and the costs of the two."""


class Bench:
    """Runs commands in a folder, and knows where RenderCV is."""

    def __init__(self, folder: Path, rendercv: str, count: int) -> None:
        self.folder, self.rendercv, self.count = folder, rendercv, count

    def pair(self, first: Callable[[], Cost], second: Callable[[], Cost]) -> tuple[Cost, Cost]:
        """The least costs of both, run in turns after a first time that fills caches."""
        first(), second()
        costs = [(first(), second()) for _ in range(self.count)]
        return least(one for one, _ in costs), least(other for _, other in costs)

    def ours(self, *arguments: str | Path) -> Callable[[], Cost]:
        return lambda: measure([CVGEN, *arguments], self.folder)

    def theirs(self, source: str) -> Callable[[], Cost]:
        """RenderCV, which is to make the PDF alone."""
        alone = ("--dont-generate-markdown", "--dont-generate-html", "--dont-generate-png")
        return lambda: measure([self.rendercv, "render", source, *alone], self.folder)

    def warm(self, pages: int = 0) -> Cost:
        """One render in a process that has rendered before."""
        few, many = (
            measure([sys.executable, "-c", _WARM, ENGINEER, str(number), str(pages)], self.folder)
            for number in (2, 2 + _TIMES)
        )
        return Cost((many.seconds - few.seconds) / _TIMES, many.memory, (many.clock - few.clock) / _TIMES)

    def write_for_rendercv(self, profile: Path, name: str, variant: str | None = None) -> None:
        """The content that cvgen prints of ``profile``, for RenderCV."""
        writer: SourceWriter = open_source_writer("weasyprint", describe_host(os.environ))
        document = prepare(Request(profile, variant), writer).make_job().document
        (self.folder / name).write_text(write_rendercv("classic", document), "utf-8")


def beside_rendercv(bench: Bench) -> Iterator[Row]:
    """Renders of the same content through both."""
    bench.write_for_rendercv(ENGINEER, "two.yaml", "full")
    render = ("render", ENGINEER, "-v", "full", "-q", "-o", "cv.pdf")
    yield "cold render, two pages / RenderCV", "0.6", *bench.pair(bench.ours(*render), bench.theirs("two.yaml"))
    on_one_page = bench.ours(*render, "--pages", "1")
    yield "cold, one-page budget / RenderCV", "1.0", *bench.pair(on_one_page, bench.theirs("two.yaml"))
    cold = least(bench.theirs("two.yaml")() for _ in range(bench.count))
    yield "warm render, two pages / RenderCV", "0.15", least(bench.warm() for _ in range(bench.count)), cold
    (profile,) = write_papers(bench.folder, 500)
    bench.write_for_rendercv(bench.folder / profile, "papers.yaml")
    papers = bench.ours("render", profile, "-q", "-o", "cv.pdf")
    yield "500 papers, cold / RenderCV", "0.8", *bench.pair(papers, bench.theirs("papers.yaml"))


def beside_itself(bench: Bench) -> Iterator[Row]:
    """A fit beside a render, and a second run beside the first."""
    yield "fit, warm / one warm render", "2", *bench.pair(lambda: bench.warm(1), bench.warm)
    for name, goal, arguments in (
        ("10 MB bib, second run / first", "0.25", ("publications", "large.yaml", "-q")),
        ("LuaLaTeX, later run / first ever", "", ("render", ENGINEER, "-q", "-e", "lualatex", "-o", "cv.pdf")),
    ):
        if name.startswith("10"):
            (bench.folder / "large.bib").write_text(_make_bibliography(12_000), "utf-8")
            (bench.folder / "large.yaml").write_text("basics: {name: Wei Lin}\nbibliography: {files: [large.bib]}\n")
        elif not shutil.which("lualatex"):
            continue
        cache = {"XDG_CACHE_HOME": tempfile.mkdtemp(dir=bench.folder)}
        first = measure([CVGEN, *arguments], bench.folder, cache)
        yield name, goal, measure([CVGEN, *arguments], bench.folder, cache), first


def beside_tex(bench: Bench) -> Iterator[Row]:
    """XeLaTeX through cvgen beside XeLaTeX on the same source."""
    if not shutil.which("xelatex"):
        return
    bench.ours("render", ENGINEER, "-q", "-e", "xelatex", "-f", "tex", "-o", "tex/cv.tex")()
    alone = ["xelatex", "-interaction=batchmode", "cv.tex"]
    through = bench.ours("render", ENGINEER, "-q", "-e", "xelatex", "-o", "cv.pdf")
    yield "XeLaTeX, cold / the engine alone", "1.6", *bench.pair(through, lambda: measure(alone, bench.folder / "tex"))


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser()
    parser.add_argument("--rendercv", default=shutil.which("rendercv") or "", help="the command, in a venv of its own")
    parser.add_argument("--count", type=int, default=5, help="how often each pair runs")
    asked = parser.parse_args()
    print(f"{'ratio of processor time':36} {'goal':>5} {'ratio':>6} {'s':>6} {'s':>6} {'clock':>6}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(Path(place), asked.rendercv, asked.count)
        groups = [beside_itself, beside_tex] + ([beside_rendercv] if asked.rendercv else [])
        for label, goal, first, second in (row for group in groups for row in group(bench)):
            ratio, clock = first.seconds / second.seconds, first.clock / second.clock
            times = f"{first.seconds:6.2f} {second.seconds:6.2f} {clock:6.2f}"
            print(f"{label:36} {goal:>5} {ratio:6.2f} {times}", flush=True)
        for label, count in (("MB, cold, two pages", 0), ("MB, 2,000 papers", 2_000)):
            profile = write_papers(Path(place), count)[0] if count else ENGINEER
            memory = bench.ours("render", profile, "-q", "-o", "cv.pdf")().memory
            print(f"{label:36} {'200' if count else '65':>5} {memory:6.0f}")


if __name__ == "__main__":
    main()
