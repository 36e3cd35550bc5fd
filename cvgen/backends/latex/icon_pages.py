"""Icons as one-page PDFs, which every TeX engine places as vectors."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cvgen.backends.cache import Cache
from cvgen.themes.icons import Icon


def draw_icon_page(icon: Icon, cache: Cache) -> Path:
    """The PDF of ``icon``, one pt high per unit of its box, kept in ``cache``.

    It sets no colour, so it has that of the text around it.
    """
    key = hashlib.sha256(repr(icon).encode()).hexdigest()[:16]
    name = f"icons/{key}.pdf"
    if found := cache.find(name):
        return found
    from cvgen.backends.latex.icon_drawing import draw_icon  # slow to import

    return cache.place(name, draw_icon(icon))
