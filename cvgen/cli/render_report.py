"""Prints the report of a render: what is shown, shortened and left out, what each part costs, and other choices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import click

from cvgen.cli.echo import echo
from cvgen.cli.printing import count
from cvgen.fit.swaps import Swap
from cvgen.model.ledger import Decision, Outcome
from cvgen.model.part import Part
from cvgen.pipeline.page_costs import WhatIf
from cvgen.pipeline.report import RenderReport


def print_report(report: RenderReport, *, as_json: bool) -> None:
    """Print what a render shows, shortens and leaves out, and why."""
    if as_json:
        echo(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
        return
    for line in format_report(report):
        echo(line)


def format_report(report: RenderReport) -> Iterator[str]:
    """The lines of the report for people. A part has its worth and, in lines of text, its own height before it."""
    allowed = f" of {report.pages_allowed} allowed" if report.pages_allowed else ""
    yield f"\n{click.style(report.variant, bold=True)}: {count(report.pages, 'page')}{allowed}, theme {report.theme}"
    yield "  filled: " + ", ".join(f"page {number} {share:.0%}" for number, share in enumerate(report.fill, 1))
    for number, page in enumerate(report.costs.columns, 1):
        yield f"  columns of page {number}: " + ", ".join(f"{share:.0%}" for share in page)
    if report.density is not None:
        sizes = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in report.sizes.items())
        yield f"  density {report.density:g}: {sizes}"
    yield from _format_parts(report, f"shown{_say_columns(report)}", report.shown)
    yield from _format_parts(report, "shortened", report.shortened)
    by_reason: dict[str, list[Decision]] = {}
    for decision in report.left_out:
        by_reason.setdefault(decision.why, []).append(decision)
    for why, decisions in by_reason.items():
        yield from _format_parts(report, f"left out: {why}", decisions)
    if report.almost:
        yield f"  {click.style('nearly included, the best first', bold=True)} ({len(report.almost)}):"
    for decision in report.almost:
        yield f"    {decision.part.kind.value:8} {decision.part.label}"
    if report.costs.what_ifs:
        yield f"  {click.style('other choices that fit', bold=True)}:"
    for other in report.costs.what_ifs:
        yield from _format_what_if(report, other)


def _say_columns(report: RenderReport) -> str:
    return ", with worth and lines" if report.costs.lines else ""


def _format_parts(report: RenderReport, title: str, decisions: Iterable[Decision]) -> Iterator[str]:
    listed = list(decisions)
    if not listed:
        return
    yield f"  {click.style(title, bold=True)} ({len(listed)}):"
    for decision in listed:
        part = decision.part
        place = f"  {click.style(str(part.location), dim=True)}" if part.location else ""
        yield f"    {part.kind.value:8} {_say_cost(report, part)}{part.label}{place}"
        swap = report.costs.swaps.get(part.ref)
        if swap and decision.outcome is Outcome.DROPPED:
            yield from (f"             {line}" for line in _say_change(report, swap, part))


def _say_cost(report: RenderReport, part: Part) -> str:
    """The worth and the lines of ``part`` in two columns; empty where they are not known."""
    worth, lines = report.costs.worths.get(part.ref), report.costs.lines.get(part.ref)
    return f"{worth.value:5.2f} {lines:4.1f}  " if worth and lines is not None else ""


def _name(report: RenderReport, parts: Iterable[Part]) -> str:
    named = list(parts)
    shown = "; ".join(f"{part.label!r}{_say_lines(report, part)}" for part in named[:3])
    return shown + (f" and {len(named) - 3} more" if len(named) > 3 else "")


def _say_lines(report: RenderReport, part: Part) -> str:
    lines = report.costs.lines.get(part.ref)
    return f" ({count(round(lines), 'line')})" if lines is not None else ""


def _say_change(report: RenderReport, change: Swap, shown: Part | None = None) -> Iterator[str]:
    """The lines that say what changes, without the part that is to be ``shown``."""
    back = [part for part in change.brought_back if part != shown]
    before = "to show it, " if shown else ""
    changes = (("leave out", change.left_out), ("shorten", change.shortened), ("bring back", back))
    for verb, parts in changes:
        if parts:
            yield f"{before}{verb} {_name(report, parts)}"
            before = "and " if shown else ""


def _format_what_if(report: RenderReport, other: WhatIf) -> Iterator[str]:
    size = f", text of {other.size}" if other.size else ""
    yield f"    {count(other.pages, 'page')}{size}:"
    yield from (f"      {line}" for line in _say_change(report, other.change))
