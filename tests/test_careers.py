"""The careers that ``make tailoring`` measures are sound, and so is what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from careers import HALVES, TERM_LISTS, Line, Person, is_named, occurs, read_people, squeeze
from tailoring import Matched, compare_page, match_terms, measure_person, print_table, write_variant

from cvgen.api import read_profile

PEOPLE = read_people()
each_person = pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)


def parts(value: Any) -> Iterator[str]:
    """The squeezed text of every bullet and of every entry without its bullets."""
    if isinstance(value, dict):
        yield squeeze("".join(one for key, one in value.items() if isinstance(one, str) and key != "short"))
        value = [one for one in value.values() if not isinstance(one, str)]
    for one in value if isinstance(value, list) else ():
        yield from [squeeze(one)] if isinstance(one, str) else parts(one)


def shortened(value: Any) -> Iterator[tuple[str, str]]:
    """Both wordings of every bullet that has two."""
    if isinstance(value, dict):
        if "short" in value:
            yield squeeze(value["text"]), squeeze(value["short"])
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from shortened(one)


def listed_texts(person: Person) -> set[Line]:
    return {line for posting in person.postings for line in (*posting.keep, *posting.filler)}


def test_the_halves_are_balanced() -> None:
    for half in HALVES:
        languages = [person.language for person in PEOPLE if person.half == half]
        assert len(languages) >= 4
        assert languages.count("en") < len(languages)
    assert {person.half for person in PEOPLE} == set(HALVES)
    assert {"de", "en", "fr", "zh"} == {person.language for person in PEOPLE}


@each_person
def test_profile_reads_without_a_problem(person: Person) -> None:
    assert not read_profile(person.profile).problems


@each_person
def test_every_text_to_keep_or_leave_out_is_one_part_of_the_profile(person: Person) -> None:
    content = yaml.safe_load(person.profile.read_text("utf-8"))
    texts = list(parts(content))
    for line in listed_texts(person):
        holders = [text for text in texts if any(squeeze(one) in text for one in line.spellings)]
        assert len(holders) == 1, line.name
        for long, short in shortened(content):
            held = [any(squeeze(one) in wording for one in line.spellings) for wording in (long, short)]
            assert held[0] == held[1], line.name


@each_person
def test_no_text_is_both_kept_and_filler(person: Person) -> None:
    for posting in person.postings:
        assert not {line.name for line in posting.keep} & {line.name for line in posting.filler}
        assert 8 <= len(posting.keep) <= 16
        assert len(posting.filler) >= 5


@each_person
def test_every_term_is_in_its_posting(person: Person) -> None:
    assert len(person.postings) == 3
    for posting in person.postings:
        text = posting.path.read_text("utf-8")
        for name in TERM_LISTS:
            assert posting.terms[name]
            for line in posting.terms[name]:
                assert occurs(line, text), (posting.path, name, line.name)


@each_person
def test_no_term_is_on_two_lists(person: Person) -> None:
    for posting in person.postings:
        names = [line.name.casefold() for lines in posting.terms.values() for line in lines]
        assert len(names) == len(set(names)), posting.path


@pytest.mark.parametrize(
    ("spellings", "term", "same"),
    [
        ("payments", "Payment", True),
        ("ISO 13485", "ISO-13485", True),
        ("usability testing", "Usability testing in the field", True),
        ("usability testing", "testing", False),
        ("C", "C++", False),
        ("WMS | warehouse management system", "warehouse management systems", True),
        ("risk", "a very long phrase about risk", False),
        ("功能安全", "功能安全标准", True),
        ("功能安全", "安全", False),
    ],
)
def test_which_terms_are_the_same(spellings: str, term: str, same: bool) -> None:
    assert is_named(Line(tuple(spellings.split(" | "))), term) == same


def test_a_text_is_found_across_a_line_break_and_a_hyphen() -> None:
    posting = PEOPLE[0].postings[0]
    kept, other = posting.keep[0], posting.filler[0]
    page = squeeze(kept.name[:5] + "-\r\n" + kept.name[5:].upper())
    assert kept not in compare_page(posting, page).dropped
    assert set(compare_page(posting, page).dropped) == set(posting.keep[1:])
    assert compare_page(posting, squeeze(f"… {other.name} …")).filler == (other,)


def test_one_posting_is_measured_from_match_to_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person = next(one for one in PEOPLE if one.name == "chef")
    posting = person.postings[0]
    row = measure_person(replace(person, postings=(posting,)), ["classic"], tmp_path, details=True)["classic"]
    told = capsys.readouterr()
    assert not told.err
    assert told.out.startswith(f"chef {posting.name}: ")
    assert row.shares["must"].total == len(posting.terms["must"])
    assert row.shares["both"] == row.shares["must"] + row.shares["nice"]
    assert row.shares["keep"].total == row.shares["plain keep"].total == len(posting.keep)
    assert row.shares["plain keep"].hits > 0
    print_table("classic", [person], [row])
    assert str(row) in capsys.readouterr().out


def test_one_person_is_matched(tmp_path: Path) -> None:
    person = next(one for one in PEOPLE if one.name == "electrician")
    posting = person.postings[0]
    matched = match_terms(person.profile, posting)
    assert isinstance(matched, Matched)
    assert matched.named
    assert len(matched.missed["must"]) < len(posting.terms["must"])
    before = person.profile.read_bytes()
    copy = write_variant(person, posting, tmp_path)
    assert person.profile.read_bytes() == before
    assert "tailored" in yaml.safe_load(copy.read_text("utf-8"))["variants"]
