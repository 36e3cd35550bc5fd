"""Makes the terms of a posting from the places that ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cvgen.posting.abbreviations import find_abbreviations
from cvgen.posting.posting import Posting
from cvgen.posting.posting_term import Importance, PostingTerm
from cvgen.posting.posting_zones import Zone
from cvgen.posting.term_kinds import Asked, Kind
from cvgen.posting.vocabulary import Vocabulary
from cvgen.select.term_search import Keys

_IMPORTANCE = {Zone.MUST: Importance.MUST, Zone.NICE: Importance.NICE}
_ORDER = list(Importance)


class TermBuilder:
    """Makes terms of the places: one for each spelling, without parts beside their wholes."""

    def __init__(self, posting: Posting, vocabulary: Vocabulary) -> None:
        self.posting, self.vocabulary = posting, vocabulary

    def build(self, found: Iterable[Asked]) -> list[PostingTerm]:
        """One term for all places with the same words, the most important first."""
        groups: dict[Keys, list[Asked]] = {}
        main: dict[str, Keys] = {}
        for keys, name in self.vocabulary.names.items():
            main.setdefault(name, keys)
        short_of = find_abbreviations(self.posting.text, self.vocabulary.language)
        for asked in found:
            keys = short_of.get(asked.keys, asked.keys)
            known = self.vocabulary.names.get(keys)
            groups.setdefault(main[known] if known else keys, []).append(asked)
        terms = [self._build(keys, places) for keys, places in groups.items()]
        terms = [term for term in terms if not self._is_part(term, terms)]
        return sorted(terms, key=lambda term: (_ORDER.index(term.importance), -term.count, term.first))

    def _build(self, keys: Keys, places: Sequence[Asked]) -> PostingTerm:
        importance = min((_importance(one) for one in places), key=_ORDER.index)
        surfaces = [one.name for one in places if _importance(one) is importance]
        form = Counter(surface.casefold() for surface in surfaces).most_common(1)[0][0]
        name = form if form in surfaces else next(one for one in surfaces if one.casefold() == form)
        spelled = sorted({one.keys for one in places})
        name = next((self.vocabulary.own[one] for one in spelled if one in self.vocabulary.own), name)
        others = tuple(dict.fromkeys(one for place in places for one in (place.name, *place.others) if one != name))
        levels = [one.level for one in places if one.level is not None]
        return PostingTerm(
            name, len(places), importance, keys, places[0].start, places[0].kind, others, max(levels, default=None)
        )

    def _is_part(self, term: PostingTerm, terms: Iterable[PostingTerm]) -> bool:
        """Whether another term says it better: the whole of a part, or the part that the profile has."""
        if term.kind is Kind.LANGUAGE:
            return False
        for other in terms:
            if other is term or other.kind is Kind.LANGUAGE:
                continue
            if _contains(other.keys, term.keys) and not (self._has(term) and not self._has(other)):
                return _ORDER.index(other.importance) <= _ORDER.index(term.importance)
            if _contains(term.keys, other.keys) and self._has(other) and not self._has(term):
                return _ORDER.index(other.importance) <= _ORDER.index(term.importance)
        return False

    def _has(self, term: PostingTerm) -> bool:
        return term.keys in self.vocabulary.phrases or term.keys in self.vocabulary.keywords


def _contains(whole: Keys, part: Keys) -> bool:
    return len(whole) > len(part) and any(whole[n : n + len(part)] == part for n in range(len(whole) - len(part) + 1))


def _importance(asked: Asked) -> Importance:
    return _IMPORTANCE.get(asked.zone, Importance.TASK)
