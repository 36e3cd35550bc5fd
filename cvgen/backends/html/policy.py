"""The start of a page, with the policy by which a browser runs and loads nothing that is not in the page."""

from __future__ import annotations

import base64
import hashlib
from xml.etree.ElementTree import Element

from markupsafe import Markup

from cvgen.model.document import Document

_START = Markup('<!DOCTYPE html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n{}')
# With an icon of its own, a browser does not ask the server for /favicon.ico.
_POLICY = Markup('<meta http-equiv="Content-Security-Policy" content="{}">\n<link rel="icon" href="data:,">\n')
_DATA = Markup('<script type="application/ld+json">{}</script>\n')


def start_page(document: Document, policy: Markup | None = None, data: Markup | None = None) -> str:
    """The page up to where the theme's templates go on, inside ``<head>``, with the JSON-LD ``data`` if there is any.

    A theme cannot remove or weaken ``policy``, because it comes before everything that the theme writes.
    """
    head = Markup("").join([_POLICY.format(policy) if policy else "", _DATA.format(data) if data else ""])
    return str(_START.format(document.language, document.direction, head))


def write_policy(page: Element, data: Markup | None = None) -> Markup:
    """The Content-Security-Policy for ``page``: its own styles, pictures and fonts inside it, and nothing else.

    ``data`` never runs, but some browsers report it as a script that the policy forbids, unless it is named too.
    A style is allowed by its digest (https://www.w3.org/TR/CSP3/#match-element-to-source-list), in an attribute only
    with 'unsafe-hashes', which has an effect on digests alone.
    """
    elements = [_say_digest(style.text or "") for style in page.iter("style")]
    attributes = [_say_digest(element.attrib["style"]) for element in page.iter() if "style" in element.attrib]
    allowed = [*elements, *(("'unsafe-hashes'", *attributes) if attributes else ())]
    sources = {
        "default-src": ["'none'"],
        "style-src": allowed or ["'none'"],
        **({"script-src": [_say_digest(str(data))]} if data else {}),
        "img-src": ["data:"],
        "font-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    # Fixed words and base64: nothing to be escaped between double quotes
    return Markup("; ".join(" ".join([name, *dict.fromkeys(values)]) for name, values in sources.items()))


def _say_digest(style: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
