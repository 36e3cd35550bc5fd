"""Pictures that are huge, cut, lying about themselves, or no pictures."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from hostile.case import BAD, Case, Sandbox, picture_bytes, to_page, to_pdf, to_tex

GOOD = picture_bytes((9, 9, 99), (200, 200))
JPEG = picture_bytes((9, 9, 99), (200, 200), "JPEG")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"", *, depth: int = 1, color: int = 0, more: bytes = b"") -> bytes:
    """A PNG of this size whose pixels are ``data``, compressed."""
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + more + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _zeros(count: int) -> bytes:
    """``count`` zeros, compressed, without ever having them all."""
    press, done = zlib.compressobj(9), bytearray()
    for _ in range(count // (1 << 20)):
        done += press.compress(bytes(1 << 20))
    return bytes(done + press.compress(bytes(count % (1 << 20))) + press.flush())


def _animated() -> bytes:
    target = io.BytesIO()
    frames = [Image.new("RGB", (50, 50), (n % 256, 0, 0)) for n in range(300)]
    frames[0].save(target, "PNG", save_all=True, append_images=frames[1:])
    return target.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "garbage.png": lambda: bytes(range(256)) * 40,
    "head only.png": lambda: GOOD[:8],
    "cut in half.png": lambda: GOOD[: len(GOOD) // 2],
    "cut at the end.png": lambda: GOOD[:-20],
    "cut in half.jpg": lambda: JPEG[: len(JPEG) // 2],
    "cut head.jpg": lambda: JPEG[:30],
    "bomb.png": lambda: png(30_000, 30_000, _zeros(30_000 * 3751)),
    "colour bomb.png": lambda: png(12_000, 12_000, _zeros(12_000 * 36_001), depth=8, color=2),
    "wide bomb.png": lambda: png(2_000_000, 40, _zeros(40 * 250_001)),
    "claims.png": lambda: png(2_000_000_000, 2_000_000_000),
    "negative.png": lambda: png(0x80000001, 0xFFFFFFFF),
    "no size.png": lambda: png(0, 0),
    "few pixels.png": lambda: png(5000, 5000, zlib.compress(b"\0" * 10)),
    "wrong sum.png": lambda: GOOD[:40] + b"\0" + GOOD[41:],
    "text bomb.png": lambda: png(9, 9, zlib.compress(bytes(27)), more=_chunk(b"zTXt", b"x\0\0" + _zeros(500 << 20))),
    "profile bomb.png": lambda: png(9, 9, zlib.compress(bytes(27)), more=_chunk(b"iCCP", b"x\0\0" + _zeros(500 << 20))),
    "many texts.png": lambda: png(9, 9, zlib.compress(bytes(27)), more=_chunk(b"tEXt", b"a\0b") * 100_000),
    "palette missing.png": lambda: png(9, 9, zlib.compress(bytes(99)), depth=8, color=3),
    "animated.png": _animated,
    "is svg.png": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>",
    "is html.png": lambda: b"<script>alert(1)</script>",
    "is pdf.png": lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>",
    "is postscript.jpg": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(x) run quit\n",
    "is jpeg.png": lambda: JPEG,
    "is gif.png": lambda: b"GIF89a\xff\xff\xff\xff\x00\x00\x00,\0\0\0\0\xff\xff\xff\xff\0\2",
    "huge size.jpg": lambda: JPEG[:163] + JPEG[163:].replace(struct.pack(">HH", 200, 200), b"\xff\xff\xff\xff"),
    "many markers.jpg": lambda: JPEG[:2] + b"\xff\xe1\x00\x10" + b"x" * 14 + b"\xff\xfe\x00\x02" * 200_000 + JPEG[2:],
    "bad exif.jpg": lambda: JPEG[:2] + b"\xff\xe1\x01\x00Exif\0\0" + b"\xff" * 248 + JPEG[2:],
    "empty.png": lambda: b"",
    "endless.jpg": lambda: JPEG[:-2] + b"\xff\x00" * 500_000,
}
FORMS: dict[str, Callable[..., Sequence[str | Path]]] = {"html": to_page, "pdf": to_pdf, "tex": to_tex}


def _photo(name: str, make: Callable[[], bytes], form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write(name, make())
        if form == "preview":
            box.write("papers.bib", f"@article{{a, author={{Lin, Wei}}, title={{T}}, year=2020, preview={{{name}}}}}\n")
            box.profile("bibliography: {files: [papers.bib]}\n")
            return to_page(box, "-t", "homepage")
        if form == "logo":
            box.profile(f"work: [{{name: E, position: P, start: 2020, logo: '{name}'}}]\n")
            return to_pdf(box)
        box.profile(basics=f"name: Wei Lin, image: '{name}'")
        return to_pdf(box, engine="xelatex") if form == "xelatex" else FORMS[form](box)

    return build


_WHOLE = ("is jpeg.png", "animated.png", "bad exif.jpg", "many markers.jpg", "many texts.png", "text bomb.png",
          "profile bomb.png", "bomb.png", "colour bomb.png", "wide bomb.png", "endless.jpg", "wrong sum.png",
          "cut at the end.png")  # fmt: skip


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each picture as a photo through several formats, a logo and a preview; and good ones with bytes changed."""
    for name, make in PICTURES.items():
        codes = frozenset({0, 2}) if name in _WHOLE else BAD
        yield Case("pictures", f"{name}, html", _photo(name, make, "html"), codes,
                   fast=name == "bomb.png")  # fmt: skip
        yield Case("pictures", f"{name}, preview", _photo(name, make, "preview"), frozenset({0, 2}))
    for name in ("bomb.png", "garbage.png", "cut in half.jpg", "is svg.png", "wide bomb.png"):
        for form in ("pdf", "logo", "xelatex"):
            codes = frozenset({0, 2}) if name in _WHOLE else BAD
            yield Case("pictures", f"{name}, {form}", _photo(name, PICTURES[name], form), codes)
    for number in range(12):
        data = bytearray(GOOD if number % 2 else JPEG)
        for _ in range(draw.randrange(1, 8)):
            data[draw.randrange(20, len(data))] = draw.randrange(256)
        name = f"changed{number}.{'png' if number % 2 else 'jpg'}"
        yield Case("pictures", name, _photo(name, lambda data=data: bytes(data), "html"), frozenset({0, 2}))  # type: ignore[misc]
