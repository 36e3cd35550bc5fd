"""Explains what the schema refuses: what is wrong, where it is, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from cvgen.diagnostics import BadValueError, Problem, did_you_mean, nearest, one_of
from cvgen.model.entry import TextOrBody
from cvgen.model.sections import SECTIONS
from cvgen.sources.yaml.places import Places, TreePath

_WORDS_OF_OTHERS = {
    "company": "name", "employer": "name", "organisation": "organization", "job_title": "position",
    "title": "position", "role": "position", "start_date": "start", "startdate": "start", "from": "start",
    "end_date": "end", "enddate": "end", "to": "end", "until": "end", "when": "date", "year": "date",
    "bullets": "highlights", "description": "summary", "details": "highlights", "items": "entries",
    "school": "institution", "university": "institution", "degree": "study_type", "studytype": "study_type",
    "major": "area", "field": "area", "gpa": "score", "grade": "score", "link": "url", "website": "url",
    "address": "url", "homepage": "url", "mail": "email", "telephone": "phone", "photo": "image", "picture": "image",
    "headline": "label", "issuer": "awarder", "organizer": "awarder",
    "publications": "bibliography", "cv": "basics", "social_networks": "profiles", "supervisor": "advisor",
    "bib": "files", "file": "files", "filter": "where", "query": "where", "heading": "title",
    "mentors": "mentor", "short_text": "short", "roles": "positions", "titles": "positions",
    **{alias: row.name for row in SECTIONS.values() for alias in row.aliases.split()},
    "position": "role work",
}  # fmt: skip
"""The names of fields in other tools, and their names here, the likeliest first."""
MOST_HINTS = 100
"""For so many unknown keys a similar one is looked for, which is slow."""
_PLAIN_WORDS = re.compile(r"[^\[\]{}#:&*!|>'\"%@`\n]{1,60}")


def explain_schema_errors(
    mistakes: list[Any],
    places: Places,
    model: type[BaseModel],
    above: TreePath = (),
    taken_out: frozenset[TreePath] = frozenset(),
) -> list[Problem]:
    """A Problem for each of pydantic's ``mistakes`` in a ``model`` at the path ``above``.

    A missing key beside an unknown one is a single mistake, reported once. A key that was ``taken_out`` because of
    its own mistake is not reported as missing.
    """
    settled = set(taken_out)
    problems = _explain_unknown(mistakes, places, model, above, settled)
    others = [
        mistake
        for mistake in mistakes
        if mistake["type"] != "extra_forbidden"
        and not {places.numbered((*above, *path)) for path in _list_missing(mistake)} & settled
    ]
    return problems + [_explain(mistake, (*above, *mistake["loc"]), places, model) for mistake in others]


def _explain_unknown(
    mistakes: list[Any], places: Places, model: type[BaseModel], above: TreePath, settled: set[TreePath]
) -> list[Problem]:
    """A Problem for each unknown key; the missing key that it probably means is added to ``settled``."""
    unknown = [mistake for mistake in mistakes if mistake["type"] == "extra_forbidden"]
    needed_in: dict[TreePath, list[TreePath]] = {}
    for loc in {mistake["loc"] for mistake in mistakes if mistake["type"] == "missing"}:
        needed_in.setdefault(loc[:-1], []).append(loc)
    problems: list[Problem] = []
    for number, mistake in enumerate(unknown):
        path: TreePath = mistake["loc"]
        fields = field_names(model, path[:-1])
        near = find_meant_key(str(path[-1]), fields, is_like=number < MOST_HINTS)
        needed = needed_in.get(path[:-1], [])
        hint = did_you_mean(near) if near else one_of(fields)
        if near:
            settled.add(places.numbered((*above, *path[:-1], near)))
        elif len(needed) == 1:
            settled.add(places.numbered((*above, *needed[0])))
            hint = _instead_of_needed(mistake, str(needed[0][-1]), fields)
        problems.append(Problem(f"unknown key {str(path[-1])!r}", places.key((*above, *path)), hint))
    return problems


def _list_missing(mistake: Any) -> set[TreePath]:
    """The paths of the keys of which one is missing; none for a mistake of another kind."""
    error = mistake.get("ctx", {}).get("error")
    if isinstance(error, BadValueError):
        return {(*mistake["loc"], key) for key in error.missing}
    return {mistake["loc"]} if mistake["type"] == "missing" else set()


def _explain(mistake: Any, path: TreePath, places: Places, model: type[BaseModel]) -> Problem:
    kind = mistake["type"]
    if kind == "missing":
        where = f" in {_say_path(places.numbered(path[:-1]))}" if len(path) > 1 else ""
        if places.has_key(path):
            return Problem(f"{path[-1]!r} is empty{where}", places.key(path), f"write its value: {path[-1]}: …")
        return Problem(f"{path[-1]!r} is missing{where}", places.value(path[:-1]), f"add {path[-1]}: …")
    error = mistake.get("ctx", {}).get("error")
    subject = _say_path(places.numbered(path))
    if isinstance(error, BadValueError):
        place = getattr(mistake["input"], "location", None) or places.value(path)
        place = places.value((*path, error.field)) if error.field else place
        place = places.key(path[:-1]) if path[-1:] == ("[key]",) else place
        message = error.mistake.message if error.has_subject else f"{subject} {error.mistake.message}"
        return Problem(message, place, error.mistake.hint)
    return Problem(f"{subject} {say_expectation(mistake)}", places.value(path), _suggest_fix(kind, mistake, model))


def say_expectation(mistake: Any) -> str:
    """What the value of one of pydantic's ``mistake``s should be, to follow the name of the value."""
    limits = mistake.get("ctx", {})
    return {
        "string_type": "should be text",
        "tuple_type": "should be a list",
        "dict_type": "should be a mapping",
        "model_type": "should be a mapping",
        "model_attributes_type": "should be a mapping",
        "bool_parsing": f"should be true or false, not {mistake['input']!r}",
        "bool_type": "should be true or false",
        "int_parsing": f"should be a whole number, not {mistake['input']!r}",
        "int_type": "should be a whole number",
        "float_parsing": f"should be a number, not {mistake['input']!r}",
        "greater_than_equal": f"should be {limits.get('ge')} or more",
        "greater_than": f"should be more than {limits.get('gt')}",
        "less_than_equal": f"should be {limits.get('le')} or less",
        "literal_error": f"should not be {mistake['input']!r}",
    }.get(mistake["type"], "cannot be read")


def _suggest_fix(kind: str, mistake: Any, model: type[BaseModel]) -> str | None:
    limits = mistake.get("ctx", {})
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return _as_mapping(mistake, model)
    if kind == "tuple_type":
        return _as_list(mistake, model)
    return {
        "string_type": "write one line of text; quote it if it has ': ' or ' #' in it",
        "bool_parsing": "write true or false",
        "bool_type": "write true or false",
        "int_parsing": "write digits alone, such as 2",
        "int_type": "write digits alone, such as 2",
        "float_parsing": "write digits alone, such as 1.5",
        "greater_than_equal": f"write {limits.get('ge')}, or a larger number; to set no limit, delete this line",
        "greater_than": "write a larger number, such as 1.5",
        "less_than_equal": f"write {limits.get('le')}, or a smaller number",
        "literal_error": f"write one of: {', '.join(map(repr, _list_choices(mistake, model)))}",
    }.get(kind)


def _list_choices(mistake: Any, model: type[BaseModel]) -> tuple[str, ...]:
    """The words of a Literal; none for another type."""
    path: TreePath = mistake["loc"]
    field = _model_at(model, path[:-1]).model_fields.get(str(path[-1])) if path else None
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()


def _as_mapping(mistake: Any, model: type[BaseModel]) -> str:
    """How to write a mapping in place of text or a list."""
    hint = "write 'key: value' lines, indented below this key"
    needed = _needed(_model_at(model, mistake["loc"]))
    typed = mistake["input"]
    if mistake["type"] != "dict_type" and len(needed) == 1 and _is_plain(typed):
        return f"{hint}, such as {needed[0]}: {typed}"
    return hint


def _as_list(mistake: Any, model: type[BaseModel]) -> str:
    """How to write a list in place of one text or one mapping."""
    typed, path = mistake["input"], mistake["loc"]
    if isinstance(typed, Mapping):
        known, needed = field_names(model, path), _needed(_model_at(model, path))
        if not set(typed) & known and needed:
            return f"write a list of entries, each beginning with '- {needed[0]}: …'"
        return "put '- ' before the first key of each entry, and indent its other keys as far as that one"
    if isinstance(typed, str) and re.match(r"-\S", typed):
        return f"write a space after the dash: '- {typed[1:].strip()}'"
    hint = "put each item on a line of its own, with '- ' before it"
    return f"{hint}, or write [{typed}]" if _is_plain(typed) and path[-1] != "highlights" else hint


def _is_plain(typed: object) -> bool:
    """Whether ``typed`` is text that a hint can show without quotes."""
    return isinstance(typed, str) and bool(_PLAIN_WORDS.fullmatch(typed))


def _say_path(path: TreePath) -> str:
    """``path`` in words, the innermost first: ``item 1 of highlights of entry 2 of work``; numbers start at 1."""
    words: list[str] = []
    for depth, part in enumerate(path):
        if isinstance(part, int):
            is_entry = depth == 1 or path[depth - 1] == "entries"
            words.append(f"{'entry' if is_entry else 'item'} {part + 1}")
        elif depth and not isinstance(path[depth - 1], int):
            words[-1] += f".{part}"
        else:
            words.append(part)
    return " of ".join(reversed(words)) or "the file"


def find_meant_key(name: str, fields: set[str], *, is_like: bool = True) -> str | None:
    """The field that ``name`` most likely means: a word of another tool, the plural, or (``is_like``) a misspelling."""
    word = name.casefold().replace("-", "_")
    plural = f"{word}s"
    meant = (*_WORDS_OF_OTHERS.get(word, "").split(), plural, *_WORDS_OF_OTHERS.get(plural, "").split())
    known = next((field for field in meant if field in fields), None)
    return known or (nearest(name, fields) if is_like else None)


_SECOND_KEYS = ("username", "fluency", "keywords")
"""What the value is where a name was written as the key: ``github: ada``, ``English: C1`` or ``Cloud: AWS``."""


def _instead_of_needed(mistake: Any, needed: str, fields: set[str]) -> str:
    """The hint for an unknown key that is probably the missing key ``needed``; ``fields`` can be written there."""
    if needed == "text":
        return "put text that has ': ' in it in quotes, or write text: in place of this key"
    key, typed = str(mistake["loc"][-1]), mistake["input"]
    if not isinstance(typed, str):
        return f"write {needed}: {key}, and its other settings on the lines below"
    second = next((name for name in _SECOND_KEYS if name in fields), None)
    if second is None:
        return did_you_mean(needed)
    second = "url" if second == "username" and "/" in typed else second
    return f"write {needed}: {key}, and {second}: {typed} on the line below"


def field_names(model: type[BaseModel], path: TreePath) -> set[str]:
    """The keys that ``model`` allows at ``path``."""
    fields = _model_at(model, path).model_fields
    return {field.alias or name for name, field in fields.items() if name != "section"}


def is_unknown_key(model: type[BaseModel], path: TreePath) -> bool:
    """Whether ``path`` ends in a key that ``model`` does not have there; False where the keys are a person's own."""
    place: Any = model
    for part in path[:-1]:
        place = _inside(place, part)
    models = [place] if isinstance(place, type) and issubclass(place, BaseModel) else []
    closed = [found for found in models if not issubclass(found, TextOrBody)]
    return any(path[-1] not in {*found.model_fields, *field_names(found, ())} for found in closed)


def _inside(place: object, part: str | int) -> object:
    """The type of what ``part`` leads to in a value of the type ``place``: a model or a mapping; None if neither."""
    if isinstance(place, type) and issubclass(place, BaseModel):
        field = place.model_fields.get(str(part))
        return _container(field.annotation) if field else place if part in SECTIONS else None
    if get_origin(place) in (tuple, dict):
        return _container(get_args(place)[0 if get_origin(place) is tuple else 1])
    return None


def _container(annotation: object) -> object:
    """``annotation`` without Annotated and None."""
    if hasattr(annotation, "__metadata__"):
        return _container(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _container(get_args(annotation)[0])
    return annotation


def _needed(model: type[BaseModel]) -> list[str]:
    return [name for name, field in model.model_fields.items() if field.is_required()]


def _model_at(model: type[BaseModel], path: TreePath) -> type[BaseModel]:
    for part in path:
        if isinstance(part, int):
            continue
        models = _models_in(model.model_fields[part].annotation) if part in model.model_fields else [model]
        model = models[0] if models else model
    return model


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, UnionType, tuple, dict) or hasattr(annotation, "__metadata__"):
        return [model for argument in get_args(annotation) for model in _models_in(argument)]
    return []
