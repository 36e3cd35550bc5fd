"""Document → HTML → PDF by WeasyPrint."""
