"""Carries accounts: on a known network, elsewhere by its address, or else as a contact."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from cvgen.convert.field_table import Field, carry
from cvgen.convert.foreign_values import read_url, read_word
from cvgen.convert.profile_draft import Carried, DraftMapping
from cvgen.model.networks import NETWORKS, Network, find_network

_ACCOUNT = (
    Field("network|name|platform|site|label", "network", read_word),
    Field("username|user|handle|id", "username", read_word),
    Field("url|website|link|href", "url", read_url),
)
_OTHERS = {
    "instagram": "https://www.instagram.com/{}/",
    "reddit": "https://www.reddit.com/user/{}",
    "imdb": "https://www.imdb.com/name/{}/",
}
"""The addresses of networks that cvgen does not know, for files that give only user names."""


def add_account(basics: DraftMapping, item: object, where: str) -> None:
    """Add an account of the source to ``basics``: to ``profiles``, or to ``contacts`` if it has no address."""
    if isinstance(item, str):
        item = {"url": item}
    if not isinstance(item, dict):
        basics.keep_leftover(where, item)
        return
    account = carry(item, _ACCOUNT, where)
    _complete(account)
    basics.leftovers += account.leftovers
    if not account.get("username") and not account.get("url"):
        basics.keep_leftover(where, dict(account))
    elif account.get("url") or find_network(account.get("network", "")):
        basics.setdefault("profiles", []).append(account)
    else:
        contact = DraftMapping({"label": account.get("network", ""), "text": account["username"]}, where)
        basics.setdefault("contacts", []).append(DraftMapping({k: v for k, v in contact.items() if v}, where))


def _complete(account: DraftMapping) -> None:
    """Write the account as a person would: with the network's key, and without an address that the name implies."""
    if _is_address(account.get("username", "")) and not account.get("url"):
        account["url"] = read_url(account.pop("username"), account.where)
    url = account.get("url", "")
    if url and not _is_address(url):  # skype:name, or a name alone
        if account.setdefault("username", url) != url:
            account.keep_leftover(account.where, url)
        del account["url"]
    typed, url = account.get("network", ""), account.get("url", "")
    network = find_network(typed) if typed else _network_of(url)
    if network:
        _complete_handle(account, network)
        if typed and typed.casefold() not in (network.label.casefold(), network.key):
            account.keep_leftover(account.where, typed)
        account["network"] = network.key
        _drop_address(account, network)
    elif account.get("username") and not url and (form := _OTHERS.get(typed.casefold())):
        account["url"] = Carried(form.format(account["username"].lstrip("@")), account.where)
    elif url and not typed:
        account["network"] = Carried(urlsplit(url).netloc.removeprefix("www."), account.where)
    for key in ("network", "username", "url"):
        if key in account:
            account[key] = account.pop(key)


def _complete_handle(account: DraftMapping, network: Network) -> None:
    """Take the address of a handle that is a part of it, such as ``123/wei-lin`` at Stack Overflow."""
    username = account.get("username", "")
    if username and not account.get("url") and "{user}" in network.address and not network.find_address(username):
        address = network.address.replace("{user}", username)
        if network.find_handle(address):
            account["url"] = Carried(address, account.where)


def _is_address(text: str) -> bool:
    return bool(re.match(r"https?://|www\.", text))


def _drop_address(account: DraftMapping, network: Network) -> None:
    """Take out the address or the name if the other one implies it."""
    username, url = account.get("username", ""), account.get("url", "")
    handle = network.find_handle(url) if url else ""
    if handle and _same_page(network.find_address(handle), url) and username.lstrip("@") in ("", handle):
        account["username"] = Carried(username or handle, account.where)
        del account["url"]


def _same_page(address: str, url: str) -> bool:
    def bare(text: str) -> str:
        return re.sub(r"^https?://(?:www\.)?|/$", "", text).casefold()

    return bare(address) == bare(url)


def _network_of(url: str) -> Network | None:
    """The network that ``url`` belongs to; never one that can be on any server."""
    known = (network for network in NETWORKS.values() if not network.address.startswith("https://{"))
    return next((network for network in known if url and network.find_handle(url)), None)
