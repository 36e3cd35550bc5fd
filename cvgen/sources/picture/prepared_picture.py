"""Reads a picture whole, and gives one that every engine and every browser shows in the same way.

What comes out is a PNG or JPEG in sRGB, upright, without metadata (a phone stores the place of a photo in it), and no
larger than print needs. A picture that is so already keeps its pixels as they are.
"""

from __future__ import annotations

import base64
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from cvgen.diagnostics import BadValueError
from cvgen.sources.picture.file_kinds import name_kind
from cvgen.sources.picture.strip_metadata import strip_metadata
from cvgen.sources.picture.svg_picture import check_svg

if TYPE_CHECKING:
    from PIL.Image import Image

PRINTED = "PNG, JPEG, WebP or GIF"
_READ = ("PNG", "JPEG", "WEBP", "GIF")
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
_MOST_PIXELS = 64_000_000
"""More than most phones take; decoding it needs half a GB."""
_TOO_MANY = f"more than {_MOST_PIXELS // 10**6} million pixels"
_MOST_GIF_BYTES = 8 << 20
"""The time to read the head of a GIF grows with the square of its size."""
_QUALITY = 90
"""Of a JPEG; at the size of a photo in a CV no difference can be seen."""
_MUCH_SMALLER = 3
"""A scaled PNG becomes a JPEG if that makes it this many times smaller: it is a photo then, no drawing."""


@dataclass(frozen=True, slots=True)
class PictureUse:
    """What a picture is for: the most pixels that its longer side needs, and how many times its width that may be."""

    longest: int
    slimmest: int
    is_for_browsers: bool = False
    """Whether only web pages show it; it may then be an SVG."""


PHOTO = PictureUse(1200, 4)
"""600 pixels per inch at 5 cm."""
LOGO = PictureUse(600, 20)
"""A logo is as high as a line of text."""
SIGNATURE = PictureUse(1200, 20)
"""600 pixels per inch at 5 cm."""
THUMBNAIL = PictureUse(1200, 20, is_for_browsers=True)
"""As wide as a phone, on a sharp screen."""
BACKGROUND = PictureUse(5000, 5000)
"""A theme's own picture, which may be as large as the paper."""


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture that can be embedded as it is; ``type`` is its media type."""

    type: str
    data: bytes

    @property
    def ending(self) -> str:
        """The ending of its file's name: png, jpg or svg."""
        return _ENDINGS[self.type]

    @property
    def url(self) -> str:
        """The picture as a ``data:`` URL."""
        return f"data:{self.type};base64,{base64.b64encode(self.data).decode()}"


def prepare_picture(name: str, data: bytes, use: PictureUse) -> PreparedPicture:
    """The picture in ``data``, the file ``name``, for ``use``. Raises BadValueError.

    The content decides what it is, not the ending of its name. Of an animation the first picture is used.
    """
    if not data:
        raise BadValueError(f"the picture {name!r} is empty", "save it again, or write another file")
    kind = name_kind(data)
    if kind == "SVG" and use.is_for_browsers:
        check_svg(name, data)
        return PreparedPicture("image/svg+xml", data)
    if kind.upper() not in _READ:
        what = f"is a file of the kind {kind}, not" if kind else "is not"
        raise BadValueError(f"{name!r} {what} a {PRINTED} picture", "save it as .png or .jpg")
    if kind == "GIF" and len(data) > _MOST_GIF_BYTES:
        hint = "save one picture of it as .png"
        raise BadValueError(f"the GIF {name!r} has more than {_MOST_GIF_BYTES >> 20} MiB", hint)
    # Only profiles with pictures need Pillow, which comes with WeasyPrint.
    from PIL import Image

    with _decode_strictly():
        try:
            picture = Image.open(BytesIO(data), formats=_READ)
            _check_size(name, picture.size, use)
            return _prepare(picture, data, use)
        except BadValueError:
            raise
        except Image.DecompressionBombError:
            raise BadValueError(f"the picture {name!r} has {_TOO_MANY}", "save a smaller one") from None
        except Exception:  # a decoder meets the odd bytes of a broken file with errors of any kind
            hint = "save it again, or write another file"
            raise BadValueError(f"the picture {name!r} is broken", hint) from None


@contextmanager
def _decode_strictly() -> Iterator[None]:
    """Pillow without warnings of large photos, and with errors for cut files, which it forgives for WeasyPrint."""
    from PIL import ImageFile

    forgiving = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving


def _check_size(name: str, size: tuple[int, int], use: PictureUse) -> None:
    width, height = size
    said = f"the picture {name!r} has {width} × {height} pixels"
    if width * height > _MOST_PIXELS:
        raise BadValueError(f"{said}: {_TOO_MANY}", "save a smaller one")
    if not min(size) or max(size) > use.slimmest * min(size):
        raise BadValueError(
            f"{said}; one side may be at most {use.slimmest} times the other", "cut it to what is to be seen"
        )


def _prepare(picture: Image, data: bytes, use: PictureUse) -> PreparedPicture:
    from PIL import ImageOps

    from cvgen.sources.picture.true_colors import has_other_colors, to_true_colors

    kind, size = picture.format or "", picture.size
    if kind == "PNG" and picture.mode == "P" and not picture.palette:
        raise ValueError("its colours are missing")
    picture.draft(None, (use.longest, use.longest))  # a large JPEG is decoded at half its size, or a quarter
    picture.load()
    turned = ImageOps.exif_transpose(picture) if _is_turned(picture) else picture
    if turned is picture and max(size) <= use.longest and not has_other_colors(picture, data):
        kept = strip_metadata(data)
        if kept is not None:
            return PreparedPicture(_TYPES["JPEG" if kind == "MPO" else kind], kept)
    turned = to_true_colors(turned, picture.info, use.longest)
    return _encode(turned, was_photo=kind in ("JPEG", "MPO"), was_scaled=max(size) > use.longest)


_ORIENTATION = 0x0112


def _is_turned(picture: Image) -> bool:
    """Whether a viewer must turn the picture, as the camera noted in it; a note that cannot be read is none."""
    try:
        return picture.getexif().get(_ORIENTATION, 1) in range(2, 9)
    except Exception:  # as above
        return False


def _encode(picture: Image, *, was_photo: bool, was_scaled: bool) -> PreparedPicture:
    is_opaque = picture.mode in ("L", "RGB")
    jpeg = _save(picture, "JPEG", quality=_QUALITY, optimize=True) if is_opaque and (was_photo or was_scaled) else None
    if jpeg and was_photo:
        return PreparedPicture(_TYPES["JPEG"], jpeg)
    png = _save(picture, "PNG")
    if jpeg and len(jpeg) * _MUCH_SMALLER < len(png):
        return PreparedPicture(_TYPES["JPEG"], jpeg)
    return PreparedPicture(_TYPES["PNG"], png)


def _save(picture: Image, kind: str, **settings: object) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **settings)
    return target.getvalue()
