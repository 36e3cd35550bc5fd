"""Imports samples of other tools' files, and finds the texts that an import lost."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from helpers import run_cvgen

import cvgen
from cvgen.convert.orcid_record import simplify
from cvgen.model.profile import Profile

SAMPLES = Path(__file__).parent / "fixtures" / "import"


def imported(source: Path, folder: Path, *more: str) -> Profile:
    """The profile that is made of ``source`` in ``folder``, which must be readable without an error."""
    ran = run_cvgen("import", source, "-o", folder, *more)
    assert ran.code == 0, ran.err
    return cvgen.read_profile(folder / "profile.yaml").profile


def words(text: str) -> str:
    """The letters and digits of ``text`` with single spaces between words; HTML, TeX and escapes taken out."""
    text = re.sub(r"</?(?:p|b|ul|li|br|i|em|strong|a)\b[^<>]*>", " ", unescape(text))
    text = re.sub(r"\\text[a-z]+\{\}|\bhttps?://|T00:00:00(?:\.000)?Z", " ", text.replace("(at)", "@"))
    text = "".join(character for character in text if character.isprintable() or character.isspace())
    return " ".join(re.split(r"[\W_]+", text.casefold()))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in the values of a JSON file."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif value is not None:
        yield str(value)


def lost_texts(texts: Iterator[str], folder: Path, rewritten: Mapping[str, str] = {}) -> list[str]:
    """The ``texts`` that are in none of the files in ``folder``.

    Names of authors and addresses of accounts may have another form. ``rewritten`` has texts that become others.
    """
    written = [path.read_text("utf-8") for path in folder.iterdir() if path.suffix in (".yaml", ".bib")]
    career = cvgen.read_profile(folder / "profile.yaml")
    accounts = [account.address for account in career.profile.basics.profiles]
    authors = [author.name for paper in career.publications for author in paper.authors]
    there = " ".join(["", *map(words, [*written, *accounts, *authors]), ""])
    lines = (line for text in texts for line in re.split(r"[\n\r]", rewritten.get(text, text)))
    return [line for line in lines if words(line).strip() and f" {words(line).strip()} " not in there]


def zipped(files: dict[str, str], path: Path, encoding: str = "utf-8") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode(encoding))
    return path


def texts_of_a_person(value: Any) -> Iterator[str]:
    """Every text of a record but for what ORCID notes about each part; dates are joined."""
    value = simplify(value)
    if isinstance(value, dict):
        value = {key: one for key, one in value.items() if key not in ("locale", "claimed")}
    yield from texts_in(value)
