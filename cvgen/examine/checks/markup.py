"""The check of markup on the page: that of a template, and what a bibliography left in its texts."""

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
from cvgen.model.document import PublicationItem
from cvgen.model.inline import RichText

_MARKUP = re.compile(
    r"\b(?:None|True|False|undefined|NaN|Lorem ipsum|TODO|FIXME)\b|"
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|<%|%>|<<|<#|\{[a-z_]+\}|\\[A-Za-z]{2,}|</?[a-z][a-z0-9]*>|"
    r"&(?:amp|lt|gt|nbsp|quot);|RichText\("
)
_SIGNS = re.compile(r"[$\\{}~^]|_\{|--|``|</?[a-z][a-z0-9]*>|&(?:#\d+|[a-z]{2,6});")
"""What no printed publication has unless its texts do."""
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
"""The parts of a publication that come from a bibliography, and how a finding calls them."""

_MOST = 4
"""Pieces of markup that a finding names."""


def check_markup(subject: Subject) -> Iterator[Fault]:
    """No template or markup is left in the text."""
    document = subject.job.document
    typed = find_strings(replace(document, words={}))
    for page in subject.pdfium.pages:
        for mark, count in Counter(_MARKUP.findall(page.text)).items():
            if mark not in typed:
                yield Fault(
                    f"the text shows {mark!r} ({count}×), which nobody typed", page.number, hint="correct the template"
                )
    if document.direction == "rtl":
        return  # a line from right to left may be copied in the order of the paper
    for text, papers in zip(subject.texts, subject.papers, strict=True):
        for paper in papers:
            yield from _find_undecoded(text, paper)
            if paper.is_whole:
                yield from _find_added(text, paper)


def _find_undecoded(text: ReaderText, paper: PlacedPaper) -> Iterator[Fault]:
    """Markup in a text of the bibliography that is also on the page."""
    region = text.folded[paper.start : paper.end]
    for what, said in _list_texts(paper.item):
        marks = [repr(mark) for mark in find_leftovers(said) if squeeze(mark).casefold() in region]
        if marks:
            place = said.location if isinstance(said, RichText) else paper.block.leads[0].location
            message = f"{what} of {paper.item.key!r} shows markup: {', '.join(marks[:_MOST])}"
            hint = "write the character itself in the bibliography"
            yield Fault(message, text.page_at(paper.title.start), place, hint, text.reader)


def _list_texts(item: PublicationItem) -> Iterator[tuple[str, RichText | str]]:
    """The texts of ``item`` that were not written in the profile, where markup is Markdown and all else is text."""
    for name, what in _WHAT.items():
        value = getattr(item, name)
        for said in (person.name for person in value) if isinstance(value, tuple) else (value,):
            place = said.location if isinstance(said, RichText) else None
            if not (place and place.file.endswith((".yaml", ".yml"))):
                yield what, said


def _find_added(text: ReaderText, paper: PlacedPaper) -> Iterator[Fault]:
    """Signs of markup in the region of a paper none of whose texts has them."""
    urls = "".join(text.url for text in paper.item.links)
    asked = squeeze(find_strings(paper.item) + urls).casefold()
    for mark in dict.fromkeys(_SIGNS.findall(text.folded[paper.start : paper.end])):
        if mark not in asked:
            message = f"{mark!r} is printed in {shorten(paper.block.leads[0].text)}, which does not say it"
            page = text.page_at(paper.title.start)
            yield Fault(message, page, paper.block.leads[0].location, "correct the template or the style", text.reader)
