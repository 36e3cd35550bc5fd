"""The reference for authors of themes: what templates can read, and which options cvgen itself reads."""

from __future__ import annotations

import re

from described import describe_class, describe_fields, make_row, make_table

from cvgen.backends.templates import TEMPLATE_CLASSES
from cvgen.model.document import Document
from cvgen.model.printed import Item, Section
from cvgen.model.sections import SECTIONS, Shape
from cvgen.model.shown_paper import PublicationItem
from cvgen.pipeline.themes import say_values
from cvgen.themes.contract import CONTRACT
from cvgen.themes.options import OptionSpec
from cvgen.themes.theme import find_theme

NAMES = {
    Document: "`doc`",
    Section: "`section`",
    Item: "`item`",
    PublicationItem: "`item` in the template of publications, and in citation styles",
}
_INTRODUCTION = """# Theme author's reference

Templates read the values below, and print them as they are: cvgen escapes every text. This page is made
from the code, so it lists every field. [Themes](themes.md) explains where a theme's files are, and
[worked examples](theme-examples.md) use them.

A text that is empty, and a list without items, is false: `<% if item.summary %>`. A name that is not listed
is an error with the template and the line.

## What templates are given

| name | is |
|---|---|
| `doc` | the [Document](#document) |
| `words` | the fixed words of the document's language by their names: `words.present` |
| `options` | the theme's options with the values of this render: `options.accent` |
| `section`, `item` | in a shape's template: its [Section](#section) and [Item](#item) ([paper](#publicationitem)) |
| `columns` | the sections of each column, for themes with a side bar |
| `is_inline(section)` | whether a short list is printed as one paragraph |
| `contact_rows(…)`, `head_lines(…)` | contacts, names and titles in even rows |
| `icon(name, colour)` | the drawing `icons/NAME.svg` |
| `cite(item, style)` | a publication in a citation style |

## Shapes

A section has one of these shapes, and a theme has a template for each: `.html.j2` in `html/`, `.tex.j2` in `latex/`.

| `section.shape` | template | sections |
|---|---|---|
"""


def write_theme_reference() -> str:
    """The page."""
    parts = [_INTRODUCTION + "\n".join(_list_shapes()) + "\n"]
    for kind in TEMPLATE_CLASSES:
        named = f"In templates: {NAMES[kind]}.\n" if kind in NAMES else ""
        head = [f"## {kind.__name__}\n", describe_class(kind), "", *([named] if named else [])]
        parts.append("\n".join([*head, *make_table(describe_fields(kind)), ""]))
    parts += [_describe_options(), _describe_contract()]
    return "\n".join(parts)


def _list_shapes() -> list[str]:
    templates = {Shape.TEXT: "section", Shape.ENTRIES: "entry", Shape.LINES: "line", Shape.DATED: "dated",
                 Shape.CARDS: "card", Shape.PUBLICATIONS: "publication"}  # fmt: skip
    return [
        make_row(
            f"`{shape}`",
            f"`{templates[shape]}`",
            " ".join(f"`{row.name}`" for row in SECTIONS.values() if row.shape == shape) or "–",
        )
        for shape in Shape
    ]


def _describe_options() -> str:
    lines = ["## Options of the shipped themes for paper\n", "A theme that extends one of them has all of these.\n",
             "| option | type | in `classic` | meaning |\n|---|---|---|---|"]  # fmt: skip
    for name, spec in find_theme("classic", [], None).options.items():
        lines.append(make_row(f"`{name}`", _say_type(spec), f"`{spec.default}`", spec.description))
    return "\n".join(lines) + "\n"


def _say_type(spec: OptionSpec) -> str:
    return f"{spec.type}: {say_values(spec)}"


def _describe_contract() -> str:
    lines = ["## Options that cvgen reads\n",
             "A theme may leave out each of them. If it has one, it must be of this type.\n",
             "| option | type | cvgen uses it for | without it |\n|---|---|---|---|"]  # fmt: skip
    for option in CONTRACT:
        unit = f" in {option.unit}" if option.unit else ""
        used_by = re.sub(r"'(\w+)'", r"`\1`", option.used_by)
        lines.append(make_row(f"`{option.name}`", option.type + unit, used_by, option.without))
    return "\n".join(lines) + "\n"
