"""Why an entry cannot be read: the reader says where it gave up, this says where to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.diagnostics import did_you_mean

Cure = tuple[int, str, str]
"""Where in the entry's text, what is wrong there, and what to write."""
_FIELD = re.compile(r"^[ \t]*(?P<name>[A-Za-z][\w+:-]*)[ \t]*=[ \t]*(?P<sign>[{\"]?)", re.MULTILINE)
_FIRST_FIELD = re.compile(r"[^\n]*?,[ \t]*(?P<name>[A-Za-z][\w+:-]*)[ \t]*=[ \t]*(?P<sign>[{\"]?)")
_COMMENT = re.compile(r"^[^{}\n]*\}?,?\s+(?P<sign>%)", re.MULTILINE)
_HEAD = re.compile(r"@(?P<type>\w*)\s*(?P<brace>[{(])\s*(?P<rest>[^={,\"]*)")
_HINT = "look for a brace or quote that is not closed, or a missing comma"


def explain_failure(raw: str, reason: str) -> Cure:
    """What is wrong in ``raw``, an entry that was given up for ``reason``."""
    if found := _COMMENT.search(raw):
        hint = "BibTeX has no comments inside an entry: take away what stands after %"
        return found.start("sign"), "a comment stands in it", hint
    if "Expected comma after entry key" in reason or "Expected equals sign" in reason:
        return _explain_head(raw)
    if "Expected a `=`" in reason:
        return _explain_sign(raw, reason)
    if "Unexpected" in reason:
        return _explain_open(raw)
    return 0, reason, _HINT


def _explain_head(raw: str) -> Cure:
    """``@article{key`` without its comma, ``@article{`` without its key, ``@string{key, {…}}``."""
    head = _HEAD.match(raw)
    if not head:
        return 0, "it does not begin as an entry does", "write @type{key,"
    kind, words = head["type"], head["rest"].split()
    if kind.casefold() == "string":
        name = words[0] if words else "name"
        return head.end(), "the sign = is missing", f"write @string{{{name} = {{…}}}}"
    if near := did_you_mean(kind, ["string"]):
        return 0, f"@{kind} is no entry type", near.replace("'string'", "@string")
    if len(words) > 1:
        return head.start("rest") + len(words[0]), "the comma after its key is missing", f"write {words[0]},"
    return head.end("brace"), "it has no key", f"write a key and a comma after the brace: @{kind}{{key,"


def _explain_sign(raw: str, reason: str) -> Cure:
    """A field without ``=``; or the next entry, where this one was not closed."""
    if "found `@" in reason:
        end = len(raw.rstrip())
        return end, "it is not closed", "write } after its last field"
    head = _HEAD.match(raw)
    if "found `}`" in reason and head and head["brace"] == "(":
        return head.start("brace"), "it opens with ( and closes with }", "write { in place of this ("
    found = re.search(r"(?P<name>[\w+:-]+?)[\s:]*[{}\"]?\s*$", raw)
    name = found["name"] if found else "the field"
    place = found.start("name") if found else 0
    return place, f"the sign = is missing after {name!r}", f"write {name} = {{…}}"


def _explain_open(raw: str) -> Cure:
    """The first field whose brace or quote is not closed before the next field; else the entry itself is open."""
    fields = list(_fields(raw))
    for index, (start, end, name, sign) in enumerate(fields):
        if _is_open(raw[start:end], sign, is_last=index + 1 == len(fields)):
            kind, close = ("quote", '"') if sign == '"' else ("brace", "}")
            return (
                start,
                f"the {kind} of {name!r} is not closed",
                f"close the {kind}: write {close} at the end of {name}",
            )
    return len(raw.rstrip()), "it is not closed", "write } after its last field"


def _fields(raw: str) -> Iterator[tuple[int, int, str, str]]:
    """Start and end of each field's value, its name, and the sign that opens it."""
    first = _FIRST_FIELD.match(raw)
    found = [*([first] if first else []), *_FIELD.finditer(raw)]
    ends = [*(match.start() for match in found[1:]), len(raw)]
    for match, end in zip(found, ends, strict=True):
        yield match.start("sign"), end, match["name"], match["sign"]


def _is_open(value: str, sign: str, *, is_last: bool) -> bool:
    balance = len(re.findall(r"(?<!\\)\{", value)) - len(re.findall(r"(?<!\\)\}", value))
    if sign == '"' and len(re.findall(r'(?<!\\)"', re.sub(r"\{[^{}]*\}", "", value))) % 2:
        return True
    if is_last and balance == 0:  # the last brace closes the entry, or this value
        first_line = value.split("\n", 1)[0]
        return sign == "{" and first_line.count("{") > first_line.count("}")
    return balance > 0
