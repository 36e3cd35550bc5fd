"""The entry types and fields that are known, to tell a misspelt word from a strange one.

Those of BibTeX, of biblatex (manual 3.18, §2.1 and §2.2), and the ones that people add.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cvgen.model.kinds import EDITED, KINDS, THESES, Kind


def known_words(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(re.findall(r"\S+", text))


ENTRY_TYPES = known_words(
    """article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection suppcollection
    conference dataset inproceedings proceedings mvproceedings manual mastersthesis phdthesis thesis misc online
    electronic www patent periodical suppperiodical reference mvreference inreference report techreport software
    unpublished xdata set artwork audio image letter movie music performance review standard video"""
)
FIELDS = known_words(
    """abbr abstract accessed addendum address afterword annotation annotator archiveprefix article-number articleno
    articlenumber arxiv assignee author authortype award award_name bibtex_show blog bookauthor booksubtitle
    booktitle ccf chapter citations code collaboration commentator crossref data dataset date day demo doi edition
    editor editora editortype eid eprint eprintclass eprinttype event eventdate eventtitle eventvenue file foreword
    github holder howpublished html image institution introduction isbn isrn issn issue issuetitle journal
    journalsubtitle journaltitle key keywords label langid language library location maintitle month nameaddon note
    number options organization origdate pages pagetotal part pdf poster preview primaryclass project publisher
    pubstate rank role roles school selected series shortjournal shortseries shorttitle slides stars status subtitle
    timestamp title titleaddon topic translator type url urldate venue venue_rank version video volume volumes
    website xdata xref year"""
)


@lru_cache(maxsize=1024)
def nearest(word: str, known: frozenset[str]) -> str:
    """The word of ``known`` that ``word`` is a slip of; empty when it is none's."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.8)
    return found[0] if found and abs(len(found[0]) - len(word)) <= 1 else ""


_ALL = frozenset(KINDS)
_BOOKS = frozenset({Kind.BOOK, Kind.CHAPTER, Kind.REFERENCE_ENTRY, *EDITED})
_EVENTS = frozenset({Kind.CONFERENCE_PAPER, Kind.TALK, Kind.POSTER})
_LOOSE = _ALL - {Kind.ARTICLE, Kind.PREPRINT}
_PRINTED: Mapping[str, frozenset[Kind]] = {
    **dict.fromkeys(("journal", "journaltitle", "booktitle", "issuetitle"), _ALL),
    "maintitle": _ALL - {Kind.BOOK, *EDITED},
    **dict.fromkeys(
        ("volume", "number", "issue", "pages", "eid", "articleno", "article-number", "articlenumber"), _ALL
    ),
    "series": _LOOSE - THESES,
    "edition": _BOOKS | {Kind.MANUAL, Kind.STANDARD, Kind.SOFTWARE, Kind.DATASET, Kind.REPORT},
    "chapter": frozenset({Kind.CHAPTER, Kind.REFERENCE_ENTRY}),
    **dict.fromkeys(("publisher", "address", "location"), _LOOSE),
    **dict.fromkeys(("school", "institution", "organization"), _LOOSE),
    **dict.fromkeys(("holder", "assignee"), frozenset({Kind.PATENT})),
    "version": _ALL,
    **dict.fromkeys(("eventtitle", "event"), _LOOSE),
    **dict.fromkeys(("venue", "eventvenue"), frozenset({Kind.TALK, Kind.POSTER})),
    "howpublished": _LOOSE,
    **dict.fromkeys(("urldate", "accessed"), _LOOSE),
    "month": _ALL,
    **dict.fromkeys(("editor", "translator", "collaboration"), _ALL),
}
"""The kinds for which some style prints a field; ``tests/test_kinds.py`` compares it with what they print."""
_USED = known_words(
    """author title subtitle date year note addendum award award_name abbr shortjournal shortseries topic rank
    venue_rank ccf citations stars keywords selected pubstate role roles type preview image crossref xref xdata doi
    eprint eprinttype eprintclass archiveprefix primaryclass arxiv url pdf code github html website project video
    slides poster blog demo dataset data ids label shorthand key options langid language hyphenation options sortkey
    sorttitle sortname presort"""
)
"""Fields that are printed whatever the kind, or that say how an entry is to be read."""


def list_unprinted(kind: Kind, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the fields ``names`` that no style prints for a publication of ``kind``."""
    return tuple(sorted(name for name in names if not (_is_general(name) or is_printed(kind, name))))


def is_printed(kind: Kind, name: str) -> bool:
    """Whether some style prints the field ``name`` for a publication of ``kind``."""
    return kind in _PRINTED.get(name, frozenset())


def _is_general(name: str) -> bool:
    return re.sub(r"[+-]an(:.*)?$", "", name) in _USED
