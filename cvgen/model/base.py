"""The base of all parts of a profile: frozen models and the types of their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    WithJsonSchema,
)

from cvgen.diagnostics import BadValueError
from cvgen.model.addresses import is_relative
from cvgen.model.date_parser import DATE_HINT, parse_date_list, parse_dates, parse_end, parse_start
from cvgen.model.date_pattern import DATE, DATES
from cvgen.model.dates import DateRange, PartialDate
from cvgen.model.inline import RichText, Text, rich
from cvgen.model.metric import parse_metric

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SCALARS = ["string", "number", "boolean"]


class Frozen(BaseModel):
    """A part of the profile: unknown keys are errors, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


def is_language_mapping(value: object) -> bool:
    """Whether ``value`` is a mapping with language codes as its only keys."""
    return isinstance(value, Mapping) and bool(value) and all(_LANGUAGE.fullmatch(str(key)) for key in value)


def _read_text(value: object, info: ValidationInfo) -> Text:
    return _parse_text(value, info.context or rich)


def _read_block(value: object, info: ValidationInfo) -> Text:
    return _parse_text(value, partial(info.context, is_block=True) if info.context else rich)


def _parse_text(value: Any, parse: Callable[[str], RichText]) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, RichText):
        return Text((("", value),))
    if isinstance(value, str):
        return Text((("", parse(value)),))
    if is_language_mapping(value) and all(isinstance(words, str) for words in value.values()):
        return Text(tuple((str(language), parse(words)) for language, words in value.items()))
    raise BadValueError("should be text, or a mapping by language such as {en: …, zh: …}", has_subject=False)


def _read_start(value: object) -> PartialDate:
    return value if isinstance(value, PartialDate) else _read_one(value, parse_start)


def _read_end(value: object) -> PartialDate:
    return value if isinstance(value, PartialDate) else _read_one(value, parse_end)


def _read_one(value: object, parse: Callable[[str], PartialDate]) -> PartialDate:
    try:
        return parse(_as_text(value))
    except BadValueError:
        dates = _find_dates(value)
        if dates is None:
            raise
        if dates.listed:
            raise BadValueError(f"{value!r} is a list of dates", "write it as date:") from None
        if dates.preposition:
            raise BadValueError(f"{value!r} does not fit here", "write it as date:") from None
        raise BadValueError(f"{value!r} is two dates", "write them as start: and end:, or both as date:") from None


def _find_dates(value: object) -> DateRange | None:
    try:
        return parse_dates(value) if isinstance(value, str) else None
    except BadValueError:
        return None


def _read_dates(value: object) -> DateRange:
    if isinstance(value, DateRange):
        return value
    if isinstance(value, list) and value:
        return parse_date_list(_as_text(item) for item in value)
    return parse_dates(_as_text(value))


def _as_text(value: object) -> str:
    if not isinstance(value, str):
        raise BadValueError("should be a date", "write 2024, 2024-05, 2024-05-03 or present", has_subject=False)
    return value


def _check_url(value: str) -> str:
    if not re.match(r"(https?://[^\s/]|mailto:[^\s]|tel:[^\s])", value):
        raise BadValueError(f"{value!r} is not a link", "write it in full, with https://")
    if re.search(r"\s", value):
        raise BadValueError(f"{value!r} has a space in it", "write %20")
    return value


def _check_link(value: str) -> str:
    return value if is_relative(value) else _check_url(value)


def _check_email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise BadValueError(f"{value!r} is not an e-mail address", "write name@example.org")
    return value


def _a_date(pattern: str) -> dict[str, Any]:
    """A year as a number, or a text of ``pattern``."""
    return {
        "type": ["string", "number"],
        "pattern": pattern,
        "patternErrorMessage": f"This is not a date: {DATE_HINT}",  # a keyword of editors
        "minimum": 1,
        "exclusiveMaximum": 10_000,
    }


TEXT_SCHEMA: dict[str, Any] = {
    "description": "Text with **bold**, *italic*, `code`, [links](https://…) and $math$; or one per language",
    "anyOf": [
        {"type": _SCALARS},
        {
            "type": "object",
            "additionalProperties": {"type": _SCALARS},
            "propertyNames": {"pattern": f"^{_LANGUAGE.pattern}$"},
        },
    ],
}
BLOCK_SCHEMA: dict[str, Any] = {
    **TEXT_SCHEMA,
    "description": f"{TEXT_SCHEMA['description']}. In a text of several lines, those that begin with '- ' or '1. ' "
    "are a list, and a blank line starts a paragraph",
}
DATE_SCHEMA: dict[str, Any] = {
    "description": "2024, 2024-05, 2024-05-03, May 2024, spring 2024, Q3 2024, expected 2026 or present",
    **_a_date(DATE),
}
DATES_SCHEMA: dict[str, Any] = {
    "description": "One date, a range (2019 to 2023, since 2015, until 2019) or a list (2023, 2024, 2026)",
    "anyOf": [_a_date(DATES), {"type": "array", "items": _a_date(DATES), "minItems": 1}],
}

LocalText = Annotated[Text, BeforeValidator(_read_text), WithJsonSchema(TEXT_SCHEMA)]
"""A text on one line: a heading, a bullet."""
LocalBlock = Annotated[Text, BeforeValidator(_read_block), WithJsonSchema(BLOCK_SCHEMA)]
"""A text with paragraphs and lists."""
StartDate = Annotated[PartialDate, BeforeValidator(_read_start), WithJsonSchema(DATE_SCHEMA)]
EndDate = Annotated[PartialDate, BeforeValidator(_read_end), WithJsonSchema(DATE_SCHEMA)]
Dates = Annotated[DateRange, BeforeValidator(_read_dates), WithJsonSchema(DATES_SCHEMA)]
Url = Annotated[str, AfterValidator(_check_url), WithJsonSchema({"type": "string", "format": "uri"})]
LinkUrl = Annotated[
    str,
    AfterValidator(_check_link),
    WithJsonSchema(
        {
            "type": "string",
            "format": "uri-reference",
            "description": "An address with https://; in web pages also a file beside the page, or #section",
        }
    ),
]
"""An address that may be relative, which works in web pages only."""
Email = Annotated[str, AfterValidator(_check_email), WithJsonSchema({"type": "string", "format": "email"})]
Word = Annotated[str, WithJsonSchema({"type": _SCALARS})]
"""Plain characters without markup: a tag, a user name, a phone number."""
Words = tuple[Word, ...]


def _as_list(value: object) -> object:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        raise BadValueError("should be one text, or a list of them", "write [first, second]", has_subject=False)
    return value


def _one_or_more(schema: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [schema, {"type": "array", "items": schema}]})


Urls = Annotated[tuple[Url, ...], BeforeValidator(_as_list), _one_or_more({"type": "string", "format": "uri"})]
Emails = Annotated[tuple[Email, ...], BeforeValidator(_as_list), _one_or_more({"type": "string", "format": "email"})]
OneOrMoreWords = Annotated[tuple[Word, ...], BeforeValidator(_as_list), _one_or_more({"type": _SCALARS})]
Phones = Annotated[tuple[Word, ...], BeforeValidator(_as_list), _one_or_more({"type": _SCALARS})]
"""One value or a list of them, like ``OneOrMoreWords``, ``Urls`` and ``Emails``."""


def _read_count(value: object, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        hint = "write for example 412 (Google Scholar, 2026-02)"
        raise BadValueError("should be a count", hint, has_subject=False)
    parse_metric(info.field_name or "citations", value)
    return value


Count = Annotated[str, BeforeValidator(_read_count), WithJsonSchema({"type": ["string", "integer"]})]
