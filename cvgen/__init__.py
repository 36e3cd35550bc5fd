"""cvgen: one YAML profile and BibTeX files become a CV in PDF.

The names in ``__all__`` are the public interface; they are described in ``cvgen.api``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvgen.diagnostics import CvgenError, InputError, Problem, RenderError
from cvgen.version import __version__

if TYPE_CHECKING:
    from cvgen.api import Session as Session
    from cvgen.api import check as check
    from cvgen.api import publications as publications
    from cvgen.api import read_profile as read_profile
    from cvgen.api import render as render
    from cvgen.api import review as review

__all__ = [
    "CvgenError",
    "InputError",
    "Problem",
    "RenderError",
    "Session",
    "__version__",
    "check",
    "publications",
    "read_profile",
    "render",
    "review",
]


def __getattr__(name: str) -> object:
    """The functions of the public interface, imported on first use: ``import cvgen`` alone stays fast."""
    if name in __all__:
        from cvgen import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
