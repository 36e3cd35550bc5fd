"""Finds the papers of a person in a bibliography of many people, without a look at each paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping

from cvgen.model.marks import Mark
from cvgen.model.owner import Owner, bare_orcid, is_named, list_spellings
from cvgen.model.publication import Publication


class PeopleIndex:
    """The people of ``publications``; it is built when somebody is looked for first."""

    def __init__(self, publications: tuple[Publication, ...] = ()) -> None:
        self._publications = publications
        self._numbers: Mapping[Hashable, list[int]] | None = None

    def find_keys(self, owner: Owner) -> frozenset[str]:
        """The keys of the papers in which ``owner`` is, or could be, an author, editor or translator."""
        if self._numbers is None:
            self._numbers = self._build()
        wanted: list[Hashable] = [Mark.SELF, owner.orcid, *owner.spellings]
        numbers = {number for name in wanted for number in self._numbers.get(name, ())}
        papers = (self._publications[number] for number in numbers)
        return frozenset(paper.key for paper in papers if is_named(paper, owner))

    def _build(self) -> Mapping[Hashable, list[int]]:
        numbers: defaultdict[Hashable, list[int]] = defaultdict(list)
        for number, paper in enumerate(self._publications):
            for name in dict.fromkeys(_list_names(paper)):
                numbers[name].append(number)
        return dict(numbers)


def _list_names(paper: Publication) -> Iterator[Hashable]:
    """What a person can be found by: spellings, the ORCID, and the mark of an owner."""
    for person in (*paper.authors, *paper.editors, *paper.translators):
        yield from list_spellings(person)
        if person.orcid:
            yield bare_orcid(person.orcid)
        if Mark.SELF in person.marks:
            yield Mark.SELF
