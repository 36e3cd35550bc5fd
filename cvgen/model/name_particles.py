"""The particles of names."""

from __future__ import annotations

PARTICLES = frozenset(
    ("af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
     "la", "las", "le", "los", "ten", "ter", "van", "vom", "von", "zu", "zum")
)  # fmt: skip
"""Words in small letters that may come before a family name, and have no initial."""
