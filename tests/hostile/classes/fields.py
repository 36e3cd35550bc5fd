"""Markup, commands and links in every field of a profile and of a bibliography."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import Case, Sandbox, to_page, to_pdf, to_tex

LATEX = {
    "input": r"\input{SECRET.tex}",
    "input without braces": r"\input SECRET.tex ",
    "include": r"\include{SECRET}\includeonly{x}",
    "write18": r"\write18{touch PWNED}\immediate\write18{touch PWNED}",
    "directlua": r"\directlua{os.execute('touch PWNED')}\latelua{io.open('PWNED','w')}",
    "openout": r"\newwrite\w\immediate\openout\w=PWNED.txt \immediate\write\w{x}",
    "carets": r"^^5cinput{SECRET.tex} ^^^^005cinput{SECRET.tex} ^^5c^^69nput SECRET.tex ",
    "catcode": r"\catcode`\@=0 @input{SECRET.tex} \catcode`|=0 |input{SECRET.tex}",
    "closing": r"}}}}\input{SECRET.tex}{{{{ \end{document}\input{SECRET.tex}",
    "comment": "% \n\\input{SECRET.tex}\n%",
    "lines": "a\n\n\\par\n\n\\\\[99999pt]\n\\input{SECRET.tex}",
    "verb": r"\verb|x|\begin{verbatim}\end{verbatim}\input{SECRET.tex}",
    "math": r"$\input{SECRET.tex}$ $$\href{javascript:alert(1)}{x}$$ \[\input{SECRET.tex}\] $x^{\write18{x}}$",
    "special": r"\special{pdf:fstream @q (SECRET.txt)}\pdfextension obj stream file {SECRET.txt}",
    "picture": r"\includegraphics{SECRET.png}\XeTeXpicfile SECRET.png \href{file:SECRET.txt}{x}",
    "csname": r"\csname input\endcsname SECRET.tex \expandafter\csname @@input\endcsname SECRET.tex ",
    "def": r"\def\cvicon#1{\input{SECRET.tex}}\let\textbf\input\renewcommand{\section}{\pwned{}}",
    "loop": r"\loop\iftrue\repeat \def\x{\x}\x",
    "brackets": r"[[]] ]\\[1cm] \item[\input{SECRET.tex}] *",
    "ligatures": "?` !` --- << >> ,, '' `` \"= ~ # $ % & _ { } ^ \\",
    "unicode": "\uff3cinput{SECRET.tex} \u2216input{SECRET.tex} \u29f5input \ufe68input{SECRET.tex}",
}
HTML = {
    "script": "<script>document.title='RAN'+'MARK';new Image().src='URL/s'</script>",
    "image": "<img src=x onerror=\"new Image().src='URL/i'\"><img src=URL/i2>",
    "svg": "<svg onload=fetch('URL/v')><use href='SECRET.svg#x'/></svg><pwn>",
    "closing": "</title></style></script></p></div><pwn id=x>\"'><pwn>",
    "attribute": "\" onmouseover=\"fetch('URL/a')\" x=\"' onfocus='fetch(1)' autofocus pwn='",
    "entities": "&lt;pwn&gt; &#60;pwn&#62; &#x3c;script&#x3e; &amp;lt;pwn&amp;gt;",
    "comment": "<!-- --><pwn><!-- --!> <![CDATA[ ]]><pwn>",
    "css": "</style><style>@import url(URL/c); body{background:url(URL/c2)} x{content:url(SECRET.svg)}",
    "style": '" style="background:url(URL/s3)" <b style=\'background:url(URL/s4)\'>x</b>',
    "links": "[a](javascript:alert(1)) [b](data:text/html,<script>) [c](vbscript:x) [d](file:///SECRET.txt) <javascript:x>",
    "links in disguise": "[a](JaVaScRiPt:alert(1)) [b](java\tscript:x) [c](&#106;avascript:x) [d](\x6aavascript%3ax) [e]( javascript:x)",
    "markdown": '![x](SECRET.png) ![y](URL/m) [r]: javascript:x\n\n[r] `<pwn>` **<pwn>** <https://x/"><pwn>>',
    "templates": "{{ 7*7 }} {% include 'SECRET.txt' %} << 7 >> <% include '/etc/passwd' %> {# #} ${7*7} #{7}",
    "frames": "<iframe src=URL/f></iframe><object data=SECRET.txt><embed src=SECRET.txt><base href=URL/>",
    "meta": "<meta http-equiv=refresh content='0;url=URL/r'><link rel=stylesheet href=URL/l><form action=URL/p><input>",
    "unicode": "\uff1cscript\uff1e\u2028\u2029<\u200bscript> +ADw-script+AD4- \ufeff<pwn>",
    "unclosed": "<pwn <img src='URL/u' <a href=\"javascript:x\" <script <style <title",
    "nested": "<<script>script>alert(1)<</script>/script> <scr<script>ipt>",
}
PAYLOADS = {**{f"latex {name}": text for name, text in LATEX.items()},
            **{f"html {name}": text for name, text in HTML.items()}}  # fmt: skip
FORMS: dict[str, Callable[[Sandbox], Sequence[str | Path]]] = {"html": to_page, "tex": to_tex, "pdf": to_pdf}


def fill_in(payload: str, box: Sandbox) -> str:
    """``payload`` with the places of the sandbox in it."""
    filled = payload.replace("SECRET", str(box.secret / "secret"))
    return filled.replace("URL", box.url)


def write_everywhere(box: Sandbox, payload: str) -> None:
    """A profile and a bibliography with ``payload`` in every field that takes text."""
    text = json.dumps("X " + payload)
    entry = f"start: 2020, end: 2021, summary: {text}, url: 'https://example.org/a', tags: [a], highlights: [{text}]"
    box.profile(
        f"""bibliography: {{files: [papers.bib], entries: {{a: {{topic: {text}, note: {text}, award: {text}}}}}}}
work: [{{name: {text}, position: {text}, department: {text}, location: {text}, {entry}}}]
education: [{{institution: {text}, area: {text}, study_type: {text}, score: {text}, {entry}}}]
projects: [{{name: {text}, role: {text}, entity: {text}, keywords: [{text}], {entry}}}]
awards: [{{title: {text}, awarder: {text}, date: 2020, summary: {text}}}]
skills: [{{name: {text}, level: {text}, keywords: [{text}, {text}]}}]
languages: [{{language: {text}, fluency: {text}}}]
talks: [{{title: {text}, event: {text}, location: {text}, date: 2020}}]
news: [{{text: {text}, date: 2020}}]
grants: [{{title: {text}, funder: {text}, amount: {text}, date: 2020}}]
referees: [{{name: {text}, position: {text}, institution: {text}, relation: {text}}}]
""",
        basics=f"name: {text}, label: {text}, summary: {text}, location: {{city: {text}}}",
    )
    bare = payload.replace("{", "").replace("}", "").replace("@", "")
    for_field = payload if payload.count("{") == payload.count("}") and "}}" not in payload else bare
    fields = "".join(f"  {name} = {{Y {for_field}}},\n" for name in ("title", "journal", "note", "publisher", "series",
                     "volume", "pages", "address", "award", "addendum", "topic", "abstract"))  # fmt: skip
    author = f"Lin, Wei and {bare.replace(' and ', ' ').replace(',', '')[:60] or 'A'}, B"
    links = f"  url = {{javascript:alert(1)}},\n  doi = {{10.1/{bare[:40]}}},\n  pdf = {{{bare[:60]}}},\n  eprint = {{{bare[:30]}}},\n"
    box.write("papers.bib", f"@article{{a,\n  author = {{{author}}},\n{fields}{links}  year = 2020\n}}\n")


def _in_all(payload: str, form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        write_everywhere(box, fill_in(payload, box))
        return FORMS[form](box)

    return build


ADDRESSES = (
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\\tscript:alert(1)", "\\x01javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "file:///etc/passwd", "FILE://ROOT/secret/secret.txt",
    "https://x/\\\"><script>alert(1)</script>", "https://x/' onclick='x", "//evil.example/x", "\\\\\\\\host\\\\share",
    "https://a@b:c/\\u202e", "tel:+1;javascript:x", "mailto:a@b?attach=/etc/passwd", "https://x/%0d%0aSet-Cookie:x",
    "https://x/}\\\\input{/etc/passwd}", "https://x/#%{}\\\\^~", "urn:x", "about:blank", "blob:https://x/1", "run:/bin/sh",
)  # fmt: skip
PLACES = {
    "url": "basics: {name: Wei Lin, url: \"ADDRESS\"}\n",
    "entry": "basics: {name: Wei Lin}\nwork: [{name: E, position: P, start: 2020, url: \"ADDRESS\"}]\n",
    "contact": "basics: {name: Wei Lin, contacts: [{label: L, text: T, icon: house, url: \"ADDRESS\"}]}\n",
}  # fmt: skip


def _address(address: str, place: str, form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("profile.yaml", PLACES[place].replace("ADDRESS", address.replace("ROOT", str(box.root))))
        return FORMS[form](box)

    return build


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each text in all fields and all formats; each address in all places; and mixtures."""
    for name, payload in PAYLOADS.items():
        for form in FORMS:
            fast = (name, form) in (("html script", "html"), ("latex closing", "tex"))
            yield Case("fields", f"{name}, {form}", _in_all(payload, form), typed=True, fast=fast,
                       opens=form == "html" and name.startswith("html"))  # fmt: skip
    for name in ("latex closing", "latex carets", "latex lines", "latex ligatures"):
        for engine in ("xelatex", "lualatex"):
            payload = PAYLOADS[name]
            yield Case("fields", f"{name}, {engine}", _with_engine(payload, engine), typed=True)
    for number, address in enumerate(ADDRESSES):
        place, form = list(PLACES)[number % 3], list(FORMS)[number // 3 % 3]
        yield Case("fields", f"address {number}, {place}, {form}", _address(address, place, form), typed=True)
    for number in range(20):
        parts = draw.sample(list(PAYLOADS.values()), 3)
        payload = "".join(draw.choice((part, part[: draw.randrange(1, len(part))])) for part in parts)
        form = draw.choice(("html", "tex"))
        yield Case("fields", f"mixture {number}, {form}", _in_all(payload, form), typed=True)


def _with_engine(payload: str, engine: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        write_everywhere(box, fill_in(payload, box))
        return to_pdf(box, engine=engine)

    return build
