"""The two real CVs in every theme and backend: all of their text is there, in place, and nothing runs over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from pdf import Box, Page, is_foot, squeeze
from rendering import BOTH_THEMES_AND_BACKENDS, FIXTURES, Rendered, read_document, render_fixture

from cvgen.examine import examine_pdf
from cvgen.model.document import Document
from cvgen.model.printed import Section
from cvgen.model.shown_paper import PublicationItem
from cvgen.model.texts import find_texts

SEEDS = ("huang", "lu")
A4 = (595.28, 841.89)


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=BOTH_THEMES_AND_BACKENDS)
def rendered(request: pytest.FixtureRequest, seed: str) -> Rendered:
    theme, engine = request.param
    return render_fixture(seed, theme, engine)


@pytest.fixture(scope="module")
def document(seed: str) -> Document:
    return read_document(FIXTURES / seed / "profile.yaml")


def _publications(document: Document) -> list[PublicationItem]:
    return [item for section in document.sections for group in section.groups for item in group.items]


def _holds(printed: str, text: str, *, is_title: bool) -> bool:
    """Whether ``printed`` has ``text``; a section's title may be in capitals."""
    return squeeze(text) in printed or (is_title and squeeze(text).upper() in printed)


class TestContent:
    def test_every_text_of_the_document_is_in_the_pdf(self, rendered: Rendered) -> None:
        text = squeeze(rendered.text)
        document = rendered.job.document  # with the apostrophes that the theme prints
        printed = _without_page_numbers(rendered, text)
        titles = {str(section.title) for section in document.sections}
        texts = [str(text) for text in find_texts(document)]
        missing = [text for text in texts if not _holds(printed, text, is_title=text in titles)]
        assert missing == []

    def test_every_author_list_is_whole_and_in_order(self, rendered: Rendered, document: Document) -> None:
        text = _without_page_numbers(rendered, squeeze(rendered.text))
        for item in _publications(document):
            names = ",".join(squeeze(author.name + author.marks) for author in item.authors)
            assert names in text, item.key

    def test_every_role_sentence_is_printed(self, rendered: Rendered, document: Document, seed: str) -> None:
        text = _without_page_numbers(rendered, squeeze(rendered.text))
        if seed == "lu":
            pytest.skip("this profile asks for no roles")
        assert any(item.role for item in _publications(document))
        for item, printed in _printed_items(text, _publications(document)):
            assert squeeze(item.role) in printed, item.key

    def test_sections_come_in_their_order(self, rendered: Rendered, document: Document) -> None:
        if rendered.outcome.theme == "modern":
            pytest.skip("the side bar's sections come last there")
        text = squeeze(rendered.text)
        place = 0
        for section in document.sections:
            title = squeeze(str(section.title))
            place = max(text.find(title, place), text.find(title.upper(), place))
            assert place >= 0, section.title

    def test_links_lead_where_they_should(self, rendered: Rendered, document: Document) -> None:
        urls = {link.url for item in _publications(document) for link in item.links}
        urls |= {contact.url for contact in document.contacts if contact.url}
        found = set(re.findall(rb"/URI ?\(((?:[^()\\]|\\.)*)\)", _plain_objects(rendered.pdf)))
        assert urls <= {url.decode().replace("\\", "") for url in found}

    def test_an_examination_finds_nothing(self, rendered: Rendered) -> None:
        assert examine_pdf(rendered.pdf, rendered.job, None) == ()

    def test_nothing_is_reported(self, rendered: Rendered) -> None:
        assert rendered.outcome.problems == ()


class TestLayout:
    def test_paper_is_a4(self, rendered: Rendered) -> None:
        for page in rendered.pages:
            assert (page.width, page.height) == pytest.approx(A4, abs=0.5)

    def test_nothing_leaves_the_margins(self, rendered: Rendered) -> None:
        for page in rendered.pages:
            for char in page.chars:
                if char.text.isspace():
                    continue
                assert 25 < char.box.left <= char.box.right < page.width - 25, char
                assert 10 < char.box.bottom <= char.box.top < page.height - 10, char

    def test_no_two_lines_overlap(self, rendered: Rendered) -> None:
        for page in rendered.pages:
            boxes = [box for box in page.rects if box.text.strip()]
            for index, box in enumerate(boxes):
                for other in boxes[index + 1 :]:
                    assert box.overlap(other) < 0.35, (box, other)

    def test_dates_are_flush_right_and_flush_left_in_a_side_bar(self, rendered: Rendered, document: Document) -> None:
        column, beside, across = _columns(rendered, document)
        for listed, edge in ((column, "right"), (across, "right"), (beside, "left")):
            dates = {item.dates for section in listed for item in section.items if item.dates}
            others = {i.dates for s in document.sections if s not in listed for i in s.items if i.dates}
            boxes = [box for page in rendered.pages for box in _boxes_of(page, dates - others)]
            assert len(boxes) >= len(dates - others)
            if boxes and edge == "left":  # dates of one width are flush on both sides: what they belong to counts too
                heads = {squeeze(str(item.heading))[:12] for section in listed for item in section.items}
                begun = [b for page in rendered.pages for b in page.rects if squeeze(b.text)[:12] in heads]
                assert begun
                boxes += begun
            edges = [getattr(box, edge) for box in boxes]
            assert not edges or max(edges) - min(edges) <= 1, edge

    def test_no_heading_is_alone_at_a_page_end(self, rendered: Rendered, document: Document) -> None:
        titles = {squeeze(str(section.title)).casefold() for section in document.sections}
        for page in rendered.pages:
            lines = [line for line in page.text.splitlines() if line.strip()]
            body = [line for line in lines if not is_foot(line)]
            assert squeeze(body[-1]).casefold() not in titles
            assert not re.fullmatch(r"(?!–).*:", _lowest_line(page)), "a bullet that introduces others stays with them"

    def test_page_numbers_start_on_page_two(self, rendered: Rendered) -> None:
        count = len(rendered.pages)
        numbered = [bool(re.search(rf"^\S.* · {n}/{count}\s*$", p.text, re.M)) for n, p in enumerate(rendered.pages, 1)]
        assert numbered == [False] + [True] * (count - 1)

    def test_no_page_is_nearly_empty(self, rendered: Rendered) -> None:
        for page in rendered.pages[:-1]:
            body = [box for box in page.rects if box.text.strip() and box.bottom > 60]
            assert min(box.bottom for box in body) < page.height * 0.25, "pages before the last are filled"


def _lowest_line(page: Page) -> str:
    """The text of the last line that the eye meets, page number aside, whatever the order in the file."""
    boxes = [box for box in page.rects if box.text.strip() and not is_foot(box.text)]
    low = min(boxes, key=lambda box: box.bottom)
    line = sorted((box for box in boxes if abs(box.bottom - low.bottom) < 4), key=lambda box: box.left)
    return " ".join(box.text.strip() for box in line).lstrip("• ")


def _without_page_numbers(rendered: Rendered, text: str) -> str:
    """``text`` with a text that runs over a page end joined again."""
    count = len(rendered.pages)
    for number in range(2, count + 1):
        text = text.replace(f"{squeeze(str(rendered.job.document.name))}·{number}/{count}", "")
    return text


def _plain_objects(pdf: bytes) -> bytes:
    """A PDF's link actions, whether its objects are compressed or not."""
    import zlib

    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompressobj().decompress(stream))  # whose last byte may be a line feed
        except zlib.error:
            continue
    return pdf + b"".join(unpacked)


def _boxes_of(page: Page, texts: set[str]) -> list[Box]:
    wanted = {squeeze(text) for text in texts}
    return [box for box in page.rects if squeeze(box.text) in wanted]


def _columns(rendered: Rendered, document: Document) -> tuple[list[Section], list[Section], list[Section]]:
    """The sections of the column beside the side bar, those of the side bar, and those as wide as the page."""
    options: Mapping[str, Any] = rendered.job.options
    if rendered.outcome.theme != "modern":
        return [], [], list(document.sections)
    beside = [section for section in document.sections if section.name in options["sidebar"]]
    rest = [section for section in document.sections if section not in beside]
    end = next((n for n, section in enumerate(rest) if section.name in options["wide"]), len(rest))
    return rest[:end], beside, rest[end:]


def _printed_items(text: str, items: list[PublicationItem]) -> list[tuple[PublicationItem, str]]:
    """Each item with what is printed from its title to the next item's, or of the last one as much as is like it."""
    starts: list[int] = []
    for item in items:
        starts.append(text.index(squeeze(str(item.title)), starts[-1] + 1 if starts else 0))
    longest = max(end - start for start, end in pairwise(starts))
    return [
        (i, text[start:end]) for i, start, end in zip(items, starts, [*starts[1:], starts[-1] + longest], strict=True)
    ]
