"""Typed theme options: colours, numbers with a range, choices, fonts, switches and lists."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from cvgen.diagnostics import BadValueError, one_of, suggest
from cvgen.themes.contract import DENSITY


@dataclass(frozen=True, slots=True)
class Color:
    """An sRGB colour; prints as CSS ``#rrggbb``, and as ``hex`` without the sign for xcolor."""

    hex: str

    def __str__(self) -> str:
        return f"#{self.hex}"


@dataclass(frozen=True, slots=True)
class Font:
    """A font family. ``files`` maps regular, italic, bold and bold_italic to font files; empty for an
    installed family, which is then found by name. ``generic`` is the CSS family that it belongs to."""

    family: str
    generic: str = "sans-serif"
    files: tuple[tuple[str, Path], ...] = ()

    def __str__(self) -> str:
        return self.family


Fonts = Mapping[str, Font]
OptionValue = Color | Font | float | int | bool | str | tuple[str, ...]


class _Spec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    description: str


class ColorSpec(_Spec):
    """``#rgb`` or ``#rrggbb``."""

    type: Literal["color"]
    default: str

    def read(self, text: str, fonts: Fonts) -> Color:
        """The value of ``text``. Raises BadValueError."""
        if not (match := re.fullmatch(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", text.strip())):
            raise BadValueError(f"{text!r} is not a colour", "write a colour such as #1f3a5f, in quotes")
        digits = match[1].lower()
        return Color(digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


class NumberSpec(_Spec):
    """A number from ``min`` to ``max``; ``unit`` is what the templates print after it.

    ``airy`` and ``tight`` are its values at the two ends of the option ``density``, if it changes with that option.
    """

    type: Literal["number"]
    default: str
    min: float
    max: float
    unit: str = ""
    airy: float | None = None
    tight: float | None = None

    @model_validator(mode="after")
    def _check_range(self) -> NumberSpec:
        if not self.min <= self.max:
            raise BadValueError("has a 'min' above its 'max'", "exchange the two", has_subject=False, field="min")
        return self

    def read(self, text: str, fonts: Fonts) -> float:
        """The value of ``text``. Raises BadValueError."""
        bare = text.strip().removesuffix(self.unit).strip() if self.unit else text.strip()
        if not re.fullmatch(r"-?\d+(\.\d+)?", bare):
            raise BadValueError(f"{text!r} is not a number", f"write for example {self.default}{self.unit}")
        value = float(bare)
        if not self.min <= value <= self.max:
            raise BadValueError(f"{text!r} is out of range", f"write {self.min:g} to {self.max:g}{self.unit}")
        return int(value) if value.is_integer() else value

    def at_density(self, value: float, density: float) -> float:
        """``value`` moved towards ``tight`` (density up to 1) or ``airy`` (down to -1), never the other way."""
        end = self.tight if density > 0 else self.airy
        if end is None or density == 0:
            return value
        grows = end > float(self.default)
        end = max(end, value) if grows else min(end, value)
        return round(min(max(value + (end - value) * abs(density), self.min), self.max), 3)


class ChoiceSpec(_Spec):
    """One of a few words."""

    type: Literal["choice"]
    default: str
    choices: tuple[str, ...]

    def read(self, text: str, fonts: Fonts) -> str:
        """The value of ``text``. Raises BadValueError."""
        if text not in self.choices:
            raise BadValueError(f"{text!r} is not one of its choices", suggest(text, self.choices))
        return text


class SwitchSpec(_Spec):
    """``true`` or ``false``."""

    type: Literal["switch"]
    default: str

    def read(self, text: str, fonts: Fonts) -> bool:
        """The value of ``text``. Raises BadValueError."""
        switches = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
        if text.casefold() not in switches:
            raise BadValueError(f"{text!r} is neither true nor false", "write true or false")
        return switches[text.casefold()]


class FontSpec(_Spec):
    """A family that ships with cvgen, or one installed on the machine."""

    type: Literal["font"]
    default: str
    generic: Literal["serif", "sans-serif", "monospace"] = "sans-serif"

    def read(self, text: str, fonts: Fonts) -> Font:
        """The value of ``text``. Raises BadValueError."""
        if text in fonts:
            return fonts[text]
        if not re.fullmatch(r"[\w .+-]+", text):
            raise BadValueError(f"{text!r} is not a font family", one_of(fonts))
        return Font(text, self.generic)


def _join_words(value: object) -> object:
    return ", ".join(value) if isinstance(value, list) and all(isinstance(word, str) for word in value) else value


class ListSpec(_Spec):
    """Words separated by commas."""

    type: Literal["list"]
    default: Annotated[str, BeforeValidator(_join_words)]

    def read(self, text: str, fonts: Fonts) -> tuple[str, ...]:
        """The words; never raises."""
        return tuple(word.strip() for word in text.split(",") if word.strip())


OptionSpec = Annotated[
    ColorSpec | NumberSpec | ChoiceSpec | SwitchSpec | FontSpec | ListSpec, Field(discriminator="type")
]
SPEC_TYPES: Mapping[str, type[_Spec]] = {
    "color": ColorSpec,
    "number": NumberSpec,
    "choice": ChoiceSpec,
    "switch": SwitchSpec,
    "font": FontSpec,
    "list": ListSpec,
}
"""The class of each ``type`` that an option can have."""
OPTION_SPECS: TypeAdapter[Any] = TypeAdapter(dict[str, OptionSpec])


def apply_density(
    specs: Mapping[str, OptionSpec], values: Mapping[str, OptionValue], limits: Container[str] = ()
) -> dict[str, OptionValue]:
    """``values`` with each size and space adjusted to the option ``density`` (-1 airy … 1 tight).

    Those in ``limits`` do not become tighter.
    """
    density = values.get(DENSITY, 0)
    if not isinstance(density, (int, float)):
        return dict(values)
    return {
        name: spec.at_density(value, density)
        if isinstance(spec := specs[name], NumberSpec)
        and isinstance(value, (int, float))
        and not (density > 0 and name in limits)
        else value
        for name, value in values.items()
    }
