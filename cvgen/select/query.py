"""Queries: expressions of Jinja2's sandbox over the roles and fields of a publication or entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError

from cvgen.diagnostics import BadValueError, InputError, Location, Mistake, Problem, suggest
from cvgen.model.inline import RichText
from cvgen.model.kinds import Kind
from cvgen.model.publication import Credit, Publication, Role, Status
from cvgen.select.query_grammar import EXAMPLE, parse_query, query_environment

Query = Callable[[Mapping[str, Any]], bool]


def compile_query(source: str, known: Iterable[str], place: Location | None) -> Query:
    """Compile ``source``, which may use the names ``known``. Raises InputError, also when the query is called."""
    names = set(known)
    shown = source if len(source) <= _LONGEST_SHOWN else f"{source[:_LONGEST_SHOWN]}…"
    try:
        tree = parse_query(source)
        unknown = sorted({node.name for node in tree.find_all(nodes.Name)} - names)
        if unknown:
            hint = _hint_for_name(unknown[0], source, tree, names)
            raise InputError([Problem(f"the query {shown!r} uses the unknown name {unknown[0]!r}", place, hint)])
        if never := next(_impossible(tree), None):
            raise InputError([Problem(f"in the query {shown!r}, {never.message}", place, never.hint)])
        expression = query_environment().compile_expression(source, undefined_to_none=False)
    except TemplateSyntaxError:
        what, hint = _explain_syntax(source)
        raise InputError([Problem(f"the query {shown!r} {what}", place, hint)]) from None
    except BadValueError as error:
        mistake = error.mistake
        raise InputError([Problem(f"in the query {shown!r}, {mistake.message}", place, mistake.hint)]) from None
    except (RecursionError, MemoryError, SyntaxError, ValueError):
        what, hint = "has too many parts inside each other", "use fewer brackets and operators"
        raise InputError([Problem(f"the query {shown!r} {what}", place, hint)]) from None

    def evaluate(values: Mapping[str, object]) -> bool:
        try:
            return bool(expression(**values))
        except _FAILURES as error:
            what, hint = _explain_failure(error)
            raise InputError([Problem(f"the query {shown!r} cannot be evaluated: {what}", place, hint)]) from None

    return evaluate


_LONGEST_SHOWN = 200
"""The most characters of a query that a message quotes."""
_FAILURES = (TypeError, ArithmeticError, ValueError, LookupError, TemplateError, RecursionError, MemoryError)


def _explain_syntax(source: str) -> tuple[str, str]:
    """What is wrong with a query that Jinja cannot parse, and what to write; Jinja speaks of a bracket added to it."""
    if hint := next((hint for sign, hint in _SIGNS.items() if re.search(sign, source)), None):
        return "cannot be read", hint
    bare = re.sub(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", "0", source, flags=re.DOTALL)
    if quote := re.search(r"['\"]", bare):
        return "has a quote that is not closed", f"write {quote[0]} at the end of the text"
    depth = 0
    for bracket in re.findall(r"[()\[\]{}]", bare):
        depth += 1 if bracket in "([{" else -1
        if depth < 0:
            return f"has a {bracket} too many", "delete it, or write the bracket that opens before it"
    if _OPEN_END.search(bare):
        return "ends too early", "write a value after it, or delete its last word"
    if depth:
        return "has a bracket that is not closed", "write the closing bracket at its end"
    return "cannot be read", EXAMPLE


_OPEN_END = re.compile(r"(?:[<>=!+*/%~|.,-]|\b(?:and|or|not|in|is|if|else))\s*$")
"""The end of a query after which a value is missing."""


def _explain_failure(error: Exception) -> tuple[str, str]:
    """Why a query has no answer for some of the values, and what to write."""
    match error:
        case SecurityError():
            return "it uses something that queries may not use", EXAMPLE
        case UndefinedError() | LookupError():
            return "it asks for a part that a value does not have", EXAMPLE
        case RecursionError() | MemoryError():
            return "it needs too much memory", "write a shorter query"
        case ArithmeticError():
            return "it divides by zero, or a number is too large", EXAMPLE
        case _:
            hint = "some of these values are empty: test them first, as in: year and year >= 2023"
            return "it combines values of different kinds", hint


_SIGNS = {
    r"&|\bAND\b": "write and, in lower case",
    r"\|\||\bOR\b": "write or, in lower case",
    r"!(?!=)|\bNOT\b": "write not, in lower case",
    r"[^=!<>]=[^=]": "to compare, write == in place of =",
    r"^[^()\[\]]*,": "write or, or and, in place of the comma",
}
"""How other languages write an operator, as a pattern, and what to write here."""
_NUMBERS = frozenset({"year", "start_year", "position", "author_count", "citations", "stars", "priority"})


def _hint_for_name(unknown: str, source: str, tree: nodes.Template, known: set[str]) -> str:
    for word in re.findall(r"[a-z_]+(?:-[a-z]+)+", source):
        if word.replace("-", "_") in known:
            return f"write {word.replace('-', '_')}"
    for name, other in _comparisons(tree):
        if name in known and isinstance(other, nodes.Name) and other.name == unknown:
            return f"put text in quotes: {unknown!r}"
    return suggest(unknown, known)


def _comparisons(tree: nodes.Template) -> Iterator[tuple[str, nodes.Expr]]:
    """Each name that is compared, and each expression that it is compared with; a list gives its items."""
    for compare in tree.find_all(nodes.Compare):
        if isinstance(compare.expr, nodes.Name):
            for operand in compare.ops:
                others = operand.expr.items if isinstance(operand.expr, (nodes.List, nodes.Tuple)) else [operand.expr]
                yield from ((compare.expr.name, other) for other in others)


def _impossible(tree: nodes.Template) -> Iterator[Mistake]:
    """A Problem for each comparison with a value that the name never has."""
    words = {"status": [status.value for status in Status], "kind": [kind.value for kind in Kind]}
    for name, other in _comparisons(tree):
        typed = other.value if isinstance(other, nodes.Const) else None
        known = words.get(name, [])
        if name in _NUMBERS and isinstance(typed, str):
            yield Mistake(f"{name!r} is a number, but {typed!r} is text", "write a number without quotes")
        elif known and isinstance(other, nodes.Name) and other.name in known:
            hint = f"put text in quotes: {name} == {other.name!r}"
            yield Mistake(f"{other.name!r} without quotes is a name, not a {name}", hint)
        elif known and isinstance(typed, str) and typed not in known:
            yield Mistake(f"{typed!r} is not a {name}", suggest(typed, known))


def describe_credit(credit: Credit) -> dict[str, Any]:
    """The names that a query over publications may use, with their values: every role, and the fields."""
    publication = credit.publication
    counted = {metric.kind: metric.count for metric in publication.metrics}
    return {
        **{role.value: role in credit.roles for role in Role},
        "key": publication.key,
        "type": publication.type,
        "kind": publication.kind.value,
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
