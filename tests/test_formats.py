"""Word, Markdown, plain text, JSON Resume and pictures: what the document shows is in each, and nothing else."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from helpers import FIXTURES, run_cvgen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt
from pdf import read_pages
from PIL import Image

import cvgen
from cvgen.backends.plain_text.line_breaks import measure
from cvgen.examine import examine_docx
from cvgen.examine.readers.docx_text import read_docx
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

PROFILE = r"""
basics:
  name: Wei Lin
  native_name: 林薇
  label: Engineer, *C++*
  image: photo.png
  email: [wei@example.org, second@example.org]
  phone: +852 5555 0000
  url: https://example.org/wei
  location: {city: Hong Kong, country_code: HK}
  birth_date: 1990-05-03
  profiles: [{network: github, username: wei-lin}]
  summary: |
    I don't use `List<T>` & a_b * c, nor 5 < 6; $O(n^2)$ is **too slow**.

    - one
      - below one
    - two
work:
  - name: Example Labs
    url: https://example.org/labs
    description: Search engines
    location: Zürich
    positions:
      - {position: Lead, start: 2021-07, highlights: ["Led [five](https://example.org/five)."]}
      - {position: Engineer, start: 2019-03, end: 2021-06, highlights: [{text: Built it., highlights: [In C++.]}]}
  - {name: Hidden Ltd, position: Intern, start: 2015, end: 2016, tags: [other], advisor: Ada Long}
education:
  - {institution: East Lake, study_type: BSc, area: Maths, start: fall 2012, end: 2016, courses: [Algebra, Logic]}
projects: [{name: sluice, type: library, role: Author, keywords: [queues, tests], date: 2020, summary: A queue.}]
skills: [{name: Code, level: expert, keywords: [C++, "C#"]}]
languages: [{language: English, fluency: native}]
awards: [{title: Best paper, awarder: ACL, date: 2024-05}]
talks: [{title: On queues, event: QueueConf, date: 2023}]
referees: [{name: Ada Long, position: Professor, email: ada@example.org, summary: A good one.}]
bibliography: {files: [papers.bib]}
variants:
  full:
    exclude_tags: [other]
    sections: [summary, work, education, projects, {publications: {roles: true}},
               {publications: {title: Cited, style: ieee, numbered: true}},
               skills, languages, awards, talks, referees]
  short: {extends: full, sections: [work]}
"""
BIB = r"""
@article{q, author = {Lin, Wei and Kemp, Tom and {\'A}lvarez, Ana}, author+an = {1=self,equal; 2=equal},
  title = {Queues & {CO$_2$}: 100\% <fast>?}, journal = {J. Queues}, volume = 3, year = 2024, month = may,
  doi = {10.1/q}}
"""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    Image.new("RGB", (40, 50), "teal").save(folder / "photo.png")
    (folder / "papers.bib").write_text(BIB, "utf-8")
    path = folder / "profile.yaml"
    path.write_text(PROFILE, "utf-8")
    return path


def rendered(profile: Path, format_: str, **choices: Any) -> bytes:
    stream = io.BytesIO()
    cvgen.render(profile, format=format_, output=stream, **choices)
    return stream.getvalue()


@pytest.fixture(scope="module")
def word(profile: Path) -> DocxDocument:
    return docx.Document(io.BytesIO(rendered(profile, "docx", variant="full", theme="classic")))


def list_paragraphs(document: DocxDocument) -> list[Paragraph]:
    """All paragraphs in reading order, those of cells among them."""
    return [Paragraph(found, document._body) for found in document.element.body.iter(qn("w:p"))]


def texts_of(document: DocxDocument) -> list[str]:
    return [paragraph.text for paragraph in list_paragraphs(document)]


SAID = ("Wei Lin", "林薇", "Hong Kong", "a_b * c, nor 5 < 6", "below one", "Example Labs", "Search engines", "Zürich",
        "Lead", "Jul 2021 – present", "In C++.", "BSc, Maths", "fall 2012 – 2016", "sluice", "J. Queues",
        "C++, C#", "Best paper", "On queues", "Ada Long")  # fmt: skip
"""Texts that every format but JSON Resume has just as they are."""


# --- Word


def test_stops_of_tabs_are_no_text_and_paragraphs_without_settings_are_read() -> None:
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{words}"><w:body><w:p><w:r><w:t>Plain</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs></w:pPr>'
        "<w:r><w:t>Left</w:t><w:tab/><w:t>right</w:t></w:r></w:p></w:body></w:document>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/_rels/document.xml.rels", "<Relationships/>")
    assert read_docx(data.getvalue()).text.raw == "Plain\nLeft\tright"


def test_a_word_file_says_what_the_document_says_in_real_styles(word: DocxDocument) -> None:
    whole = "\n".join(texts_of(word))
    assert [text for text in SAID if text not in whole] == []
    assert "Hidden Ltd" not in whole
    styles = {paragraph.text.split("\t")[0]: paragraph.style.name for paragraph in list_paragraphs(word)}  # type: ignore[union-attr]
    assert styles["Wei Lin 林薇"] == "Title"
    assert styles["Experience"] == "Heading 1"
    assert styles["Example Labs, Zürich"] == "Heading 2"
    assert styles["Lead"] == "Heading 3"
    assert styles["Built it."] == "List Bullet"
    assert styles["In C++."] == styles["below one"] == "List Bullet 2"


def test_a_word_file_has_links_marks_and_the_owner_in_bold(word: DocxDocument) -> None:
    links = {word.part.rels[link.get(qn("r:id"))].target_ref for link in word.element.body.iter(qn("w:hyperlink"))}
    assert {"https://example.org/five", "https://example.org/labs", "mailto:ada@example.org"} <= links
    (authors,) = [one for one in list_paragraphs(word) if one.text == "Wei Lin*, Tom Kemp*, Ana Álvarez"]
    runs = {run.text: (run.bold, run.font.superscript) for run in authors.runs}
    assert runs["Wei Lin"][0] is True
    assert runs["*"][1] is True
    assert runs["Tom Kemp"][0] is None


def test_a_word_file_has_a_photo_with_words_and_dates_at_the_edge(word: DocxDocument) -> None:
    (picture,) = word.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Wei Lin"
    (dated,) = [one for one in list_paragraphs(word) if one.text == "Lead\tJul 2021 – present"]
    (tab,) = dated.paragraph_format.tab_stops
    section = word.sections[0]
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    assert abs(tab.position - ((section.page_width or 0) - margins)) < 2000


def test_a_word_file_describes_itself(word: DocxDocument) -> None:
    properties = word.core_properties
    assert (properties.title, properties.author, properties.language) == ("Wei Lin", "Wei Lin", "en-US")
    assert properties.modified is not None
    assert properties.modified.year == 1970
    assert "NUMPAGES" in word.sections[0].footer._element.xml


def test_the_options_of_a_theme_are_the_look_of_a_word_file(profile: Path) -> None:
    options = {"date_position": "left", "accent": "#123456", "size": "11", "paper": "letter", "margin": "20"}
    made = docx.Document(io.BytesIO(rendered(profile, "docx", variant="short", theme="casual", options=options)))
    xml = made.styles["Heading 1"].element.xml
    assert "123456" in xml
    assert made.styles["Normal"].font.size.pt == 11
    section = made.sections[0]
    assert round((section.page_width or Mm(0)).mm) == 216
    assert round((section.left_margin or Mm(0)).mm) == 20
    (dated,) = [one for one in list_paragraphs(made) if one.text == "\tJul 2021 – present\tLead"]
    indent = dated.paragraph_format
    assert indent.left_indent is not None
    assert indent.first_line_indent == -indent.left_indent
    assert not made.tables


def test_a_side_bar_is_read_after_the_text_beside_it(profile: Path) -> None:
    made = docx.Document(io.BytesIO(rendered(profile, "docx", variant="full", theme="modern")))
    (table,) = made.tables
    main, side = table.rows[0].cells
    assert "Experience" in main.text
    assert "Skills" in side.text
    assert "Skills" not in main.text
    order = [text for text in texts_of(made) if text in ("Experience", "Skills", "Publications")]
    assert order == ["Experience", "Skills", "Publications"]
    # LibreOffice would move the whole table to the next page.
    assert not any(cell.paragraphs[0].paragraph_format.keep_with_next for cell in (main, side))


def test_a_short_list_is_one_paragraph_where_it_is_one_in_the_pdf(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(
        "basics: {name: Wei Lin}\n"
        "skills: [{name: Code, keywords: [C++, Go]}, {name: Data, keywords: [SQL]}]\n"
        "certificates: [{name: Diver, issuer: Sea School, date: 2021}, {name: Pilot}]\n"
        "languages: [{language: English, fluency: native}, {language: Igbo}]\n"
    )
    lists = ["Code: C++, Go · Data: SQL", "Diver, Sea School (2021) · Pilot", "English: native · Igbo"]
    for density, is_one in (("0.7", False), ("0.75", True)):
        options = {"density": density}
        made = docx.Document(io.BytesIO(rendered(path, "docx", theme="classic", options=options)))
        assert [one in texts_of(made) for one in lists] == [is_one] * 3
        assert (rendered(path, "html", theme="classic", options=options).count(b'<p class="inline">') == 3) is is_one
        source = tmp_path / density / "cv.tex"
        source.parent.mkdir()
        cvgen.render(path, format="tex", output=source, engine="xelatex", theme="classic", options=options)
        assert bool(re.search(r"\\cvdot\s+\\cvwhat\{Igbo", source.read_text())) is is_one


def test_numbers_of_papers_have_room_and_groups_a_space_above(tmp_path: Path) -> None:
    entry = "@misc{{k{0}, author = {{Lin, Wei}}, title = {{On {0}}}, year = {1}, pubstate = {{{2}}}}}\n"
    years = [(number, 2000 + number, "submitted" if number > 9 else "published") for number in range(12)]
    (tmp_path / "papers.bib").write_text("".join(entry.format(*one) for one in years), "utf-8")
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        "basics: {name: Wei Lin}\nbibliography: {files: [papers.bib]}\nvariants:\n"
        "  full: {theme: classic, sections: [{publications: {numbered: true, group_by: status}}]}\n"
    )
    made = docx.Document(io.BytesIO(rendered(profile, "docx")))
    numbered = [one for one in list_paragraphs(made) if re.match(r"\[\d+\]\t", one.text)]
    assert len(numbered) == 12
    (left,) = {one.paragraph_format.left_indent.pt for one in numbered}
    assert left > 4 * 10.5 * 0.55, "[10] and a space"
    assert {-one.paragraph_format.first_line_indent.pt for one in numbered} == {left}
    (group,) = [one for one in list_paragraphs(made) if one.text == "Under review"]
    assert group.paragraph_format.space_before.pt > 4


def test_words_from_right_to_left_and_ideographs_have_their_own_properties(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(
        "basics: {name: דנה לוי}\nwork: [{name: חברת Acme Labs בע״מ, start: 2020}]\nlanguage: he\n", "utf-8"
    )
    made = docx.Document(io.BytesIO(rendered(path, "docx")))
    assert "<w:bidi/>" in made.styles["Normal"].element.xml
    (head,) = [one for one in list_paragraphs(made) if "Acme" in one.text]
    directions = {run.text: run.font.rtl is True for run in head.runs}
    assert directions["Acme Labs"] is False
    assert directions["חברת "] is True
    assert made.core_properties.language == "he-IL"
    fonts = made.styles["Normal"].element.rPr.rFonts
    assert "Hebrew" in fonts.get(qn("w:cs"))
    assert "CJK" in fonts.get(qn("w:eastAsia"))


def test_the_fonts_of_a_word_file_have_others_in_their_place(word: DocxDocument) -> None:
    (part,) = [one.target_part for one in word.part.rels.values() if one.reltype.endswith("/fontTable")]
    table = parse_xml(part.blob)
    stand_ins = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in table}
    used = {name for fonts in word.styles.element.iter(qn("w:rFonts")) for name in fonts.attrib.values()}
    assert used == set(stand_ins)
    kinds = {name: found.get(qn("w:val")) for name, found in stand_ins.items()}
    assert kinds["Noto Serif CJK SC"] == "SimSun"
    assert set(kinds.values()) == {"Cambria", "Consolas", "SimSun", "Microsoft YaHei"}


def test_the_same_files_give_the_same_word_file(profile: Path) -> None:
    first, second = (rendered(profile, "docx", variant="short") for _ in range(2))
    assert first == second
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {1980}


def test_check_reads_a_word_file_back(profile: Path) -> None:
    ran = run_cvgen("check", profile, "-e", "word", "-v", "full", "-t", "modern")
    assert (ran.code, "ok    full · modern · word" in ran.out) == (0, True), ran.out


def test_check_finds_what_a_word_file_lacks(profile: Path) -> None:
    with cvgen.Session() as session:
        prepared = prepare(Request(profile, "full", engine="word", format="docx"), session.open_source_writer("word"))
    job = prepared.make_job()
    made = docx.Document(io.BytesIO(rendered(profile, "docx", variant="full")))
    for paragraph in list_paragraphs(made):
        if paragraph.text in ("In C++.", "Led five."):
            paragraph._p.getparent().remove(paragraph._p)
    (link,) = [one for one in made.part.rels.values() if one.target_ref == "https://example.org/five"]
    link._target = "x:y"
    changed = io.BytesIO()
    made.save(changed)
    found = {(finding.check, finding.problem.message) for finding in examine_docx(changed.getvalue(), job)}
    assert ("text", "a bullet is not in the text: 'In C++.'") in found
    assert ("text", "a bullet is not in the text: 'Led five.'") in found
    assert ("links", "a link opens x:y, which is not in the profile") in found
    assert ("links", "no link in the Word file opens https://example.org/five") in found


@pytest.mark.office
def test_libreoffice_prints_a_word_file_with_every_text(profile: Path, tmp_path: Path) -> None:
    (tmp_path / "cv.docx").write_bytes(rendered(profile, "docx", variant="full", theme="modern"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "cv.docx"),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    assert "Error" not in ran.stdout + ran.stderr
    read = "".join("".join(page.text.split()) for page in read_pages((tmp_path / "cv.pdf").read_bytes()))
    assert [said for said in SAID if "".join(said.split()) not in read] == []
    assert read.index("Experience") < read.index("Publications")


def test_a_word_file_shows_what_the_pdf_shows_on_its_pages(profile: Path) -> None:
    stream = io.BytesIO()
    outcome = cvgen.render(profile, format="docx", variant="short", pages=1, output=stream)
    assert outcome.fitting is not None
    assert not [problem for problem in outcome.problems if "'pages' has no effect" in problem.message]
    assert "Built it." in texts_of(docx.Document(io.BytesIO(stream.getvalue())))


def test_without_python_docx_the_message_says_how_to_install_it(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvgen.backends.word.word_writer.find_spec", lambda name: None)
    ran = run_cvgen("render", profile, "-f", "docx")
    assert ran.code == 2
    assert "pip install" in ran.err


# --- Markdown and plain text


def test_markdown_is_the_text_of_the_document_once_it_is_read(profile: Path) -> None:
    written = rendered(profile, "md", variant="full").decode()
    html = MarkdownIt("gfm-like", {"linkify": False}).render(written)
    text = re.sub(r"<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert [said for said in SAID if said not in text] == []
    assert "List<T> & a_b * c, nor 5 < 6; O(n2) is too slow." in text
    assert "<code>List&lt;T&gt;</code>" in html
    assert "<strong>Wei Lin</strong><sup>*</sup>" in html
    assert "<strong>Queues &amp; CO<sub>2</sub>: 100% &lt;fast&gt;?</strong>" in html
    assert '<a href="https://example.org/five">five</a>' in html
    assert html.index("<h2>Experience") < html.index("<h3>") < html.index("<h4>Lead")


def test_plain_text_is_broken_at_76_columns_or_not_at_all(profile: Path) -> None:
    broken = rendered(profile, "txt", variant="full").decode()
    assert [said for said in SAID if said not in broken] == []
    assert max(map(measure, broken.splitlines())) <= 76
    assert "EXPERIENCE" in broken
    assert "O(n²)" in broken
    assert "five (example.org/five)" in broken
    assert "don’t" in broken
    long = rendered(profile, "txt", variant="full", options={"text_width": "0"}).decode()
    assert "".join(long.split()) == "".join(broken.split())
    assert len(long.splitlines()) < len(broken.splitlines())


def test_plain_text_breaks_ideographs_by_their_width(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    text = "我在图书馆管理系统中实现了一个能够同时处理很多请求的队列，并且写了测试。" * 3
    path.write_text(f"basics: {{name: 林薇, summary: {text}}}\nlanguage: zh\n", "utf-8")
    lines = rendered(path, "txt").decode().splitlines()
    assert 70 < max(map(measure, lines)) <= 76
    assert not any(line.startswith(("，", "。")) for line in lines)


@pytest.mark.parametrize("format_", ["md", "txt", "json"])
def test_formats_without_pages_show_all_that_is_selected(format_: str, profile: Path, tmp_path: Path) -> None:
    ran = run_cvgen("render", profile, "-f", format_, "-v", "short", "--pages", "1", "-o", tmp_path / f"cv.{format_}")
    assert ran.code == 0
    assert f"'pages' has no effect on .{format_} files" in ran.err


# --- JSON Resume


SCHEMA = Draft7Validator(json.loads((FIXTURES / "json-resume-1.0.0.schema.json").read_text("utf-8")))


def test_a_resume_is_valid_and_lists_what_it_cannot_hold(profile: Path) -> None:
    ran = run_cvgen("render", profile, "-f", "json", "-v", "full", "-o", "-")
    resume = json.loads(ran.out)
    SCHEMA.validate(resume)
    assert resume["basics"]["email"] == "wei@example.org"
    assert [(job["name"], job["position"], job["startDate"]) for job in resume["work"]] == [
        ("Example Labs", "Lead", "2021-07"),
        ("Example Labs", "Engineer", "2019-03"),
    ]
    assert resume["work"][1]["highlights"] == ["Built it.\n- In C++."]
    assert resume["education"][0]["courses"] == ["Algebra", "Logic"]
    assert resume["projects"][0]["roles"] == ["Author"]
    assert resume["publications"][0]["releaseDate"] == "2024-05"
    assert resume["publications"][0]["publisher"] == "J. Queues"
    assert "I don't use `List<T>` & a_b * c" in resume["basics"]["summary"]
    assert "the section 'Talks' (1 entry)" in ran.err
    assert "second@example.org" in ran.err
    assert "fall 2012" in ran.err


# --- Pictures


def test_pictures_are_a_file_for_each_page_of_the_pdf(profile: Path, tmp_path: Path) -> None:
    for number in range(1, 9):
        (tmp_path / f"cv-{number}.png").touch()  # as an earlier render with more pages leaves them
    options = ("-v", "full", "-f", "png", "--set", "dpi=50", "--set", "size=12")
    ran = run_cvgen("render", profile, *options, "-o", tmp_path / "cv.png")
    assert ran.code == 0, ran.err
    names = sorted(path.name for path in tmp_path.iterdir() if path.stat().st_size)
    assert names == [f"cv-{number}.png" for number in range(1, len(names) + 1)]
    assert ran.err.count("is not a page of this document") == 8 - len(names)
    with Image.open(tmp_path / "cv-1.png") as picture:
        assert (picture.format, picture.size[0]) == ("PNG", round(210 / 25.4 * 50) + 1)
    if len(names) > 1:
        assert run_cvgen("render", profile, *options, "-o", "-").code == 2


# --- There and back

WORDS = st.lists(
    st.sampled_from(["Ada", "C++", "C#", "50 %", "a_b", "$5", "<T>", "2*3", "[x]", "Zürich", "图书", "R&D", "don't"]),
    min_size=1,
    max_size=5,
).map(" ".join)  # fmt: skip
DATES = st.sampled_from(["2019", "2020-05", "2021-05-03"])
URLS = st.sampled_from(["https://example.org/a", "http://example.com/b?c=d"])
LISTS = st.lists(WORDS, min_size=1, max_size=3, unique=True)


def entries(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=1)


RANGE: dict[str, st.SearchStrategy[Any]] = {"startDate": st.just("2018"), "endDate": DATES}
RESUMES = st.fixed_dictionaries(
    {
        "basics": st.fixed_dictionaries(
            {
                "name": st.just("Ada Long"), "label": WORDS, "email": st.just("ada@example.org"), "url": URLS,
                "phone": st.just("+44 20 7946 0000"), "summary": WORDS,
                "location": st.fixed_dictionaries(
                    {"address": WORDS, "postalCode": st.just("EC1A"), "city": WORDS, "countryCode": st.just("GB"),
                     "region": WORDS}
                ),
                "profiles": st.just(
                    [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"},
                     {"network": "Chess Club", "username": "ada", "url": "https://example.org/chess/ada"}]
                ),
            }
        ),
        "work": entries(name=WORDS, location=WORDS, description=WORDS, position=WORDS, url=URLS, **RANGE, summary=WORDS,
                        highlights=LISTS),
        "volunteer": entries(organization=WORDS, position=WORDS, url=URLS, **RANGE, summary=WORDS, highlights=LISTS),
        "education": entries(institution=WORDS, url=URLS, area=WORDS, studyType=WORDS, **RANGE, score=WORDS,
                             courses=LISTS),
        "awards": entries(title=WORDS, date=DATES, awarder=WORDS, summary=WORDS),
        "certificates": entries(name=WORDS, date=DATES, url=URLS, issuer=WORDS),
        "publications": entries(name=WORDS, publisher=WORDS, releaseDate=DATES, url=URLS, summary=WORDS),
        "skills": entries(name=WORDS, level=WORDS, keywords=LISTS),
        "languages": entries(language=WORDS, fluency=WORDS),
        "interests": entries(name=WORDS, keywords=LISTS),
        "references": entries(name=WORDS, reference=WORDS),
        "projects": entries(name=WORDS, description=WORDS, highlights=LISTS, keywords=LISTS, **RANGE, url=URLS,
                            roles=LISTS, entity=WORDS, type=WORDS),
    }
)  # fmt: skip
"""Resumes with every field of the standard."""


def find_lost(before: Any, after: Any, where: str = "") -> list[str]:
    """The places of ``before`` whose values are not in ``after``."""
    if isinstance(before, dict):
        kept = after if isinstance(after, dict) else {}
        return [lost for key, one in before.items() for lost in find_lost(one, kept.get(key), f"{where}.{key}")]
    if isinstance(before, list):
        found = after if isinstance(after, list) else []
        pairs = zip(before, [*found, *[None] * len(before)], strict=False)
        return [
            lost for number, (one, other) in enumerate(pairs) for lost in find_lost(one, other, f"{where}[{number}]")
        ]
    return [] if before == after else [f"{where}: {before!r} became {after!r}"]


@given(resume=RESUMES)
@settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
def test_a_resume_comes_back_with_every_field(resume: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("there")
    (folder / "resume.json").write_text(json.dumps(resume), "utf-8")
    cvgen.import_profile(folder / "resume.json", folder)
    back = json.loads(rendered(folder / "profile.yaml", "json"))
    SCHEMA.validate(back)
    assert find_lost(resume, back) == []
