"""``make sheets``: a picture for each theme with our page through both backends beside rivals with the same content.

Writes ``out/sheets/THEME.png``. ``--rivals`` is a folder with other people's templates. ``--blind`` leaves out the
names and shuffles the pages; ``key.json`` then says which is which.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from rendering import read_document, render_pdf
from rivals import RIVALS

from cvgen.model.document import Document
from cvgen.pipeline.request import Request
from cvgen.themes.theme import shipped_folder

PROFILE = Path(__file__).parents[1] / "examples" / "engineer" / "profile.yaml"
WIDTH = 900
"""Of each page, in pixels."""
_LABEL, _GAP = 40, 16


@dataclass(frozen=True, slots=True)
class Shown:
    """The first page of a PDF, and whose it is."""

    name: str
    page: Image.Image


def draw_first_page(pdf: Path) -> Image.Image:
    """The first page of ``pdf``, ``WIDTH`` pixels wide."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil()
        return picture.convert("RGB")


def draw_ours(profile: Path, theme: str) -> Iterator[Shown]:
    """Our page through each backend that is here."""
    for engine in ("weasyprint", "xelatex"):
        if engine == "weasyprint" or shutil.which(engine):
            with tempfile.TemporaryDirectory() as folder:
                made = render_pdf(Request(profile, None, theme, engine), Path(folder))
                assert made.outcome.output is not None
                yield Shown(f"cvgen {theme}, {engine}", draw_first_page(Path(made.outcome.output)))


def draw_rivals(document: Document, theme: str, templates: Path) -> Iterator[Shown]:
    """The pages of the rivals that are here; prints which are not."""
    for rival in RIVALS.get(theme, ()):
        with tempfile.TemporaryDirectory() as folder:
            pdf = rival.make(document, Path(folder), templates)
            if pdf is None:
                print(f"{theme}: {rival.name} is not here")
            else:
                yield Shown(rival.name, draw_first_page(pdf))


def put_side_by_side(pages: list[Shown], *, named: bool) -> Image.Image:
    """The pages in a row, each below its name if ``named``."""
    font = ImageFont.truetype(str(shipped_folder() / "fonts/source-sans/SourceSans3-Regular.otf"), 26)
    high = max(shown.page.height for shown in pages) + _LABEL + _GAP
    sheet = Image.new("RGB", (len(pages) * (WIDTH + _GAP) + _GAP, high), "#8a8a8e")
    pen = ImageDraw.Draw(sheet)
    for number, shown in enumerate(pages):
        left = _GAP + number * (WIDTH + _GAP)
        pen.text((left, 4), shown.name if named else f"{'ABCDEFGH'[number]}", "white", font)
        sheet.paste(shown.page, (left, _LABEL))
    return sheet


def main() -> None:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--theme", action="append", choices=sorted(RIVALS), help="only this one; repeatable")
    parser.add_argument("--profile", type=Path, default=PROFILE)
    parser.add_argument("--rivals", type=Path, default=Path("rivals"), help="folder of other people's templates")
    parser.add_argument("--output", type=Path, default=Path("out/sheets"))
    parser.add_argument("--blind", type=int, metavar="SEED", help="no names, in an order that the number decides")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    document, key = read_document(asked.profile), {}
    for theme in asked.theme or sorted(RIVALS):
        pages = [*draw_ours(asked.profile, theme), *draw_rivals(document, theme, asked.rivals)]
        if asked.blind is not None:
            random.Random(f"{asked.blind}{theme}").shuffle(pages)
            key[theme] = [shown.name for shown in pages]
        path = asked.output / f"{theme}.png"
        put_side_by_side(pages, named=asked.blind is None).save(path)
        print(path)
    if key:
        (asked.output / "key.json").write_text(json.dumps(key, indent=1), "utf-8")


if __name__ == "__main__":
    main()
