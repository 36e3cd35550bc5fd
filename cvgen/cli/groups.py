"""A group of commands whose help lists each command with its whole summary."""

from __future__ import annotations

import inspect

import click

from cvgen.cli.errors import exit_on_error


class SummaryGroup(click.Group):
    """Shows the first paragraph of a command's help, which click cuts off at the width of the terminal.

    A CvgenError that a command lets pass is printed, and ends the program with its exit code.
    """

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add ``cmd`` under ``name``, with its first paragraph as its summary."""
        cmd.short_help = cmd.short_help or " ".join(inspect.cleandoc(cmd.help or "").split("\n\n")[0].split())
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        return exit_on_error(lambda: super(SummaryGroup, self).invoke(ctx))
