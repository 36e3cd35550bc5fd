"""What a confined program may use: files, processor time, memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

_SYSTEM = (
    "/bin", "/lib", "/lib32", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/share",
    "/usr/local/bin", "/usr/local/lib", "/usr/local/share/fonts", "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache",
    "/etc/localtime", "/etc/perl", "/var/cache/fontconfig", "/dev/urandom", "/nix/store",
)  # fmt: skip
"""Programs, libraries and fonts of the system, which hold nothing of a person."""
_DEVICES = ("/dev/null",)


@dataclass(frozen=True, slots=True)
class Confinement:
    """The files that a program may ``read``, and read and ``write``, beside the system's own; and its limits.

    Paths include all that is below them. ``cpu_seconds`` is processor time, together with all that the program starts;
    ``idle_seconds`` is how long it may wait without using any. ``memory`` and ``file_size`` are bytes per process;
    fonts and other files that are mapped do not count as memory. LuaLaTeX needs 1.4 GB when it first reads the fonts
    of a Chinese CV.
    """

    read: tuple[str, ...] | None
    """None leaves files unconfined."""
    write: tuple[str, ...]
    cpu_seconds: float
    idle_seconds: float
    memory: int = 2 * 2**30
    file_size: int = 2**28

    def as_json(self) -> str:
        """The settings of ``launcher``."""
        settings = asdict(self)
        if self.read is not None:
            settings |= {"read": [*_SYSTEM, *self.read], "write": [*_DEVICES, *self.write]}
        return json.dumps(settings)


def wrap_in_bubblewrap(program: str, command: Sequence[str], confinement: Confinement) -> tuple[str, ...]:
    """``command`` confined by bubblewrap, the ``program``, for a system without Landlock. Source: bwrap(1)."""
    read = [path for path in (*_SYSTEM, *(confinement.read or ())) if Path(path).exists()]
    binds = [word for path in read for word in ("--ro-bind", path, path)]
    binds += [word for path in confinement.write for word in ("--bind", path, path)]
    return (program, "--unshare-all", "--die-with-parent", "--dev", "/dev", *binds, "--", *command)


def without_files(confinement: Confinement) -> Confinement:
    """``confinement`` with its limits only."""
    return replace(confinement, read=None, write=())
