"""Rules about bullets as they are printed: too many lines, and a last line with a word or two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.advice.cv_text import CvText
from cvgen.advice.remark import Remark
from cvgen.select.tokens import IDEOGRAPHIC

_MOST_LINES = 3
_FEW_CHARACTERS = 2
"""In scripts without spaces, a last line with so many characters or fewer counts as a word or two."""
_FEW_WORDS = 2
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def mark_long_bullets(cv: CvText) -> Iterator[Remark]:
    """Bullets that are printed on more than three lines."""
    for entry, bullet in cv.bullets:
        if bullet.printed and len(bullet.printed.lines) > _MOST_LINES:
            yield Remark(
                f"this bullet takes {len(bullet.printed.lines)} lines on the page",
                "shorten it to what you did and what came of it, or make two bullets of it",
                bullet.location,
                bullet.text,
                entry.name,
                bullet.printed.page,
            )


def mark_lonely_words(cv: CvText) -> Iterator[Remark]:
    """Bullets whose last printed line has one word or two: a short one stays beside the word before it."""
    for entry, bullet in cv.bullets:
        if bullet.printed and len(bullet.printed.lines) > 1 and _is_lonely(last := bullet.printed.lines[-1]):
            yield Remark(
                f"the last line of this bullet has only {last.strip()!r}",
                "cut two or three words to save the line",
                bullet.location,
                bullet.text,
                entry.name,
                bullet.printed.page,
                last.strip(),
            )


def _is_lonely(line: str) -> bool:
    if _WITHOUT_SPACES.search(line):
        return len(re.findall(f"[{IDEOGRAPHIC}]|[A-Za-z0-9]+", line)) <= _FEW_CHARACTERS
    return len(line.split()) <= _FEW_WORDS
