"""``make bench``: cvgen beside RenderCV, TeX alone and itself; prints a table in Markdown, asserts nothing.

Each pair of commands runs in turns, several times, and the lowest cost of each counts. Seconds are processor time of a
command with all that it starts, which other work on the machine changes little; the ratio of the clock is beside them.
"Engine alone" is the ratio that WeasyPrint's own program reaches with the page that cvgen writes, or TeX with its
source: without another engine, nothing could be faster.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import EXAMPLE, _make_bibliography
from measured import Cost, least, measure
from rivals import leave_out_icons, write_rendercv
from scale import write_papers

from cvgen.backends.backend import SourceWriter
from cvgen.backends.engines import open_source_writer
from cvgen.backends.host import describe_host
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

CVGEN = str(Path(sys.executable).parent / "cvgen")
ENGINEER = EXAMPLE.parents[1] / "engineer" / "profile.yaml"
ALONE = ("--dont-generate-markdown", "--dont-generate-html", "--dont-generate-png")
"""What RenderCV makes besides the PDF."""
_WARM = """
import os, sys
from contextlib import closing
from pathlib import Path
from cvgen.backends.engines import open_backend
from cvgen.backends.host import describe_host
from cvgen.pipeline.render import render
from cvgen.pipeline.request import Request
with closing(open_backend("weasyprint", describe_host(os.environ))) as backend:
    for _ in range(int(sys.argv[2])):
        render(Request(Path(sys.argv[1]), "full", output=Path("warm.pdf"), pages=int(sys.argv[3]) or None), backend)
"""
_WARM_WEASYPRINT = """
import sys
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
for _ in range(int(sys.argv[2])):
    HTML(filename=sys.argv[1]).write_pdf("alone.pdf", font_config=fonts, pdf_variant="pdf/ua-1")
"""
_TIMES = 6
"""The renders of a warm process beyond the first two."""
_PEOPLE = 20
"""The documents of a batch beyond the first ten."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: the cost of cvgen, or of its first run, over that of the other; ``goal`` is the highest ratio.

    ``alone`` is the ratio of the engine alone; None where the row compares cvgen with itself.
    """

    name: str
    goal: float
    own: Cost
    other: Cost
    alone: float | None = None

    def __str__(self) -> str:
        ratio, clock = self.own.seconds / self.other.seconds, self.own.clock / self.other.clock
        figures = f"{self.own.seconds:.2f} | {self.other.seconds:.2f} | {ratio:.2f} | {clock:.2f}"
        alone = "" if self.alone is None else f"{self.alone:.2f}"
        return f"| {self.name} | {figures} | {alone} | ≤ {self.goal:g} |"


class Bench:
    """Runs commands in a folder, and knows where RenderCV is."""

    def __init__(self, folder: Path, rendercv: str, count: int) -> None:
        self.folder, self.rendercv, self.count = folder, str(Path(rendercv).absolute()) if rendercv else "", count
        self.plain = folder / "engineer.yaml"
        """The engineer's profile without its numbers of pages."""
        self.plain.write_text(re.sub(r"(?m)^ +pages: \d+\n", "", ENGINEER.read_text("utf-8")), "utf-8")
        self._environ: Mapping[str, str] = {}

    def pair(self, first: Callable[[], Cost], second: Callable[[], Cost]) -> tuple[Cost, Cost]:
        """The least costs of both, run in turns after a first time that fills caches."""
        first(), second()
        costs = [(first(), second()) for _ in range(self.count)]
        return least(one for one, _ in costs), least(other for _, other in costs)

    def ours(self, *arguments: str | Path) -> Callable[[], Cost]:
        return lambda: measure([CVGEN, *arguments], self.folder)

    def theirs(self, source: str) -> Callable[[], Cost]:
        """RenderCV, which is to make the PDF alone."""
        return lambda: measure([self.rendercv, "render", source, *ALONE], self.folder, self._environ)

    def prepare_rendercv(self) -> str:
        """Write its sources; the answer says how it runs here."""
        self._write_source(self.plain, "two.yaml", "full")
        (profile,) = write_papers(self.folder, 500)
        self._write_source(self.folder / profile, "papers.yaml")
        try:
            self.theirs("two.yaml")()
        except RuntimeError:  # no network, and no copy of the package of icons in Typst's cache
            self._environ = leave_out_icons(self.folder)
            self.theirs("two.yaml")()
            return "without its icons, which it fetches from the network: with them it takes a sixth longer"
        return "with its icons"

    def weasyprint(self, profile: Path, variant: str | None = None) -> Cost:
        """WeasyPrint's own program, with the page that cvgen writes."""
        page = self._write_page(profile, variant)
        command: list[str | Path] = [sys.executable, "-m", "weasyprint", page, "alone.pdf", "--pdf-variant", "pdf/ua-1"]
        return least(measure(command, self.folder) for _ in range(self.count))

    def warm_weasyprint(self) -> Cost:
        """One page of WeasyPrint in a process that has made that page before."""
        page = self._write_page(self.plain, "full")

        def run(times: int) -> Cost:
            return measure([sys.executable, "-c", _WARM_WEASYPRINT, page, str(times)], self.folder)

        return _divide(run(2), run(2 + _TIMES), _TIMES)

    def _write_page(self, profile: Path, variant: str | None) -> Path:
        page = self.folder / "alone.html"
        chosen = ("-v", variant) if variant else ()
        self.ours("render", profile, *chosen, "-q", "-f", "html", "-o", page)()
        return page

    def warm(self, pages: int = 0) -> Cost:
        """One render in a process that has rendered before."""

        def run(times: int) -> Cost:
            return measure([sys.executable, "-c", _WARM, self.plain, str(times), str(pages)], self.folder)

        return _divide(run(2), run(2 + _TIMES), _TIMES)

    def batch(self) -> Cost:
        """One document of a batch, in one process."""

        def run(name: str, people: int) -> Cost:
            for number in range(people):
                place = self.folder / name / f"p{number}.yaml"
                place.parent.mkdir(exist_ok=True)
                text = self.plain.read_text("utf-8").replace("Amara", f"Amara{number}")
                place.write_text(text, "utf-8")
            command = [CVGEN, "batch", name, "-v", "full", "-q", "--jobs", "1", "--force", "-o", f"out-{name}"]
            return measure(command, self.folder)

        return _divide(run("few", 10), run("many", 10 + _PEOPLE), _PEOPLE)

    def _write_source(self, profile: Path, name: str, variant: str | None = None) -> None:
        """The content that cvgen prints of ``profile``, for RenderCV."""
        writer: SourceWriter = open_source_writer("weasyprint", describe_host(os.environ))
        document = prepare(Request(profile, variant), writer).make_job().document
        (self.folder / name).write_text(write_rendercv("classic", document), "utf-8")


def _divide(few: Cost, many: Cost, times: int) -> Cost:
    """The cost of one of the ``times`` that ``many`` has more than ``few``."""
    return Cost((many.seconds - few.seconds) / times, many.memory, (many.clock - few.clock) / times)


def beside_rendercv(bench: Bench) -> Iterator[Row]:
    """Renders of the same content through both."""
    if not bench.rendercv:
        return
    render = ("render", bench.plain, "-v", "full", "-q", "-o", "cv.pdf")
    own, cold = bench.pair(bench.ours(*render), bench.theirs("two.yaml"))
    alone = bench.weasyprint(bench.plain, "full").seconds / cold.seconds
    yield Row("cold render, two pages / RenderCV", 0.6, own, cold, alone)
    on_one_page = bench.ours(*render, "--pages", "1")
    on_one_page()
    yield Row("cold, one-page budget / RenderCV", 1.0, least(on_one_page() for _ in range(bench.count)), cold, alone)
    own, papers = bench.pair(bench.ours("render", "cv.yaml", "-q", "-o", "cv.pdf"), bench.theirs("papers.yaml"))
    alone = bench.weasyprint(bench.folder / "cv.yaml").seconds / papers.seconds
    yield Row("500 papers, cold / RenderCV", 0.8, own, papers, alone)
    alone = bench.warm_weasyprint().seconds / cold.seconds
    yield Row("warm render, two pages / RenderCV's cold one", 0.15, bench.warm(), cold, alone)
    yield Row("one document of a batch / RenderCV's cold one", 0.2, bench.batch(), cold, alone)


def beside_itself(bench: Bench) -> Iterator[Row]:
    """A fit beside a render, and a second run beside the first."""
    yield Row("fit to one page, warm / one warm render", 2, bench.warm(1), bench.warm())
    (bench.folder / "large.bib").write_text(_make_bibliography(12_000), "utf-8")
    (bench.folder / "large.yaml").write_text("basics: {name: Wei Lin}\nbibliography: {files: [large.bib]}\n", "utf-8")
    first, second = _run_twice(bench, "publications", "large.yaml", "-q")
    yield Row("10 MB bib, second run / first", 0.25, second, first)
    folder = bench.folder / "fit"
    folder.mkdir()
    profile = folder / write_papers(folder, 500)[0]
    render = bench.ours("render", profile, "-q", "-o", "papers.pdf")
    on_four = bench.ours("render", profile, "-q", "-o", "papers.pdf", "--pages", "4")
    yield Row("fit of 500 papers / one render", 10, on_four(), render())


def beside_tex(bench: Bench) -> Iterator[Row]:
    """TeX through cvgen beside TeX on the same source, and its first run beside the next."""
    if shutil.which("xelatex"):
        bench.ours("render", bench.plain, "-v", "full", "-q", "-e", "xelatex", "-f", "tex", "-o", "tex/cv.tex")()
        alone = ["xelatex", "-interaction=batchmode", "cv.tex"]
        through = bench.ours("render", bench.plain, "-v", "full", "-q", "-e", "xelatex", "-o", "cv.pdf")
        costs = bench.pair(through, lambda: measure(alone, bench.folder / "tex"))
        yield Row("XeLaTeX, cold / the engine alone", 1.6, *costs, 1.0)
    if shutil.which("lualatex"):
        first, second = _run_twice(bench, "render", bench.plain, "-v", "full", "-q", "-e", "lualatex", "-o", "cv.pdf")
        yield Row("LuaLaTeX, first run ever / second", 1.5, first, second, _lualatex_alone(bench))


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "rendercv": beside_rendercv,
    "itself": beside_itself,
    "tex": beside_tex,
}


def _lualatex_alone(bench: Bench) -> float:
    """The same ratio for LuaLaTeX on the source, with a cache of its own."""
    bench.ours("render", bench.plain, "-v", "full", "-q", "-e", "lualatex", "-f", "tex", "-o", "lua/cv.tex")()
    cache = dict.fromkeys(("TEXMFVAR", "TEXMFCACHE"), tempfile.mkdtemp(dir=bench.folder))
    command = ["lualatex", "-interaction=batchmode", "cv.tex"]
    first, second = (measure(command, bench.folder / "lua", cache) for _ in range(2))
    return first.seconds / second.seconds


def _run_twice(bench: Bench, *arguments: str | Path) -> tuple[Cost, Cost]:
    cache = {"XDG_CACHE_HOME": tempfile.mkdtemp(dir=bench.folder)}
    first, second = (measure([CVGEN, *arguments], bench.folder, cache) for _ in range(2))
    return first, second


def print_memory(bench: Bench) -> None:
    """The memory of the largest process."""
    print("\n| memory of the largest process | MB | goal |\n|---|---:|---:|")
    cold = bench.ours("render", bench.plain, "-v", "full", "-q", "-o", "cv.pdf")()
    print(f"| cold render, two pages | {cold.memory:.0f} | ≤ 65 |", flush=True)
    (profile,) = write_papers(bench.folder, 2_000)
    papers = bench.ours("render", profile, "-q", "-o", "cv.pdf")()
    print(f"| 2,000 papers | {papers.memory:.0f} | ≤ 200 |", flush=True)
    alone = bench.weasyprint(bench.folder / profile)
    print(f"| 2,000 papers, WeasyPrint's own program with the same page | {alone.memory:.0f} | |")


def describe_machine(rendercv: str, how: str) -> str:
    """Date, machine and versions, in a sentence."""
    cpu = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", cpu.read_text("utf-8")) if cpu.exists() else []
    parts = [f"{datetime.now(UTC):%Y-%m-%d}", f"{os.cpu_count()} cores of {names[0] if names else platform.machine()}"]
    parts.append(f"Python {platform.python_version()}, cvgen {version('cvgen-toolkit')}")
    parts.append(f"WeasyPrint {version('weasyprint')}")
    if rendercv:
        python = Path(rendercv).parent / "python"
        parts.append(f"RenderCV {_ask(rendercv, '--version')} on {_ask(python, '--version')}, {how}")
    if shutil.which("xelatex"):
        parts.append(_ask("xelatex", "--version"))
    return "; ".join(parts)


def _ask(*command: str | Path) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    return (done.stdout.strip().splitlines() or ["?"])[0].removeprefix("RenderCV ")


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser()
    parser.add_argument("--rendercv", default=shutil.which("rendercv") or "", help="the command, in a venv of its own")
    parser.add_argument("--only", choices=GROUPS, action="append", help="a part of the table; may be given again")
    parser.add_argument("--count", type=int, default=3, help="how often each pair runs")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(Path(place), asked.rendercv, asked.count)
        how = bench.prepare_rendercv() if bench.rendercv else ""
        print(f"{describe_machine(bench.rendercv, how)}.\n")
        print(
            "| work | CPU, s | of the other, s | ratio | of the clock | engine alone | goal |\n"
            "|---|---:|---:|---:|---:|---:|---:|",
            flush=True,
        )
        for name in asked.only or GROUPS:
            for row in GROUPS[name](bench):
                print(row, flush=True)
        print_memory(bench)


if __name__ == "__main__":
    main()
