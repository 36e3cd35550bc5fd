"""Prints publications by the templates of citation styles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from cvgen.backends.citations import (
    around,
    bold,
    em,
    join,
    link,
    marks,
    owner,
    say_title,
    sentence,
    text,
    unstop,
)
from cvgen.backends.cited_people import authors, editors, is_english, label, names, quote, say
from cvgen.backends.templates import StyleFunction, ThemeEnvironment, render_template
from cvgen.model.inline import RichText
from cvgen.model.paper_signs import OWN_SCRIPT, PaperSigns
from cvgen.themes.contract import TITLE_LINKS
from cvgen.themes.options import OptionValue
from cvgen.themes.styles import Style


class Citer:
    """Prints a publication in a citation style; ``options`` say whether titles are links."""

    def __init__(
        self,
        environment: ThemeEnvironment,
        words: Mapping[str, str],
        options: Mapping[str, OptionValue],
        styles: Mapping[str, Style],
    ) -> None:
        self._environment, self._styles = environment, styles
        self._links_titles = options.get(TITLE_LINKS) is True
        self._values: dict[str, Any] = {name: StyleFunction(call) for name, call in STYLE_FUNCTIONS.items()}
        self._values |= {"words": words, "is_english": is_english(words)}
        latin_words = {**words, "list_comma": ", "}
        self._worded, self._latin = (
            {name: StyleFunction(partial(call, said)) for name, call in _WORDED_FUNCTIONS.items()}
            for said in (words, latin_words)
        )

    def __call__(self, item: Any, style: str) -> object:
        """The markup of ``item`` in ``style``; raises InputError for a fault of the style."""
        is_latin = self._styles.get(style, Style()).latin_signs
        functions = dict(self._latin if is_latin else self._worded)
        functions["title"] = StyleFunction(partial(say_title, item.title_url if self._links_titles else ""))
        if item.signs != PaperSigns() and not is_latin:
            functions |= {name: StyleFunction(partial(call, item.signs)) for name, call in _SIGNED_FUNCTIONS.items()}
        values = {**self._values, **functions, "item": item}
        return render_template(self._environment, f"{style}.j2", values)


def _around(signs: PaperSigns, before: str, part: object, after: str = "") -> RichText:
    """As ``around``, in the brackets of the paper's script, but for numbers."""
    if before == "(" and after == ")" and OWN_SCRIPT.search(str(text(part))):
        return around(signs.opening.strip(), part, signs.closing)
    return around(before, part, after)


def _join(signs: PaperSigns, parts: Iterable[object], separator: str = ", ") -> RichText:
    return join(parts, signs.comma if separator == ", " else separator)


def _sentence(signs: PaperSigns, parts: Iterable[object], separator: str = ", ", end: str = ".") -> RichText:
    return sentence(parts, signs.comma if separator == ", " else separator, end)


_SIGNED_FUNCTIONS: Mapping[str, Callable[..., RichText]] = {"around": _around, "join": _join, "sentence": _sentence}
"""Functions of styles that print the signs of the paper's own script."""
_WORDED_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "authors": authors,
    "editors": editors,
    "names": names,
    "label": label,
    "say": say,
    "quoted": quote,
}
"""Functions of styles that take the document's words first."""
STYLE_FUNCTIONS: Mapping[str, Callable[..., RichText]] = {
    "text": text,
    "around": around,
    "join": join,
    "sentence": sentence,
    "unstop": unstop,
    "em": em,
    "bold": bold,
    "title": partial(say_title, ""),
    "owner": owner,
    "marks": marks,
    "link": link,
}
"""The functions that a style may call; it also has ``item``, ``words`` and ``is_english``."""
