"""Gathers the manual for the site generator: pages, pictures, references made from the code, and the menu."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from api_reference import write_api_reference
from profile_reference import write_profile_reference
from theme_reference import write_theme_reference

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MADE = {
    "profile-reference.md": write_profile_reference,
    "theme-reference.md": write_theme_reference,
    "api-reference.md": write_api_reference,
}
"""The pages that are made from the code."""
MENU: dict[str, tuple[str, ...]] = {
    "Start": ("index", "start", "preview", "editors", "questions"),
    "Write": ("profile", "languages", "letters", "profile-reference"),
    "Publications": ("publications", "publications-online"),
    "Tailor": ("tailoring", "postings", "review", "worth"),
    "Print": ("formats", "homepage", "latex-class", "batch", "speed"),
    "Check": ("checking", "parsers"),
    "Themes": ("themes", "theme-examples", "theme-reference", "latex-themes"),
    "Move to cvgen": ("import", "from-rendercv", "from-json-resume", "from-moderncv", "from-al-folio"),
    "Python": ("python", "api-reference"),
    "The project": ("CHANGELOG", "CONTRIBUTING", "SECURITY"),
}
"""The order of the pages. One that is not listed is added under "More", and one that does not exist is left out."""
PROJECT = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
LINK = re.compile(r"(!?\[(?:[^]\[]|\[[^]]*\])*\])\(([^):\s]+)\)")


def gather(folder: Path) -> None:
    """Write ``folder``/docs and ``folder``/zensical.toml."""
    pages = folder / "docs"
    pages.mkdir(parents=True)
    for source in sorted(DOCS.rglob("*.md")):
        _write(pages / source.relative_to(DOCS), source.read_text("utf-8"), source.parent)
    for name in PROJECT:
        _write(pages / name, (ROOT / name).read_text("utf-8"), ROOT)
    _write(pages / "index.md", (ROOT / "README.md").read_text("utf-8"), ROOT)
    for name, make in MADE.items():
        (pages / name).write_text(make(), "utf-8")
    for picture in (*ROOT.glob("examples/**/*.png"), *DOCS.rglob("*.png")):
        target = pages / _place(picture)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, target)
    shutil.copytree(Path(__file__).parent / "styles", pages / "styles")
    (folder / "zensical.toml").write_text(_write_settings(list_menu(pages)), "utf-8")


def _write(target: Path, text: str, base: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(LINK.sub(lambda found: _move_link(found, target, base), text), "utf-8")


def _move_link(found: re.Match[str], target: Path, base: Path) -> str:
    """The link as it must be in the page ``target``; one to a file that the site does not have is plain text."""
    path, _, anchor = found[2].partition("#")
    if not path:
        return found[0]
    linked = (base / path).resolve()
    if not linked.exists() or not linked.is_relative_to(ROOT):
        return found[0]  # the site generator reports it
    if linked.suffix not in (".md", ".png"):
        return found[1][1:-1]
    top = target
    while top.name != "docs":
        top = top.parent
    moved = os.path.relpath(top / _place(linked), target.parent)
    return f"{found[1]}({moved}{anchor and '#' + anchor})"


def _place(file: Path) -> Path:
    """Where a page or a picture of the repository is in the site."""
    inside = file.relative_to(ROOT)
    if inside == Path("README.md"):
        return Path("index.md")
    return file.relative_to(DOCS) if file.is_relative_to(DOCS) else inside


def list_menu(pages: Path) -> dict[str, list[str]]:
    """The pages below each title of the menu, as paths; none is left out."""
    existing = {path.stem: path.name for path in sorted(pages.glob("*.md"))}
    menu = {title: [existing.pop(name) for name in names if name in existing] for title, names in MENU.items()}
    decisions = sorted(path.relative_to(pages).as_posix() for path in pages.glob("decisions/*.md"))
    decisions.sort(key=lambda name: not name.endswith("README.md"))
    return {**menu, "More": list(existing.values()), "Decisions": decisions}


def _write_settings(menu: dict[str, list[str]]) -> str:
    address = os.environ.get("CVGEN_REPOSITORY", "")
    nav = ",\n".join(
        f'  {{"{title}" = [{", ".join(_quote(page) for page in pages)}]}}' for title, pages in menu.items() if pages
    )
    repository = f"repo_url = {_quote(address)}\n" if address else ""
    return f"""[project]
site_name = "cvgen"
site_description = "One YAML profile and a BibTeX file become a CV"
docs_dir = "docs"
site_dir = "site"
{repository}use_directory_urls = false
extra_css = ["styles/site.css"]
nav = [
{nav}
]

[project.theme]
language = "en"
font = false
features = ["navigation.sections", "navigation.top", "search.highlight", "content.code.copy", "toc.follow"]

[[project.theme.palette]]
scheme = "default"
media = "(prefers-color-scheme: light)"
toggle.icon = "lucide/sun"
toggle.name = "Dark colours"

[[project.theme.palette]]
scheme = "slate"
media = "(prefers-color-scheme: dark)"
toggle.icon = "lucide/moon"
toggle.name = "Light colours"

[project.validation]
invalid_links = true
invalid_link_anchors = true
"""


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
