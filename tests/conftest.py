"""What all tests share: TeX and Java are needed where they were promised, and the longest files come first."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest
from rendering import SHARED

if TYPE_CHECKING:  # a third of a second for those who do not run these tests
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip

LONGEST = ("test_matrix.py", "test_standards.py", "test_examine.py", "test_examine_page.py", "test_browser.py",
           "test_budgets.py", "test_examples.py", "test_cluster.py", "test_examine_papers.py", "test_kinds.py",
           "test_goldens.py", "test_limits.py", "test_hostile.py", "test_examine_text.py",
           "test_examine_believable.py", "test_worth.py", "test_same_bytes.py", "test_check.py", "test_coverage.py",
           "test_positions.py", "test_inspect.py", "test_preview.py", "test_tailoring.py", "test_confinement.py",
           "test_cli.py", "test_pages.py", "test_tex_source.py", "test_properties.py", "test_faults.py",
           "test_tex_errors.py", "test_ledger.py", "test_package.py", "test_bounds.py", "test_readme.py",
           "test_fit_choices.py", "test_starters.py", "test_watch.py", "test_ci_files.py", "test_calm_pages.py",
           "test_example_repository.py", "test_variants.py", "test_papers_below.py", "test_breaks.py",
           "test_engines.py")  # fmt: skip
"""Each file is run by one process. With these first, the short ones at the end keep all processes busy to the end."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that the processes of this run share."""
    if not hasattr(config, "workerinput"):  # the first process, whose environment the others have
        os.environ[SHARED] = tempfile.mkdtemp(prefix="cvgen-shared-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are listed, nor later among them: it would take a fifth of that time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that need TeX, Java or Chromium are skipped without it, except where it was promised."""
    if item.get_closest_marker("browser") and not CHROMIUM and "CVGEN_REQUIRE_TEX" not in os.environ:
        pytest.skip("Chromium is not installed")
    for marker, program in (("tex", "latexmk"), ("java", "java"), ("office", "soffice")):
        if item.get_closest_marker(marker) and not shutil.which(program):
            if os.environ.get("CVGEN_REQUIRE_TEX"):
                pytest.fail(f"{program} is missing, and CVGEN_REQUIRE_TEX says that it must be here")
            pytest.skip(f"{program} is missing")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    assert CHROMIUM, "Chromium is not installed: apt install chromium"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()
