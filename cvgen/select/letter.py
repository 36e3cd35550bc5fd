"""(Career, ResolvedVariant, name of a letter) → the Document of the letter, by the customs of its language; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cvgen.diagnostics import InputError, Problem, notice, suggest, warn
from cvgen.model.bullet import Bullet
from cvgen.model.dates import PartialDate
from cvgen.model.document import Document
from cvgen.model.draft import Draft
from cvgen.model.inline import Break, Inline, RichText, Text, rich
from cvgen.model.ledger import Ledger
from cvgen.model.letter_layout import LetterLayout, LetterPart
from cvgen.model.letters import STARTER_BODY, Letter, Recipient, Signature
from cvgen.model.printed import Section
from cvgen.model.profile import Profile
from cvgen.model.refs import Ref
from cvgen.model.sections import Shape
from cvgen.select.build_document import Selection
from cvgen.select.contacts import list_contacts
from cvgen.select.entry_items import WordingChoice, join_rich
from cvgen.select.language import format_long_date
from cvgen.select.letter_customs import LetterCustoms, find_customs
from cvgen.select.notices import find_missing_wordings
from cvgen.select.own_words import choose_words
from cvgen.select.text_form import AS_TYPED, TextForm
from cvgen.select.variant import ResolvedVariant, resolve_variant
from cvgen.sources.career import Career
from cvgen.sources.yaml.places import Places

LETTERS = "letters"
"""The key of letters in a profile, and the first item of the paths of their parts."""


def find_letter(career: Career, name: str) -> Letter:
    """The letter ``name`` of the profile; raises InputError with what it may be meant to be."""
    letters = career.profile.letters
    if name in letters:
        return letters[name]
    if letters:
        place, hint = career.places.key((LETTERS,)), suggest(name, letters)
    else:
        place, hint = career.places.value(()), f"add letters: {{{name}: {{…}}}}; see docs/letters.md"
    raise InputError([Problem(f"there is no letter {name!r} in the profile", place, hint)])


def list_letters(career: Career, variant: str) -> list[str]:
    """The names of the letters that go with ``variant``; one that names no variant goes with the default one."""
    letters = career.profile.letters
    default = resolve_variant(career, None).name if letters else ""
    return [name for name, letter in letters.items() if (letter.variant or default) == variant]


def select_letter(
    career: Career,
    variant: ResolvedVariant,
    name: str,
    today: PartialDate | None = None,
    form: TextForm = AS_TYPED,
    *,
    with_private: bool = True,
) -> Selection:
    """The letter ``name``, whose head has the name and the contacts that ``variant`` shows.

    ``today`` is the date of a letter that has none. Raises InputError for an unknown name.
    """
    letter = find_letter(career, name)
    language = letter.language or variant.language
    customs = find_customs(language, choose_words(career, variant, language))
    choice = WordingChoice(language, customs.words, form=form)
    basics = variant.basics.model_copy(update={"location": letter.address} if letter.address else {})
    writer = _LetterWriter(name, letter, career.profile, choice, customs, letter.date or today)
    person, native = choice.say_name(basics.name), choice.say_name(basics.native_name)
    document = Document(
        language=language,
        name=person,
        sections=tuple(writer.write_sections(person)),
        words=customs.words,
        native_name=native if str(native) != str(person) else RichText(),
        label=choice.say(basics.label),
        contacts=list_contacts(basics, language, customs.words, with_private=with_private),
        image=basics.image or "",
        direction=customs.words["direction"],
        letter=LetterLayout(customs.sides, customs.has_window, customs.indent, _find_picture(letter.signature)),
    )
    problems = (*_find_unfinished(writer, career.places), *find_missing_wordings(document))
    return Selection(Draft(document, tuple(document.walk())), Ledger(), problems)


def _find_picture(signature: Signature | None) -> str:
    return signature.image or "" if signature else ""


def _find_unfinished(writer: _LetterWriter, places: Places) -> Iterator[Problem]:
    """A notice if the letter has no date, and a warning if its text is the one that it was started with."""
    if not writer.date:
        hint = "write date: 2026-05-03, or give --date today"
        yield notice(f"the letter {writer.name!r} has no date", places.key((LETTERS, writer.name)), hint)
    body = writer.choice.say(writer.letter.body)
    if str(body).strip() == STARTER_BODY:
        message = f"the letter {writer.name!r} still has the text that it was started with"
        yield warn(message, body.location, "write your own text")


@dataclass(frozen=True, slots=True)
class _LetterWriter:
    """Writes the parts of one letter as sections."""

    name: str
    letter: Letter
    profile: Profile
    choice: WordingChoice
    customs: LetterCustoms
    date: PartialDate | None

    def write_sections(self, person: RichText) -> Iterator[Section]:
        """Each part that has a text, in the order of the language; ``person`` is the writer's name."""
        texts = {
            LetterPart.RECIPIENT: self._recipient(self.letter.recipient or Recipient()),
            LetterPart.DATE: self._date(),
            LetterPart.SUBJECT: self._subject(),
            LetterPart.SALUTATION: self._salutation(),
            LetterPart.BODY: self.choice.say(self.letter.body),
            LetterPart.CLOSING: self._closing(),
            LetterPart.SIGNATURE: self._signature(person),
        }
        for number, part in enumerate(self.customs.parts):
            ref: Ref = (number, LETTERS, self.name, part.value)
            if part is LetterPart.ENCLOSURES:
                if self.letter.enclosures:
                    yield self._enclosures(ref)
            elif texts[part]:
                yield Section(part.value, RichText(), Shape.TEXT, text=texts[part], ref=ref)

    def _recipient(self, recipient: Recipient) -> RichText:
        """The lines of the address, in the order of the language and with its form of address after a name."""
        words = self.customs.words
        name, organization = self._name(recipient.name), self._name(recipient.organization)
        if name:
            name = _fill_in(words["letter_addressee"], name)
        else:
            organization = _fill_in(words["letter_addressee_organization"], organization)
        lines = {
            "name": [name],
            "role": [self.choice.say(recipient.role)],
            "organization": [organization],
            "address": [self.choice.say_name(line) for line in recipient.address],
        }
        return join_lines(line for field in self.customs.recipient for line in lines[field])

    def _date(self) -> RichText:
        if self.date is None:
            return RichText()
        shown = format_long_date(self.date, self.choice.language, self.choice.words)
        place = str(self._place())
        return rich(self.customs.words["letter_date"].format(place=place, date=shown) if place else shown)

    def _place(self) -> RichText:
        """The place before the date: as given, else the town of the writer's address if the language names it."""
        if self.letter.place:
            return self.choice.say_name(self.letter.place)
        location = self.letter.address or self.profile.basics.location
        if not (self.customs.names_place and location):
            return RichText()
        return self.choice.say_name(location.city)

    def _subject(self) -> RichText:
        subject = self.choice.say(self.letter.subject)
        if not (subject and self.customs.names_subject):
            return subject
        words = self.customs.words
        return join_rich((rich(words["letter_subject"]), subject), words["colon"])

    def _salutation(self) -> RichText:
        if self.letter.salutation:
            return self.choice.say(self.letter.salutation)
        name = self._name(self.letter.recipient.name) if self.letter.recipient else RichText()
        words = self.customs.words
        return _fill_in(words["letter_salutation"], name) if name else rich(words["letter_salutation_unnamed"])

    def _closing(self) -> RichText:
        if self.letter.closing:
            return self.choice.say(self.letter.closing)
        is_named = self.letter.salutation or (self.letter.recipient and self.letter.recipient.name)
        typed = self.customs.words["letter_closing" if is_named else "letter_closing_unnamed"]
        return join_lines(map(rich, typed.splitlines()))

    def _signature(self, person: RichText) -> RichText:
        given = self.letter.signature
        if given and given.text:
            return self.choice.say(given.text)
        return _fill_in(self.customs.words["letter_signature"], person)

    def _enclosures(self, ref: Ref) -> Section:
        bullets = tuple(
            Bullet(self.choice.say(text), ref=(*ref, number)) for number, text in enumerate(self.letter.enclosures)
        )
        title = rich(self.customs.words["letter_enclosures" if len(bullets) > 1 else "letter_enclosure"])
        return Section(LetterPart.ENCLOSURES.value, title, Shape.TEXT, bullets=bullets, ref=ref)

    def _name(self, text: Text | None) -> RichText:
        return self.choice.say_name(text)


def _fill_in(pattern: str, name: RichText) -> RichText:
    """``name`` with the words of ``pattern`` around it, unless they are there already; empty if there is no name.

    A pattern without a place for the name is all that is said: no French salutation fits everyone with a name.
    """
    before, is_named, after = pattern.partition("{name}")
    if not (name and is_named):
        return rich(pattern) if name else name
    typed = str(name)
    parts = (
        rich(before if not typed.startswith(before.strip() or "\0") else ""),
        name,
        rich(after if not typed.endswith(after.strip() or "\0") else ""),
    )
    return join_rich(parts, "")


def join_lines(lines: Iterable[RichText]) -> RichText:
    """``lines`` as one text with a line break between them; empty lines are left out."""
    nodes: list[Inline] = []
    location, language = None, ""
    for line in lines:
        if not line:
            continue
        nodes += [*((Break(),) if nodes else ()), *line.nodes]
        location = location or line.location
        language = language or line.language
    return RichText(tuple(nodes), location, language)
