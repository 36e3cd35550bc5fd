"""Lists the person's contacts: each has a text to print and the link behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.model.document import Contact
from cvgen.model.profile import Basics, NetworkProfile, PlaceBody
from cvgen.select.language import find_locale

_NETWORKS = {
    "github": ("GitHub", "https://github.com/{}"),
    "gitlab": ("GitLab", "https://gitlab.com/{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"),
    "google-scholar": ("Google Scholar", "https://scholar.google.com/citations?user={}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "x": ("X", "https://x.com/{}"),
    "twitter": ("Twitter", "https://twitter.com/{}"),
    "mastodon": ("Mastodon", ""),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "stackoverflow": ("Stack Overflow", "https://stackoverflow.com/users/{}"),
    "researchgate": ("ResearchGate", "https://www.researchgate.net/profile/{}"),
    "semantic-scholar": ("Semantic Scholar", "https://www.semanticscholar.org/author/{}"),
    "openreview": ("OpenReview", "https://openreview.net/profile?id={}"),
    "dblp": ("DBLP", "https://dblp.org/pid/{}"),
    "huggingface": ("Hugging Face", "https://huggingface.co/{}"),
    "kaggle": ("Kaggle", "https://www.kaggle.com/{}"),
    "youtube": ("YouTube", "https://www.youtube.com/@{}"),
}
KNOWN_NETWORKS = frozenset(_NETWORKS)
_SPOKEN = frozenset({"github", "gitlab", "orcid", "x", "twitter", "bluesky", "huggingface", "kaggle"})
"""Networks whose user names mean something to a reader; for others the network's name is printed."""


def list_contacts(basics: Basics, language: str) -> tuple[Contact, ...]:
    """Every contact of ``basics`` in the order of a letterhead."""
    return tuple(_contacts(basics, language))


def _contacts(basics: Basics, language: str) -> Iterator[Contact]:
    if basics.location and (text := _place_text(basics.location, language)):
        yield Contact("location", text)
    if basics.email:
        yield Contact("email", basics.email, f"mailto:{basics.email}")
    if basics.phone:
        yield Contact("phone", basics.phone, _dial(basics.phone))
    if basics.url:
        yield Contact("url", re.sub(r"^https?://(www\.)?|/$", "", basics.url), basics.url)
    for profile in basics.profiles:
        yield _network_contact(profile)


def _dial(phone: str) -> str:
    """The link that dials ``phone`` (RFC 3966): without a zero in brackets, which is not dialled abroad."""
    number, *extension = re.split(
        r"(?:ext|x|dw)\.?\s*(?=\d+$)", re.sub(r"\(0\)", "", phone.strip()), flags=re.IGNORECASE
    )
    return "tel:" + re.sub(r"[^\d+]", "", number) + (f";ext={extension[0]}" if extension else "")


def network_key(network: str) -> str:
    """The name of a network in ``KNOWN_NETWORKS``, however it was typed."""
    return re.sub(r"[\s_]+", "-", network.casefold())


def _network_contact(profile: NetworkProfile) -> Contact:
    key = network_key(profile.network)
    label, pattern = _NETWORKS.get(key, (profile.network, ""))
    url = profile.url or (pattern.format(profile.username) if pattern else "")
    if profile.username and (key in _SPOKEN or not url):
        return Contact(key, f"{label}: {profile.username}", url, profile.username)
    return Contact(key, label, url)


def _place_text(place: PlaceBody, language: str) -> str:
    if place.text:
        return str(place.text.wording(language))
    parts = [str(text.wording(language)) for text in (place.address, place.city, place.region) if text]
    if place.postal_code:
        parts.append(place.postal_code)
    if place.country_code:
        country = _country_name(place.country_code, language)
        if country not in parts:
            parts.append(country)
    return ", ".join(parts)


def _country_name(code: str, language: str) -> str:
    name = find_locale(language).territories.get(code.upper())
    # CLDR's long form of Hong Kong and Macao; babel does not offer its short one.
    return str(name).removesuffix(" SAR China").removesuffix("特别行政区") if name else code
