"""How Pango, which WeasyPrint draws text with, is installed on each system."""

from __future__ import annotations

import platform
from collections.abc import Iterable

_LINUX = {
    "debian": "apt install libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "dnf install pango harfbuzz",
    "rhel": "dnf install pango harfbuzz",
    "arch": "pacman -S pango",
    "alpine": "apk add pango harfbuzz-subset",
    "suse": "zypper install libpango-1_0-0 libharfbuzz-subset0",
}
"""The command by the system's name in ``/etc/os-release`` (``ID``, or a name in ``ID_LIKE``)."""
_OTHERS = {
    "Darwin": "brew install pango",
    "Windows": "use cvgen in WSL (wsl --install) or in Docker",
}


def say_how_to_install_pango(system: str, distributions: Iterable[str] = ()) -> str:
    """The hint for ``system`` as Python names it; ``distributions`` are its names on Linux, the nearest first."""
    if system == "Windows":
        return f"Pango is missing; {_OTHERS[system]}"
    known = [_LINUX[name] for name in distributions if name in _LINUX]
    command = _OTHERS.get(system) or (known[0] if known else f"on Debian: {_LINUX['debian']}")
    return f"install Pango: {command}"


def name_distributions() -> list[str]:
    """The names of this Linux, the nearest first: ``ubuntu debian``; none on other systems."""
    try:
        about = platform.freedesktop_os_release()
    except OSError:
        return []
    return [about["ID"], *about.get("ID_LIKE", "").split()]
