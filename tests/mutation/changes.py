"""The small wrong changes that can be made to a module: each breaks one thing, as a slip of the hand would."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_OPPOSITES = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
_CLEANERS = frozenset({"casefold", "lower", "upper", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix"})
# Swapped arguments of these either change nothing or fail at once.
_NOT_SWAPPED = frozenset(
    {"isinstance", "issubclass", "getattr", "setattr", "hasattr", "max", "min", "zip", "range", "cast", "field"}
)
# Their words are wording: tests need not repeat them.
_MESSAGES = frozenset({"Mistake", "Problem", "problem", "error", "warning", "notice", "TypeVar", "cast"})
_EMPTY = {"str": '""', "tuple": "()", "list": "[]", "dict": "{}", "set": "set()", "frozenset": "frozenset()",
          "int": "0", "float": "0.0", "bytes": 'b""'}  # fmt: skip
# A word that a program compares, or the glue between two texts; anything else is wording or a pattern.
_WORD = re.compile(r"[\w.:/@-]{1,30}|[^\w\s]?\s?[^\w\s]?\s?")
LONGEST = 140


@dataclass(frozen=True, slots=True)
class Change:
    """One change: bytes ``start`` to ``end`` of ``file`` become ``new``.

    ``lines`` are those of the statement or the condition it is in, ``names`` what a statement outside of functions
    defines (a table, a field of a class). Of the changes of one ``place`` only one is tried.
    """

    file: str
    scope: str
    what: str
    start: int
    end: int
    new: str
    place: str
    lines: tuple[int, int]
    names: tuple[str, ...]
    number: int = 1

    @property
    def id(self) -> str:
        """The same for as long as the function keeps its name and the code its wording."""
        again = f" #{self.number}" if self.number > 1 else ""
        return f"{self.file}:{self.scope}: {self.what}{again}"

    def apply(self, source: bytes) -> bytes:
        """``source`` with the change in it."""
        return source[: self.start] + self.new.encode() + source[self.end :]


def find_changes(file: str, source: bytes) -> list[Change]:
    """Every change to ``source``, the text of ``file``; some may be no Python any more, see ``matters``."""
    seen: dict[str, int] = {}
    found = []
    for change in _Finder(file, source).find(ast.parse(source)):
        seen[change.id] = seen.get(change.id, 0) + 1
        found.append(replace(change, number=seen[change.id]) if seen[change.id] > 1 else change)
    return found


def matters(change: Change, source: bytes) -> bool:
    """Whether ``source`` with the change is Python, and says something else than before."""
    try:
        return ast.dump(ast.parse(change.apply(source))) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


class _Finder:
    """Walks one module; what cannot matter (annotations, docstrings, messages, decorators) is not entered."""

    def __init__(self, file: str, source: bytes) -> None:
        self._file = file
        self._source = source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._scope: tuple[str, ...] = ()
        self._in_function = False
        self._returns = ""
        self._lines = (1, 1)
        self._names: tuple[str, ...] = ()

    def find(self, tree: ast.Module) -> Iterator[Change]:
        for statement in tree.body:
            yield from self._visit(statement)

    # --- positions and text

    def _at(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._starts[node.lineno - 1] + node.col_offset, self._starts[node.end_lineno - 1] + node.end_col_offset

    def _text(self, node: ast.expr | ast.stmt) -> str:
        start, end = self._at(node)
        return self._source[start:end].decode()

    def _change(self, node: ast.expr | ast.stmt, new: str, what: str, place: object = "", **at: int) -> Change:
        start, end = self._at(node)
        what = " ".join(what.split())
        what = what if len(what) <= LONGEST else f"{what[:LONGEST]}…"
        return Change(
            self._file, ".".join(self._scope), what, at.get("start", start), at.get("end", end), new,
            f"{start}-{end}-{place}", self._lines, self._names,
        )  # fmt: skip

    # --- the walk

    def _visit(self, node: ast.AST) -> Iterator[Change]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from self._visit_scope(node)
            return
        if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Assert) or _is_typing(node):
            return
        kept = self._lines, self._names
        if isinstance(node, ast.stmt):
            self._lines = _own_lines(node)
            if not self._in_function:
                self._names = (*_assigned(node),) or self._names
        yield from self._changes_of(node)
        for child in _entered(node):
            yield from self._visit(child)
        self._lines, self._names = kept

    def _visit_scope(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Iterator[Change]:
        kept = self._scope, self._in_function, self._returns, self._lines, self._names
        self._scope = (*self._scope, node.name)
        if isinstance(node, ast.ClassDef):
            self._names = (*self._names, node.name)
        else:
            self._in_function, self._names = True, ()
            self._returns = ast.unparse(node.returns) if node.returns else ""
            assert node.end_lineno is not None
            self._lines = (node.lineno, node.end_lineno)
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    yield from self._visit(default)
        for statement in node.body:
            yield from self._visit(statement)
        self._scope, self._in_function, self._returns, self._lines, self._names = kept

    def _changes_of(self, node: ast.AST) -> Iterator[Change]:
        match node:
            case ast.If() | ast.While() | ast.IfExp():
                yield from self._condition(node.test)
            case ast.BoolOp():
                yield from self._bool_op(node)
            case ast.Call():
                yield from self._call(node)
            case ast.Return(value=ast.expr() as value):
                yield from self._return(value)
            case ast.Constant():
                yield from self._constant(node)
            case ast.Dict() | ast.Set() | ast.List() | ast.Tuple():
                yield from self._entries(node)
            case ast.Compare() | ast.BinOp() | ast.UnaryOp():
                yield from self._operator(node)
        yield from self._dropped(node)

    # --- the kinds of change

    def _condition(self, test: ast.expr) -> Iterator[Change]:
        text = self._text(test)
        yield self._change(test, f"not ({text})", f"negated: if {text}", "if")
        yield self._change(test, f"(({text}) and False)", f"never true: if {text}", "if")
        yield self._change(test, f"(({text}) or True)", f"always true: if {text}", "if")

    def _dropped(self, node: ast.AST) -> Iterator[Change]:
        """Loops that never run, and statements that are not there."""
        match node:
            case ast.For():
                yield self._change(node.iter, "()", f"loop body never runs: for … in {self._text(node.iter)}")
            case ast.comprehension():
                yield self._change(node.iter, "()", f"nothing goes in: for … in {self._text(node.iter)}")
                for test in node.ifs:
                    yield from self._condition(test)
            case ast.Expr(value=ast.Call()) | ast.AugAssign():
                yield self._change(node, "pass", f"dropped: {self._text(node)}")
            case ast.Continue():
                yield self._change(node, "pass", "continue dropped")

    def _operator(self, node: ast.Compare | ast.BinOp | ast.UnaryOp) -> Iterator[Change]:
        match node:
            case ast.UnaryOp(op=ast.Not()):
                yield self._change(node, f"({self._text(node.operand)})", f"not dropped: {self._text(node)}")
            case ast.Compare(ops=[op], comparators=[right]):
                yield from self._between(node, node.left, right, _OPPOSITES[type(op)])
            case ast.BinOp() if type(node.op) in _ARITHMETIC and not _is_text(node):
                yield from self._between(node, node.left, node.right, _ARITHMETIC[type(node.op)])

    def _bool_op(self, node: ast.BoolOp) -> Iterator[Change]:
        texts = [f"({self._text(value)})" for value in node.values]
        words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        whole = self._text(node)
        yield self._change(node, f"({f' {words[1]} '.join(texts)})", f"{words[0]} → {words[1]}: {whole}", "bool")
        for index, text in enumerate(texts):
            rest = f" {words[0]} ".join(texts[:index] + texts[index + 1 :])
            yield self._change(node, f"({rest})", f"dropped {text} from {whole}", "bool")

    def _between(self, node: ast.expr, left: ast.expr, right: ast.expr, new: str) -> Iterator[Change]:
        start, end = self._at(left)[1], self._at(right)[0]
        between = self._source[start:end].decode()
        changed = re.sub(r"not\s+in|is\s+not|\bin\b|\bis\b|[<>=!]=|[<>*/+-]", f" {new} ", between, count=1)
        if "#" not in between:
            yield self._change(node, changed, f"{self._text(node)} → {new}", "op", start=start, end=end)

    def _call(self, node: ast.Call) -> Iterator[Change]:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if isinstance(node.func, ast.Attribute) and name in _CLEANERS:
            yield self._change(node, self._text(node.func.value), f"{name} dropped: {self._text(node)}")
        if isinstance(node.func, ast.Attribute) and name == "split" and isinstance(node.func.value, ast.Constant):
            yield from self._words(node.func.value)
        if len(node.args) < 2 or name in _NOT_SWAPPED or any(isinstance(arg, ast.Starred) for arg in node.args):
            return
        if _is_of_re(node.func) or all(isinstance(arg, ast.Constant) for arg in node.args[:2]):
            return
        first, second = node.args[:2]
        (start, one), (two, end) = self._at(first), self._at(second)
        new = f"{self._text(second)}{self._source[one:two].decode()}{self._text(first)}"
        yield self._change(node, new, f"arguments swapped: {self._text(node)}", "swap", start=start, end=end)

    def _return(self, value: ast.expr) -> Iterator[Change]:
        annotation = self._returns
        if annotation == "bool" and not (isinstance(value, ast.Constant)):
            yield self._change(value, f"not ({self._text(value)})", f"return negated: {self._text(value)}", "return")
            return
        head = annotation.partition("[")[0]
        new = "None" if "None" in annotation else _EMPTY.get(head, "" if "Iterator" in head or not head else "None")
        if new:
            yield self._change(value, new, f"return {self._text(value)} → {new}", "return")

    def _constant(self, node: ast.Constant) -> Iterator[Change]:
        new = _other(node.value)
        if new is not None:
            yield self._change(node, new, f"{self._text(node)} → {new}", "constant")

    def _entries(self, node: ast.Dict | ast.Set | ast.List | ast.Tuple) -> Iterator[Change]:
        if isinstance(node, ast.Dict):
            pairs = [(key, value) for key, value in zip(node.keys, node.values, strict=True) if key is not None]
        else:
            if len(node.elts) < 3 or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
                return
            pairs = [(item, item) for item in node.elts]
        for index, (first, last) in enumerate(pairs):
            start, end = self._at(first)[0], self._at(last)[1]
            text = self._source[start:end].decode()
            if comma := re.match(rb"\s*,", self._source[end:]):
                end += comma.end()
            change = self._change(node, "", f"entry dropped: {text}", f"entry{index // 8}", start=start, end=end)
            lines = self._lines if self._in_function else (first.lineno, last.end_lineno or first.lineno)
            yield replace(change, lines=lines)

    def _words(self, node: ast.Constant) -> Iterator[Change]:
        words = str(node.value).split()
        for index, word in enumerate(words):
            new = " ".join(words[:index] + words[index + 1 :])
            yield self._change(node, repr(new), f"word dropped: {word}", f"entry{index // 8}")


def _entered(node: ast.AST) -> Iterator[ast.AST]:
    """The children of ``node`` that are walked: no annotation, and no words of a message."""
    if isinstance(node, ast.AnnAssign):
        children: list[ast.AST] = [node.value] if node.value else []
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        children = []
    elif isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        parts = [node.func, *node.args, *node.keywords]
        children = [part for part in parts if not (name in _MESSAGES and isinstance(part, ast.Constant))]
    else:
        children = list(ast.iter_child_nodes(node))
    return iter(children)


def _is_typing(node: ast.AST) -> bool:
    """What only a type checker reads, and names that are only exported."""
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.Subscript(value=ast.Name(id="Literal" | "Annotated" | "Callable")):
            return True
    return False


def _own_lines(node: ast.stmt) -> tuple[int, int]:
    """The lines that run where ``node`` itself runs: of a compound statement only its head."""
    assert node.end_lineno is not None
    body = getattr(node, "body", None)
    return node.lineno, max(node.lineno, body[0].lineno - 1) if body else node.end_lineno


def _assigned(node: ast.stmt) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id


def _is_text(node: ast.BinOp) -> bool:
    """An operator whose other sense would fail at once."""
    sides = (node.left, node.right)
    return any(isinstance(s, ast.JoinedStr | ast.Tuple | ast.List | ast.ListComp | ast.Set) for s in sides) or any(
        isinstance(side, ast.Constant) and isinstance(side.value, str | bytes) for side in sides
    )


def _is_of_re(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"


def _other(value: object) -> str | None:
    """Another value of the same type, as Python source; None where the change could not matter."""
    match value:
        case bool():
            return str(not value)
        case int():
            return str(value + 1)
        case float():
            return repr(value * 1.5 or 1.0)
        case str() if value and value != "utf-8" and _WORD.fullmatch(value):
            return repr(f"XX{value}")
    return None
