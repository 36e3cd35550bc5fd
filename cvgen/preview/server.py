"""The preview's server: on this machine alone, under an address that nobody can guess."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from cvgen.diagnostics import InputError, Problem
from cvgen.preview.guard import App, Guard

_LOOPBACK = "127.0.0.1"
_PACKAGES = ("starlette", "uvicorn")
INSTALL = "pip install starlette uvicorn"


def check_installed() -> None:
    """Raise InputError if the packages are missing that the preview alone needs."""
    if missing := [name for name in _PACKAGES if find_spec(name) is None]:
        raise InputError([Problem(f"the preview needs {' and '.join(missing)}, not installed here", None, INSTALL)])


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
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((_LOOPBACK, port))
        opened.listen(64)
    except OSError as error:
        opened.close()
        reason = error.strerror or str(error)
        hint = "choose another one, or leave --port out"
        raise InputError([Problem(f"port {port} cannot be used: {reason}", None, hint)]) from None
    return Listener(opened, opened.getsockname()[1], secrets.token_urlsafe(24))


class Server:
    """Answers requests to ``listener`` with ``app`` until it is stopped."""

    def __init__(self, listener: Listener, app: App) -> None:
        import uvicorn

        hosts = frozenset(f"{name}:{listener.port}" for name in (_LOOPBACK, "localhost"))
        guarded: Callable[..., object] = Guard(app, listener.token, hosts)
        config = uvicorn.Config(
            guarded, log_config=None, access_log=False, lifespan="off", ws="none", http="h11", loop="asyncio",
            server_header=False, proxy_headers=False, timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._listener, self._server = listener, uvicorn.Server(config)

    def run(self) -> None:
        """Answer until ``stop`` is called or, in the main thread, until Ctrl-C."""
        try:
            self._server.run(sockets=[self._listener.socket])
        finally:
            self._listener.socket.close()

    def stop(self) -> None:
        """Let ``run`` end."""
        self._server.should_exit = True
