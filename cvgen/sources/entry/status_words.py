"""The wordings with which entries state the status of a work, in the languages that files use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cvgen.model.late_pattern import late_pattern
from cvgen.model.publication import Status
from cvgen.sources.entry.servers import is_misspelt, is_server

PUBSTATES: Mapping[str, Status] = {
    **{status.value: status for status in Status},
    "prepublished": Status.PREPRINT,
}
"""biblatex's keys for ``pubstate`` (manual 3.18, §4.9.2.11), and ours."""


def _any_of(lines: str) -> re.Pattern[str]:
    """A pattern for any of ``lines``, each of which is a pattern."""
    return late_pattern("|".join(line.strip() for line in lines.strip().splitlines()))


_WORK = r"(?:(?:manuscript|preprint|paper|article|work|draft|currently|now|still|is|has been|was|already) )*"
_PLAIN: Mapping[Status, re.Pattern[str]] = {
    Status.PREPRINT: _any_of(r"""
        pre ?prints?(?: available)?|e ?prints?|prepublished|prepublication|prepublicacion|preimpresion|vorabdruck
        预印本|預印本|プレプリント|препринт"""),
    Status.IN_PREPARATION: _any_of(rf"""
        {_WORK}in ?prep(?:aration)?|{_WORK}(?:work )?in ?progress
        (?:manuskript )?in vorbereitung|en preparation|en preparacion|em preparacao|in preparazione|in voorbereiding
        准备中|撰写中|準備中|в подготовке|готовится к печати"""),
    Status.SUBMITTED: _any_of(rf"""
        {_WORK}(?:under|in) ?(?:peer |double blind |journal )?review|(?:peer )?review pending|pending review
        awaiting review|{_WORK}submitted(?: for (?:publication|review|peer review))?
        (?:zur veroffentlichung )?eingereicht|in begutachtung|im begutachtungsverfahren
        soumis(?:e|es)?(?: pour publication)?|en cours d'?evaluation|en cours de relecture
        enviad[oa]|sometid[oa]|en revision|submetid[oa]|in revisione|sottomesso|ingediend
        在审|审稿中|已投稿|投稿中|審査中|査読中|심사 ?중|투고 ?중|на рецензии|на рецензировании|подано"""),
    Status.FORTHCOMING: _any_of(rf"""
        (?:is |soon )?to ?appear(?: soon)?|forthcoming|to be published
        {_WORK}accepted(?: for (?:publication|presentation))?
        (?:zur veroffentlichung |zur publikation )?angenommen|erscheint(?: demnachst| in kurze| bald)?|im erscheinen
        a paraitre|accepte(?:e|s|es)?(?: pour publication)?|por aparecer|de proxima aparicion|proxima publicacion
        aceptad[oa](?: para (?:su )?publicacion)?|aceit[oa](?: para publicacao)?|in corso di pubblicazione|accettato
        te verschijnen|geaccepteerd|已录用|录用|待发表|即将发表|採録決定|掲載予定|게재 ?예정|게재 ?확정
        принято(?: к печати)?"""),
    Status.IN_PRESS: _any_of(r"""
        (?:now |currently )?in ?press|im druck|sous presse|en prensa|no prelo|in (?:corso di )?stampa|in druk
        en impression|印刷中|出版中|인쇄 ?중|в печати"""),
}
"""Wordings that a document can print in its own language."""
_SAYING_MORE: Mapping[Status, re.Pattern[str]] = {
    Status.UNPUBLISHED: _any_of(r"""
        unpublished(?: (?:manuscript|paper|work|article|draft|notes?|report))?|manuscript|mimeo
        (?:unveroffentlichtes )?manuskript|unveroffentlicht(?:es werk)?|non publie|inedit|inedito|未发表|未発表
        working ?papers?(?: no)?(?: \d+)?|arbeitspapier|document de travail|工作论文|не опубликовано"""),
    Status.IN_PREPARATION: _any_of(r"""
        (?:first |early |rough )?draft(?: manuscript| version)?|to be submitted|entwurf|being written|planned|wip"""),
    Status.SUBMITTED: _any_of(r"""
        (?:(?:in|under) )?(?:(?:minor|major|first|second|third|1st|2nd|3rd) )?(?:round(?: of)? )?(?:review|revisions?)
        (?:minor|major) revisions? (?:requested|submitted|due|invited)|revisions? (?:requested|submitted|invited)
        revis(?:e|ed|ion)(?: (?:and|&))? resubmit(?:ted)?|r ?(?:&|and) ?r|rnr|re ?submitted|revised version submitted
        (?:in |under )?submission|under consideration|invited (?:for )?(?:revision|resubmission)
        conditional(?:ly)? accept(?:ed|ance)|in uberarbeitung|修改中|大修|小修|返修
        accept(?:ed)? (?:with|pending|subject to|after|conditional on) (?:minor |major )?revisions?"""),
    Status.FORTHCOMING: _any_of(r"""
        in production|at the publisher|in proofs?|camera ready"""),
    Status.IN_PRESS: _any_of(r"""
        early (?:access|view|online)|(?:published )?(?:online|epub) ?(?:first|ahead of print|early)
        ahead of (?:print|publication)|advanced? (?:online )?(?:publication|access|article)|advance online
        first ?view|articles? in (?:press|advance)|just accepted|(?:un)?corrected proof
        online vorab(?:veroffentlichung)?"""),
}
"""Wordings that say more than the document's words; they are printed as written."""
_PREPOSITIONS = (
    r"(?:to|at|by|in|with|for|as|on|bei|beim|fur|zu|zum|zur|im|am|an|a|au|aux|dans|chez|pour|para|por|en|la|de|nel|su"
    r"|presso|bij|voor|于|在):?"
)
_MONTH = r"(?:(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]* )"
_DATE = (
    rf"(?:(?:in|on|since|as of|expected|am|seit|voraussichtlich) )?(?:\d{{1,2}} )?{_MONTH}?(?:\d{{1,2}},? )?"
    r"(?:19|20)\d\d(?: \d{1,2}){0,2}"
)
_BEGINNING = late_pattern(
    "|".join([*(pattern.pattern for table in (_PLAIN, _SAYING_MORE) for pattern in table.values()), _DATE])
)
"""The beginnings of all texts that state a status; a text without one is not examined further."""
_NO_PLACE = late_pattern(
    r"\b(?:code|available|data|video|with|see|joint|pages|minutes|award|best|oral|spotlight|poster|highlight|version|title"
    r"|equal|contribution|reprint(?:ed)?|figures|published|https?)\b"
)
"""Words after a comma that do not say where something was submitted."""
_MAX_WORDS = 7
_MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The meaning of a text that contains only a status.

    ``is_plain`` is whether the document's own words can replace it; ``meant`` is the right spelling of a misspelt
    text, empty if nothing is misspelt; ``names_place`` is whether it names a venue.
    """

    status: Status
    is_plain: bool = True
    meant: str = ""
    names_place: bool = False


@lru_cache(maxsize=4096)
def read_status_words(text: str) -> StatusWords | None:
    """The meaning of ``text`` if it contains only a status, perhaps with a venue, a date or a round; else None."""
    words = _simplify(text)
    if not words or len(words) > _MAX_LENGTH or not re.search(r"[^\W\d_]", words):
        return None
    outer = re.fullmatch(r"[(\[]([^()\[\]]+)[)\]]", words)
    words = outer[1].strip() if outer else words
    if not _BEGINNING.match(words) and "print" not in words:
        return None
    return _read_whole(words) or _read_dated(words) or _read_with_more(words)


def read_misspelt(text: str) -> StatusWords | None:
    """The meaning of a text of a few words with a misspelt status: ``Under reveiw``, ``Submited to ICML``."""
    words = _simplify(text)
    if words[:1] not in _FIRST_LETTERS or len(words) > _MAX_LENGTH or read_status_words(text) or is_server(words):
        return None
    if known := _find_misspelt(words):
        return StatusWords(_WORDINGS[known], meant=known)
    for match in re.finditer(rf" {_PREPOSITIONS} ", words):
        if known := _find_misspelt(words[: match.start()]):
            return StatusWords(_WORDINGS[known], is_plain=False, meant=known, names_place=True)
    return None


def begins_with_status(text: str) -> str:
    """The weak status with which ``text`` begins before other words; empty if it does not begin with one."""
    match = re.match(r"\s*([^.,;:()|]{3,60})[.,;:(|]", text)
    found = read_status_words(match[1]) if match and not (read_status_words(text) or is_server(text)) else None
    return match[1].strip() if match and found and found.status not in (Status.FORTHCOMING, Status.IN_PRESS) else ""


def split_status(text: str) -> tuple[str, str]:
    """``Nature (in press)`` as ``("Nature", "in press")``; ``("", "")`` where no status ends ``text``."""
    match = re.fullmatch(
        r"(?P<rest>.*?[\w.}])\s*(?:[(\[](?P<inside>[^()\[\]]+)[)\]]|[,;]\s*(?P<after>[^,;()]+?))\s*\.?", text, re.DOTALL
    )
    if not match:
        return "", ""
    said = match["inside"] or match["after"]
    found = read_status_words(said)
    return (match["rest"].strip(), said.strip()) if found and not found.names_place else ("", "")


_ORDER = (Status.IN_PREPARATION, Status.UNPUBLISHED, Status.PREPRINT, Status.SUBMITTED, Status.FORTHCOMING,
          Status.IN_PRESS, Status.PUBLISHED)  # fmt: skip
"""From the weakest claim to the strongest."""


def weakest(statuses: Sequence[Status]) -> Status:
    """The status that claims least; any other replaces ``preprint``, since a preprint may be under review too."""
    return min([status for status in statuses if status is not Status.PREPRINT] or statuses, key=_ORDER.index)


def _read_whole(words: str) -> StatusWords | None:
    for table, is_plain in ((_PLAIN, True), (_SAYING_MORE, False)):
        for status, pattern in table.items():
            if pattern.fullmatch(words):
                return StatusWords(status, is_plain)
    if re.fullmatch(r"[a-z ]{4,20} pre ?print|pre ?print (?:on )?[a-z ]{4,20}", words) and is_server(words):
        return StatusWords(Status.PREPRINT, is_plain=False)
    return None


def _read_dated(words: str) -> StatusWords | None:
    """A wording before or after a date, which is dropped because the entry has its own."""
    dated = re.fullmatch(rf"(?P<head>.+?)[ ,;:(]+{_DATE}\)?", words)
    dated = dated or re.fullmatch(rf"{_DATE}[ ,;:(]+(?P<head>[^)]+?)\)?", words)
    return _read_whole(dated["head"].strip(" ,;:(")) if dated else None


def _read_with_more(words: str) -> StatusWords | None:
    """A wording followed by a venue, by a round in brackets, or by a second wording."""
    for match in re.finditer(rf"(?= {_PREPOSITIONS} )|(?=[ ,;:]*\()|(?=[,;:] )", words):
        found = _read_whole(words[: match.start()])
        if found and (read := _with_target(found, words[match.start() :].strip(" ,;:"), words[match.start()])):
            return read
    return None


def _with_target(found: StatusWords, more: str, sign: str) -> StatusWords | None:
    """``found`` with ``more`` after ``sign``, if ``more`` is a place or another status; else None."""
    inside = re.fullmatch(r"\((.+)\)", more)
    if second := _read_whole(inside[1] if inside else more):
        return StatusWords(weakest([found.status, second.status]), is_plain=False)
    if sign == " " or inside:
        return StatusWords(found.status, is_plain=False, names_place=True)
    if len(more.split()) > _MAX_WORDS or _NO_PLACE.search(more):
        return None
    return StatusWords(found.status, is_plain=False, names_place=True)


_WORDINGS: Mapping[str, Status] = {
    **dict.fromkeys(("preprint", "arxiv preprint"), Status.PREPRINT),
    **dict.fromkeys(("in preparation", "work in progress", "manuscript in preparation"), Status.IN_PREPARATION),
    **dict.fromkeys(("under review", "in review", "submitted", "submitted for publication"), Status.SUBMITTED),
    **dict.fromkeys(("in revision", "under revision", "major revision", "minor revision"), Status.SUBMITTED),
    **dict.fromkeys(("to appear", "forthcoming", "accepted", "accepted for publication"), Status.FORTHCOMING),
    **dict.fromkeys(("in press", "early access", "online first"), Status.IN_PRESS),
    **dict.fromkeys(("unpublished", "unpublished manuscript", "working paper"), Status.UNPUBLISHED),
}
"""The wordings in which misspellings are looked for."""
_FIRST_LETTERS = {wording[0] for wording in _WORDINGS}
_SQUEEZED = {wording.replace(" ", ""): wording for wording in _WORDINGS}


def _find_misspelt(words: str) -> str:
    squeezed = words.replace(" ", "")
    return next((wording for known, wording in _SQUEEZED.items() if is_misspelt(squeezed, known)), "")


@lru_cache(maxsize=4096)
def _simplify(text: str) -> str:
    """``text`` in lower case, without accents, full stops, quotes, braces and hyphens; a sentence ends in ``;``."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c) or "\u3040" <= c <= "\u30ff")
    sentences = re.sub(r"\.\s+(?=\w)", "; ", unicodedata.normalize("NFKC", letters))
    bare = re.sub(r"[.{}\"“”„*_!~\u2010-\u2015-]+", " ", sentences)
    return re.sub(r"\s+", " ", re.sub(r"\s+(?=[;,:])", "", bare)).strip(" ,;:")
