"""The reference of the profile: every key, from the JSON Schema that editors use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from described import make_row

from cvgen.pipeline.schema import profile_schema

Schema = dict[str, Any]
_INTRODUCTION = """# Every key of the profile

This page is made from the schema that `cvgen schema` prints, so it lists every key.
[The profile](profile.md) explains what they are for.
**Bold** keys are required.
"""


def write_profile_reference() -> str:
    """The page: the top of a profile, then each kind of value that has keys of its own."""
    schema = profile_schema()
    kinds: dict[str, Schema] = schema["$defs"]
    with_keys = {name: kind for name, kind in kinds.items() if kind.get("properties")}
    parts = [_INTRODUCTION, "## The top of the file\n", *_describe(schema, with_keys)]
    for name, kind in sorted(with_keys.items()):
        parts += [f"\n## {name}\n", *([_say_meaning(kind) + "\n"] if "description" in kind else [])]
        parts += _describe(kind, with_keys)
    return "\n".join(parts) + "\n"


def _describe(schema: Schema, with_keys: dict[str, Schema]) -> Iterator[str]:
    yield "| key | type | meaning | for example |\n|---|---|---|---|"
    for name, about in schema["properties"].items():
        key = f"**`{name}`**" if name in schema.get("required", []) else f"`{name}`"
        yield make_row(key, _say_type(about, with_keys), _say_meaning(about), _say_example(about))


def _say_meaning(about: Schema) -> str:
    """Its description, with what is in braces as code: Markdown would take it for attributes."""
    return re.sub(r"\{(?:[^{}]|\{[^{}]*\})*\}", r"`\g<0>`", about.get("description", ""))


def _say_type(about: Schema, with_keys: dict[str, Schema]) -> str:
    if "$ref" in about:
        return _say_reference(about["$ref"].rpartition("/")[2], with_keys)
    for several in ("anyOf", "oneOf"):
        if several in about:
            said = dict.fromkeys(_say_type(one, with_keys) for one in about[several])
            return " or ".join(kind for kind in said if kind != "null")
    if "enum" in about:
        return " ".join(f"`{value}`" for value in about["enum"])
    if "const" in about:
        return f"`{about['const']}`"
    if about.get("type") == "array":
        items = _say_type(about.get("items", {}), with_keys)
        return f"list of {items}" if items else "list"
    if isinstance(about.get("additionalProperties"), dict):
        return f"mapping to {_say_type(about['additionalProperties'], with_keys) or 'values'}"
    kind = about.get("type", "")
    words: dict[str, str] = {"string": "text", "object": "mapping"}
    kinds = kind if isinstance(kind, list) else [kind]
    return " or ".join(str(words.get(one, one)) for one in kinds)


def _say_reference(name: str, with_keys: dict[str, Schema]) -> str:
    return f"[{name}](#{name.lower()})" if name in with_keys else name.lower()


def _say_example(about: Schema) -> str:
    examples = about.get("examples", [])
    return ", ".join(f"`{json.dumps(one, ensure_ascii=False)}`" for one in examples[:2])
