"""``cvgen batch --scheduler``: a Dask scheduler and three workers on this machine, one slow and one killed midway."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from helpers import run_cvgen

PEOPLE = 160
PROFILE = """basics: {{name: Person {number}}}
bibliography: {{files: [../group.bib], shared: true}}
work:
- {{name: Labs, position: Lead {number}, start: 2020, end: 2021}}
variants: {{default: {{theme: {theme}, sections: [work, publications]}}}}
"""
PAPER = "@article{{k{number}, author = {{{number}, Person and Other, Ann}}, title = {{On {number}}}, year = 2024}}\n"
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "PYTHONPATH": os.pathsep.join(sys.path)}
SECONDS = 400

Process = subprocess.Popen[bytes]


class Cluster:
    """A scheduler and three workers, each a process with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._folder, self._logs = folder, ExitStack()
        self.processes = [self._start("scheduler", "--host", "127.0.0.1", "--port", str(port))]
        for number in range(3):
            place = str(folder / f"worker{number}")
            more = ("--no-nanny", "--nthreads", "1", "--local-directory", place)
            self.processes.append(self._start("worker", self.address, *more))
        self.slow, self.dying, _ = self.processes[1:]

    def _start(self, kind: str, *arguments: str) -> Process:
        log = self._logs.enter_context((self._folder / f"{kind}.log").open("ab"))
        code = f"from distributed.cli.dask_{kind} import main; main()"
        command = [sys.executable, "-c", code, *arguments, "--no-dashboard"]
        return subprocess.Popen(command, env=ENVIRONMENT, stdout=log, stderr=log)

    def wait_for_workers(self) -> None:
        log = self._folder / "worker.log"
        deadline = time.monotonic() + SECONDS
        while log.read_text("utf-8").count("Registered to") < 3:
            assert time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.2)

    def close(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGKILL)
            process.wait()
        self._logs.close()


def write_people(folder: Path, count: int, theme: str = "classic") -> Path:
    """A folder for each person, and the bibliography that all share, so large that it travels alone."""
    for number in range(count):
        profile = folder / f"p{number}" / "profile.yaml"
        profile.parent.mkdir(parents=True)
        profile.write_text(PROFILE.format(number=number, theme=theme), "utf-8")
    papers = "".join(PAPER.format(number=number) for number in range(count))
    (folder / "group.bib").write_text(papers + "@comment{" + "x" * 70_000 + "}\n", "utf-8")
    return folder


def run_batch(people: Path, output: Path, *more: str) -> dict[str, str]:
    """The state of each person's document after a run in a process of its own."""
    command = [sys.executable, "-m", "cvgen", "batch", str(people), "-o", str(output), "--report", "json", *more]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert done.stdout, done.stderr
    documents = json.loads(done.stdout)["documents"]
    assert len({document["person"] for document in documents}) == len(documents)
    return {document["person"]: document["state"] for document in documents}


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def slowed_down(worker: Process) -> Iterator[None]:
    """Let ``worker`` run a fifth of the time, in the block."""
    ended = threading.Event()

    def stop_and_go() -> None:
        while not ended.wait(0.1):
            worker.send_signal(signal.SIGSTOP)
            ended.wait(0.4)
            worker.send_signal(signal.SIGCONT)

    thread = threading.Thread(target=stop_and_go)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def killed_midway(worker: Process, output: Path) -> Iterator[list[int]]:
    """Kill ``worker`` once a part of the documents is there; gives the number that was there then."""
    counts: list[int] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            written = len(list(output.glob("*.txt")))
            if written >= PEOPLE // 4:
                worker.send_signal(signal.SIGKILL)
                counts.append(written)
                return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield counts
    finally:
        ended.set()
        thread.join()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        started.wait_for_workers()
        yield started
    finally:
        started.close()


def test_a_cluster_that_loses_a_worker_writes_for_everyone_what_this_machine_writes(
    cluster: Cluster, tmp_path: Path
) -> None:
    people, output = write_people(tmp_path / "people", PEOPLE), tmp_path / "out"
    with slowed_down(cluster.slow), killed_midway(cluster.dying, output) as counts:
        states = run_batch(people, output, "-f", "txt", "--scheduler", cluster.address)
    assert counts, "the worker was to be killed"
    assert counts[0] < PEOPLE
    assert len(states) == PEOPLE
    assert set(states.values()) == {"rendered"}
    run_batch(people, tmp_path / "here", "-f", "txt", "--jobs", "2")
    written = read_all(output)
    assert len(written) == PEOPLE
    assert written == read_all(tmp_path / "here")


def test_pdfs_through_a_theme_of_ones_own_have_the_same_bytes(cluster: Cluster, tmp_path: Path) -> None:
    people, output = write_people(tmp_path / "people", 3, theme="own"), tmp_path / "out"
    for number in range(2):
        theme = people / f"p{number}" / "themes" / "own" / "theme.yaml"
        theme.parent.mkdir(parents=True)
        theme.write_text(f"description: Mine\nextends: classic\noptions: {{accent: '#00000{number}'}}\n", "utf-8")
    (people / "p2" / "profile.yaml").write_text("basics: {nam: C}\n", "utf-8")
    on_cluster = ("--scheduler", cluster.address)
    assert run_batch(people, output, *on_cluster) == {"p0": "rendered", "p1": "rendered", "p2": "failed"}
    assert run_batch(people, output, *on_cluster) == {"p0": "up to date", "p1": "up to date", "p2": "failed"}
    run_batch(people, tmp_path / "here", "--jobs", "1")
    assert len(read_all(output)) == 2
    assert read_all(output) == read_all(tmp_path / "here")


def test_a_worker_with_other_files_of_cvgen_is_refused(tmp_path: Path) -> None:
    from cvgen.backends.engines import open_source_writer
    from cvgen.backends.host import describe_host
    from cvgen.pipeline.roster.listed_people import find_people
    from cvgen.pipeline.roster.order import RosterOrder
    from cvgen.pipeline.roster.render_person import render_person
    from cvgen.sources.bibliography import KeptBibliographies

    (person, *_) = find_people([str(write_people(tmp_path / "people", 1))])
    order = RosterOrder(tmp_path / "out", {}, engine="plain-text", format="txt")
    writer = open_source_writer("plain-text", describe_host(os.environ))
    outcome = render_person(person, order, writer, KeptBibliographies(), expected="of another version")
    assert [problem.message for problem in outcome.problems] == [
        "the machine that renders it has other files of cvgen, or other fonts"
    ]
    assert not (tmp_path / "out").exists()


def test_an_address_without_a_scheduler_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = write_people(tmp_path / "people", 1)
    ran = run_cvgen("batch", people, "-o", tmp_path / "out", "--scheduler", "nothing")
    assert ran.code == 2
    assert "no scheduler answers at 'nothing'" in ran.err
    assert "stopped after" not in ran.err
    monkeypatch.setattr("cvgen.pipeline.roster.render_on_cluster.find_spec", lambda name: None)
    ran = run_cvgen("batch", people, "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")
    assert ran.code == 2
    assert "pip install distributed" in ran.err


def test_options_that_do_not_go_with_a_cluster_are_refused(tmp_path: Path) -> None:
    command = ("batch", tmp_path, "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")
    assert "--jobs is for this machine" in run_cvgen(*command, "--jobs", "2").err
    assert "--scheduler does not write tex" in run_cvgen(*command, "-f", "tex").err
