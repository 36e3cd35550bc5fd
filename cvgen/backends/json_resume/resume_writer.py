"""Writes documents as JSON Resume."""

from __future__ import annotations

import json

from cvgen.backends.backend import Job, Source
from cvgen.backends.host import Host
from cvgen.backends.json_resume.resume import make_resume


class ResumeWriter:
    """Writes JSON Resume; it uses no templates and no fonts."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def write_source(self, job: Job) -> Source:
        """The resume, with a notice for each part of the document that it cannot hold."""
        if job.facts is None:
            raise TypeError("a job without the facts of a profile cannot become a resume")
        resume = make_resume(job, job.facts)
        text = json.dumps(resume.content, indent=2, ensure_ascii=False) + "\n"
        return Source(text, problems=resume.problems)

    def has_font(self, family: str) -> bool:
        """Every font will do: none is used."""
        return True

    def close(self) -> None:
        """Nothing was started."""
