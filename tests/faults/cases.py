"""The faults by class, each made by a function that gives Faults; ``list_faults`` has them all."""

from __future__ import annotations

import os
import random
import resource
import shlex
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from faults.desk import BIB, ENDINGS, NAME, PROFILE, Desk, Ended, Expected, Fault, judge

GOOD = Expected(frozenset({0}))
FAILED = Expected(frozenset({1}))
UNUSABLE = Expected(frozenset({2}))
GOOD_OR_FAILED = Expected(frozenset({0, 1, 2}))
PRINTING = ("weasyprint", "xelatex", "lualatex")
QUICK = ("weasyprint", "html", "xelatex")
Run = Callable[[Desk, str], Ended]


def list_faults(kills: int) -> list[Fault]:
    """Every fault, with ``kills`` moments for each engine at which cvgen is killed."""
    return [fault for make in _CLASSES for fault in (make(kills) if make is _kills else make())]


def _fault(kind: str, name: str, engine: str, run: Run, expected: Expected) -> Fault:
    def run_and_judge(desk: Desk) -> Mapping[str, str]:
        return judge(desk, engine, run(desk, engine), expected)

    return Fault(kind, f"{name}-{engine}", run_and_judge, engine)


def _kills(count: int) -> Iterator[Fault]:
    """Signals at random moments of a render, to cvgen and to the programs that it started."""
    ends = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    seconds = {"weasyprint": 1.5, "html": 1.0, "xelatex": 3.5, "lualatex": 7.0}
    for engine, share in (("weasyprint", 1.0), ("html", 1.0), ("xelatex", 1.0), ("lualatex", 0.1)):
        for seed in range(round(count * share)):
            number = ends[seed % len(ends)]
            moment = random.Random(f"{engine} {seed}").uniform(0, seconds[engine])
            codes = frozenset({0, -number, 128 + number})
            expected = Expected(codes, is_silent=True)
            yield _fault("signals", f"{seed}-{number.name}", engine, partial(_kill, number, moment), expected)
    for engine in ("weasyprint", "xelatex"):
        for seed in range(round(count * 0.1)):
            moment = random.Random(f"child {engine} {seed}").uniform(0.1, seconds[engine])
            run = partial(_kill_child, moment)
            yield _fault("killed programs", str(seed), engine, run, GOOD_OR_FAILED)


def _kill(number: int, moment: float, desk: Desk, engine: str) -> Ended:
    process = desk.start(desk.arguments(engine), preexec_fn=_listen)
    time.sleep(moment)
    process.send_signal(number)
    return desk.finish(process)


def _listen() -> None:
    """A process in the background ignores SIGINT, as nohup ignores SIGHUP; this one is as in a terminal."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def _kill_child(moment: float, desk: Desk, engine: str) -> Ended:
    """Kill a program that cvgen started, as the system does when memory runs out."""
    process = desk.start(desk.arguments(engine))
    time.sleep(moment)
    children = [pid for pid in _descendants(process.pid) if pid != process.pid]
    if children:
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.kill(children[-1], signal.SIGKILL)
    return desk.finish(process)


def _descendants(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, its_parent in parents if its_parent == parent]
    return found


def _in_shell(script: str, desk: Desk, engine: str) -> Ended:
    """A render after ``script``, in which CV, TMP, CACHE, HOME, PLACE are folders of the desk and OUT is the output."""
    folders = {"CV": desk.cv, "TMP": desk.tmp, "CACHE": desk.cache, "PLACE": desk.place, "OUT": desk.output(engine)}
    names = "\n".join(f"{name}={shlex.quote(str(path))}" for name, path in folders.items())
    return desk.run_in_shell(f"{names}\n{script}", desk.arguments(engine))


def _full_disks() -> Iterator[Fault]:
    """A disk that is full, or has a little room, where files are written."""
    for engine in QUICK:
        for kilobytes in (4, 16, 64, 150, 400):
            fill = f"mount -t tmpfs -o size={kilobytes}k none"
            yield _fault("full disk", f"tmp-{kilobytes}k", engine, partial(_in_shell, f"{fill} $TMP"), GOOD_OR_FAILED)
            script = f"rm -rf $CACHE; mkdir -p $CACHE; {fill} $CACHE"
            yield _fault("full disk", f"cache-{kilobytes}k", engine, partial(_in_shell, script), GOOD)
        for kilobytes in (4, 8):
            run = partial(_render_to_full_disk, kilobytes)
            yield _fault("full disk", f"output-{kilobytes}k", engine, run, Expected(frozenset({2}), "cannot write"))
        for limit in (0, 1000, 20_000, 200_000):
            run = partial(_limited, resource.RLIMIT_FSIZE, limit)
            # With so little, not even a message can be written.
            expected = Expected(frozenset({0, 1, 2}), is_silent=limit < 20_000)
            yield _fault("full disk", f"file-size-{limit}", engine, run, expected)
    script = "rm -rf $CACHE; mkdir -p $CACHE; mount -t tmpfs -o size=64k none $CACHE"
    yield _fault("full disk", "cache-64k", "lualatex", partial(_in_shell, script), GOOD)


def _render_to_full_disk(kilobytes: int, desk: Desk, engine: str) -> Ended:
    """Render to a disk that holds the old file and nothing more; what is on it then is copied back to the desk."""
    full, output = desk.place / "full", desk.output(engine)
    full.mkdir()
    command = [*desk.arguments(engine)[:-1], str(full / output.name)]
    script = f"""mount -t tmpfs -o size={kilobytes}k none {full}
        cp {output} {full}; dd if=/dev/zero of={full}/filler bs=1k 2>/dev/null || true
        code=0; {shlex.join(command)} || code=$?
        cp {full}/{output.name} {output}; ls -A {full} | grep cvgen- && exit 99; exit $code"""
    return desk.run_in_shell(script, ["true"])


def _limited(limit: int, most: int, desk: Desk, engine: str) -> Ended:
    return desk.run(desk.arguments(engine), preexec_fn=lambda: resource.setrlimit(limit, (most, most)))


def _places() -> Iterator[Fault]:
    """Folders that are read-only, missing, files, or another user's."""
    for engine in QUICK:
        for name, place in (("cache", "$CACHE"), ("home", "$PLACE/home"), ("tmp", "$TMP")):
            script = f"mount --bind {place} {place}; mount -o remount,bind,ro {place}"
            yield _fault("read-only places", name, engine, partial(_in_shell, script), GOOD)
        script = "mount --bind $CV $CV; mount -o remount,bind,ro $CV"
        yield _fault("read-only places", "output", engine, partial(_in_shell, script), UNUSABLE)
        every = "$TMP /tmp /var/tmp /dev/shm $PLACE/home $CV"
        script = f"for p in {every}; do mount --bind $p $p; mount -o remount,bind,ro $p; done"
        yield _fault("read-only places", "everything", engine, partial(_in_shell, script), Expected(frozenset({1, 2})))
        for name, script in _HOMES.items():
            yield _fault("odd places", name, engine, partial(_in_shell, script), GOOD)
    script = "rm -rf $CACHE; mkdir $CACHE; mount --bind $CACHE $CACHE; mount -o remount,bind,ro $CACHE"
    yield _fault("read-only places", "cold-cache", "lualatex", partial(_in_shell, script), GOOD)


_HOMES = {
    "home-unset": "unset HOME",
    "home-empty": "export HOME=",
    "home-relative": "export HOME=home",
    "home-missing": "export HOME=/nowhere/at/all",
    "home-file": "export HOME=$CV/profile.yaml",
    "home-device": "export HOME=/dev/null",
    "xdg-relative": "export XDG_CACHE_HOME=cache",
    "xdg-file": "export XDG_CACHE_HOME=$CV/papers.bib",
    "xdg-long": "export XDG_CACHE_HOME=/$(printf 'x%.0s' $(seq 5000))",
    "xdg-line": "export XDG_CACHE_HOME='/tmp/a\nb'",
    "xdg-device": "export XDG_CACHE_HOME=/dev/full",
    "cache-file": "rm -rf $CACHE; touch $CACHE",
    "cache-loop": "rm -rf $CACHE; ln -s cvgen $CACHE",
    "cache-dangling": "rm -rf $CACHE; ln -s /nowhere $CACHE",
    "cache-of-another": "chown -R 12345 $CACHE 2>/dev/null || true",
    "cache-no-rights": "chmod -R 0 $CACHE",
    "tmp-missing": "export TMPDIR=/nowhere",
    "tmp-file": "export TMPDIR=$CV/papers.bib",
    "tmp-unset": "unset TMPDIR",
    "tmp-relative": "export TMPDIR=.",
    "tmp-spaces": 'mkdir "$TMP/a b\'c#%~"; export TMPDIR="$TMP/a b\'c#%~"; rmdir "$TMP/a b\'c#%~"',
    "tmp-unicode": "export TMPDIR=$PLACE/tëmp-日本; mkdir $TMPDIR",
    "no-shm": "mount -t tmpfs -o size=4k,ro none /dev/shm",
}


def _programs() -> Iterator[Fault]:
    """Programs that are missing, or do something else than their work."""
    for name in ("xelatex", "kpsewhich", "fc-list", "fc-match", "xdvipdfmx", "perl", "sh"):
        script = f"f=$(readlink -f $(command -v {name})); mount --bind /dev/null $f"
        needed = name in ("xelatex", "xdvipdfmx")
        expected = Expected(frozenset({1}), "apt install|→") if needed else GOOD_OR_FAILED
        yield _fault("missing programs", name, "xelatex", partial(_in_shell, script), expected)
        if not needed:
            yield _fault("missing programs", name, "weasyprint", partial(_in_shell, script), GOOD)
    yield _fault("missing programs", "no-path", "xelatex", partial(_in_shell, "export PATH=/nowhere"), FAILED)
    yield _fault("missing programs", "no-path", "weasyprint", partial(_in_shell, "export PATH=/nowhere"), GOOD)
    yield _fault("missing programs", "path-unset", "weasyprint", partial(_in_shell, "unset PATH"), GOOD)
    script = "f=$(readlink -f $(command -v lualatex)); mount --bind /dev/null $f"
    yield _fault("missing programs", "lualatex", "lualatex", partial(_in_shell, script), FAILED)
    for program in ("xelatex", "xdvipdfmx"):
        for name, code in _FAKES.items():
            expected = Expected(frozenset({1}), "→|code|signal|killed")
            yield _fault("fake programs", f"{program}-{name}", "xelatex", partial(_faked, program, code), expected)
    for program, code in (
        ("xelatex", "sleep 1000"),
        ("xelatex", "exec >&-; sleep 1000"),
        ("xelatex", "while :; do :; done"),
    ):
        expected = Expected(frozenset({1}), "waited for|processor time")
        yield _fault("fake programs", f"{program}-{code[:5]}", "xelatex", partial(_faked, program, code), expected)
    for name, code in _FAKES.items():
        yield _fault("fake programs", f"fc-list-{name}", "xelatex", partial(_faked, "fc-list", code), GOOD_OR_FAILED)


_FAKES = {
    "exit-0": "exit 0",
    "exit-1": "exit 1",
    "exit-255": "exit 255",
    "empty-pdf": ": > cv.pdf",
    "garbage-pdf": "head -c 5000 /dev/urandom > cv.pdf",
    "half-pdf": "printf '%%PDF-1.5\\n1 0 obj\\n<<' > cv.pdf",
    "folder-pdf": "mkdir -p cv.pdf",
    "link-pdf": "ln -sf /etc/passwd cv.pdf",
    "link-log": "ln -sf /etc/passwd cv.log; exit 1",
    "fifo-log": "mkfifo cv.log; exit 1",
    "killed": "kill -9 $$",
    "crashed": "kill -SEGV $$",
    "kills-parent": "kill -9 $PPID",
    "garbage": "head -c 300000 /dev/urandom; exit 1",
    "much": "yes x | head -c 20000000; exit 1",
    "controls": "printf '\\033[2J\\007\\r! \\033]0;x\\007\\n'; exit 1",
    "long-line": "head -c 3000000 /dev/zero | tr '\\0' 'x' > cv.log; exit 1",
    "tabs": "printf 'a\\tb\\n\\tc\\t\\t\\t\\td\\n'; exit 0",
    "background": "(sleep 300 >/dev/null 2>&1 </dev/null &) ; exit 1",
    "background-ok": "(sleep 300 >/dev/null 2>&1 </dev/null &) ; exit 0",
    "no-program": "exec /nowhere/at/all",
}


def _faked(program: str, code: str, desk: Desk, engine: str) -> Ended:
    fake = desk.place / "fake"
    fake.write_text(f"#!/bin/sh\n{code}\n")
    fake.chmod(0o755)
    return _in_shell(f"mount --bind $PLACE/fake $(readlink -f $(command -v {program}))", desk, engine)


def _caches() -> Iterator[Fault]:
    """Files in the cache that are not what was written to it."""
    for engine in ENDINGS:
        for mode in _DAMAGES if engine != "lualatex" else ("garbage", "flips"):
            yield _fault("corrupt caches", mode, engine, partial(_render_with_damaged_cache, mode), GOOD)


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(20 if data else 0):
        changed[chance.randrange(len(changed))] ^= 255
    return bytes(changed)


_DAMAGES: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "garbage": lambda data, chance: chance.randbytes(len(data)),
    "empty": lambda data, chance: b"",
    "half": lambda data, chance: data[: len(data) // 2],
    "longer": lambda data, chance: data + b"x" * 100,
    "flips": _flip,
    "zeros": lambda data, chance: bytes(len(data)),
}


def _render_with_damaged_cache(mode: str, desk: Desk, engine: str) -> Ended:
    chance = random.Random(mode)
    for path in sorted(desk.cache.parent.rglob("*")):
        if path.is_file():
            path.write_bytes(_DAMAGES[mode](path.read_bytes(), chance))
    return desk.run(desk.arguments(engine))


def _streams() -> Iterator[Fault]:
    """Streams that are closed, full, or closed by their reader."""
    silent = Expected(frozenset({0, 1, 2}), is_silent=True)
    for engine in ("weasyprint", "html"):
        for name, redirected in _REDIRECTIONS.items():
            yield _fault("streams", name, engine, partial(_redirected, "", redirected), silent)
    for command in ("publications", "schema", "doctor --no-warm", "themes list", "check", "render -o -", "--help"):
        for name, redirected in _REDIRECTIONS.items():
            run = partial(_redirected, command, redirected)
            kind = f"{name}-{command.replace(' ', '')}"
            yield Fault("streams", kind, partial(_judge_command, run))


_REDIRECTIONS = {
    "stdout-closed": ">&-",
    "stderr-closed": "2>&-",
    "both-closed": ">&- 2>&-",
    "all-closed": ">&- 2>&- <&-",
    "stdin-closed": "<&-",
    "stdout-full": ">/dev/full",
    "stderr-full": "2>/dev/full",
    "both-full": ">/dev/full 2>&1",
    "pipe-closed": "| true",
    "head": "| head -c 1 >/dev/null",
}


def _redirected(command: str, redirected: str, desk: Desk, engine: str) -> Ended:
    whole = desk.arguments(engine)
    if command:
        words = command.split()
        takes = words[0] in ("publications", "check", "render")
        whole = [*whole[:3], words[0], *([str(desk.profile)] if takes else []), *words[1:]]
    return desk.run(["sh", "-c", f"{shlex.join(whole)} {redirected}"])


def _judge_command(run: Run, desk: Desk) -> Mapping[str, str]:
    """What is wrong with a command that writes no file."""
    ended = run(desk, "weasyprint")
    wrong = judge(desk, "weasyprint", ended, Expected(frozenset({0, 1, 2, 141}), is_silent=True))
    return {column: what for column, what in wrong.items() if column != "broken file"}


def _locales() -> Iterator[Fault]:
    """Locales of every kind, with text and names beyond ASCII."""
    for engine in ("weasyprint", "html"):
        for name, environ in _LOCALES.items():
            yield _fault("locales", name, engine, partial(_render_abroad, environ), GOOD_OR_FAILED)
    yield _fault("locales", "C", "xelatex", partial(_render_abroad, _LOCALES["C"]), GOOD)


_LOCALES: Mapping[str, Mapping[str, str]] = {
    "none": {},
    "C": {"LANG": "C", "LC_ALL": "C"},
    "POSIX": {"LANG": "POSIX", "LC_ALL": "POSIX"},
    "unknown": {"LANG": "xx_YY.bogus", "LC_ALL": "xx_YY.bogus"},
    "latin-1": {"LANG": "de_DE.ISO-8859-1", "LC_ALL": "de_DE.ISO-8859-1"},
    "not-utf8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "not-utf8-posix": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii-output": {"PYTHONIOENCODING": "ascii"},
    "ascii-strict": {"PYTHONIOENCODING": "ascii:strict", "LC_ALL": "C", "PYTHONUTF8": "0"},
    "utf-16-output": {"PYTHONIOENCODING": "utf-16"},
}


def _render_abroad(environ: Mapping[str, str], desk: Desk, engine: str) -> Ended:
    desk.environ.pop("LANG", None)
    desk.environ |= environ
    title = "Gezeiten, Häfen und 港"
    (desk.cv / "papers.bib").write_text(BIB.replace("Tides and Ports", title) + "@misc{ä, titel={ß}}", "utf-8")
    (desk.cv / "Lebensläufe 履歴書").mkdir()
    return desk.run(desk.arguments(engine))


def _names() -> Iterator[Fault]:
    """Names of files with everything that a file system allows."""
    for number, name in enumerate(_NAMES):
        for engine in QUICK if number % 4 == 0 else ("weasyprint", "html"):
            for part in ("profile", "folder", "output"):
                run = partial(_render_named, name, part)
                yield _fault("odd names", f"{part}-{number}", engine, run, GOOD_OR_FAILED)


_NAMES = (b"a b", b"a\nb", b"a'b", b'a"b', b"-x", b"--", b"100%", b"%s%n", b"#1", b"~", b"~root", b"$HOME", b"`id`",
          b"a\\b", b"a;b", b"a&b", b"a|b", b"{x}", b"[x]", b"a*b?", b"a:b", b"a\tb", b"\x1b[31mred", b"\xff\xfe",
          b"caf\xe9", "日本語".encode(), "😀".encode(), "e\u0301".encode(), "\u202egnp".encode(), b"x" * 240,
          b".hidden", b"con", b"a..b", b"a/./b", "ا".encode(), b"file:", b"http:", b"<b>", b"a^^5cb", b"\\input{x}",
          b"a_b^c")  # fmt: skip


def _render_named(name: bytes, part: str, desk: Desk, engine: str) -> Ended:
    """Render with the name for the profile, its folder, or the output, which is then renamed to the usual one."""
    cv = os.fsencode(desk.cv)
    how, output = desk.arguments(engine)[4:-1], os.fsencode(desk.output(engine))
    profile, ending = os.fsencode(desk.profile), ENDINGS[engine].encode()
    if part == "output":
        named = cv + b"/" + name + b"." + ending
        os.makedirs(os.path.dirname(named), exist_ok=True)  # noqa: PTH103, PTH120 - bytes
        ended = desk.run([*CVGEN, "render", profile, *how, named])
        if os.path.exists(named):  # noqa: PTH110
            os.replace(named, output)  # noqa: PTH105
        return ended
    folder = cv + b"/" + name if part == "folder" else cv
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    moved = folder + b"/" + (name + b".yaml" if part == "profile" else b"profile.yaml")
    os.makedirs(os.path.dirname(moved), exist_ok=True)  # noqa: PTH103, PTH120
    Path(os.fsdecode(moved)).write_text(PROFILE)
    Path(os.fsdecode(os.path.dirname(moved)), "papers.bib").write_text(BIB)  # noqa: PTH120
    return desk.run([*CVGEN, "render", moved, *how, output])


CVGEN = tuple(Desk(Path()).arguments("html")[:3])


def _texts() -> Iterator[Fault]:
    """Profiles and bibliographies in other encodings and with other line ends."""
    for file in ("profile.yaml", "papers.bib"):
        for name, change in _ENCODINGS.items():
            yield _fault("texts", f"{file}-{name}", "html", partial(_render_changed, file, change), GOOD_OR_FAILED)


_ENCODINGS: Mapping[str, Callable[[str], bytes]] = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "mixed": lambda text: text.replace("\n", "\r\n", 1).encode(),
    "bom": lambda text: text.encode("utf-8-sig"),
    "two-boms": lambda text: b"\xef\xbb\xbf" + text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32"),
    "latin-1": lambda text: text.replace("Ports", "Häfen").replace("Labs", "Läbs").encode("latin-1"),
    "gb18030": lambda text: text.replace("Ports", "港口").replace("Labs", "实验室").encode("gb18030"),
    "nul": lambda text: text.replace(" ", "\0", 1).encode(),
    "empty": lambda text: b"",
    "spaces": lambda text: b" \n\t\n",
    "control": lambda text: text.replace("Labs", "L\x07abs").replace("Ports", "P\x1borts").encode(),
    "line-separators": lambda text: text.replace("\n", "\u2028").encode(),
    "no-last-line-end": lambda text: text.rstrip("\n").encode(),
    "half": lambda text: text.encode()[: len(text) // 2],
    "surrogates": lambda text: text.encode() + b"\xed\xa0\x80",
}


def _render_changed(file: str, change: Callable[[str], bytes], desk: Desk, engine: str) -> Ended:
    path = desk.cv / file
    path.write_bytes(change(path.read_text()))
    return desk.run(desk.arguments(engine))


def _clocks() -> Iterator[Fault]:
    """Clocks that are wrong, or were put back between two runs."""
    for engine in QUICK:
        for seconds in (0, 1, 2**31 - 1, 2**32, 4 * 10**9, -(10**9)):
            yield _fault("clocks", f"files-{seconds}", engine, partial(_render_at, seconds), GOOD)
        for epoch in ("0", "1", "-1", "99999999999", "9" * 30, "x", "", "1.5", "²", " 1", "253402300800"):
            run = partial(_render_epoch, epoch)
            yield _fault("clocks", f"epoch-{epoch or 'empty'}", engine, run, GOOD_OR_FAILED)


def _render_at(seconds: int, desk: Desk, engine: str) -> Ended:
    for path in desk.place.rglob("*"):
        os.utime(path, (seconds, seconds))
    return desk.run(desk.arguments(engine))


def _render_epoch(epoch: str, desk: Desk, engine: str) -> Ended:
    desk.environ["SOURCE_DATE_EPOCH"] = epoch
    return desk.run(desk.arguments(engine))


def _races() -> Iterator[Fault]:
    """What changes while cvgen runs."""
    for engine in ("weasyprint", "html"):
        for seed in range(6):
            yield _fault("races", f"changing-profile-{seed}", engine, partial(_while_changing, seed), GOOD_OR_FAILED)
            yield _fault("races", f"folder-removed-{seed}", engine, partial(_while_removing, seed), GOOD_OR_FAILED)
        yield _fault("races", "two-renders", engine, _twice, GOOD)
        yield _fault("races", "no-folder", engine, _without_folder, GOOD_OR_FAILED)
        yield _fault("races", "no-folder-no-output", engine, _without_folder_or_output, GOOD_OR_FAILED)
    yield _fault("races", "two-renders", "xelatex", _twice, GOOD)
    yield _fault("races", "no-folder", "xelatex", _without_folder, GOOD_OR_FAILED)


def _while_changing(seed: int, desk: Desk, engine: str) -> Ended:
    """Render while an editor saves the profile again and again, sometimes by half."""
    chance, done = random.Random(seed), threading.Event()

    def save() -> None:
        while not done.is_set():
            text = PROFILE + f"# {'x' * chance.randrange(5000)}\n"
            desk.profile.write_text(text[: chance.choice([20, len(text), len(text)])])

    editor = threading.Thread(target=save)
    editor.start()
    try:
        return desk.run(desk.arguments(engine))
    finally:
        done.set()
        editor.join()


def _while_removing(seed: int, desk: Desk, engine: str) -> Ended:
    """Render into a folder that is removed meanwhile; the old file is elsewhere, and stays."""
    folder = desk.cv / "new" / "folder"
    folder.mkdir(parents=True)
    output = folder / f"cv.{ENDINGS[engine]}"
    process = desk.start([*desk.arguments(engine)[:-1], str(output)])
    time.sleep(random.Random(seed).uniform(0, 1.5))
    shutil.rmtree(folder.parent, ignore_errors=True)
    ended = desk.finish(process)
    if output.exists():
        output.replace(desk.output(engine))
    elif ended.code == 0:  # it was written, and removed
        desk.output(engine).write_bytes(f"<html>{NAME}</html>".encode() if engine == "html" else _any_pdf(desk))
    return ended


def _any_pdf(desk: Desk) -> bytes:
    desk.run(desk.arguments("weasyprint"))
    return desk.output("weasyprint").read_bytes()


def _twice(desk: Desk, engine: str) -> Ended:
    """Two renders to one file at the same time."""
    other = subprocess.Popen(desk.arguments(engine), env=desk.environ, cwd=desk.cv, stderr=subprocess.DEVNULL)
    ended = desk.run(desk.arguments(engine))
    other.wait()
    return ended


def _without_folder(desk: Desk, engine: str) -> Ended:
    """Render from a current folder that was removed."""
    script = f"mkdir gone; cd gone; rmdir ../gone; exec {shlex.join(desk.arguments(engine))}"
    return desk.run(["sh", "-c", script])


def _without_folder_or_output(desk: Desk, engine: str) -> Ended:
    command = [*desk.arguments(engine)[:-1], f"cv.{ENDINGS[engine]}"]
    return desk.run(["sh", "-c", f"mkdir gone; cd gone; rmdir ../gone; exec {shlex.join(command)}"])


def _limits() -> Iterator[Fault]:
    """Limits that a system may set."""
    for engine in QUICK:
        for name, limit, most in _LIMITS:
            expected = ENDED_BY_SYSTEM if name == "time" else GOOD_OR_FAILED
            yield _fault("limits", f"{name}-{most}", engine, partial(_limited, limit, most), expected)
        yield _fault("limits", "nice", engine, partial(_wrapped, ["nice", "-n", "19"]), GOOD)


ENDED_BY_SYSTEM = Expected(frozenset({0, 1, 2, -signal.SIGXCPU, -signal.SIGKILL}), is_silent=True)
_LIMITS = (
    ("files", resource.RLIMIT_NOFILE, 30),
    ("files", resource.RLIMIT_NOFILE, 16),
    ("files", resource.RLIMIT_NOFILE, 10),
    ("memory", resource.RLIMIT_AS, 2**30),
    ("memory", resource.RLIMIT_AS, 300 * 2**20),
    ("memory", resource.RLIMIT_AS, 150 * 2**20),
    ("stack", resource.RLIMIT_STACK, 2**18),
    ("time", resource.RLIMIT_CPU, 1),
    ("core", resource.RLIMIT_CORE, 0),
)


def _wrapped(prefix: Sequence[str], desk: Desk, engine: str) -> Ended:
    return desk.run([*prefix, *desk.arguments(engine)])


_CLASSES: tuple[Callable[..., Iterator[Fault]], ...] = (
    _kills, _full_disks, _places, _programs, _caches, _streams, _locales, _names, _texts, _clocks, _races, _limits,
)  # fmt: skip
