"""Renders parcels in a process of a cluster: their files are put into a folder, and a process renders from there."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cvgen.backends.programs import Runner
from cvgen.pipeline.roster.listed_people import Person
from cvgen.pipeline.roster.order import RosterOrder
from cvgen.pipeline.roster.parcel import FileContents, Parcel, Reply, digest_files
from cvgen.pipeline.roster.person_process import PersonProcess

ArrivedBundle = tuple[str, FileContents]
"""The digest of a bundle and its contents."""


class Station:
    """A folder that mirrors the files of the machine that asks, and a process that renders from it."""

    def __init__(self, order: RosterOrder, runner: Runner, folder: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="cvgen-", dir=folder))
        self._root, self._made = self._folder / "files", self._folder / "made"
        theme = order.theme
        if theme and ("/" in theme or theme.startswith(".")):  # a path
            theme = str(self._mirror(str(Path(order.asked_in, theme))))
        self._process = PersonProcess(replace(order, folder=self._made, theme=theme), runner)
        self._asked_in = order.asked_in
        self._bundles: dict[str, FileContents] = {}

    def render(self, parcel: Parcel, bundles: Sequence[ArrivedBundle]) -> Reply:
        """The outcome for ``parcel`` and the files made; none of its own files are left in the folder."""
        self._change_bundles(dict(bundles))
        self._write(parcel.files)
        try:
            person = Person(self._mirror(parcel.profile), parcel.name)
            outcome = self._process.render(person, parcel.inputs).as_message()
            files = self._take_files()
        finally:
            self._remove(parcel.files)
        return Reply(self._say_places(outcome), files, digest_files(files))

    def close(self) -> None:
        """End the process and remove the folder."""
        self._process.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _mirror(self, path: str) -> Path:
        """The place of the file that has ``path`` on the machine that asks."""
        return self._root.joinpath(*Path(path).parts[1:])

    def _change_bundles(self, bundles: Mapping[str, FileContents]) -> None:
        for digest in self._bundles.keys() - bundles.keys():
            self._remove(self._bundles.pop(digest))
        for digest in bundles.keys() - self._bundles.keys():
            self._write(bundles[digest])
            self._bundles[digest] = bundles[digest]

    def _write(self, files: FileContents) -> None:
        for path, data in files.items():
            place = self._mirror(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)

    def _remove(self, files: FileContents) -> None:
        for path in files:
            self._mirror(path).unlink(missing_ok=True)

    def _take_files(self) -> dict[str, bytes]:
        """Every file that was made, by its name below the output folder; nothing is left there."""
        made = {path.relative_to(self._made).as_posix(): path for path in self._made.rglob("*") if path.is_file()}
        files = {name: path.read_bytes() for name, path in made.items()}
        shutil.rmtree(self._made, ignore_errors=True)
        return files

    def _say_places(self, outcome: dict[str, Any]) -> dict[str, Any]:
        """``outcome`` with the paths that the files have on the machine that asks."""
        text = json.dumps(outcome, ensure_ascii=False)
        for folder in (f"{self._mirror(self._asked_in)}/", str(self._root)):
            text = text.replace(json.dumps(folder, ensure_ascii=False)[1:-1], "")
        said: dict[str, Any] = json.loads(text)
        return said


class Stations:
    """The stations of a process: one for each parcel that is being rendered, kept for the next ones of the order."""

    def __init__(self) -> None:
        self._idle: list[tuple[RosterOrder, Station]] = []
        self._lock = threading.Lock()

    def render(
        self, order: RosterOrder, parcel: Parcel, bundles: Sequence[ArrivedBundle], runner: Runner, folder: Path
    ) -> Reply:
        """Render ``parcel`` at an idle station of ``order``, else at a new one in ``folder``."""
        station = self._take(order) or Station(order, runner, folder)
        try:
            reply = station.render(parcel, bundles)
        except BaseException:
            station.close()
            raise
        with self._lock:
            self._idle.append((order, station))
        return reply

    def _take(self, order: RosterOrder) -> Station | None:
        """An idle station of ``order``; those of other orders are closed, because their runs may have ended."""
        with self._lock:
            others = [station for kept, station in self._idle if kept != order]
            own = [station for kept, station in self._idle if kept == order]
            taken = own.pop() if own else None
            self._idle = [(order, station) for station in own]
        for station in others:
            station.close()
        return taken
