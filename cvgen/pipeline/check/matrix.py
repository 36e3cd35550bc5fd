"""Which documents a check is about: variants × themes × engines, as far as a theme can be printed by an engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvgen.backends.engines import DEFAULT_ENGINE, find_engine, list_printing
from cvgen.diagnostics import CvgenError, InputError, Problem, did_you_mean, one_of
from cvgen.pipeline.batch import list_variants
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import Career
from cvgen.themes.theme import Theme, find_theme, list_themes


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be checked. No variants are all, no themes each variant's own."""

    profile: Path
    variants: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    all_themes: bool = False
    """Also with every theme that one of the engines can print."""
    engines: tuple[str, ...] = (DEFAULT_ENGINE,)
    jobs: int = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One document of the matrix. ``theme`` is None for the variant's own; ``variant`` for a profile without any."""

    variant: str | None
    theme: str | None
    engine: str


def list_cells(wish: Wish, career: Career) -> list[Cell]:
    """The matrix; raises InputError for variants and themes that are not there, or that no engine asked for can print.

    A theme is left out for an engine that it has no backend for, if another engine can print it.
    """
    known = list_variants(career)
    problems = [
        Problem(f"there is no variant {name!r}", None, did_you_mean(name, known) or one_of(known))
        for name in wish.variants
        if name not in known
    ]
    themes, more = _list_printed(wish, career)
    if problems or more:
        raise InputError([*problems, *more])
    variants = [name if career.profile.variants else None for name in wish.variants or known]
    if themes:
        return [Cell(v, theme, e) for e in wish.engines for theme in themes if e in themes[theme] for v in variants]
    own = {variant: _own_engines(career, variant, wish.engines) for variant in variants}
    return [Cell(variant, None, engine) for engine in wish.engines for variant in variants if engine in own[variant]]


def _list_printed(wish: Wish, career: Career) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """For each theme asked for the engines that print it; and what is wrong with those that none prints."""
    roots = [career.folder / "themes"]
    printed: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for name in dict.fromkeys((*wish.themes, *(list_themes(roots) if wish.all_themes else ()))):
        try:
            theme = find_theme(name, roots, None)
        except InputError as error:
            problems += error.problems
            continue
        if engines := _list_engines(theme, wish.engines):
            printed[name] = engines
        elif name in wish.themes:
            problems.append(_unprinted(theme, wish.engines))
    return dict(sorted(printed.items())) if wish.all_themes else printed, problems


def _list_engines(theme: Theme, engines: tuple[str, ...]) -> tuple[str, ...]:
    printing = list_printing(theme.backends)
    return tuple(engine for engine in engines if engine in printing)


def _own_engines(career: Career, variant: str | None, engines: tuple[str, ...]) -> tuple[str, ...]:
    """Those that print the variant's own theme; all where none does, or it cannot be read: that is a finding then."""
    try:
        theme = find_theme(resolve_variant(career, variant).theme, [career.folder / "themes"], None)
    except CvgenError:
        return engines
    return _list_engines(theme, engines) or engines


def own_theme(career: Career, variant: str | None) -> str:
    """The name of a variant's theme; a question mark for a variant with errors, which are told where it is rendered."""
    try:
        return resolve_variant(career, variant).theme
    except CvgenError:
        return "?"


def _unprinted(theme: Theme, engines: tuple[str, ...]) -> Problem:
    missing = find_engine(engines[0]).backend
    hint = f"it has: {', '.join(theme.backends)}; use -e {one_of(list_printing(theme.backends))}"
    return Problem(f"the theme {theme.name!r} has no {missing} backend", None, hint)
