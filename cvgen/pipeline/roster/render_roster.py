"""Renders a roster in several worker processes; the failure of one person or of a process does not stop the others."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Sequence
from contextlib import closing, suppress

from cvgen.backends.programs import Runner
from cvgen.pipeline.roster.order import PersonRender, RosterOrder
from cvgen.pipeline.roster.people import Person
from cvgen.pipeline.roster.person_process import PersonProcess


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
        with closing(PersonProcess(order, runner)) as process:
            while not stopped.is_set():
                try:
                    person = waiting.get_nowait()
                except queue.Empty:
                    return
                _put(done, process.render(person), stopped)

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
