"""A plain résumé parser: what a program that looks for structure makes of a PDF, whoever made it.

It goes the way such programs go, and knows as little as they do. It reads the text in the order of the file, cuts it to
lines and pieces (``text_lines``), lines to sections at their titles (``section_titles``), and sections to entries where
the gap between lines is wide (``entries``). It takes a piece for a date, an employer, a title, a school or a degree by
its form and its words (``known_words``). ``parse_cv`` puts the parts together to a ``ParsedCv``.
"""
