"""Values of a profile that are allowed but probably mistakes: names, countries, networks, ORCID iDs, levels, tags."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from cvgen.diagnostics import Mistake, Problem, did_you_mean, nearest, warn
from cvgen.model.basics import Basics, NetworkProfile
from cvgen.model.entry import HighlightBody, list_positions
from cvgen.model.inline import Text
from cvgen.model.networks import NETWORKS
from cvgen.model.profile import Profile
from cvgen.model.sections import row_of
from cvgen.select.skill_levels import find_fault
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career
from cvgen.sources.yaml.places import TreePath


def find_suspect_values(career: Career, variant: ResolvedVariant) -> list[Problem]:
    """A warning for each suspect value of the profile, and of ``variant``; they are printed as typed."""
    profile, found = career.profile, list[tuple[TreePath, Mistake]]()
    for index, account in enumerate(variant.basics.profiles):
        path: TreePath = (*variant.basics_path("profiles"), index)
        found += [((*path, field), mistake) for field, mistake in _check_account(account)]
    if (orcid := profile.bibliography.orcid) and not _is_orcid(orcid):
        found.append((("bibliography", "orcid"), _not_an_orcid(orcid)))
    found += _check_name(profile.basics)
    found += _check_country(variant)
    found += _check_aliases(profile)
    found += _check_levels(profile)
    found += _check_tags(career, variant)
    return [warn(mistake.message, career.places.value(path), mistake.hint) for path, mistake in found]


def _check_account(account: NetworkProfile) -> Iterator[tuple[str, Mistake]]:
    known, name = account.known, account.username or ""
    if known is None:
        if near := nearest(account.network, NETWORKS):
            message = f"{account.network!r} is not a known network, so it is printed as you typed it"
            yield "network", Mistake(message, did_you_mean(near))
    elif known.key == "orcid" and not _is_orcid(name := account.handle or ""):
        if name:
            yield "username" if account.username else "url", _not_an_orcid(name)
    elif name and not account.address and not known.is_private:
        message = f"{name!r} is not a handle of {known.label}, so it is printed without a link"
        hint = f"write it like {known.example}, or" if known.example else "write it as in the address of your page, or"
        yield "username", Mistake(message, f"{hint} write the address as url: https://…")


_QUOTED = re.compile(r"[“„”«‘](?P<inside>.*)[”“»’]")


def _check_name(basics: Basics) -> Iterator[tuple[TreePath, Mistake]]:
    """A warning for a name in the quotes of a word processor, which YAML takes for letters."""
    for language, name in basics.name.wordings:
        if found := _QUOTED.fullmatch(str(name)):
            path = ("basics", "name", language) if language else ("basics", "name")
            hint = f'write {found["inside"]}, or the quotes of a keyboard: "{found["inside"]}"'
            yield path, Mistake("the quotes around the name are printed", hint)


def _check_country(variant: ResolvedVariant) -> Iterator[tuple[TreePath, Mistake]]:
    """A warning for a code of a country that does not have two letters."""
    place = variant.basics.location
    if place and place.country_code and not re.fullmatch("[A-Za-z]{2}", place.country_code):
        message = f"{place.country_code!r} is not the code of a country, which has two letters"
        yield (*variant.basics_path("location"), "country_code"), Mistake(message, "write it as in CH, GB or US")


def _not_an_orcid(typed: str) -> Mistake:
    message = f"{typed!r} is not an ORCID iD, which has 16 digits, the last one computed from the others"
    return Mistake(message, "copy it from your page at orcid.org")


def _is_orcid(typed: str) -> bool:
    """Whether the last digit is the checksum of the others (ISO 7064, MOD 11-2)."""
    if not re.fullmatch(r"\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx]", typed.strip()):
        return False
    digits, total = typed.strip().replace("-", ""), 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1].upper()


def _check_aliases(profile: Profile) -> Iterator[tuple[TreePath, Mistake]]:
    """A warning for ``[Lin, Wei]`` without quotes, which is two aliases of one word each."""
    for index, (first, second) in enumerate(itertools.pairwise(profile.bibliography.aliases)):
        if all(re.fullmatch(r"[A-Za-zÀ-ɏ'’.-]+", word) for word in (first, second)):
            message = f"{first!r} and {second!r} are two aliases of one word each"
            hint = f'if they are one name, put it in quotes: "{first}, {second}"'
            yield ("bibliography", "aliases", index), Mistake(message, hint)


def _check_levels(profile: Profile) -> Iterator[tuple[TreePath, Mistake]]:
    """A warning for each level in numbers that says nothing, such as ``4``."""
    for section in profile.entry_sections:
        for index, entry in enumerate(profile.entries(section)):
            field = row_of(entry).fields.level
            level: Text | None = getattr(entry, field) if field else None
            if level and (fault := find_fault(str(level))):
                hint = "write 4/5, or a word such as advanced"
                yield (*profile.path_of(section, index), field), Mistake(f"the level {str(level)!r} {fault}", hint)


def _check_tags(career: Career, variant: ResolvedVariant) -> Iterator[tuple[TreePath, Mistake]]:
    """A warning for each tag that ``variant`` selects by and no part has, if some part has a similar one."""
    known = set(_tags_in(career.profile)) | {tag for paper in career.publications for tag in paper.tags}
    asked: list[tuple[TreePath, Iterable[str]]] = []
    for field in ("tags", "exclude_tags"):
        settings = ((name, career.profile.variants.get(name)) for name in variant.ancestry)
        setting = next(((name, tags) for name, s in settings if (tags := getattr(s, field, None)) is not None), None)
        if setting:
            asked.append((("variants", setting[0], field), setting[1]))
        asked += [((*section.path, field), getattr(section.spec, field)) for section in variant.sections]
    for path, tags in asked:
        for index, tag in enumerate(tags):
            if tag not in known and (near := nearest(tag, known)):
                yield (*path, index), Mistake(f"nothing has the tag {tag!r}", did_you_mean(near))


def _tags_in(profile: Profile) -> Iterator[str]:
    for section in profile.entry_sections:
        for entry in profile.entries(section):
            for part in (entry, *list_positions(entry)):
                yield from part.tags
                yield from _tags_of(part.highlights)
    for overlay in profile.bibliography.entries.values():
        yield from _tags_of(overlay.highlights)


def _tags_of(highlights: Iterable[HighlightBody]) -> Iterator[str]:
    for highlight in highlights:
        yield from highlight.tags
        yield from _tags_of(highlight.highlights)
