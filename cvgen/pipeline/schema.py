"""The JSON Schema of the profile."""

from __future__ import annotations

from typing import Any

from cvgen.model.profile import Profile


def profile_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a profile, from the same model that reads it."""
    schema = Profile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cvgen profile", **schema}
