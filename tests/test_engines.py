"""The table of engines and formats, and the runner that starts their programs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from _pytest.mark import ParameterSet
from helpers import read_told, run_cvgen

from cvgen.backends.backend import Backend, Job, Source
from cvgen.backends.confinement import Confinement
from cvgen.backends.engines import (
    CHECKED,
    DEFAULT_ENGINE,
    ENGINES,
    FITTING,
    FORMATS,
    PAGE_FORMATS,
    PDF,
    PRINTING,
    Engine,
    choose_engine,
    list_available,
    list_engines,
    list_printing,
    open_backend,
    open_source_writer,
)
from cvgen.backends.fontconfig import is_installed, list_fonts_with
from cvgen.backends.host import Host, select_environ
from cvgen.backends.programs import (
    Finished,
    LocalRunner,
    ProgramEndedError,
    ProgramError,
    RunningProgram,
)
from cvgen.cli.main import cli
from cvgen.diagnostics import CvgenError, InputError, RenderError
from cvgen.pipeline.file_names import name_output
from cvgen.pipeline.prepare import Prepared, prepare
from cvgen.pipeline.render import render
from cvgen.pipeline.request import Request
from cvgen.themes.theme import find_theme, list_themes

FORMATS_PAGE = (Path(__file__).parent.parent / "docs" / "formats.md").read_text("utf-8")
SMALL = "basics: {name: Wei Lin}\nnews: [{date: 2024, text: Ready.}]\n"


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "profile.yaml"
    path.write_text(SMALL, "utf-8")
    return path


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def engines(test: Callable[[Engine], bool] = lambda engine: True) -> list[ParameterSet]:
    return [pytest.param(engine, id=engine.name) for engine in ENGINES if test(engine)]


# --- A runner that starts nothing


@dataclass
class FakeProgram:
    """A program that gives ``replies`` in turn; an exception among them is raised, and ends it."""

    replies: list[bytes | ProgramError]
    requests: list[bytes] = field(default_factory=list)
    is_running: bool = True

    def exchange(self, message: bytes, seconds: float) -> bytes:
        self.requests.append(message)
        reply = self.replies.pop(0)
        if isinstance(reply, ProgramError):
            self.is_running = False
            raise reply
        return reply

    def stop(self) -> None:
        self.is_running = False


@dataclass
class FakeRunner:
    """Has ``programs`` installed; ``work`` is what a program that is run does in its folder."""

    programs: frozenset[str] = frozenset()
    work: Callable[[Path], Finished] = lambda folder: Finished(0, "")
    running: list[FakeProgram] = field(default_factory=list)
    ran: list[tuple[Sequence[str], Mapping[str, str]]] = field(default_factory=list)
    started: list[tuple[Sequence[str], Mapping[str, str]]] = field(default_factory=list)

    def find(self, name: str) -> str | None:
        return f"/fake/{name}" if name in self.programs else None

    def run(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        seconds: float,
        *,
        folder: Path | None = None,
        with_errors: bool = True,
        confinement: Confinement | None = None,
    ) -> Finished:
        self.ran.append((command, environ))
        return self.work(folder or Path())

    def start(self, command: Sequence[str], environ: Mapping[str, str]) -> RunningProgram:
        self.started.append((command, environ))
        return self.running[len(self.started) - 1]


def host_with(runner: FakeRunner, tmp_path: Path) -> Host:
    return Host(runner, tmp_path / "cache", epoch=1700000000, environ={"HOME": "/home/me", "LANG": "C"})


# --- The table


def test_each_engine_is_one_row_and_the_first_is_the_default() -> None:
    names = [engine.name for engine in ENGINES]
    assert len(set(names)) == len(names)
    assert names[0] == DEFAULT_ENGINE
    assert FORMATS[0] == PDF
    sources = {engine.format for engine in ENGINES}
    pages = {row.name for row in PAGE_FORMATS}
    assert set(FORMATS) == sources | pages
    assert not sources & pages
    assert set(FITTING) <= set(PRINTING)


def choices(path: Sequence[str], option: str) -> tuple[str, ...]:
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    (found,) = [parameter for parameter in command.params if option in parameter.opts]
    assert isinstance(found.type, click.Choice)
    return tuple(str(choice) for choice in found.type.choices)


@pytest.mark.parametrize(
    ("command", "option", "expected"),
    [
        pytest.param(["render"], "--engine", PRINTING, id="render"),
        pytest.param(["render"], "--format", FORMATS, id="render-format"),
        pytest.param(["check"], "--engine", CHECKED, id="check"),
        pytest.param(["diff"], "--engine", FITTING, id="diff"),
        pytest.param(["themes", "gallery"], "--engine", PRINTING, id="gallery"),
    ],
)
def test_the_commands_offer_what_the_table_lists(command: list[str], option: str, expected: tuple[str, ...]) -> None:
    assert choices(command, option) == expected


def test_the_manual_lists_the_engines() -> None:
    table = re.search(r"\| `-e` \|.*\n\|[-|]+\n((?:\|.*\n)+)", FORMATS_PAGE)
    assert table
    listed = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]
    assert listed == [
        [
            f"`{engine.name}`" if engine.prints else "",
            f"`{engine.backend}`" if engine.backend else "",
            f"`{engine.format}`",
            "text" if engine.is_text else "bytes",
            "yes" if engine.prints else "no",
            "yes" if engine.fits else "no",
        ]
        for engine in ENGINES
    ]


def test_the_backends_of_shipped_themes_are_those_of_engines() -> None:
    used = {backend for name in list_themes() for backend in find_theme(name, [], None).backends}
    assert used == {engine.backend for engine in ENGINES} - {None}
    assert all(list_printing([backend]) for backend in used)


@pytest.mark.parametrize("engine", engines())
def test_each_format_is_written_under_its_name_as_text_or_bytes(engine: Engine, profile: Path) -> None:
    host = host_with(FakeRunner(), profile.parent)
    prepared = prepared_for(Request(profile, engine=engine.name, format=engine.format), host)
    assert name_output(prepared) == profile.with_suffix(f".{engine.format}")
    source = open_source_writer(engine.name, host).write_source(prepared.make_job())
    assert isinstance(source.content, str if engine.is_text else bytes)
    assert not engine.is_text or b"Wei" in source.data


@pytest.mark.parametrize("engine", engines(lambda engine: engine.prints))
def test_a_printing_engine_opens_a_whole_backend(engine: Engine, tmp_path: Path) -> None:
    runner = FakeRunner(running=[FakeProgram([])])
    backend = open_backend(engine.name, host_with(runner, tmp_path))
    assert isinstance(backend, Backend)
    backend.close()
    assert not any(program.is_running for program in runner.running[: len(runner.started)])


@pytest.mark.parametrize(
    ("name", "format_", "chosen"),
    [
        pytest.param(None, "pdf", "weasyprint", id="default"),
        pytest.param(None, "html", "weasyprint", id="html"),
        pytest.param(None, "tex", "xelatex", id="tex"),
        pytest.param("lualatex", "tex", "lualatex", id="other-tex"),
        pytest.param("lualatex", "pdf", "lualatex", id="other-pdf"),
    ],
)
def test_the_first_engine_that_writes_a_format_is_chosen(name: str | None, format_: str, chosen: str) -> None:
    assert choose_engine(name, format_) == chosen
    assert chosen in list_engines(format_)


@pytest.mark.parametrize(
    ("name", "format_", "message", "hint"),
    [
        pytest.param("weasprint", "pdf", "there is no engine 'weasprint'", "weasyprint", id="engine"),
        pytest.param(None, "htm", "there is no format 'htm'", "html", id="format"),
        pytest.param("xelatex", "html", "the engine 'xelatex' does not write html", "weasyprint", id="both"),
    ],
)
def test_an_engine_that_cannot_do_it_is_an_error(name: str | None, format_: str, message: str, hint: str) -> None:
    with pytest.raises(InputError) as error:
        choose_engine(name, format_)
    (problem,) = error.value.problems
    assert problem.message == message
    assert hint in str(problem.hint)


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        pytest.param((), ("weasyprint",), id="none"),
        pytest.param(("xelatex", "xdvipdfmx", "lualatex"), ("weasyprint", "xelatex"), id="one-for-each-backend"),
        pytest.param(("lualatex",), ("weasyprint", "lualatex"), id="the-next"),
        pytest.param(("xelatex",), ("weasyprint",), id="half"),
    ],
)
def test_available_engines(programs: tuple[str, ...], expected: tuple[str, ...], tmp_path: Path) -> None:
    assert list_available(host_with(FakeRunner(frozenset(programs)), tmp_path)) == expected


def test_the_table_loads_nothing_heavy() -> None:
    code = (
        "import cvgen.backends.engines, sys; "
        "print([m for m in ('weasyprint', 'fontTools', 'jinja2', 'pydantic', 'subprocess') if m in sys.modules])"
    )
    assert subprocess.run(python(code), capture_output=True, text=True, check=True).stdout == "[]\n"


def test_weasyprint_starts_before_anything_slow_is_loaded(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from cvgen.backends.engines import open_backend
from cvgen.backends.host import Host

class Runner:
    def start(self, command, environ):
        print([m for m in ("jinja2", "pydantic", "markupsafe", "cvgen.sources.career") if m in sys.modules])

open_backend("weasyprint", Host(Runner(), Path(sys.argv[1])))
"""
    ran = subprocess.run([*python(code), str(tmp_path)], capture_output=True, text=True, check=False)
    assert ran.stdout == "[]\n"


def test_a_second_latex_run_opens_no_font(tmp_path: Path) -> None:
    """Also not those that needed no copy: opening one takes a tenth of a second with the import of fontTools."""
    profile = tmp_path / "profile.yaml"
    profile.write_text("basics: {name: Amara Okafor, email: a@example.org}\n", "utf-8")
    code = """
import sys
from cvgen.__main__ import main
try:
    main()
finally:
    print("fontTools" in sys.modules)
"""
    command = [
        *python(code),
        "render",
        str(profile),
        "-q",
        "-e",
        "xelatex",
        "-f",
        "tex",
        "-o",
        str(tmp_path / "cv.tex"),
    ]
    environ = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, env=environ).stdout for _ in range(2)]
    assert runs == ["True\n", "False\n"]


# --- A format of bytes


class Packed:
    """A format of bytes with a file beside it."""

    def __init__(self, asset: Path) -> None:
        self.asset = asset

    def write_source(self, job: Job) -> Source:
        return Source(b"\x00\xff" + str(job.document.name).encode(), (("media/one.bin", self.asset),))

    @property
    def today(self) -> None:
        return None

    def has_font(self, family: str) -> bool:
        return True

    def close(self) -> None:
        """Nothing runs."""


def prepared_for(request: Request, host: Host) -> Prepared:
    return prepare(request, open_source_writer(request.engine, host))


def test_a_source_of_bytes_is_written_as_it_is_with_its_files(profile: Path, tmp_path: Path) -> None:
    asset = tmp_path / "one.bin"
    asset.write_bytes(b"\xfe")
    target = tmp_path / "out" / "cv.packed"
    outcome = render(Request(profile, format="html", output=target), Packed(asset))
    assert outcome.pages is None
    assert target.read_bytes() == b"\x00\xffWei Lin"
    assert (target.parent / "media" / "one.bin").read_bytes() == b"\xfe"


def test_a_writer_of_sources_makes_no_pdf(profile: Path, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="sources only"):
        render(Request(profile, output=tmp_path / "cv.pdf"), Packed(tmp_path))
    assert not (tmp_path / "cv.pdf").exists()


# --- LaTeX through a runner


def compile_tex(profile: Path, runner: FakeRunner, engine: str = "xelatex") -> None:
    host = host_with(runner, profile.parent)
    backend = open_backend(engine, host)
    backend.compile(prepared_for(Request(profile, engine=engine), host).make_job())


TEX = frozenset({"xelatex", "xdvipdfmx", "lualatex"})


SLOW = ProgramError("did not finish within 60 s")


def returning(code: int, output: str = "") -> Callable[[Path], Finished]:
    return lambda folder: Finished(code, output)


def raising(error: ProgramError) -> Callable[[Path], Finished]:
    def work(folder: Path) -> Finished:
        raise error

    return work


def logging(log: str, code: int = 12) -> Callable[[Path], Finished]:
    def work(folder: Path) -> Finished:
        (folder / "cv.log").write_text(log, "utf-8")
        return Finished(code, "")

    return work


@pytest.mark.parametrize(
    ("work", "message"),
    [
        pytest.param(
            lambda folder: Finished(0, ""), "TeX ended without an error but left no readable PDF", id="no-pdf"
        ),
        pytest.param(
            lambda folder: Finished(11, "one\n\n  two\n"), "xelatex failed with code 11: one | two", id="no-log"
        ),
        pytest.param(raising(SLOW), "xelatex did not finish within 60 s", id="slow"),
        pytest.param(raising(ProgramError("printed more than 16 MB")), "xelatex printed more than 16 MB", id="loud"),
        pytest.param(logging("./cv.tex:3: Emergency stop.\n"), "LaTeX: Emergency stop", id="log"),
        pytest.param(logging("./cv.tex:3: Emergency stop.\n", 0), "LaTeX: Emergency stop", id="log-of-a-good-run"),
        pytest.param(logging("! Emergency stop.\n"), "LaTeX: Emergency stop", id="log-without-a-line"),
        pytest.param(logging("a.sty:7: Package a Error: no b.\n"), "LaTeX: Package a Error: no b", id="a-package"),
        pytest.param(logging("a.sty:7: LaTeX Error.\n"), "LaTeX: LaTeX Error", id="an-error-of-few-words"),
        pytest.param(logging("1:2: a day\n"), "xelatex failed with code 12: 1:2: a day", id="a-time"),
    ],
)
def test_what_tex_leaves_is_reported(profile: Path, work: Callable[[Path], Finished], message: str) -> None:
    with pytest.raises(RenderError) as error:
        compile_tex(profile, FakeRunner(TEX, work))
    assert [problem.message for problem in error.value.problems] == [message]


@pytest.mark.parametrize("engine", ["xelatex", "lualatex"])
def test_tex_sees_nothing_of_the_callers_environment(profile: Path, engine: str) -> None:
    runner = FakeRunner(TEX)
    with pytest.raises(RenderError):
        compile_tex(profile, runner, engine)
    command, environ = runner.ran[0]
    assert command[0] == f"/fake/{engine}"
    asked = [
        *(["-no-pdf"] if engine == "xelatex" else []),
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-file-line-error",
        "cv.tex",
    ]
    assert list(command[1:]) == asked
    assert environ["HOME"] != "/home/me"
    assert "LANG" not in environ
    assert (environ["openin_any"], environ["openout_any"], environ["shell_escape"]) == ("p", "p", "f")
    assert environ["SOURCE_DATE_EPOCH"] == "1700000000"


def test_tex_of_a_document_from_right_to_left_needs_no_program_to_be_refused(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text("basics: {name: Wei Lin}\nvariants: {v: {language: ar}}\n", "utf-8")
    runner = FakeRunner(TEX)
    with pytest.raises(RenderError, match="from right to left"):
        compile_tex(path, runner)
    assert runner.ran == []


# --- WeasyPrint's worker through a runner


KILLED = ProgramEndedError(-9)
PAGE = {
    "ok": True, "tools": {}, "ends": [10.0], "room": 20.0, "paper": [100.0, 200.0], "boxes": {}, "beyond": [],
    "warnings": [], "missing": [],
}  # fmt: skip


def answer(pdf: bytes = b"", **changes: object) -> bytes:
    return json.dumps({**PAGE, **changes}).encode() + b"\n" + pdf


def compile_page(profile: Path, runner: FakeRunner, times: int = 1) -> list[bytes | CvgenError]:
    host = host_with(runner, profile.parent)
    backend = open_backend("weasyprint", host)
    job = prepared_for(Request(profile), host).make_job()
    results: list[bytes | CvgenError] = []
    for _ in range(times):
        try:
            results.append(backend.compile(job).pdf)
        except CvgenError as error:
            results.append(error)
    backend.close()
    return results


def test_a_pdf_of_any_bytes_comes_back_whole(profile: Path) -> None:
    runner = FakeRunner(running=[FakeProgram([answer(b"%PDF\n\n\x00{}\n")])])
    assert compile_page(profile, runner) == [b"%PDF\n\n\x00{}\n"]
    request = json.loads(runner.running[0].requests[0])
    assert request["pdf"] is True
    assert "Wei" in request["html"]


@pytest.mark.parametrize(
    ("reply", "check", "message"),
    [
        pytest.param(
            ProgramError("did not finish within 60 s"),
            Finished(0, ""),
            "WeasyPrint did not finish within 60 s",
            id="slow",
        ),
        pytest.param(
            ProgramEndedError(-9),
            Finished(0, ""),
            "WeasyPrint's process ended with code -9",
            id="died",
        ),
        pytest.param(
            ProgramEndedError(1),
            Finished(1, "Traceback\nOSError: no library called pango\n"),
            "WeasyPrint cannot be loaded: OSError: no library called pango",
            id="cannot-load",
        ),
        pytest.param(
            answer(ok=False, error="no box", kind="builtins.ValueError"),
            Finished(0, ""),
            "WeasyPrint failed: no box (builtins.ValueError)",
            id="failed",
        ),
    ],
)
def test_what_the_worker_does_wrong_is_reported_and_the_next_render_works(
    profile: Path, reply: bytes | ProgramError, check: Finished, message: str
) -> None:
    first = FakeProgram([reply, answer(b"next")])
    second = FakeProgram([answer(b"next")])
    runner = FakeRunner(work=lambda folder: check, running=[first, second])
    error, pdf = compile_page(profile, runner, times=2)
    assert isinstance(error, RenderError)
    assert [problem.message for problem in error.problems] == [message]
    assert pdf == b"next"
    assert len(runner.started) == (2 if isinstance(reply, ProgramError) else 1)


def test_the_worker_sees_only_what_the_host_passes_on(profile: Path) -> None:
    runner = FakeRunner(running=[FakeProgram([answer()])])
    compile_page(profile, runner)
    ((command, environ),) = runner.started
    assert command[0] == sys.executable
    assert set(environ) == {"HOME", "LANG", "PYTHONPATH", "SOURCE_DATE_EPOCH"}
    assert environ["SOURCE_DATE_EPOCH"] == "1700000000"


def test_secrets_are_not_passed_on() -> None:
    environ = {"HOME": "/home/me", "GITHUB_TOKEN": "x", "AWS_SECRET_ACCESS_KEY": "x", "LD_PRELOAD": "x", "PATH": "/bin"}
    assert select_environ(environ) == {"HOME": "/home/me"}


def test_what_finds_fonts_and_libraries_is_passed_on() -> None:
    names = (
        "HOME TMPDIR XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_DATA_DIRS FONTCONFIG_FILE FONTCONFIG_PATH "
        "FONTCONFIG_SYSROOT LANG LANGUAGE LC_ALL LC_CTYPE PANGO_LANGUAGE LD_LIBRARY_PATH DYLD_LIBRARY_PATH "
        "DYLD_FALLBACK_LIBRARY_PATH"
    )
    environ = dict.fromkeys(names.split(), "x")
    assert select_environ(environ) == environ


def test_a_module_in_the_current_folder_is_not_imported(profile: Path, tmp_path: Path) -> None:
    """A CV's folder may come from anywhere; ``json.py`` in it is data like all else."""
    for name in ("json", "weasyprint", "tempfile"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(3)\n", "utf-8")
    command = [sys.executable, "-P", "-m", "cvgen", "render", str(profile), "-o", str(tmp_path / "cv.pdf")]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert not (tmp_path / "ran").exists()


# --- fontconfig through a runner


def test_fonts_are_what_fc_list_says(tmp_path: Path) -> None:
    rows = "A\t/fonts/a.ttf\t0\t80\nB\t/fonts/b.ttc\t65538\t200\nC\t/fonts/c.ttf\t1\t[80 200]\n"
    host = host_with(FakeRunner(frozenset({"fc-list"}), lambda folder: Finished(0, rows)), tmp_path)
    assert [(font.family, font.index) for font in list_fonts_with("x", host)] == [("A", 0), ("C", 1)]
    assert is_installed("A", host)


def test_a_family_that_fc_list_does_not_print_is_not_installed(tmp_path: Path) -> None:
    runner = FakeRunner(frozenset({"fc-list"}), lambda folder: Finished(0, "\n"))
    assert not is_installed("Some-Font", host_with(runner, tmp_path))
    assert runner.ran[0][0][1] == r":family=Some\-Font"
    assert is_installed("Serif", host_with(runner, tmp_path))  # a generic family always has a font
    assert is_installed("Some-Font", host_with(FakeRunner(), tmp_path))  # without fontconfig, nothing is known


def test_a_font_list_that_takes_too_long_is_a_failed_render(tmp_path: Path) -> None:
    runner = FakeRunner(frozenset({"fc-list"}), raising(SLOW))
    with pytest.raises(RenderError, match="fc-list did not finish within 60 s"):
        is_installed("Some Font", host_with(runner, tmp_path))


# --- The runner itself


RUNNER = LocalRunner(os.environ["PATH"])


def test_a_program_gives_its_code_and_its_output(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd()); print('oops', file=sys.stderr, flush=True); sys.exit(3)"
    ran = RUNNER.run(python(code), {}, 60, folder=tmp_path)
    assert ran.code == 3
    assert sorted(ran.output.split()) == sorted([str(tmp_path.resolve()), "oops"])
    assert RUNNER.run(python(code), {}, 60, folder=tmp_path, with_errors=False).output.strip() == str(
        tmp_path.resolve()
    )


def test_output_that_is_no_utf8_is_kept_as_far_as_it_is() -> None:
    assert RUNNER.run(python(r"import os; os.write(1, b'a\xffb')"), {}, 60).output == "a�b"


def test_a_program_sees_the_variables_given_and_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CVGEN_SECRET", "x")
    ran = RUNNER.run(["/usr/bin/env"], {"A": "b"}, 60)
    assert dict(line.split("=", 1) for line in ran.output.splitlines()) == {"A": "b", "PATH": os.environ["PATH"]}


def test_a_program_reads_nothing_and_has_a_group_of_its_own() -> None:
    ran = RUNNER.run(python("import os, sys; print(repr(sys.stdin.read()), os.getpgid(0) == os.getpid())"), {}, 60)
    assert ran.output == "'' True\n"


def test_a_program_is_looked_for_in_the_path_given(tmp_path: Path) -> None:
    program = tmp_path / "tool"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    assert LocalRunner(str(tmp_path)).find("tool") == str(program)
    assert LocalRunner(str(tmp_path)).find("sh") is None


@pytest.mark.parametrize("name", ["missing", "not-executable"])
def test_a_program_that_cannot_be_started_says_why(tmp_path: Path, name: str) -> None:
    (tmp_path / "not-executable").write_text("x", "utf-8")
    with pytest.raises(ProgramError, match=r"^cannot be started: "):
        RUNNER.run([str(tmp_path / name)], {}, 60)
    with pytest.raises(ProgramError, match=r"^cannot be started: "):
        RUNNER.start([str(tmp_path / name)], {})


def is_alive(number: int) -> bool:
    """Whether the process runs; one that ended and was not waited for by its parent does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


CHILD = "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)']); "


def test_after_its_time_a_program_ends_with_what_it_started(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match=r"^did not finish within 2 s$"):
        RUNNER.run(["/bin/sh", "-c", "sleep 300 & echo $! > child; wait"], {}, 2, folder=tmp_path)
    child = int((tmp_path / "child").read_text())
    wait_until(lambda: not is_alive(child))


def test_a_program_that_closes_its_output_still_has_a_time_limit() -> None:
    with pytest.raises(ProgramError, match="did not finish"):
        RUNNER.run(python("import os, time; os.close(1); os.close(2); time.sleep(300)"), {}, 1)


def test_a_program_that_prints_without_end_is_ended() -> None:
    started = time.monotonic()
    with pytest.raises(ProgramError, match=r"^printed more than 16 MB$"):
        RUNNER.run(python("while True: print('x' * 100000)"), {}, 60)
    assert time.monotonic() - started < 50


ECHO = """
from multiprocessing.connection import Connection
import os, sys, time
requests, replies = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
while True:
    message = requests.recv_bytes()
    if message == b"end":
        os._exit(7)
    if message == b"sleep":
        time.sleep(300)
    replies.send_bytes(message[::-1])
"""


def test_messages_go_there_and_back_at_any_size() -> None:
    program = RUNNER.start(python(ECHO), {})
    large = b"ab" * 1_000_000
    assert [program.exchange(message, 60) for message in (b"", b"abc", large)] == [b"", b"cba", large[::-1]]
    assert program.is_running
    program.stop()
    assert not program.is_running


@pytest.mark.parametrize(
    ("message", "kind", "said"),
    [
        pytest.param(b"end", ProgramEndedError, "ended with code 7", id="ends"),
        pytest.param(b"sleep", ProgramError, "did not finish within 1 s", id="sleeps"),
    ],
)
def test_a_program_that_does_not_answer_has_stopped(message: bytes, kind: type[ProgramError], said: str) -> None:
    program = RUNNER.start(python(ECHO), {})
    program.exchange(b"warm", 60)
    with pytest.raises(kind) as error:
        program.exchange(message, 1 if message == b"sleep" else 60)
    assert (type(error.value), str(error.value)) == (kind, said)
    assert not program.is_running
    program.stop()


def test_a_stopped_program_takes_what_it_started_with_it(tmp_path: Path) -> None:
    code = CHILD + f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\n" + ECHO
    program = RUNNER.start(python(code), {})
    program.exchange(b"warm", 60)
    child = int((tmp_path / "child").read_text())
    assert is_alive(child)
    program.stop()
    wait_until(lambda: not is_alive(child))


def test_missing_engine_for_a_theme_names_one_that_prints_it(profile: Path) -> None:
    theme = profile.parent / "themes" / "page"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("extends: classic\nbackends: [latex]\n", "utf-8")
    ran = run_cvgen("check", profile, "-t", "page")
    assert ran.code == 2
    (told,) = read_told(ran.err)
    assert told.message == "the theme 'page' has no html backend"
    assert "xelatex" in told.hint
    assert "lualatex" in told.hint
