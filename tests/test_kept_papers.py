"""A large bibliography is parsed once: the next process reads its papers from the cache."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import FIXTURES, run_cvgen, write_career

from cvgen.backends.cache import Cache
from cvgen.sources import bibliography, kept_papers
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.bibtex import bib_file
from cvgen.sources.career import CareerReading, read_career

PROFILES = sorted({path.parent / "profile.yaml" for path in FIXTURES.glob("*/*.bib")})
PAPER = (
    "@article{{k{number}, author = {{Lin, Wei and Other, {number}}}, title = {{On $O(n^{number})$}}, year = 2024}}\n"
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """A cache that also keeps small bibliographies."""
    monkeypatch.setattr(bibliography, "SMALLEST", 1)
    return Cache(tmp_path / "cache")


def read(profile: Path, cache: Cache) -> CareerReading:
    """What a new process reads."""
    return read_career(profile, kept=KeptBibliographies(cache))


@pytest.mark.parametrize("profile", [path for path in PROFILES if path.exists()], ids=lambda path: path.parent.name)
def test_what_is_kept_is_what_was_read(profile: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read_career(profile)
    read(profile, cache)
    assert len(cache.list_names("papers")) == 1
    monkeypatch.delattr(bib_file, "parse_bibtex")
    again = read(profile, cache)
    assert plain.career
    assert again.career
    assert again.career.publications == plain.career.publications
    assert again.problems == plain.problems
    assert again.career.texts == plain.career.texts
    assert again.career.files == plain.career.files


def test_each_author_has_the_marks_of_the_own_paper(tmp_path: Path, cache: Cache) -> None:
    entry = "@article{{{key}, author = {{Lin, Wei and Roe, Ann}}, title = {{{key}}}, year = 2024{mark}}} "
    mark = ", author+an = {1=equal}"
    papers = entry.format(key="a", mark=mark) + entry.format(key="b", mark=mark) + entry.format(key="c", mark="")
    profile = write_career(tmp_path, papers)
    plain, again = read(profile, cache), read(profile, cache)
    assert plain.career
    assert again.career
    seen = [
        [(author.name, author.marks, author.places) for paper in reading.publications for author in paper.authors]
        for reading in (plain.career, again.career)
    ]
    assert seen[0] == seen[1]
    assert len({places for _, _, places in seen[1]}) == 3


@pytest.mark.parametrize(
    "damage",
    [b"", b"[", b"{}", b"[]\n[]", b"[]\n[]\n[[],[]]", b'[]\n[]\n[[{"":"&","=":3}],[],[]]',
     b'[]\n[]\n{"":"@","=":[0,1,1]}', b'[]\n[]\n[[{"":"Publication"}],[],[]]', b"[]\n7\n[[],[],[]]"],
)  # fmt: skip
def test_what_cannot_be_read_back_is_parsed_and_kept_again(tmp_path: Path, cache: Cache, damage: bytes) -> None:
    profile = write_career(tmp_path, PAPER.format(number=1))
    plain = read(profile, cache)
    (name,) = cache.list_names("papers")
    whole = cache.read(name)
    cache.keep(name, damage)
    again = read(profile, cache)
    assert plain.career
    assert again.career
    assert again.career.publications == plain.career.publications
    assert cache.read(name) == whole


def test_another_text_setting_or_version_is_kept_apart(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(write_career(tmp_path, PAPER.format(number=1)), cache)
    read(write_career(tmp_path, PAPER.format(number=2)), cache)
    assert len(cache.list_names("papers")) == 2
    read(write_career(tmp_path, PAPER.format(number=2), settings="marks: {'*': equal}"), cache)
    assert len(cache.list_names("papers")) == 3
    monkeypatch.setattr(kept_papers, "__version__", "another")
    read(write_career(tmp_path, PAPER.format(number=2)), cache)
    assert len(cache.list_names("papers")) == 4


def test_a_file_that_cannot_be_read_is_not_kept(tmp_path: Path, cache: Cache) -> None:
    profile = write_career(tmp_path, b"@article{a, title = {\0}}")
    reading = read(profile, cache)
    assert any(problem.is_error for problem in reading.problems)
    assert cache.list_names("papers") == []


def test_commands_read_what_an_earlier_one_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = "".join(PAPER.format(number=number) for number in range(50))
    profile = write_career(tmp_path, papers + "@comment{" + "x" * kept_papers.SMALLEST + "}\n")
    environ: dict[str, str | None] = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    first = run_cvgen("publications", profile, env=environ)
    monkeypatch.delattr(bib_file, "parse_bibtex")
    assert run_cvgen("publications", profile, env=environ) == first
    written = run_cvgen("render", profile, "-f", "txt", "-o", tmp_path / "cv.txt", env=environ)
    assert written.code == 0
    assert "Wei Lin, 49 Other" in (tmp_path / "cv.txt").read_text("utf-8")
