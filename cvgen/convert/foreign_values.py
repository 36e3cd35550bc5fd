"""Reads single values of other tools' files: texts, dates, addresses, lists; None for a value of another kind."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cvgen.convert.html_text import from_html
from cvgen.convert.profile_draft import Carried
from cvgen.diagnostics import BadValueError
from cvgen.model.date_parser import parse_end
from cvgen.model.inline import Inlines, Math, Plain
from cvgen.sources.inline.markdown import parse_markdown
from cvgen.sources.limits import LONGEST_TEXT
from cvgen.sources.yaml.tree import INVISIBLE

ValueReader = Callable[[Any, str], Any]
"""A value and its place → the value of a field of ours; None if it cannot be read as that."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LOST = re.compile("[\ud800-\udfff]")
_MARKUP = re.compile(r"[*_`\[\]$]")
_BULLET = re.compile(r"\A[ \t]*(?:[•●▪◦‣·∙■□➢➤►▶✓✔]|[-–—*](?=\s)|o(?=[ \t]+[A-Z\u00c0-\u00de]))[ \t]*(?=\S)")
_BULLET_LINE = re.compile(r"(?m)^([ \t]*)(?:[•●▪◦‣·∙■□➢➤►▶✓✔]|[-–—*](?=\s))[ \t]*(?=\S)")

_GOES_ON = re.compile(
    r"至今|现在|til+ (?:date|now|present|today)|to (?:date|now|present)|now|actual|still (?:here|working)"
)
"""Words for the present that a profile does not accept."""


def clean(text: str) -> str:
    """``text`` without control characters and invisible ones, with one kind of line end."""
    text = re.sub(r"\r\n?|[\x0b\x0c\x1c-\x1e\u2028\u2029\x85]", "\n", text).replace("\t", " ").replace("\x1f", " ")
    return INVISIBLE.sub("", _LOST.sub("\ufffd", _CONTROL.sub("", text))).strip()


def is_scalar(value: object) -> bool:
    """Whether ``value`` is one text."""
    return isinstance(value, str)


def one_line(text: str) -> str:
    """``text`` on one line."""
    return " ".join(text.split())


def markdown(text: str) -> str:
    """``text``, which may have Markdown or HTML, as a text of a profile; dollar signs are money, not formulas."""
    text = from_html(clean(text))
    try:
        nodes = parse_markdown(text).nodes
    except BadValueError:  # a formula or link that cannot be printed
        return escape(text)
    return re.sub(r"(?<!\\)\$", r"\\$", text) if _has_math(nodes) else text


def plain(text: str) -> str:
    """``text``, in which nothing is markup, as a text of a profile."""
    text = from_html(clean(text))
    try:
        is_plain = parse_markdown(text).nodes == (Plain(text),)
    except BadValueError:
        is_plain = False
    return text if is_plain or not _MARKUP.search(text) else escape(text)


def escape(text: str) -> str:
    """``text`` with a backslash before each character that is markup in a profile."""
    return _MARKUP.sub(lambda found: "\\" + found[0], text)


def _has_math(nodes: Inlines) -> bool:
    return any(isinstance(node, Math) or _has_math(getattr(node, "children", ())) for node in nodes)


def read_word(value: Any, where: str) -> Carried | None:
    """Plain characters: a name of an account, a key."""
    text = one_line(clean(value)) if is_scalar(value) else ""
    return Carried(text, where) if text else None


@dataclass(frozen=True, slots=True)
class TextReaders:
    """The readers of texts, which ``write`` turns into texts of a profile."""

    write: Callable[[str], str]

    def line(self, value: Any, where: str) -> Carried | None:
        """A text on one line; a list of texts is joined with commas."""
        if isinstance(value, list) and value and all(map(is_scalar, value)):
            value = ", ".join(clean(one) for one in value if one.strip())
        text = one_line(self.write(value)) if is_scalar(value) else ""
        return Carried(text, where) if 0 < len(text) <= LONGEST_TEXT else None

    def block(self, value: Any, where: str) -> Carried | None:
        """A text with paragraphs and lists; of a list of texts, each is a paragraph."""
        if isinstance(value, list) and value and all(map(is_scalar, value)):
            value = "\n\n".join(value)
        text = self.write(_as_list_lines(value)) if is_scalar(value) else ""
        return Carried(text, where) if 0 < len(text) <= LONGEST_TEXT else None

    def bullets(self, value: Any, where: str) -> list[Any] | None:
        """Bullets: the items of a list, or the lines of a text."""
        if is_scalar(value):
            value = [line for line in clean(from_html(value)).split("\n") if line.strip()]
        value = [_only_text(one) for one in value] if isinstance(value, list) else None
        if value is None or not all(map(is_scalar, value)):
            return None
        read = [self._bullet(one, f"{where}[{number}]") for number, one in enumerate(value)]
        return [bullet for bullet in read if bullet] or None

    def _bullet(self, text: str, where: str) -> object:
        """A bullet; one with lines that are bullets has these below it."""
        head, *lower = re.split(r"\n[ ]*(?:[-*•◦][ ]+)(?=\S)", clean(text))
        parts = [Carried(_BULLET.sub("", one_line(self.write(part)), count=1), where) for part in (head, *lower)]
        return {"text": parts[0], "highlights": parts[1:]} if lower and parts[0] else parts[0]

    def terms(self, value: Any, where: str) -> list[Carried] | None:
        """The terms of a list, or of a text with commas."""
        if is_scalar(value):
            value = _split_terms(clean(value))
        if not isinstance(value, list) or not all(map(is_scalar, value)):
            return None
        texts = [one_line(self.write(one)) for one in value]
        return [Carried(text, f"{where}[{number}]") for number, text in enumerate(texts) if text] or None


def _split_terms(text: str) -> list[str]:
    """The terms of a list in one text. Commas in brackets do not separate; a text with ``;`` or ``:`` is one term."""
    if re.search(r";|: ", text):
        return [text]
    return re.split(r"\s*[,\n]\s*(?![^()]*\))", text)


def split_description(text: Carried) -> tuple[Carried | None, list[Any]]:
    """The prose of a description and the bullets after it; if prose follows a bullet, everything is prose."""
    lines = [line for line in text.split("\n") if line.strip()]
    first = next((at for at, line in enumerate(lines) if line.startswith("- ")), len(lines))
    if len(lines) < 2 or not all(line.startswith("- ") for line in lines[first:]):
        return text, []
    prose = text[: text.index(lines[first])].strip() if first < len(lines) else text
    found = [Carried(line.lstrip().removeprefix("- ").strip(), text.where) for line in lines[first:]]
    return (Carried(prose, text.where) if prose else None), found


def _only_text(value: object) -> object:
    """The only text of a mapping such as ``{text: …}``; else ``value`` as it is."""
    if isinstance(value, dict) and len(value) == 1:
        (value,) = value.values()
    return value


def _as_list_lines(text: str) -> str:
    """``text`` with ``- `` before lines that begin with another bullet, if it has several lines."""
    text = clean(text)
    return _BULLET_LINE.sub(r"\1- ", text) if "\n" in text else text


def plain_paragraphs(text: str) -> str:
    """``plain`` with a paragraph for each line of prose: in a form, people see each line by itself."""
    return re.sub(r"(?<!\n)\n(?!\n|[ ]*- )", "\n\n", plain(text))


_MARKED, _PLAIN = TextReaders(markdown), TextReaders(plain_paragraphs)
line, block, bullets, terms = _MARKED.line, _MARKED.block, _MARKED.bullets, _MARKED.terms
"""Readers of texts with Markdown or HTML."""
plain_line, plain_block, plain_terms = _PLAIN.line, _PLAIN.block, _PLAIN.terms
"""Readers of texts without markup."""


def read_date(value: Any, where: str) -> Carried | None:
    """A date as typed; ISO times, 20240503, and unambiguous dates with slashes become ``2024-05-03``."""
    text = one_line(clean(value)) if is_scalar(value) else ""
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00)?(?:\.0+)?(?:Z|\+00:?00)?", text):
        text = found[1]
    elif found := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        text = "-".join(found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text):
        text = _only_order(*map(int, found.groups())) or text
    elif (found := re.fullmatch(r"(.+?)\s*[(（][^()（）]*[)）]", text)) and not is_date(text) and is_date(found[1]):
        text = found[1]  # 2015-03 (9 months)
    return Carried(text, where) if text else None


def is_date(text: str) -> bool:
    """Whether a profile can have ``text`` as the start or end of an entry."""
    try:
        parse_end(text)
    except BadValueError:
        return False
    return True


def read_end(value: object, where: str) -> Carried | None:
    """The end of an entry: a date, or ``present`` for the words that say so."""
    date = read_date(value, where)
    return Carried("present", where) if date and _GOES_ON.fullmatch(date.casefold()) else date


def _only_order(first: int, second: int, year: int) -> str:
    """The only date that ``05/13/2024`` can mean; empty if it is ambiguous."""
    orders = {(first, second), (second, first)}
    days = [(month, day) for month, day in orders if 1 <= month <= 12 and year and day <= monthrange(year, month)[1]]
    return f"{year}-{days[0][0]:02d}-{days[0][1]:02d}" if len(days) == 1 and days[0][1] else ""


def read_url(value: Any, where: str) -> Carried | None:
    """An address, with https:// before one that lacks it."""
    text = clean(value) if is_scalar(value) else ""
    if text.startswith("//"):
        text = f"https:{text}"
    elif re.match(r"(?:[\w-]+\.)+[a-zA-Z]{2,}(?:[:/?#]|$)", text):
        text = f"https://{text}"
    if re.match(r"https?:", text, re.IGNORECASE):
        text = re.sub(r"^\w+:", lambda found: found[0].casefold(), re.sub(r"\s", "%20", text))
    return Carried(text, where) if text else None


def read_urls(value: object, where: str) -> object:
    """One address or several."""
    if isinstance(value, list):
        read = [read_url(one, f"{where}[{number}]") for number, one in enumerate(value)]
        return read if read and all(read) else None
    return read_url(value, where)


def _split_reader(separators: str, prefix: str, pattern: str) -> ValueReader:
    def read(value: Any, where: str) -> Any:
        texts = value if isinstance(value, list) else [value]
        if not all(map(is_scalar, texts)):
            return None
        found = [one_line(part) for one in texts for part in re.split(separators, clean(one)) if part.strip()]
        if len(found) > 1 and not all(re.search(pattern, part) for part in found):
            found = [one_line(clean(one)) for one in texts]
        words = [Carried(part.removeprefix(prefix), where) for part in found if part]
        return (words[0] if len(words) == 1 else words) or None

    return read


read_emails = _split_reader(r"\s*[,;|]\s*|\s+/\s+|\s+", "mailto:", "@")
"""One e-mail address, or several in one text."""
read_phones = _split_reader(r"\s*[;|\n]\s*|\s+/\s+", "tel:", r"\d{4}|\d\W\d")
"""One phone number, or several in one text."""
