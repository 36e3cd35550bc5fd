"""Reads the file of a language, and reports what is wrong in it with file, line and column."""

from __future__ import annotations

import json
import re
from importlib.resources.abc import Traversable

from cvgen.diagnostics import InputError, Location, Problem


def read_language(file: Traversable) -> dict[str, str]:
    """The words in ``file``. Raises InputError if they are not texts in a JSON object in UTF-8."""
    text = _read_text(file)
    try:
        words = json.loads(text)
    except json.JSONDecodeError as error:
        place = Location(str(file), error.lineno, error.colno)
        raise _refuse(f"this is not JSON: {error.msg}", place, "compare it with en/words.json") from None
    if not isinstance(words, dict):
        hint = 'write an object as in en/words.json: {"present": "…"}'
        raise _refuse("the file of a language is an object of words", Location(str(file), 1, 1), hint)
    problems = [
        Problem(f"{key}: {_show(word)} is not a text", find_key(file, key), "write the word in double quotes")
        for key, word in words.items()
        if not isinstance(word, str)
    ]
    if problems:
        raise InputError(problems)
    return words


def find_key(file: Traversable, key: str) -> Location:
    """The place of ``key`` in the file of a language; its beginning if it is written in another way."""
    text = file.read_text("utf-8")
    found = re.search(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:", text)
    start = found.start() if found else 0
    return Location(str(file), text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def _read_text(file: Traversable) -> str:
    data = file.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Location(str(file), before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise _refuse("the file of a language is not in UTF-8", place, "save it in UTF-8") from None


def _refuse(message: str, place: Location, hint: str) -> InputError:
    return InputError([Problem(message, place, hint)])


def _show(word: object) -> str:
    return json.dumps(word, ensure_ascii=False)[:40]
