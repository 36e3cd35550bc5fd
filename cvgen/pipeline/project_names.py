"""The names in a profile and its folder, as far as they can be read: for the schema and the completion of a shell.

The file may be half written: what cannot be read has no names, and no mistake is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cvgen.diagnostics import InputError
from cvgen.sources.regular_file import can_exist
from cvgen.sources.text_file import read_bytes, read_utf8

THEMES = "themes"
_ENTRY = re.compile(rb"^[ \t]*@(?!comment|string|preamble)\w+[ \t]*[{(]\s*([^\s,{}()=\"]+)\s*,", re.MULTILINE | re.I)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class ProjectNames:
    """The names that a profile defines, in the order in which it has them."""

    sections: tuple[str, ...] = ()
    """The person's own."""
    variants: Mapping[str, Mapping[str, Any]] | None = None
    """The variants with their settings as typed; None where the profile could not be read."""
    letters: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    """The keys of the papers in its BibTeX files."""


NO_PROJECT = ProjectNames()


def read_project_names(profile: Path, *, with_keys: bool = True) -> ProjectNames:
    """The names in ``profile``; ``with_keys`` says whether its bibliographies are read too.

    Raises InputError if the file cannot be read at all.
    """
    tree = _read_tree(profile)
    variants = {name: _mapping(body) for name, body in _mapping(tree.get("variants")).items()}
    settings = [*_walk(tree, set())]
    return ProjectNames(
        tuple(_mapping(tree.get("sections"))),
        variants,
        tuple(_mapping(tree.get("letters"))),
        _distinct(word for key, value in settings if key in ("tags", "exclude_tags") for word in _words(value)),
        _distinct(_find_languages(settings)),
        _distinct(word for key, value in settings if key == "network" for word in _words(value)),
        _distinct(_find_keys(tree, profile.parent)) if with_keys else (),
    )


def _read_tree(profile: Path) -> Mapping[str, Any]:
    """The profile as texts, lists and mappings; quicker than with the place of each value."""
    text = read_utf8(profile, "profile")
    try:
        tree = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError):
        tree = None
    if isinstance(tree, dict):
        return tree
    from cvgen.sources.yaml.tree import parse_yaml

    return parse_yaml(text, str(profile))[0]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: object) -> list[str]:
    """``value`` as a list of words: one, or those of a list."""
    return [word for word in (value if isinstance(value, list) else [value]) if isinstance(word, str) and word]


def _distinct(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word) for word in words))


def _walk(node: object, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Every key in ``node`` at any depth, with its value; each of what is ``seen`` once, however often it is named."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, dict):
        for key, value in node.items():
            yield str(key), value
            yield from _walk(value, seen)
    elif isinstance(node, list):
        for item in node:
            yield from _walk(item, seen)


def _find_languages(settings: list[tuple[str, Any]]) -> Iterator[str]:
    """The languages of documents, and those of texts that are given by language."""
    for key, value in settings:
        if key == "language" and isinstance(value, str) and _LANGUAGE.fullmatch(value):
            yield value
        if isinstance(value, dict) and value and all(_LANGUAGE.fullmatch(str(code)) for code in value):
            yield from (code for code, text in value.items() if isinstance(text, str) and len(code.split("-")[0]) == 2)


def _find_keys(tree: Mapping[str, object], folder: Path) -> Iterator[str]:
    """The keys of entries in the BibTeX files that exist."""
    for name in _words(_mapping(tree.get("bibliography")).get("files")):
        if can_exist(name) and (folder / name).is_file():
            try:
                data = read_bytes(folder / name, "BibTeX file")
            except InputError:
                continue
            yield from (key.decode("utf-8", "replace") for key in _ENTRY.findall(data))
