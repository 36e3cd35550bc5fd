"""Compares postings with the pages that variants print: where each term is printed, and a variant for a posting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO

from cvgen.backends.backend import Backend
from cvgen.diagnostics import CvgenError, InputError, Location, Problem, Problems, notice
from cvgen.edit.new_letter import NewLetter
from cvgen.edit.new_variant import NewVariant
from cvgen.model.letters import STARTER_BODY
from cvgen.model.part import shorten_line
from cvgen.pipeline.batch import list_variants, read_whole
from cvgen.pipeline.edit_profile import add_variant, renew_variant
from cvgen.pipeline.request import Request
from cvgen.pipeline.variant_page import VariantPage, find_displacing, find_pages, print_variant
from cvgen.posting.alternatives import join_alternatives
from cvgen.posting.coverage import TermCoverage, TermStatus, cover_terms
from cvgen.posting.employer import find_employer
from cvgen.posting.mentions import Mention, list_keywords, list_mentions
from cvgen.posting.posting import cut_posting
from cvgen.posting.posting_term import Importance, PostingTerm
from cvgen.posting.posting_terms import find_posting_terms
from cvgen.posting.profile_words import ProfileWords
from cvgen.posting.required_levels import judge_levels
from cvgen.posting.suggested_variant import SuggestedVariant, find_better_base, suggest_variant
from cvgen.select.variant import DEFAULT, resolve_variant
from cvgen.sources.career import Career
from cvgen.sources.limits import TooSlowError, limit_time
from cvgen.sources.posting_file import read_posting, read_posting_stream

_MOST_MUSTS = 8
"""So many terms of a posting are named in a comment of a letter; a page has no room to answer more."""


@dataclass(frozen=True, slots=True)
class PostingText:
    """A posting as it was read. ``file`` is its name for people, ``title`` its first line."""

    file: str
    text: str

    @property
    def title(self) -> str:
        """The first line, cut to the length of a line."""
        lines = (line.strip(" \t-#*•") for line in self.text.splitlines())
        return shorten_line(next((line for line in lines if any(map(str.isalnum, line))), self.file))


@dataclass(frozen=True, slots=True)
class ReplacedPriority:
    """A priority of a renewed variant: what it was, and what it is now, None if it is gone."""

    term: str
    before: int
    now: int | None


@dataclass(frozen=True, slots=True)
class PostingMatch:
    """What a variant prints of a posting's terms; the most frequent term comes first.

    ``language`` is that of the posting. ``suggested`` is a variant for this posting; it is in the profile already if
    it was ``written``, and ``page`` is then what it prints. ``replaced`` are the priorities of a renewed variant that
    are gone or have another number now.
    """

    posting: PostingText
    language: str
    page: VariantPage
    terms: tuple[TermCoverage, ...]
    suggested: SuggestedVariant
    written: bool
    replaced: tuple[ReplacedPriority, ...]
    problems: tuple[Problem, ...]

    def select(self, status: TermStatus, importance: Importance | None = None) -> tuple[TermCoverage, ...]:
        """The terms that are printed, dropped or absent, of one importance or of all."""
        return tuple(one for one in self.terms if one.status is status and importance in (None, one.term.importance))


@dataclass(frozen=True, slots=True)
class Writing:
    """The order to write a variant called ``name``; its comment says that this was on ``day``.

    ``with_letter`` also starts a letter of the same name for it. With ``renews``, the variant is there already, and
    gets other priorities.
    """

    name: str
    day: date
    with_letter: bool = False
    renews: bool = False


@dataclass(frozen=True, slots=True)
class MatchTable:
    """How many terms of each importance each variant prints, for each posting that could be read.

    ``problems`` are the errors of postings and variants that could not be compared, and those of the profile.
    """

    postings: tuple[PostingText, ...]
    variants: tuple[str, ...]
    cells: dict[tuple[PostingText, str], tuple[TermCoverage, ...]]
    """(Posting, variant) → its terms."""
    problems: tuple[Problem, ...]


def read_posting_text(source: Path | IO[bytes]) -> PostingText:
    """The posting in a file or an open stream; raises InputError."""
    if isinstance(source, Path):
        return PostingText(str(source), read_posting(source))
    return PostingText("<stdin>", read_posting_stream(source, "<stdin>"))


def match_posting(
    request: Request,
    source: Path | IO[bytes],
    backend: Backend | None,
    writing: Writing | None = None,
    *,
    today: date | None = None,
) -> PostingMatch:
    """Look for the terms of the posting ``source`` on the page that the variant of ``request`` prints.

    Without a ``backend``, all that the variant selects is looked through, without pages. With ``writing``, a variant
    is added to the profile first, and its page is looked through. Years of work count up to ``today``. Raises
    InputError with all problems of the posting, the profile and the variant, and if there are no priorities to write;
    RenderError if nothing fits.
    """
    posting, career = _read_input(request, source)
    matcher = _Matcher(career, today)
    base = resolve_variant(career, _find_base(career, request, writing))
    terms, language = matcher.find_terms(posting, base.name)
    suggested = suggest_variant(career, base.name, terms, matcher.mentions, language, request.pages)
    better: list[Problem] = []
    replaced: tuple[ReplacedPriority, ...] = ()
    if writing:
        before = career
        better = _advise_base(career, base.name, terms, matcher.mentions, language)
        letter = _start_letter(writing.name, posting, terms, base.language) if writing.with_letter else None
        _write(request.profile, posting, suggested, writing, letter)
        career = read_whole(request.profile, untrusted=request.untrusted)
        request = replace(request, variant=writing.name)
        replaced = tuple(_list_replaced(before, career, writing.name))
    page = print_variant(request, career, backend)
    covered = find_displacing(page, matcher.cover(terms, page), backend)
    found = (*better, *career.problems, *(problem for problem in page.problems if problem not in career.problems))
    return PostingMatch(posting, language, page, covered, suggested, writing is not None, replaced, found)


def _find_base(career: Career, request: Request, writing: Writing | None) -> str | None:
    """The variant to extend: the one asked for or, where a variant is renewed, the one that it extends.

    Raises InputError if the variant to renew is not there, or extends no other one.
    """
    if writing is None or not writing.renews:
        return request.variant
    renewed = career.profile.variants.get(writing.name)
    if renewed is None or not renewed.extends:
        lacks = "there is no variant {!r}" if renewed is None else "the variant {!r} does not extend another one"
        hint = "name a variant that cvgen match has written, or leave out --renew"
        raise InputError([Problem(lacks.format(writing.name), None, hint)])
    return request.variant or renewed.extends


def _list_replaced(before: Career, after: Career, name: str) -> Iterator[ReplacedPriority]:
    """The priorities of the variant ``name`` that are gone or have another number after it was renewed."""
    old, new = (career.profile.variants.get(name) for career in (before, after))
    now = (new.priorities if new else None) or {}
    for term, value in ((old.priorities if old else None) or {}).items():
        if now.get(term) != value:
            yield ReplacedPriority(str(term), value, now.get(term))


def _read_input(request: Request, source: Path | IO[bytes]) -> tuple[PostingText, Career]:
    """The posting and the profile; raises InputError with the problems of both."""
    problems = Problems()
    with problems.collect():
        posting = read_posting_text(source)
    with problems.collect():
        career = read_whole(request.profile, untrusted=request.untrusted)
    problems.stop_if_errors()
    return posting, career


def match_postings(
    request: Request, sources: Sequence[Path], backend: Backend | None, *, today: date | None = None
) -> MatchTable:
    """Compare each of several postings with the variant of ``request``, or with every variant.

    A posting that cannot be read, or a variant that cannot be printed, is left out, and its problems are in the
    result. Raises InputError if the profile cannot be read.
    """
    career = read_whole(request.profile, untrusted=request.untrusted)
    problems = Problems(career.problems)
    postings: list[PostingText] = []
    for source in sources:
        with problems.collect():
            postings.append(read_posting_text(source))
    matcher = _Matcher(career, today)
    cells: dict[tuple[PostingText, str], tuple[TermCoverage, ...]] = {}
    printed: list[str] = []
    for name, page in _print_variants(request, career, backend, problems):
        printed.append(name)
        for posting in postings:
            with problems.collect():
                terms, _ = matcher.find_terms(posting, name)
                cells[posting, name] = matcher.cover(terms, page)
        postings = [posting for posting in postings if (posting, name) in cells]
    compared = {(posting, name): terms for (posting, name), terms in cells.items() if posting in postings}
    return MatchTable(tuple(postings), tuple(printed), compared, tuple(problems))


def _print_variants(
    request: Request, career: Career, backend: Backend | None, problems: Problems
) -> Iterator[tuple[str, VariantPage]]:
    """The variants to compare, each with its page; the Problems of one that cannot be printed go to ``problems``."""
    names = [resolve_variant(career, request.variant).name] if request.variant else list_variants(career)
    for name in names:
        try:
            page = print_variant(replace(request, variant=name if career.profile.variants else None), career, backend)
        except CvgenError as error:
            problems.extend(error.problems)
        else:
            yield name, page


class _Matcher:
    """Finds the terms of postings for one career, and their places on its pages."""

    def __init__(self, career: Career, today: date | None) -> None:
        self.career, self.today = career, today
        self.mentions: list[Mention] = list_mentions(career)

    def find_terms(self, posting: PostingText, variant: str) -> tuple[list[PostingTerm], str]:
        """The terms of ``posting`` as the profile spells them, and the language of the posting."""
        resolved = resolve_variant(self.career, variant if self.career.profile.variants else None)
        keywords = [keyword for mention in self.mentions for keyword in list_keywords(mention)]
        texts = [mention.text for mention in self.mentions]
        vocabulary = ProfileWords(keywords, texts, resolved.language, self.career.profile.synonym_groups)
        try:
            with limit_time():
                cut = cut_posting(posting.text, resolved.language)
                terms = find_posting_terms(cut, vocabulary)
        except TooSlowError as error:
            hint = "copy only the posting's own text into a .txt file"
            raise InputError([Problem(f"the posting is not read: {error}", Location(posting.file), hint)]) from None
        return judge_levels(terms, self.career.profile, self.mentions, self.today), cut.language

    def cover(self, terms: list[PostingTerm], page: VariantPage) -> tuple[TermCoverage, ...]:
        """The places of ``terms`` on ``page``."""
        covered = cover_terms(terms, self.mentions, page.document, page.ledger)
        return find_pages(page, join_alternatives(covered))


def _advise_base(
    career: Career, base: str, terms: Sequence[PostingTerm], mentions: Sequence[Mention], language: str
) -> list[Problem]:
    """A notice if a variant that extends another one than ``base`` would show more of ``terms``."""
    found = find_better_base(career, base, terms, mentions, language)
    if found is None:
        return []
    name, more = found
    counted = f"{more} more term{'s' if more > 1 else ''}"
    message = f"a variant that extends {name!r} would show {counted} of the posting than one that extends {base!r}"
    return [notice(message, None, f"to write that one, use -v {name}")]


def _start_letter(name: str, posting: PostingText, terms: Sequence[PostingTerm], language: str) -> NewLetter:
    """A letter for the variant ``name`` with what the posting says: title, employer, and in a comment what it needs."""
    musts = [term.name for term in terms if term.importance is Importance.MUST][:_MOST_MUSTS]
    asks = f"the posting asks for: {', '.join(musts)}" if musts else "the posting does not say what it requires"
    comments = (asks, "say for each, with an example, how you meet it", "add date, recipient and enclosures as needed")
    employer = find_employer(cut_posting(posting.text, language))
    return NewLetter(name, name, STARTER_BODY, employer, posting.title, comments)


def _write(
    profile: Path, posting: PostingText, suggested: SuggestedVariant, writing: Writing, letter: NewLetter | None
) -> None:
    if not suggested.priorities:
        hint = "no entry, bullet or paper of this variant has a term of the posting: extend another variant with -v"
        raise InputError([Problem("there are no priorities to write", None, hint)])
    if writing.name == DEFAULT:
        message = f"the variant {DEFAULT!r} is used where no variant is named, and this one is for a single posting"
        raise InputError([Problem(message, None, "choose another name")])
    comment = f"for {posting.title!r}, {writing.day.isoformat()}, written by cvgen match"
    new = NewVariant(writing.name, str(suggested.variant.extends), suggested.variant, comment)
    if writing.renews:
        renew_variant(profile, new)
    else:
        add_variant(profile, new, letter)
