"""The entry types and fields that are known, to tell a misspelt word from a strange one.

Those of BibTeX, of biblatex (manual 3.18, §2.1 and §2.2), and the ones that people add.
"""

from __future__ import annotations

import difflib
import re
from functools import lru_cache


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
    """abstract addendum address afterword annotation annotator archiveprefix arxiv author authortype award award_name
    abbr bibtex_show blog bookauthor booksubtitle booktitle ccf chapter citations code commentator crossref data dataset
    date day demo doi edition editor editora editortype eid eprint eprintclass eprinttype eventdate eventtitle file
    foreword github holder howpublished html image institution introduction isbn isrn issn issue issuetitle journal
    journalsubtitle journaltitle key keywords label language langid library location maintitle month nameaddon note
    number options organization origdate pages pagetotal part pdf poster preview primaryclass project publisher
    pubstate rank role roles school selected series shortjournal shortseries shorttitle slides stars status subtitle
    timestamp title titleaddon topic translator type url urldate venue venue_rank version video volume volumes website
    xdata xref year"""
)


@lru_cache(maxsize=1024)
def nearest(word: str, known: frozenset[str]) -> str:
    """The word of ``known`` that ``word`` is a slip of; empty when it is none's."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.8)
    return found[0] if found and abs(len(found[0]) - len(word)) <= 1 else ""
