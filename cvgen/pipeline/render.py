"""One render from the files to the file: the steps of the design, each a line of ``render``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cvgen.backends.base import Backend, Job
from cvgen.diagnostics import InputError, Location, Problem, did_you_mean, warn
from cvgen.model.publication import Role
from cvgen.pipeline.files import copy_whole, write_whole
from cvgen.select.document import select_document
from cvgen.select.variant import ResolvedVariant, resolve_variant
from cvgen.sources.career import Career, read_career
from cvgen.themes.theme import Theme, find_theme, read_options


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for; None leaves the choice to the profile."""

    profile: Path
    variant: str | None = None
    theme: str | None = None
    engine: str = "weasyprint"
    format: str = "pdf"
    output: Path | None = None
    roles: frozenset[Role] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a render: the file, its pages (None for a source), what to tell, and every file read."""

    output: Path
    variant: str
    theme: str
    pages: int | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]


def render(request: Request, backend: Backend) -> Outcome:
    """Render one variant to one file.

    Raises InputError with all that is wrong in the person's files, RenderError for a run that failed; the file of
    an earlier render is then left as it was.
    """
    career, variant, theme, problems = _read(request)
    selection = select_document(career, variant, request.roles)
    options = _options(request, career, variant, theme)
    job = Job(selection.document, theme, options, career.folder)
    output = request.output or _default_output(request, variant)
    problems += selection.problems
    if request.format != "pdf":
        source = backend.write_source(job)
        for name, path in source.assets:
            copy_whole(path, output.parent / name)
        write_whole(output, source.text.encode())
        return Outcome(output, variant.name, theme.name, None, tuple(problems), career.files)
    compiled = backend.compile(job)
    write_whole(output, compiled.pdf)
    problems += [*compiled.problems, *_budget_problems(variant, compiled.pages, career)]
    return Outcome(output, variant.name, theme.name, compiled.pages, tuple(problems), career.files)


def _read(request: Request) -> tuple[Career, ResolvedVariant, Theme, list[Problem]]:
    """Read everything before anything is judged, so that all errors of the run are told together."""
    reading = read_career(request.profile)
    problems = list(reading.problems)
    variant: ResolvedVariant | None = None
    theme: Theme | None = None
    if reading.career is not None:
        career = reading.career
        try:
            variant = resolve_variant(career, request.variant)
            theme = _find_theme(request, career, variant)
            if any(problem.is_error for problem in problems):
                select_document(career, variant, request.roles)
                _options(request, career, variant, theme)
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if any(problem.is_error for problem in problems) or not reading.career or not variant or not theme:
        raise InputError(problems)
    return reading.career, variant, theme, problems


def _find_theme(request: Request, career: Career, variant: ResolvedVariant) -> Theme:
    asked_at = None if request.theme else career.places.value(variant.theme_path)
    theme = find_theme(request.theme or variant.theme, [career.folder / "themes"], asked_at)
    backend = "html" if request.engine == "weasyprint" else "latex"
    if backend not in theme.backends:
        hint = f"it has: {', '.join(theme.backends)}"
        raise InputError([Problem(f"the theme {theme.name!r} has no {backend} backend", asked_at, hint)])
    return theme


def _options(request: Request, career: Career, variant: ResolvedVariant, theme: Theme):  # type: ignore[no-untyped-def]
    """The theme's options: the profile's, under those of the command line."""
    given = {name: text for name, text in variant.options.items() if name not in request.options}
    if request.theme and request.theme != variant.theme:  # options set for another theme may not exist here
        given = {name: text for name, text in given.items() if name in theme.options}
    places: dict[str, Location] = {name: career.places.value(variant.option_paths[name]) for name in given}
    return read_options(theme, {**given, **request.options}, places)


def _default_output(request: Request, variant: ResolvedVariant) -> Path:
    """``profile.pdf`` beside the profile; a variant that was asked for is part of the name."""
    name = request.profile.stem + (f"-{variant.name}" if request.variant else "")
    return request.profile.with_name(f"{name}.{request.format}")


def _budget_problems(variant: ResolvedVariant, pages: int, career: Career) -> list[Problem]:
    if variant.pages is None or pages <= variant.pages:
        return []
    place = career.places.value(("variants", variant.name, "pages"))
    hint = "leave something out, or lower the theme's option density"
    return [warn(f"{pages} pages, and the variant {variant.name!r} allows {variant.pages}", place, hint)]


def read_roles(words: tuple[str, ...]) -> frozenset[Role]:
    """Roles as typed on the command line (``co-first`` or ``co_first``); raises InputError for an unknown one."""
    roles: set[Role] = set()
    for word in words:
        try:
            roles.add(Role(word.casefold().replace("-", "_")))
        except ValueError:
            known = [role.value.replace("_", "-") for role in Role]
            hint = did_you_mean(word, known) or "known here: " + ", ".join(known)
            raise InputError([Problem(f"there is no role {word!r}", None, hint)]) from None
    return frozenset(roles)
