"""Describes themes, and writes a new theme that extends another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.pipeline.theme_package import make_package_files, name_package, place_theme
from cvgen.pipeline.whole_files import write_whole
from cvgen.themes.contract import DENSITY
from cvgen.themes.manifest import MANIFEST
from cvgen.themes.options import ChoiceSpec, FontSpec, NumberSpec, OptionSpec, SwitchSpec
from cvgen.themes.own_templates import suggest_template
from cvgen.themes.packaged import NAME, list_packaged
from cvgen.themes.styles import STYLES
from cvgen.themes.theme import Theme, find_theme, list_styles, list_themes, shipped_folder, shipped_fonts

T = TypeVar("T")

THEMES = "themes"
AUDIENCES = (
    "Research and teaching",
    "Engineering",
    "Business",
    "Design and start-ups",
    "Online applications",
    "The web",
)
"""For whom the shipped themes are, in the order of lists."""
OTHERS = "Others"
_STYLE_FILES = {"html": "style.css.j2", "latex": "style.tex.j2"}
_COMMENT = {"html": "{# %s #}", "latex": "<# %s #>"}
_INCLUDE = {"html": '{%% include "%s:style.css.j2" %%}', "latex": '<%% include "%s:style.tex.j2" %%>'}


def describe_themes(folder: Path) -> list[dict[str, Any]]:
    """Name, description, audience, backends and origin of every theme that a profile in ``folder`` can use."""
    roots = [folder / THEMES]
    return [
        _describe_briefly(name, roots) | {"origin": _say_origin(found, folder)}
        for name, found in list_themes(roots).items()
    ]


def _say_origin(theme: Path, folder: Path) -> str:
    """Where the folder ``theme`` comes from: empty for a theme of cvgen, else its package, or its place."""
    if theme.is_relative_to(shipped_folder()):
        return ""
    packages = [f"package {found.package}" for found in list_packaged().values() if found.folder == theme]
    return packages[0] if packages else theme.relative_to(folder).as_posix()


def _describe_briefly(name: str, roots: list[Path]) -> dict[str, Any]:
    try:
        theme = find_theme(name, roots, None)
    except InputError as error:
        problem = error.problems[0]
        message = f"cannot be used: {problem.message} ({problem.location})"
        return {"name": name, "description": message, "audience": "", "backends": ()}
    described = {"name": theme.name, "description": theme.description, "audience": theme.audience}
    return {**described, "backends": theme.backends}


def group_by_audience(themes: Iterable[T], audience: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """``themes`` by whom they are for, in the order of ``AUDIENCES``, then other audiences, then those without one."""
    groups: dict[str, list[T]] = {name: [] for name in AUDIENCES}
    for theme in themes:
        groups.setdefault(audience(theme), []).append(theme)
    without = groups.pop("", [])
    return [(name, found) for name, found in groups.items() if found] + ([(OTHERS, without)] if without else [])


def describe_theme(name: str, folder: Path) -> dict[str, Any]:
    """What ``cvgen themes show`` prints; raises InputError for an unknown or invalid theme."""
    theme = find_theme(name, [folder / THEMES], None)
    return {
        "name": theme.name,
        "description": theme.description,
        "audience": theme.audience,
        "extends": list(dict.fromkeys(name for name, _ in theme.folders[1:])),
        "folder": str(theme.folders[0][1]),
        "package": next((one.package for one in list_packaged().values() if one.folder == theme.folders[0][1]), ""),
        "backends": list(theme.backends),
        "styles": list_styles(theme),
        "templates": {backend: list_templates(theme, backend) for backend in theme.backends},
        "options": [_describe_option(name, spec) for name, spec in theme.options.items()],
    }


def list_templates(theme: Theme, backend: str) -> dict[str, str]:
    """File name of a template → the theme that it comes from."""
    found: dict[str, str] = {}
    for name, folder in theme.folders:
        for path in sorted((folder / backend).glob("*.j2")):
            found.setdefault(path.name, name)
    return dict(sorted(found.items()))


def _describe_option(name: str, spec: OptionSpec) -> dict[str, str]:
    return {
        "name": name,
        "type": spec.type,
        "default": spec.default,
        "values": say_values(spec),
        "description": spec.description,
    }


def say_values(spec: OptionSpec) -> str:
    """The values that an option may have, in a few words."""
    match spec:
        case NumberSpec(min=low, max=high, unit=unit):
            return f"{low:g} to {high:g}{unit and ' ' + unit}"
        case ChoiceSpec(choices=choices):
            return " | ".join(choices)
        case SwitchSpec():
            return "true | false"
        case FontSpec():
            return f"an installed font, or {', '.join(shipped_fonts())}"
        case _:
            return {"color": "#rrggbb", "list": "words, with commas between them"}[spec.type]


def list_option_values(spec: OptionSpec) -> list[str]:
    """The values that can be listed of an option; its default is the only one of a number or a colour."""
    match spec:
        case ChoiceSpec(choices=choices):
            return list(choices)
        case SwitchSpec():
            return ["true", "false"]
        case FontSpec():
            return list(shipped_fonts())
        case _:
            return [spec.default]


def write_theme(
    name: str, parent: str, templates: tuple[str, ...], folder: Path, *, as_package: bool = False
) -> list[Path]:
    """Write ``themes/NAME`` in ``folder``: a manifest, a style per backend of ``parent``, and copies of ``templates``.

    A theme that is there gets the copies only. With ``as_package``, write ``cvgen-theme-NAME``: a package to install,
    with the theme inside. Returns the files written. Raises InputError for an invalid name, an existing theme without
    ``templates``, unknown templates, and those that the theme has.
    """
    roots = [folder / THEMES]
    if not NAME.fullmatch(name) or name == "base":
        hint = "use lower-case letters, digits and hyphens, and begin with a letter"
        raise InputError([Problem(f"{name!r} is not a valid name for a theme", None, hint)])
    top = folder / (name_package(name) if as_package else THEMES)
    target = top / (place_theme(name) if as_package else name)
    if templates and not as_package and (target / MANIFEST).exists():
        return _add_templates(find_theme(name, roots, None), templates, target)
    if target.exists() or (as_package and top.exists()) or name in list_themes(roots):
        hint = "choose another name; to copy a template into a theme of yours, add --template FILE"
        raise InputError([Problem(f"the theme {name!r} already exists", Location(str(target)), hint)])
    theme = find_theme(parent, roots, None)
    extra = make_package_files(name, theme.name) if as_package else {}
    files = {top / path: text for path, text in extra.items()} | {target / MANIFEST: _manifest(theme)}
    for backend in theme.backends:
        if _STYLE_FILES[backend] in list_templates(theme, backend):
            files[target / backend / _STYLE_FILES[backend]] = _style(theme, backend)
    for template in templates:
        path, text = _copy_of(theme, template)
        files[target / path] = text
    for path, text in files.items():
        write_whole(path, text.encode())
    return list(files)


def _add_templates(theme: Theme, templates: tuple[str, ...], target: Path) -> list[Path]:
    """Copy ``templates`` of the themes that ``theme`` extends into its folder ``target``."""
    copies = dict(_copy_of(theme, template) for template in templates)
    there = [target / path for path in copies if (target / path).exists()]
    if there:
        hint = "delete it first to copy it again"
        raise InputError([Problem(f"{path.name} already exists", Location(str(path)), hint) for path in there])
    for path, text in copies.items():
        write_whole(target / path, text.encode())
    return [target / path for path in copies]


def _manifest(theme: Theme) -> str:
    shown = [name for name in ("accent", "body_font", "size", "heading_style") if name in theme.options]
    lines = [
        f"description: {theme.name}, as I like it",
        f"extends: {theme.name}",
        "options:",
        f'  {DENSITY}: "{theme.options[DENSITY].default}"' if DENSITY in theme.options else "  {}",
        f"  # Some options of {theme.name}; `cvgen themes show {theme.name}` explains all of them:",
    ]
    for name in shown:
        spec = theme.options[name]
        lines.append(f'  # {name}: "{spec.default}"   # {say_values(spec)}')
    return "\n".join(lines) + "\n"


def _style(theme: Theme, backend: str) -> str:
    kind = "CSS" if backend == "html" else "LaTeX"
    head = _COMMENT[backend] % f"The style of {theme.name}; your own {kind} below it takes precedence"
    return f"{head}\n{_INCLUDE[backend] % theme.name}\n"


def _copy_of(theme: Theme, template: str) -> tuple[Path, str]:
    """Where ``template``, which may be named with its folder, is copied to, and its text."""
    folders = (*theme.backends, STYLES)
    owners = {(folder, name): owner for folder in folders for name, owner in list_templates(theme, folder).items()}
    for (folder, name), owner in owners.items():
        if template in (name, f"{folder}/{name}"):
            source = next(path for own, path in theme.folders if own == owner)
            return Path(folder) / name, (source / folder / name).read_text("utf-8")
    hint = suggest_template(template, [f"{STYLES}/{name}" if folder == STYLES else name for folder, name in owners])
    raise InputError([Problem(f"the theme {theme.name!r} has no template {template!r}", None, hint)])
