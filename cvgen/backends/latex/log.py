"""Turns errors in TeX's log into Problems at the lines of the profile."""

from __future__ import annotations

import re

from cvgen.backends.backend import missing_glyph
from cvgen.backends.latex.packages import find_debian_package
from cvgen.backends.latex.writer import TRACE
from cvgen.diagnostics import Location, Problem
from cvgen.model.document import Document

_ERROR = re.compile(r"^(?:\./)?cv\.tex:(?P<line>\d+): (?P<message>.*)$", re.MULTILINE)
_OTHER_ERROR = re.compile(r"^(?P<file>\S+?):(?P<line>\d+): (?P<message>.*)$|^! (?P<plain>.*)$", re.MULTILINE)
_MISSING_CHARACTER = re.compile(r"Missing character: There is no (?P<character>.) ", re.DOTALL)
_MISSING_FILE = re.compile(r"File `(?P<file>[^']+)' not found")
_UNDEFINED = re.compile(r"^l\.\d+ .*?(?P<name>\\[A-Za-z@]+)\s*$", re.MULTILINE)
_TRACE = re.compile(re.escape(TRACE) + r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+)$")
_BANNER = re.compile(r"^This is (?P<name>\w+), Version (?P<version>.*?)(?:\s+\((?:preload|format=)|\s*$)", re.MULTILINE)


def find_tools(log: str) -> dict[str, str]:
    """The engine and its version, from the first line of ``log``."""
    found = _BANNER.search(log)
    return {found["name"]: found["version"].strip()} if found else {}


def find_problems(log: str, source: str, document: Document) -> list[Problem]:
    """Every error in ``log``; the comments in ``source``, the .tex file, name lines of the profile."""
    characters = dict.fromkeys(m["character"] for m in _MISSING_CHARACTER.finditer(log))
    if characters:
        return [missing_glyph(character, document) for character in characters]
    found = _ERROR.search(log)
    if found:
        message = found["message"]
        if "Undefined control sequence" in message and (command := _UNDEFINED.search(log, found.end())):
            message = f"{message.rstrip('.')} {command['name']}"
        return [Problem(_explain(message), _trace(source, int(found["line"])), _suggest_fix(message))]
    other = _OTHER_ERROR.search(log)
    if other and (other["plain"] or ":" in other["message"] or "Error" in other["message"]):
        message = other["plain"] or other["message"]
        return [Problem(_explain(message), None, _suggest_fix(message))]
    return []


def _explain(message: str) -> str:
    return f"LaTeX: {message.strip().rstrip('.')}"


def _suggest_fix(message: str) -> str | None:
    if missing := _MISSING_FILE.search(message):
        return f"install it, on Debian: apt install {find_debian_package(missing['file'])}"
    if "Undefined control sequence" in message:
        return "a template of the theme uses a command that nothing defines: correct its name, or load its package"
    return "the theme's template wrote LaTeX that does not compile: look at it with -f tex"


def _trace(source: str, line: int) -> Location | None:
    """The place named by the last comment at or before ``line`` of the .tex file."""
    lines = source.splitlines()[:line]
    for text in reversed(lines[-40:]):
        if match := _TRACE.search(text):
            return Location(match["file"], int(match["line"]), int(match["column"]))
    return None
