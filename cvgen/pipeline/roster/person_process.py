"""A process that renders one person after the other, and is started again where it ends."""

from __future__ import annotations

import json
import os
import sys

from cvgen.backends.host import select_environ
from cvgen.backends.leftovers import remove_scratch_leftovers
from cvgen.backends.programs import ProgramEndedError, ProgramError, Runner, RunningProgram
from cvgen.diagnostics import Location, Problem
from cvgen.pipeline.roster.listed_people import Person
from cvgen.pipeline.roster.order import PersonRender, RenderState, RosterOrder, read_outcome

_COMMAND = (sys.executable, "-P", "-m", "cvgen.pipeline.roster.person_worker")  # -P: no module of the current folder
_RENDERS = 500
"""The number of people after which a process is replaced, so that its memory stays bounded."""
_TRIES = 2
"""How often a person is tried whose process ended."""
_SECONDS = 900.0
"""The most seconds for one person; each of its layouts has a limit of its own."""
_HINT = "render it alone to see why; a process that needs too much memory is ended"


class PersonProcess:
    """One process, started on first use and again after it ended or has rendered many documents."""

    def __init__(self, order: RosterOrder, runner: Runner) -> None:
        self._order, self._runner = order, runner
        self._process: RunningProgram | None = None
        self._rendered = 0

    def render(self, person: Person, inputs: str = "") -> PersonRender:
        """The outcome for ``person``; a process that ends is started again, and the person is tried once more.

        With ``inputs``, the digest of everything that the document is made from, another digest is an error.
        """
        asked = {"profile": str(person.profile), "name": person.name, "inputs": inputs}
        for attempt in range(1, _TRIES + 1):
            try:
                return read_outcome(person, self._ask(asked))
            except ProgramEndedError as error:
                self.close()
                if attempt == _TRIES:
                    return fail_person(person, f"the process that renders it {error}, {_TRIES} times")
            except ProgramError as error:
                self.close()
                return fail_person(person, f"the process that renders it {error}")
        raise AssertionError("the last attempt always returns")

    def close(self) -> None:
        """End the process, and remove the scratch folders that it leaves."""
        if self._process:
            self._process.stop()
            self._process = None
            remove_scratch_leftovers()

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


def fail_person(person: Person, message: str, hint: str = _HINT) -> PersonRender:
    """The outcome that no document was made, with ``message`` as the error."""
    return PersonRender(person, RenderState.FAILED, problems=(Problem(message, Location(str(person.profile)), hint),))
