"""How far a publication has come: ``pubstate``, else what other fields say and no more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvgen.diagnostics import Problem, did_you_mean
from cvgen.model.publication import Status
from cvgen.sources.entry_reader import EntryReader
from cvgen.sources.identifiers import Identifiers

STATUS_WORDS: Mapping[str, Status] = {
    **{status.value: status for status in Status},
    "prepublished": Status.PREPRINT,
    "inprogress": Status.IN_PREPARATION,
    "underreview": Status.SUBMITTED,
    "accepted": Status.FORTHCOMING,
    "toappear": Status.FORTHCOMING,
}
_PREPRINT_VENUE = re.compile(r"\b(arxiv|corr|biorxiv|medrxiv|ssrn|chemrxiv|psyarxiv|techrxiv)\b", re.IGNORECASE)
_STATUS_IN_DATE = re.compile(
    r"\b(?:in\s?[_-]?press|to\s+appear(?!\s+in)|forthcoming|accepted|submitted|under\s+review|in\s+preparation"
    r"|in\s+progress)\b",
    re.IGNORECASE,
)

_BETWEEN_LETTERS = re.compile(r"[\s_{}.-]")


def find_status_word(text: str) -> str:
    """The words of a date that say how far a publication has come (``2005 (to appear)``); empty where none do."""
    if text.isdigit():
        return ""
    if _simplify(text) in STATUS_WORDS:
        return text
    found = _STATUS_IN_DATE.search(text)
    return found[0] if found else ""


def _simplify(text: str) -> str:
    return _BETWEEN_LETTERS.sub("", text.casefold()) if text else ""


def read_status(reader: EntryReader, found: Identifiers, venue: str) -> tuple[Status, str]:
    """The status, and why it is that."""
    entry = reader.entry
    if field := entry.get("pubstate"):
        word = re.sub(r"[\s_-]", "", field.value.casefold())
        if word in STATUS_WORDS:
            return STATUS_WORDS[word], f"pubstate, line {field.location.line}"
        hint = did_you_mean(word, STATUS_WORDS) or "known here: " + ", ".join(sorted(STATUS_WORDS))
        reader.add(Problem(f"{field.value!r} is no pubstate", field.location, hint))
    for name in ("year", "date", "note"):
        said = entry.get(name)
        text = said.value if said else ""
        if name != "note":
            text = find_status_word(text)
        word = _simplify(text)
        if said and STATUS_WORDS.get(word, Status.PUBLISHED) is not Status.PUBLISHED:  # nothing makes it better
            return STATUS_WORDS[word], f"{name} = {said.value.strip()!r}, line {said.location.line}"
    if not venue and found.claims_arxiv:
        return Status.PREPRINT, "its eprint is said to be arXiv's"
    if not venue and found.doi.casefold().startswith("10.48550/arxiv"):
        return Status.PREPRINT, "its DOI is arXiv's"
    if _PREPRINT_VENUE.search(venue) and not re.search(r"\b(?:IEEE|ACM|Proceedings)\b", venue):
        return Status.PREPRINT, f"its venue is {venue!r}"
    if entry.type == "unpublished":
        return Status.UNPUBLISHED, "its type is @unpublished"
    return Status.PUBLISHED, "nothing says otherwise"
