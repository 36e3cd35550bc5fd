"""Finds templates with a misspelt name: nothing includes them, so the theme looks as if they were not there."""

from __future__ import annotations

from pathlib import Path

from cvgen.diagnostics import Location, Problem, did_you_mean, nearest, warn
from cvgen.themes.own_templates import read_own_templates
from cvgen.themes.theme import Theme, list_own_folders

_ENDING = ".j2"


def find_unused_templates(theme: Theme) -> list[Problem]:
    """A warning for each template that no template names, and whose name is almost one that cvgen looks for.

    Templates that come with cvgen are not looked at.
    """
    own = list_own_folders(theme)
    if not own:
        return []
    known = {
        kind: {path.name for _, folder in theme.folders if folder not in own for path in _list_templates(folder / kind)}
        for kind in theme.backends
    }
    return [
        warn(f"nothing includes the template {path.name!r}", Location(str(path)), did_you_mean(meant))
        for folder in own
        for kind in theme.backends
        for path in sorted((folder / kind).glob("*"))
        if path.is_file() and (meant := _find_meant(path.name, known[kind])) and not _is_named(path.name, theme)
    ]


def _list_templates(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{_ENDING}"))


def _find_meant(name: str, known: set[str]) -> str | None:
    """The template that cvgen looks for and that ``name`` most likely should be; None for a right or another name."""
    if name in known:
        return None
    if f"{name}{_ENDING}" in known:
        return f"{name}{_ENDING}"
    if not name.endswith(_ENDING):
        return None
    stems = {one.partition(".")[0]: one for one in sorted(known)}
    near = nearest(name.partition(".")[0], stems)
    return stems[near] if near else None


def _is_named(name: str, theme: Theme) -> bool:
    """Whether another template of the theme has ``name`` in it, as an include has."""
    templates = (one for kind in theme.backends for one in read_own_templates(theme, kind))
    return any(name in text for path, text in templates if path.name != name)
