"""What `cvgen check` finds and how it says it, at the edges of single rules that no other test held."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from test_examine import NO_DATES, Mutant, make, write_theme

import cvgen
from cvgen.examine import examine_pdf
from cvgen.pipeline.check.report_formats import FORMATS
from cvgen.pipeline.check.run import CheckResult

# --- A text in another entry than its own ----------------------------------------------------------------------------

TWO_JOBS = """\
basics: {name: Nora Kemp}
work:
  - {name: Alpha, position: Baker, start: 2018, end: 2019}
  - {name: Beta, position: Brewer, start: 2018, end: 2019}
"""


@pytest.mark.parametrize(
    ("shown", "found"), [("Alpha", {("text", 4), ("order", 4)}), ("Beta", {("text", 4), ("order", 3)})]
)
def test_dates_of_another_job_do_not_stand_for_ones_own(
    tmp_path: Path, shown: str, found: set[tuple[str, int]]
) -> None:
    """They are counted first, and then looked for between the names around them."""
    (tmp_path / "profile.yaml").write_text(TWO_JOBS, "utf-8")
    ((file, old, new),) = NO_DATES
    dates = old.removesuffix("</div>")
    only = f'{{% if "{shown}" in item.heading | string %}}{dates}{{% endif %}}{new}'
    write_theme(Mutant("half", "text", (1,), edits=((file, old, only),)), tmp_path / "themes")
    job, pdf = make(tmp_path / "profile.yaml", "half")
    places = [(f.check, f.problem.location) for f in examine_pdf(pdf, job, None)]
    assert {(check, place.line) for check, place in places if place} == found


# --- A page that ends early -------------------------------------------------------------------------------------------

HIGH = "basics: {name: Nora Kemp, summary: An engineer.}\nwork:\n  - name: Alpha\n    highlights:\n" + "".join(
    f"      - Bullet number {n}.\n" for n in range(44)
)


@pytest.mark.parametrize(("bullets", "found"), [(44, []), (5, [("empty", 1)])])
def test_a_page_may_end_early_only_if_the_next_part_has_no_room(
    tmp_path: Path, bullets: int, found: list[tuple[str, int]]
) -> None:
    profile = "".join(HIGH.splitlines(keepends=True)[: bullets + 4])
    (tmp_path / "profile.yaml").write_text(f"{profile}variants: {{v: {{sections: [summary, work]}}}}\n", "utf-8")
    write_theme(Mutant("apart", "", (), "section + section { break-before: page; }"), tmp_path / "themes")
    job, pdf = make(tmp_path / "profile.yaml", "apart")
    assert [(f.check, f.page) for f in examine_pdf(pdf, job, None) if f.check == "empty"] == found


# --- The formats of a result -----------------------------------------------------------------------------------------

PROFILE = """\
basics: {name: Nora Kemp}
skills: [{name: Rust}]
work:
  - {name: Firm, position: Engineer}
volunteer:
""" + "".join(f"  - {{organization: Place {n}, start: {1950 + n}, end: {1951 + n}, pin: true}}\n" for n in range(60))
VARIANTS = "variants: {short: {pages: 1, sections: [volunteer]}, other: {language: xx, sections: [skills]}}\n"
SHORT, OTHER = "short · classic · weasyprint", "other · classic · weasyprint"
PINNED = "the pinned parts do not fit on 1 page even at the highest density"
NO_WORDS = "there are no fixed words in 'xx', so English ones are printed"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> CheckResult:
    """A check with an error, a warning and a notice."""
    profile = tmp_path_factory.mktemp("check") / "profile.yaml"
    profile.write_text(PROFILE + VARIANTS, "utf-8")
    return cvgen.check(profile)


def test_github_has_a_level_and_a_title_for_each_finding(result: CheckResult) -> None:
    lines = [line.partition("::")[2] for line in FORMATS["github"](result).splitlines()]
    heads = [(line.partition(" ")[0], line.partition("title=")[2].partition(" → ")[0]) for line in lines]
    assert sorted(heads) == sorted(
        [
            ("notice", "cvgen check%3A profile::'Firm' is shown in no variant"),
            ("warning", f"cvgen check%3A {OTHER}::{NO_WORDS}"),
            ("error", f"cvgen check%3A {SHORT}::{PINNED}"),
        ]
    )


def test_junit_has_a_case_for_the_profile_and_each_document(result: CheckResult) -> None:
    suite = ET.fromstring(FORMATS["junit"](result)).find("testsuite")
    assert suite is not None
    assert suite.attrib == {"name": "cvgen check", "tests": "3", "failures": "1", "errors": "0"}
    cases = list(suite.iter("testcase"))
    assert [(case.get("name"), case.get("classname")) for case in cases] == [
        ("profile", "profile"),
        (SHORT, "classic"),
        (OTHER, "classic"),
    ]
    failures = [case.find("failure") for case in cases]
    assert [failure is not None for failure in failures] == [False, True, False]
    assert failures[1] is not None
    assert (failures[1].get("message"), failures[1].get("type")) == (PINNED, "render")
    assert PINNED in (failures[1].text or "")
    outs = [case.findtext("system-out") or "" for case in cases]
    assert "notice: 'Firm' is shown in no variant → add its section or tag [unshown]" in outs[0]
    assert f"warning: {NO_WORDS}" in outs[2]
    assert outs[1] == ""


def test_text_has_a_line_for_each_document_and_counts_errors(result: CheckResult) -> None:
    lines = FORMATS["text"](result).splitlines()
    assert [line for line in lines if not line.startswith(" ")][-3:] == [
        f"FAIL  {SHORT}",
        f"ok    {OTHER}, 1 page",
        "2 documents checked: 1 error, 1 warning, 1 notice",
    ]
    assert "notice: 'Firm' is shown in no variant" in lines[0]


def test_json_has_all_there_is(result: CheckResult) -> None:
    told = json.loads(FORMATS["json"](result))
    assert told["failed"] is True
    (notice,) = told["profile"]
    assert (notice["check"], notice["severity"], notice["hint"]) == ("unshown", "notice", "add its section or tag")
    assert (notice["page"], notice["line"], notice["column"]) == (None, 4, 5)
    assert [(cell["variant"], cell["theme"], cell["engine"], cell["pages"]) for cell in told["cells"]] == [
        ("short", "classic", "weasyprint", None),
        ("other", "classic", "weasyprint", 1),
    ]
    severities = [[finding["severity"] for finding in cell["findings"]] for cell in told["cells"]]
    assert severities == [["error"], ["warning"]]
    assert all(cell["seconds"] == round(cell["seconds"], 3) >= 0 for cell in told["cells"])


# --- Contrast, as WCAG 2.2 measures it: 3 to 1 at least ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("color", "found"),
    [("#929292", []), ("#989898", ["contrast"]), ("#f30000", []), ("#ff4d4d", []), ("#00a100", []),
     ("#00b400", ["contrast"])],
)  # fmt: skip
def test_a_colour_has_three_times_the_light_of_its_background_at_least(
    tmp_path: Path, color: str, found: list[str]
) -> None:
    (tmp_path / "profile.yaml").write_text(TWO_JOBS, "utf-8")
    write_theme(Mutant("pale", "", (), f"h2 {{ color: {color}; }}"), tmp_path / "themes")
    job, pdf = make(tmp_path / "profile.yaml", "pale")
    assert [f.check for f in examine_pdf(pdf, job, None)] == found
