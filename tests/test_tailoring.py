"""Tailoring by the command line: pages that hold, reports that name everything, every variant at once, file names."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from helpers import INSTALLED_FONTS, read_told, run_cvgen
from rendering import warm_backend

from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

EXAMPLES = Path(__file__).parents[1] / "examples"
CAREER = """\
basics: {name: Nora Kemp, email: nora@example.org}
work:
  - {name: Halyard, position: Engineer, start: 2020, end: present, highlights: [Ran the build., Wrote the docs.]}
  - {name: Fjord, position: Trainee, start: 2018, end: 2019, highlights: [{text: Carried water., tags: [old]}]}
skills: [{name: Rust}, {name: Go}]
"""


def pages_of(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def write(folder: Path, variants: str, career: str = CAREER) -> Path:
    (folder / "profile.yaml").write_text(career + variants, "utf-8")
    return folder / "profile.yaml"


@pytest.fixture(scope="module")
def engineer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engineer")
    shutil.copytree(EXAMPLES / "engineer", folder, dirs_exist_ok=True)
    return folder / "profile.yaml"


def report(profile: Path, *arguments: str) -> dict[str, Any]:
    ran = run_cvgen("render", profile, "--report", "json", "-q", *arguments)
    assert ran.code == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


@pytest.fixture(scope="module")
def one_page(engineer: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of the variant ``full`` on one page, which leaves some of it out."""
    return report_to(tmp_path_factory.mktemp("one") / "cv.pdf", engineer, "-v", "full", "--pages", "1")


@pytest.fixture(scope="module")
def two_pages(engineer: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of the variant ``full`` on two pages, which hold all of it."""
    return report_to(tmp_path_factory.mktemp("two") / "cv.pdf", engineer, "-v", "full", "--pages", "2")


def report_to(output: Path, profile: Path, *arguments: str) -> dict[str, Any]:
    """The report, with the number of pages of the file as ``in_file``."""
    return {**report(profile, *arguments, "-o", str(output)), "in_file": pages_of(output)}


# --- pages


def test_pages_of_the_command_line_win(one_page: dict[str, Any], two_pages: dict[str, Any]) -> None:
    for pages, told in ((1, one_page), (2, two_pages)):
        assert told["in_file"] == pages == told["pages"] == told["pages_allowed"]
        assert told["fill"][-1] >= 0.85


def test_without_pages_everything_is_shown_at_the_density_that_was_set(tmp_path: Path) -> None:
    told = report(write(tmp_path, ""), "--set", "density=0.3")
    assert (told["density"], told["pages_allowed"], told["shortened"]) == (0.3, None, [])
    assert told["left_out"] == []


@pytest.mark.parametrize("value", ["0", "-1", "two"])
def test_pages_must_be_a_number_above_zero(tmp_path: Path, value: str) -> None:
    assert run_cvgen("render", write(tmp_path, ""), "--pages", value).code == 2


def test_what_is_pinned_and_too_much_is_told(tmp_path: Path) -> None:
    entries = "".join(f"  - {{name: Firm {n}, start: {1950 + n}, end: {1951 + n}, pin: true}}\n" for n in range(70))
    profile = write(tmp_path, "", f"basics: {{name: Nora Kemp}}\nwork:\n{entries}")
    ran = run_cvgen("render", profile, "--pages", "1")
    (told,) = read_told(ran.err)
    assert ran.code == 1
    assert "pinned parts do not fit on 1 page" in told.message
    assert told.place.startswith(f"{profile}:")
    assert "Firm" in told.hint
    assert not (tmp_path / "profile.pdf").exists()


def test_a_page_shows_everything_and_says_so(tmp_path: Path) -> None:
    profile = write(tmp_path, "variants: {v: {pages: 1}}\n")
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0
    assert any("'pages' has no effect on .html" in told.message for told in read_told(ran.err))


def test_a_source_of_latex_without_tex_shows_everything_and_says_what_to_install(tmp_path: Path) -> None:
    profile = write(tmp_path, "variants: {v: {pages: 1}}\n")
    ran = run_cvgen("render", profile, "-f", "tex", "-o", tmp_path / "cv.tex", env={"PATH": str(tmp_path)})
    assert ran.code == 0, ran.err
    (told,) = (told for told in read_told(ran.err) if "'pages' has no effect on .tex" in told.message)
    assert "install xelatex and xdvipdfmx" in told.hint


# --- reports


def test_report_names_every_part_once(one_page: dict[str, Any], two_pages: dict[str, Any]) -> None:
    named = [row["path"] for key in ("shown", "shortened", "left_out") for row in one_page[key]]
    assert len(named) == len(set(named))
    assert sorted(named) == sorted(row["path"] for row in two_pages["shown"])
    assert one_page["left_out"]
    assert {row["why"] for row in one_page["left_out"]} == {"does not fit on 1 page"}
    assert 1 <= len(one_page["almost"]) <= 5
    assert all(row in one_page["left_out"] for row in one_page["almost"])


def test_report_says_what_each_part_costs_and_what_stands_in_its_place(
    engineer: Path, tmp_path: Path, one_page: dict[str, Any]
) -> None:
    told = one_page
    printed = [*told["shown"], *told["shortened"]]
    assert all(row["worth"] > 0 and row["lines"] >= 0 and row["worth_by"] is not None for row in printed)
    assert 40 < sum(row["lines"] for row in printed) < 75  # a page of text of 9 pt has some 70 lines
    displaced = [row for row in told["left_out"] if row["displaced_by"]]
    # an entry that is alone in its section comes back with the section
    lost = next(
        row for row in displaced if [back["path"] for back in row["displaced_by"]["brought_back"]] == [row["path"]]
    )
    swap = lost["displaced_by"]
    gone = {row["path"] for row in swap["left_out"]}
    assert gone <= {row["path"] for row in printed}
    kept = {row["path"] for row in printed if row["kind"] != "section"} - gone | {lost["path"]}
    text = yaml.safe_load(engineer.read_text("utf-8"))
    for path, setting in (*((path, "hidden") for path in gone), *((path, "pin") for path in kept)):
        set_in_profile(text, path, setting)
    swapped = tmp_path / "profile.yaml"
    swapped.write_text(yaml.safe_dump(text, allow_unicode=True), "utf-8")
    ran = run_cvgen("render", swapped, "-v", "full", "--pages", "1", "-o", tmp_path / "swapped.pdf", "-q")
    assert ran.code == 0, ran.err  # what is pinned fits, or there would be an error


def set_in_profile(text: Any, path: str, setting: str) -> None:
    """Give the entry or bullet at ``path`` the setting ``true``."""
    *around, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in around:
        text = text[step]
    if isinstance(text[last], str):
        text[last] = {"text": text[last]}
    text[last][setting] = True


def test_report_offers_other_choices_that_fit(one_page: dict[str, Any], two_pages: dict[str, Any]) -> None:
    told = one_page
    printed = {row["path"] for row in (*told["shown"], *told["shortened"])}
    larger, longer = told["what_if"]
    assert (larger["pages"], larger["size"]) == (1, "10 pt")
    assert {row["path"] for row in larger["left_out"]} <= printed
    assert larger["left_out"]
    assert longer["pages"] == 2
    assert not {row["path"] for row in longer["brought_back"]} & printed
    assert {row["path"] for row in longer["brought_back"]} <= {row["path"] for row in two_pages["shown"]}


def test_report_says_how_full_each_column_is(tmp_path: Path) -> None:
    told = report(write(tmp_path, "variants: {v: {theme: modern}}\n"))
    ((main, side),) = told["columns"]
    assert 0 < side < main
    assert main == pytest.approx(told["fill"][0], abs=0.02)


def test_report_says_why_the_variant_leaves_things_out(tmp_path: Path) -> None:
    profile = write(tmp_path, "variants: {v: {theme: ats, tags: [new], sections: [work]}}\n")
    left = {row["path"]: row for row in report(profile)["left_out"]}
    assert left["work.1.highlights.0"]["why"] == "tagged old, which the variant does not ask for"
    assert left["skills.0"]["why"] == "its section is not in the variant"
    assert left["skills.0"]["location"] == f"{profile}:5:10"


def test_report_for_people(engineer: Path, tmp_path: Path) -> None:
    ran = run_cvgen("render", engineer, "-v", "full", "--pages", "1", "--report", "-o", tmp_path / "cv.pdf")
    assert "full: 1 page of 1 allowed, theme classic" in ran.out
    assert "density 1: size 9pt, leading 1.18" in ran.out
    assert "left out: does not fit on 1 page" in ran.out
    assert "nearly included" in ran.out
    assert "to show it, leave out '" in ran.out
    assert "  other choices that fit:\n    1 page, text of 10 pt:\n      leave out '" in ran.out


def test_json_stands_alone_on_stdout(tmp_path: Path) -> None:
    ran = run_cvgen("render", write(tmp_path, ""), "--report", "json", "-o", tmp_path / "cv.pdf")
    assert json.loads(ran.out)["variant"] == "default"
    assert "cv.pdf" in ran.err


def test_a_section_that_vanishes_is_told(engineer: Path, tmp_path: Path) -> None:
    page = ("-v", "full", "--pages", "1", "--set", "size=12", "--report", "json")
    ran = run_cvgen("render", engineer, *page, "-o", tmp_path / "cv.pdf")
    lost = {row["label"] for row in json.loads(ran.out)["left_out"] if row["kind"] == "section"}
    named = {part.message for part in read_told(ran.err)}
    assert lost
    assert named >= {f"the section {label!r} is left out: nothing of it fits" for label in lost}


@pytest.mark.parametrize("other", [["--watch"], ["-f", "html"]], ids=["watch", "html"])
def test_report_is_for_pdfs_rendered_once(tmp_path: Path, other: list[str]) -> None:
    ran = run_cvgen("render", write(tmp_path, ""), "--report", "text", *other)
    assert ran.code == 2
    assert "--report does not go with" in ran.err


# --- every variant


def test_all_goes_on_after_a_failure(tmp_path: Path) -> None:
    profile = write(tmp_path, "variants:\n  bad: {theme: nowhere}\n  good: {theme: ats}\n  worse: {sections: [x]}\n")
    ran = run_cvgen("render", profile, "--all")
    assert ran.code == 2
    assert (tmp_path / "profile-good.pdf").is_file()
    assert not (tmp_path / "profile-bad.pdf").exists()
    assert "bad: failed" in ran.err
    assert "worse: failed" in ran.err
    assert [told.message for told in read_told(ran.err) if told.severity == "error"] == [
        "there is no theme 'nowhere'",
        "there is no section 'x'",
    ]


def test_all_of_a_profile_without_variants_is_one_file(tmp_path: Path) -> None:
    assert run_cvgen("render", write(tmp_path, ""), "--all").code == 0
    assert (tmp_path / "profile.pdf").is_file()


def test_all_renders_every_variant_and_reports_each(tmp_path: Path) -> None:
    profile = write(tmp_path, "variants:\n  full: {theme: ats}\n  default: {pages: 1}\n  platform: {tags: [old]}\n")
    ran = run_cvgen("render", profile, "--all", "--report", "json", "-q", "-o", tmp_path / "out")
    assert [told["variant"] for told in json.loads(ran.out)] == ["full", "default", "platform"]
    names = ("profile-full.pdf", "profile-default.pdf", "profile-platform.pdf")
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(names)
    assert [pages_of(tmp_path / "out" / name) for name in names] == [1, 1, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["-v", "full"], "--all does not go with -v", id="variant"),
        pytest.param(["--watch"], "--all does not go with --watch", id="watch"),
        pytest.param(["-o", "cv.pdf"], "-o names a folder", id="file"),
    ],
)
def test_all_does_not_go_with(engineer: Path, arguments: list[str], message: str) -> None:
    ran = run_cvgen("render", engineer, "--all", *arguments)
    assert ran.code == 2
    assert message in ran.err


# --- file names


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        pytest.param("{name}-{variant}.pdf", "Nora-Kemp-v.pdf", id="name-and-variant"),
        pytest.param("{name}, CV", "Nora-Kemp, CV.pdf", id="ending-added"),
        pytest.param("sent/{profile}_{language}_{theme}.pdf", "sent/profile_en_ats.pdf", id="folder"),
    ],
)
def test_a_variant_names_its_file(tmp_path: Path, pattern: str, name: str) -> None:
    profile = write(tmp_path, f'variants: {{v: {{theme: ats, file: "{pattern}"}}}}\n')
    assert run_cvgen("render", profile).code == 0
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        pytest.param("{nam}.pdf", "a file name has no placeholder {nam}", "name", id="typo"),
        pytest.param("{name", "the file name '{name' cannot be read", "{name}-{variant}.pdf", id="brace"),
        pytest.param(
            "../{name}.pdf",
            "'../{name}.pdf' is not the name of a file in the profile's folder",
            "{variant}",
            id="above",
        ),
        pytest.param(
            "/tmp/x.pdf", "'/tmp/x.pdf' is not the name of a file in the profile's folder", "{variant}", id="absolute"
        ),
        pytest.param("...", "'...' is not the name of a file in the profile's folder", "{variant}", id="dots"),
        pytest.param("{name.__class__}", "has no placeholder", "name", id="attribute"),
        pytest.param("{name!r}", "has no placeholder", "", id="conversion"),
    ],
)
def test_a_file_name_that_is_none(tmp_path: Path, pattern: str, message: str, hint: str) -> None:
    profile = write(tmp_path, f"variants:\n  v:\n    file: '{pattern}'\n")
    ran = run_cvgen("render", profile)
    (told,) = [told for told in read_told(ran.err) if told.severity == "error"]
    assert ran.code == 2
    assert message in told.message
    assert hint in told.hint
    assert told.place == f"{profile}:8:11"


def test_two_variants_of_one_file_are_told(tmp_path: Path) -> None:
    profile = write(tmp_path, 'variants:\n  a: {theme: ats, file: "{name}"}\n  b: {extends: a}\n')
    ran = run_cvgen("render", profile, "--all")
    assert ran.code == 2
    assert "the variants 'a' and 'b' would both write" in ran.err


# --- options


def test_options_for_another_theme_are_not_inherited(tmp_path: Path) -> None:
    variants = "variants:\n  a: {theme: modern, options: {tint: '#eeeeee', accent: '#123456'}}\n"
    profile = write(
        tmp_path, f"{variants}  b: {{extends: a, theme: ats}}\n  c: {{extends: b, options: {{tint: '#fff'}}}}\n"
    )
    assert run_cvgen("render", profile, "-v", "b").code == 0
    ran = run_cvgen("render", profile, "-v", "c")
    assert ran.code == 2
    assert "has no option 'tint'" in ran.err


# --- priorities


@pytest.mark.parametrize(
    ("skill", "priority"),
    [
        pytest.param("{name: Machine learning, keywords: [Python]}", 3, id="in-one-text"),
        pytest.param("{name: Machine, keywords: [learning]}", 0, id="over-two-texts"),
    ],
)
def test_a_term_is_found_within_one_text(tmp_path: Path, skill: str, priority: int) -> None:
    career = (
        f"basics: {{name: Nora Kemp}}\nskills: [{skill}]\nvariants: {{v: {{priorities: {{machine learning: 3}}}}}}\n"
    )
    prepared = prepare(Request(write(tmp_path, "", career)), warm_backend("weasyprint"))
    asked = [dict(part.asked).get("machine learning", 0) for part in prepared.draft.parts if part.kind == "entry"]
    assert asked == [priority]


# --- two variants on the same number of pages


def test_diff_fits_both_variants_to_the_pages_asked_for(engineer: Path, two_pages: dict[str, Any]) -> None:
    fitted = run_cvgen("diff", engineer, "full", "platform", "--pages", "1").out
    assert fitted.splitlines()[0].count("fitted to 1 page") == 2
    assert re.search(r"only in platform: .*\b1 bullet", fitted), "the other variant has no room for it on one page"
    assert not two_pages["left_out"], "on its own two pages it has"
