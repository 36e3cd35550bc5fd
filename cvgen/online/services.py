"""The public services that cvgen asks, and how it may ask them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True)
class Network:
    """How to reach the services. The caller decides: nothing here reads the environment."""

    addresses: Mapping[str, str] = field(default_factory=lambda: SERVICES)
    """The address of each service; a test names a server of its own."""
    contact: str = ""
    """An e-mail address that the services are told, so that they can write to whoever asks too much."""
    proxy: str | None = None
    """The address of a proxy for https."""
    certificates: str | None = None
    """A file with the certificates to trust in place of those that come with httpx."""
    sleep: Callable[[float], None] = time.sleep
    """Waits for some seconds before a request is repeated."""
    on_request: Callable[[str], None] = lambda what: None
    """Is told what is asked next."""

    def address(self, service: str) -> str:
        """The address of ``service``, without a slash at its end."""
        return self.addresses.get(service, SERVICES[service]).rstrip("/")
