"""The file that is imported: its bytes, its text, and the values in it, each read on first use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.encoding import decode_any, decode_unicode, say_not_utf8
from cvgen.sources.export_files import Export
from cvgen.sources.json_file import parse_json
from cvgen.sources.regular_file import NotReadError, can_exist, read_regular
from cvgen.sources.text_file import MOST_BYTES
from cvgen.sources.yaml.tree import parse_yaml


@dataclass
class ImportedFile:
    """A file of another tool; or a folder, whose ``data`` is empty."""

    path: Path
    data: bytes
    problems: list[Problem] = field(default_factory=list)
    person: str | None = None
    """The name of the person, if it was asked for."""

    @property
    def name(self) -> str:
        """The name of the file, for comments."""
        return self.path.resolve().name

    @property
    def is_export(self) -> bool:
        """Whether this is a ZIP or a folder."""
        return self.data.startswith(b"PK") or (not self.data and self.path.is_dir())

    @cached_property
    def export(self) -> Export:
        """The files of a ZIP or folder."""
        return Export(self.path, self.data)

    @cached_property
    def text(self) -> str:
        """The file as text; raises InputError if it is not text."""
        if self.is_export:
            hint = "give a file in it, or leave out --from"
            raise InputError([Problem("this is a ZIP or a folder, not a text file", Location(str(self.path)), hint)])
        try:
            return decode_unicode(self.data)
        except UnicodeDecodeError as error:
            raise InputError([say_not_utf8(self.data, error, str(self.path))]) from None

    @cached_property
    def rough_text(self) -> str:
        """The file as text, in whatever encoding."""
        return decode_any(self.data)

    @cached_property
    def is_json(self) -> bool:
        """Whether the text looks like JSON, perhaps after comments."""
        bare = re.sub(r"\A(?:\s+|//[^\n]*\n|/\*.*?\*/)*", "", self.rough_text, flags=re.DOTALL)
        return bare.startswith(("{", "["))

    @cached_property
    def is_yaml(self) -> bool:
        """Whether a line of the text begins as the keys of a CV in YAML do."""
        return not self.is_json and bool(re.search(r"(?m)^(?:cv|basics|work|content)\s*:(?:\s|$)", self.rough_text))

    @cached_property
    def tree(self) -> Any:
        """The values of a JSON or YAML file, all texts as typed; raises InputError with the place of a fault."""
        if self.is_json:
            value, problems = parse_json(self.text, str(self.path))
        else:
            value, problems = parse_yaml(self.text, str(self.path), "file")
        self.problems += problems
        return value

    @property
    def mapping(self) -> dict[str, Any]:
        """The values of a file that must be a mapping; raises InputError if it is something else."""
        if not isinstance(self.tree, dict):
            hint = "give another file, or another format with --from"
            raise InputError([Problem("the file is not a mapping", Location(str(self.path), 1, 1), hint)])
        return self.tree

    def read_beside(self, name: str) -> bytes | None:
        """The file ``name`` in the folder of the source, or below it; None if there is none that can be read."""
        if not name or not can_exist(name):
            return None
        folder = self.path.resolve().parent
        try:
            target = (folder / name).resolve()
            return read_regular(target, MOST_BYTES["picture"]) if target.is_relative_to(folder) else None
        except (OSError, RuntimeError, NotReadError):  # RuntimeError: links that form a circle
            return None
