"""Renders all variants of a profile one after the other; a failure of one does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.backends.backend import SourceWriter
from cvgen.diagnostics import CvgenError, InputError, Problem
from cvgen.pipeline.file_names import name_output
from cvgen.pipeline.prepare import Prepared, Request, prepare_career
from cvgen.pipeline.render import RenderResult, render_prepared
from cvgen.select.variant import DEFAULT
from cvgen.sources.career import Career, read_career


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of rendering a variant, or the error that prevented it."""

    variant: str
    outcome: RenderResult | None
    error: CvgenError | None = None


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
    """The variants of a profile, which are rendered one by one as the Batch is iterated over."""

    variants: tuple[str, ...]
    attempts: Iterator[Attempt]

    def __len__(self) -> int:
        return len(self.variants)

    def __iter__(self) -> Iterator[Attempt]:
        return self.attempts


def render_all(request: Request, writer: SourceWriter, *, report: bool = False) -> Batch:
    """Render each variant into the folder ``request.folder``, by default that of the profile.

    A variant that would overwrite the file of another one fails. Raises InputError if the profile cannot be read.
    """
    career = read_whole(request.profile, untrusted=request.untrusted)
    return Batch(tuple(list_variants(career)), _render_each(request, career, writer, report=report))


def _render_each(request: Request, career: Career, writer: SourceWriter, *, report: bool) -> Iterator[Attempt]:
    taken: dict[Path, str] = {}
    for name in list_variants(career):
        try:
            prepared = prepare_career(_ask_for(request, name, career), career, writer)
            output = name_output(prepared)
            if (first := taken.setdefault(output, name)) != name:
                raise InputError([_collision(prepared, output, first)])
            yield Attempt(name, render_prepared(prepared, writer, report=report))
        except CvgenError as error:
            yield Attempt(name, None, error)


def _ask_for(request: Request, name: str, career: Career) -> Request:
    return replace(request, variant=name if career.profile.variants else None)


def _collision(prepared: Prepared, output: Path, first: str) -> Problem:
    place = prepared.career.places.value(prepared.variant.file_path)
    message = f"the variants {first!r} and {prepared.variant.name!r} would both write {output}"
    return Problem(message, place, "put {variant} into the name, or give each its own 'file'")
