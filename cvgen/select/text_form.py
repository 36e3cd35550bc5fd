"""The form in which a theme prints texts: apostrophes, addresses beside links, and styles inside a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cvgen.model.addresses import is_relative, write_address
from cvgen.model.inline import Bold, Break, Code, Inline, Inlines, Italic, Link, Plain, RichText, plain_text
from cvgen.select.apostrophes import curl_apostrophes


@dataclass(frozen=True, slots=True)
class TextForm:
    """How texts are printed.

    ``curls``: apostrophes are curled; ``addresses``: the address of each link is printed; ``is_styled``: bold, italic
    and code look different from the rest.
    """

    curls: bool = False
    addresses: bool = False
    is_styled: bool = True

    def print_text(self, text: RichText) -> RichText:
        """Running text in this form."""
        printed = self.print_name(text)
        return curl_apostrophes(printed) if self.curls else printed

    def print_name(self, text: RichText) -> RichText:
        """The name of a person, place or organization: its apostrophes stay as typed."""
        printed = replace(text, nodes=_with_addresses(text.nodes)) if self.addresses else text
        return printed if self.is_styled else replace(printed, nodes=_without_styles(printed.nodes))


AS_TYPED = TextForm()


def _with_addresses(nodes: Inlines) -> Inlines:
    return tuple(_with_address(node) for node in nodes)


def _with_address(node: Inline) -> Inline:
    """``node`` with the address after the words of each link, unless the words have it already."""
    if isinstance(node, Link) and not is_relative(node.url):
        words, address = re.sub(r"\s+", "", plain_text(node.children)), write_address(node.url)
        is_said = address.rstrip("/").casefold() in words.casefold()
        return node if is_said else replace(node, children=(*node.children, Plain(f" ({address})")))
    if isinstance(node, (Plain, Code, Break)):
        return node
    return replace(node, children=_with_addresses(node.children))


def _without_styles(nodes: Inlines) -> Inlines:
    """``nodes`` in one font; texts that follow each other become one."""
    plain: list[Inline] = []
    for node in nodes:
        for part in _without_style(node):
            if isinstance(part, Plain) and plain and isinstance(plain[-1], Plain):
                plain[-1] = Plain(plain[-1].text + part.text)
            else:
                plain.append(part)
    return tuple(plain)


def _without_style(node: Inline) -> Inlines:
    match node:
        case Code(text):
            return (Plain(text),)
        case Plain() | Break():
            return (node,)
        case Bold(children) | Italic(children):
            return _without_styles(children)
        case _:
            return (replace(node, children=_without_styles(node.children)),)
