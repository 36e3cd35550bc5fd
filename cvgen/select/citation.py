"""One publication as a list shows it: everything in the document's language, nothing laid out."""

from __future__ import annotations

from collections.abc import Mapping

from cvgen.model.document import PublicationItem, Ref, ShownLink
from cvgen.model.profile import SectionBody
from cvgen.model.publication import Credit, Mark, Metric, Status
from cvgen.select.authors import choose_positions, show_authors
from cvgen.select.entries import Voice
from cvgen.select.language import choose_plural, format_count, format_date
from cvgen.select.roles import describe_roles

STYLE_LIMITS = {"gbt7714": 3, "apa": 20}
"""How many authors a style prints at most: GB/T 7714-2015, 8.1.2; APA 7th edition, 9.8."""
CUT_STYLES = frozenset({"gbt7714"})
"""Styles that print no last author after a gap."""


def show_publication(
    credit: Credit, spec: SectionBody, voice: Voice, symbols: Mapping[Mark, str], ref: Ref
) -> PublicationItem:
    """The item for ``credit``, in both wordings, in the list that ``spec`` describes; it has no number yet."""
    publication, words = credit.publication, voice.words
    status = publication.status
    limit = spec.max_authors or STYLE_LIMITS.get(spec.style or "")
    keep_last = spec.style not in CUT_STYLES
    authors = show_authors(credit, symbols, limit, words, keep_last=keep_last)
    count = len(publication.authors)
    shortened = len(authors) < count and not publication.truncated
    return PublicationItem(
        key=publication.key,
        title=publication.title,
        short_title=voice.say(publication.title_short),
        ref=ref,
        authors=authors,
        author_count=f"({words['author_count'].format(count=count)})" if shortened else "",
        cut=count > 0 and choose_positions(credit, limit, keep_last=keep_last)[-1] != count,
        limited=spec.max_authors is not None,
        is_arxiv=status is Status.PREPRINT and bool(publication.eprint),
        truncated=publication.truncated,
        venue=publication.venue,
        venue_short=publication.venue_short,
        kind=publication.type,
        year=str(publication.year or ""),
        volume=publication.volume,
        number_in_volume=publication.number,
        pages=publication.pages,
        details=publication.details,
        publisher=publication.publisher,
        doi=publication.doi,
        eprint=publication.eprint,
        rank=publication.rank,
        metrics=tuple(_show_metric(metric, voice) for metric in publication.metrics),
        image=publication.image,
        status="" if status is Status.PUBLISHED else at_start(words[f"status_{status}"], words),
        topic=publication.topic,
        note=voice.say(publication.note),
        award=voice.say(publication.award),
        role=at_start(_role(credit, words), words) if spec.roles else "",
        links=tuple(ShownLink(_link_label(link.label, words), link.url) for link in publication.links),
        bullets=voice.bullets(publication.highlights, ref),
    )


def at_start(phrase: str, words: Mapping[str, str]) -> str:
    """``phrase`` as it stands at the start of a line."""
    return phrase[:1].upper() + phrase[1:] if words["sentence_start"] == "upper" else phrase


def _role(credit: Credit, words: Mapping[str, str]) -> str:
    sentence = describe_roles(credit, words)
    if credit.position is None:
        return ""
    parts = credit.publication.authors[credit.position - 1].credit
    return f"{sentence} ({words['comma'].join(part.lower() for part in parts)})" if parts else sentence


def _show_metric(metric: Metric, voice: Voice) -> str:
    """``400+ citations (Google Scholar, Feb 2026)``."""
    count = format_count(metric.count, voice.language) + ("+" if metric.more else "")
    date = format_date(metric.date, voice.language, voice.words) if metric.date else ""
    about = ", ".join(part for part in (metric.source, date) if part)
    key = f"metric_{metric.kind}"
    exact = not metric.more
    words = choose_plural(key, metric.count, voice.language, voice.words) if exact else voice.words[key]
    return words.format(n=count) + (f" ({about})" if about else "")


def _link_label(label: str, words: Mapping[str, str]) -> str:
    return words.get(f"link_{label.casefold()}", label)
