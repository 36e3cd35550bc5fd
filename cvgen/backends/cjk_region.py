"""Which national shapes of ideographs a language has, by the names of the Noto CJK fonts."""

from __future__ import annotations

_REGIONS = {"ja": "JP", "ko": "KR"}
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def find_cjk_region(language: str) -> str:
    """``SC``, ``TC``, ``JP`` or ``KR``; simplified Chinese for a language without ideographs."""
    if language.casefold().startswith(_TRADITIONAL):
        return "TC"
    return _REGIONS.get(language.split("-")[0], "SC")
