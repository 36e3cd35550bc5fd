"""Writes inline nodes as HTML: the one place where text is escaped for HTML."""

from __future__ import annotations

from unicodedata import bidirectional

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from cvgen.backends.last_words import bind_last_words
from cvgen.backends.ltr_runs import LTR_RUN, end_fact
from cvgen.backends.script_gaps import space_scripts
from cvgen.backends.units import bind_units, split_counted
from cvgen.model.inline import (
    Bold,
    Break,
    Code,
    Inline,
    Inlines,
    Italic,
    ItemList,
    Link,
    ListItem,
    Math,
    Plain,
    RichText,
    Span,
    Sub,
    Sup,
)
from cvgen.model.late_pattern import late_pattern
from cvgen.themes.icons import Icon

# Korean words: WeasyPrint breaks lines inside them, and knows no 'word-break: keep-all'
_KOREAN_WORD = r"(?<!\S)(?=\S*[\uac00-\ud7a3])\S{2,14}(?!\S)"
# C++, C#, w/o, I/O and CI/CD: Unicode's rules allow a line break inside
_WHOLE = late_pattern(rf"({_KOREAN_WORD}|\b\w{{1,9}}(?:\+\+|#)\w*|(?<![\w/])[^\W\d]{{1,4}}/[^\W\d]{{1,4}}(?![\w/]))")
_INSIDE = late_pattern(r"(?<=.)(?=.)")
_WORD_JOINER = "\u2060"
"""Allows no line break beside it. WeasyPrint leaves it out of the text of a PDF; a copy from a browser has it."""
# From right to left, those rules reorder the signs among words too
_WHOLE_RTL = late_pattern(rf"({LTR_RUN.pattern}|\d %)")
_TAGS = {Bold: "strong", Italic: "em", Sup: "sup", Sub: "sub", ListItem: "li"}


def write_json(value: object) -> Markup:
    """``value`` as JSON inside ``<script>``, in which no character begins or ends a tag."""
    return htmlsafe_json_dumps(value, ensure_ascii=False, sort_keys=False)


def draw_icon(icon: Icon, color: object = "currentColor") -> Markup:
    """``icon`` as an inline SVG as high as the text; screen readers skip it."""
    box = " ".join(f"{number:g}" for number in icon.box)
    is_narrow = icon.box[2] < 0.85 * icon.box[3]
    start = Markup('<svg class="icon{}" viewBox="{}" width="1em" height="1em" fill="{}" aria-hidden="true">')
    shapes = Markup("").join(Markup('<path d="{}"/>').format(path) for path in icon.paths)
    return start.format(" narrow" if is_narrow else "", box, color) + shapes + Markup("</svg>")


def write_counts(text: str) -> Markup:
    """``text`` with each number on the line of its noun."""
    parts = (
        Markup('<span class="whole">{}</span>').format(part) if index % 2 else escape(part)
        for index, part in enumerate(split_counted(text))
    )
    return Markup("").join(parts)


class HtmlWriter:
    """Jinja's ``finalize`` for HTML, in a document of the ``direction``.

    What is kept on one line is a box of its own; ``for_print`` it is not, since some parsers lose a space at the ends
    of a box.
    """

    def __init__(self, direction: str = "ltr", *, for_print: bool = False) -> None:
        self._is_rtl = direction == "rtl"
        self._is_joined = for_print and not self._is_rtl

    def __call__(self, value: object) -> object:
        """RichText as markup; all other values are left for autoescape."""
        if not isinstance(value, RichText):
            return end_fact(value) if self._is_rtl and isinstance(value, str) else value
        written = self._write_all(bind_last_words(space_scripts(value)).nodes)
        if not written:
            return written
        is_list = any(isinstance(node, ItemList) for node in value.nodes)
        if self._is_rtl and not is_list and _has_signs_outside(value):
            written = Markup('<bdi dir="ltr">{}</bdi>').format(written)
        if not value.language:
            return written
        return Markup('<{0} lang="{1}">{2}</{0}>').format(Markup("div" if is_list else "span"), value.language, written)

    def _write(self, node: Inline) -> Markup:
        match node:
            case Plain(text):
                return self._write_text(bind_units(end_fact(text) if self._is_rtl else text))
            case Code(text):
                return Markup("<code>{}</code>").format(self._write_text(text))
            case Break():
                return Markup("<br>")
            case Link(url, children):
                return Markup('<a href="{}">{}</a>').format(url, self._write_all(children))
            case Math(_, children):
                return Markup('<span class="math">{}</span>').format(self._write_all(children))
            case Span(part, children):
                return Markup('<{0} class="{1}">{2}</{0}>').format(
                    "sup" if part == "marks" else "span", part, self._write_all(children)
                )
            case ItemList():
                return self._write_list(node)
            case _:
                tag = Markup(_TAGS[type(node)])
                return Markup("<{0}>{1}</{0}>").format(tag, self._write_all(node.children))

    def _write_list(self, node: ItemList) -> Markup:
        """A list in the look of bullets; the number of an item is an attribute, which the styles print."""
        if node.start is None:
            return Markup('<ul class="bullets">{}</ul>').format(self._write_all(node.children))
        items = (
            Markup('<li data-mark="{}">{}</li>').format(mark, self._write_all(item.children))
            for item, mark in zip(node.items, node.marks, strict=True)
        )
        return Markup('<ol class="bullets">{}</ol>').format(Markup("").join(items))

    def _write_text(self, text: str) -> Markup:
        parts = (_WHOLE_RTL if self._is_rtl else _WHOLE).split(text)
        return Markup("").join(
            self._keep_whole(part) if index % 2 else escape(part) for index, part in enumerate(parts)
        )

    def _keep_whole(self, word: str) -> Markup:
        if self._is_joined:
            return escape(_INSIDE.sub(_WORD_JOINER, word))
        return Markup('<span class="whole">{}</span>').format(word)

    def _write_all(self, nodes: Inlines) -> Markup:
        return Markup("").join(self._write(node) for node in nodes)


_LONGEST_INSIDE = 60
"""The most characters of a text against the direction of the document that stays one piece in its line."""


def _has_signs_outside(text: RichText) -> bool:
    """Whether ``text`` is short, has letters from left to right only, and begins or ends with a sign: ``… (ICLR)``."""
    words = str(text).strip()
    kinds = {bidirectional(letter) for letter in words}
    is_ltr = "L" in kinds and not kinds & {"R", "AL"} and len(words) <= _LONGEST_INSIDE
    return is_ltr and not (words[0].isalnum() and words[-1].isalnum())
