"""Short words with signs in them, such as C++ and w/o, are not broken at the end of a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import run_cvgen
from rendering import ENGINES, render_pdf

from cvgen.pipeline.request import Request

WORDS = ("C++", "C#", "w/o", "I/O", "CI/CD", "and/or", "24/7", "한국어")


@pytest.mark.parametrize("theme", ["classic", "ats"])
@pytest.mark.parametrize("engine", ENGINES)
def test_short_words_with_signs_stay_whole_at_the_end_of_a_line(tmp_path: Path, theme: str, engine: str) -> None:
    """Each bullet begins one letter later than the one before, so that each word is once where its line ends."""
    known = [word for word in WORDS if engine == "weasyprint" or word.isascii()]
    bullets = [f"{'i' * length} " + f"{word} " * 45 for word in known for length in range(1, 7)]
    entries = "".join(f"      - {bullet.strip()!r}\n" for bullet in bullets)
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        f"basics: {{name: Rosa Lindqvist}}\nwork:\n  - name: Halyard\n    highlights:\n{entries}", "utf-8"
    )
    pages = render_pdf(Request(profile, theme=theme, engine=engine), tmp_path).pages
    printed = {word for page in pages for word in page.text.split()}
    assert printed >= set(known)
    parts = {part for word in known for at in range(1, len(word)) for part in (word[:at], word[at:])}
    assert not printed & parts


def test_a_web_page_has_only_the_letters_that_were_typed(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics: {{name: Rosa, summary: '{' '.join(WORDS)}'}}\n", "utf-8")
    assert run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html").code == 0
    page = (tmp_path / "cv.html").read_text("utf-8")
    assert "\u2060" not in page
    assert all(
        f'<span class="whole">{word}</span>' in page for word in WORDS if word != "24/7"
    )  # digits stay whole anyway
