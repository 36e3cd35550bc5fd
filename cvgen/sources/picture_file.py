"""Tells whether a file is a picture that every engine can print."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

from cvgen.diagnostics import Mistake

_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}


def find_fault(name: str, data: bytes) -> Mistake | None:
    """What is wrong with the picture ``data`` of the file ``name``; None for a whole PNG or JPEG picture."""
    # Only profiles with pictures need Pillow, which comes with WeasyPrint.
    from PIL import Image, UnidentifiedImageError

    kind = _FORMATS.get(Path(name).suffix.lower())
    not_a_picture = Mistake(f"{name!r} is not a PNG or JPEG picture", "save it as .png or .jpg")
    if kind is None:
        return not_a_picture
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a large photo is no fault
        try:
            with Image.open(BytesIO(data), formats=[kind]) as picture:
                picture.draft("L", (64, 64))  # a JPEG is then read at a small size
                picture.load()
        except UnidentifiedImageError:
            return not_a_picture
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return Mistake(f"the picture {name!r} is broken", "save it again, or write another file")
    return None
