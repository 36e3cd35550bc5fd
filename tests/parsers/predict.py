"""Whether ``cvgen inspect --as-parser`` foresees what a parser misses: fields that it does not find, or doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvgen.examine.parser.read_pdf import parse_pdf
from cvgen.pipeline.parsed_pdf import describe
from parsers.fields import Field
from parsers.score import even, score_answer


@dataclass(frozen=True, slots=True)
class Prediction:
    """Of the fields asked: misses that were predicted, misses that were not, and fields found all the same."""

    asked: int = 0
    predicted: int = 0
    missed: int = 0
    false: int = 0

    def __add__(self, other: Prediction) -> Prediction:
        return Prediction(
            self.asked + other.asked,
            self.predicted + other.predicted,
            self.missed + other.missed,
            self.false + other.false,
        )


def compare(wanted: Sequence[Field], pdf: Path, answer: Mapping[str, Any]) -> Prediction:
    """What our parser foresees of the misses in ``answer``."""
    doubted = _list_doubted(wanted, pdf)
    missed = Counter(score_answer(wanted, answer).missed)
    return Prediction(
        len(wanted),
        sum((doubted & missed).values()),
        sum((missed - doubted).values()),
        sum((doubted - missed).values()),
    )


def _list_doubted(wanted: Sequence[Field], pdf: Path) -> Counter[Field]:
    cv = parse_pdf(pdf.read_bytes())
    missed = Counter(score_answer(wanted, describe(cv)).missed)
    doubts = [even(remark.text) for remark in cv.remarks if remark.text]
    return missed | Counter(field for field in wanted if any(text in even(field.text) for text in doubts))
