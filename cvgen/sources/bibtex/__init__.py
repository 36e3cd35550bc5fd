"""Bibliographies → raw entries: BibTeX and CSL-JSON files, and what entries take from each other."""
