"""HTML → PDF by WeasyPrint, in a process of its own."""
