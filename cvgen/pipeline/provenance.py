"""What a document was made from, as facts that travel in it; pure.

The facts are read by whoever gets the document: names of files are told, never where they lie on the machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from cvgen.version import __version__


def git_blob(data: bytes) -> str:
    """The name that git gives to a file of these bytes; ``git log --find-object=NAME`` finds when it was so."""
    # Git's choice of SHA-1, which guards nothing here
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def name_files(files: Iterable[Path], folder: Path) -> dict[str, Path]:
    """``files`` by the names that may be told: the path from ``folder``, else the file's name alone."""
    named: dict[str, Path] = {}
    for path in dict.fromkeys(files):
        name = _name(path, folder)
        while name in named:  # two of one name in folders that are not told
            name += "'"
        named[name] = path
    return named


def _name(path: Path, folder: Path) -> str:
    """The path as the profile has it; of one that starts at the machine's root, the last part."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.name


def state_of(blobs: Mapping[str, str]) -> str:
    """One name for the state of all files: SHA-256 over their names and contents, in whatever order."""
    lines = sorted(f"{blob} {name}\n" for name, blob in blobs.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def describe_source(choices: Mapping[str, str], options: Mapping[str, str], blobs: Mapping[str, str]) -> dict[str, str]:
    """The facts of one document; ``blobs`` are files by name, the profile first.

    ``choices`` are facts as they are (variant, theme, …), left out where empty; options and files are JSON objects.
    """
    facts = {name: value for name, value in choices.items() if value}
    if options:
        facts["options"] = json.dumps(dict(sorted(options.items())), ensure_ascii=False)
    facts["version"] = __version__
    facts["profile"] = next(iter(blobs))
    facts["files"] = json.dumps(dict(blobs), ensure_ascii=False)
    facts["state"] = state_of(blobs)
    return facts
