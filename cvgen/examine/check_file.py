"""Checks of the file behind the page: its fonts, links and metadata, and whether it is tagged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from cvgen.examine.finding import Fault
from cvgen.examine.reading import Page, PageLink
from cvgen.examine.subject import Subject
from cvgen.examine.text import squeeze

_SCHEMES = ("http", "https", "mailto", "tel")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?\d{2,}")


def check_fonts(subject: Subject) -> Iterator[Fault]:
    """Every font is in the file, only with the glyphs in use, and as outlines."""
    seen: set[str] = set()
    for page in subject.mined.pages:
        if not page.fonts and page.text.strip():
            yield Fault("the text has no font that can be named", page.number)
        for font in page.fonts:
            hint = "use fonts that travel with the theme, as OpenType or TrueType"
            name = font.name or "a font without a name"
            wrong = _font_fault(font.kind, font.is_embedded, font.is_subset)
            if wrong and name not in seen:
                seen.add(name)
                yield Fault(f"{name} {wrong}", page.number, hint=hint)


def _font_fault(kind: str, is_embedded: bool, is_subset: bool) -> str:
    if kind == "Type3":
        return "is a Type 3 font: programs in place of outlines, which print and read badly"
    if not is_embedded:
        return "is not in the file: another machine prints another font"
    return "" if is_subset else "is in the file as a whole, with glyphs that nothing uses"


def check_links(subject: Subject) -> Iterator[Fault]:
    """Links lead to addresses that may be opened, are well formed, lie on a text, and none is missing."""
    if subject.reading.scripts:
        yield Fault("the file runs JavaScript", hint="take it out of the theme")
    found: set[str] = set()
    for page in subject.reading.pages:
        for link in page.links:
            found.add(_same(link.url))
            if wrong := _link_fault(page, link):
                yield Fault(wrong, page.number, hint="http, https, mailto and tel are allowed")
    for url, place in subject.expected.urls:
        if _same(url) not in found:
            yield Fault(f"nothing in the PDF opens {url}", None, place, "print it as a link (href), not as text alone")


def _same(url: str) -> str:
    """Addresses that a browser takes for the same are equal: percent signs and a last slash do not count."""
    return unquote(url).rstrip("/")


def _link_fault(page: Page, link: PageLink) -> str:
    if link.kind == "goto":
        return ""
    if link.kind != "uri":
        return "a link starts a program or a script, or opens another file"
    if not is_allowed(link.url):
        return f"the link {link.url!r} is not allowed or not well formed"
    (left, right), (bottom, top) = sorted(link.box[::2]), sorted(link.box[1::2])
    paper = page.paper(left, bottom, right, top)
    if paper is None or not page.has_ink(left, bottom, right, top, paper):
        return f"the link to {link.url} lies on nothing"
    return ""


def is_allowed(url: str) -> bool:
    """Whether ``url`` has an allowed scheme and what such an address needs (RFC 3986, 6068 and 3966)."""
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
    """Title and author name the person, and the language is the document's."""
    name = subject.expected.name
    for what, value in (("title", subject.reading.title), ("author", subject.reading.author)):
        if squeeze(name.text) not in squeeze(value):
            message = f"the {what} in the metadata is {value!r}" if value else f"the metadata has no {what}"
            yield Fault(message, None, name.location, f"it names the person: {name.text}")
    wanted, language = subject.job.document.language, subject.reading.language
    if language.casefold() != wanted.casefold():
        message = f"the metadata says the language is {language!r}" if language else "the metadata has no language"
        yield Fault(message, hint=f"the document is in {wanted!r}: set lang on <html>, or pdflang")


def check_tags(subject: Subject) -> Iterator[Fault]:
    """A PDF that was made through HTML is tagged, so that a screen reader knows headings, lists and links."""
    if subject.is_html_made and not subject.mined.is_tagged:
        yield Fault("the PDF is not tagged", hint="render with cvgen, which asks WeasyPrint for tags")
