"""The shape of the package: imports go down only, and each effect happens in one layer alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator, Mapping, Set
from functools import cache
from pathlib import Path

import pytest

import cvgen

PACKAGE = Path(cvgen.__file__).parent
LAYERS = (
    "version", "diagnostics", "model", "sources", "edit", "select", "convert", "online", "posting", "themes",
    "backends", "fit", "examine", "advice", "pipeline", "session", "api", "preview", "cli",
)  # fmt: skip
"""From the lowest to the highest."""
ROOMS_OF_EXAMINE = (
    "comparable_text", "finding", "readers", "parser", "expected", "matching", "subject", "checks", "examine",
)  # fmt: skip
"""The rooms and modules of the examination; each imports only from those before it."""
OUTSIDE = frozenset({"cvgen", "cvgen.__main__"})
"""Modules that belong to no layer: the version, and the call of the entry point."""
STARTS_PROGRAMS = frozenset({"subprocess", "multiprocessing", "pty", "concurrent.futures.ProcessPoolExecutor"})
STARTS_OF_OS = re.compile(r"os\.(system|popen|fork|exec\w*|spawn\w*|posix_spawnp?)\b")
CARRIES_MESSAGES = "multiprocessing.connection"
USES_NETWORK = frozenset({"httpx", "http", "urllib.request", "socket", "ssl", "requests", "aiohttp", "asyncio"})
SERVES = frozenset({"socket", "starlette", "uvicorn"})
"""What the preview, which listens on this machine alone, may use of the network."""
WRITES = frozenset({"write_text", "write_bytes", "mkdir", "unlink", "rename", "rmdir", "touch", "rmtree", "copyfile",
                    "mkstemp", "symlink_to", "hardlink_to", "makedirs"})  # fmt: skip


def module_name(path: Path, package: Path = PACKAGE) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules_of_package() -> dict[str, ast.Module]:
    """Every module's tree; parsed for the first test that asks, so that collecting the tests parses nothing."""
    return {module_name(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


PACKAGES = frozenset(module_name(path) for path in PACKAGE.rglob("__init__.py"))


def layer_of(module: str) -> str | None:
    """The layer that ``module`` is in; None outside of cvgen and for the modules of no layer."""
    parts = module.split(".")
    return parts[1] if parts[0] == "cvgen" and len(parts) > 1 and module not in OUTSIDE else None


def imported_by(module: str, tree: ast.AST, *, is_package: bool = False) -> Iterator[str]:
    """Every module that ``tree`` names in an import, wherever in it; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")[: len(module.split(".")) - node.level + (1 if is_package else 0)]
                base = ".".join([*parents, base] if base else parents)
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("importlib.import_module", "__import__"):
            yield from (str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant))


def upward_imports(module: str, tree: ast.AST, *, is_package: bool = False) -> list[str]:
    """The imports of ``module`` that do not go down, or lead to no layer."""
    own = layer_of(module)
    found = []
    for target in imported_by(module, tree, is_package=is_package):
        layer = layer_of(target)
        if own is None or layer is None:
            continue
        if layer not in LAYERS or LAYERS.index(layer) > LAYERS.index(own):
            found.append(target)
    return found


def import_graph(trees: Mapping[str, ast.AST], packages: Container[str] = PACKAGES) -> dict[str, set[str]]:
    """Module → the modules among ``trees`` that it imports, anywhere in it, also for types alone.

    ``from a import b`` leads to the module ``a.b`` where there is one, else to ``a``. Importing a module runs its
    packages first; that counts only where a name is taken from the package.
    """
    graph: dict[str, set[str]] = {}
    for module, tree in trees.items():
        targets = set()
        for target in imported_by(module, tree, is_package=module in packages):
            while target and target not in trees:
                target = target.rpartition(".")[0]
            targets.add(target)
        graph[module] = targets - {"", module}
    return graph


def find_cycles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other, directly or by way of others."""
    reached = {module: _reach(graph, module) for module in graph}
    cycles = {tuple(sorted(m for m in reached[module] if module in reached[m])) for module in graph}
    return [list(cycle) for cycle in sorted(cycles) if cycle]


def _reach(graph: Mapping[str, set[str]], start: str) -> set[str]:
    """Every module that ``start`` imports, directly or by way of others."""
    reached: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting += graph[module]
    return reached


@cache
def names_used(tree: ast.AST) -> Set[str]:
    """Every dotted name that is read or called (``os.environ``), and every module imported."""
    names = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, (ast.Attribute, ast.Name))}
    return names | set(imported_by("", tree))


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def prints(tree: ast.AST) -> bool:
    """Whether anything in ``tree`` prints or writes to the terminal."""
    spoken = {"print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write", "sys.exit", "exit", "quit"}
    uses_rich = any(target.split(".")[0] == "rich" for target in imported_by("", tree))
    return uses_rich or any(ast.unparse(call.func) in spoken for call in calls_in(tree))


def writes(tree: ast.AST) -> set[str]:
    """The calls in ``tree`` that change files: ``open`` to write, and the methods that do."""
    found = set()
    for call in calls_in(tree):
        name = ast.unparse(call.func)
        if name.rpartition(".")[2] in WRITES:
            found.add(name)
        if name.rpartition(".")[2] == "open" and _mode(call, name) & set("wax+"):
            found.add(name)
    return found


def _mode(call: ast.Call, name: str) -> set[str]:
    position = 0 if "." in name and not name.startswith(("os.", "io.")) else 1
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] + call.args[position : position + 1]
    return {letter for mode in given if isinstance(mode, ast.Constant) for letter in str(mode.value)}


def starts_programs(tree: ast.AST) -> bool:
    names = {name for name in names_used(tree) if not f"{name}.".startswith(f"{CARRIES_MESSAGES}.")}
    return any(
        STARTS_OF_OS.match(name) or any(f"{name}.".startswith(f"{start}.") for start in STARTS_PROGRAMS)
        for name in names
    )


def reads_environment(tree: ast.AST) -> bool:
    return bool({"os.environ", "os.getenv", "os.environb"} & names_used(tree))


def outside(*layers: str) -> dict[str, ast.Module]:
    """Every module of the package that is in none of ``layers``."""
    return {module: tree for module, tree in modules_of_package().items() if layer_of(module) not in layers}


def test_every_file_was_looked_at() -> None:
    on_disk = {path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".pyi") and path.is_file()}
    assert len(on_disk) > 40
    assert len(modules_of_package()) == len(on_disk)
    assert {"cvgen.cli.main", "cvgen.pipeline.render", "cvgen.backends.weasyprint.worker", "cvgen.diagnostics"} <= set(
        modules_of_package()
    )


def test_every_module_is_in_a_layer() -> None:
    assert [m for m in modules_of_package() if m not in OUTSIDE and layer_of(m) not in LAYERS] == []


def test_every_layer_has_modules() -> None:
    assert {layer_of(module) for module in modules_of_package()} - {None} == set(LAYERS)


def test_imports_go_down_only() -> None:
    found = {
        module: upward_imports(module, tree, is_package=module in PACKAGES)
        for module, tree in modules_of_package().items()
    }
    assert {module: targets for module, targets in found.items() if targets} == {}


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        pytest.param("cvgen.model.dates", "import cvgen.cli.main", ["cvgen.cli.main"], id="import"),
        pytest.param("cvgen.model.dates", "from cvgen.sources import yaml", ["cvgen.sources.yaml"], id="from"),
        pytest.param("cvgen.model.dates", "from cvgen import sources", ["cvgen.sources"], id="from-the-package"),
        pytest.param("cvgen.model.dates", "from ..sources import yaml", ["cvgen.sources.yaml"], id="relative"),
        pytest.param(
            "cvgen.select.query",
            "def f():\n    if True:\n        from cvgen.themes.theme import Theme",
            ["cvgen.themes.theme.Theme"],
            id="in-a-function",
        ),
        pytest.param(
            "cvgen.themes.theme",
            "import importlib\nimportlib.import_module('cvgen.backends.backend')",
            ["cvgen.backends.backend"],
            id="importlib",
        ),
        pytest.param(
            "cvgen.backends.backend",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from cvgen.pipeline.render import Request",
            ["cvgen.pipeline.render.Request"],
            id="for-types-alone",
        ),
        pytest.param("cvgen.cli.main", "import cvgen.nowhere.x", ["cvgen.nowhere.x"], id="no-layer"),
        pytest.param("cvgen.cli.main", "from cvgen.diagnostics import Problem", [], id="down"),
        pytest.param("cvgen.cli.main", "from cvgen.cli import report", [], id="own-layer"),
        pytest.param("cvgen.diagnostics", "import difflib, os.path", [], id="other-packages"),
    ],
)
def test_checker_of_imports(module: str, source: str, wrong: list[str]) -> None:
    assert upward_imports(module, ast.parse(source)) == wrong


def test_rooms_of_examine_import_only_from_those_before() -> None:
    rooms_of = {
        module: {target.split(".")[2] for target in imported_by(module, tree) if "cvgen.examine." in target}
        for module, tree in modules_of_package().items()
        if module.startswith("cvgen.examine.")
    }
    assert {module.split(".")[2] for module in rooms_of} >= set(ROOMS_OF_EXAMINE)
    for module, rooms in rooms_of.items():
        own = module.split(".")[2]
        assert rooms <= {own, *ROOMS_OF_EXAMINE[: ROOMS_OF_EXAMINE.index(own)]}, module
        assert own != "expected" or "readers" not in rooms, module


def test_only_cli_prints() -> None:
    assert [module for module, tree in outside("cli").items() if prints(tree)] == []


def test_only_the_public_interface_and_cli_read_the_environment() -> None:
    assert [module for module, tree in outside("session", "api", "cli").items() if reads_environment(tree)] == []


def test_only_online_uses_the_network() -> None:
    found = {
        module: [
            name for name in imported_by(module, tree) if any(f"{name}.".startswith(f"{n}.") for n in USES_NETWORK)
        ]
        for module, tree in modules_of_package().items()
    }
    assert {module for module, names in found.items() if names} == {"cvgen.online.http_client", "cvgen.preview.server"}


def test_only_preview_serves() -> None:
    serving = {
        module: {name.split(".")[0] for name in imported_by(module, tree)} & SERVES
        for module, tree in modules_of_package().items()
    }
    found = {module: names for module, names in serving.items() if names}
    assert {layer_of(module) for module in found} == {"preview"}
    assert [module for module, names in found.items() if "socket" in names] == ["cvgen.preview.server"]


def test_only_pipeline_and_scratch_folders_of_backends_write() -> None:
    found = {module: writes(tree) for module, tree in outside("pipeline", "backends").items()}
    assert {module: calls for module, calls in found.items() if calls} == {}


def test_backend_that_writes_does_so_in_a_scratch_folder_or_the_cache() -> None:
    writing = {
        module: names_used(tree)
        for module, tree in modules_of_package().items()
        if layer_of(module) == "backends" and writes(tree)
    }
    allowed = {"tempfile.mkdtemp", "make_scratch", "open_scratch", "explain_full_disk"}
    assert writing
    assert [module for module, names in writing.items() if not allowed & names] == []


def test_only_the_runner_starts_programs() -> None:
    assert [module for module, tree in modules_of_package().items() if starts_programs(tree)] == [
        "cvgen.backends.bounded",  # forks this process, for work with limits
        "cvgen.backends.launcher",  # started by the other one, to confine what it starts
        "cvgen.backends.programs",
    ]


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert find_cycles(import_graph(modules_of_package())) == []


@pytest.mark.parametrize(
    ("sources", "cycles"),
    [
        pytest.param({"p.a": "import p.b", "p.b": "import p.c", "p.c": ""}, [], id="a-line"),
        pytest.param(
            {"p.a": "from p.b import x\nfrom p.c import y", "p.b": "import p.d", "p.c": "import p.d", "p.d": ""},
            [],
            id="a-diamond",
        ),
        pytest.param({"p.a": "from p.b import x", "p.b": "from p.a import y"}, [["p.a", "p.b"]], id="two"),
        pytest.param(
            {"p.a": "import p.b", "p.b": "import p.c", "p.c": "import p.a", "p.d": "import p.a"},
            [["p.a", "p.b", "p.c"]],
            id="three-and-one-that-uses-them",
        ),
        pytest.param(
            {"p.a": "def f():\n    from p.b import x", "p.b": "from p.a import y"}, [["p.a", "p.b"]], id="in-a-function"
        ),
        pytest.param(
            {"p.a": "if TYPE_CHECKING:\n    from p.b import X", "p.b": "from p import a"},
            [["p.a", "p.b"]],
            id="for-types-alone",
        ),
        pytest.param({"p.a": "from .b import x", "p.b": "from . import a"}, [["p.a", "p.b"]], id="relative"),
        pytest.param(
            {"p": "from p.a import f", "p.a": "from p import f"}, [["p", "p.a"]], id="a-name-that-its-package-has"
        ),
        pytest.param({"p": "from p.a import f", "p.a": "from p import b", "p.b": ""}, [], id="a-module-of-a-package"),
        pytest.param(
            {"p.a": "import p.b", "p.b": "import p.a", "p.c": "import p.d", "p.d": "import p.c"},
            [["p.a", "p.b"], ["p.c", "p.d"]],
            id="two-cycles",
        ),
    ],
)
def test_checker_of_cycles(sources: dict[str, str], cycles: list[list[str]]) -> None:
    trees = {name: ast.parse(source) for name, source in sources.items()}
    assert find_cycles(import_graph(trees, packages={"p"} & set(sources))) == cycles


def test_no_module_changes_the_folder() -> None:
    changing = {"os.chdir", "os.fchdir", "contextlib.chdir"}
    assert [module for module, tree in modules_of_package().items() if changing & names_used(tree)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("print('x')", (True, False, False), id="print"),
        pytest.param("import click\nclick.echo('x')", (True, False, False), id="echo"),
        pytest.param("from rich.console import Console", (True, False, False), id="rich"),
        pytest.param("import sys\nsys.exit(1)", (True, False, False), id="exit"),
        pytest.param("import os\nhome = os.environ['HOME']", (False, True, False), id="environ"),
        pytest.param("from os import environ", (False, True, False), id="environ-imported"),
        pytest.param("import os\nos.getenv('HOME')", (False, True, False), id="getenv"),
        pytest.param("import subprocess", (False, False, True), id="subprocess"),
        pytest.param("def f():\n    from subprocess import run", (False, False, True), id="subprocess-in-function"),
        pytest.param("import os\nos.system('ls')", (False, False, True), id="system"),
        pytest.param("import os\nos.execve('ls', [], {})", (False, False, True), id="exec"),
        pytest.param("from os import posix_spawn", (False, False, True), id="spawn"),
        pytest.param("import multiprocessing", (False, False, True), id="multiprocessing"),
        pytest.param("from multiprocessing import Pool", (False, False, True), id="pool"),
        pytest.param("from concurrent.futures import ProcessPoolExecutor", (False, False, True), id="pool-of-futures"),
        pytest.param("from multiprocessing.connection import Connection", (False, False, False), id="messages"),
        pytest.param(
            "import multiprocessing.connection\nmultiprocessing.Process()",
            (False, False, True),
            id="more",
        ),
        pytest.param("fingerprint(x)\nos.path.join('a')", (False, False, False), id="nothing"),
    ],
)
def test_checkers_of_effects(source: str, found: tuple[bool, bool, bool]) -> None:
    tree = ast.parse(source)
    assert (prints(tree), reads_environment(tree), starts_programs(tree)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("open('a', 'w')", {"open"}, id="open"),
        pytest.param("open('a', mode='ab')", {"open"}, id="open-mode-named"),
        pytest.param("path.open('x')", {"path.open"}, id="path-open"),
        pytest.param("path.write_text('x')", {"path.write_text"}, id="write-text"),
        pytest.param("open('a')\nopen('a', 'rb')\npath.open()\npath.read_text()", set(), id="reading"),
    ],
)
def test_checker_of_writing(source: str, found: set[str]) -> None:
    assert writes(ast.parse(source)) == found


def test_pdfium_is_opened_only_where_threads_wait_for_each_other() -> None:
    opening = {
        module
        for module, tree in modules_of_package().items()
        if any(ast.unparse(call.func).endswith("PdfDocument") for call in calls_in(tree))
    }
    assert opening == {"cvgen.sources.pdf_file"}
