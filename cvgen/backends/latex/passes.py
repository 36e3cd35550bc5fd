"""Runs an engine in a folder until the files it writes for its next pass are the same, then makes the PDF.

Source: ltxref ("Auxiliary files"): references, page counts and outlines are written in one pass and read in the next.
latexmk does the same for any document, and takes a quarter of a second for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cvgen.backends.cache import Cache
from cvgen.backends.latex.tex_engines import TexEngine
from cvgen.backends.programs import Finished

OPTIONS = ("-interaction=nonstopmode", "-halt-on-error", "-file-line-error")
_TECTONIC = ("--untrusted", "--only-cached", "--keep-logs", "--outdir", ".")
"""Tectonic runs all passes itself. It would fetch packages, but a render uses no network."""
MOST_PASSES = 5
"""The most passes: a document that changes with each of them ends with the last one."""
_FOLDER = "latex-aux"
_MOST_KEPT = 200
"""The most documents whose files are kept."""
_NO_STATE = (".tex", ".pos", ".log", ".pdf", ".xdv", ".fls", ".gz")
_NOTHING_LATER = re.compile(
    rb"\\relax|\\providecommand|\\HyperFirst|\\HyPL@Entry|\\global\\let|\\AtEndDocument|\\let|\\fi\}"
    rb"|\\gdef ?\\@abspage@last|\\gdef\\(?:newlabel|HyperFirst)|\s*$"
)
"""The lines of an .aux file that hold nothing for the next pass of a shipped theme: hyperref's, and the page count."""

State = Mapping[str, bytes]
"""The files that a pass leaves for the next one, by name."""


def run_passes(
    run: Callable[[Sequence[str]], Finished],
    engine: TexEngine,
    folder: Path,
    read: Callable[[Path], bytes],
    *,
    reads_all: bool,
) -> Finished:
    """Compile ``cv.tex`` in ``folder`` with ``run``; the end of the last program, or of the first that failed.

    XeLaTeX makes its PDF once, from the pages of the last pass. With ``reads_all`` the document may read anything that
    a pass leaves, so that it needs a second pass in any case.
    """
    if engine.name == "tectonic":
        return run(("tectonic", *_TECTONIC, "cv.tex"))
    last = ("-no-pdf",) if engine.name == "xelatex" else ()
    state = read_state(folder, read)
    for _ in range(MOST_PASSES):
        finished = run((engine.name, *last, *OPTIONS, "cv.tex"))
        if finished.code:
            return finished
        before, state = state, read_state(folder, read)
        if state == before or not (reads_all or before or _says_something(state)):
            break
    return run(("xdvipdfmx", "-q", "-E", "cv.xdv")) if last else finished


def read_state(folder: Path, read: Callable[[Path], bytes]) -> State:
    """The files in ``folder`` that the next pass reads."""
    paths = (path for path in sorted(folder.glob("cv.*")) if path.suffix not in _NO_STATE)
    return {path.name: read(path) for path in paths}


def _says_something(state: State) -> bool:
    """Whether the first pass left anything that changes the next."""
    return any(
        bool(data) if name != "cv.aux" else not all(_NOTHING_LATER.match(line) for line in data.split(b"\n"))
        for name, data in state.items()
    )


class KeptStates:
    """What the last pass of a document left, kept in ``cache``, so that the next render may need only one pass.

    Any state leads to the same pages, so a wrong one only costs a pass. It may be deleted at any time.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._states: dict[str, State] = {}

    def find(self, key: str) -> State:
        """The state of the document ``key``; empty if there is none."""
        if key not in self._states and (data := self._cache.read(f"{_FOLDER}/{key}")):
            self._states[key] = {name: text.encode("latin-1") for name, text in json.loads(data).items()}
        return self._states.get(key, {})

    def keep(self, key: str, state: State) -> None:
        """Keep the state of the document ``key``; of many documents, only the latest ones stay."""
        if self._states.get(key) == state:
            return
        self._states[key] = state
        text = json.dumps({name: data.decode("latin-1") for name, data in state.items()})
        self._cache.keep(f"{_FOLDER}/{key}", text.encode())
        self._cache.limit(_FOLDER, _MOST_KEPT)
