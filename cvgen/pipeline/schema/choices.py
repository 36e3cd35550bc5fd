"""Adds to the schema what may be written: words that are closed, and the names that editors offer.

Names that a person makes up elsewhere, such as tags and keys of papers, are offered and never refused: the schema is a
copy, and may be older than they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cvgen.model.language_files import known_languages
from cvgen.model.networks import NETWORKS
from cvgen.model.sections import SECTIONS
from cvgen.pipeline.project_names import ProjectNames
from cvgen.pipeline.schema.generator import SHARED
from cvgen.pipeline.schema.theme_options import ANY_OPTIONS, describe_options, find_themes
from cvgen.select.choose_entries import ORDERS
from cvgen.select.language import load_words
from cvgen.select.list_settings import NUMBERINGS, OWN_GROUPS, TABLES
from cvgen.select.publication_order import GROUPS, SORTS
from cvgen.themes.theme import Theme

Schema = dict[str, Any]
_FORMS = r"^[a-z]\w*_(zero|one|two|few|many|feminine|masculine|author|[0-9])$"
"""Names of words that are forms of another: count_papers_few."""
_PATH = {"type": "string", "pattern": r"/|^\."}


def narrow(schema: Schema, names: ProjectNames, folder: Path | None) -> Schema:
    """``schema`` with what may be written; ``names`` and the themes in ``folder`` are those of a project."""
    themes = find_themes(folder)
    kinds: Schema = schema["$defs"]
    kinds["SectionSettings"] = settings = _take_settings(kinds["SectionBody"])
    _narrow_settings(settings["properties"], names, themes)
    sections = (*SECTIONS, *names.sections)
    kinds["SectionBody"] = _section(sections, is_closed=names.variants is not None)
    _narrow_numbering(kinds["Numbering"])
    kinds |= describe_options(themes)
    _narrow_variant(kinds["Variant"], names, themes)
    kinds["Letter"]["properties"]["options"] |= _refer(ANY_OPTIONS)
    if names.variants is not None:
        kinds["Letter"]["properties"]["variant"] |= _closed(names.variants)
    account = kinds["NetworkProfile"]["properties"]
    account["network"] = {**_said(account["network"]), **_offered((*names.networks, *NETWORKS))}
    languages = _offered_languages(names)
    for owner in (schema, kinds["Variant"], kinds["Letter"]):
        owner["properties"]["language"] = {**_said(owner["properties"]["language"]), **languages}
    for owner in (schema, kinds["Variant"]):
        owner["properties"]["words"]["propertyNames"] = {"anyOf": [{"enum": _list_words()}, {"pattern": _FORMS}]}
    for kind in [*kinds.values()]:
        _offer_in_lists(kind, "tags", names.tags)
        _offer_in_lists(kind, "exclude_tags", names.tags)
        _offer_in_lists(kind, "publications", names.keys)
    entries = kinds["Bibliography"]["properties"]["entries"]
    entries["properties"] = dict.fromkeys(names.keys, entries["additionalProperties"])
    shared: Schema = _share(schema)
    shared["$defs"] |= SHARED
    shared["$defs"]["Text"] = _with_languages(SHARED["Text"], names.languages)
    return shared


def _take_settings(body: Schema) -> Schema:
    """The settings of a section: what may follow its name."""
    named: Schema = body["anyOf"][1]
    settings: Schema = named["additionalProperties"]
    return settings


def _narrow_settings(settings: Schema, names: ProjectNames, themes: dict[str, Theme]) -> None:
    words = [*dict.fromkeys((*ORDERS, *SORTS))]
    order = {"enum": [*words, *(f"-{word}" for word in SORTS)]}
    settings["sort"] = {**_said(settings["sort"]), "anyOf": [order, {"type": "array", "items": order}]}
    listed = settings["group_by"]["anyOf"][1]
    settings["group_by"] = {**_said(settings["group_by"]), "anyOf": [{"enum": [*GROUPS]}, listed]}
    settings["count_table"] |= _closed((*TABLES, OWN_GROUPS))
    styles = sorted({style for theme in themes.values() for style in theme.styles})
    settings["style"] = {**_said(settings["style"]), **_offered(styles)}
    for setting in ("pin", "exclude"):
        settings[setting]["items"] = _offered(names.keys)
    sections = (*SECTIONS, *names.sections)
    is_closed = names.variants is not None
    settings["with"]["items"] = {"enum": [*sections]} if is_closed else _offered(sections)


def _narrow_numbering(kind: Schema) -> None:
    """Give ``count`` its words, alone and in the mapping."""
    words = {"enum": [True, False, *NUMBERINGS]}
    kind["anyOf"][0] = words
    kind["anyOf"][1]["properties"]["count"] |= words


def _section(names: Iterable[str], *, is_closed: bool) -> Schema:
    """A section of a variant: its name, or a mapping with its name as the only key."""
    body = _refer("SectionSettings")
    choice = _closed(names) if is_closed else _offered(names)
    named = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": dict.fromkeys(names, body),
        "additionalProperties": False if is_closed else body,
    }
    return {"description": "The name of a section, or {name: {settings}}", "anyOf": [choice, named]}


def _narrow_variant(variant: Schema, names: ProjectNames, themes: dict[str, Theme]) -> None:
    """The words of a variant; its options are those of its theme, or of any theme if it names none."""
    fields = variant["properties"]
    offered = {"enum": [*themes], "enumDescriptions": [theme.description for theme in themes.values()]}
    is_closed = names.variants is not None
    fields["theme"] = {**_said(fields["theme"]), "anyOf": [offered, _PATH if is_closed else {"type": "string"}]}
    if names.variants is not None:
        fields["extends"] = {**_said(fields["extends"]), **_closed(names.variants)}
    fields["options"] = {**_said(fields["options"]), "type": "object"}
    variant["allOf"] = [
        {"if": {"not": {"required": ["theme"]}}, "then": {"properties": {"options": _refer(ANY_OPTIONS)}}},
        *(
            {
                "if": {"properties": {"theme": {"const": name}}, "required": ["theme"]},
                "then": {"properties": {"options": _refer(f"options of {name}")}},
            }
            for name in themes
        ),
    ]


def _said(node: Schema) -> Schema:
    """What ``node`` says to people."""
    return {key: node[key] for key in ("description", "examples", "default") if key in node}


def _refer(kind: str) -> Schema:
    return {"$ref": f"#/$defs/{kind.replace(' ', '_')}"}


def _closed(words: Iterable[str]) -> Schema:
    return {"enum": [*words], "type": "string"}


def _offered(words: Iterable[str]) -> Schema:
    """Any text, and ``words`` that an editor offers."""
    listed = [*dict.fromkeys(words)]
    text = {"type": ["string", "number"]}
    return {"anyOf": [{"enum": listed, "type": "string"}, text]} if listed else text


def _offered_languages(names: ProjectNames) -> Schema:
    codes = [*dict.fromkeys((*names.languages, *known_languages()))]
    return {"anyOf": [{"enum": codes}, {"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$"}]}


def _list_words() -> list[str]:
    """The names of words that may be replaced; a section's may also be written as the section's own name."""
    words = load_words("en")
    return sorted({*words, *(f"section_{name}" for name in SECTIONS)})


def _offer_in_lists(kind: Schema, field: str, words: Iterable[str]) -> None:
    """Offer ``words`` in the list ``field`` of ``kind``, at whatever depth its fields are."""
    for body in (kind, *kind.get("anyOf", ())):
        if "items" in body.get("properties", {}).get(field, {}):
            body["properties"][field]["items"] = _offered(words)


def _with_languages(text: Schema, languages: Iterable[str]) -> Schema:
    """``text`` whose mapping by language offers the project's ``languages``."""
    plain, mapping = text["anyOf"]
    offered = dict.fromkeys(languages, mapping["additionalProperties"])
    return {**text, "anyOf": [plain, {**mapping, "properties": offered} if offered else mapping]}


def _share(node: object) -> Any:
    """``node`` with a reference in place of each copy of a shared type; its description stays."""
    if isinstance(node, list):
        return [_share(item) for item in node]
    if not isinstance(node, dict):
        return node
    for name, shared in SHARED.items():
        core = {key: value for key, value in shared.items() if key != "description"}
        if all(node.get(key) == value for key, value in core.items()):
            return {**_refer(name), **{key: value for key, value in node.items() if key not in core}}
    return {key: _share(value) for key, value in node.items()}
