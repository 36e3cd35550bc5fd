"""Finds the owner of the profile in an author list, and never takes another author for the owner."""

from __future__ import annotations

import difflib
import re
import shlex
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from cvgen.diagnostics import Problem, warn
from cvgen.model.marks import Mark
from cvgen.model.profile import Profile
from cvgen.model.publication import Author, Publication, is_ideographic

_DEGREE = re.compile(r"(?:ph\.?\s?d|m\.?d|[mb]\.?sc|d\.?phil|mba|[mb]\.?a|frs|esq)\.?", re.IGNORECASE)
"""A degree after a name; unlike "Jr.", it does not distinguish two people of one name."""
_GAP = re.compile(r"[\s,.]+")
_INITIALS = re.compile(r"(?<!\w)[^\W\d_](?:[.\s-]+[^\W\d_])+(?!\w)\.?\s*")
_JOINED_INITIALS = re.compile(r"(?<!\w)[A-Z]{2,3}(?!\w)")
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe"})
"""Letters whose diacritic Unicode does not take apart."""
_NEAR = 0.6
"""The least similarity of a name that may be the owner's, misspelt."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Every spelling under which the owner is listed; spellings are compared by ``fold``."""

    name: str
    spellings: frozenset[tuple[str, ...]]
    orcid: str = ""
    profile: str = ""
    """The file that names the owner, for commands in hints."""


@dataclass(frozen=True, slots=True)
class OwnerMatch:
    """The owner's position (from 1) and the rule that found it; ``position`` is None if the owner was not found."""

    position: int | None = None
    spelling: str = ""
    rule: str = ""
    problem: Problem | None = None


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> tuple[str, ...]:
    """``name`` without case, diacritics, dots and order: equal folds are the same spelling. Kept, as names recur."""
    bare = name.casefold()
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", bare).translate(_STROKES)
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = [word for word in _GAP.split(bare) if word]
    if all(map(is_ideographic, words)):  # 王 小明 and 王小明 are one spelling, 小明王 is another
        return ("".join(words),)
    return tuple(sorted(words))


def find_spellings(profile: Profile) -> Owner:
    """The owner's spellings: the name in each language, the native name, and the aliases."""
    basics = profile.basics
    names = [str(words) for text in (basics.name, basics.native_name) if text for _, words in text.wordings]
    names += profile.bibliography.aliases
    accounts = (p.handle for p in basics.profiles if p.known and p.known.key == "orcid" and p.handle)
    orcid = profile.bibliography.orcid or next(accounts, "")
    spellings = {fold(form) for name in names for form in (name, _join_initials(name), _split_initials(name))}
    own_name = basics.name.wordings[0][1]
    file = own_name.location.file if own_name.location else "profile.yaml"
    return Owner(names[0], frozenset(spellings), bare_orcid(orcid), file)


def _join_initials(name: str) -> str:
    """``name`` with initials in one word, as in PubMed and Google Scholar: ``TH Lin`` for ``T. H. Lin``."""
    return _INITIALS.sub(lambda found: re.sub(r"[.\s-]", "", found[0]) + " ", name)


def _split_initials(name: str) -> str:
    """``name`` with each initial as a word: ``T H Lin`` for ``TH Lin``; names all in capitals stay."""
    return name if name.isupper() else _JOINED_INITIALS.sub(lambda found: " ".join(found[0]), name)


def find_owner(publication: Publication, owner: Owner) -> OwnerMatch:
    """Find ``owner`` among the authors by the mark ``self``, else by ORCID, else by an exact spelling.

    A missing owner is not reported if the owner is among the editors or translators.
    """
    match = find_among(publication, publication.authors, owner)
    if match.position is None and match.problem is None:
        others = (publication.editors, publication.translators)
        found = [find_among(publication, people, owner) for people in others]
        if not any(other.position or other.problem for other in found):
            return (
                OwnerMatch(problem=_missing(publication, owner))
                if publication.authors or publication.editors
                else OwnerMatch()
            )
    return match


def is_named(publication: Publication, owner: Owner) -> bool:
    """Whether ``owner`` is, or could be, one of the authors, editors or translators."""
    groups = (publication.authors, publication.editors, publication.translators)
    matches = (find_among(publication, people, owner) for people in groups)
    return any(match.position or match.problem for match in matches)


def find_among(publication: Publication, authors: tuple[Author, ...], owner: Owner) -> OwnerMatch:
    """The place of ``owner`` in one list of people of ``publication``."""
    if not authors:
        return OwnerMatch()
    rules = (
        ("self", [a for a in authors if Mark.SELF in a.marks]),
        ("orcid", [a for a in authors if owner.orcid and bare_orcid(a.orcid) == owner.orcid]),
        ("name", [a for a in authors if not owner.spellings.isdisjoint(list_spellings(a))]),
    )
    for rule, found in rules:
        if len(found) == 1:
            return OwnerMatch(_index(authors, found[0]) + 1, found[0].name, rule)
        if found:
            return OwnerMatch(problem=_ambiguous(publication, found, rule))
    return OwnerMatch()


def _index(authors: tuple[Author, ...], author: Author) -> int:
    return next(index for index, candidate in enumerate(authors) if candidate is author)


def list_spellings(author: Author) -> frozenset[tuple[str, ...]]:
    """An author's spellings: the whole name, also without degrees; a name in two scripts also by each script alone."""
    return _fold_name(author.family, author.given, author.particle, author.suffix)


@lru_cache(maxsize=1 << 16)
def _fold_name(family: str, given: str, particle: str, suffix: str) -> frozenset[tuple[str, ...]]:
    """``fold`` for the parts of a name, cached: most people are in many lists."""
    name = Author(family, given, particle, suffix).name
    folds = {fold(name)}
    if suffix and all(_DEGREE.fullmatch(part.strip()) for part in suffix.split(",")):
        folds.add(fold(Author(family, given, particle).name))
    if is_ideographic(family + given):
        folds.add(fold(given + family))
    if not name.isascii():
        latin = [word for word in name.split() if word.isascii() or unicodedata.name(word[0], "").startswith("LATIN")]
        other = [word for word in name.split() if word not in latin]
        if latin and other:
            folds |= {fold(" ".join(latin)), fold(" ".join(other).strip("()（）"))}
    return frozenset(folds)


def bare_orcid(text: str) -> str:
    """The ORCID in ``text``, such as an address; empty if there is none."""
    found = re.search(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])", text)
    return "-".join(found.groups()).upper() if found else ""


def _ambiguous(publication: Publication, found: list[Author], rule: str) -> Problem:
    names = " and ".join(author.name for author in found)
    message = f"{publication.key}: two authors could be you ({names}, by {rule}); none is highlighted"
    hint = "mark yourself: author+an = {2=self}"
    place, kind = publication.authors_location or publication.location, "two authors could be you; none is highlighted"
    return Problem(message, place, hint, kind=kind, entry=publication.key)


@lru_cache(maxsize=1 << 16)
def _letters(name: str) -> str:
    """``name`` in its own order, folded and without spaces."""
    return "".join("".join(fold(word)) for word in re.split(r"[\s,]+", name))


@lru_cache(maxsize=1 << 16)
def _join_folded(name: str) -> str:
    """``name`` folded, its words in alphabetical order and without spaces."""
    return "".join(fold(name))


@lru_cache(maxsize=1 << 16)
def _holds_owner(name: str, spellings: frozenset[tuple[str, ...]]) -> bool:
    """Whether ``name`` is one of the owner's ``spellings`` and at least one more name."""
    words = set(fold(name))
    return any(len(spelling) > 1 and set(spelling) <= words and len(words) >= 4 for spelling in spellings)


def _similarity(name: str, wanted: str) -> float:
    """How much of both names is the same, from 0 to 1; 0 for less than ``_NEAR``."""
    matcher = difflib.SequenceMatcher(None, name, wanted)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return matcher.ratio() if all(bound() >= _NEAR for bound in bounds) else 0.0


@lru_cache(maxsize=1 << 16)
def _nearness(name: str, wanted: str) -> float:
    """How similar ``name``, in its own order or in alphabetical order, is to ``wanted``."""
    return max(_similarity(_letters(name), wanted), _similarity(_join_folded(name), wanted))


def _quote_key(key: str) -> str:
    """``key`` as YAML reads it: in quotes if it may be a number or a date."""
    return key if key[:1].isalpha() else f'"{key}"'


def _quote_word(name: str) -> str:
    """``name`` as one word of a command; what a shell would read as more than letters is in single quotes."""
    return shlex.quote(name) if re.search(r"""["$`\\!]""", name) else f'"{name}"'


def _missing(publication: Publication, owner: Owner) -> Problem:
    people = [person.name for person in publication.authors or publication.editors]
    wanted = (_letters(owner.name), _join_folded(owner.name))
    best = (max((_nearness(name, spelling), name) for name in people) for spelling in wanted)
    near = [name for similarity, name in best if similarity]
    group = "authors" if publication.authors else "editors"
    message = f"{publication.key}: {owner.name} is not among its {group}"
    hint = "if one of them is you, add that name to the aliases of 'bibliography'; if not, delete the entry"
    if joined := next((name for name in people if _holds_owner(name, owner.spellings)), None):
        hint = f"you seem to be one of {joined!r}: write 'and' between two names"
    elif publication.truncated and not near:
        claim = f"bibliography: {{entries: {{{_quote_key(publication.key)}: {{roles: [member]}}}}}}"
        hint = f"if you are behind 'and others', complete the list, or write in the profile: {claim}"
    elif near:
        spelling = _quote_word(near[0])
        command = f"cvgen publications {shlex.quote(owner.profile)} --add-alias {spelling}"
        hint = f"if you are {spelling} there, add it to the aliases: {command}"
    place, kind = publication.authors_location or publication.location, f"{owner.name} is not among the authors"
    return warn(message, place, hint, kind=kind, entry=publication.key)
