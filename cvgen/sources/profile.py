"""The YAML tree to a Profile: every mistake of the whole file at its place, in one run."""

from __future__ import annotations

import copy
import re
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from cvgen.diagnostics import Problem, did_you_mean
from cvgen.model.entries import CustomSection
from cvgen.model.profile import Profile
from cvgen.sources.markdown import parse_markdown
from cvgen.sources.places import Path, Places
from cvgen.sources.tree import Mapping

_WORDS_OF_OTHERS = {
    "company": "name", "employer": "name", "organisation": "organization", "job_title": "position",
    "title": "position", "role": "position", "start_date": "start", "startdate": "start", "from": "start",
    "end_date": "end", "enddate": "end", "to": "end", "until": "end", "when": "date", "year": "date",
    "bullets": "highlights", "description": "summary", "details": "highlights", "items": "entries",
    "school": "institution", "university": "institution", "degree": "study_type", "studytype": "study_type",
    "major": "area", "field": "area", "gpa": "score", "grade": "score", "link": "url", "website": "url",
    "homepage": "url", "mail": "email", "telephone": "phone", "photo": "image", "picture": "image",
    "headline": "label", "issuer": "awarder", "organizer": "awarder", "references": "referees",
    "experience": "work", "employment": "work", "honors": "awards", "honours": "awards",
    "publications": "bibliography", "cv": "basics", "social_networks": "profiles", "supervisor": "advisor",
    "bib": "files", "file": "files", "filter": "where", "query": "where", "heading": "title",
    "mentors": "mentor", "tag": "tags", "short_text": "short",
}  # fmt: skip
"""What other tools call a field, and what it is called here."""
_ROUNDS = 5
"""Checks across fields run only once the fields are right, so a second look can find more."""


def build_profile(tree: Mapping) -> tuple[Profile | None, list[Problem]]:
    """Check ``tree`` against the schema.

    Gives the Profile, or, where there are mistakes, the Profile of what is left when the faulty parts are taken
    out (so that later steps can report their own findings in the same run), or None; and all Problems.
    """
    places = Places(tree)
    problems: list[Problem] = []
    rest = copy.deepcopy(tree)
    taken_out: set[Path] = set()
    for _ in range(_ROUNDS):
        try:
            profile = Profile.model_validate(rest, context=parse_markdown)
            return _with_custom_sections(profile, places, problems), problems
        except ValidationError as error:
            mistakes = error.errors(include_url=False)
        in_rest = Places(rest)
        unknown = [mistake["loc"] for mistake in mistakes if mistake["type"] == "extra_forbidden"]
        renamed = taken_out | {(*path[:-1], _nearest(str(path[-1]), _field_names(path[:-1]))) for path in unknown}
        problems += [
            _problem(m, m["loc"], in_rest) for m in mistakes if m["type"] != "missing" or m["loc"] not in renamed
        ]
        taken_out |= {_faulty_part(mistake) for mistake in mistakes}
        faulty = {in_rest.real(_faulty_part(mistake)) for mistake in mistakes}
        if () in faulty:
            break
        _prune(rest, faulty)
    return None, problems


def _faulty_part(mistake: Any) -> Path:
    """The path of what must go for the rest to be valid: for a missing key, what it is missing from."""
    path: Path = mistake["loc"]
    return path[:-1] if mistake["type"] == "missing" else path


def _problem(mistake: Any, path: Path, places: Places) -> Problem:
    kind = mistake["type"]
    name = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        fields = _field_names(path[:-1])
        return Problem(f"unknown key {name!r}", places.key(path), _suggest(name, fields))
    if kind == "missing":
        where = f" in {_human(path[:-1])}" if len(path) > 1 else ""
        return Problem(f"{name!r} is missing{where}", places.value(path[:-1]), f"add {name}: …")
    if kind in ("value_error", "assertion_error"):
        message, _, hint = str(mistake["ctx"]["error"]).partition("; ")
        subject = _human(path)
        place = getattr(mistake["input"], "location", None) or places.value(path)
        told = message if message.startswith(("'", '"', "a link", "the formula")) else f"{subject} {message}"
        return Problem(told, place, hint or None)
    return Problem(f"{_human(path)} {_expectation(kind, mistake)}", places.value(path), _cure(kind))


def _expectation(kind: str, mistake: Any) -> str:
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
        "greater_than_equal": f"should be {mistake.get('ctx', {}).get('ge')} or more",
    }.get(kind, str(mistake["msg"]).lower())


def _cure(kind: str) -> str | None:
    return {
        "string_type": "write one line of text; quote it if it has ': ' or ' #' in it",
        "tuple_type": "put each item on a line of its own, with '- ' before it",
        "model_type": "write 'key: value' lines, indented below this key",
        "model_attributes_type": "write 'key: value' lines, indented below this key",
        "dict_type": "write 'key: value' lines, indented below this key",
    }.get(kind)


def _human(path: Path) -> str:
    """``work[2].highlights[1]``, counted from 1 as people count."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
    return text or "the profile"


def _translate(name: str) -> str:
    """What ``name``, a word of other tools, is called here; empty where it is none."""
    return _WORDS_OF_OTHERS.get(name.casefold().replace("-", "_"), "")


def _nearest(name: str, fields: set[str]) -> str:
    """The field that ``name`` was meant to be; empty where there is none near."""
    translated = _translate(name)
    if translated in fields:
        return translated
    found = re.search(r"'(.*)'", did_you_mean(name, fields) or "")
    return found[1] if found else ""


def _suggest(name: str, fields: set[str]) -> str:
    known_elsewhere = _translate(name)
    if known_elsewhere in fields:
        return f"did you mean {known_elsewhere!r}?"
    return did_you_mean(name, fields) or "known here: " + ", ".join(sorted(fields))


def _field_names(path: Path) -> set[str]:
    """The keys that the schema knows at ``path``."""
    model: Any = Profile
    for part in path:
        if isinstance(part, int):
            continue
        models = _models_in(model.model_fields[part].annotation) if part in model.model_fields else [model]
        model = models[0] if models else model
    return {field.alias or name for name, field in model.model_fields.items() if name != "section"}


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, UnionType, tuple, dict) or hasattr(annotation, "__metadata__"):
        return [model for argument in get_args(annotation) for model in _models_in(argument)]
    return []


def _prune(tree: Mapping, paths: set[Path]) -> None:
    """Delete the values at ``paths``, the last items of a list first, so that the numbers stay right."""
    for path in sorted(paths, key=lambda p: [(isinstance(part, int), part) for part in p], reverse=True):
        node: Any = tree
        for part in path[:-1]:
            node = node[part]
        del node[path[-1]]


def _with_custom_sections(profile: Profile, places: Places, problems: list[Problem]) -> Profile:
    sections = {
        name: _check_custom(section, ("sections", name), places, problems) for name, section in profile.sections.items()
    }
    return profile.model_copy(update={"sections": sections})


def _check_custom(section: CustomSection, path: Path, places: Places, problems: list[Problem]) -> CustomSection:
    kind = CustomSection.KINDS.get(section.like)
    if kind is None:
        hint = did_you_mean(section.like, CustomSection.KINDS) or "known here: " + ", ".join(CustomSection.KINDS)
        problems.append(Problem(f"no entries are like {section.like!r}", places.value((*path, "like")), hint))
        return section.model_copy(update={"entries": ()})
    entries = []
    for index, raw in enumerate(section.entries):
        try:
            entries.append(kind.model_validate(raw, context=parse_markdown))
        except ValidationError as error:
            for mistake in error.errors(include_url=False):
                whole = (*path, "entries", index, *mistake["loc"])
                problem = _problem(mistake, whole, places)
                if mistake["type"] == "extra_forbidden":
                    names = {field.alias or name for name, field in kind.model_fields.items()}
                    problem = Problem(problem.message, problem.location, _suggest(str(whole[-1]), names))
                problems.append(problem)
    return section.model_copy(update={"entries": tuple(entries)})
