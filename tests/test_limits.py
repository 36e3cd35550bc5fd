"""Files that would take for ever to read end in a result or in a Problem: limits, and no step that grows faster.

All cases are read by one process with a limit of processor time, which is killed where a step grows with the square.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from cvgen.sources.limits import TooSlowError, limit_time

BASICS = "basics: {name: Wei Lin}\n"
PROFILE = f"{BASICS}bibliography: {{files: [papers.bib]}}\n"
GOOD = "@misc{good, title = {On Being Good}, author = {Lin, Wei}, year = 2020}\n"
SECONDS = 150
"""The processor time for all cases; they take 35 s, and minutes with one step that grows with the square."""
RUN = """
import json, sys
from click.testing import CliRunner
from cvgen.cli.main import cli
for line in sys.stdin:
    name, *arguments = json.loads(line)
    ran = CliRunner().invoke(cli, arguments)
    raised = ran.exception if not isinstance(ran.exception, SystemExit) else None
    print(json.dumps([name, ran.exit_code, ran.stderr[:30_000], repr(raised) if raised else ""]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A folder of files, and the command that reads them; ``told`` is part of what it must say."""

    files: Mapping[str, str | bytes]
    told: str = ""
    command: tuple[str, ...] = ("publications", "profile.yaml")


_LETTERS = str.maketrans("0123456789", "abcdefghij")


def words(number: int) -> str:
    """A word of letters for each number."""
    return str(number).translate(_LETTERS)


def bib(text: str, told: str = "") -> Case:
    return Case({"profile.yaml": PROFILE, "papers.bib": GOOD + text}, told)


def titled(title: str, told: str = "") -> Case:
    return bib(f"@article{{odd, author = {{Lin, Wei}}, journal = {{J}}, year = 2020, title = {{{title}}}}}\n", told)


def listed(authors: str, told: str = "", more: str = "") -> Case:
    return bib(f"@article{{odd, title = {{T}}, journal = {{J}}, year = 2020, author = {{{authors}}}{more}}}\n", told)


def profile(text: str, told: str = "", variant: str = "") -> Case:
    command = ("render", "profile.yaml", "-f", "html", "--set", "body_font=Serif", "--set", "heading_font=Serif",
               "--set", "code_font=Mono", "-o", "cv.html", *(("-v", variant) if variant else ()))  # fmt: skip
    return Case({"profile.yaml": BASICS + text}, told, command)


def text_of(text: str, told: str = "") -> Case:
    return profile(f"news: [{{date: 2020, text: {json.dumps(text)}}}]\n", told)


def posting(text: str, told: str = "", name: str = "posting.html") -> Case:
    return Case({"profile.yaml": BASICS, name: text}, told, ("match", "profile.yaml", name))


def chain(length: int, field: str, *, ring: bool = False) -> str:
    """Entries that refer each to the next; the last to the first in a ``ring``."""
    last = length if ring else length - 1
    heads = (f"@inproceedings{{k{i}, title = {{T{i}}}, author = {{Lin, Wei}}, year = 2020" for i in range(length))
    return "".join(
        head + (f", {field} = {{k{(i + 1) % length}}}" if i < last else "") + "}\n" for i, head in enumerate(heads)
    )


def macros(length: int) -> str:
    joined = "".join(f"@string{{a{i} = {' # '.join([f'a{i - 1}'] * 10)}}}\n" for i in range(1, length))
    return f"@string{{a0 = {{xxxxxxxxxx}}}}\n{joined}@misc{{k, title = a{length - 1}, author = {{Lin, Wei}}}}\n"


TITLES = {
    **{f"title {tag}": titled(tag * 1_500) for tag in ("<i>", "</b>", "<i>a</i>", "<sub><i><b>", "<span>", "<")},
    "title emph": titled("\\emph{" * 2_000 + "}" * 2_000, "nested too deeply"),
    "title texorpdfstring": titled("\\texorpdfstring{" * 900 + "}{a}" * 900, "nested too deeply"),
    "title frac": titled("$" + "\\frac{" * 1_200 + "1" + "}{2}" * 1_200 + "$", "nested too deeply"),
    "title root": titled("$" + "\\sqrt" * 3_000 + "$", "nested too deeply"),
    "title script": titled("$" + "x^{" * 1_500 + "}" * 1_500 + "$", "nested too deeply"),
    "title left": titled("$" + "\\left(" * 3_000 + "$"),
    "title ce": titled("\\ce{" * 4_000 + "}" * 4_000),
    "title ifmmode": titled("\\ifmmode " * 2_000 + "\\fi" * 2_000),
    "title money": titled("$1 " * 6_000),
    "title signs": titled("$" * 19_999),
    "title quotes": titled("`a " * 6_000),
    "title accents": titled("\\'" * 9_000 + "e"),
    "title braces": titled("{" * 9_000 + "}" * 9_000),
    "title long": titled("word " * 2_000_000, "'title' of 'odd' has 10,000,000 characters; it may have 20,000"),
}
PEOPLE = {
    "people 25,000": listed(" and ".join(f"N{words(i)}, A." for i in range(25_000)), "it may have 20,000"),
    "people 15,000": listed(" and ".join(f"N{words(i)}, A." for i in range(15_000)) + " and Lin, Wei"),
    "people csl": Case(
        {
            "profile.yaml": PROFILE.replace(".bib", ".json"),
            "papers.json": json.dumps(
                [{"id": "odd", "type": "book", "title": "T", "author": [{"family": words(i)} for i in range(25_000)]}]
            ),
        },
        "'author' of 'odd' has 25,000 people; it may have 20,000",
    ),
    "people marks": listed(
        " and ".join(f"N{words(i)}, A." for i in range(6_000)) + " and Lin, Wei",
        more=f", author+an = {{{';'.join(f'{i}=equal' for i in range(1, 6_001))}}}",
    ),
    "people beyond": listed(
        "Lin, Wei", "marks author 2", f", author+an = {{{';'.join(f'{i}=equal' for i in range(1, 6_001))}}}"
    ),
    "people quotes": listed("Lin, Wei", "cannot be read", ', author+an = {1="a' + ';"' * 9_001 + "}"),
    "people commas": listed(", ".join(f"Ann N{words(i)}" for i in range(6_000)), "it is read as 6000 people"),
    "people and": listed("and " * 9_000 + "Lin, Wei"),
    "people name": listed("Lin, Wei and " + "{}" * 100_000 + "A, B", "a name has 200,002 characters"),
    "people tilde": listed("Lin, Wei and " + "~" * 100_000 + "A, B", "a name has"),
}
FILES = {
    **{f"chain {field} {n}": bib(chain(n, field)) for field in ("crossref", "xdata") for n in (990, 3_000)},
    "ring": bib(chain(2_000, "crossref", ring=True), "refers back"),
    "chain of fields": bib(
        "".join(f"@misc{{k{i}, title = {{T}}, n{i} = {{x}}, xdata = {{k{i + 1}}}}}\n" for i in range(1_000)),
        "an entry inherits too many fields",
    ),
    "macros": bib(macros(14), "the macros add up to more than 20,000 characters"),
    "quoted": bib("@article{k," * 1_500 + "x" + "}" * 1_500),
    "comments": bib("@comment{" * 3_000 + "}" * 3_000),
    "open": bib("@article{k, title = {T\n" * 1_500, "1500 times"),
    "opening braces": bib("{" * 30_000),
    "closing braces": bib("@misc{k, title = {" + "}" * 30_000),
    "quotation marks": bib("@misc{k, title = " + '"' * 30_000),
    "parts": bib("@misc{k, author = {Lin, Wei}, title = " + " # ".join(['"a"'] * 9_000) + "}"),
    "undefined": bib("@misc{k, author = {Lin, Wei}, title = " + " # ".join(f"m{i}" for i in range(3_000)) + "}"),
    "fields": bib("@misc{odd, " + ", ".join(f"f{i} = 1" for i in range(5_000)) + "}", "an entry may have 300"),
    "key": bib("@misc{" + "k" * 100_000 + ", title = {T}}", "a key has 100,000 characters"),
    "wrong": bib("".join(f"@misc{{k{i}}}\n" for i in range(6_000)), "an entry has no author (6000 times"),
    "entries": bib(
        "".join(f"@misc{{k{i},}}\n" for i in range(26_000)), "26,001 entries; all bibliographies may have 20,000"
    ),
}
PROFILES = {
    "keys": profile("".join(f"key{i}: x\n" for i in range(3_000)), "unknown key"),
    "faulty entries": profile("work:\n" + "".join(f"- nam: A{i}\n" for i in range(2_000)), "unknown key"),
    "news": profile("news:\n" + "".join(f"- {{date: 2020-01, text: News {i}}}\n" for i in range(1_500))),
    "highlights": profile(
        "work:\n- {name: A, position: B, highlights: [" + ", ".join(f"did {i}" for i in range(1_500)) + "]}\n"
    ),
    "levels": profile("work: " + "[" * 10_000),
    "levels closed": profile("x:\n" + "- " * 10_000 + "a\n", "nested too deeply"),
    "levels behind a fault": profile("news: 'a\nwork: " + "[" * 10_000),
    "long key": profile("? " + "k" * 500_000 + "\n: x\n", "a key has 500,000 characters; it may have 1,000"),
    "long text": profile("news: [{date: 2020, text: " + "word " * 100_000 + "}]\n", "it may have 50,000"),
    "extends": profile(
        "variants:\n  v0: {tags: [a]}\n" + "".join(f"  v{i}: {{extends: v{i - 1}}}\n" for i in range(1, 2_000)),
        variant="v1999",
    ),
    "extends in a ring": profile(
        "variants:\n  v0: {extends: v1999}\n" + "".join(f"  v{i}: {{extends: v{i - 1}}}\n" for i in range(1, 2_000)),
        "extend each other in a circle",
        variant="v1999",
    ),
    **{
        f"text {text}": text_of(text * 3_000) for text in ("**a", "**a ", "*a ", "`a ", "[", "](", "[a](", "_a ", "$1 ")
    },
    "text formula": text_of("$" + "x^{" * 1_500 + "}" * 1_500 + "$", "nested too deeply"),
}
POSTINGS: dict[str, Case] = {
    **{
        f"posting {tag}": posting(tag * 20_000 + "Python wanted here")
        for tag in ("<!--", "<a ", "<a href='", "<", "<?")
    },
    "posting comments": posting("<!---->" * 3_000 + "Python is wanted here", name="posting.txt"),
    "posting blanks": posting("<b> " * 20_000 + "Python is wanted here"),
    "posting tags": posting("<nav></footer>" * 6_000),
}
WANTED = "Requirements\n- "
LONG_POSTINGS = {
    "hyphens": WANTED + "ab-" * 30_000,
    "of of": WANTED + "of " * 30_000,
    "distinct items": "Requirements\n" + "".join(f"- {words(i)} {words(7 * i)}x\n" for i in range(6_000)),
    "distinct commas": WANTED + ", ".join(f"{words(i)}x" for i in range(12_000)),
    "a choice": WANTED + " or ".join(f"{words(i)}x" for i in range(9_000)),
    "examples": WANTED + " such as ".join(f"{words(i)}x" for i in range(9_000)),
    "one company": "Title\n\n" + "".join(f"We work at Acme {words(i).title()}, " for i in range(1_500)),
    "abbreviations": WANTED + "".join(f"A{words(i)} B{words(i)} (AB{i}), " for i in range(3_500)),
    "years": WANTED + "5 years " * 4_000,
    "spaces": WANTED + "5" + " " * 40_000 + "Python",
    "levels of languages": WANTED + "B1, C2, " * 4_000,
    "countries": "Title\n\nWe are in " + "Lima, Peru " * 3_000,
    "letters between ideographs": WANTED + "a漢" * 15_000,
    "underscores": WANTED + "a_" * 15_000,
    "ideographs": "任职要求：\n- " + "数据分析平台架构优化" * 7_000,
    "accents": WANTED + "a" + "\u0316\u0301" * 20_000,
    "headings": "Requirements\n" * 3_000,
    "brackets": WANTED + "a(" * 20_000,
}
POSTINGS |= {
    f"posting {name}": Case(
        {"profile.yaml": BASICS, "posting.txt": text}, "", ("match", "profile.yaml", "posting.txt", "--no-fit")
    )
    for name, text in LONG_POSTINGS.items()
}
HEADS = ("@", "@article", "@article{", "@article{k2", "@article{k2,", "@article{k2,title", "@article{k2,title=",
         "@article{k2,title={", '@article{k2,title="', "@article{k2,title={T}", "@article{k2,title={T},",
         "@article(k2,title={T}", "@article{k2,title={T} #", "@article{k2,crossref={good}", "@comment", "@comment{",
         "@comment(", "@string", "@string{", "@string{a", "@string{a=", "@string{a={", '@preamble{"', "@preamble{",
         "@xdata{", "@set{", "@{", "@{}", "@string{}", "@comment{}", "@article{}")  # fmt: skip
BYTES = {
    "utf-16": GOOD.encode("utf-16"),
    "utf-32": GOOD.encode("utf-32"),
    "half a letter": GOOD.encode() + b"\xc3",
    "nul": GOOD.encode() + b"\0",
    "surrogate": GOOD.encode() + b"\xed\xa0\x80",
    "marks": ("\ufeff\ufeff" + GOOD + "\ufeff" + GOOD.replace("good", "bet\ufeffter")).encode(),
    "line ends": GOOD.replace(",", "\r,\x85\u2028\x0c").encode(),
    "escapes": GOOD.replace("Good", "\x1b[31m\x07").encode(),
    "nothing": b"",
    "noise": bytes(range(256)) * 20,
}
VALUES = (r'"a\0b"', r'"a\ud800b"', r'"a\x85b"', r'"\x1b[2J"', "9" * 400, "99999999", "1" + "0" * 4000, ".inf", ".nan",
          "!!python/object:os.system x", "!x y", "!!binary aGk=", "{<<: {a: b}}", "!!set {a}", "a" * 300, "1e999", "-1",
          "~", "[a, [b, {c: d}]]", "{a: {b: c}}", "2020-13-45", r'"\ufffe"', "10000000000 - 99999999999")  # fmt: skip
BROKEN = {
    **{f"end {head}": bib(head) for head in HEADS},
    **{f"bib {name}": Case({"profile.yaml": PROFILE, "papers.bib": data}) for name, data in BYTES.items()},
    **{f"yaml {name}": Case({"profile.yaml": BASICS.encode() + data}) for name, data in BYTES.items()},
    **{
        f"value {value[:30]}": profile(
            f"people: {{A B: {value}}}\n"
            f"work: [{{name: A, position: {value}, start: {value}, url: {value}, tags: [{value}], logo: {value}}}]\n"
            f"news: [{{date: {value}, text: {value}, priority: {value}}}]\nsections:\n  ? {value}\n  : {{like: work}}\n"
            f"bibliography: {{files: [{value}], aliases: [{value}], entries: {{k: {{award: {value}}}}}}}\n"
            f"variants:\n  v: {{theme: {value}, pages: {value}, file: {value}, language: {value}, extends: {value}}}\n"
            f"  ? {value}\n  : {{tags: [{value}]}}\n? {value}\n: x\n"
        )
        for value in VALUES
    },
}
CASES = {**TITLES, **PEOPLE, **FILES, **PROFILES, **POSTINGS, **BROKEN}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[int, str, str]]:
    """The exit code, the messages and the exception of each case; those after one that never ends are absent."""
    folder = tmp_path_factory.mktemp("limits")
    lines: list[str] = []
    for number, (name, case) in enumerate(CASES.items()):
        own = folder / str(number)
        own.mkdir()
        for file, text in case.files.items():
            (own / file).write_bytes(text.encode() if isinstance(text, str) else text)
        arguments = [str(own / word) if word in case.files or word == "cv.html" else word for word in case.command]
        lines.append(json.dumps([name, *arguments]))
    process = subprocess.run(
        [sys.executable, "-c", RUN],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)),
    )
    rows = [json.loads(line) for line in process.stdout.splitlines()]
    return {name: (code, err, raised) for name, code, err, raised in rows}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_ends_in_a_result_or_a_problem(ran: Mapping[str, tuple[int, str, str]], name: str) -> None:
    assert name in ran, "this case, or one before it, takes too long"
    code, err, raised = ran[name]
    assert not raised
    assert code in (0, 1, 2)
    assert "is not read: it takes" not in err  # the limit of time is for what no other limit stops
    assert CASES[name].told in err, err
    assert len(err) < 30_000


def test_reading_ends_after_a_time_whatever_it_does() -> None:
    with pytest.raises(TooSlowError, match="more than 1 seconds of processor time"), limit_time(1):
        re.match("(a*)*b", "a" * 60)
