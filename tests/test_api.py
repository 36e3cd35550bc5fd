"""The public interface: what ``import cvgen`` offers, as its users would call it."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from helpers import FONT_OPTIONS

import cvgen
import cvgen.api
import cvgen.session
from cvgen.pipeline.check.run import CheckedDocument
from cvgen.pipeline.starter import write_starter

EXPORTED = {
    "CvgenError", "FetchError", "InputError", "Problem", "RenderError", "Session", "__version__", "add_publications",
    "check", "import_profile", "publications", "read_profile", "render", "review", "update_publications",
}  # fmt: skip


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return write_starter("Wei Lin", tmp_path)[0]


@pytest.fixture
def session() -> Iterator[cvgen.Session]:
    with cvgen.Session() as session:
        yield session


def test_names_exported() -> None:
    assert set(cvgen.__all__) == EXPORTED
    assert all(getattr(cvgen, name) is not None for name in cvgen.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = cvgen.nothing


def test_examples_in_docstrings(profile: Path) -> None:
    finder, names = doctest.DocTestFinder(recurse=True), {"profile": profile, "folder": profile.parent}
    examples = [*finder.find(cvgen.api, globs=names), *finder.find(cvgen.session, globs=names)]
    runner = doctest.DocTestRunner()
    for example in examples:
        runner.run(example)
    assert runner.summarize(verbose=False) == (0, runner.tries)
    assert runner.tries >= 8


def test_import_is_light() -> None:
    """A program that only offers cvgen beside other things pays for it on first use."""
    code = "import cvgen, sys, json; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
    assert not {"pydantic", "weasyprint", "jinja2", "click", "babel"} & set(loaded)


def test_profile_is_read_with_its_warnings(profile: Path) -> None:
    with (profile.parent / "papers.bib").open("a") as bib:
        bib.write("@misc{odd, author = {Wei Lin}, title = {Odd}, year = {2020}, _x = {y}}\n")
    career = cvgen.read_profile(profile)
    assert [paper.key for paper in career.publications][-1] == "odd"
    assert ["_x" in problem.message for problem in career.problems] == [True]


def test_everything_wrong_is_raised_at_once(profile: Path) -> None:
    profile.write_text(profile.read_text().replace("basics:", "basisc:").replace("variants:", "variantz:"))
    with pytest.raises(cvgen.InputError) as caught:
        cvgen.read_profile(profile)
    found = [problem.message for problem in caught.value.problems]
    assert any("basisc" in message for message in found)
    assert any("variantz" in message for message in found)
    assert all(problem.location and problem.location.line for problem in caught.value.problems[:1])


def test_session_renders_with_all_choices(profile: Path, session: cvgen.Session) -> None:
    target = profile.parent / "deep" / "cv.pdf"
    outcome = session.render(
        str(profile), theme="classic", pages=1, roles=["first", "co-first"], options={"accent": "#335577"},
        output=target, report=True,
    )  # fmt: skip
    assert (outcome.output, outcome.pages, outcome.theme) == (target, 1, "classic")
    assert outcome.report is not None
    assert outcome.report.pages == 1
    # The text report rounds this itself: rounded twice, 92.53 % would be 92 % in one line and 93 % in another.
    assert outcome.fitting is not None
    assert outcome.report.fill == (outcome.fitting.fitted.layout.fill,)
    assert outcome.report.as_dict()["fill"] == [round(outcome.report.fill[0], 3)]
    with pypdfium2.PdfDocument(target) as pdf:
        assert len(pdf) == 1
    assert profile in outcome.files


def test_session_keeps_its_engine(profile: Path, session: cvgen.Session) -> None:
    first = session.open()
    session.render(profile, output=profile.parent / "a.pdf")
    assert session.open() is first


def test_session_writes_sources_without_an_engine(profile: Path, session: cvgen.Session) -> None:
    outcome = session.render(profile, format="html", output=profile.parent / "cv.html", options=FONT_OPTIONS)
    assert outcome.pages is None
    assert "Wei Lin" in outcome.output.read_text()
    outcome = session.render(profile, output=profile.parent / "cv.pdf")
    assert outcome.pages


def test_render_all_goes_on_after_a_failure(profile: Path, session: cvgen.Session) -> None:
    text = profile.read_text()
    profile.write_text(text.replace("variants:", "variants:\n  broken: {theme: nowhere}", 1))
    attempts = list(session.render_all(profile, output=profile.parent / "all"))
    failed = [attempt.variant for attempt in attempts if attempt.error]
    assert failed == ["broken"]
    assert all(attempt.outcome and attempt.outcome.output.is_file() for attempt in attempts if not attempt.error)
    assert len(attempts) > 1


def test_failed_render_keeps_the_older_file(profile: Path, session: cvgen.Session) -> None:
    target = profile.parent / "cv.pdf"
    target.write_bytes(b"older")
    with pytest.raises(cvgen.InputError):
        session.render(profile, theme="nowhere", output=target)
    assert target.read_bytes() == b"older"


def test_publications_by_role(profile: Path) -> None:
    everything = cvgen.publications(profile)
    first = cvgen.publications(profile, roles=["co-first"], explain=True)
    assert [row["key"] for row in first.rows] == ["shared2025"]
    assert "why" in first.rows[0]
    assert len(everything.rows) == 3
    with pytest.raises(cvgen.InputError, match="frist"):
        cvgen.publications(profile, roles=["frist"])


def test_check_calls_back_for_each_document(profile: Path) -> None:
    names: list[str] = []
    totals: set[int] = set()

    def count(checked: CheckedDocument, total: int) -> None:
        names.append(checked.theme)
        totals.add(total)

    result = cvgen.check(profile, themes=["classic", "modern"], on_checked=count)
    assert sorted(set(names)) == ["classic", "modern"]
    assert totals == {len(names)} == {len(result.documents)}
    assert not result.failed
