"""A paper of a list without a citation style: title, authors, facts and the owner's part, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cvgen.backends.citations import around, join, link, text
from cvgen.backends.cited_people import authors
from cvgen.model.addresses import write_address
from cvgen.model.inline import Bold, Italic, RichText
from cvgen.model.shown_paper import PublicationItem
from cvgen.themes.contract import LINKS, TITLE_LINKS
from cvgen.themes.options import OptionValue


def list_lines(
    paper: PublicationItem, words: Mapping[str, str], options: Mapping[str, OptionValue]
) -> Iterator[RichText]:
    """The lines of ``paper`` that are not empty."""
    title = link(paper.title_url, paper.title) if options.get(TITLE_LINKS) is True and paper.title_url else paper.title
    topic = around("[", paper.topic, "]")
    facts = join([_say_where(paper), *list_extras(paper, options)], " · ")
    listed = authors(words, paper, last=", ", others=" ")
    for line in (join([embolden(title), topic], " "), listed, facts, italicize(text(paper.role))):
        if line:
            yield line


def list_extras(
    paper: PublicationItem, options: Mapping[str, OptionValue], *, is_cited: bool = False
) -> Iterator[RichText]:
    """What follows the facts of a paper: badge, award, counts, note and links.

    A citation has printed one address in its own text, which is left out if ``is_cited``, and so is the link of the
    venue unless addresses are printed.
    """
    shows_addresses = options.get(LINKS) == "addresses"
    yield embolden(text(paper.plain_badge))
    yield embolden(paper.award)
    yield from map(text, paper.metrics)
    yield paper.note
    for shown in paper.links:
        said = paper.cited_url if is_cited else "" if shows_addresses else paper.venue_url
        if shown.url != said:
            address = f": {write_address(shown.url)}" if shows_addresses else ""
            yield link(shown.url, f"{shown.label}{address}")


def _say_where(paper: PublicationItem) -> RichText:
    """Venue, details, year and status."""
    signs = paper.signs
    if paper.venue:
        short = join([paper.venue_short, paper.rank], signs.comma)
        venue = text(italicize(paper.venue), around(signs.opening, short, signs.closing))
    else:
        venue = text(paper.venue_short, around(signs.opening, paper.rank, signs.closing))
    return join([join([paper.lead, venue, paper.details, paper.year], signs.comma), paper.status], " · ")


def embolden(written: RichText) -> RichText:
    """``written`` in bold; empty text stays empty."""
    return replace(written, nodes=(Bold(written.nodes),)) if written else written


def italicize(written: RichText) -> RichText:
    """``written`` in italics; empty text stays empty."""
    return replace(written, nodes=(Italic(written.nodes),)) if written else written
