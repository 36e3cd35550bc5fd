"""Records a snapshot of each document (pictures, words and their boxes), and reports what has changed since.

Pictures are compared pixel by pixel without tolerance, since one changed digit is only 0.005 % of a page. If other
versions of the programs made the snapshot, only the words and their boxes are compared.
"""

from __future__ import annotations

import difflib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvgen.backends.backend import Compiled
from cvgen.backends.page_pictures import draw_page
from cvgen.diagnostics import InputError, Location, Problem, notice
from cvgen.examine import Finding
from cvgen.pipeline.whole_files import write_whole
from cvgen.sources.pdf_file import open_pdf
from cvgen.sources.text_file import read_bytes, read_utf8

if TYPE_CHECKING:
    from PIL.Image import Image

PX_PER_PT = 1.5
BOXES = "boxes.json"
DIFFERENT = "different"
"""The folder in a baseline for pictures of the differences."""
_MOVED = 0.75
"""A word has moved if its box differs by more than this, in pt; used if other programs made the snapshot."""
_MOST_PIXELS = 20_000_000
"""The most pixels of a page's picture: a page of A4 has 1.1 million."""
_TOO_LARGE = "a picture is larger than any page"
_MAX_CHANGES = 5
"""How many changes of a page are reported."""


@dataclass(frozen=True, slots=True)
class SnapshotWord:
    """A word of a page and its box in pt, measured from the page's left and lower edge."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The pages of a document as PNGs and as words. ``tools`` maps the programs that made it to their versions."""

    pictures: tuple[bytes, ...]
    words: tuple[tuple[SnapshotWord, ...], ...]
    tools: dict[str, str]


def take_snapshot(compiled: Compiled) -> Snapshot:
    """The Snapshot of a document, rasterized by pdfium at ``PX_PER_PT``."""
    import pypdfium2

    with open_pdf(compiled.pdf) as document:
        pages = list(document)
        pictures = [draw_page(page, PX_PER_PT) for page in pages]
        words = tuple(tuple(_read_words(page)) for page in pages)
    return Snapshot(tuple(map(_as_png, pictures)), words, {**compiled.tools, "pdfium": str(pypdfium2.PDFIUM_INFO)})


def _as_png(picture: Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _read_words(page: Any) -> Iterator[SnapshotWord]:
    """The words of the page; all words in one of pdfium's text rectangles, which are parts of lines, share its box."""
    text = page.get_textpage()
    for index in range(text.count_rects()):
        box = text.get_rect(index)
        words = text.get_text_bounded(*box).split()
        yield from (
            SnapshotWord(word, (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)))
            for word in words
        )
    text.close()


def read_snapshot(folder: Path) -> Snapshot | None:
    """The Snapshot in ``folder``, None if there is none; raises InputError if it is damaged."""
    if not (folder / BOXES).is_file():
        return None
    try:
        content = json.loads(read_utf8(folder / BOXES, "snapshot"))
        words = tuple(tuple(SnapshotWord(str(text), _as_box(box)) for text, box in page) for page in content["pages"])
        pictures = tuple(read_bytes(folder / f"page-{number}.png", "picture") for number in range(1, len(words) + 1))
        for picture in pictures:
            _open(picture)
        return Snapshot(pictures, words, dict(content["tools"]))
    except (InputError, OSError, SyntaxError, ValueError, TypeError, KeyError, RecursionError) as error:
        reason = error.problems[0].message if isinstance(error, InputError) else error
        message = f"the snapshot of {folder.name} cannot be read: {reason}"
        raise InputError([Problem(message, Location(str(folder)), "re-record it with --update")]) from None


def _as_box(edges: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(edge) for edge in edges)
    return left, bottom, right, top


def _open(picture: bytes) -> Image:
    """The picture in a PNG; raises OSError or SyntaxError if it cannot be read, ValueError if it is no page's."""
    from PIL import Image

    try:
        opened = Image.open(io.BytesIO(picture), formats=["PNG"])
    except Image.DecompressionBombError:
        raise ValueError(_TOO_LARGE) from None
    if opened.width * opened.height > _MOST_PIXELS:
        raise ValueError(_TOO_LARGE)
    return opened.convert("RGB")


def write_snapshot(folder: Path, snapshot: Snapshot, within: Path) -> None:
    """Write ``snapshot`` to ``folder`` inside ``within``, and remove pictures of pages that no longer exist."""
    for number, picture in enumerate(snapshot.pictures, 1):
        write_whole(folder / f"page-{number}.png", picture, within=within)
    for path in folder.glob("page-*.png"):
        of_page = path.stem.removeprefix("page-")
        if of_page.isdecimal() and int(of_page) > len(snapshot.pictures):
            path.unlink()
    pages = [[[word.text, list(word.box)] for word in page] for page in snapshot.words]
    lines = ",\n".join(json.dumps(page, ensure_ascii=False) for page in pages)
    tools = json.dumps(snapshot.tools, ensure_ascii=False)
    write_whole(folder / BOXES, f'{{"tools": {tools}, "pages": [\n{lines}\n]}}\n'.encode(), within=within)


def compare_with(folder: Path, name: str, compiled: Compiled, *, update: bool) -> list[Finding]:
    """Compare ``compiled`` with the snapshot ``name`` in ``folder``; with ``update`` record it there instead."""
    now, home = take_snapshot(compiled), folder / name
    if update:
        write_snapshot(home, now, folder)
        return []
    try:
        kept = read_snapshot(home)
    except InputError as error:
        return [Finding("baseline", problem) for problem in error.problems]
    if kept is None:
        problem = Problem(f"there is no snapshot of {name}", Location(str(home)), "record one with --update")
        return [Finding("baseline", problem)]
    findings = []
    if len(kept.words) != len(now.words):
        message = f"the document has {len(now.words)} pages, its snapshot has {len(kept.words)}"
        findings.append(_finding(message, None, home))
    same_tools = kept.tools == now.tools
    if not same_tools:
        others = ", ".join(f"{tool} {old}" for tool, old in kept.tools.items() if now.tools.get(tool) != old)
        message = f"the snapshot was made with {others}; only words and their places are compared"
        findings.append(Finding("baseline", notice(message, Location(str(home)))))
    for page in range(min(len(kept.words), len(now.words))):
        findings += _compare_page(folder, name, kept, now, page, same_tools=same_tools)
    return findings


def _compare_page(
    folder: Path, name: str, kept: Snapshot, now: Snapshot, page: int, *, same_tools: bool
) -> list[Finding]:
    if same_tools and _are_same(kept.pictures[page], now.pictures[page]):
        return []
    changes = list(_list_changes(kept.words[page], now.words[page], 0 if same_tools else _MOVED))
    if not changes and not same_tools:
        return []
    picture = folder / DIFFERENT / f"{name}-page-{page + 1}.png"
    write_whole(picture, draw_difference(kept.pictures[page], now.pictures[page]), within=folder)
    left = len(changes) - _MAX_CHANGES
    listed = "; ".join([*changes[:_MAX_CHANGES], *([f"and {left} more"] if left > 0 else [])])
    message = f"{name} has changed: {listed or 'no words, only its look'}"
    return [_finding(message, page + 1, picture)]


def _are_same(one: bytes, other: bytes) -> bool:
    """Whether two PNGs have the same pixels, however they are compressed."""
    if one == other:
        return True
    first, second = _open(one), _open(other)
    return first.size == second.size and first.tobytes() == second.tobytes()


def _finding(message: str, page: int | None, place: Path) -> Finding:
    hint = "look at the picture; if the change is intended, record it with --update"
    return Finding("baseline", Problem(message, Location(str(place)), hint), page)


def _list_changes(before: tuple[SnapshotWord, ...], after: tuple[SnapshotWord, ...], tolerance: float) -> Iterator[str]:
    """The words that were replaced, added or removed, and how many have moved by more than ``tolerance`` pt."""
    old, new = [word.text for word in before], [word.text for word in after]
    moved: list[str] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs = zip(before[i1:i2], after[j1:j2], strict=True)
            moved += [one.text for one, other in pairs if _distance(one, other) > tolerance]
        elif kind == "replace":
            yield f"{' '.join(old[i1:i2])!r} → {' '.join(new[j1:j2])!r}"
        else:
            words = " ".join(old[i1:i2] or new[j1:j2])
            yield f"{words!r} is {'gone' if kind == 'delete' else 'new'}"
    if moved:
        yield f"{len(moved)} words have moved, from {moved[0]!r} on"


def _distance(one: SnapshotWord, other: SnapshotWord) -> float:
    return max(abs(a - b) for a, b in zip(one.box, other.box, strict=True))


def draw_difference(before: bytes, after: bytes) -> bytes:
    """A PNG of the page before and after, side by side, with a red frame around the difference."""
    from PIL import Image, ImageChops, ImageDraw

    old, new = _open(before), _open(after)
    size = (max(old.width, new.width), max(old.height, new.height))
    sheet = Image.new("RGB", (size[0] * 2 + 8, size[1]), "#888888")
    sheet.paste(old, (0, 0))
    sheet.paste(new, (size[0] + 8, 0))
    one, other = (Image.new("RGB", size, "white") for _ in range(2))
    one.paste(old, (0, 0))
    other.paste(new, (0, 0))
    box = ImageChops.difference(one, other).getbbox()
    if box:
        frame = ImageDraw.Draw(sheet)
        left, top, right, bottom = box[0] - 4, box[1] - 4, box[2] + 4, box[3] + 4
        for offset in (0, size[0] + 8):
            frame.rectangle((left + offset, top, right + offset, bottom), outline="#d00000", width=2)
    target = io.BytesIO()
    sheet.save(target, "PNG")
    return target.getvalue()
