"""Prints the apostrophe that keyboards have (') as the one of print (’), inside words of running text."""

from __future__ import annotations

from dataclasses import replace

from cvgen.model.inline import Break, Code, Inline, Inlines, Link, Math, Plain, RichText
from cvgen.model.late_pattern import late_pattern

TYPED, PRINTED = "'", "’"
_LETTER = "A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
"""Latin, Greek and Cyrillic letters: the geresh of Hebrew, for one, is another sign."""
_INSIDE = late_pattern(rf"(?<=[{_LETTER}\d])'(?=[{_LETTER}])")
_DECADE = late_pattern(r"(?<![\w'’])'(?=\d0s\b(?!'))")
_POSSESSIVE = late_pattern(rf"(?<=[{_LETTER}][sxz])'(?=\s+[{_LETTER}\d])")
_OPENING = late_pattern(r"(?<!\w)'(?=\w)")
_ADDRESS = late_pattern(r"\S*(?://|@)\S*")
_OTHER = "\ufffc"
"""Replaces characters that stay as they are: code, formulas, links."""


def curl_apostrophes(text: RichText) -> RichText:
    """``text`` with ’ in ``it's``, ``authors' names`` and ``'90s``; quotes, links, code and formulas stay as typed."""
    if TYPED not in str(text):
        return text
    places = _find_places("".join(_visible(text.nodes)))
    nodes, _ = _replace(text.nodes, places, 0)
    return RichText(nodes, text.location, text.language)


def _find_places(visible: str) -> frozenset[int]:
    visible = _ADDRESS.sub(lambda match: _OTHER * len(match[0]), visible)
    decades = {match.start() for match in _DECADE.finditer(visible)}
    places = {match.start() for match in _INSIDE.finditer(visible)} | decades
    if {match.start() for match in _OPENING.finditer(visible)} <= decades:  # else it may close a quotation
        places |= {match.start() for match in _POSSESSIVE.finditer(visible)}
    return frozenset(places)


def _visible(nodes: Inlines) -> list[str]:
    """The characters of each node that has text, with letters in place of what stays as it is."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, Plain):
            found.append(node.text)
        elif isinstance(node, (Code, Math, Link)):
            found.append("a")  # a word: the apostrophe of `x`'s is inside it
        elif isinstance(node, Break):
            found.append("\n")
        else:
            found += _visible(node.children)
    return found


def _replace(nodes: Inlines, places: frozenset[int], start: int) -> tuple[Inlines, int]:
    """``nodes`` with the apostrophes at ``places`` replaced; ``start`` is the place of their first character."""
    changed: list[Inline] = []
    for node in nodes:
        if isinstance(node, Plain):
            letters = enumerate(node.text, start)
            changed.append(Plain("".join(PRINTED if at in places else letter for at, letter in letters)))
            start += len(node.text)
        elif isinstance(node, (Code, Break, Math, Link)):
            changed.append(node)
            start += 1
        else:
            children, start = _replace(node.children, places, start)
            changed.append(replace(node, children=children))
    return tuple(changed), start
