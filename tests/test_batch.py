"""``cvgen batch``: which people, what becomes of each, what is rendered again, and processes that end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from helpers import Ran, run_cvgen

from cvgen.backends.engines import open_source_writer
from cvgen.backends.host import describe_host
from cvgen.backends.programs import LocalRunner, ProgramEndedError, RunningProgram
from cvgen.pipeline.roster import person_worker
from cvgen.pipeline.roster.listed_people import Person, find_people
from cvgen.pipeline.roster.order import PersonRender, RenderState, RosterOrder
from cvgen.pipeline.roster.render_person import render_person
from cvgen.pipeline.roster.render_roster import render_roster
from cvgen.sources.bibliography import KeptBibliographies

PROFILE = "basics: {{name: {name}}}\nwork:\n- {{name: Labs, position: Lead, start: 2020, end: 2021}}\n"


def write_profile(path: Path, name: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PROFILE.format(name=name), "utf-8")
    return path


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three people in folders of their own; one of them in a faulty profile."""
    folder = tmp_path_factory.mktemp("people")
    write_profile(folder / "physics" / "ada" / "profile.yaml", "Ada One")
    write_profile(folder / "physics" / "ben" / "profile.yaml", "Ben Two")
    write_profile(folder / "art" / "cleo" / "profile.yaml", "Cleo Three").write_text("basics: {nam: C}\n", "utf-8")
    return folder


def run_batch(people: Path, output: Path, *more: str) -> tuple[Ran, dict[str, str]]:
    """The run, and the state of each person's document."""
    ran = run_cvgen("batch", people, "-o", output, "--jobs", "1", "--report", "json", *more)
    return ran, {document["person"]: document["state"] for document in json.loads(ran.out)["documents"]}


def test_one_persons_error_stops_nobody_else_and_what_is_up_to_date_is_not_rendered_again(
    people: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    first, states = run_batch(people, output)
    assert first.code == 1
    assert states == {"art/cleo": "failed", "physics/ada": "rendered", "physics/ben": "rendered"}
    assert sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()) == [
        "physics/ada.pdf",
        "physics/ben.pdf",
    ]
    failed = json.loads(first.out)["documents"][0]
    assert failed["problems"][0]["message"] == "unknown key 'nam'"
    assert (failed["problems"][0]["line"], failed["problems"][0]["column"]) == (1, 10)

    kept = (output / "physics" / "ben.pdf").read_bytes()
    write_profile(people / "physics" / "ada" / "profile.yaml", "Ada Other")
    assert run_batch(people, output)[1] == {
        "art/cleo": "failed",
        "physics/ada": "rendered",
        "physics/ben": "up to date",
    }
    assert (output / "physics" / "ben.pdf").read_bytes() == kept
    (output / "physics" / "ada.pdf").write_bytes(kept)  # whoever put it there, it is the PDF of somebody else
    _, states = run_batch(people, output)
    assert states["physics/ada"] == "rendered"
    _, states = run_batch(people, output, "--set", "accent=#123456")
    assert states["physics/ben"] == "rendered"


def test_the_summary_counts_and_names_who_failed(people: Path, tmp_path: Path) -> None:
    ran = run_cvgen("batch", people / "art", people / "physics" / "ada", "-o", tmp_path, "--jobs", "1", "-f", "txt")
    assert ran.code == 1
    cleo = people / "art" / "cleo" / "profile.yaml"
    assert f"art/cleo  {cleo}:1:10: unknown key 'nam'" in ran.err
    assert "2 documents in " in ran.out
    assert "1 failed, 1 rendered" in ran.out
    assert (tmp_path / "physics" / "ada.txt").read_text("utf-8").startswith("Ada")


def test_people_are_found_in_folders_patterns_and_lists(people: Path, tmp_path: Path) -> None:
    names = ["art/cleo", "physics/ada", "physics/ben"]
    assert [person.name for person in find_people([str(people)])] == names
    assert [person.name for person in find_people([f"{people}/*/*/profile.yaml"])] == names
    listed = tmp_path / "people.txt"
    listed.write_text(f"# our group\n{people}/physics/ben\n\n{people}/physics/ada/profile.yaml  # new\n", "utf-8")
    assert [person.name for person in find_people([str(listed)])] == ["ben", "ada"]
    loose = write_profile(tmp_path / "loose" / "ada.yaml", "Ada").parent
    write_profile(loose / "ben.yml", "Ben")
    assert [person.name for person in find_people([str(loose)])] == ["ada", "ben"]
    assert [person.name for person in find_people([str(people / "art" / "cleo" / "profile.yaml")])] == ["cleo"]


def test_sources_without_a_profile_and_people_of_one_name_are_reported_together(tmp_path: Path) -> None:
    listed = tmp_path / "people.txt"
    listed.write_text("nobody\n", "utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_text("# nobody yet\n", "utf-8")
    ran = run_cvgen("batch", empty, "-o", tmp_path / "out")
    assert ran.code == 2
    assert "the list names no profile" in ran.err
    ran = run_cvgen("batch", tmp_path / "missing*", listed, "-o", tmp_path / "out")
    assert ran.code == 2
    assert "no profile was found at" in ran.err
    assert f"{listed}:1:1" in ran.err
    assert "2 errors" in ran.err
    write_profile(tmp_path / "twice" / "ada.yaml", "Ada")
    write_profile(tmp_path / "twice" / "ada" / "profile.yaml", "Ada")
    ran = run_cvgen("batch", tmp_path / "twice" / "ada.yaml", tmp_path / "twice" / "ada", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "would both write one file" in ran.err
    ran = run_cvgen("batch", tmp_path / "twice" / "ada", tmp_path / "missing", "-o", tmp_path / "out")
    assert (ran.code, "no profile was found at" in ran.err) == (2, True)  # though there is another person
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("head", ["label", "position", "title", "Role", "ROLE"])
def test_what_a_person_is_has_several_names_in_a_table(tmp_path: Path, head: str) -> None:
    table = tmp_path / "people.csv"
    table.write_text(f"name,{head}\nAda One,Professor\n", "utf-8")
    ran = run_cvgen("batch", "--from", table, "-o", tmp_path / "out", "-f", "txt", "--jobs", "1")
    assert (ran.code, "is not read" in ran.err) == (0, False)
    assert "Professor" in (tmp_path / "out" / "Ada-One.txt").read_text("utf-8")


class _Dying:
    """A running program that ends at the first message after the order."""

    def __init__(self, program: RunningProgram) -> None:
        self._program, self._asked = program, 0

    @property
    def is_running(self) -> bool:
        return self._program.is_running

    def exchange(self, message: bytes, seconds: float) -> bytes:
        self._asked += 1
        if self._asked > 1:
            self._program.stop()
            raise ProgramEndedError(-9)
        return self._program.exchange(message, seconds)

    def stop(self) -> None:
        self._program.stop()


class _DeadlyRunner(LocalRunner):
    """Starts ``deaths`` processes that end at their first document, then whole ones."""

    def __init__(self, deaths: int) -> None:
        super().__init__(os.environ["PATH"])
        self.started, self._deaths = 0, deaths

    def start(self, command: Sequence[str], environ: Mapping[str, str]) -> RunningProgram:
        self.started += 1
        program = super().start(command, environ)
        return _Dying(program) if self.started <= self._deaths else program


def render_texts(people: Path, output: Path, runner: LocalRunner) -> list[PersonRender]:
    """The outcomes of two people as plain text, which starts no engine."""
    order = RosterOrder(output, dict(os.environ), engine="plain-text", format="txt")
    with closing(render_roster(find_people([str(people / "physics")]), order, runner, 1)) as running:
        return list(running)


def test_a_process_that_ends_costs_no_document(people: Path, tmp_path: Path) -> None:
    runner = _DeadlyRunner(deaths=1)
    outcomes = render_texts(people, tmp_path, runner)
    assert [outcome.state.value for outcome in outcomes] == ["rendered", "rendered"]
    assert runner.started == 2


def test_a_person_whose_process_always_ends_fails_and_the_next_one_does_not(people: Path, tmp_path: Path) -> None:
    first, second = render_texts(people, tmp_path, _DeadlyRunner(deaths=2))
    assert [problem.message for problem in first.problems] == [
        "the process that renders it ended with code -9, 2 times"
    ]
    assert second.state == "rendered"


def test_a_run_that_is_stopped_begins_no_other_document(people: Path, tmp_path: Path) -> None:
    found = find_people([str(people / "physics")])
    order = RosterOrder(tmp_path, dict(os.environ), engine="plain-text", format="txt")
    with closing(render_roster(found, order, LocalRunner(os.environ["PATH"]), 1)) as running:
        assert next(running).state == "rendered"
    assert (tmp_path / "ada.txt").exists()
    assert not list(tmp_path.glob(".*"))  # no file that is not whole


def test_a_fault_of_cvgen_has_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def fail(*_: object) -> PersonRender:
        raise ZeroDivisionError

    monkeypatch.setattr(person_worker, "render_person", fail)
    person = find_people([str(write_profile(tmp_path / "ada.yaml", "Ada"))])[0]
    outcome = person_worker._render(person, RosterOrder(tmp_path, {}), None, KeptBibliographies())  # type: ignore[arg-type]
    assert outcome.is_failed
    assert "ZeroDivisionError" in outcome.bug


def test_a_run_that_a_signal_stops_says_how_far_it_came(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(people: Sequence[Person], *_: object) -> Iterator[PersonRender]:
        yield PersonRender(people[0], RenderState.RENDERED)
        raise SystemExit(130)

    monkeypatch.setattr("cvgen.pipeline.roster.render_roster.render_roster", stop)
    ran = run_cvgen("batch", people, "-o", tmp_path)
    assert ran.code == 130
    assert "stopped after 1 of 3; the same command goes on from here" in ran.err


SHARED = """@article{one, author = {One, Ada and Two, Ben}, title = {Of both}, journal = {J}, year = 2024}
@article{two, author = {Two, B. and Wei Lin}, title = {Of one}, journal = {J}, year = 2025}
@article{three, author = {Nobody, Ann}, title = {Of neither}, journal = {J}, year = }
@book{four, editor = {One, Ada}, title = {Edited}, publisher = {P}, year = 2023}
"""


def test_of_a_shared_bibliography_everyone_has_the_papers_that_name_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cvgen.sources.bibtex import bib_file

    (tmp_path / "group.bib").write_text(SHARED, "utf-8")
    for name, more in (("Ada One", ""), ("Ben Two", ", aliases: [B. Two]")):
        settings = f"files: [group.bib], shared: true{more}"
        (tmp_path / f"{name[:3]}.yaml").write_text(
            f"basics: {{name: {name}}}\nbibliography: {{{settings}}}\n"
            "variants: {default: {sections: [publications]}}\n",
            "utf-8",
        )
    output, kept, order = tmp_path / "out", KeptBibliographies(), RosterOrder(tmp_path / "out", {}, format="txt")
    with closing(open_source_writer("plain-text", describe_host(os.environ))) as writer:
        ada, ben = (render_person(one, order, writer, kept) for one in find_people([f"{tmp_path}/*.yaml"]))
        with monkeypatch.context() as patch:  # the file is not parsed again, also not for others
            patch.delattr(bib_file, "parse_bibtex")
            assert render_person(find_people([f"{tmp_path}/Ada.yaml"])[0], order, writer, kept).state == "rendered"
            other = tmp_path / "own" / "cy.yaml"  # who names the file by another path
            other.parent.mkdir()
            other.write_text("basics: {name: Cy}\nbibliography: {files: [../group.bib], shared: true}\n", "utf-8")
            assert render_person(find_people([str(other)])[0], order, writer, kept).state == "rendered"
    assert (ada.problems, ben.problems) == ((), ())  # the faulty entry is somebody else's
    texts = [(output / f"{name}.txt").read_text("utf-8") for name in ("Ada", "Ben")]
    titles = ("Of both", "Of one", "Of neither", "Edited")
    assert [[title in text for title in titles] for text in texts] == [
        [True, False, False, True],
        [True, True, False, False],
    ]
    (tmp_path / "group.bib").write_text(SHARED.replace("Of both", "Renamed"), "utf-8")
    with closing(open_source_writer("plain-text", describe_host(os.environ))) as writer:
        render_person(find_people([f"{tmp_path}/Ada.yaml"])[0], order, writer, kept)
    assert "Renamed" in (output / "Ada.txt").read_text("utf-8")


def test_a_table_of_people_and_a_bibliography_give_everyone_a_list(tmp_path: Path) -> None:
    (tmp_path / "group.bib").write_text(SHARED, "utf-8")
    table = tmp_path / "people.csv"
    table.write_text(
        "Name,ORCID,Aliases,Position,Room,Name\n"
        "Ada One,0000-0002-1825-0097,,Professor,12,Eve\nBen Two,,B. Two;Benny Two,,\n",
        "utf-8",
    )
    command = ("batch", "--from", table, "--bib", tmp_path / "group.bib", "-o", tmp_path / "out", "-f", "txt")
    ran = run_cvgen(*command, "--jobs", "1")
    assert ran.code == 0
    assert "the column 'Room' is not read" in ran.err
    assert "the column 'column 6' is not read" in ran.err  # it repeats a name
    texts = {name: (tmp_path / "out" / f"{name}.txt").read_text("utf-8") for name in ("Ada-One", "Ben-Two")}
    assert "Professor" in texts["Ada-One"]
    assert "0000-0002-1825-0097" in texts["Ada-One"]
    assert [title in texts["Ada-One"] for title in ("Of both", "Of one", "Edited")] == [True, False, True]
    assert [title in texts["Ben-Two"] for title in ("Of both", "Of one", "Edited")] == [True, True, False]

    mine = tmp_path / "out" / "profiles" / "Ada-One.yaml"
    generated = mine.read_text("utf-8")
    mine.write_text(generated.replace("Professor", "Dean"), "utf-8")
    run_cvgen(*command, "--jobs", "1")
    assert "Professor" in mine.read_text("utf-8")  # it still says that it is generated
    own = "".join(line for line in generated.splitlines(keepends=True) if "writes this file again" not in line)
    mine.write_text(own.replace("Professor", "Dean"), "utf-8")
    run_cvgen(*command, "--jobs", "1")
    assert "Dean" in (tmp_path / "out" / "Ada-One.txt").read_text("utf-8")


def test_rows_without_a_name_and_people_of_one_name_are_reported(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,orcid\n,0000-0002-1825-0097\n,x\n", "utf-8")
    ran = run_cvgen("batch", "--from", table, "--bib", tmp_path / "none.bib", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "a person has no name (2 times" in ran.err
    assert "none.bib" in ran.err
    for second in ("Ada One", "ada one", "Ada/ One"):  # their files would have one name
        table.write_text(f"name,orcid\nAda One,\n{second},\n", "utf-8")
        ran = run_cvgen("batch", "--from", table, "-o", tmp_path / "out")
        assert ran.code == 2
        assert "2 people of the table have the name 'Ada One'" in ran.err
    assert not (tmp_path / "out").exists()
    table.write_text("name,orcid\nAda One,0000-0002-1825-0097\nAda One,\n", "utf-8")
    ran = run_cvgen("batch", "--from", table, "-o", tmp_path / "out", "-f", "txt", "--jobs", "1")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.txt")) == [
        "Ada-One-0000-0002-1825-0097.txt",
        "Ada-One.txt",
    ]
    assert run_cvgen("batch", "-o", tmp_path).code == 2
