"""The careers in ``fixtures/careers``: their lists, and how terms and printed texts are compared with them.

``fixtures/careers/README.md`` describes the files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import yaml

CAREERS = Path(__file__).parent / "fixtures" / "careers"
HALVES = ("tune", "report")
TERM_LISTS = ("must", "nice", "task", "not")
_POSTINGS = ("*.txt", "*.md", "*.html")
_LONGER_BY = 3
"""How many words more than a listed spelling a named term may have."""
_LONGER_BY_HAN = 4
"""The same for Chinese, in characters."""
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+[+#]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list, with the spellings that count as the same; the first is its name."""

    spellings: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.spellings[0]


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting with its lists; ``keep`` and ``filler`` include those of the person."""

    path: Path
    terms: dict[str, tuple[Line, ...]]
    keep: tuple[Line, ...]
    filler: tuple[Line, ...]

    @property
    def name(self) -> str:
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Person:
    """One person with three postings."""

    name: str
    half: str
    language: str
    profile: Path
    postings: tuple[Posting, ...]


def read_people(half: str | None = None, name: str | None = None) -> list[Person]:
    """The people of one half, or of both; or the one called ``name``."""
    people = [_read_person(file.parent) for file in sorted(CAREERS.glob("*/person.yaml"))]
    return [one for one in people if half in (None, one.half) and name in (None, one.name)]


def _read_person(folder: Path) -> Person:
    person = yaml.safe_load((folder / "person.yaml").read_text("utf-8"))
    files = sorted(file for pattern in _POSTINGS for file in folder.glob(pattern))
    postings = tuple(_read_posting(file, person["keep"], person["filler"]) for file in files)
    return Person(folder.name, person["half"], person["language"], folder / "profile.yaml", postings)


def _read_posting(file: Path, keep: list[str], filler: list[str]) -> Posting:
    lists = yaml.safe_load(file.with_suffix(".yaml").read_text("utf-8"))
    terms = {name: _lines(lists[name]) for name in TERM_LISTS}
    return Posting(file, terms, _lines(keep + lists["keep"]), _lines(filler + lists.get("filler", [])))


def _lines(texts: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(tuple(text.split(" | "))) for text in texts)


def is_named(line: Line, term: str) -> bool:
    """Whether ``term``, as the program names it, is the listed term, perhaps with a few words around it."""
    return any(_holds(term, spelling) for spelling in line.spellings)


def _holds(term: str, spelling: str) -> bool:
    if _HAN.search(spelling):
        shorter, longer = squeeze(spelling), squeeze(term)
        return shorter in longer and len(longer) - len(shorter) <= _LONGER_BY_HAN
    part, whole = _words(spelling), _words(term)
    starts = range(len(whole) - len(part) + 1)
    return len(whole) - len(part) <= _LONGER_BY and any(whole[n : n + len(part)] == part for n in starts)


def _words(text: str) -> list[str]:
    """The words of ``text`` without capitals and without an English plural."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in found]


def squeeze(text: str) -> str:
    """The letters and digits of ``text`` without capitals: the same on both sides of a line break or hyphen."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def is_printed(line: Line, squeezed_page: str) -> bool:
    """Whether a page, given by ``squeeze``, prints one of the spellings."""
    return any(squeeze(spelling) in squeezed_page for spelling in line.spellings)


def occurs(line: Line, posting: str) -> bool:
    """Whether the text of a posting has one of the spellings; markup is removed."""
    plain = squeeze(re.sub(r"<[^>]+>", " ", unescape(unescape(posting))))
    return any(squeeze(spelling) in plain for spelling in line.spellings)
