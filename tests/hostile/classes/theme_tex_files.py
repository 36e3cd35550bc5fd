"""Files that a stranger's theme brings in its folder ``latex/``: classes, packages, pictures and texts for TeX."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import BAD, Case, Sandbox, picture_bytes, to_pdf, to_tex

Files = dict[str, str]
STYLE = '<% include "classic:style.tex.j2" %>\n'
STEAL = r"\AtEndDocument{\input{SECRET.tex}}"
PACKAGES: dict[str, tuple[str, Files]] = {
    "reads": (r"\usepackage{mine}", {"mine.sty": STEAL}),
    "runs": (r"\usepackage{mine}", {"mine.sty": r"\immediate\write18{touch HOME/PWNED}"}),
    "writes": (
        r"\usepackage{mine}",
        {"mine.sty": r"\newwrite\w\immediate\openout\w=HOME/PWNED.txt \immediate\write\w{x}\immediate\closeout\w"},
    ),
    "writes into latex": (
        r"\usepackage{mine}",
        {"mine.sty": r"\newwrite\w\immediate\openout\w=mine.sty \immediate\write\w{PWNED}\immediate\closeout\w"},
    ),
    "hides a package of TeX": (r"\usepackage{hyperref}", {"hyperref.sty": STEAL}),
    "hides a package that cvgen loads": ("", {"fontspec.sty": STEAL, "geometry.sty": STEAL, "microtype.sty": STEAL}),
    "hides the class": ("", {"article.cls": STEAL, "cvgen.cls": STEAL}),
    "hides a file of the kernel": ("", {"latex.ltx": STEAL, "ts1cmr.fd": STEAL, "expl3-code.tex": STEAL}),
    "hides the document": ("", {"cv.tex": STEAL, "document.tex": STEAL, "texput.tex": STEAL}),
    "text": (r"\AtEndDocument{\input{words.tex}}", {"words.tex": r"\input{SECRET.tex}"}),
    "text above": (r"\AtEndDocument{\input{../../secret/secret.tex}}", {"words.tex": "x"}),
    "picture that is text": (r"\AtEndDocument{\includegraphics{x.png}}", {"x.png": "PWNED"}),
    "picture that is LaTeX": (r"\AtEndDocument{\includegraphics{x.pdf}}", {"x.pdf": r"\input{SECRET.tex}"}),
    "mapfile": (r"\AtEndDocument{\special{pdf:mapfile mine.map}}", {"mine.map": "cmr10 cmr10 <SECRET.txt\n"}),
    "never ends": (r"\usepackage{mine}", {"mine.sty": r"\def\x{\x}\AtBeginDocument{\x}"}),
    "of itself": (r"\AtEndDocument{\input{words.tex}}", {"words.tex": r"\input{words.tex}"}),
    "not UTF-8": (r"\usepackage{mine}", {"mine.sty": "% \udcff\udcfe\n"}),
    "control characters": (r"\usepackage{mine}", {"mine.sty": "\x1b]0;PWNED\x07\\undefined\x1b[31m\n"}),
}
SETTINGS = (
    "latexmkrc", ".latexmkrc", "texmf.cnf", "texmf/web2c/texmf.cnf", "dvipdfmx.cfg", "luaotfload.conf", "fontconfig.lua",
    "texsys.cfg", "graphics.cfg", "hyperref.cfg", "xetex.def", "mine.lua", "run.sh", "x.so",
)  # fmt: skip
TO_ELSEWHERE = ("secret/secret.tex", "secret/secret.png", "secret", "/etc/passwd", "/dev/zero", "/proc/self/environ")
ODD_NAMES = (
    "a b.sty", "ä.sty", "-e.sty", "$HOME.sty", "%x.tex", "#x.tex", "`touch PWNED`.png", "\\input.tex", "{x.png", "CON.tex",
    "x\ny.tex", "é" * 120 + ".tex", "..sty",
)  # fmt: skip
Form = Callable[[Sandbox], Sequence[str | Path]]


def _theme(box: Sandbox, use: str, files: Files) -> None:
    filled = {name: _fill(text, box) for name, text in files.items()}
    box.theme({"latex/style.tex.j2": f"{STYLE}<% raw %>{_fill(use, box)}\n<% endraw %>"})
    for name, text in filled.items():
        box.write(f"themes/mine/latex/{name}", text)
    box.profile("work: [{name: E, position: P, start: 2020}]\n")


def _fill(text: str, box: Sandbox) -> str:
    return text.replace("SECRET", str(box.secret / "secret")).replace("HOME", str(box.home))


def _pdf(engine: str) -> Form:
    return lambda box: to_pdf(box, "-t", "mine", engine=engine)


def _source(box: Sandbox) -> Sequence[str | Path]:
    return to_tex(box, "-t", "mine")


def _bring(use: str, files: Files, form: Form) -> Form:
    def build(box: Sandbox) -> Sequence[str | Path]:
        _theme(box, use, files)
        return form(box)

    return build


def _link(target: str, name: str, form: Form) -> Form:
    """A theme whose file is a symbolic link to something of another person."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        use = rf"\AtEndDocument{{\IfFileExists{{{name}}}{{\input{{{name}}}}}{{}}}}"
        _theme(box, use, {"words.tex": "x"})
        place = target if target.startswith("/") else str(box.root / target)
        (box.work / "themes/mine/latex" / name).symlink_to(place)
        return form(box)

    return build


def _fifo(box: Sandbox) -> Sequence[str | Path]:
    _theme(box, r"\usepackage{mine}", {})
    os.mkfifo(box.work / "themes/mine/latex/mine.sty")
    return _pdf("xelatex")(box)


def _many(count: int, size: int) -> Form:
    def build(box: Sandbox) -> Sequence[str | Path]:
        _theme(box, "", {f"x{number}.tex": "x" * size for number in range(count)})
        return _pdf("xelatex")(box)

    return build


def _deep(box: Sandbox) -> Sequence[str | Path]:
    _theme(box, "", {"/".join(["d"] * 300) + "/x.tex": "x"})
    return _pdf("xelatex")(box)


def _huge_picture(box: Sandbox) -> Sequence[str | Path]:
    _theme(box, r"\AtEndDocument{\includegraphics{big.png}}", {})
    box.write("themes/mine/latex/big.png", picture_bytes((9, 9, 99), (9000, 9000)))
    return _pdf("xelatex")(box)


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each package in both engines and in the source; then links, names and sizes."""
    for name, (use, files) in PACKAGES.items():
        yield Case("theme_tex_files", f"{name}, xelatex", _bring(use, files, _pdf("xelatex")))
        yield Case("theme_tex_files", f"{name}, lualatex", _bring(use, files, _pdf("lualatex")))
        yield Case("theme_tex_files", f"{name}, source", _bring(use, files, _source))
    for name in SETTINGS:
        text = "$pdflatex = 'touch HOME/PWNED';\nshell_escape = t\nopenin_any = a\nopenout_any = a\n"
        yield Case("theme_tex_files", f"settings {name}", _bring("", {name: text}, _pdf("xelatex")))
        yield Case("theme_tex_files", f"settings {name}, source", _bring("", {name: text}, _source))
    for target in TO_ELSEWHERE:
        for number, form in enumerate((_pdf("xelatex"), _source)):
            name = "linked.png" if target.endswith("png") else "linked.tex"
            yield Case(
                "theme_tex_files", f"link to {target} {number}", _link(target, name, form),
                fast=(target, number) == ("secret/secret.tex", 1),
            )  # fmt: skip
    for number, name in enumerate(ODD_NAMES):
        yield Case("theme_tex_files", f"name {number}", _bring("", {name: "x"}, _pdf("xelatex")))
        yield Case("theme_tex_files", f"name {number}, source", _bring("", {name: "x"}, _source))
    yield Case("theme_tex_files", "fifo", _fifo, BAD)
    yield Case("theme_tex_files", "many files", _many(3000, 10), BAD)
    yield Case("theme_tex_files", "large files", _many(9, 9 << 20), BAD)
    yield Case("theme_tex_files", "deep folder", _deep)
    yield Case("theme_tex_files", "huge picture", _huge_picture)
