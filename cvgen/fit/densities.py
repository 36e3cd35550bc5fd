"""The range in which a document may be set, from airy to tight."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Densities:
    """The range of densities; ``start`` is the comfortable one.

    Before the density goes above ``soft``, weak parts are left out; before it goes above ``firm``, all others but the
    best mentions of what a variant asks for. Without a limit, that happens at ``tight``.
    """

    airy: float
    start: float
    tight: float
    soft: float | None = None
    firm: float | None = None

    def share(self, density: float | None) -> float:
        """How far ``density`` is from ``start`` to ``tight``, 0 to 1; 1 without one."""
        width = self.tight - self.start
        return 1.0 if density is None or width <= 0 else max(0.0, min(1.0, (density - self.start) / width))
