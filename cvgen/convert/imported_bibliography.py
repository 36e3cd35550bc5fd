"""Imports a bibliography alone, BibTeX or CSL-JSON: a profile around it, whose owner is the person in most entries."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping

from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.owner_names import are_alike, has_initials, split_name
from cvgen.convert.profile_draft import DraftMapping, ProfileDraft
from cvgen.diagnostics import InputError, Location, Problem
from cvgen.model.marks import Mark
from cvgen.model.owner import fold
from cvgen.model.publication import Author, Publication
from cvgen.sources.bibtex.raw_entry import RawEntry

_ENTRY = re.compile(r"(?m)^\s*@\s*[a-zA-Z]+\s*[{(]")
_CSL_KEYS = frozenset({"title", "author", "issued", "DOI", "container-title", "id"})
_MOST_NAMED = 5


def recognise_bibtex(source: ImportedFile) -> bool:
    """Whether ``source`` has entries of BibTeX."""
    return not source.is_json and bool(_ENTRY.search(source.rough_text))


def recognise_csl(source: ImportedFile) -> bool:
    """Whether ``source`` is a list of CSL items, or a mapping with one."""
    tree = source.tree if source.is_json else None
    items = tree.get("items", [tree]) if isinstance(tree, dict) else tree
    first = items[0] if isinstance(items, list) and items else None
    return isinstance(first, dict) and "type" in first and len(_CSL_KEYS & set(first)) >= 2


def read_bibtex(source: ImportedFile) -> ProfileDraft:
    """The draft of a profile around a BibTeX file."""
    from cvgen.sources.bibtex.bib_file import parse_bibtex

    return _around(source, "papers.bib", *parse_bibtex(source.rough_text, str(source.path)))


def read_csl(source: ImportedFile) -> ProfileDraft:
    """The draft of a profile around a file of CSL-JSON."""
    from cvgen.sources.bibtex.csl import parse_csl

    return _around(source, "papers.json", *parse_csl(source.text, str(source.path)))


def _around(source: ImportedFile, name: str, entries: list[RawEntry], problems: list[Problem]) -> ProfileDraft:
    publications, more = _build(entries)
    if errors := [problem for problem in (*problems, *more) if problem.is_error]:
        raise InputError(errors)
    if not publications:
        raise InputError([Problem("there is no entry in the file", Location(str(source.path)), "name another file")])
    owner, aliases = find_person(publications, source)
    draft = ProfileDraft(bibliography=(name, source.data))
    draft.profile["basics"] = DraftMapping({"name": owner})
    draft.profile["bibliography"] = DraftMapping({"aliases": aliases} if aliases else {})
    return draft


def _build(entries: list[RawEntry]) -> tuple[list[Publication], list[Problem]]:
    """The publications of ``entries``, and every problem of them."""
    from cvgen.sources.bibtex.crossref import inherit_fields
    from cvgen.sources.bibtex.entry_limits import apply_limits
    from cvgen.sources.entry.annotations import MarkWords
    from cvgen.sources.entry.publication_reader import build_publication

    kept, problems = apply_limits(entries)
    publications = []
    for entry in inherit_fields(kept).entries:
        publication, found = build_publication(entry, {}, MarkWords({}, {}))
        publications.append(publication)
        problems = [*problems, *found]
    return publications, problems


def find_person(publications: list[Publication], source: ImportedFile) -> tuple[str, list[str]]:
    """The name of the owner, and other spellings of it.

    The owner is the person asked for, else the one marked ``self``, else the one in the most entries. Raises
    InputError if two people are in equally many.
    """
    people = [list(_people_of(publication)) for publication in publications]
    families = _group_by_family(person.name for listed in people for person in listed)
    marked = next((person.name for listed in people for person in listed if Mark.SELF in person.marks), None)
    if asked := source.person or marked:
        return asked, _other_spellings(asked, families)
    entries = _number_entries(people)
    spellings = [name for family in families.values() for name in family]
    counts = {name: _count([name, *_other_spellings(name, families)], entries) for name in spellings}
    most = max(counts.values(), default=0)
    best = [name for name, count in counts.items() if count == most]
    chosen = max(best, key=lambda name: (not has_initials(name), _count([name], entries), len(name)), default="")
    rivals = [name for name in best if fold(name) != fold(chosen) and not are_alike(name, chosen)]
    if rivals or not chosen:
        raise InputError([_say_rivals([chosen, *rivals], most, source)])
    return chosen, _other_spellings(chosen, families)


def _people_of(publication: Publication) -> Iterable[Author]:
    return publication.authors or publication.editors


def _group_by_family(names: Iterable[str]) -> dict[Hashable, list[str]]:
    """The spellings by their family name: a file has thousands of people, and few of one family."""
    families: dict[Hashable, list[str]] = {}
    for name in dict.fromkeys(names):
        families.setdefault(fold(split_name(name)[0]), []).append(name)
    return families


def _other_spellings(name: str, families: Mapping[Hashable, list[str]]) -> list[str]:
    """The spellings similar to ``name``, unless they could belong to another person in the file."""
    known = families.get(fold(split_name(name)[0]), [])
    others = [other for other in known if fold(other) != fold(name)]
    found = [other for other in others if are_alike(other, name)]
    rivals = [other for other in others if not are_alike(other, name)] if found else []
    return [other for other in found if not any(are_alike(other, rival) for rival in rivals)]


def _number_entries(people: list[list[Author]]) -> dict[Hashable, set[int]]:
    """The numbers of the entries that have a person of each spelling."""
    numbers: dict[Hashable, set[int]] = {}
    for number, listed in enumerate(people):
        for person in listed:
            numbers.setdefault(fold(person.name), set()).add(number)
    return numbers


def _count(spellings: list[str], entries: Mapping[Hashable, set[int]]) -> int:
    """The number of entries with a person of one of these spellings."""
    return len(set().union(*(entries.get(fold(spelling), set()) for spelling in spellings)))


def _say_rivals(names: list[str], count: int, source: ImportedFile) -> Problem:
    place = Location(str(source.path))
    if not names[0]:
        return Problem("no entry has an author", place, 'say whose profile it is: --name "Wei Lin"')
    shown = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    times = "one entry" if count == 1 else f"{count} entries"
    hint = f'say whose profile it is: --name "{names[0]}"'
    return Problem(f"{len(names)} people are each in {times}: {shown}", place, hint)
