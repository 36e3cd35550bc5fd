"""``cvgen preview``: shows a document in the browser while it is edited."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.backends.engines import DEFAULT_ENGINE, PRINTING
from cvgen.cli.echo import echo, flush_output
from cvgen.cli.errors import exit_on_error
from cvgen.cli.long_run import begin_long_run
from cvgen.cli.passed_host import find_host, memory_option, timeout_option, trust_option, untrusted_option
from cvgen.cli.settings import read_setting
from cvgen.diagnostics import CvgenError
from cvgen.session import Session

if TYPE_CHECKING:
    from cvgen.backends.host import Host
    from cvgen.preview.editors import Editor
    from cvgen.preview.preview import Preview
    from cvgen.preview.server import Listener


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("-v", "--variant", help="Variant of the profile.")
@click.option("-t", "--theme", help="Name of a theme (see cvgen themes list), or a folder.")
@click.option("-e", "--engine", type=click.Choice(PRINTING), default=DEFAULT_ENGINE, show_default=True,
              help="Engine for the pages.")  # fmt: skip
@click.option("--pages", type=click.IntRange(min=1), help="Fill at most this number of pages [default: the variant's].")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A theme option; repeatable.")
@click.option("--letter", metavar="NAME", help="Show this letter of the profile, and no CV.")
@click.option("--editor", metavar="NAME",
              help="The editor that links open, such as code or vim [default: $VISUAL or $EDITOR].")  # fmt: skip
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port to listen on [default: that of the last time, or a free one].",
)
@click.option("--open/--no-open", "opens", default=True, help="Open the browser [default: yes].")
@trust_option
@untrusted_option
@timeout_option
@memory_option
def preview(
    profile: Path,
    variant: str | None,
    theme: str | None,
    engine: str,
    pages: int | None,
    settings: tuple[str, ...],
    letter: str | None,
    editor: str | None,
    port: int,
    opens: bool,
    trusts_themes: bool,
    untrusted: bool,
    timeout: float | None,
    memory: float | None,
) -> None:
    """Show a profile in the browser while you edit it.

    The page shows the document as it is printed, and again after each save. There you can try out variants, themes and
    their options, see what was left out, and find the line of each word. Only this machine can open it, and only by
    the address that is printed.
    """
    options = dict(read_setting(setting) for setting in settings)
    from cvgen.backends.host import describe_host

    host = find_host(trusts_themes=trusts_themes, timeout=timeout, memory=memory)
    host = host or exit_on_error(lambda: describe_host(os.environ))
    if not profile.exists():
        _exit_without(profile)
    listener = _listen(profile, host, port)
    begin_long_run()
    with contextlib.closing(Session(host)) as session, contextlib.suppress(KeyboardInterrupt):
        # The browser and the engine start while the modules are loaded that read the profile.
        echo(listener.address)
        echo("Ctrl-C ends it")
        flush_output()
        if opens:
            _open_browser(listener.address)
        with contextlib.suppress(CvgenError):  # the page will say it
            session.open(engine)
        from cvgen.preview.preview import Preview
        from cvgen.preview.tried_choices import TriedChoices

        tried = TriedChoices(variant, theme, engine, pages=pages, options=options, letter=letter)
        _serve(Preview(profile, host, tried, session, untrusted=untrusted, editor=_find_editor(editor)), listener)


def _listen(profile: Path, host: Host, port: int) -> Listener:
    """Listen at the address of the last preview of ``profile``, if that is possible; else at a new one."""
    from cvgen.backends.cache import Cache
    from cvgen.preview.server import listen_again

    name = f"preview/{hashlib.sha256(os.fsencode(profile.absolute())).hexdigest()[:16]}"
    return exit_on_error(lambda: listen_again(Cache(host.cache), name, time.time(), port))


def _serve(shown: Preview, listener: Listener) -> None:
    with contextlib.closing(shown):
        shown.start()
        from cvgen.preview.app import make_app
        from cvgen.preview.server import Server

        Server(listener, make_app(shown), shown.end).run()


def _find_editor(named: str | None) -> Editor:
    """The editor by its option, else by the variables that name one."""
    from cvgen.preview.editors import find_editor

    return find_editor(named or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")


def _exit_without(profile: Path) -> None:
    """Exit with the Problem of a profile that does not exist."""
    from cvgen.sources.text_file import read_utf8

    exit_on_error(lambda: read_utf8(profile, "profile"))


def _open_browser(address: str) -> None:
    import webbrowser

    webbrowser.open(address)
