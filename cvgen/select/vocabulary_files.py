"""Reads the words by which postings and profiles are compared: a file for each language, and tables for all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from cvgen.model.language_files import LanguageFile, find_file, list_languages_with

_TABLES = resources.files("cvgen.select") / "posting_vocabulary"


@cache
def read_table(name: str) -> Any:
    """The content of the table ``name``: ``names``, ``levels`` or ``translations``."""
    return json.loads((_TABLES / f"{name}.json").read_text("utf-8"))


@cache
def read_vocabulary(language: str) -> Any:
    """The words by which a posting in ``language`` is read; the language has such a file."""
    return json.loads(find_file(language, LanguageFile.POSTINGS).read_text("utf-8"))


def list_vocabulary_languages() -> Iterator[str]:
    """The codes of the languages that have such a file."""
    yield from list_languages_with(LanguageFile.POSTINGS)
