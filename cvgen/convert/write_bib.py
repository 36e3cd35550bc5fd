"""Writes publications as BibTeX that cvgen and other programs read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from cvgen.convert.foreign_values import clean, one_line
from cvgen.convert.owner_names import split_name
from cvgen.convert.profile_draft import Paper
from cvgen.sources.bibtex.bib_file import MONTHS
from cvgen.sources.bibtex.csl_values import escape_latex, write_name

_VERBATIM = frozenset({"doi", "url", "eprint", "isbn", "issn"})
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to", "with", "der", "die", "das", "le", "la"})


def name_papers(papers: Iterable[Paper]) -> dict[str, Paper]:
    """A key for each paper, from its first author, year and first word: ``lin2024sharing``."""
    named: dict[str, Paper] = {}
    for paper in papers:
        key = stem = _key_of(paper)
        number = 1
        while key in named:
            number += 1
            key = f"{stem}-{number}"
        named[key] = paper
    return named


def _key_of(paper: Paper) -> str:
    family = split_name(paper.authors[0])[0].split()[-1] if paper.authors else ""
    year = next(iter(re.findall(r"\d{4}", paper.fields.get("date", ""))), "")
    return make_key(family, year, paper.fields.get("title", ""))


def make_key(family: str, year: str, title: str) -> str:
    """A key of an author's last name, the year and the first word that says something: ``lin2024sharing``."""
    words = [_ascii(word) for word in title.split()]
    word = next((word for word in words if word and word not in _SMALL), "")
    return (f"{_ascii(family)}{year}{word}" if _ascii(family) else f"{word}{year}") or "paper"


def _ascii(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]", "", folded)[:24]


def write_bib(named: dict[str, Paper], source: str) -> str:
    """The text of papers.bib; ``source`` is the name of the file that the publications come from."""
    entries = [_entry(key, paper) for key, paper in named.items()]
    return "\n\n".join([f"% Your publications, imported from {_safe(source)}.", *entries]) + "\n"


def _entry(key: str, paper: Paper) -> str:
    comments = [f"% Not imported: {_safe(leftover.where)}: {_safe(leftover.text)}" for leftover in paper.leftovers]
    return "\n".join([*comments, lay_out(paper.kind, key, write_fields(paper))])


def write_fields(paper: Paper) -> dict[str, str]:
    """The fields of ``paper`` as LaTeX, by their names."""
    rows = {}
    for group, people in (("author", paper.authors), ("editor", paper.editors)):
        if people:
            rows[group] = " and ".join(map(write_person, people))
    if paper.owner:
        rows["author+an"] = f"{paper.owner}=self"
    rows |= {name: _escape(name, text) for name, text in paper.fields.items() if text}
    if paper.keywords:
        rows["keywords"] = _escape("keywords", ", ".join(paper.keywords))
    return rows


def lay_out(kind: str, key: str, rows: Mapping[str, str]) -> str:
    """An entry with one line for each field; ``rows`` are LaTeX."""
    width = max(map(len, rows), default=0)
    lines = [f"  {name:{width}} = {_delimit(name, text)}," for name, text in rows.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _delimit(name: str, text: str) -> str:
    """``text`` in braces; the name of a month stays a macro of BibTeX."""
    return text if name == "month" and text in MONTHS else f"{{{text}}}"


def _escape(name: str, text: str) -> str:
    text = one_line(clean(text))
    if name not in _VERBATIM:
        return escape_latex(text)
    return re.sub(r"[{}]", lambda brace: "%7B" if brace[0] == "{" else "%7D", text)


def _safe(text: str) -> str:
    """``text`` for a comment: one line, in which no ``@`` begins an entry."""
    return one_line(clean(text)).replace("@", "(at)")


def write_person(name: str) -> str:
    """``name`` as BibTeX has it: ``Family, Given``, or ``others``."""
    if one_line(name).casefold().strip(". ") in ("others", "et al"):
        return "others"
    family, given = split_name(one_line(clean(name)))
    return write_name({"family": family, "given": given})
