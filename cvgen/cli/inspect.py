"""``cvgen inspect``: which version of a CV a PDF contains, and what a résumé parser makes of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from cvgen.cli.echo import echo
from cvgen.cli.errors import exit_on_error
from cvgen.cli.passed_host import untrusted_option

_STATE_LETTERS = 12


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path), metavar="CV.pdf")
@click.option("--profile", type=click.Path(path_type=Path),
              help="The profile to compare with [default: found by name beside the PDF, or here].")  # fmt: skip
@untrusted_option
@click.option("--as-parser", is_flag=True, help="Show what a résumé parser makes of the PDF, whoever made it.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def inspect(pdf: Path, profile: Path | None, untrusted: bool, as_parser: bool, format_: str, as_json: bool) -> None:
    """Show from which variant, theme, options and files a PDF was made.

    If your files are in a git repository, the printed commands list the commits that contain the same state of
    them, if there are any. The exit code is 1 if the PDF does not say how it was made.

    With --as-parser, show the contacts, jobs, schools and skills that a program finds which looks for structure, and
    what it may misread. The PDF may come from any program.
    """
    as_json = as_json or format_ == "json"
    if as_parser:
        _print_parsed(pdf, as_json=as_json)
        return
    from cvgen.pipeline.inspect import inspect_pdf

    origin = exit_on_error(lambda: inspect_pdf(pdf, profile, [pdf.parent, Path()], untrusted=untrusted))
    if as_json:
        echo(json.dumps(origin, indent=2, ensure_ascii=False))
    else:
        for line in (*_answer(origin), "", *_facts(origin)):
            echo(line)
    if origin["variant"] is None:
        sys.exit(1)


def _print_parsed(pdf: Path, *, as_json: bool) -> None:
    from cvgen.cli.parsed_report import format_parsed
    from cvgen.pipeline.parsed_pdf import read_as_parser

    found = exit_on_error(lambda: read_as_parser(pdf))
    if as_json:
        echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for line in format_parsed(found):
            echo(line)


def _answer(origin: dict[str, Any]) -> list[str]:
    """The version of the CV, and the commands that find its files."""
    if origin["variant"] is None:
        why = "made by cvgen, but does not say from what" if origin["made_by_cvgen"] else "not made by cvgen"
        return [f"{origin['file']}: {why} (or another program has rewritten it)"]
    width = max(map(len, origin["files"]), default=0)
    return [
        f"{origin['file']}: variant {origin['variant']!r}, theme {origin['theme']}, engine {origin['engine']}",
        f"from {origin['profile']} in state {(origin['state'] or '')[:_STATE_LETTERS]}: {_compare(origin)}",
        *(f"  {name.ljust(width)}  {file['find']}" for name, file in origin["files"].items()),
    ]


def _compare(origin: dict[str, Any]) -> str:
    if origin["compared_with"] is None:
        return "use --profile to compare it with your profile"
    if origin["same_as_now"]:
        return f"same as now ({origin['compared_with']})"
    found = [
        f"{label}: {', '.join(origin[key])}"
        for label, key in (("changed since", "changed"), ("not there now", "missing"))
        if origin[key]
    ]
    return f"{'; '.join(found)} ({origin['compared_with']})"


def _facts(origin: dict[str, Any]) -> list[str]:
    size = origin["page_size"]
    millimetres = f"{size['width_mm']:g} × {size['height_mm']:g} mm"
    rows = {
        **{name.replace("_", " "): text for name, text in origin["more"].items()},
        "title": origin["title"],
        "author": origin["author"],
        "subject": origin["subject"],
        "language": origin["language"],
        "pages": str(origin["pages"]),
        "page size": f"{size['name']}, {millimetres}" if size["name"] else millimetres,
        "options": ", ".join(f"{name}={value}" for name, value in origin["options"].items()),
        "only roles": ", ".join(origin["roles"]),
        "made by": f"cvgen {origin['version']}" if origin["version"] else origin["creator"],
        "producer": origin["producer"],
    }
    shown = {label: text for label, text in rows.items() if text}
    width = max(map(len, shown))
    return [f"{label.ljust(width)}  {text}" for label, text in shown.items()]
