"""Decodes most BibTeX values without a LaTeX parser: letters with accents, braces, escaped signs.

The parser takes about 1 s per MB. This module gives the same results for simple text (a test compares the two) and
leaves all other text to the parser.
"""

from __future__ import annotations

import re
import unicodedata

_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
            "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
            "ng": "ŋ", "NG": "Ŋ"}  # fmt: skip
_BASE = r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]*"
_ACCENT = re.compile(
    r"\\(?:(?:a(?=[='`]))?([\"'`^~=.])\s*|([uvHcdbkr])(?:\s+|(?=[{\\])))"
    rf"(?:\{{\s*(\\[ij](?=\s*\}})|{_BASE})\s*\}}|\\([ij])(?![A-Za-z])\s*|({_BASE}))"
)
_BRACED_TWICE = re.compile(rf"\{{\{{({_BASE})\}}\}}")
_LETTER = re.compile(r"\\(ss|[oOlL]|ae|AE|oe|OE|aa|AA|i|j|dh|DH|th|TH|dj|DJ|ng|NG)(?:\{\}|(?![A-Za-z])\s*)")
STROKED = {"o": "ø", "O": "Ø", "l": "ł", "L": "Ł"}
_LONE_STROKE = re.compile(r"([A-Za-z])?(?:\{\s*\$\s*\\not\s*\$\s*\}|\$\s*\\not\s*\$)([A-Za-z])?")
_MOST_ACCENTS = 3
_BELOW = "cdbk"
_DOTLESS = str.maketrans("ıȷ", "ij")
_SIGN = re.compile(r"\\([&%_#$])")
_UNSURE = re.compile(r"\\[~^]\s*\{\s*\}|`[^`']+'(?!')|</?[A-Za-z]|\^")
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
_BEYOND = re.compile(r"[\\$&%#]|\?`|!`|,,|<<|>>|\"`|\"'")
_SPECIAL = re.compile(r"[^\w ,.:;()!?/+=|\[\]*@]|  |[?!]`|,,")
_SPACES = re.compile(r"[ \t\r\n]+")
_HIDDEN = str.maketrans({sign: chr(0xE000 + i) for i, sign in enumerate("&%_#$")})
_SHOWN = str.maketrans({chr(0xE000 + i): sign for i, sign in enumerate("&%_#$")})


def decode_accents(source: str) -> str:
    """``source`` with its accented and special letters as characters; everything else stays, also braces."""
    text, previous, rounds = source, "", 0
    while "\\" in text and text != previous and rounds < _MOST_ACCENTS:  # the inner of two accents first
        previous, rounds = text, rounds + 1
        text = _ACCENT.sub(_accented, text)
        text = _BRACED_TWICE.sub(r"{\1}", text) if "{{" in text else text
    return _LETTER.sub(_letter, text) if "\\" in text else text


_BRACED = re.compile(rf"(\\[A-Za-z]+\s*(?:\{{[^{{}}]*\}})*)|\{{(\w{{1,2}}|{_BASE})\}}")  # not a command's argument


def decode_letters(source: str) -> str:
    """``decode_accents`` without the braces around single letters; most names have no others."""
    return _BRACED.sub(r"\1\2", decode_accents(source)) if "\\" in source else source


def decode_simple(source: str) -> str | None:
    """The characters of ``source``, or None if it needs a parser."""
    if not _SPECIAL.search(source):
        return source
    if _UNSURE.search(source):
        return None
    text = _SIGN.sub(lambda match: match[1].translate(_HIDDEN), source) if "\\" in source else source
    if "\\" in text:
        text = decode_accents(text)
    if _BEYOND.search(text):
        return None
    for typed, printed in _LIGATURES:
        text = text.replace(typed, printed)
    text = text.replace("{", "").replace("}", "").replace("~", "\u00a0").translate(_SHOWN)
    return _SPACES.sub(" ", text)


def restore_strokes(source: str) -> str:
    """``o{$\\not$}`` and ``{$\\not$}o``, which old exports write for ``ø``, as that letter; likewise ``ł``."""
    if "\\not" not in source:
        return source
    return _LONE_STROKE.sub(lambda match: _stroke(match[1] or "", match[2] or ""), source)


def _stroke(before: str, after: str) -> str:
    if before in STROKED:
        return STROKED[before] + after
    return before + STROKED.get(after, after)


def _letter(match: re.Match[str]) -> str:
    return _LETTERS[match[1]]


def _accented(match: re.Match[str]) -> str:
    letter, accent = (match[3] or match[4] or match[5]).removeprefix("\\"), match[1] or match[2]
    if accent in _BELOW:  # \c\i keeps its letter without a dot
        letter = _LETTERS[letter] if match[0].rstrip(" }").endswith(("\\i", "\\j")) else letter
    else:
        letter = letter.translate(_DOTLESS)
    return unicodedata.normalize("NFC", letter + _COMBINING[accent])
