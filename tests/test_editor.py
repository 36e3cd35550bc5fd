"""What an editor with yaml-language-server shows of a profile, with the schema that ``cvgen new`` writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import run_cvgen
from language_server import SERVER, LanguageServer

pytestmark = pytest.mark.skipif(not SERVER, reason="yaml-language-server is not installed: make editor")
HEAD = "# yaml-language-server: $schema=./cvgen.schema.json\nbasics: {name: A}\n"
VARIANT = f"{HEAD}variants:\n  full:\n    "


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    folder = tmp_path_factory.mktemp("project")
    assert run_cvgen("new", "Wei Lin", "-d", folder).code == 0
    with LanguageServer(folder) as server:
        yield server


def test_the_starter_has_no_problems(server: LanguageServer) -> None:
    assert server.write(Path(server.path).read_text("utf-8")) == []


def test_themes_are_offered_and_explained(server: LanguageServer) -> None:
    assert {"classic", "modern", "homepage"} <= set(server.complete(f"{VARIANT}theme: |\n"))
    told = server.hover(f"{VARIANT}theme: clas|sic\n")
    assert "headings in small capitals" in told


@pytest.mark.parametrize("typed", ["sections: [|]\n", "sections: [work, |]\n", "sections:\n      - |\n"])
def test_sections_are_offered(server: LanguageServer, typed: str) -> None:
    assert {"work", "education", "publications"} <= set(server.complete(VARIANT + typed))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (f"{VARIANT}theme: classic\n    options:\n      |\n", {"paper", "accent", "density"}),
        (f"{VARIANT}theme: classic\n    options:\n      paper: |\n", {"a4", "letter"}),
        (f"{VARIANT}extends: |\n", {"full", "short"}),
        (f"{HEAD}language: |\n", {"en", "de", "zh-Hant"}),
        (f"{HEAD}work:\n  - name: B\n    |\n", {"position", "start", "highlights"}),
        ("# yaml-language-server: $schema=./cvgen.schema.json\nbasics:\n  name: A\n  profiles:\n    - network: |\n",
         {"github", "orcid"}),
    ],
)  # fmt: skip
def test_words_are_offered(server: LanguageServer, typed: str, offered: set[str]) -> None:
    assert offered <= set(server.complete(typed))


def test_where_is_explained(server: LanguageServer) -> None:
    told = server.hover(f"{VARIANT}sections:\n      - publications: {{wh|ere: first}}\n").replace("\\", "")
    assert "corresponding" in told
    assert "first or co_first" in told


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"{HEAD}work:\n  - name: B\n    start: 2024-13\n", 5, "This is not a date: write 2024"),
        (f"{VARIANT}sections: [work, experience]\n", 5, "Valid values"),
        (f"{VARIANT}sections: [{{experience: {{limit: 3}}}}]\n", 5, "Valid values"),
        (f"{VARIANT}theme: clasic\n", 5, "Valid values"),
        (f"{VARIANT}theme: classic\n    options: {{paper: a7}}\n", 6, "Valid values"),
        (f"{VARIANT}theme: classic\n    options: {{pper: a4}}\n", 6, "pper"),
        (f"{VARIANT}them: classic\n", 5, "them"),
    ],
)
def test_mistakes_are_shown_where_they_are(server: LanguageServer, text: str, line: int, said: str) -> None:
    problems = server.write(text)
    assert problems
    assert problems[0].startswith(f"{line}: ")
    assert any(said in problem for problem in problems)
