"""Adds the typed text of words whose glyphs are drawn in another order than their letters: ``कि`` as ``ि``, ``क``.

WeasyPrint gives each glyph its letters, so readers of the PDF copy them in the order in which they are drawn. Here each
such word gets a span with its text (``ActualText``), as in the PDFs of XeTeX.
"""

from __future__ import annotations

import re
from typing import Any

_REORDERED = re.compile("[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")
"""The letters of India, and of Burma and Cambodia."""
_SPACES = (" ", "\u00a0")
_WORD = re.compile("[^ \u00a0]+[ \u00a0]*")
"""A word with the space after it, which some readers lose where it is not in the span."""
_GLYPHS = re.compile(r"<([0-9a-f]*)>|([^<]+)")


def say_words(text: Any) -> None:
    """Let ``text``, WeasyPrint's module that draws lines, write the words of such lines as they were typed."""
    draw = text.draw_first_line

    def draw_with_words(stream: Any, textbox: Any, *rest: Any) -> object:
        if not _REORDERED.search(textbox.text):
            return draw(stream, textbox, *rest)
        words = _WordStream(stream, textbox.text)
        emojis = draw(words, textbox, *rest)
        words.end_word()
        return emojis

    text.draw_first_line = draw_with_words


class _WordStream:
    """Takes the place of a page's stream while one line is drawn, and puts a span around each word that needs one."""

    def __init__(self, stream: Any, text: str) -> None:
        self._stream = stream
        self._words = iter(_WORD.findall(text))
        self._next_font: Any = None
        self._font: Any = None
        self._is_word = self._is_span = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def add_font(self, pango_font: Any) -> object:
        """The font and its size; it is used from ``set_font_size`` on, and its letters tell where a word ends."""
        self._next_font, size = self._stream.add_font(pango_font)
        return self._next_font, size

    def set_font_size(self, *font: Any) -> None:
        """Draw what follows in the font that was added last."""
        self._font = self._next_font
        self._stream.set_font_size(*font)

    def show_text(self, text: str) -> None:
        """Draw glyphs, in a piece for each word."""
        piece = ""
        digits = 2 if self._font.bitmap else 4  # of the number of a glyph
        for glyphs, moves in _GLYPHS.findall(text):
            piece += moves
            for start in range(0, len(glyphs), digits):
                glyph = glyphs[start : start + digits]
                is_space = self._font.to_unicode.get(int(glyph, 16)) in _SPACES
                if not is_space and not self._is_word:
                    self._show(piece)
                    piece = ""
                    self._begin_word()
                piece += f"<{glyph}>"
                if is_space and self._is_word:
                    self._show(piece)
                    piece = ""
                    self.end_word()
        self._show(piece)

    def end_word(self) -> None:
        """End the span of the word, if it has one."""
        if self._is_span:
            self._stream.end_marked_content()
        self._is_word = self._is_span = False

    def _begin_word(self) -> None:
        word = next(self._words, "")
        self._is_word, self._is_span = True, bool(_REORDERED.search(word))
        if self._is_span:
            typed = ("\ufeff" + word).encode("utf-16-be").hex()
            self._stream.begin_marked_content("Span", f"<</ActualText <{typed}>>>".encode())

    def _show(self, piece: str) -> None:
        if piece:
            self._stream.show_text(piece)
