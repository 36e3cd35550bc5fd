"""The mess of real bibliographies: each item is printed as a careful librarian would, or told at its line."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from helpers import line_of, read_papers

from cvgen.diagnostics import Problem
from cvgen.model.publication import Author, Credit, Publication
from cvgen.select.build_document import find_credits
from cvgen.sources.career import CareerReading, read_career

TYPED_MARKS = 'marks: {"*": equal, "†": corresponding}'
NATIVE = "name: Xiaoming Wang\nnative_name: 王小明"
ANYTHING = "anything"
"""In place of what is told: the value is what counts, and a Problem beside it is as good as none."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as it was read."""

    publication: Publication
    credit: Credit

    def facet(self, name: str) -> Any:
        return FACETS[name](self)


def parts(author: Author) -> str:
    """An author as ``given|particle|family|suffix``."""
    return "|".join((author.given, author.particle, author.family, author.suffix))


def links(paper: Paper) -> dict[str, str]:
    return {link.label: link.url for link in paper.publication.links}


def details(paper: Paper) -> str:
    """Volume, number and pages as ``12(3), 45–67``."""
    volume, number, pages = paper.publication.volume, paper.publication.number, paper.publication.pages
    head = f"{volume}({number})" if volume and number else volume or number
    return ", ".join(part for part in (head, pages, paper.publication.article_number) if part)


def spaced(text: object) -> str:
    """``text`` with every white space as one blank, in one normal form."""
    return unicodedata.normalize("NFC", " ".join(str(text or "").split()))


FACETS: dict[str, Callable[[Paper], Any]] = {
    "title": lambda paper: spaced(paper.publication.title),
    "authors": lambda paper: [parts(author) for author in paper.publication.authors],
    "names": lambda paper: [spaced(author.name) for author in paper.publication.authors],
    "truncated": lambda paper: paper.publication.truncated,
    "venue": lambda paper: spaced(paper.publication.venue),
    "short": lambda paper: paper.publication.venue_short,
    "year": lambda paper: paper.publication.year,
    "month": lambda paper: paper.publication.date and paper.publication.date.month,
    "day": lambda paper: paper.publication.date and paper.publication.date.day,
    "status": lambda paper: paper.publication.status.value,
    "type": lambda paper: paper.publication.type,
    "kind": lambda paper: paper.publication.kind.value,
    "links": links,
    "arxiv": lambda paper: links(paper).get("arxiv", "").removeprefix("https://arxiv.org/abs/"),
    "details": details,
    "note": lambda paper: spaced(paper.publication.note),
    "award": lambda paper: spaced(paper.publication.award),
    "selected": lambda paper: paper.publication.selected,
    "marks": lambda paper: [" ".join(sorted(author.marks)) for author in paper.publication.authors],
    "owner": lambda paper: paper.credit.position,
    "roles": lambda paper: " ".join(sorted(paper.credit.roles)),
}


def study(reading: CareerReading) -> tuple[dict[str, Paper], list[Problem]]:
    """The papers by key; all Problems but that the owner is not among the authors, which ``owner`` says."""
    assert reading.career is not None, reading.problems
    credits, found = find_credits(reading.career)
    problems = [p for p in (*reading.problems, *found) if "is not among its authors" not in p.message]
    return {credit.publication.key: Paper(credit.publication, credit) for credit in credits}, problems


def read_mess(folder: Path, bib: str | bytes, settings: str = "", basics: str = "") -> tuple[dict[str, Paper], Any]:
    return study(read_papers(folder, bib, settings=settings, basics=basics))


def lines(problems: list[Problem]) -> set[int | None]:
    return {problem.location.line if problem.location else None for problem in problems}


def assert_told(problems: list[Problem], *where: int) -> None:
    """Exactly these lines are told of, and each Problem says what to do."""
    assert lines(problems) == set(where), problems
    assert all(problem.hint for problem in problems), problems


def entry(*fields: str, kind: str = "article") -> str:
    """An entry with each of ``fields`` on its own line from line 2, and whatever they do not say."""
    text = "\n".join(fields)
    given = list(fields)
    given += ["title = {T}"] if not any(field.startswith("title =") for field in fields) else []
    given += ["author = {Lin, Wei}"] if "author =" not in text else []
    given += ["year = 2024"] if "year =" not in text and "date =" not in text else []
    return f"@{kind}{{key,\n" + ",\n".join(given) + "\n}\n"


def check(paper: Paper, want: dict[str, Any]) -> None:
    assert {name: paper.facet(name) for name in want} == want


# --- Names -----------------------------------------------------------------------------------------------------------
# The author field; the authors as given|particle|family|suffix; whether something is told at its line.

NAMES = [
    pytest.param("van der Berg, Jan", ["Jan|van der|Berg|"], "", id="particle-first"),
    pytest.param("Jan van der Berg", ["Jan|van der|Berg|"], "", id="particle-in-speaking-order"),
    pytest.param("{\\'E}tienne de la Tour", ["Étienne|de la|Tour|"], "", id="particle-after-an-accent"),
    pytest.param("d'Alembert, Jean and {O'Neil}, Pat", ["Jean||d'Alembert|", "Pat||O'Neil|"], "", id="apostrophe"),
    pytest.param("Martin Luther King Jr.", ["Martin Luther||King|Jr."], "", id="junior-spoken"),
    pytest.param("Martin Luther King, Jr.", ["Martin Luther||King|Jr."], "", id="junior-after-a-comma"),
    pytest.param("King, Jr., M.", ["M.||King|Jr."], "", id="junior-in-the-middle"),
    pytest.param("King Jr., Martin Luther", ["Martin Luther||King|Jr."], "", id="junior-beside-the-family"),
    pytest.param("Kemp III, Tom", ["Tom||Kemp|III"], "", id="the-third-beside-the-family"),
    pytest.param("{{OpenAI}}", ["||OpenAI|"], "", id="group-in-two-braces"),
    pytest.param("{OpenAI}", ["||OpenAI|"], "", id="group-in-one-brace"),
    pytest.param("{Gemini Team} and Long, Ada", ["||Gemini Team|", "Ada||Long|"], "", id="group-of-two-words"),
    pytest.param("{Johnson & Johnson}", ["||Johnson & Johnson|"], "", id="ampersand-in-a-group"),
    pytest.param("{Lab A; Lab B} and Long, Ada", ["||Lab A; Lab B|", "Ada||Long|"], "", id="semicolon-in-a-group"),
    pytest.param("{Meta and Friends} and Long, Ada", ["||Meta and Friends|", "Ada||Long|"], "", id="and-in-a-group"),
    pytest.param("Lin, Wei; Long, Ada", ["Wei||Lin|", "Ada||Long|"], "told", id="semicolons"),
    pytest.param("Wei Lin & Ada Long", ["Wei||Lin|", "Ada||Long|"], "told", id="ampersand"),
    pytest.param(r"Wei Lin \& Ada Long", ["Wei||Lin|", "Ada||Long|"], "told", id="escaped-ampersand"),
    pytest.param("Lin, Wei and and Long, Ada", ["Wei||Lin|", "Ada||Long|"], "told", id="and-and"),
    pytest.param(r"Erd{\H{o}}s, Pal; Lin, Wei", ["Pal||Erdős|", "Wei||Lin|"], "told", id="semicolon-beside-an-accent"),
    pytest.param(r"Pal Erd{\H{o}}s & Wei Lin", ["Pal||Erdős|", "Wei||Lin|"], "told", id="ampersand-beside-an-accent"),
    pytest.param(
        "Wei Lin, Ada Long and Bob Ross", ["Wei||Lin|", "Ada||Long|", "Bob||Ross|"], "told", id="commas-and-a-last-and"
    ),
    pytest.param(
        "Wei Lin, Ada Long, and Bob Ross", ["Wei||Lin|", "Ada||Long|", "Bob||Ross|"], "told", id="comma-before-and"
    ),
    pytest.param(
        "Wei Lin, Ada Long, Bob Ross and Tom Kemp",
        ["Wei||Lin|", "Ada||Long|", "Bob||Ross|", "Tom||Kemp|"],
        "told",
        id="three-commas-and-a-last-and",
    ),
    pytest.param(
        "W. Lin, A. Long, B. Ross", ["W.||Lin|", "A.||Long|", "B.||Ross|"], "told", id="initials-with-commas"
    ),
    pytest.param(
        "Lin W, Long A, Ross B", ["W||Lin|", "A||Long|", "B||Ross|"], ANYTHING, id="vancouver-style-with-commas"
    ),
    pytest.param("García Márquez, Gabriel José and Lin, Wei", ["Gabriel José||García Márquez|", "Wei||Lin|"], "",
                 id="two-family-names-are-no-list"),
    pytest.param("RÃ¼hle, Tim", ["Tim||Rühle|"], "told", id="mojibake-in-a-family-name"),
    pytest.param("Lin, BÃ¶rje", ["Börje||Lin|"], "told", id="mojibake-in-a-given-name"),
    pytest.param("JOÃO, Ana and SÃ, Rui", ["Ana||JOÃO|", "Rui||SÃ|"], "", id="a-real-a-tilde-is-no-mojibake"),
    pytest.param("M&uuml;ller, Karl and O&#39;Brien, Pat", ["Karl||Müller|", "Pat||O'Brien|"], ANYTHING,
                 id="html-entities"),
    pytest.param("Hyndman, Rob?J", ["Rob?J||Hyndman|"], "told", id="a-lost-character"),
    pytest.param("{Bashima Islam} and Long, Ada", ["||Bashima Islam|", "Ada||Long|"], ANYTHING, id="all-in-braces"),
    pytest.param(r"\textbf{M. Yaghini} and Long, Ada", ["M.||Yaghini|", "Ada||Long|"], ANYTHING, id="bold-name"),
    pytest.param(r"\textbf{Yaghini, M.} and Long, Ada", ["M.||Yaghini|", "Ada||Long|"], ANYTHING, id="bold-with-comma"),
    pytest.param(r"\underline{Wei Lin} and Long, Ada", ["Wei||Lin|", "Ada||Long|"], ANYTHING, id="underlined-name"),
    pytest.param(r"{\bf Wei Lin} and Long, Ada", ["Wei||Lin|", "Ada||Long|"], ANYTHING, id="old-bold-name"),
    pytest.param(r"\textbf{Lin}, \textbf{Wei}", ["Wei||Lin|"], ANYTHING, id="bold-parts"),
    pytest.param(r"\href{https://x.org}{Ada Long} and Lin, Wei", ["Ada||Long|", "Wei||Lin|"], ANYTHING, id="linked"),
    pytest.param("Lin$^*, Wei and Long, Ada", ["Wei||Lin|", "Ada||Long|"], "told", id="dollar-never-closed"),
    pytest.param("Lin$^{*}, Wei and Long$^{*}$, Ada", ["Wei||Lin|", "Ada||Long|"], "told", id="one-dollar-of-two"),
    pytest.param("Lin^{*}$, Wei and Long, Ada", ["Wei||Lin|", "Ada||Long|"], "told", id="dollar-never-opened"),
    pytest.param("Wei Lin 0001 and Ada Long", ["Wei||Lin|", "Ada||Long|"], ANYTHING, id="dblp-number"),
    pytest.param("Lin, Wei 0012 and Long, Ada", ["Wei||Lin|", "Ada||Long|"], ANYTHING, id="dblp-number-given"),
    pytest.param("Wei Lin{\\,}0001 and Ada Long", ["Wei||Lin|", "Ada||Long|"], ANYTHING, id="dblp-number-thin-space"),
    pytest.param("Smith, John, PhD, MD and Long, Ada", ["John||Smith|PhD, MD", "Ada||Long|"], ANYTHING, id="degrees"),
    pytest.param(r"Ho{\v{r}}ava, Petr and \v Cech, Jan", ["Petr||Hořava|", "Jan||Čech|"], "", id="haceks"),
    pytest.param(r"C{\^o}t{\'e}, J\'er\^ome and Beno\^{\i}t, Lo\"{\i}c", ["Jérôme||Côté|", "Loïc||Benoît|"], "",
                 id="circumflex-is-no-mark"),
    pytest.param(r"{\L}uczak, Jan and \L ukasz, Ewa", ["Jan||Łuczak|", "Ewa||Łukasz|"], "", id="stroked-l"),
    pytest.param(r"Garc{\'{\i}}a, Jos{\'e} and Mart\'{\i}n, Lu\'is",
                 ["José||García|", "Luís||Martín|"], "", id="acute-i"),
    pytest.param(r"Nguy{\~{\^e}}n, An and Tr{\`{\^a}}n, Minh", ["An||Nguyễn|", "Minh||Trần|"], "", id="two-accents"),
    pytest.param(r"{\DJ}or{\dj}e, Ana and I{\c{s}}{\i}k, Can", ["Ana||Đorđe|", "Can||Işık|"], "", id="dj-and-turkish"),
    pytest.param(r"{\AA}ngstr{\"o}m, Per and Stra{\ss}e, Jo", ["Per||Ångström|", "Jo||Straße|"], "", id="ring-and-ss"),
    pytest.param("Li, X.~Y. and M.~J. Ross", ["X. Y.||Li|", "M. J.||Ross|"], "", id="tilde-between-initials"),
    pytest.param("Lin,Wei and Long,Ada", ["Wei||Lin|", "Ada||Long|"], "", id="no-space-after-comma"),
    pytest.param("Lin, Wei and\n  Long,\n  Ada", ["Wei||Lin|", "Ada||Long|"], "", id="broken-over-lines"),
    pytest.param("Jean-Luc Ko{\\-}walski", ["Jean-Luc||Kowalski|"], "", id="soft-hyphen"),
    pytest.param("Иванов, Пётр and Παπάς, Νίκος", ["Пётр||Иванов|", "Νίκος||Παπάς|"], "", id="other-scripts"),
    pytest.param("王小明 and 林薇", ["||王小明|", "||林薇|"], "", id="chinese-alone"),
]  # fmt: skip


@pytest.mark.parametrize(("author", "authors", "told"), NAMES)
def test_a_name_is_split_as_its_bearer_would(tmp_path: Path, author: str, authors: list[str], told: str) -> None:
    papers, problems = read_mess(tmp_path, entry(f"author = {{{author}}}"), TYPED_MARKS)
    got = [" ".join(name.split()) for name in papers["key"].facet("authors")]
    assert got == authors
    if told != ANYTHING:
        assert_told([p for p in problems if "marked 'equal'" not in p.message], *([2] if told else []))


@pytest.mark.parametrize(
    "author", ["Wei Lin, Ada Long and Bob Ross, Tom Kemp", "Ada Long, Wei Lin and Tom Kemp, Bob Ross"]
)
def test_pairs_of_whole_names_are_doubtful_and_told(tmp_path: Path, author: str) -> None:
    _, problems = read_mess(tmp_path, entry(f"author = {{{author}}}"))
    assert_told(problems, 2)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        pytest.param("Lin, Wei and others", ["Wei Lin"], id="and-others"),
        pytest.param("Lin, Wei and et al.", ["Wei Lin"], id="and-et-al"),
        pytest.param("Lin, Wei and Long, Ada et al.", ["Wei Lin", "Ada Long"], id="et-al-without-and"),
        pytest.param("Lin, Wei, et al.", ["Wei Lin"], id="et-al-after-a-comma"),
        pytest.param("Lin, Wei and 5 others", ["Wei Lin"], id="and-five-others"),
        pytest.param("Lin, Wei and ...", ["Wei Lin"], id="and-dots"),
    ],
)
def test_nobody_is_called_others(tmp_path: Path, author: str, names: list[str]) -> None:
    papers, _ = read_mess(tmp_path, entry(f"author = {{{author}}}"))
    check(papers["key"], {"names": names, "truncated": True, "roles": "first"})


@pytest.mark.parametrize(
    ("author", "basics", "owner", "printed"),
    [
        pytest.param("Xiaoming Wang 王小明", NATIVE, 1, "Xiaoming Wang 王小明", id="both-scripts"),
        pytest.param("Wang, Xiaoming (王小明)", NATIVE, 1, "Xiaoming Wang (王小明)", id="native-in-brackets"),
        pytest.param("Xiaoming Wang (王小明)", NATIVE, 1, "Xiaoming Wang (王小明)", id="native-in-brackets-spoken"),
        pytest.param("王小明 (Xiaoming Wang)", NATIVE, 1, "王小明 (Xiaoming Wang)", id="latin-in-brackets"),
        pytest.param("Xiaoming Wang 王小明", "name: Xiaoming Wang", 1, "Xiaoming Wang 王小明",
                     id="no-native-name-known"),
        pytest.param("王小明", NATIVE, 1, "王小明", id="native-alone"),
        pytest.param("王 小明", NATIVE, 1, "王 小明", id="native-with-a-space"),
        pytest.param("王, 小明", NATIVE, 1, "王小明", id="native-with-a-comma"),
        pytest.param("{Bashima Islam}", "name: Bashima Islam", 1, "Bashima Islam", id="all-last-name"),
        pytest.param("Bashima, Islam", "name: Bashima Islam", 1, "Islam Bashima", id="reversed-with-comma"),
        pytest.param("Lin Wei 0001", "", 1, "Lin Wei", id="dblp-number"),
        pytest.param(r"\textbf{Lin, Wei}", "", 1, "Wei Lin", id="bold"),
        pytest.param("RÃ¼hle, Tim", "name: Tim Rühle", 1, "Tim Rühle", id="mojibake"),
        pytest.param("Ru\u0308hle, Tim", "name: Tim Rühle", 1, "Tim Rühle",
                     id="decomposed"),
        pytest.param("Lin*, Wei", "", 1, "Wei Lin", id="with-a-mark"),
        pytest.param("Wang, Xiaomin 王小敏", NATIVE, None, "Xiaomin 王小敏 Wang", id="another-in-two-scripts"),
    ],
)  # fmt: skip
def test_the_owner_is_known_in_every_dress(
    tmp_path: Path, author: str, basics: str, owner: int | None, printed: str
) -> None:
    papers, _ = read_mess(tmp_path, entry(f"author = {{{author} and Long, Ada}}"), TYPED_MARKS, basics)
    paper = papers["key"]
    assert paper.facet("owner") == owner
    if owner:
        assert paper.facet("names") == [printed, "Ada Long"]


@pytest.mark.parametrize(
    "value", ["me", "{Long, Ada and } # me", 'long # " and " # me', '"Long, Ada and " # ME # " and others"']
)
def test_the_owner_may_be_a_macro(tmp_path: Path, value: str) -> None:
    bib = '@string{me = "Lin, Wei"}\n@string{long = {Long, Ada}}\n' + entry(f"author = {value}")
    papers, problems = read_mess(tmp_path, bib)
    assert papers["key"].facet("owner") == (1 if value == "me" else 2)
    assert not problems


# --- One field at a time ---------------------------------------------------------------------------------------------
# The fields, each on its line from line 2; what is read; the lines told of.

FIELDS = [
    # Text
    pytest.param([r"title = {\'{E}tude of \.Istanbul, \k{e} and \d{a}}"], {"title": "Étude of İstanbul, ę and ạ"}, (),
                 id="accents-with-and-without-braces"),
    pytest.param(["title = {{Whole {T}itle}}"], {"title": "Whole Title"}, (), id="case-braces-around-all"),
    pytest.param(['title = "{Whole {T}itle}"'], {"title": "Whole Title"}, (), id="case-braces-in-quotes"),
    pytest.param(['title = {The "best" of \'all\'}'], {"title": "The \"best\" of 'all'"}, (), id="straight-quotes"),
    pytest.param(["title = {`a' and ``b''}"], {"title": "‘a’ and “b”"}, (), id="tex-quotes"),
    pytest.param([r"title = {A \checkmark{} and \copyright{} B}"], {"title": "A ✓ and © B"}, (), id="checkmark"),
    pytest.param([r"title = {\mbox{GPT-4} \& \hbox{co}}"], {"title": "GPT-4 & co"}, (), id="boxes"),
    pytest.param([r"title = {C\# and \~{}30 and \^{}x}"], {"title": "C# and ~30 and ^x"}, (), id="accents-on-nothing"),
    pytest.param([r"title = {a\_b \{c\} \$5}"], {"title": "a_b {c} $5"}, (), id="escaped-braces"),
    pytest.param(["title = {A~B: 5~\\%}"], {"title": "A B: 5 %"}, (), id="tilde-is-a-space"),
    pytest.param([r"title = {At $50\%$ of CO$_2$ and H\textsubscript{2}O}"], {"title": "At 50% of CO2 and H2O"}, (),
                 id="formulas-and-subscripts"),
    pytest.param([r"title = {The 5$^{th}$ and 6\textsuperscript{th} \ensuremath{\alpha}-test}"],
                 {"title": "The 5th and 6th α-test"}, (), id="ordinals-and-ensuremath"),
    pytest.param([r"title = {Half-$\ell_1$ \ldots{} or \dots}"], {"title": "Half-ℓ1 … or …"}, (), id="dots"),
    pytest.param([r"title = {$k$-means}"], {"title": "k-means"}, (), id="formula-first"),
    pytest.param([r"title = {$\unknowncommand{x}$ of it}"], {}, (2,), id="unknown-command-in-a-formula"),
    pytest.param(["title = {Unclosed $x_1 of it}"], {"title": "Unclosed x_1 of it"}, (2,), id="lone-dollar"),
    pytest.param(["title = {It cost $5 and $10}"], {"title": "It cost $5 and $10"}, ANYTHING, id="two-prices"),
    pytest.param([r"title = {\url{https://x.org/a%20b_c}}"], {"title": "https://x.org/a%20b_c"}, (), id="url-in-title"),
    pytest.param([r"title = {See \href{https://x.org/a%20b}{here} & there}"], {"title": "See here & there"}, (),
                 id="href"),
    pytest.param(["title = {MÃ¼ller â€“ the â€œbestâ€\x9d}"], {"title": "Müller – the “best”"}, (2,), id="mojibake"),
    pytest.param(["title = {R&amp;D &lt;b&gt; &#8211; &quot;x&quot; &nbsp;y}"], {"title": 'R&D <b> – "x" y'}, (),
                 id="html-entities"),
    pytest.param(["title = {<i>Drosophila</i> and H<sub>2</sub>O}"], {"title": "Drosophila and H2O"}, ANYTHING,
                 id="html-tags-of-publishers"),
    pytest.param(["booktitle = {[A+] Scheduling}"], {"venue": "[A+] Scheduling"}, (), id="brackets-in-a-venue"),
    pytest.param(["journal = {Science & Eng. 100% of a_b #1}"], {"venue": "Science & Eng. 100% of a_b #1"}, (),
                 id="raw-specials-in-a-venue"),
    pytest.param([r"note = {See \url{https://x.org/a%20b} # 1}"], {"note": "See https://x.org/a%20b # 1"}, (),
                 id="raw-specials-in-a-note"),
    pytest.param([r"howpublished = {\url{https://x.org/a%20b_c}}"], {"links": {"link": "https://x.org/a%20b_c"}}, (),
                 id="link-in-howpublished"),
    pytest.param(["title = {" + "{" * 3000 + r"\oe uvre" + "}" * 3000 + "}"], {"title": "œuvre"}, ANYTHING,
                 id="nested-deeply"),
    pytest.param(["title = {" + "{" * 3000 + r"$x$ of it" + "}" * 3000 + "}"], {}, ANYTHING,
                 id="nested-deeply-with-a-formula"),
    # Dates
    pytest.param(['month = 1 # "~" # jan'], {"month": 1, "day": 1}, (), id="day-joined-to-a-month"),
    pytest.param(['month = jan # "~1--3"'], {"month": 1}, (), id="month-and-days"),
    pytest.param(['month = may # "/" # jun'], {"month": 5, "day": None}, (), id="months-joined"),
    pytest.param([r'month = jul # "\slash " # aug'], {"month": 7, "day": None}, (), id="months-joined-with-slash"),
    pytest.param(["month = {Sept.}"], {"month": 9}, (), id="sept-with-dot"),
    pytest.param(["month = {Nov.-Dec.}"], {"month": 11, "day": None}, (), id="months-with-hyphen"),
    pytest.param(["month = {3 December}"], {"month": 12, "day": 3}, (), id="day-before-the-month"),
    pytest.param(["month = {05}"], {"month": 5}, (), id="number-with-a-zero"),
    pytest.param(["month = sept"], {"month": 9}, (), id="sept-as-a-macro"),
    pytest.param(["month = {Mai}"], {"year": 2024, "month": None}, (2,), id="month-in-another-language"),
    pytest.param(["month = {Summer}"], {"year": 2024, "month": None}, ANYTHING, id="season"),
    pytest.param(["year = {c. 1988}"], {"year": 1988}, (2,), id="circa"),
    pytest.param(["year = {2024a}"], {"year": 2024}, (), id="year-with-a-letter"),
    pytest.param(["year = {(2024)}"], {"year": 2024}, ANYTHING, id="year-in-brackets"),
    pytest.param(["year = {2024,}"], {"year": 2024}, ANYTHING, id="year-with-a-comma"),
    pytest.param(["year = {2023--2024}"], {"year": 2023}, ANYTHING, id="range-of-years"),
    pytest.param(["date = {2024-05-03T10:00:00Z}"], {"year": 2024, "month": 5, "day": 3}, (), id="date-with-a-time"),
    pytest.param(["date = {2024-21}"], {"year": 2024}, ANYTHING, id="edtf-season"),
    pytest.param(["date = {2004~}"], {"year": 2004}, ANYTHING, id="edtf-circa"),
    pytest.param(["date = {199X}"], {}, (2,), id="edtf-decade"),
    # Identifiers and links
    pytest.param([r"doi = {10.1/a{\_}b}"], {"links": {"doi": "https://doi.org/10.1/a_b"}}, (), id="doi-braced-sign"),
    pytest.param(["doi = {https://doi.org/10.1/AbC}", "url = {http://dx.doi.org/10.1/abc}"],
                 {"links": {"doi": "https://doi.org/10.1/AbC"}}, (), id="doi-and-address-are-one-link"),
    pytest.param(["doi = {https://www.doi.org/10.1/abc}"], {"links": {"doi": "https://doi.org/10.1/abc"}}, (),
                 id="doi-at-www"),
    pytest.param(["doi = {doi.org/10.1/abc}"], {"links": {"doi": "https://doi.org/10.1/abc"}}, (),
                 id="doi-without-scheme"),
    pytest.param(["url = {https://doi.org/10.1/abc}"], {"links": {"doi": "https://doi.org/10.1/abc"}}, ANYTHING,
                 id="a-doi-in-the-address-is-a-doi"),
    pytest.param(["doi = {n/a}"], {"links": {}}, (2,), id="no-doi"),
    pytest.param(["doi = {10.1/abc, 10.1/def}"], {}, (), id="two-dois"),
    pytest.param(["url = {https://x.org/?a=1&amp;b=2}"], {"links": {"link": "https://x.org/?a=1&b=2"}}, (),
                 id="entity-in-an-address"),
    pytest.param([r"url = {https://x.org/\%7Ea/{\textasciitilde}b}"], {"links": {"link": "https://x.org/%7Ea/~b"}}, (),
                 id="tilde-by-command-in-an-address"),
    pytest.param([r"url = {https://x.org/$\sim$a}"], {"links": {"link": "https://x.org/~a"}}, ANYTHING,
                 id="tilde-by-formula-in-an-address"),
    pytest.param(["url = {www.x.org/a}"], {"links": {"link": "https://www.x.org/a"}}, (), id="address-without-scheme"),
    pytest.param(["url = {https://x.org/a https://x.org/b}"], {}, (), id="two-addresses"),
    # arXiv
    pytest.param(["journal = {CoRR}", "volume = {abs/2301.00001}"],
                 {"arxiv": "2301.00001", "status": "preprint", "details": "", "venue": "arXiv:2301.00001"}, (),
                 id="arxiv-dblp"),
    pytest.param(["journal = {ArXiv}", "volume = {abs/2301.00001}"],
                 {"arxiv": "2301.00001", "status": "preprint", "details": ""}, (), id="arxiv-semantic-scholar"),
    pytest.param(["journal = {arXiv:2301.00001 [cs]}"],
                 {"arxiv": "2301.00001", "status": "preprint"}, (), id="arxiv-zotero"),
    pytest.param(["eprint = {arXiv:2301.00001}"], {"arxiv": "2301.00001", "status": "preprint"}, (),
                 id="arxiv-prefix-in-eprint"),
    pytest.param(["eprint = {https://arxiv.org/abs/2301.00001}"], {"arxiv": "2301.00001"}, (),
                 id="arxiv-address-in-eprint"),
    pytest.param(["eprint = {math.GT/0309136}", "archiveprefix = {arXiv}"], {"arxiv": "math.GT/0309136"}, (),
                 id="arxiv-old-with-subject"),
    pytest.param(["number = {arXiv:2301.00001}", "publisher = {arXiv}"],
                 {"arxiv": "2301.00001", "status": "preprint", "details": ""}, (), id="arxiv-in-number"),
    pytest.param(["doi = {10.48550/arXiv.2301.00001}"], {"arxiv": "2301.00001", "status": "preprint"}, (),
                 id="arxiv-doi"),
    pytest.param(["note = {arXiv:2301.00001 [cs, stat]}"], {"arxiv": "2301.00001"}, (), id="arxiv-in-note"),
    pytest.param(["journal = {arXiv e-prints}", "eid = {arXiv:2301.00001}", "pages = {arXiv:2301.00001}"],
                 {"arxiv": "2301.00001", "status": "preprint", "details": ""}, (), id="arxiv-ads"),
    pytest.param(["eprint = {2301.00001}", "journal = {J. of X}"],
                 {"arxiv": "2301.00001", "status": "published", "venue": "J. of X"}, (), id="arxiv-beside-a-journal"),
    # Pages
    pytest.param(["pages = {1-1}"], {"details": "1"}, ANYTHING, id="pages-one-to-one"),
    pytest.param(["pages = {7--7}"], {"details": "7"}, ANYTHING, id="pages-seven-to-seven"),
    pytest.param(["pages = {123-127}"], {"details": "123–127"}, (), id="pages-with-a-hyphen"),
    pytest.param(["pages = {12:1--12:20}"], {"details": "12:1–12:20"}, (), id="pages-of-an-acm-article"),
    pytest.param(["pages = {1–10}"], {"details": "1–10"}, (), id="pages-with-a-dash"),
    pytest.param(["pages = {1---10}"], {"details": "1–10"}, (), id="pages-with-three-hyphens"),
    pytest.param([r"pages = {1\textendash10}"], {"details": "1–10"}, (), id="pages-with-a-command"),
    pytest.param(["volume = {12}", "number = {}", "pages = {}"], {"details": "12"}, (), id="empty-fields"),
    pytest.param(["volume = {abs/2301.00001}", "number = {3}"], {}, ANYTHING, id="number-beside-abs"),
    # Fields of al-folio
    pytest.param(["award = {Given to one of 900 papers}", "award_name = {Best Paper}"], {"award": "Best Paper"}, (),
                 id="alfolio-award-name"),
    pytest.param(["annotation = {* equal contribution<br>† corresponding author}"], {"roles": "first sole"}, (),
                 id="alfolio-annotation-gives-no-role"),
    pytest.param(["abbr = {PhysRev}", "selected = {true}", "bibtex_show = {true}", "preview = {a.gif}"],
                 {"short": "PhysRev", "selected": True}, (), id="alfolio-show"),
    pytest.param(["additional_info = {. *More* can be [found](https://x.org)}", "google_scholar_id = {q:_x}"],
                 {"links": {}, "note": ""}, (), id="alfolio-additional-info"),
    pytest.param(["code = {https://github.com/x/y}", "html = {https://x.org/p}", "arxiv = {2301.00001}"],
                 {"links": {"code": "https://github.com/x/y", "link": "https://x.org/p",
                            "arxiv": "https://arxiv.org/abs/2301.00001"}}, (), id="alfolio-links"),
    pytest.param(["pdf = {lin2024.pdf}", "supp = {supp.pdf}"], {"links": {}}, (2, 3), id="alfolio-file-in-the-site"),
    pytest.param(["award = {}", "note = {  }"], {"award": "", "note": ""}, (), id="empty-award"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "want", "told"), FIELDS)
def test_a_field_is_read_right_or_told(
    tmp_path: Path, fields: list[str], want: dict[str, Any], told: tuple[int, ...] | str
) -> None:
    papers, problems = read_mess(tmp_path, entry(*fields))
    check(papers["key"], want)
    if isinstance(told, tuple):
        assert_told(problems, *told)


def test_no_year_is_told_at_the_entry_and_the_paper_kept(tmp_path: Path) -> None:
    papers, problems = read_mess(tmp_path, "\n@article{key, title = {T}, author = {Lin, Wei}, month = may}\n")
    check(papers["key"], {"title": "T", "year": None})
    assert_told(problems, 2)


# --- Roles -----------------------------------------------------------------------------------------------------------

ROLES = [
    pytest.param(["author+an = {1=present 4=corresponding}"], ["", "", "", "corresponding"], (3,),
                 id="semicolon-missing-and-a-foreign-word"),
    pytest.param(["author+an = {1=equal,; 2=equal}"], ["equal", "equal", "", ""], (), id="comma-at-the-end"),
    pytest.param(["author+an = {1=equal\n; 2=equal\n}"], ["equal", "equal", "", ""], (), id="over-lines"),
    pytest.param(['author+an = "1=equal; 2=equal"'], ["equal", "equal", "", ""], (), id="in-quotes"),
    pytest.param(["author+an:default = {1=equal; 2=equal}"], ["equal", "equal", "", ""], (), id="default-name"),
    pytest.param(["author+an:given = {1:given=corresponding}"], ["", "", "", ""], (), id="another-tools-name"),
    pytest.param(["author+an = {1:given=corresponding}"], ["corresponding", "", "", ""], (), id="part"),
    pytest.param(['author+an:affiliation = {1="MIT; Cambridge, MA"; 2="ETH = Zurich"}'], ["", "", "", ""], (),
                 id="literal-with-separators"),
    pytest.param(['author+an:affiliation = {="MIT"}'], ["", "", "", ""], (), id="another-tools-whole-list"),
    pytest.param(['author+an:affiliation = {9="MIT"}'], ["", "", "", ""], ANYTHING, id="another-tools-index-beyond"),
    pytest.param(['author+an:orcid = {1="0000-0002-1825-0097"; 2="https://orcid.org/0000-0001-0000-0009"}'],
                 ["", "", "", ""], (), id="orcids"),
    pytest.param(["author+an = {=equal}"], ["", "", "", ""], (3,), id="the-whole-list"),
    pytest.param(["title+an = {=highlight}", "editor+an = {1=x}", "date+an = {=approx}"], ["", "", "", ""], (),
                 id="annotations-of-other-fields"),
    pytest.param(["author+an = {1=equal}", "author+an = {2=equal}"], ["equal", "equal", "", ""], ANYTHING,
                 id="the-field-twice"),
    pytest.param(["author+an = {1=Equal Contribution; 2=equal contribution}"], ["equal", "equal", "", ""], (),
                 id="equal-contribution-in-words"),
    pytest.param(["author+an = {1=*; 2=*}"], ["", "", "", ""], (3,), id="a-mark-for-a-word"),
    pytest.param(["author+an = {first=lead}"], ["", "", "", ""], (3,), id="a-word-for-an-index"),
    pytest.param(["author+an = {2-3=equal}"], ["", "", "", ""], (3,), id="a-range-for-an-index"),
    pytest.param(["author+an = {}"], ["", "", "", ""], (), id="empty"),
    pytest.param(["author_position = {first}", "is_corresponding = {true}"], ["", "", "", ""], (), id="openalex"),
    pytest.param(["author+an = {1=equal-contrib; 2=equal-contrib; 4=corresp}"],
                 ["equal", "equal", "", "corresponding"], (), id="jats"),
    pytest.param(["annote = {* equal contribution}", "comment = {corresponding: Lin}"], ["", "", "", ""], (),
                 id="a-comment-gives-no-role"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "marks", "told"), ROLES)
def test_annotations_as_found_in_files(
    tmp_path: Path, fields: list[str], marks: list[str], told: tuple[int, ...] | str
) -> None:
    authors = "author = {Long, Ada and Lin, Wei and Ross, Bob and Kemp, Tom}"
    papers, problems = read_mess(tmp_path, entry(authors, *fields))
    check(papers["key"], {"marks": marks, "names": ["Ada Long", "Wei Lin", "Bob Ross", "Tom Kemp"]})
    if isinstance(told, tuple):
        assert_told([problem for problem in problems if "marked 'equal'" not in problem.message], *told)


CREDIT_TAXONOMY = (
    "Conceptualization", "Data curation", "Formal analysis", "Funding acquisition", "Investigation", "Methodology",
    "Project administration", "Resources", "Software", "Supervision", "Validation", "Visualization",
    "Writing – original draft", "Writing – review & editing",
)  # fmt: skip


@pytest.mark.parametrize("word", CREDIT_TAXONOMY)
@pytest.mark.parametrize("field", ["author+an = {{2={}}}", "role = {{{}}}"])
def test_a_word_of_credit_is_no_role_here_and_told(tmp_path: Path, field: str, word: str) -> None:
    papers, problems = read_mess(tmp_path, entry("author = {Long, Ada and Lin, Wei}", field.format(word)))
    check(papers["key"], {"marks": ["", ""], "roles": "senior"})
    assert_told(problems, 3)


def test_roles_of_the_entry_are_the_owners(tmp_path: Path) -> None:
    fields = "role = {Project Leader; Corresponding Author; Co-First Author}"
    authors = "author = {Long, Ada and Lin, Wei and Ross, Bob}"
    papers, _ = read_mess(tmp_path, entry(authors, "author+an = {1=equal}", fields))
    assert papers["key"].facet("roles") == "co_first corresponding lead"


@pytest.mark.parametrize(
    ("author", "marks"),
    [
        pytest.param("Einstein*†, A. and Lin, Wei", ["corresponding equal", ""], id="two-before-the-comma"),
        pytest.param("Leas, *Jane and Lin, *Wei", ["equal", "equal"], id="before-the-given-name"),
        pytest.param(r"Leas, Jane\textsuperscript{*} and Lin, Wei\textsuperscript{*,†}",
                     ["equal", "corresponding equal"], id="textsuperscript"),
        pytest.param(r"Leas, Jane$^{\ast}$ and Lin, Wei$^\ast$$^\dagger$", ["equal", "corresponding equal"], id="ast"),
        pytest.param(r"{Leas}$^{*}$, Jane and Wei Lin$^*$", ["equal", "equal"], id="after-braces"),
        pytest.param(r"Leas\*, Jane and Lin\textasteriskcentered, Wei", ["equal", "equal"], id="by-command"),
    ],
)  # fmt: skip
def test_marks_in_names_are_read_and_the_names_clean(tmp_path: Path, author: str, marks: list[str]) -> None:
    papers, problems = read_mess(tmp_path, entry(f"author = {{{author}}}"), TYPED_MARKS)
    check(papers["key"], {"marks": marks, "owner": 2})
    assert not any(sign in name for name in papers["key"].facet("names") for sign in "*†$^{}\\")
    assert not [problem for problem in problems if "marked 'equal'" not in problem.message]


# --- Blocks ----------------------------------------------------------------------------------------------------------

GOOD = "@article{good, title = {Good}, author = {Lin, Wei}, year = 2020}\n"


@pytest.mark.parametrize(
    ("lost", "line"),
    [
        pytest.param("% @article{old, title = {Old}, author = {Lin, Wei}, year = 1999}\n", 2, id="one-line"),
        pytest.param(
            "% @article{old,\n%  title = {Old},\n%  author = {Lin, Wei},\n%  year = 1999,\n% }\n", 2, id="lines"
        ),
        pytest.param("%@article{old,\n%title = {Old},\n%author = {Lin, Wei},\n%year = 1999\n%}\n", 2, id="no-spaces"),
    ],
)
def test_an_entry_commented_out_by_percent_is_told(tmp_path: Path, lost: str, line: int) -> None:
    papers, problems = read_mess(tmp_path, GOOD + lost + GOOD.replace("good", "next"))
    assert {"good", "next"} <= papers.keys()
    assert all("%" not in paper.facet("title") for paper in papers.values())
    assert problems, "people mean it to be gone, BibTeX does not: say which"
    assert min(number for number in lines(problems) if number) == line
    assert all(problem.hint for problem in problems)


def test_a_field_commented_out_by_percent_loses_nothing_in_silence(tmp_path: Path) -> None:
    bib = "@article{key,\n  title = {T},\n  % note = {Draft},\n  author = {Lin, Wei},\n  year = 2020\n}\n" + GOOD
    papers, problems = read_mess(tmp_path, bib)
    assert "good" in papers
    if "key" not in papers:
        assert lines(problems) & {1, 2, 3}
    else:
        check(papers["key"], {"title": "T", "names": ["Wei Lin"], "year": 2020, "note": ""})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("@article{a{b}, title = {T}, author = {Lin, Wei}, year = 2020}\n", "a{b", id="brace-in-the-key"),
        pytest.param("@article{a b, title = {T}, author = {Lin, Wei}, year = 2020}\n", "a b", id="space-in-the-key"),
    ],
)
def test_an_odd_key_is_read_or_told(tmp_path: Path, text: str, words: str) -> None:
    papers, problems = read_mess(tmp_path, GOOD + text)
    assert len(papers) == 2 or lines(problems) == {line_of(GOOD + text, words)}


def test_keys_that_differ_in_case_are_two_papers(tmp_path: Path) -> None:
    bib = GOOD.replace("good", "K") + GOOD.replace("good", "k").replace("Good", "Other")
    papers, problems = read_mess(tmp_path, bib)
    assert [paper.facet("title") for paper in papers.values()] == ["Good", "Other"]
    assert lines(problems) <= {2}


def test_a_preprint_beside_its_published_twin_is_told(tmp_path: Path) -> None:
    authors = "author = {Lin, Wei and Long, Ada}, year = 2024"
    bib = f"@misc{{pre, title = {{{{Deep}} Water: On {{CV}}s}}, {authors}, eprint = {{2301.00001}}}}\n"
    bib += f"@inproceedings{{pub, title = {{Deep water: on CVs}}, {authors}, booktitle = {{Proc. X}}}}\n"
    papers, problems = read_mess(tmp_path, bib)
    assert [paper.facet("status") for paper in papers.values()] == ["published"], "shown once"
    assert len(problems) == 1
    assert lines(problems) <= {1, 2}
    assert "pre" in problems[0].message
    assert "pub" in problems[0].message
    assert problems[0].hint


def test_two_parts_of_one_title_are_no_twins(tmp_path: Path) -> None:
    both = "author = {Lin, Wei}, journal = {J}"
    bib = f"@article{{a, title = {{Water I}}, {both}, year = 2020}}\n"
    bib += f"@article{{b, title = {{Water II}}, {both}, year = 2021}}\n"
    assert not read_mess(tmp_path, bib)[1]


# --- Whole files -----------------------------------------------------------------------------------------------------


def test_a_file_of_mojibake_is_mended_and_told(tmp_path: Path) -> None:
    bib = "@article{a, title = {Größe – “x”}, author = {Rühle, Tim and Lin, Wei}, year = 2020}\n"
    bib += "@article{b, title = {É王}, author = {Börje, Åsa}, journal = {Revue d’été}, year = 2020}\n"
    broken = bib.encode().decode("latin-1").encode("utf-8")
    papers, problems = read_mess(tmp_path, broken)
    check(papers["a"], {"title": "Größe – “x”", "names": ["Tim Rühle", "Wei Lin"]})
    check(papers["b"], {"title": "É王", "names": ["Åsa Börje"], "venue": "Revue d’été"})
    assert problems
    assert not [problem for problem in problems if problem.is_error]
    assert all(problem.hint for problem in problems)
    assert str(problems[0].location).startswith(str(tmp_path / "papers.bib"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "gb18030", "big5", "shift-jis"])
def test_a_file_of_another_encoding_is_read_right_or_told_at_its_byte(tmp_path: Path, encoding: str) -> None:
    word = "Größe – “x”" if encoding == "cp1252" else "中文王小明"
    bib = f"@article{{key,\n  title = {{{word}}}, author = {{Lin, Wei}}, year = 2020}}\n"
    reading = read_papers(tmp_path, bib.encode(encoding))
    assert all(problem.hint and problem.location and problem.location.line for problem in reading.problems)
    assert "UTF-8" in (reading.problems[0].hint or "")
    if not any(problem.is_error for problem in reading.problems):
        papers, _ = study(reading)
        check(papers["key"], {"title": word})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda bib: "\ufeff" + bib.replace("\n", "\r\n"), id="bom-and-crlf"),
        pytest.param(lambda bib: "---\n---\n" + bib, id="empty-front-matter"),
        pytest.param(lambda bib: "---\nlayout: bib\ntitle: 'a = b'\n---\n\n" + bib, id="front-matter-with-equals"),
        pytest.param(lambda bib: "\ufeff---\r\nnocite: x\r\n---\r\n" + bib, id="bom-and-front-matter"),
        pytest.param(lambda bib: "\ufeff" + bib + "\ufeff" + bib.replace("good", "next"), id="two-boms-joined"),
        pytest.param(lambda bib: bib + "\x1a", id="dos-end-of-file"),
    ],
)
def test_how_a_file_was_saved_is_not_seen(tmp_path: Path, change: Callable[[str], str]) -> None:
    papers, problems = read_mess(tmp_path, change(GOOD).encode())
    check(papers["good"], {"title": "Good", "names": ["Wei Lin"], "year": 2020})
    assert not [problem for problem in problems if problem.is_error]


def read_files(folder: Path, files: dict[str, str], settings: str = "") -> tuple[dict[str, Paper], list[Problem]]:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    profile = folder / "profile.yaml"
    profile.write_text(
        f"basics: {{name: Wei Lin}}\nbibliography:\n  files: [{', '.join(files)}]\n  {settings}\n", "utf-8"
    )
    return study(read_career(profile))


def test_macros_of_an_earlier_file_serve_a_later_one(tmp_path: Path) -> None:
    files = {"strings.bib": "@string{tc = {Trans. Comp.}}\n", "papers.bib": entry("journal = tc")}
    papers, problems = read_files(tmp_path, files)
    check(papers["key"], {"venue": "Trans. Comp."})
    assert not problems


def test_a_crossref_reaches_into_another_file(tmp_path: Path) -> None:
    child = "@inproceedings{child, title = {C}, author = {Lin, Wei}, crossref = {whole}}\n"
    files = {"papers.bib": child, "cross.bib": "@proceedings{whole, title = {Proc. X}, year = 2023}\n"}
    papers, problems = read_files(tmp_path, files)
    assert list(papers) == ["child"]
    check(papers["child"], {"venue": "Proc. X", "year": 2023})
    assert not problems


def test_each_file_counts_its_own_lines(tmp_path: Path) -> None:
    bad = "\n\n@article{bad, title = {B}, author = {Lin, Wei},\n  year = {soon}}\n"
    papers, problems = read_files(tmp_path, {"a.bib": GOOD, "b.bib": bad, "c.bib": GOOD.replace("good", "next")})
    assert list(papers) == ["good", "bad", "next"]
    assert [str(problem.location) for problem in problems] == [f"{tmp_path / 'b.bib'}:4:3"]


SCHOLAR = """\
@inproceedings{lin2024deep,
  title={Deep water: Learning to swim in C++ \\& Rust},
  author={Lin, Wei and Long, Ada Mary and Van Berg, Jan and others},
  booktitle={Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition},
  pages={101--110},
  year={2024}
}

@article{lin2023shallow,
  title={Shallow water},
  author={Lin, Wei and Long, Ada Mary},
  journal={arXiv preprint arXiv:2305.12345},
  year={2023}
}

@article{long2022nets,
  title={Nets of water},
  author={Long, AM and Lin, W},
  journal={Advances in Neural Information Processing Systems},
  volume={35},
  pages={1--12},
  year={2022}
}

@phdthesis{lin2021thesis,
  title={On water},
  author={Lin, Wei},
  year={2021},
  school={University of Exampleton}
}

@misc{lin2020patent,
  title={Water filter},
  author={Lin, Wei and Ross, Bob},
  year={2020},
  month=feb # "~4",
  publisher={Google Patents},
  note={US Patent 10,000,000}
}
"""


def test_an_export_of_google_scholar(tmp_path: Path) -> None:
    papers, problems = read_mess(tmp_path, SCHOLAR, "aliases: [W Lin]")
    check(
        papers["lin2024deep"],
        {
            "title": "Deep water: Learning to swim in C++ & Rust",
            "names": ["Wei Lin", "Ada Mary Long", "Jan Van Berg"],
            "truncated": True,
            "venue": "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition",
            "details": "101–110",
            "roles": "first",
            "status": "published",
        },
    )
    check(papers["lin2023shallow"], {"status": "preprint", "arxiv": "2305.12345", "roles": "first"})
    check(papers["long2022nets"], {"owner": 2, "details": "35, 1–12", "status": "published"})
    check(papers["lin2021thesis"], {"venue": "University of Exampleton", "roles": "first sole"})
    check(papers["lin2020patent"], {"month": 2, "day": 4, "note": "US Patent 10,000,000"})
    assert not problems


DBLP = """\
@inproceedings{DBLP:conf/exa/LinL0R24,
  author       = {Wei Lin 0001 and
                  Ada Long and
                  Jan van der Berg and
                  Bob Ro{\\ss}},
  editor       = {Tom Kemp},
  title        = {Deep Water: {A} Study of {\\(\\alpha\\)}-Nets and {\\(\\mathcal{O}\\)}(n) Swimming},
  crossref     = {DBLP:conf/exa/2024},
  pages        = {1:1--1:12},
  url          = {https://doi.org/10.1145/1234567.1234568},
  doi          = {10.1145/1234567.1234568},
  timestamp    = {Mon, 03 Jun 2024 16:00:00 +0200},
  biburl       = {https://dblp.org/rec/conf/exa/LinL0R24.bib},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}

@article{DBLP:journals/corr/abs-2305-12345,
  author       = {Wei Lin 0001 and
                  Ada Long},
  title        = {Shallow Water},
  journal      = {CoRR},
  volume       = {abs/2305.12345},
  year         = {2023},
  url          = {https://doi.org/10.48550/arXiv.2305.12345},
  doi          = {10.48550/ARXIV.2305.12345},
  eprinttype    = {arXiv},
  eprint       = {2305.12345},
  timestamp    = {Thu, 01 Jun 2023 10:00:00 +0200}
}

@article{DBLP:journals/jex/Lin22,
  author       = {Wei Lin 0001},
  title        = {Nets},
  journal      = JEX,
  volume       = {12},
  number       = {3},
  pages        = {45--67},
  year         = {2022}
}

@string{JEX = {J. Ex. Res.}}

@proceedings{DBLP:conf/exa/2024,
  editor       = {Tom Kemp and
                  Zoe Brown},
  title        = {Proceedings of the 5th Conference on Examples, {EXA} 2024, Exampleton,
                  May 1-3, 2024},
  series       = {{ACM} Series},
  publisher    = {{ACM}},
  year         = {2024},
  isbn         = {000-0-00-000000-0}
}
"""


def test_an_export_of_dblp(tmp_path: Path) -> None:
    papers, problems = read_mess(tmp_path, DBLP)
    assert len(papers) == 3
    check(
        papers["DBLP:conf/exa/LinL0R24"],
        {
            "title": "Deep Water: A Study of α-Nets and O(n) Swimming",
            "authors": ["Wei||Lin|", "Ada||Long|", "Jan|van der|Berg|", "Bob||Roß|"],
            "venue": "Proceedings of the 5th Conference on Examples, EXA 2024, Exampleton, May 1-3, 2024",
            "year": 2024,
            "details": "1:1–1:12",
            "links": {"doi": "https://doi.org/10.1145/1234567.1234568"},
            "owner": 1,
        },
    )
    preprint = papers["DBLP:journals/corr/abs-2305-12345"]
    check(preprint, {"status": "preprint", "arxiv": "2305.12345", "details": "", "owner": 1})
    check(papers["DBLP:journals/jex/Lin22"], {"venue": "J. Ex. Res.", "details": "12(3), 45–67", "owner": 1})
    assert not problems


ACL = """\
@inproceedings{lin-etal-2024-deep,
    title = "Deep Water: {LLM}s Can{'}t Swim {--} Yet",
    author = "Lin, Wei  and
      Long, Ada Mary  and
      {\\'A}lvarez, Jos{\\'e}  and
      van der Berg, Jan",
    editor = "Kemp, Tom  and
      Brown, Zoe",
    booktitle = "Proceedings of the 9th Meeting of Examples (Volume 1: Long Papers)",
    month = aug,
    year = "2024",
    address = "Exampleton, Atlantis",
    publisher = "Association for Examples",
    url = "https://aclanthology.org/2024.exa-long.1/",
    doi = "10.18653/v1/2024.exa-long.1",
    pages = "1--15",
    abstract = "We study 50% of water, C# and {``}quotes{''}."
}

@inproceedings{long-lin-2023-shallow,
    title = "Shallow Water: {``}Wading{''} at {S}em{E}val-2023 Task 5",
    author = "Long, Ada Mary  and
      Lin, Wei",
    booktitle = "Findings of Examples: EXA 2023",
    month = jul,
    year = "2023",
    url = "https://aclanthology.org/2023.findings-exa.7",
    pages = "70--79",
    ISBN = "000-0-00-000000-0",
}
"""


def test_an_export_of_the_acl_anthology(tmp_path: Path) -> None:
    papers, problems = read_mess(tmp_path, ACL)
    check(
        papers["lin-etal-2024-deep"],
        {
            "title": "Deep Water: LLMs Can't Swim – Yet",
            "authors": ["Wei||Lin|", "Ada Mary||Long|", "José||Álvarez|", "Jan|van der|Berg|"],
            "venue": "Proceedings of the 9th Meeting of Examples (Volume 1: Long Papers)",
            "year": 2024,
            "month": 8,
            "details": "1–15",
            "links": {
                "doi": "https://doi.org/10.18653/v1/2024.exa-long.1",
                "link": "https://aclanthology.org/2024.exa-long.1/",
            },
        },
    )
    check(
        papers["long-lin-2023-shallow"],
        {"title": "Shallow Water: “Wading” at SemEval-2023 Task 5", "month": 7, "owner": 2, "roles": "senior"},
    )
    assert not problems


ZOTERO = """\

@article{linDeepWater2024,
  title = {Deep Water: {{Learning}} to Swim with {{$\\alpha$-Nets}} \\& {{C}}\\#},
  shorttitle = {Deep Water},
  author = {Lin, Wei and Long, Ada Mary and {van der Berg}, Jan and {{Example Consortium}} and O'Neil, Pat},
  options = {useprefix=true},
  date = {2024-05-03},
  journaltitle = {Journal of Examples},
  shortjournal = {J. Ex.},
  volume = {12},
  number = {3},
  pages = {45--67},
  publisher = {Example Press},
  issn = {0000-0000},
  doi = {10.1000/jex.2024_3},
  url = {https://example.org/jex/12/3/\\_paper?id=1\\&x=2},
  urldate = {2024-06-01},
  abstract = {50\\% of it.},
  langid = {english},
  keywords = {Computer Science - Machine Learning,notion},
  note = {Oral},
  file = {/home/wei/Zotero/storage/AB{C/Lin et al. - 2024.pdf;:C\\:\\\\x.pdf}
}

@online{linShallowWater2023,
  title = {Shallow Water},
  author = {Lin, Wei and Long, Ada Mary},
  date = {2023-05-20},
  eprint = {2305.12345},
  eprinttype = {arXiv},
  eprintclass = {cs},
  doi = {10.48550/arXiv.2305.12345},
  url = {http://arxiv.org/abs/2305.12345},
  urldate = {2023-06-01},
  pubstate = {prepublished}
}

@misc{linNets2022,
  title = {Nets},
  author = {Lin, Wei},
  year = 2022,
  month = nov,
  number = {arXiv:2211.12345},
  eprint = {2211.12345},
  primaryclass = {cs},
  publisher = {arXiv},
  urldate = {2023-06-01},
  archiveprefix = {arXiv}
}

@inproceedings{longRapids2021,
  title = {Rapids},
  booktitle = {Proceedings of the 3rd {{Conference}} on {{Examples}}},
  author = {Long, Ada Mary and Lin, Wei},
  date = {2021-07-12/2021-07-15},
  series = {{{EXA}} '21},
  eventtitle = {{{EXA}} 2021},
  location = {Exampleton}
}
"""


def test_an_export_of_zotero_with_better_bibtex(tmp_path: Path) -> None:
    bib = ZOTERO.replace("AB{C", "ABC")
    papers, problems = read_mess(tmp_path, bib)
    check(
        papers["linDeepWater2024"],
        {
            "title": "Deep Water: Learning to Swim with α-Nets & C#",
            "names": ["Wei Lin", "Ada Mary Long", "Jan van der Berg", "Example Consortium", "Pat O'Neil"],
            "venue": "Journal of Examples",
            "short": "J. Ex.",
            "year": 2024,
            "month": 5,
            "day": 3,
            "details": "12(3), 45–67",
            "links": {
                "doi": "https://doi.org/10.1000/jex.2024_3",
                "link": "https://example.org/jex/12/3/_paper?id=1&x=2",
            },
            "note": "Oral",
        },
    )
    check(papers["linShallowWater2023"], {"status": "preprint", "arxiv": "2305.12345", "month": 5})
    check(papers["linNets2022"], {"status": "preprint", "arxiv": "2211.12345", "details": "", "month": 11})
    check(
        papers["longRapids2021"],
        {"venue": "Proceedings of the 3rd Conference on Examples", "month": 7, "day": 12, "owner": 2},
    )
    assert not problems


def test_a_brace_in_a_file_name_loses_no_entry_in_silence(tmp_path: Path) -> None:
    papers, problems = read_mess(tmp_path, ZOTERO)
    assert "linShallowWater2023" in papers
    assert "linDeepWater2024" in papers or lines(problems) & set(range(1, line_of(ZOTERO, "AB{C") + 1))


CSL = [
    {
        "id": "http://zotero.org/users/1/items/AAAA1111",
        "citation-key": "linDeepWater2024",
        "type": "article-journal",
        "title": "Deep Water: <i>Swimming</i> 50% & C# with H<sub>2</sub>O",
        "container-title": "Journal of Examples",
        "container-title-short": "J. Ex.",
        "volume": "12",
        "issue": "3",
        "page": "45-67",
        "DOI": "10.1000/jex.2024_3",
        "URL": "https://example.org/jex/12/3",
        "author": [
            {"family": "Lin", "given": "Wei"},
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"literal": "Example Consortium"},
        ],
        "issued": {"date-parts": [["2024", 5, 3]]},
        "note": "Oral",
    },
    {
        "id": "linRapids2021",
        "type": "paper-conference",
        "title": "Rapids",
        "container-title": "Proceedings of Examples",
        "author": [{"family": "Long", "given": "Ada"}, {"family": "Lin", "given": "Wei"}],
        "issued": {"date-parts": [[2021]]},
    },
    {
        "id": "linShallow2023",
        "type": "article",
        "title": "Shallow Water",
        "publisher": "arXiv",
        "number": "arXiv:2305.12345",
        "author": [{"family": "Lin", "given": "Wei"}],
        "issued": {"date-parts": [["2023", 5]]},
    },
    {
        "id": "linThesis2021",
        "type": "thesis",
        "genre": "PhD thesis",
        "title": "On Water",
        "publisher": "University of Exampleton",
        "author": [{"family": "Lin", "given": "Wei"}],
        "issued": {"date-parts": [[2021]]},
    },
]


def test_a_csl_json_file_is_read_like_bibtex(tmp_path: Path) -> None:
    papers, problems = read_files(tmp_path, {"library.json": json.dumps(CSL, ensure_ascii=False, indent=2)})
    check(
        papers["linDeepWater2024"],
        {
            "title": "Deep Water: Swimming 50% & C# with H2O",
            "authors": ["Wei||Lin|", "Jan|van der|Berg|", "Martin Luther||King|Jr.", "||Example Consortium|"],
            "venue": "Journal of Examples",
            "short": "J. Ex.",
            "year": 2024,
            "month": 5,
            "day": 3,
            "details": "12(3), 45–67",
            "type": "article",
            "status": "published",
            "links": {"doi": "https://doi.org/10.1000/jex.2024_3", "link": "https://example.org/jex/12/3"},
            "note": "Oral",
            "owner": 1,
        },
    )
    conference = {"type": "inproceedings", "venue": "Proceedings of Examples", "year": 2021, "month": None, "owner": 2}
    check(papers["linRapids2021"], conference)
    check(papers["linShallow2023"], {"status": "preprint", "arxiv": "2305.12345", "details": "", "month": 5})
    check(
        papers["linThesis2021"],
        {"type": "thesis", "kind": "doctoral_thesis", "venue": "University of Exampleton", "status": "published"},
    )
    assert not problems


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("[\n  {\n", 2, id="cut-off"),
        pytest.param('{"items": 3}\n', 1, id="no-list"),
    ],
)
def test_a_csl_json_file_that_is_none_is_told(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "library.json").write_text(text)
    (tmp_path / "profile.yaml").write_text("basics: {name: Wei Lin}\nbibliography: {files: [library.json]}\n")
    errors = [problem for problem in read_career(tmp_path / "profile.yaml").problems if problem.is_error]
    assert errors
    assert errors[0].location
    assert errors[0].location.file == str(tmp_path / "library.json")
    assert errors[0].location.line in (line, line + 1, line - 1)
    assert errors[0].hint
