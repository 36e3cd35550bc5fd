"""Reads a person's files: the profile and their publications, with the place of each value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.diagnostics import InputError, Problem, suggest
from cvgen.model.profile import Bibliography, Profile
from cvgen.model.publication import Publication
from cvgen.sources.bibliography import read_publications
from cvgen.sources.bibtex.key_aliases import replace_aliases
from cvgen.sources.files_read import FilesRead
from cvgen.sources.overlay import overlay_publication
from cvgen.sources.text_file import read_bytes, read_utf8
from cvgen.sources.yaml.places import Places
from cvgen.sources.yaml.profile_reader import build_profile
from cvgen.sources.yaml.tree import parse_yaml


@dataclass(frozen=True, slots=True)
class Career:
    """A valid profile with its publications. ``folder`` is where relative names in it start."""

    profile: Profile
    publications: tuple[Publication, ...]
    folder: Path
    places: Places
    problems: tuple[Problem, ...]
    """The problems that do not end the run."""
    files: Mapping[Path, str | None]
    """The git blob name of every file that was read, the profile first; None for one that could not be read."""
    texts: tuple[str, ...] | None = ()
    """The bibliographies as they were read; None if one could not be read."""

    @property
    def keys(self) -> frozenset[str] | None:
        """Every key in the bibliographies, also of papers that could not be read; None if a file could not be read."""
        if self.texts is None:
            return None
        heads = {key for text in self.texts for found in _HEAD.findall(text) for key in found if key}
        return frozenset(heads | {publication.key for publication in self.publications})


@dataclass(frozen=True, slots=True)
class CareerReading:
    """A Career as far as it could be read, and all Problems found on the way."""

    career: Career | None
    problems: tuple[Problem, ...]


def read_career(path: Path, files: FilesRead | None = None) -> CareerReading:
    """Read a profile and its bibliographies, and record each file in ``files``.

    Raises nothing for what is wrong in them: all of it is reported.
    """
    files = files if files is not None else FilesRead()
    try:
        tree, problems = parse_yaml(read_utf8(path, "profile", files=files), str(path))
    except InputError as error:
        return CareerReading(None, error.problems)
    profile, places, found = build_profile(tree)
    problems += found
    if profile is None:
        return CareerReading(None, tuple(problems))
    problems += _check_image(profile, path.parent, places, files)
    papers, found = read_publications(profile.bibliography, path.parent, places, files)
    texts = papers.texts
    if not profile.bibliography.files and any(problem.is_error for problem in problems):
        texts = None  # the mistake may be in the setting that names the files
    problems += found
    named, profile = profile, replace_aliases(profile, papers.aliases)
    overlaid = tuple(
        overlay_publication(p, profile.bibliography.entries.get(p.key), places) for p in papers.publications
    )
    career = Career(profile, overlaid, path.parent, places, (), dict(files.blobs), texts)
    problems += _check_overlays(named.bibliography, career, papers.aliases)
    return CareerReading(replace(career, problems=tuple(problems)), tuple(problems))


_IMAGE_STARTS = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


def _check_image(profile: Profile, folder: Path, places: Places, files: FilesRead) -> list[Problem]:
    """Whether the photo is a picture that both backends can print."""
    if not profile.basics.image:
        return []
    place = places.value(("basics", "image"))
    path = folder / profile.basics.image
    start = _IMAGE_STARTS.get(path.suffix.lower())
    try:
        data = read_bytes(path, "picture", asked_at=place, folder=folder, files=files)
    except InputError as error:
        return list(error.problems)
    if start is None or not data.startswith(start):
        return [Problem(f"{profile.basics.image!r} is not a PNG or JPEG picture", place, "save it as .png or .jpg")]
    return []


_HEAD = re.compile(r"\w\s*[{(]\s*([^\s,{}()=]+)(?=\s*,|\s*\n)|\"(?:id|citation-key)\"\s*:\s*\"([^\"]+)\"")
"""The key at the head of an entry, also of one that cannot be read."""


def _check_overlays(bibliography: Bibliography, career: Career, aliases: Mapping[str, str]) -> list[Problem]:
    """A Problem for each key that no publication has, except keys of entries that are reported as unreadable."""
    if not bibliography.entries or (known := career.keys) is None:
        return []
    return [
        Problem(
            f"there is no publication with the key {key!r}",
            career.places.key(("bibliography", "entries", key)),
            suggest(key, {p.key for p in career.publications}, otherwise="write a key of your BibTeX files"),
        )
        for key in bibliography.entries
        if key not in known and key not in aliases
    ]
