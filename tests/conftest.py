"""What all tests share: TeX is needed where it was promised."""

from __future__ import annotations

import os
import shutil

import pytest


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that need TeX are skipped without it, except where it was promised."""
    if item.get_closest_marker("tex") and not shutil.which("latexmk"):
        if os.environ.get("CVGEN_REQUIRE_TEX"):
            pytest.fail("latexmk is missing, and CVGEN_REQUIRE_TEX says that it must be here")
        pytest.skip("latexmk is missing")
