"""``cvgen inspect``: which version of a CV a PDF is."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import click

from cvgen.cli.session import reporting

# What a foreign PDF could move the cursor or turn the line with
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_STATE_LETTERS = 12


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path), metavar="CV.pdf")
@click.option("--profile", type=click.Path(path_type=Path),
              help="The profile to compare with [default: the one of that name beside the PDF, or here].")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def inspect(pdf: Path, profile: Path | None, as_json: bool) -> None:
    """Tell which version of your CV a PDF is: variant, theme, options, and the state of your files.

    Where your files are in a git repository, the commands printed show the commits in which they were in that
    state; a state that was never committed gives none. The code is 1 for a PDF that does not know.
    """
    from cvgen.pipeline.inspect import inspect_pdf

    told: dict[str, Any] = reporting(lambda: inspect_pdf(pdf, profile, [pdf.parent, Path()]))
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for line in (*_answer(told), "", *_facts(told)):
            click.echo(_CONTROLS.sub(" ", line))
    if told["variant"] is None:
        sys.exit(1)


def _answer(told: dict[str, Any]) -> list[str]:
    """Which version it is, and how to find it again."""
    if told["variant"] is None:
        why = "made by cvgen, but it does not say from what" if told["made_by_cvgen"] else "not made by cvgen"
        return [f"{told['file']}: {why} (or another program has rewritten it)"]
    width = max(map(len, told["files"]), default=0)
    return [
        f"{told['file']}: variant {told['variant']!r}, theme {told['theme']}, through {told['engine']}",
        f"from {told['profile']} in state {(told['state'] or '')[:_STATE_LETTERS]}: {_compare(told)}",
        *(f"  {name.ljust(width)}  {file['find']}" for name, file in told["files"].items()),
    ]


def _compare(told: dict[str, Any]) -> str:
    if told["compared_with"] is None:
        return "give --profile to compare it with yours"
    if told["same_as_now"]:
        return f"same as now ({told['compared_with']})"
    found = [
        f"{label}: {', '.join(told[key])}"
        for label, key in (("changed since", "changed"), ("not there now", "missing"))
        if told[key]
    ]
    return f"{'; '.join(found)} ({told['compared_with']})"


def _facts(told: dict[str, Any]) -> list[str]:
    size = told["page_size"]
    millimetres = f"{size['width_mm']:g} × {size['height_mm']:g} mm"
    rows = {
        **{name.replace("_", " "): text for name, text in told["more"].items()},
        "title": told["title"],
        "author": told["author"],
        "subject": told["subject"],
        "language": told["language"],
        "pages": str(told["pages"]),
        "page size": f"{size['name']}, {millimetres}" if size["name"] else millimetres,
        "options": ", ".join(f"{name}={value}" for name, value in told["options"].items()),
        "only roles": ", ".join(told["roles"]),
        "made by": f"cvgen {told['version']}" if told["version"] else told["creator"],
        "producer": told["producer"],
    }
    shown = {label: text for label, text in rows.items() if text}
    width = max(map(len, shown))
    return [f"{label.ljust(width)}  {text}" for label, text in shown.items()]
