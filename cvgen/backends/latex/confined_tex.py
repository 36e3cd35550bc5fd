"""Confines TeX to its own trees, the installed fonts and the scratch folder, whatever a theme asks it to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cvgen.backends.confinement import Confinement, without_files, wrap_in_bubblewrap
from cvgen.backends.host import Host
from cvgen.diagnostics import Problem, RenderError
from cvgen.themes.theme import Theme, is_shipped

BUBBLEWRAP = "bwrap"
_TREES = ("/etc/texmf", "/etc/papersize", "/etc/paperspecs", "/usr/local/share/texmf", "/usr/local/texlive",
          "/opt/texlive", "/var/lib/texmf", "/var/cache/fonts")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConfinedCommand:
    """A command, and the limits that it runs under."""

    command: tuple[str, ...]
    confinement: Confinement


def confine_tex(
    command: Sequence[str], host: Host, folder: Path, installed: Sequence[Path], theme: Theme
) -> ConfinedCommand:
    """``command``, which runs TeX in ``folder`` and reads ``installed`` fonts, confined.

    Landlock confines it, or bubblewrap on systems without Landlock. Raises RenderError if a system has neither, for a
    theme that is not shipped, unless the host trusts themes.
    """
    from cvgen.backends.launcher import find_landlock_version

    read = (*_TREES, *_find_tree(command[0]), *(str(path.resolve()) for path in installed))
    confinement = Confinement(read, (str(folder),), host.timeout, host.timeout)
    if find_landlock_version():
        return ConfinedCommand(tuple(command), confinement)
    if bubblewrap := host.runner.find(BUBBLEWRAP):
        wrapped = wrap_in_bubblewrap(bubblewrap, command, confinement)
        return ConfinedCommand(wrapped, without_files(confinement))
    if not (host.trusts_themes or is_shipped(theme)):
        message = f"the theme {theme.name!r} does not come with cvgen, and this system cannot confine LaTeX"
        hint = "install bubblewrap; or render through HTML, without -e; or, if you know the theme, add --trust-theme"
        raise RenderError([Problem(message, hint=hint)])
    return ConfinedCommand(tuple(command), without_files(confinement))


def _find_tree(program: str) -> Iterator[str]:
    """The folder of a TeX Live that is installed in a place of its own: ``TREE/bin/PLATFORM/xelatex``."""
    tree = Path(program).resolve().parents
    if len(tree) > 2 and (tree[2] / "texmf-dist").is_dir():
        yield str(tree[2])
