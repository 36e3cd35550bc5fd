"""Reviews a profile as a career adviser would: its texts, and the page of one variant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.advice.cv_text import Choice, Printed, read_cv_texts
from cvgen.advice.rules.table_of_rules import RULES, Rule
from cvgen.advice.text_review import ReviewFinding, review_texts
from cvgen.backends.backend import Backend
from cvgen.backends.engines import PRINTING
from cvgen.diagnostics import InputError, Problem, RenderError, Severity, notice, suggest
from cvgen.examine.matching.printed_lines import PageTexts
from cvgen.examine.readers.pdfium_text import read_by_pdfium
from cvgen.model.bullet import Bullet
from cvgen.model.refs import ProfilePath
from cvgen.pipeline.batch import read_whole
from cvgen.pipeline.check.matrix import CheckRequest, list_targets
from cvgen.pipeline.fitting import fit_document
from cvgen.pipeline.prepare import prepare_career
from cvgen.pipeline.request import Request
from cvgen.select.build_document import select_document
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import Career
from cvgen.sources.pdf_file import UnreadableError


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """The request for a review. Without ``variant``, all texts are read, and the page of the default variant."""

    profile: Path
    today: tuple[int, int]
    """Year and month."""
    variant: str | None = None
    only: tuple[str, ...] = ()
    """The names of the rules to run; () for all."""
    ignore: tuple[str, ...] = ()
    page: bool = True
    """Whether the page is rendered and read, for the rules that need it."""
    untrusted: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """What an adviser would mark, in the order of the file, and how much was read."""

    findings: tuple[ReviewFinding, ...]
    rules: tuple[str, ...]
    """The rules that ran."""
    languages: tuple[str, ...]
    bullets: int
    """The number of bullets that were read, in all languages."""
    page_of: str | None
    """The variant whose page was read; None if none was."""
    problems: tuple[Problem, ...]
    """Those of the files, and why no page was read."""


def review_profile(request: ReviewRequest, open_engine: Callable[[str], Backend]) -> Review:
    """Review the profile; ``open_engine`` is called with the name of an engine if a rule needs a page.

    A page that cannot be made is a Problem of the result. Raises InputError for unknown rules and variants, and if the
    profile cannot be read.
    """
    rules = _choose_rules(request)
    career = read_whole(request.profile, untrusted=request.untrusted)
    variant = resolve_variant(career, request.variant)
    printed: dict[ProfilePath, Printed] = {}
    problems = list(career.problems)
    page_of = None
    if any(rule.reads_page for rule in rules.values()):
        try:
            printed = _read_page(request, career, open_engine)
            page_of = variant.name
        except (RenderError, UnreadableError) as error:
            problems += _say_no_page(variant.name, error)
    choice = _choose_texts(request, career)
    cvs = read_cv_texts(career, replace(choice, printed=printed.get), request.today)
    return Review(
        review_texts(cvs, rules),
        tuple(rules),
        tuple(cv.language for cv in cvs),
        sum(1 for cv in cvs for _ in cv.bullets),
        page_of,
        tuple(problems),
    )


def _choose_texts(request: ReviewRequest, career: Career) -> Choice:
    """What the variant asked for shows; without one, all texts."""
    if request.variant is None:
        return Choice()
    variant = resolve_variant(career, request.variant)
    return Choice({one.part.path for one in select_document(career, variant).ledger.shown}, variant.language)


def _choose_rules(request: ReviewRequest) -> dict[str, Rule]:
    """The rules asked for, without those that need the page if it is not read; raises InputError for unknown names."""
    unknown = [name for name in (*request.only, *request.ignore) if name not in RULES]
    if unknown:
        raise InputError([Problem(f"there is no rule {name!r}", None, suggest(name, RULES)) for name in unknown])
    return {
        name: rule
        for name, rule in RULES.items()
        if (not request.only or name in request.only)
        and name not in request.ignore
        and (request.page or not rule.reads_page)
    }


def _read_page(
    request: ReviewRequest, career: Career, open_engine: Callable[[str], Backend]
) -> dict[ProfilePath, Printed]:
    """The printed lines of each bullet of the variant, fitted and printed as ``cvgen render`` does.

    The first engine that the variant's theme supports prints it.
    """
    name = resolve_variant(career, request.variant).name
    variants = (name,) if career.profile.variants else ()
    target = list_targets(CheckRequest(request.profile, variants, engines=PRINTING), career)[0]
    asked = Request(request.profile, target.variant, engine=target.engine, untrusted=request.untrusted)
    backend = open_engine(target.engine)
    prepared = prepare_career(asked, career, backend)
    job = fit_document(prepared, backend).job if prepared.is_fitted else prepared.make_job()
    texts = PageTexts(read_by_pdfium(backend.compile(job).pdf).pages)
    printed: dict[ProfilePath, Printed] = {}
    for part in job.document.walk():
        if isinstance(part.shown, Bullet) and (lines := texts.find(str(part.shown.text))):
            printed[part.path] = Printed(lines.lines, lines.page)
    return printed


def _say_no_page(variant: str, error: RenderError | UnreadableError) -> list[Problem]:
    """That no page was reviewed, and why: each Problem of the render, with its place and hint."""
    message = f"the page of the variant {variant!r} is not reviewed"
    found = error.problems if isinstance(error, RenderError) else (Problem(str(error)),)
    hint = "correct what is reported below, or use --no-page"
    return [notice(message, None, hint), *(replace(problem, severity=Severity.NOTICE) for problem in found)]


def count_by_rule(findings: Collection[ReviewFinding]) -> Mapping[str, int]:
    """How many ``findings`` each rule has, without rules that have none."""
    names = [finding.check for finding in findings]
    return {name: names.count(name) for name in RULES if name in names}
