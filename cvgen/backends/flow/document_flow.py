"""Puts a document in a row: its head, and the blocks of each section in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from cvgen.backends.backend import Job
from cvgen.backends.citations import join, link, marks, text
from cvgen.backends.flow.flow_blocks import BlockKind, FlowBlock, Head
from cvgen.backends.flow.paper_lines import embolden, italicize, list_extras, list_lines
from cvgen.model.addresses import write_address
from cvgen.model.bullet import Bullet
from cvgen.model.inline import Inline, ItemList, RichText
from cvgen.model.letter_layout import LetterPart
from cvgen.model.printed import Contact, Item, Section
from cvgen.model.sections import Shape
from cvgen.model.shown_paper import PublicationItem
from cvgen.themes.contract import LINKS
from cvgen.themes.options import OptionValue
from cvgen.themes.styles import FULL

Cite = Callable[[PublicationItem, str], RichText]


@dataclass(frozen=True, slots=True)
class DocumentFlow:
    """The flow of one job; ``cite`` prints a paper in a citation style."""

    job: Job
    cite: Cite

    @property
    def head(self) -> Head:
        """The name, the label and the contacts."""
        document = self.job.document
        contacts = tuple(_say_contact(contact, self._options, self._words) for contact in document.contacts)
        return Head(document.name, document.native_name, document.label, contacts)

    def list_blocks(self, section: Section) -> Iterator[FlowBlock]:
        """The blocks of ``section``, its heading first."""
        if self.job.document.letter:
            yield from _list_letter_part(section)
            return
        if section.title:
            yield FlowBlock(BlockKind.HEADING, section.title)
        yield from _list_paragraphs(section.text)
        yield from _list_bullets(section.bullets, 0)
        if section.counts:
            yield FlowBlock(BlockKind.TEXT, text(section.counts))
        if section.table:
            yield FlowBlock(BlockKind.TABLE, table=section.table)
        if section.legend:
            meanings = (join([marks(one.mark), one.meaning], " ") for one in section.legend)
            yield FlowBlock(BlockKind.LEGEND, join(meanings, " · "))
        for item in section.items:
            yield from self._list_item(item, section)
        for group in section.groups:
            if group.title:
                yield FlowBlock(BlockKind.GROUP, text(group.heading))
            for paper in group.items:
                yield from self._list_paper(paper, section, 0)

    @property
    def _options(self) -> Mapping[str, OptionValue]:
        return self.job.options

    @property
    def _words(self) -> Mapping[str, str]:
        return self.job.document.words

    def _list_item(self, item: Item, section: Section) -> Iterator[FlowBlock]:
        match section.shape:
            case Shape.LINES:
                yield self._make_line(item)
            case Shape.DATED:
                subtitle = italicize(item.subheading)
                yield FlowBlock(BlockKind.DATED, self._link(item), subtitle, item.aside, item.dates, logo=item.logo)
            case Shape.CARDS:
                yield FlowBlock(BlockKind.ENTRY, self._link(item))
                facts = (item.subheading, italicize(item.aside), *(self._say(contact) for contact in item.contacts))
                if said := join(facts, " · "):
                    yield FlowBlock(BlockKind.NOTE, said)
            case _:
                yield FlowBlock(
                    BlockKind.ENTRY, self._link(item), item.subheading, item.aside, item.dates, logo=item.logo
                )
        yield from self._list_details(item, section, with_notes=section.shape is Shape.ENTRIES)

    def _make_line(self, item: Item) -> FlowBlock:
        """A skill or a language: the label, the level, what belongs to it."""
        listed = join(item.details, self._words["list_comma"])
        dates = f"({item.dates})" if item.dates else ""
        return FlowBlock(BlockKind.LINE, self._link(item), join([item.subheading, listed], " – "), dates=dates)

    def _list_details(self, item: Item, section: Section, *, with_notes: bool) -> Iterator[FlowBlock]:
        """What is below the head of an entry or a position."""
        if with_notes:
            listed = join(item.details, self._words["list_comma"])
            if facts := join([listed, *item.metrics], " · "):
                yield FlowBlock(BlockKind.NOTE, facts)
            yield from (FlowBlock(BlockKind.NOTE, note) for note in item.notes)
        yield from _list_paragraphs(item.summary)
        yield from _list_bullets(item.bullets, 0)
        for paper in item.papers:
            yield from self._list_paper(paper, section, 1)
        for position in item.positions:
            yield FlowBlock(BlockKind.POSITION, self._link(position), RichText(), position.aside, position.dates)
            yield from self._list_details(position, section, with_notes=True)

    def _list_paper(self, paper: PublicationItem, section: Section, depth: int) -> Iterator[FlowBlock]:
        mark = paper.number_label
        if section.style in ("", FULL):
            lines = tuple(list_lines(paper, self._words, self._options))
        else:
            cited = self.cite(paper, section.style)
            extras = list_extras(paper, self._options, is_cited=section.style != "compact")
            lines = (join([cited, *extras, italicize(text(paper.role))], " · "),)
        yield FlowBlock(BlockKind.PAPER, lines=lines, mark=mark, depth=depth)
        yield from _list_bullets(paper.bullets, depth)

    def _link(self, item: Item) -> RichText:
        """The heading of ``item``, which opens its address."""
        if not item.url:
            return item.heading
        with_address = self._options.get(LINKS) == "addresses"
        return link(item.url, text(item.heading, f" ({write_address(item.url)})") if with_address else item.heading)

    def _say(self, contact: Contact) -> RichText:
        return _say_contact(contact, self._options, self._words)


def _list_letter_part(part: Section) -> Iterator[FlowBlock]:
    """The blocks of a part of a letter: a letter has no headings, and its subject is bold."""
    if part.title:
        yield FlowBlock(BlockKind.TEXT, part.title)
    yield from _list_paragraphs(embolden(part.text) if part.name == LetterPart.SUBJECT else part.text)
    yield from _list_bullets(part.bullets, 0)


def _list_paragraphs(written: RichText) -> Iterator[FlowBlock]:
    """The paragraphs of a text, and the items of its lists."""
    for paragraph in written.paragraphs:
        first = paragraph.nodes[0]
        if isinstance(first, ItemList):
            yield from _list_items(first, written, 0)
        else:
            yield FlowBlock(BlockKind.TEXT, paragraph)


def _list_items(listed: ItemList, around: RichText, depth: int) -> Iterator[FlowBlock]:
    for item, mark in zip(listed.items, listed.marks, strict=True):
        words: list[Inline] = [node for node in item.children if not isinstance(node, ItemList)]
        yield FlowBlock(BlockKind.BULLET, replace(around, nodes=tuple(words)), depth=depth, mark=mark)
        for node in item.children:
            if isinstance(node, ItemList):
                yield from _list_items(node, around, depth + 1)


def _list_bullets(bullets: tuple[Bullet, ...], depth: int) -> Iterator[FlowBlock]:
    for bullet in bullets:
        yield FlowBlock(BlockKind.BULLET, bullet.text, depth=depth)
        yield from _list_bullets(bullet.bullets, depth + 1)


def _say_contact(contact: Contact, options: Mapping[str, OptionValue], words: Mapping[str, str]) -> RichText:
    """A contact as a link; its address is printed where the theme prints addresses."""
    if contact.pieces:
        return text(*(link(piece.url, piece.text) if piece.url else piece.text for piece in contact.pieces))
    printed = contact.text
    if options.get(LINKS) == "addresses" and contact.url.startswith("http") and contact.kind != "url":
        address = write_address(contact.url)
        printed = f"{contact.label}{words['colon']}{address}" if contact.label else f"{contact.text} ({address})"
    return link(contact.url, printed) if contact.url else text(printed)
