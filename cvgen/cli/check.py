"""``cvgen check``: render everything and look at what came out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvgen.cli.session import make_host, reporting
from cvgen.pipeline.backends import ENGINES

if TYPE_CHECKING:
    from cvgen.backends.base import Backend
    from cvgen.pipeline.check.run import Baseline, Checked, CheckResult, Wish
    from cvgen.pipeline.prepare import Prepared
    from cvgen.sources.career import Career


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("-v", "--variant", "variants", multiple=True, help="Only this variant; repeatable [default: all].")
@click.option("-t", "--theme", "themes", multiple=True, help="With this theme; repeatable [default: the variant's].")
@click.option("--all-themes", is_flag=True, help="With every theme, yours in themes/ too.")
@click.option("-e", "--engine", "engines", multiple=True, type=click.Choice(ENGINES),
              help="Through this engine; repeatable [default: weasyprint].")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["text", "json", "junit", "github"]), default="text",
              show_default=True, help="For people, programs, test reports, or GitHub's pull requests.")  # fmt: skip
@click.option("--baseline", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Compare with the pictures and words kept in DIR.")  # fmt: skip
@click.option("--update", is_flag=True, help="Keep what comes out now in the baseline instead.")
def check(
    profile: Path,
    variants: tuple[str, ...],
    themes: tuple[str, ...],
    all_themes: bool,
    engines: tuple[str, ...],
    format_: str,
    baseline: Path | None,
    update: bool,
) -> None:
    """Render the variants of PROFILE and examine each PDF: is what came out what was put in?

    The code is 0 when nothing must be mended, 1 when something must, 2 when the input cannot be used.
    """
    if update and baseline is None:
        raise click.UsageError("--update goes with --baseline")
    from cvgen.pipeline.batch import read_whole
    from cvgen.pipeline.check.run import Baseline, Wish
    from cvgen.themes.theme import list_themes

    career: Career = reporting(lambda: read_whole(profile))
    if all_themes:
        themes = tuple(sorted({*themes, *list_themes([career.folder / "themes"])}))
    wish = Wish(profile, variants, themes, engines or ("weasyprint",))
    result: CheckResult = reporting(lambda: _run(wish, career, Baseline(baseline, update) if baseline else None))
    from cvgen.pipeline.check.formats import FORMATS

    click.echo(FORMATS[format_](result))
    if result.failed:
        sys.exit(1)


def _run(wish: Wish, career: Career, baseline: Baseline | None) -> Any:
    """The check, with a bar on a terminal."""
    from cvgen.pipeline.check.run import list_cells, render_and_examine, run_check

    cells = list_cells(wish, career)
    with click.progressbar(length=len(cells), file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def tell(checked: Checked) -> None:
            bar.update(1)

        def examine(prepared: Prepared, backend: Backend) -> Any:
            return render_and_examine(prepared, backend, baseline)

        return run_check(wish, career, make_host(), examine, tell)
