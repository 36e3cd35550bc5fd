"""Imports YAMLResume (https://yamlresume.dev): its ``content`` has the sections of JSON Resume, and nearly its keys."""

from __future__ import annotations

from cvgen.convert import json_resume
from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.profile_draft import ProfileDraft, list_texts
from cvgen.diagnostics import InputError, Location, Problem
from cvgen.model.language_files import known_languages

_OF_BASICS = ("location", "profiles")
"""Parts beside ``basics`` that JSON Resume has in it."""


def recognise(source: ImportedFile) -> bool:
    """Whether ``source`` is a file of YAMLResume: a mapping ``content`` with ``basics``."""
    content = source.tree.get("content") if isinstance(source.tree, dict) else None
    return isinstance(content, dict) and isinstance(content.get("basics"), dict)


def read(source: ImportedFile) -> ProfileDraft:
    """The draft of a profile from a file of YAMLResume."""
    tree = dict(source.mapping)
    content = tree.pop("content", None)
    if not isinstance(content, dict):
        place = Location(str(source.path), 1, 1)
        message = "this is not a YAMLResume file: it has no keys below 'content'"
        raise InputError([Problem(message, place, "give another file, or leave out --from")])
    basics = content.get("basics")
    moved = {name: content[name] for name in _OF_BASICS if name in content and isinstance(basics, dict)}
    rest = {key: value for key, value in content.items() if key not in moved}
    resume = {**rest, "basics": {**basics, **moved}} if isinstance(basics, dict) else rest
    draft = json_resume.read_resume(resume, source)
    draft.texts = list(list_texts(source.mapping, ""))
    locale = tree.get("locale")
    language = str(locale.get("language", "")) if isinstance(locale, dict) else ""
    if (code := language.split("-")[0]) in known_languages() and code != "en":
        draft.profile["language"] = code
    for key, value in tree.items():
        draft.profile.keep_leftover(str(key), value)
    return draft
