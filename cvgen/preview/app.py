"""The addresses of the preview: its page, its pictures, its events, and what the page asks for.

What looks for words and examines pages is slow to load, and loaded when it is first asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from importlib import resources
from pathlib import PurePath
from typing import Any, Literal, TypeVar

import anyio
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from cvgen.diagnostics import CvgenError, Location
from cvgen.preview.page_data import say_part, say_place, say_problems
from cvgen.preview.preview import Preview
from cvgen.preview.tried_choices import Change

PAGE = resources.files("cvgen.preview") / "page"
_KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_WIDTH = 900
"""The width in pixels of a page's picture if the address does not say it."""
_DEEPEST = 20
"""The most keys of a path in the profile."""
_LOOK = 0.03
"""How often, in seconds, an open page is looked after; a change that a person sees takes ten times as long."""
_BEAT = 10.0
"""After so many seconds without news a line is sent, so that an end of the connection is noticed."""
_WEB_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'"
)
"""A theme's web page is shown with its styles and pictures, and without scripts."""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WordAsked(_Asked):
    """A place on a page, as shares of its width and height."""

    view: int
    page: int
    x: float
    y: float


class TextAsked(_Asked):
    """Words to find on the pages."""

    view: int
    text: str


class PlaceAsked(_Asked):
    """A line of a file to find on the pages."""

    view: int
    file: str
    line: int
    column: int | None = None


class FlagAsked(_Asked):
    """A part to pin or hide."""

    path: tuple[str | int, ...] = Field(min_length=2, max_length=_DEEPEST)
    section: tuple[str | int, ...] = Field(default=(), max_length=_DEEPEST)
    flag: Literal["pin", "hidden"]
    value: bool = True


class SideAsked(_Asked):
    """A variant, of the files as they are or as git had them."""

    variant: str
    state: str = ""


class PairAsked(_Asked):
    """Two variants to compare."""

    a: SideAsked
    b: SideAsked


class Nothing(_Asked):
    """A request that says all by its address."""


M = TypeVar("M", bound=BaseModel)


def make_app(preview: Preview) -> Starlette:
    """The application that answers the page of ``preview``."""
    answers = _Answers(preview)
    changes: dict[str, tuple[type[BaseModel], Callable[[Any], Any]]] = {
        "choices": (Change, preview.try_out),
        "write": (Nothing, lambda _: preview.write_tried()),
        "flag": (FlagAsked, answers.flag),
        "word": (WordAsked, answers.find_word),
        "text": (TextAsked, answers.find_text),
        "place": (PlaceAsked, answers.find_place),
        "check": (Nothing, answers.check),
        "gallery": (Nothing, answers.gallery),
        "gallery/stop": (Nothing, answers.stop_gallery),
        "states": (Nothing, answers.states),
        "compare": (PairAsked, answers.compare),
    }
    routes = [Route("/", _serve_file("index.html"))]
    routes += [Route(f"/{file.name}", _serve_file(file.name)) for file in PAGE.iterdir()]
    routes += [
        Route("/state", answers.state),
        Route("/events", answers.events),
        Route("/page/{view:int}/{page:int}.png", answers.picture),
        Route("/web/{view:int}.html", answers.web_page),
        *(Route(f"/{name}", _answer(*change), methods=["POST"]) for name, change in changes.items()),
    ]
    return Starlette(routes=routes)


def _serve_file(name: str) -> Callable[[Request], Response]:
    def serve(_: Request) -> Response:
        return Response((PAGE / name).read_bytes(), media_type=_KINDS[PurePath(name).suffix])

    return serve


def _answer(asked: type[M], do: Callable[[M], Any]) -> Callable[[Request], Any]:
    """The endpoint that reads its body as ``asked``, and answers with what ``do`` makes of it, or its Problems."""

    async def answer(request: Request) -> Response:
        try:
            wanted = asked.model_validate_json(await request.body() or b"{}")
        except (ValidationError, ClientDisconnect):
            return JSONResponse({"problems": []}, 400)
        try:
            return JSONResponse(await run_in_threadpool(do, wanted) or {})
        except CvgenError as error:
            return JSONResponse({"problems": say_problems(error.problems)}, 422)

    return answer


class _Answers:
    """What the page asks of ``preview``."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview

    def state(self, _: Request) -> Response:
        return JSONResponse(self.preview.page_state.read())

    def events(self, _: Request) -> Response:
        return StreamingResponse(self._list_events(), media_type="text/event-stream")

    async def _list_events(self) -> AsyncIterator[str]:
        shown, version, quiet = self.preview.page_state, 0, 0.0
        while not self.preview.is_closed:
            if shown.version != version:
                state = shown.read()
                version, quiet = state["version"], 0.0
                yield f"data: {json.dumps(state, ensure_ascii=False)}\n\n"
            elif quiet >= _BEAT:
                quiet = 0.0
                yield ": still here\n\n"
            await anyio.sleep(_LOOK)
            quiet += _LOOK

    def picture(self, request: Request) -> Response:
        kept = self.preview.recent_pages.find(request.path_params["view"])
        width = request.query_params.get("width", "")
        wide = int(width) if re.fullmatch("[0-9]{1,5}", width) else _WIDTH
        data = kept.draw(request.path_params["page"], wide) if kept else None
        if data is None:
            return Response(status_code=404)
        return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=600, immutable"})

    def web_page(self, request: Request) -> Response:
        kept = self.preview.recent_pages.find(request.path_params["view"])
        if kept is None or not kept.html:
            return Response(status_code=404)
        return Response(kept.html, media_type="text/html", headers={"content-security-policy": _WEB_POLICY})

    def flag(self, asked: FlagAsked) -> None:
        self.preview.flag(asked.path, asked.section, asked.flag, asked.value)

    def check(self, _: Nothing) -> None:
        from cvgen.preview.side_views import start_check

        start_check(self.preview)

    def gallery(self, _: Nothing) -> None:
        from cvgen.preview.side_views import start_gallery

        start_gallery(self.preview)

    def stop_gallery(self, _: Nothing) -> None:
        from cvgen.preview.side_views import stop_gallery

        stop_gallery(self.preview)

    def states(self, _: Nothing) -> dict[str, Any]:
        from cvgen.preview.side_views import list_git_states

        return list_git_states(self.preview)

    def compare(self, pair: PairAsked) -> None:
        from cvgen.preview.side_views import Side, start_comparison

        a, b = (Side(one.variant, one.state) for one in (pair.a, pair.b))
        start_comparison(self.preview, a, b)

    def find_word(self, asked: WordAsked) -> dict[str, Any]:
        from cvgen.preview.word_places import find_word

        kept = self.preview.recent_pages.find(asked.view)
        found = find_word(kept.pages, kept.texts, asked.page, asked.x, asked.y) if kept else None
        if not kept or not kept.view or not found:
            return {}
        known = found.known
        return {
            "place": say_place(known.location),
            "boxes": [box.as_dict() for box in found.boxes],
            "part": say_part(known.part, kept.view.report) if known.part else None,
        }

    def find_text(self, asked: TextAsked) -> dict[str, Any]:
        """Where the pages show these words, and where the first of them comes from."""
        from cvgen.preview.page_text import fold
        from cvgen.preview.word_places import find_text

        kept = self.preview.recent_pages.find(asked.view)
        boxes = find_text(kept.pages, fold(asked.text)) if kept else []
        if not boxes:
            return {"boxes": []}
        first = boxes[0]
        x, y = first.left + min(0.002, first.width / 2), first.top + first.height / 2
        return {**self.find_word(WordAsked(view=asked.view, page=first.page, x=x, y=y)), "boxes": [
            box.as_dict() for box in boxes
        ]}  # fmt: skip

    def find_place(self, asked: PlaceAsked) -> dict[str, Any]:
        from cvgen.preview.word_places import find_place

        kept = self.preview.recent_pages.find(asked.view)
        place = Location(asked.file, asked.line, asked.column)
        boxes = find_place(kept.pages, kept.texts, place) if kept else []
        return {"boxes": [box.as_dict() for box in boxes]}
