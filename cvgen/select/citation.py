"""One publication as a list shows it: in the document's language, without any layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cvgen.model.inline import Link, RichText, Span
from cvgen.model.kinds import KINDS, NUMBERED, Kind
from cvgen.model.letter_case import capitalize_all
from cvgen.model.marks import Mark
from cvgen.model.publication import Author, Credit, Publication, Status
from cvgen.model.refs import Ref
from cvgen.model.shown_paper import PublicationItem, ShownAuthor, ShownLink
from cvgen.model.variant_settings import SectionBody
from cvgen.select.authors import AuthorLimit, choose_positions, show_authors, show_people
from cvgen.select.details import list_details, list_lead, say_edition
from cvgen.select.entry_items import WordingChoice, join_rich
from cvgen.select.language import format_date
from cvgen.select.metric_words import say_metric
from cvgen.select.paper_signs import choose_signs
from cvgen.select.roles import describe_roles

_UNPUBLISHED = re.compile(r"\bunpublished\b", re.IGNORECASE)


def show_publication(
    credit: Credit, spec: SectionBody, choice: WordingChoice, symbols: Mapping[Mark, str], limit: AuthorLimit, ref: Ref
) -> PublicationItem:
    """The item for ``credit``, in both wordings, for the list that ``spec`` describes; it has no number yet.

    ``limit`` is the limit of the list's style; ``spec`` may set another number of authors.
    """
    publication, words = credit.publication, choice.words
    status = _say_status(publication, words)
    item = PublicationItem(
        key=publication.key,
        title=publication.title,
        authors=(),
        ref=ref,
        is_arxiv=publication.status is Status.PREPRINT and bool(publication.eprint),
        entry_type=publication.type,
        venue=_link_venue(publication),
        venue_url=_find_venue_url(publication),
        venue_short=_say_short_venue(publication),
        doi=publication.doi if any(link.label == "doi" for link in publication.links) else "",  # arXiv's: see eprint
        eprint=publication.eprint,
        url=_find_link(publication, "link"),
        cited_url=_find_cited_url(publication),
        rank=publication.rank,
        metrics=tuple(say_metric(metric, choice.language, words) for metric in publication.metrics),
        image=publication.image,
        badge=publication.badge,
        plain_badge="" if _is_said(publication, status) else publication.badge,
        is_selected=publication.selected,
        title_url=_find_title_url(publication),
        status=status if any(map(str.isupper, status.split(" ")[0])) else at_start(status, words),
        status_inside=status,
        topic=publication.topic,
        note=choice.say(publication.note),
        award=choice.say(publication.award),
        role=at_start(_role(credit, words), words) if spec.roles else "",
        links=_show_links(publication, words),
        bullets=choice.bullets(publication.highlights, ref),
    )
    item = _with_kind(item, publication, words)
    item = replace(item, venue_badge=_say_venue_and_year(item, publication))
    return _with_facts(_with_people(item, credit, spec, choice, symbols, limit), publication, choice)


def _is_said(publication: Publication, status: str) -> bool:
    """Whether venue, year, status and award say all words of the badge."""
    texts = (publication.venue_short, publication.venue, publication.year or "", status, publication.award or "")
    said = {word for text in texts for word in re.findall(r"\w+", str(text).casefold())}
    return set(re.findall(r"\w+", publication.badge.casefold())) <= said


_LONGEST_BADGE = 18
"""The most characters of a venue that has no abbreviation; of a longer one, its kind is named."""
_ABBREVIATED = re.compile(r"\(([^()]{2,12})\)$")


def _say_venue_and_year(item: PublicationItem, publication: Publication) -> str:
    """``ICLR 2026``, ``PhD thesis 2021``: a badge with the year, else the short venue or the kind with the year."""
    venue, year = str(publication.venue).strip(), str(publication.year or "")
    if year and year[-2:] in publication.badge:
        return publication.badge
    abbreviated = _ABBREVIATED.search(venue)
    if item.is_arxiv:
        name = "arXiv"
    elif short := publication.venue_short or (abbreviated and abbreviated[1]):
        name = short
    else:
        is_short = 0 < len(venue) <= _LONGEST_BADGE and not item.kind_label
        name = venue if is_short else item.kind_name
    return name if year[-2:] in name and year else f"{name} {year}".strip()


def _find_title_url(publication: Publication) -> str:
    """The first link; none for a title with a link in it, since links cannot be inside each other."""
    is_plain = not any(isinstance(node, Link) for node in publication.title.nodes)
    return publication.links[0].url if publication.links and is_plain else ""


def _say_short_venue(publication: Publication) -> str:
    """The venue's abbreviation, unless the venue ends with it: "Conference on Examples (CE)"."""
    short, venue = publication.venue_short, str(publication.venue).strip()
    return "" if venue == short or venue.endswith(f"({short})") else short


def _say_status(publication: Publication, words: Mapping[str, str]) -> str:
    """The status in the entry's own words, if it has any, else in the document's.

    Empty for a published work, and for an "Unpublished manuscript", whose kind already says it.
    """
    if publication.status is Status.PUBLISHED:
        return ""
    if publication.status is Status.UNPUBLISHED and _UNPUBLISHED.search(publication.kind_text):
        return ""
    return publication.status_text or words[f"status_{publication.status}"]


def _link_venue(publication: Publication) -> RichText:
    """The venue; ``arXiv:2403.01234`` is a link."""
    venue, url = publication.venue, _find_venue_url(publication)
    return replace(venue, nodes=(Span("link", (Link(url, venue.nodes),)),)) if url else venue


def _find_venue_url(publication: Publication) -> str:
    """arXiv's address if the venue names arXiv and the number there."""
    says_number = str(publication.venue) == f"arXiv:{publication.eprint}"
    return _find_link(publication, "arxiv") if says_number else ""


_ONLINE = frozenset({Kind.WEBPAGE, Kind.SOFTWARE, Kind.DATASET, Kind.VIDEO, Kind.AUDIO})
"""Kinds that readers find by an address."""


def _find_cited_url(publication: Publication) -> str:
    """The DOI's address, else arXiv's, else the link of a kind that readers find by an address."""
    labels = ("doi", "arxiv", *(("link",) if publication.kind in _ONLINE else ()))
    return next((url for label in labels if (url := _find_link(publication, label))), "")


def _find_link(publication: Publication, label: str) -> str:
    return next((link.url for link in publication.links if link.label == label), "")


def at_start(phrase: str, words: Mapping[str, str]) -> str:
    """``phrase`` as it is written at the start of a line."""
    return capitalize_all(phrase[:1], words["code"]) + phrase[1:] if words["sentence_start"] == "upper" else phrase


def _with_kind(item: PublicationItem, publication: Publication, words: Mapping[str, str]) -> PublicationItem:
    kind = publication.kind
    name = publication.kind_text or words[f"kind_{kind}"]
    is_named = (publication.kind_text or KINDS[kind].label) and not publication.kind_is_said
    return replace(
        item,
        kind=kind.value,
        kind_name=name,
        kind_text=publication.kind_text,
        kind_label=name if is_named else "",
        kind_number=publication.number if kind in NUMBERED else "",
    )


def _with_people(
    item: PublicationItem,
    credit: Credit,
    spec: SectionBody,
    choice: WordingChoice,
    symbols: Mapping[Mark, str],
    limit: AuthorLimit,
) -> PublicationItem:
    """``item`` with authors, editors and translators; without authors, the editors take their place."""
    publication, words = credit.publication, choice.words
    item = _with_translators(item, credit, words)
    editors = _show_others(publication.editors, credit.editor_position)
    note = _plural(editors, "editor", words, truncated=publication.editors_truncated)
    if not publication.authors:
        return replace(item, authors=editors, people_note=note, truncated=publication.editors_truncated)
    if spec.max_authors:
        limit = replace(limit, count=spec.max_authors, shortened_from=0)
    authors, count = show_authors(credit, symbols, limit, words), len(publication.authors)
    shortened = len(authors) < count and not publication.truncated
    return replace(
        item,
        authors=authors,
        truncated=publication.truncated,
        author_count=_say_author_count(count, words) if shortened else "",
        cut=choose_positions(credit, limit)[-1] != count,
        limited=spec.max_authors is not None,
        editors=editors,
        editors_note=note,
        editors_truncated=publication.editors_truncated,
    )


def _show_others(people: tuple[Author, ...], owner: int | None) -> tuple[ShownAuthor, ...]:
    return show_people(people, people[owner - 1] if owner else None)


def _plural(people: tuple[ShownAuthor, ...], noun: str, words: Mapping[str, str], *, truncated: bool = False) -> str:
    return (words[f"{noun}s_note"] if len(people) > 1 or truncated else words[f"{noun}_note"]) if people else ""


def _show_collaboration(publication: Publication, words: Mapping[str, str]) -> str:
    """The group's name, unless it is one of the authors."""
    name = publication.collaboration
    listed = any(name.casefold() in author.name.casefold() for author in publication.authors)
    return words["collaboration"].format(name=name) if name and not listed else ""


def _with_translators(item: PublicationItem, credit: Credit, words: Mapping[str, str]) -> PublicationItem:
    """``item`` with translators and the collaboration."""
    translators = _show_others(credit.publication.translators, credit.translator_position)
    return replace(
        item,
        translators=translators,
        translators_note=_plural(translators, "translator", words),
        collaboration=_show_collaboration(credit.publication, words),
    )


def _say_author_count(count: int, words: Mapping[str, str]) -> str:
    """The number of all authors, for a list that is shortened."""
    return words["brackets"].format(text=words["author_count"].format(count=count)).strip()


def _with_facts(item: PublicationItem, publication: Publication, choice: WordingChoice) -> PublicationItem:
    """``item`` with all facts about where to find it. If it is only on arXiv, the style itself names arXiv."""
    date, accessed = publication.date, publication.accessed
    if item.is_arxiv:
        nothing = RichText()
        publication = replace(
            publication, container=nothing, event=nothing, institution=nothing, publisher=nothing, howpublished=nothing
        )
    words = choice.words
    lead, details = list_lead(publication, item.kind_label, words), list_details(publication, words)
    people = (person.name for person in item.authors)
    signs = choose_signs((*lead, publication.venue, *details, item.status), people, words)
    return replace(
        item,
        signs=signs,
        container=publication.container,
        event=publication.event,
        institution=publication.institution,
        publisher=publication.publisher,
        holder=publication.holder,
        howpublished=publication.howpublished,
        place=publication.place,
        series=publication.series,
        year=str(publication.year or ""),
        date=format_date(date, choice.language, choice.words) if date else "",
        date_iso=date.iso if date else "",
        month=format_date(replace(date, day=None), choice.language, choice.words) if date else "",
        accessed=format_date(accessed, choice.language, choice.words) if accessed else "",
        accessed_iso=accessed.iso if accessed else "",
        volume=publication.volume,
        number_in_volume="" if publication.kind in NUMBERED else publication.number,
        pages=publication.pages,
        article_number=publication.article_number,
        chapter=publication.chapter,
        edition=say_edition(publication.edition, choice.words),
        version=publication.version,
        lead=signs.comma.join(lead),
        details=join_rich(details, signs.comma),
    )


def _role(credit: Credit, words: Mapping[str, str]) -> str:
    sentence = describe_roles(credit, words)
    if credit.position is None:
        return sentence
    parts = credit.publication.authors[credit.position - 1].credit
    if not parts:
        return sentence
    return sentence + words["brackets"].format(text=words["comma"].join(part.lower() for part in parts))


def _show_links(publication: Publication, words: Mapping[str, str]) -> tuple[ShownLink, ...]:
    return tuple(ShownLink(_link_label(link.label, words), link.url) for link in publication.links)


def _link_label(label: str, words: Mapping[str, str]) -> str:
    return words.get(f"link_{label.casefold()}", label)
