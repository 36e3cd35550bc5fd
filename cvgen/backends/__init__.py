"""Document → markup → PDF, through HTML (WeasyPrint) or LaTeX (latexmk)."""
