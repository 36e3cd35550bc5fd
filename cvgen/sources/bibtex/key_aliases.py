"""Keys that a profile names by another key of the same entry (biblatex's field ``ids``)."""

from __future__ import annotations

from collections.abc import Mapping

from cvgen.model.entry import Entry, list_positions
from cvgen.model.profile import Profile
from cvgen.model.sections import ENTRY_SECTIONS
from cvgen.model.variant_settings import SectionBody, Variant


def replace_aliases(profile: Profile, aliases: Mapping[str, str]) -> Profile:
    """``profile`` with the keys of entries in place of their ``aliases``, wherever it names publications."""
    if not aliases:
        return profile
    overlays = profile.bibliography.entries
    entries = {aliases.get(key, key): overlay for key, overlay in overlays.items()} | {
        key: overlay for key, overlay in overlays.items() if key not in aliases
    }
    bibliography = profile.bibliography.model_copy(update={"entries": entries})
    variants = {name: _in_variant(variant, aliases) for name, variant in profile.variants.items()}
    return profile.model_copy(
        update={"bibliography": bibliography, "variants": variants, **_in_entries(profile, aliases)}
    )


def _in_entries(profile: Profile, aliases: Mapping[str, str]) -> dict[str, object]:
    """The sections of ``profile`` with the keys that their entries name."""
    listed = {name: tuple(_in_entry(entry, aliases) for entry in profile.entries(name)) for name in ENTRY_SECTIONS}
    own = {
        name: section.model_copy(update={"entries": tuple(_in_entry(entry, aliases) for entry in section.entries)})
        for name, section in profile.sections.items()
    }
    return {**listed, "sections": own}


def _in_entry(entry: Entry, aliases: Mapping[str, str]) -> Entry:
    changed: dict[str, object] = {}
    if entry.publications:
        changed["publications"] = tuple(aliases.get(key, key) for key in entry.publications)
    if positions := list_positions(entry):
        changed["positions"] = tuple(_in_entry(position, aliases) for position in positions)
    return entry.model_copy(update=changed) if changed else entry


def _in_variant(variant: Variant, aliases: Mapping[str, str]) -> Variant:
    if variant.sections is None:
        return variant
    sections = tuple(_in_section(section, aliases) for section in variant.sections)
    return variant.model_copy(update={"sections": sections})


def _in_section(section: SectionBody, aliases: Mapping[str, str]) -> SectionBody:
    named = {"pin": section.pin, "exclude": section.exclude}
    return section.model_copy(
        update={setting: tuple(aliases.get(key, key) for key in keys) for setting, keys in named.items() if keys}
    )
