"""Which tests reach a change, the fastest first."""

from __future__ import annotations

import ast
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mutation.changes import Change


@dataclass(frozen=True, slots=True)
class TimedTest:
    """A test as pytest names it, its own seconds, and those of what it shares with others."""

    id: str
    seconds: float
    shared: dict[str, float]

    @property
    def cost(self) -> float:
        return self.seconds + sum(self.shared.values())

    @property
    def order(self) -> tuple[float, str]:
        """Fastest first, but the tests of one file that take about as long stay together, for what they share."""
        return math.floor(math.log2(max(self.cost, 0.03))), self.id.partition("::")[0]


class Reach:
    """What all tests reach, from the files that mutation/reach.py wrote."""

    def __init__(self, root: Path, files: Iterable[Path]) -> None:
        self._maps: list[tuple[list[TimedTest], dict[str, dict[str, str]]]] = []
        for file in files:
            read = json.loads(file.read_text("utf-8"))
            self._maps.append(([TimedTest(t["id"], t["seconds"], t["shared"]) for t in read["tests"]], read["lines"]))
        self._uses = _uses_of_names(root)

    def tests_of(self, change: Change) -> list[TimedTest]:
        """The tests that run the changed lines; where that is not known, those that run anything of the same folder.

        A table is reached by the tests that run a line with its name in it. Code that runs in another process is
        not seen, so there a test of the package has to do.
        """
        if change.names:
            places = self._places_of(change.names)
        else:
            places = {(change.file, line) for line in range(change.lines[0], change.lines[1] + 1)}
        if not (found := self._reaching(places)):
            folder = change.file.rpartition("/")[0]
            files = {file for _, lines in self._maps for file in lines if file.rpartition("/")[0] == folder}
            found = self._reaching({(file, int(n)) for _, ls in self._maps for file in files for n in ls.get(file, ())})
        return sorted(found, key=lambda test: test.order)

    def _reaching(self, places: set[tuple[str, int]]) -> list[TimedTest]:
        found = []
        for tests, lines in self._maps:
            bits = 0
            for file, line in places:
                bits |= int(lines.get(file, {}).get(str(line), "0"), 16)
            found += [test for number, test in enumerate(tests) if bits >> number & 1]
        return found

    def _places_of(self, names: tuple[str, ...]) -> set[tuple[str, int]]:
        """Where ``names`` are read inside functions, also by way of another table that is made from them."""
        places: set[tuple[str, int]] = set()
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            if (name := waiting.pop()) not in seen:
                seen.add(name)
                for where in self._uses[name]:
                    if isinstance(where, str):
                        waiting.append(where)
                    else:
                        places.add(where)
        return places


def with_shared(tests: Iterable[TimedTest], budget: float) -> Iterator[TimedTest]:
    """``tests`` in order until they take ``budget`` seconds; what tests share counts once."""
    paid: set[str] = set()
    spent = 0.0
    for test in tests:
        spent += test.seconds + sum(s for name, s in test.shared.items() if name not in paid)
        paid |= test.shared.keys()
        if spent > budget:
            return
        yield test


def _uses_of_names(root: Path) -> dict[str, list[tuple[str, int] | str]]:
    """For every name read in cvgen: the place in a function, or the name of the table that is made with it."""
    uses: dict[str, list[tuple[str, int] | str]] = defaultdict(list)
    for path in sorted((root / "cvgen").rglob("*.py")):
        file = path.relative_to(root).as_posix()
        for node in ast.parse(path.read_bytes()).body:
            _read_uses(node, file, (), uses)
    return uses


def _read_uses(
    node: ast.AST, file: str, inside: tuple[str, ...] | None, uses: dict[str, list[tuple[str, int] | str]]
) -> None:
    """``inside`` is None in a function, else what the statement around defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        inside = None
    elif inside is not None and isinstance(node, ast.ClassDef):
        inside = (node.name,)
    elif inside is not None and isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        inside = (*inside, *(target.id for target in targets if isinstance(target, ast.Name)))
    if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
        name = node.id if isinstance(node, ast.Name) else node.attr
        uses[name] += [(file, node.lineno)] if inside is None else inside
    for child in ast.iter_child_nodes(node):
        _read_uses(child, file, inside, uses)
