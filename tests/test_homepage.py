"""The home page: its head, its papers, its data for search engines, and the folder that is published."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen, valid_career, write_career
from pdf import read_pages

from cvgen.select.bibtex_entry import write_bibtex

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EVIL = "</script><script>document.title='RAN'</script> & <!-- 1 < 2"
BIB = rf"""
@inproceedings{{first, author = {{Lin, Wei and {{Van der Berg}}, Jo and Huang*, An}},
  author+an = {{1=self,equal; 2=equal}},
  title = {{A {{BERT}} {EVIL.replace("&", chr(92) + "&")}}}, booktitle = {{Conference on Examples}}, abbr = {{CE}},
  year = {{2025}}, doi = {{10.5555/first}}, selected = {{true}}, file = {{/home/wei/first.pdf}}, abstract = {{Long.}},
  preview = {{p.svg}}}}
@article{{second, author = {{Lin, Wei and others}}, title = {{The Second}}, journal = {{A Journal With a Long Name}},
  year = {{2024}}, note = {{Ask Jo about this.}}}}
@misc{{third, author = {{Lin, Wei}}, title = {{On arXiv}}, eprint = {{2401.00001}}, archiveprefix = {{arXiv}},
  year = {{2024}}}}
@phdthesis{{fourth, author = {{Lin, Wei}}, title = {{A Thesis}}, school = {{A University}}, year = {{2023}}}}
"""
BASICS = """\
name: Wei Lin
native_name: 林薇
label: Researcher
email: wei@example.org
phone: "+41 44 668 18 00"
location: {address: Seestrasse 12, city: Zurich}
profiles: [{network: github, username: wei-lin-example}]
summary: I look at things.
"""
REST = """\
news:
  - {date: 2024-05, text: One}
  - {date: 2024-04, text: Two}
  - {date: 2024-03, text: Three}
  - {date: 2024-02, text: Four}
awards: [{title: A prize with a name, date: 2024}]
talks: [{title: A talk, date: 2024}]
interests: [{name: Rowing}]
volunteer: [{organization: A society for the study of long words, start: 2020}]
service: [{organization: A conference, role: Reviewer, date: 2024}]
competitions: [{name: A race, date: 2020}]
grants: [{title: Money, date: 2020}]
variants:
  cv: {basics: {label: Researcher in print}}
  web:
    theme: homepage
    options: {news_shown: 2, profile: left, body_font: Serif, heading_font: Serif, code_font: Mono}
    sections: [summary, news, publications, awards, talks, interests, volunteer, service, competitions, grants]
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 10"><rect width="16" height="10" fill="#abc"/></svg>'


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("homepage")
    (folder / "p.svg").write_text(SVG, "utf-8")
    return write_career(folder, BIB, REST, basics=BASICS, settings="marks: {'*': equal}")


@pytest.fixture(scope="module")
def site(profile: Path) -> Path:
    """The folder that is published for ``profile``."""
    folder = profile.parent / "site"
    ran = run_cvgen("publish", profile, "-o", folder, "--url", "https://wei.example.org")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split() == [
        "wrote",
        f"{folder}/cv.pdf",
        "wrote",
        f"{folder}/.nojekyll",
        "wrote",
        f"{folder}/index.html",
    ]
    return folder


def _box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return dict(found)  # type: ignore[arg-type]


@pytest.mark.browser
def test_the_page_in_a_browser(browser: Browser, site: Path) -> None:
    from test_browser import axe_violations, visit

    seen = visit(browser, site / "index.html", 1280)
    page = seen.page
    assert page.title() == "Wei Lin"  # no text of the profile runs
    main, head = _box(page, "main"), _box(page, ".who")
    assert head["x"] + head["width"] < main["x"]  # the head is a column at the left …
    page.evaluate("scrollTo(0, 600)")
    assert _box(page, "h1")["y"] >= 0  # … that stays
    assert axe_violations(page) == []
    page.locator(".bibtex summary").first.click()
    assert "@inproceedings{first," in page.locator(".bibtex pre").first.inner_text()
    for width in (1280, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert len({box["y"] for box in map(dict, _boxes(page, "nav li"))}) == 1  # one line
        assert _box(page, "h1")["x"] < 60  # a head without a photo is at the left
    assert page.locator(".plate").all_inner_texts() == ["Journal article 2024", "arXiv 2024", "PhD thesis 2023"]
    assert page.locator(".rest > summary").inner_text() == "2 more"
    assert page.locator(".pub.selected .title a").get_attribute("href") == "https://doi.org/10.5555/first"
    assert page.locator(".pub.selected").count() == 1
    assert page.locator(".tint").inner_text().strip() == "representative work"
    assert page.locator('a[href="cv.pdf"]').inner_text().strip() == "CV (PDF)"
    page.close()
    assert seen.said == []


def _boxes(page: Page, selector: str) -> list[Any]:
    return [one.bounding_box() for one in page.locator(selector).all()]


def test_beside_the_icon_of_a_network_only_the_handle_is_shown(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    (name, shown) = re.findall(r'<a href="https://github.com/[^>]*aria-label="([^"]*)"><svg.*?</svg>(.*?)</a>', text)[0]
    assert (name, shown.strip()) == ("GitHub: wei-lin-example", "wei-lin-example")


def test_the_data_of_the_page_say_who_wrote_what(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    assert text.count("<script") == 1
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    page, person, *papers = json.loads(data)["@graph"]
    assert page["@type"] == "ProfilePage"
    assert page["mainEntity"] == {"@id": "https://wei.example.org/#person"} == {"@id": person["@id"]}
    assert (person["@type"], person["name"], person["alternateName"]) == ("Person", "Wei Lin", "林薇")
    assert person["sameAs"] == "https://github.com/wei-lin-example"
    assert [paper["@type"] for paper in papers] == ["ScholarlyArticle"] * 3 + ["Thesis"]
    assert papers[0]["name"].startswith("A BERT </script><script>")
    assert [author.get("name") for author in papers[0]["author"]] == [None, "Jo Van der Berg", "An Huang"]
    assert "unsafe-inline" not in text
    assert 'property="og:url" content="https://wei.example.org/"' in text


def test_what_everyone_can_read_has_no_phone_and_no_street(site: Path) -> None:
    printed = " ".join(page.text for page in read_pages((site / "cv.pdf").read_bytes()))
    assert "Researcher in print" in printed  # the default variant in its own theme
    for text in (printed, (site / "index.html").read_text("utf-8")):
        assert "Zurich" in text
        assert "668 18 00" not in text
        assert "Seestrasse" not in text


def test_an_entry_to_copy_has_what_others_cite(tmp_path: Path) -> None:
    first, second, *_ = valid_career(tmp_path, BIB, settings="marks: {'*': equal}").publications
    written = write_bibtex(first)
    assert "author    = {Lin, Wei and Van der Berg, Jo and Huang, An}," in written
    assert "title     = {A {BERT} " in written
    for private in ("/home/wei", "Long.", "self", "selected", "p.svg"):
        assert private not in written
    assert write_bibtex(second).splitlines()[1:3] == ["  author  = {Lin, Wei and others},", "  title   = {The Second},"]
    copied = tmp_path / "copied"
    copied.mkdir()
    again = valid_career(copied, "\n".join(map(write_bibtex, (first, second)))).publications
    assert [(str(paper.title), [a.name for a in paper.authors], paper.year) for paper in again] == [
        (str(paper.title), [a.name for a in paper.authors], paper.year) for paper in (first, second)
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--url", "wei.example.org"], "'wei.example.org' is not a web address", id="address"),
        pytest.param(["--pdf", "cvv"], "there is no variant 'cvv' in the profile", id="variant"),
        pytest.param(["-t", "homepag"], "there is no theme 'homepag'", id="theme"),
    ],
)
def test_what_cannot_be_published_is_an_error(profile: Path, arguments: list[str], message: str) -> None:
    folder = profile.parent / "nothing"
    ran = run_cvgen("publish", profile, "-o", folder, *arguments)
    assert ran.code == 2
    assert [told.message for told in read_told(ran.err)] == [message]
    assert not folder.exists()


def test_a_file_that_was_read_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("@misc{x, title = {T}, author = {Lin, Wei}, year = 2024}", "utf-8")
    path = tmp_path / "profile.yaml"
    fonts = "body_font: Serif, heading_font: Serif, code_font: Mono"  # none to be put into the page
    variants = f"variants: {{web: {{theme: homepage, options: {{{fonts}}}}}}}"
    path.write_text(f"basics: {{name: Wei Lin}}\nbibliography: {{files: [index.html]}}\n{variants}\n", "utf-8")
    ran = run_cvgen("publish", path, "-o", tmp_path, "-q")
    assert ran.code == 2
    assert "is a file that was read, and would be overwritten" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "profile.yaml"]  # and no other is written


@pytest.mark.parametrize("theme", ["", "theme: homepage, "], ids=["made-for-print", "made-for-the-web"])
def test_one_variant_is_a_page_and_a_pdf_each_in_a_theme_made_for_it(tmp_path: Path, theme: str) -> None:
    fonts = "body_font: Serif, heading_font: Serif, code_font: Mono"
    path = tmp_path / "profile.yaml"
    path.write_text(
        f"basics: {{name: Wei Lin}}\nskills: [{{name: Rust}}]\nvariants: {{only: {{{theme}options: {{{fonts}}}}}}}\n",
        "utf-8",
    )
    assert run_cvgen("publish", path, "-o", tmp_path / "site", "-q").code == 0
    assert "application/ld+json" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert json.loads(run_cvgen("inspect", tmp_path / "site" / "cv.pdf", "--json").out)["theme"] == "classic"


def test_a_theme_may_leave_out_the_data(profile: Path) -> None:
    output = profile.parent / "plain.html"
    off = ("--set", "structured_data=false", "--set", "bibtex=false", "--set", "highlight=false")
    assert run_cvgen("render", profile, "-v", "web", "-f", "html", "-o", output, *off, *INSTALLED_FONTS).code == 0
    text = output.read_text("utf-8")
    assert all(word not in text for word in ("<script", "script-src", "@inproceedings", " selected"))
