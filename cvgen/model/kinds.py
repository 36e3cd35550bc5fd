"""The kinds of publications, and how lists group and count them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a publication, independent of the entry type and fields that it was read from."""

    ARTICLE = "article"
    CONFERENCE_PAPER = "conference_paper"
    PREPRINT = "preprint"
    MANUSCRIPT = "manuscript"
    CHAPTER = "chapter"
    REFERENCE_ENTRY = "reference_entry"
    BOOK = "book"
    EDITED_VOLUME = "edited_volume"
    PROCEEDINGS = "proceedings"
    SPECIAL_ISSUE = "special_issue"
    DOCTORAL_THESIS = "doctoral_thesis"
    HABILITATION = "habilitation"
    CANDIDATE_THESIS = "candidate_thesis"
    MASTER_THESIS = "master_thesis"
    BACHELOR_THESIS = "bachelor_thesis"
    THESIS = "thesis"
    REPORT = "report"
    MANUAL = "manual"
    STANDARD = "standard"
    PATENT = "patent"
    SOFTWARE = "software"
    DATASET = "dataset"
    TALK = "talk"
    POSTER = "poster"
    WEBPAGE = "webpage"
    VIDEO = "video"
    AUDIO = "audio"
    ARTWORK = "artwork"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class KindRow:
    """How lists treat a kind. Both names are ends of keys in the words files.

    ``heading`` names the group of ``group_by: kind`` (``kinds_articles``), ``count`` the noun in a sentence of counts
    (``count_papers``). ``label`` is whether the kind must be named in words; other kinds are clear from a journal, a
    book title after "In", or the status.
    """

    heading: str
    count: str
    label: bool = True


KINDS: Mapping[Kind, KindRow] = {
    Kind.ARTICLE: KindRow("articles", "papers", label=False),
    Kind.CONFERENCE_PAPER: KindRow("conference_papers", "papers", label=False),
    Kind.PREPRINT: KindRow("preprints", "papers", label=False),
    Kind.MANUSCRIPT: KindRow("manuscripts", "papers", label=False),
    Kind.CHAPTER: KindRow("chapters", "chapters"),
    Kind.REFERENCE_ENTRY: KindRow("chapters", "reference_entries"),
    Kind.BOOK: KindRow("books", "books"),
    Kind.EDITED_VOLUME: KindRow("edited_volumes", "edited_volumes"),
    Kind.PROCEEDINGS: KindRow("edited_volumes", "edited_volumes"),
    Kind.SPECIAL_ISSUE: KindRow("edited_volumes", "edited_volumes"),
    Kind.DOCTORAL_THESIS: KindRow("theses", "theses"),
    Kind.HABILITATION: KindRow("theses", "theses"),
    Kind.CANDIDATE_THESIS: KindRow("theses", "theses"),
    Kind.MASTER_THESIS: KindRow("theses", "theses"),
    Kind.BACHELOR_THESIS: KindRow("theses", "theses"),
    Kind.THESIS: KindRow("theses", "theses"),
    Kind.REPORT: KindRow("reports", "reports"),
    Kind.MANUAL: KindRow("other", "others"),
    Kind.STANDARD: KindRow("other", "others"),
    Kind.PATENT: KindRow("patents", "patents"),
    Kind.SOFTWARE: KindRow("software", "software"),
    Kind.DATASET: KindRow("datasets", "datasets"),
    Kind.TALK: KindRow("talks", "talks"),
    Kind.POSTER: KindRow("talks", "talks"),
    Kind.WEBPAGE: KindRow("webpages", "webpages"),
    Kind.VIDEO: KindRow("other", "others"),
    Kind.AUDIO: KindRow("other", "others"),
    Kind.ARTWORK: KindRow("other", "others"),
    Kind.OTHER: KindRow("other", "others", label=False),
}
"""Every kind, in the order of the groups and of the counts."""

THESES = frozenset(kind for kind, row in KINDS.items() if row.count == "theses")
EDITED = frozenset(kind for kind, row in KINDS.items() if row.count == "edited_volumes")
"""The kinds with editors in place of authors."""
NUMBERED = frozenset({Kind.REPORT, Kind.PATENT, Kind.STANDARD, Kind.MANUAL})
"""The kinds whose number is their own, and not that of an issue."""
