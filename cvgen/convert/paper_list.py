"""Puts the publications of a draft into its profile: the file, the owner's spellings, and texts below papers."""

from __future__ import annotations

from collections.abc import Iterable

from cvgen.convert.foreign_values import bullets
from cvgen.convert.owner_names import are_alike
from cvgen.convert.profile_draft import DraftMapping, Paper, ProfileDraft
from cvgen.convert.write_bib import name_papers
from cvgen.model.owner import fold

BIB_NAME = "papers.bib"


def add_papers(draft: ProfileDraft) -> dict[str, Paper]:
    """Add the part ``bibliography`` for the papers of ``draft``, mark the owner in them, and return them by key."""
    if not draft.papers:
        return {}
    names = [str(draft.profile["basics"].get(key, "")) for key in ("name", "native_name")]
    own = {fold(name) for name in names if name}
    aliases = list(dict.fromkeys(filter(None, (_mark_owner(paper, own, names[0]) for paper in draft.papers))))
    named = name_papers(draft.papers)
    part = draft.profile.setdefault("bibliography", DraftMapping())
    part["files"] = [BIB_NAME]
    if aliases:
        part["aliases"] = aliases
    overlays = {key: {"highlights": bullets(paper.summary, key)} for key, paper in named.items() if paper.summary}
    if overlays:
        part["entries"] = overlays
    without = sum(not paper.authors for paper in draft.papers)
    if without:
        noun = "publication has" if without == 1 else "publications have"
        draft.notes.append(f"{without} {noun} no authors in the source: add author = {{…}} in {BIB_NAME}.")
    return named


def _mark_owner(paper: Paper, own: Iterable[tuple[str, ...]], name: str) -> str:
    """Mark the owner among the authors of ``paper``; returns a spelling that is only like the name, else ""."""
    if paper.owner:
        return ""
    exact = [number for number, author in enumerate(paper.authors, start=1) if fold(author) in own]
    if len(exact) == 1:
        paper.owner = exact[0]
    if exact:
        return ""
    near = [author for author in paper.authors if are_alike(author, name)]
    return near[0] if len(near) == 1 else ""
