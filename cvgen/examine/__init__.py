"""One PDF read back: whether what came out is what was put in. Pure: bytes and a Job in, Findings out."""

from cvgen.examine.examine import examine_pdf
from cvgen.examine.finding import Finding

__all__ = ["Finding", "examine_pdf"]
