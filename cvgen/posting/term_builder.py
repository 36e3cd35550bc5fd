"""Makes the terms of a posting from the places that ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cvgen.posting.abbreviation_pairs import find_pairs
from cvgen.posting.alternatives import list_choices
from cvgen.posting.posting import Posting
from cvgen.posting.posting_term import Importance, PostingTerm
from cvgen.posting.posting_zones import Zone
from cvgen.posting.profile_words import ProfileWords
from cvgen.posting.term_kinds import Asked, TermKind
from cvgen.posting.translations import list_translations
from cvgen.select.term_search import Keys, term_keys

_IMPORTANCE = {Zone.MUST: Importance.MUST, Zone.NICE: Importance.NICE}
_ORDER = list(Importance)


class TermBuilder:
    """Turns places into terms: one for each spelling, and none that is only a part of another."""

    def __init__(self, vocabulary: ProfileWords, groups: Sequence[tuple[str, ...]]) -> None:
        self.vocabulary, self.language = vocabulary, vocabulary.language
        self.same: dict[Keys, tuple[str, ...]] = {}
        for group in (*vocabulary.groups, *groups):
            for name in group:
                self.same.setdefault(term_keys(name, self.language), group)
        self.main: dict[str, Keys] = {}
        for keys, name in vocabulary.names.items():
            self.main.setdefault(name, keys)

    def build(self, found: Iterable[Asked]) -> list[PostingTerm]:
        """One term for all places with the same words, the most important first."""
        groups: dict[Keys, list[Asked]] = {}
        for asked in found:
            groups.setdefault(self._main_keys(asked.keys), []).append(asked)
        terms = [self._build(keys, places) for keys, places in groups.items()]
        related = _find_related(terms)
        terms = [term for term in terms if not self._is_part(term, related[term.keys])]
        return sorted(terms, key=lambda term: (_ORDER.index(term.importance), -term.count, term.first))

    def _main_keys(self, keys: Keys) -> Keys:
        """The keys, each of which means all names of the same term."""
        if keys in self.same:
            return term_keys(self.same[keys][0], self.language)
        known = self.vocabulary.names.get(keys)
        return self.main[known] if known else keys

    def _build(self, keys: Keys, places: Sequence[Asked]) -> PostingTerm:
        importance = min((_importance(one) for one in places), key=_ORDER.index)
        surfaces = [one.name for one in places if _importance(one) is importance]
        form = Counter(surface.casefold() for surface in surfaces).most_common(1)[0][0]
        name = form if form in surfaces else next(one for one in surfaces if one.casefold() == form)
        spelled = sorted({one.keys for one in places})
        name = next((self.vocabulary.own[one] for one in spelled if one in self.vocabulary.own), name)
        same = next((self.same[one] for one in spelled if one in self.same), ())
        names = dict.fromkeys((name, *(one for place in places for one in (place.name, *place.others)), *same))
        own = [one for one in names if term_keys(one, self.language) in self.vocabulary.phrases]
        levels = [one.level for one in places if one.level is not None]
        return PostingTerm(
            name,
            len(places),
            importance,
            keys,
            places[0].start,
            places[0].kind,
            tuple(one for one in names if one != name),
            max(levels, default=None),
            own[0] if own else "",
            tuple(dict.fromkeys(one for place in places for one in place.subjects)),
            tuple(tuple(map(self._main_keys, choice)) for choice in list_choices(places)),
        )

    def _is_part(self, term: PostingTerm, related: Iterable[PostingTerm]) -> bool:
        """Whether another term replaces this one: one that contains it, or a part of it that the profile has."""
        if term.kind is TermKind.LANGUAGE:
            return False
        for other in related:
            if other.kind is TermKind.LANGUAGE:
                continue
            is_whole = len(other.keys) > len(term.keys)
            if is_whole and not (self._has(term) and not self._has(other)):
                return _ORDER.index(other.importance) <= _ORDER.index(term.importance)
            if not is_whole and self._replaces(other) and not self._has(term):
                return _ORDER.index(other.importance) <= _ORDER.index(term.importance)
        return False

    def _replaces(self, part: PostingTerm) -> bool:
        """Whether the profile has ``part`` as a name: "Power BI" of "Power BI reports", not "care" of "acute care"."""
        return self._has(part) and (len(part.keys) > 1 or part.keys in self.vocabulary.names)

    def _has(self, term: PostingTerm) -> bool:
        return bool(term.own) or term.keys in self.vocabulary.keywords


def list_groups(posting: Posting, vocabulary: ProfileWords) -> list[tuple[str, ...]]:
    """Names with the same meaning: those that the posting explains, and translations into the profile's language."""
    pairs = [(long, short) for short, long in find_pairs(posting.text)]
    return [*dict.fromkeys(pairs), *list_translations(posting.language, vocabulary.language)]


def _find_related(terms: Sequence[PostingTerm]) -> dict[Keys, list[PostingTerm]]:
    """The keys of each term → the terms that contain it or that it contains, in the order of ``terms``."""
    numbers = {term.keys: number for number, term in enumerate(terms)}
    related: dict[Keys, set[int]] = {keys: set() for keys in numbers}
    lengths: dict[str, set[int]] = {}
    for keys in filter(None, numbers):
        lengths.setdefault(keys[0], set()).add(len(keys))
    for whole, number in numbers.items():
        for start, key in enumerate(whole):
            for length in lengths.get(key, ()):
                part = whole[start : start + length]
                if part in numbers and len(part) == length < len(whole):
                    related[whole].add(numbers[part])
                    related[part].add(number)
    return {keys: [terms[number] for number in sorted(others)] for keys, others in related.items()}


def _importance(asked: Asked) -> Importance:
    return _IMPORTANCE.get(asked.zone, Importance.TASK)
