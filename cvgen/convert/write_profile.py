"""Writes a draft as YAML as a person would: our order, short entries on one line, leftovers as comments."""

from __future__ import annotations

import io
import re
import textwrap
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import BaseResolver
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString, SingleQuotedScalarString

from cvgen.convert.foreign_values import clean, one_line
from cvgen.convert.profile_draft import DraftMapping, Leftover, ProfileDraft
from cvgen.model.profile import Profile
from cvgen.model.sections import LIKE, POSITION, SectionRow, Shape
from cvgen.sources.inline.markdown import has_list_lines

_WIDTH = 100
_LONG = 118
_BLOCKS = frozenset({"summary", "text"})
_UNSAFE = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MISREAD = re.compile(r"\A[:?]|:[,\[\]{}:]|:\Z")
"""Needs quotes for libyaml, at least inside braces, although YAML 1.2 allows it without."""
_BASICS = [
    *("name", "native_name", "label", "image", "email", "phone", "url", "location", "profiles", "contacts"),
    *("birth_date", "nationality", "pronouns", "visa", "summary"),
]
_FLAT = frozenset({"profiles", "contacts"})
_SHORT = (Shape.LINES, Shape.DATED)
"""Shapes of sections whose entries are written on one line each if they are short, as accounts are."""


class _Resolver(BaseResolver):
    """Quotes only what cvgen would not read as text; ``no``, ``3.10`` and ``2020-10`` need no quotes."""

    processing_version = None

    def __init__(self, version: object = None, loader: object = None) -> None:
        super().__init__(loader)


_Resolver.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Resolver.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile("<<$"), ["<"])
_Resolver.add_implicit_resolver("tag:yaml.org,2002:value", re.compile("=$"), ["="])


def write_profile(draft: ProfileDraft, source: str) -> str:
    """The text of profile.yaml for ``draft``, which was read from the file ``source``."""
    yaml = YAML()
    yaml.Resolver = _Resolver
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = CommentedMap()
    for name in sorted(draft.profile, key=_place_of):
        part = draft.profile[name]
        leftovers = part.leftovers if isinstance(part, DraftMapping) else []
        _add(tree, name, _node(name, part), indent=0, gap=bool(tree), leftovers=leftovers)
    out = io.StringIO()
    yaml.dump(tree, out)
    head = [
        f"Your profile, imported from {_safe(source)}.",
        "Render it:      cvgen render profile.yaml",
        "In your editor: cvgen schema profile.yaml -o cvgen.schema.json     for completion and checks",
        "yaml-language-server: $schema=./cvgen.schema.json",
        *(f"Note: {_safe(note)}" for note in draft.notes),
    ]
    tail = [*_comment_lines(draft.profile.leftovers, "Not imported, from other parts of the file:")]
    blocks = ("\n".join(f"# {line}".rstrip() for line in head), out.getvalue().rstrip("\n"))
    text = "\n\n".join(blocks) + "\n"
    return text + ("\n" + "\n".join(f"# {line}".rstrip() for line in tail) + "\n" if tail else "")


def _place_of(name: str) -> int:
    return list(Profile.model_fields).index(name)


def _node(name: str, value: Any) -> object:
    """The YAML of the part ``name`` of the profile."""
    if name == "basics":
        return _mapping(value, _BASICS, indent=2)
    if name == "sections":
        sections = CommentedMap()
        for key, section in value.items():
            row = LIKE[section.get("like", "entry")]
            made = CommentedMap()
            for field, one in section.items():
                made[field] = (
                    _sequence(one, _order_of(row), 6, flat=False) if field == "entries" else _value(field, one)
                )
            _add(sections, key, made, indent=2, leftovers=section.leftovers)
        return sections
    if name in LIKE:
        return _sequence(value, _order_of(LIKE[name]), 2, flat=LIKE[name].shape in _SHORT)
    return _value(name, value)


def _order_of(row: SectionRow) -> list[str]:
    """The order of an entry's keys: its heading first, then what a reader asks for next."""
    fields = row.fields
    parts = (fields.heading, fields.subheading, fields.level, fields.aside, "start end date url", fields.notes)
    rest = (fields.contacts, "summary text", fields.details, "highlights positions")
    return list(dict.fromkeys(" ".join((*parts, *rest)).split()))


def _mapping(part: Any, order: list[str], indent: int) -> CommentedMap:
    made = CommentedMap()
    known = [key for key in order if key in part]
    for key in [*known, *(key for key in part if key not in order)]:
        value = part[key]
        if key == "positions":
            node: Any = _sequence(value, _order_of(POSITION), indent + 2, flat=False)
        elif isinstance(value, list) and value and isinstance(value[0], DraftMapping):
            node = _sequence(value, [], indent + 2, flat=key in _FLAT)
        else:
            node = _value(key, value)
        made[key] = node
    return made


def _sequence(parts: list[Any], order: list[str], indent: int, *, flat: bool) -> CommentedSeq:
    made = CommentedSeq()
    for number, part in enumerate(parts):
        node = _mapping(part, order, indent + 2)
        if flat and _fits_one_line(node):
            node.fa.set_flow_style()
        made.append(node)
        if lines := _comment_lines(part.leftovers, "Not imported:"):
            made.yaml_set_comment_before_after_key(number, before="\n".join(lines), indent=indent)
    return made


def _fits_one_line(node: CommentedMap) -> bool:
    texts = [str(text) for value in node.values() for text in (value if isinstance(value, list) else [value])]
    nested = any(isinstance(value, (dict, LiteralScalarString, FoldedScalarString)) for value in node.values())
    return not nested and sum(len(text) + 2 for text in texts) + sum(len(key) + 2 for key in node) < _WIDTH


def _add(
    tree: CommentedMap,
    key: str,
    node: object,
    indent: int,
    *,
    gap: bool = False,
    leftovers: list[Leftover] | None = None,
) -> None:
    tree[key] = node
    lines = _comment_lines(leftovers or [], "Not imported:")
    if gap or lines:
        tree.yaml_set_comment_before_after_key(key, before="\n" * gap + "\n".join(lines), indent=indent)


def _value(key: str, value: object) -> object:
    """A text, a list or a mapping as YAML."""
    if isinstance(value, dict):
        made = CommentedMap((name, _value(name, one)) for name, one in value.items())
        for one in made.values():
            if isinstance(one, CommentedMap) and not key and _fits_one_line(one):
                one.fa.set_flow_style()
        if key in ("location", "options") and _fits_one_line(made):
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        items = CommentedSeq([_value("", one) for one in value])
        is_nested = any(isinstance(one, CommentedMap) for one in items)
        if key not in ("highlights", "courses") and not is_nested and sum(len(str(one)) + 2 for one in items) < _WIDTH:
            items.fa.set_flow_style()
        return items
    return _text(key, str(value))


def _text(key: str, text: str) -> object:
    if "\n" in text:
        return LiteralScalarString(text.rstrip("\n") + "\n" if text.strip() else text)
    if _MISREAD.search(text):
        return SingleQuotedScalarString(text)
    if len(text) <= _LONG or key not in _BLOCKS:
        return text
    lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    if " ".join(lines) != text or has_list_lines("\n".join(lines)):
        return text
    folded = FoldedScalarString(text)
    folded.fold_pos, at = [], 0
    for line in lines[:-1]:
        at += len(line)
        folded.fold_pos.append(at)
        at += 1
    return folded


def _comment_lines(leftovers: list[Leftover], title: str) -> list[str]:
    """Comment lines for ``leftovers``: place, text, and the reason if there is one."""
    lines = []
    for leftover in dict.fromkeys(leftovers):
        said = f" ({_safe(leftover.reason)})" if leftover.reason else ""
        first, *rest = _UNSAFE.sub("\ufffd", clean(leftover.text)).split("\n")
        place = _safe(leftover.where)
        lines += [f"  {place}: {first}{'' if rest else said}", *(f"    {line}" for line in rest)]
        if rest and said:
            lines[-1] += said
    return [title, *lines] if lines else []


def _safe(text: str) -> str:
    """``text`` on one line, without characters that YAML forbids, so that it stays in its comment."""
    return _UNSAFE.sub("\ufffd", one_line(clean(text)))


def count_leftovers(draft: ProfileDraft) -> int:
    """How many texts of the source are in comments."""

    def count(node: object) -> int:
        if isinstance(node, dict):
            return (len(node.leftovers) if isinstance(node, DraftMapping) else 0) + sum(map(count, node.values()))
        return sum(map(count, node)) if isinstance(node, list) else 0

    return count(draft.profile) + sum(len(paper.leftovers) for paper in draft.papers)
