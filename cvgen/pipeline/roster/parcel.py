"""Packs the files that a person's document is made from, for a machine that does not have them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os.path import normpath, realpath
from pathlib import Path
from sysconfig import get_path

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.pipeline.prepare import Prepared
from cvgen.pipeline.roster.listed_people import Person
from cvgen.sources.files_read import MOST_BYTES, git_blob
from cvgen.sources.regular_file import NotReadError, read_regular
from cvgen.themes.theme import shipped_folder

_OWN_BYTES = 64 << 10
"""A larger file of a person is a bundle: others may have the same, such as the bibliography of a group."""

FileContents = Mapping[str, bytes]
"""The content of each file, by its absolute path on the machine that it comes from."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One person's document to be made elsewhere: the profile's path, and the small files of this person.

    ``inputs`` is the digest of everything that the document is made from.
    """

    profile: str
    name: str
    inputs: str
    files: FileContents


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that travel together and once, though many need them; ``digest`` names their paths and contents."""

    digest: str
    blobs: Mapping[Path, str]

    def read(self) -> FileContents:
        """Their contents; raises InputError for a file that is no longer what it was."""
        return _read(self.blobs)


def pack(person: Person, prepared: Prepared, inputs: str) -> tuple[Parcel, list[Bundle]]:
    """The parcel of ``person``, and the bundles that its files are completed from.

    A large file of the person is a bundle, and so are the files of the theme, all together. Files that come with cvgen
    and its packages do not travel. Raises InputError for a file that is no longer what it was.
    """
    installed = {shipped_folder().resolve(), Path(get_path("purelib")).resolve(), Path(get_path("platlib")).resolve()}
    career = {path: blob for path, blob in prepared.career.files.items() if blob}
    large = [path for path in career if path.stat().st_size > _OWN_BYTES]
    shared = {
        path: blob
        for path, blob in prepared.files.blobs.items()
        if blob and path not in career and installed.isdisjoint(path.resolve().parents)
    }
    bundles = [_bundle({path: career[path]}) for path in large] + ([_bundle(shared)] if shared else [])
    own = {path: blob for path, blob in career.items() if path not in large}
    return Parcel(_name(person.profile), person.name, inputs, _read(own)), bundles


def _bundle(blobs: Mapping[Path, str]) -> Bundle:
    return Bundle(_digest_lines(f"{blob} {_name(path)}\n" for path, blob in blobs.items()), blobs)


def _read(blobs: Mapping[Path, str]) -> dict[str, bytes]:
    return {_name(path): _read_unchanged(path, blob) for path, blob in blobs.items()}


def _name(path: Path) -> str:
    """The absolute path of a file; without ``..`` except after a link, so that all name it alike."""
    written = path.absolute()
    plain = normpath(written)
    return plain if realpath(plain) == realpath(written) else str(written)


def _read_unchanged(path: Path, blob: str) -> bytes:
    try:
        data = read_regular(path, MOST_BYTES)
    except (OSError, NotReadError):
        data = b""
    if git_blob(data) != blob:
        raise InputError([Problem("the file was changed while it was read", Location(str(path)), "run it once more")])
    return data


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a parcel: the outcome as a message, and the files that were made, by their names."""

    outcome: Mapping[str, object]
    files: Mapping[str, bytes]
    digest: str

    @property
    def is_whole(self) -> bool:
        """Whether the files are those that were sent."""
        return self.digest == digest_files(self.files)


def digest_files(files: Mapping[str, bytes]) -> str:
    """One SHA-256 over the names and contents of ``files``."""
    return _digest_lines(f"{hashlib.sha256(data).hexdigest()} {name}\n" for name, data in files.items())


def _digest_lines(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8", "surrogateescape")).hexdigest()
