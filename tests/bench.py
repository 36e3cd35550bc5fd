"""``make bench``: how long a start, a cold render and a warm render take here. Prints a table, asserts nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cvgen.backends.host import Host
from cvgen.pipeline.backends import open_backend
from cvgen.pipeline.render import Request, render

EXAMPLE = Path(__file__).parent.parent / "examples" / "researcher" / "profile.yaml"
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
            ("python -c 'import weasyprint'", "", _time(_import_weasyprint, 5)),
        ]
    print(f"{'':<34} {'goal, s':>8} {'best':>7} {'median':>7}")
    for label, goal, times in rows:
        print(f"{label:<34} {goal:>8} {min(times):>7.2f} {statistics.median(times):>7.2f}")


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


def _warm(out: Path) -> list[float]:
    backend = open_backend("weasyprint", Host(os.environ["PATH"], out / "cache"))
    request = Request(EXAMPLE, output=out / "warm.pdf")
    try:
        return _time(lambda: render(request, backend), 10)
    finally:
        backend.close()


if __name__ == "__main__":
    main()
