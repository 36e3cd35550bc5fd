"""(Career, Variant) → Document: every section that the variant names, filled and in order."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.diagnostics import InputError, Location, Problem, Problems, notice, suggest, warn
from cvgen.model.document import Document, Ref, Section, find_texts
from cvgen.model.entries import Entry
from cvgen.model.inline import RichText, rich
from cvgen.model.kinds import EDITED
from cvgen.model.profile import Profile, SectionBody
from cvgen.model.publication import Credit, Role
from cvgen.model.sections import LIKE, OWN, SECTIONS, Shape
from cvgen.select.authors import mark_symbols
from cvgen.select.contacts import list_contacts
from cvgen.select.cut import Cut, cut_document, drop_empty, shorten_all
from cvgen.select.entry_items import Voice, build_item, describe_entry
from cvgen.select.language import RIGHT_TO_LEFT, known_languages, load_words, suggest_language
from cvgen.select.owner import find_spellings
from cvgen.select.publication_list import PAPERS, filter_by_roles, list_publications
from cvgen.select.query import ENTRY_NAMES, compile_query
from cvgen.select.roles import find_credit
from cvgen.select.twins import merge_twins
from cvgen.select.variant import ResolvedSection, ResolvedVariant
from cvgen.sources.career import Career

_OF_PUBLICATIONS = frozenset(
    {"group_by", "groups", "max_authors", "roles", "counts", "count_venues", "numbered", "exclude", "pin", "legend"}
)
"""Settings of a section that only a publication list has."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The Document, and what its reader should be told about it.

    ``draft`` is the same before any cut, with both wordings where there are two; ``credits`` are all papers.
    """

    document: Document
    draft: Document
    credits: tuple[Credit, ...]
    problems: tuple[Problem, ...]


def find_credits(career: Career) -> tuple[list[Credit], list[Problem]]:
    """The owner's part in every publication of ``career``."""
    owner = find_spellings(career.profile)
    publications, problems = list(career.publications), list[Problem]()
    if career.profile.bibliography.merge_twins:
        publications, problems = merge_twins(publications)
    credits: list[Credit] = []
    for publication in publications:
        credit, found = find_credit(publication, owner)
        if publication.is_parent and publication.kind in EDITED and not credit.is_found:
            continue  # proceedings that only lend their title to a paper in them
        credits.append(credit)
        problems += found
    return credits, problems


def select_document(career: Career, variant: ResolvedVariant, roles: frozenset[Role] = frozenset()) -> Selection:
    """Choose and order what ``variant`` shows; ``roles`` narrows every publication list.

    Raises InputError with all that is wrong in the variant.
    """
    profile = career.profile
    voice = Voice(variant.language, load_words(variant.language), variant.tags, variant.exclude_tags)
    credits, problems = find_credits(career)
    errors = Problems(problem for problem in problems if problem.is_error)
    listed, told = filter_by_roles(credits, roles)
    chooser = _Chooser(career, voice, listed)
    sections: list[Section] = []
    for index, resolved in enumerate(variant.sections):
        with errors.collect():
            if section := chooser.build(resolved, (index,)):
                sections.append(section)
    if errors.has_errors:
        # What is doubtful about a paper may only follow from what is wrong in the file.
        is_read = not any(problem.is_error for problem in career.problems)
        raise InputError([*errors, *(problem for problem in problems if is_read and not problem.is_error)])
    draft = _assemble(profile, voice, drop_empty(sections))
    document = cut_document(draft, shorten_all(draft) if variant.short else Cut())
    hidden = _unlisted(listed, chooser.shown, variant)
    return Selection(
        document,
        draft,
        tuple(credits),
        (
            *problems,
            *told,
            *chooser.problems,
            *hidden,
            *_language_problems(career, variant),
            *_missing_wordings(document),
        ),
    )


def _assemble(profile: Profile, voice: Voice, sections: tuple[Section, ...]) -> Document:
    basics = profile.basics
    name, native_name = voice.say(basics.name), voice.say(basics.native_name)
    return Document(
        language=voice.language,
        name=name,
        sections=sections,
        words=voice.words,
        native_name=native_name if str(native_name) != str(name) else RichText(),
        label=voice.say(basics.label),
        contacts=list_contacts(basics, voice.language),
        image=basics.image or "",
        direction="rtl" if voice.language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
    )


def _unlisted(credits: list[Credit], shown: set[str], variant: ResolvedVariant) -> list[Problem]:
    """A notice of the papers that stand in none of a variant's lists, where it has lists."""
    hidden = [credit.publication.key for credit in credits if credit.publication.key not in shown]
    has_lists = any(resolved.spec.section == PAPERS for resolved in variant.sections)
    if not hidden or not has_lists:
        return []
    named = ", ".join(hidden[:5]) + (" …" if len(hidden) > 5 else "")
    return [notice(f"{len(hidden)} of {len(credits)} papers are in no list of the variant {variant.name!r}: {named}")]


def _language_problems(career: Career, variant: ResolvedVariant) -> list[Problem]:
    if variant.language.split("-")[0] in {name.split("-")[0] for name in known_languages()}:
        return []
    message = f"the fixed words are not known in {variant.language!r}; English ones are printed"
    path = variant.language_path or ("language",)
    hint = suggest_language(variant.language)
    return [warn(message, career.places.value(path), hint)]


_TOLD_ONE_BY_ONE = 5


def _missing_wordings(document: Document) -> list[Problem]:
    """A warning for each text shown in another language, and from the sixth on one for all."""
    missing = [text for text in dict.fromkeys(find_texts(document)) if text.language]
    language = document.language
    problems = [
        warn(
            f"not written in {language!r}; printed in {text.language!r}: {str(text)[:40]!r}",
            text.location,
            f"add it: {{{text.language}: …, {language}: …}}",
        )
        for text in missing[:_TOLD_ONE_BY_ONE]
    ]
    rest = missing[_TOLD_ONE_BY_ONE:]
    if rest:
        lines = ", ".join(dict.fromkeys(str(text.location.line) for text in rest if text.location))
        problems.append(warn(f"{len(rest)} more texts are not written in {language!r}: lines {lines}"))
    return problems


class _Chooser:
    """Builds sections from one Career in one Voice."""

    def __init__(self, career: Career, voice: Voice, credits: list[Credit]) -> None:
        self.career, self.profile, self.voice, self.credits = career, career.profile, voice, credits
        self.symbols = mark_symbols(self.profile.bibliography.marks)
        self.problems: list[Problem] = []
        self.shown: set[str] = set()

    def build(self, resolved: ResolvedSection, ref: Ref) -> Section | None:
        """The section; None, or a list without papers, where it would be empty."""
        spec, name = resolved.spec, resolved.spec.section
        self._check_settings(resolved)
        shape = SECTIONS.get(name, OWN).shape
        if shape is Shape.TEXT:
            text = self.voice.say(self.profile.basics.summary)
            return Section(name, self._title(spec), shape, text=text, ref=ref) if text else None
        if shape is Shape.PUBLICATIONS:
            return self._publications(resolved, ref)
        return self._entries(resolved, ref)

    def _check_settings(self, resolved: ResolvedSection) -> None:
        """Refuse settings that mean nothing for this section: whoever wrote them expects something of them."""
        is_list = resolved.spec.section == PAPERS
        idle = resolved.spec.model_fields_set & ({"with_"} if is_list else _OF_PUBLICATIONS)
        names = sorted({"with_": "with", "groups": "group_by"}.get(name, name) for name in idle)
        if names:
            kind = "publications" if is_list else f"the section {resolved.spec.section!r}"
            hint = "delete it; it is for sections of entries" if is_list else "delete it; it is for publications"
            raise InputError(
                [Problem(f"{name!r} means nothing for {kind}", self._place(resolved, name), hint) for name in names]
            )

    def _title(self, spec: SectionBody) -> RichText:
        if spec.title:
            return self.voice.say(spec.title)
        if custom := self.profile.sections.get(spec.section):
            return self.voice.say(custom.title)
        return rich(self.voice.words[spec.section])

    def _place(self, resolved: ResolvedSection, *path: str | int) -> Location:
        return self.career.places.value((*resolved.path, *path))

    def _publications(self, resolved: ResolvedSection, ref: Ref) -> Section:
        spec = resolved.spec
        listed = list_publications(
            self.credits,
            spec,
            lambda *path: self._place(resolved, *path),
            self.voice,
            self.symbols,
            self.career.keys,
            ref,
        )
        self.shown.update(listed.keys)
        self.problems += listed.problems
        if not listed.groups and spec.where and self.credits:
            told = f"no paper answers the query {spec.where!r}, so the list is left out"
            self.problems.append(notice(told, self._place(resolved, "where"), "see: cvgen publications PROFILE"))
        return Section(
            spec.section,
            self._title(spec),
            Shape.PUBLICATIONS,
            spec.style or "",
            groups=listed.groups,
            counts=listed.counts,
            legend=listed.legend,
            numbering="" if spec.numbered == "false" else spec.numbered,
            ref=ref,
        )

    def _entries(self, resolved: ResolvedSection, ref: Ref) -> Section | None:
        spec = resolved.spec
        named = [(spec.section, resolved.path)]
        named += [(name, (*resolved.path, "with", index)) for index, name in enumerate(spec.with_)]
        if not all(self._has_section(name, path) for name, path in named):
            return None
        merged = [
            (self.profile.path_of(name, index), entry)
            for name in (spec.section, *spec.with_)
            for index, entry in enumerate(self.profile.entries(name))
        ]
        chosen = self._choose([entry for _, entry in merged], resolved)
        paths = {id(entry): path for path, entry in merged}
        items = tuple(build_item(entry, self.voice, (*ref, *paths[id(entry)])) for entry in chosen)
        custom = self.profile.sections.get(spec.section)
        text = self.voice.say(custom.text) if custom else RichText()
        bullets = self.voice.bullets(custom.highlights, (*ref, "sections", spec.section)) if custom else ()
        if not (items or text or bullets):
            return None
        shape = LIKE[custom.like if custom else spec.section].shape if items else Shape.TEXT
        return Section(spec.section, self._title(spec), shape, spec.style or "", text, bullets, items, ref=ref)

    def _has_section(self, name: str, path: tuple[str | int, ...]) -> bool:
        """Whether the section ``name`` can be used: False where it has errors, which are reported already."""
        known = {*SECTIONS, *self.profile.sections}
        if name in known:
            return True
        if self.career.places.real(("sections", name)) == ("sections", name):
            return False
        place = self.career.places.value(path)
        raise InputError([Problem(f"there is no section {name!r}", place, suggest(name, known))])

    def _choose(self, entries: list[Entry], resolved: ResolvedSection) -> list[Entry]:
        spec = resolved.spec
        chosen = [entry for entry in entries if self.voice.shows(entry)]
        if spec.tags:
            chosen = [entry for entry in chosen if set(entry.tags) & set(spec.tags)]
        if spec.exclude_tags:
            chosen = [entry for entry in chosen if not set(entry.tags) & set(spec.exclude_tags)]
        if spec.where:
            query = compile_query(spec.where, ENTRY_NAMES, self._place(resolved, "where"))
            chosen = [entry for entry in chosen if query(describe_entry(entry))]
        chosen = self._sort(chosen, resolved)
        if spec.limit is None:
            return chosen
        best = sorted(chosen, key=lambda entry: (not entry.pin, -entry.priority))[: spec.limit]
        return [entry for entry in chosen if any(entry is one for one in best)]

    def _sort(self, entries: list[Entry], resolved: ResolvedSection) -> list[Entry]:
        spec = resolved.spec
        order = spec.sort or ("newest" if spec.with_ else "file")
        if order not in ("newest", "oldest", "file"):
            place, hint = self._place(resolved, "sort"), suggest(order, ["newest", "oldest", "file"])
            raise InputError([Problem(f"entries cannot be sorted by {order!r}", place, hint)])
        if order == "file":
            return entries
        return sorted(entries, key=_date_key, reverse=order == "newest")


def _date_key(entry: Entry) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    return entry.dates.sort_key if entry.dates else ((0, 0, 0), (0, 0, 0))
