"""The rule about abbreviations that no text spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.advice.cv_text import CvText, Passage
from cvgen.advice.remark import Remark
from cvgen.advice.vocabulary import load_known_abbreviations

_NAME = r"(?:[A-Z]{3,6}|[А-ЯЁ]{3,6})"
_CAPITALS = re.compile(rf"(?<![\w&/.+#-])({_NAME})s?(?![\w&/+#]|\.\w|-[A-Z\d]|[\s\u00a0-]?[A-Z]?\d)")
"""Three to six capitals that are a word: not part of ICP-MS, and not the name of a standard (ISO 9001, ICH Q2)."""
_SHOUTED = re.compile(r"\b[^\W\d_a-zа-яё]{3,}\b")
_LETTERS = r"[^\W\d_A-ZА-ЯЁ]"
_AFTER_WORDS = re.compile(rf"[(（]\s*(?:[^\W\d_]+[ -])?({_NAME})s?\s*[)）,;，；]")
"""``Advanced Life Support (ALS)``"""
_BEFORE_WORDS = re.compile(
    rf"({_NAME})s?\s?[(（:：]\s*[^()（）]{{0,80}}?{_LETTERS}{{3}}|({_NAME})s?[(（][\u3040-\u9fff\uac00-\ud7af]"
)
"""``ALS (Advanced Life Support)``"""
_EXAMPLES = re.compile(rf"[(（]\s*{_NAME}s?(?:\s*[,;/、，]\s*{_NAME}s?)+\s*[)）]")
"""``benefits (RSA, APL, AAH)``: examples of what the words before them say."""

_PRODUCTS = re.compile(
    r"(?<!\w)[A-Z]{2,}(?:\s[A-Z]{2,})+(?!\w)"
    r"|(?<!\w)[A-Z]{2,}\s(?:Pro|Suite|Cloud|Express|Studio|Designer|Enterprise|Online|Connect|Server|Workbench)(?!\w)"
)
"""``PSS SINCAL``, ``ARIS Express``"""


def mark_abbreviations(cv: CvText) -> Iterator[Remark]:
    """Abbreviations in bullets and summaries that no text spells out, and that are not known everywhere.

    Each is marked at its first place. An abbreviation in the skills, certificates, courses or the head of an entry is a
    term of the field, which readers search for as it is. A list in brackets gives examples of what is before it.
    """
    texts = [text for entry in cv.entries for text in (*entry.texts, *entry.bullets)]
    explained = {name for text in (*texts, *cv.summaries) for name in _find_explained(text.text)}
    terms = {name for entry in cv.entries for text in entry.texts for name in _find_names(text.text)}
    known = load_known_abbreviations() | explained | terms
    done: set[str] = set()
    for entry, passage in _list_running_texts(cv):
        names = [name for name in dict.fromkeys(_find_names(passage.text)) if name not in known and name not in done]
        done.update(names)
        if names:
            listed = " and ".join(", ".join(map(repr, names)).rsplit(", ", 1))
            yield Remark(
                f"{listed} {'is' if len(names) == 1 else 'are'} never spelled out",
                f"spell it out where it first appears: … ({names[0]}); the first reader may not know your field",
                passage.location,
                passage.text,
                entry,
                words=", ".join(names),
            )


def _list_running_texts(cv: CvText) -> Iterator[tuple[str, Passage]]:
    """Summaries and bullets, each with the name of its entry."""
    yield from (("", summary) for summary in cv.summaries)
    yield from ((entry.name, bullet) for entry, bullet in cv.bullets)


def _find_names(text: str) -> list[str]:
    """The abbreviations in ``text``; none in a text that is written in capitals."""
    shouted = _SHOUTED.findall(text)
    if len(shouted) > 2 and len(shouted) * 2 > len(text.split()):
        return []
    return _CAPITALS.findall(_PRODUCTS.sub(" ", _EXAMPLES.sub(" ", text)))


def _find_explained(text: str) -> Iterator[str]:
    yield from _AFTER_WORDS.findall(text)
    yield from (name for found in _BEFORE_WORDS.findall(text) for name in found if name)
