"""What the page shows, in named parts that several threads change."""

from __future__ import annotations

import threading
from typing import Any


class PageState:
    """Named parts, ready for JSON. ``version`` grows with every change, so that readers see that there is one."""

    def __init__(self, **parts: Any) -> None:
        self._parts, self._lock = parts, threading.Lock()
        self.version = 1

    def put(self, **parts: Any) -> None:
        """Replace ``parts``, all at once."""
        with self._lock:
            self._parts = {**self._parts, **parts}
            self.version += 1

    def read(self) -> dict[str, Any]:
        """All parts, with the version."""
        with self._lock:
            return {**self._parts, "version": self.version}
