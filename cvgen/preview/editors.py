"""The editors that the page's links open, by the address or the command that opens a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

_FOLLOWERS = {"code": "vscode", "code-insiders": "vscode-insiders", "codium": "vscodium", "cursor": "cursor",
              "windsurf": "windsurf", "zed": "zed"}  # fmt: skip
_JETBRAINS = frozenset({"idea", "pycharm", "webstorm", "goland", "clion"})
_LINKS = {
    "mvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "mate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "bbedit": "x-bbedit://open?url=file://{path}&line={line}",
    "subl": "subl://open?url=file://{path}&line={line}&column={column}",
}
_TITLES = {"code": "VS Code", "code-insiders": "VS Code Insiders", "codium": "VSCodium", "cursor": "Cursor",
           "windsurf": "Windsurf", "zed": "Zed", "mvim": "MacVim", "mate": "TextMate", "bbedit": "BBEdit",
           "subl": "Sublime Text", "idea": "IntelliJ IDEA", "pycharm": "PyCharm", "webstorm": "WebStorm",
           "goland": "GoLand", "clion": "CLion"}  # fmt: skip
_LIKE_VI = frozenset({"vi", "vim", "nvim", "gvim", "nano", "emacs", "emacsclient", "kak", "joe", "micro", "ne"})
_WITH_COLON = frozenset({"hx", "helix"})


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor. ``link`` is the address that opens a line, ``command`` what a person types for it; one may be empty.

    Both have ``{path}``, ``{line}`` and perhaps ``{column}`` in them.
    """

    title: str
    link: str = ""
    command: str = ""


def find_editor(named: str) -> Editor:
    """The editor that ``named`` starts, a command such as ``code --wait``; VS Code if it is none that is known."""
    name = PurePath(named.split()[0]).name.lower() if named.split() else "code"
    if name in _JETBRAINS:
        return Editor(_TITLES[name], f"{name}://open?file={{path}}&line={{line}}&column={{column}}")
    if name in _LINKS:
        return Editor(_TITLES[name], _LINKS[name])
    if name in _LIKE_VI:
        return Editor(name, command=f"{name} +{{line}} {{path}}")
    if name in _WITH_COLON:
        return Editor(name, command=f"{name} {{path}}:{{line}}:{{column}}")
    scheme = _FOLLOWERS.get(name, "vscode")
    return Editor(_TITLES.get(name, "VS Code"), f"{scheme}://file{{path}}:{{line}}:{{column}}")
