"""``make survey DIR=…``: reads every .bib and .json below a folder, compares with other readers, and counts.

Prints a table, asserts nothing. ``--details`` lists every difference, ``--json FILE`` writes all that was found.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import oracles
from oracles import Facts, Head

from cvgen.diagnostics import Problem
from cvgen.model.publication import Publication
from cvgen.pipeline.publications import describe_row, explain_row
from cvgen.select.build_document import find_credits
from cvgen.sources.career import read_career

OWNER = "Nobody Atall"
"""Owns the profile over each file. Whether such a person is among the authors is not what is asked here."""
T = TypeVar("T")
_MARKUP = re.compile(r"\\[A-Za-z'\"^`~=.]|[{}$]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. ``oracle`` is the reader that ``theirs`` comes from."""

    kind: str
    file: str
    key: str
    ours: str
    theirs: str = ""
    oracle: str = ""


@dataclass(slots=True)
class Survey:
    """What was found in one file, or in all."""

    format: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    kept: int = 0
    parents: int = 0
    """Entries that only give fields to others and are left out: ``@xdata``, and the target of a ``crossref``."""
    compared: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def add(self, other: Survey) -> None:
        """Count ``other`` in."""
        self.format += other.format
        self.entries += other.entries
        self.kept += other.kept
        self.parents += other.parents
        self.compared += other.compared
        self.findings += other.findings
        self.problems += other.problems
        for reader, spent in other.seconds.items():
            self.seconds[reader] = self.seconds.get(reader, 0) + spent
        self.slowest = sorted([*self.slowest, *other.slowest], reverse=True)[:5]


class OutOfTime(BaseException):
    """No Exception, so that no reader takes it for a mistake in the file."""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime where the block takes more of the processor's time, so that a busy machine changes no result."""

    def stop(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def survey_file(path: Path, name: str, seconds: float) -> Survey:
    """Read one file with cvgen and with every oracle; ``name`` is what it is called in the findings."""
    found = Survey()
    text = oracles.decode_bytes(path.read_bytes())
    csl = path.suffix.lower() == ".json"
    theirs: dict[str, dict[str, Facts]] = {}
    for oracle, read in oracles.read_all(text, csl=csl):
        theirs[oracle] = _run(read, oracle, name, seconds, found) or {}
    ours = _run(lambda: read_ours(path), "cvgen", name, seconds, found)
    heads = (
        oracles.scan_csl(text) if csl else oracles.scan_bibtex(text, [key for read in theirs.values() for key in read])
    )
    known = oracles.is_csl(text) if csl else bool(heads)
    found.format["none" if not known else "csl" if csl else "bib"] += 1
    found.slowest.append((found.seconds["cvgen"], name))
    if known:
        found.entries = len(heads)
    if known and ours is not None:
        publications, problems = ours
        found.kept = len(publications)
        found.problems += [_describe(problem, name) for problem in problems]
        account(heads, publications, problems, oracles.find_parents(text), name, found)
        _compare_all(publications, theirs, name, found)
        found.findings += _find_markup(publications.values(), name)
    return found


def _run(read: Callable[[], T], reader: str, name: str, seconds: float, found: Survey) -> T | None:
    """What ``read`` gives; None and a Finding where it fails, which is ours to explain only for cvgen."""
    start = time.process_time()
    try:
        with limit(seconds):
            return read()
    except OutOfTime:
        found.findings.append(
            Finding("timeout" if reader == "cvgen" else "oracle fails", name, "", reader, f"> {seconds} s")
        )
    except Exception as error:
        lines = traceback.format_exc().strip().splitlines()[-9:]
        kind = "traceback" if reader == "cvgen" else "oracle fails"
        found.findings.append(
            Finding(kind, name, "", "\n".join(lines) if reader == "cvgen" else reader, repr(error)[:200])
        )
    finally:
        found.seconds[reader] = time.process_time() - start
    return None


def read_ours(path: Path) -> tuple[dict[str, Publication], tuple[Problem, ...]]:
    """The file's publications by key, and what was reported; credits are found and described, too."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile.yaml"
        whole = {"basics": {"name": OWNER}, "bibliography": {"files": [str(path.resolve())]}}
        profile.write_text(json.dumps(whole), "utf-8")
        reading = read_career(profile)
    if reading.career is None:
        return {}, reading.problems
    for credit in find_credits(reading.career)[0]:
        describe_row(credit)
        explain_row(credit)
    return {publication.key: publication for publication in reading.career.publications}, reading.problems


def _describe(problem: Problem, name: str) -> dict[str, Any]:
    place = problem.location
    shown = {"file": name, "line": place.line if place else None, "severity": problem.severity.value}
    return {**shown, "message": problem.message, "hint": problem.hint}


def account(
    heads: Iterable[Head],
    publications: dict[str, Publication],
    problems: Iterable[Problem],
    parents: frozenset[str],
    name: str,
    found: Survey,
) -> None:
    """Entries neither kept nor named in a Problem, and those kept that nobody else sees."""
    left = set(publications)
    told = list(problems)
    for head in heads:
        if head.key in left:
            left.discard(head.key)
        elif head.type == "xdata" or head.key.casefold() in parents:
            found.parents += 1
        elif not any(_names(problem, head) for problem in told):
            found.findings.append(Finding("unaccounted", name, head.key, "", f"line {head.line}", "scan"))
    found.findings += [Finding("extra", name, key, str(publications[key].location)) for key in sorted(left)]


def _names(problem: Problem, head: Head) -> bool:
    """Whether a Problem is about the entry: it has its key, or stands on one of its lines."""
    line = problem.location.line if problem.location else None
    says = f"{problem.message} {problem.hint}"
    quoted = re.search(rf"(?<![\w-]){re.escape(head.key)}(?![\w-])", says) if head.key else None
    whole = line is None or (line == 1 and head.line > 1 and "not JSON" in problem.message)
    return bool(quoted) or (whole and problem.is_error) or (line is not None and head.line <= line < head.end)


def _compare_all(ours: dict[str, Publication], theirs: dict[str, dict[str, Facts]], name: str, found: Survey) -> None:
    for oracle, read in theirs.items():
        for key, facts in read.items():
            if publication := ours.get(key):
                found.compared[oracle] += 1
                found.findings += compare(publication, facts, name, oracle)


def compare(ours: Publication, theirs: Facts, name: str, oracle: str) -> Iterator[Finding]:
    """Title, authors and year, each where the oracle has it."""
    title = str(ours.title)
    if theirs.title is not None and oracles.same_text(title) != oracles.same_text(theirs.title):
        yield Finding("title", name, ours.key, title, theirs.title, oracle)
    if theirs.families is not None:
        families = [f"{author.particle} {author.family} {author.suffix}".strip() for author in ours.authors]
        if oracles.same_names(families) != oracles.same_names(theirs.families):
            yield Finding("authors", name, ours.key, " | ".join(families), " | ".join(theirs.families), oracle)
    if theirs.year is not None and ours.year != theirs.year:
        yield Finding("year", name, ours.key, str(ours.year), str(theirs.year), oracle)


def _find_markup(publications: Iterable[Publication], name: str) -> Iterator[Finding]:
    """TeX that is left in what a reader sees."""
    for paper in publications:
        shown = [str(paper.title), str(paper.venue), str(paper.note or ""), str(paper.publisher), paper.pages]
        for text in (*shown, *(author.name for author in paper.authors)):
            if _MARKUP.search(text):
                yield Finding("markup", name, paper.key, text)


def survey_folder(folder: Path, seconds: float, jobs: int) -> Survey:
    """Every .bib and .json below ``folder``, each apart."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".bib", ".json") and path.is_file())
    whole = Survey()
    again = []
    with ProcessPoolExecutor(jobs) as pool:
        names = {path: str(path.relative_to(folder)) for path in paths}
        running = {path: pool.submit(survey_file, path, names[path], seconds) for path in paths}
        for path, future in running.items():
            try:
                whole.add(future.result())
            except BrokenProcessPool:
                again.append(path)
    for path in again:  # a process that dies takes its pool along: who was it?
        with ProcessPoolExecutor(1) as pool:
            try:
                whole.add(pool.submit(survey_file, path, names[path], seconds).result())
            except BrokenProcessPool:
                whole.add(Survey(Counter(none=1), findings=[Finding("traceback", names[path], "", "the process died")]))
    return whole


def count_rows(found: Survey) -> list[tuple[str, str]]:
    """The table: what, and how much."""
    kinds = Counter(finding.kind for finding in found.findings)
    sides = Counter((finding.kind, finding.oracle) for finding in found.findings)
    files = sum(found.format.values())
    rows = [
        ("files", f"{files} ({found.format['bib']} BibTeX, {found.format['csl']} CSL, {found.format['none']} neither)"),
        ("entries", f"{found.entries} ({found.kept} kept, {found.parents} that others take fields from)"),
        ("unaccounted for", str(kinds["unaccounted"])),
        ("seen by cvgen alone", str(kinds["extra"])),
    ]
    for kind in ("title", "authors", "year"):
        shown = [f"{sides[kind, oracle]} {oracle}" for oracle in sorted(found.compared)]
        rows.append((f"differing {kind.removesuffix('s')}s", ", ".join(shown) or "0"))
    rows.append(("compared entries", ", ".join(f"{n} {oracle}" for oracle, n in sorted(found.compared.items())) or "0"))
    rows += [("texts with markup left", str(kinds["markup"]))]
    rows += [(f"{kind}s", str(kinds[kind])) for kind in ("traceback", "timeout")]
    rows.append(("an oracle fails", str(kinds["oracle fails"])))
    told = Counter(problem["severity"] for problem in found.problems)
    rows.append(("problems told", ", ".join(f"{n} {severity}s" for severity, n in sorted(told.items())) or "0"))
    rows.append(("seconds", ", ".join(f"{spent:.1f} {reader}" for reader, spent in sorted(found.seconds.items()))))
    return rows


def describe(found: Survey) -> dict[str, Any]:
    """All that was found, ready for JSON."""
    rows = {name: getattr(found, name) for name in Survey.__slots__}
    return rows | {"findings": [asdict(finding) for finding in found.findings]}


def main() -> None:
    """Read the arguments, survey, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--details", action="store_true", help="list every difference")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was found")
    parser.add_argument("--seconds", type=float, default=60, help="how long a reader may take for one file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    if not asked.folder.is_dir():
        parser.error(f"there is no folder {str(asked.folder)!r}")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # JSON may hold half of a character
    found = survey_folder(asked.folder, asked.seconds, asked.jobs)
    if asked.details:
        for finding in found.findings:
            print(f"{finding.kind}: {finding.file}: {finding.key}")
            print(f"    ours   {finding.ours}\n    {finding.oracle or 'theirs':<6} {finding.theirs}")
    for label, number in count_rows(found):
        print(f"{label:<24} {number}")
    for spent, name in found.slowest:
        if spent > 1:
            print(f"{spent:>8.1f} s  {name}")
    if asked.json:
        asked.json.write_text(json.dumps(describe(found), indent=1, ensure_ascii=False), "utf-8", "backslashreplace")


if __name__ == "__main__":
    main()
