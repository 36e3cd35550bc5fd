"""Examples with a slip or two in them, as an editor, a merge or a broken download leaves them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import QUICK, Case, Sandbox

EXAMPLES = Path(__file__).parents[3] / "examples"
FILES = [
    path for path in sorted(EXAMPLES.glob("*/*")) if path.suffix in (".yaml", ".bib") and not path.name.startswith(".")
]
NUMBER = 160
_ODD = (
    "\0", "\u202e", "{", "}", "[", "]", ":", "- ", "#", '"', "'", "|", ">", "&a", "*a", "!!x", "%", "@", "\\", "$", "\t",
    "é", "林", "😀", "\r", "\n", "~", "null", "1e999", "0x", "2020-13", "<i>", "</b>", ",", "=", "--", "?", "`", "\ufeff",
    "9" * 40, "true", "-1", ".inf", "[]", "{}", "{a: b}", "[[[]]]", "2020", "x: y",
)  # fmt: skip


def _spoil(text: str, draw: random.Random) -> str:
    """``text`` with one slip: of a letter, of a line, or at the end of the file."""
    at, lines = draw.randrange(len(text) + 1), text.split("\n")
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    kind = draw.choice(("cut", "type", "delete", "repeat", "drop", "indent", "dedent", "swap", "value", "replace"))
    if kind == "cut":
        return text[:at]
    if kind == "type":
        return text[:at] + draw.choice(_ODD) + text[at:]
    if kind == "delete":
        return text[:at] + text[at + draw.randrange(1, 60) :]
    if kind == "replace":
        return text.replace(draw.choice(("  ", ", ", "}", "{", '"', ":")), draw.choice(_ODD), draw.randrange(1, 3))
    if kind == "repeat":
        lines.insert(other, lines[one])
    elif kind == "drop":
        del lines[one]
    elif kind == "indent":
        lines[one] = " " * draw.randrange(1, 5) + lines[one]
    elif kind == "dedent":
        lines[one] = lines[one].lstrip()
    elif kind == "swap":
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines[one] = f"{lines[one].partition(':')[0]}: {draw.choice(_ODD)}"
    return "\n".join(lines)


def _build(file: Path, seed: int) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        draw = random.Random(seed)
        for path in sorted(file.parent.rglob("*")):
            if path.is_file():
                box.write(str(path.relative_to(file.parent)), path.read_bytes())
        text = file.read_text("utf-8")
        for _ in range(draw.choice((1, 1, 2, 6))):
            text = _spoil(text, draw)
        box.write(file.name, text)
        return ("render", box.work / "profile.yaml", *QUICK, "-o", box.out / "cv.html")

    return build


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each file of the examples in turn; the tests run one."""
    for number in range(NUMBER):
        file = FILES[number % len(FILES)]
        name = f"{file.parent.name}, {file.name}, {number}"
        yield Case("mistyped", name, _build(file, draw.randrange(1 << 30)), fast=number == 0)
