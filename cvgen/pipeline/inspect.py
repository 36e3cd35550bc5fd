"""Finds out which version a PDF is: compares the facts stored in it with the profile as it is now.

A PDF can come from anyone: its facts are checked before they are used in a command or as the name of a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvgen.sources.files_read import FilesRead, git_blob
from cvgen.sources.pdf_info import PdfInfo, read_pdf_info
from cvgen.sources.regular_file import can_exist
from cvgen.sources.text_file import read_bytes

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
_BLOB = re.compile("[0-9a-f]{40}")
_NAMED = ("variant", "theme", "engine", "language", "roles", "options", "version", "profile", "files", "state")


@dataclass(frozen=True, slots=True)
class FileComparison:
    """The files that a PDF was made from, compared with those of ``profile`` now; unchanged files are not listed."""

    profile: Path
    changed: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the profile is in the state that the PDF was made from."""
        return not self.changed and not self.missing


def inspect_pdf(pdf: Path, profile: Path | None, folders: Iterable[Path], *, untrusted: bool = False) -> dict[str, Any]:
    """Everything that ``pdf`` says about itself, ready for JSON.

    It is compared with ``profile``; without one, with the profile of the right name in the first of ``folders``
    that has it. With ``untrusted``, files outside the profile's folder are not read and count as missing. Raises
    InputError if the PDF or ``profile`` cannot be read.
    """
    info = read_pdf_info(pdf)
    if profile is not None:
        read_bytes(profile, "profile", files=FilesRead(within=profile.parent) if untrusted else None)
    blobs = {name: blob for name, blob in _read_object(info, "files").items() if _BLOB.fullmatch(blob)}
    found = (profile or _find_profile(info, folders)) if blobs else None
    limit = FilesRead(within=found.parent if found and untrusted else None)
    compared = compare_files(blobs, info.facts.get("profile", ""), found, limit) if found else None
    return {"file": str(pdf), **_describe(info), **_describe_state(info, blobs, compared)}


def compare_files(blobs: Mapping[str, str], profile_name: str, profile: Path, limit: FilesRead) -> FileComparison:
    """Compare the files ``blobs``, by name, with those of ``profile``, which may have been renamed.

    Files that ``limit`` does not allow count as missing.
    """
    changed, missing = [], []
    for name, blob in blobs.items():
        path = profile if name == profile_name else profile.parent / name
        if Path(name).is_absolute() or not can_exist(name) or not limit.allows(path) or not path.is_file():
            missing.append(name)
        elif git_blob(read_bytes(path, "file")) != blob:
            changed.append(name)
    return FileComparison(profile, tuple(changed), tuple(missing))


def _find_profile(info: PdfInfo, folders: Iterable[Path]) -> Path | None:
    name = Path(info.facts.get("profile", "")).name
    return next((folder / name for folder in folders if name and can_exist(name) and (folder / name).is_file()), None)


def _read_object(info: PdfInfo, fact: str) -> dict[str, str]:
    """A fact that is a JSON object of texts; an empty object if it is anything else."""
    try:
        value = json.loads(info.facts.get(fact) or "{}")
    except (ValueError, RecursionError):  # nested too deeply
        return {}
    return {name: text for name, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}


def _describe(info: PdfInfo) -> dict[str, Any]:
    """The document and the choices it was made with; None for each fact that it does not have."""
    facts = info.facts
    return {
        "made_by_cvgen": bool(facts) or info.creator == "cvgen",
        "variant": facts.get("variant"),
        "theme": facts.get("theme"),
        "engine": facts.get("engine"),
        "roles": facts.get("roles", "").split(", ") if facts.get("roles") else [],
        "options": _read_object(info, "options"),
        "version": facts.get("version"),
        "title": info.title or None,
        "author": info.author or None,
        "subject": info.subject or None,
        "language": info.language or facts.get("language"),
        "creator": info.creator or None,
        "producer": info.producer or None,
        "pages": info.pages,
        "page_size": _describe_size(info.size),
        "more": {name: text for name, text in facts.items() if name not in _NAMED},
    }


def _describe_size(size: tuple[float, float]) -> dict[str, Any]:
    """Width and height in mm, and the paper's name if a known paper is this size within a millimetre."""
    names = [name for name, paper in PAPERS.items() if all(abs(a - b) < 1 for a, b in zip(size, paper, strict=True))]
    return {"width_mm": round(size[0], 1), "height_mm": round(size[1], 1), "name": names[0] if names else None}


def _describe_state(info: PdfInfo, blobs: Mapping[str, str], compared: FileComparison | None) -> dict[str, Any]:
    return {
        "state": info.facts.get("state"),
        "profile": info.facts.get("profile"),
        "files": {name: {"blob": blob, "find": f"git log --find-object={blob}"} for name, blob in blobs.items()},
        "compared_with": str(compared.profile) if compared else None,
        "same_as_now": compared.is_same if compared else None,
        "changed": list(compared.changed) if compared else [],
        "missing": list(compared.missing) if compared else [],
    }
