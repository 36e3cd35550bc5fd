"""Frozen data with meaning and no markup: profile, publication, dates, inline text, document."""
