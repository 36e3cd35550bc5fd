"""Finds TeX and HTML in a text from a bibliography that should have been decoded.

What an author may write on purpose is not reported: an amount of money, a path, a set in braces, code.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from cvgen.model.inline import Code, Inlines, Link, Math, RichText, plain_text

_HIDDEN = "\ufffc"
"""Replaces text that is printed as it should be."""
_PATH = re.compile(r"(?:https?://|www\.)\S+|\b[A-Za-z]:(?:\\[\w.$-]+)+|(?<!\S)\\(?:\\[\w.$-]+){2,}")
"""A web address, ``C:\\temp`` or ``\\\\server\\share``."""
_ELEMENT = r"\s*(?:[-+−±]?\w{1,3}|\.{3}|…)\s*"
_SET = re.compile(rf"(?<![A-Za-z^_])\{{{_ELEMENT}(?:[,;|:]{_ELEMENT})+\}}(?![A-Za-z])")
"""``{0,1}`` or ``{1,…,n}``, but not ``{E}nglish`` or ``{DNA}``."""
_MONEY = re.compile(r"\$\d[\d.,]*(?:[kKmMbB]|\s).*")
_FORMULA = re.compile(
    r"(?<![\w$])\$(?=\S)[^$\n]*?(?<=\S)\$(?![\w$])"
    r"|\$(?=\S)[^$\n]*?[\\^_{}=<>][^$\n]*?(?<=\S)\$"
    r"|(?<![A-Za-z])\$\w{1,2}\$"
    r"|\$[^\w\s$]{1,3}\$"
    r"|\$\$[^$\n]+\$\$"
)
"""A formula between dollar signs."""
_TEX = re.compile(
    r"\\(?:[A-Za-z]{2,}|[aboOlLcdHijkrtuvPS](?![A-Za-z]))"  # commands and letters
    r"|\\[^\w\s\\\ufffc]"  # accents and escaped characters
    r"|[\^_]\{|[{}]"
    r"|(?<=[\w.,)])~(?=[A-Za-z(])|(?<=[A-Za-z.,)])~(?=\d)"  # a space that does not break
    r"|(?<=\w)-{2,3}(?=\w)|(?<=\s)-{2,3}(?=\s)|``"
)
_TAG = re.compile(
    r"<(i|em|b|strong|sub|sup|scp|sc|span|u|tt|p|a|(?:jats|mml):\w+)(?:\s[^<>]*)?>(?=.*</\1>)"
    r"|</(?:i|em|b|strong|sub|sup|scp|sc|span|u|tt|p|a|(?:jats|mml):\w+)>|<br\s*/?>"
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});")


def find_leftovers(text: RichText | str) -> list[str]:
    """The pieces of markup in ``text`` that a reader would see, each once."""
    visible = _PATH.sub(_HIDDEN, "".join(_show(text.nodes)) if isinstance(text, RichText) else text)
    visible = _SET.sub(_HIDDEN, visible) if isinstance(text, RichText) else visible
    found = [match[0] for match in _FORMULA.finditer(visible) if not _MONEY.match(match[0])]
    for formula in found:
        visible = visible.replace(formula, _HIDDEN)
    found += [match[0] for pattern in (_TEX, _TAG) for match in pattern.finditer(visible)]
    found += [match[0] for match in _ENTITY.finditer(visible) if html.unescape(match[0]) != match[0]]
    return list(dict.fromkeys(found))


def _show(nodes: Inlines) -> Iterator[str]:
    """The visible text, with ``_HIDDEN`` in place of code and of braces that belong to a formula."""
    for node in nodes:
        match node:
            case Code(text):
                yield text if _FORMULA.fullmatch(text) and _TEX.search(text) else _HIDDEN
            case Link(url, children) if plain_text(children) in url:
                yield _HIDDEN
            case Math(source, children):
                inner = "".join(_show(children))
                yield re.sub("[{}]", _HIDDEN, inner) if re.search(r"\\[lr]?(?:brace\b|[{}])", source) else inner
            case _:
                yield getattr(node, "text", "") or "".join(_show(getattr(node, "children", ())))
