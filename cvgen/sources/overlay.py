"""Facts that a profile adds to a publication: they override those of its bibliography."""

from __future__ import annotations

from dataclasses import replace

from cvgen.model.bibliography_settings import Overlay
from cvgen.model.metric import Metric, parse_metric
from cvgen.model.publication import LINK_LABELS, Publication, PublicationLink
from cvgen.sources.yaml.places import Places


def overlay_publication(publication: Publication, overlay: Overlay | None, places: Places) -> Publication:
    """``publication`` with the values that the profile adds; they override those of the file."""
    if overlay is None:
        return publication
    links = [link for link in publication.links if link.label not in overlay.links]
    links += [PublicationLink(label, url) for label, url in overlay.links.items()]
    order = {label: rank for rank, label in enumerate(LINK_LABELS)}
    links.sort(key=lambda link: order.get(link.label, len(order)))
    at = places.value(("bibliography", "entries", publication.key, "roles")) if overlay.roles else None
    return replace(
        publication,
        topic=overlay.topic or publication.topic,
        note=overlay.note or publication.note,
        award=overlay.award or publication.award,
        venue_short=overlay.venue_short or publication.venue_short,
        rank=overlay.rank or publication.rank,
        metrics=_overlay_metrics(publication, overlay),
        image=overlay.image or publication.image,
        badge=overlay.badge or publication.badge,
        title_short=overlay.title_short,
        tags=(*publication.tags, *overlay.tags),
        links=tuple(links),
        owner_marks=publication.owner_marks | frozenset(overlay.roles),
        owner_marks_location=at or publication.owner_marks_location,
        highlights=overlay.highlights,
        selected=overlay.selected or publication.selected,
        hidden=overlay.hidden or publication.hidden,
    )


def _overlay_metrics(publication: Publication, overlay: Overlay) -> tuple[Metric, ...]:
    metrics = {metric.kind: metric for metric in publication.metrics}
    for kind, text in (("citations", overlay.citations), ("stars", overlay.stars)):
        if text:
            metrics[kind] = parse_metric(kind, text)
    return tuple(metrics.values())
