"""Lists the documents to check: variants and letters × themes × engines, as far as engines support the themes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvgen.backends.engines import DEFAULT_ENGINE, PDF, find_engine
from cvgen.diagnostics import CvgenError, Problems
from cvgen.pipeline.batch import list_variants
from cvgen.pipeline.chosen_theme import lacks_backend
from cvgen.select.letter import list_letters
from cvgen.select.variant import DEFAULT, resolve_variant, unknown_variant
from cvgen.sources.career import Career
from cvgen.sources.files_read import FilesRead
from cvgen.themes.theme import Theme, find_theme, list_shipped_themes, list_themes


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The request for a check. Without ``variants`` all are checked; without ``themes`` each with its own theme."""

    profile: Path
    variants: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    all_themes: bool = False
    """Also with every theme that one of the engines supports."""
    engines: tuple[str, ...] = (DEFAULT_ENGINE,)
    untrusted: bool = False
    """Whether nothing outside the profile's folder may be read, and no theme but those of cvgen be used."""
    is_strict: bool = False
    """Whether every warning is an error."""
    jobs: int = 2


@dataclass(frozen=True, slots=True)
class CheckTarget:
    """One document to check. ``theme`` is None for the variant's own, ``variant`` for a profile without variants.

    ``letter`` is the letter to check in place of the variant that it goes with.
    """

    variant: str | None
    theme: str | None
    engine: str
    letter: str | None = None


def list_targets(request: CheckRequest, career: Career) -> list[CheckTarget]:
    """The documents to check; raises InputError for unknown variants and themes, and for themes no engine supports.

    Each variant is followed by the letters that go with it. A theme is not checked with an engine that does not
    support it, if another engine of the request does.
    """
    known = list_variants(career)
    problems = Problems(unknown_variant(career, name) for name in request.variants if name not in known)
    with problems.collect():
        themes = _list_printed(request, career)
    problems.stop_if_errors()
    variants = [name if career.profile.variants else None for name in request.variants or known]
    documents = [(name, letter) for name in variants for letter in (None, *list_letters(career, name or DEFAULT))]
    if themes:
        return [
            CheckTarget(variant, theme, engine, letter)
            for engine in request.engines
            for theme in themes
            if engine in themes[theme]
            for variant, letter in documents
        ]
    own = {variant: _own_engines(career, variant, request.engines) for variant in variants}
    return [
        CheckTarget(variant, None, engine, letter)
        for engine in request.engines
        for variant, letter in documents
        if engine in own[variant]
    ]


def _list_printed(request: CheckRequest, career: Career) -> dict[str, tuple[str, ...]]:
    """Theme → the engines that print it, for each theme asked for. Raises InputError for themes without an engine."""
    roots, files = [career.folder / "themes"], FilesRead(within=career.within)
    printed: dict[str, tuple[str, ...]] = {}
    problems = Problems()
    all_themes = list_shipped_themes() if request.untrusted else list_themes(roots)
    for name in dict.fromkeys((*request.themes, *(all_themes if request.all_themes else ()))):
        with problems.collect():
            theme = find_theme(name, roots, None, files)
            if engines := _list_engines(theme, request.engines):
                printed[name] = engines
            elif name in request.themes:
                problems.add(lacks_backend(theme, request.engines[0], PDF, None))
    problems.stop_if_errors()
    return dict(sorted(printed.items())) if request.all_themes else printed


def _list_engines(theme: Theme, engines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(engine for engine in engines if find_engine(engine).backend in (None, *theme.backends))


def _own_engines(career: Career, variant: str | None, engines: tuple[str, ...]) -> tuple[str, ...]:
    """The engines that support the variant's theme; all if there are none or the theme is invalid, to get a finding."""
    try:
        files = FilesRead(within=career.within)
        theme = find_theme(resolve_variant(career, variant).theme, [career.folder / "themes"], None, files)
    except CvgenError:
        return engines
    return _list_engines(theme, engines) or engines


def own_theme(career: Career, variant: str | None) -> str:
    """The name of a variant's theme; a question mark for an invalid variant, whose errors are reported elsewhere."""
    try:
        return resolve_variant(career, variant).theme
    except CvgenError:
        return "?"
