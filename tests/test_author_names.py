"""Names as people type them: marks beside accents, initials, suffixes, groups, and biber's name format."""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, read_papers, run_cvgen, write_career

from cvgen.model.marks import Mark
from cvgen.model.publication import Author
from cvgen.select.authors import initials
from cvgen.select.build_document import find_credits
from cvgen.sources.entry.names import parse_names

MARKS = {"*": Mark.EQUAL, "†": Mark.CORRESPONDING}


def read(source: str) -> tuple[list[Author], list[str]]:
    told: list[str] = []

    def report(message: str, hint: str, kind: str = "") -> None:
        told.append(message)

    return list(parse_names(source, MARKS, report, lambda name: report).authors), told


def parts(author: Author) -> str:
    return "|".join((author.given, author.particle, author.family, author.suffix))


# --- Marks beside accents --------------------------------------------------------------------------------------------

ACCENTED = [
    (r"Mu\~{n}oz", "Muñoz"),
    (r"Mu\~noz", "Muñoz"),
    (r"Mu{\~n}oz", "Muñoz"),
    (r"Mu{\~{n}}oz", "Muñoz"),
    (r"Nguy\~{\^{e}}n", "Nguyễn"),
    (r"Nguy{\~{\^e}}n", "Nguyễn"),
    (r"Nguy\~{\^e}n", "Nguyễn"),
    (r"{\c S}im{\c s}ek", "Şimşek"),
    (r"\c{S}im\c{s}ek", "Şimşek"),
    (r"Ka\v{c}marek", "Kačmarek"),
    (r"Ka{\v c}marek", "Kačmarek"),
    (r"Jos{\a'e}", "José"),
    (r"Mart{\'\i}n", "Martín"),
    (r"Mart\'{\i}n", "Martín"),
    (r"Mart{\'{\i}}n", "Martín"),
    (r"Lo\"{\i}c", "Loïc"),
    (r"Ben{\i}tez", "Benıtez"),
    (r"Kr\o yer", "Krøyer"),
    (r"Kr{\o}yer", "Krøyer"),
    (r"Kr\o{}yer", "Krøyer"),
    (r"\L{}uczak", "Łuczak"),
    (r"{\L}uczak", "Łuczak"),
    (r"{\DJ}or{\dj}e", "Đorđe"),
    (r"Erd\H{o}s", "Erdős"),
    (r"Erd{\H o}s", "Erdős"),
    (r"{\AA}ngstr{\"o}m", "Ångström"),
    (r"Stra{\ss}e", "Straße"),
    (r"{M{\"u}ller}", "Müller"),
    ("Muñoz", "Muñoz"),
    ("Mun\u0303oz", "Muñoz"),
    ("Иванов", "Иванов"),
    ("Nguyễn", "Nguyễn"),
]
TYPED = [
    ("", "", ""),
    ("*", "equal", ""),
    (r"\*", "equal", ""),
    ("$^*$", "equal", ""),
    ("$^{*}$", "equal", ""),
    (r"$^\ast$", "equal", ""),
    (r"\textsuperscript{*}", "equal", ""),
    (r"\textsuperscript{$\dagger$}", "corresponding", ""),
    ("†", "corresponding", ""),
    ("*†", "corresponding equal", ""),
    (r"\textsuperscript{*,†}", "corresponding equal", ""),
    ("$^{1,2}$", "", "12"),
    (r"\textsuperscript{1,*}", "equal", "1"),
    ("[1]", "", "1"),
    (" [1,*]", "equal", "1"),
    (" (Univ. X)", "", ""),
    (r"\footnotemark[1]", "", ""),
    (r"\thanks{Both {equal}}", "", ""),
]


@pytest.mark.parametrize(("sign", "marks", "unread"), TYPED)
def test_a_mark_after_a_name_never_changes_its_letters(sign: str, marks: str, unread: str) -> None:
    roe = ("Roe", "Bo", "", "")
    found, expected = {}, {}
    for typed, name in ACCENTED:
        source = f"{typed}{sign}, Ana and {typed}, Ana{sign} and Ana {typed}{sign} and Roe, Bo"
        found[source] = [
            (unicodedata.normalize("NFC", a.family), a.given, " ".join(sorted(a.marks)), a.unread)
            for a in read(source)[0]
        ]
        expected[source] = [(name, "Ana", marks, unread)] * 3 + [roe]
    assert found == expected


@pytest.mark.parametrize("typed", [r"Mu\~{n}oz*", r"Mu\~noz$^{*}$", r"Mu{\~n}oz\textsuperscript{*}", "Muñoz [*]"])
def test_an_accent_costs_nobody_a_co_first_role(tmp_path: Path, typed: str) -> None:
    bib = f"@article{{r, author = {{{typed}, Ana and Roe*, Bo}}, title = {{T}}, journal = {{J}}, year = 2020}}"
    reading = read_papers(tmp_path, bib, settings='marks: {"*": equal}', basics="name: Ana Muñoz")
    assert reading.career is not None
    (credit,), problems = find_credits(reading.career)
    assert "co_first" in credit.roles
    assert not [*reading.problems, *problems]


def test_a_name_with_an_accent_in_a_list_with_marks_keeps_its_letters() -> None:
    authors, told = read(r"Kr\o yer, Jo and Roe*, Bo and N\'u\~nez, \'A. and \v Cech$^1$, J.")
    assert [parts(author) for author in authors] == ["Jo||Krøyer|", "Bo||Roe|", "Á.||Núñez|", "J.||Čech|"]
    assert len(told) == 1


# --- Other things in names -------------------------------------------------------------------------------------------

NAMES = [
    ("{Hunt, III}, H. B.", ["H. B.||Hunt|III"]),
    ("Hunt III, H. B.", ["H. B.||Hunt|III"]),
    ("{Hunt III}, H. B.", ["H. B.||Hunt|III"]),
    ("Hunt, III, H. B.", ["H. B.||Hunt|III"]),
    ("Hunt, {III}, H. B.", ["H. B.||Hunt|III"]),
    ("King, Jr., M. and King, {Jr.}, Martin", ["M.||King|Jr.", "Martin||King|Jr."]),
    ("King, Martin, Jr.", ["Martin||King|Jr."]),
    ("King, Martin Jr.", ["Martin||King|Jr."]),
    ("Robert Downey Jr and Robert Downey II", ["Robert||Downey|Jr", "Robert||Downey|II"]),
    ("Robert Downey 3rd and Downey 3rd, R.", ["Robert||Downey|3rd", "R.||Downey|3rd"]),
    ("d' {Aubignac}, abb{\\'e} d', Fran{\\c c}ois", ["François||d'Aubignac|abbé d'"]),
    ("d'Alembert, Jean and Jean d'Alembert", ["Jean||d'Alembert|", "Jean||d'Alembert|"]),
    ("al-Khwarizmi, M. and Jan van der Berg", ["M.||al-Khwarizmi|", "Jan|van der|Berg|"]),
    ("{{The LEKKI Collaboration}} and {ATLAS Collaboration}", ["||The LEKKI Collaboration|", "||ATLAS Collaboration|"]),
    ("{Universit{\\'e} de Lund and the {LEKKI} group} and Roe, A.",
     ["||Université de Lund and the LEKKI group|", "A.||Roe|"]),
    ("Lin, Wei and Tetteh Dugbaza and ", ["Wei||Lin|", "Tetteh||Dugbaza|"]),
    ("Lin, Wei and and Roe, An", ["Wei||Lin|", "An||Roe|"]),
    ("W. Lin, A. Roe, and T. Kemp", ["W.||Lin|", "A.||Roe|", "T.||Kemp|"]),
    ("Lin, W. and Roe, A.; Kemp, T.", ["W.||Lin|", "A.||Roe|", "T.||Kemp|"]),
    ("**Lin, Wei** and __Roe, Anna__ and *Kemp, Tom*", ["Wei||Lin|", "Anna||Roe|", "Tom||Kemp|"]),
    ("***Lin, Wei*** and **Wei Lin**", ["Wei||Lin|", "Wei||Lin|"]),
    (r"\underline{Lin, Wei} and \textbf{\underline{Roe, Anna}}", ["Wei||Lin|", "Anna||Roe|"]),
    (r"{\bf Lin, Wei} and {\color{red} Roe, Anna} and \textcolor{red}{Kemp, Tom}",
     ["Wei||Lin|", "Anna||Roe|", "Tom||Kemp|"]),
    (r"\textbf{Lin}, \textbf{Wei} and \me{Roe, Anna}", ["Wei||Lin|", "Anna||Roe|"]),
    (r"J.\ R.\ Roe and Roe,\ A. and A.\,B. Roe", ["J. R.||Roe|", "A.||Roe|", "A. B.||Roe|"]),
    (r"{\relax Ch}ristos Papa and \Huge{ab} Roe", ["Christos||Papa|", "ab||Roe|"]),
    ("王, 小明 and 李小红 and Иванов, И. И. and محمد أحمد",
     ["小明||王|", "||李小红|", "И. И.||Иванов|", "محمد||أحمد|"]),
    (r"Perovi\ifmmode \acute{c}\else \'{c}\fi{}, M. and \ifmmode \check{Z}\else \v{Z}\fi{}uti\ifmmode \acute{c}\else "
     r"\'{c}\fi{}, I.", ["M.||Perović|", "I.||Žutić|"]),
    (r"So{$\not$}rensen, A and S$\not$orby, B and Pakul{$\not$}a, L", ["A||Sørensen|", "B||Sørby|", "L||Pakuła|"]),
    (r"Kr{\"a}u{$\beta$}lich, H. and Wei$\beta$, K. and Groβ, E.", ["H.||Kräußlich|", "K.||Weiß|", "E.||Groß|"]),
    (r"\DJ or{\dj}evi{\'c}, A and {\Thorn}\'or J\'onsson", ["A||Đorđević|", "Þór||Jónsson|"]),
    ("Edwin V. {Bell, II} and Harry L. {Baldwin, Jr.}", ["Edwin V.||Bell|II", "Harry L.||Baldwin|Jr."]),
    ("Anderson, JR and Afraz, SR and Ivanov, II and Bianca, Vi",
     ["JR||Anderson|", "SR||Afraz|", "II||Ivanov|", "Vi||Bianca|"]),
    ("da Silva, IV and Wei Lin, II and KING JR., Martin", ["IV|da|Silva|", "Wei||Lin|II", "Martin||KING|JR."]),
    ("Wei Lin, Ph.D. and Roe, PhD and Ann Roe, MD and Roe, M. D.",
     ["Wei||Lin|Ph.D.", "||Roe|PhD", "Ann||Roe|MD", "M. D.||Roe|"]),
    ("Wei Lin (MIT) and Ann Roe [MIT] and Kemp, Tom (UC Berkeley) and Lin, An [ETH Zurich] and Bo Roe (ed.)",
     ["Wei||Lin|", "Ann||Roe|", "Tom||Kemp|", "An||Lin|", "Bo||Roe|"]),
    ("LINDT, V., ROE, M. M., KEMP, A.-B. and Lin, W.", ["V.||LINDT|", "M. M.||ROE|", "A.-B.||KEMP|", "W.||Lin|"]),
    ("Adam Lin; Cezary Roe;", ["Adam||Lin|", "Cezary||Roe|"]),
    ("; Adam Lin & Cezary Roe; ", ["Adam||Lin|", "Cezary||Roe|"]),
    ("{Group (MIT)} and {World Bank [IBRD]}", ["||Group (MIT)|", "||World Bank [IBRD]|"]),
    ("Wei (Wade) Lin and Ann Roe (Annie) and Lin, Wei (Wade)",
     ["Wei (Wade)||Lin|", "Ann (Annie)||Roe|", "Wei (Wade)||Lin|"]),
    ("Xiaoming Wang (王小明) and Li, Na (李娜)", ["Xiaoming||Wang (王小明)|", "Na||Li (李娜)|"]),
    ("sortingnamekeytemplatename=snks1 and Roe, An and useprefix=true and Lin, Wei", ["An||Roe|", "Wei||Lin|"]),
    ("labelalphanametemplatename=test4, given=Arthur, family=Smith", ["Arthur||Smith|"]),
    (r"Th{\^e}\llap{\raise 0.5ex\hbox{x}} Roe", ["Thêx||Roe|"]),
    (r"M{\"u}ller (ETH Z{\"u}rich), Karl and Roe, Anna (n\'ee Lin)", ["Karl||Müller|", "Anna (née Lin)||Roe|"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "names"), NAMES)
def test_a_name_is_read_in_its_parts(source: str, names: list[str]) -> None:
    authors, _ = read(source)
    assert [parts(author) for author in authors] == names
    assert not [author for author in authors if author.marks or author.unread]


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("**Lin, Wei*** and **Roe*, Anna**", ["equal", "equal"]),
        (r"\textbf{Lin, Wei}* and \textbf{Roe*, Anna}", ["equal", "equal"]),
        (r"\textbf{Lin, Wei}$^*$ and \underline{Roe}\textsuperscript{*}, Anna", ["equal", "equal"]),
        ("**Lin, Wei** and Roe*, Anna", ["", "equal"]),
        ("Roe*, Anna and Lin*, Wei and Kemp, Tom", ["equal", "equal", ""]),
    ],
)
def test_emphasis_is_no_mark_and_hides_none(source: str, marks: list[str]) -> None:
    authors, _ = read(source)
    assert [" ".join(author.marks) for author in authors] == marks


@pytest.mark.parametrize("empty", ["{,}", "{~}", "{{}}", r"\v{}", "{ and }", "{-}", r"{\relax}", "{.}"])
@pytest.mark.parametrize("form", ["%s", "%s and Lin, Wei", "Lin, Wei and %s", "Lin, Wei and %s and Roe, Ann"])
def test_an_empty_name_is_no_author_and_is_reported(empty: str, form: str) -> None:
    authors, told = read(form % empty)
    assert [author.family for author in authors] == re.findall("Lin|Roe", form)
    assert told == ["the author list has an empty name, which is left out"]


def test_others_inside_a_list_is_nobody() -> None:
    told: list[str] = []
    listed = parse_names(
        "A Lin and others and B Roe and others", {}, lambda message, hint, kind="": told.append(message)
    )
    assert [author.family for author in listed.authors] == ["Lin", "Roe"]
    assert listed.truncated
    assert told == ["'and others' is inside the author list and is read as if it came last"]


def test_affiliation_numbers_are_reported_once_in_a_list_and_marks_for_each_name() -> None:
    _, told = read("Lin$^{1}$, Wei and Roe$^{2,3}$, Ann and Kemp$^a$, Tom and Long§, Di and Wu§, Bo")
    assert [re.search("mark '(.*?)'", message)[1] for message in told] == ["1", "§", "§"]  # type: ignore[index]


def test_reports_that_quote_a_name_are_of_one_kind() -> None:
    kinds: list[str] = []
    for name in ("Lin", "Roe"):
        for source in (f"{name}§, A", f"A {name} (MIT)", f"A {name}; B Kemp", f"{name}, A, B, C", f"{name}$^1$, A"):
            parse_names(source, MARKS, lambda message, hint, kind="": kinds.append(kind))
    assert len(kinds) == 10
    assert kinds[:5] == kinds[5:]
    assert all(kinds)


EXTENDED = [
    ("family=Lin, given=Wei", "Wei||Lin|"),
    ("family=Lin, given=Wei, prefix=von, useprefix=true, suffix=Jr.", "Wei|von|Lin|Jr."),
    ("given={J. R.}, family={de la Cruz}", "J. R.||de la Cruz|"),
    ('family="Lin", given="Ana Maria"', "Ana Maria||Lin|"),
    ('"family=Lin", "given=Wei"', "Wei||Lin|"),
    (r"family={M{\"u}ller}, given={Fran{\c c}ois}, given-i={F}", "François||Müller|"),
    ("family=Lin, given=Wei, id=abc, hash=def", "Wei||Lin|"),
    ("given = Wei , family = Lin", "Wei||Lin|"),
    ("family={Lin and Roe Group}", "||Lin and Roe Group|"),
    ("family=Lin*, given=Wei", "Wei||Lin|"),
]


@pytest.mark.parametrize(("source", "name"), EXTENDED)
def test_a_name_in_bibers_format_is_read(source: str, name: str) -> None:
    authors, told = read(f"{source} and family=Roe, given=Anna and Kemp, Tom")
    assert [parts(author) for author in authors] == [name, "Anna||Roe|", "Tom||Kemp|"]
    assert told == []


def test_unknown_commands_in_a_name_are_reported_once() -> None:
    authors, told = read(r"\foo{Lin} \foo{Wei} and Roe, Anna")
    assert authors[0].name == "Lin Wei"
    assert len([message for message in told if r"\foo" in message]) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("{", "}"), ("{", "}}"), ("{{", "}"), *itertools.product(["$", "\\", "^", "$^", "\\foo"], repeat=2)],
)
def test_no_name_prints_tex(first: str, second: str) -> None:
    source = f"Li{first}n, W{second}ei and Roe, A"
    authors, _ = read(source)
    assert not re.search(r"[\\${}]", " ".join(author.name for author in authors))
    assert authors[-1].family == "Roe" or source.count("{") != source.count("}")


# --- Initials --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "short"),
    [
        ("J.R.R.", "J. R. R."),
        ("J. R. R.", "J. R. R."),
        ("M.E.", "M. E."),
        ("M.E", "M. E."),
        ("J.-P.", "J.-P."),
        ("J.-P.M.", "J.-P. M."),
        ("Jean-Pierre Marie", "J.-P. M."),
        ("J.Robert", "J. R."),
        ("Wei", "W."),
        ("Ö.", "Ö."),
        ("小明", "小明"),
        ("И.И.", "И. И."),
        ("", ""),
    ],
)
def test_initials_are_spaced(given: str, short: str) -> None:
    assert initials(given) == short


@pytest.mark.parametrize("style", ["ieee", "apa", "nature", "gbt7714"])
def test_every_style_writes_all_initials(tmp_path: Path, style: str) -> None:
    bib = (
        "@article{i, author = {J.R.R. Tokien and Stone, M.E. and Kim, YH and ROE, AN and Lin, Wei},"
        " title = {T}, journal = {J}, year = 2024}"
    )
    rest = f"variants: {{default: {{sections: [{{publications: {{title: P, style: {style}}}}}]}}}}"
    profile = write_career(tmp_path, bib, rest)
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", "-t", "classic", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    page = re.sub(r"<[^>]+>", "", (tmp_path / "cv.html").read_text("utf-8")).replace("\u00a0", " ")
    for family, letters in (("Tokien", "JRR"), ("Stone", "ME"), ("Kim", "YH"), ("ROE", "A")):
        dotted = r"\.? ?".join(letters)
        assert re.search(rf"(?i){dotted}\.? {family}|{family},? {dotted}\b", page), (family, page)
