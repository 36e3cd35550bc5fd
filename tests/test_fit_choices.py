"""What a fit chooses: tried on made-up documents whose pages are sums of heights, against every choice there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from summed_pages import COMFORT, DENSITIES, Paper

from cvgen.backends.backend import Box, Layout
from cvgen.diagnostics import RenderError
from cvgen.fit.density_search import find_airiest_density
from cvgen.fit.fit import LAST_CHOICES, STEP, Fitted
from cvgen.fit.knapsack import KnapsackNode, cell_height, choose_nodes
from cvgen.fit.measured_parts import fill_pages
from cvgen.fit.years import find_gap
from cvgen.model.date_parser import parse_dates
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref
from cvgen.model.sections import OWN, SECTIONS
from cvgen.select.bullet_words import find_signs
from cvgen.select.cut import Cut

often = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def papers(draw: st.DrawFn, most: int = 11, wobbles: tuple[float, ...] = (0.0,)) -> Paper:
    """One to four sections with ``most`` parts at most, and enough of them too high for a page."""
    parts: list[Part] = []
    names = draw(st.permutations(["work", "education", "projects", "awards", "skills"]))
    budget = draw(st.integers(4, most))
    for index, name in enumerate(names[: draw(st.integers(1, 4))]):
        if len(parts) + 2 > budget:
            break
        section = Part((index,), (), PartKind.SECTION, name, name)
        parts.append(section)
        for place in range(draw(st.integers(1, 4))):
            if len(parts) >= budget:
                break
            parts.append(entry := _draw_entry(draw, section, place))
            for bullet in range(draw(st.integers(0, 3))):
                if len(parts) >= budget:
                    break
                parts.append(_draw_bullet(draw, entry, bullet))
    heights = st.integers(12, 150)
    long = {p.ref: float(draw(st.integers(12, 30) if p.kind is PartKind.SECTION else heights)) for p in parts}
    short = {p.ref: round(long[p.ref] * draw(st.sampled_from([0.4, 0.6, 0.8])), 1) for p in parts}
    return Paper(tuple(parts), long, short, draw(st.sampled_from(wobbles)))


class StrayPaper(Paper):
    """A document whose templates leave elements open: parts are measured anywhere, and some nowhere."""

    where: Mapping[Ref, Box | None] = {}

    def lay_out_long(self, cut: Cut, density: float, paper: Layout) -> Layout:
        boxes = {ref: box for ref, box in self.where.items() if box and ref not in cut.hidden}
        return replace(super().lay_out_long(cut, density, paper), boxes=boxes)


@st.composite
def stray_papers(draw: st.DrawFn) -> StrayPaper:
    """Papers whose parts have boxes that overlap, are empty, or turn around."""
    paper = draw(papers(most=8))
    edge = st.sampled_from([-500.0, 0.0, 10.0, 12.5, 250.0, 251.0, 500.0, 4000.0])
    box = st.none() | st.builds(Box, edge, edge, edge, edge)
    stray = StrayPaper(paper.parts, paper.long, paper.short)
    stray.where = {part.ref: draw(box) for part in paper.parts}
    return stray


@st.composite
def tailored_papers(draw: st.DrawFn) -> Paper:
    """Papers of a variant that asks for terms."""
    paper = draw(papers(most=30))
    texts = st.sampled_from(["Led 12 cooks and cut waste", "Wrote 4 books", "Wrote 5 reports"])
    asked = st.sampled_from([(), (), (), (("HACCP", 2),), (("PHP", 1),), (("SQL", 2),)])
    parts = [
        replace(part, signs=find_signs(draw(texts), "en"), asked=draw(asked)) if part.kind is PartKind.BULLET else part
        for part in paper.parts
    ]
    return replace(paper, parts=tuple(parts), densities=COMFORT)


def _draw_entry(draw: st.DrawFn, section: Part, place: int) -> Part:
    dates = None
    if section.section in ("work", "education"):
        year = 2026 - 3 * place - draw(st.integers(0, 1))
        dates = parse_dates(f"{year - 3} to {year}")
    return Part(
        (*section.ref, section.section, place),
        section.ref,
        PartKind.ENTRY,
        section.section,
        f"entry {place}",
        depth=1,
        priority=draw(st.sampled_from([0, 0, 0, 1, 2, -1])),
        pin=draw(st.integers(0, 9)) == 0,
        has_short=draw(st.integers(0, 4)) == 0,
        dates=dates,
        occupies=SECTIONS.get(section.section, OWN).occupies,
    )


def _draw_bullet(draw: st.DrawFn, entry: Part, place: int) -> Part:
    return Part(
        (*entry.ref, "highlights", place),
        entry.ref,
        PartKind.BULLET,
        entry.section,
        f"bullet {place}",
        depth=2,
        priority=draw(st.sampled_from([0, 0, 0, 1, 3])),
        pin=draw(st.integers(0, 14)) == 0,
        has_short=draw(st.integers(0, 3)) == 0,
    )


def try_fit(paper: Paper, pages: int) -> Fitted | None:
    """The fit; None where what must stay is too much, which is checked: no fit may refuse what is possible."""
    try:
        return paper.fit(pages)
    except RenderError as error:
        refusal = error.problems[0].message
    if not paper.wobble:
        least = least_cut(paper)
        assert "pinned" in refusal
        assert not (paper.is_whole(least) and paper.fits(least, pages))
    return None


def least_cut(paper: Paper) -> Cut:
    """The Cut with only what is pinned and what that is part of, in its shortest wording."""
    pinned = {part.ref for part in paper.parts if part.pin}
    kept = {part.ref for part in paper.parts if any(ref[: len(part.ref)] == part.ref for ref in pinned)}
    shorter = {p.ref for p in paper.parts if p.ref in kept and p.has_short and paper.short[p.ref] < paper.long[p.ref]}
    return Cut(frozenset(part.ref for part in paper.parts if part.ref not in kept), frozenset(shorter))


@settings(parent=often, max_examples=150)
@given(stray_papers())
def test_parts_measured_at_strange_places_are_fitted_all_the_same(paper: StrayPaper) -> None:
    try:
        fitted = paper.fit(1)
    except RenderError:
        return  # what must stay seems too high
    assert paper.fits(fitted.cut, 1, fitted.density)
    assert paper.is_whole(fitted.cut)


class TestChoice:
    @often
    @given(papers())
    def test_no_choice_loses_much_less(self, paper: Paper) -> None:
        fitted = try_fit(paper, 1)
        fitting = [cut for cut in paper.every_cut() if paper.fits(cut, 1)]
        if fitted is None:
            assert fitting == []
            return
        whole = [cut for cut in fitting if not cut.hidden]
        best = min(paper.lost(cut) for cut in whole or fitting)
        assert paper.lost(fitted.cut) <= best * 1.05 + 1e-9

    @often
    @given(papers(most=30, wobbles=(0.0, 0.004, 0.012, -0.01)) | tailored_papers(), st.integers(1, 3))
    def test_it_fits_and_is_whole(self, paper: Paper, pages: int) -> None:
        fitted = try_fit(paper, pages)
        if fitted:
            assert fitted.layout.pages <= pages
            assert paper.fits(fitted.cut, pages, fitted.density)
            assert paper.is_whole(fitted.cut)
            assert not fitted.cut.hidden & fitted.cut.shortened
            assert fitted.layouts <= 12

    @often
    @given(papers(most=18) | tailored_papers())
    def test_more_pages_never_show_less(self, paper: Paper) -> None:
        fits = [fitted for pages in (1, 2, 3) if (fitted := try_fit(paper, pages))]
        for fewer, more in pairwise(fits):
            assert paper.shown(fewer.cut) <= paper.shown(more.cut)
            assert more.cut.shortened <= fewer.cut.shortened | fewer.cut.hidden

    @often
    @given(papers(most=30), st.integers(1, 2))
    def test_fitting_what_is_shown_shows_it_all(self, paper: Paper, pages: int) -> None:
        fitted = try_fit(paper, pages)
        if not fitted or not paper.shown(fitted.cut):
            return
        cut = fitted.cut
        left = tuple(replace(p, has_short=False) for p in paper.parts if p.ref not in cut.hidden)
        long = {ref: paper.short[ref] if ref in cut.shortened else high for ref, high in paper.long.items()}
        again = Paper(left, long, paper.short).fit(pages)
        assert again.cut == Cut()
        assert again.layout.pages <= pages

    @often
    @given(papers(most=25), st.integers(1, 2))
    def test_nothing_goes_while_short_wordings_would_do(self, paper: Paper, pages: int) -> None:
        every_short = Cut(shortened=frozenset(p.ref for p in paper.parts if p.has_short))
        fitted = try_fit(paper, pages)
        if paper.fits(every_short, pages):
            assert fitted
            assert not fitted.cut.hidden
        if paper.fits(Cut(), pages):
            assert fitted
            assert fitted.cut == Cut()

    @often
    @given(papers(most=15))
    def test_no_step_less_of_tightening_would_do(self, paper: Paper) -> None:
        fitted = try_fit(paper, 1)
        if fitted and fitted.density > DENSITIES.start:
            assert not paper.fits(fitted.cut, 1, fitted.density - STEP)

    @pytest.mark.parametrize("wobble", [0.06, 0.12])
    @pytest.mark.parametrize("pages", [1, 2])
    @pytest.mark.parametrize("limit", [12, 6])
    def test_pages_higher_than_measured_are_tried_again_with_less(self, limit: int, pages: int, wobble: float) -> None:
        section = Part((0,), (), PartKind.SECTION, "projects", "Projects")
        listed = [Part((0, "projects", n), (0,), PartKind.ENTRY, "projects", f"entry {n}", depth=1) for n in range(60)]
        heights = {(0,): 20.0, **{part.ref: 23.0 + n % 3 for n, part in enumerate(listed)}}
        paper = Paper((section, *listed), heights, {}, wobble)
        fitted = paper.fit(pages, limit)
        tried = [cut for cut, density in paper.asked if density == DENSITIES.tight]
        assert len(set(tried)) > 1
        assert not paper.fits(tried[0], pages)
        assert paper.fits(fitted.cut, pages, fitted.density)
        assert paper.is_whole(fitted.cut)
        assert fitted.layouts <= limit
        assert fitted.layout.fill > 0.85

    @pytest.mark.parametrize("seed", [4, 23, 29, 43])
    def test_six_layouts_are_enough_where_blocks_leave_space_at_the_foot(self, seed: int) -> None:
        """The first choice fits by its height, but not in blocks: a layout is left for another choice."""
        draw = Random(seed)
        parts: list[Part] = []
        heights: dict[Ref, float] = {}
        for number in range(draw.randint(3, 7)):
            parts.append(Part((number,), (), PartKind.SECTION, "projects", f"section {number}"))
            heights[(number,)] = 20.0
            for place in range(draw.randint(1, 5)):
                ref = (number, "projects", place)
                parts.append(Part(ref, (number,), PartKind.ENTRY, "projects", f"entry {number}.{place}", depth=1))
                heights[ref] = draw.choice([30.0, 60.0, 90.0, 120.0])
        paper = Paper(tuple(parts), heights, {}, draw.choice([0, 0.01, 0.02, 0.03]))
        fitted = paper.fit(2, limit=6)
        assert paper.fits(fitted.cut, 2, fitted.density)
        assert fitted.layouts <= 6 + LAST_CHOICES

    def test_pinned_things_that_do_not_fit_are_named(self) -> None:
        section = Part((0,), (), PartKind.SECTION, "projects", "Projects")
        big = Part((0, "projects", 0), (0,), PartKind.ENTRY, "projects", "A bridge over everything", pin=True)
        paper = Paper((section, big), {(0,): 20.0, big.ref: 900.0}, {})
        with pytest.raises(RenderError, match="pinned") as error:
            paper.fit(1)
        assert "A bridge over everything" in (error.value.problems[0].hint or "")


@pytest.mark.parametrize(
    ("section", "pin", "texts", "kept"),
    [
        pytest.param("projects", False, ["Cut costs by 9 %"], set(), id="without-its-only-bullet"),
        pytest.param("projects", True, ["Cut costs by 9 %"], {"Bridge"}, id="pinned"),
        pytest.param("work", False, ["Cut costs by 9 %"], {"Bridge"}, id="job"),
        pytest.param("projects", False, ["Cut costs by 9 %", "Built 3"], {"Bridge", "Built 3"}, id="one-of-two"),
        pytest.param("projects", False, ["Took part in meetings"], {"Bridge"}, id="weak-bullet"),
    ],
)
def test_no_project_keeps_its_head_alone(section: str, pin: bool, texts: list[str], kept: set[str]) -> None:
    title = Part((0,), (), PartKind.SECTION, section, section)
    head = Part((0, section, 0), (0,), PartKind.ENTRY, section, "Bridge", pin=pin, occupies=SECTIONS[section].occupies)
    bullets = [
        Part((*head.ref, "highlights", n), head.ref, PartKind.BULLET, section, text, signs=find_signs(text, "en"))
        for n, text in enumerate(texts)
    ]
    other = Part((1,), (), PartKind.SECTION, "summary", "Summary", pin=True)
    heights = {title.ref: 20.0, head.ref: 20.0, other.ref: 300.0, bullets[-1].ref: 60.0, bullets[0].ref: 400.0}
    paper = Paper((title, head, *bullets, other), heights, {})
    shown = {part.label for part in paper.parts if part.ref not in paper.fit(1).cut.hidden}
    assert shown == kept | {"Summary"} | ({section} if kept else set())


def job(place: int, dates: str, section: str = "work") -> Part:
    ref = (0 if section == "work" else 1, section, place)
    occupies = SECTIONS[section].occupies
    return Part(ref, ref[:1], PartKind.ENTRY, section, dates, dates=parse_dates(dates), occupies=occupies)


THREE = ("2020 to present", "2016 to 2019", "2012 to 2015")
PARALLEL = ("2020 to present", "2014 to 2019", "2014 to 2019", "2008 to 2013")
FIVE = ("2020 to present", "2016 to 2019", "2014 to 2018", "2018 to 2019", "2010 to 2013")


@pytest.mark.parametrize(
    ("jobs", "degrees", "shown", "missed"),
    [
        pytest.param(THREE, [], [0, 2], 1, id="middle-goes"),
        pytest.param(THREE, [], [0, 1], None, id="oldest-goes"),
        pytest.param(THREE, [], [0], None, id="two-oldest-go"),
        pytest.param(THREE, [], [], None, id="all-go"),
        pytest.param(THREE, [], [1, 2], 0, id="newest-goes"),
        pytest.param(THREE, [], [2], 0, id="two-newest-go"),
        pytest.param(["2020 to present", "2021 to 2022", "2012 to 2019"], [], [0, 2], None, id="covered-by-a-job"),
        pytest.param(FIVE, [], [0, 2, 3, 4], None, id="covered-by-two-jobs"),
        pytest.param(FIVE, [], [0, 3, 4], 1, id="covered-by-one-of-two-jobs"),
        pytest.param(THREE, ["2016 to 2019"], [0, 2], None, id="covered-by-a-degree"),
        pytest.param(THREE, ["2016 to 2017"], [0, 2], 1, id="half-covered-by-a-degree"),
        pytest.param(["2020-01 to present", "2019-09 to 2019-12", "2012 to 2019-08"], [], [0, 2], None, id="4-months"),
        pytest.param(["2020-01 to present", "2018-09 to 2019-12", "2012 to 2018-08"], [], [0, 2], 1, id="16-months"),
        pytest.param(["2014 to present", "2012 to 2016", "2008 to 2011"], [], [0, 2], 1, id="reaches-further-back"),
        pytest.param(["2013 to present", "2012 to 2016", "2008 to 2012"], [], [0, 2], None, id="overlaps-and-touches"),
        pytest.param(["2020", "2018"], [], [1], 0, id="single-years"),
        pytest.param(PARALLEL, [], [0, 1, 3], None, id="one-of-two-parallel-jobs-goes"),
        pytest.param(PARALLEL, [], [0, 3], 2, id="both-parallel-jobs-go"),
    ],
)
def test_gap(jobs: Sequence[str], degrees: list[str], shown: list[int], missed: int | None) -> None:
    listed = [job(place, dates) for place, dates in enumerate(jobs)]
    studied = [job(place, dates, "education") for place, dates in enumerate(degrees)]
    kept = [listed[place].ref for place in shown] + [degree.ref for degree in studied]
    gap = find_gap([*listed, *studied], kept)
    assert gap == (None if missed is None else listed[missed])


def test_two_parallel_jobs_never_both_go_where_an_older_one_stays() -> None:
    jobs = [job(place, dates) for place, dates in enumerate(PARALLEL)]
    jobs[3] = replace(jobs[3], pin=True)
    # Better worth than either of the two jobs, and there is room for one of the three.
    cup = Part((1, "awards", 0), (1,), PartKind.ENTRY, "awards", "A cup", priority=9)
    sections = [Part((0,), (), PartKind.SECTION, "work", "Work"), Part((1,), (), PartKind.SECTION, "awards", "Awards")]
    parts = (sections[0], *jobs, sections[1], cup)
    heights = {part.ref: 20.0 for part in parts} | {part.ref: 320.0 for part in (jobs[1], jobs[2], cup)}
    shown = {part.label for part in parts if part.ref not in Paper(parts, heights, heights).fit(1).cut.hidden}
    assert shown & {"2014 to 2019"}
    assert not shown & {"A cup"}


def test_degree_that_is_hidden_covers_nothing() -> None:
    jobs = [job(0, "2020 to present"), job(1, "2016 to 2019"), job(2, "2012 to 2015")]
    degree = job(0, "2016 to 2019", "education")
    gap = find_gap([*jobs, degree], [jobs[0].ref, jobs[2].ref])
    assert gap == jobs[1]


def test_job_without_dates_leaves_no_gap() -> None:
    jobs = [job(0, "2020 to present"), replace(job(1, "2016 to 2019"), dates=None), job(2, "2012 to 2015")]
    assert find_gap(jobs, [jobs[0].ref, jobs[2].ref]) is None


@st.composite
def forests(draw: st.DrawFn) -> list[KnapsackNode]:
    """Nodes in preorder with heights in whole cells of a thousand pt: nothing is rounded."""
    count = draw(st.integers(1, 9))
    cell = cell_height(count, 1000.0)
    sizes = [1] * count

    def grow(at: int, end: int) -> None:
        while at < end:
            sizes[at] = draw(st.integers(1, end - at))
            grow(at + 1, at + sizes[at])
            at += sizes[at]

    grow(0, count)
    option = st.tuples(st.integers(0, 9).map(float), st.integers(0, 12_000).map(lambda cells: cells * cell))
    return [
        KnapsackNode(
            tuple(draw(st.lists(option, min_size=1, max_size=2))),
            size,
            required=draw(st.integers(0, 6)) == 0,
            hollow=size > 1 and draw(st.booleans()),
        )
        for size in sizes
    ]


def every_choice(nodes: list[KnapsackNode], at: int = 0) -> Iterator[list[int | None]]:
    """All choices of what stands from node ``at`` on that are allowed."""
    if at == len(nodes):
        yield []
        return
    node = nodes[at]
    end = at + node.size
    if not any(inside.required for inside in nodes[at:end]):
        left_out: list[int | None] = [None] * node.size
        yield from (left_out + rest for rest in every_choice(nodes, end))
    for number in range(len(node.options)):
        for rest in every_choice(nodes, at + 1):
            if not node.hollow or any(choice is not None for choice in rest[: node.size - 1]):
                yield [number, *rest]


def measure_choice(nodes: list[KnapsackNode], choice: list[int | None]) -> tuple[float, float]:
    """Its value and height."""
    taken = [node.options[number] for node, number in zip(nodes, choice, strict=True) if number is not None]
    return sum(value for value, _ in taken), sum(height for _, height in taken)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(forests())
def test_knapsack_is_exact(nodes: list[KnapsackNode]) -> None:
    # What is required stands in what is required, as whoever lists the nodes sees to
    assume(
        all(node.required or not any(n.required for n in nodes[i + 1 : i + node.size]) for i, node in enumerate(nodes))
    )
    chosen = choose_nodes(nodes, 1000.0)
    allowed = list(every_choice(nodes))
    fitting = [value for value, height in (measure_choice(nodes, choice) for choice in allowed) if height < 1000.001]
    if chosen is None:
        assert fitting == []
        return
    assert chosen in allowed
    value, height = measure_choice(nodes, chosen)
    assert height < 1000.001
    assert value == max(fitting)


@pytest.mark.parametrize("edge", range(21))
@pytest.mark.parametrize("guess", [0, 7, 20])
def test_search_finds_the_airiest_step(edge: int, guess: int) -> None:
    steps = [index * STEP for index in range(21)]
    asked: list[float] = []

    def fullness(density: float) -> float:
        asked.append(density)
        return 0.999 - 0.016 * (steps.index(density) - edge)

    assert find_airiest_density(steps, fullness, guess, max_layouts=12) == edge
    assert len(asked) == len(set(asked)) <= 8


def _questions(slope: float, known: float, jump: float = 0.0, at: int = 0) -> list[int]:
    """How many questions it takes to find each edge of 21 steps, from three guesses.

    A step changes fullness by ``slope``, and from step ``at`` on by ``jump`` more, as where a line less saves a page.
    """
    counts = []
    for edge in range(21):
        for guess in (0, 7, 20):
            asked: list[float] = []

            def fullness(step: float, edge: int = edge, asked: list[float] = asked) -> float:
                asked.append(step)
                higher = jump * ((step < at and step < edge) - (step >= at and step >= edge))
                return 0.9999 - slope * (step - edge) + higher

            assert find_airiest_density(list(range(21)), fullness, guess, max_layouts=12, slope=known) == edge
            assert len(asked) == len(set(asked))
            counts.append(len(asked))
    return counts


@pytest.mark.parametrize("slope", [0.006, 0.01, 0.016, 0.03, 0.05])
def test_edge_takes_three_layouts_where_the_slope_is_known(slope: float) -> None:
    counts = _questions(slope, slope)
    assert max(counts) <= 3  # halving takes up to six
    assert sum(counts) / len(counts) < 2.9


def test_edge_takes_few_layouts_where_the_slope_is_about_known() -> None:
    counts = _questions(0.016, 0.018)
    assert max(counts) <= 4
    assert sum(counts) / len(counts) < 3


@pytest.mark.parametrize("at", range(1, 21))
def test_edge_beside_a_jump_takes_no_more_layouts_than_halving(at: int) -> None:
    assert max(_questions(0.016, 0.018, jump=0.08, at=at)) <= 6


@pytest.mark.parametrize(
    ("chunks", "start", "ends"),
    [
        pytest.param([(0, 40), (10, 40)], 0, (1, 90), id="one-page"),
        pytest.param([(0, 40), (10, 50)], 0, (1, 100), id="full-to-the-last-point"),
        pytest.param([(0, 60), (10, 60)], 0, (2, 60), id="no-gap-above-the-first-text-of-a-page"),
        pytest.param([(5, 60)], 30, (1, 90), id="no-gap-below-the-head"),
        pytest.param([(0, 60), (10, 20)], 50, (2, 90), id="the-first-text-does-not-fit-below-the-head"),
        pytest.param([(0, 60), (10, 230), (10, 20)], 0, (4, 60), id="a-text-higher-than-a-page"),
        pytest.param([], 30, (1, 30), id="nothing"),
    ],
)
def test_pages_are_filled_as_an_engine_fills_them(
    chunks: list[tuple[float, float]], start: float, ends: tuple[int, float]
) -> None:
    assert fill_pages(chunks, start, 100) == ends


def test_no_edge_where_nothing_fits() -> None:
    assert find_airiest_density([0.0, 0.5, 1.0], lambda _: 1.2, 0, max_layouts=6) is None
