"""Finds the citation styles that a variant names: the theme's own, else a package's, else in CSL by name or file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cvgen.diagnostics import Problem, Problems, did_you_mean, nearest, one_of
from cvgen.pipeline.project_names import THEMES
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career
from cvgen.sources.files_read import FilesRead
from cvgen.themes.csl_files import ENDING, find_csl_style, read_csl_file, suggest_csl_style
from cvgen.themes.outside_links import refuse_links_outside
from cvgen.themes.packaged import find_packaged_style
from cvgen.themes.styles import Style, read_styles
from cvgen.themes.theme import Theme, list_styles


def add_styles(theme: Theme, variant: ResolvedVariant, career: Career, files: FilesRead) -> tuple[Theme, list[Problem]]:
    """``theme`` with the other styles that ``variant`` names, and a Problem for each that cannot be used.

    A name of the theme's own styles comes first, so those never need the packages for CSL. An untrusted profile can use
    no templates of packages.
    """
    styles, folders, problems = dict(theme.styles), list(theme.folders), Problems()
    for resolved in variant.sections:
        name = resolved.spec.style
        if name is None or name in styles:
            continue
        asked_at = career.places.value((*resolved.path, "style"))
        with problems.collect():
            if name.endswith(ENDING):
                styles[name] = Style()  # of two sections, the first reports what is wrong
                styles[name] = read_csl_file(name, career.folder, asked_at, files)
            elif files.within is None and (found := find_packaged_style(name)):
                owner, packaged = found
                refuse_links_outside(packaged.folder)
                styles[name] = read_styles([packaged.folder])[name]
                folders.append((owner, packaged.folder))
                files.add_folder(packaged.folder)
            elif style := find_csl_style(name):
                styles[name] = style
            else:
                message = f"the theme {theme.name!r} has no style {name!r}"
                elsewhere = _suggest_place(name, career.folder) if files.within is None else None
                problems.add(Problem(message, asked_at, elsewhere or _suggest_style(name, list_styles(theme))))
    return replace(theme, styles=styles, folders=tuple(dict.fromkeys(folders))), list(problems)


def _suggest_place(name: str, folder: Path) -> str | None:
    """A hint for a style that another theme of the project has."""
    there = sorted(path for path in folder.glob(f"{THEMES}/*/styles/*.j2") if path.stem == name)
    if not there:
        return None
    place = there[0].relative_to(folder)
    return f"move {place} to {THEMES}/base/styles/, where every theme has it"


def _suggest_style(name: str, known: list[str]) -> str:
    """A hint for the unknown style ``name``: a style of the theme, else one in CSL."""
    if near := nearest(name, known):
        return did_you_mean(near)
    hint = suggest_csl_style(name)
    return hint if hint.startswith("did you mean") else "; ".join(filter(None, (one_of(known), hint)))
