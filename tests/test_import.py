"""``cvgen import``: what other tools' files say is in the profile, in papers.bib or in a comment; nothing is lost."""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import run_cvgen
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from imports import SAMPLES, imported, lost_texts, texts_in, texts_of_a_person, zipped

import cvgen
from cvgen.cli.main import cli
from cvgen.model.entry import EntryWithPositions, list_positions
from cvgen.sources.json_file import parse_json

# --- JSON Resume -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["resume.json", "legacy.json", "wide.json"])
def test_nothing_of_a_json_resume_is_lost(name: str, tmp_path: Path) -> None:
    source = SAMPLES / name
    imported(source, tmp_path)
    rewritten = {"05/23/2009": "2009-05-23", "至今": "present", "tel:+886 2 2345 6789": "+886 2 2345 6789"}
    assert lost_texts(texts_in(parse_json(source.read_text("utf-8"), name)[0]), tmp_path, rewritten) == []


def test_json_resume_is_checked_at_once(tmp_path: Path) -> None:
    imported(SAMPLES / "resume.json", tmp_path)
    ran = run_cvgen("check", tmp_path / "profile.yaml")
    assert (ran.code, "0 errors" in ran.out) == (0, True), ran.out


def test_fields_of_a_json_resume_keep_their_meaning(tmp_path: Path) -> None:
    profile = imported(SAMPLES / "resume.json", tmp_path)
    basics = profile.basics
    assert [(one.network, one.username, one.url) for one in basics.profiles] == [
        ("github", "rosakeller", None),
        ("linkedin", "rosa-keller", None),
        ("CodePen", "rosa", "https://codepen.io/rosa"),
        ("gitlab", "rosakeller", None),
    ]
    assert [(str(one.label), str(one.text)) for one in basics.contacts] == [("Skype", "rosa.k")]
    assert basics.image == "rosa.png"
    assert (tmp_path / "rosa.png").read_bytes() == (SAMPLES / "rosa.png").read_bytes()
    assert basics.location
    assert (str(basics.location.city), basics.location.country_code) == ("Zurich", "CH")
    employer, intern = profile.work
    assert [str(one.position) for one in list_positions(employer)] == ["Lead engineer", "Engineer"]
    assert (str(employer.name), str(employer.location), employer.url) == (
        "Span AG",
        "Zurich, Switzerland",
        "https://span.example.org",
    )
    assert isinstance(employer, EntryWithPositions)
    assert intern.dates
    assert intern.dates.end
    assert (intern.start, intern.dates.end.iso) == (None, "2014")
    assert [str(course) for course in profile.education[0].courses] == ["C101 - Statics", "C205 - Soil: mechanics"]
    assert str(profile.education[0].score) == "5.50"
    assert str(profile.projects[0].role) == "Author, Maintainer"
    assert [str(word) for word in profile.skills[0].keywords] == ["Ansys", "Abaqus"]
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    assert "#   work[0].teamSize: 12" in text
    assert "#   meta.version: v1.0.0" in text
    rows = cvgen.publications(tmp_path / "profile.yaml").rows
    assert [(row["title"], row["position"]) for row in rows] == [
        ("Stone: a survey", 2),
        ("On arches & 50% load_tests", None),
    ]


def test_odd_values_of_a_json_resume_are_read_or_explained(tmp_path: Path) -> None:
    ran = run_cvgen("import", SAMPLES / "legacy.json", "-o", tmp_path)
    assert ran.code == 0
    assert "legacy.json:1:1" in ran.err
    assert "not strict JSON" in ran.err
    profile = cvgen.read_profile(tmp_path / "profile.yaml").profile
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    assert profile.basics.url == ("https://www.example.org/bjorn",)
    assert profile.basics.email == ("bjorn@example.org", "b.akesson@example.com")
    assert "I" not in str(profile.basics.image)
    assert "summary: |\n    Cook & baker; **sour dough** since 1999.\n\n    - Rye\n    - Wheat\n" in text
    assert "03/05/2015 ('03/05/2015' is not a date: write 2015-05-03 or 2015-03-05)" in text
    baker, dishes, cook = profile.work
    assert (dishes.dates and dishes.dates.is_open) is False  # its end cannot be read, but it has one
    assert [str(bullet.text) for bullet in baker.highlights] == ["Won a prize", "Wrote the recipes"]
    assert (str(dishes.name), dishes.date and dishes.date.end and dishes.date.end.iso) == ("Dishwasher", "2009-05-23")
    assert (cook.dates and cook.dates.start and cook.dates.start.iso) == "2010"
    assert [str(one.name) for one in profile.skills] == ["Baking", "Menus, prices", "Swedish"]
    assert [str(one.name) for one in profile.interests] == ["Fishing"]
    assert list(profile.sections) == ["selectedtalks", "motto"]
    assert str(profile.sections["selectedtalks"].title) == "Selected talks"
    assert [str(entry.title) for entry in profile.sections["selectedtalks"].entries] == [
        "Bread without hurry",
        "A talk at home",
    ]
    assert "#   theme.fonts[1]: Lora" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('{"basics": {"name": "Wei Lin"}\n "work": []}', 'resume.json:2:2', id="no-comma"),
        pytest.param('{"basics": {"name": "Wei Lin}}', "resume.json:1:31", id="no-quote"),
        pytest.param('{"basics": {"name": "Wei Lin"}', "the text ends too early", id="no-bracket"),
        pytest.param('{"basics": {}}', "does not say whose profile", id="no-name"),
        pytest.param('{"names": ["Wei Lin"]}', "not a file that cvgen can import", id="other"),
        pytest.param("[" * 2000, "nested too deeply", id="deep"),
        pytest.param("", "the file is empty", id="empty"),
        pytest.param("%PDF-1.4", "this is a PDF", id="pdf"),
        pytest.param(b'{"basics": {"name": "Bj\xf6rn"}}', "resume.json:1:24", id="latin-1"),
    ],
)  # fmt: skip
def test_broken_json_is_an_error_with_its_place(text: str | bytes, said: str, tmp_path: Path) -> None:
    source = tmp_path / "resume.json"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    ran = run_cvgen("import", source, "-o", tmp_path / "out")
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not (tmp_path / "out").exists()


# The letter that Word prints for a bullet is none of the text before a capital
FREE = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(lambda text: not re.match(r"\s*o\s", text))
TEXTS = FREE | st.sampled_from(
    [
        "- a\n- b",
        "**b** _i_ $x^2$",
        "[x](javascript:1)",
        "a: b # c",
        "null",
        "~",
        "'q\"",
        "{x: 1}",
        "2020-02-30",
        "\\",
        "`",
    ]
)
DATES = st.sampled_from(["2020", "2019-05", "2018-02-29", "05/06/2019", "Present", "May 2017", "2016-2018", "n/a", ""])
WORK = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXTS, "company": TEXTS, "position": TEXTS, "url": TEXTS, "website": TEXTS, "startDate": DATES,
        "endDate": DATES | TEXTS, "summary": TEXTS, "highlights": st.lists(TEXTS, max_size=3) | TEXTS,
        "keywords": st.lists(TEXTS, max_size=3), "custom": TEXTS | st.lists(st.dictionaries(TEXTS, TEXTS, max_size=2)),
    },
)  # fmt: skip
RESUMES = st.fixed_dictionaries(
    {"basics": st.fixed_dictionaries(
        {"name": st.just("Wei Lin")},
        optional={
            "label": TEXTS, "email": TEXTS | st.just("wei@example.org"), "phone": TEXTS, "summary": TEXTS, "url": TEXTS,
            "image": TEXTS, "location": TEXTS | st.dictionaries(st.sampled_from(["city", "countryCode", "x"]), TEXTS),
            "profiles": st.lists(st.fixed_dictionaries(
                {}, optional={"network": TEXTS | st.just("GitHub"), "username": TEXTS, "url": TEXTS})),
        },
    )},
    optional={
        "work": st.lists(WORK, max_size=3), "volunteer": st.lists(WORK, max_size=2),
        "projects": st.lists(WORK, max_size=2), "education": st.lists(WORK, max_size=2),
        "skills": st.lists(WORK | TEXTS, max_size=2),
        "references": st.lists(WORK | TEXTS, max_size=2), "publications": st.lists(WORK | TEXTS, max_size=2),
        "awards": TEXTS, "extra": st.lists(WORK | TEXTS, max_size=2) | TEXTS,
    },
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RESUMES)
def test_nothing_of_any_json_resume_is_lost(resume: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        source, folder = Path(name) / "resume.json", Path(name) / "out"
        source.write_text(json.dumps(resume), "utf-8")
        imported(source, folder, "-q")
        assert lost_texts(texts_in(resume), folder) == []


def test_the_letter_of_a_list_in_word_is_no_text_and_an_article_is(tmp_path: Path) -> None:
    bullets = ["o Led a team.", "o sistema de pagamentos", "• Built it."]
    resume = {"basics": {"name": "Wei Lin"}, "work": [{"name": "Quay", "highlights": bullets}]}
    (tmp_path / "resume.json").write_text(json.dumps(resume), "utf-8")
    imported(tmp_path / "resume.json", tmp_path / "out")
    read = yaml.safe_load((tmp_path / "out/profile.yaml").read_text("utf-8"))
    assert read["work"][0]["highlights"] == ["Led a team.", "o sistema de pagamentos", "Built it."]


ODD: list[Any] = ["a b", "", None, ["c", "d"], {"k": "v w"}, [{"k": "v"}], {}, [[["deep"]]], "- e\n- f", {"value": "z"}]


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield (*path, key)
        yield from paths_in(one, (*path, key))


def read_tree(name: str) -> Any:
    return yaml.load((SAMPLES / name).read_text("utf-8"), Loader=yaml.CBaseLoader)


PLACES = [
    (name, path)
    for name in ("resume.json", "rendercv.yaml", "yamlresume.yml", "orcid/record.json")
    for path in paths_in(read_tree(name))
    if len(path) > 1
]


WORKS = ("activities-summary", "works")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES), st.sampled_from(ODD))
@example(("orcid/record.json", ("person", "keywords", "keyword", 0)), "a b")
@example(("orcid/record.json", (*WORKS, "group", 2, "work-summary", 0, "display-index")), "a b")
def test_values_of_another_shape_are_not_lost(place: tuple[str, tuple[Any, ...]], odd_value: Any) -> None:
    name, (*parents, key) = place
    tree = node = read_tree(name)
    for part in parents:
        node = node[part]
    node[key] = odd_value
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / Path(name).name
        source.write_text(json.dumps(tree), "utf-8")
        ran = run_cvgen("import", source, "-o", Path(folder) / "out", "--name", "Wei Lin")
        assert ran.code in (0, 2), ran.err
        changed = [tree["person"], tree["activities-summary"]] if "orcid" in name else tree
        if ran.code == 0:
            told = [*texts_of_a_person(changed)] if "orcid" in name else [*texts_in(changed)]
            odd = {word for one in ODD for text in texts_in(one) for word in text.split()}
            assert lost_texts((text for text in told if set(text.split()) <= odd), Path(folder) / "out") == []


# --- The command -----------------------------------------------------------------------------------------------------


def test_existing_files_are_replaced_only_when_asked(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text("mine", "utf-8")
    (tmp_path / "other.txt").write_text("mine", "utf-8")
    ran = run_cvgen("import", SAMPLES / "resume.json", "-o", tmp_path)
    assert (ran.code, "papers.bib already exists" in ran.err, "--force" in ran.err) == (2, True, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.txt", "papers.bib"]
    assert (tmp_path / "papers.bib").read_text("utf-8") == "mine"
    imported(SAMPLES / "resume.json", tmp_path, "--force")
    assert "arches" in (tmp_path / "papers.bib").read_text("utf-8")
    assert (tmp_path / "other.txt").read_text("utf-8") == "mine"
    ran = run_cvgen("import", SAMPLES / "resume.json", "-o", tmp_path / "other.txt")
    assert (ran.code, "is a file, not a folder" in ran.err) == (2, True), ran.err


def test_a_folder_of_an_export_may_have_files_that_macos_adds(tmp_path: Path) -> None:
    files = {"x/Profile.csv": "First Name,Last Name\nWei,Lin\n", "x/Jobs.csv": "a\n", "__MACOSX/x/._Profile.csv": "\0"}
    ran = run_cvgen("import", zipped(files, tmp_path / "in.zip"), "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    assert "were not read: Jobs.csv." in ran.err


def test_the_source_is_never_replaced(tmp_path: Path) -> None:
    source = tmp_path / "profile.yaml"
    source.write_bytes((SAMPLES / "resume.json").read_bytes())
    ran = run_cvgen("import", source, "-o", tmp_path, "--force")
    assert (ran.code, "is a file that was read" in ran.err) == (2, True)
    assert source.read_bytes() == (SAMPLES / "resume.json").read_bytes()


def test_a_photo_in_the_folder_is_used_as_it_is(tmp_path: Path) -> None:
    for name in ("resume.json", "rosa.png"):
        (tmp_path / name).write_bytes((SAMPLES / name).read_bytes())
    assert imported(tmp_path / "resume.json", tmp_path).basics.image == "rosa.png"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["papers.bib", "profile.yaml", "resume.json", "rosa.png"]


@pytest.mark.parametrize(
    "image", ["../secret.png", "link.png", "/etc/passwd", "resume.json", "data:image/png;base64,AA"]
)
def test_only_pictures_beside_the_source_are_copied(image: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes((SAMPLES / "rosa.png").read_bytes())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "resume.json").write_text(json.dumps({"basics": {"name": "Wei Lin", "image": image}}), "utf-8")
    profile = imported(folder / "resume.json", tmp_path / "out")
    assert profile.basics.image is None
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["profile.yaml"]


def test_no_text_of_the_source_leaves_its_comment(tmp_path: Path) -> None:
    evil = "x\u2028basics: {name: Eve}\nvariants: {v: {theme: evil}}\u0085\r# y"
    resume = {
        "basics": {"name": "Wei Lin", "z": evil, "url": evil},
        evil: "a",
        "publications": [{"name": "T", "k": evil}],
    }
    source = tmp_path / "a\nbasics: 1.json"
    source.write_text(json.dumps(resume), "utf-8")
    profile = imported(source, tmp_path / "out")
    assert (str(profile.basics.name), profile.variants) == ("Wei Lin", {})
    evil_zip = {"Profile.csv": "First Name\nWei\n", "b\nvariants: {v: {}}\n.csv": "x\n"}
    assert imported(zipped(evil_zip, tmp_path / "e.zip"), tmp_path / "zip").variants == {}


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    ran = run_cvgen("import", SAMPLES / "resume.json", "-o", tmp_path, "--from", "json-resum")
    assert (ran.code, "did you mean 'json-resume'?" in ran.err) == (2, True)


# --- Bibliographies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "owner", "aliases", "found"),
    [
        ("bib/marine.bib", "Tomás Reyes", ("T. Reyes", "Tomás M. Reyes"), 3),
        ("bib/zh.bib", "林美玲", (), 3),
        ("bib/one.bib", "Wei Lin", (), 1),
        ("csl/zotero.json", "Björn Åkesson", ("B. Åkesson",), 2),
        ("csl/items.json", "Ana Souto", (), 2),
        ("csl/single.json", "Rosa Keller", (), 1),
    ],
)
def test_a_bibliography_alone_gets_a_profile_with_its_owner(
    name: str, owner: str, aliases: tuple[str, ...], found: int, tmp_path: Path
) -> None:
    source = SAMPLES / name
    profile = imported(source, tmp_path)
    assert (str(profile.basics.name), profile.bibliography.aliases) == (owner, aliases)
    (copied,) = profile.bibliography.files
    assert (tmp_path / copied).read_bytes() == source.read_bytes()
    rows = cvgen.publications(tmp_path / "profile.yaml").rows
    assert sum(bool(row["roles"]) for row in rows) == found, rows


def test_a_bibliography_in_the_folder_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_bytes((SAMPLES / "bib" / "marine.bib").read_bytes())
    assert imported(tmp_path / "mine.bib", tmp_path).bibliography.files == ("mine.bib",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.bib", "profile.yaml"]
    ran = run_cvgen("check", tmp_path / "profile.yaml")
    assert (ran.code, "0 errors" in ran.out) == (0, True), ran.out


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        pytest.param("a.bib", "@misc{k, author = {Ng, Jo and Long, Ada}, title = {T}}", "2 people are each", id="two"),
        pytest.param("a.bib", "@article{k, title = {T}}", "no entry has an author", id="none"),
        pytest.param("a.bib", "@book{b,\n author = {Ng, Jo}, author+an = {9=self}}", "a.bib:2:34", id="mark"),
        pytest.param("a.json", '[{"type": "book", "id": "b", "title": "T" "DOI": "x"}]', "a.json:1:43", id="csl"),
        pytest.param("a.xml", '<?xml version="1.0"?><r xmlns="http://www.orcid.org/ns/x"/>', "as JSON: curl", id="xml"),
        pytest.param("a.json", '{"orcid-identifier": {"path": "x"}, "person": {}}', "does not say whose", id="orcid"),
    ],
)  # fmt: skip
def test_broken_bibliographies_are_errors_with_their_place(file: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    ran = run_cvgen("import", tmp_path / file, "-o", tmp_path / "out")
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not (tmp_path / "out").exists()


def test_a_bibliography_in_latin_1_is_read_as_everywhere(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes("@misc{k, author = {Åkesson, Björn}, title = {Bröd}}".encode("latin-1"))
    assert str(imported(tmp_path / "a.bib", tmp_path / "out").basics.name) == "Björn Åkesson"


def test_the_owner_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@article{k, author = {Ng, Jo and Long, Ada}, title = {T}}", "utf-8")
    profile = imported(tmp_path / "a.bib", tmp_path / "out", "--name", "Ada Long")
    assert str(profile.basics.name) == "Ada Long"


def test_a_bibliography_of_many_people_is_read_in_time(tmp_path: Path) -> None:
    entry = "@article{k%d, title = {T}, author = {Lin, Wei and Kemp%d, A}, journal = {J}, year = {2020}}\n"
    (tmp_path / "all.bib").write_text("".join(entry % (number, number) for number in range(1000)), "utf-8")
    assert run_cvgen("import", tmp_path / "all.bib", "-o", tmp_path / "out").code == 0
    assert "name: Wei Lin\n" in (tmp_path / "out" / "profile.yaml").read_text("utf-8")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stderr", "says"), [(_Terminal(), "reading {} …\n"), (io.StringIO(), "")])
def test_a_slow_import_says_on_a_terminal_that_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, says: str
) -> None:
    class Timer(threading.Timer):
        def start(self) -> None:  # the second is over at once
            self.function()

    monkeypatch.setattr(threading, "Timer", Timer)
    monkeypatch.setattr(sys, "stderr", stderr)
    source = tmp_path / "all.bib"
    source.write_text("@misc{a, title = {T}, author = {Lin, Wei}, year = 2020}", "utf-8")
    cli.main(["import", str(source), "-o", str(tmp_path / "out")], standalone_mode=False)
    assert stderr.getvalue() == says.format(source)
