"""Renders several variants and letters one after the other; a failure of one does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.backends.backend import SourceWriter
from cvgen.backends.engines import FOLDER_FORMATS
from cvgen.diagnostics import CvgenError, InputError, Problem
from cvgen.pipeline.file_names import add_folder, add_letter, name_output
from cvgen.pipeline.prepare import Prepared, prepare_career
from cvgen.pipeline.render import RenderResult, render_prepared
from cvgen.pipeline.request import Request
from cvgen.select.letter import LETTERS, list_letters
from cvgen.select.variant import DEFAULT, resolve_variant
from cvgen.sources.career import Career, read_career


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of rendering a variant or a letter, or the error that prevented it."""

    variant: str
    """The name of the variant, or ``letter`` and the name of the letter."""
    outcome: RenderResult | None
    error: CvgenError | None = None
    changed: tuple[Path, ...] = ()
    """The files whose change led to it, if somebody watches."""


def list_variants(career: Career) -> list[str]:
    """The names of the profile's variants in its order; ``default`` if it has none."""
    return list(career.profile.variants) or [DEFAULT]


def read_whole(profile: Path, *, untrusted: bool = False) -> Career:
    """The career of ``profile``; raises InputError with all problems of its files if one is an error."""
    reading = read_career(profile, untrusted=untrusted)
    if reading.career is None or any(problem.is_error for problem in reading.problems):
        raise InputError(list(reading.problems))
    return reading.career


@dataclass(frozen=True, slots=True)
class Batch:
    """The documents of a profile, which are rendered one by one as the Batch is iterated over."""

    variants: tuple[str, ...]
    attempts: Iterator[Attempt]

    def __len__(self) -> int:
        return len(self.variants)

    def __iter__(self) -> Iterator[Attempt]:
        return self.attempts


def render_all(request: Request, writer: SourceWriter, *, report: bool = False, with_letters: bool = False) -> Batch:
    """Render each variant into the folder ``request.folder``, by default that of the profile.

    ``with_letters`` renders after each variant the letters that go with it. A document that would overwrite the file
    of another one fails. Raises InputError if the profile cannot be read.
    """
    career = read_whole(request.profile, untrusted=request.untrusted)
    requests = [_ask_for(request, name, career) for name in list_variants(career)]
    if with_letters:
        requests = [one for asked in requests for one in (asked, *_ask_for_letters(asked, career))]
    return _make_batch(requests, career, writer, report=report)


def render_with_letters(request: Request, writer: SourceWriter) -> Batch:
    """Render the variant of ``request``, then the letters that go with it, each to a file of its own.

    Where the request names a file ``cv.pdf``, a letter is ``cv-letter-acme.pdf``. Raises InputError if the profile
    cannot be read, or no letter goes with the variant.
    """
    career = read_whole(request.profile, untrusted=request.untrusted)
    letters = _ask_for_letters(request, career)
    if not letters:
        name = resolve_variant(career, request.variant).name
        hint = f"write variant: {name} in a letter; see docs/letters.md"
        raise InputError([Problem(f"no letter goes with the variant {name!r}", career.places.key((LETTERS,)), hint)])
    return _make_batch([request, *letters], career, writer, report=False)


def _make_batch(requests: list[Request], career: Career, writer: SourceWriter, *, report: bool) -> Batch:
    requests = [replace(request, is_one_of_many=len(requests) > 1) for request in requests]
    names = tuple(_name(request, career) for request in requests)
    return Batch(names, _render_each(dict(zip(names, requests, strict=True)), career, writer, report=report))


def _name(request: Request, career: Career) -> str:
    """The name of a document in reports."""
    return name_letter(request.letter) if request.letter else resolve_variant(career, request.variant).name


def name_letter(letter: str) -> str:
    """The name of a letter in reports, where variants have only their names."""
    return f"letter {letter}"


def _render_each(
    requests: Mapping[str, Request], career: Career, writer: SourceWriter, *, report: bool
) -> Iterator[Attempt]:
    taken: dict[Path, str] = {}
    for name, request in requests.items():
        try:
            prepared = prepare_career(request, career, writer)
            output = request.output if isinstance(request.output, Path) else name_output(prepared)
            if (first := taken.setdefault(output, name)) != name:
                raise InputError([_collision(prepared, output, first, name)])
            yield Attempt(name, render_prepared(prepared, writer, report=report and request.letter is None))
        except CvgenError as error:
            yield Attempt(name, None, error)


def _ask_for(request: Request, name: str, career: Career) -> Request:
    return replace(request, variant=name if career.profile.variants else None)


def _ask_for_letters(request: Request, career: Career) -> list[Request]:
    """A request for each letter that goes with the variant of ``request``."""
    output = request.output
    return [
        replace(
            request,
            letter=name,
            pages=None,
            output=_name_beside(output, name, request.format) if isinstance(output, Path) else None,
        )
        for name in list_letters(career, resolve_variant(career, request.variant).name)
    ]


def _name_beside(output: Path, letter: str, format_: str) -> Path:
    """The file of ``letter`` that goes with the file ``output`` in ``format_``."""
    path = output.with_name(add_letter(output.stem, letter) + output.suffix)
    return add_folder(path) if output.suffix == f".{format_}" and format_ in FOLDER_FORMATS else path


def _collision(prepared: Prepared, output: Path, first: str, name: str) -> Problem:
    place = prepared.career.places.value(prepared.variant.file_path)
    if prepared.request.letter:
        return Problem(f"{first!r} and {name!r} would both write {output}", place, "give one of them another name")
    message = f"the variants {first!r} and {name!r} would both write {output}"
    return Problem(message, place, "put {variant} into the name, or give each its own 'file'")
