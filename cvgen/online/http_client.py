"""Sends requests as the services ask for it: with a name and few repetitions; limits the time and size of answers."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping

import httpx

from cvgen.diagnostics import InputError, Problem
from cvgen.online.services import ServiceAccess
from cvgen.version import __version__

MOST_BYTES = 16 << 20
"""The most bytes of an answer: the works of the longest ORCID records have a few MiB."""
_SECONDS = 20.0
"""How long to wait for a connection, and for each part of an answer."""
_MOST_SECONDS = 90.0
"""How long a whole answer may take."""
_ATTEMPTS = 4
_LONGEST_WAIT = 30.0
"""If a service asks for a longer pause, its answer is an error."""
_REDIRECTS = 6
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_LATER = "try again later"


class RequestError(Exception):
    """A request without a usable answer: what happened, and what to do."""

    def __init__(self, message: str, hint: str, status: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.status = message, hint, status


class HttpClient:
    """Asks services over HTTP; use it with ``with``."""

    def __init__(self, network: ServiceAccess) -> None:
        """Raises InputError for a file of certificates that cannot be used."""
        self.network = network
        verify = _read_certificates(network.certificates) if network.certificates else True
        agent = f"cvgen-toolkit/{__version__}" + (f" (mailto:{network.contact})" if network.contact else "")
        proxied = {"https://": httpx.HTTPTransport(proxy=network.proxy, verify=verify)} if network.proxy else {}
        # Answers that are not compressed cannot be larger than what was received.
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept-Encoding": "identity"},
            timeout=_SECONDS,
            trust_env=False,
            mounts=proxied,
            verify=verify,
        )
        self._unreachable: dict[str, RequestError] = {}

    def __enter__(self) -> HttpClient:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, service: str, path: str, accept: str, query: Mapping[str, str] | None = None) -> bytes:
        """The answer of ``service`` for ``path``; raises RequestError."""
        url = httpx.URL(self.network.address(service) + path, params=dict(query) if query else None)
        return self._send(self._client.build_request("GET", url, headers={"Accept": accept}))

    def get_json(self, service: str, path: str, query: Mapping[str, str] | None = None) -> object:
        """The answer of ``service`` as JSON; raises RequestError."""
        return read_json(self.get(service, path, "application/json", query), service)

    def post_json(self, service: str, path: str, query: Mapping[str, str], body: object) -> object:
        """The answer of ``service`` to ``body``, both as JSON; raises RequestError."""
        url = self.network.address(service) + path
        request = self._client.build_request("POST", url, params=dict(query), json=body)
        return read_json(self._send(request), service)

    def _send(self, request: httpx.Request) -> bytes:
        """The answer to ``request``, which is repeated if the service is busy; raises RequestError."""
        host = request.url.host
        if host in self._unreachable:
            raise self._unreachable[host]
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                response, data = self._follow(request)
            except (httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ReadError) as error:
                failed, wait = _say_failure(host, error), 2.0 ** (attempt - 1)
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                self._unreachable[host] = _say_failure(host, error)
                raise self._unreachable[host] from None
            else:
                if response.is_success:
                    return data
                failed, wait = _say_status(response), _read_pause(response, attempt)
                if response.status_code not in _TRY_AGAIN:
                    raise failed
            if attempt == _ATTEMPTS or wait > _LONGEST_WAIT:
                raise failed
            self.network.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _follow(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """The answer to ``request`` at the end of its redirects, which never leave https."""
        for _ in range(_REDIRECTS):
            response, data = self._receive(request)
            if response.next_request is None:
                return response, data
            if request.url.scheme == "https" and response.next_request.url.scheme != "https":
                message = f"{request.url.host} leads to an address without https ({response.next_request.url.host})"
                raise RequestError(message, "add the entry by hand")
            request = response.next_request
        raise RequestError(f"{request.url.host} redirects too often", _LATER)

    def _receive(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """One answer, of limited size and time."""
        until = time.monotonic() + _MOST_SECONDS
        data = bytearray()
        response = self._client.send(request, stream=True)
        try:
            for part in response.iter_bytes(65536):
                data += part
                if len(data) > MOST_BYTES:
                    raise RequestError(f"the answer of {request.url.host} has more than {MOST_BYTES >> 20} MiB", _LATER)
                if time.monotonic() > until:
                    raise RequestError(f"{request.url.host} did not finish its answer in {_MOST_SECONDS:.0f} s", _LATER)
        finally:
            response.close()
        return response, bytes(data)


def _read_certificates(file: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=file)
    except (OSError, ValueError):
        message = f"SSL_CERT_FILE names {file!r}, which is not a file of certificates"
        raise InputError([Problem(message, None, "correct it, or unset it")]) from None


def read_json(data: bytes, service: str) -> object:
    """``data`` of ``service`` as JSON; raises RequestError."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise RequestError(f"the answer of {service} is not JSON", _LATER) from None


def _read_pause(response: httpx.Response, attempt: int) -> float:
    """The seconds to wait before the next attempt: those that the service names (RFC 9110, 10.2.3), else 1, 2, 4."""
    named = response.headers.get("Retry-After", "")
    return float(named[:9]) if named.isascii() and named.isdigit() else 2.0 ** (attempt - 1)


def _say_status(response: httpx.Response) -> RequestError:
    host, status = response.request.url.host, response.status_code
    if status in (404, 410):
        return RequestError(f"{host} does not know it", "look for a typing mistake", status)
    if status == 429 or (status == 403 and response.headers.get("X-RateLimit-Remaining") == "0"):
        hint = "try again in an hour; --contact with your e-mail address may help"
        return RequestError(f"{host} takes no more requests for now (status {status})", hint, status)
    if status >= 500:
        return RequestError(f"{host} has a fault (status {status})", _LATER, status)
    return RequestError(f"{host} refuses the request (status {status})", "add the entry by hand", status)


def _say_failure(host: str, error: Exception) -> RequestError:
    if isinstance(error, httpx.TimeoutException):
        return RequestError(f"{host} does not answer within {_SECONDS:.0f} s", _LATER)
    reason = str(error) or type(error).__name__
    return RequestError(f"{host} cannot be reached: {reason}", "look at your connection to the internet, and try again")
