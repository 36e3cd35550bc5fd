"""The process that renders one person after the other with an engine that stays warm.

Run as ``python -m cvgen.pipeline.roster.person_worker PARENT``, with the id of the process that it ends with. It reads
from stdin and writes to stdout, both in the frames of ``multiprocessing.connection``, all in JSON: first the order,
then for each person the profile, the name and the digest expected, which it answers with the outcome.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cvgen.backends.backend import SourceWriter
from cvgen.backends.cache import Cache
from cvgen.backends.engines import has_pages, open_backend, open_source_writer
from cvgen.backends.host import describe_host
from cvgen.backends.parent_process import end_with_parent
from cvgen.pipeline.roster.listed_people import Person
from cvgen.pipeline.roster.order import PersonRender, RenderState, RosterOrder, read_order
from cvgen.pipeline.roster.render_person import render_person
from cvgen.sources.bibliography import KeptBibliographies


def serve(parent: int) -> None:
    """Answer until stdin or the process ``parent`` ends."""
    threading.Thread(target=end_with_parent, args=(parent,), daemon=True).start()
    requests = Connection(os.dup(0), writable=False)
    replies = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # output of a library must not get between frames
    order = read_order(json.loads(requests.recv_bytes()))
    kept = KeptBibliographies(Cache(describe_host(order.environ).cache))
    with closing(_open_writer(order)) as writer:
        replies.send_bytes(b"{}")
        while True:
            try:
                asked: dict[str, Any] = json.loads(requests.recv_bytes())
            except EOFError:
                return
            person = Person(Path(asked["profile"]), asked["name"])
            outcome = _render(person, order, writer, kept, asked["inputs"])
            replies.send_bytes(json.dumps(outcome.as_message()).encode())


def _open_writer(order: RosterOrder) -> SourceWriter:
    host = replace(describe_host(order.environ), trusts_themes=order.trusts_themes)
    return open_backend(order.engine, host) if has_pages(order.format) else open_source_writer(order.engine, host)


def _render(
    person: Person, order: RosterOrder, writer: SourceWriter, kept: KeptBibliographies, inputs: str = ""
) -> PersonRender:
    try:
        return render_person(person, order, writer, kept, inputs)
    except Exception:  # a fault of cvgen must not end the other people's renders
        return PersonRender(person, RenderState.FAILED, bug=traceback.format_exc())


if __name__ == "__main__":
    serve(int(sys.argv[1]))
