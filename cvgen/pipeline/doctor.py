"""Examines this machine: whether each engine prints, which fonts and packages are missing, and the state of caches."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from cvgen.backends.cache import Cache
from cvgen.backends.engines import ENGINES, Engine, open_backend
from cvgen.backends.fontconfig import PROGRAM, list_fonts_with
from cvgen.backends.host import Host
from cvgen.backends.latex.confined_tex import BUBBLEWRAP
from cvgen.backends.latex.glyphs import list_characters
from cvgen.backends.latex.lua_caches import TEXMF_VAR
from cvgen.backends.latex.packages import find_debian_package, find_missing, list_package_files
from cvgen.backends.launcher import find_landlock_version
from cvgen.backends.leftovers import TEMPORARY_HINT, open_scratch
from cvgen.diagnostics import CvgenError, Problem, RenderError, Severity, warn
from cvgen.model.language_files import known_languages
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request
from cvgen.select.language import load_words
from cvgen.themes.theme import shipped_folder, shipped_fonts

WARM_SECONDS = 1800.0
"""The time limit for a test page: to fill LuaLaTeX's caches takes 10 s on a fast machine, and minutes on a slow one."""
_THEMES = ("classic", "modern")
"""Themes that together use all fonts that come with cvgen."""
_PAGE = """basics: {name: Ana Lopes, label: "**Engineer**, *retired*, and `code`", email: ana@example.org}
work: [{name: Example Labs, position: Engineer, start: 2020, highlights: ["Built **two** *small* `tools`"]}]
"""
_LEAST_ROOM = 100 * 2**20
"""The bytes that temporary files may need: LuaLaTeX's, with a font for Chinese."""
_FONT_PACKAGES = {"ja": "fonts-noto-cjk", "ko": "fonts-noto-cjk", "zh": "fonts-noto-cjk"}
_OTHER_FONTS = "fonts-noto-core"


@dataclass(frozen=True, slots=True)
class Examined:
    """One part of the machine: what was found, as text, and what is wrong with it."""

    subject: str
    found: str
    problems: tuple[Problem, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        problems = [{"severity": p.severity.value, "message": p.message, "hint": p.hint} for p in self.problems]
        return {"subject": self.subject, "found": self.found, "problems": problems}


def examine_machine(host: Host, engines: Collection[str], *, warm: bool = True) -> Iterator[Examined]:
    """Examine every part of the machine, one after the other.

    A fault of one of ``engines`` is an error, that of another engine a warning. With ``warm`` each engine prints test
    pages, which fills its caches.
    """
    for engine in ENGINES:
        if engine.prints:
            examined = _examine_engine(engine, host, warm=warm)
            yield examined if engine.name in engines else _as_warnings(examined)
    yield _examine_confinement(host)
    yield _examine_fonts(host)
    yield _examine_cache(host)
    yield _examine_temporary_files()
    yield _examine_encoding()


def _as_warnings(examined: Examined) -> Examined:
    """``examined`` for an engine that nobody asks for; one that no distribution packages may well be absent."""
    problems = (problem for problem in examined.problems if problem.hint != _NO_PACKAGE)
    return replace(examined, problems=tuple(replace(problem, severity=Severity.WARNING) for problem in problems))


def _examine_engine(engine: Engine, host: Host, *, warm: bool) -> Examined:
    missing = [program for program in engine.programs if host.runner.find(program) is None]
    if missing:
        packages = " ".join(_INSTALL[program] for program in missing if program in _INSTALL)
        hint = f"{_say_install(packages)} texlive-latex-extra texlive-fonts-recommended" if packages else _NO_PACKAGE
        return Examined(engine.name, "not installed", (Problem(f"{' and '.join(missing)} not found", hint=hint),))
    if engine.backend == "latex" and (files := find_missing(list_package_files(shipped_folder()), host)):
        packages = " ".join(sorted({find_debian_package(file) or "texlive-latex-extra" for file in files}))
        message = f"LaTeX packages of the themes are missing: {', '.join(files)}"
        return Examined(engine.name, "incomplete", (Problem(message, hint=_say_install(packages)),))
    return _print_pages(engine, host) if warm else Examined(engine.name, "installed; no test page was printed")


_INSTALL = {
    "xelatex": "texlive-xetex",
    "xdvipdfmx": "texlive-binaries",
    "lualatex": "texlive-luatex",
    "pdflatex": "texlive-latex-base lmodern tex-gyre",
}
"""The package of Debian and Ubuntu that has a program."""
_NO_PACKAGE = "install it from its makers, or use another engine"


def _say_install(packages: str) -> str:
    return f"install it, on Debian and Ubuntu: apt install {packages}"


def _print_pages(engine: Engine, host: Host) -> Examined:
    """The engine's version, and how long a first and a second page took."""
    times, tools = [], {}
    try:
        with open_scratch() as folder:
            profile = folder / "profile.yaml"
            profile.write_text(_PAGE, "utf-8")
            backend = open_backend(engine.name, replace(host, timeout=WARM_SECONDS))
            try:
                for theme in (*_THEMES, _THEMES[0]):
                    start = time.monotonic()
                    prepared = prepare(Request(profile, theme=theme, engine=engine.name), backend)
                    tools = dict(backend.compile(prepared.make_job()).tools)
                    times.append(time.monotonic() - start)
            finally:
                backend.close()
    except CvgenError as error:
        return Examined(engine.name, "prints no page", error.problems)
    except OSError as error:
        return Examined(engine.name, "prints no page", (Problem(str(error.strerror), hint=TEMPORARY_HINT),))
    versions = ", ".join(f"{name} {version}" for name, version in tools.items())
    return Examined(engine.name, f"{versions}; test pages took {', '.join(f'{t:.1f} s' for t in times)}")


def _examine_confinement(host: Host) -> Examined:
    if version := find_landlock_version():
        return Examined("confinement", f"Landlock, version {version}")
    if program := host.runner.find(BUBBLEWRAP):
        return Examined("confinement", f"bubblewrap, {program}")
    hint = "install bubblewrap; themes that do not come with cvgen then print through LaTeX too"
    return Examined("confinement", "none", (warn("this system cannot confine LaTeX", hint=hint),))


def _examine_fonts(host: Host) -> Examined:
    """Whether the words of each language can be printed, with the fonts of the themes and the installed ones."""
    if host.runner.find(PROGRAM) is None:
        hint = _say_install("fontconfig")
        return Examined("fonts", "unknown", (warn(f"{PROGRAM} not found, which lists fonts", hint=hint),))
    try:
        lacking = [language for language in known_languages() if not _can_print(language, host)]
    except RenderError as error:
        return Examined("fonts", "unknown", error.problems)
    problems = [
        warn(f"no font for the language {language!r}", hint=_say_install(_FONT_PACKAGES.get(language, _OTHER_FONTS)))
        for language in lacking
    ]
    printable = [language for language in known_languages() if language not in lacking]
    return Examined("fonts", f"for {' '.join(printable)}", tuple(problems))


def _can_print(language: str, host: Host) -> bool:
    regular = [path for font in shipped_fonts().values() for cut, path in font.files if cut == "regular"]
    own = frozenset.intersection(*(list_characters(path) for path in regular))
    letters = {letter for word in load_words(language).values() for letter in word if letter.isalpha()}
    lacking = sorted(letter for letter in letters if ord(letter) not in own)
    return not lacking or bool(list_fonts_with("".join(lacking), host))


def _examine_cache(host: Host) -> Examined:
    """Whether files can be kept for the next run, and whether LuaLaTeX's are there."""
    if host.cache is None:
        hint = "set HOME or XDG_CACHE_HOME to a folder of yours"
        return Examined("cache", "none", (warn("there is no folder to keep files in; renders take longer", hint=hint),))
    cache = Cache(host.cache)
    warm = bool(cache.list_names(TEXMF_VAR))
    found = f"{host.cache}; LuaLaTeX's fonts are {'in it' if warm else 'not in it'}"
    if cache.keep("doctor", b"can be written") is None:
        message = f"cannot keep files in {str(host.cache)!r}; renders take longer"
        hint = "make it a folder of yours with room, or set XDG_CACHE_HOME to another"
        return Examined("cache", found, (warn(message, hint=hint),))
    return Examined("cache", found)


def _examine_temporary_files() -> Examined:
    try:
        with open_scratch() as folder:
            free = shutil.disk_usage(folder).free
    except RenderError as error:
        return Examined("temporary files", "none", error.problems)
    found = f"{tempfile.gettempdir()}, {free / 2**20:,.0f} MB free"
    if free >= _LEAST_ROOM:
        return Examined("temporary files", found)
    message = f"a render may need {_LEAST_ROOM / 2**20:.0f} MB"
    return Examined("temporary files", found, (warn(message, hint=TEMPORARY_HINT),))


def _examine_encoding() -> Examined:
    """Whether file names are UTF-8, as they are everywhere but in an old locale."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower().replace("-", "") == "utf8":
        return Examined("file names", "UTF-8")
    hint = "set LANG=C.UTF-8"
    return Examined("file names", encoding, (warn("names beyond ASCII cannot be used", hint=hint),))
