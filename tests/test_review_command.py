"""``cvgen review``: the printed page, the command and its formats, and how good the findings are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from careers import HALVES
from helpers import line_of, run_cvgen
from precision import RIGHT, UNDECIDED, measure_all, sum_half
from test_review import GOOD, ROOT, job, review, run_review, write

from cvgen.advice.rules.table_of_rules import ALL_LANGUAGES, RULES

# --- the printed page


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The findings on one page: a long bullet, lonely words, and two that are as they should be."""
    line = "Moved 40 stores of the firm to a new till system over two weekends without a lost sale"
    wrap = " in Lisbon, Porto, Braga, Faro"
    long = ", ".join(f"{line} in town {number}" for number in range(4))
    chinese = "完成四十家门店收银系统的迁移工作" * 12
    bullets = [line, long, *(f"{line}{wrap[:end]}" for end in range(3, len(wrap), 1) if wrap[end - 1] not in " ,")]
    profile = write(tmp_path_factory.mktemp("paged"), {"work": [job(*bullets, chinese)]})
    return review(profile, "--page", "--only", "length", "--only", "last-line")


def test_bullets_over_three_lines(paged: list[dict[str, Any]]) -> None:
    found = [
        (finding["text"][:5], finding["page"], finding["message"]) for finding in paged if finding["rule"] == "length"
    ]
    assert found[0] == ("Moved", 1, "this bullet takes 4 lines on the page")
    assert len(found) == 2
    assert found[1][0] == "完成四十家"


def test_a_last_line_with_a_word_or_two(paged: list[dict[str, Any]]) -> None:
    words = {re.sub(r".*only '(.*)'", r"\1", f["message"]) for f in paged if f["rule"] == "last-line"}
    assert words
    assert all(len(word.split()) <= 2 for word in words)


# --- the command


MIXED = job("Took part in weekly meetings.", "Attended fairs.", "Wrote the wine list.", GOOD)


def test_findings_have_place_entry_and_a_way_to_mend(tmp_path: Path) -> None:
    profile = write(tmp_path, {"work": [MIXED]})
    first, *_, last = review(profile)
    line = line_of(profile.read_text("utf-8"), "weekly meetings")
    assert (first["rule"], first["entry"], first["line"]) == ("opening", "Halyard, Engineer", line)
    assert first["file"] == str(profile)
    assert first["hint"]
    assert last["rule"] == "outcome"


def test_text_groups_what_is_of_one_kind(tmp_path: Path) -> None:
    ran = run_review(write(tmp_path, {"work": [MIXED]}))
    head, opening, first, second, _, outcome, *_, total = ran.out.splitlines()
    assert head == "Halyard, Engineer"
    assert opening.endswith("2 texts begin by saying that you were there, not what you did [opening]")
    assert first.endswith("Took part in weekly meetings.")
    assert second.endswith("Attended fairs.")
    assert outcome.endswith("'Wrote the wine list.' has no number and no result [outcome]")
    assert total == "3 findings in 4 bullets (en): opening 2, outcome 1"
    assert ran.code == 1


def test_a_long_report_is_cut_unless_all_is_asked_for(tmp_path: Path) -> None:
    jobs = [job("Took part.", "Wrote a list.", start=f"{1990 + n}", end=f"{1990 + n}", name=f"F{n}") for n in range(30)]
    profile = write(tmp_path, {"work": jobs})
    short, long = (run_review(profile, *more).out for more in ((), ("--all-problems",)))
    assert len(short.splitlines()) <= 62 < len(long.splitlines())
    assert "more; --all-problems shows them" in short
    assert short.splitlines()[-1] == long.splitlines()[-1]


def test_good_text_is_quiet(tmp_path: Path) -> None:
    ran = run_review(write(tmp_path, {"work": [job(GOOD)]}))
    assert (ran.code, ran.out) == (0, "no findings in 1 bullet (en)\n")


def test_hints_alone_do_not_fail_and_each_has_its_own_advice(tmp_path: Path) -> None:
    entry = job(GOOD, position="head nurse", start="2018", end="Q4 2025")
    profile = write(tmp_path, {"work": [entry]})
    ran = run_review(profile)
    first, second = (line for line in ran.out.splitlines() if "[parser]" in line)
    lines = profile.read_text("utf-8")
    assert f":{line_of(lines, 'head nurse')}:" in first
    assert f":{line_of(lines, 'Q4 2025') - 1}:" in second
    assert ran.out.count("→") == 2
    assert ran.out.splitlines()[-1] == "2 hints in 1 bullet (en): parser 2"
    assert ran.code == 0
    both = run_review(write(tmp_path, {"work": [{**entry, "end": "2025", "highlights": ["Attended fairs."]}]}))
    assert both.out.splitlines()[-1] == "1 finding and 1 hint in 1 bullet (en): opening 1, parser 1"
    assert both.code == 1


def test_rules_are_chosen_by_name(tmp_path: Path) -> None:
    profile = write(tmp_path, {"work": [MIXED]})
    assert {finding["rule"] for finding in review(profile, "--ignore", "opening")} == {"outcome"}
    assert {finding["rule"] for finding in review(profile, "--only", "opening")} == {"opening"}
    ran = run_cvgen("review", profile, "--only", "openings")
    assert ran.code == 2
    assert "there is no rule 'openings'" in ran.err
    assert "did you mean 'opening'?" in ran.err


def test_a_variant_limits_what_is_read(tmp_path: Path) -> None:
    tagged = {"text": "Took part in fairs.", "tags": ["old"]}
    hidden = {"text": "Took part in meetings.", "hidden": True}
    entry = {**job(GOOD), "highlights": [GOOD, tagged, hidden]}
    profile = write(tmp_path, {"work": [entry]}, variants={"v": {"tags": ["new"]}})
    assert [finding["text"] for finding in review(profile)] == ["Took part in fairs."]
    assert review(profile, "-v", "v") == []
    assert run_cvgen("review", profile, "-v", "w").code == 2


def test_each_wording_is_judged_in_its_language(tmp_path: Path) -> None:
    texts = {"en": "Took part in weekly meetings.", "zh": "参加部门每周例会。"}
    profile = write(tmp_path, {"work": [{**job(), "highlights": [{"text": texts}, {"text": {"zh": "参与培训。"}}]}]})
    assert [finding["text"] for finding in review(profile)] == [*texts.values(), "参与培训。"]


def test_a_profile_that_cannot_be_read_or_rendered(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text("basics: {nam: Wei}\nwork: 3\n", "utf-8")
    ran = run_cvgen("review", profile)
    assert ran.code == 2
    assert "nam" in ran.err
    pinned = [job(GOOD, start=str(1950 + n), end=str(1950 + n), pin=True) for n in range(70)]
    ran = run_review(write(tmp_path, {"work": pinned}, variants={"v": {"pages": 1}}), "--page", "--ignore", "dates")
    assert ran.code == 0, ran.out
    assert "notice: the page of the variant 'v' is not reviewed" in ran.err
    assert "profile.yaml:4:3: notice: the pinned parts do not fit on 1 page" in ran.err
    assert "→ unpin a part" in ran.err


def test_untrusted_profiles_read_nothing_outside_their_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.bib").write_text("@misc{a, title = {A}, year = 2020}", "utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    profile = write(inside, {"work": [job(GOOD)]}, bibliography={"files": ["../outside.bib"]})
    assert run_review(profile).code == 0
    assert run_review(profile, "--untrusted").code == 2


# --- how good it is


def test_an_adviser_agrees_with_most_findings() -> None:
    """Every finding on the careers was read and decided; a new one is to be decided too."""
    people = measure_all()
    assert [note for person in people for note in person.notes if note.startswith(UNDECIDED)] == []
    for half in HALVES:
        total = sum_half(people, half)
        assert total.precision >= 0.85, total
        assert total.count(RIGHT) > 40


@pytest.mark.parametrize("example", ["engineer", "homepage", "repository", "researcher"])
def test_examples_are_nearly_silent(example: str) -> None:
    """Apart from hints for parsers, as their titles are in small letters."""
    found = review(ROOT / "examples" / example / "profile.yaml")
    assert sum(finding["severity"] == "warning" for finding in found) <= 1


def test_each_rule_is_documented() -> None:
    text = (ROOT / "docs" / "review.md").read_text("utf-8")
    assert re.findall(r"^## `([\w-]+)`", text, re.MULTILINE) == list(RULES)
    for name, rule in RULES.items():
        languages = re.search(rf"^## `{name}`.*?^Languages: (.*?)\.$", text, re.MULTILINE | re.DOTALL)
        assert languages, name
        named = set(languages[1].split()) if languages[1] != "all" else set(ALL_LANGUAGES)
        assert named == rule.languages, name
