"""A preprint and the published paper it became: recognised, shown once, and never confused with another paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import about, line_of, run_cvgen, valid_career, write_career

from cvgen.diagnostics import Problem, Severity
from cvgen.model.marks import Mark
from cvgen.model.publication import Credit, Role
from cvgen.select.build_document import find_credits, select_document
from cvgen.select.variant import resolve_variant

TITLE = "A study of slow clouds"


def _entry(key: str, more: str, *, title: str = TITLE, authors: str = "Lin, Wei and Long, Ada", type_: str = "") -> str:
    return f"@{type_ or 'article'}{{{key}, title = {{{title}}}, author = {{{authors}}}, {more}}}\n"


def _draft(more: str = "eprint = {2301.00001}, eprinttype = {arxiv}", **changed: str) -> str:
    return _entry("draft", f"{more}, year = 2023", type_="misc", **changed)


def _paper(more: str = "", **changed: str) -> str:
    return _entry("paper", f"journal = {{Journal of Clouds}}, {more or 'volume = 1'}, year = 2024", **changed)


def _read(folder: Path, bib: str, settings: str = "") -> tuple[dict[str, Credit], list[Problem]]:
    career = valid_career(folder, bib, settings=settings)
    credits, problems = find_credits(career)
    return {credit.publication.key: credit for credit in credits}, problems


TWINS = [
    pytest.param(_draft(), _paper(), id="title-and-first-author"),
    pytest.param(
        _draft("eprint = {2301.00001}, doi = {10.1/ABC}", title="Another name altogether"),
        _paper("doi = {https://doi.org/10.1/abc}"),
        id="doi",
    ),
    pytest.param(
        _draft(title="Another name altogether"),
        _paper("eprint = {2301.00001v3}, eprinttype = {arxiv}"),
        id="eprint-whatever-the-version",
    ),
    pytest.param(
        _draft("journal = {arXiv preprint arXiv:2301.00001}", title="Another name altogether"),
        _paper("eprint = {2301.00001}"),
        id="eprint-in-the-journal",
    ),
    pytest.param(_draft(title="{A} Study of {\\emph{Slow}} Clouds!"), _paper(), id="title-marked-up"),
    pytest.param(_draft(title="A study of slow-clouds"), _paper(title="A Study: of Slow Clouds"), id="punctuation"),
    pytest.param(
        _draft(authors=r"M{\"u}ller, Eva and Lin, Wei"),
        _paper(authors="Müller, E. and Lin, Wei"),
        id="first-author-spelled-in-two-ways",
    ),
    pytest.param(_draft("pubstate = {submitted}, howpublished = {Desk}"), _paper(), id="submitted"),
    pytest.param(
        _entry("draft", "note = {x}, year = 2023", type_="unpublished"),
        _paper("pubstate = {forthcoming}"),
        id="unpublished-and-forthcoming",
    ),
]


@pytest.mark.parametrize("order", [1, -1], ids=["draft-first", "paper-first"])
@pytest.mark.parametrize(("draft", "paper"), TWINS)
def test_twins_are_shown_once(tmp_path: Path, draft: str, paper: str, order: int) -> None:
    bib = "".join([draft, paper][::order])
    credits, problems = _read(tmp_path, bib)
    assert list(credits) == ["paper"]
    (told,) = about(problems, "'draft' is the preprint of 'paper'")
    assert told.severity is Severity.NOTICE
    assert "shown once" in told.message
    assert "merge_twins: false" in (told.hint or "")
    assert str(told.location) == f"{tmp_path / 'papers.bib'}:{line_of(bib, '{draft,')}:1"


NO_TWINS = [
    pytest.param(_draft(), _paper(title="A study of fast clouds"), id="another-title"),
    pytest.param(_draft(), _paper(title=f"{TITLE} II"), id="part-two"),
    pytest.param(_draft(authors="Long, Ada and Lin, Wei"), _paper(), id="another-first-author"),
    pytest.param(_draft(title="Editorial"), _paper(title="Editorial"), id="a-title-that-many-have"),
    pytest.param(_entry("draft", "journal = {Letters}, year = 2023"), _paper(), id="both-published"),
    pytest.param(_draft(), _paper("eprint = {2301.00002}", title="Something else here"), id="another-eprint"),
    pytest.param(_draft(), _draft().replace("{draft,", "{paper,").replace("00001", "00002"), id="both-preprints"),
    pytest.param(
        _draft(title="Solar 研究一", authors="Lin, Wei"),
        _paper(title="Solar 研究二", authors="Lin, Wei"),
        id="ideographs",
    ),
]


@pytest.mark.parametrize(("draft", "paper"), NO_TWINS)
def test_what_may_be_another_paper_is_kept(tmp_path: Path, draft: str, paper: str) -> None:
    credits, problems = _read(tmp_path, draft + paper)
    assert sorted(credits) == ["draft", "paper"]
    assert not about(problems, "is the preprint of")


def test_ideographs_make_a_title_of_their_own_length(tmp_path: Path) -> None:
    """Ten ideographs say as much as a line of letters."""
    title = "面向遥感图像的多模态检索"
    credits, _ = _read(tmp_path, _draft(title=title) + _paper(title=title))
    assert list(credits) == ["paper"]


def test_the_link_of_the_preprint_is_kept(tmp_path: Path) -> None:
    credits, _ = _read(tmp_path, _draft() + _paper("doi = {10.1/abc}, url = {https://j.org/1}"))
    links = {link.label: link.url for link in credits["paper"].publication.links}
    assert links == {
        "doi": "https://doi.org/10.1/abc",
        "link": "https://j.org/1",
        "arxiv": "https://arxiv.org/abs/2301.00001",
    }
    assert credits["paper"].publication.eprint == "2301.00001"


def test_the_address_of_a_preprint_elsewhere_is_kept_under_a_label_of_its_own(tmp_path: Path) -> None:
    draft = _draft("journal = {bioRxiv}, url = {https://biorxiv.org/1}")
    credits, _ = _read(tmp_path, draft + _paper("url = {https://j.org/1}"))
    links = {link.label: link.url for link in credits["paper"].publication.links}
    assert links == {"link": "https://j.org/1", "preprint": "https://biorxiv.org/1"}


def test_links_of_the_published_paper_win(tmp_path: Path) -> None:
    draft = _draft("eprint = {2301.00001}, code = {https://old.org}")
    credits, _ = _read(tmp_path, draft + _paper("code = {https://new.org}"))
    links = {link.label: link.url for link in credits["paper"].publication.links}
    assert links == {"code": "https://new.org", "arxiv": "https://arxiv.org/abs/2301.00001"}


def test_all_drafts_of_a_paper_go_into_it(tmp_path: Path) -> None:
    other = _draft("howpublished = {Desk}, pubstate = {submitted}").replace("{draft,", "{second,")
    credits, problems = _read(tmp_path, _draft() + other + _paper())
    assert list(credits) == ["paper"]
    assert len(about(problems, "is the preprint of 'paper'")) == 2


def test_twins_are_both_shown_where_asked_for(tmp_path: Path) -> None:
    credits, problems = _read(tmp_path, _draft() + _paper(), "merge_twins: false")
    assert sorted(credits) == ["draft", "paper"]
    assert not problems


def test_marks_of_the_preprint_are_kept_beside_those_of_the_published_entry(tmp_path: Path) -> None:
    draft = _draft("eprint = {2301.00001}, author+an = {1=equal; 2=equal,lead}")
    paper = _paper("author+an = {1=corresponding}")
    credits, problems = _read(tmp_path, draft + paper)
    assert credits["paper"].roles == {Role.FIRST, Role.CO_FIRST, Role.CO_SENIOR, Role.CORRESPONDING}
    assert credits["paper"].marks == {Mark.EQUAL, Mark.CORRESPONDING}
    assert len(problems) == 1


def test_venue_year_and_status_are_those_of_the_published_entry(tmp_path: Path) -> None:
    credits, _ = _read(tmp_path, _draft() + _paper())
    publication = credits["paper"].publication
    assert (str(publication.venue), publication.year, publication.status) == ("Journal of Clouds", 2024, "published")


@pytest.mark.parametrize("setting", ["exclude", "pin"])
def test_the_key_of_a_merged_preprint_is_still_known(tmp_path: Path, setting: str) -> None:
    rest = f"variants: {{v: {{sections: [publications: {{{setting}: [draft]}}]}}}}"
    career = valid_career(tmp_path, _draft() + _paper(), rest)
    (section,) = select_document(career, resolve_variant(career, "v")).document.sections
    assert [item.key for group in section.groups for item in group.items] == ["paper"]


def test_the_command_tells_of_twins_and_lists_one(tmp_path: Path) -> None:
    ran = run_cvgen("publications", write_career(tmp_path, _draft() + _paper()), "--strict")
    assert ran.code == 0, ran.err
    assert ran.out.rstrip().endswith("\n1 publication")
    assert "notice: 'draft' is the preprint of 'paper'" in ran.err


# --- What comes across -----------------------------------------------------------------------------------------------

SAME_PEOPLE = [
    pytest.param("Lin*, Wei and Long*, Ada", "Lin, Wei and Long, Ada", id="same-spelling"),
    pytest.param("Lin*, Wei and Long*, Ada", "Lin, W. and Long, A.", id="initials-in-the-paper"),
    pytest.param("Lin*, W. and Long*, A.", "Lin, Wei and Long, Ada", id="initials-in-the-preprint"),
    pytest.param("Wei Lin* and Ada Long*", "LIN, Wei and LONG, Ada", id="order-and-case"),
    pytest.param("Lin*, Wei and Long*, Ada", "Lin, Wei and Long, Ada M.", id="a-middle-name"),
    pytest.param(r"Lin*, Wei and L\"ong*, Ada", "Lin, Wei and Loeng, Ada", id="umlaut"),
    pytest.param("Lin*, Wei and Long*, Ada", "Lin, Wei and Long, Ada and Roe, Bo and others", id="cut-later"),
]  # fmt: skip
OTHER_PEOPLE = [
    pytest.param("Lin*, Wei and Long*, Ada", "Lin, Wei and Roe, Bo and Long, Ada", id="one-more"),
    pytest.param("Lin*, Wei and Long*, Ada and Roe, Bo", "Lin, Wei and Roe, Bo and Long, Ada", id="another-order"),
    pytest.param("Lin*, Wei and Long*, Ada", "Lin, Wei and Long, Bea", id="another-given-name"),
    pytest.param("Lin*, Wei and Long*, Ada", "Lin, Wei", id="one-less"),
]
STARS = 'marks: {"*": equal}'


@pytest.mark.parametrize("order", [1, -1], ids=["draft-first", "paper-first"])
@pytest.mark.parametrize(("draft", "paper"), SAME_PEOPLE[:-1])
def test_marks_come_across_where_the_lists_agree(tmp_path: Path, draft: str, paper: str, order: int) -> None:
    bib = "".join([_draft(authors=draft), _paper(authors=paper)][::order])
    credits, problems = _read(tmp_path, bib, STARS)
    assert [author.marks for author in credits["paper"].publication.authors] == [{Mark.EQUAL}, {Mark.EQUAL}]
    assert Role.CO_FIRST in credits["paper"].roles
    assert not about(problems, "differ")


def test_marks_come_across_as_far_as_a_cut_list_goes(tmp_path: Path) -> None:
    bib = _draft(authors="Lin*, Wei and Long*, Ada and others") + _paper(authors="Lin, Wei and Long, Ada and Roe, Bo")
    credits, problems = _read(tmp_path, bib, STARS)
    assert credits["paper"].roles == {Role.FIRST, Role.CO_FIRST}
    assert not about(problems, "differ")


@pytest.mark.parametrize(("draft", "paper"), OTHER_PEOPLE)
def test_where_the_lists_differ_the_marks_of_the_paper_stay_and_both_places_are_told(
    tmp_path: Path, draft: str, paper: str
) -> None:
    bib = _draft(authors=draft) + _paper(authors=paper)
    credits, problems = _read(tmp_path, bib, STARS)
    assert not any(author.marks for author in credits["paper"].publication.authors)
    (told,) = about(problems, "the author lists of 'paper'", "'draft' differ")
    assert told.severity is Severity.WARNING
    assert f"papers.bib:{line_of(bib, '{paper,')}:" in told.message
    assert f"papers.bib:{line_of(bib, '{draft,')}:" in str(told.location)
    assert told.hint


@pytest.mark.parametrize(
    ("draft", "paper", "mark"),
    [
        pytest.param("1=equal; 2=equal", "2=equal; 3=equal", "equal", id="equal"),
        pytest.param("1=corresponding", "3=corresponding", "corresponding", id="corresponding"),
        pytest.param("1=lead,corresponding", "1=lead; 2=lead", "lead", id="lead"),
    ],
)
def test_marks_that_contradict_each_other_are_told_and_those_of_the_paper_used(
    tmp_path: Path, draft: str, paper: str, mark: str
) -> None:
    people = "Lin, Wei and Long, Ada and Roe, Bo"
    alone, _ = _read(tmp_path, _paper(f"author+an = {{{paper}}}", authors=people))
    bib = _draft(f"author+an = {{{draft}}}, eprint = {{2301.00001}}", authors=people)
    credits, problems = _read(tmp_path, bib + _paper(f"author+an = {{{paper}}}", authors=people))
    assert credits["paper"].roles == alone["paper"].roles
    (told,) = about(problems, "contradict", repr(mark))
    assert told.severity is Severity.WARNING


def test_all_that_a_preprint_says_of_the_paper_comes_across(tmp_path: Path) -> None:
    draft = _draft(
        "eprint = {2301.00001}, code = {https://c.org}, award = {Best Paper}, note = {With data}, selected = {true}, "
        'topic = {Clouds}, abbr = {arXiv}, keywords = {rain}, author+an:orcid = {1="0000-0002-1825-0097"}, '
        'author+an:credit = {1="Software"}, role = {lead}'
    )
    settings = "entries: {draft: {tags: [vision], highlights: [Used by all], stars: 412}}"
    credits, problems = _read(tmp_path, draft + _paper(), settings)
    paper = credits["paper"].publication
    assert {link.label for link in paper.links} == {"code", "arxiv"}
    assert (str(paper.award), str(paper.note)) == ("Best Paper", "With data")
    assert (paper.selected, paper.topic, paper.tags, paper.keywords) == (True, "Clouds", ("vision",), ("rain",))
    assert (paper.venue_short, paper.eprint) == ("", "2301.00001")
    assert [metric.count for metric in paper.metrics] == [412]
    assert len(paper.highlights) == 1
    assert (paper.authors[0].orcid, paper.authors[0].credit) == ("0000-0002-1825-0097", ("Software",))
    assert Role.LEAD in credits["paper"].roles
    assert len(problems) == 1


def test_a_venue_that_the_profile_gives_the_preprint_is_the_papers(tmp_path: Path) -> None:
    credits, _ = _read(tmp_path, _draft() + _paper(), "entries: {draft: {venue_short: JoC 2024}}")
    assert credits["paper"].publication.venue_short == "JoC 2024"


def test_what_both_say_differently_is_told(tmp_path: Path) -> None:
    draft = _draft("eprint = {2301.00001}, award = {Best Poster}")
    credits, problems = _read(tmp_path, draft + _paper("award = {Best Paper}"))
    assert str(credits["paper"].publication.award) == "Best Paper"
    (told,) = about(problems, "differs from 'paper' in award")
    assert told.severity is Severity.NOTICE


def test_the_doi_of_a_preprint_is_no_doi_of_the_paper(tmp_path: Path) -> None:
    draft = _draft("journal = {bioRxiv}, doi = {10.1101/2023.01.02.123456}")
    credits, _ = _read(tmp_path, draft + _paper())
    paper = credits["paper"].publication
    assert paper.doi == ""
    assert [(link.label, link.url) for link in paper.links] == [
        ("preprint", "https://doi.org/10.1101/2023.01.02.123456")
    ]


# --- One paper in two entries ----------------------------------------------------------------------------------------


def _again(more: str, **changed: str) -> str:
    return _paper(more, **changed).replace("{paper,", "{again,")


REPEATED = [
    pytest.param(_paper(), _again("volume = 1"), id="word-for-word"),
    pytest.param(_paper("doi = {10.1/abc}"), _again("doi = {https://doi.org/10.1/ABC}, pages = {1--9}"), id="doi"),
    pytest.param(_paper(), _again("pages = {1--9}", authors="Lin, W. and Long, A."), id="initials"),
    pytest.param(_paper("pubstate = {inpress}").replace("2024", "2023"), _again("volume = 4"), id="in-press-before"),
    pytest.param(_paper("doi = {10.1/abc}"), _again("doi = {10.1/abc}", title=f"{TITLE}: A long view"), id="subtitle"),
]


@pytest.mark.parametrize(("first", "second"), REPEATED)
def test_a_paper_in_two_entries_is_shown_once(tmp_path: Path, first: str, second: str) -> None:
    credits, problems = _read(tmp_path, first + second)
    (kept,) = credits
    (told,) = about(problems, "is the same paper as", repr(kept))
    assert told.severity is Severity.NOTICE
    assert "merge_twins: false" in (told.hint or "")
    assert len(_read(tmp_path, first + second, "merge_twins: false")[0]) == 2


def test_a_paper_in_two_files_is_shown_once_with_what_both_say(tmp_path: Path) -> None:
    (tmp_path / "more.bib").write_text(
        _again("doi = {10.1/abc}, pages = {1--9}, author+an = {1=equal; 2=equal}"), "utf-8"
    )
    profile = write_career(tmp_path, _paper("volume = 3"))
    profile.write_text(profile.read_text("utf-8").replace("[papers.bib]", "[papers.bib, more.bib]"), "utf-8")
    ran = run_cvgen("publications", profile, "--explain")
    assert ran.out.rstrip().endswith("\n1 publication")
    assert "co-first" in ran.out
    assert "entries that are shown with it: again" in ran.out
    assert "'again' is the same paper as 'paper'" in ran.err


def _other(more: str, type_: str = "article", **changed: str) -> str:
    return _entry("other", f"{more}, year = 2024", type_=type_, **changed)


DIFFERENT = [
    pytest.param(_paper("volume = 1"), _other("journal = {Journal of Clouds}, volume = 2"), id="another-volume"),
    pytest.param(_paper("pages = {1--2}"), _other("journal = {Journal of Clouds}, pages = {3--4}"), id="other-pages"),
    pytest.param(_paper("doi = {10.1/a}"), _other("journal = {Journal of Clouds}, doi = {10.1/b}"), id="another-doi"),
    pytest.param(_paper(), _other("booktitle = {Proc. Clouds}", "inproceedings"), id="conference-and-journal"),
    pytest.param(_paper(), _other("journal = {Letters}"), id="another-journal"),
    pytest.param(_paper().replace("2024", "2020"), _other("journal = {Journal of Clouds}"), id="another-year"),
    pytest.param(_paper(), _other("journal = {Journal of Clouds}", authors="Lin, Wei and Roe, Bo"), id="other-people"),
    pytest.param(_paper(), _other("howpublished = {Talk, Graz}", "misc"), id="a-talk"),
    pytest.param(_draft(), _other("version = {1}", "software"), id="preprint-and-software"),
    pytest.param(_draft(), _other("school = {U}", "phdthesis"), id="preprint-and-thesis"),
    pytest.param(_paper(), _other("school = {U}", "phdthesis"), id="paper-and-thesis"),
    pytest.param(
        _paper("doi = {10.1/abc}"), _other("doi = {10.1/abc}", title="Something else here"), id="doi-of-the-whole-book"
    ),
    pytest.param(
        _paper("doi = {10.1/abc}"), _other("doi = {10.1/abc}", title=f"{TITLE}: Part II"), id="part-two-with-one-doi"
    ),
    pytest.param(
        _paper("doi = {10.1/abc}", authors="Roe, Bo"), _draft("doi = {10.1/abc}", title="Else"), id="a-doi-by-mistake"
    ),
    pytest.param(
        _paper(title="Editorial"), _other("journal = {Journal of Clouds}", title="Editorial"), id="editorials"
    ),
    pytest.param(
        _paper().replace("2024", "2019"), _other("journal = {Air}, note = {Under review}"), id="a-later-version"
    ),
    pytest.param(
        _paper().replace("2024", "2019"), _other("pubstate = {inpreparation}", "misc"), id="work-after-the-paper"
    ),
]  # fmt: skip


@pytest.mark.parametrize("order", [1, -1], ids=["in-order", "turned"])
@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_no_paper_is_lost_to_another(tmp_path: Path, first: str, second: str, order: int) -> None:
    credits, problems = _read(tmp_path, "".join([first, second][::order]))
    assert len(credits) == 2
    assert not about(problems, "shown once")


def test_a_preprint_and_what_is_under_review_are_one_work(tmp_path: Path) -> None:
    sent = _other("note = {Submitted to ICML}", "misc").replace("2024", "2023")
    credits, _ = _read(tmp_path, _draft() + sent)
    publication = credits["other"].publication
    assert list(credits) == ["other"]
    assert (publication.status, publication.status_text) == ("submitted", "Submitted to ICML")
    assert [link.label for link in publication.links] == ["arxiv"]


# --- The key of the other entry --------------------------------------------------------------------------------------


def _keys(folder: Path, lists: str, settings: str = "") -> tuple[list[str], list[Problem]]:
    other = _entry("third", "journal = {Air}, year = 2022", title="Nothing of the kind")
    career = valid_career(
        folder, _draft() + _paper() + other, f"variants: {{v: {{sections: [{lists}]}}}}", settings=settings
    )
    selection = select_document(career, resolve_variant(career, "v"))
    shown = [item.key for section in selection.document.sections for group in section.groups for item in group.items]
    return shown, list(selection.problems)


@pytest.mark.parametrize(
    "lists",
    [
        pytest.param("publications: {where: \"key == 'draft'\"}", id="where"),
        pytest.param("publications: {where: \"key in ['draft', 'x']\"}", id="where-in"),
        pytest.param("publications: {where: year > 3000, pin: [draft]}", id="pin"),
        pytest.param("publications: {sort: oldest, limit: 1, pin: [draft]}", id="pin-within-a-limit"),
        pytest.param("publications: {group_by: [{title: One, where: \"key == 'draft'\"}]}", id="group"),
    ],
)
def test_the_key_of_the_preprint_chooses_the_paper(tmp_path: Path, lists: str) -> None:
    assert _keys(tmp_path, lists)[0] == ["paper"]


def test_excluding_the_preprint_alone_leaves_the_paper_and_is_told(tmp_path: Path) -> None:
    shown, problems = _keys(tmp_path, "publications: {exclude: [draft]}")
    assert sorted(shown) == ["paper", "third"]
    (told,) = about(problems, "'draft' is shown as part of 'paper'")
    assert told.hint == "to leave the paper out, exclude 'paper'"
    shown, problems = _keys(tmp_path, "publications: {exclude: [draft, paper]}")
    assert shown == ["third"]
    assert not about(problems, "is shown as part of")


@pytest.mark.parametrize(
    ("paper", "draft", "names", "is_cut"),
    [
        pytest.param("Long, Ada and Lin, Wei and others", "Long, Ada and Lin, Wei and Roe, Bo and Kim, Jo",
                     ["Ada Long", "Wei Lin", "Bo Roe", "Jo Kim"], False, id="complete"),
        pytest.param("Long, A. and others", "Long, Ada and Lin, Wei and Roe, Bo and others",
                     ["Ada Long", "Wei Lin", "Bo Roe"], True, id="longer-and-cut-too"),
        pytest.param("Long, Ada and Lin, Wei and others", "Long, Ada and Roe, Bo and Lin, Wei",
                     ["Ada Long", "Wei Lin"], True, id="others-in-between"),
        pytest.param("Long, Ada and Lin, Wei", "Long, Ada and Lin, Wei and Roe, Bo", ["Ada Long", "Wei Lin"], False,
                     id="whole"),
    ],
)  # fmt: skip
def test_a_list_that_is_cut_is_completed_from_the_other_entry(
    tmp_path: Path, paper: str, draft: str, names: list[str], is_cut: bool
) -> None:
    ids = "eprint = {2301.00001}, eprinttype = {arxiv}"
    credits, problems = _read(tmp_path, _draft(authors=draft) + _paper(ids, authors=paper))
    found = credits["paper"].publication
    assert ([author.name for author in found.authors], found.truncated) == (names, is_cut)
    assert bool(about(problems, "end in 'and others': those of 'draft' follow")) is (len(names) > 2)


def test_who_is_last_in_a_completed_list_is_seen(tmp_path: Path) -> None:
    bib = _draft(authors="Long, Ada and Roe, Bo and Lin, Wei") + _paper(authors="Long, Ada and others")
    credits, _ = _read(tmp_path, bib)
    assert credits["paper"].position == 3
    assert Role.SENIOR in credits["paper"].roles
