"""The bibliographies that a profile names, read to publications."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cvgen.diagnostics import InputError, Location, Problem, Problems, warn
from cvgen.model.bibliography_settings import Bibliography
from cvgen.model.people_index import PeopleIndex
from cvgen.model.publication import Publication
from cvgen.sources.files_read import FilesRead
from cvgen.sources.kept_papers import SMALLEST, KeptPapers, Papers, Store
from cvgen.sources.regular_file import can_exist
from cvgen.sources.text_file import read_bibliography
from cvgen.sources.yaml.places import Places

if TYPE_CHECKING:
    from cvgen.sources.bibtex.field_values import Macros
    from cvgen.sources.bibtex.raw_entry import RawEntry


_NO_BIBLIOGRAPHIES = frozenset({".yaml", ".yml", ".j2"})
"""Endings of other files whose lines are quoted in messages; a profile could name anybody's."""


_MOST_KEPT = 2
"""The number of bibliographies that a process keeps; one of 10 MB takes about 200 MB of memory."""


@dataclass(frozen=True, slots=True)
class BibliographyContent:
    """The content of the bibliographies; ``texts`` is None if one of them could not be read."""

    publications: tuple[Publication, ...] = ()
    texts: tuple[str, ...] | None = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Alias → the key of its entry."""
    people: PeopleIndex = field(default_factory=PeopleIndex)


class KeptBibliographies:
    """The content of the last bibliographies, for a process that reads several profiles, or one several times.

    In ``store``, large ones are kept for other processes.
    """

    def __init__(self, store: Store | None = None) -> None:
        self.store = store
        self._kept: dict[Hashable, tuple[BibliographyContent, list[Problem]]] = {}

    def find(
        self,
        bibliography: Bibliography,
        folder: Path,
        files: FilesRead,
        read: Callable[[], tuple[BibliographyContent, list[Problem]]],
    ) -> tuple[BibliographyContent, list[Problem]]:
        """What ``read`` gives for ``bibliography``; it is called only if the files or the settings are others."""
        paths = [folder / name for name in bibliography.files]
        now = FilesRead()
        now.add_files(path for path in paths if files.allows(path))
        if not all(can_exist(str(path)) for path in paths):
            return read()  # it reports the name
        blobs = tuple(now.blobs.get(path) for path in paths)
        if None in blobs:
            return read()
        places = tuple(path.resolve() for path in paths)  # of files that are there: links in a circle lead to none
        key = (places, blobs, tuple(bibliography.marks.items()), tuple(bibliography.annotations.items()))
        if key not in self._kept:
            content, problems = read()
            if content.texts is None:  # the places of what is wrong are in the profile
                return content, problems
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = content, problems
        files.add_files(paths)
        return self._kept[key]


def read_publications(
    bibliography: Bibliography, folder: Path, places: Places, files: FilesRead, kept: KeptBibliographies | None = None
) -> tuple[BibliographyContent, list[Problem]]:
    """The publications of ``bibliography``, whose files are in ``folder``, and every Problem of them.

    What is in ``kept`` is not read again, and what is read is added to it.
    """
    if not bibliography.files:
        return BibliographyContent(), []

    def read() -> tuple[BibliographyContent, list[Problem]]:
        return _read_all(bibliography, folder, places, files, kept.store if kept else None)

    content, problems = kept.find(bibliography, folder, files, read) if kept else read()
    return content, [*problems, *_check_pictures(bibliography, folder, places, files)]


def _read_all(
    bibliography: Bibliography, folder: Path, places: Places, files: FilesRead, store: Store | None
) -> tuple[BibliographyContent, list[Problem]]:
    problems = Problems()
    texts = _read_texts(bibliography, folder, places, files, problems)
    whole = tuple(text for _, text in texts) if len(texts) == len(bibliography.files) else None
    kept = None
    if store and whole and sum(map(len, whole)) >= SMALLEST:
        settings = (
            list(bibliography.marks.items()),
            list(bibliography.annotations.items()),
            [str(f) for f, _ in texts],
        )
        kept = KeptPapers(store, whole, settings)
    papers = kept.read() if kept else None
    if papers is None:
        papers, is_whole = _read_papers(bibliography, texts)
        whole = whole if is_whole else None
        if kept and is_whole:
            kept.keep(papers)
    publications, aliases, found = papers
    listed = tuple(publications.values())
    return BibliographyContent(listed, whole, aliases, PeopleIndex(listed)), [*problems, *found]


def _read_texts(
    bibliography: Bibliography, folder: Path, places: Places, files: FilesRead, problems: Problems
) -> list[tuple[Path, str]]:
    """The text of each file that can be read."""
    texts: list[tuple[Path, str]] = []
    for index, name in enumerate(bibliography.files):
        with problems.collect():
            asked_at = places.value(("bibliography", "files", index))
            if Path(name).suffix.lower() in _NO_BIBLIOGRAPHIES:
                raise InputError([Problem(f"{name!r} is not a bibliography", asked_at, "name a .bib or .json file")])
            text, repaired = read_bibliography(folder / name, asked_at=asked_at, folder=folder, files=files)
            texts.append((folder / name, text))
            problems.extend(repaired)
    return texts


def _read_papers(bibliography: Bibliography, texts: list[tuple[Path, str]]) -> tuple[Papers, bool]:
    """The publications in ``texts``, the key of each alias, and the problems; and whether every text could be read."""
    # Only profiles with publications need the BibTeX and LaTeX readers.
    from cvgen.sources.bibtex.entry_limits import apply_limits
    from cvgen.sources.bibtex.field_values import Macros
    from cvgen.sources.bibtex.repeats import keep_first

    problems = Problems()
    read: list[RawEntry] = []
    parsed = 0
    macros = Macros()
    for file, text in texts:
        with problems.collect():
            found, more = _parse(text, file, macros)
            problems.extend(more)
            read += found
            parsed += 1
    entries, repeated = keep_first(read)
    entries, excess = apply_limits(entries)
    problems.extend((*repeated, *excess))
    publications = _build_publications(bibliography, entries, problems)
    aliases = {alias: entry.key for entry in entries for alias in entry.aliases if alias not in publications}
    return (publications, aliases, list(problems)), parsed == len(texts)


def _parse(text: str, file: Path, macros: Macros) -> tuple[list[RawEntry], list[Problem]]:
    if file.suffix.lower() == ".json":
        from cvgen.sources.bibtex.csl import parse_csl

        return parse_csl(text, str(file))
    from cvgen.sources.bibtex.bib_file import parse_bibtex

    found, problems = parse_bibtex(text, str(file), macros)
    if not found and not problems and file.suffix.lower() != ".bib":
        hint = "name another file, or write entries such as @article{key, …}"
        return [], [warn(f"there is no entry in {file.name!r}", Location(str(file), 1, 1), hint)]
    return found, problems


def _build_publications(
    bibliography: Bibliography, entries: list[RawEntry], problems: Problems
) -> dict[str, Publication]:
    """Key → publication, after entries took over the fields of their parents."""
    from cvgen.sources.bibtex.crossref import inherit_fields
    from cvgen.sources.entry.annotations import MarkWords
    from cvgen.sources.entry.publication_reader import build_publication

    inherited = inherit_fields(entries)
    problems.extend(inherited.problems)
    publications: dict[str, Publication] = {}
    words = MarkWords(bibliography.annotations, bibliography.marks)
    for entry in inherited.entries:
        publication, more = build_publication(entry, bibliography.marks, words)
        is_parent = entry.key.casefold() in inherited.parents
        publications[entry.key] = replace(publication, is_parent=True) if is_parent else publication
        problems.extend(more)
    problems.extend(words.list_unknown())
    return publications


def _check_pictures(bibliography: Bibliography, folder: Path, places: Places, files: FilesRead) -> list[Problem]:
    """A Problem for each missing picture that the profile names; those in a BibTeX file may be for a web site."""
    return [
        Problem(
            f"there is no picture {overlay.image!r}",
            places.value(("bibliography", "entries", key, "image")),
            f"names in a profile start from its folder, {folder.resolve()}",
        )
        for key, overlay in bibliography.entries.items()
        if overlay.image and files.allows(folder / overlay.image) and not (folder / overlay.image).is_file()
    ]
