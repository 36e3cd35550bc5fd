"""Keeps the lines of a list in a text whose lines YAML joins: a plain, quoted or folded scalar."""

from __future__ import annotations

from textwrap import dedent

from cvgen.sources.inline.markdown import has_list_lines


def keep_list_lines(value: str, typed: str) -> str:
    """``value`` with a newline before each item of a list; ``typed`` is the scalar as it is in the file.

    YAML reads ``a`` and ``- b`` on two lines as ``a - b``. A value without such lines, or with escapes, stays as it is.
    """
    first, _, rest = typed.strip("'\"").partition("\n")
    lines = [line.rstrip() for line in dedent(rest).split("\n")]
    joined = "\n".join(lines if first.startswith(">") else [first.rstrip(), *lines]).strip("\n")
    if not has_list_lines(joined):
        return value
    return joined if joined.split() == value.split() else value
