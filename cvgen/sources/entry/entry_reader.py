"""The fields of one raw entry as texts, with a Problem for each that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from cvgen.diagnostics import Location, Problem, warn
from cvgen.model.inline import Inlines, Plain, RichText, Text
from cvgen.sources.bibtex.raw_entry import RawEntry, RawField
from cvgen.sources.inline.accents import decode_simple
from cvgen.sources.inline.tex_text import ReportMistake, latex_to_plain, parse_latex

_NOTHING = RichText()


class EntryReader:
    """Reads the fields of ``entry``; ``problems`` collects what is wrong with them."""

    def __init__(self, entry: RawEntry) -> None:
        self.entry = entry
        self.problems: list[Problem] = []
        self.misspelt: set[str] = set(entry.refused)
        """Fields that are misspelt or unreadable in the entry, and so not reported as missing."""

    def warn(self, message: str, place: Location, hint: str | None, kind: str = "") -> None:
        """Report what is wrong with this entry; without ``kind``, problems with the same message are of one kind."""
        key = self.entry.key
        self.problems.append(warn(f"{key}: {message}", place, hint, kind=kind or message, entry=key))

    def add(self, problem: Problem) -> None:
        """Report ``problem``, with the key of its entry."""
        key, kind = self.entry.key, problem.kind or problem.message
        self.problems.append(replace(problem, message=f"{key}: {problem.message}", kind=kind, entry=key))

    def change(self, values: Mapping[str, str]) -> None:
        """Replace the values of some fields; an empty value counts as no field."""
        if not values:
            return
        fields = {name: f._replace(value=values.get(name, f.value)) for name, f in self.entry.fields.items()}
        self.entry = replace(self.entry, fields=fields)

    def report_at(self, field: RawField, words: str = "") -> ReportMistake:
        """A function that reports a message and a hint for ``field``, or for ``words`` in it."""

        def report(message: str, hint: str, kind: str = "") -> None:
            self.warn(message, field.place_of(words), hint, kind)

        return report

    def report_missing(self, name: str, message: str, hint: str) -> None:
        """Report that the entry lacks the field ``name``, unless the field is there with a misspelt name."""
        if name not in self.misspelt:
            kind = f"an entry has no {name}"
            self.problems.append(warn(message, self.entry.location, hint, kind=kind, entry=self.entry.key))

    def rich(self, *names: str) -> RichText:
        """The first of the fields ``names`` that is not empty; an empty RichText if there is none."""
        field = self.entry.get(*names)
        if field is None:
            return _NOTHING
        text = field.value.strip()
        nodes = _parse_simple(text)
        return RichText(parse_latex(text, self.report_at(field)) if nodes is None else nodes, field.location)

    def text(self, *names: str) -> Text | None:
        """The result of ``rich`` as a Text; None if it is empty."""
        words = self.rich(*names)
        return Text((("", words),)) if words else None

    def plain(self, *names: str) -> str:
        """The result of ``rich`` as plain characters."""
        field = self.entry.get(*names)
        if field is None:
            return ""
        text = field.value.strip()
        return text if text.isalnum() else latex_to_plain(text, self.report_at(field)).strip()


@lru_cache(maxsize=1 << 13)
def _parse_simple(text: str) -> Inlines | None:
    """The result of ``parse_latex`` for text without formulas and commands; None for other text.

    It is cached, since many entries share a journal, a publisher and a place.
    """
    plain = None if "$" in text else decode_simple(text)
    return (Plain(plain),) if plain else None
