"""Renders a roster in several worker processes; the failure of one person or of a process does not stop the others."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import closing, suppress

from cvgen.backends.host import select_environ
from cvgen.backends.programs import ProgramEndedError, ProgramError, Runner, RunningProgram
from cvgen.diagnostics import Location, Problem
from cvgen.pipeline.roster.order import PersonRender, RenderState, RosterOrder, read_outcome
from cvgen.pipeline.roster.people import Person

_COMMAND = (sys.executable, "-P", "-m", "cvgen.pipeline.roster.worker")  # -P: no module of the current folder
_RENDERS = 500
"""The number of people after which a process is replaced, so that its memory stays bounded."""
_TRIES = 2
"""How often a person is tried whose process ended."""
_SECONDS = 900.0
"""The most seconds for one person; each of its layouts has a limit of its own."""


def render_roster(people: Sequence[Person], order: RosterOrder, runner: Runner, jobs: int) -> Generator[PersonRender]:
    """Render each of ``people`` in one of ``jobs`` processes, and give each outcome as soon as there is one.

    When the caller stops iterating, the documents that are being rendered are finished, and no other is begun.
    """
    waiting: queue.SimpleQueue[Person] = queue.SimpleQueue()
    for person in people:
        waiting.put(person)
    done: queue.Queue[PersonRender | BaseException] = queue.Queue(maxsize=2 * jobs)
    stopped = threading.Event()

    def work() -> None:
        with closing(_Worker(order, runner)) as worker:
            while not stopped.is_set():
                try:
                    person = waiting.get_nowait()
                except queue.Empty:
                    return
                _put(done, worker.render(person), stopped)

    def watch() -> None:
        try:
            work()
        except BaseException as error:  # a fault of cvgen, raised again where it is seen
            _put(done, error, stopped)

    threads = [threading.Thread(target=watch) for _ in range(min(jobs, len(people)))]
    for thread in threads:
        thread.start()
    try:
        for _ in people:
            outcome = done.get()
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


def _put(
    done: queue.Queue[PersonRender | BaseException], outcome: PersonRender | BaseException, stopped: threading.Event
) -> None:
    """Wait for room in ``done``, so that a slow reader holds the workers up; drop the outcome if nobody reads."""
    while not stopped.is_set():
        with suppress(queue.Full):
            done.put(outcome, timeout=0.2)
            return


class _Worker:
    """One process, started on first use and again after it ended or has rendered many documents."""

    def __init__(self, order: RosterOrder, runner: Runner) -> None:
        self._order, self._runner = order, runner
        self._process: RunningProgram | None = None
        self._rendered = 0

    def render(self, person: Person) -> PersonRender:
        """The outcome for ``person``; a process that ends is started again, and the person is tried once more."""
        for attempt in range(1, _TRIES + 1):
            try:
                return read_outcome(person, self._ask({"profile": str(person.profile), "name": person.name}))
            except ProgramEndedError as error:
                self.close()
                if attempt == _TRIES:
                    return _fail(person, f"the process that renders it {error}, {_TRIES} times")
            except ProgramError as error:
                self.close()
                return _fail(person, f"the process that renders it {error}")
        raise AssertionError("the last attempt always returns")

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.stop()
            self._process = None

    def _ask(self, message: dict[str, str]) -> dict[str, object]:
        if self._rendered >= _RENDERS:
            self.close()
        if self._process is None or not self._process.is_running:
            self._process = self._start()
        self._rendered += 1
        answer: dict[str, object] = json.loads(self._process.exchange(json.dumps(message).encode(), _SECONDS))
        return answer

    def _start(self) -> RunningProgram:
        self._rendered = 0
        path = os.pathsep.join(folder for folder in sys.path if folder)
        environ = {**select_environ(self._order.environ), "PYTHONPATH": path}
        process = self._runner.start([*_COMMAND, str(os.getpid())], environ)
        process.exchange(json.dumps(self._order.as_message()).encode(), _SECONDS)
        return process


def _fail(person: Person, message: str) -> PersonRender:
    hint = "render it alone to see why; a process that needs too much memory is ended"
    return PersonRender(person, RenderState.FAILED, problems=(Problem(message, Location(str(person.profile)), hint),))
