"""cvgen: one YAML profile and BibTeX files become a CV in PDF."""

__version__ = "0.1.0"
