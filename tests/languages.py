"""Checks a career that has everything in every language, theme and engine, and prints what ``cvgen check`` finds.

python tests/languages.py [--languages "he ar"] [--themes "classic modern"] [--engines "xelatex"] [--keep DIR]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from string import Template

import yaml
from helpers import run_cvgen

from cvgen.model.language_files import known_languages
from cvgen.model.paper_signs import is_wide
from cvgen.select.language import list_ancestors, load_words

FOLDER = Path(__file__).parent / "fixtures/languages"
THEMES = ("classic", "modern", "timeline")
ENGINES = ("weasyprint", "xelatex", "lualatex")


@cache
def _samples() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "samples.yaml").read_text("utf-8"))
    return loaded


def find_sample(language: str) -> dict[str, str]:
    """The invented texts of ``language``, or of the one that it inherits from; English ones if there are none."""
    return next(_samples()[code] for code in list_ancestors(language) if code in _samples())


def write_everything(folder: Path, language: str) -> Path:
    """Write the profile with everything in ``language`` and its bibliography into ``folder``."""
    sample = find_sample(language)
    names = {f"{key}_bib": _as_bibtex(sample[key]) for key in ("name", "other")}
    for template, file in (("career.yaml", "profile.yaml"), ("papers.bib", "papers.bib")):
        text = Template((FOLDER / template).read_text("utf-8")).substitute(sample, **names, language=language)
        (folder / file).write_text(text, "utf-8")
    return folder / "profile.yaml"


def _as_bibtex(name: str) -> str:
    """``name`` in braces if it is one word, as BibTeX has such names, else with its family first.

    The family is the last word, and the first one in Japanese.
    """
    given, _, family = name.rpartition(" ")
    if given and is_wide(name):
        given, family = family, given
    return f"{family}, {given}" if given else f"{{{family}}}"


def list_engines(language: str, engines: tuple[str, ...]) -> list[str]:
    """Those of ``engines`` that print ``language``: XeLaTeX sets nothing from right to left."""
    is_rtl = load_words(language)["direction"] == "rtl"
    return [engine for engine in engines if not (is_rtl and engine == "xelatex")]


def check_language(folder: Path, language: str, theme: str, engine: str) -> list[str]:
    """What ``cvgen check`` finds, a line for each fault."""
    profile = write_everything(folder, language)
    ran = run_cvgen("check", profile, "-t", theme, "-e", engine, "--format", "json")
    if ran.code == 2 or not ran.out:
        return [ran.err]
    found = json.loads(ran.out)
    cells = [(cell["variant"], finding) for cell in found["cells"] for finding in cell["findings"]]
    return [
        f"{variant}: {finding['severity']} {finding['check']}: {finding['message']}"
        for variant, finding in [*(("profile", finding) for finding in found["profile"]), *cells]
    ]


def main() -> int:
    """Check all that was asked for; the exit code is 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--languages", default=" ".join(known_languages()))
    parser.add_argument("--themes", default=" ".join(THEMES))
    parser.add_argument("--engines", default=" ".join(ENGINES))
    parser.add_argument("--keep", type=Path, help="write the profiles into this folder, one for each language")
    asked = parser.parse_args()
    counted: Counter[bool] = Counter()
    for language in asked.languages.split():
        with contextlib.ExitStack() as stack:
            folder = asked.keep / language if asked.keep else Path(stack.enter_context(tempfile.TemporaryDirectory()))
            folder.mkdir(parents=True, exist_ok=True)
            for theme in asked.themes.split():
                for engine in list_engines(language, tuple(asked.engines.split())):
                    found = check_language(folder, language, theme, engine)
                    counted[bool(found)] += 1
                    print(f"{language:8} {theme:10} {engine:10} {len(found)}", *found, sep="\n    ", flush=True)
    print(f"{counted[False]} of {counted.total()} without a finding")
    return 1 if counted[True] else 0


if __name__ == "__main__":
    sys.exit(main())
