"""Writes a change to a person's profile: the whole file or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.edit.alias import with_alias
from cvgen.edit.new_letter import NewLetter, with_letter
from cvgen.edit.new_variant import NewVariant, with_renewed_variant, with_variant
from cvgen.edit.values import find_node, with_body, with_item, with_value, with_wrapped
from cvgen.model.base import is_language_mapping
from cvgen.model.owner import find_spellings, fold
from cvgen.model.refs import ProfilePath
from cvgen.pipeline.whole_files import write_whole
from cvgen.sources.text_file import read_utf8
from cvgen.sources.yaml.profile_reader import build_profile
from cvgen.sources.yaml.tree import Scalar, parse_yaml


def add_alias(profile: Path, spelling: str) -> bool:
    """Put ``spelling`` under ``bibliography: aliases`` of the file ``profile``; raises InputError.

    Returns False, and leaves the file, where ``spelling`` is a spelling of the owner's name already.
    """
    text = _read(profile)
    tree, _ = parse_yaml(text, str(profile))
    known, _, _ = build_profile(tree)
    if known and fold(spelling) in find_spellings(known).spellings:
        return False
    changed = with_alias(text, str(profile), spelling)
    if changed == text:
        return False
    save_profile(profile, changed)
    return True


def add_variant(profile: Path, new: NewVariant, letter: NewLetter | None = None) -> None:
    """Add the variant ``new``, last of all, to the file ``profile``, and a ``letter`` for it; raises InputError."""
    text = with_variant(_read(profile), str(profile), new)
    save_profile(profile, with_letter(text, str(profile), letter) if letter else text)


def renew_variant(profile: Path, new: NewVariant) -> None:
    """Write the settings of ``new`` into the variant of this name; raises InputError and then changes nothing."""
    before = _read(profile)
    _save_checked(profile, before, with_renewed_variant(before, str(profile), new))


def set_values(profile: Path, values: Mapping[ProfilePath, str]) -> None:
    """Set each of ``values``, by its path, in the file ``profile``; raises InputError and then changes nothing."""
    text = before = _read(profile)
    for path, value in values.items():
        text = with_value(text, str(profile), path, value)
    _save_checked(profile, before, text)


def flag_part(profile: Path, path: ProfilePath, flag: str, value: bool) -> None:
    """Set ``flag``, which is ``pin`` or ``hidden``, of the entry or bullet at ``path``; raises InputError.

    A bullet that is a text alone becomes a mapping with this text.
    """
    before = _read(profile)
    tree, _ = parse_yaml(before, str(profile))
    node, word = find_node(tree, path), str(value).lower()
    if isinstance(node, Scalar) or is_language_mapping(node):
        text = with_body(before, str(profile), path, "text", flag, word)
    else:
        text = with_value(before, str(profile), (*path, flag), word)
    _save_checked(profile, before, text)


def pin_paper(profile: Path, section: ProfilePath, key: str) -> None:
    """Add the paper ``key`` to those that the section of a variant at the path ``section`` pins; raises InputError."""
    if not section:
        hint = f"write the variant's sections, and among them: publications: {{pin: [{key}]}}"
        raise InputError([Problem("a paper is pinned in a section of a variant", Location(str(profile)), hint)])
    before = _read(profile)
    tree, _ = parse_yaml(before, str(profile))
    node = find_node(tree, section)
    if isinstance(node, dict) and len(node) == 1:
        text = with_item(before, str(profile), (*section, next(iter(node)), "pin"), key)
    else:
        text = with_wrapped(before, str(profile), section, {"pin": [key]})
    _save_checked(profile, before, text)


def _save_checked(profile: Path, before: str, text: str) -> None:
    """Write ``text`` in place of ``before``; raises InputError if the profile would have an error that it had not."""
    if text == before:
        return
    known = {problem.message for problem in _find_errors(profile, before)}
    if new := [problem for problem in _find_errors(profile, text) if problem.message not in known]:
        raise InputError(new)
    save_profile(profile, text)


def _find_errors(profile: Path, text: str) -> list[Problem]:
    tree, problems = parse_yaml(text, str(profile))
    _, _, found = build_profile(tree)
    return [problem for problem in (*problems, *found) if problem.is_error]


def _read(profile: Path) -> str:
    return read_utf8(profile, "profile")


def save_profile(profile: Path, text: str) -> None:
    """Write ``text`` to the file ``profile``; a byte order mark stays."""
    mark = "\ufeff" if profile.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    write_whole(profile, (mark + text).encode())
