"""The choices that a person tries out on the page: they override the profile's until they are written into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cvgen.backends.engines import DEFAULT_ENGINE, PRINTING, choose_engine
from cvgen.model.refs import ProfilePath
from cvgen.pipeline.request import Request

PAGES, WEB = "pages", "web"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TriedChoices:
    """The choices tried; None leaves the choice to the profile. ``shape`` is ``pages`` or ``web``, for a web page."""

    variant: str | None = None
    theme: str | None = None
    engine: str = DEFAULT_ENGINE
    language: str | None = None
    pages: int | None = None
    shape: str = PAGES
    options: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    letter: str | None = None
    """The letter that is shown in place of the variant that it goes with."""

    def make_request(self, profile: Path, *, untrusted: bool) -> Request:
        """The request for a render with these choices; raises InputError for an unknown engine."""
        engine = choose_engine(self.engine, "pdf")
        request = Request(profile, self.variant, self.theme, engine, pages=self.pages, untrusted=untrusted)
        return replace(request, options=dict(self.options), language=self.language, letter=self.letter)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "variant": self.variant,
            "theme": self.theme,
            "engine": self.engine,
            "language": self.language,
            "pages": self.pages,
            "shape": self.shape,
            "letter": self.letter,
            "options": dict(self.options),
        }

    def list_values(self, variant: str) -> dict[ProfilePath, str]:
        """What is tried and can be written into ``variant``, by its path in the profile. An engine cannot."""
        above: ProfilePath = ("variants", variant)
        given = {"theme": self.theme, "language": self.language, "pages": self._say_pages()}
        values: dict[ProfilePath, str] = {(*above, name): value for name, value in given.items() if value}
        return values | {(*above, "options", name): value for name, value in self.options.items()}

    def _say_pages(self) -> str | None:
        """The number of pages of the variant; that of a letter is the letter's own."""
        return str(self.pages) if self.pages and not self.letter else None

    def without_written(self) -> TriedChoices:
        """The choices that are left once the others are in the profile."""
        return TriedChoices(variant=self.variant, engine=self.engine, shape=self.shape, letter=self.letter)


class Change(BaseModel):
    """A change that the page asks for. None goes back to the profile's choice; what is not given stays."""

    model_config = ConfigDict(extra="forbid", strict=True)

    variant: str | None = None
    theme: str | None = None
    engine: str | None = None
    language: str | None = None
    pages: int | None = Field(default=None, ge=1, le=99)
    shape: str | None = None
    letter: str | None = None
    options: dict[str, str | None] | None = None
    reset: bool = False
    """Whether to forget all other choices first."""


def change_tried(tried: TriedChoices, change: Change) -> TriedChoices:
    """``tried`` with ``change``. Another variant, letter or theme starts without the options of the one before."""
    given = {name: getattr(change, name) for name in change.model_fields_set - {"options", "reset"}}
    if change.reset:
        tried = tried.without_written()
    if given.get("engine", "") not in PRINTING:
        given.pop("engine", None)
    if given.get("shape", "") not in (PAGES, WEB):
        given.pop("shape", None)
    # a letter goes with a variant of its own
    if any(name in given and given[name] != getattr(tried, name) for name in ("variant", "letter")):
        tried = TriedChoices(engine=tried.engine, shape=tried.shape)
    if "theme" in given and given["theme"] != tried.theme:
        tried = replace(tried, options=_NOTHING)
    options = {**tried.options, **(change.options or {})}
    return replace(tried, **given, options={name: value for name, value in options.items() if value is not None})
