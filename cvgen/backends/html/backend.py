"""The HTML backend: templates to a page, the page to a PDF in a worker process."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from cvgen.backends.base import Compiled, Host, Job, Source, missing_glyph
from cvgen.backends.html.worker import LENGTH_BYTES, write_frame
from cvgen.diagnostics import InputError, Problem, RenderError, warn
from cvgen.themes.theme import Theme, shipped_folder

_WORKER = [sys.executable, "-m", "cvgen.backends.html.worker"]
TEMPLATE = "document.html.j2"


class HtmlBackend:
    """Renders through WeasyPrint. The worker starts with the object, so that it loads while profiles are read."""

    def __init__(self, host: Host, *, compiles: bool = True) -> None:
        self._host = host
        self._worker = _start_worker() if compiles else None
        self._environments: dict[tuple[str, tuple[tuple[str, Path], ...]], Any] = {}

    def compile(self, job: Job) -> Compiled:
        """The PDF of ``job``; raises InputError for a fault of the theme, RenderError for a failed run."""
        page = self._render(job, _file_faces(job), job.image.as_uri() if job.image else "")
        roots = [str(shipped_folder()), *(str(folder) for _, folder in job.theme.folders)]
        roots += [str(job.image)] if job.image else []
        reply, pdf = self._ask({"html": page, "base_url": job.folder.resolve().as_uri() + "/", "roots": roots})
        if missing := reply["missing"]:
            raise RenderError([missing_glyph(chr(code), job.document) for code in missing])
        problems = tuple(warn(f"WeasyPrint: {text}") for text in reply["warnings"])
        return Compiled(pdf, reply["pages"], problems)

    def write_source(self, job: Job) -> Source:
        """The page with its fonts (only the characters used) and photo inside."""
        from cvgen.backends.html.embed import embed_faces, embed_image

        plain = self._render(job, [], "")
        return Source(self._render(job, embed_faces(job, plain), embed_image(job.image)))

    def close(self) -> None:
        """End the worker."""
        if self._worker:
            _kill(self._worker)
            self._worker = None

    def _render(self, job: Job, faces: list[Mapping[str, str]], image_url: str) -> str:
        from cvgen.backends.templates import render_template

        values = {"doc": job.document, "words": job.document.words, "options": job.options, "faces": faces,
                  "image_url": image_url}  # fmt: skip
        return render_template(self._environment(job.theme), TEMPLATE, values)

    def _environment(self, theme: Theme) -> Any:
        from cvgen.backends.html.writer import write_html
        from cvgen.backends.templates import ThemeEnvironment

        key = (theme.name, theme.folders)
        if key not in self._environments:
            self._environments[key] = ThemeEnvironment(theme, "html", write_html, autoescape=True)
        return self._environments[key]

    def _ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._worker is None or self._worker.poll() is not None:
            self._worker = _start_worker()
        worker = self._worker
        deadline = time.monotonic() + self._host.timeout
        try:
            write_frame(_pipe(worker.stdin), json.dumps(request).encode())
            reply = json.loads(_read_frame(worker, deadline))
            if reply["ok"]:
                return reply, _read_frame(worker, deadline)
        except (BrokenPipeError, EOFError):
            self.close()
            raise RenderError([_worker_died(worker)]) from None
        except TimeoutError:
            self.close()
            message = f"WeasyPrint did not finish within {self._host.timeout:g} s"
            raise RenderError([Problem(message, hint="simplify the theme's page")]) from None
        if reply["kind"].endswith("FatalURLFetchingError"):
            raise InputError([Problem(reply["error"], hint="put the file beside the profile or into the theme")])
        raise RenderError([Problem(f"WeasyPrint failed: {reply['error']} ({reply['kind']})")])


def _file_faces(job: Job) -> list[Mapping[str, str]]:
    """The ``@font-face`` rules for the fonts that the options name and that are files."""
    return [
        {"family": family, "style": style, "weight": weight, "url": path.as_uri()}
        for family, style, weight, path in list_faces(job)
    ]


def list_faces(job: Job) -> list[tuple[str, str, str, Path]]:
    """Family, style, weight and file of each font file that the options of ``job`` name."""
    from cvgen.themes.options import Font

    fonts = {value.family: value for value in job.options.values() if isinstance(value, Font)}
    return [
        (font.family, "italic" if "italic" in cut else "normal", "bold" if "bold" in cut else "normal", path)
        for font in fonts.values()
        for cut, path in font.files
    ]


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        _WORKER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream


def _read_frame(worker: subprocess.Popen[bytes], deadline: float) -> bytes:
    length = int.from_bytes(_read_exactly(worker, LENGTH_BYTES, deadline), "big")
    return _read_exactly(worker, length, deadline)


def _read_exactly(worker: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
    """``count`` bytes of the worker's answer; raises TimeoutError at ``deadline``, EOFError at its death."""
    descriptor = _pipe(worker.stdout).fileno()
    data = bytearray()
    while len(data) < count:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        chunk = os.read(descriptor, min(count - len(data), 1 << 20))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


def _kill(worker: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    for stream in (worker.stdin, worker.stdout):
        if stream:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    worker.wait()


def _worker_died(worker: subprocess.Popen[bytes]) -> Problem:
    """Why the worker ended: what loading WeasyPrint says here."""
    check = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, text=True, check=False)
    if check.returncode == 0:
        return Problem(f"WeasyPrint's process ended with code {worker.returncode}", hint="run it again; report it")
    reason = (check.stderr.strip().splitlines() or ["no reason given"])[-1]
    hint = "install Pango, on Debian: apt install libpangoft2-1.0-0 libharfbuzz-subset0"
    return Problem(f"WeasyPrint cannot be loaded: {reason}", hint=hint)
