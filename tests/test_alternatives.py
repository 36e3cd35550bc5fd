"""Postings that let one choose: of "Go, Rust or Java" one is enough."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from helpers import run_cvgen

PROFILE = """\
basics: {name: Ana Sousa}
work: [{name: Elm, position: Welder, start: 2020, end: 2024}]
skills: [{name: Tools, keywords: [Go, ClickHouse, Terraform, Figma, data]}]
languages: [{language: German, fluency: B2}]
"""


def match(folder: Path, asked: str, *arguments: str) -> str:
    profile, posting = folder / "profile.yaml", folder / "posting.txt"
    profile.write_text(PROFILE, "utf-8")
    posting.write_text(f"Colleague\n\nRequirements\n{asked}\n- Nursing\n", "utf-8")
    ran = run_cvgen("match", profile, posting, "--no-fit", *arguments)
    assert ran.code == 0
    return ran.out


@pytest.mark.parametrize(
    ("asked", "found", "missing"),
    [
        pytest.param("- Either Go, Rust or Java", {"Go": {"Rust", "Java"}}, {}, id="or"),
        pytest.param("- Rust, Java, or Go", {"Go": {"Rust", "Java"}}, {}, id="oxford-comma"),
        pytest.param("- Rust and/or Go", {"Go": {"Rust"}}, {}, id="and-or"),
        pytest.param("- Rust or Java", {}, {"Rust": {"Java"}}, id="none-of-them"),
        pytest.param("- Go and Rust", {"Go": set()}, {"Rust": set()}, id="and"),
        pytest.param("- Rust, Go", {"Go": set()}, {"Rust": set()}, id="comma"),
        pytest.param("- One of Rust, Java, Go", {"Go": {"Rust", "Java"}}, {}, id="one-of"),
        pytest.param("- Go or Rust\n- Rust", {"Go": set()}, {"Rust": set()}, id="also-by-itself"),
        pytest.param("- Go or Rust\n- Java or Rust", {"Go": set()}, {"Rust": {"Java"}}, id="in-two-choices"),
        pytest.param("- Terraform, and Java or Rust", {"Terraform": set()}, {"Java": {"Rust"}}, id="and-before"),
        pytest.param("- Pulumi in production (Terraform or Nomad)", {"Terraform": {"Nomad"}}, {"Pulumi": set()},
                     id="apart"),
        pytest.param("- Infrastructure as code (Terraform or Pulumi)",
                     {"Terraform": {"Infrastructure as code", "Pulumi"}}, {}, id="in-brackets"),
        pytest.param("- A column store such as Druid and ClickHouse", {"ClickHouse": {"column store", "Druid"}}, {},
                     id="examples"),
        pytest.param("- Kubernetes (EKS, GKE or on-prem)", {}, {"Kubernetes": {"EKS", "GKE", "on-prem"}},
                     id="a-word-with-a-hyphen"),
        pytest.param("- Go, data.table or dplyr", {"Go": {"data.table", "dplyr"}}, {}, id="a-name-with-a-dot"),
        pytest.param("- data.table", {}, {"data.table": set()}, id="no-part-of-such-a-name"),
        pytest.param("- German or Polish (B2)", {"German": {"Polish"}}, {}, id="languages"),
        pytest.param("- Go, Rust or equivalent", {"Go": {"Rust"}}, {}, id="or-equivalent"),
        pytest.param("- Go, Rust or a similar compiler", {"Go": {"Rust", "compiler"}}, {}, id="or-similar"),
    ],
)  # fmt: skip
def test_one_of_several_is_enough(
    tmp_path: Path, asked: str, found: dict[str, set[str]], missing: dict[str, set[str]]
) -> None:
    result = json.loads(match(tmp_path, asked, "--json"))
    for status, wanted in (("found", found), ("missing", missing)):
        got = {one["term"]: set(one["instead"]) for one in result[status] if one["term"] != "Nursing"}
        assert got == wanted, status


@pytest.mark.parametrize(
    ("heading", "asked"),
    [
        ("Anforderungen", "Kenntnisse in Sketch oder Figma"),
        ("Compétences requises", "Maîtrise de Sketch ou Figma"),
        ("Requisitos", "Conocimientos de Sketch o Figma"),
        ("任职要求", "熟悉 Sketch 或 Figma"),
    ],
)
def test_a_choice_in_another_language(tmp_path: Path, heading: str, asked: str) -> None:
    posting, profile = tmp_path / "p.txt", tmp_path / "profile.yaml"
    posting.write_text(f"{heading}:\n- {asked}\n", "utf-8")
    profile.write_text(PROFILE, "utf-8")
    result = json.loads(run_cvgen("match", profile, posting, "--no-fit", "--json").out)
    assert [(one["term"], one["instead"]) for one in result["found"]] == [("Figma", ["Sketch"])]
    assert "Sketch" not in {one["term"] for one in result["missing"]}


def test_what_the_profile_has_comes_before_what_it_lacks(tmp_path: Path) -> None:
    posting, profile = tmp_path / "p.txt", tmp_path / "profile.yaml"
    posting.write_text("Colleague\n\nRequirements\n- Java or Rust\n- Nursing\n", "utf-8")
    profile.write_text(PROFILE + "projects: [{name: Tides, summary: In Rust.}]\nvariants: {v: {sections: [skills]}}\n")
    result = json.loads(run_cvgen("match", profile, posting, "--no-fit", "--json").out)
    assert [(one["term"], one["instead"]) for one in result["hidden"]] == [("Rust", ["Java"])]
    assert [one["term"] for one in result["missing"]] == ["Nursing"]


def test_the_report_counts_a_choice_once(tmp_path: Path) -> None:
    said = match(tmp_path, "- Go, Rust or Java\n- Scala or Ruby")
    assert "Must-haves: 1 of 3 printed" in said
    assert re.search(r"\+ Go \(or Rust, Java\)  \S+profile.yaml:3: Tools: Go$", said, re.MULTILINE)
    assert "Scala (or Ruby)" in said
