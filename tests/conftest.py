"""What all tests share: rendering through the public face, once per profile, theme and engine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from cvgen.backends.host import Host


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that need TeX are skipped without it, except where it was promised."""
    if item.get_closest_marker("tex") and not shutil.which("latexmk"):
        if os.environ.get("CVGEN_REQUIRE_TEX"):
            pytest.fail("latexmk is missing, and CVGEN_REQUIRE_TEX says that it must be here")
        pytest.skip("latexmk is missing")


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    """This machine with a cache that lasts as long as the tests."""
    cache = Path(os.environ.get("CVGEN_TEST_CACHE") or tmp_path_factory.mktemp("cache"))
    return Host(os.environ["PATH"], cache, epoch=1700000000)
