"""A hostile case: the files that it writes into a sandbox, the command it runs there, and what that may do."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

SECRET_COLOR = (13, 201, 77)
"""The colour of the picture that nobody may see; no theme has it."""
QUICK = ("-f", "html", "--set", "body_font=Serif", "--set", "heading_font=Serif", "--set", "code_font=Mono")
"""A render that starts no engine and cuts no fonts."""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The folders of one case, all below ``root``.

    ``work`` has the profile, ``out`` is where the command may write, ``home`` and ``secret`` belong to someone else.
    ``token`` is in every file of these two; ``environ_token`` is in the command's environment.
    """

    root: Path
    token: str
    environ_token: str
    url: str
    """An address on this machine at which somebody listens."""
    draw: random.Random

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def secret(self) -> Path:
        return self.root / "secret"

    @property
    def scratch(self) -> Path:
        """TMPDIR."""
        return self.root / "tmp"

    def lay_out(self) -> None:
        """Make the folders, and the files with the token in them."""
        for folder in (self.work, self.out, self.home, self.secret, self.scratch):
            folder.mkdir(parents=True)
        token = self.token
        for name, text in {
            "home/.netrc": f"machine example.org login x password {token}\n",
            "home/.bashrc": f"# {token}\n",
            "secret/secret.txt": f"{token}\n",
            "secret/secret.tex": f"{token}\n",
            "secret/secret.yaml": f"basics: {{name: {token}}}\nx: [{token}\n",
            "secret/secret.bib": f"@article{{k{token}, author={{Lin, Wei}}, title={{{token}}}, year=2020}}\n",
            "secret/secret.json": f'[{{"id": "k{token}", "type": "book", "title": "{token}"}}]',
            "secret/secret.css": f"body::before {{ content: '{token}' }}\n",
            "secret/secret.svg": f"<svg xmlns='http://www.w3.org/2000/svg'><text y='9'>{token}</text></svg>",
            "secret/secret.html.j2": f"{token}\n",
            "secret/theme.yaml": f"description: {token}\nextends: classic\n",
        }.items():
            (self.root / name).write_text(text)
        draw_picture(self.secret / "secret.png", SECRET_COLOR)
        draw_picture(self.secret / "secret.jpg", SECRET_COLOR)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file of the profile's folder."""
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    def profile(self, rest: str = "", basics: str = "name: Wei Lin") -> Path:
        """Write the profile of Wei Lin with ``rest`` after its basics."""
        return self.write("profile.yaml", f"basics: {{{basics}}}\n{rest}")

    def theme(self, files: Mapping[str, str], manifest: str = "") -> None:
        """Write the theme ``mine``, which extends classic."""
        self.write("themes/mine/theme.yaml", f"description: mine\nextends: classic\n{manifest}")
        for name, text in files.items():
            self.write(f"themes/mine/{name}", text)


def draw_picture(path: Path, color: tuple[int, int, int], size: tuple[int, int] = (60, 60)) -> None:
    """Write a picture of one colour."""
    Image.new("RGB", size, color).save(path)


def picture_bytes(color: tuple[int, int, int], size: tuple[int, int] = (60, 60), kind: str = "PNG") -> bytes:
    """A picture of one colour."""
    target = io.BytesIO()
    Image.new("RGB", size, color).save(target, kind)
    return target.getvalue()


def picture_url(data: bytes) -> str:
    """A PNG as a data: URL."""
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


MOST_BYTES = 1 << 30
Build = Callable[[Sandbox], Sequence[str | Path]]
"""Writes the case's files into a sandbox, and gives the arguments of cvgen."""


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile case; ``codes`` are the exit codes that are right, ``writes`` more places that may change."""

    group: str
    name: str
    build: Build
    codes: frozenset[int] = frozenset({0, 1, 2})
    writes: tuple[str, ...] = ()
    """Patterns of paths from the sandbox's root."""
    opens: bool = False
    """Whether a browser opens the HTML page that comes out."""
    typed: bool = False
    """Whether all that comes out is a person's text in a shipped theme: no script or unknown element can be in it."""
    fast: bool = False
    """Whether the tests run it too."""
    stdin: bytes = b""
    program: tuple[str, ...] = ()
    """The program in place of cvgen, for tests of this tester itself."""
    environ: Mapping[str, str] = field(default_factory=dict)
    memory: int = MOST_BYTES
    """The most bytes that it may use."""

    @property
    def id(self) -> str:
        return f"{self.group}/{self.name}"


GOOD, FINDINGS, BAD = frozenset({0}), frozenset({0, 1}), frozenset({2})
FAILED = frozenset({1, 2})


def to_page(box: Sandbox, *more: str | Path) -> Sequence[str | Path]:
    """Render the profile to an HTML page, quickly."""
    return ["render", box.work / "profile.yaml", *QUICK, "-o", box.out / "cv.html", *more]


def to_pdf(box: Sandbox, *more: str | Path, engine: str = "weasyprint") -> Sequence[str | Path]:
    """Render the profile to a PDF."""
    return ["render", box.work / "profile.yaml", "-e", engine, "-o", box.out / "cv.pdf", *more]


def to_tex(box: Sandbox, *more: str | Path) -> Sequence[str | Path]:
    """Render the profile to LaTeX."""
    return ["render", box.work / "profile.yaml", "-e", "xelatex", "-f", "tex", "-o", box.out / "cv.tex", *more]


def to_list(box: Sandbox, *more: str | Path) -> Sequence[str | Path]:
    """List the publications: the quickest command that reads everything."""
    return ["publications", box.work / "profile.yaml", *more]
