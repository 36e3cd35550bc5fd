"""A pytest plugin that runs some tests in the order asked for, and writes down the first that fails.

python -m pytest -x -p mutation.chosen --chosen NAMES.json --noticed OUT.txt tests/test_roles.py
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--chosen", metavar="NAMES.json", required=True, help="the tests to run, in order")
    parser.addoption("--noticed", metavar="OUT.txt", required=True, help="where to write the test that failed")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    order = {name: n for n, name in enumerate(json.loads(Path(config.getoption("--chosen")).read_text("utf-8")))}
    items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])


class _Noticing:
    def __init__(self, config: pytest.Config) -> None:
        self._path = Path(config.getoption("--noticed"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self._path.exists():
            self._path.write_text(report.nodeid, "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Noticing(config))
