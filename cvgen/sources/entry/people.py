"""The people of an entry, as authors, editors or translators, with everything that annotations say about them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cvgen.model.marks import Mark
from cvgen.model.publication import Author
from cvgen.sources.bibtex.raw_entry import PlaceFinder
from cvgen.sources.entry.annotations import Annotation, MarkWords, parse_annotations
from cvgen.sources.entry.entry_reader import EntryReader
from cvgen.sources.entry.names import NameList, parse_names

_OUR_ANNOTATIONS = (None, "default", "role", "roles", "orcid", "credit")


def read_people(reader: EntryReader, name: str, marks: Mapping[str, Mark], words: MarkWords) -> NameList:
    """The people in the field ``name`` (``author``, ``editor``, ``translator``), annotated; empty without that field.

    ``marks`` are the signs typed into names, ``words`` reads the words of annotations.
    """
    field = reader.entry.get(name)
    if field is None:
        return NameList(())
    listed = parse_names(field.value, marks, reader.report_at(field), lambda text: reader.report_at(field, text))
    return replace(listed, authors=_annotate_all(reader, name, listed, words))


def _annotate_all(reader: EntryReader, name: str, listed: NameList, words: MarkWords) -> tuple[Author, ...]:
    people = list(listed.authors)
    starts = (f"{name}+an", f"{name}-an")
    for field_name, field in reader.entry.fields.items():
        if not field_name.startswith(starts):
            continue
        found = re.fullmatch(rf"{name}[+-]an(?::(?P<name>[\w-]+))?", field_name)
        if not found or found["name"] not in _OUR_ANNOTATIONS:
            continue  # another tool's annotation, such as affiliations
        annotations, problems = parse_annotations(
            field.value, len(people), PlaceFinder(field), role=name, truncated=listed.truncated
        )
        place_of = PlaceFinder(field)
        for problem in problems:
            reader.add(problem)
        for annotation in annotations:
            index = annotation.index - 1
            people[index] = _annotate(reader, people[index], annotation, found["name"], place_of, words)
    return tuple(people)


def _annotate(
    reader: EntryReader,
    author: Author,
    annotation: Annotation,
    name: str | None,
    place_of: PlaceFinder,
    words: MarkWords,
) -> Author:
    values = annotation.values
    if name == "orcid":
        return replace(author, orcid=values[0].strip('"'))
    if name == "credit":
        return replace(author, credit=tuple(value.strip('" ') for value in values))
    marks = [words.read(value, reader.entry.key, place_of(value)) for value in values]
    return author.with_marks(
        [mark for mark in marks if mark], f"annotation, line {place_of.field.location.line}", annotation.place
    )
