"""``cvgen variants`` and ``cvgen diff``: what each variant is, and what its reader sees that another's does not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from helpers import Ran, line_of, read_told, run_cvgen, write_career
from rendering import FIXTURES, read_document

from cvgen.model.bullet import Bullet
from cvgen.model.document import Document
from cvgen.model.inline import rich
from cvgen.model.printed import Item, Section
from cvgen.model.sections import Shape
from cvgen.select.outline import outline_document

PAPERS = """\
@article{alone, title = {On Being Alone}, author = {Lin, Wei}, journal = {Journal of One}, year = {2024}}
@article{late, title = {On Being Late}, author = {Long, Ada and Lin, Wei}, journal = {Hours}, year = {2023}}
@article{lost, title = {On Being Lost}, author = {Long, Ada and Lin, Wei and Roe, Jo and Kemp, Tom}, year = {2022}}
"""
SETTINGS = """\
entries:
  late: {title_short: Late, highlights: [Counted the minutes.]}
"""
LONG = (
    "Fired ten thousand cups without a crack, for which the whole of the workshop worked three nights and slept "
    "two days."
)
BASICS = """\
name: {en: Wei Lin, zh: 林薇}
label: {en: Potter, zh: 陶艺师}
location: {city: {en: Hong Kong, zh: 香港}}
email: wei@example.org
summary: {en: I throw pots., zh: 我做陶器。}
"""
REST = """\
work:
  - name: {en: Kiln & Co, zh: 窑厂}
    position: {en: Potter, zh: 陶艺师}
    start: 2024-03
    end: 2024-09
    summary: Everything that a kiln needs.
    short: Kilns.
    highlights:
      - text: >-
          Fired ten thousand cups without a crack, for which the whole of the workshop worked three nights and slept
          two days.
        short: Fired 10,000 cups.
      - text: Led the glaze group.
        tags: [industry]
        highlights:
          - Wrote its handbook.
          - text: Taught four apprentices.
            tags: [academic]
  - name: Mud Labs
    date: 2020
    tags: [academic]
    highlights: [Dug., Dug deeper.]
skills:
  - {name: Clay, keywords: [throwing, glazing]}
sections:
  vision:
    title: Vision
    text: Pots for all.
    highlights: [Round pots., {text: Square pots., tags: [academic]}]
  shows:
    title: Shows
    like: awards
    entries: [{title: Cups that sing, date: 2023}, {title: Bowls, date: 2021, tags: [academic]}]
variants:
  full: {sections: [summary, work, vision, shows, skills, publications]}
  same: {extends: full}
  industry: {extends: full, tags: [industry]}
  short: {extends: full, short: true}
  chinese: {extends: full, language: zh}
  turned: {sections: [skills, summary, publications, work, vision, shows]}
  titled: {sections: [summary, work: {title: Kilns}, vision, shows, skills, publications]}
  clay: {sections: [skills]}
  merged: {sections: [summary, work: {with: [shows]}, vision, skills, publications]}
  lists:
    sections:
      - publications: {title: Alone, where: sole}
      - publications: {title: With others, where: not sole}
  roles:
    sections:
      - publications: {title: All, roles: true, counts: true}
      - publications: {title: With others, where: not sole}
  turned_roles:
    sections:
      - publications: {title: With others, where: not sole}
      - publications: {title: All, roles: true, counts: true}
  cut:
    sections:
      - publications: {title: Papers}
      - publications: {title: In brief, max_authors: 2}
  turned_cut:
    sections:
      - publications: {title: In brief, max_authors: 2}
      - publications: {title: Papers}
  sole: {sections: [publications: {title: Alone, where: sole}]}
  others: {sections: [publications: {title: With others, where: not sole}]}
  split:
    sections:
      - publications: {title: Papers, where: sole}
      - publications: {title: The rest, where: not sole}
  plain: {sections: [publications: {title: Papers}]}
  few: {sections: [publications: {title: Papers, where: year > 2022}]}
  topical: {sections: [publications: {title: Papers, group_by: year}]}
"""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_career(tmp_path_factory.mktemp("desk"), PAPERS, REST, settings=SETTINGS, basics=BASICS)


def write_profile(folder: Path, rest: str) -> Path:
    path = folder / "profile.yaml"
    path.write_text(f"basics: {{name: Wei Lin}}\n{rest}", "utf-8")
    return path


# --- variants


def list_variants(profile: Path) -> dict[str, dict[str, Any]]:
    ran = run_cvgen("variants", profile, "--json")
    assert (ran.code, ran.err) == (0, "")
    return {row["name"]: row for row in json.loads(ran.out)}


SETTLED = """\
work: [{name: Kiln, highlights: [One., {text: Two., tags: [b]}]}, {name: Mud, tags: [a]}]
skills: [{name: Clay}]
variants:
  base: {theme: modern, language: de, pages: 2, tags: [b], priorities: {clay: 2}, file: "{name}-{variant}.pdf",
         sections: [work: {title: Jobs}, skills]}
  child: {extends: base, tags: [a], exclude_tags: [b, c], short: true, pages: 1, priorities: {mud: -1}}
  bare: {}
"""


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        pytest.param("base", {"extends": None, "is_default": True, "theme": "modern", "language": "de"}, id="own"),
        pytest.param("base", {"tags": ["b"], "exclude_tags": [], "priorities": {"clay": 2}}, id="own-tags"),
        pytest.param("base", {"pages": 2, "short": False, "file": "Wei-Lin-base.pdf"}, id="own-file"),
        pytest.param("base", {"entries": 2, "bullets": 2, "papers": 0}, id="own-counts"),
        pytest.param("child", {"extends": "base", "is_default": False, "theme": "modern"}, id="inherited"),
        pytest.param("child", {"tags": ["a"], "exclude_tags": ["b", "c"]}, id="tags-over-inherited"),
        pytest.param("child", {"priorities": {"clay": 2, "mud": -1}}, id="priorities-add-up"),
        pytest.param("child", {"pages": 1, "short": True, "file": "Wei-Lin-child.pdf"}, id="pages-over-inherited"),
        pytest.param("child", {"entries": 3, "bullets": 1}, id="counts-by-tags"),
        pytest.param("child", {"sections": ["Jobs", "Kenntnisse"]}, id="titles-as-printed"),
        pytest.param("bare", {"theme": "classic", "language": "en", "pages": None, "tags": None}, id="nothing-set"),
        pytest.param("bare", {"sections": ["Experience", "Skills"], "file": "profile-bare.pdf"}, id="no-empty-section"),
    ],
)
def test_variant_is_told_as_it_is_decided(tmp_path: Path, variant: str, expected: dict[str, Any]) -> None:
    row = list_variants(write_profile(tmp_path, SETTLED))[variant]
    row["file"] = Path(row["file"]).name
    assert {name: row[name] for name in expected} == expected


def test_paper_in_two_lists_counts_once(profile: Path) -> None:
    row = list_variants(profile)["roles"]
    assert (row["papers"], row["bullets"], row["sections"]) == (3, 1, ["All", "With others"])


def test_file_is_the_one_that_render_writes(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, SETTLED)
    for name, row in list_variants(profile).items():
        assert run_cvgen("render", profile, "-v", name, "-q").code == 0
        assert Path(row["file"]).is_file()


def test_default_is_the_one_rendered_when_none_is_named(tmp_path: Path) -> None:
    rows = list_variants(write_profile(tmp_path, "variants: {first: {}, default: {}}\nskills: [{name: Clay}]\n"))
    assert {name: row["is_default"] for name, row in rows.items()} == {"first": False, "default": True}


def test_variants_as_text(tmp_path: Path) -> None:
    ran = run_cvgen("variants", write_profile(tmp_path, SETTLED))
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.replace(f"{tmp_path}/", "").splitlines()
    assert lines == [
        "base  (the default)",
        "  modern, de, at most 2 pages → Wei-Lin-base.pdf",
        "  2 entries, 2 bullets",
        "  2 sections: Jobs · Kenntnisse",
        "  tags: b",
        "  priorities: clay +2",
        "",
        "child  extends base",
        "  modern, de, at most 1 page, short wordings → Wei-Lin-child.pdf",
        "  3 entries, 1 bullet",
        "  2 sections: Jobs · Kenntnisse",
        "  tags: a",
        "  without the tags: b, c",
        "  priorities: clay +2, mud -1",
        "",
        "bare",
        "  classic, en, any number of pages → profile-bare.pdf",
        "  3 entries, 2 bullets",
        "  2 sections: Experience · Skills",
    ]


CHANGED = """\
basics:
  name: Wei Lin
  label: Potter
  phone: +852 5123 4567
  image: me.png
  location: {city: Hong Kong, country_code: HK}
  profiles: [{network: github, username: weilin}]
  summary: I throw pots.
work: [{name: Kiln, date: 2024}]
variants:
  potter: {}
  engineer:
    basics:
      label: {en: Data engineer, de: Dateningenieur}
      phone: null
      image: other.png
      email: [a@example.org, b@example.org]
      location: {city: Paris, country_code: FR}
      profiles: null
      summary: I clean data.
  german: {extends: engineer, language: de, basics: {phone: +852 5123 4568, image: null, summary: ~}}
"""


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A profile whose variants change its basics."""
    for name in ("me.png", "other.png"):
        (tmp_path / name).write_bytes((FIXTURES / "matrix" / "portrait.png").read_bytes() + name.encode())
    path = tmp_path / "profile.yaml"
    path.write_text(CHANGED, "utf-8")
    return path


def test_a_variant_changes_and_removes_fields_of_basics(changed: Path) -> None:
    potter, engineer, german = (read_document(changed, name) for name in ("potter", "engineer", "german"))
    assert [contact.text for contact in potter.contacts] == ["Hong Kong", "+852 5123 4567", "GitHub: weilin"]
    assert [str(potter.label), str(engineer.label), str(german.label)] == ["Potter", "Data engineer", "Dateningenieur"]
    assert [contact.text for contact in engineer.contacts] == ["Paris, France", "a@example.org", "b@example.org"]
    assert [contact.url for contact in german.contacts][-1] == "tel:+852-5123-4568"
    assert [document.image for document in (potter, engineer, german)] == ["me.png", "other.png", ""]
    summaries = [[str(s.text) for s in document.sections if s.name == "summary"] for document in (engineer, german)]
    assert summaries == [["I clean data."], []]


def test_changes_of_basics_are_listed(changed: Path) -> None:
    rows = list_variants(changed)
    assert rows["potter"]["basics"] == {}
    assert rows["engineer"]["basics"] == {
        "label": "Data engineer",
        "image": "other.png",
        "email": "a@example.org, b@example.org",
        "phone": None,
        "location": "Paris, France",
        "profiles": None,
        "summary": "I clean data.",
    }
    german = rows["german"]["basics"]
    assert [german[name] for name in ("label", "image", "phone", "summary")] == [
        "Dateningenieur",
        None,
        "+852 5123 4568",
        None,
    ]
    out = run_cvgen("variants", changed).out
    assert "\n  removed from basics: phone, profiles\n" in out
    assert "\n  changed in basics: label: Data engineer · image: other.png · " in out


def test_changes_of_basics_are_differences(changed: Path) -> None:
    ran = run_cvgen("diff", changed, "potter", "engineer", "--json")
    texts = {line for row in json.loads(ran.out) for line in map(str, row.values())}
    told = " ".join(texts)
    assert all(
        text in told for text in ("Data engineer", "a@example.org; b@example.org", "other.png", "+852 5123 4567")
    )


def test_match_reads_the_basics_of_each_variant(changed: Path, tmp_path: Path) -> None:
    (tmp_path / "posting.txt").write_text(
        "We look for a data engineer. You clean data. Potter wanted: a potter.", "utf-8"
    )
    found = {
        name: {row["term"].casefold() for row in json.loads(run_cvgen(
            "match", changed, tmp_path / "posting.txt", "-v", name, "--json").out)["found"]}
        for name in ("potter", "engineer")
    }  # fmt: skip
    assert any("engineer" in term for term in found["engineer"])
    assert not any("engineer" in term for term in found["potter"])


def test_the_photo_of_a_variant_is_in_the_facts_of_its_pdf(changed: Path, tmp_path: Path) -> None:
    for variant, files in (("potter", ["profile.yaml", "me.png"]), ("engineer", ["profile.yaml", "other.png"]),
                           ("german", ["profile.yaml"])):  # fmt: skip
        pdf = tmp_path / f"{variant}.pdf"
        assert run_cvgen("render", changed, "-v", variant, "-o", pdf).code == 0
        facts = json.loads(run_cvgen("inspect", pdf, "--json").out)
        assert (list(facts["files"]), facts["same_as_now"]) == (files, True)
    (tmp_path / "other.png").write_bytes((tmp_path / "me.png").read_bytes())
    assert json.loads(run_cvgen("inspect", tmp_path / "engineer.pdf", "--json").out)["changed"] == ["other.png"]
    assert json.loads(run_cvgen("inspect", tmp_path / "potter.pdf", "--json").out)["changed"] == []


def test_profile_without_variants_shows_the_default(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, "skills: [{name: Clay}]\n")
    ran = run_cvgen("variants", profile)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{profile} has no variants")
    assert ran.out.splitlines()[2:] == [
        "default",
        f"  classic, en, any number of pages → {tmp_path}/profile.pdf",
        "  1 entry",
        "  1 section: Skills",
    ]
    assert [row["file"] for row in list_variants(profile).values()] == [f"{tmp_path}/profile.pdf"]


BROKEN = """\
skills: [{name: Clay}]
variants:
  good: {sections: [skills]}
  orphan: {extends: goud}
  loop: {extends: pool}
  pool: {extends: loop}
  odd: {sections: [skils]}
  heir: {extends: odd}
  bald: {theme: clasic}
  named: {file: "{nam}.pdf"}
"""


def test_broken_variants_are_all_told_once(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, BROKEN)
    ran = run_cvgen("variants", profile)
    assert (ran.code, ran.out) == (2, "")
    text = profile.read_text("utf-8")
    told = [(int(told.place.split(":")[-2]), told.message, told.hint) for told in read_told(ran.err)]
    assert told == [
        (line_of(text, "orphan:"), "there is no variant 'goud' to extend", "did you mean 'good'?"),
        (
            line_of(text, "loop: {"),
            "the variants extend each other in a circle: pool → loop → pool",
            "delete one 'extends'",
        ),
        (
            line_of(text, "pool: {"),
            "the variants extend each other in a circle: loop → pool → loop",
            "delete one 'extends'",
        ),
        (line_of(text, "odd: {"), "there is no section 'skils'", "did you mean 'skills'?"),
        (line_of(text, "bald:"), "there is no theme 'clasic'", "did you mean 'classic'?"),
        (line_of(text, "named:"), "a file name has no placeholder {nam}", "did you mean 'name'?"),
    ]


def test_theme_made_for_latex_alone_can_be_listed(tmp_path: Path) -> None:
    (tmp_path / "themes/tex").mkdir(parents=True)
    (tmp_path / "themes/tex/theme.yaml").write_text("extends: classic\nbackends: [latex]\n", "utf-8")
    rows = list_variants(write_profile(tmp_path, "skills: [{name: Clay}]\nvariants: {a: {theme: tex}, b: {}}\n"))
    assert [row["theme"] for row in rows.values()] == ["tex", "classic"]


# --- diff


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of a diff, as short as it can be told; ``texts`` are ``field: a | b``."""

    change: str
    kind: str
    path: str
    texts: tuple[str, ...]


def diff(profile: Path, a: str, b: str) -> list[dict[str, Any]]:
    ran = run_cvgen("diff", profile, a, b, "--json", "-q")
    assert ran.err == ""
    rows: list[dict[str, Any]] = json.loads(ran.out)
    assert ran.code == (1 if rows else 0)
    return rows


def see(rows: list[dict[str, Any]]) -> list[Seen]:
    return [
        Seen(
            row["change"],
            row["kind"],
            row["path"],
            tuple(f"{text['field']}: {text['a'] or ''} | {text['b'] or ''}" for text in row["texts"]),
        )
        for row in rows
    ]


def names_of(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(row["change"], row["kind"], row["path"]) for row in rows]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("full", "same", [], id="same"),
        pytest.param("full", "full", [], id="itself"),
        pytest.param(
            "full",
            "industry",
            [
                ("only_a", "bullet", "work.0.highlights.1.highlights.1"),
                ("only_a", "entry", "work.1"),
                ("only_a", "bullet", "work.1.highlights.0"),
                ("only_a", "bullet", "work.1.highlights.1"),
                ("only_a", "bullet", "sections.vision.highlights.1"),
                ("only_a", "entry", "sections.shows.entries.1"),
            ],
            id="tags-hide-entries-and-bullets-at-any-depth",
        ),
        pytest.param("full", "turned", [("order", "document", "")], id="order-of-sections"),
        pytest.param("full", "titled", [("wording", "section", "work")], id="title-of-a-section"),
        pytest.param("full", "merged", [("only_a", "section", "shows")], id="entries-in-another-section-are-seen"),
        pytest.param(
            "clay",
            "plain",
            [
                ("only_a", "section", "skills"),
                ("only_a", "entry", "skills.0"),
                ("only_b", "section", "publications"),
                ("only_b", "paper", "publications.alone"),
                ("only_b", "paper", "publications.late"),
                ("only_b", "bullet", "publications.late.highlights.0"),
                ("only_b", "paper", "publications.lost"),
            ],
            id="nothing-in-common",
        ),
        pytest.param("plain", "few", [("only_a", "paper", "publications.lost")], id="papers-by-query"),
        pytest.param("few", "plain", [("only_b", "paper", "publications.lost")], id="the-other-way-round"),
        pytest.param(
            "lists",
            "plain",
            [("only_a", "section", "publications"), ("wording", "section", "publications")],
            id="papers-of-two-lists-in-one",
        ),
        pytest.param(
            "roles",
            "turned_roles",
            [("order", "document", "")],
            id="papers-in-two-lists-say-the-same-in-any-order",
        ),
        pytest.param("cut", "turned_cut", [("order", "document", "")], id="other-authors-in-each-list"),
        pytest.param(
            "cut",
            "few",
            [
                ("only_a", "paper", "publications.lost"),
                ("only_a", "section", "publications"),
            ],
            id="paper-of-two-lists-is-told-once",
        ),
        pytest.param(
            "sole",
            "others",
            [
                ("only_a", "section", "publications"),
                ("only_a", "paper", "publications.alone"),
                ("only_b", "section", "publications"),
                ("only_b", "paper", "publications.late"),
                ("only_b", "bullet", "publications.late.highlights.0"),
                ("only_b", "paper", "publications.lost"),
            ],
            id="lists-without-a-paper-in-common-are-two",
        ),
        pytest.param(
            "plain", "split", [("only_b", "section", "publications")], id="list-of-the-same-title-is-the-same"
        ),
    ],
)
def test_difference_is_found_part_by_part(profile: Path, a: str, b: str, expected: list[tuple[str, str, str]]) -> None:
    assert names_of(diff(profile, a, b)) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param(
            "full",
            "short",
            [
                Seen("wording", "entry", "work.0", ("summary: Everything that a kiln needs. | Kilns.",)),
                Seen(
                    "wording",
                    "bullet",
                    "work.0.highlights.0",
                    (f"text: {LONG} | Fired 10,000 cups.",),
                ),
                Seen("wording", "paper", "publications.late", ("title: On Being Late | Late",)),
            ],
            id="short-wordings",
        ),
        pytest.param(
            "full",
            "titled",
            [Seen("wording", "section", "work", ("title: Experience | Kilns",))],
            id="title",
        ),
        pytest.param(
            "full",
            "turned",
            [
                Seen(
                    "order",
                    "document",
                    "",
                    (
                        "sections: Summary · Experience · Vision · Shows · Skills · Publications | "
                        "Skills · Summary · Publications · Experience · Vision · Shows",
                    ),
                )
            ],
            id="order",
        ),
        pytest.param(
            "plain",
            "topical",
            [Seen("wording", "section", "publications", ("groups:  | 2024, 2023, 2022",))],
            id="groups",
        ),
    ],
)
def test_both_wordings_are_told(profile: Path, a: str, b: str, expected: list[Seen]) -> None:
    assert see(diff(profile, a, b)) == expected


def test_role_sentences_and_counts_are_wording(profile: Path) -> None:
    rows = {(row["kind"], row["label"]): row["texts"] for row in diff(profile, "plain", "roles")}
    assert rows["paper", "On Being Late"] == [{"field": "role", "a": None, "b": "Last author"}]  # in one list of two
    assert rows["paper", "On Being Alone"] == [{"field": "role", "a": None, "b": "Sole author"}]
    assert [text["field"] for text in rows["section", "Papers"]] == ["title", "counts"]
    assert [text["field"] for text in rows["section", "With others"]] == ["title"]


def test_paper_is_told_with_all_that_its_lists_say(profile: Path) -> None:
    (authors,) = [row["texts"] for row in diff(profile, "plain", "cut") if row["path"] == "publications.lost"]
    assert authors == [
        {
            "field": "authors",
            "a": "Ada Long, Wei Lin, Jo Roe, Tom Kemp",
            "b": "Ada Long, Wei Lin / Ada Long, Wei Lin, Jo Roe, Tom Kemp",
        }
    ]


def test_bullets_of_all_places_are_seen() -> None:
    def section(place: int, bullet: int) -> Section:
        ref = (place, "work", 0)
        own = (*ref, "highlights", 0)
        inner = Bullet(rich(str(bullet)), ref=(*own, "highlights", bullet))
        item = Item(rich("Kiln"), bullets=(Bullet(rich("outer"), (inner,), own),), ref=ref)
        return Section("work", rich("Experience"), Shape.ENTRIES, items=(item,), ref=(place,))

    outline = outline_document(Document("en", rich("Wei Lin"), (section(0, 0), section(1, 1)), {}))
    (outer,) = outline.inside["work", 0]
    assert [outline.texts[path]["text"] for path in outline.inside[outer]] == ["0", "1"]


def test_another_language_is_wording_not_loss(profile: Path) -> None:
    rows = diff(profile, "full", "chinese")
    assert {row["change"] for row in rows} == {"wording"}
    texts = {row["path"]: {t["field"]: (t["a"], t["b"]) for t in row["texts"]} for row in rows}
    assert texts[""] == {
        "name": ("Wei Lin", "林薇"),
        "label": ("Potter", "陶艺师"),
        "location": ("Hong Kong", "香港"),
    }
    assert texts["summary"] == {"title": ("Summary", "个人简介"), "text": ("I throw pots.", "我做陶器。")}
    assert texts["work.0"]["dates"] == ("Mar – Sep 2024", "2024年3月～9月")
    assert "publications.alone" not in texts  # written in one language only, so it reads the same


def test_each_row_says_where_its_part_is_written(profile: Path) -> None:
    rows = {row["path"]: row for row in (*diff(profile, "full", "industry"), *diff(profile, "few", "plain"))}
    text, papers = profile.read_text("utf-8"), profile.with_name("papers.bib")
    nested = rows["work.0.highlights.1.highlights.1"]
    assert nested["location"].startswith(f"{profile}:{line_of(text, 'Taught four apprentices.')}:")
    assert (nested["section"], nested["within"]) == ("Experience", ["Kiln & Co, Potter", "Led the glaze group."])
    assert rows["work.1"]["location"].startswith(f"{profile}:{line_of(text, 'name: Mud Labs')}:")
    assert rows["publications.lost"]["location"].startswith(f"{papers}:{line_of(papers.read_text(), '{lost,')}")
    for a, b, words in (
        ("titled", "full", "title: Kilns"),
        ("plain", "topical", "  plain:"),
        ("topical", "plain", "group_by"),
    ):
        (section,) = diff(profile, a, b)
        assert section["location"].startswith(f"{profile}:{line_of(text, words)}:")


CROWDED = """\
work:
  - name: Kiln
    start: 2020
    end: present
    highlights:
{bullets}
  - name: Mud
    start: 2010
    end: 2019
    highlights:
      - {{text: Dug for clay and always found it., priority: 9}}
variants:
  all: {{}}
  one: {{pages: 1}}
  two: {{pages: 2}}
"""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with more bullets than two pages hold."""
    bullets = "\n".join(f"      - Fired the kiln number {number} until its bricks were red." for number in range(160))
    return write_profile(tmp_path_factory.mktemp("crowded"), CROWDED.format(bullets=bullets))


def test_what_a_budget_leaves_out_appears(crowded: Path, tmp_path: Path) -> None:
    rows = diff(crowded, "all", "one")
    assert len(rows) > 60
    assert {(row["change"], row["kind"]) for row in rows} == {("only_a", "bullet")}
    ran = run_cvgen("render", crowded, "-v", "one", "-o", tmp_path / "cv.pdf", "--report", "json", "-q")
    left_out = {row["path"] for row in json.loads(ran.out)["left_out"]}
    assert {row["path"] for row in rows} == left_out


def test_variants_with_different_budgets(crowded: Path) -> None:
    between = {row["path"] for row in diff(crowded, "one", "two")}
    assert {row["change"] for row in diff(crowded, "one", "two")} == {"only_b"}
    assert between == {row["path"] for row in diff(crowded, "all", "one")} - {
        row["path"] for row in diff(crowded, "all", "two")
    }


def read_text(ran: Ran) -> list[str]:
    return [line for line in ran.out.splitlines() if line]


def test_text_groups_by_section_and_names_what_is_around(profile: Path) -> None:
    ran = run_cvgen("diff", profile, "full", "industry")
    text = profile.read_text("utf-8")

    def at(words: str) -> str:
        return f"  profile.yaml:{line_of(text, words)}"

    assert (ran.code, ran.err) == (1, "")
    assert read_text(ran) == [
        "full (classic, en)  and  industry (classic, en)",
        "− only in full   + only in industry   ~ worded differently",
        "Experience",
        "    Kiln & Co, Potter",
        "      Led the glaze group.",
        f"      − Taught four apprentices.{at('Taught four')}",
        f"  − Mud Labs (2020){at('name: Mud Labs')}",
        f"    − Dug.{at('[Dug.')}",
        f"    − Dug deeper.{at('[Dug.')}",
        "Vision",
        f"  − Square pots.{at('Square pots')}",
        "Shows",
        f"  − Bowls (2021){at('Bowls')}",
        "only in full: 2 entries, 4 bullets",
    ]


def test_text_has_both_wordings(profile: Path) -> None:
    lines = [line.partition("  profile.yaml:")[0] for line in read_text(run_cvgen("diff", profile, "full", "short"))]
    assert lines[2:] == [
        "Experience",
        "  ~ Kiln & Co, Potter",
        "      summary: Everything that a kiln needs. → Kilns.",
        "    ~ full: Fired ten thousand cups without a crack, for which the whole of the workshop",
        "          worked three nights and slept two days.",
        "      short: Fired 10,000 cups.",
        "Publications",
        "  ~ On Being Late  papers.bib:2",
        "      title: On Being Late → Late",
        "worded differently: 1 entry, 1 paper, 1 bullet",
    ]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("full", "same", "Both have the same texts.", id="same"),
        pytest.param("full", "turned", "the sections are in another order", id="order"),
        pytest.param("clay", "few", "only in few: 1 section, 2 papers, 1 bullet", id="only-in-b"),
        pytest.param("full", "chinese", "worded differently: the head, 4 sections, 4 entries", id="language"),
    ],
)
def test_text_ends_in_how_much_differs(profile: Path, a: str, b: str, expected: str) -> None:
    assert read_text(run_cvgen("diff", profile, a, b, "-q"))[-1] == expected


def test_notice_of_what_is_left_out_is_not_told_again(profile: Path) -> None:
    assert run_cvgen("diff", profile, "plain", "few").err == ""


def test_warnings_of_both_are_told_once_if_at_all(tmp_path: Path) -> None:
    rest = "work: [{name: {en: Kiln, de: Ofen}}]\nvariants: {a: {language: zh}, b: {extends: a}, c: {}}\n"
    profile = write_profile(tmp_path, rest)
    for args in (("a", "b"), ("a", "c"), ("c", "a")):
        (told,) = read_told(run_cvgen("diff", profile, *args).err)
        assert told.severity == "warning"
    assert run_cvgen("diff", profile, "c", "a", "-q").err == ""


def test_chinese_lines_are_no_wider_than_others(tmp_path: Path) -> None:
    summary = "summary: {en: Pots., zh: " + "我做陶器并教人做陶器" * 12 + "}"
    rest = "variants: {a: {sections: [summary]}, b: {extends: a, language: zh}}"
    profile = write_career(tmp_path, PAPERS, rest, basics=f"name: Wei Lin\n{summary}")
    lines = read_text(run_cvgen("diff", profile, "a", "b", "-q"))
    widths = [sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines]
    assert 70 < max(widths) <= 88


def test_theme_given_is_that_of_both(profile: Path) -> None:
    ran = run_cvgen("diff", profile, "full", "same", "-t", "modern")
    assert read_text(ran)[0] == "full (modern, en)  and  same (modern, en)"


@pytest.mark.parametrize(
    ("args", "messages"),
    [
        pytest.param(("ful", "sam"), ["there is no variant 'ful'", "there is no variant 'sam'"], id="both-unknown"),
        pytest.param(("full", "sam"), ["there is no variant 'sam'"], id="one-unknown"),
        pytest.param(("full", "same", "-t", "clasic"), ["there is no theme 'clasic'"], id="unknown-theme"),
    ],
)
def test_what_cannot_be_compared_is_code_2(profile: Path, args: tuple[str, ...], messages: list[str]) -> None:
    ran = run_cvgen("diff", profile, *args)
    assert (ran.code, ran.out) == (2, "")
    told = read_told(ran.err)
    assert len(told) == len(messages)
    assert all(one.message.startswith(message) for one, message in zip(told, messages, strict=True))


def test_what_cannot_be_fitted_is_code_2(tmp_path: Path) -> None:
    bullets = "\n".join(f"      - {{text: 'Fired the kiln number {n}.', pin: true}}" for n in range(160))
    profile = write_profile(tmp_path, CROWDED.format(bullets=bullets))
    ran = run_cvgen("diff", profile, "all", "one")
    assert (ran.code, ran.out) == (2, "")
    assert read_told(ran.err)
