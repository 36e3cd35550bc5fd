"""A fixed part of the hostile cases, which make hostile runs all, and proof that the tester notices what it should."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
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


PDF = """from pypdf import PdfWriter
from pypdf.generic import DictionaryObject as D, NameObject as N, TextStringObject as S
def pdf(name, change):
    w = PdfWriter()
    w.add_blank_page(99, 99)
    change(w)
    w.write("../out/" + name)
def out(name, data):
    open("../out/" + name, "wb").write(data if isinstance(data, bytes) else data.encode())
secret = open("../secret/secret.txt").read().strip()
"""
NOTICED = {
    "leaks": (
        PDF + "print(secret)\nprint(os.environ['SECRET_OF_SOMEONE'], file=sys.stderr)\n"
        "out('base64', base64.b64encode(b'ab' + secret.encode()))\nout('wide', secret.encode('utf-16'))\n"
        "pdf('x.pdf', lambda w: w.add_metadata({'/T': open('../home/.netrc').read()}))\n"
        "d = base64.b64encode(open('bad.png', 'rb').read()).decode()\n"
        "out('x.html', '<img src=data:image/png;base64,' + d + '>')",
        ("a file in .out", "the environment in .err", "a file in base64", "a file in wide", "a file in x.pdf", "a picture in x.html"),
    ),
    "writes": (
        "open('new', 'w')\nopen('../home/.netrc', 'a').write(' ')\nos.chmod('../secret/secret.tex', 0o600)\n"
        "os.remove('../secret/secret.txt')\nd = open('../home/.bashrc').read()\nos.remove('../home/.bashrc')\n"
        "time.sleep(.05)\nopen('../home/.bashrc', 'w').write(d)",
        tuple(f"changed {name}" for name in
              ("work/new", "home/.netrc", "secret/secret.tex", "secret/secret.txt", "home/.bashrc")),
    ),
    "requests": ("try: urllib.request.urlopen('URL/x')\nexcept OSError: pass", ("requested ",)),
    "injected": (
        PDF + "out('script.html', '<p><script>1</script>')\nout('handler.html', '<p onclick=x>')\n"
        "out('link.html', '<a href=\"java\\tscript:1\">')\nout('x.tex', 'x \\\\input{y}')\n"
        "action = D({N('/S'): N('/JavaScript'), N('/JS'): S('x')})\n"
        "pdf('script.pdf', lambda w: w.root_object.update({N('/OpenAction'): action}))\n"
        "pdf('file.pdf', lambda w: w.add_attachment('a', b'x'))\n"
        "print('\\x1b[2J')\nprint('\\u202ex', file=sys.stderr)\n"
        "out('cv.md', '<script>1</script>')\nout('cv.json', '{\"url\": \"javascript:1\"}')\n"
        "import docx\nfrom docx.oxml import parse_xml\ndocument = docx.Document()\n"
        "document.part.relate_to('file:///x', 'http://x/attachedTemplate', is_external=True)\n"
        "document.save('../out/cv.docx')",
        ("script.html has <script>", "handler.html has <p onclick>", "link.html has <a href=", "cv.tex has ",
         "script.pdf has /JavaScript", "file.pdf has /EmbeddedFile", ".out has U+001B", ".err has U+202E",
         "cv.md has <script>", "cv.json has a link", "cv.docx has a relation to file:"),
    ),
    "tracebacks": ("raise ValueError", ("ValueError",)),
    "memory": ("x = b'x' * (150 << 20)\ntime.sleep(.1)", ("used ",)),
    "memory of a child": (
        f"subprocess.run([{sys.executable!r}, '-c', 'import time; x = b\"x\" * (150 << 20); time.sleep(.1)'])",
        ("used ",),
    ),
    "codes": ("sys.exit(3)", ("exit code 3",)),
    "left": ("subprocess.Popen(['sleep', '20'], start_new_session=True)", ("still running: sleep",)),
}  # fmt: skip
"""A program that does all that is wrong of a kind, and what is found."""


@pytest.mark.parametrize("kind", NOTICED)
def test_the_tester_notices(place: Place, kind: str) -> None:
    code, expected = NOTICED[kind]
    case = replace(bad(code, frozenset({kind == "tracebacks"})), memory=100 << 20)
    findings = place.run(case).findings
    for text in expected:
        assert any(text in finding.text for finding in findings), (text, findings)
    # A changed file of someone else still has the secret in it.
    allowed = {kind.partition(" ")[0], *(["leaks"] if kind == "writes" else [])}
    assert {finding.column for finding in findings} <= allowed, findings


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
