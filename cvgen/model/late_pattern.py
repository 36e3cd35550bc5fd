"""Regular expressions that are compiled when they are first used: most runs need few of them, and all take time."""

from __future__ import annotations

import re
from typing import Any, cast


class _LatePattern:
    """Takes the place of a pattern, which is compiled when one of its methods is called, and passes each call on."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, value)  # so that the next call finds it at once
        return value


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(text, flags)``, done at the first call of one of its methods, which then raises ``re.error``."""
    return cast("re.Pattern[str]", _LatePattern(text, flags))
