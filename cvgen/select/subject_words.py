"""The words that say what a text is about; pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from cvgen.model.late_pattern import late_pattern
from cvgen.select.tokens import IDEOGRAPHIC, Token, load_function_words, stem, tokenize
from cvgen.select.vocabulary_files import list_vocabulary_languages, read_vocabulary

_FEWEST_LETTERS = 3
_IDEOGRAPH = late_pattern(f"[{IDEOGRAPHIC}]")


def find_subject_words(texts: Iterable[str], language: str) -> frozenset[str]:
    """The stems of the words of ``texts``; where words are written without spaces, each two characters in a row.

    Words that fit any job, such as "level" and "manager", are left out.
    """
    tokens = [token for text in texts for token in tokenize(f"{text}\n\n", language)]
    common = _common_words(language)
    words = {stem(_bare(token), language) for token in tokens if _is_word(token) and not _forms(token) & common}
    pairs = ((one, next_one) for one, next_one in pairwise(tokens) if next_one.joined)
    return frozenset(
        words | {one.text + other.text for one, other in pairs if _is_ideograph(one) and _is_ideograph(other)}
    )


def _is_word(token: Token) -> bool:
    name = _bare(token).casefold()
    return len(name) >= _FEWEST_LETTERS and not name.isdigit() and name not in load_function_words()


def _bare(token: Token) -> str:
    """Without the signs of a name: Security+ is about security."""
    return token.text.rstrip("+#")


def _forms(token: Token) -> set[str]:
    """The word and its singular: a stem would take "product" for the common word "production"."""
    name = _bare(token).casefold()
    return {name, name.removesuffix("s")}


def _is_ideograph(token: Token) -> bool:
    return not token.text.isascii() and bool(_IDEOGRAPH.fullmatch(token.text))


@lru_cache(maxsize=4)
def _common_words(language: str) -> frozenset[str]:
    short = language.split("-")[0]
    lines = read_vocabulary(short).get("common", ()) if short in list_vocabulary_languages() else ()
    return frozenset(word for line in lines for word in line.split())
