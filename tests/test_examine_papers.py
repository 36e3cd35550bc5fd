"""What the examination says of printed publications: markup and stray punctuation are found, and nothing else is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers import write_career
from rendering import warm_backend

from cvgen.backends.backend import Job
from cvgen.diagnostics import Location
from cvgen.examine import Finding, examine_pdf
from cvgen.model.inline import rich
from cvgen.model.kinds import Kind
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

STYLES = ("full", "compact", "ieee", "apa", "acm", "nature", "gbt7714")
PEOPLE = "author = {Lin, Wei and Long, Ada and Kemp, Tom}, author+an = {1=equal; 2=equal}, year = 2024"
KINDS = {
    Kind.ARTICLE: f"@article{{KEY, title = {{T}}, {PEOPLE}, journal = {{Journal of Clouds}}, volume = 12, number = 3,"
    " pages = {45--67}, doi = {10.1000/clouds.1}}",
    Kind.CONFERENCE_PAPER: f"@inproceedings{{KEY, title = {{T}}, {PEOPLE}, booktitle = {{Proceedings of Rain}},"
    " editor = {Ross, Bob and Ames, Eve}, pages = {1--10}, publisher = {Weather Press}, address = {Oslo}}",
    Kind.PREPRINT: f"@misc{{KEY, title = {{T}}, {PEOPLE}, eprint = {{2301.00001}}, eprinttype = {{arxiv}}}}",
    Kind.MANUSCRIPT: f"@unpublished{{KEY, title = {{T}}, {PEOPLE}, pubstate = {{submitted}}}}",
    Kind.CHAPTER: f"@incollection{{KEY, title = {{T}}, {PEOPLE}, booktitle = {{Handbook of fog}}, chapter = 4,"
    " editor = {Ross, Bob}, publisher = {Weather Press}, edition = 2}",
    Kind.REFERENCE_ENTRY: f"@inreference{{KEY, title = {{T}}, {PEOPLE}, booktitle = {{Encyclopedia of wind}}}}",
    Kind.BOOK: f"@book{{KEY, title = {{T}}, {PEOPLE}, publisher = {{Weather Press}}, series = {{Skies}}, volume = 2}}",
    Kind.EDITED_VOLUME: "@collection{KEY, title = {T}, editor = {Lin, Wei and Long, Ada}, year = 2024,"
    " publisher = {Weather Press}}",
    Kind.PROCEEDINGS: "@proceedings{KEY, title = {T}, editor = {Lin, Wei}, year = 2024, publisher = {Weather Press}}",
    Kind.SPECIAL_ISSUE: "@periodical{KEY, title = {T}, editor = {Lin, Wei and Long, Ada}, year = 2024,"
    " journal = {Journal of Clouds}, volume = 12}",
    Kind.DOCTORAL_THESIS: "@phdthesis{KEY, title = {T}, author = {Lin, Wei}, year = 2024, school = {Fjord University}}",
    Kind.HABILITATION: "@thesis{KEY, title = {T}, author = {Lin, Wei}, year = 2024, school = {Fjord University},"
    " type = {Habilitation}}",
    Kind.CANDIDATE_THESIS: "@thesis{KEY, title = {T}, author = {Lin, Wei}, year = 2024, school = {Fjord University},"
    " type = {candthesis}}",
    Kind.MASTER_THESIS: "@mastersthesis{KEY, title = {T}, author = {Lin, Wei}, year = 2024, school = {Fjord College}}",
    Kind.BACHELOR_THESIS: "@thesis{KEY, title = {T}, author = {Lin, Wei}, year = 2024, school = {Fjord College},"
    " type = {bathesis}}",
    Kind.THESIS: "@thesis{KEY, title = {T}, author = {Lin, Wei}, year = 2024, school = {Fjord College}}",
    Kind.REPORT: f"@techreport{{KEY, title = {{T}}, {PEOPLE}, institution = {{Storm Institute}}, number = {{TR-7}}}}",
    Kind.MANUAL: f"@manual{{KEY, title = {{T}}, {PEOPLE}, organization = {{Storm Institute}}}}",
    Kind.STANDARD: f"@standard{{KEY, title = {{T}}, {PEOPLE}, organization = {{Storm Institute}}, number = {{ST 12}}}}",
    Kind.PATENT: f"@patent{{KEY, title = {{T}}, {PEOPLE}, number = {{US7}}, holder = {{Storm Inc.}}}}",
    Kind.SOFTWARE: f"@software{{KEY, title = {{T}}, {PEOPLE}, version = {{1.2}}, url = {{https://example.org/s}}}}",
    Kind.DATASET: f"@dataset{{KEY, title = {{T}}, {PEOPLE}, publisher = {{Data House}}, doi = {{10.1000/clouds.2}}}}",
    Kind.TALK: f"@misc{{KEY, title = {{T}}, {PEOPLE}, type = {{Talk}}, eventtitle = {{Rain Days}}, venue = {{Oslo}}}}",
    Kind.POSTER: f"@misc{{KEY, title = {{T}}, {PEOPLE}, type = {{Poster}}, eventtitle = {{Rain Days}}}}",
    Kind.WEBPAGE: f"@online{{KEY, title = {{T}}, {PEOPLE}, url = {{https://example.org/w}}, urldate = {{2024-03-05}}}}",
    Kind.VIDEO: f"@video{{KEY, title = {{T}}, {PEOPLE}, url = {{https://example.org/v}}}}",
    Kind.AUDIO: f"@audio{{KEY, title = {{T}}, {PEOPLE}, url = {{https://example.org/a}}}}",
    Kind.ARTWORK: f"@artwork{{KEY, title = {{T}}, {PEOPLE}}}",
    Kind.OTHER: f"@misc{{KEY, title = {{T}}, {PEOPLE}, howpublished = {{Privately printed}}}}",
}
TITLES = (
    "Clouds over the sea",
    "Why does it rain?",
    "Rain, and what Lin says of everything.",
    "A note on “fog”",
    "Wait...",
)
"""Titles that end in a word, and in each sign that a style has to fit its own punctuation to."""


def entry(source: str, key: str, title: str) -> str:
    return source.replace("KEY", key, 1).replace("title = {T}", f"title = {{{title}}}", 1)


def make(folder: Path, bib: str, style: str, engine: str = "weasyprint", *, theme: str = "classic",
         more: str = "", rest: str = "", settings: str = "") -> tuple[Job, bytes]:  # fmt: skip
    """A job with one list of the papers in ``bib``, and its PDF."""
    variant = f"variants: {{v: {{sections: [{{publications: {{style: {style}, sort: file{more}}}}}]}}}}\n"
    profile = write_career(folder, bib, rest + variant, settings=f"merge_twins: false\n{settings}")
    backend = warm_backend(engine)
    job = prepare(Request(profile, "v", theme, engine), backend).make_job()
    return job, backend.compile(job).pdf


def told(found: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.check}: {finding.problem.message}" for finding in found]


@pytest.mark.parametrize(
    ("style", "engine"),
    [
        *((style, "weasyprint") for style in STYLES),
        # The texts are the same, so that two styles show how LaTeX sets them.
        *(pytest.param(style, "xelatex", marks=pytest.mark.tex) for style in ("apa", "full")),
    ],
)
def test_every_kind_in_every_style_is_clean(tmp_path: Path, style: str, engine: str) -> None:
    bib = "\n".join(
        entry(source, f"{kind}{number}".replace("_", "-"), f"{title[0]}{title[1:]}")
        for number, title in enumerate(TITLES)
        for kind, source in list(KINDS.items())[number % 3 :: 3]
    )
    job, pdf = make(tmp_path, bib, style, engine)
    assert {item.kind for section in job.document.sections for group in section.groups for item in group.items} == {
        kind.value for kind in Kind
    }
    assert told(examine_pdf(pdf, job, None)) == []


# --- authors and marks of neighbours

MANY = " and ".join(f"Ames, Eve{n} X." for n in range(100)) + " and Lin, Wei and " + " and ".join(
    f"Ross{chr(97 + n % 26)}{chr(97 + n // 26)}, Bob" for n in range(100)
)  # fmt: skip
NEIGHBOURS = {
    "sole-author-with-a-mark": (
        "@article{a, title = {Clouds}, author = {Lin, Wei}, author+an = {1=lead}, journal = {J}, year = 2024}\n"
        "@article{b, title = {Rain}, author = {Lin, Wei}, journal = {J}, year = 2023}\n"
        "@article{c, title = {Fog}, author = {Lin, Wei}, author+an = {1=lead}, journal = {J}, year = 2022}"
    ),
    "same-authors-and-other-marks": (
        "@article{a, title = {Clouds}, author = {Lin, Wei and Long, Ada}, author+an = {1=equal; 2=equal},"
        " journal = {J}, year = 2024}\n"
        "@article{b, title = {Rain}, author = {Lin, Wei and Long, Ada}, author+an = {2=corresponding},"
        " journal = {J}, year = 2023}\n"
        "@article{c, title = {Fog}, author = {Lin, Wei and Long, Ada}, journal = {J}, year = 2022}"
    ),
    "one-title-twice": (
        "@article{a, title = {Clouds over the sea}, author = {Lin, Wei and Long, Ada}, author+an = {1=equal; 2=equal},"
        " journal = {Journal of Clouds}, year = 2024}\n"
        "@inproceedings{b, title = {Clouds over the sea}, author = {Lin, Wei and Long, Ada},"
        " booktitle = {Proceedings of Rain}, year = 2023}"
    ),
    "a-name-in-the-title": (
        "@article{a, title = {Long and Lin: a life}, author = {Lin, Wei and Long, Ada}, author+an = {2=corresponding},"
        " journal = {J}, year = 2024}\n"
        "@article{b, title = {On Lin}, author = {Lin, Wei}, author+an = {1=lead}, journal = {Lin}, year = 2023}"
    ),
    "editors-of-a-chapter-write-the-next": (
        "@incollection{a, title = {Clouds}, author = {Lin, Wei}, booktitle = {Fog}, editor = {Long, Ada and Lin, Wei},"
        " publisher = {P}, year = 2024}\n"
        "@book{b, title = {Rain}, author = {Long, Ada and Lin, Wei}, author+an = {1=equal; 2=equal}, publisher = {P},"
        " year = 2023}\n"
        "@collection{c, title = {Snow}, editor = {Long, Ada and Lin, Wei}, publisher = {P}, year = 2023}"
    ),
    "a-name-in-the-collaboration": (
        "@article{a, title = {Clouds}, author = {Long, Ada and Lin, Wei}, author+an = {2=corresponding},"
        " collaboration = {Lin Array}, journal = {J}, year = 2024}\n"
        "@article{b, title = {Rain}, author = {Long, Ada and Lin, Wei}, journal = {J}, year = 2023}"
    ),
    "a-title-that-is-a-kind": (
        "@collection{a, title = {Clouds}, editor = {Lin, Wei}, publisher = {P}, year = 2024}\n"
        "@book{b, title = {Edited volume}, editor = {Lin, Wei and Long, Ada}, publisher = {P}, year = 2023}"
    ),
    "a-preprint-beside-the-paper": (
        "@article{a, title = {Clouds}, author = {Lin, Wei}, journal = {J}, year = 2024, doi = {10.1000/clouds},"
        " eprint = {2301.00001}, archiveprefix = {arXiv}}"
    ),
    "letters-with-other-capitals": (
        "@article{a, title = {Clouds}, author = {Lin, Wei and Weiß, Ada and Yılmaz, Tom}, author+an = {2=lead; 3=lead},"
        " journal = {J}, year = 2024}\n"
        "@article{b, title = {Rain}, author = {Yılmaz, Tom and Weiß, Ada and Lin, Wei}, journal = {J}, year = 2023}"
    ),
    "a-name-inside-another": (
        "@article{a, title = {Clouds}, author = {An, Bo and Long, Diana and Lin, Wei}, author+an = {1=lead},"
        " journal = {J}, year = 2024}\n"
        "@article{b, title = {Rain}, author = {An, Bo and Lin, Wei}, journal = {J}, year = 2023}"
    ),
    "two-hundred-authors": (
        f"@article{{a, title = {{Clouds}}, author = {{{MANY}}}, author+an = {{1=equal; 101=corresponding}},"
        " journal = {J}, year = 2024}\n"
        f"@article{{b, title = {{Rain}}, author = {{{MANY}}}, journal = {{J}}, year = 2023}}"
    ),
}


@pytest.mark.parametrize("style", ["full", "compact", "ieee", "apa", "gbt7714"])
@pytest.mark.parametrize("case", NEIGHBOURS)
def test_papers_of_the_same_people_are_not_mixed_up(tmp_path: Path, case: str, style: str) -> None:
    job, pdf = make(tmp_path, NEIGHBOURS[case], style, more=", numbered: true, max_authors: 6")
    assert told(examine_pdf(pdf, job, None)) == []


@pytest.mark.parametrize("style", ["ieee", "apa"])
def test_marks_that_are_letters_are_no_finding(tmp_path: Path, style: str) -> None:
    job, pdf = make(
        tmp_path, NEIGHBOURS["same-authors-and-other-marks"], style, settings="marks: {a: equal, b: corresponding}"
    )
    assert told(examine_pdf(pdf, job, None)) == []


@pytest.mark.parametrize("style", ["ieee", "apa", "compact"])
def test_a_mark_that_is_lost_in_a_citation_style_is_found(tmp_path: Path, style: str) -> None:
    bib = NEIGHBOURS["same-authors-and-other-marks"]
    job, _ = make(tmp_path, bib, style)
    _, pdf = make(tmp_path, bib.replace("author+an = {2=corresponding}", "keywords = {x}"), style)
    assert [line for line in told(examine_pdf(pdf, job, None)) if line.startswith("authors")] == [
        "authors: Ada Long has no mark in 'Rain', and should have †"
    ]


# --- punctuation

PAPER = (
    "@inproceedings{a, title = {Why clouds?}, author = {Lin, Wei and Long, Ada}, booktitle = {Proceedings of Rain},"
    " year = 2024}\n"
    "@inproceedings{b, title = {Why not?}, author = {Lin, Wei}, booktitle = {Proceedings of Rain}, year = 2023}"
)
WELL = "{authors}. {title} In {venue}, {year}."
BROKEN = {
    "..": "{authors}. {title} In {venue}..{year}.",
    ",,": "{authors}. {title} In {venue}, , {year}.",
    ",.": "{authors}. {title} In {venue}, {year},.",
    ";;": "{authors}. {title} In {venue};; {year}.",
    "::": "{authors}. {title} In {venue}:: {year}.",
    ":.": "{authors}. {title} In {venue}, {year}:.",
    "?.": "{authors}. {title}. In {venue}, {year}.",
    "?,": "{authors}. {title}, in {venue}, {year}.",
    "()": "{authors}. {title} In {venue} ({absent}), {year}.",
    "[]": "{authors}. {title} In {venue} [{absent}], {year}.",
    "“”": "{authors}. {title} “{absent}” In {venue}, {year}.",
    "“,”": "{authors}. {title} “{absent},” in {venue}, {year}",
    "(,": "{authors}. {title} In {venue} ({absent}, {year}).",
    ",)": "{authors}. {title} In {venue} ({year}, {absent}).",
    "inin": "{authors}. {title} In In {venue}, {year}.",
    ",": "{authors}. {title} In {venue} , {year}.",
    "in,": "{authors}. {venue}. {title}, in{absent}, {year}.",
    "in.": "{authors}. {venue}, {year}. In {absent}. {title}",
    "vol.,": "{authors}. {title} In {venue}, vol. {absent}, {year}",
    "pp..": "{authors}. {title} In {venue}, {year}, pp. {absent}.",
    "·": "{authors}. {title} In {venue}, {year} ·{absent}",
    "··": "{authors}. {title} In {venue} · {absent} · {year}",
    ",·": "{authors}. {title} In {venue}, · {year}.",
    "doi:.": "{authors}. {title} In {venue}, {year}, doi: {absent}.",
    ".": "{absent}. {authors}, {title} In {venue}, {year}",
}
"""What is found, and a style that prints it."""


VALUES = {
    "authors": "authors(item)",
    "title": "title(item.title)",
    "venue": "item.venue",
    "year": "item.year",
    "absent": "item.series",
    "count": 'words["author_count"]',
}


def write_style(folder: Path, style: str) -> None:
    """A theme ``mine`` with the style ``broken``, which prints the VALUES as ``style`` names them."""
    parts = [VALUES[part] if number % 2 else f'"{part}"' for number, part in enumerate(re.split(r"\{(\w+)\}", style))]
    styles = folder / "themes" / "mine" / "styles"
    styles.mkdir(parents=True)
    (styles.parent / "theme.yaml").write_text("extends: classic\n", "utf-8")
    (styles / "broken.j2").write_text(f"{{{{ text({', '.join(parts)}) }}}}", "utf-8")


def checks(found: tuple[Finding, ...]) -> set[str]:
    return {finding.check for finding in found}


@pytest.mark.parametrize("sign", BROKEN)
def test_stray_punctuation_is_found(tmp_path: Path, sign: str) -> None:
    write_style(tmp_path, BROKEN[sign])
    job, pdf = make(tmp_path, PAPER, "broken", theme="mine", more=", numbered: true")
    found = examine_pdf(pdf, job, None)
    assert checks(found) == {"punctuation"}, told(found)
    assert all(finding.problem.hint and finding.page == 1 for finding in found)
    assert any(f"is printed with {sign!r}" in finding.problem.message.casefold() for finding in found), told(found)


@pytest.mark.tex
@pytest.mark.parametrize("sign", ["..", ","])
def test_stray_punctuation_is_found_through_latex(tmp_path: Path, sign: str) -> None:
    write_style(tmp_path, BROKEN[sign])
    job, pdf = make(tmp_path, PAPER, "broken", "xelatex", theme="mine")
    assert checks(examine_pdf(pdf, job, None)) == {"punctuation"}


@pytest.mark.parametrize("style", [WELL, "{title} {authors}. {venue}, {year}.", "{year}. {authors}: {title} {venue}"])
def test_a_style_of_ones_own_without_a_fault_is_clean(tmp_path: Path, style: str) -> None:
    write_style(tmp_path, style)
    bib = PAPER.replace("author = {Lin, Wei and Long, Ada}", "author = {Lin, Wei}, author+an = {1=lead}")
    job, pdf = make(tmp_path, bib, "broken", theme="mine", more=", numbered: reversed")
    assert told(examine_pdf(pdf, job, None)) == []


@pytest.mark.parametrize(("style", "found"), [("ieee", set()), ("full", {"text"})])
def test_a_citation_style_may_drop_the_full_stop_that_ends_a_title(tmp_path: Path, style: str, found: set[str]) -> None:
    job = with_text(make(tmp_path, PAPER, style)[0], "title", "Of clouds and fog.")
    _, pdf = make(tmp_path, PAPER.replace("Why clouds?", "Of clouds and fog"), style)
    assert checks(examine_pdf(pdf, job, None)) == found


# --- markup

LEFT = {
    "formula": ("Bounds between $0$ and $1$", ["$0$", "$1$"]),
    "formula-before-letters": ("Sets of $k$th order", ["$k$"]),
    "formula-between-digits": ("The α4$β$2 receptor at $±$3 K", ["$β$", "$±$"]),
    "relation": ("Rank $r < 3$ norms", ["$r < 3$"]),
    "commands-in-a-formula": (r"Growth of ${\rm GaN}_2$ again", [r"${\rm GaN}_2$"]),
    "command": (r"Growth on \foo sapphire", [r"\foo"]),
    "command-in-a-word": (r"GaN\slash sapphire", [r"\slash"]),
    "accent": (r"The poem of Mu\~noz", [r"\~"]),
    "space": (r"At 13\,TeV", [r"\,"]),
    "braces": ("A study of {DNA} repair", ["{", "}"]),
    "braced-letter": ("The {E}nglish rain", ["{", "}"]),
    "open-brace": ("A brace { left open", ["{"]),
    "raised": ("Area in m^{2}", ["^{", "}"]),
    "lowered": ("Loss of CO_{2}", ["_{", "}"]),
    "tie": ("Shown in Fig.~3 again", ["~"]),
    "dash": ("Rain--snow boundaries", ["--"]),
    "quotes": ("The ``cloud'' again", ["``"]),
    "tag": ("Loss of H<sub>2</sub>O", ["<sub>", "</sub>"]),
    "entity": ("Rain &amp; snow", ["&amp;"]),
}
"""Titles as a faulty reader of bibliographies could leave them, and what is found in each."""
PARTS = ("title", "container", "venue_short", "publisher", "note", "topic", "names")


def with_text(job: Job, part: str, said: str) -> Job:
    """``job`` with ``said`` as one part of its first paper."""
    (section,) = job.document.sections
    (group,) = section.groups
    paper, place = group.items[0], Location("papers.bib", 1, 1)
    changed: dict[str, Any] = {part: said if part in ("venue_short", "topic") else rich(said, place)}
    if part == "names":
        paper = replace(paper, authors=(replace(paper.authors[0], name=said, family=said.split()[-1]),))
    elif part in ("container", "publisher"):
        paper = replace(paper, venue=rich(said, place), **changed)
    else:
        paper = replace(paper, **changed)
    section = replace(section, groups=(replace(group, items=(paper, *group.items[1:])),))
    return replace(job, document=replace(job.document, sections=(section,)))


@pytest.mark.parametrize("case", LEFT)
@pytest.mark.parametrize("style", ["full", "ieee"])
def test_markup_that_a_bibliography_left_is_found(tmp_path: Path, case: str, style: str) -> None:
    said, marks = LEFT[case]
    job = with_text(make(tmp_path, PAPER, style)[0], "title", said)
    found = examine_pdf(warm_backend("weasyprint").compile(job).pdf, job, None)
    assert told(found) == [f"markup: the title of 'a' shows markup: {', '.join(map(repr, marks))}"]
    assert all(finding.page == 1 and finding.problem.location for finding in found)


@pytest.mark.tex
def test_markup_that_a_bibliography_left_is_found_through_latex(tmp_path: Path) -> None:
    job = with_text(make(tmp_path, PAPER, "ieee")[0], "title", r"Between $0$ and \foo {DNA} in m^{2}")
    job = replace(job, theme=prepare(Request(tmp_path / "profile.yaml", "v", "classic", "xelatex"),
                                     warm_backend("xelatex")).make_job().theme)  # fmt: skip
    assert checks(examine_pdf(warm_backend("xelatex").compile(job).pdf, job, None)) == {"markup"}


@pytest.mark.parametrize("part", PARTS)
def test_markup_is_found_in_every_text_of_a_paper(tmp_path: Path, part: str) -> None:
    job = with_text(make(tmp_path, PAPER, "full")[0], part, r"Of \foo Rain")
    found = examine_pdf(warm_backend("weasyprint").compile(job).pdf, job, None)
    assert checks(found) == {"markup"}, told(found)


@pytest.mark.parametrize("mark", ["$", "{", "}", "\\\\", "~", "^", "--", "<b>", "&amp;"])
def test_markup_that_a_style_adds_is_found(tmp_path: Path, mark: str) -> None:
    write_style(tmp_path, WELL.replace("{year}", f"{mark}{{year}}"))
    job, pdf = make(tmp_path, PAPER, "broken", theme="mine")
    found = examine_pdf(pdf, job, None)
    assert checks(found) == {"markup"}, told(found)


def test_words_whose_number_is_not_filled_in_are_found(tmp_path: Path) -> None:
    write_style(tmp_path, WELL + " {count}")
    job, pdf = make(tmp_path, PAPER, "broken", theme="mine")
    assert "markup: the text shows '{count}' (2×), which is not in the profile" in told(examine_pdf(pdf, job, None))


# --- what is asked for

ASKED = (
    r"From \$5 and \$10 to US\$3/\$4",
    "Costs of $5 and $10",
    r"The \$ and the euro in Ca\$h",
    r"What lies in C:{\textbackslash}temp{\textbackslash}new",
    r"A line ends in {\textbackslash}n",
    r"Code such as \texttt{\{x\}} and \texttt{a--b}",
    r"Maps from $\{0,1\}^n$ to \{1, 2\}",
    r"Bounds in $O(n^2)$ and $x_{ij} \le 3$",
    r"The file my\_name at \textasciitilde user",
    r"About \textasciitilde 5 \% of it",
    "Use of std::vector and the --help option",
    "Rain by Storm Inc., U.S., et al., again",
    "Storms, e.g., in the U.S.",
    "Rain..., or snow...?",
    "Who? What?! When...",
    "Zooming in, and zooming out.",
    "In in vitro studies of fog",
    "What we live in.",
    "A function f() and a list []",
    "The .NET way, and .5 of it",
    r"AT\&T; and more",
    "What is a < b > c?",
    r"Seen at \url{https://example.org/~user/a--b} and www.example.org/c~d",
    "“Fog,” he said, “and rain.”",
    "Rain (and snow?), again",
    "Rain: a life.",
)


@pytest.mark.parametrize("style", STYLES)
def test_what_the_source_asks_for_is_no_finding(tmp_path: Path, style: str) -> None:
    bib = "\n".join(
        f"@article{{p{number}, title = {{{title}}}, author = {{Lin, Wei and Long, J. R. and {{Storm Inc.}}}},"
        f" journal = {{{'In Vitro Rain' if number % 2 else 'Rain, Inc.'}}}, year = 2024}}"
        for number, title in enumerate(ASKED)
    )
    job, pdf = make(tmp_path, bib, style)
    assert told(examine_pdf(pdf, job, None)) == []


@pytest.mark.parametrize("theme", ["classic", "homepage"])
def test_what_the_profile_asks_for_is_no_finding(tmp_path: Path, theme: str) -> None:
    texts = r"It costs \$5. `$x$`, `{y}`, `\alpha` and C:\temp; {a} -- b, ... c"
    overlay = f"  entries: {{a: {{note: '{texts}', award: 'Prize {{x}} $5', highlights: ['{texts}']}}}}\n"
    rest = f"work: [{{name: Halyard, summary: '{texts}'}}]\n"
    job, pdf = make(tmp_path, PAPER, "full", theme=theme, rest=rest, settings=overlay.removeprefix("  "))
    assert told(examine_pdf(pdf, job, None)) == []


@pytest.mark.parametrize("style", STYLES)
def test_the_page_of_an_editor_is_linked_where_the_style_prints_the_editor(tmp_path: Path, style: str) -> None:
    bib = (
        "@incollection{k, author = {Lin, Wei}, title = {On Tides}, booktitle = {Seas}, editor = {Fang, Zhen}, "
        "publisher = {P}, year = 2020}\n"
        "@article{l, author = {Lin, Wei}, title = {On Ebbs}, journal = {Seas}, editor = {Ames, Eve}, year = 2019}\n"
    )
    rest = f"variants: {{default: {{sections: [{{publications: {{style: {style}}}}}]}}}}"
    profile = write_career(
        tmp_path, bib, rest, settings="people: {Zhen Fang: 'https://x.org/f', Eve Ames: 'https://x.org/e'}"
    )
    backend = warm_backend("weasyprint")
    prepared = prepare(Request(profile), backend)
    job = prepared.make_job()
    compiled = backend.compile(job)
    found = examine_pdf(compiled.pdf, job, compiled.pages)
    assert [finding.problem.message for finding in found if finding.check == "links"] == []
