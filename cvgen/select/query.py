"""Queries: expressions of Jinja2's sandbox over the roles and fields of a publication or entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cvgen.diagnostics import InputError, Location, Problem, did_you_mean, one_of
from cvgen.model.inline import RichText
from cvgen.model.publication import Credit, Publication, Role

Query = Callable[[Mapping[str, Any]], bool]


def compile_query(source: str, known: Iterable[str], place: Location | None) -> Query:
    """Compile ``source``, which may use the names ``known``; raises InputError before anything is evaluated."""
    names = set(known)
    environment = _environment()
    try:
        tree = environment.parse("{{ (" + source + "\n) }}")
        unknown = sorted(meta.find_undeclared_variables(tree) - names)
        if unknown:
            hint = did_you_mean(unknown[0], names) or one_of(names)
            raise InputError([Problem(f"the query {source!r} uses the unknown name {unknown[0]!r}", place, hint)])
        expression = environment.compile_expression(source, undefined_to_none=False)
    except TemplateSyntaxError as error:
        hint = "write for example: first or co_first, year >= 2023, status == 'preprint'"
        if re.search(r"[^=!<>]=[^=]", source):
            hint = "to compare, write == and not ="
        raise InputError([Problem(f"the query {source!r} does not compile: {error.message}", place, hint)]) from None

    def evaluate(values: Mapping[str, Any]) -> bool:
        try:
            return bool(expression(**values))
        except (TypeError, ArithmeticError, ValueError, LookupError, UndefinedError, SecurityError) as error:
            hint = "some of these values are empty: test them first, as in: year and year >= 2023"
            problem = Problem(f"the query {source!r} cannot be answered: {error}", place, hint)
            raise InputError([problem]) from None

    return evaluate


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    environment.globals.clear()
    return environment


def describe_credit(credit: Credit) -> dict[str, Any]:
    """What a query over publications may ask: every role by its name, and the fields."""
    publication = credit.publication
    counted = {metric.kind: metric.count for metric in publication.metrics}
    return {
        **{role.value: role in credit.roles for role in Role},
        "key": publication.key,
        "type": publication.type,
        "title": str(publication.title),
        "position": credit.position,
        "author_count": len(publication.authors),
        "year": publication.year,
        "status": publication.status.value,
        "venue": str(publication.venue),
        "venue_short": publication.venue_short,
        "rank": publication.rank,
        "citations": counted.get("citations", 0),
        "stars": counted.get("stars", 0),
        "topic": publication.topic,
        "note": str(publication.note or ""),
        "award": str(publication.award or ""),
        "keywords": publication.keywords,
        "tags": publication.tags,
        "links": tuple(link.label for link in publication.links),
        "selected": publication.selected,
        "published": publication.status.value == "published",
        "preprint": publication.status.value == "preprint",
    }


PUBLICATION_NAMES = tuple(describe_credit(Credit(Publication("", "", RichText(), (), Location("")))))
ENTRY_NAMES = ("title", "tags", "priority", "pin", "year", "start_year", "present")
