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
    # The metadata names the state of all files, the theme and its options, but no folder of this machine.
    parts = (find_strings(document), repr(sorted(job.metadata.items())))
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
    return {"metadata": Latex(f"<{packet.hex()}>"), "id": Latex(f"<{digest}>")}
