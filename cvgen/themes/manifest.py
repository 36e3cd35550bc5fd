"""The manifest of a theme, and the layers that a theme and those that it extends are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from cvgen.diagnostics import BadValueError, InputError, Location, suggest
from cvgen.sources.text_file import read_utf8
from cvgen.sources.yaml.places import Places
from cvgen.sources.yaml.schema_errors import explain_schema_errors
from cvgen.sources.yaml.tree import parse_yaml

MANIFEST = "theme.yaml"


BACKENDS = ("html", "latex")


def _read_parent(value: object) -> object:
    if isinstance(value, (list, dict)):
        raise BadValueError("should be the name of one theme", "write extends: classic", has_subject=False)
    return value


def _check_backend(value: str) -> str:
    if value not in BACKENDS:
        raise BadValueError(f"{value!r} is not a backend", suggest(value, BACKENDS))
    return value


class Manifest(BaseModel):
    """The keys of ``theme.yaml``. ``options`` adds options or, with only a value, changes a default."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    description: str = ""
    audience: str = ""
    """For whom the theme is, such as ``Engineers``; that of the theme it extends if it is not given."""
    extends: Annotated[str | None, BeforeValidator(_read_parent)] = None
    backends: tuple[Annotated[str, AfterValidator(_check_backend)], ...] = ()
    options: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of a theme or of a theme that it extends, with its manifest or that of the theme that it changes."""

    name: str
    folder: Path
    manifest: Manifest
    places: Places | None = None
    """The places of the values in the manifest; None for a folder without one."""

    def place(self, *path: str) -> Location:
        """The place of a value in the manifest."""
        return self.places.value(path) if self.places else Location(str(self.folder / MANIFEST))


def read_manifest(path: Path) -> tuple[Manifest, Places]:
    """The manifest in the file ``path``, and the places of its values; raises InputError."""
    return _parse_manifest(read_utf8(path, "theme manifest"), str(path))


@lru_cache(maxsize=32)
def _parse_manifest(text: str, file: str) -> tuple[Manifest, Places]:
    """``text`` parsed; kept by the text itself, for a process that renders often."""
    tree, problems = parse_yaml(text, file, "theme manifest")
    places = Places(tree)
    try:
        manifest = Manifest.model_validate(_plain(tree))
    except ValidationError as error:
        problems += explain_schema_errors(error.errors(include_url=False), places, Manifest)
    if problems:
        raise InputError(problems)
    return manifest, places


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value)
