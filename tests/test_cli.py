"""The commands as a person types them: what they print, which files they write, and how they end."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pypdfium2
import pytest
import yaml
from helpers import FIXTURES, INSTALLED_FONTS, read_told, run_cvgen

from cvgen import Session
from cvgen.backends.weasyprint.backend import WeasyPrintBackend
from cvgen.backends.weasyprint.worker_process import Worker
from cvgen.cli.main import cli
from cvgen.cli.themes import themes
from cvgen.pipeline.render import render
from cvgen.pipeline.request import Request

if TYPE_CHECKING:
    import jsonschema

EPOCH = "1700000000"  # 2023-11-14
SMALL = """\
basics: {name: Wei Lin}
news: [{date: 2024, text: "Ready."}]
variants:
  full: {}
  short: {theme: modern}
"""
WITH_PAPERS = """\
basics: {name: Wei Lin}
bibliography: {files: [papers.bib]}
variants: {full: {sections: [publications]}}
"""
PAPERS = """\
@misc{lone, title = {On Being Alone}, author = {Lin, Wei}, year = {2024}}
@misc{late, title = {On Being Late}, author = {Long, Ada and Lin, Wei and Kemp, Tom}, year = {2025}}
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "profile.yaml"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture
def with_papers(tmp_path: Path) -> Path:
    (tmp_path / "profile.yaml").write_text(WITH_PAPERS, "utf-8")
    (tmp_path / "papers.bib").write_text(PAPERS, "utf-8")
    return tmp_path / "profile.yaml"


@pytest.fixture(scope="session")
def tex_env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """An environment with a cache of its own and a fixed date."""
    return {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache")), "SOURCE_DATE_EPOCH": EPOCH}


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


# --- help and version


def test_help_lists_every_command() -> None:
    ran = run_cvgen("--help")
    assert ran.code == 0
    listed = re.findall(r"^  (\w+)  ", ran.out.partition("Commands:")[2], re.MULTILINE)
    assert {"new", "publications", "render", "schema"} <= set(listed)


@pytest.mark.parametrize("command", ["new", "publications", "render", "schema"])
def test_each_command_explains_itself(command: str) -> None:
    ran = run_cvgen(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage:")


@pytest.mark.parametrize("group", [cli, themes], ids=["cvgen", "themes"])
def test_help_of_a_group_shows_whole_summaries(group: click.Group) -> None:
    ran = run_cvgen(*([] if group is cli else [str(group.name)]), "-h")
    listed = ran.out.partition("Commands:")[2]
    assert "..." not in listed
    for command in group.commands.values():
        summary = str(command.help).partition("\n\n")[0]
        assert f"{command.name} {' '.join(summary.split())}" in " ".join(listed.split())


def test_module_runs_as_the_command_does() -> None:
    command = [sys.executable, "-m", "cvgen", "--version"]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    assert re.fullmatch(r"cvgen, version \d+\.\d+\.\d+\S*\n", finished.stdout)


@pytest.mark.parametrize(
    "args",
    [
        pytest.param((), id="no-profile"),
        pytest.param(("profile.yaml", "--set", "accent"), id="set-without-value"),
        pytest.param(("profile.yaml", "-f", "html", "-e", "xelatex"), id="html-through-tex"),
        pytest.param(("profile.yaml", "-f", "tex", "-e", "weasyprint"), id="tex-through-html"),
        pytest.param(("profile.yaml", "-e", "word"), id="unknown-engine"),
        pytest.param(("profile.yaml", "--colour", "red"), id="unknown-flag"),
    ],
)
def test_wrong_use_is_code_2(args: tuple[str, ...]) -> None:
    ran = run_cvgen("render", *args)
    assert ran.code == 2
    assert ran.err.startswith("Usage:")


# --- new


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Wei Lin", id="two-words"),
        pytest.param("Madonna", id="one-word"),
        pytest.param("José Ñandú-Çelik", id="accents"),
        pytest.param("林薇", id="cjk"),
        pytest.param('Dwayne "The Rock" O\'Neil', id="quotes"),
        pytest.param("Anna: Berg", id="yaml-sign"),
        pytest.param("Ludwig van Beethoven", id="particle"),
    ],
)
def test_new_writes_files_that_render_as_they_are(tmp_path: Path, name: str) -> None:
    made = run_cvgen("new", name, "-d", tmp_path / "cv")
    assert (made.code, made.err) == (0, "")
    assert names_in(tmp_path / "cv") == {"profile.yaml", "papers.bib", "cvgen.schema.json"}
    ran = run_cvgen("render", tmp_path / "cv" / "profile.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert name in pdf_text(tmp_path / "cv" / "profile.pdf")


@pytest.mark.parametrize(
    "name",
    ["Wei Lin", "Madonna", "José Ñandú-Çelik", "林薇", 'Dwayne "The Rock" O\'Neil', "Ludwig van Beethoven"],
)
def test_new_person_is_found_in_the_new_papers(tmp_path: Path, name: str) -> None:
    run_cvgen("new", name, "-d", tmp_path)
    rows = json.loads(run_cvgen("publications", tmp_path / "profile.yaml", "--json").out)
    assert {row["key"]: row["position"] for row in rows} == {"first2024": 1, "shared2025": 2, "preprint2026": 1}


@pytest.mark.parametrize("variant", ["full", "short"])
def test_new_profile_has_variants_that_render(tmp_path: Path, variant: str) -> None:
    run_cvgen("new", "Wei Lin", "-d", tmp_path)
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-v", variant, "-f", "tex")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("there", ["profile.yaml", "papers.bib"])
def test_new_overwrites_nothing(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", "utf-8")
    ran = run_cvgen("new", "Wei Lin", "-d", tmp_path)
    assert ran.code == 2
    assert f"{there} already exists" in ran.err
    assert (tmp_path / there).read_text("utf-8") == "mine"
    assert names_in(tmp_path) == {there}


@pytest.mark.parametrize("name", ["", "  ", "Wei\nLin", "Wei\x00Lin"], ids=["empty", "blank", "newline", "control"])
def test_new_wants_a_name(tmp_path: Path, name: str) -> None:
    assert run_cvgen("new", name, "-d", tmp_path).code == 2
    assert names_in(tmp_path) == set()


# --- render: names of files, choices


@pytest.mark.parametrize(
    ("args", "written", "said"),
    [
        pytest.param((), "profile.pdf", "(full, classic, 1 page)", id="pdf"),
        pytest.param(("-v", "short"), "profile-short.pdf", "(short, modern, 1 page)", id="pdf-of-variant"),
        pytest.param(("-f", "html", *INSTALLED_FONTS), "profile.html", "(full, classic)", id="html"),
    ],
)  # fmt: skip
def test_render_to_the_default_name(profile: Path, args: tuple[str, ...], written: str, said: str) -> None:
    ran = run_cvgen("render", profile, *args)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{profile.with_name(written)}  {said}\n"
    assert names_in(profile.parent) == {"profile.yaml", written}


def beside_tex(args: tuple[str, ...] = ()) -> set[str]:
    """What lies beside a source of LaTeX."""
    theme = "classic" if "classic" in args else "modern"
    icons = set() if theme == "classic" else {"icons"}
    return {"cvgen.cls", f"cvgen-{theme}.sty", ".latexmkrc", "fonts", *icons}


@pytest.mark.parametrize(
    ("args", "written", "said"),
    [
        pytest.param(("-v", "short"), "profile-short.tex", "(short, modern)", id="variant"),
        pytest.param(("-t", "modern"), "profile.tex", "(full, modern)", id="theme"),
        pytest.param(("-v", "short", "-t", "classic"), "profile-short.tex", "(short, classic)", id="variant-and-theme"),
    ],
)
def test_render_tex_to_the_default_name(profile: Path, args: tuple[str, ...], written: str, said: str) -> None:
    ran = run_cvgen("render", profile, "-f", "tex", *args)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{profile.with_name(written)}  {said}\n"
    assert names_in(profile.parent) == {"profile.yaml", written, *beside_tex(args)}


def test_each_source_of_many_has_a_folder_of_its_own(profile: Path) -> None:
    ran = run_cvgen("render", profile, "-f", "tex", "--all")
    assert (ran.code, ran.err) == (0, "")
    assert names_in(profile.parent) == {"profile.yaml", "profile-full", "profile-short"}
    for name, args in (("profile-full", ("classic",)), ("profile-short", ())):
        assert names_in(profile.parent / name) == {f"{name}.tex", *beside_tex(args)}


def test_a_source_whose_files_are_replaced_is_reported(profile: Path) -> None:
    def render(name: str, *args: str) -> list[tuple[str, str]]:
        ran = run_cvgen("render", profile, "-f", "tex", "-o", profile.parent / "out" / name, *args)
        return [(one.place, one.message) for one in read_told(ran.err)]

    message = "this source uses files of this folder that were replaced by others of the same name"
    assert render("one.tex", "-t", "classic") == []
    assert render("one.tex", "-t", "classic", "--set", "margin=21mm") == []
    assert render("other.tex", "-t", "classic", "--set", "margin=21mm") == []
    assert render("other.tex", "-t", "classic", "--set", "body_font=CMU Serif") == [
        (str(profile.parent / "out" / "one.tex"), message)
    ]


def test_render_to_the_name_given(profile: Path, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "Wei Lin, CV.tex"
    assert run_cvgen("render", profile, "-f", "tex", "-o", target).code == 0
    assert "\\documentclass" in target.read_text("utf-8")
    assert names_in(target.parent) == {target.name, *beside_tex(("classic",))}
    assert names_in(tmp_path) == {"profile.yaml", "new folder"}


def test_render_replaces_what_was_there_and_keeps_its_mode(profile: Path, tmp_path: Path) -> None:
    target = tmp_path / "cv.tex"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    assert run_cvgen("render", profile, "-f", "tex", "-o", target).code == 0
    assert "Wei Lin" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o640
    assert names_in(tmp_path) == {"profile.yaml", "cv.tex", *beside_tex(("classic",))}


def test_quiet_render_prints_nothing(profile: Path) -> None:
    ran = run_cvgen("render", profile, "-f", "tex", "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_set_changes_an_option(profile: Path) -> None:
    run_cvgen("render", profile, "-f", "tex", "--set", "accent=#a1b2c3", "--set", "margin = 21mm")
    page = profile.with_suffix(".tex").read_text("utf-8")
    assert "a1b2c3" in page
    assert " margin=21mm" in page


def test_set_wins_over_the_profile(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text("basics: {name: A}\nvariants: {full: {options: {accent: '#111111', size: 11}}}\n", "utf-8")
    run_cvgen("render", path, "-f", "tex", "--set", "accent=#222222")
    page = path.with_suffix(".tex").read_text("utf-8")
    assert "222222" in page
    assert "111111" not in page
    assert "size=11pt" in page


def test_role_leaves_out_other_papers_and_says_so(with_papers: Path) -> None:
    ran = run_cvgen("render", with_papers, "-f", "tex", "--role", "first")
    page = with_papers.with_suffix(".tex").read_text("utf-8")
    assert "On Being Alone" in page
    assert "On Being Late" not in page
    assert "1 left out in which you had another role" in ran.err


def test_roles_add_up(with_papers: Path) -> None:
    run_cvgen("render", with_papers, "-f", "tex", "--role", "sole", "--role", "Middle")
    page = with_papers.with_suffix(".tex").read_text("utf-8")
    assert "On Being Alone" in page
    assert "On Being Late" in page


# --- render: HTML that stands for itself


def tiny_png() -> bytes:
    """A picture of one blue pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\xff")) + chunk(b"IEND", b"")
    )


class Resources(HTMLParser):
    """Everything that a browser would load to show a page; links that a reader may follow are not among it."""

    LOADING = frozenset({"src", "srcset", "poster", "data", "background", "action", "formaction"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.urls: list[str] = []
        self.tags: list[str] = []
        self.feed(page)
        self.urls += re.findall(r"url\(\s*[\"']?([^\"')]*)", page)
        self.urls += re.findall(r"@import\s+[\"']([^\"']*)", page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.urls += [
            value or "" for name, value in attrs if name in self.LOADING or (tag == "link" and name == "href")
        ]


def test_reader_of_resources_finds_what_loads() -> None:
    page = (
        '<link href="a.css"><img src="b.png" srcset="c.png 2x"><a href="d.html">x</a>'
        '<style>@import "e.css"; p { background: url(f.png) } @font-face { src: url("g.otf") }</style>'
    )
    assert sorted(Resources(page).urls) == ["a.css", "b.png", "c.png 2x", "e.css", "f.png", "g.otf"]


@pytest.mark.parametrize("theme", ["classic", "modern"])
def test_html_is_one_self_contained_file(tmp_path: Path, theme: str) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text("basics: {name: Wei Lin, image: me.png, url: https://example.org}\n", "utf-8")
    (tmp_path / "me.png").write_bytes(tiny_png())
    ran = run_cvgen("render", path, "-f", "html", "-t", theme, "-o", tmp_path / "out" / "cv.html")
    assert (ran.code, names_in(tmp_path / "out")) == (0, {"cv.html"})
    page = (tmp_path / "out" / "cv.html").read_text("utf-8")
    found = Resources(page)
    assert [url for url in found.urls if not url.startswith("data:")] == []
    assert "script" not in found.tags
    assert re.findall("<link[^>]*>", page) == ['<link rel="icon" href="data:,">']
    assert "file:" not in page
    assert f"data:image/png;base64,{base64.b64encode(tiny_png()).decode()}" in found.urls
    fonts = [url for url in found.urls if url.startswith("data:font/woff2;base64,")]
    assert len(fonts) >= 4
    assert {base64.b64decode(url.partition(",")[2])[:4] for url in fonts} == {b"wOF2"}


# --- render: LaTeX that stands for itself


def test_tex_names_nothing_of_this_machine(profile: Path, tmp_path: Path) -> None:
    ran = run_cvgen("render", profile, "-f", "tex", "-o", tmp_path / "out" / "cv.tex")
    assert (ran.code, ran.err) == (0, "")
    written = {path.name: path for path in (tmp_path / "out").rglob("*")}
    text = "".join(written[name].read_text("utf-8") for name in ("cv.tex", "cvgen.cls", "cvgen-classic.sty"))
    assert str(tmp_path) not in text
    assert str(Path.home()) not in text
    assert names_in(tmp_path / "out") == {"cv.tex", *beside_tex(("classic",))}
    assert names_in(tmp_path / "out" / "fonts") == set(re.findall(r"[\w.-]+\.otf", text))
    assert not any(path.is_symlink() for path in written.values())


@pytest.mark.tex
@pytest.mark.parametrize("theme", ["classic", "modern"])
def test_tex_compiles_by_plain_xelatex_in_its_folder(tmp_path: Path, theme: str) -> None:
    run_cvgen("new", "Wei Lin", "-d", tmp_path / "in")
    profile = tmp_path / "in" / "profile.yaml"
    photo = profile.read_text("utf-8").replace("basics:\n", "basics:\n  image: me.png\n")
    profile.write_text(photo, "utf-8")
    (tmp_path / "in" / "me.png").write_bytes(tiny_png())
    ran = run_cvgen("render", profile, "-f", "tex", "-t", theme, "-o", tmp_path / "out" / "cv.tex")
    assert (ran.code, ran.err) == (0, "")
    shutil.rmtree(tmp_path / "in")
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "cv.tex"]
    finished = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, check=False, timeout=300)
    assert finished.returncode == 0, finished.stdout[-3000:]
    assert "Wei Lin" in pdf_text(tmp_path / "out" / "cv.pdf")


@pytest.mark.parametrize("engine", ["xelatex", "lualatex"])
def test_missing_tex_is_code_1_with_a_hint(profile: Path, tmp_path: Path, engine: str) -> None:
    profile.with_suffix(".pdf").write_bytes(b"old")
    ran = run_cvgen("render", profile, "-e", engine, env={"PATH": str(tmp_path)})
    assert ran.code == 1
    (told,) = read_told(ran.err)
    assert told.message.endswith(f"{engine} not found") or told.message == "xelatex and xdvipdfmx not found"
    assert "apt install texlive-xetex" in told.hint
    assert "without -e" in told.hint
    assert profile.with_suffix(".pdf").read_bytes() == b"old"
    assert names_in(tmp_path) == {"profile.yaml", "profile.pdf"}


def test_tex_source_needs_no_tex(profile: Path, tmp_path: Path) -> None:
    ran = run_cvgen("render", profile, "-f", "tex", env={"PATH": str(tmp_path)})
    assert ran.code == 0
    assert profile.with_suffix(".tex").is_file()


# --- render: the same in, the same out


def test_weasyprint_pdf_is_the_same_in_two_runs(profile: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        ran = run_cvgen("render", profile, "-o", tmp_path / name, env={"SOURCE_DATE_EPOCH": EPOCH})
        assert ran.code == 0, ran.err
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert names_in(tmp_path) == {"profile.yaml", "a.pdf", "b.pdf"}


@pytest.mark.tex
def test_xelatex_pdf_is_the_same_in_two_runs(profile: Path, tmp_path: Path, tex_env: dict[str, str | None]) -> None:
    for name in ("a.pdf", "b.pdf"):
        ran = run_cvgen("render", profile, "-e", "xelatex", "-o", tmp_path / name, env=tex_env)
        assert ran.code == 0, ran.err
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert names_in(tmp_path) == {"profile.yaml", "a.pdf", "b.pdf"}
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        assert document.get_metadata_dict()["CreationDate"].startswith("D:20231114")


# --- publications


ROW: dict[str, type | tuple[type, ...]] = {
    "key": str,
    "title": str,
    "position": (int, type(None)),
    "author_count": int,
    "truncated": bool,
    "roles": list,
    "equal_rank": (int, type(None)),
    "equal_count": (int, type(None)),
    "year": (int, type(None)),
    "status": str,
    "venue": str,
    "matched": str,
    "rule": str,
}


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in FIXTURES.glob("*/truth.json")))
def test_publications_json_has_one_shape(folder: str) -> None:
    ran = run_cvgen("publications", FIXTURES / folder / "profile.yaml", "--json")
    assert ran.code == 0
    rows: list[dict[str, Any]] = json.loads(ran.out)
    assert rows
    for row in rows:
        assert set(ROW) <= set(row)
        assert [name for name, kind in ROW.items() if not isinstance(row[name], kind)] == []
    years = [row["year"] or 9999 for row in rows]
    assert years == sorted(years, reverse=True)


def test_publications_json_says_what_is_in_the_file(with_papers: Path) -> None:
    late, lone = json.loads(run_cvgen("publications", with_papers, "--json").out)
    assert (late["key"], late["position"], late["author_count"], late["roles"]) == ("late", 2, 3, ["middle"])
    assert (lone["key"], lone["position"], lone["author_count"]) == ("lone", 1, 1)
    assert set(lone["roles"]) == {"first", "sole"}


def test_publications_json_is_not_mixed_with_warnings(with_papers: Path) -> None:
    with_papers.with_name("papers.bib").write_text(PAPERS.replace("Lin, Wei}", "Linn, Wei}"), "utf-8")
    ran = run_cvgen("publications", with_papers, "--json")
    assert json.loads(ran.out)
    assert "Wei Lin is not among its authors" in ran.err


def test_publications_by_role(with_papers: Path) -> None:
    ran = run_cvgen("publications", with_papers, "--json", "--role", "first")
    assert [row["key"] for row in json.loads(ran.out)] == ["lone"]
    assert "1 left out" in ran.err


def test_publications_as_a_table(with_papers: Path) -> None:
    ran = run_cvgen("publications", with_papers)
    assert "On Being Late" in ran.out
    assert "2/3" in ran.out
    assert ran.out.endswith("2 publications\n")


def test_quiet_publications_prints_no_warning(with_papers: Path) -> None:
    ran = run_cvgen("publications", with_papers, "-q", "--role", "first")
    assert ran.err == ""


# --- schema


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it (1.2's core schema): a date is text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    import jsonschema

    ran = run_cvgen("schema")
    assert (ran.code, ran.err) == (0, "")
    return jsonschema.Draft202012Validator(json.loads(ran.out))


def test_schema_is_a_json_schema(validator: jsonschema.Draft202012Validator) -> None:
    assert isinstance(validator.schema, dict)
    assert validator.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    type(validator).check_schema(validator.schema)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/profile.yaml")), ids=lambda path: path.parent.name)
def test_schema_accepts_the_fixtures(validator: jsonschema.Draft202012Validator, path: Path) -> None:
    profile = yaml.load(path.read_text("utf-8"), Loader=EditorLoader)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(profile)] == []


def test_schema_accepts_the_starter(validator: jsonschema.Draft202012Validator, tmp_path: Path) -> None:
    run_cvgen("new", "Wei Lin", "-d", tmp_path)
    profile = yaml.load((tmp_path / "profile.yaml").read_text("utf-8"), Loader=EditorLoader)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(profile)] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{basics: {name: A}, wrok: []}", id="top-level"),
        pytest.param("{basics: {name: A, emial: a@b.org}}", id="basics"),
        pytest.param("{basics: {name: A}, work: [{name: A, positon: B}]}", id="entry"),
        pytest.param("{basics: {name: A}, work: [{name: A, highlights: [{text: B, tgas: [c]}]}]}", id="bullet"),
        pytest.param("{basics: {name: A}, variants: {full: {them: classic}}}", id="variant"),
        pytest.param(
            "{basics: {name: A}, variants: {full: {sections: [{publications: {wehre: first}}]}}}",
            id="section-of-variant",
        ),
        pytest.param("{basics: {name: A}, work: Labs}", id="wrong-type"),
        pytest.param("{work: []}", id="missing-basics"),
        pytest.param("{basics: {name: A}, work: [{position: B}]}", id="missing-name"),
    ],
)
def test_schema_rejects_a_mistake(validator: jsonschema.Draft202012Validator, text: str) -> None:
    assert not validator.is_valid(yaml.load(text, Loader=yaml.BaseLoader))


# --- output stays whole


def test_output_survives_a_run_that_fails(profile: Path) -> None:
    first = run_cvgen("render", profile, "-f", "tex")
    before = profile.with_suffix(".tex").read_bytes()
    failed = run_cvgen("render", profile, "-f", "tex", "-t", "nowhere")
    assert (first.code, failed.code) == (0, 2)
    assert profile.with_suffix(".tex").read_bytes() == before


def test_output_is_readable_by_others_as_umask_says(profile: Path) -> None:
    mask = os.umask(0o027)
    try:
        run_cvgen("render", profile, "-f", "tex")
    finally:
        os.umask(mask)
    assert profile.with_suffix(".tex").stat().st_mode & 0o777 == 0o640


def test_a_page_for_the_web_shows_a_papers_picture(tmp_path: Path) -> None:
    picture = Path(__file__).parent.parent / "examples" / "gallery" / "classic.png"
    (tmp_path / "p.png").write_bytes(picture.read_bytes())
    bib = "@article{a, author={Lin, Wei}, title={One}, journal={J}, year=2024, preview={p.png}}\n"
    bib += "@article{b, author={Lin, Wei}, title={Two}, journal={J}, year=2023, preview={elsewhere.png}}\n"
    (tmp_path / "papers.bib").write_text(bib)
    (tmp_path / "profile.yaml").write_text("basics: {name: Wei Lin}\nbibliography: {files: [papers.bib]}\n")
    assert run_cvgen("render", str(tmp_path / "profile.yaml"), "-f", "html", *INSTALLED_FONTS).code == 0
    assert (tmp_path / "profile.html").read_text().count('class="thumbnail" src="data:image/png') == 1


@pytest.mark.parametrize(
    "engine",
    ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex), pytest.param("lualatex", marks=pytest.mark.tex)],
)
def test_a_character_that_no_font_has_is_told_and_never_a_box(tmp_path: Path, engine: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text("basics:\n  name: Wei Lin\n  summary: fine and \U00018b00 not\n", "utf-8")
    (tmp_path / "profile.pdf").write_bytes(b"before")
    ran = run_cvgen("render", profile, "-e", engine)
    assert ran.code == 1
    (told,) = read_told(ran.err)
    assert (told.place, "U+18B00" in told.message) == (f"{profile}:3:12", True)
    assert "font" in told.hint
    assert (tmp_path / "profile.pdf").read_bytes() == b"before"


def test_a_render_is_the_same_in_a_process_that_was_replaced(profile: Path, tmp_path: Path) -> None:
    host = Session().host
    backend = WeasyPrintBackend(Worker(host, renders=2), host)
    try:
        made = [render(Request(profile, output=tmp_path / f"{n}.pdf"), backend).output.read_bytes() for n in range(5)]
    finally:
        backend.close()
    assert len(set(made)) == 1


def test_a_render_leaves_nothing_behind(profile: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "cvgen", "render", str(profile), "-o", str(tmp_path / "cv.pdf")]
    subprocess.run(command, check=True, env={**os.environ, "TMPDIR": str(scratch)})
    assert list(scratch.iterdir()) == []
