"""One document: its content in order, in one language and without markup. It is all that a theme sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cvgen.model.inline import RichText
from cvgen.model.letter_layout import LetterLayout
from cvgen.model.part import Part, walk_section
from cvgen.model.printed import Contact, Section


@dataclass(frozen=True, slots=True)
class Document:
    """A complete document in one ``language``, with one wording of each text.

    ``words`` are the theme's fixed words in that language.
    """

    language: str
    """The code of its language, such as ``en`` or ``pt-BR``."""
    name: RichText
    """The person's name."""
    sections: tuple[Section, ...]
    """All sections, in the order in which they are printed."""
    words: Mapping[str, str]
    """The fixed words of its language by their names, such as ``present``."""
    native_name: RichText = field(default_factory=RichText)
    """The name in its own script; empty if there is none."""
    label: RichText = field(default_factory=RichText)
    """The line below the name, such as a profession."""
    contacts: tuple[Contact, ...] = ()
    """The contacts of the head, in order."""
    image: str = ""
    """The photo's path as written in the profile; empty when there is none."""
    direction: str = "ltr"
    """``ltr``, or ``rtl`` for Arabic and Hebrew."""
    letter: LetterLayout | None = None
    """For a letter: where its parts are. Each is a section without a title, named by ``LetterPart``; only that of the
    enclosures has a title."""

    @property
    def pictures(self) -> tuple[str, ...]:
        """The files of the photo, the logos and the signature as written in the profile."""
        logos = (item.logo for section in self.sections for item in section.items)
        signature = self.letter.signature if self.letter else ""
        return tuple(dict.fromkeys(name for name in (self.image, *logos, signature) if name))

    @property
    def contact_kinds(self) -> frozenset[str]:
        """The kinds of all contacts, such as ``email`` or the name of a network."""
        of_entries = (contact for section in self.sections for item in section.items for contact in item.contacts)
        return frozenset(contact.kind for contact in (*self.contacts, *of_entries))

    def walk(self) -> Iterator[Part]:
        """All parts, from sections to bullets, in the order of the document, each before those inside it."""
        for section in self.sections:
            yield from walk_section(section)
