"""Checks of links: each opens an address of the profile, the one that is printed, and none is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cvgen.diagnostics import Location
from cvgen.examine.comparable_text import squeeze
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.readers.pdfium_text import Page, PageLink
from cvgen.examine.subject import DocxSubject, Subject
from cvgen.model.document import Document
from cvgen.model.inline import Inlines, Link, plain_text
from cvgen.model.part import walk_section
from cvgen.model.printed import Item, Section
from cvgen.model.shown_paper import PublicationItem
from cvgen.model.texts import find_texts
from cvgen.themes.contract import LINKS
from cvgen.themes.styles import STYLES
from cvgen.themes.theme import list_own_folders

_SCHEMES = ("http", "https", "mailto", "tel")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?\d{2,}")
_ADDRESS = re.compile(r"(?:https?://|mailto:)?[\w.+-]*@?(?:[\w-]+\.)+[a-z]{2,}(?:[/?#][^\s()]*)?", re.IGNORECASE)
"""A web or e-mail address in running text."""
_EXTENSION = re.compile(
    r"(?:;ext=|(?<![^\W\d])(?:ext|x|extension|dw|durchwahl|poste|доб|内线|內線)\.?)\D{0,3}(\d+)\D*$", re.IGNORECASE
)
_LINK_IT = "make the theme or citation style print it as a link: <a href>, \\href, or link() in a style"
_STYLE_LINKS = "write in it {% if item.cited_url %}{{ link(item.cited_url, item.cited_url) }}{% endif %}"
_TRUNK = 3
"""A number printed without its country's code has at most so many digits more in front than a dialled one: ``0``,
``00``, ``011``."""
_HYPHEN_AT_END = "\x02"
"""The sign that pdfium returns for a hyphen at the end of a line."""
_COUNTRY = 3
"""The most digits of a country's code (ITU-T E.164)."""
_NUMBER = 5
"""Fewer digits are no telephone number."""


def check_links(subject: Subject) -> Iterator[Fault]:
    """Links open allowed addresses from the profile, are on the right text, and none is missing."""
    if subject.pdfium.scripts:
        yield Fault("the file runs JavaScript", hint="remove it from the theme")
    asked = {_same(url) for url in (*(url for url, _ in subject.expected.urls), *subject.expected.optional_urls)}
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
            elif link.kind == "uri":
                yield from _check_text(page, link, wordings, subject.job.document.direction == "rtl")
    yield from _list_missing({url: place for url, place in subject.expected.urls if _same(url) not in found}, subject)
    if subject.job.options.get(LINKS) == "addresses":
        yield from _hidden_addresses(subject)


def _list_missing(missing: Mapping[str, Location | None], subject: Subject) -> Iterator[Fault]:
    """A Fault for each address that no link opens; one for all that a citation style of one's own does not print."""
    by_style: dict[Path, list[str]] = defaultdict(list)
    styles = {url: style for section in subject.job.document.sections for url, style in _list_cited(section, subject)}
    for url, place in missing.items():
        if style := styles.get(url):
            by_style[style].append(url)
        else:
            yield Fault(f"no link in the PDF opens {url}", None, place, _LINK_IT)
    for style, urls in by_style.items():
        more = f" and {len(urls) - 1} more addresses" if len(urls) > 1 else ""
        message = f"this style prints no link to {urls[0]}{more}, which cvgen leaves to it"
        yield Fault(message, None, Location(str(style)), _STYLE_LINKS)


def _list_cited(section: Section, subject: Subject) -> Iterator[tuple[str, Path]]:
    """The address that a style of one's own has to print for each paper of ``section``, with the style's file."""
    folders = list_own_folders(subject.job.theme)
    own = (folder / STYLES / f"{section.style}.j2" for folder in folders if section.style)
    if file := next((path for path in own if path.is_file()), None):
        papers = (part.shown for part in walk_section(section))
        yield from ((paper.cited_url, file) for paper in papers if isinstance(paper, PublicationItem))


def check_addresses(subject: DocxSubject) -> Iterator[Fault]:
    """Links of a Word file open addresses from the profile, and none is missing."""
    asked = {_same(url): (url, place) for url, place in subject.expected.urls}
    found = {_same(url): url for url in subject.docx.urls}
    for key in sorted(found.keys() - asked.keys() - {_same(url) for url in subject.expected.optional_urls}):
        yield Fault(f"a link opens {found[key]}, which is not in the profile")
    for key in (key for key in asked if key not in found):
        url, place = asked[key]
        yield Fault(f"no link in the Word file opens {url}", None, place)


def _hidden_addresses(subject: Subject) -> Iterator[Fault]:
    """The addresses that are not printed, in a theme that prints the address of every link."""
    for url, place in subject.expected.urls:
        address = _printed(url)
        forms = [address, unquote(address), *_identifiers(address)]
        if url.startswith("tel:") or any(text.find(form, 0, True) for text in subject.texts for form in forms):
            continue
        hint = "print it beside the text of its link: this theme sets links to addresses"
        yield Fault(f"the address of a link is not printed: {url}", None, place, hint)


def _identifiers(address: str) -> Iterator[str]:
    """The identifier that citation styles print in place of an ``address``: ``arXiv:2401.00001``, a DOI."""
    for host in ("arxiv.org/abs/", "doi.org/"):
        if address.startswith(host):
            yield address.removeprefix(host)


def _check_text(page: Page, link: PageLink, wordings: Mapping[str, set[str]], is_rtl: bool) -> Iterator[Fault]:
    """The text under ``link`` must belong to its address, and name no other address or telephone number.

    In a line from right to left, the parts of an address may be read backwards.
    """
    text = " ".join(_words_in(page, link)).replace(_HYPHEN_AT_END, "-")
    hint = "take text and address from the same contact, entry or paper"
    if _is_of_another(page, link, text, wordings):
        message = f"the link on {shorten(text)} opens {link.url}, which belongs to another text"
        yield Fault(message, page.number, hint=hint)
    elif link.url.startswith("tel:"):
        if not dials(link.url, text):
            yield Fault(f"the link on {shorten(text)} dials {link.url.removeprefix('tel:')}", page.number, hint=hint)
    elif (other := _other_address(link, text, wordings)) and not (is_rtl and _is_backwards(link, other)):
        yield Fault(f"the link on {shorten(other)} opens {link.url}", page.number, hint=hint)


def _is_backwards(link: PageLink, address: str) -> bool:
    """Whether all words of ``address`` are in the one that ``link`` opens."""
    return set(re.findall(r"\w+", address)) <= set(re.findall(r"\w+", unquote(link.url)))


def dials(url: str, text: str) -> bool:
    """Whether ``url`` (RFC 3966) has the digits of the number in ``text``, which may lack the country's code.

    The zero in ``+44 (0)20`` or ``+44 020`` is not dialled, nor is a prefix such as ``0`` before a number without the
    country's code.
    """
    dialled, extension = _split_extension(unquote(url.removeprefix("tel:")))
    printed, own_extension = _split_extension(re.sub(r"\(0\)", "", text))
    if len(printed) < _NUMBER:
        return True  # a label, or the rest of a number that is broken over two lines
    cores = [printed[start:] for start in range(_TRUNK + 1)] if "+" not in text else []
    is_same = dialled in (printed, printed.lstrip("0"), *_without_trunk(printed)) or any(
        len(core) >= _NUMBER and dialled.endswith(core) for core in cores
    )
    return is_same and own_extension in ("", extension)


def _without_trunk(printed: str) -> Iterator[str]:
    """The digits of an international number without a zero that follows the country's code."""
    for length in range(1, _COUNTRY + 1):
        if printed[length : length + 1] == "0":
            yield printed[:length] + printed[length + 1 :]


def _split_extension(text: str) -> tuple[str, str]:
    """The digits of a number, and those of its extension."""
    found = _EXTENSION.search(text)
    number = text[: found.start()] if found else text
    return _digits(number.split(";")[0]), _digits(found[1]) if found else ""


def _digits(text: str) -> str:
    """The digits of ``text``, of any script, as 0 to 9."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def _other_address(link: PageLink, text: str, wordings: Mapping[str, set[str]]) -> str:
    """An address in the text under ``link`` that the link does not open; empty if there is none.

    A name that looks like an address, such as Node.js, is not one if the profile gives the link this name.
    """
    own = [wording for wording, urls in wordings.items() if _same(link.url) in urls]
    opened = squeeze(_printed(unquote(link.url))).casefold()
    for match in _ADDRESS.finditer(text):
        shown = squeeze(_printed(unquote(match[0]))).casefold().rstrip(".,;:-")
        if shown not in opened and not any(squeeze(match[0]) in wording for wording in own):
            return match[0]
    return ""


def _printed(url: str) -> str:
    """``url`` as people write it."""
    return re.sub(r"^(?:https?://|mailto:)(?:www\.)?|^www\.|/$", "", url)


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
    for rich in find_texts(document):
        for words, url in _list_links(rich.nodes):
            found[squeeze(words)].add(_same(url))
    return {text: urls for text, urls in found.items() if text and urls != {""}}


def _list_links(nodes: Inlines) -> Iterator[tuple[str, str]]:
    """The words and the address of each link in a text."""
    for node in nodes:
        if isinstance(node, Link):
            yield plain_text(node.children), node.url
        yield from _list_links(getattr(node, "children", ()))


def _is_of_another(page: Page, link: PageLink, text: str, wordings: Mapping[str, set[str]]) -> bool:
    """Whether ``text``, the text under ``link``, belongs to other addresses only."""
    packed, url = squeeze(text), _same(link.url)
    if url in wordings.get(packed, {url}):
        return False
    is_part = any(packed in wording for wording, urls in wordings.items() if url in urls)
    return not is_part and sum(_same(other.url) == url for other in page.links) <= len(wordings[packed])


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
        return bool(_PHONE.fullmatch(re.sub(r"[-.()]", "", parts.path.split(";")[0])))
    return "." in host or host == "localhost"
