"""Formats the result of a check as text, JSON, JUnit XML or GitHub annotations."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from cvgen.diagnostics import MAX_LINES, ProblemGroup, Severity, say_left
from cvgen.examine import Finding
from cvgen.pipeline.check.run import CheckedDocument, CheckResult

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def as_json(result: CheckResult) -> str:
    """One object: ``failed``, the documents (``cells``) with their findings, and the findings about the profile."""
    content = {
        "failed": result.failed,
        "profile": [_finding_dict(finding) for finding in result.profile],
        "cells": [
            {
                "variant": document.variant,
                "theme": document.theme,
                "engine": document.engine,
                "pages": document.pages,
                "seconds": round(document.seconds, 3),
                "findings": [_finding_dict(finding) for finding in document.findings],
            }
            for document in result.documents
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _finding_dict(finding: Finding) -> dict[str, Any]:
    place = finding.problem.location
    return {
        "check": finding.check,
        "severity": finding.problem.severity.value,
        "message": finding.problem.message,
        "hint": finding.problem.hint,
        "page": finding.page,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def as_junit(result: CheckResult) -> str:
    """JUnit XML for Jenkins and GitLab: a test case per document, and one for the profile."""
    suite = ET.Element("testsuite", name="cvgen check")
    _add_case(suite, "profile", "profile", 0.0, result.profile)
    for document in result.documents:
        _add_case(suite, document.name, document.theme, document.seconds, document.findings)
    failures = sum(1 for case in suite if case.find("failure") is not None)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(failures))
    suite.set("errors", "0")
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False)


def _add_case(suite: ET.Element, name: str, group: str, seconds: float, findings: tuple[Finding, ...]) -> None:
    case = ET.SubElement(suite, "testcase", name=_xml(name), classname=_xml(group), time=f"{seconds:.3f}")
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        failure = ET.SubElement(case, "failure", message=_xml(errors[0].problem.message), type=errors[0].check)
        failure.text = _xml("\n".join(format_line(finding) for finding in errors))
    if others := [finding for finding in findings if not finding.is_error]:
        ET.SubElement(case, "system-out").text = _xml("\n".join(format_line(finding) for finding in others))


# Characters that XML 1.0 cannot contain (section 2.2)
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    """``text`` without characters that XML cannot contain."""
    return _NO_XML.sub("", text)


def format_line(finding: Finding) -> str:
    """A finding on one line: place, severity, page, message, hint, and the name of the check."""
    problem = finding.problem
    place = f"{problem.location}: " if problem.location else ""
    page = f"page {finding.page}: " if finding.page else ""
    hint = f" → {problem.hint}" if problem.hint else ""
    return f"{place}{problem.severity}: {page}{problem.message}{hint} [{finding.check}]"


def as_github(result: CheckResult) -> str:
    """GitHub workflow commands that show each finding beside its line in a pull request."""
    lines = [_annotation(finding, "profile") for finding in result.profile]
    lines += [_annotation(finding, document.name) for document in result.documents for finding in document.findings]
    return "\n".join(dict.fromkeys(lines))


def _annotation(finding: Finding, title: str) -> str:
    """https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    place = finding.problem.location
    page = f"page {finding.page}: " if finding.page else ""
    hint = f" → {finding.problem.hint}" if finding.problem.hint else ""
    properties: Mapping[str, object | None] = {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "col": place.column if place else None,
        "title": f"cvgen check: {title}",
    }
    shown = ",".join(f"{name}={_escape(str(value), True)}" for name, value in properties.items() if value is not None)
    return f"::{_LEVELS[finding.problem.severity]} {shown}::{_escape(page + finding.problem.message + hint, False)}"


def _escape(text: str, is_property: bool) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if is_property else escaped


def as_text(result: CheckResult, *, shorten: bool = False, only_errors: bool = False) -> str:
    """A line for each document, and below it a line for each finding.

    With ``shorten``, findings of one kind share a line, and each document and the profile have at most ``MAX_LINES``
    lines. With ``only_errors``, documents and findings without an error have no line.
    """
    return "\n".join(_text_lines(result, shorten, only_errors))


def _text_lines(result: CheckResult, shorten: bool, only_errors: bool) -> Iterator[str]:
    def describe(findings: Sequence[Finding]) -> Iterable[str]:
        shown = [finding for finding in findings if finding.is_error or not only_errors]
        return _short_lines(shown) if shorten else map(format_line, shown)

    yield from describe(result.profile)
    for document in result.documents:
        if document.failed or not only_errors:
            yield describe_document(document)
            yield from (f"  {line}" for line in describe(document.findings))
    numbers = Counter(finding.problem.severity for finding in result.findings)
    counts = [_count(numbers[one], one.value) for one in Severity if numbers[one] or one is Severity.ERROR]
    yield f"{_count(len(result.documents), 'document')} checked: {', '.join(counts)}"


def _short_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """A line for each kind of finding; if there are too many, the most severe ones and the number of the rest."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        problem = finding.problem
        groups.setdefault((finding.check, problem.severity, problem.kind) if problem.kind else number, []).append(
            finding
        )
    listed = list(groups.values())
    if len(listed) > MAX_LINES:
        listed.sort(key=lambda group: list(Severity).index(group[0].problem.severity))
        shown, left = listed[: MAX_LINES - 1], listed[MAX_LINES - 1 :]
    else:
        shown, left = listed, []
    yield from map(_format_group, shown)
    if left:
        yield say_left([finding.problem for group in left for finding in group])


def _format_group(findings: Sequence[Finding]) -> str:
    if len(findings) == 1:
        return format_line(findings[0])
    group = ProblemGroup(tuple(finding.problem for finding in findings))
    return format_line(
        Finding(findings[0].check, replace(group.first, message=group.message, location=None, hint=group.hint))
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("s" if number != 1 else "")


def describe_document(document: CheckedDocument) -> str:
    """``ok    industry · modern · weasyprint, 1 page``."""
    pages = "" if document.pages is None else f", {_count(document.pages, 'page')}"
    return f"{'FAIL' if document.failed else 'ok  '}  {document.name}{pages}"


FORMATS: Mapping[str, Callable[[CheckResult], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "github": as_github,
}
