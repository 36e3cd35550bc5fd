"""Terms in text: names that are letters or ordinary words, inflections, several words, other spellings; boosts."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import read_told, run_cvgen, valid_career

from cvgen.select.term_search import TermMatcher, find_asked
from cvgen.select.variant import resolve_variant

NAMES = ["C", "C++", "C#", "F#", "R", "D", "Go", ".NET", "Node.js", "TypeScript", "REST", "React", "Objective-C"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C++ only", "C++"),
        ("C++17 and C#12", "C++ C#"),
        ("C/C++", "C C++"),
        ("written in C. You will", "C"),
        ("c. 2020, (c) 2024, item c.", ""),
        ("C-level, Objective-C", "Objective-C"),
        ("Vitamin C and Series C", ""),
        ("C. Smith, D. E. Knuth", ""),
        ("F#/.NET", "F# .NET"),
        ("example.net and https://go.example/C", ""),
        ("write to go@example.org, R@c.example.", ""),
        ("in R, not in R&D or R & D", "R"),
        ("R-squared", ""),
        ("we use Go.", "Go"),
        ("Golang", "Go"),
        ("Go to market", ""),
        ("our Go to market plan, and to Excel at it", ""),
        ("a go-to person, let it go", ""),
        ("You go above and beyond. Go above and beyond", ""),
        ("Python, Go, Java", "Go"),
        ("python, go, java", "Go"),
        ("Go services", "Go"),
        ("nodejs or Node.js", "Node.js Node.js"),
        ("typescript, Type Script", "TypeScript TypeScript"),
        ("REST APIs, and the rest of it", "REST"),
        ("React quickly, react to change", ""),
        ("React, ReactJS", "React React"),
    ],
)
def test_names_that_are_letters_or_ordinary_words(text: str, found: str) -> None:
    counted = TermMatcher(NAMES, "en").count(text)
    assert sorted(counted.elements()) == sorted(found.split())


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "pipeline", "data pipelines"),
        ("en", "deployment", "deploying every day"),
        ("en", "distributed systems", "a Distributed\nSystem"),
        ("en", "event-driven", "event driven services"),
        ("en", "event driven", "an event-driven service"),
        ("en", "CI/CD", "CI and CD"),
        ("en", "CI/CD", "ci / cd"),
        ("en", "machine learning", "ML engineer"),
        ("en", "Kubernetes", "k8s"),
        ("en", "PostgreSQL", "Postgres’s planner"),
        ("de", "Datenbank", "verteilte Datenbanken"),
        ("fr", "réseau neuronal", "des réseaux neuronaux"),
        ("es", "base de datos", "bases de datos"),
        ("pt", "sistema distribuído", "sistemas distribuídos"),
        ("ru", "база данных", "баз данных"),
        ("de", "Bericht", "Die Berichte"),
        ("zh", "多模态", "大规模多模态学习"),
        ("zh-Hans", "CUDA 内核", "编写CUDA内核"),
        ("ja", "機械学習", "統計的機械学習の研究"),
        ("ko", "기계 학습", "기계 학습을 연구"),
        ("eo", "retoj", "Retoj"),
    ],
)
def test_inflections_and_other_spellings(language: str, term: str, text: str) -> None:
    assert TermMatcher([term], language).count(text) == {term: 1}


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "distributed systems", "distributed, systems"),
        ("en", "distributed systems", "it is distributed. Systems follow"),
        ("en", "distributed systems", "distributed\n\nsystems"),
        ("en", "engine", "engineering"),
        ("en", "university", "universal"),
        ("en", "Java", "JavaScript"),
        ("en", "SQL", "NoSQL"),
        ("zh", "多模态", "多种模态"),
    ],
)
def test_what_is_another_word(language: str, term: str, text: str) -> None:
    assert not TermMatcher([term], language).count(text)


def test_a_boost_adds_every_term_once() -> None:
    priorities = {"Rust": 3, "distributed systems": 2, "PHP": -4}
    assert sum(points for _, points in find_asked("A distributed system in Rust; Rust!", priorities, "en")) == 5
    assert find_asked("PHP", priorities, "en") == (("PHP", -4),)
    assert find_asked("Nothing of it, trust me", priorities, "en") == ()
    assert find_asked("anything", {}, "en") == ()


def test_priorities_are_inherited_term_by_term(tmp_path: Path) -> None:
    career = valid_career(
        tmp_path, "", 'variants:\n  a: {priorities: {Rust: 3, "CI/CD": 1}}\n  b: {extends: a, priorities: {Rust: 1}}\n'
    )
    assert resolve_variant(career, "b").priorities == {"Rust": 1, "CI/CD": 1}
    assert resolve_variant(career, "a").priorities == {"Rust": 3, "CI/CD": 1}


def test_priorities_that_mean_nothing(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text('basics: {name: Wei Lin}\nvariants:\n  a: {priorities: {Rust: much, "--": 2}}\n', "utf-8")
    ran = run_cvgen("render", profile, "-f", "html")
    told = read_told(ran.err)
    assert ran.code == 2
    assert [one.place.removeprefix(str(profile)) for one in told] == [":3:26", ":3:32"]
    assert "whole number" in told[0].message
    assert "no letter" in told[1].message
