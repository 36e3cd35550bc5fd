"""Limits of memory and time for what a stranger may write: templates, pages, and queries."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers import INSTALLED_FONTS, LendingRunner, Ran, read_told, run_cvgen, write_career
from test_confinement import is_running, wait_until

import cvgen
from cvgen.backends.bounded import LimitError, Limits, is_memory_used_up, run_bounded
from cvgen.backends.host import describe_host
from cvgen.backends.weasyprint import worker
from cvgen.cli.main import cli
from cvgen.diagnostics import Location, Problem, RenderError, warn

PROFILE = "basics: {name: Wei Lin}\nnews: [{date: 2024, text: Ready.}]\n"
SMALL = Limits(memory=2**28, seconds=1.0, result=2**20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile, and the theme ``mine`` beside it."""
    (tmp_path / "profile.yaml").write_text(PROFILE)
    (tmp_path / "themes" / "mine").mkdir(parents=True)
    (tmp_path / "themes" / "mine" / "theme.yaml").write_text("extends: classic\n")
    return tmp_path


def write_style(folder: Path, source: str, backend: str = "html") -> Path:
    """Make ``source``, in the signs of HTML templates, the second line of a style; gives the file."""
    ending = {"html": "css", "latex": "tex"}[backend]
    path = folder / "themes" / "mine" / backend / f"style.{ending}.j2"
    path.parent.mkdir(exist_ok=True)
    if backend == "latex":
        for sign, other in (("{{", "<<"), ("}}", ">>"), ("{%", "<%"), ("%}", "%>")):
            source = source.replace(sign, other)
    path.write_text(f"\n{source}\n")
    return path


def run_small(*arguments: str | Path, seconds: float = SMALL.seconds) -> Ran:
    """Run the command in this process, with small limits."""
    limits = replace(SMALL, seconds=seconds)
    runner = LendingRunner(os.environ["PATH"])
    host = replace(describe_host(os.environ), runner=runner, template_limits=limits, layout_memory=SMALL.memory)
    finished = CliRunner().invoke(cli, [str(argument) for argument in arguments], obj=host)
    if finished.exception and not isinstance(finished.exception, SystemExit):
        raise finished.exception
    return Ran(finished.exit_code, finished.stdout, finished.stderr)


# --- templates

DOUBLE = "{% set n = namespace(t='x') %}{% for i in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}"
MEMORY = [
    pytest.param("{{ 'x' * (3 * 10 ** 9) }}", id="constant"),
    pytest.param("{% set n = 3 * 10 ** 9 %}{{ 'x' * n }}", id="repeated"),
    pytest.param(DOUBLE, id="doubled"),
    pytest.param(r"{{ ('a\n' * 10 ** 6) | indent(500) }}", id="indent"),
    pytest.param("{{ 'a' | center(4 * 10 ** 9) }}", id="center"),
    pytest.param("{{ '%*d' | format(2 * 10 ** 9, 1) }}", id="format"),
    pytest.param("{{ '{:>3000000000}'.format('a') }}", id="format-of-texts"),
    pytest.param("{{ '%3000000000d' % 1 }}", id="per-cent"),
    pytest.param("{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('xx') }}", id="macro"),
    pytest.param("{{ ('a' * 10 ** 5) | list | join('b' * 10 ** 5) }}", id="join"),
    pytest.param("{{ [1] | batch(10 ** 9, 'x') | list }}", id="batch"),
]
TIME = [
    pytest.param("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", id="loops"),
    pytest.param(
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}", id="macros"
    ),
]


@pytest.mark.parametrize("source", MEMORY)
def test_a_template_has_a_limit_of_memory(folder: Path, source: str) -> None:
    path = write_style(folder, source)
    ran = run_small("render", folder / "profile.yaml", "-t", "mine", "-f", "html", *INSTALLED_FONTS)
    (told,) = read_told(ran.err)
    assert (ran.code, told.place) == (2, f"{path}:2")
    assert told.message == "the template needs more memory than 256 MB"
    assert not (folder / "profile.html").exists()


def test_a_person_can_allow_more_memory(folder: Path) -> None:
    write_style(folder, "{% if ('x' * (4 * 10 ** 8)) | length %}{% endif %}")
    command: tuple[str | Path, ...] = ("render", folder / "profile.yaml", "-t", "mine", "-f", "html", *INSTALLED_FONTS)
    # 4 GB, since the memory of this process counts too
    codes = [run_small(*command, *more, seconds=20).code for more in ((), ("--memory", "4"))]
    assert codes == [2, 0]
    ran = run_small(*command, "--memory", "0.1")
    assert (ran.code, "0.1 is not in the range" in ran.err) == (2, True)


@pytest.mark.parametrize("source", TIME)
def test_a_template_has_a_limit_of_time(folder: Path, source: str) -> None:
    path = write_style(folder, source)
    ran = run_small("render", folder / "profile.yaml", "-t", "mine", "-f", "html", *INSTALLED_FONTS)
    (told,) = read_told(ran.err)
    assert (ran.code, told.place) == (2, f"{path}:2")
    assert told.message == "the template needs more time than 1 s"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        # Both are one operation that Python cannot interrupt
        pytest.param("{{ ([[1] * 10 ** 6] * 500) | tojson }}", "needs more", id="tojson"),
        pytest.param(
            "{% set n = namespace(t=3) %}{% for i in range(60) %}{% set n.t = n.t * n.t %}{% endfor %}",
            "needs more time than 1 s",
            id="squares",
        ),
        pytest.param("{{ 'x' * (12 * 10 ** 5) }}", "prints more than 1 MB", id="long-page"),
    ],
)
def test_what_has_no_line_names_the_theme(folder: Path, source: str, says: str) -> None:
    write_style(folder, source)
    ran = run_small("render", folder / "profile.yaml", "-t", "mine", "-f", "html", *INSTALLED_FONTS)
    (told,) = read_told(ran.err)
    assert ran.code == 2
    assert "the theme 'mine'" in told.message or told.place.startswith(str(folder / "themes" / "mine"))
    assert says in told.message


@pytest.mark.parametrize("source", ["{{ 'x' * (3 * 10 ** 9) }}", DOUBLE])
def test_latex_templates_have_the_same_limits(folder: Path, source: str) -> None:
    path = write_style(folder, source, "latex")
    ran = run_small("render", folder / "profile.yaml", "-t", "mine", "-f", "tex", "--trust-theme")
    (told,) = read_told(ran.err)
    assert (ran.code, told.place) == (2, f"{path}:2")
    assert told.message == "the template needs more memory than 256 MB"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("check", "profile.yaml", "-t", "mine"), id="check"),
        pytest.param(("themes", "gallery", "profile.yaml", "-t", "mine", "-o", "gallery"), id="gallery"),
        pytest.param(("render", "profile.yaml", "-t", "mine", "--pages", "1"), id="fit"),
    ],
)
def test_every_command_that_prints_says_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    path = write_style(folder, DOUBLE)
    monkeypatch.chdir(folder)
    ran = run_small(*command)
    assert ran.code in (1, 2)
    assert f"{path.relative_to(folder)}:2" in ran.err + ran.out
    assert "the template needs more memory than 256 MB" in ran.err + ran.out


def test_a_theme_below_its_limits_gives_the_same_page(folder: Path) -> None:
    write_style(folder, "{{ 'x' * 10 ** 6 }}")
    ran = run_small("render", folder / "profile.yaml", "-t", "mine", "-f", "html", *INSTALLED_FONTS)
    assert (ran.code, ran.err) == (0, "")
    assert "x" * 10**6 in (folder / "profile.html").read_text()


def test_no_process_uses_more_than_a_gigabyte(folder: Path) -> None:
    path = write_style(folder, DOUBLE)
    command = [sys.executable, "-m", "cvgen", "render", str(folder / "profile.yaml"), "-t", "mine", "-f", "html"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr
        printed = started.stderr.read()
        _, status, usage = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    assert started.returncode == 2
    assert f"{path}:2: error: the template needs more memory than 1 GB" in printed
    assert 2**29 < usage.ru_maxrss * 1024 < 2**30


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_templates_end_with_cvgen(folder: Path, number: signal.Signals) -> None:
    write_style(folder, "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    command = [sys.executable, "-m", "cvgen", "render", str(folder / "profile.yaml"), "-t", "mine", "-f", "html"]
    started = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
    wait_until(lambda: children.read_text() != "")
    child = int(children.read_text().split()[0])
    started.send_signal(number)
    started.wait()
    wait_until(lambda: not is_running(child))


# --- the process of the work itself


def test_data_and_errors_come_back_whole() -> None:
    assert run_bounded(lambda: {"a": [1, "é\ud800", None]}, SMALL) == {"a": [1, "é\ud800", None]}
    problems = (Problem("wrong", Location("a.bib", 3), "right", entry="k"), warn("odd", kind="odd ones"))

    def fail() -> None:
        raise RenderError(problems)

    with pytest.raises(RenderError) as caught:
        run_bounded(fail, SMALL)
    assert caught.value.problems == problems


def test_a_bug_keeps_its_traceback() -> None:
    with pytest.raises(RuntimeError, match=r"in <lambda>(.|\n)*ZeroDivisionError"):
        run_bounded(lambda: 1 / 0, SMALL)


def test_work_that_ends_its_process_is_told() -> None:
    with pytest.raises(LimitError, match="was ended by the system"):
        run_bounded(lambda: os.kill(os.getpid(), signal.SIGKILL), SMALL)


# --- pages


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(
            "{{ 'w' * 3 * 10 ** 6 }}",
            "WeasyPrint broke down over the theme's page, as it does when it needs too much memory",
            id="long-word",
        ),
        pytest.param(
            "<table><tr><td colspan=999999999>x</table>",
            "the page of the theme 'mine' needs more memory than 256 MB",
            id="columns",
        ),
        pytest.param(
            "{{ ('<div>' * 2000) | safe }}x",
            "the page of the theme 'mine' has too many boxes inside each other",
            id="deep",
        ),
    ],
)
def test_a_page_that_needs_too_much_is_a_failed_render(folder: Path, body: str, says: str) -> None:
    header = write_style(folder, "").with_name("header.html.j2")
    header.write_text(body)
    header.with_name("style.css.j2").unlink()
    ran = run_small("render", folder / "profile.yaml", "-t", "mine")
    (told,) = read_told(ran.err)
    assert (ran.code, told.message) == (1, says)
    assert ("--memory GB" in (told.hint or "")) is ("memory than" in says)
    header.unlink()
    assert run_small("render", folder / "profile.yaml", "-t", "mine").code == 0


@pytest.mark.parametrize(("used_up", "says"), [(True, {"limit": "memory"}), (False, {"kind": "builtins.SystemError"})])
def test_an_error_of_c_code_without_memory_is_one_of_memory(
    monkeypatch: pytest.MonkeyPatch, used_up: bool, says: dict[str, str]
) -> None:
    class Engine:
        fatal = refused = KeyError

        def answer(self, request: object) -> object:
            raise SystemError("error return without exception set")

    monkeypatch.setattr(worker, "is_memory_used_up", lambda: used_up)
    monkeypatch.setattr(worker, "give_spare_memory", lambda: None)
    reply, pdf = worker._answer(Engine(), {})  # type: ignore[arg-type]
    assert (says.items() <= reply.items(), pdf) == (True, b"")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory need Linux")
def test_a_process_knows_that_its_memory_is_used_up() -> None:
    def fill() -> bool:
        kept = []
        with suppress(MemoryError):
            while True:
                kept.append(bytearray(2**20))
        return is_memory_used_up()

    assert run_bounded(fill, SMALL) is True
    assert run_bounded(is_memory_used_up, SMALL) is False


# --- queries

BIB = "@misc{one, title={On Clouds}, author={Lin, Wei}, year=2024, keywords={Sky, Rain}}\n"
QUERIES = [
    "first or co_first", "year in [2023, 2024]", "'sky' in keywords | map('lower')", "title.startswith('On')",
    "'cloud' in title | lower", "keywords | select('equalto', 'Sky') | list | length == 1", "year - 2020 + 1 == 5",
    "citations / 2 < 1", "keywords | join(', ') == 'Sky, Rain'", "year is even and rank is not none",
    "(venue_short | default('none', true)) == 'none'", "title[0] == 'O'", "first if year else lead",
    " or ".join(["lead"] * 120 + ["first"]),
]  # fmt: skip


def write_queries(folder: Path, queries: Sequence[str], section: str = "publications") -> Path:
    """A profile with one paper and one job, whose variant has a section for each query; the first is in line 10."""
    quoted = (query.replace("\\", "\\\\").replace('"', '\\"') for query in queries)
    sections = "".join(f'      - {section}: {{where: "{where}", title: Q{n}}}\n' for n, where in enumerate(quoted))
    return write_career(folder, BIB, f"work: [{{name: A}}]\nvariants:\n  default:\n    sections:\n{sections}")


def test_what_queries_may_use(tmp_path: Path) -> None:
    ran = run_cvgen("render", write_queries(tmp_path, QUERIES), "-f", "txt")
    assert ran.code == 0, ran.err
    text = (tmp_path / "profile.txt").read_text("utf-8")
    shown = [part.split("\n", 1) for part in re.split(r"^Q(?=\d+$)", text, flags=re.MULTILINE)[1:]]
    assert [int(number) for number, rest in shown if "On Clouds" in rest] == list(range(len(QUERIES)))


HOSTILE = [
    "([1]*10**9)|join|length > 1", "('x'*10**9*9)|length", "title*99999999999", '2000*"("', "10**10**10",
    "title | center(10**9)", "title | indent(10**9)", "title | replace('', title)", "title ~ title",
    "'%9999999999d' % 1", "'%s' | format(title)", "'{:>9999999999}'.format(1)", "range(10) | list", "title.join(title)",
    "title | join(title)", "title | join(', ') | join(', ')", "1 | round(10**9)", "title.replace('', title)",
    "title | map('center')",
    "title | tojson", "lipsum()", "title.__class__", "keywords | batch(10**9)", "title[0:1]", "{'a': title}",
    "1e999 > year", "1e999 | int", "title | random", "(" * 1900, "[" * 1000 + "]" * 900, "(" * 900 + "1" + ")" * 900,
    "not " * 5000 + "first", "not " * 400 + "first", "-" * 1900 + "1", "1" * 5000, " or ".join(["first"] * 220),
    "title" + ".upper()" * 240, "title" + "|upper" * 300, "title" + "[0]" * 500, "+".join(["title"] * 300), "'" * 1999,
    "first }}{% for a in b %}{{ a", "'\\x'", "year is divisibleby(0)", "title | select('map')",
]  # fmt: skip


def test_a_query_that_grows_is_an_error_at_its_place(tmp_path: Path) -> None:
    profile = write_queries(tmp_path, HOSTILE)
    ran = run_cvgen("render", profile, "-f", "tex", "--all-problems")
    errors = [told for told in read_told(ran.err) if told.severity == "error"]
    assert ran.code == 2
    assert [told.place.split(":")[1] for told in errors] == [str(10 + number) for number in range(len(HOSTILE))]
    assert all(told.hint and len(told.message) < 400 for told in errors)


def test_queries_over_entries_have_the_same_limits(tmp_path: Path) -> None:
    profile = write_queries(tmp_path, ["title*99999999999"], "work")
    (told,) = read_told(run_cvgen("render", profile, "-f", "tex").err)
    assert told.message == "in the query 'title*99999999999', '*' cannot be used"


def find_workers() -> dict[int, int]:
    """The most memory, in kB, that each process of WeasyPrint below this one has had."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            status = (folder / "status").read_text()
            is_ours = re.search(r"PPid:\s+(\d+)", status)
            if is_ours and int(is_ours[1]) == os.getpid() and b"weasyprint.worker" in (folder / "cmdline").read_bytes():
                most = re.search(r"VmHWM:\s+(\d+)", status)
                found[int(folder.name)] = int(most[1]) if most else 0
    return found


def test_a_process_that_stays_warm_throws_old_pages_away(tmp_path: Path) -> None:
    entry = "@article{k%d, author = {Lin, Wei}, title = {On Tides %d}, journal = {Seas}, year = 2020}\n"
    profile = write_career(tmp_path, "".join(entry % (number, number) for number in range(300)))
    before = find_workers()
    with cvgen.Session() as session:
        memory = []
        for number in range(6):
            session.render(profile, output=tmp_path / "cv.pdf", options={"accent": f"#10101{number}"})
            (own,) = [most for process, most in find_workers().items() if process not in before]
            memory.append(own)
    assert max(memory) < 1.5 * memory[0], memory
