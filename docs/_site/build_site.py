"""Builds the manual as a web site: ``python docs/_site/build_site.py out/manual``. A broken link is an error."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from site_folder import gather


def build(output: Path) -> int:
    """Write the site to ``output``; the exit code of the site generator."""
    with tempfile.TemporaryDirectory(prefix="cvgen-manual-") as scratch:
        folder = Path(scratch) / "manual"
        gather(folder)
        done = subprocess.run(
            [sys.executable, "-m", "zensical", "build", "--strict", "--clean"], cwd=folder, check=False
        )
        if done.returncode == 0:
            shutil.rmtree(output, ignore_errors=True)
            shutil.copytree(folder / "site", output)
    return done.returncode


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
