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


def find_host(*, trusts_themes: bool, timeout: float | None = None, memory: float | None = None) -> Host | None:
    """The passed Host, or one from the environment if themes are trusted or a limit is set; else None.

    ``timeout`` is in seconds, ``memory`` in GB.
    """
    host = find_passed_host()
    if not trusts_themes and timeout is None and memory is None:
        return host
    from cvgen.backends.host import describe_host

    host = host or describe_host(os.environ)
    host = replace(host, trusts_themes=trusts_themes or host.trusts_themes, timeout=timeout or host.timeout)
    if memory is None:
        return host
    most = int(memory * 2**30)
    return replace(host, layout_memory=most, template_limits=replace(host.template_limits, memory=most))


timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    metavar="SECONDS",
    help="How long one layout may take; with LaTeX, in processor time [default: 55].",
)
memory_option = click.option(
    "--memory",
    type=click.FloatRange(min=0.5),
    metavar="GB",
    help="How much memory templates and WeasyPrint may use for one document [default: 1].",
)


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
