"""The reference of the Python API, from its signatures and docstrings."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from collections.abc import Iterator

from described import as_markdown, describe_fields, make_table

import cvgen
import cvgen.api
import cvgen.session

_INTRODUCTION = """# The Python API, in full

This page is made from the code. [As a library](python.md) has an example.
"""


def write_api_reference() -> str:
    """The page: functions first, then classes, then errors."""
    public = {name: getattr(cvgen, name) for name in sorted(cvgen.__all__) if not name.startswith("_")}
    functions = [_describe_callable(name, value, 2) for name, value in public.items() if inspect.isfunction(value)]
    classes = [value for value in public.values() if inspect.isclass(value)]
    described = [_describe_class(value) for value in dict.fromkeys([*classes, *_list_results(functions)])]
    return "\n".join([_INTRODUCTION, *functions, *described])


def _list_results(functions: list[str]) -> Iterator[type]:
    """The classes that the functions give back, and the arguments of a render."""
    for name in ("Choices", *re.findall(r" -> (\w+)\n```", "\n".join(functions))):
        kind = getattr(cvgen.api, name, None) or getattr(cvgen.session, name, None)
        if inspect.isclass(kind):
            yield kind


def _describe_callable(name: str, value: object, level: int) -> str:
    signature = str(inspect.signature(value))  # type: ignore[arg-type]
    text = _fence(as_markdown(inspect.getdoc(value) or ""))
    return f"{'#' * level} {name.rpartition('.')[2]}\n\n```python\n{name}{_short(signature)}\n```\n\n{text}\n"


def _fence(text: str) -> str:
    """``text`` with its examples, which begin with ``>>>`` and end with the paragraph, as blocks of code."""
    return re.sub(r"^>>> .*?(?=\n\n|\Z)", r"```pycon\n\g<0>\n```", text, flags=re.MULTILINE | re.DOTALL)


def _short(signature: str) -> str:
    """The signature without the places of classes, and with a line for each of many arguments."""
    signature = re.sub(r"<function .*? at 0x[0-9a-f]+>", "…", signature).replace("mappingproxy({})", "{}")
    signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", signature).replace("(self, ", "(").replace("(self)", "()")
    if len(signature) < 90:
        return signature
    inside, _, returned = signature.rpartition(") -> ")
    arguments = "".join(f"    {one},\n" for one in _split(inside.removeprefix("(")))
    return f"(\n{arguments}) -> {returned}"


def _split(arguments: str) -> Iterator[str]:
    """The arguments, cut at the commas that are not inside of brackets."""
    depth, begin = 0, 0
    for index, letter in enumerate(arguments):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            yield arguments[begin:index].strip()
            begin = index + 1
    yield arguments[begin:].strip()


def _describe_class(kind: type) -> str:
    lines = [f"## {kind.__name__}\n", _fence(as_markdown(inspect.getdoc(kind) or "")), ""]
    if dataclasses.is_dataclass(kind) or typing.is_typeddict(kind):
        lines += [*make_table(describe_fields(kind)), ""]
    for name, value in vars(kind).items():
        if inspect.isfunction(value) and not name.startswith("_"):
            lines.append(_describe_callable(f"{kind.__name__}.{name}", value, 3))
    return "\n".join(lines)
