"""Bibliographies as Google Scholar exports them: what its fields mean, and what it leaves for the person to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, about, read_told, run_cvgen, valid_career, write_career

from cvgen.diagnostics import Problem
from cvgen.model.kinds import Kind
from cvgen.model.marks import Mark
from cvgen.model.publication import Credit, Publication, Role
from cvgen.select.build_document import find_credits


def _bib(fields: str, type_: str = "article", *, key: str = "k", title: str = "On clouds") -> str:
    author = "" if "author =" in fields else "author = {Lin, Wei and Long, Ada}, "
    year = "" if "year =" in fields else ", year = 2024"
    return f"@{type_}{{{key}, title = {{{title}}}, {author}{fields}{year}}}\n"


def _read(folder: Path, bib: str, settings: str = "") -> Publication:
    (publication,) = valid_career(folder, bib, settings=settings).publications
    return publication


def _print(folder: Path, bib: str, style: str = "full", form: str = "md", language: str = "en") -> str:
    """What a document prints, on one line."""
    rest = f"variants: {{v: {{language: {language}, sections: [publications: {{style: {style}}}]}}}}"
    ran = run_cvgen("render", write_career(folder, bib, rest), "-f", form, "-o", folder / f"cv.{form}")
    assert ran.code == 0, ran.err
    return " ".join((folder / f"cv.{form}").read_text("utf-8").split())


# --- Servers for preprints -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "venue", "pages"),
    [
        ("journal = {arXiv e-prints}, pages = {arXiv--2403}", "arXiv", ""),
        ("journal = {arXiv e-prints}, pages = {arXiv:2403.01234}", "arXiv:2403.01234", ""),
        ("journal = {arXiv e-prints}, pages = {arXiv--2403}, url = {https://arxiv.org/abs/2403.01234}",
         "arXiv:2403.01234", ""),
        ("journal = {ArXiv}, volume = {abs/2403.01234}", "arXiv:2403.01234", ""),
        ("journal = {arXiv preprint arXiv:2403.01234}", "arXiv:2403.01234", ""),
        ("journaltitle = {arXiv preprint arXiv:2403.01234}", "arXiv:2403.01234", ""),
        ("booktitle = {arXiv preprint arXiv:2403.01234}", "arXiv:2403.01234", ""),
        ("booktitle = {Proceedings of CL, arXiv:2403.01234}", "Proceedings of CL, arXiv:2403.01234", ""),
        ("journal = {arXiv preprint hep-th/9901001}", "arXiv:hep-th/9901001", ""),
        ("journal = {arXiv preprint 2403.01234v2}", "arXiv:2403.01234", ""),
        ("journal = {arXiv (Cornell University)}", "arXiv", ""),
        ("journal = {arXiv:2403.01234 [cs.CV]}", "arXiv:2403.01234", ""),
        ("journal = {CoRR}, volume = {abs/2403.01234}", "arXiv:2403.01234", ""),
        ("journal = {CoRR}", "CoRR", ""),
        ("journal = {bioRxiv}, pages = {2024--02}", "bioRxiv", ""),
        ("journal = {biorxiv : the preprint server for biology}, pages = {bioRxiv--2024}", "bioRxiv", ""),
        ("journal = {medRxiv : the preprint server for health sciences}", "medRxiv", ""),
        ("journal = {SSRN Electronic Journal}", "SSRN Electronic Journal", ""),
        ("journal = {Available at SSRN 1234567}", "Available at SSRN 1234567", ""),
        ("journal = {Research Square}, pages = {rs--3}", "Research Square", ""),
        ("journal = {Research Square}, pages = {1--12}", "Research Square", "1–12"),
        ("journal = {Journal of arXiv Studies}, pages = {12}", "Journal of arXiv Studies", "12"),
        ("journal = {Nature}, pages = {arXiv--2403}", "Nature", ""),
    ],
)  # fmt: skip
def test_a_server_is_named_as_it_calls_itself_and_has_no_pages(
    tmp_path: Path, fields: str, venue: str, pages: str
) -> None:
    publication = _read(tmp_path, _bib(fields))
    assert (str(publication.venue), publication.pages) == (venue, pages)


@pytest.mark.parametrize("style", ["full", "compact", "ieee", "apa", "acm", "nature", "gbt7714"])
@pytest.mark.parametrize(
    "fields",
    [
        "journal = {arXiv preprint arXiv:2403.01234}",
        "journal = {arXiv preprint arXiv:2403.01234}, eprint = {2403.01234}, url = {https://arxiv.org/abs/2403.01234}",
        "journal = {CoRR}, volume = {abs/2403.01234}",
        "journal = {arXiv preprint arXiv:2403.01234}, note = {Under review}",
    ],
)
def test_arxiv_is_named_once_in_a_line(tmp_path: Path, fields: str, style: str) -> None:
    words = _print(tmp_path, _bib(fields), style)
    bare = words.replace("https://arxiv.org", "").replace("http://arxiv.org", "")
    assert (bare.count("arXiv") + bare.count("CoRR")) <= 1, words
    assert "2403.01234" in words


def test_a_venue_that_is_linked_is_not_linked_again(tmp_path: Path) -> None:
    bib = _bib("journal = {arXiv preprint arXiv:2403.01234}, code = {https://c.org/x}")
    facts = "[arXiv:2403.01234](https://arxiv.org/abs/2403.01234)*, 2024 · Preprint · [Code](https://c.org/x)"
    assert facts in _print(tmp_path, bib)
    assert "arXiv:2403.01234, 2024 · Preprint · arXiv: arxiv.org/abs/2403.01234" in _print(tmp_path, bib, form="txt")


@pytest.mark.parametrize("style", ["full", "apa", "ieee", "nature"])
def test_the_start_of_an_arxiv_number_is_no_page(tmp_path: Path, style: str) -> None:
    words = _print(tmp_path, _bib("journal = {arXiv e-prints}, pages = {arXiv--2403}"), style)
    assert "2403" not in words
    assert "e-prints" not in words
    assert "arXiv" in words


# --- A list that is cut, and the same list in full --------------------------------------------------------------------

CUT = "author = {Rossi, Giulia and Lin, Wei and others}, journal = {J. Surveys}"


def _twin(authors: str, more: str = "journal = {arXiv preprint arXiv:2109.05555}") -> str:
    return _bib(f"author = {{{authors}}}, {more}", key="draft", title="A survey of slow clouds")


def _merge(folder: Path, *entries: str) -> tuple[Credit, list[Problem]]:
    (credit,), problems = find_credits(valid_career(folder, "".join(entries)))
    return credit, problems


@pytest.mark.parametrize(
    ("cut", "other", "names", "truncated", "roles"),
    [
        ("Rossi, Giulia and Lin, Wei and others", "Rossi, Giulia and Lin, Wei and Long, Ada",
         "Giulia Rossi, Wei Lin, Ada Long", False, {Role.MIDDLE}),
        ("Rossi, G. and others", "Rossi, Giulia and Long, Ada and Lin, Wei",
         "Giulia Rossi, Ada Long, Wei Lin", False, {Role.SENIOR}),
        ("Lin, W. and others", "Lin, Wei and Long, Ada and Kemp, Tom and others",
         "Wei Lin, Ada Long, Tom Kemp", True, {Role.FIRST}),
        ("Rossi, Giulia and Lin, Wei and Long, Ada and others", "Rossi, Giulia and Lin, Wei and others",
         "Giulia Rossi, Wei Lin, Ada Long", True, {Role.MIDDLE}),
        ("Rossi, Giulia and Lin, Wei and others", "Rossi, Giulia and Lin, Wei",
         "Giulia Rossi, Wei Lin", True, {Role.MIDDLE}),
    ],
    ids=["complete", "owner-is-last", "longer-and-cut-too", "shorter", "no-longer"],
)  # fmt: skip
def test_a_list_that_is_cut_is_completed_from_the_preprint(
    tmp_path: Path, cut: str, other: str, names: str, truncated: bool, roles: set[Role]
) -> None:
    paper = _bib(f"author = {{{cut}}}, journal = {{J. Surveys}}", title="A survey of slow clouds")
    credit, problems = _merge(tmp_path, paper, _twin(other))
    publication = credit.publication
    assert ", ".join(author.name for author in publication.authors) == names
    assert (publication.truncated, set(credit.roles)) == (truncated, roles)
    assert not about(problems, "differ")


def test_a_completed_list_has_the_marks_of_both_entries(tmp_path: Path) -> None:
    paper = _bib(f"{CUT}, author+an = {{1=corresponding}}", title="A survey of slow clouds")
    draft = _twin("Rossi, Giulia and Lin, Wei and Long, Ada",
                  "journal = {arXiv}, eprint = {2109.05555}, author+an = {2=equal; 3=equal}")  # fmt: skip
    credit, _ = _merge(tmp_path, paper, draft)
    marks = [sorted(author.marks) for author in credit.publication.authors]
    assert marks == [[Mark.CORRESPONDING], [Mark.EQUAL], [Mark.EQUAL]]
    assert "'draft'" in credit.publication.authors[2].source_of(Mark.EQUAL)
    assert Role.CO_SENIOR in credit.roles


@pytest.mark.parametrize(
    "other",
    ["Rossi, Giulia and Long, Ada and Lin, Wei", "Rossi, Giulia", "Lin, Wei and Rossi, Giulia and Long, Ada"],
    ids=["another-order", "too-short", "another-first"],
)
def test_a_list_that_disagrees_completes_nothing(tmp_path: Path, other: str) -> None:
    paper = _bib(f"{CUT}, eprint = {{2109.05555}}", title="A survey of slow clouds")
    credit, problems = _merge(tmp_path, paper, _twin(other))
    assert [author.name for author in credit.publication.authors] == ["Giulia Rossi", "Wei Lin"]
    assert credit.publication.truncated
    assert about(problems, "the author lists of", "differ")


# --- Hints -----------------------------------------------------------------------------------------------------------


def test_hints_that_differ_say_which_entry_they_are_for(tmp_path: Path) -> None:
    bib = _bib("pubstate = {submittance}", key="a", title="One") + _bib("pubstate = {pressin}", key="b", title="Two")
    profile = write_career(tmp_path, bib)
    hints = [line for line in run_cvgen("publications", profile).err.splitlines() if line.startswith("    →")]
    assert hints == ["    → a: did you mean 'submitted'?", "    → b: did you mean 'inpress'?"]


# --- Titles in capitals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "RETINA-BENCH: A LARGE-SCALE BENCHMARK FOR MEDICAL IMAGE UNDERSTANDING",
        "DEEP LEARNING",
        "ATTENTION IS ALL YOU NEED",
        r"{\"U}BER DIE THEORIE DER W{\"A}RME: EINE {\"U}BERSICHT",
        "ОБ ОДНОЙ ЗАДАЧЕ ОПТИМАЛЬНОГО УПРАВЛЕНИЯ",
        r"EFFECTS OF $\alpha$ AND \emph{BETA} DIVERGENCE",
        "{{DOUBLE BRACES IN AN EXPORTED FILE}}",
    ],
)
def test_a_title_in_capitals_is_printed_so_and_told(tmp_path: Path, title: str) -> None:
    profile = write_career(tmp_path, _bib("journal = {J}", title=title))
    (told,) = read_told(run_cvgen("publications", profile).err)
    assert (told.severity, told.message) == ("notice", "k: the title is in capitals, and is printed so")
    assert told.place.startswith(f"{tmp_path}/papers.bib:1:")
    assert "as it should be printed" in told.hint
    assert str(_read(tmp_path, _bib("journal = {J}", title=title)).title).isupper() or "$" in title


@pytest.mark.parametrize(
    "title", ["GPT-4", "BERT", "LIGO VIRGO KAGRA", "U-NET", "On HUGE BENCHMARKS", "深度学习", "R", "COVID-19 IN ITALY",
              "RETINANET"],
)  # fmt: skip
def test_an_acronym_is_no_title_in_capitals(tmp_path: Path, title: str) -> None:
    assert run_cvgen("publications", write_career(tmp_path, _bib("journal = {J}", title=title))).err == ""


def test_many_titles_in_capitals_share_a_line(tmp_path: Path) -> None:
    bib = "".join(
        _bib("journal = {J}", key=key, title=title)
        for key, title in (("a", "CLOUDS OVER THE MOUNTAINS"), ("b", "MOUNTAINS BELOW THE CLOUDS"))
    )
    (told,) = read_told(run_cvgen("publications", write_career(tmp_path, bib)).err)
    assert told.message.startswith("a title is in capitals, and is printed so (2 times: a at ")


# --- The kind, said once ----------------------------------------------------------------------------------------------

STYLES = ("full", "compact", "ieee", "apa", "acm", "nature", "gbt7714")
KINDS_SAID = [
    ("techreport", "institution = {Technical report, EuroEye Consortium}", "EuroEye Consortium", r"tech\w*\.? rep"),
    ("techreport", "institution = {Tech. Rep., EuroEye Consortium}, number = 12", "EuroEye Consortium",
     r"tech\w*\.? rep"),
    ("techreport", "institution = {Technical Report: EuroEye}, type = {Technical Report}", "EuroEye",
     r"tech\w*\.? rep"),
    ("techreport", "publisher = {Technical report, EuroEye}, number = {TR-7}", "EuroEye", r"tech\w*\.? rep"),
    ("techreport", "institution = {EuroEye}, series = {EuroEye Technical Reports}", "EuroEye", r"tech\w*\.? rep"),
    ("techreport", "institution = {EuroEye}, note = {Technical report of the audit}", "EuroEye", r"tech\w*\.? rep"),
    ("techreport", "institution = {White paper, EuroEye}, type = {White paper}", "EuroEye", "white paper"),
    ("phdthesis", "school = {PhD thesis, University of Fog}", "University of Fog", "thesis|dissertation"),
    ("mastersthesis", "school = {Master's thesis, University of Fog}", "University of Fog", "thesis"),
    ("phdthesis", "school = {University of Fog}, note = {PhD thesis}", "University of Fog", "thesis|dissertation"),
    ("patent", "note = {US Patent 12,345,678}", "US Patent 12,345,678", "patent"),
    ("techreport", "institution = {Technical report}", "2024", r"tech\w*\.? rep"),
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("type_", "fields", "said", "kind"), KINDS_SAID)
def test_a_kind_that_another_text_says_is_printed_once(
    tmp_path: Path, type_: str, fields: str, said: str, kind: str, style: str
) -> None:
    words = _print(tmp_path, _bib(fields, type_), style).partition("## ")[2]
    assert said in words
    assert len(re.findall(kind, words, re.IGNORECASE)) == 1 or style == "gbt7714", words


@pytest.mark.parametrize(
    ("type_", "fields", "said"),
    [
        ("techreport", "institution = {Report Office, Fog}", "Technical report, *Report Office, Fog*"),
        ("patent", "holder = {Patent Office}, number = 7", "Patent 7, *Patent Office*"),
        ("techreport", "institution = {EuroEye}, number = 7", "Technical report 7, *EuroEye*"),
        ("phdthesis", "school = {Thesis University}", "PhD thesis, *Thesis University*"),
        ("techreport", "institution = {White paper, EuroEye}", "Technical report, *White paper, EuroEye*"),
    ],
)
def test_a_name_that_only_resembles_the_kind_does_not_say_it(
    tmp_path: Path, type_: str, fields: str, said: str
) -> None:
    assert said in _print(tmp_path, _bib(fields, type_))


def test_the_kind_is_said_in_the_language_of_the_document(tmp_path: Path) -> None:
    words = _print(tmp_path, _bib("institution = {Technical report, EuroEye}", "techreport"), language="de")
    assert "Technischer Bericht, *EuroEye*" in words


# --- What kind of work it is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "fields", "kind"),
    [
        ("misc", "note = {Under review}", Kind.MANUSCRIPT),
        ("misc", "howpublished = {Submitted to ICML}", Kind.MANUSCRIPT),
        ("misc", "note = {In preparation}", Kind.MANUSCRIPT),
        ("misc", "note = {Under review}, eprint = {2403.01234}", Kind.PREPRINT),
        ("misc", "note = {Under review}, type = {Grant proposal}", Kind.OTHER),
        ("misc", "note = {Poster, under review}", Kind.POSTER),
        ("misc", "howpublished = {Somewhere}", Kind.OTHER),
        ("misc", "publisher = {Google Patents}, note = {US Patent 12,345,678}", Kind.PATENT),
        ("misc", "publisher = {Google Patents}, note = {US Patent App. 16/123,456}", Kind.PATENT),
        ("misc", "publisher = {Google Patents}, note = {WO Patent WO2020123456A1}", Kind.PATENT),
        ("misc", "publisher = {Google Patents}", Kind.PATENT),
        ("book", "publisher = {University of Fog}", Kind.BOOK),
        ("book", "publisher = {University of Fog}, note = {PhD thesis}", Kind.DOCTORAL_THESIS),
        ("book", "publisher = {University of Fog}, note = {Doctoral dissertation, revised in 2021}",
         Kind.DOCTORAL_THESIS),
        ("book", "publisher = {Master's thesis, University of Fog}", Kind.MASTER_THESIS),
        ("book", "publisher = {University of Fog (Master's thesis)}", Kind.MASTER_THESIS),
        ("book", "publisher = {University of Fog}, type = {Bachelor's thesis}", Kind.BACHELOR_THESIS),
        ("book", "publisher = {Springer}, note = {Based on the author's PhD thesis}", Kind.BOOK),
        ("book", "publisher = {Springer}, note = {Revised PhD thesis}", Kind.BOOK),
        ("book", "publisher = {Dissertation.com}", Kind.BOOK),
        ("book", "publisher = {Springer}, series = {Springer Theses}", Kind.BOOK),
        ("book", "editor = {Long, Ada}, author = {}, publisher = {PhD thesis, University of Fog}", Kind.EDITED_VOLUME),
    ],
)  # fmt: skip
def test_the_kind_follows_from_what_the_entry_says(tmp_path: Path, type_: str, fields: str, kind: Kind) -> None:
    assert _read(tmp_path, _bib(fields, type_)).kind is kind


def test_a_manuscript_under_review_is_a_paper_in_counts_and_badges(tmp_path: Path) -> None:
    rest = "variants: {v: {theme: homepage, sections: [publications: {counts: true}]}}"
    profile = write_career(tmp_path, _bib("note = {Under review}", "misc"), rest)
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    page = (tmp_path / "cv.html").read_text("utf-8")
    ran = run_cvgen("render", profile, "-f", "md", "-o", tmp_path / "cv.md")
    assert "1 first" in (tmp_path / "cv.md").read_text("utf-8").partition("1 paper")[2]
    assert "Manuscript 2024" in page
    assert "Other 2024" not in page


@pytest.mark.parametrize("site", ["Google Patents", "Espacenet", "google patents"])
@pytest.mark.parametrize("field", ["publisher", "howpublished", "journal"])
def test_a_web_site_is_no_venue_of_a_patent(tmp_path: Path, field: str, site: str) -> None:
    fields = f"{field} = {{{site}}}, note = {{US Patent 12,345,678}}"
    assert _read(tmp_path, _bib(fields, "misc")).kind is Kind.PATENT
    for style in STYLES:
        words = _print(tmp_path, _bib(fields, "misc"), style)
        assert site not in words
        assert words.count("US Patent 12,345,678") == 1


# --- Particles of family names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "given", "particle", "family", "ieee"),
    [
        ("Casas, Bartolomé de las", "Bartolomé", "de las", "Casas", "B. de las Casas"),
        ("Haddad, N van den Berg", "N", "van den", "Berg Haddad", "N. van den Berg Haddad"),
        ("Haddad, Noor van den Berg", "Noor", "van den", "Berg Haddad", "N. van den Berg Haddad"),
        ("Haddad, N. van den Berg", "N.", "van den", "Berg Haddad", "N. van den Berg Haddad"),
        ("Roth, JM von Stein", "JM", "von", "Stein Roth", "J. M. von Stein Roth"),
        ("Bruggen, P ter", "P", "ter", "Bruggen", "P. ter Bruggen"),
        ("Beethoven, Ludwig van", "Ludwig", "van", "Beethoven", "L. van Beethoven"),
        ("Sayed, Ali El", "Ali El", "", "Sayed", "A. E. Sayed"),
        ("Fassi, Ali el", "Ali", "el", "Fassi", "A. el Fassi"),
        ("Clercq, Jean le", "Jean", "le", "Clercq", "J. le Clercq"),
        ("Garc{\\'\\i}a, Mar{\\'\\i}a del Carmen", "María del Carmen", "", "García", "M. del C. García"),
        ("Souza, Maria da Silva", "Maria da Silva", "", "Souza", "M. da S. Souza"),
        ("P{\\'e}rez, J de la Luz", "J de la Luz", "", "Pérez", "J. de la L. Pérez"),
        ("Haddad, Salah al Din", "Salah al Din", "", "Haddad", "S. al D. Haddad"),
        ("van den Berg-Haddad, Noor", "Noor", "van den", "Berg-Haddad", "N. van den Berg-Haddad"),
        ("Noor van den Berg Haddad", "Noor", "van den", "Berg Haddad", "N. van den Berg Haddad"),
        ("Nguyen, Van Anh", "Van Anh", "", "Nguyen", "V. A. Nguyen"),
        ("Nguyen, van anh", "van anh", "", "Nguyen", "V. A. Nguyen"),
        ("kemp, tom de jong", "tom de jong", "", "kemp", "T. D. J. kemp"),
    ],
)  # fmt: skip
def test_a_particle_between_given_names_and_family_name(
    tmp_path: Path, typed: str, given: str, particle: str, family: str, ieee: str
) -> None:
    bib = _bib(f"author = {{{typed} and Lin, Wei}}, journal = {{J}}")
    author = _read(tmp_path, bib).authors[0]
    assert (author.given, author.particle, author.family) == (given, particle, family)
    assert f"{ieee} and **W. Lin**" in _print(tmp_path, bib, "ieee")


def test_an_alias_with_a_particle_finds_the_owner_however_it_is_divided(tmp_path: Path) -> None:
    bib = _bib("author = {Haddad, N van den Berg and Long, Ada}, journal = {J}")
    profile = write_career(tmp_path, bib, basics="name: Noor Haddad", settings='aliases: ["N van den Berg Haddad"]')
    ran = run_cvgen("publications", profile)
    assert (ran.err, "1/2" in ran.out) == ("", True)


def test_a_citation_in_a_text_has_the_particle(tmp_path: Path) -> None:
    bib = _bib("author = {van den Berg, Noor and Lin, Wei}, journal = {J}") + _bib(
        "author = {Lin, Wei and de la Cruz, Ana}, journal = {J}", key="two", title="On rain"
    )
    rest = "variants: {v: {sections: [summary, {publications: {style: full}}]}}"
    basics = 'name: Wei Lin\nsummary: "New work [@k] and [@two]."'
    ran = run_cvgen("render", write_career(tmp_path, bib, rest, basics=basics), "-f", "md", "-o", tmp_path / "cv.md")
    assert ran.code == 0, ran.err
    words = (tmp_path / "cv.md").read_text("utf-8")
    assert "van den Berg and Lin 2024" in words
    assert "Lin and de la Cruz 2024" in words


def test_a_preprint_is_found_by_a_double_name_with_and_without_its_hyphen(tmp_path: Path) -> None:
    authors = "Haddad, N van den Berg and Lin, Wei"
    paper = _bib(f"author = {{{authors}}}, journal = {{J. Surveys}}", title="A survey of slow clouds")
    credit, problems = _merge(tmp_path, paper, _twin("van den Berg-Haddad, Noor and Lin, Wei"))
    assert credit.publication.merged_keys == ("draft",)
    assert not about(problems, "differ")
