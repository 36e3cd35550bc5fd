"""biber's extended name format: ``family=Lin, given=Wei, prefix=von, useprefix=true, suffix=Jr.``

The keys are those of the biblatex manual 3.20, §3.4 "Name parts"; a value, or a whole ``key=value``, may be in quotes
or braces. Initials (``given-i``), identifiers and options are read and not printed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_OPTION = r"(?:[a-z]*templates?(?:name)?|useprefix|uniquename|nohashothers|nosortothers)\s*=\s*\w+\s*"
_BEGIN = re.compile(rf"\s*(?:{_OPTION},\s*)*\"?(?:family|given|prefix|suffix|middle)(?:-i)?\s*=", re.IGNORECASE)
_OPTION_ALONE = re.compile(rf"\s*{_OPTION}", re.IGNORECASE)
_PAIR = re.compile(
    r"\s*\"?(?P<key>[A-Za-z]+(?:-[A-Za-z]+)?)\s*=\s*"
    r"(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>(?:[^,{}\"]|\{(?:[^{}]|\{[^{}]*\})*\})*)\"?)\s*(?:,|$)"
)
_BARE_QUOTES = re.compile(r"\"(?P<key>family|given|prefix|suffix|middle)\s*=\s*(?P<value>[^\"]*)\"", re.IGNORECASE)


class NameParts(NamedTuple):
    """The parts of a name, still LaTeX."""

    family: str
    given: str
    prefix: str
    suffix: str


def is_extended(source: str) -> bool:
    """Whether ``source`` is a name in this format."""
    return _BEGIN.match(source) is not None


def is_option(source: str) -> bool:
    """Whether ``source`` is not a name but an option of the whole list (biblatex manual 3.20, §3.4)."""
    return _OPTION_ALONE.fullmatch(source) is not None


def parse_extended(source: str) -> NameParts:
    """Read a name for which ``is_extended`` is true; parts without a key are added to the given name."""
    found: dict[str, str] = {}
    text = _BARE_QUOTES.sub(lambda match: f'{match["key"]}="{match["value"]}"', source)
    end = 0
    for pair in _PAIR.finditer(text):
        if pair.start() != end:
            break
        end = pair.end()
        value = pair["quoted"] if pair["quoted"] is not None else pair["plain"]
        found.setdefault(pair["key"].casefold(), value.strip())
    given = " ".join(filter(None, (found.get("given"), found.get("middle"), text[end:].strip(' ,"'))))
    return NameParts(found.get("family", ""), given, found.get("prefix", ""), found.get("suffix", ""))
