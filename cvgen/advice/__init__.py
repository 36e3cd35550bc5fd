"""Reads a CV as a career adviser would, and says what to improve. It only turns texts into findings, without a score.

1. ``cv_text``: a Career → its bullets, entries and summaries in one language, with their places
2. ``vocabulary``: the words that the rules look for, one file for each language in ``words``
3. ``rules``: one function for each rule, from a CvText to Remarks; ``table_of_rules`` has a row for each
4. ``text_review``: runs the rules and sorts what they found

``docs/review.md`` says why each rule exists, where it comes from, and in which languages it judges.
"""
