"""Earlier states of the files of a profile, from git, which is only read."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cvgen.backends.host import Host
from cvgen.backends.leftovers import open_scratch
from cvgen.backends.programs import ProgramError
from cvgen.diagnostics import InputError, Problem

_SECONDS = 20.0
_MOST = 30
"""How many states are listed."""
_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false")
"""Settings with which git starts no program that a repository names."""


@dataclass(frozen=True, slots=True)
class State:
    """A commit that changed the folder of the profile: its short name, its day and the first line of its message."""

    revision: str
    day: str
    subject: str


def list_states(profile: Path, host: Host) -> tuple[State, ...]:
    """The last states, newest first; none without git, or for a profile that is in no repository."""
    folder = profile.absolute().parent
    try:
        log = _ask(host, folder, "log", f"-{_MOST}", "--format=%h%x1f%cs%x1f%s", "--", ".")
    except (ProgramError, InputError):
        return ()
    rows = (line.split("\x1f", 2) for line in log.splitlines())
    return tuple(State(*row) for row in rows if len(row) == 3)


@contextmanager
def open_state(profile: Path, revision: str, host: Host) -> Iterator[Path]:
    """The profile as it was at ``revision``, with all files of its repository, until the end of the block.

    Raises InputError if git does not have it.
    """
    folder = profile.absolute().parent
    known = next((one for one in list_states(profile, host) if one.revision == revision), None)
    if known is None:
        raise InputError([Problem(f"git knows no state {revision!r} of {profile.name}", None, "choose another one")])
    with open_scratch() as scratch:
        archive = scratch / "state.tar"
        try:
            inside = _ask(host, folder, "rev-parse", "--show-prefix").strip("\n")
            top = folder.joinpath(*(".." for _ in Path(inside).parts))
            _ask(host, top, "archive", "--format=tar", "-o", str(archive), known.revision)
        except ProgramError as error:
            raise InputError([Problem(f"git {error}")]) from None
        with tarfile.open(archive) as packed:
            packed.extractall(scratch / "state", filter=_keep_inside)
        yield scratch / "state" / inside / profile.name


def _keep_inside(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """``member`` as it may be unpacked; None for a link or a name that leads out of the folder."""
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


def _ask(host: Host, folder: Path, *words: str) -> str:
    """What git prints; raises InputError with what it says if it fails, ProgramError if it is not there."""
    git = host.runner.find("git")
    if git is None:
        raise ProgramError("is not installed")
    done = host.runner.run([git, *_QUIET, *words], host.environ, _SECONDS, folder=folder, with_errors=False)
    if done.code:
        raise InputError([Problem(f"git {words[0]} failed", hint=f"run it in {folder} to see why")])
    return done.output
