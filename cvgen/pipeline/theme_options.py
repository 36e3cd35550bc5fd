"""The theme options of a render: those of the variant, the letter and the command line."""

from __future__ import annotations

from collections.abc import Mapping

from cvgen.model.letters import Letter
from cvgen.select.letter import LETTERS
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career
from cvgen.themes.letter_look import list_letter_options
from cvgen.themes.theme import OptionPlace, Theme


def list_given(
    typed: Mapping[str, str], asked_theme: str | None, variant: ResolvedVariant, theme: Theme, letter: Letter | None
) -> dict[str, str]:
    """Options as text: those of the profile, overridden by those ``typed`` on the command line.

    A ``letter`` has its own sizes and margins in place of the variant's. ``asked_theme`` is that of the command line.
    """
    changed = bool(asked_theme and asked_theme != variant.theme)
    given = {
        name: text
        for name, text in variant.options.items()
        if name in theme.options or not (changed or _is_for_another_theme(variant, name))
    }
    if letter:
        given |= list_letter_options(theme, given) | letter.options
    return {**given, **typed}


def place_given(
    given: Mapping[str, str], typed: Mapping[str, str], career: Career, variant: ResolvedVariant, letter: str | None
) -> dict[str, OptionPlace]:
    """Where the profile sets each of the options ``given`` that is not ``typed`` on the command line."""
    own = career.profile.letters[letter].options if letter in career.profile.letters else {}
    paths = {**variant.option_paths, **{name: (LETTERS, str(letter), "options", name) for name in own}}
    return {
        name: (career.places.key(path), career.places.value(path))
        for name, path in paths.items()
        if name in given and name not in typed
    }


def _is_for_another_theme(variant: ResolvedVariant, option: str) -> bool:
    """Whether ``option`` is inherited from a variant further up than the one that chose the current theme."""
    if not variant.theme_path:
        return False
    order = variant.ancestry
    return order.index(str(variant.option_paths[option][1])) > order.index(str(variant.theme_path[1]))
