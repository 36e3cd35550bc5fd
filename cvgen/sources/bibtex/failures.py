"""Explains why an entry cannot be read: the splitter says where it gave up, this module finds the place to correct.

The splitter has no error codes, so its messages are searched for their fixed words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.diagnostics import Mistake, did_you_mean, nearest

Failure = tuple[int, Mistake]
"""Where in an entry's text the Mistake is, counted from 0, and the Mistake."""
_FIELD = re.compile(r"(?:^|,)[ \t]*(?P<name>[A-Za-z][\w+:-]*)[ \t]*=[ \t]*(?P<sign>[{\"]?)", re.MULTILINE)
_LOST_HEAD = re.compile(r"@[^\n@{(=]*[{(]|^[ \t]*@?[^\s,{}()@%]+[ \t]*[{(][^{},=\n]*,|^[ \t]*@[\w ]+,", re.MULTILINE)
_LOST_FIELD = re.compile(r"(?:^|,)[ \t]*(?P<name>[A-Za-z][\w+:-]*)\s*=\s*[{\"]", re.MULTILINE)
_COMMENT_LINE = re.compile(r"^[ \t]*%.*$", re.MULTILINE)
_HEAD = re.compile(r"@(?P<type>\w*)\s*(?P<brace>[{(])\s*(?P<rest>[^={,\"]*)")
_NOT_CLOSED = Mistake("it is not closed", "write } after its last field")
_LAST_WORD = re.compile(r"(?P<name>[\w+:-]+?)[\s:]*[{}\"]?\s*$")


def explain_failure(raw: str, reason: str) -> Failure:
    """The Failure in ``raw``, an entry that the splitter gave up for ``reason``."""
    reason = re.sub(r"\s+", " ", reason).strip() or "it does not parse"
    if "Expected comma after entry key" in reason or "Expected equals sign" in reason:
        return _explain_head(raw)
    if "Expected a `=`" in reason:
        return _explain_sign(raw, reason)
    return _explain_open(raw)


def name_block(raw: str) -> tuple[str, str]:
    """The block that begins ``raw`` as a message names it, and its key, empty if it has none."""
    head = re.match(r"@(\w*)[ \t]*[{(\s]*([^\s,{}()=\"]*)", raw)
    kind, key = (head[1].casefold(), head[2]) if head else ("", "")
    if kind in ("string", "preamble", "comment"):
        return f"this @{kind} {key!r}" if kind == "string" and key else f"this @{kind}", ""
    return (f"the entry {key!r}", key) if key else ("this entry", "")


def find_lost(comment: str, *, is_rest: bool) -> Iterator[tuple[int, str]]:
    """The place in the text between entries of each text that looks like an entry, and its first line.

    That is each head of an entry; without any, the first field, unless the text ``is_rest`` of an entry.
    """
    if "=" not in comment:
        return
    text = _COMMENT_LINE.sub(lambda found: " " * len(found[0]), comment)
    heads = [found for found in _LOST_HEAD.finditer(text) if text.find("=", found.end()) >= 0]
    starts = [found.start() + len(found[0]) - len(found[0].lstrip()) for found in heads]
    if not heads and not is_rest and (field := _LOST_FIELD.search(text)):
        starts = [text.rfind("\n", 0, field.start("name")) + 1]
    for start in starts:
        yield start, comment[start : start + 80].splitlines()[0]


def has_open_field(raw: str) -> bool:
    """Whether the brace or quote of a field is not closed before the next field."""
    return _find_open(raw) is not None


def _explain_head(raw: str) -> Failure:
    """``@article{key`` without its comma, ``@article{`` without its key, ``@string{key, {…}}``."""
    head = _HEAD.match(raw)
    if not head:
        return 0, Mistake("it does not begin as an entry does", "write @type{key,")
    kind, words = head["type"], head["rest"].replace("}", " ").split()
    if kind.casefold() == "string":
        name = words[0] if words else "name"
        return head.end(), Mistake("the sign = is missing", f"write @string{{{name} = {{…}}}}")
    if nearest(kind, ["string"]):
        return 0, Mistake(f"@{kind} is not an entry type", did_you_mean("@string"))
    if len(words) > 1:
        place = head.start("rest") + len(words[0])
        return place, Mistake("the comma after its key is missing", f"write {words[0]},")
    return head.end("brace"), Mistake("it has no key", f"write a key and a comma after the brace: @{kind}{{key,")


def _explain_sign(raw: str, reason: str) -> Failure:
    """A field without ``=``; or the next entry, where this one was not closed."""
    if "found `@" in reason:
        return len(raw.rstrip()), _NOT_CLOSED
    head = _HEAD.match(raw)
    if "found `}`" in reason and head and head["brace"] == "(":
        return head.start("brace"), Mistake("it opens with ( and closes with }", "write { in place of this (")
    found = _LAST_WORD.search(raw, max(0, len(raw) - 200))
    name = found["name"] if found else "the field"
    place = found.start("name") if found else 0
    return place, Mistake(f"the sign = is missing after {name!r}", f"write {name} = {{…}}")


def _explain_open(raw: str) -> Failure:
    """The first field whose brace or quote is not closed before the next field; else the entry itself is open."""
    if found := _find_open(raw):
        start, name, sign = found
        kind, close = ("quote", '"') if sign == '"' else ("brace", "}")
        hint = f"close the {kind}: write {close} at the end of {name}"
        return start, Mistake(f"the {kind} of {name!r} is not closed", hint)
    return max(len(raw.rstrip()) - 1, 0), _NOT_CLOSED


def _find_open(raw: str) -> tuple[int, str, str] | None:
    fields = list(_fields(raw))
    for index, (start, end, name, sign) in enumerate(fields):
        if _is_open(raw[start:end], sign, is_last=index + 1 == len(fields)):
            return start, name, sign
    return None


def _fields(raw: str) -> Iterator[tuple[int, int, str, str]]:
    """Start and end of each field's value, its name, and the sign that opens it."""
    found = list(_FIELD.finditer(raw))
    ends = [match.start() for match in found[1:]] + [len(raw)] * bool(found)
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
