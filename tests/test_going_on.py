"""What BibTeX survives, cvgen survives: it goes on, and every entry is kept or named with its place."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from helpers import about, read_told, run_cvgen, write_career

from cvgen.diagnostics import Problem
from cvgen.sources.bibtex.bib_file import parse_bibtex
from cvgen.sources.bibtex.raw_entry import RawEntry
from cvgen.sources.career import read_career

BODY = "author = {Lin, Wei}, title = {T}, journal = {J}, year = 2020"
GOOD = f"@article{{good, {BODY}}}\n"


@pytest.mark.parametrize(
    ("bib", "keys", "told"),
    [
        pytest.param("@comment{", "", "a comment is not closed", id="comment-open"),
        pytest.param(GOOD + "@comment{ old\n", "good", "a comment is not closed", id="comment-open-at-the-end"),
        pytest.param(f"@comment{{ old\n{GOOD}", "good", "a comment is not closed", id="comment-open-before-an-entry"),
        pytest.param(f"@comment{{ @article{{x, {BODY}}} }}\n{GOOD}", "good", "'x' is inside", id="entry-in-comment"),
        pytest.param(f"@comment{{\n@article{{x, {BODY}}}\n}}\n{GOOD}", "good", "'x' is inside", id="lines-in-comment"),
        pytest.param(GOOD + "%@article{x, title={X}, note={n}\n%, year=2019}\n", "good", "'x' follows a %", id="%"),
        pytest.param("%@article{x,\n% title={50% of},\n% note={n\n%}\n" + GOOD, "good", "'x' follows", id="%-open"),
        pytest.param("%@article{x, title={X}}, year=2019}\n" + GOOD, "good", "'x' follows", id="%-brace-too-many"),
        pytest.param(f"{GOOD.strip()} % @misc{{x, {BODY}}}\n", "good", "'x' follows a %", id="%-after-an-entry"),
        pytest.param('@string{a = "A"}\n' + GOOD + '@string{a = "A"}\n', "good", "papers.bib:1:1", id="macro-twice"),
        pytest.param(GOOD + GOOD, "good", "'good' is used twice (first on line 1)", id="key-twice"),
        pytest.param(GOOD + GOOD.replace("good", "Good"), "good Good", "differ in case only", id="case-of-key"),
        pytest.param(f"@article{{, {BODY}}}\n", "papers-line-1", "no key", id="no-key"),
        pytest.param(f"\n@article{{{BODY}}}\n", "papers-line-2", "no key", id="no-key-and-no-comma"),
        pytest.param(f"@article{{k\n{BODY}}}\n", "k", "the comma after the key 'k'", id="no-comma-after-the-key"),
        pytest.param(f"@article{{k,, {BODY},,}}\n", "k", "an extra comma", id="commas-too-many"),
        pytest.param("@article{}\n" + GOOD, "good", "an entry is empty", id="empty"),
        pytest.param(GOOD + "@article{k2", "good", "'k2' cannot be read", id="ends-in-the-key"),
        pytest.param(GOOD + "@article{k2, title={Ab", "good", "'k2' cannot be read", id="ends-in-a-value"),
        pytest.param(GOOD + "@article{k2, title={Ab}, year=20", "good", "'k2' cannot be read", id="ends-in-a-year"),
        pytest.param(GOOD + '@string{x = "', "good", "this @string 'x' cannot be read", id="ends-in-a-macro"),
        pytest.param(f"@article{{k, {BODY}\n{GOOD}", "k good", "is not closed", id="not-closed"),
        pytest.param(f"@article{{k, title={{A, {BODY}}}\n{GOOD}", "good", "the brace of 'title'", id="brace-open"),
        pytest.param(f"@article{{k, title=\"A, {BODY}}}\n{GOOD}", "good", "the quote of 'title'", id="quote-open"),
        pytest.param(f"@article{{k, note={{A}}}}, {BODY}}}\n{GOOD}", "k good", "an extra brace", id="brace-too-many"),
        pytest.param(f"@article(k, {BODY}}}\n{GOOD}", "k good", "opens with ( and closes with }", id="two-signs"),
        pytest.param(f"@article{{k, title {{A}}, {BODY}}}\n{GOOD}", "good", "the sign = is missing", id="no-equals"),
        pytest.param(f"@article{{k, {BODY}, author={{Roe, A}}}}\n", "k", "author more than once", id="two-authors"),
        pytest.param(f"@{{k, {BODY}}}\n", "k", "no type", id="no-type"),
        pytest.param(f'@article{{k, note="a" "b", {BODY}}}\n', "k", "not joined by #", id="parts-without-a-sign"),
        pytest.param(f"@article{{k, {BODY.replace('{J}', 'jj')}}}\n", "k", "'jj' is not defined", id="no-macro"),
        pytest.param(f"@string{{c = c # \"x\"}}\n{GOOD}", "good", "'c' is not defined", id="macro-of-itself"),
        pytest.param("@string{x}\n" + GOOD, "good", "@string 'x' cannot be read", id="macro-without-value"),
        pytest.param(f"@article{{a, title={{A, year=1}} @misc{{b, {BODY}}}}}\n", "a", "'b' begins inside", id="inside"),
    ],
)  # fmt: skip
def test_it_goes_on_and_says_so_and_strict_does_not(tmp_path: Path, bib: str, keys: str, told: str) -> None:
    profile = write_career(tmp_path, bib)
    career = read_career(profile).career
    assert career
    assert [publication.key for publication in career.publications] == keys.split()
    lax = run_cvgen("publications", profile, "--all-problems")
    assert lax.code == 0
    assert told in lax.err
    assert {one.severity for one in read_told(lax.err)} == {"warning"}
    assert run_cvgen("publications", profile, "--strict").code == 2


@pytest.mark.parametrize(
    ("bib", "keys"),
    [
        pytest.param(f"@ article {{k, {BODY}}}\n@article\n{{l, {BODY}}}\n", "k l", id="spaces-and-lines-in-the-head"),
        pytest.param(f"@article{{k, {BODY}, % don't, \"x\n note = {{N}}}}\n", "k", id="comment-in-an-entry"),
        pytest.param(f"@article{{k, {BODY} % last\n}}\n", "k", id="comment-after-the-last-value"),
        pytest.param(f"@article{{k, abstract = {{x\n@media {{y}}\n}}, {BODY}}}\n", "k", id="at-sign-in-a-value"),
        pytest.param(
            f"@article{{k, bibtex = {{\n@article{{k,\n title = {{T}}}}\n}}, {BODY}}}\n", "k", id="its-own-bibtex"
        ),
        pytest.param(f"mail@example.org {{x}}\n{GOOD}", "good", id="text-before"),
    ],
)
def test_what_bibtex_or_biber_reads_is_read_without_a_word(tmp_path: Path, bib: str, keys: str) -> None:
    reading = read_career(write_career(tmp_path, bib))
    assert reading.career
    assert [publication.key for publication in reading.career.publications] == keys.split()
    assert all(str(publication.venue) == "J" for publication in reading.career.publications)
    assert not reading.problems


def test_the_first_of_two_macros_counts_and_each_file_has_its_own(tmp_path: Path) -> None:
    entry = "@inproceedings{%s, title = {%s}, author = {Lin, Wei}, booktitle = conf, year = 2020}\n"
    profile = write_career(tmp_path, '@string{conf = "One"}\n@string{conf = "Two"}\n' + entry % ("a", "A"))
    (tmp_path / "more.bib").write_text('@string{conf = "Three"}\n' + entry % ("b", "B"))
    profile.write_text(profile.read_text().replace("[papers.bib]", "[papers.bib, more.bib]"))
    reading = read_career(profile)
    assert reading.career
    assert [str(publication.venue) for publication in reading.career.publications] == ["One", "Three"]
    twice, other = about(reading.problems, "'conf'")
    assert (str(twice.location), f"{tmp_path / 'papers.bib'}:1:1" in twice.message) == (
        f"{tmp_path}/papers.bib:2:1",
        True,
    )
    assert "has another meaning" in other.message


@pytest.mark.parametrize(
    "bib",
    [
        pytest.param(
            '@string{a0 = "xxxxxxxxxx"}'
            + "".join(f"@string{{a{n} = a{n - 1} # a{n - 1} # a{n - 1}}}" for n in range(1, 26))
            + "@misc{k, author = {Lin, Wei}, title = a25}",
            id="macros-that-multiply",
        ),
        pytest.param(
            '@string{a0 = "x"}' + "".join(f"@string{{a{n} = a{n - 1}}}" for n in range(1, 2000)) + GOOD,
            id="macro-chain",
        ),
        pytest.param(
            "".join(f"@misc{{k{n}, title = {{T}}, crossref = {{k{n + 1}}}}}\n" for n in range(1500)),
            id="crossref-chain",
        ),
        pytest.param("@" * 20_000, id="at-signs"),
        pytest.param("@comment{\n" * 2000, id="open-comments"),
        pytest.param("@article{k, " + "a" * 30_000, id="long-word"),
        pytest.param("@article{k, title = " + "{" * 20_000, id="open-braces"),
        pytest.param("@article{k, " + "," * 20_000 + BODY + "}", id="commas"),
        pytest.param("@article{k, title = {x" + "\n" * 20_000, id="blank-lines"),
        pytest.param("@article{k, bibtex = {\n" * 1000, id="entries-in-entries"),
    ],
)
def test_hostile_files_end(tmp_path: Path, bib: str) -> None:
    assert run_cvgen("publications", write_career(tmp_path, bib), "--json").code == 0


SAMPLE = r"""
Exported {by} "hand", 2024.
@comment{jabref-meta: databaseType:bibtex;}
@string{jml = "Journal of " # {Marine Life}}
@string(conf = {Proc. of the Conf.})
@preamble{"\newcommand{\x}{y}" # "z"}

@article{lin2020deep,
  author  = {Lin, Wei and Roe, Anna},
  title   = "With {"}quotes{"} and {B}races, $x_{1}$ = 50\%",
  journal = jml # ", Series A",
  year    = 2020,
  doi     = {10.1000/abc_def(1)},
}
% @article{old, title = {Old}, author = {Lin, Wei}, year = 1999}
@inproceedings{roe2021wide, author = {Roe, Anna and Lin, Wei}, title = {Wide {Water}},
  booktitle = conf, year = {2021}, pages = {1--9}
}
@misc(kemp2022, title = {In (round) brackets}, author = {Kemp, Tom and Lin, Wei}, month = 1 # "~" # jan, year = "2022")
@book{lin2023book, title = {A Book}, author = {Lin, Wei},
  abstract = {Mail a@b.org, and {more},
  in lines}, url = {https://example.org/a%20b}, year = 2023 }
@phdthesis{lin2024, title = {Thesis}, author = {Lin, Wei}, school = {U}, year = 2024}
"""
KEYS = ("lin2020deep", "roe2021wide", "kemp2022", "lin2023book", "lin2024")
_HEAD = re.compile(r"@\w+[{(](\w+),")


def _unaccounted(text: str) -> list[str]:
    """Keys at a head of ``text`` that are neither kept nor named."""
    entries, problems = parse_bibtex(text, "papers.bib")
    assert not [problem for problem in problems if problem.is_error]
    return [key for key in _HEAD.findall(text) if key in KEYS and not _is_accounted(key, entries, problems)]


def _is_accounted(key: str, entries: list[RawEntry], problems: list[Problem]) -> bool:
    return any(entry.key == key for entry in entries) or any(key in problem.message for problem in problems)


def test_a_file_cut_anywhere_loses_no_entry_in_silence() -> None:
    for end in range(len(SAMPLE)):
        assert not _unaccounted(SAMPLE[:end]), SAMPLE[:end][-80:]


@pytest.mark.parametrize("seed", range(4))
def test_slips_of_the_pen_lose_no_entry_in_silence(seed: int) -> None:
    dice = random.Random(seed)
    signs = [place for place, sign in enumerate(SAMPLE) if sign in '{}",=#@%()\n']
    for _ in range(300):
        letters = list(SAMPLE)
        for _ in range(dice.choice((1, 1, 2, 5))):
            place = dice.choice(signs)
            letters[place] = dice.choice(("", letters[place] * 2, dice.choice('{}",=#@%')))
        text = "".join(letters)
        assert not _unaccounted(text), text


def test_a_slip_takes_the_whole_program_down_nowhere(tmp_path: Path) -> None:
    dice = random.Random(7)
    for _ in range(60):
        start, end = sorted(dice.sample(range(len(SAMPLE)), 2))
        profile = write_career(tmp_path, SAMPLE[:start] + SAMPLE[end:])
        assert run_cvgen("publications", profile, "--json", "--explain").code == 0


def test_a_csl_item_that_cannot_be_read_is_left_out_and_the_rest_kept(tmp_path: Path) -> None:
    items = '[{"id": "a", "title": 5},\n {"id": "b", "title": "B"},\n {"id": "b", "title": "C"},\n {"title": "D"}, 3]'
    (tmp_path / "library.json").write_text(f'{{"note": "items", "items": {items}}}')
    profile = tmp_path / "profile.yaml"
    profile.write_text("basics: {name: Wei Lin}\nbibliography: {files: [library.json]}\n")
    reading = read_career(profile)
    assert reading.career
    kept = [(publication.key, str(publication.title)) for publication in reading.career.publications]
    assert kept == [("b", "B"), ("library-item-4", "D")]
    assert not [problem for problem in reading.problems if problem.is_error]
    assert about(reading.problems, "a: the value of 'title' cannot be read")
    assert about(reading.problems, "'b' is used twice")
    assert about(reading.problems, "item 5 of the CSL file has no id; it is left out")


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"id": ' + "9" * 5000 + "}]"])
def test_json_without_end_is_an_error_and_no_crash(tmp_path: Path, text: str) -> None:
    (tmp_path / "library.json").write_text(text)
    profile = tmp_path / "profile.yaml"
    profile.write_text("basics: {name: Wei Lin}\nbibliography: {files: [library.json]}\n")
    assert run_cvgen("publications", profile).code == 2
