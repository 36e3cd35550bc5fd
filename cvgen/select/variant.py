"""The requested variant, with every setting that it inherits from the variants it extends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cvgen.diagnostics import InputError, Problem, say_circle, suggest
from cvgen.model.basics import Basics
from cvgen.model.date_style import DateStyle
from cvgen.model.own_words import OwnWord
from cvgen.model.profile import Profile
from cvgen.model.refs import ProfilePath
from cvgen.model.sections import SECTIONS
from cvgen.model.variant_settings import Comfort, Order, SectionBody, Variant
from cvgen.sources.career import Career

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class ResolvedSection:
    """A section of a variant and where it is written in the profile."""

    spec: SectionBody
    path: ProfilePath


@dataclass(frozen=True, slots=True)
class ResolvedVariant:
    """A variant with every setting decided. ``option_paths`` says where each theme option is set."""

    name: str
    theme: str
    theme_path: ProfilePath
    language: str
    language_path: ProfilePath
    words: tuple[tuple[ProfilePath, Mapping[str, OwnWord]], ...]
    """The words that the profile and the variants replace, each with its place; the nearest variant comes last."""
    date_style: DateStyle | None
    """None for that of the language."""
    sections: tuple[ResolvedSection, ...]
    tags: frozenset[str] | None
    exclude_tags: frozenset[str]
    short: bool
    pages: int | None
    comfort: Comfort
    order: Order
    weigh_words: bool
    file: str | None
    file_path: ProfilePath
    options: dict[str, str]
    option_paths: dict[str, ProfilePath]
    ancestry: tuple[str, ...]
    """The variant and what it extends, nearest first."""
    priorities: dict[str, int]
    basics: Basics
    """Those of the profile, with the changes of the variant."""
    basics_paths: dict[str, ProfilePath]
    """Field → where the variant changes it."""

    def language_of(self, words_path: ProfilePath, profile: Profile) -> str:
        """The language of words at ``words_path`` that name none: the variant's, or the profile's for the profile's."""
        return profile.language if words_path == ("words",) else self.language

    def basics_path(self, field: str) -> ProfilePath:
        """Where the ``field`` of ``basics`` that the variant shows is written."""
        return self.basics_paths.get(field, ("basics", field))


def resolve_variant(career: Career, name: str | None) -> ResolvedVariant:
    """The variant ``name``; without a name ``default``, else the profile's first, else one that shows everything.

    Raises InputError for an unknown name, an unknown or circular ``extends``.
    """
    profile = career.profile
    if name is None:
        name = DEFAULT if DEFAULT in profile.variants else next(iter(profile.variants), DEFAULT)
    elif name not in profile.variants:
        raise InputError([unknown_variant(career, name)])
    chain = _chain(career, name)
    return ResolvedVariant(
        name=name,
        theme=str(_first(chain, "theme") or "classic"),
        theme_path=_path_of(chain, "theme"),
        language=str(_first(chain, "language") or profile.language),
        language_path=_path_of(chain, "language"),
        words=(
            (("words",), profile.words),
            *((("variants", n, "words"), v.words) for n, v in reversed(chain) if v.words),
        ),
        date_style=_first(chain, "date_style") or profile.date_style,
        sections=_sections(profile, chain),
        tags=frozenset(tags) if (tags := _first(chain, "tags")) is not None else None,
        exclude_tags=frozenset(_first(chain, "exclude_tags") or ()),
        short=bool(_first(chain, "short")),
        pages=_first(chain, "pages"),
        comfort=_first(chain, "comfort") or Comfort.NORMAL,
        order=_first(chain, "order") or Order.PROFILE,
        weigh_words=_first(chain, "weigh_words") is not False,
        file=_first(chain, "file"),
        file_path=_path_of(chain, "file"),
        options={k: v for _, v_ in reversed(chain) for k, v in (v_.options or {}).items()},
        ancestry=tuple(seen for seen, _ in chain),
        option_paths={k: ("variants", n, "options", k) for n, v_ in reversed(chain) for k in (v_.options or {})},
        priorities=_priorities(chain),
        basics=profile.basics.model_copy(update=_changes(chain)),
        basics_paths={
            k: ("variants", n, "basics", k) for n, v in reversed(chain) if v.basics for k in v.basics.changes
        },
    )


def unknown_variant(career: Career, name: str) -> Problem:
    """The Problem of a command that asks for the variant ``name``, which the profile does not have."""
    known = career.profile.variants
    hint = suggest(name, known) if known else f"add variants: {{{name}: {{…}}}}"
    return Problem(f"there is no variant {name!r} in the profile", career.places.key(("variants",)), hint)


VariantChain = list[tuple[str, Variant]]


def _chain(career: Career, name: str) -> VariantChain:
    variants = career.profile.variants
    chain: VariantChain = []
    seen: set[str] = set()
    current: str | None = name
    while current is not None:
        if current in seen:
            names = [one for one, _ in chain]
            place = career.places.value(("variants", names[-1], "extends"))
            message = say_circle("variant", [*names[names.index(current) :], current])
            raise InputError([Problem(message, place, "delete one 'extends'")])
        variant = variants.get(current)
        if variant is None and chain:
            place = career.places.value(("variants", chain[-1][0], "extends"))
            raise InputError([Problem(f"there is no variant {current!r} to extend", place, suggest(current, variants))])
        chain.append((current, variant or Variant()))
        seen.add(current)
        current = chain[-1][1].extends
    return chain


def _first(chain: VariantChain, field: str):  # type: ignore[no-untyped-def]
    """The nearest setting of ``field`` along the chain of ``extends``."""
    return next((value for _, v in chain if (value := getattr(v, field)) is not None), None)


def _path_of(chain: VariantChain, field: str) -> ProfilePath:
    name = next((n for n, v in chain if getattr(v, field) is not None), None)
    return ("variants", name, field) if name is not None else ()


def _priorities(chain: VariantChain) -> dict[str, int]:
    """Term → priority, where the nearest variant decides; 0 takes back what a variant further up gives."""
    merged = {term: number for _, v in reversed(chain) for term, number in (v.priorities or {}).items()}
    return {term: number for term, number in merged.items() if number}


def _changes(chain: VariantChain) -> dict[str, Any]:
    """The fields of ``basics`` that the variants of ``chain`` change; the nearest variant decides."""
    return {name: value for _, v in reversed(chain) if v.basics for name, value in v.basics.changes.items()}


def _sections(profile: Profile, chain: VariantChain) -> tuple[ResolvedSection, ...]:
    for name, variant in chain:
        if variant.sections is not None:
            return tuple(
                ResolvedSection(spec, ("variants", name, "sections", index))
                for index, spec in enumerate(variant.sections)
            )
    order = (*SECTIONS, *profile.sections)
    return tuple(ResolvedSection(SectionBody(section=name), ("sections", name)) for name in order)
