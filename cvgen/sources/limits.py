"""How much a person's files may hold: far more than real files do, so that reading them always ends soon.

Everything beyond a limit is an error at its place, except a name that is too long: it is left out with a warning.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_LEVELS = 50
"""The levels of a file in YAML, one inside the other."""
MOST_VALUES = 100_000
"""The values in a file in YAML; each ``*alias`` counts with all that it repeats."""
LONGEST_TEXT = 50_000
"""The characters of one text in a file in YAML, about 15 pages."""
LONGEST_KEY = 1_000
"""The characters of one key, in a profile or in a bibliography."""
MOST_ENTRIES = 20_000
"""The entries of all bibliographies."""
MOST_FIELDS = 300
"""The fields of one entry, with those that it inherits."""
LONGEST_FIELD = 20_000
"""The characters of one field, about 6 pages."""
LONGEST_LIST_OF_PEOPLE = 1_000_000
"""The characters of a field of people or of their annotations."""
MOST_PEOPLE = 20_000
"""The authors of one entry; the longest lists in print have fewer than 16,000."""
LONGEST_NAME = 1_000
"""The characters of one name in a list of people."""
MOST_SECONDS = 8
"""The seconds of processor time for reading a profile, its bibliographies, or one posting."""
SECONDS_PER_MIB = 4
"""The seconds added for each MiB of bibliographies: four times what real files need."""


class TooSlowError(Exception):
    """Reading took too long; ``seconds`` are those allowed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it takes more than {seconds:.0f} seconds of processor time")


class _TimeIsUp(BaseException):
    """Interrupts the reading. No Exception, which a library could take for one of its own."""


@contextmanager
def limit_time(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Stop the steps of a ``with`` block after ``seconds`` of processor time, and raise TooSlowError.

    The limits above keep reading far below that; this one holds where they miss something. It needs a signal, which
    only the main thread of a Unix program can get: elsewhere there is no limit of time.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    earlier = signal.signal(signal.SIGPROF, _interrupt)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, 1)  # again each second, in case a callback loses it
        yield
    except _TimeIsUp:
        raise TooSlowError(seconds) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, earlier)


def _interrupt(number: int, frame: object) -> None:
    raise _TimeIsUp
