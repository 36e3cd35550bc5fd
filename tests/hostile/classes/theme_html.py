"""A stranger's theme for HTML: what its markup and styles make a browser and WeasyPrint fetch, read and run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import FAILED, Case, Sandbox, picture_bytes, picture_url, to_page, to_pdf

RUN = "document.title='RAN'+'MARK';new Image().src='URL/run'"
MARKUP = {
    "script": f"<script>{RUN}</script>",
    "script module": f"<script type=module>{RUN}</script>",
    "script src": "<script src=URL/s.js></script>",
    "script data": "<script src=\"data:text/javascript,document.title='RAN'+'MARK'\"></script>",
    "onerror": f'<img src=x onerror="{RUN}">',
    "onload": f'<body onload="{RUN}"><svg onload="{RUN}">',
    "onfocus": f'<input autofocus onfocus="{RUN}"><details open ontoggle="{RUN}">',
    "animation": f"<style>@keyframes a{{}}</style><b style='animation:a 1s' onanimationstart=\"{RUN}\">x</b>",
    "iframe": "<iframe src=URL/frame></iframe>",
    "iframe srcdoc": f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    "iframe script": "<iframe src=\"javascript:parent.document.title='RAN'+'MARK'\"></iframe>",
    "object": "<object data=URL/o></object><embed src=URL/e>",
    "refresh": "<meta http-equiv=refresh content='0;url=URL/refresh'>",
    "base": "<base href='URL/'><img src=base.png>",
    "form": "<form action=URL/f id=f><input name=a></form><script>f.submit()</script>",
    "img": "<img src=URL/img.png>",
    "srcset": "<img srcset='URL/srcset.png 1x'>",
    "picture": "<picture><source srcset='URL/source.png'><img></picture>",
    "poster": "<video poster=URL/poster.png></video>",
    "video": "<video src=URL/v.mp4 autoplay></video><audio src=URL/a.mp3 autoplay></audio>",
    "track": "<video autoplay><track default src=URL/t.vtt></video>",
    "link style": "<link rel=stylesheet href=URL/l.css>",
    "link preload": "<link rel=preload as=image href=URL/p.png><link rel=prefetch href=URL/p2>",
    "link dns": "<link rel=preconnect href=URL/><link rel=dns-prefetch href=URL/><link rel=prerender href=URL/pr>",
    "link icon": "<link rel=icon href=URL/favicon.ico><link rel=manifest href=URL/m.json>",
    "svg use": "<svg><use href='URL/u.svg#a'/></svg>",
    "svg image": "<svg><image href='URL/si.png' width=9 height=9 /></svg>",
    "svg feimage": "<svg><filter id=f><feImage href='URL/fe.png'/></filter><rect filter='url(#f)' width=9 height=9 /></svg>",
    "svg script": "<svg><script href=URL/ss.js /><script>document.title='RAN'+'MARK'</script></svg>",
    "svg in a picture": "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='URL/x'/></svg>\">",
    "input image": "<input type=image src=URL/input.png>",
    "background": "<table background=URL/bg.png><td background=URL/td.png>x</table>",
    "math": "<math href=javascript:1 xlink:href=javascript:2><mtext>x</mtext></math>",
    "ping": "<a href=https://x.example ping=URL/ping id=p>x</a><script>p.click()</script>",
    "speculation": '<script type=speculationrules>{"prefetch":[{"urls":["URL/spec"]}]}</script>',
    "worker": "<script>new Worker('URL/w.js');navigator.sendBeacon('URL/b');new WebSocket('ws'+'URL'.slice(4))</script>",
    "shadow": f"<div><template shadowrootmode=open><script>{RUN}</script><img src=URL/shadow></template></div>",
    "secret picture": "<img src='SECRET.png'>",
    "secret picture file": "<img src='file://SECRET.png'>",
    "secret picture above": "<img src='../secret/secret.png'><img src='themes/../../secret/secret.png'>",
    "secret picture encoded": "<img src='%2e%2e/secret/secret.png'><img src='..%2fsecret%2fsecret.png'>",
    "secret picture host": "<img src='file://localhostSECRET.png'><img src='file:/SECRET.png'>",
    "secret svg": "<svg><use href='file://SECRET.svg#x'/></svg><img src='file://SECRET.svg'>",
    "secret object": "<object data='file://SECRET.txt'></object><iframe src='file://SECRET.txt'></iframe>",
    "secret style": "<link rel=stylesheet href='file://SECRET.css'>",
    "secret attachment": "<link rel=attachment href='file://SECRET.txt'><a rel=attachment href='file://SECRET.txt'>x</a>",
    "attachment": "<link rel=attachment href='data:text/plain,x'>",
    "linked picture": "<img src='themes/mine/html/linked.png'>",
    "launch": "<a href='file:///bin/sh'>x</a><a href='javascript:app.alert(1)'>y</a>",
}
STYLES = {
    "import": "@import url(URL/i.css);",
    "import text": "@import 'URL/i2.css';",
    "background": "body { background: url(URL/bg.png) }",
    "escapes": "body { background: \\75rl(URL/esc.png); b: u\\rl(URL/esc2.png) }",
    "image-set": "body { background: image-set('URL/is.png' 1x); background: -webkit-image-set(url(URL/is2.png) 1x) }",
    "font": "@font-face { font-family: a; src: url(URL/f.woff2) } body { font-family: a }",
    "content": "body::before { content: url(URL/c.png) }",
    "cursor": "body { cursor: url(URL/cur.png), auto } ul { list-style-image: url(URL/li.png) }",
    "mask": "body { mask: url(URL/m.svg#a); clip-path: url(URL/c.svg#a); filter: url(URL/f.svg#a) }",
    "border": "body { border-image: url(URL/b.png) 1; shape-outside: url(URL/s.png) }",
    "namespace": "@namespace url(URL/ns); @document url(URL/d) {}",
    "variable": ":root { --u: url(URL/var.png) } body { background: var(--u) }",
    "profile": "@color-profile --p { src: url(URL/p.icc) } body { color: color(--p 1 1 1) }",
    "closing": "</style><script>document.title='RAN'+'MARK'</script><style>",
    "secret import": "@import url(file://SECRET.css);",
    "secret background": "body { background: url(file://SECRET.png) } p::before { content: url(../secret/secret.png) }",
    "secret font": "@font-face { font-family: a; src: url(file://SECRET.txt) } body { font-family: a }",
    "local font": "@font-face { font-family: a; src: local('../../etc/passwd') } body { font-family: a }",
    "attr": "body::before { content: attr(url) string(x) target-text(url(file://SECRET.txt)) }",
    "leader": "a::after { content: leader('x') leader('') target-counter('#nope', page) }",
}
BOMBS = {
    "flex": "<div style=display:flex>" * 12 + "x" * 50 + "</div>" * 12,
    "flex deep": "<div style='display:flex;flex-wrap:wrap'>" * 60 + "x",
    "grid": "<div style='display:grid;grid-template-columns:repeat(1000000,1fr)'>x</div>",
    "grid deep": "<div style='display:grid;grid-template-columns:auto auto'>" * 25 + "x",
    "colspan": "<table>" + "<tr><td colspan=99999999 rowspan=99999999>x</td></tr>" * 9 + "</table>",
    "tables": "<table><tr><td>" * 30 + "x",
    "columns": "<div style='columns:99999999'>x</div>",
    "variables": "<style>:root{--a0:x}" + "".join(f":root{{--a{n}:{f'var(--a{n - 1})' * 9}}}" for n in range(1, 12))
    + "p::before{content:var(--a11)}</style><p>",
    "svg use": "<svg>" + "<g id=a0><rect width=1 height=1 /></g>"
    + "".join(f"<g id=a{n}>{f'<use href=#a{n - 1} />' * 10}</g>" for n in range(1, 9)) + "<use href=#a8 /></svg>",
    "svg of itself": "<svg><g id=a><use href=#a /></g><pattern id=p><rect fill=url(#p) width=9 height=9 /></pattern>"
    "<rect fill=url(#p) width=99 height=99 /></svg>",
    "svg huge": "<svg width=1e9 height=1e9 viewBox='0 0 1 1'><path d='M0 0" + "L1 1" * 100_000 + "'/></svg>",
    "svg blur": "<svg><filter id=f><feGaussianBlur stdDeviation=1e9 /></filter><rect filter=url(#f) width=9 height=9 /></svg>",
    "deep": "<div>" * 5000 + "x",
    "deep inline": "<b><i>" * 3000 + "x",
    "many pages": "<p style='break-after:page'>x</p>" * 5000,
    "tall": "<div style='height:1e9cm'>x</div>",
    "wide": "<div style='width:1e30px;height:1e30px;border:1e20px solid'>x</div>",
    "page size": "<style>@page{size:1e9cm 1e9cm}</style>",
    "page small": "<style>@page{size:1px 1px;margin:0}</style>" + "word " * 500,
    "counters": "<style>p{counter-increment:a 999999999}p::before{content:counter(a,symbols)}</style>" + "<p>" * 5000,
    "counter style": "<style>@counter-style a{system:extends a}@counter-style b{system:additive;additive-symbols:1 x}"
    "p{counter-increment:c 99999999}p::before{content:counter(c,b)}</style><p>",
    "floats": "<div style=float:left>" * 300 + "x",
    "absolute": "<div style='position:absolute;top:-1e9px'>" * 500 + "x",
    "selectors": "<style>" + ":not(" * 3000 + "p" + ")" * 3000 + "{color:red}</style>",
    "has": "<style>" + ":is(p,b) " * 30 + "{color:red}</style>" + "<p><b>" * 500,
    "nesting": "<style>" + "&{" * 3000 + "</style>",
    "calc": "<style>p{width:" + "calc(" * 5000 + "1px" + ")" * 5000 + "}</style><p>",
    "gradients": "<div style='background:linear-gradient(" + "red," * 50_000 + "blue)'>x</div>",
    "shadows": "<div style='text-shadow:" + "1px 1px 9px red," * 20_000 + "1px 1px red'>x</div>",
    "picture": "<img src='BOMB'>",
    "footnotes": "<p style=float:footnote>x</p>" * 3000,
    "running": "<p style='position:running(a)'>x</p>" * 3000 + "<style>@page{@top-left{content:element(a)}}</style>",
    "long word": "x" * 3_000_000,
    "marker": "<ol start=999999999999>" + "<li>" * 5000,
}  # fmt: skip


def _fill(text: str, box: Sandbox) -> str:
    filled = text.replace("SECRET", str(box.secret / "secret")).replace("URL", box.url)
    if "BOMB" in filled:
        from hostile.classes.pictures import PICTURES

        filled = filled.replace("BOMB", picture_url(PICTURES["bomb.png"]()))
    return filled


def _theme(text: str, form: str, *, style: bool = False) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        added = f"{{% raw %}}{_fill(text, box)}{{% endraw %}}"
        files = {"html/header.html.j2": '{% include "base:header.html.j2" %}' + added}
        if style:
            files = {"html/style.css.j2": added + '\n{% include "classic:style.css.j2" %}'}
        box.theme(files)
        (box.work / "themes" / "mine" / "html" / "x.png").write_bytes(picture_bytes((9, 9, 99)))
        box.profile("work: [{name: E, position: P, start: 2020}]\n")
        return to_page(box, "-t", "mine") if form == "html" else to_pdf(box, "-t", "mine")

    return build


FILES: dict[str, dict[str, str]] = {
    "fonts above": {"fonts/fonts.yaml": "F: {generic: serif, files: {regular: ../../../../secret/secret.txt}}"},
    "fonts root": {"fonts/fonts.yaml": "F: {generic: serif, files: {regular: /etc/passwd}}"},
    "font garbage": {"fonts/fonts.yaml": "F: {generic: serif, files: {regular: a.ttf}}", "fonts/a.ttf": "x" * 5000},
    "fonts junk": {"fonts/fonts.yaml": "[" * 5000},
    "icon entities": {"icons/email.svg": "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file://SECRET.txt'>]><svg>&a;</svg>"},
    "icon laughs": {"icons/email.svg": "<!DOCTYPE svg [<!ENTITY a 'xxxxxxxxxx'>"
                    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)) + "]><svg>&j;</svg>"},
    "icon script": {"icons/email.svg": "<svg viewBox='0 0 9 9'><script>alert(1)</script><path d='M0 0L9 9'/></svg>"},
    "icon reference": {"icons/email.svg": "<svg viewBox='0 0 9 9'><image href='URL/icon.png'/><path d='M0 0L9 9'/></svg>"},
    "icon path": {"icons/email.svg": "<svg viewBox='0 0 9 9'><path d='" + "M0 0L9 9" * 50_000 + "'/></svg>"},
    "icon junk": {"icons/email.svg": "<svg" + "<g>" * 50_000},
    "icon quotes": {"icons/email.svg": "<svg viewBox='0 0 9 9'><path d='M0 0\"/><script>alert(1)</script>'/></svg>"},
}  # fmt: skip


def _files(files: dict[str, str], form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.theme({name: _fill(text, box) for name, text in files.items()})
        box.profile(basics="name: Wei Lin, email: wei@example.org")
        return to_page(box, "-t", "mine", "--set", "icons=true") if form == "html" else to_pdf(box, "-t", "mine")

    return build


def _linked(box: Sandbox) -> Sequence[str | Path]:
    arguments = _theme("<img src='themes/mine/html/linked.png'>", "pdf")(box)
    (box.work / "themes" / "mine" / "html" / "linked.png").symlink_to(box.secret / "secret.png")
    return arguments


def _linked_template(box: Sandbox) -> Sequence[str | Path]:
    arguments = _theme("", "html")(box)
    (box.work / "themes" / "mine" / "html" / "header.html.j2").unlink()
    (box.work / "themes" / "mine" / "html" / "header.html.j2").symlink_to(box.secret / "secret.html.j2")
    return arguments


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each piece of markup and each style in a PDF and in a page that a browser opens; bombs; a theme's own files."""
    for name, text in MARKUP.items():
        yield Case("theme_html", f"{name}, page", _theme(text, "html"), opens=True, fast=name == "script")
        yield Case("theme_html", f"{name}, pdf", _theme(text, "pdf"), fast=name == "secret picture above")
    for name, text in STYLES.items():
        yield Case("theme_html", f"style {name}, page", _theme(text, "html", style=True), opens=True)
        yield Case("theme_html", f"style {name}, pdf", _theme(text, "pdf", style=True))
    for name, text in BOMBS.items():
        yield Case("theme_html", f"bomb {name}", _theme(text, "pdf"))
    for name, files in FILES.items():
        for form in ("html", "pdf"):
            yield Case("theme_html", f"{name}, {form}", _files(files, form))
    yield Case("theme_html", "linked picture in a PDF", _linked, FAILED)
    yield Case("theme_html", "linked template", _linked_template, FAILED)
