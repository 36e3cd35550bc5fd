"""One render from the files to the file: the steps of the design, each a line of ``render``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from cvgen.backends.base import Backend, Job
from cvgen.diagnostics import InputError, Problem, did_you_mean, one_of, warn
from cvgen.model.document import Document
from cvgen.model.publication import Role
from cvgen.pipeline.files import copy_whole, write_whole
from cvgen.pipeline.provenance import describe_source, git_blob, name_files
from cvgen.select.document import select_document
from cvgen.select.variant import ResolvedVariant, resolve_variant
from cvgen.sources.career import Career, read_career
from cvgen.sources.files import read_bytes
from cvgen.themes.options import Font, OptionValue
from cvgen.themes.theme import Theme, find_theme, list_styles, read_options, shipped_fonts

T = TypeVar("T")


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
    prepared = _prepare(request, backend)
    job, variant, files = prepared.job, prepared.variant, prepared.career.files
    output = request.output or _default_output(request, variant)
    if request.format != "pdf":
        source = backend.write_source(job)
        for name, path in source.assets:
            copy_whole(path, output.parent / name)
        write_whole(output, source.text.encode())
        return Outcome(output, variant.name, job.theme.name, None, prepared.problems, files)
    compiled = backend.compile(job)
    write_whole(output, compiled.pdf)
    budget = _budget_problems(variant, compiled.pages, prepared.career)
    problems = (*prepared.problems, *compiled.problems, *budget)
    return Outcome(output, variant.name, job.theme.name, compiled.pages, problems, files)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What a render starts from, once nothing is wrong any more."""

    job: Job
    variant: ResolvedVariant
    career: Career
    problems: tuple[Problem, ...]


def _prepare(request: Request, backend: Backend) -> _Prepared:
    """Read and choose everything; each step reports its own errors, and all are told together."""
    reading = read_career(request.profile)
    problems = list(reading.problems)
    if reading.career is None:
        raise InputError(problems)
    career = reading.career
    variant = _collect(problems, lambda: resolve_variant(career, request.variant))
    if variant is None:
        raise InputError(problems)
    theme = _collect(problems, lambda: _find_theme(request, career, variant))
    options = _collect(problems, lambda: _options(request, career, variant, theme)) if theme else None
    problems += _style_problems(theme, variant, career) if theme else []
    problems += _font_problems(options, variant, career, backend) if options else []
    selection = _collect(problems, lambda: select_document(career, variant, request.roles))
    if theme is None or options is None or selection is None or any(problem.is_error for problem in problems):
        raise InputError(problems)
    metadata = _describe(request, career, variant, theme, selection.document)
    job = Job(selection.document, theme, options, career.folder, metadata)
    return _Prepared(job, variant, career, (*problems, *selection.problems))


def _collect(problems: list[Problem], step: Callable[[], T]) -> T | None:
    """What ``step`` gives; None where it raises, its Problems then being added to ``problems``."""
    try:
        return step()
    except InputError as error:
        problems += error.problems
        return None


def _find_theme(request: Request, career: Career, variant: ResolvedVariant) -> Theme:
    asked_at = None if request.theme else career.places.value(variant.theme_path)
    theme = find_theme(request.theme or variant.theme, [career.folder / "themes"], asked_at)
    backend = "html" if request.engine == "weasyprint" else "latex"
    if backend not in theme.backends:
        hint = f"it has: {', '.join(theme.backends)}"
        raise InputError([Problem(f"the theme {theme.name!r} has no {backend} backend", asked_at, hint)])
    return theme


def _style_problems(theme: Theme, variant: ResolvedVariant, career: Career) -> list[Problem]:
    """Citation styles that the theme does not have."""
    known = list_styles(theme)
    return [
        Problem(
            f"the theme {theme.name!r} has no style {resolved.spec.style!r}",
            career.places.value((*resolved.path, "style")),
            did_you_mean(resolved.spec.style, known) or one_of(known),
        )
        for resolved in variant.sections
        if resolved.spec.style is not None and resolved.spec.style not in known
    ]


def _font_problems(
    options: Mapping[str, OptionValue], variant: ResolvedVariant, career: Career, backend: Backend
) -> list[Problem]:
    """Families that are neither shipped nor installed: another font would be printed in their place."""
    shipped = ", ".join(shipped_fonts())
    return [
        Problem(
            f"option {name!r}: the font {value.family!r} is not installed",
            career.places.value(variant.option_paths[name]) if name in variant.option_paths else None,
            f"install it, or write one that fc-list shows, or one of {shipped}",
        )
        for name, value in options.items()
        if isinstance(value, Font) and not value.files and not backend.has_font(value.family)
    ]


def _options(request: Request, career: Career, variant: ResolvedVariant, theme: Theme) -> dict[str, OptionValue]:
    """The theme's options, of which the person gave some."""
    given = _given_options(request, variant, theme)
    paths = {name: variant.option_paths[name] for name in given if name not in request.options}
    places = {name: (career.places.key(path), career.places.value(path)) for name, path in paths.items()}
    return read_options(theme, given, places)


def _given_options(request: Request, variant: ResolvedVariant, theme: Theme) -> dict[str, str]:
    """Options as typed: the profile's, under those of the command line."""
    given = dict(variant.options)
    if request.theme and request.theme != variant.theme:  # options set for another theme may not exist here
        given = {name: text for name, text in given.items() if name in theme.options}
    return {**given, **request.options}


def _describe(
    request: Request, career: Career, variant: ResolvedVariant, theme: Theme, document: Document
) -> dict[str, str]:
    """What the document is made from, to be kept in it."""
    choices = {
        "variant": variant.name,
        "theme": theme.name,
        "engine": request.engine,
        "language": document.language,
        "roles": ", ".join(sorted(role.value for role in request.roles)),
    }
    files = [*career.files, *([career.folder / document.image] if document.image else [])]
    named = name_files(files, career.folder)
    blobs = {name: git_blob(read_bytes(path, "file")) for name, path in named.items()}
    return describe_source(choices, _given_options(request, variant, theme), blobs)


def _default_output(request: Request, variant: ResolvedVariant) -> Path:
    """``profile.pdf`` beside the profile; a variant that was asked for is part of the name."""
    name = request.profile.stem + (f"-{variant.name}" if request.variant else "")
    return request.profile.with_name(f"{name}.{request.format}")


def _budget_problems(variant: ResolvedVariant, pages: int, career: Career) -> list[Problem]:
    if variant.pages is None or pages <= variant.pages:
        return []
    place = career.places.value(("variants", variant.name, "pages"))
    hint = "leave something out, or raise the theme's option density"
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
