"""Reads a person's file: records it, limits its size, expects UTF-8, and raises a Problem for what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem, notice
from cvgen.sources.files_read import FilesRead

MAX_PROFILE_BYTES = 1 << 20
"""A profile is text typed by a person; beyond 1 MiB it is something else (or an attack)."""


def read_bytes(
    path: Path,
    kind: str,
    *,
    asked_at: Location | None = None,
    limit: int | None = None,
    files: FilesRead | None = None,
) -> bytes:
    """The bytes of ``path``, recorded in ``files``; raises InputError.

    ``kind`` names the file in the Problem, ``asked_at`` is where its name was typed, ``limit`` is in bytes.
    """
    data = _read(path, kind, asked_at or Location(str(path)), files)
    if limit is not None and len(data) > limit:
        hint = f"a {kind} may have {limit // 1024} KiB; this has {len(data) // 1024}"
        raise InputError([Problem(f"the {kind} is too large", Location(str(path)), hint)])
    return data


def _read(path: Path, kind: str, place: Location, files: FilesRead | None) -> bytes:
    data: bytes | None = None
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError([Problem(f"there is no {kind} {str(path)!r}", place, _nearby(path))]) from None
    except IsADirectoryError:
        message = f"{str(path)!r} is a folder, not a {kind}"
        raise InputError([Problem(message, place, "give the file's name")]) from None
    except OSError as error:
        raise InputError([Problem(f"cannot read {str(path)!r}: {error.strerror}", place)]) from None
    finally:
        if files is not None:
            files.record(path, data)
    return data


def read_utf8(path: Path, kind: str, *, limit: int | None = None, files: FilesRead | None = None) -> str:
    """The text of ``path`` without its byte order mark; the arguments and errors are those of ``read_bytes``."""
    data = read_bytes(path, kind, limit=limit, files=files)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        place = Location(str(path), line, column)
        problem = Problem(f"byte 0x{data[error.start]:02x} is not UTF-8", place, "save the file as UTF-8")
        raise InputError([problem]) from None


def _nearby(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {str(folder)!r} either"
    same = sorted(p.name for p in folder.iterdir() if p.suffix == path.suffix and p.is_file())[:5]
    return f"in that folder: {', '.join(same)}" if same else "check the name and the folder you are in"


def _looks_multibyte(data: bytes) -> bool:
    """Whether bytes beyond ASCII come in runs, as in Chinese or Japanese encodings, and not one by one."""
    runs = re.findall(rb"[\x80-\xff][\x40-\xff]{1,}", data)
    single = re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", data)
    pairs = [run[:2].decode("cp1252", "replace") for run in runs if run[1] >= 0x80]
    strange = [pair for pair in pairs if not pair.islower()]  # German words have "üß", no language has "Öð"
    return len(pairs) >= len(single) and 2 * len(strange) >= len(pairs)


MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|\u00e2\u20ac")
"""UTF-8 text that a program read as Latin-1 or Windows-1252 and saved again."""


def read_bibliography(
    path: Path, *, asked_at: Location | None = None, files: FilesRead | None = None
) -> tuple[str, list[Problem]]:
    """The text of a bibliography in any encoding, and a notice of each repair; raises InputError.

    A file that is not UTF-8 is read as Windows-1252, the superset of Latin-1 that programs write when they say Latin-1.
    """
    kind = "CSL file" if path.suffix == ".json" else "BibTeX file"
    data = read_bytes(path, kind, asked_at=asked_at, files=files)
    problems: list[Problem] = []
    if b"\0" in data:
        hint = "save it as UTF-8, or name another file"
        raise InputError([Problem(f"{path.name!r} is not text in UTF-8", asked_at or Location(str(path)), hint)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if _looks_multibyte(data):
            hint = "save the file as UTF-8"
            problem = Problem(f"byte 0x{data[error.start]:02x} is not UTF-8", Location(str(path), line), hint)
            raise InputError([problem]) from None
        text = data.decode("cp1252", errors="replace")
        problems.append(
            notice("the file is not UTF-8 and is read as Latin-1", Location(str(path), line), "save it as UTF-8")
        )
    if found := MOJIBAKE.search(text):
        import ftfy  # few files need it

        line = text.count("\n", 0, found.start()) + 1
        text = "\n".join(ftfy.fix_encoding(part) if MOJIBAKE.search(part) else part for part in text.split("\n"))
        hint = "save the file once with the repaired characters, as UTF-8"
        problems.append(notice("characters saved in the wrong encoding are repaired", Location(str(path), line), hint))
    return text, problems
