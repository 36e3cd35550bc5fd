"""Finds a theme: its manifest, the themes that it extends, and the folders to search for its files."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cvgen.diagnostics import (
    BadValueError,
    InputError,
    Location,
    Problem,
    Problems,
    one_of,
    say_circle,
    suggest,
)
from cvgen.sources.files_read import FilesRead
from cvgen.sources.regular_file import can_exist
from cvgen.themes.fonts import FONTS, LISTING, find_packaged_font, read_fonts
from cvgen.themes.manifest import MANIFEST, Layer, Manifest, read_manifest
from cvgen.themes.option_errors import check_contract, explain_options, find_option_place
from cvgen.themes.options import OPTION_SPECS, Font, FontSpec, OptionValue, apply_density
from cvgen.themes.outside_links import refuse_links_outside
from cvgen.themes.packaged import list_packaged
from cvgen.themes.styles import Style, read_styles


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme ready for use. ``folders`` are in the order in which they are searched for a file."""

    name: str
    description: str
    audience: str
    """Who the theme is for; lists group themes by their audience."""
    folders: tuple[tuple[str, Path], ...]
    backends: tuple[str, ...]
    options: Mapping[str, Any]
    """Option specs by name (``options.OptionSpec``)."""
    styles: Mapping[str, Style]
    """The citation styles by name; ``full`` is the theme's own layout."""
    font_places: Mapping[str, Location] = field(default_factory=dict)
    """Where a manifest sets the default of each option that is a font."""


def shipped_folder() -> Path:
    """The folder of the themes that come with cvgen, in a wheel or in a checkout."""
    inside = Path(__file__).parent / "shipped"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "themes"


def is_shipped(theme: Theme) -> bool:
    """Whether every file of ``theme`` comes with cvgen."""
    return not list_own_folders(theme)


def list_own_folders(theme: Theme) -> tuple[Path, ...]:
    """The folders of ``theme`` that do not come with cvgen, in the order in which a file is looked for."""
    shipped = shipped_folder().resolve()
    return tuple(folder for _, folder in theme.folders if not folder.resolve().is_relative_to(shipped))


def shipped_fonts() -> Mapping[str, Font]:
    """The font families that come with cvgen."""
    folder = shipped_folder() / FONTS
    return _read_once(folder, (folder / LISTING).stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read_once(folder: Path, changed_at: int) -> Mapping[str, Font]:
    """The families in ``folder``, read again only if the list was changed: each render asks several times."""
    return read_fonts(folder)


def list_fonts(theme: Theme) -> Mapping[str, Font]:
    """The font families of ``theme``, of the themes that it extends, and of cvgen."""
    found: dict[str, Font] = dict(shipped_fonts())
    for _, folder in reversed(theme.folders):
        found |= read_fonts(folder / FONTS)
    return found


def list_themes(user_folders: Iterable[Path] = ()) -> dict[str, Path]:
    """The name and folder of every theme: a person's own override shipped ones, and these those of packages."""
    found = _list_below(*user_folders, shipped_folder())
    for name, packaged in list_packaged().items():
        if (packaged.folder / MANIFEST).is_file():
            found.setdefault(name, packaged.folder)
    return found


def list_shipped_themes() -> dict[str, Path]:
    """The name and folder of every theme that comes with cvgen."""
    return _list_below(shipped_folder())


def _list_below(*folders: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
            if manifest.parent.name != "base":
                found.setdefault(manifest.parent.name, manifest.parent)
    return found


def find_theme(
    name: str, user_folders: Iterable[Path], asked_at: Location | None, files: FilesRead | None = None
) -> Theme:
    """The theme ``name``: a folder's path, or a name looked for in ``user_folders``, among the shipped and in packages.

    A theme that is named by its path may extend one beside it.
    A folder of a shipped theme's name without a manifest changes single files of that theme. Every folder in which
    a file of the theme is looked for is recorded in ``files``. Raises InputError if something is missing or wrong, and
    for a theme that is not shipped if ``files`` has a limit.
    """
    if files is not None and files.within is not None:
        _refuse_foreign(name, [folder / name for folder in user_folders], asked_at, files)
    beside = [Path(name).parent] if _is_path(name) else []
    roots = (*user_folders, shipped_folder())
    chain: list[Layer] = []
    wanted: str | None = name
    place = asked_at
    while wanted is not None:
        folders = _folders_of(wanted, roots, files) or _folders_of(wanted, beside, files)
        if not folders:
            raise InputError([_explain_missing(wanted, (*roots, *beside), place, list_themes(user_folders))])
        seen = [layer.folder for layer in chain]
        if folders[0] in seen:
            names = dict.fromkeys(layer.name for layer in chain[seen.index(folders[0]) :])
            message = say_circle("theme", [*names, folders[0].name])
            raise InputError([Problem(message, place, "change one 'extends'")])
        layers = list(_read_layers(folders))
        chain += layers
        wanted = layers[-1].manifest.extends
        place = layers[-1].place("extends")
    return _assemble(chain)


def _explain_missing(name: str, roots: Iterable[Path], place: Location | None, known: Collection[str]) -> Problem:
    """The Problem that there is no theme ``name``, or that its folder has no manifest."""
    folders = [Path(name)] if _is_path(name) else [root / name for root in roots]
    if can_exist(name) and (folder := next((one for one in folders if one.is_dir()), None)):
        hint = f"write {folder / MANIFEST} with: extends: classic"
        return Problem(f"the theme {name!r} has no {MANIFEST}", place, hint)
    return Problem(f"there is no theme {name!r}", place, suggest(name, known))


def _read_layers(folders: Iterable[Path]) -> Iterator[Layer]:
    """The layers of one theme, each with the manifest read last; raises InputError."""
    manifest = Manifest()
    for folder in folders:
        if folder.parent != shipped_folder():
            refuse_links_outside(folder)
        places = None
        if (folder / MANIFEST).exists():
            manifest, places = read_manifest(folder / MANIFEST)
        yield Layer(folder.name, folder, manifest, places)


def _refuse_foreign(name: str, folders: Iterable[Path], asked_at: Location | None, files: FilesRead) -> None:
    """Raise InputError for a theme that is not shipped, or that one of ``folders`` changes; opens no file of it."""
    shipped = list_shipped_themes()
    if name not in shipped:
        message = f"the theme {name!r} does not come with cvgen, and an untrusted profile can use no other"
        raise InputError([Problem(message, asked_at, one_of(shipped))])
    for folder in folders:
        if not files.allows(folder) or folder.is_symlink() or folder.exists():
            message = f"this folder changes the theme {name!r}, and an untrusted profile cannot do that"
            raise InputError([Problem(message, Location(str(folder)), "remove it, or use another theme")])


def _is_path(name: str) -> bool:
    """Whether ``name`` is the path of a theme's folder, and not the name of a theme."""
    return "/" in name or name.startswith(".")


def _folders_of(name: str, roots: Iterable[Path], files: FilesRead | None) -> list[Path]:
    """The folders of one theme, overriding ones first, up to the first that has a manifest."""
    if not can_exist(name):
        return []
    if _is_path(name):
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
    packaged = list_packaged().get(name)
    if packaged is None or not (packaged.folder / MANIFEST).is_file():
        return []
    if files:
        files.add_folder(packaged.folder)
    return [*folders, packaged.folder]


def _assemble(chain: list[Layer]) -> Theme:
    specs: dict[str, Any] = {}
    for layer in reversed(chain):
        for name, about in layer.manifest.options.items():
            base = specs.get(name, {})
            specs[name] = {**base, **about} if isinstance(about, dict) else {**base, "default": about}
    conflicts = check_contract(specs, chain)
    try:
        options = OPTION_SPECS.validate_python({name: about for name, about in specs.items() if name not in conflicts})
    except ValidationError as error:
        raise InputError([*conflicts.values(), *explain_options(error, specs, chain)]) from None
    if problems := [*conflicts.values(), *_check_defaults(options, chain)]:
        raise InputError(problems)
    styles = read_styles(layer.folder for layer in chain)
    folders = tuple((layer.name, layer.folder) for layer in chain)
    backends = next((layer.manifest.backends for layer in chain if layer.manifest.backends), ())
    audience = next((layer.manifest.audience for layer in chain if layer.manifest.audience), "")
    fonts = (name for name, spec in options.items() if isinstance(spec, FontSpec))
    font_places = {name: find_option_place(chain, name, "default") for name in fonts}
    described = chain[0].manifest.description
    return Theme(chain[0].name, described, audience, folders, backends, options, styles, font_places)


def _check_defaults(options: Mapping[str, Any], chain: list[Layer]) -> list[Problem]:
    problems, fonts = [], shipped_fonts()
    for name, spec in options.items():
        try:
            spec.read(spec.default, fonts)
        except BadValueError as error:
            mistake, place = error.mistake, find_option_place(chain, name, "default")
            problems.append(Problem(f"default of option {name!r}: {mistake.message}", place, mistake.hint))
    return problems


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
