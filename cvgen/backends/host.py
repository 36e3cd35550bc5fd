"""The facts about the machine that a render may know."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cvgen.backends.bounded import Limits
from cvgen.backends.programs import LocalRunner, Runner
from cvgen.diagnostics import InputError, Problem

PASSED_ON = frozenset({
    "HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS",
    "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT",
    "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "PANGO_LANGUAGE",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
})  # fmt: skip
"""The environment variables with which fontconfig finds fonts, Pango chooses fonts, and Python finds Pango."""


@dataclass(frozen=True, slots=True)
class Host:
    """The facts about the machine that a render may know. The caller sets them: backends read no environment."""

    runner: Runner
    """The object that finds and starts programs."""
    cache: Path | None
    """A folder for files that make the next run faster; None to keep none."""
    epoch: int | None = None
    """Seconds since 1970 to print and store instead of now (SOURCE_DATE_EPOCH)."""
    timeout: float = 55.0
    """Seconds that one compilation may take; with LaTeX, seconds of processor time."""
    template_limits: Limits = field(default_factory=Limits)
    """What the templates of one document may use; themes that come with cvgen are no exception."""
    layout_memory: int = 2**30
    """The most bytes of memory for WeasyPrint's process."""
    trusts_themes: bool = False
    """Whether a theme that is not shipped may run LaTeX on a system that cannot confine it."""
    environ: Mapping[str, str] = field(default_factory=dict)
    """Environment variables for programs that work with fonts; TeX does not see them."""

    @property
    def today(self) -> tuple[int, int] | None:
        """The year and the month now; None with ``epoch``, which may be any time."""
        return None if self.epoch is not None else self.month

    @property
    def month(self) -> tuple[int, int]:
        """The year and the month now, or those of ``epoch``."""
        today = datetime.now(UTC) if self.epoch is None else datetime.fromtimestamp(self.epoch, UTC)
        return today.year, today.month


def select_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables of ``environ`` that programs may see."""
    return {name: value for name, value in environ.items() if name in PASSED_ON}


def describe_host(environ: Mapping[str, str]) -> Host:
    """This machine as ``environ`` describes it; raises InputError if SOURCE_DATE_EPOCH is not a time."""
    return Host(
        LocalRunner(environ.get("PATH", os.defpath)),
        _find_cache(environ),
        _read_epoch(environ.get("SOURCE_DATE_EPOCH", "")),
        environ=select_environ(environ),
    )


_LAST_SECOND = 253402300799
"""The last second of the year 9999, the last that PDF can write."""


def _read_epoch(typed: str) -> int | None:
    """Seconds since 1970 as typed, None if nothing is; raises InputError. Source: reproducible-builds.org."""
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and int(typed[:20]) <= _LAST_SECOND:
        return int(typed)
    message = f"SOURCE_DATE_EPOCH is {typed!r}, not a number of seconds since 1970"
    raise InputError([Problem(message, None, "set it to one such as 1700000000, or unset it")])


def _find_cache(environ: Mapping[str, str]) -> Path | None:
    """The folder for cached files, by the XDG Base Directory Specification; None for a person without a home."""
    named = Path(environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():  # a relative path is to be ignored
        return named / "cvgen"
    try:
        home = Path(environ.get("HOME") or Path("~").expanduser())
    except RuntimeError:
        return None
    return home / ".cache" / "cvgen" if home.is_absolute() else None
