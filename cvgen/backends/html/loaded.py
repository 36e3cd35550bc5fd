"""Finds what a browser would load to show a page, with a parser for HTML and one for CSS: text is no address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

_LOADING = frozenset({"src", "poster", "background", "manifest"})
"""The attributes whose address is loaded."""
_STYLED = frozenset(
    {"fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end"}
)
"""SVG's attributes that are styles."""
_FOLLOWED = frozenset({"a", "area"})
"""The elements whose ``href`` a reader may follow; that of ``link`` and of SVG's elements is loaded."""
_NOT_LOADED = frozenset({"alternate", "author", "bookmark", "canonical", "help", "license", "me", "next", "prev"})
"""Kinds of ``link`` that name another page."""
_IMPORT = frozenset({"import"})
_URL_FUNCTIONS = frozenset({"url", "src"})
_IMAGE_SETS = frozenset({"image-set", "-webkit-image-set"})


def find_loaded(page: str) -> list[str]:
    """The addresses outside of ``page``, in order: not ``data:`` URLs, nor places in it (``#part``)."""
    finder = _Finder()
    finder.feed(page)
    finder.close()
    return [url for url in finder.urls if not re.match(r"data:|#|about:blank$", url, re.IGNORECASE)]


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.urls: list[str] = []
        self._style: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in attrs}
        for name, value in values.items():
            self.urls += _list_urls(tag, name, value, values)
        if tag == "style":
            self._style = []

    def handle_data(self, data: str) -> None:
        if self._style is not None:
            self._style.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "style" and self._style is not None:
            self.urls += _list_css_urls("".join(self._style))
            self._style = None

    def close(self) -> None:
        """End the page; a style that is still open ends with it."""
        super().close()
        self.handle_endtag("style")


def _list_urls(tag: str, name: str, value: str, attributes: dict[str, str]) -> Iterator[str]:
    """The addresses in one attribute."""
    name = name.removeprefix("xlink:")
    if name in ("srcset", "imagesrcset"):
        yield from (found[0] for part in re.split(r",\s", value) if (found := part.split()))
    elif value and (name in _LOADING or (tag, name) == ("object", "data")):
        yield value
    elif name == "srcdoc":
        yield from find_loaded(value)
    elif name == "href" and tag not in _FOLLOWED and value:
        kinds = set(attributes.get("rel", "").casefold().split())
        if tag != "base" and not (tag == "link" and kinds and kinds <= _NOT_LOADED):
            yield value
    elif name == "content" and attributes.get("http-equiv", "").casefold() == "refresh":
        yield value.partition("=")[2].strip("'\" ")
    elif name == "style" or name in _STYLED:
        yield from _list_css_urls(value)


def _list_css_urls(css: str) -> Iterator[str]:
    """The addresses that a style loads, and those of its imports."""
    import tinycss2  # only web pages need it

    return _walk(tinycss2.parse_component_value_list(css, skip_comments=True))


def _walk(nodes: Iterable[Any], *, takes_strings: bool = False) -> Iterator[str]:
    """The addresses in ``nodes``; in an ``image-set`` and after ``@import`` a string is one too."""
    is_import = False
    for node in nodes:
        if node.type == "url" or (node.type == "string" and (takes_strings or is_import)):
            yield node.value
        elif node.type == "function" and node.lower_name in _URL_FUNCTIONS:
            yield from _walk(node.arguments, takes_strings=True)
        elif node.type == "function":
            yield from _walk(node.arguments, takes_strings=node.lower_name in _IMAGE_SETS)
        elif node.type.endswith("block"):
            yield from _walk(node.content)
        if node.type != "whitespace":
            is_import = node.type == "at-keyword" and node.lower_value in _IMPORT
