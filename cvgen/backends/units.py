"""Keeps a number on one line with its unit, or with the noun that it counts."""

from __future__ import annotations

import re

from cvgen.model.late_pattern import late_pattern

_UNITS = """
    % ‰ ° °C °F k M km m cm mm µm nm km² m² ha l ml kg g mg µg t s ms µs ns h min d dB V kV A mA W kW MW GW kWh MWh GWh
    TWh Hz kHz MHz GHz B kB KB MB GB TB PB bit Mbit Gbit € $ £ ¥ CHF EUR USD GBP Mio Mrd million billion pp bps fps rpm
"""
_LONGEST_FIRST = sorted(_UNITS.split(), key=len, reverse=True)
_GAP = late_pattern(rf"(?<=\d) (?=(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?!\w))")


def bind_units(text: str) -> str:
    """``text`` with a space that does not break (U+00A0) between a number and its unit: ``50 %``, ``10 km``."""
    return _GAP.sub("\u00a0", text)


_COUNTED = late_pattern(r"(\d[\d,.]*[\u3400-\u9fff])")


def split_counted(text: str) -> list[str]:
    """``text`` in parts, of which each second is a number with its noun (``1篇``); Latin nouns stay after a space."""
    return _COUNTED.split(re.sub(r"(?<=\d) (?=[^\W\d_])", "\u00a0", text))
