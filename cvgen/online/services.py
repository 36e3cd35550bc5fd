"""The public services that cvgen asks, and how it may ask them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from cvgen.diagnostics import InputError, Problem, suggest

SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "doi": "https://doi.org",
        "arxiv": "https://export.arxiv.org",
        "orcid": "https://pub.orcid.org",
        "openalex": "https://api.openalex.org",
        "semantic-scholar": "https://api.semanticscholar.org",
        "github": "https://api.github.com",
    }
)
"""The name of each service, and its address."""


_EMAIL = re.compile(r"[!-~]+@[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class ServiceAccess:
    """How to reach the services. The caller decides: nothing here reads the environment."""

    addresses: Mapping[str, str] = field(default_factory=lambda: SERVICES)
    """The address of each service; a test names a server of its own."""
    contact: str = ""
    """An e-mail address that is sent to the services, so that they can write to a person who asks too much."""
    proxy: str | None = None
    """The address of a proxy for https."""
    certificates: str | None = None
    """A file with the certificates to trust in place of those that come with httpx."""
    sleep: Callable[[float], None] = time.sleep
    """Waits for some seconds before a request is repeated."""
    on_request: Callable[[str], None] = lambda what: None
    """Called before each request, with what it asks for."""

    def address(self, service: str) -> str:
        """The address of ``service``, without a slash at its end."""
        return self.addresses.get(service, SERVICES[service]).rstrip("/")


def describe_network(
    environ: Mapping[str, str], contact: str, services: Mapping[str, str], on_request: Callable[[str], None]
) -> ServiceAccess:
    """How to reach public services, with the proxy and the certificates that ``environ`` names.

    Raises InputError for a service that does not exist, and for an address, contact or proxy that cannot be used.
    """
    if contact and not _EMAIL.fullmatch(contact):
        raise InputError([Problem(f"{contact!r} is not an e-mail address", None, "write --contact you@example.org")])
    for name, address in services.items():
        if name not in SERVICES:
            raise InputError([Problem(f"there is no service {name!r}", None, suggest(name, SERVICES))])
        if not _is_web_address(address):
            raise InputError([Problem(f"{address!r} is not the address of a service", None, "begin with https://")])
    named = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
    proxy = next((environ[name] for name in named if environ.get(name)), None)
    if environ.get("NO_PROXY", environ.get("no_proxy")) == "*":
        proxy = None
    if proxy and not _is_web_address(proxy):
        message = f"the proxy {proxy!r} cannot be used"
        raise InputError([Problem(message, None, "set HTTPS_PROXY to one that begins with http:// or https://")])
    certificates = environ.get("SSL_CERT_FILE") or None
    return ServiceAccess({**SERVICES, **services}, contact, proxy, certificates, on_request=on_request)


def _is_web_address(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False
