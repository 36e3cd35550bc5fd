"""Faults in the syntax of a profile are told together, each at its place, and nothing is told that follows from one."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import Told, read_told, run_cvgen

MARK = "¦"
HEAD = "basics:\n  name: A\n"
FILES = {
    "tabs": HEAD + "work:\n¦\t- name: X\n¦\t  start: 2020\nskills:\n¦\t- name: Y\n",
    "quotes": HEAD + "  label: ¦\"open\n  email: a@b.de\nwork:\n  - name: ¦'open too\n    start: 2020\n",
    "first-signs": HEAD + "work:\n  - name: ¦@x\n  - name: ¦%y\n  - name: ¦`z`\n  - name: ¦**b** c\n",
    "tails": HEAD + "work:\n  - name: ¦[Lab](https://x.org) of it\n    highlights:\n      - ¦\"Best\" paper\n"
             "      - ¦'team's work'\n",
    "no-spaces": HEAD + "work:\n  - name: X\n    ¦position:Engineer\n    ¦start:2020\nskills:\n  - name: ¦@y\n",
    "comments": HEAD + "variants:\n  v: {theme: ats, options: {accent: ¦#123456}}\n"
                "  w: {theme: ats, options: {accent: ¦#123456}}\n",
    "brackets": HEAD + "work:\n  - ¦{name: A, position: B\n  - {name: C}\nskills:\n  - name: a¦: b\n",
    "brackets-over-lines": HEAD + "work: [\n  {name: X},\n  {name: ¦@Y},\n]\nskills:\n  - name: ¦%z\n",
    "missing-commas": HEAD + "work:\n  - {name: A position¦: B}\n  - {name: C position¦: D}\n",
    "colons": HEAD + "  label: one¦: two\n  summary: three¦: four\nawards:\n  - title: five¦: six\n",
    "wide-colons": HEAD + "  email¦：a@b.de\n  phone¦：12345\n",
    "escapes": HEAD + "work:\n  - name: \"a ¦\\d b\"\n  - name: \"c ¦\\o d\"\n",
    "columns": HEAD + "work:\n  - name: X\n   ¦position: Y\n  - name: Z\n    highlights:\n      - a\n     ¦- b\n"
               "skills:\n  - name: p\n     ¦keywords: q\n",
    "entry-to-the-left": HEAD + "work:\n  - name: X\n  ¦end: 2020\nskills:\n  - name: ¦@y\n",
    "dashes": HEAD + "work:\n  - name: X\n    end: ¦-\n  - name: ¦@Y\n",
    "text-to-the-left": HEAD + "summary: >\n  text\n ¦bad\nskills:\n  - name: ¦@y\n",
    "list-in-column-1": HEAD + "work:\n- name: X\n ¦start: 2020\n- name: ¦@Y\n- name: \"¦\\q\"\n",
    "line-without-key": HEAD + "¦a line of text\nskills:\n  - name: ¦%z\n",
    "aliases": HEAD + "work:\n  - name: ¦*x\n  - name: ¦*y\n",
    "json": '"basics": {"name": "A"}\n"work": [{"name": "X" ¦"position": "Y"}]\nskills:\n  - name: ¦@a\n',
    "in-every-part": "basics:\n  name: ¦@A\n  label: ¦%B\nwork:\n  - name: ¦\"C\n  - name: D\n    ¦start:2020\n"
                     "sections:\n  own:\n    title: a¦: b\nvariants:\n  v: {options: {accent: ¦#123456}}\n",
}  # fmt: skip


def tell(folder: Path, text: str) -> list[Told]:
    (folder / "profile.yaml").write_text(text.replace(MARK, ""), "utf-8")
    ran = run_cvgen("render", folder / "profile.yaml", "-o", folder / "cv.pdf", "--all-problems")
    assert ran.code == 2
    return read_told(ran.err)


def places(folder: Path, text: str) -> list[str]:
    """``file:line:column`` of each mark; a mark is no column of its own."""
    found: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = line.split(MARK)
        found += [f"{folder}/profile.yaml:{number}:{len(''.join(parts[:n])) + 1}" for n in range(1, len(parts))]
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_fault_is_told_at_its_place_and_nothing_else(tmp_path: Path, name: str) -> None:
    told = tell(tmp_path, FILES[name])
    assert [one.place for one in told] == places(tmp_path, FILES[name]), told
    assert all(one.message.startswith("not YAML: ") and one.hint for one in told)


def test_every_tab_is_told_in_one_line(tmp_path: Path) -> None:
    text = HEAD + "work:\n" + "".join(f"\t- name: X{n}\n" for n in range(9))
    (tmp_path / "profile.yaml").write_text(text, "utf-8")
    (told,) = read_told(run_cvgen("render", tmp_path / "profile.yaml", "-o", tmp_path / "cv.pdf").err)
    assert told.message.startswith("not YAML: this line is indented with a tab (9 times: ")
    assert told.hint == "indent with spaces, never with tabs"


def test_a_file_that_is_no_profile_ends_the_search(tmp_path: Path) -> None:
    told = tell(tmp_path, "".join(f"k{n}: @\n" for n in range(500)))
    assert 1 <= len(told) <= 30


@pytest.mark.parametrize(
    "text", ["{[}]", "'", '"', "[", "- [", "\x00", "a: b: c", "%", "&", "*", "|x", "? [", "}\n}\n}"]
)
def test_scraps_are_told_without_a_crash(tmp_path: Path, text: str) -> None:
    assert tell(tmp_path, f"{text}\n")
