"""``cvgen doctor`` says what works on this machine and what to install."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from helpers import Ran, run_cvgen
from rendering import RunnerWithout, fill_lualatex_cache

from cvgen.backends.host import Host, describe_host
from cvgen.backends.latex.packages import find_missing, list_package_files
from cvgen.cli.main import cli
from cvgen.themes.theme import shipped_folder


def examine(*arguments: str, host: Host) -> Ran:
    finished = CliRunner().invoke(cli, ["doctor", *arguments], obj=host)
    assert finished.exception is None or isinstance(finished.exception, SystemExit), finished.exception
    return Ran(finished.exit_code, finished.stdout, finished.stderr)


def subjects(ran: Ran) -> dict[str, dict[str, Any]]:
    return {part["subject"]: part for part in json.loads(ran.out)}


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return replace(describe_host(os.environ), cache=tmp_path / "cache", runner=RunnerWithout())


@pytest.mark.tex
def test_a_machine_where_all_is_well() -> None:
    ran = run_cvgen("doctor", "-e", "weasyprint", "-e", "xelatex", "--no-warm", "--json")
    found = subjects(ran)
    assert ran.code == 0, ran.out
    assert [part for part in found.values() if part["problems"]] == []
    assert (
        found["fonts"]["found"]
        == "for ar ca cs da de en en-GB es fa fr he hi id it ja ko nb nl pl pt pt-BR ro ru sv tr uk vi zh zh-Hant"
    )


def test_missing_programs_are_errors_only_for_an_engine_that_must_work(host: Host) -> None:
    without = replace(host, runner=RunnerWithout("xelatex", "lualatex"))
    assert examine("--no-warm", host=without).code == 0
    ran = examine("--no-warm", "--json", "-e", "lualatex", host=without)
    problems = {name: part["problems"] for name, part in subjects(ran).items()}
    assert ran.code == 1
    assert problems["lualatex"] == [
        {
            "severity": "error",
            "message": "lualatex not found",
            "hint": "install it, on Debian and Ubuntu: apt install texlive-luatex texlive-latex-extra "
            "texlive-fonts-recommended",
        }
    ]
    assert problems["xelatex"][0]["severity"] == "warning"


def test_the_default_engine_prints_a_page(host: Host) -> None:
    ran = examine(host=replace(host, runner=RunnerWithout("xelatex", "lualatex", "pdflatex")))
    assert ran.code == 0, ran.out
    assert "WeasyPrint " in ran.out
    assert "test pages took" in ran.out
    assert "    → install it, on Debian and Ubuntu: apt install texlive-xetex texlive-latex-extra" in ran.out


@pytest.mark.tex
def test_lualatex_fills_its_cache() -> None:
    filled = fill_lualatex_cache()
    assert "not in it" in filled.before["cache"]["found"]
    assert filled.after["lualatex"]["problems"] == []
    assert "LuaLaTeX's fonts are in it" in filled.after["cache"]["found"]


@pytest.mark.tex
def test_packages_that_the_themes_load_are_looked_for(host: Host) -> None:
    files = list_package_files(shipped_folder())
    assert {"article.cls", "geometry.sty", "tabularx.sty", "colortbl.sty", "paracol.sty"} <= set(files)
    assert "biblatex.sty" not in files, "no PDF needs it"
    assert find_missing([*files, "nowhere.sty"], host) == ["nowhere.sty"]


def test_a_cache_that_cannot_be_written_is_a_warning(host: Host, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for cache, message in ((tmp_path / "file", "cannot keep files in"), (None, "there is no folder to keep files in")):
        ran = examine("--no-warm", "--json", host=replace(host, cache=cache))
        (problem,) = subjects(ran)["cache"]["problems"]
        assert (ran.code, problem["severity"]) == (0, "warning")
        assert message in problem["message"]


def test_languages_without_a_font_are_named(host: Host, tmp_path: Path) -> None:
    program = tmp_path / "fc-list"
    program.write_text("#!/bin/sh\ncase \"$3\" in *5d0*) ;; *) printf 'A\\t/a.otf\\t0\\t80\\n' ;; esac\n")
    program.chmod(0o755)

    class Runner(RunnerWithout):
        def find(self, name: str) -> str | None:
            return str(program) if name == "fc-list" else super().find(name)

    fonts = subjects(examine("--no-warm", "--json", host=replace(host, runner=Runner())))["fonts"]
    assert fonts["problems"] == [
        {
            "severity": "warning",
            "message": "no font for the language 'he'",
            "hint": "install it, on Debian and Ubuntu: apt install fonts-noto-core",
        }
    ]
    printable = str(fonts["found"]).removeprefix("for ").split()
    assert "de" in printable
    assert "he" not in printable
