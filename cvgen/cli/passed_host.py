"""The Host that a caller passes to the commands: ``cli.main(…, obj=host)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cvgen.backends.host import Host


def find_passed_host() -> Host | None:
    """What the caller of the running command passed as click's ``obj``; None where the environment is to be read."""
    host: Host | None = click.get_current_context().obj
    return host
