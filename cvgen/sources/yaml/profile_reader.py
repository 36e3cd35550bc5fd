"""Turns the YAML tree into a Profile and reports every mistake in the file at its place, in one run."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from cvgen.diagnostics import Problem, suggest
from cvgen.model.entry import Entry
from cvgen.model.profile import CustomSection, Profile
from cvgen.model.sections import LIKE
from cvgen.sources.yaml.nothing import without_nothing
from cvgen.sources.yaml.places import Places, TreePath
from cvgen.sources.yaml.schema_errors import MOST_HINTS, explain_schema_errors, field_names, find_meant_key
from cvgen.sources.yaml.text_reader import TextReader
from cvgen.sources.yaml.tree import Mapping, Sequence

_ROUNDS = 5
"""Checks across fields run only once the fields are valid, so each round can find more mistakes."""


def build_profile(tree: Mapping) -> tuple[Profile | None, Places, list[Problem]]:
    """Check ``tree`` against the schema; returns the Profile, the Places of its parts, and all Problems.

    Parts with mistakes are taken out, and later steps check the rest in the same run. The Profile is None if nothing
    valid is left.
    """
    rest = without_nothing(tree)
    places = Places(rest)
    problems: list[Problem] = []
    read_text = TextReader()
    taken_out: set[TreePath] = set()
    for _ in range(_ROUNDS):
        try:
            profile = Profile.model_validate(rest, context=read_text)
            profile = _with_custom_sections(profile, rest, problems, read_text)
            return profile, places, [*problems, *read_text.problems]
        except ValidationError as error:
            mistakes = error.errors(include_url=False)
        problems += explain_schema_errors(mistakes, places, Profile, taken_out=frozenset(taken_out))
        faulty = {places.path_in_file(_faulty_part(mistake)) for mistake in mistakes}
        unknown = [mistake for mistake in mistakes if mistake["type"] == "extra_forbidden"]
        taken_out |= {places.numbered(_faulty_part(mistake)) for mistake in mistakes}
        taken_out |= {places.numbered(_meant(mistake)) for mistake in unknown[:MOST_HINTS]}
        if () in faulty:
            break
        _prune(rest, faulty)
    return None, places, [*problems, *read_text.problems]


def _faulty_part(mistake: Any) -> TreePath:
    """The path of what to take out so that the rest is valid: for a missing key, the part that lacks it."""
    path: TreePath = mistake["loc"]
    return path[:-1] if mistake["type"] == "missing" else path


def _meant(mistake: Any) -> TreePath:
    """The path that an unknown key was meant to have, so that it is not reported as missing later."""
    path: TreePath = mistake["loc"]
    return (*path[:-1], find_meant_key(str(path[-1]), field_names(Profile, path[:-1])) or "")


def _prune(tree: Mapping, paths: set[TreePath]) -> None:
    """Delete the values at ``paths``, the last items of a list first, so that earlier numbers stay valid."""
    for path in sorted(paths, key=lambda p: [(isinstance(part, int), part) for part in p], reverse=True):
        node: Any = tree
        for part in path[:-1]:
            node = node[part]
        del node[path[-1]]
        if isinstance(node, Sequence):
            del node.numbers[int(path[-1])]


def _with_custom_sections(profile: Profile, rest: Mapping, problems: list[Problem], read_text: TextReader) -> Profile:
    sections = {
        name: _check_custom(section, ("sections", name), rest, problems, read_text)
        for name, section in profile.sections.items()
    }
    return profile.model_copy(update={"sections": sections})


def _check_custom(
    section: CustomSection, path: TreePath, rest: Mapping, problems: list[Problem], read_text: TextReader
) -> CustomSection:
    """``section`` with the entries of its kind; faulty ones are taken out of it and of ``rest``."""
    places = Places(rest)
    row = LIKE.get(section.like)
    kind = row.entry if row else None
    if kind is None:
        message, hint = f"no section has entries like {section.like!r}", suggest(section.like, LIKE)
        problems.append(Problem(message, places.value((*path, "like")), hint))
        return section.model_copy(update={"entries": ()})
    entries: list[Entry] = []
    faulty: set[TreePath] = set()
    for index, raw in enumerate(section.entries):
        above = (*path, "entries", index)
        try:
            entries.append(kind.model_validate(raw, context=read_text))
        except ValidationError as error:
            problems += explain_schema_errors(error.errors(include_url=False), places, kind, above)
            faulty.add(above)
    _prune(rest, faulty)
    return section.model_copy(update={"entries": tuple(entries)})
