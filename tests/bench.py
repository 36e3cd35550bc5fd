"""``make bench``: how long a start, a cold render and a warm render take here. Prints a table, asserts nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

from cvgen.backends.engines import open_backend
from cvgen.backends.host import Host, select_environ
from cvgen.backends.programs import LocalRunner
from cvgen.pipeline.prepare import Prepared, prepare
from cvgen.pipeline.render import render, render_prepared
from cvgen.pipeline.request import Request

EXAMPLE = Path(__file__).parent.parent / "examples" / "researcher" / "profile.yaml"
ALL = [str(EXAMPLE.parents[1] / "engineer" / "profile.yaml"), "--all-themes"]
COMMAND = [str(Path(sys.executable).parent / "cvgen")]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        rows = [
            ("cvgen --help", "< 0.15", _time(lambda: _run("--help"), 10)),
            ("cvgen publications", "", _time(lambda: _run("publications", str(EXAMPLE), "-q"), 5)),
            ("cold render, HTML, two pages", "< 0.60", _time(lambda: _cold(out, "weasyprint"), 7)),
            ("cold render, XeLaTeX", "", _time(lambda: _cold(out, "xelatex"), 3)),
            ("cold render, LuaLaTeX", "", _time(lambda: _cold(out, "lualatex"), 3)),
            ("warm render (--watch), HTML", "< 0.25", _warm(out)),
            *_fits(out),
            ("check, 7 themes, HTML", "< 10.00", _time(lambda: _run("check", *ALL, "-v", "default"), 3)),
            ("check, 3 variants in 7 themes", "", _time(lambda: _run("check", *ALL), 3)),
            ("python -c 'import weasyprint'", "", _time(_import_weasyprint, 5)),
        ]
    large, memory = _large_file(out_of=12_000)
    rows += large
    print(f"{'':<34} {'goal, s':>8} {'best':>7} {'median':>7}")
    for label, goal, times in rows:
        print(f"{label:<34} {goal:>8} {min(times):>7.2f} {statistics.median(times):>7.2f}")
    print(f"{'memory for the 12k entries, MB':<34} {'< 400':>8} {memory:>7.0f}")


def _large_file(out_of: int) -> tuple[list[tuple[str, str, list[float]]], float]:
    """Reading 10 MB of BibTeX, beside bibtexparser's own default stack with name splitting; and its memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "papers.bib").write_text(_make_bibliography(out_of), "utf-8")
        (folder / "profile.yaml").write_text("basics: {name: Wei Lin}\nbibliography: {files: [papers.bib]}\n")
        theirs = _time(lambda: _script(_THEIRS, folder), 3)
        ours = _time(lambda: _script(_OURS, folder), 3)
        listed = _time(lambda: _script(_LISTED, folder), 1)
        memory = float(_script(_OURS + _MEMORY, folder))
        as_json = _as_json(folder)
        mess = _messy_file(folder)
    goal = f"< {1.5 * statistics.median(theirs):.2f}"
    return [
        ("bibtexparser, 12k entries, 10 MB", "", theirs),
        ("cvgen reads the same", goal, ours),
        ("cvgen publications on it", "", listed),
        as_json,
        mess,
    ], memory


def _as_json(folder: Path) -> tuple[str, str, list[float]]:
    """10,000 papers of many people, the owner once in each: from a cold start to the last row of JSON."""
    text = _make_bibliography(10_000).replace("{Lin, Wei", "{Roe, Wei").replace("and Lin, Wei", "and Roe, Wei")
    text = text.replace("  author = {", "  author = {Lin, Wei and ")
    (folder / "papers.bib").write_text(text, "utf-8")
    profile = str(folder / "profile.yaml")
    return (
        "publications --json, 10k entries, cold",
        "",
        _time(lambda: _run("publications", profile, "--json", "-q"), 3),
    )


def _messy_file(folder: Path) -> tuple[str, str, list[float]]:
    """The seed fixtures' entries a thousand times over, keys doubled: thousands of Problems, no crash."""
    fixtures = Path(__file__).parent / "fixtures"
    text = "\n".join(path.read_text("utf-8") for path in sorted(fixtures.glob("*/papers.bib")))
    (folder / "papers.bib").write_text(text * 1000, "utf-8")
    return (f"{len(text) / 1000:.0f} MB of doubled keys, all reported", "", _time(lambda: _script(_OURS, folder), 1))


_THEIRS = """
import bibtexparser
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
bibtexparser.parse_file("papers.bib", append_middleware=[SeparateCoAuthors(), SplitNameParts()])
"""
_OURS = """
import gc
gc.disable()
from pathlib import Path
from cvgen.sources.career import read_career
read_career(Path("profile.yaml"))
"""
_MEMORY = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
_LISTED = "from cvgen.cli.main import cli; cli(['publications', 'profile.yaml', '-q'])"


def _script(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    if "Traceback" in done.stderr:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def _make_bibliography(count: int) -> str:
    """Entries as libraries hold them: accents, braces, a formula here and there, an abstract."""
    random = Random(1)
    families = "Lin|Wang|Zhang|M{\\\"u}ller|Garc{\\'i}a|Smith|{\\O}stergaard|Nguyen|Kim|O'Neil".split("|")
    givens = "Wei|Xiaoming|Ada|Tom|Jos{\\'e}|Anna|Chidi|Bob|Yu|Q.".split("|")
    words = "efficient|multimodal|models|for|{R}easoning|with|sparse|attention|\\&|graphs|deep|{N}etworks".split("|")
    entries = []
    for number in range(count):
        people = [f"{random.choice(families)}, {random.choice(givens)}" for _ in range(random.randint(1, 12))]
        title = " ".join(random.choices(words, k=10)) + (" in $O(n^2)$" if number % 20 == 0 else "")
        abstract = " ".join(random.choices(words, k=65))
        entries.append(
            f"@article{{key{number},\n  author = {{{' and '.join(people)}}},\n  title = {{{title}}},\n"
            f"  journal = {{Journal of {random.choice(words)} Studies}},\n  year = {{{random.randint(1990, 2026)}}},\n"
            f"  volume = {{{number % 50}}},\n  pages = {{{number}--{number + 9}}},\n"
            f"  doi = {{10.1000/x.{number}}},\n  abstract = {{{abstract}}},\n}}\n"
        )
    return "\n".join(entries)


def _time(step: Callable[[], object], count: int) -> list[float]:
    step()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return times


def _run(*arguments: str) -> None:
    subprocess.run([*COMMAND, *arguments], check=True, capture_output=True)


def _cold(out: Path, engine: str) -> None:
    _run("render", str(EXAMPLE), "-e", engine, "-o", str(out / "cv.pdf"), "-q")


def _import_weasyprint() -> None:
    subprocess.run([sys.executable, "-c", "import weasyprint"], check=True)


def _host(out: Path) -> Host:
    return Host(LocalRunner(os.environ["PATH"]), out / "cache", environ=select_environ(os.environ))


def _warm(out: Path) -> list[float]:
    backend = open_backend("weasyprint", _host(out))
    request = Request(EXAMPLE, output=out / "warm.pdf")
    try:
        return _time(lambda: render(request, backend), 10)
    finally:
        backend.close()


def _fits(out: Path) -> list[tuple[str, str, list[float]]]:
    """Filling one page, warm, with short wordings and less. Each may take three warm renders of all there is."""
    backend = open_backend("weasyprint", _host(out))
    engineer = EXAMPLE.parents[1] / "engineer" / "profile.yaml"
    rows = []
    try:
        for name, profile in (("of an engineer", engineer), ("of a researcher", EXAMPLE)):
            # The same document without a budget: on more pages than it needs there is nothing to fit.
            plain = replace_pages(prepare(Request(profile, "full", output=out / "plain.pdf"), backend))
            whole = _time(partial(render_prepared, plain, backend), 5)
            fitted = prepare(Request(profile, "full", output=out / "fit.pdf", pages=1), backend)
            goal = f"< {3 * statistics.median(whole):.2f}"
            rows.append((f"one page, {name}", goal, _time(partial(render_prepared, fitted, backend), 5)))
    finally:
        backend.close()
    return rows


def replace_pages(prepared: Prepared) -> Prepared:
    """The same without a number of pages."""
    return replace(prepared, variant=replace(prepared.variant, pages=None))


if __name__ == "__main__":
    main()
