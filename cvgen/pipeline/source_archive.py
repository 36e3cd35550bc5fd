"""Packs a source of LaTeX and all that it needs as one ZIP file, for example for Overleaf."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from cvgen.backends.backend import Asset

_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of each file: the same source gives the same bytes."""


def pack_source(stem: str, data: bytes, assets: Sequence[tuple[str, Asset]]) -> bytes:
    """The archive with ``data`` as ``stem.tex``, and each asset under its name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, asset in ((f"{stem}.tex", data), *assets):
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, asset if isinstance(asset, bytes) else asset.read_bytes())
    return packed.getvalue()
