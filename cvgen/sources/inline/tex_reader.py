"""TeX to inline nodes: the commands that text and formulas share."""

from __future__ import annotations

import re
import unicodedata

from cvgen.model.inline import Inline, Italic, Plain, plain_text
from cvgen.sources.inline import tex_commands as commands
from cvgen.sources.inline.journals import JOURNALS
from cvgen.sources.inline.tex_core import CoreReader, strip_tex
from cvgen.sources.inline.tex_forms import FORMS
from cvgen.sources.inline.tex_nodes import put_accent

_LENGTH = re.compile(r"=?\s*(-?\s*[\d.]*)\s*(?:\\[A-Za-z]+|[a-z]{2})?(?:\s*(?:plus|minus)\s*[\d.]+\s*[a-z]{2,4})*")


class TexReader(CoreReader):
    """Reads one source, in text or math mode; ``unread_tex`` collects what it could not read. Raises TooDeepError."""

    def _command(self, name: str) -> list[Inline]:
        start = self.tokens.at - len(name) - 1
        before = self.tokens.source[start - 1 : start]
        space = self.tokens.skip_space() if name[0].isalpha() else ""
        if name in commands.STARRED:
            self.tokens.take("*")
        if name in FORMS:
            return FORMS[name](self)
        for read in (self._accent, self._box, self._nothing, self._space):
            if (nodes := read(name)) is not None:
                return nodes
        if self.math and name in commands.FUNCTIONS:
            return [Plain(f" {name.removeprefix('b') if name == 'bmod' else name} ")]
        return self._symbol(name, space, spaced=before.isspace())

    def _accent(self, name: str) -> list[Inline] | None:
        if name == "a" and self.tokens.source[self.tokens.at : self.tokens.at + 1] in ("'", "`", "="):
            name = self.tokens.next() or ""  # \a'e is \'e inside a tabbing
        if name in commands.MATH_ACCENTS:
            base = self.argument()
            is_bar = name == "overline" and len(plain_text(tuple(base))) == 1
            return put_accent(base, commands.MATH_ACCENTS["bar" if is_bar else name], on_each=True)
        if name not in commands.ACCENTS:
            return None
        if self.tokens.at >= len(self.tokens.source) or self.tokens.peek("}"):
            return [Plain("" if name.isalpha() else name)]
        base = self.argument()
        text = plain_text(tuple(base))
        if not text[:1].isalpha() and not (text[:1].isdigit() and (name == "=" or name.isalpha())):
            if name == "=" and text.strip():
                self.unread_tex.note("an accent has no letter under it and is left out", "write \\={x}, with a letter")
            return [Plain("" if name.isalpha() or name == "=" else name), *base]
        return put_accent(base, commands.ACCENTS[name], on_each=False)

    def _box(self, name: str) -> list[Inline] | None:
        """Read a command around an argument."""
        if name in commands.CONTAINERS:
            return self.wrap(commands.CONTAINERS[name], self.text_argument())
        if name in commands.TEXT_BOXES:
            self.tokens.raw_option()
            return self.text_argument()
        if name == "underline" and self.math:
            inner = self.argument()
            return put_accent(inner, "\u0332", on_each=True) if len(plain_text(tuple(inner))) == 1 else inner
        if self.math and name in commands.LOST:
            self.unread_tex.lost["\\" + name] = None
        if name in commands.PLAIN_BOXES:
            self.tokens.raw_option()
            return self.argument()
        if name in commands.MATH_FONTS:
            upright, container = commands.MATH_FONTS[name]
            with self.mode(math=True, upright=upright):
                inner = self.argument()
            if name == "operatorname" and self.math:
                inner = [Plain(" "), *inner, Plain(" ")] if not self.tokens.peek("(") else [Plain(" "), *inner]
            return self.wrap(container, inner) if container else inner
        if name in commands.SECOND_OF_TWO:
            self.tokens.raw_option()
            self.raw()
            return self.text_argument()
        return None

    def _nothing(self, name: str) -> list[Inline] | None:
        """Read a command that prints nothing."""
        if name in commands.DROPPED:
            for _ in range(commands.DROPPED[name]):
                self.tokens.raw_option()
                self.raw()
            if name in ("left", "right", "middle"):
                self.tokens.take(".")
            return []
        if name in commands.LENGTHS:
            typed = self.tokens.raw_group()
            length = self.tokens.match(_LENGTH) if typed is None else _LENGTH.fullmatch(typed.strip())
            if typed is None:
                self.tokens.skip_space()
            return [Plain(" ")] if length and re.search(r"[1-9]", length[1]) and "-" not in length[1] else []
        if name in commands.LEFT_OUT:
            words = [self.tokens.raw_option(), self.tokens.raw_option(), self.tokens.raw_group() or ""]
            left = strip_tex(", ".join(filter(None, words)))
            hint = "write what matters into the text"
            self.unread_tex.note(f"\\{name} with {left!r} is left out", hint, f"\\{name} and its words are left out")
            return []
        return None

    def _space(self, name: str) -> list[Inline] | None:
        if name == "\\":
            self.tokens.raw_option()
        return [Plain(commands.SPACES[name])] if name in commands.SPACES else None

    def _symbol(self, name: str, space: str, *, spaced: bool) -> list[Inline]:
        if not name[0].isalpha():
            return [Plain({"|": "‖"}.get(name, name) if self.math else name)]
        text = commands.symbol(name) or (name if name in commands.FUNCTIONS else None)
        if text is None:
            return self._unknown(name, space)
        if self.math:
            return self._math_symbol(text)
        if name in commands.LOGOS or name.endswith("TeX"):
            return [Plain(text + space)]
        if text in "‘’" and self.tokens.take("\\" + name):
            text, space = ("“" if text == "‘" else "”"), self.tokens.skip_space()
        elif text == "‘":
            self.open_quotes += 1
        elif text == "’" and self.open_quotes:
            self.open_quotes -= 1
        elif text == "’":
            space = ""  # an apostrophe
        return [Plain(text + _space_after(text, space, spaced=spaced))]

    def _math_symbol(self, text: str) -> list[Inline]:
        if text == "μ" and self.upright:
            return [Plain("µ")]  # the prefix of a unit
        if ("α" <= text <= "ω" or text in "ϵϕϑϖϱ" or text == "ℓ") and not self.upright:
            return [Italic((Plain(text),))]
        return [Plain(f" {text} " if text in commands.RELATIONS else text)]

    def _unknown(self, name: str, space: str) -> list[Inline]:
        if name in JOURNALS and not self.math:
            return [Plain(JOURNALS[name] + space)]
        has_argument = self.tokens.peek("{") and not self.tokens.peek("{}")
        self.unread_tex.commands["\\" + name] = has_argument or self.unread_tex.commands.get("\\" + name, False)
        if has_argument:
            return self.argument()
        return [Plain(f" {name} " if self.math else name + space)]


def _space_after(text: str, space: str, *, spaced: bool) -> str:
    """TeX drops the space after a command word; after some symbols, people expect it to be printed."""
    kind = unicodedata.category(text[-1])
    if kind[0] == "L" or kind in ("Sc", "Ps", "Pi", "Zs") or text[-1] in "°§¶":
        return ""
    return space if kind != "Sm" or spaced else ""
