"""How pages are filled, at the edges of single rules: each document is small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from summed_pages import DENSITIES, ROOM, Paper, value_parts

from cvgen.backends.backend import Box, Layout
from cvgen.diagnostics import RenderError
from cvgen.fit.choose import Level, PageSpace, choose_levels, measure_parts, overflow, show_all
from cvgen.fit.fit import STEP
from cvgen.fit.knapsack import KnapsackNode, choose_nodes
from cvgen.fit.last_page import find_density, is_short
from cvgen.fit.measured_parts import UNMARKED, build_units, list_chunks, total_height
from cvgen.fit.swaps import find_swap
from cvgen.fit.value import CURRENT
from cvgen.fit.years import find_gap
from cvgen.model.date_parser import parse_dates
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref
from cvgen.model.sections import SECTIONS
from cvgen.select.cut import Cut

TIGHTEST = 1 - 0.22 * DENSITIES.tight
"""What a height shrinks to at the highest density."""


def section(index: int, name: str, **settings: Any) -> Part:
    return Part((index,), (), PartKind.SECTION, name, name, **settings)


def entry(above: Part, place: int, label: str, dates: str = "", **settings: Any) -> Part:
    return Part(
        (*above.ref, above.section, place), above.ref, PartKind.ENTRY, above.section, label, depth=1,
        dates=parse_dates(dates) if dates else None, occupies=SECTIONS[above.section].occupies, **settings,
    )  # fmt: skip


def bullet(above: Part, place: int, **settings: Any) -> Part:
    ref = (*above.ref, "highlights", place)
    return Part(ref, above.ref, PartKind.BULLET, above.section, f"bullet {place}", depth=2, **settings)


def paper(heights: Mapping[Part, float], short: Mapping[Part, float] | None = None) -> Paper:
    """A document of parts with their heights in pt at the highest density."""
    tall = {part.ref: height / TIGHTEST for part, height in heights.items()}
    return Paper(tuple(heights), tall, {p.ref: height / TIGHTEST for p, height in (short or {}).items()})


def shown(document: Paper, pages: int) -> set[str]:
    """The labels of what is shown on so many pages."""
    cut = document.fit(pages).cut
    return {part.label for part in document.parts if part.ref not in cut.hidden}


# --- The best choice for a height -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nodes", "capacity", "chosen"),
    [
        pytest.param([KnapsackNode(((5, 50),), 1)], 50, [0], id="as-high-as-there-is-room"),
        pytest.param([KnapsackNode(((5, 51),), 1)], 50, [None], id="higher-than-there-is-room"),
        pytest.param([KnapsackNode(((5, 80), (5, 40)), 1)], 50, [1], id="of-two-wordings-of-one-value-what-fits"),
        pytest.param([KnapsackNode(((5, 40), (5, 30)), 1)], 50, [0], id="of-two-that-fit-the-first"),
        pytest.param([KnapsackNode(((5, 40), (6, 45)), 1)], 50, [1], id="of-two-that-fit-the-better"),
        pytest.param([KnapsackNode(((0, 0),), 1)], 0, [0], id="nothing-fits-into-nothing"),
        pytest.param([KnapsackNode(((5, 1),), 1)], -1, None, id="no-room-at-all"),
        pytest.param([KnapsackNode(((5, 51),), 1, required=True)], 50, None, id="what-must-stay-does-not-fit"),
        pytest.param([KnapsackNode(((5, 50),), 1, required=True)], 50, [0], id="what-must-stay-just-fits"),
        pytest.param(
            [KnapsackNode(((1, 30),), 1, required=True), KnapsackNode(((9, 30),), 1)],
            50, [0, None], id="what-must-stay-comes-before-what-is-worth-more",
        ),
        pytest.param(
            [KnapsackNode(((1, 10),), 2), KnapsackNode(((9, 45),), 1)],
            50, [0, None], id="a-child-too-high-beside-its-parent",
        ),
        pytest.param(
            [KnapsackNode(((1, 10),), 2), KnapsackNode(((9, 45),), 1), KnapsackNode(((3, 50),), 1)],
            50, [None, None, 0], id="what-follows-is-worth-more-than-a-parent-alone",
        ),
        pytest.param(
            [KnapsackNode(((3, 10),), 2, hollow=True), KnapsackNode(((5, 45),), 1)],
            50, [None, None], id="a-heading-goes-with-its-only-part",
        ),
        pytest.param(
            [KnapsackNode(((3, 10),), 3, hollow=True), KnapsackNode(((5, 45),), 1), KnapsackNode(((1, 40),), 1)],
            50, [0, None, 0], id="a-heading-stays-for-its-second-part",
        ),
        pytest.param(
            [KnapsackNode(((3, 10),), 3, required=True, hollow=True), KnapsackNode(((5, 20),), 1),
             KnapsackNode(((1, 30),), 1, required=True)],
            50, [0, None, 0], id="a-heading-stays-with-what-must-stay-in-it",
        ),
    ],
)  # fmt: skip
def test_the_best_choice_for_a_height(
    nodes: list[KnapsackNode], capacity: float, chosen: list[int | None] | None
) -> None:
    assert choose_nodes(nodes, capacity) == chosen


# --- What each part is worth ------------------------------------------------------------------------------------------


def test_a_section_is_worth_more_at_the_top_and_by_its_weight() -> None:
    parts = [section(n, name) for n, name in enumerate(["work", "work", "work"])] + [section(3, "work", weight=7.0)]
    one, two, three, heavy = (value_parts(parts)[part.ref] for part in parts)
    weight = SECTIONS["work"].weight
    assert one == pytest.approx(weight * 1.2 * 1.5)
    assert two == pytest.approx(weight * (1.2 - 0.4 / 3) * 1.5)
    assert three == pytest.approx(weight * (1.2 - 0.8 / 3) * 1.5)
    assert heavy == pytest.approx(7 * 0.8 * 1.5)
    assert value_parts([section(0, "work")])[0,] == pytest.approx(weight * 1.2 * 1.5)


@pytest.mark.parametrize(
    ("dates", "factor"),
    [
        pytest.param("2014 to 2024", 1.0, id="newest"),
        pytest.param("2014 to 2016", 0.5 ** (8 / 8), id="eight-years-older"),
        pytest.param("2014-01 to 2023-07", 0.5 ** (0.5 / 8), id="half-a-year-older"),
        pytest.param("1990 to present", 1.0, id="ongoing"),
        pytest.param("", 1.0, id="without-dates"),
    ],
)
def test_an_entry_loses_value_with_its_age(dates: str, factor: float) -> None:
    above = section(0, "work")
    newest, other = entry(above, 0, "newest", "2020 to 2024"), entry(above, 1, "other", dates)
    ongoing = entry(above, 2, "ongoing", "2001 to present")
    values = value_parts([above, newest, other, ongoing])
    whole = SECTIONS["work"].weight * 1.2
    assert values[newest.ref] == pytest.approx(whole)
    assert values[other.ref] == pytest.approx(whole * factor / 1.2)
    assert values[ongoing.ref] == pytest.approx(whole / 1.4)


@pytest.mark.parametrize("priority", [1, -2, 20, 21, -20, -21])
def test_a_priority_counts_for_its_part_alone(priority: int) -> None:
    above = section(0, "work")
    jobs = [entry(above, 0, "job", "2020 to 2024", priority=priority), entry(above, 1, "other", "2020 to 2024")]
    bullets = [bullet(jobs[0], 0), bullet(jobs[0], 1)]
    values = value_parts([above, jobs[0], *bullets, jobs[1]])
    whole = SECTIONS["work"].weight * 1.2
    assert (values[jobs[0].ref] > values[jobs[1].ref]) == (priority > 0)
    assert values[jobs[1].ref] == pytest.approx(whole / 1.2)
    assert [values[one.ref] for one in bullets] == pytest.approx([whole * 0.5 * CURRENT, whole * 0.5 * CURRENT / 1.2])


def test_each_priority_is_above_all_lower_ones_of_its_kind() -> None:
    """Whatever the words, the place and the age say; the parts of one priority keep their order."""
    above = section(0, "projects")
    listed = [entry(above, n, f"{n}", f"{2024 - 5 * n}", priority=(-2, 0, 1, -1, 0, 3, 1)[n]) for n in range(7)]
    values = value_parts([above, *listed])
    ranked = sorted(listed, key=lambda part: -values[part.ref])
    assert [part.name for part in ranked] == ["5", "2", "6", "1", "4", "3", "0"]
    assert all(values[part.ref] > 0 for part in listed)


# --- Which years are missing ------------------------------------------------------------------------------------------


def test_of_two_jobs_of_the_same_years_the_last_one_is_missed() -> None:
    work = section(0, "work")
    places = (0, 2, 10, 11)
    years = ("2020 to present", "2014 to 2019", "2014 to 2019", "2008 to 2013")
    jobs = [entry(work, place, str(place), dates) for place, dates in zip(places, years, strict=True)]
    missed = find_gap(jobs, [jobs[0].ref, jobs[3].ref])
    assert missed
    assert missed.name == "10"


def test_an_older_job_that_fits_does_not_push_out_what_is_worth_more() -> None:
    """The job between is too high; to add the older one in the rest of the page would leave a gap."""
    work, awards = section(0, "work"), section(1, "awards")
    jobs = [
        entry(work, 0, "now", "2020 to present"),
        entry(work, 1, "between", "2016 to 2019"),
        entry(work, 2, "older", "2012 to 2015"),
    ]
    cup = entry(awards, 0, "cup", priority=9)
    heights = dict(zip((work, *jobs, awards, cup), (20, 20, 300, 20, 20, 300), strict=True))
    assert shown(paper(heights), 1) == {"work", "now", "awards", "cup"}


def test_a_degree_between_two_others_may_be_left_out() -> None:
    """Only jobs leave gaps: degrees are chosen by what they are worth."""
    education = section(0, "education")
    degrees = [
        entry(education, 0, "newest", "2020 to 2024"),
        entry(education, 1, "between", "2016 to 2019"),
        entry(education, 2, "oldest", "2010 to 2013"),
    ]
    heights = dict(zip((education, *degrees), (20, 100, 300, 100), strict=True))
    assert shown(paper(heights), 1) == {"education", "newest", "oldest"}


# --- What stays with what, and in which wording ---------------------------------------------------------------------


def test_a_bullet_is_not_shown_without_its_entry() -> None:
    projects = section(0, "projects")
    one, high = entry(projects, 0, "one", priority=3), entry(projects, 1, "high")
    heights = {projects: 20, one: 300, high: 300, bullet(high, 0): 20}
    assert shown(paper(heights), 1) == {"projects", "one"}


@pytest.mark.parametrize("place", [0, 1])
def test_a_pinned_bullet_keeps_its_entry(place: int) -> None:
    projects = section(0, "projects")
    entries = [entry(projects, 0, "one", priority=9), entry(projects, 1, "other", priority=-9)]
    bullets = [bullet(entries[1], n, pin=n == place) for n in range(2)]
    heights = {projects: 20, entries[0]: 300, entries[1]: 150, bullets[0]: 150, bullets[1]: 150}
    assert shown(paper(heights), 1) == {"projects", "other", f"bullet {place}"}


@pytest.mark.parametrize(
    ("low", "kept"),
    [
        pytest.param(350, {"work", "now"}, id="no-room-for-a-position"),
        pytest.param(230, {"work", "now", "volunteer", "older", "later"}, id="room-for-one"),
    ],
)
def test_an_employer_is_left_out_with_all_positions_or_shown_with_the_best(low: float, kept: set[str]) -> None:
    work, volunteer = section(0, "work"), section(1, "volunteer")
    now, older = entry(work, 0, "now", "2020 to present"), entry(volunteer, 0, "older", "2010 to 2019")
    positions = [
        Part((*older.ref, "positions", n), older.ref, PartKind.POSITION, "volunteer", label, depth=2)
        for n, label in enumerate(("later", "earlier"))
    ]
    assert (
        shown(paper(dict(zip((work, now, volunteer, older, *positions), (20, low, 20, 20, 90, 90), strict=True))), 1)
        == kept
    )


@pytest.mark.parametrize(
    ("short", "hidden"),
    [
        pytest.param(100, set(), id="short-wordings-are-enough"),
        pytest.param(250, {"third"}, id="they-are-not"),
        pytest.param(300, {"third"}, id="one-is-even-higher"),
    ],
)
def test_short_wordings_come_before_leaving_out(short: float, hidden: set[str]) -> None:
    projects = section(0, "projects")
    one, two, three = (entry(projects, n, name, has_short=True) for n, name in enumerate(("first", "second", "third")))
    document = paper({projects: 20, one: 260, two: 260, three: 100}, {one: short, two: 100, three: 90})
    assert shown(document, 1) == {"projects", "first", "second", "third"} - hidden
    assert document.fit(1).cut.shortened


def test_a_short_wording_that_is_higher_is_as_high_as_the_long_one() -> None:
    projects = section(0, "projects")
    one = entry(projects, 0, "one", has_short=True)
    layout = Layout((100,), ROOM, 600, ROOM, {projects.ref: _box(0, 100), one.ref: _box(20, 100)})
    measured = measure_parts((projects, one), value_parts([projects, one]), layout)
    higher = Layout((130,), ROOM, 600, ROOM, {projects.ref: _box(0, 130), one.ref: _box(20, 130)})
    lower = Layout((60,), ROOM, 600, ROOM, {projects.ref: _box(0, 60), one.ref: _box(20, 60)})
    assert [measured.with_short(each).height(one.ref, Level.SHORT) for each in (higher, lower)] == [80, 40]
    assert measured.with_short(lower).height(one.ref, Level.LONG) == 80


@pytest.mark.parametrize(
    ("pages", "spare", "expected"),
    [
        pytest.param(1, 0, 190, id="too-high-for-one-page"),
        pytest.param(1, 5, 195, id="and-some-of-it-stays-empty"),
        pytest.param(2, 0, 0, id="two-pages"),
        pytest.param(2, 210, 0, id="two-pages-just-as-much-empty"),
        pytest.param(2, 215, 5, id="too-much-stays-empty"),
        pytest.param(3, 399, 0, id="a-page-more-than-needed"),
    ],
)
def test_how_much_is_too_high_for_the_pages(pages: int, spare: float, expected: float) -> None:
    """Three entries of 190 pt below a heading of 10 pt: two on the first page of 400 pt, one on the second."""
    projects = section(0, "projects")
    listed = (projects, *(entry(projects, n, f"entry {n}") for n in range(3)))
    boxes = {listed[n + 1].ref: _box(10 + 190 * n, 200 + 190 * n) for n in range(3)} | {projects.ref: _box(0, 580)}
    measured = measure_parts(listed, value_parts(listed), Layout((580,), ROOM, 600, ROOM, boxes))
    assert overflow(measured, show_all(measured), PageSpace(pages, ROOM, spare)) == expected


# --- What fits on real pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "count"),
    [pytest.param(1, 2, id="one-page"), pytest.param(2, 4, id="two-pages"), pytest.param(3, 6, id="three-pages")],
)
def test_space_lost_at_the_foot_of_a_page_is_known_beforehand(pages: int, count: int) -> None:
    """Two entries fill a page but for 100 pt, into which no third one goes: the first choice is right."""
    projects = section(0, "projects")
    entries = [entry(projects, n, f"entry {n}") for n in range(9)]
    document = paper({projects: 10.0, **dict.fromkeys(entries, 145.0)})
    assert shown(document, pages) == {"projects", *(f"entry {n}" for n in range(count))}
    assert len({cut for cut, _ in document.asked} - {Cut()}) == 1


def test_everything_goes_on_a_page_less_if_only_the_highest_density_does_it() -> None:
    projects = section(0, "projects")
    fitted = paper({projects: 20.0, entry(projects, 0, "one"): ROOM - 20.5}).fit(2)
    assert (fitted.layout.pages, fitted.density, fitted.cut) == (1, DENSITIES.tight, Cut())


def test_pages_stay_where_no_density_saves_one() -> None:
    projects = section(0, "projects")
    listed = [entry(projects, n, f"entry {n}") for n in range(10)]
    fitted = paper({projects: 20.0, **dict.fromkeys(listed, (ROOM + 5) / 10)}).fit(2)
    assert (fitted.layout.pages, fitted.cut) == (2, Cut())
    assert fitted.density == DENSITIES.airy


def test_full_pages_keep_the_comfortable_density() -> None:
    projects = section(0, "projects")
    fitted = paper({projects: 20.0, entry(projects, 0, "one"): TIGHTEST * 0.95 * ROOM - 20}).fit(1)
    assert (fitted.density, fitted.layouts) == (DENSITIES.start, 1)


@pytest.mark.parametrize("share", [0.85, 0.9, 0.95, 0.999])
def test_what_is_shown_is_as_airy_as_its_page_allows(share: float) -> None:
    """All fits somewhere between the comfortable and the highest density; a step less would not do."""
    projects = section(0, "projects")
    document = paper({projects: 20.0, entry(projects, 0, "one"): share * ROOM - 20})
    fitted = document.fit(1)
    assert fitted.cut == Cut()
    assert document.fits(Cut(), 1, fitted.density)
    assert not document.fits(Cut(), 1, fitted.density - STEP)


class Squeezed(Paper):
    """Pages whose gaps all but vanish between the last two steps of the density."""

    def height(self, ref: Ref, cut: Cut, density: float) -> float:
        return super().height(ref, cut, density) * (1 - 2.4 * max(0.0, density - 0.95))


@pytest.mark.parametrize(("share", "density"), [(0.88, 0.9625), (0.92, 0.975), (0.96, 0.9875), (0.98, 1)])
def test_the_last_step_is_halved_where_it_leaves_room(share: float, density: float) -> None:
    projects = section(0, "projects")
    listed = [entry(projects, n, f"entry {n}") for n in range(20)]
    tall = {part.ref: share * ROOM / 21 / TIGHTEST / 0.88 for part in (projects, *listed)}
    document = Squeezed((projects, *listed), tall, {})
    fitted = document.fit(1)
    assert (fitted.cut, fitted.density) == (Cut(), density)


@pytest.mark.parametrize(
    ("pages", "share", "layouts"),
    [(1, 0.5, 2), (1, 0.6, 4), (1, 0.7, 5), (1, 0.78, 2), (1, 0.85, 4), (1, 0.99, 3), (1, 1.02, 3), (2, 1.5, 1),
     (2, 1.7, 5), (2, 1.9, 3), (2, 2.1, 4)],
)  # fmt: skip
def test_few_layouts_find_the_density(pages: int, share: float, layouts: int) -> None:
    """Halving would take up to seven; ``share`` is the height in pages at the highest density."""
    projects = section(0, "projects")
    listed = [entry(projects, n, f"entry {n}") for n in range(20 * pages)]
    document = paper({projects: 20.0, **dict.fromkeys(listed, (share * ROOM - 20) / len(listed))})
    fitted = document.fit(pages)
    assert fitted.layouts == len(document.asked) <= layouts
    assert fitted.layout.pages == pages


@pytest.mark.parametrize("limit", [2, 3, 4, 5])
@pytest.mark.parametrize("share", [0.6, 0.7, 0.85, 0.99])
def test_no_more_layouts_than_allowed(share: float, limit: int) -> None:
    projects = section(0, "projects")
    listed = [entry(projects, n, f"entry {n}") for n in range(20)]
    document = paper({projects: 20.0, **dict.fromkeys(listed, (share * ROOM - 20) / 20)})
    fitted = document.fit(1, limit)
    assert fitted.layouts == len(document.asked) <= limit
    assert document.fits(fitted.cut, 1, fitted.density)


def test_parts_almost_shown_are_listed_by_value() -> None:
    projects = section(0, "projects")
    listed = [entry(projects, n, f"entry {n}", priority=n) for n in range(4)]
    inside = bullet(listed[0], 0)
    document = paper({projects: 20.0, listed[0]: 180.0, inside: 180.0, **dict.fromkeys(listed[1:], 180.0)})
    assert [part.label for part in document.fit(1).almost] == ["entry 1", "entry 0"]


@pytest.mark.parametrize(("pages", "allowed"), [(1, "1 page"), (2, "2 pages")])
def test_the_highest_of_the_pinned_parts_are_named(pages: int, allowed: str) -> None:
    projects = section(0, "projects")
    sizes = (250.0, 380.0, 300.0, 390.0)
    listed = [entry(projects, n, f"of {size:.0f}", pin=True) for n, size in enumerate(sizes)]
    with pytest.raises(RenderError) as error:
        paper({projects: 20.0, **dict(zip(listed, sizes, strict=True))}).fit(pages)
    (problem,) = error.value.problems
    assert problem.message == f"the pinned parts do not fit on {allowed} even at the highest density"
    assert "('of 390'; 'of 380'; 'of 300' …)" in (problem.hint or "")


def test_a_head_that_is_too_high_is_named() -> None:
    projects = section(0, "projects")
    one = entry(projects, 0, "one")
    document = paper({projects: 20.0, one: 20.0})
    with pytest.raises(RenderError, match="the head alone does not fit on 1 page"):
        _below_a_head(document, 2 * ROOM).fit(1)


def _below_a_head(document: Paper, head: float) -> Paper:
    """The document below a head of so many pt, which no part has."""

    class WithHead(Paper):
        def lay_out(self, cut: Cut, density: float) -> Layout:
            pages = super().lay_out(cut, density)
            full, rest = divmod(head + sum(pages.ends), ROOM)
            return replace(pages, ends=(*[ROOM] * int(full), rest))

        def lay_out_long(self, cut: Cut, density: float, paper: Layout) -> Layout:
            long = super().lay_out_long(cut, density, paper)
            boxes = {ref: replace(box, top=box.top + head, bottom=box.bottom + head) for ref, box in long.boxes.items()}
            return replace(long, ends=(long.ends[0] + head,), boxes=boxes)

    return WithHead(document.parts, document.long, document.short)


# --- Heights of parts from their boxes --------------------------------------------------------------------------------


def _box(top: float, bottom: float, left: float = 0, right: float = 500) -> Box:
    return Box(left, top, right, bottom)


def _own_heights(parts: list[Part], boxes: Mapping[Ref, Box]) -> list[tuple[float, float]]:
    """The gap and the height of each part in order."""
    layout = Layout((max(box.bottom for box in boxes.values()),), ROOM, 600, ROOM, boxes)
    return [(unit.gap, unit.height) for root in build_units(parts, layout) for unit in root.walk()]


def test_a_part_has_the_height_that_its_children_leave() -> None:
    projects = section(0, "projects")
    one, two = entry(projects, 0, "one"), entry(projects, 1, "two")
    boxes = {projects.ref: _box(10, 100), one.ref: _box(30, 50), two.ref: _box(55, 100)}
    assert _own_heights([projects, one, two], boxes) == [(0, 20), (0, 20), (5, 45)]


def test_parts_beside_one_another_count_once() -> None:
    """Two cards in a row, the second one 10 pt higher, and one below them."""
    projects = section(0, "projects")
    cards = [entry(projects, n, f"card {n}") for n in range(3)]
    boxes = {
        projects.ref: _box(0, 100),
        cards[0].ref: _box(20, 50, 0, 240),
        cards[1].ref: _box(20, 60, 260, 500),
        cards[2].ref: _box(65, 100, 0, 240),
    }
    assert _own_heights([projects, *cards], boxes) == [(0, 20), (0, 30), (0, 10), (5, 35)]


def test_a_part_lower_than_the_one_beside_it_adds_nothing() -> None:
    projects = section(0, "projects")
    cards = [entry(projects, n, f"card {n}") for n in range(3)]
    boxes = {
        projects.ref: _box(0, 100),
        cards[0].ref: _box(20, 60, 0, 240),
        cards[1].ref: _box(20, 40, 260, 500),
        cards[2].ref: _box(65, 100, 0, 240),
    }
    assert _own_heights([projects, *cards], boxes) == [(0, 20), (0, 40), (0, 0), (5, 35)]


def test_parts_that_a_theme_does_not_mark_have_two_lines() -> None:
    projects = section(0, "projects")
    one, two = entry(projects, 0, "one"), entry(projects, 1, "two")
    inside = bullet(two, 0)
    boxes = {projects.ref: _box(0, 100), inside.ref: _box(50, 100)}
    assert _own_heights([projects, one, two, inside], boxes) == [(0, 50 - UNMARKED), (0, UNMARKED), (0, 0), (0, 50)]


def test_a_heading_stays_with_what_follows_it() -> None:
    projects = section(0, "projects")
    one, two = entry(projects, 0, "one"), entry(projects, 1, "two")
    points = [bullet(one, 0), bullet(one, 1)]
    parts = [projects, one, *points, two]
    boxes = {
        projects.ref: _box(10, 100), one.ref: _box(20, 70), points[0].ref: _box(30, 40), points[1].ref: _box(45, 70),
        two.ref: _box(80, 100),
    }  # fmt: skip
    units = build_units(parts, Layout((100,), ROOM, 600, ROOM, boxes))

    def chunks(*hidden: Part) -> list[tuple[float, float]]:
        away = {part.ref for part in hidden}
        return list_chunks(units, lambda ref: ref not in away, lambda unit: unit.height)

    def height(*hidden: Part) -> float:
        away = {part.ref for part in hidden}
        return total_height(units, lambda ref: ref not in away, lambda unit: unit.height)

    assert (chunks(), height()) == ([(0, 30), (5, 25), (10, 20)], 90)
    assert (chunks(points[0]), height(points[0])) == ([(0, 45), (10, 20)], 75)
    assert (chunks(one), height(one)) == ([(0, 30)], 30)
    assert (chunks(one, two), height(one, two)) == ([(0, 10)], 10)
    assert (chunks(projects), height(projects)) == ([], 0)


@pytest.mark.parametrize(
    ("places", "columns", "wide", "gaps"),
    [
        pytest.param([(20, 60, 0, 500), (70, 90, 0, 500)], [], [0, 1], [0, 10], id="one-column"),
        pytest.param([(20, 60, 0, 200), (20, 90, 210, 500)], [[0], [1]], [], [0, 0], id="two-columns"),
        pytest.param(
            [(20, 60, 0, 200), (20, 90, 200, 500), (65, 80, 0, 200)],
            [[0, 2], [1]],
            [],
            [0, 0, 5],
            id="two-in-a-column",
        ),
        pytest.param(
            [(20, 60, 0, 200), (20, 90, 210, 500), (95, 120, 0, 500)], [[0], [1]], [2], [0, 0, 5], id="one-below-both"
        ),
        pytest.param([(20, 60, 0, 250), (70, 90, 240, 500)], [], [0, 1], [0, 10], id="overlapping-sides"),
        pytest.param([(20, 60, 0, 201), (20, 90, 200, 500)], [[0], [1]], [], [0, 0], id="a-point-of-overlap"),
        pytest.param([(20, 60, 0, 202), (20, 90, 200, 500)], [], [0, 1], [0, 0], id="two-points-of-overlap"),
        pytest.param([(20, 60, 200, 500), (20, 90, 0, 202)], [], [0, 1], [0, 0], id="the-same-from-the-right"),
        pytest.param([(20, 60, 200, 500), (20, 90, 0, 201)], [[0], [1]], [], [0, 0], id="a-point-from-the-right"),
    ],
)
def test_columns_are_found_by_what_is_beside_what(
    places: list[tuple[float, float, float, float]], columns: list[list[int]], wide: list[int], gaps: list[float]
) -> None:
    parts = tuple(section(n, "projects") for n in range(len(places)))
    boxes = {part.ref: _box(*place) for part, place in zip(parts, places, strict=True)}
    layout = Layout((max(box.bottom for box in boxes.values()),), ROOM, 600, ROOM, boxes)
    measured = measure_parts(parts, value_parts(parts), layout)
    assert [[unit.ref[0] for unit in column] for column in measured.columns] == columns
    assert [unit.ref[0] for unit in measured.wide] == wide
    assert [unit.gap for unit in measured.roots] == gaps
    assert (measured.head, measured.page) == (20, ROOM)


def test_a_section_that_a_theme_does_not_mark_is_as_wide_as_the_page() -> None:
    parts = (section(0, "projects"), section(1, "awards"), section(2, "skills"))
    boxes = {parts[0].ref: _box(20, 60), parts[2].ref: _box(70, 90)}
    measured = measure_parts(parts, value_parts(parts), Layout((90,), ROOM, 600, ROOM, boxes))
    assert (measured.columns, [unit.ref for unit in measured.wide]) == ([], [part.ref for part in parts])
    assert [(unit.gap, unit.height) for unit in measured.roots] == [(0, 40), (0, UNMARKED), (10, 20)]


def test_sections_in_columns_fill_the_page_side_by_side() -> None:
    """Each of two columns is as high as the page; together they would be twice as high."""
    parts = (section(0, "projects"), section(1, "awards"))
    document = _in_columns({parts[0]: ROOM - 1, parts[1]: ROOM - 2})
    assert document.fit(1).cut == Cut()
    document = _in_columns({parts[0]: ROOM - 1, parts[1]: ROOM + 2})
    assert document.fit(1).cut == Cut(frozenset({(1,)}))


def _in_columns(heights: Mapping[Part, float]) -> Paper:
    """Sections that are printed side by side, with their heights at the highest density."""

    class Beside(Paper):
        def lay_out(self, cut: Cut, density: float) -> Layout:
            self.asked.append((cut, density))
            highest = max(
                (self.height(p.ref, cut, density) for p in self.parts if p.ref not in cut.hidden), default=0.0
            )
            ends = (highest,) if highest <= ROOM else (ROOM, highest - ROOM)
            return Layout(ends, ROOM, 600, ROOM)

        def lay_out_long(self, cut: Cut, density: float, paper: Layout) -> Layout:
            boxes = {
                part.ref: Box(300 * n, 0, 300 * n + 290, self.height(part.ref, cut, density))
                for n, part in enumerate(self.parts)
            }
            return Layout((max(box.bottom for box in boxes.values()),), ROOM, 600, ROOM, boxes)

    tall = paper(heights)
    return Beside(tall.parts, tall.long, tall.short)


def test_a_section_below_two_columns_is_decided_by_the_higher_one() -> None:
    """Below the left column there is no room for it, though there would be below the right one."""
    parts = (section(0, "projects", weight=9), section(1, "awards"), section(2, "skills"))
    places = ((0, 300, 0, 290), (0, 100, 300, 500), (300, 500, 0, 500))
    boxes = {part.ref: _box(*place) for part, place in zip(parts, places, strict=True)}
    measured = measure_parts(parts, value_parts(parts), Layout((500,), ROOM, 600, ROOM, boxes))
    levels = choose_levels(measured, PageSpace(1, ROOM), may_hide=True)
    assert levels == {(0,): Level.LONG, (1,): Level.LONG, (2,): Level.HIDDEN}


@pytest.mark.parametrize(
    ("room", "swapped"),
    [
        pytest.param(60, {"shown": False, "asked": True, "out": False}, id="what-is-out-stays-out"),
        pytest.param(140, {"shown": True, "asked": True, "out": False}, id="also-where-nothing-gives-way"),
        pytest.param(30, None, id="no-room"),
    ],
)
def test_what_gives_way_for_a_part(room: float, swapped: dict[str, bool] | None) -> None:
    awards = section(0, "awards")
    entries = [entry(awards, n, label) for n, label in enumerate(("shown", "asked", "out"))]
    tops = {awards: (0, 115), entries[0]: (10, 60), entries[1]: (60, 110), entries[2]: (110, 115)}
    boxes = {part.ref: _box(top, bottom, 0, 500) for part, (top, bottom) in tops.items()}
    measured = measure_parts(tuple(tops), value_parts(tops), Layout((115,), ROOM, 600, ROOM, boxes))
    levels = {part.ref: Level.HIDDEN if part in entries[1:] else Level.LONG for part in tops}
    found = find_swap(measured, levels, PageSpace(1, room), entries[1].ref)
    assert swapped == (None if found is None else {each.label: bool(found[each.ref]) for each in entries})


# --- A last page with a few lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "is_good", "found"),
    [
        pytest.param(-1, 1, lambda density: density > 0, "tighter", id="a-page-less"),
        pytest.param(-1, 0, lambda density: True, "airier", id="no-tighter-than-allowed"),
        pytest.param(0, 0, lambda density: True, "as it is", id="no-other-density-allowed"),
        pytest.param(-1, 1, lambda density: density < 0, "airier", id="more-lines-where-no-page-is-saved"),
        pytest.param(-1, 1, lambda density: False, "as it is", id="never-a-page-that-is-as-short"),
    ],
)
def test_a_short_last_page_is_mended_within_the_densities_allowed(
    low: float, high: float, is_good: Callable[[float], bool], found: str
) -> None:
    short, full = Layout((ROOM, 40), ROOM, 600, ROOM, last_lines=2), Layout((ROOM,), ROOM, 600, ROOM)
    tried: list[float] = []

    def measure(density: float) -> Layout:
        tried.append(density)
        return full if is_good(density) else short

    density = find_density(short, 0, low, high, measure)
    assert ("as it is" if not density else "tighter" if density > 0 else "airier") == found
    assert all(low <= each <= high for each in (density, *tried))


@pytest.mark.parametrize(("pages", "found"), [(1, False), (2, True), (20, True), (21, False)])
def test_the_last_page_matters_in_a_document_of_two_to_twenty_pages(pages: int, found: bool) -> None:
    ends = (*[ROOM] * (pages - 1), 40)
    assert is_short(Layout(ends, ROOM, 600, ROOM, last_lines=2)) is found
    assert is_short(Layout(ends, ROOM, 600, ROOM, last_lines=5)) is False
