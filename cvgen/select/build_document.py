"""(Career, Variant) → Draft and Document: every section that the variant names, filled and in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cvgen.diagnostics import InputError, Location, Problem, Problems, did_you_mean, notice, suggest
from cvgen.model.basics import Basics
from cvgen.model.document import Document
from cvgen.model.draft import Draft
from cvgen.model.entry import list_positions
from cvgen.model.inline import RichText, rich
from cvgen.model.kinds import EDITED
from cvgen.model.ledger import Ledger, Reason
from cvgen.model.owner import find_spellings
from cvgen.model.printed import Contact, Section
from cvgen.model.publication import Credit, Role
from cvgen.model.refs import PAPERS, ProfilePath, Ref
from cvgen.model.sections import LIKE, OWN, SECTIONS, Shape, find_section
from cvgen.model.variant_settings import Order, SectionBody
from cvgen.select.asked_section import AskedSection
from cvgen.select.authors import AuthorLimit, mark_symbols
from cvgen.select.choose_entries import ChosenEntry, choose_entries
from cvgen.select.contacts import list_contacts
from cvgen.select.cut import cut_document, finish_sections, shorten_all
from cvgen.select.entry_items import WordingChoice, build_item
from cvgen.select.ledger_writer import LedgerWriter
from cvgen.select.notices import check_language, check_order, find_missing_wordings, find_unlisted
from cvgen.select.own_words import choose_words
from cvgen.select.papers_below import ALSO_OF_ENTRIES, PapersBelow, find_paper_settings, show_papers_below
from cvgen.select.parts import DraftWriter
from cvgen.select.people_links import PeopleLinks, check_people
from cvgen.select.publication_list import list_publications
from cvgen.select.relevance import RelevanceOrder
from cvgen.select.role_filter import filter_by_roles
from cvgen.select.roles import find_credit
from cvgen.select.text_form import AS_TYPED, TextForm
from cvgen.select.twins import drop_hidden, merge_twins
from cvgen.select.variant import ResolvedSection, ResolvedVariant
from cvgen.sources.career import Career

_OF_PUBLICATIONS = frozenset(
    {
        "group_by",
        "group_counts",
        "groups",
        "max_authors",
        "roles",
        "counts",
        "count_venues",
        "count_table",
        "only_counts",
        "numbered",
        "exclude",
        "pin",
        "legend",
    }
)
"""Settings of a section that only a publication list has."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a variant selects, and what the person should know about it.

    If the variant asks for short wordings, ``draft`` has only these. ``ledger`` says for every part of the profile
    whether it is in the draft, and if not, why.
    """

    draft: Draft
    ledger: Ledger
    problems: tuple[Problem, ...]

    @property
    def document(self) -> Document:
        """The Document that shows everything selected."""
        return self.draft.whole


def find_credits(career: Career) -> tuple[list[Credit], list[Problem]]:
    """The owner's part in every publication of ``career``."""
    owner = find_spellings(career.profile)
    merges = career.profile.bibliography.merge_twins
    publications, problems = drop_hidden(career.publications, merges=merges), list[Problem]()
    if merges:
        publications, problems = merge_twins(publications)
    credits: list[Credit] = []
    for publication in publications:
        credit, found = find_credit(publication, owner)
        if publication.is_parent and publication.kind in EDITED and not credit.is_found:
            continue  # proceedings that only lend their title to a paper in them
        credits.append(credit)
        problems += found
    return credits, problems


def select_document(
    career: Career,
    variant: ResolvedVariant,
    roles: frozenset[Role] = frozenset(),
    limits: Mapping[str, AuthorLimit] | None = None,
    form: TextForm = AS_TYPED,
    *,
    with_private: bool = True,
) -> Selection:
    """Choose and order what ``variant`` shows; ``roles`` narrows every publication list.

    ``limits`` has the limit of each citation style by its name; a style that is not in it has none. ``form`` is that
    of the theme's texts. Without ``with_private`` the contacts have no phone and no street.
    Raises InputError with all that is wrong in the variant.
    """
    profile = career.profile
    people = PeopleLinks(profile.bibliography.people, career.publications, find_spellings(profile))
    words = choose_words(career, variant, variant.language)
    choice = WordingChoice(variant.language, words, variant.tags, variant.exclude_tags, people.find_named, form)
    credits, problems = find_credits(career)
    credits = people.link(credits)
    problems += check_people(career, people)
    errors = Problems(problem for problem in problems if problem.is_error)
    filtered = filter_by_roles(credits, roles)
    chooser = _Chooser(career, variant, choice, list(filtered.kept), limits or {})
    chooser.drop({(PAPERS, key): reason for key, reason in filtered.dropped.items()})
    sections = chooser.build_all(errors)
    if errors.has_errors:
        raise InputError([*errors, *_list_doubts(career, problems)])
    contacts = list_contacts(variant.basics, choice.language, choice.words, with_private=with_private)
    whole = _assemble(variant.basics, choice, contacts, finish_sections(sections))
    draft, shortened = _make_draft(whole, DraftWriter(career, variant, choice, credits), short=variant.short)
    ledger = LedgerWriter(career, variant, choice, chooser.reasons).write(draft, shortened, credits)
    problems += [*filtered.problems, *chooser.problems, *find_unlisted(ledger, variant)]
    problems += [*check_language(career, variant), *check_order(career, variant), *find_missing_wordings(draft.whole)]
    return Selection(draft, ledger, tuple(problems))


def _list_doubts(career: Career, problems: Iterable[Problem]) -> list[Problem]:
    """The Problems that are no errors; none if the profile has errors, from which doubts about a paper may follow."""
    if any(problem.is_error for problem in career.problems):
        return []
    return [problem for problem in problems if not problem.is_error]


def _make_draft(whole: Document, writer: DraftWriter, *, short: bool) -> tuple[Draft, frozenset[Ref]]:
    """The draft of ``whole``, and the refs of its shortened parts; with ``short``, all that can be are shortened."""
    draft = writer.write(whole)
    if not short:
        return draft, frozenset()
    cut = shorten_all(draft)
    shortened = writer.write(cut_document(draft, cut))
    return Draft(shortened.whole, tuple(replace(part, has_short=False) for part in shortened.parts)), cut.shortened


def _assemble(
    basics: Basics, choice: WordingChoice, contacts: tuple[Contact, ...], sections: tuple[Section, ...]
) -> Document:
    name, native_name = choice.say_name(basics.name), choice.say_name(basics.native_name)
    return Document(
        language=choice.language,
        name=name,
        sections=sections,
        words=choice.words,
        native_name=native_name if str(native_name) != str(name) else RichText(),
        label=choice.say(basics.label),
        contacts=contacts,
        image=basics.image or "",
        direction=choice.words["direction"],
    )


class _Chooser:
    """Builds sections from one Career, with one WordingChoice, and records what it leaves out of them."""

    def __init__(
        self,
        career: Career,
        variant: ResolvedVariant,
        choice: WordingChoice,
        credits: list[Credit],
        limits: Mapping[str, AuthorLimit],
    ) -> None:
        self.variant, self.limits = variant, limits
        self.career, self.profile, self.choice, self.credits = career, career.profile, choice, credits
        self.relevance = RelevanceOrder(variant.priorities, variant.language, self.profile.synonym_groups)
        self.symbols = mark_symbols(self.profile.bibliography.marks)
        self.problems: list[Problem] = []
        self.reasons: dict[ProfilePath, list[Reason]] = {}
        """Path → why sections dropped what is there."""

    def drop(self, reasons: Mapping[ProfilePath, Reason]) -> None:
        """Record why a section does not have the parts at these paths."""
        for path, reason in reasons.items():
            self.reasons.setdefault(path, []).append(reason)

    def build_all(self, errors: Problems) -> list[Section]:
        """Every section that is not empty; what is wrong in the others is added to ``errors``."""
        sections: list[Section] = []
        for index, resolved in enumerate(self.variant.sections):
            with errors.collect():
                if section := self.build(resolved, (index,)):
                    sections.append(section)
        return sections

    def build(self, resolved: ResolvedSection, ref: Ref) -> Section | None:
        """The section; None if it would be empty, unless it is a list of publications, which may be empty."""
        spec, name = resolved.spec, resolved.spec.section
        self._check_settings(resolved)
        shape = SECTIONS.get(name, OWN).shape
        if shape is Shape.TEXT:
            text = self.choice.say(self.variant.basics.summary)
            return Section(name, self._title(spec), shape, text=text, ref=ref) if text else None
        if shape is Shape.PUBLICATIONS:
            return self._publications(resolved, ref)
        return self._entries(resolved, ref)

    def _check_settings(self, resolved: ResolvedSection) -> None:
        """Raise InputError for settings that have no effect in this section."""
        is_list = resolved.spec.section == PAPERS
        of_lists = _OF_PUBLICATIONS - (ALSO_OF_ENTRIES if self._points_at_papers(resolved) else set())
        idle = resolved.spec.model_fields_set & ({"with_", "order"} if is_list else of_lists)
        names = sorted({"with_": "with", "groups": "group_by"}.get(name, name) for name in idle)
        if names:
            kind = "a list of publications" if is_list else f"the section {resolved.spec.section!r}"
            hint = "delete it; it is for sections of entries" if is_list else "delete it; it is for publications"
            raise InputError(
                [Problem(f"{name!r} has no effect in {kind}", self._place(resolved, name), hint) for name in names]
            )

    def _points_at_papers(self, resolved: ResolvedSection) -> bool:
        names = (resolved.spec.section, *resolved.spec.with_)
        entries = (entry for name in names for entry in self.profile.entries(name))
        return any(one.publications for entry in entries for one in (entry, *list_positions(entry)))

    def _title(self, spec: SectionBody) -> RichText:
        if spec.title:
            return self.choice.say(spec.title)
        if custom := self.profile.sections.get(spec.section):
            return self.choice.say(custom.title)
        return rich(self.choice.words[spec.section])

    def _place(self, resolved: ResolvedSection, *path: str | int) -> Location:
        return self.career.places.value((*resolved.path, *path))

    def _publications(self, resolved: ResolvedSection, ref: Ref) -> Section:
        spec, title = resolved.spec, self._title(resolved.spec)
        asked = AskedSection(resolved, str(title), ref, self.career)
        limit = self.limits.get(spec.style or "", AuthorLimit())
        listed = list_publications(self.credits, asked, self.choice, self.symbols, limit, self.career.keys)
        self.drop({(PAPERS, key): reason for key, reason in listed.dropped.items()})
        self.problems += listed.problems
        if not listed.groups and spec.where and self.credits:
            message = f"no paper matches the query {spec.where!r}, so the list is left out"
            place = asked.place("where")
            self.problems.append(notice(message, place, f"see: cvgen publications {place.file}"))
        return Section(
            spec.section,
            title,
            Shape.PUBLICATIONS,
            spec.style or "",
            groups=listed.groups,
            counts=listed.counts,
            table=listed.table,
            only_counts=spec.only_counts,
            legend=listed.legend,
            numbering="" if spec.numbered.count == "false" else spec.numbered.count,
            number_prefix=spec.numbered.prefix,
            group_counts=spec.group_counts,
            ref=ref,
        )

    def _entries(self, resolved: ResolvedSection, ref: Ref) -> Section | None:
        spec = resolved.spec
        named = [(spec.section, resolved.path)]
        named += [(name, (*resolved.path, "with", index)) for index, name in enumerate(spec.with_)]
        if not all(self._has_section(name, path) for name, path in named):
            return None
        title = self._title(spec)
        merged = [
            (self.profile.path_of(name, index), entry)
            for name in (spec.section, *spec.with_)
            for index, entry in enumerate(self.profile.entries(name))
        ]
        chosen = choose_entries(merged, AskedSection(resolved, str(title), ref, self.career), self.choice)
        self.drop(chosen.dropped)
        below = self._papers_below(chosen.entries, spec, ref)
        items = tuple(
            below.add_to(build_item(one.entry, self.choice, (*ref, *one.path), one.positions)) for one in chosen.entries
        )
        custom = self.profile.sections.get(spec.section)
        text = self.choice.say(custom.text) if custom else RichText()
        bullets = self.choice.bullets(custom.highlights, (*ref, "sections", spec.section)) if custom else ()
        if not (items or text or bullets):
            return None
        shape = LIKE[custom.like if custom else spec.section].shape if items else Shape.TEXT
        section = Section(spec.section, title, shape, below.style, text, bullets, items, legend=below.legend, ref=ref)
        order = spec.order or self.variant.order
        return self.relevance.order_section(section) if order is Order.RELEVANCE else section

    def _papers_below(self, chosen: Iterable[ChosenEntry], own: SectionBody, ref: Ref) -> PapersBelow:
        """The papers that the ``chosen`` entries point at; records why some of them are left out."""
        spec = find_paper_settings(own, self.variant.sections)
        limit = self.limits.get(spec.style or "", AuthorLimit())
        pointers = [pointer for one in chosen for pointer in one.list_pointers()]
        below = show_papers_below(pointers, self.credits, spec, self.choice, self.symbols, limit, ref)
        self.drop(below.dropped)
        return below

    def _has_section(self, name: str, path: ProfilePath) -> bool:
        """Whether the section ``name`` can be used: False if it has errors, which are already reported."""
        known = {*SECTIONS, *self.profile.sections}
        if name in known:
            return True
        if self.career.places.has_key(("sections", name)):
            return False
        place = self.career.places.value(path)
        alias = find_section(name)
        hint = did_you_mean(alias) if alias else suggest(name, known)
        raise InputError([Problem(f"there is no section {name!r}", place, hint)])
