"""Reads one PDF or Word file back and verifies that it says what its Document says: bytes and a Job in, Findings out.

It has four rooms. Each imports only from those before it, and ``readers`` and ``expected`` know nothing of each other:

1. ``readers``: the bytes of a PDF → characters, words, links, shapes, fonts, tags
2. ``expected``: a Document → the texts and addresses that its PDF must show
3. ``matching``: where the expected texts, sections and papers are in the text that was read
4. ``checks``: comparisons of the two → Faults

``comparable_text`` and ``finding`` serve all of them. ``subject`` holds what the checks share, so it comes after
``matching`` and before ``checks``; ``examine`` runs the table of checks and comes last.
"""

from cvgen.examine.examine import examine_docx, examine_pdf
from cvgen.examine.finding import Finding

__all__ = ["Finding", "examine_docx", "examine_pdf"]
