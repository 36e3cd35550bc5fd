"""What the page asks for beside the document: a check, the gallery of themes, and two variants side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from cvgen.diagnostics import CvgenError
from cvgen.examine import examine_pdf
from cvgen.examine.finding import Finding
from cvgen.pipeline.check.budget import find_missing_pins
from cvgen.pipeline.diff import compare_prepared
from cvgen.pipeline.preview import PageView, prepare_view, view_at_once, view_fitted
from cvgen.pipeline.request import Request
from cvgen.preview.finding_words import KnownText, find_place, find_quoted, list_texts
from cvgen.preview.page_text import PageBox, PageText, read_pages
from cvgen.preview.preview import Preview
from cvgen.preview.saying import say_difference, say_problem, say_problems
from cvgen.preview.shelf import ShelvedView
from cvgen.select.compare import Change, Difference
from cvgen.session import Session
from cvgen.sources.files_read import FilesRead
from cvgen.themes.theme import list_themes

RUNNING, DONE = "running", "done"
_CHECK, _COMPARE, _GALLERY, _FIT_GALLERY = 1, 2, 3, 4
"""The ranks of this work: a fit of the document comes before all of it."""
GALLERY_ENGINE = "weasyprint"


def start_check(preview: Preview) -> None:
    """Examine the pages that are shown, once they are fitted."""
    preview.board.put(check={"status": RUNNING, "findings": [], "is_old": False})
    preview.slow.put("check", lambda _: _check(preview), _CHECK)


def _check(preview: Preview) -> None:
    shown = preview.shown
    found: tuple[Finding, ...] = ()
    if shown and shown.view:
        view = shown.view
        found = (*find_missing_pins(view.prepared), *examine_pdf(view.pdf, view.job, view.prepared.pages))
    findings = [_say_finding(finding, shown) for finding in found]
    number = shown.number if shown else 0
    preview.board.put(check={"status": DONE, "findings": findings, "is_old": False, "view": number})


def _say_finding(finding: Finding, shown: ShelvedView | None) -> dict[str, Any]:
    boxes: list[PageBox] = []
    if shown:
        boxes = find_quoted(shown.pages, finding.problem.message)
        if not boxes and finding.problem.location:
            boxes = find_place(shown.pages, shown.texts, finding.problem.location)
    return {
        "check": finding.check,
        "page": finding.page,
        "boxes": [box.as_dict() for box in boxes],
        **say_problem(finding.problem),
    }


def start_gallery(preview: Preview) -> None:
    """Show the document in every theme: first as it is, then fitted to its pages."""
    roots = [] if preview.untrusted else [preview.profile.parent / "themes"]
    names = sorted(list_themes(roots))
    preview.board.put(gallery={"themes": [{"theme": name, "status": RUNNING} for name in names]})
    for name in names:
        preview.slow.put(f"theme {name}", partial(_draw_theme, preview, name, False), _GALLERY)


def stop_gallery(preview: Preview) -> None:
    """Forget the gallery."""
    preview.slow.drop("theme ")
    preview.board.put(gallery=None)


def _draw_theme(preview: Preview, name: str, is_fitted: bool, session: Session) -> None:
    request = replace(_ask(preview), theme=name, options={}, engine=GALLERY_ENGINE)

    def draw() -> dict[str, Any]:
        view = _view(preview, session, request, is_fitted=is_fitted)
        if not view.is_final:
            preview.slow.put(f"theme {name}", partial(_draw_theme, preview, name, True), _FIT_GALLERY)
        return {**_say_view(preview, view), "is_final": view.is_final}

    row = {"theme": name, **_try(draw)}
    gallery = preview.board.read()["gallery"]
    if gallery:
        rows = [row if one["theme"] == name else one for one in gallery["themes"]]
        preview.board.put(gallery={"themes": rows})


def start_comparison(preview: Preview, a: str, b: str) -> None:
    """Show the variants ``a`` and ``b`` side by side, with all differences between their texts."""
    preview.board.put(comparison={"status": RUNNING, "a": {"variant": a}, "b": {"variant": b}, "rows": []})
    preview.slow.put("compare", lambda session: _compare(preview, session, a, b), _COMPARE)


def _compare(preview: Preview, session: Session, a: str, b: str) -> None:
    views: dict[str, PageView] = {}

    def draw(side: str, variant: str) -> dict[str, Any]:
        request = replace(_ask(preview), variant=variant, theme=None, options={}, language=None, pages=None)
        views[side] = _view(preview, session, request, is_fitted=True)
        return {"variant": variant, "theme": views[side].prepared.theme.name, **_say_view(preview, views[side])}

    sides = {side: {"variant": name, **_try(partial(draw, side, name))} for side, name in (("a", a), ("b", b))}
    rows = []
    if len(views) == 2:
        documents = views["a"].job.document, views["b"].job.document
        found = compare_prepared(views["a"].prepared, views["b"].prepared, documents)
        rows = [{**say_difference(one), "boxes": {}} for one in found]
        for side, view in views.items():
            pages, texts = read_pages(view.pdf), list_texts(view)
            for row, one in zip(rows, found, strict=True):
                row["boxes"][side] = _find_difference(pages, texts, one, side)
    preview.board.put(comparison={"status": DONE, **sides, "rows": rows})


def _find_difference(
    pages: tuple[PageText, ...], texts: tuple[KnownText, ...], found: Difference, side: str
) -> list[dict[str, float]]:
    """Where the pages of one side show a part that differs."""
    is_here = found.change in (Change.WORDING, Change(f"only_{side}"))
    if not is_here or found.location is None:
        return []
    return [box.as_dict() for box in find_place(pages, texts, found.location, may_be_around=False)]


def _ask(preview: Preview) -> Request:
    return preview.tried.make_request(preview.profile, untrusted=preview.untrusted)


def _view(preview: Preview, session: Session, request: Request, *, is_fitted: bool) -> PageView:
    backend = session.open(request.engine)
    prepared = prepare_view(request, backend, FilesRead(), preview.kept)
    return view_fitted(prepared, backend) if is_fitted else view_at_once(prepared, backend, None)


def _say_view(preview: Preview, view: PageView) -> dict[str, Any]:
    shelved = preview.shelf.add(view.pdf)
    pages = [{"width": width, "height": height} for width, height in shelved.sizes]
    return {"status": DONE, "number": shelved.number, "pages": pages, "problems": say_problems(view.problems)}


def _try(draw: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What ``draw`` gives, or the Problems that it raises."""
    try:
        return draw()
    except CvgenError as error:
        return {"status": DONE, "number": None, "pages": [], "problems": say_problems(error.problems)}
