"""Volume, issue, pages and other numbers: bare, so that no style says "vol. Vol. 12" or "pp. pp. 3–4"."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen, valid_career, write_career

from cvgen.model.publication import Publication

STYLES = ("full", "compact", "ieee", "apa", "acm", "nature", "gbt7714")


def _read(folder: Path, fields: str, entry_type: str = "article") -> Publication:
    bib = f"@{entry_type}{{k, author = {{Lin, Wei}}, title = {{T}}, journal = {{J}}, year = 2020, {fields}}}\n"
    return valid_career(folder, bib).publications[0]


def _print(folder: Path, entry: str, style: str, language: str = "en") -> str:
    """The text of the one publication in ``entry``."""
    rest = f"variants: {{default: {{language: {language}, sections: [{{publications: {{style: {style}}}}}]}}}}"
    profile = write_career(folder, entry, rest)
    ran = run_cvgen("render", profile, "-f", "html", "-o", folder / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    page = (folder / "cv.html").read_text("utf-8")
    block = re.search(r'<div class="pub(?: [^"]*)?"[^>]*>(.*?)</section>', page, re.DOTALL)
    assert block
    bare = re.sub(r"<[^>]*>", "", re.sub(r"</div>\s*<div", "</div> <div", block[1]))
    return re.sub(r"\s+", " ", unescape(bare)).strip()


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("volume = {Vol. 12}", "volume", "12"),
        ("volume = {Volume XII}", "volume", "XII"),
        ("volume = {Bd. 3}", "volume", "3"),
        ("volume = {-}", "volume", ""),
        ("volume = {3,}", "volume", "3"),
        ("volume = {V}", "volume", "V"),
        ("volume = {第3卷}", "volume", "3"),
        ("number = {第2期}", "number", "2"),
        ("pages = {第1-5页}", "pages", "1–5"),
        ("number = {No. 3}", "number", "3"),
        ("number = {Issue 3-4}", "number", "3-4"),
        ("number = {n/a}", "number", ""),
        ("number = {Special Issue}", "number", "Special Issue"),
        ("pages = {pp. 12--15}", "pages", "12–15"),
        ("pages = {p. 7}", "pages", "7"),
        ("pages = {S. 12-15}", "pages", "12–15"),
        ("pages = {S1-S5}", "pages", "S1–S5"),
        ("pages = {45-}", "pages", "45"),
        ("pages = {--}", "pages", ""),
        ("pages = {TBD}", "pages", ""),
        ("pages = {12-1--12-9}", "pages", "12-1–12-9"),
        ("pages = {L15}", "pages", "L15"),
        ("pages = {101234}", "article_number", "101234"),
        ("pages = {012}", "article_number", "012"),
        ("pages = {Article 45}", "article_number", "45"),
        ("pages = {Art. No. e45}", "article_number", "e45"),
        ("eid = {Article number 12}", "article_number", "12"),
        ("pages = {101234}", "pages", ""),
        ("pages = {12 pages}", "pages", ""),
        ("pages = {Article ID 1234567, 12 pages}", "article_number", "1234567"),
        ("pages = {1-1}, volume = {}, number = {}", "pages", ""),
        ("pages = {1-1}, volume = {}, number = {3}", "pages", "1"),
        ("pages = {1-1}", "pages", "1"),
        ("keywords = {queues, ,tides; }", "keywords", ("queues", "tides")),
        ("pages = {1-1}, volume = 3", "pages", "1"),
        ("version = {Version 2.1}", "version", "2.1"),
        ("version = {v2.1}", "version", "2.1"),
        ("version = {verbose}", "version", "verbose"),
    ],
)
def test_a_number_is_read_without_the_word_before_it(tmp_path: Path, fields: str, name: str, value: object) -> None:
    assert getattr(_read(tmp_path, fields), name) == value


@pytest.mark.parametrize(
    ("server", "typed", "pages"),
    [
        ("bioRxiv", "2024--02", ""),
        ("medRxiv", "2023-11-05", ""),
        ("bioRxiv", "2024--13", "2024–13"),
        ("bioRxiv", "2024.02.03.578", "2024.02.03.578"),
        ("J. Queues", "2024--12", "2024–12"),
    ],
)
def test_the_month_of_a_preprint_is_no_page(tmp_path: Path, server: str, typed: str, pages: str) -> None:
    fields = f"author = {{Lin, Wei}}, title = {{T}}, journal = {{{server}}}, pages = {{{typed}}}, year = 2024"
    bib = f"@article{{k, {fields}}}\n"
    assert valid_career(tmp_path, bib).publications[0].pages == pages


@pytest.mark.parametrize("chapter", ["5", "Chapter 5", "Ch. 5", "Kapitel 5"])
def test_a_chapter_is_a_bare_number(tmp_path: Path, chapter: str) -> None:
    assert _read(tmp_path, f"chapter = {{{chapter}}}, booktitle = {{B}}", "inbook").chapter == "5"


@pytest.mark.parametrize(("entry_type", "pages"), [("book", "300"), ("book", "xii+300"), ("phdthesis", "210")])
def test_how_many_pages_a_whole_book_has_is_no_page(tmp_path: Path, entry_type: str, pages: str) -> None:
    bib = f"@{entry_type}{{k, author = {{Lin, Wei}}, title = {{T}}, year = 2020, pages = {{{pages}}}}}\n"
    profile = write_career(tmp_path, bib)
    assert valid_career(tmp_path, bib).publications[0].pages == ""
    told = read_told(run_cvgen("publications", profile).err)
    assert [f"k: pages = '{pages}' is a count of pages, which no style prints"] == [one.message for one in told]


@pytest.mark.parametrize(
    ("entry", "said", "number"),
    [
        ("@techreport{k, number = {Technical Report 12}", "", "12"),
        ("@techreport{k, number = {Tech. Rep. no. 5}, type = {Tech. Rep.}", "", "5"),
        ("@techreport{k, number = {AI Memo 1234}", "AI Memo", "1234"),
        ("@techreport{k, number = {MIT-LCS-TR-5}", "", "MIT-LCS-TR-5"),
        ("@patent{k, number = {Patent No. 123}", "", "123"),
        ("@patent{k, number = {US Patent 7,062,320}, type = {US Patent}", "US Patent", "7,062,320"),
        ("@patent{k, number = {U.S. Patent No. 7,062,320}", "U.S. Patent", "7,062,320"),
        ("@patent{k, number = {US Patent App. 16/123,456}", "US Patent App.", "16/123,456"),
        ("@patent{k, number = {EP 1234567 A1}", "", "EP 1234567 A1"),
        ("@patent{k, number = {patent pending}", "Patent pending", ""),
        ("@techreport{k, number = {RFC 1234}, type = {RFC}", "RFC", "1234"),
        ("@article{k, journal = {J}, number = {Letter 12}, type = {Letter}", "", "Letter 12"),
    ],
)
def test_a_number_that_says_what_it_numbers_does_not_say_it_twice(
    tmp_path: Path, entry: str, said: str, number: str
) -> None:
    publication = valid_career(
        tmp_path, f"{entry}, author = {{Lin, Wei}}, title = {{T}}, year = 2020}}\n"
    ).publications[0]
    assert (publication.kind_text, publication.number) == (said, number)


DOUBLED = re.compile(r"\b(\w+)\.?,? \1\b", re.IGNORECASE)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "entry",
    [
        "@article{k, journal = {Air}, volume = {Vol. 12}, number = {No. 3}, pages = {pp. 4--5}",
        "@inbook{k, booktitle = {Air}, chapter = {Chapter 5}, publisher = {P}",
        "@software{k, version = {version 2.1}",
        "@patent{k, number = {US Patent 12}, type = {US Patent}",
        "@inproceedings{k, booktitle = {Rain}, series = {Rain}, organization = {ACM}, publisher = {ACM}",
        "@inproceedings{k, booktitle = {Rain Days (RD)}, abbr = {RD}",
    ],
)
def test_no_style_says_a_word_twice(tmp_path: Path, style: str, entry: str) -> None:
    printed = _print(tmp_path, f"{entry}, author = {{Lin, Wei}}, title = {{On it}}, year = 2020}}\n", style)
    assert not DOUBLED.search(printed.replace(" (RD)", "", 1))
    assert printed.count("(RD)") <= 1


def test_ieee_calls_an_article_number_what_it_is(tmp_path: Path) -> None:
    entry = "@article{k, author = {Lin, Wei}, title = {T}, journal = {J}, volume = 3, pages = {101234}, year = 2020}\n"
    assert _print(tmp_path, entry, "ieee") == "W. Lin, “T,” J, vol. 3, Art. no. 101234, 2020."
