"""What the page asks for beside the document: a check, all themes, and two variants or states side by side."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from cvgen.diagnostics import CvgenError, Location
from cvgen.examine import examine_pdf
from cvgen.examine.finding import Finding
from cvgen.pipeline.check.budget import find_missing_pins
from cvgen.pipeline.diff import place_differences
from cvgen.pipeline.git_states import list_states, open_state
from cvgen.pipeline.preview import PageView, prepare_view, view_at_once, view_fitted
from cvgen.pipeline.request import Request
from cvgen.preview.page_data import say_difference, say_problem, say_problems
from cvgen.preview.page_text import PageBox, PageText, read_pages
from cvgen.preview.preview import Preview
from cvgen.preview.recent_pages import KeptView
from cvgen.preview.word_places import KnownText, find_place, find_quoted, list_texts
from cvgen.select.compare import Change
from cvgen.session import Session
from cvgen.sources.files_read import FilesRead
from cvgen.themes.theme import list_themes

RUNNING, DONE = "running", "done"
_CHECK, _COMPARE, _GALLERY, _FIT_GALLERY = 1, 2, 3, 4
"""The ranks of this work: a fit of the document comes before all of it."""
GALLERY_ENGINE = "weasyprint"


def start_check(preview: Preview) -> None:
    """Examine the pages that are shown, once they are fitted."""
    preview.page_state.put(check={"status": RUNNING, "findings": [], "is_old": False})
    preview.slow.put("check", lambda _: _check(preview), _CHECK)


def _check(preview: Preview) -> None:
    shown = preview.shown
    found: tuple[Finding, ...] = ()
    if shown and shown.view:
        view = shown.view
        found = (*find_missing_pins(view.prepared), *examine_pdf(view.pdf, view.job, view.prepared.pages))
    findings = [_say_finding(finding, shown) for finding in found]
    number = shown.number if shown else 0
    preview.page_state.put(check={"status": DONE, "findings": findings, "is_old": False, "view": number})


def _say_finding(finding: Finding, shown: KeptView | None) -> dict[str, Any]:
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
    preview.page_state.put(gallery={"themes": [{"theme": name, "status": RUNNING} for name in names]})
    for name in names:
        preview.slow.put(f"theme {name}", partial(_draw_theme, preview, name, False), _GALLERY)


def stop_gallery(preview: Preview) -> None:
    """Forget the gallery."""
    preview.slow.drop("theme ")
    preview.page_state.put(gallery=None)


def _draw_theme(preview: Preview, name: str, is_fitted: bool, session: Session) -> None:
    request = replace(_ask(preview), theme=name, options={}, engine=GALLERY_ENGINE)

    def draw() -> dict[str, Any]:
        view = _view(preview, session, request, is_fitted=is_fitted)
        if not view.is_final:
            preview.slow.put(f"theme {name}", partial(_draw_theme, preview, name, True), _FIT_GALLERY)
        return {**_say_view(preview, view), "is_final": view.is_final}

    row = {"theme": name, **_try(draw)}
    gallery = preview.page_state.read()["gallery"]
    if gallery:
        rows = [row if one["theme"] == name else one for one in gallery["themes"]]
        preview.page_state.put(gallery={"themes": rows})


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared: a variant, of the files as they are or as git had them at ``state``."""

    variant: str
    state: str = ""

    def as_dict(self) -> dict[str, str]:
        """Ready for JSON."""
        return {"variant": self.variant, "state": self.state}


def list_git_states(preview: Preview) -> dict[str, Any]:
    """The states that git has of the files, for the page; none of a profile that must not be trusted."""
    states = () if preview.untrusted else list_states(preview.profile, preview.host)
    return {"states": [asdict(state) for state in states]}


def start_comparison(preview: Preview, a: Side, b: Side) -> None:
    """Show ``a`` and ``b`` side by side, with all differences between their texts."""
    preview.page_state.put(comparison={"status": RUNNING, "a": a.as_dict(), "b": b.as_dict(), "rows": []})
    preview.slow.put("compare", lambda session: _compare(preview, session, a, b), _COMPARE)


def _compare(preview: Preview, session: Session, a: Side, b: Side) -> None:
    views: dict[str, PageView] = {}

    def draw(name: str, side: Side) -> dict[str, Any]:
        asked = replace(_ask(preview), variant=side.variant, theme=None, options={}, language=None, pages=None)
        asked = replace(asked, profile=_open(preview, side, opened), letter=None)
        views[name] = _view(preview, session, asked, is_fitted=True)
        return {"theme": views[name].prepared.theme.name, **_say_view(preview, views[name])}

    with ExitStack() as opened:
        sides = {name: {**side.as_dict(), **_try(partial(draw, name, side))} for name, side in (("a", a), ("b", b))}
        rows = _list_rows(views["a"], views["b"], _list_old(a, b)) if len(views) == 2 else []
    preview.page_state.put(comparison={"status": DONE, **sides, "rows": rows})


def _open(preview: Preview, side: Side, opened: ExitStack) -> Path:
    """The profile of ``side``, until ``opened`` is closed; raises InputError."""
    if not side.state or preview.untrusted:
        return preview.profile
    return opened.enter_context(open_state(preview.profile, side.state, preview.host))


def _list_old(a: Side, b: Side) -> frozenset[str]:
    return frozenset(name for name, side in (("a", a), ("b", b)) if side.state)


def _list_rows(a: PageView, b: PageView, old: frozenset[str]) -> list[dict[str, Any]]:
    """The differences, with where the pages show them. The places in files are those of files that are there."""
    placed = place_differences(a.prepared, b.prepared, (a.job.document, b.job.document))
    shown = {name: (read_pages(view.pdf), list_texts(view)) for name, view in (("a", a), ("b", b))}
    rows = []
    for one in placed:
        places = {"a": one.place_a, "b": one.place_b}
        place = next((places[name] for name in ("b", "a") if name not in old and places[name]), None)
        boxes = {name: _find_difference(*shown[name], one.found.change, place, name) for name, place in places.items()}
        rows.append({**say_difference(replace(one.found, location=place)), "boxes": boxes})
    return rows


def _find_difference(
    pages: tuple[PageText, ...], texts: tuple[KnownText, ...], change: Change, place: Location | None, side: str
) -> list[dict[str, float]]:
    """Where the pages of one side show a part that differs."""
    if place is None or change not in (Change.WORDING, Change(f"only_{side}")):
        return []
    return [box.as_dict() for box in find_place(pages, texts, place, may_be_around=False)]


def _ask(preview: Preview) -> Request:
    return preview.tried.make_request(preview.profile, untrusted=preview.untrusted)


def _view(preview: Preview, session: Session, request: Request, *, is_fitted: bool) -> PageView:
    backend = session.open(request.engine)
    prepared = prepare_view(request, backend, FilesRead(), preview.kept)
    return view_fitted(prepared, backend) if is_fitted else view_at_once(prepared, backend, None)


def _say_view(preview: Preview, view: PageView) -> dict[str, Any]:
    kept = preview.recent_pages.add(view.pdf)
    pages = [{"width": width, "height": height} for width, height in kept.sizes]
    return {"status": DONE, "number": kept.number, "pages": pages, "problems": say_problems(view.problems)}


def _try(draw: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What ``draw`` gives, or the Problems that it raises."""
    try:
        return draw()
    except CvgenError as error:
        return {"status": DONE, "number": None, "pages": [], "problems": say_problems(error.problems)}
