"""Imports a file of another tool: writes a profile, its publications and pictures; nothing that exists is replaced."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvgen.convert.entry_repairs import repair_entries
from cvgen.convert.import_formats import choose_format
from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.lost_texts import find_lost_texts
from cvgen.convert.paper_list import BIB_NAME, add_papers
from cvgen.convert.profile_draft import DraftMapping, ProfileDraft
from cvgen.convert.refused_values import take_out_refused
from cvgen.convert.write_bib import write_bib
from cvgen.convert.write_profile import count_leftovers, write_profile
from cvgen.diagnostics import InputError, Location, Problem
from cvgen.pipeline.whole_files import write_whole
from cvgen.sources.limits import TooSlowError, limit_time
from cvgen.sources.text_file import MAX_PROFILE_BYTES, read_bytes

PROFILE_NAME = "profile.yaml"


@dataclass(frozen=True, slots=True)
class Imported:
    """The files written, the profile first; the format they were read from; and every Problem found."""

    files: tuple[Path, ...]
    format: str
    problems: tuple[Problem, ...]
    remarks: int = 0
    """How many texts of the source are kept as comments, because they fit no field."""
    notes: tuple[str, ...] = ()
    """What a person should know before they use the profile."""

    @property
    def profile(self) -> Path:
        """The profile."""
        return self.files[0]


def import_profile(
    path: Path, folder: Path, *, format_: str | None = None, name: str | None = None, force: bool = False
) -> Imported:
    """Write profile.yaml, and what goes with it, into ``folder`` from the file ``path`` of another tool.

    ``format_`` is the name of its format if its content should not decide; ``name`` the person's, if the file has none.
    Raises InputError for a file that cannot be read, and for existing files unless ``force``.
    """
    source = _open(path, name)
    try:
        with limit_time():
            chosen = choose_format(source, format_)
            draft = chosen.read(source)
            if any(problem.is_error for problem in source.problems):
                raise InputError(source.problems)  # such as a key that is used twice: one of the values would be lost
            files = _make_files(draft, source, folder)
    except TooSlowError as error:
        raise InputError(
            [Problem(f"the file is not read: {error}", Location(str(path)), "import a smaller file")]
        ) from None
    written = {folder / file: data for file, data in files.items()}
    _write(written, source, force=force)
    return Imported(tuple(written), chosen.name, tuple(source.problems), count_leftovers(draft), tuple(draft.notes))


def _open(path: Path, name: str | None) -> ImportedFile:
    """The file ``path``; a folder has no bytes of its own."""
    data = b"" if path.is_dir() else read_bytes(path, "file")
    return ImportedFile(path, data, person=name)


def _make_files(draft: ProfileDraft, source: ImportedFile, folder: Path) -> dict[str, bytes]:
    """The name and content of each file to write, the profile first."""
    profile = draft.profile
    basics = profile.setdefault("basics", DraftMapping())
    if source.person:
        basics["name"] = source.person
    repair_entries(profile)
    named = add_papers(draft)
    copied = _take_bibliography(draft, source, folder)
    if not basics.get("name") or not take_out_refused(profile):
        message = "the file does not say whose profile this is"
        raise InputError([Problem(message, Location(str(source.path)), 'add the name: --name "Wei Lin"')])
    bib = write_bib(named, source.name) if named else ""
    profile.leftovers += find_lost_texts(draft.texts, [write_profile(draft, source.name), bib], basics)
    text = write_profile(draft, source.name).encode()
    if len(text) > MAX_PROFILE_BYTES:
        hint = f"a profile may have {MAX_PROFILE_BYTES >> 10} KiB; take out what does not belong in a CV"
        raise InputError([Problem("the profile would be too large", Location(str(source.path)), hint)])
    files = {PROFILE_NAME: text, **({BIB_NAME: bib.encode()} if bib else {})}
    return files | copied | draft.pictures


def _take_bibliography(draft: ProfileDraft, source: ImportedFile, folder: Path) -> dict[str, bytes]:
    """Name a bibliography that is taken as it is in the profile; it is copied unless it is in ``folder`` already."""
    if not draft.bibliography:
        return {}
    name, data = draft.bibliography
    is_there = source.path.resolve().parent == folder.resolve() and source.path.suffix == Path(name).suffix
    part = draft.profile["bibliography"]
    draft.profile["bibliography"] = DraftMapping({"files": [source.name if is_there else name], **part})
    return {} if is_there else {name: data}


def _write(files: dict[Path, bytes], source: ImportedFile, *, force: bool) -> None:
    """Write all files, after making sure that all can be."""
    files = {path: data for path, data in files.items() if not _is_there(path, data, source)}
    folder = next(iter(files)).parent
    if folder.exists() and not folder.is_dir():
        hint = "give a folder with -o"
        raise InputError([Problem(f"{str(folder)!r} is a file, not a folder", Location(str(folder)), hint)])
    there = [path for path in files if path.exists() or path.is_symlink()]
    if there and not force:
        hint = "choose another folder with -o, or replace the file with --force"
        raise InputError([Problem(f"{path.name} already exists", Location(str(path)), hint) for path in there])
    folders = [path for path in there if path.is_dir()]
    if folders:
        hint = "choose another folder with -o"
        raise InputError([Problem(f"{path.name} is a folder", Location(str(path)), hint) for path in folders])
    for path in reversed(files):
        write_whole(path, files[path], keep=[source.path], within=path.parent)


def _is_there(path: Path, data: bytes, source: ImportedFile) -> bool:
    """Whether ``path`` is a picture of the source that is in the output folder already."""
    folder = source.path.resolve().parent
    return path.name != PROFILE_NAME and path.parent.resolve() == folder and source.read_beside(path.name) == data
