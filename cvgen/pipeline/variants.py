"""Lists the variants of a profile as the rows that ``cvgen variants`` prints."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from cvgen.backends.backend import SourceWriter
from cvgen.backends.engines import DEFAULT_ENGINE, list_printing
from cvgen.diagnostics import Problems
from cvgen.model.basics import Basics
from cvgen.model.inline import Text
from cvgen.model.part import PartKind
from cvgen.pipeline.batch import list_variants, read_whole
from cvgen.pipeline.file_names import name_output
from cvgen.pipeline.prepare import Prepared, prepare_career
from cvgen.pipeline.request import Request
from cvgen.select.contacts import list_contacts
from cvgen.select.language import load_words
from cvgen.select.variant import ResolvedVariant, resolve_variant
from cvgen.sources.career import Career
from cvgen.sources.files_read import FilesRead
from cvgen.themes.theme import find_theme


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One variant with every setting decided, and how much it selects before any budget of pages.

    ``is_default`` is true for the variant that is rendered if none is named; ``tags`` is None if all are shown;
    ``basics`` are the fields that it changes, in words; None for one that it removes. ``sections`` are the titles as
    printed. A part that is in several sections counts once.
    """

    name: str
    is_default: bool
    extends: str | None
    theme: str
    language: str
    pages: int | None
    tags: tuple[str, ...] | None
    exclude_tags: tuple[str, ...]
    short: bool
    priorities: dict[str, int]
    basics: dict[str, str | None]
    sections: tuple[str, ...]
    entries: int
    positions: int
    """The positions inside entries that list several."""
    bullets: int
    papers: int
    file: str

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class VariantList:
    """All rows in the profile's order; ``is_written`` is false for the default row of a profile without variants."""

    rows: tuple[VariantRow, ...]
    is_written: bool


def describe_variants(profile: Path, backend: SourceWriter, *, untrusted: bool = False) -> VariantList:
    """Every variant of ``profile``; ``backend`` finds installed fonts, and renders nothing.

    Raises InputError with all that is wrong in the profile, and in all variants together.
    """
    career = read_whole(profile, untrusted=untrusted)
    problems = Problems()
    rows: list[VariantRow] = []
    for name in list_variants(career):
        with problems.collect():
            rows.append(_describe(_prepare(profile, career, name, backend)))
    problems.stop_if_errors()
    return VariantList(tuple(rows), bool(career.profile.variants))


def _say_field(name: str, variant: ResolvedVariant) -> str | None:
    """A field of ``basics`` in words, in the language of ``variant``; None if it is empty."""
    value = getattr(variant.basics, name)
    if isinstance(value, Text):
        text = str(value.wording(variant.language))
    elif isinstance(value, str):
        text = value
    else:  # contacts, which are printed in a form of their own
        alone = Basics(name=variant.basics.name).model_copy(update={name: value})
        contacts = list_contacts(alone, variant.language, load_words(variant.language))
        text = ", ".join(contact.text for contact in contacts)
    return " ".join(text.split()) or None


def _prepare(profile: Path, career: Career, name: str, backend: SourceWriter) -> Prepared:
    """The variant ``name`` for an engine that its theme is made for."""
    asked = name if career.profile.variants else None
    variant = resolve_variant(career, asked)
    files = FilesRead(within=career.within)
    theme = find_theme(variant.theme, [career.folder / "themes"], career.places.value(variant.theme_path), files)
    engine = next(iter(list_printing(theme.backends)), DEFAULT_ENGINE)
    return prepare_career(Request(profile, asked, engine=engine), career, backend)


def _describe(prepared: Prepared) -> VariantRow:
    variant, career, document = prepared.variant, prepared.career, prepared.selection.document
    written = career.profile.variants.get(variant.name)
    counts = Counter(kind for kind, _ in {(d.part.kind, d.part.path) for d in prepared.selection.ledger.shown})
    return VariantRow(
        name=variant.name,
        is_default=variant.name == resolve_variant(career, None).name,
        extends=written.extends if written else None,
        theme=prepared.theme.name,
        language=variant.language,
        pages=variant.pages,
        tags=None if variant.tags is None else tuple(sorted(variant.tags)),
        exclude_tags=tuple(sorted(variant.exclude_tags)),
        short=variant.short,
        priorities=variant.priorities,
        basics={name: _say_field(name, variant) for name in variant.basics_paths},
        sections=tuple(str(section.title) for section in document.sections),
        entries=counts[PartKind.ENTRY],
        positions=counts[PartKind.POSITION],
        bullets=counts[PartKind.BULLET],
        papers=counts[PartKind.PAPER],
        file=str(name_output(prepared)),
    )
