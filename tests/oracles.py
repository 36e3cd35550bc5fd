"""What other readers find in a bibliography: pybtex, bibtexparser's own parser, and a plain scan of the text.

``tests/survey.py`` compares cvgen with them. None of this shares code with ``cvgen``.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import bibtexparser
import pybtex.errors
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from pybtex.database.input.bibtex import Parser
from pylatexenc.latex2text import LatexNodes2Text


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry as a reader understands it, in plain text; None where the entry does not say."""

    key: str
    title: str | None = None
    families: tuple[str, ...] | None = None
    """Family names with their particles and suffixes, in order; without "others"."""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Where an entry begins in the text, and the line before which the next one begins."""

    key: str
    type: str
    line: int
    end: int


_HEAD = re.compile(
    r"^[ \t]*@[ \t]*(?P<type>[A-Za-z][\w-]*)\s*[{(][ \t]*(?P<key>[^\s,={}()\"]*)\s*(?=[,}\n])", re.MULTILINE
)
_COMMENT = re.compile(r"^[ \t]*@[ \t]*comment\s*\{", re.MULTILINE | re.IGNORECASE)
_NO_ENTRY = frozenset({"comment", "string", "preamble"})
_PARENTS = re.compile(r"\b(?:crossref|xdata|entryset)\s*=\s*[{\"]?([^}\"\n]*)", re.IGNORECASE)


def scan_bibtex(text: str, keys: Iterable[str] = ()) -> list[Head]:
    """Every head of an entry that begins a line, outside ``@comment{…}``, and the first head of each of ``keys``."""
    text = _blank_comments(text)
    starts = {
        m.start(): (m["key"], m["type"].casefold())
        for m in _HEAD.finditer(text)
        if m["type"].casefold() not in _NO_ENTRY
    }
    for key in set(keys) - {key for key, _ in starts.values()}:
        if found := re.search(rf"@[^@]{{0,40}}?[{{(]\s*{re.escape(key)}\s*[,}})]", text):
            starts[found.start()] = (key, "")
    starts = {at + len(text[at : at + 200]) - len(text[at : at + 200].lstrip()): head for at, head in starts.items()}
    lines = [line_at(text, start) for start in sorted(starts)]
    ends = [*lines[1:], text.count("\n") + 2]
    return [Head(*starts[at], line, end) for at, line, end in zip(sorted(starts), lines, ends, strict=False)]


def line_at(text: str, offset: int) -> int:
    """The line, from 1, of an offset."""
    return bisect_right(_line_ends(text), offset) + 1


@lru_cache(maxsize=2)
def _line_ends(text: str) -> list[int]:
    return [found.end() for found in re.finditer("\n", text)]


def find_parents(text: str) -> frozenset[str]:
    """Keys, in lower case, that other entries take fields from."""
    return frozenset(key.strip().casefold() for found in _PARENTS.findall(text) for key in found.split(","))


def _blank_comments(text: str) -> str:
    """``text`` with what is in ``@comment{…}`` blanked, lines kept; a comment that is not closed is left alone."""
    at = 0
    while found := _COMMENT.search(text, at):
        depth, end = 1, found.end()
        for brace in re.finditer(r"[{}]", text[found.end() :]):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                end = found.end() + brace.end()
                break
        text = (
            text[: found.start()] + re.sub(r"[^\n]", " ", text[found.start() : end]) + text[end:]
            if depth == 0
            else text
        )
        at = end
    return text


def read_pybtex(text: str) -> dict[str, Facts]:
    """The entries that pybtex finds; it goes on after an error."""
    with pybtex.errors.capture():
        database = Parser().parse_string(text)
    return {key: _pybtex_facts(key, entry) for key, entry in database.entries.items()}


def _pybtex_facts(key: str, entry: Any) -> Facts:
    fields = {name.casefold(): value for name, value in entry.fields.items()}
    people = entry.persons.get("author")
    families = [" ".join([*person.prelast_names, *person.last_names, *person.lineage_names]) for person in people or ()]
    return _facts(key, fields, families if people else None)


def read_bibtexparser(text: str) -> dict[str, Facts]:
    """The entries that bibtexparser's default parser finds, names split without its strictness."""
    entries = bibtexparser.parse_string(text).entries
    facts: dict[str, Facts] = {}
    for entry in entries:
        fields = {field.key.casefold(): str(field.value) for field in entry.fields}
        names = split_multiple_persons_names(fields["author"]) if fields.get("author") else None
        families = [_family(name) for name in names] if names else None
        facts.setdefault(entry.key.strip(), _facts(entry.key.strip(), fields, families))
    return facts


def _family(name: str) -> str:
    parts = parse_single_name_into_parts(name, strict=False)
    return " ".join([*parts.von, *parts.last, *parts.jr])


def _facts(key: str, fields: Mapping[str, str], families: Sequence[str] | None) -> Facts:
    title = fields.get("title", "").strip()
    subtitle = fields.get("subtitle", "").strip()
    whole = f"{title}: {subtitle}" if title and subtitle else title
    listed = tuple(decode(name) for name in families or () if name.strip("{} .").casefold() != "others")
    year = _year(fields.get("date") or fields.get("year") or "")
    return Facts(key, decode(whole) if whole else None, listed or None, year)


def _year(text: str) -> int | None:
    found = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    return int(found[0]) if found else None


CSL_WORDS = re.compile(r'"(?:container-title|citation-key|date-parts)"\s*:')


def is_csl(text: str) -> bool:
    """Whether a JSON text is a list of CSL items; one that does not parse is, where it has CSL's own words."""
    try:
        items = csl_items(text)
    except (ValueError, RecursionError):
        return bool(CSL_WORDS.search(text))
    return any(
        isinstance(item, dict)
        and "type" in item
        and "itemType" not in item
        and {"title", "author", "issued"} & set(item)
        for item in items
    )


def csl_items(text: str) -> list[Any]:
    """The items of a CSL file: a list, ``{"items": […]}``, or one item alone. Raises ValueError."""
    whole = json.loads(text)
    items = whole.get("items", [whole]) if isinstance(whole, dict) else whole
    return items if isinstance(items, list) else []


def read_csl(text: str) -> dict[str, Facts]:
    """The items of a CSL file, read straight from the JSON; none where it does not parse."""
    try:
        items = csl_items(text)
    except (ValueError, RecursionError):
        return {}
    facts: dict[str, Facts] = {}
    for item in items:
        if key := csl_key(item):
            facts.setdefault(key, _csl_facts(key, item))
    return facts


def _csl_facts(key: str, item: Mapping[str, Any]) -> Facts:
    title, people, issued = item.get("title"), item.get("author"), item.get("issued")
    families = (
        [_csl_family(person) for person in people if isinstance(person, dict)] if isinstance(people, list) else []
    )
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    year = str(parts[0][0]) if parts and isinstance(parts, list) and isinstance(parts[0], list) and parts[0] else ""
    return Facts(key, title if isinstance(title, str) else None, tuple(families) or None, _year(year))


def _csl_family(person: Mapping[str, Any]) -> str:
    names = ("dropping-particle", "non-dropping-particle", "family", "suffix")
    return str(person.get("literal") or " ".join(str(person.get(name) or "") for name in names).strip())


def scan_csl(text: str) -> list[Head]:
    """One head for each item, at the line where its id is written; by the text alone where it does not parse."""
    try:
        keys = [csl_key(item) for item in csl_items(text)]
    except (ValueError, RecursionError):
        keys = re.findall(r'"id"\s*:\s*"([^"]+)"', text)
    heads, at = [], 0
    for key in keys:
        found = re.compile(rf':\s*"?{re.escape(json.dumps(key)[1:-1])}"?\s*[,}}\n]').search(text, at) if key else None
        at = found.start() + 1 if found else at
        line = line_at(text, at)
        heads.append(Head(key, "", line, line + 1 if key else line_at(text, len(text)) + 1))
    return heads


def csl_key(item: Any) -> str:
    """What an item is called; empty where it has no name."""
    return str(item.get("citation-key") or item.get("id") or "") if isinstance(item, dict) else ""


@lru_cache(maxsize=1)
def _decoder() -> Callable[[str], str]:
    decode_text: Callable[[str], str] = LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text
    return decode_text


_LOGO = re.compile(r"\\([A-Za-z]*TeXe?)(?![A-Za-z])(?:\{\}|\\ )?")  # pylatexenc drops them, and \slash


_LINK = re.compile(r"\\(?:url|href\s*\{[^{}]*\})\s*\{([^{}]*)\}")


def decode(tex: str) -> str:
    """LaTeX to plain characters by pylatexenc; a bare ``%``, ``&`` or ``#`` is the character, as people mean it."""
    tex = re.sub(r"(?<!\\)([%&#])", r"\\\1", html.unescape(tex))
    tex = _LINK.sub(r"\1", _LOGO.sub(r"\1", re.sub(r"\\slash\b(?:\{\})?", "/", tex)))
    try:
        return _decoder()(tex)
    except (RecursionError, ValueError, IndexError, TypeError):
        return tex


def same_text(text: str) -> str:
    """``text`` without what two readers may fairly do differently: case, spaces, dashes, quotes, markup."""
    text = unicodedata.normalize("NFD", re.sub(r"</?[a-z]+[^>]*>", "", html.unescape(text)))
    text = re.sub("ı(?=[\u0300-\u036f])", "i", text)  # an accent takes the dot's place
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‐‑‒–—―−-]+", "-", text)
    return "".join(c for c in text if not (c.isspace() or c in _IGNORED))


_IGNORED = frozenset("{}$^_~ˆ˜\\`'\"´‘’‚‛“”„‟′″\u200b\u200c\u200d\u2060\u00ad\ufeff")


def same_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names by their letters alone."""
    return tuple("".join(c for c in same_text(name) if c.isalpha()) for name in names)


def decode_bytes(data: bytes) -> str:
    """The text of a file in UTF-8, else in Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_all(text: str, *, csl: bool) -> Iterator[tuple[str, Callable[[], dict[str, Facts]]]]:
    """The name of each reader for the file's format, and how to call it."""
    if csl:
        yield "json", lambda: read_csl(text)
    else:
        yield "pybtex", lambda: read_pybtex(text)
        yield "bibtexparser", lambda: read_bibtexparser(text)
