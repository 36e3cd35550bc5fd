"""Writes a document for word processors, and the same bytes for the same document."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document as DocxDocument

from cvgen.backends.flow.document_flow import DocumentFlow
from cvgen.backends.word.bullet_marks import set_bullets
from cvgen.backends.word.font_table import set_font_table
from cvgen.backends.word.head import write_head
from cvgen.backends.word.languages import name_language
from cvgen.backends.word.letter_parts import write_letter
from cvgen.backends.word.look import Look, make_look
from cvgen.backends.word.page_setup import set_page
from cvgen.backends.word.section_columns import write_sections
from cvgen.backends.word.word_styles import set_styles

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP can hold."""
_UNUSED = ("thumbnail", "stylesWithEffects", "customXml", "webSettings", "fontTable")
"""The types of relationships in python-docx's empty document that no reader needs, or that are made anew."""


def write_document(flow: DocumentFlow, epoch: int | None = None) -> bytes:
    """The DOCX; ``epoch`` is the time to store, in seconds since 1970."""
    look = make_look(flow.job)
    document = docx.Document()
    _drop_unused(document)
    set_styles(document, look)
    set_font_table(document, look)
    set_bullets(document, look)
    set_page(document, look)
    write_head(document, flow, look)
    if look.document.letter:
        write_letter(document, flow, look, look.document.letter)
    else:
        write_sections(document, flow, look)
    _describe(document, look, datetime.fromtimestamp(epoch or 0, UTC).replace(tzinfo=None))
    data = BytesIO()
    document.save(data)
    return _fix_times(data.getvalue())


def _drop_unused(document: DocxDocument) -> None:
    for relationships in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in relationships.items() if one.reltype.rsplit("/", 1)[-1] in _UNUSED]:
            del relationships[key]


def _describe(document: DocxDocument, look: Look, time: datetime) -> None:
    """The properties of the file: title, author, language."""
    properties, described = document.core_properties, look.document
    name = str(described.name)
    properties.title, properties.author, properties.last_modified_by = name, name, name
    properties.subject, properties.comments, properties.keywords = str(described.label), "", ""
    properties.language = name_language(described.language)
    properties.created = properties.modified = time
    properties.revision = 1


def _fix_times(data: bytes) -> bytes:
    """The same ZIP with the same time for each file in it."""
    fixed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as read, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as written:
        for member in read.infolist():
            entry = zipfile.ZipInfo(member.filename, _ZIP_TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            written.writestr(entry, read.read(member))
    return fixed.getvalue()
