"""Does tasks several at a time, each with a worker that stays warm, and gives each result as soon as there is one."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from typing import Protocol, TypeVar


class TaskWorker(Protocol):
    """What does tasks: a process or an open engine, closed when no task is left for it."""

    def close(self) -> None:
        """End it, and all that it started."""


Task = TypeVar("Task")
AnyWorker = TypeVar("AnyWorker", bound=TaskWorker)
Result = TypeVar("Result")


def do_tasks(
    tasks: Sequence[Task], open_worker: Callable[[], AnyWorker], do: Callable[[AnyWorker, Task], Result], jobs: int
) -> Generator[Result]:
    """The result of ``do`` for each of ``tasks``, which ``jobs`` workers take in turn; the first result first.

    When the caller stops iterating, the tasks that are being done are finished, and no other is begun. What ``do``
    raises is raised here, and ends the rest likewise.
    """
    waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
    for task in tasks:
        waiting.put(task)
    done: queue.Queue[Result | _Raised] = queue.Queue(maxsize=2 * jobs)
    stopped = threading.Event()

    def work() -> None:
        try:
            with closing(open_worker()) as worker:
                for task in _take(waiting, stopped):
                    _put(done, do(worker, task), stopped)
        except BaseException as error:
            _put(done, _Raised(error), stopped)

    threads = [threading.Thread(target=work) for _ in range(min(jobs, len(tasks)))]
    for thread in threads:
        thread.start()
    try:
        for _ in tasks:
            result = done.get()
            if isinstance(result, _Raised):
                raise result.error
            yield result
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


class _Raised:
    """What a thread raised, on its way to the caller."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _take(waiting: queue.SimpleQueue[Task], stopped: threading.Event) -> Iterator[Task]:
    """The tasks that nobody has taken, until all work is stopped."""
    while not stopped.is_set():
        try:
            yield waiting.get_nowait()
        except queue.Empty:
            return


def _put(done: queue.Queue[Result | _Raised], result: Result | _Raised, stopped: threading.Event) -> None:
    """Wait for room in ``done``, so that a slow reader holds the workers up; drop the result if nobody reads."""
    while not stopped.is_set():
        with suppress(queue.Full):
            done.put(result, timeout=0.2)
            return
