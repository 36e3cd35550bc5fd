"""An entry that a service answered with, as LaTeX that fits into any .bib file."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cvgen.convert.profile_draft import Paper
from cvgen.convert.write_bib import write_fields
from cvgen.sources.bibtex.field_text import tidy_field
from cvgen.sources.bibtex.raw_entry import RawEntry
from cvgen.sources.entry.doi import read_doi_address

_VERBATIM = frozenset({"doi", "url", "eprint", "isbn", "issn", "file"})
_BARE_SPECIAL = re.compile(r"(?<!\\)[&%#]")


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """The type of an entry and its fields, which are LaTeX."""

    kind: str
    fields: Mapping[str, str]
    published: str = ""
    """The DOI of the paper that a preprint has become, which is a publication of its own."""

    @classmethod
    def of_entry(cls, entry: RawEntry) -> FoundEntry:
        """``entry`` without an address that its DOI leads to anyway."""
        fields = {name: tidy_latex(name, field.value) for name, field in entry.fields.items() if field.value.strip()}
        if "doi" in fields and read_doi_address(fields.get("url", "")).casefold() == fields["doi"].casefold():
            del fields["url"]
        return cls(entry.type, fields)

    @classmethod
    def of_paper(cls, paper: Paper) -> FoundEntry:
        """``paper``, whose texts are plain."""
        return cls(paper.kind, write_fields(paper))


def tidy_latex(name: str, text: str) -> str:
    """``text`` of the field ``name`` on one line, with balanced braces, and with ``&``, ``%`` and ``#`` escaped.

    The services mix LaTeX with plain text and HTML: ``Cats &amp; dogs in 50% of $n$``.
    """
    line = tidy_field(html.unescape(text))
    if name in _VERBATIM:
        return line
    if line.count("$") % 2:
        line = re.sub(r"(?<!\\)\$", r"\\$", line)
    return _BARE_SPECIAL.sub(lambda found: "\\" + found[0], line)
