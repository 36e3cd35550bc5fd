"""A fixed part of the hostile cases, which make hostile runs all, and proof that the tester notices what it should."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile.__main__ import choose, format_table
from hostile.case import Case, Sandbox, picture_bytes
from hostile.classes import CLASSES, list_cases
from hostile.run import COLUMNS, Finding, Outcome, Place

SEED = 1
CASES = list_cases(SEED)
FAST = [case for case in CASES if case.fast]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    opened = Place(tmp_path_factory.mktemp("hostile"), SEED)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.id, marks=[pytest.mark.tex] * (case.group == "theme_latex")) for case in FAST],
)
def test_a_hostile_case_does_nothing_that_it_may_not(place: Place, case: Case) -> None:
    outcome = place.run(case)
    assert not outcome.findings, outcome.output


def test_every_class_has_cases_and_some_of_each_run_here() -> None:
    assert len(CASES) >= 500
    assert len({case.id for case in CASES}) == len(CASES)
    assert {case.group for case in CASES} == {case.group for case in FAST} == set(CLASSES)


def bad(code: str, codes: frozenset[int] = frozenset({0})) -> Case:
    """A case whose program does what no case may."""

    def build(box: Sandbox) -> tuple[str, ...]:
        (box.work / "bad.png").write_bytes(picture_bytes((13, 201, 77)))
        return ("import os, sys, time, subprocess, urllib.request, base64\n" + code.replace("URL", box.url),)

    return Case("self", code[:20], build, codes, program=(sys.executable, "-c"), typed=True)


PDF = "from pypdf import PdfWriter\nfrom pypdf.generic import DictionaryObject as D, NameObject as N, TextStringObject as S\nw = PdfWriter()\nw.add_blank_page(99, 99)\n"
NOTICED = {
    "a secret that is printed": ("leaks", "print(open('../secret/secret.txt').read())"),
    "a secret in base64": (
        "leaks",
        "print(base64.b64encode(b'ab' + open('../secret/secret.txt','rb').read()).decode())",
    ),
    "a secret in UTF-16": (
        "leaks",
        "open('../out/x.bin', 'wb').write(open('../secret/secret.txt').read().encode('utf-16'))",
    ),
    "the environment": ("leaks", "print(os.environ['SECRET_OF_SOMEONE'])"),
    "a secret in a PDF": (
        "leaks",
        PDF + "w.add_metadata({'/T': open('../home/.netrc').read()})\nw.write('../out/x.pdf')",
    ),
    "a secret picture": (
        "leaks",
        "d = base64.b64encode(open('bad.png', 'rb').read()).decode()\n"
        "open('../out/x.html', 'w').write('<img src=data:image/png;base64,' + d + '>')",
    ),
    "a new file": ("writes", "open('new', 'w')"),
    "a changed file": ("writes", "open('../home/.bashrc', 'a').write(' ')"),
    "a changed mode": ("writes", "os.chmod('../secret/secret.txt', 0o600)"),
    "a removed file": ("writes", "os.remove('../secret/secret.txt')"),
    "a file replaced by the same": (
        "writes",
        "d = open('../home/.bashrc').read()\nos.remove('../home/.bashrc')\ntime.sleep(.05)\nopen('../home/.bashrc', 'w').write(d)",
    ),
    "a request": ("requests", "try: urllib.request.urlopen('URL/x')\nexcept OSError: pass"),
    "a script in a page": ("injected", "open('../out/x.html', 'w').write('<p><script>1</script>')"),
    "a handler in a page": ("injected", "open('../out/x.html', 'w').write('<p onclick=x>')"),
    "a link of a script": ("injected", "open('../out/x.html', 'w').write('<a href=\"java\\tscript:1\">')"),
    "a script in a PDF": (
        "injected",
        PDF
        + "w.root_object[N('/OpenAction')] = D({N('/S'): N('/JavaScript'), N('/JS'): S('x')})\nw.write('../out/x.pdf')",
    ),
    "a file in a PDF": ("injected", PDF + "w.add_attachment('a', b'x')\nw.write('../out/x.pdf')"),
    "a command of LaTeX": ("injected", r"open('../out/x.tex', 'w').write('x \\input{y}')"),
    "a control character": ("injected", "print('\\x1b[2J')"),
    "a turned text": ("injected", "print('\\u202ex', file=sys.stderr)"),
    "a traceback": ("tracebacks", "raise ValueError"),
    "too much memory": ("memory", "x = bytearray(1100 << 20)\ntime.sleep(.1)"),
    "memory of a child": ("memory", f"subprocess.run([{sys.executable!r}, '-c', 'x = b\"x\" * (1100 << 20)'])"),
    "a wrong exit code": ("codes", "sys.exit(3)"),
    "a child that stays": ("left", "subprocess.Popen(['sleep', '20'], start_new_session=True)"),
}


@pytest.mark.parametrize("what", NOTICED)
def test_the_tester_notices(place: Place, what: str) -> None:
    column, code = NOTICED[what]
    codes = frozenset({1}) if column == "tracebacks" else frozenset({0})
    outcome = place.run(bad(code, codes))
    columns = {finding.column for finding in outcome.findings}
    # A changed file of someone else still has the secret in it.
    assert columns - ({"leaks"} if column == "writes" else set()) == {column}, outcome


def test_the_tester_notices_a_hang(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hostile.run.SECONDS", 0.3)
    monkeypatch.setattr("hostile.run._KILL_AFTER", 1)
    assert [finding.column for finding in place.run(bad("time.sleep(9)")).findings] == ["hangs"]


def test_the_tester_finds_nothing_in_a_good_program(place: Place) -> None:
    code = "open('../out/x.html', 'w').write('<p><a href=https://x>x</a>')\nprint('Wei Lin, ‘fine’')"
    assert place.run(bad(code)).findings == ()


def test_a_script_that_runs_in_a_browser_is_noticed(place: Place) -> None:
    def build(box: Sandbox) -> tuple[str, str]:
        page = f"<script>document.title='RAN'+'MARK';new Image().src='{box.url}/x'</script>"
        return f"open('../out/x.html', 'w').write({page!r})", ""

    case = Case("self", "browser", build, program=(sys.executable, "-c"), opens=True)
    assert {finding.column for finding in place.run(case).findings} == {"injected", "requests"}


def test_the_table_counts_cases_by_class() -> None:
    good, wrong = Case("a", "x", lambda box: []), Case("b", "y", lambda box: [])
    leak = (Finding("leaks", "one"), Finding("leaks", "two"), Finding("hangs", "three"))
    table = format_table([Outcome(good, 0, 1.0, 9, (), ""), Outcome(wrong, 0, 1.0, 9, leak, "")])
    lines = [line.split() for line in table.strip().splitlines()]
    assert lines[0] == ["class", "cases", *COLUMNS]
    assert lines[1] == ["a", "1", *["0"] * len(COLUMNS)]
    assert lines[2][:3] == ["b", "1", "1"]
    assert lines[3] == ["all", "2", "1", "0", "0", "0", "0", "1", "0", "0", "0"]


def test_a_count_takes_from_every_class() -> None:
    assert {case.group for case in choose(CASES, [], "", 100, 1)} == set(CLASSES)
    assert len(choose(CASES, [], "", 100, 1)) == 100
    assert choose(CASES, [], "queries/join", None, 1)[0].name == "join"


def test_the_seed_decides_what_is_drawn(tmp_path: Path) -> None:
    names = [case.id for case in list_cases(2)]
    assert names == [case.id for case in list_cases(2)]
    assert [case.id for case in CASES if "mixture" not in case.id] == [n for n in names if "mixture" not in n]
