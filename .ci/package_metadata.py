"""What the package's metadata says beyond pyproject.toml: README as PyPI can show it, and the project's addresses.

A clone does not know where the project is published. ``CVGEN_REPOSITORY``, which the release workflow sets, says so
(https://github.com/OWNER/NAME): pictures and links of README are then absolute, and the metadata has links to the
project. Without it, README has no pictures, and its links are plain words.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

PICTURE = re.compile(r"!\[([^]]*)\]\(([^):]+)\)")
LINK = re.compile(r"(?<!!)\[([^]]*)\]\(([^):#]+(?:#[^)]*)?)\)")
PICTURE_TABLE = re.compile(r"^(?:\|.*\n)*\|.*!\[.*\n(?:\|.*\n)*\n?", re.MULTILINE)
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


class PackageMetadata(MetadataHookInterface):
    """Adds ``readme`` and ``urls``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Called by hatchling with the metadata of pyproject.toml."""
        root = Path(self.root)
        address = os.environ.get("CVGEN_REPOSITORY", "").rstrip("/")
        (version,) = VERSION.findall((root / "cvgen" / "version.py").read_text("utf-8"))
        readme = (root / "README.md").read_text("utf-8")
        text = _make_absolute(readme, address, version) if address else _make_plain(readme)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        metadata["urls"] = _list_addresses(address, version) if address else {}


def _make_absolute(readme: str, address: str, version: str) -> str:
    with_pictures = PICTURE.sub(rf"![\1]({address}/raw/v{version}/\2)", readme)
    return LINK.sub(rf"[\1]({address}/blob/v{version}/\2)", with_pictures)


def _make_plain(readme: str) -> str:
    return LINK.sub(r"\1", PICTURE_TABLE.sub("", readme))


def _list_addresses(address: str, version: str) -> dict[str, str]:
    manual = f"{address}/blob/v{version}/docs/start.md"
    return {
        "Homepage": address,
        "Documentation": manual,
        "Source": address,
        "Issues": f"{address}/issues",
        "Changelog": f"{address}/blob/v{version}/CHANGELOG.md",
    }
