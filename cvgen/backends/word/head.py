"""Writes the head of a document: name, label, contacts, and the photo beside them."""

from __future__ import annotations

from docx.document import Document as DocxDocument
from docx.text.paragraph import Paragraph

from cvgen.backends.flow.document_flow import DocumentFlow
from cvgen.backends.word import word_styles
from cvgen.backends.word.inserted_pictures import add_photo
from cvgen.backends.word.look import Look
from cvgen.backends.word.runs import PLAIN, Form, RunWriter
from cvgen.backends.word.xml import element, put, twips

_PAD = 8.0
"""The space in pt between the edge of a band and its text."""


def write_head(document: DocxDocument, flow: DocumentFlow, look: Look) -> None:
    """Add the head to ``document``."""
    head, job = flow.head, flow.job
    color = look.head_text if look.head == "band" else ""
    runs, form = RunWriter(look, colors_links=False), Form(color=color) if color else PLAIN
    name = document.add_paragraph(style=word_styles.NAME)
    if job.image is not None and look.head != "plain":
        add_photo(name, job.image, str(head.name), look)
    runs.write(name, head.name, form)
    if head.native_name:
        runs.write(name, " ")
        runs.write(name, head.native_name, Form(bold=False, color=color, size=look.name_size * 0.7))
    paragraphs = [name]
    if head.label:
        paragraphs.append(document.add_paragraph(style=word_styles.LABEL))
        runs.write(paragraphs[-1], head.label, form)
    if head.contacts:
        paragraphs.append(document.add_paragraph(style=word_styles.CONTACTS))
        for number, contact in enumerate(head.contacts):
            if number:
                runs.write(paragraphs[-1], " \u00b7 ", form)
            runs.write(paragraphs[-1], contact, form)
    if look.head in ("band", "tint"):
        _shade(paragraphs, look.accent if look.head == "band" else look.tint or "eeeeee")


def _shade(paragraphs: list[Paragraph], color: str) -> None:
    """Give the head a background: paragraphs with the same borders and indents are one box."""
    for paragraph in paragraphs:
        sides = (
            element(side, val="single", sz=4, space=round(_PAD), color=color)
            for side in ("top", "left", "bottom", "right")
        )
        properties = paragraph._p.get_or_add_pPr()
        put(properties, element("pBdr", *sides), element("shd", val="clear", color="auto", fill=color))
        put(properties, element("ind", left=twips(_PAD), right=twips(_PAD)))
