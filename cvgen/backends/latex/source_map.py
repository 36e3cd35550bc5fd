"""Says which line of which template wrote a character of a .tex file, and from which text of the profile.

Only needed after a run with errors or warnings: the templates are then rendered once more, and every piece of the text
carries the line that printed it. Pieces are joined as other markup is, so the text is the same as before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import nodes
from jinja2.runtime import Context
from jinja2.utils import pass_context
from jinja2.visitor import NodeTransformer

from cvgen.backends.latex.writer import Latex, Origin, TracedLatex
from cvgen.backends.templates import ThemeEnvironment
from cvgen.diagnostics import Location

SOURCE = "cv.tex"
"""The name of the document's file."""
_DATA, _VALUE = "written_at", "printed_at"
"""Filters that the environment adds; no template names them."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The text of all files that templates write, the document's last, and the origin of each character.

    ``starts`` are the offsets at which the files start, by name.
    """

    text: str
    origins: tuple[Origin, ...]
    starts: Mapping[str, int]

    def find(self, offset: int) -> Origin | None:
        """The origin of the character at ``offset``; None where it is not known."""
        index = bisect_right(self.origins, offset, key=lambda origin: origin.offset)
        return self.origins[index - 1] if index else None

    def text_of(self, template: str) -> str:
        """All that the file ``template`` wrote."""
        ends = (*(origin.offset for origin in self.origins[1:]), len(self.text))
        written = zip(self.origins, ends, strict=True)
        return "".join(
            self.text[origin.offset : end]
            for origin, end in written
            if origin.template and origin.template.file == template
        )

    def start_of(self, line: int, file: str = SOURCE) -> int:
        """The offset of the first character of ``line``, which counts from 1, in ``file``."""
        start = self.starts[file]
        return start + sum(len(text) + 1 for text in self.text[start:].split("\n")[: line - 1])

    def line_at(self, line: int, file: str = SOURCE) -> str:
        """The text of ``line`` in ``file``; empty if there is none."""
        return self.text[self.start_of(line, file) :].partition("\n")[0]

    def list_texts(self, start: int, end: int) -> list[Location]:
        """The profile's texts in the characters from ``start`` up to ``end``, without repetition."""
        first = self.find(start)
        within = [origin for origin in self.origins if start <= origin.offset < end]
        found = [origin.text for origin in ([first] if first else []) + within]
        return list(dict.fromkeys(text for text in found if text))


class TracingEnvironment(ThemeEnvironment):
    """A sandbox whose templates write ``TracedLatex``: text that knows the line that wrote it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bytecode_cache = None  # these are compiled in another way
        self.filters[_DATA] = _write_data
        self.filters[_VALUE] = _print_value

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        marked = _LineMarker(self, filename or name or "").visit(source)
        return super()._generate(marked, name, filename, defer_init)


class _LineMarker(NodeTransformer):
    """Passes all that a template prints through a filter that knows its line."""

    def __init__(self, environment: ThemeEnvironment, file: str) -> None:
        self._environment, self._file = environment, file

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        """Mark the text and the expressions of one stretch of output."""
        node.nodes = [self._mark(child) for child in node.nodes]
        return node

    def _mark(self, child: nodes.Expr) -> nodes.Expr:
        data = isinstance(child, nodes.TemplateData)
        inner = nodes.Const(child.data, lineno=child.lineno) if isinstance(child, nodes.TemplateData) else child
        place: list[nodes.Expr] = [nodes.Const(value, lineno=child.lineno) for value in (child.lineno, self._file)]
        marked = nodes.Filter(inner, _DATA if data else _VALUE, place, [], None, None, lineno=child.lineno)
        marked.set_environment(self._environment)
        return marked


@pass_context  # filters without it are computed when a template is compiled
def _write_data(context: Context, data: str, line: int, file: str) -> TracedLatex:
    """The text of a template, of which each line has its own origin."""
    return _trace_lines(data, line, file)


@lru_cache(maxsize=4096)
def _trace_lines(data: str, line: int, file: str) -> TracedLatex:
    origins, offset = [], 0
    for number, part in enumerate(data.split("\n")):
        origins.append(Origin(offset, Location(file, line + number), None))
        offset += len(part) + 1
    return TracedLatex(data, tuple(origins))


@pass_context
def _print_value(context: Context, value: object, line: int, file: str) -> object:
    """What an expression prints: where its own origins name no template, this line is meant."""
    finalize = context.environment.finalize
    printed = finalize(value) if finalize else value
    if not isinstance(printed, Latex):
        return printed
    here = Location(file, line)
    known = printed.origins if isinstance(printed, TracedLatex) else ()
    start = () if known and known[0].offset == 0 else (Origin(0, None, None),)
    return TracedLatex(printed, tuple(Origin(at, place or here, text) for at, place, text in (*start, *known)))


def join_traced(parts: Iterable[object]) -> TracedLatex:
    """The parts as one text that keeps their origins."""
    origins: list[Origin] = []
    written: list[str] = []
    length = 0
    for part in parts:
        if isinstance(part, TracedLatex):
            origins += (Origin(length + at, template, text) for at, template, text in part.origins)
        written.append(str(part))
        length += len(written[-1])
    return TracedLatex("".join(written), tuple(origins))


def pack_map(files: Mapping[str, str]) -> Mapping[str, Any]:
    """The map of rendered ``files`` in their order, as plain data, which another process can send."""
    starts: dict[str, int] = {}
    parts: list[str] = []
    for name, text in files.items():
        starts[name] = sum(map(len, parts))
        parts += (text, "\n")
    whole = join_traced(parts)
    origins = [(at, _pack(template), _pack(place)) for at, template, place in whole.origins]
    return {"text": whole, "origins": origins, "starts": starts} if origins else {}


def unpack_map(packed: Mapping[str, Any]) -> SourceMap:
    """The map that ``pack_map`` packed."""
    origins = tuple(Origin(at, _unpack(template), _unpack(text)) for at, template, text in packed["origins"])
    return SourceMap(packed["text"], origins, packed["starts"])


def _pack(place: Location | None) -> tuple[str, int | None, int | None] | None:
    return (place.file, place.line, place.column) if place else None


def _unpack(place: list[Any] | None) -> Location | None:
    return Location(*place) if place else None
