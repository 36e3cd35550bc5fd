"""Asks the readers and parsers that are here about PDFs."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from parsers.worker import BATCHES, PARSERS, READERS

Answers = Mapping[Path, Mapping[str, Any]]
_WORKER = Path(__file__).with_name("worker.py")
_PDFTOTEXT = {"pdftotext": (), "pdftotext-layout": ("-layout",), "pdftotext-raw": ("-raw",)}
TEXT_READERS = (*_PDFTOTEXT, *READERS, *BATCHES)
NAMES = (*TEXT_READERS, *PARSERS)


def ask(name: str, python: Path, pdfs: Sequence[Path]) -> Answers | None:
    """What ``name`` finds in each of ``pdfs``; None if it is not here. ``python`` runs the ones from PyPI."""
    if name in _PDFTOTEXT:
        if not shutil.which("pdftotext"):
            return None
        return {pdf: {"text": _run(["pdftotext", *_PDFTOTEXT[name], str(pdf), "-"])} for pdf in pdfs}
    if not python.exists():
        return None
    paths = {str(pdf.absolute()): pdf for pdf in pdfs}
    with TemporaryDirectory() as scratch:  # some parsers write a log where they are started
        said = _run([str(python.absolute()), str(_WORKER), name, *paths], scratch)
    return {paths[path]: answer for path, answer in json.loads(said).items()} if said else None


def ask_command(command: str, pdfs: Iterable[Path]) -> Answers:
    """What a person's ``command`` finds: it is given a PDF and prints its answer, or nothing."""
    said = {pdf: _run([*shlex.split(command), str(pdf)]) for pdf in pdfs}
    return {pdf: json.loads(text or "{}") for pdf, text in said.items()}


def _run(command: list[str], folder: str | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        print(f"{command[0]}: {done.stderr.strip()[-300:]}", file=sys.stderr)
    return done.stdout
