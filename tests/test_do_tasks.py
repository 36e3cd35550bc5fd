"""What check, gallery and batch share: tasks that several workers take in turn."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from cvgen.pipeline.do_tasks import do_tasks


class Counter:
    """Opens workers, and counts those that are open."""

    def __init__(self) -> None:
        self.opened = self.open = 0
        self.begun: list[int] = []
        self.lock = threading.Lock()

    def start(self) -> Counter:
        with self.lock:
            self.opened += 1
            self.open += 1
        return self

    def close(self) -> None:
        with self.lock:
            self.open -= 1

    def double(self, task: int) -> int:
        with self.lock:
            self.begun.append(task)
        if task == 13:
            raise ArithmeticError("13")
        return 2 * task


@pytest.mark.parametrize(("tasks", "workers"), [(range(10), 3), (range(2), 2), (range(0), 0)])
def test_each_task_is_done_once_and_all_workers_are_closed(tasks: range, workers: int) -> None:
    counter = Counter()
    assert sorted(do_tasks(tasks, counter.start, Counter.double, 3)) == [2 * task for task in tasks]
    assert sorted(counter.begun) == list(tasks)
    assert (counter.opened, counter.open) == (workers, 0)


def test_what_a_task_raises_is_raised_and_ends_the_rest() -> None:
    counter = Counter()
    with pytest.raises(ArithmeticError, match="13"):
        list(do_tasks([13, *range(100, 200)], counter.start, Counter.double, 1))
    assert counter.open == 0
    assert counter.begun == [13]


def test_no_task_is_begun_after_the_caller_stops() -> None:
    counter = Counter()
    with closing(do_tasks(range(100, 200), counter.start, Counter.double, 1)) as doing:
        assert next(doing) == 200
    assert counter.open == 0
    assert len(counter.begun) < 10
