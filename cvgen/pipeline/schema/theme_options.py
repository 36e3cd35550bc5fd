"""The options of themes as JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cvgen.diagnostics import InputError
from cvgen.pipeline.project_names import THEMES
from cvgen.themes.options import ChoiceSpec, ColorSpec, FontSpec, NumberSpec, OptionSpec, SwitchSpec
from cvgen.themes.theme import Theme, find_theme, list_fonts, list_themes

Schema = dict[str, Any]
ANY_OPTIONS = "options of any theme"
_COLOR = r"^\s*#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\s*$"
_SWITCH = "^([Tt]rue|[Ff]alse|[Yy]es|[Nn]o|[Oo]n|[Oo]ff|TRUE|FALSE|YES|NO|ON|OFF)$"


def find_themes(folder: Path | None) -> dict[str, Theme]:
    """Every theme that can be used, by name; those in ``folder``/themes too. A theme with mistakes is left out."""
    roots = [folder / THEMES] if folder else []
    found: dict[str, Theme] = {}
    for name in list_themes(roots):
        try:
            found[name] = find_theme(name, roots, None)
        except InputError:
            continue
    return found


def describe_options(themes: Mapping[str, Theme]) -> Schema:
    """The options of each theme under ``options_of_NAME``, those of any theme, and each single option once."""
    kinds: Schema = {}
    references: dict[str, str] = {}
    of_any: dict[str, list[Schema]] = {}
    for theme in themes.values():
        own: Schema = {}
        for option, spec in theme.options.items():
            described = describe_option(spec, theme)
            text = json.dumps(described, sort_keys=True)
            if text not in references:
                references[text] = _free_name(f"option_{option}", kinds)
                kinds[references[text]] = described
            own[option] = {"$ref": f"#/$defs/{references[text]}"}
            if own[option] not in of_any.setdefault(option, []):
                of_any[option].append(own[option])
        kinds[f"options_of_{theme.name}"] = _options(own)
    joined = {option: specs[0] if len(specs) == 1 else {"anyOf": specs} for option, specs in of_any.items()}
    return {**kinds, ANY_OPTIONS.replace(" ", "_"): _options(joined)}


def _options(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _free_name(name: str, taken: Iterable[str]) -> str:
    """``name``, with a number where another option of that name differs."""
    names = set(taken)
    return next(free for number in range(1, len(names) + 2) if (free := f"{name}_{number}") not in names)


def describe_option(spec: OptionSpec, theme: Theme) -> Schema:
    """The values that ``spec`` reads, each as YAML types it."""
    default = type_as_yaml(spec.default)
    return {"description": spec.description, "default": default, **_values(spec, theme)}


def _values(spec: OptionSpec, theme: Theme) -> Schema:
    match spec:
        case NumberSpec(min=low, max=high, unit=unit):
            text = {"type": "string", "pattern": rf"^\s*-?\d+(\.\d+)?\s*({unit})?\s*$"}
            return {"anyOf": [{"type": "number", "minimum": low, "maximum": high}, text]}
        case ChoiceSpec(choices=choices):
            return {"enum": [*dict.fromkeys([*map(type_as_yaml, choices), *choices])]}
        case SwitchSpec():
            return {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": _SWITCH}]}
        case ColorSpec():
            return {"type": ["string", "integer"], "pattern": _COLOR, "examples": ["#1f3a5f"]}
        case FontSpec():
            return {"anyOf": [{"enum": [*list_fonts(theme)]}, {"type": "string", "pattern": r"^[\w .+-]+$"}]}
        case _:
            return {"type": ["string", "number", "boolean"]}


def type_as_yaml(text: str) -> str | bool | int | float:
    """``text`` as YAML reads it without quotes: a number, true or false, else itself."""
    if text in ("true", "false"):
        return text == "true"
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text
