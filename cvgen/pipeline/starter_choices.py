"""What a person chooses for a starter profile, and the lines of the profile that follow from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cvgen.diagnostics import InputError, Problem, did_you_mean, nearest, suggest
from cvgen.pipeline.project_names import THEMES
from cvgen.select.language import has_words, suggest_language
from cvgen.themes.contract import PAPER
from cvgen.themes.theme import Theme, find_theme

PAPERS = ("a4", "letter")
LETTER_COUNTRIES = frozenset(("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"))
"""Countries whose paper is Letter, by CLDR; all others have A4."""


@dataclass(frozen=True, slots=True)
class StarterChoices:
    """The choices of a person; those that are None follow from others, or are those of the starter."""

    theme: str | None = None
    language: str | None = None
    country: str | None = None
    """Its code of two letters, as it is typed; it decides the paper."""
    paper: str | None = None

    @property
    def paper_of_country(self) -> str | None:
        """The paper, given or that of the country."""
        country = self.country and self.country.upper()
        return self.paper or (country and ("letter" if country in LETTER_COUNTRIES else "a4")) or None


def check_choices(choices: StarterChoices, folder: Path) -> Theme | None:
    """The theme that is chosen, if one is. Raises InputError for all choices that cannot be."""
    problems = [
        *_check_language(choices.language),
        *_check_country(choices.country),
    ]
    if choices.paper not in (None, *PAPERS):
        problems.append(Problem(f"{choices.paper!r} is not a paper", None, suggest(str(choices.paper), PAPERS)))
    theme = None
    try:
        theme = find_theme(choices.theme, [folder / THEMES], None) if choices.theme else None
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return theme


def _check_language(language: str | None) -> list[Problem]:
    if language is None or has_words(language):
        return []
    return [Problem(f"cvgen has no words in {language!r}", None, suggest_language(language))]


def _check_country(country: str | None) -> list[Problem]:
    if country is None:
        return []
    from babel import Locale

    names = {code: name for code, name in Locale("en").territories.items() if re.fullmatch("[A-Z]{2}", code)}
    if country.upper() in names:
        return []
    codes = {name.casefold(): code for code, name in names.items()}
    near = nearest(country, codes)
    hint = did_you_mean(codes[near]) if near else "write its code of two letters, such as CH"
    return [Problem(f"{country!r} is not the code of a country", None, hint)]


def apply_choices(text: str, choices: StarterChoices, theme: Theme | None) -> str:
    """The profile ``text`` of a starter with the lines that follow from ``choices``."""
    if choices.language:
        text = text.replace(
            "\nvariants:\n", f"\nlanguage: {choices.language}{' ' * 30}# of headings and dates\n\nvariants:\n"
        )
    if choices.country:
        text = _move(text, choices.country.upper())
    if theme or choices.paper_of_country:
        head, marker, variants = text.partition("\nvariants:\n")
        text = head + marker + _set_look(variants, theme, choices.paper_of_country)
    return text


def _move(text: str, country: str) -> str:
    """``text`` whose person lives in ``country``, and has a phone number of it."""
    import phonenumbers

    text = re.sub(
        r"(?m)^  location: .*$", f"  location: {{city: Example Town, country_code: {country}}}", text, count=1
    )
    example = phonenumbers.example_number(country)
    if example is None:
        return re.sub(r"(?m)^  phone: .*\n", "", text, count=1)
    number = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return re.sub(r"(?m)^  phone: .*$", f"  phone: {number}", text, count=1)


def _set_look(variants: str, theme: Theme | None, paper: str | None) -> str:
    """``variants`` with ``theme`` in the first of them, and ``paper`` in each that extends none."""
    parts = re.split(r"(?m)^(?=  \w+:)", variants)
    own = [_set_paper(part, paper, None) if paper and "    extends:" not in part else part for part in parts[2:]]
    first = parts[1]
    if theme:
        first = re.sub(r"(?m)^(    theme: )\w+", rf"\g<1>{theme.name}", first, count=1)
        first = _drop_options(first, theme)
    return "".join([parts[0], _set_paper(first, paper, theme) if paper else first, *own])


def _drop_options(variant: str, theme: Theme) -> str:
    """``variant`` without options that ``theme`` does not have."""
    found = re.search(r"(?m)^    options: \{(\w+):.*\n", variant)
    return variant.replace(found[0], "") if found and found[1] not in theme.options else variant


def _set_paper(variant: str, paper: str, theme: Theme | None) -> str:
    """``variant`` with the option ``paper``, unless its ``theme`` is for screens."""
    if theme and PAPER not in theme.options:
        return variant
    if "    options: {" in variant:
        return variant.replace("    options: {", f"    options: {{{PAPER}: {paper}, ", 1)
    return re.sub(r"(?m)^(    theme: .*\n)", rf"\g<1>    options: {{{PAPER}: {paper}}}\n", variant, count=1)


def say_untranslated(language: str) -> str:
    """The comment of a profile whose sample texts are not in its ``language``."""
    return f"# The sample texts are in English; write yours in the language of the headings ({language}).\n"
