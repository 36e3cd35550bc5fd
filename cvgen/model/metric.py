"""Counts of a publication: citations and stars, with their date and source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvgen.diagnostics import BadValueError
from cvgen.model.date_parser import parse_date
from cvgen.model.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Metric:
    """A count of ``citations`` or ``stars``, with its date and source."""

    kind: str
    count: int
    more: bool = False
    """Whether the count is a minimum (``400+``)."""
    date: PartialDate | None = None
    source: str = ""


_METRIC = re.compile(r"(?P<count>\d[\d,]{0,14})(?P<more>\+?)(?:\s*\((?P<about>[^)]*)\))?")


def parse_metric(kind: str, text: str) -> Metric:
    """Read ``412``, ``400+`` or ``412 (Google Scholar, 2026-02)``. Raises BadValueError."""
    match = _METRIC.fullmatch(text.strip())
    if not match:
        example = "700 (GitHub, 2026-02)" if kind == "stars" else "412 (Google Scholar, 2026-02)"
        raise BadValueError(f"{text!r} is not a count of {kind}", f"write for example {example}")
    date, sources = None, []
    for part in filter(None, (part.strip() for part in (match["about"] or "").split(","))):
        try:
            date = parse_date(part)
        except BadValueError:
            sources.append(part)
    count = int(match["count"].replace(",", ""))
    return Metric(kind, count, bool(match["more"]), date, ", ".join(sources))
