"""``cvgen check``: the matrix, what it finds about budgets and pins, exit codes, and its formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from helpers import run_cvgen
from PIL import Image

from cvgen.pipeline.check.baseline import PX_PER_PT
from cvgen.themes.theme import list_themes

GOOD = """\
basics: {name: Nora Kemp, email: nora@example.org}
work:
  - {name: Halyard, position: Engineer, start: 2020, end: present, highlights: [Ran the build., Wrote the docs.]}
  - {name: Fjord, position: Trainee, start: 2018, end: 2019}
skills: [{name: Rust}, {name: Go}]
"""
PINNED = "basics: {name: Nora Kemp}\nwork:\n" + "".join(
    f"  - {{name: Firm {n}, start: {1950 + n}, end: {1951 + n}, pin: true}}\n" for n in range(70)
)


def write(folder: Path, text: str) -> Path:
    (folder / "profile.yaml").write_text(text, "utf-8")
    return folder / "profile.yaml"


def check(profile: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    ran = run_cvgen("check", profile, "--format", "json", *arguments)
    return ran.code, json.loads(ran.out)


def findings(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    everything = [*told["profile"], *(finding for cell in told["cells"] for finding in cell["findings"])]
    return [(finding["check"], finding["severity"], finding["message"]) for finding in everything]


def test_a_good_profile_is_clean(tmp_path: Path) -> None:
    code, told = check(write(tmp_path, GOOD))
    assert (code, told["failed"], findings(told)) == (0, False, [])
    assert [(c["variant"], c["theme"], c["engine"], c["pages"]) for c in told["cells"]] == [
        ("default", "classic", "weasyprint", 1)
    ]


def test_every_variant_with_every_theme(tmp_path: Path) -> None:
    _, told = check(write(tmp_path, GOOD + "variants: {a: {theme: ats}, b: {theme: modern}}\n"), "--all-themes")
    cells = {(cell["variant"], cell["theme"]) for cell in told["cells"]}
    themes = sorted(list_themes())
    assert cells == {(variant, theme) for variant in "ab" for theme in themes}


def test_the_variant_and_theme_asked_for(tmp_path: Path) -> None:
    profile = write(tmp_path, GOOD + "variants: {a: {theme: ats}, b: {theme: modern}, c: {}}\n")
    _, told = check(profile, "-v", "a", "-v", "c", "-t", "compact", "-t", "banking")
    assert [(cell["variant"], cell["theme"]) for cell in told["cells"]] == [
        ("a", "compact"),
        ("c", "compact"),
        ("a", "banking"),
        ("c", "banking"),
    ]


@pytest.mark.tex
def test_through_two_engines(tmp_path: Path) -> None:
    code, told = check(write(tmp_path, GOOD), "-e", "weasyprint", "-e", "xelatex")
    assert (code, [cell["engine"] for cell in told["cells"]]) == (0, ["weasyprint", "xelatex"])


def test_a_budget_that_cannot_hold_fails(tmp_path: Path) -> None:
    code, told = check(write(tmp_path, PINNED + "variants: {short: {pages: 1}, long: {}}\n"))
    assert code == 1
    assert [(check, severity) for check, severity, _ in findings(told)] == [("render", "error")]
    assert "pinned parts do not fit on 1 page" in findings(told)[0][2]
    assert told["cells"][0]["pages"] is None
    assert told["cells"][1]["pages"] > 1, "the other variant is checked all the same"


@pytest.mark.parametrize(
    ("entry", "variant", "reason"),
    [
        pytest.param("tags: [x], pin: true", "tags: [y]", "tagged x, which the variant does not ask for", id="tag"),
        pytest.param(
            "tags: [x], pin: true", "exclude_tags: [x]", "tagged x, which the variant excludes", id="excluded"
        ),
        pytest.param(
            "pin: true",
            "sections: [{work: {where: year > 2030}}]",
            "does not match the query ('where') of the section",
            id="query",
        ),
    ],
)
def test_a_pinned_part_that_is_missing_fails(tmp_path: Path, entry: str, variant: str, reason: str) -> None:
    jobs = f"  - {{name: Halyard, date: 2020, {entry}}}\n  - {{name: Fjord, date: 2031}}\n"
    career = f"basics: {{name: Nora Kemp}}\nwork:\n{jobs}"
    code, told = check(write(tmp_path, f"{career}variants: {{v: {{{variant}}}}}\n"))
    (finding,) = [finding for cell in told["cells"] for finding in cell["findings"] if finding["check"] == "pin"]
    assert code == 1
    assert (
        finding["message"]
        == f"'Halyard' is pinned, and the variant 'v' does not show it: {finding['message'].split(': ')[1]}"
    )
    assert reason in finding["message"]
    assert (finding["line"], finding["severity"]) == (3, "error")


def test_a_pinned_bullet_that_is_missing_fails(tmp_path: Path) -> None:
    bullet = "highlights: [{text: Ran it., tags: [x], pin: true}]"
    career = f"basics: {{name: Nora Kemp}}\nwork: [{{name: Halyard, {bullet}}}]\nvariants: {{v: {{tags: [y]}}}}\n"
    code, told = check(write(tmp_path, career))
    assert code == 1
    assert [(name, severity) for name, severity, _ in findings(told)] == [("unshown", "notice"), ("pin", "error")]


def test_a_pin_in_a_section_that_the_variant_has_not_is_no_finding(tmp_path: Path) -> None:
    career = "basics: {name: Nora Kemp}\nwork: [{name: Halyard, pin: true}]\nskills: [{name: Rust}]\n"
    variants = "variants: {v: {sections: [skills]}, w: {}}\n"
    assert check(write(tmp_path, career + variants))[0] == 0


def test_what_no_variant_shows_is_a_notice(tmp_path: Path) -> None:
    code, told = check(write(tmp_path, GOOD + "variants: {v: {sections: [skills]}, w: {sections: [skills]}}\n"))
    assert code == 0
    assert [(name, severity, message) for name, severity, message in findings(told) if name == "unshown"] == [
        ("unshown", "notice", "'Halyard' is shown in no variant"),
        ("unshown", "notice", "'Fjord' is shown in no variant"),
    ]


def test_the_files_warnings_are_told_and_do_not_fail(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(
        "@article{a, author = {Kemp, Nora}, title = {Builds that explain themselves}, journal = {Journal of Tests}}\n",
        "utf-8",
    )
    code, told = check(write(tmp_path, GOOD + "bibliography: {files: [papers.bib]}\n"))
    assert code == 0
    assert any(name == "profile" and severity == "warning" for name, severity, _ in findings(told))
    code, told = check(tmp_path / "profile.yaml", "--strict")
    assert code == 1
    assert any(name == "profile" and severity == "error" for name, severity, _ in findings(told))


def test_what_a_variant_leaves_unlisted_is_a_notice_of_its_selection(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(
        "@article{a, author = {Kemp, Nora}, title = {One}, journal = {J}, year = {2020}}\n"
        "@article{b, author = {Kemp, Nora}, title = {Two}, journal = {J}, year = {2010}}\n",
        "utf-8",
    )
    variants = "variants: {v: {sections: [{publications: {where: year > 2015}}]}}\n"
    code, told = check(write(tmp_path, GOOD + "bibliography: {files: [papers.bib]}\n" + variants))
    assert code == 0
    assert ("selection", "notice") in [(name, severity) for name, severity, _ in findings(told)]
    assert any("1 of 2 papers" in message for _, _, message in findings(told))
    code, strict = check(tmp_path / "profile.yaml", "--strict")
    assert (code, findings(strict)) == (0, findings(told))


def test_what_the_backend_says_of_a_theme_is_told(tmp_path: Path) -> None:
    html = tmp_path / "themes/mine/html"
    html.mkdir(parents=True)
    (html.parent / "theme.yaml").write_text("extends: classic\n", "utf-8")
    (html / "style.css.j2").write_text('{% include "classic:style.css.j2" %}\nh1 { colour: red; }\n', "utf-8")
    code, told = check(write(tmp_path, GOOD), "-t", "mine")
    assert code == 0
    assert [(name, severity) for name, severity, _ in findings(told)] == [("render", "warning")]
    assert "colour" in findings(told)[0][2]
    code, strict = check(tmp_path / "profile.yaml", "-t", "mine", "--strict")
    assert code == 1
    assert findings(strict) == [(name, "error", message) for name, _, message in findings(told)]
    quiet = run_cvgen("check", tmp_path / "profile.yaml", "-t", "mine", "--strict", "-q")
    assert quiet.code == 1
    assert "'colour' is not a property" in quiet.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["-v", "shrot"], "there is no variant 'shrot'", id="variant"),
        pytest.param(["-t", "clasic"], "there is no theme 'clasic'", id="theme"),
    ],
)
def test_what_is_not_there_is_an_error_of_usage(tmp_path: Path, arguments: list[str], message: str) -> None:
    ran = run_cvgen("check", write(tmp_path, GOOD), *arguments)
    assert ran.code == 2
    assert message in ran.err


@pytest.mark.parametrize("arguments", [["-t", "homepage"], ["-t", "homepage", "-t", "classic"]])
def test_a_theme_that_no_engine_asked_for_can_print_is_an_error_of_usage(tmp_path: Path, arguments: list[str]) -> None:
    ran = run_cvgen("check", write(tmp_path, GOOD), *arguments, "-e", "xelatex")
    assert ran.code == 2
    assert "the theme 'homepage' has no latex backend\n    → it has: html; use -e weasyprint\n" in ran.err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [(["-e", "xelatex"], "it has: html; use -e weasyprint"), (["-f", "tex"], "it has: html")],
)
def test_render_names_only_engines_that_write_the_format(tmp_path: Path, arguments: list[str], hint: str) -> None:
    ran = run_cvgen("render", write(tmp_path, GOOD), "-t", "homepage", *arguments)
    assert ran.code == 2
    assert f"the theme 'homepage' has no latex backend\n    → {hint}\n" in ran.err


@pytest.mark.tex
def test_a_theme_of_one_backend_is_checked_through_that(tmp_path: Path) -> None:
    profile = write(tmp_path, GOOD + "variants: {web: {theme: homepage}, cv: {}}\n")
    code, told = check(profile, "-e", "weasyprint", "-e", "xelatex")
    assert (code, [(cell["variant"], cell["theme"], cell["engine"]) for cell in told["cells"]]) == (
        0,
        [
            ("web", "homepage", "weasyprint"),
            ("cv", "classic", "weasyprint"),
            ("cv", "classic", "xelatex"),
        ],
    )


@pytest.mark.tex
def test_a_variant_that_no_engine_asked_for_can_print_fails(tmp_path: Path) -> None:
    code, told = check(write(tmp_path, GOOD + "variants: {web: {theme: homepage}, cv: {}}\n"), "-e", "xelatex")
    assert code == 1
    assert told["cells"][0]["theme"] == "homepage"
    assert "has no latex backend" in findings(told)[0][2]


def test_a_profile_that_cannot_be_read_is_an_error_of_usage(tmp_path: Path) -> None:
    ran = run_cvgen("check", write(tmp_path, "basics: {nam: x}\n"))
    assert ran.code == 2
    assert "profile.yaml:1:10: error" in ran.err


@pytest.mark.parametrize("format_", ["json", "github", "junit"])
def test_what_cannot_be_read_is_told_in_the_format_asked_for(tmp_path: Path, format_: str) -> None:
    ran = run_cvgen("check", write(tmp_path, "basics: {nam: x}\n"), "--format", format_)
    assert ran.code == 2
    assert "did you mean 'name'" in ran.out
    if format_ == "github":
        assert ran.out.startswith(f"::error file={tmp_path}/profile.yaml,line=1,col=10,title=cvgen check%3A profile::")


# --- formats


def test_text_has_a_line_for_each_document_and_finding(tmp_path: Path) -> None:
    profile = write(tmp_path, PINNED + "variants: {short: {pages: 1}, long: {}}\n")
    lines = run_cvgen("check", profile).out.splitlines()
    assert lines[0] == "FAIL  short · classic · weasyprint"
    assert lines[1].startswith(f"  {profile}:")
    assert lines[1].endswith("[render]")
    assert lines[2].startswith("ok    long · classic · weasyprint, ")
    assert lines[3] == "2 documents checked: 1 error"


def test_the_last_line_counts_warnings_and_quiet_prints_errors_only(tmp_path: Path) -> None:
    profile = write(
        tmp_path, PINNED.replace("basics:", "language: tlh\nbasics:") + "variants: {short: {pages: 1}, long: {}}\n"
    )
    loud = run_cvgen("check", profile)
    assert loud.out.splitlines()[-1].startswith("2 documents checked: 1 error, 1 warning")
    quiet = run_cvgen("check", profile, "-q")
    assert quiet.code == 1
    assert [line.split(":")[0] for line in quiet.out.splitlines()] == [
        "FAIL  short · classic · weasyprint",
        f"  {profile}",
        "2 documents checked",
    ]
    assert run_cvgen("check", profile, "-v", "long", "-q").out == ""
    everything = json.loads(run_cvgen("check", profile, "-q", "--format", "json").out)
    assert len(everything["cells"]) == 2


def test_github_puts_a_finding_beside_its_line(tmp_path: Path) -> None:
    profile = write(tmp_path, PINNED + "variants: {short: {pages: 1}}\n")
    ran = run_cvgen("check", profile, "--format", "github")
    assert ran.code == 1
    (line,) = ran.out.splitlines()
    assert line.startswith(f"::error file={profile},line=")
    assert ",col=5,title=cvgen check%3A short · classic · weasyprint::the pinned parts do not fit" in line


def test_junit_counts_failures(tmp_path: Path) -> None:
    profile = write(tmp_path, PINNED + "variants: {short: {pages: 1}, long: {}}\n")
    suite = ET.fromstring(run_cvgen("check", profile, "--format", "junit").out).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    failures = {case.get("name"): case.findtext("failure") for case in suite.iter("testcase")}
    assert "pinned" in (failures["short · classic · weasyprint"] or "")
    assert failures["long · classic · weasyprint"] is None


# --- baselines


def _red_frame(page: Image.Image) -> tuple[int, int, int, int]:
    """The outer edges in px of the only red frame on ``page``, which is 2 px wide."""
    red = [n for n, colour in enumerate(page.get_flattened_data()) if colour == (208, 0, 0)]
    columns, rows = {n % page.width for n in red}, {n // page.width for n in red}
    left, top, right, bottom = min(columns), min(rows), max(columns) + 1, max(rows) + 1
    width, height = right - left, bottom - top
    assert len(red) == width * height - (width - 4) * (height - 4)
    return left, top, right, bottom


def test_one_changed_digit_is_caught_and_shown(tmp_path: Path) -> None:
    profile = write(tmp_path, GOOD)
    base = tmp_path / "base"
    assert run_cvgen("check", profile, "--baseline", base, "--update").code == 0
    assert check(profile, "--baseline", str(base))[0] == 0
    write(tmp_path, GOOD.replace("start: 2020", "start: 2021"))
    code, told = check(profile, "--baseline", str(base))
    (finding,) = told["cells"][0]["findings"]
    assert code == 1
    assert (finding["check"], finding["page"]) == ("baseline", 1)
    assert finding["message"] == "default-classic-weasyprint has changed: '2020' → '2021'"
    kept = json.loads((base / "default-classic-weasyprint" / "boxes.json").read_text("utf-8"))
    ((left, bottom, right, top),) = [box for text, box in kept["pages"][0] if text == "2020"]
    with Image.open(finding["file"]) as picture:
        sheet = picture.convert("RGB")
    with Image.open(base / "default-classic-weasyprint" / "page-1.png") as picture:
        page = picture.size
    assert sheet.size == (2 * page[0] + 8, page[1])
    frames = [_red_frame(sheet.crop((at, 0, at + page[0], page[1]))) for at in (0, page[0] + 8)]
    assert frames[0] == frames[1]
    # The frame is 4 px away from what differs and 2 px wide: around the fourth character of "2020 – present" alone
    width, high = (right - left) * PX_PER_PT, page[1] - top * PX_PER_PT
    frame = frames[0]
    assert left * PX_PER_PT + width * 0.25 < (frame[0] + frame[2]) / 2 < left * PX_PER_PT + width * 0.4
    assert 12 < frame[2] - frame[0] < 12 + width / 8
    assert high - 6 < frame[1] < frame[3] < page[1] - bottom * PX_PER_PT + 6
    assert 12 < frame[3] - frame[1] <= 12 + (top - bottom) * PX_PER_PT
    assert run_cvgen("check", profile, "--baseline", base, "--update").code == 0
    assert check(profile, "--baseline", str(base))[0] == 0


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        pytest.param(GOOD, GOOD.replace(", {name: Go}", ""), "'Go' is gone", id="gone"),
        pytest.param(GOOD, GOOD.replace("{name: Go}", "{name: Go}, {name: Zig}"), "'Zig' is new", id="new"),
        pytest.param(
            GOOD,
            GOOD + "variants: {default: {options: {accent: '#1f3a60'}}}\n",
            "no words, only its look",
            id="colour",
        ),
        pytest.param(
            GOOD, GOOD + "variants: {default: {options: {margin_vertical: 17}}}\n", "words have moved", id="moved"
        ),
    ],
)
def test_what_has_changed_is_said_in_words(tmp_path: Path, before: str, after: str, message: str) -> None:
    base = tmp_path / "base"
    run_cvgen("check", write(tmp_path, before), "--baseline", base, "--update")
    code, told = check(write(tmp_path, after), "--baseline", str(base))
    assert code == 1
    assert any(message in finding["message"] for finding in told["cells"][0]["findings"])


def test_a_document_of_which_nothing_is_kept_fails(tmp_path: Path) -> None:
    code, told = check(write(tmp_path, GOOD), "--baseline", str(tmp_path / "base"))
    assert code == 1
    assert "there is no snapshot of default-classic-weasyprint" in findings(told)[0][2]


def test_more_pages_than_before_are_told(tmp_path: Path) -> None:
    base = tmp_path / "base"
    run_cvgen("check", write(tmp_path, GOOD), "--baseline", base, "--update")
    more = "".join(f"  - {{name: Firm {n}, start: {1950 + n}}}\n" for n in range(60))
    code, told = check(write(tmp_path, GOOD.replace("skills:", more + "skills:")), "--baseline", str(base))
    assert code == 1
    assert any("its snapshot has 1" in message for _, _, message in findings(told))


def test_pictures_of_other_programs_are_compared_by_their_words(tmp_path: Path) -> None:
    base = tmp_path / "base"
    run_cvgen("check", write(tmp_path, GOOD), "--baseline", base, "--update")
    boxes = base / "default-classic-weasyprint" / "boxes.json"
    boxes.write_text(boxes.read_text("utf-8").replace('"WeasyPrint": "7', '"WeasyPrint": "6'), "utf-8")
    code, told = check(write(tmp_path, GOOD), "--baseline", str(base))
    assert code == 0
    assert "only words and their places are compared" in findings(told)[0][2]
    code, told = check(write(tmp_path, GOOD.replace("Rust", "Rast")), "--baseline", str(base))
    assert code == 1
    assert "'Rust' → 'Rast'" in findings(told)[1][2]


def test_update_needs_a_baseline(tmp_path: Path) -> None:
    assert run_cvgen("check", write(tmp_path, GOOD), "--update").code == 2


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("boxes.json", "{", id="no-json"),
        pytest.param("boxes.json", '{"pages": [[["Rust", 3]]], "tools": {}}', id="no-box"),
        pytest.param("boxes.json", "[]", id="another-shape"),
        pytest.param("page-1.png", "x", id="no-picture"),
        pytest.param("page-1.png", None, id="no-page"),
    ],
)
def test_what_is_kept_and_damaged_is_a_finding(tmp_path: Path, file: str, text: str | None) -> None:
    base = tmp_path / "base"
    run_cvgen("check", write(tmp_path, GOOD), "--baseline", base, "--update")
    kept = base / "default-classic-weasyprint" / file
    kept.unlink() if text is None else kept.write_text(text, "utf-8")
    code, told = check(write(tmp_path, GOOD), "--baseline", str(base))
    assert code == 1
    assert "cannot be read" in findings(told)[0][2]
    assert told["cells"][0]["findings"][0]["hint"] == "re-record it with --update"


def test_another_compression_of_the_same_picture_is_no_change(tmp_path: Path) -> None:
    base = tmp_path / "base"
    run_cvgen("check", write(tmp_path, GOOD), "--baseline", base, "--update")
    kept = base / "default-classic-weasyprint" / "page-1.png"
    with Image.open(kept) as picture:
        picture.save(kept, compress_level=1)
    assert check(write(tmp_path, GOOD), "--baseline", str(base))[0] == 0


def test_a_pixel_of_another_colour_is_a_change(tmp_path: Path) -> None:
    base = tmp_path / "base"
    run_cvgen("check", write(tmp_path, GOOD), "--baseline", base, "--update")
    kept = base / "default-classic-weasyprint" / "page-1.png"
    with Image.open(kept) as picture:
        picture.putpixel((5, 5), (255, 255, 254))
        picture.save(kept)
    code, told = check(write(tmp_path, GOOD), "--baseline", str(base))
    assert code == 1
    assert "no words, only its look" in findings(told)[0][2]


@pytest.mark.tex
def test_a_baseline_tells_what_made_it(tmp_path: Path) -> None:
    base = tmp_path / "base"
    run_cvgen("check", write(tmp_path, GOOD), "--baseline", base, "--update", "-e", "weasyprint", "-e", "xelatex")
    tools = {
        engine: set(json.loads((base / f"default-classic-{engine}/boxes.json").read_text("utf-8"))["tools"])
        for engine in ("weasyprint", "xelatex")
    }
    assert tools == {"weasyprint": {"WeasyPrint", "Pango", "pdfium"}, "xelatex": {"XeTeX", "pdfium"}}
