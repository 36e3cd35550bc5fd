"""Documents as JSON Resume 1.0.0 (https://jsonresume.org/schema): the table of the import, read the other way.

1. ``resume_texts``: nodes → Markdown that an import reads as the same nodes
2. ``resume``: a Document and its profile → the resume, and what it has no place for
3. ``resume_writer``: the writer of the format
"""
