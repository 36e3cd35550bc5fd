"""The fixed words of a document that a person replaces: ``words: {present: today}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from cvgen.diagnostics import BadValueError
from cvgen.model.base import is_language_mapping

OwnWord = tuple[tuple[str, str], ...]
"""Pairs of a language and the word in it; the language is empty for a word that is given without one."""


def _read_word(value: object) -> OwnWord:
    if isinstance(value, tuple):
        return value
    if isinstance(value, Mapping):
        if is_language_mapping(value) and all(isinstance(word, str) for word in value.values()):
            return tuple((str(language), word) for language, word in value.items())
    elif isinstance(value, (str, int, float)):
        return (("", str(value)),)
    raise BadValueError("should be a word, or a mapping by language such as {en: …, de: …}", has_subject=False)


LocalWord = Annotated[
    OwnWord,
    BeforeValidator(_read_word),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]},
    ),
]
