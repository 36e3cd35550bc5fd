"""Cuts the lines of a CV to sections, at what a plain parser takes for a title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cvgen.examine.finding import shorten
from cvgen.examine.parser.known_words import COMMON_TITLES, has_date, is_local_title, kind_of_title
from cvgen.examine.parser.parsed_cv import Remark
from cvgen.examine.parser.text_lines import TextLine

_HEAD = 2
"""So many lines at the top are the name and what is below it, never a title."""
_MOST_WORDS, _MOST_LETTERS = 5, 40


@dataclass(frozen=True, slots=True)
class TextSection:
    """A title, and the lines below it to the next title; the first section of a CV has no title."""

    title: str
    kind: str
    """jobs, schools, projects, skills, summary, or empty."""
    lines: tuple[TextLine, ...]


def cut_sections(lines: Sequence[TextLine]) -> list[TextSection]:
    """The sections in their order; the first one is what is above all titles."""
    found: list[tuple[str, list[TextLine]]] = [("", [])]
    for number, line in enumerate(lines):
        if number >= _HEAD and is_title(line):
            found.append((line.text, []))
        else:
            found[-1][1].append(line)
    return [TextSection(title, kind_of_title(title) if title else "", tuple(below)) for title, below in found]


def is_title(line: TextLine) -> bool:
    """Whether a parser takes ``line`` for a title: bold capitals, or a short line with one of the common words."""
    if len(line.pieces) > 1 or line.mark:
        return False
    text = line.text
    if line.pieces[0].is_bold and _is_in_capitals(text):
        return True
    is_common = COMMON_TITLES.search(text) and len(text.replace("&", "").split()) <= 2 and text[0].isupper()
    return bool(is_common and not re.search(r"[^\w\s&]|\d", text)) or is_local_title(text)


def _is_in_capitals(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and text == text.upper()


def note_unknown_titles(lines: Sequence[TextLine]) -> Iterator[Remark]:
    """A remark on each line that people take for a title, and parsers do not."""
    body = usual_size(lines)
    for line in lines[_HEAD:]:
        if _looks_like_title(line, body) and not is_title(line):
            message = f"{shorten(line.text)} looks like a title, but parsers know one by bold capitals or a common word"
            yield Remark(line.page, "title", message, "set titles in bold capitals, or call it Experience, Education …")


def _looks_like_title(line: TextLine, body: float) -> bool:
    text = line.text
    is_short = len(line.pieces) == 1 and len(text.split()) <= _MOST_WORDS and len(text) <= _MOST_LETTERS
    is_set_apart = line.size > 1.12 * body or _is_in_capitals(text)
    return is_short and is_set_apart and not has_date(text) and text[0].isupper() and not line.mark


def usual_size(lines: Sequence[TextLine]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
