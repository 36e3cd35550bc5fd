"""Imports RenderCV 2 and 1, with sections of any title (https://docs.rendercv.com/user_guide/yaml_input_structure)."""

from __future__ import annotations

from typing import Any

from cvgen.convert.accounts import add_account
from cvgen.convert.field_table import Field, carry, take_section
from cvgen.convert.foreign_values import (
    read_emails,
    read_phones,
    read_url,
    read_urls,
)
from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.photo import add_photo
from cvgen.convert.profile_draft import DraftMapping, ProfileDraft, list_texts
from cvgen.convert.rendercv_sections import SectionReader
from cvgen.diagnostics import InputError, Location, Problem

BASICS = (
    Field("name", "name"),
    Field("headline|label", "label"),
    Field("location", "location"),
    Field("email", "email", read_emails),
    Field("phone", "phone", read_phones),
    Field("website", "url", read_urls),
)
CONNECTION = (Field("placeholder", "text"), Field("url", "url", read_url))


_LANGUAGES = {
    "arabic": "ar", "english": "en", "french": "fr", "german": "de", "hebrew": "he", "japanese": "ja", "korean": "ko",
    "mandarin_chinese": "zh", "chinese": "zh", "portuguese": "pt", "russian": "ru", "spanish": "es",
}  # fmt: skip
_CODES = frozenset(_LANGUAGES.values())
_VARIANT = "full"


def recognise(source: ImportedFile) -> bool:
    """Whether ``source`` is a file of RenderCV: a mapping ``cv`` with sections or a name."""
    tree = source.tree
    cv = tree.get("cv") if isinstance(tree, dict) else None
    return isinstance(cv, dict) and ("sections" in cv or "name" in cv)


def read(source: ImportedFile) -> ProfileDraft:
    """The draft of a profile from a file of RenderCV."""
    draft, tree = ProfileDraft(texts=list(list_texts(source.mapping, ""))), dict(source.mapping)
    cv = tree.pop("cv", None)
    if not isinstance(cv, dict):
        place = Location(str(source.path), 1, 1)
        message = "this is not a RenderCV file: it has no keys below 'cv'"
        raise InputError([Problem(message, place, "give another file, or leave out --from")])
    cv = dict(cv)
    sections = cv.pop("sections", None) or {}
    _read_basics(draft, cv, source)
    reader = SectionReader(draft)
    if isinstance(sections, dict):
        for title, entries in sections.items():
            reader.read(str(title), entries)
    else:
        draft.profile.keep_leftover("cv.sections", sections)
    _read_settings(draft, tree, reader.shown)
    return draft


def _read_basics(draft: ProfileDraft, cv: dict[str, Any], source: ImportedFile) -> None:
    networks, connections, photo = (cv.pop(key, None) for key in ("social_networks", "custom_connections", "photo"))
    basics = draft.profile["basics"] = carry(cv, BASICS, "cv")
    for number, account in enumerate(take_section(networks)):
        add_account(basics, account, f"cv.social_networks[{number}]")
    for number, item in enumerate(take_section(connections)):
        place = f"cv.custom_connections[{number}]"
        contact = carry(item, CONNECTION, place) if isinstance(item, dict) else DraftMapping()
        if contact:
            basics.setdefault("contacts", []).append(contact)
        else:
            basics.keep_leftover(place, item)
    if photo:
        add_photo(draft, basics, photo, "cv.photo", source)


def _read_settings(draft: ProfileDraft, rest: dict[str, Any], shown: list[Any]) -> None:
    """Keep the order and the titles of sections as a variant, with language and paper; other settings are leftovers."""
    locale, design = rest.get("locale"), rest.get("design")
    language = str(locale.get("language", "")) if isinstance(locale, dict) else ""
    code = _LANGUAGES.get(language.casefold().replace(" ", "_"), language if language in _CODES else "")
    if code and code != "en":
        draft.profile["language"] = code
    page = design.get("page") if isinstance(design, dict) else None
    variant = DraftMapping({"sections": shown})
    if isinstance(page, dict) and page.get("size") == "us-letter":
        variant["options"] = {"paper": "letter"}
    if shown:
        draft.profile["variants"] = DraftMapping({_VARIANT: variant})
    for key, value in rest.items():
        draft.profile.keep_leftover(str(key), value)
