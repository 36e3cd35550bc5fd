"""Checks that the pages show no markup, neither from a template nor from a bibliography."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from cvgen.backends.backend import find_strings
from cvgen.examine.checks.leftover_markup import find_leftovers
from cvgen.examine.comparable_text import squeeze
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.paper_regions import PlacedPaper
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.examine.subject import Subject
from cvgen.model.inline import RichText
from cvgen.model.shown_paper import PublicationItem

_MARKUP = re.compile(
    r"\b(?:None|True|False|undefined|NaN|Lorem ipsum|TODO|FIXME)\b|"
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|<%|%>|<<|<#|\{[a-z_]+\}|\\[A-Za-z]{2,}|</?[a-z][a-z0-9]*>|"
    r"&(?:amp|lt|gt|nbsp|quot);|RichText\("
)
_SIGNS = re.compile(r"[$\\{}~^]|_\{|--|``|</?[a-z][a-z0-9]*>|&(?:#\d+|[a-z]{2,6});")
"""Signs that are not printed in a publication unless its own texts contain them."""
_WHAT = {
    **dict.fromkeys(("authors", "editors", "translators"), "a name"),
    **dict.fromkeys(("container", "venue_short", "series"), "the venue"),
    **dict.fromkeys(("kind_text", "kind_number"), "the kind"),
    **{
        name: f"the {name}"
        for name in ("title", "collaboration", "event", "institution", "publisher", "holder", "howpublished", "place",
                     "volume", "pages", "edition", "topic", "rank", "note", "award")
    },
}  # fmt: skip
"""The parts of a publication that come from a bibliography, with their names in findings."""

_MOST = 4
"""At most so many pieces of markup are named in a finding."""


def check_markup(subject: Subject) -> Iterator[Fault]:
    """The text shows no template code and no markup."""
    document = subject.job.document
    typed = find_strings(replace(document, words={}))
    for page in subject.pdfium.pages:
        for mark, count in Counter(_MARKUP.findall(page.text)).items():
            if mark not in typed:
                message = f"the text shows {mark!r} ({count}×), which is not in the profile"
                yield Fault(message, page.number, hint="correct the template")
    if document.direction == "rtl":
        return  # a right-to-left line may be copied in the order on paper
    for text, papers in zip(subject.texts, subject.papers, strict=True):
        for paper in papers:
            yield from _find_undecoded(text, paper)
            if paper.is_whole:
                yield from _find_added(text, paper)


def _find_undecoded(text: ReaderText, paper: PlacedPaper) -> Iterator[Fault]:
    """Markup in a text from the bibliography that is also on the page."""
    region = text.folded[paper.start : paper.end]
    for what, part in _list_texts(paper.item):
        marks = [repr(mark) for mark in find_leftovers(part) if squeeze(mark).casefold() in region]
        if marks:
            place = part.location if isinstance(part, RichText) else paper.block.leads[0].location
            message = f"{what} of {paper.item.key!r} shows markup: {', '.join(marks[:_MOST])}"
            hint = "write the character itself in the bibliography"
            yield Fault(message, text.page_at(paper.title.start), place, hint, text.reader)


def _list_texts(item: PublicationItem) -> Iterator[tuple[str, RichText | str]]:
    """The texts of ``item`` that do not come from the profile, where only Markdown is markup."""
    for name, what in _WHAT.items():
        value = getattr(item, name)
        for part in (person.name for person in value) if isinstance(value, tuple) else (value,):
            place = part.location if isinstance(part, RichText) else None
            if not (place and place.file.endswith((".yaml", ".yml"))):
                yield what, part


def _find_added(text: ReaderText, paper: PlacedPaper) -> Iterator[Fault]:
    """Signs of markup in the region of a paper that are not in the texts of the paper."""
    urls = "".join(text.url for text in paper.item.links)
    asked = squeeze(find_strings(paper.item) + urls).casefold()
    for mark in dict.fromkeys(_SIGNS.findall(text.folded[paper.start : paper.end])):
        if mark not in asked:
            message = f"{mark!r} is printed in {shorten(paper.block.leads[0].text)} but is not in its texts"
            page = text.page_at(paper.title.start)
            yield Fault(message, page, paper.block.leads[0].location, "correct the template or the style", text.reader)
