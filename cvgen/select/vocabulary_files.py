"""Reads the files of words by which postings and profiles are compared: one for each language, and three tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

POSTING_VOCABULARY = resources.files("cvgen.select") / "posting_vocabulary"
_CODE_LENGTH = 2


@cache
def read_vocabulary(name: str) -> Any:
    """The content of the file ``name``: the code of a language, ``names``, ``levels`` or ``translations``."""
    return json.loads((POSTING_VOCABULARY / f"{name}.json").read_text("utf-8"))


def list_vocabulary_languages() -> Iterator[str]:
    """The codes of the languages that have a file."""
    names = (file.name.removesuffix(".json") for file in POSTING_VOCABULARY.iterdir())
    return (name for name in names if len(name) == _CODE_LENGTH)
