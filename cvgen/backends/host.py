"""What a render may know of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Host:
    """What a render may know of the machine, decided by the caller: nothing below reads the environment."""

    path: str
    """Where programs are looked for, as in ``PATH``."""
    cache: Path
    """A folder to keep things in that make the next run faster."""
    epoch: int | None = None
    """Seconds since 1970 to print and store instead of now (SOURCE_DATE_EPOCH)."""
    timeout: float = 60.0
    """Seconds that one compilation may take."""
