"""How a document writes its dates."""

from __future__ import annotations

from enum import StrEnum

DATE_STYLE = "date_style"
"""The name of the setting, and of the word of a document that holds it."""


class DateStyle(StrEnum):
    """The style of months and days; a year alone, a season and a term are the same in all of them."""

    TEXT = "text"
    """``Mar 2018``, as the language writes it."""
    NUMERIC = "numeric"
    """``03/2018``"""
    ISO = "iso"
    """``2018-03``"""
    DOTTED = "dotted"
    """``2018.03``"""
