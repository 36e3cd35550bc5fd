"""Adds an alias to the text of a profile and changes nothing else."""

from __future__ import annotations

import json
import re

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.edit.lines import NOTHING, insert_after_line
from cvgen.sources.yaml.tree import Mapping, Sequence, parse_yaml


def with_alias(text: str, name: str, spelling: str) -> str:
    """The profile ``text``, read from the file ``name``, with ``spelling`` under ``bibliography: aliases``.

    Raises InputError if the text cannot be read, if it has no ``bibliography``, or if the new text, read back, would
    differ in more than the aliases.
    """
    tree, _ = parse_yaml(text, name)
    bibliography = tree.get("bibliography")
    if not isinstance(bibliography, Mapping):
        message = "the profile has no bibliography to add an alias to"
        raise InputError([Problem(message, Location(name), "add bibliography: {files: [papers.bib]}")])
    there = bibliography.get("aliases") or []
    if spelling in there:
        return text
    changed = _insert(text, tree, bibliography, json.dumps(spelling, ensure_ascii=False))
    after, _ = parse_yaml(changed, name)
    expected = {**tree, "bibliography": {**bibliography, "aliases": [*there, spelling]}}
    if after != expected:
        hint = f"add it by hand: aliases: [{json.dumps(spelling, ensure_ascii=False)}]"
        place = tree.key_locations["bibliography"]
        raise InputError([Problem("adding the alias would change other parts of this file", place, hint)])
    return changed


def _insert(text: str, tree: Mapping, bibliography: Mapping, quoted: str) -> str:
    lines = text.splitlines(keepends=True)
    aliases = bibliography.get("aliases")
    if isinstance(aliases, Sequence):
        at = _offset(lines, aliases.location)
        if text[at] == "[":
            final = _offset(lines, aliases[-1].location) if aliases else at
            if text[final] in "\"'":
                final = text.index(text[final], final + 1)
            close = text.index("]", final)
            comma = ", " if aliases and not text[:close].rstrip().endswith(",") else ""
            return f"{text[:close]}{comma}{quoted}{text[close:]}"
        last = lines[(aliases[-1].location.line or 1) - 1]
        indent = re.match(r"\s*-\s*", last)
        return insert_after_line(lines, aliases[-1].location.line or 1, f"{indent[0] if indent else '- '}{quoted}\n")
    if "aliases" in bibliography.key_locations and not aliases:
        key = bibliography.key_locations["aliases"]
        colon = text.index(":", _offset(lines, key)) + 1
        return f"{text[:colon]} [{quoted}]{NOTHING.sub('', text[colon:], count=1)}"
    start = _offset(lines, bibliography.location)
    if text[start] == "{":
        return f"{text[: start + 1]}aliases: [{quoted}], {text[start + 1 :]}"
    first = min(place.line or 1 for place in bibliography.key_locations.values())
    indent = re.match(r"\s*", lines[first - 1])
    return insert_after_line(lines, first - 1, f"{indent[0] if indent else '  '}aliases: [{quoted}]\n")


def _offset(lines: list[str], place: Location) -> int:
    return sum(len(line) for line in lines[: (place.line or 1) - 1]) + (place.column or 1) - 1
