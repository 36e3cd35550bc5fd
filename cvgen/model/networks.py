"""The networks that cvgen knows: one row each, with the rule from a handle to its address and back; a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

_FIELDS = {
    "user": r"[^/?#&\s@]+",
    "path": r"(?:(?!\.html)[^?#\s])+",
    "server": r"(?:[\w-]+\.)+[\w-]+(?::\d+)?",
    "number": r"\d+",
    "phone": r"\d[\d\s().-]{5,}\d",
    "any": r"[^/?#]+",
}
"""What each field of a rule may hold. ``any`` is a part of an address that a handle does not have."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network, by its key in a profile, which also names its icon.

    ``address`` and ``handle`` are written with the same fields, so that one leads to the other. ``address`` is empty
    if the network has no public pages. ``others`` are more forms of the address, only for reading.
    """

    key: str
    label: str
    address: str
    handle: str = "{user}"
    others: tuple[str, ...] = ()
    is_spoken: bool = True
    """Whether a reader is shown the handle; a number that the network gave out is behind its name."""
    is_private: bool = False
    """Whether most accounts have no page of their own, so that a handle without an address is no mistake."""
    example: str = ""
    """A handle, if not all are like ``weilin``."""
    aliases: str = ""

    def find_address(self, handle: str) -> str:
        """The address of ``handle``; empty if there is none."""
        fields = _read(_handle_pattern(self.handle), handle.strip())
        if fields is None or not self.address:
            return ""
        return self.address.format(**{name: _quote(name, value) for name, value in fields.items()})

    def find_handle(self, address: str) -> str:
        """The handle in ``address``; empty if it is not the address of an account."""
        for form in filter(None, (self.address, *self.others)):
            fields = _read(_address_pattern(form), address)
            if fields is not None:
                return self.handle.format(**{name: unquote(value) for name, value in fields.items()})
        return ""


_ROWS = (
    Network("github", "GitHub", "https://github.com/{user}"),
    Network("gitlab", "GitLab", "https://gitlab.com/{user}"),
    Network(
        "linkedin",
        "LinkedIn",
        "https://www.linkedin.com/in/{user}",
        others=("https://www.linkedin.com/in/{user}/{any}", "https://www.linkedin.com/company/{user}"),
    ),
    Network(
        "google-scholar",
        "Google Scholar",
        "https://scholar.google.com/citations?user={user}",
        others=("https://scholar.google.{any}/citations?user={user}",),
        is_spoken=False,
        aliases="scholar",
    ),
    Network("orcid", "ORCID", "https://orcid.org/{user}"),
    Network("x", "X", "https://x.com/{user}", others=("https://twitter.com/{user}",)),
    Network("twitter", "Twitter", "https://twitter.com/{user}", others=("https://x.com/{user}",)),
    Network(
        "mastodon",
        "Mastodon",
        "https://{server}/@{user}",
        "@{user}@{server}",
        others=("https://{server}/users/{user}",),
        example="@user@example.social",
    ),
    Network("bluesky", "Bluesky", "https://bsky.app/profile/{user}", aliases="bsky"),
    Network("telegram", "Telegram", "https://t.me/{user}", others=("https://telegram.me/{user}",)),
    Network(
        "whatsapp",
        "WhatsApp",
        "https://wa.me/{phone}",
        "+{phone}",
        others=("https://api.whatsapp.com/send?phone={phone}",),
        example="+852 5123 4567",
    ),
    Network("wechat", "WeChat", "", is_private=True, aliases="weixin 微信"),
    Network("signal", "Signal", "https://signal.me/#p/+{phone}", "+{phone}", is_private=True),
    Network(
        "matrix",
        "Matrix",
        "https://matrix.to/#/@{user}:{server}",
        "@{user}:{server}",
        example="@user:example.org",
    ),
    Network("discord", "Discord", "https://discord.com/users/{number}", "{number}", is_private=True),
    Network(
        "medium",
        "Medium",
        "https://medium.com/@{user}",
        others=("https://{user}.medium.com",),
    ),
    Network("dev.to", "DEV", "https://dev.to/{user}"),
    Network("npm", "npm", "https://www.npmjs.com/~{user}"),
    Network("pypi", "PyPI", "https://pypi.org/user/{user}/"),
    Network(
        "stackoverflow",
        "Stack Overflow",
        "https://stackoverflow.com/users/{user}",
        others=("https://stackoverflow.com/users/{user}/{any}",),
        is_spoken=False,
    ),
    Network("huggingface", "Hugging Face", "https://huggingface.co/{user}"),
    Network("kaggle", "Kaggle", "https://www.kaggle.com/{user}"),
    Network(
        "leetcode",
        "LeetCode",
        "https://leetcode.com/u/{user}/",
        others=("https://leetcode.com/{user}", "https://leetcode.cn/u/{user}"),
    ),
    Network("codeforces", "Codeforces", "https://codeforces.com/profile/{user}"),
    Network("zenodo", "Zenodo", "https://zenodo.org/communities/{user}"),
    Network(
        "dblp",
        "DBLP",
        "https://dblp.org/pid/{path}",
        "{path}",
        others=("https://dblp.org/pid/{path}.html", "https://dblp.uni-trier.de/pid/{path}.html"),
        is_spoken=False,
    ),
    Network(
        "semantic-scholar",
        "Semantic Scholar",
        "https://www.semanticscholar.org/author/{user}",
        others=("https://www.semanticscholar.org/author/{any}/{user}",),
        is_spoken=False,
    ),
    Network("openreview", "OpenReview", "https://openreview.net/profile?id={user}"),
    Network("researchgate", "ResearchGate", "https://www.researchgate.net/profile/{user}"),
    Network(
        "scopus",
        "Scopus",
        "https://www.scopus.com/authid/detail.uri?authorId={number}",
        "{number}",
        is_spoken=False,
        example="57190000000",
    ),
    Network(
        "wos",
        "Web of Science",
        "https://www.webofscience.com/wos/author/record/{user}",
        others=("https://www.webofscience.com/wos/author/rid/{user}", "https://publons.com/researcher/{user}/{any}"),
        is_spoken=False,
        aliases="webofscience researcherid publons",
    ),
    Network("arxiv", "arXiv", "https://arxiv.org/a/{user}"),
    Network(
        "youtube",
        "YouTube",
        "https://www.youtube.com/@{user}",
        others=("https://www.youtube.com/c/{user}", "https://www.youtube.com/user/{user}"),
    ),
    Network("threads", "Threads", "https://www.threads.com/@{user}", others=("https://www.threads.net/@{user}",)),
)
NETWORKS = {row.key: row for row in _ROWS}
"""Every known network by its key."""


def _plain(name: str) -> str:
    """``name`` without case, spaces and signs: ``Dev.to``, ``dev-to`` and ``devto`` are one network."""
    return re.sub(r"[\s_.-]+", "", name.casefold())


_BY_NAME = {_plain(name): row for row in _ROWS for name in (row.key, row.label, *row.aliases.split())}


def find_network(name: str) -> Network | None:
    """The network that ``name`` means, however it is spelt; None if cvgen does not know it."""
    return _BY_NAME.get(_plain(name))


def _read(pattern: re.Pattern[str], text: str) -> dict[str, str] | None:
    found = pattern.fullmatch(text)
    return found.groupdict() if found else None


def _quote(name: str, value: str) -> str:
    return re.sub(r"\D", "", value) if name == "phone" else quote(unquote(value), safe="/:~,+'()!$*;=")


def _rule(form: str) -> str:
    """``form`` as a regular expression, with a group for each field that a handle has."""
    parts = re.split(r"\{(\w+)\}", form)
    return "".join(
        re.escape(part) if index % 2 == 0 else _FIELDS[part] if part == "any" else f"(?P<{part}>{_FIELDS[part]})"
        for index, part in enumerate(parts)
    )


@lru_cache(maxsize=128)
def _handle_pattern(form: str) -> re.Pattern[str]:
    """A handle may begin with an @ or a + that is not in its address."""
    return re.compile(_rule(form) if form.startswith(("@", "+")) else f"@?{_rule(form)}")


@lru_cache(maxsize=128)
def _address_pattern(form: str) -> re.Pattern[str]:
    """An address of ``form``: with or without a country or www in its host, and more in its query."""
    host, slash, rest = form.removeprefix("https://").removeprefix("www.").partition("/")
    path, _, query = rest.partition("?")
    before = "" if host.startswith("{") else r"(?:[\w-]+\.)?"
    asked = rf"\?(?:[^#\s]*&)?{_rule(query)}(?:[&#]\S*)?" if query else r"(?:[?#]\S*)?"
    return re.compile(rf"https?://{before}(?i:{_rule(host)}){slash}{_rule(path.rstrip('/'))}/?{asked}")
