"""Makes a publication for papers.bib of a source that does not say which kind it is."""

from __future__ import annotations

from cvgen.convert.profile_draft import DraftMapping, Paper

UNTITLED = "Untitled"


def make_misc_paper(part: DraftMapping, title: str = UNTITLED) -> Paper:
    """The publication with the fields of ``part``; ``title`` is its title if ``part`` has none."""
    fields = {name: str(part[name]) for name in ("title", "date", "doi", "url") if part.get(name)}
    fields.setdefault("title", title)
    if part.get("publisher"):
        fields["howpublished"] = str(part["publisher"])
    summary = [str(part["summary"])] if part.get("summary") else []
    return Paper("misc", fields, list(part.get("authors", [])), summary=summary, leftovers=part.leftovers)
