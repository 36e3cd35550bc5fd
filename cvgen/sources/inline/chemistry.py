"""mhchem's ``\\ce{H2O}`` to inline nodes: the part of its grammar that titles use."""

from __future__ import annotations

import re
from collections.abc import Callable

from cvgen.model.inline import Inline, Plain, Sub, Sup

_PART = re.compile(
    r"(?P<arrow><=>|<-->|<->|->|<-)|\^\{(?P<above>[^{}]*)\}|_\{(?P<below>[^{}]*)\}|\^(?P<charge>\d*[+-]|\d+|\.)"
    r"|_(?P<index>\w)|(?P<count>(?<=[A-Za-z)\]])\d+)|(?P<ion>(?<=[A-Za-z0-9)\]])[+-](?=$|[\s\])]))"
    r"|\\\((?P<formula>.*?)\\\)|\$(?P<math>[^$]*)\$|(?P<tex>\\[A-Za-z]+\s*|\\.)|(?P<text>[^\\$^_{}<>\d+-]+|.)",
    re.DOTALL,
)
_ARROWS = {"<=>": "⇌", "<-->": "⇄", "<->": "↔", "->": "→", "<-": "←"}


def read_chemistry(source: str, read_tex: Callable[[str], list[Inline]]) -> list[Inline]:
    """The nodes of a formula in mhchem's notation; TeX commands in it go to ``read_tex``."""
    nodes: list[Inline] = []
    for part in _PART.finditer(source):
        kind, text = part.lastgroup, part[part.lastgroup or 0]
        if kind == "arrow":
            nodes.append(Plain(f" {_ARROWS[text]} "))
        elif kind in ("above", "charge", "ion"):
            nodes.append(Sup((Plain(_signed(text)),)))
        elif kind in ("below", "index", "count"):
            nodes.append(Sub((Plain(_signed(text)),)))
        elif kind in ("formula", "math", "tex"):
            nodes += read_tex(text)
        elif text not in "{}\\$":
            nodes.append(Plain(text.replace("*", "·")))
    return [node for node in nodes if node not in (Sup((Plain(""),)), Sub((Plain(""),)))]


def _signed(text: str) -> str:
    return re.sub(r"[\\{}$]", "", text).replace("-", "−")
