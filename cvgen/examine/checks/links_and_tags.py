"""Checks of links, metadata and tags."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from cvgen.examine.comparable_text import squeeze
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.readers.pdfium_text import Page, PageLink
from cvgen.examine.subject import Subject
from cvgen.model.document import Document, Item, PartKind, PublicationItem

_SCHEMES = ("http", "https", "mailto", "tel")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?\d{2,}(;ext=\d+)?")


def check_links(subject: Subject) -> Iterator[Fault]:
    """Links open allowed addresses from the profile, are on the right text, and none is missing."""
    if subject.pdfium.scripts:
        yield Fault("the file runs JavaScript", hint="remove it from the theme")
    asked = {_same(url) for url in (*(url for url, _ in subject.expected.urls), *subject.expected.more_urls)}
    wordings = _link_wordings(subject.job.document)
    found: set[str] = set()
    for page in subject.pdfium.pages:
        for link in page.links:
            found.add(_same(link.url))
            if wrong := _link_fault(page, link):
                yield Fault(wrong, page.number, hint="write a full address with http, https, mailto or tel")
            elif link.kind == "uri" and _same(link.url) not in asked:
                hint = "remove it from the theme, or add it to the profile"
                yield Fault(f"a link opens {link.url}, which is not in the profile", page.number, hint=hint)
            elif link.kind == "uri" and (text := _wrong_text(page, link, wordings)):
                message = f"the link on {shorten(text)} opens {link.url}, which belongs to another text"
                yield Fault(message, page.number, hint="take text and address from the same contact, entry or paper")
    for url, place in subject.expected.urls:
        if _same(url) not in found:
            yield Fault(f"no link in the PDF opens {url}", None, place, "print it as a link (href), not only as text")


def _same(url: str) -> str:
    """``url`` without percent encoding and final slash, so that equivalent addresses are equal."""
    return unquote(url).rstrip("/")


def _link_fault(page: Page, link: PageLink) -> str:
    if link.kind == "goto":
        return ""
    if link.kind != "uri":
        return "a link starts a program or a script, or opens another file"
    if not is_allowed(link.url):
        return _refusal(link.url)
    background = page.background(*link.box)
    if background is None or not page.has_ink(*link.box, background):
        return f"the link to {link.url} is on an empty place"
    return ""


def _refusal(url: str) -> str:
    """Why ``url`` may not be opened. Of a local file only the name is shown, since its folder is private."""
    scheme, _, rest = url.partition(":")
    if scheme.casefold() == "file":
        named = re.search(r"[^/#?]+\.\w{1,5}$", rest)
        return "a link is relative, or opens a file on this machine" + (f": {named[0]!r}" if named else "")
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url):
        return f"the link {url!r} is relative, so it does not work in a PDF"
    return f"the link {url!r} is not allowed or not valid"


def _link_wordings(document: Document) -> Mapping[str, set[str]]:
    """Text without white space → the addresses that a link on it may open."""
    found: dict[str, set[str]] = defaultdict(set)
    shown = [part.shown for part in document.walk()]
    items = [one for one in shown if isinstance(one, Item)]
    for contact in (*document.contacts, *(contact for item in items for contact in item.contacts)):
        for text in (contact.text, contact.short):
            found[squeeze(text)].add(_same(contact.url))
        for piece in contact.pieces:
            found[squeeze(piece.text)].add(_same(piece.url))
    for item in items:
        found[squeeze(str(item.heading))].add(_same(item.url))
    for paper in (one for one in shown if isinstance(one, PublicationItem)):
        for link in paper.links:
            found[squeeze(link.label)].add(_same(link.url))
        for author in paper.authors:
            found[squeeze(author.name)].add(_same(author.url))
    return {text: urls for text, urls in found.items() if text and urls != {""}}


def _wrong_text(page: Page, link: PageLink, wordings: Mapping[str, set[str]]) -> str:
    """The text under ``link`` if it belongs to another address; otherwise an empty text."""
    text = " ".join(_words_in(page, link))
    packed, url = squeeze(text), _same(link.url)
    if url in wordings.get(packed, {url}):
        return ""
    is_part = any(packed in wording for wording, urls in wordings.items() if url in urls)
    return "" if is_part or sum(_same(other.url) == url for other in page.links) > len(wordings[packed]) else text


def _words_in(page: Page, link: PageLink) -> Iterator[str]:
    """For each word the part that is inside the box of ``link``."""
    left, bottom, right, top = link.box
    for word in page.words:
        box = word.box
        if box[0] < right and left < box[2] and box[1] < top and bottom < box[3]:
            inside = (char for char in word.chars if left < (char.left + char.right) / 2 < right)
            yield "".join(char.text for char in inside if bottom < (char.bottom + char.top) / 2 < top)


def is_allowed(url: str) -> bool:
    """Whether ``url`` has an allowed scheme and is valid for that scheme (RFC 3986, 6068 and 3966)."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in _SCHEMES or re.search(r"\s", url):
        return False
    if parts.scheme == "mailto":
        return bool(_MAIL.fullmatch(unquote(parts.path)))
    if parts.scheme == "tel":
        return bool(_PHONE.fullmatch(re.sub(r"[-.()]", "", parts.path)))
    return "." in host or host == "localhost"


def check_metadata(subject: Subject) -> Iterator[Fault]:
    """Title and author contain the person's name, and the language is that of the document."""
    name = subject.expected.name
    for what, value in (("title", subject.pdfium.title), ("author", subject.pdfium.author)):
        if squeeze(name.text) not in squeeze(value):
            message = f"the {what} in the metadata is {value!r}" if value else f"the metadata has no {what}"
            yield Fault(message, None, name.location, f"it should contain the name: {name.text}")
    wanted, language = subject.job.document.language, subject.pdfium.language
    if language.casefold() != wanted.casefold():
        message = f"the language in the metadata is {language!r}" if language else "the metadata has no language"
        yield Fault(message, hint=f"the document is in {wanted!r}: set lang on <html>, or pdflang in LaTeX")


def check_tags(subject: Subject) -> Iterator[Fault]:
    """A PDF made from HTML is tagged, so that a screen reader knows headings, lists and links."""
    if not subject.is_html_made:
        return
    if not subject.pdfminer.is_tagged:
        yield Fault("the PDF is not tagged", hint="render it with cvgen, which asks WeasyPrint for tags")
        return
    tags: Counter[str] = Counter()
    for page in subject.pdfium.pages:
        tags.update(page.tags)
    parts = Counter(part.kind for part in subject.job.document.walk())
    sections, bullets = parts[PartKind.SECTION], parts[PartKind.BULLET]
    headings = sum(tags[f"H{level}"] for level in range(2, 7))
    if headings < sections:
        message = f"{sections} sections have only {headings} headings for a screen reader"
        yield Fault(message, hint="use h2 for section titles, not div")
    if tags["LI"] < bullets:
        message = f"{bullets} bullets are only {tags['LI']} list items for a screen reader"
        yield Fault(message, hint="use ul and li for bullets")
