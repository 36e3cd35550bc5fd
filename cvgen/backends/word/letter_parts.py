"""Writes the parts of a letter, each where the customs of its language have it, with the spaces of a letter."""

from __future__ import annotations

from docx.document import Document as DocxDocument
from docx.text.paragraph import Paragraph

from cvgen.backends.flow.document_flow import DocumentFlow
from cvgen.backends.word import word_styles
from cvgen.backends.word.inserted_pictures import add_signature
from cvgen.backends.word.look import Look
from cvgen.backends.word.paragraphs import Column
from cvgen.backends.word.xml import element, put, twips
from cvgen.model.letter_layout import LetterLayout, LetterPart, Side
from cvgen.sources.picture.prepared_picture import PreparedPicture

_ASIDE = 0.56
"""Where a block at the end of the line begins, as a share of the width of the text."""
_ALIGNED = {Side.END: "right", Side.CENTRE: "center"}
"""In a paragraph from right to left, ``right`` is the end of the line (ECMA-376-1, 17.3.1.13)."""
_ABOVE, _FAR_ABOVE, _BETWEEN, _SIGN = 1.0, 1.6, 0.6, 2.2
"""Spaces in lines: above a part, above one after the address or the date, between paragraphs, room to sign by hand."""
_HEAD_PARTS = frozenset({LetterPart.RECIPIENT, LetterPart.DATE})


def write_letter(document: DocxDocument, flow: DocumentFlow, look: Look, layout: LetterLayout) -> None:
    """Add all parts of the letter."""
    column = Column(document, look.text_width, flow.job, look)
    before = LetterPart.BODY
    for section in flow.job.document.sections:
        part = LetterPart(section.name)
        start = len(document.paragraphs)
        picture = flow.job.pictures.get(layout.signature) if part is LetterPart.SIGNATURE else None
        if picture is not None:
            _add_signature(document, picture, str(section.text))
        column.write(flow.list_blocks(section))
        added = document.paragraphs[start:]
        for paragraph in added:
            _place(paragraph, part, layout, look)
        signs = part is LetterPart.SIGNATURE and picture is None
        _set_space(added[0], look, _find_space(part, before, signs=signs))
        before = part


def _add_signature(document: DocxDocument, picture: PreparedPicture, name: str) -> None:
    """Add the picture, on the same page as the name below it."""
    paragraph = document.add_paragraph(style=word_styles.TEXT)
    put(paragraph._p.get_or_add_pPr(), element("keepNext"))
    add_signature(paragraph, picture, name)


def _find_space(part: LetterPart, before: LetterPart, *, signs: bool) -> float:
    """The space in lines above ``part``, which follows ``before``; ``signs`` if it is signed by hand."""
    if signs and before in (LetterPart.CLOSING, LetterPart.DATE):
        return _SIGN
    return _FAR_ABOVE if before in _HEAD_PARTS or part is LetterPart.ENCLOSURES else _ABOVE


def _place(paragraph: Paragraph, part: LetterPart, layout: LetterLayout, look: Look) -> None:
    """Put ``paragraph`` on its side of the page; below the first, paragraphs of the body have a space above."""
    properties = paragraph._p.get_or_add_pPr()
    side = layout.sides.get(part, Side.START)
    if side in _ALIGNED:
        put(properties, element("jc", val=_ALIGNED[side]))
    elif side is Side.ASIDE:
        put(properties, element("ind", left=twips(look.text_width * _ASIDE)))
    is_text = paragraph.style is not None and paragraph.style.name == word_styles.TEXT
    if part is LetterPart.BODY and is_text:
        _set_space(paragraph, look, _BETWEEN)
    if layout.indent and part in (LetterPart.BODY, LetterPart.CLOSING) and is_text and side is Side.START:
        put(properties, element("ind", firstLine=twips(look.size * layout.indent)))


def _set_space(paragraph: Paragraph, look: Look, lines: float) -> None:
    put(paragraph._p.get_or_add_pPr(), element("spacing", before=twips(look.line * lines)))
