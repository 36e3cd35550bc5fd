"""Writes inline nodes as runs of a paragraph: bold, italic, raised, code, links, and the language of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from cvgen.backends.word.languages import cut_directions, name_language
from cvgen.backends.word.look import Look
from cvgen.backends.word.word_styles import CODE, HYPERLINK
from cvgen.backends.word.xml import element, put
from cvgen.model.inline import (
    Bold,
    Break,
    Code,
    Inline,
    Inlines,
    Italic,
    Link,
    ListItem,
    Math,
    Plain,
    RichText,
    Span,
    Sub,
    Sup,
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a run is printed; None leaves a property to the paragraph's style."""

    bold: bool | None = None
    italic: bool | None = None
    script: str = ""
    """``superscript`` or ``subscript``."""
    is_code: bool = False
    color: str = ""
    language: str = ""
    size: float = 0.0
    """In pt; 0 for the style's."""


PLAIN = Form()


@dataclass(frozen=True, slots=True)
class RunWriter:
    """Writes texts into paragraphs in the look of one document; ``colors_links`` gives links the accent."""

    look: Look
    colors_links: bool = True

    def write(self, paragraph: Paragraph, text: RichText | str, form: Form = PLAIN) -> None:
        """Add ``text`` to ``paragraph``."""
        if isinstance(text, str):
            self._add(paragraph, paragraph._p, text, form)
            return
        if text.language:
            form = replace(form, language=text.language)
        self._write_all(paragraph, paragraph._p, text.nodes, form)

    def _write_all(self, paragraph: Paragraph, place: object, nodes: Inlines, form: Form) -> None:
        for node in nodes:
            self._write(paragraph, place, node, form)

    def _write(self, paragraph: Paragraph, place: object, node: Inline, form: Form) -> None:
        match node:
            case Plain(text):
                self._add(paragraph, place, text, form)
            case Code(text):
                self._add(paragraph, place, text, replace(form, is_code=True))
            case Break():
                self._add(paragraph, place, "\n", form)
            case Link(url, children):
                link = self._open_link(paragraph, place, url)
                self._write_all(paragraph, link, children, replace(form, color=self._link_color(form)))
            case Bold(children) | Span("owner", children) | Span("title", children):
                self._write_all(paragraph, place, children, replace(form, bold=True))
            case Italic(children):
                self._write_all(paragraph, place, children, replace(form, italic=True))
            case Sup(children) | Span("marks", children):
                self._write_all(paragraph, place, children, replace(form, script="superscript", italic=False))
            case Sub(children):
                self._write_all(paragraph, place, children, replace(form, script="subscript"))
            case Math(_, children) | Span(_, children) | ListItem(children):
                self._write_all(paragraph, place, children, form)
            case _:
                raise TypeError("a list is a block of its own")

    def _link_color(self, form: Form) -> str:
        return self.look.accent if self.colors_links else form.color

    def _open_link(self, paragraph: Paragraph, place: Any, url: str) -> object:
        """A new ``w:hyperlink`` in ``place``, whose address is a relationship of the document; no link in a link."""
        if place.tag == qn("w:hyperlink"):
            return place
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        place.append(link)
        return link

    def _add(self, paragraph: Paragraph, place: Any, text: str, form: Form) -> None:
        for piece, is_rtl in cut_directions(text, is_rtl=self.look.is_rtl):
            run = Run(OxmlElement("w:r"), paragraph)
            place.append(run._r)
            run.text = piece
            self._give_form(run, form, is_rtl=is_rtl, is_link=place.tag == qn("w:hyperlink"))

    def _give_form(self, run: Run, form: Form, *, is_rtl: bool, is_link: bool) -> None:
        properties = run._r.get_or_add_rPr()
        if form.is_code or is_link:
            put(properties, element("rStyle", val=(CODE if form.is_code else HYPERLINK).replace(" ", "")))
        for names, value in ((("b", "bCs"), form.bold), (("i", "iCs"), form.italic)):
            if value is not None:
                put(properties, *(element(name, **({} if value else {"val": "0"})) for name in names))
        if form.color:
            put(properties, element("color", val=form.color))
        if form.size:
            put(properties, *(element(name, val=round(form.size * 2)) for name in ("sz", "szCs")))
        if form.script:
            put(properties, element("vertAlign", val=form.script))
        if is_rtl:
            put(properties, element("rtl"))
        if form.language:
            code = name_language(form.language)
            put(properties, element("lang", val=code, eastAsia=code, bidi=code))
