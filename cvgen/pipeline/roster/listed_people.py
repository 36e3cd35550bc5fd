"""The people of a roster: which profiles are meant, and the name of each person's file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from os.path import commonpath
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem, Problems
from cvgen.sources.limits import TooSlowError, limit_time
from cvgen.sources.text_file import read_utf8

_ENDINGS = (".yaml", ".yml")
_USUAL = frozenset({"profile", "cv"})
"""Names of a profile that say nothing: its folder's name is the person's."""
_HINT = "give profiles, folders with a profile.yaml for each person, or a text file with one profile on each line"


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a roster: the profile, and the name of the files made from it, such as ``physics/ada``."""

    profile: Path
    name: str


def find_people(sources: Sequence[str]) -> list[Person]:
    """The people that ``sources`` name, in their order and each once.

    A source is a profile, a folder, a pattern such as ``people/*/profile.yaml``, or a text file that lists sources.
    Raises InputError with each source that leads to no profile, and with people whose files would have one name.
    """
    problems = Problems()
    profiles: dict[Path, None] = {}
    for source in sources:
        with problems.collect():
            profiles |= dict.fromkeys(_find_profiles(source, None))
    problems.stop_if_errors()
    people = list(_name_people(list(profiles)))
    problems.extend(_find_same_names(people))
    problems.stop_if_errors()
    return people


def _find_profiles(source: str, listed_at: Location | None) -> list[Path]:
    """The profiles that ``source`` names; a list inside a list is not read."""
    path = Path(source)
    try:
        if path.is_file() and path.suffix.lower() not in _ENDINGS and listed_at is None:
            return _read_list(path)
        with limit_time():
            found = [path] if path.is_file() else _search_folder(path) if path.is_dir() else _search_pattern(source)
    except TooSlowError as error:
        message = f"the search for profiles at {source!r} was stopped: {error}"
        raise InputError([Problem(message, listed_at, "name a folder with fewer files below it")]) from None
    except (OSError, ValueError):  # a NUL in the name, a folder that may not be read
        found = []
    if not found:
        raise InputError([Problem(f"no profile was found at {source!r}", listed_at, _HINT)])
    return found


def _search_pattern(pattern: str) -> list[Path]:
    matches = glob(pattern, recursive=True)  # noqa: PTH207 – Path.glob takes no absolute pattern
    return sorted(match for match in map(Path, matches) if match.is_file())


def _search_folder(folder: Path) -> list[Path]:
    """Every profile.yaml below ``folder``; without any, the YAML files in it."""
    usual = sorted(path for ending in _ENDINGS for path in folder.rglob(f"profile{ending}") if path.is_file())
    return usual or sorted(path for ending in _ENDINGS for path in folder.glob(f"*{ending}") if path.is_file())


def _read_list(path: Path) -> list[Path]:
    """The profiles on the lines of the text file ``path``, whose names start from its folder; ``#`` starts a note."""
    problems = Problems()
    found: list[Path] = []
    for number, line in enumerate(read_utf8(path, "list of profiles").splitlines(), 1):
        if source := line.partition("#")[0].strip():
            with problems.collect():
                found += _find_profiles(str(path.parent / source), Location(str(path), number, 1))
    problems.stop_if_errors()
    if not found:
        raise InputError([Problem("the list names no profile", Location(str(path), 1, 1), _HINT)])
    return found


def _name_people(profiles: Sequence[Path]) -> Iterator[Person]:
    """Each profile with its path below the folder that all have in common, without the usual names of profiles."""
    resolved = [path.absolute() for path in profiles]
    common = Path(commonpath([path.parent for path in resolved])) if resolved else Path()
    if all(path.parent == common and path.stem in _USUAL for path in resolved):
        common = common.parent  # one person alone: the folder is the name
    for profile, path in zip(profiles, resolved, strict=True):
        below = path.relative_to(common)
        name = below.parent if below.stem in _USUAL and below.parent != Path() else below.with_suffix("")
        yield Person(profile, name.as_posix())


def _find_same_names(people: Iterable[Person]) -> Iterator[Problem]:
    by_name: defaultdict[str, list[Path]] = defaultdict(list)
    for person in people:
        by_name[person.name.casefold()].append(person.profile)  # one file on a disk that ignores case
    for profiles in by_name.values():
        for profile in profiles[1:]:
            message = f"{str(profiles[0])!r} and {str(profile)!r} would both write one file"
            yield Problem(message, Location(str(profile)), "rename one of them, or render it with a call of its own")
