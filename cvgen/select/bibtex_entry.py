"""A publication as a BibTeX entry that a reader can copy, without what its owner keeps for themselves; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    rows = [*_people(publication), *((name, tidy_field(text)) for name, text in publication.cited)]
    if not publication.doi and (link := next((one.url for one in publication.links if one.label == "link"), "")):
        rows.append(("url", re.sub(r"[{}]", "", link)))
    type_ = publication.type if publication.type in ENTRY_TYPES else "misc"
    width = max((len(name) for name, _ in rows), default=0)
    lines = [f"  {name:{width}} = {{{text}}}," for name, text in rows]
    return "\n".join([f"@{type_}{{{publication.key},", *lines, "}"])


def _people(publication: Publication) -> Iterator[tuple[str, str]]:
    listed = (publication.authors, publication.editors, publication.translators)
    cut = (publication.truncated, publication.editors_truncated, False)
    for name, people, is_cut in zip(_PEOPLE, listed, cut, strict=True):
        if people:
            yield name, " and ".join([*map(_write_person, people), *(["others"] if is_cut else [])])


def _write_person(author: Author) -> str:
    """``von Family, Jr., Given``; the name of an organization is in braces."""
    if not author.given:
        return f"{{{escape_latex(author.family)}}}"
    family = " ".join(filter(None, (author.particle, _write_part(author.family))))
    return ", ".join(filter(None, (family, _write_part(author.suffix), _write_part(author.given))))


def _write_part(name: str) -> str:
    written = escape_latex(name)
    return f"{{{written}}}" if _SPLITS.search(name) else written
