"""What a render starts from: everything read and chosen, nothing laid out yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cvgen.backends.backend import Job, SourceWriter
from cvgen.backends.engines import DEFAULT_ENGINE, PDF, find_engine
from cvgen.diagnostics import InputError, Problem, Problems, suggest
from cvgen.model.document import Document
from cvgen.model.publication import Role
from cvgen.pipeline.provenance import describe_source, git_blob, name_files
from cvgen.select.build_document import Selection, select_document
from cvgen.select.cut import Cut, cut_document
from cvgen.select.suspect_values import find_suspect_values
from cvgen.select.variant import ResolvedVariant, resolve_variant
from cvgen.sources.career import Career, read_career
from cvgen.sources.text_file import read_bytes
from cvgen.themes.options import DENSITY, Font, OptionValue
from cvgen.themes.theme import Theme, find_theme, list_styles, read_options, shipped_fonts


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for; None leaves the choice to the profile."""

    profile: Path
    variant: str | None = None
    theme: str | None = None
    engine: str = DEFAULT_ENGINE
    format: str = PDF
    output: Path | None = None
    roles: frozenset[Role] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a render starts from, once nothing is wrong any more. ``given`` are options as typed."""

    request: Request
    career: Career
    variant: ResolvedVariant
    theme: Theme
    options: Mapping[str, OptionValue]
    given: Mapping[str, str]
    selection: Selection
    metadata: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def pages(self) -> int | None:
        """How many are allowed."""
        return self.request.pages or self.variant.pages

    @property
    def is_fitted(self) -> bool:
        """Whether the document is fitted to pages: a number is allowed, and the engine can fit."""
        return self.pages is not None and find_engine(self.request.engine).fits

    @property
    def draft(self) -> Document:
        """The document with both wordings, where the short ones were not asked for anyway."""
        return self.selection.document if self.variant.short else self.selection.draft

    def make_job(self) -> Job:
        """The job that shows all that was selected."""
        return Job(self.selection.document, self.theme, self.options, self.career.folder, self.metadata)

    def make_cut_job(self, cut: Cut, density: float) -> Job:
        """The job that shows ``cut`` of it, at ``density`` where the theme has such an option."""
        options, metadata = self.options, dict(self.metadata)
        if DENSITY in self.theme.options:
            options = read_options(self.theme, {**self.given, DENSITY: f"{density:g}"}, {})
            metadata[DENSITY] = f"{density:g}"
        metadata["pages_allowed"] = str(self.pages)
        return Job(cut_document(self.draft, cut), self.theme, options, self.career.folder, metadata)


def prepare(request: Request, backend: SourceWriter) -> Prepared:
    """Read and choose everything. Raises one InputError with the Problems of every step."""
    reading = read_career(request.profile)
    if reading.career is None:
        raise InputError(reading.problems)
    return prepare_career(request, reading.career, backend)


def prepare_career(request: Request, career: Career, backend: SourceWriter) -> Prepared:
    """The same for a career that has been read."""
    problems = Problems(career.problems)
    with problems.collect():
        variant = resolve_variant(career, request.variant)
        with problems.collect():
            theme = _find_theme(request, career, variant)
            problems.extend(_style_problems(theme, variant, career))
            options = _options(request, career, variant, theme)
            problems.extend(_font_problems(options, variant, career, backend))
        problems.extend(find_suspect_values(career, variant))
        selection = select_document(career, variant, request.roles)
    problems.stop_if_errors()
    given = _given_options(request, variant, theme)
    metadata = _describe(request, career, variant, theme, selection.document)
    told = (*problems, *selection.problems)
    return Prepared(request, career, variant, theme, options, given, selection, metadata, told)


def _find_theme(request: Request, career: Career, variant: ResolvedVariant) -> Theme:
    asked_at = None if request.theme else career.places.value(variant.theme_path)
    theme = find_theme(request.theme or variant.theme, [career.folder / "themes"], asked_at)
    backend = find_engine(request.engine).backend
    if backend and backend not in theme.backends:
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
            suggest(resolved.spec.style, known),
        )
        for resolved in variant.sections
        if resolved.spec.style is not None and resolved.spec.style not in known
    ]


def _font_problems(
    options: Mapping[str, OptionValue], variant: ResolvedVariant, career: Career, backend: SourceWriter
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
    changed = bool(request.theme and request.theme != variant.theme)
    given = {
        name: text
        for name, text in variant.options.items()
        if name in theme.options or not (changed or _is_for_another_theme(variant, name))
    }
    return {**given, **request.options}


def _is_for_another_theme(variant: ResolvedVariant, option: str) -> bool:
    """Whether ``option`` was set further up than where the variant, or one between, chose another theme."""
    if not variant.theme_path:
        return False
    order = variant.ancestry
    return order.index(str(variant.option_paths[option][1])) > order.index(str(variant.theme_path[1]))


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


def read_roles(words: tuple[str, ...]) -> frozenset[Role]:
    """Roles as typed on the command line (``co-first`` or ``co_first``); raises InputError for an unknown one."""
    roles: set[Role] = set()
    for word in words:
        try:
            roles.add(Role(word.casefold().replace("-", "_")))
        except ValueError:
            known = [role.value.replace("_", "-") for role in Role]
            raise InputError([Problem(f"there is no role {word!r}", None, suggest(word, known))]) from None
    return frozenset(roles)
