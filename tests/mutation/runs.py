"""Running tests in copies of the tree, and keeping what came out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from mutation.changes import Change
from mutation.tests_of import Reach, TimedTest, with_shared

COPIED = ("cvgen", "themes", "examples", "tests")
# These look at the checkout, the wheel or other programs; no line of cvgen is theirs to guard.
LEFT_OUT = frozenset({"test_package.py", "test_survey.py", "test_layers.py", "test_browser.py"})
SLOWER = 4  # times as slow as measured: then a run has hung
START = 60  # seconds that a start may take
FAST = 20.0  # seconds of tests in the first of the two runs of a change


@dataclass(frozen=True, slots=True)
class Result:
    """What tests made of a change: noticed ``by`` a test, or not by ``ran`` of the ``reached`` tests."""

    tree: str
    noticed: bool
    by: str
    ran: int
    reached: int


class Copy:
    """A copy of the tree, in which one change at a time is made and tested."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in COPIED:
            shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for path in root.iterdir():
            if path.is_file() and path.name != ".git":
                shutil.copy2(path, folder / path.name)

    def pytest(self, *arguments: str, limit: float) -> int | None:
        """The exit code of pytest, None where it took more than ``limit`` seconds."""
        cache = self.root / ".cache"
        shutil.rmtree(cache, ignore_errors=True)
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(self.root), str(self.root / "tests")]),
            "XDG_CACHE_HOME": str(cache),
        }
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments]
        with subprocess.Popen(
            command, cwd=self.root, env=environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            try:
                return process.wait(limit)
            except subprocess.TimeoutExpired:
                return None
            finally:
                _end_group(process.pid)

    def test(self, change: Change, tests: Sequence[TimedTest], first: str, budget: float, tree: str) -> Result:
        """Make ``change``, run ``tests`` until one fails, and take the change back."""
        path = self.root / change.file
        before = path.read_bytes()
        try:
            self._write(path, change.apply(before))
            chosen = list(with_shared(tests, budget))
            fast = list(with_shared(chosen, FAST))
            hint = [test for test in tests if test.id == first]
            for wave in (hint, fast, chosen[len(fast) :]):
                if wave and (by := self._first_failure(wave)):
                    return Result(tree, True, by, len(chosen), len(tests))
            return Result(tree, False, "", len(chosen), len(tests))
        finally:
            self._write(path, before)

    def _first_failure(self, tests: Sequence[TimedTest]) -> str:
        names, noticed = self.root / ".chosen.json", self.root / ".noticed.txt"
        names.write_text(json.dumps([test.id for test in tests]), "utf-8")
        noticed.unlink(missing_ok=True)
        files = sorted({test.id.partition("::")[0] for test in tests})
        expected = sum(test.seconds for test in tests) + sum(
            {k: v for t in tests for k, v in t.shared.items()}.values()
        )
        plugin = ("-x", "-p", "mutation.chosen", "--chosen", str(names), "--noticed", str(noticed))
        code = self.pytest(*plugin, *files, limit=(START + SLOWER * expected) * _busy())
        if noticed.exists():
            return noticed.read_text("utf-8")
        return {0: "", 5: "", None: "(ran too long)"}.get(code, f"(pytest ended with {code})")

    def _write(self, path: Path, data: bytes) -> None:
        """Write, and forget the compiled file: it is kept by time and size, which a small change may leave alone."""
        path.write_bytes(data)
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()


def _busy() -> float:
    """How many processes wait for each processor, 1 at least: everything takes that much longer."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def _end_group(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


class Store:
    """What is kept in a folder between runs: what tests reach, and what became of each change."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._path = folder / "results.json"
        self._results: dict[str, Result] = {}
        if self._path.exists():
            read = json.loads(self._path.read_text("utf-8"))
            self._results = {name: Result(**result) for name, result in read.items()}

    def result(self, change: Change) -> Result | None:
        """The last result, of whatever tree."""
        return self._results.get(change.id)

    def keep(self, change: Change, result: Result) -> None:
        self._results[change.id] = result
        written = json.dumps({name: asdict(each) for name, each in self._results.items()}, indent=0, ensure_ascii=False)
        part = self._path.with_suffix(".part")
        part.write_text(written, "utf-8")
        part.replace(self._path)

    def reach(self, copy: Copy, marks: str, *, known_only: bool, limit: float = 3600) -> Reach:
        """What the tests of each module reach; one is run only where it, or what it tests, has changed."""
        folder = self.folder / "reach"
        folder.mkdir(exist_ok=True)
        tests = copy.root / "tests"
        helpers = [path for path in sorted(tests.glob("*.py")) if not path.name.startswith(("test_", "mutants"))]
        base = digest_of(copy.root, [*_files(copy.root / "cvgen"), *_files(copy.root / "themes"), *helpers])
        found = []
        for path in sorted(tests.glob("test_*.py")):
            if path.name in LEFT_OUT:
                continue
            kept = folder / f"{path.stem}-{base}-{digest_of(copy.root, [path])}.json"
            if not kept.exists() and not known_only:
                print(f"what does tests/{path.name} reach?", flush=True)
                arguments = ("-p", "mutation.reach", "--reach", str(kept), "-m", marks, f"tests/{path.name}")
                if copy.pytest(*arguments, limit=limit) not in (0, 5):
                    print(f"  not all of tests/{path.name} pass, even without a change", flush=True)
            if kept.exists():
                found.append(kept)
        return Reach(copy.root, found)


def tree_digest(root: Path) -> str:
    """Changes with anything that can change what a test says."""
    return digest_of(root, [file for name in COPIED for file in _files(root / name)])


def digest_of(root: Path, files: Iterable[Path]) -> str:
    """A digest of the names and bytes of ``files``."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
