"""Kinds of oddities found in public bibliographies: dates, keys, addresses, macros, names of CSL, half characters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers import INSTALLED_FONTS, about, read_papers, run_cvgen, valid_career, write_career

from cvgen.diagnostics import Problem, Severity, group_problems
from cvgen.model.publication import Publication
from cvgen.sources.bibtex.known_fields import ENTRY_TYPES, FIELDS, find_meant
from cvgen.sources.career import CareerReading, read_career


def _entry(folder: Path, fields: str) -> tuple[Publication, list[Problem]]:
    reading = read_papers(folder, f"@misc{{a, title = {{T}}, author = {{Lin, Wei}}, {fields}}}")
    assert reading.career is not None
    (publication,) = reading.career.publications
    return publication, list(reading.problems)


def _csl(folder: Path, text: str) -> CareerReading:
    (folder / "library.json").write_text(text, "utf-8")
    profile = folder / "profile.yaml"
    profile.write_text("basics: {name: Wei Lin}\nbibliography: {files: [library.json]}\n", "utf-8")
    return read_career(profile)


def _item(folder: Path, **values: Any) -> tuple[Publication, list[Problem]]:
    item = {"id": "a", "type": "book", "title": "T", "author": [{"family": "Lin", "given": "Wei"}], **values}
    reading = _csl(folder, json.dumps([item]))
    assert reading.career is not None
    (publication,) = reading.career.publications
    return publication, list(reading.problems)


DATES = [
    ("year = {August, 2005}", "2005-08", None),
    ("year = {1 May 2003}", "2003-05-01", None),
    ("year = {2003, May}", "2003-05", None),
    ("year = {12.05.2003}", "2003-05-12", None),
    ("year = {2020a}", "2020", None),
    ("year = {[1990]}", "1990", None),
    ("date = {2020-05-00}", "2020-05", None),
    ("date = {2004-22}", "2004", "summer"),
    ("year = 2000, month = Summer", "2000", "summer"),
    ("year = 2000, month = {Fall}", "2000", "fall"),
    ("year = 2000, month = {8,}", "2000-08", None),
    ("date = {2004-05/2004-06}", "2004-05", None),
]


@pytest.mark.parametrize(("fields", "iso", "season"), DATES)
def test_a_date_is_read_without_a_word(tmp_path: Path, fields: str, iso: str, season: str | None) -> None:
    publication, problems = _entry(tmp_path, fields)
    assert publication.date is not None
    assert (publication.date.iso, publication.date.period) == (iso, season)
    assert problems == []


@pytest.mark.parametrize("typed", ["1982--1983", "1984/1985", "1984/85", "1960-1961", "c. 1990", "1990?"])
def test_what_is_printed_of_a_range_and_of_doubt_is_a_notice(tmp_path: Path, typed: str) -> None:
    publication, problems = _entry(tmp_path, f"year = {{{typed}}}")
    assert str(publication.year) in typed
    assert [problem.severity for problem in problems] == [Severity.NOTICE]
    assert str(publication.year) in problems[0].message


@pytest.mark.parametrize("typed", ["-0044", "1200 BC", "around 2000bc", "-0050/-0020"])
def test_a_year_before_our_era_is_no_other_year(tmp_path: Path, typed: str) -> None:
    assert _entry(tmp_path, f"year = {{{typed}}}")[0].date is None


@pytest.mark.parametrize("typed", ["n.d.", "unknown", "????"])
def test_no_date_in_words_is_no_year(tmp_path: Path, typed: str) -> None:
    publication, problems = _entry(tmp_path, f"year = {{{typed}}}")
    assert publication.date is None
    assert [problem.kind for problem in problems] == ["an entry has no year"]


@pytest.mark.parametrize("typed", ["2005 (to appear)", "2005, to appear", "forthcoming 2005"])
def test_a_status_beside_the_year_is_read(tmp_path: Path, typed: str) -> None:
    publication, problems = _entry(tmp_path, f"year = {{{typed}}}")
    assert (publication.year, publication.status, problems) == (2005, "forthcoming", [])


@pytest.mark.parametrize("field", ["month", "day", "year", "date", "citations", "pmid", "author+an", "urldate"])
@pytest.mark.parametrize("typed", ["²", "①", "9" * 5000, "²=equal", "9" * 5000 + "=equal"])
def test_strange_digits_raise_nothing(tmp_path: Path, field: str, typed: str) -> None:
    year = "" if field in ("year", "date") else "year = 2000, "
    assert _entry(tmp_path, f"{year}{field} = {{{typed}}}")[0].key == "a"


@pytest.mark.parametrize("kind", ["commentary", "Commentary", "comments", "preambles", "stringy"])
def test_a_type_may_begin_like_a_command(tmp_path: Path, kind: str) -> None:
    bib = f"@{kind}{{a, title = {{T}}, author = {{Lin, Wei}}, year = 2000}}\n@misc{{b, title = {{U}}, year = 2001}}"
    assert [paper.key for paper in valid_career(tmp_path, bib).publications] == ["a", "b"]


def test_a_comma_after_an_entry_costs_no_entry(tmp_path: Path) -> None:
    bib = "".join(f"@misc{{k{n}, title = {{T}}, author = {{Lin, Wei}}, year = 2000}},\n\n" for n in range(3))
    reading = read_papers(tmp_path, bib)
    assert reading.career is not None
    assert [paper.key for paper in reading.career.publications] == ["k0", "k1", "k2"]
    assert reading.problems == ()


def test_a_set_is_left_out_with_a_notice(tmp_path: Path) -> None:
    reading = read_papers(tmp_path, "@set{s, entryset = {a, b}}\n@misc{a, title = {T}, author = {B}, year = 2000}")
    assert reading.career is not None
    assert [paper.key for paper in reading.career.publications] == ["a"]
    assert [problem.severity for problem in about(reading.problems, "'s'", "@set")] == [Severity.NOTICE]


def test_another_key_of_an_entry_is_as_good(tmp_path: Path) -> None:
    bib = """
@proceedings{whole, ids = {old, older}, title = {Proc. of X}, year = 2020}
@inproceedings{part, title = {T}, author = {Lin, Wei}, crossref = {older}}
@misc{other, ids = {first}, title = {Unusual Rivers}, author = {Lin, Wei}, year = 2001}
"""
    rest = "variants: {v: {sections: [{publications: {pin: [first], where: 'year > 2010'}}]}}"
    settings = "entries: {first: {topic: Rivers}}"
    profile = write_career(tmp_path, bib, rest, settings=settings)
    reading = read_career(profile)
    assert reading.career is not None
    assert not about(reading.problems, "key")
    papers = {paper.key: paper for paper in reading.career.publications}
    assert (str(papers["part"].venue), papers["other"].topic) == ("Proc. of X", "Rivers")
    ran = run_cvgen("render", profile, "-v", "v", "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0
    assert "Unusual Rivers" in (tmp_path / "cv.html").read_text("utf-8")


def test_a_missing_parent_is_reported_once(tmp_path: Path) -> None:
    part = "@inproceedings{{{0}, title = {{T}}, author = {{Lin, Wei}}, year = 2000, crossref = {{{1}}}}}\n"
    reading = read_papers(tmp_path, "".join(part.format(f"k{n}", "Nowhere") for n in range(3)))
    assert [problem.message.split(",")[0] for problem in about(reading.problems, "none of the files")] == [
        "'k0' and 2 more refer to 'Nowhere'"
    ]
    ring = "".join(part.format(one, other) for one, other in ("ab", "bc", "ca"))
    assert len(about(read_papers(tmp_path, ring).problems, "refers back")) == 1


def test_a_value_taken_from_a_field_of_xdata_is_not_printed_raw(tmp_path: Path) -> None:
    publication, problems = _entry(tmp_path, "year = 2000, publisher = {xdata=house-publisher}")
    assert not publication.publisher
    assert about(problems, "publisher", "xdata=house-publisher")


def test_many_missing_macros_are_one_line(tmp_path: Path) -> None:
    fields = ", ".join(f"{name} = m{number}" for number, name in enumerate(("title", "author", "journal", "note")))
    reading = read_papers(tmp_path, "\n".join(f"@article{{k{n}, {fields}, year = 2000}}" for n in range(5)))
    told = about(reading.problems, "is not defined")
    assert len(told) == 20
    (group,) = group_problems(told)
    assert group.message.startswith("4 macros are not defined; their names are printed (20 times")
    assert group.hint == "is a file of @string missing?"


def test_keywords_given_twice_are_joined(tmp_path: Path) -> None:
    publication, problems = _entry(tmp_path, "year = 2000, keywords = {a, b}, keywords = {c}")
    assert (publication.keywords, problems) == (("a", "b", "c"), [])


@pytest.mark.parametrize(
    "name", ["coden", "mdate", "review", "file2", "sorttitle", "introducedin", "bibdate", "titlex"]
)
def test_a_word_of_its_own_is_no_slip(tmp_path: Path, name: str) -> None:
    problems = _entry(tmp_path, f"year = 2000, {name} = {{x}}")[1]
    assert not [problem for problem in problems if problem.hint]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("jorunal", "journal"), ("bootitle", "booktitle"), ("editr", "editor"), ("editors", "editor"), ("pagess", "pages"),
     ("keyword", "keywords"), ("publischer", "publisher")],
)  # fmt: skip
def test_a_slip_is_named(typed: str, meant: str) -> None:
    assert find_meant(typed, FIELDS) == meant


def test_a_slip_in_a_type_is_named() -> None:
    assert [find_meant(kind, ENTRY_TYPES) for kind in ("artcle", "inprocedings", "phdtesis")] == [
        "article", "inproceedings", "phdthesis",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "urls"),
    [
        ("www.example.org/x", ["https://www.example.org/x"]),
        ("example.org/a/b", ["https://example.org/a/b"]),
        ("ftp://example.org/y", ["ftp://example.org/y"]),
        ("https://example.org/x; www.example.com/y", ["https://example.org/x", "https://www.example.com/y"]),
        ("https://example.org/x (accessed 2020)", ["https://example.org/x"]),
        ("n/a", []),
    ],
)
def test_an_address_is_read_as_people_write_it(tmp_path: Path, typed: str, urls: list[str]) -> None:
    publication, problems = _entry(tmp_path, f"year = 2000, url = {{{typed}}}")
    assert ([link.url for link in publication.links], problems) == (urls, [])


def test_an_identifier_of_jstor_may_be_its_doi(tmp_path: Path) -> None:
    publication, problems = _entry(tmp_path, "year = 2000, eprint = {10.2307/4027234}, eprinttype = {jstor}")
    assert ([link.url for link in publication.links], problems) == (["https://www.jstor.org/stable/4027234"], [])


NAMES = [
    ({"family": "Roe", "given": "Ann, B."}, ("", "Roe", "Ann, B.", "")),
    ({"family": "Roe", "given": "Ann and Bob"}, ("", "Roe", "Ann and Bob", "")),
    (
        {"family": "Sel", "given": "J.", "dropping-particle": "de", "non-dropping-particle": "la"},
        ("de la", "Sel", "J.", ""),
    ),
    ({"family": "van der Roe", "given": "A."}, ("", "van der Roe", "A.", "")),
    ({"family": "Roe", "given": "A.", "suffix": "Jr., PhD"}, ("", "Roe", "A.", "Jr., PhD")),
    ({"literal": "Roe, Sons and Co"}, ("", "Roe, Sons and Co", "", "")),
    ({"literal": "Centre <sup>for</sup> Water"}, ("", "Centre for Water", "", "")),
    ({"family": "Centre <sup>for</sup> Water"}, ("", "Centre for Water", "", "")),
    ({"given": "Plato"}, ("", "Plato", "", "")),
]


@pytest.mark.parametrize(("name", "parts"), NAMES)
def test_a_name_of_csl_keeps_its_parts(tmp_path: Path, name: dict[str, str], parts: tuple[str, ...]) -> None:
    publication, problems = _item(tmp_path, author=[name, {"family": "Lin", "given": "Wei"}], issued="2020")
    author, owner = publication.authors
    assert (author.particle, author.family, author.given, author.suffix, author.unread) == (*parts, "")
    assert (owner.name, problems) == ("Wei Lin", [])


@pytest.mark.parametrize(
    ("issued", "iso", "season"),
    [
        ({"date-parts": [[1999, 21]]}, "1999", "spring"),
        ({"date-parts": [[1999]], "season": 2}, "1999", "summer"),
        ({"date-parts": [[2020, 0, 0]]}, "2020", None),
        ({"date-parts": [["2020", "5", ""]]}, "2020-05", None),
        ({"date-parts": [2020, 5]}, "2020-05", None),
        ("2020", "2020", None),
    ],
)
def test_a_date_of_csl_is_read(tmp_path: Path, issued: Any, iso: str, season: str | None) -> None:
    publication, problems = _item(tmp_path, issued=issued)
    assert publication.date is not None
    assert (publication.date.iso, publication.date.period, problems) == (iso, season, [])


@pytest.mark.parametrize("issued", [{"date-parts": [["9" * 5000]]}, {"date-parts": [["²"]]}, {"date-parts": [[-250]]}])
def test_a_date_that_cannot_be_read_does_not_take_the_item_along(tmp_path: Path, issued: Any) -> None:
    publication, problems = _item(tmp_path, issued=issued)
    assert publication.date is None
    assert about(problems, "left out")


def test_half_characters_and_control_characters_are_replaced(tmp_path: Path) -> None:
    title = r"x \udc00 \u0001 \ud83d\ude00"
    text = f'[{{"id": "a\\ud800", "type": "book", "title": "{title}", "author": [{{"family": "Lin"}}]}}]'
    reading = _csl(tmp_path, text)
    assert reading.career is not None
    assert str(reading.career.publications[0].title) == "x \ufffd \ufffd \U0001f600"
    assert len(about(reading.problems, "half of another")) == 1
    assert run_cvgen("publications", tmp_path / "profile.yaml", "--json").code == 0


@pytest.mark.parametrize(
    "text", ["[" * 5000, '[{"id": "a", "volume": ' + "9" * 5000 + "}]", '{"x": {"items": []}, "items": []}']
)
def test_json_that_no_reader_expects_raises_nothing(tmp_path: Path, text: str) -> None:
    assert not about(_csl(tmp_path, text).problems, "Traceback")


def test_zoteros_own_json_is_said_once(tmp_path: Path) -> None:
    items = [{"key": f"K{n}", "itemType": "book", "title": "T"} for n in range(5)]
    (problem,) = _csl(tmp_path, json.dumps(items)).problems
    assert "Zotero's own JSON; its 5 items" in problem.message
    assert "CSL JSON" in (problem.hint or "")
