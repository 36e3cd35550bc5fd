"""Reads a person's files: the profile and their publications, with the place of each value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from cvgen.diagnostics import BadValueError, InputError, Location, Problem, Problems, suggest
from cvgen.model.bibliography_settings import Bibliography
from cvgen.model.entry import Entry, PersonBody, list_positions
from cvgen.model.inline import RichText
from cvgen.model.owner import find_spellings
from cvgen.model.profile import Profile
from cvgen.model.publication import Publication
from cvgen.model.sections import row_of
from cvgen.sources.bibliography import BibliographyContent, KeptBibliographies, read_publications
from cvgen.sources.bibtex.key_aliases import replace_aliases
from cvgen.sources.files_read import FilesRead
from cvgen.sources.limits import MOST_SECONDS, SECONDS_PER_MIB, TooSlowError, limit_time
from cvgen.sources.overlay import overlay_publication
from cvgen.sources.picture.prepared_picture import LOGO, PHOTO, SIGNATURE, PictureUse, PreparedPicture, prepare_picture
from cvgen.sources.regular_file import can_exist
from cvgen.sources.text_file import read_bytes, read_utf8, repair_encoding, say_outside
from cvgen.sources.yaml.places import Places, TreePath
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
    pictures: Mapping[str, PreparedPicture]
    """The photos and all logos, by the names in the profile."""
    files: Mapping[Path, str | None]
    """The git blob name of every file that was read, the profile first; None for one that could not be read."""
    texts: tuple[str, ...] | None = ()
    """The bibliographies as they were read; None if one could not be read."""
    within: Path | None = None
    """The folder outside which nothing that the profile names is read; None for a profile that is trusted."""

    @property
    def keys(self) -> frozenset[str] | None:
        """Every key in the bibliographies, also of papers that could not be read; None if a file could not be read."""
        if self.texts is None:
            return None
        return _list_heads(self.texts) | {publication.key for publication in self.publications}

    def list_helpers(self) -> Iterator[RichText]:
        """The names of all mentors and advisors, in each language."""
        for section in self.profile.entry_sections:
            for entry in self.profile.entries(section):
                for field in row_of(entry).fields.notes.split():
                    value = getattr(entry, field)
                    people = value if isinstance(value, tuple) else ()
                    for person in people:
                        if isinstance(person, PersonBody):
                            yield from (wording for _, wording in person.name.wordings)

    @property
    def picture_files(self) -> tuple[Path, ...]:
        """The files of the photos and of all logos."""
        return tuple(self.folder / name for name in self.pictures)


@dataclass(frozen=True, slots=True)
class CareerReading:
    """A Career as far as it could be read, and all Problems found on the way."""

    career: Career | None
    problems: tuple[Problem, ...]


def read_career(
    path: Path, files: FilesRead | None = None, *, untrusted: bool = False, kept: KeptBibliographies | None = None
) -> CareerReading:
    """Read a profile and its bibliographies, and record each file in ``files``.

    Bibliographies in ``kept`` are not read again.

    Nothing outside the folder of an ``untrusted`` profile is read. Raises nothing for what is wrong in the files: all
    of it is reported.
    """
    files = files if files is not None else FilesRead()
    if untrusted:
        files.within = path.parent
    try:
        return _read_files(path, files, kept)
    except TooSlowError as error:
        last = str(next(reversed(files.blobs), path))
        hint = "keep only what belongs in a CV in it"
        return CareerReading(None, (Problem(f"{last!r} is not read: {error}", Location(last), hint),))


def _read_files(path: Path, files: FilesRead, kept: KeptBibliographies | None) -> CareerReading:
    try:
        with limit_time():
            text, repairs = repair_encoding(read_utf8(path, "profile", files=files), str(path))
            tree, problems = parse_yaml(text, str(path))
            profile, places, found = build_profile(tree)
    except InputError as error:
        return CareerReading(None, error.problems)
    problems = [*repairs, *problems, *found]
    if profile is None:
        return CareerReading(None, tuple(problems))
    pictures, found = _read_pictures(profile, path.parent, places, files)
    problems += found
    papers, found = _read_papers(profile, path.parent, places, files, kept)
    texts = papers.texts
    if not profile.bibliography.files and any(problem.is_error for problem in problems):
        texts = None  # the mistake may be in the setting that names the files
    problems += found
    named, profile = profile, replace_aliases(profile, papers.aliases)
    overlaid = tuple(
        overlay_publication(p, profile.bibliography.entries.get(p.key), places) for p in papers.publications
    )
    problems += _check_thumbnails(overlaid, named.bibliography, path.parent, places, files)
    career = Career(profile, overlaid, path.parent, places, (), pictures, dict(files.blobs), texts, files.within)
    problems += _check_overlays(named.bibliography, career, papers.aliases)
    problems += [*_check_pointers(career), *_check_letters(career)]
    return CareerReading(replace(career, problems=tuple(problems)), tuple(problems))


def _read_papers(
    profile: Profile, folder: Path, places: Places, files: FilesRead, kept: KeptBibliographies | None
) -> tuple[BibliographyContent, list[Problem]]:
    """The papers of the profile's bibliographies; of shared ones, those of the owner."""
    with limit_time(_time_for(profile.bibliography, folder)):
        papers, found = read_publications(profile.bibliography, folder, places, files, kept)
    return _keep_own(papers, found, profile) if profile.bibliography.shared else (papers, found)


def _keep_own(
    papers: BibliographyContent, problems: list[Problem], profile: Profile
) -> tuple[BibliographyContent, list[Problem]]:
    """The papers in which the owner is named or that the profile lists by key, and the problems of these.

    Problems of files, which belong to no entry, are kept.
    """
    listed = set(profile.bibliography.entries)
    listed |= {papers.aliases[alias] for alias in profile.bibliography.entries if alias in papers.aliases}
    listed |= papers.people.find_keys(find_spellings(profile))
    own = tuple(paper for paper in papers.publications if paper.key in listed)
    keys = {"", *(paper.key for paper in own)}
    return replace(papers, publications=own), [problem for problem in problems if problem.entry in keys]


def _time_for(bibliography: Bibliography, folder: Path) -> float:
    """The seconds of processor time that reading ``bibliography`` may take."""
    files = [folder / name for name in bibliography.files if can_exist(name)]
    size = sum(file.stat().st_size for file in files if file.is_file())
    return MOST_SECONDS + SECONDS_PER_MIB * size / 2**20


def _list_pictures(profile: Profile) -> Iterator[tuple[str, TreePath, PictureUse]]:
    """The name of each picture that all engines print, where it is written, and what it is for."""
    for above, basics in profile.all_basics.items():
        if basics.image:
            yield basics.image, (*above, "image"), PHOTO
    for path, entry in _list_entries(profile):
        field = row_of(entry).fields.logo
        if field and (name := getattr(entry, field)):
            yield name, (*path, field), LOGO
    for name, letter in profile.letters.items():
        if letter.signature and letter.signature.image:
            yield letter.signature.image, ("letters", name, "signature", "image"), SIGNATURE


def _read_pictures(
    profile: Profile, folder: Path, places: Places, files: FilesRead
) -> tuple[dict[str, PreparedPicture], list[Problem]]:
    """The photos and the logos by name, and a Problem for each that cannot be printed.

    A file that is both is prepared as a photo, which comes first and is larger.
    """
    pictures: dict[str, PreparedPicture] = {}
    problems = Problems()
    for name, path, use in _list_pictures(profile):
        if name not in pictures:
            with problems.collect():
                pictures[name] = read_picture(folder, name, use, places.value(path), files)
    return pictures, list(problems)


def read_picture(folder: Path, name: str, use: PictureUse, asked_at: Location, files: FilesRead) -> PreparedPicture:
    """The picture ``name``, which the profile in ``folder`` names at ``asked_at``, for ``use``. Raises InputError."""
    data = read_bytes(folder / name, "picture", asked_at=asked_at, folder=folder, files=files)
    try:
        return prepare_picture(name, data, use)
    except BadValueError as error:
        raise InputError([Problem(error.mistake.message, asked_at, error.mistake.hint)]) from None


def _check_thumbnails(
    papers: tuple[Publication, ...], bibliography: Bibliography, folder: Path, places: Places, files: FilesRead
) -> list[Problem]:
    """A Problem for each picture beside a paper that ``files`` does not allow."""
    overlays = {key for key, overlay in bibliography.entries.items() if overlay.image}
    return [
        say_outside(
            folder / paper.image,
            "picture",
            places.value(("bibliography", "entries", paper.key, "image")) if paper.key in overlays else paper.location,
        )
        for paper in papers
        if paper.image and not files.allows(folder / paper.image)
    ]


_HEAD = re.compile(r"\w\s*[{(]\s*([^\s,{}()=]+)(?=\s*,|\s*\n)|\"(?:id|citation-key)\"\s*:\s*\"([^\"]+)\"")
"""The key at the head of an entry, also of one that cannot be read."""


@lru_cache(maxsize=2)
def _list_heads(texts: tuple[str, ...]) -> frozenset[str]:
    """The keys in ``texts``, cached: a bibliography of a group is that of many people."""
    return frozenset(key for text in texts for found in _HEAD.findall(text) for key in found if key)


def _check_overlays(bibliography: Bibliography, career: Career, aliases: Mapping[str, str]) -> list[Problem]:
    """A Problem for each key that no publication has, except keys of entries that are reported as unreadable."""
    if not bibliography.entries or (known := career.keys) is None:
        return []
    unknown = (key for key in bibliography.entries if key not in known and key not in aliases)
    return _report_unknown(career, ((key, career.places.key(("bibliography", "entries", key))) for key in unknown))


_MOST_HINTS = 10
"""For so many unknown keys a similar one is looked for, which is slow."""


def _report_unknown(career: Career, keys: Iterable[tuple[str, Location]]) -> list[Problem]:
    """A Problem for each key that no publication has, with its place."""
    known = [publication.key for publication in career.publications]
    hint = "write a key of your BibTeX files"
    return [
        Problem(
            f"no publication has the key {key!r}",
            place,
            suggest(key, known, otherwise=hint) if number < _MOST_HINTS else hint,
        )
        for number, (key, place) in enumerate(keys)
    ]


def _check_pointers(career: Career) -> list[Problem]:
    """A Problem for each key of an entry's ``publications`` that no publication has."""
    pointers = [
        (key, (*path, "publications", number))
        for path, entry in _list_entries(career.profile)
        for number, key in enumerate(entry.publications)
    ]
    if not pointers or (known := career.keys) is None:
        return []
    return _report_unknown(career, ((key, career.places.value(path)) for key, path in pointers if key not in known))


def _check_letters(career: Career) -> list[Problem]:
    """A Problem for each letter that goes with a variant that the profile does not have."""
    variants = career.profile.variants
    return [
        Problem(
            f"there is no variant {letter.variant!r} in the profile",
            career.places.value(("letters", name, "variant")),
            suggest(letter.variant, variants) if variants else "delete it: the profile has no variants",
        )
        for name, letter in career.profile.letters.items()
        if letter.variant and letter.variant not in variants and not career.places.has_key(("variants", letter.variant))
    ]


def _list_entries(profile: Profile) -> Iterator[tuple[TreePath, Entry]]:
    """Every entry and every position of ``profile`` with its path."""
    for section in profile.entry_sections:
        for index, entry in enumerate(profile.entries(section)):
            path = profile.path_of(section, index)
            yield path, entry
            yield from ((((*path, "positions", number)), one) for number, one in enumerate(list_positions(entry)))
