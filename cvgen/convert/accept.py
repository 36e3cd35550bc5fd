"""Takes out of a draft what the profile's schema refuses, and remarks it, so that the rest is a valid profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from cvgen.convert.draft import Part
from cvgen.diagnostics import BadValueError
from cvgen.model.profile import Profile
from cvgen.model.sections import LIKE
from cvgen.sources.yaml.text_reader import TextReader

_ROUNDS = 20
"""Checks across fields run only once the fields are valid, so each round can find more."""
Path = tuple[Any, ...]


def accept(profile: Part) -> bool:
    """Take out all that is refused; False if nothing of the profile is left, because it has no name."""
    for _ in range(_ROUNDS):
        refused = dict(_find_refused(profile))
        if not refused:
            return True
        for path in sorted(refused, key=lambda path: [(isinstance(part, int), part) for part in path], reverse=True):
            if not path or path == ("basics",):
                return False
            _take_out(profile, path, refused[path])
    return False


def _find_refused(profile: Part) -> Iterator[tuple[Path, str]]:
    """The path of each value that is refused, and why."""
    yield from _validate(Profile, profile, ())
    for name, section in profile.get("sections", {}).items():
        row = LIKE.get(section.get("like", "entry"))
        if row and row.entry:
            for number, entry in enumerate(section.get("entries", ())):
                yield from _validate(row.entry, entry, ("sections", name, "entries", number))


def _validate(kind: type[BaseModel], value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    try:
        kind.model_validate(value, context=TextReader())
    except ValidationError as found:
        for error in found.errors(include_url=False):
            mistake = error.get("ctx", {}).get("error")
            place: Path = (*path, *error["loc"])
            if error["type"] == "missing":
                yield place[:-1], f"it has no {place[-1]!r}"
            elif isinstance(mistake, BadValueError):
                said = mistake.mistake
                field = (mistake.field,) if mistake.field else ()
                yield (*place, *field), f"{said.message}{f': {said.hint}' if said.hint else ''}"
            elif error["type"] == "extra_forbidden":
                yield place, ""
            else:
                yield place, str(error["msg"]).casefold()


def _take_out(profile: Part, path: Path, reason: str) -> None:
    """Remove the value at ``path``, or at the last part of it that there is, and remark its texts."""
    node: Any = profile
    owners, trail = [profile], list[tuple[Any, Any]]()
    for key in path:
        if not isinstance(node, (dict, list)) or (isinstance(node, dict) and key not in node):
            break
        if isinstance(node, list) and key >= len(node):
            return  # it was the last of its list, and had no more than was taken out
        trail.append((node, key))
        if isinstance(node, Part) and node is not profile:
            owners.append(node)
        node = node[key]
    if not trail:
        return
    holder, key = trail[-1]
    owners[-1].remark(getattr(node, "where", "") or ".".join(map(str, path)), node, reason)
    owners[-1].remarks += _remarks_in(node)
    del holder[key]
    if key == "end" and "start" in holder:  # it does not go on: the start alone would say so
        holder["date"] = holder.pop("start")
    if not holder and len(trail) > 1:  # nothing is left of the part, so its remarks go to the one around it
        if holder is owners[-1]:
            owners[-2].remarks += holder.remarks
        outer, outer_key = trail[-2]
        del outer[outer_key]


def _remarks_in(node: Any) -> list[Any]:
    """The remarks of every part inside ``node``."""
    if isinstance(node, dict):
        own = node.remarks if isinstance(node, Part) else []
        return [*own, *(remark for one in node.values() for remark in _remarks_in(one))]
    return [remark for one in node for remark in _remarks_in(one)] if isinstance(node, list) else []
