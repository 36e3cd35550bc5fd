"""What a publication is: read from its type and fields, printed by every style, counted, grouped and asked for."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from helpers import INSTALLED_FONTS, about, run_cvgen, valid_career, write_career
from pdf import squeeze
from rendering import ENGINES, read_document, render_pdf

from cvgen.model.kinds import KINDS, THESES, Kind
from cvgen.model.publication import Publication
from cvgen.pipeline.request import Request
from cvgen.select.build_document import find_credits
from cvgen.select.language import load_words
from cvgen.sources.entry.kind_of_entry import TYPE_KINDS

STYLES = ("full", "compact", "ieee", "apa", "acm", "nature", "gbt7714")

GROUPS = [pytest.param(tuple(Kind)[n::6], id=f"group-{n}") for n in range(6)]
"""All kinds, for tests that print hundreds of entries of each: one file of them all takes too long for one template."""


def _print(folder: Path, style: str, bib: str, language: str = "en") -> list[str]:
    """The text of every publication in the order of the file, as the HTML has it."""
    section = f"{{publications: {{style: {style}, sort: file}}}}"
    rest = f"variants: {{default: {{language: {language}, sections: [{section}]}}}}"
    profile = write_career(folder, bib, rest, settings="merge_twins: false")
    ran = run_cvgen("render", profile, "-f", "html", "-o", folder / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    return _publications_of(folder / "cv.html")


def _print_in_every_style(folder: Path, bib: str) -> dict[str, list[str]]:
    """What ``_print`` gives, by style; the file is read once for all of them."""
    variants = "".join(
        f"  {style}: {{sections: [{{publications: {{style: {style}, sort: file}}}}]}}\n" for style in STYLES
    )
    profile = write_career(folder, bib, f"variants:\n{variants}", settings="merge_twins: false")
    ran = run_cvgen("render", profile, "--all", "-f", "html", "-o", folder / "out", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    return {style: _publications_of(folder / "out" / f"profile-{style}.html") for style in STYLES}


def _publications_of(path: Path) -> list[str]:
    page = path.read_text("utf-8")
    blocks = re.findall(r'<div class="pub(?: [^"]*)?"[^>]*>(.*?)(?=<div class="pub[ "]|</section>)', page, re.DOTALL)
    bare = (re.sub(r"<[^>]*>", "", re.sub(r"</div>\s*<div", "</div> <div", block)) for block in blocks)
    return [re.sub(r"\s+", " ", unescape(text)).strip() for text in bare]


def _read(folder: Path, bib: str) -> dict[str, Publication]:
    return {publication.key: publication for publication in valid_career(folder, bib).publications}


# --- Read ------------------------------------------------------------------------------------------------------------
# Entry type; the field ``type``; the kind; the words that the entry has for it, where it has words of its own.

READ = [
    ("article", "", Kind.ARTICLE, ""),
    ("article", "Journal Article", Kind.ARTICLE, ""),
    ("inproceedings", "", Kind.CONFERENCE_PAPER, ""),
    ("inproceedings", "Poster", Kind.POSTER, ""),
    ("conference", "", Kind.CONFERENCE_PAPER, ""),
    ("incollection", "", Kind.CHAPTER, ""),
    ("inbook", "", Kind.CHAPTER, ""),
    ("inreference", "", Kind.REFERENCE_ENTRY, ""),
    ("booklet", "", Kind.BOOK, ""),
    ("collection", "", Kind.EDITED_VOLUME, ""),
    ("proceedings", "", Kind.PROCEEDINGS, ""),
    ("phdthesis", "", Kind.DOCTORAL_THESIS, ""),
    ("phdthesis", "{PhD} thesis", Kind.DOCTORAL_THESIS, ""),
    ("phdthesis", "Dissertation", Kind.DOCTORAL_THESIS, "Dissertation"),
    ("phdthesis", "Habilitation", Kind.HABILITATION, ""),
    ("phdthesis", "Habilitationsschrift", Kind.HABILITATION, "Habilitationsschrift"),
    ("phdthesis", "Licentiate thesis", Kind.THESIS, "Licentiate thesis"),
    ("phdthesis", "Bachelor's thesis", Kind.BACHELOR_THESIS, ""),
    ("mastersthesis", "", Kind.MASTER_THESIS, ""),
    ("mastersthesis", "B.Sc. thesis", Kind.BACHELOR_THESIS, "B.Sc. thesis"),
    ("mastersthesis", "Diplomarbeit", Kind.MASTER_THESIS, "Diplomarbeit"),
    ("thesis", "", Kind.THESIS, ""),
    ("thesis", "phdthesis", Kind.DOCTORAL_THESIS, ""),
    ("thesis", "mathesis", Kind.MASTER_THESIS, ""),
    ("thesis", "bathesis", Kind.BACHELOR_THESIS, ""),
    ("thesis", "candthesis", Kind.CANDIDATE_THESIS, ""),
    ("thesis", "Master's thesis", Kind.MASTER_THESIS, ""),
    ("thesis", "Master’s dissertation", Kind.MASTER_THESIS, "Master’s dissertation"),
    ("thesis", "MSc", Kind.MASTER_THESIS, "MSc"),
    ("thesis", "PhD thesis, with honours", Kind.DOCTORAL_THESIS, "PhD thesis, with honours"),
    ("thesis", "Senior honors thesis", Kind.BACHELOR_THESIS, "Senior honors thesis"),
    ("thesis", "Thèse de doctorat", Kind.DOCTORAL_THESIS, "Thèse de doctorat"),
    ("thesis", "Mémoire de master", Kind.MASTER_THESIS, "Mémoire de master"),
    ("thesis", "Tesis doctoral", Kind.DOCTORAL_THESIS, "Tesis doctoral"),
    ("thesis", "Dissertação de mestrado", Kind.MASTER_THESIS, "Dissertação de mestrado"),
    ("thesis", "Кандидатская диссертация", Kind.DOCTORAL_THESIS, "Кандидатская диссертация"),
    ("thesis", "硕士学位论文", Kind.MASTER_THESIS, "硕士学位论文"),
    ("thesis", "学士論文", Kind.BACHELOR_THESIS, "学士論文"),
    ("thesis", "박사학위논문", Kind.DOCTORAL_THESIS, "박사학위논문"),
    ("thesis", "رسالة ماجستير", Kind.MASTER_THESIS, "رسالة ماجستير"),
    ("thesis", "עבודת דוקטור", Kind.DOCTORAL_THESIS, "עבודת דוקטור"),
    ("techreport", "", Kind.REPORT, ""),
    ("report", "techreport", Kind.REPORT, ""),
    ("report", "resreport", Kind.REPORT, "Research report"),
    ("techreport", "White paper", Kind.REPORT, "White paper"),
    ("patent", "", Kind.PATENT, ""),
    ("patent", "patentus", Kind.PATENT, ""),
    ("patent", "Utility model", Kind.PATENT, "Utility model"),
    ("patent", "patrequs", Kind.PATENT, "US patent application"),
    ("patent", "patreq", Kind.PATENT, "Patent application"),
    ("misc", "patreqeu", Kind.PATENT, "EP patent application"),
    ("software", "", Kind.SOFTWARE, ""),
    ("software", "R package", Kind.SOFTWARE, "R package"),
    ("dataset", "", Kind.DATASET, ""),
    ("manual", "", Kind.MANUAL, ""),
    ("standard", "", Kind.STANDARD, ""),
    ("online", "", Kind.WEBPAGE, ""),
    ("video", "", Kind.VIDEO, ""),
    ("unpublished", "", Kind.MANUSCRIPT, ""),
    ("misc", "", Kind.OTHER, ""),
    ("misc", "Patent", Kind.PATENT, ""),
    ("misc", "Data set", Kind.DATASET, ""),
    ("misc", "Master's thesis", Kind.MASTER_THESIS, ""),
    ("misc", "Newspaper article", Kind.OTHER, "Newspaper article"),
    ("unpublished", "Invited talk", Kind.TALK, "Invited talk"),
]


@pytest.mark.parametrize(("entry_type", "typed", "kind", "words"), READ)
def test_the_kind_is_what_type_and_field_say(
    tmp_path: Path, entry_type: str, typed: str, kind: Kind, words: str
) -> None:
    said = f", type = {{{typed}}}" if typed else ""
    bib = f"@{entry_type}{{k, title = {{T}}, author = {{Lin, Wei}}, editor = {{Roe, Ann}}, year = 2020{said}}}\n"
    publication = _read(tmp_path, bib)["k"]
    assert (publication.kind, publication.kind_text) == (kind, words)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ("howpublished = {Talk, Lisbon}", Kind.TALK),
        ("howpublished = {Invited talk at the Meeting of Examples}", Kind.TALK),
        ("howpublished = {Poster presented in Bern}", Kind.POSTER),
        ("howpublished = {GitHub repository}", Kind.SOFTWARE),
        ("note = {Keynote}", Kind.TALK),
        ("eventtitle = {Meeting of Examples}", Kind.TALK),
        ("eprint = {2301.00001}, eprinttype = {arxiv}", Kind.PREPRINT),
        ("howpublished = {Talking points for the board}", Kind.OTHER),
        ("note = {I gave a talk about it}", Kind.OTHER),
        ("howpublished = {Lecture notes, University of Examples}", Kind.OTHER),
        ("howpublished = {Lecture in Bern}", Kind.TALK),
        ("howpublished = {Bachelor's thesis, University of Examples}", Kind.BACHELOR_THESIS),
        ("note = {PhD thesis}", Kind.DOCTORAL_THESIS),
        ("note = {Thesis award}", Kind.OTHER),
        ("note = {Dissertation abstract}", Kind.OTHER),
    ],
)
def test_a_note_names_the_kind_of_an_entry_that_says_no_more(tmp_path: Path, fields: str, kind: Kind) -> None:
    bib = f"@misc{{k, title = {{T}}, author = {{Lin, Wei}}, year = 2020, {fields}}}\n"
    assert _read(tmp_path, bib)["k"].kind is kind


def test_every_kind_can_be_read_and_has_its_words() -> None:
    assert set(TYPE_KINDS.values()) | {kind for _, _, kind, _ in READ} == set(Kind) == set(KINDS)
    words = load_words("en")
    for kind, row in KINDS.items():
        assert words[f"kind_{kind}"]
        assert words[f"kinds_{row.heading}"]
        assert words[f"count_{row.count}"]


CSL = [
    ("article-journal", {}, Kind.ARTICLE),
    ("article", {"publisher": "arXiv", "number": "arXiv:2101.00001"}, Kind.PREPRINT),
    ("article", {"publisher": "PsyArXiv"}, Kind.PREPRINT),
    ("article", {"container-title": "Journal of Examples", "volume": "3"}, Kind.ARTICLE),
    ("paper-conference", {}, Kind.CONFERENCE_PAPER),
    ("chapter", {}, Kind.CHAPTER),
    ("entry-encyclopedia", {}, Kind.REFERENCE_ENTRY),
    ("book", {}, Kind.BOOK),
    ("thesis", {"genre": "Bachelor's thesis"}, Kind.BACHELOR_THESIS),
    ("thesis", {"genre": "PhD thesis"}, Kind.DOCTORAL_THESIS),
    ("thesis", {"genre": "Diplomarbeit"}, Kind.MASTER_THESIS),
    ("thesis", {}, Kind.THESIS),
    ("report", {}, Kind.REPORT),
    ("patent", {}, Kind.PATENT),
    ("dataset", {}, Kind.DATASET),
    ("software", {}, Kind.SOFTWARE),
    ("speech", {"event": "Meeting"}, Kind.TALK),
    ("speech", {"genre": "Poster"}, Kind.POSTER),
    ("webpage", {}, Kind.WEBPAGE),
    ("motion_picture", {}, Kind.VIDEO),
    ("manuscript", {}, Kind.MANUSCRIPT),
    ("standard", {}, Kind.STANDARD),
]


def _csl_profile(folder: Path, items: list[dict[str, Any]]) -> Path:
    profile = write_career(folder, "")
    (folder / "papers.json").write_text(json.dumps(items), "utf-8")
    profile.write_text(profile.read_text("utf-8").replace("papers.bib", "papers.json"), "utf-8")
    return profile


def _rows(profile: Path, *options: str) -> dict[str, dict[str, Any]]:
    ran = run_cvgen("publications", profile, "--json", "-q", *options)
    assert ran.code == 0, ran.err
    return {row["key"]: row for row in json.loads(ran.out)}


def test_types_of_csl_have_kinds(tmp_path: Path) -> None:
    base = {"title": "T", "author": [{"family": "Lin", "given": "Wei"}], "issued": {"date-parts": [[2020]]}}
    items = [{"id": f"k{n}", "type": kind, **base, **more} for n, (kind, more, _) in enumerate(CSL)]
    rows = _rows(_csl_profile(tmp_path, items))
    assert [rows[f"k{n}"]["kind"] for n in range(len(CSL))] == [kind.value for _, _, kind in CSL]


# --- Printed ---------------------------------------------------------------------------------------------------------

ENTRY_OF: dict[Kind, tuple[str, str]] = {
    Kind.ARTICLE: ("article", ""),
    Kind.CONFERENCE_PAPER: ("inproceedings", ""),
    Kind.PREPRINT: ("misc", "pubstate = {prepublished}"),
    Kind.MANUSCRIPT: ("unpublished", ""),
    Kind.CHAPTER: ("incollection", ""),
    Kind.REFERENCE_ENTRY: ("inreference", ""),
    Kind.BOOK: ("book", ""),
    Kind.EDITED_VOLUME: ("collection", ""),
    Kind.PROCEEDINGS: ("proceedings", ""),
    Kind.SPECIAL_ISSUE: ("periodical", ""),
    Kind.DOCTORAL_THESIS: ("phdthesis", ""),
    Kind.HABILITATION: ("thesis", "type = {Habilitation}"),
    Kind.CANDIDATE_THESIS: ("thesis", "type = {candthesis}"),
    Kind.MASTER_THESIS: ("mastersthesis", ""),
    Kind.BACHELOR_THESIS: ("thesis", "type = {bathesis}"),
    Kind.THESIS: ("thesis", ""),
    Kind.REPORT: ("report", ""),
    Kind.MANUAL: ("manual", ""),
    Kind.STANDARD: ("standard", ""),
    Kind.PATENT: ("patent", ""),
    Kind.SOFTWARE: ("software", ""),
    Kind.DATASET: ("dataset", ""),
    Kind.TALK: ("talk", ""),
    Kind.POSTER: ("poster", ""),
    Kind.WEBPAGE: ("online", ""),
    Kind.VIDEO: ("video", ""),
    Kind.AUDIO: ("audio", ""),
    Kind.ARTWORK: ("artwork", ""),
    Kind.OTHER: ("misc", ""),
}
FIELDS: dict[str, str] = {
    "author": "Lin, Wei and Ames, Eve",
    "editor": "Kemp, Tom and Nash, Una",
    "translator": "Orr, Ida",
    "collaboration": "Zephyr",
    "year": "2019",
    "month": "may",
    "booktitle": "Booktitlex",
    "journal": "Journalx",
    "series": "Seriesx",
    "volume": "711",
    "number": "822",
    "pages": "933--944",
    "eid": "e1055",
    "chapter": "166",
    "edition": "3",
    "version": "7.7.7",
    "publisher": "Publisherx",
    "institution": "Institutionx",
    "address": "Addressx",
    "holder": "Holderx",
    "eventtitle": "Eventx",
    "venue": "Venuex",
    "howpublished": "Howpublishedx",
    "url": "https://example.org/u",
    "urldate": "2021-02-03",
    "doi": "10.1000/d",
}
"""Fields with a value that occurs nowhere else."""
SIGN_OF = {**FIELDS, "pages": "933", "eid": "1055", "author": "Lin", "editor": "Kemp", "translator": "Orr",
           "edition": "3rd ed", "month": "May", "urldate": "2021", "doi": "10.1000/d"}  # fmt: skip
"""What is looked for on the page."""


def _entry(kind: Kind, key: str, names: tuple[str, ...], title: str = "Clouds") -> str:
    entry_type, more = ENTRY_OF[kind]
    fields = [f"title = {{{title}}}", *([more] if more else []), *(f"{name} = {{{FIELDS[name]}}}" for name in names)]
    return f"@{entry_type}{{{key}, {', '.join(fields)}}}\n"


NAMED = {
    "full": {kind: [load_words("en")[f"kind_{kind}"]] for kind, row in KINDS.items() if row.label},
    "ieee": {Kind.DOCTORAL_THESIS: ["Ph.D. dissertation"], Kind.MASTER_THESIS: ["M.S. thesis"],
             Kind.BACHELOR_THESIS: ["B.S. thesis"], Kind.REPORT: ["Tech. Rep."], Kind.CHAPTER: ["in Book"],
             Kind.REFERENCE_ENTRY: ["in Book"], Kind.BOOK: ["Addressx: Publisherx"], Kind.EDITED_VOLUME: ["(Eds.)"],
             Kind.PROCEEDINGS: ["(Eds.)"], Kind.SPECIAL_ISSUE: ["(Eds.)"]},
    "apa": {Kind.DOCTORAL_THESIS: ["[Doctoral dissertation"], Kind.SOFTWARE: ["[Computer software]"],
            Kind.DATASET: ["[Data set]"], Kind.TALK: ["[Conference presentation]"],
            Kind.POSTER: ["[Poster presentation]"], Kind.CHAPTER: ["In T. Kemp"], Kind.REFERENCE_ENTRY: ["In T. Kemp"],
            Kind.BOOK: ["Clouds (", "Publisherx"], Kind.EDITED_VOLUME: ["(Eds.)"], Kind.PROCEEDINGS: ["(Eds.)"]},
    "acm": {Kind.DOCTORAL_THESIS: ["Ph.D. Dissertation"], Kind.REPORT: ["Technical Report"], Kind.CHAPTER: ["In Book"],
            Kind.REFERENCE_ENTRY: ["In Book"], Kind.BOOK: ["Clouds (", "Publisherx"], Kind.EDITED_VOLUME: ["(Eds.)"],
            Kind.PROCEEDINGS: ["(Eds.)"]},
    "nature": {Kind.DOCTORAL_THESIS: ["PhD thesis"], Kind.MASTER_THESIS: ["MSc thesis"],
               Kind.BACHELOR_THESIS: ["BSc thesis"], Kind.CHAPTER: ["in Book"], Kind.REFERENCE_ENTRY: ["in Book"],
               Kind.BOOK: ["Publisherx"], Kind.EDITED_VOLUME: ["(Eds.)"], Kind.PROCEEDINGS: ["(Eds.)"],
               Kind.SPECIAL_ISSUE: ["(Eds.)"]},
    "gbt7714": {Kind.BOOK: ["[M]"], Kind.EDITED_VOLUME: ["[G]"], Kind.PROCEEDINGS: ["[C]"], Kind.SPECIAL_ISSUE: ["[J]"],
                Kind.CHAPTER: ["[M]//"], Kind.REFERENCE_ENTRY: ["[M]//"], Kind.REPORT: ["[R]"], Kind.STANDARD: ["[S]"],
                Kind.PATENT: ["[P]"], Kind.SOFTWARE: ["[CP"], Kind.DATASET: ["[DS"], Kind.WEBPAGE: ["[EB/OL]"]},
}  # fmt: skip
"""How a style says the kind where it has a form of its own; everywhere else it prints the document's word."""
PAPERS = {
    "full": {Kind.ARTICLE: "Journalx", Kind.CONFERENCE_PAPER: "Booktitlex"},
    "compact": {Kind.ARTICLE: "Journalx", Kind.CONFERENCE_PAPER: "Booktitlex"},
    "ieee": {Kind.ARTICLE: "” Journalx", Kind.CONFERENCE_PAPER: "” in Book"},
    "apa": {Kind.ARTICLE: "Clouds. Journalx, 711", Kind.CONFERENCE_PAPER: "In "},
    "acm": {Kind.ARTICLE: "Clouds. Journalx", Kind.CONFERENCE_PAPER: "In Book"},
    "nature": {Kind.ARTICLE: "Clouds. Journalx", Kind.CONFERENCE_PAPER: "in Book"},
    "gbt7714": {Kind.ARTICLE: "[J]", Kind.CONFERENCE_PAPER: "[C]//"},
}
_WHOLE_ENTRY = ("year", "publisher", "address", "institution", "volume", "number", "pages", "edition")


def _full_entry(kind: Kind) -> str:
    """An entry as such things usually are."""
    edited = kind in (Kind.EDITED_VOLUME, Kind.PROCEEDINGS, Kind.SPECIAL_ISSUE)
    people = (
        ("editor",) if edited else ("author", "editor") if kind in (Kind.CHAPTER, Kind.REFERENCE_ENTRY) else ("author",)
    )
    where = {Kind.ARTICLE: ("journal",), Kind.CONFERENCE_PAPER: ("booktitle",), Kind.CHAPTER: ("booktitle",),
             Kind.REFERENCE_ENTRY: ("booktitle",)}.get(kind, ())  # fmt: skip
    return _entry(kind, f"k-{kind}", (*people, *where, *_WHOLE_ENTRY))


@pytest.mark.parametrize("style", STYLES)
def test_every_style_says_what_each_publication_is(tmp_path: Path, style: str) -> None:
    kinds = [kind for kind in Kind if KINDS[kind].label]
    bib = "".join(_full_entry(kind) for kind in [*kinds, *PAPERS[style]])
    printed = dict(zip([*kinds, *PAPERS[style]], _print(tmp_path, style, bib), strict=True))
    words = load_words("en")
    wanted: dict[Kind, list[str]] = {kind: NAMED.get(style, {}).get(kind, [words[f"kind_{kind}"]]) for kind in kinds}
    wanted |= {kind: [sign] for kind, sign in PAPERS[style].items()}
    missing = {kind: printed[kind] for kind in wanted if not all(sign in printed[kind] for sign in wanted[kind])}
    assert not missing


@pytest.mark.parametrize("style", STYLES)
def test_a_kind_is_named_in_the_documents_language_or_as_the_entry_does(tmp_path: Path, style: str) -> None:
    bib = (
        "@thesis{a, author = {Lin, Wei}, title = {T}, institution = {U}, type = {mathesis}, year = 2020}\n"
        "@thesis{b, author = {Lin, Wei}, title = {T}, institution = {U}, type = {Diplomarbeit}, year = 2020}\n"
        "@misc{c, author = {Lin, Wei}, title = {T}, type = {Lightning talk}, year = 2020}\n"
    )
    german, typed, talk = _print(tmp_path, style, bib, "de")
    assert load_words("de")["kind_master_thesis"] in german
    assert "Diplomarbeit" in typed
    assert "Lightning talk" in talk
    english, typed, _ = _print(tmp_path, style, bib)
    assert "thesis" in english
    assert "Diplomarbeit" in typed


@pytest.mark.parametrize("style", STYLES)
def test_a_kind_that_a_note_names_is_named_once(tmp_path: Path, style: str) -> None:
    bib = "@misc{a, author = {Lin, Wei}, title = {Clouds}, howpublished = {Talk, Lisbon}, year = 2022}\n"
    (text,) = _print(tmp_path, style, bib)
    assert text.count("Talk") == 1
    assert "Talk, Lisbon" in text


# --- Fields ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kinds", GROUPS)
def test_what_no_style_prints_is_listed_and_nothing_else(tmp_path: Path, kinds: tuple[Kind, ...]) -> None:
    pairs = [(kind, name) for kind in kinds for name in FIELDS]
    entries = []
    for number, (kind, name) in enumerate(pairs):
        base = (
            ["author", "year"]
            if name not in ("author", "year", "editor")
            else ["year"]
            if name != "year"
            else ["author"]
        )
        base += ["volume"] if name == "series" else []
        base += ["journal"] if kind in (Kind.ARTICLE, Kind.PREPRINT) and name != "booktitle" else []
        entries.append(_entry(kind, f"k{number}", tuple(dict.fromkeys([*base, name]))))
    bib = "".join(entries)
    publications = _read(tmp_path, bib)
    printed = _print_in_every_style(tmp_path, bib)
    wrong = []
    for number, (kind, name) in enumerate(pairs):
        shown = [style for style in STYLES if SIGN_OF[name].casefold() in printed[style][number].casefold()]
        is_listed = name in publications[f"k{number}"].unprinted
        if bool(shown) == is_listed and name not in ("doi", "url"):
            wrong.append((kind.value, name, "listed but printed by" if shown else "printed by none", shown))
    assert not wrong


MANUALS = {
    ("apa", Kind.ARTICLE): ("journal", "volume", "number", "eid"),
    ("apa", Kind.CHAPTER): ("editor", "booktitle", "edition", "pages", "publisher"),
    ("apa", Kind.CONFERENCE_PAPER): ("editor", "booktitle", "series", "volume", "pages", "publisher"),
    ("apa", Kind.BOOK): ("edition", "volume", "publisher", "translator"),
    ("apa", Kind.REPORT): ("number", "institution"),
    ("apa", Kind.PATENT): ("number",),
    ("apa", Kind.SOFTWARE): ("version", "publisher"),
    ("apa", Kind.DATASET): ("version", "publisher"),
    ("apa", Kind.TALK): ("eventtitle", "venue"),
    ("apa", Kind.DOCTORAL_THESIS): ("institution",),
    ("ieee", Kind.ARTICLE): ("journal", "volume", "number", "pages", "eid"),
    ("ieee", Kind.CHAPTER): ("booktitle", "editor", "edition", "series", "volume", "address", "publisher", "chapter",
                             "pages"),
    ("ieee", Kind.CONFERENCE_PAPER): ("booktitle", "editor", "series", "volume", "address", "publisher", "pages"),
    ("ieee", Kind.BOOK): ("edition", "series", "volume", "address", "publisher"),
    ("ieee", Kind.REPORT): ("institution", "address", "number"),
    ("ieee", Kind.PATENT): ("number", "month"),
    ("ieee", Kind.STANDARD): ("number", "institution"),
    ("ieee", Kind.SOFTWARE): ("version", "publisher"),
    ("ieee", Kind.TALK): ("eventtitle", "venue", "month"),
    ("ieee", Kind.DOCTORAL_THESIS): ("institution", "address"),
    ("acm", Kind.ARTICLE): ("journal", "volume", "number", "eid", "pages"),
    ("acm", Kind.CHAPTER): ("booktitle", "editor", "edition", "series", "volume", "publisher", "address", "chapter",
                            "pages"),
    ("acm", Kind.CONFERENCE_PAPER): ("booktitle", "editor", "series", "volume", "publisher", "address", "pages"),
    ("acm", Kind.BOOK): ("edition", "publisher", "address"),
    ("acm", Kind.REPORT): ("number", "institution"),
    ("acm", Kind.PATENT): ("number",),
    ("nature", Kind.ARTICLE): ("journal", "volume", "pages", "eid"),
    ("nature", Kind.CHAPTER): ("booktitle", "editor", "edition", "volume", "chapter", "pages", "publisher"),
    ("nature", Kind.BOOK): ("edition", "publisher"),
    ("nature", Kind.PATENT): ("number",),
    ("nature", Kind.DOCTORAL_THESIS): ("institution",),
    ("gbt7714", Kind.ARTICLE): ("journal", "volume", "number", "pages", "eid"),
    ("gbt7714", Kind.CHAPTER): ("booktitle", "editor", "edition", "address", "publisher", "pages"),
    ("gbt7714", Kind.BOOK): ("edition", "address", "publisher", "translator"),
    ("gbt7714", Kind.PATENT): ("number", "month"),
    ("gbt7714", Kind.REPORT): ("number", "institution"),
    ("gbt7714", Kind.WEBPAGE): ("url", "urldate"),
    ("full", Kind.PATENT): ("number", "holder"),
    ("full", Kind.REPORT): ("number", "institution"),
    ("full", Kind.CHAPTER): ("booktitle", "editor", "edition", "series", "volume", "chapter", "pages", "publisher"),
    ("full", Kind.TALK): ("eventtitle", "venue"),
    ("full", Kind.ARTICLE): ("journal", "volume", "number", "pages"),
}  # fmt: skip
"""What a style's manual prints of a kind: APA 7 chapter 10, IEEE Reference Guide, ACM's reference formats, Nature's
formatting guide, GB/T 7714-2015 chapter 4; and what a list in full must not lack."""
SIGN_OF_EDITION = {"nature": "3rd edn"}


@pytest.mark.parametrize("style", sorted({style for style, _ in MANUALS}))
def test_a_style_prints_what_its_manual_asks_for(tmp_path: Path, style: str) -> None:
    asked = {kind: names for (one, kind), names in MANUALS.items() if one == style}
    bib = "".join(_entry(kind, f"k-{kind}", ("author", "year", *names)) for kind, names in asked.items())
    missing = {}
    for text, (kind, names) in zip(_print(tmp_path, style, bib), asked.items(), strict=True):
        signs = {
            name: SIGN_OF_EDITION.get(style, SIGN_OF[name]) if name == "edition" else SIGN_OF[name] for name in names
        }
        lost = [name for name, sign in signs.items() if sign.casefold() not in text.casefold()]
        if lost:
            missing[kind] = (lost, text)
    assert not missing


LIKE_ANOTHER = (THESES - {Kind.DOCTORAL_THESIS}) | {Kind.REFERENCE_ENTRY, Kind.AUDIO}
"""What every style and cvgen.select.details treat as doctoral theses, chapters and videos but for the word they print:
each of their fields alone and absent proves nothing more."""


def _subsets(kind: Kind) -> Iterator[tuple[str, ...]]:
    """All fields, none, each one absent, each one alone, and combinations drawn by a fixed seed."""
    names = tuple(FIELDS)
    yield names
    yield ()
    for name in names if kind not in LIKE_ANOTHER else ():
        yield tuple(other for other in names if other != name)
        yield (name,)
    draw = random.Random(kind.value)
    for _ in range(8):
        share = draw.random()
        yield tuple(name for name in names if draw.random() < share)


TITLES = ("Clouds", "Why clouds?", "On clouds.", "Clouds and U.S.")
_FAULTS = re.compile(
    r"\.\.|,,|;;|::|,\.|(?<!\bal)(?<!U\.S)(?<!\b[A-Z])(?<!\b[eE]d)(?<!\bEds)(?<!\bTrans)(?<!\bRep)\.,|\(\s*\)|\[\s*\]|"
    r"“\s*”|“,|\bIn In\b|\bin in\b|\s[,.;:)](?!\w)|"
    r"[?!]\.(?!\w)|[?!],|\(,|\[,|·\s*·|·\s*[.,]|[,:;]\s*·|[,:;]$|\b(?:vol|no|pp|p|ser|ch|Art)\.\s*[,.;)]|\b[Ii]n\s*[,.;(]|"
    r"\bIn$|//\s*[.,]|\bNone\b|^[,.;:]|\. \.|, \("
)
"""Doubled and dangling punctuation, an empty quotation, a word that leads nowhere."""


@pytest.mark.parametrize("kinds", GROUPS)
def test_whatever_is_absent_no_punctuation_is_left_over(tmp_path: Path, kinds: tuple[Kind, ...]) -> None:
    sets = [(kind, names) for kind in kinds for names in _subsets(kind)]
    bib = "".join(_entry(kind, f"k{n}", names, TITLES[n % len(TITLES)]) for n, (kind, names) in enumerate(sets))
    printed = _print_in_every_style(tmp_path, bib)
    faults = [
        (style, kind.value, fault[0], text)
        for style, texts in printed.items()
        for (kind, _), text in zip(sets, texts, strict=True)
        if (fault := _FAULTS.search(text))
    ]
    assert not faults, f"{len(faults)} faults, such as {faults[:10]}"


# --- Editors and translators -----------------------------------------------------------------------------------------

EDITED = """\
@book{one, editor = {Lin, Wei}, title = {One editor}, publisher = {Press}, year = 2018}
@book{two, editor = {Lin, Wei and Roe, Ann}, title = {Two editors}, publisher = {Press}, year = 2018}
@proceedings{proc, editor = {Roe, Ann and Lin, Wei}, title = {Proceedings of Words}, year = 2019}
@collection{more, editor = {Lin, Wei and others}, title = {A collection}, publisher = {Press}, year = 2020}
@incollection{chap, author = {Lin, Wei}, editor = {Roe, Ann}, title = {A chapter}, booktitle = {A book}, year = 2021}
@incollection{theirs, author = {Roe, Ann}, editor = {Lin, Wei}, title = {Theirs}, booktitle = {My book}, year = 2021}
@book{trans, author = {Roe, Ann}, translator = {Lin, Wei}, title = {Translated}, publisher = {Press}, year = 2022}
"""


def test_an_editor_is_no_author(tmp_path: Path) -> None:
    rows = _rows(write_career(tmp_path, EDITED))
    for key in ("one", "two", "proc", "more", "theirs"):
        assert (rows[key]["roles"], rows[key]["position"]) == (["editor"], None), key
    assert rows["chap"]["roles"] == ["first", "sole"]
    assert rows["trans"]["roles"] == ["translator"]
    assert rows["two"]["editors"] == ["Wei Lin", "Ann Roe"]
    assert rows["two"]["author_count"] == 0
    assert set(_rows(tmp_path / "profile.yaml", "--role", "editor")) == {"one", "two", "proc", "more", "theirs"}


def test_editors_from_csl_are_no_authors(tmp_path: Path) -> None:
    people = [{"family": "Lin", "given": "Wei"}, {"family": "Roe", "given": "Ann"}]
    items = [{"id": "e", "type": "book", "title": "Edited", "editor": people, "publisher": "Press"},
             {"id": "t", "type": "book", "title": "T", "author": people[1:], "translator": people[:1]}]  # fmt: skip
    rows = _rows(_csl_profile(tmp_path, items))
    assert (rows["e"]["kind"], rows["e"]["roles"]) == ("edited_volume", ["editor"])
    assert rows["t"]["roles"] == ["translator"]


def test_an_owner_who_edited_is_not_missed_among_the_authors(tmp_path: Path) -> None:
    career = valid_career(tmp_path, EDITED)
    _, problems = find_credits(career)
    assert not about(problems, "is not among")


@pytest.mark.parametrize("style", STYLES)
def test_editors_are_named_as_editors(tmp_path: Path, style: str) -> None:
    one, two, proc, more, *_ = _print(tmp_path, style, EDITED)
    assert "(Ed.)" in one
    assert all("(Eds.)" in text for text in (two, proc))
    assert "et al." in more
    assert "(Ed.)" in more or "(Eds.)" in more


@pytest.mark.parametrize("style", STYLES)
def test_a_collaboration_is_named_once(tmp_path: Path, style: str) -> None:
    bib = (
        "@article{a, author = {Roe, Ann and Lin, Wei}, collaboration = {ATLAS}, title = {T}, year = 2020}\n"
        "@article{b, author = {{ATLAS Collaboration} and Lin, W}, collaboration = {ATLAS}, title = {T}, year = 2020}\n"
        "@article{c, collaboration = {the ATLAS Collaboration}, title = {T}, journal = {J}, year = 2020}\n"
    )
    for text in _print(tmp_path, style, bib):
        assert text.count("ATLAS Collaboration") == 1, text


# --- crossref --------------------------------------------------------------------------------------------------------

PARENTS = """\
@incollection{mine, author = {Lin, Wei}, title = {Things}, crossref = {vol}, pages = {1--20}}
@inproceedings{paper, author = {Lin, Wei}, title = {A paper}, crossref = {dblp}, pages = {1--2}}
@book{vol, editor = {Lin, Wei and Roe, Ann}, title = {Handbook of Things}, publisher = {Press}, year = 2021}
@proceedings{dblp, editor = {Roe, Ann}, title = {Proceedings of Words}, publisher = {Press}, year = 2021}
@book{cited, editor = {Roe, Ann}, title = {Not mine}, publisher = {Press}, year = 2021}
"""


def test_a_volume_that_the_owner_edited_stays_when_a_chapter_refers_to_it(tmp_path: Path) -> None:
    rows = _rows(write_career(tmp_path, PARENTS))
    assert set(rows) == {"mine", "paper", "vol", "cited"}
    assert rows["vol"]["roles"] == ["editor"]
    assert rows["mine"]["venue"] == "Handbook of Things"


# --- Counted, grouped, asked for -------------------------------------------------------------------------------------


def test_kinds_are_counted_apart(tmp_path: Path) -> None:
    bib = EDITED + "".join(
        f"@{kind}{{{kind}{n}, author = {{Lin, Wei}}, title = {{{kind} {n}}}, year = 2020{more}}}\n"
        for kind, count, more in (
            ("article", 3, ", journal = {J}"),
            ("patent", 2, ""),
            ("phdthesis", 1, ""),
            ("software", 1, ""),
        )
        for n in range(count)
    )
    rest = "variants: {default: {sections: [{publications: {counts: true}}]}}"
    (section,) = read_document(write_career(tmp_path, bib, rest)).sections
    head, roles = section.counts.split(": ")
    assert head == "3 papers, 2 book chapters, 1 book, 4 edited volumes, 1 thesis, 2 patents, 1 software package"
    assert roles == "8 first or co-first, 5 as editor, 1 as translator"


def test_groups_come_in_the_order_of_the_kinds(tmp_path: Path) -> None:
    bib = (
        "@patent{p, author = {Lin, Wei}, title = {P}, year = 2024}\n"
        "@phdthesis{t, author = {Lin, Wei}, title = {T}, year = 2023}\n"
        "@article{a, author = {Lin, Wei}, title = {A}, journal = {J}, year = 2020}\n"
    )
    rest = "variants: {default: {sections: [{publications: {group_by: kind}}]}}"
    (section,) = read_document(write_career(tmp_path, bib, rest)).sections
    assert [group.title for group in section.groups] == ["Journal articles", "Theses", "Patents"]


def test_a_list_may_hold_one_kind_only(tmp_path: Path) -> None:
    bib = EDITED + "@patent{p, author = {Lin, Wei}, title = {P}, number = {EP1}, year = 2020}\n"
    rest = "variants: {default: {sections: [{publications: {where: kind == 'patent'}}]}}"
    (section,) = read_document(write_career(tmp_path, bib, rest)).sections
    assert [item.key for group in section.groups for item in group.items] == ["p"]


@pytest.mark.parametrize(
    ("query", "hint"),
    [("kind == 'patnet'", "did you mean 'patent'?"), ("kind == patent", "put text in quotes: 'patent'")],
)
def test_a_kind_that_is_none_is_reported(tmp_path: Path, query: str, hint: str) -> None:
    rest = f'variants: {{default: {{sections: [{{publications: {{where: "{query}"}}}}]}}}}'
    ran = run_cvgen("render", write_career(tmp_path, EDITED, rest))
    assert ran.code == 2
    assert hint in ran.err


def test_fields_that_no_style_prints_are_explained(tmp_path: Path) -> None:
    bib = "@article{a, author = {Lin, Wei}, title = {T}, journal = {J}, publisher = {P}, issn = {1}, year = 2020}\n"
    ran = run_cvgen("publications", write_career(tmp_path, bib), "--explain")
    assert "no style prints these fields: issn, publisher" in ran.out


# --- Both backends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_both_backends_print_every_kind_in_every_style(tmp_path: Path, engine: str) -> None:
    bib = "".join(_full_entry(kind) for kind in Kind)
    cited = {style: _print(tmp_path, style, bib) for style in STYLES}
    lists = "".join(f"      - publications: {{style: {style}, sort: file}}\n" for style in STYLES)
    profile = write_career(
        tmp_path, bib, f"variants:\n  default:\n    sections:\n{lists}", settings="merge_twins: false"
    )
    text = squeeze(render_pdf(Request(profile, None, "classic", engine), tmp_path).text)
    missing = [one for style in STYLES for one in cited[style] if squeeze(one) not in text]
    assert not missing


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@book{k, publisher = {P}", Kind.BOOK),
        ("@book{k, publisher = {P}, editor = {Lin, Wei}", Kind.EDITED_VOLUME),
        ("@inproceedings{k, booktitle = {P}, editor = {Lin, Wei}", Kind.PROCEEDINGS),
        ("@inproceedings{k, booktitle = {P}, editor = {Roe, Ann}, author = {Lin, Wei}", Kind.CONFERENCE_PAPER),
    ],
)
def test_only_editors_make_an_edited_volume(tmp_path: Path, entry: str, kind: Kind) -> None:
    assert _read(tmp_path, f"{entry}, title = {{T}}, year = 2020}}\n")["k"].kind is kind


def test_other_works_are_counted_last(tmp_path: Path) -> None:
    bib = "".join(_entry(kind, kind, ()) for kind in (Kind.MANUAL, Kind.PATENT, Kind.TALK))
    profile = write_career(tmp_path, bib, "variants: {default: {sections: [{publications: {counts: true}}]}}")
    run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS)
    page = (tmp_path / "cv.html").read_text("utf-8").replace("\u00a0", " ")
    assert "1 patent, 1 presentation, 1 other work" in page


def test_a_number_is_printed_with_its_kind_where_a_note_names_that(tmp_path: Path) -> None:
    bib = "@misc{k, author = {Lin, Wei}, title = {T}, howpublished = {US Patent}, number = 123, year = 2020}\n"
    assert _print(tmp_path, "compact", bib) == ["Wei Lin. T. Patent 123, US Patent, 2020."]
