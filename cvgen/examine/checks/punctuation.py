"""Checks the punctuation between the parts of a publication: none is doubled, around nothing, or left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from cvgen.examine.comparable_text import normalize, squeeze
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.paper_regions import PlacedPaper
from cvgen.examine.readers.reader_text import HYPHEN, ReaderText
from cvgen.examine.subject import Subject
from cvgen.model.inline import RichText

_STRAY = re.compile(
    r"(?<!\.)\.\s?\.(?!\s?\.)|\.{4,}"  # an ellipsis has three
    r"|,\s*(?:[,;:]|\.(?![.\w]))|[;:]\s*[,;]|::|:\s*\.(?![.\w])|;\s*\.(?![.\w])"
    r"|[?!]\s*\.(?![.\w])|[?!]\s*,"
    r"|\(\s*\)|\[\s*\]|“\s*[,.;:]?\s*”|‘\s*’|«\s*»|\"\s*\""  # with nothing inside
    r"|[(\[]\s*(?:[,;:]|\.(?![.\w]))|[,;:]\s*[)\]]"
    r"|[·,;:]\s*·|·\s*[,;:.]"
    r"|(?<=\S)[ \t]+[,;](?=\s|$)|(?<=\S)[ \t]+\.(?=\s|$)"
    r"|(?<![\w-])in\s+in:?\s+(?=(?:the\s+)?(?:\d|proc|advances|annual|(?:inter)?national|conf|workshop|symp))"
    r"|(?:(?<=[,.;:”)\]]\s))in\s*(?:[,.;)]|:\s*(?:[,.;)(]|$)|\(pp?\.)"  # "in" without a venue
    r"|(?<![\w-])(?:vol|no|pp|ser|chap|ch)\.\s*(?:[,;)\]]|\s\.)"
    r"|\b(?:doi|arxiv|available):\s*(?:[,.;]|$)|\bdoi\.org/\s*(?:[,.;]|$)",
    re.IGNORECASE,
)
"""Punctuation that no citation style prints on purpose."""
_BEGINS = re.compile(r"\s*(?:\[\d+\]\s*)?([,.;:·)\]])(?!\w)")
_ENDS = re.compile(r"[·,;(\[“](?=\s*$)")
_AROUND = 2
"""How many characters before a sign are compared with the source."""


def check_punctuation(subject: Subject) -> Iterator[Fault]:
    """No publication has wrong punctuation (doubled, around nothing, or left over) that is not in its own texts.

    A reader may put a raised mark on a line of its own, so only what both readers show is reported.
    """
    if subject.job.document.direction == "rtl":
        return
    first, second = (
        {paper.item.ref or paper.item.key: (text, paper) for paper in papers if paper.is_whole}
        for text, papers in zip(subject.texts, subject.papers, strict=True)
    )
    words = _join(subject.job.document.words)
    for key, (text, paper) in first.items():
        also = {sign for sign, _ in _find_stray(*second[key], words)} if key in second else None
        for sign, around in _find_stray(text, paper, words):
            if also is None or sign in also:
                lead = paper.block.leads[0]
                message = f"{shorten(lead.text)} is printed with {sign!r}: {shorten(around)}"
                hint = "print punctuation only between parts that are not empty, as join() and sentence() do in a style"
                yield Fault(message, text.page_at(paper.title.start), lead.location, hint)


def _find_stray(text: ReaderText, paper: PlacedPaper, words: str) -> Iterator[tuple[str, str]]:
    """Each wrong sign with the text around it, unless a text of the paper itself has the sign in that place."""
    if paper.end <= paper.start:
        return
    start, end = text.raw_span(paper.start, paper.end - paper.start)
    printed = " ".join(re.sub(r"[^\S\n]+", " ", line).strip() for line in text.raw[start:end].split("\n"))
    printed = printed.replace(HYPHEN, "-")
    source = _join(paper.item) + words
    marks = "".join(author.marks for author in paper.item.authors)
    matches = [*_STRAY.finditer(printed), *_ENDS.finditer(printed)]
    if begins := _BEGINS.match(printed):
        yield begins[1], printed[: begins.end() + 16]
    for match in matches:
        before = squeeze(printed[: match.start()])[-_AROUND:]
        sign = squeeze(match[0])
        if (before + sign).casefold() in source or (sign[:1] in (",", ";", ".") and before[-1:] in marks and before):
            continue
        yield sign, printed[max(0, match.start() - 16) : match.end() + 16]


def _join(value: object) -> str:
    """The texts in ``value`` in comparable form, separated by a character that none of them contains."""
    return "".join(f"\x00{squeeze(text).casefold()}" for text in _list_strings(value))


def _list_strings(value: object) -> Iterator[str]:
    """The texts in ``value``, one by one."""
    if isinstance(value, (str, RichText)):
        yield normalize(str(value))
    elif isinstance(value, tuple):
        for item in value:
            yield from _list_strings(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _list_strings(getattr(value, part.name))
    elif hasattr(value, "values"):
        for item in value.values():
            yield from _list_strings(item)
