"""A theme's LaTeX reads and changes nothing outside its scratch folder, and no program outlives cvgen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, run_cvgen
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import StreamObject

from cvgen.backends import launcher
from cvgen.backends.confinement import Confinement
from cvgen.backends.programs import LocalRunner, ProgramError

SECRET = "canary-7731"
RUNNER = LocalRunner(os.environ["PATH"])
needs_landlock = pytest.mark.skipif(not launcher.find_landlock_version(), reason="this system has no Landlock")


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A folder of a person with a secret text, a picture, and a profile beside a theme of their own."""
    folder = tmp_path / "home"
    (folder / "themes" / "mine" / "latex").mkdir(parents=True)
    (folder / "secret.txt").write_text(SECRET)
    Image.new("RGB", (20, 20), "teal").save(folder / "secret.png")
    Image.new("RGB", (20, 20), "teal").save(folder / "photo.png")
    (folder / "themes" / "mine" / "theme.yaml").write_text("description: mine\nextends: classic\n")
    (folder / "profile.yaml").write_text("basics: {name: Ana Lopes, image: photo.png}\n")
    return folder


def add_tex(victim: Path, tex: str) -> None:
    """Let the theme run ``tex`` at the end of the document; HOME in it is the person's folder."""
    style = victim / "themes" / "mine" / "latex" / "style.tex.j2"
    addition = tex.replace("HOME", str(victim))
    style.write_text(f'<% include "classic:style.tex.j2" %>\n<% raw %>\\AtEndDocument{{{addition}}}\n<% endraw %>')


def render_with(victim: Path, engine: str, tex: str) -> str:
    """The text of the page if the theme adds ``tex`` at its end; empty if TeX failed."""
    add_tex(victim, tex)
    pdf = victim / "out.pdf"
    pdf.unlink(missing_ok=True)
    ran = run_cvgen("render", victim / "profile.yaml", "-t", "mine", "-e", engine, "-o", pdf)
    assert (ran.code == 0) == pdf.exists()
    assert ran.code in (0, 1), ran.err
    return "".join(page.extract_text() for page in PdfReader(pdf).pages) if pdf.exists() else ""


def state_of(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.suffix not in (".pdf", ".j2")}


LUA = r"""\directlua{
local function try(name, attempt)
  local ok, result = pcall(attempt)
  tex.print(name .. (ok and result and "-yes " or "-no "))
end
try("control", function() return io.open("cv.tex") end)
try("read", function() return io.open("HOME/secret.txt") end)
try("write", function() return io.open("HOME/new.txt", "w") end)
try("change", function() return io.open("HOME/secret.txt", "a") end)
try("rename", function() return os.rename("HOME/secret.txt", "HOME/moved.txt") end)
try("remove", function() return os.remove("HOME/secret.png") end)
try("list", function() for name in lfs.dir("HOME") do return name end end)
try("make", function() return lfs.mkdir("HOME/folder") end)
try("link", function() return lfs.link("HOME/secret.txt", "stolen", true) and io.open("stolen") end)
try("environ", function() return io.open("/proc/self/environ") end)
try("parent", function() return io.open("/proc/" .. PARENT .. "/environ") end)
try("passwd", function() return io.open("/etc/passwd") end)
try("touch", function() return lfs.touch("HOME/secret.txt") end)
try("cache", function() return io.open(kpse.expand_var("$TEXMFVAR") .. "/luatex-cache/x", "a") and false end)
}"""


@pytest.mark.tex
@needs_landlock
def test_lua_reaches_only_the_scratch_folder(victim: Path) -> None:
    before, written = state_of(victim), (victim / "secret.txt").stat().st_mtime_ns
    text = render_with(victim, "lualatex", LUA.replace("PARENT", str(os.getpid())))
    words = [word.rpartition("-") for word in text.split() if word.endswith(("-yes", "-no"))]
    found = {name: answer for name, _, answer in words}
    assert found.pop("control") == "yes", text
    assert set(found.values()) == {"no"}
    assert len(found) == 13
    assert state_of(victim) == before
    assert (victim / "secret.txt").stat().st_mtime_ns == written


STEALING = [
    # Pictures and PDFs of others are in tests/test_hostile.py; the rest changes the photo first
    pytest.param("lualatex", r"\pdfextension obj stream file {HOME/secret.txt}", id="stream"),
    pytest.param("xelatex", r"\newread\r\openin\r=HOME/secret.txt \read\r to\x \x", id="read"),
    pytest.param("pdflatex", r"\immediate\pdfobj stream file {HOME/secret.txt}\input{HOME/secret.txt}", id="stream"),
]
PHOTO = r"\newwrite\w\immediate\openout\w=pictures/photo.png \immediate\write\w{x}\immediate\closeout\w "


@pytest.mark.tex
@needs_landlock
@pytest.mark.parametrize(("engine", "tex"), STEALING)
def test_nothing_outside_gets_into_the_pdf_and_the_photo_stays(victim: Path, engine: str, tex: str) -> None:
    before = state_of(victim)
    text = render_with(victim, engine, PHOTO + tex)
    assert state_of(victim) == before
    assert SECRET not in text
    if (pdf := victim / "out.pdf").exists():
        reader = PdfReader(pdf)
        objects = [reader.get_object(number) for number in reader.xref[0]]
        assert not any(SECRET.encode() in part.get_data() for part in objects if isinstance(part, StreamObject))


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", code]


def confine(**settings: object) -> Confinement:
    """Limits of a short run, with no confinement of files unless ``settings`` has some."""
    return Confinement(**{"read": None, "write": (), "cpu_seconds": 30, "idle_seconds": 30, **settings})  # type: ignore[arg-type]


def test_a_confined_program_ends_with_its_own_code_and_output() -> None:
    code = "import sys; print('said'); sys.exit(7)"
    finished = RUNNER.run(python(code), {"A": "b"}, 60, confinement=confine())
    assert (finished.code, finished.output) == (7, "said\n")


@pytest.mark.parametrize(
    ("code", "settings", "reason"),
    [
        ("while True: pass", {"cpu_seconds": 1}, "used more than 1 s of processor time"),
        ("import os\nif os.fork() == 0:\n  while True: pass\nos.wait()", {"cpu_seconds": 1}, "processor time"),
        ("import time; time.sleep(60)", {"idle_seconds": 1}, "waited for 1 s and did nothing"),
    ],
    ids=["busy", "busy-child", "idle"],
)
def test_a_program_that_does_not_end_is_ended(code: str, settings: dict[str, object], reason: str) -> None:
    with pytest.raises(ProgramError, match=reason):
        RUNNER.run(python(code), {}, 60, confinement=confine(**settings))


def test_memory_and_files_have_limits(tmp_path: Path) -> None:
    grow = "try: b'x' * 10**9\nexcept MemoryError: print('too much')"
    assert RUNNER.run(python(grow), {}, 60, confinement=confine(memory=2**29)).output == "too much\n"
    write = "import signal; signal.signal(25, signal.SIG_IGN); open('big', 'wb').write(b'x' * 5000)"
    RUNNER.run(python(write), {}, 60, folder=tmp_path, confinement=confine(file_size=1000))
    assert (tmp_path / "big").stat().st_size <= 1000


def test_a_program_that_does_not_exist() -> None:
    with pytest.raises(ProgramError, match=r"cannot be started: .*No such file"):
        RUNNER.run(["/nowhere/program"], {}, 60, confinement=confine())


@needs_landlock
def test_a_confined_program_opens_no_connection(tmp_path: Path) -> None:
    code = "import socket\ntry: socket.create_connection(('127.0.0.1', 9))\nexcept OSError as error: print(error.errno)"
    limits = confine(read=(sys.prefix, sys.base_prefix), write=(str(tmp_path),))
    assert RUNNER.run(python(code), {}, 60, confinement=limits).output == "13\n"  # not 111: connection refused


CHANGES = """
import os
os.chdir({folder!r})
for change in (lambda: os.utime("x"), lambda: os.chmod("x", 0o777), lambda: os.chown("x", 0, 0),
               lambda: os.setxattr("x", "user.a", b"b"), lambda: os.utime("../x", (0, 0)), lambda: os.rename("x", "y")):
    try:
        change()
        print("done")
    except OSError as error:
        print(error.errno)
"""


@needs_landlock
def test_a_confined_program_changes_no_times_and_no_rights(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    for name in ("x", "own/x"):
        (tmp_path / name).write_text("x")
    before = (tmp_path / "x").stat()
    limits = confine(read=(sys.prefix, sys.base_prefix), write=(str(tmp_path / "own"),))
    ran = RUNNER.run(python(CHANGES.format(folder=str(tmp_path / "own"))), {}, 60, confinement=limits)
    assert ran.output.split() == ["1"] * 5 + ["done"]
    assert (tmp_path / "x").stat().st_mtime_ns == before.st_mtime_ns


KEEPER = """
import sys, time
from cvgen.backends.confinement import Confinement
from cvgen.backends.programs import LocalRunner
code = "import os, time; open({file!r}, 'w').write(str(os.getpid())); time.sleep(60)"
LocalRunner("").run([sys.executable, "-c", code], {{}}, 60, confinement=Confinement(None, (), 30, 30))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_no_program_outlives_the_process_that_started_it(tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "pid"
    keeper = subprocess.Popen([sys.executable, "-c", KEEPER.format(file=str(file))], stderr=subprocess.DEVNULL)
    wait_until(lambda: file.exists() and file.read_text() != "")
    program = int(file.read_text())
    keeper.send_signal(number)
    keeper.wait()
    wait_until(lambda: not is_running(program))


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(2400):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("waited for two minutes")


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.mark.parametrize(
    "place", ["html/x.html.j2", "icons/x.svg", "theme.yaml", "html", "styles/mine.j2", "fonts/fonts.yaml"]
)
def test_a_link_in_a_theme_leads_nowhere_outside(victim: Path, place: str) -> None:
    link = victim / "themes" / "mine" / place
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(victim if place == "html" else victim / "secret.txt")
    ran = run_cvgen("render", victim / "profile.yaml", "-t", "mine", "-f", "html")
    assert ran.code == 2
    assert f"{link}: error: this link leads out of the theme 'mine'" in ran.err
    assert SECRET not in ran.err


@pytest.mark.parametrize("name", ["HOME/secret", "../../../secret", "sub/icon"])
def test_an_icon_is_a_file_of_the_theme(victim: Path, name: str) -> None:
    (victim / "secret.svg").write_text("<svg viewBox='0 0 1 1'><path d='M0 0h1v1z'/></svg>")
    (victim / "themes" / "mine" / "html").mkdir()
    template = '{{ icon("NAME", options.accent) }}'.replace("NAME", name.replace("HOME", str(victim)))
    (victim / "themes" / "mine" / "html" / "header.html.j2").write_text(template)
    ran = run_cvgen("render", victim / "profile.yaml", "-t", "mine", "-f", "html")
    assert ran.code == 2
    assert "is not the name of an icon" in ran.err


def test_links_inside_a_theme_and_to_it_are_followed(victim: Path, tmp_path: Path) -> None:
    themes = victim / "themes"
    (themes / "mine").rename(tmp_path / "elsewhere")
    (themes / "mine").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "html").mkdir()
    (tmp_path / "elsewhere" / "html" / "kept.css.j2").write_text("b { color: red }")
    (tmp_path / "elsewhere" / "html" / "style.css.j2").symlink_to("kept.css.j2")
    ran = run_cvgen(
        "render", victim / "profile.yaml", "-t", "mine", "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS
    )
    assert ran.code == 0, ran.err
    assert "b { color: red }" in (tmp_path / "cv.html").read_text()


@pytest.mark.tex
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_render_that_is_ended_leaves_no_engine_and_no_files(
    victim: Path, tmp_path: Path, number: signal.Signals
) -> None:
    style = victim / "themes" / "mine" / "latex" / "style.tex.j2"
    style.write_text("\\def\\x{\\x}\\x")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "cvgen", "render", str(victim / "profile.yaml"), "-e", "xelatex", "-t"]
    environ = {**os.environ, "TMPDIR": str(scratch)}
    started = subprocess.Popen(
        [*command, "mine"],
        env=environ,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL) if number != signal.SIGKILL else None,
    )
    wait_until(lambda: any(scratch.glob("*/cv.log")))
    engines = find_processes(str(scratch))
    started.send_signal(number)
    wait_until(lambda: started.poll() is not None)
    wait_until(lambda: not find_processes(str(scratch)))
    assert engines
    if number == signal.SIGKILL:
        assert subprocess.run([*command, "classic"], env=environ, capture_output=True, check=False).returncode == 0
    else:
        assert started.returncode == 128 + number
    assert not list(scratch.iterdir())


def find_processes(scratch: str) -> list[int]:
    """The processes that work in a folder below ``scratch``."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if str((path / "cwd").readlink()).startswith(scratch):
                found.append(int(path.name))
        except OSError:
            continue
    return found


ACTIVE = [
    pytest.param(
        "xelatex",
        r"\special{pdf:put @catalog <</OpenAction <</S /JavaScript /JS (app.alert(1))>> >>}"
        r"\special{pdf:ann width 9pt height 9pt <</Type /Annot /Subtype /Link /A <</S /Launch /F (x)>> >>}",
    ),
    pytest.param("lualatex", r"\pdfextension catalog {/OpenAction <</S /JavaScript /JS (app.alert(1))>>}"),
]


@pytest.mark.tex
@pytest.mark.parametrize(("engine", "tex"), ACTIVE)
def test_a_theme_puts_no_script_into_a_pdf(victim: Path, engine: str, tex: str) -> None:
    add_tex(victim, tex)
    ran = run_cvgen("render", victim / "profile.yaml", "-t", "mine", "-e", engine)
    assert ran.code == 1
    assert "the theme 'mine' puts active content into the PDF: " in ran.err
    assert ("Launch" in ran.err) == ("Launch" in tex)
    assert "JavaScript" in ran.err
    assert not list(victim.glob("*.pdf"))


def test_a_page_of_a_theme_puts_no_such_link_into_a_pdf(victim: Path) -> None:
    (victim / "themes" / "mine" / "html").mkdir()
    header = victim / "themes" / "mine" / "html" / "header.html.j2"
    addresses = ["javascript:alert(1)", "JavaScript:alert(2)", "vbscript:x", "data:text/html,x"]
    header.write_text("".join(f'<a href="{address}">x</a>' for address in addresses))
    ran = run_cvgen("render", victim / "profile.yaml", "-t", "mine")
    assert ran.code == 1
    assert "active content" in ran.err
    assert all(address in ran.err for address in addresses), ran.err
    header.write_text('<a href="https://example.org/a:b">x</a> <a href="mailto:a@b.org">y</a>')
    assert run_cvgen("render", victim / "profile.yaml", "-t", "mine").code == 0


def test_a_layout_that_never_ends_ends_with_cvgen(victim: Path, tmp_path: Path) -> None:
    (victim / "themes" / "mine" / "html").mkdir()
    boxes = "<div style='display: flex'>" * 24 + "x" + "</div>" * 24  # each level doubles the time
    (victim / "themes" / "mine" / "html" / "header.html.j2").write_text(boxes)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "cvgen", "render", str(victim / "profile.yaml"), "-t"]
    environ = {**os.environ, "TMPDIR": str(scratch)}
    started = subprocess.Popen([*command, "mine"], env=environ, stderr=subprocess.DEVNULL)
    wait_until(lambda: any(used_seconds(worker) > 3 for worker in find_workers(str(scratch))))
    workers = find_workers(str(scratch))
    started.kill()
    started.wait()
    wait_until(lambda: not any(is_running(worker) for worker in workers))
    assert subprocess.run([*command, "classic"], env=environ, capture_output=True, check=False).returncode == 0
    assert not list(scratch.iterdir())


def find_workers(scratch: str) -> list[int]:
    """The processes that were given a folder in ``scratch``."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if any(word.startswith(f"{scratch}/") for word in words):
            found.append(int(path.name))
    return found


def used_seconds(pid: int) -> float:
    """The processor time that a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
