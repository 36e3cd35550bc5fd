"""A CSL style as citeproc-py's elements. Three of its classes are replaced: names are our authors, texts give nodes.

The classes are a private part of citeproc-py, so pyproject.toml names one minor version of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from citeproc import CitationStylesStyle, model
from lxml import etree

from cvgen.backends.citations import link
from cvgen.backends.csl.marked_text import Marked, MarkedNodes, Quotation
from cvgen.backends.csl.node_formatter import NodeFormatter
from cvgen.model.inline import Inlines, RichText, Span
from cvgen.model.publication import is_ideographic
from cvgen.model.shown_paper import ShownAuthor

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_ADDRESSES = {"DOI": "https://doi.org/", "URL": ""}
"""What comes before a variable in the address that it names."""


class NodeStyle(CitationStylesStyle):  # type: ignore[misc]
    """The style with the text ``data``, which has been checked, in the language ``locale``."""

    def __init__(self, data: bytes, locale: str) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        classes = lookup.get_namespace(_NAMESPACE)
        classes[None] = model.CitationStylesElement
        for one in model.CitationStylesElement.__subclasses__():
            classes[one.__name__.replace("_", "-").lower()] = one
        classes["name"], classes["text"], classes["number"] = AuthorNames, NodeText, NodeNumber
        parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True, load_dtd=False)
        parser.set_element_class_lookup(lookup)
        self.root = etree.fromstring(data, parser)
        for names in self.root.iter(f"{{{_NAMESPACE}}}names"):
            if names.name is None and names.getparent().tag != f"{{{_NAMESPACE}}}substitute":
                names.insert(0, parser.makeelement(f"{{{_NAMESPACE}}}name"))
        self.root.set_locale_list(locale, validate=False)


class NodeText(model.Text):  # type: ignore[misc]
    """The element ``text``: addresses are links, quotations can take a sign, and a style prints no number."""

    def case(self, text: object, language: str | None = None) -> object:
        """``text`` in the case that the element asks for."""
        return super().case(Marked(text), language)

    def quote(self, text: object) -> object:
        """``text`` in the quotation marks of the locale, if the element asks for them."""
        if self.get("quotes") != "true":
            return text
        takes_signs = (self.get_locale_option("punctuation-in-quote") or "false").lower() == "true"
        before, after = (str(self.get_single_term(name=f"{side}-quote")) for side in ("open", "close"))
        return self._nodes.mark(Quotation(before, after, takes_signs), text)

    def wrap(self, text: object) -> object:
        """``text`` with what comes before and after it; for an address, both are inside the link."""
        name = self.get("variable")
        if name not in _ADDRESSES or text is None:
            return super().wrap(text)
        address, has_scheme = f"{_ADDRESSES[name]}{text}", self.get("prefix", "").startswith("http")
        wrap: Callable[[Inlines], Inlines] = lambda inner: link(address, RichText(inner)).nodes  # noqa: E731
        return self._nodes.mark(wrap, super().wrap(text)) if has_scheme else super().wrap(self._nodes.mark(wrap, text))

    def _variable(self, item: object, context: object) -> object:
        """The variable's value; none for the number, which our lists print themselves."""
        return None if self.get("variable") == "citation-number" else super()._variable(item, context)

    def _format_last_page(self, first: str, last: str) -> str:
        """The last page as the style shortens it; citeproc-py makes ``1–0`` of ``1–10``."""
        return str(super()._format_last_page(first, last)) if len(first) > 2 else last

    @property
    def _nodes(self) -> MarkedNodes:
        nodes: MarkedNodes = self.get_formatter().nodes
        return nodes


class NodeNumber(model.Number):  # type: ignore[misc]
    """The element ``number``: citeproc-py cannot capitalize one that has words (``2nd ed.``)."""

    def case(self, text: object, language: str | None = None) -> object:
        """``text`` in the case that the element asks for."""
        return super().case(Marked(text), language)


class AuthorNames(model.Name):  # type: ignore[misc]
    """The element ``name``: our authors in the form of the style, with the owner, marks, and gaps.

    The list has been shortened already, by a limit that never hides the owner; the style's own is not asked.
    """

    def process(self, item: Any, variable: str, context: Any = None, sort_options: Any = None, **more: Any) -> Any:
        """The names of one variable, or their number if the element asks for it."""
        people: Sequence[ShownAuthor] = item.reference[variable]

        def option(name: str) -> Any:
            return self.get_option(name, context, sort_options)

        if option("form") == "count":
            return len(people)
        formatter: NodeFormatter = self.get_formatter()
        said = [self._say(person, index, option, formatter) for index, person in enumerate(people)]
        listed = self._join(people, said, option, goes_on=_goes_on(formatter, variable))
        if variable == "author" and formatter.item.collaboration and formatter.item.authors:
            listed += f" ({formatter.item.collaboration})"
        return Marked(listed)

    def _join(self, people: Sequence[ShownAuthor], said: list[str], option: Any, *, goes_on: bool) -> str:
        """The names with the style's signs between them, and "et al." if the list goes on."""
        comma, listed = option("delimiter"), ""
        for index, (person, name) in enumerate(zip(people, said, strict=True)):
            if person.after_gap:
                before = f"{comma if index else ''}…{comma}"
            elif index == 0:
                before = ""
            elif index + 1 == len(said) and not goes_on and option("and"):
                before = self._say_and(comma, option, is_pair=len(said) == 2)
            else:
                before = comma
            listed += before + name
        if goes_on:
            precedes = option("delimiter-precedes-et-al")
            takes_comma = precedes == "always" or (precedes == "contextual" and len(said) > 1)
            listed += f"{comma if takes_comma else ' '}{self.et_al()}"
        return listed

    def _say_and(self, comma: str, option: Any, *, is_pair: bool) -> str:
        word = "&" if option("and") == "symbol" else self.get_single_term(name="and")
        precedes = option("delimiter-precedes-last")
        inverted = precedes == "after-inverted-name" and option("name-as-sort-order") in ("all", "first" * is_pair)
        takes_comma = precedes == "always" or (precedes == "contextual" and not is_pair) or inverted
        return f"{comma.rstrip() if takes_comma else ''} {word} "

    def _say(self, person: ShownAuthor, index: int, option: object, formatter: NodeFormatter) -> str:
        """One name in the style's form, with its link and marks; the owner's as a node."""
        nodes = formatter.nodes
        # also one without a node: its full stop is then compared with the sign that follows
        name: str = nodes.mark(lambda inner: inner, self._spell(person, index, option))
        if person.url:
            name = nodes.mark(lambda inner: link(person.url, RichText(inner)).nodes, name)
        if person.is_owner:
            name = nodes.mark(lambda inner: (Span("owner", inner),), name)
        if person.marks:
            name += nodes.mark(lambda inner: (Span("marks", inner),), person.marks)
        return f"{name} {person.position}" if person.position else name

    def _spell(self, person: ShownAuthor, index: int, option: Any) -> str:
        """The name as the style writes it; ideographs as they are. A particle is a part of the family name."""
        if not person.given or is_ideographic(person.family + person.given):
            return str(self._format("", person.name)[1])
        mark = option("initialize-with") if self.get("initialize") != "false" else None
        given, family = self._format(
            person.given if mark is None else _join_initials(person.initials, mark), person.family
        )
        if option("form") == "short":
            return str(family)
        order = option("name-as-sort-order")
        if order == "all" or (order == "first" and index == 0):
            return str(option("sort-separator")).join(str(one) for one in (family, given, person.suffix) if one)
        return " ".join(str(one) for one in (given, family, person.suffix) if one)

    def _format(self, given: str, family: str) -> tuple[Any, Any]:
        """Both parts as the style's ``name-part`` elements print them."""
        parts = Marked(given), Marked(family)
        for part in self.findall("cs:name-part", self.nsmap):
            parts = part.format_part(*parts)
        return parts


def _goes_on(formatter: NodeFormatter, variable: str) -> bool:
    """Whether more people follow the last one of the list."""
    item = formatter.item
    if variable == "author" or item.people_note:
        return item.truncated or item.cut
    return variable == "editor" and item.editors_truncated


def _join_initials(initials: str, mark: str) -> str:
    """``J.-P. M.`` with another mark: ``J.-P.M.`` for a full stop, ``J-P M`` for a space."""
    words = initials.split()
    gap = " " if mark.endswith(" ") or not all(word.endswith(".") for word in words) else ""
    return gap.join(word.replace(".", mark.strip()) for word in words)
