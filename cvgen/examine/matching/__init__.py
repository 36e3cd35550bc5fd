"""Finds the expected texts, sections and papers in the text of a reader, and the running heads on the pages."""
