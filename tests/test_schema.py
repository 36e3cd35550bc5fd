"""The JSON Schema of profiles: it explains every field, and accepts and refuses what the reader does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from helpers import FIXTURES, run_cvgen
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter

from cvgen.diagnostics import InputError
from cvgen.model import date_pattern
from cvgen.model.base import Frozen
from cvgen.model.date_parser import parse_dates, parse_end, parse_start
from cvgen.pipeline.schema import profile_schema
from cvgen.pipeline.schema.generator import TypedLoader
from cvgen.sources.career import read_career
from cvgen.sources.yaml.text_reader import TextReader
from cvgen.sources.yaml.tree import parse_yaml

ROOT = FIXTURES.parents[1]
TEXTS = yaml.safe_load((ROOT / "cvgen/pipeline/schema/fields.yaml").read_text("utf-8"))


@cache
def schema() -> dict[str, Any]:
    return profile_schema()


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def say_faults(text: str, by: Draft202012Validator | None = None) -> list[str]:
    """What the schema refuses in a profile."""
    values = yaml.load(text, Loader=TypedLoader)
    return [f"{error.json_path}: {error.message[:200]}" for error in (by or validator()).iter_errors(values)]


def list_fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a profile: the path to it in the schema, and what the schema says of it."""
    kinds = {name: kind for name, kind in schema()["$defs"].items() if not name.startswith(("option", "Text", "Date"))}
    for name, kind in {"Profile": schema(), **kinds}.items():
        for body in (kind, *kind.get("anyOf", ())):
            if name != "SectionBody":  # the names of sections
                for field, about in body.get("properties", {}).items():
                    yield f"{name}.{field}", about


def list_models(model: type[BaseModel] = Frozen) -> Iterator[type[BaseModel]]:
    for below in model.__subclasses__():
        yield below
        yield from list_models(below)


# --- each field is explained


def test_each_field_has_a_description_and_an_example() -> None:
    fields = dict(list_fields())
    assert len(fields) > 250
    assert [name for name, about in fields.items() if not about.get("description", "").strip()] == []
    assert [name for name, about in fields.items() if not about.get("examples")] == []


def test_the_file_of_descriptions_has_no_row_without_a_field() -> None:
    models = {model.__name__: model for model in list_models()}
    for name, rows in TEXTS.items():
        model = models[name]
        assert set(rows) <= set(model.__annotations__), name
        twice = [field for field, row in rows.items() if "description" in row and model.model_fields[field].description]
        assert twice == [], f"{name}: said in the model too"


def test_each_example_is_one_for_the_schema() -> None:
    for name, about in list_fields():
        one = Draft202012Validator({**about, "$defs": schema()["$defs"]})
        for example in about["examples"]:
            assert [error.message for error in one.iter_errors(example)] == [], f"{name}: {example!r}"


def test_each_example_is_one_for_the_reader() -> None:
    adapters: dict[str, TypeAdapter[Any]] = {}
    models = {model.__name__: model for model in list_models()}
    for name, rows in TEXTS.items():
        models[name].model_rebuild()
        for field, row in rows.items():
            about = models[name].model_fields[field]
            typed: Any = Annotated[about.annotation, "field", *about.metadata]
            if repr(typed) not in adapters:
                adapters[repr(typed)] = TypeAdapter(typed)
            for example in row["examples"]:
                tree, problems = parse_yaml(f"value: {json.dumps(example, default=str)}", "example")
                assert problems == []
                if (name, field) != ("SectionBody", "group_by"):  # a list of it is read as groups
                    adapters[repr(typed)].validate_python(tree["value"], context=TextReader())


# --- it accepts what the reader accepts


PROFILES = sorted({*ROOT.glob("examples/*/profile.yaml"), *FIXTURES.glob("**/profile.yaml"),
                   *FIXTURES.glob("budget/*.yaml"), ROOT / "tests/goldens/profile.yaml"})  # fmt: skip


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_accepts_every_profile(path: Path) -> None:
    assert say_faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("name", ["examples/homepage", "tests/fixtures/matrix", "tests/fixtures/lu"])
def test_the_schema_of_a_project_accepts_it(name: str) -> None:
    path = ROOT / name / "profile.yaml"
    own = Draft202012Validator(profile_schema(path))
    assert say_faults(path.read_text("utf-8"), own) == []


def test_it_accepts_every_starter() -> None:
    files = [*(ROOT / "cvgen/pipeline/starter_files").glob("**/profile*.yaml")]
    assert len(files) >= 7
    for path in files:
        text = path.read_text("utf-8").replace("@NAME@", "Wei Lin")
        text = text.replace("@ADDRESS@", "wei").replace("@ACCOUNT@", "wei")
        assert say_faults(text) == [], path


DATES = [
    "2024",
    "2024-05",
    "2024-05-03",
    "2024/05",
    "2024.5",
    "05/2024",
    "May 2024",
    "mai 2024",
    "3. März 2020",
    "spring 2024",
    "Q3 2024",
    "2024Q3",
    "WS 2023/24",
    "2023/24",
    "Michaelmas term 2022",
    "expected 2026",
    "May 2026 (expected)",
    "present",
    "Heute",
    "2024年5月",
    "现在",
    "May 3, 2024",
]
RANGES = [
    "2019 to 2023",
    "Mar – Jun 2023",
    "2019 – present",
    "since 2015",
    "until 2019",
    "2022 – May 2026 (expected)",
    "2019-22",
    "2023-24",
    "2023, 2024, 2026",
    "spring and fall 2023",
    "May 3–5, 2024",
]
NO_DATES = [
    "2024-13",
    "2024-00",
    "2024-05-32",
    "2024-13-01",
    "03/05/2024",
    "05/24",
    "May",
    "24",
    "soon",
    "preesnt",
    "20240503",
    "??",
    "2024-5-99",
]


@pytest.mark.parametrize("typed", DATES)
def test_dates_of_the_reader_are_dates_of_the_schema(typed: str) -> None:
    parse_start(typed)
    assert say_faults(f"basics: {{name: A}}\nwork: [{{name: B, start: '{typed}', end: '{typed}'}}]") == []
    assert say_faults(f"basics: {{name: A}}\nwork: [{{name: B, date: '{typed}'}}]") == []


@pytest.mark.parametrize("typed", RANGES)
def test_ranges_of_the_reader_are_ranges_of_the_schema(typed: str) -> None:
    parse_dates(typed)
    assert say_faults(f"basics: {{name: A}}\nwork: [{{name: B, date: '{typed}'}}]") == []


@pytest.mark.parametrize("typed", NO_DATES)
def test_both_refuse_what_is_no_date(typed: str) -> None:
    for parse in (parse_start, parse_end, parse_dates):
        with pytest.raises(ValueError, match=r"."):
            parse(typed)
    for key in ("start", "end", "date"):
        assert len(say_faults(f"basics: {{name: A}}\nwork: [{{name: B, {key}: '{typed}'}}]")) == 1
    assert "write 2024, 2024-05" in schema()["$defs"]["Date"]["patternErrorMessage"]
    assert schema()["$defs"]["Date"]["pattern"] == date_pattern.DATE


# --- it refuses the words that the reader refuses


def variant(text: str) -> str:
    return f"basics: {{name: A}}\nvariants: {{full: {{{text}}}}}"


def section(text: str) -> str:
    return variant(f"sections: [{{publications: {{{text}}}}}]")


CLOSED = {
    "gender": ("basics: {name: A, gender: feminine}", "feminine"),
    "date style": ("basics: {name: A}\ndate_style: numeric", "numeric"),
    "word": ("basics: {name: A}\nwords: {present: today}", "present"),
    "like": ("basics: {name: A}\nsections: {own: {title: B, like: awards}}", "awards"),
    "mark": ("basics: {name: A}\nbibliography: {marks: {'*': equal}}", "equal"),
    "annotation": ("basics: {name: A}\nbibliography: {annotations: {phd: student}}", "student"),
    "comfort": (variant("comfort: roomy"), "roomy"),
    "order of a variant": (variant("order: relevance"), "relevance"),
    "theme option": (variant("theme: classic, options: {paper: a4}"), "a4"),
    "name of an option": (variant("theme: classic, options: {paper: a4}"), "paper"),
    "option of another theme": (variant("theme: classic, options: {paper: a4}"), "paper: a4}"),
    "color": (variant("theme: classic, options: {accent: '#123456'}"), "#123456"),
    "number": (variant("theme: classic, options: {size: 10}"), "10"),
    "sort": (section("sort: newest"), "newest"),
    "one of several orders": (section("sort: [-year, venue]"), "venue"),
    "group_by": (section("group_by: year"), "year"),
    "count_table": (section("count_table: topic"), "topic"),
    "numbered": (section("numbered: reversed"), "reversed"),
    "order of a section": (variant("sections: [{work: {order: relevance}}]"), "relevance"),
}
"""A text that both accept, and the word in it that is one of a few."""
WRONG = {"option of another theme": "no_such_option: 1}", "number": "99", "color": "blue-ish"}


def read(text: str, folder: Path) -> list[str]:
    """The errors of a render that reads the profile ``text``."""
    path = folder / "profile.yaml"
    path.write_text(text, "utf-8")
    ran = run_cvgen("render", path, "-f", "md", "-o", folder / "out.md")
    return ran.err.splitlines() if ran.code else []


@pytest.mark.parametrize("name", CLOSED)
def test_schema_and_reader_refuse_the_same_words(name: str, tmp_path: Path) -> None:
    text, word = CLOSED[name]
    wrong = text.replace(word, WRONG.get(name, "xyzzy"))
    assert wrong != text
    assert (say_faults(text), read(text, tmp_path)) == ([], [])
    assert say_faults(wrong) != []
    assert read(wrong, tmp_path) != []


def test_every_closed_word_of_the_schema_is_one_for_the_reader(tmp_path: Path) -> None:
    settings = schema()["$defs"]["SectionSettings"]["properties"]
    words = {
        "sort": settings["sort"]["anyOf"][0]["enum"],
        "group_by": settings["group_by"]["anyOf"][0]["enum"],
        "count_table": settings["count_table"]["enum"],
        "numbered": schema()["$defs"]["Numbering"]["anyOf"][0]["enum"],
    }
    lists = [f"{{publications: {{group_by: year, {key}: {str(word).lower()}}}}}" for key, each in words.items()
             for word in each if key != "group_by"]  # fmt: skip
    lists += [f"{{publications: {{group_by: {word}}}}}" for word in words["group_by"]]
    assert len(lists) > 30
    (tmp_path / "papers.bib").write_text("@article{a, author={B, A}, title={T}, journal={J}, year=2024}", "utf-8")
    sections = "\n".join(f"      - {one}" for one in lists)
    text = (
        f"basics: {{name: A B}}\nbibliography: {{files: [papers.bib]}}\nvariants:\n  full:\n    sections:\n{sections}\n"
    )
    assert read(text, tmp_path) == []


# --- the schema of a project


PROJECT = """\
basics: {name: A B, profiles: [{network: zenodo, username: ab}]}
bibliography: {files: [papers.bib, missing.bib]}
sections:
  shows: {title: Shows, like: awards, entries: [{title: {en: A, pl: B}, tags: [art]}]}
work: [{name: C, publications: []}]
variants:
  full: {theme: mine}
  short: {extends: full}
letters: {acme: {variant: short, body: D}}
"""
MINE = """\
extends: classic
description: Mine
options:
  glow: {type: number, default: 1, min: 0, max: 2, description: E}
"""


@cache
def own_validator(path: Path) -> Draft202012Validator:
    return Draft202012Validator(profile_schema(path))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "profile.yaml").write_text(PROJECT, "utf-8")
    (folder / "papers.bib").write_text("@string{x = {y}}\n@article{b2024, title={T}}\n  @Misc {b2023 ,}\n", "utf-8")
    (folder / "themes/mine").mkdir(parents=True)
    (folder / "themes/mine/theme.yaml").write_text(MINE, "utf-8")
    (folder / "themes/broken").mkdir()
    (folder / "themes/broken/theme.yaml").write_text("extends: nothing", "utf-8")
    return folder / "profile.yaml"


def test_the_schema_of_a_project_knows_its_names(project: Path) -> None:
    kinds = json.loads(json.dumps(own_validator(project).schema))["$defs"]
    assert {"shows", "work"} <= set(kinds["SectionBody"]["anyOf"][0]["enum"])
    assert kinds["Variant"]["properties"]["extends"]["enum"] == ["full", "short"]
    assert kinds["Letter"]["properties"]["variant"]["enum"] == ["full", "short"]
    assert "mine" in kinds["Variant"]["properties"]["theme"]["anyOf"][0]["enum"]
    assert "glow" in kinds["options_of_mine"]["properties"]
    assert kinds["Work"]["properties"]["tags"]["items"]["anyOf"][0]["enum"] == ["art"]
    assert kinds["Work"]["properties"]["publications"]["items"]["anyOf"][0]["enum"] == ["b2024", "b2023"]
    assert set(kinds["Bibliography"]["properties"]["entries"]["properties"]) == {"b2024", "b2023"}
    assert kinds["NetworkProfile"]["properties"]["network"]["anyOf"][0]["enum"][0] == "zenodo"
    assert set(kinds["Text"]["anyOf"][1]["properties"]) == {"en", "pl"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("theme: mine", "theme: mime"),
        ("theme: mine", "theme: mine, options: {glow: 3}"),
        ("theme: mine", "theme: classic, options: {glow: 1}"),
        ("extends: full", "extends: fool"),
        ("sections: [shows]", "sections: [experience]"),
        ("sections: [{shows: {limit: 1}}]", "sections: [{show: {limit: 1}}]"),
        ("sections: [{work: {with: [shows]}}]", "sections: [{work: {with: [show]}}]"),
    ],
)
def test_names_that_a_project_does_not_have_are_refused(project: Path, right: str, wrong: str) -> None:
    own = own_validator(project)
    first = "  full: {theme: mine}\n"
    assert first in PROJECT
    for text, is_right in ((right, True), (wrong, False)):
        changed = PROJECT.replace(first, f"{first}  other: {{{text}}}\n")
        assert (say_faults(changed, own) == []) is is_right, text
        if is_right:
            reading = read_career(project)
            assert not [
                problem for problem in reading.problems if problem.is_error and "missing.bib" not in str(problem)
            ]


def test_tags_and_papers_that_are_new_are_not_refused(project: Path) -> None:
    own = own_validator(project)
    assert say_faults(PROJECT.replace("publications: []", "publications: [new2026], tags: [new]"), own) == []


def test_a_profile_with_mistakes_has_a_schema_too(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text("basics: {nme: A}\nsections: {shows: 3}\nvariants: [full]\nwork: {}\n", "utf-8")
    assert "shows" in profile_schema(path)["$defs"]["SectionBody"]["anyOf"][0]["enum"]
    path.write_text("basics: {name: [", "utf-8")
    with pytest.raises(InputError):
        profile_schema(path)


def test_the_command_writes_the_schema_whole_or_not_at_all(project: Path) -> None:
    target = project.with_name("out.json")
    ran = run_cvgen("schema", project, "-o", target)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(target.read_text("utf-8")) == json.loads(run_cvgen("schema", project).out)
    failed = run_cvgen("schema", project.with_name("none.yaml"), "-o", target)
    assert failed.code == 2
    assert "there is no profile" in failed.err
    assert json.loads(target.read_text("utf-8"))["title"] == "cvgen profile"
    over = run_cvgen("schema", project, "-o", project)
    assert over.code == 2
    assert project.read_text("utf-8") == PROJECT


def test_new_writes_the_schema_of_the_profile_beside_it(tmp_path: Path) -> None:
    (tmp_path / "cvgen.schema.json").write_text("older", "utf-8")
    ran = run_cvgen("new", "Wei Lin", "-d", tmp_path)
    assert f"wrote {tmp_path / 'cvgen.schema.json'}" in ran.out.splitlines()
    assert "# yaml-language-server: $schema=./cvgen.schema.json" in (tmp_path / "profile.yaml").read_text("utf-8")
    own = json.loads((tmp_path / "cvgen.schema.json").read_text("utf-8"))
    assert own["$defs"]["Variant"]["properties"]["extends"]["enum"] == ["full", "short"]
