"""``cvgen new --for KIND``: each profile is ready to render, fits its pages, and says nothing wrong."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from helpers import LendingRunner, run_cvgen

import cvgen
from cvgen.backends.host import describe_host
from cvgen.model.profile import Profile
from cvgen.model.variant_settings import Variant
from cvgen.pipeline.starter import list_starters, write_starter
from cvgen.pipeline.starter_choices import StarterChoices

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
    if kind in ("nurse", "researcher"):  # the first is checked below, the second rendered by many other tests
        return
    host = replace(describe_host(os.environ), runner=LendingRunner(os.environ["PATH"]))
    names = ["erc", "ukri"] if kind == "professor" else [first]
    result = cvgen.check(path, variants=names, host=host)
    assert [found.problem.message for checked in result.documents for found in checked.findings] == []
    assert not result.failed
    assert len(result.documents) == len(names)


@pytest.mark.parametrize("name", ["Ada Long", "CHIDI OKAFOR"])
@pytest.mark.parametrize("kind", ["researcher", "professor"])
def test_a_person_with_the_name_of_a_coauthor_is_the_only_one(tmp_path: Path, name: str, kind: str) -> None:
    assert run_cvgen("new", name, "--for", kind, "-d", tmp_path).code == 0
    listed = run_cvgen("publications", tmp_path / "profile.yaml")
    assert (listed.code, listed.err) == (0, "")
    assert "Sand, Mira" in (tmp_path / "papers.bib").read_text("utf-8")


def test_researcher_is_the_default(tmp_path: Path) -> None:
    write_starter("Wei Lin", tmp_path / "a")
    write_starter("Wei Lin", tmp_path / "b", "researcher")
    assert (tmp_path / "a" / "profile.yaml").read_bytes() == (tmp_path / "b" / "profile.yaml").read_bytes()


LANGUAGES = ["de", "es", "fr", "zh"]


def make(folder: Path, *choices: str) -> tuple[Path, str]:
    ran = run_cvgen("new", "Wei Lin", "-d", folder, *choices)
    assert (ran.code, ran.err) == (0, "")
    return folder / "profile.yaml", (folder / "profile.yaml").read_text("utf-8")


def check_first(path: Path) -> list[str]:
    """What check finds in the first variant."""
    host = replace(describe_host(os.environ), runner=LendingRunner(os.environ["PATH"]))
    first = next(iter(cvgen.read_profile(path).profile.variants))
    result = cvgen.check(path, variants=[first], host=host)
    return [found.problem.message for checked in result.documents for found in checked.findings]


@pytest.mark.parametrize("kind", KINDS)
def test_a_starter_in_another_language_is_like_the_english_one(tmp_path: Path, kind: str) -> None:
    english = {name: list_sections(variant) for name, variant in read_starter(tmp_path / "en", kind).variants.items()}
    for code in LANGUAGES:
        profile = read_starter(tmp_path / code, kind, code)
        assert profile.language == code
        assert profile.basics.location
        assert profile.variants.keys() == english.keys()
        if kind not in ("engineer", "researcher"):  # these have the languages that people speak
            assert {name: list_sections(variant) for name, variant in profile.variants.items()} == english


def read_starter(folder: Path, kind: str, language: str | None = None) -> Profile:
    path = write_starter("Wei Lin", folder, kind, StarterChoices(language=language), with_schema=False)[0]
    assert "The sample texts are in English" not in path.read_text("utf-8")
    career = cvgen.read_profile(path)
    assert career.problems == ()
    return career.profile


def list_sections(variant: Variant) -> list[str]:
    return [section.section for section in variant.sections or ()]


def test_a_professor_who_writes_in_german_applies_in_english(tmp_path: Path) -> None:
    path, _ = make(tmp_path, "--for", "professor", "--language", "de")
    texts = {name: render_text(path, name) for name in ("full", "erc")}
    assert "Juniorprofessur" in texts["full"]
    assert "Associate professor" in texts["erc"]
    assert "Lehrpreis" in texts["full"]
    assert not re.search("professur|Lehrpreis|Institut für", texts["erc"])


def render_text(path: Path, variant: str) -> str:
    ran = run_cvgen("render", path, "-v", variant, "-f", "txt", "-o", "-")
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize(("kind", "code"), [("teacher", "fr"), ("researcher", "zh")])
def test_a_starter_in_another_language_passes_check(tmp_path: Path, kind: str, code: str) -> None:
    assert check_first(make(tmp_path, "--for", kind, "--language", code)[0]) == []


def test_where_no_text_is_in_the_language_the_profile_says_so(tmp_path: Path) -> None:
    path, text = make(tmp_path, "--for", "teacher", "--language", "nl")
    assert text.startswith("# The sample texts are in English; write yours in the language of the headings (nl).\n")
    assert cvgen.read_profile(path).profile.language == "nl"


@pytest.mark.parametrize(
    ("choices", "paper"),
    [
        (["--country", "us"], "letter"),
        (["--country", "CH"], "a4"),
        (["--country", "US", "--paper", "a4"], "a4"),
        (["--paper", "letter"], "letter"),
    ],
)
def test_a_country_implies_its_paper(tmp_path: Path, choices: list[str], paper: str) -> None:
    for kind in ("researcher", "nurse", "professor"):
        path, _ = make(tmp_path / kind, "--for", kind, *choices)
        profile = cvgen.read_profile(path).profile
        own = [variant for variant in profile.variants.values() if not variant.extends]
        assert {(variant.options or {}).get("paper") for variant in own} == {paper}
        if "--country" in choices:
            assert profile.basics.location
            assert profile.basics.location.country_code == choices[1].upper()
    assert "density: 0.2" in (tmp_path / "researcher/profile.yaml").read_text("utf-8")


def test_theme_language_and_country_together_pass_check(tmp_path: Path) -> None:
    choices = ["--for", "nurse", "--theme", "banking", "--language", "en-GB", "--country", "GB"]
    path, _ = make(tmp_path, *choices)
    profile = cvgen.read_profile(path).profile
    assert next(iter(profile.variants.values())).theme == "banking"
    assert str(profile.basics.phone[0]).startswith("+44 ")
    assert check_first(path) == []


def test_options_that_a_theme_does_not_have_are_not_set(tmp_path: Path) -> None:
    (tmp_path / "themes/mine").mkdir(parents=True)
    (tmp_path / "themes/mine/theme.yaml").write_text("description: Mine\nbackends: [html]\n", "utf-8")
    _, text = make(tmp_path, "--theme", "mine", "--country", "US")
    assert "    theme: mine\n    sections:" in text


@pytest.mark.parametrize(
    ("choices", "hint"),
    [
        (["--theme", "clasic"], "did you mean 'classic'?"),
        (["--language", "german"], "did you mean 'de'?"),
        (["--language", "xx"], "write one of: "),
        (["--country", "Switzerland"], "did you mean 'CH'?"),
        (["--country", "XYZZY"], "write its code of two letters, such as CH"),
        (["--paper", "A5"], "write one of: a4, letter"),
    ],
)
def test_a_wrong_choice_writes_nothing(tmp_path: Path, choices: list[str], hint: str) -> None:
    ran = run_cvgen("new", "Wei Lin", "-d", tmp_path, *choices)
    assert ran.code == 2
    assert hint in ran.err
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_it_does_not_ask(tmp_path: Path) -> None:
    ran = run_cvgen("new", "-d", tmp_path)
    assert ran.code == 2
    assert 'Write: cvgen new "Wei Lin"' in ran.err


def test_on_a_terminal_it_asks_and_asks_again(tmp_path: Path) -> None:
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "cvgen", "new", "-d", str(tmp_path)]
    process = subprocess.Popen(command, stdin=inside, stderr=inside, stdout=subprocess.PIPE, text=True)
    os.close(inside)
    os.write(terminal, b"Wei Lin\nenginer\nengineer\ngerman\nde\nUS\nclasic\njake\n")
    assert process.stdout
    out, asked = process.stdout.read(), b""
    assert process.wait(60) == 0
    while select.select([terminal], [], [], 0)[0] and (part := _read_some(terminal)):
        asked += part
    process.stdout.close()
    os.close(terminal)
    for said in (b"Your name", b"'enginer' is not one of", b"did you mean 'de'?", b"did you mean 'classic'?"):
        assert said in asked
    assert "cvgen.schema.json" in out
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    assert "theme: jake\n    options: {paper: letter}" in text
    assert "language: de " in text


def _read_some(terminal: int) -> bytes:
    """What is there to read; nothing once the other end is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_the_account_of_a_starter_can_be_one_of_github(tmp_path: Path) -> None:
    ran = run_cvgen("new", "Tomás Okoro Lindqvist", "--for", "engineer", "-d", tmp_path)
    assert ran.code == 0, ran.err
    text = (tmp_path / "profile.yaml").read_text("utf-8")
    assert "{network: github, username: tomas-okoro-lindqvist}" in text
    assert "https://github.com/tomas-okoro-lindqvist/tinyqueue" in text
    assert "email: tomas.okoro.lindqvist@example.org" in text
