"""BibTeX as people write it: each value printed right, or reported at its line; nothing vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import about, line_of, read_papers, valid_career

from cvgen.diagnostics import Problem, Severity
from cvgen.model.inline import Code, Italic, Link
from cvgen.model.publication import Publication, Status
from cvgen.select.details import list_details
from cvgen.select.language import load_words
from cvgen.sources.career import read_career

LIN = "author = {Lin, Wei}"
GOOD = "@article{good, title = {Good}, author = {Lin, Wei}, year = 2020}\n"


def _read(folder: Path, bib: str | bytes, settings: str = "") -> tuple[dict[str, Publication], list[Problem]]:
    """The publications by key, and all Problems."""
    reading = read_papers(folder, bib, settings=settings)
    found = reading.career.publications if reading.career else ()
    return {publication.key: publication for publication in found}, list(reading.problems)


def _entry(folder: Path, fields: str, type_: str = "article") -> tuple[Publication, list[Problem]]:
    """The publication made of ``fields`` besides an author and, where they name none, a title and a year."""
    given = [fields, LIN]
    given += ["title = {T}"] if "title =" not in fields.replace("booktitle", "") else []
    given += ["year = 2024"] if "year =" not in fields and "date =" not in fields else []
    publications, problems = _read(folder, f"@{type_}{{key,\n  " + ",\n  ".join(given) + "\n}\n")
    return publications["key"], problems


def _links(publication: Publication) -> dict[str, str]:
    return {link.label: link.url for link in publication.links}


def _lines(problems: list[Problem]) -> list[int | None]:
    return [problem.location.line if problem.location else None for problem in problems]


def _errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.is_error]


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        pytest.param(r"na\"{\i}ve", "naïve", id="dotless-i"),
        pytest.param(r"na{\"i}ve", "naïve", id="braced-accent"),
        pytest.param(r"G\"odel and Erd\H{o}s", "Gödel and Erdős", id="umlaut-and-hungarian"),
        pytest.param(r"\'e \`e \^e \~n \c{c} \v{S} \aa{} \L{} \o{} \ss{}", "é è ê ñ ç Š å Ł ø ß", id="accents"),
        pytest.param("Gödel 王小明 Ελ", "Gödel 王小明 Ελ", id="unicode"),
        pytest.param("{BERT} and {B}ERT and {{Whole Title}}", "BERT and BERT and Whole Title", id="case-braces"),
        pytest.param("A & B", "A & B", id="bare-ampersand"),
        pytest.param(r"R\&D", "R&D", id="escaped-ampersand"),
        pytest.param("50% more", "50% more", id="bare-percent-is-no-comment"),
        pytest.param(r"100\% c\_d \#2", "100% c_d #2", id="escaped-specials"),
        pytest.param("a_b and #1", "a_b and #1", id="bare-specials"),
        pytest.param("C# and F#", "C# and F#", id="number-sign"),
        pytest.param("A &amp; B &lt;T&gt; caf&eacute;", "A & B <T> café", id="html-entities"),
        pytest.param("A 10 $ bill", "A 10 $ bill", id="lone-dollar"),
        pytest.param(r"{$\Omega (n^k) $} bounds", "Ω(nk) bounds", id="braced-math"),
        pytest.param(r"$\mathcal{O}(n)$ time", "O(n) time", id="math"),
        pytest.param("[A+] Scheduling", "[A+] Scheduling", id="brackets"),
        pytest.param("pages 1--10 --- ``quoted''", "pages 1–10 — “quoted”", id="dashes-and-quotes"),
        pytest.param(r"\LaTeX{} \& \TeX{} \copyright{}", "LaTeX & TeX ©", id="commands-with-a-character"),
        pytest.param(r"See \href{https://x.org/a_b%20c}{here}", "See here", id="href"),
        pytest.param(r"\mbox{kept} \textsc{kept} {\em kept}", "kept kept kept", id="boxes"),
        pytest.param("List<String> and a -> b", "List<String> and a -> b", id="angle-brackets"),
        pytest.param("one\n      title", "one title", id="over-two-lines"),
        pytest.param("one\n      {Braced} title", "one Braced title", id="over-two-lines-with-braces"),
    ],
)
def test_a_title_reads_as_its_author_means_it(tmp_path: Path, typed: str, seen: str) -> None:
    publication, problems = _entry(tmp_path, f"title = {{{typed}}}")
    assert str(publication.title) == seen
    assert not problems


def test_formatting_in_a_title_is_kept_as_structure(tmp_path: Path) -> None:
    publication, _ = _entry(tmp_path, r"title = {\emph{Drosophila} \texttt{a_b} \href{https://x.org/a_b%20c}{x}}")
    kinds = {type(node): node for node in publication.title.nodes}
    assert {Italic, Code, Link} <= kinds.keys()
    link = kinds[Link]
    assert isinstance(link, Link)
    assert link.url == "https://x.org/a_b%20c"


def test_an_unknown_command_is_reported_and_its_text_kept(tmp_path: Path) -> None:
    publication, problems = _entry(tmp_path, r"title = {A \foo{bar} b}")
    assert str(publication.title) == "A bar b"
    assert _lines(about(problems, r"\foo")) == [2]


def test_a_subtitle_follows_its_title(tmp_path: Path) -> None:
    publication, _ = _entry(tmp_path, "title = {Main}, subtitle = {And more}")
    assert str(publication.title) == "Main: And more"


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        pytest.param('"quoted"', "quoted", id="quotes"),
        pytest.param('"with {"}quotes{"}"', 'with "quotes"', id="quotes-in-quotes"),
        pytest.param("tc", "Trans. Comp.", id="macro"),
        pytest.param("TC", "Trans. Comp.", id="macro-in-capitals"),
        pytest.param('tc # " B"', "Trans. Comp. B", id="macro-and-text"),
        pytest.param("{On } # tc", "On Trans. Comp.", id="text-and-macro"),
        pytest.param('"a" # { b} # " c"', "a b c", id="three-parts"),
        pytest.param("long", "Long Trans. Comp.", id="macro-of-macros"),
        pytest.param("{C# in # use}", "C# in # use", id="number-sign-in-braces-joins-nothing"),
        pytest.param('"C# in # use"', "C# in # use", id="number-sign-in-quotes-joins-nothing"),
    ],
)
def test_macros_and_joins_are_resolved(tmp_path: Path, value: str, seen: str) -> None:
    strings = '@string{tc = {Trans. Comp.}}\n@STRING(long = "Long " # tc)\n'
    publications, problems = _read(
        tmp_path, f"{strings}@article{{key, title = {{T}}, {LIN}, journal = {value}, year = 2024}}"
    )
    assert str(publications["key"].venue) == seen
    assert not problems


def test_authors_may_come_from_macros(tmp_path: Path) -> None:
    bib = '@string{me = "Lin, Wei"}\n@article{key, title = {T}, author = me # " and Long, Ada", year = 2024}'
    publications, _ = _read(tmp_path, bib)
    assert [author.name for author in publications["key"].authors] == ["Wei Lin", "Ada Long"]


def test_an_undefined_macro_is_reported_and_its_name_printed(tmp_path: Path) -> None:
    publication, problems = _entry(tmp_path, "journal = cacm")
    assert str(publication.venue) == "cacm"
    (problem,) = problems
    assert "'cacm' is not defined" in problem.message
    assert _lines(problems) == [2]


@pytest.mark.parametrize(
    ("month", "number"),
    [
        pytest.param("jan", 1, id="macro"),
        pytest.param("Dec", 12, id="macro-in-capitals"),
        pytest.param("{September}", 9, id="name"),
        pytest.param('"10"', 10, id="number"),
        pytest.param("7", 7, id="bare-number"),
        pytest.param('jul # "~4"', 7, id="month-and-day"),
        pytest.param("{May--June}", 5, id="two-months-begin-with-the-first"),
    ],
)
def test_a_month_is_read(tmp_path: Path, month: str, number: int) -> None:
    publication, problems = _entry(tmp_path, f"month = {month}")
    assert publication.date is not None
    assert (publication.date.year, publication.date.month) == (2024, number)
    assert not problems


@pytest.mark.parametrize(
    ("month", "number"),
    [
        pytest.param("sept", 9, id="sept"),
        pytest.param('1 # "~" # jan', 1, id="day-before-month"),
    ],
)
def test_a_strange_month_is_read(tmp_path: Path, month: str, number: int) -> None:
    publication, problems = _entry(tmp_path, f"month = {month}")
    assert publication.date is not None
    assert publication.date.month == number
    assert not about(problems, "month")


@pytest.mark.parametrize("month", ["13", "{Michaelmas}"])
def test_a_month_that_is_none_is_reported_and_left_out(tmp_path: Path, month: str) -> None:
    publication, problems = _entry(tmp_path, f"month = {month}")
    assert publication.date is not None
    assert (publication.date.year, publication.date.month) == (2024, None)
    (told,) = about(problems, "month")
    assert month.strip("{}") in told.message


def test_a_month_that_was_read_is_not_called_undefined(tmp_path: Path) -> None:
    publication, problems = _entry(tmp_path, "month = sept")
    assert publication.date is not None
    assert publication.date.month == 9
    assert not about(problems, "is not defined")


@pytest.mark.parametrize(
    ("field", "date"),
    [
        pytest.param("year = 2024", (2024, None, None), id="year"),
        pytest.param("date = {2024-05}", (2024, 5, None), id="month"),
        pytest.param("date = {2024-05-03}", (2024, 5, 3), id="day"),
        pytest.param("date = {2023-01}, year = 2024", (2023, 1, None), id="date-before-year"),
        pytest.param("year = {2024/05}", (2024, 5, None), id="slash"),
        pytest.param("date = {2006/}", (2006, None, None), id="open-range"),
        pytest.param("date = {2024-05/2024-06}", (2024, 5, None), id="range-begins"),
        pytest.param("date = {1995-1-04}", (1995, 1, 4), id="without-zero"),
    ],
)
def test_a_date_is_read(tmp_path: Path, field: str, date: tuple[int | None, ...]) -> None:
    publication, problems = _entry(tmp_path, field)
    assert publication.date is not None
    assert (publication.date.year, publication.date.month, publication.date.day) == date
    assert not problems


@pytest.mark.parametrize(
    ("field", "year"),
    [
        pytest.param("year = {1875 [2004]}", 1875, id="two-years"),
        pytest.param("date = {2024-13}", 2024, id="month-13"),
        pytest.param("year = {some day}", None, id="word"),
    ],
)
def test_a_date_that_cannot_be_read_is_reported_at_its_line(tmp_path: Path, field: str, year: int | None) -> None:
    publication, problems = _entry(tmp_path, field)
    assert publication.year == year
    (problem,) = problems
    assert "cannot be read" in problem.message
    assert problem.severity is Severity.WARNING
    assert _lines(problems) == [2]


def test_a_child_has_what_its_crossref_gives(tmp_path: Path) -> None:
    bib = """
@inproceedings{child, title = {Child}, author = {Lin, Wei}, crossref = {Whole}}
@proceedings{whole, title = {Proc. of X}, editor = {Long, Ada}, publisher = {ACM}, year = 2023}
"""
    publications, _ = _read(tmp_path, bib)
    child = publications["child"]
    assert (str(child.title), str(child.venue), child.year) == ("Child", "Proc. of X", 2023)
    assert [author.name for author in child.authors] == ["Wei Lin"]


def test_xdata_gives_its_fields_and_is_no_publication(tmp_path: Path) -> None:
    bib = f"@xdata{{data, journal = {{J}}, year = 2020}}\n@article{{key, title = {{T}}, {LIN}, xdata = {{data}}}}"
    publications, problems = _read(tmp_path, bib)
    assert list(publications) == ["key"]
    assert (str(publications["key"].venue), publications["key"].year) == ("J", 2020)
    assert not problems


def test_an_own_field_is_stronger_than_an_inherited_one(tmp_path: Path) -> None:
    entry = f"@article{{key, title = {{T}}, {LIN}, year = 2021, xdata = {{data}}}}"
    publications, _ = _read(tmp_path, f"@xdata{{data, journal = {{J}}, year = 2020}}\n{entry}")
    assert publications["key"].year == 2021


@pytest.mark.parametrize("field", ["crossref", "xdata"])
def test_a_reference_to_nothing_is_reported(tmp_path: Path, field: str) -> None:
    publication, problems = _entry(tmp_path, f"{field} = {{nope}}")
    assert str(publication.title) == "T"
    assert _lines(about(problems, "'nope'", "in none of the files")) == [2]


def test_entries_that_refer_to_each_other_are_reported_and_end(tmp_path: Path) -> None:
    bib = f"@article{{a, title = {{A}}, {LIN}, year = 2020, crossref = {{b}}}}\n"
    bib += f"@article{{b, title = {{B}}, {LIN}, year = 2020, crossref = {{a}}}}\n"
    publications, problems = _read(tmp_path, bib)
    assert [str(publication.title) for publication in publications.values()] == ["A", "B"]
    assert problems


LOST = [
    ("brace-not-closed", "@article{lost,\n  title = {B,\n  author = {Lin, Wei},\n}\n"),
    ("quote-not-closed", '@article{lost,\n  title = "B,\n  author = {Lin, Wei},\n}\n'),
    ("odd-type", "@['JournalArticle']{lost,\n  title = {B},\n  author = {Lin, Wei},\n}\n"),
    ("at-missing", "article{lost,\n  title = {B},\n  author = {Lin, Wei},\n}\n"),
    ("at-missing-in-one-line", "article{lost, title = {B}, author = {Lin, Wei}, year = 2020}\n"),
]


@pytest.mark.parametrize("last", [pytest.param(False, id="before-another"), pytest.param(True, id="at-the-end")])
@pytest.mark.parametrize("lost", [pytest.param(text, id=name) for name, text in LOST])
def test_an_entry_that_cannot_be_read_is_named_and_takes_no_other_with_it(
    tmp_path: Path, lost: str, last: bool
) -> None:
    bib = GOOD + "\n" + lost + ("" if last else "\n" + GOOD.replace("good", "next"))
    publications, problems = _read(tmp_path, bib)
    assert list(publications) == ["good"] + ["next"] * (not last)
    assert not _errors(problems)
    assert problems[0].location
    assert problems[0].location.line in (3, 4), "the entry begins on line 3, its first field stands on line 4"
    assert problems[0].hint
    assert "is left out" in problems[0].message


def test_a_lost_entry_is_told_at_its_own_line_and_not_at_the_text_before_it(tmp_path: Path) -> None:
    bib = "My papers,\nin no order.\n\narticle {lost,\n  title = {B},\n}\n" + GOOD
    publications, problems = _read(tmp_path, bib)
    assert list(publications) == ["good"]
    assert _lines(problems) == [line_of(bib, "article {lost")]


def test_a_brace_after_a_backslash_counts_as_in_bibtex(tmp_path: Path) -> None:
    bib = "@article{key,\n  title = {A 396$\\{2}$},\n  author = {Lin, Wei},\n  year = 2020,\n}\n" + GOOD
    publications, _ = _read(tmp_path, bib)
    assert list(publications) == ["key", "good"]
    assert publications["key"].year == 2020


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        pytest.param("  title = {A}\n  author = {Lin, Wei},\n  year = 2020", 2, id="after-braces"),
        pytest.param('  title = "A"\n  author = "Lin, Wei",\n  year = 2020', 2, id="after-quotes"),
        pytest.param("  title = {A},\n  author = {Lin, Wei}\n  year = 2020,\n  journal = {J}", 3, id="before-a-number"),
        pytest.param("  title = {A},\n  year = 2020\n  author = {Lin, Wei}", 3, id="after-a-number"),
        pytest.param("  title = {A},\n  author = {Lin, Wei}, year = 1,\n  journal = {J} volume = 3", 4, id="one-line"),
        pytest.param("  title = {A},\n  author = {Lin, Wei},\n  journal = cacm\n  year = 2020", 4, id="after-a-macro"),
    ],
)  # fmt: skip
def test_a_missing_comma_swallows_no_field_in_silence(tmp_path: Path, fields: str, line: int) -> None:
    publications, problems = _read(tmp_path, f"@article{{key,\n{fields}\n}}\n")
    told = about(problems, "a comma is missing")
    assert _lines(told) == [line]
    assert "comma" in (told[0].hint or "")
    assert [author.name for author in publications["key"].authors] == ["Wei Lin"]


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("{On\n  {x = {1}} and y}", id="braces"),
        pytest.param("{A {Study}\n  of b = 2}", id="equals-in-text"),
    ],
)
def test_an_equals_sign_in_a_title_is_no_missing_comma(tmp_path: Path, title: str) -> None:
    _, problems = _read(tmp_path, f"@article{{key,\n  title = {title},\n  {LIN},\n  year = 2020\n}}\n")
    assert not problems


def test_all_failures_are_told_in_one_run(tmp_path: Path) -> None:
    bib = GOOD + "".join(text for name, text in LOST if name in ("odd-type", "at-missing", "at-missing-in-one-line"))
    _, problems = _read(tmp_path, bib)
    assert len({problem.location for problem in problems}) == 3


def test_of_two_entries_with_one_key_the_first_is_kept_and_both_are_named(tmp_path: Path) -> None:
    bib = GOOD + "\n@article{good,\n  title = {Other}, author = {Lin, Wei}, year = 2021}\n"
    publications, problems = _read(tmp_path, bib)
    assert str(publications["good"].title) == "Good"
    (problem,) = problems
    assert "'good' is used twice (first on line 1)" in problem.message
    assert problem.severity is Severity.WARNING
    assert _lines([problem]) == [3]


def test_of_a_key_in_two_files_the_first_is_kept_and_both_are_named(tmp_path: Path) -> None:
    (tmp_path / "more.bib").write_text(GOOD)
    (tmp_path / "both.yaml").write_text("basics: {name: Wei Lin}\nbibliography: {files: [papers.bib, more.bib]}\n")
    (tmp_path / "papers.bib").write_text(GOOD)
    (problem,) = read_career(tmp_path / "both.yaml").problems
    assert f"'good' is in two files (first in {tmp_path / 'papers.bib'}:1:1)" in problem.message
    assert problem.severity is Severity.WARNING
    assert str(problem.location) == f"{tmp_path / 'more.bib'}:1:1"


@pytest.mark.parametrize("again", [pytest.param("title", id="same-case"), pytest.param("Title", id="other-case")])
def test_a_duplicate_field_is_reported_and_the_first_is_used(tmp_path: Path, again: str) -> None:
    publications, problems = _read(
        tmp_path, f"@article{{key,\n  title = {{First}},\n  {again} = {{Second}},\n  {LIN},\n  year = 2020\n}}\n"
    )
    assert str(publications["key"].title) == "First"
    (problem,) = problems
    assert "title more than once" in problem.message
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    "bib",
    [
        pytest.param("\ufeff" + GOOD, id="bom"),
        pytest.param(GOOD.replace(", ", ",\r\n  "), id="crlf"),
        pytest.param(GOOD.replace(", ", ",\r  "), id="old-mac"),
        pytest.param("---\ntitle: papers\n---\n" + GOOD, id="yaml-front-matter"),
        pytest.param("Exported by a tool, 2024.\n" + GOOD, id="text-before"),
        pytest.param("@Comment{jabref-meta: databaseType:bibtex;}\n" + GOOD, id="jabref"),
        pytest.param('@comment{x, y = {z}}\n@preamble{"\\foo"}\n' + GOOD, id="comment-and-preamble"),
        pytest.param(GOOD.replace("{good", "(good").replace("2020}", "2020)"), id="parentheses"),
        pytest.param(GOOD.replace("article", "ARTICLE").replace("title", "TITLE"), id="capitals"),
        pytest.param(GOOD.replace("2020}", "2020,}"), id="comma-at-the-end"),
    ],
)
def test_a_file_is_read_however_it_was_saved(tmp_path: Path, bib: str) -> None:
    publications, problems = _read(tmp_path, bib)
    assert [(str(p.title), p.year, [a.name for a in p.authors]) for p in publications.values()] == [
        ("Good", 2020, ["Wei Lin"])
    ]
    assert not problems


@pytest.mark.parametrize("bib", ["", "\n", "Nothing here yet.\n", "% a comment\n"])
def test_a_file_without_entries_has_none(tmp_path: Path, bib: str) -> None:
    assert _read(tmp_path, bib) == ({}, [])


def test_lines_are_counted_the_same_in_a_crlf_file(tmp_path: Path) -> None:
    bib = GOOD + "\n@article{key,\n  title = {T},\n  year = {soon},\n  author = {Lin, Wei}\n}\n"
    _, problems = _read(tmp_path, bib.replace("\n", "\r\n"))
    assert _lines(about(problems, "'soon'")) == [line_of(bib, "soon")]


def test_latin_1_is_read_and_told_at_its_line(tmp_path: Path) -> None:
    papers, problems = _read(tmp_path, "@article{key, title={T}, year=2024,\n  author = {Grün, A}}\n".encode("latin-1"))
    assert papers["key"].authors[0].family == "Grün"
    (problem,) = about(problems, "Latin-1")
    assert str(problem.location) == f"{tmp_path / 'papers.bib'}:2"


def test_a_missing_file_is_an_error_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("basics: {name: Wei Lin}\nbibliography:\n  files:\n    - nope.bib\n")
    (problem,) = read_career(tmp_path / "profile.yaml").problems
    assert "nope.bib" in problem.message
    assert str(problem.location) == f"{tmp_path / 'profile.yaml'}:4:7"


@pytest.mark.parametrize(
    ("fields", "type_", "status"),
    [
        pytest.param("journal = {J}", "article", Status.PUBLISHED, id="journal"),
        pytest.param("school = {S}", "phdthesis", Status.PUBLISHED, id="thesis"),
        pytest.param("note = {x}", "unpublished", Status.UNPUBLISHED, id="unpublished"),
        pytest.param("pubstate = {inpreparation}", "unpublished", Status.IN_PREPARATION, id="inpreparation"),
        pytest.param("pubstate = {submitted}", "article", Status.SUBMITTED, id="submitted"),
        pytest.param("pubstate = {Under Review}", "article", Status.SUBMITTED, id="under-review"),
        pytest.param("pubstate = {forthcoming}", "article", Status.FORTHCOMING, id="forthcoming"),
        pytest.param("pubstate = {accepted}", "article", Status.FORTHCOMING, id="accepted"),
        pytest.param("pubstate = {inpress}", "article", Status.IN_PRESS, id="inpress"),
        pytest.param("pubstate = {in press}", "article", Status.IN_PRESS, id="in-press-with-space"),
        pytest.param("pubstate = {prepublished}", "article", Status.PREPRINT, id="prepublished"),
        pytest.param("pubstate = {submitted}, journal = {J}", "article", Status.SUBMITTED, id="pubstate-wins"),
        pytest.param("journal = {arXiv preprint arXiv:2301.00001}", "article", Status.PREPRINT, id="arxiv-journal"),
        pytest.param("eprint = {2301.00001}, eprinttype = {arxiv}", "misc", Status.PREPRINT, id="eprint-alone"),
        pytest.param("eprint = {2301.00001}, archivePrefix = {arXiv}", "misc", Status.PREPRINT, id="archive-prefix"),
        pytest.param("journal = {CoRR}, volume = {abs/2301.00001}", "article", Status.PREPRINT, id="corr"),
        pytest.param("journal = {bioRxiv}", "article", Status.PREPRINT, id="biorxiv"),
        pytest.param("url = {https://arxiv.org/abs/2301.00001v2}", "online", Status.PREPRINT, id="arxiv-address"),
        pytest.param("publisher = {arXiv}", "misc", Status.PREPRINT, id="arxiv-as-publisher"),
        pytest.param(
            "eprint = {2301.00001}, eprinttype = {arxiv}, booktitle = {CVPR}",
            "inproceedings",
            Status.PUBLISHED,
            id="published-with-an-eprint",
        ),
        pytest.param("note = {Published in J}", "unpublished", Status.UNPUBLISHED, id="a-note-upgrades-nothing"),
        pytest.param("eprint = {PMC123}, eprinttype = {pubmed}", "article", Status.PUBLISHED, id="other-eprint"),
    ],
)  # fmt: skip
def test_the_status_is_what_the_entry_says(tmp_path: Path, fields: str, type_: str, status: Status) -> None:
    publication, problems = _entry(tmp_path, fields, type_)
    assert publication.status is status
    assert not problems


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        pytest.param("doi = {10.1/abc}", {"doi": "https://doi.org/10.1/abc"}, id="bare-doi"),
        pytest.param("doi = {https://doi.org/10.1/abc}", {"doi": "https://doi.org/10.1/abc"}, id="doi-address"),
        pytest.param("doi = {http://dx.doi.org/10.1/a_b}", {"doi": "https://doi.org/10.1/a_b"}, id="old-doi-address"),
        pytest.param("doi = {doi: 10.1/abc}", {"doi": "https://doi.org/10.1/abc"}, id="doi-prefix"),
        pytest.param("doi = {DOI:10.1/abc}", {"doi": "https://doi.org/10.1/abc"}, id="doi-prefix-in-capitals"),
        pytest.param(r"doi = {10.1/a\_b}", {"doi": "https://doi.org/10.1/a_b"}, id="escaped-underscore-in-doi"),
        pytest.param("doi = {10.1/a%2Bb_c}", {"doi": "https://doi.org/10.1/a%2Bb_c"}, id="specials-in-doi"),
        pytest.param(
            "eprint = {2301.00001v3}, eprinttype = {arxiv}",
            {"arxiv": "https://arxiv.org/abs/2301.00001"},
            id="eprint-with-version",
        ),
        pytest.param(
            "eprint = {hep-th/9901001}, archiveprefix = {arXiv}",
            {"arxiv": "https://arxiv.org/abs/hep-th/9901001"},
            id="old-eprint",
        ),
        pytest.param("arxiv = {2301.00001}", {"arxiv": "https://arxiv.org/abs/2301.00001"}, id="al-folio-arxiv"),
        pytest.param(
            "journal = {arXiv preprint arXiv:2301.00001}",
            {"arxiv": "https://arxiv.org/abs/2301.00001"},
            id="arxiv-in-journal",
        ),
        pytest.param(
            "url = {https://arxiv.org/pdf/2301.00001.pdf}",
            {"arxiv": "https://arxiv.org/abs/2301.00001"},
            id="arxiv-address-is-shown-once",
        ),
        pytest.param(
            "doi = {10.1/abc}, url = {https://doi.org/10.1/abc}",
            {"doi": "https://doi.org/10.1/abc"},
            id="address-of-the-doi-is-shown-once",
        ),
        pytest.param(
            "url = {https://x.org/a}, pdf = {https://x.org/a}", {"link": "https://x.org/a"}, id="same-address-once"
        ),
        pytest.param(
            "url = {https://x.org/a}, pdf = {https://x.org/a.pdf}, code = {https://github.com/x/y}",
            {"link": "https://x.org/a", "pdf": "https://x.org/a.pdf", "code": "https://github.com/x/y"},
            id="all-kinds",
        ),
        pytest.param(r"url = {https://x.org/a%20b_c\_d\%20}", {"link": "https://x.org/a%20b_c_d%20"}, id="escapes"),
        pytest.param("url = {https://x.org/~a?b=1&c=2#d}", {"link": "https://x.org/~a?b=1&c=2#d"}, id="query-in-url"),
        pytest.param(r"url = {\url{https://x.org}}", {"link": "https://x.org"}, id="url-command"),
    ],
)  # fmt: skip
def test_links_are_whole_and_shown_once(tmp_path: Path, fields: str, links: dict[str, str]) -> None:
    publication, problems = _entry(tmp_path, fields)
    assert _links(publication) == links
    assert not problems


@pytest.mark.parametrize(
    "url", ["x.org", "javascript:alert(1)", "file:///etc/passwd", "paper.pdf", "https://x.org/a b"]
)
def test_what_is_no_link_is_left_out_and_reported(tmp_path: Path, url: str) -> None:
    publication, problems = _entry(tmp_path, f"url = {{{url}}}")
    assert not publication.links
    assert _lines(about(problems, url, "is not a link")) == [2]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param("url = {https://x.org/u}, html = {https://x.org/h}", id="url-and-html"),
        pytest.param("code = {https://github.com/x}, github = {https://github.com/y}", id="code-and-github"),
        pytest.param("doi = {10.1/abc}, url = {https://doi.org/10.1/other}", id="another-doi-as-url"),
    ],
)
def test_of_two_different_links_none_vanishes_in_silence(tmp_path: Path, fields: str) -> None:
    publication, problems = _entry(tmp_path, fields)
    assert len(publication.links) == 2 or about(problems, "https://")


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ("volume = 3, number = 2, pages = {1--10}", "3(2), 1–10"),
        ("volume = 3, pages = {1 - 10}", "3, 1–10"),
        ("number = 4, pages = {e12}", "4, e12"),
        ("volume = 3", "3"),
        ("journal = {CoRR}, volume = {abs/2301.00001}", ""),
        ("journal = {J}", ""),
    ],
)
def test_volume_number_and_pages_are_said_together(tmp_path: Path, fields: str, details: str) -> None:
    publication, _ = _entry(tmp_path, fields)
    assert ", ".join(map(str, list_details(publication, load_words("en")))) == details


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        ("journal = {J}, publisher = {P}", "J"),
        ("booktitle = {Proc.}, publisher = {P}", "Proc."),
        ("school = {S}", "S"),
        ("howpublished = {Blog}", "Blog"),
        ("eprint = {2301.00001}, eprinttype = {arxiv}", "arXiv:2301.00001"),
        ("note = {n}", ""),
    ],
)
def test_the_venue_is_the_first_field_that_names_one(tmp_path: Path, fields: str, venue: str) -> None:
    publication, _ = _entry(tmp_path, fields)
    assert str(publication.venue) == venue


def test_fields_of_al_folio_are_read(tmp_path: Path) -> None:
    fields = "abbr = {CVPR}, selected = {true}, award = {Best {P}aper}, keywords = {a, b; c}, note = {Oral}"
    publication, _ = _entry(tmp_path, fields)
    assert publication.venue_short == "CVPR"
    assert publication.selected
    assert (str(publication.award), str(publication.note)) == ("Best Paper", "Oral")
    assert publication.keywords == ("a", "b", "c")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param("author = {Lin, Wei}, year = 2020", "'key' has no title; its key is printed instead", id="title"),
        pytest.param("title = {T}, year = 2020", "'key' has no author", id="author"),
        pytest.param("title = {T}, author = {Lin, Wei}", "'key' has no year", id="year"),
        pytest.param("title = {T}, author = {Lin, Wei}, year = {}", "'key' has no year", id="empty-year"),
        pytest.param("title = { }, author = {Lin, Wei}, year = 2020", "'key' has no title", id="empty-title"),
    ],
)
def test_what_an_entry_lacks_is_reported_and_the_entry_kept(tmp_path: Path, fields: str, message: str) -> None:
    publications, problems = _read(tmp_path, GOOD + f"@article{{key, {fields}}}")
    assert list(publications) == ["good", "key"]
    (problem,) = problems
    assert message in problem.message
    assert problem.severity is Severity.WARNING
    assert _lines(problems) == [2]


def test_an_entry_without_a_title_is_shown_by_its_key(tmp_path: Path) -> None:
    publications, _ = _read(tmp_path, f"@article{{key, {LIN}, year = 2020}}")
    assert str(publications["key"].title) == "key"


def test_work_in_preparation_needs_no_year(tmp_path: Path) -> None:
    _, problems = _read(tmp_path, f"@unpublished{{key, title = {{T}}, {LIN}, pubstate = {{inpreparation}}}}")
    assert not problems


OVERLAY = """\
entries:
  good:
    topic: Reasoning
    note: "**Oral**, top 1 %"
    award: {en: Best paper, zh: 最佳论文}
    venue_short: TPAMI
    tags: [accepted]
    links: {code: "https://github.com/x/y", arxiv: "https://arxiv.org/abs/2301.00001", Talk: "https://x.org/talk"}
    highlights: [The first of its kind, {text: Long, short: Short}]
    roles: [lead]
"""


def test_the_profile_adds_what_the_entry_lacks(tmp_path: Path) -> None:
    (paper,) = valid_career(tmp_path, GOOD, settings=OVERLAY).publications
    assert (paper.topic, paper.venue_short, paper.tags) == ("Reasoning", "TPAMI", ("accepted",))
    assert str(paper.note) == "Oral, top 1 %"
    assert paper.award is not None
    assert [str(paper.award.wording(language)) for language in ("en", "zh")] == ["Best paper", "最佳论文"]
    assert [str(highlight.text) for highlight in paper.highlights] == ["The first of its kind", "Long"]
    assert [(link.label, link.url) for link in paper.links] == [
        ("arxiv", "https://arxiv.org/abs/2301.00001"),
        ("code", "https://github.com/x/y"),
        ("Talk", "https://x.org/talk"),
    ]


def test_the_profiles_word_wins_and_the_rest_stays(tmp_path: Path) -> None:
    fields = "note = {old}, topic = {old}, abbr = {OLD}, code = {https://x.org/old}, pdf = {https://x.org/pdf}"
    (paper,) = valid_career(tmp_path, GOOD.replace("year", f"{fields}, year"), settings=OVERLAY).publications
    assert (paper.topic, paper.venue_short, str(paper.note)) == ("Reasoning", "TPAMI", "Oral, top 1 %")
    assert _links(paper)["code"] == "https://github.com/x/y"
    assert _links(paper)["pdf"] == "https://x.org/pdf"
    assert (str(paper.title), paper.year) == ("Good", 2020)


def test_an_overlay_touches_its_own_entry_only(tmp_path: Path) -> None:
    papers = valid_career(tmp_path, GOOD + GOOD.replace("good", "other"), settings=OVERLAY).publications
    other = {paper.key: paper for paper in papers}["other"]
    assert (other.topic, other.tags, other.links, other.highlights) == ("", (), (), ())


@pytest.mark.parametrize(
    ("key", "cure"), [("goood", "did you mean 'good'?"), ("zzz", "write a key of your BibTeX files")]
)
def test_an_unknown_overlay_key_is_an_error_at_its_place(tmp_path: Path, key: str, cure: str) -> None:
    reading = read_papers(tmp_path, GOOD, settings=f"entries:\n  {key}: {{topic: x}}")
    (problem,) = reading.problems
    assert problem.is_error
    assert f"no publication has the key {key!r}" in problem.message
    assert problem.hint == cure
    text = (tmp_path / "profile.yaml").read_text()
    assert str(problem.location) == f"{tmp_path / 'profile.yaml'}:{line_of(text, key)}:5"
