"""A document while it is edited: renders it after each change, and does what the page asks for."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from traceback import format_exception
from typing import Any

from cvgen.backends.host import Host
from cvgen.diagnostics import CvgenError, InputError, Location, Problem
from cvgen.pipeline.preview import (
    PageView,
    Settled,
    find_settled,
    prepare_view,
    view_at_once,
    view_fitted,
    write_web_page,
)
from cvgen.preview.controls import describe_controls
from cvgen.preview.editors import Editor, find_editor
from cvgen.preview.engine_thread import EngineThread
from cvgen.preview.page_data import say_problems, say_report
from cvgen.preview.page_state import PageState
from cvgen.preview.recent_pages import KeptView, RecentPages
from cvgen.preview.tried_choices import PAGES, WEB, Change, TriedChoices, change_tried
from cvgen.session import Session
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.files_read import FilesRead

WORKING, FITTING, READY, FAILED = "working", "fitting", "ready", "failed"


class Preview:
    """Renders ``profile`` with the choices tried, now and whenever a file of it changes; close it after use.

    Two threads render. One shows each change at once; the other fits the document to its pages, and does all that
    takes longer. What the page shows is in ``page_state``. ``session`` may have begun to start an engine.
    """

    def __init__(
        self,
        profile: Path,
        host: Host,
        tried: TriedChoices,
        session: Session | None = None,
        *,
        untrusted: bool = False,
        editor: Editor | None = None,
    ) -> None:
        self.profile, self.host, self.tried, self.untrusted = profile, host, tried, untrusted
        self.page_state = PageState(
            profile=profile.name, status=WORKING, problems=[], view=None, tried=tried.as_dict(), controls=None,
            report=None, bug=None, check=None, gallery=None, comparison=None, editor=asdict(editor or find_editor("")),
            run=secrets.token_hex(4),  # a page that was open before knows views of another run by the same numbers
        )  # fmt: skip
        self.recent_pages = RecentPages()
        self.quick = EngineThread("preview", session or Session(host), self._report_bug)
        self.slow = EngineThread("preview-fit", Session(host), self._report_bug)
        self.kept = KeptBibliographies()
        self._files = self._unread = FilesRead()
        self._settled: dict[tuple[str | None, ...], Settled | None] = {}
        self._lock = threading.Lock()
        self._asked = self._last_put = 0
        self._is_closed = False
        self._watcher = threading.Thread(target=self._watch, name="cvgen-watch", daemon=True)

    def start(self) -> None:
        """Start to render and to watch the files."""
        self.quick.start()
        self.slow.start()
        self.render()
        self._watcher.start()

    def end(self) -> None:
        """Begin to end: nothing is watched any more, and no event follows."""
        self._is_closed = True

    def close(self) -> None:
        """End the engines and the threads."""
        self.end()
        self.quick.close()
        self.slow.close()

    @property
    def is_closed(self) -> bool:
        """Whether it has ended."""
        return self._is_closed

    @property
    def shown(self) -> KeptView | None:
        """What the page shows now."""
        view = self.page_state.read()["view"]
        return self.recent_pages.find(view["number"]) if view else None

    # --- rendering

    def render(self) -> None:
        """Render with the choices and the files as they are now; a render that has not begun is dropped."""
        with self._lock:
            self._asked += 1
            self.page_state.put(status=WORKING, tried=self.tried.as_dict())
        self.quick.put("view", self._render)

    def _render(self, session: Session) -> None:
        number, tried = self._asked, self.tried
        files = FilesRead()
        try:
            request = tried.make_request(self.profile, untrusted=self.untrusted)
            backend = session.open(request.engine)
            if tried.shape == WEB:
                page = write_web_page(request, backend, files, self.kept)
                self._show(number, self.recent_pages.add(html=page.html), READY, page.problems, page.prepared)
                return
            prepared = prepare_view(request, backend, files, self.kept)
            key = (prepared.variant.name, tried.letter, tried.theme, tried.engine)
            view = view_at_once(prepared, backend, self._settled.get(key))
            status = READY if view.is_final else FITTING
            self._show(number, self.recent_pages.add(view.pdf, view=view), status, view.problems, prepared)
            if view.is_final:
                self.page_state.put(report=say_report(view.report))
            else:
                self.slow.put("fit", lambda session: self._fit(session, view, number))
        except CvgenError as error:
            files.keep(self._files)
            self._put(number, status=FAILED, problems=say_problems(error.problems))
        except BaseException:
            files.keep(self._files)
            raise
        finally:
            self._files = files

    def _fit(self, session: Session, view: PageView, number: int) -> None:
        """Fit the document of ``view`` to its pages, and show it if nothing newer was asked for."""
        prepared, tried = view.prepared, self.tried
        key = (prepared.variant.name, tried.letter, tried.theme, tried.engine)
        try:
            fitted = view_fitted(prepared, session.open(prepared.request.engine))
        except CvgenError as error:
            self._settled.pop(key, None)
            if number == self._asked:
                self._put(number, status=FAILED, problems=say_problems((*prepared.problems, *error.problems)))
            return
        self._settled[key] = find_settled(fitted)
        if number != self._asked:
            return
        if fitted.pdf != view.pdf:
            self._show(number, self.recent_pages.add(fitted.pdf, view=fitted), READY, fitted.problems, prepared)
        self._put(number, status=READY, problems=say_problems(fitted.problems), report=say_report(fitted.report))

    def _show(self, number: int, kept: KeptView, status: str, problems: tuple[Problem, ...], prepared: Any) -> None:
        view = {
            "number": kept.number,
            "shape": WEB if kept.html else PAGES,
            "pages": [{"width": width, "height": height} for width, height in kept.sizes],
            "is_final": status == READY,
        }
        before = self.page_state.read()
        check = {**before["check"], "is_old": True} if before["check"] else None
        said: dict[str, Any] = {"status": status, "view": view, "check": check, "bug": None}
        said["problems"] = say_problems(problems)
        if before["controls"] is None:  # the names of languages are slow to load, and the first pages come before them
            self._put(number, **said)
        self._put(number, **said, controls=describe_controls(prepared, self.host))

    def _put(self, number: int, status: str, **said: Any) -> None:
        """Show the outcome of render ``number``, unless that of a newer one is shown.

        Where a newer render was asked for, the work is not done yet.
        """
        with self._lock:
            if number < self._last_put:
                return
            self._last_put = number
            self.page_state.put(status=status if number == self._asked else WORKING, **said)

    def _report_bug(self, error: Exception) -> None:
        """Show an error that nobody expected; the last good pages stay."""
        self.page_state.put(status=FAILED, bug="".join(format_exception(error)))

    def _watch(self) -> None:
        self._wait_for_render(self._unread)
        from cvgen.pipeline.wait_for_change import wait_for_change  # slow to load; the first render comes before it

        while not self._is_closed:
            files = self._files
            if wait_for_change(files, lambda: self._is_closed or self._files is not files):  # noqa: B023
                self.render()
                self._wait_for_render(files)

    def _wait_for_render(self, files: FilesRead) -> None:
        """Wait until a render later than that of ``files`` has recorded what it read."""
        pause = threading.Event()
        while self._files is files and not self._is_closed:
            pause.wait(0.01)

    # --- what the page asks for

    def try_out(self, change: Change) -> None:
        """Render with other choices."""
        with self._lock:
            self.tried = change_tried(self.tried, change)
        self.render()

    def write_tried(self) -> None:
        """Write the choices tried into the variant shown; raises InputError."""
        controls = self.page_state.read()["controls"]
        if controls is None:
            raise InputError([Problem("nothing is written: the profile has errors", None, "mend them first")])
        from cvgen.pipeline.edit_profile import set_values

        self._edit(lambda: set_values(self.profile, self.tried.list_values(controls["now"]["variant"])))
        with self._lock:
            self.tried = replace(self.tried.without_written(), variant=self.tried.variant)
        self.render()

    def flag(self, path: tuple[str | int, ...], section: tuple[str | int, ...], flag: str, value: bool) -> None:
        """Pin or hide the part at ``path``, which is in the variant's ``section``; raises InputError."""
        from cvgen.pipeline.edit_profile import flag_part, pin_paper, set_values

        if path[:1] != ("publications",):
            self._edit(lambda: flag_part(self.profile, path, flag, value))
        elif flag == "hidden":
            place = ("bibliography", "entries", str(path[1]), "hidden")
            self._edit(lambda: set_values(self.profile, {place: str(value).lower()}))
        else:
            self._edit(lambda: pin_paper(self.profile, section, str(path[1])))
        self.render()

    def _edit(self, write: Callable[[], None]) -> None:
        """Write into the profile; raises InputError for a profile that must not be trusted."""
        if self.untrusted:
            place = Location(str(self.profile))
            raise InputError([Problem("an untrusted profile is not written", place, "start without --untrusted")])
        write()
