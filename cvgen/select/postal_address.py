"""Writes an address on one line, in the order and with the signs of its country.

The formats of countries are in ``address_formats.json``, after Google's libaddressinput
(https://github.com/google/libaddressinput) and the postal union's guides (https://www.upu.int).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from cvgen.model.late_pattern import late_pattern
from cvgen.select.language import find_locale

_FILE = resources.files("cvgen.select") / "address_formats.json"
_DEFAULT = "{address}|, {city}|, {region}|, {postal_code}"
_IDEOGRAPHIC = {
    "CN": "{country}|{region}|{city}|{address}| {postal_code}",
    "TW": "{postal_code}| {country}|{region}|{city}|{address}",
    "JP": "{country}|、〒{postal_code}| {region}|{city}|{address}",
    "KR": "({postal_code})| {country}| {region}| {city}| {address}",
}
"""By the country whose order a text has that is written in Chinese, Japanese or Korean: the largest part first."""
_HOMES = {"zh": "CN", "ja": "JP", "ko": "KR"}
_IDEOGRAPH = late_pattern("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_PERSIAN = "{country}|, {region}|, {city}|, {address}|, {postal_code}"
"""The order of an address in Persian: also the largest part first."""
_PART = late_pattern(r"(?P<separator>[\s,،、/–]*)(?P<before>[^{]*)\{(?P<field>\w+)\}(?P<after>.*)")


@lru_cache(maxsize=1)
def _formats() -> Mapping[str, str]:
    """The format of each country that has another one than the usual."""
    loaded: dict[str, str] = json.loads(_FILE.read_text("utf-8"))
    return {country: pattern for pattern, countries in loaded.items() for country in countries.split()}


def write_postal_address(parts: Mapping[str, str], country: str, language: str, comma: str = ", ") -> str:
    """The fields ``address``, ``postal_code``, ``city``, ``region`` and ``country`` as ``country`` writes them.

    ``country`` is a code (ISO 3166), empty for that of the ``language``. A field that is not given is left out with the
    sign before it; one that says what another has said is left out too.
    """
    given = _drop_repeated({name: text for name, text in parts.items() if text})
    pattern = _find_format(given, country.upper() or _home_of(language), language)
    return _fill(pattern.replace(", ", comma), given)


def _find_format(parts: Mapping[str, str], country: str, language: str) -> str:
    base = language.split("-")[0]
    places = [text for name, text in parts.items() if name not in ("postal_code", "country")]
    if base in _HOMES and places and all(map(_IDEOGRAPH.search, places)):
        return _IDEOGRAPHIC.get(country, _IDEOGRAPHIC[_HOMES[base]])
    if base == "fa" and not "".join(places).isascii():
        return _PERSIAN
    return _formats().get(country, _DEFAULT) + "|, {country}"


def _home_of(language: str) -> str:
    """The country in which most people speak ``language``; empty if CLDR names none."""
    from babel.core import get_global

    tag = language.replace("-", "_")
    likely = get_global("likely_subtags")
    return (
        find_locale(language).territory or str(likely.get(tag) or likely.get(tag.split("_")[0], "")).rpartition("_")[2]
    )


def _drop_repeated(parts: dict[str, str]) -> dict[str, str]:
    """``parts`` without a region or country named as the city or the region is, and a city that the country says."""
    city, region, country = (parts.get(name, "") for name in ("city", "region", "country"))
    repeated = {"region"} if region == city else set()
    if country and country in (city, region):
        repeated.add("country")
    elif _IDEOGRAPH.search(country):
        repeated |= {name for name in ("city", "region") if parts.get(name) and country.endswith(parts[name])}
    return {name: text for name, text in parts.items() if name not in repeated}


def _fill(pattern: str, parts: Mapping[str, str]) -> str:
    """``pattern`` with its fields; a field left out hands a comma before it on to the next one."""
    written, handed_on = "", ""
    for part in map(_PART.fullmatch, pattern.split("|")):
        assert part is not None
        separator = max(handed_on, part["separator"], key=lambda sign: (bool(sign.strip()), len(sign)))
        text = parts.get(part["field"], "")
        if not text:
            handed_on = separator
            continue
        written += (separator if written else "") + part["before"] + text + part["after"]
        handed_on = ""
    return written
