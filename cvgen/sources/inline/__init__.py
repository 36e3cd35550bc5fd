"""Inline text → nodes: Markdown from profiles, TeX from bibliographies, formulas."""
