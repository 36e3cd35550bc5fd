"""LuaLaTeX's caches of fonts, without which it reads each font again, which takes a second of processor time.

They are code that later runs load. So TeX has a copy of them in its scratch folder, and never writes to the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvgen.backends.cache import Cache
from cvgen.backends.leftovers import explain_full_disk

TEXMF_VAR = "texmf-var"
"""The folder of the caches, in the scratch folder and in the cache."""
_COMPILED = (".luc", ".luc.gz")
"""The endings of the files to keep; those that end in ``.lua`` are read only where one of these is missing."""
_MOST_BYTES = 2**27
"""The most bytes to copy before a run; with more, older caches of fonts are left where they are."""


@dataclass(frozen=True, slots=True)
class LuaCaches:
    """The copy for one run: its ``folder``, and the bytes of each file in it by name."""

    folder: Path
    known: dict[str, bytes]


def lay_out_caches(cache: Cache, scratch: Path) -> LuaCaches:
    """A copy in the folder ``scratch`` of what ``cache`` holds; raises RenderError if the disk is full."""
    folder = scratch / TEXMF_VAR
    known: dict[str, bytes] = {}
    left = _MOST_BYTES
    with explain_full_disk(scratch):
        folder.mkdir(exist_ok=True)
        for name in cache.list_names(TEXMF_VAR):
            data = cache.read(name)
            if data is not None and len(data) <= left:
                left -= len(data)
                known[name] = data
                path = scratch / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    return LuaCaches(folder, known)


def keep_caches(cache: Cache, scratch: Path, caches: LuaCaches) -> None:
    """Keep in ``cache`` what a run that ended well added to its copy, or changed in it."""
    for path in sorted(caches.folder.rglob("*")):
        name = path.relative_to(scratch).as_posix()
        if path.name.endswith(_COMPILED) and path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if data != caches.known.get(name):
                cache.keep(name, data)
