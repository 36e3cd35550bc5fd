"""Renders a roster on the machines of a Dask cluster, which places the jobs, balances them and repeats lost ones."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cvgen.backends.backend import SourceWriter
from cvgen.backends.cache import Cache
from cvgen.backends.engines import open_source_writer
from cvgen.backends.host import Host
from cvgen.diagnostics import CvgenError, InputError, Problem
from cvgen.pipeline.roster.listed_people import Person
from cvgen.pipeline.roster.order import PersonRender, RenderState, RosterOrder, read_outcome
from cvgen.pipeline.roster.parcel import Bundle, FileContents, Reply, pack
from cvgen.pipeline.roster.person_process import fail_person
from cvgen.pipeline.roster.render_parcel import ArrivedBundle
from cvgen.pipeline.roster.render_person import count_made_pages, name_document, prepare_person
from cvgen.pipeline.whole_files import write_all
from cvgen.sources.bibliography import KeptBibliographies

if TYPE_CHECKING:
    from distributed import Client, Future

INSTALL = "pip install distributed"
_SENT = 1000
"""The most documents that are sent and not yet back: enough for a cluster that grows with its work."""
_BUNDLES = 32
"""The most bundles that are kept on the cluster for documents to come."""
_RETRIES = 2
"""How often a job is repeated that failed for a reason of its machine, such as a full disk."""
_SECONDS = 20
"""The seconds in which the scheduler must answer at first."""
_ENDED_HINT = "give the workers more memory, or render it alone to see why"
_LOST_HINT = "look at the log of the scheduler; the same command goes on from here"

Work = Callable[..., Reply]
"""Renders a parcel on a worker: called with the order as a message, the parcel and its bundles."""


def render_on_cluster(
    people: Sequence[Person], order: RosterOrder, host: Host, address: str, work: Work
) -> Generator[PersonRender]:
    """Render each of ``people`` on the cluster at ``address``, and give each outcome as soon as there is one.

    Profiles are read here, so that errors in them cost the cluster nothing. When the caller stops iterating, the
    documents that are not back are given up. Raises InputError if there is no scheduler at ``address``.
    """
    with closing(_connect(address)) as client, closing(open_source_writer(order.engine, host)) as writer:
        yield from _Dispatch(client, order, work, Cache(host.cache)).run(people, writer)


def _connect(address: str) -> Client:
    if not find_spec("distributed"):
        raise InputError([Problem("--scheduler needs a package that is not installed", None, INSTALL)])
    from dask import config
    from distributed import Client

    config.set({"distributed.admin.large-graph-warning-threshold": "64MiB"})
    try:
        return Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = "start one with: dask scheduler; the address is in its first lines, such as tcp://127.0.0.1:8786"
        raise InputError([Problem(f"no scheduler answers at {address!r}: {error}", None, hint)]) from None


class _Dispatch:
    """The documents of one run that are on the cluster."""

    def __init__(self, client: Client, order: RosterOrder, work: Work, cache: Cache) -> None:
        from distributed import as_completed

        self._client, self._order, self._work = client, order, work
        self._kept = KeptBibliographies(cache)
        self._bundles: dict[str, Future[ArrivedBundle]] = {}
        self._sent: dict[Future[Reply], Person] = {}
        self._read: dict[Person, frozenset[Path]] = {}
        self._done = as_completed(loop=client.loop)

    def run(self, people: Sequence[Person], writer: SourceWriter) -> Iterator[PersonRender]:
        """Send everyone's files, at most some at a time, and give the outcomes."""
        for person in people:
            if outcome := self._send(person, writer):
                yield outcome
            while self._sent and (len(self._sent) >= _SENT or self._done.has_ready()):
                yield self._receive()
        while self._sent:
            yield self._receive()

    def _send(self, person: Person, writer: SourceWriter) -> PersonRender | None:
        """Send the files of ``person``; the outcome if there is one at once: an error, or a PDF that is up to date."""
        try:
            prepared, inputs = prepare_person(person, self._order, writer, self._kept)
            if pages := count_made_pages(person, self._order, inputs):
                output = str(name_document(person, self._order))
                return PersonRender(person, RenderState.UP_TO_DATE, output, pages, problems=prepared.problems)
            parcel, bundles = pack(person, prepared, inputs)
            held = [self._hold(bundle) for bundle in bundles]
        except CvgenError as error:
            return PersonRender(person, RenderState.FAILED, problems=error.problems)
        self._read[person] = frozenset(path for path, blob in prepared.files.blobs.items() if blob)
        future = self._client.submit(self._work, self._order.as_message(), parcel, *held, pure=False, retries=_RETRIES)
        self._sent[future] = person
        self._done.add(future)
        return None

    def _hold(self, bundle: Bundle) -> Future[ArrivedBundle]:
        """The bundle on the cluster, sent if it is not there.

        It is the result of a job, not scattered data, which would be lost with the only worker that has it.
        """
        if bundle.digest in self._bundles:
            self._bundles[bundle.digest] = self._bundles.pop(bundle.digest)  # the last one used is dropped last
        else:
            key = f"cvgen-files-{bundle.digest}"
            self._bundles[bundle.digest] = self._client.submit(_arrive, bundle.digest, bundle.read(), key=key)
            while len(self._bundles) > _BUNDLES:
                del self._bundles[next(iter(self._bundles))]
        return self._bundles[bundle.digest]

    def _receive(self) -> PersonRender:
        """The next outcome; its files are written whole."""
        future = next(self._done)
        person = self._sent.pop(future)
        keep = self._read.pop(person)
        try:
            reply: Reply = future.result()
        except Exception as error:  # whatever ended the job or the cluster; the others go on
            return fail_person(person, *_explain(error))
        finally:
            future.release()
        if not reply.is_whole:
            return fail_person(person, "its file was damaged on the way", "run it once more")
        outcome = read_outcome(person, reply.outcome)
        try:
            return self._store(outcome, reply.files, keep)
        except CvgenError as error:
            return PersonRender(person, RenderState.FAILED, seconds=outcome.seconds, problems=error.problems)

    def _store(self, outcome: PersonRender, files: Mapping[str, bytes], keep: frozenset[Path]) -> PersonRender:
        if outcome.is_failed:
            return outcome
        folder = self._order.folder
        named = {folder / name: files[name] for name in sorted(files)}
        write_all(named, keep=keep, within=folder)
        main = name_document(outcome.person, self._order)
        return replace(outcome, output=str(main if main in named else next(iter(named))))


def _arrive(digest: str, files: FileContents) -> ArrivedBundle:
    """The bundle, as the result of a job."""
    return digest, files


def _explain(error: Exception) -> tuple[str, str]:
    """What went wrong on the cluster, and what to do."""
    from distributed.scheduler import KilledWorker

    if isinstance(error, KilledWorker):
        return "each worker that rendered it has ended", _ENDED_HINT
    line = next(iter(str(error).splitlines()), "")[:200]
    return f"the cluster did not render it: {type(error).__name__}: {line}", _LOST_HINT
