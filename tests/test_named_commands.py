"""Every command that a message names is one that cvgen has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click

import cvgen
from cvgen.cli.main import cli

NAMED = re.compile(r"\bcvgen ([a-z]+)(?: ([a-z]+)(?![\w.]))?")
"""The second word is no file: ``cvgen publications cv.yaml`` has none."""
SENTENCES = frozenset(["can", "cannot", "finds", "has", "in", "is", "leaves", "profile", "reads", "then", "writes"])
"""What follows the name of the program where it is no command."""


def list_texts() -> Iterator[tuple[str, str]]:
    """The place of each text in cvgen's code that is not a docstring, and the text."""
    root = Path(cvgen.__file__).parent
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks:
                yield f"{path.relative_to(root)}:{node.lineno}", node.value


def is_command(name: str, word: str) -> bool:
    """Whether cvgen has the command ``name``, with the command ``word`` in it if it is a group."""
    command = cli.commands.get(name)
    if isinstance(command, click.Group):
        return not word or word in command.commands
    return command is not None


def test_every_command_that_a_message_names_exists() -> None:
    named = [(place, *found.groups("")) for place, text in list_texts() for found in NAMED.finditer(text)]
    commands = [one for one in named if one[1] not in SENTENCES]
    assert [f"{place}: cvgen {name} {word}" for place, name, word in commands if not is_command(name, word)] == []
    assert len(commands) > 20
