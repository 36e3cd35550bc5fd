"""Finds a theme: its manifest, the themes that it extends, and the folders to search for its files."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from cvgen.diagnostics import (
    BadValueError,
    InputError,
    Location,
    Problem,
    Problems,
    did_you_mean,
    nearest,
    one_of,
    say_circle,
    suggest,
)
from cvgen.sources.files_read import FilesRead
from cvgen.sources.regular_file import can_exist
from cvgen.sources.text_file import read_utf8
from cvgen.sources.yaml.places import Places
from cvgen.sources.yaml.schema_errors import explain_schema_errors
from cvgen.sources.yaml.tree import parse_yaml
from cvgen.themes.contract import find_conflict
from cvgen.themes.fonts import FONTS, find_packaged_font, read_fonts
from cvgen.themes.options import OPTION_SPECS, SPEC_TYPES, Font, OptionValue, apply_density
from cvgen.themes.outside_links import refuse_links_outside
from cvgen.themes.styles import Style, read_styles

MANIFEST = "theme.yaml"


class Manifest(BaseModel):
    """The keys of ``theme.yaml``. ``options`` adds options or, with only a value, changes a default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str = ""
    audience: str = ""
    """For whom the theme is, such as ``Engineers``; that of the theme it extends if it is not given."""
    extends: str | None = None
    backends: tuple[str, ...] = ()
    options: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme ready for use. ``folders`` are in the order in which they are searched for a file."""

    name: str
    description: str
    audience: str
    """For whom the theme is; themes of one audience stand together in lists."""
    folders: tuple[tuple[str, Path], ...]
    backends: tuple[str, ...]
    options: Mapping[str, Any]
    """Option specs by name (``options.OptionSpec``)."""
    styles: Mapping[str, Style]
    """The citation styles by name; ``full`` is the theme's own layout."""


def shipped_folder() -> Path:
    """The folder of the themes that come with cvgen, in a wheel or in a checkout."""
    inside = Path(__file__).parent / "shipped"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "themes"


def is_shipped(theme: Theme) -> bool:
    """Whether every file of ``theme`` comes with cvgen."""
    return all(folder.resolve().is_relative_to(shipped_folder().resolve()) for _, folder in theme.folders)


def shipped_fonts() -> Mapping[str, Font]:
    """The font families that come with cvgen."""
    return read_fonts(shipped_folder() / FONTS)


def list_fonts(theme: Theme) -> Mapping[str, Font]:
    """The font families of ``theme``, of the themes that it extends, and of cvgen."""
    found: dict[str, Font] = dict(shipped_fonts())
    for _, folder in reversed(theme.folders):
        found |= read_fonts(folder / FONTS)
    return found


def list_themes(user_folders: Iterable[Path] = ()) -> dict[str, Path]:
    """The name and folder of every theme; a person's own themes override shipped ones."""
    found: dict[str, Path] = {}
    for folder in (*user_folders, shipped_folder()):
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
            if manifest.parent.name != "base":
                found.setdefault(manifest.parent.name, manifest.parent)
    return found


@dataclass(frozen=True, slots=True)
class _Layer:
    """One folder of a theme or of a theme that it extends, with its manifest or that of the theme that it changes."""

    name: str
    folder: Path
    manifest: Manifest
    places: Places | None = None
    """The places of the values in the manifest; None for a folder without one."""

    def place(self, *path: str) -> Location:
        """The place of a value in the manifest."""
        return self.places.value(path) if self.places else Location(str(self.folder / MANIFEST))


def find_theme(
    name: str, user_folders: Iterable[Path], asked_at: Location | None, files: FilesRead | None = None
) -> Theme:
    """The theme ``name``: a folder's path, or a name looked for in ``user_folders`` and among the shipped.

    A folder of a shipped theme's name without a manifest changes single files of that theme. Every folder in which
    a file of the theme is looked for is recorded in ``files``. Raises InputError if something is missing or wrong, and
    for a theme that is not shipped if ``files`` has a limit.
    """
    if files is not None and files.within is not None:
        _refuse_foreign(name, [folder / name for folder in user_folders], asked_at, files)
    roots = (*user_folders, shipped_folder())
    chain: list[_Layer] = []
    wanted: str | None = name
    place = asked_at
    while wanted is not None:
        folders = _folders_of(wanted, roots, files)
        if not folders:
            hint = suggest(wanted, list_themes(user_folders))
            raise InputError([Problem(f"there is no theme {wanted!r}", place, hint)])
        seen = [layer.folder for layer in chain]
        if folders[0] in seen:
            names = dict.fromkeys(layer.name for layer in chain[seen.index(folders[0]) :])
            message = say_circle("theme", [*names, folders[0].name])
            raise InputError([Problem(message, place, "change one 'extends'")])
        manifest = Manifest()
        for folder in folders:
            if folder.parent != shipped_folder():
                refuse_links_outside(folder)
            places = None
            if (folder / MANIFEST).exists():
                manifest, places = _read_manifest(folder / MANIFEST)
                place = places.value(("extends",))
            chain.append(_Layer(folder.name, folder, manifest, places))
        wanted = manifest.extends
    return _assemble(chain)


def _refuse_foreign(name: str, folders: Iterable[Path], asked_at: Location | None, files: FilesRead) -> None:
    """Raise InputError for a theme that is not shipped, or that one of ``folders`` changes; opens no file of it."""
    shipped = list_themes()
    if name not in shipped:
        message = f"the theme {name!r} does not come with cvgen, and an untrusted profile can use no other"
        raise InputError([Problem(message, asked_at, one_of(shipped))])
    for folder in folders:
        if not files.allows(folder) or folder.is_symlink() or folder.exists():
            message = f"this folder changes the theme {name!r}, and an untrusted profile cannot do that"
            raise InputError([Problem(message, Location(str(folder)), "remove it, or use another theme")])


def _folders_of(name: str, roots: Iterable[Path], files: FilesRead | None) -> list[Path]:
    """The folders of one theme, overriding ones first, up to the first that has a manifest."""
    if not can_exist(name):
        return []
    if "/" in name or name.startswith("."):
        if files:
            files.add_folder(Path(name))
        return [Path(name)] if (Path(name) / MANIFEST).exists() else []
    folders = []
    for root in roots:
        folder = root / name
        if files:
            files.add_folder(folder)
        if folder.is_dir():
            folders.append(folder)
            if (folder / MANIFEST).exists():
                return folders
    return []


def _read_manifest(path: Path) -> tuple[Manifest, Places]:
    tree, problems = parse_yaml(read_utf8(path, "theme manifest"), str(path), "theme manifest")
    places = Places(tree)
    try:
        manifest = Manifest.model_validate(_plain(tree))
    except ValidationError as error:
        problems += explain_schema_errors(error.errors(include_url=False), places, Manifest)
    if problems:
        raise InputError(problems)
    return manifest, places


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value)


def _assemble(chain: list[_Layer]) -> Theme:
    specs: dict[str, Any] = {}
    for layer in reversed(chain):
        for name, about in layer.manifest.options.items():
            base = specs.get(name, {})
            specs[name] = {**base, **about} if isinstance(about, dict) else {**base, "default": about}
    conflicts = _check_contract(specs, chain)
    try:
        options = OPTION_SPECS.validate_python({name: about for name, about in specs.items() if name not in conflicts})
    except ValidationError as error:
        raise InputError([*conflicts.values(), *_explain_options(error, specs, chain)]) from None
    if problems := [*conflicts.values(), *_check_defaults(options, chain)]:
        raise InputError(problems)
    styles = read_styles(layer.folder for layer in chain)
    folders = tuple((layer.name, layer.folder) for layer in chain)
    backends = next((layer.manifest.backends for layer in chain if layer.manifest.backends), ())
    audience = next((layer.manifest.audience for layer in chain if layer.manifest.audience), "")
    return Theme(chain[0].name, chain[0].manifest.description, audience, folders, backends, options, styles)


def _explain_options(error: ValidationError, specs: Mapping[str, Any], chain: list[_Layer]) -> list[Problem]:
    """A Problem for each mistake in the options, in the manifest that makes it."""
    mistakes = error.errors(include_url=False)
    problems: list[Problem] = []
    for name in dict.fromkeys(str(mistake["loc"][0]) for mistake in mistakes):
        own = [mistake for mistake in mistakes if mistake["loc"][0] == name]
        if own[0]["type"] == "union_tag_not_found":
            problems.append(_untyped(name, specs, chain))
        elif own[0]["type"] == "union_tag_invalid":
            tag = str(specs[name]["type"])
            place = _find_place(chain, name, "type")
            problems.append(Problem(f"{tag!r} is not a type of option", place, suggest(tag, SPEC_TYPES)))
        else:
            problems += _explain_option(name, own, specs, chain)
    return problems


def _explain_option(name: str, mistakes: list[Any], specs: Mapping[str, Any], chain: list[_Layer]) -> list[Problem]:
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


def _untyped(name: str, specs: Mapping[str, Any], chain: list[_Layer]) -> Problem:
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


def _check_contract(specs: Mapping[str, Mapping[str, Any]], chain: list[_Layer]) -> dict[str, Problem]:
    """A Problem, by option name, for each option of the contract that the theme declares with another type."""
    problems = {}
    for name, about in specs.items():
        if "type" in about and (conflict := find_conflict(name, str(about["type"]), str(about.get("unit", "")))):
            key, message, hint = conflict
            problems[name] = Problem(message, _find_place(chain, name, key), hint)
    return problems


def _check_defaults(options: Mapping[str, Any], chain: list[_Layer]) -> list[Problem]:
    problems, fonts = [], shipped_fonts()
    for name, spec in options.items():
        try:
            spec.read(spec.default, fonts)
        except BadValueError as error:
            mistake, place = error.mistake, _find_place(chain, name, "default")
            problems.append(Problem(f"default of option {name!r}: {mistake.message}", place, mistake.hint))
    return problems


def _find_place(chain: list[_Layer], name: str, key: str) -> Location:
    """Where the nearest manifest that says something about the option ``name`` sets its ``key``."""
    return _find_layer(chain, name, key).place("options", name, key)


def _find_layer(chain: list[_Layer], name: str, key: str) -> _Layer:
    """The nearest layer that sets the ``key`` of the option ``name``, else the nearest that names the option."""
    layers = [layer for layer in chain if layer.places and name in layer.manifest.options]
    setting = [layer for layer in layers if _sets(layer.manifest.options[name], key)]
    return (setting or layers)[0]


def _sets(about: Any, key: str) -> bool:
    """Whether ``about``, an option in a manifest, sets ``key``; a value alone is its default."""
    return key in about if isinstance(about, dict) else key == "default"


OptionPlace = tuple[Location, Location]
"""The places of an option's name and of its value."""


def _place(places: Mapping[str, OptionPlace], name: str, part: int) -> Location | None:
    return places[name][part] if name in places else None


def list_styles(theme: Theme) -> list[str]:
    """The names of the citation styles that ``theme`` offers."""
    return sorted(theme.styles)


def read_options(
    theme: Theme, given: Mapping[str, str], places: Mapping[str, OptionPlace], limits: Container[str] = ()
) -> dict[str, OptionValue]:
    """Every option of ``theme`` as a typed value: the ``given`` ones (as text) override the defaults.

    Density does not make those in ``limits`` tighter. ``places`` says where each was set. Raises InputError with every
    option that is unknown or wrong.
    """
    fonts = list_fonts(theme)
    problems = Problems()
    values: dict[str, OptionValue] = {name: spec.read(spec.default, fonts) for name, spec in theme.options.items()}
    for name, text in given.items():
        spec = theme.options.get(name)
        if spec is None:
            message, hint = f"the theme {theme.name!r} has no option {name!r}", suggest(name, theme.options)
            problems.add(Problem(message, _place(places, name, 0), hint))
            continue
        try:
            values[name] = spec.read(text, fonts)
        except BadValueError as error:
            mistake = error.mistake
            problems.add(Problem(f"option {name!r}: {mistake.message}", _place(places, name, 1), mistake.hint))
    problems.stop_if_errors()
    return apply_density(theme.options, {name: _with_files(value) for name, value in values.items()}, limits)


def _with_files(value: OptionValue) -> OptionValue:
    """A font without files, with those of an installed font package if there is one."""
    if not isinstance(value, Font) or value.files:
        return value
    return find_packaged_font(value.family, value.generic) or value
