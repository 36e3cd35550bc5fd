"""Moves what the profile's schema refuses from the draft to its leftovers, so that the rest is a valid profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from cvgen.convert.profile_draft import DraftMapping
from cvgen.diagnostics import BadValueError
from cvgen.model.profile import Profile
from cvgen.model.sections import LIKE
from cvgen.sources.yaml.schema_errors import say_expectation
from cvgen.sources.yaml.text_reader import TextReader

_ROUNDS = 20
"""Checks across fields run only once the fields are valid, so each round can find more."""
FieldPath = tuple[Any, ...]


def take_out_refused(profile: DraftMapping) -> bool:
    """Take out everything that is refused; False if the profile cannot be used at all, for example without a name."""
    for _ in range(_ROUNDS):
        refused = dict(_find_refused(profile))
        if not refused:
            return True
        for path in sorted(refused, key=lambda path: [(isinstance(part, int), part) for part in path], reverse=True):
            if not path or path == ("basics",):
                return False
            _take_out(profile, path, refused[path])
    return False


def _find_refused(profile: DraftMapping) -> Iterator[tuple[FieldPath, str]]:
    """The path of each value that is refused, and why."""
    yield from _validate(Profile, profile, ())
    for name, section in profile.get("sections", {}).items():
        row = LIKE.get(section.get("like", "entry"))
        if row and row.entry:
            for number, entry in enumerate(section.get("entries", ())):
                yield from _validate(row.entry, entry, ("sections", name, "entries", number))


def _validate(kind: type[BaseModel], value: object, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    try:
        kind.model_validate(value, context=TextReader())
    except ValidationError as found:
        for error in found.errors(include_url=False):
            mistake = error.get("ctx", {}).get("error")
            place: FieldPath = (*path, *error["loc"])
            if error["type"] == "missing":
                yield place[:-1], f"it has no {place[-1]!r}"
            elif isinstance(mistake, BadValueError):
                said = mistake.mistake
                field = (mistake.field,) if mistake.field else ()
                yield (*place, *field), f"{said.message}{f': {said.hint}' if said.hint else ''}"
            elif error["type"] == "extra_forbidden":
                yield place, ""
            else:
                yield place, say_expectation(error)


def _take_out(profile: DraftMapping, path: FieldPath, reason: str) -> None:
    """Remove the value at ``path``, or at the last part of it that there is; its texts become leftovers."""
    node: Any = profile
    owners, trail = [profile], list[tuple[Any, Any]]()
    for key in path:
        if not isinstance(node, (dict, list)) or (isinstance(node, dict) and key not in node):
            break
        if isinstance(node, list) and key >= len(node):
            return  # it was the last of its list, and had no more than was taken out
        trail.append((node, key))
        if isinstance(node, DraftMapping) and node is not profile:
            owners.append(node)
        node = node[key]
    if not trail:
        return
    holder, key = trail[-1]
    owners[-1].keep_leftover(getattr(node, "where", "") or ".".join(map(str, path)), node, reason)
    owners[-1].leftovers += _leftovers_in(node)
    del holder[key]
    if key == "end" and "start" in holder:  # it does not go on: the start alone would say so
        holder["date"] = holder.pop("start")
    if not holder and len(trail) > 1:  # nothing is left of the part, so its leftovers go to the one around it
        if holder is owners[-1]:
            owners[-2].leftovers += holder.leftovers
        outer, outer_key = trail[-2]
        del outer[outer_key]


def _leftovers_in(node: object) -> list[Any]:
    """The leftovers of every part inside ``node``."""
    if isinstance(node, dict):
        own = node.leftovers if isinstance(node, DraftMapping) else []
        return [*own, *(leftover for one in node.values() for leftover in _leftovers_in(one))]
    return [leftover for one in node for leftover in _leftovers_in(one)] if isinstance(node, list) else []
