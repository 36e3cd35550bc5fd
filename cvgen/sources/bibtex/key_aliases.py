"""Keys that a profile names by another key of the same entry (biblatex's field ``ids``)."""

from __future__ import annotations

from collections.abc import Mapping

from cvgen.model.profile import Profile, SectionBody, Variant


def replace_aliases(profile: Profile, aliases: Mapping[str, str]) -> Profile:
    """``profile`` with the keys of entries in place of their ``aliases``, in overlays, ``pin`` and ``exclude``."""
    if not aliases:
        return profile
    overlays = profile.bibliography.entries
    entries = {aliases.get(key, key): overlay for key, overlay in overlays.items()} | {
        key: overlay for key, overlay in overlays.items() if key not in aliases
    }
    bibliography = profile.bibliography.model_copy(update={"entries": entries})
    variants = {name: _in_variant(variant, aliases) for name, variant in profile.variants.items()}
    return profile.model_copy(update={"bibliography": bibliography, "variants": variants})


def _in_variant(variant: Variant, aliases: Mapping[str, str]) -> Variant:
    if variant.sections is None:
        return variant
    sections = tuple(_in_section(section, aliases) for section in variant.sections)
    return variant.model_copy(update={"sections": sections})


def _in_section(section: SectionBody, aliases: Mapping[str, str]) -> SectionBody:
    named = {"pin": section.pin, "exclude": section.exclude}
    return section.model_copy(
        update={setting: tuple(aliases.get(key, key) for key in keys) for setting, keys in named.items()}
    )
