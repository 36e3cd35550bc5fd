"""The table of sections: the profile, the words, the manual and the page agree with it, and nothing else names one."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import FIXTURES, INSTALLED_FONTS, read_told, run_cvgen, valid_career

import cvgen
from cvgen.convert.import_formats import FORMATS
from cvgen.fit.years import find_gap
from cvgen.model.entry import Entry, EntryWithPositions, PersonBody
from cvgen.model.language_files import known_languages
from cvgen.model.part import PartKind
from cvgen.model.profile import Profile
from cvgen.model.sections import ENTRY_SECTIONS, LIKE, OWN, SECTIONS, SectionRow, find_span
from cvgen.select.build_document import select_document
from cvgen.select.language import load_words
from cvgen.select.variant import resolve_variant

PAGE = (FIXTURES.parent.parent / "docs" / "profile.md").read_text("utf-8")
PACKAGE = Path(cvgen.__file__).parent
ROWS = [pytest.param(row, id=row.name) for row in LIKE.values()]


def class_of(row: SectionRow) -> type[Entry]:
    assert row.entry
    return row.entry


def own_fields(row: SectionRow) -> set[str]:
    return set(class_of(row).model_fields) - set(EntryWithPositions.model_fields)


def test_the_profile_has_a_field_for_each_section_and_no_other_list_of_entries() -> None:
    listed = {
        name: field.annotation
        for name, field in Profile.model_fields.items()
        if getattr(field.annotation, "__origin__", None) is tuple
    }
    assert listed == {name: tuple[class_of(SECTIONS[name]), ...] for name in ENTRY_SECTIONS}  # type: ignore[misc]


def test_the_schema_offers_every_section_and_what_it_can_be_like() -> None:
    schema = json.loads(run_cvgen("schema").out)
    assert set(ENTRY_SECTIONS) <= set(schema["properties"])
    assert schema["$defs"]["CustomSection"]["properties"]["like"]["enum"] == [OWN.name, *ENTRY_SECTIONS]


@pytest.mark.parametrize("row", ROWS)
def test_every_field_of_an_entry_has_a_place_in_its_item(row: SectionRow) -> None:
    fields = row.fields
    parts = (fields.heading, fields.subheading, fields.aside, fields.details, fields.notes, fields.contacts,
             fields.metrics, fields.logo)  # fmt: skip
    placed = " ".join(parts).split()
    assert len(placed) == len(set(placed))
    assert set(placed) == own_fields(row)
    is_required = class_of(row).model_fields[fields.heading].is_required()
    assert is_required or issubclass(class_of(row), EntryWithPositions)
    assert set(row.terms.split()) <= own_fields(row)


@pytest.mark.parametrize("language", known_languages())
def test_every_section_has_a_heading_and_every_note_its_label(language: str) -> None:
    words = load_words(language)
    assert all(words[name] for name in SECTIONS)
    for row in LIKE.values():
        for name in row.fields.notes.split():
            annotation = str(class_of(row).model_fields[name].annotation)
            assert name in words or not re.search(rf"tuple|{PersonBody.__name__}", annotation), name


def test_the_readme_lists_the_sections() -> None:
    (listed,) = re.findall(r"^Sections: `([a-z\s]+)`", PAGE, re.MULTILINE)
    assert sorted(listed.split()) == sorted(SECTIONS)
    table = PAGE.partition("| section | its own fields")[2].partition("\n\n")[0]
    assert {name for row in table.splitlines()[1:] for name in re.findall(r"`(\w+)`", row.split("|")[1])} == {
        *ENTRY_SECTIONS
    }


PARSER = ("examine/parser/", "examine/checks/misread.py", "pipeline/parsed_pdf.py", "cli/parsed_report.py")
"""What reads the PDFs of others, in which these are names of what a parser finds."""


def test_no_module_but_the_table_names_a_section_of_entries() -> None:
    named = {
        (path.relative_to(PACKAGE).as_posix(), node.value)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in ENTRY_SECTIONS
    }
    assert {name for path, name in named if path == "model/sections.py"} == set(ENTRY_SECTIONS)
    importers = tuple(f"convert/{row.read.__module__.rpartition('.')[2]}" for row in FORMATS.values())
    elsewhere = {
        (path, name) for path, name in named if not path.startswith(("model/sections.py", *importers, *PARSER))
    }
    assert elsewhere == {("model/kinds.py", "talks")}  # a kind of publication


def filled_entry(row: SectionRow) -> dict[str, Any]:
    """An entry with every field of its own filled: the section and the field, without a space."""
    entry: dict[str, Any] = {}
    for name in own_fields(row):
        if name in ("logo", "stars"):  # not texts: each has a test of its own
            continue
        text = f"{row.name}{name}q"
        annotation = str(class_of(row).model_fields[name].annotation)
        text = f"{text}@example.org" if name == "email" else text
        entry[name] = [text] if annotation.startswith("tuple") else text
    return entry


def test_every_section_prints_all_its_fields_in_the_order_of_the_table(tmp_path: Path) -> None:
    profile: dict[str, Any] = {name: [filled_entry(SECTIONS[name])] for name in ENTRY_SECTIONS}
    profile["basics"] = {"name": "Wei Lin", "summary": "A summary."}
    profile["sections"] = {
        f"own-{name}": {"title": f"Own {name}", "like": name, "entries": [filled_entry(row)]}
        for name, row in LIKE.items()
    }
    (tmp_path / "profile.yaml").write_text(yaml.safe_dump(profile), "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "html", "-o", tmp_path / "out.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    page = (tmp_path / "out.html").read_text("utf-8")
    for row in LIKE.values():
        for name in filled_entry(row):
            assert page.count(f"{row.name}{name}q") >= (1 if row is OWN else 2), (row.name, name)
    headings = [re.sub("<[^>]*>", "", heading) for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    words = load_words("en")
    named = [words[name] for name in SECTIONS if name != "publications"]
    assert headings[: len(named)] == named
    assert headings[len(named) :] == [f"Own {name}" for name in sorted(LIKE)]


def test_an_own_section_cannot_take_the_name_of_a_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(
        "basics: {name: Wei Lin}\nwork: [{name: Acme}]\n"
        "sections:\n  work: {title: Jobs, like: work, entries: [{name: Initech}]}\n",
        "utf-8",
    )
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-o", tmp_path / "out.pdf")
    assert ran.code == 2
    (told,) = read_told(ran.err)
    assert told.place.endswith("profile.yaml:4:3")
    assert told.message == "'work' is the name of a built-in section"
    assert told.hint == "give your own section another name"


def test_a_job_without_an_end_goes_on(tmp_path: Path) -> None:
    jobs = "[{name: A, start: 2018}, {name: B, start: 2020, end: 2022}, {name: C, start: 2012, end: 2017}]"
    career = valid_career(tmp_path, "", f"work: {jobs}")
    parts = select_document(career, resolve_variant(career, None)).draft.parts
    current, second, oldest = [part for part in parts if part.kind is PartKind.ENTRY]
    assert find_gap(parts, [current.ref, oldest.ref]) is None
    assert find_gap(parts, [second.ref, oldest.ref]) == current


@pytest.mark.parametrize(
    ("section", "dates", "goes_on"),
    [
        pytest.param("work", "start: 2020", True, id="job"),
        pytest.param("work", "start: 2020, end: 2021", False, id="job-that-ended"),
        pytest.param("work", "date: 2020", False, id="job-with-one-date"),
        pytest.param("education", "start: 2020", True, id="degree"),
        pytest.param("awards", "start: 2020", False, id="award"),
    ],
)
def test_what_has_a_start_and_no_end_goes_on_where_its_kind_lasts(
    tmp_path: Path, section: str, dates: str, goes_on: bool
) -> None:
    heading = SECTIONS[section].fields.heading
    career = valid_career(tmp_path, "", f"{section}: [{{{heading}: A, {dates}}}]")
    (entry,) = career.profile.entries(section)
    span = find_span(entry)
    assert span
    assert bool(span.end and span.end.is_present) is goes_on
