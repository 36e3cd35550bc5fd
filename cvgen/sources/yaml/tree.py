"""Reads YAML as a tree of text, in which every key and value has its place.

Every scalar stays as typed: ``no``, ``3.10``, ``0123`` and ``2020-10-05`` reach the schema unchanged, and only the
schema decides their types.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from cvgen.diagnostics import InputError, Location, Mistake, Problem, warn
from cvgen.model.part import shorten_line
from cvgen.sources.limits import LONGEST_KEY, LONGEST_TEXT, MOST_LEVELS, MOST_VALUES
from cvgen.sources.yaml.split_texts import BULLETS, find_split_text
from cvgen.sources.yaml.syntax_faults import find_syntax_problems
from cvgen.sources.yaml.typed_lines import keep_list_lines

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAG = "tag:yaml.org,2002:"
_NULL = f"{_PLAIN_TAG}null"
PROFILE = "profile"
_WRITE_KEYS = "write 'key: value' lines"
INVISIBLE = re.compile("[\u200b\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_SWALLOWED = re.compile(r"\s+#(?=[^\s#])")
_HALF_LINK = re.compile(r"(?<![\\`\w])\[[^\]\[`]+\]\((?P<address>(?:[\w-]+\.)+[a-z]{2,}(?:/[^)\s]*)?)\)")


class Scalar(str):
    """Text of a profile with its place."""

    location: Location


class Sequence(list[Any]):
    """A list of a profile with its place."""

    location: Location
    numbers: list[int]
    """The number of each item in the file, from 0: empty and faulty items are counted, but not in the list."""


class Mapping(dict[str, Any]):
    """A mapping of a profile with its place and its keys' places.

    A key without a value has a place; in a profile it has the value None.
    """

    location: Location
    key_locations: dict[str, Location]


def parse_yaml(text: str, file: str, kind: str = PROFILE) -> tuple[Mapping, list[Problem]]:
    """Read ``text``; return the tree and all Problems in it. Raises InputError where there is no tree.

    ``kind`` names the file in a Problem of the whole file.
    """
    reader = _YamlReader(text, file, kind)
    return reader.read(), reader.problems


class _YamlReader:
    """One pass over one file."""

    def __init__(self, text: str, file: str, kind: str) -> None:
        self.text, self.file, self.kind = text, file, kind
        self.lines = text.splitlines()
        self.problems: list[Problem] = []
        self.nodes = 0

    def read(self) -> Mapping:
        try:
            self._check_depth()
            root = yaml.compose(self.text, Loader=_Loader)
        except yaml.YAMLError:
            raise InputError(find_syntax_problems(self.text, self.file, _Loader)) from None
        if root is None or root.tag == _NULL:
            hint = 'start one with: cvgen new "Your Name"' if self.kind == PROFILE else _WRITE_KEYS
            hint = "write extends: classic" if self.kind == "theme manifest" else hint
            raise InputError([Problem(f"the {self.kind} is empty", Location(self.file), hint)])
        tree = self._convert(root, 0)
        if not isinstance(tree, Mapping):
            hint = "start with 'basics:' and 'name:' below it" if self.kind == PROFILE else _WRITE_KEYS
            raise InputError([*self.problems, Problem(f"the {self.kind} is not a mapping", tree.location, hint)])
        return tree

    def _check_depth(self) -> None:
        """Refuse deep nesting, with which libyaml's recursive composer would run out of stack."""
        depth = 0
        for event in yaml.parse(self.text, Loader=_Loader):
            depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
            depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
            if depth > MOST_LEVELS:
                raise InputError([self._too_much(self._place(event.start_mark))])

    def _convert(self, node: Any, depth: int) -> Any:
        self.nodes += 1
        place = self._place(node.start_mark)
        if depth > MOST_LEVELS or self.nodes > MOST_VALUES:
            raise InputError([self._too_much(place)])
        self._check_tag(node, place)
        if isinstance(node, yaml.MappingNode):
            return self._convert_mapping(node, place, depth)
        if isinstance(node, yaml.SequenceNode):
            return self._convert_sequence(node, place, depth)
        return self._convert_scalar(node, place)

    def _convert_mapping(self, node: Any, place: Location, depth: int) -> Mapping:
        mapping = Mapping()
        mapping.location, mapping.key_locations = place, {}
        for key_node, value_node in node.value:
            key_place = self._place(key_node.start_mark)
            if mistake := _check_key(key_node, mapping):
                self.problems.append(Problem(mistake.message, key_place, mistake.hint))
                continue
            key = key_node.value
            mapping.key_locations[key] = key_place
            if self._is_absent(value_node):
                if node.flow_style and not self._has_colon(key_node):
                    message = f"{key!r} has no key: inside braces, a comma ends a text"
                    self.problems.append(Problem(message, key_place, "put the text and its comma in quotes"))
                else:
                    self._report_swallowed(value_node, f"the value of {key!r}")
            if value_node.tag == _NULL:
                if self.kind == PROFILE:
                    mapping[key] = None
                continue
            self._warn_of_split_text(value_node, key)
            mapping[key] = self._convert(value_node, depth + 1)
        return mapping

    def _convert_sequence(self, node: Any, place: Location, depth: int) -> Sequence:
        items = Sequence()
        items.location, items.numbers = place, []
        for number, item in enumerate(node.value):
            if self._is_absent(item) and self._report_swallowed(item, "this list item"):
                continue
            if item.tag != _NULL:
                items.append(self._convert(item, depth + 1))
                items.numbers.append(number)
        return items

    def _convert_scalar(self, node: Any, place: Location) -> Scalar:
        if len(node.value) > LONGEST_TEXT:
            message = f"a text has {len(node.value):,} characters; it may have {LONGEST_TEXT:,}"
            raise InputError([*self.problems, Problem(message, place, "shorten it, or make several texts of it")])
        if not node.style:
            self._warn_of_comment(node)
        if found := INVISIBLE.search(node.value):
            message = f"this text has an invisible control character, U+{ord(found[0]):04X}"
            self.problems.append(Problem(message, place, "delete it; it can hide or reorder what is read"))
        if found := _CONTROL.search(node.value):
            self.problems.append(self._control_character(found[0], node, place))
        if found := _HALF_LINK.search(node.value):
            message = f"{found['address']!r} is not a link, so this is printed as typed: {found[0]!r}"
            self.problems.append(warn(message, place, "write it in full, with https://"))
        scalar = Scalar(self._keep_lines(node))
        scalar.location = place
        return scalar

    def _keep_lines(self, node: Any) -> str:
        """The text of ``node``, with newlines where lines and paragraphs begin."""
        value: str = node.value
        if node.style == "|":
            return value
        # A newline was typed as such only in a literal block ("|"); elsewhere YAML makes it from blank lines.
        parted = re.sub(r"\n+", "\n\n", value)
        if node.start_mark.line == node.end_mark.line:
            return parted
        return keep_list_lines(parted, self.text[node.start_mark.index : node.end_mark.index])

    def _control_character(self, character: str, node: Any, place: Location) -> Problem:
        """The Problem of a control character in the text ``node``, which may be typed as an escape."""
        name = f"U+{ord(character):04X}"
        for escape in _ESCAPE.findall(self.text[node.start_mark.index : node.end_mark.index]):
            if node.style == '"' and yaml.safe_load(f'"{escape}"') == character:
                message = f"in double quotes, YAML reads {escape} as a control character ({name})"
                return Problem(message, place, "use single quotes")
        return Problem(f"this text has a control character, {name}", place, "delete it")

    def _too_much(self, place: Location) -> Problem:
        hint = f"a file may have {MOST_LEVELS} levels and {MOST_VALUES:,} values; each *alias counts"
        return Problem(f"the {self.kind} is nested too deeply or refers to itself too often", place, hint)

    @staticmethod
    def _is_absent(node: object) -> bool:
        return isinstance(node, yaml.ScalarNode) and not node.style and node.value == ""

    def _has_colon(self, key_node: Any) -> bool:
        """Whether a colon was typed after a key."""
        mark = key_node.end_mark
        rest = self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""
        return rest.lstrip().startswith(":")

    def _report_swallowed(self, node: Any, what: str) -> bool:
        """Report an empty value whose text YAML reads as a comment; return whether it is one."""
        mark = node.start_mark
        rest = self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""
        if not (rest.lstrip().startswith("#") and _SWALLOWED.match(" " + rest.lstrip())):
            return False
        message = f"YAML reads {rest.strip()!r} as a comment, so {what} is empty"
        self.problems.append(Problem(message, self._place(mark), "put it in quotes"))
        return True

    def _warn_of_comment(self, node: Any) -> None:
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if _SWALLOWED.match(rest):
            message = f"YAML reads {rest.strip()!r} as a comment; it will not be printed"
            hint = "if it belongs to the text, put the whole value in quotes; else write '# ' with a space"
            self.problems.append(warn(message, self._place(end), hint))

    def _warn_of_split_text(self, node: object, key: str) -> None:
        """Report a comma inside a text of the list ``node``, which makes two items of it."""
        if found := find_split_text(node, key):
            one, other = (shorten_line(item.value) for item in found)
            what = "bullets" if key == BULLETS else "items"
            message = f"{one!r} and {other!r} are two {what}: inside brackets, a comma ends a text"
            hint = "put a text that has a comma in quotes; or, if these are two, put each in quotes"
            self.problems.append(warn(message, self._place(found[1].start_mark), hint))

    def _check_tag(self, node: Any, place: Location) -> None:
        if not node.tag.startswith(_PLAIN_TAG) or node.tag.startswith(_PLAIN_TAG + "python"):
            self.problems.append(Problem(f"the tag {node.tag!r} is not supported", place, "delete it"))

    def _place(self, mark: Any) -> Location:
        return Location(self.file, mark.line + 1, mark.column + 1)


def _check_key(node: object, mapping: Mapping) -> Mistake | None:
    """What is wrong with a key that is to be added to ``mapping``."""
    if not isinstance(node, yaml.ScalarNode):
        return Mistake("a key must be a word", "write key: value")
    key = node.value
    if len(key) > LONGEST_KEY:
        return Mistake(f"a key has {len(key):,} characters; it may have {LONGEST_KEY:,}", "write key: value")
    if key in mapping.key_locations:
        first = mapping.key_locations[key].line
        return Mistake(f"the key {key!r} is used twice (first on line {first})", "keep one, or join the two")
    return None
