"""The process that runs WeasyPrint: it loads while the profile is read, stays warm, and can be killed.

Run as ``python -m cvgen.backends.html.worker FOLDER``, with a folder for what is unpacked. On stdin and stdout stand
frames: 8 bytes of length, then that many bytes. A request is JSON; a reply is a frame of JSON and, where it says
``ok``, a frame with the PDF, which is empty where none was asked for.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from typing import IO, Any

from cvgen.backends.html.pages import describe_pages

LENGTH_BYTES = 8
KEPT = 3
"""How many layouts are kept: a fit writes one of its last."""


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write one frame and flush."""
    stream.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read one frame; None at the end of the stream."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    data = stream.read(int.from_bytes(head, "big"))
    return data or None


def _import_weasyprint() -> Any:
    """WeasyPrint, loaded without the detour that makes it slow.

    cffi first asks ctypes for library names that exist only on Windows and macOS, and on Linux ctypes runs gcc and
    ldconfig to answer: a fifth of a second. Where that finds nothing, cffi takes the right name at once.
    """
    import ctypes.util

    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        import weasyprint
    finally:
        ctypes.util.find_library = find_library
    return weasyprint


class _Engine:
    """WeasyPrint with what stays the same between two renders."""

    def __init__(self) -> None:
        self.weasyprint = _import_weasyprint()
        from weasyprint.text.ffi import pango
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError

        from cvgen.backends.html.fetcher import AssetFetcher, Messages, collect_messages

        self.fetcher, self.collect = AssetFetcher, collect_messages
        self.configure_fonts, self.fonts, self.files = FontConfiguration, FontConfiguration(), ""
        number = pango.pango_version()  # 15012 is 1.50.12
        self.tools = {
            "WeasyPrint": self.weasyprint.__version__,
            "Pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        }
        self.fatal: type[BaseException] = FatalURLFetchingError
        self.kept: dict[Any, tuple[Any, Messages]] = {}
        """The pages that were laid out last, with their documents and what was said about them."""

    def warm_up(self) -> None:
        """Render a few letters, so that fonts and layout are loaded before the first page comes."""
        self.weasyprint.HTML(string="<p>cvgen").render(font_config=self.fonts).write_pdf()

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The layout of the page and, where it is asked for, the PDF; what is kept is not laid out again."""
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
                # Set here and not by the page's <meta>: a theme's own page need not know of it.
                document.metadata.custom = request["info"]
                pdf = document.write_pdf(pdf_tags=True, custom_metadata=True)
                said = said if said is messages else said.joined(messages)
                self.kept.clear()
        return {"ok": True, "tools": self.tools, **describe_pages(document.pages), **said.as_dict()}, pdf

    def lay_out(self, request: dict[str, Any]) -> Any:
        fetcher = self.fetcher(request["roots"])
        html = self.weasyprint.HTML(string=request["html"], base_url=request["base_url"], url_fetcher=fetcher)
        sheets = []
        if paper := request.get("paper"):
            size = f"@page {{ size: {paper[0]}pt {paper[1]}pt !important }}"
            sheets.append(self.weasyprint.CSS(string=size, font_config=self.fonts))
        return html.render(font_config=self.fonts, stylesheets=sheets)


def serve() -> None:
    """Answer requests until stdin ends."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between frames
    gc.disable()  # loading makes many objects and no garbage
    engine = _Engine()
    engine.warm_up()
    gc.enable()
    gc.freeze()
    while (frame := read_frame(source)) is not None:
        request = json.loads(frame)
        try:
            reply, pdf = engine.answer(request)
        except (Exception, engine.fatal) as error:
            kind = f"{type(error).__module__}.{type(error).__name__}"
            write_frame(target, json.dumps({"ok": False, "error": str(error), "kind": kind}).encode())
            continue
        write_frame(target, json.dumps(reply).encode())
        write_frame(target, pdf)


if __name__ == "__main__":
    tempfile.tempdir = sys.argv[1]
    serve()
