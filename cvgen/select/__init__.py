"""Selects what one document shows: (Career, Variant) → Document; pure functions."""
