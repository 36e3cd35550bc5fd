"""A group of commands whose help lists each command with its whole summary."""

from __future__ import annotations

import inspect

import click


class SummaryGroup(click.Group):
    """Shows the first paragraph of a command's help, which click cuts off at the width of the terminal."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add ``cmd`` under ``name``, with its first paragraph as its summary."""
        cmd.short_help = cmd.short_help or " ".join(inspect.cleandoc(cmd.help or "").split("\n\n")[0].split())
        super().add_command(cmd, name)
