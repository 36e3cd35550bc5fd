"""Explains what is wrong with the options of a theme, in the manifest that makes the mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from cvgen.diagnostics import (
    Location,
    Problem,
    did_you_mean,
    nearest,
    suggest,
)
from cvgen.sources.yaml.schema_errors import explain_schema_errors
from cvgen.themes.contract import find_conflict
from cvgen.themes.manifest import Layer
from cvgen.themes.options import SPEC_TYPES


def explain_options(error: ValidationError, specs: Mapping[str, Any], chain: list[Layer]) -> list[Problem]:
    """A Problem for each mistake in the options, in the manifest that makes it."""
    mistakes = error.errors(include_url=False)
    problems: list[Problem] = []
    for name in dict.fromkeys(str(mistake["loc"][0]) for mistake in mistakes):
        own = [mistake for mistake in mistakes if mistake["loc"][0] == name]
        if own[0]["type"] == "union_tag_not_found":
            problems.append(_untyped(name, specs, chain))
        elif own[0]["type"] == "union_tag_invalid":
            tag = str(specs[name]["type"])
            place = find_option_place(chain, name, "type")
            problems.append(Problem(f"{tag!r} is not a type of option", place, suggest(tag, SPEC_TYPES)))
        else:
            problems += _explain_mistakes(name, own, specs, chain)
    return problems


def _explain_mistakes(name: str, mistakes: list[Any], specs: Mapping[str, Any], chain: list[Layer]) -> list[Problem]:
    """Problems of an option that has a valid ``type``; pydantic puts its name and type before the path in it."""
    problems: list[Problem] = []
    makers = [_find_layer(chain, name, _faulty_key(mistake)) for mistake in mistakes]
    for layer in (layer for layer in chain if layer in makers):
        is_whole = not isinstance(layer.manifest.options[name], dict)
        own = [
            {**mistake, "loc": () if is_whole else mistake["loc"][2:]}
            for mistake, maker in zip(mistakes, makers, strict=True)
            if maker is layer
        ]
        assert layer.places
        problems += explain_schema_errors(own, layer.places, SPEC_TYPES[str(specs[name]["type"])], ("options", name))
    return problems


def _faulty_key(mistake: Any) -> str:
    """The key of an option that is wrong; for a mistake of the option as a whole, the one that its message is about."""
    error = mistake.get("ctx", {}).get("error")
    return str(mistake["loc"][2]) if mistake["loc"][2:] else getattr(error, "field", "")


def _untyped(name: str, specs: Mapping[str, Any], chain: list[Layer]) -> Problem:
    """The Problem of an option that no other theme has and that has no ``type``."""
    layer = _find_layer(chain, name, "type")
    place = layer.places.key(("options", name)) if layer.places else None
    types = f"write type: {', '.join(SPEC_TYPES)}"
    hint = types
    if near := nearest(name, [other for other, about in specs.items() if "type" in about]):
        hint = f"{did_you_mean(near)} For a new option, {types}"
    elif layer.manifest.extends:
        hint = f"{types}; to change an option of {layer.manifest.extends!r}, use its name"
    return Problem(f"option {name!r} is new and has no type", place, hint)


def check_contract(specs: Mapping[str, Mapping[str, object]], chain: list[Layer]) -> dict[str, Problem]:
    """A Problem, by option name, for each option of the contract that the theme declares with another type."""
    problems = {}
    for name, about in specs.items():
        if "type" in about and (conflict := find_conflict(name, str(about["type"]), str(about.get("unit", "")))):
            key, message, hint = conflict
            problems[name] = Problem(message, find_option_place(chain, name, key), hint)
    return problems


def find_option_place(chain: list[Layer], name: str, key: str) -> Location:
    """Where the nearest manifest that says something about the option ``name`` sets its ``key``."""
    return _find_layer(chain, name, key).place("options", name, key)


def _find_layer(chain: list[Layer], name: str, key: str) -> Layer:
    """The nearest layer that sets the ``key`` of the option ``name``, else the nearest that names the option."""
    layers = [layer for layer in chain if layer.places and name in layer.manifest.options]
    setting = [layer for layer in layers if _sets(layer.manifest.options[name], key)]
    return (setting or layers)[0]


def _sets(about: object, key: str) -> bool:
    """Whether ``about``, an option in a manifest, sets ``key``; a value alone is its default."""
    return key in about if isinstance(about, dict) else key == "default"
