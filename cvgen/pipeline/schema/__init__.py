"""The JSON Schema of profiles, for editors: from the model that reads them, with what each field is and examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cvgen.model.profile import Profile
from cvgen.pipeline.project_names import NO_PROJECT, read_project_names
from cvgen.pipeline.schema.choices import narrow
from cvgen.pipeline.schema.generator import ProfileSchema
from cvgen.pipeline.whole_files import write_whole

SCHEMA_NAME = "cvgen.schema.json"
"""The file beside a profile that its first lines point editors to."""


def profile_schema(profile: Path | None = None) -> dict[str, Any]:
    """JSON Schema 2020-12 of a profile; with ``profile``, one that knows the names in it and its own themes.

    A profile with mistakes gives the names that can be read. Raises InputError if its file cannot be read at all.
    """
    schema = Profile.model_json_schema(schema_generator=ProfileSchema)
    names = read_project_names(profile) if profile else NO_PROJECT
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cvgen profile"}
    return {**head, **narrow(schema, names, profile.parent if profile else None)}


def print_schema(profile: Path | None = None) -> str:
    """The schema as text; raises InputError like ``profile_schema``."""
    return json.dumps(profile_schema(profile), indent=1, ensure_ascii=False)


def write_schema(profile: Path | None, output: Path) -> None:
    """Write the schema of ``profile`` to the file ``output``, whole or not at all. Raises InputError."""
    write_whole(output, f"{print_schema(profile)}\n".encode(), keep=[profile] if profile else [])
