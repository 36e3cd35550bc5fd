"""Writes documents as JSON Resume."""

from __future__ import annotations

import json

from cvgen.backends.backend import Job, Source
from cvgen.backends.host import Host
from cvgen.backends.json_resume.resume import make_resume
from cvgen.diagnostics import InputError, Problem


class ResumeWriter:
    """Writes JSON Resume; it uses no templates and no fonts."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def write_source(self, job: Job) -> Source:
        """The resume, with a notice of all that it cannot hold; raises InputError for a letter."""
        if job.facts is None:
            raise TypeError("a job without the facts of a profile cannot become a resume")
        if job.document.letter:
            raise InputError([Problem("JSON Resume has no place for letters", None, "choose another format")])
        resume = make_resume(job, job.facts)
        text = json.dumps(resume.content, indent=2, ensure_ascii=False) + "\n"
        return Source(text, problems=resume.problems)

    @property
    def today(self) -> tuple[int, int] | None:
        """The year and the month now; None if another time is to be printed in place of it."""
        return self._host.today

    def has_font(self, family: str) -> bool:
        """Every font will do: none is used."""
        return True

    def close(self) -> None:
        """Nothing was started."""
