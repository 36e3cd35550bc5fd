"""Jinja2 for themes: the immutable sandbox, StrictUndefined, plain data, errors with template and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import walk_tb
from typing import Any

import jinja2
from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cvgen.backends.bounded import LimitError, Limits, WorkTimeout, give_spare_memory, run_bounded
from cvgen.backends.cache import Cache
from cvgen.backends.joined_parts import LookKeeper
from cvgen.backends.template_names import ExplainedUndefined, explain_name
from cvgen.backends.template_syntax import explain_syntax, find_open_line
from cvgen.diagnostics import InputError, Location, Problem
from cvgen.model.bullet import Bullet
from cvgen.model.document import Document
from cvgen.model.inline import RichText
from cvgen.model.letter_layout import LetterLayout
from cvgen.model.printed import Contact, CountRow, CountTable, Group, Item, Legend, Piece, Section
from cvgen.model.shown_paper import PublicationItem, ShownAuthor, ShownLink
from cvgen.themes.own_templates import suggest_template
from cvgen.themes.styles import STYLES
from cvgen.themes.theme import Theme


def make_loader(theme: Theme, backend: str) -> ChoiceLoader:
    """Templates of ``theme`` for ``backend``: ``a.j2`` from the first folder that has it, ``base:a.j2`` from base."""
    folders = [(name, folder / backend) for name, folder in theme.folders]
    # The last folder of a name is the theme itself; those before it change single files of it.
    own = {name: _TemplateFiles(folder) for name, folder in folders}
    return ChoiceLoader([_TemplateFiles([folder for _, folder in folders]), PrefixLoader(own, delimiter=":")])


class _TemplateFiles(FileSystemLoader):
    """Template files in folders; one that is not UTF-8 is a Problem at the first byte that is wrong."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of ``template``; raises InputError."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            paths = (Path(folder) / template for folder in self.searchpath)
            file = next((str(path) for path in paths if path.is_file()), template)
            before = error.object[: error.start]
            place = Location(file, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
            message = f"the template is not UTF-8: byte 0x{error.object[error.start]:02x}"
            raise InputError([Problem(message, place, "save it as UTF-8")]) from None


_LARGEST_POWER = 1000
_FORMAT = 3
"""Count up where the same template is compiled to other code, or more of it is checked before."""


TEMPLATE_CLASSES: tuple[type, ...] = (
    Document, Contact, Piece, Section, Item, Bullet, Group, PublicationItem, ShownAuthor, ShownLink, Legend,
    CountTable, CountRow, LetterLayout, RichText,
)  # fmt: skip
"""The classes of the model that templates use: frozen data, all of whose public attributes are safe to read.

They are in the order in which the author of a theme meets them."""
_TEMPLATE_DATA = frozenset(TEMPLATE_CLASSES)


@dataclass(frozen=True, slots=True)
class StyleFunction:
    """A function that citation styles call; it neither keeps nor changes its arguments."""

    function: Callable[..., Any]

    def __call__(self, *args: Any, **kwargs: Any) -> object:
        """The result of the function."""
        return self.function(*args, **kwargs)


class ThemeEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox that all templates run in. ``finalize`` alone writes and escapes text."""

    intercepted_binops = frozenset({"**"})

    def __init__(
        self,
        theme: Theme,
        backend: str,
        finalize: Callable[[Any], Any],
        cache: Cache,
        *,
        autoescape: bool,
        **syntax: Any,
    ) -> None:
        # A style is compiled to other code for HTML than for LaTeX.
        markup = "html" if autoescape else "latex"
        super().__init__(
            autoescape=autoescape,
            bytecode_cache=_KeptTemplates(cache, f"{markup}/templates-{_FORMAT}-{jinja2.__version__}-{backend}"),
            loader=make_loader(theme, backend),
            undefined=ExplainedUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            **syntax,
        )
        self.theme, self._keeps_look = theme.name, backend == STYLES

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        self._check_names(template, name, filename)
        if self._keeps_look:
            LookKeeper().visit(template)
        return template

    def _check_names(self, template: nodes.Template, name: str | None, filename: str | None) -> None:
        """Raise TemplateSyntaxError for an unknown filter or test: in a branch, Jinja2 finds it only when that runs."""
        for node in template.find_all((nodes.Filter, nodes.Test)):
            kind, known = ("filter", self.filters) if isinstance(node, nodes.Filter) else ("test", self.tests)
            if node.name not in known:
                raise TemplateSyntaxError(f"No {kind} named {node.name!r}.", node.lineno, name, filename)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read ``attr``: for the model's frozen data, every public attribute."""
        if type(obj) in _TEMPLATE_DATA:
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call ``__obj``; directly if it is one of cvgen's functions for citation styles, which only handle data."""
        if isinstance(__obj, StyleFunction):
            return __obj.function(*args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute a power of limited size: the time limit cannot end a single operation."""
        if not (isinstance(right, (int, float)) and abs(right) <= _LARGEST_POWER and abs(left) <= 10**6):
            raise SecurityError(f"{left!r} ** {right!r} is too large a power")
        return super().call_binop(context, operator, left, right)


def name_template(document: Document, ending: str) -> str:
    """The name of the template for the whole of ``document``: letters have one of their own, which themes share."""
    return f"{'letter' if document.letter else 'document'}.{ending}.j2"


def render_document(
    environment: ThemeEnvironment,
    name: str,
    values: Mapping[str, object],
    limits: Limits,
    finish: Callable[[str], Any] = str,
) -> Any:
    """Render the template of a whole document, as ``render_template`` does, in a process with ``limits``.

    The result is what ``finish``, which runs there too, makes of the text: plain data, as for ``run_bounded``.
    """
    try:
        return run_bounded(lambda: _render_at_place(environment, name, values, limits, finish), limits)
    except LimitError as error:
        raise InputError([_explain_limit(environment, str(error))]) from None


def _render_at_place(
    environment: ThemeEnvironment, name: str, values: Mapping[str, object], limits: Limits, finish: Callable[[str], Any]
) -> Any:
    """What ``finish`` makes of the text. If the limits are reached, the error names the line of the template."""
    try:
        return finish(render_template(environment, name, values))
    except (WorkTimeout, MemoryError) as error:
        if isinstance(error, MemoryError):
            give_spare_memory()
            needs = limits.say_memory()
        else:
            needs = limits.say_time()
        place = _template_place(error)
        raise InputError([_explain_limit(environment, needs, place)]) from None


def _explain_limit(environment: ThemeEnvironment, needs: str, place: Location | None = None) -> Problem:
    subject = "the template" if place else f"a template of the theme {environment.theme!r}"
    return Problem(f"{subject} {needs}", place, "look for an endless loop or a text that keeps growing")


class _KeptTemplates(BytecodeCache):
    """The compiled templates of earlier runs, in a folder of the cache; they save half of the templates' time."""

    def __init__(self, cache: Cache, folder: str) -> None:
        self._cache, self._folder = cache, folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template that was compiled before."""
        if data := self._cache.read(f"{self._folder}/{bucket.key}"):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled now."""
        self._cache.keep(f"{self._folder}/{bucket.key}", bucket.bytecode_to_string())


def render_template(environment: ThemeEnvironment, name: str, values: Mapping[str, object]) -> str:
    """Render one template. Raises InputError naming template and line for a fault of the theme."""
    try:
        return environment.get_template(name).render(values)
    except TemplateSyntaxError as error:
        at = Location(error.filename or error.name or name, find_open_line(error, environment))
        mistake = explain_syntax(error, environment)
        raise InputError([Problem(mistake.message, at, mistake.hint)]) from None
    except TemplateNotFound as error:
        loader = environment.loader
        names = loader.list_templates() if loader else []
        hint = suggest_template(str(error), _list_of_theme(str(error), names))
        raise InputError([Problem(f"there is no template {str(error)!r}", _template_place(error), hint)]) from None
    except UndefinedError as error:
        mistake = explain_name(error, values)
        raise InputError([Problem(mistake.message, _template_place(error), mistake.hint)]) from None
    except InputError as error:  # of a function that templates call
        place = _template_place(error)
        raise InputError([replace(one, location=one.location or place) for one in error.problems]) from None
    except RecursionError as error:
        hint = 'to include what this file replaces, name its theme: {% include "classic:style.css.j2" %}'
        problem = Problem("template: it includes itself, or a macro in it calls itself", _template_place(error), hint)
        raise InputError([problem]) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        place = _template_place(error)
        if place is None:  # not the theme's fault
            raise
        hint = "correct the expression on this line"
        if str(error).endswith("is not callable"):
            hint += ": only macros and functions take brackets"
        raise InputError([Problem(f"template: {error}", place, hint)]) from None


def _list_of_theme(name: str, names: Iterable[str]) -> list[str]:
    """Those of ``names`` that begin with the same theme as ``name``, as ``classic:`` does; else those without one."""
    by_theme: dict[str, list[str]] = {"": []}
    for one in names:
        by_theme.setdefault(one.rpartition(":")[0], []).append(one)
    return by_theme.get(name.rpartition(":")[0], by_theme[""])


def _template_place(error: BaseException) -> Location | None:
    """The innermost template line in the traceback of ``error``; None if it was raised outside of templates."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    places = [Location(file, line) for file, line in frames if Path(file).suffix == ".j2"]
    return places[-1] if places else None
