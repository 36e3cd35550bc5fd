"""The functions for citation styles that print people and fixed words: in the document's language and its own signs.

A style is written in English. In a document in another language, "and", "in" and "vol." are its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cvgen.backends.citations import around, join, link, marks, owner, quoted, text
from cvgen.diagnostics import InputError, Problem, suggest
from cvgen.model.inline import RichText
from cvgen.model.late_pattern import late_pattern
from cvgen.model.letter_case import capitalize_all
from cvgen.model.paper_signs import OWN_SCRIPT, is_own_script
from cvgen.model.publication import is_ideographic
from cvgen.model.shown_paper import PublicationItem, ShownAuthor

_FIELD = late_pattern(r"\{\w*\}")
_CHINESE = late_pattern("[\u3400-\u9fff]")
_COMMA = ", "
FORMS = ("full", "initials", "family", "capitals")
"""How a style prints names."""


def names(
    words: Mapping[str, str],
    people: Iterable[ShownAuthor],
    form: str = "full",
    last: str = " and ",
    two: str | None = None,
    *,
    gap: str = ", …, ",
    more: str = "",
) -> RichText:
    """Names one after the other, the owner's highlighted, with marks and, after a gap, the owner's place.

    ``form``: ``full`` (Wei Lin), ``initials`` (W. Lin), ``family`` (Lin, W.) or ``capitals`` (LIN W). ``last`` comes
    before the last of three or more, ``two`` before the last of two, ``gap`` where some are left out. ``more`` are
    the words for authors after the last one printed; ``last`` and ``two`` are then not used.
    """
    if form not in FORMS:
        raise InputError([Problem(f"{form!r} is not a form of names", None, suggest(form, FORMS))])
    listed = list(people)
    is_own = is_own_script(person.name for person in listed)
    comma = words["list_comma"] if is_own else _COMMA
    end = _say_and(two if two is not None and len(listed) == 2 else last, words, comma, is_own=is_own)
    joined = RichText()
    for index, person in enumerate(listed):
        if person.after_gap:
            before = gap.replace(_COMMA, comma) if index else f"…{comma}"
        elif index == 0:
            before = ""
        else:
            before = end if index + 1 == len(listed) and not more else comma
        joined = text(joined, before, _say_name(person, form, comma))
    return text(joined, more) if listed else joined


def _say_and(typed: str, words: Mapping[str, str], comma: str, *, is_own: bool) -> str:
    """What a style types before the last name, in the document's language; ``&`` stays between Latin names."""
    if typed == _COMMA:
        return comma
    if is_english(words) or ("&" in typed and not is_own):
        return typed
    has_word = any(map(str.isalpha, words["list_and"]))
    return words["list_and"] if has_word else comma


def is_english(words: Mapping[str, str]) -> bool:
    """Whether the document is in English, as styles are."""
    return words["code"].split("-")[0] == "en"


def _say_name(person: ShownAuthor, form: str, comma: str) -> RichText:
    name = text(_spell(person, form, comma))
    name = link(person.url, name) if person.url else name
    space = "" if person.position.startswith("（") else " "
    place = f"{space}{person.position}" if person.position else ""
    return text(owner(name) if person.is_owner else name, marks(person.marks), place)


def _spell(person: ShownAuthor, form: str, comma: str) -> str:
    if form == "full" or not person.given or is_ideographic(person.family + person.given):
        return person.name
    suffix = f", {person.suffix}" if person.suffix else ""
    if form == "initials":
        return f"{person.initials} {person.family}{suffix}"
    if form == "capitals":
        return f"{person.family.upper()} {person.initials.replace('.', '')}{suffix}"
    return f"{person.family}{comma if comma.endswith(' ') else _COMMA}{person.initials}{suffix}"


def authors(
    words: Mapping[str, str],
    item: PublicationItem,
    form: str = "full",
    last: str = " and ",
    two: str | None = None,
    *,
    gap: str = ", …, ",
    others: str = ", ",
    count: bool = True,
) -> RichText:
    """The authors of ``item`` as ``names`` prints them, with further facts.

    These are: that there are more authors (``others`` comes before the words for them) and how many (unless ``count``
    is false), that they are editors, and the collaboration for which they write.
    """
    more = _say_others(others, words) if item.truncated or item.cut else ""
    listed = names(words, item.authors, form, last, two, gap=gap, more=more)
    number = item.author_count if count else ""
    group = around("(", item.collaboration, ")") if listed else text(item.collaboration)
    return join([listed, number, item.people_note, group], " ")


def _say_others(before: str, words: Mapping[str, str]) -> str:
    """``, et al.`` with the sign that the style has before it; other languages' words have none."""
    if words["list_comma"] == "、":
        return words["others"]
    return (before if words["others"] == "et al." or _CHINESE.search(words["others"]) else " ") + words["others"]


def editors(
    words: Mapping[str, str], item: PublicationItem, form: str = "full", last: str = " and ", two: str | None = None
) -> RichText:
    """The editors of the book that ``item`` is in, without the word for editors."""
    more = _say_others(" ", words) if item.editors_truncated else ""
    return names(words, item.editors, form, last, two, more=more)


def label(words: Mapping[str, str], item: PublicationItem, own: Mapping[str, str] | None = None) -> str:
    """The kind of ``item``, if it must be named: as its entry names it, else in the style's ``own`` words (English
    documents only), else in the document's words."""
    if not item.kind_label or item.kind_text or not is_english(words):
        return item.kind_label
    return (own or {}).get(item.kind, item.kind_label)


def say(words: Mapping[str, str], key: str, part: object, own: str = "", *, starts: bool = False) -> RichText:
    """``part`` in the document's word ``key``, as in ``Bd. 12``; in English in the style's ``own``, ``vol. {}``.

    ``starts`` is whether a sentence begins here.
    """
    before, after = _FIELD.split(own if own and is_english(words) else words[key], maxsplit=1)
    if starts and before and words["sentence_start"] == "upper":
        before = capitalize_all(before[:1], words["code"]) + before[1:]
    return around(before, part, after)


def quote(words: Mapping[str, str], part: object, sign: str = "") -> RichText:
    """``part`` in the language's quotation marks, with ``sign`` inside them in English and after them elsewhere."""
    before, _, after = words["quotes"].partition("{text}")
    own = words["comma"].strip() if sign == "," and OWN_SCRIPT.search(str(part)) else sign
    return quoted(part, own, (before, after), inside=is_english(words))
