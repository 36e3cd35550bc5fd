"""What a document prints of the terms of a posting: for each term the places that print it, or why none does; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cvgen.model.document import Document
from cvgen.model.ledger import MERGED, Cause, Decision, Ledger, Outcome, Reason
from cvgen.model.part import Part
from cvgen.model.refs import ProfilePath
from cvgen.posting.mentions import Mention, texts_of_head, texts_of_part
from cvgen.posting.posting_term import PostingTerm
from cvgen.select.term_search import TermMatcher


class TermStatus(StrEnum):
    """What became of a term."""

    PRINTED = "printed"
    DROPPED = "dropped"
    """It is in the profile, but not in the document."""
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A part that prints a term, with the text that does; ``part`` is None for the head of the document."""

    text: str
    part: Part | None = None
    page: int | None = None
    """The page, from 1; None if it is not known."""


@dataclass(frozen=True, slots=True)
class DroppedPlace:
    """A wording in the profile that has a term and is not printed, with the reasons."""

    mention: Mention
    reasons: tuple[Reason, ...]
    """Empty if the document has its part, but does not print this text of it."""
    displaced_by: tuple[Part, ...] = ()
    """The parts to leave out or shorten to make room for it; empty if that is not known."""

    @property
    def why(self) -> str:
        """All reasons in words."""
        return "; ".join(dict.fromkeys(reason.text for reason in self.reasons)) or "this field is not printed"

    def is_by(self, cause: Cause) -> bool:
        """Whether ``cause`` is the only reason."""
        return bool(self.reasons) and all(reason.cause is cause for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class TermCoverage:
    """A term with the places that print it, or else with its places in the profile that do not."""

    term: PostingTerm
    printed: tuple[PrintedPlace, ...] = ()
    dropped: tuple[DroppedPlace, ...] = ()

    @property
    def status(self) -> TermStatus:
        """Whether it is printed, dropped or absent."""
        return TermStatus.PRINTED if self.printed else TermStatus.DROPPED if self.dropped else TermStatus.ABSENT


class TermFinder:
    """Finds terms in texts of one language, under each of their spellings."""

    def __init__(self, terms: Iterable[PostingTerm], language: str) -> None:
        self._names: dict[str, list[str]] = {}
        for term in terms:
            for spelling in term.spellings:
                self._names.setdefault(spelling, []).append(term.name)
        self._matcher = TermMatcher(list(self._names), language)

    def find(self, text: str) -> dict[str, str]:
        """The terms that ``text`` mentions, each with its spelling there: the term's name if the text has it."""
        found: dict[str, str] = {}
        for spelling in self._matcher.count(text):
            for name in self._names[spelling]:
                if spelling == name or name not in found:
                    found[name] = spelling
        return found


def cover_terms(
    terms: Iterable[PostingTerm], mentions: Iterable[Mention], document: Document, ledger: Ledger
) -> tuple[TermCoverage, ...]:
    """What ``document`` prints of each term; ``ledger`` has the decisions behind it, ``mentions`` the whole profile."""
    terms = list(terms)
    finder = TermFinder(terms, document.language)
    printed = _find_printed(document, ledger, finder)
    places = find_places(mentions, finder)
    explain = _Explainer(ledger, document.language)
    return tuple(
        TermCoverage(
            term,
            tuple(printed.get(term.name, ())),
            () if term.name in printed else tuple(explain.list_dropped(places.get(term.name, ()))),
        )
        for term in terms
    )


def find_places(mentions: Iterable[Mention], finder: TermFinder) -> dict[str, list[Mention]]:
    """Term → its places in the profile."""
    places: dict[str, list[Mention]] = {}
    for mention in mentions:
        for name in finder.find(mention.text):
            places.setdefault(name, []).append(mention)
    return places


def _find_printed(document: Document, ledger: Ledger, finder: TermFinder) -> dict[str, list[PrintedPlace]]:
    """Term → the parts that print it, taken from ``ledger``, where parts have their place in the profile."""
    known = {decision.part.ref: decision.part for decision in ledger.shown}
    found: dict[str, list[PrintedPlace]] = {}

    def add(texts: Iterable[str], part: Part | None) -> None:
        seen: dict[str, str] = {}
        for text in texts:
            for name in finder.find(text):
                seen.setdefault(name, text)
        for name, text in seen.items():
            found.setdefault(name, []).append(PrintedPlace(text, part))

    for part in document.walk():
        add(texts_of_part(part), known.get(part.ref, part))
    add(texts_of_head(document), None)
    return found


class _Explainer:
    """Explains why a document does not print what is in the profile."""

    def __init__(self, ledger: Ledger, language: str) -> None:
        self.language = language
        self.decisions: dict[ProfilePath, list[Decision]] = {}
        for decision in ledger.decisions:
            part = decision.part
            path = part.path or ("sections", part.section)
            self.decisions.setdefault(path, []).append(decision)

    def list_dropped(self, mentions: Iterable[Mention]) -> list[DroppedPlace]:
        """The places among ``mentions``, one for each part; a part merged into a printed one does not count."""
        found: dict[ProfilePath | int, DroppedPlace] = {}
        for mention in mentions:
            place = DroppedPlace(mention, self._find_reasons(mention))
            if not place.reasons or any(reason.cause not in MERGED for reason in place.reasons):
                found.setdefault(mention.path or id(mention), place)
        return list(found.values())

    def _find_reasons(self, mention: Mention) -> tuple[Reason, ...]:
        decisions = self.decisions.get(mention.path, [])
        if decisions and all(decision.outcome is Outcome.DROPPED for decision in decisions):
            return tuple(reason for decision in decisions for reason in decision.reasons)
        if not decisions and mention.path[:1] == ("sections",):
            return (Reason(Cause.SECTION, "its section is not in the variant"),)
        if mention.language and mention.language.split("-")[0] != self.language.split("-")[0]:
            return (
                Reason(Cause.LANGUAGE, f"written only in {mention.language}, and the document is in {self.language}"),
            )
        shortened = [decision for decision in decisions if decision.outcome is Outcome.SHORTENED]
        if shortened and not mention.is_short:
            return shortened[0].reasons
        if mention.is_short:
            return (Reason(Cause.SHORT, "only the short wording has it, and the long one is printed"),)
        return ()


_CURES: Mapping[Cause, str] = {
    Cause.HIDDEN: "delete 'hidden'",
    Cause.EXCLUDE_TAGS: "take the tag out of 'exclude_tags', or use another variant",
    Cause.EXCLUDE: "take its key out of 'exclude'",
    Cause.WHERE: "change the query in 'where' so that it matches",
    Cause.LIMIT: "raise its 'priority' or the section's 'limit'",
    Cause.GROUP_BY: "add its group to 'groups'",
    Cause.ONLY_COUNTS: "delete 'only_counts'",
    Cause.ROLE: "ask for its role too",
    Cause.SHORT: "write 'short: false' in the variant",
    Cause.WEAK: "pin it, raise its 'priority', or say in it what came of the work",
    Cause.SUBJECT: "add the term to the 'priorities' of the variant, pin it, or write 'weigh_words: false' there",
    Cause.PAGES: "pin it, raise its 'priority', or allow one page more",
}


def say_cure(place: DroppedPlace, tags: Iterable[str] = ()) -> str:
    """What to change so that ``place`` is printed; ``tags`` are the tags that would show it."""
    causes = dict.fromkeys(reason.cause for reason in place.reasons)
    first = next(iter(causes), None)
    if first is None:
        return "say it in a bullet as well"
    if first is Cause.SECTION:
        return f"add {_name_section(place.mention)!r} to the 'sections' of the variant"
    if first is Cause.TAGS:
        return f"add {' and '.join(repr(tag) for tag in tags) or 'its tag'} to the 'tags' of the variant"
    if first is Cause.LANGUAGE:
        return f"write 'language: {place.mention.language}' in the variant, or give the text in both languages"
    if first is Cause.SHORT and place.mention.is_short:
        return "say it in the long wording too"
    if first is Cause.PAGES and place.displaced_by:
        named = "; ".join(repr(part.label) for part in place.displaced_by[:2])
        more = f" and {len(place.displaced_by) - 2} more" if len(place.displaced_by) > 2 else ""
        return f"pin it or raise its 'priority' (at the cost of {named}{more}), or allow one page more"
    return _CURES.get(first, "")


def _name_section(mention: Mention) -> str:
    """The name by which a variant lists the section of ``mention``."""
    is_own = mention.path[:1] == ("sections",)
    return str(mention.path[1 if is_own else 0])
