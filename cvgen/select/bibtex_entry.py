"""A publication as a BibTeX entry that a reader can copy, without what its owner keeps for themselves; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from cvgen.model.publication import Author, Publication
from cvgen.sources.bibtex.csl_values import escape_latex
from cvgen.sources.bibtex.field_text import tidy_field
from cvgen.sources.bibtex.known_fields import ENTRY_TYPES

_SPLITS = re.compile(r",|\band\b", re.IGNORECASE)
"""What would split a name in two."""
_PEOPLE = ("author", "editor", "translator")


def write_bibtex(publication: Publication) -> str:
    """The entry of ``publication``: its people without marks, and the fields of a citation as the owner typed them.

    Marks, notes, files, abstracts and all other fields of the owner's bibliography are left out.
    """
    rows = [*list_people(publication, escape_latex), *((name, tidy_field(text)) for name, text in publication.cited)]
    if not publication.doi and (link := next((one.url for one in publication.links if one.label == "link"), "")):
        rows.append(("url", re.sub(r"[{}]", "", link)))
    return lay_out_entry(publication.type, publication.key, rows)


def lay_out_entry(type_: str, key: str, rows: Collection[tuple[str, str]]) -> str:
    """An entry with one line for each field."""
    width = max((len(name) for name, _ in rows), default=0)
    lines = [f"  {name:{width}} = {{{text}}}," for name, text in rows]
    return "\n".join([f"@{type_ if type_ in ENTRY_TYPES else 'misc'}{{{key},", *lines, "}"])


def list_people(publication: Publication, escape: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The fields of authors, editors and translators without marks; ``escape`` writes a part of a name as LaTeX."""
    listed = (publication.authors, publication.editors, publication.translators)
    cut = (publication.truncated, publication.editors_truncated, False)
    for name, people, is_cut in zip(_PEOPLE, listed, cut, strict=True):
        if people:
            written = [_write_person(person, escape) for person in people]
            yield name, " and ".join([*written, *(["others"] if is_cut else [])])


def _write_person(author: Author, escape: Callable[[str], str]) -> str:
    """``von Family, Jr., Given``; the name of an organization is in braces."""
    if not author.given:
        return f"{{{escape(author.family)}}}"
    family, suffix, given = (_write_part(part, escape) for part in (author.family, author.suffix, author.given))
    return ", ".join(filter(None, (" ".join(filter(None, (author.particle, family))), suffix, given)))


def _write_part(name: str, escape: Callable[[str], str]) -> str:
    written = escape(name)
    return f"{{{written}}}" if _SPLITS.search(name) else written
