"""The manual: its examples work, its references name everything, every page is in the menu, and no link is broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from api_reference import write_api_reference
from described import describe_fields
from helpers import INSTALLED_FONTS, run_cvgen
from pdf import read_pages, words
from profile_reference import write_profile_reference
from site_folder import MADE, MENU, gather, list_menu
from theme_reference import write_theme_reference

import cvgen
from cvgen.backends.templates import TEMPLATE_CLASSES
from cvgen.pipeline.schema import profile_schema
from cvgen.themes.contract import CONTRACT
from cvgen.themes.theme import find_theme

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PROFILE = """basics: {name: Wei Lin, email: wei.lin@example.org}
work:
  - {name: R&D Works, position: Potter, location: Delft, start: 2021, end: 2023, highlights: [Threw 90 % of all jugs.]}
awards: [{title: Golden jug, awarder: Guild of Potters, date: 2022}]
"""


def read(page: str) -> str:
    return (DOCS / f"{page}.md").read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(page), re.DOTALL | re.MULTILINE)


# --- the examples of themes


@pytest.fixture(scope="module")
def themes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a profile, and the themes of the page beside it."""
    folder = tmp_path_factory.mktemp("themes")
    (folder / "profile.yaml").write_text(PROFILE, "utf-8")
    for text in (*blocks("theme-examples", "yaml"), *blocks("theme-examples", "jinja")):
        head, _, rest = text.partition("\n")
        path = folder / "themes" / head.strip("{}<>#% ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rest, "utf-8")
    return folder


def render_page(folder: Path, theme: str, *more: str) -> str:
    output = folder / f"{theme}.html"
    ran = run_cvgen("render", folder / "profile.yaml", "-t", theme, "-f", "html", "-o", output, *INSTALLED_FONTS, *more)
    assert (ran.code, ran.err) == (0, "")
    return output.read_text("utf-8")


def test_the_theme_slate_has_its_rule_and_refuses_a_wrong_one(themes: Path) -> None:
    assert "border-top: 2pt solid #37474f" in render_page(themes, "slate", "--set", "rule=2")
    ran = run_cvgen("render", themes / "profile.yaml", "-t", "slate", "--set", "rule=9")
    assert ran.code == 2
    assert "option 'rule'" in ran.err


def test_the_theme_ledger_has_another_head_by_its_option(themes: Path) -> None:
    page = re.sub(r"<[^>]+>|\s+", " ", render_page(themes, "ledger"))
    assert re.search(r"2021 – 2023 \s*Potter\s*, \s*R&amp;D Works\s* · Delft", page)
    page = re.sub(r"<[^>]+>|\s+", " ", render_page(themes, "ledger", "--set", "order=place-first"))
    assert re.search(r"2021 – 2023 \s*R&amp;D Works\s*, \s*Potter", page)


def test_the_theme_wall_changes_awards_only(themes: Path) -> None:
    page = render_page(themes, "wall")
    assert page.count('<div class="award"') == 1
    assert re.search(r"<b>Golden jug</b><br>Guild of Potters · 2022", page)
    assert "of all jugs." in page


def test_the_theme_wall_has_the_same_look_in_latex(themes: Path) -> None:
    output = themes / "wall.tex"
    ran = run_cvgen("render", themes / "profile.yaml", "-t", "wall", "-e", "xelatex", "-f", "tex", "-o", output)
    assert (ran.code, ran.err) == (0, "")
    source = output.read_text("utf-8")
    assert source.count(r"\fcolorbox") == 1
    assert re.search(r"Golden jug.*\n.*Guild of Potters · 2022", source)
    # The heading of the awards looks as that of its neighbour
    assert len(re.findall(r"\\cvsection(?:\[\d\])?\{\\textsc\{", source)) == source.count(r"\cvsection") == 2


def test_a_template_that_is_removed_is_that_of_the_parent_again(themes: Path, tmp_path: Path) -> None:
    copytree(themes, tmp_path, dirs_exist_ok=True)
    profile, seen = tmp_path / "profile.yaml", tmp_path / "seen"
    assert run_cvgen("check", profile, "-t", "wall", "--baseline", seen, "--update").code == 0
    (tmp_path / "themes/wall/html/section.html.j2").unlink()
    assert run_cvgen("check", profile, "-t", "wall").code == 0
    ran = run_cvgen("check", profile, "-t", "wall", "--baseline", seen)
    assert ran.code == 1
    assert "[baseline]" in ran.out


@pytest.mark.tex
@pytest.mark.parametrize("theme", ["slate", "ledger", "wall"])
def test_the_themes_print_through_latex(themes: Path, theme: str) -> None:
    output = themes / f"{theme}.pdf"
    arguments = ("-t", theme, "-e", "xelatex", "-o", output, "--set", "page_numbers=false")
    ran = run_cvgen("render", themes / "profile.yaml", *arguments)
    assert (ran.code, ran.err) == (0, "")
    text = words(read_pages(output.read_bytes()))
    assert "Threw 90 % of all jugs." in text
    assert theme != "wall" or "Golden jug" in text
    assert theme != "ledger" or "Potter, R&D Works" in text


# --- the pages for people who come from another tool


@pytest.mark.parametrize(
    ("page", "language", "name"),
    [("from-rendercv", "yaml", "Wei_Lin_CV.yaml"), ("from-json-resume", "json", "resume.json")],
)
def test_an_import_gives_the_profile_of_the_page(page: str, language: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(blocks(page, language)[0], "utf-8")
    (line,) = re.findall(r"^    cvgen import (\S+) -o cv/", read(page), re.MULTILINE)
    assert line == name
    assert run_cvgen("import", tmp_path / name, "-o", tmp_path / "cv").code == 0
    made = (tmp_path / "cv" / "profile.yaml").read_text("utf-8")
    shown = blocks(page, "yaml")[-1].partition("\n")[2]
    assert made.endswith(shown)


def test_the_entry_of_moderncv_prints_what_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(blocks("from-moderncv", "yaml")[0], "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "txt", "-o", tmp_path / "cv.txt")
    assert (ran.code, ran.err) == (0, "")
    text = (tmp_path / "cv.txt").read_text("utf-8")
    for words_ in ("Example Labs & Co.", "Engineer", "Delft", "2021 – 2024", "by 78 %."):
        assert words_ in text


def test_the_papers_of_al_folio_are_read_as_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(blocks("from-al-folio", "bibtex")[0], "utf-8")
    (tmp_path / "slow.png").write_bytes((ROOT / "examples/gallery/ats.png").read_bytes())
    (tmp_path / "profile.yaml").write_text(blocks("from-al-folio", "yaml")[0], "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "txt", "-o", tmp_path / "cv.txt")
    assert (ran.code, ran.err) == (0, "")
    text = " ".join((tmp_path / "cv.txt").read_text("utf-8").split())
    for words_ in ("Selected publications".upper(), "Slow light in a fast fibre", "(PRL)", "Best paper"):
        assert words_.casefold() in text.casefold()
    assert "Code: example.org/slow" in text


# --- the references


def test_the_theme_reference_says_of_every_field_what_it_is() -> None:
    page = write_theme_reference()
    for kind in TEMPLATE_CLASSES:
        fields = describe_fields(kind)
        assert [one.name for one in fields if not one.meaning] == [], kind
        part = page.partition(f"\n## {kind.__name__}\n")[2].partition("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) == [one.name for one in fields]
    for option in (*find_theme("classic", [], None).options, *(one.name for one in CONTRACT)):
        assert f"| `{option}` |" in page


def test_the_fields_in_the_reference_are_those_of_the_dataclasses() -> None:
    for kind in TEMPLATE_CLASSES:
        names = [one.name for one in describe_fields(kind)]
        assert set(getattr(kind, "__dataclass_fields__", ())) <= set(names)
        assert all(hasattr(kind, name) for name in names)


def test_the_profile_reference_has_every_key_with_its_meaning() -> None:
    page, schema = write_profile_reference(), profile_schema()
    assert "`{ALS: [Advanced Life Support]}`" in page
    for name, kind in (("The top of the file", schema), *schema["$defs"].items()):
        part = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        for key, about in kind.get("properties", {}).items():
            row = re.search(rf"^\| \**`{key}`\** \| (.*?) \| (.*?) \|", part, re.MULTILINE)
            assert row, (name, key)
            assert row[1], (name, key)
            assert row[2].replace("`", "") == about.get("description", "").replace("|", "\\|").replace("`", "")


def test_the_api_reference_has_every_public_name() -> None:
    page = write_api_reference()
    for name in set(cvgen.__all__) - {"__version__"}:
        assert f"\n## {name}\n" in page, name
    assert " object at 0x" not in page
    assert " at 0x" not in page


# --- the site


@cache
def site_folder(scratch: Path) -> Path:
    gather(scratch / "manual")
    return scratch / "manual"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_folder(tmp_path_factory.mktemp("site"))


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    environ = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def test_every_page_is_in_the_menu_once(folder: Path) -> None:
    menu = list_menu(folder / "docs")
    listed = [name for pages in menu.values() for name in pages]
    there = {path.relative_to(folder / "docs").as_posix() for path in (folder / "docs").rglob("*.md")}
    assert sorted(listed) == sorted(there)
    assert set(MADE) <= set(listed)
    assert "themes.md" in menu["Themes"]
    gone = [name for names in MENU.values() for name in names if f"{name}.md" not in there]
    assert gone in ([], ["parsers"])  # a page that is on its way


def test_no_link_of_the_site_is_broken_and_a_broken_one_is_an_error(folder: Path) -> None:
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    start = (folder / "site" / "index.html").read_text("utf-8")
    assert 'src="examples/gallery/classic.png"' in start
    for page in (folder / "site").rglob("*.html"):
        for address in re.findall(r'<(?:img|script|link)[^>]+(?:src|href)="([^"]+)"', page.read_text("utf-8")):
            assert not address.startswith(("http:", "https:", "//")), (page, address)
    small = folder.parent / "small"  # with the same settings
    (small / "docs").mkdir(parents=True)
    (small / "docs" / "start.md").write_text("# Start\n\n[gone](gone.md)\n", "utf-8")
    settings = (folder / "zensical.toml").read_text("utf-8")
    settings = re.sub(r"^nav = .*?^\]\n|^extra_css.*?\n", "", settings, flags=re.DOTALL | re.MULTILINE)
    (small / "zensical.toml").write_text(settings, "utf-8")
    done = build(small)
    assert done.returncode != 0
    assert "start.md" in done.stdout + done.stderr
