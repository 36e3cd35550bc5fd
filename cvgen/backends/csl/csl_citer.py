"""Prints publications in a CSL style through citeproc-py, which makes strings; see ``marked_text`` for the nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography
from citeproc.source import BibliographySource, Date, Reference, VariableError

from cvgen.backends.citations import link, text
from cvgen.backends.csl.csl_item import DATES, PEOPLE, list_variables
from cvgen.backends.csl.csl_style import NodeStyle
from cvgen.backends.csl.marked_text import Marked, MarkedNodes
from cvgen.backends.csl.node_formatter import NodeFormatter
from cvgen.diagnostics import InputError, Problem
from cvgen.model.inline import RichText, list_links
from cvgen.model.shown_paper import PublicationItem

_LOCALES = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN"}
"""The locales of CSL for languages whose codes name a script."""


class CslCiter:
    """Prints publications in the style ``name`` with the text ``data``, in the language of ``words``."""

    def __init__(self, name: str, data: bytes, words: Mapping[str, str], *, links_titles: bool) -> None:
        self._name, self._words, self._links_titles = name, words, links_titles
        self._style = NodeStyle(data, _LOCALES.get(words["code"], words["code"]))

    def __call__(self, item: PublicationItem) -> RichText:
        """``item`` as nodes. Raises InputError if citeproc-py cannot print it in this style."""
        formatter = NodeFormatter(MarkedNodes(), item, self._words)
        title_url = item.title_url if self._links_titles else ""
        source = BibliographySource()
        source.add(_make_reference(item, list_variables(item, self._words["code"], formatter.nodes, title_url)))
        try:
            bibliography = CitationStylesBibliography(self._style, source, formatter)
            bibliography.register(Citation([CitationItem(item.key)]))
            printed = "".join(str(one) for one in bibliography.bibliography())
        except (
            ArithmeticError,
            AssertionError,
            AttributeError,
            LookupError,
            NameError,
            RuntimeError,
            TypeError,
            ValueError,
            VariableError,
        ) as error:
            message = f"citeproc-py cannot print {item.key!r} in the style {self._name!r}: {error}"
            raise InputError([Problem(message, item.title.location, "use another style for this list")]) from None
        return _with_address(formatter.nodes.read(printed.strip()), item.cited_url)


def _make_reference(item: PublicationItem, variables: Mapping[str, Any]) -> Reference:
    """The item as citeproc-py wants it: some of its elements ask for ``page_first``, others for ``page-first``."""
    reference = Reference(item.key.lower(), variables["type"])
    for name, value in variables.items():
        if name in DATES:
            value = Date(**dict(zip(("year", "month", "day"), value, strict=False)))
        elif name not in (*PEOPLE, "language"):
            value = Marked(value)
        if name != "type":
            dict.update(reference, {name: value, name.replace("-", "_"): value})
    return reference


def _with_address(cited: RichText, url: str) -> RichText:
    """``cited`` with the address at its end, unless the style prints it: the list then has no link with a label."""
    address = link(url, url)
    is_printed = {one.url for one in list_links(address.nodes)} <= {one.url for one in list_links(cited.nodes)}
    return cited if is_printed else text(cited, " ", address)
