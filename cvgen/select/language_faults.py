"""What is wrong with the words in the file of a language: their names, their plurals and their fields in braces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from string import Formatter

from cvgen.diagnostics import Problem, one_of, suggest
from cvgen.model.date_style import DATE_STYLE, DateStyle
from cvgen.model.language_files import SETTINGS, TYPED, find_file, known_languages, load_file
from cvgen.model.language_reader import find_key
from cvgen.select.language import FALLBACK, find_base, find_locale, list_ancestors

_FREE = frozenset({"n", "th"})
"""Fields that a word need not have: a number may be written out."""
_PLURALS = ("zero", "one", "two", "few", "many")
_CHOICES = {
    DATE_STYLE: frozenset(DateStyle),
    "direction": frozenset({"ltr", "rtl"}),
    "emphasis": frozenset({"slant", "weight"}),
    "glyph_order": frozenset({"typed", "changed"}),
    "sentence_start": frozenset({"upper", "keep"}),
}
"""The words of settings that have a few only."""


@lru_cache(maxsize=8)
def list_language_faults(language: str) -> tuple[Problem, ...]:
    """What is wrong in the files that the words of ``language`` come from; English is compared with nothing."""
    codes = [code for code in list_ancestors(language) if code != FALLBACK]
    return tuple(
        Problem(f"{key}: {fault}", find_key(find_file(code), key), hint)
        for code in codes
        for key, word in load_file(code).items()
        for fault, hint in _find_faults(code, key, word)
    )


def _find_faults(code: str, key: str, word: str) -> Iterator[tuple[str, str]]:
    english = load_file(FALLBACK)
    base = find_base(key, english)
    if key == "inherits" and word not in known_languages():
        yield f"the language {word!r} has no file", suggest(word, known_languages())
    elif key in _CHOICES and word not in _CHOICES[key]:
        yield f"{word!r} is not known", one_of(_CHOICES[key])
    elif base not in english and key not in SETTINGS:
        yield "no word has this key", suggest(key, english)
    elif base in english and base not in SETTINGS and not base.startswith(TYPED):
        yield from _find_plural_faults(code, key, base)
        yield from find_field_faults(base, word, english[base])


def _find_plural_faults(code: str, key: str, base: str) -> Iterator[tuple[str, str]]:
    form = key.removeprefix(f"{base}_")
    known = find_locale(code).plural_form.tags
    if form in _PLURALS and form not in known:
        yield f"the language has no plural {form!r}", one_of(f"{base}_{tag}" for tag in known) if known else "remove it"


def find_field_faults(key: str, word: str, usual: str) -> Iterator[tuple[str, str]]:
    """What is wrong with ``word`` in place of ``usual``, and what to write: the fields in braces must be the same."""
    try:
        parts = list(Formatter().parse(word))
    except ValueError:
        yield f"{word!r} has a brace without its partner", f"write it as in {usual!r}"
        return
    typed = {name for _, name, _, _ in parts if name is not None}
    fields = {name for _, name, _, _ in Formatter().parse(usual) if name}
    if unknown := sorted(typed - fields) or [str(name) for _, name, form, change in parts if form or change]:
        hint = f"it can have {{{'}, {'.join(sorted(fields))}}}" if fields else "write it without braces"
        yield f"{{{unknown[0]}}} is not a field of this word", hint
    elif lacking := sorted(fields - typed - _FREE) if not key.startswith("letter_") else []:
        yield f"{word!r} leaves out {{{lacking[0]}}}", f"write it as in {usual!r}"
