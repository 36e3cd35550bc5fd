"""Says a count in words: ``400+ citations (Google Scholar, Feb 2026)``."""

from __future__ import annotations

from collections.abc import Mapping

from cvgen.model.metric import Metric
from cvgen.select.language import choose_plural, format_count, format_date


def say_metric(metric: Metric, language: str, words: Mapping[str, str]) -> str:
    """``metric`` in ``language``, with its source and date in brackets."""
    count = format_count(metric.count, language) + ("+" if metric.more else "")
    date = format_date(metric.date, language, words) if metric.date else ""
    about = words["comma"].join(part for part in (metric.source, date) if part)
    key = f"metric_{metric.kind}"
    said = words[key] if metric.more else choose_plural(key, metric.count, language, words)
    return said.format(n=count) + (words["brackets"].format(text=about) if about else "")
