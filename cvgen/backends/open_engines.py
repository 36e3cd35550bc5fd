"""Engines that are opened when they are first needed, and stay open for the next document."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from cvgen.backends.engines import find_engine, open_backend, open_source_writer

if TYPE_CHECKING:
    from cvgen.backends.backend import Backend, SourceWriter
    from cvgen.backends.host import Host


class OpenEngines:
    """The engines that one thread has open. Close them after use."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._stack = ExitStack()
        self._printing: dict[str, Backend] = {}
        self._writing: dict[str, SourceWriter] = {}

    def open_backend(self, engine: str) -> Backend:
        """``engine``, ready to print. Raises ValueError for one that prints no PDF."""
        if engine not in self._printing:
            self._printing[engine] = self._stack.enter_context(closing(open_backend(engine, self._host)))
        return self._printing[engine]

    def open_source_writer(self, engine: str) -> SourceWriter:
        """``engine``, to write sources only; it starts no program."""
        if engine not in self._writing:
            self._writing[engine] = self._stack.enter_context(closing(open_source_writer(engine, self._host)))
        return self._writing[engine]

    def open_checked(self, engine: str) -> SourceWriter:
        """``engine`` for a check: ready to print if it makes PDFs, else to write its source."""
        return self.open_backend(engine) if find_engine(engine).prints else self.open_source_writer(engine)

    def close(self) -> None:
        """Close all of them. An engine that is needed again starts again."""
        self._printing.clear()
        self._writing.clear()
        self._stack.close()
