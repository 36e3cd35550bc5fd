"""The ledger of decisions by the command line: what is left out or shortened, by what, and where that is written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from helpers import read_told, run_cvgen

from cvgen.select.build_document import select_document
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import read_career

BIB = """\
@article{old, author = {Lin, Wei}, title = {On Old Glazes}, journal = {Clay}, year = 1999}
@article{new, author = {Lin, Wei and Roe, Jo}, title = {On New Glazes and Old Kilns}, journal = {Clay}, year = 2024}
@article{mid, author = {Lin, Wei and Roe, Jo}, title = {On Middling Glazes}, journal = {Clay}, year = 2020}
@article{banned, author = {Lin, Wei}, title = {On Lost Glazes}, journal = {Clay}, year = 2021, keywords = {pots}}
@article{other, author = {Roe, Jo and Lin, Wei}, title = {On the Glazes of Others}, journal = {Clay}, year = 2022}
@article{absent, author = {Roe, Jo and Kemp, Tom}, title = {On Glazes Seen from Afar}, journal = {Clay}, year = 2023}
@misc{draft, author = {Lin, Wei and Roe, Jo}, title = {On New Glazes and Old Kilns}, year = 2023, eprint = {2301.00001},
  archiveprefix = {arXiv}}
@inproceedings{talk, author = {Lin, Wei}, title = {On Spoken Glazes}, crossref = {volume}, year = 2018}
@proceedings{volume, editor = {Kemp, Tom}, title = {Proceedings of the Kiln}, booktitle = {Proceedings of the Kiln},
  year = 2018}
"""
CAREER = """\
basics: {name: Wei Lin}
bibliography:
  files: [papers.bib]
  entries: {banned: {tags: [secret]}, old: {tags: [pots], highlights: [Won a prize.]}}
work:
  - name: Kiln
    date: 2020
    tags: [clay]
    highlights: [Fired it., {text: Kept it., tags: [secret], highlights: [Deep.]}]
  - {name: Harbour, date: 2019, tags: [sea], highlights: [Rowed., {text: Sailed., pin: true}]}
  - {name: Bank, date: 2018, tags: [secret]}
  - {name: Forge, date: 2001}
  - {name: Mill, date: 2017, priority: -1}
  - {name: Farm, date: 2016}
skills: [{name: Rust, tags: [clay]}, {name: Go}]
awards: [{title: Cup, tags: [clay]}, {title: Bowl}]
news: [{text: A bowl was sold., short: Sold., date: 2024}]
sections:
  own: {title: Vision, highlights: [See far.], entries: [{title: Eyes}]}
variants:
"""
SHOWN = """\
  v:
    tags: [clay]
    exclude_tags: [secret]
    sections:
      - work: {title: Jobs, where: year > 2010, limit: 2}
      - skills: {title: Tools, tags: [clay]}
      - awards: {title: Prizes, exclude_tags: [clay], with: [own]}
"""


def write(folder: Path, variants: str, career: str = CAREER, bib: str = BIB) -> Path:
    (folder / "papers.bib").write_text(bib, "utf-8")
    (folder / "profile.yaml").write_text(career + variants, "utf-8")
    return folder / "profile.yaml"


def report(profile: Path, *arguments: str) -> dict[str, Any]:
    ran = run_cvgen("render", profile, "--report", "json", "-q", "-o", profile.parent / "cv.pdf", *arguments)
    assert ran.code == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


def left_out(told: dict[str, Any]) -> dict[str, tuple[list[str], str]]:
    """Path → the causes and the reason in words."""
    return {row["path"]: ([by["cause"] for by in row["by"]], row["why"]) for row in told["left_out"]}


def line_of(profile: Path, words: str) -> int:
    return profile.read_text("utf-8").partition(words)[0].count("\n") + 1


# --- entries and bullets

BANNED = "tagged secret, which the variant excludes"
UNASKED = "tagged sea, which the variant does not ask for"


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    profile = write(tmp_path_factory.mktemp("entries"), SHOWN)
    return profile, report(profile)


@pytest.mark.parametrize(
    ("path", "cause", "why", "setting"),
    [
        ("work.0.highlights.1", "exclude_tags", BANNED, "exclude_tags: [secret]"),
        (
            "work.0.highlights.1.highlights.0",
            "exclude_tags",
            BANNED,
            "exclude_tags: [secret]",
        ),
        ("work.1", "tags", UNASKED, "tags: [clay]\n    exclude_tags"),
        ("work.1.highlights.0", "tags", UNASKED, "tags: [clay]\n    exclude_tags"),
        ("work.2", "exclude_tags", BANNED, "exclude_tags: [secret]"),
        ("work.3", "where", "does not match the query ('where') of the section 'Jobs'", "- work: {title"),
        ("work.4", "limit", "beyond the limit of 2 in the section 'Jobs'", "- work: {title"),
        ("skills.1", "tags", "excluded by 'tags' of the section 'Tools'", "- skills:"),
        ("awards.0", "exclude_tags", "excluded by 'exclude_tags' of the section 'Prizes'", "- awards:"),
        ("sections.own.highlights.0", "section", "the variant has only the entries of its section", ""),
        ("news.0", "section", "its section is not in the variant", ""),
        ("publications.old", "section", "its section is not in the variant", ""),
        ("publications.old.highlights.0", "section", "its section is not in the variant", ""),
    ],
)
def test_each_reason_of_entries_is_exact(
    entries: tuple[Path, dict[str, Any]], path: str, cause: str, why: str, setting: str
) -> None:
    profile, told = entries
    (row,) = [row for row in told["left_out"] if row["path"] == path]
    assert ([by["cause"] for by in row["by"]], row["why"]) == ([cause], why)
    place = row["by"][0]["location"]
    assert re.sub(r":\d+$", "", place) == (f"{profile}:{line_of(profile, setting)}" if setting else "")


def test_shown_and_left_out_are_everything(entries: tuple[Path, dict[str, Any]]) -> None:
    _, told = entries
    shown = [row["path"] for row in told["shown"] if row["kind"] != "section"]
    assert shown == ["work.0", "work.0.highlights.0", "work.5", "skills.0", "awards.1", "sections.own.entries.0"]
    assert not set(shown) & set(left_out(told))
    assert len(left_out(told)) == len(told["left_out"]) == 22


def test_a_part_has_its_own_place(entries: tuple[Path, dict[str, Any]]) -> None:
    profile, told = entries
    places = {row["path"]: row["location"] for row in told["left_out"]}
    assert places["work.3"].startswith(f"{profile}:{line_of(profile, 'name: Forge')}:")
    assert places["publications.mid"].startswith(f"{profile.parent / 'papers.bib'}:3")


# --- papers


def papers(tmp_path: Path, lists: str, *arguments: str, bib: str = BIB) -> dict[str, tuple[list[str], str]]:
    told = report(write(tmp_path, f"  v: {{sections: [{lists}]}}\n", bib=bib), *arguments)
    return {path.removeprefix("publications."): why for path, why in left_out(told).items() if "publications" in path}


def test_each_reason_of_papers_is_exact(tmp_path: Path) -> None:
    found = papers(tmp_path, "publications: {title: Papers, where: year > 2000, limit: 3, exclude: [mid]}")
    assert {key: causes for key, (causes, _) in found.items()} == {
        "old": ["where"],
        "old.highlights.0": ["where"],
        "mid": ["exclude"],
        "banned": ["limit"],
        "talk": ["limit"],
        "draft": ["twin"],
        "volume": ["volume"],
    }
    assert found["old"][1] == "does not match the query ('where') of the section 'Papers'"
    assert found["banned"][1] == "beyond the limit of 3 in the section 'Papers'"
    assert found["mid"][1] == "excluded by 'exclude' of the section 'Papers'"
    assert found["draft"][1] == "the same paper as another entry, with which it is merged"
    assert found["volume"][1] == "it only gives its title to the papers in it"


@pytest.mark.parametrize(
    ("settings", "key", "cause"),
    [
        pytest.param("tags: [pots]", "banned", "tags", id="tags"),
        pytest.param("exclude_tags: [pots]", "old", "exclude_tags", id="exclude_tags"),
        pytest.param("group_by: [{title: New, where: year > 2020}]", "mid", "group_by", id="group_by"),
    ],
)
def test_tags_and_groups_of_a_list(tmp_path: Path, settings: str, key: str, cause: str) -> None:
    found = papers(tmp_path, f"publications: {{title: Papers, {settings}}}")
    said = {"group_by": "is in no group of the section 'Papers'"}
    assert found[key] == ([cause], said.get(cause, f"excluded by {cause!r} of the section 'Papers'"))


def test_a_role_filter_is_named_with_its_reason(tmp_path: Path) -> None:
    found = papers(tmp_path, "publications: {where: year > 2000}", "--role", "first")
    assert found["other"] == (["role"], "excluded by --role first: you had another role")
    assert found["absent"] == (["role"], "excluded by --role first: you were not found among the authors")
    assert found["old"][0] == ["where"]


def test_two_lists_are_named_each_with_its_own_reason(tmp_path: Path) -> None:
    recent = "{publications: {title: Recent, where: year > 2019}}"
    oldest = "{publications: {title: Oldest, limit: 1, sort: oldest}}"
    found = papers(tmp_path, f"{recent}, {oldest}")
    assert found["talk"] == (
        ["where", "limit"],
        "does not match the query ('where') of the section 'Recent'; beyond the limit of 1 in the section 'Oldest'",
    )
    assert "old" not in found, "the second list has it"
    assert "new" not in found, "the first list has it"


def test_papers_in_no_list_are_counted_without_twins_and_volumes(tmp_path: Path) -> None:
    profile = write(tmp_path, "  v: {sections: [{publications: {where: year > 2019}}]}\n")
    told = [told.message for told in read_told(run_cvgen("render", profile, "-o", tmp_path / "cv.pdf").err)]
    assert "2 of 7 papers are in no list of the variant 'v': old, talk" in told


# --- in words


def test_people_read_the_same_reasons(entries: tuple[Path, dict[str, Any]]) -> None:
    profile, _ = entries
    out = run_cvgen("render", profile, "--report", "-q", "-o", profile.parent / "cv.pdf").out
    assert "left out: does not match the query ('where') of the section 'Jobs' (1):\n    entry    Forge  " in out
    assert "left out: beyond the limit of 2 in the section 'Jobs' (1):\n    entry    Mill  " in out
    assert "left out: tagged sea, which the variant does not ask for (3):\n    entry    Harbour  " in out


def test_check_names_the_setting_that_drops_a_pinned_paper(tmp_path: Path) -> None:
    career = CAREER.replace("{tags: [pots], ", "{pin: true, tags: [pots], ")
    profile = write(tmp_path, "  v: {sections: [{publications: {title: Papers, where: year > 2019}}, work]}\n", career)
    told = json.loads(run_cvgen("check", profile, "--format", "json").out)
    messages = [finding["message"] for cell in told["cells"] for finding in cell["findings"]]
    assert (
        "'On Old Glazes' is pinned, and the variant 'v' does not show it: "
        "does not match the query ('where') of the section 'Papers'" in messages
    )
    unshown = [finding["message"] for finding in told["profile"] if finding["check"] == "unshown"]
    assert "'On Old Glazes' is shown in no variant" in unshown
    assert not [message for message in unshown if "Kiln" in message or "On New Glazes and Old Kilns" in message], (
        unshown
    )


def test_a_pin_in_a_section_that_only_another_variant_has_is_no_finding(tmp_path: Path) -> None:
    profile = write(tmp_path, "  v: {sections: [skills]}\n  w: {}\n")
    told = json.loads(run_cvgen("check", profile, "--format", "json").out)
    assert [f["message"] for cell in told["cells"] for f in cell["findings"] if f["check"] == "pin"] == []


# --- wordings and pages


def test_short_wordings_of_a_variant_are_named(tmp_path: Path) -> None:
    told = report(write(tmp_path, "  v: {short: true, sections: [news, work]}\n"))
    (row,) = told["shortened"]
    assert (row["path"], row["label"], row["why"]) == ("news.0", "Sold.", "the variant asks for short wordings")
    assert row["by"][0]["location"].startswith(
        f"{tmp_path / 'profile.yaml'}:{line_of(tmp_path / 'profile.yaml', 'v: {short')}"
    )


def crowded(entries: str) -> str:
    """More than a page of jobs and papers; ``entries`` is what the profile adds to the papers."""
    jobs = "".join(f"  - {{name: Firm {n}, start: {2024 - n}, end: {2025 - n}}}\n" for n in range(60))
    return f"""\
basics: {{name: Wei Lin}}
bibliography:
  files: [papers.bib]
{entries}news:
  - {{text: "{"A bowl was sold for much money. " * 9}", short: A bowl was sold., summary: In town., pin: true}}
awards:
  - {{title: Cup, start: 2020, pin: true}}
work:
  - {{name: Solo, start: 2024, summary: "{"Did this and that all day long. " * 9}", short: Did this., pin: true}}
{jobs}"""


def many_papers() -> str:
    paper = "@article{{k{n}, author = {{Lin, Wei}}, title = {{Glaze Number {n}}}, journal = {{Clay}}, year = {year}}}\n"
    return "".join(paper.format(n=n, year=2024 - n) for n in range(30))


Fitted = tuple[bool, Path, dict[str, Any]]
"""Whether the last paper is pinned, the profile, and the report of its render on one page."""


@pytest.fixture(scope="module", params=[False, True], ids=["free", "pinned"])
def fitted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    """A crowded profile on one page, its last paper pinned or not."""
    entries = "  entries: {k29: {pin: true}}\n" if request.param else ""
    profile = write(tmp_path_factory.mktemp("crowded"), "", crowded(entries), many_papers())
    return request.param, profile, report(profile, "--pages", "1")


def test_a_pinned_paper_of_the_bibliography_is_kept_on_one_page(fitted: Fitted) -> None:
    pin, _, told = fitted
    assert told["pages"] == 1
    assert ("publications.k29" in {row["path"] for row in told["shown"]}) is pin
    found = left_out(told)
    assert found["publications.k28"] == (["pages"], "does not fit on 1 page")
    assert {causes[0] for causes, _ in found.values()} == {"pages"}


def test_an_entry_without_an_end_is_fitted(fitted: Fitted) -> None:
    _, _, told = fitted
    assert "awards.0" in {row["path"] for row in told["shown"]}


def test_short_wordings_are_taken_and_nothing_beside_them_is_lost(fitted: Fitted) -> None:
    _, profile, told = fitted
    rows = {row["path"]: (row["label"], row["why"]) for row in told["shortened"]}
    assert set(rows) == {"news.0", "work.0"}
    assert {why for _, why in rows.values()} == {"the long wording does not fit on 1 page"}
    with pypdfium2.PdfDocument(profile.parent / "cv.pdf") as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "A bowl was sold." in text
    assert "In town." in text, "the short wording of news is that of its text"
    assert "much money" not in text
    assert "Solo" in text
    assert "Did this." in text
    assert "all day long" not in text


# --- what the person wrote about a part


@pytest.mark.parametrize(
    ("fields", "overlay", "priority"),
    [
        pytest.param("", "", 0, id="neither"),
        pytest.param("selected = {true}", "", 2, id="selected"),
        pytest.param("selected = {true}", "priority: 3", 5, id="both"),
    ],
)
def test_the_priority_of_a_paper(tmp_path: Path, fields: str, overlay: str, priority: int) -> None:
    career = f"basics: {{name: Wei Lin}}\nbibliography: {{files: [papers.bib], entries: {{k: {{{overlay}}}}}}}\n"
    bib = f"@article{{k, author = {{Lin, Wei}}, title = {{Glazes}}, journal = {{Clay}}, year = 2024, {fields}}}\n"
    profile = write(tmp_path, "", career, bib)
    career_read = read_career(profile).career
    assert career_read
    draft = select_document(career_read, resolve_variant(career_read, None)).draft
    assert [part.priority for part in draft.parts if part.kind == "paper"] == [priority]


def test_a_report_counts_the_layouts_and_has_the_density_of_the_page(tmp_path: Path) -> None:
    """Without a budget one layout in the density asked for; with one, that of the page and more layouts."""
    profile = write(tmp_path, "  v: {sections: [work]}\n  w: {sections: [work], pages: 1}\n")
    plain, fitted = report(profile, "-v", "v"), report(profile, "-v", "w")
    assert (plain["layouts"], plain["density"]) == (1, 0)
    assert fitted["layouts"] > 1
    assert fitted["density"] < 0  # a page with room for more is opened
    asked = report(profile, "-v", "v", "--set", "density=0.5")
    assert (asked["layouts"], asked["density"]) == (1, 0.5)
