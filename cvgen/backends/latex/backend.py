"""The LaTeX backend: templates to a .tex file, latexmk to a PDF, errors back to the profile's lines."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cvgen.backends.backend import Backend, Compiled, Job, Layout, Source, find_strings, missing_glyph
from cvgen.backends.citations import Citer
from cvgen.backends.families import is_installed
from cvgen.backends.host import Host
from cvgen.backends.latex.font_copies import plain_font, small_capitals_font
from cvgen.backends.latex.glyphs import Fallback, InstalledFont, find_fallback
from cvgen.backends.latex.icon_pages import draw_icon
from cvgen.backends.latex.log import find_problems, find_tools
from cvgen.backends.latex.pages import measure_pdf
from cvgen.backends.latex.writer import Latex, LatexWriter, PlainText, escape_plain, escape_url
from cvgen.backends.templates import ThemeEnvironment, render_document
from cvgen.diagnostics import Problem, RenderError
from cvgen.model.metadata import info_entries
from cvgen.sources.pdf_file import UnreadableError, open_pdf
from cvgen.themes.contract import MARGIN_VERTICAL
from cvgen.themes.icons import Icon, find_icon
from cvgen.themes.options import Color, Font
from cvgen.themes.styles import STYLES

TEMPLATE = "document.tex.j2"
PT_PER_MM = 72 / 25.4
DEFAULT_MARGIN = 16.0
"""In mm, above and below, where a theme has no option for it."""
_SYNTAX = {
    "block_start_string": "<%", "block_end_string": "%>",
    "variable_start_string": "<<", "variable_end_string": ">>",
    "comment_start_string": "<#", "comment_end_string": "#>",
}  # fmt: skip
INSTALL_TEX = (
    "on Debian: apt install latexmk texlive-xetex texlive-luatex texlive-latex-extra texlive-fonts-recommended; "
    "or render through HTML, without -e"
)


class LatexBackend:
    """Renders through latexmk and one engine; each compilation has a scratch folder of its own."""

    most_layouts = 6

    def __init__(self, host: Host, engine: str, open_ruler: Callable[[], Backend]) -> None:
        self._host, self._engine, self._open_ruler = host, engine, open_ruler
        self._ruler: Backend | None = None
        self._last: tuple[tuple[Source, str], Compiled] | None = None

    def compile(self, job: Job) -> Compiled:
        """The PDF of ``job``; raises InputError for a fault of the theme, RenderError for a failed run."""
        self._check_direction(job)
        programs = self._find_programs()
        source = self._write(job, trace=True)
        made_from = (source, job.files_digest)
        if self._last is None or self._last[0] != made_from:
            self._last = (made_from, self._compile(job, source, programs))
        return self._last[1]

    def measure(self, job: Job) -> Layout:
        """How ``job`` fills its pages, read off the PDF; raises what ``compile`` raises."""
        margin = job.options.get(MARGIN_VERTICAL, DEFAULT_MARGIN)
        margin = float(margin) if isinstance(margin, (int, float)) else DEFAULT_MARGIN
        return measure_pdf(self.compile(job).pdf, margin * PT_PER_MM)

    def measure_long(self, job: Job, paper: Layout) -> Layout:
        """Where parts stand when ``job`` goes through HTML: a theme's two backends are one design.

        Raises RenderError for a theme that has no other backend.
        """
        if "html" not in job.theme.backends:
            message = f"the theme {job.theme.name!r} has no html backend, by which parts are measured"
            raise RenderError([Problem(message, hint="leave 'pages' out, or add templates for html")])
        if self._ruler is None:
            self._ruler = self._open_ruler()
        return self._ruler.measure_long(job, paper)

    def _compile(self, job: Job, source: Source, programs: Mapping[str, str]) -> Compiled:
        with tempfile.TemporaryDirectory(prefix="cvgen-") as name:
            folder = Path(name)
            _lay_out(source, folder)
            finished = self._run(programs["latexmk"], folder)
            log = _read(folder / "cv.log")
            problems = find_problems(log, source.text, job.document)
            if finished.returncode != 0 or problems:
                raise RenderError(problems or [_unexplained(finished, log)])
            return replace(_open_pdf(folder / "cv.pdf"), tools=find_tools(log))

    def write_source(self, job: Job) -> Source:
        """The .tex file, its fonts and photo; ``xelatex`` or ``lualatex`` turn it into the PDF."""
        self._check_direction(job)
        return self._write(job, trace=False)

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which fontspec asks, has a font of this family."""
        return is_installed(family, self._host.path)

    def close(self) -> None:
        """End what measured; of TeX nothing runs between two compilations."""
        if self._ruler:
            self._ruler.close()

    def _check_direction(self, job: Job) -> None:
        if job.document.direction == "rtl" and self._engine == "xelatex":
            message = f"XeLaTeX does not print documents in {job.document.language!r}, from right to left"
            raise RenderError([Problem(message, hint="render with -e lualatex, or through HTML without -e")])

    def _write(self, job: Job, *, trace: bool) -> Source:
        fonts = {v.family: self._plain(v) for v in job.options.values() if isinstance(v, Font)}
        files = [path for font in fonts.values() for cut, path in font.files if cut == "regular"]
        main = next(iter(fonts.values()), Font("", "serif"))
        fallback = find_fallback(find_strings(job.document), files, main.generic, job.document.language, self._host)
        if fallback.missing:
            raise RenderError([missing_glyph(character, job.document) for character in fallback.missing])
        writer = LatexWriter(_commands(fallback), fallback.invisible, trace=trace, direction=job.document.direction)
        environment = self._environment(job, "latex", writer, _SYNTAX)
        citer = Citer(self._environment(job, STYLES, writer, {"extensions": [PlainText]}), job.document.words)
        environment.filters["url"] = lambda url: Latex(escape_url(url))
        environment.filters["plain"] = lambda text: Latex(escape_plain(str(text)))
        environment.filters["font"] = lambda font: Latex(font_command(font.family))
        environment.filters["paragraphs"] = lambda parts: Latex("\\cvpar\n".join(writer(part) for part in parts))
        image = job.image
        values = {
            "doc": job.document,
            "words": job.document.words,
            "options": job.options,
            "fonts": Latex(_font_setup(fonts, fallback)),
            "image": Latex(f"assets/photo{image.suffix.lower()}") if image else "",
            "info": info_entries(job.metadata),
            "engine": self._engine,
            "cite": lambda item, style: Latex(citer(item, style)),
        }
        icons: dict[str, Path] = {}
        values["icon"] = lambda name, color: self._place_icon(find_icon(job.theme, name), color, icons)
        text = render_document(environment, TEMPLATE, values)
        assets = [*icons.items(), *((f"assets/{path.name}", path) for font in fonts.values() for _, path in font.files)]
        if image:
            assets.append((f"assets/photo{image.suffix.lower()}", image))
        return Source(text, tuple(assets))

    def _environment(self, job: Job, folder: str, writer: LatexWriter, syntax: Mapping[str, Any]) -> ThemeEnvironment:
        environment = ThemeEnvironment(
            job.theme, folder, writer, self._host.cache / "latex", autoescape=False, **syntax
        )
        # Jinja joins what macros and blocks print with ``concat``: their markup must not be escaped again.
        environment.concat = lambda parts: Latex("".join(parts))  # type: ignore[method-assign]
        return environment

    def _place_icon(self, icon: Icon, color: Color, used: dict[str, Path]) -> Latex:
        """The command that prints ``icon``; its file is added to the assets ``used``."""
        path = draw_icon(icon, color, self._host.cache)
        used[f"assets/{path.name}"] = path
        return Latex(rf"\cvicon{{assets/{path.name}}}")

    def _plain(self, font: Font) -> Font:
        """``font`` with copies of its files, and small capitals where it has them."""
        cache = self._host.cache
        plain = [(cut, plain_font(path, cache)) for cut, path in font.files]
        upright = [(cut, small_capitals_font(path, cache)) for cut, path in font.files if "italic" not in cut]
        small = [(f"{cut}_small_capitals", path) for cut, path in upright if path]
        return replace(font, files=(*plain, *small))

    def _find_programs(self) -> dict[str, str]:
        found = {name: shutil.which(name, path=self._host.path) for name in ("latexmk", self._engine)}
        missing = [name for name, path in found.items() if path is None]
        if missing:
            raise RenderError([Problem(f"{' and '.join(missing)} not found", hint=INSTALL_TEX)])
        return {name: path for name, path in found.items() if path}

    def _run(self, latexmk: str, folder: Path) -> subprocess.CompletedProcess[str]:
        arguments = [latexmk, "-norc", f"-{self._engine}", "-interaction=nonstopmode", "-halt-on-error",
                     "-file-line-error", "cv.tex"]  # fmt: skip
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            env=self._environ(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=self._host.timeout)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            message = f"{self._engine} did not finish within {self._host.timeout:g} s"
            raise RenderError([Problem(message, hint="simplify the theme's template")]) from None
        return subprocess.CompletedProcess(arguments, process.returncode, output)

    def _environ(self, folder: Path) -> dict[str, str]:
        """A scrubbed environment: nothing of the caller's but where programs are and what time it is."""
        caches = self._host.cache / "texmf-var"
        caches.mkdir(parents=True, exist_ok=True)
        environ = {
            "PATH": self._host.path,
            "HOME": str(folder),
            "TEXMFVAR": str(caches),
            # LuaTeX would rather write where all users' renders disturb each other
            "TEXMFCACHE": str(caches),
            "TEXMFHOME": str(folder / "texmf"),
            "LC_ALL": "C.UTF-8",
            "max_print_line": "10000",
            "openin_any": "p",
            "openout_any": "p",
            "shell_escape": "f",
            "FORCE_SOURCE_DATE": "1",
        }
        if self._host.epoch is not None:
            environ["SOURCE_DATE_EPOCH"] = str(self._host.epoch)
        return environ


def _commands(fallback: Fallback) -> dict[str, str]:
    return {character: _command(number) for number, (_, has) in enumerate(fallback.fonts) for character in has}


def _command(number: int) -> str:
    return rf"\cvfallback{'abcdefghijklmnopqrstuvwxyz'[number]}"


_CUTS = {"italic": "ItalicFont", "bold": "BoldFont", "bold_italic": "BoldItalicFont",
         "regular_small_capitals": "SmallCapsFont"}  # fmt: skip
# The Latin letters that some fonts put for Greek ones ("locl") are other characters to whoever copies the text.
_COMMON = "Ligatures={TeXOff,NoCommon},RawFeature={-locl}"


def _font_setup(fonts: Mapping[str, Font], fallback: Fallback) -> str:
    r"""Commands ``\cvfont{family}`` for the options' fonts and one command for each fallback font."""
    lines = [_shipped_font(font) for font in fonts.values()]
    lines += [_installed_font(_command(number), font) for number, (font, _) in enumerate(fallback.fonts)]
    return "\n".join(lines)


def font_command(family: str) -> str:
    r"""The TeX command that selects a family; only letters may stand in it."""
    return (
        "\\cvfont"
        + "".join(c for c in family if c.isalpha() and c.isascii())
        + "".join("abcdefghij"[int(c)] for c in family if c.isdigit())
    )


def _shipped_font(font: Font) -> str:
    command = font_command(font.family)
    if not font.files:
        return rf"\newfontfamily{command}{{{font.family}}}[{_COMMON}]"
    files = dict(font.files)
    cuts = ",".join(f"{_CUTS[cut]}={path.name}" for cut, path in font.files if cut in _CUTS)
    if "bold_small_capitals" in files:
        cuts += f",BoldFeatures={{SmallCapsFont={files['bold_small_capitals'].name}}}"
    settings = ",".join(part for part in ("Path=assets/", cuts, _COMMON) if part)
    return rf"\newfontfamily{command}{{{files['regular'].name}}}[{settings}]"


def _installed_font(command: str, font: InstalledFont) -> str:
    settings = [f"Path={font.path.parent}/", f"FontIndex={font.index}", _COMMON]
    settings += [f"Script={script}" for script in ("Arabic", "Hebrew") if script in font.family]
    bold = font.path.with_name(font.path.name.replace("-Regular", "-Bold"))
    if bold != font.path and bold.is_file():
        settings += [f"BoldFont={bold.name}", f"BoldFeatures={{FontIndex={font.index}}}"]
    return rf"\newfontfamily{command}{{{font.path.name}}}[{','.join(settings)}]"


def _lay_out(source: Source, folder: Path) -> None:
    (folder / "cv.tex").write_text(source.text, "utf-8")
    for name, path in source.assets:
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(path.resolve())


def _open_pdf(path: Path) -> Compiled:
    """The PDF, once a reader has opened it: TeX's exit code does not promise one."""
    data = path.read_bytes() if path.is_file() else b""
    try:
        with open_pdf(data) as document:
            pages = len(document)
    except UnreadableError:
        pages = 0
    if not pages:
        raise RenderError([Problem("TeX ended well and left no readable PDF", hint="is the disk full?")])
    return Compiled(data, pages)


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def _unexplained(finished: subprocess.CompletedProcess[str], log: str) -> Problem:
    text = log or finished.stdout
    tail = " | ".join(line for line in text.splitlines()[-8:] if line.strip())
    return Problem(f"latexmk failed with code {finished.returncode}: {' '.join(tail.split())}")
