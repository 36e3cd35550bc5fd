"""Pictures: each is printed upright, in its colours and without metadata by every engine, or is one clear Problem."""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen, write_career
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

CORNERS = {(0.2, 0.2): (220, 30, 30), (0.8, 0.2): (30, 160, 40), (0.2, 0.8): (40, 60, 210), (0.8, 0.8): (240, 220, 60)}
"""Where in the test picture, from its left and top edge, there is which colour."""
GPS = {1: "N", 2: (48.0, 51.0, 24.0)}


def draw(width: int = 90, height: int = 120) -> Image.Image:
    """A picture whose four quarters have four colours."""
    picture = Image.new("RGB", (width, height))
    for (x, y), color in CORNERS.items():
        left, top = width // 2 * (x > 0.5), height // 2 * (y > 0.5)
        ImageDraw.Draw(picture).rectangle((left, top, left + width // 2, top + height // 2), fill=color)
    return picture


def encode(picture: Image.Image, kind: str, **settings: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **settings)
    return target.getvalue()


def turned(orientation: int) -> bytes:
    """The picture as a camera stores it that was held another way; a viewer turns it back."""
    stored = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    notes = Image.Exif()
    notes[0x0112], notes[0x8825] = orientation, GPS
    picture = draw() if stored is None else draw().transpose(stored)
    return encode(picture, "JPEG", exif=notes, quality=95)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(extra: bytes) -> bytes:
    """A PNG with one more chunk after its head."""
    whole = encode(draw(), "PNG")
    return whole[:33] + extra + whole[33:]


def deep_png() -> bytes:
    """A PNG of 16 bits per channel."""
    picture = draw()
    rows = (picture.crop((0, y, 90, y + 1)).tobytes() for y in range(120))
    raw = b"".join(b"\0" + b"".join(bytes((value, value)) for value in row) for row in rows)
    head = struct.pack(">IIBBBBB", 90, 120, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def darkened_png() -> bytes:
    """A PNG whose numbers are amounts of light (gamma 1): a program that does not know prints it too dark."""
    linear = draw().point([round(255 * (value / 255) ** 2.2) for value in range(256)] * 3)
    info = PngImagePlugin.PngInfo()
    info.add(b"gAMA", struct.pack(">I", 100000))
    return encode(linear, "PNG", pnginfo=info)


def clear_png() -> bytes:
    picture = draw().quantize(8)
    return encode(picture, "PNG", transparency=bytes([255] * 8))


def frames(kind: str) -> bytes:
    return encode(draw(), kind, save_all=True, append_images=[Image.new("RGB", (90, 120), "black")])


PRINTED: dict[str, Callable[[], bytes]] = {
    **{f"turned{number}.jpg": lambda number=number: turned(number) for number in range(1, 9)},  # type: ignore[misc]
    "jpeg-named.png": lambda: turned(1),
    "png-named.jpg": lambda: encode(draw(), "PNG"),
    "cmyk.jpg": lambda: encode(draw().convert("CMYK"), "JPEG", quality=95),
    "progressive.jpg": lambda: encode(draw(), "JPEG", progressive=True, quality=95),
    "deep.png": deep_png,
    "gamma.png": darkened_png,
    "palette.png": clear_png,
    "alpha.png": lambda: encode(draw().convert("RGBA"), "PNG"),
    "odd-profile.png": lambda: encode(draw(), "PNG", icc_profile=b"no profile" * 20),
    "animated.gif": lambda: frames("GIF"),
    "animated.png": lambda: frames("PNG"),
    "animated.webp": lambda: frames("WEBP"),
    "large.png": lambda: encode(draw(1800, 2400), "PNG"),
    "after-the-end.jpg": lambda: turned(1) + b"the place of a film: N48.8566",
}


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with one employer for each picture."""
    folder = tmp_path_factory.mktemp("album")
    for name, make in PRINTED.items():
        (folder / name).write_bytes(make())
    work = "".join(f"- {{name: Acme, logo: {name}}}\n" for name in PRINTED)
    path = folder / "profile.yaml"
    path.write_text(f"basics: {{name: Ana Lopes, image: turned6.jpg}}\nwork:\n{work}", "utf-8")
    return path


def is_upright(picture: Image.Image) -> bool:
    """Whether the four colours are where they belong."""
    pixels = {at: picture.getpixel((int(at[0] * picture.width), int(at[1] * picture.height))) for at in CORNERS}
    return all(
        isinstance(pixel, tuple) and max(abs(one - other) for one, other in zip(pixel, CORNERS[at], strict=False)) < 12
        for at, pixel in pixels.items()
    )


@pytest.mark.parametrize(
    "engine",
    ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex), pytest.param("lualatex", marks=pytest.mark.tex)],
)
def test_every_engine_prints_each_picture_upright_in_its_colors(album: Path, tmp_path: Path, engine: str) -> None:
    ran = run_cvgen("render", album, "-e", engine, "-o", tmp_path / "cv.pdf")
    assert (ran.code, read_told(ran.err)) == (0, [])
    data = (tmp_path / "cv.pdf").read_bytes()
    assert b"Exif" not in data
    assert b"N48.8566" not in data
    shown = []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        drawn = page.render(scale=8).to_pil().convert("RGB")
        for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = image.get_bounds()
            edges = (left, page.get_height() - top, right, page.get_height() - bottom)
            shown.append(is_upright(drawn.crop(tuple(round(edge * 8) for edge in edges))))
    document.close()
    assert shown == [True] * (1 + len(PRINTED))
    assert {path.name for path in album.parent.iterdir()} == {"profile.yaml", *PRINTED}


def test_a_web_page_carries_no_metadata_of_its_pictures(album: Path, tmp_path: Path) -> None:
    assert run_cvgen("render", album, "-f", "html", *INSTALLED_FONTS, "-o", tmp_path / "cv.html").code == 0
    page = (tmp_path / "cv.html").read_text("utf-8")
    pictures = [base64.b64decode(data) for data in re.findall(r"data:image/\w+;base64,([^\"]+)", page)]
    assert len(pictures) == 1 + len(PRINTED)
    for data in pictures:
        assert b"Exif" not in data
        assert b"N48.8566" not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert is_upright(picture.convert("RGBA"))


def test_a_phones_photo_becomes_as_large_as_print_needs(tmp_path: Path) -> None:
    notes = Image.Exif()
    notes[0x8825] = GPS
    noisy = Image.blend(draw(3000, 4000), Image.effect_noise((3000, 4000), 80).convert("RGB"), 0.2)
    photo = encode(noisy, "JPEG", quality=95, exif=notes)
    assert len(photo) > 3_000_000
    (tmp_path / "me.jpg").write_bytes(photo)
    (tmp_path / "profile.yaml").write_text("basics: {name: Ana Lopes, image: me.jpg}\n")
    for output in ("cv.pdf", "cv.html", "cv.tex"):
        assert (
            run_cvgen(
                "render", tmp_path / "profile.yaml", "-f", output[3:], *INSTALLED_FONTS, "-o", tmp_path / output
            ).code
            == 0
        )
    assert (tmp_path / "cv.pdf").stat().st_size < 600_000
    assert (tmp_path / "cv.html").stat().st_size < 1_000_000
    copy = (tmp_path / "pictures" / "photo.jpg").read_bytes()
    with Image.open(io.BytesIO(copy)) as picture:
        assert picture.size == (900, 1200)
    assert b"Exif" not in copy
    assert (tmp_path / "me.jpg").read_bytes() == photo


def test_a_picture_no_larger_than_print_needs_keeps_its_bytes(tmp_path: Path) -> None:
    kept = {"photo.jpg": encode(draw(900, 1200), "JPEG"), "photo.png": encode(draw(), "PNG")}
    for name, data in kept.items():
        (tmp_path / name).write_bytes(data)
        (tmp_path / "profile.yaml").write_text(f"basics: {{name: Ana Lopes, image: {name}}}\n")
        assert run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex", "-o", tmp_path / "out" / "cv.tex").code == 0
        assert (tmp_path / "out" / "pictures" / name).read_bytes() == data


def half(kind: str) -> bytes:
    data = encode(Image.effect_noise((200, 200), 90).convert("RGB"), kind)
    return data[: len(data) // 2]


def bomb() -> bytes:
    """A PNG of 20 kB that would be 30000 × 30000 pixels."""
    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def without_palette() -> bytes:
    """A PNG whose pixels are numbers of colours that it does not list."""
    data = encode(draw().convert("P"), "PNG")
    start = data.index(b"PLTE") - 4
    return data[:start] + data[start + 12 + struct.unpack_from(">I", data, start)[0] :]


BROKEN = {
    "no-palette.png": (without_palette(), "is broken"),
    "garbage.png": (bytes(range(7, 207)), "is not a PNG, JPEG, WebP or GIF picture"),
    "empty.jpg": (b"", "is empty"),
    "head.png": (encode(draw(), "PNG")[:20], "is broken"),
    "half.png": (half("PNG"), "is broken"),
    "half.jpg": (half("JPEG"), "is broken"),
    "half.gif": (half("GIF"), "is broken"),
    "half.webp": (half("WEBP"), "is broken"),
    "without-its-middle.png": (half("PNG") + encode(draw(), "PNG")[-12:], "is broken"),
    "text-bomb.png": (png_with(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(9_000_000)))), "is broken"),
    "profile-bomb.png": (png_with(chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(9_000_000)))), "is broken"),
    "bomb.png": (bomb(), "more than 64 million pixels"),
    "frames.gif": (encode(draw(), "GIF") + bytes(9_000_000), "more than 8 MiB"),
    "tall.png": (encode(Image.new("RGB", (1, 20000)), "PNG"), "one side may be at most 4 times the other"),
    "scan.tiff": (encode(draw(), "TIFF"), "kind TIFF"),
    "old.bmp": (encode(draw(), "BMP"), "kind BMP"),
    "cv.pdf": (encode(draw(), "PDF"), "kind PDF"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind SVG"),
    "phone.png": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "kind HEIC"),
}


def test_each_broken_picture_is_one_error_at_its_place(tmp_path: Path) -> None:
    lines = ["basics: {name: Ana Lopes}", "variants:"]
    for name, (data, _) in BROKEN.items():
        (tmp_path / name).write_bytes(data)
        lines.append(f"  v{len(lines)}: {{basics: {{image: {name}}}}}")
    profile = tmp_path / "profile.yaml"
    profile.write_text("\n".join(lines) + "\n")
    ran = run_cvgen("render", profile, "--all-problems")
    assert ran.code == 2
    told = {int(one.place.split(":")[-2]): one for one in read_told(ran.err)}
    assert list(told) == list(range(3, 3 + len(BROKEN)))
    for one, line, (name, (_, says)) in zip(told.values(), lines[2:], BROKEN.items(), strict=True):
        assert one.severity == "error"
        assert f"{name!r}" in one.message
        assert says in one.message
        assert one.hint
        assert one.place.endswith(f":{line.index(name) + 1}")


def test_a_profile_for_other_colors_is_applied(tmp_path: Path) -> None:
    # Any two profiles that differ will do: XYZ of D50 against the same numbers in sRGB.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    (tmp_path / "lab.jpg").write_bytes(encode(draw(), "JPEG", icc_profile=profile.tobytes(), quality=95))
    (tmp_path / "profile.yaml").write_text("basics: {name: Ana Lopes, image: lab.jpg}\n")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex", "-o", tmp_path / "cv.tex")
    assert ran.code == 0
    with Image.open(tmp_path / "pictures" / "photo.jpg") as picture:
        assert is_upright(picture)
        assert "icc_profile" not in picture.info


BIB = """@article{one, author = {Lopes, Ana}, title = {One}, journal = {J}, year = 2024}
@article{two, author = {Lopes, Ana}, title = {Two}, journal = {J}, year = 2023, preview = {sky.png}}
"""


def write_thumbnail(folder: Path, name: str, data: bytes | None) -> Path:
    if data is not None:
        (folder / name).write_bytes(data)
    return write_career(folder, BIB, settings=f"entries: {{one: {{image: {name}}}}}", basics="name: Ana Lopes")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("half.png", half("PNG"), "is broken", id="half"),
        pytest.param("gone.png", None, "there is no picture 'gone.png'", id="missing"),
        pytest.param("a.svg", b"<svg><circle", "is broken", id="svg-cut"),
        pytest.param("a.svg", b"<svg><script>alert(1)</script></svg>", "<script>", id="svg-script"),
        pytest.param("a.svg", b"<svg onload='alert(1)'/>", "onload", id="svg-handler"),
        pytest.param("a.svg", b"<svg><image href='https://e.org/a.png'/></svg>", "another file", id="svg-image"),
        pytest.param("a.svg", b"<svg><rect fill='url(https://e.org/a.svg#a)'/></svg>", "another file", id="svg-fill"),
        pytest.param("a.svg", b"<svg><style>@import 'a.css';</style></svg>", "another file", id="svg-import"),
        pytest.param("a.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "entities", id="svg-entity"),
        pytest.param("a.svg", b"<svg>" + b"<g/>" * 600_000 + b"</svg>", "MiB", id="svg-huge"),
    ],
)
def test_a_picture_beside_a_paper_that_cannot_be_shown(
    tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    ran = run_cvgen(
        "render", write_thumbnail(tmp_path, name, data), "-f", "html", *INSTALLED_FONTS, "-o", tmp_path / "cv.html"
    )
    (one,) = read_told(ran.err)
    assert (ran.code, one.severity) == (2, "error")
    assert says in one.message
    assert one.place.endswith("profile.yaml:5:26")


def test_pictures_beside_papers_are_shown_on_web_pages(tmp_path: Path) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><rect fill='url(#a)'/></svg>"
    profile = write_thumbnail(tmp_path, "a.svg", svg)
    (tmp_path / "sky.png").write_bytes(encode(draw(), "PNG"))
    assert run_cvgen("render", profile, "-f", "html", *INSTALLED_FONTS, "-o", tmp_path / "cv.html").code == 0
    page = (tmp_path / "cv.html").read_text("utf-8")
    assert f'src="data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"' in page
    assert page.count('class="thumbnail" src="data:image/png;') == 1
    (tmp_path / "sky.png").write_bytes(half("PNG"))
    ran = run_cvgen("render", profile, "-f", "html", *INSTALLED_FONTS, "-o", tmp_path / "cv.html")
    (one,) = read_told(ran.err)
    assert (ran.code, one.place) == (2, f"{tmp_path}/papers.bib:2:1")


TEXTS = [
    "url(logo.png)",
    "`<img src=logo.png>`",
    "@import 'a.css'",
    "`<style>@import url(a.css)</style>`",
    '`src="a.png"`',
    "srcset=a.png 2x",
]


def test_text_that_looks_like_an_address_is_text(tmp_path: Path) -> None:
    texts = "".join(f"- {{name: Acme, summary: {text!r}, highlights: [{text!r}]}}\n" for text in TEXTS)
    (tmp_path / "p.yaml").write_text(f"basics: {{name: 'Ana url(a.png)', summary: 'url(b.png)'}}\nwork:\n{texts}")
    ran = run_cvgen("render", tmp_path / "p.yaml", "-f", "html", *INSTALLED_FONTS, "-o", tmp_path / "cv.html")
    assert (ran.code, ran.err.count("error")) == (0, 0), ran.err


@pytest.mark.parametrize(
    ("markup", "needs"),
    [
        ("<img src='logo.png'>", "logo.png"),
        ("<img srcset='data:image/png;base64,AA 1x, b.png 2x'>", "b.png"),
        ("<video poster=c.png></video>", "c.png"),
        ("<svg><use href='d.svg#a'/></svg>", "d.svg#a"),
        ("<style>p { background: url( 'e.png' ) }</style>", "e.png"),
        ("<style>@import \"f.css\";</style>", "f.css"),
        ("<p style='background: image-set(\"g.png\" 1x)'>", "g.png"),
        ("<link rel=stylesheet href=h.css>", "h.css"),
    ],
)  # fmt: skip
def test_what_a_themes_page_loads_is_told(tmp_path: Path, markup: str, needs: str) -> None:
    theme = tmp_path / "themes" / "mine" / "html"
    theme.mkdir(parents=True)
    (theme.parent / "theme.yaml").write_text("description: mine\nextends: classic\n")
    (theme / "section.html.j2").write_text(markup)
    (tmp_path / "p.yaml").write_text("basics: {name: Ana Lopes}\nwork: [{name: Acme}]\n")
    ran = run_cvgen(
        "render", tmp_path / "p.yaml", "-t", "mine", "-f", "html", *INSTALLED_FONTS, "-o", tmp_path / "cv.html"
    )
    assert ran.code == 2
    assert f"the theme's page needs {needs!r}, which is not in it" in [told.message for told in read_told(ran.err)]
