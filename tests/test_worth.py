"""What each part is worth on a full page, by its words, the terms asked for and the person's settings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from helpers import run_cvgen
from hypothesis import example, given, settings
from hypothesis import strategies as st
from summed_pages import COMFORT, Paper, value_parts

from cvgen.fit.fit_reasons import record_fit
from cvgen.fit.strength import Strength, judge_words
from cvgen.fit.value import WorthCause, weigh_parts
from cvgen.fit.weakness import Weakness
from cvgen.model.date_parser import parse_dates
from cvgen.model.ledger import Cause, Decision, Ledger
from cvgen.model.part import Part, PartKind
from cvgen.model.sections import Occupies
from cvgen.select.build_document import select_document
from cvgen.select.bullet_words import find_signs
from cvgen.select.cut import Cut
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import read_career


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Led 12 nurses", Strength.STRONG),
        ("Cut the waiting time from 40 to 15 minutes", Strength.STRONG),
        ("Wrote 140 recipe cards", Strength.GOOD),
        ("Made chocolates for the shop", Strength.PLAIN),
        ("Helped to raise £2,000 for the ward, which cut the bill", Strength.PLAIN),
        ("Helped to raise £2,000 for the ward", Strength.WEAK),
        ("Took part in leading the ward", Strength.EMPTY),
        ("Filing and various tasks", Strength.EMPTY),
        ("Cut the time of meetings by half", Strength.GOOD),
    ],
)
def test_the_strength_of_a_bullet_follows_from_its_words(text: str, strength: Strength) -> None:
    assert judge_words(find_signs(text, "en")) is strength


SECTION = Part((0,), (), PartKind.SECTION, "work", "Work")
SKILLS = Part((1,), (), PartKind.SECTION, "skills", "Skills")


def job(place: int, dates: str = "2020 to 2024") -> Part:
    ref = (0, "work", place)
    return Part(
        ref, (0,), PartKind.ENTRY, "work", f"job {place}", depth=1, dates=parse_dates(dates), occupies=Occupies.JOB
    )


def bullet(above: Part, place: int, text: str = "", **given: object) -> Part:
    ref = (*above.ref, "highlights", place)
    part = Part(ref, above.ref, PartKind.BULLET, "work", f"{above.name}, {place}", depth=2)
    return replace(part, signs=find_signs(text, "en"), **given)  # type: ignore[arg-type]


def test_the_sixth_bullet_is_worth_less_than_the_second_of_another_job() -> None:
    jobs = [job(0), job(1)]
    many = [bullet(jobs[0], n, f"Built {n + 2} bridges") for n in range(6)]
    few = [bullet(jobs[1], n, f"Built {n + 2} bridges") for n in range(2)]
    values = value_parts([SECTION, jobs[0], *many, jobs[1], *few])
    assert values[many[5].ref] < values[few[1].ref] < values[many[0].ref]


def test_the_best_mention_of_a_term_is_the_strongest_and_the_others_count_little() -> None:
    jobs = [job(0), job(1, "2000 to 2004")]
    asked = (("HACCP", 3),)
    weak = bullet(jobs[0], 0, "Took part in HACCP meetings", asked=asked)
    plain = bullet(jobs[0], 1, "Wrote the HACCP plan", asked=asked)
    strong = bullet(jobs[1], 0, "Led HACCP audits; 12 of 12 passed", asked=asked)
    listed = Part((1, "skills", 0), (1,), PartKind.ENTRY, "skills", "Safety", depth=1, asked=asked)
    parts = [SECTION, jobs[0], weak, plain, jobs[1], strong, SKILLS, listed]
    with_terms, without = value_parts(parts), value_parts([replace(part, asked=()) for part in parts])
    added = {part.name: with_terms[part.ref] - without[part.ref] for part in (weak, plain, strong, listed)}
    assert added[strong.name] > 3 * added[plain.name] > 3 * added[weak.name] >= 0
    assert 0 < added[listed.name] < added[strong.name]


def test_each_point_below_zero_takes_as_much_of_a_mention() -> None:
    above = job(0)
    bullets = [bullet(above, n, "Wrote pages", asked=(("PHP", -n),) if n else ()) for n in range(3)]
    alone = [weigh_parts([SECTION, above, replace(each, ref=bullets[0].ref)])[bullets[0].ref] for each in bullets]
    assert alone[0].value > alone[1].value > alone[2].value > 0
    assert alone[2].value / alone[1].value == pytest.approx(alone[1].value / alone[0].value)
    assert [[reason.text for reason in worth.reasons if reason.cause is WorthCause.ASKED] for worth in alone] == [
        [],
        ["PHP has -1 in priorities"],
        ["PHP has -2 in priorities"],
    ]


def test_a_worth_has_its_reasons() -> None:
    jobs = [job(0), job(1, "2010 to 2014")]
    one = bullet(jobs[1], 0, "Cut waste by 44 %", asked=(("waste", 2),))
    other = bullet(jobs[1], 1, "Took part in meetings", priority=-1)
    worths = weigh_parts([SECTION, jobs[0], jobs[1], one, other])
    assert {reason.cause: reason.text for reason in worths[one.ref].reasons} == {
        WorthCause.WORDS: "strong words: 44, Cut",
        WorthCause.ASKED: "asked for: waste (the best mention)",
    }
    assert [reason.cause for reason in worths[jobs[1].ref].reasons] == [WorthCause.AGE, WorthCause.PLACE]
    assert [reason.cause for reason in worths[other.ref].reasons][-1] is WorthCause.PRIORITY
    assert (worths[one.ref].is_weak, worths[other.ref].is_weak) == (False, True)


TEXTS = ("Led 9 people and cut costs", "Wrote 4 books", "Cooked dinners", "Took part in various meetings")


@st.composite
def bullets_of_one_height(draw: st.DrawFn) -> Paper:
    """Two jobs with bullets of one height and with all settings that decide between them; more than one page."""
    parts, heights = [SECTION], {SECTION.ref: 20.0}
    for place in range(2):
        parts.append(above := job(place, draw(st.sampled_from(["2020 to 2024", "2001 to 2004"]))))
        for number in range(6):
            given = {
                "priority": draw(st.integers(-2, 2)),
                "pin": number == 5 and draw(st.booleans()),
                "asked": draw(st.sampled_from([(), (), (("HACCP", 3),), (("PHP", -2),)])),
            }
            parts.append(bullet(above, number, draw(st.sampled_from(TEXTS)), **given))
    heights |= {part.ref: 30.0 if part.kind is PartKind.ENTRY else 45.0 for part in parts[1:]}
    return Paper(tuple(parts), heights, {})


@settings(max_examples=30, deadline=None)
@given(bullets_of_one_height())
def test_pin_then_priority_then_worth_decide_between_bullets_of_one_entry(paper: Paper) -> None:
    """The table of docs/worth.md: whoever is left out does not win over one that is shown beside it."""
    hidden = paper.fit(1).cut.hidden
    assert hidden
    worths = weigh_parts(paper.parts)
    for out in (part for part in paper.parts if part.ref in hidden and part.kind is PartKind.BULLET):
        assert not out.pin
        for kept in _beside(paper.parts, out):
            if kept.ref not in hidden and not kept.pin:
                assert kept.priority >= out.priority
                assert worths[out.ref].is_weak or worths[kept.ref].value >= worths[out.ref].value


def _beside(parts: Sequence[Part], one: Part) -> list[Part]:
    return [part for part in parts if part.parent == one.parent and part.kind is one.kind and part.ref != one.ref]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Led 9 people and cut costs", "Cut the costs of 40 sites while I ran the team", id="strong"),
        pytest.param("Wrote 4 books", "Baked 900 loaves a day, and some more at weekends", id="good"),
        pytest.param("Cooked dinners", "Prepared the evening meals of guests", id="plain"),
        pytest.param("Took part in various meetings", "Attended different events", id="empty"),
    ],
)
def test_a_new_wording_of_the_same_strength_changes_nothing(before: str, after: str) -> None:
    jobs = [job(0), job(1, "2016 to 2020")]
    texts = [TEXTS[n % 4] for n in range(10)]
    papers = []
    for wording in (before, after):
        texts[3] = wording
        listed = [bullet(jobs[n % 2], n, text) for n, text in enumerate(texts)]
        parts = (SECTION, jobs[0], *listed[::2], jobs[1], *listed[1::2])
        papers.append(Paper(parts, {part.ref: 60.0 for part in parts}, {}))
    old, new = ({ref: worth.value for ref, worth in weigh_parts(paper.parts).items()} for paper in papers)
    assert old == new
    assert papers[0].fit(1).cut.hidden == papers[1].fit(1).cut.hidden != frozenset()


LINE = 15.0


@settings(max_examples=8, deadline=None)
@example([1, 1, 2, *[1] * 9], list(TEXTS[:1]) * 12)
@given(st.lists(st.integers(1, 2), min_size=12, max_size=12), st.lists(st.sampled_from(TEXTS[:3]), min_size=12))
def test_one_more_line_swaps_one_thing(lines: list[int], texts: list[str]) -> None:
    """Of bullets of one or two lines, one goes for a line more; where it has two lines, one may come for the other.

    If the bullet with a line more goes itself, two of one line may come for its two.
    """
    jobs = [job(0), job(1, "2016 to 2020")]
    listed = [bullet(jobs[n % 2], n, texts[n]) for n in range(12)]
    parts = (SECTION, jobs[0], *listed[::2], jobs[1], *listed[1::2])
    heights = {part.ref: 30.0 for part in parts} | {
        part.ref: 3 * LINE * n for part, n in zip(listed, lines, strict=True)
    }
    before = Paper(parts, heights, {})
    shown = before.shown(before.fit(1).cut)
    for one in [part for part in listed if part.ref in shown][:3]:
        after = Paper(parts, heights | {one.ref: heights[one.ref] + 3 * LINE}, {})
        now = after.shown(after.fit(1).cut)
        assert len(shown - now) <= 2
        assert len(now - shown) <= (1 if one.ref in now else 2)


@settings(max_examples=20, deadline=None)
@given(bullets_of_one_height())
def test_more_pages_never_show_less_of_a_tailored_document(paper: Paper) -> None:
    shown = [paper.shown(paper.fit(pages).cut) for pages in (1, 2, 3)]
    assert shown[0] <= shown[1] <= shown[2]


def draw_page(*bullets: tuple[str, int], high: float = 40.0) -> Paper:
    """A current job with a strong bullet about HACCP, and an old one with ``bullets``, each with its points for PHP."""
    jobs = [job(0), job(1, "2001 to 2004")]
    first = bullet(jobs[0], 0, "Led 12 cooks and cut waste", asked=(("HACCP", 2),))
    listed = [bullet(jobs[1], n, text, asked=(("PHP", p),) if p else ()) for n, (text, p) in enumerate(bullets)]
    parts = (SECTION, jobs[0], first, jobs[1], *listed)
    return Paper(parts, {part.ref: high for part in parts}, {})


FILLER = [("Took part in various meetings", 0), ("Cooked dinners", 0)]


@pytest.mark.parametrize(
    ("paper", "out"),
    [
        pytest.param(draw_page(*FILLER, ("Wrote 4 books", 0), high=62), {0, 1}, id="full-without-them"),
        pytest.param(draw_page(*FILLER, ("Wrote 4 books", 0), high=40), set(), id="half-empty-without-them"),
        pytest.param(draw_page(*FILLER, ("Wrote PHP", 1), high=62), {0, 1}, id="plain-and-asked-for"),
        pytest.param(draw_page(*FILLER[:1], ("Helped out", 0), ("Filing", 0), high=62), {1, 2}, id="all-in-weak-words"),
    ],
)
def test_filler_stays_out_of_a_tailored_page_that_is_full_without_it(paper: Paper, out: set[int]) -> None:
    fitted = paper.fit(1)
    assert {ref[-1] for ref in fitted.cut.hidden} == out
    assert fitted.filler == fitted.cut.hidden
    assert fitted.layout.fill > 0.72 or not out
    told = record_fit(Ledger(tuple(map(Decision, paper.parts))), fitted, 1)
    assert {one.part.ref[-1]: one.is_by([Cause.WEAK]) for one in told.dropped} == dict.fromkeys(out, True)
    assert all(f"1 page is {fitted.layout.fill:.0%} full without it" in one.why for one in told.dropped)
    free = replace(paper, parts=tuple(replace(part, asked=()) for part in paper.parts))
    assert free.fit(1).cut.hidden == frozenset(), "nothing is asked for, and all fits"


def test_empty_words_are_kept_for_a_term_only_if_no_other_part_has_it() -> None:
    first = job(0)
    only = bullet(first, 0, "Took part in HACCP meetings", asked=(("HACCP", 2),))
    listed = Part((1, "skills", 0), (1,), PartKind.ENTRY, "skills", "Safety", depth=1, asked=(("HACCP", 2),))
    assert weigh_parts([SECTION, first, only])[only.ref].weakness is None
    assert weigh_parts([SECTION, first, only, SKILLS, listed])[only.ref].weakness is Weakness.WORDS
    minor = replace(only, asked=(("HACCP", 1),))
    assert weigh_parts([SECTION, first, minor])[only.ref].weakness is Weakness.WORDS
    result = bullet(first, 0, "Helped with HACCP and raised £2,000", asked=(("HACCP", 2),))
    assert weigh_parts([SECTION, first, result, SKILLS, listed])[result.ref].weakness is None


def test_an_old_bullet_without_a_result_is_weak_only_where_a_posting_asks_for_other_things() -> None:
    paper = draw_page(("Cooked dinners", 0), ("Wrote PHP", 1), ("Wrote 4 books", 0), ("Helped out", 0))
    weak = [worth.weakness for worth in weigh_parts(paper.parts).values()][4:]
    assert weak == [Weakness.OLD, None, None, Weakness.WORDS]
    free = [replace(part, asked=()) for part in paper.parts]
    assert [worth.weakness for worth in weigh_parts(free).values()][4:] == [None, None, None, Weakness.WORDS]


TERMS = ("HACCP", "PHP", "SQL", "Rust")


@pytest.mark.parametrize(("years", "weak"), [("2001 to 2004", 3), ("2019 to 2022", 1), ("2022 to present", 0)])
@pytest.mark.parametrize(("terms", "is_asked"), [(4, False), (4, True), (3, False)])
def test_bullets_of_a_past_job_on_another_subject_are_weak(years: str, weak: int, terms: int, is_asked: bool) -> None:
    """All of a job long past, a plain one of another; none if the posting is hardly known, or asks for one of them."""
    jobs = [job(0, "2023 to 2024"), job(1, years)]
    own = bullet(jobs[0], 0, "Led 12 cooks", asked=tuple((term, 2) for term in TERMS[:terms]))
    texts = ("Led 9 people and cut costs", "Wrote 4 books", "Cooked dinners")
    listed = [bullet(jobs[1], n, text) for n, text in enumerate(texts)]
    head = replace(jobs[1], asked=(("PHP", 2),) if is_asked else ())
    worths = weigh_parts([SECTION, jobs[0], own, head, *listed])
    found = [worths[part.ref].weakness for part in listed].count(Weakness.OTHER_SUBJECT)
    assert found == (weak if terms == 4 and not is_asked else 0)
    pinned = weigh_parts([SECTION, jobs[0], own, head, replace(listed[2], pin=True)])
    assert pinned[listed[2].ref].weakness is None


CAREER = """
basics: {name: Nora Kemp, label: Cook, summary: I cook for schools and watch the budget.}
work:
  - {name: Bistro Ltd, position: Head chef, start: 2020, end: 2026, highlights: [
      "Wrote HACCP plans, PHP pages, SQL queries and Rust tools for 4 kitchens", "Cut the costs of allergens"]}
  - {name: Inn Ltd, position: Pastry chef, start: 2006, end: 2012, highlights: [Won 2 prizes, Took part in SQL work]}
  - {name: Bank Ltd, position: Data clerk, start: 2001, end: 2005, highlights: [Dropped 3 forms, Took part in PHP]}
education: [{institution: School of Arts, study_type: Diploma, area: Nutrition, start: 1998, end: 2000}]
certificates:
  - {name: Notary public level 2, date: 2015}
  - {name: Diploma in nutrition for children, date: 2015}
  - {name: Allergen awareness, date: 2015}
  - {name: Chefs+ of the world, date: 2015}
  - {name: Rust certificate, date: 2015}
  - {name: Firearms, date: 2025}
  - {name: Lifeguard}
  - {name: Diving, date: 2015, priority: 1}
variants:
  default: {sections: [summary, work, education, certificates], priorities: {HACCP: 2, PHP: 2, SQL: 2, Rust: 2}}
  hardly_known: {extends: default, priorities: {PHP: 0}}
  free: {sections: [work, certificates]}
"""


def list_weak(folder: Path, text: str, variant: str = "default") -> dict[str, Weakness | None]:
    """The first word of each weak part of a career, with the reason."""
    (folder / "profile.yaml").write_text(text, "utf-8")
    career = read_career(folder / "profile.yaml").career
    assert career
    parts = select_document(career, resolve_variant(career, variant)).draft.parts
    worths = weigh_parts(parts)
    return {part.label.split()[0]: worths[part.ref].weakness for part in parts if worths[part.ref].is_weak}


def test_a_past_certificate_on_another_subject_than_all_the_rest_is_weak(tmp_path: Path) -> None:
    """Not one that is asked for, new, undated, preferred, or on the subject of a degree or of a job asked for."""
    assert list_weak(tmp_path, CAREER) == {
        "Took": Weakness.WORDS,
        "Dropped": Weakness.OTHER_SUBJECT,
        "Notary": Weakness.STRAY,
    }
    assert "Notary" not in list_weak(tmp_path, CAREER, "hardly_known")
    assert list_weak(tmp_path, CAREER, "free") == {"Took": Weakness.WORDS}


def test_a_section_with_nothing_but_stray_certificates_goes_with_them(tmp_path: Path) -> None:
    start, end = CAREER.index("  - {name: Diploma"), CAREER.index("variants:")
    weak = list_weak(tmp_path, CAREER[:start] + CAREER[end:])
    assert weak["Certificates"] is weak["Notary"] is Weakness.STRAY


def test_an_earlier_job_in_the_same_trade_is_on_the_same_subject(tmp_path: Path) -> None:
    """The name of an employer, and a term in weak words, say nothing of the subject."""
    assert "Won" not in list_weak(tmp_path, CAREER)
    assert list_weak(tmp_path, CAREER.replace("Pastry chef", "Lorry driver"))["Won"] is Weakness.OTHER_SUBJECT


def test_a_page_that_needs_another_subject_shows_it_and_no_filler() -> None:
    jobs = [job(0), job(1, "2001 to 2004")]
    own = bullet(jobs[0], 0, "Led 12 cooks", asked=tuple((term, 2) for term in TERMS))
    listed = [bullet(jobs[1], n, "Wrote 4 books") for n in range(4)]
    filler = bullet(jobs[1], 4, "Took part in various meetings")
    parts = (SECTION, jobs[0], own, jobs[1], *listed, filler)
    out = {high: Paper(parts, {part.ref: high for part in parts}, {}).fit(1).cut.hidden for high in (45.0, 95.0)}
    assert out == {45.0: {filler.ref}, 95.0: {filler.ref, *(part.ref for part in listed)}}


@pytest.mark.parametrize(
    ("named", "highest"),
    [
        (["Summer school", "Ph.D.", "B. Sc."], 1),
        (["BSc (Hons)", "M.Eng."], 1),
        (["Abitur", "Ausbildung zum Kaufmann", "Diplom-Ingenieur (FH)"], 2),
        (["Baccalauréat", "Licence", "Master 2"], 2),
        (["Grado", "Doctorado"], 1),
        (["Bacharelado", "Mestrado"], 1),
        (["Бакалавр", "Магистр"], 1),
        (["本科", "硕士"], 1),
        (["学士", "博士（工学）"], 1),
        (["학사", "석사"], 1),
        (["بكالوريوس", "ماجستير"], 1),
        (["תואר ראשון", "תואר שני"], 1),
        (["A certificate of our own", "Bachelor", "BA"], 0),
        (["MSc", "MA"], 0),
    ],
)
def test_the_highest_degree_is_worth_most_wherever_it_is_listed(named: list[str], highest: int, tmp_path: Path) -> None:
    listed = "".join(f"  - {{institution: School {n}, study_type: {name!r}}}\n" for n, name in enumerate(named))
    (tmp_path / "profile.yaml").write_text(f"basics: {{name: Nora Kemp}}\neducation:\n{listed}", "utf-8")
    career = read_career(tmp_path / "profile.yaml").career
    assert career
    parts = select_document(career, resolve_variant(career, None)).draft.parts
    worths = weigh_parts(parts)
    degrees = [worths[part.ref] for part in parts if part.kind is PartKind.ENTRY]
    chief = [any(reason.cause is WorthCause.DEGREE for reason in worth.reasons) for worth in degrees]
    assert chief == [place == highest for place in range(len(named))]


# --- On real pages


def write_profile(folder: Path, variant: str = "", extra: str = "") -> Path:
    """A cook with more than a page to say: half of it strong, a quarter plain, the rest empty."""
    lines = ["basics: {name: Nora Kemp}", "work:"]
    for year in range(2024, 1994, -3):
        lines += [f"  - {{name: Kitchen {year}, position: Cook, start: {year - 3}, end: {year}, highlights: ["]
        lines += [
            f'      "Cut waste by {year % 50 + n} % and led {n + 3} cooks in the kitchen of {year}",' for n in range(4)
        ]
        lines += [
            f'      "Cooked dish {n} of {year} for guests from near and far, each with a sauce of its own",'
            for n in range(2)
        ]
        lines += [f'      "Took part in weekly meetings {n} of {year}",' for n in range(2)]
        lines[-1] = lines[-1].rstrip(",") + "]}"
    lines += ["education:", "  - {institution: School of Cooks, area: Cooking, start: 1988, end: 1991}"]
    lines += [extra, f"variants: {{default: {{pages: 1, sections: [work, education]{variant}}}}}"]
    (folder / "profile.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder / "profile.yaml"


def report(profile: Path, *arguments: str) -> dict[str, list[dict[str, str]]]:
    ran = run_cvgen("render", profile, "-o", profile.with_suffix(".pdf"), "--report", "json", *arguments)
    assert ran.code == 0, ran.err
    found: dict[str, list[dict[str, str]]] = json.loads(ran.out)
    return found


def test_weak_bullets_go_before_all_others_and_only_if_their_words_count(tmp_path: Path) -> None:
    told = report(write_profile(tmp_path))
    shown = [row["label"] for row in told["shown"]]
    assert any(row["label"].startswith("Cooked dish") for row in told["left_out"]), "all that is not weak fits"
    assert not any("meetings" in label for label in shown)
    assert any("School of Cooks" in label for label in shown)
    told = report(write_profile(tmp_path, ", weigh_words: false"))
    assert any("meetings" in row["label"] for row in told["shown"])


def test_a_bullet_on_another_subject_comes_back_with_each_cure_that_match_names(tmp_path: Path) -> None:
    asked = ", ".join(f"kitchen of {year}: 2" for year in range(2024, 2006, -3))
    (tmp_path / "job.txt").write_text("Cook\n\nRequirements\n- fermented miso\n- sauces\n", "utf-8")

    def find_miso(variant: str) -> tuple[list[str], str]:
        """The causes for which the page lacks a bullet of 2006, and the cure; nothing if the page has it."""
        profile = write_profile(tmp_path, variant)
        text = profile.read_text("utf-8").replace("Cut waste by 6 % and led 3 cooks", "Fermented miso for 30 cooks")
        text = text.replace("Cook, start: 2003,", "Brewer, start: 2003,")
        profile.write_text(text, "utf-8")
        ran = run_cvgen("match", profile, tmp_path / "job.txt", "--format", "json", "-q")
        assert ran.code == 0, ran.err
        places = [place for term in json.loads(ran.out)["hidden"] for place in term["places"]]
        return next(((place["causes"], place["cure"]) for place in places if "miso" in place["text"]), ([], ""))

    cure = "add the term to the 'priorities' of the variant, pin it, or write 'weigh_words: false' there"
    assert find_miso(f", priorities: {{{asked}}}") == (["subject"], cure)
    assert find_miso(f", priorities: {{{asked}, miso: 2}}") == ([], "")
    assert find_miso(f", priorities: {{{asked}}}, weigh_words: false") == ([], "")


def draw_full_page() -> Paper:
    """A current job that asks for HACCP, and an old one whose twelve bullets only fit where text is smallest."""
    jobs = [job(0), job(1, "2016 to 2020")]
    first = bullet(jobs[0], 0, "Led 12 cooks and cut waste", asked=(("HACCP", 2),))
    old = [bullet(jobs[1], n, f"Wrote {n + 2} books") for n in range(12)]
    parts = (SECTION, jobs[0], first, jobs[1], *old)
    return Paper(parts, {part.ref: 31.5 for part in parts}, {}, densities=COMFORT)


def test_a_tailored_page_leaves_ordinary_bullets_out_before_its_text_is_smallest() -> None:
    paper = draw_full_page()
    fitted = paper.fit(1)
    assert paper.fits(Cut(), 1, COMFORT.tight), "all would fit in the smallest text"
    assert 1 <= len(fitted.cut.hidden) <= 3
    assert fitted.density <= 0.8
    assert fitted.tighter == COMFORT.tight
    ledger = record_fit(Ledger(tuple(map(Decision, paper.parts))), fitted, 1)
    assert {one.why for one in ledger.dropped} == {
        "does not fit on 1 page without smaller text, which 'comfort: tight' allows"
    }
    free = replace(paper, parts=tuple(replace(part, asked=()) for part in paper.parts)).fit(1)
    assert (free.cut.hidden, free.tighter) == (frozenset(), None), "nothing is asked for"


@pytest.mark.parametrize(("points", "are_shown"), [(2, True), (1, False)])
def test_text_gets_smallest_only_for_what_shows_a_must(points: int, are_shown: bool) -> None:
    paper = draw_full_page()
    parts = [replace(part, asked=((part.label, points),)) if part.signs else part for part in paper.parts]
    fitted = replace(paper, parts=tuple(parts)).fit(1)
    assert (not fitted.cut.hidden) is are_shown
    assert (fitted.density > 0.8) is are_shown


def test_a_size_that_is_set_is_a_limit(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    free, limited = report(profile), report(profile, "--set", "size=10.5", "--set", "margin=20")
    assert free["sizes"]["size"] == "9pt"  # type: ignore[call-overload]
    assert (limited["sizes"]["size"], limited["sizes"]["margin"]) == ("10.5pt", "20mm")  # type: ignore[call-overload]
    assert len(limited["shown"]) < len(free["shown"])
    assert report(profile, "--set", "density=0.2")["density"] <= 0.2  # type: ignore[operator]


def test_comfort_says_how_tight_a_page_may_become(tmp_path: Path) -> None:
    roomy, tight = (report(write_profile(tmp_path, f", comfort: {word}")) for word in ("roomy", "tight"))
    assert roomy["density"] <= 0.5 < tight["density"]  # type: ignore[operator]
    assert len(roomy["shown"]) < len(tight["shown"])
    ran = run_cvgen("render", write_profile(tmp_path, ", comfort: romy"))
    assert (ran.code, "did you mean 'roomy'" in ran.err.replace("\n", " ")) == (2, True)


def test_years_between_a_degree_and_the_first_job_shown_are_reported(tmp_path: Path) -> None:
    ran = run_cvgen("render", write_profile(tmp_path, ", options: {size: 12, margin: 25}"))
    assert ran.code == 0, ran.err
    assert "the years between 'School of Cooks, Cooking' and the first job shown are a gap" in ran.err


# --- Order by relevance

RELEVANT = """\
basics: {name: Nora Kemp}
work:
  - {name: Old Mill, start: 2020, highlights: [Baked bread, Wrote the HACCP plan, Led 4 cooks]}
skills:
  - {name: Office, keywords: [Excel]}
  - {name: Safety, keywords: [first aid, HACCP, COSHH]}
variants:
  default: {priorities: {HACCP: 2, cooks: 1}}
  asked: {extends: default, order: relevance}
  half: {extends: asked, sections: [work, skills: {order: profile}]}
  skills: {extends: default, sections: [work, skills: {order: relevance}]}
"""


@pytest.mark.parametrize(
    ("variant", "bullets", "keywords"),
    [
        ("default", ["Baked bread", "Wrote the HACCP plan", "Led 4 cooks"], ["Excel", "first aid", "HACCP", "COSHH"]),
        ("asked", ["Wrote the HACCP plan", "Led 4 cooks", "Baked bread"], ["HACCP", "first aid", "COSHH", "Excel"]),
        ("half", ["Wrote the HACCP plan", "Led 4 cooks", "Baked bread"], ["Excel", "first aid", "HACCP", "COSHH"]),
        ("skills", ["Baked bread", "Wrote the HACCP plan", "Led 4 cooks"], ["HACCP", "first aid", "COSHH", "Excel"]),
    ],
)
def test_what_is_asked_for_comes_first_where_the_order_is_relevance(
    variant: str, bullets: list[str], keywords: list[str], tmp_path: Path
) -> None:
    (tmp_path / "profile.yaml").write_text(RELEVANT, "utf-8")
    career = read_career(tmp_path / "profile.yaml").career
    assert career
    document = select_document(career, resolve_variant(career, variant)).document
    work, skills = document.sections
    assert [str(one.text) for item in work.items for one in item.bullets] == bullets
    assert [str(text) for item in skills.items for text in item.details] == keywords


@pytest.mark.parametrize(
    ("variant", "line"),
    [
        ("default: {order: relevance}", 8),
        ("default: {sections: [work, skills: {order: relevance}]}", 8),
        ("other: {order: relevance}\n  default: {extends: other}", 8),
        ("default: {order: relevance, priorities: {HACCP: 2}}", None),
        ("default: {order: profile}", None),
    ],
)
def test_an_order_by_relevance_without_priorities_is_pointed_out(
    variant: str, line: int | None, tmp_path: Path
) -> None:
    text = RELEVANT[: RELEVANT.index("  default")] + f"  {variant}\n"
    (tmp_path / "profile.yaml").write_text(text, "utf-8")
    career = read_career(tmp_path / "profile.yaml").career
    assert career
    told = select_document(career, resolve_variant(career, "default")).problems
    lines = [one.location.line for one in told if "has nothing to order by" in one.message and one.location]
    assert lines == ([] if line is None else [line])
    assert not any(one.is_error for one in told)


def test_an_order_that_is_not_known_is_named(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(RELEVANT.replace("order: relevance", "order: relevanse"), "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml")
    assert ran.code == 2
    assert "'relevanse' is not an order" in ran.err
