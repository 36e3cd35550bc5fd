"""Finds what a person should know about a selection: papers in no list, texts in another language; pure."""

from __future__ import annotations

from cvgen.diagnostics import Problem, notice, warn
from cvgen.model.document import Document
from cvgen.model.ledger import INTENDED, Cause, Ledger, Outcome
from cvgen.model.part import PartKind
from cvgen.model.refs import PAPERS, ProfilePath
from cvgen.model.texts import find_texts
from cvgen.model.variant_settings import Order
from cvgen.select.language import has_words, list_lacking, suggest_language
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career


def find_unlisted(ledger: Ledger, variant: ResolvedVariant) -> list[Problem]:
    """A notice of the papers that are in none of a variant's lists, if it has any."""
    if all(resolved.spec.section != PAPERS for resolved in variant.sections):
        return []
    papers = [
        decision
        for decision in ledger.decisions
        if decision.part.kind is PartKind.PAPER and not decision.is_by({*INTENDED, Cause.ROLE})
    ]
    asked = {paper.part.path for paper in papers}
    hidden = [str(paper.part.path[1]) for paper in papers if paper.outcome is Outcome.DROPPED]
    if not hidden:
        return []
    named = ", ".join(hidden[:5]) + (" …" if len(hidden) > 5 else "")
    are = "is" if len(hidden) == 1 else "are"
    return [notice(f"{len(hidden)} of {len(asked)} papers {are} in no list of the variant {variant.name!r}: {named}")]


def check_language(career: Career, variant: ResolvedVariant) -> list[Problem]:
    """A warning if there are no fixed words in the language of ``variant``."""
    path = variant.language_path or ("language",)
    if has_words(variant.language):
        lacking = list_lacking(variant.language)
        message = f"{len(lacking)} words are not translated to {variant.language!r}, so English ones are printed"
        hint = f"give your own: words: {{{lacking[0]}: …}}" if lacking else None
        return [notice(message, career.places.value(path), hint)] if lacking else []
    message = f"there are no fixed words in {variant.language!r}, so English ones are printed"
    hint = suggest_language(variant.language)
    return [warn(message, career.places.value(path), hint)]


def check_order(career: Career, variant: ResolvedVariant) -> list[Problem]:
    """A notice if sections are to be ordered by relevance, and no priorities say what is relevant."""
    if variant.priorities:
        return []
    variants = career.profile.variants
    whole = next((name for name in variant.ancestry if name in variants and variants[name].order is not None), None)
    path: ProfilePath | None = None
    if variant.order is Order.RELEVANCE and whole is not None:
        path = ("variants", whole, "order")
    else:
        ordered = (resolved.path for resolved in variant.sections if resolved.spec.order is Order.RELEVANCE)
        path = next(ordered, None)
    if path is None:
        return []
    message = f"'order: relevance' has nothing to order by: the variant {variant.name!r} has no priorities"
    hint = "add priorities: {a term: 2}, or use a variant that 'cvgen match --write' has written for a posting"
    return [notice(message, career.places.value(path), hint)]


_MOST = 5


def find_missing_wordings(document: Document) -> list[Problem]:
    """A warning for each text shown in another language; all after the fifth share one."""
    missing = [text for text in dict.fromkeys(find_texts(document)) if text.language]
    language = document.language
    problems = [
        warn(
            f"not written in {language!r}; printed in {text.language!r}: {str(text)[:40]!r}",
            text.location,
            f"add it: {{{text.language}: …, {language}: …}}",
        )
        for text in missing[:_MOST]
    ]
    rest = missing[_MOST:]
    if rest:
        lines = ", ".join(dict.fromkeys(str(text.location.line) for text in rest if text.location))
        problems.append(warn(f"{len(rest)} more texts are not written in {language!r}: lines {lines}"))
    return problems
