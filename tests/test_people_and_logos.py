"""Home pages of people, several advisors, logos, badges, titles that are links, and stars of projects."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen, valid_career, write_career
from jsonschema import Draft202012Validator
from pdf import read_pages, words
from PIL import Image
from rendering import other_themes

from cvgen.model.profile import Profile
from cvgen.select.build_document import select_document
from cvgen.select.variant import resolve_variant

PRINTED = "PNG, JPEG, WebP or GIF"
BIB = """
@article{sky, author = {Lin, Wei and Long, Ada and O'Néill, Béa}, title = {Sky}, journal = {Journal of Tests},
  year = 2026, doi = {10.1000/sky}, badge = {Oral}}
@incollection{book, author = {Lin, Wei and Long, A.}, editor = {Kemp, Nora}, title = {A chapter}, booktitle = {Book},
  publisher = {Press}, year = 2025}
"""
ADA, BEA, NORA = "https://ada.example.org", "https://bea.example.org", "https://nora.example.org"
PEOPLE = f'people: {{Ada Long: "{ADA}", "ONeill, BEA": "{BEA}", Nora Kemp: "{NORA}"}}'.replace("ONeill", "O'Neill")


def links_of(pdf: Path) -> list[str]:
    annotations = [a.get_object() for page in pypdf.PdfReader(pdf).pages for a in page.get("/Annots") or []]
    return [str(annotation["/A"]["/URI"]) for annotation in annotations if "/URI" in annotation.get("/A", {})]


def render(profile: Path, *options: str) -> Path:
    ran = run_cvgen("render", profile, "-o", profile.with_name("out.pdf"), *options)
    assert ran.code == 0, ran.err
    return profile.with_name("out.pdf")


@pytest.mark.parametrize("style", ["full", "compact", "ieee", "apa", "acm", "nature", "gbt7714"])
def test_a_person_is_a_link_in_every_style(tmp_path: Path, style: str) -> None:
    rest = f"variants: {{default: {{sections: [publications: {{style: {style}}}]}}}}\n"
    found = links_of(render(write_career(tmp_path, BIB, rest, settings=PEOPLE)))
    assert (found.count(ADA), found.count(BEA), found.count(NORA)) == (2, 1, 1)


@pytest.mark.tex
def test_people_logos_and_titles_through_latex(tmp_path: Path) -> None:
    save_logo(tmp_path / "logo.png")
    rest = "work: [{name: 'A_b & Co', logo: logo.png, advisor: [Ada Long, Bo Stern]}]\n"
    variants = "variants: {default: {sections: [work, publications, {publications: {style: ieee}}]}}\n"
    profile = write_career(tmp_path, BIB, rest + variants, settings=PEOPLE)
    pdf = render(profile, "-e", "xelatex", "--set", "title_links=true")
    found = links_of(pdf)
    assert (found.count(ADA), found.count(NORA)) == (5, 2)
    assert found.count("https://doi.org/10.1000/sky") >= 4, "a link over two lines is two"
    assert "Advisors: Ada Long, Bo Stern" in words(read_pages(pdf.read_bytes()))
    assert len(pypdf.PdfReader(pdf).pages[0].images) == 1


def test_initials_that_two_people_have_are_not_linked(tmp_path: Path) -> None:
    bib = f"{BIB}@misc{{other, author = {{Lin, Wei and Long, Amir}}, title = {{Other}}, year = 2020}}"
    found = links_of(render(write_career(tmp_path, bib, settings=PEOPLE)))
    assert found.count(ADA) == 1


def test_the_initials_of_the_owner_are_not_another_person(tmp_path: Path) -> None:
    bib = "@misc{a, author = {W. Lin and Lin, Wanda and X. Yu}, author+an = {1=self}, title = {T}, year = 2020}"
    settings = 'people: {Wanda Lin: "https://wanda.example.org"}'
    profile = write_career(tmp_path, bib, settings=settings)
    assert links_of(render(profile)) == ["https://wanda.example.org"]


def test_a_person_nobody_meets_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    settings = 'people: {Ada Lnog: "https://ada.example.org", Tom Zuse: "https://tom.example.org"}'
    ran = run_cvgen("render", write_career(tmp_path, BIB, settings=settings), "-o", tmp_path / "out.pdf")
    first, second = (told for told in read_told(ran.err) if told.severity == "error")
    assert (ran.code, (tmp_path / "out.pdf").exists()) == (2, False)
    assert first.place.endswith("profile.yaml:5:12")
    assert first.message == "no author, mentor or advisor is named 'Ada Lnog'"
    assert first.hint == "did you mean 'Ada Long'?"
    assert second.hint == "write the name as it is in a list of authors"


def test_a_person_who_is_only_an_advisor_is_linked_there(tmp_path: Path) -> None:
    settings = 'people: {Bo Stern: "https://bo.example.org"}'
    rest = "education: [{institution: Uni, advisor: {name: {en: Bo Stern, de: Bo Stern}}}]\n"
    assert links_of(render(write_career(tmp_path, BIB, rest, settings=settings)))[0] == "https://bo.example.org"


def test_ats_links_no_people(tmp_path: Path) -> None:
    profile = write_career(tmp_path, BIB, settings=PEOPLE)
    assert not {ADA, BEA, NORA} & set(links_of(render(profile, "-t", "ats")))
    assert run_cvgen("check", profile, "-t", "ats").code == 0


def save_logo(path: Path, size: tuple[int, int] = (90, 60)) -> None:
    Image.new("RGB", size, (20, 90, 160)).save(path)


def test_a_logo_is_printed_with_alternative_text_and_none_in_the_text(tmp_path: Path) -> None:
    save_logo(tmp_path / "logo.png")
    save_logo(tmp_path / "wide.jpg", (900, 60))
    rest = (
        "work: [{name: Acme, logo: logo.png}]\neducation: [{institution: Uni, logo: wide.jpg}]\n"
        "competitions: [{name: Cup, logo: logo.png, date: 2024}]\n"
    )
    profile = write_career(tmp_path, BIB, rest)
    pdf = render(profile)
    (page,) = read_pages(pdf.read_bytes())
    assert "Logo" not in page.text
    assert len(pypdf.PdfReader(pdf).pages[0].images) == 2
    html = profile.with_suffix(".html")
    assert run_cvgen("render", profile, "-f", "html", "-o", html, *INSTALLED_FONTS).code == 0
    assert 'alt="Logo: Acme"' in html.read_text("utf-8")
    assert run_cvgen("check", profile, *other_themes()).code == 0
    assert not pypdf.PdfReader(render(profile, "-t", "ats")).pages[0].images


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("gone.png", None, "there is no picture 'gone.png'", id="missing"),
        pytest.param(
            "a.svg", b"<svg/>", "'a.svg' is a file of the kind SVG, not a PNG, JPEG, WebP or GIF picture", id="svg"
        ),
        pytest.param("text.png", b"hello", "'text.png' is not a PNG, JPEG, WebP or GIF picture", id="text"),
        pytest.param("half.png", "png", "the picture 'half.png' is broken", id="half-a-png"),
        pytest.param("half.jpg", "jpeg", "the picture 'half.jpg' is broken", id="half-a-jpeg"),
    ],
)
def test_a_logo_that_is_no_picture_is_an_error(
    tmp_path: Path, name: str, data: bytes | str | None, message: str
) -> None:
    if isinstance(data, str):
        whole = io.BytesIO()
        Image.effect_noise((200, 200), 90).save(whole, data)
        data = whole.getvalue()[: len(whole.getvalue()) // 2]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    profile = write_career(tmp_path, BIB, f"work:\n  - {{name: Acme, logo: {name}}}\n")
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf")
    (told,) = read_told(ran.err)
    assert (ran.code, told.message.replace(f"{tmp_path}/", "")) == (2, message)
    assert told.place.endswith("profile.yaml:7:24")


def test_a_badge_is_printed_once_where_nothing_else_says_it(tmp_path: Path) -> None:
    settings = "entries: {book: {badge: Book 2025, image: sky.png}}"
    save_logo(tmp_path / "sky.png")
    profile = write_career(tmp_path, BIB, settings=settings)
    text = words(read_pages(render(profile).read_bytes()))
    assert text.count("Oral") == 1
    assert "Book 2025" not in text
    assert run_cvgen("check", profile, "-t", "classic", "-t", "homepage").code == 0
    html = profile.with_suffix(".html")
    assert run_cvgen("render", profile, "-t", "homepage", "-f", "html", "-o", html, *INSTALLED_FONTS).code == 0
    page = html.read_text("utf-8")
    assert '<span class="on-picture">Book 2025</span>' in page
    assert '<li class="badge">Oral</li>' in page


def test_the_title_of_a_paper_may_be_its_link(tmp_path: Path) -> None:
    rest = "variants: {default: {sections: [publications, {publications: {style: apa}}]}}\n"
    profile = write_career(tmp_path, BIB, rest)
    pages = []
    for options in ((), ("--set", "title_links=true")):
        html = profile.with_suffix(".html")
        assert run_cvgen("render", profile, "-f", "html", "-o", html, *options, *INSTALLED_FONTS).code == 0
        pages.append(html.read_text("utf-8").count('href="https://doi.org/10.1000/sky"'))
    assert pages == [2, 4]


def test_stars_of_a_project_are_said_as_those_of_a_paper(tmp_path: Path) -> None:
    rest = "projects: [{name: Tidy, keywords: [Go], stars: 1200+ (GitHub)}, {name: Neat, stars: 1}]\n"
    career = valid_career(tmp_path, BIB, rest)
    document = select_document(career, resolve_variant(career, None)).document
    assert [item.metrics for item in document.sections[-1].items] == [("1,200+ stars (GitHub)",), ("1 star",)]
    assert run_cvgen("check", tmp_path / "profile.yaml", "-t", "classic").code == 0
    career_file = write_career(tmp_path, BIB, "projects: [{name: Tidy, stars: many}]\n")
    ran = run_cvgen("render", career_file, "-o", tmp_path / "out.pdf")
    assert (ran.code, "is not a count" in ran.err) == (2, True)


def test_the_schema_describes_what_is_new() -> None:
    schema = Profile.model_json_schema()
    definitions = schema["$defs"]
    for kind, fields in {
        "Work": ["logo", "publications"],
        "Project": ["stars"],
        "Overlay": ["badge"],
        "Bibliography": ["people"],
    }.items():
        assert all(definitions[kind]["properties"][field]["description"] for field in fields)
    advisor = {"$defs": definitions, **definitions["Work"]["properties"]["advisor"]}
    check = Draft202012Validator(advisor)
    assert all(check.is_valid(one) for one in ("A", ["A", {"name": "B", "url": "https://example.org"}], {"name": "C"}))
    assert not check.is_valid([["A"]])
