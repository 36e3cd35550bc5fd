"""Reads volume, issue, pages and other numbers, without the words that files write before them.

Every style says "vol.", "no." and "pp." in its own way, so a ``volume = {Vol. 12}`` is 12.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypedDict

from cvgen.diagnostics import notice
from cvgen.model.kinds import EDITED, THESES, Kind
from cvgen.sources.entry.entry_reader import EntryReader
from cvgen.sources.entry.identifiers import ARXIV
from cvgen.sources.entry.servers import is_server


class Numbers(TypedDict):
    """Volume, pages and other numbers."""

    volume: str
    number: str
    pages: str
    article_number: str
    chapter: str
    edition: str
    version: str


_NO_VALUE = re.compile(r"[\s?–—_.-]*|n\.?/?a\.?|none|null|tb[ad]", re.IGNORECASE)
"""The placeholders that programs and people write for an unknown number."""


def _label(words: str, glued: str = "(?<=°)|(?<=№)") -> re.Pattern[str]:
    """A pattern for one of ``words`` and its separator from the number; none is needed after ``glued``."""
    return re.compile(rf"(?:{words})(?:\s*[.:]\s*|\s+|{glued})(?=[a-z]?\d|[ivxlc]+\b)", re.IGNORECASE)


_LABELS: Mapping[str, re.Pattern[str]] = {
    "volume": _label(r"volume|vols?|v|band|bd|tome"),
    "number": _label(r"number|numero|issue|iss|nos?|nr|heft|n°|№"),
    "pages": _label(r"pages?|pp?|seiten?|s"),
    "article_number": _label(r"(?:article|art|paper)(?:[\s.]+(?:number|no|id))?|no"),
    "chapter": _label(r"chapter|chapitre|kapitel|chap|kap|cap|ch"),
    "version": _label(r"version|ver|v", glued=r"(?<=\bv)(?=\d)"),
}
_COUNTED = re.compile(r"第?\s*(?P<number>\d[\d–-]*)\s*[卷巻期号號页頁章]")
"""A number with its counting word, as Chinese and Japanese files write it."""
_ARTICLE_NUMBER = re.compile(r"e\d+|\d{6,}|0\d{2,}", re.IGNORECASE)
"""A page that is an article number: no journal has a page 101234 or a page 012."""
_PAGE_COUNT = re.compile(r"\d+\s*(?:pages?|pp?\.?|seiten|s\.|páginas|页|頁)", re.IGNORECASE)
_SIZE = re.compile(r"(?:[ivxlc]+\s*[,+]\s*)?\d+", re.IGNORECASE)
"""The number of pages of a whole book, which many BibTeX files give as its pages."""
_WHOLE = EDITED | THESES | {Kind.BOOK}


_MONTH = re.compile(r"(?:19|20)\d\d(?:--?|–)(?:0[1-9]|1[0-2])(?:(?:--?|–)\d\d)?")
_START_OF_NUMBER = re.compile(r"[a-z.]+(?:--?|–)\d*", re.IGNORECASE)
"""What Google Scholar makes of a server's number: ``arXiv--2403``, ``rs--3``."""
_TWO_PAGES = re.compile(r"(\d+)(?:--?|–)(\d+)")


def read_numbers(reader: EntryReader, kind: Kind) -> Numbers:
    """The numbers of the entry without words; a count of pages is reported, since no style prints it."""
    pages, article_number = _read_pages(reader, kind)
    return Numbers(
        volume=_read_number(reader, "volume", "volume"),
        number=_read_number(reader, "number", "number", "issue"),
        pages=pages,
        article_number=article_number,
        chapter=_read_number(reader, "chapter", "chapter"),
        edition=reader.plain("edition"),
        version=_read_number(reader, "version", "version"),
    )


def _read_number(reader: EntryReader, label: str, *names: str) -> str:
    """The first of the fields ``names`` without the ``label`` of such numbers; empty for an arXiv identifier."""
    text = reader.plain(*names).rstrip(",;")
    if not text or text.isdigit():
        return text
    return "" if ARXIV.search(text) or _NO_VALUE.fullmatch(text) else _strip_label(label, text)


def _strip_label(label: str, text: str) -> str:
    if counted := _COUNTED.fullmatch(text):
        return counted["number"]
    found = _LABELS[label].match(text)
    return text[found.end() :] if found else text


def _read_pages(reader: EntryReader, kind: Kind) -> tuple[str, str]:
    """The pages, with a dash in ranges, and the number of the article, from any of its fields."""
    number = _read_number(reader, "article_number", "eid", "articleno", "article-number", "articlenumber")
    written = _read_number(reader, "pages", "pages")
    if (plain := _TWO_PAGES.fullmatch(written)) and plain[1] != plain[2] and not _MONTH.fullmatch(written):
        return f"{plain[1]}–{plain[2]}", number
    written = re.sub(r"(?<=\d)\s*,\s*\d+\s*(?:pages|pp\.?)$", "", written)
    dash = r"\s*(?:-{2,3}|[–—])\s*" if re.search(r"--|[–—]", written) else r"\s*-\s*"
    pages = re.sub(r"\s*,\s*", ", ", re.sub(dash, "–", written)).strip("– ")
    first, _, last = pages.partition("–")
    pages = first if first == last else pages
    if said := _say_no_pages(reader, kind, written, pages):
        field = reader.entry.get("pages")
        reader.add(notice(said[0], field.location if field else reader.entry.location, kind=said[1]))
        return "", number
    bare = _strip_label("article_number", pages)
    is_article_number = bare != pages or (not number and kind not in _WHOLE and _ARTICLE_NUMBER.fullmatch(pages))
    if pages == number or is_article_number:
        return "", number or bare
    return pages, number


def _say_no_pages(reader: EntryReader, kind: Kind, written: str, pages: str) -> tuple[str, str] | None:
    """What the field has in place of pages, as a message and its kind; None for pages."""
    if _PAGE_COUNT.fullmatch(pages) or (kind in _WHOLE and _SIZE.fullmatch(pages)):
        message = f"pages = {written!r} is a count of pages, which no style prints"
        return message, "pages are a count of pages, which no style prints"
    if pages == "1" and written != "1" and _has_empty_volume(reader):
        message = f"pages = {written!r} beside an empty volume are what IEEE Xplore writes before there are any"
        return message, "pages 1-1 beside an empty volume are not printed"
    may_be_part = bool(_MONTH.fullmatch(written) or _START_OF_NUMBER.fullmatch(written))
    is_preprint = may_be_part and is_server(reader.plain("journal", "journaltitle", "publisher"))
    if is_preprint and _MONTH.fullmatch(written):
        message = f"pages = {written!r} is the month of a preprint, as Google Scholar writes it"
        return message, "pages that are the month of a preprint are not printed"
    if is_preprint or is_server(written):
        message = f"pages = {written!r} is the start of a preprint's number, as Google Scholar writes it"
        return message, "pages that are the start of a preprint's number are not printed"
    return None


def _has_empty_volume(reader: EntryReader) -> bool:
    """Whether the volume and the issue are there and empty, as IEEE Xplore writes them for early access."""
    return "volume" in reader.entry.fields and reader.entry.get("volume", "number") is None
