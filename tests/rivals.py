"""The same content in other people's programs, for ``make sheets``; what is not installed is left out.

RenderCV is a command, moderncv a LaTeX class; Jake's résumé, Awesome-CV and AltaCV are looked for in a folder. Nothing
of theirs is kept here.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import phonenumbers
from latex_rivals import (
    find_contact,
    join_words,
    list_summary,
    make_altacv,
    make_awesome,
    make_jake,
    make_moderncv,
    run_program,
    show_altacv,
    show_awesome,
)

from cvgen.model.document import Document
from cvgen.model.printed import Section
from cvgen.model.shown_paper import PublicationItem


@dataclass(frozen=True, slots=True)
class Rival:
    """A look of another program; ``make`` gives its PDF, or None where the program is not here."""

    name: str
    make: Callable[[Document, Path, Path], Path | None]
    """Takes the document, an empty folder to work in and the folder of other people's templates."""


# --- RenderCV


def _rendercv(theme: str, document: Document, work: Path, _: Path) -> Path | None:
    program = shutil.which("rendercv")
    if program is None:
        return None
    (work / "cv.yaml").write_text(write_rendercv(theme, document), "utf-8")
    run_program([program, "render", "cv.yaml"], work, leave_out_icons(work))
    return next(iter(sorted(work.rglob("*.pdf"))), None)


def leave_out_icons(work: Path) -> dict[str, str]:
    """The environment in which RenderCV needs no network: Typst's icons, which it fetches, print nothing."""
    icons = work / "cache" / "typst" / "packages" / "preview" / "fontawesome" / "0.6.0"
    icons.mkdir(parents=True, exist_ok=True)
    (icons / "typst.toml").write_text(_NO_TYPST_ICONS, "utf-8")
    (icons / "lib.typ").write_text("#let fa-icon(..any) = []\n", "utf-8")
    return {"XDG_CACHE_HOME": str(work / "cache")}


_NO_TYPST_ICONS = '[package]\nname = "fontawesome"\nversion = "0.6.0"\nentrypoint = "lib.typ"\n'


def write_rendercv(theme: str, document: Document) -> str:
    """The document for RenderCV, as JSON, which is YAML too."""
    sections = {str(section.title): _rendercv_entries(section) for section in document.sections}
    basics = {
        "name": str(document.name),
        "headline": str(document.label),
        "location": find_contact(document, "location"),
        "email": find_contact(document, "email"),
        "phone": _rendercv_phone(find_contact(document, "phone")),
        "website": next((contact.url for contact in document.contacts if contact.kind == "url"), ""),
    }
    career = {"cv": {**{key: value for key, value in basics.items() if value}, "sections": sections}}
    return json.dumps({**career, "design": {"theme": theme}}, ensure_ascii=False)


def _rendercv_phone(phone: str) -> str:
    """A number that RenderCV accepts, else nothing."""
    with suppress(phonenumbers.NumberParseException):
        return phone if phonenumbers.is_valid_number(phonenumbers.parse(phone, None)) else ""
    return ""


_RENDERCV_HEADS = {"work": ("company", "position"), "education": ("institution", "area")}


def _rendercv_entries(section: Section) -> list[object]:
    if section.text:
        return [str(section.text)]
    if papers := [paper for group in section.groups for paper in group.items]:
        return [_rendercv_paper(paper) for paper in papers]
    if heads := _RENDERCV_HEADS.get(section.name):
        return [
            {
                **dict(zip(heads, (str(item.heading), str(item.subheading)), strict=True)),
                "date": item.dates,
                "location": str(item.aside),
                "highlights": list_summary(item),
            }
            for item in section.items
        ]
    return [
        {"label": str(item.heading), "details": join_words(item) or str(item.dates or "–")}
        if section.shape != "entries"
        else {
            "name": ", ".join(str(part) for part in (item.heading, item.subheading) if part),
            "date": item.dates,
            "location": str(item.aside),
            "highlights": list_summary(item),
        }
        for item in section.items
    ]


def _rendercv_paper(paper: PublicationItem) -> dict[str, object]:
    told = {"doi": paper.doi, "journal": str(paper.venue), "date": paper.year}
    authors = [author.name for author in paper.authors]
    return {"title": str(paper.title), "authors": authors, **{key: value for key, value in told.items() if value}}


RIVALS: Mapping[str, tuple[Rival, ...]] = {
    "alta": (Rival("AltaCV", show_altacv),),
    "ats": (Rival("RenderCV sb2nov", partial(_rendercv, "sb2nov")),),
    "awesome": (Rival("Awesome-CV", show_awesome),),
    "banking": (Rival("moderncv banking", partial(make_moderncv, "banking")),),
    "casual": (
        Rival("moderncv classic", partial(make_moderncv, "classic")),
        Rival("RenderCV moderncv", partial(_rendercv, "moderncv")),
    ),
    "classic": (Rival("RenderCV classic", partial(_rendercv, "classic")),),
    "compact": (Rival("RenderCV engineeringresumes", partial(_rendercv, "engineeringresumes")),),
    "harvard": (Rival("RenderCV harvard", partial(_rendercv, "harvard")),),
    "jake": (Rival("Jake's résumé", make_jake),),
    "modern": (Rival("AltaCV", show_altacv),),
    "timeline": (Rival("RenderCV engineeringclassic", partial(_rendercv, "engineeringclassic")),),
}
"""The rivals of each theme that is printed."""
PARSED_RIVALS: Sequence[Rival] = (
    *(
        Rival(f"RenderCV {theme}", partial(_rendercv, theme))
        for theme in ("classic", "moderncv", "engineeringresumes", "sb2nov")
    ),
    *(Rival(f"moderncv {style}", partial(make_moderncv, style)) for style in ("banking", "classic")),
    Rival("AltaCV", make_altacv),
    Rival("Awesome-CV", make_awesome),
    Rival("Jake's résumé", make_jake),
)
"""Those whose PDFs ``make parsers`` compares with ours."""
