"""The .bib files of a profile, read so that they can be written again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.model.profile import Profile
from cvgen.model.publication import Publication
from cvgen.pipeline.whole_files import write_whole
from cvgen.sources.bibliography import read_publications
from cvgen.sources.files_read import FilesRead
from cvgen.sources.text_file import read_bytes, read_utf8
from cvgen.sources.yaml.places import Places
from cvgen.sources.yaml.profile_reader import build_profile
from cvgen.sources.yaml.tree import parse_yaml

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class ReadProfile:
    """A profile with its text, and the publications of its bibliographies."""

    path: Path
    text: str
    profile: Profile
    places: Places
    publications: tuple[Publication, ...]

    @property
    def bib_files(self) -> list[Path]:
        """Its files of BibTeX."""
        names = self.profile.bibliography.files
        return [self.path.parent / name for name in names if Path(name).suffix.lower() != ".json"]


def read_profile_with_bib(path: Path) -> ReadProfile:
    """The profile in the file ``path``; a bibliography that is not there yet has no publications.

    Raises InputError with everything that is wrong in the profile and its bibliographies.
    """
    text = read_utf8(path, "profile")
    tree, problems = parse_yaml(text, str(path))
    profile, places, found = build_profile(tree)
    errors = [problem for problem in (*problems, *found) if problem.is_error]
    if profile is None or errors:
        raise InputError(errors)
    there = tuple(name for name in profile.bibliography.files if (path.parent / name).exists())
    bibliography = replace_files(profile, there).bibliography
    content, found = read_publications(bibliography, path.parent, places, FilesRead())
    if errors := [problem for problem in found if problem.is_error]:
        raise InputError(errors)
    return ReadProfile(path, text, profile, places, content.publications)


def replace_files(profile: Profile, files: tuple[str, ...]) -> Profile:
    """``profile`` with these bibliographies."""
    return profile.model_copy(update={"bibliography": profile.bibliography.model_copy(update={"files": files})})


def choose_bib_file(read: ReadProfile, to: Path | None) -> Path:
    """The .bib file that new entries go to: the one asked for, else the last. Raises InputError."""
    files = read.bib_files
    names = ", ".join(file.name for file in files)
    if not files:
        message = "the profile names no .bib file to add publications to"
        place = read.places.value(("bibliography",))
        raise InputError([Problem(message, place, "add to the profile: bibliography: {files: [papers.bib]}")])
    if to is None:
        return files[-1]
    for file in files:
        if to.resolve() == file.resolve() or str(to) == file.name:
            return file
    message = f"{str(to)!r} is not a .bib file of the profile"
    raise InputError([Problem(message, read.places.value(("bibliography", "files")), f"name one of: {names}")])


@dataclass(frozen=True, slots=True)
class BibText:
    """The text of a .bib file as it is, and how it is stored."""

    path: Path
    text: str
    mark: str = ""
    """The byte order mark that the file begins with."""
    encoding: str = "utf-8"

    def write(self, text: str) -> None:
        """Write ``text`` to the file, whole; raises InputError if its encoding has no such character."""
        try:
            data = text.encode(self.encoding)
        except UnicodeEncodeError as error:
            message = f"{self.path.name} is stored in Latin-1, which has no {text[error.start]!r}"
            raise InputError([Problem(message, Location(str(self.path)), "save the file as UTF-8 first")]) from None
        write_whole(self.path, self.mark.encode() + data)


def open_bib(path: Path) -> BibText:
    """The .bib file ``path``, empty if it is not there. Raises InputError."""
    if not path.exists():
        return BibText(path, "")
    data = read_bytes(path, "BibTeX file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return BibText(path, data.decode("cp1252", errors="surrogateescape"), encoding="cp1252")
    return replace(BibText(path, text.removeprefix(_MARK)), mark=_MARK if text.startswith(_MARK) else "")
