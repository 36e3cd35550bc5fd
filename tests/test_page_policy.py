"""A web page runs nothing and asks nobody: by its own policy in a browser, and because cvgen refuses such themes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers import INSTALLED_FONTS, Ran, read_told, run_cvgen

from cvgen.backends.html.page_contents import find_faults, parse_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUN = "fetch('AT/ID')"
"""A script that can be noticed."""
IN_BODY = {
    "script": f"<script>{RUN}</script>",
    "script-src": '<script src="AT/ID"></script>',
    "module": f'<script type="module">{RUN}</script>',
    "import-map": '<script type="module">import "AT/ID"</script>',
    "speculation": '<script type="speculationrules">{"prefetch": [{"urls": ["AT/ID"]}]}</script>',
    "onerror": f'<img src="data:," onerror="{RUN}">',
    "onload": f'<svg onload="{RUN}"></svg>',
    "ontoggle": f'<details open ontoggle="{RUN}">x</details>',
    "onanimation": f'<style>@keyframes k {{}}</style><b style="animation: k 1s" onanimationstart="{RUN}">x</b>',
    "autofocus": f'<input autofocus onfocus="{RUN}">',
    "javascript-frame": f'<iframe src="javascript:{RUN}"></iframe>',
    "data-frame": f'<iframe src="data:text/html,<script>{RUN}</script>"></iframe>',
    "srcdoc": f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    "iframe": '<iframe src="AT/ID"></iframe>',
    "fenced": '<fencedframe src="AT/ID"></fencedframe>',
    "frame-in-template": f'<div><template shadowrootmode="open"><img src="AT/ID" onerror="{RUN}"></template></div>',
    "img": '<img src="AT/ID" alt="">',
    "img-relative": '<img src="//HOST/ID" alt="">',
    "srcset": '<img src="data:," srcset="AT/ID 1x" alt="">',
    "picture": '<picture><source srcset="AT/ID"><img src="data:," alt=""></picture>',
    "input-image": '<input type="image" src="AT/ID" alt="x">',
    "poster": '<video poster="AT/ID"></video>',
    "video": '<video src="AT/ID" autoplay muted></video>',
    "audio": '<audio autoplay><source src="AT/ID"></audio>',
    "track": '<video src="data:video/mp4," autoplay><track default src="AT/ID"></video>',
    "object": '<object data="AT/ID"></object>',
    "embed": '<embed src="AT/ID">',
    "svg-image": '<svg><image href="AT/ID" width="9" height="9"/></svg>',
    "svg-use": '<svg><use href="AT/ID#a"/></svg>',
    "svg-xlink": '<svg><use xlink:href="AT/ID#a"/></svg>',
    "svg-feimage": '<svg><filter id="f"><feImage href="AT/ID"/></filter><rect width="9" filter="url(#f)"/></svg>',
    "svg-fill": '<svg><rect width="9" height="9" fill="url(AT/ID#a)"/></svg>',
    "svg-script": f"<svg><script>{RUN}</script></svg>",
    "svg-style": "<svg><style>p { background: url(AT/ID) }</style></svg>",
    "math-link": f'<math><mtext href="javascript:{RUN}">x</mtext></math>',
    "body-background": '<table background="AT/ID"><tr><td>x</table>',
    "import": '<style>@import "AT/ID";</style>',
    "import-url": "<style>@import url(AT/ID);</style>",
    "escaped-url": r"<style>p { background: u\72l(AT/ID) }</style>",
    "image-set": '<style>p { background: image-set("AT/ID" 1x) }</style>',
    "font": "<style>@font-face { font-family: f; src: url(AT/ID) } p { font-family: f }</style>",
    "cursor": "<style>body { cursor: url(AT/ID), auto }</style>",
    "style-attribute": '<p style="background: url(AT/ID)">x</p>',
    "stylesheet": '<link rel="stylesheet" href="AT/ID">',
    "preload": '<link rel="preload" as="image" href="AT/ID">',
    "modulepreload": '<link rel="modulepreload" href="AT/ID">',
    "prefetch": '<link rel="prefetch" href="AT/ID">',
    "icon": '<link rel="shortcut icon" href="AT/ID">',
    "imagesrcset": '<link rel="preload" as="image" imagesrcset="AT/ID 1x">',
    "manifest": '<link rel="manifest" href="AT/ID">',
}  # fmt: skip
"""What a theme could put into a page; the page's policy stops each in a browser."""
BEYOND_A_POLICY = {
    "refresh": '<meta http-equiv="refresh" content="0; url=AT/ID">',
    "preconnect": '<link rel="preconnect" href="AT/ID">',
    "dns-prefetch": '<link rel="me dns-prefetch" href="AT/ID">',
    "second-policy": '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    "ping": '<a href="#x" ping="AT/ID">x</a>',
    "javascript-link": f'<a href="java\tscript:{RUN}">x</a>',
    "data-link": f'<a href="data:text/html,<script>{RUN}</script>">x</a>',
    "svg-link": f'<svg><a href="javascript:{RUN}"><text>x</text></a></svg>',
    "animated-link": '<svg><a><animate attributeName="href" values="AT/ID"/></a></svg>',
    "base": '<base href="AT/ID">',
    "form": '<form action="AT/ID"><button>x</button></form>',
    "formaction": '<button formaction="AT/ID">x</button>',
    "noscript": '<noscript><img src="AT/ID"></noscript>',
    "template": '<template><img src="AT/ID"></template>',
    "xmp": '<xmp><img src="AT/ID"></xmp>',
    "custom-element": "<x-card>x</x-card>",
    "foreign-object": '<svg><foreignObject><img src="AT/ID"></foreignObject></svg>',
}
"""What no policy forbids, or what does nothing until a reader clicks."""
HARMLESS = [
    '<p title="--><img src=x.png>">x</p><!-- <plaintext> <img src=x.png> -->',
    '<p style="color: #123">x</p>',
    '<a href="https://example.org/" target="_blank" rel="noopener">x</a><a href="files/cv.pdf">x</a><a href="#x">x</a>',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
    '<svg><defs><path id="a" d="M0 0"/></defs><use href="#a" fill="url(#b)" transform="scale(2)"/></svg>',
    '<math><msup><mi>x</mi><mn>2</mn></msup></math>',
    '<details><summary>More</summary>x</details>',
]  # fmt: skip
"""What a theme may add."""


class Listener(ThreadingHTTPServer):
    """A web server on this machine that notes the path of every request."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Answer)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Listener)
        self.server.asked.append(self.path)
        self.send_response(204)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with Listener() as server:
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small profile, whose theme is beside it."""
    folder = tmp_path_factory.mktemp("stranger")
    (folder / "themes/theirs/html").mkdir(parents=True)
    (folder / "themes/theirs/theme.yaml").write_text("extends: classic\n", "utf-8")
    (folder / "profile.yaml").write_text("basics: {name: Ana Lopes, summary: I read code.}\n", "utf-8")
    return folder / "profile.yaml"


def _write(markup: str, name: str, at: str) -> str:
    return markup.replace("AT", at).replace("HOST", at.removeprefix("http://")).replace("ID", name)


def _render_theirs(profile: Path, markup: str, output: Path) -> Ran:
    """Render the page of a theme that has ``markup`` in its header."""
    header = profile.parent / "themes/theirs/html/header.html.j2"
    header.write_text(f'{{% include "base:header.html.j2" %}}{{% raw %}}{markup}{{% endraw %}}', "utf-8")
    return run_cvgen("render", profile, "-t", "theirs", "-f", "html", "-o", output, "--all-problems", *INSTALLED_FONTS)


@pytest.mark.parametrize("name", [*IN_BODY, *BEYOND_A_POLICY])
def test_what_could_run_or_load_something_is_a_fault(name: str) -> None:
    markup = _write({**IN_BODY, **BEYOND_A_POLICY}[name], name, "http://127.0.0.1:9")
    for place in (f"<title>x</title>{markup}<body><p>x", f"<title>x</title><body><p>x{markup}"):
        found = find_faults(parse_page(f"<!DOCTYPE html><html><head><meta charset=utf-8>{place}"))
        assert found
        assert all(re.match("the theme's page (has|needs) ", fault.message) and fault.hint for fault in found)


@pytest.mark.parametrize("markup", HARMLESS)
def test_what_only_shows_something_is_no_fault(profile: Path, markup: str) -> None:
    output = profile.parent / "shown.html"
    ran = _render_theirs(profile, markup, output)
    assert (ran.code, ran.err) == (0, "")
    assert markup in output.read_text("utf-8")


def test_a_theme_with_all_of_it_is_refused_in_one_run(profile: Path) -> None:
    output = profile.parent / "refused.html"
    ran = _render_theirs(profile, _write("".join(IN_BODY.values()), "x", "http://127.0.0.1:9"), output)
    assert ran.code == 2
    assert not output.exists()
    told = [problem.message for problem in read_told(ran.err)]
    for part in ("<script>", "<iframe>", "'onerror'", "<video>", "<feImage>", "'http://127.0.0.1:9/x'"):
        assert any(part in message for message in told), ran.err
    assert len(set(told)) == len(told)


def test_a_text_that_looks_like_an_address_is_no_fault(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    text = "`url(logo.png)`, <img src=x.png>, @import 'a.css' and `<script src=a.js>`"
    profile.write_text(f'basics: {{name: Ana, summary: "{text}"}}\n', "utf-8")
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.browser
def test_the_policy_alone_stops_it_in_a_browser(browser: Browser, listener: Listener, profile: Path) -> None:
    """Without the policy nearly all of it leaves; with it nothing does."""
    output = profile.parent / "quiet.html"
    assert _render_theirs(profile, "", output).code == 0
    quiet = output.read_text("utf-8")
    added = "".join(_write(markup, name, listener.address) for name, markup in IN_BODY.items())
    loud = quiet.replace("</body>", f"{added}</body>")
    assert _visit(browser, listener, output, loud) == []
    unprotected = re.sub("<meta http-equiv=[^>]*>", "", loud)
    assert len(set(_visit(browser, listener, output, unprotected))) > 30


def _visit(browser: Browser, listener: Listener, place: Path, text: str) -> list[str]:
    """The paths that a browser asks ``listener`` for when it shows the page ``text``."""
    listener.asked.clear()
    place.write_text(text, "utf-8")
    page = browser.new_page()
    page.goto(place.as_uri())
    page.wait_for_load_state("networkidle")
    page.close()
    return list(listener.asked)


HELMET = (
    "default-src 'self'; base-uri 'self'; font-src 'self' https: data:; form-action 'self'; frame-ancestors 'self';"
    " img-src 'self' data:; object-src 'none'; script-src 'self'; script-src-attr 'none';"
    " style-src 'self' https: 'unsafe-inline'; upgrade-insecure-requests"
)
"""What servers with Node's helmet send (https://helmetjs.github.io, version 8)."""
STRICT = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; sandbox"
WITHOUT_DATA = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What GitHub sends with a file's raw text."""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("header", "pictures"),
    [
        pytest.param(HELMET, 11, id="helmet"),
        pytest.param(STRICT, 11, id="strict"),
        pytest.param(WITHOUT_DATA, 0, id="raw"),
    ],
)
def test_the_page_works_under_the_policy_of_a_server(
    browser: Browser, homepage: str, header: str, pictures: int
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route(
        "https://cv.test/",
        lambda route: route.fulfill(
            body=homepage, headers={"Content-Security-Policy": header, "Content-Type": "text/html"}
        ),
    )
    page.goto("https://cv.test/")
    shown = page.evaluate("[...document.images].filter(image => image.naturalWidth > 50).length")
    hidden = page.locator("details .dated").first
    assert not hidden.is_visible()
    page.locator(".rest > summary").click()
    assert hidden.is_visible()
    styled = page.evaluate("getComputedStyle(document.querySelector('nav')).position")
    page.close()
    assert (shown, styled) == (pictures, "sticky")
    assert (said == []) == (pictures > 0)


@pytest.fixture(scope="module")
def homepage(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with folded news, pictures and a font."""
    output = tmp_path_factory.mktemp("homepage") / "cv.html"
    profile = Path(__file__).parents[1] / "examples/homepage/profile.yaml"
    fonts = ("--set", "body_font=Serif", "--set", "code_font=Mono")
    ran = run_cvgen("render", profile, "-v", "web", "-f", "html", "-o", output, "--set", "news_shown=2", *fonts)
    assert ran.code == 0, ran.err
    return output.read_text("utf-8").replace(' loading="lazy"', "")
