"""The checks: each compares what was read from a PDF with what the document should show."""
