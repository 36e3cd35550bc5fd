"""Files become values with a place: YAML, BibTeX, inline Markdown, LaTeX text."""
