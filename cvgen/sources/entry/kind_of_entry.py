"""Finds the kind of publication of an entry: by its entry type, its ``type`` field and its notes.

Entry types: BibTeX and biblatex (manual 3.18, §2.1). Keys of the ``type`` field: biblatex's localisation keys
(§4.9.2.13, §4.9.2.14). CSL's types and ``genre`` arrive here as entry types and ``type``: see
``sources/bibtex/csl.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cvgen.model.kinds import NUMBERED, THESES, Kind

TYPE_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("article", "review"), Kind.ARTICLE),
    **dict.fromkeys(("inproceedings", "conference"), Kind.CONFERENCE_PAPER),
    **dict.fromkeys(("incollection", "inbook", "bookinbook", "suppbook", "suppcollection"), Kind.CHAPTER),
    "inreference": Kind.REFERENCE_ENTRY,
    **dict.fromkeys(("book", "mvbook", "booklet"), Kind.BOOK),
    **dict.fromkeys(("collection", "mvcollection", "reference", "mvreference"), Kind.EDITED_VOLUME),
    **dict.fromkeys(("proceedings", "mvproceedings"), Kind.PROCEEDINGS),
    **dict.fromkeys(("periodical", "suppperiodical"), Kind.SPECIAL_ISSUE),
    "phdthesis": Kind.DOCTORAL_THESIS,
    "mastersthesis": Kind.MASTER_THESIS,
    "bachelorsthesis": Kind.BACHELOR_THESIS,
    "thesis": Kind.THESIS,
    **dict.fromkeys(("report", "techreport"), Kind.REPORT),
    "manual": Kind.MANUAL,
    **dict.fromkeys(("standard", "legislation"), Kind.STANDARD),
    "patent": Kind.PATENT,
    "software": Kind.SOFTWARE,
    "dataset": Kind.DATASET,
    **dict.fromkeys(("talk", "presentation", "lecture"), Kind.TALK),
    "poster": Kind.POSTER,
    "preprint": Kind.PREPRINT,
    **dict.fromkeys(("online", "electronic", "www", "webpage"), Kind.WEBPAGE),
    "unpublished": Kind.MANUSCRIPT,
    **dict.fromkeys(("movie", "video"), Kind.VIDEO),
    **dict.fromkeys(("audio", "music"), Kind.AUDIO),
    **dict.fromkeys(("artwork", "image", "performance"), Kind.ARTWORK),
}
"""The kind of each entry type; ``misc`` and unknown types are ``other``."""

GENERIC_WORDS: Mapping[str, Kind] = {
    **dict.fromkeys(
        ("phdthesis", "phd thesis", "phd dissertation", "doctoral thesis", "doctoral dissertation"),
        Kind.DOCTORAL_THESIS,
    ),
    **dict.fromkeys(
        ("mathesis", "masters thesis", "master thesis", "mastersthesis", "masterthesis"), Kind.MASTER_THESIS
    ),
    **dict.fromkeys(
        ("bathesis", "bachelors thesis", "bachelor thesis", "bachelorsthesis", "bachelorthesis"), Kind.BACHELOR_THESIS
    ),
    **dict.fromkeys(("candthesis", "candidate thesis"), Kind.CANDIDATE_THESIS),
    **dict.fromkeys(("habilitation", "habilitation thesis"), Kind.HABILITATION),
    "thesis": Kind.THESIS,
    **dict.fromkeys(("techreport", "technical report", "tech report", "tech rep", "report"), Kind.REPORT),
    "manual": Kind.MANUAL,
    "standard": Kind.STANDARD,
    "patent": Kind.PATENT,
    **dict.fromkeys(("software", "computer software", "computer program", "computerprogram"), Kind.SOFTWARE),
    **dict.fromkeys(("dataset", "data set", "datacd"), Kind.DATASET),
    **dict.fromkeys(("talk", "presentation", "conference presentation"), Kind.TALK),
    **dict.fromkeys(("poster", "conference poster", "poster presentation"), Kind.POSTER),
    **dict.fromkeys(("preprint", "working copy"), Kind.PREPRINT),
    **dict.fromkeys(("web page", "webpage", "website"), Kind.WEBPAGE),
    **dict.fromkeys(("video", "film", "movie"), Kind.VIDEO),
    **dict.fromkeys(("audio", "audiocd"), Kind.AUDIO),
    **dict.fromkeys(("journal article", "article"), Kind.ARTICLE),
    **dict.fromkeys(("conference paper", "conference proceedings"), Kind.CONFERENCE_PAPER),
    **dict.fromkeys(("book chapter", "chapter", "book section"), Kind.CHAPTER),
    "book": Kind.BOOK,
    "manuscript": Kind.MANUSCRIPT,
}
"""Wordings that name a kind and no more, as ``_simplify`` gives them: a document says them in its own words."""

PATENT_KEYS: Mapping[str, str] = {
    "patent": "", "patentde": "DE", "patenteu": "EP", "patentfr": "FR", "patentuk": "GB", "patentus": "US",
    "patreq": "", "patreqde": "DE", "patreqeu": "EP", "patreqfr": "FR", "patrequk": "GB", "patrequs": "US",
}  # fmt: skip
"""biblatex's keys for patents and requests for one, and the office's code (WIPO ST.3) for each."""

_Table = tuple[tuple[Kind, str], ...]
_THESIS_WORDS: _Table = (
    (Kind.HABILITATION, r"habil|\bhdr\b|venia legendi|livre docencia|хабилит"),
    (
        Kind.BACHELOR_THESIS,
        r"bachelor|\bb(?:sc|a|s|eng)\b|baccalaur|bakkal|bakalar|kandidatuppsats|licenciatura|\blicence\b|undergrad|\btcc\b"
        r"|\btfg\b|fin de grado|triennale|学士|本科|學士|학사|бакалавр|תואר ראשון|بكالوريوس",
    ),
    (
        Kind.MASTER_THESIS,
        r"master|\bm(?:sc|a|s|phil|eng|tech|ba)\b|magist|maestr|mestrado|maitrise|\bdiplom|\btfm\b|laurea magistrale"
        r"|specialistica|yuksek lisans|examensarbete|staatsexamen|硕士|碩士|修士|석사|магист|диплом"
        r"|מוסמך|תואר שני|ماجستير",
    ),
    (Kind.CANDIDATE_THESIS, r"\bcandidate\b"),
    (
        Kind.DOCTORAL_THESIS,
        r"\bph ?d|\bd ?phil\b|\bd ?sc\b|\bed ?d\b|\bdr\b|doctor|docteur|doktor|doutor|dottor|proefschrift|avhandling"
        r"|vaitoskirja|博士|박사|доктор|кандидат|דוקטור|دكتوراه",
    ),
)
_WEAK_THESIS_WORDS: _Table = (
    (Kind.BACHELOR_THESIS, r"honou?rs"),
    (Kind.DOCTORAL_THESIS, r"dissertation|dissertacao|dissertazione|\bthese\b|диссертац"),
)
"""These count only if no other word says the degree: a "Master's dissertation" is not a doctorate."""
_OTHER_WORDS: _Table = (
    (Kind.PATENT, r"\bpatent|brevet|专利|特許|특허|патент"),
    (Kind.POSTER, r"\bposter|海报|ポスター|포스터|постер"),
    (Kind.DATASET, r"\bdata ?set|\bdatabase\b|datensatz|jeu de donnees|conjunto de da[dt]os|数据集|データセット"),
    (
        Kind.SOFTWARE,
        r"software|computer program|source code|(?:python|r) package|logiciel|github repository|软件|ソフトウェア",
    ),
    (
        Kind.TALK,
        r"\btalk\b|presentation|keynote|\blecture\b(?! notes?)|\bseminar|colloqui|vortrag|expose oral|ponencia|palestra"
        r"|学术报告|講演|доклад",
    ),
    (Kind.REPORT, r"\breport\b|white ?paper|working paper|discussion paper|arbeitspapier|rapport|informe tecnico"),
    (Kind.WEBPAGE, r"\bblog|\bweb ?(?:page|site)\b"),
    (Kind.VIDEO, r"\bvideo\b|\bfilm\b"),
    (Kind.PREPRINT, r"\bpre ?print\b|\be ?print\b"),
)
_OPEN = frozenset({Kind.OTHER, Kind.MANUSCRIPT, Kind.WEBPAGE, Kind.REPORT})
"""Kinds that the ``type`` field may replace by another, since it is more precise than ``@misc``."""
_NAMED_BY_TYPE = frozenset({Kind.SOFTWARE, Kind.DATASET, Kind.STANDARD, Kind.MANUAL, Kind.VIDEO, Kind.AUDIO,
                            Kind.ARTWORK})  # fmt: skip
"""Kinds that an entry may name in its own words: "R package", "Keynote"."""
_SAID = frozenset({Kind.TALK, Kind.POSTER, Kind.SOFTWARE, Kind.DATASET, Kind.PATENT, Kind.VIDEO})
"""Kinds that notes such as ``howpublished = {Talk, Lisbon}`` name."""
_WITH_EDITORS: Mapping[Kind, Kind] = {Kind.BOOK: Kind.EDITED_VOLUME, Kind.CONFERENCE_PAPER: Kind.PROCEEDINGS}
"""The kind of an entry with editors and no authors."""
_THESIS = re.compile(
    r"thesis|thes[ei]s?\b|tesis|tese\b|dissertat|habil|(?:bachelor|master|diplom|doktor)arbeit|论文|論文"
)
"""A word by which a text names a thesis of any degree."""
_ABOUT_THESIS = re.compile(
    r"award|prize|preis|prix|committee|defen[cs]e|chapter|based|abstract|summary|review|proposal"
)
"""Words of a text that is about a thesis."""
_BOOK_OF_THESIS = re.compile(r"^(?:revis|extend|publish|commercial|book|print|version)")
"""The start of a text that says that a book goes back to a thesis."""
_QUALITIES = re.compile(r"(?:(?:an?|invited|contributed|plenary|oral|public|guest|conference|lightning|our|my) )+")


@dataclass(frozen=True, slots=True)
class FoundKind:
    """The kind. ``text`` is its name in the ``type`` field, empty if the document's own words name it.

    ``said`` is whether a text that is printed anyway names it.
    """

    kind: Kind
    text: str = ""
    said: bool = False


def find_kind(entry_type: str, typed: str, said: tuple[str, ...] = (), *, only_editors: bool = False) -> FoundKind:
    """The kind of an entry of ``entry_type`` whose ``type`` field says ``typed``.

    ``said`` are texts such as ``howpublished`` and notes; they name the kind where the entry type and ``type`` do not.
    ``only_editors`` is whether the entry has editors and no authors.
    """
    kind, words = TYPE_KINDS.get(entry_type, Kind.OTHER), _simplify(typed)
    if kind in THESES:
        return _find_thesis(kind, typed, words)
    if only_editors and kind in _WITH_EDITORS:
        return FoundKind(_WITH_EDITORS[kind])
    if kind is Kind.PATENT:
        return FoundKind(kind, _name_patent(words, typed))
    if kind in (Kind.CONFERENCE_PAPER, Kind.TALK, Kind.POSTER):
        named = _match(words, _OTHER_WORDS)
        spoken = named if named in (Kind.POSTER, Kind.TALK) else kind
        return FoundKind(spoken, typed if spoken is not Kind.CONFERENCE_PAPER and words not in GENERIC_WORDS else "")
    if kind in _OPEN and words:
        return _find_open(kind, typed, words)
    if kind in _OPEN and kind is not Kind.REPORT:
        named = next((found for text in said if (found := _match_start(text))), None)
        return FoundKind(named or kind, said=named is not None)
    return FoundKind(kind, typed if kind in _NAMED_BY_TYPE and GENERIC_WORDS.get(words) is not kind else "")


_BETWEEN = re.compile(r"[,;:()\[\]–—]| (?:at|in|of|for|no|nr) ")
"""What ends the name of a kind at the start of a text."""


def is_name_of(text: str, kind: FoundKind) -> bool:
    """Whether ``text`` is a name of ``kind`` and no more: ``Tech. Rep.``, or what its ``type`` field says."""
    words = _simplify(text).strip("0123456789 #№")
    named = GENERIC_WORDS.get(words)
    is_thesis = named is Kind.THESIS and kind.kind in THESES
    return bool(words) and (named is kind.kind or is_thesis or words == _simplify(kind.text))


def begins_with_kind(text: str, kind: FoundKind) -> bool:
    """Whether ``text``, such as a note, begins with a name of ``kind``: ``PhD thesis, 2nd edition``."""
    return is_name_of(_BETWEEN.split(_simplify(text))[0], kind) or _match_start(text) is kind.kind


def has_kind(text: str, kind: FoundKind) -> bool:
    """Whether ``text``, such as a series, has a name of ``kind`` in it: ``Technical Reports of the Mint``.

    A name of one word, such as "report", is not enough.
    """
    phrases = [words for words, named in GENERIC_WORDS.items() if named is kind.kind]
    words = f" {re.sub('[^a-z]+', ' ', _simplify(text))} "
    return any(f" {phrase} " in words or f" {phrase}s " in words for phrase in phrases if " " in phrase)


def find_thesis(typed: str, publisher: str, said: tuple[str, ...]) -> FoundKind | None:
    """The thesis that an entry of a book says it is, in its ``type``, its publisher or ``said``, texts such as notes.

    None for any other book, also for one that goes back to a thesis.
    """
    for text in said:
        named = None if _BOOK_OF_THESIS.search(_simplify(text)) else _match_start(text)
        if named in THESES:
            return FoundKind(named, said=True)
    parts = (typed, *_BETWEEN.split(_simplify(publisher)))
    named = next((kind for part in parts if (kind := GENERIC_WORDS.get(_simplify(part))) in THESES), None)
    return FoundKind(named) if named else None


def _find_thesis(kind: Kind, typed: str, words: str) -> FoundKind:
    generic = GENERIC_WORDS.get(words)
    if generic in THESES:
        return FoundKind(kind if generic is Kind.THESIS else generic)
    unclear = Kind.THESIS if re.search(r"\blicen[tc]iat", words) else kind
    return FoundKind(_match(words, _THESIS_WORDS) or _match(words, _WEAK_THESIS_WORDS) or unclear, typed)


def _find_open(kind: Kind, typed: str, words: str) -> FoundKind:
    if generic := GENERIC_WORDS.get(words):
        return FoundKind(generic)
    if words in PATENT_KEYS:
        return FoundKind(Kind.PATENT, _name_patent(words, typed))
    if words == "resreport":
        return FoundKind(Kind.REPORT, "Research report")
    named = (_match(words, _THESIS_WORDS) or _match(words, _WEAK_THESIS_WORDS)) if _THESIS.search(words) else None
    return FoundKind(named or _match(words, _OTHER_WORDS) or kind, typed)


def _name_patent(words: str, typed: str) -> str:
    """The kind of patent that ``type`` names: an application is not a patent yet."""
    if words not in PATENT_KEYS:
        return "" if GENERIC_WORDS.get(words) is Kind.PATENT else typed
    if not words.startswith("patreq"):
        return ""
    return f"{PATENT_KEYS[words]} patent application" if PATENT_KEYS[words] else "Patent application"


def split_number(kind: Kind, typed: str, number: str) -> tuple[str, str]:
    """``AI Memo 12`` as ``("AI Memo", "12")``: the name of a kind in a number, and the rest.

    The name is empty if it is only the kind's plain name, or if the number has none. ``typed`` is the ``type`` field,
    with which some numbers begin.
    """
    if kind is Kind.PATENT and re.fullmatch(r"patent [a-z ]+", number, re.IGNORECASE):
        return number.capitalize(), ""
    found = _NAMED_NUMBER.fullmatch(number) if kind in (Kind.PATENT, Kind.REPORT) else None
    if not found and kind in NUMBERED and typed and number.casefold().startswith(f"{typed.casefold()} "):
        return "", number[len(typed) :].strip(" .:")
    if not found:
        return "", number
    is_plain = GENERIC_WORDS.get(_simplify(found["name"])) is kind
    return "" if is_plain else found["name"], found["number"]


_NAMED_NUMBER = re.compile(
    r"(?P<name>[^\d:]*\b(?:patents?|applications?|app\.|report|rep\.?|memo(?:randum)?|paper|note))"
    r"\s*(?:\b(?:no|nr|number)\b\.?|#|№)?\s*:?\s*(?P<number>\S*\d.*)",
    re.IGNORECASE,
)


def _match(words: str, table: _Table) -> Kind | None:
    """The kind whose pattern matches ``words`` first."""
    found = ((match.start(), kind) for kind, pattern in table if (match := re.search(pattern, words)))
    return min(found, key=lambda pair: pair[0], default=(0, None))[1]


def _match_start(text: str) -> Kind | None:
    """The kind that ``text`` begins with: ``Invited talk at …``, ``Poster, Vienna``."""
    words = _QUALITIES.sub("", _simplify(text), count=1) if _QUALITIES.match(_simplify(text)) else _simplify(text)
    start = re.split(r"[,;:(]| (?:at|in|given|presented|for|bei|auf) ", words)[0]
    count = sum(not any(map(str.isdigit, word)) for word in start.split())
    if not 0 < count <= 4:
        return None
    if _THESIS.search(start) and not _ABOUT_THESIS.search(start):
        return _match(start, _THESIS_WORDS) or _match(start, _WEAK_THESIS_WORDS) or Kind.THESIS
    kind = _match(start, _OTHER_WORDS) if count <= 3 else None
    return kind if kind in _SAID else None


@lru_cache(maxsize=1024)
def _simplify(text: str) -> str:
    """``text`` in lower case, without accents, apostrophes, full stops and doubled spaces; kana keep their marks."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char) or "\u3040" <= char <= "\u30ff")
    return re.sub(r"[\s_-]+", " ", re.sub(r"['’`.]", "", unicodedata.normalize("NFC", letters))).strip()
