"""The papers that entries point at, as they are printed below their entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cvgen.model.entry import Entry
from cvgen.model.ledger import Reason
from cvgen.model.marks import Mark
from cvgen.model.printed import Item, Legend
from cvgen.model.publication import Credit
from cvgen.model.refs import PAPERS, ProfilePath, Ref
from cvgen.model.shown_paper import PublicationItem
from cvgen.model.variant_settings import SectionBody
from cvgen.select.authors import AuthorLimit
from cvgen.select.citation import show_publication
from cvgen.select.entry_items import WordingChoice
from cvgen.select.publication_list import explain_marks
from cvgen.select.variant import ResolvedSection

_FROM_THE_LIST = ("style", "max_authors", "roles")
"""Settings that papers below entries take from the first list of papers, unless their own section has them."""
ALSO_OF_ENTRIES = frozenset({"max_authors", "roles", "legend"})
"""Settings of a list that have an effect in a section of entries if one of them points at a paper."""


@dataclass(frozen=True, slots=True)
class PapersBelow:
    """The papers below the entries of one section: of each entry by its path, in its order."""

    style: str
    papers: Mapping[ProfilePath, tuple[PublicationItem, ...]]
    legend: tuple[Legend, ...]
    dropped: Mapping[ProfilePath, Reason]
    """Path of a paper → why it is not printed."""

    def add_to(self, item: Item) -> Item:
        """``item`` with the papers of its entry and of its positions."""
        papers = self.papers.get(item.ref[1:], ())
        return replace(item, papers=papers, positions=tuple(map(self.add_to, item.positions)))


def find_paper_settings(own: SectionBody, sections: Iterable[ResolvedSection]) -> SectionBody:
    """The settings for papers below the entries of the section ``own`` of a variant with these ``sections``."""
    first = next((resolved.spec for resolved in sections if resolved.spec.section == PAPERS), None)
    taken = {
        name: getattr(first, name)
        for name in _FROM_THE_LIST
        if first and name in first.model_fields_set and name not in own.model_fields_set
    }
    return own.model_copy(update=taken)


def show_papers_below(
    entries: Iterable[tuple[ProfilePath, Entry]],
    credits: Iterable[Credit],
    spec: SectionBody,
    choice: WordingChoice,
    symbols: Mapping[Mark, str],
    limit: AuthorLimit,
    ref: Ref,
) -> PapersBelow:
    """The papers that ``entries`` of the section at ``ref`` point at, with the settings ``spec``.

    A key may be that of an entry that was merged with another one. A paper that is named twice is printed once.
    """
    by_key = {key: c for c in credits for key in (*c.publication.merged_keys, c.publication.key)}
    listed: dict[str, Credit] = {}
    papers: dict[ProfilePath, tuple[PublicationItem, ...]] = {}
    dropped: dict[ProfilePath, Reason] = {}
    for path, entry in entries:
        named = {c.publication.key: c for key in entry.publications if (c := by_key.get(key))}
        banned = {key: r for key, c in named.items() if (r := choice.find_banned(set(c.publication.tags)))}
        dropped |= {(PAPERS, key): reason for key, reason in banned.items()}
        shown = {key: credit for key, credit in named.items() if key not in banned}
        listed |= shown
        papers[path] = tuple(
            show_publication(credit, spec, choice, symbols, limit, (*ref, *path, PAPERS, key))
            for key, credit in shown.items()
        )
    items = [paper for below in papers.values() for paper in below]
    legend = explain_marks(items, listed.values(), choice, symbols) if spec.legend else ()
    return PapersBelow(spec.style or "", papers, legend, dropped)
