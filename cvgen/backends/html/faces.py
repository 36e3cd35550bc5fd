"""The font files of a page, which its ``@font-face`` rules name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cvgen.backends.backend import Job
from cvgen.themes.options import Font


def list_faces(job: Job) -> list[tuple[str, str, str, Path]]:
    """Family, style, weight and file of each font file that the options of ``job`` name."""
    fonts = {value.family: value for value in job.options.values() if isinstance(value, Font)}
    return [
        (font.family, "italic" if "italic" in cut else "normal", "bold" if "bold" in cut else "normal", path)
        for font in fonts.values()
        for cut, path in font.files
    ]


def describe_faces(job: Job, locate: Callable[[Path], str]) -> list[dict[str, str]]:
    """The values of the ``@font-face`` rules of ``job``; ``locate`` gives the URL of a font file."""
    return [
        {"family": family, "style": style, "weight": weight, "url": locate(path)}
        for family, style, weight, path in list_faces(job)
    ]
