"""Finds in a page what it may not have: all that runs, loads or leads somewhere without a reader's click.

A browser that follows the page's policy stops most of it, but not all (``<meta http-equiv="refresh">``, ``<link
rel="preconnect">``), and a person should know that a part of their theme has no effect. The page is parsed by the rules
of the HTML standard, as browsers parse it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element

from cvgen.diagnostics import Mistake

_HTML = """html head title meta link style body header footer main nav section article aside search hgroup address
    h1 h2 h3 h4 h5 h6 p div span br hr wbr pre blockquote ol ul menu li dl dt dd figure figcaption table caption
    colgroup col tbody thead tfoot tr td th details summary meter progress a em strong small s cite q dfn abbr
    ruby rb rt rp rtc data time code var samp kbd sub sup i b u mark bdi bdo ins del img"""
_SVG = """svg g path circle ellipse rect line polyline polygon text tspan textPath title desc defs symbol use marker
    pattern mask clipPath linearGradient radialGradient stop"""
_MATHML = """math mrow mi mn mo ms mtext mspace msub msup msubsup munder mover munderover mmultiscripts mprescripts
    mfrac msqrt mroot mtable mtr mtd mstyle mpadded mphantom merror"""
_ALLOWED = {
    "": ("", frozenset(_HTML.split())),
    "{http://www.w3.org/2000/svg": (" inside <svg>", frozenset(_SVG.split())),
    "{http://www.w3.org/1998/Math/MathML": (" inside <math>", frozenset(_MATHML.split())),
}
"""The elements that only show something, by namespace (HTML's own first), and how to say where an element is."""
_LOADING = frozenset({"src", "srcset", "imagesrcset", "poster", "background", "data", "lowsrc", "dynsrc", "manifest"})
"""The attributes whose address a browser loads."""
_ACTIVE = frozenset({"http-equiv", "ping", "srcdoc", "action", "formaction", "attributionsrc", "autofocus"})
"""The attributes that act by themselves, or send something when a reader clicks."""
_QUIET_LINKS = frozenset({"icon", "canonical", "me", "author", "license", "alternate", "help", "prev", "next"})
"""The kinds of ``<link>`` that load nothing but an icon."""
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_REMOVE = "remove it from the theme's templates"
_EMBED = "put it into the template as a data: URL, or leave it out"


def parse_page(page: str) -> Element:
    """The tree of ``page`` as a browser builds it; elements of HTML have no namespace."""
    import tinyhtml5  # WeasyPrint brings it

    root: Element = tinyhtml5.parse(StringIO(page), namespace_html_elements=False)
    return root


def find_faults(page: Element) -> list[Mistake]:
    """What ``page`` may not have, each thing once, in the order of the page."""
    found = (mistake for element in page.iter() for mistake in _check_element(element))
    return list(dict.fromkeys(found))


def _check_element(element: Element) -> Iterator[Mistake]:
    if not isinstance(element.tag, str):  # a comment
        return
    namespace, _, name = element.tag.rpartition("}")
    place, allowed = _ALLOWED[namespace]
    if name not in allowed:
        yield Mistake(f"the theme's page has <{name}>{place}, which a page may not have", _REMOVE)
    if name == "style":
        yield from _check_style(element.text or "")
    for attribute, value in element.attrib.items():
        yield from _check_attribute(element, name, str(attribute).rpartition("}")[2].casefold(), value)


def _check_attribute(element: Element, tag: str, name: str, value: str) -> Iterator[Mistake]:
    address = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33))))  # as browsers read addresses
    if name.startswith("on") or name in _ACTIVE:
        yield Mistake(f"the theme's page has the attribute '{name}', which a page may not have", _REMOVE)
    elif name in ("srcset", "imagesrcset"):
        for part in filter(None, map(str.split, re.split(r",\s", address))):
            yield from _check_loaded(part[0])
    elif name in _LOADING or (name == "href" and tag not in ("a", "link", "base")):
        yield from _check_loaded(address)
    elif name == "href" and tag == "a":
        yield from _check_followed(address)
    elif name == "href" and tag == "link":
        yield from _check_link(set(element.attrib.get("rel", "").casefold().split()), address)
    elif name == "style" or "}" in element.tag:  # SVG's attributes are styles too
        yield from _check_style(value)


def _check_loaded(address: str) -> Iterator[Mistake]:
    if address and not re.match(r"data:|#", address, re.IGNORECASE):
        yield _needs(address)


def _check_followed(address: str) -> Iterator[Mistake]:
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
    if scheme and scheme[1].casefold() not in _SCHEMES:
        hint = "link to http, https, mailto or tel"
        yield Mistake(f"the theme's page has a link to {address[:60]!r}", hint)


def _check_link(kinds: set[str], address: str) -> Iterator[Mistake]:
    if kinds - _QUIET_LINKS or "icon" in kinds or not kinds:
        yield from _check_loaded(address)


def _check_style(css: str) -> Iterator[Mistake]:
    """A Mistake for each address that a style or one of its imports loads."""
    import tinycss2  # WeasyPrint brings it

    for address in _list_addresses(tinycss2.parse_component_value_list(css, skip_comments=True)):
        yield from _check_loaded(address.strip())


def _list_addresses(nodes: Iterable[Any], *, strings_too: bool = False) -> Iterator[str]:
    """The addresses in ``nodes``: those in ``url()``, and a string after ``@import`` or in ``image-set()``."""
    is_import = False
    for node in nodes:
        if node.type == "url" or (node.type == "string" and (strings_too or is_import)):
            yield node.value
        elif node.type == "function":
            takes_strings = node.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set")
            yield from _list_addresses(node.arguments, strings_too=takes_strings)
        elif node.type.endswith("block"):
            yield from _list_addresses(node.content)
        if node.type != "whitespace":
            is_import = node.type == "at-keyword" and node.lower_value == "import"


def _needs(address: str) -> Mistake:
    return Mistake(f"the theme's page needs {address[:200]!r}, which is not in it", _EMBED)
