"""Completes what a person types in a shell: variants, themes, options and roles of the profile on the line.

Nothing is ever printed but the words: with a profile that cannot be read, there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class

_USUAL = Path("profile.yaml")
_Find = Callable[[click.Context, str], Iterator[str]]


class _Offered(click.types.StringParamType):
    """A text for which ``find`` offers words, and if none of them fits a path: ``dir`` or ``file``."""

    def __init__(self, find: _Find, *, or_path: str = "") -> None:
        self._find, self._or_path = find, or_path

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words that begin with ``incomplete``."""
        try:
            # A control character of a stranger's profile would reach the terminal.
            found_words = filter(str.isprintable, self._find(ctx, incomplete))
            words = [CompletionItem(word) for word in dict.fromkeys(found_words)]
        except Exception:  # a shell has no place for any message
            words = []
        found = [item for item in words if item.value.startswith(incomplete)]
        return found or ([CompletionItem(incomplete, type=self._or_path)] if self._or_path else [])


def _find_profile(ctx: click.Context) -> Path:
    """The profile on the line; profile.yaml here if there is none yet."""
    # Behind an option that has no value yet, click leaves the arguments as they are.
    left = (word for word in ctx.args if word.endswith((".yaml", ".yml")))
    given = ctx.params.get("profile") or next(left, None)
    return Path(given).expanduser() if given else _USUAL


def _read_names(ctx: click.Context) -> Any:
    from cvgen.pipeline.project_names import read_project_names

    return read_project_names(_find_profile(ctx), with_keys=False)


def _variants(ctx: click.Context, _: str) -> Iterator[str]:
    yield from _read_names(ctx).variants or ()


def _letters(ctx: click.Context, _: str) -> Iterator[str]:
    yield from _read_names(ctx).letters


def _themes(ctx: click.Context, _: str) -> Iterator[str]:
    from cvgen.themes.theme import list_themes

    folder = Path(ctx.params.get("directory") or _find_profile(ctx).parent)
    yield from sorted(list_themes([folder / "themes"]))


def _roles(_: click.Context, __: str) -> Iterator[str]:
    from cvgen.model.publication import Role

    yield from (role.value.replace("_", "-") for role in Role)


def _settings(ctx: click.Context, incomplete: str) -> Iterator[str]:
    """``NAME=`` for each option of the theme, and once a name is there, its values."""
    from cvgen.pipeline.themes import list_option_values
    from cvgen.themes.theme import find_theme

    theme = find_theme(_find_theme_name(ctx), [_find_profile(ctx).parent / "themes"], None)
    name, sign, _ = incomplete.partition("=")
    if not sign:
        yield from (f"{option}=" for option in theme.options)
    elif name in theme.options:
        yield from (f"{name}={value}" for value in list_option_values(theme.options[name]))


def _find_theme_name(ctx: click.Context) -> str:
    """The theme on the line; else that of the variant on the line, or of the one that it extends."""
    if theme := ctx.params.get("theme"):
        return str(theme)
    variants = _read_names(ctx).variants or {}
    name: Any = ctx.params.get("variant") or ("default" if "default" in variants else next(iter(variants), None))
    seen: set[Any] = set()
    while name in variants and name not in seen:
        seen.add(name)
        if theme := variants[name].get("theme"):
            return str(theme)
        name = variants[name].get("extends")
    return "classic"


def _kinds(_: click.Context, __: str) -> Iterator[str]:
    from cvgen.pipeline.starter import list_starters

    yield from list_starters()


_OPTIONS = {
    "--variant": _Offered(_variants),
    "--pdf": _Offered(_variants),
    "--letter": _Offered(_letters),
    "--theme": _Offered(_themes, or_path="dir"),
    "--pdf-theme": _Offered(_themes, or_path="dir"),
    "--extends": _Offered(_themes),
    "--role": _Offered(_roles),
    "--set": _Offered(_settings),
    "--for": _Offered(_kinds),
}
_ARGUMENTS = {("show", "name"): _Offered(_themes)}


def complete_words(group: click.Group) -> None:
    """Let every command of ``group`` complete what the profile and the themes name."""
    for command in group.commands.values():
        if isinstance(command, click.Group):
            complete_words(command)
        for parameter in command.params:
            found = _ARGUMENTS.get((str(command.name), str(parameter.name)))
            found = found or next((_OPTIONS[name] for name in parameter.opts if name in _OPTIONS), None)
            if found and isinstance(parameter.type, click.types.StringParamType):
                parameter.type = found


class _BashWithSigns(BashComplete):
    """Bash takes ``=`` for a word of its own; ``--set paper=a4`` is put together again, and only its end is offered."""

    name = "bash"
    _before = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is typed, and what is typed of it."""
        args, incomplete = super().get_completion_args()
        if incomplete == "=":
            args, incomplete = [*args, "="], ""
        if len(args) > 1 and args[-1] == "=":
            self._before = f"{args[-2]}="
            return args[:-2], self._before + incomplete
        return args, incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """The type of ``item`` and its text."""
        return f"{item.type},{item.value.removeprefix(self._before)}"


add_completion_class(_BashWithSigns)
