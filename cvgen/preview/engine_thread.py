"""A thread with engines of its own, so that slow work never holds up what a person waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from cvgen.session import Session

Work = Callable[[Session], None]


class EngineThread:
    """Does one piece of work after the other, the lowest rank first.

    New work with the name of work that has not begun replaces it: of many saves in a second, the last one counts.
    ``on_bug`` is called with what went wrong where work raises an error of its own.
    """

    def __init__(self, name: str, session: Session, on_bug: Callable[[Exception], None]) -> None:
        self._session, self._on_bug = session, on_bug
        self._waiting: dict[str, tuple[int, Work]] = {}
        self._changed = threading.Condition()
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name=f"cvgen-{name}", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def put(self, name: str, work: Work, rank: int = 0) -> None:
        """Let ``work`` be done next, or after all work of a lower ``rank``."""
        with self._changed:
            self._waiting.pop(name, None)
            self._waiting[name] = (rank, work)
            self._changed.notify()

    def drop(self, prefix: str) -> None:
        """Forget all work whose name starts with ``prefix`` and that has not begun."""
        with self._changed:
            for name in [name for name in self._waiting if name.startswith(prefix)]:
                del self._waiting[name]

    def close(self) -> None:
        """End the engines, and the thread after its current work."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify()
        self._session.close()
        if self._thread.is_alive():
            self._thread.join(1)

    def _take(self) -> Work | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_closed)
            if self._is_closed:
                return None
            name = min(self._waiting, key=lambda name: self._waiting[name][0])
            return self._waiting.pop(name)[1]

    def _run(self) -> None:
        while work := self._take():
            try:
                work(self._session)
            except Exception as error:  # a bug must not end the preview
                if not self._is_closed:
                    self._on_bug(error)
