"""The engines of TeX: the programs, what a template must know of each, and how a person runs it."""

from __future__ import annotations

from dataclasses import dataclass

_TEX_LIVE = "texlive-latex-extra texlive-fonts-recommended"
_OR_HTML = "or render through HTML, without -e"


@dataclass(frozen=True, slots=True)
class TexEngine:
    """An engine of TeX. ``dialect`` is the engine whose commands it knows, which templates call ``engine``."""

    name: str
    title: str
    dialect: str
    programs: tuple[str, ...]
    install: str
    latexmkrc: str
    prints_unicode: bool = True
    """Whether it reads OpenType fonts, and so prints each character that some font has."""
    prints_right_to_left: bool = False


TEX_ENGINES = {
    engine.name: engine
    for engine in (
        TexEngine(
            "xelatex", "XeLaTeX", "xelatex", ("xelatex", "xdvipdfmx"),
            f"on Debian: apt install texlive-xetex texlive-luatex {_TEX_LIVE}; {_OR_HTML}",
            "$pdf_mode = 5;  # XeLaTeX\n",
        ),
        TexEngine(
            "lualatex", "LuaLaTeX", "lualatex", ("lualatex",),
            f"on Debian: apt install texlive-xetex texlive-luatex {_TEX_LIVE}; {_OR_HTML}",
            "$pdf_mode = 4;  # LuaLaTeX\n", prints_right_to_left=True,
        ),
        TexEngine(
            "pdflatex", "pdfLaTeX", "pdflatex", ("pdflatex",),
            f"on Debian: apt install {_TEX_LIVE} lmodern tex-gyre; {_OR_HTML}",
            "$pdf_mode = 1;  # pdfLaTeX\n", prints_unicode=False,
        ),
        TexEngine(
            "tectonic", "Tectonic", "xelatex", ("tectonic",),
            f"install it from https://tectonic-typesetting.github.io; or render with -e xelatex, {_OR_HTML}",
            "$pdf_mode = 5;  # XeLaTeX, which Tectonic is made of\n",
        ),
    )
}  # fmt: skip
"""By their names."""
