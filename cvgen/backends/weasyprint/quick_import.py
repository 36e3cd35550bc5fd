"""Loads WeasyPrint in half the time: without what HarfBuzz replaces, and with its declarations of C parsed once."""

from __future__ import annotations

import ast
import ctypes.util
import hashlib
import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from cvgen.backends.cache import Cache

_LATE = ("fontTools.subset", "fontTools.varLib.instancer")
"""Modules that WeasyPrint uses only where HarfBuzz cannot cut a font; to load them takes a quarter of its time."""
_KEPT = "declarations"


def import_weasyprint(cache: Cache) -> Any:
    """WeasyPrint; ``cache`` keeps its declarations of C, parsed, for the next process."""
    name = _name_declarations()
    kept = _read_declarations(cache, name) if name else None
    with _without_gcc(), _load_late():
        weasyprint = _load_with(kept) if kept else None
        if weasyprint is None:
            kept, weasyprint = None, importlib.import_module("weasyprint")
    if name and kept is None and cache.can_keep:
        cache.keep(name, repr(_parse_declarations(weasyprint.text.ffi.ffi._cdefsources)).encode())
        cache.limit(_KEPT, 3)
    return weasyprint


def _load_with(kept: dict[str, Any]) -> Any:
    """WeasyPrint with the declarations ``kept``; None if it cannot use them."""
    try:
        with _use_declarations(kept):
            return importlib.import_module("weasyprint")
    except Exception:  # whatever cffi or a library finds wrong; what is wrong without them is raised by the next try
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]
        return None


@contextmanager
def _without_gcc() -> Iterator[None]:
    """Let cffi load libraries by their names on Linux.

    cffi first asks ctypes for library names that exist only on Windows and macOS, and on Linux ctypes runs gcc and
    ldconfig to answer: a fifth of a second. Where that finds nothing, cffi takes the right name at once.
    """
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


class _LateModule(ModuleType):
    """Takes the place of a module until a function of it is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **named: Any) -> Any:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **named)

        return call


@contextmanager
def _load_late() -> Iterator[None]:
    """Load the modules of ``_LATE`` only when they are used."""
    placed = {name: _LateModule(name) for name in _LATE if name not in sys.modules}
    sys.modules.update(placed)
    try:
        yield
    finally:
        for name, module in placed.items():
            if sys.modules.get(name) is module:  # other code that imports it needs the real module
                del sys.modules[name]


def _name_declarations() -> str:
    """The name under which the declarations are kept; empty where WeasyPrint must parse them.

    Elsewhere than on Linux, the parsed ones would not find the libraries.
    """
    spec = find_spec("weasyprint")
    if sys.platform != "linux" or spec is None or not spec.submodule_search_locations:
        return ""
    import _cffi_backend

    try:
        source = (Path(spec.submodule_search_locations[0]) / "text" / "ffi.py").read_bytes()
    except OSError:
        return ""
    digest = hashlib.sha256(source + f"{_cffi_backend.__version__} {sys.version}".encode())
    return f"{_KEPT}/{digest.hexdigest()}.txt"


def _read_declarations(cache: Cache, name: str) -> dict[str, Any] | None:
    """What is kept under ``name``: numbers, bytes and tuples, never code."""
    data = cache.read(name)
    try:
        kept = ast.literal_eval(data.decode()) if data else None
    except (ValueError, SyntaxError):
        return None
    return kept if isinstance(kept, dict) else None


@contextmanager
def _use_declarations(kept: dict[str, Any]) -> Iterator[None]:
    """Let cffi take the ``kept`` declarations in place of those that it would parse."""
    import _cffi_backend
    import cffi

    class Parsed(_cffi_backend.FFI):  # type: ignore[misc]
        """An interface to C whose declarations are parsed."""

        def __new__(cls) -> Parsed:
            made: Parsed = super().__new__(cls, "weasyprint", **kept)
            return made

        def __init__(self) -> None:
            super().__init__("weasyprint", **kept)

        def cdef(self, source: str) -> None:
            """Nothing: ``source`` is what was parsed."""

    plain = cffi.FFI
    cffi.FFI = Parsed
    try:
        yield
    finally:
        cffi.FFI = plain


def _parse_declarations(sources: list[str]) -> dict[str, Any]:
    """The declarations in C as cffi keeps them in a module of its own."""
    import cffi

    parser = cffi.FFI()
    for source in sources:
        parser.cdef(source)
    parser.set_source("_kept", None)
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "_kept.py"
        parser.emit_python_code(str(module))
        tree = ast.parse(module.read_text("utf-8"))
    made = next(node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in made.keywords}
