"""Reads a person's files: the profile and their publications, with the place of each value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem, suggest, warn
from cvgen.model.profile import Bibliography, Overlay, Profile
from cvgen.model.publication import LINK_LABELS, Metric, Publication, PublicationLink, parse_metric
from cvgen.sources.bibtex.key_aliases import replace_aliases
from cvgen.sources.files_read import FilesRead
from cvgen.sources.text_file import MAX_PROFILE_BYTES, read_bibliography, read_bytes, read_utf8
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
        tree, problems = parse_yaml(read_utf8(path, "profile", limit=MAX_PROFILE_BYTES, files=files), str(path))
    except InputError as error:
        return CareerReading(None, error.problems)
    profile, found = build_profile(tree)
    problems += found
    if profile is None:
        return CareerReading(None, tuple(problems))
    places = Places(tree)
    problems += _check_image(profile, path.parent, places, files)
    papers, found = _read_bibliography(profile.bibliography, path.parent, places, files)
    texts = papers.texts
    if not profile.bibliography.files and any(problem.is_error for problem in problems):
        texts = None  # the mistake may be in the setting that names the files
    problems += found
    named, profile = profile, replace_aliases(profile, papers.aliases)
    overlaid = tuple(_overlay(p, profile.bibliography.entries.get(p.key), places) for p in papers.publications)
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
        data = read_bytes(path, "picture", asked_at=place, files=files)
    except InputError as error:
        return list(error.problems)
    if start is None or not data.startswith(start):
        return [Problem(f"{profile.basics.image!r} is not a PNG or JPEG picture", place, "save it as .png or .jpg")]
    return []


@dataclass(frozen=True, slots=True)
class _Papers:
    """The content of the bibliographies; ``texts`` is None if one of them could not be read."""

    publications: tuple[Publication, ...] = ()
    texts: tuple[str, ...] | None = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Alias → the key of its entry."""


def _read_bibliography(
    bibliography: Bibliography, folder: Path, places: Places, files: FilesRead
) -> tuple[_Papers, list[Problem]]:
    if not bibliography.files:
        return _Papers(), []
    # Only profiles with publications need the BibTeX and LaTeX readers.
    from cvgen.sources.bibtex.bib_file import parse_bibtex
    from cvgen.sources.bibtex.crossref import inherit_fields
    from cvgen.sources.bibtex.field_values import Macros
    from cvgen.sources.bibtex.raw_entry import RawEntry
    from cvgen.sources.bibtex.repeats import keep_first
    from cvgen.sources.entry.annotations import MarkWords
    from cvgen.sources.entry.publication_reader import build_publication

    problems: list[Problem] = []
    entries: list[RawEntry] = []
    macros = Macros()
    texts: list[str] = []
    all_read = True
    for index, file in enumerate(folder / name for name in bibliography.files):
        asked_at = places.value(("bibliography", "files", index))
        try:
            text, repaired = read_bibliography(file, asked_at=asked_at, files=files)
        except InputError as error:
            problems += error.problems
            all_read = False
            continue
        if file.suffix.lower() == ".json":
            from cvgen.sources.bibtex.csl import parse_csl

            found, more = parse_csl(text, str(file))
        else:
            found, more = parse_bibtex(text, str(file), macros)
        texts.append(text)
        if not found and not more and file.suffix.lower() not in (".bib", ".json"):
            problems.append(_no_entry(file))
        entries += found
        problems += [*repaired, *more]
    entries, more = keep_first(entries)
    problems += more
    inherited = inherit_fields(entries)
    problems += inherited.problems
    publications: dict[str, Publication] = {}
    words = MarkWords(bibliography.annotations, bibliography.marks)
    for entry in inherited.entries:
        publication, more = build_publication(entry, bibliography.marks, words)
        is_parent = entry.key.casefold() in inherited.parents
        publications[entry.key] = replace(publication, is_parent=True) if is_parent else publication
        problems += more
    problems += words.list_unknown()
    problems += _check_pictures(bibliography, folder, places)
    aliases = {alias: entry.key for entry in entries for alias in entry.aliases if alias not in publications}
    read = tuple(texts) if all_read else None
    return _Papers(tuple(publications.values()), read, aliases), problems


def _no_entry(file: Path) -> Problem:
    hint = "name another file, or write entries such as @article{key, …}"
    return warn(f"there is no entry in {file.name!r}", Location(str(file), 1, 1), hint)


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


def _check_pictures(bibliography: Bibliography, folder: Path, places: Places) -> list[Problem]:
    """A Problem for each missing picture that the profile names; those in a BibTeX file may be for a web site."""
    return [
        warn(
            f"there is no picture {overlay.image!r}; none is shown",
            places.value(("bibliography", "entries", key, "image")),
            "the name starts at the profile's folder",
        )
        for key, overlay in bibliography.entries.items()
        if overlay.image and not (folder / overlay.image).is_file()
    ]


def _overlay_metrics(publication: Publication, overlay: Overlay) -> tuple[Metric, ...]:
    metrics = {metric.kind: metric for metric in publication.metrics}
    for kind, text in (("citations", overlay.citations), ("stars", overlay.stars)):
        if text:
            metrics[kind] = parse_metric(kind, text)
    return tuple(metrics.values())


def _overlay(publication: Publication, overlay: Overlay | None, places: Places) -> Publication:
    """``publication`` with the values that the profile adds; they override those of the file."""
    if overlay is None:
        return publication
    links = [link for link in publication.links if link.label not in overlay.links]
    links += [PublicationLink(label, url) for label, url in overlay.links.items()]
    order = {label: rank for rank, label in enumerate(LINK_LABELS)}
    links.sort(key=lambda link: order.get(link.label, len(order)))
    at = places.value(("bibliography", "entries", publication.key, "roles")) if overlay.roles else None
    return replace(
        publication,
        topic=overlay.topic or publication.topic,
        note=overlay.note or publication.note,
        award=overlay.award or publication.award,
        venue_short=overlay.venue_short or publication.venue_short,
        rank=overlay.rank or publication.rank,
        metrics=_overlay_metrics(publication, overlay),
        image=overlay.image or publication.image,
        title_short=overlay.title_short,
        tags=(*publication.tags, *overlay.tags),
        links=tuple(links),
        owner_marks=publication.owner_marks | frozenset(overlay.roles),
        owner_marks_location=at or publication.owner_marks_location,
        highlights=overlay.highlights,
    )
