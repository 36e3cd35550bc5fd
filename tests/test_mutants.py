"""The mutation tester: it changes what a slip would change, in a copy, and asks the tests that reach it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mutants import EQUIVALENT, PACKAGES, choose, read_equivalents
from mutation.changes import Change, find_changes, matters
from mutation.runs import Copy
from mutation.tests_of import Reach, TimedTest, with_shared

ROOT = Path(__file__).parents[1]


def changed(source: str) -> set[str]:
    """Every text that a change makes of ``source``."""
    data = source.encode()
    return {change.apply(data).decode() for change in find_changes("m.py", data) if matters(change, data)}


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        pytest.param("if a: pass", {"if not (a): pass", "if ((a) and False): pass", "if ((a) or True): pass"}, id="if"),
        pytest.param("x = a and b", {"x = ((a) or (b))", "x = ((b))", "x = ((a))"}, id="and"),
        pytest.param("x = a < b", {"x = a  <=  b"}, id="comparison"),
        pytest.param("x = a not in b", {"x = a  in  b"}, id="not-in"),
        pytest.param("x = f(a, b)", {"x = f(b, a)"}, id="arguments"),
        pytest.param("for x in y: pass", {"for x in (): pass"}, id="loop"),
        pytest.param("x = 1", {"x = 2"}, id="number"),
        pytest.param("x = 'é'.strip()", {"x = 'XXé'.strip()", "x = 'é'"}, id="after-a-wide-character"),
        pytest.param("T = (a, b, c)", {"T = ( b, c)", "T = (a,  c)", "T = (a, b, )"}, id="table"),
        pytest.param("T = 'a b'.split()", {"T = 'a'.split()", "T = 'b'.split()"}, id="words-of-a-table"),
        pytest.param("def f() -> list[int]:\n    return g()", {"def f() -> list[int]:\n    return []"}, id="return"),
        pytest.param("f(x)", {"pass"}, id="call"),
    ],
)
def test_each_kind_of_change_is_made(source: str, texts: set[str]) -> None:
    assert changed(source) == texts


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('"""Words of the module."""', id="docstring"),
        pytest.param('__all__ = ["a", "b", "c"]', id="exports"),
        pytest.param("if TYPE_CHECKING:\n    import a", id="type-checking"),
        pytest.param("def f(x: Literal['a', 'b', 'c']) -> None: ...", id="annotation"),
        pytest.param("raise ValueError('a', 1)", id="error"),
        pytest.param("x = f'{a} is wrong'", id="message"),
        pytest.param("x = 'several words of a message'", id="wording"),
    ],
)
def test_what_cannot_matter_is_left_alone(source: str) -> None:
    assert changed(source) == set()


def test_a_change_is_known_by_its_function_whatever_the_line() -> None:
    source = b"class A:\n    def f(self):\n        return a < b\n"
    one, other = (find_changes("m.py", text) for text in (source, b"import re\n\n\n" + source))
    assert [change.id for change in one] == [change.id for change in other]
    assert "m.py:A.f: a < b → <=" in {change.id for change in one}


def test_a_seed_chooses_the_same_changes_again() -> None:
    first = choose(ROOT, "fit", 1, 12)
    assert first == choose(ROOT, "fit", 1, 12)
    assert first[:5] == choose(ROOT, "fit", 1, 5)
    assert first != choose(ROOT, "fit", 2, 12)
    assert len({(change.file, change.place) for change in first}) == 12


def test_every_equivalent_has_a_reason_and_is_a_change_that_could_be_made() -> None:
    known = {
        change.id
        for package in PACKAGES
        for path in (ROOT / "cvgen" / package).rglob("*.py")
        for change in find_changes(path.relative_to(ROOT).as_posix(), path.read_bytes())
    }
    reasons = read_equivalents(EQUIVALENT)
    assert set(reasons) <= known
    assert all(reasons.values())


# --- In a tree of its own


SOURCE = """
LIMITS = {"low": 1, "high": 9}


def is_high(x):
    return x >= LIMITS["high"]
"""
TESTS = """
from functools import lru_cache
from cvgen.m import is_high


@lru_cache
def shared():
    return is_high(9)


def test_first():
    assert shared()


def test_second():
    assert shared() is True


def test_other():
    assert 1 + 1 == 2
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of a small tree with one module and three tests."""
    root = tmp_path_factory.mktemp("tree")
    for folder in ("cvgen", "themes", "examples", "tests"):
        (root / folder).mkdir()
    (root / "cvgen" / "__init__.py").touch()
    (root / "cvgen" / "m.py").write_text(SOURCE, "utf-8")
    (root / "tests" / "test_m.py").write_text(TESTS, "utf-8")
    (root / "tests" / "mutation").symlink_to(ROOT / "tests" / "mutation")
    return Copy(root, root / "copy")


@pytest.fixture(scope="module")
def reach(copy: Copy) -> Reach:
    out = copy.root / "reach.json"
    assert copy.pytest("-p", "mutation.reach", "--reach", str(out), "tests/test_m.py", limit=120) == 0
    assert len(json.loads(out.read_text("utf-8"))["tests"]) == 3
    return Reach(copy.root, [out])


def find(words: str) -> Change:
    (change,) = [change for change in find_changes("cvgen/m.py", SOURCE.encode()) if words in change.what]
    return change


def names(tests: list[TimedTest]) -> set[str]:
    return {test.id.partition("::")[2] for test in tests}


def test_what_tests_share_is_reached_by_all_of_them(reach: Reach) -> None:
    assert names(reach.tests_of(find(">= LIMITS"))) == {"test_first", "test_second"}


def test_a_table_is_reached_by_the_tests_that_run_a_line_with_its_name(reach: Reach) -> None:
    assert names(reach.tests_of(find("9 → 10"))) == {"test_first", "test_second"}


def test_a_change_is_made_in_the_copy_noticed_and_taken_back(copy: Copy, reach: Reach) -> None:
    change = find("9 → 10")
    result = copy.test(change, reach.tests_of(change), "", 60, "tree")
    assert (result.noticed, result.by) == (True, "tests/test_m.py::test_first")
    assert (copy.root / "cvgen" / "m.py").read_text("utf-8") == SOURCE


def test_a_change_that_no_test_notices_survives(copy: Copy, reach: Reach) -> None:
    change = find("1 → 2")
    result = copy.test(change, reach.tests_of(change), "", 60, "tree")
    assert (result.noticed, result.by, result.ran) == (False, "", 2)


def test_a_budget_ends_the_list_and_counts_what_is_shared_once() -> None:
    tests = [
        TimedTest("a", 1.0, {"pdf": 3.0}),
        TimedTest("b", 1.0, {"pdf": 3.0}),
        TimedTest("c", 1.0, {}),
        TimedTest("d", 1.0, {}),
    ]
    assert [test.id for test in with_shared(tests, 6.5)] == ["a", "b", "c"]
