"""How far a work has come: read from whatever says it and nothing else, printed once, never made better."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import about, line_of, read_papers, run_cvgen, valid_career, write_career

from cvgen.diagnostics import Problem, Severity
from cvgen.model.kinds import Kind
from cvgen.model.publication import Publication
from cvgen.model.shown_paper import PublicationItem
from cvgen.select.build_document import select_document
from cvgen.select.variant import resolve_variant

VARIANT = "variants: {v: {language: LANG, sections: [publications]}}"
STYLES = ("ieee", "apa", "acm", "nature", "gbt7714", "compact")


def _bib(fields: str, type_: str = "misc") -> str:
    year = "" if "year =" in fields else ", year = {2025}"
    return f"@{type_}{{key,\n  title = {{On clouds}}, author = {{Lin, Wei}}{year},\n  {fields}\n}}\n"


def _read(folder: Path, fields: str, type_: str = "misc") -> tuple[Publication, list[Problem]]:
    reading = read_papers(folder, _bib(fields, type_))
    assert reading.career is not None
    (publication,) = reading.career.publications
    return publication, list(reading.problems)


def _show(folder: Path, fields: str, type_: str = "misc", language: str = "en") -> PublicationItem:
    career = valid_career(folder, _bib(fields, type_), VARIANT.replace("LANG", language))
    (section,) = select_document(career, resolve_variant(career, "v")).document.sections
    return section.groups[0].items[0]


# What is written, the status, and what is printed in its place.
WORDINGS = [
    ("Preprint", "preprint", "Preprint"),
    ("Pre-print", "preprint", "Preprint"),
    ("arXiv preprint", "preprint", "arXiv preprint"),
    ("bioRxiv Preprint", "preprint", "bioRxiv Preprint"),
    ("Under review", "submitted", "Under review"),
    ("{U}nder {R}eview.", "submitted", "Under review"),
    ("(under review)", "submitted", "Under review"),
    ("under review at NeurIPS 2025", "submitted", "Under review at NeurIPS 2025"),
    ("under review (NeurIPS 2025)", "submitted", "Under review (NeurIPS 2025)"),
    ("Under review, NeurIPS 2025", "submitted", "Under review, NeurIPS 2025"),
    ("NeurIPS 2025 (under review)", "submitted", "NeurIPS 2025 (under review)"),
    ("Under review as a conference paper at ICLR 2026", "submitted", "Under review as a conference paper at ICLR 2026"),
    ("In review", "submitted", "Under review"),
    ("Submitted", "submitted", "Under review"),
    ("Submitted, May 2025", "submitted", "Under review"),
    ("submitted to ICML", "submitted", "Submitted to ICML"),
    ("Submission to IJCV (major revision)", "submitted", "Submission to IJCV (major revision)"),
    ("Minor revision", "submitted", "Minor revision"),
    (r"R\&R", "submitted", "R&R"),
    (r"Revise \& resubmit at AER", "submitted", "Revise & resubmit at AER"),
    ("Accepted with minor revisions", "submitted", "Accepted with minor revisions"),
    ("conditionally accepted", "submitted", "Conditionally accepted"),
    ("Preprint. Under review.", "submitted", "Preprint. Under review."),
    ("To appear", "forthcoming", "To appear"),
    ("to appear in JMLR", "forthcoming", "To appear in JMLR"),
    ("Accepted", "forthcoming", "To appear"),
    ("Accepted for publication", "forthcoming", "To appear"),
    ("Accepted for publication (in Nature)", "forthcoming", "Accepted for publication (in Nature)"),
    ("Accepted at ICML 2025 (Oral)", "forthcoming", "Accepted at ICML 2025 (Oral)"),
    ("Forthcoming, 2026", "forthcoming", "To appear"),
    ("In press", "inpress", "In press"),
    ("Early access", "inpress", "Early access"),
    ("Online first", "inpress", "Online first"),
    ("Advance online publication", "inpress", "Advance online publication"),
    ("Epub ahead of print", "inpress", "Epub ahead of print"),
    ("In preparation", "inpreparation", "In preparation"),
    ("Manuscript in preparation", "inpreparation", "In preparation"),
    ("To be submitted to ICML", "inpreparation", "To be submitted to ICML"),
    ("Working paper", "unpublished", "Working paper"),
    ("Unpublished manuscript", "unpublished", "Unpublished manuscript"),
    ("im Druck", "inpress", "In press"),
    ("eingereicht bei Wetter", "submitted", "Eingereicht bei Wetter"),
    (r"zur Ver{\"o}ffentlichung angenommen", "forthcoming", "To appear"),
    (r"\`a para\^itre", "forthcoming", "To appear"),
    ("soumis", "submitted", "Under review"),
    ("en prensa", "inpress", "In press"),
    ("在审", "submitted", "Under review"),
    ("已录用", "forthcoming", "To appear"),
]  # fmt: skip


@pytest.mark.parametrize("field", ["note", "addendum", "howpublished", "pubstate"])
@pytest.mark.parametrize(("text", "status", "printed"), WORDINGS, ids=[text for text, *_ in WORDINGS])
def test_a_text_that_says_nothing_but_a_status_is_the_status_and_is_printed_once(
    tmp_path: Path, field: str, text: str, status: str, printed: str
) -> None:
    item = _show(tmp_path, f"{field} = {{{text}}}")
    publication, problems = _read(tmp_path, f"{field} = {{{text}}}")
    assert publication.status == status
    assert not problems
    assert item.status == printed
    assert (str(item.note), str(item.venue), str(item.details)) == ("", "", "")


@pytest.mark.parametrize("field", ["journal", "booktitle"])
@pytest.mark.parametrize(
    ("text", "status", "printed", "venue"),
    [
        ("preprint", "preprint", "Preprint", ""),
        ("arXiv preprint", "preprint", "arXiv preprint", ""),
        ("Under review", "submitted", "Under review", ""),
        ("Submitted to Nature", "submitted", "Submitted to Nature", ""),
        ("Nature (in press)", "inpress", "In press", "Nature"),
        ("Nature, to appear", "forthcoming", "To appear", "Nature"),
        ("arXiv preprint arXiv:2301.00001", "preprint", "Preprint", "arXiv:2301.00001"),
        ("Nature", "published", "", "Nature"),
        ("In Press Journal of Print", "published", "", "In Press Journal of Print"),
    ],
)
def test_a_venue_that_is_none_is_not_printed(
    tmp_path: Path, field: str, text: str, status: str, printed: str, venue: str
) -> None:
    type_ = "article" if field == "journal" else "inproceedings"
    item = _show(tmp_path, f"{field} = {{{text}}}", type_)
    assert (item.status, str(item.venue)) == (printed, venue)
    assert _read(tmp_path, f"{field} = {{{text}}}", type_)[0].status == status


@pytest.mark.parametrize(
    ("fields", "status", "year", "details"),
    [
        ("year = {in press}", "inpress", None, ""),
        ("year = {2025, in press}", "inpress", 2025, ""),
        ("year = {2025 (to appear)}", "forthcoming", 2025, ""),
        ("year = {forthcoming 2026}", "forthcoming", 2026, ""),
        ("volume = {in press}", "inpress", 2025, ""),
        ("volume = {12}, pages = {in press}", "inpress", 2025, "12"),
    ],
)
def test_numbers_that_say_a_status_are_read_as_it(
    tmp_path: Path, fields: str, status: str, year: int | None, details: str
) -> None:
    publication, problems = _read(tmp_path, f"journal = {{J}}, {fields}", "article")
    assert (publication.status, publication.year) == (status, year)
    assert not problems
    assert str(_show(tmp_path, f"journal = {{J}}, {fields}", "article").details) == details


NO_STATUS = [
    "Published in Nature", "Published", "Oral", "Best paper award", "CVPR 2025 (Oral)", "Reprint", "Reprinted in Air",
    "Invited talk", "Press release", "With A. Long", "12 pages", "Erratum in J 12", "Accepted version available online",
    "Code is under review by the board of trustees of the whole society and its many friends", "Technical report",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_STATUS)
def test_a_note_that_says_something_else_is_a_note(tmp_path: Path, text: str) -> None:
    publication, problems = _read(tmp_path, f"journal = {{J}}, note = {{{text}}}", "article")
    assert (publication.status, publication.status_source) == ("published", "nothing says otherwise")
    assert not problems
    assert str(_show(tmp_path, f"journal = {{J}}, note = {{{text}}}", "article").note) == text


@pytest.mark.parametrize("text", ["Accepted as oral presentation", "arXiv preprint arXiv:2301.00001"])
def test_a_note_beside_a_venue_does_not_make_a_published_paper_less(tmp_path: Path, text: str) -> None:
    publication, problems = _read(tmp_path, f"booktitle = {{Proc. Clouds}}, note = {{{text}}}", "inproceedings")
    assert publication.status == "published"
    assert not problems


def test_a_note_that_begins_with_a_status_and_goes_on_is_told(tmp_path: Path) -> None:
    fields = "note = {Under review. Code: https://c.org}"
    publication, problems = _read(tmp_path, fields)
    assert publication.status == "published"
    (problem,) = about(problems, "begins with 'Under review' but says more")
    assert problem.severity is Severity.WARNING
    assert problem.location
    assert problem.location.line == line_of(_bib(fields), "note =")


@pytest.mark.parametrize(
    ("fields", "type_", "status"),
    [
        pytest.param("journal = {J}, note = {Under review}", "article", "submitted", id="article-and-note"),
        pytest.param("journal = {arXiv preprint arXiv:2301.00001}, note = {Under review}", "article", "submitted",
                     id="preprint-under-review"),
        pytest.param("note = {to appear in J}", "unpublished", "forthcoming", id="unpublished-to-appear"),
        pytest.param("note = {In preparation}", "unpublished", "inpreparation", id="unpublished-in-preparation"),
        pytest.param("note = {x}", "unpublished", "unpublished", id="unpublished"),
        pytest.param("type = {Preprint}", "misc", "preprint", id="type"),
        pytest.param("note = {Working paper}, institution = {I}", "techreport", "published", id="a-report-is-out"),
        pytest.param("url = {https://c.org}", "misc", "published", id="nothing-said"),
        pytest.param("note = {Posted on arXiv}", "misc", "preprint", id="server-in-the-note"),
        pytest.param("pubstate = {submitted}, note = {Accepted}", "misc", "submitted", id="pubstate-wins"),
    ],
)  # fmt: skip
def test_the_status_of_an_entry(tmp_path: Path, fields: str, type_: str, status: str) -> None:
    assert _read(tmp_path, fields, type_)[0].status == status


def test_a_preprint_that_is_under_review_stays_a_preprint_in_kind(tmp_path: Path) -> None:
    publication, _ = _read(tmp_path, "journal = {arXiv preprint arXiv:2301.00001}, note = {Under review}", "article")
    assert (publication.kind, str(publication.venue)) == (Kind.PREPRINT, "arXiv:2301.00001")


def test_of_two_statuses_the_weaker_is_taken_and_told(tmp_path: Path) -> None:
    publication, problems = _read(tmp_path, "journal = {J}, note = {Accepted}, addendum = {Under review}", "article")
    assert publication.status == "submitted"
    (problem,) = problems
    assert problem.severity is Severity.WARNING
    assert "'Under review'" in problem.message
    assert "'Accepted'" in problem.message


def test_a_pubstate_and_a_fuller_note_are_printed_once(tmp_path: Path) -> None:
    item = _show(tmp_path, "journal = {J}, pubstate = {submitted}, note = {Under review at J}", "article")
    assert (item.status, str(item.note)) == ("Under review at J", "")


# --- Misspelt and unknown --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "meant", "status"),
    [
        ("howpublished", "Arixv", "arXiv", "preprint"),
        ("howpublished", "arXive", "arXiv", "preprint"),
        ("journal", "Arvix", "arXiv", "preprint"),
        ("journal", "bioRvix", "bioRxiv", "preprint"),
        ("note", "prepint", "preprint", "preprint"),
        ("note", "Under reveiw", "under review", "submitted"),
        ("journal", "Under reveiw at NeurIPS", "under review", "submitted"),
        ("note", "Submited to ICML", "submitted", "submitted"),
        ("note", "acceptd", "accepted", "forthcoming"),
        ("note", "to apear", "to appear", "forthcoming"),
        ("note", "in preperation", "in preparation", "inpreparation"),
    ],
)
def test_a_slip_is_told_with_a_suggestion_and_never_read_as_published(
    tmp_path: Path, field: str, text: str, meant: str, status: str
) -> None:
    fields = f"{field} = {{{text}}}"
    publication, problems = _read(tmp_path, fields, "article" if field == "journal" else "misc")
    assert publication.status == status
    assert f"read as {meant!r}" in publication.status_source
    (problem,) = problems
    assert problem.severity is Severity.WARNING
    assert repr(text) in problem.message
    assert problem.hint == f"did you mean {meant!r}?"
    assert problem.location
    assert problem.location.line == line_of(_bib(fields), f"{field} =")


@pytest.mark.parametrize("text", ["Reprint", "Impress", "Archive", "Admitted", "Edited", "Presented", "Omitted"])
def test_a_word_like_a_status_is_no_slip(tmp_path: Path, text: str) -> None:
    publication, problems = _read(tmp_path, f"journal = {{J}}, note = {{{text}}}", "article")
    assert publication.status == "published"
    assert not problems


@pytest.mark.parametrize(
    ("word", "cure", "status"),
    [
        pytest.param("forthcomming", "did you mean 'forthcoming'?", "forthcoming", id="misspelt"),
        pytest.param("submited", "did you mean 'submitted'?", "submitted", id="letter-missing"),
    ],
)
def test_a_misspelt_pubstate_is_a_warning_and_read_as_it_was_meant(
    tmp_path: Path, word: str, cure: str, status: str
) -> None:
    publication, problems = _read(tmp_path, f"pubstate = {{{word}}}")
    (problem,) = problems
    assert (problem.severity, problem.hint) == (Severity.WARNING, cure)
    assert repr(word) in problem.message
    assert publication.status == status
    assert publication.note is None


@pytest.mark.parametrize(("note", "printed"), [("", "wibble"), ("note = {Hello}, ", "wibble; Hello")])
def test_an_unknown_pubstate_is_a_warning_and_printed_as_a_note(tmp_path: Path, note: str, printed: str) -> None:
    fields = f"journal = {{J}}, {note}pubstate = {{wibble}}"
    publication, problems = _read(tmp_path, fields, "article")
    (problem,) = problems
    assert problem.severity is Severity.WARNING
    assert "inpress" in (problem.hint or "")
    assert "'wibble' is not known" in publication.status_source
    assert str(_show(tmp_path, fields, "article").note) == printed


# --- Servers for preprints -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doi", "status"),
    [
        ("10.48550/arXiv.2301.00001", "preprint"),
        ("10.1101/2024.01.02.123456", "preprint"),
        ("10.1101/123456", "preprint"),
        ("10.1101/gr.123456.121", "published"),
        ("10.2139/ssrn.1234", "preprint"),
        ("10.31234/osf.io/ab3cd", "preprint"),
        ("10.17605/osf.io/ab3cd", "published"),
        ("10.26434/chemrxiv-2024-abc", "preprint"),
        ("10.21203/rs.3.rs-123/v1", "preprint"),
        ("10.20944/preprints202401.0001.v1", "preprint"),
        ("10.36227/techrxiv.123", "preprint"),
        ("10.1000/182", "published"),
    ],
)
def test_the_doi_of_a_server_makes_a_preprint(tmp_path: Path, doi: str, status: str) -> None:
    publication, _ = _read(tmp_path, f"publisher = {{Some House}}, doi = {{{doi}}}")
    assert publication.status == status


def test_a_paper_in_a_journal_is_no_preprint_by_its_doi(tmp_path: Path) -> None:
    assert _read(tmp_path, "journal = {J}, doi = {10.1101/123456}", "article")[0].status == "published"


@pytest.mark.parametrize(
    ("venue", "status"),
    [
        ("arXiv", "preprint"),
        ("CoRR", "preprint"),
        ("bioRxiv", "preprint"),
        ("SSRN Electronic Journal", "preprint"),
        ("Research Square", "preprint"),
        ("Preprints.org", "preprint"),
        ("PsyArXiv", "preprint"),
        ("ESS Open Archive", "preprint"),
        ("Workshop on mining arXiv", "published"),
        ("Journal of arXiv Studies", "published"),
        ("Corr. Ecology", "published"),
        ("Journal of Preprints", "published"),
    ],
)
def test_a_venue_is_a_server_where_it_names_nothing_else(tmp_path: Path, venue: str, status: str) -> None:
    publication, _ = _read(tmp_path, f"journal = {{{venue}}}", "article")
    assert (publication.status, str(publication.venue)) == (status, venue)


# --- In print --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("text", ["Under review", "Submitted to ICML", "preprint"])
@pytest.mark.parametrize("field", ["note", "howpublished"])
def test_every_style_prints_the_status_once(tmp_path: Path, style: str, text: str, field: str) -> None:
    variant = f"variants: {{v: {{sections: [publications: {{style: {style}}}]}}}}"
    profile = write_career(tmp_path, _bib(f"{field} = {{{text}}}"), variant)
    ran = run_cvgen("render", profile, "-f", "tex", "-o", tmp_path / "cv.tex")
    assert ran.code == 0, ran.err
    page = (tmp_path / "cv.tex").read_text("utf-8").split(r"\begin{document}")[1]
    assert page.casefold().count(text.casefold()) == 1
    assert "ICML" in page or "ICML" not in text


@pytest.mark.parametrize(("language", "printed"), [("de", "Im Druck"), ("zh", "印刷中"), ("en", "In press")])
def test_a_plain_status_speaks_the_documents_language(tmp_path: Path, language: str, printed: str) -> None:
    assert _show(tmp_path, "note = {im Druck}", language=language).status == printed


@pytest.mark.parametrize("style", STYLES)
def test_a_preprint_under_review_names_its_server_once(tmp_path: Path, style: str) -> None:
    variant = f"variants: {{v: {{sections: [publications: {{style: {style}}}]}}}}"
    fields = "journal = {arXiv preprint arXiv:2301.00001}, note = {Under review at ICML}"
    profile = write_career(tmp_path, _bib(fields, "article"), variant)
    ran = run_cvgen("render", profile, "-f", "tex", "-o", tmp_path / "cv.tex")
    assert ran.code == 0, ran.err
    page = (tmp_path / "cv.tex").read_text("utf-8").split(r"\begin{document}")[1]
    assert page.replace("abs/2301.00001", "").count("2301.00001") <= 1
    assert page.casefold().count("under review at icml") == 1


def test_a_preprint_sent_to_a_journal_is_not_in_it(tmp_path: Path) -> None:
    publication, _ = _read(tmp_path, "journal = {Preprint submitted to Journal of Clouds}", "article")
    assert (publication.status.value, str(publication.container)) == ("submitted", "")


@pytest.mark.parametrize("accepted", ["Accepted: 2019-03-01T12:34:56Z", "Accepted: 2019-03-01"])
def test_when_a_library_took_a_thesis_in_is_no_status(tmp_path: Path, accepted: str) -> None:
    thesis, _ = _read(tmp_path, f"school = {{U}}, note = {{{accepted}}}", "phdthesis")
    assert thesis.status.value == "published"
    article, _ = _read(tmp_path, f"journal = {{J}}, note = {{{accepted}}}", "article")
    assert article.status.value == "forthcoming"


def test_a_talk_that_was_given_is_not_unpublished(tmp_path: Path) -> None:
    item = _show(tmp_path, "eventtitle = {Cloud Days}, note = {Invited}", "unpublished")
    assert (item.kind, item.status) == ("talk", "")


def test_an_unpublished_manuscript_is_not_called_so_twice(tmp_path: Path) -> None:
    item = _show(tmp_path, "type = {Unpublished manuscript}", "unpublished")
    assert (item.lead, item.status) == ("Unpublished manuscript", "")
