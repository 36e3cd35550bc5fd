"""Bibliographies of strangers, one test for each kind of file that once made cvgen say something false.

All go through the command line, in every style that the kind concerns.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, run_cvgen, write_career

STYLES = ("full", "compact", "ieee", "apa", "acm", "nature", "gbt7714")
MARKS = 'marks: {"*": equal}\nmerge_twins: false'


def _print(folder: Path, style: str, bib: str, *, settings: str = MARKS, file: str = "papers.bib") -> list[str]:
    """The text of each publication, as the HTML has it, in the order of the file."""
    rest = f"variants: {{v: {{sections: [{{publications: {{style: {style}, sort: file}}}}]}}}}"
    profile = write_career(folder, bib, rest, settings=settings)
    if file != "papers.bib":
        (folder / "papers.bib").rename(folder / file)
        profile.write_text(profile.read_text("utf-8").replace("papers.bib", file), "utf-8")
    ran = run_cvgen("render", profile, "-f", "html", "-o", folder / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    page = (folder / "cv.html").read_text("utf-8")
    blocks = re.findall(r'<div class="pub(?: [^"]*)?"[^>]*>(.*?)(?=<div class="pub[ "]|</section>)', page, re.DOTALL)
    bare = (re.sub(r"<[^>]*>", "", re.sub(r"</div>\s*<div", "</div> <div", block)) for block in blocks)
    return [re.sub(r"\s+", " ", unescape(text)).strip() for text in bare]


def _rows(folder: Path, bib: str, *, settings: str = MARKS) -> dict[str, dict[str, object]]:
    ran = run_cvgen("publications", write_career(folder, bib, settings=settings), "--json")
    assert ran.code == 0, ran.err
    return {row["key"]: row for row in json.loads(ran.out)}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Between $1$ and $2$ layers of $5$-colourings", "Between 1 and 2 layers of 5-colourings"),
        (r"The $\gamma$3$\delta$1 channel", "The γ3δ1 channel"),
        (r"Drift of $\pm$5\,\% at $-$20 K", "Drift of ±5 % at −20 K"),
        (r"A $0.18\,\mathrm{\mu m}$ node", "A 0.18 µm node"),
        (r"Gaps\hspace{0pt}---\LaTeXe{} and \XeTeX", "Gaps—LaTeX2e and XeTeX"),
        (r"Films of ${\rm AlN}(10\bar{1}0)$ on GaN\slash Si", "Films of AlN(101̄0) on GaN/Si"),
        (r"Bounds on $\hat{\beta}$ and $\tilde{O}(n)$", "Bounds on β̂ and Õ(n)"),
        ("From $5 to $20: prices", "From $5 to $20: prices"),
    ],
)
def test_tex_in_titles_is_read_as_a_reader_expects(tmp_path: Path, style: str, typed: str, printed: str) -> None:
    bib = f"@article{{a, author = {{Lin, Wei}}, title = {{{typed}}}, journal = {{Words}}, year = 2020}}\n"
    (text,) = _print(tmp_path, style, bib)
    squeezed = re.sub(r"\s", "", text)
    assert re.sub(r"\s", "", printed) in squeezed
    assert not re.search(r"\\[A-Za-z]|[{}]", text)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (r"Pe\~{n}a*, Luz", "Luz Peña"),
        (r"N\'u\~nez$^{1,*}$, Luz", "Luz Núñez"),
        (r"{\c{S}}en*, Luz", "Luz Şen"),
        (r"Nguy\~{\^{e}}n*, Luz", "Luz Nguyễn"),
    ],
)
def test_a_mark_changes_no_letter_of_a_name(tmp_path: Path, name: str, shown: str) -> None:
    bib = f"@article{{a, author = {{{name} and Roe*, Bo}}, title = {{T}}, journal = {{J}}, year = 2020}}\n"
    (tmp_path / "papers.bib").write_text(bib, "utf-8")
    profile = tmp_path / "profile.yaml"
    head = f'basics: {{name: "{shown}"}}\nbibliography:\n  files: [papers.bib]\n'
    profile.write_text(f'{head}  marks: {{"*": equal, "1": ignored}}\n'.replace(', "1": ignored', ""), "utf-8")
    ran = run_cvgen("publications", profile, "--json")
    (row,) = json.loads(ran.out)
    assert row["roles"] == ["co_first", "co_senior", "first"]
    assert "--add-alias" not in ran.err


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        ("Lin, Wei (*) and Roe, Ann (*) and Kemp, Tom", ["co_first", "first"]),
        ("Lin, Wei (equal contribution) and Roe, Ann (equal contribution)", ["first"]),
        ("Lin, Wei [corresponding author] and Roe, Ann", ["first"]),
        ("Lin, Wei, PhD and Roe, Ann, MD", ["first"]),
        ("Dr. Wei Lin and Prof. Dr. Ann Roe", ["first"]),
        ("Lin, Dr. Wei and Roe, Ann", ["first"]),
    ],
)
def test_what_is_typed_beside_a_name_hides_nobody(tmp_path: Path, names: str, roles: list[str]) -> None:
    bib = f"@article{{a, author = {{{names}}}, title = {{T}}, journal = {{J}}, year = 2020}}\n"
    rows = _rows(tmp_path, bib)
    assert rows["a"]["roles"] == roles
    (text,) = _print(tmp_path, "apa", bib)
    assert not re.search(r"[()\[\]].*[()\[\]].*\(2020\)|D\. W\.", text), text


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        ("Lin W, Roe AB", "Lin, W., & Roe, A. B. (2020)"),
        ("Berg, Joerg van der and Lin, Wei", "van der Berg, J., & Lin, W. (2020)"),
        ("王小明，李小红、林薇", "王小明, 李小红, & 林薇"),
    ],
)
def test_lists_as_catalogues_write_them(tmp_path: Path, names: str, printed: str) -> None:
    bib = f"@article{{a, author = {{{names}}}, title = {{T}}, journal = {{J}}, year = 2020}}\n"
    assert _print(tmp_path, "apa", bib)[0].startswith(printed)


THESES = """\
@thesis{a, author = {Lin, Wei}, title = {One}, institution = {U of Oslo}, type = {bathesis}, year = 2010}
@thesis{b, author = {Lin, Wei}, title = {Two}, institution = {U of Oslo}, type = {Master's thesis}}
@phdthesis{c, author = {Lin, Wei}, title = {Three}, school = {U of Oslo}, type = {Habilitation}, year = 2020}
@thesis{d, author = {Lin, Wei}, title = {Four}, institution = {U of Oslo}, type = {Licentiate thesis}}
"""


@pytest.mark.parametrize("style", STYLES)
def test_a_thesis_is_the_one_that_its_entry_names(tmp_path: Path, style: str) -> None:
    bachelor, master, habilitation, licentiate = _print(tmp_path, style, THESES)
    assert re.search(r"Bachelor’s thesis|BSc thesis|B\.S\. thesis", bachelor)
    assert re.search(r"Master’s thesis|MSc thesis|M\.S\. thesis", master)
    assert "Habilitation" in habilitation
    assert "Licentiate thesis" in licentiate
    assert not re.search(r"doctoral|Ph\.?D", " ".join((bachelor, master, habilitation, licentiate)), re.IGNORECASE)


EDITORS = """\
@book{a, editor = {Lin, Wei and Roe, Ann}, title = {An edited volume}, publisher = {Press}, year = 2018}
@incollection{b, author = {Roe, Ann}, title = {A chapter}, crossref = {a}, pages = {1--9}}
"""


@pytest.mark.parametrize("style", STYLES)
def test_an_editor_is_printed_as_one_and_the_book_stays(tmp_path: Path, style: str) -> None:
    volume, chapter = _print(tmp_path, style, EDITORS)
    assert "(Eds.)" in volume
    assert "An edited volume" in chapter
    rows = _rows(tmp_path, EDITORS)
    assert rows["a"]["roles"] == ["editor"]


FIELDS = """\
@article{a, author = {Lin, Wei}, title = {Online}, journal = {PLoS Words}, volume = {3}, eid = {e123}, year = {2011}}
@patent{b, author = {Lin, Wei}, title = {A device}, number = {US 7062320}, year = {2006}}
@techreport{c, author = {Lin, Wei}, title = {A report}, institution = {Bureau of Words}, number = {TR-7}, year = {2014}}
@incollection{d, author = {Lin, Wei}, editor = {Roe, Ann}, title = {A chapter}, booktitle = {The handbook},
  publisher = {Wiley}, edition = {2nd}, pages = {5--9}, year = {2017}}
@software{e, author = {Lin, Wei}, title = {A tool}, version = {1.2}, year = {2016}}
@misc{f, author = {Lin, Wei}, title = {A speech}, eventtitle = {Meeting of Words}, year = {2016}}
"""


@pytest.mark.parametrize("style", STYLES)
def test_no_field_of_a_reference_is_lost(tmp_path: Path, style: str) -> None:
    article, patent, report, chapter, software, talk = _print(tmp_path, style, FIELDS)
    assert "e123" in article
    assert "US 7062320" in patent
    assert "TR-7" in report
    assert "Bureau of Words" in report
    assert all(words in chapter for words in ("The handbook", "Wiley", "2nd ed"))
    assert re.search("Roe", chapter, re.IGNORECASE)
    assert "1.2" in software
    assert "Meeting of Words" in talk


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "entry",
    [
        "@patent{a, author = {Lin, Wei}, title = {Pat}, number = {US7}, year = 2018}",
        "@inproceedings{a, author = {Lin, Wei}, title = {In in}, booktitle = {In Proc. of X}, year = 2018}",
        "@article{a, author = {Lin, Wei}, title = {No journal}, volume = {1}, pages = {2}}",
        "@book{a, author = {Lin, Wei}, title = {No publisher}, edition = {2}}",
        "@inproceedings{a, author = {Lin, Wei}, title = {Ends in a dot.}, booktitle = {Proc. of Y.}, year = 2013}",
        "@misc{a, author = {Lin, Wei}, title = {Nothing else}}",
    ],
)
def test_no_punctuation_is_left_over(tmp_path: Path, style: str, entry: str) -> None:
    (text,) = _print(tmp_path, style, entry)
    assert not re.search(r"\.\.|,,|,\.|\bin In\b|\bIn In\b|“,|\(\)|·\s*\.|\.\s*·$|\.,”|\s[,.;:](?!\w)", text), text


def test_words_of_annotations_that_are_not_known_end_nothing(tmp_path: Path) -> None:
    bib = "@article{a, author = {Roe, Ann and Lin, Wei}, author+an = {1=visiting,phd; 2=corresponding}, title = {T}}\n"
    rows = _rows(tmp_path, bib)
    assert "corresponding" in str(rows["a"]["roles"])
    mapped = _rows(tmp_path, bib, settings="annotations: {visiting: ignore, phd: student}")
    assert "supervised" in str(mapped["a"]["roles"])


@pytest.mark.parametrize("style", STYLES)
def test_journal_macros_of_ads_are_journals(tmp_path: Path, style: str) -> None:
    bib = "@article{a, author = {Lin, Wei}, title = {T}, journal = {\\mnras}, volume = 1, year = 2015}\n"
    (text,) = _print(tmp_path, style, bib)
    assert "Monthly Notices of the Royal Astronomical Society" in text


@pytest.mark.parametrize(
    "bib",
    [
        "@comment{",
        "@article{a, author = {Lin, Wei}, title = {T}, year = 2020}\n@comment{ old\n",
        "@article{a, author = {Lin, Wei}, title = {T}, year = 2020}\n%@article{b, title = {T},\n%, year = 2019}\n",
        '@string{j = "J"}\n@article{a, author = {Lin, Wei}, title = {T}, journal = j, year = 2020}\n@string{j = "J"}\n',
        "@article{a, author = {Lin, Wei}, title = {T}, year = 2020}\n" * 2,
        "@article{, author = {Lin, Wei}, title = {T}, year = 2020}\n",
        "@article{k2",
    ],
)
def test_what_bibtex_survives_cvgen_survives(tmp_path: Path, bib: str) -> None:
    profile = write_career(tmp_path, bib)
    assert run_cvgen("publications", profile).code == 0


@pytest.mark.parametrize("style", ["ieee", "apa", "nature", "gbt7714"])
def test_several_initials_stay(tmp_path: Path, style: str) -> None:
    bib = "@article{a, author = {Stone, M.E. and J.R.R. Roe and Lin, Wei}, title = {T}, journal = {J}, year = 2024}\n"
    (text,) = _print(tmp_path, style, bib)
    assert re.search(r"M\.? E\.?", text)
    assert re.search(r"J\.? R\.? R\.?", text)


def test_unread_fields_are_one_line_each_and_links_are_read(tmp_path: Path) -> None:
    bib = "".join(
        f"@article{{k{n}, author = {{Lin, Wei}}, title = {{T{n}}}, year = 2020, _track = {{x}},"
        f" codeurl = {{https://e.org/c{n}}}, slides_url = {{https://e.org/s{n}}}}}\n"
        for n in range(4)
    )
    ran = run_cvgen("publications", write_career(tmp_path, bib))
    assert ran.err.count("_track") == 1
    assert all("Code" in text and "Slides" in text for text in _print(tmp_path, "full", bib))


TWINS = """\
@article{pre, author = {Lin*, Wei and Roe*, Ann}, title = {Seeing far away}, journal = {arXiv:2301.01234}, year = 2023}
@article{pub, author = {Lin, Wei and Roe, Ann}, title = {Seeing far away}, journal = {Sight}, year = 2024}
@article{pre2, author = {Roe*, Ann and Lin*, Wei}, title = {Hearing far away}, journal = {arXiv:2301.01235},
  year = 2023}
@article{pub2, author = {Lin, Wei and Roe, Ann}, title = {Hearing far away}, journal = {Sight}, doi = {10.1000/2},
  eprint = {2301.01235}, eprinttype = {arxiv}, year = 2024}
"""


def test_marks_of_the_preprint_are_kept_where_the_lists_agree(tmp_path: Path) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, TWINS, settings='marks: {"*": equal}'), "--json")
    rows = {row["key"]: row for row in json.loads(ran.out)}
    assert "co_first" in rows["pub"]["roles"]
    assert "co_first" not in rows["pub2"]["roles"]
    assert re.search(r"warning: .*'pre2'", ran.err)


STATUS = """\
@misc{a, author = {Lin, Wei and others}, author+an = {1=core}, title = {One}, year = 2025}
@misc{b, author = {Lin, Wei}, title = {Two}, howpublished = {preprint}, year = 2025}
@inproceedings{c, author = {Lin, Wei}, title = {Three}, booktitle = {Under review}, year = 2025}
@article{d, author = {Lin, Wei}, title = {Four}, journal = {J}, note = {Under review}, year = 2025}
"""


def test_nothing_is_claimed_that_the_entry_does_not_say(tmp_path: Path) -> None:
    rows = _rows(tmp_path, STATUS)
    assert rows["a"]["roles"] == ["core"]
    assert [rows[key]["status"] for key in "bcd"] == ["preprint", "submitted", "submitted"]


@pytest.mark.parametrize("style", STYLES)
def test_a_status_is_printed_once(tmp_path: Path, style: str) -> None:
    for text in _print(tmp_path, style, STATUS)[1:]:
        assert len(re.findall(r"under review|preprint", text, re.IGNORECASE)) == 1, text


CSL = """\
[{"id": "a", "type": "thesis", "title": "One", "genre": "Bachelor's thesis", "publisher": "U",
  "author": [{"family": "Lin", "given": "Wei"}], "issued": {"date-parts": [[2014]]}},
 {"id": "b", "type": "book", "title": "Two", "editor": [{"family": "Lin", "given": "Wei"}], "publisher": "P"},
 {"id": "c", "type": "speech", "title": "Three", "event": "Meeting of Words", "event-place": "Oslo",
  "author": [{"family": "Lin", "given": "Wei"}], "issued": {"date-parts": [["2016", "5"]]}},
 {"id": "d", "type": "patent", "title": "Four", "number": "US1", "author": [{"family": "Lin", "given": "Wei"}]}]
"""


@pytest.mark.parametrize("style", STYLES)
def test_csl_says_the_same(tmp_path: Path, style: str) -> None:
    thesis, edited, talk, patent = _print(tmp_path, style, CSL, file="papers.json")
    assert re.search(r"Bachelor’s thesis|BSc thesis|B\.S\. thesis", thesis)
    assert "(Ed.)" in edited
    assert "Meeting of Words" in talk
    assert "Oslo" in talk
    assert "US1" in patent
