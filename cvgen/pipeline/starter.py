"""Writes the starter files of ``cvgen new``: a commented profile, publications where they are usual, and its schema.

Each folder of ``starter_files`` is for people of one kind; ``@NAME@``, ``@ADDRESS@`` and ``@BIBNAME@`` are filled in.
``profile.de.yaml`` is the profile in German. ``funders.yaml`` is the end of a profile in every language.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem, suggest
from cvgen.pipeline.schema import SCHEMA_NAME, write_schema
from cvgen.pipeline.starter_choices import StarterChoices, apply_choices, check_choices, say_untranslated
from cvgen.pipeline.whole_files import write_whole
from cvgen.select.language import FALLBACK, list_ancestors
from cvgen.sources.bibtex.csl_values import escape_latex

_FOLDER = resources.files("cvgen.pipeline") / "starter_files"
PROFILE = "profile.yaml"
_FILES = (PROFILE, "papers.bib")
_END = "funders.yaml"
RESEARCHER = "researcher"
USUAL = StarterChoices()


def list_starters() -> list[str]:
    """The kinds of people for whom there is a starter."""
    return sorted(folder.name for folder in _FOLDER.iterdir() if folder.is_dir())


def write_starter(
    name: str,
    folder: Path,
    kind: str = RESEARCHER,
    choices: StarterChoices = USUAL,
    *,
    with_schema: bool = True,
) -> list[Path]:
    """Write the profile of ``name``, a person of one ``kind``, into ``folder``, and papers.bib if there is one.

    The schema for editors is written beside it, over an older one. Raises InputError for a kind or a choice that does
    not exist, and if one of the files does.
    """
    given, family = _split(name)
    if kind not in list_starters():
        raise InputError([Problem(f"there is no starter for {kind!r}", None, suggest(kind, list_starters()))])
    theme = check_choices(choices, folder)
    files = {
        folder / file: _fill(text, name.strip(), given, family)
        for file, text in _read_texts(kind, choices.language).items()
    }
    files[folder / PROFILE] = apply_choices(files[folder / PROFILE], choices, theme)
    there = [path for path in files if path.exists()]
    if there:
        hint = "choose another folder with -d, or move the file away"
        raise InputError([Problem(f"{path.name} already exists", Location(str(path)), hint) for path in there])
    for path, text in files.items():
        write_whole(path, text.encode())
    if not with_schema:
        return list(files)
    schema = folder / SCHEMA_NAME
    write_schema(folder / PROFILE, schema)
    return [*files, schema]


def _read_texts(kind: str, language: str | None) -> dict[str, str]:
    """The files of a starter, in ``language`` if there is one in it; else a comment says that the texts are English."""
    sources = {file: _FOLDER / kind / file for file in _FILES}
    texts = {file: source.read_text("utf-8") for file, source in sources.items() if source.is_file()}
    ancestors = [code for code in list_ancestors(language or FALLBACK) if code != FALLBACK]
    own = (_FOLDER / kind / f"profile.{code}.yaml" for code in ancestors)
    translated = next((path for path in own if path.is_file()), None)
    if translated:
        texts[PROFILE] = translated.read_text("utf-8")
    elif ancestors and language:
        texts[PROFILE] = say_untranslated(language) + texts[PROFILE]
    end = _FOLDER / kind / _END
    if end.is_file():
        texts[PROFILE] += end.read_text("utf-8")
    return texts


def _split(name: str) -> tuple[str, str]:
    if not name.strip() or not name.isprintable():
        raise InputError([Problem("the name is missing", None, 'write: cvgen new "Wei Lin"')])
    given, _, family = name.strip().rpartition(" ")
    return given, family


_OTHERS = (("Ada", "Long"), ("Chidi", "Okafor"), ("Joan", "Ng"), ("Tom", "Kemp"))
"""The other people in the files."""
_STAND_IN = ("Mira", "Sand")
"""The name of one of them in the files of a person with the same name: nobody could say who is who."""


def _fill(text: str, name: str, given: str, family: str) -> str:
    if (given.title(), family.title()) in _OTHERS:
        for pattern in ("{0} {1}", "{1}, {0}"):
            text = text.replace(pattern.format(given.title(), family.title()), pattern.format(*_STAND_IN))
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_name.casefold()) or ["me"]
    address, account = ".".join(words), "-".join(words)  # GitHub's names have no dots
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    bib_family, bib_given = escape_latex(family), escape_latex(given)
    bib_name = f"{{{bib_family}}}, {{{bib_given}}}" if given else f"{{{escape_latex(name)}}}"
    text = text.replace("@NAME@", quoted).replace("@BIBNAME@", bib_name)
    return text.replace("@ADDRESS@", address).replace("@ACCOUNT@", account)
