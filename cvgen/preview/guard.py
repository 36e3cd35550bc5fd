"""Lets only the page of the preview in: no other web page, no other machine, nobody without the token."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 1 << 16
"""The most bytes of a request's body."""
_MOST_LETTERS = 200
"""The most letters of a request's path: a number in it has few digits."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
"""The headers of every answer; one that an answer has already stays."""


class Guard:
    """Passes requests to ``app`` that carry the ``token`` as the first part of their path, without it.

    ``hosts`` are the names that a browser may call this server by: a page that has its own name lead to this machine
    (DNS rebinding) calls it by another one. What changes something must say that it comes from the page itself.
    """

    def __init__(self, app: App, token: str, hosts: frozenset[str]) -> None:
        self._app, self._token, self._hosts = app, token, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise RuntimeError(f"the preview answers HTTP only, not {scope['type']}")
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        rest = _split(scope["path"])[1]
        if status := self._refuse(scope["method"], scope["path"], headers):
            await _answer(send, status)
            return
        path = f"/{rest}"
        await self._app({**scope, "path": path, "raw_path": path.encode()}, receive, _with_headers(send))

    def _refuse(self, method: str, path: str, headers: dict[str, str]) -> int:
        """The status with which a request is refused; 0 for one that may pass."""
        if len(path) > _MOST_LETTERS:
            return 414
        if headers.get("host") not in self._hosts:
            return 421
        own = {f"http://{host}" for host in self._hosts}
        if "origin" in headers and headers["origin"] not in own:
            return 403
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return 403
        if not hmac.compare_digest(_split(path)[0].encode(), self._token.encode()):
            return 404
        if method in ("GET", "HEAD"):
            return 0
        return _refuse_change(method, headers)


def _split(path: str) -> tuple[str, str]:
    """The token that ``path`` begins with, and the rest."""
    token, _, rest = path.lstrip("/").partition("/")
    return token, rest


def _refuse_change(method: str, headers: dict[str, str]) -> int:
    """The status with which a request is refused that may change something; 0 for one that may pass."""
    if method != "POST":
        return 405
    if "origin" not in headers:
        return 403
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return 415
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return 411
    return 413 if int(length) > MOST_BYTES else 0


async def _answer(send: Send, status: int) -> None:
    await _with_headers(send)({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _with_headers(send: Send) -> Send:
    """``send`` that adds the headers of every answer."""

    async def send_with_headers(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            added = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in given]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return send_with_headers
