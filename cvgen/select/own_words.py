"""The fixed words of a document: those of its language, and in place of some of them a person's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cvgen.diagnostics import InputError, Problem, suggest
from cvgen.model.date_style import DATE_STYLE
from cvgen.model.language_files import SETTINGS, TYPED
from cvgen.model.own_words import OwnWord
from cvgen.model.refs import ProfilePath
from cvgen.model.sections import SECTIONS
from cvgen.select.language import find_base, is_form, load_words, take_forms
from cvgen.select.language_faults import find_field_faults, list_language_faults
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career

_SECTION = "section_"


def choose_words(career: Career, variant: ResolvedVariant, language: str) -> Mapping[str, str]:
    """The words of a document of ``variant`` in ``language``. Raises InputError for words that cannot replace one."""
    if faults := list_language_faults(language):
        raise InputError(faults)
    usual = load_words(language)
    problems = [
        problem
        for path, typed_words in variant.words
        for typed, wordings in typed_words.items()
        for problem in _check_word((*path, typed), typed, wordings, usual, career)
    ]
    if problems:
        raise InputError(problems)
    own = {
        _name_word(typed): word
        for path, typed_words in variant.words
        for typed, wordings in typed_words.items()
        for tag, word in wordings
        if _is_meant(tag, language, variant.language_of(path, career.profile))
    }
    forms = {key for key in usual if is_form(key, usual) and find_base(key, usual) in own}
    words = {key: word for key, word in usual.items() if key not in forms}
    style = variant.date_style or words[DATE_STYLE]
    return {**take_forms(words, variant.basics.gender or ""), **own, DATE_STYLE: style}


def _check_word(
    path: ProfilePath, typed: str, wordings: OwnWord, usual: Mapping[str, str], career: Career
) -> Iterator[Problem]:
    """What is wrong with the name of a word or with what replaces it."""
    key = _name_word(typed)
    base = find_base(key, usual)
    if not _is_printed(base) or base not in usual:
        known = sorted(filter(_is_printed, usual))
        yield Problem(f"there is no word {typed!r} to replace", career.places.key(path), suggest(typed, known))
        return
    for _, word in wordings:
        for fault, hint in find_field_faults(key, word, usual[base]):
            yield Problem(f"{typed}: {fault}", career.places.value(path), hint)


def _is_printed(key: str) -> bool:
    return key not in SETTINGS and not key.startswith(TYPED)


def _name_word(typed: str) -> str:
    """The name of the word ``typed``; a section's may begin with ``section_``."""
    name = typed.removeprefix(_SECTION)
    return name if name in SECTIONS else typed


def _is_meant(tag: str, language: str, usual: str) -> bool:
    """Whether a word in the language ``tag`` (if it names none: ``usual``) is one of a document in ``language``."""
    meant, asked = (tag or usual).casefold(), language.casefold()
    return meant == asked or asked.startswith(f"{meant}-") or meant.split("-")[0] == asked
