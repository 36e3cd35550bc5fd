"""The templates of a theme that do not come with cvgen: those in which its author can make a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cvgen.diagnostics import Location, did_you_mean, nearest, one_of
from cvgen.sources.text_file import read_utf8
from cvgen.themes.theme import Theme, list_own_folders


def read_own_templates(theme: Theme, backend: str) -> Iterator[tuple[Path, str]]:
    """The templates for ``backend`` in the theme's own folders, with their texts."""
    for folder in list_own_folders(theme):
        for path in sorted((folder / backend).glob("*.j2")):
            yield path, read_utf8(path, "theme file")


def suggest_template(name: str, known: Iterable[str]) -> str:
    """The hint for the template ``name``, which is not there: one with almost its name, else all with its ending."""
    names = sorted(known)
    if f"{name}.j2" in names:
        return did_you_mean(f"{name}.j2")
    ending = name.partition(".")[2]
    alike = [one for one in names if one.partition(".")[2] == ending] or names
    stems = {one.partition(".")[0]: one for one in alike}
    near = nearest(name.partition(".")[0], stems)
    return did_you_mean(stems[near]) if near else one_of(alike)


def find_in_templates(text: str, theme: Theme, backend: str) -> Location | None:
    """The first place of ``text`` in these templates; None if there is none."""
    for path, content in read_own_templates(theme, backend):
        if text and (at := content.find(text)) >= 0:
            return locate(path, content, at)
    return None


def locate(path: Path, text: str, at: int) -> Location:
    """The place of the character ``at`` in ``text``, which ``path`` holds."""
    return Location(str(path), text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
