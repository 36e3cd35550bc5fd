"""Compares a posting with a variant: which of its terms are printed, hidden or missing, and suggested priorities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cvgen.diagnostics import InputError, Problem, Problems
from cvgen.pipeline.batch import read_whole
from cvgen.pipeline.edit_profile import add_variant
from cvgen.posting.mentions import Mention, list_keywords, list_mentions, printed_texts
from cvgen.posting.posting import cut_posting
from cvgen.posting.posting_terms import PostingTerm, Vocabulary, find_posting_terms
from cvgen.select.build_document import select_document
from cvgen.select.term_search import TermMatcher
from cvgen.select.variant import ResolvedVariant, resolve_variant
from cvgen.sources.career import Career
from cvgen.sources.posting_file import read_posting, read_posting_stream

_MAX_PRIORITIES = 20


@dataclass(frozen=True, slots=True)
class HiddenTerm:
    """A term that is in the profile but that the variant does not print, with all its places in the profile."""

    term: PostingTerm
    places: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class PostingMatch:
    """The result; each list begins with the term that is most frequent in the posting."""

    variant: str
    language: str
    found: tuple[PostingTerm, ...]
    hidden: tuple[HiddenTerm, ...]
    missing: tuple[PostingTerm, ...]
    priorities: dict[str, int]
    """Suggested ``priorities`` for a variant: from 1 (mentioned once) to 3 (mentioned often and required)."""
    problems: tuple[Problem, ...]


def match_posting(
    profile: Path,
    posting: Path | IO[bytes],
    variant: str | None = None,
    write: str | None = None,
    *,
    untrusted: bool = False,
) -> PostingMatch:
    """Look for the terms of ``posting`` (a file, or a stream) in a variant of the file ``profile``.

    With ``write`` a variant of that name is added to the profile, with the suggested priorities. Raises InputError
    with all problems of the posting, the profile and the variant, and if there are no priorities to write.
    """
    problems = Problems()
    with problems.collect():
        text = read_posting(posting) if isinstance(posting, Path) else read_posting_stream(posting, "<stdin>")
    with problems.collect():
        career = read_whole(profile, untrusted=untrusted)
        problems.extend(career.problems)
    problems.stop_if_errors()
    match = _compare(text, career, resolve_variant(career, variant))
    if write is not None:
        if not match.priorities:
            hint = "no entry, bullet or paper mentions a term of the posting"
            raise InputError([Problem("there are no priorities to write", None, hint)])
        add_variant(profile, write, match.variant if career.profile.variants else None, match.priorities)
    return match


def _compare(text: str, career: Career, variant: ResolvedVariant) -> PostingMatch:
    mentions = list_mentions(career)
    printed = printed_texts(select_document(career, variant).document)
    keywords = [keyword for mention in mentions for keyword in list_keywords(mention)]
    vocabulary = Vocabulary(keywords, [*printed, *(m.text for m in mentions)], variant.language)
    terms = find_posting_terms(cut_posting(text, variant.language), vocabulary)
    matcher = TermMatcher([term.name for term in terms], variant.language)
    shown = {name for printed_text in printed for name in matcher.count(printed_text)}
    places = _find_places(mentions, matcher)
    hidden = [term for term in terms if term.name not in shown and term.name in places]
    return PostingMatch(
        variant.name,
        variant.language,
        found=tuple(term for term in terms if term.name in shown),
        hidden=tuple(HiddenTerm(term, tuple(places[term.name])) for term in hidden),
        missing=tuple(term for term in terms if term.name not in shown and term.name not in places),
        priorities=_weigh(terms, places),
        problems=career.problems,
    )


def _find_places(mentions: Iterable[Mention], matcher: TermMatcher) -> dict[str, list[Mention]]:
    """Term → its places; a bullet counts once, even if several of its wordings mention the term."""
    places: dict[str, list[Mention]] = {}
    for mention in mentions:
        for name in matcher.count(mention.text):
            there = places.setdefault(name, [])
            if mention.bullet is None or all(mention.bullet != other.bullet for other in there):
                there.append(mention)
    return places


def _weigh(terms: list[PostingTerm], places: dict[str, list[Mention]]) -> dict[str, int]:
    """A priority for each term that some entry, bullet or paper mentions; a priority cannot affect other texts."""
    useful = [term for term in terms if any(mention.is_part for mention in places.get(term.name, ()))]
    weights = {term.name: 1 + (term.count > 1) + term.is_required for term in useful}
    chosen = sorted(weights, key=lambda name: -weights[name])[:_MAX_PRIORITIES]
    return {name: weights[name] for name in chosen}
