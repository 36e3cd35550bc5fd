"""Inserts lines into a person's file, and writes the values in them."""

from __future__ import annotations

import json
import re

from cvgen.diagnostics import InputError
from cvgen.sources.yaml.tree import Mapping, parse_yaml

NOTHING = re.compile(r"""[ \t]*(?:~|null|Null|NULL|""|''|\[\s*\]|\{\s*\})?(?=\s|[,}]|$)""")
"""An empty value, as it is written after its key."""
_PLAIN = re.compile(r"[^\W\d][\w+/.-]*(?: [\w+/.-]+)*")


def insert_after_line(lines: list[str], number: int, new: str) -> str:
    """The text of ``lines`` with ``new`` after the first ``number`` of them, with the file's line ends."""
    before = "".join(lines[:number])
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    gap = "" if before.endswith("\n") or not before else end
    return before + gap + new.replace("\n", end) + "".join(lines[number:])


def says(text: str, expected: dict[str, object], file: str) -> bool:
    """Whether the profile ``text``, read from ``file``, has what is ``expected`` in it, and nothing else."""
    try:
        return parse_yaml(text, file)[0] == expected
    except InputError:
        return False


def find_end_of_section(lines: list[str], tree: Mapping, key_line: int) -> int:
    """The number of the last line that belongs to the section on ``key_line``.

    Blank lines and comments without indentation before the next section are that section's.
    """
    after = [place.line - 1 for place in tree.key_locations.values() if place.line and place.line > key_line]
    end = min(after, default=len(lines))
    while end > key_line and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def write_comment(text: str, most: int) -> str:
    """``text`` on one line of at most ``most`` characters, cut after a word, without those that YAML does not allow."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if len(line) <= most:
        return line
    start = line[: most - 2]
    return (start.rpartition(" ")[0] or start).rstrip(" ,;") + " …"


def write_json(word: str) -> str:
    """``word`` in double quotes."""
    return json.dumps(word, ensure_ascii=False)


def quote(word: str) -> str:
    """``word`` as a value in YAML, in quotes where it needs them."""
    return word if _PLAIN.fullmatch(word) else write_json(word)
