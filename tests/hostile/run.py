"""Runs a case in a sandbox of its own, and judges what it did."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hostile.case import Case, Sandbox, to_pdf
from hostile.documents import find_in_json, find_in_markdown, find_in_word
from hostile.listener import Listener
from hostile.traces import find_active, find_control, find_markup, find_tokens, shows_picture
from hostile.watch import is_allowed, list_changes, take_snapshot

ROOT = Path(__file__).parents[2]
SECONDS = 60
_KILL_AFTER = 120
"""A hang is noticed after 60 s; the command gets a while longer, to see whether it ends at all."""
_LOOKS: Mapping[str, Callable[[bytes], Iterable[str]]] = {
    "docx": find_in_word,
    "md": lambda data: find_in_markdown(data.decode("utf-8", "replace")),
    "json": find_in_json,
}
COLUMNS = ("leaks", "writes", "requests", "injected", "tracebacks", "hangs", "memory", "codes", "left")
"""What is counted: secrets that got out, changes outside the output folder, network requests, texts that became markup,
scripts or control characters, tracebacks, more than 60 s, more than 1 GB, wrong exit codes, processes left over."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a case must not do; ``column`` is where the table counts it."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case did."""

    case: Case
    code: int
    seconds: float
    megabytes: int
    findings: tuple[Finding, ...]
    output: str


class Place:
    """Where one case at a time runs: a folder for the sandboxes, a listener, and a cache that its cases share."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self._seed = folder, seed
        self.cache = folder / "cache"
        self.cache.mkdir(parents=True, exist_ok=True)
        self._listener = Listener()

    def close(self) -> None:
        self._listener.close()

    def warm_up(self) -> None:
        """Fill LuaLaTeX's cache of fonts, which a stranger's theme cannot do: each run of it would take 10 s more."""
        self.run(Case("", "", lambda box: (box.profile(), to_pdf(box, engine="lualatex"))[1]))

    def run(self, case: Case) -> Outcome:
        """Run ``case``; its sandbox stays until the next one."""
        box = self._open(case)
        arguments = [str(argument) for argument in case.build(box)]
        before = take_snapshot(box.root)
        self._listener.take()
        ran = self._keep(case, box, arguments)
        after = take_snapshot(box.root)
        changed = list_changes(before, after)
        findings = [*_judge_process(case, box, ran), *_judge_writes(case, changed), *self._judge_cache()]
        told = {name: _read(box.root.with_suffix(name)) for name in (".out", ".err")}
        files = [box.root / name for name in changed]
        made = {path.name: _read(path) for path in files if path.is_file() and not path.is_symlink()}
        findings += [finding for name, data in {**told, **made}.items() for finding in _judge_tokens(box, name, data)]
        findings += [finding for name, data in made.items() for finding in _judge_markup(case, box, name, data)]
        if not {"-"} & set(arguments):
            findings += [
                Finding("injected", f"{name} has {found}") for name in told for found in find_control(told[name])
            ]
        if case.opens:
            findings += _open_pages(box)
        findings += [Finding("requests", f"requested {head!r}") for head in self._listener.take()]
        output = b"".join(told.values()).decode("utf-8", "replace")
        return Outcome(case, ran["code"], ran["seconds"], ran["bytes"] >> 20, tuple(dict.fromkeys(findings)), output)

    def _open(self, case: Case) -> Sandbox:
        root = self.folder / "box"
        _remove(root)
        digest = hashlib.sha256(f"{self._seed}:{case.id}".encode()).hexdigest()
        numbers = str(int(digest, 16))
        box = Sandbox(
            root, f"K{numbers[:13]}", f"E{numbers[13:26]}", self._listener.url, random.Random(int(digest, 16))
        )
        box.lay_out()
        return box

    def _keep(self, case: Case, box: Sandbox, arguments: list[str]) -> dict[str, int]:
        stdin = box.root.with_suffix(".in")
        stdin.write_bytes(case.stdin)
        order = {
            "command": [*(case.program or (sys.executable, "-m", "cvgen")), *arguments],
            "cwd": str(box.work),
            "environ": self._environ(case, box),
            "stdin": str(stdin),
            "stdout": str(box.root.with_suffix(".out")),
            "stderr": str(box.root.with_suffix(".err")),
            "seconds": _KILL_AFTER,
        }
        keeper = [sys.executable, "-I", "-S", str(Path(__file__).with_name("keeper.py"))]
        done = subprocess.run(keeper, input=json.dumps(order).encode("utf-8", "surrogateescape"), capture_output=True)
        if done.returncode:
            raise RuntimeError(f"{case.id}: {done.stderr.decode()}")
        result: dict[str, int] = json.loads(done.stdout)
        return result

    def _environ(self, case: Case, box: Sandbox) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "HOME": str(box.home),
            "TMPDIR": str(box.scratch),
            "XDG_CACHE_HOME": str(self.cache),
            "SECRET_OF_SOMEONE": box.environ_token,
            **case.environ,
        }

    def _judge_cache(self) -> Iterator[Finding]:
        """The cache is cvgen's own to write to, but nothing that a case says may get into it."""
        for path in self.cache.rglob("*"):
            # Compiled templates have a theme's text in them, and are read for that theme only.
            if (
                path.is_file()
                and "templates-" not in str(path)
                and ("pwn" in path.name.casefold() or b"PWNED" in _read(path))
            ):
                yield Finding("writes", f"the cache has {path.relative_to(self.cache)}")
                path.unlink()


def _judge_process(case: Case, box: Sandbox, ran: Mapping[str, object]) -> Iterator[Finding]:
    told = _read(box.root.with_suffix(".out")) + _read(box.root.with_suffix(".err"))
    seconds, size = float(str(ran["seconds"])), int(str(ran["bytes"]))
    if b"Traceback (most recent call last)" in told:
        yield Finding("tracebacks", told.decode("utf-8", "replace").strip().rpartition("\n")[2][:160])
    if ran["timed_out"] or own_seconds(seconds, float(str(ran["cpu"])), float(str(ran["waited"]))) > SECONDS:
        yield Finding("hangs", f"took {seconds:.0f} s{' and was killed' if ran['timed_out'] else ''}")
    if size > case.memory:
        yield Finding("memory", f"used {size >> 20} MB")
    if ran["code"] not in case.codes and not ran["timed_out"]:
        yield Finding("codes", f"exit code {ran['code']}, not {' or '.join(map(str, sorted(case.codes)))}")
    left = ran["left"]
    assert isinstance(left, list)
    yield from (Finding("left", f"still running: {command}") for command in left)


def own_seconds(seconds: float, cpu: float, waited: float) -> float:
    """How long a command takes on a machine that has nothing else to do.

    ``waited`` are the seconds for which other programs had the processors. Of several processes at once they are
    counted twice, so the processor time that was used is the least.
    """
    return max(cpu, seconds - waited)


def _judge_writes(case: Case, changed: list[str]) -> Iterator[Finding]:
    yield from (
        Finding("writes", f"changed {name}") for name in changed if not is_allowed(name, ("out/*", *case.writes))
    )


def _judge_tokens(box: Sandbox, name: str, data: bytes) -> Iterator[Finding]:
    for token in find_tokens(data, (box.token, box.environ_token)):
        yield Finding("leaks", f"{'a file' if token == box.token else 'the environment'} in {name}")
    if (name.endswith(".html") or data.startswith(b"%PDF")) and shows_picture(data):
        yield Finding("leaks", f"a picture in {name}")


def _judge_markup(case: Case, box: Sandbox, name: str, data: bytes) -> Iterator[Finding]:
    if data.startswith(b"%PDF"):
        yield from (Finding("injected", f"{name} has {found}") for found in find_active(data))
    elif case.typed and name.endswith(".html"):
        markup = find_markup(data.decode("utf-8", "replace"))
        yield from (Finding("injected", f"{name} has {found}") for found in markup)
    elif case.typed and name.endswith(".tex"):
        yield from _judge_tex(box, data.decode("utf-8", "replace"))
    elif case.typed and name.startswith("cv.") and (look := _LOOKS.get(name.rpartition(".")[2])):
        yield from (Finding("injected", f"{name} has {found}") for found in dict.fromkeys(look(data)))


def _judge_tex(box: Sandbox, source: str) -> Iterator[Finding]:
    """Commands that only a text could have brought: each names the secret folder, or a word of the cases."""
    for line in source.splitlines():
        code = line.partition("%")[0] if not line.startswith("%") else ""
        if any(word + "{" in code or word + str(box.secret) in code for word in (r"\input", r"\include", r"\pwned")):
            yield Finding("injected", f"cv.tex has {code[:80]}")


def _open_pages(box: Sandbox) -> Iterator[Finding]:
    """Open the pages in a browser: no script runs there, and (which the listener knows) nothing is requested."""
    for page in sorted(box.out.glob("*.html")):
        with tempfile.TemporaryDirectory(prefix="hostile-browser-", ignore_cleanup_errors=True) as home:
            command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={home}",
                       "--virtual-time-budget=2000", "--timeout=20000", "--dump-dom", page.as_uri()]  # fmt: skip
            with contextlib.suppress(subprocess.TimeoutExpired):
                shown = subprocess.run(command, capture_output=True, timeout=60)
                if b"RANMARK" in shown.stdout:
                    yield Finding("injected", f"a script of {page.name} runs")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _remove(root: Path) -> None:
    if root.exists():
        for path in root.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(root)
