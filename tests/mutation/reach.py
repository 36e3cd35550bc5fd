"""A pytest plugin that records which test reaches which line of cvgen, and how long each test takes.

    python -m pytest -p mutation.reach --reach OUT.json tests/test_roles.py

What several tests share (a PDF behind ``lru_cache``, a fixture of a module) runs in the first test that asks for it.
It is recorded by itself, under a name of its own, and every test that asks for it reaches the lines it ran.
"""

from __future__ import annotations

import functools
import json
import os
import time
from collections.abc import Callable, Generator, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import coverage
import pytest

ROOT = Path(__file__).parents[2]
# A cache as large as this holds single words; to follow it would cost more than it gives.
WORDS = 1000
_real_lru_cache = functools.lru_cache


class _Instant(NamedTuple):
    """A moment by the clock on the wall and by the processor's."""

    clock: float
    processor: float

    @classmethod
    def now(cls) -> _Instant:
        return cls(time.perf_counter(), time.process_time())

    def seconds_after(self, before: _Instant) -> float:
        """About the seconds that went by on a quiet machine; other processes may work for this one meanwhile."""
        waiting = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        return max(self.processor - before.processor, (self.clock - before.clock) / waiting)


class Recorder:
    """Lines, seconds and users of each context; a context is a test or something that tests share."""

    def __init__(self) -> None:
        self._coverage = coverage.Coverage(data_file=None, source=[str(ROOT / "cvgen")], config_file=False)
        for warning in ("no-data-collected", "module-not-measured", "already-imported", "no-contexts"):
            self._coverage._no_warn_slugs.add(warning)
        self._stack: list[str] = []
        self._since = _Instant.now()
        self.seconds: dict[str, float] = {}
        self.uses: dict[str, set[str]] = {}
        self.tests: list[str] = []
        self.failed: set[str] = set()
        self._coverage.start()

    @contextmanager
    def inside(self, context: str) -> Iterator[None]:
        """Count lines and seconds for ``context``, and no longer for the one around it."""
        self._switch()
        self._stack.append(context)
        self._coverage.switch_context(context)
        try:
            yield
        finally:
            self._switch()
            self._stack.pop()
            self._coverage.switch_context(self._stack[-1] if self._stack else "")

    def use(self, shared: str) -> None:
        """The present context needs what ``shared`` made."""
        if self._stack:
            self.uses.setdefault(self._stack[-1], set()).add(shared)

    def _switch(self) -> None:
        now = _Instant.now()
        if self._stack:
            name = self._stack[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now.seconds_after(self._since)
        self._since = now

    def write(self, path: Path) -> None:
        """Write tests with their seconds, and for every line a bit per test that reaches it, in hexadecimal."""
        self._coverage.stop()
        self.tests = [test for test in self.tests if test not in self.failed]
        data = self._coverage.get_data()
        needed = {test: self._all_uses(test) for test in self.tests}
        bits: dict[str, int] = {}
        for number, test in enumerate(self.tests):
            for context in (test, *needed[test]):
                bits[context] = bits.get(context, 0) | 1 << number
        lines: dict[str, dict[int, str]] = {}
        for file in sorted(data.measured_files()):
            reached = lines.setdefault(Path(file).relative_to(ROOT).as_posix(), {})
            for line, contexts in data.contexts_by_lineno(file).items():
                if mask := functools.reduce(lambda mask, name: mask | bits.get(name, 0), contexts, 0):
                    reached[line] = f"{mask:x}"
        tests = [
            {
                "id": test,
                "seconds": round(self.seconds.get(test, 0.0), 4),
                "shared": {name: round(self.seconds.get(name, 0.0), 4) for name in sorted(needed[test])},
            }
            for test in self.tests
        ]
        path.write_text(json.dumps({"tests": tests, "lines": lines}), "utf-8")

    def _all_uses(self, context: str) -> set[str]:
        found: set[str] = set()
        waiting = [context]
        while waiting:
            for used in self.uses.get(waiting.pop(), ()):
                if used not in found:
                    found.add(used)
                    waiting.append(used)
        return found


_recorder: Recorder | None = None


def _followed(maxsize: Any = 128, typed: bool = False) -> Any:
    """``functools.lru_cache`` that counts a call under its own name, and notes who asked for its value."""
    if callable(maxsize):
        return _followed()(maxsize)

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        file = Path(function.__code__.co_filename) if hasattr(function, "__code__") else Path()
        if ROOT not in file.parents or (maxsize or 0) >= WORDS:
            cached: Callable[..., Any] = _real_lru_cache(maxsize, typed)(function)
            return cached
        numbers: dict[Hashable, int] = {}

        def name_of(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
            key = (args, tuple(kwargs.items()))
            return f"kept:{function.__module__}.{function.__qualname__}:{numbers.setdefault(key, len(numbers))}"

        @functools.wraps(function)
        def first_time(*args: Any, **kwargs: Any) -> Any:
            if _recorder is None:
                return function(*args, **kwargs)
            with _recorder.inside(name_of(args, kwargs)):
                return function(*args, **kwargs)

        kept = _real_lru_cache(maxsize, typed)(first_time)

        @functools.wraps(function)
        def asked(*args: Any, **kwargs: Any) -> Any:
            if _recorder is not None:
                _recorder.use(name_of(args, kwargs))
            return kept(*args, **kwargs)

        asked.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
        asked.cache_info = kept.cache_info  # type: ignore[attr-defined]
        return asked

    return decorate


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--reach", metavar="OUT.json", required=True, help="where to write what the tests reach")


def pytest_configure(config: pytest.Config) -> None:
    global _recorder
    functools.lru_cache = _followed
    _recorder = Recorder()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    assert _recorder
    _recorder.tests.append(item.nodeid)
    with _recorder.inside(item.nodeid):
        return (yield)


_fixtures: dict[int, str] = {}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> Generator[None, object, object]:
    assert _recorder
    if fixturedef.scope == "function":
        return (yield)
    name = f"fixture:{fixturedef.baseid}:{fixturedef.argname}:{getattr(request, 'param_index', 0)}"
    _fixtures[id(fixturedef)] = name
    _recorder.use(name)
    with _recorder.inside(name):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    assert _recorder
    result = yield
    for definitions in getattr(item, "_fixtureinfo").name2fixturedefs.values():  # noqa: B009
        if name := _fixtures.get(id(definitions[-1])):
            _recorder.use(name)
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    assert _recorder
    if report.failed:
        _recorder.failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    assert _recorder
    _recorder.write(Path(session.config.getoption("--reach")))
