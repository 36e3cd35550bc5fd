"""Rules about the words of bullets: weak openings, nothing measured, the first person, the same verb again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from cvgen.advice.cv_text import CvText, EntryText, Passage
from cvgen.advice.remark import Remark
from cvgen.advice.vocabulary import Vocabulary, load_vocabulary
from cvgen.examine.finding import shorten
from cvgen.model.signs import Sign
from cvgen.select.bullet_words import find_signs

_RESULTS = frozenset({Sign.NUMBER, Sign.OUTCOME})
_OFTEN = 5
"""From this many bullets on, a verb is repeated too often."""
_QUOTED = re.compile(
    '“[^”]{0,200}”|„[^“]{0,200}“|«[^»]{0,200}»|"[^"]{0,200}"|「[^」]{0,200}」|『[^』]{0,200}』|《[^》]{0,200}》'
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CLAUSE_END = re.compile(r"[;.:,–—]\s|[;.:,]?$")


_read_signs = lru_cache(maxsize=4096)(find_signs)
"""Cached, since two rules ask for the signs of each bullet."""


def mark_openings(cv: CvText) -> Iterator[Remark]:
    """Bullets that begin by saying that the person was there, not what they did."""
    for entry, bullet in cv.bullets:
        if opening := _find_weak_opening(bullet.text, cv.language):
            yield Remark(
                f"{shorten(opening)} says that you were there, not what you did",
                "begin with what you did yourself (and say what came of it), or leave the bullet out",
                bullet.location,
                bullet.text,
                entry.name,
            )


def _find_weak_opening(text: str, language: str) -> str:
    """The weak opening of a bullet; empty if it has none, or if a result follows."""
    signs = _read_signs(text, language)
    opening = next((found.words for found in signs if found.sign is Sign.WEAK_OPENING), "")
    vocabulary = load_vocabulary(language)
    is_duty = bool(vocabulary and vocabulary.duty_openings.match(opening))
    return opening if is_duty or not any(found.sign in _RESULTS for found in signs) else ""


def mark_missing_results(cv: CvText) -> Iterator[Remark]:
    """Bullets of jobs and projects without a number and without an outcome, apart from those with a weak opening."""
    for entry, bullet in cv.bullets:
        if not entry.row.tells_results or _is_break(entry, cv.language):
            continue
        if not _has_result(bullet.text, cv.language) and not _find_weak_opening(bullet.text, cv.language):
            yield Remark(
                f"{shorten(bullet.text)} has no number and no result",
                "say how much, how many or how often, or what changed; if there is nothing to say, leave it out",
                bullet.location,
                bullet.text,
                entry.name,
            )


def _has_result(text: str, language: str) -> bool:
    if any(found.sign in _RESULTS for found in _read_signs(text, language)):
        return True
    vocabulary = load_vocabulary(language)
    return bool(vocabulary and vocabulary.result_clauses.search(text))


def _is_break(entry: EntryText, language: str) -> bool:
    """Whether the entry is a break, such as parental leave, for which nobody expects results."""
    vocabulary = load_vocabulary(language)
    return bool(vocabulary and vocabulary.breaks.search(entry.name))


def mark_first_person(cv: CvText) -> Iterator[Remark]:
    """Bullets with "I" or "my", unless that is how most bullets are written."""
    vocabulary = load_vocabulary(cv.language)
    if vocabulary is None:
        return
    bullets = list(cv.bullets)
    found = [(entry, bullet, word) for entry, bullet in bullets if (word := _find_pronoun(bullet.text, vocabulary))]
    if len(found) * 2 > len(bullets):
        return
    for entry, bullet, word in found:
        yield Remark(
            f"{shorten(word)} is a pronoun of the first person, and most of your bullets have none",
            "leave it out: the reader knows that the bullet is about you",
            bullet.location,
            bullet.text,
            entry.name,
            words=word,
        )


def _find_pronoun(text: str, vocabulary: Vocabulary) -> str:
    """The first pronoun outside quotation marks; empty if there is none. A capital counts where a clause begins."""
    plain = vocabulary.not_first_person.sub(" ", _QUOTED.sub(" ", text))
    for match in vocabulary.first_person.finditer(plain):
        before = plain[: match.start()].rstrip()
        is_name = match[0][:1].isupper() and match[0][:2] not in ("I", "I'", "I’") and before[-1:] not in ".;:!?(–—"
        if not is_name:
            return match[0]
    return ""


def mark_repeated_verbs(cv: CvText) -> Iterator[Remark]:
    """A verb that begins five bullets or more (in German: that ends them)."""
    vocabulary = load_vocabulary(cv.language)
    if vocabulary is None or not vocabulary.repeated:
        return
    bullets: dict[str, list[Passage]] = defaultdict(list)
    for _, bullet in cv.bullets:
        if verb := find_verb(bullet.text, vocabulary):
            bullets[verb].append(bullet)
    for verb, found in bullets.items():
        if len(found) >= _OFTEN:
            places = ", ".join(str(one.location.line) for one in found if one.location)
            where = "ends" if vocabulary.repeated == "last word" else "begins"
            yield Remark(
                f"{verb!r} {where} {len(found)} bullets (lines {places})",
                "in some of them, use a verb that says more exactly what you did",
                found[0].location,
                verb,
            )


def find_verb(text: str, vocabulary: Vocabulary) -> str:
    """The word of a bullet that is most likely its verb, in lower case; empty if there is none."""
    if vocabulary.repeated == "first two characters":
        begin = re.match("[\u4e00-\u9fff]{2}", _skip_lead_ins(text, vocabulary))
        return begin[0] if begin else ""
    if vocabulary.repeated == "last word":
        end = _CLAUSE_END.search(text)
        words = re.findall(r"[^\W\d_]+", text[: end.start()] if end else text)
        return words[-1] if len(words) > 1 and words[-1].islower() and words[-1].endswith(("t", "en")) else ""
    begin = re.match(r"[^\W\d_]{3,}(?![\w-])", _skip_lead_ins(text, vocabulary))
    word = begin[0].casefold() if begin else ""
    if not word or word in vocabulary.function_words:
        return ""
    if vocabulary.forms and not any(form.fullmatch(word) for form in vocabulary.forms.values()):
        return ""
    return "" if word in vocabulary.not_verbs else word


def _skip_lead_ins(text: str, vocabulary: Vocabulary) -> str:
    """``text`` without the words before its verb, and without a sign at its start."""
    rest = re.sub(r"^[^\w]+", "", text)
    while found := next((lead for lead in vocabulary.lead_ins if _starts_with(rest, lead)), ""):
        rest = rest[len(found) :].lstrip(" ,")
    return rest


def _starts_with(text: str, lead: str) -> bool:
    after = text[len(lead) : len(lead) + 1]
    is_whole = not after.isalnum() or "\u4e00" <= lead[0] <= "\u9fff" or lead.endswith(("'", "’"))
    return text[: len(lead)].casefold() == lead and is_whole and len(text) > len(lead)


def list_opening_words(text: str, vocabulary: Vocabulary) -> list[str]:
    """The first two words of a bullet after the words before its verb, in lower case."""
    return [word.casefold() for word in _WORD.findall(_skip_lead_ins(text, vocabulary))[:2]]
