"""What a LaTeX source needs whose publications biblatex prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cvgen.model.publication import Credit
from cvgen.model.shown_paper import PublicationItem


@dataclass(frozen=True, slots=True)
class BiblatexSource:
    """The publications of a document, and how their authors are marked."""

    papers: tuple[tuple[Credit, PublicationItem], ...]
    """Each publication with its owner's part, and as the document prints it."""
    marks: Mapping[str, str]
    """The raised mark for each role of an author that has one: ``equal`` → ``*``."""
