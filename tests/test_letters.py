"""Letters: their parts in the order of the language, in both backends, on their own and with a CV; wrong input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from helpers import run_cvgen
from pdf import read_pages
from PIL import Image

import cvgen
from cvgen.model.document import Document
from cvgen.model.language_files import known_languages
from cvgen.pipeline.schema import profile_schema
from cvgen.select.letter import select_letter
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import read_career

PROFILE = """\
basics: {name: Wei Lin, email: wei.lin@example.org, location: {address: Langstrasse 12, city: Zurich}}
work: [{name: Lab, position: Engineer, start: 2020}]
variants: {short: {theme: modern, sections: [work]}, long: {sections: [work]}}
letters:
  acme:
    variant: long
    language: LANGUAGE
    recipient: {name: Ada Long, role: Head of Data, organization: Acme Ltd, address: "1 Quay\\nDublin"}
    date: 2026-05-03
    subject: Data engineer
    body: |
      I moved a **batch** platform, and kept [everyone](https://example.org) on board.

      - One thing.
      - Another.
    enclosures: [Curriculum vitae, References]
"""


def write_profile(folder: Path, language: str = "en", text: str = PROFILE) -> Path:
    path = folder / "profile.yaml"
    path.write_text(text.replace("LANGUAGE", language), "utf-8")
    return path


def read_letter(folder: Path, language: str, text: str = PROFILE) -> Document:
    career = read_career(write_profile(folder, language, text)).career
    assert career
    return select_letter(career, resolve_variant(career, "long"), "acme").document


def say(document: Document) -> dict[str, str]:
    """Part → its text."""
    return {part.name: str(part.text) or str(part.title) for part in document.sections}


@pytest.mark.parametrize("language", known_languages())
def test_every_language_prints_every_part(tmp_path: Path, language: str) -> None:
    said = say(read_letter(tmp_path, language))
    assert set(said) == {
        "recipient", "date", "subject", "salutation", "body", "closing", "signature", "enclosures"
    }  # fmt: skip
    assert all(line in said["recipient"] for line in ("Ada Long", "Head of Data", "Acme Ltd", "1 Quay", "Dublin"))
    assert "2026" in said["date"]
    assert "Data engineer" in said["subject"]
    assert "{" not in "".join(said.values())


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "date recipient subject salutation body closing signature enclosures"),
        ("en-GB", "recipient date salutation subject body closing signature enclosures"),
        ("de", "recipient date subject salutation body closing signature enclosures"),
        ("ja", "date recipient signature subject salutation body closing enclosures"),
        ("zh", "recipient subject salutation body closing signature date enclosures"),
    ],
)
def test_the_parts_are_in_the_order_of_the_language(tmp_path: Path, language: str, order: str) -> None:
    assert [part.name for part in read_letter(tmp_path, language).sections] == order.split()


def test_the_words_are_those_of_the_language(tmp_path: Path) -> None:
    german, french, chinese = (say(read_letter(tmp_path, code)) for code in ("de", "fr", "zh"))
    assert german["date"] == "Zurich, 3. Mai 2026"
    assert german["subject"] == "Data engineer"
    assert german["salutation"] == "Guten Tag Ada Long,"
    assert german["recipient"].startswith("Acme Ltd")
    assert french["subject"] == "Objet\u00a0: Data engineer"
    assert french["date"] == "Zurich, le 3 mai 2026"
    assert french["salutation"] == "Madame, Monsieur,"
    assert chinese["closing"] == "此致\n敬礼！"
    japanese = say(read_letter(tmp_path, "ja"))
    assert japanese["recipient"].endswith("Ada Long 様")
    assert japanese["salutation"] == "拝啓"


def test_without_a_name_the_salutation_is_for_an_unknown_reader(tmp_path: Path) -> None:
    text = PROFILE.replace("name: Ada Long, ", "")
    assert say(read_letter(tmp_path, "de", text))["salutation"] == "Sehr geehrte Damen und Herren,"
    british = say(read_letter(tmp_path, "en-GB", text))
    assert (british["salutation"], british["closing"]) == ("Dear Hiring Team,", "Yours faithfully,")
    assert "Acme Ltd 御中" in say(read_letter(tmp_path, "ja", text))["recipient"]


def test_a_text_of_the_person_replaces_that_of_the_language(tmp_path: Path) -> None:
    own = "    salutation: Hello,\n    closing: Bye,\n    signature: W. L.\n    place: Here\n    body: |"
    said = say(read_letter(tmp_path, "en", PROFILE.replace("    body: |", own)))
    assert [said[part] for part in ("salutation", "closing", "signature", "date")] == [
        "Hello,", "Bye,", "W. L.", "Here, May 3, 2026"
    ]  # fmt: skip


def test_check_passes_and_the_recipient_stands_in_the_window(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, "de")
    checked = run_cvgen("check", profile, "-v", "long", "--format", "json")
    assert checked.code == 0, checked.out
    assert "letter acme" in checked.out
    ran = run_cvgen("render", profile, "-v", "long", "--with-letter", "-o", tmp_path / "cv.pdf")
    assert ran.code == 0, ran.out + ran.err
    assert (tmp_path / "cv.pdf").exists()
    (page,) = read_pages((tmp_path / "cv-letter-acme.pdf").read_bytes())
    text = page.text.replace("\r\n", "\n")
    parts = ["Acme Ltd", "Zurich, 3. Mai 2026", "Data engineer", "Guten Tag", "I moved", "Another", "Mit freundlichen"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert max(len(line) for line in text.splitlines()) < 86
    line = next(box for box in page.rects if "Acme" in box.text)
    assert 60 < (page.height - line.top) / 72 * 25.4 < 67


def test_the_tex_has_every_part_and_the_theme_s_head(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    assert run_cvgen("render", profile, "--letter", "acme", "-t", "modern", "-f", "tex").code == 0
    source = (tmp_path / "profile-letter-acme.tex").read_text("utf-8")
    body = source.partition(r"\name{Wei Lin}")[2]
    assert body.index(r"\makecvheader") < body.index("May 3, 2026") < body.index(r"Dear Ada Long,")
    assert r"\textbf{batch}" in body
    assert "paracol}{2}" not in body


def test_the_text_has_the_parts_in_order_with_a_line_between(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    assert run_cvgen("render", profile, "--letter", "acme", "-f", "txt").code == 0
    text = (tmp_path / "profile-letter-acme.txt").read_text("utf-8")
    assert (
        "\n\nMay 3, 2026\n\nAda Long\nHead of Data\nAcme Ltd\n1 Quay\nDublin\n\nRe: Data engineer\n\nDear Ada" in text
    )
    assert run_cvgen("render", profile, "--letter", "acme", "-f", "json").code == 2
    with pytest.raises(cvgen.InputError, match="no place for letters"):
        cvgen.render(profile, letter="acme", format="json", output=tmp_path / "letter.json")


def test_a_word_file_has_the_parts_on_their_sides_and_the_signature(tmp_path: Path) -> None:
    Image.new("RGB", (40, 20), "navy").save(tmp_path / "sign.png")
    signed = PROFILE.replace("    enclosures", "    signature: {image: sign.png}\n    enclosures")
    profile = write_profile(tmp_path, "de", signed)
    assert run_cvgen("render", profile, "--letter", "acme", "-f", "docx", "-o", tmp_path / "l.docx").code == 0
    letter = docx.Document(str(tmp_path / "l.docx"))
    paragraphs = {paragraph.text: paragraph for paragraph in letter.paragraphs}
    assert paragraphs["Zurich, 3. Mai 2026"].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert paragraphs["Guten Tag Ada Long,"].alignment is None
    assert paragraphs["Data engineer"].runs[0].bold
    assert len(letter.inline_shapes) == 1
    styles = {paragraph.style.name for paragraph in letter.paragraphs if paragraph.style}
    assert styles == {"Title", "Contacts", "Body Text", "List Bullet"}


def test_the_date_comes_from_the_option_or_is_reported(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, text=PROFILE.replace("    date: 2026-05-03\n", ""))
    ran = run_cvgen("render", profile, "--letter", "acme", "-f", "html")
    assert "the letter 'acme' has no date" in (ran.out + ran.err)
    ran = run_cvgen("render", profile, "--letter", "acme", "-f", "html", "--date", "2026-06-04")
    assert "no date" not in (ran.out + ran.err)
    assert "June 4, 2026" in (tmp_path / "profile-letter-acme.html").read_text("utf-8")
    assert run_cvgen("render", profile, "--letter", "acme", "--date", "soon").code == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("variant: long", "variant: lang"), "there is no variant 'lang'"),
        (("date: 2026", "date: present #"), "this cannot be the date of a letter"),
        (("    body: |", "    text: |"), "unknown key 'text'"),
        (("    enclosures", "    signature: {image: sig.png}\n    enclosures"), "sig.png"),
        (("  acme:\n", "  acme:\n  other:\n"), "'body' is missing"),
    ],
)
def test_wrong_input_is_reported_at_its_place(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    profile = write_profile(tmp_path, text=PROFILE.replace("LANGUAGE", "en").replace(*change))
    ran = run_cvgen("render", profile, "--letter", "acme", "-f", "html")
    assert ran.code == 2
    assert message in (ran.out + ran.err)


def test_unknown_letters_and_options_that_do_not_go_together(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    ran = run_cvgen("render", profile, "--letter", "acm")
    assert (ran.code, "did you mean 'acme'?" in (ran.out + ran.err)) == (2, True)
    assert "no letter goes with" in run_cvgen("render", profile, "-v", "short", "--with-letter").err
    for options in (
        ("--letter", "acme", "--all"),
        ("--with-letter", "-o", "-"),
        ("--letter", "acme", "--role", "first"),
    ):
        assert run_cvgen("render", profile, *options).code == 2


def test_all_variants_are_rendered_with_their_letters_if_asked(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    for options, has_letter in ((("--all",), False), (("--all", "--with-letter"), True)):
        folder = tmp_path / f"out{has_letter}"
        ran = run_cvgen("render", profile, *options, "-f", "txt", "-o", folder)
        assert ran.code == 0, ran.err
        names = sorted(path.name for path in folder.iterdir())
        assert any("acme" in name for name in names) is has_letter, names
        assert len(names) > 1


def test_match_starts_a_letter_with_its_variant(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    posting = tmp_path / "posting.txt"
    posting.write_text(
        "Lab engineer\nCompany: Umbra\n\nRequirements\n\n- Lab experience\n- Engineer by training\n", "utf-8"
    )
    before = profile.read_text("utf-8").splitlines()
    ran = run_cvgen("match", profile, posting, "--write", "umbra", "--letter", "--no-fit")
    assert ran.code == 0, ran.out + ran.err
    after = profile.read_text("utf-8")
    assert all(line in after.splitlines() for line in before if not line.startswith("variants:"))
    assert "      organization: Umbra" in after
    assert "    # the posting asks for: " in after
    ran = run_cvgen("render", profile, "--letter", "umbra", "-f", "html")
    assert "still has the text that it was started with" in (ran.out + ran.err)
    assert run_cvgen("match", profile, posting, "--letter").code == 2


def test_a_long_comment_of_that_letter_ends_after_a_word(tmp_path: Path) -> None:
    profile, posting = write_profile(tmp_path), tmp_path / "posting.txt"
    asked = "\n".join(f"- {'abcdefgh'[number]}{'rmonolithography'[:14]}s" for number in range(8))
    posting.write_text(f"Lab engineer\n\nRequirements\n\n- Lab experience\n{asked}\n", "utf-8")
    assert run_cvgen("match", profile, posting, "--write", "umbra", "--letter", "--no-fit").code == 0
    (line,) = [line for line in profile.read_text("utf-8").splitlines() if "# the posting asks for: " in line]
    *words, end = line.partition(": ")[2].replace(" …", ", …").split(", ")
    assert end == "…"
    assert all(re.search(rf"- {word}\b", posting.read_text("utf-8")) for word in words), line


def test_the_schema_describes_letters() -> None:
    schema = json.dumps(profile_schema())
    assert "What the letter is about, without a word such as Re" in schema
