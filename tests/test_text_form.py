"""What themes and formats do to texts: apostrophes, printed addresses, relative links, and repaired characters."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, about, read_told, run_cvgen
from pdf import words
from pypdf import PdfReader
from rendering import ENGINES, read_document, render_pdf

from cvgen.pipeline.request import Request
from cvgen.select.apostrophes import curl_apostrophes
from cvgen.sources.career import read_career
from cvgen.sources.inline.markdown import parse_markdown


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("it's what authors don't know", "it’s what authors don’t know"),
        ("L'École d'été", "L’École d’été"),
        ("п'ять", "п’ять"),
        ("the students' work", "the students’ work"),
        ("in the '90s and '80s", "in the ’90s and ’80s"),
        ("**Ada**'s *friend*'s `x`'s", "Ada’s friend’s x’s"),
        ("it's\n\n- Ada's", "it’s - Ada’s"),
        ("a 'quoted' word", "a 'quoted' word"),
        ("the 'students' work'", "the 'students' work'"),
        ("`it's` and [it's](https://example.org/it's)", "it's and it's"),
        ("see https://example.org/it's or o'b@example.org", "see https://example.org/it's or o'b@example.org"),
        ("ג'ירפה צ'יפס", "ג'ירפה צ'יפס"),
        ("5' 11\" tall", "5' 11\" tall"),
        ("it’s", "it’s"),
    ],
)
def test_an_apostrophe_inside_a_word_is_that_of_print(typed: str, printed: str) -> None:
    assert " ".join(str(curl_apostrophes(parse_markdown(typed))).split()) == printed


PROFILE = """
basics:
  name: Conan O'Brien
  label: Lloyd's actuary
  summary: >-
    I don't [see](https://example.org/see) it, **nor [do](https://www.example.org/do/)** I say
    [example.org/x](https://example.org/x).
  location: {text: Land's End}
work:
  - name: O'Reilly
    position: Dean's clerk
    date: 2020
    url: https://example.org/work
    advisor: {name: Ann D'Arc, url: https://example.org/ann}
    highlights: ["Ada's [mail](mailto:ada@example.org)"]
news: [{text: "We've won a [prize](https://example.org/prize)", date: 2021}]
awards: [{title: Queen's prize, awarder: King's College, date: 2020, url: https://example.org/prize2}]
"""


def _write(folder: Path, text: str) -> Path:
    profile = folder / "profile.yaml"
    profile.write_text(text, "utf-8")
    return profile


@pytest.mark.parametrize("engine", ENGINES)
def test_apostrophes_of_running_text_are_printed_and_those_of_names_stay(tmp_path: Path, engine: str) -> None:
    read = words(render_pdf(Request(_write(tmp_path, PROFILE), None, "classic", engine), tmp_path).pages)
    for text in ("Lloyd’s actuary", "I don’t see it", "Dean’s clerk", "Ada’s mail", "We’ve won", "Queen’s prize"):
        assert text in read
    for name in ("Conan O'Brien", "O'Reilly", "Ann D'Arc", "Land's End", "King's College"):
        assert name in read


@pytest.mark.parametrize("engine", ENGINES)
def test_the_theme_for_parsers_prints_every_address_and_apostrophes_as_typed(tmp_path: Path, engine: str) -> None:
    read = words(render_pdf(Request(_write(tmp_path, PROFILE), None, "ats", engine), tmp_path).pages)
    assert "I don't see (example.org/see) it, nor do (example.org/do/) I say example.org/x." in read
    for text in ("O'Reilly (example.org/work)", "Ann D'Arc (example.org/ann)", "mail (ada@example.org)"):
        assert text in read
    assert "prize (example.org/prize)" in read
    assert "Queen's prize (example.org/prize2)" in read


def test_check_agrees_with_both_forms(tmp_path: Path) -> None:
    profile = _write(tmp_path, PROFILE + "variants: {a: {theme: ats}, b: {theme: classic}}\n")
    checked = run_cvgen("check", profile, "-e", "weasyprint")
    assert checked.code == 0, checked.out


RELATIVE = """
basics:
  name: Rosa Lindqvist
  summary: >-
    My [CV](files/cv.pdf), [news](#news), [gone](#nwes), [up](../), [page](about.html#me) and
    [mail](mailto:r@example.org).
work: [{name: Halyard, date: 2020, url: files/halyard.html}]
news: [{text: Won, date: 2021}]
"""
_LINKS = ["files/cv.pdf", "#news", "#nwes", "../", "about.html#me", "files/halyard.html"]


def test_relative_links_work_in_a_web_page(tmp_path: Path) -> None:
    page = tmp_path / "cv.html"
    ran = run_cvgen("render", _write(tmp_path, RELATIVE), "-f", "html", "-o", page, *INSTALLED_FONTS)
    html = page.read_text("utf-8")
    assert [link for link in re.findall('href="([^"]*)"', html) if link in _LINKS] == _LINKS
    assert len(re.findall('<section[^>]* id="news"', html)) == 1
    (told,) = read_told(ran.err)
    assert ("'nwes'" in told.message, told.hint) == (True, "did you mean 'news'?")


@pytest.mark.parametrize("engine", ENGINES)
def test_relative_links_are_reported_for_a_pdf_which_has_only_their_words(tmp_path: Path, engine: str) -> None:
    rendered = render_pdf(Request(_write(tmp_path, RELATIVE), None, "classic", engine), tmp_path)
    reported = about(rendered.outcome.problems, "web pages only", "https://")
    assert [next(url for url in _LINKS if repr(url) in problem.message) for problem in reported] == [
        "files/halyard.html",
        *_LINKS[:-1],
    ]
    assert all(problem.location and problem.location.line for problem in reported)
    assert "My CV, news, gone, up, page and mail." in words(rendered.pages)
    assert _links_of(rendered.pdf) == ["mailto:r@example.org"]


def test_relative_links_are_left_out_wherever_they_are(tmp_path: Path) -> None:
    papers = "@misc{KEY, author = {Lin, Wei and Long, Ada}, title = {Paper KEY}, year = 2020}\n"
    (tmp_path / "papers.bib").write_text("".join(papers.replace("KEY", key) for key in "abc"), "utf-8")
    profile = _write(tmp_path, EVERYWHERE)
    wanted = {"files/entry.html", "files/lead.html", "files/a.pdf", "files/b.pdf", "files/c.pdf", "https://ada.example"}
    page = tmp_path / "cv.html"
    run_cvgen("render", profile, "-f", "html", "-o", page, *INSTALLED_FONTS)
    assert wanted <= set(re.findall('href="([^"]*)"', page.read_text("utf-8")))
    assert set(_links_of(render_pdf(Request(profile), tmp_path).pdf)) == {"https://ada.example"}
    assert _links_of(render_pdf(Request(profile, options={"link_people": "false"}), tmp_path).pdf) == []


EVERYWHERE = """
basics: {name: Wei Lin}
bibliography:
  files: [papers.bib]
  people: {Ada Long: "https://ada.example"}
  entries: {a: {links: {A: files/a.pdf}}, b: {links: {B: files/b.pdf}}, c: {links: {C: files/c.pdf}}}
work:
  - {name: Halyard, url: files/entry.html, publications: [b], positions: [{position: Lead, date: 2021,
     url: files/lead.html, publications: [c]}]}
variants: {all: {sections: [work, publications]}}
"""


def _links_of(pdf: bytes) -> list[str]:
    pages = PdfReader(BytesIO(pdf)).pages
    actions = [note.get_object().get("/A", {}) for page in pages for note in page.get("/Annots") or ()]
    return [str(action["/URI"]) for action in actions if "/URI" in action]


@pytest.mark.parametrize(
    "typed", ["f[i](n/2)", "[a](b)", "[and](or else)", "[x](//example.org)", "[x](www.example.org)"]
)
def test_what_is_no_file_and_no_place_is_text(typed: str) -> None:
    assert str(parse_markdown(typed)) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("MÃ¼ller", "Müller"), ("donâ€™t", "don’t"), ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"), ("Å‚Ã³dÅº", "łódź")],
)
def test_characters_of_a_wrong_encoding_are_repaired_with_a_notice(tmp_path: Path, typed: str, meant: str) -> None:
    profile = _write(tmp_path, f"basics:\n  name: Rosa\n  label: {typed}\n")
    (problem,) = about(read_career(profile).problems, "wrong encoding")
    assert (problem.severity.value, problem.location and problem.location.line) == ("notice", 3)
    assert str(read_document(profile).label) == meant.replace("'", "’")


@pytest.mark.parametrize("typed", ["café’s “là”", "„Ä“", "Citroën™", "naïve – ok", "É…"])
def test_right_characters_are_not_repaired(tmp_path: Path, typed: str) -> None:
    profile = _write(tmp_path, f"basics:\n  name: Rosa\n  label: {typed}\n")
    assert not read_career(profile).problems
    assert str(read_document(profile).label) == typed
