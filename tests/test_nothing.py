"""Null, empty text, an empty list and an empty mapping are as if they were not in the profile."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen
from rendering import read_document

from cvgen.model.document import Document
from cvgen.pipeline.schema import profile_schema

FULL = """\
basics:
  name: Wei Lin
  label: {label}
  email: {email}
  location: {location}
  profiles: {profiles}
  summary: {summary}
language: {language}
bibliography: {{files: {files}, orcid: {orcid}, marks: {marks}, annotations: {{x: {word}}}}}
education: {education}
work:
  - {{name: Lab, position: {position}, start: 2020, end: {end}, url: {url}, tags: {tags}, short: {short},
     mentor: {{name: {mentor}}}, highlights: {highlights}, priority: {priority}, pin: {pin}}}
skills: [{{name: Code, keywords: {keywords}}}]
sections:
  more: {{title: More, text: {text}, entries: {entries}}}
variants:
  v:
    theme: {theme}
    language: {variant_language}
    options: {{accent: {accent}}}
    tags: {asked}
    pages: {pages}
    file: {file}
    sections:
      - summary
      - work: {{title: {title}, where: {where}, limit: {limit}, tags: {wanted}}}
      - skills
      - more
"""
KEYS = tuple(name for _, name, _, _ in string.Formatter().parse(FULL) if name)


def read(folder: Path, text: str, variant: str | None = "v") -> Document:
    (folder / "profile.yaml").write_text(text, "utf-8")
    return read_document(folder / "profile.yaml", variant)


def outline(document: Document) -> Any:
    parts = [(part.kind, part.label, part.dates, part.tags, part.priority, part.pin) for part in document.walk()]
    items = [(item.url, [str(note) for note in item.notes]) for section in document.sections for item in section.items]
    return parts, items, document.contacts, str(document.label), document.language


@pytest.mark.parametrize("nothing", ["null", "~", "Null", "''", '""', "' '", "[]", "{}", "[null, ~, '']", "!!null ''"])
def test_nothing_is_as_if_the_key_were_absent(tmp_path: Path, nothing: str) -> None:
    absent = "basics: {name: Wei Lin}\nwork: [{name: Lab, start: 2020}]\nskills: [{name: Code}]\n"
    absent += "sections: {more: {title: More}}\nvariants: {v: {sections: [summary, work, skills, more]}}\n"
    filled = FULL.format(**dict.fromkeys(KEYS, nothing))
    assert outline(read(tmp_path, filled)) == outline(read(tmp_path, absent))


def test_keys_with_nothing_after_them_are_as_if_absent(tmp_path: Path) -> None:
    shown = read(
        tmp_path, "basics:\n  name: Wei Lin\n  label:\nwork:\n  - name: Lab\n    start: 2020\n    end:\n", None
    )
    assert [item.dates for section in shown.sections for item in section.items] == ["2020 – present"]
    assert not shown.label


def test_empty_items_of_lists_are_dropped(tmp_path: Path) -> None:
    entries = "work:\n  -\n  - {name: A, highlights: [null, One., '', Two.]}\n  - null\n  - {}\n  - {name: B}\n"
    (section,) = read(tmp_path, f"basics: {{name: Wei Lin}}\n{entries}", None).sections
    assert [str(item.heading) for item in section.items] == ["A", "B"]
    assert [str(bullet.text) for bullet in section.items[0].bullets] == ["One.", "Two."]


@pytest.mark.parametrize(
    "text", ["honors: []", "work: [{name: A, bullets: ''}]", "variants: {v: {sections: [work: {limt: ''}]}}"]
)
def test_a_key_that_no_profile_has_is_reported_also_with_an_empty_value(tmp_path: Path, text: str) -> None:
    (tmp_path / "profile.yaml").write_text(f"basics: {{name: A}}\n{text}\n", "utf-8")
    (told,) = read_told(run_cvgen("publications", tmp_path / "profile.yaml").err)
    assert told.message.startswith("unknown key ")


def test_an_empty_list_of_tags_is_a_choice_of_a_variant(tmp_path: Path) -> None:
    variants = "variants: {a: {tags: [x]}, b: {extends: a, tags: []}, c: {extends: a, tags: null}}\n"
    text = f"basics: {{name: A}}\nwork: [{{name: B, tags: [x]}}, {{name: C}}]\n{variants}"
    shown = {name: [str(i.heading) for s in read(tmp_path, text, name).sections for i in s.items] for name in "abc"}
    assert shown == {"a": ["B", "C"], "b": ["C"], "c": ["B", "C"]}


def test_quoted_words_are_text(tmp_path: Path) -> None:
    (section,) = read(tmp_path, "basics: {name: Wei Lin}\nwork: [{name: 'null', position: '~'}]\n", None).sections
    assert (str(section.items[0].heading), str(section.items[0].subheading)) == ("null", "~")


@pytest.mark.parametrize("body", ["", " null", " {}", " ~"])
def test_a_variant_without_settings_is_a_variant(tmp_path: Path, body: str) -> None:
    document = read(tmp_path, f"basics: {{name: Wei Lin}}\nwork: [{{name: A}}]\nvariants:\n  full:{body}\n", "full")
    assert [section.name for section in document.sections] == ["work"]


@pytest.mark.parametrize("section", ["skills:", "skills: null", "skills: {}", "skills: {title: null}"])
def test_a_section_of_a_variant_without_settings_is_shown(tmp_path: Path, section: str) -> None:
    rest = (
        f"work: [{{name: A}}]\nskills: [{{name: B}}]\nvariants:\n  v:\n    sections:\n      - {section}\n      - work\n"
    )
    document = read(tmp_path, f"basics: {{name: Wei Lin}}\n{rest}")
    assert [section.name for section in document.sections] == ["skills", "work"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("basics: {name: null}\n", "1:10", "'name' is empty in basics"),
        ("basics:\n  name:\n", "2:3", "'name' is empty in basics"),
        ("basics: null\n", "1:1", "'name' is missing in basics"),
        ("basics: {name: A}\nwork: [{name: B}, {name: '', position: C}]\n", "2:20",
         "'name' is empty in entry 2 of work"),
        ("basics: {name: A}\nawards:\n  -\n  - {title: ~}\n", "4:6", "'title' is empty in entry 2 of awards"),
        ("basics: {name: A}\nvariants: {v: {sections: [{publications: {group_by: [{title: B, where: ''}]}}]}}\n",
         "2:65", "'where' is empty"),
        ("basics: {name: A}\nsections: {own: {title: B, entries: [{title: null, date: 2020}]}}\n", "2:39",
         "'title' is empty in entry 1 of sections.own.entries"),
    ],
)  # fmt: skip
def test_where_a_value_is_needed_the_message_says_that_it_is_empty(
    tmp_path: Path, text: str, place: str, message: str
) -> None:
    (tmp_path / "profile.yaml").write_text(text, "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-o", tmp_path / "cv.html", "-f", "html", *INSTALLED_FONTS)
    (told,) = read_told(ran.err)
    assert (ran.code, told.place, told.severity) == (2, f"{tmp_path / 'profile.yaml'}:{place}", "error")
    assert message in told.message


@pytest.mark.parametrize("text", ["null\n", "~\n", "# nothing\n", "---\n"])
def test_a_file_of_nothing_is_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "profile.yaml").write_text(text, "utf-8")
    (told,) = read_told(run_cvgen("publications", tmp_path / "profile.yaml").err)
    assert told.message == "the profile is empty"


@pytest.mark.parametrize("value", ["", " null", " ~", " []", " ['', ~]"])
def test_an_alias_is_added_where_the_key_has_no_value(tmp_path: Path, value: str) -> None:
    profile = tmp_path / "profile.yaml"
    head = "basics: {name: Wei Lin}\nbibliography:\n  files: [papers.bib]\n  aliases:"
    profile.write_text(f"{head}{value}\n", "utf-8")
    (tmp_path / "papers.bib").write_text("@misc{a, title={T}, author={Lin, W.}, year=2024}\n", "utf-8")
    ran = run_cvgen("publications", profile, "--add-alias", "W. Lin")
    assert ran.code == 0, ran.err
    assert '"W. Lin"' in profile.read_text("utf-8")


def nulls(node: Any, path: str = "") -> Iterator[str]:
    """The paths in a JSON Schema where ``null`` is a type, a default or a choice."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from nulls(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from nulls(value, f"{path}/{index}")
    elif node is None or node == "null":
        yield path


def test_the_schema_knows_no_null() -> None:
    schema = json.loads(json.dumps(profile_schema()))
    allowed = re.compile(r"/\$defs/BasicsChange/properties/\w+/anyOf/\d/const")  # what a variant removes
    assert not [path for path in nulls(schema) if not allowed.fullmatch(path)]
    assert "label" in schema["$defs"]["Basics"]["properties"]
