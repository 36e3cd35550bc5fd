"""What runs from left to right as a whole, also between words that run from right to left."""

from __future__ import annotations

from cvgen.model.late_pattern import late_pattern

LTR_RUN = late_pattern(
    r"(?<![A-Za-z0-9])[A-Za-z0-9]{1,9}(?:\+\+|#)[A-Za-z0-9]*"  # C++, C#, also after a prefix
    r"|(?<![A-Za-z0-9.])\.[A-Za-z][A-Za-z0-9]+"  # .NET
    r"|\+\d[\d ()./-]{5,}\d"  # a phone number
    r"|\d+\(\d+(?:[–-]\d+)?\)(?:, ?\d+(?:[–-]\d+)?)?"  # 3(2), 45–67
    r"|\d+(?:[–-]\d+)+"  # 45–67, 2018-03
    r"|[€$£¥₪] ?\d[\d.,]*|\d[\d.,]* ?[€$£¥₪%]"  # an amount
)
"""Names with signs, and numbers with signs: Unicode's rules would turn the signs around or put them elsewhere."""

_RLM = "\u200f"


def end_fact(text: str) -> str:
    """``text`` with a mark after Arabic commas: "C" and "4.8/5" beside one are no run from left to right."""
    return text.replace("، ", f"، {_RLM}") if type(text) is str else text
