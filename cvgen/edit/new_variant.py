"""Adds a variant with priorities to the text of a profile; the rest of it, comments included, stays as it is."""

from __future__ import annotations

import json
import re

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.edit.lines import NOTHING, insert_after_line
from cvgen.sources.yaml.tree import Mapping, parse_yaml

_NAME = re.compile(r"\w[\w.-]*")
_PLAIN = re.compile(r"[^\W\d][\w+/.-]*(?: [\w+/.-]+)*")


def with_variant(text: str, file: str, name: str, extends: str | None, priorities: dict[str, int]) -> str:
    """The profile ``text``, read from ``file``, with the variant ``name`` as its last one.

    Raises InputError if the name is taken or not valid, or if the new text, read back, would differ in more than this
    variant.
    """
    tree, _ = parse_yaml(text, file)
    variants = tree.get("variants")
    _check_name(name, variants, file)
    body: dict[str, object] = {"extends": extends} if extends else {}
    body["priorities"] = {term: str(number) for term, number in priorities.items()}
    expected = {**tree, "variants": {**(variants if isinstance(variants, Mapping) else {}), name: body}}
    changed = _insert(text, tree, name, extends, priorities)
    if not _says(changed, expected, file):
        hint = f"add it by hand: {_flow(name, extends, priorities)}"
        place = tree.key_locations.get("variants", Location(file))
        raise InputError([Problem("adding the variant would change other parts of this file", place, hint)])
    return changed


def _check_name(name: str, variants: object, file: str) -> None:
    if not _NAME.fullmatch(name):
        message = f"{name!r} cannot be the name of a variant"
        raise InputError(
            [Problem(message, None, "use letters, digits, hyphens and dots: the name becomes part of a file name")]
        )
    if isinstance(variants, Mapping) and name in variants.key_locations:
        place = variants.key_locations[name]
        raise InputError([Problem(f"there is a variant {name!r} already", place, "choose another name")])


def _says(text: str, expected: dict[str, object], file: str) -> bool:
    try:
        return parse_yaml(text, file)[0] == expected
    except InputError:
        return False


def _insert(text: str, tree: Mapping, name: str, extends: str | None, priorities: dict[str, int]) -> str:
    lines = text.splitlines(keepends=True)
    variants = tree.get("variants")
    if "variants" not in tree.key_locations:
        gap = "\n" if lines and lines[-1].strip() else ""
        return insert_after_line(lines, len(lines), f"{gap}variants:\n" + _block(name, extends, priorities, "  "))
    key_line = tree.key_locations["variants"].line or 1
    if not isinstance(variants, Mapping):
        head, colon, value = lines[key_line - 1].partition(":")
        lines[key_line - 1] = head + colon + NOTHING.sub("", value, count=1)
        return insert_after_line(lines, key_line, _block(name, extends, priorities, "  "))
    end = _end_of_section(lines, tree, key_line)
    start = variants.location
    if lines[(start.line or 1) - 1][(start.column or 1) - 1] == "{":
        before = "".join(lines[:end])
        close = before.rfind("}")
        comma = ", " if variants and not before[:close].rstrip().endswith(",") else ""
        new = _flow(name, extends, priorities)
        return before[:close].rstrip() + comma + new + before[close:] + "".join(lines[end:])
    return insert_after_line(lines, end, _block(name, extends, priorities, " " * ((start.column or 1) - 1)))


def _end_of_section(lines: list[str], tree: Mapping, key_line: int) -> int:
    """The number of the last line that belongs to the section on ``key_line``.

    Blank lines and comments without indentation before the next section are that section's.
    """
    after = [place.line - 1 for place in tree.key_locations.values() if place.line and place.line > key_line]
    end = min(after, default=len(lines))
    while end > key_line and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _block(name: str, extends: str | None, priorities: dict[str, int], indent: str) -> str:
    rows = [f"{_quote(name)}:"]
    rows += [f"  extends: {_quote(extends)}"] if extends else []
    rows += ["  priorities:", *(f"    {_quote(term)}: {number}" for term, number in priorities.items())]
    return "".join(f"{indent}{row}\n" for row in rows)


def _flow(name: str, extends: str | None, priorities: dict[str, int]) -> str:
    inherited = f"extends: {json.dumps(extends, ensure_ascii=False)}, " if extends else ""
    terms = ", ".join(f"{json.dumps(term, ensure_ascii=False)}: {number}" for term, number in priorities.items())
    return f"{json.dumps(name, ensure_ascii=False)}: {{{inherited}priorities: {{{terms}}}}}"


def _quote(word: str) -> str:
    return word if _PLAIN.fullmatch(word) else json.dumps(word, ensure_ascii=False)
