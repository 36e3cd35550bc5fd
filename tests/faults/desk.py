"""A desk: a person's folder, a temporary one and a home, on which cvgen runs while something goes wrong."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parents[2]
CVGEN = (sys.executable, "-m", "cvgen")
NAME = "Ana Lopes"
PROFILE = f"""basics: {{name: {NAME}}}
bibliography: {{files: [papers.bib]}}
work: [{{name: Example Labs, position: Engineer, start: 2020}}]
"""
BIB = "@article{a, author={Lopes, Ana}, title={Tides and Ports}, journal={J}, year=2020}\n"
ENDINGS = {"weasyprint": "pdf", "xelatex": "pdf", "lualatex": "pdf", "html": "html"}
"""What a render is called here → the ending of its file."""
_INSTALLED_FONTS = ("--set", "body_font=Serif", "--set", "heading_font=Serif", "--set", "code_font=Mono")
"""So that no font is put into a page, which takes seconds."""
OUTLIVES_SECONDS = 1.0
"""The longest time that a process may go on after cvgen has ended."""
_TIMEOUT = 150.0


@dataclass(frozen=True)
class Ended:
    """How a run of cvgen ended, and which processes it left. ``code`` is negative for a signal."""

    code: int
    out: bytes
    err: str
    left: tuple[str, ...] = ()


@dataclass
class Desk:
    """The folders of one case. ``place`` is all of it; ``cv`` has the profile, and the files to write."""

    place: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def cv(self) -> Path:
        return self.place / "cv"

    @property
    def profile(self) -> Path:
        return self.cv / "profile.yaml"

    @property
    def tmp(self) -> Path:
        return self.place / "tmp"

    @property
    def cache(self) -> Path:
        return self.place / "home" / ".cache" / "cvgen"

    def output(self, engine: str) -> Path:
        return self.cv / f"out.{ENDINGS[engine]}"

    def arguments(self, engine: str) -> list[str]:
        """The command that renders through ``engine``."""
        how = ["-f", "html"] if engine == "html" else ["-e", engine]
        fonts = _INSTALLED_FONTS if engine == "html" else ()
        return [*CVGEN, "render", str(self.profile), *how, *fonts, "-o", str(self.output(engine))]

    def start(self, command: Sequence[str | bytes], **settings: object) -> subprocess.Popen[bytes]:
        """Start ``command`` on this desk; its output goes to files of the desk."""
        streams = {"stdin": subprocess.DEVNULL, "cwd": self.cv, "env": self.environ, **settings}
        with (self.place / "stdout").open("wb") as out, (self.place / "stderr").open("wb") as err:
            return subprocess.Popen(command, stdout=out, stderr=err, **streams)  # type: ignore[call-overload, no-any-return]

    def finish(self, process: subprocess.Popen[bytes]) -> Ended:
        """Wait for a process that was started here."""
        try:
            code = process.wait(_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = 999
        out, err = ((self.place / name).read_bytes() if (self.place / name).exists() else b"" for name in STREAMS)
        return Ended(code, out, err.decode("utf-8", "replace"), tuple(self.wait_for_processes()))

    def run(self, command: Sequence[str | bytes], **settings: object) -> Ended:
        """Run ``command`` on this desk to its end."""
        return self.finish(self.start(command, **settings))

    def run_in_shell(self, script: str, command: Sequence[str]) -> Ended:
        """Run ``command`` after a script of the shell that may mount what it likes: nobody else sees it."""
        whole = f"{script}\nexec {shlex.join(command)}"
        return self.run(["unshare", *(() if os.geteuid() == 0 else ("-r",)), "-m", "sh", "-ec", whole])

    def wait_for_processes(self) -> list[str]:
        """The processes that still work on this desk after the time that they may have."""
        until = time.monotonic() + OUTLIVES_SECONDS
        while (left := list(self._find_processes())) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def _find_processes(self) -> Iterator[str]:
        marker = str(self.place).encode()
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (path / "cmdline").read_bytes()
                if int(path.name) != os.getpid() and (marker in words or marker in bytes((path / "cwd").readlink())):
                    yield f"{path.name} {words[:60].decode('utf-8', 'replace')}"


STREAMS = ("stdout", "stderr")


@contextlib.contextmanager
def open_desk(engine: str) -> Iterator[Desk]:
    """A desk with an old file for every engine; its cache is as after a render through ``engine``."""
    desk = Desk(Path(tempfile.mkdtemp(prefix="faults-", dir="/tmp")).resolve())
    try:
        _lay_out(desk)
        shutil.copytree(_warm_home(engine), desk.place / "home")
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
        desk.environ |= {**kept, "HOME": str(desk.place / "home"), "TMPDIR": str(desk.tmp), "PYTHONPATH": str(ROOT)}
        yield desk
    finally:
        shutil.rmtree(desk.place, ignore_errors=True)


def _lay_out(desk: Desk) -> None:
    for folder in (desk.cv, desk.tmp):
        folder.mkdir()
    desk.profile.write_text(PROFILE)
    (desk.cv / "papers.bib").write_text(BIB)
    for engine in ENDINGS:
        desk.output(engine).write_bytes(old_file(engine))


def _warm_home(engine: str) -> Path:
    """A home whose caches a render through ``engine`` has filled; it is kept for later runs of the tests."""
    home = Path(tempfile.gettempdir()) / f"faults-home-{os.getuid()}" / engine
    with _WARMING:
        if not home.exists():
            with tempfile.TemporaryDirectory() as folder:
                desk = Desk(Path(folder))
                _lay_out(desk)
                desk.environ |= {**os.environ, "HOME": str(desk.place / "home"), "PYTHONPATH": str(ROOT)}
                subprocess.run(desk.arguments(engine), env=desk.environ, check=True, capture_output=True)
                home.parent.mkdir(exist_ok=True)
                shutil.copytree(desk.place / "home", home)
    return home


_WARMING = threading.Lock()


def old_file(engine: str) -> bytes:
    """What an earlier render left behind; another person's, so that it is not taken for a new one."""
    return b"<html>An earlier page</html>" if ENDINGS[engine] == "html" else b"%PDF-1.4\nAn earlier document\n%%EOF\n"


def is_whole(data: bytes, engine: str) -> bool:
    """Whether ``data`` is all of a new document."""
    if ENDINGS[engine] == "html":
        return data.rstrip().endswith(b"</html>") and NAME.encode() in data
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            return NAME in " ".join(pdf[0].get_textpage().get_text_range().split())
    except pypdfium2.PdfiumError:
        return False


LEFTOVER = re.compile(r"\.?cvgen-|\.tmp$")


def find_leftovers(desk: Desk) -> list[str]:
    """Unfinished files: in the person's folder, in the temporary one, in the cache."""
    found = [path for path in desk.tmp.rglob("*") if path.parent == desk.tmp] if desk.tmp.is_dir() else []
    for folder in (desk.cv, desk.cache):
        found += [path for path in folder.rglob("*") if LEFTOVER.search(path.name)]
    return [str(path.relative_to(desk.place)) for path in found]


COLUMNS = ("old file lost", "broken file", "processes left", "leftovers", "tracebacks", "unclear message", "wrong code")
"""What can be wrong after a fault."""


@dataclass(frozen=True)
class Expected:
    """What a fault may lead to: these exit codes, and a message with these words if the code is not 0."""

    codes: frozenset[int]
    words: str = ""
    """A regular expression."""
    is_silent: bool = False
    """Whether no message is needed: a signal ended cvgen, or there is nowhere to print."""


def is_python_starting(err: str) -> bool:
    """Whether Ctrl-C came while Python itself started, before cvgen could meet it: Python then prints a traceback."""
    files = set(re.findall(r'File "[^"]*/(cvgen/[^"]+)"', err))
    return err.rstrip().endswith("KeyboardInterrupt") and files <= {"cvgen/__main__.py", "cvgen/cli/start.py"}


def judge(desk: Desk, engine: str, ended: Ended, expected: Expected) -> dict[str, str]:
    """What is wrong after a fault, by column; empty if all is well."""
    wrong: dict[str, str] = {}
    output = desk.output(engine)
    data = output.read_bytes() if output.is_file() else b""
    if not data:
        wrong["old file lost"] = "it is gone"
    elif data != old_file(engine) and not is_whole(data, engine):
        wrong["broken file"] = f"{len(data)} bytes, {data[:20]!r} … {data[-20:]!r}"
    elif ended.code == 0 and data == old_file(engine):
        wrong["broken file"] = "the exit code is 0, and nothing was written"
    if ended.left:
        wrong["processes left"] = "; ".join(ended.left)
    if is_python_starting(ended.err):
        return wrong
    if "Traceback" in ended.err or b"Traceback" in ended.out:
        wrong["tracebacks"] = ended.err[-1500:]
    if ended.code not in expected.codes:
        wrong["wrong code"] = f"{ended.code} is not one of {sorted(expected.codes)}: {ended.err[-400:]}"
    if ended.code > 0 and not expected.is_silent and not _is_clear(ended.err, expected.words):
        wrong["unclear message"] = ended.err[-600:] or "none"
    return wrong


def _is_clear(err: str, words: str) -> bool:
    """Whether a message says what is wrong and what to do."""
    return bool(re.search(r"(?i)\berror: ", err) and re.search(words or "→|Usage:", err))


@dataclass(frozen=True)
class Fault:
    """One case. ``run`` makes the fault on a desk and gives what is wrong, by column."""

    kind: str
    name: str
    run: Callable[[Desk], Mapping[str, str]]
    engine: str = "weasyprint"

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.name}"


def try_fault(fault: Fault) -> dict[str, str]:
    """What is wrong after ``fault``, by column, also after the next render, which must succeed."""
    with open_desk(fault.engine) as desk:
        wrong = dict(fault.run(desk))
        if "leftovers" not in wrong and (left := find_leftovers(desk)):
            wrong |= _render_again(desk, fault.engine, left)
        return wrong


def _render_again(desk: Desk, engine: str, left: Sequence[str]) -> dict[str, str]:
    """A run may leave files if it was killed; the next one removes them."""
    environ = {name: value for name, value in desk.environ.items() if name in ("PATH", "PYTHONPATH", "LANG")}
    desk.environ = {**environ, "HOME": str(desk.place / "home"), "TMPDIR": str(desk.tmp)}
    ended = desk.run(desk.arguments(engine))
    if ended.code != 0:
        return {"wrong code": f"the next render: {ended.err[-400:]}"}
    still = find_leftovers(desk)
    return {"leftovers": f"{still}; before: {list(left)}"} if still else {}
