"""The signs between the parts of a paper: commas and brackets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cvgen.model.late_pattern import late_pattern

OWN_SCRIPT = late_pattern(
    "[\u0590-\u08ff\u0900-\u0dff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\uffef\U00020000-\U0003ffff]"
)
"""A character of a script with signs or words of its own: Chinese, Japanese, Korean, Arabic, Hebrew, Indic."""


@dataclass(frozen=True, slots=True)
class PaperSigns:
    """The signs between the parts of a paper, which are those of the script that they are written in."""

    comma: str = ", "
    """Between two facts."""
    name_comma: str = ", "
    """Between two names."""
    opening: str = " ("
    """Before a remark in brackets, with the space before it."""
    closing: str = ")"
    """After the remark."""
    space: str = " "
    """Before what is added to the names."""


def is_own_script(texts: Iterable[object]) -> bool:
    """Whether half of ``texts`` or more are in such a script."""
    found = [bool(OWN_SCRIPT.search(str(text))) for text in texts]
    return 2 * sum(found) >= len(found) > 0


_WIDE = late_pattern("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def is_wide(text: str) -> bool:
    """Whether ``text`` ends in Chinese or Japanese, whose brackets are as wide as an ideograph."""
    return bool(_WIDE.match(text[-1:]))
