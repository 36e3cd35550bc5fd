"""``cvgen preview``: other web pages, other programs and strangers' files that want something of its server."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hostile.case import Case, Sandbox
from hostile.classes.fields import PAYLOADS, fill_in, write_everywhere

CLIENT = Path(__file__).parents[1] / "preview_client.py"
Step = dict[str, Any]
ENDED, KILLED = 0, 7


def _get(path: str = "/TOKEN/state", host: str = "127.0.0.1:PORT", more: str = "", method: str = "GET") -> str:
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n"


def _post(
    length: str, body: str = "", kind: str = "application/json", origin: str = "ORIGIN", name: str = "choices"
) -> str:
    return (f"POST /TOKEN/{name} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: {origin}\r\nConnection: close\r\n"
            f"Content-Type: {kind}\r\n{length}\r\n{body}")  # fmt: skip


def _send(texts: Sequence[str], *right: int, **more: int) -> list[Step]:
    return [{"send": text, "right": [*right], **more} for text in texts]


NOT_FOUND, REFUSED, NO_HTTP = 404, 403, 400
HOSTS = ("evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:PORT.evil.example", "x@127.0.0.1:PORT", "127.0.0.1:PORT:PORT",
         "[::1]:PORT", "0.0.0.0:PORT", "127.0.0.2:PORT", "LOCALHOST:PORT", "", "127.0.0.1:PORT\r\nHost: evil.example")  # fmt: skip
ORIGINS = ("http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:PORT", "http://127.0.0.1:PORT.evil.example",
           "http://localhost:1", "file://", "ORIGIN/", "ORIGIN, http://evil.example", "")  # fmt: skip
TOKENS = ("/", "/state", "//state", "/TOKE/state", "/TOKENx/state", "/x/TOKEN/state", "/%00TOKEN/state", "/TOKEN%20/state",
          "/\xe9/state", "/%ff%fe/state", "/*/state", f"/{'x' * 60_000}/state")  # fmt: skip
PATHS = ("../state", "../../etc/passwd", "%2e%2e/%2e%2e/app.py", "..%2fapp.py", "..%5capp.py", "/etc/passwd", "profile.yaml",
         "./profile.yaml", "%00", "page/1/99.png", "page/-1/0.png", "page/999999/0.png", "web/1.html", "app.py", "page", "web/",
         "index.html/../../../secret", "style.css%00.html", "__init__.py", "page/1/0.png/../../../state")  # fmt: skip
NUMBERS = (f"page/{'9' * 5000}/0.png", f"page/1/{'9' * 5000}.png", f"web/{'1' * 5000}.html", f"page/1/0.png?width={'9' * 5000}",
           "page/1/0.png?width=%C2%B2", "page/1/0.png?width=-1", "page/1/0.png?width=0", "page/1/0.png?width=", "page/1/0.png?width=99999999",
           "page/1/0.png?width=1&width=2", "page/%D9%A1/0.png")  # fmt: skip
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "post", "\x01", "GET GET")
LENGTHS = ("Content-Length: 99999999999", "Content-Length: -1", "Content-Length: 1, 1", "Content-Length: \xb2", "Content-Length: 9\r\nContent-Length: 8",
           "Content-Length: 0x10", "Content-Length: +5", "Content-Length: " + "9" * 5000, "Transfer-Encoding: chunked",
           "Transfer-Encoding: chunked\r\nContent-Length: 4", "X: y", "Content-Length: 65537")  # fmt: skip
WHAT_IS_NO_HTTP = ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\r\n" * 5000, "\0" * 5000,
                   "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n", "x" * 100_000, "GET /TOKEN/state HTTP/1.1\nHost: 127.0.0.1:PORT\n\n",
                   "GET /TOKEN/state HTTP/1.1\r\nHost : 127.0.0.1:PORT\r\n\r\n", "GET /TOKEN/state HTTP/1.1\r\n Host: 127.0.0.1:PORT\r\n\r\n")  # fmt: skip
BODIES: dict[str, tuple[str, list[Any]]] = {
    "choices": (
        "choices",
        [{"theme": "../secret"}, {"theme": "/etc"}, {"theme": "mine"}, {"theme": "x" * 9000}, {"variant": "../x"}, {"language": "../../x"},
         {"language": "x" * 9000}, {"engine": "sh"}, {"pages": 10**30}, {"pages": True}, {"shape": "x"}, {"options": {"accent": "url(URL/p)"}},
         {"options": {"body_font": "../secret/secret.txt"}}, {"options": {f"o{n}": "x" for n in range(2000)}}, {"options": {"__class__": "x"}},
         {"options": {"paper": "1e400x1e400"}}, {"variant": "\x1b[31m\u202e"}, {"theme": "a\0b"}, {"reset": True}],
    ),
    "JSON": (
        "choices",
        ["[" * 60_000, '{"a":' * 9000, '{"pages": 1e400}', '{"pages": NaN}', "\ud800", '{"theme": "\\ud800"}', "null", "[]", "1" * 60_000,
         '{"pages": 1, "pages": 2}', "", "\0", '{"options": {"accent": ["x"]}}', '"' + "\\u0000" * 9000 + '"'],
    ),
    "flag": (
        "flag",
        [{"path": path, "flag": flag} for path in (
            [], ["basics"], ["basics", "name"], ["publications"], ["publications", "a"], ["publications", "\n- x: y"], ["publications", 3],
            ["work", -1], ["work", 10**9], ["work", "0"], ["work", 0, "highlights", 0, "x"], ["__class__"], ["x" * 9000], ["work", 0, "name"],
            ["variants"], [0], [""], ["a: b\nc"], ["work"] * 3000,
        ) for flag in ("pin", "hidden", "__class__")]
        + [{"path": ["publications", "a"], "section": section, "flag": "pin"} for section in
           (["variants"], ["variants", "v", "sections", 99], ["basics"], [-1], ["x\ny: z"])],
    ),
    "places": (
        "place",
        [{"view": 1, "file": "/etc/passwd", "line": 1}, {"view": 1, "file": "profile.yaml", "line": -1}, {"view": 10**30, "file": "", "line": 0},
         {"view": 1, "file": "x" * 60_000, "line": 10**30, "column": -5}, {"view": -1, "file": "\0", "line": 2}],
    ),
    "words": (
        "word",
        [{"view": 1, "page": 0, "x": x, "y": 0.1} for x in (0, -1, 10**300, 0.5)]
        + ['{"view": 1, "page": 0, "x": NaN, "y": Infinity}', {"view": 1, "page": -1, "x": 0, "y": 0}, {"view": 1, "page": 10**30, "x": 0, "y": 0}],
    ),
    "texts": ("text", [{"view": 1, "text": text} for text in ("x" * 60_000, "", "(a+)+$", "\0", "\ud800", "Wei" * 9000)]),
    "comparisons": ("compare", [
        {"a": {"variant": a, "state": state}, "b": {"variant": b}}
        for a, b, state in (("v", "v", ""), ("../x", "\x1b", ""), ("x" * 9000, "", ""), ("v", "v", "--output=x"), ("v", "v", "HEAD"))
    ]),
    "check and gallery": ("check", [{}, {"x": 1}]),
    "gallery": ("gallery", [{}]),
}  # fmt: skip
WROTE: tuple[Any, ...] = (
    {"options": {"accent: x\nbasics": "y"}}, {"options": {"accent": "x\nbasics: {name: PWNED}"}}, {"theme": "classic\nx: y"},
    {"language": "en #"}, {"options": {"accent": "'\"\\ \x85\u2028"}},
)  # fmt: skip


def _order(steps: Sequence[Step], *options: str, profile: str = "") -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("papers.bib", "@article{a, author={Lin, Wei}, title={T}, journal={J}, year=2020}\n")
        rest = profile or (
            "bibliography: {files: [papers.bib]}\nwork: [{name: E, position: P, start: 2020, highlights: [Built a thing]}]\n"
            "variants: {v: {}}\n"
        )
        box.profile(fill_in(rest, box))
        box.write("posted.html", "x")
        box.write("order.json", fill_in(json.dumps(list(steps)), box))
        return [box.work / "order.json", *options]

    return build


def _shown(payload: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    """A profile full of a text is shown in a browser, with its problems, a check and two variants beside each other."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        write_everywhere(box, fill_in(payload, box))
        text = json.dumps("X " + fill_in(payload, box))
        profile = box.work / "profile.yaml"
        profile.write_text(
            f"{profile.read_text()}variants: {{{text}: {{}}, v: {{basics: {{label: {text}}}}}}}\nx: {text}\n",
            "utf-8",
            "surrogatepass",
        )
        good = [
            {"post": "check", "body": {}, "right": [200]},
            {"post": "compare", "body": {"a": {"variant": "v"}, "b": {"variant": "X"}}, "right": [200, 422]},
        ]
        box.write("order.json", json.dumps([*good, {"open": True}]))
        return [box.work / "order.json"]

    return build


def _case(name: str, steps: Sequence[Step], *options: str, codes: tuple[int, ...] = (ENDED,), fast: bool = False,
          profile: str = "", writes: tuple[str, ...] = ()) -> Case:  # fmt: skip
    build = _order(steps, *options, profile=profile)
    return Case(
        "previews", name, build, frozenset(codes), writes=writes, fast=fast, program=(sys.executable, str(CLIENT))
    )


EDITED = ("work/profile.yaml",)
"""A person who clicks writes into their profile."""
PUTS: dict[str, Step] = {
    "a link to a secret": {"link": "../secret/secret.yaml"},
    "a link to a device": {"link": "/dev/zero"},
    "a pipe": {"pipe": True},
    "nothing": {"text": ""},
    "no YAML": {"text": "{" * 9000},
    "aliases": {
        "text": "a: &a [x]\n"
        + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n".replace("*a-1", "*a") for n in range(30))
    },
    "a large file": {"text": "basics: {name: " + "x" * 3_000_000 + "}"},
    "a theme above": {"text": "basics: {name: Wei Lin}\nvariants: {default: {theme: ../secret}}\n"},
    "a bibliography above": {"text": "basics: {name: Wei Lin}\nbibliography: {files: [../secret/secret.bib]}\n"},
    "a photo above": {"text": "basics: {name: Wei Lin, image: ../secret/secret.png}\n"},
}


def list_cases(_: random.Random) -> Iterator[Case]:
    """Requests of others, requests of the page with odd contents, files that change, and pages in a browser."""
    yield _case("hosts", _send([_get(host=host) for host in HOSTS], 421, 400))
    yield _case("origins", _send([_get(more=f"Origin: {o}\r\n") for o in ORIGINS], 403))
    body = '{"pages": 2}'
    sized = f"Content-Length: {len(body)}\r\n"
    yield _case("origins, post", _send([_post(sized, body, origin=o) for o in ORIGINS], 403))
    sites = [f"Sec-Fetch-Site: {site}\r\n" for site in ("cross-site", "same-site", "x", "")]
    yield _case("other sites", _send([_get(more=site) for site in sites], 403))
    yield _case("tokens", _send([_get(path) for path in TOKENS], 404, 400, 414))
    yield _case(
        "proxied",
        _send(
            [_get("http://evil.example/TOKEN/state"), _get("*"), _get("evil.example:80", method="CONNECT")],
            404,
            400,
            405,
        ),
    )
    yield _case("no host", _send(["GET /TOKEN/state HTTP/1.0\r\n\r\n", "GET /TOKEN/state HTTP/1.1\r\n\r\n"], 421, 400))
    yield _case("paths", _send([_get(f"/TOKEN/{path}") for path in PATHS], 404))
    yield _case("numbers", _send([_get(f"/TOKEN/{path}") for path in NUMBERS], 200, 400, 404, 414))
    yield _case("methods", _send([_get(method=method) for method in METHODS], 405, 400, 404))
    yield _case("kinds", _send([_post(sized, body, kind) for kind in
                                ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/jsonx")], 415))  # fmt: skip
    yield _case("lengths", _send([_post(f"{length}\r\n", body) for length in LENGTHS], 400, 411, 413, 0))
    yield _case("huge body", _send([_post("Content-Length: 300000000\r\n")], 413, 0, more=300_000_000))
    yield _case(
        "huge body, chunked", _send([_post("Transfer-Encoding: chunked\r\n", "5f5e100\r\n")], 411, 0, more=100_000_000)
    )
    yield _case(
        "huge head", _send(["GET /TOKEN/state HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: "], 400, 431, 0, more=100_000_000)
    )
    yield _case("many heads", _send([_get(more="X: y\r\n" * 20_000)], 200, 400, 431))
    yield _case("no HTTP", _send(WHAT_IS_NO_HTTP, 400, 404, 421, 505, 0))
    yield _case(
        "upgrade",
        _send(
            [_get(more="Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n")], 200, 400, 426
        ),
    )
    yield _case("half-open connections", [{"hold": 900, "send": "GET /TOKEN/state HTTP/1.1\r\n"}], codes=(ENDED,))
    yield _case(
        "many listeners",
        [{"hold": 300, "send": _get("/TOKEN/events").replace("Connection: close\r\n", "")}],
        codes=(ENDED,),
    )
    yield _case(
        "many pictures", _send([_get(f"/TOKEN/page/1/0.png?width={width}") for width in range(100, 2400, 150)], 200)
    )
    for name, (address, bodies) in BODIES.items():
        # Who may click may choose any theme, so other folders are forbidden to an untrusted profile only.
        ways: dict[str, tuple[tuple[str, ...], ...]] = {"flag": ((), ("--untrusted",)), "choices": (("--untrusted",),)}
        for untrusted in ways.get(name, ((),)):
            steps = [{"post": address, "body": body, "right": [200, 400, 422, 413]} for body in bodies]
            yield _case(f"bodies, {name}{''.join(untrusted)}", steps, *untrusted, writes=() if untrusted else EDITED,
                        codes=(ENDED,))  # fmt: skip
    for number, body in enumerate(WROTE):
        steps = [
            {"post": "choices", "body": body, "right": [200, 400, 422]},
            {"post": "write", "body": {}, "right": [200, 422]},
        ]
        yield _case(f"written {number}", steps, writes=EDITED)
    for name, put in PUTS.items():
        steps = [{"put": "profile.yaml", **put}, {"post": "write", "body": {}, "right": [422]},
                 {"put": "profile.yaml", "text": "basics: {name: Wei Lin}\n"}]  # fmt: skip
        yield _case(f"profile becomes {name}", steps, "--untrusted", writes=EDITED, fast=name == "a large file")
    for name, put in (
        ("a link to nothing", {"link": "../home/PWNED"}),
        ("a link to a device", {"link": "/dev/zero"}),
        ("a pipe", {"pipe": True}),
    ):
        steps = [{"put": "papers.bib", **put}, {"post": "check", "body": {}, "right": [200]}]
        yield _case(f"bibliography becomes {name}", steps, "--untrusted", writes=("work/papers.bib",))
    for number, (name, payload) in enumerate(PAYLOADS.items()):
        if number % 3 == 0 or name.startswith("html s"):
            yield Case("previews", f"shown, {name}", _shown(payload), frozenset({ENDED, 2}), memory=2 << 30,
                       program=(sys.executable, str(CLIENT)))  # fmt: skip
