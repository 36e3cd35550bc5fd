"""The wordings in which entries say how far a work has come, in the languages that files use."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cvgen.model.publication import Status

PUBSTATES: Mapping[str, Status] = {
    **{status.value: status for status in Status},
    "prepublished": Status.PREPRINT,
}
"""biblatex's keys for ``pubstate`` (manual 3.18, §4.9.2.11), and ours."""

_Rows = tuple[tuple[Status, str], ...]
_PLAIN: _Rows = (
    (
        Status.PREPRINT,
        r"pre ?prints?|e ?prints?|prepublished|prepublication|prepublicacion|preimpresion|vorabdruck|预印本|預印本"
        r"|プレプリント|препринт",
    ),
    (
        Status.IN_PREPARATION,
        r"(?:manuscript |paper |article |work |draft |currently |still )?in prep(?:aration)?|(?:work )?in progress"
        r"|inpreparation|inprogress|(?:manuskript )?in vorbereitung|en preparation|en preparacion|em preparacao"
        r"|in preparazione|in voorbereiding|准备中|撰写中|準備中|в подготовке|готовится к печати",
    ),
    (
        Status.SUBMITTED,
        r"(?:manuscript |paper |article |currently |now |still )?(?:is )?(?:under|in) (?:peer |double blind |journal )?review"
        r"|(?:peer )?review pending|awaiting review|inreview|underreview|(?:manuscript |paper |article )?(?:has been |was )?submitted"
        r"(?: for (?:publication|review|peer review))?|manuscript submitted for publication|(?:zur veroffentlichung )?eingereicht"
        r"|in begutachtung|im begutachtungsverfahren|soumis(?:e|es)?(?: pour publication)?|en cours d'?evaluation"
        r"|en cours de relecture|enviado|enviada|sometido|sometida|en revision|submetido|submetida|in revisione|sottomesso|ingediend"
        r"|在审|审稿中|已投稿|投稿中|審査中|査読中|심사 ?중|투고 ?중|на рецензии|на рецензировании|подано",
    ),
    (
        Status.FORTHCOMING,
        r"(?:is |soon )?to appear(?: soon)?|toappear|forthcoming|to be published|(?:manuscript |paper |article |now )?(?:has been )?accepted"
        r"(?: for publication| for presentation)?|(?:zur veroffentlichung |zur publikation )?angenommen|erscheint(?: demnachst| in kurze)?"
        r"|erscheint bald|im erscheinen|a paraitre|accepte(?:e|s|es)?(?: pour publication)?|por aparecer|de proxima aparicion"
        r"|proxima publicacion|aceptad[oa](?: para (?:su )?publicacion)?|aceito|aceita|in corso di pubblicazione|accettato"
        r"|te verschijnen|geaccepteerd|已录用|录用|待发表|即将发表|採録決定|掲載予定|게재 ?예정|게재 ?확정|принято(?: к печати)?",
    ),
    (
        Status.IN_PRESS,
        r"(?:now |currently )?in press|inpress|im druck|sous presse|en prensa|no prelo|in stampa|in druk|en impression|印刷中"
        r"|出版中|인쇄 ?중|в печати",
    ),
)
"""Wordings for which a document has words in its own language."""
_SAYING_MORE: _Rows = (
    (
        Status.UNPUBLISHED,
        r"unpublished(?: (?:manuscript|paper|work|article|draft|note|notes|report))?|(?:unveroffentlichtes )?manuskript|manuscript"
        r"|unveroffentlicht|unveroffentlichtes werk|non publie|inedit|inedito|未发表|未発表|working ?papers?|mimeo"
        r"|arbeitspapier|document de travail|工作论文|не опубликовано",
    ),
    (
        Status.IN_PREPARATION,
        r"(?:first |early |rough )?draft(?: manuscript| version)?|to be submitted|entwurf|being written|planned",
    ),
    (
        Status.SUBMITTED,
        r"(?:in|under) (?:(?:minor|major|first|second) )?revisions?|(?:minor|major) revisions?(?: (?:requested|submitted|due|invited))?"
        r"|revis(?:e|ion) (?:and|&) resubmit(?:ted)?|r ?(?:&|and) ?r|rnr|revise(?:d)?(?: and)? resubmit(?:ted)?|re ?submitted"
        r"|revisions? (?:requested|submitted|invited)|revised version submitted|submission|conditional(?:ly)? accept(?:ed|ance)"
        r"|conditional acceptance|(?:accepted|accept) (?:with|pending|subject to|after|conditional on) (?:minor |major )?revisions?"
        r"|invited (?:for )?(?:revision|resubmission)|in uberarbeitung|修改中|大修|小修|返修",
    ),
    (
        Status.FORTHCOMING,
        r"accepted (?:manuscript|paper|version)|(?:in production|at the publisher|in proofs?|galley proofs?)|camera ready",
    ),
    (
        Status.IN_PRESS,
        r"early (?:access|view|online)|(?:published )?(?:online|epub) (?:first|ahead of print|early)|ahead of (?:print|publication)"
        r"|advance(?:d)? (?:online )?(?:publication|access|article)|advance online|first ?view|articles? in (?:press|advance)|just accepted"
        r"|corrected proof|uncorrected proof|online vorab(?:veroffentlichung)?",
    ),
)
"""Wordings that say more than those words do; they are printed as written."""
_SERVER = re.compile(r"[a-z]*rxiv(?:es?)?|corr|ssrn|authorea|jxiv|vixra|essoar")
_SERVER_PHRASE = re.compile(
    r"\b(research square|preprints org|osf preprints|cogprints|(?:computing|computer science) research repository"
    r"|iacr eprint archive|cryptology eprint archive|repec|ess open archive|cambridge open engage|optica open|nature precedings)\b"
)
_NOISE = frozenset(
    """available at on in the a an of from via as also see version v and org com preprint preprints eprint eprints e print prints
    electronic journal online server repository archive for biology health sciences science chemistry cornell university cold spring
    harbor laboratory elsevier bv rochester ny posted published id abs pdf tech technical rep report reports no number paper
    cs math stat physics quant ph cond mat hep astro eess econ fin bio nlin gr qc nucl th ex lat cl cv lg ai ml ro ne
    cr co me ap it si se dc ds hc ir sd oc pr na mtrl sci soc pe gn qm app chem ins class comp op acc geo""".split()
)
"""Words beside the name of a server that name no other place."""
_IDENTIFIER = re.compile(r"https?://\S+|10\.\d{4,9}/\S+|\b(?:abs/)?\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[a-z]{2})?/\d{7}|\[[^\]]*\]|\d+")
_PREPOSITIONS = (
    r"(?:to|at|by|in|with|for|as|on|bei|beim|fur|zu|zum|zur|im|am|an|a|au|aux|dans|chez|pour|para|por|en|la|de|nel|su|presso|bij|voor|于|在)"
)
_DATE = r"(?:(?:in|on|since|as of|expected|am|seit|voraussichtlich)? ?(?:\w{3,9} )?(?:\d{1,2} )?(?:19|20)\d\d(?: \d{1,2}){0,2}|n ?d)"


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What a text says that says nothing but a status.

    ``is_plain`` is whether a document can say as much in its own words; ``meant`` is the right spelling of a
    misspelt text, empty where nothing is misspelt; ``names_place`` is whether it names where.
    """

    status: Status
    is_plain: bool = True
    meant: str = ""
    names_place: bool = False


def read_status_words(text: str) -> StatusWords | None:
    """What ``text`` says, where that is nothing but a status: with where to, a date or a round; else None."""
    words = _simplify(text)
    if not words or "http" in words or len(words) > 200:
        return None
    return _read_whole(words) or _read_with_more(words)


def read_misspelt(text: str) -> StatusWords | None:
    """The same for a text of a few words that is a slip of such a wording: ``Under reveiw``, ``Arixv``."""
    words = _simplify(text)
    if not 4 <= len(words) <= 40 or read_status_words(text) or is_server(text):
        return None
    first, _, rest = words.partition(" ")
    if first in _TARGETED_SLIPS and rest:
        return None
    for known, status in _known_wordings().items():
        if _is_slip(words.replace(" ", ""), known.replace(" ", "")):
            return StatusWords(status, is_plain=True, meant=known)
    head = re.match(rf"(?P<head>\w+) (?={_PREPOSITIONS} )", words)
    if head and _is_slip(head["head"], "submitted"):
        return StatusWords(Status.SUBMITTED, is_plain=False, meant="submitted", names_place=True)
    return None


def begins_with_status(text: str) -> str:
    """The wording of a status that ``text`` begins with before it says something else; empty where it does not."""
    match = re.match(r"\s*([^.,;:()|]{3,60})[.,;:(|]", text)
    found = read_status_words(match[1]) if match else None
    return match[1].strip() if match and found and found.status is not Status.FORTHCOMING else ""


def split_status(text: str) -> tuple[str, str]:
    """``Nature (in press)`` as ``("Nature", "in press")``; ``("", "")`` where no status ends ``text``."""
    match = re.fullmatch(r"(?P<rest>.*?\w[.}]*)\s*(?:[(\[](?P<inside>[^()\[\]]+)[)\]]|[,;]\s*(?P<after>[^,;()]+?))\s*\.?", text, re.DOTALL)
    if not match:
        return "", ""
    said = match["inside"] or match["after"]
    found = read_status_words(said)
    return (match["rest"].strip(), said.strip()) if found and not found.names_place else ("", "")


def is_server(text: str) -> bool:
    """Whether ``text`` names a server for preprints and no other place (``arXiv preprint arXiv:2301.00001 [cs.CV]``)."""
    bare = _IDENTIFIER.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    words = " ".join(re.findall(r"\w+", bare))
    without, count = _SERVER_PHRASE.subn(" ", words)
    if words in ("preprints", "preprints org"):
        return True
    rest = [word for word in without.split() if not _SERVER.fullmatch(word)]
    names = count + len(without.split()) - len(rest)
    return names > 0 and all(word in _NOISE for word in rest)


def server_slip(text: str) -> str:
    """The server that ``text`` is a slip of: ``arXiv`` for ``Arixv``; empty where it is none's."""
    word = _simplify(text)
    if is_server(text) or " " in word or not 4 <= len(word) <= 9:
        return ""
    servers = ("arXiv", "bioRxiv", "medRxiv", "chemRxiv", "PsyArXiv", "TechRxiv")
    return next((name for name in servers if _is_slip(word, name.casefold())), "")


PREPRINT_DOI = re.compile(
    r"10\.48550/arxiv|10\.1101/(?:\d{4}\.\d\d\.\d\d\.\d+|\d{6})(?!\d)|10\.2139/ssrn|10\.(?!17605/)\d+/osf\.io/|10\.26434/chemrxiv"
    r"|10\.21203/rs\.|10\.20944/preprints|10\.36227/techrxiv|10\.22541/|10\.1002/essoar|10\.31223/|10\.33774/|10\.51094/jxiv"
    r"|10\.1590/scielopreprints",
    re.IGNORECASE,
)
"""DOIs that only servers for preprints give out: bioRxiv's have a date or six digits, unlike those of journals."""


def _read_whole(words: str) -> StatusWords | None:
    for rows, is_plain in ((_PLAIN, True), (_SAYING_MORE, False)):
        for status, pattern in rows:
            if re.fullmatch(pattern, words):
                return StatusWords(status, is_plain)
    if is_server(words) and re.search(r"\bpre ?prints?\b", words):
        return StatusWords(Status.PREPRINT, is_plain=False)
    return None


def _read_with_more(words: str) -> StatusWords | None:
    """A wording followed by where to, a date or a round, or all of them in brackets after the name of the place."""
    outer = re.fullmatch(r"[(\[](.+)[)\]]", words)
    if outer and not re.search(r"[()\[\]]", outer[1]):
        return read_status_words(outer[1])
    dated = re.fullmatch(rf"(?P<head>.+?)[ ,;:(]+{_DATE}\)?", words) or re.fullmatch(rf"{_DATE}[ ,;:(]+(?P<head>[^)]+?)\)?", words)
    if dated and (found := _read_whole(dated["head"].strip(" ,;:(")) or None):
        return found
    match = re.fullmatch(rf"(?P<head>[^,;:(]+?)(?P<more> {_PREPOSITIONS} .+|[ ,;:]*\(.+\)|[,;:] .+)", words)
    while match:
        if found := _read_whole(match["head"]):
            return _with_target(found, match["more"])
        match = re.fullmatch(rf"(?P<head>{re.escape(match['head'])} [^,;:(]+?)(?P<more> {_PREPOSITIONS} .+|[ ,;:]*\(.+\)|[,;:] .+)", words)
    return None


def _with_target(found: StatusWords, more: str) -> StatusWords | None:
    """``found`` with what follows it, where that is where to, or another status, and not something else."""
    bare = more.strip(" ,;:")
    inside = re.fullmatch(r"\((.+)\)", bare)
    if re.match(rf"{_PREPOSITIONS} ", bare):
        return StatusWords(found.status, is_plain=False, names_place=True)
    if inside or _read_whole(bare):
        second = _read_whole(inside[1] if inside else bare)
        status = second.status if second and second.status is not Status.PREPRINT else found.status
        if second and Status.PREPRINT not in (found.status, second.status):
            status = min(found.status, second.status, key=_ORDER.index)
        return StatusWords(status, is_plain=False, names_place=not second)
    return None


_ORDER = (Status.IN_PREPARATION, Status.UNPUBLISHED, Status.PREPRINT, Status.SUBMITTED, Status.FORTHCOMING,
          Status.IN_PRESS, Status.PUBLISHED)  # fmt: skip
"""From the weakest claim to the strongest."""
_TARGETED_SLIPS = frozenset({"reprint", "reprinted"})


def weakest(statuses: list[Status]) -> Status:
    """The status that claims least; ``preprint`` gives way to any other, as a preprint may be under review too."""
    told = [status for status in statuses if status is not Status.PREPRINT] or statuses
    return min(told, key=_ORDER.index)


@lru_cache(maxsize=1)
def _known_wordings() -> Mapping[str, Status]:
    wordings = {
        Status.PREPRINT: "preprint,arxiv preprint",
        Status.IN_PREPARATION: "in preparation,work in progress,manuscript in preparation,in prep",
        Status.SUBMITTED: "under review,in review,submitted,submitted for publication,in revision,under revision,major revision,minor revision",
        Status.FORTHCOMING: "to appear,forthcoming,accepted,accepted for publication",
        Status.IN_PRESS: "in press,early access,online first",
        Status.UNPUBLISHED: "unpublished,unpublished manuscript,working paper",
    }  # fmt: skip
    return {word: status for status, words in wordings.items() for word in words.split(",")}


def _is_slip(word: str, known: str) -> bool:
    """Whether ``word`` is ``known`` with letters swapped, or with one that is missing, wrong or too many."""
    if word == known or word[:1] != known[:1] or abs(len(word) - len(known)) > 1 or len(known) < 5:
        return False
    return sorted(word) == sorted(known) or difflib.SequenceMatcher(None, word, known).ratio() >= 0.88


@lru_cache(maxsize=4096)
def _simplify(text: str) -> str:
    """``text`` in lower case, without accents, full stops, quotes, braces and hyphens; ``(``, ``,`` and ``:`` stay."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c) or "\u3040" <= c <= "\u30ff")
    bare = re.sub(r"[.{}\"“”„*_!\u2010-\u2015-]+", " ", unicodedata.normalize("NFKC", letters))
    return re.sub(r"\s+", " ", bare).strip(" ,;:")
