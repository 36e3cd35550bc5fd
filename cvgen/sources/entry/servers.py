"""Servers for preprints: how entries name them, the DOIs that only they give out, and misspellings of their names."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache

from cvgen.model.late_pattern import late_pattern
from cvgen.sources.bibtex.known_fields import split_words

_NAMES = split_words(
    """arxiv biorxiv medrxiv chemrxiv psyarxiv socarxiv techrxiv eartharxiv ecoevorxiv edarxiv engrxiv lawarxiv
    metaarxiv agrixiv africarxiv arabixiv bodoarxiv ecsarxiv frenxiv indiarxiv marxiv mediarxiv mindrxiv
    nutrixiv paleorxiv sportrxiv jxiv vixra corr ssrn authorea essoar"""
)
_PHRASES = late_pattern(
    r"\b(research square|preprints org|osf preprints|(?:computing|computer science) research repository"
    r"|ssrn electronic journal|cryptology eprint archive|ess open archive|cambridge open engage|nature precedings)\b"
)
_NOISE = split_words(
    """available at on in the a an of from via as version v and org com preprint preprints eprint eprints e print
    prints online server repository archive for biology health sciences science chemistry cornell university
    cold spring harbor laboratory elsevier bv rochester ny posted id abs pdf tech technical rep report no
    number paper iacr cs math stat physics quant ph cond mat hep astro eess econ fin bio nlin gr qc nucl th ex
    lat cl cv lg ai ml ro ne cr co me ap it si se dc ds hc ir sd oc pr na mtrl sci soc pe gn qm app chem ins
    class comp op acc geo"""
)
"""Words that may accompany the name of a server and name no other place, such as arXiv's subjects."""
_IDENTIFIER = late_pattern(
    r"https?://\S+|10\.\d{4,9}/\S+|\b(?:abs/)?\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[a-z]{2})?/\d{7}|\[[^\]]*\]|\d+"
)
_SPELT = {
    name.casefold(): name
    for name in ("arXiv", "bioRxiv", "medRxiv", "ChemRxiv", "PsyArXiv", "SocArXiv", "TechRxiv", "EarthArXiv",
                 "EcoEvoRxiv", "EdArXiv", "engrXiv", "LawArXiv", "MetaArXiv", "viXra", "SSRN", "Authorea")
}  # fmt: skip
"""How servers spell their names."""
_OF_ARXIV = frozenset({"arxiv", "corr"})
"""arXiv, and its part for computer science, under whose name DBLP lists preprints."""
_OFTEN_MISSPELT = ("arXiv", "bioRxiv", "medRxiv", "chemRxiv", "PsyArXiv", "TechRxiv")

PREPRINT_DOI = late_pattern(
    r"10\.48550/arxiv|10\.1101/(?:\d{4}\.\d\d\.\d\d\.\d+|\d{6})(?!\d)|10\.2139/ssrn|10\.(?!17605/)\d+/osf\.io/"
    r"|10\.26434/chemrxiv|10\.21203/rs\.|10\.20944/preprints|10\.36227/techrxiv|10\.22541/|10\.1002/essoar|10\.31223/"
    r"|10\.33774/|10\.51094/jxiv|10\.1590/scielopreprints",
    re.IGNORECASE,
)
"""DOIs that only servers for preprints give out: bioRxiv's have a date or six digits, unlike those of journals."""


@lru_cache(maxsize=4096)
def is_server(text: str) -> bool:
    """Whether ``text`` names a server for preprints and no other place: ``arXiv:2301.00001 [cs.CV]``, ``bioRxiv``."""
    words = _list_words(text)
    if words in ("preprints", "preprints org"):
        return True
    without, count = _PHRASES.subn(" ", words)
    names = [word for word in without.split() if word in _NAMES]
    rest = [word for word in without.split() if word not in _NAMES]
    if set(names) == {"corr"} and not count:
        return not set(rest) - {"abs"}
    return bool(names or count) and all(word in _NOISE for word in rest)


def _list_words(text: str) -> str:
    """The words of ``text`` in lower case, without identifiers and addresses."""
    bare = _IDENTIFIER.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(re.findall(r"[^\W\d_]+", bare))


def name_server(text: str, arxiv: str) -> str:
    """The server that ``text`` names, as it spells itself: ``arXiv`` for ``arXiv e-prints``.

    With the number ``arxiv`` it is ``arXiv:2403.01234``. Any other text, and one with other numbers, stays as it is.
    """
    if not is_server(text):
        return text
    names = {word for word in _PHRASES.sub(" ", _list_words(text)).split() if word in _NAMES}
    if arxiv and names and names <= _OF_ARXIV:
        return f"arXiv:{arxiv}"
    has_number = any(map(str.isdigit, text))
    return text if has_number or len(names) != 1 else _SPELT.get(next(iter(names)), text)


def find_misspelt_server(text: str) -> str:
    """The server whose name ``text`` misspells: ``arXiv`` for ``Arixv``; empty if there is none."""
    if not 4 <= len(text) <= 12 or " " in text.strip() or is_server(text):
        return ""
    word = re.sub(r"\W", "", text.casefold())
    return next((name for name in _OFTEN_MISSPELT if is_misspelt(word, name.casefold())), "")


def is_misspelt(word: str, known: str) -> bool:
    """Whether ``word`` is ``known`` with letters swapped, or with one that is missing, wrong or too many."""
    if word == known or word[:1] != known[:1] or abs(len(word) - len(known)) > 1 or len(known) < 5:
        return False
    return sorted(word) == sorted(known) or difflib.SequenceMatcher(None, word, known).ratio() >= 0.88
