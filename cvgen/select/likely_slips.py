"""Words of a profile that any text could be, and that are a slip all the same: networks, ORCID iDs, tags, aliases."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from cvgen.diagnostics import Problem, did_you_mean, warn
from cvgen.model.entries import HighlightBody
from cvgen.model.profile import NetworkProfile, Profile
from cvgen.select.contacts import KNOWN_NETWORKS, network_key
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career
from cvgen.sources.yaml.places import Path


def find_slips(career: Career, variant: ResolvedVariant) -> list[Problem]:
    """A warning for each; the text is printed as it was typed."""
    profile, found = career.profile, list[tuple[Path, str, str]]()
    for index, account in enumerate(profile.basics.profiles):
        path: Path = ("basics", "profiles", index)
        found += [((*path, field), told, hint) for field, told, hint in _check_account(account)]
    if (orcid := profile.bibliography.orcid) and not _is_orcid(orcid):
        found.append((("bibliography", "orcid"), *_no_orcid(orcid)))
    found += _check_aliases(profile)
    found += _check_tags(career, variant)
    return [warn(told, career.places.value(path), hint) for path, told, hint in found]


def _check_account(account: NetworkProfile) -> Iterator[tuple[str, str, str]]:
    key, name = network_key(account.network), account.username or ""
    if key not in KNOWN_NETWORKS and not account.url and (near := did_you_mean(key, KNOWN_NETWORKS)):
        yield "network", f"the network {account.network!r} is not known here, so it is printed without a link", near
    if key == "orcid" and name and not _is_orcid(name):
        yield "username", *_no_orcid(name)
    if key in KNOWN_NETWORKS and key != "mastodon" and name.startswith("@"):
        yield "username", f"the link to {name!r} would not lead to you", f"leave the @ out: {name[1:]}"


def _no_orcid(typed: str) -> tuple[str, str]:
    told = f"{typed!r} is no ORCID iD: it has 16 digits, of which the last one checks the others"
    return told, "copy it from your page at orcid.org"


def _is_orcid(typed: str) -> bool:
    """Whether the last digit is the checksum of the others (ISO 7064, MOD 11-2)."""
    if not re.fullmatch(r"\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx]", typed.strip()):
        return False
    digits, total = typed.strip().replace("-", ""), 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1].upper()


def _check_aliases(profile: Profile) -> Iterator[tuple[Path, str, str]]:
    """``[Lin, Wei]`` without quotes is two spellings of one word each."""
    for index, (first, second) in enumerate(itertools.pairwise(profile.bibliography.aliases)):
        if all(re.fullmatch(r"[A-Za-zÀ-ɏ'’.-]+", word) for word in (first, second)):
            told = f"the aliases {first!r} and {second!r} are two spellings, each of one word"
            yield ("bibliography", "aliases", index), told, f'if they are one, put it in quotes: "{first}, {second}"'


def _check_tags(career: Career, variant: ResolvedVariant) -> Iterator[tuple[Path, str, str]]:
    """Tags asked for that nothing has, where something has one like it."""
    known = set(_tags_in(career.profile)) | {tag for paper in career.publications for tag in paper.tags}
    asked: list[tuple[Path, Iterable[str]]] = []
    for field in ("tags", "exclude_tags"):
        for name, settings in career.profile.variants.items():
            if name == variant.name:
                asked.append((("variants", name, field), getattr(settings, field) or ()))
        asked += [((*section.path, field), getattr(section.spec, field)) for section in variant.sections]
    for path, tags in asked:
        for index, tag in enumerate(tags):
            if tag not in known and (near := did_you_mean(tag, known)):
                yield (*path, index), f"nothing has the tag {tag!r}", near


def _tags_in(profile: Profile) -> Iterator[str]:
    for section in profile.entry_sections:
        for entry in profile.entries(section):
            yield from entry.tags
            yield from _tags_of(entry.highlights)
    for overlay in profile.bibliography.entries.values():
        yield from _tags_of(overlay.highlights)


def _tags_of(highlights: Iterable[HighlightBody]) -> Iterator[str]:
    for highlight in highlights:
        yield from highlight.tags
        yield from _tags_of(highlight.highlights)
