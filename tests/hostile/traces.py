"""Looks for a secret in all that a command gave: as it is, encoded, in a PDF's streams, or as a picture."""

from __future__ import annotations

import base64
import contextlib
import io
import re
import warnings
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from hostile.case import SECRET_COLOR

_DATA_URL = re.compile(rb"data:[\w/+.;=-]*base64,([A-Za-z0-9+/=]+)")
_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
                      "/Movie", "/Sound", "/ResetForm"})  # fmt: skip
_ACTIVE = frozenset({"/JS", "/EmbeddedFiles", "/EmbeddedFile", "/AA", "/RichMedia", "/XFA"})
_SCHEMES = re.compile(r"(https?|mailto|tel|sms):|#", re.IGNORECASE)
_SECRET_PIXELS = 50


def spellings(token: str) -> tuple[bytes, ...]:
    """``token`` in the forms in which it could be hidden."""
    plain = token.encode()
    shifted = [base64.b64encode(b"x" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    wide = [token.encode("utf-16-be"), token.encode("utf-16-le")]
    return (plain, plain.hex().encode(), plain.hex().upper().encode(), plain[::-1], *wide, *shifted)


def find_tokens(data: bytes, tokens: tuple[str, ...]) -> list[str]:
    """Those of ``tokens`` that are in ``data``, whatever form it has."""
    views = [view for part in _list_parts(data) for view in (part, re.sub(rb"\s+|\xc2\xad", b"", part))]
    return [token for token in tokens if any(form in view for form in spellings(token) for view in views)]


def _list_parts(data: bytes) -> Iterator[bytes]:
    yield data
    for found in _DATA_URL.findall(data):
        with contextlib.suppress(ValueError):
            yield base64.b64decode(found, validate=True)
    if data.startswith(b"%PDF"):
        yield from (part for part, _ in _read_pdf(data))


def _read_pdf(data: bytes) -> Iterator[tuple[bytes, Any]]:
    """Every stream and text of a PDF, and each of its objects."""
    with warnings.catch_warnings(), contextlib.suppress(Exception):
        warnings.simplefilter("ignore")
        reader = PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages).encode(), None
        yield str(reader.metadata).encode(), None
        for number in sorted({number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)):
            with contextlib.suppress(Exception):
                found = reader.get_object(number)
                yield found.get_data() if isinstance(found, StreamObject) else b"", found


def shows_picture(data: bytes) -> bool:
    """Whether the secret picture is on a page of a PDF, or in a data: URL of a page."""
    if data.startswith(b"%PDF"):
        with contextlib.suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(data)
            return any(_has_color(page.render(scale=_scale(*page.get_size())).to_pil()) for page in document)
        return False
    for part in _list_parts(data):
        with contextlib.suppress(OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            picture = Image.open(io.BytesIO(part))
            picture.thumbnail((100, 100))
            if _has_color(picture):
                return True
    return False


def _scale(width: float, height: float) -> float:
    """Pixels per pt at which a page, which may have any size, gives a picture of at most a million pixels."""
    return min(0.7, 1000 / max(width, height, 1.0))


def _has_color(picture: Image.Image) -> bool:
    colors = picture.convert("RGB").getcolors(1 << 24) or []
    near = sum(
        count
        for count, color in colors
        if all(abs(a - b) < 12 for a, b in zip(_as_rgb(color), SECRET_COLOR, strict=True))
    )
    return near >= _SECRET_PIXELS


def _as_rgb(color: Any) -> tuple[int, int, int]:
    return color[:3] if isinstance(color, tuple) else (color, color, color)


def find_active(data: bytes) -> list[str]:
    """The active content of a PDF: scripts, programs to start, embedded files, links of an unusual kind."""
    return sorted({found for _, item in _read_pdf(data) for found in _look_for_active(item)})


def _look_for_active(item: Any, depth: int = 0) -> Iterator[str]:
    if depth > 20:
        return
    if isinstance(item, DictionaryObject):
        yield from (key for key in item if key in _ACTIVE)
        if str(item.raw_get("/S") if "/S" in item else "") in _ACTIONS:
            yield str(item["/S"])
        if "/URI" in item and isinstance(item["/URI"], str) and not _SCHEMES.match(item["/URI"]):
            yield f"a link to {item['/URI']}"
        for key in item:
            yield from _look_for_active(item.raw_get(key), depth + 1)
    elif isinstance(item, ArrayObject):
        for part in item:
            yield from _look_for_active(part, depth + 1)


class _Elements(HTMLParser):
    """Notes what a page whose texts are all escaped cannot have."""

    strange = frozenset({"script", "iframe", "object", "embed", "form", "base", "frame", "applet", "input", "button",
                         "textarea", "pwn", "marquee", "video", "audio", "xss"})  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in self.strange and values != {"type": "application/ld+json"}:  # data of the page's own
            self.found.append(f"<{tag}>")
        if tag == "meta" and (values.get("http-equiv") or "").casefold() == "refresh":
            self.found.append("<meta refresh>")
        for name, value in attrs:
            if name.startswith("on") or "pwn" in name:
                self.found.append(f"<{tag} {name}>")
            if name in ("href", "src", "action", "formaction", "data", "poster", "srcset") and value:
                self._check_address(tag, name, value)
            if name == "style" and value and re.search(r"url\(|expression|@import|pwn", value):
                self.found.append(f"<{tag} style={value[:40]}>")

    def _check_address(self, tag: str, name: str, value: str) -> None:
        bare = re.sub(r"[\x00-\x20]", "", value)
        if re.match(r"[a-z][a-z0-9+.-]*:", bare, re.IGNORECASE) and not _SCHEMES.match(bare):
            if not (
                bare.startswith(("data:image/", "data:font/", "data:,")) and tag in ("img", "link", "image", "source")
            ):
                self.found.append(f"<{tag} {name}={bare[:40]}>")
        elif tag in ("img", "link", "source") and name != "href" and bare.startswith("http"):
            self.found.append(f"<{tag} {name}={bare[:40]}>")


def find_markup(page: str) -> list[str]:
    """The elements and attributes of ``page`` that can only come from a text that was not escaped."""
    reader = _Elements()
    reader.feed(page)
    reader.close()
    return sorted(set(reader.found))


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def find_control(output: bytes) -> list[str]:
    """The control characters that would reach a terminal."""
    text = output.decode("utf-8", "replace")
    return sorted({f"U+{ord(letter):04X}" for letter in _CONTROL.findall(text)})
