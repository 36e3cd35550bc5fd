"""Bibliographies → raw entries: BibTeX and CSL-JSON files, and the fields that entries inherit."""
