"""What must hold for every author list and every text, tried on those that hypothesis thinks of."""

from __future__ import annotations

import random
import re
import tempfile
import unicodedata
from pathlib import Path

import pytest
from helpers import read_papers
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from pdf import squeeze
from rendering import ENGINES, render_pdf

from cvgen.model.inline import plain_text
from cvgen.model.owner import Owner, fold
from cvgen.model.publication import Credit, Role
from cvgen.pipeline.request import Request
from cvgen.select.roles import find_credit
from cvgen.sources.bibtex.bib_file import parse_bibtex
from cvgen.sources.entry.name_marks import MARK_SYMBOLS
from cvgen.sources.entry.publication_reader import build_publication
from cvgen.sources.inline.accents import decode_simple
from cvgen.sources.inline.dollars import DollarPiece
from cvgen.sources.inline.tex_text import parse_tex
from cvgen.sources.text_file import MOJIBAKE
from cvgen.sources.yaml.tree import INVISIBLE

moderately = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# --- Roles -----------------------------------------------------------------------------------------------------------

OWNER = Owner("Wei Lin", frozenset({fold("Wei Lin"), fold("W. Q. Lin")}))
MINE = ("Lin, Wei", "Wei Lin", "LIN, Wei", "Lin Wei", "Lín, Wei", "W. Q. Lin", "{Lin}, {Wei}")
OTHERS = ("Long, Ada", "Lin, W.", "Ling, Wei", "Lin, Weimin", "Wei, Ada", "van der Berg, Jan", "{Lin Lab}", "Lin, Ada")
WORDS = ("equal", "corresponding", "lead", "student", "advisor", "core", "senior")
CLAIMS = frozenset({Role.FIRST, Role.CO_FIRST, Role.CORRESPONDING, Role.LEAD})

Listed = tuple[str, frozenset[str], bool]
"""A name as typed, its marks, and whether ``equal`` is typed as a star."""


@st.composite
def author_lists(draw: st.DrawFn) -> list[Listed]:
    others = draw(st.lists(st.sampled_from(OTHERS), min_size=0, max_size=6, unique=True))
    mine = draw(st.lists(st.sampled_from(MINE), min_size=0 if others else 1, max_size=2))
    names = draw(st.permutations([*others, *mine[: draw(st.integers(1, 2))]]))
    marks = st.frozensets(st.sampled_from(WORDS), max_size=3)
    selves = draw(st.sets(st.integers(0, len(names) - 1), max_size=2)) if draw(st.integers(0, 4)) == 0 else set()
    return [
        (name, draw(marks) | ({"self"} if index in selves else set()), draw(st.booleans()))
        for index, name in enumerate(names)
    ]


def credit_of(authors: list[Listed], truncated: bool) -> Credit:
    """What cvgen makes of such a list."""
    names = [f"{name}*" if star and "equal" in marks else name for name, marks, star in authors]
    specs = [
        f"{index}={','.join(words)}"
        for index, (_, marks, star) in enumerate(authors, start=1)
        if (words := sorted(marks - ({"equal"} if star else set())))
    ]
    listed = " and ".join([*names, *(["others"] if truncated else [])])
    bib = f"@article{{key, title = {{T}}, author = {{{listed}}}, author+an = {{{'; '.join(specs)}}}, year = 2024}}"
    (entry,), problems = parse_bibtex(bib, "papers.bib")
    publication, more = build_publication(entry, {"*": "equal"})  # type: ignore[dict-item]
    assert not [problem for problem in (*problems, *more) if problem.is_error]
    return find_credit(publication, OWNER)[0]


def claims_of(authors: list[Listed], truncated: bool) -> tuple[int | None, frozenset[Role]]:
    """The owner's place and claims, worked out the long way."""
    places = [n for n, (_, marks, _) in enumerate(authors) if "self" in marks]
    if not places:
        places = [n for n, (name, _, _) in enumerate(authors) if name in MINE]
    if len(places) != 1:
        return None, frozenset()
    (place,) = places
    is_one_of_many = truncated and place + 1 == len(authors) and bool({"core", "contributor"} & authors[place][1])
    claims = {Role.FIRST} if place == 0 and not is_one_of_many else set()
    if (
        not is_one_of_many
        and len(authors) > 1
        and all("equal" in marks for _, marks, _ in authors[: max(place, 1) + 1])
    ):
        claims.add(Role.CO_FIRST)
    claims |= {role for role in (Role.CORRESPONDING, Role.LEAD) if role.value in authors[place][1]}
    return place + 1, frozenset(claims)


@moderately
@given(author_lists(), st.booleans())
def test_no_role_goes_to_anyone_but_the_owner(authors: list[Listed], truncated: bool) -> None:
    credit = credit_of(authors, truncated)
    position, claims = claims_of(authors, truncated)
    assert credit.position == position
    assert credit.roles & CLAIMS == claims


@moderately
@given(author_lists(), st.booleans())
def test_marks_of_the_others_change_no_claim_but_that_of_the_run(authors: list[Listed], truncated: bool) -> None:
    position, _ = claims_of(authors, truncated)
    assume(position is not None)
    bare = [
        (name, marks if n == position else marks & {"equal", "self"}, star)
        for n, (name, marks, star) in enumerate(authors, start=1)
    ]
    assert credit_of(bare, truncated).roles & CLAIMS == credit_of(authors, truncated).roles & CLAIMS


# --- LaTeX -----------------------------------------------------------------------------------------------------------

LATEX = (
    *"abeinouyzAEIOUZ .:;!?/()[]*+=|0189",
    *('\\"', "\\'", "\\`", "\\^", "\\~", "\\=", "\\.", "\\u ", "\\v ", "\\H ", "\\c ", "\\k ", "\\r ", "\\d ", "\\b "),
    *("{\\'e}", '\\"{o}', "\\'{\\i}", "\\v{S}", "\\c{c}", "\\H{o}", "\\~{n}", '{\\"\\i}', "\\u{g}", "\\r{a}", "\\k{e}"),
    *("\\i", "\\j", "\\ss", "\\ss{}", "{\\ss}", "\\o ", "{\\O}", "\\l{}", "\\L ", "\\aa ", "\\AE{}", "{\\oe}"),
    *("{", "}", "{}", "-", "--", "---", "`", "'", "``", "''", '"', ",", "<", ">", "~", "  ", "\n"),
    *("\\&", "\\%", "\\_", "\\#", "\\$", "é", "ß", "王", "–", "“"),
)  # fmt: skip


def is_balanced(text: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def tidy(text: str) -> str:
    """``text`` in one normal form, with every white space as one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def decode_slowly(source: str) -> str:
    """What the TeX reader makes of ``source``."""
    return plain_text(parse_tex([DollarPiece(False, source)], lambda message, hint, kind="": None))


@settings(moderately, max_examples=600)
@given(st.lists(st.sampled_from(LATEX), max_size=9).map("".join))
def test_the_short_way_says_what_the_parser_says(source: str) -> None:
    assume(
        is_balanced(source) and not re.search(r"\\[A-Za-z]+[\u00c0-\u9fff]", source)
    )  # é ends a command, or does not
    short = decode_simple(source)
    assume(short is not None)
    assert tidy(short or "") == tidy(decode_slowly(source))


# --- Text ------------------------------------------------------------------------------------------------------------

ESCAPES = {
    "\\": "{\\textbackslash}", "{": "{\\textbraceleft}", "}": "{\\textbraceright}", "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}", "`": "{\\textasciigrave}", "'": "{\\textquotesingle}", '"': "{\\textquotedbl}",
    **{sign: f"{{\\{sign}}}" for sign in "&%_#$"},
}  # fmt: skip


def to_bibtex(text: str) -> str:
    """``text`` as BibTeX that means these very characters."""
    escaped = "".join(ESCAPES.get(character, character) for character in text)
    return re.sub(r"(?<=[-,<>?!])(?=[-,<>])", "{}", escaped)


def is_printable(text: str) -> bool:
    return bool(tidy(text)) and not INVISIBLE.search(text)


texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=30).filter(
    is_printable
)
typed = st.text("aB é-–'\"`~^\\{}%&_#$<>?!,;:/|@=*+.()[]0", min_size=1, max_size=30).filter(is_printable)
names = st.text(
    st.characters(categories=["L", "M"], include_characters=" -'’.", exclude_characters=MARK_SYMBOLS),
    min_size=1,
    max_size=15,
).filter(lambda name: is_printable(name) and name.strip()[0].isalpha() and not re.fullmatch(r"(?i)[ivxjsr. ]+", name))


@settings(moderately, max_examples=60)
@example([("0", "A", "A", "UNDERREVIE")])
@given(st.lists(st.tuples(texts | typed, names, names, texts | typed), min_size=1, max_size=8))
def test_any_text_of_a_bibliography_is_read_as_it_is(rows: list[tuple[str, str, str, str]]) -> None:
    # "Â\u00a0" and the like are taken for what they nearly always are: a character saved in the wrong encoding
    assume(not any(MOJIBAKE.search(text) for row in rows for text in row))
    assume(not any(title.rstrip().endswith(",") for title, *_ in rows))  # a slip of the keyboard, which is dropped
    bib = ""
    for index, (title, family, given_, note) in enumerate(rows):
        surname, forename = f"{{{to_bibtex(family)}}}", f"{{{to_bibtex(given_)}}}"
        bib += f"@article{{k{index}, author = {{{surname}, {forename} and {surname}}}, year = 2024,\n"
        bib += f"  title = {{{to_bibtex(title)}}}, note = {{{to_bibtex(note)}}}}}\n"
    with tempfile.TemporaryDirectory() as folder:
        reading = read_papers(Path(folder), bib)
    assert reading.career is not None
    papers = reading.career.publications
    assert len(papers) == len(rows)
    for paper, (title, family, given_, note) in zip(papers, rows, strict=True):
        assert tidy(str(paper.title)) == tidy(title)
        if not paper.status_source.startswith("note ="):  # such as "UNDERREVIE", which is read as "under review"
            assert tidy(str(paper.note or "")) == tidy(note)
        assert [tidy(author.family) for author in paper.authors] == [tidy(family)] * 2
        assert tidy(paper.authors[0].given) == tidy(given_)


# --- PDF -------------------------------------------------------------------------------------------------------------


def span(first: int, last: int) -> str:
    return "".join(chr(code) for code in range(first, last + 1) if chr(code).isalpha())


SCRIPTS = (
    span(0x41, 0x7A),
    span(0x41, 0x7A),
    span(0xC0, 0xFF),
    span(0x100, 0x17E).replace("ŉ", "").replace("ſ", ""),
    span(0x1EA0, 0x1EF9),
    span(0x391, 0x3C9),
    span(0x410, 0x44F),
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经",
    "0123456789.,:;!?()[]{}/|@=*+-<>#$%&_~^\\",
    "–—‘’“”«»…•·§¶†‡©®™°±×÷€£¥½¿¡",
    "🔥🎓🚀✓→≤",
)


def make_titles(seed: int, count: int = 40) -> list[str]:
    """Titles of words in all scripts; each begins and ends with its number, and is found by it."""
    chance = random.Random(seed)
    words = [
        ["".join(chance.choices(chance.choice(SCRIPTS), k=chance.randint(1, 8))) for _ in range(7)]
        for _ in range(count)
    ]
    return [f"T{index}: {' '.join(row)} :{index}T" for index, row in enumerate(words)]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", range(5))
def test_any_title_is_read_back_from_the_pdf(tmp_path: Path, seed: int, engine: str) -> None:
    titles = make_titles(seed)
    bib = "".join(
        f"@article{{k{index}, title = {{{to_bibtex(title)}}}, author = {{Lin, Wei}}, year = {2024 - index}}}\n"
        for index, title in enumerate(titles)
    )
    (tmp_path / "papers.bib").write_text(bib, "utf-8")
    (tmp_path / "profile.yaml").write_text("basics: {name: Wei Lin}\nbibliography: {files: [papers.bib]}\n", "utf-8")
    rendered = render_pdf(Request(tmp_path / "profile.yaml", None, "classic", engine), tmp_path)
    text = squeeze(rendered.text)
    lost = [title for title in titles if squeeze(title) not in text]
    assert not lost, [text[text.find(squeeze(title)[:4]) :][:90] for title in lost]
