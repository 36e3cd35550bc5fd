"""Finds texts of the source that no file made from it has: they had a form that the importer does not expect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cvgen.convert.foreign_values import clean, read_end
from cvgen.convert.html_text import from_html
from cvgen.convert.profile_draft import DraftMapping, Leftover
from cvgen.model.networks import find_network

_NO_WORDS = re.compile(r"https?://|\bwww\.|\b(?:tel|mailto):|T00:00(?::00)?(?:\.0+)?(?:Z|\+00:?00)?$")
_LONGEST = 2_000
"""Longer texts without spaces are data, such as a picture or a key."""


def find_lost_texts(texts: Iterable[tuple[str, str]], written: Iterable[str], basics: DraftMapping) -> list[Leftover]:
    """A leftover for each of ``texts``, place and text, with a word that is in none of the texts ``written``.

    Words may be in another order than in the source: names, dates and links are written in our way.
    """
    said = {word for text in (*written, *_addresses(basics)) for word in _words(text)}
    return [
        Leftover(place, text) for place, text in dict.fromkeys(texts) if not said.issuperset(_words_of(text, place))
    ]


def _addresses(basics: DraftMapping) -> Iterator[str]:
    """The addresses that follow from the names of accounts."""
    for account in basics.get("profiles", ()):
        network = find_network(account.get("network", ""))
        if network and account.get("username"):
            yield network.find_address(account["username"])


def _words_of(text: str, place: str) -> set[str]:
    if read_end(text, place) == "present" or (len(text) > _LONGEST and " " not in text):
        return set()
    return set(_words(from_html(clean(text))))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _NO_WORDS.sub(" ", text).casefold())
