"""A stranger's theme for LaTeX: reading, writing, running, and never ending."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import FAILED, MOST_BYTES, Case, Sandbox, picture_bytes, to_pdf

BOTH = {
    "input": r"\input{SECRET.tex}",
    "input root": r"\input{/etc/passwd}",
    "include": r"\include{SECRET}",
    "openin": r"\newread\r\openin\r=SECRET.txt \read\r to\x \x",
    "verbatim": r"\makeatletter\@input{SECRET.txt}\@@input SECRET.txt ",
    "picture": r"\includegraphics{SECRET.png}",
    "picture above": r"\includegraphics{../secret/secret.png}\includegraphics{../../secret/secret.png}",
    "picture jpg": r"\includegraphics[width=2cm]{SECRET.jpg}",
    "pdf page": r"\includegraphics[page=1]{HOME/x.pdf}",
    "graphicspath": r"\graphicspath{{SECRETDIR/}}\includegraphics{secret}",
    "environ": r"\input{/proc/self/environ}",
    "parent environ": r"\newread\r\openin\r=/proc/1/environ \read\r to\x \x",
    "write18": r"\immediate\write18{touch HOME/PWNED}\immediate\write18{cat SECRET.txt > stolen}\input{stolen}",
    "pipe": r"\input{|cat SECRET.txt}\input|ls ",
    "openout": r"\newwrite\w\immediate\openout\w=HOME/PWNED.txt \immediate\write\w{x}\immediate\closeout\w",
    "openout above": r"\newwrite\w\immediate\openout\w=../../PWNED.txt \immediate\write\w{x}\immediate\closeout\w",
    "openout photo": r"\newwrite\w\immediate\openout\w=pictures/photo.png \immediate\write\w{x}\immediate\closeout\w",
    "openout rc": r"\newwrite\w\immediate\openout\w=latexmkrc \immediate\write\w{system('touch HOME/PWNED');}\immediate\closeout\w",
    "openout bashrc": r"\newwrite\w\immediate\openout\w=HOME/.bashrc \immediate\write\w{PWNED}\immediate\closeout\w",
    "font": r"\newfontfamily\x[Path=SECRETDIR/]{secret.txt}\x X",
    "font root": r'\font\x="[/etc/passwd]" \x X',
    "bibliography": r"\bibliography{SECRET}\nocite{*}\bibliographystyle{plain}",
    "listing": r"\usepackage{listings}\lstinputlisting{SECRET.txt}",
    "javascript": r"\hypersetup{pdfstartview=Fit}\href{javascript:app.alert(1)}{x}",
    "launch": r"\href{run:/bin/sh}{x}\href{file:///bin/sh}{y}",
    "log": r"\scrollmode\showtokens{\input{SECRET.txt}}\typeout{\meaning\input}",
    "error": r"\errmessage{PWNED}\errhelp{x}",
    "loop": r"\loop\iftrue\repeat",
}
XELATEX = {
    "fstream": r"\special{pdf:fstream @q (SECRET.txt)}\special{pdf:put @catalog <</A @q>>}",
    "stream": r"\special{pdf:stream @q (SECRET.txt)}",
    "picfile": r"\XeTeXpicfile SECRET.png ",
    "pdffile": r"\XeTeXpdffile SECRET.pdf ",
    "special image": r"\special{pdf:image width 50pt (SECRET.png)}",
    "special epdf": r"\special{pdf:epdf (SECRET.pdf)}",
    "special ps": r"\special{ps:(SECRET.txt) run}\special{psfile=SECRET.txt}",
    "special ps command": r'\special{ps: plotfile SECRET.txt}\special{psfile="`touch HOME/PWNED`"}',
    "special js": r"\special{pdf:docview <</OpenAction <</S/JavaScript/JS(app.alert(1))>>>>}",
    "special launch": r"\special{pdf:docview <</OpenAction <</S/Launch/F(/bin/sh)>>>>}",
    "special names": r"\special{pdf:names /EmbeddedFiles [(a) <</EF <<>>>>]}",
    "special aa": r"\special{pdf:put @thispage <</AA <</O <</S/URI/URI(URL)>>>>>>}",
    "special open": r"\special{pdf:docview <</OpenAction <</S/URI/URI(URL/open)>>>>}",
    "special base": r"\special{pdf:docview <</URI <</Base(URL/)>>>>}",
    "special outside": r"\special{pdf:stream @q (x) <</F(SECRET.txt)>>}\special{pdf:put @catalog <</A @q>>}",
    "special mapfile": r"\special{pdf:mapfile SECRET.txt}\special{pdf:mapline x <SECRET.txt}",
    "special encrypt": r"\special{pdf:encrypt userpw (a) ownerpw (b)}",
    "special color": r"\special{dvipdfmx:config f SECRET.txt}\special{dvipdfmx:config D \%i \%o}",
    "special config": r'\special{dvipdfmx:config D "touch HOME/PWNED"}\special{psfile=x.eps}',
    "tokens": r"\def\x{xxxxxxxxxx}\loop\edef\x{\x\x}\iftrue\repeat",
    "macro": r"\def\x{\x\x}\x",
    "pages": r"\loop\newpage\null\iftrue\repeat",
    "boxes": r"\newbox\b\setbox\b\hbox{x}\loop\setbox\b\hbox{\copy\b\copy\b}\iftrue\repeat",
    "log bomb": r"\loop\message{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\iftrue\repeat",
    "file bomb": r"\newwrite\w\immediate\openout\w=b.txt \loop\immediate\write\w{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\iftrue\repeat",
}
PDFTEX = {
    "obj": r"\immediate\pdfobj stream file {SECRET.txt}\pdfcatalog{/A \the\pdflastobj\space 0 R}",
    "image": r"\pdfximage{SECRET.png}\pdfrefximage\pdflastximage",
    "image above": r"\pdfximage{../../secret/secret.png}\pdfrefximage\pdflastximage",
    "file dump": r"\edef\x{\pdffiledump offset 0 length 90{SECRET.txt}}\x",
    "file size": r"\edef\x{\pdffilesize{SECRET.txt} \pdfmdfivesum file {SECRET.txt} \pdffilemoddate{SECRET.txt}}\x",
    "map file": r"\pdfmapfile{SECRET.txt}\pdfmapline{=cmr10 cmr10 <SECRET.txt}{\fontencoding{OT1}\fontfamily{cmr}\selectfont X}",
    "open": r"\pdfcatalog{} openaction user {<</S/URI/URI(URL/open)>>}",
    "javascript": r"\pdfcatalog{/OpenAction <</S/JavaScript/JS(app.alert(1))>>}",
    "names": r"\immediate\pdfobj {[(a) <</EF <<>> >>]}\pdfnames{/EmbeddedFiles <</Names \the\pdflastobj\space 0 R>>}",
    "annotation": r"\pdfannot width 9pt height 9pt {/Subtype/Link /A <</S/Launch/F(/bin/sh)>>}",
    "literal": r"\pdfliteral direct {/x Do BT (}\pdfliteral page {Q Q Q Q Q}",
    "shell": r"\pdfshellescape\immediate\write18{touch HOME/PWNED}\input{|cat SECRET.txt}",
    "trailer": r"\pdftrailer{/Encrypt 1 0 R}\pdfinfo{/Creator(cvgen)}",
    "loop": r"\def\x{\x\x}\x",
    "pages": r"\loop\newpage\null\iftrue\repeat",
}
OF_LUALATEX = 9 << 28
"""LuaLaTeX may use 2 GB, since it needs 1.4 GB to read the fonts of a Chinese CV for the first time."""
LUA = {
    "read": "tex.print(io.open('SECRET.txt'):read('*a'))",
    "lines": "for l in io.lines('SECRET.txt') do tex.print(l) end",
    "dofile": "dofile('SECRET.txt')",
    "loadfile": "tex.print(tostring(select(2, loadfile('SECRET.txt'))))",
    "kpse": "tex.print(kpse.readable_file('SECRET.txt') or 'no') tex.print(io.open(kpse.find_file('passwd','tex',1) or 'x'):read('*a'))",
    "list": "for n in lfs.dir('HOME') do tex.print(n) end",
    "list root": "for n in lfs.dir('/root') do tex.print(n) end",
    "stat": "tex.print(lfs.attributes('SECRET.txt', 'size') or 'none')",
    "write": "local f = io.open('HOME/PWNED', 'w') f:write('x') f:close()",
    "append": "local f = io.open('HOME/.bashrc', 'a') f:write('x') f:close()",
    "rename": "os.rename('SECRET.txt', 'HOME/moved')",
    "remove": "os.remove('SECRET.txt') os.remove('HOME/.bashrc')",
    "folder": "lfs.mkdir('HOME/PWNED') lfs.rmdir('SECRETDIR')",
    "touch": "lfs.touch('HOME/.bashrc')",
    "link": "lfs.link('SECRET.txt', 'stolen', true) tex.print(io.open('stolen'):read('*a'))",
    "hard link": "lfs.link('SECRET.txt', 'stolen') tex.print(io.open('stolen'):read('*a'))",
    "environ": "for n, v in pairs(os.env or {}) do tex.print(-2, n .. v) end tex.print(os.getenv('SECRET_OF_SOMEONE') or 'none')",
    "proc environ": "tex.print(-2, io.open('/proc/self/environ'):read('*a'))",
    "parents": "for i = 1, 99999 do local f = io.open('/proc/' .. i .. '/environ') if f then tex.print(-2, f:read('*a') or '') end end",
    "memory": "tex.print(-2, io.open('/proc/self/mem'):read(1) or 'none')",
    "execute": "os.execute('touch HOME/PWNED') os.spawn({'touch', 'HOME/PWNED'}) os.exec({'touch', 'HOME/PWNED'})",
    "popen": "tex.print(io.popen('cat SECRET.txt'):read('*a'))",
    "loadlib": "tex.print(tostring(package.loadlib('libc.so.6', 'system')))",
    "ffi": "local ffi = require('ffi') ffi.cdef('int system(const char*);') ffi.C.system('touch HOME/PWNED')",
    "socket": "local s = require('socket') s.connect('127.0.0.1', PORT):send('GET /lua HTTP/1.0')",
    "http": "local h = require('socket.http') tex.print(h.request('URL/http') or 'none')",
    "cache": "local d = kpse.expand_var('$TEXMFVAR') os.remove(d .. '/x') local f = io.open(d .. '/luatex-cache/pwn.lua', 'w') f:write('PWNED') f:close()",
    "shared cache": "for n in lfs.dir('CACHE') do end local f = io.open('CACHE/pwn.lua', 'w') f:write('PWNED') f:close()",
    "poison": "local d = kpse.expand_var('$TEXMFVAR') for n in lfs.dir(d) do tex.print(n) local f = io.open(d .. '/' .. n .. '/PWNED.lua', 'w') if f then f:write('PWNED') f:close() end end",
    "tmp": "local f = io.open('/tmp/cvgen-PWNED', 'w') f:write('x') f:close() tex.print(os.tmpname())",
    "debug": "for n, v in pairs(debug.getregistry()) do if type(v) == 'userdata' then pcall(function() tex.print(v:read('*a')) end) end end",
    "callback": "callback.register('open_read_file', function(n) return {reader = function() return io.open('SECRET.txt'):read('*a') end} end)",
    "memory bomb": "local t = {} while true do table.insert(t, string.rep(tostring(os.clock()), 200000)) end",
    "string bomb": "tex.print(string.rep('x', 4000000000))",
    "regex": "string.find(string.rep('a', 30) , string.rep('a?', 30) .. string.rep('a', 31) .. string.rep('.-', 30) .. 'b')",
    "fork": "while true do os.spawn({'sleep', '9'}) end",
    "stream file": "",
    "epdf": "local d = pdfe and pdfe.open('SECRET.txt') tex.print(tostring(d))",
    "image": "node.write(img.node(img.scan({filename = 'SECRET.png'})))",
    "fontloader": "fontloader.open('SECRET.txt')",
}


def _add(tex: str, engine: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    """Let the theme run ``tex`` at the document's end."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        filled = tex
        for word, place in (
            ("SECRETDIR", box.secret), ("SECRET", box.secret / "secret"), ("HOME", box.home),
            ("CACHE", box.root.parent / "cache" / "cvgen" / "texmf-var"), ("URL", box.url), ("PORT", box.url.rpartition(":")[2]),
        ):  # fmt: skip
            filled = filled.replace(word, str(place))
        body = f"\\AtEndDocument{{{filled}}}" if "usepackage" not in filled else filled
        box.theme({"latex/style.tex.j2": f'<% include "classic:style.tex.j2" %>\n<% raw %>{body}\n<% endraw %>'})
        box.write("photo.png", picture_bytes((9, 9, 99)))
        box.profile("work: [{name: E, position: P, start: 2020}]\n", "name: Wei Lin, image: photo.png")
        return to_pdf(box, "-t", "mine", engine=engine)

    return build


def _lua(code: str) -> str:
    return r"\pdfextension obj stream file {SECRET.txt}" if not code else f"\\directlua{{pcall(function() {code} end)}}"


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each command in both engines, the rest in one."""
    for name, tex in BOTH.items():
        for engine in ("xelatex", "lualatex"):
            yield Case(
                "theme_latex", f"{name}, {engine}", _add(tex, engine), fast=(name, engine) == ("picture", "xelatex")
            )
    for name, tex in XELATEX.items():
        yield Case("theme_latex", name, _add(tex, "xelatex"), fast=name == "fstream")
    for name, tex in {**BOTH, **{f"of pdfTeX {name}": tex for name, tex in PDFTEX.items()}}.items():
        yield Case("theme_latex", f"{name}, pdflatex", _add(tex, "pdflatex"))
    for name, code in LUA.items():
        codes = FAILED if name == "fork" else frozenset({0, 1, 2})
        most = OF_LUALATEX if name == "memory bomb" else MOST_BYTES
        yield Case("theme_latex", f"lua {name}", _add(_lua(code), "lualatex"), codes, memory=most)
