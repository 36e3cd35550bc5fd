"""The same content in other people's programs, for ``make sheets``; what is not installed is left out.

RenderCV is a command, moderncv a LaTeX class; Jake's résumé, Awesome-CV and AltaCV are looked for in a folder. Nothing
of theirs is kept here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import phonenumbers
from pylatexenc.latexencode import unicode_to_latex

from cvgen.model.document import Document
from cvgen.model.printed import Contact, Item, Section
from cvgen.model.shown_paper import PublicationItem

_MOST_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Rival:
    """A look of another program; ``make`` gives its PDF, or None where the program is not here."""

    name: str
    make: Callable[[Document, Path, Path], Path | None]
    """Takes the document, an empty folder to work in and the folder of other people's templates."""


def _run(command: list[str], folder: Path, environ: Mapping[str, str] | None = None) -> bool:
    given = {**os.environ, **(environ or {})}
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, timeout=_MOST_SECONDS).returncode == 0


def _tex(value: object) -> str:
    return str(unicode_to_latex(str(value), non_ascii_only=False, unknown_char_policy="keep"))


def _summary(item: Item) -> list[str]:
    texts = [str(item.summary)] if item.summary else []
    return [*texts, *(str(bullet.text) for bullet in item.bullets)]


def _words(item: Item) -> str:
    return ", ".join(str(part) for part in (item.subheading, *item.details) if part)


def _contact(document: Document, kind: str) -> str:
    return next((contact.text for contact in document.contacts if contact.kind == kind), "")


# --- RenderCV


def _rendercv(theme: str, document: Document, work: Path, _: Path) -> Path | None:
    program = shutil.which("rendercv")
    if program is None:
        return None
    (work / "cv.yaml").write_text(write_rendercv(theme, document), "utf-8")
    _run([program, "render", "cv.yaml"], work, leave_out_icons(work))
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
        "location": _contact(document, "location"),
        "email": _contact(document, "email"),
        "phone": _rendercv_phone(_contact(document, "phone")),
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
                "highlights": _summary(item),
            }
            for item in section.items
        ]
    return [
        {"label": str(item.heading), "details": _words(item) or str(item.dates or "–")}
        if section.shape != "entries"
        else {
            "name": ", ".join(str(part) for part in (item.heading, item.subheading) if part),
            "date": item.dates,
            "location": str(item.aside),
            "highlights": _summary(item),
        }
        for item in section.items
    ]


def _rendercv_paper(paper: PublicationItem) -> dict[str, object]:
    told = {"doi": paper.doi, "journal": str(paper.venue), "date": paper.year}
    authors = [author.name for author in paper.authors]
    return {"title": str(paper.title), "authors": authors, **{key: value for key, value in told.items() if value}}


# --- LaTeX


def _latex(work: Path) -> Path | None:
    if not shutil.which("latexmk"):
        return None
    _run(["latexmk", "-pdf", "-interaction=nonstopmode", "-no-shell-escape", "cv.tex"], work)
    pdf = work / "cv.pdf"
    return pdf if pdf.is_file() else None


def _moderncv(style: str, document: Document, work: Path, _: Path) -> Path | None:
    if not shutil.which("kpsewhich") or not _run(["kpsewhich", "moderncv.cls"], work):
        return None
    if not _run(["kpsewhich", "fontawesome5.sty"], work):  # the page is then without icons
        (work / "fontawesome5.sty").write_text(_NO_ICONS, "utf-8")
    (work / "cv.tex").write_text(write_moderncv(style, document), "utf-8")
    return _latex(work)


_NO_ICONS = r"""\ProvidesPackage{fontawesome5}
\newcommand\faNothing[1][]{}
\newcommand\faIcon[2][]{}
\def\do#1{\expandafter\let\csname fa#1\endcsname\faNothing}
\do{Envelope}\do{Globe}\do{Phone}\do{PhoneAlt}\do{MobileAlt}\do{Fax}
\do{MapMarker}\do{MapMarkerAlt}\do{Home}\do{Github}\do{Circle}
"""


def write_moderncv(style: str, document: Document) -> str:
    """The document for the LaTeX class moderncv."""
    first, _, last = str(document.name).rpartition(" ")
    lines = [
        r"\documentclass[10pt,a4paper,sans]{moderncv}",
        rf"\moderncvstyle{{{style}}}\moderncvcolor{{blue}}\usepackage[scale=0.8]{{geometry}}",
        rf"\name{{{_tex(first)}}}{{{_tex(last)}}}\title{{{_tex(document.label)}}}",
        rf"\address{{{_tex(_contact(document, 'location'))}}}{{}}{{}}\email{{{_tex(_contact(document, 'email'))}}}",
        r"\begin{document}\makecvtitle",
    ]
    for section in document.sections:
        lines.append(rf"\section{{{_tex(section.title)}}}")
        if section.text:
            lines.append(rf"\cvitem{{}}{{{_tex(section.text)}}}")
        for item in section.items:
            if section.shape == "entries":
                told = "".join(rf"\item {_tex(text)}" for text in _summary(item))
                listed = rf"\begin{{itemize}}{told}\end{{itemize}}" if told else ""
                parts = (
                    item.dates,
                    item.subheading or item.heading,
                    item.heading if item.subheading else "",
                    item.aside,
                )
                lines.append(r"\cventry" + "".join(f"{{{_tex(part)}}}" for part in parts) + f"{{}}{{{listed}}}")
            else:
                head = item.dates if section.shape == "dated" else item.heading
                told = f"{item.heading}, {_words(item)}" if section.shape == "dated" else _words(item)
                lines.append(rf"\cvitem{{{_tex(head)}}}{{{_tex(told.strip(', '))}}}")
    return "\n".join([*lines, r"\end{document}"])


def _jake(document: Document, work: Path, folder: Path) -> Path | None:
    for template in folder.rglob("resume.tex"):
        head, found, _ = template.read_text("utf-8").partition(r"\begin{document}")
        if found and r"\newcommand{\resumeSubheading}" in head:
            (work / "cv.tex").write_text(head + write_jake(document), "utf-8")
            return _latex(work)
    return None


def write_jake(document: Document) -> str:
    """The document in the commands of Jake's résumé, without the preamble that defines them."""
    contacts = " $|$ ".join(_tex(_address(contact)) for contact in document.contacts)
    lines = [
        rf"\begin{{document}}\begin{{center}}\textbf{{\Huge \scshape {_tex(document.name)}}}\\\vspace{{1pt}}",
        rf"\small {contacts}\end{{center}}",
    ]
    for section in document.sections:
        lines.append(rf"\section{{{_tex(section.title)}}}")
        if section.text:
            lines.append(rf"\small {_tex(section.text)}")
        elif section.shape == "entries":
            lines.append(r"\resumeSubHeadingListStart")
            for item in section.items:
                parts = (item.heading, item.dates, item.subheading, item.aside)
                lines.append(r"\resumeSubheading" + "".join(f"{{{_tex(part)}}}" for part in parts))
                if told := _summary(item):
                    listed = "".join(rf"\resumeItem{{{_tex(text)}}}" for text in told)
                    lines.append(rf"\resumeItemListStart{listed}\resumeItemListEnd")
            lines.append(r"\resumeSubHeadingListEnd")
        else:
            told = [
                rf"\textbf{{{_tex(item.heading)}}}: {_tex(_words(item) or item.dates)} \\" for item in section.items
            ]
            body = "\n".join(told)
            lines.append(rf"\begin{{itemize}}[leftmargin=0.15in, label={{}}]\small{{\item{{{body}}}}}\end{{itemize}}")
    return "\n".join([*lines, r"\end{document}"])


def _address(contact: Contact) -> str:
    return re.sub(r"^(https?://|mailto:|tel:)(www\.)?", "", contact.url) if contact.url else contact.text


# --- a page of their own, where the class needs fonts that few have


def _sample(name: str, _document: Document, _work: Path, folder: Path) -> Path | None:
    return next(iter(sorted(folder.rglob(name))), None)


RIVALS: Mapping[str, tuple[Rival, ...]] = {
    "alta": (Rival("AltaCV, its own page", partial(_sample, "sample.pdf")),),
    "ats": (Rival("RenderCV sb2nov", partial(_rendercv, "sb2nov")),),
    "awesome": (Rival("Awesome-CV, its own page", partial(_sample, "examples/resume.pdf")),),
    "banking": (Rival("moderncv banking", partial(_moderncv, "banking")),),
    "casual": (
        Rival("moderncv classic", partial(_moderncv, "classic")),
        Rival("RenderCV moderncv", partial(_rendercv, "moderncv")),
    ),
    "classic": (Rival("RenderCV classic", partial(_rendercv, "classic")),),
    "compact": (Rival("RenderCV engineeringresumes", partial(_rendercv, "engineeringresumes")),),
    "harvard": (Rival("RenderCV harvard", partial(_rendercv, "harvard")),),
    "jake": (Rival("Jake's résumé", _jake),),
    "modern": (Rival("AltaCV, its own page", partial(_sample, "sample.pdf")),),
    "timeline": (Rival("RenderCV engineeringclassic", partial(_rendercv, "engineeringclassic")),),
}
"""The rivals of each theme that is printed."""
PARSED_RIVALS: Sequence[Rival] = (
    *(
        Rival(f"RenderCV {theme}", partial(_rendercv, theme))
        for theme in ("classic", "moderncv", "engineeringresumes", "sb2nov")
    ),
    *(Rival(f"moderncv {style}", partial(_moderncv, style)) for style in ("banking", "classic")),
)
"""Those whose PDFs ``make parsers`` compares with ours."""
