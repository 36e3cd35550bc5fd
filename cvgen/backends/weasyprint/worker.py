"""The process that runs WeasyPrint: it loads while the profile is read, stays warm, and can be killed.

Run as ``python -m cvgen.backends.weasyprint.worker MEMORY PARENT CACHE FOLDER``, with the most bytes of memory for this
process, the id of the process that it ends with, the folder of the cache (empty for none), and a folder for what
WeasyPrint unpacks. It reads requests from stdin
and writes replies to stdout, both in the frames of ``multiprocessing.connection``. A request is JSON. A reply is a line
of JSON and then the PDF, which is empty if none was requested; ``limit`` in it names what the page needs too much of.
Nothing is pickled: a reply from a page that went wrong can be no more than data.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from cvgen.backends.bounded import give_spare_memory, is_memory_used_up, limit_memory
from cvgen.backends.cache import Cache
from cvgen.backends.parent_process import end_with_parent
from cvgen.backends.weasyprint.page_boxes import describe_pages
from cvgen.backends.weasyprint.quick_import import import_weasyprint

MOST_PDF = 2**27
"""The most bytes of a PDF."""
COLLECTED_AFTER = 300_000
"""The characters of pages after which garbage is looked for. A layout makes many objects and little garbage: to look
for it meanwhile, as Python does, takes a fifth of the time of a long document. The layouts of ten short pages, or one
long page, are thrown away in between."""
KEPT = 3
"""The number of layouts to keep: a fit prints one of the last that it measured."""


class _WeasyPrint:
    """WeasyPrint, with all objects that are the same for every render."""

    def __init__(self, cache: Path | None) -> None:
        self.weasyprint = import_weasyprint(Cache(cache))
        from weasyprint.draw import text
        from weasyprint.pdf import tags
        from weasyprint.text.ffi import pango
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError

        from cvgen.backends.weasyprint import conformance, typed_words
        from cvgen.backends.weasyprint.fetcher import AssetFetcher, LogMessages, RefusedFileError, collect_messages

        conformance.describe_boxes(tags)
        conformance.remember_pages()
        typed_words.say_words(text)
        self.conformance = conformance
        self.fetcher, self.collect = AssetFetcher, collect_messages
        self.configure_fonts, self.fonts, self.files = FontConfiguration, FontConfiguration(), ""
        number = pango.pango_version()  # 15012 is 1.50.12
        self.tools = {
            "WeasyPrint": self.weasyprint.__version__,
            "Pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        }
        self.fatal: type[BaseException] = FatalURLFetchingError
        self.refused = RefusedFileError
        self.kept: dict[Any, tuple[Any, LogMessages]] = {}
        """The last pages, each with its layout and the messages about it."""

    def warm_up(self) -> None:
        """Render a few letters, so that fonts and layout code are loaded before the first page comes."""
        self.weasyprint.HTML(string="<p>cvgen").render(font_config=self.fonts).write_pdf()

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The layout of the page, and the PDF if one is asked for; the page laid out last is not laid out again."""
        if self.files != request.get("files", ""):
            # A font file with other bytes would be taken for the one that was read under its name.
            self.files, self.fonts = request["files"], self.configure_fonts()
            self.kept.clear()
        page = (request["html"], tuple(request.get("paper", ())))
        with self.collect() as messages:
            if page not in self.kept:
                while len(self.kept) >= KEPT:
                    del self.kept[next(iter(self.kept))]
                self.kept[page] = (self.lay_out(request), messages)
            document, said = self.kept[page]
            pdf = b""
            if request.get("pdf"):
                # Set here and not by the page's <meta>, which a theme's own page may lack.
                document.metadata.custom = request["info"]
                pdf = self.write_pdf(document, archival=request["archival"])
                said = said if said is messages else said.joined(messages)
                self.kept.clear()
        return {"ok": True, "tools": self.tools, **describe_pages(document.pages), **said.as_dict()}, pdf

    def write_pdf(self, document: Any, *, archival: bool) -> bytes:
        """The PDF, which conforms to PDF/UA-1, and to PDF/A-2a if it is ``archival``."""
        variant = self.conformance.ARCHIVAL if archival else self.conformance.ACCESSIBLE
        finisher = self.conformance.finish_with(archival, f"WeasyPrint {self.weasyprint.__version__}")
        data: bytes = document.write_pdf(pdf_variant=variant, custom_metadata=True, finisher=finisher)
        return data

    def lay_out(self, request: dict[str, Any]) -> object:
        fetcher = self.fetcher(request["roots"])
        html = self.weasyprint.HTML(string=request["html"], base_url=request["base_url"], url_fetcher=fetcher)
        sheets = []
        if paper := request.get("paper"):
            size = f"@page {{ size: {paper[0]}pt {paper[1]}pt !important }}"
            sheets.append(self.weasyprint.CSS(string=size, font_config=self.fonts))
        return html.render(font_config=self.fonts, stylesheets=sheets)


def serve(memory: int, parent: int, cache: Path | None) -> None:
    """Answer requests until stdin or the process ``parent`` ends, with ``memory`` bytes."""
    threading.Thread(target=end_with_parent, args=(parent,), daemon=True).start()
    source, target = os.dup(0), os.dup(1)
    os.dup2(2, 1)  # output of a library must not get between frames
    gc.disable()
    engine = _WeasyPrint(cache)
    engine.warm_up()
    from multiprocessing.connection import Connection

    requests, replies = Connection(source, writable=False), Connection(target, readable=False)
    gc.freeze()
    limit_memory(memory)
    laid_out = 0
    while True:
        try:
            request = json.loads(requests.recv_bytes())
        except EOFError:
            return
        if laid_out >= COLLECTED_AFTER:  # not before: most processes end after one document
            gc.collect()
            laid_out = 0
        reply, pdf = _answer(engine, request)
        laid_out += len(request["html"])
        replies.send_bytes(json.dumps(reply).encode() + b"\n" + pdf)


def _answer(engine: _WeasyPrint, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What ``engine`` answers, or what went wrong, and the PDF."""
    try:
        reply, pdf = engine.answer(request)
    except RecursionError:
        return {"ok": False, "limit": "depth"}, b""
    except (Exception, engine.fatal) as error:
        if isinstance(error, MemoryError) or (isinstance(error, SystemError) and is_memory_used_up()):
            give_spare_memory()
            return {"ok": False, "limit": "memory"}, b""
        kind = f"{type(error).__module__}.{type(error).__name__}"
        reply = {"ok": False, "error": str(error), "kind": kind, "is_disk": isinstance(error, OSError)}
        if isinstance(error, engine.refused):
            reply["refused"] = error.url
        return reply, b""
    return (reply, pdf) if len(pdf) <= MOST_PDF else ({"ok": False, "limit": "size"}, b"")


if __name__ == "__main__":
    *_, kept, tempfile.tempdir = sys.argv
    serve(int(sys.argv[1]), int(sys.argv[2]), Path(kept) if kept else None)
