"""The shape of the package: imports go down only, and each effect happens in one layer alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

import pytest

import cvgen

PACKAGE = Path(cvgen.__file__).parent
LAYERS = (
    "diagnostics", "model", "sources", "edit", "select", "posting", "themes", "backends", "fit", "examine",
    "pipeline", "api", "cli",
)  # fmt: skip
"""From the lowest to the highest."""
OUTSIDE = frozenset({"cvgen", "cvgen.__main__"})
"""Modules that belong to no layer: the version, and the call of the entry point."""
STARTS_PROGRAMS = frozenset({"subprocess", "multiprocessing", "os.system", "os.popen", "os.execv", "os.fork"})
WRITES = frozenset({"write_text", "write_bytes", "mkdir", "unlink", "rename", "rmdir", "touch", "rmtree", "copyfile",
                    "mkstemp", "symlink_to", "hardlink_to", "makedirs"})  # fmt: skip


def module_name(path: Path, package: Path = PACKAGE) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules_of_package() -> dict[str, ast.Module]:
    """Every module's tree; parsed by the first test that asks, so that collecting the tests parses nothing."""
    return {module_name(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


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
        if own is None or layer is None or target == "cvgen.__version__":
            continue
        if layer not in LAYERS or LAYERS.index(layer) > LAYERS.index(own):
            found.append(target)
    return found


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
    return any(name == start or name.startswith(f"{start}.") for name in names_used(tree) for start in STARTS_PROGRAMS)


def reads_environment(tree: ast.AST) -> bool:
    return bool({"os.environ", "os.getenv", "os.environb"} & names_used(tree))


def outside(*layers: str) -> dict[str, ast.Module]:
    """Every module of the package that is in none of ``layers``; there are some."""
    found = {module: tree for module, tree in modules_of_package().items() if layer_of(module) not in layers}
    assert len(found) > 40
    return found


def test_every_file_was_looked_at() -> None:
    on_disk = {path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".pyi") and path.is_file()}
    assert len(on_disk) > 40
    assert len(modules_of_package()) == len(on_disk)
    known = {"cvgen.cli.main", "cvgen.pipeline.render", "cvgen.backends.html.worker", "cvgen.diagnostics"}
    assert known <= set(modules_of_package())


def test_every_module_is_in_a_layer() -> None:
    assert [m for m in modules_of_package() if m not in OUTSIDE and layer_of(m) not in LAYERS] == []


def test_every_layer_has_modules() -> None:
    assert {layer_of(module) for module in modules_of_package()} - {None} == set(LAYERS)


def test_imports_go_down_only() -> None:
    found = {}
    for module, tree in outside().items():
        is_package = (PACKAGE.parent / Path(*module.split(".")) / "__init__.py").is_file()
        found[module] = upward_imports(module, tree, is_package=is_package)
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


def test_only_cli_prints() -> None:
    assert [module for module, tree in outside("cli").items() if prints(tree)] == []


def test_only_api_and_cli_read_the_environment() -> None:
    assert [module for module, tree in outside("api", "cli").items() if reads_environment(tree)] == []


def test_only_pipeline_and_scratch_folders_of_backends_write() -> None:
    assert {module: writes(tree) for module, tree in outside("pipeline", "backends").items() if writes(tree)} == {}


def test_backend_that_writes_does_so_in_a_scratch_folder_or_the_cache() -> None:
    backends = {module: tree for module, tree in modules_of_package().items() if layer_of(module) == "backends"}
    writing = {module: names_used(tree) for module, tree in backends.items() if writes(tree)}
    allowed = {"tempfile.TemporaryDirectory", "self._host.cache", "host.cache", "cache"}
    assert writing
    assert [module for module, names in writing.items() if not allowed & names] == []


def test_only_backends_start_programs() -> None:
    assert [module for module, tree in outside("backends").items() if starts_programs(tree)] == []


def test_no_module_changes_the_folder() -> None:
    changing = {"os.chdir", "os.fchdir", "contextlib.chdir"}
    assert [module for module, tree in outside().items() if changing & names_used(tree)] == []


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
