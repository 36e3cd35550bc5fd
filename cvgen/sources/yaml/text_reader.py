"""Reads the texts of a profile, and warns of what Markdown has and a CV has not: lists in a line, pictures."""

from __future__ import annotations

import re

from cvgen.diagnostics import Problem, warn
from cvgen.model.inline import Inlines, Plain, RichText
from cvgen.sources.inline.markdown import has_list_lines, parse_markdown

_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\s]+\)")


class TextReader:
    """Turns each text into nodes; ``problems`` has a warning for each text that is printed otherwise than meant."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}  # a text may be read several times

    @property
    def problems(self) -> list[Problem]:
        """The warnings, each once."""
        return list(self._found)

    def __call__(self, text: str, *, is_block: bool = False) -> RichText:
        """The nodes of ``text``. Raises BadValueError for links and formulas that cannot be printed."""
        read = parse_markdown(text, is_block=is_block)
        if not is_block and has_list_lines(text):
            message = "this text is one line, so its list is printed without bullets, as one sentence"
            hint = "write the items below it: {text: …, highlights: […]} in a bullet, highlights: […] in an entry"
            self._found[warn(message, read.location, hint, kind="a list in a text of one line runs together")] = None
        for picture in _list_pictures(read.nodes) if "![" in text else ():
            message = f"a text cannot contain a picture, so this is printed as typed: {picture!r}"
            hint = (
                "delete it; your photo is basics: {image: …}, a paper's picture its 'image' in bibliography: entries:"
            )
            self._found[warn(message, read.location, hint, kind="a text cannot contain a picture")] = None
        return read


def _list_pictures(nodes: Inlines) -> list[str]:
    found: list[str] = []
    for node in nodes:
        if isinstance(node, Plain):
            found += _PICTURE.findall(node.text)
        found += _list_pictures(getattr(node, "children", ()))
    return found
