"""The home pages of people: which author of a list, mentor or advisor a name of ``bibliography.people`` means; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cvgen.diagnostics import Problem, suggest, warn
from cvgen.model.changed_parts import PartChange, change_parts
from cvgen.model.document import Document
from cvgen.model.inline import drop_links
from cvgen.model.owner import Owner, fold, list_spellings
from cvgen.model.publication import Author, Credit, Publication
from cvgen.model.shown_paper import PublicationItem, ShownAuthor
from cvgen.sources.career import Career


class PeopleLinks:
    """Names with addresses, to be looked up as the owner is: without case, diacritics, dots and order.

    A name with initials only is the person's if no other person in ``publications`` or ``people`` can be meant.
    """

    def __init__(self, people: Mapping[str, str], publications: Iterable[Publication] = (), owner: Owner | None = None):
        self._urls = {fold(name): url for name, url in people.items()}
        self._given = {fold(name): _words(name) for name in people}
        self._families: dict[tuple[str, ...], set[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(set)
        """Family name → the whole names that have it, each with its given names."""
        if not people:
            return
        for author in list_people(publications):
            if author.given and not _has_only_initials(author):
                self._families[fold(_family(author))].add((fold(author.name), _words(author.given)))
        self._owner = owner.spellings if owner else frozenset()

    def find(self, author: Author) -> str:
        """The address of ``author``; empty if there is none, or if several people could be meant."""
        if not self._urls:
            return ""
        for spelling in list_spellings(author):
            if spelling in self._urls:
                return self._urls[spelling]
        meant = self.find_meant(author)
        return self._urls[next(iter(meant))] if len(meant) == 1 and meant <= self._urls.keys() else ""

    def find_named(self, name: str) -> str:
        """The address of the person with this whole name."""
        return self._urls.get(fold(name), "") if self._urls else ""

    def find_meant(self, author: Author) -> frozenset[tuple[str, ...]]:
        """The whole names that a name with initials can mean: those of people, of other authors and of the owner."""
        if not author.given or not _has_only_initials(author):
            return frozenset()
        family, initials = fold(_family(author)), _words(author.given)
        known = {
            spelling: tuple(word for word in words if word not in family)
            for spelling, words in [*self._given.items(), *((one, one) for one in self._owner)]
            if set(family) <= set(words)
        }
        known |= dict(self._families.get(family, ()))
        return frozenset(spelling for spelling, given in known.items() if _abbreviates(initials, given))

    def link(self, credits: Iterable[Credit]) -> list[Credit]:
        """``credits`` whose authors, editors and translators have their addresses."""
        return [replace(credit, publication=self._link_all(credit.publication)) for credit in credits]

    def _link_all(self, publication: Publication) -> Publication:
        if not self._urls:
            return publication
        return replace(
            publication,
            authors=self._link_each(publication.authors),
            editors=self._link_each(publication.editors),
            translators=self._link_each(publication.translators),
        )

    def _link_each(self, people: tuple[Author, ...]) -> tuple[Author, ...]:
        return tuple(replace(author, url=url) if (url := self.find(author)) else author for author in people)


def check_people(career: Career, links: PeopleLinks) -> list[Problem]:
    """A Problem for each name of ``bibliography.people`` that is nobody's; a warning if initials leave it open."""
    authors = list(list_people(career.publications))
    met = {spelling for author in authors for spelling in list_spellings(author)}
    named = [str(wording) for wording in career.list_helpers()]
    met |= {fold(name) for name in named}
    known = dict.fromkeys([*(author.name for author in authors), *named])
    problems = []
    for name in career.profile.bibliography.people:
        place = career.places.key(("bibliography", "people", name))
        if fold(name) in met or any(links.find_meant(author) == {fold(name)} for author in authors):
            continue
        if open_ := next((author for author in authors if fold(name) in links.find_meant(author)), None):
            message = f"{name!r} is met only as {open_.name!r}, which could be somebody else, so it is not linked"
            problems.append(warn(message, place, "write the given name in full in the bibliography"))
        elif career.texts is not None:
            hint = suggest(name, known, otherwise="write the name as it is in a list of authors")
            problems.append(Problem(f"no author, mentor or advisor is named {name!r}", place, hint))
    return problems


def unlink_people(document: Document) -> Document:
    """``document`` without the addresses of authors, editors and translators."""
    return change_parts(document, PartChange(_unlink_paper))


def _unlink_paper(paper: PublicationItem) -> PublicationItem:
    def plain(people: tuple[ShownAuthor, ...]) -> tuple[ShownAuthor, ...]:
        return tuple(replace(person, url="") for person in people)

    authors, editors, translators = map(plain, (paper.authors, paper.editors, paper.translators))
    details = drop_links(paper.details)
    return replace(paper, authors=authors, editors=editors, translators=translators, details=details)


def list_people(publications: Iterable[Publication]) -> Iterator[Author]:
    """Every author, editor and translator of ``publications``."""
    for publication in publications:
        yield from (*publication.authors, *publication.editors, *publication.translators)


def _family(author: Author) -> str:
    return f"{author.particle} {author.family}"


def _words(name: str) -> tuple[str, ...]:
    """The words of ``name`` in its own order, as ``fold`` writes each."""
    return tuple("".join(fold(word)) for word in re.split(r"[\s,.‐-]+", name) if word)


def _has_only_initials(author: Author) -> bool:
    return all(len(word) == 1 for word in _words(author.given)) or bool(re.fullmatch("[A-Z]{2,3}", author.given))


def _abbreviates(initials: tuple[str, ...], given: tuple[str, ...]) -> bool:
    """Whether ``initials`` begin the given names in their order; a person may leave out later ones."""
    letters = "".join(initials)
    return bool(given) and "".join(word[0] for word in given).startswith(letters)
