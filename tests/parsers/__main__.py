"""``make parsers``: prints how many fields each parser and reader finds in our PDFs and in those of other programs.

    make parsers [ARGS="--theme ats --engine weasyprint --reader pypdf --parser 'COMMAND' --details --json found.json"]

COMMAND is given a PDF and prints what it found as JSON; ``fields.py`` has the form. Readers give text: a field counts
if it is there word for word. Parsers give fields: one counts as exact if it is alone under its name, and as glued if
other text is in the same field.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from parsers.ask import NAMES, TEXT_READERS, Answers, ask, ask_command
from parsers.fields import list_fields
from parsers.predict import Prediction, compare
from parsers.samples import DOCUMENTS, Sample, document_of, list_makers, render_ours, render_rivals
from parsers.score import NOTHING, Score, score_answer, score_text

Table = Mapping[str, Mapping[str, Score]]
"""By reader, then by the maker of the PDFs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Render, ask and print."""
    wish = _parse(arguments)
    documents = wish.document or list(DOCUMENTS)
    samples = list(render_ours(list_makers(wish.theme, wish.engine), documents, wish.folder))
    if not wish.no_rivals:
        samples += render_rivals(documents, wish.folder / "rivals", wish.rivals)
    scores: dict[str, dict[str, Score]] = {}
    foreseen: dict[str, dict[str, Prediction]] = {}
    for name in wish.reader or NAMES:
        answers = ask(name, wish.python, [sample.pdf for sample in samples])
        if answers is None:
            print(f"{name} is not here", file=sys.stderr)
        else:
            scores[name] = add_up(samples, answers, is_text=name in TEXT_READERS)
    for number, command in enumerate(wish.parser, 1):
        answers = ask_command(command, [sample.pdf for sample in samples])
        scores[f"command {number}"] = add_up(samples, answers, is_text=False)
        foreseen[f"command {number}"] = add_predictions(samples, answers)
    print("\n".join((*format_tables(scores), *format_predictions(foreseen))))
    if wish.details:
        print("\n".join(format_missed(scores)))
    if wish.json:
        wish.json.write_text(json.dumps(_as_data(scores), ensure_ascii=False, indent=1), "utf-8")
    return 0


def add_up(samples: Iterable[Sample], answers: Answers, *, is_text: bool) -> dict[str, Score]:
    """The scores of each maker, over all documents."""
    totals: dict[str, Score] = {}
    for sample in samples:
        wanted, answer = list_fields(document_of(sample.document)), answers.get(sample.pdf, {})
        score = score_text(wanted, str(answer.get("text", ""))) if is_text else score_answer(wanted, answer)
        totals[sample.maker] = totals.get(sample.maker, NOTHING) + score
    return totals


def add_predictions(samples: Iterable[Sample], answers: Answers) -> dict[str, Prediction]:
    """How much of what each maker's fields lack in ``answers`` our own parser foresees."""
    totals: dict[str, Prediction] = {}
    for sample in samples:
        found = compare(list_fields(document_of(sample.document)), sample.pdf, answers.get(sample.pdf, {}))
        totals[sample.maker] = totals.get(sample.maker, Prediction()) + found
    return totals


def format_predictions(foreseen: Mapping[str, Mapping[str, Prediction]]) -> Iterable[str]:
    """For each command a table: misses that our own parser foresees, those that it does not, and false alarms."""
    for name, makers in foreseen.items():
        yield f"\nmisses of {name} that cvgen inspect --as-parser foresees\n{'':32}predicted    missed     false"
        for maker, one in {**makers, "all": sum(makers.values(), Prediction())}.items():
            share = 100 * one.predicted / max(one.predicted + one.missed, 1)
            alarms = 100 * one.false / max(one.asked, 1)
            yield f"{maker:32}{one.predicted:4} {share:3.0f}%{one.missed:10}{one.false:6} {alarms:3.1f}%"


def format_tables(scores: Table) -> Iterable[str]:
    """One table of text readers, one of parsers."""
    for title, names in (
        ("fields in the text, %", [name for name in scores if name in TEXT_READERS]),
        ("fields found exactly / with glued ones, %, and jobs separated", [n for n in scores if n not in TEXT_READERS]),
    ):
        if names:
            makers = list(scores[names[0]])
            widths = [max(len(name), 14) for name in names]
            yield f"\n{title}\n{'':32}" + "  ".join(
                f"{name:>{width}}" for name, width in zip(names, widths, strict=True)
            )
            for maker in makers:
                cells = [f"{_cell(scores[name][maker]):>{width}}" for name, width in zip(names, widths, strict=True)]
                yield f"{maker:32}" + "  ".join(cells)


def _cell(score: Score) -> str:
    exact, both = (100 * count / max(score.asked, 1) for count in (score.exact, score.exact + score.glued))
    return f"{exact:.0f} / {both:.0f}  {score.jobs}/{score.jobs_asked}" if score.jobs_asked else f"{exact:.1f}"


def format_missed(scores: Table) -> Iterable[str]:
    """Each field that was not found."""
    for name, totals in scores.items():
        for maker, score in totals.items():
            yield from (f"{name}: {maker}: {field.name}: {field.text}" for field in score.missed)


def _as_data(scores: Table) -> object:
    return {
        name: {
            maker: {"asked": score.asked, "exact": score.exact, "glued": score.glued, "jobs": score.jobs,
                    "missed": [[field.name, field.text] for field in score.missed]}
            for maker, score in totals.items()
        }
        for name, totals in scores.items()
    }  # fmt: skip


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theme", action="append", default=[], help="only this one; repeatable")
    parser.add_argument("--engine", action="append", choices=["weasyprint", "xelatex", "lualatex"])
    parser.add_argument("--document", action="append", choices=list(DOCUMENTS))
    parser.add_argument("--reader", action="append", choices=NAMES, help="only this one; repeatable")
    parser.add_argument("--parser", action="append", default=[], metavar="COMMAND", help="a parser of your own")
    parser.add_argument("--rivals", type=Path, default=Path("rivals"), help="folder of other people's templates")
    parser.add_argument("--no-rivals", action="store_true", help="only our PDFs")
    parser.add_argument("--details", action="store_true", help="list each field that was not found")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--python", type=Path, default=Path(".venv-parsers/bin/python"))
    parser.add_argument("--folder", type=Path, default=Path("out/parsers"))
    wish = parser.parse_args(arguments)
    wish.engine = wish.engine or ["weasyprint", "xelatex"]
    return wish


if __name__ == "__main__":
    sys.exit(main())
