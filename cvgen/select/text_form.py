"""The form in which a theme prints texts: apostrophes, and addresses beside links."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cvgen.model.addresses import is_relative, write_address
from cvgen.model.inline import Break, Code, Inline, Inlines, Link, Plain, RichText, plain_text
from cvgen.select.apostrophes import curl_apostrophes


@dataclass(frozen=True, slots=True)
class TextForm:
    """How texts are printed: whether apostrophes are curled, and whether the address of each link is printed."""

    curls: bool = False
    addresses: bool = False

    def print_text(self, text: RichText) -> RichText:
        """Running text in this form."""
        printed = self.print_name(text)
        return curl_apostrophes(printed) if self.curls else printed

    def print_name(self, text: RichText) -> RichText:
        """The name of a person, place or organization: its apostrophes stay as typed."""
        return replace(text, nodes=_with_addresses(text.nodes)) if self.addresses else text


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
