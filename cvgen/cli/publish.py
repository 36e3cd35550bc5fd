"""``cvgen publish``: writes the folder of a web site."""

from __future__ import annotations

from pathlib import Path

import click

from cvgen.backends.engines import DEFAULT_ENGINE, PRINTING
from cvgen.cli.echo import echo
from cvgen.cli.errors import exit_on_error
from cvgen.cli.passed_host import find_host, trust_option, untrusted_option
from cvgen.cli.printing import problems_option
from cvgen.session import Session


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
              help="The folder to write.")  # fmt: skip
@click.option("-v", "--variant", help="Variant of the page [default: the first with a theme for the web].")
@click.option("-t", "--theme", help="Theme of the page [default: the variant's, or homepage].")
@click.option("--pdf", "pdfs", multiple=True, metavar="VARIANT",
              help="Also a PDF of this variant; repeatable [default: of the default variant only].")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="A PDF of every variant.")
@click.option("--pdf-theme", help="Theme of the PDFs [default: the variant's, or classic].")
@click.option("-e", "--engine", type=click.Choice(PRINTING), default=DEFAULT_ENGINE, show_default=True,
              help="Engine for the PDFs.")  # fmt: skip
@click.option("--url", "address", default="", help="The address that the site will have, for previews of links to it.")
@trust_option
@untrusted_option
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@problems_option
def publish(
    profile: Path,
    output: Path,
    variant: str | None,
    theme: str | None,
    pdfs: tuple[str, ...],
    every: bool,
    pdf_theme: str | None,
    engine: str,
    address: str,
    trusts_themes: bool,
    untrusted: bool,
    quiet: bool,
) -> None:
    """Write a home page and your CV in PDF into one folder, for GitHub Pages or any web server.

    Everyone can read the folder: its PDFs have a phone and a street only if the page has (private_contacts).
    """
    if every and pdfs:
        raise click.UsageError("--all does not go with --pdf")
    from cvgen.cli.printing import print_problems
    from cvgen.pipeline.publish import SiteRequest
    from cvgen.pipeline.publish import publish as write_site

    chosen = None if every else pdfs
    request = SiteRequest(profile, output, variant, theme, chosen, pdf_theme, engine, address, untrusted)
    with Session(find_host(trusts_themes=trusts_themes)) as session:
        site = exit_on_error(lambda: write_site(request, session.open_writer), writes=True)
    if not quiet:
        print_problems(site.problems)
        for path in site.files:
            echo(f"wrote {path}")
