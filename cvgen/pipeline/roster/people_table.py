"""Makes a profile for each row of a table of people, around a bibliography that they share."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cvgen.convert.profile_draft import DraftMapping, ProfileDraft
from cvgen.convert.write_profile import write_profile
from cvgen.diagnostics import InputError, Location, Problem, Problems, suggest, warn
from cvgen.model.networks import Network, find_network
from cvgen.pipeline.file_names import plain_name
from cvgen.pipeline.whole_files import write_all
from cvgen.sources.csv_file import parse_csv
from cvgen.sources.text_file import read_bytes, read_utf8

_FIELDS = {
    "name": "name",
    "full name": "name",
    "native name": "native_name",
    "label": "label",
    "position": "label",
    "title": "label",
    "role": "label",
    "email": "email",
    "e-mail": "email",
    "phone": "phone",
    "url": "url",
    "website": "url",
    "homepage": "url",
    "location": "location",
    "city": "location",
    "summary": "summary",
}
"""Heads of columns, and the field of ``basics`` that their cells fill."""
_ALIASES = "aliases"
_GENERATED = "cvgen batch writes this file again from the table; to keep your changes, delete this line"


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """The profiles made from a table, and the problems that do not end the run."""

    profiles: tuple[Path, ...]
    problems: tuple[Problem, ...]


def write_profiles(table: Path, bibliographies: Sequence[Path], folder: Path) -> PeopleTable:
    """Write a profile into ``folder`` for each row of ``table``, and return all of them in its order.

    A profile whose first lines no longer say that it is generated is left as it is. Raises InputError for a table or
    a bibliography that cannot be read, and with each row without a name.
    """
    rows = parse_csv(read_bytes(table, "table"), str(table))
    problems = Problems(_find_unknown(rows, table))
    missing = [bib for bib in bibliographies if not bib.is_file()]
    problems.extend(
        Problem(f"the bibliography {str(bib)!r} does not exist", None, "name a .bib file") for bib in missing
    )
    if not rows:
        problems.add(Problem("the table has no row", Location(str(table)), "write a head such as name,orcid,aliases"))
    people = [_read_row(row) for row in rows]
    problems.extend(_find_unnamed(people, table))
    problems.stop_if_errors()
    names = [os.path.relpath(bib, folder) for bib in bibliographies]
    paths = list(_name_files(people, folder))
    problems.extend(_find_repeated(people, paths, table))
    problems.stop_if_errors()
    texts = {
        path: _write_text(person, names, table) for path, person in zip(paths, people, strict=True) if _may_write(path)
    }
    write_all({path: text.encode() for path, text in texts.items()}, keep=[table, *bibliographies])
    return PeopleTable(tuple(paths), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Row:
    """One person: fields of ``basics``, names of accounts by network, and other spellings of the name."""

    basics: Mapping[str, str]
    accounts: Mapping[str, str]
    aliases: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.basics.get("name", "")


def _plain(head: str) -> str:
    return re.sub(r"[\s_]+", " ", head).strip().casefold()


def _read_row(row: Mapping[str, str]) -> _Row:
    cells = {_plain(head): cell.strip() for head, cell in row.items()}
    basics = {_FIELDS[head]: cell for head, cell in cells.items() if head in _FIELDS}
    accounts = {network.key: cell for head, cell in cells.items() if (network := _find_network(head))}
    aliases = tuple(alias.strip() for alias in cells.get(_ALIASES, "").split(";") if alias.strip())
    return _Row(basics, accounts, aliases)


def _find_network(head: str) -> Network | None:
    return find_network(head) if head not in _FIELDS else None


def _find_unknown(rows: Iterable[Mapping[str, str]], table: Path) -> Iterator[Problem]:
    """A warning for each column that is not read."""
    heads = dict.fromkeys(head for row in rows for head in row)
    for head in heads:
        if _plain(head) not in (*_FIELDS, _ALIASES) and not _find_network(_plain(head)):
            hint = suggest(_plain(head), [*_FIELDS, _ALIASES, "orcid"])
            yield warn(f"the column {head!r} is not read", Location(str(table), 1, 1), hint)


def _find_unnamed(people: Iterable[_Row], table: Path) -> Iterator[Problem]:
    for number, person in enumerate(people, 1):
        if not person.name:
            message = f"person {number} of the table has no name"
            yield Problem(message, Location(str(table)), "fill in the column 'name'", kind="a person has no name")


def _name_files(people: Sequence[_Row], folder: Path) -> Iterator[Path]:
    """A file for each person, by name; people of one name also by ORCID."""
    counts = Counter(plain_name(person.name).casefold() for person in people)
    for person in people:
        name = plain_name(person.name)
        orcid = person.accounts.get("orcid", "")
        number = re.sub(r".*orcid\.org/", "", orcid)
        more = f"-{plain_name(number)}" if counts[name.casefold()] > 1 and number else ""
        yield folder / f"{name}{more}.yaml"


def _find_repeated(people: Sequence[_Row], paths: Sequence[Path], table: Path) -> Iterator[Problem]:
    """A Problem for each file that two people would have, also on a disk that ignores case."""
    counts = Counter(str(path).casefold() for path in paths)
    first = {str(path).casefold(): person.name for path, person in zip(reversed(paths), reversed(people), strict=True)}
    for path, count in counts.items():
        if count > 1:
            message = f"{count} people of the table have the name {first[path]!r}"
            yield Problem(message, Location(str(table)), "give each an ORCID, in a column 'orcid'")


def _may_write(path: Path) -> bool:
    """Whether ``path`` is not there, or still says that it is generated."""
    if not path.exists() and not path.is_symlink():
        return True
    try:
        return _GENERATED in read_utf8(path, "profile").partition("\n\n")[0]
    except InputError:
        return False  # the render says what is wrong with it


def _write_text(person: _Row, bibliographies: Sequence[str], table: Path) -> str:
    draft = ProfileDraft(notes=[_GENERATED])
    accounts = [{"network": key, _account_field(value): value} for key, value in person.accounts.items()]
    draft.profile["basics"] = DraftMapping({**person.basics, **({"profiles": accounts} if accounts else {})})
    settings: dict[str, object] = {"files": list(bibliographies), "shared": True} if bibliographies else {}
    if person.aliases:
        settings["aliases"] = list(person.aliases)
    if settings:
        draft.profile["bibliography"] = DraftMapping(settings)
    return write_profile(draft, table.name)


def _account_field(value: str) -> str:
    return "url" if value.startswith(("http://", "https://")) else "username"
