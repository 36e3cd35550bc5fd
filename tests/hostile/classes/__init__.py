"""The classes of hostile cases, one module each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from hostile.case import Case
from hostile.classes import (
    batch,
    bibliographies,
    commands,
    csl_styles,
    fields,
    formulas,
    imports,
    mistyped,
    other_formats,
    outputs,
    page_sizes,
    paths,
    pdfs,
    pictures,
    postings,
    previews,
    queries,
    reading,
    sources,
    templates,
    terminal,
    theme_html,
    theme_latex,
    theme_tex_files,
    untrusted,
    yaml,
)

CLASSES: dict[str, Callable[[random.Random], Iterator[Case]]] = {
    module.__name__.rpartition(".")[2]: module.list_cases
    for module in (
        outputs, paths, untrusted, fields, sources, yaml, bibliographies, reading, queries, postings, pictures, pdfs,
        terminal, templates, theme_html, theme_latex, theme_tex_files, mistyped, formulas, batch, imports, csl_styles,
        page_sizes, other_formats, previews, commands,
    )
}  # fmt: skip


def list_cases(seed: int) -> list[Case]:
    """Every case; ``seed`` draws those that are made at random."""
    return [case for name, make in CLASSES.items() for case in make(random.Random(f"{seed}:{name}"))]
