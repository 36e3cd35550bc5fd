"""The controls of the page: what can be chosen, from the profile, the themes and the manifest of the theme shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cvgen.backends.engines import find_engine, list_printing
from cvgen.backends.host import Host
from cvgen.model.language_files import known_languages
from cvgen.pipeline.prepare import Prepared
from cvgen.themes.options import ChoiceSpec, FontSpec, NumberSpec, SwitchSpec
from cvgen.themes.theme import Theme, list_fonts, list_themes

_STEPS = 100
"""About the number of steps of a slider."""


def describe_controls(prepared: Prepared, host: Host) -> dict[str, Any]:
    """What can be chosen for the document in ``prepared``, and what is chosen now."""
    roots = [] if prepared.request.untrusted else [prepared.career.folder / "themes"]
    engines = [
        {"name": name, "title": find_engine(name).title}
        for name in list_printing(prepared.theme.backends)
        if all(host.runner.find(program) for program in find_engine(name).programs)
    ]
    return {
        "variants": list(prepared.career.profile.variants),
        "letters": list(prepared.career.profile.letters),
        "themes": sorted({*list_themes(roots), prepared.theme.name}),
        "about_theme": prepared.theme.description,
        "engines": engines,
        "spoken": [{"code": code, "name": name} for code, name in _name_languages()],
        "options": [_describe_option(name, spec, prepared) for name, spec in prepared.theme.options.items()],
        "now": {
            "variant": prepared.variant.name,
            "letter": prepared.request.letter,
            "theme": prepared.theme.name,
            "engine": prepared.request.engine,
            "language": prepared.variant.language,
            "pages": prepared.pages,
        },
    }


@lru_cache(maxsize=1)
def _name_languages() -> tuple[tuple[str, str], ...]:
    from babel import Locale

    return tuple((code, Locale.parse(code, sep="-").english_name or code) for code in known_languages())


def _describe_option(name: str, spec: Any, prepared: Prepared) -> dict[str, Any]:
    value = prepared.given.get(name, spec.default)
    return {
        "name": name,
        "type": spec.type,
        "description": spec.description,
        "default": spec.default,
        "value": _read(spec, value, prepared.theme),
        **_describe_range(spec, prepared.theme),
    }


def _read(spec: Any, value: str, theme: Theme) -> str:
    """``value`` as its control needs it: ``#rrggbb``, a bare number, ``true`` or ``false``."""
    read = spec.read(value, list_fonts(theme) if isinstance(spec, FontSpec) else {})
    if isinstance(spec, SwitchSpec):
        return str(read).lower()
    if isinstance(read, tuple):
        return ", ".join(read)
    return f"{read:g}" if isinstance(spec, NumberSpec) else str(read)


def _describe_range(spec: object, theme: Theme) -> Mapping[str, Any]:
    match spec:
        case NumberSpec():
            return {"min": spec.min, "max": spec.max, "unit": spec.unit, "step": _find_step(spec)}
        case ChoiceSpec():
            return {"choices": list(spec.choices)}
        case FontSpec():
            return {"choices": sorted(list_fonts(theme))}
    return {}


def _find_step(spec: NumberSpec) -> float:
    """The step of its slider: 1, 0.5, 0.1, 0.05 or 0.01, by its range and the digits of its default."""
    span = spec.max - spec.min
    step = next((step for step in (1.0, 0.5, 0.1, 0.05) if span / step >= _STEPS / 4), 0.01)
    return min(step, 10.0 ** -len(spec.default.partition(".")[2]))
