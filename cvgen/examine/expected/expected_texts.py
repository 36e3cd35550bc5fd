"""What the PDF of a document must show, as plain texts in the order of the sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cvgen.backends.backend import Job
from cvgen.diagnostics import Location
from cvgen.examine.comparable_text import squeeze
from cvgen.examine.expected.expected_urls import list_optional_urls, list_urls
from cvgen.model.bullet import Bullet
from cvgen.model.inline import SINGLE_QUOTES, Inlines, Math, RichText, Sub, Sup
from cvgen.model.part import PartKind, walk_section
from cvgen.model.printed import Contact, CountTable, Item, Section
from cvgen.model.shown_paper import PublicationItem, ShownLink

_PLAIN_HYPHENS = {0x2010: "-", 0x2011: "-"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A text that the PDF must show. ``what`` names it in messages; ``any_case`` means a theme may change its case."""

    text: str
    what: str
    location: Location | None = None
    any_case: bool = False
    others: tuple[str, ...] = ()
    """Texts that are accepted in its place."""
    is_counted: bool = False
    """Whether it must occur as often as in the document. Years need this, because they occur in other texts too."""
    raised: frozenset[int] = frozenset()
    """The indexes, not counting white space, of characters that are raised, lowered, or part of a formula."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """The text, and all that is accepted in its place."""
        plain = self.text.translate(_PLAIN_HYPHENS)  # fonts draw them all with one glyph
        return (self.text, *self.others) if plain == self.text else (self.text, plain, *self.others)


@dataclass(frozen=True, slots=True)
class Block:
    """An entry or a paper. ``leads`` come in this order; ``parts`` may be anywhere between the blocks around it."""

    leads: tuple[Expected, ...]
    parts: tuple[Expected, ...] = ()
    head: tuple[Expected, ...] = ()
    """Those of its texts that announce the others, such as employer, position and dates; empty if nothing follows."""
    paper: PublicationItem | None = None
    """The paper, if the block is one."""
    asides: tuple[Expected, ...] = ()
    """Texts that a citation style may print or leave out."""
    group: Expected | None = None
    """The title of the group that begins with this block."""

    @property
    def ordered_texts(self) -> tuple[Expected, ...]:
        """The texts whose order is fixed: the group's title, then the leads."""
        return (self.group, *self.leads) if self.group else self.leads

    @property
    def body(self) -> tuple[Expected, ...]:
        """The texts that its head announces."""
        return tuple(text for text in (*self.leads, *self.parts) if text not in self.head) if self.head else ()


@dataclass(frozen=True, slots=True)
class ExpectedSection:
    """A section: its name in the variant, its title, the texts below the title, and its blocks."""

    name: str
    title: Expected
    heads: tuple[Expected, ...]
    """The texts above the blocks: the count of papers and the legend."""
    blocks: tuple[Block, ...]
    is_cited: bool = False
    """Whether its papers are printed in a citation style."""
    has_title: bool = True
    """False for a part of a letter: its first text then takes the place of the title."""

    @property
    def groups(self) -> tuple[Expected, ...]:
        """The titles of its groups of papers."""
        return tuple(block.group for block in self.blocks if block.group)

    @property
    def inner(self) -> tuple[Expected, ...]:
        """All its texts except the title."""
        return (*self.heads, *(text for block in self.blocks for text in (*block.ordered_texts, *block.parts)))


@dataclass(frozen=True, slots=True)
class ExpectedDocument:
    """Everything that the PDF of a document must show. ``urls`` are the addresses that links must open.

    Links may open ``optional_urls`` too.
    """

    name: Expected
    head: tuple[Expected, ...]
    contacts: tuple[tuple[Contact, Expected], ...]
    sections: tuple[ExpectedSection, ...]
    urls: tuple[tuple[str, Location | None], ...]
    optional_urls: frozenset[str]

    @property
    def titles(self) -> tuple[Expected, ...]:
        """The titles of its sections."""
        return tuple(section.title for section in self.sections)

    @property
    def texts(self) -> Iterator[Expected]:
        """Every text in the order of the document."""
        yield from (self.name, *self.head, *(text for _, text in self.contacts))
        for section in self.sections:
            yield from (section.title, *section.inner)


def list_expected(job: Job) -> ExpectedDocument:
    """What the PDF of ``job`` must show."""
    document = job.document
    name = _rich(document.name, "the name", any_case=True)
    head = [_rich(document.native_name, "the name"), _rich(document.label, "the label", any_case=True)]
    contacts = tuple((contact, _contact(contact, document.name.location)) for contact in document.contacts)
    sections = tuple(
        _letter_part(section) if document.letter else _section(section, document.words) for section in document.sections
    )
    return ExpectedDocument(
        name, tuple(t for t in head if t.text), contacts, sections, tuple(list_urls(job)), list_optional_urls(job)
    )


def _rich(text: RichText, what: str, any_case: bool = False) -> Expected:
    return Expected(str(text), what, text.location, any_case, raised=find_raised(text))


def find_raised(text: RichText) -> frozenset[int]:
    """The indexes in ``text``, not counting white space, of what is raised, lowered, or part of a formula."""
    places: set[int] = set()
    at = 0
    for letters, is_raised in _runs(text.nodes, False):
        count = len(squeeze(letters))
        places |= set(range(at, at + count)) if is_raised else set()
        at += count
    return frozenset(places)


def _runs(nodes: Inlines, is_raised: bool) -> Iterator[tuple[str, bool]]:
    for node in nodes:
        if children := getattr(node, "children", ()):
            yield from _runs(children, is_raised or isinstance(node, (Sup, Sub, Math)))
        else:
            yield getattr(node, "text", ""), is_raised


def _contact(contact: Contact, place: Location | None) -> Expected:
    """A contact is printed as its text, as its user name beside an icon, or as its address."""
    address = re.sub(r"^(https?://|mailto:)(www\.)?", "", contact.url)
    others = () if contact.kind in ("email", "phone") else (contact.short, address)
    return Expected(contact.text, f"the contact {contact.kind!r}", place, others=tuple(t for t in others if t))


def _legend(mark: str, meaning: str, place: Location | None) -> Expected:
    """A mark and its meaning, with punctuation between or around them."""
    others = tuple(form.format(mark=mark, meaning=meaning) for form in ("{mark}: {meaning}", "{mark} = {meaning}",
               "{mark} – {meaning}", "({mark}) {meaning}", "{meaning} ({mark})", "{meaning}: {mark}"))  # fmt: skip
    return Expected(f"{mark} {meaning}", "the legend", place, others=others)


def _table(table: CountTable, place: Location | None) -> Iterator[Expected]:
    """The heads of the columns, then each row: its label and its numbers."""
    for name in (table.head, *table.columns):
        yield Expected(name, "a column of the table", place)
    for row in (*table.rows, table.total):
        yield Expected(" ".join((row.label, *row.counts)), "a row of the table", place)


def _section(section: Section, words: Mapping[str, str]) -> ExpectedSection:
    where = section.title.location
    heads = [Expected(section.counts, "the count of papers", where)]
    heads += _table(section.table, where) if section.table else ()
    heads += [_legend(entry.mark, entry.meaning, where) for entry in section.legend]
    cited = section.style not in ("", "full")
    return ExpectedSection(
        section.name,
        _rich(section.title, "the section title", any_case=True),
        tuple(text for text in heads if text.text),
        tuple(_list_blocks(section, cited, words)),
        cited,
    )


def _letter_part(part: Section) -> ExpectedSection:
    """A part of a letter: its first text in place of a title, the others in order below it."""
    what = f"the {part.name}"
    texts = [_rich(text, what) for text in (part.title, *part.text.pieces) if text]
    bullets = [_rich(bullet.text, "a bullet") for bullet in part.bullets]
    first, *rest = (*texts, *bullets)
    return ExpectedSection(part.name, first, (), (_block(rest, []),) if rest else (), has_title=False)


def _list_blocks(section: Section, cited: bool, words: Mapping[str, str]) -> list[Block]:
    """The section's own text, then its entries or papers, each with its bullets."""
    blocks: list[Block] = []
    groups = {group.items[0].ref: group.heading for group in section.groups if group.items and group.title}
    for part in walk_section(section):
        match part.shown:
            case Section(text=text):
                blocks.append(_block([_rich(paragraph, "a text") for paragraph in text.pieces], []))
            case Item() as item:
                blocks.append(_item(item, "a position" if part.kind is PartKind.POSITION else "an entry"))
            case PublicationItem() as paper:
                blocks.append(_paper(paper, cited, words))
            case Bullet(text=text) if text:
                blocks[-1] = replace(blocks[-1], leads=(*blocks[-1].leads, _rich(text, "a bullet")))
        if part.ref in groups:
            title = Expected(groups[part.ref], "the group title", section.title.location, any_case=True)
            blocks[-1] = replace(blocks[-1], group=title)
    return blocks if section.text or section.bullets else blocks[1:]


def _block(leads: Iterable[Expected], parts: Iterable[Expected], head: Iterable[Expected] = ()) -> Block:
    leads, parts, head = (tuple(text for text in texts if text.text) for texts in (leads, parts, head))
    return Block(leads, parts, head)


def _item(item: Item, what: str) -> Block:
    where = item.heading.location
    parts = [_rich(item.subheading, "a position or subtitle"), _rich(item.aside, "a place")]
    parts.append(Expected(item.dates, "a date", where, is_counted=True))
    head = [_rich(item.heading, what), *parts]
    parts += [_rich(text, "a note") for text in item.notes]
    parts += [_rich(text, "a keyword") for text in item.details]
    parts += [Expected(text, "a count", where) for text in item.metrics]
    parts += [_rich(text, "a summary") for text in item.summary.pieces]
    parts += [_contact(contact, where) for contact in item.contacts]
    return _block(head[:1], parts, head)


def _paper(paper: PublicationItem, cited: bool, words: Mapping[str, str]) -> Block:
    where = paper.title.location
    parts = [*_paper_people(paper), *_paper_facts(paper, cited)]
    parts += [Expected(link.label, f"a link of {paper.key!r}", where) for link in _shown_links(paper, cited)]
    if not cited:  # a citation style prints these in its own words, or not at all
        parts += _paper_details(paper, words)
    asides = (Expected(paper.kind_label, f"the kind of {paper.key!r}", where),) if cited else ()
    title = _paper_title(paper, cited)
    return replace(_block([title], parts, [] if cited else [title]), paper=paper, asides=asides)


def _paper_people(paper: PublicationItem) -> Iterator[Expected]:
    where = paper.title.location
    for author in paper.authors:
        yield Expected(author.family, f"an author of {paper.key!r}", where, True, list_capitals(author.family))
    yield from (Expected(author.marks, f"a mark of {paper.key!r}", where) for author in paper.authors)


def _paper_facts(paper: PublicationItem, cited: bool) -> Iterator[Expected]:
    """What every list prints of a paper, in a citation style or not."""
    where = paper.title.location
    if paper.number is not None:
        yield Expected(paper.number_label, f"the number of {paper.key!r}", where)
    yield Expected(paper.year, f"the year of {paper.key!r}", where, is_counted=not cited)
    if not cited or not (paper.is_arxiv or paper.kind == "patent"):  # citation styles do not name the holder
        is_abbreviated = cited and paper.kind == "article" and "." in paper.venue_short
        short = (paper.venue_short,) if is_abbreviated else ()  # IEEE prints it alone
        yield replace(_rich(paper.venue, f"the venue of {paper.key!r}"), others=short)
    yield Expected(paper.role, f"the owner's part in {paper.key!r}", where)
    yield Expected(paper.plain_badge, f"the badge of {paper.key!r}", where)
    yield from (_rich(text, f"a note of {paper.key!r}") for text in (paper.award, paper.note))
    yield from (Expected(text, f"a number of {paper.key!r}", where) for text in paper.metrics)


def _paper_details(paper: PublicationItem, words: Mapping[str, str]) -> Iterator[Expected]:
    """What a list prints of a paper without a citation style."""
    where = paper.title.location
    facts = (paper.lead, paper.people_note, paper.collaboration, paper.venue_short, paper.rank, str(paper.details),
             paper.status, paper.topic, paper.author_count)  # fmt: skip
    yield from (Expected(text, f"a fact of {paper.key!r}", where) for text in facts)
    if paper.truncated:
        others = ("…", "...", "et al.")
        yield Expected(words["others"], f"that {paper.key!r} has more authors", where, others=others)


def _paper_title(paper: PublicationItem, cited: bool) -> Expected:
    """The title, in a citation style also without its full stop, with single quotes inside it, and in another case."""
    title = _rich(paper.title, f"the title of {paper.key!r}")
    if not cited:
        return title
    wordings = [title.text]
    if title.text.endswith("."):
        wordings.append(title.text[:-1])  # a style that continues with a comma drops the full stop
    wordings += [text.translate(SINGLE_QUOTES) for text in wordings]
    others = tuple(dict.fromkeys(text for text in wordings if text != title.text))
    return replace(title, others=others, any_case=True)


def list_capitals(name: str) -> tuple[str, ...]:
    """``name`` in capitals if that changes letters: GB/T 7714 prints ``Weiß`` as ``WEISS``. Otherwise nothing."""
    capitals = name.upper()
    return (capitals,) if capitals.lower() != name.lower() else ()


def _shown_links(paper: PublicationItem, cited: bool) -> list[ShownLink]:
    """The links that are printed with a label; a citation prints one address in its own text, a venue can be one."""
    said = {paper.cited_url, paper.venue_url} if cited else {paper.venue_url}
    return [link for link in paper.links if link.url not in said]
