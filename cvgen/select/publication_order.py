"""The orders and groups of publications that ``sort`` and ``group_by`` name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cvgen.model.kinds import KINDS
from cvgen.model.publication import Credit, Role, Status
from cvgen.select.citation import at_start
from cvgen.select.collation import find_sort_key
from cvgen.select.query import describe_credit

_STATUS_ORDER = (
    Status.PUBLISHED,
    Status.FORTHCOMING,
    Status.IN_PRESS,
    Status.SUBMITTED,
    Status.PREPRINT,
    Status.IN_PREPARATION,
    Status.UNPUBLISHED,
)
_KIND_ORDER = list(KINDS)
Grouping = Callable[[Credit, Mapping[str, str]], str]
GROUPS: Mapping[str, Grouping] = {
    "year": lambda c, words: str(c.publication.year or words["no_year"]),
    "status": lambda c, words: at_start(words[f"status_{c.publication.status}"], words),
    "topic": lambda c, words: c.publication.topic or words["no_topic"],
    **dict.fromkeys(("kind", "type"), lambda c, words: words[f"kinds_{KINDS[c.publication.kind].heading}"]),
    "venue": lambda c, words: c.publication.venue_short or str(c.publication.venue) or words["no_topic"],
    "role": lambda c, words: words[f"group_{_main_role(c)}"],
}
"""The heading under which a publication is listed."""


def _newest(credit: Credit) -> tuple[int, int, int]:
    """A sort key by date; a paper without a date is the newest."""
    date = credit.publication.date
    return date.sort_key if date else (9999, 0, 0)


_MAIN_ROLES = ("first", "corresponding", "senior", "supervised", "other", "editor")


def _main_role(credit: Credit) -> str:
    """The heading of a paper in groups by role: the strongest role that applies."""
    roles = credit.roles
    if roles & {Role.FIRST, Role.CO_FIRST, Role.FIRST_STUDENT}:
        return "first"
    if roles & {Role.CORRESPONDING, Role.LEAD}:
        return "corresponding"
    if roles & {Role.SENIOR, Role.CO_SENIOR}:
        return "senior"
    if credit.position is None and roles & {Role.EDITOR, Role.TRANSLATOR}:
        return "editor"
    return "supervised" if Role.SUPERVISED in roles else "other"


_SORT_KEYS: Mapping[str, tuple[Callable[[Credit], Any], bool]] = {
    "newest": (_newest, True),
    "oldest": (_newest, False),
    "year": (lambda credit: _newest(credit)[0], False),
    "citations": (lambda credit: describe_credit(credit)["citations"], True),
    "kind": (lambda credit: _KIND_ORDER.index(credit.publication.kind), False),
    "status": (lambda credit: _STATUS_ORDER.index(credit.publication.status), False),
}
"""The key of each order, and whether the greatest comes first."""
_TEXTS: Mapping[str, Callable[[Credit], str]] = {
    "title": lambda credit: str(credit.publication.title),
    "venue": lambda credit: GROUPS["venue"](credit, {"no_topic": ""}),
    "topic": lambda credit: credit.publication.topic,
    "author": lambda credit: "".join(author.family for author in credit.publication.authors[:1]),
}
"""The text of each order that follows the alphabet of the language."""
TEXT_ORDERS = tuple(_TEXTS)
"""The orders by a text."""
SORTS = ("file", *_SORT_KEYS, *_TEXTS)
"""Orders, of which ``sort`` may name several; a minus sign before a name turns it round."""
_GROUP_KEYS: Mapping[str, Callable[[Credit], Any]] = {
    "status": _SORT_KEYS["status"][0],
    **dict.fromkeys(("kind", "type"), _SORT_KEYS["kind"][0]),
    "role": lambda credit: _MAIN_ROLES.index(_main_role(credit)),
}
"""The key of groups that have an order of their own; others follow that of their papers."""


def sort_publications(credits: Sequence[Credit], orders: Sequence[str], language: str) -> list[Credit]:
    """``credits`` by the first of ``orders``, which are of SORTS; where it leaves two alike, by the next one.

    Texts are in the order of ``language``, and empty ones last.
    """
    done = list(credits)
    for typed in reversed(orders or ("newest",)):
        order, is_turned = typed.removeprefix("-"), typed.startswith("-")
        if order == "file":
            done = done[::-1] if is_turned else done
        elif order in _TEXTS:
            done.sort(key=_key_of_text(order, language), reverse=is_turned)
        else:
            key, is_falling = _SORT_KEYS[order]
            done.sort(key=key, reverse=is_falling != is_turned)
    return done


def _key_of_text(order: str, language: str) -> Callable[[Credit], Any]:
    read, key = _TEXTS[order], find_sort_key(language)
    return lambda credit: (not (text := read(credit)), key(text))


def group_publications(
    credits: list[Credit], group_by: str | None, words: Mapping[str, str]
) -> list[tuple[str, list[Credit]]]:
    """The heading and the members of each group, one of GROUPS; without ``group_by``, one group without a heading."""
    if not group_by:
        return [("", credits)] if credits else []
    if group_by in _GROUP_KEYS:
        credits = sorted(credits, key=_GROUP_KEYS[group_by])
    groups: dict[str, list[Credit]] = {}
    for credit in credits:
        groups.setdefault(GROUPS[group_by](credit, words), []).append(credit)
    if words["no_topic"] in groups:
        groups[words["no_topic"]] = groups.pop(words["no_topic"])
    return list(groups.items())
