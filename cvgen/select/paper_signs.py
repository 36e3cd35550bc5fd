"""The signs between the facts and the names of a paper, by the script in which these are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cvgen.model.paper_signs import OWN_SCRIPT, PaperSigns, is_own_script


def choose_signs(facts: Iterable[object], names: Iterable[object], words: Mapping[str, str]) -> PaperSigns:
    """The language's signs where the text between them is in its script; Latin ones in an English paper."""
    latin = PaperSigns()
    has_facts, has_names = any(OWN_SCRIPT.search(str(text)) for text in facts), is_own_script(names)
    opening, _, closing = words["brackets"].partition("{text}") if has_facts else (latin.opening, "", latin.closing)
    return PaperSigns(
        comma=words["comma"] if has_facts else latin.comma,
        name_comma=words["list_comma"] if has_names else latin.name_comma,
        opening=opening,
        closing=closing,
        space="" if words["list_comma"] == "、" and has_names else latin.space,
    )
