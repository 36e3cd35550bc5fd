"""PDFs that cvgen inspect reads: broken, lying, and naming other people's files."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pypdf import PdfWriter

from cvgen.model.metadata import info_entries
from hostile.case import FAILED, FINDINGS, Case, Sandbox
from hostile.classes.yaml import mutate


def made_pdf(facts: dict[str, str], info: dict[str, str] | None = None) -> bytes:
    """A PDF of one page that says it was made by cvgen from these facts."""
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.add_metadata({"/Creator": "cvgen", **{f"/{k}": v for k, v in info_entries(facts).items()}, **(info or {})})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


BLOB = "0" * 40
FACTS: dict[str, dict[str, str]] = {
    "names a secret": {
        "profile": "profile.yaml",
        "files": json.dumps({"../secret/secret.txt": BLOB, "profile.yaml": BLOB}),
    },
    "names passwd": {"profile": "profile.yaml", "files": json.dumps({"/etc/passwd": BLOB, "profile.yaml": BLOB})},
    "names a device": {"profile": "profile.yaml", "files": json.dumps({"../../../../../../dev/zero": BLOB})},
    "names a pipe": {"profile": "profile.yaml", "files": json.dumps({"pipe": BLOB, "profile.yaml": BLOB})},
    "profile elsewhere": {"profile": "../secret/secret.yaml", "files": json.dumps({"../secret/secret.yaml": BLOB})},
    "command in a blob": {"profile": "profile.yaml", "files": json.dumps({"profile.yaml": "x; touch PWNED"})},
    "escapes": {"variant": "\x1b]0;x\x07\x1b[2J", "theme": "\u202etxt", "profile": "\x1b[31m", "files": "{}"},
    "many files": {"profile": "profile.yaml", "files": json.dumps({f"f{n}": BLOB for n in range(50_000)})},
    "deep json": {"profile": "profile.yaml", "files": "[" * 100_000},
    "numbers": {"profile": "7", "files": "[1, 2]", "options": "null", "roles": "9" * 10_000},
    "long": {"variant": "x" * 1_000_000, "profile": "x" * 5000, "files": json.dumps({"x" * 5000: BLOB})},
    "NUL": {"profile": "a\0b", "files": json.dumps({"a\0b": BLOB})},
}


def _made(facts: dict[str, str], *more: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        os.mkfifo(box.work / "pipe")
        info = {"/Title": "\x1b[2J\u202e title", "/Author": "a\nb"}
        box.profile()
        return ["inspect", box.write("cv.pdf", made_pdf(facts, info)), *more]

    return build


def _raw(data: bytes) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        return ["inspect", box.write("cv.pdf", data)]

    return build


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each set of facts, trusted or not, and a good PDF after changes at random."""
    for name, facts in FACTS.items():
        for more in ((), ("--untrusted", "--json")):
            yield Case("pdfs", f"{name}{', untrusted' if more else ''}", _made(facts, *more),
                       fast=name == "escapes" and not more)  # fmt: skip
    good = made_pdf({"variant": "v", "profile": "profile.yaml", "files": "{}"})
    yield Case("pdfs", "empty", _raw(b""), FAILED)
    yield Case("pdfs", "cut", _raw(good[: len(good) // 2]), FAILED)
    yield Case("pdfs", "many pages", _raw(good.replace(b"/Count 1", b"/Count 999999999")), FINDINGS | FAILED)
    for number in range(10):
        text = mutate(good.decode("latin-1"), draw, "<>[]()/0R\n")
        yield Case("pdfs", f"changed {number}", _raw(text))
