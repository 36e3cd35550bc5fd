"""``cvgen import`` of RenderCV, YAMLResume, LinkedIn and ORCID: nothing is lost, and fields keep their meaning."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
import yaml
from helpers import INSTALLED_FONTS, run_cvgen
from imports import SAMPLES, imported, lost_texts, texts_in, texts_of_a_person, zipped

import cvgen
from cvgen.model.entry import list_positions

# --- RenderCV --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rendercv.yaml", "rendercv-old.yaml", "rendercv-zh.yaml", "yamlresume.yml"])
def test_nothing_of_a_file_in_yaml_is_lost(name: str, tmp_path: Path) -> None:
    imported(SAMPLES / name, tmp_path)
    tree = yaml.load((SAMPLES / name).read_text("utf-8"), Loader=yaml.BaseLoader)
    rewritten = {
        "tel:+34-612-345-678": "+34-612-345-678",
        "Published research - In a journal - At a workshop": "Published research\nIn a journal\nAt a workshop",
        "[Kite camera](https://kite.example.org)": "Kite camera\nhttps://kite.example.org",
    }
    assert lost_texts(texts_in(tree), tmp_path, rewritten) == []


def test_rendercv_file_is_checked_at_once(tmp_path: Path) -> None:
    imported(SAMPLES / "rendercv.yaml", tmp_path)
    ran = run_cvgen("check", tmp_path / "profile.yaml")
    assert (ran.code, "0 errors" in ran.out) == (0, True), ran.out


def test_sections_of_a_rendercv_file_keep_their_order_and_titles(tmp_path: Path) -> None:
    profile = imported(SAMPLES / "rendercv.yaml", tmp_path)
    shown = profile.variants["full"].sections or ()
    assert [(one.section, str(one.title) if one.title else None) for one in shown] == [
        ("summary", "About me"),
        ("work", "Professional experience"),
        ("teaching_experience", None),
        ("education", None),
        ("publications", None),
        ("projects", None),
        ("selected_honors", None),
        ("skills", None),
        ("languages", None),
        ("patents", None),
        ("invited_talks", None),
    ]
    assert profile.language == "es"
    institute, diver = profile.work
    assert [str(one.position) for one in list_positions(institute)] == ["Senior researcher", "Researcher"]
    first = list_positions(institute)[0]
    assert [str(one.text) for one in first.highlights] == ["Counted 1,200 whales - twice", "Published research"]
    assert [str(one.text) for one in first.highlights[1].highlights] == ["In a journal", "At a workshop"]
    assert diver.dates
    assert diver.dates.end
    assert diver.dates.end.period == "summer"
    assert (str(profile.projects[0].name), profile.projects[0].url) == ("Kite camera", "https://kite.example.org")
    assert [str(word) for word in profile.skills[0].keywords] == [
        "Diving",
        "sailing (Yachtmaster, offshore)",
        "first aid",
    ]
    assert profile.sections["teaching_experience"].like == "work"
    assert [one.address for one in profile.basics.profiles] == [
        "https://www.linkedin.com/in/tomas-reyes",
        "https://stackoverflow.com/users/12323/tomas-reyes",
        "https://orcid.org/0000-0002-1825-0097",
        "https://www.instagram.com/tomas.sea/",
        "https://example.social/@tomas",
    ]
    rows = cvgen.publications(tmp_path / "profile.yaml").rows
    assert [(row["title"], row["position"]) for row in rows] == [
        ("Songs of whales in shallow water", 1),
        ("Counting from kites", 2),
    ]


def test_lists_of_papers_of_a_rendercv_file_stay_apart(tmp_path: Path) -> None:
    profile = imported(SAMPLES / "rendercv-old.yaml", tmp_path)
    lists = [one for one in profile.variants["full"].sections or () if one.section == "publications"]
    assert [str(one.title) for one in lists] == ["Conference papers", "Journal Papers"]
    assert profile.bibliography.aliases == ("M. Novak",)
    page = tmp_path / "cv.html"
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "html", "-o", page, *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    text = re.sub(r"</?span[^>]*>", "", page.read_text("utf-8"))  # small capitals
    order = [text.index(words) for words in ("Conference papers", "On butter", "Journal Papers", "On sugar")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("cv:\n  name: 'Wei Lin\n  sections: {}\n", "cv.yaml:2:9", id="no-quote"),
        pytest.param("cv:\n  sections:\n    work: [a, b\n", "cv.yaml:", id="no-bracket"),
        pytest.param("cv:\n  sections: {a: [x]}\n", "does not say whose profile", id="no-name"),
        pytest.param("cv:\n  name: A\n  name: B\n  sections: {}\n", "'name' is used twice", id="key-twice"),
        pytest.param("Dear all,\nhello: world\n", "not a file that cvgen can import", id="other"),
    ],
)
def test_broken_yaml_is_an_error_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text(text, "utf-8")
    ran = run_cvgen("import", tmp_path / "cv.yaml", "-o", tmp_path / "out")
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not (tmp_path / "out").exists()


# --- LinkedIn --------------------------------------------------------------------------------------------------------

LINKEDIN = {
    name: {path.name: path.read_text("utf-8") for path in sorted((SAMPLES / f"linkedin-{name}").iterdir())}
    for name in ("full", "notes", "wide")
}
"""The files of three exports, by their names."""


@pytest.mark.parametrize(
    ("name", "encoding"), [("full", "utf-8"), ("full", "utf-16"), ("notes", "utf-8-sig"), ("wide", "utf-16-le")]
)
def test_nothing_of_a_linkedin_export_is_lost(name: str, encoding: str, tmp_path: Path) -> None:
    imported(zipped(LINKEDIN[name], tmp_path / "export.zip", encoding), tmp_path / "out")
    rows = [
        row
        for file, text in LINKEDIN[name].items()
        if file not in ("messages.csv", "Rich Media.csv")
        for row in csv.reader((text.partition("\n\n")[2] or text).splitlines(keepends=True))
    ]
    heads = {text.split("\n")[0].split(",")[0] for text in LINKEDIN[name].values()} | {"Notes:", "Company Name"}
    cells = (cell for row in rows if row and row[0] not in heads for cell in row)
    no_texts = ("Yes", "No", "1/1/20", "Mobile")  # of an address or number
    assert lost_texts((cell for cell in cells if cell not in no_texts), tmp_path / "out", REWRITTEN) == []


REWRITTEN = {
    "[PERSONAL:https://amara.example.org,OTHER:https://github.com/amara]": "amara.example.org\ngithub.com/amara",
}


def test_fields_of_a_linkedin_export_keep_their_meaning(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for name, text in LINKEDIN["full"].items():
        (folder / name).write_text(text, "utf-8")
    profile = imported(folder, tmp_path / "out")
    basics = profile.basics
    assert (str(basics.name), basics.email) == ("Amara Okafor", ("amara@example.org", "old@example.org"))
    assert str(basics.label) == "Nurse | Midwife *on call*"
    assert [one.address for one in basics.profiles] == ["https://twitter.com/amara_rn", "https://github.com/amara"]
    assert basics.url == ("https://amara.example.org",)
    clinic, post = profile.work
    head = list_positions(clinic)[0]
    assert (str(clinic.name), str(head.position), str(head.summary)) == (
        "Harbour Clinic",
        "Head midwife",
        "Leads a ward of 12 beds.",
    )
    assert [str(one.text) for one in head.highlights] == ["Cut waiting by 40%", "Wrote `triage` rules"]
    assert post.start
    assert post.start.iso == "2012"
    assert [str(word) for word in profile.skills[0].keywords] == ["Midwifery", "C# & Excel"]
    assert str(profile.languages[0].fluency) == "Native or bilingual proficiency"
    assert str(profile.referees[0].name) == "Ada Bello"
    ran = run_cvgen("check", tmp_path / "out" / "profile.yaml")
    assert (ran.code, "0 errors" in ran.out) == (0, True), ran.out


def test_odd_archives_are_refused_or_read_safely(tmp_path: Path) -> None:
    evil = {"../../evil/Profile.csv": "First Name,Last Name\nWei,Lin\n", "C:\\x\\Skills.csv": "Name\nChess\n", "d/": ""}
    profile = imported(zipped(evil, tmp_path / "names.zip"), tmp_path / "names")
    assert [str(word) for word in profile.skills[0].keywords] == ["Chess"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["names", "names.zip"]
    bomb = {"Profile.csv": "First Name,Last Name\nWei,Lin\n", "Skills.csv": "Name\n" + "x" * (20 << 20)}
    for data, said in (
        (zipped(bomb, tmp_path / "bomb.zip").read_bytes(), "too large"),
        ((tmp_path / "names.zip").read_bytes()[:60], "the ZIP is broken"),
        (zipped({"a.txt": "x"}, tmp_path / "other.zip").read_bytes(), "no file of a LinkedIn export"),
        (zipped({"word/document.xml": "x"}, tmp_path / "cv.docx").read_bytes(), "this is a Word document"),
        (zipped({"Profile.csv": 'A,B\n"x,y\n'}, tmp_path / "open.zip").read_bytes(), "Profile.csv:2"),
    ):
        (tmp_path / "in.zip").write_bytes(data)
        ran = run_cvgen("import", tmp_path / "in.zip", "-o", tmp_path / "out")
        assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not (tmp_path / "out").exists()


# --- ORCID -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["record.json", "version2.json", "small.json"])
def test_nothing_of_an_orcid_record_is_lost(name: str, tmp_path: Path) -> None:
    source = SAMPLES / "orcid" / name
    imported(source, tmp_path)
    record = json.loads(source.read_text("utf-8"))
    texts = texts_of_a_person([record["orcid-identifier"], record["person"], record["activities-summary"]])
    rewritten = {"journal-article": "", "JOURNAL_ARTICLE": "", "preprint": "", "author": "", "first": "", "true": ""}
    rewritten |= {"https://doi.org/10.1234/ice.1": "10.1234/ICE.1", "lecture-speech": "lecture speech"}
    assert lost_texts(texts, tmp_path, rewritten) == []


def test_parts_of_an_orcid_record_keep_their_meaning(tmp_path: Path) -> None:
    profile = imported(SAMPLES / "orcid" / "record.json", tmp_path)
    basics = profile.basics
    assert (str(basics.name), basics.location and basics.location.country_code) == ("Inés Vega", "ES")
    assert str(basics.summary).split("\n") == ["Studies *ice*.", "And snow."]
    assert profile.bibliography.orcid == "0000-0002-1825-0097"
    assert profile.bibliography.aliases == ("Inés Vega Soto", "I. Vega", "Vega-Soto, Inés")
    (institute,) = profile.work
    assert [(str(one.position), one.start and one.start.iso) for one in list_positions(institute)] == [
        ("Professor", "2019-01"),
        ("Postdoc", "2015"),
    ]
    assert (str(institute.name), str(institute.department)) == ("Institute of Cold", "Ice")
    degree = profile.education[0]
    assert (str(degree.study_type), str(degree.location), degree.end and degree.end.iso) == (
        "PhD",
        "Bergen, Vestland, NO",
        "2014-06-30",
    )
    assert (str(profile.grants[0].title), str(profile.grants[0].funder)) == ("Thin ice", "Agency of Research")
    assert (str(profile.awards[0].title), str(profile.awards[0].awarder)) == ("Polar Medal", "Polar Society")
    assert [(str(one.role), str(one.organization)) for one in profile.service] == [
        ("Fellow", "Academy of Water"),
        ("reviewer", "Journal of Ice"),
        ("Editor", "Journal of Ice"),
    ]
    rows = {row["title"]: row for row in cvgen.publications(tmp_path / "profile.yaml").rows}
    assert set(rows) == {"Thin ice & snow: A survey", "Frost", "Ice on film"}
    assert rows["Thin ice & snow: A survey"]["position"] == 1
    ran = run_cvgen("check", tmp_path / "profile.yaml")
    assert (ran.code, "0 errors" in ran.out) == (0, True), ran.out
