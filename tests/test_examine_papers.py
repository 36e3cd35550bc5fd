"""What the examination says of printed publications: markup and stray punctuation are found, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import write_career
from rendering import ENGINES, warm_backend

from cvgen.backends.base import Job
from cvgen.examine import Finding, examine_pdf
from cvgen.model.kinds import Kind
from cvgen.pipeline.prepare import Request, prepare

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


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("style", STYLES)
def test_every_kind_in_every_style_is_clean(tmp_path: Path, style: str, engine: str) -> None:
    bib = "\n".join(
        entry(source, f"{kind}{number}".replace("_", "-"), f"{title[0]}{title[1:]}")
        for number, title in enumerate(TITLES)
        for kind, source in list(KINDS.items())[number::2]
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
    "two-hundred-authors": (
        f"@article{{a, title = {{Clouds}}, author = {{{MANY}}}, author+an = {{1=equal; 101=corresponding}},"
        " journal = {J}, year = 2024}\n"
        f"@article{{b, title = {{Rain}}, author = {{{MANY}}}, journal = {{J}}, year = 2023}}"
    ),
}


@pytest.mark.parametrize("style", ["full", "compact", "ieee", "apa"])
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
        "authors: Ada Long is read with no mark in 'Rain', and has †"
    ]
