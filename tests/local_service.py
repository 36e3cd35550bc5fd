"""A server on this machine that replays the answers of public services."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


@dataclass(slots=True)
class Answer:
    """What is answered; ``more`` are answers to the same request when it is repeated."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    more: list[Answer] = field(default_factory=list)


@dataclass(slots=True)
class Request:
    path: str
    headers: dict[str, str]
    body: str


@dataclass(slots=True)
class LocalService:
    """``answers`` by the beginning of the path, decoded; every request is kept in ``requests``."""

    address: str
    answers: dict[str, Answer | Callable[[Request], Answer]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    def options(self, *names: str) -> list[str]:
        """The options that send the commands here."""
        return [word for name in names for word in ("--service", f"{name}={self.address}")]

    def reply(self, request: Request) -> Answer:
        self.requests.append(request)
        known = [path for path in self.answers if request.path.startswith(path)]
        found = self.answers[max(known, key=len)] if known else Answer("nothing here", 404)
        answer = found if isinstance(found, Answer) else found(request)
        if answer.more and isinstance(found, Answer):
            self.answers[max(known, key=len)] = Answer(
                answer.more[0].body, answer.more[0].status, answer.more[0].headers, answer.more[1:]
            )
        return answer


@contextmanager
def serve() -> Iterator[LocalService]:
    """A server without answers yet."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            answer = service.reply(Request(unquote(self.path), dict(self.headers), body))
            data = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(data)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = LocalService(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
