"""Writes a change to a person's profile: the whole file or nothing."""

from __future__ import annotations

from pathlib import Path

from cvgen.edit.alias import with_alias
from cvgen.edit.new_letter import NewLetter, with_letter
from cvgen.edit.new_variant import NewVariant, with_variant
from cvgen.model.owner import find_spellings, fold
from cvgen.pipeline.whole_files import write_whole
from cvgen.sources.text_file import read_utf8
from cvgen.sources.yaml.profile_reader import build_profile
from cvgen.sources.yaml.tree import parse_yaml


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


def _read(profile: Path) -> str:
    return read_utf8(profile, "profile")


def save_profile(profile: Path, text: str) -> None:
    """Write ``text`` to the file ``profile``; a byte order mark stays."""
    mark = "\ufeff" if profile.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    write_whole(profile, (mark + text).encode())
