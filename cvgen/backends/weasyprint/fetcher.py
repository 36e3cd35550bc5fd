"""Limits the files that WeasyPrint may read, and collects the messages that it logs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse, URLFetchingError

from cvgen.diagnostics import BadValueError
from cvgen.sources.picture.prepared_picture import BACKGROUND, prepare_picture

_TYPES = {".otf": "font/otf", ".ttf": "font/ttf", ".woff2": "font/woff2", ".png": "image/png",
          ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml", ".css": "text/css"}  # fmt: skip


class RefusedFileError(FatalURLFetchingError):  # type: ignore[misc]
    """A page names a file or address, ``url``, that it may not read."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url} {why}")
        self.url = url


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Serves files below ``roots`` (by their real paths) and data: URLs; any other URL stops the render."""

    def __init__(self, roots: list[str]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._roots = [Path(root).resolve() for root in roots]

    def fetch(self, url: str, headers: object = None) -> Any:
        """The response for ``url``; raises RefusedFileError for any URL that is not allowed,
        URLFetchingError for a broken picture."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        path = Path(unquote(parts.path)).resolve()
        inside = any(path == root or root in path.parents for root in self._roots)
        if parts.scheme != "file" or parts.netloc not in ("", "localhost") or not inside:
            raise RefusedFileError(url, "is not in a folder of the theme, so it is not read")
        if path.suffix.lower() not in _TYPES or not path.is_file():
            raise RefusedFileError(url, "is not a font, picture or style that can be read")
        data, kind = path.read_bytes(), _TYPES[path.suffix.lower()]
        if kind in ("image/png", "image/jpeg"):
            try:
                picture = prepare_picture(path.name, data, BACKGROUND)
            except BadValueError as error:
                raise URLFetchingError(str(error)) from None
            data, kind = picture.data, picture.type
        return URLFetcherResponse(url, data, {"Content-Type": kind})


@dataclass
class LogMessages:
    """The messages that WeasyPrint logged during one render."""

    warnings: list[str] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    """Code points that no font had a glyph for."""

    def joined(self, later: LogMessages) -> LogMessages:
        """These and ``later`` ones."""
        return LogMessages(self.warnings + later.warnings, self.missing + later.missing)

    def as_dict(self) -> dict[str, Any]:
        """For the reply."""
        return {"warnings": self.warnings, "missing": sorted(set(self.missing))}


class _Collector(logging.Handler):
    def __init__(self, messages: LogMessages) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if text.startswith(".notdef glyph") and isinstance(record.args, tuple):
            self.messages.missing.append(int(str(record.args[-1])))
        else:
            self.messages.warnings.append(text)


@contextmanager
def collect_messages() -> Iterator[LogMessages]:
    """Catch WeasyPrint's log while the block runs."""
    messages = LogMessages()
    handler = _Collector(messages)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
