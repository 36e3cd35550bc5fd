"""Reads theme options as they are typed: ``--set NAME=VALUE``."""

from __future__ import annotations

import click


def read_setting(setting: str) -> tuple[str, str]:
    """The name and the value of ``setting``; raises UsageError without a ``=``."""
    name, sign, value = setting.partition("=")
    if not sign:
        raise click.UsageError(f"--set {setting!r}: write NAME=VALUE")
    return name.strip(), value.strip()
