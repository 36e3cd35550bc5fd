"""What a document should show, as plain texts in the order of their sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cvgen.backends.backend import Job
from cvgen.diagnostics import Location
from cvgen.examine.readers.reader_text import squeeze
from cvgen.model.document import (
    Bullet,
    Contact,
    Item,
    Part,
    PublicationItem,
    Section,
    ShownLink,
)
from cvgen.model.inline import SINGLE_QUOTES, Inlines, Link, Math, RichText, Sub, Sup
from cvgen.model.texts import find_texts

_PLAIN_HYPHENS = {0x2010: "-", 0x2011: "-"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A text that must be there. ``what`` names it in a message; ``any_case`` where a theme may change its case."""

    text: str
    what: str
    location: Location | None = None
    any_case: bool = False
    others: tuple[str, ...] = ()
    """Texts of which each would do as well."""
    is_counted: bool = False
    """Whether it must be there as often as the document says it: a year stands in other texts too."""
    raised: frozenset[int] = frozenset()
    """Which characters, white space aside, are raised, lowered, or part of a formula."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """The text, and what would do as well."""
        plain = self.text.translate(_PLAIN_HYPHENS)  # fonts draw them all with one glyph
        return (self.text, *self.others) if plain == self.text else (self.text, plain, *self.others)


@dataclass(frozen=True, slots=True)
class Block:
    """An entry or a paper. ``leads`` come in this order, ``parts`` anywhere between the blocks around it."""

    leads: tuple[Expected, ...]
    parts: tuple[Expected, ...] = ()
    has_more: bool = False
    """Whether text follows its head."""
    paper: PublicationItem | None = None
    """The paper, where it is one."""
    asides: tuple[Expected, ...] = ()
    """What a citation style may print of it, and need not."""
    group: Expected | None = None
    """The title of the group that begins with it."""

    @property
    def rising(self) -> tuple[Expected, ...]:
        """What comes one after the other: the group's title and the leads."""
        return (self.group, *self.leads) if self.group else self.leads


@dataclass(frozen=True, slots=True)
class ExpectedSection:
    """A section: its name in the variant, its title, what stands below the title, and its blocks."""

    name: str
    title: Expected
    heads: tuple[Expected, ...]
    """What belongs above the blocks: the count and the legend."""
    blocks: tuple[Block, ...]
    is_cited: bool = False
    """Whether its papers are printed in a citation style."""

    @property
    def groups(self) -> tuple[Expected, ...]:
        """The titles of its groups."""
        return tuple(block.group for block in self.blocks if block.group)

    @property
    def inner(self) -> tuple[Expected, ...]:
        """All texts but the title."""
        return (*self.heads, *(text for block in self.blocks for text in (*block.rising, *block.parts)))


@dataclass(frozen=True, slots=True)
class ExpectedDocument:
    """All that a document should show."""

    name: Expected
    head: tuple[Expected, ...]
    contacts: tuple[tuple[Contact, Expected], ...]
    sections: tuple[ExpectedSection, ...]
    urls: tuple[tuple[str, Location | None], ...]

    @property
    def texts(self) -> Iterator[Expected]:
        """Every text, in order."""
        yield from (self.name, *self.head, *(text for _, text in self.contacts))
        for section in self.sections:
            yield from (section.title, *section.inner)


def list_expected(job: Job) -> ExpectedDocument:
    """What a PDF of ``job`` should show."""
    document = job.document
    name = _rich(document.name, "the name", any_case=True)
    head = [_rich(document.native_name, "the name"), _rich(document.label, "the label", any_case=True)]
    contacts = tuple((contact, _contact(contact, document.name.location)) for contact in document.contacts)
    sections = tuple(_section(section, document.words) for section in document.sections)
    return ExpectedDocument(name, tuple(t for t in head if t.text), contacts, sections, tuple(_urls(job)))


def _rich(text: RichText, what: str, any_case: bool = False) -> Expected:
    return Expected(str(text), what, text.location, any_case, raised=find_raised(text))


def find_raised(text: RichText) -> frozenset[int]:
    """The places in ``text``, counted without white space, of what is raised, lowered, or part of a formula."""
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
    """A contact stands as its text, as its user name beside an icon, or as its address."""
    address = contact.url
    for prefix in ("https://", "http://", "mailto:", "www."):
        address = address.removeprefix(prefix)
    others = () if contact.kind in ("email", "phone") else (contact.short, address)
    return Expected(contact.text, f"the contact {contact.kind!r}", place, others=tuple(t for t in others if t))


def _legend(mark: str, meaning: str, place: Location | None) -> Expected:
    """A mark and what it means, with a sign between them or around them."""
    others = tuple(form.format(mark=mark, meaning=meaning) for form in ("{mark}: {meaning}", "{mark} = {meaning}",
               "{mark} – {meaning}", "({mark}) {meaning}", "{meaning} ({mark})", "{meaning}: {mark}"))  # fmt: skip
    return Expected(f"{mark} {meaning}", "the legend", place, others=others)


def _section(section: Section, words: Mapping[str, str]) -> ExpectedSection:
    where = section.title.location
    heads = [Expected(section.counts, "the count of papers", where)]
    heads += [_legend(entry.mark, entry.meaning, where) for entry in section.legend]
    blocks: list[Block] = []
    if section.text or section.bullets:
        leads = [_rich(text, "a text") for text in section.text.paragraphs]
        blocks.append(_block([*leads, *_bullets(section.bullets)], []))
    blocks += [_item(item) for item in section.items]
    cited = section.style not in ("", "full")
    for group in section.groups:
        papers = [_paper(paper, cited, words) for paper in group.items]
        if group.title and papers:
            title = Expected(group.title, "the group title", where, any_case=True)
            papers[0] = replace(papers[0], group=title)
        blocks += papers
    return ExpectedSection(
        section.name,
        _rich(section.title, "the section title", any_case=True),
        tuple(text for text in heads if text.text),
        tuple(blocks),
        cited,
    )


def _block(leads: Iterable[Expected], parts: Iterable[Expected], has_more: bool = False) -> Block:
    return Block(tuple(t for t in leads if t.text), tuple(t for t in parts if t.text), has_more)


def _bullets(bullets: tuple[Bullet, ...]) -> Iterator[Expected]:
    for bullet in bullets:
        yield _rich(bullet.text, "a bullet")
        yield from _bullets(bullet.bullets)


def _item(item: Item) -> Block:
    where = item.heading.location
    parts = [_rich(item.subheading, "a position or subtitle"), _rich(item.aside, "a place")]
    parts.append(Expected(item.dates, "a date", where, is_counted=True))
    parts += [_rich(text, "a note") for text in item.notes]
    parts += [_rich(text, "a keyword") for text in item.details]
    parts += [_rich(text, "a summary") for text in item.summary.paragraphs]
    parts += [_contact(contact, where) for contact in item.contacts]
    more = bool(item.bullets or item.summary or item.notes or item.details)
    return _block([_rich(item.heading, "an entry"), *_bullets(item.bullets)], parts, more)


def _paper(paper: PublicationItem, cited: bool, words: Mapping[str, str]) -> Block:
    where = paper.title.location
    parts = [
        Expected(author.family, f"an author of {paper.key!r}", where, True, list_capitals(author.family))
        for author in paper.authors
    ]
    parts += [Expected(author.marks, f"a mark of {paper.key!r}", where) for author in paper.authors]
    if paper.number is not None:
        parts.append(Expected(f"[{paper.number}]", f"the number of {paper.key!r}", where))
    parts.append(Expected(paper.year, f"the year of {paper.key!r}", where, is_counted=not cited))
    if not cited or not (paper.is_arxiv or paper.kind == "patent"):  # citation styles name no holder
        parts.append(_rich(paper.venue, f"the venue of {paper.key!r}"))
    parts += [Expected(paper.role, f"the owner's part in {paper.key!r}", where)]
    parts += [_rich(text, f"a note of {paper.key!r}") for text in (paper.award, paper.note)]
    parts += [Expected(text, f"a number of {paper.key!r}", where) for text in paper.metrics]
    parts += [Expected(link.label, f"a link of {paper.key!r}", where) for link in _shown_links(paper, cited)]
    if not cited:  # a citation style says these in its own words, or not at all
        facts = (
            paper.lead,
            paper.people_note,
            paper.collaboration,
            paper.venue_short,
            paper.rank,
            paper.details,
            paper.status,
            paper.topic,
            paper.author_count,
        )
        parts += [Expected(text, f"a fact of {paper.key!r}", where) for text in facts]
        if paper.truncated:
            others = ("…", "...", "et al.")
            parts.append(Expected(words["others"], f"that {paper.key!r} has more authors", where, others=others))
    title = _rich(paper.title, f"the title of {paper.key!r}")
    if cited and title.text.endswith("."):
        title = replace(title, others=(title.text[:-1],))  # a style that puts a comma after it drops the full stop
    if cited and title.text != (quoted := title.text.translate(SINGLE_QUOTES)):
        title = replace(
            title, others=(*title.others, quoted, *(text.translate(SINGLE_QUOTES) for text in title.others))
        )
    leads = [title, *_bullets(paper.bullets)]
    asides = (Expected(paper.kind_label, f"the kind of {paper.key!r}", where),) if cited else ()
    return replace(_block(leads, parts), paper=paper, asides=asides)


def list_capitals(name: str) -> tuple[str, ...]:
    """``name`` in capitals, where those are other letters: ``Weiß`` is ``WEISS`` in GB/T 7714."""
    capitals = name.upper()
    return (capitals,) if capitals.lower() != name.lower() else ()


def _shown_links(paper: PublicationItem, cited: bool) -> list[ShownLink]:
    """The links under a label; a citation gives one address in its own text."""
    return [link for link in paper.links if not (cited and link.url == paper.cited_url)]


def _urls(job: Job) -> Iterator[tuple[str, Location | None]]:
    """The addresses that something in the document must open, once each."""
    document = job.document
    found: dict[str, Location | None] = {}
    for contact in document.contacts:
        found.setdefault(contact.url, document.name.location)
    for part in document.walk():
        for url in _part_urls(part):
            found.setdefault(url, part.location)
    for url, place in _inline_urls(document):
        found.setdefault(url, place)
    found.pop("", None)
    yield from found.items()


def _part_urls(part: Part) -> Iterator[str]:
    match part.shown:
        case Item() as item:
            yield from (item.url, *(contact.url for contact in item.contacts))
        case PublicationItem() as paper:
            yield from (link.url for link in paper.links)


def _inline_urls(value: object) -> Iterator[tuple[str, Location | None]]:
    for text in find_texts(value):
        yield from ((url, text.location) for url in _links_in(text.nodes))


def _links_in(nodes: Inlines) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Link):
            yield node.url
        yield from _links_in(getattr(node, "children", ()))
