"""Explains what WeasyPrint ignores in the styles of a theme: in which line, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cvgen.diagnostics import Location, Problem, did_you_mean, nearest, warn
from cvgen.model.late_pattern import late_pattern
from cvgen.themes.own_templates import find_in_templates, locate, read_own_templates
from cvgen.themes.style_faults import list_style_faults
from cvgen.themes.theme import Theme, shipped_folder

HTML = "html"
"""The folder of a theme's templates for WeasyPrint."""
_IGNORED = late_pattern(r"Ignored `(?P<name>[^:`]+):(?P<value>.*)` at \d+:\d+, (?P<why>.*)\.", re.DOTALL)
_SELECTOR = late_pattern(r"Invalid or unsupported selector, '(?P<text>.*)'", re.DOTALL)
_NO_COLON = late_pattern(r"(?:Stop token|EOF) reached before \{\} block")
_BY_BRACES = late_pattern(
    r"selector, '.*[;}]|(?:Unknown empty|Empty @page) rule|Expected a media type|Invalid media type"
    r"|(?:Stop token|EOF) reached before \{\} block",
    re.DOTALL,
)
"""What WeasyPrint says of rules that a wrong brace led it to."""
_RULE = late_pattern(r"Unknown rule <AtRule (?P<name>@[\w-]+)")
_PROPERTY = late_pattern(r"(?<![\w-])([a-z]+(?:-[a-z]+)*)\s*:(?!:)")
_AFTER_RULES = late_pattern(r"\}|\*/")
_NO_COMMENT = late_pattern(r"^.*?(?<!:)//.*", re.MULTILINE)


def explain_messages(messages: Iterable[str], theme: Theme) -> list[Problem]:
    """A warning for each of the ``messages`` of WeasyPrint but those on what the styles themselves show."""
    shown = [faults for _, faults in list_style_faults(theme)]
    known = [
        *([_NO_COLON] if any(faults.bare for faults in shown) else []),
        *([_BY_BRACES] if any(faults.braces for faults in shown) else []),
    ]
    kept = (one for one in messages if not any(pattern.search(one) for pattern in known))
    return [explain_message(one, theme) for one in kept]


def explain_message(message: str, theme: Theme) -> Problem:
    """The warning for a ``message`` of WeasyPrint; with its place, if that is in a style that is not cvgen's."""
    if found := _IGNORED.fullmatch(message):
        return _explain_declaration(found, theme) or _as_said(message)
    if found := _SELECTOR.fullmatch(message):
        return _explain_selector(found["text"], theme) or _as_said(message)
    if (found := _RULE.match(message)) and (place := find_in_templates(found["name"], theme, HTML)):
        hint = "write @media, @page, @font-face, @import or @supports"
        return warn(f"{found['name']} is not a rule of CSS that WeasyPrint knows", place, hint)
    if "EOF reached before {} block" in message:
        for path, text in read_own_templates(theme, HTML):
            if comment := _NO_COMMENT.search(text):
                said = "// does not begin a comment in CSS, so the rules after it are ignored"
                return warn(said, locate(path, text, comment.start()), "write /* … */")
        said, hint = "the last rule of the styles has no { }", "write { before its declarations, and } after them"
        return warn(said, _find_last_rule(theme), hint)
    if "Stop token reached before {} block" in message:
        said = "a declaration in the styles cannot be read, so it is ignored"
        return warn(said, None, "write its property, a colon, its value and a ;")
    return _as_said(message)


def _find_last_rule(theme: Theme) -> Location | None:
    """The text after the last rule of a style that has one."""
    for path, text in read_own_templates(theme, HTML):
        rest = _AFTER_RULES.split(text)[-1].strip()
        if ".css" in path.name and rest:
            return locate(path, text, text.rindex(rest))
    return None


def _as_said(message: str) -> Problem:
    return warn(f"WeasyPrint: {message}")


def _explain_declaration(found: re.Match[str], theme: Theme) -> Problem | None:
    name, value = found["name"].strip(), found["value"].strip()
    place = find_in_templates(f"{name}:{found['value']}", theme, HTML) or _find_declaration(name, value, theme)
    if place is None:
        return None
    if "\n" in value and ":" in value:
        return warn(f"{name!r} has no ; at its end, so it and the next line are ignored", place, "write ; at its end")
    if found["why"] == "unknown property":
        near = nearest(name, _list_properties(theme) - {name})
        hint = did_you_mean(near) if near else "WeasyPrint does not print it: delete it, or leave it to browsers"
        return warn(f"{name!r} is not a property of CSS that WeasyPrint knows", place, hint)
    return warn(f"{value!r} is not a value of {name!r}, so it is ignored", place, "write a value that CSS has for it")


def _explain_selector(text: str, theme: Theme) -> Problem | None:
    """Where rules are inside each other, WeasyPrint shows the outer one as ``:is(…)``."""
    inner = re.sub(r":is\((.*?)\s*\) ?", "", text, flags=re.DOTALL)
    place = find_in_templates(inner.strip(), theme, HTML) or find_in_templates(text.strip(), theme, HTML)
    if place is None:
        return None
    if inner.lstrip().startswith(";"):
        return warn("this ; makes the rule after it be ignored", place, "delete it")
    if re.search(r"[;:]\s|\n", inner.strip()):
        return warn(
            "a rule begins inside another one, and is ignored", place, "write ; after the line, or } before the rule"
        )
    return warn(f"{text.strip()!r} is not a selector that WeasyPrint knows", place, "correct it, or delete the rule")


def _list_properties(theme: Theme) -> set[str]:
    """The properties that the styles of cvgen use."""
    base = shipped_folder() / "base" / "html"
    return {name for path in base.glob("*.css.j2") for name in _PROPERTY.findall(path.read_text("utf-8"))}


def _find_declaration(name: str, value: str, theme: Theme) -> Location | None:
    """The first place of the property, where its ``value`` is filled in by the template."""
    for path, content in read_own_templates(theme, HTML):
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}\s*:([^;}}]*)", content):
            if "{{" in found[1] or " ".join(found[1].split()) == " ".join(value.split()):
                return locate(path, content, found.start())
    return None
