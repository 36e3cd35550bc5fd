"""Listens on a port of this machine, and counts who connects: a render makes no request."""

from __future__ import annotations

import contextlib
import socket
import threading


class Listener:
    """A server that notes the first bytes of every connection and answers nothing useful."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._seen: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def take(self) -> list[str]:
        """What has been requested since the last call."""
        with self._lock:
            seen, self._seen = self._seen, []
        return seen

    def close(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                with connection, contextlib.suppress(OSError):
                    with self._lock:
                        self._seen.append("a connection")
                    connection.settimeout(0.2)
                    head = connection.recv(200).decode("latin-1").partition("\r\n")[0]
                    with self._lock:
                        self._seen[-1] = head
                    connection.sendall(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")
