"""``cvgen inspect --as-parser``: what a résumé parser makes of a PDF, whoever made it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from helpers import read_told, run_cvgen
from test_inspect import ENCRYPTED, write_pdf


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a page: how far from its left and top edges, in points."""

    left: float
    top: float
    text: str
    bold: bool = False
    size: float = 10


BULLET = "\x95 "  # in the encoding of Windows
PAGE = (
    Text(60, 60, "Nora Kemp", bold=True, size=20),
    Text(60, 84, "Registered Nurse"),
    Text(60, 98, "Denver, CO | nora.kemp@example.org | +1 415 555 0143 | linkedin.com/in/nora-example"),
    Text(60, 130, "EXPERIENCE", bold=True),
    Text(60, 150, "Front Ridge Hospital", bold=True),
    Text(400, 150, "May 2021 \x96 present"),
    Text(60, 163, "Charge Nurse"),
    Text(400, 163, "Denver"),
    Text(60, 176, BULLET + "Lead a shift of nine nurses on a surgical unit with 24 beds, and plan the"),
    Text(68, 189, "rosters of the year."),
    Text(60, 202, BULLET + "Taught 14 new graduates."),
    Text(60, 228, "Mile Valley Clinic", bold=True),
    Text(400, 228, "2017 \x96 2021"),
    Text(60, 241, "Nursing Assistant"),
    Text(60, 254, BULLET + "Visited eleven patients a day."),
    Text(60, 290, "EDUCATION", bold=True),
    Text(60, 310, "University of Front Ridge", bold=True),
    Text(400, 310, "2013 \x96 2017"),
    Text(60, 323, "Bachelor of Science, Nursing"),
    Text(60, 355, "SKILLS", bold=True),
    Text(60, 375, "Clinical: triage, wound care (burns, frostbite), dialysis"),
    Text(60, 400, "LANGUAGES", bold=True),
    Text(60, 420, "English, Spanish"),
)


def draw(path: Path, *pages: Iterable[Text]) -> Path:
    """A PDF with ``pages``, in the fonts that every reader has."""
    fonts = "/Font << /F 3 0 R /B 4 0 R >>"
    kids = [5 + 2 * number for number in range(len(pages))]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for kid, page in zip(kids, pages, strict=True):
        drawn = "\n".join(map(_draw_text, page))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << {fonts} >> /Contents {kid + 1} 0 R >>",
            f"<< /Length {len(drawn)} >> stream\n{drawn}\nendstream",
        ]
    return _write_objects(path, objects)


def _draw_text(text: Text) -> str:
    escaped = text.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    place = f"{text.left} {792 - text.top} Td"
    return f"BT /{'B' if text.bold else 'F'} {text.size} Tf {place} ({escaped}) Tj ET"


def _write_objects(path: Path, objects: Sequence[str]) -> Path:
    file, starts = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(file))
        file += f"{number} 0 obj {body} endobj\n"
    entries = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer << /Size {size} /Root 1 0 R >>"
    path.write_bytes(f"{file}{table}\nstartxref\n{len(file)}\n%%EOF\n".encode("latin-1"))
    return path


def parse(pdf: Path) -> dict[str, Any]:
    ran = run_cvgen("inspect", "--as-parser", "--format", "json", pdf)
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_a_page_of_another_program(tmp_path: Path) -> None:
    pdf = draw(tmp_path / "cv.pdf", PAGE)
    assert parse(pdf) == {
        "file": str(pdf),
        "pages": 1,
        "name": "Nora Kemp",
        "headline": "Registered Nurse",
        "email": "nora.kemp@example.org",
        "phone": "+1 415 555 0143",
        "place": "Denver, CO",
        "urls": ["linkedin.com/in/nora-example"],
        "summary": "",
        "jobs": [
            {
                "company": "Front Ridge Hospital",
                "title": "Charge Nurse",
                "date": "May 2021 – present",
                "bullets": [
                    "Lead a shift of nine nurses on a surgical unit with 24 beds, and plan the rosters of the year.",
                    "Taught 14 new graduates.",
                ],
                "unplaced": ["Denver"],
            },
            {
                "company": "Mile Valley Clinic",
                "title": "Nursing Assistant",
                "date": "2017 – 2021",
                "bullets": ["Visited eleven patients a day."],
                "unplaced": [],
            },
        ],
        "schools": [
            {
                "school": "University of Front Ridge",
                "degree": "Bachelor of Science, Nursing",
                "date": "2013 – 2017",
                "bullets": [],
                "unplaced": [],
            }
        ],
        "projects": [],
        "skills": ["triage", "wound care (burns, frostbite)", "dialysis"],
        "unplaced": ["LANGUAGES: English, Spanish"],
        "remarks": [],
    }


def test_the_tree(tmp_path: Path) -> None:
    pdf = draw(tmp_path / "cv.pdf", changed("Charge Nurse", text="in charge"))
    ran = run_cvgen("inspect", pdf, "--as-parser")
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[2:6] == [
        "contacts",
        "  name      Nora Kemp",
        "  headline  Registered Nurse",
        "  email     nora.kemp@example.org",
    ]
    start = lines.index("jobs: 2")
    assert lines[start + 1 : start + 4] == [
        "  1. company  Front Ridge Hospital",
        "     title    not found",
        "     date     May 2021 – present",
    ]
    assert "     not placed: in charge; Denver" in lines
    assert "what may be misread: 1" in lines


def changed(words: str, **changes: Any) -> tuple[Text, ...]:
    """The page with the text that contains ``words`` changed."""
    assert any(words in text.text for text in PAGE)
    return tuple(replace(text, **changes) if words in text.text else text for text in PAGE)


def closed() -> tuple[Text, ...]:
    """The page without a gap before the second job, which has no bold text."""
    page = changed("Mile Valley", bold=False)
    return tuple(replace(text, top=text.top - 12) if text.top >= 228 else text for text in page)


def squares() -> tuple[Text, ...]:
    return tuple(replace(text, text=text.text.replace(BULLET, "- ")) for text in PAGE)


def divided(words: str, at: int) -> tuple[Text, ...]:
    """The page with one text drawn in two pieces, so that the space between them is not in the file."""
    text = next(text for text in PAGE if words in text.text)
    first, rest = text.text[:at].rstrip(), text.text[at:].lstrip()
    # 10 pt Helvetica: "• Visited" is 36.3 pt wide, and a space 2.8 pt
    return tuple(
        piece
        for one in PAGE
        for piece in (
            (replace(one, text=first), replace(one, text=rest, left=one.left + 39.1)) if one is text else (one,)
        )
    )


CAUSES: dict[str, tuple[Callable[[], Sequence[Sequence[Text]]], str]] = {
    "title": (lambda: [changed("LANGUAGES", text="Languages", size=13)], "'Languages' looks like a title"),
    "role": (lambda: [changed("Charge Nurse", text="charge nurse")], "at the start of its words: 'Charge Nurse'"),
    "form": (lambda: [changed("2013 \x96", text="2013/14")], "only a year in '2013/14'"),
    "degree": (lambda: [changed("Bachelor", text="Nursing")], "no degree was found for 'University of Front Ridge'"),
    "date": (lambda: [changed("2017 \x96 2021", text="four years")], "no date was found for 'Mile Valley Clinic'"),
    "glued": (lambda: [changed("2017 \x96 2021", text="2017 \x96 2021, Aurora")], "has other text close to it"),
    "joined": (lambda: [closed()], "'Mile Valley Clinic 2017 – 2021' is read as part of the entry above it"),
    "mark": (lambda: [squares()], "parsers do not know - as a bullet"),
    "season": (lambda: [changed("Mile Valley", text="Summer Valley Clinic")], "because of the word Summer"),
    "contact": (lambda: [changed("nora.kemp@", text="Denver, CO | +1 415 555 0143")], "no e-mail address"),
    "phone": (lambda: [changed("nora.kemp@", text="nora.kemp@example.org | +44 20 7946 0958")], "+44 20 7946 0958"),
    "name": (lambda: [changed("Registered Nurse", top=72)], "'Nora Kemp' and 'Registered Nurse' are so close"),
    "section": (lambda: [changed("SKILLS", text="TALENTS")], "no section of skills was found"),
    "column": (lambda: [(*PAGE, Text(420, 130, "AWARDS", bold=True), Text(420, 150, "None"))], "a second column"),
    "foot": (lambda: [(*PAGE, Text(300, 760, "1/2")), [Text(60, 60, BULLET + "More.")]], "'1/2' is read as part"),
    "page": (lambda: [PAGE[:-2], [replace(text, top=text.top - 340) for text in PAGE[-2:]]], "'LANGUAGES' begins"),
    "space": (lambda: [divided("eleven", 10)], "'Visitedeleven'"),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_is_named_alone(tmp_path: Path, cause: str) -> None:
    pages, words = CAUSES[cause]
    remarks = parse(draw(tmp_path / "cv.pdf", *pages()))["remarks"]
    assert {remark["cause"] for remark in remarks} == {cause}
    assert any(words in f"{remark['message']} → {remark['hint']}" for remark in remarks)


def test_a_job_without_a_word_for_a_title_is_named(tmp_path: Path) -> None:
    (remark,) = parse(draw(tmp_path / "cv.pdf", changed("Charge Nurse", text="Night shifts")))["remarks"]
    assert remark["cause"] == "role"
    assert remark["message"].startswith("no title was found for the job")


def test_a_common_word_is_a_title_among_two_words_and_no_more(tmp_path: Path) -> None:
    """Written small, as a parser that looks for bold capitals does not find it."""
    for words, is_found in (("Work Skills", True), ("Skills & Tools", True), ("My Own Skills", False)):
        found = parse(draw(tmp_path / "cv.pdf", changed("SKILLS", text=words)))
        causes = {remark["cause"] for remark in found["remarks"]}
        assert ("section" not in causes) is is_found, words


def test_a_number_that_is_drawn_first_saves_the_title_that_begins_the_page(tmp_path: Path) -> None:
    foot = Text(280, 760, "Nora Kemp \xb7 2/2")
    found = parse(draw(tmp_path / "cv.pdf", PAGE[:-2], [foot, *(replace(one, top=one.top - 340) for one in PAGE[-2:])]))
    (remark,) = found["remarks"]
    assert (remark["cause"], remark["page"]) == ("foot", 2)
    assert remark["message"] == "'Nora Kemp · 2/2' is read as part of the text at the end of page 1"
    assert found["unplaced"] == ["LANGUAGES: English, Spanish"]


def test_remarks_of_one_cause_are_cut_short_in_the_tree(tmp_path: Path) -> None:
    jobs = [
        Text(60 if part else 400, 160 + 50 * number + 13 * (part == 2), text, bold=part == 1)
        for number in range(6)
        for part, text in (
            (0, f"201{number} \x96 201{number + 1}"),
            (1, f"Clinic {number}"),
            (2, f"nurse of ward {number}"),
        )
    ]
    head = [text for text in PAGE if text.top < 140]
    pdf = draw(tmp_path / "cv.pdf", [*head, *jobs])
    listed = [remark for remark in parse(pdf)["remarks"] if remark["cause"] == "role"]
    printed = run_cvgen("inspect", "--as-parser", pdf).out
    assert len(listed) > 4
    assert printed.count("is not found as the title of a job") == 4
    assert f"  and {len(listed) - 4} more of this kind; --format json lists all\n" in printed


def test_titles_in_other_languages(tmp_path: Path) -> None:
    page = [
        *changed("EXPERIENCE", text="Berufserfahrung", bold=False)[:15],
        *changed("EDUCATION", text="Ausbildung", bold=False)[15:],
    ]
    found = parse(draw(tmp_path / "cv.pdf", page))
    assert ([job["company"] for job in found["jobs"]], len(found["schools"]), found["remarks"]) == (
        ["Front Ridge Hospital", "Mile Valley Clinic"],
        1,
        [],
    )


def scan(path: Path) -> Path:
    return draw(path, [], [])


def book(path: Path) -> Path:
    return draw(path, *[[Text(60, 60, f"Chapter {number}")] for number in range(60)])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda path: path.write_bytes(b""), "is not a PDF", id="empty"),
        pytest.param(lambda path: path.write_bytes(b"%PDF-1.7\nand then nothing"), "damaged", id="damaged"),
        pytest.param(lambda path: write_pdf(path, trailer=ENCRYPTED), "protected by a password", id="protected"),
        pytest.param(scan, "has no text that can be read", id="scan"),
        pytest.param(book, "has 60 pages", id="book"),
        pytest.param(lambda path: path.mkdir(), "is a folder", id="folder"),
        pytest.param(lambda path: None, "there is no PDF", id="missing"),
    ],
)
def test_what_cannot_be_read_as_a_cv(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    make(tmp_path / "cv.pdf")
    ran = run_cvgen("inspect", "--as-parser", tmp_path / "cv.pdf")
    assert (ran.code, ran.out) == (2, "")
    (told,) = read_told(ran.err)
    assert words in told.message


def test_any_text_gives_an_answer(tmp_path: Path) -> None:
    for number, page in enumerate(([Text(60, 60, "?")], [Text(60, 60, "2021")], [Text(60, 60, BULLET)], PAGE[3:])):
        assert parse(draw(tmp_path / f"{number}.pdf", page))["pages"] == 1


PROFILE = """\
basics:
  name: Nora Kemp
  email: nora.kemp@example.org
  phone: "+44 20 7946 0958"
work:
  - {name: Front Ridge Hospital, position: charge nurse, start: 2021, end: present, highlights: [Led nine nurses.]}
education:
  - {institution: University of Front Ridge, study_type: Diploma, start: 2017, end: 2021}
  - {institution: College of Mile Valley, study_type: Bachelor of Science, date: since 2022}
"""


def test_check_says_what_a_parser_may_misread_if_asked(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    ran = run_cvgen("check", profile, "--as-parser", "--format", "json")
    (document,) = json.loads(ran.out)["cells"]
    found = {(one["check"], one["severity"], one["line"]) for one in document["findings"]}
    assert (ran.code, found) == (0, {("parser", "notice", line) for line in (2, 6, 8, 9)})
    told = " ".join(one["message"] for one in document["findings"])
    assert "+44 20 7946 0958" in told
    assert "'charge nurse' is not found as the title of a job: parsers look for 'Nurse' in this spelling" in told
    assert "no degree was found for 'University of Front Ridge'" in told
    assert json.loads(run_cvgen("check", profile, "--format", "json").out)["cells"][0]["findings"] == []
