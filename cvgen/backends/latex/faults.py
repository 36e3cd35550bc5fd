"""What an error of TeX means for the person who wrote the theme: the place in a template, and the cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from cvgen.backends.latex.formula_faults import find_lone_dollar, may_be_open_formula, say_script
from cvgen.backends.latex.log import TexError
from cvgen.backends.latex.packages import find_debian_package, say_how_to_load
from cvgen.backends.latex.source_map import SOURCE, SourceMap
from cvgen.backends.latex.theme_sources import DEFINED, ThemeSources, find_runaway
from cvgen.backends.latex.writer import Origin
from cvgen.diagnostics import Location, Problem

_NAME = r"\\(?:[A-Za-z@_:]+|[^A-Za-z\s])"
_LAST_NAME = re.compile(rf"({_NAME})\s*$")
_MACRO = re.compile(r"^\\[A-Za-z@]+")
_BEGUN_AT = re.compile(r" on input line (?P<line>\d+) ended by \\end\{(?P<name>[^}]*)\}")
_INPUT_LINE = re.compile(r" on input line \d+ (?=ended by )")
"""Of the source, which nobody who reads the message has."""
_MISSING_FILE = re.compile(r"File `(?P<file>[^']+)' not found|I can't find file `(?P<other>[^']+)'")
_QUOTED = re.compile(
    r"(?:File|[Uu]ndefined color|Unknown option) `([^']+)'|The font \"([^\"]+)\"|Option clash for package (\S+)"
)
_UNKNOWN_KEY = re.compile(r"keyval Error: (?P<key>.+) undefined|key '(?P<other>[^']+)' is unknown")
_IGNORED = re.compile(r"Incomplete (?P<condition>\\[A-Za-z@]+); all text was ignored after line (?P<line>\d+)")
_MISSING_FONT = re.compile(r'The font "(?P<font>[^"]+)" cannot be found')
_NEVER_ENDED = re.compile(rf"(?:Paragraph ended before|File ended while scanning (?:use|definition) of) ({_NAME})")
_ENVIRONMENT = re.compile(r"Environment (?P<name>\S+) undefined")
_NEW_ENVIRONMENT = re.compile(
    r"\\(?:(?:re)?newenvironment\*?|(?:New|Provide|Declare)DocumentEnvironment)\s*\{([^}]+)\}"
)
_ENVIRONMENTS_OF_LATEX = """
    abstract array center description document enumerate equation figure flushleft flushright itemize letter list
    minipage picture quotation quote tabbing table tabular thebibliography titlepage trivlist verbatim verse
"""
_UNDEFINED = "Undefined control sequence"
_ALIKE = 0.8
"""How alike two commands are, from 0 to 1, if one may be a misspelling of the other: all of a theme start alike."""
_OTHERWISE = "correct this line of the template; --keep-tex DIR keeps the LaTeX source and TeX's log"
_CURES = tuple(
    (re.compile(pattern), cure)
    for pattern, cure in (
        (_ENVIRONMENT.pattern, r"define it with \newenvironment, or load the package that has it"),
        (r"[Uu]ndefined color model", "name one of rgb, RGB, HTML, cmyk and gray"),
        (r"[Uu]ndefined color", r"define the colour with \definecolor or \colorlet, or correct its name"),
        (r"Missing \$ inserted", r"set the formula between $ and $; outside of one, write \_ and \^{}"),
        (r"Misplaced alignment tab", r"write \& for the sign &"),
        (r"You can't use `macro parameter character", r"write \# for the sign #, or use #1 only in a definition"),
        (r"Illegal parameter number", "name no argument that the definition does not announce: [2] allows #1 and #2"),
        (r"Extra }, or forgotten|Too many }'s", "remove a closing brace, or add the opening one"),
        (r"Missing } inserted|Missing { inserted", "add the brace that is missing on this line or before it"),
        (r"Extra alignment tab", r"give the table more columns, or end the row with \\"),
        (r"ended by \\end", r"end each environment with its own \end, in the order opposite to the \begin"),
        (r"Command \S+ already defined|Command \S+ already", r"change it with \renewcommand, or choose another name"),
        (r"Command \S+ undefined", r"define it with \newcommand"),
        (r"Missing \\begin{document}", r"move what prints text below \begin{document}, or make it a comment"),
        (r"Can be used only in preamble", r"move the command above \begin{document}"),
        (r"capacity exceeded", "look for a command that calls itself without an end"),
        (r"Option clash", "load the package once, with all of its options"),
        (r"Unknown option", "remove the option, or correct its name"),
        (_UNKNOWN_KEY.pattern, "remove the option, or correct its name"),
        (r"Illegal unit|Illegal pream", "write a length with its unit, such as 3pt or 5mm"),
        (r"Missing number", "write a number there, or a length with its unit, such as 3pt or 5mm"),
        (r"inputenc is not designed", "remove the package inputenc: all text is UTF-8"),
        (r"Missing \\endcsname", r"end \csname with \endcsname, and put only text between them"),
        (r"No counter", r"define the counter with \newcounter, or correct its name"),
        (r"Misplaced \\(?:noalign|omit)", r"end the row with \\ before \hline or \multicolumn"),
        (r"Dimension too large|Arithmetic overflow", "write a length below 5.7 m"),
        (r"Double (?:super|sub)script", "put braces around the first script: {x^2}^3"),
        (r"missing \\item", r"write \item before the text of the list"),
        (r"Too deeply nested", "nest fewer lists"),
        (r"\\verb (?:ended|illegal)", r"end \verb on the same line and outside of other commands, or use \texttt"),
        (r"no line here to end", r"write \par, or \\ only after text"),
        (r"without \\end{document}|no legal \\end", r"write \end{document} at the end of the template document.tex.j2"),
        (r"(?:Incomplete|Extra) \\|Extra \\(?:else|fi|or)", r"match each \if with one \fi"),
        (r"Use of \S+ doesn't match", "write the arguments in the form that the command's definition asks for"),
        (r"Unable to load picture|Unknown graphics|Cannot determine size", "use a picture in PDF, PNG or JPEG format"),
        (r"(?:Lua|Xe|pdf)(?:La)?TeX is required|requires? (?:Lua|Xe|pdf)", "remove it: it needs another engine"),
        (r"No room for a new", "define fewer registers, or load fewer packages"),
    )
)  # fmt: skip


def explain_error(error: TexError, source: SourceMap, files: Mapping[str, Path]) -> Problem:
    """The Problem of ``error``: where it was written, and the cure.

    ``source`` is the document's file; ``files`` are the other files in TeX's folder that belong to the theme.
    """
    lone = find_lone_dollar(source, _find_end_of_read(error, source)) if may_be_open_formula(error, source) else None
    if lone and lone.template and not lone.text:
        hint = r"write \$ for the sign $, or a second $ where the formula ends"
        return Problem("LaTeX: a formula begins with $ and does not end", lone.template, hint)
    name = _find_undefined(error)
    place, is_text = _find_place(error, name, source, files)
    return Problem(f"LaTeX: {_say(error, name)}", place, _find_cure(error, name, source, is_text))


def explain_loop(error: TexError, source: SourceMap, files: Mapping[str, Path], used: str) -> Problem:
    """The Problem of a run that was ended because TeX ``used`` up its time, at the place that TeX had reached."""
    place, _ = _find_place(error, "", source, files)
    macro = next((found[0] for label, _ in error.contexts if (found := _MACRO.match(label))), "")
    inside = f" in the command {macro}" if macro else ""
    hint = "look for an endless loop there; for a long document, give it more time with --timeout SECONDS"
    return Problem(f"LaTeX {used}{inside}", place, hint)


def _say(error: TexError, name: str) -> str:
    """TeX's message, with the command that it means and the one whose definition has it."""
    if not name:
        return _INPUT_LINE.sub(" ", error.message.removeprefix("LaTeX Error: "))
    macro = next((found[0] for label, _ in error.contexts[:1] if (found := _MACRO.match(label))), "")
    return f"{error.message} {name}" + (f", in the definition of {macro}" if macro else "")


def _find_undefined(error: TexError) -> str:
    """The command that TeX does not know: the last that it read."""
    if _UNDEFINED not in error.message:
        return ""
    read = error.contexts[0][1] if error.contexts else error.read
    found = _LAST_NAME.search(read)
    return found[1] if found else ""


def _find_cure(error: TexError, name: str, source: SourceMap, is_text: bool) -> str:
    if found := _MISSING_FILE.search(error.message):
        return _say_how_to_get(found["file"] or found["other"])
    if found := _MISSING_FONT.search(error.message):
        shipped = "an option such as body_font can have one of cvgen's, which cvgen themes show NAME lists"
        return f"install the font {found['font']!r}, or take another: {shipped}"
    environment = _ENVIRONMENT.search(error.message)
    if load := say_how_to_load(environment["name"] if environment else name):
        return load
    if name:
        known = {found[1] for found in DEFINED.finditer(source.text)}
        return _suggest(name, known) or "correct its name, define it, or load the package that has it"
    if environment and (suggestion := _suggest(environment["name"], _list_environments(source))):
        return suggestion
    if found := _NEVER_ENDED.search(error.message):
        if "verbatim" in found[1]:
            return "print verbatim text outside of the arguments of other commands, or use \\texttt"
        if "@" in found[1]:
            return "add the closing brace that is missing in this definition or argument"
        return f"add the closing brace of the argument of {found[1]}"
    cure = say_script(error) or next((cure for pattern, cure in _CURES if pattern.search(error.message)), _OTHERWISE)
    return cure if not is_text or cure != _OTHERWISE else "write this text in another way"


def _suggest(name: str, known: Set[str]) -> str | None:
    """The hint that offers the command or environment of ``known`` that ``name`` most likely is a misspelling of."""
    near = difflib.get_close_matches(name, sorted(known - {name}), n=1, cutoff=_ALIKE)
    return f"did you mean {near[0]}?" if near else None


def _list_environments(source: SourceMap) -> Set[str]:
    return {found[1] for found in _NEW_ENVIRONMENT.finditer(source.text)} | set(_ENVIRONMENTS_OF_LATEX.split())


def _say_how_to_get(file: str) -> str:
    package = find_debian_package(file)
    if package:
        return f"install it, on Debian: apt install {package}"
    if file.endswith((".sty", ".cls")):
        return f"correct its name, put {file} into the theme's folder latex, or install the TeX package that has it"
    return "correct its name, or add the file to the theme"


# --- where


def _find_place(
    error: TexError, name: str, source: SourceMap, files: Mapping[str, Path]
) -> tuple[Location | None, bool]:
    """The place to look at, and whether it is a text of the profile."""
    if error.file in files:
        return Location(str(files[error.file]), error.line), False
    if at := _find_in_theme(error, name, source, ThemeSources(files)):
        return at, False
    offset = _find_offset(error, name, source)
    origin = source.find(offset) if offset is not None else None
    return _choose(origin)


def _find_in_theme(error: TexError, name: str, source: SourceMap, own: ThemeSources) -> Location | None:
    """The place in a file of the theme, if no template has what the error is about."""
    if found := _IGNORED.search(error.message):
        return own.find_condition(found["condition"], int(found["line"]))
    if error.runaway and find_runaway(error.runaway, source.text) is None:
        return own.find_runaway(error.runaway)
    for label, text in error.contexts:
        macro = _MACRO.match(label)
        if macro is None:
            continue
        if _find_definition(macro[0], len(source.text), source) is not None:
            return None
        if at := own.find_in_definition(macro[0], name or _last_word(text)):
            return at
    word = name or _find_quoted_word(error)
    if not word and error.file and error.file not in source.starts:
        word = Path(error.file).stem  # a package with the error, which a file of the theme may load
    return own.find_word(word) if word and word not in source.text else None


def _find_quoted_word(error: TexError) -> str:
    """The file, colour, option or font that the message names, without its ending."""
    found = _QUOTED.search(error.message)
    return Path(next(filter(None, found.groups()))).stem if found else ""


def _choose(origin: Origin | None) -> tuple[Location | None, bool]:
    if origin is None:
        return None, False
    return (origin.text, True) if origin.text else (origin.template, False)


def _find_offset(error: TexError, name: str, source: SourceMap) -> int | None:
    """The offset in the source of what is wrong; None if nothing tells."""
    if error.file and error.file not in source.starts:
        return _find_loading(error, source)
    if found := _BEGUN_AT.search(error.message):
        return _find_unpaired(error, int(found["line"]), found["name"], source)
    read = _find_end_of_read(error, source)
    if (word := _find_quoted_word(error)) and (at := _find_quoted(word, read, source)) is not None:
        return at
    if error.runaway and "@" in error.message and (at := find_runaway(error.runaway, source.text)) is not None:
        return at
    if found := _NEVER_ENDED.search(error.message):
        return _find_argument(found[1], error.runaway, read, source)
    # What a definition writes wrongly is reported where the definition is used.
    for label, text in error.contexts:
        macro = _MACRO.match(label)
        at = _find_definition(macro[0], read, source) if macro else None
        if at is not None:
            inside = _find_name(name or _last_word(text), source.text, at, read)
            return at if inside is None else inside
    if "capacity exceeded" in error.message and (at := _find_used(read, source)) is not None:
        return at
    if name and (before := _find_last_name(name, source.text, read)) is not None:
        return before
    return max(0, read - 1) if error.line is not None or error.read else None


def _find_unpaired(error: TexError, line: int, name: str, source: SourceMap) -> int:
    """The \\begin in ``line``, or the \\end of ``name`` after it if another template wrote that without a \\begin."""
    begin, read = source.start_of(line, error.file or SOURCE), _find_end_of_read(error, source)
    end = source.text.rfind(rf"\end{{{name}}}", begin, read)
    first, last = source.find(begin), source.find(end)
    if end < 0 or not first or not last or not last.template or not first.template:
        return begin
    is_alone = rf"\begin{{{name}}}" not in source.text_of(last.template.file)
    return end if is_alone and last.template.file != first.template.file else begin


def _find_end_of_read(error: TexError, source: SourceMap) -> int:
    """The offset up to which TeX had read the line of ``error``; TeX shows the start of a long line as dots."""
    if error.line is None:
        return len(source.text)
    file = error.file or SOURCE
    start, text = source.start_of(error.line, file), source.line_at(error.line, file)
    read = error.read.rstrip()
    if read.startswith("..."):
        at = text.find(read[3:])
        return start + (at + len(read) - 3 if at >= 0 else len(text))
    return start + (len(read) if text.startswith(read) else len(text))


def _find_quoted(word: str, before: int, source: SourceMap) -> int | None:
    """The last argument that names the file, colour or option ``word`` above the offset ``before``."""
    named = re.compile(rf"[{{\[,][^{{}}\n]*?\b{re.escape(word)}\b")
    found = [match.end() - 1 for match in named.finditer(source.text, 0, before)]
    return found[-1] if found else None


def _find_loading(error: TexError, source: SourceMap) -> int | None:
    """The command of the source that loads the file with the error, or the file that loads that one."""
    for stem in (Path(error.file).stem, *error.opened):
        loads = re.compile(
            rf"\\(?:usepackage|RequirePackage|documentclass|LoadClass|input|include)\b[^\n]*\b{re.escape(stem)}\b"
        )
        if found := loads.search(source.text):
            return found.start()
    return None


def _find_definition(macro: str, before: int, source: SourceMap) -> int | None:
    """The last definition of ``macro`` that is above the offset ``before``."""
    found = [match.start() for match in DEFINED.finditer(source.text, 0, before) if match[1] == macro]
    return found[-1] if found else None


def _find_used(read: int, source: SourceMap) -> int | None:
    """The definition of the last command before the offset ``read`` that the source defines."""
    start = source.text.rfind("\n", 0, read) + 1
    used = [found[0] for found in re.finditer(_NAME, source.text[start:read])]
    found = [_find_definition(macro, read, source) for macro in used]
    return next((at for at in reversed(found) if at is not None), None)


def _find_argument(macro: str, runaway: str, before: int, source: SourceMap) -> int:
    """The use of ``macro`` whose argument has no end: the last one that starts as the ``runaway`` text does."""
    start = runaway.strip().lstrip("{")[:12]
    uses = list(_find_names(macro, source.text, 0, before))
    alike = [at for at in uses if start and start in source.text[at : at + len(macro) + 80]]
    return (alike or uses or [max(0, before - 1)])[-1]


def _last_word(text: str) -> str:
    found = _LAST_NAME.search(text)
    return found[1] if found else ""


def _find_names(name: str, text: str, start: int, end: int) -> Iterator[int]:
    boundary = r"(?![A-Za-z@])" if name[-1:].isalpha() else ""
    return (match.start() for match in re.compile(re.escape(name) + boundary).finditer(text, start, end))


def _find_name(name: str, text: str, start: int, end: int) -> int | None:
    return next(_find_names(name, text, start, end), None) if name else None


def _find_last_name(name: str, text: str, end: int) -> int | None:
    return next(iter(reversed(list(_find_names(name, text, 0, end)))), None)
