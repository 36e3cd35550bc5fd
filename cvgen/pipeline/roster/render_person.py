"""Renders the document of one person, unless the PDF that is there was made from the same files and choices."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cvgen.backends.backend import SourceWriter
from cvgen.backends.engines import PDF
from cvgen.diagnostics import CvgenError, InputError, Location, Problem
from cvgen.pipeline.prepare import Prepared, prepare
from cvgen.pipeline.provenance import name_files, state_of
from cvgen.pipeline.render import render_prepared
from cvgen.pipeline.request import Request, read_roles
from cvgen.pipeline.roster.listed_people import Person
from cvgen.pipeline.roster.order import PersonRender, RenderState, RosterOrder
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.pdf_info import read_pdf_info
from cvgen.version import __version__

INPUTS = "inputs"
"""The fact in a PDF that names the state of everything it was made from."""
_OTHER_INPUTS = "the machine that renders it has other files of cvgen, or other fonts"
_OTHER_HINT = "install the same version of cvgen, and the same font packages, on every worker"


def render_person(
    person: Person, order: RosterOrder, writer: SourceWriter, kept: KeptBibliographies, expected: str = ""
) -> PersonRender:
    """Render the document of ``person`` as ``order`` says; errors are in the outcome.

    Bibliographies in ``kept``, which others share, are not read again. Nothing is rendered from other inputs than
    those ``expected``, if they are given.
    """
    started = time.monotonic()
    try:
        prepared, inputs = prepare_person(person, order, writer, kept)
        if expected and inputs != expected:
            raise InputError([Problem(_OTHER_INPUTS, Location(str(person.profile)), _OTHER_HINT)])
        if pages := count_made_pages(person, order, inputs):
            seconds = time.monotonic() - started
            output = name_document(person, order)
            return PersonRender(person, RenderState.UP_TO_DATE, str(output), pages, seconds, prepared.problems)
        result = render_prepared(replace(prepared, metadata={**prepared.metadata, INPUTS: inputs}), writer)
    except CvgenError as error:
        return PersonRender(person, RenderState.FAILED, seconds=time.monotonic() - started, problems=error.problems)
    seconds = time.monotonic() - started
    return PersonRender(person, RenderState.RENDERED, str(result.output), result.pages, seconds, result.problems)


def prepare_person(
    person: Person, order: RosterOrder, writer: SourceWriter, kept: KeptBibliographies
) -> tuple[Prepared, str]:
    """Everything that the document of ``person`` is made from, and the digest of it; raises InputError."""
    prepared = prepare(_make_request(person, order), writer, None, kept)
    return prepared, _digest_inputs(prepared)


def name_document(person: Person, order: RosterOrder) -> Path:
    """The file of ``person``; pictures of pages have its name with numbers."""
    return order.folder / f"{person.name}.{order.format}"


def count_made_pages(person: Person, order: RosterOrder, inputs: str) -> int:
    """The number of pages of the PDF that was made from ``inputs``; 0 if it is to be rendered."""
    return 0 if order.force or order.format != PDF else _count_pages(name_document(person, order), inputs)


def _make_request(person: Person, order: RosterOrder) -> Request:
    return Request(
        person.profile,
        order.variant,
        order.theme,
        order.engine,
        order.format,
        name_document(person, order),
        roles=read_roles(order.roles),
        options=order.options,
        pages=order.pages,
        untrusted=order.untrusted,
    )


def _digest_inputs(prepared: Prepared) -> str:
    """One SHA-256 over all files, choices and the version; the same on every machine, wherever the files are."""
    named = name_files(prepared.files.blobs, prepared.career.folder)
    state = state_of({name: prepared.files.blobs[path] or "" for name, path in named.items()})
    facts = {**prepared.metadata, "pages": prepared.pages, "state": state, "version": __version__}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _count_pages(output: Path, inputs: str) -> int:
    """The number of pages of the PDF at ``output`` if it was made from ``inputs``, else 0."""
    with suppress(InputError):  # no file, or not a PDF
        if output.is_file() and (info := read_pdf_info(output)).facts.get(INPUTS) == inputs:
            return info.pages
    return 0
