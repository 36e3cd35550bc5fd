"""The fields of the model's dataclasses with what their source says of each."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A field or a property of a class: its name, its type as written, and its meaning."""

    name: str
    type: str
    meaning: str


def describe_class(kind: type) -> str:
    """The docstring of ``kind`` as Markdown."""
    return as_markdown(inspect.getdoc(kind) or "")


def describe_fields(kind: type) -> list[Described]:
    """Each field and property of ``kind`` that templates can read."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    return list(_list_fields(tree.body))


def _list_fields(body: list[ast.stmt]) -> Iterator[Described]:
    for statement, following in zip(body, [*body[1:], None], strict=True):
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
                meaning = _read_docstring(following)
            case ast.FunctionDef(name=name, returns=ast.expr() as kind) if _is_property(statement):
                meaning = ast.get_docstring(statement) or ""
            case _:
                continue
        if not name.startswith("_"):
            yield Described(name, ast.unparse(kind), as_markdown(meaning))


def _read_docstring(statement: ast.stmt | None) -> str:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return inspect.cleandoc(text)
        case _:
            return ""


def _is_property(function: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "property" for one in function.decorator_list)


def as_markdown(text: str) -> str:
    """A docstring as Markdown: ``code`` becomes `code`."""
    return re.sub(r"``(.+?)``", r"`\1`", text)


def make_row(*cells: str) -> str:
    """A row of a table; line ends and bars inside a cell are kept from ending it."""
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def make_table(fields: list[Described]) -> list[str]:
    """The lines of a table of ``fields``; without the column of meanings if no field has one."""
    if not any(one.meaning for one in fields):
        return ["| field | type |\n|---|---|", *(make_row(f"`{one.name}`", f"`{one.type}`") for one in fields)]
    rows = [make_row(f"`{one.name}`", f"`{one.type}`", one.meaning) for one in fields]
    return ["| field | type | meaning |\n|---|---|---|", *rows]
