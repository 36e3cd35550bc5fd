"""The checks. Each compares what was read from a PDF with what the PDF must show."""
