"""Brings a picture to sRGB and eight bits, the one meaning of colours that all engines share."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_PLAIN = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_PNG_DEPTH = 24
"""Where a PNG has the number of its bits per channel."""
_SRGB_GAMMA = 1 / 2.2
_GAMMA_TOLERANCE = 0.02


def has_other_colors(picture: Image, data: bytes) -> bool:
    """Whether ``picture``, read from ``data``, must be converted so that every engine prints its colours."""
    deep = picture.format == "PNG" and data[_PNG_DEPTH] > 8
    density = picture.info.get("jfif_density", (1, 1))
    return (
        picture.format not in ("PNG", "JPEG", "MPO")
        or picture.mode not in _PLAIN
        or deep
        or "transparency" in picture.info  # XeTeX's printer misreads it in a palette of fewer than 8 bits
        or density[0] != density[1]  # TeX would stretch it
        or _other_gamma(picture.info) is not None
        or _find_profile(picture.info) is not None
    )


def to_true_colors(picture: Image, info: Mapping[Any, Any], longest: int) -> Image:
    """``picture`` in sRGB with eight bits, its longer side at most ``longest`` pixels; grey and transparency stay."""
    from PIL.Image import Resampling

    profile, gamma = _find_profile(info), _other_gamma(info)
    if picture.mode.startswith("I"):  # grey of 16 bits
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        picture = picture.convert("L" if picture.mode == "1" else "RGBA" if _is_transparent(picture) else "RGB")
    elif _is_transparent(picture):
        picture = picture.convert("RGBA")
    picture.thumbnail((longest, longest), Resampling.LANCZOS, reducing_gap=3.0)
    alpha = picture.getchannel("A") if "A" in picture.getbands() else None
    colors = picture.convert("RGB" if picture.mode == "RGBA" else "L") if alpha else picture
    colors = _apply_profile(colors, profile) if profile else colors
    if colors.mode == "CMYK":
        colors = colors.convert("RGB")
    if gamma is not None:
        power = gamma / _SRGB_GAMMA
        colors = colors.point([round(255 * (value / 255) ** (1 / power)) for value in range(256)] * len(colors.mode))
    if alpha and alpha.getextrema() != (255, 255):
        colors.putalpha(alpha)
    return colors


def _is_transparent(picture: Image) -> bool:
    return "transparency" in picture.info or picture.mode in ("PA", "La", "RGBa")


def _other_gamma(info: Mapping[Any, Any]) -> float | None:
    """The gamma of a PNG that says so and whose colours are not sRGB; with a profile it has no meaning."""
    gamma = info.get("gamma")
    if not gamma or "srgb" in info or "icc_profile" in info or not 0.1 < gamma < 5:
        return None
    return float(gamma) if abs(gamma / _SRGB_GAMMA - 1) > _GAMMA_TOLERANCE else None


def _find_profile(info: Mapping[Any, Any]) -> Any:
    """The colour profile in a picture; None for sRGB, none, and one that cannot be read."""
    from PIL import ImageCms

    if not info.get("icc_profile"):
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(info["icc_profile"]))
        return None if "srgb" in ImageCms.getProfileDescription(profile).casefold() else profile
    except (OSError, ImageCms.PyCMSError):
        return None


_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}


def _apply_profile(picture: Image, profile: Any) -> Image:
    """``picture`` in sRGB; as it is if ``profile`` is for other colours."""
    from PIL import ImageCms

    if profile.profile.xcolor_space != _SPACES.get(picture.mode):
        return picture
    try:
        changed = ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        return picture
    return changed or picture
