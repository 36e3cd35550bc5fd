"""Adds a variant to the text of a profile; the rest of it, comments included, stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.edit.lines import NOTHING, find_end_of_section, insert_after_line, quote, says, write_comment, write_json
from cvgen.edit.settings import with_settings
from cvgen.edit.values import find_node
from cvgen.model.variant_settings import Variant
from cvgen.sources.yaml.tree import Mapping, parse_yaml

_NAME = re.compile(r"\w[\w.-]*")
_LONGEST_COMMENT = 160


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A variant to be added to a profile, with a comment above it.

    ``base`` is the variant that it extends. If the profile has no variants, ``base`` is added before it, without
    settings, so that the new variant is not the one that is rendered if none is named.
    """

    name: str
    base: str
    settings: Variant
    comment: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """Its settings in the order of the schema, as texts, lists and mappings of texts."""
        given = {field: getattr(self.settings, field) for field in Variant.model_fields}
        return {field: _as_text(value) for field, value in given.items() if value is not None}

    @property
    def remark(self) -> str:
        """The comment on one line, without characters that YAML does not allow; empty if there is none."""
        return write_comment(self.comment, _LONGEST_COMMENT)


def _as_text(value: object) -> object:
    """``value`` as a profile has it: every scalar is text."""
    if isinstance(value, MappingOf):
        return {str(key): _as_text(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_as_text(one) for one in value]
    return json.dumps(value) if isinstance(value, (bool, int)) else str(value)


def with_variant(text: str, file: str, new: NewVariant) -> str:
    """The profile ``text``, read from ``file``, with the variant ``new`` as its last one.

    Raises InputError if the name is taken or not valid, or if the new text, read back, would differ in more than this
    variant.
    """
    tree, _ = parse_yaml(text, file)
    variants = tree.get("variants")
    _check_name(new.name, variants, file)
    before = variants if isinstance(variants, Mapping) and variants else {new.base: {}}
    expected = {**tree, "variants": {**before, new.name: new.body}}
    changed = _insert(text, tree, new)
    if not says(changed, expected, file):
        hint = f"add it by hand: {_flow(new)}"
        place = tree.key_locations.get("variants", Location(file))
        raise InputError([Problem("adding the variant would change other parts of this file", place, hint)])
    return changed


def with_renewed_variant(text: str, file: str, new: NewVariant) -> str:
    """The profile ``text`` in which the variant of this name has the settings of ``new``; all else in it stays.

    Its number of pages stays too, and so do priorities with a comment; its tags have those of ``new`` after them. A
    comment above it that ends as that of ``new`` does is replaced. Raises InputError if that cannot be written.
    """
    tree, _ = parse_yaml(text, file)
    found = find_node(tree, ("variants", new.name))
    old: dict[str, Any] = found if isinstance(found, Mapping) else {}
    kept = {"pages"} & old.keys()
    settings = {field: value for field, value in new.body.items() if field not in kept}
    return _with_remark(with_settings(text, file, ("variants", new.name), settings), file, new)


def _with_remark(text: str, file: str, new: NewVariant) -> str:
    """``text`` with the comment of ``new`` in place of an earlier one with the same end."""
    tree, _ = parse_yaml(text, file)
    lines = text.splitlines(keepends=True)
    above = (tree["variants"].key_locations[new.name].line or 1) - 2
    ending = new.remark.rpartition(",")[2]
    old = lines[above] if above >= 0 else ""
    if not (new.remark and old.lstrip().startswith("#") and old.rstrip().endswith(ending)):
        return text
    start = old[: old.index("#")]
    lines[above] = f"{start}# {new.remark}{old[len(old.rstrip()) :]}"
    return "".join(lines)


def _check_name(name: str, variants: object, file: str) -> None:
    if not _NAME.fullmatch(name):
        message = f"{name!r} cannot be the name of a variant"
        raise InputError(
            [Problem(message, None, "use letters, digits, hyphens and dots: the name becomes part of a file name")]
        )
    if isinstance(variants, Mapping) and name in variants.key_locations:
        place = variants.key_locations[name]
        raise InputError(
            [
                Problem(
                    f"there is a variant {name!r} already",
                    place,
                    "to write its priorities again, add --renew; else choose another name",
                )
            ]
        )


def _insert(text: str, tree: Mapping, new: NewVariant) -> str:
    lines = text.splitlines(keepends=True)
    variants = tree.get("variants")
    if "variants" not in tree.key_locations:
        gap = "\n" if lines and lines[-1].strip() else ""
        return insert_after_line(lines, len(lines), f"{gap}variants:\n" + _base_block(new, "  ") + _block(new, "  "))
    key_line = tree.key_locations["variants"].line or 1
    if not isinstance(variants, Mapping):
        head, colon, value = lines[key_line - 1].partition(":")
        lines[key_line - 1] = head + colon + NOTHING.sub("", value, count=1)
        return insert_after_line(lines, key_line, _base_block(new, "  ") + _block(new, "  "))
    end = find_end_of_section(lines, tree, key_line)
    start = variants.location
    if lines[(start.line or 1) - 1][(start.column or 1) - 1] == "{":
        return _insert_in_braces(lines, key_line, end, new, is_empty=not variants)
    return insert_after_line(lines, end, _block(new, " " * ((start.column or 1) - 1)))


def _insert_in_braces(lines: list[str], key_line: int, end: int, new: NewVariant, *, is_empty: bool) -> str:
    """The text with ``new`` before the last brace of the section, and its comment above the section's key."""
    above = "".join(lines[: key_line - 1])
    before = "".join(lines[key_line - 1 : end])
    close = before.rfind("}")
    comma = "" if is_empty or before[:close].rstrip().endswith(",") else ", "
    added = f"{json.dumps(new.base)}: {{}}, {_flow(new)}" if is_empty else _flow(new)
    line_end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    remark = f"# {new.name}: {new.remark}{line_end}" if new.remark else ""
    return above + remark + before[:close].rstrip() + comma + added + before[close:] + "".join(lines[end:])


def _base_block(new: NewVariant, indent: str) -> str:
    """The lines of the base without settings."""
    return f"{indent}{quote(new.base)}: {{}}\n"


def _block(new: NewVariant, indent: str) -> str:
    rows = [f"# {new.remark}"] if new.remark else []
    rows.append(f"{quote(new.name)}:")
    for field, value in new.body.items():
        if isinstance(value, dict):
            rows += [f"  {field}:", *(f"    {quote(key)}: {_quote_value(one)}" for key, one in value.items())]
        else:
            rows.append(f"  {field}: {_quote_value(value)}")
    return "".join(f"{indent}{row}\n" for row in rows)


def _flow(new: NewVariant) -> str:
    settings = ", ".join(f"{field}: {_flow_value(value)}" for field, value in new.body.items())
    return f"{write_json(new.name)}: {{{settings}}}"


def _flow_value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write_json(key)}: {_flow_value(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow_value(one) for one in value) + "]"
    return value if _is_number(value) else write_json(value)


def _quote_value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_quote_value(one) for one in value) + "]"
    return value if _is_number(value) else quote(value)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+", text))
