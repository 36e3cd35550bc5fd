"""Links of a publication: which fields hold one, and DOIs and identifiers in every written form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import read_papers, run_cvgen, write_career

from cvgen.diagnostics import Problem
from cvgen.model.language_files import known_languages
from cvgen.model.publication import LINK_LABELS, Publication
from cvgen.select.language import load_words
from cvgen.sources.entry.link_fields import LINK_FIELDS

PAGE = (Path(__file__).parent.parent / "docs" / "publications.md").read_text("utf-8")
SICI = "10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1"


def _read(folder: Path, fields: str) -> tuple[Publication, list[Problem]]:
    bib = f"@article{{k, author = {{Lin, Wei}}, title = {{T}}, journal = {{J}}, year = 2020, {fields}}}"
    reading = read_papers(folder, bib)
    assert reading.career
    return reading.career.publications[0], list(reading.problems)


@pytest.mark.parametrize(("label", "name"), [(label, name) for label, names in LINK_FIELDS.items() for name in names])
def test_a_field_of_the_table_is_a_link_in_each_spelling(tmp_path: Path, label: str, name: str) -> None:
    spellings = {name, f"{name}url", f"{name}_url", f"{name}-URL", name.upper()} - {"urlurl", "url_url", "url-URL"}
    for spelling in spellings:
        publication, problems = _read(tmp_path, f"{spelling} = {{https://example.org/x}}")
        assert [(link.label, link.url) for link in publication.links] == [(label, "https://example.org/x")], spelling
        assert not problems


def test_the_table_of_readme_is_that_of_the_code() -> None:
    table = PAGE.partition("| link | fields |")[2].partition("\n\n")[0]
    rows = [[re.findall(r"`(\w+)`", cell) for cell in row.split("|")[1:3]] for row in table.splitlines()[2:]]
    assert {label: tuple(names) for (label,), names in rows} == dict(LINK_FIELDS)


def test_every_label_has_its_word_in_every_language() -> None:
    for language in known_languages():
        assert {f"link_{label}" for label in LINK_LABELS} <= set(load_words(language))


@pytest.mark.parametrize(
    ("typed", "doi"),
    [
        ("10.1145/1137627.1137631", "10.1145/1137627.1137631"),
        ("doi:10.1145/1.2", "10.1145/1.2"),
        ("DOI: 10.1145/1.2", "10.1145/1.2"),
        ("https://doi.org/10.1145/1.2", "10.1145/1.2"),
        ("http://dx.doi.org/10.1145/1.2", "10.1145/1.2"),
        ("http://doi.acm.org/10.1145/1137627.1137631", "10.1145/1137627.1137631"),
        ("https://dl.acm.org/doi/10.1145/1.2", "10.1145/1.2"),
        ("https://dl.acm.org/doi/pdf/10.1145/1.2", "10.1145/1.2"),
        ("https://doi.ieeecomputersociety.org/10.1109/X.2", "10.1109/X.2"),
        ("https://link.example.com/article/10.1007/s1-2", "10.1007/s1-2"),
        ("10/gk9qx", "10/gk9qx"),
        ("https://doi.org/10/gk9qx", "10/gk9qx"),
        ("10.1145/1.2.", "10.1145/1.2"),
        ("(10.1145/1.2)", "10.1145/1.2"),
        ("{10.1145/1.2}", "10.1145/1.2"),
        (r"10.1007/978-3\_12", "10.1007/978-3_12"),
        (r"\url{https://doi.org/10.1145/1.2}", "10.1145/1.2"),
        (r"\href{https://doi.org/10.1145/1.2}{10.1145/1.2}", "10.1145/1.2"),
        (SICI, SICI),
        (SICI.replace("<", "$<$").replace(">", "$>$"), SICI),
        ("https://doi.org/" + SICI.replace("<", "%3C").replace(">", "%3E"), SICI),
        ("10.1016/S0140-6736(20)30183-5", "10.1016/S0140-6736(20)30183-5"),
    ],
)
def test_a_doi_is_read_in_any_written_form(tmp_path: Path, typed: str, doi: str) -> None:
    publication, problems = _read(tmp_path, f"doi = {{{typed}}}")
    address = "https://doi.org/" + doi.replace("<", "%3C").replace(">", "%3E")
    assert (publication.doi, [(link.label, link.url) for link in publication.links]) == (doi, [("doi", address)])
    assert not problems


PUBMED, PMC = "https://pubmed.ncbi.nlm.nih.gov/12345/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"


@pytest.mark.parametrize(
    ("fields", "links", "note"),
    [
        pytest.param("doi = {10.1/a, 10.1/b}", ["https://doi.org/10.1/a", "https://doi.org/10.1/b"], "", id="two-dois"),
        pytest.param("url = {https://doi.org/10.1/a}", ["https://doi.org/10.1/a"], "", id="doi-in-url"),
        pytest.param("note = {doi:10.1/a}", ["https://doi.org/10.1/a"], "", id="doi-in-note"),
        pytest.param("note = {See doi:10.1/a}", [], "See doi:10.1/a", id="doi-in-a-sentence"),
        pytest.param("note = {Erratum: doi:10.1/b}", [], "Erratum: doi:10.1/b", id="erratum"),
        pytest.param("note = {[Erratum: J. 1, 2 (2020)]}", [], "[Erratum: J. 1, 2 (2020)]", id="erratum-in-brackets"),
        pytest.param("note = {[PubMed:12345] [DOI:10.1/a] [PubMed Central:PMC123]}",
                     ["https://doi.org/10.1/a", PUBMED, PMC], "", id="pubmed"),
        pytest.param(r"note = {[PubMed:\href{https://x.org/12345}{12345}]}", [PUBMED], "", id="pubmed-href"),
        pytest.param("note = {PMID: 12345; PMCID: PMC123}", [PUBMED, PMC], "", id="pmid-in-note"),
        pytest.param("pmid = {12345}, pmcid = {PMC123}, hal_id = {hal-01234567}",
                     [PUBMED, PMC, "https://hal.science/hal-01234567"], "", id="archives"),
        pytest.param("data = {https://doi.org/10.5281/z.1}", ["https://doi.org/10.5281/z.1"], "", id="doi-of-data"),
        pytest.param("url = {https://x.org/1}, url2 = {https://x.org/2}", ["https://x.org/1", "https://x.org/2"], "",
                     id="second-address"),
    ],
)  # fmt: skip
def test_identifiers_are_links_and_notes_stay_notes(tmp_path: Path, fields: str, links: list[str], note: str) -> None:
    publication, problems = _read(tmp_path, fields)
    assert [link.url for link in publication.links] == links
    assert str(publication.note or "") == note
    assert not problems


def test_the_doi_of_a_data_set_is_not_that_of_the_paper(tmp_path: Path) -> None:
    publication, _ = _read(tmp_path, "data = {https://doi.org/10.5281/z.1}")
    assert publication.doi == ""
    assert [link.label for link in publication.links] == ["data"]


def test_a_doi_among_other_words_is_read_and_reported(tmp_path: Path) -> None:
    publication, (problem,) = _read(tmp_path, "doi = {10.1038/s1-2, PMID: 123}")
    assert publication.doi == "10.1038/s1-2"
    assert "holds more than a DOI" in problem.message


@pytest.mark.parametrize("style", ["ieee", "apa", "nature", "gbt7714"])
def test_a_second_doi_and_the_doi_of_a_preprint_stay_links_in_a_citation(tmp_path: Path, style: str) -> None:
    bib = (
        "@article{k, title = {On the fog of the sea}, author = {Lin, Wei}, journal = {J}, year = 2020,\n"
        "  doi = {10.1000/a, 10.1000/b}}\n"
        "@article{p, title = {On the fog of the sea}, author = {Lin, Wei}, journal = {bioRxiv}, year = 2020,\n"
        "  doi = {10.1101/2020.01.02.123456}}\n"
    )
    profile = write_career(tmp_path, bib, f"variants: {{v: {{sections: [{{publications: {{style: {style}}}}}]}}}}")
    fonts = [part for name in ("body", "heading") for part in ("--set", f"{name}_font=Serif")]
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", "--set", "code_font=Mono", *fonts)
    assert ran.code == 0, ran.err
    links = re.findall(r'href="https://doi.org/([^"]+)"', (tmp_path / "cv.html").read_text("utf-8"))
    assert links == ["10.1000/a", "10.1000/b", "10.1101/2020.01.02.123456"]
