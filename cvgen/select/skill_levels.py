"""Reads how far a level is up its scale: ``4/5``, ``80 %``, ``C1``, ``advanced`` and such words in each language."""

from __future__ import annotations

import re
from typing import NamedTuple

_FIFTHS = 5
_MOST = 10
"""The most steps that are drawn one by one."""
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|of|von|sur|de|из|／)\s*(\d+)", re.IGNORECASE)
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*[%٪]")
_CEFR = re.compile(r"(?<![A-Za-z0-9])([ABC])([12])(?![A-Za-z0-9])")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WORDS = (
    "beginner, novice, basic, basics, anfänger, grundkenntnisse, débutant, notions, principiante, básico, iniciante, "
    "начальный, начинающий, базовый, 入門, 初級, 初心者, 入门, 初级, 了解, 초급, 입문, مبتدئ, מתחיל",
    "elementary, familiar, limited, elementar, élémentaire, elemental, элементарный, 基礎, 基础, 기초, أساسي, בסיסי",
    "intermediate, competent, conversational, working knowledge, mittelstufe, gut, gute kenntnisse, intermédiaire, "
    "intermedio, intermediário, средний, 中級, 中级, 熟悉, 중급, متوسط, בינוני",
    "advanced, proficient, fluent, professional, fortgeschritten, fließend, sehr gut, verhandlungssicher, avancé, "
    "courant, avanzado, fluido, avançado, fluente, продвинутый, свободно, свободный, 上級, 流暢, 高级, 熟练, 流利, "
    "고급, 능숙, 유창, متقدم, طليق, מתקדם, שוטף",
    "expert, native, mother tongue, bilingual, experte, expertin, muttersprache, muttersprachler, muttersprachlerin, "
    "langue maternelle, bilingue, experto, experta, nativo, nativa, lengua materna, especialista, língua materna, "
    "эксперт, родной, エキスパート, 母語, ネイティブ, 专家, 精通, 母语, 母語, 전문가, 모국어, 원어민, "
    "خبير, اللغة الأم, מומחה, שפת אם",
)
"""The words of each fifth of the scale, in the languages of the words files."""
_STEPS = {word: at for at, words in enumerate(_WORDS, start=1) for word in words.split(", ")}


class SkillLevel(NamedTuple):
    """A level as ``filled`` of ``total`` steps; both are 0 if it is not known how far up it is."""

    filled: int = 0
    total: int = 0


def read_level(words: str, steps: int = _FIFTHS) -> SkillLevel:
    """The level in words or numbers; one in words is on a scale of ``steps``.

    A level of A1 to C2 has six steps (Council of Europe, CEFR), so languages with words beside it have six too.
    """
    text = words.strip().casefold()
    if found := _SHARE.fullmatch(text):
        return _scale(_number(found[1]), int(found[2]))
    if found := _PERCENT.fullmatch(text):
        return _scale(_number(found[1]), 100)
    if found := _CEFR.search(words):
        return SkillLevel("ABC".index(found[1]) * 2 + int(found[2]), 6)
    start = max((word for word in _STEPS if _begins(text, word)), key=len, default="")
    return SkillLevel(round(_STEPS[start] / _FIFTHS * steps), steps) if start else SkillLevel()


def find_fault(words: str) -> str:
    """The reason that a level in numbers says nothing: no end of its scale, or beyond it. Empty for a good one."""
    text = words.strip()
    if _NUMBER.fullmatch(text):
        return "has no end of its scale"
    found = _SHARE.fullmatch(text)
    if found and not 0 < _number(found[1]) <= int(found[2]):
        return "is not on its scale"
    percent = _PERCENT.fullmatch(text)
    return "is not on its scale" if percent and not 0 < _number(percent[1]) <= 100 else ""


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _scale(value: float, total: int) -> SkillLevel:
    if not 0 < value <= total:
        return SkillLevel()
    if total <= _MOST and value == int(value):
        return SkillLevel(int(value), total)
    return SkillLevel(max(1, round(value / total * _FIFTHS)), _FIFTHS)


def _begins(text: str, word: str) -> bool:
    """Whether ``text`` begins with ``word`` as a whole word: ``native speaker``."""
    rest = text[len(word) :]
    return text.startswith(word) and not (rest[:1].isalnum() and word.isascii())
