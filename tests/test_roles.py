"""The table of roles: who the owner is in an author list, what they did there, and how it is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers import FIXTURES, about, line_of, read_papers, run_cvgen, valid_career, write_career

from cvgen.diagnostics import InputError, Problem, Severity
from cvgen.model.marks import MARK_ALIASES, Mark
from cvgen.model.printed import Section
from cvgen.model.publication import Credit, Role
from cvgen.model.shown_paper import PublicationItem
from cvgen.pipeline.publications import list_rows
from cvgen.select.build_document import find_credits, select_document
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import Career, read_career
from cvgen.sources.entry.names import parse_names

TYPED_MARKS = 'marks: {"*": equal, "†": corresponding, "✉": corresponding, "#": lead}'


MEMBER = "entries: {paper: {roles: [member]}}"


def _paper(authors: str, annotations: str = "", more: str = "", key: str = "paper") -> str:
    """A BibTeX entry; the annotations stand on its fourth line."""
    marked = f"  author+an = {{{annotations}}},\n" if annotations else ""
    return f"@article{{{key},\n  title = {{T}},\n  author = {{{authors}}},\n{marked}{more}  year = {{2024}},\n}}\n"


def _credit(folder: Path, bib: str, *, settings: str = "", basics: str = "") -> tuple[Credit, list[Problem]]:
    """The owner's credit in the only paper, and every Problem."""
    career = valid_career(folder, bib, settings=settings, basics=basics)
    (credit,), problems = find_credits(career)
    return credit, [*career.problems, *problems]


def _roles(*names: str) -> frozenset[Role]:
    return frozenset(Role(name) for name in names)


def _sections(career: Career, variant: str) -> tuple[Section, ...]:
    return select_document(career, resolve_variant(career, variant)).document.sections


def _items(career: Career, variant: str) -> list[PublicationItem]:
    return [item for section in _sections(career, variant) for group in section.groups for item in group.items]


# Authors, annotations, and every role that Wei Lin has: those not named are claimed by nobody.
TABLE = [
    ("first", "Lin, Wei and B, B and C, C", "", "first"),
    ("first-of-two", "Lin, Wei and B, B", "", "first"),
    ("second-of-three-is-middle", "A, A and Lin, Wei and C, C", "", "middle"),
    ("last-of-three-is-senior", "A, A and B, B and Lin, Wei", "", "senior"),
    ("last-of-two-is-senior", "A, A and Lin, Wei", "", "senior"),
    ("only-author-is-sole-not-senior", "Lin, Wei", "", "first sole"),
    ("first-of-a-shortened-list-is-not-sole", "Lin, Wei and others", "", "first"),
    ("last-named-of-a-shortened-list-is-not-senior", "A, A and Lin, Wei and others", "", "middle"),
    ("co-first-at-1", "Lin, Wei and B, B and C, C", "1=equal; 2=equal", "first co_first"),
    ("co-first-at-2", "A, A and Lin, Wei and C, C", "1=equal; 2=equal", "co_first"),
    ("co-first-at-3-of-3", "A, A and B, B and Lin, Wei and D, D", "1,2,3", "co_first"),
    ("co-first-in-a-shortened-list", "A, A and Lin, Wei and others", "1,2", "co_first"),
    ("run-broken-before-owner", "A, A and B, B and Lin, Wei and D, D", "1,3", "middle"),
    ("run-of-others-does-not-reach-owner", "A, A and B, B and Lin, Wei and D, D", "1,2", "middle"),
    ("run-not-from-1", "A, A and Lin, Wei and C, C and D, D", "2,3", "middle"),
    ("lone-equal-first", "Lin, Wei and B, B and C, C", "1=equal", "first"),
    ("lone-equal-second", "A, A and Lin, Wei and C, C", "2=equal", "middle"),
    ("lone-equal-last-is-not-co-senior", "A, A and B, B and Lin, Wei", "3=equal", "senior"),
    ("two-equal-seniors-last", "A, A and B, B and Lin, Wei", "2,3", "senior co_senior"),
    ("two-equal-seniors-last-but-one", "A, A and B, B and Lin, Wei and D, D", "3,4", "co_senior"),
    ("two-runs-owner-in-the-first", "A, A and Lin, Wei and C, C and D, D and E, E", "1,2,4,5", "co_first"),
    ("two-runs-owner-in-the-last", "A, A and B, B and C, C and Lin, Wei and E, E", "1,2,4,5", "co_senior"),
    ("no-co-senior-in-a-shortened-list", "A, A and B, B and Lin, Wei and others", "2,3", "middle"),
    ("corresponding-is-the-owners-own-index", "Lin, Wei and B, B", "1=corresponding", "first corresponding"),
    ("corresponding-of-the-supervisor-is-not-ours", "Lin, Wei and B, B", "2=corresponding", "first"),
    ("lead", "A, A and Lin, Wei and C, C", "2=lead", "middle lead"),
    ("lead-of-another-is-not-ours", "A, A and Lin, Wei and C, C", "1=lead", "middle"),
    ("core", "A, A and Lin, Wei and C, C", "2=core", "middle core"),
    ("contributor", "A, A and Lin, Wei and C, C", "2=contributor", "middle contributor"),
    ("member", "A, A and Lin, Wei and C, C", "2=member", "middle member"),
    ("core-before-the-cut-has-no-place", "Lin, Wei and others", "1=core", "core"),
    ("contributor-before-the-cut-has-no-place", "Lin, Wei and others", "1=contrib", "contributor"),
    ("core-before-the-cut-is-not-in-the-middle", "A, A and Lin, Wei and others", "2=core", "core"),
    ("core-before-the-cut-is-no-first-student", "A, A and Lin, Wei and others", "1=advisor; 2=core", "core"),
    ("core-before-the-cut-is-no-co-first", "A, A and Lin, Wei and others", "1=equal; 2=equal,core", "core"),
    ("core-before-the-cut-supervised-nobody", "A, A and Lin, Wei and others", "1=student; 2=core", "core"),
    ("core-before-the-cut-and-other-marks", "Lin, Wei and others", "1=core,lead,corr", "core lead corresponding"),
    ("core-with-names-after-is-first", "Lin, Wei and B, B and others", "1=core", "first core"),
    ("core-of-a-whole-list-is-sole", "Lin, Wei", "1=core", "first sole core"),
    ("corresponding-before-the-cut-is-first", "Lin, Wei and others", "1=corresponding", "first corresponding"),
    ("core-of-another-before-the-cut", "Lin, Wei and B, B and others", "2=core", "first"),
    ("core-of-another-is-not-ours", "A, A and Lin, Wei and C, C", "3=core", "middle"),
    ("first-student-after-one-advisor", "A, A and Lin, Wei and C, C", "1=advisor", "first_student"),
    ("first-student-after-two-advisors", "A, A and B, B and Lin, Wei and D, D", "1=advisor;2=advisor", "first_student"),
    ("not-first-student-after-a-colleague", "A, A and B, B and Lin, Wei and D, D", "1=advisor", "middle"),
    ("not-first-student-when-first", "Lin, Wei and B, B", "2=advisor", "first"),
    ("not-first-student-when-the-advisor-is-last", "A, A and Lin, Wei and C, C", "3=advisor", "middle"),
    ("first-student-and-last", "A, A and Lin, Wei", "1=advisor", "first_student senior"),
    ("supervised", "A, A and B, B and Lin, Wei", "1=student", "senior supervised"),
    ("supervised-from-the-middle", "A, A and Lin, Wei and C, C", "1=student", "middle supervised"),
    ("not-supervised-when-the-second-is-the-student", "A, A and B, B and Lin, Wei", "2=student", "senior"),
    ("own-student-mark-supervises-nobody", "Lin, Wei and B, B", "1=student", "first"),
    ("a-senior-mark-gives-no-place", "A, A and Lin, Wei and C, C", "2=senior", "middle"),
    ("repeated-index-adds-up", "A, A and Lin, Wei and C, C", "1=eq; 2=eq; 2=lead,core", "co_first lead core"),
    ("all-at-once", "A, A and Lin, Wei and C, C", "1=eq; 2=self,eq,lead,corr", "co_first lead corresponding"),
]  # fmt: skip


def _spelled(annotations: str) -> str:
    """``1,2`` as ``1=equal; 2=equal``."""
    return annotations if "=" in annotations else "; ".join(f"{n}=equal" for n in annotations.split(",") if n)


@pytest.mark.parametrize(
    ("authors", "annotations", "roles"),
    [pytest.param(authors, _spelled(marks), _roles(*roles.split()), id=name) for name, authors, marks, roles in TABLE],
)
def test_the_owner_has_these_roles_and_no_other(
    tmp_path: Path, authors: str, annotations: str, roles: frozenset[Role]
) -> None:
    credit, _ = _credit(tmp_path, _paper(authors, annotations))
    assert credit.roles == roles


def test_every_role_is_true_and_false_in_the_table() -> None:
    claimed = [_roles(*roles.split()) for *_, roles in (*TABLE, *OTHER_PEOPLE)]
    assert {role for role in Role if any(role in roles for roles in claimed)} == set(Role)
    assert {role for role in Role if any(role not in roles for roles in claimed)} == set(Role)


# Fields of an entry, and every role that Wei Lin has.
OTHER_PEOPLE = [
    ("editor-only", "editor = {Lin, Wei}", "editor"),
    ("editor-of-others", "author = {Roe, Anna}, editor = {Lin, Wei}", "editor"),
    ("translator-only", "author = {Roe, Anna}, translator = {Lin, Wei}", "translator"),
    ("editor-and-translator", "editor = {Lin, Wei}, translator = {Lin, Wei}", "editor translator"),
    ("author-and-editor", "author = {Lin, Wei and Roe, Anna}, editor = {Lin, Wei}", "first editor"),
    ("editor-of-a-cut-list", "editor = {Roe, Anna and Lin, Wei and others}", "editor"),
    ("marks-of-editors-give-no-role", "editor = {Lin, Wei and Roe, Anna}, editor+an = {1=lead,core}", "editor"),
    ("nobody", "editor = {Roe, Anna}, translator = {Long, Ada}", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "roles"), [pytest.param(fields, _roles(*roles.split()), id=name) for name, fields, roles in OTHER_PEOPLE]
)
def test_editors_and_translators_have_their_roles_and_no_other(
    tmp_path: Path, fields: str, roles: frozenset[Role]
) -> None:
    credit, _ = _credit(tmp_path, f"@book{{b, title = {{T}}, {fields}, publisher = {{P}}, year = {{2024}}}}\n")
    assert credit.roles == roles


@pytest.mark.parametrize(
    ("bib", "settings", "said"),
    [
        pytest.param("author = {Aad, G. and others}, collaboration = {ATLAS}", MEMBER,
                     "Member of the ATLAS Collaboration", id="cut-and-collaboration"),
        pytest.param("author = {Aad, G. and Roe, A.}, collaboration = {ATLAS Collaboration}", MEMBER,
                     "Member of the ATLAS Collaboration", id="whole-list-of-a-collaboration"),
        pytest.param("author = {Aad, G. and others}", MEMBER, "Member of the collaboration", id="cut-alone"),
        pytest.param("author = {{The CMS Collaboration}}", MEMBER, "Member of the CMS Collaboration", id="as-author"),
        pytest.param("author = {Aad, G. and {CMS Collaboration}}", MEMBER, "Member of the CMS Collaboration",
                     id="as-second-author"),
        pytest.param("author = {{Cloud Team}}", MEMBER, "Member of the collaboration", id="a-group-of-another-name"),
        pytest.param("author = {Aad, G. and others}, role = {member}", "", "Member of the collaboration", id="entry"),
        pytest.param("collaboration = {ATLAS}", MEMBER, "Member of the ATLAS Collaboration", id="no-author-at-all"),
    ],
)  # fmt: skip
def test_membership_is_claimed_and_never_a_position(tmp_path: Path, bib: str, settings: str, said: str) -> None:
    text = f"@article{{paper, title = {{T}}, {bib}, journal = {{J}}, year = {{2024}}}}\n"
    variant = "variants: {v: {sections: [publications: {roles: true, counts: true}]}}"
    career = valid_career(tmp_path, text, variant, settings=settings)
    (credit,), problems = find_credits(career)
    assert (credit.roles, credit.position) == (frozenset({Role.MEMBER}), None)
    assert not problems
    assert [item.role for item in _items(career, "v")] == [said]
    assert [section.counts for section in _sections(career, "v")] == ["1 paper"]


def test_membership_adds_its_phrase_where_the_owner_is_listed(tmp_path: Path) -> None:
    bib = "@article{paper, title={T}, author={A, A and Lin, Wei and C, C}, collaboration={ATLAS}, year={2024}}"
    career = valid_career(tmp_path, bib, "variants: {v: {sections: [publications: {roles: true}]}}", settings=MEMBER)
    (credit,), _ = find_credits(career)
    assert credit.roles == _roles("middle", "member")
    assert [item.role for item in _items(career, "v")] == ["Second author and member of the ATLAS Collaboration"]


@pytest.mark.parametrize("author", ["Roe, Anna and Long, Ada", "Roe, Anna"])
def test_membership_of_nothing_is_an_error_in_the_profile(tmp_path: Path, author: str) -> None:
    path = write_career(tmp_path, _paper(author), settings=MEMBER)
    with pytest.raises(InputError) as caught:
        list_rows(path, frozenset())
    (problem,) = [problem for problem in caught.value.problems if problem.is_error]
    assert "cannot be a member" in problem.message
    assert problem.hint
    assert str(problem.location).startswith(f"{path}:{line_of(path.read_text('utf-8'), 'member')}:")


def test_a_membership_is_found_by_its_role_and_explained(tmp_path: Path) -> None:
    bib = _paper("Aad, G. and others", key="paper") + _paper("Lin, Wei", key="mine")
    profile = write_career(tmp_path, bib, settings=MEMBER)
    ran = run_cvgen("publications", profile, "--role", "member", "--explain")
    assert "you are not in its list; your membership is claimed at" in ran.out
    assert ran.out.rstrip().endswith("\n1 publication")
    assert "1 left out in which you had another role" in ran.err


def test_core_contributors_are_said_to_be_that_and_no_more(tmp_path: Path) -> None:
    variant = "variants: {v: {sections: [publications: {roles: true, counts: true}]}}"
    career = valid_career(tmp_path, _paper("Lin, Wei and others", "1=core"), variant)
    assert [item.role for item in _items(career, "v")] == ["Core contributor"]
    assert [section.counts for section in _sections(career, "v")] == ["1 paper"]


@pytest.mark.parametrize(
    ("authors", "annotations", "told"),
    [
        pytest.param("Lin, Wei", "1=equal", 0, id="a-sole-author-is-no-false-alarm"),
        pytest.param("Lin, Wei and others", "1=equal", 1, id="perhaps-with-one-of-the-others"),
        pytest.param("Lin, Wei and B, B", "1=equal", 1, id="beside-nobody"),
    ],
)
def test_a_lone_mark_claims_nothing(tmp_path: Path, authors: str, annotations: str, told: int) -> None:
    credit, problems = _credit(tmp_path, _paper(authors, annotations))
    assert Role.CO_FIRST not in credit.roles
    assert len(about(problems, "is marked 'equal', so the mark is ignored")) == told


@pytest.mark.parametrize("authors", ["Lin, Wei", "Lin, Wei and B, B"])
def test_a_lone_mark_is_not_printed_and_has_no_legend(tmp_path: Path, authors: str) -> None:
    career = valid_career(tmp_path, _paper(authors, "1=equal"), "variants: {v: {sections: [publications]}}")
    (section,) = _sections(career, "v")
    assert not section.legend
    assert not "".join(author.marks for author in section.groups[0].items[0].authors)


@pytest.mark.parametrize(
    ("authors", "annotations", "rank", "count"),
    [
        pytest.param("Lin, Wei and B, B and C, C", "1,2", 1, 2, id="first-of-two"),
        pytest.param("A, A and Lin, Wei and C, C and D, D", "1,2,3", 2, 3, id="second-of-three"),
        pytest.param("A, A and B, B and Lin, Wei and D, D", "1,2,3", 3, 3, id="third-of-three"),
        pytest.param("A, A and B, B and Lin, Wei and D, D", "3,4", 1, 2, id="first-of-two-seniors"),
        pytest.param("A, A and Lin, Wei and C, C", "2", None, None, id="a-lone-mark-has-no-rank"),
        pytest.param("A, A and B, B and Lin, Wei", "1,2", None, None, id="outside-the-run"),
        pytest.param("A, A and B, B and Lin, Wei", "1,3", None, None, id="run-broken-by-an-unmarked-author"),
    ],
)
def test_the_rank_in_the_run_is_known(
    tmp_path: Path, authors: str, annotations: str, rank: int | None, count: int | None
) -> None:
    credit, _ = _credit(tmp_path, _paper(authors, _spelled(annotations)))
    assert (credit.equal_rank, credit.equal_count) == (rank, count)


@pytest.mark.parametrize(
    ("annotations", "named"),
    [
        pytest.param("1=equal", ["Wei Lin"], id="owner"),
        pytest.param("2=equal", ["Ada Long"], id="another"),
        pytest.param("1=equal; 3=equal", ["Wei Lin", "Bob Ross"], id="broken-run-is-two-lone-marks"),
        pytest.param("1=equal; 2=equal", [], id="a-run-is-not-lone"),
    ],
)
def test_a_lone_equal_mark_is_reported(tmp_path: Path, annotations: str, named: list[str]) -> None:
    _, problems = _credit(tmp_path, _paper("Lin, Wei and Long, Ada and Ross, Bob", annotations))
    alone = about(problems, "is marked 'equal', so the mark is ignored")
    assert [name in problem.message for name, problem in zip(named, alone, strict=True)] == [True] * len(named)
    assert {problem.severity for problem in alone} <= {Severity.WARNING}


@pytest.mark.parametrize(("word", "mark"), [pytest.param(word, mark, id=word) for word, mark in MARK_ALIASES.items()])
def test_every_keyword_that_people_use_is_read(tmp_path: Path, word: str, mark: Mark) -> None:
    credit, _ = _credit(tmp_path, _paper("A, A and Lin, Wei and C, C", f"2={word.title()}"))
    assert credit.marks == {mark}


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark.SELF, "self highlight me"),
        (Mark.EQUAL, "equal eq equalcontrib cofirst co-first"),
        (Mark.CORRESPONDING, "corresponding corr corresp"),
        (Mark.LEAD, "lead leader projectlead project-lead"),
        (Mark.STUDENT, "student phd ms under graduate undergrad trainee advisee"),
        (Mark.ADVISOR, "advisor adviser supervisor"),
        (Mark.CORE, "core"),
        (Mark.CONTRIBUTOR, "contributor contrib contributing contributed"),
        (Mark.SENIOR, "senior last"),
    ],
)
def test_the_aliases_are_those_found_in_real_files(mark: Mark, words: str) -> None:
    assert {MARK_ALIASES.get(word) for word in words.split()} == {mark}


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        pytest.param("author+an = {1=lead; 1=equal}", "lead equal", id="same-index-twice"),
        pytest.param("author+an = {1=lead,equal;}", "lead equal", id="semicolon-at-the-end"),
        pytest.param("author+an = {1=lead 2=equal}", "lead", id="missing-semicolon"),
        pytest.param("author+an = { 1 = lead , equal }", "lead equal", id="spaces"),
        pytest.param('author+an = {1="lead"}', "lead", id="literal"),
        pytest.param("author+an = {1:family=lead}", "lead", id="part-of-a-name"),
        pytest.param("author+an:role = {1=lead}", "lead", id="named-annotation"),
        pytest.param("author+an:affiliation = {1=lead}", "", id="annotation-of-another-tool"),
        pytest.param("author-an = {1=lead}", "lead", id="minus"),
        pytest.param("Author+AN = {1=lead}", "lead", id="capitals"),
        pytest.param("role = {Project Leader; Co-First Author}", "lead equal", id="role"),
        pytest.param("role = {First Author}", "", id="first-is-read-off-the-list-only"),
        pytest.param("note = {equal contribution, corresponding author}", "", id="a-note-gives-no-role"),
    ],
)  # fmt: skip
def test_marks_are_read_from_the_entry(tmp_path: Path, line: str, marks: str) -> None:
    credit, _ = _credit(tmp_path, _paper("Lin, Wei and Long, Ada", more=f"  {line},\n"))
    assert credit.marks == {Mark(word) for word in marks.split()}


def test_roles_in_the_profile_are_the_owners(tmp_path: Path) -> None:
    settings = "entries: {paper: {roles: [lead, corr]}}"
    credit, _ = _credit(tmp_path, _paper("Long, Ada and Lin, Wei and Ross, Bob", "1=core"), settings=settings)
    assert credit.roles == _roles("middle", "lead", "corresponding")


@pytest.mark.parametrize(
    ("annotations", "message", "cure"),
    [
        pytest.param(
            "3=equal",
            "'3=equal' marks author 3, but the entry has 2 authors",
            "a number from 1 to 2, or add the missing",
            id="beyond-the-list",
        ),
        pytest.param("0=equal", "'0=equal' marks author 0", "write a number from 1 to 2", id="index-0"),
        pytest.param("one=equal", "'one=equal' cannot be read", "1=equal", id="no-number"),
        pytest.param("1=equal; 2", "'2' cannot be read", "1=equal", id="no-value"),
        pytest.param("1=", "'1=' cannot be read", "1=equal", id="empty-value"),
        pytest.param("1,2=equal", "'1,2=equal' cannot be read", "1=equal", id="list-of-indices"),
        pytest.param("1=equal 2:x=lead, 2=lead", "'2=lead' begins another author", "semicolon", id="comma"),
    ],
)
def test_a_wrong_annotation_is_an_error_at_its_line(tmp_path: Path, annotations: str, message: str, cure: str) -> None:
    bib = _paper("Lin, Wei and Long, Ada", annotations)
    reading = read_papers(tmp_path, bib)
    (problem,) = [problem for problem in reading.problems if problem.is_error]
    assert message in problem.message
    assert cure in (problem.hint or "")
    assert "paper" in problem.message
    assert str(problem.location).startswith(f"{tmp_path / 'papers.bib'}:{line_of(bib, 'author+an')}:")


@pytest.mark.parametrize(
    ("words", "word", "cure"),
    [
        pytest.param("present", "present", "annotations: {present: ignore}", id="of-another-tool"),
        pytest.param("highlight2", "highlight2", "annotations: {highlight2: ignore}", id="near-a-known-one"),
        pytest.param("visiting,lead", "visiting", "annotations: {visiting: ignore}", id="beside-a-known-one"),
        pytest.param("leed,lead", "leed", "did you mean 'lead'?", id="misspelt"),
        pytest.param("first,lead", "first", "delete it", id="first"),
    ],
)
def test_an_unknown_word_is_a_notice_and_the_rest_is_read(tmp_path: Path, words: str, word: str, cure: str) -> None:
    bib = _paper("Lin, Wei and Long, Ada", f"1={words}; 2=corresponding")
    credit, problems = _credit(tmp_path, bib)
    (problem,) = problems
    assert problem.severity is Severity.NOTICE
    assert repr(word) in problem.message
    assert cure in (problem.hint or "")
    assert problem.location
    assert problem.location.line == line_of(bib, "author+an")
    assert credit.marks == ({Mark.LEAD} if "lead" in words else set())
    assert credit.publication.authors[1].marks == {Mark.CORRESPONDING}


def test_an_unknown_word_is_told_once_with_its_number_and_first_places(tmp_path: Path) -> None:
    fields = [
        "author+an = {1=present}",
        "author+an = {1=Present; 1=visiting}",
        "role = {present}",
        "author+an:role = {1=present}",
    ]
    bib = "".join(_paper("Lin, Wei", more=f"  {field},\n", key=f"p{n}") for n, field in enumerate(fields))
    problems = about(read_papers(tmp_path, bib).problems, "is not a known mark")
    assert len(problems) == 2
    (present,) = about(problems, "'present'")
    assert "4 times: p0, line 4; p1, line 10; p2, line 16; …" in present.message
    assert len(about(problems, "'visiting'")) == 1


@pytest.mark.parametrize(
    ("setting", "word", "marks"),
    [
        pytest.param("{boss: advisor}", "boss", "advisor", id="a-mark"),
        pytest.param("{boss: Co-First}", "boss", "equal", id="an-alias-of-a-mark"),
        pytest.param("{present: ignore}", "present", "", id="ignored"),
        pytest.param("{Present: IGNORE}", "PRESENT", "", id="whatever-the-case"),
        pytest.param("{phd: ignore}", "phd", "", id="a-known-word-ignored"),
        pytest.param("{phd: advisor}", "phd", "advisor", id="a-known-word-changed"),
        pytest.param("{visiting scholar: student}", "visiting-scholar", "student", id="spaces-and-hyphens"),
    ],
)
@pytest.mark.parametrize("field", ["author+an = {{1={}}}", "role = {{{}}}"])
def test_the_profile_says_what_a_word_means(tmp_path: Path, field: str, setting: str, word: str, marks: str) -> None:
    bib = _paper("Lin, Wei and Long, Ada", more=f"  {field.format(word)},\n")
    credit, problems = _credit(tmp_path, bib, settings=f"annotations: {setting}")
    assert credit.marks == {Mark(mark) for mark in marks.split()}
    assert not about(problems, "role")


def test_the_profiles_typed_marks_are_read_in_annotations(tmp_path: Path) -> None:
    bib = _paper("Lin, Wei and Long, Ada", "1=*; 2=*")
    credit, problems = _credit(tmp_path, bib, settings=TYPED_MARKS)
    assert credit.roles == _roles("first", "co_first", "co_senior")
    assert not problems


@pytest.mark.parametrize(
    ("target", "cure"),
    [
        ("ignor", "did you mean 'ignore'?"),
        ("advisr", "did you mean 'advisor'?"),
        ("x", "write one of: advisor, contributor, core, corresponding, equal, ignore, lead, "),
    ],
)
def test_a_wrong_meaning_of_a_word_is_an_error_at_its_place(tmp_path: Path, target: str, cure: str) -> None:
    reading = read_papers(tmp_path, _paper("Lin, Wei"), settings=f"annotations: {{boss: {target}}}")
    (problem,) = [problem for problem in reading.problems if problem.is_error]
    assert repr(target) in problem.message
    assert cure in f"{problem.message} {problem.hint}"
    assert problem.location
    assert problem.location.line == 5


def test_an_index_may_not_mean_one_of_the_others(tmp_path: Path) -> None:
    reading = read_papers(tmp_path, _paper("Lin, Wei and others", "2=equal"))
    assert [problem.severity for problem in about(reading.problems, "2=equal")] == [Severity.ERROR]


def test_all_wrong_annotations_are_told_in_one_run(tmp_path: Path) -> None:
    bib = _paper("Lin, Wei", "2=equal", key="a") + _paper("Lin, Wei", "one=equal", key="b")
    errors = [problem for problem in read_papers(tmp_path, bib).problems if problem.is_error]
    assert [problem.location and problem.location.line for problem in errors] == [4, 10]


@pytest.mark.parametrize(
    ("author", "marks", "unread"),
    [
        pytest.param("Lin*, Wei", "equal", "", id="after-family"),
        pytest.param("Wei Lin*", "equal", "", id="after-name"),
        pytest.param("Lin, *Wei", "equal", "", id="before-given"),
        pytest.param("{Lin*}, Wei", "equal", "", id="in-braces"),
        pytest.param("Lin$^{*}$, Wei", "equal", "", id="math-braces"),
        pytest.param("Lin$^*$, Wei", "equal", "", id="math"),
        pytest.param(r"Lin$^\ast$, Wei", "equal", "", id="ast"),
        pytest.param(r"Lin^\ast, Wei", "equal", "", id="ast-outside-math"),
        pytest.param(r"Lin\textsuperscript{†}, Wei", "corresponding", "", id="textsuperscript"),
        pytest.param(r"Lin\textsuperscript{$\dagger$}, Wei", "corresponding", "", id="textsuperscript-math"),
        pytest.param(r"Lin$^{*\dagger}$, Wei", "equal corresponding", "", id="two-in-math"),
        pytest.param(r"Lin\textsuperscript{*,†}, Wei", "equal corresponding", "", id="two-with-comma"),
        pytest.param("Lin*†, Wei", "equal corresponding", "", id="two-typed"),
        pytest.param(r"Lin\textsuperscript{\Letter}, Wei", "corresponding", "", id="letter"),
        pytest.param("Lin, Wei✉", "corresponding", "", id="envelope"),
        pytest.param("Lin, Wei✉\ufe0f", "corresponding", "", id="envelope-as-emoji"),
        pytest.param("Lin#, Wei", "lead", "", id="number-sign"),
        pytest.param(r"Lin\#, Wei", "lead", "", id="escaped-number-sign"),
        pytest.param("Lin‡, Wei", "", "‡", id="unmapped"),
        pytest.param("Lin$^{1}$, Wei", "", "1", id="unmapped-number"),
        pytest.param(r"Lin\textsuperscript{1,*}, Wei", "equal", "1", id="one-of-two-unmapped"),
        pytest.param("Lin, Wei", "", "", id="none"),
    ],
)
def test_a_mark_typed_into_a_name_is_read_through_the_profile_only(
    tmp_path: Path, author: str, marks: str, unread: str
) -> None:
    credit, problems = _credit(tmp_path, _paper(f"{author} and Long, Ada"), settings=TYPED_MARKS)
    assert credit.publication.authors[0].name == "Wei Lin"
    assert credit.marks == {Mark(word) for word in marks.split()}
    assert credit.publication.authors[0].unread == unread
    assert [unread in p.message for p in about(problems, "is not explained")] == [True] * bool(unread)


@pytest.mark.parametrize("author", ["Lin*, Wei", "Lin$^{*}$, Wei", r"Lin\textsuperscript{*}, Wei"])
def test_without_a_map_a_typed_mark_claims_nothing_and_is_reported(tmp_path: Path, author: str) -> None:
    bib = _paper(f"{author} and Long*, Ada")
    credit, problems = _credit(tmp_path, bib)
    assert credit.roles == _roles("first")
    (mine, hers) = about(problems, "is not explained")
    assert mine.severity is Severity.WARNING
    assert "marks" in (mine.hint or "")
    assert mine.location
    assert hers.location
    assert mine.location.line == hers.location.line == line_of(bib, "author =")


def test_a_raised_letter_is_no_part_of_a_name(tmp_path: Path) -> None:
    credit, problems = _credit(tmp_path, _paper("Lin$^{a}$, Wei and Long$^{b}$, Ada"))
    assert [author.name for author in credit.publication.authors] == ["Wei Lin", "Ada Long"]
    assert len(about(problems, "is not explained")) == 1  # one for all affiliations


@pytest.mark.parametrize("note", [r"\thanks{Corresponding}", r"\footnotemark[1]", r"\footnote{Equal}"])
def test_a_footnote_in_a_name_is_left_out_and_reported(tmp_path: Path, note: str) -> None:
    credit, problems = _credit(tmp_path, _paper(f"Lin, Wei{note} and Long, Ada"))
    assert [author.name for author in credit.publication.authors] == ["Wei Lin", "Ada Long"]
    assert len(about(problems, "in a name is left out")) == 1


@pytest.mark.parametrize(
    ("basics", "settings", "author", "rule"),
    [
        pytest.param("", "", "Lin, Wei", "name", id="name"),
        pytest.param("", "", "LIN, WEI", "name", id="case"),
        pytest.param("", "", "Lin Wei", "name", id="order"),
        pytest.param("name: José Núñez", "", "Nunez, Jose", "name", id="diacritics-missing-in-the-file"),
        pytest.param("name: Jose Nunez", "", r"N{\'u}{\~n}ez, Jos\'e", "name", id="diacritics-missing-in-the-profile"),
        pytest.param("name: Łukasz Nowak", "", "Nowak, Lukasz", "name", id="stroke-is-a-diacritic"),
        pytest.param("name: Soren Holm", "", r"Holm, S{\o}ren", "name", id="slashed-o-is-a-diacritic"),
        pytest.param("name: Wei J. Lin", "", "Lin, Wei J", "name", id="dots"),
        pytest.param("name: Jan van der Berg", "", "van der Berg, Jan", "name", id="particle"),
        pytest.param("name: {en: Wei Lin, zh: 林薇}", "", "林薇", "name", id="name-in-another-language"),
        pytest.param("name: Wei Lin\nnative_name: 林薇", "", "林薇", "name", id="native-name"),
        pytest.param("name: Wei Lin\nnative_name: 林薇", "", "Wei Lin 林薇", "name", id="both-scripts"),
        pytest.param("", "aliases: [Wei Lin-Park]", "Lin-Park, Wei", "name", id="alias"),
        pytest.param("", "aliases: [W. Lin]", "Lin, W", "name", id="initials-by-alias"),
        pytest.param("", 'aliases: ["Lin, W."]', "W. Lin", "name", id="alias-family-first"),
    ],
)
def test_the_owner_is_found_by_an_exact_spelling(
    tmp_path: Path, basics: str, settings: str, author: str, rule: str
) -> None:
    credit, problems = _credit(tmp_path, _paper(f"Long, Ada and {author}"), settings=settings, basics=basics)
    assert (credit.position, credit.rule) == (2, rule)
    assert not problems


@pytest.mark.parametrize(
    ("basics", "author"),
    [
        pytest.param("", "Lin, W.", id="initials"),
        pytest.param("", "W Lin", id="initials-without-dot"),
        pytest.param("", "Lin, Weii", id="misspelt"),
        pytest.param("", "Ling, Wei", id="a-longer-name"),
        pytest.param("", "Weilin", id="written-together"),
        pytest.param("name: Wei-Li Chen", "Chen, Wei Li", id="hyphen"),
        pytest.param("name: Xuan Dang", "Dang, Xua", id="letter-missing"),
    ],
)
def test_nobody_else_is_taken_for_the_owner_and_the_nearest_spelling_is_offered(
    tmp_path: Path, basics: str, author: str
) -> None:
    credit, problems = _credit(tmp_path, _paper(f"Brown, Zoe and {author}"), basics=basics)
    assert (credit.position, credit.roles) == (None, frozenset())
    (problem,) = problems
    assert problem.severity is Severity.WARNING
    assert "is not among its authors" in problem.message
    spelled = credit.publication.authors[1].name
    assert f'"{spelled}"' in (problem.hint or ""), problem.hint
    assert "aliases" in (problem.hint or "")


def test_no_spelling_is_offered_where_none_is_near(tmp_path: Path) -> None:
    _, problems = _credit(tmp_path, _paper("Brown, Zoe and Müller, Karl"))
    (problem,) = about(problems, "is not among its authors")
    assert "add that name to the aliases" in (problem.hint or "")
    assert "Müller" not in (problem.hint or "")


ORCID = "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("basics", "settings"),
    [
        pytest.param(f"name: Wei Lin\nprofiles: [{{network: orcid, username: {ORCID}}}]", "", id="account"),
        pytest.param(f"name: Wei Lin\nprofiles: [{{network: ORCID, username: {ORCID}}}]", "", id="account-in-capitals"),
        pytest.param("", f"orcid: {ORCID}", id="setting"),
        pytest.param("", f"orcid: https://orcid.org/{ORCID}", id="setting-as-address"),
    ],
)
@pytest.mark.parametrize("listed", [ORCID, f"https://orcid.org/{ORCID}", ORCID.replace("-", "")])
def test_the_orcid_finds_the_owner_before_the_name_does(
    tmp_path: Path, basics: str, settings: str, listed: str
) -> None:
    bib = _paper("Lin, Wei and Lin, W.", more=f'  author+an:orcid = {{2="{listed}"}},\n')
    credit, _ = _credit(tmp_path, bib, settings=settings, basics=basics)
    assert (credit.position, credit.rule) == (2, "orcid")


def test_anothers_orcid_is_not_the_owners(tmp_path: Path) -> None:
    bib = _paper("Lin, Wei and Lin, W.", more='  author+an:orcid = {2="0000-0001-0000-0009"},\n')
    credit, _ = _credit(tmp_path, bib, settings=f"orcid: {ORCID}")
    assert (credit.position, credit.rule) == (1, "name")


def test_the_mark_self_finds_the_owner_before_all_else(tmp_path: Path) -> None:
    bib = _paper("Lin, Wei and Lin, W. and Other, Quite", "3=self", more=f'  author+an:orcid = {{2="{ORCID}"}},\n')
    credit, problems = _credit(tmp_path, bib, settings=f"orcid: {ORCID}")
    assert (credit.position, credit.rule, credit.matched) == (3, "self", "Quite Other")
    assert not problems


@pytest.mark.parametrize(
    ("authors", "annotations", "settings"),
    [
        pytest.param("Lin, Wei and Lin, Wei", "", "", id="the-same-name-twice"),
        pytest.param("Lin, Wei and Wei, Lin", "", "", id="names-in-either-order"),
        pytest.param("Lin, Wei and Lin, W.", "", "aliases: [W. Lin]", id="name-and-alias"),
        pytest.param("Lin, Wei and Long, Ada", "1=self; 2=self", "", id="self-twice"),
    ],
)
def test_two_candidates_are_an_error_and_nobody_is_highlighted(
    tmp_path: Path, authors: str, annotations: str, settings: str
) -> None:
    path = write_career(tmp_path, _paper(authors, annotations), settings=settings)
    with pytest.raises(InputError) as caught:
        list_rows(path, frozenset())
    (problem,) = [problem for problem in caught.value.problems if problem.is_error]
    assert "two authors could be you" in problem.message
    assert "author+an" in (problem.hint or "")
    assert str(problem.location).startswith(f"{tmp_path / 'papers.bib'}:")


def test_the_mark_self_settles_two_candidates(tmp_path: Path) -> None:
    credit, problems = _credit(tmp_path, _paper("Lin, Wei and Lin, Wei and Long, Ada", "2=self"))
    assert (credit.position, credit.rule) == (2, "self")
    assert not problems


def test_a_role_filter_counts_what_it_leaves_out_and_says_why(tmp_path: Path) -> None:
    papers = [
        _paper("Lin, Wei and Long, Ada", "1=lead", key="led"),
        _paper("Lin, Wei and Long, Ada", key="first1"),
        _paper("Lin, Wei and Long, Ada", key="first2"),
        _paper("Brown, Zoe and Long, Ada", key="missing"),
    ]
    listing = list_rows(write_career(tmp_path, "\n".join(papers)), frozenset({Role.LEAD}))
    rows, problems = listing.rows, listing.problems
    assert [row["key"] for row in rows] == ["led"]
    told = {problem.message for problem in about(problems, "left out")}
    assert told == {
        "--role lead: 2 left out in which you had another role",
        "--role lead: 1 left out in which you were not found among the authors",
    }


def test_several_roles_keep_what_has_any_of_them(tmp_path: Path) -> None:
    papers = [
        _paper("Lin, Wei and Long, Ada", key="first"),
        _paper("Long, Ada and Lin, Wei", key="last"),
        _paper("Long, Ada and Lin, Wei and Ross, Bob", key="middle"),
    ]
    profile = write_career(tmp_path, "\n".join(papers))
    ran = run_cvgen("publications", profile, "--json", "--role", "first", "--role", "SENIOR")
    assert {row["key"] for row in json.loads(ran.out)} == {"first", "last"}
    assert "--role first or senior: 1 left out in which you had another role" in ran.err


def test_an_unknown_role_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, _paper("Lin, Wei")), "--role", "cofirst")
    assert ran.code == 2
    assert "there is no role 'cofirst'" in ran.err
    assert "did you mean 'co-first'?" in ran.err


def test_a_document_shows_only_papers_of_the_role_asked_for(tmp_path: Path) -> None:
    bib = _paper("Lin, Wei and Long, Ada", key="first") + _paper("Long, Ada and Lin, Wei", key="last")
    career = valid_career(tmp_path, bib)
    selection = select_document(career, resolve_variant(career, None), frozenset({Role.SENIOR}))
    (section,) = [section for section in selection.document.sections if section.name == "publications"]
    assert [item.key for group in section.groups for item in group.items] == ["last"]
    assert len(about(selection.problems, "--role senior: 1 left out")) == 1


SENTENCES = [
    ("first", "Lin, Wei and B, B", "", "First author", "第一作者"),
    ("sole", "Lin, Wei", "", "Sole author", "独立作者"),
    ("senior", "A, A and Lin, Wei", "", "Last author", "末位作者"),
    ("middle", "A, A and B, B and Lin, Wei and D, D", "", "Third author", "第三作者"),
    ("co-first-1", "Lin, Wei and B, B and C, C", "1,2", "Co-first author (first)", "共同第一作者（排名第一）"),
    ("co-first-2", "A, A and Lin, Wei and C, C", "1,2", "Co-first author (second)", "共同第一作者（排名第二）"),
    ("co-senior", "A, A and Lin, Wei and C, C", "2,3", "Co-senior author", "共同末位作者"),
    ("first-student", "A, A and Lin, Wei and C, C", "1=advisor", "First student author", "学生第一作者"),
    ("lead", "Lin, Wei and B, B", "1=lead", "First author and project leader", "第一作者、项目负责人"),
    ("core", "A, A and Lin, Wei and C, C", "2=core", "Second author and core contributor", "第二作者、核心贡献者"),
    (
        "three-parts",
        "A, A and Lin, Wei and C, C",
        "1=equal; 2=equal,corresponding,lead",
        "Co-first author (second), project leader and corresponding author",
        "共同第一作者（排名第二）、项目负责人、通讯作者",
    ),
    ("eleventh", "A, A and " * 10 + "Lin, Wei and Z, Z", "", "11th author", "第11作者"),
    ("not-listed", "Brown, Zoe", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("authors", "annotations", "en", "zh"), [pytest.param(*row, id=name) for name, *row in SENTENCES]
)
def test_the_owners_part_is_said_as_a_sentence(
    tmp_path: Path, authors: str, annotations: str, en: str, zh: str, language: str
) -> None:
    variant = f"variants: {{v: {{language: {language}, sections: [{{publications: {{roles: true}}}}]}}}}"
    career = valid_career(tmp_path, _paper(authors, _spelled(annotations)), variant)
    (item,) = _items(career, "v")
    assert item.role == {"en": en, "zh": zh}[language]


def test_no_sentence_where_none_is_asked_for(tmp_path: Path) -> None:
    career = valid_career(tmp_path, _paper("Lin, Wei"), "variants: {v: {sections: [publications]}}")
    assert [item.role for item in _items(career, "v")] == [""]


@pytest.mark.parametrize(
    ("authors", "annotations", "legend"),
    [
        pytest.param("Lin, Wei and B, B", "", {}, id="no-marks-no-legend"),
        pytest.param("Lin, Wei and B, B", "1,2", {"*": "equal contribution"}, id="equal"),
        pytest.param("Lin, Wei and B, B", "2=corresponding", {"†": "corresponding author"}, id="of-another"),
        pytest.param("Lin, Wei and B, B", "1=self", {}, id="self-is-no-mark-for-readers"),
        pytest.param(
            "Lin, Wei and B, B",
            "1=equal,lead; 2=equal",
            {"*": "equal contribution", "‡": "project leader"},
            id="two-marks",
        ),
    ],
)
def test_the_legend_has_the_marks_that_occur_and_no_other(
    tmp_path: Path, authors: str, annotations: str, legend: dict[str, str]
) -> None:
    career = valid_career(tmp_path, _paper(authors, _spelled(annotations)), "variants: {v: {sections: [publications]}}")
    (section,) = _sections(career, "v")
    assert {line.mark: line.meaning for line in section.legend} == legend
    (item,) = section.groups[0].items
    assert set("".join(author.marks for author in item.authors)) == set(legend)


def test_a_legend_speaks_of_its_own_list_only(tmp_path: Path) -> None:
    bib = _paper("Lin, Wei and B, B", "1=equal; 2=equal", key="a")
    bib += _paper("Lin, Wei and B, B", "1=lead", key="b")
    lists = "sections: [{publications: {where: co_first}}, {publications: {where: lead}}]"
    career = valid_career(tmp_path, bib, f"variants: {{v: {{{lists}}}}}")
    assert [[line.mark for line in section.legend] for section in _sections(career, "v")] == [["*"], ["‡"]]


def test_the_persons_own_symbols_are_printed(tmp_path: Path) -> None:
    settings = 'marks: {"†": equal, "#": lead}'
    bib = _paper("Lin†#, Wei and B†, B and C, C", "3=corresponding")
    career = valid_career(tmp_path, bib, "variants: {v: {sections: [publications]}}", settings=settings)
    (section,) = _sections(career, "v")
    meanings = {line.mark: line.meaning for line in section.legend}
    assert meanings["†"] == "equal contribution"
    assert meanings["#"] == "project leader"
    assert len(meanings) == 3, "the corresponding author's symbol must not be one that is taken"
    assert [author.marks for author in section.groups[0].items[0].authors][:2] == ["†#", "†"]


def test_only_the_owner_is_highlighted(tmp_path: Path) -> None:
    career = valid_career(tmp_path, _paper("Lin, W. and Lin, Wei and Lin, Weimin"), "variants: {v: {}}")
    (item,) = _items(career, "v")
    assert [author.name for author in item.authors if author.is_owner] == ["Wei Lin"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("van der Berg, Jan", ["Jan van der Berg"], id="particle"),
        pytest.param("King, Jr., Martin Luther", ["Martin Luther King, Jr."], id="suffix"),
        pytest.param("Martin Luther King Jr.", ["Martin Luther King, Jr."], id="suffix-at-the-end"),
        pytest.param("{{OpenAI}} and {Meta and Friends}", ["OpenAI", "Meta and Friends"], id="group-in-braces"),
        pytest.param("Wang, Xiaoming and 王小明", ["Xiaoming Wang", "王小明"], id="two-scripts"),
        pytest.param(r"Erd{\H{o}}s, P. and {\L}ukasz, J.", ["P. Erdős", "J. Łukasz"], id="accents"),
        pytest.param("Lin, Wei\n   and\n Long, Ada", ["Wei Lin", "Ada Long"], id="over-lines"),
        pytest.param("Lin, Wei AND Long, Ada", ["Wei Lin", "Ada Long"], id="and-in-capitals"),
        pytest.param("Anderson, Rand and Sandy, Andy", ["Rand Anderson", "Andy Sandy"], id="and-inside-names"),
    ],
)
def test_names_are_split_and_said_in_their_order(source: str, names: list[str]) -> None:
    told: list[str] = []
    listed = parse_names(source, {}, lambda message, hint, kind="": told.append(message))
    assert [author.name for author in listed.authors] == names
    assert not told


@pytest.mark.parametrize(
    ("source", "names", "report"),
    [
        pytest.param("Lin, Wei; Long, Ada", ["Wei Lin", "Ada Long"], "not separated by 'and'", id="semicolons"),
        pytest.param("Wei Lin & Ada Long", ["Wei Lin", "Ada Long"], "not separated by 'and'", id="ampersand"),
        pytest.param("Lin, Wei and and Long, Ada", ["Wei Lin", "Ada Long"], "missing between two 'and'", id="and-and"),
        pytest.param("Lin, Wei and ", ["Wei Lin"], "missing after the last 'and'", id="and-at-the-end"),
        pytest.param(
            "Wei Lin, Ada Long, Bob Ross", ["Wei Lin", "Ada Long", "Bob Ross"], "read as 3 people", id="commas"
        ),
        pytest.param("Smith, John, PhD, MD", ["John Smith, PhD, MD"], None, id="degrees"),
    ],
)
def test_a_list_that_is_none_is_read_right_and_reported(source: str, names: list[str], report: str | None) -> None:
    told: list[str] = []
    listed = parse_names(source, {}, lambda message, hint, kind="": told.append(message))
    assert [author.name for author in listed.authors] == names
    assert [report in message for message in told if report] == [True] * bool(report)
    assert report or not told


@pytest.mark.parametrize("ending", ["others", "Others", "{others}", "et al."])
def test_a_shortened_list_is_known_as_one(ending: str) -> None:
    listed = parse_names(f"Lin, Wei and {ending}", {}, lambda message, hint, kind="": None)
    assert ([author.name for author in listed.authors], listed.truncated) == (["Wei Lin"], True)


# --- The two real CVs ------------------------------------------------------------------------------------------------

TRUTH: dict[str, dict[str, dict[str, Any]]] = {
    name: json.loads((FIXTURES / name / "truth.json").read_text("utf-8")) for name in ("huang", "lu")
}


@pytest.mark.parametrize(
    ("fixture", "key"), [pytest.param(name, key, id=f"{name}-{key}") for name, truth in TRUTH.items() for key in truth]
)
def test_every_role_of_a_real_cv_is_right(fixture: str, key: str) -> None:
    rows = list_rows(FIXTURES / fixture / "profile.yaml", frozenset()).rows
    (row,) = [row for row in rows if row["key"] == key]
    truth = {name: value for name, value in TRUTH[fixture][key].items() if name != "sentence"}
    assert {name: row[name] for name in truth} == truth


@pytest.mark.parametrize("fixture", TRUTH)
def test_the_command_lists_each_paper_of_a_real_cv_once(fixture: str) -> None:
    ran = run_cvgen("publications", FIXTURES / fixture / "profile.yaml", "--json")
    assert ran.code == 0
    assert sorted(row["key"] for row in json.loads(ran.out)) == sorted(TRUTH[fixture])
    assert "is not among its authors" not in ran.err


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("fixture", TRUTH)
def test_a_role_filter_finds_exactly_the_papers_of_that_role(fixture: str, role: Role) -> None:
    ran = run_cvgen("publications", FIXTURES / fixture / "profile.yaml", "--json", "--role", role.replace("_", "-"))
    truth = TRUTH[fixture]
    wanted = sorted(key for key, facts in truth.items() if role.value in facts["roles"])
    assert ran.code == 0
    assert sorted(row["key"] for row in json.loads(ran.out)) == wanted
    assert f"{len(truth) - len(wanted)} left out in which you had another role" in ran.err


def test_every_sentence_of_a_real_cv_is_the_one_printed_in_it() -> None:
    career = read_career(FIXTURES / "huang" / "profile.yaml").career
    assert career
    said = {item.key: item.role for item in _items(career, "full")}
    truth = {key: facts["sentence"] for key, facts in TRUTH["huang"].items()}
    assert said.keys() == truth.keys()
    first_student = truth.pop("lin2023kdfs")
    said_lower = {key: sentence[:1].lower() + sentence[1:] for key, sentence in said.items()}
    assert said_lower["lin2023kdfs"]
    assert first_student.startswith(said_lower["lin2023kdfs"])  # the CV adds why in words of its own
    assert {key: said_lower[key] for key, sentence in truth.items() if sentence} == {
        k: s for k, s in truth.items() if s
    }


@pytest.mark.parametrize("alias", ["T.H. Lin", "TH Lin", "T. H. Lin", "Lin, T. H.", "Lin, TH"])
@pytest.mark.parametrize("typed", ["Lin, TH", "T. H. Lin", "Lin, T.H.", "TH Lin"])
def test_initials_of_an_alias_are_found_with_and_without_dots(tmp_path: Path, alias: str, typed: str) -> None:
    bib = f"@misc{{a, author = {{{typed} and Bo, Ann}}, title = {{T}}, year = 2020}}"
    ran = run_cvgen("publications", write_career(tmp_path, bib, settings=f'aliases: ["{alias}"]'))
    assert "not among" not in ran.err
    assert "first" in ran.out


@pytest.mark.parametrize("typed", ["Lin, T", "Lin, HT", "Lin, T. H. K."])
def test_other_initials_are_other_people(tmp_path: Path, typed: str) -> None:
    bib = f"@misc{{a, author = {{{typed} and Bo, Ann}}, title = {{T}}, year = 2020}}"
    ran = run_cvgen("publications", write_career(tmp_path, bib, settings='aliases: ["T.H. Lin"]'))
    assert "not among" in ran.err
