"""Explains a name that a template uses and that does not exist: what is there, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from cvgen.diagnostics import Mistake, did_you_mean, nearest, one_of
from cvgen.model.inline import RichText

_INTERNAL = frozenset({"ref"})
"""Fields that templates only pass on, as a part of ``at(item)``."""
_NOUNS = {"Document": "doc", "LetterLayout": "doc.letter", "PublicationItem": "a paper (PublicationItem)"}
_ELSEWHERE = {
    "position": "subheading", "name": "heading", "title": "heading", "institution": "heading",
    "organization": "heading",
    "company": "heading", "location": "aside", "place": "aside", "date": "dates", "start": "dates", "end": "dates",
    "keywords": "details", "highlights": "bullets", "journal": "venue", "booktitle": "venue", "author": "authors",
    "entries": "items", "publications": "groups", "heading": "title", "email": "contacts", "phone": "contacts",
    "photo": "image", "profiles": "contacts", "summary": "text",
}  # fmt: skip
"""Names of a profile's fields, and where an item or a section has their text."""


class UnknownNameError(UndefinedError):
    """A template used a name that does not exist: ``name`` of ``owner``, or of nothing."""

    def __init__(self, owner: object, name: str, message: str) -> None:
        super().__init__(message)
        self.owner, self.name = owner, name


class ExplainedUndefined(StrictUndefined):
    """What a template gets for a name that does not exist; any use of it raises UnknownNameError."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None) -> None:
        super().__init__(hint, obj, name, exc or UndefinedError)
        if hint is None and isinstance(name, str):
            self._undefined_exception = partial(UnknownNameError, obj, name)  # type: ignore[assignment]


def explain_name(error: UndefinedError, known: Iterable[str]) -> Mistake:
    """What is wrong in the template that ``error`` ended; ``known`` are the names that every template has."""
    names = sorted(known)
    if not isinstance(error, UnknownNameError):
        if "does not export" in str(error):
            return Mistake(f"template: {error.message}", "correct the name of the macro")
        return Mistake(f"template: {error.message}", f"these names are known here: {', '.join(names)}")
    if error.owner is missing:
        return Mistake(f"template: {error.name!r} is undefined", _hint_for_name(error.name, names))
    return _explain_attribute(error.owner, error.name)


def _hint_for_name(name: str, known: list[str]) -> str:
    """What to write in place of a ``name`` of nothing."""
    if name in known:  # a template that is imported without its context does not see it
        return "write 'with context' at the end of the tag that imports this template"
    listed = f"these names are known here: {', '.join(known)}"
    near = nearest(name, known)
    return f"{did_you_mean(near)} {_as_sentence(listed)}" if near else listed


def _explain_attribute(owner: object, name: str) -> Mistake:
    if isinstance(owner, Mapping):
        if "section_work" in owner or "direction" in owner:
            return Mistake(f"template: `words` has no {name!r}", _suggest(name, owner, "it has: "))
        return Mistake(f"template: the theme has no option {name!r}", _suggest(name, owner, "it has: "))
    if isinstance(owner, TemplateModule):
        macros = [macro for macro in vars(owner) if not macro.startswith("_")]
        return Mistake(f"template: the imported template has no macro {name!r}", _suggest(name, macros, "it has: "))
    if owner is None:
        return Mistake(f"template: there is nothing here that could have {name!r}", "test it first: {% if … %}")
    if isinstance(owner, (str, int, float, RichText)):
        kind = "a number" if isinstance(owner, (int, float)) else "text"
        return Mistake(f"template: this is {kind}, which has no {name!r}", f"print it without .{name}")
    if isinstance(owner, (list, tuple)):
        return Mistake(f"template: this is a list, which has no {name!r}", "write {% for one in … %} to use each of it")
    return _explain_field(owner, name)


def _explain_field(owner: object, name: str) -> Mistake:
    """A field that a part of the document does not have."""
    own = list_template_fields(type(owner))
    if not own:
        return Mistake(f"template: there is no {name!r} here", "correct the name")
    noun = type(owner).__name__
    said = _NOUNS.get(noun, f"{'an' if noun[0] in 'AEIOU' else 'a'} {noun}")
    meant = _ELSEWHERE.get(name, "")
    near = meant if meant in own else nearest(name, own)
    listed = f"{said} has: {', '.join(own)}"
    hint = f"{did_you_mean(near)} {_as_sentence(listed)}" if near else listed
    return Mistake(f"template: {said} has no {name!r}", hint)


def list_template_fields(model: type[object]) -> list[str]:
    """The public fields and properties of a part of the document."""
    own = [field.name for field in fields(model)] if is_dataclass(model) else []
    own += [name for cls in model.__mro__ for name, value in vars(cls).items() if isinstance(value, property)]
    return [name for name in dict.fromkeys(own) if not name.startswith("_") and name not in _INTERNAL]


def _suggest(name: str, known: Iterable[str], listed: str) -> str:
    names = sorted(str(one) for one in known)
    near = nearest(name, names)
    return did_you_mean(near) if near else f"{listed}{', '.join(names)}" if len(names) < 80 else one_of(names)


def _as_sentence(text: str) -> str:
    return text if text.startswith("doc") else text[0].upper() + text[1:]
