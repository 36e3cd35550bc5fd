"""The known entry types and fields, which are used to recognize misspelt words.

They are those of BibTeX, of biblatex (manual 3.18, §2.1 and §2.2), and common additions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cvgen.model.kinds import EDITED, KINDS, THESES, Kind
from cvgen.sources.entry.link_fields import link_label


def split_words(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(re.findall(r"\S+", text))


ENTRY_TYPES = split_words(
    """article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection suppcollection
    conference dataset inproceedings proceedings mvproceedings manual mastersthesis phdthesis thesis misc online
    electronic www patent periodical suppperiodical reference mvreference inreference report techreport software
    unpublished xdata set artwork audio bibnote commentary image jurisdiction legal legislation letter movie music
    performance review standard video"""
)
FIELDS = split_words(
    """abbr abstract accessed addendum address afterword annotation annotator archiveprefix article-number articleno
    articlenumber arxiv assignee author authortype award award_name badge bibtex_show blog bookauthor booksubtitle
    booktitle ccf chapter citations code collaboration commentator crossref data dataset date day demo doi edition
    editor editora editortype eid eprint eprintclass eprinttype event eventdate eventtitle eventvenue file foreword
    github hidden holder howpublished html image institution introduction isbn isrn issn issue issuetitle journal
    journalsubtitle journaltitle key keywords label langid language library location maintitle month nameaddon note
    number options organization origdate pages pagetotal part pdf poster preview primaryclass project publisher
    pubstate rank role roles school selected series shortjournal shortseries shorttitle slides stars status subtitle
    timestamp title titleaddon topic translator type url urldate venue venue_rank version video volume volumes
    website xdata xref year"""
)

EXPORTED_FIELDS = split_words(
    # Mendeley, JabRef, Zotero and Better BibTeX, BibDesk, Papers, Paperpile, CiteULike, EndNote, RefWorks
    """annote arxivid mendeley-groups mendeley-tags __markedentry creationdate modificationdate readstatus ranking
    rating priority relevance qualityassured printed sortkey review comment comments groups groupsearch owner localfile
    local-url date-added date-modified read uri rights copyright license extra archive archive_location
    archivelocation callnumber call-number lccn accessed urlaccessed lastchecked lastaccessed attachments attachment
    collection collections zotero-key zoterokey citation-number original_id paperpile ppk posted-at affiliation
    affiliations address1 endnotereftype accessionnumber accession_number databaseprovider provider database
    language2 refid tags tag shortauthor ee crossrefonly opt interhash intrahash biburl bibsource username
    added-at description privnote openaccess oa place translator2 section
    """
    # DBLP, Beebe's bibliographies, CDS
    """mdate cdrom bibdate acknowledgement remark ajournal tableofcontents subject-dates introducedin
    """
    # ADS, INSPIRE, DBLP, ACM, IEEE, Scopus, Web of Science, PubMed, ACL, OpenReview
    """adsurl adsnote adscomment bibcode slaccitation reportnumber collaboration inspire texkey control_number acmid
    numpages issue_date articleno article-number article_number art_number book-group-author source document_type
    author_keywords author-keywords keywords-plus funding_details funding_text funding_text_1 funding references
    correspondence_address1 abbrev_source_title coden page_count unique-id da researcherid-numbers orcid-numbers
    times-cited number-of-cited-references usage-count-last-180-days usage-count-since-2013 journal-iso
    doc-delivery-number web-of-science-categories web-of-science-index research-areas author-email eissn
    funding-acknowledgement funding-text earlyaccessdate meeting esi-highly-cited-paper esi-hot-paper researcherid
    orcid pmid pmcid pmc pubmed nlmuniqueid medline-ta ut hal_id halid hal_version hal_local_reference zblnumber zbl
    mrnumber mrclass mrreviewer mr fjournal sjournal zbmath anthology bibkey month_numeric date_published
    eventplace conf_date conf_loc conference conference-date conference-location venueshort openreview _bibtex bibtex
    isbn-10 isbn-13 isbn13 issn-l e-issn eprintid entrytype id eprinttype2 paper_id paperid corpusid s2id
    """
    # biblatex: fields for sorting, indexing and abbreviations, and fields for private use
    """booktitleaddon editorb editorc editoratype editorbtype editorctype entryset entrysubtype eventtitleaddon execute
    gender hyphenation ids indextitle indexsorttitle issuesubtitle issuetitleaddon journaltitleaddon langidopts
    mainsubtitle maintitleaddon bookpagination pagination presort related relatedoptions relatedstring relatedtype
    reprinttitle shorteditor shorthand shorthandintro sortname sortshorthand sorttitle sortyear origlanguage
    origlocation origpublisher origtitle usera userb userc userd usere userf verba verbb verbc lista listb listc listd
    liste listf namea nameb namec nameatype namebtype namectype eventyear endyear endmonth keyword-list bookauthor
    """
    # al-folio, Hugo and other makers of web pages
    """altmetric dimensions google_scholar_id inspirehep_id additional_info semanticscholar_id bibtex_show abstract_show
    thumbnail teaser img figure highlight show hidden order weight featured category categories
    author_position is_corresponding subject subjects area areas group type_ pubtype publication_type"""
)
"""Fields that programs export and that no list prints; they are not reported."""
_EXPORTED = re.compile(
    r"(?:bdsk|citeulike|mendeley|jabref|zotero|paperpile|comment|papers2?|wos|usage)-.*|.*[+-]an(?::.*)?|(?:opt|alt)[a-z]+"
)


def is_known(name: str) -> bool:
    """Whether cvgen reads the field ``name``, or it is one that many files have and no list prints."""
    return name in FIELDS or name in EXPORTED_FIELDS or bool(_EXPORTED.fullmatch(name))


@lru_cache(maxsize=1 << 14)
def find_meant(word: str, known: frozenset[str]) -> str:
    """The word of ``known`` that ``word`` is surely a misspelling of, else an empty string.

    Stricter than ``diagnostics.nearest``: a field that is not known is more often a program's own than a misspelling.
    """
    if word[-1:].isdigit():
        return ""  # file2 is a second file
    near = sorted(name for name in known if abs(len(name) - len(word)) <= 1 and _is_misspelt(word, name))
    return min(near, key=lambda name: (word != f"{name}s", abs(len(name) - len(word)), name), default="")


def _is_misspelt(word: str, name: str) -> bool:
    """Whether ``word`` is ``name`` with two letters swapped, or with one dropped, doubled, inserted or replaced.

    The first letter must be right (``mdate`` is not ``date``). Words of up to five letters are too short to be sure of
    a letter that was inserted or replaced.
    """
    start = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    mine, theirs = word[start:], name[start:]
    if len(word) == len(name):
        is_swapped = mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
        return is_swapped or (start > 0 and len(name) > 5 and mine[1:] == theirs[1:])
    if len(word) < len(name):
        return start > 0 and len(name) > 3 and mine == theirs[1:]
    is_put_in = start > 0 and mine[1:] == theirs
    is_doubled = is_put_in and mine[0] == word[start - 1]
    return is_put_in and (is_doubled or mine == "s" or (len(name) > 5 and theirs != ""))


_ALL = frozenset(KINDS)
_BOOKS = frozenset({Kind.BOOK, Kind.CHAPTER, Kind.REFERENCE_ENTRY, *EDITED})
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
_USED = split_words(
    """author title subtitle date year note addendum award award_name abbr shortjournal shortseries topic rank
    venue_rank ccf citations stars keywords selected hidden pubstate role roles type preview image crossref xref xdata
    doi eprint eprinttype eprintclass archiveprefix primaryclass arxiv pmid pmcid hal_id ids label shorthand key options
    langid language hyphenation options sortkey sorttitle sortname presort"""
)
"""Fields that are printed for every kind, or that say how to read an entry."""


def list_unprinted(kind: Kind, names: Iterable[str]) -> tuple[str, ...]:
    """The fields of ``names`` that no style prints for a publication of ``kind``."""
    printed = printed_fields(kind)
    return tuple(sorted(name for name in names if name not in printed and not _is_general(name)))


@lru_cache(maxsize=len(_ALL))
def printed_fields(kind: Kind) -> frozenset[str]:
    """The fields that some style prints for a publication of ``kind``, and not for every other."""
    return frozenset(name for name, kinds in _PRINTED.items() if kind in kinds)


@lru_cache(maxsize=1 << 12)
def _is_general(name: str) -> bool:
    return bool(link_label(name)) or re.sub(r"[+-]an(:.*)?$", "", name) in _USED
