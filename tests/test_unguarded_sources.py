"""What is read from files, at the edges of single rules and entry by entry of the tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from helpers import about, read_papers

from cvgen.diagnostics import Problem
from cvgen.model.inline import plain_text
from cvgen.model.kinds import Kind
from cvgen.model.publication import Publication, Status
from cvgen.sources.career import read_career
from cvgen.sources.entry.kind_of_entry import FoundKind, find_kind
from cvgen.sources.entry.status_words import StatusWords, read_status_words
from cvgen.sources.files_read import FilesRead
from cvgen.sources.inline.tex_text import parse_latex

# --- Words that other tools have for a field --------------------------------------------------------------------------

WORDS = {
    "{0}: []": "experience=work employment=work honors=awards honours=awards references=referees",
    "{0}: {{}}": "publications=bibliography cv=basics",
    "basics: {{name: A, {0}: b}}": (
        "mail=email telephone=phone photo=image picture=image headline=label website=url homepage=url link=url "
        "address=url social_networks=profiles"
    ),
    "work: [{{name: A, {0}: b}}]": (
        "job_title=position title=position role=position start_date=start startdate=start StartDate=start from=start "
        "end_date=end enddate=end to=end until=end bullets=highlights details=highlights tag=tags"
    ),
    "work: [{{position: A, {0}: b}}]": "company=name employer=name",
    "work: [{{name: A, highlights: [{{text: b, {0}: c}}]}}]": "short_text=short",
    "education: [{{institution: A, {0}: b}}]": (
        "degree=study_type studytype=study_type study-type=study_type major=area field=area gpa=score grade=score "
        "supervisor=advisor"
    ),
    "education: [{{area: A, {0}: b}}]": "school=institution university=institution",
    "awards: [{{title: A, {0}: b}}]": "issuer=awarder organizer=awarder when=date year=date",
    "volunteer: [{{position: A, {0}: b}}]": "organisation=organization",
    "bibliography: {{{0}: [papers.bib]}}": "bib=files file=files",
    "sections: {{talks: {{title: T, like: work, {0}: []}}}}": "items=entries",
    "variants: {{a: {{sections: [{{section: work, {0}: b}}]}}}}": "filter=where query=where heading=title",
}


@pytest.mark.parametrize(
    ("place", "typed", "meant"),
    [(place, *pair.split("=")) for place, pairs in WORDS.items() for pair in pairs.split()],
)
def test_a_word_of_another_tool_gets_ours(tmp_path: Path, place: str, typed: str, meant: str) -> None:
    lines = place.format(typed)
    head = "" if lines.startswith("basics") else "basics: {name: Wei Lin}\n"
    (tmp_path / "profile.yaml").write_text(f"{head}{lines}\n", "utf-8")
    told = [p for p in read_career(tmp_path / "profile.yaml").problems if typed in p.message]
    assert [problem.hint for problem in told] == [f"did you mean {meant!r}?"]


# --- BibTeX -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bib",
    [
        pytest.param("@article{a,, title = {Slow clouds}, author = {Lin, Wei}, year = 2024}", id="after-the-key"),
        pytest.param("@article{a, title = {Slow clouds},, author = {Lin, Wei},\n, year = 2024}", id="between-fields"),
        pytest.param("@article{a, title = {Slow clouds}, author = {Lin, Wei}, year = 2024,,}", id="at-the-end"),
        pytest.param("@article(a,, title = {Slow clouds}, author = {Lin, Wei}, year = 2024)", id="in-brackets"),
    ],
)
def test_a_comma_too_many_loses_no_field(tmp_path: Path, bib: str) -> None:
    reading = read_papers(tmp_path, bib)
    assert reading.career
    (paper,) = reading.career.publications
    assert (str(paper.title), [author.name for author in paper.authors], paper.year) == (
        "Slow clouds",
        ["Wei Lin"],
        2024,
    )


@pytest.mark.parametrize("comment", ['% was: note = {old, "1', "% {a brace", "% see, below", "% }"])
def test_a_comment_after_a_field_loses_nothing(tmp_path: Path, comment: str) -> None:
    first = f"@article{{a, author = {{Lin, Wei}}, title = {{T}}, {comment}\n journal = {{J}}, year = 2024}}"
    reading = read_papers(tmp_path, f"{first}\n@article{{b, author = {{Lin, Wei}}, title = {{U}}, year = 2023}}")
    assert reading.career
    assert [(paper.key, str(paper.container or ""), paper.year) for paper in reading.career.publications] == [
        ("a", "J", 2024),
        ("b", "", 2023),
    ]


@pytest.mark.parametrize(
    ("tag", "command"),
    [
        ("i", "emph"), ("em", "emph"), ("b", "textbf"), ("sub", "textsubscript"), ("sup", "textsuperscript"),
        ("scp", "textsc"),
    ],
)  # fmt: skip
def test_a_tag_of_html_is_read_as_its_command(tag: str, command: str) -> None:
    told: list[str] = []
    nodes = [
        parse_latex(text, lambda message, *_: told.append(message))
        for text in (f"A<{tag}>2</{tag}>B", f"A\\{command}{{2}}B")
    ]
    assert nodes[0] == nodes[1]
    assert not told


def latex(source: str) -> tuple[str, list[str]]:
    told: list[str] = []
    nodes = parse_latex(source, lambda message, hint, kind="": told.append(message))
    return plain_text(nodes), told


@pytest.mark.parametrize("typed", ["cost in $/month", "priced at US$/m", "the $/€ rate", "of A$", "US$ 5", "about 5$"])
def test_a_currency_is_money(typed: str) -> None:
    assert latex(typed) == (typed, [])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (r"a \verb||b", "a b"),
        (r"a \verb|x_1| b", "a x_1 b"),
        (r"the \enquote{\enquote{inner} word}", "the “‘inner’ word”"),
        (r"$\sqrt[3]{2}$ and $\sqrt{ab}$", "3√2 and √(ab)"),
        (r"$\xrightarrow{a} b$", "→a b"),
        (r"\ang{1;2;3}", "1°2′3″"),
    ],
)
def test_forms_with_empty_or_optional_parts(typed: str, printed: str) -> None:
    assert latex(typed) == (printed, [])


def _problems(folder: Path, date: str) -> list[Problem]:
    return list(read_papers(folder, f"@article{{a, title = {{T}}, author = {{Lin, Wei}}, {date}}}").problems)


@pytest.mark.parametrize(
    ("month", "is_told"), [("0", True), ("1", False), ("12", False), ("13", True), ("{01}", False), ("{2.}", False)]
)
def test_a_month_has_a_number_from_one_to_twelve(tmp_path: Path, month: str, is_told: bool) -> None:
    assert bool(about(_problems(tmp_path, f"year = 2024, month = {month}"), "month")) is is_told


# --- What a listing of keys and a record of files leave out -----------------------------------------------------------


def test_the_keys_of_a_section_are_listed_without_its_name(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text("basics: {name: A}\nvariants: {a: {sections: [{work: {zzzz: b}}]}}\n", "utf-8")
    (problem,) = read_career(profile).problems
    assert problem.hint is not None
    listed = problem.hint.removeprefix("write one of: ").split(", ")
    assert {"title", "where", "limit"} <= set(listed)
    assert "section" not in listed


def test_a_hidden_folder_is_not_part_of_a_theme(tmp_path: Path) -> None:
    """Version control and editors write there all the time; nothing of it is rendered."""
    hidden, shown = tmp_path / ".git", tmp_path / "html"
    for folder in (hidden, shown):
        folder.mkdir()
    files = FilesRead()
    files.add_folder(tmp_path)
    (hidden / "index.html").write_text("x", "utf-8")
    assert not files.has_changed()
    (shown / "entry.html.j2").write_text("x", "utf-8")
    assert files.has_changed()


@pytest.mark.parametrize("work", ["  -\tname: A", "  - highlights:\n    -\t- a"])
def test_a_tab_after_a_hyphen_is_named(tmp_path: Path, work: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics: {{name: A}}\nwork:\n{work}\n", "utf-8")
    (problem,) = read_career(profile).problems
    assert (problem.message, problem.hint) == ("not YAML: there is a tab here", "write a space in its place")
    assert problem.location is not None
    assert (problem.location.line, problem.location.column) == (
        len(work.splitlines()) + 2,
        work.splitlines()[-1].index("\t") + 1,
    )


# --- YAML that cannot be read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [' "label": b', " [a]: b"])
def test_a_value_on_the_wrong_column_does_not_go_on_after_its_end(tmp_path: Path, wrong: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics:\n  name: A\n{wrong}\n", "utf-8")
    (problem,) = read_career(profile).problems
    assert problem.location is not None
    assert (problem.location.line, problem.location.column) == (3, 2)
    assert "closing" not in problem.message


# --- The kind and the status of a publication -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry_type", "typed", "kind", "text"),
    [
        ("misc", "Master's thesis talk", Kind.MASTER_THESIS, "Master's thesis talk"),
        ("report", "Bachelor thesis report", Kind.BACHELOR_THESIS, "Bachelor thesis report"),
        ("misc", "Dissertation in physics", Kind.DOCTORAL_THESIS, "Dissertation in physics"),
        ("misc", "Conference talk", Kind.TALK, "Conference talk"),
        ("misc", "Master's programme talk", Kind.TALK, "Master's programme talk"),
        ("misc", "Memo", Kind.OTHER, "Memo"),
        ("report", "Memo", Kind.REPORT, "Memo"),
        ("report", "resreport", Kind.REPORT, "Research report"),
        ("misc", "patentus", Kind.PATENT, ""),
        ("misc", "PatReqUS", Kind.PATENT, "US patent application"),
        ("misc", "poster", Kind.POSTER, ""),
    ],
)
def test_a_type_names_a_thesis_before_anything_else(entry_type: str, typed: str, kind: Kind, text: str) -> None:
    assert find_kind(entry_type, typed) == FoundKind(kind, text)


SUBMITTED = StatusWords(Status.SUBMITTED, is_plain=False, names_place=True)
FORTHCOMING = StatusWords(Status.FORTHCOMING, is_plain=False, names_place=True)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("Under review, one two three four five six seven", SUBMITTED, id="a-place-of-seven-words"),
        pytest.param("Under review, one two three four five six seven eight", None, id="eight-words-are-no-place"),
        pytest.param("Under review, code available", None, id="no-place-after-a-comma"),
        pytest.param(
            "Submitted to a journal of code and data and much else of it", SUBMITTED, id="after-a-preposition"
        ),
        pytest.param("Accepted (oral, code available)", FORTHCOMING, id="in-brackets"),
        pytest.param("Accepted, (code available)", FORTHCOMING, id="in-brackets-after-a-comma"),
        pytest.param("Preprint, under review", replace(SUBMITTED, names_place=False), id="another-status"),
        pytest.param("Accepted (in press)", replace(FORTHCOMING, names_place=False), id="another-status-in-brackets"),
    ],
)
def test_a_status_may_be_followed_by_a_place(text: str, read: StatusWords | None) -> None:
    assert read_status_words(text) == read


# --- A comment in a bibliography --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param("@comment{{a {{b}} {inside} c}}", id="braces-before"),
        pytest.param("}}\n@comment{{a {inside} c}}", id="a-brace-too-many-before"),
        pytest.param("@comment{{a \\}} {inside} c}}", id="a-brace-behind-a-backslash"),
        pytest.param("@comment  {{{inside}}}", id="spaces-before-its-brace"),
    ],
)
def test_a_comment_ends_at_its_own_brace(tmp_path: Path, comment: str) -> None:
    inside, entry = "\n@article{in, title = {X}}\n", "@article{out, title = {T}, author = {Lin, Wei}, year = 2024}"
    reading = read_papers(tmp_path, comment.format(inside=inside) + "\n" + entry)
    assert reading.career
    assert [paper.key for paper in reading.career.publications] == ["out"]
    assert [p.message for p in reading.problems if "comment" in p.message] == [
        "'in' is inside an @comment and is left out"
    ]


# --- The fields of a publication --------------------------------------------------------------------------------------


def _read_one(folder: Path, entry_type: str, fields: str) -> Publication:
    bib = f"@{entry_type}{{one, title = {{Slow clouds}}, year = 2024, {fields}}}\n"
    reading = read_papers(folder, bib)
    assert reading.career
    (paper,) = reading.career.publications
    return paper


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ("author = {Lin, Wei}, editor = {Long, Ada}", Kind.BOOK),
        ("author = {Lin, Wei}", Kind.BOOK),
        ("editor = {Long, Ada}", Kind.EDITED_VOLUME),
        ("publisher = {P}", Kind.BOOK),
    ],
)
def test_a_book_with_editors_alone_is_an_edited_volume(tmp_path: Path, fields: str, kind: Kind) -> None:
    assert _read_one(tmp_path, "book", fields).kind is kind


@pytest.mark.parametrize(
    ("entry_type", "fields", "kind"),
    [
        ("article", "journal = {Nature}, pubstate = {submitted}", Kind.ARTICLE),
        ("article", "journal = {arXiv}, pubstate = {submitted}", Kind.PREPRINT),
        ("article", "journal = {arXiv}", Kind.PREPRINT),
        ("article", "journal = {Nature}, pubstate = {preprint}", Kind.PREPRINT),
        ("article", "journal = {arXiv}, pubstate = {inpress}", Kind.ARTICLE),
        ("phdthesis", "school = {S}, pubstate = {preprint}", Kind.DOCTORAL_THESIS),
    ],
)
def test_what_is_on_a_server_only_is_a_preprint(tmp_path: Path, entry_type: str, fields: str, kind: Kind) -> None:
    assert _read_one(tmp_path, entry_type, f"author = {{Lin, Wei}}, {fields}").kind is kind


@pytest.mark.parametrize(
    ("entry_type", "fields", "is_reported"),
    [
        ("proceedings", "", False),
        ("article", "", True),
        ("article", "author = {Lin, Wei}", False),
        ("article", "collaboration = {The Cloud Group}", False),
        ("book", "editor = {Long, Ada}", False),
    ],
)
def test_an_entry_without_people_is_reported(tmp_path: Path, entry_type: str, fields: str, is_reported: bool) -> None:
    bib = f"@{entry_type}{{one, title = {{Slow clouds}}, year = 2024, journal = {{J}}, {fields}}}\n"
    assert bool(about(read_papers(tmp_path, bib).problems, "has no author")) is is_reported


@pytest.mark.parametrize(("typed", "is_selected"), [("true", True), ("Yes", True), ("1", True), ("no", False)])
def test_small_fields_are_read_under_each_of_their_names(tmp_path: Path, typed: str, is_selected: bool) -> None:
    fields = f"author = {{Lin, Wei}}, journal = {{J}}, selected = {{{typed}}}, keywords = {{ clouds ,; rain}}"
    paper = _read_one(tmp_path, "article", fields)
    assert (paper.selected, paper.keywords) == (is_selected, ("clouds", "rain"))
    names = {"rank": "rank venue_rank ccf", "venue_short": "abbr shortjournal shortseries", "topic": "topic"}
    for field, typed_as in names.items():
        for name in typed_as.split():
            paper = _read_one(tmp_path, "article", f"author = {{Lin, Wei}}, journal = {{J}}, {name} = {{A}}")
            assert getattr(paper, field) == "A", name
