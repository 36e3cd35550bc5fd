"""The Host that a caller passes to the commands: ``cli.main(…, obj=host)``."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cvgen.backends.host import Host


def find_passed_host() -> Host | None:
    """What the caller of the running command passed as click's ``obj``; None where the environment is to be read."""
    host: Host | None = click.get_current_context().obj
    return host


def find_host(*, trusts_themes: bool) -> Host | None:
    """The passed Host, or one from the environment if themes are trusted; else None."""
    host = find_passed_host()
    if not trusts_themes:
        return host
    from cvgen.backends.host import describe_host

    return replace(host or describe_host(os.environ), trusts_themes=True)


trust_option = click.option(
    "--trust-theme",
    "trusts_themes",
    is_flag=True,
    help="Let a theme that is not cvgen's run LaTeX on a system that cannot confine it.",
)
untrusted_option = click.option(
    "--untrusted",
    is_flag=True,
    help="Read nothing outside the profile's folder, and use no theme but those of cvgen.",
)
