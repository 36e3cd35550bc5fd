"""Renders a roster in several worker processes; the failure of one person or of a process does not stop the others."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from cvgen.backends.programs import Runner
from cvgen.pipeline.do_tasks import do_tasks
from cvgen.pipeline.roster.listed_people import Person
from cvgen.pipeline.roster.order import PersonRender, RosterOrder
from cvgen.pipeline.roster.person_process import PersonProcess


def render_roster(people: Sequence[Person], order: RosterOrder, runner: Runner, jobs: int) -> Generator[PersonRender]:
    """Render each of ``people`` in one of ``jobs`` processes, and give each outcome as soon as there is one.

    When the caller stops iterating, the documents that are being rendered are finished, and no other is begun.
    """
    return do_tasks(people, lambda: PersonProcess(order, runner), PersonProcess.render, jobs)
