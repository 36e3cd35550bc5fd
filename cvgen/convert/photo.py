"""Carries a photo: a file beside the source, or one inside it as a ``data:`` address; never one on the network."""

from __future__ import annotations

import base64
import binascii
import re

from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.profile_draft import Carried, DraftMapping, ProfileDraft
from cvgen.diagnostics import BadValueError
from cvgen.sources.picture.file_kinds import name_kind
from cvgen.sources.picture.prepared_picture import PHOTO, prepare_picture

_DATA = re.compile(r"data:image/[\w.+-]+;base64,(?P<data>[A-Za-z0-9+/=\s]+)")
_ENDINGS = {"PNG": "png", "JPEG": "jpg", "WebP": "webp", "GIF": "gif"}


def add_photo(draft: ProfileDraft, basics: DraftMapping, value: object, where: str, source: ImportedFile) -> None:
    """Put the picture ``value`` beside the profile as ``image``; a picture that cannot be copied becomes a leftover."""
    text = value.strip() if isinstance(value, str) else ""
    found, reason = _find_picture(text, source)
    if found is None or "image" in basics:
        shown = text if len(text) < 500 else f"{text[:60]}… ({len(text):,} characters)"
        basics.keep_leftover(where, shown if text else value, reason)
        return
    name = _name_file(text, found)
    draft.pictures[name] = found
    basics["image"] = Carried(name, where)
    if not text.startswith("data:") and text != name:
        basics.keep_leftover(where, text, f"copied as {name}")


def _name_file(text: str, data: bytes) -> str:
    """The name of the picture beside the profile: its own, if it is a plain one with the right ending."""
    ending = _ENDINGS[name_kind(data)]
    own = text.rpartition("/")[2]
    is_plain = re.fullmatch(r"[\w-][\w.-]{0,80}", own) and own.casefold().endswith((f".{ending}", ".jpeg"))
    return own if is_plain and not text.startswith("data:") else f"photo.{ending}"


def _find_picture(text: str, source: ImportedFile) -> tuple[bytes | None, str]:
    """The bytes of a picture that can be printed, or why there are none."""
    if embedded := _DATA.fullmatch(text):
        try:
            data: bytes | None = base64.b64decode(embedded["data"], validate=False)
        except binascii.Error:
            return None, "the picture in it is broken"
    elif re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) or text.startswith("//"):
        return None, "download it, and write image: with its file name"
    else:
        data = source.read_beside(text)
    if data is None:
        return None, "there is no such file beside the source"
    try:
        prepare_picture(text[:60], data, PHOTO)
    except BadValueError as error:
        return None, error.mistake.message
    return data, ""
