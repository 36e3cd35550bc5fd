"""Turns a name as typed into an Author, and reads the marks typed into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bibtexparser.middlewares.names import parse_single_name_into_parts

from cvgen.model.marks import Mark
from cvgen.model.name_particles import PARTICLES
from cvgen.model.publication import Author, is_ideographic
from cvgen.sources.entry.author_list import split_authors
from cvgen.sources.entry.extended_names import is_extended, parse_extended
from cvgen.sources.entry.name_marks import take_marks, unify_symbol
from cvgen.sources.inline.accents import decode_letters, restore_strokes
from cvgen.sources.inline.tex_branches import choose_branch
from cvgen.sources.inline.tex_text import ReportMistake, latex_to_plain
from cvgen.sources.limits import LONGEST_NAME

_SPECIAL = re.compile(r"[^\w\s,.'’-]|,.*,|\d|_|\b(?:Prof|Dr|PD|Ing|Mag)\.")
_WITHOUT_ACCENTS = re.compile("[^\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f]+")
_SPACE_COMMAND = re.compile(r"\\[\s,;:]")
_SUFFIX = re.compile(r"(?:[JjSs]r|JR|SR|II|III|IV|VI|VII|VIII|2nd|3rd|[4-9]th)\.?")
_LIKE_INITIALS = re.compile(r"JR|SR|II|IV|VI")
_JOINED_PARTICLE = re.compile(r"(?:\w{1,4} )*[dDlL]['’]")
_DEGREE = re.compile(r"(?:ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|d\.?phil|mba|m\.?a|b\.?a|frs|esq)\.?", re.IGNORECASE)
_SURE_DEGREE = re.compile(r"(?:ph\.?\s?d|d\.?phil|m\.?sc|b\.?sc|mba|frs|esq)\.?", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:[^,{}]+,\s*)?(?P<title>(?:(?:Prof|Dr|PD|Dipl\.-Ing|Ing|Mag)\.(?:\s*(?:Dr|h\. ?c)\.)*\s+)+)(?=\w)"
)
_PARTICLES_LAST = re.compile(rf"(?P<given>.+?)\s+(?P<particle>(?:(?:{'|'.join(sorted(PARTICLES))})\b\s*)+)")
"""Particles that catalogues write after the given name: ``Berg, Joerg van der``."""
_PARTICLES_INSIDE = re.compile(
    r"(?P<given>[^\W\d_].*?)\s+(?P<particle>(?:van|von|vom|der|den|ter|ten|zu|zum)(?:\s+(?:de|der|den|het|dem|la|ter|ten))*)"
    r"\s+(?P<family>.+)"
)
"""Particles that only family names have, after a given name and before a family name: ``Haddad, N van den Berg``.

Others may be part of a given name: María del Carmen, Salah al Din.
"""
_BETA_FOR_SHARP_S = re.compile(r"(?<=[a-zß-ÿ}])(?:\{?\$\s*\\beta\s*\$\}?|β)(?=[a-z,\s]|$)")
_BRACKETED_END = re.compile(r"(?P<name>[^,{}]*[^\s,{}])\s*(?P<bracket>[(（][^()（）{}]+[)）])")
_CORRESPONDING = frozenset("†✉@")
"""Signs that most often mark the corresponding author."""
_LOST_CHARACTER = re.compile(r"\w\?\w|\ufffd")


@dataclass(frozen=True, slots=True)
class NameList:
    """An author list; ``truncated`` when it ends in ``and others``."""

    authors: tuple[Author, ...]
    truncated: bool = False


def parse_names(
    source: str,
    marks: Mapping[str, Mark],
    report: ReportMistake,
    report_at: Callable[[str], ReportMistake] | None = None,
) -> NameList:
    """Read an author field: ``Lin, Wei and Ada Long and others``.

    Problems of the list go to ``report``, those of one name to what ``report_at`` returns for it. A name without a
    letter is left out.
    """
    listed = split_authors(_restore_letters(source), report)
    reading = _NameReader(
        {unify_symbol(symbol): mark for symbol, mark in marks.items()}, report_at or (lambda _: report)
    )
    too_long = [name for name in listed.names if len(name) > LONGEST_NAME]
    if too_long:
        message = f"a name has {max(map(len, too_long)):,} characters and is left out; it may have {LONGEST_NAME:,}"
        report(message, "write 'and' between the names", "a name is too long and is left out")
    authors = tuple(reading.read(name) for name in listed.names if len(name) <= LONGEST_NAME)
    named = tuple(author for author in authors if _is_name(author.name))
    if len(named) < len(authors):
        report("the author list has an empty name, which is left out", "delete it, and the 'and' beside it")
    return NameList(named, listed.truncated)


def _restore_letters(source: str) -> str:
    """``source`` with the letters that exports write as formulas or conditions."""
    if "\\" in source:
        source = restore_strokes(choose_branch(source, math=False))
    return _BETA_FOR_SHARP_S.sub("ß", source) if "β" in source or "\\beta" in source else source


def _is_name(text: str) -> bool:
    """Whether ``text`` has a letter, a digit or a picture, and is not the ``and`` of an empty group."""
    return any(c.isalnum() or unicodedata.category(c) == "So" for c in text) and text.casefold() != "and"


def _once(report: ReportMistake) -> ReportMistake:
    """``report`` that drops repetitions, since each part of a name is read separately."""
    reported: set[str] = set()

    def report_once(message: str, hint: str, kind: str = "") -> None:
        if message not in reported:
            reported.add(message)
            report(message, hint, kind)

    return report_once


def _as_typed(name: str) -> str:
    """The longest part of ``name`` without accents, by which its place is found; accents are typed in many ways."""
    return max(_WITHOUT_ACCENTS.findall(name) or [name], key=len).strip() or name


class _NameReader:
    """Reads the names of one list; reports once what several names share."""

    def __init__(self, marks: Mapping[str, Mark], report_at: Callable[[str], ReportMistake]) -> None:
        self.marks, self.report_at = marks, report_at
        self.has_affiliations = False

    def read(self, source: str) -> Author:
        """The author that ``source`` names."""
        letters = decode_letters(source)
        if not _SPECIAL.search(letters):
            return _plain_name(letters)
        report = _once(self.report_at(_as_typed(source)))
        bare, symbols = take_marks(_SPACE_COMMAND.sub(" ", letters), source, report)
        read = frozenset(self.marks[symbol] for symbol in symbols if symbol in self.marks)
        unread = "".join(symbol for symbol in symbols if symbol not in self.marks)
        self._report_unread(unread, source, report)
        if _LOST_CHARACTER.search(bare):
            kind = "a letter of a name was lost when the file was saved"
            report(f"a letter of the name {source!r} was lost when the file was saved", "write the letter again", kind)
        return _split_name(bare, unread, report).with_marks(sorted(read), "typed into the name")

    def _report_unread(self, unread: str, source: str, report: ReportMistake) -> None:
        """Report marks without a meaning; marks that only refer to affiliations are reported once for the list."""
        if not unread:
            return
        sign = next((sign for sign in unread if not sign.isalnum()), "")
        if not sign and self.has_affiliations:
            return
        shown = sign or unread[0]
        first, other = ("corresponding", "equal") if shown in _CORRESPONDING else ("equal", "corresponding")
        hint = (
            f'define it in the profile: bibliography: {{marks: {{"{shown}": {first}}}}}, or {other}, as the paper says'
        )
        kind = f"the mark {sign!r} on a name is not explained, so it gives no role"
        if not sign:
            self.has_affiliations = True
            hint = f"delete it if it names an affiliation, else {hint}"
            kind = "a raised number or letter on a name is not explained, so it gives no role"
        report(f"the mark {unread!r} on {source!r} is not explained, so it gives no role", hint, kind)


@lru_cache(maxsize=1 << 16)
def _plain_name(source: str) -> Author:
    """A name of letters only; cached, since the same people write many papers."""
    return _split_name(source, "", lambda message, hint, kind="": None)


def _split_name(bare: str, unread: str, report: ReportMistake) -> Author:
    bare, titles = _take_degrees(_drop_title(bare, report))
    if bare.count(",") > 2 and not is_extended(bare):
        hint = "write Family, Suffix, Given; join names with 'and'"
        report(f"the name {bare!r} has more than two commas", hint, "a name has more than two commas")
    if "," not in bare and all(map(is_ideographic, bare.split())):
        return Author(bare, unread=unread)  # 王 小明: only the person knows where the family name ends
    bracket = ""
    if (found := _BRACKETED_END.fullmatch(bare)) and " " in found["name"]:  # "Xiaoming Wang (王小明)"
        bare, bracket = found["name"], " " + found["bracket"]
    family, given, particle, suffix = _split_parts(bare, report)
    given += bracket
    if not family:
        family, particle = particle, ""
    family, given, suffix = _take_suffix(family, given, suffix)
    if not particle and (found := _PARTICLES_LAST.fullmatch(given)):
        given, particle = found["given"], found["particle"].strip()
    if not particle and (found := _PARTICLES_INSIDE.fullmatch(given)) and found["family"][0].isupper():
        given, particle, family = found["given"], found["particle"], f"{found['family']} {family}"
    if _JOINED_PARTICLE.fullmatch(particle):  # "d' Aubignac"
        family, particle = particle + family, ""
    family, given = _order_scripts(family, given)
    return Author(family, given, particle, ", ".join(filter(None, (suffix, titles))), unread=unread)


def _drop_title(bare: str, report: ReportMistake) -> str:
    """``bare`` without a title such as Dr. before the name."""
    found = _TITLE.match(bare)
    if not found:
        return bare
    message = f"the title {found['title'].strip()!r} before a name is left out"
    report(message, "delete it: author lists name people without titles", "a title before a name is left out")
    return bare[: found.start("title")] + bare[found.end("title") :]


def _split_parts(bare: str, report: ReportMistake) -> tuple[str, str, str, str]:
    """The family name, the given name, the particle and the suffix, as BibTeX divides a name."""
    if is_extended(bare):
        family, given, particle, suffix = (latex_to_plain(part, report).strip() for part in parse_extended(bare))
    else:
        parts = parse_single_name_into_parts(bare, strict=False)
        given, particle, family, suffix = (
            " ".join(latex_to_plain(word, report) for word in words).strip()
            for words in (parts.first, parts.von, parts.last, parts.jr)
        )
    return family, given, particle, suffix


def _take_suffix(family: str, given: str, suffix: str) -> tuple[str, str, str]:
    """Family name, given name and suffix, where the suffix may be typed into one of the others."""
    if _SUFFIX.fullmatch(given) and suffix:  # "King, Martin, Jr.", against BibTeX's order
        return family, suffix, given
    if _SUFFIX.fullmatch(given) and not (_LIKE_INITIALS.fullmatch(given) and _is_family_alone(family)):  # "King, Jr."
        suffix, (given, _, family) = given, family.rpartition(" ")
    head, _, tail = family.rpartition(" ")
    if _SUFFIX.fullmatch(tail) and head and not suffix:  # "King Jr., Martin", "{Hunt, III}, H. B."
        family, suffix = head.rstrip(" ,"), tail
    if _SUFFIX.fullmatch(family) and given:  # "Martin King Jr."
        suffix, (given, _, family) = family, given.rpartition(" ")
    head, _, tail = given.rpartition(" ")
    if _SUFFIX.fullmatch(tail) and head and not suffix and tail not in ("JR", "SR"):  # "King, Martin Jr."
        given, suffix = head.rstrip(" ,"), tail
    return family, given, suffix


def _is_family_alone(family: str) -> bool:
    """Whether there is no given name before the family name: then ``JR`` in ``Anderson, JR`` are initials."""
    return " " not in family or family[0].islower()


def _take_degrees(bare: str) -> tuple[str, str]:
    """``Smith, John, PhD, MD`` without its degrees, and these."""
    parts = [part.strip() for part in bare.split(",")]
    count = len(parts)
    while count > 2 and _DEGREE.fullmatch(parts[count - 1]):
        count -= 1
    if count == 2 and _is_degree_alone(*parts[:2]):  # "Wei Lin, Ph.D."
        count = 1
    return ", ".join(parts[:count]), ", ".join(parts[count:])


def _is_degree_alone(name: str, last: str) -> bool:
    """Whether ``last`` cannot be a given name: ``M.D.`` and the like could be initials after a family name."""
    return _SURE_DEGREE.fullmatch(last) is not None or (last == "MD" and " " in name)


def _order_scripts(family: str, given: str) -> tuple[str, str]:
    """Move a name in another script, in brackets after the given name, to the end of the full name."""
    found = re.fullmatch(r"(.*?)\s*[(（]([^()（）]+)[)）]", given)
    if found and is_ideographic(found[2]) and not is_ideographic(found[1]):
        return f"{family} ({found[2]})", found[1]
    return family, given
