"""Measures the parts of a document by TeX itself, for themes that have no templates for HTML.

Each text of the profile has a mark at its start and its end. TeX writes where they come to lie on the pages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate

from cvgen.backends.backend import Box, Layout
from cvgen.diagnostics import Location
from cvgen.model.document import Document
from cvgen.model.inline import RichText
from cvgen.model.refs import Ref
from cvgen.model.texts import find_leaves

POSITIONS = "cv.pos"
"""The file that TeX writes: a line for each mark with the part's number, the page and the height in sp."""
_SP_PER_PT = 65536 * 72.27 / 72
_LINE = re.compile(r"^(\d+) (\d+) (-?\d+)$", re.MULTILINE)
_ABOVE, _BELOW = 0.95, 0.35
"""How far a line reaches above and below its letters' foot, in sizes of the text."""
_TITLE = "a title of a section"
_BEGIN = r"\begin{document}"
_COMMANDS = rf"""\makeatletter
\newwrite\cvpositions\immediate\openout\cvpositions={POSITIONS}\relax
\ifdefined\savepos\else\let\savepos\pdfsavepos\fi
\ifdefined\lastypos\else\let\lastypos\pdflastypos\fi
\DeclareRobustCommand\cvpart[1]{{\leavevmode\savepos\write\cvpositions{{#1 \the\c@page\space\the\lastypos}}}}
\ifdefined\pdfstringdefDisableCommands\pdfstringdefDisableCommands{{\let\cvpart\@gobble}}\fi
\makeatother
"""


def place_titles(document: Document) -> Document:
    """``document`` in which each section's title has a place, also one that is a word of the language."""
    sections = (
        replace(section, title=replace(section.title, location=section.title.location or Location(_TITLE, number)))
        for number, section in enumerate(document.sections)
    )
    return replace(document, sections=tuple(sections))


def number_texts(document: Document) -> dict[Location, int]:
    """The place of each text in the profile → the number of the innermost part that it belongs to."""
    numbers: dict[Location, int] = {}
    for number, part in enumerate(document.walk()):
        for leaf in find_leaves(part.shown):
            if isinstance(leaf, RichText) and leaf.location:
                numbers[leaf.location] = number
    return numbers


def mark_text(markup: str, number: int) -> str:
    """``markup`` between two marks of the part ``number``."""
    return rf"\cvpart{{{number}}}{markup}\cvpart{{{number}}}"


def define_marks(source: str) -> str:
    """``source`` with the command of the marks in its preamble."""
    return source.replace(_BEGIN, _COMMANDS + _BEGIN, 1)


def read_positions(positions: str, document: Document, layout: Layout, size: float) -> Layout:
    """The parts of ``document`` on the pages of ``layout``, put below each other; ``size`` is that of the text."""
    refs = [part.ref for part in document.walk()]
    margin = (layout.height - layout.room) / 2
    starts = [0.0, *accumulate(layout.ends)]
    boxes: dict[Ref, Box] = {}
    for number, page, height in (map(int, found.groups()) for found in _LINE.finditer(positions)):
        if not (number < len(refs) and 0 < page <= layout.pages):
            continue
        foot = starts[page - 1] + layout.height - margin - height / _SP_PER_PT
        line = Box(margin, foot - _ABOVE * size, layout.width - margin, foot + _BELOW * size)
        boxes[refs[number]] = boxes[refs[number]].union(line) if refs[number] in boxes else line
    for part in reversed(list(document.walk())):
        if part.parent and (inner := boxes.get(part.ref)):
            boxes[part.parent] = boxes[part.parent].union(inner) if part.parent in boxes else inner
    return Layout((starts[-1],), layout.room, layout.width, layout.height, boxes)
