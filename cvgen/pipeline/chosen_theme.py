"""Chooses the theme of a render, with its options, and finds what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cvgen.backends.backend import SourceWriter
from cvgen.backends.engines import find_engine, has_pages, list_engines
from cvgen.diagnostics import InputError, Location, Problem, suggest
from cvgen.pipeline.citation_styles import add_styles
from cvgen.pipeline.font_problems import find_broken_fonts, find_unknown_fonts, list_font_files
from cvgen.pipeline.request import Request
from cvgen.pipeline.theme_options import list_given, place_given
from cvgen.select.authors import AuthorLimit
from cvgen.select.text_form import AS_TYPED, TextForm
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career
from cvgen.sources.files_read import FilesRead
from cvgen.themes.contract import APOSTROPHES, INLINE_STYLES, LINKS, PRIVATE_CONTACTS
from cvgen.themes.icons import list_icons
from cvgen.themes.manifest import MANIFEST
from cvgen.themes.options import OptionValue
from cvgen.themes.tex_files import LATEX, list_tex_files
from cvgen.themes.theme import OptionPlace, Theme, find_theme, list_own_folders, read_options
from cvgen.themes.unused_templates import find_unused_templates


@dataclass(frozen=True, slots=True)
class TextLook:
    """What a theme decides of the text: the limit of authors of each style, signs and links, and private contacts."""

    limits: Mapping[str, AuthorLimit] = field(default_factory=dict)
    form: TextForm = AS_TYPED
    with_private: bool = True


@dataclass(frozen=True, slots=True)
class ChosenTheme:
    """A theme with its options, ``given`` as typed, and the problems that do not stop the choice."""

    theme: Theme
    options: Mapping[str, OptionValue]
    given: Mapping[str, str]
    text_look: TextLook
    problems: tuple[Problem, ...]


def choose_theme(
    request: Request, career: Career, variant: ResolvedVariant, backend: SourceWriter, files: FilesRead
) -> ChosenTheme:
    """The theme that is asked for, with the options of all sources; its files are recorded in ``files``.

    Raises InputError for an unknown theme, one without the engine's backend, and invalid options.
    """
    theme = _find_theme(request, career, variant, files)
    theme, found = add_styles(theme, variant, career, files)
    letter = career.profile.letters.get(request.letter) if request.letter else None
    given = list_given(request.options, request.theme, variant, theme, letter)
    places = place_given(given, request.options, career, variant, request.letter)
    try:
        options = read_options(theme, given, places)
    except InputError as error:
        raise InputError([*found, *error.problems]) from None
    if not has_pages(request.format):
        options |= find_engine(request.engine).fixed_options
    in_latex = find_engine(request.engine).backend == LATEX
    files.add_files(list_font_files(options))
    if in_latex:
        files.add_files(list_tex_files(theme).values())
    problems = (
        *found,
        *find_unused_templates(theme),
        *([] if in_latex else _find_unclosed(theme)),
        *find_unknown_fonts(options, _place_fonts(theme, given, places), backend),
        *find_broken_fonts(options, in_latex=in_latex),
        *_icon_problems(theme, variant, career),
    )
    return ChosenTheme(theme, options, given, _find_text_look(theme, options, is_public=request.is_public), problems)


def _place_fonts(theme: Theme, given: Mapping[str, str], places: Mapping[str, OptionPlace]) -> dict[str, Location]:
    """Where each option that is a font is set: in the profile, else in a manifest; not on the command line."""
    defaults = {name: place for name, place in theme.font_places.items() if name not in given}
    return defaults | {name: place for name, (_, place) in places.items()}


def _find_unclosed(theme: Theme) -> list[Problem]:
    if not list_own_folders(theme):
        return []
    from cvgen.themes.style_faults import find_style_faults
    from cvgen.themes.unclosed_elements import find_unclosed_elements  # loads a parser that no other theme needs

    return [*find_unclosed_elements(theme), *find_style_faults(theme)]


def _find_text_look(theme: Theme, options: Mapping[str, OptionValue], *, is_public: bool) -> TextLook:
    limits = {
        name: AuthorLimit(style.max_authors, style.last_author, style.shortened_from)
        for name, style in theme.styles.items()
    }
    is_styled = bool(options.get(INLINE_STYLES, True))
    form = TextForm(bool(options.get(APOSTROPHES)), options.get(LINKS) == "addresses", is_styled)
    return TextLook(limits, form, bool(options.get(PRIVATE_CONTACTS, not is_public)))


def _find_theme(request: Request, career: Career, variant: ResolvedVariant, files: FilesRead) -> Theme:
    asked_at = None if request.theme else career.places.value(variant.theme_path)
    theme = find_theme(request.theme or variant.theme, [career.folder / "themes"], asked_at, files)
    backend = find_engine(request.engine).backend
    if backend and backend not in theme.backends:
        raise InputError([lacks_backend(theme, request.engine, request.format, asked_at)])
    return theme


def lacks_backend(theme: Theme, engine: str, format_: str, asked_at: Location | None) -> Problem:
    """The Problem that ``theme`` has no templates for ``engine``; the hint names engines that write ``format_``."""
    usable = [name for name in list_engines(format_) if find_engine(name).backend in theme.backends]
    hint = f"it has: {', '.join(theme.backends)}" + (f"; use -e {' or '.join(usable)}" if usable else "")
    if not theme.backends:
        hint = f"write extends: classic in its {MANIFEST}, or backends: [html] and templates of its own"
    message = f"the theme {theme.name!r} has no {find_engine(engine).backend} backend"
    return Problem(message, asked_at, hint)


def _icon_problems(theme: Theme, variant: ResolvedVariant, career: Career) -> list[Problem]:
    """A Problem for each icon of a contact that the theme does not have."""
    known = list_icons(theme)
    path = variant.basics_path("contacts")
    return [
        Problem(
            f"the theme {theme.name!r} has no icon {contact.icon!r}",
            career.places.value((*path, index, "icon")),
            suggest(contact.icon, known),
        )
        for index, contact in enumerate(variant.basics.contacts)
        if contact.icon and contact.icon not in known
    ]
