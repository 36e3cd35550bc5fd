"""Errors in LaTeX themes: the line of the template, the message that counts, and the cure."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from helpers import run_cvgen
from pdf import read_pages

from cvgen.backends.confinement import Confinement
from cvgen.backends.engines import open_backend
from cvgen.backends.host import describe_host
from cvgen.backends.programs import Finished, LocalRunner
from cvgen.diagnostics import CvgenError, Problem
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

LOGS: Mapping[str, str] = json.loads((Path(__file__).parent / "fixtures" / "tex-logs.json").read_text("utf-8"))
"""The part of TeX's log that has the error, as TeX Live 2022 wrote it for each case."""
PROFILE = "basics: {name: Wei Lin, label: Engineer}\nawards:\n  - {title: Prize for Bridges, date: 2019}\n"
TEMPLATES = {
    "document": r"""<% import "tools.tex.j2" as tools with context %>
\documentclass{article}
\usepackage{xcolor,graphicx}
<% include "style.tex.j2" +%>
\begin{document}
<% include "head.tex.j2" %>

<% for section in doc.sections %>
\section*{<< section.title >>}
<% for item in section.items %>
<< tools.entry(item) >>
<% endfor %>
<% endfor %>
%%END
\end{document}
""",
    "style": r"""% the commands of this theme
\newcommand\cvwhat[1]{\textbf{#1}}
\newcommand\cvwhen[1]{\textit{#1}}
\newenvironment{cvblock}{\par}{\par}
""",
    "head": r"""<# The name #>
{\Large << doc.name >>}\par
\cvwhen{<< doc.label >>}\par
""",
    "tools": r"""<# Macros #>
<% macro entry(item) %>
\begin{cvblock}
\cvwhat{<< item.heading >>} \cvwhen{<< item.dates >>}
\end{cvblock}
<% endmacro %>
""",
}


@dataclass(frozen=True)
class Case:
    """A fault: in ``template``, ``new`` stands in place of ``old``. The error is at ``place``."""

    name: str
    template: str
    old: str
    new: str
    place: str
    message: str
    hint: str


# fmt: off
CASES = (
    Case('macro', 'document', '%%END', '\\cvfooter{x}',
         'document:14', 'Undefined control sequence \\cvfooter', 'correct its name'),
    Case('expansion', 'style', '\\textbf{#1}', '\\textbf{#1}\\cvmissing',
         'style:2', 'Undefined control sequence \\cvmissing', 'correct its name'),
    Case('include', 'head', '\\Large', '\\Hugest',
         'head:2', 'Undefined control sequence \\Hugest', 'correct its name'),
    Case('jinja-macro', 'tools', '\\cvwhat{', '\\cvwaht{',
         'tools:4', 'Undefined control sequence \\cvwaht', 'did you mean \\cvwhat?'),
    Case('package', 'document', '{xcolor,graphicx}', '{fontawesome5}',
         'document:3', "File `fontawesome5.sty' not found", 'apt install texlive-fonts-extra'),
    Case('package-unknown', 'document', '{xcolor,graphicx}', '{nosuchthing}',
         'document:3', "File `nosuchthing.sty' not found", "put nosuchthing.sty into the theme's folder"),
    Case('class', 'document', '{article}', '{ourcv}',
         'document:2', "File `ourcv.cls' not found", "put ourcv.cls into the theme's folder"),
    Case('input', 'head', '{\\Large', '\\input{extra}{\\Large',
         'head:2', "File `extra.tex' not found", 'add the file to the theme'),
    Case('picture', 'head', '{\\Large', '\\includegraphics{portrait}{\\Large',
         'head:2', "File `portrait' not found", 'add the file to the theme'),
    Case('brace-open', 'head', '\\cvwhen{<< doc.label >>}', '\\cvwhen{<< doc.label >>',
         'head:3', 'File ended while scanning use of \\cvwhen', 'the closing brace of the argument of \\cvwhen'),
    Case('brace-close', 'tools', '{<< item.dates >>}', '{<< item.dates >>}}',
         'tools:4', 'Extra }, or forgotten', 'remove a closing brace'),
    Case('environment-order', 'tools', '\\end{cvblock}', '\\end{center}',
         'tools:3', 'ended by \\end{center}', 'its own \\end'),
    Case('environment-end', 'head', '{\\Large', '\\end{center}{\\Large',
         'head:2', 'ended by \\end{center}', 'its own \\end'),
    Case('environment', 'tools', '\\begin{cvblock}', '\\begin{cvblocks}',
         'tools:3', 'Environment cvblocks undefined', 'did you mean cvblock?'),
    Case('environment-of-latex', 'tools', '\\begin{cvblock}', '\\begin{itemise}',
         'tools:3', 'Environment itemise undefined', 'did you mean itemize?'),
    Case('environment-of-nobody', 'tools', '\\begin{cvblock}', '\\begin{ourjobs}',
         'tools:3', 'Environment ourjobs undefined', '\\newenvironment'),
    Case('environment-of-a-package', 'tools', '\\begin{cvblock}', '\\begin{tikzpicture}',
         'tools:3', 'Environment tikzpicture undefined', '\\usepackage{tikz} (Debian: texlive-pictures)'),
    Case('command-of-a-package', 'style', '\\textit{#1}', '\\faGithub',
         'style:3', 'sequence \\faGithub', '\\usepackage{fontawesome5} (Debian: texlive-fonts-extra)'),
    Case('underscore', 'document', '%%END', 'made_by me',
         'document:14', 'Missing $ inserted', 'write \\_'),
    Case('dollar', 'tools', '\\cvwhen{<< item.dates >>}', '$\\cvwhen{<< item.dates >>}',
         'tools:4', 'a formula begins with $ and does not end', 'write \\$ for the sign $'),
    Case('dollar-in-a-group', 'head', '{\\Large ', '{\\Large 50 $ ',
         'head:2', 'a formula begins with $ and does not end', 'write \\$ for the sign $'),
    Case('dollar-before-a-formula', 'document', '%%END', 'For 50 $ and\n$x^2$ more \\$ % and $\n\nx',
         'document:14', 'a formula begins with $ and does not end', 'write \\$ for the sign $'),
    Case('underscore-in-a-command', 'style', '\\textit{#1}', '\\textit{#1}made_by me',
         'head:3', 'Missing $ inserted', 'outside of one, write \\_'),
    Case('power', 'document', '%%END', 'An area of 50 m^2',
         'document:14', 'Missing $ inserted', 'write \\^{} for the sign ^'),
    Case('greek', 'document', '%%END', '$x$ and \\alpha',
         'document:14', 'Missing $ inserted', 'set the formula between $ and $'),
    Case('ampersand', 'document', '%%END', 'Skills & more',
         'document:14', 'Misplaced alignment tab', 'write \\&'),
    Case('hash', 'document', '%%END', 'Number #1',
         'document:14', 'macro parameter character', 'write \\#'),
    Case('colour', 'style', '\\textit{#1}', '\\textcolor{petrol}{#1}',
         'style:3', "Undefined color `petrol'", '\\definecolor'),
    Case('text-before', 'style', '% the commands', 'The commands',
         'style:1', 'Missing \\begin{document}', 'move what prints text'),
    Case('redefined', 'style', '\\newcommand\\cvwhen', '\\newcommand\\cvwhat',
         'style:3', 'Command \\cvwhat already defined', '\\renewcommand'),
    Case('length', 'head', '\\par', '\\vspace{3xx}\\par',
         'head:2', 'Illegal unit of measure', '3pt or 5mm'),
    Case('option', 'document', '\\usepackage{xcolor', '\\usepackage[nosuch]{color}\\usepackage{xcolor',
         'document:3', "Unknown option `nosuch'", 'remove the option'),
    Case('preamble', 'head', '{\\Large', '\\usepackage{color}{\\Large',
         'head:2', 'Can be used only in preamble', 'above \\begin{document}'),
    Case('no-end', 'document', '\\end{document}', '%%END2',
         'document:15', 'without \\end{document}', 'write \\end{document}'),
    Case('no-if', 'document', '%%END', '\\fi',
         'document:14', 'Extra \\fi', 'one \\fi'),
    Case('item', 'document', '%%END', '\\begin{itemize}x\\end{itemize}',
         'document:14', 'missing \\item', 'write \\item'),
    Case('script', 'document', '%%END', '$x^2^3$',
         'document:14', 'Double superscript', 'braces'),
    Case('large', 'head', '{\\Large', '\\vspace{99999pt}{\\Large',
         'head:2', 'Dimension too large', '5.7 m'),
    Case('verb', 'tools', '\\cvwhat{', '\\cvwhat{\\verb|x',
         'tools:4', '\\verb illegal', '\\texttt'),
    Case('error', 'document', '%%END', '\\errmessage{This theme needs a photo}',
         'document:14', 'This theme needs a photo', '--keep-tex'),
    Case('parameter', 'style', '\\textit{#1}', '\\textit{#2}',
         'style:3', 'Illegal parameter number', '[2] allows'),
    Case('columns', 'document', '%%END', '\\begin{tabular}{l}a&b\\\\\\end{tabular}',
         'document:14', 'Extra alignment tab', 'more columns'),
    Case('memory', 'style', '\\textit{#1}', '\\textit{#1\\cvwhen{#1}}',
         'style:3', 'TeX capacity exceeded', 'calls itself'),
    Case('engine', 'document', '\\usepackage{xcolor', '\\usepackage{luacode}\\usepackage{xcolor',
         'document:3', 'LuaTeX is required', 'another engine'),
    Case('font', 'document', '{xcolor,graphicx}', '{xcolor,graphicx,fontspec}\n\\setmainfont{No Such Font}',
         'document:4', 'The font "No Such Font" cannot be found', 'cvgen themes show NAME'),
    Case('clash', 'document', '\\usepackage{xcolor,graphicx}', '\\usepackage{xcolor}\n\\usepackage[table]{xcolor}',
         'document:4', 'Option clash for package xcolor', 'load the package once'),
    Case('definition-open', 'style', '\\textit{#1}', '\\textit{#1',
         'style:3', 'File ended while scanning', 'missing in this definition'),
    Case('verbatim', 'tools', '\\cvwhat{', '\\cvwhat{\\begin{verbatim}x\\end{verbatim}',
         'tools:4', 'File ended while scanning', 'outside of the arguments'),
)
HOUSE = r"""\NeedsTeXFormat{LaTeX2e}
\ProvidesPackage{house}
% look
\newcommand\housename[1]{%
  \textbf{#1}%HERE
}
\newcommand{\houseline}{\par\hrule\par}
%%END
\endinput
"""
"""A package of the theme, which the document loads."""
OWN_CASES = (
    Case('own-macro', 'house', '%HERE', '\\nosuchcmd', 'house:5', '\\nosuchcmd', 'correct its name'),
    Case('own-brace', 'house', '#1}%HERE', '#1', 'house:4', 'File ended', 'missing in this definition'),
    Case('own-package', 'house', '%%END', '\\RequirePackage{nosuchpkg}', 'house:8', "`nosuchpkg.sty' not found", 'put'),
    Case('own-colour', 'house', '%HERE', '\\color{petrol}x', 'house:5', "`petrol'", '\\definecolor'),
    Case('own-option', 'house', '%%END', '\\RequirePackage[nosuch]{geometry}', 'house:8', 'nosuch', 'remove the'),
    Case('own-if', 'house', '%%END', '\\ifx\\a\\b x', 'house:8', 'Incomplete \\ifx', 'one \\fi'),
)
# fmt: on


class Recorded(LocalRunner):
    """Has TeX, which ends at once with a log that was recorded."""

    def __init__(self, log: str) -> None:
        super().__init__(os.environ["PATH"])
        self._log = log

    def find(self, name: str) -> str | None:
        """Programs of TeX are always there."""
        return f"/usr/bin/{name}" if name in ("xelatex", "xdvipdfmx") else super().find(name)

    def run(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        seconds: float,
        *,
        folder: Path | None = None,
        with_errors: bool = True,
        confinement: Confinement | None = None,
    ) -> Finished:
        """Write the log; other programs, such as fc-list, run."""
        if folder is None:
            return super().run(command, environ, seconds, with_errors=with_errors, confinement=confinement)
        (folder / "cv.log").write_text(self._log, "utf-8")
        return Finished(1, "")


def write_theme(folder: Path, case: Case | None = None) -> Path:
    """A profile with a theme of its own, in which ``case`` is broken."""
    templates = folder / "themes" / "mini" / "latex"
    templates.mkdir(parents=True)
    (templates.parent / "theme.yaml").write_text("description: Small\nextends: base\nbackends: [latex]\n", "utf-8")
    for name, text in TEMPLATES.items():
        broken = text.replace(case.old, case.new) if case and case.template == name else text
        assert case is None or case.template != name or broken != text
        (templates / f"{name}.tex.j2").write_text(broken, "utf-8")
    profile = folder / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    return profile


def find_problem(profile: Path, log: str) -> Problem:
    """What a render says about ``log``."""
    host = replace(describe_host(os.environ), runner=Recorded(log), cache=profile.parent / "cache", trusts_themes=True)
    backend = open_backend("xelatex", host)
    try:
        job = prepare(Request(profile, theme="mini", engine="xelatex"), backend).make_job()
        with pytest.raises(CvgenError) as error:
            backend.compile(job)
    finally:
        backend.close()
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_an_error_of_tex_has_the_line_of_the_template_and_the_cure(case: Case, tmp_path: Path) -> None:
    profile = write_theme(tmp_path, case)
    problem = find_problem(profile, LOGS[case.name])
    assert problem.location
    template = Path(problem.location.file).name.removesuffix(".tex.j2")
    assert f"{template}:{problem.location.line}" == case.place
    assert case.message in problem.message
    assert case.hint in (problem.hint or "")


@pytest.mark.parametrize("case", OWN_CASES, ids=[case.name for case in OWN_CASES])
def test_an_error_in_a_package_of_the_theme_has_its_line_there(case: Case, tmp_path: Path) -> None:
    loads = Case("", "document", "{xcolor,graphicx}", "{xcolor,graphicx,house}", "", "", "")
    profile = write_theme(tmp_path, loads)
    document = tmp_path / "themes" / "mini" / "latex" / "document.tex.j2"
    document.write_text(document.read_text("utf-8").replace("%%END", r"\housename{x}\houseline"), "utf-8")
    (document.parent / "house.sty").write_text(HOUSE.replace(case.old, case.new), "utf-8")
    problem = find_problem(profile, LOGS[case.name])
    assert problem.location
    assert f"{Path(problem.location.file).stem}:{problem.location.line}" == case.place
    assert case.message in problem.message
    assert case.hint in (problem.hint or "")


def test_an_error_in_a_text_of_the_profile_has_its_line_there(tmp_path: Path) -> None:
    profile = write_theme(tmp_path)
    log = (
        "./cv.tex:12: Something is wrong with this text.\nl.12 \\cvwhat{Prize for\n" + " " * 16 + "Bridges} \\cvwhen\n"
    )
    problem = find_problem(profile, log)
    assert str(problem.location).endswith("profile.yaml:3:13")
    assert problem.hint == "write this text in another way"


def test_a_template_in_latin_1_is_named_with_the_line_of_the_byte(tmp_path: Path) -> None:
    profile = write_theme(tmp_path)
    template = tmp_path / "themes" / "mini" / "latex" / "head.tex.j2"
    template.write_bytes(b"% one\n% N\xe9e\n" + template.read_bytes())
    problem = find_problem(profile, "")
    assert str(problem.location).endswith("head.tex.j2:2:4")
    assert (problem.message, problem.hint) == ("the template is not UTF-8: byte 0xe9", "save it as UTF-8")


@pytest.mark.tex
def test_source_and_log_of_a_failed_run_are_kept_and_a_loop_ends_where_it_is(tmp_path: Path) -> None:
    profile = write_theme(tmp_path, Case("", "document", "%%END", r"\def\cvloop{\cvloop}\cvloop", "", "", ""))
    ran = run_cvgen("render", profile, "-t", "mini", "-e", "xelatex", "--timeout", "1", "--keep-tex", tmp_path / "kept")
    assert ran.code == 1
    assert "document.tex.j2:14" in ran.err
    assert "used more than 1 s of processor time" in ran.err
    assert r"\cvloop" in (tmp_path / "kept" / "profile.tex").read_text("utf-8")
    assert "This is XeTeX" in (tmp_path / "kept" / "profile.log").read_text("utf-8")


@pytest.mark.tex
def test_undefined_references_are_warnings_and_the_document_is_written(tmp_path: Path) -> None:
    profile = write_theme(tmp_path, Case("", "document", "%%END", r"\newpage see \ref{nothing}", "", "", ""))
    ran = run_cvgen("render", profile, "-t", "mini", "-e", "xelatex", "-o", tmp_path / "cv.pdf")
    assert ran.code == 0, ran.err
    assert (tmp_path / "cv.pdf").exists()
    assert "Reference `nothing' on page 2 undefined" in ran.err
    assert "document.tex.j2:14" in ran.err


@pytest.mark.tex
def test_the_first_render_knows_how_many_pages_there_are(tmp_path: Path) -> None:
    counted = r"\makeatletter of \number\@abspage@last"
    profile = write_theme(tmp_path, Case("", "document", "%%END", counted, "", "", ""))
    ran = run_cvgen("render", profile, "-t", "mini", "-e", "xelatex", "-o", tmp_path / "cv.pdf")
    assert ran.code == 0, ran.err
    (page,) = read_pages((tmp_path / "cv.pdf").read_bytes())
    assert re.search(r"of 1\b", page.text)


def test_keep_tex_needs_an_engine_of_tex(tmp_path: Path) -> None:
    ran = run_cvgen("render", write_theme(tmp_path), "--keep-tex", tmp_path / "kept")
    assert ran.code == 2
    assert "give -e xelatex or lualatex" in ran.err


def test_an_end_in_the_middle_of_an_environment_of_another_template_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "themes" / "mine"
    (folder / "latex").mkdir(parents=True)
    (folder / "theme.yaml").write_text("description: Mine\nextends: classic\n", "utf-8")
    (folder / "latex" / "dated.tex.j2").write_text("x\n\\end{center}\n", "utf-8")
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    ran = run_cvgen("render", profile, "-t", "mine", "-e", "xelatex", "-o", tmp_path / "cv.pdf")
    assert ran.code == 1
    assert "dated.tex.j2:2: error: LaTeX:" in ran.err
    assert "ended by \\end{center}" in ran.err
