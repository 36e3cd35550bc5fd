"""The LaTeX backend: an engine turns a .tex file into a PDF, and errors lead back to lines of templates and profile."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.backends.backend import Backend, Compiled, Job, KeptRun, Layout, Source, missing_glyph
from cvgen.backends.cache import Cache
from cvgen.backends.columns import Columns, arrange_columns
from cvgen.backends.host import Host
from cvgen.backends.latex.confined_tex import confine_tex
from cvgen.backends.latex.faults import explain_error, explain_loop
from cvgen.backends.latex.log import find_error, find_last_line, find_missing_characters, find_tools
from cvgen.backends.latex.log_warnings import find_warnings, place_warnings
from cvgen.backends.latex.lua_caches import TEXMF_VAR, keep_caches, lay_out_caches
from cvgen.backends.latex.measured_pdf import find_beyond, measure_pdf
from cvgen.backends.latex.part_marks import POSITIONS, read_positions
from cvgen.backends.latex.passes import KeptStates, State, read_state, run_passes
from cvgen.backends.latex.tex_engines import TEX_ENGINES
from cvgen.backends.latex.tex_source import TexWriter
from cvgen.backends.leftovers import explain_full_disk, open_scratch
from cvgen.backends.paper_edge import report_cut
from cvgen.backends.pdf_refusal import refuse_active_content
from cvgen.backends.programs import Finished, ProgramError
from cvgen.diagnostics import Problem, RenderError
from cvgen.model.document import Document
from cvgen.sources.pdf_file import UnreadableError, open_pdf
from cvgen.themes.contract import MARGIN_VERTICAL, SIZE
from cvgen.themes.tex_files import list_tex_files
from cvgen.themes.theme import is_shipped

WALL_FACTOR = 5
"""The most seconds that a compilation may take for each second of processor time that it is allowed."""
SLOW_HINT = "look for an endless loop in the theme's templates; on a slow machine, give it more time with --timeout"
COLD_HINT = (
    "LuaLaTeX reads each font the first time, which takes long on a slow machine: run cvgen doctor, which has no time "
    "limit; if that does not help, look for an endless loop in the theme's templates"
)
UNEXPLAINED_HINT = "run it again, since another program may have ended TeX; if it fails again, run cvgen doctor"
NO_DATE = 0
"""The date in a PDF, in seconds since 1970, if none is given. XeTeX always writes one, and with the time of the render
the same files would give other bytes."""
PT_PER_MM = 72 / 25.4
DEFAULT_MARGIN = 16.0
"""The margin above and below in mm, if a theme has no option for it."""


class LatexBackend:
    """Renders through one engine; each compilation has a scratch folder of its own.

    ``open_measurer`` opens the backend that measures parts.
    """

    most_layouts = 6

    def __init__(self, host: Host, engine: str, open_measurer: Callable[[], Backend]) -> None:
        self._host, self._engine, self._open_measurer = host, TEX_ENGINES[engine], open_measurer
        self._writer = TexWriter(host, engine)
        self._cache = Cache(host.cache)
        self._measurer: Backend | None = None
        self._states = KeptStates(self._cache)
        self._last: tuple[tuple[Source, str], Compiled, Columns | None] | None = None
        self._positions = ""
        self.last_run: KeptRun | None = None

    def compile(self, job: Job) -> Compiled:
        """The PDF of ``job``; raises InputError for a fault of the theme, RenderError for a failed run."""
        self._writer.check_direction(job)
        self._check_programs()
        source = self._writer.write(job)
        made_from = (source, job.files_digest)
        if self._last is None or self._last[0] != made_from:
            compiled = self._compile(_Run(job, source))
            columns = self._find_columns(job, compiled)
            if columns:
                compiled = self._compile(_Run(job, self._writer.write(job, columns), columns))
            self._last = (made_from, compiled, columns)
        return self._last[1]

    def _find_columns(self, job: Job, compiled: Compiled) -> Columns | None:
        """The columns that end with the side bar, if ``compiled`` has pages after it."""
        if compiled.pages == 1 or "html" not in job.theme.backends or not arrange_columns(job.document, job.options):
            return None
        columns = self._open_once().measure(job).columns
        return columns if columns and columns.breaks_at else None

    def _open_once(self) -> Backend:
        """The backend that measures; it is opened when it is first needed."""
        if self._measurer is None:
            self._measurer = self._open_measurer()
        return self._measurer

    def measure(self, job: Job) -> Layout:
        """How ``job`` fills its pages, read from the PDF; raises what ``compile`` raises."""
        return measure_pdf(self.compile(job).pdf, _find_margin(job))

    def measure_long(self, job: Job, paper: Layout) -> Layout:
        """The boxes of parts when ``job`` goes through HTML, since a theme's two backends are one design.

        For a theme without HTML, TeX itself measures them.
        """
        if "html" in job.theme.backends:
            return self._open_once().measure_long(job, paper)
        kept = self.last_run
        compiled = self._compile(_Run(job, self._writer.write_marked(job)))
        self.last_run = kept  # that of the document, not of its measuring
        layout = measure_pdf(compiled.pdf, _find_margin(job))
        return read_positions(self._positions, job.document, layout, float(str(job.options[SIZE])))

    def write_source(self, job: Job) -> Source:
        """The .tex file and all that it needs; of the job that was compiled last, the source of its PDF."""
        made_from = (self._writer.write(job), job.files_digest)
        columns = self._last[2] if self._last and self._last[0] == made_from else None
        return self._writer.write_source(job, columns)

    @property
    def today(self) -> tuple[int, int] | None:
        """The year and the month now; None if another time is to be printed in place of it."""
        return self._host.today

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which fontspec asks, has a font of this family."""
        return self._writer.has_font(family)

    def close(self) -> None:
        """End the backend that measures; TeX does not run between two compilations."""
        self._writer.close()
        if self._measurer:
            self._measurer.close()

    def _compile(self, run: _Run) -> Compiled:
        with open_scratch() as folder:
            with explain_full_disk(folder):
                _lay_out(run.source, folder)
            # Only LuaTeX has caches of its own; a theme from elsewhere could put code into them.
            caches = lay_out_caches(self._cache, folder) if self._engine.name == "lualatex" else None
            key = _name_document(run.job, self._engine.name)
            try:
                finished = self._run(run, folder, self._states.find(key))
            finally:
                log = _read(folder / "cv.log")
                self.last_run = KeptRun(run.source, "log", log)
            self._check(run, finished, log)
            warnings = place_warnings(find_warnings(log), lambda: self._writer.trace(run.job, run.columns))
            self._positions = _read(folder / POSITIONS)
            compiled = _open_pdf(folder / "cv.pdf", run.job.document)
            problems = (*run.source.problems, *compiled.problems, *warnings)
            compiled = replace(compiled, problems=problems, tools=find_tools(log))
            self._states.keep(key, read_state(folder, _read_bytes))
            if caches and is_shipped(run.job.theme):
                keep_caches(self._cache, folder, caches)
        refuse_active_content(compiled.pdf, run.job.theme)
        return compiled

    def _check(self, run: _Run, finished: Finished, log: str) -> None:
        """Raise RenderError if ``log`` has an error, or the run failed without one."""
        if characters := find_missing_characters(log):
            raise RenderError([missing_glyph(character, run.job.document) for character in characters])
        if error := find_error(log):
            source = self._writer.trace(run.job, run.columns)
            raise RenderError([explain_error(error, source, run.own_files)])
        if finished.code:
            raise RenderError([_unexplained(self._engine.name, finished, log)])

    def _check_programs(self) -> None:
        """Raise RenderError if a program is not installed."""
        missing = [name for name in self._engine.programs if self._host.runner.find(name) is None]
        if missing:
            raise RenderError([Problem(f"{' and '.join(missing)} not found", hint=self._engine.install)])

    def _run(self, run: _Run, folder: Path, state: State) -> Finished:
        """Compile in ``folder``, from the ``state`` that an earlier render left; again without it if that fails."""
        for name, data in state.items():
            (folder / name).write_bytes(data)
        try:
            finished = run_passes(
                lambda command: self._start(command, run, folder),
                self._engine,
                folder,
                _read_bytes,
                reads_all=not is_shipped(run.job.theme),
            )
        except ProgramError as error:
            raise RenderError([self._explain_stop(error, run, _read(folder / "cv.log"))]) from None
        if not (finished.code and state):
            return finished
        for name in state:
            (folder / name).unlink(missing_ok=True)
        return self._run(run, folder, {})

    def _start(self, command: Sequence[str], run: _Run, folder: Path) -> Finished:
        program = self._host.runner.find(command[0]) or command[0]
        read = (*run.source.installed, *self._find_packages())
        confined = confine_tex((program, *command[1:]), self._host, folder, read, run.job.theme)
        return self._host.runner.run(
            confined.command,
            self._environ(folder),
            WALL_FACTOR * self._host.timeout,
            folder=folder,
            confinement=confined.confinement,
        )

    def _explain_stop(self, error: ProgramError, run: _Run, log: str) -> Problem:
        """The Problem that TeX was stopped, at the place where it was."""
        if last := find_last_line(log):
            return explain_loop(last, self._writer.trace(run.job, run.columns), run.own_files, str(error))
        hint = COLD_HINT if self._engine.name == "lualatex" else SLOW_HINT
        return Problem(f"{self._engine.name} {error}", hint=hint)

    def _environ(self, folder: Path) -> dict[str, str]:
        """The environment for TeX: no variables of the caller, and a home of its own."""
        environ = {
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "TEXMFVAR": str(folder / TEXMF_VAR),
            # Else LuaTeX writes to a folder that the renders of all users share
            "TEXMFCACHE": str(folder / TEXMF_VAR),
            "TEXMFHOME": str(folder / "texmf"),
            "LC_ALL": "C.UTF-8",
            "max_print_line": "10000",
            "error_line": "254",
            "half_error_line": "238",
            "openin_any": "p",
            "openout_any": "p",
            "shell_escape": "f",
            "FORCE_SOURCE_DATE": "1",
        }
        environ["SOURCE_DATE_EPOCH"] = str(self._host.epoch or NO_DATE)
        for path in self._find_packages():
            environ["TECTONIC_CACHE_DIR"] = str(path)
        return environ

    def _find_packages(self) -> tuple[Path, ...]:
        """The folder of the packages that Tectonic fetched for the person, if that is the engine."""
        if self._engine.name != "tectonic":
            return ()
        known = self._host.environ
        caches = Path(known.get("XDG_CACHE_HOME") or Path(known.get("HOME", "/")) / ".cache")
        return (caches / "Tectonic",)


@dataclass(frozen=True, slots=True)
class _Run:
    """What is compiled: the ``source`` of ``job``, written for its ``columns``."""

    job: Job
    source: Source
    columns: Columns | None = None

    @property
    def own_files(self) -> dict[str, Path]:
        """The files of the theme that TeX reads beside the document, by the names that it has for them."""
        theme = self.job.theme
        return {name: path for name, path in list_tex_files(theme).items() if name in self.source.from_theme}


def _find_margin(job: Job) -> float:
    """The margin above and below, in pt."""
    margin = job.options.get(MARGIN_VERTICAL, DEFAULT_MARGIN)
    return float(margin if isinstance(margin, (int, float)) else DEFAULT_MARGIN) * PT_PER_MM


def _name_document(job: Job, engine: str) -> str:
    """A name for the document, whatever it says: the same for all layouts of a fit, another for a changed theme."""
    chosen = (job.metadata.get(name, "") for name in ("variant", "letter", "language", "roles"))
    about = (engine, str(job.folder.absolute()), str(job.document.name), job.files_digest, *chosen)
    return hashlib.sha256("\0".join(about).encode()).hexdigest()[:32]


def _lay_out(source: Source, folder: Path) -> None:
    (folder / "cv.tex").write_bytes(source.data)
    for name, asset in source.assets:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(asset, bytes):
            target.write_bytes(asset)
        else:
            _copy(asset, target)


def _copy(path: Path, target: Path) -> None:
    """Copy a file, so that what TeX writes to its folder does not reach it; raises RenderError if it is gone."""
    try:
        data, status = path.read_bytes(), path.stat()
    except OSError as error:  # it was there when the profile was read
        raise RenderError([Problem(f"cannot read {str(path)!r}: {error.strerror}", hint="run it again")]) from None
    target.write_bytes(data)
    # LuaLaTeX reads a font again, which takes a second, if its time is not the one in the cache.
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def _open_pdf(path: Path, content: Document) -> Compiled:
    """The PDF, if a reader can open it: a good exit code of TeX does not guarantee this."""
    data = _read_bytes(path)
    try:
        with open_pdf(data) as document:
            pages = len(document)
            cut = report_cut(find_beyond(document), content)
    except UnreadableError:
        pages, cut = 0, ()
    if not pages:
        raise RenderError([Problem("TeX ended without an error but left no readable PDF", hint="is the disk full?")])
    return Compiled(data, pages, cut)


def _read(path: Path) -> str:
    return _read_bytes(path).decode("utf-8", "replace")


def _read_bytes(path: Path) -> bytes:
    """What TeX wrote to ``path``; nothing for a link, with which a theme could make this process read another file."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""


def _unexplained(engine: str, finished: Finished, log: str) -> Problem:
    text = log or finished.output
    tail = " | ".join(line for line in text.splitlines()[-8:] if line.strip())
    return Problem(f"{engine} failed with code {finished.code}: {' '.join(tail.split())}", hint=UNEXPLAINED_HINT)
