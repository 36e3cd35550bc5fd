"""Citation styles: which ones a theme has, and what each declares about long author lists.

A style is a template, ``styles/NAME.j2``. The comment that it begins with may declare settings, one on each line:

    {# My journal: LIN W, LONG A, KEMP T, et al. Title. Venue, 2025.
       max_authors: 3
       last_author: false #}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem, did_you_mean, nearest
from cvgen.sources.text_file import read_utf8

STYLES = "styles"
FULL = "full"
"""The style that every theme has: the layout of its own template for publications."""


@dataclass(frozen=True, slots=True)
class Style:
    """The declarations of a citation style.

    ``max_authors`` is how many authors it prints at most, None for all; ``last_author`` is whether a shortened list
    ends with the last author. ``latin_signs`` is whether commas and brackets are Latin in every script. ``csl`` is the
    text of a style in CSL, whose lists are shortened only if they have ``shortened_from`` authors or more.
    """

    max_authors: int | None = None
    last_author: bool = True
    shortened_from: int = 0
    csl: bytes = b""
    latin_signs: bool = False


def _read_count(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]*", text):
        raise ValueError("write a whole number, 1 or more")
    return int(text)


def _read_switch(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("write true or false")
    return text == "true"


_SETTINGS: Mapping[str, Callable[[str], Any]] = {
    "max_authors": _read_count,
    "last_author": _read_switch,
    "latin_signs": _read_switch,
}
_HEADER = re.compile(r"\s*\{#-?(?P<text>.*?)-?#\}", re.DOTALL)
_SETTING = re.compile(r"^[ \t]*(?P<name>\w+)[ \t]*:[ \t]*(?P<value>[^\n]*?)[ \t\r]*$", re.MULTILINE)


def read_styles(folders: Iterable[Path]) -> dict[str, Style]:
    """The styles in ``folders`` of a theme, the first folder winning, and ``full``; names that begin with ``_`` are
    parts shared by styles. Raises InputError with every wrong declaration.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / STYLES).glob("[!_]*.j2")):
            found.setdefault(path.stem, path)
    problems: list[Problem] = []
    styles = {FULL: Style()}
    for name, path in found.items():
        styles[name], wrong = parse_style(read_utf8(path, "citation style"), str(path))
        problems += wrong
    if problems:
        raise InputError(problems)
    return styles


def parse_style(text: str, file: str) -> tuple[Style, list[Problem]]:
    """The declarations in the first comment of the style ``text``, and a Mistake for each that is wrong."""
    style, problems = Style(), list[Problem]()
    for name, name_at, value, value_at in _list_settings(text):
        if name not in _SETTINGS:
            near = nearest(name, _SETTINGS) if name[0].islower() else None
            if near:  # any other line is a sentence with a colon
                place = _place(text, file, name_at)
                problems.append(Problem(f"a style has no setting {name!r}", place, did_you_mean(near)))
            continue
        try:
            style = replace(style, **{name: _SETTINGS[name](value)})
        except ValueError as error:
            message = f"{name} of this style cannot be {value!r}"
            problems.append(Problem(message, _place(text, file, value_at), str(error)))
    return style, problems


def _list_settings(text: str) -> Iterator[tuple[str, int, str, int]]:
    """The name and the value of each line ``name: value`` of the first comment, each with its offset in ``text``."""
    if header := _HEADER.match(text):
        start = header.start("text")
        for match in _SETTING.finditer(header["text"]):
            yield match["name"], start + match.start("name"), match["value"], start + match.start("value")


def _place(text: str, file: str, at: int) -> Location:
    return Location(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
