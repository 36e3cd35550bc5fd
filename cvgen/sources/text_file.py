"""Reads a person's file: records it, limits its size, expects UTF-8, and raises a Problem for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem, did_you_mean, nearest, notice
from cvgen.model.late_pattern import late_pattern
from cvgen.sources.encoding import say_not_utf8
from cvgen.sources.files_read import FilesRead
from cvgen.sources.regular_file import NotReadError, TooLargeError, read_regular

MAX_PROFILE_BYTES = 1 << 20
"""A profile is text typed by a person; beyond 1 MiB it is something else (or an attack)."""
MOST_BYTES: Mapping[str, int] = {
    "profile": MAX_PROFILE_BYTES,
    "BibTeX file": 16 << 20,
    "CSL file": 16 << 20,
    "picture": 32 << 20,
    "posting": 10 << 20,
    "PDF": 64 << 20,
    "file": 64 << 20,
    "theme file": 32 << 20,
}
"""The most bytes of a file of each kind."""
_MOST_BYTES_ELSE = 1 << 20
"""The most bytes of any other file, such as a manifest."""


def read_bytes(
    path: Path,
    kind: str,
    *,
    asked_at: Location | None = None,
    folder: Path | None = None,
    files: FilesRead | None = None,
) -> bytes:
    """The bytes of ``path``, recorded in ``files``; raises InputError, also for a file that ``files`` does not allow.

    ``kind`` names the file in the Problem and sets how large it may be; ``asked_at`` is where its name was typed. For a
    file that a profile names, ``folder`` is the one of the profile.
    """
    place = asked_at or Location(str(path))
    if files is not None and not files.allows(path):
        raise InputError([say_outside(path, kind, asked_at)])
    data: bytes | None = None
    try:
        data = read_regular(path, MOST_BYTES.get(kind, _MOST_BYTES_ELSE))
    except (OSError, NotReadError) as error:
        raise InputError([_say_unread(error, path, kind, place, folder)]) from None
    finally:
        if files is not None and data is not None:
            files.record(path, data)
        elif files is not None:  # it may be readable, and only too large: that it stays so is no change
            files.add_files([path])
    return data


def _say_unread(error: OSError | NotReadError, path: Path, kind: str, place: Location, folder: Path | None) -> Problem:
    """The Problem of a file that was not read because of ``error``."""
    match error:
        case FileNotFoundError():
            return Problem(f"there is no {kind} {str(path)!r}", place, _find_nearby(path, kind, folder))
        case IsADirectoryError():
            return Problem(f"{str(path)!r} is a folder, not a {kind}", place, "give the file's name")
        case TooLargeError():
            return Problem(f"the {kind} is too large", Location(str(path)), f"{error}: shorten it")
        case NotReadError():
            return Problem(f"cannot read {str(path)!r}: {error}", place, "name a file")
        case _:
            return Problem(f"cannot read {str(path)!r}: {error.strerror}", place)


def say_outside(path: Path, kind: str, asked_at: Location | None) -> Problem:
    """The Problem of a file that an untrusted profile may not use; it does not say whether the file exists."""
    if asked_at is None:
        message, hint = f"the {kind} is a link that leads out of its folder", "name the file that the link leads to"
    else:
        message = f"the {kind} {str(path)!r} is outside the profile's folder"
        hint = "an untrusted profile can use files in its folder only: copy the file there"
    return Problem(message, asked_at or Location(str(path)), hint)


def read_utf8(path: Path, kind: str, *, files: FilesRead | None = None) -> str:
    """The text of ``path`` without its byte order mark; the arguments and errors are those of ``read_bytes``."""
    data = read_bytes(path, kind, files=files)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([say_not_utf8(data, error, str(path))]) from None


_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "profile": (".yaml", ".yml"),
    "picture": (".png", ".jpg", ".jpeg", ".webp", ".gif"),
    "BibTeX file": (".bib", ".json"),
    "CSL file": (".bib", ".json"),
    "posting": (".txt", ".md", ".markdown", ".html", ".htm", ".pdf"),
    "PDF": (".pdf",),
}
"""How the names of files of each kind usually end."""
_MAX_NAMES = 20


def _find_nearby(path: Path, kind: str, folder: Path | None) -> str:
    """A hint for a file that is missing: the one that has a similar name, else those of its kind beside it."""
    rule = f"names in a profile start from its folder, {folder.resolve()}" if folder else ""
    if not path.parent.is_dir():
        missing = f"there is no folder {str(path.parent)!r}" + ("" if folder else " either")
        return f"{rule}; {missing}" if rule else missing
    endings = {*_ENDINGS.get(kind, ()), path.suffix}
    names = sorted(file.name for file in path.parent.iterdir() if file.suffix.lower() in endings and file.is_file())
    if near := _nearest_file(path.name, names):
        typed = path.parent / near
        return did_you_mean(str(typed.relative_to(folder) if folder and typed.is_relative_to(folder) else typed))
    listed = ", ".join(names[:_MAX_NAMES]) + (", …" if len(names) > _MAX_NAMES else "")
    there = f"files in this folder: {listed}" if names else f"no file in this folder ends in {_say_endings(kind, path)}"
    if folder is None or path.parent == folder:
        return f"{rule}; {there}" if rule else there
    return f"{rule}; {there.replace('this folder', repr(str(path.parent)))}"


def _nearest_file(name: str, names: Sequence[str]) -> str | None:
    """The file that ``name`` most likely means, by its name without the ending, which would make all alike."""
    wanted = Path(name)
    stems = {Path(other).stem: other for other in sorted(names, key=lambda other: Path(other).suffix == wanted.suffix)}
    near = nearest(wanted.stem, stems)
    return stems[near] if near else None


def _say_endings(kind: str, path: Path) -> str:
    endings = _ENDINGS.get(kind) or (path.suffix or "that way",)
    return " or ".join(endings)


def _looks_multibyte(data: bytes) -> bool:
    """Whether bytes beyond ASCII come in runs, as in Chinese or Japanese encodings, and not one by one."""
    runs = re.findall(rb"[\x80-\xff][\x40-\xff]{1,}", data)
    single = re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", data)
    pairs = [run[:2].decode("cp1252", "replace") for run in runs if run[1] >= 0x80]
    strange = [pair for pair in pairs if not pair.islower()]  # German words have "üß", no language has "Öð"
    return len(pairs) >= len(single) and 2 * len(strange) >= len(pairs)


_NEXT = "[\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
MOJIBAKE = late_pattern(
    f"[\u00c2\u00c3]{_NEXT}|\u00e2\u20ac|\u00f0\u0178{_NEXT}{{2}}"  # Western letters, punctuation, emoji
    f"|(?<=[a-z])[\u00c4-\u00d6\u00d8-\u00de]{_NEXT}"  # a capital inside a word
    f"|(?:[\u00c4-\u00df]{_NEXT}){{2}}|(?:[\u00e0-\u00ef]{_NEXT}{{2}}){{2}}"  # words in other scripts
)
"""What may be UTF-8 text that a program read as Latin-1 or Windows-1252 and saved again; ftfy decides."""


def repair_encoding(text: str, file: str) -> tuple[str, list[Problem]]:
    """``text`` with the characters that were typed in place of those of a wrong encoding, and a notice of it."""
    if text.isascii() or not MOJIBAKE.search(text):  # to search 10 MB takes a quarter of a second
        return text, []
    import ftfy  # few files need it

    typed = text.split("\n")
    repaired = [ftfy.fix_encoding(line) if MOJIBAKE.search(line) else line for line in typed]
    changed = [at for at, (line, other) in enumerate(zip(typed, repaired, strict=True), start=1) if line != other]
    hint = "save the file once with the repaired characters, as UTF-8"
    message = "characters saved in the wrong encoding are repaired"
    return "\n".join(repaired), [notice(message, Location(file, line), hint) for line in changed[:1]]


def read_bibliography(
    path: Path, *, asked_at: Location | None = None, folder: Path | None = None, files: FilesRead | None = None
) -> tuple[str, list[Problem]]:
    """The text of a bibliography in any encoding, and a notice of each repair; raises InputError.

    A file that is not UTF-8 is read as Windows-1252, the superset of Latin-1 that programs write when they say Latin-1.
    """
    kind = "CSL file" if path.suffix == ".json" else "BibTeX file"
    data = read_bytes(path, kind, asked_at=asked_at, folder=folder, files=files)
    problems: list[Problem] = []
    if b"\0" in data:
        hint = "save it as UTF-8, or name another file"
        raise InputError([Problem(f"{path.name!r} is not text in UTF-8", asked_at or Location(str(path)), hint)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _looks_multibyte(data):
            raise InputError([say_not_utf8(data, error, str(path))]) from None
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode("cp1252", errors="replace")
        problems.append(
            notice("the file is not UTF-8 and is read as Latin-1", Location(str(path), line), "save it as UTF-8")
        )
    text, repairs = repair_encoding(text, str(path))
    return text, [*problems, *repairs]
