"""The formats that can be imported: one row each; the content of a file says which it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cvgen.convert import imported_bibliography, json_resume, linkedin, orcid, rendercv, yamlresume
from cvgen.convert.imported_file import ImportedFile
from cvgen.convert.profile_draft import ProfileDraft
from cvgen.diagnostics import InputError, Location, Problem, suggest


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name for ``--from``, how its files are recognised, and what reads them."""

    name: str
    recognise: Callable[[ImportedFile], bool]
    read: Callable[[ImportedFile], ProfileDraft]


_ROWS = (
    Format("linkedin", linkedin.recognise, linkedin.read),
    Format("bibtex", imported_bibliography.recognise_bibtex, imported_bibliography.read_bibtex),
    Format("rendercv", rendercv.recognise, rendercv.read),
    Format("yamlresume", yamlresume.recognise, yamlresume.read),
    Format("orcid", orcid.recognise, orcid.read),
    Format("csl", imported_bibliography.recognise_csl, imported_bibliography.read_csl),
    Format("json-resume", json_resume.recognise, json_resume.read),
)
FORMATS = {row.name: row for row in _ROWS}
"""Every format by its name, in the order in which they are tried."""


def choose_format(source: ImportedFile, asked: str | None) -> Format:
    """The format ``asked`` for, else the first that recognises ``source``; raises InputError if none does."""
    if asked is not None:
        if asked not in FORMATS:
            hint = suggest(asked, FORMATS)
            raise InputError([Problem(f"{asked!r} is not a format that can be imported", None, hint)])
        return FORMATS[asked]
    found = next((row for row in _candidates(source) if row.recognise(source)), None)
    if found is None:
        message, hint = _describe_unknown(source)
        raise InputError([*source.problems, Problem(message, Location(str(source.path)), hint)])
    return found


def _describe_unknown(source: ImportedFile) -> tuple[str, str]:
    """What is wrong with a file that no format recognises, and what to give instead."""
    formats = ", ".join(FORMATS)
    if source.is_export and source.export.has("document.xml"):
        return "this is a Word document, which cvgen cannot import", f"give a file of one of these formats: {formats}"
    if source.is_export:
        message = "there is no file of a LinkedIn export in this ZIP or folder"
        return message, "an export has Profile.csv, Positions.csv or Education.csv; for another format, give one file"
    if not source.data.strip():
        return "the file is empty", f"give a file of one of these formats: {formats}"
    if source.data.startswith(b"%PDF"):
        return "this is a PDF, which cvgen cannot import", f"give a file of one of these formats: {formats}"
    if source.rough_text.lstrip().startswith("<?xml") and "orcid.org/ns/" in source.rough_text:
        hint = "download it as JSON: curl -H 'Accept: application/json' https://pub.orcid.org/v3.0/0000-…/record"
        return "this is an ORCID record in XML", hint
    hint = f"if it is in one of these formats, say which with --from: {formats}"
    return "this is not a file that cvgen can import", hint


def _candidates(source: ImportedFile) -> tuple[Format, ...]:
    """The formats to try: those that read exports, text, JSON or YAML, whichever ``source`` looks like."""
    if source.is_export:
        return _ROWS[:1]
    return _ROWS[1:] if source.is_json or source.is_yaml else _ROWS[1:2]
