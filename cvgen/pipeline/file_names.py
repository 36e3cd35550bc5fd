"""The names of the files that renders write."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from string import Formatter

from cvgen.backends.engines import FOLDER_FORMATS, PDF, find_ending
from cvgen.diagnostics import InputError, Problem, one_of, suggest
from cvgen.pipeline.prepare import Prepared

PLACEHOLDERS = ("name", "variant", "theme", "language", "profile")


def name_output(prepared: Prepared) -> Path:
    """Default output path: the variant's ``file``, in the folder asked for, else the profile's.

    Without ``file`` it is ``profile.pdf``, or ``profile-industry.pdf`` for a variant that was asked for; a letter is
    ``profile-letter-acme.pdf``. One source of many that has files beside it has a folder of its own, since these files
    differ from one document to the next. Raises InputError for a pattern that does not give a file in this folder.
    """
    request = prepared.request
    if request.letter:
        name = add_letter(request.profile.stem, request.letter)
    elif prepared.variant.file is None:
        name = request.profile.stem + (f"-{plain_name(prepared.variant.name)}" if request.variant else "")
    else:
        name = _fill_in(prepared, prepared.variant.file)
    path = (request.folder or request.profile.parent) / f"{name}.{request.format}"
    return add_folder(path) if request.is_one_of_many and request.format in FOLDER_FORMATS else path


def add_folder(path: Path) -> Path:
    """``path`` in a folder of its own: ``cv/cv.tex``."""
    return path.with_suffix("") / path.name


def add_letter(stem: str, letter: str) -> str:
    """The name, without its ending, of the file of ``letter`` beside a file called ``stem``."""
    return f"{stem}-letter-{plain_name(letter)}"


def add_number(path: Path, number: int) -> Path:
    """``path`` with the number of a page at the end of its name: ``cv-1.png``."""
    ending = find_ending(path.name)
    stem = path.name.removesuffix(path.name[-len(ending) - 1 :]) if ending else path.name
    return path.with_name(f"{stem}-{number}{path.name[len(stem) :]}")


def _fill_in(prepared: Prepared, pattern: str) -> str:
    """``pattern`` with its placeholders filled in, without an ending."""
    values = {
        "name": prepared.selection.document.name,
        "variant": prepared.variant.name,
        "theme": prepared.theme.name,
        "language": prepared.variant.language,
        "profile": prepared.request.profile.stem,
    }
    _check(prepared, pattern)
    if ending := find_ending(pattern):
        pattern = pattern[: -len(ending) - 1]
    return pattern.format(**{name: plain_name(str(value)) for name, value in values.items()})


def _check(prepared: Prepared, pattern: str) -> None:
    place = prepared.career.places.value(prepared.variant.file_path)
    example = "write for example: {name}-{variant}.pdf"
    try:
        fields = list(Formatter().parse(pattern))
    except ValueError as error:
        raise InputError([Problem(f"the file name {pattern!r} cannot be read: {error}", place, example)]) from None
    for _, field, form, conversion in fields:
        if field is not None and (field not in PLACEHOLDERS or form or conversion):
            hint = suggest(field, PLACEHOLDERS, otherwise=one_of(f"{{{name}}}" for name in PLACEHOLDERS))
            raise InputError([Problem(f"a file name has no placeholder {{{field}}}", place, hint)])
    fitting = dict.fromkeys((PDF, prepared.request.format))
    if find_ending(pattern) not in ("", *fitting):
        hint = f"end it with {' or '.join(f'.{ending}' for ending in fitting)}, or leave the ending out"
        message = f"the file name {pattern!r} does not end like a {prepared.request.format.upper()} file"
        raise InputError([Problem(message, place, hint)])
    path = PurePosixPath(pattern)
    if path.is_absolute() or ".." in path.parts or re.search(r"[\\\x00-\x1f]", pattern) or not path.name.strip(". "):
        raise InputError([Problem(f"{pattern!r} is not the name of a file in the profile's folder", place, example)])


def plain_name(text: str) -> str:
    """``text`` as part of a file's name: spaces become hyphens, forbidden characters are left out."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "", re.sub(r"\s+", "-", text.strip())).strip(".-") or "cv"
