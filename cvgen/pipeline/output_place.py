"""The place that a render writes to: a file, or an open stream."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import BinaryIO

from cvgen.backends.backend import Asset
from cvgen.backends.engines import ARCHIVE, FOLDER_FORMATS, find_ending
from cvgen.diagnostics import InputError, Location, Problem
from cvgen.pipeline.file_names import add_number, name_output
from cvgen.pipeline.prepare import Prepared
from cvgen.pipeline.source_archive import pack_source
from cvgen.pipeline.whole_files import copy_whole, write_all, write_whole
from cvgen.sources.regular_file import NotReadError, can_exist, read_regular


@dataclass(frozen=True, slots=True)
class OutputPlace:
    """Where a render writes: to ``file``, or to ``stream``.

    ``keep`` are the files that the render read, which it never overwrites. ``within`` is the folder that the file must
    be in, links followed, because the profile chose its name or is not trusted; None for a file that the person named.
    """

    file: Path | None
    stream: BinaryIO | None = None
    keep: frozenset[Path] = frozenset()
    within: Path | None = None

    def write(self, data: bytes, assets: Sequence[tuple[str, Asset]] = (), from_theme: Collection[str] = ()) -> None:
        """Write ``data``, and each asset beside it; raises InputError.

        Those ``from_theme``, whose names a stranger may have chosen, replace no file with another content.
        """
        if self.stream:
            if assets:
                names = ", ".join(name for name, _ in assets)
                raise InputError([Problem(f"other files belong beside this one: {names}", None, "give a file with -o")])
            try:
                self.stream.write(data)
                self.stream.flush()
            except OSError as error:
                raise InputError([Problem(f"cannot write: {error.strerror}", None, "give a file with -o")]) from None
        elif self.file and assets and find_ending(self.file.name) == ARCHIVE:
            packed = pack_source(self.file.stem, data, assets)
            write_whole(self.file, packed, keep=self.keep, within=self.within)
        elif self.file:
            _refuse_to_replace(self.file, [(name, asset) for name, asset in assets if name in from_theme])
            for name, asset in assets:
                beside, folder = self.file.parent / name, self.file.parent
                if beside.name.startswith(".") and beside.exists():
                    continue  # settings of the person's own
                if isinstance(asset, bytes):
                    write_whole(beside, asset, keep=self.keep, within=folder)
                else:
                    copy_whole(asset, beside, keep=self.keep, within=folder)
            write_whole(self.file, data, keep=self.keep, within=self.within)

    def write_files(self, files: Sequence[bytes], *, is_numbered: bool) -> Path | None:
        """Write ``files``, with numbers in their names if ``is_numbered``; the first one's path, None for a stream.

        Raises InputError, also for several files and a stream.
        """
        if not is_numbered or self.file is None:
            if len(files) > 1:
                message = f"there are {len(files)} pages, and each is a file of its own"
                raise InputError(
                    [Problem(message, None, "give a file or a folder with -o, or allow one page with --pages 1")]
                )
            self.write(files[0])
            return self.file
        numbered = {add_number(self.file, number): data for number, data in enumerate(files, 1)}
        write_all(numbered, keep=self.keep, within=self.within)
        return next(iter(numbered))

    def find_older_files(self, written: int) -> list[Path]:
        """The files whose numbers follow those of the ``written`` ones: an earlier render had more pages."""
        file = self.file
        later = (add_number(file, number) for number in count(written + 1)) if file else ()
        return list(takewhile(Path.exists, later))

    def find_other_sources(self, assets: Sequence[tuple[str, Asset]]) -> list[Path]:
        """The files of the same kind in the folder, some of whose ``assets`` a write would replace by others."""
        if self.file is None or find_ending(self.file.name) not in FOLDER_FORMATS:
            return []
        folder, own = self.file.parent, {self.file.name, *(name for name, _ in assets)}
        found = [path for path in sorted(folder.glob(f"*{self.file.suffix}")) if path.name not in own]
        replaced = (folder / name for name, asset in assets if not _has_content(folder / name, asset))
        return found if found and any(map(Path.exists, replaced)) else []


def _refuse_to_replace(file: Path, assets: Iterable[tuple[str, Asset]]) -> None:
    """Raise InputError if one of ``assets``, written beside ``file``, would replace a file with another content."""
    problems = []
    for name, asset in assets:
        beside = file.parent / name
        if name.casefold() == file.name.casefold():
            hint = "give another name with -o"
            problems.append(Problem(f"the theme has a file {name!r} too", Location(str(file)), hint))
        elif (beside.exists() or beside.is_symlink()) and not _has_content(beside, asset):
            message = "the theme brings a file of this name, which would replace it"
            problems.append(Problem(message, Location(str(beside)), "delete it, or write to another folder with -o"))
    if problems:
        raise InputError(problems)


def _has_content(path: Path, asset: Asset) -> bool:
    """Whether the file ``path`` has the bytes of ``asset``."""
    data = asset if isinstance(asset, bytes) else asset.read_bytes()
    try:
        return read_regular(path, len(data)) == data
    except (OSError, NotReadError):
        return False


def find_place(prepared: Prepared) -> OutputPlace:
    """The place for the render of ``prepared``; raises InputError for a name that cannot be used."""
    request = prepared.request
    keep = frozenset(path for path, blob in prepared.files.blobs.items() if blob is not None)
    if isinstance(request.output, Path):
        return OutputPlace(request.output, None, keep, request.output.parent if request.untrusted else None)
    if request.output:
        return OutputPlace(None, request.output)
    return OutputPlace(name_output(prepared), None, keep, request.folder or request.profile.parent)


def split_output(
    output: Path | str | BinaryIO | None, into_folder: bool, *, has_files: bool = False
) -> tuple[Path | BinaryIO | None, Path | None]:
    """The file or stream, and the folder, that ``output`` names.

    A new name without a dot is a folder if the document ``has_files`` beside it, which would lie among others.
    """
    if not isinstance(output, (str, Path)):
        return output, None
    path = Path(output)
    if into_folder or str(output).endswith("/"):
        return None, path
    if not can_exist(str(output)):
        return path, None
    is_new_folder = has_files and str(output) != "-" and not path.suffix and not path.exists()
    return (None, path) if path.is_dir() or is_new_folder else (path, None)
