"""Puts the bullets, groups of keywords and keywords that ``priorities`` asks for before the others; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from cvgen.model.bullet import Bullet
from cvgen.model.inline import RichText
from cvgen.model.printed import Item, Section
from cvgen.model.sections import Shape
from cvgen.select.term_search import Synonyms, find_asked

T = TypeVar("T")


class RelevanceOrder:
    """Orders the texts of sections by the points of the terms in them; what has the same points keeps its order."""

    def __init__(self, priorities: dict[str, int], language: str, synonyms: Synonyms) -> None:
        self.priorities, self.language, self.synonyms = priorities, language, synonyms

    def order_section(self, section: Section) -> Section:
        """``section`` with the bullets and keywords of its entries in order; its entries too, if they are lines."""
        items = tuple(map(self._order_item, section.items))
        if section.shape is Shape.LINES and any(item.details for item in items):
            items = self._order(items, lambda item: (item.heading, *item.details))
        return replace(section, items=items, bullets=self._order_bullets(section.bullets))

    def _order_item(self, item: Item) -> Item:
        return replace(
            item,
            details=self._order(item.details, lambda text: (text,)),
            bullets=self._order_bullets(item.bullets),
            positions=tuple(map(self._order_item, item.positions)),
        )

    def _order_bullets(self, bullets: tuple[Bullet, ...]) -> tuple[Bullet, ...]:
        inner = (replace(bullet, bullets=self._order_bullets(bullet.bullets)) for bullet in bullets)
        return self._order(inner, lambda bullet: (bullet.text, *(one.text for one in bullet.bullets)))

    def _order(self, parts: Iterable[T], texts: Callable[[T], Iterable[RichText]]) -> tuple[T, ...]:
        return tuple(sorted(parts, key=lambda part: -self._points(texts(part))))

    def _points(self, texts: Iterable[RichText]) -> int:
        words = "\n\n".join(map(str, texts))  # no term spans two texts
        return sum(points for _, points in find_asked(words, self.priorities, self.language, self.synonyms))
