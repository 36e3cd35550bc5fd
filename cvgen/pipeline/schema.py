"""The JSON Schema of the profile."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from cvgen.model.profile import Profile


class _SchemaWithoutNull(GenerateJsonSchema):
    """A key that may be absent has no default: editors would offer ``null``, which is not a value in a profile."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        return {key: value for key, value in described.items() if key != "default" or value is not None}

    def encode_default(self, dft: Any) -> Any:
        encoded = super().encode_default(dft)
        if isinstance(encoded, dict):
            return {key: value for key, value in encoded.items() if value is not None}
        return encoded


def profile_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a profile, from the same model that reads it."""
    schema = Profile.model_json_schema(schema_generator=_SchemaWithoutNull)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cvgen profile", **schema}
