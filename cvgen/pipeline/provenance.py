"""Describes the sources of a document as facts that the document stores; pure.

Every reader of the document can see them: they name files, but not the folders of the machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from cvgen.version import __version__


def name_files(files: Iterable[Path], folder: Path) -> dict[str, Path]:
    """``files`` by names without private folders: the path from ``folder``, or only the name for files elsewhere."""
    named: dict[str, Path] = {}
    for path in dict.fromkeys(files):
        name = _name(path, folder)
        while name in named:  # two files of one name in other folders
            name += "'"
        named[name] = path
    return named


def _name(path: Path, folder: Path) -> str:
    """The path from ``folder``; only the last part for a file elsewhere."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.name


def state_of(blobs: Mapping[str, str]) -> str:
    """One name for the state of all files: SHA-256 over their names and contents, in any order."""
    lines = sorted(f"{blob} {name}\n" for name, blob in blobs.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def describe_source(choices: Mapping[str, str], options: Mapping[str, str], blobs: Mapping[str, str]) -> dict[str, str]:
    """The facts of one document; ``blobs`` are files by name, the profile first.

    ``choices`` are stored as they are (variant, theme, …), empty ones left out; options and files are JSON objects.
    """
    facts = {name: value for name, value in choices.items() if value}
    if options:
        facts["options"] = json.dumps(dict(sorted(options.items())), ensure_ascii=False)
    facts["version"] = __version__
    facts["profile"] = next(iter(blobs))
    facts["files"] = json.dumps(dict(blobs), ensure_ascii=False)
    facts["state"] = state_of(blobs)
    return facts
