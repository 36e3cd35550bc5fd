"""Runs one program, confined, and ends it when cvgen ends.

Run as ``python -I -S launcher.py SETTINGS PROGRAM ARGUMENT…``, which starts in 20 ms: it imports nothing of cvgen.
SETTINGS is JSON: ``read`` and ``write`` are paths that the program may read, or read and write, links followed; null
for both leaves files unconfined. ``cpu_seconds`` is the processor time of the program and all that it starts,
``idle_seconds`` how long they may wait without using any; ``memory`` and ``file_size`` are bytes, per process:
``memory`` without files that are mapped, such as fonts.

It stops when its stdin is closed, as happens however cvgen ends. Sources: landlock(7), seccomp(2), setrlimit(2),
prctl(2).
"""

import ctypes
import errno
import json
import os
import resource
import signal
import struct
import sys
import threading
import time

CPU_USED_UP = 240
"""The exit code if the program used its processor time up."""
WAS_IDLE = 241
"""The exit code if the program waited for too long."""
NOT_CONFINED = 242
"""The exit code if the system refused to confine the program, which was then not started."""
NOT_STARTED = 243
"""The exit code if the program could not be started."""

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_NO_NEW_PRIVILEGES, _PARENT_DEATH_SIGNAL = 38, 1
_SECCOMP, _SECCOMP_FILTER = 22, 2
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER, _TRUNCATE = 1, 2, 4, 8, 1 << 14
_READ = _EXECUTE | _READ_FILE | _READ_FOLDER
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | 1 << 15
_ALL_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_NETWORK = 3  # bind and connect, since version 4
_SCOPED = 3  # signals to and abstract sockets of other processes, since version 6
_OF_ATTRIBUTES = {
    # chmod, chown, setxattr, removexattr, utime and their kin; from the kernel's tables of system calls
    "x86_64": (0xC000003E, (90, 91, 92, 93, 94, 132, 188, 189, 190, 197, 198, 199, 235, 260, 261, 268, 280, 452)),
    "aarch64": (0xC00000B7, (5, 6, 7, 14, 15, 16, 52, 53, 54, 55, 88, 452)),
}
"""By machine: the number of its kind for seccomp, and the system calls that change a file's times, rights or owner."""
_OTHER_CALLS = 0x40000000
"""System calls from here on are the same ones again, for another kind of program (x32)."""
_MOST_PROCESSES = 64
_CHECK_SECONDS = 0.5
_LAST_SECONDS = 1.0
"""How long a program that used its processor time up may take to say where it was: TeX writes it to its log."""
_TICKS = os.sysconf("SC_CLK_TCK")


def find_landlock_version() -> int:
    """The version of Landlock that the system offers; 0 for none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, _call_system(_CREATE_RULESET, None, 0, 1))


def _call_system(*arguments: object) -> int:
    return int(ctypes.CDLL(None, use_errno=True).syscall(*arguments))


def _check(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def confine(read: list[str], write: list[str]) -> None:
    """Let this process and its children use these paths and no others, and no network. Raises OSError."""
    version = _check(_call_system(_CREATE_RULESET, None, 0, 1))
    everything = _ALL_BY_VERSION[max(known for known in _ALL_BY_VERSION if known <= version)]
    network = _NETWORK if version >= 4 else 0
    scoped = _SCOPED if version >= 6 else 0
    attributes = (ctypes.c_uint64 * 3)(everything, network, scoped)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = _check(_call_system(_CREATE_RULESET, attributes, size, 0))
    for paths, rights in ((read, _READ), (write, everything)):
        for path in paths:
            _allow(rules, path, rights & everything)
    _check(ctypes.CDLL(None, use_errno=True).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _check(_call_system(_RESTRICT_SELF, rules, 0))
    os.close(rules)
    _keep_attributes()


def _keep_attributes() -> None:
    """Refuse to change the times, rights or owner of any file, which Landlock does not watch. Raises OSError."""
    if os.uname().machine not in _OF_ATTRIBUTES:
        return
    machine, calls = _OF_ATTRIBUTES[os.uname().machine]
    load, equals, at_least, give = 0x20, 0x15, 0x35, 0x06  # instructions of the filter
    allow, refuse = 0x7FFF0000, 0x00050000 | errno.EPERM
    end = len(calls) + 1  # a jump counts from the instruction after it; the last instruction refuses
    program = [(load, 0, 0, 4), (equals, 0, end + 2, machine), (load, 0, 0, 0), (at_least, end, 0, _OTHER_CALLS)]
    program += [(equals, len(calls) - number, 0, call) for number, call in enumerate(calls)]
    program += [(give, 0, 0, allow), (give, 0, 0, refuse)]

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_char_p))

    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    _check(
        ctypes.CDLL(None, use_errno=True).prctl(
            _SECCOMP, _SECCOMP_FILTER, ctypes.byref(Filter(len(program), packed)), 0, 0
        )
    )


def _allow(rules: int, path: str, rights: int) -> None:
    """Allow ``rights`` below ``path``; a path that does not exist is left out."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not os.path.isdir(path):  # noqa: PTH112 - pathlib takes longer to import than all of this
        rights &= _OF_FILES

    class PathRule(ctypes.Structure):
        _pack_ = 1
        _fields_ = (("rights", ctypes.c_uint64), ("place", ctypes.c_int32))

    _check(_call_system(_ADD_RULE, rules, 1, ctypes.byref(PathRule(rights, place)), 0))
    os.close(place)


def _start(settings: dict, command: list[str]) -> int:  # type: ignore[type-arg]
    """Start the program in a child and return its process id."""
    launcher = os.getpid()
    child = os.fork()
    if child:
        return child
    code = NOT_CONFINED
    try:
        end_with(launcher)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        for limit, most in ((resource.RLIMIT_DATA, settings["memory"]), (resource.RLIMIT_FSIZE, settings["file_size"]),
                            (resource.RLIMIT_CPU, settings["cpu_seconds"] + 2), (resource.RLIMIT_CORE, 0)):  # fmt: skip
            hard = resource.getrlimit(limit)[1]
            most = int(most) if hard == resource.RLIM_INFINITY else min(int(most), hard)
            resource.setrlimit(limit, (most, most))
        if settings["read"] is not None:
            confine(settings["read"], settings["write"])
        code = NOT_STARTED
        os.execv(command[0], command)
    except OSError as error:
        os.write(2, str(error).encode())
    finally:
        os._exit(code)


def end_with(launcher: int) -> None:
    """End this process when its parent, the process ``launcher``, ends (on Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != launcher:
        os._exit(NOT_STARTED)


def _watch_stdin() -> None:
    """End everything once stdin is closed."""
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


def _watch_use(settings: dict, ended: threading.Event, reasons: list[int]) -> None:  # type: ignore[type-arg]
    """End the program if it uses too much processor time, none at all, or too many processes; add the exit code."""
    used, busy = 0.0, time.monotonic()
    while not ended.wait(_CHECK_SECONDS):
        now, processes = _measure_session()
        if now > used:
            used, busy = now, time.monotonic()
        if used > settings["cpu_seconds"] or processes > _MOST_PROCESSES:
            reasons.append(CPU_USED_UP)
        if time.monotonic() - busy > settings["idle_seconds"]:
            reasons.append(WAS_IDLE)
        if reasons == [CPU_USED_UP]:
            _signal_session(signal.SIGINT)
            ended.wait(_LAST_SECONDS)
        if reasons:
            _signal_session(signal.SIGKILL)
            return


def _measure_session() -> tuple[float, int]:
    """The processor time in seconds that the processes of this session and their ended children used; their number."""
    session, used, processes = os.getsid(0), 0, 0
    try:
        names = os.listdir("/proc")  # noqa: PTH208
    except OSError:
        return time.monotonic(), 0  # a system without /proc: only the limit of each process counts
    for name in names:
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as stream:  # noqa: PTH123
                    fields = stream.read().rpartition(b")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and int(name) != os.getpid():
                used += sum(int(ticks) for ticks in fields[11:15])
                processes += 1
    return used / _TICKS, processes


def _signal_session(number: int) -> None:
    """Send a signal to every other process of the session, where /proc shows them."""
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():  # noqa: PTH112, PTH208
        if name.isdigit() and int(name) != os.getpid():
            try:
                if os.getsid(int(name)) == os.getsid(0):
                    os.kill(int(name), number)
            except OSError:
                continue


def main() -> None:
    """Run the program that the command line names; exit with its code, or 128 and the signal that ended it."""
    settings, command = json.loads(sys.argv[1]), sys.argv[2:]
    child = _start(settings, command)
    ended, reasons = threading.Event(), list[int]()
    threading.Thread(target=_watch_stdin, daemon=True).start()
    threading.Thread(target=_watch_use, args=(settings, ended, reasons), daemon=True).start()
    _, status = os.waitpid(child, 0)
    ended.set()
    _signal_session(signal.SIGKILL)  # what the program left behind
    code = os.waitstatus_to_exitcode(status)
    os._exit(reasons[0] if reasons else code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
