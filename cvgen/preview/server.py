"""The preview's server: on this machine alone, under an address that nobody can guess."""

from __future__ import annotations

import contextlib
import re
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Protocol

from cvgen.diagnostics import InputError, Problem
from cvgen.preview.guard import App, Guard

_LOOPBACK = "127.0.0.1"
_DAY = 86400
_KEPT = re.compile(r"(\d+) (\d{1,5}) ([\w-]{32})")


class Memory(Protocol):
    """Keeps bytes by a name from one run to the next, for this user alone; it may forget them."""

    def read(self, name: str) -> bytes | None:
        """What was kept."""
        ...

    def keep(self, name: str, data: bytes) -> object:
        """Keep ``data``."""
        ...


@dataclass(frozen=True, slots=True)
class Listener:
    """A port that listens, and the token that requests must carry."""

    socket: socket.socket
    port: int
    token: str

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{_LOOPBACK}:{self.port}/{self.token}/"


def listen(port: int = 0) -> Listener:
    """Listen on ``port``, or on any free one; raises InputError if it is taken."""
    try:
        return _listen(port, secrets.token_urlsafe(24))
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "choose another one, or leave --port out"
        raise InputError([Problem(f"port {port} cannot be used: {reason}", None, hint)]) from None


def listen_again(memory: Memory, name: str, now: float, port: int = 0) -> Listener:
    """Listen at the address that ``memory`` has of the last run, so that an open page comes back; else as ``listen``.

    It is used again for a day after it was used last, and only where its port is free and ``port`` is no other one.
    """
    used, kept_port, token = _recall(memory, name)
    if kept_port and now - used < _DAY and port in (0, kept_port):
        with contextlib.suppress(OSError):
            listener = _listen(kept_port, token)
            _keep(memory, name, now, listener)
            return listener
    listener = listen(port)
    _keep(memory, name, now, listener)
    return listener


def _recall(memory: Memory, name: str) -> tuple[float, int, str]:
    """When an address was last used, its port and its token; zeros if none is kept."""
    found = _KEPT.fullmatch((memory.read(name) or b"").decode("ascii", "replace"))
    return (float(found[1]), int(found[2]), found[3]) if found else (0.0, 0, "")


def _keep(memory: Memory, name: str, now: float, listener: Listener) -> None:
    memory.keep(name, f"{now:.0f} {listener.port} {listener.token}".encode())


def _listen(port: int, token: str) -> Listener:
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((_LOOPBACK, port))
        opened.listen(64)
    except OSError:
        opened.close()
        raise
    return Listener(opened, opened.getsockname()[1], token)


class Server:
    """Answers requests to ``listener`` with ``app`` until it is stopped.

    ``on_end`` is called when it shall end: answers that never end, such as streams of events, must then do so.
    """

    def __init__(self, listener: Listener, app: App, on_end: Callable[[], None]) -> None:
        import uvicorn

        class Ending(uvicorn.Server):
            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                on_end()
                super().handle_exit(sig, frame)

        hosts = frozenset(f"{name}:{listener.port}" for name in (_LOOPBACK, "localhost"))
        guarded: Callable[..., object] = Guard(app, listener.token, hosts)
        config = uvicorn.Config(
            guarded, log_config=None, access_log=False, lifespan="off", ws="none", http="h11", loop="asyncio",
            server_header=False, proxy_headers=False, timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._listener, self._server, self._on_end = listener, Ending(config), on_end

    def run(self) -> None:
        """Answer until ``stop`` is called or, in the main thread, until Ctrl-C."""
        try:
            self._server.run(sockets=[self._listener.socket])
        finally:
            self._listener.socket.close()

    def stop(self) -> None:
        """Let ``run`` end."""
        self._on_end()
        self._server.should_exit = True
