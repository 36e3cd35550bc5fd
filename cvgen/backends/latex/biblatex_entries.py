"""The publications of a document as a bibliography for biblatex, with the roles of their authors.

Roles are data annotations (biblatex manual 3.18, §3.7 "Data Annotations"): ``author+an = {1=equal; 2=self,equal}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.backends.latex.writer import LatexWriter
from cvgen.model.biblatex_source import BiblatexSource
from cvgen.model.inline import RichText
from cvgen.model.marks import Mark
from cvgen.model.publication import Credit
from cvgen.model.shown_paper import PublicationItem
from cvgen.select.authors import is_equal_to_nobody
from cvgen.select.bibtex_entry import lay_out_entry, list_people
from cvgen.sources.bibtex.field_text import tidy_field
from cvgen.sources.inline.tex_text import parse_latex

_NOT_IN_KEYS = re.compile(r"[^\w:./+'-]")
_VERBATIM = frozenset({"doi", "url", "eprint", "archiveprefix", "eprinttype", "primaryclass"})


def make_cite_key(key: str) -> str:
    """``key`` without characters that mean something to TeX or biber; both know the entry by it."""
    return _NOT_IN_KEYS.sub("-", key)


def write_biblatex(source: BiblatexSource, writer: LatexWriter) -> str:
    """The text of the .bib file."""
    return "\n\n".join(_write_entry(credit, item, writer) for credit, item in source.papers) + "\n"


def _write_entry(credit: Credit, item: PublicationItem, writer: LatexWriter) -> str:
    publication = credit.publication
    rows = list(list_people(publication, lambda name: _brace(name, writer(name))))
    rows += ((name, _write_field(name, text, writer)) for name, text in publication.cited)
    rows += [
        ("author+an", _annotate(credit)),
        ("addendum", ". ".join(map(writer, _list_facts(item)))),
        ("annotation", " ".join(writer(bullet.text) for bullet in item.bullets)),
    ]
    filled = [(name, text) for name, text in rows if text and (name != "month" or text.isdigit())]
    return lay_out_entry(publication.type, make_cite_key(publication.key), filled)


def _brace(name: str, written: str) -> str:
    """A part of a name in braces if it has markup, such as another font, which must not be taken apart."""
    return written if written == name else f"{{{written}}}"


def _write_field(name: str, text: str, writer: LatexWriter) -> str:
    """The field as its owner typed it, escaped again: what it says, and no command of a stranger."""
    if name in _VERBATIM:
        return re.sub(r"[{}\\]", "", text)
    return tidy_field(writer(RichText(parse_latex(text, lambda *_: None))))


def _annotate(credit: Credit) -> str:
    """The marks of each author in words, and ``self`` for the owner."""
    dropped = {Mark.SELF} | ({Mark.EQUAL} if is_equal_to_nobody(credit) else set())
    specs = []
    for position, author in enumerate(credit.publication.authors, 1):
        own = [Mark.SELF] if position == credit.position else []
        if words := [*own, *sorted(author.marks - dropped)]:
            specs.append(f"{position}={','.join(words)}")
    return "; ".join(specs)


def _list_facts(item: PublicationItem) -> Iterator[RichText | str]:
    """What cvgen prints after a paper's venue that no field of its entry says."""
    yield from filter(None, (item.topic, item.status, item.award, *item.metrics, item.note, item.role))
