"""``cvgen new --for KIND``: each profile is ready to render, fits its pages, and says nothing wrong."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from helpers import LendingRunner, run_cvgen

import cvgen
from cvgen.backends.host import describe_host
from cvgen.pipeline.starter import list_starters, write_starter

KINDS = ["designer", "engineer", "nurse", "professor", "researcher", "student", "teacher"]
FUNDERS = {"nih": 5, "erc": 4, "ukri": 2}
"""The variants for funders, and the pages that each may have."""


def test_kinds_are_listed(tmp_path: Path) -> None:
    assert list_starters() == KINDS
    told = run_cvgen("new", "--help").out
    assert all(kind in told for kind in KINDS)
    ran = run_cvgen("new", "Wei Lin", "--for", "enginer", "-d", tmp_path)
    assert ran.code == 2
    assert "did you mean 'engineer'?" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_starter_passes_check(tmp_path: Path, kind: str) -> None:
    ran = run_cvgen("new", 'Ana "Zoë" O\'Neil', "--for", kind, "-d", tmp_path)
    assert ran.code == 0, ran.err
    path = tmp_path / "profile.yaml"
    career = cvgen.read_profile(path)
    assert career.problems == ()
    assert (tmp_path / "papers.bib").exists() == (kind in ("professor", "researcher"))
    first, *others = career.profile.variants
    if kind == "professor":
        assert {name: career.profile.variants[name].pages for name in others} == FUNDERS
    if kind == "researcher":  # which many other tests render
        return
    host = replace(describe_host(os.environ), runner=LendingRunner(os.environ["PATH"]))
    names = ["erc", "ukri"] if kind == "professor" else [first]
    result = cvgen.check(path, variants=names, host=host)
    assert [found.problem.message for checked in result.documents for found in checked.findings] == []
    assert not result.failed
    assert len(result.documents) == len(names)


def test_researcher_is_the_default(tmp_path: Path) -> None:
    write_starter("Wei Lin", tmp_path / "a")
    write_starter("Wei Lin", tmp_path / "b", "researcher")
    assert (tmp_path / "a" / "profile.yaml").read_bytes() == (tmp_path / "b" / "profile.yaml").read_bytes()
