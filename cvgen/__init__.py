"""cvgen: one YAML profile and BibTeX files become a CV in PDF.

The names in ``__all__`` are the public interface; they are described in ``cvgen.api`` and ``cvgen.session``.
"""

from __future__ import annotations

from cvgen.version import __version__

TYPE_CHECKING = False  # importing typing takes longer than all else here
if TYPE_CHECKING:
    from cvgen.api import add_publications as add_publications
    from cvgen.api import check as check
    from cvgen.api import import_profile as import_profile
    from cvgen.api import publications as publications
    from cvgen.api import read_profile as read_profile
    from cvgen.api import render as render
    from cvgen.api import review as review
    from cvgen.api import update_publications as update_publications
    from cvgen.diagnostics import CvgenError as CvgenError
    from cvgen.diagnostics import FetchError as FetchError
    from cvgen.diagnostics import InputError as InputError
    from cvgen.diagnostics import Problem as Problem
    from cvgen.diagnostics import RenderError as RenderError
    from cvgen.session import Session as Session

__all__ = [
    "CvgenError",
    "FetchError",
    "InputError",
    "Problem",
    "RenderError",
    "Session",
    "__version__",
    "add_publications",
    "check",
    "import_profile",
    "publications",
    "read_profile",
    "render",
    "review",
    "update_publications",
]


def __getattr__(name: str) -> object:
    """The public interface, imported on first use.

    ``import cvgen`` alone stays fast, and a signal that comes early finds the command prepared for it.
    """
    if name in __all__:
        from cvgen import api, diagnostics

        return getattr(diagnostics if hasattr(diagnostics, name) else api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
