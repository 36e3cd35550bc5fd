"""siunitx's numbers and units to inline nodes: ``\\SI{3}{\\micro\\metre}``."""

from __future__ import annotations

import re

from cvgen.model.inline import Inline, Plain, Sup

_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n",
    "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "deca": "da", "deka": "da", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y", "kibi": "Ki",
    "mebi": "Mi", "gibi": "Gi", "tebi": "Ti",
}  # fmt: skip
_UNITS = {
    "ampere": "A", "candela": "cd", "kelvin": "K", "kilogram": "kg", "gram": "g", "metre": "m", "meter": "m",
    "mole": "mol", "second": "s", "becquerel": "Bq", "coulomb": "C", "farad": "F", "gray": "Gy", "hertz": "Hz",
    "henry": "H", "joule": "J", "katal": "kat", "lumen": "lm", "lux": "lx", "newton": "N", "ohm": "Ω", "pascal": "Pa",
    "radian": "rad", "siemens": "S", "sievert": "Sv", "steradian": "sr", "tesla": "T", "volt": "V", "watt": "W",
    "weber": "Wb", "day": "d", "hour": "h", "minute": "min", "litre": "L", "liter": "L", "tonne": "t", "hectare": "ha",
    "electronvolt": "eV", "dalton": "Da", "decibel": "dB", "bel": "B", "neper": "Np", "percent": "%", "degree": "°",
    "celsius": "°C", "degreeCelsius": "°C", "arcminute": "′", "arcsecond": "″", "angstrom": "Å", "bar": "bar",
    "barn": "b", "bit": "bit", "byte": "B", "astronomicalunit": "au", "parsec": "pc", "year": "yr",
    "micron": "µm", "nm": "nm", "um": "µm", "mm": "mm", "cm": "cm", "km": "km", "mg": "mg", "ug": "µg", "kg": "kg",
    "ms": "ms", "us": "µs", "ns": "ns", "ps": "ps", "fs": "fs", "mV": "mV", "kV": "kV", "mW": "mW", "kW": "kW",
    "MHz": "MHz", "GHz": "GHz", "kHz": "kHz", "THz": "THz", "Hz": "Hz", "eV": "eV", "keV": "keV", "MeV": "MeV",
    "GeV": "GeV", "TeV": "TeV", "mL": "mL", "uL": "µL", "dB": "dB",
}  # fmt: skip
_POWERS = {"squared": "2", "cubed": "3"}
_PART = re.compile(r"\\([A-Za-z]+)\s*(?:\{(\d+)\})?|\^\{?(-?\d+)\}?|([^\\^{}]+)")


def read_number(source: str) -> list[Inline]:
    """``1.5e-3`` as 1.5 × 10 with -3 raised, ``3(1)`` and ``3 +- 1`` as they are printed."""
    text = re.sub(r"\\pm\b\s*|\+-", "±", source)
    text = re.sub(r"(?<=\d)\s*(?:x|\\times\b)\s*(?=\d)", " × ", text)
    text = re.sub(r"[\\${}]", "", text).strip()
    mantissa, _, exponent = re.sub(r"(?<=\d)\s*[eEdD](?=[-+]?\d)", "e", text).partition("e")
    mantissa = re.sub(r"\s*±\s*", " ± ", mantissa).strip().replace("-", "−")
    if not exponent:
        return [Plain(mantissa)]
    base = f"{mantissa} × 10" if mantissa else "10"
    return [Plain(base), Sup((Plain(exponent.lstrip("+").replace("-", "−")),))]


def read_unit(source: str, unknown: dict[str, bool]) -> list[Inline]:
    """The symbols of a unit; commands that are not known are added to ``unknown`` and their names printed."""
    nodes: list[Inline] = []
    prefix, power, slash = "", "", ""
    for found in _PART.finditer(source):
        name, count, raised, typed = found.groups()
        if name == "per":
            slash = "/"
        elif name in _PREFIXES:
            prefix = _PREFIXES[name]
        elif name in ("square", "cubic"):
            power = "2" if name == "square" else "3"
        elif name in _POWERS or name in ("tothe", "raiseto") or raised:
            nodes.append(Sup((Plain((raised or _POWERS.get(name or "") or count or "").replace("-", "−")),)))
        elif name or typed.strip(" ~.,$"):
            symbol = _UNITS.get(name) if name else typed.replace(".", "\u00a0").replace("~", "\u00a0").strip("$")
            if symbol is None:
                unknown["\\" + name] = False
                symbol = name
            gap = slash or ("\u00a0" if nodes and not (typed and typed.startswith("/")) else "")
            nodes.append(Plain(gap + prefix + symbol))
            nodes += [Sup((Plain(power),))] if power else []
            prefix = power = slash = ""
    return nodes
