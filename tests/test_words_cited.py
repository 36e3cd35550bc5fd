"""Citation styles in other languages: the words, quotation marks, commas and brackets of the document's language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from helpers import run_cvgen
from pdf import squeeze
from rendering import render_pdf

from cvgen.pipeline.request import Request

PAPERS = """\
@article{de, author = {Weiß, Änne and Kemp, Tom and Lin, Wei}, title = {Lernen}, journal = {Blätter}, volume = 12,
  number = 4, pages = {101--118}, year = 2023, topic = {de}}
@article{deprint, author = {Lin, Wei}, title = {Warten}, journal = {Blätter}, pubstate = {inpress}, topic = {de}}
@incollection{debook, author = {Lin, Wei}, editor = {Kemp, Tom and Weiß, Änne}, title = {Kapitel}, booktitle = {Buch},
  pages = {10--20}, year = 2019, topic = {de}}
@article{zh, author = {王小明 and 林雅 and 高山}, title = {学习表示}, journal = {东湖学报}, volume = 12, number = 4,
  pages = {101--118}, year = 2023, topic = {zh}}
@collection{zhbook, editor = {王小明 and 林雅}, title = {文集}, publisher = {东湖出版社}, year = 2021, topic = {zh}}
@article{zhen, author = {Weiß, Änne and Lin, Wei}, title = {Learning}, journal = {Letters}, volume = 2, year = 2020,
  topic = {zh}}
@article{ar, author = {حداد, ليلى and منصور, عمر}, title = {تعلم}, journal = {مجلة النيل}, volume = 12, number = 4,
  pages = {101--118}, year = 2023, topic = {ar}}
"""
ASKED = ("de-ieee", "de-apa", "de-acm", "fr-ieee", "pl-ieee", "zh-full", "zh-compact", "zh-ieee", "zh-apa",
         "zh-gbt7714", "zh-Hant-ieee", "ja-ieee", "ko-ieee", "ar-compact", "ar-ieee", "ar-apa")  # fmt: skip
SHOWN = {"fr": "de", "pl": "de", "zh-Hant": "zh", "ja": "zh", "ko": "zh"}
"""Whose papers a language shows."""


def write_profile(folder: Path) -> Path:
    """A profile with a variant for each language and style."""
    variants = ""
    for name in ASKED:
        language, _, style = name.rpartition("-")
        listed = f"{{style: {style}, sort: file, where: \"topic == '{SHOWN.get(language, language)}'\"}}"
        variants += f"  {name}: {{language: {language}, sections: [{{publications: {listed}}}]}}\n"
    head = "basics: {name: Wei Lin}\nbibliography: {files: [papers.bib], aliases: [林雅, ليلى حداد]}\n"
    text = f"{head}variants:\n{variants}"
    (folder / "profile.yaml").write_text(text, "utf-8")
    (folder / "papers.bib").write_text(PAPERS, "utf-8")
    return folder / "profile.yaml"


@cache
def _cite_all() -> dict[str, str]:
    """The text of each variant, on one line."""
    folder = Path(mkdtemp())
    ran = run_cvgen(
        "render", write_profile(folder), "--all", "-f", "txt", "--set", "text_width=0", "-o", folder / "out"
    )
    assert ran.code == 0, ran.err
    return {name: " ".join((folder / f"out/profile-{name}.txt").read_text("utf-8").split()) for name in ASKED}


CITED = [
    ("de-ieee", "Ä. Weiß, T. Kemp und W. Lin, „Lernen“, Blätter, Bd. 12, Nr. 4, S. 101–118, 2023."),
    ("de-ieee", "„Kapitel“, in Buch, hrsg. von T. Kemp und Ä. Weiß, 2019, S. 10–20."),
    ("de-ieee", "„Warten“, Blätter, im Druck."),
    ("de-apa", "Weiß, Ä., Kemp, T., & Lin, W. (2023). Lernen."),
    ("de-apa", "In T. Kemp & Ä. Weiß (Hrsg.), Buch (S. 10–20)."),
    ("de-apa", "(im Druck)"),
    ("de-acm", "Änne Weiß, Tom Kemp und Wei Lin. 2023. Lernen."),
    ("de-acm", "Im Druck."),
    ("fr-ieee", "Ä. Weiß, T. Kemp et W. Lin, « Lernen », Blätter, vol. 12, nº 4, p. 101–118, 2023."),
    ("pl-ieee", "Ä. Weiß, T. Kemp i W. Lin, „Lernen”, Blätter, t. 12, nr 4, s. 101–118, 2023."),
    ("zh-full", "王小明、林雅、高山 东湖学报，12(4)，101–118，2023"),
    ("zh-full", "王小明、林雅（主编）"),
    ("zh-full", "Änne Weiß, Wei Lin Letters, 2, 2020"),
    ("zh-compact", "王小明、林雅、高山. 学习表示. 东湖学报，12(4)，101–118，2023."),
    ("zh-ieee", "王小明、林雅、高山，“学习表示”，东湖学报，第12卷，第4期，第101–118页，2023年."),
    ("zh-apa", "王小明、林雅（主编）. (2021). 文集. 东湖出版社."),
    ("zh-gbt7714", "王小明, 林雅, 高山. 学习表示[J]. 东湖学报, 2023, 12(4): 101-118."),
    ("zh-Hant-ieee", "王小明、林雅、高山，「学习表示」"),
    ("ja-ieee", "「学习表示」"),
    ("ko-ieee", "제12권, 제4호, 101–118쪽, 2023년."),
    ("ar-compact", "ليلى حداد، عمر منصور. تعلم. مجلة النيل، 12(4)، 101–118، 2023."),
    ("ar-ieee", "ليلى حداد وعمر منصور، «تعلم»، مجلة النيل، المجلد 12، العدد 4، ص 101–118، 2023."),
    ("ar-apa", "حداد، ليلى ومنصور، عمر. (2023). تعلم."),
]


@pytest.mark.parametrize(("asked", "printed"), CITED)
def test_a_style_speaks_the_language_of_the_document(asked: str, printed: str) -> None:
    assert printed in _cite_all()[asked]


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
@pytest.mark.parametrize("asked", ["de-ieee", "zh-ieee", "zh-full"])
def test_both_engines_print_the_sentence(tmp_path: Path, engine: str, asked: str) -> None:
    text = squeeze(render_pdf(Request(write_profile(tmp_path), asked, "classic", engine), tmp_path).text)
    assert [printed for name, printed in CITED if name == asked and squeeze(printed) not in text] == []


def test_plain_text_breaks_no_korean_word_and_begins_no_line_with_a_full_stop(tmp_path: Path) -> None:
    korean, chinese = "대규모 언어모델의 추론비용을 절반으로 줄였다 " * 6, "东湖学报" * 30 + "2023年."
    (tmp_path / "profile.yaml").write_text(
        f"language: ko\nbasics: {{name: 김하나, summary: {korean}}}\n"
        f"awards: [{{title: A, summary: {chinese}}}, {{title: B, summary: 年{chinese}}}]\n",
        "utf-8",
    )
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "txt", "-o", tmp_path / "cv.txt")
    assert ran.code == 0, ran.err
    lines = (tmp_path / "cv.txt").read_text("utf-8").splitlines()
    assert len(lines) > 12
    assert [line for line in lines if line.lstrip()[:1] in (".", "，")] == []
    assert {word for line in lines if "언어" in line or "줄였" in line for word in line.split()} <= set(korean.split())


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_turkish_headings_keep_their_dots(tmp_path: Path, engine: str) -> None:
    (tmp_path / "profile.yaml").write_text(
        "language: tr\nbasics: {name: Işıl}\nwork: [{name: A, date: 2020}]\ncompetitions: [{name: B}]\n", "utf-8"
    )
    text = render_pdf(Request(tmp_path / "profile.yaml", None, "classic", engine), tmp_path).text
    assert "İŞDENEYİMİ" in squeeze(text)
    assert "YARIŞMALAR" in squeeze(text)
