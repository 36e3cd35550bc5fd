"""The same content in the LaTeX classes and templates that people edit by hand.

moderncv is in TeX Live; Jake's résumé, Awesome-CV and AltaCV are looked for in a folder. Nothing of theirs is in this
repository: these are documents that use their commands.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from pylatexenc.latexencode import unicode_to_latex

from cvgen.model.document import Document
from cvgen.model.printed import Contact, Item, Section

_MOST_SECONDS = 180


def run_program(command: list[str], folder: Path, environ: Mapping[str, str] | None = None) -> bool:
    given = {**os.environ, **(environ or {})}
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, timeout=_MOST_SECONDS).returncode == 0


def _tex(value: object) -> str:
    return str(unicode_to_latex(str(value), non_ascii_only=False, unknown_char_policy="keep"))


def list_summary(item: Item) -> list[str]:
    texts = [str(item.summary)] if item.summary else []
    return [*texts, *(str(bullet.text) for bullet in item.bullets)]


def join_words(item: Item) -> str:
    return ", ".join(str(part) for part in (item.subheading, *item.details) if part)


def find_contact(document: Document, kind: str) -> str:
    found = next((contact.text for contact in document.contacts if contact.kind == kind), "")
    return found.partition(": ")[2] or found


def _latex(work: Path, engine: str = "-pdf") -> Path | None:
    if not shutil.which("latexmk"):
        return None
    run_program(["latexmk", "-f", engine, "-interaction=nonstopmode", "-no-shell-escape", "cv.tex"], work)
    pdf = work / "cv.pdf"
    return pdf if pdf.is_file() else None


def make_moderncv(style: str, document: Document, work: Path, _: Path) -> Path | None:
    if not shutil.which("kpsewhich") or not run_program(["kpsewhich", "moderncv.cls"], work):
        return None
    if not run_program(["kpsewhich", "fontawesome5.sty"], work):  # the page is then without icons
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
        rf"\address{{{_tex(find_contact(document, 'location'))}}}{{}}{{}}",
        rf"\email{{{_tex(find_contact(document, 'email'))}}}",
        r"\begin{document}\makecvtitle",
    ]
    for section in document.sections:
        lines.append(rf"\section{{{_tex(section.title)}}}")
        if section.text:
            lines.append(rf"\cvitem{{}}{{{_tex(section.text)}}}")
        for item in section.items:
            if section.shape == "entries":
                shown = "".join(rf"\item {_tex(text)}" for text in list_summary(item))
                listed = rf"\begin{{itemize}}{shown}\end{{itemize}}" if shown else ""
                parts = (
                    item.dates,
                    item.subheading or item.heading,
                    item.heading if item.subheading else "",
                    item.aside,
                )
                lines.append(r"\cventry" + "".join(f"{{{_tex(part)}}}" for part in parts) + f"{{}}{{{listed}}}")
            else:
                head = item.dates if section.shape == "dated" else item.heading
                shown = f"{item.heading}, {join_words(item)}" if section.shape == "dated" else join_words(item)
                lines.append(rf"\cvitem{{{_tex(head)}}}{{{_tex(shown.strip(', '))}}}")
    return "\n".join([*lines, r"\end{document}"])


def make_jake(document: Document, work: Path, folder: Path) -> Path | None:
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
                if shown := list_summary(item):
                    listed = "".join(rf"\resumeItem{{{_tex(text)}}}" for text in shown)
                    lines.append(rf"\resumeItemListStart{listed}\resumeItemListEnd")
            lines.append(r"\resumeSubHeadingListEnd")
        else:
            shown = [
                rf"\textbf{{{_tex(item.heading)}}}: {_tex(join_words(item) or item.dates)} \\" for item in section.items
            ]
            body = "\n".join(shown)
            lines.append(rf"\begin{{itemize}}[leftmargin=0.15in, label={{}}]\small{{\item{{{body}}}}}\end{{itemize}}")
    return "\n".join([*lines, r"\end{document}"])


def _address(contact: Contact) -> str:
    return re.sub(r"^(https?://|mailto:|tel:)(www\.)?", "", contact.url) if contact.url else contact.text


# --- AltaCV and Awesome-CV, whose icons are in a package that few have


def make_altacv(document: Document, work: Path, folder: Path) -> Path | None:
    """The page of AltaCV, through pdfLaTeX as the sample that it shows."""
    return _make_by_class("altacv.cls", write_altacv(document), work, folder, "-pdf")


def make_awesome(document: Document, work: Path, folder: Path) -> Path | None:
    """The page of Awesome-CV."""
    return _make_by_class("awesome-cv.cls", write_awesome(document), work, folder)


def show_altacv(document: Document, work: Path, folder: Path) -> Path | None:
    """A page to look at: that of the document, or AltaCV's own sample where its icons are not here."""
    return make_altacv(document, work, folder) or _find_sample(folder, "altacv.cls", "sample.pdf")


def show_awesome(document: Document, work: Path, folder: Path) -> Path | None:
    """A page to look at: that of the document, or Awesome-CV's own sample where its icons are not here."""
    return make_awesome(document, work, folder) or _find_sample(folder, "awesome-cv.cls", "examples/resume.pdf")


def _find_class(folder: Path, class_: str) -> Path | None:
    return next(iter(sorted(folder.rglob(class_))), None)


def _find_sample(folder: Path, class_: str, sample: str) -> Path | None:
    found = _find_class(folder, class_)
    return next(iter(sorted(found.parent.rglob(sample))), None) if found else None


def _make_by_class(class_: str, text: str, work: Path, folder: Path, engine: str = "-pdfxe") -> Path | None:
    found = _find_class(folder, class_)
    if found is None or not run_program(["kpsewhich", "fontawesome5.sty"], work):
        return None
    # TeX Live has Source Sans under its earlier name
    own = found.read_text("utf-8").replace("Source Sans 3", "Source Sans Pro")
    (work / class_).write_text(own, "utf-8")
    if not run_program(["kpsewhich", "fontawesome6.sty"], work):
        (work / "fontawesome6.sty").write_text(_NEWER_ICONS, "utf-8")
    (work / "cv.tex").write_text(text, "utf-8")
    return _latex(work, engine)


_NEWER_ICONS = r"""\RequirePackage{fontawesome5}
\providecommand\faSquareGithub{\faGithub}\providecommand\faHouseChimney{\faHome}
"""
"""Of Font Awesome 6, which TeX Live of 2022 does not have."""


def _list_items(texts: Iterable[str], environment: str) -> str:
    shown = "".join(rf"\item {_tex(text)} " for text in texts)
    return rf"\begin{{{environment}}}{shown}\end{{{environment}}}" if shown else ""


def write_altacv(document: Document) -> str:
    """The document for the LaTeX class altacv, in two columns as its own sample."""
    side = ("education", "skills", "languages", "certificates", "awards", "interests")
    columns = [[s for s in document.sections if (s.name in side) is is_side] for is_side in (False, True)]
    left, right = ("\n".join(line for section in column for line in _write_alta_section(section)) for column in columns)
    info = "".join(
        rf"\{command}{{{_tex(text)}}}"
        for kind, command in _ALTA_CONTACTS.items()
        if (text := find_contact(document, kind))
    )
    return "\n".join([
        _ALTA_HEAD,
        rf"\begin{{document}}\name{{{_tex(document.name)}}}\tagline{{{_tex(document.label)}}}",
        rf"\personalinfo{{{info}}}\makecvheader\AtBeginEnvironment{{itemize}}{{\small}}",
        rf"\columnratio{{0.64}}\begin{{paracol}}{{2}}{left}\switchcolumn {right}\end{{paracol}}\end{{document}}",
    ])  # fmt: skip


_ALTA_CONTACTS = {"email": "email", "phone": "phone", "location": "location", "url": "homepage", "github": "github"}
_ALTA_HEAD = r"""\documentclass[10pt,a4paper,withhyper]{altacv}
\geometry{left=1.25cm,right=1.25cm,top=1.5cm,bottom=1.5cm,columnsep=1.2cm}\usepackage{paracol}
\usepackage[rm]{roboto}\usepackage[defaultsans]{lato}\renewcommand{\familydefault}{\sfdefault}
\definecolor{dark}{HTML}{450808}\definecolor{red}{HTML}{8F0D0D}\definecolor{gold}{HTML}{E7D192}
\colorlet{name}{black}\colorlet{tagline}{red}\colorlet{heading}{dark}\colorlet{headingrule}{gold}
\colorlet{subheading}{red}\colorlet{accent}{red}\definecolor{emphasis}{HTML}{2E2E2E}\definecolor{body}{HTML}{666666}
\renewcommand{\namefont}{\Huge\rmfamily\bfseries}\renewcommand{\personalinfofont}{\footnotesize}
\renewcommand{\cvsectionfont}{\LARGE\rmfamily\bfseries}\renewcommand{\cvsubsectionfont}{\large\bfseries}
\renewcommand{\cvItemMarker}{{\small\textbullet}}\renewcommand{\cvRatingMarker}{\faCircle}"""
_ALTA_LEVELS = {"native": 5, "C2": 5, "C1": 4, "B2": 3, "B1": 2, "A2": 1, "A1": 1}


def _write_alta_section(section: Section) -> list[str]:
    lines = [rf"\par\cvsection{{{_tex(section.title)}}}"]
    if section.text:
        lines.append(rf"\small {_tex(section.text)}\par")
    for number, item in enumerate(section.items):
        if section.name == "languages":
            level = next((count for word, count in _ALTA_LEVELS.items() if word in join_words(item)), 3)
            lines.append(rf"\cvskill{{{_tex(item.heading)}}}{{{level}}}")
        elif section.name == "skills":
            lines.append("\n".join(rf"\cvtag{{{_tex(part)}}}" for part in item.details) + r"\par\divider\smallskip")
        elif section.shape == "entries":
            parts = (item.subheading or item.heading, item.heading if item.subheading else "", item.dates, item.aside)
            lines.append(("\\divider" if number else "") + r"\cvevent" + "".join(f"{{{_tex(part)}}}" for part in parts))
            lines.append(_list_items(list_summary(item), "itemize"))
        else:
            shown = ", ".join(str(part) for part in (join_words(item), item.dates) if part)
            lines.append(rf"\cvachievement{{\faTrophy}}{{{_tex(item.heading)}}}{{{_tex(shown)}}}")
    return lines


def write_awesome(document: Document) -> str:
    """The document for the LaTeX class awesome-cv, as its own résumé."""
    first, _, last = str(document.name).rpartition(" ")
    contacts = {"phone": "mobile", "email": "email", "url": "homepage", "github": "github"}
    lines = [
        r"\documentclass[11pt,a4paper]{awesome-cv}",
        r"\geometry{left=1.4cm,top=.8cm,right=1.4cm,bottom=1.8cm,footskip=.5cm}\colorlet{awesome}{awesome-red}",
        r"\setbool{acvSectionColorHighlight}{true}\renewcommand{\acvHeaderSocialSep}{\quad\textbar\quad}",
        rf"\name{{{_tex(first)}}}{{{_tex(last)}}}\position{{{_tex(document.label)}}}",
        rf"\address{{{_tex(find_contact(document, 'location'))}}}",
        *(
            rf"\{command}{{{_tex(text)}}}"
            for kind, command in contacts.items()
            if (text := find_contact(document, kind))
        ),
        r"\begin{document}\makecvheader[C]",
    ]
    for section in document.sections:
        lines.append(rf"\cvsection{{{_tex(section.title)}}}")
        if section.text:
            lines.append(f"\n\\begin{{cvparagraph}}{_tex(section.text)}\\end{{cvparagraph}}")
        elif section.shape == "entries":
            entries = "".join(_write_awesome_entry(item) for item in section.items)
            lines.append(rf"\begin{{cventries}}{entries}\end{{cventries}}")
        elif section.shape == "dated":
            honors = "".join(
                rf"\cvhonor{{{_tex(item.heading)}}}{{{_tex(join_words(item))}}}{{}}{{{_tex(item.dates)}}}"
                for item in section.items
            )
            lines.append(rf"\begin{{cvhonors}}{honors}\end{{cvhonors}}")
        else:
            skills = "".join(rf"\cvskill{{{_tex(item.heading)}}}{{{_tex(join_words(item))}}}" for item in section.items)
            lines.append(rf"\begin{{cvskills}}{skills}\end{{cvskills}}")
    return "\n".join([*lines, r"\end{document}"])


def _write_awesome_entry(item: Item) -> str:
    parts = (item.subheading, item.heading, item.aside, item.dates, "")
    listed = _list_items(list_summary(item), "cvitems")
    return r"\cventry" + "".join(f"{{{_tex(part)}}}" for part in parts[:4]) + f"{{{listed}}}"
