"""Generates the schema from the model, with the description and the examples of each field."""

from __future__ import annotations

from functools import cache
from importlib import resources
from inspect import get_annotations
from string import Template
from typing import Any

import yaml
from pydantic import AliasChoices, BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from cvgen.model.base import DATE_SCHEMA, DATES_SCHEMA, TEXT_SCHEMA
from cvgen.model.publication import Role
from cvgen.select.query import ENTRY_NAMES, PUBLICATION_NAMES

_FILE = resources.files("cvgen.pipeline.schema") / "fields.yaml"
SHARED = {"Text": TEXT_SCHEMA, "Date": DATE_SCHEMA, "Dates": DATES_SCHEMA}
"""Types of values that many fields have, each under its name in ``$defs``."""


class ProfileSchema(GenerateJsonSchema):
    """A key that may be absent has no default: editors would offer ``null``, which is not a value in a profile."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """The type without null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The type without a default that is empty."""
        described = super().default_schema(schema)
        return {key: value for key, value in described.items() if key != "default" or value not in (None, [], {})}

    def encode_default(self, dft: object) -> object:
        """A default without the fields that are empty in it."""
        encoded = super().encode_default(dft)
        if isinstance(encoded, dict):
            return {key: value for key, value in encoded.items() if value not in (None, [], {})}
        return encoded

    def field_title_should_be_set(self, schema: object) -> bool:
        """Never: the name of a field says as much."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """The model with what each of its fields is."""
        described = super().model_schema(schema)
        described.pop("title", None)
        if "properties" in described:
            described["properties"] = _describe_fields(schema["cls"], described["properties"])
        return described


def _describe_fields(model: type[BaseModel], properties: dict[str, Any]) -> dict[str, Any]:
    """``properties`` with what the fields of ``model`` are, and with their other names."""
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = next(key for key in (field.alias, name) if key in properties)
        shown = properties[key] | _texts_of(model, name)
        found[key] = shown
        if isinstance(field.validation_alias, AliasChoices):
            found |= {str(other): shown for other in field.validation_alias.choices if other != key}
    return found


def _texts_of(model: type[BaseModel], name: str) -> dict[str, Any]:
    """The description and the examples of the field ``name``, under the class that declares it."""
    owner = next(cls for cls in model.__mro__ if name in get_annotations(cls))
    return _read_texts().get(owner.__name__, {}).get(name, {})


@cache
def _read_texts() -> dict[str, dict[str, dict[str, Any]]]:
    """What ``fields.yaml`` says, by class and field."""
    text = _FILE.read_text("utf-8")
    words = {"QUERY": f"roles ({', '.join(Role)}) and {', '.join(_list_fields())}, with and, or, not, in, == and <"}
    read: dict[str, dict[str, dict[str, Any]]] = yaml.load(text, Loader=TypedLoader)
    for fields in read.values():
        for about in fields.values():
            if "description" in about:
                about["description"] = Template(about["description"]).safe_substitute(words)
    return read


def _list_fields() -> list[str]:
    """What a query may use beside roles."""
    return [name for name in dict.fromkeys((*PUBLICATION_NAMES, *ENTRY_NAMES)) if name not in set(Role)]


class TypedLoader(yaml.SafeLoader):
    """YAML as editors read it (the core schema of 1.2): a date is text."""


TypedLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
