"""The formats that can be imported: one row each; the content of a file says which it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cvgen.convert import bibliography, json_resume, linkedin, orcid, rendercv, yamlresume
from cvgen.convert.draft import Draft
from cvgen.convert.source import Source
from cvgen.diagnostics import InputError, Location, Problem, suggest


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name for ``--from``, what its files are, how one is recognised, and what reads it."""

    name: str
    description: str
    recognise: Callable[[Source], bool]
    read: Callable[[Source], Draft]


_ROWS = (
    Format("linkedin", "LinkedIn's data export (.zip, or its folder)", linkedin.recognise, linkedin.read),
    Format("bibtex", "BibTeX (.bib)", bibliography.recognise_bibtex, bibliography.read_bibtex),
    Format("rendercv", "RenderCV (.yaml)", rendercv.recognise, rendercv.read),
    Format("yamlresume", "YAMLResume (.yml)", yamlresume.recognise, yamlresume.read),
    Format("orcid", "ORCID (.json)", orcid.recognise, orcid.read),
    Format("csl", "CSL-JSON (.json)", bibliography.recognise_csl, bibliography.read_csl),
    Format("json-resume", "JSON Resume (.json)", json_resume.recognise, json_resume.read),
)
FORMATS = {row.name: row for row in _ROWS}
"""Every format by its name, in the order in which they are tried."""


def choose_format(source: Source, asked: str | None) -> Format:
    """The format ``asked`` for, else the first that recognises ``source``; raises InputError if none does."""
    if asked is not None:
        if asked not in FORMATS:
            hint = suggest(asked, FORMATS)
            raise InputError([Problem(f"{asked!r} is not a format that can be imported", None, hint)])
        return FORMATS[asked]
    found = next((row for row in _candidates(source) if row.recognise(source)), None)
    if found is None and source.rough_text.lstrip().startswith("<?xml") and "orcid.org/ns/" in source.rough_text:
        hint = "download it as JSON: curl -H 'Accept: application/json' https://pub.orcid.org/v3.0/0000-…/record"
        raise InputError([Problem("this is an ORCID record in XML", Location(str(source.path)), hint)])
    if found is None:
        known = ", ".join(row.description for row in _ROWS)
        message = "this is not a file that cvgen can import"
        hint = f"it imports {known}; if it is one of these, say which: --from {'|'.join(FORMATS)}"
        raise InputError([*source.problems, Problem(message, Location(str(source.path)), hint)])
    return found


def _candidates(source: Source) -> tuple[Format, ...]:
    """The formats to try: those that read exports, text, JSON or YAML, whichever ``source`` looks like."""
    if source.is_export:
        return _ROWS[:1]
    return _ROWS[1:] if source.is_json or source.is_yaml else _ROWS[1:2]
