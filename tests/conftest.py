"""What all tests share: TeX and Java are needed where they were promised, and the longest files come first."""

from __future__ import annotations

import os
import shutil

import pytest

LONGEST = ("test_examples.py", "test_matrix.py", "test_budgets.py", "test_kinds.py", "test_browser.py",
           "test_variants.py", "test_fidelity.py", "test_inspect.py", "test_examine_text.py",
           "test_goldens.py")  # fmt: skip
"""Each file is run by one process. With these first, the short ones at the end keep all processes busy to the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that need TeX or Java are skipped without it, except where it was promised."""
    for marker, program in (("tex", "latexmk"), ("java", "java")):
        if item.get_closest_marker(marker) and not shutil.which(program):
            if os.environ.get("CVGEN_REQUIRE_TEX"):
                pytest.fail(f"{program} is missing, and CVGEN_REQUIRE_TEX says that it must be here")
            pytest.skip(f"{program} is missing")
