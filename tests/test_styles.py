"""Citation styles: the text of each, as a librarian wants it, and the same text from both backends."""

from __future__ import annotations

import json
import re
import tempfile
from functools import lru_cache
from html import unescape
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, line_of, read_told, run_cvgen, write_career
from pdf import squeeze
from rendering import ENGINES, RUN_ONCE, Rendered, render_pdf

from cvgen.pipeline.request import Request
from cvgen.themes.theme import shipped_folder

SHIPPED_STYLES = shipped_folder() / "base" / "styles"
STYLES = ("compact", "ieee", "apa", "acm", "nature", "gbt7714")
BIB = """\
@article{full, title = {Clouds over the sea}, author = {Lin, Wei and Long, Ada and Kemp, Tom},
  journal = {Journal of Clouds}, volume = 12, number = 3, pages = {45--67}, year = 2024, doi = {10.1000/clouds.1}}
@inproceedings{conf, title = {Rain in spring}, author = {Long, Ada and Lin, Wei},
  booktitle = {Proceedings of Vision}, pages = {1--10}, year = 2024}
@misc{arxiv, title = {Sunrise over mountains}, author = {Lin, Wei}, eprint = {2301.00001}, eprinttype = {arxiv},
  year = 2023}
@phdthesis{thesis, title = {On weather}, author = {Lin, Wei}, school = {University of Somewhere}, year = 2023}
@book{book, title = {The book of winds}, author = {Lin, Wei and Long, Ada}, publisher = {Springer}, year = 2022}
@article{truncated, title = {Fog}, author = {Lin, Wei and Long, Ada and others}, journal = {Journal of Fog},
  year = 2021}
@article{asks, title = {Why clouds?}, author = {Lin, Wei}, journal = {Journal of Clouds}, year = 2020}
@article{no-venue, title = {A note on snow}, author = {Lin, Wei}, year = 2019}
@article{submitted, title = {Storms}, author = {Lin, Wei and Long, Ada}, journal = {Journal of Storms}, year = 2024,
  pubstate = {submitted}}
@article{five, title = {Snow}, author = {Lin, Wei and Long, Ada and Ross, Bob and Kemp, Tom and Ames, Eve},
  journal = {Journal of Snow}, year = 2018}
@article{names, title = {Air}, author = {van der Berg, Jan Piet and Lin, Wei and {Climate Group}},
  journal = {Journal of Air}, pages = 7, year = 2017}
@article{marks, title = {Hand in hand}, author = {Lin, Wei and Long, Ada}, author+an = {1=equal; 2=equal},
  journal = {Journal of Peers}, year = 2016}
"""
KEYS = tuple(re.findall(r"^@\w+\{([\w-]+)", BIB, re.MULTILINE))

COMPACT = {
    "full": "Wei Lin, Ada Long, Tom Kemp. Clouds over the sea. Journal of Clouds, 12(3), 45–67, 2024. · DOI",
    "conf": "Ada Long, Wei Lin. Rain in spring. Proceedings of Vision, 1–10, 2024.",
    "arxiv": "Wei Lin. Sunrise over mountains. arXiv:2301.00001, 2023 · Preprint.",
    "thesis": "Wei Lin. On weather. PhD thesis, University of Somewhere, 2023.",
    "book": "Wei Lin, Ada Long. The book of winds. Book, Springer, 2022.",
    "truncated": "Wei Lin, Ada Long, et al. Fog. Journal of Fog, 2021.",
    "asks": "Wei Lin. Why clouds? Journal of Clouds, 2020.",
    "no-venue": "Wei Lin. A note on snow. 2019.",
    "submitted": "Wei Lin, Ada Long. Storms. Journal of Storms, 2024 · Under review.",
    "five": "Wei Lin, Ada Long, Bob Ross, Tom Kemp, Eve Ames. Snow. Journal of Snow, 2018.",
    "names": "Jan Piet van der Berg, Wei Lin, Climate Group. Air. Journal of Air, 7, 2017.",
    "marks": "Wei Lin*, Ada Long*. Hand in hand. Journal of Peers, 2016.",
}
# IEEE Reference Guide (2023): articles vol., no., pp., year; proceedings year, pp.; books without quotes
IEEE = {
    "full": "W. Lin, A. Long, and T. Kemp, “Clouds over the sea,” Journal of Clouds, vol. 12, no. 3, pp. 45–67, 2024, "
    "doi: 10.1000/clouds.1.",
    "conf": "A. Long and W. Lin, “Rain in spring,” in Proceedings of Vision, 2024, pp. 1–10.",
    "arxiv": "W. Lin, “Sunrise over mountains,” 2023, arXiv:2301.00001.",
    "thesis": "W. Lin, “On weather,” Ph.D. dissertation, University of Somewhere, 2023.",
    "book": "W. Lin and A. Long, The book of winds. Springer, 2022.",
    "truncated": "W. Lin, A. Long, et al., “Fog,” Journal of Fog, 2021.",
    "asks": "W. Lin, “Why clouds?” Journal of Clouds, 2020.",
    "no-venue": "W. Lin, “A note on snow,” 2019.",
    "submitted": "W. Lin and A. Long, “Storms,” Journal of Storms, 2024, under review.",
    "five": "W. Lin, A. Long, B. Ross, T. Kemp, and E. Ames, “Snow,” Journal of Snow, 2018.",
    "names": "J. P. van der Berg, W. Lin, and Climate Group, “Air,” Journal of Air, p. 7, 2017.",
    "marks": "W. Lin* and A. Long*, “Hand in hand,” Journal of Peers, 2016.",
}
# APA 7, 10.1 (articles), 10.5 (proceedings as edited books: In …, pp.), 10.6 (theses in brackets), 10.8 (preprints)
APA = {
    "full": "Lin, W., Long, A., & Kemp, T. (2024). Clouds over the sea. Journal of Clouds, 12(3), 45–67. "
    "https://doi.org/10.1000/clouds.1",
    "conf": "Long, A., & Lin, W. (2024). Rain in spring. In Proceedings of Vision (pp. 1–10).",
    "arxiv": "Lin, W. (2023). Sunrise over mountains. arXiv. https://arxiv.org/abs/2301.00001",
    "thesis": "Lin, W. (2023). On weather [Doctoral dissertation, University of Somewhere].",
    "book": "Lin, W., & Long, A. (2022). The book of winds. Springer.",
    "truncated": "Lin, W., Long, A., et al. (2021). Fog. Journal of Fog.",
    "asks": "Lin, W. (2020). Why clouds? Journal of Clouds.",
    "no-venue": "Lin, W. (2019). A note on snow.",
    "submitted": "Lin, W., & Long, A. (2024). Storms. Journal of Storms. Under review.",
    "five": "Lin, W., Long, A., Ross, B., Kemp, T., & Ames, E. (2018). Snow. Journal of Snow.",
    "names": "van der Berg, J. P., Lin, W., & Climate Group. (2017). Air. Journal of Air, 7.",
    "marks": "Lin, W.*, & Long, A.* (2016). Hand in hand. Journal of Peers.",
}
# ACM Reference Format, as the class acmart prints it
ACM = {
    "full": "Wei Lin, Ada Long, and Tom Kemp. 2024. Clouds over the sea. Journal of Clouds 12, 3 (2024), 45–67. "
    "https://doi.org/10.1000/clouds.1",
    "conf": "Ada Long and Wei Lin. 2024. Rain in spring. In Proceedings of Vision, 1–10.",
    "arxiv": "Wei Lin. 2023. Sunrise over mountains. arXiv:2301.00001",
    "thesis": "Wei Lin. 2023. On weather. Ph.D. Dissertation. University of Somewhere.",
    "book": "Wei Lin and Ada Long. 2022. The book of winds. Springer.",
    "truncated": "Wei Lin, Ada Long, et al. 2021. Fog. Journal of Fog.",
    "asks": "Wei Lin. 2020. Why clouds? Journal of Clouds.",
    "no-venue": "Wei Lin. 2019. A note on snow.",
    "submitted": "Wei Lin and Ada Long. 2024. Storms. Journal of Storms. Under review.",
    "five": "Wei Lin, Ada Long, Bob Ross, Tom Kemp, and Eve Ames. 2018. Snow. Journal of Snow.",
    "names": "Jan Piet van der Berg, Wei Lin, and Climate Group. 2017. Air. Journal of Air, 7.",
    "marks": "Wei Lin* and Ada Long*. 2016. Hand in hand. Journal of Peers.",
}
# Nature, formatting guide, References: "in Proc. … 1–10 (year)", "Title (Publisher, year)", "Preprint at https://…"
NATURE = {
    "full": "Lin, W., Long, A. & Kemp, T. Clouds over the sea. Journal of Clouds 12, 45–67 (2024). "
    "https://doi.org/10.1000/clouds.1",
    "conf": "Long, A. & Lin, W. Rain in spring. in Proceedings of Vision 1–10 (2024).",
    "arxiv": "Lin, W. Sunrise over mountains. Preprint at https://arxiv.org/abs/2301.00001 (2023).",
    "thesis": "Lin, W. On weather. PhD thesis, University of Somewhere (2023).",
    "book": "Lin, W. & Long, A. The book of winds (Springer, 2022).",
    "truncated": "Lin, W., Long, A. et al. Fog. Journal of Fog (2021).",
    "asks": "Lin, W. Why clouds? Journal of Clouds (2020).",
    "no-venue": "Lin, W. A note on snow (2019).",
    "submitted": "Lin, W. & Long, A. Storms. Journal of Storms (2024), under review.",
    "five": "Lin, W., Long, A., Ross, B., Kemp, T. & Ames, E. Snow. Journal of Snow (2018).",
    "names": "van der Berg, J. P., Lin, W. & Climate Group. Air. Journal of Air 7 (2017).",
    "marks": "Lin, W.* & Long, A.* Hand in hand. Journal of Peers (2016).",
}
# GB/T 7714-2015, 8.1.2 (three authors, then et al.), 8.8 (//), 4.6 (electronic resources)
GBT7714 = {
    "full": "LIN W, LONG A, KEMP T. Clouds over the sea[J]. Journal of Clouds, 2024, 12(3): 45-67. "
    "DOI:10.1000/clouds.1.",
    "conf": "LONG A, LIN W. Rain in spring[C]//Proceedings of Vision. 2024: 1-10.",
    "arxiv": "LIN W. Sunrise over mountains[EB/OL]. arXiv, 2023. https://arxiv.org/abs/2301.00001.",
    "thesis": "LIN W. On weather: PhD thesis[D]. University of Somewhere, 2023.",
    "book": "LIN W, LONG A. The book of winds[M]. Springer, 2022.",
    "truncated": "LIN W, LONG A, et al. Fog[J]. Journal of Fog, 2021.",
    "asks": "LIN W. Why clouds?[J]. Journal of Clouds, 2020.",
    "no-venue": "LIN W. A note on snow[J]. 2019.",
    "submitted": "LIN W, LONG A. Storms[J]. Journal of Storms, 2024, under review.",
    "five": "LIN W, LONG A, ROSS B, et al. Snow[J]. Journal of Snow, 2018.",
    "names": "VAN DER BERG J P, LIN W, Climate Group. Air[J]. Journal of Air, 2017: 7.",
    "marks": "LIN W*, LONG A*. Hand in hand[J]. Journal of Peers, 2016.",
}
WANTED = {"compact": COMPACT, "ieee": IEEE, "apa": APA, "acm": ACM, "nature": NATURE, "gbt7714": GBT7714}
OWNER = {"compact": "Wei Lin", "ieee": "W. Lin", "apa": "Lin, W.", "acm": "Wei Lin", "nature": "Lin, W.",
         "gbt7714": "LIN W"}  # fmt: skip


def _profile(folder: Path, style: str, bib: str = BIB, *, more: str = "", language: str = "en") -> Path:
    section = f"{{publications: {{style: {style}, sort: file{more}}}}}"
    rest = f"variants: {{default: {{language: {language}, sections: [{section}]}}}}"
    return write_career(folder, bib, rest, settings="merge_twins: false")


def _cited(folder: Path, style: str, bib: str = BIB, *, more: str = "", language: str = "en") -> list[str]:
    """The plain text of every publication, in the order of the file, as it stands in the HTML."""
    profile = _profile(folder, style, bib, more=more, language=language)
    ran = run_cvgen("render", profile, "-f", "html", "-o", folder / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    page = (folder / "cv.html").read_text("utf-8")
    found = re.findall(r'<div class="pub cited[^>]*>(.*?)</div>', page, re.DOTALL)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", one))).strip() for one in found]


@lru_cache(maxsize=8)
def _texts(style: str) -> dict[str, str]:
    folder = Path(tempfile.mkdtemp(prefix="cvgen-test-"))
    return dict(zip(KEYS, _cited(folder, style), strict=True))


@lru_cache(maxsize=16)
def _pdf(style: str, engine: str) -> Rendered:
    folder = Path(tempfile.mkdtemp(prefix="cvgen-test-"))
    return render_pdf(Request(_profile(folder, style), None, "classic", engine, options=RUN_ONCE), folder)


@pytest.mark.parametrize(
    ("style", "key"), [pytest.param(style, key, id=f"{style}-{key}") for style in STYLES for key in KEYS]
)
def test_a_publication_is_cited_as_the_style_wants_it(style: str, key: str) -> None:
    assert _texts(style)[key] == WANTED[style][key]


def test_every_shipped_style_is_in_the_table() -> None:
    folder = Path(__file__).parent.parent / "themes" / "base" / "styles"
    assert sorted(path.stem for path in folder.glob("[!_]*.j2")) == sorted(WANTED)
    assert [set(wanted) for wanted in WANTED.values()] == [set(KEYS)] * len(WANTED)


@pytest.mark.parametrize("style", STYLES)
def test_punctuation_is_never_doubled(style: str) -> None:
    for text in _texts(style).values():
        assert not re.search(r"\.\.|,,|,\.|\.,(?! )|\]\.,|\(\)|\s[,.;:](?!\w)|[?!]\.", text), text


@pytest.mark.parametrize("style", STYLES)
def test_an_arxiv_number_is_printed_once(style: str) -> None:
    assert _texts(style)["arxiv"].count("2301.00001") == 1


# --- Long lists ------------------------------------------------------------------------------------------------------


def _crowd(count: int, owner: int) -> str:
    """A paper of ``count`` authors: A. Aa, A. Ab, …, with the owner at ``owner``."""
    names = [f"A{chr(97 + n // 26)}{chr(97 + n % 26)}, Zed" for n in range(count)]
    names[owner - 1] = "Lin, Wei"
    return f"@article{{crowd, title = {{Crowd}}, author = {{{' and '.join(names)}}}, journal = {{J}}, year = 2020}}\n"


def test_apa_prints_nineteen_an_ellipsis_and_the_last(tmp_path: Path) -> None:
    (text,) = _cited(tmp_path, "apa", _crowd(25, 2))
    assert text.startswith("Aaa, Z., Lin, W., Aac, Z., ")
    assert re.search(r"Aas, Z\., … Aay, Z\.", text), text
    assert "&" not in text
    assert len(re.findall(r"\bA\w\w, Z\.|Lin, W\.", text)) == 20


def test_apa_prints_twenty_whole(tmp_path: Path) -> None:
    (text,) = _cited(tmp_path, "apa", _crowd(20, 2))
    assert "…" not in text
    assert ", & Aat, Z. (2020)." in text


@pytest.mark.parametrize(
    ("count", "owner", "authors"),
    [
        pytest.param(3, 1, "LIN W, AAB Z, AAC Z.", id="three-whole"),
        pytest.param(4, 1, "LIN W, AAB Z, AAC Z, et al.", id="four"),
        pytest.param(9, 3, "AAA Z, AAB Z, LIN W, et al.", id="nine"),
    ],
)
def test_gbt7714_prints_three_and_et_al(tmp_path: Path, count: int, owner: int, authors: str) -> None:
    (text,) = _cited(tmp_path, "gbt7714", _crowd(count, owner))
    assert text == f"{authors} Crowd[J]. J, 2020."


def test_gbt7714_says_et_al_in_chinese(tmp_path: Path) -> None:
    (text,) = _cited(tmp_path, "gbt7714", _crowd(9, 1), language="zh")
    assert text.startswith("LIN W, AAB Z, AAC Z, 等. Crowd[J].")


def _write_style(folder: Path, name: str, text: str) -> Path:
    """A style of the person's own, beside the profile; gives its file."""
    path = folder / "themes" / "classic" / "styles" / f"{name}.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("style", ["gbt7714", "apa"])
def test_a_copied_style_keeps_its_limit(tmp_path: Path, style: str) -> None:
    _write_style(tmp_path, "mine", (SHIPPED_STYLES / f"{style}.j2").read_text("utf-8"))
    (own,) = _cited(tmp_path, "mine", _crowd(25, 2))
    (shipped,) = _cited(tmp_path, style, _crowd(25, 2))
    assert own == shipped
    assert "Aat" not in own


@pytest.mark.parametrize(
    ("header", "names"),
    [
        pytest.param("", "A B C D E", id="none"),
        pytest.param("{# My journal: LIN W. Title. #}", "A B C D E", id="no-settings"),
        pytest.param("{# My journal\n   max_authors: 3 #}", "A B … E", id="limit"),
        pytest.param("{#- max_authors: 3 -#}", "A B … E", id="one-line"),
        pytest.param("{# My journal\r\n   max_authors : 3\r\n   last_author: false\r\n#}", "A B C …", id="cut"),
        pytest.param("{# last_author: false #}", "A B C D E", id="cut-without-a-limit"),
        pytest.param("{# Note: a sentence with a colon\n   Authors: all #}", "A B C D E", id="other-words"),
        pytest.param("x{# max_authors: 3 #}", "A B C D E", id="not-the-first-comment"),
    ],
)
def test_a_style_declares_its_limit_in_its_first_comment(tmp_path: Path, header: str, names: str) -> None:
    body = "{% for one in item.authors %}{% if one.after_gap %}… {% endif %}{{ one.family }} {% endfor %}"
    body += "{% if item.cut %}…{% endif %}"
    _write_style(tmp_path, "mine", f"{header}\n{body}\n")
    authors = " and ".join(f"{family}, Zed" for family in "ABCDE")
    (text,) = _cited(tmp_path, "mine", f"@misc{{k, title = {{T}}, author = {{{authors}}}, year = 2020}}")
    assert text.removeprefix("x").strip() == names


def test_a_section_sets_another_limit_than_its_style(tmp_path: Path) -> None:
    (text,) = _cited(tmp_path, "gbt7714", _crowd(9, 1), more=", max_authors: 5")
    assert text.startswith("LIN W, AAB Z, AAC Z, AAD Z, AAE Z, et al.")


@pytest.mark.parametrize(
    ("text", "place", "message", "cure"),
    [
        pytest.param("{# Mine\n   max_authors: three #}", "2:17", "max_authors of this style cannot be 'three'",
                     "write a whole number, 1 or more", id="no-number"),
        pytest.param("{# max_authors: 0 #}", "1:17", "max_authors of this style cannot be '0'",
                     "write a whole number, 1 or more", id="zero"),
        pytest.param("{# last_author: no #}", "1:17", "last_author of this style cannot be 'no'",
                     "write true or false", id="no-switch"),
        pytest.param("\n\n{#\n  max_author: 3\n#}", "4:3", "a style has no setting 'max_author'",
                     "did you mean 'max_authors'?", id="misspelt"),
    ],
)  # fmt: skip
def test_a_wrong_setting_of_a_style_is_an_error_at_its_place(
    tmp_path: Path, text: str, place: str, message: str, cure: str
) -> None:
    """Also of a style that is not used: a theme is checked when it is read."""
    path = _write_style(tmp_path, "mine", text)
    ran = run_cvgen("render", _profile(tmp_path, "compact"))
    assert ran.code == 2
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    assert (told.place, told.message, told.hint) == (f"{path}:{place}", message, cure)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("owner", [1, 2, 7, 30], ids=lambda n: f"owner-{n}")
def test_the_owner_is_shown_in_every_style(tmp_path: Path, style: str, owner: int) -> None:
    (text,) = _cited(tmp_path, style, _crowd(30, owner), more=", max_authors: 4")
    assert text.count(OWNER[style]) == 1
    assert "…" in text or "et al." in text
    assert ("(7th)" in text) == (owner == 7)


LINKED = """\
@article{a, author={Lin, Wei}, title={One}, journal={J}, year=2024, eprint={2403.01234}, archiveprefix={arXiv},
  code={https://example.org/c}}
@article{b, author={Lin, Wei}, title={Two}, journal={J}, year=2024, eprint={2403.01235}, doi={10.1000/b}}
@software{c, author={Lin, Wei}, title={Three}, year=2024, url={https://example.org/three}}
"""


def test_check_names_the_style_that_prints_no_link(tmp_path: Path) -> None:
    without = '{{ sentence([authors(item), title(item.title), item.venue, item.year], ". ") }}'
    style = _write_style(tmp_path, "mine", without)
    ran = run_cvgen("check", _profile(tmp_path, "mine", LINKED), "--format", "json")
    (told,) = [one for cell in json.loads(ran.out)["cells"] for one in cell["findings"] if one["check"] == "links"]
    assert told["file"] == str(style)
    assert "no link to https://arxiv.org/abs/2403.01234 and 2 more addresses" in told["message"]
    assert "item.cited_url" in told["hint"]
    _write_style(tmp_path, "mine", without + told["hint"].removeprefix("write in it "))
    ran = run_cvgen("check", tmp_path / "profile.yaml")
    assert ran.code == 0, ran.out


@pytest.mark.parametrize("style", STYLES)
def test_a_list_cut_after_its_second_author_does_not_end_there(tmp_path: Path, style: str) -> None:
    """``W. Lin and A. Long`` would say that they are two."""
    (text,) = _cited(tmp_path, style, _crowd(9, 1), more=", max_authors: 2")
    before = re.split(r"(?:Zed Aab|Z\. Aab|Aab, Z\.|AAB Z)", text)
    assert len(before) == 2, text
    assert not re.search(r"(?:and|&) $", before[0]), text
    assert re.match(r",? (?:et al\.|…|\(9 authors\))", before[1]), text


@pytest.mark.parametrize(
    ("pubstate", "style", "start"),
    [
        pytest.param("inpress", "apa", "Lin, W. (in press). Air.", id="apa-in-press"),
        pytest.param("", "apa", "Lin, W. (n.d.). Air.", id="apa-without-year"),
        pytest.param("inpress", "ieee", "W. Lin, “Air,” Sky, in press.", id="ieee-in-press"),
    ],
)
def test_a_paper_without_year(tmp_path: Path, pubstate: str, style: str, start: str) -> None:
    state = f", pubstate = {{{pubstate}}}" if pubstate else ""
    bib = f"@article{{a, title = {{Air}}, author = {{Lin, Wei}}, journal = {{Sky}}{state}}}\n"
    (text,) = _cited(tmp_path, style, bib)
    assert text.startswith(start), text


@pytest.mark.parametrize(
    ("entry", "venue"),
    [
        ("@article{a, journal = {Journal of Clouds}, shortjournal = {J. Clouds}", "J. Clouds, 2024"),
        ("@article{a, journal = {Journal of Clouds}, abbr = {JC}", "Journal of Clouds (JC), 2024"),
        ("@inproceedings{a, booktitle = {Clouds Conference}, abbr = {CC}", "in Clouds Conference (CC), 2024"),
    ],
)
def test_ieee_abbreviates_a_journal_once(tmp_path: Path, entry: str, venue: str) -> None:
    bib = f"{entry}, title = {{Air}}, author = {{Lin, Wei}}, year = 2024}}\n"
    (text,) = _cited(tmp_path, "ieee", bib)
    assert text == f"W. Lin, “Air,” {venue}."


def test_what_a_style_does_not_know_stands_after_the_citation(tmp_path: Path) -> None:
    bib = BIB.replace("year = 2020}", "year = 2020, award = {Best Paper}, note = {A note}, code = {https://c.org}}")
    texts = dict(zip(KEYS, _cited(tmp_path, "ieee", bib, more=", roles: true"), strict=True))
    assert texts["asks"] == f"{IEEE['asks']} · Best Paper · A note · Code · Sole author"


# --- Both backends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("style", STYLES)
def test_both_backends_print_the_same_text(style: str, engine: str) -> None:
    text = squeeze(_pdf(style, engine).text)
    missing = [cited for cited in _texts(style).values() if squeeze(cited) not in text]
    assert not missing


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("style", STYLES)
def test_only_the_owner_is_bold(style: str, engine: str) -> None:
    printed = [char for page in _pdf(style, engine).pages for char in page.chars if char.text.strip()]
    text = "".join(char.text for char in printed)

    def fonts(words: str) -> set[bool]:
        bare = words.replace(" ", "")
        starts = [match.start() for match in re.finditer(re.escape(bare), text)]
        assert starts, words
        return {"bold" in char.font.casefold() for at in starts for char in printed[at : at + len(bare)]}

    colleague = OWNER[style].replace("Wei", "Ada").replace("Lin", "Long").replace("LIN", "LONG").replace("W", "A")
    heading = "PUBLICATIONS" if "PUBLICATIONS" in text else "Publications"  # small capitals through HTML
    assert fonts(heading), "the page is there"
    title_start = text.index(heading) + len(heading)
    assert fonts(OWNER[style]) == {True} or "Wei Lin" in OWNER[style]
    cited = OWNER[style].replace(" ", "")
    at = text.index(cited, title_start)
    assert {"bold" in char.font.casefold() for char in printed[at : at + len(cited)]} == {True}
    assert fonts(colleague) == {False}


MINE = """\
{% import "_authors.j2" as a with context %}
{{ a.list(item, "full", " und ") }}: {{ em(item.title) }} [{{ item.year }}] & 100% of #1_
{{- link("https://e.org/a_b#c", "x_y") }}
"""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("where", ["classic", "own"])
def test_a_persons_own_style_is_printed_by_both_backends(tmp_path: Path, engine: str, where: str) -> None:
    theme = tmp_path / "themes" / where
    (theme / "styles").mkdir(parents=True)
    (theme / "styles" / "mine.j2").write_text(MINE, "utf-8")
    if where == "own":
        (theme / "theme.yaml").write_text("extends: classic\n", "utf-8")
    profile = _profile(tmp_path, "mine")
    text = squeeze(render_pdf(Request(profile, None, where, engine), tmp_path).text)
    assert squeeze("Wei Lin, Ada Long und Tom Kemp: Clouds over the sea [2024] & 100% of #1_x_y") in text


def test_a_person_may_change_a_shipped_style(tmp_path: Path) -> None:
    folder = tmp_path / "themes" / "base" / "styles"
    folder.mkdir(parents=True)
    (folder / "ieee.j2").write_text("{{ title(item.title) }}!", "utf-8")
    assert _cited(tmp_path, "ieee")[0] == "Clouds over the sea!"


@pytest.mark.parametrize("joined", ["authors(item) ~ '. ' ~ item.year", "text(authors(item), '. ', item.year)"])
def test_texts_that_are_joined_keep_their_look(tmp_path: Path, joined: str) -> None:
    path = tmp_path / "themes" / "classic" / "styles" / "mine.j2"
    path.parent.mkdir(parents=True)
    path.write_text(f"{{{{ {joined} }}}}{{{{ '/' ~ 1 ~ 0 }}}}{{{{ item.title ~ 0 }}}}", "utf-8")
    run_cvgen("render", _profile(tmp_path, "mine"), "-f", "md", "-o", tmp_path / "cv.md")
    printed = (tmp_path / "cv.md").read_text("utf-8").replace(" and", ",")
    assert "**Wei Lin**, Ada Long, Tom Kemp. 2024/10Clouds over the sea0" in printed


# --- Faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "cure"),
    [
        pytest.param("iee", "did you mean 'ieee'?", id="misspelt"),
        pytest.param("zzz", "write one of: acm, apa, compact, full, gbt7714, ieee, nature", id="unknown"),
        pytest.param("_authors", "write one of: acm, apa, compact, full, gbt7714, ieee, nature", id="a-shared-part"),
        pytest.param("min", "did you mean 'mine'?", id="near-a-persons-own"),
    ],
)
def test_an_unknown_style_is_an_error_at_its_place(tmp_path: Path, style: str, cure: str) -> None:
    if "mine" in cure:
        (tmp_path / "themes" / "classic" / "styles").mkdir(parents=True)
        (tmp_path / "themes" / "classic" / "styles" / "mine.j2").write_text("x", "utf-8")
    profile = _profile(tmp_path, style)
    ran = run_cvgen("render", profile)
    assert ran.code == 2
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    text = profile.read_text("utf-8")
    line = line_of(text, "style:")
    column = text.splitlines()[line - 1].index(f"{style}, sort") + 1
    assert (told.place, told.hint) == (f"{profile}:{line}:{column}", cure)
    assert repr(style) in told.message


@pytest.mark.parametrize("format_", ["html", "tex"])
@pytest.mark.parametrize(
    ("style", "line", "message"),
    [
        pytest.param("a\nb\n{{ item.titel }}\n", 3, "titel", id="unknown-field"),
        pytest.param("a\n{{ boldd(item.title) }}\n", 2, "'boldd' is undefined", id="unknown-function"),
        pytest.param("a\n\n{{ words.nothing }}\n", 3, "nothing", id="unknown-word"),
        pytest.param("a\n{% if item.title %}\n", 2, "", id="syntax"),
        pytest.param('a\n{{ authors(item, "capital") }}\n', 2, "'capital' is not a form of names", id="form-of-names"),
        pytest.param("a\n{{ item.title ~ itm }}\n", 2, "itm", id="joined"),
        pytest.param("a\n{{ item.authors[99].name }}\n", 2, "", id="no-such-author"),
    ],
)
def test_a_fault_of_a_style_is_told_with_template_and_line(
    tmp_path: Path, style: str, line: int, message: str, format_: str
) -> None:
    path = tmp_path / "themes" / "classic" / "styles" / "mine.j2"
    path.parent.mkdir(parents=True)
    path.write_text(style, "utf-8")
    ran = run_cvgen("render", _profile(tmp_path, "mine"), "-f", format_, "-o", tmp_path / f"cv.{format_}")
    assert ran.code == 2, ran.err
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    assert told.place == f"{path}:{line}"
    assert message in told.message
    assert told.hint
    assert not (tmp_path / f"cv.{format_}").exists()


AWKWARD = {
    "hall": "@phdthesis{hall, title = {On fog}, author = {Lin, Wei}, school = {University of Fog}, address = {Bern}, "
    "year = 2020}",
    "cut": "@incollection{cut, title = {On fog}, author = {Lin, Wei}, booktitle = {Fogs}, "
    "editor = {Long, Ada and others}, year = 2020}",
    "nobody": "@proceedings{nobody, title = {Fog Days}, publisher = {Mist}, year = 2020}",
    "part": "@inbook{part, title = {On fog}, author = {Lin, Wei}, chapter = 5, publisher = {Mist}, year = 2020}",
    "series": "@inproceedings{series, title = {On fog}, author = {Lin, Wei}, series = {Fog Days 20}, year = 2020}",
    "quotes": "@article{quotes, title = {``Fog'' or \\glqq Nebel\\grqq}, author = {Lin, Wei}, journal = {J}, "
    "year = 2020}",
    "ideographs": "@article{ideographs, title = {雾}, author = {林, 薇 and Lin, Wei}, journal = {雾学报}, year = 2020}",
    "subtitle": "@article{subtitle, title = {Fog?}, subtitle = {No}, author = {Lin, Wei}, journal = {J}, year = 2020}",
    "commas": "@article{commas, title = {Fog,}, author = {Lin, Wei}, journal = {J,}, year = 2020}",
    "award": "@article{award, title = {Fog}, author = {Lin, Wei}, journal = {J}, year = 2020, award = {Best Paper}, "
    "note = {Best paper.}}",
    "edition": "@book{edition, title = {Fog}, author = {Lin, Wei}, publisher = {Mist}, year = 2020, edition = {2e}}",
}


@pytest.mark.parametrize(
    ("key", "style", "wanted"),
    [
        ("hall", "gbt7714", "LIN W. On fog: PhD thesis[D]. Bern: University of Fog, 2020."),
        ("cut", "ieee", "W. Lin, “On fog,” in Fogs, A. Long et al., Eds., 2020."),
        ("cut", "apa", "Lin, W. (2020). On fog. In A. Long et al. (Eds.), Fogs."),
        ("cut", "nature", "Lin, W. On fog. in Fogs (eds Long, A. et al.) (2020)."),
        ("nobody", "apa", "Fog Days. (2020). Mist."),
        ("part", "ieee", "W. Lin, “On fog,” Book chapter, Mist, ch. 5, 2020."),
        ("series", "apa", "Lin, W. (2020). On fog. In Fog Days 20."),
        ("quotes", "ieee", "W. Lin, “‘Fog’ or ‚Nebel‘,” J, 2020."),
        ("quotes", "apa", "Lin, W. (2020). “Fog” or „Nebel“. J."),
        ("ideographs", "ieee", "林薇 and W. Lin, “雾,” 雾学报, 2020."),
        ("ideographs", "apa", "林薇, & Lin, W. (2020). 雾. 雾学报."),
        ("ideographs", "gbt7714", "林薇, LIN W. 雾[J]. 雾学报, 2020."),
        ("subtitle", "acm", "Wei Lin. 2020. Fog? No. J."),
        ("commas", "compact", "Wei Lin. Fog. J, 2020."),
        ("commas", "apa", "Lin, W. (2020). Fog. J."),
        ("award", "compact", "Wei Lin. Fog. J, 2020. · Best Paper"),
        ("edition", "apa", "Lin, W. (2020). Fog (2nd ed.). Mist."),
    ],
)
def test_what_files_write_awkwardly_is_cited_well(tmp_path: Path, key: str, style: str, wanted: str) -> None:
    assert _cited(tmp_path, style, AWKWARD[key]) == [wanted]


def test_a_date_of_access_that_ends_with_a_full_stop_gets_no_second_one(tmp_path: Path) -> None:
    bib = "@software{k, title = {Fog}, author = {Lin, Wei}, url = {https://example.org}, urldate = {2020-01-02}}"
    assert "г. [Online]" in _cited(tmp_path, "ieee", bib, language="bg")[0]


@pytest.mark.parametrize("style", STYLES)
def test_a_preprint_with_the_doi_of_arxiv_is_cited_by_its_number(tmp_path: Path, style: str) -> None:
    bib = "@misc{k, title = {Fog}, author = {Lin, Wei}, doi = {10.48550/ARXIV.2301.00001}, year = 2023}"
    assert "10.48550" not in _cited(tmp_path, style, bib)[0]
    assert "2301.00001" in (tmp_path / "cv.html").read_text("utf-8")
