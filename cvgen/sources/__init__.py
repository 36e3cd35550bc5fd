"""Reads files into values that have a place: YAML, BibTeX, inline Markdown, LaTeX text."""
