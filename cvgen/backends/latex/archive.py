"""The metadata and the ID that a PDF made by TeX needs to conform to PDF/A-2b."""

from __future__ import annotations

import hashlib

from cvgen.backends.backend import Job, find_strings
from cvgen.backends.latex.writer import Latex
from cvgen.backends.xmp import Metadata, write_xmp

CREATOR = "cvgen"


def describe_archive(job: Job) -> dict[str, Latex]:
    """``metadata`` and ``id`` as hexadecimal strings of PDF, for the template ``archive.tex.j2``."""
    document = job.document
    name = str(document.name)
    packet = write_xmp(Metadata(name, (name,), str(document.label), CREATOR), "B")
    parts = (find_strings(document), job.theme.name, repr(sorted(job.options.items())), job.files_digest)
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
    return {"metadata": Latex(f"<{packet.hex()}>"), "id": Latex(f"<{digest}>")}
