"""Checks of metadata and tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cvgen.examine.comparable_text import squeeze
from cvgen.examine.finding import Fault
from cvgen.examine.subject import Subject
from cvgen.model.part import PartKind


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
        yield Fault(message, hint=f"the document is in {wanted!r}: set pdflang in LaTeX")


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
    sections, bullets = sum(section.has_title for section in subject.expected.sections), parts[PartKind.BULLET]
    headings = sum(tags[f"H{level}"] for level in range(2, 7))
    if headings < sections:
        message = f"{sections} sections have only {headings} headings for a screen reader"
        yield Fault(message, hint="use h2 for section titles, not div")
    if tags["LI"] < bullets:
        message = f"{bullets} bullets are only {tags['LI']} list items for a screen reader"
        yield Fault(message, hint="use ul and li for bullets")
