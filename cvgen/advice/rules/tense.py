"""The rule about the form of verbs: past and present within one entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cvgen.advice.cv_text import CvText, EntryText, Passage
from cvgen.advice.remark import Remark
from cvgen.advice.rules.wording import list_opening_words
from cvgen.advice.vocabulary import Vocabulary, load_vocabulary

PAST, PRESENT = "past", "present"
_NAMES = {
    PAST: "the past tense",
    PRESENT: "the present tense",
    "gerund": "the -ing form",
    "infinitive": "the infinitive",
    "polite": "the polite form",
    "plain": "the plain form",
    "noun": "the short noun form",
}
_GERUNDS = {"es": "the gerund", "pt": "the gerund"}


def mark_tenses(cv: CvText) -> Iterator[Remark]:
    """Bullets whose verb has another form than most of the entry, and ended jobs in the present tense.

    An entry that goes on may mix past and present: for what is done, and what is still being done.
    """
    vocabulary = load_vocabulary(cv.language)
    if vocabulary is None or not vocabulary.forms:
        return
    for entry in cv.entries:
        formed = [(bullet, form) for bullet in entry.bullets if (form := find_form(bullet.text, vocabulary))]
        expected = _expect([form for _, form in formed], has_ended=entry.has_ended)
        if expected == PRESENT and entry.has_ended:
            if len(formed) > 1:
                yield _remark_on_entry(entry, formed[0][0])
            continue
        usual = _name(expected, cv.language) if expected else ""
        for bullet, form in formed:
            if expected and form != expected and (entry.has_ended or {form, expected} != {PAST, PRESENT}):
                yield Remark(
                    f"this bullet is in {_name(form, cv.language)}, and most of the entry in {usual}",
                    f"use {usual} here too",
                    bullet.location,
                    bullet.text,
                    entry.name,
                )


def _remark_on_entry(entry: EntryText, first: Passage) -> Remark:
    return Remark(
        "this has ended, but its bullets are in the present tense",
        "use the past tense for what is over",
        first.location,
        first.text,
        entry.name,
    )


def find_form(text: str, vocabulary: Vocabulary) -> str:
    """The form of the bullet's verb; empty if that is not certain."""
    if vocabulary.verbs_at == "end":
        last = re.findall(r"\w+", text)[-1:]
        return next((name for name, form in vocabulary.forms.items() if last and form.fullmatch(last[0])), "")
    found = list_opening_words(text, vocabulary)
    if not found or found[0] in vocabulary.not_verbs or (len(found) > 1 and found[1] in vocabulary.noun_after):
        return ""
    forms = [name for name, form in vocabulary.forms.items() if form.fullmatch(found[0])]
    return forms[0] if len(forms) == 1 else ""


def _expect(forms: list[str], *, has_ended: bool) -> str:
    """The form that all bullets should have: that of most of them; of a tie, the past tense for what has ended."""
    counts = Counter(forms).most_common(2)
    if len(counts) == 2 and counts[0][1] == counts[1][1]:
        return PAST if has_ended and PAST in dict(counts) else ""
    return counts[0][0] if counts else ""


def _name(form: str, language: str) -> str:
    return _GERUNDS.get(language.split("-")[0], _NAMES[form]) if form == "gerund" else _NAMES[form]
