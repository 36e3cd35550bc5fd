"""Adds a letter to the text of a profile; the rest of it, comments included, stays as it is."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.edit.lines import NOTHING, find_end_of_section, insert_after_line, quote, says, write_comment
from cvgen.sources.yaml.tree import Mapping, parse_yaml

_KEY = "letters"
_LONGEST_COMMENT = 110


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be added to a profile, with comments above it.

    ``body`` is its text until the person writes their own; ``organization`` and ``subject`` may be empty.
    """

    name: str
    variant: str
    body: str
    organization: str = ""
    subject: str = ""
    comments: tuple[str, ...] = ()

    @property
    def settings(self) -> dict[str, Any]:
        """Its settings in the order in which they are written."""
        recipient = {"recipient": {"organization": self.organization}} if self.organization else {}
        subject = {"subject": self.subject} if self.subject else {}
        return {"variant": self.variant, **recipient, **subject, "body": f"{self.body}\n"}


def with_letter(text: str, file: str, new: NewLetter) -> str:
    """The profile ``text``, read from ``file``, with the letter ``new`` as its last one.

    Raises InputError if the name is taken, or if the new text, read back, would differ in more than this letter.
    """
    tree, _ = parse_yaml(text, file)
    letters = tree.get(_KEY)
    before = letters if isinstance(letters, Mapping) else {}
    if isinstance(letters, Mapping) and new.name in letters.key_locations:
        place = letters.key_locations[new.name]
        raise InputError(
            [Problem(f"there is a letter {new.name!r} already", place, "choose another name, or delete it first")]
        )
    changed = _insert(text, tree, new)
    if not says(changed, {**tree, _KEY: {**before, new.name: new.settings}}, file):
        place = tree.key_locations.get(_KEY, Location(file))
        hint = f"write {_KEY}: with each letter on lines of its own, 2 spaces deeper"
        raise InputError([Problem("adding the letter would change other parts of this file", place, hint)])
    return changed


def _insert(text: str, tree: Mapping, new: NewLetter) -> str:
    lines = text.splitlines(keepends=True)
    letters = tree.get(_KEY)
    if _KEY not in tree.key_locations:
        gap = "\n" if lines and lines[-1].strip() else ""
        return insert_after_line(lines, len(lines), f"{gap}{_KEY}:\n" + _block(new, "  "))
    key_line = tree.key_locations[_KEY].line or 1
    if not (isinstance(letters, Mapping) and letters):
        head, colon, value = lines[key_line - 1].partition(":")
        lines[key_line - 1] = head + colon + NOTHING.sub("", value, count=1)
        return insert_after_line(lines, key_line, _block(new, "  "))
    indent = " " * ((letters.location.column or 1) - 1)
    return insert_after_line(lines, find_end_of_section(lines, tree, key_line), _block(new, indent))


def _block(new: NewLetter, indent: str) -> str:
    rows = [f"{quote(new.name)}:", *(f"  # {write_comment(comment, _LONGEST_COMMENT)}" for comment in new.comments)]
    for key, value in new.settings.items():
        if isinstance(value, MappingOf):
            rows += [f"  {key}:", *(f"    {field}: {quote(one)}" for field, one in value.items())]
        elif key == "body":
            rows += ["  body: |", *(f"    {line}".rstrip() for line in value.splitlines())]
        else:
            rows.append(f"  {key}: {quote(value)}")
    return "".join(f"{indent}{row}\n" for row in rows)
