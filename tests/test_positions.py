"""Several positions under one employer: what is selected, printed, fitted, compared and refused."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen
from pdf import Page, read_pages
from rendering import other_themes, read_document

from cvgen.fit.years import find_gap
from cvgen.model.part import Part, PartKind
from cvgen.model.printed import Item
from cvgen.select.build_document import select_document
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import read_career

NORA = "basics: {name: Nora Kemp, label: Engineer, email: nora@example.org}\n"
HALYARD = """\
work:
  - name: Halyard Systems
    location: Lisbon
    summary: Payment systems for ports.
    positions:
      - position: Engineer
        start: 2015-03
        end: 2018-06
        location: Porto
        highlights: [Wrote the settlement service., {text: Cut the build to six minutes., tags: [infra]}]
      - position: Principal engineer
        start: 2021-01
        end: present
        url: https://halyard.example.org/platform
        tags: [lead]
        highlights: [Leads the platform group., Halved the cost of a payment.]
      - {position: Senior engineer, start: 2018-07, end: 2020-12, summary: Ran the move to three sites., short: Moved.}
  - {name: Lekki Institute, position: Assistant, start: 2012, end: 2014, highlights: [Answered forty tickets.]}
"""
OTHERS = """\
education:
  - institution: Lekki University
    area: Engineering
    positions:
      - {position: Research assistant, start: 2013, end: 2014}
      - {position: Tutor, start: 2011, end: 2012}
volunteer:
  - organization: Code Club
    positions: [{position: Chair, start: 2019, end: 2022, location: Faro}, {position: Helper, date: 2018}]
service:
  - organization: ACM SIGOPS
    highlights: [On four committees.]
    positions:
      - {position: Area chair, date: 2024, location: Oslo}
      - {position: Reviewer, start: 2019, end: 2023, highlights: [Forty reviews.]}
  - {role: Editor, organization: Harbour Letters, date: 2020}
sections:
  boards:
    title: Boards
    like: volunteer
    entries:
      - {organization: Harbour Trust, positions: [{position: Treasurer, date: 2021}, {position: Member, date: 2017}]}
"""


def write(folder: Path, text: str) -> Path:
    (folder / "profile.yaml").write_text(text, "utf-8")
    return folder / "profile.yaml"


def items(profile: Path, section: str = "work", variant: str | None = None) -> dict[str, Item]:
    """The entries of a section by their headings."""
    document = read_document(profile, variant)
    return {str(item.heading): item for shown in document.sections if shown.name == section for item in shown.items}


def titles(item: Item) -> list[str]:
    return [str(position.heading) for position in item.positions]


# --- what is selected


def test_an_employer_has_the_whole_span_and_each_position_its_own_dates(tmp_path: Path) -> None:
    halyard = items(write(tmp_path, NORA + HALYARD))["Halyard Systems"]
    assert halyard.dates == "Mar 2015 – present"
    assert [(str(one.heading), one.dates, str(one.aside)) for one in halyard.positions] == [
        ("Principal engineer", "Jan 2021 – present", ""),
        ("Senior engineer", "Jul 2018 – Dec 2020", ""),
        ("Engineer", "Mar 2015 – Jun 2018", "Porto"),
    ]


@pytest.mark.parametrize(
    ("positions", "span"),
    [
        pytest.param("{date: 2018}, {start: 2019, end: 2020}", "2018 – 2020", id="years"),
        pytest.param("{start: 2018-06, end: 2018-09}, {start: 2018, end: 2018}", "2018", id="the-least-precise"),
        pytest.param("{start: 2012, end: 2015}, {start: 2019}", "2012 – present", id="one-goes-on"),
        pytest.param("{date: 2018-06}", "Jun 2018", id="one-date"),
        pytest.param("{date: 2016 to 2017}, {date: 2013/2014}", "2013 – 2017", id="ranges"),
    ],
)
def test_the_span_goes_from_the_first_start_to_the_last_end(tmp_path: Path, positions: str, span: str) -> None:
    listed = positions.replace("{", "{position: Engineer, ")
    (item,) = items(write(tmp_path, f"{NORA}work: [{{name: A, positions: [{listed}]}}]\n")).values()
    assert item.dates == span


def test_an_entry_may_give_its_span_itself(tmp_path: Path) -> None:
    work = "work: [{name: A, start: 2010, end: 2020, positions: [{position: B, start: 2012, end: 2013}]}]\n"
    assert items(write(tmp_path, NORA + work))["A"].dates == "2010 – 2020"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["Principal engineer", "Senior engineer", "Engineer"]),
        ("sort: newest", ["Principal engineer", "Senior engineer", "Engineer"]),
        ("sort: oldest", ["Engineer", "Senior engineer", "Principal engineer"]),
        ("sort: file", ["Engineer", "Principal engineer", "Senior engineer"]),
    ],
)
def test_positions_are_newest_first_unless_the_section_sorts_otherwise(
    tmp_path: Path, sort: str, expected: list[str]
) -> None:
    variants = f"variants: {{v: {{sections: [{{work: {{{sort}}}}}]}}}}\n"
    assert titles(items(write(tmp_path, NORA + HALYARD + variants))["Halyard Systems"]) == expected


TAGGED = """\
work:
  - name: Acme
    positions:
      - {position: Cook, date: 2020, tags: [food]}
      - {position: Driver, date: 2021, tags: [road]}
      - {position: Clerk, date: 2022}
  - {name: Beta, positions: [{position: Baker, date: 2019, tags: [food]}]}
  - {name: Gamma, tags: [road], positions: [{position: Pilot, date: 2018, tags: [air]}, {position: Guide, date: 2017}]}
"""


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param("tags: [food]", {"Acme": ["Clerk", "Cook"], "Beta": ["Baker"]}, id="tags"),
        pytest.param(
            "exclude_tags: [food]",
            {"Acme": ["Clerk", "Driver"], "Gamma": ["Pilot", "Guide"]},
            id="an-entry-goes-with-its-last-position",
        ),
        pytest.param("tags: [road]", {"Acme": ["Clerk", "Driver"], "Gamma": ["Guide"]}, id="entry-and-position"),
        pytest.param("sections: [{work: {tags: [food]}}]", {"Acme": ["Cook"], "Beta": ["Baker"]}, id="of-the-section"),
        pytest.param(
            "sections: [{work: {tags: [road]}}]",
            {"Acme": ["Driver"], "Gamma": ["Pilot", "Guide"]},
            id="a-position-has-the-tags-of-its-entry",
        ),
        pytest.param(
            "sections: [{work: {exclude_tags: [food]}}]",
            {"Acme": ["Clerk", "Driver"], "Gamma": ["Pilot", "Guide"]},
            id="excluded-by-the-section",
        ),
        pytest.param("sections: [{work: {where: year > 2020}}]", {"Acme": ["Clerk", "Driver", "Cook"]}, id="where"),
        pytest.param("sections: [{work: {limit: 1}}]", {"Acme": ["Clerk", "Driver", "Cook"]}, id="limit"),
    ],
)
def test_a_variant_selects_positions_by_tags(tmp_path: Path, settings: str, expected: dict[str, list[str]]) -> None:
    found = items(write(tmp_path, f"{NORA}{TAGGED}variants: {{v: {{{settings}}}}}\n"))
    assert {name: titles(item) for name, item in found.items()} == expected


def test_the_report_says_of_each_position_why_it_is_left_out(tmp_path: Path) -> None:
    profile = write(tmp_path, f"{NORA}{TAGGED}variants: {{v: {{exclude_tags: [food], sections: [work]}}}}\n")
    ran = run_cvgen("render", profile, "--report", "json", "-q", "-o", tmp_path / "cv.pdf")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    rows = {row["path"]: row for row in told["left_out"]}
    assert {path: (row["kind"], row["label"]) for path, row in rows.items()} == {
        "work.0.positions.0": ("position", "Cook"),
        "work.1": ("entry", "Beta"),
        "work.1.positions.0": ("position", "Baker"),
    }
    assert rows["work.0.positions.0"]["why"] == "tagged food, which the variant excludes"
    assert rows["work.1"]["why"] == "none of its positions is shown: tagged food, which the variant excludes"
    assert rows["work.1.positions.0"]["by"][0]["cause"] == "exclude_tags"
    assert rows["work.0.positions.0"]["location"].endswith("profile.yaml:5:9")
    shown = {row["path"] for row in told["shown"] if row["kind"] == "position"}
    assert shown == {"work.0.positions.1", "work.0.positions.2", "work.2.positions.0", "work.2.positions.1"}


def test_a_short_wording_replaces_the_summary_of_a_position(tmp_path: Path) -> None:
    profile = write(tmp_path, NORA + HALYARD + "variants: {v: {short: true}}\n")
    (senior,) = [one for one in items(profile)["Halyard Systems"].positions if str(one.heading) == "Senior engineer"]
    assert str(senior.summary) == "Moved."


def test_positions_have_one_wording_for_each_language(tmp_path: Path) -> None:
    work = "work: [{name: A, positions: [{position: {en: Engineer, de: Ingenieurin}, start: 2020, end: present}]}]\n"
    halyard = items(write(tmp_path, f"{NORA}{work}variants: {{v: {{language: de}}}}\n"))["A"]
    assert (titles(halyard), halyard.dates) == (["Ingenieurin"], "2020 – heute")


def test_service_prints_the_organization_once(tmp_path: Path) -> None:
    sigops = items(write(tmp_path, NORA + OTHERS), "service")["ACM SIGOPS"]
    assert (sigops.dates, str(sigops.subheading), titles(sigops)) == ("2019 – 2024", "", ["Area chair", "Reviewer"])


# --- what is refused


@pytest.mark.parametrize(
    ("work", "message", "hint"),
    [
        pytest.param(
            "work:\n  - name: A\n    position: ¦Cook\n    positions: [{position: B, date: 2020}]\n",
            "entry 1 of work has both 'position' and 'positions'",
            "delete 'position', or make it one of the positions",
            id="both",
        ),
        pytest.param(
            "work:\n  - name: A\n    positions:\n      - ¦{position: B}\n",
            "item 1 of positions of entry 1 of work has no dates",
            "add start: and end:, or date:",
            id="no-dates",
        ),
        pytest.param(
            "work:\n  - name: A\n    positions:\n      - position: B\n        start: 2020\n        end: ¦2019\n",
            "item 1 of positions of entry 1 of work ends before it starts",
            "exchange 'start' and 'end'",
            id="ends-before-it-starts",
        ),
        pytest.param(
            "work:\n  - name: A\n    positions:\n      - date: 2020\n        ¦title: B\n",
            "unknown key 'title'",
            "did you mean 'position'?",
            id="title",
        ),
        pytest.param(
            "work:\n  - name: A\n    positions:\n      - ¦date: 2020\n",
            "'position' is missing in item 1 of positions of entry 1 of work",
            "add position: …",
            id="no-title",
        ),
        pytest.param(
            "work:\n  - name: A\n    ¦roles: [{position: B, date: 2020}]\n",
            "unknown key 'roles'",
            "did you mean 'positions'?",
            id="roles",
        ),
        pytest.param(
            "work:\n  - name: A\n    positions: ¦{position: B, date: 2020}\n",
            "positions of entry 1 of work should be a list",
            "put '- ' before the first key of each entry, and indent its other keys as far as that one",
            id="not-a-list",
        ),
        pytest.param(
            "volunteer:\n  - organization: A\n    positions: [{position: B, date: 2020}]\n    position: ¦C\n",
            "entry 1 of volunteer has both 'position' and 'positions'",
            "delete 'position', or make it one of the positions",
            id="volunteer",
        ),
        pytest.param(
            "service:\n  - organization: A\n    role: ¦C\n    positions: [{position: B, date: 2020}]\n",
            "entry 1 of service has both 'role' and 'positions'",
            "delete 'role', or make it one of the positions",
            id="service",
        ),
        pytest.param(
            "service:\n  - ¦positions: [{position: B, date: 2020}]\n",
            "entry 1 of service has 'positions' and no 'organization'",
            "add organization: …",
            id="service-nowhere",
        ),
        pytest.param(
            "service:\n  - ¦organization: A\n", "entry 1 of service has no 'role'", "add role: …", id="service-no-role"
        ),
        pytest.param(
            "service:\n  - organization: A\n    ¦position: B\n",
            "unknown key 'position'",
            "did you mean 'role'?",
            id="service-position",
        ),
        pytest.param(
            "awards:\n  - title: A\n    ¦positions: [{position: B, date: 2020}]\n",
            "unknown key 'positions'",
            "did you mean 'publications'?",
            id="awards",
        ),
    ],
)
def test_a_faulty_position_is_refused_at_its_place(tmp_path: Path, work: str, message: str, hint: str) -> None:
    before, _, after = (NORA + work).partition("¦")
    ran = run_cvgen("render", write(tmp_path, before + after), "-o", tmp_path / "cv.pdf")
    assert ran.code == 2
    (told,) = read_told(ran.err)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert (told.place.rpartition("profile.yaml:")[2], told.message) == (f"{line}:{column}", message)
    assert told.hint.startswith(hint[:40])


def test_all_mistakes_in_positions_are_told_at_once(tmp_path: Path) -> None:
    work = "work:\n  - name: A\n    positions:\n      - {position: C, start: 20}\n      - {position: B}\n"
    work += "      - {date: 2020}\n      - {position: D, start: 2020, end: 2019}\n"
    ran = run_cvgen("render", write(tmp_path, NORA + work), "-o", tmp_path / "cv.pdf")
    assert sorted(told.place.rpartition(":")[0][-2:] for told in read_told(ran.err)) == [":5", ":6", ":7", ":8"]


# --- what is printed


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_every_theme_prints_positions_as_check_expects_them(tmp_path: Path, engine: str) -> None:
    mixed = "variants: {v: {sections: [work, education, {awards: {with: [volunteer]}}, service, boards]}}\n"
    profile = write(tmp_path, NORA + HALYARD + OTHERS + "awards: [{title: Cup, date: 2020}]\n" + mixed)
    ran = run_cvgen("check", profile, *other_themes(engine), "-e", engine)
    assert ran.code == 0, ran.out + ran.err


@pytest.mark.parametrize("theme", ["classic", "casual", "timeline"])
@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_no_head_is_alone_at_the_foot_of_a_page(tmp_path: Path, theme: str, engine: str) -> None:
    jobs = "".join(
        f"  - name: Firm{n}\n    positions:\n"
        + "".join(
            f"      - {{position: Post{n}{letter}, date: {2020 - n}, highlights: [{'Duty ' * (1 + 7 * (n % 4))}]}}\n"
            for letter in "ab"
        )
        for n in range(46)
    )
    ran = run_cvgen(
        "render", write(tmp_path, f"{NORA}work:\n{jobs}"), "-t", theme, "-e", engine, "-q", "-o", tmp_path / "cv.pdf"
    )
    assert ran.code == 0, ran.err
    pages = read_pages((tmp_path / "cv.pdf").read_bytes())
    assert len(pages) > 2
    for page, following in pairwise(pages):
        assert last_words(page).startswith("Duty"), last_words(page)
        assert "Firm" in following.text or "Post" in following.text


def last_words(page: Page) -> str:
    """The lowest line of a page above its number, without the sign of a bullet."""
    lines = [line.strip() for line in page.text.splitlines() if line.strip()]
    return next(line for line in reversed(lines) if not line.startswith("Nora Kemp ·")).lstrip("•–› ")


# --- what fits


def test_an_employer_is_never_shown_without_a_position(tmp_path: Path) -> None:
    positions = "".join(
        f"      - {{position: Post {n}, start: {2000 + n}, end: {2001 + n}, summary: {'Long duty ' * 60}{n}}}\n"
        for n in range(12)
    )
    career = (
        f"{NORA}work:\n  - name: Halyard\n    highlights: [A maker of ropes.]\n    positions:\n{positions}"
        "  - {name: Fjord, positions: [{position: Trainee, start: 1990, end: 1999}]}\n"
        "skills: [{name: Rust, pin: true}]\n"
    )
    told = fitted(write(tmp_path, career))
    shown = [row["path"] for row in (*told["shown"], *told["shortened"]) if row["kind"] in ("entry", "position")]
    out = [row["path"] for row in told["left_out"] if row["kind"] == "position"]
    assert told["pages"] == 1
    assert "work.0.positions.11" in shown, "the newest matters most"
    assert "work.0.positions.0" in out or "work.0.positions.1" in out
    for path in shown:
        if path.startswith("work") and "positions" not in path:
            assert any(one.startswith(f"{path}.positions") for one in shown), path


def test_a_pinned_employer_keeps_its_best_position(tmp_path: Path) -> None:
    posts = "".join(
        f"      - {{position: Post {n}, start: {2003 + n}, end: {2004 + n}, summary: {'Long duty ' * 70}}}\n"
        for n in range(12)
    )
    trainee = f"      - {{position: Trainee, start: 2001, end: 2002, priority: 9, summary: {'Long duty ' * 70}}}\n"
    work = f"work:\n  - name: Halyard\n    pin: true\n    positions:\n{trainee}{posts}"
    told = fitted(write(tmp_path, f"{NORA}{work}skills: [{{name: Rust, priority: 9}}]\n"))
    positions = {row["path"] for row in told["shown"] if row["kind"] == "position"}
    assert "work.0.positions.0" in positions
    assert {row["kind"] for row in told["left_out"]} == {"position"}


def fitted(profile: Path) -> dict[str, Any]:
    ran = run_cvgen("render", profile, "--pages", "1", "-q", "--report", "json", "-o", profile.parent / "cv.pdf")
    assert ran.code == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


def parts_of(profile: Path) -> tuple[Part, ...]:
    career = read_career(profile).career
    assert career
    return select_document(career, resolve_variant(career, None)).draft.parts


def test_the_whole_span_explains_the_years_of_an_employer(tmp_path: Path) -> None:
    work = (
        "work:\n  - {name: A, start: 2018, end: 2022}\n"
        "  - {name: B, positions: [{position: C, start: 2014, end: 2017}, {position: D, start: 2010, end: 2014}]}\n"
        "  - {name: E, start: 2005, end: 2010}\n"
    )
    parts = parts_of(write(tmp_path, NORA + work))
    first, middle, last = [part for part in parts if part.kind is PartKind.ENTRY]
    assert find_gap(parts, [first.ref, last.ref]) == middle
    assert find_gap(parts, [first.ref, middle.ref, last.ref]) is None


# --- other commands


def test_diff_names_the_positions_that_only_one_variant_shows(tmp_path: Path) -> None:
    variants = "variants: {a: {tags: [food]}, b: {tags: [road]}}\n"
    profile = write(tmp_path, NORA + TAGGED + variants)
    rows = json.loads(run_cvgen("diff", profile, "a", "b", "--json").out)
    found = {(row["kind"], row["path"], row["change"]) for row in rows}
    assert ("position", "work.0.positions.0", "only_a") in found
    assert ("position", "work.0.positions.1", "only_b") in found
    printed = run_cvgen("diff", profile, "a", "b").out
    assert "Cook (2020)" in printed
    assert "2 positions" in printed


def test_variants_counts_positions(tmp_path: Path) -> None:
    profile = write(tmp_path, NORA + TAGGED + "variants: {a: {tags: [food]}}\n")
    (row,) = json.loads(run_cvgen("variants", profile, "--json").out)
    assert (row["entries"], row["positions"]) == (2, 3)
    assert "2 entries, 3 positions" in run_cvgen("variants", profile).out


def test_match_finds_what_a_hidden_position_mentions(tmp_path: Path) -> None:
    work = (
        "work:\n  - name: Acme\n    positions:\n      - {position: Clerk, date: 2022}\n"
        "      - {position: Cook, date: 2020, tags: [food], highlights: [Ran Kubernetes in the kitchen.]}\n"
    )
    profile = write(tmp_path, f"{NORA}{work}variants: {{v: {{exclude_tags: [food]}}}}\n")
    (tmp_path / "posting.txt").write_text("Requirements:\n- Kubernetes\n- a clerk\n", "utf-8")
    told = json.loads(run_cvgen("match", profile, tmp_path / "posting.txt", "-v", "v", "--json").out)
    (hidden,) = told["hidden"]
    assert [(place["line"], place["tags"]) for place in hidden["places"]] == [(6, ["food"])]


def test_the_tags_of_positions_are_known(tmp_path: Path) -> None:
    profile = write(tmp_path, NORA + TAGGED + "variants: {v: {exclude_tags: [aur]}}\n")
    told = read_told(run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS).err)
    assert [(one.message, one.hint) for one in told] == [("nothing has the tag 'aur'", "did you mean 'air'?")]


def test_the_schema_describes_positions() -> None:
    schema = json.loads(run_cvgen("schema").out)
    assert set(schema["$defs"]["Position"]["required"]) == {"position"}
    for name in ("Work", "Education", "Volunteer", "Service"):
        assert schema["$defs"][name]["properties"]["positions"]["description"]
