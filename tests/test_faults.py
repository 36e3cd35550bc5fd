"""A few of the faults of "make faults": one or two of every class, the cheap ones."""

from __future__ import annotations

import subprocess
import sys

import pytest
from faults.cases import list_faults
from faults.desk import Expected, find_leftovers, is_python_starting, judge, open_desk, try_fault

PICKED = (
    "signals/2-SIGTERM-weasyprint", "killed programs/0-weasyprint", "full disk/output-4k-html",
    "read-only places/everything-weasyprint", "odd places/home-unset-html", "missing programs/xelatex-xelatex",
    "fake programs/xelatex-background-xelatex", "corrupt caches/flips-html", "streams/all-closed-html",
    "locales/not-utf8-html", "texts/profile.yaml-utf-16-html", "races/no-folder-html", "limits/files-16-html",
)  # fmt: skip
FAULTS = {fault.id: fault for fault in list_faults(kills=10)}


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.tex] if "xelatex" in n else []) for n in PICKED])
def test_after_a_fault_all_is_well(name: str) -> None:
    assert try_fault(FAULTS[name]) == {}


WRONG = {
    "old file lost": "os.remove('out.pdf')",
    "broken file": "open('out.pdf', 'wb').write(b'%PDF-1.4 half')",
    "processes left": "subprocess.Popen(['sleep', '5'], stdout=-3, stderr=-3, start_new_session=True)",
    "tracebacks": "print('error: no → yes', file=sys.stderr); raise ValueError",
    "unclear message": "sys.exit('it failed')",
    "wrong code": "print('error: no → yes', file=sys.stderr); sys.exit(7)",
}
"""By column, a program that does what no command may."""


@pytest.mark.parametrize("column", WRONG)
def test_the_tester_notices_what_is_wrong(column: str) -> None:
    with open_desk("weasyprint") as desk:
        ended = desk.run([sys.executable, "-c", f"import os, subprocess, sys\n{WRONG[column]}"])
        wrong = judge(desk, "weasyprint", ended, Expected(frozenset({0, 1})))
        # A program that ends with 0 and writes nothing leaves a broken file too.
        assert column in wrong
        assert set(wrong) <= {column, "broken file"}


def test_the_tester_notices_leftovers() -> None:
    with open_desk("weasyprint") as desk:
        assert find_leftovers(desk) == []
        (desk.cv / ".cvgen-here-1-x").touch()
        (desk.tmp / "anything").mkdir()
        assert sorted(find_leftovers(desk)) == ["cv/.cvgen-here-1-x", "tmp/anything"]


WRAPS = """
import os, signal
from cvgen.cli.start import run_to_end

def run():
    try:
        os.kill(os.getpid(), signal.{name})
    except BaseException as error:
        raise RuntimeError("wrapped") from error

run_to_end(run)
"""


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_library_that_wraps_the_end_in_its_own_error_changes_nothing(name: str, code: int) -> None:
    ran = subprocess.run([sys.executable, "-c", WRAPS.format(name=name)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (code, "")


IN_A_CALLBACK = """
import os, signal, time
from cvgen.cli.start import run_to_end

class Dropped:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})
        time.sleep(0.001)

def run():
    Dropped()
    time.sleep(20)

run_to_end(run)
"""


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_that_a_callback_of_python_meets_is_not_lost(name: str, code: int) -> None:
    command = [sys.executable, "-c", IN_A_CALLBACK.format(name=name)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
    assert (ran.returncode, ran.stderr) == (code, "")


def test_little_is_imported_before_signals_are_met() -> None:
    slow = {"typing", "dataclasses", "inspect", "click", "pydantic"}
    code = f"import sys, cvgen.__main__; print(*{slow} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("\n", "")


def test_only_a_traceback_of_pythons_own_start_is_excused() -> None:
    start = 'Traceback (most recent call last):\n  File "<frozen runpy>", line 15\n{}KeyboardInterrupt\n'
    assert is_python_starting(start.format(""))
    assert is_python_starting(start.format('  File "/x/cvgen/__main__.py", line 3, in <module>\n'))
    assert not is_python_starting(start.format('  File "/x/cvgen/cli/main.py", line 3, in <module>\n'))
    assert not is_python_starting(start.format("").replace("KeyboardInterrupt", "ValueError: x"))
