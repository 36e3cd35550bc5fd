"""``cvgen themes``: list, show, new, gallery."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, run_on_terminal
from helpers import run_cvgen as run
from PIL import Image

from cvgen.themes.theme import list_themes, shipped_folder

PROFILE = "basics: {name: Wei Lin}\nwork: [{name: Example Labs, position: Engineer, date: 2024}]\n"
SHIPPED = sorted(list_themes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "profile.yaml").write_text(PROFILE, "utf-8")
    return tmp_path


def theme(folder: Path, name: str, manifest: str) -> None:
    (folder / "themes" / name).mkdir(parents=True)
    (folder / "themes" / name / "theme.yaml").write_text(manifest, "utf-8")


# --- list


def test_list_has_a_line_for_each_theme(folder: Path) -> None:
    theme(folder, "mine", "extends: classic\ndescription: As I like it\n")
    printed = run("themes", "list", "-d", folder).out.splitlines()
    lines = [line.strip() for line in printed if line.startswith(" ")]
    assert sorted(line.split()[0] for line in lines) == sorted([*SHIPPED, "mine"])
    assert all(len(line) <= 80 for line in printed)
    assert "As I like it" in next(line for line in lines if line.startswith("mine"))
    assert next(line for line in lines if line.startswith("homepage")).endswith("(html only)")


def test_list_and_gallery_group_themes_by_whom_they_are_for(folder: Path) -> None:
    theme(folder, "mine", "extends: ats\n")
    theme(folder, "ours", "extends: ats\naudience: Sailors\n")
    printed = run("themes", "list", "-d", folder).out
    groups = dict(part.split(":\n") for part in re.split(r"\n(?=\S)", printed))
    names = {audience: [line.split()[0] for line in lines.splitlines()] for audience, lines in groups.items()}
    assert names["Online applications"] == ["mine", "ats"]
    assert names["Sailors"] == ["ours"]
    assert "jake" in names["Engineering"]
    assert run("themes", "show", "ours", "-d", folder).out.splitlines()[1] == "for: Sailors"
    run(
        "themes",
        "gallery",
        folder / "profile.yaml",
        "-t",
        "ours",
        "-t",
        "ats",
        "-e",
        "weasyprint",
        "-o",
        folder / "all",
    )
    index = (folder / "all/index.html").read_text("utf-8")
    assert re.findall("<h[23].*>(.+)</h[23]>", index) == ["Online applications", "ats", "Sailors", "ours"]


def test_list_goes_on_after_a_faulty_theme(folder: Path) -> None:
    theme(folder, "faulty", "extends: clasic\n")
    ran = run("themes", "list", "-d", folder)
    assert ran.code == 0
    assert "cannot be used: there is no theme 'clasic'" in ran.out
    assert "classic" in ran.out


# --- show


@pytest.mark.parametrize("name", SHIPPED)
def test_show_names_every_option_with_its_range(folder: Path, name: str) -> None:
    ran = run("themes", "show", name, "-d", folder)
    shown = json.loads(run("themes", "show", name, "-d", folder, "--json").out)
    assert ran.code == 0
    for option in shown["options"]:
        assert f"{option['name']} = {option['default']}   {option['values']}" in ran.out
        assert option["description"] in ran.out


def test_show_tells_where_a_template_comes_from(folder: Path) -> None:
    shown = json.loads(run("themes", "show", "compact", "-d", folder, "--json").out)
    assert shown["templates"]["html"]["header.html.j2"] == "compact"
    assert shown["templates"]["html"]["section.html.j2"] == "base"
    assert shown["extends"] == ["base"]


def test_show_of_an_unknown_theme(folder: Path) -> None:
    ran = run("themes", "show", "clasic", "-d", folder)
    assert ran.code == 2
    assert "did you mean 'classic'?" in ran.err


# --- new


@pytest.mark.parametrize("parent", SHIPPED)
def test_new_theme_renders_at_once_and_looks_like_its_parent(folder: Path, parent: str) -> None:
    assert run("themes", "new", "mine", "--extends", parent, "-d", folder).code == 0
    pages = []
    for name in ("mine", parent):
        ran = run("render", folder / "profile.yaml", "-t", name, "-f", "html", *INSTALLED_FONTS)
        assert (ran.code, ran.err) == (0, "")
        page = (folder / "profile.html").read_text("utf-8").replace("\n", "")
        pages.append(page.replace(f'<meta name="cvgen-theme" content="{name}">', ""))
    assert pages[0] == pages[1], "which it was made with is all that differs"


@pytest.mark.parametrize("option", ["--extends", "--from"])
def test_new_theme_begins_with_the_density_of_its_parent(folder: Path, option: str) -> None:
    """The option is there to be changed, whatever its default in the parent is."""
    theme(folder, "dense", 'extends: classic\noptions: {density: "0.5"}\n')
    run("themes", "new", "mine", option, "dense", "-d", folder)
    assert '\n  density: "0.5"\n' in (folder / "themes/mine/theme.yaml").read_text("utf-8")


@pytest.mark.tex
def test_new_theme_renders_through_latex(folder: Path) -> None:
    run("themes", "new", "mine", "-d", folder, "--template", "entry.tex.j2")
    ran = run("render", folder / "profile.yaml", "-t", "mine", "-e", "xelatex")
    assert (ran.code, ran.err) == (0, "")


def test_a_citation_style_is_copied_to_be_changed(folder: Path) -> None:
    run("themes", "new", "mine", "-d", folder, "--template", "styles/apa.j2")
    copied = (folder / "themes/mine/styles/apa.j2").read_text("utf-8")
    assert copied == (shipped_folder() / "base/styles/apa.j2").read_text("utf-8")


def test_a_template_is_copied_into_a_theme_that_is_there(folder: Path) -> None:
    run("themes", "new", "mine", "--extends", "compact", "-d", folder)
    manifest = folder / "themes/mine/theme.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "# mine\n", "utf-8")
    ran = run("themes", "new", "mine", "--template", "entry.html.j2", "--template", "styles/apa.j2", "-d", folder)
    assert ran.code == 0, ran.err
    assert manifest.read_text("utf-8").endswith("# mine\n")
    copied = folder / "themes/mine/html/entry.html.j2"
    assert copied.read_text("utf-8") == (shipped_folder() / "base/html/entry.html.j2").read_text("utf-8")
    copied.write_text("changed", "utf-8")
    again = run("themes", "new", "mine", "--template", "entry.html.j2", "--template", "styles/acm.j2", "-d", folder)
    assert (again.code, "entry.html.j2 already exists" in again.err) == (2, True)
    assert copied.read_text("utf-8") == "changed"
    assert not (folder / "themes/mine/styles/acm.j2").exists()


def test_copied_template_is_the_one_in_use(folder: Path) -> None:
    run("themes", "new", "mine", "--extends", "compact", "--template", "entry.html.j2", "-d", folder)
    path = folder / "themes/mine/html/entry.html.j2"
    path.write_text(path.read_text("utf-8") + "<p>Changed</p>", "utf-8")
    run("render", folder / "profile.yaml", "-t", "mine", "-f", "html", *INSTALLED_FONTS)
    assert "<p>Changed</p>" in (folder / "profile.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["Mine"], "is not a valid name for a theme", id="capitals"),
        pytest.param(["../mine"], "is not a valid name for a theme", id="path"),
        pytest.param(["base"], "is not a valid name for a theme", id="base"),
        pytest.param(["classic"], "the theme 'classic' already exists", id="shipped-name"),
        pytest.param(["classic"], "to copy a template into a theme of yours, add --template FILE", id="hint-for-it"),
        pytest.param(["mine", "--extends", "clasic"], "did you mean 'classic'?", id="unknown-parent"),
        pytest.param(["mine", "--template", "entri.html.j2"], "did you mean 'entry.html.j2'?", id="unknown-template"),
        pytest.param(["mine", "--template", "styles/ap.j2"], "did you mean 'styles/apa.j2'?", id="unknown-style"),
        pytest.param(["mine", "--template", "nosuch.html.j2"], "one of: ", id="template-like-no-other"),
        pytest.param(["mine", "--template", "entry.html"], "did you mean 'entry.html.j2'?", id="template-half-named"),
        pytest.param(["mine", "--template", "../theme.yaml"], "has no template", id="template-outside"),
    ],
)
def test_new_refuses_and_writes_nothing(folder: Path, arguments: list[str], says: str) -> None:
    ran = run("themes", "new", *arguments, "-d", folder)
    assert ran.code == 2
    assert says in ran.err
    assert not (folder / "themes").exists()


def test_new_never_overwrites(folder: Path) -> None:
    theme(folder, "mine", "extends: classic\n")
    ran = run("themes", "new", "mine", "-d", folder)
    assert ran.code == 2
    assert (folder / "themes/mine/theme.yaml").read_text("utf-8") == "extends: classic\n"


# --- gallery


PAIRS = [["classic", "homepage"], ["homepage", "classic"]]


def test_gallery_shows_every_page_of_each_theme(folder: Path) -> None:
    target = folder / "all"
    ran = run_on_terminal("themes", "gallery", "-o", target, "-t", "classic", "-t", "homepage", "-e", "weasyprint")
    assert ran.code == 0
    assert re.findall("[0-9]+%", ran.err)[-1] == "100%"
    assert re.findall(r"(?m)^(\w+) +weasyprint +[0-9] pages?$", ran.out) in PAIRS
    index = (target / "index.html").read_text("utf-8")
    for name in ("classic-weasyprint-1.png", "classic-weasyprint.pdf", "homepage.html", "homepage-weasyprint-1.png"):
        assert f'"{name}"' in index
        assert (target / name).stat().st_size > 1000
    with Image.open(target / "classic-weasyprint-1.png") as picture:
        assert (picture.width, picture.height) == (1191, 1684)  # A4 at 144 px per inch


def test_gallery_shows_what_went_wrong_and_makes_the_others(folder: Path) -> None:
    theme(folder, "faulty", "extends: classic\n")
    (folder / "themes/faulty/html").mkdir()
    (folder / "themes/faulty/html/style.css.j2").write_text("{{ colour }}", "utf-8")
    arguments = ("-t", "faulty", "-t", "ats", "-e", "weasyprint", "-o", folder / "all")
    ran = run("themes", "gallery", folder / "profile.yaml", *arguments)
    assert ran.code == 1
    assert "'colour' is undefined" in ran.err
    index = (folder / "all/index.html").read_text("utf-8")
    assert "&#39;colour&#39; is undefined" in index
    assert "ats-weasyprint-1.png" in index
