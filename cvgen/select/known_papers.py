"""Finds a publication among those that a person has, by its DOI, its arXiv identifier, or its title and year."""

from __future__ import annotations

from collections.abc import Iterable

from cvgen.model.publication import Publication, Status
from cvgen.select.twins import title_letters


class KnownPapers:
    """The publications that a person has."""

    def __init__(self, publications: Iterable[Publication]) -> None:
        self._by_identifier: dict[str, str] = {}
        self._by_title: dict[tuple[str, int | None, bool], str] = {}
        for publication in publications:
            self.add(publication)

    def add(self, publication: Publication) -> None:
        """Add one publication."""
        for identifier in filter(None, (publication.doi, publication.eprint)):
            self._by_identifier.setdefault(identifier.casefold(), publication.key)
        self._by_title.setdefault(_title(publication), publication.key)

    def find_identifier(self, identifier: str) -> str | None:
        """The key of the publication with this DOI or arXiv identifier."""
        return self._by_identifier.get(identifier.casefold()) if identifier else None

    def find(self, publication: Publication) -> str | None:
        """The key of the publication that is the same; a preprint and its published paper are not."""
        known = self.find_identifier(publication.doi) or self.find_identifier(publication.eprint)
        return known or self._by_title.get(_title(publication))


def _title(publication: Publication) -> tuple[str, int | None, bool]:
    return title_letters(publication), publication.year, publication.status is Status.PREPRINT
